"""What changed between two editions: added, removed, moved, re-sourced, revised.

Vertices are the same by id, edges by kind, start and end. An edge that one source gives to another
end than before has moved; one that other sources state now is re-sourced; one whose share, time,
confidence or denial changed is revised. Facts are the same by what they are about, measure, part,
rater and day. O(n log n) in edges.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingwei.chains.graph.edition import EdgeColumns, Edition
from jingwei.chains.graph.records import EDGE_KINDS, Edge, Fact, Vertex

Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Moved:
    """A vertex with another stage, parent or place; both sides as words."""

    vertex: Vertex
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What ``after`` has that ``before`` had not, and so on; edges of one key once a source."""

    added: tuple[Vertex, ...]
    removed: tuple[Vertex, ...]
    moved: tuple[Moved, ...]
    resourced: tuple[Vertex, ...]
    edges_added: tuple[Edge, ...]
    edges_removed: tuple[Edge, ...]
    edges_moved: tuple[tuple[Edge, Edge], ...]
    edges_resourced: tuple[Edge, ...]
    edges_revised: tuple[Edge, ...]
    facts_added: tuple[Fact, ...]
    facts_removed: tuple[Fact, ...]
    facts_revised: tuple[tuple[Fact, Fact], ...]
    """Older and newer; where the value is the same, another source states it."""

    @property
    def empty(self) -> bool:
        return not any(getattr(self, each.name) for each in fields(self))


def difference(before: Edition, after: Edition) -> Difference:
    """What changed from one edition to another, in the order of ids."""
    union = sorted({*before.ids, *after.ids})
    number = {key: at for at, key in enumerate(union)}
    old_at = np.array([number[key] for key in before.ids], np.int64)
    new_at = np.array([number[key] for key in after.ids], np.int64)
    rows = _rows(before.edges, after.edges, old_at, new_at, len(union))
    removed, added = [before.edge(k) for k in rows.gone], [after.edge(k) for k in rows.fresh]
    moved = _moved_edges(removed, added)
    passed = {id(each) for pair in moved for each in pair}
    return Difference(
        tuple(after.vertex(at) for key, at in after.position.items() if key not in before.position),
        tuple(
            before.vertex(at) for key, at in before.position.items() if key not in after.position
        ),
        _moved(before, after),
        tuple(
            after.vertex(at)
            for key, at in after.position.items()
            if key in before.position and before.sources[before.position[key]] != after.sources[at]
        ),
        tuple(each for each in added if id(each) not in passed),
        tuple(each for each in removed if id(each) not in passed),
        moved,
        tuple(after.edge(k) for k in rows.resourced),
        tuple(after.edge(k) for k in rows.revised),
        *_facts(before.facts, after.facts),
    )


_Facts = tuple[Fact, ...]


def _facts(
    before: Iterable[Fact], after: Iterable[Fact]
) -> tuple[_Facts, _Facts, tuple[tuple[Fact, Fact], ...]]:
    """Added, removed and revised; what both editions say alike is none of them."""
    old, new = dict.fromkeys(before), dict.fromkeys(after)
    left: defaultdict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for each in old:
        if each not in new:
            left[_identity(each)].append(each)
    added: list[Fact] = []
    revised: list[tuple[Fact, Fact]] = []
    for each in new:
        if each in old:
            continue
        others = left[_identity(each)]
        # of several the one that says the same, so that a revision is not told twice
        twin = next((at for at, it in enumerate(others) if _said(it) == _said(each)), 0)
        if others:
            revised.append((others.pop(twin), each))
        else:
            added.append(each)
    return tuple(added), tuple(it for each in left.values() for it in each), tuple(revised)


def _identity(fact: Fact) -> tuple[object, ...]:
    return fact.about, fact.measure, fact.of, fact.rater, fact.day


def _said(fact: Fact) -> tuple[object, ...]:
    return fact.value, fact.word, fact.unit


class _Rows(NamedTuple):
    """Rows of edges by what happened: ``gone`` of the older edition, the others of the newer."""

    gone: Keys
    fresh: Keys
    resourced: Keys
    revised: Keys


