"""The same thing twice: rows, values of one period, columns copied from the period before."""

from collections import defaultdict
from itertools import pairwise
from math import comb, prod
from statistics import median

from jingwei.statistics.checks.bench import Bench, Draft, named, shown, spelled, told
from jingwei.statistics.checks.panel import FEWEST, window_of

_DIGITS = 3
"""Significant digits from which equality is no chance."""

_CHANCE = 1e-4

_PAIR = 2
"""Series that may be called copied where a file holds few; all of them must be known to move."""


def significant(value: float, step: float) -> int:
    """Significant digits that were printed."""
    import math

    if value == 0 or step <= 0:
        return 0
    return max(0, math.floor(math.log10(abs(value) / step) + 1e-9) + 1)


def duplicates(bench: Bench) -> None:
    """One series and period twice in a file."""
    mislabelled(bench)
    pairs: defaultdict[tuple[object, ...], list[tuple[int, int]]] = defaultdict(list)
    for numbers in bench.index().values():
        firsts: dict[str, int] = {}
        for later in (n for n in numbers if bench.free(n)):
            other = bench.figures[later].place
            first = firsts.setdefault(other.file, later)
            if first == later:
                continue
            one = bench.figures[first].place
            same = abs(bench.values[first] - bench.values[later]) <= 0.51 * max(
                bench.figures[first].step, bench.figures[later].step
            )
            one_table = (one.sheet, one.table) == (other.sheet, other.table)
            if same and not one_table:
                continue  # a summary and its detail print one number twice
            if one_table and one.row != other.row:
                pairs[one.file, one.sheet, one.table, one.row, other.row].append((first, later))
            elif not same:
                _two_values(bench, first, later)
    for found in pairs.values():
        equal = [
            (a, b) for a, b in found if abs(bench.values[a] - bench.values[b])
            <= 0.51 * max(bench.figures[a].step, bench.figures[b].step)
        ]  # fmt: skip
        if len(equal) >= max(1, 0.5 * len(found)):
            first, _ = equal[0]
            one = bench.figures[first]
            bench.add(
                Draft(
                    "duplicate",
                    tuple(b for _, b in equal),
                    f"{told(one)} 在第 {one.place.row} 行已经有了，数值相同（{shown(one.value)}）",
                    f"row {one.place.row} says the same already ({shown(one.value)})",
                    (None,) * len(equal),
                    action="remove",
                )
            )
        for a, b in found:
            if (a, b) not in equal:
                _two_values(bench, a, b)


def _two_values(bench: Bench, first: int, later: int) -> None:
    za, zb = bench.z(first), bench.z(later, bench.values[later])
    z_later = bench.z(first, bench.values[later])
    wrong, right = (later, first)
    if za is not None and z_later is not None and abs(za) > 4 and abs(z_later) < abs(za) / 2:
        wrong, right = first, later
    del zb
    a, b = bench.figures[wrong], bench.figures[right]
    bench.add(
        Draft(
            "two_values", (wrong, right),
            f"{told(a)} 在第 {a.place.row} 行为 {shown(a.value)}{a.unit}，在第 {b.place.row} 行为 "
            f"{shown(b.value)}{b.unit}",
            f"{shown(a.value)}{a.unit} in row {a.place.row}, {shown(b.value)}{b.unit} in row {b.place.row}",
            (b.value, b.value),
        )
    )  # fmt: skip


def mislabelled(bench: Bench) -> None:
    """A region that occurs twice with other values, where a sibling is missing."""
    tables: defaultdict[tuple[str, str, int, tuple[object, ...]], dict[str, list[int]]] = (
        defaultdict(lambda: defaultdict(list))
    )
    for number in range(bench.own):
        figure = bench.figures[number]
        key, _, codes, entity, measure = figure.series
        if not entity:
            place = figure.place
            tables[
                place.file, place.sheet, place.table,
                (key, codes, measure, figure.months, place.column),
            ][figure.region].append(number)  # fmt: skip
    everywhere: defaultdict[str, set[str]] = defaultdict(set)
    for (file, *_), regions in tables.items():
        everywhere[file] |= set(regions)
    rows: defaultdict[tuple[str, str, int, int, str], list[int]] = defaultdict(list)
    for (file, sheet, table, _), regions in tables.items():
        twice = [region for region, numbers in regions.items() if len(numbers) == 2]
        missing = everywhere[file] - set(regions)
        if len(twice) != 1 or len(missing) != 1 or len(regions) < FEWEST:
            continue
        one, other = regions[twice[0]]
        if bench.values[one] == bench.values[other]:
            continue
        wrong = _stranger(bench, one, other, next(iter(missing)))
        rows[file, sheet, table, bench.figures[wrong].place.row, next(iter(missing))].append(wrong)
    for (*_, row, name), numbers in rows.items():
        figure = bench.figures[numbers[0]]
        bench.add(
            Draft(
                "wrong_region", tuple(numbers),
                f"第 {row} 行的地区「{named(figure)}」在表中出现两次，而「{name}」一次也没有",
                f"the region '{named(figure)}' of row {row} occurs twice, '{name}' not at all",
                tuple(bench.values[n] for n in numbers), action=f"relabel:{name}",
            )
        )  # fmt: skip


