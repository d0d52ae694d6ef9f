"""Totals of a span of years against their yearly mean (五年累计1200亿元，年均120亿元).

The mean times the years must meet the total (``docs/semantics.md`` §9.6).
"""

import math
import re
from collections.abc import Iterator, Sequence

from jingwei.core import Finding, Formula
from jingwei.monitor.health.agreeing import Agreement
from jingwei.monitor.health.explaining import explain
from jingwei.monitor.health.figures import Figure, cited, in_unit_of, same_place, shown
from jingwei.monitor.health.printed import half_step, meet, rules
from jingwei.plans.amount import Interval, Readings, factor
from jingwei.plans.indicator import compare

KIND = "total_and_mean"
_NUMBERS = {word: n for n, word in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


def check_means(figures: Sequence[Figure]) -> tuple[list[Finding], list[Agreement]]:
    """One finding for each yearly mean that no total of its span and document meets."""
    findings: list[Finding] = []
    agreements: list[Agreement] = []
    for mean in figures:
        if not _is_mean(mean):
            continue
        totals = [(total, years) for total, years in _totals(mean, figures)]
        made = [_times(mean, years) for _, years in totals]
        agreed = [meet(m, _stated(total)) for m, (total, _) in zip(made, totals, strict=True)]
        if not totals:
            continue
        total, years = totals[agreed.index(True) if any(agreed) else 0]
        if any(agreed):
            agreements.append(_agreement(total, mean, years))
        else:
            findings.append(_finding(total, mean, years))
    return findings, agreements


def _clause(figure: Figure) -> str:
    """The clause of the quote that holds the number."""
    digits = figure.statement.quote
    clauses = re.split("[,，;；。]", digits)
    value = figure.statement.value
    number = f"{value:.10g}" if value is not None else ""
    return next((each for each in reversed(clauses) if number in each), digits)


def _amount(figure: Figure) -> bool:
    s = figure.statement
    return (
        s.measure in ("level", "flow", "increase") and s.op not in ("x", "-", "qual")
        and s.period.first < s.period.last and s.value is not None and not figure.in_table
        and not figure.indicator.ratio and not figure.indicator.name.change
    )  # fmt: skip


def _is_mean(figure: Figure) -> bool:
    return _amount(figure) and re.search(rules()["mean"]["yearly"], _clause(figure)) is not None


def _totals(mean: Figure, figures: Sequence[Figure]) -> Iterator[tuple[Figure, int]]:
    """Totals over the span of the mean, each with the number of its years."""
    words = rules()["mean"]
    for total in figures:
        clause = _clause(total)
        if total is mean or not _amount(total) or re.search(words["yearly"], clause):
            continue
        summed = total.statement.measure == "flow" or re.search(words["total"], clause)
        one = (
            total.document == mean.document and total.goal == mean.goal
            and total.statement.period == mean.statement.period and same_place(total, mean)
            and total.indicator.dimension == mean.indicator.dimension
            and compare(total.indicator, mean.indicator).comparable
        )  # fmt: skip
        if not summed or not one or re.search(words["stock"], clause):
            continue
        counted = re.search(words["years"], total.statement.quote)
        span = total.statement.period.last - total.statement.period.first + 1
        if counted is None or _NUMBERS[counted["n"]] == span:
            yield total, span


def _times(mean: Figure, years: int) -> Interval:
    return _stated(mean).scaled(years)


def _stated(figure: Figure) -> Interval:
    """The range of the number with the hedge of its clause, also where it is one of an increase.

    A mean is never counted: 598 in five years is 120 a year.
    """
    words, clause = rules()["multiple"], _clause(figure)
    mean = re.search(rules()["mean"]["yearly"], clause) is not None
    half = half_step(figure.statement) * factor(figure.statement, figure.indicator.dimension)
    low, high = figure.range.low, figure.range.high
    if mean and low == high:
        low, high = low - half, high + half
    if any(word in clause for word in words["nearly"]) and figure.statement.op != "~":
        about = abs(figure.point) * max(Readings().about)
        low, high = low - about, high + about
    above = any(word in clause.replace("不超过", "") for word in words["above"])
    return Interval(low, math.inf if above else high)


def _formula(mean: Figure, years: int) -> Formula:
    total = in_unit_of(mean, mean.point * years)
    return Formula(f"{shown(mean)}×{years}年={total}", (mean.statement.evidence,))


def _finding(total: Figure, mean: Figure, years: int) -> Finding:
    made = _formula(mean, years)
    return Finding(
        KIND,
        f"“{total.statement.subject}”的总量与年均不符：总量写{cited(total)}，"
        f"而年均{cited(mean)}，{made.formula}。",
        f"the total of {total.statement.subject}, {shown(total)}, is not its yearly mean over "
        f"{years} years: {made.formula} ({total.document})",
        (total.statement.evidence, made),
        explain(KIND, {"goal"} if total.goal else set()),
    )


def _agreement(total: Figure, mean: Figure, years: int) -> Agreement:
    made = _formula(mean, years)
    return Agreement(
        KIND,
        f"总量与年均一致：{made.formula}，{cited(total)}",
        f"total and yearly mean agree: {made.formula}, {shown(total)}",
        (total.statement.evidence, made),
    )
