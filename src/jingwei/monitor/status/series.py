"""What is known of a target's indicator, year by year: levels, yearly rates, totals so far.

Only figures of the same indicator on the same 口径 (§5); a figure of a year is one that does not
claim to cover several. Sums and compounded rates need every year from the first (§20.4).
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jingwei.core import Formula, Period, written_out
from jingwei.monitor.derivation import rounding, told_years
from jingwei.monitor.facts import (
    Fact,
    Known,
    Near,
    direct,
    is_real,
    is_stock,
    level_of,
    priced,
    reach,
)
from jingwei.monitor.per_year import is_per_year
from jingwei.plans.amount import Interval, Reading, factor, numbers, written
from jingwei.plans.indicator import Comparison, Indicator, compare

Change = Literal["", "growth", "reduction"]


@dataclass(frozen=True, slots=True)
class Point:
    """A fact and the last month it covers (counted as in ``Months``)."""

    end: int
    fact: Fact


@dataclass(frozen=True, slots=True)
class History:
    """The figures of one target's indicator. ``near`` are those on another 口径, of any year."""

    target: Known
    levels: tuple[tuple[Known, Comparison], ...]
    same: tuple[tuple[Known, Comparison], ...]
    near: tuple[tuple[Known, Comparison], ...]


def history(
    target: Known, seen: Mapping[Indicator, Sequence[Known]], decisions: Mapping[str, str]
) -> History:
    """Everything seen (``facts.by_indicator``) that is comparable with the target, or with the
    level behind it."""
    level = level_of(target.indicator)
    levels: list[tuple[Known, Comparison]] = []
    same: list[tuple[Known, Comparison]] = []
    near: list[tuple[Known, Comparison]] = []
    decided = {key for key in decisions if key.startswith(f"{target.statement.id}>")}
    for indicator, statements in seen.items():
        own = compare(target.indicator, indicator)
        of_level = own if level is target.indicator else compare(level, indicator)
        if own.kind == of_level.kind == "different" and not decided:
            continue
        for each in statements:
            decision = decisions.get(f"{target.statement.id}>{each.statement.id}", "")
            if decision == "refused":
                continue
            held, behind = own, of_level
            if each.row is not None:
                held = priced(target.indicator, indicator, own)
                behind = held if level is target.indicator else of_level
            if decision == "confirmed":
                held = Comparison("reworded")
                behind = held if level is target.indicator else behind
            if held.comparable or (held.kind == "differs" and held.aspects() <= {"window"}):
                same.append((each, held))
            if behind.comparable:
                levels.append((each, behind))
            elif held.kind in ("differs", "similar") and not held.aspects() <= {"window"}:
                near.append((each, held))
    return History(target, tuple(_once(levels)), tuple(_once(same)), tuple(_once(near)))


def _once(found: Iterable[tuple[Known, Comparison]]) -> Iterator[tuple[Known, Comparison]]:
    """A record of a dataset once, though its card has several names."""
    rows: set[object] = set()
    for each, comparison in sorted(found, key=lambda pair: pair[1].kind != "same"):
        if each.row is None or each.row not in rows:
            yield each, comparison
            rows.add(each.row)


def is_change(each: Known) -> bool:
    # a rank is a number of its own kind, and a level
    return each.statement.op in ("+", "-", "x") or each.indicator.name.change not in ("", "rank")


def levels(found: History) -> list[Point]:
    """Levels of single years, or of stocks at the end of a month."""
    points: list[Point] = []
    for each, comparison in found.levels:
        statement = each.statement
        single = statement.period.first == statement.period.last
        if each.months is not None and not each.months.is_month:
            continue  # 1-N月累计 of a flow is no level of a year
        if not single or is_change(each) or reach(each) != "year":
            continue
        fact = direct(found.target, Near(each, comparison, "ok"))
        if fact is not None:
            points.append(Point(each.end, _told(fact, each)))
    return points


