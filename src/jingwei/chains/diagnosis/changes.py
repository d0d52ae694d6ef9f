"""What would have to change, all of it together, for a verdict to turn.

A need stands as long as one condition of its rule holds, so every one that holds has to stop. Found by
trying: the smallest set of changes after which the table gives another answer. Each change takes a
measure to the nearest value at which none of the conditions of that need holds. A set is one that can
hold together (``consequences``): less concentration takes more suppliers, more made here fewer imports.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import inf, isfinite, nextafter

from jingwei.chains.diagnosis.consequences import consequences, together
from jingwei.chains.diagnosis.measured import Measured
from jingwei.chains.diagnosis.outcomes import COUNTS, holds, outcome_of, read_as
from jingwei.chains.diagnosis.rules import Condition, Rules, words
from jingwei.core import Gap


@dataclass(frozen=True, slots=True)
class Change:
    """One measure that has to change, as it is now and as it has to be."""

    measure: str
    from_: float
    to: float

    @property
    def gap(self) -> Gap:
        it = words(self.measure)
        return Gap(it.zh, self.from_, self.to, it.unit)


def changes(
    measured: Mapping[str, Measured], rules: Rules, *, borderline: bool = False
) -> tuple[Change, ...]:
    """The changes that together turn a need; () where there is no need, or none turns it.

    Of a ``borderline`` need the thresholds are those of the strict reading, so that the changes leave
    the band behind. No smaller set of the same changes turns it.
    """
    compare = read_as("strict", rules.band) if borderline else holds
    first = outcome_of(measured, rules, compare)
    if first.rule is None or first.sound:
        return ()
    seen = consequences(measured)
    needed: dict[str, Change] = {}
    now = first
    while now.rule is not None and now.rule.action == first.rule.action and not now.sound:
        fresh = [c for c in now.holding if c.measure not in needed]
        if not fresh:
            return ()  # no value of this measure frees it of every condition
        for name in dict.fromkeys(each.measure for each in fresh):
            conditions = [
                c
                for rule in rules.rules
                if rule.action == first.rule.action
                for c in rule.any
                if c.measure == name
            ]
            change = _freed(seen[name], conditions, rules.band if borderline else 0.0)
            if change is None:
                return ()
            needed[name] = change
        now = outcome_of(
            applied(measured, holding_together(measured, [*needed.values()])), rules, compare
        )
    listed = [*needed.values()]
    for size in range(1, len(listed) + 1):
        for some in combinations(listed, size):
            whole = holding_together(measured, some)
            after = outcome_of(applied(measured, whole), rules, compare)
            if after.rule is None or after.rule.action != first.rule.action:
                return whole
    return ()


def holding_together(
    measured: Mapping[str, Measured], some: Sequence[Change]
) -> tuple[Change, ...]:
    """Some changes with those that have to go with them, in the order of the changes."""
    to = together(measured, {each.measure: each.to for each in some})
    kept = [replace(each, to=to.pop(each.measure)) for each in some]
    for name, value in to.items():
        now = measured[name]
        ends = [end for end in (now.high, now.low) if end is not None and isfinite(end)]
        kept.append(Change(name, ends[0] if ends else value, value))
    return tuple(kept)


def applied(measured: Mapping[str, Measured], some: Sequence[Change]) -> Mapping[str, Measured]:
    """The measures as they would be after some changes."""
    seen = consequences(measured)
    return {
        **measured,
        **{
            c.measure: replace(seen[c.measure], low=c.to, high=c.to, disputed=False, told=())
            for c in some
        },
    }


def _freed(measured: Measured, conditions: Sequence[Condition], band: float) -> Change | None:
    """The nearest value at which no condition on a measure holds, None where there is none."""
    least, most = -inf, inf
    whole = measured.name in COUNTS
    for each in conditions:
        below = each.op.startswith("<")
        edge = each.value
        if band and not whole:
            beyond = edge * (1 + band if below else 1 - band)
            edge = beyond if beyond <= 1 else edge  # a share has nothing beyond the whole
        if each.op == "<=":
            edge = edge + 1 if whole else nextafter(edge, inf)
        elif each.op == ">=":
            edge = edge - 1 if whole else nextafter(edge, -inf)
        if below:
            least = max(least, edge)
        else:
            most = min(most, edge)
    low, high = measured.low, measured.high
    if least > most or (least > 1 and not whole) or low is None or high is None:
        return None
    # of an interval the end nearest to the threshold: every value of it holds the need
    value = high if isfinite(high) and high < least else low
    if measured.disputed:
        value = low if low < least else high
    to = min(max(value, least), most)
    return Change(measured.name, value if isfinite(value) else to, to)
