"""Walking the thread: what leads on from a thing, in which direction, and on whose word.

Forward is towards what is depended on: target, task, node, enterprise, place. A step is taken

- from a target to a task that holds its sentence, or stands in the programme whose goal it is;
- from a target or a task to a node it names, or that was read within its sentence;
- from a node to its parts, and once to what supplies it;
- from a node to the enterprises that make it, and to the places a plan gives its industry;
- from an enterprise to where it lies, and from a place to the place around it.

Back is the same the other way. A name in a sentence is a mention, no proof of a cause: the reason of
each step says which it is.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from jingwei.chains.graph import Edition, Vertex, enterprise_id, folded, node_id, place_id
from jingwei.core import Evidence, InvalidRequest, Span, Statement
from jingwei.plans.records import PlaceRole, Programme, Task

Layer = Literal["target", "task", "node", "enterprise", "place"]
Towards = Literal["forward", "back"]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something on the thread. ``chain`` names the chain of a node, enterprise or place."""

    id: str
    layer: Layer
    name: str
    chain: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """How two things hang together; ``towards`` says in which direction the step was walked."""

    from_: Thing
    to: Thing
    towards: Towards
    why: str
    why_en: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """The steps from ``start``, those nearest to it first; each thing is reached once a direction."""

    start: Thing
    steps: tuple[Step, ...]

    def of(self, layer: Layer) -> tuple[Thing, ...]:
        """The things of a layer that were reached, in order."""
        return tuple(dict.fromkeys(each.to for each in self.steps if each.to.layer == layer))


@dataclass(frozen=True)
class Woven:
    """What the thread runs through: records of plans, and an edition of each chain."""

    statements: Sequence[Statement]
    tasks: Sequence[Task]
    programmes: Sequence[Programme]
    places: Sequence[PlaceRole]
    editions: Sequence[Edition]

    @cached_property
    def targets(self) -> tuple[Statement, ...]:
        return tuple(each for each in self.statements if each.role == "target")

    @cached_property
    def nodes(self) -> tuple[tuple[Vertex, str, tuple[Span, ...]], ...]:
        """Nodes of all chains with their chain and the places in plans that name them."""
        return tuple(
            (each, it.head.chain, tuple(s for s in each.evidence if isinstance(s, Span)))
            for it in self.editions
            for each in it.vertices("node")
        )

    def thing(self, key: str) -> Thing:
        """A thing by its id, the code of an enterprise, or its name. Raises InvalidRequest."""
        found = [*self._things(key)]
        unique = {each.id: each for each in found}
        if len(unique) == 1:
            return next(iter(unique.values()))
        if unique:
            listed = "、".join(f"{each.id}（{each.name}）" for each in unique.values())
            raise InvalidRequest(
                f"“{key}”有几种可能：{listed}；请用编号",
                f"'{key}' may be several things: {listed}; use an id",
            )
        raise InvalidRequest(
            f"没有编号或名称为“{key}”的目标、任务、环节、企业或地点；"
            "编号见 jingwei targets、jingwei chain show",
            f"no target, task, node, enterprise or place has the id or name '{key}'; "
            "see jingwei targets and jingwei chain show",
        )

    def _things(self, key: str) -> Iterator[Thing]:
        for each in self.targets:
            if key == each.id:
                yield _target(each)
        for each in self.tasks:
            if key == each.id:
                yield _task(each)
        wanted = {key, node_id(key), enterprise_id("", key), enterprise_id(key), place_id(key)}
        for edition in self.editions:
            for name in sorted(wanted):
                vertex = edition.get(name)
                if vertex is not None:
                    yield _vertex(vertex, edition.head.chain)
            if not key.startswith(("n:", "e:", "e~", "p:")):
                for at in range(len(edition.ids)):
                    if edition.names[at] == key:
                        yield _vertex(edition.vertex(at), edition.head.chain)
        for each in self.places:
            if each.place == key or place_id(each.place) == key:
                yield Thing(place_id(each.place), "place", each.place)


