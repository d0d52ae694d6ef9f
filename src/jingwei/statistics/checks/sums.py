"""Parts against their total, rounding considered, and which of them is at fault."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jingwei.core import Region
from jingwei.statistics.checks.bench import Bench, agrees, shown, twins
from jingwei.statistics.checks.likely import classified
from jingwei.statistics.intake import Figure

_ZONES = ("开发区", "高新区", "经开区", "新区", "园区", "示范区", "保税区")
_RATIO_UNITS = ("%", "个百分点", "‰", "倍", "元/人")
_WHOLE_COLUMN = re.compile(r"(?:^|[/\s])(?:合\s*计|总\s*计|小\s*计|共\s*计)(?:[(（].*)?$")

_FITS = 8.0
"""Scales within which the rest of a sum is taken for the value of its one unsure part."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Numbers of figures: the total and its parts. ``kind`` tells which sums are alike."""

    total: int
    parts: tuple[int, ...]
    kind: str
    certain: bool


def sums(bench: Bench, regions: Sequence[Region]) -> list[Sum]:
    """Every total of which all parts are at hand."""
    found = [*_over_regions(bench, regions), *_over_codes(bench), *_over_entities(bench)]
    told_of = {each.total for each in found}
    found += [each for each in _over_columns(bench) if each.total not in told_of]
    # what holds mostly is a law of the table; what never holds was never meant as a sum
    by_kind: defaultdict[str, list[Sum]] = defaultdict(list)
    for each in found:
        by_kind[each.kind].append(each)
    kept: list[Sum] = []
    for alike in by_kind.values():
        told = [each for each in alike if not bench.vague & {each.total, *each.parts}] or alike
        holding = sum(abs(gap(bench, each)) <= tolerance(bench, each) for each in told)
        certain = all(each.certain for each in alike)
        close = all(abs(gap(bench, each)) <= 0.2 * abs(bench.values[each.total]) for each in told)
        if holding >= (0.3 if certain else 0.6) * len(told) or (
            certain and len(told) < 3 and close
        ):
            kept += alike
    return kept


def gap(bench: Bench, each: Sum) -> float:
    """Total less parts."""
    return bench.values[each.total] - sum(bench.values[part] for part in each.parts)


def tolerance(bench: Bench, each: Sum) -> float:
    """What rounding alone may leave: half a last digit for the total and for each part."""
    steps = [bench.figures[number].step for number in (each.total, *each.parts)]
    return 0.5 * sum(steps) + 1e-9 * abs(bench.values[each.total])


def addable(figure: Figure) -> bool:
    if figure.measure != "level" or figure.op != "=":
        return False
    if figure.card is not None:
        return figure.card.adds_regions and not figure.card.unified
    return figure.unit not in _RATIO_UNITS and "/" not in figure.unit


def _over_regions(bench: Bench, regions: Sequence[Region]) -> list[Sum]:
    children: defaultdict[str, list[str]] = defaultdict(list)
    known = {region.code: region for region in regions}
    for region in regions:
        if region.within and region.adds_up:
            children[region.within].append(region.code)
    groups: defaultdict[tuple[object, ...], dict[str, int]] = defaultdict(dict)
    whole: dict[tuple[object, ...], int] = {}
    for number, figure in enumerate(bench.figures):
        if figure.entity or not addable(figure):
            continue
        key, region, codes, _, _ = figure.series
        group = (key, codes, figure.months, figure.place.file)
        groups[group].setdefault(region, number)
        if figure.whole and region not in children:
            whole.setdefault(group, number)
    found: list[Sum] = []
    for group, held in groups.items():
        for above, below in children.items():
            if above in held and below and all(code in held for code in below):
                parts = tuple(held[code] for code in below)
                found.append(Sum(held[above], parts, f"regions {group[0]} {above}", True))
                others = tuple(
                    number
                    for region, number in held.items()
                    if region not in known
                    and not bench.figures[number].whole
                    and _one_table(bench.figures[number], bench.figures[held[above]])
                )
                if others:  # 市级直报 stands beside the districts
                    kind = f"regions and others {group[0]} {above}"
                    found.append(Sum(held[above], (*parts, *others), kind, False))
        if group in whole:
            total = bench.figures[whole[group]]
            parts = tuple(
                number
                for region, number in held.items()
                if number != whole[group] and region not in known
                and not region.endswith(_ZONES)
                and _one_table(bench.figures[number], total)
            )  # fmt: skip
            if len(parts) >= 2:
                found.append(
                    Sum(whole[group], parts, f"table {group[0]}", bool(total.card is not None))
                )
    return found


