"""Increases and multiples that do not fit the levels they speak of.

从30.5%提高到42.0%，提高11.5个百分点 fits; 12.5 does not. 是2015年的2.3倍 is held against both years;
增长2.3倍 may mean 2.3 or 3.3 times, and only failing both is a finding (``docs/semantics.md`` §9.6).
"""

import re
from collections.abc import Iterator, Sequence

from jingwei.core import Finding, Formula
from jingwei.monitor.health.agreeing import Agreement
from jingwei.monitor.health.explaining import explain
from jingwei.monitor.health.figures import (
    Figure,
    Ledger,
    cited,
    clear,
    firm,
    horizon,
    in_unit_of,
    measure_of,
    same_place,
    shown,
    with_measure,
)
from jingwei.monitor.health.printed import difference, meet, quotient, rules
from jingwei.monitor.health.rates import Path
from jingwei.plans.amount import Interval
from jingwei.plans.indicator import Comparison, compare

KINDS = ("increase", "multiple")


def check_changes(ledger: Ledger) -> tuple[list[Finding], list[Agreement]]:
    """One finding for each stated change that its start and end do not make."""
    findings: list[Finding] = []
    agreements: list[Agreement] = []
    first = horizon(ledger.figures)
    for i, change in enumerate(ledger.figures):
        if change.statement.op not in ("+", "-", "x"):
            continue
        levels = [
            ledger.figures[j] for j, comparison in ledger.near[i]
            if _is_level(ledger.figures[j], change) and same_place(ledger.figures[j], change)
            and _of_one(change, ledger.figures[j], comparison)
        ]  # fmt: skip
        tried: list[tuple[Path, Formula]] = []
        for path in paths_of(change, levels, first.get(change.document)):
            made, formula = made_by(change, path)
            if made is None:
                continue
            if any(meet(made, stated) for stated in change_readings(change)):
                agreements.append(_agreement(change, path, formula))
                break
            tried.append((path, formula))
        else:
            if tried:
                findings.append(_finding(change, *tried[0]))
    return findings, agreements


def _is_level(figure: Figure, change: Figure) -> bool:
    s = figure.statement
    return (
        s.op in ("=", "~") and not figure.indicator.name.change
        and s.period.first == s.period.last and s.measure in ("level", "share")
        and (change.statement.op == "x" or _dimension(figure) == _dimension(change))
    )  # fmt: skip


def _of_one(change: Figure, level: Figure, comparison: Comparison) -> bool:
    """Whether a level is one of what changed. A multiple has no unit, and so its name may leave the
    statistic out; then the levels beside it in its text have it (820家，是2015年的3倍)."""
    if firm(change.indicator, level.indicator, comparison):
        return True
    bare = change.statement.op == "x" and not measure_of(change.indicator)
    if not bare or change.document != level.document or not clear(level.indicator):
        return False
    if abs(change.start - level.start) > rules()["rate"]["reach"]:
        return False
    measured = with_measure(change.indicator, measure_of(level.indicator))
    return firm(measured, level.indicator, compare(measured, level.indicator))


def _dimension(figure: Figure) -> str:
    return figure.indicator.dimension


def paths_of(change: Figure, levels: Sequence[Figure], first: int | None = None) -> Iterator[Path]:
    """Starts and ends of the change, the likeliest first: those of its own sentence, then of its
    base and last year, of its own document before those of others.

    A goal that names no base is counted from the year before its plan begins (``first``).
    A change that any published start and end make is in order: which of two values of one year is
    right is another finding.
    """
    s = change.statement
    near = [
        each for each in levels
        if each.document == change.document and abs(each.start - change.start) <= rules()["rate"]["reach"]
    ]  # fmt: skip
    near.sort(key=lambda each: each.order)
    base = s.base_year
    if base is None and s.period.first < s.period.last:
        base = s.period.first - 1
    for pool in (near, levels):
        if base is None and pool is levels and change.goal and first is not None:
            base = first - 1
        ends = [each for each in pool if each.year == s.period.last and each.goal == change.goal]
        starts = [
            each for each in pool
            if (each.year == base if base is not None else pool is near and each.year < s.period.last)
            and (pool is near or not each.goal)
        ]  # fmt: skip
        if starts and ends:
            ends.sort(
                key=lambda each: (each.document != change.document, abs(each.order - change.order))
            )
            for end in ends:
                start = max(
                    starts, key=lambda each: (each.document == end.document, each.year, -each.order)
                )
                yield Path(start, end)