def walk(start: str, woven: Woven) -> Thread:
    """The thread through a thing, forward and back. Raises InvalidRequest where there is none."""
    first = woven.thing(start)
    directions: tuple[Towards, Towards] = ("forward", "back")
    steps = tuple(step for towards in directions for step in _walked(first, woven, towards))
    return Thread(first, steps)


def _walked(first: Thing, woven: Woven, towards: Towards) -> Iterator[Step]:
    seen = {first.id}
    waiting: deque[tuple[Thing, bool]] = deque([(first, False)])
    while waiting:
        at, supplied = waiting.popleft()
        for step, by_supply in _steps(at, woven, towards):
            if step.to.id not in seen and not (by_supply and supplied):
                seen.add(step.to.id)
                waiting.append((step.to, supplied or by_supply))
                yield step


def _steps(at: Thing, woven: Woven, towards: Towards) -> Iterator[tuple[Step, bool]]:
    """What leads on from a thing, and whether it is a step of supply."""
    if towards == "forward":
        match at.layer:
            case "target":
                yield from _plain(_tasks_of_target(at, woven))
                yield from _plain(_nodes_of_target(at, woven))
            case "task":
                yield from _plain(_nodes_of_task(at, woven))
            case "node":
                yield from _within_chains(at, woven, towards)
                yield from _plain(_places_of_node(at, woven))
            case _:
                yield from _within_chains(at, woven, towards)
        return
    match at.layer:
        case "place":
            yield from _within_chains(at, woven, towards)
            yield from _plain(_nodes_of_place(at, woven))
        case "node":
            yield from _within_chains(at, woven, towards)
            yield from _plain(_orders_of_node(at, woven))
        case "task":
            yield from _plain(_targets_of_task(at, woven))
        case _:
            yield from _within_chains(at, woven, towards)


def _plain(steps: Iterator[Step]) -> Iterator[tuple[Step, bool]]:
    return ((step, False) for step in steps)


# -- plans ---------------------------------------------------------------------------------


def _tasks_of_target(at: Thing, woven: Woven) -> Iterator[Step]:
    target = next(each for each in woven.targets if each.id == at.id)
    for task in woven.tasks:
        why = _serves(task, target, woven)
        if why:
            evidence = (target.evidence, task.evidence)
            yield Step(at, _task(task), "forward", *why, evidence)


def _targets_of_task(at: Thing, woven: Woven) -> Iterator[Step]:
    task = next(each for each in woven.tasks if each.id == at.id)
    for target in woven.targets:
        why = _serves(task, target, woven)
        if why:
            yield Step(at, _target(target), "back", *why, (task.evidence, target.evidence))


def _serves(task: Task, target: Statement, woven: Woven) -> tuple[str, str] | None:
    if _inside(target.evidence, task.evidence) or _inside(task.evidence, target.evidence):
        return "任务的原文含有这个目标", "the task's sentence holds the target"
    for programme in woven.programmes:
        joined = programme.name in task.section or task.what in programme.actions
        if joined and target.id in programme.goals and programme.document == task.document:
            return f"同属“{programme.name}”", f"both belong to {programme.name}"
    return None


def _nodes_of_target(at: Thing, woven: Woven) -> Iterator[Step]:
    target = next(each for each in woven.targets if each.id == at.id)
    words = folded(f"{target.scope} {target.subject}")
    for vertex, chain, spans in woven.nodes:
        why = _named(vertex, words, spans, target.evidence)
        if why:
            yield Step(at, _vertex(vertex, chain), "forward", *why, (target.evidence, *spans[:1]))


def _nodes_of_task(at: Thing, woven: Woven) -> Iterator[Step]:
    task = next(each for each in woven.tasks if each.id == at.id)
    words = folded(task.what)
    for vertex, chain, spans in woven.nodes:
        why = _named(vertex, words, spans, task.evidence)
        if why:
            yield Step(at, _vertex(vertex, chain), "forward", *why, (task.evidence, *spans[:1]))


