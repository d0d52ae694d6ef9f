"""A plan's nodes laid on a template.

A chain that the plan gives no members (打造…等标志性产业链) is looked for in the fields the plan
describes. In this order, the first that finds something counts:

1. the field is called so, or so but for a word of kind (产业, 制造业, 链);
2. the core of the name stands in the names of nodes (飞机 in 单通道飞机), or a node is what the name
   ends with (影像设备 of 高端医疗影像设备): the field that holds most of these;
3. the name is an abbreviation of the field's (生物药 of 生物医药: its characters, in order);
4. the text that describes a field uses the name.

Every node keeps its span; the laying says by which rule a field was taken. Nodes outside the field
whose own name holds the core come along. A node whose kind has no stage is listed with the reason, not
guessed; so is a name that is a quality or a use. A和B is two nodes where the plan names both.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from jingwei.chains.graph.naming import ending, opening
from jingwei.chains.graph.records import Edge, Vertex, folded, node_id
from jingwei.chains.graph.template import Template
from jingwei.chains.graph.wording import halves, is_thing
from jingwei.core import Evidence, InvalidRequest, Span


@dataclass(frozen=True, slots=True)
class Named:
    """An industry or node as a plan names it; ``path`` leads from the top to its parent.

    ``kind`` is 产业 for a field, 产业链 for a chain that is only named, else the kind of node.
    """

    name: str
    kind: str
    path: tuple[str, ...]
    evidence: Span


@dataclass(frozen=True, slots=True)
class Taken:
    """A field that belongs to the chain, and why."""

    field: str
    rule: str
    why: str
    why_en: str


@dataclass(frozen=True, slots=True)
class Laid:
    """Vertices on the template, the edges the plan states, and what could not be placed.

    ``no_things`` are names that were read as nodes but only say a quality or a use.
    """

    chain: str
    template: Template
    fields: tuple[Taken, ...]
    vertices: tuple[Vertex, ...]
    edges: tuple[Edge, ...]
    no_things: tuple[Named, ...] = ()

    @property
    def empty(self) -> tuple[str, ...]:
        """Stages of the template without a node."""
        filled = {each.stage for each in self.vertices}
        return tuple(each.name for each in self.template.stages if each.name not in filled)

    @property
    def unplaced(self) -> tuple[Vertex, ...]:
        """Nodes whose kind has no stage; fields among them stay without one."""
        return tuple(e for e in self.vertices if not e.stage and e.kind not in (_FIELD, _CHAIN))


_FIELD = "产业"
_CHAIN = "产业链"


def lay(
    chain: str,
    named: Sequence[Named],
    template: Template,
    source: str = "",
    fields: Sequence[str] = (),
) -> Laid:
    """The nodes of ``chain`` on ``template``.

    ``source`` is the text the spans count in, for the fourth rule. ``fields`` name the fields by
    hand. Raises InvalidRequest where a field is unknown, or no rule finds anything.
    """
    taken = _by_hand(chain, named, fields) if fields else _fields(chain, named, source)
    chosen = {each.field for each in taken}
    core = _core(chain)
    members: list[Named] = []
    no_things: list[Named] = []
    for each in named:
        inside = each.name in chosen or chosen.intersection(each.path)
        if inside or (not fields and each.kind != _FIELD and core in folded(each.name)):
            if each.kind in (_FIELD, _CHAIN) or is_thing(each.name):
                members.append(each)
            else:
                no_things.append(each)
    members = _divided(members)
    if not any(each.kind not in (_FIELD, _CHAIN) for each in members):
        raise _nothing(chain, named)
    vertices = _vertices(chain, members, template)
    return Laid(
        chain,
        template,
        tuple(taken),
        vertices,
        _edges(chain, members, vertices, chosen),
        tuple(no_things),
    )


def _divided(members: Sequence[Named]) -> list[Named]:
    """A和B as A and B where both are nodes of the chain too; each half keeps the span of the whole."""
    known = {folded(each.name) for each in members if each.kind not in (_FIELD, _CHAIN)}
    found: list[Named] = []
    for each in members:
        parts = halves(each.name, known) if each.kind not in (_FIELD, _CHAIN) else None
        found += [replace(each, name=name) for name in parts] if parts else [each]
    return found


def why_unplaced(vertex: Vertex, template: Template) -> tuple[str, str]:
    """Why a node stands in no stage, in both languages."""
    kinds = "、".join(kind for stage in template.stages for kind in stage.kinds)
    if not vertex.kind:
        return (
            f"没有类别；模板“{template.name}”按类别放：{kinds}",
            f"it has no kind; the template '{template.name}' places these: {kinds}",
        )
    return (
        f"类别“{vertex.kind}”在模板“{template.name}”里没有阶段（有：{kinds}）",
        f"its kind {vertex.kind} has no stage on the template '{template.name}' ({kinds})",
    )


def unlaid(vertices: Iterable[Vertex], template: Template) -> tuple[Vertex, ...]:
    """Nodes that stand in no stage of the template; fields and the chain itself have none to stand in."""
    names = {each.name for each in template.stages}
    return tuple(
        e for e in vertices
        if e.sort == "node" and e.stage not in names and e.kind not in (_FIELD, _CHAIN)
    )  # fmt: skip


def _by_hand(chain: str, named: Sequence[Named], fields: Sequence[str]) -> list[Taken]:
    known = {each.name for each in named if each.kind == _FIELD} | {
        name for each in named for name in each.path
    }
    for field in fields:
        if field not in known:
            listed = "、".join(sorted(known)[:60])
            raise InvalidRequest(
                f"规划里没有领域“{field}”；有：{listed}",
                f"the plan names no field '{field}'; it has: {listed}",
                where=chain,
            )
    return [Taken(field, "hand", "由使用者指定", "named by hand") for field in fields]


def _fields(chain: str, named: Sequence[Named], source: str) -> list[Taken]:
    every = [each for each in named if each.kind == _FIELD]
    key, core = folded(chain), _core(chain)
    same = [
        e
        for e in every
        if folded(e.name) == key
        or ending("head").sub("", folded(e.name)) == ending("head").sub("", key)
        or _is_chain(e.name, chain)
    ]
    if same:
        return [
            Taken(e.name, "name", f"领域即“{e.name}”", f"the field is {e.name}") for e in same[:1]
        ]
    holding = Counter[str]()
    for each in named:
        name = folded(each.name)
        if (
            each.kind != _CHAIN
            and each.path
            and (core in name or (len(name) >= 4 and key.endswith(name)))
        ):
            # a field whose own name holds the core is one, else the field the node stands in
            holding[each.path[-1] if each.kind != _FIELD else each.name] += 1
    if holding:
        return _most(holding, core, named)
    short = [e for e in every if len(core) >= 3 and _abbreviates(core, folded(e.name))]
    if short:
        first = min(short, key=lambda each: len(each.name))
        told = f"“{core}”是“{first.name}”的简称"
        return [Taken(first.name, "abbreviation", told, f"{core} abbreviates {first.name}")]
    at = _described(chain, every, named, source)
    if at:
        told = f"“{at}”的正文写到“{chain}”"
        return [Taken(at, "text", told, f"the text on {at} speaks of {chain}")]
    raise _nothing(chain, named)


def _most(holding: Counter[str], core: str, named: Sequence[Named]) -> list[Taken]:
    """The innermost described field with most of the nodes, and every field called after the core."""
    paths = {each.name: each.path for each in named if each.kind == _FIELD}
    sums = Counter[str]()
    for name, count in holding.items():
        # a class of nodes (服务机器人) is no field: count for the field above it
        chain = [*paths.get(name, ()), name] if name in paths else []
        if not chain:
            above = next((e.path for e in named if e.path and e.path[-1] == name), ())
            chain = [part for part in above if part in paths]
        if chain:
            sums[chain[-1]] += count
    if not sums:
        return []
    best = max(sums.values())
    chosen = [
        name for name, count in sums.items() if count == best
    ]  # on a tie all, and it is shown
    called = [
        name for name in paths if core in folded(name) and name in sums and name not in chosen
    ]
    outer = [_outer(name, paths) for name in [*chosen, *called]]
    listed = list(dict.fromkeys(outer))
    return [
        Taken(
            name,
            "nodes",
            f"与“{core}”同名、含它或是它总称的环节，在“{name}”中最多",
            f"most nodes that are called {core}, hold it or are its class stand in {name}",
        )
        for name in listed
    ]


def _outer(name: str, paths: dict[str, tuple[str, ...]]) -> str:
    """The field that a part of a field (芯片设计 within 集成电路) belongs to.

    A part is a field below a field that is itself below another: the described one is the second
    from the top where groups (三大先导产业) stand above, as plans nest them.
    """
    path = [*paths.get(name, ()), name]
    if len(path) > 3:
        return path[2]
    # 芯片设计 within 集成电路 within a group: a step of making, and no industry of its own
    step = len(name) <= _LONGEST_STEP and ending("step").search(name) is not None
    return path[1] if len(path) == 3 and _GROUP.match(path[0]) and step else name


_LONGEST_STEP = 5  # characters
_GROUP = re.compile(r"^[一二两三四五六七八九十\d]{1,2}[大个类条]")


def _abbreviates(short: str, name: str) -> bool:
    rest = iter(name)
    return short != name and all(character in rest for character in short)


def _described(chain: str, every: Sequence[Named], named: Sequence[Named], source: str) -> str:
    """The field in whose passage the chain is spoken of: from its topic to the next of the section."""
    ordered = sorted(
        {(e.evidence.start, e.name) for e in every if any(e.name in n.path for n in named)}
    )
    found = Counter[str]()
    for match in re.finditer(re.escape(chain), source):
        before = [(start, name) for start, name in ordered if start <= match.start()]
        if before:
            start, name = before[-1]
            last = max((n.evidence.end for n in named if name in n.path), default=start)
            if match.start() <= last + _NEAR:
                found[name] += 1
    return found.most_common(1)[0][0] if found else ""


_NEAR = 120  # characters behind the last node of a field that still speak of it


def _is_chain(name: str, chain: str) -> bool:
    """Whether a name is the chain's own but for a word of kind: 氢能装备产业链 is 氢能装备."""
    bare = ending("kind")
    return bare.sub("", folded(name)) == bare.sub("", folded(chain))


