"""Months within a year: cumulative values do not fall, and grow by the value of the month."""

from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from statistics import median

from jingwei.statistics.checks.bench import Bench, Draft, shown, spelled, told
from jingwei.statistics.checks.likely import classified
from jingwei.statistics.intake import Figure


def cumulative(bench: Bench) -> None:
    """1-N月 must not fall within a year, and grows by the month's value."""
    series: defaultdict[tuple[object, ...], dict[int, int]] = defaultdict(dict)
    single: dict[tuple[object, ...], int] = {}
    for number, figure in enumerate(bench.figures):
        if not flow(figure):
            continue
        months = figure.months
        if months.first % 12 == 0 and months.last_year * 12 == months.first:
            series[(*figure.series, months.last_year)].setdefault(months.last_month, number)
        if months.is_month:
            single[(*figure.series, months.last_year, months.last_month)] = number
    for key, held in series.items():
        order = sorted(held)
        for before, after in pairwise(order):
            a, b = held[before], held[after]
            if bench.values[b] >= bench.values[a] - bench.figures[a].step or bench.values[a] < 0:
                continue
            _falls(bench, held, order, before, after, single.get((*key, after)))
    _month_and_cumulative(bench, series, single)


def flow(figure: Figure) -> bool:
    """Whether a figure is a level that adds up over the months and never falls below nought."""
    if figure.measure != "level" or figure.op != "=":
        return False
    if figure.card is not None:
        return figure.card.adds_time and (figure.card.low or 0) >= 0 and figure.card.low is not None
    return figure.unit not in ("%", "家", "个", "户", "人", "万人") and "/" not in figure.unit


def _falls(
    bench: Bench, held: dict[int, int], order: list[int], before: int, after: int, month: int | None
) -> None:
    a, b = held[before], held[after]
    if a in bench.explained or b in bench.explained:
        return
    later = [bench.values[held[each]] for each in order if each > after]
    earlier = [bench.values[held[each]] for each in order if each < before]
    # the earlier value is at fault if it also stands above what follows
    wrong = b
    if later and bench.values[a] > min(later) and bench.values[b] <= min(later):
        wrong = a
    if earlier and bench.values[b] < max(earlier):
        wrong = b
    if not bench.free(wrong):
        return
    x, y = bench.figures[a], bench.figures[b]
    zh = (
        f"{told(y)} 累计 {shown(bench.values[b])}{y.unit}，小于 {spelled(x.months)} 的 "
        f"{shown(bench.values[a])}{x.unit}"
    )
    en = f"{shown(bench.values[b])} up to month {after} is less than {shown(bench.values[a])} up to {before}"
    as_month = bench.values[a] + bench.values[b]
    fits = bench.z(b, as_month)
    share = bench.values[b] * before / max(bench.values[a], 1e-12) / max(after - before, 1)
    is_month = wrong == b and 0.4 < share < 2.5 and (fits is None or abs(fits) < 6 or abs(bench.off(b, as_month) or 0) < 0.15)  # fmt: skip
    if is_month:
        bench.add(
            Draft(
                "wrong_period", (b,), f"{zh}；像是把当月数填进了累计栏，累计可能是 {shown(as_month)}",
                f"{en}: the single month in the cumulative column? {shown(as_month)} is likely",
                (as_month,),
            )
        )  # fmt: skip
        return
    expected = bench.expected(wrong)
    low = bench.values[a] if wrong == b else max(earlier, default=0.0)
    high = min(later, default=float("inf")) if wrong == b else bench.values[b]
    if expected is not None and not low <= expected <= high:
        expected = None  # a value that would fall as well is no correction
    del month
    bench.add(
        Draft(
            "cumulative_falls", (wrong,), f"{zh}；累计数不应下降，请核对",
            f"{en}; a cumulative value does not fall", (expected,),
        )
    )  # fmt: skip


def _month_and_cumulative(
    bench: Bench,
    series: dict[tuple[object, ...], dict[int, int]],
    single: dict[tuple[object, ...], int],
) -> None:
    rows: list[tuple[int, int, int, float]] = []
    for key, held in series.items():
        for month, number in held.items():
            one = single.get((*key, month))
            before = held.get(month - 1)
            if one is not None and before is not None:
                rows.append((number, before, one, 0.0))
    if len(rows) < 3:
        return

    def gap(row: tuple[int, int, int, float]) -> float:
        total, before, one, _ = row
        return (bench.values[total] - bench.values[before] - bench.values[one]) / max(
            abs(bench.values[one]), 1e-12
        )

    usual = median(abs(gap(row)) for row in rows)
    if usual > 0.03:
        return  # revised from month to month: no law here
    limit = max(0.02, 8 * usual)
    for row in sorted(rows, key=lambda each: -abs(gap(each))):
        total, before, one, _ = row
        if abs(gap(row)) <= limit or any(n in bench.explained for n in row[:3]):
            continue
        wanted = {
            one: bench.values[total] - bench.values[before],
            total: bench.values[before] + bench.values[one],
            before: bench.values[total] - bench.values[one],
        }
        choices = [n for n in wanted if bench.free(n) and n not in bench.sound] or [
            n for n in wanted if bench.free(n)
        ]
        if not choices:
            continue
        wrong = max(choices, key=_gains(bench, wanted))
        figure = bench.figures[wrong]
        zh = (
            f"{told(figure)}：上期累计 {shown(bench.values[before])} 加当月 "
            f"{shown(bench.values[one])} 与本期累计 {shown(bench.values[total])} 不符；按此应为"
        )
        en = (
            f"{shown(bench.values[before])} and the month's {shown(bench.values[one])} do not make "
            f"{shown(bench.values[total])}; so it should be"
        )
        if wrong == one and abs(bench.values[one] - bench.values[total]) <= figure.step:
            bench.add(Draft("wrong_period", (wrong,), f"{zh} {shown(wanted[wrong])}；像是把累计数填进了当月栏", f"{en} {shown(wanted[wrong])}: the cumulative value in the month's column", (wanted[wrong],)))  # fmt: skip
            continue
        draft = classified(bench, wrong, round(wanted[wrong], 10), zh, en)
        if draft.rule == "parts_total":
            draft.rule = "wrong_period" if wrong == total and abs(bench.values[total] - bench.values[one]) <= figure.step else "outlier"  # fmt: skip
        bench.add(draft)


def _gains(bench: Bench, wanted: dict[int, float]) -> Callable[[int], float]:
    def gain(number: int) -> float:
        if wanted[number] <= 0:
            return -1e9
        before, after = bench.z(number), bench.z(number, wanted[number])
        if before is None or after is None:
            return 0.0
        return min(before**2, 3600.0) - min(after**2, 3600.0)

    return gain