def _orders_of_node(at: Thing, woven: Woven) -> Iterator[Step]:
    """Tasks and targets that name a node."""
    held = [(vertex, spans) for vertex, _, spans in woven.nodes if vertex.id == at.id]
    for vertex, spans in held[:1]:
        for task in woven.tasks:
            why = _named(vertex, folded(task.what), spans, task.evidence)
            if why:
                yield Step(at, _task(task), "back", *why, (task.evidence, *spans[:1]))
        for target in woven.targets:
            words = folded(f"{target.scope} {target.subject}")
            why = _named(vertex, words, spans, target.evidence)
            if why:
                yield Step(at, _target(target), "back", *why, (target.evidence, *spans[:1]))


def _named(
    vertex: Vertex, words: str, spans: Sequence[Span], evidence: Evidence
) -> tuple[str, str] | None:
    if any(_inside(span, evidence) for span in spans):
        return "环节就在这句原文里", "the node was read in this sentence"
    name = folded(vertex.name)
    if len(name) >= 2 and name in words:
        return f"文字提到“{vertex.name}”", f"the words mention {vertex.name}"
    return None


def _inside(inner: Evidence, outer: Evidence) -> bool:
    return (
        isinstance(inner, Span)
        and isinstance(outer, Span)
        and inner.file == outer.file
        and outer.start <= inner.start
        and inner.end <= outer.end
    )


def _places_of_node(at: Thing, woven: Woven) -> Iterator[Step]:
    for each in woven.places:
        if at.name in each.industries:
            place = Thing(place_id(each.place), "place", each.place)
            told = f"规划把“{at.name}”放在{each.place}", f"the plan gives {at.name} to {each.place}"
            yield Step(at, place, "forward", *told, (each.evidence,))


def _nodes_of_place(at: Thing, woven: Woven) -> Iterator[Step]:
    for each in woven.places:
        if place_id(each.place) != at.id and each.place != at.name:
            continue
        for vertex, chain, _ in woven.nodes:
            if vertex.name in each.industries:
                told = f"规划把“{vertex.name}”放在{each.place}"
                english = f"the plan gives {vertex.name} to {each.place}"
                yield Step(at, _vertex(vertex, chain), "back", told, english, (each.evidence,))


# -- chains --------------------------------------------------------------------------------


def _within_chains(at: Thing, woven: Woven, towards: Towards) -> Iterator[tuple[Step, bool]]:
    """Along edges that hold; forward is from whole to part, from buyer to supplier."""
    for edition in woven.editions:
        if at.id not in edition.position:
            continue
        for edge in edition.around(at.id):
            if not edge.holds:
                continue
            downward = edge.kind in ("is_part_of", "supplies", "makes")
            start, end = (edge.to, edge.from_) if downward else (edge.from_, edge.to)
            if towards == "back":
                start, end = end, start
            if start != at.id or edge.kind == "substitutes":
                continue
            other = edition.get(end)
            assert other is not None
            zh, en = _WHY[edge.kind, towards]
            step = Step(at, _vertex(other, edition.head.chain), towards, zh, en, (edge.evidence,))
            yield step, edge.kind == "supplies"


_WHY: dict[tuple[str, Towards], tuple[str, str]] = {
    ("is_part_of", "forward"): ("其下的环节", "a part of it"),
    ("is_part_of", "back"): ("所属的环节", "what it is part of"),
    ("supplies", "forward"): ("由它供应", "supplied by"),
    ("supplies", "back"): ("供应给它", "supplies"),
    ("makes", "forward"): ("由这家企业生产", "made by"),
    ("makes", "back"): ("这家企业生产它", "makes"),
    ("located_in", "forward"): ("位于", "located in"),
    ("located_in", "back"): ("在这里的", "located here"),
}


def _target(each: Statement) -> Thing:
    return Thing(each.id, "target", each.subject)


def _task(each: Task) -> Thing:
    return Thing(each.id, "task", each.what)


def _vertex(each: Vertex, chain: str) -> Thing:
    return Thing(each.id, each.sort, each.name, chain)