def _core(chain: str) -> str:
    """The name without what only qualifies it or says its kind: 飞机 of 民用飞机, 5g of 5G设备."""
    key = folded(chain)
    bare = ending("head").sub("", key) or key
    short = opening("quality").sub("", bare)
    return short if len(short) >= 2 else bare


def _nothing(chain: str, named: Sequence[Named]) -> InvalidRequest:
    listed = "、".join(dict.fromkeys(e.name for e in named if e.kind == _FIELD)) or "（无）"
    return InvalidRequest(
        f"规划里找不到属于“{chain}”的环节；可用 --field 指定领域，有：{listed}",
        f"the plan names no nodes that belong to '{chain}'; choose a field with --field: {listed}",
        where=chain,
    )


def _vertices(chain: str, members: Sequence[Named], template: Template) -> tuple[Vertex, ...]:
    """One vertex a name, with every place that names it; the first kind that has a stage counts."""
    spans: dict[str, list[Evidence]] = {}
    first: dict[str, Named] = {}
    for each in members:
        own = each.kind in (_FIELD, _CHAIN) and _is_chain(each.name, chain)
        if each.kind == _CHAIN and not own:
            continue
        if own:
            each = replace(each, name=chain, kind=_CHAIN)
        key = node_id(each.name)
        spans.setdefault(key, []).append(each.evidence)
        known = first.get(key)
        if known is None or (not template.stage_of(known.kind) and template.stage_of(each.kind)):
            first[key] = each
    return tuple(
        Vertex(
            key,
            "node",
            each.name,
            template.stage_of(each.kind),
            each.kind,
            tuple(dict.fromkeys(spans[key])),
        )
        for key, each in first.items()
    )


def _edges(
    chain: str, members: Sequence[Named], vertices: Sequence[Vertex], chosen: set[str]
) -> tuple[Edge, ...]:
    """What stands under what, as far as both are nodes of the chain."""
    known = {each.id for each in vertices}
    found: dict[tuple[str, str], Edge] = {}
    for each in members:
        path = [chain if _is_chain(name, chain) else name for name in each.path]
        parents = [name for name in reversed(path) if node_id(name) in known]
        if not parents or not chosen.intersection((*each.path, each.name)):
            continue
        start, end = node_id(each.name), node_id(parents[0])
        if start in known and start != end and (end, start) not in found:
            found.setdefault((start, end), Edge("is_part_of", start, end, each.evidence))
    return tuple(found.values())
