"""One edition of a chain: columns of vertices, edges and facts, and the index to walk them.

Columns are NumPy arrays and string tables; a cell that no source states is masked, never a number
of its own. Ends of edges are positions in the sorted table of vertices, and two CSR indices (by
start and by end) answer for the neighbourhood of a vertex in time proportional to its edges.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingwei.chains.graph.records import (
    EDGE_KINDS,
    Edge,
    EdgeKind,
    Fact,
    Sort,
    Vertex,
    evidence_of,
    evidence_text,
    evidences_of,
    evidences_text,
)
from jingwei.core import InvalidRequest

Strings = NDArray[np.object_]
Codes = NDArray[np.int32]
Masked = Any  # numpy.ma.MaskedArray; its stubs leave the element type open
_EPOCH = date(1970, 1, 1)
_KIND_CODE = {kind: code for code, kind in enumerate(EDGE_KINDS)}


@dataclass(frozen=True, slots=True)
class Head:
    """What an edition is of: the chain, the label, the template, the region and what it grew from.

    ``parent`` is the edition before, "" for a first one; ``made`` an ISO date; ``note`` what a person
    said of why it was made.
    """

    chain: str
    edition: str
    template: str
    region: str = ""
    made: str = ""
    parent: str = ""
    note: str = ""


class EdgeColumns(NamedTuple):
    """Edges, sorted by kind, start, end and source. Dates are days since 1970."""

    kind: NDArray[np.int8]
    start: Codes
    end: Codes
    holds: NDArray[np.bool_]
    share: Masked
    confidence: Masked
    day: Masked
    valid_from: Masked
    valid_to: Masked
    evidence: Strings


class Index(NamedTuple):
    """CSR: edges of vertex v are rows ``rows[first[v]:first[v + 1]]``."""

    first: NDArray[np.int64]
    rows: NDArray[np.int64]

    def of(self, vertex: int) -> NDArray[np.int64]:
        return self.rows[self.first[vertex] : self.first[vertex + 1]]


@dataclass(frozen=True)
class Edition:
    """An immutable state of a chain; build it with ``Edition.of``.

    ``vertices`` are sorted by id. Two editions of equal content have equal ``content_hash``.
    """

    head: Head
    ids: Strings
    sorts: Strings
    names: Strings
    stages: Strings
    kinds: Strings
    sources: Strings
    edges: EdgeColumns
    facts: tuple[Fact, ...]

    @classmethod
    def of(
        cls,
        head: Head,
        vertices: Iterable[Vertex],
        edges: Iterable[Edge] = (),
        facts: Iterable[Fact] = (),
    ) -> "Edition":
        """An edition from records, in any order; the same records give the same edition.

        Raises InvalidRequest for two vertices of one id, and for an edge or fact whose end is not
        among the vertices (a dangling end).
        """
        listed = sorted(vertices, key=lambda each: each.id)
        position = {each.id: at for at, each in enumerate(listed)}
        if len(position) < len(listed):
            twice = next(a.id for a, b in pairwise(listed) if a.id == b.id)
            raise InvalidRequest(
                f"同一编号的环节或主体出现了两次：{twice}；请合并来源后再存",
                f"two vertices have the id {twice}; merge their sources first",
                where=head.chain,
            )
        rows = [*edges]
        facts = sorted(facts, key=_fact_order)
        _hold_ends(head, position, rows, facts)
        return cls(
            head,
            _strings(each.id for each in listed),
            _strings(each.sort for each in listed),
            _strings(each.name for each in listed),
            _strings(each.stage for each in listed),
            _strings(each.kind for each in listed),
            _strings(evidences_text(each.evidence) for each in listed),
            in_order(_columns(rows, position)),
            tuple(facts),
        )

    # -- vertices ---------------------------------------------------------------------------

    @property
    def size(self) -> tuple[int, int, int]:
        """Vertices, edges, facts."""
        return len(self.ids), len(self.edges.kind), len(self.facts)

    @cached_property
    def position(self) -> dict[str, int]:
        return {key: at for at, key in enumerate(self.ids)}

    def vertex(self, at: int) -> Vertex:
        return Vertex(
            self.ids[at], self.sorts[at], self.names[at], self.stages[at], self.kinds[at],
            evidences_of(self.sources[at]),
        )  # fmt: skip

    def get(self, key: str) -> Vertex | None:
        """The vertex with this id, None where there is none."""
        at = self.position.get(key)
        return None if at is None else self.vertex(at)

    def vertices(self, sort: Sort | None = None) -> Iterator[Vertex]:
        for at in range(len(self.ids)):
            if sort is None or self.sorts[at] == sort:
                yield self.vertex(at)

    # -- edges ------------------------------------------------------------------------------

    def edge(self, row: int) -> Edge:
        columns = self.edges
        return Edge(
            EDGE_KINDS[int(columns.kind[row])],
            self.ids[int(columns.start[row])],
            self.ids[int(columns.end[row])],
            evidence_of(columns.evidence[row]),
            _day(columns.day, row),
            _number(columns.confidence, row),
            _day(columns.valid_from, row),
            _day(columns.valid_to, row),
            _number(columns.share, row),
            bool(columns.holds[row]),
        )

    def every_edge(self) -> Iterator[Edge]:
        return (self.edge(row) for row in range(len(self.edges.kind)))

    @cached_property
    def outgoing(self) -> Index:
        return _index(self.edges.start, len(self.ids))

    @cached_property
    def incoming(self) -> Index:
        return _index(self.edges.end, len(self.ids))

    def out_of(self, key: str, kind: EdgeKind, day: date | None = None) -> list[Edge]:
        """Edges of a kind that start at a vertex; those valid on ``day`` where it is given."""
        return self._of(self.outgoing, key, kind, day)

    def into(self, key: str, kind: EdgeKind, day: date | None = None) -> list[Edge]:
        """Edges of a kind that end at a vertex; those valid on ``day`` where it is given."""
        return self._of(self.incoming, key, kind, day)

    def _of(self, index: Index, key: str, kind: EdgeKind, day: date | None) -> list[Edge]:
        at = self.position.get(key)
        if at is None:
            return []
        rows = index.of(at)
        rows = rows[self.edges.kind[rows] == _KIND_CODE[kind]]
        found = [self.edge(row) for row in rows]
        return found if day is None else [each for each in found if valid_on(each, day)]

    def around(self, key: str) -> list[Edge]:
        """Every edge that starts or ends at a vertex. Raises InvalidRequest for an unknown id."""
        at = self.position.get(key)
        if at is None:
            raise InvalidRequest(
                f"链图中没有“{key}”；各环节的编号见 jingwei chain show {self.head.chain}",
                f"the chain has no '{key}'; see jingwei chain show {self.head.chain} for the ids",
                where=self.head.chain,
            )
        rows = np.unique(np.concatenate((self.outgoing.of(at), self.incoming.of(at))))
        return [self.edge(row) for row in rows]

    # -- facts ------------------------------------------------------------------------------

    @cached_property
    def _facts(self) -> dict[tuple[str, str], tuple[Fact, ...]]:
        found: dict[tuple[str, str], list[Fact]] = {}
        for each in self.facts:
            found.setdefault((each.about, each.measure), []).append(each)
        return {key: tuple(each) for key, each in found.items()}

    def facts_of(self, key: str, measure: str) -> tuple[Fact, ...]:
        """Facts of one measure about a vertex, the oldest first."""
        return self._facts.get((key, measure), ())

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the content, whatever its label and day; independent of any file format."""
        digest = hashlib.sha256()
        digest.update(f"{self.head.chain}\0{self.head.template}\0{self.head.region}".encode())
        for strings in (self.ids, self.sorts, self.names, self.stages, self.kinds, self.sources):
            digest.update("\0".join(strings).encode() + b"\1")
        edges = self.edges
        for plain in (edges.kind, edges.start, edges.end, edges.holds):
            digest.update(np.ascontiguousarray(plain).astype("<i4").tobytes())
        for masked in (edges.share, edges.confidence, edges.day, edges.valid_from, edges.valid_to):
            digest.update(np.ma.getmaskarray(masked).tobytes())
            digest.update(np.ma.filled(masked, 0).astype("<f8").tobytes())
        digest.update("\n".join(edges.evidence).encode() + b"\1")
        digest.update("\n".join(map(repr, self.facts)).encode())
        return digest.hexdigest()


