"""From the readings of a goal and the facts about it to one answer.

Inclusion of intervals (``docs/semantics.md`` §7): a fact inside the goal meets it, one apart from
it misses it, one across its edge leaves it unknown. When declared readings or documents give
different answers, the answer is ``depends`` and each is shown.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from jingwei.core import Answer, Reading
from jingwei.monitor.facts import Fact
from jingwei.plans import amount
from jingwei.plans.amount import Interval


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer, the readings that differ (if any), the facts used, and whether they conflict.

    ``shortfall`` is (from, to, to_is_open) in base units for a miss: the smallest change that
    would turn it under the most lenient reading.
    """

    answer: Answer
    readings: tuple[Reading, ...]
    facts: tuple[Fact, ...]
    conflict: bool = False
    shortfall: tuple[float, float, bool] | None = None


def decide(goal: Interval, fact: Interval) -> Answer:
    """Whether a fact meets a goal; both are sets of numbers, neither is empty."""
    if fact.within(goal):
        return "met"
    return "not_met" if fact.apart(goal) else "unknown"


def judge(goals: Sequence[amount.Reading], facts: Sequence[Fact]) -> Judged:
    """The answer that the facts give together; their order does not matter.

    Facts that agree (or are roundings or bounds of one number) count as one, the most precise
    deciding. Facts that exclude each other are all shown; unless they give the same answer, the
    answer depends on which document one trusts.
    """
    ordered = sorted(facts, key=lambda f: (f.width, f.slack, f.standing, f.documents, f.zh))
    answers = [_of_one(goals, each) for each in ordered]
    if all(agree(a, b) for a, b in combinations(ordered, 2)):
        for each, (answer, readings) in zip(ordered, answers, strict=True):
            if answer != "unknown":
                return Judged(answer, readings, (each,), False, _shortfall(answer, goals, [each]))
        return Judged("unknown", (), (ordered[0],))
    answer = answers[0][0]
    if answer != "depends" and all(each == answer for each, _ in answers):
        return Judged(answer, (), tuple(ordered), True, _shortfall(answer, goals, ordered))
    shown: list[Reading] = []
    for each, (answer, readings) in zip(ordered, answers, strict=True):
        inner = readings or (Reading("", answer),)
        shown += [
            Reading("；".join(filter(None, (f"按{each.zh}", r.reading))), r.answer) for r in inner
        ]
    return Judged("depends", tuple(dict.fromkeys(shown)), tuple(ordered), True)


def _of_one(goals: Sequence[amount.Reading], fact: Fact) -> tuple[Answer, tuple[Reading, ...]]:
    found: list[Reading] = []
    for goal in goals:
        for seen in fact.readings:
            words = [goal] * (len(goals) > 1) + [seen] * (len(fact.readings) > 1)
            zh = "；".join(word.zh for word in words)
            en = "; ".join(word.en for word in words)
            text = f"{zh} ({en})" if words else ""
            found.append(Reading(text, decide(goal.interval, seen.interval)))
    answer = found[0].answer
    if all(reading.answer == answer for reading in found):
        return answer, ()
    return "depends", tuple(dict.fromkeys(found))


def first_that_meets(edge: float, *, is_open: bool, whole: bool, from_above: bool) -> float:
    """The number nearest to ``edge`` that meets a goal: the edge itself, or for a count of things
    (``whole``) the first whole number that does (超过700家 is met by 701, 低于10家 by 9)."""
    if not whole:
        return edge
    if from_above:
        return math.ceil(edge) - 1 if is_open else math.floor(edge + 1e-9)
    return math.floor(edge) + 1 if is_open else math.ceil(edge - 1e-9)


def agree(a: Fact, b: Fact) -> bool:
    """Whether one number could be behind both, allowing for the digits printed (at most 2 %)."""
    for x in a.readings:
        for y in b.readings:
            size = max(
                abs(v) for v in (x.interval.low, y.interval.low, 0.0) if abs(v) < float("inf")
            )
            slack = min(max(a.slack, b.slack), 0.02 * size)
            wider = Interval(x.interval.low - slack, x.interval.high + slack)
            if not wider.apart(y.interval):
                return True
    return False


def _shortfall(
    answer: Answer, goals: Sequence[amount.Reading], facts: Sequence[Fact]
) -> tuple[float, float, bool] | None:
    if answer != "not_met":
        return None
    intervals = [seen.interval for fact in facts for seen in fact.readings]
    top, bottom = max(i.high for i in intervals), min(i.low for i in intervals)
    ways: list[tuple[float, float, bool]] = []
    for goal in goals:
        if top <= goal.interval.low:
            ways.append((top, goal.interval.low, goal.interval.low_open))
        else:
            ways.append((bottom, goal.interval.high, goal.interval.high_open))
    # the shortest way under any declared reading; of two that end alike the one that includes
    return min(ways, key=lambda way: (abs(way[1] - way[0]), way[2]))
