"""Supply that goes round: A supplies B, B supplies C, C supplies A. Told, not refused.

Metals that go into machines that mine metals are such a ring; a column read the wrong way round is
another. Pairs are told by ``checks``; here are rings of three steps or more, one of each knot (a
strongly connected part of the graph of supply). O(edges) but for the knots themselves.
"""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from jingwei.chains.graph.records import Edge, EdgeKind, Vertex
from jingwei.core import Finding

_SHOWN = 20
_TRIED = 200  # edges of a knot from which a ring is looked for


def rings_of(
    pairs: Mapping[tuple[EdgeKind, str, str], Sequence[Edge]], vertices: Mapping[str, Vertex]
) -> Iterator[Finding]:
    """One finding a knot, with its shortest ring and the edges that make it."""
    supply = {
        (start, end): told
        for (kind, start, end), told in pairs.items()
        if kind == "supplies" and any(each.holds for each in told)
    }
    after: dict[str, list[str]] = {}
    for start, end in supply:
        after.setdefault(start, []).append(end)
    for knot in _knots(supply):
        ring = _ring({*knot}, after)
        if not ring:
            continue
        steps = [*zip(ring, [*ring[1:], ring[0]], strict=True)]
        names = [vertices[key].name if key in vertices else key for key in [*ring, ring[0]]]
        shown = " → ".join(names[:_SHOWN])
        more = f"（互相绕着的共{len(knot)}个）" if len(knot) > len(ring) else ""
        more_en = f" ({len(knot)} go round with each other)" if len(knot) > len(ring) else ""
        yield Finding(
            "ring",
            f"供应关系绕成了圈：{shown}{more}；方向可能有一条反了，请核对；都保留。",
            f"supply goes round: {shown}{more_en}; one of these may run the other way, check them; all "
            "are kept.",
            tuple(supply[step][0].evidence for step in steps),
        )


def _knots(supply: Mapping[tuple[str, str], object]) -> list[list[str]]:
    """Strongly connected parts of three members or more, by their first member."""
    import numpy as np

    sparse: Any = import_module("scipy.sparse")
    csgraph: Any = import_module("scipy.sparse.csgraph")

    names = sorted({end for pair in supply for end in pair})
    number = {name: at for at, name in enumerate(names)}
    if len(names) < 3:
        return []
    ends = np.array([(number[a], number[b]) for a, b in supply], np.int32)
    graph = sparse.coo_array((np.ones(len(ends), np.int8), ends.T), shape=(len(names), len(names)))
    part: Sequence[int] = csgraph.connected_components(graph.tocsr(), connection="strong")[
        1
    ].tolist()
    members: dict[int, list[str]] = {}
    for name, of in zip(names, part, strict=True):
        members.setdefault(of, []).append(name)
    return sorted(each for each in members.values() if len(each) >= 3)


def _ring(knot: set[str], after: Mapping[str, Sequence[str]]) -> list[str]:
    """A shortest way of three steps or more back to where it began, [] where all ways are pairs."""
    tried = sorted((start, end) for start in knot for end in after.get(start, ()) if end in knot)
    for first, second in tried[:_TRIED]:
        before = {second: first}
        waiting = [second]
        for here in waiting:
            if here != second and first in after.get(here, ()):
                way = [here]
                while way[-1] != first:
                    way.append(before[way[-1]])
                return way[::-1]
            for step in sorted(after.get(here, ())):
                if step in knot and step not in before and step != first:
                    before[step] = here
                    waiting.append(step)
    return []
