"""The printed table tried on measures, three-valued: which rule holds, and what could not be told.

A measure is compared as it is, with its thresholds moved by the declared band (strict, lenient), as
one source has it, or at one end of an interval that a threshold divides.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from math import isfinite
from typing import Literal

from jingwei.chains.diagnosis.consequences import consequences
from jingwei.chains.diagnosis.measured import Measured
from jingwei.chains.diagnosis.rules import Condition, Rule, Rules, words
from jingwei.core import Answer

COUNTS = {"suppliers", "local_suppliers", "lost", "dependent", "technology"}
"""Measures that move by whole steps: no threshold of theirs has a band."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The rule that holds (None: cannot be told), its conditions, and rules not told before it."""

    rule: Rule | None
    holding: tuple[Condition, ...]
    untold: tuple[Condition, ...]
    sound: bool

    @property
    def answer(self) -> Answer:
        if self.rule is None:
            return "unknown"
        return "met" if self.sound else "not_met"


Compare = Callable[[Measured, Condition], bool | None]


def outcome_of(measured: Mapping[str, Measured], rules: Rules, compare: Compare) -> Outcome:
    """The first rule that holds on the measures and on what follows from them."""
    measured = consequences(measured)
    untold: list[Condition] = []
    for rule in rules.rules:
        told = [(each, compare(measured[each.measure], each)) for each in rule.any]
        holding = tuple(each for each, answer in told if answer)
        if holding:
            return Outcome(rule, holding, tuple(untold), False)
        untold += [each for each, answer in told if answer is None]
    conditions = [each for rule in rules.rules for each in rule.any]
    # nothing is sound of which nothing is known, whatever a table lets be unknown
    if len(untold) == len(conditions) or any(
        each.measure not in rules.may_be_unknown for each in untold
    ):
        return Outcome(None, (), tuple(untold), False)
    return Outcome(rules.sound, (), tuple(untold), True)


def holds(measured: Measured, condition: Condition) -> bool | None:
    """Whether a condition holds over the whole interval; None where it does over a part only."""
    if measured.low is None or measured.high is None:
        return None
    low, high, value = measured.low, measured.high, condition.value
    if measured.disputed:  # of several words the worse counts; each end is a reading
        low = high = low if condition.op.startswith("<") else high
    match condition.op:
        case "<":
            return True if high < value else (False if low >= value else None)
        case "<=":
            return True if high <= value else (False if low > value else None)
        case ">":
            return True if low > value else (False if high <= value else None)
        case _:
            return True if low >= value else (False if high < value else None)


def read_as(which: Literal["strict", "lenient"], band: float) -> Compare:
    """Strict: the threshold moved so that more links are weak; lenient: so that fewer are."""

    def compare(measured: Measured, condition: Condition) -> bool | None:
        if measured.low is None or measured.high is None:
            return None
        below = condition.op.startswith("<")
        if measured.disputed:
            worst, best = (measured.low, measured.high) if below else (measured.high, measured.low)
            end = worst if which == "strict" else best
            return holds(Measured(measured.name, end, end), condition)
        if condition.measure in COUNTS:
            return holds(measured, condition)
        widen = (1 + band) if below == (which == "strict") else (1 - band)
        return holds(measured, Condition(condition.measure, condition.op, condition.value * widen))

    return compare


def by_source(measured: Mapping[str, Measured]) -> Iterator[tuple[str, Mapping[str, Measured]]]:
    """The measures as each source has those that are in dispute; the others as they are."""
    disputed = [each for each in measured.values() if each.disputed and each.told]
    for source in sorted({told.source for each in disputed for told in each.told}):
        own: dict[str, Measured] = {}
        for each in disputed:
            said = [told for told in each.told if told.source == source]
            if said:
                low, high = min(t.low for t in said), max(t.high for t in said)
                own[each.name] = replace(each, low=low, high=high, disputed=False, told=())
        yield source, {**measured, **own}


def divided(
    measured: Mapping[str, Measured], rules: Rules
) -> Iterator[tuple[str, Mapping[str, Measured]]]:
    """The measures at the ends of each interval that a threshold divides.

    Only of those that a sound link may lack (``may_be_unknown``): of the others a link is not called
    sound before they are known, so that their intervals leave it 证据不足.
    """
    conditions = [each for rule in rules.rules for each in rule.any]
    ends: list[list[tuple[str, Measured]]] = []
    for name in sorted(rules.may_be_unknown):
        it = measured[name]
        low, high = it.low, it.high
        if it.disputed or low is None or high is None or low == high or not isfinite(high):
            continue
        if any(c.measure == name and holds(it, c) is None for c in conditions):
            said = words(name)
            ends.append(
                [
                    (f"{said.zh}取{said.said(end)}{said.unit}", replace(it, low=end, high=end))
                    for end in (low, high)
                ]
            )
    for chosen in product(*ends) if ends else ():
        told = "、".join(each for each, _ in chosen)
        yield told, {**measured, **{each.name: each for _, each in chosen}}
