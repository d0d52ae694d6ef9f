"""What the months that remain must bring to reach the goal of the year (全年目标倒排, §21.3)."""

import math
from dataclasses import dataclass
from typing import Literal

from jingwei.core import (
    Evidence,
    Formula,
    Missing,
    Months,
    Observation,
    SeriesKey,
    Statement,
    written_out,
)
from jingwei.monitor.dispatch.growth import HOW, Growth, moved
from jingwei.monitor.dispatch.values import Values
from jingwei.monitor.facts import counted
from jingwei.monitor.judgement import first_that_meets
from jingwei.monitor.placed import indicator_of
from jingwei.plans.amount import Interval, Readings, goal, is_capped, written
from jingwei.plans.indicator import wanted

Kind = Literal["level", "growth"]


@dataclass(frozen=True, slots=True)
class Needed:
    """What is left of a goal of the year.

    rest:    amount of the months left (under a limit: what is left of it), in the unit of the card;
             None for a goal of growth whose levels are not known
    rate:    growth in per cent that they need on the same months of the year before; None where
             ``missing`` says what is not known
    monthly: ``rest`` a month
    reached: whether the goal is reached already (a level), or is held so far (growth); a limit
             is kept only when its months are over
    """

    target: Statement
    kind: Kind
    months_left: int
    rest: float | None
    rate: float | None
    monthly: float | None
    reached: bool
    zh: str
    en: str
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Missing, ...] = ()


def needed(
    target: Statement,
    series: SeriesKey,
    unit_factor: float,
    months: Months,
    values: Values,
    so_far: Growth | None,
    holder: str,
    readings: Readings | None = None,
    adds: bool = True,
) -> Needed | None:
    """What is needed for a level or a growth of the year of ``months``; None for other goals.

    ``unit_factor`` brings the unit of the card to base units. The strictest declared reading of
    the goal is taken (左右 without tolerance). ``adds``: whether the months of the card add up to the
    year; of a stock or a share only the distance to its goal is told.
    """
    indicator = indicator_of(target)
    aims = goal(target, indicator.dimension, wanted(indicator, target), readings or Readings())
    if not aims or target.op in ("+", "-", "x"):
        return None
    interval = aims[0].interval
    at_most = math.isinf(interval.low)
    edge = first_that_meets(
        interval.high if at_most else interval.low,
        is_open=interval.high_open if at_most else interval.low_open,
        whole=counted(indicator), from_above=at_most,
    )  # fmt: skip
    limit = at_most and is_capped(target)
    last = Months.year(months.last_year - 1)
    before, whole = values.get(series, months.shifted(-1)), values.get(series, last)
    left = 12 - len(months)
    if indicator.name.change == "growth":
        return _growth(target, edge, left, so_far, before, whole, holder, last, at_most)
    now = values.get(series, months)
    if now is None or indicator.name.change:
        return None
    if not adds or indicator.ratio:
        return _distance(target, interval, edge / unit_factor, unit_factor, left, now, limit)
    if limit:
        return _room(target, edge / unit_factor, left, now)
    return _level(target, edge / unit_factor, left, now, before, whole, holder, last)


def _room(target: Statement, limit: float, left: int, now: Observation) -> Needed:
    """What the months left may add under a limit of the year: it is kept only when they are over."""
    rest = limit - now.value
    told = f"全年上限{written(target)}（{target.document}），累计{written_out(now.value)}{now.unit}"
    told_en = (
        f"limit {written(target)} ({target.document}), {written_out(now.value)} {now.unit} so far"
    )
    proof = (now.evidence, target.evidence)
    if rest < 0:
        zh, en = f"{told}，已超出{written_out(-rest)}{now.unit}", f"{told_en}: exceeded"
        return Needed(target, "level", left, rest, None, None, False, zh, en, proof)
    if left == 0:
        zh, en = f"{told}，没有超出", f"{told_en}: kept"
        return Needed(target, "level", 0, rest, None, None, True, zh, en, proof)
    monthly = rest / left
    zh = (
        f"{told}，后{left}个月至多{written_out(rest, 6)}{now.unit}（月均{written_out(monthly, 4)}）"
    )
    en = f"{told_en}; at most {written_out(rest, 6)} {now.unit} in the {left} months left"
    return Needed(target, "level", left, rest, None, monthly, False, zh, en, proof)


