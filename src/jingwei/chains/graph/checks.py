"""What may not be in a chain, and what is only odd.

A thing cannot be part of itself, nor a place lie in itself, over however many steps: that is
refused, with the circle. Two nodes that supply each other, and sources that contradict, are kept side by side and told.
"""

from collections.abc import Iterable, Mapping

from jingwei.chains.graph.records import WORDS, Edge, EdgeKind, Vertex
from jingwei.chains.graph.rings import rings_of
from jingwei.core import Finding, InvalidRequest

_SHOWN = 20


def no_cycle(edges: Iterable[Edge], vertices: Mapping[str, Vertex] | None = None) -> None:
    """Raise InvalidRequest where is_part_of or located_in closes a circle, by names. O(edges)."""
    listed = [each for each in edges if each.holds]
    kinds: tuple[EdgeKind, ...] = ("is_part_of", "located_in")
    for kind in kinds:
        above: dict[str, list[str]] = {}
        for each in listed:
            if each.kind == kind:
                above.setdefault(each.from_, []).append(each.to)
        circle = _circle(above)
        if circle:
            shown = " → ".join(_name(key, vertices or {}) for key in circle[:_SHOWN])
            zh, en = WORDS[kind]
            raise InvalidRequest(
                f"“{zh}”关系成了圈：{shown}；请去掉其中一条再导入",
                f"'{en}' closes a circle: {shown}; take one of these out and import again",
            )


def _name(key: str, vertices: Mapping[str, Vertex]) -> str:
    return vertices[key].name if key in vertices else key


def _circle(above: Mapping[str, list[str]]) -> list[str]:
    """A circle of a directed graph, [] where there is none; depth first, without recursion."""
    done: set[str] = set()
    for root in sorted(above):
        if root in done:
            continue
        path, on_path = [root], {root}
        waiting = [iter(above[root])]
        while waiting:
            step = next(waiting[-1], None)
            if step is None:
                waiting.pop()
                left = path.pop()
                on_path.discard(left)
                done.add(left)
            elif step in on_path:
                return [*path[path.index(step) :], step]
            elif step not in done:
                path.append(step)
                on_path.add(step)
                waiting.append(iter(above.get(step, ())))
    return []


def findings_of(edges: Iterable[Edge], vertices: Mapping[str, Vertex]) -> tuple[Finding, ...]:
    """Nodes that supply each other, and edges that one source states and another denies."""
    pairs: dict[tuple[EdgeKind, str, str], list[Edge]] = {}
    for each in edges:
        pairs.setdefault((each.kind, each.from_, each.to), []).append(each)
    found: list[Finding] = []
    for (kind, start, end), told in sorted(pairs.items()):
        one, other = _name(start, vertices), _name(end, vertices)
        zh, en = WORDS[kind]
        if {each.holds for each in told} == {True, False}:
            found.append(
                Finding(
                    "conflict",
                    f"{one}—{zh}→{other}：有来源说有，有来源说没有；并存，由人判断。",
                    f"{one} {en} {other}: one source states it, another denies it; both are kept.",
                    tuple(each.evidence for each in told),
                )
            )
        shares = sorted({each.share for each in told if each.holds and each.share is not None})
        if len(shares) > 1:
            listed = "、".join(f"{each:.4g}" for each in shares)
            found.append(
                Finding(
                    "share_conflict",
                    f"{one}—{zh}→{other}：份额有几种说法（{listed}）；并存，诊断按来源分别列出。",
                    f"{one} {en} {other}: shares of {listed} are stated; all are kept, and the "
                    "diagnosis reads each source.",
                    tuple(each.evidence for each in told),
                )
            )
        back = pairs.get((kind, end, start), [])
        if kind == "supplies" and start < end and back:
            found.append(
                Finding(
                    "mutual",
                    f"{one}与{other}互为上游：方向可能有误，请核对；两条都保留。",
                    f"{one} and {other} supply each other: check the direction; both are kept.",
                    (told[0].evidence, back[0].evidence),
                )
            )
    return (*found, *rings_of(pairs, vertices))