def _one_table(one: Figure, other: Figure) -> bool:
    return (one.place.file, one.place.sheet, one.place.table) == (
        other.place.file, other.place.sheet, other.place.table,
    )  # fmt: skip


def _over_codes(bench: Bench) -> list[Sum]:
    """A breakdown by one classification, by what it is printed with: one table or one file."""
    totals: dict[tuple[object, ...], int] = {}
    parts: defaultdict[tuple[object, ...], dict[str, int]] = defaultdict(dict)
    for number, figure in enumerate(bench.figures):
        if figure.entity or not addable(figure):
            continue
        key, region, codes, _, _ = figure.series
        if not codes:
            totals.setdefault((key, region, figure.months, figure.place.file), number)
        elif len(codes) == 1:
            group = (key, region, figure.months, figure.place.file)
            parts[group, codes[0][0]].setdefault(codes[0][1], number)
    found: list[Sum] = []
    for (group, scheme), held in parts.items():
        total = totals.get(group)  # pyright: ignore[reportArgumentType]
        top = _topmost(held) if scheme != "?" else held
        if total is not None and len(top) >= 2:
            names = " ".join(sorted(top))
            kind = f"codes {group[0]} {scheme} {names}"  # pyright: ignore[reportIndexIssue]
            found.append(Sum(total, tuple(top.values()), kind, False))
    return found


def _topmost(held: Mapping[str, int]) -> dict[str, int]:
    """Codes that are not parts of another code that is here (31 holds 311)."""
    return {
        code: number
        for code, number in held.items()
        if not any(other != code and code.startswith(other) for other in held)
    }


def _over_entities(bench: Bench) -> list[Sum]:
    """A list of enterprises with a row 合计 of its own."""
    totals: dict[tuple[object, ...], int] = {}
    parts: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for number in range(bench.own):
        figure = bench.figures[number]
        place = figure.place
        group = (place.file, place.sheet, place.table, place.column, figure.months)
        if figure.entity and _entity_addable(figure):
            parts[group].append(number)
        elif figure.whole and not figure.entity:
            totals.setdefault(group, number)
    return [
        Sum(totals[group], tuple(numbers), "entities", True)
        for group, numbers in parts.items()
        if group in totals and len(numbers) >= 3
    ]


def _entity_addable(figure: Figure) -> bool:
    return figure.unit not in _RATIO_UNITS and "/" not in figure.unit


def _over_columns(bench: Bench) -> list[Sum]:
    """A column 合计 behind columns of amounts in one unit, whatever these are called."""
    rows: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for number in range(bench.own):
        figure = bench.figures[number]
        if not figure.entity and figure.measure == "level":
            place = figure.place
            rows[place.file, place.sheet, place.table, place.row, figure.months].append(number)
    found: list[Sum] = []
    for (file, sheet, table, *_), numbers in rows.items():
        parts: list[int] = []
        for number in sorted(numbers, key=lambda n: bench.figures[n].place.column):
            figure = bench.figures[number]
            if not _WHOLE_COLUMN.search(figure.place.field):
                parts.append(number)
                continue
            alike = [n for n in parts if bench.figures[n].unit == figure.unit]
            if len(alike) >= 2 and len(alike) == len(parts) and _entity_addable(figure):
                kind = f"columns {file} {sheet} {table} {figure.place.column} {len(alike)}"
                found.append(Sum(number, tuple(alike), kind, False))
            parts = []
    return found


