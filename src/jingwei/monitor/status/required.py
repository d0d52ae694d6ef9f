"""The pace that the time left asks for, beside the pace so far (§20.7)."""

import math

from jingwei.core import Gap
from jingwei.monitor.facts import Known, counted
from jingwei.monitor.judgement import first_that_meets
from jingwei.monitor.status.pace import edge_of, has_headroom, holds, inside, is_budget
from jingwei.monitor.status.track import Track
from jingwei.plans.amount import Interval, factor, is_capped

_YEAR = 12


def required(target: Known, track: Track, goal: Interval, value: float) -> Gap | None:
    """What each year left must bring, from what each year brought so far; None where nothing is
    left to do or no year is left, and where no pace would help (a budget overspent).

    Growth in per cent for levels, multiples and growth; the yearly decline in per cent for
    declines; points for shares; amounts for flows, counts, changes and ranks. A goal to be held
    and lost is told as the distance to it. Under a limit that can still be exceeded: what each year
    left may bring at most.
    """
    room = is_capped(target.statement) and has_headroom(track, goal, value)
    if math.isinf(value) or (inside(value, goal) and not room):
        return None
    edge, subject = edge_of(track, goal), target.statement.subject
    if track.scale in ("level", "change", "decrease", "sum", "each"):
        at_most = math.isinf(goal.low) or edge != goal.low
        edge = first_that_meets(
            edge, is_open=goal.high_open if at_most else goal.low_open,
            whole=counted(target.indicator), from_above=at_most,
        )  # fmt: skip
    by, unit = scale_unit(target, track)
    if not room and (track.scale == "each" or holds(track, goal)):
        return Gap(subject, _round(value / by), _round(edge / by), unit)
    if track.years_left <= 0 or (is_budget(track, goal) and not room):
        return None
    past, left = track.years, track.years_left
    if track.scale == "rate":
        return _rate(subject, track, value, edge)
    kind = _kind(target, track)
    if kind == "amount":
        start = track.start
        return Gap(
            f"{subject}年均{'完成' if track.scale == 'sum' else '变动'}",
            _round((value - start) / past / by),
            _round((edge - value) / left / by),
            f"{'个百分点' if unit == '%' else unit}/年",
        )
    first, now, end = track.index(track.start), track.index(value), track.index(edge)
    if first is None or now is None or end is None or min(first, now, end) <= 0:
        return None
    so_far, wanted = (now / first) ** (1 / past) - 1, (end / now) ** (1 / left) - 1
    if kind == "decline":
        return Gap(f"{subject}（每年）", _round(-100 * so_far), _round(-100 * wanted), "%")
    what = f"{subject}（年均）" if track.scale == "growth" else f"{subject}年均增速"
    return Gap(what, _round(100 * so_far), _round(100 * wanted), "%")


def _rate(subject: str, track: Track, value: float, edge: float) -> Gap | None:
    """The growth of one year, held against its goal by months: the mean of the months left, all
    months weighing alike (ours; the weights of the months are those of last year's levels)."""
    passed = track.end - track.began
    left = _YEAR - passed
    wanted = (edge * _YEAR - value * passed) / left
    return Gap(f"{subject}后{left}个月平均", _round(value), _round(wanted), "%")


def _kind(target: Known, track: Track) -> str:
    if track.scale == "decline":
        return "decline"
    if track.scale in ("sum", "change", "decrease"):
        return "amount"
    if track.scale in ("growth", "multiple"):
        return "growth"
    indicator = target.indicator
    ratio_or_rank = indicator.dimension in ("share", "rank") or "排名" in indicator.subject
    return "amount" if ratio_or_rank or counted(indicator) else "growth"


def scale_unit(target: Known, track: Track) -> tuple[float, str]:
    """The factor from the target's unit to that of the track's scale, and the unit."""
    if track.scale in ("multiple", "growth"):
        return 1.0, "倍" if track.scale == "multiple" else "%"
    by, unit = factor(target.statement, target.indicator.dimension), target.statement.unit
    return (1.0, "%") if not unit and by != 1.0 else (by, unit)


def _round(value: float) -> float:
    return round(value, 10)
