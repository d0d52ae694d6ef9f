"""Amounts of several units as one: 亿元 and 万元 are converted before anything is added.

An amount of no stated unit adds up only with others of none; of two dimensions nothing is added. The
unit words are those of ``core/units.toml``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jingwei.chains.graph import Fact
from jingwei.core import Evidence, in_base_units, unit


@dataclass(frozen=True, slots=True)
class Ratio:
    """Value added over output of the nodes that state both in comparable units.

    ``outputs`` are their outputs by node in the base unit; ``apart`` are nodes left out because
    their units do not compare.
    """

    outputs: dict[str, float]
    added: float
    evidence: tuple[Evidence, ...]
    apart: tuple[str, ...]

    @property
    def output(self) -> float:
        return sum(self.outputs.values())


def dimension_of(fact: Fact) -> str:
    """What the unit of a fact measures, "" where none is stated."""
    return unit(fact.unit).dimension if fact.unit else ""


def amount(fact: Fact) -> float:
    """The value in the base unit of its dimension; as it is where no unit is stated."""
    value = fact.value or 0.0
    return in_base_units(value, fact.unit) if fact.unit else value


def usual_dimension(facts: Sequence[Fact]) -> str:
    """The dimension that most facts bear; of several the first by name."""
    found = sorted(dimension_of(each) for each in facts)
    return max(dict.fromkeys(found), key=found.count) if found else ""


def ratio(stated: Sequence[tuple[str, Sequence[Fact], Sequence[Fact]]]) -> Ratio:
    """Value added over output from (node, facts of output, facts of value added).

    Of several statements of one thing that disagree none is taken: the node is left out.
    """
    whole = [fact for _, made, worth in stated for fact in (*made, *worth)]
    usual = usual_dimension(whole)
    outputs: dict[str, float] = {}
    added = 0.0
    evidence: list[Evidence] = []
    apart: list[str] = []
    for node, made, worth in stated:
        if not made or not worth:
            continue
        values = [{round(amount(f), 6) for f in facts} for facts in (made, worth)]
        fits = all(dimension_of(each) == usual for each in (*made, *worth))
        if not fits or any(len(each) > 1 for each in values):
            apart.append(node)
            continue
        outputs[node] = values[0].pop()
        added += values[1].pop()
        evidence += [each.evidence for each in (*made, *worth)]
    return Ratio(outputs, added, tuple(evidence), tuple(apart))
