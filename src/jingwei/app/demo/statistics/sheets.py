"""Files as offices send them: sheets of cells, and beside each sheet what its cells mean.

The marks never reach the file. They say of each row and column what it is about, which rows add
up to which, what grows against what and what accumulates along which way, so that a slip can be
planted where it hurts, and so that a test can ask whether a reader understood the sheet.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from jingwei.core import LegalOrigin

Cell = str | int | float | None
ABSENT = "—"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a row or a column is about; what is empty here the other axis or the sheet says.

    card:   series of the model (``output``), or what a text column holds (``uscc``, ``name``)
    kind:   level, count, share, ratio, growth, index; "" for text
    months: as ``core.Months`` is written
    field:  the heading as the file shows it (columns only)
    """

    card: str = ""
    kind: str = ""
    unit: str = ""
    region: str = ""
    code: str = ""
    months: str = ""
    entity: str = ""
    field: str = ""

    def over(self, other: "Mark") -> "Mark":
        """This mark, filled from ``other`` where it says nothing."""
        return Mark(*(getattr(self, n) or getattr(other, n) for n in Mark.__slots__))


_NONE = Mark()


@dataclass(frozen=True, slots=True)
class Sum:
    """Lines that add up to one line, in each of ``across``; lines are rows unless ``by_column``."""

    total: int
    parts: tuple[int, ...]
    across: tuple[int, ...]
    by_column: bool = False


@dataclass(frozen=True, slots=True)
class Growth:
    """Columns of one row: the value, the value it grows from, the growth in per cent."""

    value: int
    base: int
    growth: int


@dataclass(slots=True)
class Sheet:
    """Cells as the file has them; rows and columns count from 0 here, from 1 in the file.

    along: the way in which values accumulate over the months: over ``ladder`` (columns or rows
           in order), or from sheet to sheet of the book in the columns ``ladder``
    """

    name: str
    cells: list[list[Cell]] = field(default_factory=list[list[Cell]])
    merges: list[tuple[int, int, int, int]] = field(default_factory=list[tuple[int, int, int, int]])
    rows: dict[int, Mark] = field(default_factory=dict[int, Mark])
    columns: dict[int, Mark] = field(default_factory=dict[int, Mark])
    sums: list[Sum] = field(default_factory=list[Sum])
    growths: list[Growth] = field(default_factory=list[Growth])
    along: Literal["", "columns", "rows", "sheets"] = ""
    ladder: tuple[int, ...] = ()

    def line(self, *cells: Cell, mark: Mark | None = None) -> int:
        """Append a row; its number."""
        self.cells.append(list(cells))
        if mark is not None:
            self.rows[len(self.cells) - 1] = mark
        return len(self.cells) - 1

    def merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        self.merges.append((row, column, last_row, last_column))

    def mark(self, row: int, column: int) -> Mark:
        """What a cell is about. The row speaks first; a column of bases or growths stays one."""
        along, down = self.rows.get(row, _NONE), self.columns.get(column, _NONE)
        if down.kind == "growth":
            along = replace(along, unit="%", kind="growth")
        if along.card and down.card.endswith("_base"):
            along = replace(along, card=f"{along.card}_base")
        return along.over(down)

    def copy(self) -> "Sheet":
        return replace(self, cells=[row.copy() for row in self.cells])


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a file, on what legal ground, under which survey form, and when it came.

    ``form`` is 表号, 制定机关, 批准或备案文号 and 有效期 of an approved survey, empty otherwise;
    all of them are invented and say so.
    """

    office: str
    origin: LegalOrigin
    day: date
    form: tuple[str, str, str, str] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """One file: an XLSX workbook, or a CSV of one sheet in ``encoding``."""

    file: str
    sender: Sender
    sheets: tuple[Sheet, ...]
    encoding: str = "utf-8"

    def sheet(self, name: str) -> Sheet:
        return next(each for each in self.sheets if each.name == name)

    def write(self, folder: Path) -> Path:
        path = folder / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self._csv() if path.suffix == ".csv" else self._xlsx())
        return path

    def _csv(self) -> bytes:
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerows(self.sheets[0].cells)
        return out.getvalue().encode(self.encoding)

    def _xlsx(self) -> bytes:
        import xlsxwriter

        out = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book: Any = xlsxwriter.Workbook(out, options)
        book.set_properties({"created": datetime(2026, 1, 1), "comments": "虚构，仅供演示"})
        merged = book.add_format({"align": "center", "valign": "vcenter", "border": 1})
        for sheet in self.sheets:
            page: Any = book.add_worksheet(sheet.name)
            page.set_column(0, 0, 26)
            for number, row in enumerate(sheet.cells):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(number, column, cell)
                    elif cell is not None:
                        page.write_number(number, column, cell)
            for top, left, bottom, right in sheet.merges:
                page.merge_range(top, left, bottom, right, sheet.cells[top][left] or "", merged)
        book.close()
        return out.getvalue()


def heading(sheet: Sheet, title: str, sender: Sender, period: str, unit: str, width: int) -> None:
    """The lines above a table: the title, then the form's block or 工作台账, period and unit."""
    sheet.line(f"{title}（虚构数据）")
    sheet.merge(0, 0, 0, width - 1)
    if sender.form is None:
        sheet.line("工作台账", *[None] * (width - 2), f"报送单位：{sender.office}")
    else:
        left: Cell = f"综合机关名称：{sender.office}"
        for name, text in zip(("表号", "制定机关", "文号", "有效期至"), sender.form, strict=True):
            sheet.line(left, *[None] * (width - 2), f"{name}：{text}")
            left = None
    sheet.line(period, *[None] * (width - 2), f"计量单位：{unit}" if unit else None)


def shown(values: Iterable[float | None], decimals: int = 1) -> Iterator[Cell]:
    """Numbers as cells; what does not exist is a dash, what has no decimals is whole."""
    for value in values:
        yield ABSENT if value is None else value if decimals else round(value)


def growth(value: float, base: float) -> float | None:
    """Per cent, one decimal; None where there is nothing to grow from."""
    return round(100 * (value / base - 1), 1) if base > 0 else None


def all_rows(first: int, last: int) -> tuple[int, ...]:
    return tuple(range(first, last + 1))


def register_of(books: Sequence[Book]) -> Book:
    """来文登记: every file with its sender, legal origin, form and day."""
    sheet = Sheet("")
    titles = [
        "文件",
        "报送单位",
        "数据来源",
        "表号",
        "制定机关",
        "批准或备案文号",
        "有效期至",
        "收到日期",
        "说明",
    ]
    sheet.line(*titles)
    origins = {"survey": "统计调查", "administrative": "行政记录", "declared": "授权申报", "public": "公开"}  # fmt: skip
    for book in books:
        who = book.sender
        form = who.form or ("工作台账", "", "", "")
        sheet.line(book.file, who.office, origins[who.origin], *form, who.day.isoformat(), who.note)
    sender = Sender("绫州市统计局", "administrative", date(2026, 3, 25))
    return Book("来文登记.csv", sender, (sheet,), "utf-8-sig")