def _rows(old: EdgeColumns, new: EdgeColumns, old_at: Keys, new_at: Keys, size: int) -> _Rows:
    old_keys, new_keys = _keys(old, old_at, size), _keys(new, new_at, size)
    # rows are sorted, so a row that is as it was stands at the same rank of the same key
    twin = np.searchsorted(old_keys, new_keys) + _rank(new_keys)
    inside = np.flatnonzero(twin < len(old_keys))
    twins = twin[inside]
    same = inside[(old_keys[twins] == new_keys[inside]) & _equal(old, twins, new, inside)]
    old_rows = _others(len(old_keys), twin[same])
    new_rows = _others(len(new_keys), same)
    still = _within(old_keys[old_rows], new_keys)
    kept = _within(new_keys[new_rows], old_keys)
    changed = new_keys[new_rows[kept]]
    # an edge that lost or gained a source is re-sourced, the others of its key are not new
    about = np.union1d(changed, old_keys[old_rows[still]])
    before = {(old_keys[k], old.evidence[k]) for k in _runs(old_keys, about)}
    after = {(new_keys[k], new.evidence[k]) for k in _runs(new_keys, about)}
    retold = {key for key, _ in before ^ after}
    resourced = [k for k in _runs(new_keys, about) if new_keys[k] in retold]
    revised = [k for k in new_rows[kept] if new_keys[k] not in retold]
    return _Rows(
        old_rows[~still],
        new_rows[~kept],
        np.array(resourced, np.int64),
        np.array(revised, np.int64),
    )


def _rank(keys: Keys) -> Keys:
    """Position of each row in its run of equal keys."""
    at = np.arange(len(keys))
    starts = np.concatenate(([True], keys[1:] != keys[:-1]))[: len(keys)]
    return at - np.maximum.accumulate(np.where(starts, at, 0))


def _equal(old: EdgeColumns, old_rows: Keys, new: EdgeColumns, new_rows: Keys) -> NDArray[np.bool_]:
    same = (old.holds[old_rows] == new.holds[new_rows]) & np.equal(
        old.evidence[old_rows], new.evidence[new_rows]
    ).astype(np.bool_)
    for one, other in zip(old[4:9], new[4:9], strict=True):
        absent, absent_now = np.ma.getmaskarray(one), np.ma.getmaskarray(other)
        gone, gone_now = absent[old_rows], absent_now[new_rows]
        values = np.ma.getdata(one)[old_rows] == np.ma.getdata(other)[new_rows]
        same &= (gone == gone_now) & (gone | values)
    return same


def _others(size: int, rows: Keys) -> Keys:
    left = np.ones(size, np.bool_)
    left[rows] = False
    return np.flatnonzero(left)


def _runs(increasing: Keys, keys: Keys) -> list[int]:
    """The rows that bear one of the keys."""
    first = np.searchsorted(increasing, keys, "left")
    last = np.searchsorted(increasing, keys, "right")
    return [k for a, b in zip(first, last, strict=True) for k in range(a, b)]


def _within(values: Keys, increasing: Keys) -> NDArray[np.bool_]:
    """Which values occur in a column that is sorted."""
    if not len(increasing):
        return np.zeros(len(values), np.bool_)
    at = np.minimum(np.searchsorted(increasing, values), len(increasing) - 1)
    return increasing[at] == values


def _keys(edges: EdgeColumns, position: Keys, size: int) -> Keys:
    """One number for kind, start and end, increasing with the rows; 5 · (10^9)² fits in 63 bits."""
    if size > 1_000_000_000:
        raise OverflowError("more than 10^9 vertices cannot be told apart in 64 bits")
    kind = edges.kind.astype(np.int64)
    return (kind * size + position[edges.start]) * size + position[edges.end]


def _moved_edges(removed: Sequence[Edge], added: Sequence[Edge]) -> tuple[tuple[Edge, Edge], ...]:
    by_source = {(each.kind, each.from_, each.evidence): each for each in removed}
    pairs: list[tuple[Edge, Edge]] = []
    for each in added:
        other = by_source.pop((each.kind, each.from_, each.evidence), None)
        if other is not None:
            pairs.append((other, each))
    return tuple(pairs)


def _moved(before: Edition, after: Edition) -> tuple[Moved, ...]:
    found: list[Moved] = []
    for key, at in after.position.items():
        was = before.position.get(key)
        if was is None:
            continue
        if before.stages[was] != after.stages[at]:
            found.append(Moved(after.vertex(at), "stage", before.stages[was], after.stages[at]))
    for kind in ("is_part_of", "located_in"):
        old, new = _parents(before, kind), _parents(after, kind)
        for key in sorted(old.keys() & new.keys()):
            if old[key] != new[key] and key in after.position and key in before.position:
                vertex = after.vertex(after.position[key])
                found.append(Moved(vertex, kind, "、".join(old[key]), "、".join(new[key])))
    return tuple(found)


def _parents(edition: Edition, kind: str) -> dict[str, tuple[str, ...]]:
    rows = np.flatnonzero(edition.edges.kind == EDGE_KINDS.index(kind))  # pyright: ignore[reportArgumentType]
    found: dict[str, set[str]] = {}
    for row in rows:
        if edition.edges.holds[row]:
            start, end = int(edition.edges.start[row]), int(edition.edges.end[row])
            found.setdefault(edition.ids[start], set()).add(edition.ids[end])
    return {key: tuple(sorted(each)) for key, each in found.items()}