def made_by(change: Figure, path: Path) -> tuple[Interval | None, Formula]:
    start, end = path.start.range, path.end.range
    of = (path.start.statement.evidence, path.end.statement.evidence)
    if change.statement.op == "x":
        ratio = quotient(end, start)
        times = path.end.point / path.start.point if path.start.point else 0.0
        return ratio, Formula(f"{shown(path.end)}÷{shown(path.start)}={times:.2f}", of)
    if change.statement.op == "-":
        gap = difference(start, end)
        text = f"{shown(path.start)}−{shown(path.end)}={_amount(path, -1)}"
    else:
        gap = difference(end, start)
        text = f"{shown(path.end)}−{shown(path.start)}={_amount(path, 1)}"
    return gap, Formula(text, of)


def _amount(path: Path, sign: int) -> str:
    gap = sign * (path.end.point - path.start.point)
    if path.end.indicator.dimension == "share":
        return f"{gap:.1f}个百分点"
    return in_unit_of(path.end, gap)


def change_readings(change: Figure) -> Iterator[Interval]:
    """The change under each reading of its words."""
    stated = _multiple(change) if change.statement.op == "x" else change.range
    yield stated
    grows = any(word in change.statement.quote for word in ("增长", "提高", "增加", "扩大", "提升"))
    if change.statement.op == "x" and grows and "番" not in change.statement.quote:
        yield stated.shifted(1.0)  # 增长2.3倍: to 3.3 times
    if change.statement.op == "x" and change.goal:
        yield Interval(low=stated.low) if stated.low >= 1 else Interval(high=stated.high)


def _multiple(change: Figure) -> Interval:
    """The range of a multiple with the hedge of its clause, which stands around 倍 or 番.

    翻一番 names a doubling and rounds nothing: it is said of 1.95 and of 2.7, not of 1.8.
    """
    stated, words = change.range, rules()["multiple"]
    clause = re.search(words["clause"], change.statement.quote)
    said = clause[0] if clause is not None else ""
    if any(word in said for word in words["above"]):
        return Interval(low=stated.low)
    if "番" in said and not any(word in said for word in words["nearly"]):
        doubled, slack = change.point, rules()["proof"]["multiple"]
        return Interval(max(stated.low, doubled * (1 - slack)), max(stated.high, doubled * 2))
    return stated


def _finding(change: Figure, path: Path, formula: Formula) -> Finding:
    kind = "multiple" if change.statement.op == "x" else "increase"
    what = "倍数" if kind == "multiple" else "增减量"
    return Finding(
        kind,
        f"“{change.statement.subject}”的{what}与起止数不符：写{cited(change)}，"
        f"而{cited(path.start)}到{cited(path.end)}，{formula.formula}。",
        f"stated change {shown(change)} of {change.statement.subject} does not fit "
        f"{shown(path.start)} ({path.start.year}) to {shown(path.end)} ({path.end.year}): {formula.formula}",
        (change.statement.evidence, formula),
        explain(kind, {"goal"} if change.goal else set(), {"formula": formula.formula}),
    )


def _agreement(change: Figure, path: Path, formula: Formula) -> Agreement:
    return Agreement(
        "multiple" if change.statement.op == "x" else "increase",
        f"增减量与起止数一致：{cited(change)}，{formula.formula}",
        f"change and levels agree: {shown(change)}, {formula.formula}",
        (change.statement.evidence, formula),
    )
