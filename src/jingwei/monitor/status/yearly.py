"""Where a target for every year stands (每年新增30家, 年均投资100亿元): the years so far, one by one.

Each year has to reach it (§7.15), so the worst of the years known decides; a total so far decides as an
average. A year that is missing is named. The running total is never held against the number of one year.
"""

import math
from collections.abc import Sequence

from jingwei.core import Period
from jingwei.monitor.facts import Fact, Known, Near
from jingwei.monitor.per_year import facts_per_year
from jingwei.monitor.scene import Open, Scene
from jingwei.monitor.status.pace import inside
from jingwei.monitor.status.series import History
from jingwei.monitor.status.track import Track
from jingwei.plans.amount import Reading


def yearly_tracks(
    target: Known, goals: Sequence[Reading], found: History, scene: Scene, last: int
) -> list[Track] | Open:
    """The tracks of the years that are over by month ``last``, or which year is missing."""
    period = target.statement.period
    own_years = period if period.first < period.last else scene.span
    first, end_year = own_years.first, period.last
    subject = target.statement.subject
    known = [
        (each, comparison)
        for each, comparison in found.same
        if comparison.comparable
        and each.months is None
        and first <= each.statement.period.last <= end_year
        and 12 * each.statement.period.last + 11 <= last
    ]
    facts: list[Fact] = []
    year = first
    for year in sorted({each.statement.period.last for each, _ in known}, reverse=True):
        window = Period(first, year)
        near = [
            Near(each, comparison, "ok" if each.statement.period.last == year else "year")
            for each, comparison in known
        ]
        facts = facts_per_year(target, near, scene, window)
        if facts:
            break
    if not facts:
        return Open(
            "目标按年计，没有逐年数或至今的合计",
            "the target is for every year; neither yearly figures nor a total so far are known",
            f"{first}年起逐年{subject}",
        )
    told = {each.statement.period.last for each, _ in known if _single(each)}
    missing = [each for each in range(first, year + 1) if each not in told]
    worst = facts[0].readings[0].interval
    bounds = [each for each in (worst.low, worst.high) if not math.isinf(each)]
    bounded = math.isinf(facts[0].width)  # years are missing: the worst of all is only bounded
    if bounded and any(inside(each, goal.interval) for each in bounds for goal in goals):
        listed = "、".join(map(str, missing))
        return Open(
            f"目标按年计，缺{listed}年的数，已知各年都达到：{facts[0].zh}",
            f"the target is for every year; {listed} are missing, the years known reach it",
            f"{listed}年{subject}",
            evidence=facts[0].evidence,
        )
    began, due = 12 * first - 1, 12 * end_year + 11
    several = len(facts) > 1
    return [
        Track(
            "each", 0.0, fact, tuple(goals), began, 12 * year + 11, due,
            label=f"按{fact.zh}" if several else "",
        )
        for fact in facts
    ]  # fmt: skip


def _single(each: Known) -> bool:
    return each.statement.period.first == each.statement.period.last