def valid_on(edge: Edge, day: date) -> bool:
    """Whether the stated time of an edge holds ``day``; a bound that is not stated does not bind."""
    return (edge.valid_from is None or edge.valid_from <= day) and (
        edge.valid_to is None or day <= edge.valid_to
    )


def days(of: date | None) -> int | None:
    return None if of is None else (of - _EPOCH).days


def masked(values: Sequence[float | None], dtype: Any) -> Masked:
    """A column in which what is not stated is masked."""
    return np.ma.array(
        [0 if each is None else each for each in values],
        mask=[each is None for each in values],
        dtype=dtype,
    )


def in_order(columns: EdgeColumns) -> EdgeColumns:
    """Edges by kind, start, end; those of one triple by their source, so that order is content."""
    order = np.lexsort((columns.end, columns.start, columns.kind))
    triple = np.stack((columns.kind[order], columns.start[order], columns.end[order]))
    same = np.flatnonzero((triple[:, 1:] == triple[:, :-1]).all(axis=0))
    at = 0
    while at < len(same):  # runs of equal triples are rare and short
        run = at
        while run + 1 < len(same) and same[run + 1] == same[run] + 1:
            run += 1
        first, last = same[at], same[run] + 2
        part = order[first:last]
        order[first:last] = sorted(
            part,
            key=lambda row: (
                columns.evidence[row],
                bool(columns.holds[row]),
                *(repr(column[row]) for column in columns[4:9]),
            ),
        )
        at = run + 1
    sorted_columns: list[Any] = [column[order] for column in columns]
    return EdgeColumns(*sorted_columns)


