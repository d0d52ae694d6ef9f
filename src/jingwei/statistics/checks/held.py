"""Figures against what the store holds: the same cell, the year before, the months before.

A sheet in another unit contradicts nothing inside itself; only what was known before tells. Like
slips of one sheet, or of one column, are one finding that names the factor (§18.9).
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from jingwei.core import Months
from jingwei.statistics.checks.bench import Bench, Draft, Held, shown, spelled, told
from jingwei.statistics.checks.likely import factor_between, factor_rule
from jingwei.statistics.checks.panel import FEWEST
from jingwei.statistics.checks.small import small_change
from jingwei.statistics.intake import Figure

_SAME = 0.35
"""Logarithm within which a cell and its stored value differ by just a power of ten: a revision of
up to 40 per cent may come on top."""

_NEAR = 0.6
"""The same against other periods of the series."""

_REVISED = math.log(1.5)
"""Logarithm from which a revision is asked about, over what most cells of its table do."""

_TOGETHER = 0.6
"""Share of the cells that can be compared from which a sheet or column is off as one."""


@dataclass(frozen=True, slots=True)
class _Against:
    """A stored value to compare with: ``log`` of the figure over it, both a month where they flow."""

    months: Months
    value: float
    log: float
    same: bool


def against_held(bench: Bench) -> None:
    """Powers of ten against the store, first by sheet, then by column, then single cells."""
    if not bench.held:
        return
    off: dict[int, tuple[float, _Against]] = {}
    compared: list[int] = []
    for number, found in _compared(bench):
        compared.append(number)
        factor = _off_by(bench.figures[number], found)
        if factor is not None:
            off[number] = factor, found[0]
    _shifted(bench, compared, off)


def _compared(bench: Bench) -> Iterable[tuple[int, list[_Against]]]:
    for number in range(bench.own):
        if bench.free(number) and _comparable(bench.figures[number]):
            found = _references(bench, number)
            if found:
                yield number, found


def _comparable(figure: Figure) -> bool:
    rate = figure.card is None or figure.card.kind in ("growth", "index")
    return not rate and figure.measure == "level" and figure.op in ("=", "~") and figure.value > 0


def _references(bench: Bench, number: int) -> list[_Against]:
    """The stored values that a figure is held against, the most telling first."""
    figure = bench.figures[number]
    held: Mapping[Months, Held] = bench.held.get(figure.series, {})
    if not held:
        return []
    months, flow = figure.months, figure.card is not None and figure.card.adds_time
    # single firms come, go and grow: of them only the same cell tells
    wanted = [months] if figure.entity else [months, months.shifted(-1)]
    flow = flow and not figure.entity
    if flow and (months.is_cumulative or months.is_year):
        this_year = [
            each for each in held
            if each.first == months.first and len(each) > 1 and each != months
        ]  # fmt: skip
        wanted += sorted(this_year, key=lambda each: abs(each.last - months.last))[:2]
    if months.is_year and not figure.entity:
        near = [each for each in held if each.is_year and each not in wanted]
        wanted += sorted(near, key=lambda each: abs(each.last - months.last))[:1]
    found: list[_Against] = []
    for each in dict.fromkeys(wanted):
        other = held.get(each)
        if other is None or other.value <= 0 or abs(each.last - months.last) > 36:
            continue
        log = math.log(figure.value / other.value)
        if flow:
            log -= math.log(len(months) / len(each))
        found.append(_Against(each, other.value, log, each == months))
    return found


def _off_by(figure: Figure, found: Sequence[_Against]) -> float | None:
    """The power of ten that a figure is off by against all that is known of it."""
    first = found[0]
    if first.same:
        factor = factor_between(math.exp(min(first.log, 60)), 1.0, _SAME)
    else:
        middle = median(each.log for each in found)
        factor = factor_between(math.exp(min(middle, 60)), 1.0, _NEAR)
        if factor is not None and any(abs(each.log - math.log(factor)) > 1.0 for each in found):
            return None
        if factor in (10.0, 0.1) and len(found) < 2:
            return None  # a small series may grow tenfold
        if factor == 0.1 and any(each.months.first == figure.months.first for each in found):
            return None  # rather the single month than a tenth: the months of the year tell
    if factor is not None and small_change(figure, first.value, figure.value):
        return None
    return factor


def _shifted(
    bench: Bench, compared: Sequence[int], off: Mapping[int, tuple[float, _Against]]
) -> None:
    def sheet(number: int) -> tuple[object, ...]:
        place = bench.figures[number].place
        return place.file, place.sheet

    def column(number: int) -> tuple[object, ...]:
        place = bench.figures[number].place
        return place.file, place.sheet, place.table, place.column

    for key, whole in ((sheet, True), (column, False)):
        for numbers, factor in _alike(bench, key, compared, off):
            _add(bench, numbers, factor, off[numbers[0]][1], whole)
    for number, (factor, against) in off.items():
        if bench.free(number):
            _add(bench, (number,), factor, against, None)


def _alike(
    bench: Bench,
    key: Callable[[int], tuple[object, ...]],
    compared: Sequence[int],
    off: Mapping[int, tuple[float, _Against]],
) -> Iterable[tuple[tuple[int, ...], float]]:
    """Groups of cells most of which are off by one factor; several factors are several groups."""
    groups: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for number in compared:
        if bench.free(number):
            groups[key(number)].append(number)
    for numbers in groups.values():
        factors: defaultdict[float, list[int]] = defaultdict(list)
        for number in numbers:
            if number in off:
                factors[off[number][0]].append(number)
        for factor, same in sorted(factors.items()):
            if len(same) >= FEWEST and len(same) >= _TOGETHER * len(numbers):
                yield tuple(sorted(same, key=lambda n: bench.figures[n].place)), factor


def _add(
    bench: Bench, numbers: tuple[int, ...], factor: float, against: _Against, whole: bool | None
) -> None:
    figure = bench.figures[numbers[0]]
    times = shown(max(factor, 1 / factor))
    size, size_en = ("大", "larger") if factor > 1 else ("小", "smaller")
    formula, formula_en = _formula(figure, against)
    if whole is None:
        zh = f"{told(figure)} 为 {shown(figure.value)}{figure.unit}，比已入库的数{size}约 {times} 倍：{formula}；请核对单位和小数点"
        en = f"{shown(figure.value)}{figure.unit} is about {times} times {size_en} than what is stored: {formula_en}; check unit and decimal point"
    else:
        where = f"工作表「{figure.place.sheet}」" if figure.place.sheet else "这张表"
        what, what_en = (where, "the sheet") if whole else (f"{where}「{figure.place.field}」一列", "the column")  # fmt: skip
        zh = (
            f"{what}有 {len(numbers)} 格都比已入库的数{size}约 {times} 倍，如{told(figure)}：{formula}"
            f"；像是表头写的单位和填的数不是一个单位，请核对"
        )
        en = (
            f"{len(numbers)} cells of {what_en} are about {times} times {size_en} than what is stored, "
            f"such as {formula_en}; the unit of the heading is probably not that of the numbers"
        )
    bench.add(
        Draft(
            factor_rule(factor, figure.unit), numbers, zh, en,
            tuple(bench.values[n] / factor for n in numbers), factor,
        )
    )  # fmt: skip


def _formula(figure: Figure, against: _Against) -> tuple[str, str]:
    value, other = shown(figure.value), shown(against.value)
    if against.same:
        ratio = shown(float(f"{figure.value / against.value:.4g}"))
        return (
            f"表中 {value} ÷ 已入库同一格 {other} = {ratio}",
            f"{value} here over {other} stored for the same cell = {ratio}",
        )
    ratio = shown(float(f"{math.exp(against.log):.4g}"))
    if len(figure.months) == len(against.months):
        return (
            f"表中 {value} ÷ 已入库 {spelled(against.months)} {other} = {ratio}",
            f"{value} here over {other} stored for {against.months} = {ratio}",
        )
    a, b = len(figure.months), len(against.months)
    return (
        f"月均 表中 {value}÷{a} ÷ 已入库 {spelled(against.months)} {other}÷{b} = {ratio}",
        f"a month {value}/{a} over {other}/{b} stored for {against.months} = {ratio}",
    )


def revisions(bench: Bench) -> None:
    """A cell that is revised far more than the rest of its table, where nothing it contradicts in
    the file itself explains it."""
    if not bench.held:
        return
    numbers = [number for number, _ in _compared(bench)]
    groups: defaultdict[tuple[object, ...], list[tuple[int, float]]] = defaultdict(list)
    for number in numbers:
        figure = bench.figures[number]
        other = bench.held.get(figure.series, {}).get(figure.months)
        if other is not None and other.value > 0 and not figure.entity:
            place = figure.place
            groups[place.file, place.sheet, place.table].append(
                (number, math.log(figure.value / other.value))
            )
    for found in groups.values():
        usual = median(log for _, log in found) if len(found) >= FEWEST else 0.0
        for number, log in found:
            figure = bench.figures[number]
            other = bench.held[figure.series][figure.months].value
            if abs(log - usual) < _REVISED or small_change(figure, other, figure.value):
                continue
            percent = shown(float(f"{100 * (figure.value / other - 1):.3g}"))
            bench.add(
                Draft(
                    "revised", (number,),
                    f"{told(figure)} 为 {shown(figure.value)}{figure.unit}，已入库同一格为 {shown(other)}"
                    f"{figure.unit}：{shown(figure.value)} ÷ {shown(other)} - 1 = {percent}%；修订这么大，请核对并写明原因",
                    f"{shown(figure.value)}{figure.unit} here, {shown(other)} is stored for the same cell: "
                    f"{percent} %; check so large a revision and say why",
                    (other,), action="ask",
                )
            )  # fmt: skip
