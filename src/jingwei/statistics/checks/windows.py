"""Whether a figure is of the window it says: a month, months so far, a year that is over.

A month that exceeds all months before it together is the cumulative value in the month's column; a
cumulative value that leaps holds something else than one more month; and nothing is counted of a
period that was not over when it was published (§18.9).
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from jingwei.core import Months
from jingwei.statistics.checks.bench import Bench, Draft, shown, spelled, told
from jingwei.statistics.checks.likely import factor_between, factor_rule
from jingwei.statistics.checks.monthly import flow
from jingwei.statistics.checks.panel import FEWEST

_EARLY = timedelta(days=7)
"""How long before its end a period of flows may be reported: offices close some days early."""

_LEAP = 6.0
"""How many average months the new months of a cumulative value may be worth each."""


def unfinished(published: Mapping[str, date | None], today: date | None) -> Callable[[Bench], None]:
    """The check of periods that were not over; ``published`` by file, ``today`` where it is not
    known. Cells of one column are one finding."""

    def step(bench: Bench) -> None:
        columns: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
        for number in range(bench.own):
            figure = bench.figures[number]
            day = published.get(figure.place.file) or today
            if day is None or not bench.free(number) or figure.measure != "level":
                continue
            if _over(figure.months, day, flows=flow(figure)):
                continue
            place = figure.place
            columns[place.file, place.sheet, place.table, figure.months].append(number)
        for numbers in columns.values():
            _not_over(bench, numbers, published, today)

    return step


def _over(months: Months, day: date, *, flows: bool) -> bool:
    """Whether a period was over on a day; a stock is taken at any day of its last month."""
    if months.last > 12 * day.year + day.month - 1:
        return False
    if not flows:
        return months.is_year is False or months.last_year <= day.year
    after = months.last + 1
    return date(after // 12, after % 12 + 1, 1) - _EARLY <= day


def _not_over(
    bench: Bench, numbers: list[int], published: Mapping[str, date | None], today: date | None
) -> None:
    figure = bench.figures[numbers[0]]
    stated = published.get(figure.place.file)
    day = stated or today
    word, word_en = ("公布日期", "published on") if stated else ("今天", "today is")
    many = f"（共 {len(numbers)} 格）" if len(numbers) > 1 else ""
    bench.drafts.append(  # the value itself may be right or wrong: other checks go on
        Draft(
            "unfinished", tuple(numbers),
            f"{told(figure)} 为 {shown(figure.value)}{figure.unit}{many}，{word} {day}，早于 "
            f"{spelled(figure.months)} 结束；请核对时间，计划数、预计数不入库",
            f"{figure.months} was not over, {word_en} {day}; check the period: plans and estimates "
            "are no observations",
            tuple(bench.values[n] for n in numbers), action="ask",
        )
    )  # fmt: skip


def wrong_windows(bench: Bench) -> None:
    """Columns of months above their cumulative values: told before anything is called a unit."""
    for group in _months_above(bench):
        if len(group) >= FEWEST:
            _month_too_large(bench, group)


def leaps(bench: Bench) -> None:
    """Single months above their cumulative values, and cumulative values that leap."""
    for group in _months_above(bench):
        for each in group:
            _month_too_large(bench, [each])
    _leaps(bench, _so_far(bench))


def _months_above(bench: Bench) -> list[list[tuple[int, int, int]]]:
    """Months above their cumulative values, by column: month, cumulative value, its last month."""
    so_far = _so_far(bench)
    columns: defaultdict[tuple[object, ...], list[tuple[int, int, int]]] = defaultdict(list)
    for number in range(bench.own):
        figure = bench.figures[number]
        if not (figure.months.is_month and bench.free(number) and flow(figure)):
            continue
        found = _above(bench, number, so_far.get((*figure.series, figure.months.last_year), {}))
        if found is not None:
            place = figure.place
            columns[place.file, place.sheet, place.table, figure.months, place.column].append(
                (number, *found)
            )
    return [*columns.values()]


def _so_far(bench: Bench) -> dict[tuple[object, ...], dict[int, int]]:
    """Cumulative values and years by series and year; the files' own before what is known."""
    found: dict[tuple[object, ...], dict[int, int]] = {}
    for number, figure in enumerate(bench.figures):
        months = figure.months
        if flow(figure) and months.first % 12 == 0 and months.last_year * 12 == months.first:
            found.setdefault((*figure.series, months.last_year), {}).setdefault(
                months.last_month, number
            )
    return found


