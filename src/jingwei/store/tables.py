"""Tables for other programs: CSV that Excel opens, XLSX, and JSON lines.

Words are never formulas: text that begins with ``= + - @`` or a tab would be run by a
spreadsheet when the file comes from somebody else (OWASP, CSV injection). XLSX marks each
cell as text or number; CSV cannot, so such text gets an apostrophe in front, unless it is the
single sign (the ``=`` or ``-`` of a qualifier is no formula). Numbers stay numbers. The same
rows give the same bytes.
"""

import csv
import io
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from jingwei.core import InvalidRequest, plain

Cell = str | float | bool | None
Row = Mapping[str, Cell]

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST_CELL = 32767  # characters, a limit of Excel
_WIDEST = 60  # characters


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, its columns (key of a row to the title shown) and its rows.

    A key that a row lacks, and None, are an empty cell: not known.
    """

    name: str
    columns: Mapping[str, str]
    rows: Sequence[Row]


def keyed(table: Table) -> Table:
    """The table with its keys as titles, for programs that read columns by name."""
    return Table(table.name, {key: key for key in table.columns}, table.rows)


def csv_bytes(table: Table) -> bytes:
    """UTF-8 with a byte order mark, without which Excel takes Chinese for another encoding."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([harmless(title) for title in table.columns.values()])
    for row in table.rows:
        writer.writerow([_as_text(row.get(key)) for key in table.columns])
    return file.getvalue().encode("utf-8-sig")


def _as_text(cell: Cell) -> str | float:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return harmless(cell)
    return int(cell) if cell == int(cell) and abs(cell) < 1e15 else cell


def harmless(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe before what would start a formula."""
    risky = text.startswith(_STARTS_A_FORMULA) or text.lstrip().startswith(_STARTS_A_FORMULA)
    return "'" + text if risky and len(text) > 1 else text


def jsonl_bytes(rows: Sequence[Any]) -> bytes:
    """One JSON object a line, UTF-8; types of ``core`` are written as ``plain`` gives them."""
    lines = (json.dumps(plain(row), ensure_ascii=False, allow_nan=False) + "\n" for row in rows)
    return "".join(lines).encode()


def xlsx_bytes(tables: Sequence[Table]) -> bytes:
    """A workbook, one sheet a table: titles fixed and filterable, columns as wide as needed.

    Raises InvalidRequest for text longer than a cell of Excel holds.
    """
    import xlsxwriter

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        # a fixed day, so that the same rows give the same bytes
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC), "title": "Jingwei 经纬"})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            for column, (key, title) in enumerate(table.columns.items()):
                sheet.write_string(0, column, title, head)
                cells = [row.get(key) for row in table.rows]
                sheet.set_column(column, column, _width(title, cells), body)
                for line, cell in enumerate(cells, start=1):
                    if isinstance(cell, str):
                        sheet.write_string(line, column, _fitting(cell, table.name, line), body)
                    elif isinstance(cell, bool):
                        sheet.write_boolean(line, column, cell, body)
                    elif cell is not None:
                        sheet.write_number(line, column, cell, body)
            sheet.freeze_panes(1, 0)
            if table.columns:
                sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    return file.getvalue()


def _fitting(text: str, name: str, line: int) -> str:
    if len(text) > _LONGEST_CELL:
        raise InvalidRequest(
            f"有 {len(text)} 个字符，超过 Excel 单元格的上限 {_LONGEST_CELL}；请导出 csv 或 jsonl",
            f"a text of {len(text)} characters, more than the {_LONGEST_CELL} of a cell of Excel; "
            "export csv or jsonl",
            where=f"{name}:{line}",
        )
    return text


def _width(title: str, cells: Sequence[Cell]) -> int:
    """In characters; one of East Asian width counts two."""
    longest = max(
        (_columns_of(str(cell)) for cell in [title, *cells] if cell is not None), default=0
    )
    return min(max(longest + 2, 6), _WIDEST)


def _columns_of(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