def _stranger(bench: Bench, one: int, other: int, missing: str) -> int:
    """Which of two rows of one region is the missing region's: the one that fits it better."""
    figure = bench.figures[one]
    series = {
        each.months: each.value
        for each in bench.figures
        if each.region == missing
        and each.series[0] == figure.series[0]
        and each.codes == figure.codes
    }
    if series:
        near = min(series, key=lambda months: abs(months.last - figure.months.last))
        gap_one = abs(bench.values[one] - series[near])
        gap_other = abs(bench.values[other] - series[near])
        return one if gap_one < gap_other else other
    return other


def stale_columns(bench: Bench) -> None:
    """A printed column, or row, of one period whose values are those of the period before."""
    series: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    levels = [n for n in range(bench.own) if _is_level(bench, n)]
    so_far = {  # years of which a file tells how they went: there 1-12月 follows 1-11月
        (figure.series, figure.place.file, figure.months.first)
        for figure in (bench.figures[n] for n in levels)
        if window_of(figure.months) == "cumulative"
    }
    for number in levels:
        figure = bench.figures[number]
        begun = (figure.series, figure.place.file, figure.months.first) in so_far
        kind = "cumulative" if begun else window_of(figure.months)
        series[figure.series, kind, figure.place.file].append(number)
    before: dict[int, int] = {}
    usual: dict[int, tuple[float, int, int]] = {}
    for numbers in series.values():
        numbers.sort(key=lambda n: (bench.figures[n].months.last, bench.figures[n].place))
        seen: dict[object, int] = {}
        order: list[int] = []
        for n in numbers:
            months = bench.figures[n].months
            if months not in seen:
                seen[months] = n
                order.append(n)
        moves = [abs(bench.values[b] - bench.values[a]) for a, b in pairwise(order)]
        moved = [each for each in moves if each > 0]
        typical = median(moved) if moved else 0.0
        still = len(moves) - len(moved)
        for (a, b), move in zip(pairwise(order), moves, strict=True):
            # how often the series stands still elsewhere
            before[b], usual[b] = a, (typical, still - (move == 0), len(moved))
    lines: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for n in before:
        figure = bench.figures[n]
        place = figure.place
        table = (
            place.file,
            place.sheet,
            place.table,
            figure.months,
            bench.figures[before[n]].months,
        )
        lines[(*table, "column", place.column)].append(n)
        # a section of a column: 分产业 below 分区
        kind = figure.series[0], tuple(name for name, _ in figure.codes)
        lines[(*table, "section", (place.column, *kind))].append(n)
        lines[(*table, "row", place.row)].append(n)
        if not figure.whole and not figure.entity:  # few series, in whatever tables of the file
            lines[(*table[:1], "~", 0, *table[3:], "whole file", 0)].append(n)
    for line in sorted(lines, key=str):
        free = [n for n in lines[line] if bench.free(n) and _telling(bench, n)]
        same = [n for n in free if bench.values[n] == bench.values[before[n]]]
        many = len(same) >= FEWEST and len(same) >= 0.75 * len(free)
        few = len(same) >= _PAIR and len(same) >= 0.6 * len(free) and _moving(same, usual)
        if many or few:
            chance = comb(len(free), len(same)) * prod(_by_chance(bench, n, usual[n]) for n in same)
            if chance < _CHANCE:
                _stale(bench, sorted(same, key=lambda n: bench.figures[n].place), line[4])


def _is_level(bench: Bench, number: int) -> bool:
    figure = bench.figures[number]
    return figure.measure == "level" and figure.op == "="


def _moving(same: list[int], usual: dict[int, tuple[float, int, int]]) -> bool:
    """Whether each series is known to move, twice at least, and never stands still elsewhere."""
    return all(moved >= _PAIR and not still for _, still, moved in (usual[n] for n in same))


def _telling(bench: Bench, number: int) -> bool:
    figure = bench.figures[number]
    digits = significant(figure.written, abs(_step(bench, number)))
    return bench.values[number] != 0 and digits >= _DIGITS - 1


def _by_chance(bench: Bench, number: int, usual: tuple[float, int, int]) -> float:
    """The chance that a value does not move in its printed digits, given how it usually moves and
    how often it stands still elsewhere."""
    typical, still, moved = usual
    by_step = min(1.0, bench.figures[number].step / (2.5 * typical)) if typical else 1.0
    return max(by_step, still / (still + moved)) if still else by_step


def _step(bench: Bench, number: int) -> float:
    figure = bench.figures[number]
    return figure.step * abs(figure.written / figure.value) if figure.value else figure.step


def _stale(bench: Bench, same: list[int], before: object) -> None:
    from jingwei.core import Months

    assert isinstance(before, Months)
    figure = bench.figures[same[0]]
    bench.add(
        Draft(
            "stale", tuple(same),
            f"{figure.name} {spelled(figure.months)} 有 {len(same)} 个数与 {spelled(before)} 完全相同"
            f"（如 {shown(figure.value)}{figure.unit}），像是照抄",
            f"{len(same)} values of {figure.months} are those of {before}, as if copied",
            (None,) * len(same), action="ask",
        )
    )  # fmt: skip