def check_sums(bench: Bench, found: Sequence[Sum]) -> None:
    """Each sum that does not hold, its cause named; the figures of those that hold are sound.

    A sum that gave an unsure figure its value proves nothing of the others."""
    by_figure: defaultdict[int, list[Sum]] = defaultdict(list)
    for each in found:
        for number in (each.total, *each.parts):
            by_figure[number].append(each)
    settled: set[int] = set()
    for each in found:
        loose = [n for n in (each.total, *each.parts) if n in bench.vague]
        if len(loose) == 1:
            number, missing = loose[0], gap(bench, each)
            value = bench.values[number] + (-missing if number == each.total else missing)
            off = bench.z(number, value)
            if off is None or abs(off) < _FITS:
                bench.settle(number, _rounded(value, bench.figures[number].step))
                settled.add(number)
    found = [each for each in found if not bench.vague & {each.total, *each.parts}]
    broken = [each for each in found if abs(gap(bench, each)) > tolerance(bench, each)]
    broken.sort(key=lambda each: -abs(gap(bench, each)) / (abs(bench.values[each.total]) + 1e-12))
    for each in broken:
        if abs(gap(bench, each)) <= tolerance(bench, each):
            continue  # mended by an earlier finding
        _accuse(bench, each, by_figure)
    for each in found:
        numbers = {each.total, *each.parts}
        if abs(gap(bench, each)) <= tolerance(bench, each) and not settled & numbers:
            bench.sound |= numbers


def _accuse(bench: Bench, each: Sum, by_figure: Mapping[int, Sequence[Sum]]) -> None:
    missing = gap(bench, each)
    best: tuple[float, int, float] | None = None
    for number in (each.total, *each.parts):
        if not bench.free(number):
            continue
        wanted = bench.values[number] + (-missing if number == each.total else missing)
        score = _score(bench, number, wanted)
        for twin in twins(bench, number):  # what other files say of it
            said = bench.values[twin]
            score += 100.0 * (int(agrees(wanted, said)) - int(agrees(bench.values[number], said)))
        for other in by_figure[number]:  # does the change mend or break other sums?
            if other is not each:
                sign = 1 if number == other.total else -1
                after = gap(bench, other) + sign * (wanted - bench.values[number])
                mends = abs(after) <= tolerance(bench, other)
                held = abs(gap(bench, other)) <= tolerance(bench, other)
                score += 400.0 * (int(mends) - int(held))
        if number == each.total:
            score += 3.0  # where nothing tells, the total is what does not fit
        if best is None or score > best[0]:
            best = (score, number, wanted)
    if best is None:
        return
    _, number, wanted = best
    parts = sum(bench.values[part] for part in each.parts)
    total = bench.figures[each.total]
    zh = (
        f"{len(each.parts)} 个分项合计 {shown(parts)}，合计 {shown(bench.values[each.total])}"
        f"{total.unit}，差 {shown(missing)}；按此应为"
    )
    en = (
        f"{len(each.parts)} parts add up to {shown(parts)}, the total is "
        f"{shown(bench.values[each.total])}; so it should be"
    )
    # 212 among 42.0 and 26.1 is 212.0
    step = min(bench.figures[n].step for n in (each.total, *each.parts))
    bench.add(classified(bench, number, _rounded(wanted, step), zh, en))


def _rounded(value: float, step: float) -> float:
    return round(round(value / step) * step, 10) if step > 0 else value


def _score(bench: Bench, number: int, wanted: float) -> float:
    """How much better ``wanted`` fits than the value printed: the gain in squared scales."""
    before, after = bench.z(number), bench.z(number, wanted)
    if before is None or after is None:
        if wanted < 0 <= bench.values[number]:
            return -1e6
        return 0.0
    if wanted < 0 <= bench.values[number] and not bench.linear(number):
        return -1e6
    cap = 60.0
    return min(before * before, cap * cap) - min(after * after, cap * cap)
