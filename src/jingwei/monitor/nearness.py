"""基本完成: how much of a missed target was reached (``docs/semantics.md`` §7.13).

The verdict stays not_met; the class says that an 预期性 target was missed by little. 约束性 is a
promise and is never nearly kept; a target without an attribute has not been declared 预期性.
"""

import math
from collections.abc import Sequence

from jingwei.core import Statement, written_out
from jingwei.monitor.facts import Fact, Known
from jingwei.plans.amount import Interval, Readings, goal
from jingwei.plans.indicator import wanted


def reached(target: Known, asked: Statement, facts: Sequence[Fact]) -> float | None:
    """The share of what was needed that the facts show, the lowest of them; None where it cannot
    be said: words, a fact that is only a bound the wrong way, a change in the other direction.

    More wanted: value over target. Less wanted: target over value. A change: the change achieved
    over the change needed; of a multiple, the part that goes beyond the base. ``asked`` states the
    number where the target itself leaves it to another document.
    """
    direction = wanted(target.indicator, asked)
    goals = goal(asked, target.indicator.dimension, direction, Readings((0.0,)))
    if not goals:
        return None
    base = 1.0 if asked.op == "x" else 0.0
    shares = [
        _share(goals[0].interval, seen.interval, base)
        for fact in facts for seen in fact.readings
    ]  # fmt: skip
    known = [share for share in shares if share is not None]
    return min(known) if known and len(known) == len(shares) else None


def _share(asked: Interval, seen: Interval, base: float) -> float | None:
    floor, ceiling = math.isfinite(asked.low), math.isfinite(asked.high)
    if floor and not (ceiling and seen.low > asked.high):
        return _ratio(seen.low - base, asked.low - base)
    if base:
        return _ratio(base - seen.high, base - asked.high)  # 减半: what was taken away
    return _ratio(asked.high, seen.high)


def _ratio(part: float, whole: float) -> float | None:
    known = math.isfinite(part) and math.isfinite(whole)
    return part / whole if known and part > 0 and whole > 0 else None


def shown(share: float) -> str:
    """A share in per cent to one digit, never rounded up: 89.96 % is no 90 %."""
    return f"{written_out(math.floor(share * 1000 + 1e-9) / 10, 6)}%"