def told_rate(found: History, each: Known, comparison: Comparison) -> Fact | None:
    """The rate of one year, or of its cumulative months, as a fact; None for words and sums."""
    if reach(each) != "year" or each.statement.op in ("+", "-", "x"):
        return None
    fact = direct(found.target, Near(each, comparison, "ok"))
    return None if fact is None else _told(fact, each)


def _told(fact: Fact, each: Known) -> Fact:
    """The fact in words, with its month where it is not of a whole year."""
    if each.months is None:
        return fact
    zh = f"{each.months}{written(each.statement)}（{each.statement.document}）"
    return replace(fact, zh=zh, en=f"{written(each.statement)} in {each.months}")


def totals(found: History, first: int, *, growth: bool) -> list[Point]:
    """Figures that a document gives for all years from ``first`` on: sums, cumulated declines,
    mean growth (``growth``)."""
    points: list[Point] = []
    for each, comparison in found.same:
        statement = each.statement
        period = statement.period
        spans = period.first == first < period.last and each.months is None
        says = first <= period.first == period.last and reach(each) == "whole"
        if not (spans or says) or (statement.op in ("+", "-", "x") and not growth):
            continue
        if (growth and not each.indicator.name.yearly) or is_per_year(each):
            continue  # an average of the years is no total of them (§7.15)
        fact = direct(found.target, Near(each, comparison, "ok"))
        if fact is not None:
            points.append(Point(each.end, fact))
    return points


def changes(found: History, first: int) -> list[Point]:
    """Changes since the base that are stated themselves (新增, 净增 since the first year)."""
    points: list[Point] = []
    op = found.target.statement.op
    for each, comparison in found.same:
        statement = each.statement
        since = statement.period.first in (first, first - 1) or reach(each) == "whole"
        whole = statement.period.first < statement.period.last or reach(each) == "whole"
        if is_per_year(each):
            continue
        if statement.op == op and since and (whole or statement.period == Period.year(first)):
            fact = direct(found.target, Near(each, comparison, "ok"))
            if fact is not None:
                points.append(Point(each.end, fact))
    return points


def by_year(found: History) -> dict[int, tuple[float, Known]]:
    """Exact figures of single years (flows, yearly rates; never stocks); a year told in two ways
    is left out."""
    known: dict[int, tuple[float, Known]] = {}
    doubtful: set[int] = set()
    for each, comparison in sorted(found.same, key=lambda pair: pair[0].statement.id):
        if each.months is not None or each.statement.op in ("+", "-", "x") or is_stock(each):
            continue
        for year, value in told_years(Near(each, comparison, "ok")):
            first, _ = known.setdefault(year, (value, each))
            if not math.isclose(first, value, rel_tol=1e-3):
                doubtful.add(year)
    return {year: each for year, each in known.items() if year not in doubtful}


def running(
    found: History, first: int, *, kind: Literal["sum", "decline", "growth"]
) -> list[Point]:
    """Sums, compounded declines (%) or compounded growth (index, base 100) from ``first`` on, as
    far as every year is known; a sum also with 1-N月累计 of the year after."""
    years = by_year(found)
    points: list[Point] = []
    used: list[tuple[float, Known]] = []
    year = first
    while year in years:
        used.append(years[year])
        points.append(Point(12 * year + 11, _compounded(used, kind)))
        year += 1
    if kind == "sum":
        points += [
            Point(each.end, _compounded([*used, (value, each)], kind))
            for each, value in _partial(found)
            if each.statement.period.last == year
        ]
    return points


def is_of_stocks(found: History) -> bool:
    """Whether the figures of single years are of what there is, so that a number for the whole
    period is held against their rise over the base, never against their sum."""
    single = [
        each
        for each, _ in found.levels
        if not is_change(each) and each.statement.period.first == each.statement.period.last
    ]
    return bool(single) and all(is_stock(each) for each in single)


