"""Which clause of a plan answers which weak link, and which weak link no clause answers.

A clause answers a link if it names the node: the name itself, or its name without the tail that says
nothing. A clause on the whole chain is shown for the chain and covers no single link.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jingwei.chains.diagnosis.judging import Diagnosis
from jingwei.chains.graph import folded
from jingwei.core import Evidence


@dataclass(frozen=True, slots=True)
class Clause:
    """A task or other sentence of a plan: what it orders, who is to do it, by when."""

    id: str
    text: str
    evidence: Evidence
    owner: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class Supply:
    """A link and the clauses that name it."""

    diagnosis: Diagnosis
    clauses: tuple[Clause, ...]

    @property
    def covered(self) -> bool:
        return bool(self.clauses)


def policy_supply(diagnosed: Sequence[Diagnosis], clauses: Sequence[Clause]) -> tuple[Supply, ...]:
    """Links with a need and their clauses; uncovered ones first, 补 before 固 before 强."""
    found = [
        Supply(each, clauses_on(each.node.name, clauses))
        for each in diagnosed
        if each.verdict.answer in ("not_met", "depends")
    ]
    order = {"补": 0, "固": 1, "强": 2}
    return tuple(
        sorted(
            found,
            key=lambda s: (s.covered, order.get(s.diagnosis.actions[0], 3), s.diagnosis.node.id),
        )
    )


def clauses_on(name: str, clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The clauses that name a node."""
    key = folded(name)
    return tuple(each for each in clauses if len(key) >= 2 and key in folded(each.text))