def _distance(
    target: Statement,
    goal_: Interval,
    edge: float,
    factor: float,
    left: int,
    now: Observation,
    limit: bool,
) -> Needed:
    """How far a stock, a share or a ratio is from its goal: nothing is spread over months."""
    reached = Interval.point(now.value * factor).within(goal_)
    told = f"年度目标{written(target)}（{target.document}），现为{written_out(now.value)}{now.unit}"
    told_en = f"goal {written(target)} ({target.document}), {written_out(now.value)} {now.unit} now"
    proof = (now.evidence, target.evidence)
    if reached and limit and left:
        rest = edge - now.value
        zh = f"{told}，在上限之内，还有{written_out(rest)}{'个百分点' if now.unit == '%' else now.unit}"
        en = f"{told_en}: under the limit, with {written_out(rest)} left"
        return Needed(target, "level", left, rest, None, None, False, zh, en, proof)
    if reached:
        zh, en = f"{told}，已达到", f"{told_en}: reached"
        return Needed(target, "level", left, 0.0, None, None, True, zh, en, proof)
    rest, unit = edge - now.value, "个百分点" if now.unit == "%" else now.unit
    zh = f"{told}，{'还差' if rest > 0 else '超出'}{written_out(abs(rest))}{unit}"
    en = f"{told_en}, {written_out(abs(rest))} {'points' if now.unit == '%' else now.unit} off"
    return Needed(target, "level", left, rest, None, None, False, zh, en, proof)


def _level(
    target: Statement,
    goal_: float,
    left: int,
    now: Observation,
    before: Observation | None,
    whole: Observation | None,
    holder: str,
    last: Months,
) -> Needed:
    rest = goal_ - now.value
    evidence: tuple[Evidence, ...] = (now.evidence, target.evidence)
    told = (
        f"全年目标{written(target)}（{target.document}），已完成{written_out(now.value)}{now.unit}"
    )
    told_en = (
        f"goal {written(target)} ({target.document}), {written_out(now.value)} {now.unit} so far"
    )
    if rest <= 0:
        zh, en = f"{told}，已达到", f"{told_en}: reached"
        return Needed(target, "level", left, 0.0, None, None, True, zh, en, evidence)
    if left == 0:
        zh, en = (
            f"{told}，还差{written_out(rest)}{now.unit}",
            f"{told_en}, {written_out(rest)} short",
        )
        return Needed(target, "level", 0, rest, None, None, False, zh, en, evidence)
    monthly = rest / left
    zh = f"{told}，后{left}个月需{written_out(rest, 6)}{now.unit}（月均{written_out(monthly, 4)}）"
    en = f"{told_en}; {written_out(rest, 6)} {now.unit} left for {left} months"
    if before is None or whole is None or whole.value <= before.value:
        missing = (Missing(f"{last}年全年和同期的数（同一口径）", holder),)
        return Needed(target, "level", left, rest, None, monthly, False, zh, en, evidence, missing)
    same = whole.value - before.value
    rate = 100 * (rest / same - 1)
    zh += f"，比上年同期{written_out(same, 6)}{moved(rate)}"
    en += f", {rate:+.1f}% on the same months a year before"
    formula = f"({written_out(goal_)}−{written_out(now.value)})÷({written_out(whole.value)}−{written_out(before.value)})−1 = {rate:.2f}%"
    proof = Formula(formula, (now.evidence, whole.evidence, before.evidence, target.evidence))
    return Needed(target, "level", left, rest, rate, monthly, False, zh, en, (proof,))


def _growth(
    target: Statement,
    goal_: float,
    left: int,
    so_far: Growth | None,
    before: Observation | None,
    whole: Observation | None,
    holder: str,
    last: Months,
    at_most: bool,
) -> Needed | None:
    """(1+g) = w(1+c) + (1−w)(1+r): w is the share of the months passed in the year before."""
    if so_far is None:
        return None
    held = so_far.rate <= goal_ if at_most else so_far.rate >= goal_
    how, how_en = HOW[so_far.how]
    gap = so_far.rate - goal_
    aside = (
        f"{'高于' if gap > 0 else '低于'}目标{written_out(abs(gap), 4)}个百分点"
        if round(gap, 4)
        else "与目标持平"
    )
    told = f"全年目标{written(target)}（{target.document}），累计{written_out(so_far.rate, 4)}%（{how}），{aside}"
    told_en = (
        f"goal {written(target)} ({target.document}), {written_out(so_far.rate, 4)}% so far ({how_en}),"
        f" {gap:+.4g} points from it"
    )
    evidence = (*so_far.evidence, target.evidence)
    if left == 0:
        return Needed(target, "growth", 0, None, None, None, held, told, told_en, evidence)
    if before is None or whole is None or not 0 < before.value < whole.value:
        missing = (Missing(f"{last}年全年和同期的总量（作权重，同一口径）", holder),)
        return Needed(
            target, "growth", left, None, None, None, held, told, told_en, evidence, missing
        )
    share = before.value / whole.value
    rate = 100 * ((1 + goal_ / 100 - share * (1 + so_far.rate / 100)) / (1 - share) - 1)
    zh = f"{told}，后{left}个月{'至多' if at_most else '需'}{moved(rate)}（上年前{12 - left}个月占{share:.1%}）"
    en = f"{told_en}; {rate:+.1f}% needed in the {left} months left"
    formula = f"((1+{written_out(goal_)}%)−{written_out(share, 6)}×(1+{written_out(so_far.rate)}%))÷(1−{written_out(share, 6)})−1 = {rate:.2f}%"
    proof = Formula(formula, (*evidence, before.evidence, whole.evidence))
    return Needed(target, "growth", left, None, rate, None, held, zh, en, (proof,))
