"""The two measures of a status: progress against time, and actual against required growth.

Both look at one number of a track against one reading of the goal (§20.4, §20.5).
"""

import math
from dataclasses import dataclass
from typing import Literal

from jingwei.monitor.status.cutoffs import Cutoffs
from jingwei.monitor.status.track import Track
from jingwei.plans.amount import Interval

PaceClass = Literal["提前实现", "快于预期", "基本符合预期", "相对滞后"]
RatioClass = Literal["目标已达到", "进展正常", "需要加快", "进展有限", "倒退"]
PACE: tuple[PaceClass, ...] = ("提前实现", "快于预期", "基本符合预期", "相对滞后")
RATIO: tuple[RatioClass, ...] = ("目标已达到", "进展正常", "需要加快", "进展有限", "倒退")
ON_PACE = frozenset({"提前实现", "快于预期", "基本符合预期", "目标已达到", "进展正常"})
"""The classes that answer ``met``: as far, or as fast, as it must be."""

_DIGITS = 9  # a ratio this near a cut-off is on it


@dataclass(frozen=True, slots=True)
class Measured:
    """A class with the numbers behind it.

    done:   completion as a share of the way (0.6 is 60 %); due: the share that time asks for
    ratio:  done ÷ due, or actual ÷ required growth
    actual, required: yearly growth, as shares; None where the measure has none
    """

    class_: PaceClass | RatioClass
    done: float | None = None
    due: float | None = None
    ratio: float | None = None
    actual: float | None = None
    required: float | None = None


def inside(value: float, goal: Interval) -> bool:
    return Interval.point(value).within(goal)


def edge_of(track: Track, goal: Interval) -> float:
    """The end of the goal's interval that the way leads to: its near side, seen from the start."""
    if math.isinf(goal.high) or (track.start < goal.low and not math.isinf(goal.low)):
        return goal.low
    return goal.high


def holds(track: Track, goal: Interval) -> bool:
    """Whether the goal is to hold what the base already had: a floor, a ceiling or a band (§20.6)."""
    return track.scale not in ("sum", "rate", "each") and inside(track.start, goal)


def _is_band(goal: Interval) -> bool:
    return not math.isinf(goal.low) and not math.isinf(goal.high)


def is_budget(track: Track, goal: Interval) -> bool:
    """A flow that may not exceed its goal (总量控制): less is better."""
    return track.scale == "sum" and math.isinf(goal.low)


def pace(
    track: Track,
    goal: Interval,
    value: float,
    cutoffs: Cutoffs,
    path_due: float | None = None,
    *,
    keeping: bool = True,
    capped: bool = False,
) -> Measured:
    """完成进度 against 时序进度 for one number.

    path_due:  the share of the way that a chosen path asks for (default: ``due_share``)
    keeping:   whether a goal that the base already meets is one to be held
    capped:    whether it is a limit that may not be exceeded at its time (§20.6)
    """
    if track.scale == "each":
        # the worst of the years so far: one year below is a miss for good (§7.15)
        return Measured("基本符合预期" if inside(value, goal) else "相对滞后")
    if capped and has_headroom(track, goal, value):
        return _under_cap(track, goal, value, path_due, cutoffs)
    if holds(track, goal):
        if not inside(value, goal):
            return Measured("相对滞后")
        return Measured("基本符合预期" if keeping else "提前实现")
    if track.scale == "rate" and not math.isinf(goal.high):
        return Measured("基本符合预期" if inside(value, goal) else "相对滞后")
    if track.scale != "sum" and _is_band(goal):
        if inside(value, goal):
            return Measured("基本符合预期")
        if (value < goal.low) != (track.start < goal.low):
            return Measured("相对滞后")  # beyond the band: a deviation either way counts
    edge = edge_of(track, goal)
    due = due_share(track, edge) if path_due is None else path_due
    if is_budget(track, goal) and not inside(value, goal):
        return Measured("相对滞后", value / edge if edge else math.inf, due)
    if is_budget(track, goal):
        return _under_cap(track, goal, value, path_due, cutoffs)
    done = _done(track.start, value, edge)
    if inside(value, goal) and track.scale != "rate":
        return Measured("提前实现", done, due)
    if done is None or due <= 0:
        # nothing to go: a rate against a goal of 0, or a path that asks for nothing yet
        return Measured("基本符合预期" if inside(value, goal) else "相对滞后", done, due)
    return _classed(done, due, done / due, cutoffs)


def has_headroom(track: Track, goal: Interval, value: float) -> bool:
    """Whether a number lies under a limit that can still be exceeded: never proof of a success."""
    running = track.scale not in ("rate", "each")
    return running and math.isinf(goal.low) and not math.isinf(value) and inside(value, goal)


