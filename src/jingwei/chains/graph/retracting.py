"""An edition without some rows: what a corrected file replaces, or what a person takes back.

Nothing is deleted: the editions before keep what they hold. A vertex that no other row names goes
with its rows; one that others use stays.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from jingwei.chains.graph.edition import Edition, Head
from jingwei.chains.graph.records import Edge, Fact, Vertex
from jingwei.core import Evidence, Row


@dataclass(frozen=True, slots=True)
class Without:
    """What is left, and how many rows went."""

    vertices: tuple[Vertex, ...]
    edges: tuple[Edge, ...]
    facts: tuple[Fact, ...]
    rows: int


def without(edition: Edition, goes: Callable[[Row], bool]) -> Without:
    """The content of an edition without the rows of which ``goes`` holds. O(edges)."""
    gone: set[Row] = set()

    def left(evidence: Evidence) -> bool:
        if isinstance(evidence, Row) and goes(evidence):
            gone.add(evidence)
            return False
        return True

    edges = tuple(each for each in edition.every_edge() if left(each.evidence))
    facts = tuple(each for each in edition.facts if left(each.evidence))
    used = {end for each in edges for end in (each.from_, each.to)} | {f.about for f in facts}
    vertices: list[Vertex] = []
    for each in edition.vertices():
        kept = tuple(one for one in each.evidence if left(one))
        if kept == each.evidence:
            vertices.append(each)
        elif kept:
            vertices.append(replace(each, evidence=kept))
        elif each.id in used:
            vertices.append(_borne(each, edges, facts))
    return Without(tuple(vertices), edges, facts, len(gone))


def _borne(vertex: Vertex, edges: Iterable[Edge], facts: Iterable[Fact]) -> Vertex:
    """A vertex whose own rows went, borne by the first record that still names it."""
    named: Mapping[Evidence, None] = dict.fromkeys(
        [e.evidence for e in edges if vertex.id in (e.from_, e.to)]
        + [f.evidence for f in facts if f.about == vertex.id]
    )
    return replace(vertex, evidence=(min(named, key=str),))


RETRACTED = "撤回 "
"""How the note of an edition begins that takes something back."""
CORRECTED = "更正 "
"""How the note of an edition begins whose files only correct what earlier ones got wrong."""


def is_correction(head: Head) -> bool:
    """Whether an edition only takes back or corrects what was wrong: what went with it is no loss."""
    return head.note.startswith((RETRACTED, CORRECTED))


def of_row(row: Row, dataset: str, at: str = "") -> bool:
    """Whether a row is of a file, and of the place ``at`` in it where one is given."""
    return row.dataset == dataset and (not at or row.key.split(" ", 1)[0] == at)
