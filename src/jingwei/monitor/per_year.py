"""Targets for every year (每年新增30家), held against yearly figures (``docs/semantics.md`` §7.15).

A total of several years is no yearly figure: it decides only as an average, by formula and named as
such. A stock (共有163家) says nothing of what was done in a year.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from jingwei.core import Period, written_out
from jingwei.monitor.derivation import changes, made
from jingwei.monitor.facts import Fact, Known, Near, direct, is_stock, reach, words
from jingwei.monitor.scene import Open, Scene, base_year
from jingwei.plans.amount import Interval, Reading, is_exact, numbers, written
from jingwei.plans.indicator import wanted


def is_per_year(known: Known) -> bool:
    """Whether a statement gives a number of every year; a rate of growth has its own rules (§4.5)."""
    if known.indicator.name.change or known.indicator.ratio:
        return False
    statement = known.statement
    yearly = words()["accrual"]["yearly"]
    if re.search(yearly, statement.subject):
        return True
    value = statement.value if statement.value is not None else statement.low
    shown = re.escape(f"{written_out(value)}") if value is not None else ""
    return bool(shown and re.search(rf"(?:{yearly})[^\d,;。，；]*?{shown}", statement.quote))


def facts_per_year(
    target: Known, found: Sequence[Near], scene: Scene, years: Period | None = None
) -> list[Fact]:
    """What is known of a target for every year: averages as published, the figures of the single
    years, and totals divided by their years; [] where there is only a stock or nothing. ``years``
    are those asked about, by default all of the target."""
    window = years or _window(target, scene)
    own = [each for each in found if each.comparison.comparable]
    stated = [
        fact
        for each in own
        if is_per_year(each.known) and _whole(each.known, window)
        if (fact := direct(target, each)) is not None
    ]
    if stated:
        return stated
    yearly = _by_year(target, own, window)
    averages = [] if yearly and math.isfinite(yearly[0].width) else _averages(target, own, window)
    if not yearly and not averages and target.statement.op == "+":
        averages = _risen(target, own, window, scene)
    return [*yearly, *averages]


def only_totals(target: Known, found: Sequence[Near]) -> Open | None:
    """Why figures of the indicator do not decide a target for every year, where there are any."""
    own = [each for each in found if each.comparison.comparable]
    if not own:
        return None
    seen = own[0].statement
    shown = f"{seen.subject} {written(seen)}（{seen.period}年，{seen.document}）"
    return Open(
        f"目标按年计，后续文件没有逐年数或期内合计，只有{shown}，不能比较",
        f"the target is for every year; later documents give no yearly figures and no total of the"
        f" period, only {shown}",
        f"{target.statement.period}年逐年{target.statement.subject}",
        evidence=(own[0].known.evidence,),
    )


def _window(target: Known, scene: Scene) -> Period:
    period = target.statement.period
    single = period.first == period.last
    return scene.span if single and period.last == scene.span.last else period


def _whole(known: Known, window: Period) -> bool:
    seen = known.statement
    if seen.period.first < seen.period.last:
        return seen.period == window
    return seen.period.last == window.last and reach(known) == "whole"


def _value(each: Near) -> float | None:
    pair = numbers(each.statement, each.known.indicator.dimension)
    exact = is_exact(each.statement) or each.statement.op == "+"
    return pair[0] if pair and exact and pair[0] == pair[1] else None


def _by_year(target: Known, own: Sequence[Near], window: Period) -> list[Fact]:
    """The year furthest from the target: every year has to reach it. Where years are missing, the
    worst of all years is at most as good as the worst that is known."""
    years: dict[int, tuple[float, Near]] = {}
    for each in own:
        seen = each.statement
        value = _value(each)
        single = seen.period.known and seen.period.first == seen.period.last
        if value is None or not single or seen.period.last not in window.years:
            continue
        if reach(each.known) != "year" or is_stock(each.known):
            continue
        first, _ = years.setdefault(seen.period.last, (value, each))
        if not math.isclose(first, value, rel_tol=1e-3):
            return []
    if not years:
        return []
    low = wanted(target.indicator, target.statement) == "lower" and target.statement.op not in (
        "+",
        "-",
    )
    worst = (max if low else min)(years, key=lambda year: (years[year][0], -year))
    value = years[worst][0]
    interval = Interval.point(value)
    if set(years) < set(window.years):
        interval = Interval(low=value) if low else Interval(high=value)
    told = "、".join(f"{y}年{written(years[y][1].statement)}" for y in sorted(years))
    extreme = "最高" if low else "最低"
    reading = Reading("逐年比较", "year by year", interval)
    fact = made(
        (reading,), f"逐年：{told}；{extreme}{worst}年", [years[y][1].known for y in sorted(years)]
    )
    return [replace(fact, change=target.statement.op in ("+", "-"))]


def _averages(target: Known, own: Sequence[Near], window: Period) -> list[Fact]:
    """Stated totals of the whole window divided by its years."""
    count = len(window.years)
    facts: list[Fact] = []
    for each in own:
        value = _value(each)
        total = _whole(each.known, window) and not is_per_year(each.known)
        if value is None or not total or count < 2 or is_stock(each.known):
            continue
        seen = each.statement
        amount = seen.value or 0.0
        formula = f"{written_out(amount)}{seen.unit}÷{count}年 = 年均{written_out(amount / count, 4)}{seen.unit}"
        reading = Reading("按年均计", "on average", Interval.point(value / count))
        fact = made((reading,), formula, [each.known])
        zh, en = f"按年均计，{fact.zh}", f"on average, {fact.en}"
        facts.append(replace(fact, zh=zh, en=en, change=target.statement.op in ("+", "-")))
    return facts


def _risen(target: Known, own: Sequence[Near], window: Period, scene: Scene) -> list[Fact]:
    """The rise from the base to the end of the window, divided by its years."""
    count = len(window.years)
    levels = [
        (each.known, fact)
        for each in own
        if each.timing == "ok" and each.statement.op == "=" and is_stock(each.known)
        if (fact := direct(target, each)) is not None and not fact.built
    ]
    risen = changes("+", levels, (*scene.plan, *scene.seen), base_year(target, scene))
    return [
        replace(
            each,
            readings=tuple(
                replace(r, interval=r.interval.scaled(1 / count)) for r in each.readings
            ),
            zh=f"按年均计，{each.zh}÷{count}年",
            en=f"on average, {each.en}, over {count} years",
        )
        for each in risen
    ]