def _above(bench: Bench, number: int, held: Mapping[int, int]) -> tuple[int, int] | None:
    """The cumulative value that a month exceeds, and its last month; None where it does not."""
    month, value = bench.figures[number].months.last_month, bench.values[number]
    same = held.get(month)
    if same is not None and month > 1:
        total = bench.figures[same]
        base = bench.values[same]
        return (same, month) if base + total.step < value < 1.7 * base else None
    before = max((each for each in held if 3 <= each < month), default=None)
    if before is None or before < month - 2:
        return None
    base = bench.values[held[before]]
    if base <= 0:
        return None
    share = (value / month) / (base / before)
    return (held[before], before) if value > base and 0.6 < share < 1.7 else None


def _month_too_large(bench: Bench, group: list[tuple[int, int, int]]) -> None:
    group.sort(key=lambda each: bench.figures[each[0]].place)
    number, total, last = group[0]
    figure, held = bench.figures[number], bench.figures[total]
    month = figure.months.last_month
    likely: list[float | None] = []
    for each, base, until in group:
        before = bench.values[base] if until < month else None
        rest = None if before is None else bench.values[each] - before
        likely.append(rest if rest is not None and until == month - 1 and rest > 0 else None)
    many = f"（共 {len(group)} 格如此）" if len(group) > 1 else ""
    guess = "" if likely[0] is None else (
        f"；减去 {shown(bench.values[total])}，当月约为 {shown(round(likely[0], 6))}"
    )  # fmt: skip
    bench.add(
        Draft(
            "wrong_period", tuple(each for each, _, _ in group),
            f"{told(figure)} 当月数 {shown(bench.values[number])}{figure.unit}，大于 "
            f"{spelled(held.months)} 累计 {shown(bench.values[total])}{held.unit}{many}"
            f"；像是把 1-{month} 月累计数填进了当月栏{guess}",
            f"the month's {shown(bench.values[number])} exceeds {shown(bench.values[total])} of months "
            f"1 to {last}: the cumulative value in the month's column?",
            tuple(likely), action="replace" if all(each is not None for each in likely) else "ask",
        )
    )  # fmt: skip


def _leaps(bench: Bench, so_far: Mapping[tuple[object, ...], Mapping[int, int]]) -> None:
    """A cumulative value whose new months are worth far more than those before."""
    for key, held in so_far.items():
        order = sorted(held)
        for before, after in pairwise(order):
            a, b = held[before], held[after]
            if before < 3 or bench.figures[b].entity or not bench.free(b):
                continue  # single firms catch up at the end of the year
            if a in bench.explained or bench.values[a] <= 0:
                continue
            pace = bench.values[a] / before
            new = (bench.values[b] - bench.values[a]) / (after - before)
            usual = _usual_leap(bench, so_far, key, before, after)
            if new <= max(_LEAP, 2 * usual) * pace:
                continue
            if bench.values[b] < 1.5 * bench.values[a]:
                continue
            later = [bench.values[held[each]] for each in order if each > after]
            if later and min(later) >= bench.values[b]:
                continue  # what follows goes on from there: it was truly added
            factor = factor_between(bench.values[b] / after, pace, 0.6)
            _leap(bench, a, b, (before, after), factor)


def _usual_leap(
    bench: Bench, so_far: Mapping[tuple[object, ...], Mapping[int, int]],
    key: tuple[object, ...], before: int, after: int,
) -> float:  # fmt: skip
    """The same leap in other years of the series, in months of their pace; 0 where unknown."""
    *series, year = key
    assert isinstance(year, int)
    found: list[float] = []
    for other in range(year - 4, year + 5):
        held = so_far.get((*series, other), {})
        if other != year and before in held and after in held:
            a, b = bench.values[held[before]], bench.values[held[after]]
            if a > 0:
                found.append((b - a) / (after - before) / (a / before))
    return median(found) if found else 0.0


def _leap(bench: Bench, a: int, b: int, ends: tuple[int, int], factor: float | None) -> None:
    before, after = ends
    one, other = bench.figures[a], bench.figures[b]
    low, high = bench.values[a], bench.values[b]
    pace = shown(float(f"{low / before:.4g}"))
    times = shown(float(f"{(high - low) / (after - before) / (low / before):.3g}"))
    span = after - before
    per = (
        f"({shown(high)} - {shown(low)}) ÷ {span}" if span > 1 else f"{shown(high)} - {shown(low)}"
    )
    bench.add(
        Draft(
            "outlier" if factor is None else factor_rule(factor, other.unit), (b,),
            f"{told(other)} 为 {shown(high)}{other.unit}，{spelled(one.months)} 为 {shown(low)}{one.unit}：后 {span} 个月"
            f"每月 {per}，是前 {before} 个月月均 {pace} 的 {times} 倍；请核对单位和时间",
            f"{shown(high)} up to month {after}, {shown(low)} up to {before}: each new month is worth "
            f"{times} of the months before; check unit and period",
            (None,) if factor is None else (high / factor,), factor or 0.0,
            "ask" if factor is None else "replace",
        )
    )  # fmt: skip