def _columns(edges: Sequence[Edge], position: dict[str, int]) -> EdgeColumns:
    return EdgeColumns(
        np.array([_KIND_CODE[each.kind] for each in edges], np.int8),
        np.array([position[each.from_] for each in edges], np.int32),
        np.array([position[each.to] for each in edges], np.int32),
        np.array([each.holds for each in edges], np.bool_),
        masked([each.share for each in edges], np.float64),
        masked([each.confidence for each in edges], np.float64),
        masked([days(each.day) for each in edges], np.int32),
        masked([days(each.valid_from) for each in edges], np.int32),
        masked([days(each.valid_to) for each in edges], np.int32),
        _strings(evidence_text(each.evidence) for each in edges),
    )


def _strings(of: Iterable[str]) -> Strings:
    listed = [*of]
    array = np.empty(len(listed), np.object_)
    array[:] = listed
    return array


def _index(ends: Codes, size: int) -> Index:
    rows = np.argsort(ends, kind="stable")
    first = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(ends, minlength=size), out=first[1:])
    return Index(first, rows)


def _number(column: Masked, row: int) -> float | None:
    return None if np.ma.getmaskarray(column)[row] else float(column.data[row])


def _day(column: Masked, row: int) -> date | None:
    if np.ma.getmaskarray(column)[row]:
        return None
    return _EPOCH + timedelta(days=int(column.data[row]))


def _fact_order(fact: Fact) -> tuple[str, ...]:
    return (
        fact.about, fact.measure, "" if fact.day is None else fact.day.isoformat(), fact.of,
        fact.rater, fact.word, repr(fact.value), evidence_text(fact.evidence),
    )  # fmt: skip


def _hold_ends(
    head: Head, position: dict[str, int], edges: Sequence[Edge], facts: Sequence[Fact]
) -> None:
    ends = [(end, each.evidence) for each in edges for end in (each.from_, each.to)]
    ends += [(each.about, each.evidence) for each in facts]
    for end, evidence in ends:
        if end not in position:
            raise InvalidRequest(
                f"“{end}”不在链图中，却被一条记录引用（{evidence}）；请先加入它，或去掉这条记录",
                f"'{end}' is not in the chain but a record names it ({evidence}); "
                "add it first, or leave the record out",
                where=head.chain,
            )
