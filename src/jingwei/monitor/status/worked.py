"""The arithmetic of a status written out with its numbers, so that anyone can do it again."""

import math

from jingwei.core import Formula, written_out
from jingwei.monitor.facts import Known
from jingwei.monitor.status.pace import Measured, edge_of
from jingwei.monitor.status.required import scale_unit
from jingwei.monitor.status.track import Track
from jingwei.plans.amount import Interval


def worked(
    target: Known,
    track: Track,
    goal: Interval,
    value: float,
    told: Measured,
    *,
    by_time: bool,
    limited: bool,
) -> Formula | None:
    """How 完成进度 and 应达, or the actual and the needed growth, came about (§20.4, §20.5).

    ``by_time`` says that the share of time is what is due, and no chosen path; ``limited`` that the
    room under a limit is what is used (§20.6). None where the class needs no arithmetic: a goal that
    is held, or whose value is only a bound.
    """
    if math.isinf(value):
        return None
    by, _ = scale_unit(target, track)
    ends = (track.start, value, edge_of(track, goal))
    steps = [*_progress(track, told, ends, by, by_time, limited), *_growth(track, told, ends, by)]
    return Formula("；".join(steps), (target.evidence,)) if steps else None


_Ends = tuple[float, float, float]  # where it began, stands and shall end, in base units


def _progress(
    track: Track, told: Measured, ends: _Ends, by: float, by_time: bool, limited: bool
) -> list[str]:
    if told.done is None or math.isinf(told.done):
        return []
    start, now, end = (written_out(each / by, 8) for each in ends)
    done, due = ("余地已用", "时间过去") if limited else ("完成进度", "应达")
    steps = [f"{done} = {_way(now, start)}÷{_way(end, start)} = {told.done:.1%}"]
    if by_time and track.scale not in ("growth", "rate"):
        passed, whole = track.end - track.began, track.due - track.began
        steps.append(f"{due} = {passed}个月÷{whole}个月 = {track.elapsed:.1%}")
    if told.due and told.ratio is not None and not math.isinf(told.ratio):
        ways = f"{due}÷{done}" if limited else f"{done}÷{due}"
        steps.append(f"比值 = {ways} = {written_out(told.ratio, 4)}")
    return steps


def _growth(track: Track, told: Measured, ends: _Ends, by: float) -> list[str]:
    indices = [track.index(each) for each in ends]
    if told.actual is None or told.required is None or None in indices:
        return []
    start, now, end = (written_out(each / by, 8) for each in indices if each is not None)
    whole = written_out((track.due - track.began) / 12, 4)
    return [
        f"年均实际 = ({now}÷{start})^(1÷{written_out(track.years, 4)})−1 = {told.actual:+.2%}",
        f"年均所需 = ({end}÷{start})^(1÷{whole})−1 = {told.required:+.2%}",
    ]


def _way(to: str, start: str) -> str:
    return to if start == "0" else f"({to}−{start})"
