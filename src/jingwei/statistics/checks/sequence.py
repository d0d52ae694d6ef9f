"""Periods that break the sequence of their table, and periods that have not come yet.

Years or months that run on evenly but for one in between were mistyped there: 2016, 2017, 2071, 2019.
The first and the last of a run may be what they say. A period after today can hold no outcome. One
finding for the row or column; its figures are taken for the period that is missing, so that nothing
else is said of them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from jingwei.core import Months
from jingwei.statistics.checks.finding import RULES, Change, IntakeFinding, Suggestion
from jingwei.statistics.intake import Figure, FileReading

_FEWEST = 4
_ABREAST = (1, 2, 3)  # columns of one period beside each other: value, growth, share


def in_sequence(
    readings: Sequence[FileReading], today: date | None
) -> tuple[list[FileReading], list[IntakeFinding]]:
    """The readings with likely periods, and what was found."""
    found: list[IntakeFinding] = []
    mended = [_mended(reading, found, today) for reading in readings]
    return mended, found


def _mended(reading: FileReading, found: list[IntakeFinding], today: date | None) -> FileReading:
    tables: defaultdict[tuple[str, int], list[Figure]] = defaultdict(list)
    for figure in reading.figures:
        tables[figure.place.sheet, figure.place.table].append(figure)
    moved: dict[int, Months] = {}
    gone: set[int] = set()
    for figures in tables.values():
        for lines in (_by_row(figures), _by_column(figures)):
            odd = _odd(lines)
            if odd is None:
                continue
            at, likely = odd
            found.append(_finding(lines[at], likely))
            moved |= {id(figure): likely for figure in lines[at]}
            break
        if today is not None:
            last = 12 * today.year + today.month - 1
            ahead: defaultdict[Months, list[Figure]] = defaultdict(list)
            for figure in figures:
                if figure.months.last > last and id(figure) not in moved:
                    ahead[figure.months].append(figure)
            for months, mine in ahead.items():
                found.append(_future(mine, months, today))
                gone |= {id(figure) for figure in mine}
    if not moved and not gone:
        return reading
    figures = [
        replace(each, months=moved[id(each)]) if id(each) in moved else each
        for each in reading.figures
        if id(each) not in gone
    ]
    return replace(reading, figures=tuple(figures))


def _by_row(figures: Sequence[Figure]) -> list[list[Figure]]:
    """The rows in their order, [] where a row is of several periods."""
    rows: defaultdict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        rows[figure.place.row].append(figure)
    lines = [rows[row] for row in sorted(rows)]
    return lines if all(len({f.months for f in line}) == 1 for line in lines) else []


def _by_column(figures: Sequence[Figure]) -> list[list[Figure]]:
    """The columns in their order, those of one period beside each other together."""
    columns: defaultdict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        columns[figure.place.column].append(figure)
    lines = [columns[column] for column in sorted(columns)]
    if not all(len({f.months for f in line}) == 1 for line in lines):
        return []
    for abreast in _ABREAST:
        if len(lines) % abreast:
            continue
        blocks = [lines[at : at + abreast] for at in range(0, len(lines), abreast)]
        if all(len({line[0].months for line in block}) == 1 for block in blocks):
            joined = [[figure for line in block for figure in line] for block in blocks]
            if len({block[0][0].months for block in blocks}) >= len(blocks) - 1:
                return joined
    return []


def _odd(lines: Sequence[Sequence[Figure]]) -> tuple[int, Months] | None:
    """The one line in between whose period breaks an even run, and the period that fits it."""
    if len(lines) < _FEWEST:
        return None
    months = [line[0].months for line in lines]
    if len(set(months)) < len(months) - 1:
        return None  # a run has every period once, but for the one that is wrong
    for at in range(1, len(months) - 1):
        rest = [each for order, each in enumerate(months) if order != at]
        numbers = _numbers(rest)
        if numbers is None:
            continue
        places = [order for order in range(len(months)) if order != at]
        step = (numbers[-1] - numbers[0]) / (places[-1] - places[0])
        even = step and all(
            number == numbers[0] + step * (place - places[0])
            for number, place in zip(numbers, places, strict=True)
        )
        if not even:
            continue
        number = numbers[0] + step * (at - places[0])
        likely = _like(rest[0], int(number))
        if number == int(number) and likely is not None and likely != months[at]:
            return at, likely
    return None


def _numbers(months: Sequence[Months]) -> list[int] | None:
    """Periods of one kind as numbers: years, months, or last months of 1-N of one year."""
    if all(each.is_year for each in months):
        return [each.last_year for each in months]
    if all(each.is_month for each in months):
        return [each.last for each in months]
    first = months[0].first
    if all(each.first == first and each.last // 12 == first // 12 for each in months):
        return [each.last for each in months]
    return None


def _like(other: Months, number: int) -> Months | None:
    if other.is_year:
        return Months.year(number)
    if other.is_month:
        return Months(number, number)
    return Months(other.first, number) if number // 12 == other.first // 12 else None


def _finding(line: Sequence[Figure], likely: Months) -> IntakeFinding:
    first = line[0]
    place, was = first.place, first.months
    return IntakeFinding(
        place.file, place.row, place.field, "wrong_period",
        f"{RULES['wrong_period'][0]}：写作 {was}，前后各期依次排列，这里应为 {likely}；请核对年份或月份",
        f"{was} breaks the sequence of its table, which asks for {likely} here; check the period",
        Suggestion(
            "replace", f"{was} → {likely}", f"{was} to {likely}", "",
            (Change(place.row, place.field, str(was), str(likely), place.sheet),),
        ),
        place.sheet, tuple(figure.place for figure in line),
    )  # fmt: skip


def _future(line: Sequence[Figure], months: Months, today: date) -> IntakeFinding:
    place = line[0].place
    return IntakeFinding(
        place.file, place.row, place.field, "future_date",
        f"{RULES['future_date'][0]}：{months} 晚于今天（{today}），不会有实际数；请核对时间，目标数请不要报作完成数",
        f"{months} is after today ({today}): no outcome can be known; check the period",
        Suggestion("ask", "向报送单位核实", "ask who reported it"),
        place.sheet, tuple(figure.place for figure in line),
    )  # fmt: skip


def once(found: Sequence[IntakeFinding]) -> Iterator[IntakeFinding]:
    """Findings without a row told twice: an enterprise listed again repeats its figures too."""
    again = {(e.file, e.sheet, e.row) for e in found if e.rule == "duplicate"}
    for each in found:
        if each.rule != "same_enterprise" or (each.file, each.sheet, each.row) not in again:
            yield each
