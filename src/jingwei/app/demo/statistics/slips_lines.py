"""Slips that move whole rows or columns: copies of last month, shifts, swaps."""

from collections.abc import Callable
from dataclasses import replace

from jingwei.app.demo.statistics.ground import Ground, Place
from jingwei.app.demo.statistics.sheets import Cell, Sheet
from jingwei.app.demo.statistics.slips_cells import pick

APART = 1.5  # two regions that are swapped differ by at least this factor


def _move(ground: Ground, kind: str, new: dict[Place, Cell], right: str, wrong: str) -> bool:
    """Put the new values where all of them and what hangs on them are free."""
    changed = {place: value for place, value in new.items() if ground.value(place) != value}
    touched: set[Place] = set()
    for place in new:
        touched |= ground.around(place)
    if len(changed) < max(2, len(new) // 2) or not ground.is_free(touched):
        return False
    for place, value in changed.items():
        ground.put(place, value)
    rows = any(ground.is_ledger(place) for place in new)
    ground.record(kind, sorted(new), right, wrong, touched, rows=rows)
    return True


def stale_copy(ground: Ground) -> bool:
    """One month, or one year of a table, is last period's copied."""
    place = pick(ground, "level", ledgers=False)
    if place is None:
        return False
    sheet, steps = ground.sheet(place), ground.ladder(place)
    new: dict[Place, Cell] = {}
    if sheet.along == "sheets" and place in steps and steps.index(place):
        before = steps[steps.index(place) - 1].sheet
        block = _block(sheet, place.row)
        for row in block:
            for column in sheet.columns:
                here = replace(place, row=row, column=column)
                new[here] = ground.value(replace(here, sheet=before))
        right, wrong = sheet.name, ground.books[place.book].sheets[before].name
    elif sheet.along == "rows" and place in steps and steps.index(place):
        before = steps[steps.index(place) - 1].row
        for column in sheet.columns:
            new[replace(place, column=column)] = ground.value(
                replace(place, row=before, column=column)
            )
        right, wrong = (f"{sheet.cells[row][0]}" for row in (place.row, before))
    else:
        columns = sorted(c for c, mark in sheet.columns.items() if mark.months)
        if place.column not in columns or not sheet.rows:
            return False
        width = 3 if sheet.growths and sheet.along == "columns" else 1
        group = (place.column - columns[0]) // width
        if group == 0 or len(columns) <= width or (width == 1 and sheet.growths):
            return False
        for row in sheet.rows:
            for column in columns[group * width : (group + 1) * width]:
                here = replace(place, row=row, column=column)
                new[here] = ground.value(replace(here, column=column - width))
        right, wrong = (sheet.columns[columns[g * width]].field for g in (group, group - 1))
    return _move(ground, "stale_copy", new, right, f"same as {wrong}")


def _block(sheet: Sheet, row: int) -> range:
    """The marked rows without a break around a row: one table of a sheet."""
    first = last = row
    while first - 1 in sheet.rows:
        first -= 1
    while last + 1 in sheet.rows:
        last += 1
    return range(first, last + 1)


def shifted(ground: Ground) -> bool:
    """The numbers of a row stand one column further right, from some column on."""
    if ground.draw.random_sample() < 0.5:
        place = ground.in_ledgers("level")
        if place is None or ground.sheet(place).ladder:
            return False
        columns = sorted(c for c, mark in ground.sheet(place).columns.items() if mark.kind)
        if len({ground.sheet(place).columns[column].card for column in columns}) < 4:
            return False  # one column further must mean something else
        start = 0
    else:
        place = pick(ground, "level", ledgers=False)
        if place is None or not any(not each.by_column for each in ground.sums(place)):
            return False
        sheet = ground.sheet(place)
        columns = sorted(c for c, mark in sheet.columns.items() if mark.kind or mark.months)
        if sheet.growths or not all(sheet.columns[c].months for c in columns) or len(columns) < 4:
            return False
        start = int(ground.draw.randint(len(columns) - 3))
    new: dict[Place, Cell] = {replace(place, column=columns[start]): None}
    for before, column in zip(columns[start:], columns[start + 1 :], strict=False):
        new[replace(place, column=column)] = ground.value(replace(place, column=before))
    return _move(ground, "shifted", new, f"from {columns[start] + 1}", "one column to the right")


def swapped_regions(ground: Ground) -> bool:
    """The values of two districts stand in each other's row; the total does not notice."""
    place = pick(ground, "level", ledgers=False)
    if place is None:
        return False
    sheet = ground.sheet(place)
    rows = [
        row
        for each in sheet.sums
        if not each.by_column and place.row in each.parts
        for row in each.parts
        if sheet.rows[row].region and not sheet.rows[row].code and row != place.row
    ]
    rows = [row for row in rows if sheet.rows[row].region != sheet.rows[place.row].region]
    if not rows or sheet.rows[place.row].code:
        return False
    other = rows[ground.draw.randint(len(rows))]
    one, two = ground.number(place), ground.number(replace(place, row=other))
    if not one or not two or max(one / two, two / one) < APART:
        return False
    by_year = bool(sheet.columns[place.column].months) and not sheet.growths
    columns = [place.column] if by_year else sorted(sheet.columns)
    new: dict[Place, Cell] = {}
    for column in columns:
        for row, source in ((place.row, other), (other, place.row)):
            new[replace(place, row=row, column=column)] = ground.value(
                replace(place, row=source, column=column)
            )
    names = [f"{sheet.cells[row][0]}" for row in (place.row, other)]
    return _move(ground, "swapped_regions", new, "、".join(names), "、".join(reversed(names)))


LINES: dict[str, Callable[[Ground], bool]] = {
    each.__name__: each for each in (stale_copy, shifted, swapped_regions)
}
