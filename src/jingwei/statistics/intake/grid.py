"""Sheets as grids of plain cells, whatever file they came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Plain = str | float | int | bool | date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as the file holds it.

    ``percent``: shown as a percentage, so that 0.125 reads 12.5 %. ``fault`` says why the content
    cannot be used ("formula": a formula whose result was never computed; "error": #DIV/0! …).
    """

    content: Plain = None
    percent: bool = False
    fault: str = ""

    @property
    def empty(self) -> bool:
        return not self.fault and (
            self.content is None or (isinstance(self.content, str) and not self.content.strip())
        )

    @property
    def text(self) -> str:
        """The content as words; a whole number without its point."""
        if self.content is None:
            return ""
        if isinstance(self.content, float) and self.content.is_integer():
            return str(int(self.content))
        return str(self.content).strip()


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: rows of cells, and the merged ranges (top, left, bottom, right), from 0.

    ``first`` is the number of its first row in the file, from 1.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    first: int = 1

    def at(self, row: int, column: int) -> Cell:
        """The cell; EMPTY beyond the edge."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else ()
        return cells[column] if 0 <= column < len(cells) else EMPTY

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something of a file that was left out, and why (Chinese, English)."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of a file that hold anything, and what was left out of it."""

    name: str
    grids: Sequence[Grid]
    remarks: Sequence[Remark] = ()
