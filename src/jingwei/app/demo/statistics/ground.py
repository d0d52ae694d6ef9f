"""Ground to plant in: copies of the files, what depends on which cell, and what is taken.

Two slips never touch the same cell, sum, growth or step of a ladder, so that each stays an error
of its own kind and its truth stays true.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from jingwei.app.demo.statistics.scoring import Slip, Spot
from jingwei.app.demo.statistics.sheets import Book, Cell, Mark, Sheet, Sum

if TYPE_CHECKING:
    import numpy as np

LEDGER = 400  # a sheet with more rows is a ledger: its rows stand for themselves


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A cell of a copy: numbers of the book, the sheet, row and column, all from 0."""

    book: int
    sheet: int
    row: int
    column: int


@dataclass
class Ground:
    """The copies and what has been planted in them so far."""

    books: list[Book]
    draw: "np.random.RandomState"
    slips: list[Slip] = field(default_factory=list[Slip])
    taken: set[Place] = field(default_factory=set[Place])
    last_rows: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])

    def sheet(self, place: Place) -> Sheet:
        return self.books[place.book].sheets[place.sheet]

    def value(self, place: Place) -> Cell:
        cells = self.sheet(place).cells
        row = cells[place.row] if place.row < len(cells) else []
        return row[place.column] if place.column < len(row) else None

    def number(self, place: Place) -> float | None:
        value = self.value(place)
        return None if isinstance(value, str) else value

    def put(self, place: Place, value: Cell) -> None:
        self.sheet(place).cells[place.row][place.column] = value

    def mark(self, place: Place) -> Mark:
        return self.sheet(place).mark(place.row, place.column)

    def is_ledger(self, place: Place) -> bool:
        return len(self.sheet(place).cells) > LEDGER

    @cached_property
    def sheets(self) -> list[tuple[int, int]]:
        """All sheets but the register of files."""
        return [(b, s) for b, each in enumerate(self.books[:-1]) for s in range(len(each.sheets))]

    @cached_property
    def numbers(self) -> dict[str, list[Place]]:
        """Numeric cells of tables by kind; those of ledgers are drawn with ``in_ledgers``."""
        found: dict[str, list[Place]] = defaultdict(list)
        for book, number in self.sheets:
            sheet = self.books[book].sheets[number]
            if len(sheet.cells) > LEDGER:
                continue
            for row in sorted(sheet.rows):
                for column in sheet.columns:
                    place = Place(book, number, row, column)
                    kind = sheet.mark(row, column).kind
                    if kind and isinstance(self.value(place), int | float):
                        found[kind].append(place)
        return found

    @cached_property
    def _ledger_columns(self) -> dict[str, list[tuple[int, int, int]]]:
        found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for book, number in self.sheets:
            sheet = self.books[book].sheets[number]
            if len(sheet.cells) > LEDGER:
                for column, mark in sheet.columns.items():
                    found[mark.kind].append((book, number, column))
        return found

    def in_ledgers(self, *kinds: str) -> Place | None:
        """A numeric cell of a ledger, drawn; None where there is none of the kinds."""
        columns = [each for kind in kinds for each in self._ledger_columns[kind]]
        if not columns:
            return None
        book, number, column = columns[self.draw.randint(len(columns))]
        rows = len(self.books[book].sheets[number].cells)
        place = Place(book, number, int(self.draw.randint(1, rows)), column)
        return place if isinstance(self.value(place), int | float) else None

    @cached_property
    def _same(self) -> dict[tuple[object, ...], list[Place]]:
        """Cells of tables that say the same."""
        found: dict[tuple[object, ...], list[Place]] = defaultdict(list)
        for places in self.numbers.values():
            for place in places:
                found[_fact(self.mark(place))].append(place)
        return found

    def sums(self, place: Place) -> Iterator[Sum]:
        """The sums a cell is in."""
        for each in self.sheet(place).sums:
            line, across = (
                (place.column, place.row) if each.by_column else (place.row, place.column)
            )
            if across in each.across and (line == each.total or line in each.parts):
                yield each

    def in_sum(self, place: Place, each: Sum) -> list[Place]:
        """All cells of the sum through a cell, the total first."""
        lines = (each.total, *each.parts)
        if each.by_column:
            return [replace(place, column=line) for line in lines]
        return [replace(place, row=line) for line in lines]

    def triple(self, place: Place) -> list[Place]:
        """The cell's value, base and growth."""
        for each in self.sheet(place).growths:
            columns = (each.value, each.base, each.growth)
            if place.column in columns:
                return [replace(place, column=column) for column in columns]
        return [place]

    def ladder(self, place: Place) -> list[Place]:
        """The cells over which the cell accumulates, in order; empty where it does not."""
        sheet = self.sheet(place)
        if sheet.along == "columns" and place.column in sheet.ladder:
            return [replace(place, column=column) for column in sheet.ladder]
        if sheet.along == "rows" and place.row in sheet.ladder and sheet.columns[place.column].kind != "growth":  # fmt: skip
            return [replace(place, row=row) for row in sheet.ladder]
        if sheet.along == "sheets" and place.column in sheet.ladder:
            return [
                replace(place, sheet=number, row=self._row_like(place, each))
                for number, each in enumerate(self.books[place.book].sheets)
            ]
        return []

    def _row_like(self, place: Place, other: Sheet) -> int:
        """The row of another month's sheet about the same; they are laid out alike."""
        return place.row if place.row in other.rows else -1

    def neighbours(self, place: Place) -> list[Place]:
        """The steps before and after, on the ladder or along the years of the table."""
        steps = self.ladder(place)
        if not steps:
            sheet = self.sheet(place)
            across = sheet.columns.get(place.column, Mark()).months
            columns = [
                c for c, mark in sheet.columns.items() if mark.months and mark.kind != "growth"
            ]
            if across and place.column in columns:
                steps = [replace(place, column=column) for column in sorted(columns)]
            elif sheet.rows.get(place.row, Mark()).months:
                steps = [replace(place, row=row) for row in sorted(sheet.rows)]
        if place not in steps:
            return []
        at = steps.index(place)
        return [each for each in steps[max(0, at - 1) : at + 2] if each != place and each.row >= 0]

    def around(self, place: Place) -> set[Place]:
        """All cells that look wrong if this one is."""
        if self.is_ledger(place):
            return {
                replace(place, column=c) for c in range(len(self.sheet(place).cells[place.row]))
            }
        found = {place, *self.triple(place)}
        for each in self.sums(place):
            found.update(self.in_sum(place, each))
        near = self.neighbours(place)
        found.update(near)
        for other in near:
            found.update(self.triple(other))
        return found

    def elsewhere(self, place: Place) -> list[Place]:
        """Cells of other tables that say the same."""
        mark = self.mark(place)
        same = self._same.get(_fact(mark), ()) if mark.card else ()
        return [each for each in same if each != place]

    def is_free(self, places: Iterable[Place]) -> bool:
        return self.taken.isdisjoint(places)

    def spot(self, place: Place, *, row_only: bool = False) -> Spot:
        book, sheet = self.books[place.book], self.sheet(place)
        name = "" if book.file.endswith(".csv") else sheet.name
        if row_only:
            return Spot(book.file, name, place.row + 1)
        heading = sheet.columns.get(place.column, Mark()).field
        return Spot(book.file, name, place.row + 1, letters(place.column), heading)

    def record(
        self, kind: str, places: Sequence[Place], right: str, wrong: str, touched: set[Place],
        *, rows: bool = False,
    ) -> None:  # fmt: skip
        """Write a slip down and take everything it touches."""
        spots = list(dict.fromkeys(self.spot(each, row_only=rows) for each in places))
        echoes: set[Place] = touched - set(places)
        if not rows:
            for each in places:
                echoes.update(self.elsewhere(each))
        told = sorted(echoes)
        self.slips.append(
            Slip(kind, right, wrong, tuple(spots), tuple(self.spot(each) for each in told))
        )
        self.taken |= touched | set(places)


def _fact(mark: Mark) -> tuple[object, ...]:
    """What a cell says, whatever its unit: two cells of one fact must agree."""
    growth = mark.kind == "growth"
    return mark.card, mark.region, mark.code, mark.entity, mark.months, growth


def letters(column: int) -> str:
    """0 is A, 26 is AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