def hole(found: History, first: int, last: int) -> tuple[int, int] | None:
    """The first year from ``first`` on without a figure although a later one has one by month
    ``last``, and that later year."""
    years = [year for year in by_year(found) if first <= year and 12 * year + 11 <= last]
    missing = next((y for y in range(first, max(years, default=first)) if y not in years), None)
    return None if missing is None else (missing, max(years))


def _partial(found: History) -> Iterator[tuple[Known, float]]:
    for each, _ in found.same:
        pair = numbers(each.statement, each.indicator.dimension)
        adds = each.months is not None and each.months.is_cumulative and not is_stock(each)
        if adds and pair is not None:
            yield each, pair[0]


def _compounded(used: Sequence[tuple[float, Known]], kind: str) -> Fact:
    values, of = [value for value, _ in used], [each for _, each in used]
    if kind == "sum":
        value = math.fsum(values)
        formula = "+".join(written(each.statement) for each in of)
        if len(of) > 1:
            first = of[0]
            by = factor(first.statement, first.indicator.dimension)
            formula = f"{formula} = {written_out(value / by)}{first.statement.unit}"
        return replace(computed(value, formula, of), slack=rounding(of))
    sign = "−" if kind == "decline" else "+"
    factors = [1 - v / 100 if kind == "decline" else 1 + v / 100 for v in values]
    terms = "×".join(f"(1{sign}{written_out(value)}%)" for value in values)
    product = math.prod(factors)
    if kind == "decline":
        value = 100 * (1 - product)
        made = computed(value, f"各年连乘 1−{terms} = {written_out(value, 4)}%", of)
        return replace(made, slack=rounding(of))
    mean = 100 * (product ** (1 / len(values)) - 1)
    formula = f"({terms})^(1/{len(values)})−1 = {written_out(mean, 4)}%"
    return computed(100 * product, formula, of)


def from_levels(found: History, base_year: int, change: Change) -> list[Point]:
    """Declines (%) or growth (index, base 100) that follow from levels over the base year's.

    Growth of value added and the like is told at constant prices, so levels that do not say so
    are left out (``[growth]`` of ``status.toml``).
    """
    usable = [
        (each, pair[0])
        for each, _ in found.levels
        if not is_change(each)
        and each.statement.op == "="
        and (pair := numbers(each.statement, each.indicator.dimension)) is not None
        and pair[0] == pair[1] > 0
        and each.statement.period.first == each.statement.period.last
        and (each.months is None)
        and (not is_real(found.target.indicator) or each.indicator.name.price == "可比价")
    ]
    points: list[Point] = []
    for base, start in usable:
        if base.statement.period != Period.year(base_year):
            continue
        for each, value in usable:
            year, card = each.statement.period.last, each.row is not None
            if year <= base_year or card != (base.row is not None):
                continue
            if compare(base.indicator, each.indicator).kind not in ("same", "reworded"):
                continue
            ratio = value / start
            told = f"{written(each.statement)}÷{written(base.statement)}"
            if change == "reduction":
                decline = 100 * (1 - ratio)
                fact = computed(
                    decline, f"由水平推算：1−{told} = {written_out(decline, 4)}%", [base, each]
                )
            else:
                years = year - base_year
                mean = 100 * (ratio ** (1 / years) - 1)
                formula = f"由水平推算：({told})^(1/{years})−1 = {written_out(mean, 4)}%"
                fact = computed(100 * ratio, formula, [base, each])
            points.append(Point(12 * year + 11, fact))
    return points


def computed(value: float, formula: str, of: Sequence[Known]) -> Fact:
    """A fact that follows from others by a formula."""
    documents = tuple(sorted({each.statement.document for each in of}))
    return Fact(
        (Reading("按公式", "by the formula", Interval.point(value)),),
        f"{formula}（{'、'.join(documents)}）",
        f"{formula} ({', '.join(documents)})",
        documents,
        (Formula(formula, tuple(each.evidence for each in of)),),
    )
