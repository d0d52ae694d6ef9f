"""A part above its whole: a district above its city, a branch above all, 其中 above what it is of.

No estimate is needed to know that it is wrong, so it is named before what merely looks unusual;
a known slip (unit, decimal point) that explains it is told as that slip (§18.2).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from jingwei.core import Region
from jingwei.statistics.checks.bench import Bench, Draft, agrees, shown, spelled, told
from jingwei.statistics.checks.cells import digits_exchanged
from jingwei.statistics.checks.likely import factor_between
from jingwei.statistics.checks.sums import addable

_SLIP = 0.35
"""Logarithm within which a value over a power of ten is where it is expected."""

_OF_WHICH = ("其中", "#")


def exceeding_parts(bench: Bench, regions: Sequence[Region]) -> None:
    """Parts above a whole that is not negative, each once, against the first whole it exceeds."""
    for part, whole in _pairs(bench, regions):
        if not bench.free(part) or whole in bench.explained or bench.values[whole] < 0:
            continue
        rounding = bench.figures[part].step + bench.figures[whole].step
        if bench.values[part] - bench.values[whole] <= rounding:
            continue
        if _elsewhere(bench, part, whole) and agrees(bench.values[part], bench.values[whole]):
            continue  # another table may hold an earlier or a revised figure of the whole
        wrong = whole if _is_the_whole(bench, part, whole) else part
        if not _is_slip(bench, wrong):
            _add(bench, part, whole, wrong)


def _pairs(bench: Bench, regions: Sequence[Region]) -> Iterator[tuple[int, int]]:
    """(part, whole) by breakdown, by region, by the word 其中."""
    usable = [n for n, figure in enumerate(bench.figures) if not figure.entity and addable(figure)]
    within = {region.code: region.within for region in regions if region.within}
    plain: dict[tuple[object, ...], int] = {}
    top: dict[tuple[object, ...], int] = {}
    for number in usable:
        figure = bench.figures[number]
        plain.setdefault((figure.series[0], figure.codes, figure.region, figure.months), number)
        if figure.whole:
            top.setdefault(_table(bench, number), number)
    for number in usable:
        if number >= bench.own:
            continue
        figure = bench.figures[number]
        key = (figure.series[0], figure.codes, within.get(figure.region, ""), figure.months)
        whole = plain.get((figure.series[0], (), figure.region, figure.months))
        if figure.codes and whole is not None:
            yield number, whole
        whole = plain.get(key) if key[2] else None
        if whole is None and not figure.whole:
            whole = top.get(_table(bench, number))
        if whole is not None and whole != number:
            yield number, whole
    yield from _of_which(bench, usable)


def _elsewhere(bench: Bench, part: int, whole: int) -> bool:
    one, other = bench.figures[part].place, bench.figures[whole].place
    return (one.file, one.sheet, one.table) != (other.file, other.sheet, other.table)


def _table(bench: Bench, number: int) -> tuple[object, ...]:
    figure = bench.figures[number]
    place = figure.place
    return figure.series[0], figure.codes, figure.months, place.file, place.sheet, place.table


def _of_which(bench: Bench, usable: Sequence[int]) -> Iterator[tuple[int, int]]:
    """What 其中 introduces, and the figure before it in its row, or above it in its column."""
    lines: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for number in usable:
        if number < bench.own:
            figure = bench.figures[number]
            place = figure.place
            table = (
                place.file,
                place.sheet,
                place.table,
                figure.region,
                figure.months,
            )
            lines[(*table, "row", place.row)].append(number)
            lines[(*table, "column", place.column)].append(number)
    for line, numbers in lines.items():
        whole: int | None = None
        across = line[-2] == "row"
        for number in sorted(numbers, key=lambda n: _position(bench, n, across)):
            if not bench.figures[number].name.startswith(_OF_WHICH):
                whole = number
            elif whole is not None and bench.figures[number].unit in (
                "",
                bench.figures[whole].unit,
            ):
                yield number, whole


def _position(bench: Bench, number: int, across: bool) -> int:
    place = bench.figures[number].place
    return place.column if across else place.row


def _is_the_whole(bench: Bench, part: int, whole: int) -> bool:
    """Whether the whole is what does not fit: it stands far from its kin, the part does not."""
    of_part, of_whole = bench.z(part), bench.z(whole)
    if not bench.free(whole) or of_part is None or of_whole is None:
        return False
    return abs(of_whole) > 4 and abs(of_whole) > 2 * abs(of_part)


def _is_slip(bench: Bench, number: int) -> bool:
    """Whether a power of ten explains the value: that finding says more."""
    expected = bench.expected(number)
    if expected is None or not expected:
        return False
    return factor_between(bench.values[number], expected, _SLIP) is not None


def _add(bench: Bench, part: int, whole: int, wrong: int) -> None:
    figure, total = bench.figures[part], bench.figures[whole]
    mended = digits_exchanged(bench, wrong) if (bench.z(wrong) or 0) else None
    fits = mended is not None and (
        mended <= bench.values[whole] if wrong == part else mended >= bench.values[part]
    )
    ask = "" if wrong == part else f"；{spelled(total.months)}的合计与自己的其他各期不符"
    bench.add(
        Draft(
            "part_exceeds_total", (wrong,),
            f"{told(figure)} 为 {shown(bench.values[part])}{figure.unit}，大于它所属的 {told(total)} "
            f"{shown(bench.values[whole])}{total.unit}{ask}；请核对这两个数",
            f"{shown(bench.values[part])}{figure.unit} is more than the {shown(bench.values[whole])}{total.unit}"
            f" of what it is a part of, in {figure.months}; check both",
            (mended if fits else None,), action="replace" if fits else "ask",
        )
    )  # fmt: skip