def _under_cap(
    track: Track, goal: Interval, value: float, path_due: float | None, cutoffs: Cutoffs
) -> Measured:
    """How much of the room under a limit is used, against the time that has passed (§20.6).

    Used faster than time the limit will be exceeded: there is no tolerance, since a limit has
    none. A limit cannot be reached early. Only a total (总量控制), which never falls again, may be
    told to be ahead of its time.
    """
    if value <= track.start:  # nothing is used: it stood still, or fell
        return Measured("快于预期" if is_budget(track, goal) else "基本符合预期")
    due = due_share(track, goal.high) if path_due is None else path_due
    used = (value - track.start) / (goal.high - track.start)
    ratio = due / used
    if round(ratio, _DIGITS) < 1:
        return Measured("相对滞后", used, due, ratio)
    if is_budget(track, goal):
        return _classed(used, due, ratio, cutoffs)
    return Measured("基本符合预期", used, due, ratio)


def _done(start: float, value: float, edge: float) -> float | None:
    way = edge - start
    if way == 0:
        return None
    return (value - start) / way if not math.isinf(value) else math.copysign(math.inf, value * way)


def _classed(done: float, due: float, ratio: float, cutoffs: Cutoffs) -> Measured:
    rounded = round(ratio, _DIGITS) if not math.isinf(ratio) else ratio
    if rounded >= cutoffs.faster:
        return Measured("快于预期", done, due, ratio)
    if rounded >= cutoffs.behind:
        return Measured("基本符合预期", done, due, ratio)
    return Measured("相对滞后", done, due, ratio)


def due_share(track: Track, edge: float) -> float:
    """The share of the way from start to ``edge`` that the time passed asks for.

    The share of time (时序进度); for growth that of the implied level path, which is one of equal
    growth. A rate of one year is asked for in full at any month.
    """
    if track.scale == "rate":
        return 1.0
    if track.scale == "growth" and edge not in (track.start, 0.0):
        ratio = edge / track.start
        return (ratio**track.elapsed - 1) / (ratio - 1)
    return track.elapsed


def growth_ratio(
    track: Track, goal: Interval, value: float, cutoffs: Cutoffs, *, capped: bool = False
) -> Measured | None:
    """Actual ÷ required growth, R = d · CAGR(value) / |CAGR(goal)|; None where it has no sense:
    a base or goal of zero or of another sign, a goal equal to the base, a band on both sides.

    Source: Open SDG, Progress Measurement Methodology (Statistics Canada, after Eurostat). For a
    flow, whose levels do not grow towards the goal, the mean yearly amounts stand for the growth
    rates; for one year's growth the rates themselves (ours). Under a limit (``capped``) the growth
    that it allows is held against the actual one: a limit is never reached early (§20.6).
    """
    if _is_band(goal) or math.isinf(value) or (track.scale == "rate" and math.isinf(goal.low)):
        return None
    edge = edge_of(track, goal)
    if is_budget(track, goal) or track.scale == "each":
        return None
    if track.scale in ("sum", "rate"):
        if edge == 0:
            return None
        if inside(value, goal) and track.scale == "sum":
            return Measured("目标已达到")
        spent = track.elapsed if track.scale == "sum" else 1.0
        return _graded(value / edge / spent, None, None, cutoffs)
    start, now, end = track.index(track.start), track.index(value), track.index(edge)
    held = capped and has_headroom(track, goal, value)
    if inside(value, goal) and not held:
        return Measured("目标已达到")
    if start is None or now is None or end is None or not (start > 0 and now > 0 and end > 0):
        return None
    actual = (now / start) ** (1 / track.years) - 1
    required = (end / start) ** (12 / (track.due - track.began)) - 1
    if held:
        if value <= track.start:  # stood still, or fell
            return Measured("进展正常", actual=actual)
        allowed = (end / start) ** (12 / (track.due - track.began)) - 1
        ratio = allowed / actual
        within = round(ratio, _DIGITS) >= 1
        return Measured("进展正常" if within else "进展有限", None, None, ratio, actual, allowed)
    if required == 0:
        return None
    up = math.isinf(goal.high)  # more of the scale is wanted …
    rising = up if track.scale not in ("decline", "decrease") else not up  # … and of its level
    ratio = (1 if rising else -1) * actual / abs(required)
    return _graded(ratio, actual, required, cutoffs)


def _graded(
    ratio: float, actual: float | None, required: float | None, cutoffs: Cutoffs
) -> Measured:
    rounded = round(ratio, _DIGITS)
    grades: tuple[tuple[RatioClass, float], ...] = (
        ("进展正常", cutoffs.on_track),
        ("需要加快", cutoffs.accelerate),
        ("进展有限", cutoffs.limited),
    )
    for class_, low in grades:
        if rounded >= low:
            return Measured(class_, None, None, ratio, actual, required)
    return Measured("倒退", None, None, ratio, actual, required)
