"""The one language of results.

Every room answers with a ``Verdict`` (is it met?), a ``Finding`` (two sides that disagree,
with ranked explanations) or a ``Link`` (how two statements belong together). Unknown is a
state of its own: it is never coloured green and never counted as zero.
"""

from dataclasses import dataclass
from typing import Literal

from jingwei.core.evidence import Evidence

Answer = Literal["met", "not_met", "unknown", "depends"]


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that would settle an unknown, and the office that holds it."""

    fact: str
    holder: str


@dataclass(frozen=True, slots=True)
class Gap:
    """The smallest change that would turn a not-met into a met."""

    what: str
    from_: float
    to: float
    unit: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One declared reading of a hedge and the answer it gives (``docs/semantics.md`` §2)."""

    reading: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer about one thing, its method and its proof.

    ``of`` is the id of what was judged; ``method`` names the rule (``docs/semantics.md`` §n);
    ``as_of`` is the date of the newest evidence, or "" where the evidence bears none;
    ``reason`` and ``reason_en`` say in one sentence how the answer came about. ``depends``
    carries at least two ``readings`` with different answers. ``unknown`` carries ``missing``.
    """

    answer: Answer
    of: str
    method: str
    as_of: str
    reason: str
    reason_en: str
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Missing, ...] = ()
    gap: Gap | None = None
    readings: tuple[Reading, ...] = ()

    def __post_init__(self) -> None:
        if self.answer == "unknown" and not self.missing:
            raise ValueError(f"an unknown names the missing fact: {self.of}")
        if self.answer in ("met", "not_met") and not self.evidence:
            raise ValueError(f"no {self.answer} without evidence: {self.of}")
        if self.answer == "depends" and len({reading.answer for reading in self.readings}) < 2:
            raise ValueError(f"'depends' shows two readings with different answers: {self.of}")


@dataclass(frozen=True, slots=True)
class Explanation:
    """One possible cause of a disagreement; rank 1 is the likeliest."""

    text: str
    text_en: str
    rank: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Numbers that do not go together: what, both sides, and ranked explanations."""

    kind: str
    message: str
    message_en: str
    sides: tuple[Evidence, ...]
    explanations: tuple[Explanation, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """How two statements belong together. ``from_`` is "" for new, ``to`` is "" for dropped;
    both are statement ids.

    ``relation`` is one of kept, raised, lowered, dropped, new, redefined, moved, reworded,
    contradictory. ``decision`` is what a person said of it: "", confirmed or refused.
    """

    relation: str
    from_: str
    to: str
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    decision: str = ""
