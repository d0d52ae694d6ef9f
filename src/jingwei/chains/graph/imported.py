"""How a file is imported and what comes of it: options, names that wait, and the result."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jingwei.chains.graph.records import Edge, EdgeKind, Fact, Vertex
from jingwei.core import Finding

LEAVE_OUT = "无"
AS_NEW = "新"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A name in the review queue: what it could mean, how often and where first it was seen."""

    name: str
    candidates: tuple[str, ...]
    seen: int
    at: str


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is read: ``kind`` of edges without one, ``flip`` turns edges round.

    ``day`` dates rows without a date; ``new_nodes`` takes unknown names as nodes; ``ladder`` are the
    words of technology where a workspace has its own; ``measures`` are the names of facts that serve
    something, () where every name is taken as it is. Rows dated after ``today`` are told.
    """

    kind: EdgeKind | None = None
    flip: bool = False
    day: date | None = None
    confidence: float | None = None
    new_nodes: bool = False
    ladder: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """The next edition, and what a person should know: coverage, queue, findings.

    ``replaced`` are rows of an earlier import of the file that no longer count.
    """

    vertices: tuple[Vertex, ...]
    edges: tuple[Edge, ...]
    facts: tuple[Fact, ...]
    rows: int
    taken: int
    waiting: tuple[Waiting, ...]
    findings: tuple[Finding, ...]
    matched: Mapping[str, int]
    replaced: int = 0

    @property
    def coverage(self) -> float | None:
        """Rows that found their place, None where there were none."""
        return self.taken / self.rows if self.rows else None
