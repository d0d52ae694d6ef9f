"""XLSX, XLS, ODS and XLSB as grids.

Values are those that the file holds; a formula counts by its last computed value, and a formula
without one is a fault of that cell. Nothing is computed, no link is followed.
"""

import json
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from jingwei.statistics.intake.grid import Book, Cell, Grid, Plain, Remark
from jingwei.statistics.intake.guard import BookFacts, SheetFacts, examined
from jingwei.statistics.intake.limits import CELL_CHARACTERS, CELLS, COLUMNS, SHEETS, refused

_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
_OLD_MEMORY = 1 << 30
"""Bytes that the reader of an old binary XLS may take; the format cannot be looked through first."""


def read_workbook(path: Path, name: str, *, zipped: bool) -> Book:
    """The sheets of a workbook. Raises InvalidFile."""
    import python_calamine as calamine

    facts = examined(path, name) if zipped else BookFacts()
    if not zipped:
        _try_apart(path, name)
    try:
        with calamine.CalamineWorkbook.from_path(path) as book:
            return _book(book, facts, name)
    except calamine.PasswordError as fault:
        raise refused(
            name, "文件有密码；请去掉密码另存一份", "the file has a password; save it without"
        ) from fault
    except calamine.CalamineError as fault:
        raise refused(
            name,
            "表格文件损坏或不完整；请用 Excel 或 WPS 打开后另存一份",
            f"the spreadsheet is damaged or incomplete ({fault}); save it again",
        ) from fault


def _book(book: Any, facts: BookFacts, name: str) -> Book:
    sheets = book.sheets_metadata
    if len(sheets) > SHEETS:
        raise refused(
            name,
            f"有 {len(sheets)} 个工作表，上限 {SHEETS} 个；请拆成几个文件",
            f"{len(sheets)} sheets, the limit is {SHEETS}; split the file",
        )
    grids: list[Grid] = []
    remarks: list[Remark] = []
    total = 0
    if facts.external:
        remarks.append(
            Remark(
                "文件含有指向其他文件的链接，没有打开，只用已存的值",
                "it links to other files; these are not opened, only stored values are used",
            )
        )
    for sheet in sheets:
        if str(sheet.visible) != "SheetVisibleEnum.Visible":
            remarks.append(
                Remark(
                    f"隐藏的工作表「{sheet.name}」没有读", f"hidden sheet '{sheet.name}' left out"
                )
            )
            continue
        if str(sheet.typ) != "SheetTypeEnum.WorkSheet":
            continue
        content = book.get_sheet_by_name(sheet.name)
        if content.start is None:
            continue
        height, width = content.height, content.width
        total += height * width
        if total > CELLS or width > COLUMNS:
            raise refused(
                name,
                f"工作表「{sheet.name}」有 {height} 行 × {width} 列，超过上限",
                f"the sheet '{sheet.name}' has {height} rows × {width} columns, beyond the limit",
            )
        grid = _grid(content, sheet.name, facts.sheets.get(sheet.name, SheetFacts()), name)
        if grid.rows:
            grids.append(grid)
    return Book(name, grids, remarks)


def _grid(content: Any, sheet: str, facts: SheetFacts, name: str) -> Grid:
    top, left = int(content.start[0]), int(content.start[1])
    uncomputed, percent = facts.uncomputed, facts.percent
    last = max((row for row, _ in uncomputed), default=-1)
    rows: list[list[Cell]] = []

    values: list[list[Any]] = content.to_python(skip_empty_area=True)
    for below, line in enumerate(values):
        row = top + below
        cells: list[Cell] = [Cell()] * left
        for beside, value in enumerate(line):
            place = (row, left + beside)
            cells.append(_cell(value, place in percent, place in uncomputed, sheet, row, name))
        rows.append(cells)
    for row, column in uncomputed:  # formulas outside the rectangle of values
        if row >= top:
            while len(rows) <= row - top and row <= last:
                rows.append([])
            padded: list[Cell] = rows[row - top]
            padded.extend([Cell()] * (column + 1 - len(padded)))
            padded[column] = Cell(fault="formula")
    merged = [
        (first[0] - top, first[1], end[0] - top, end[1])
        for first, end in content.merged_cell_ranges or ()
        if first[0] >= top
    ]
    return Grid(sheet, rows, merged, first=top + 1)


def _cell(value: Any, percent: bool, uncomputed: bool, sheet: str, row: int, name: str) -> Cell:
    if uncomputed:
        return Cell(fault="formula")
    if isinstance(value, str):
        if len(value) > CELL_CHARACTERS:
            raise refused(
                name,
                f"工作表「{sheet}」第 {row + 1} 行有一格长 {len(value)} 字，超过 {CELL_CHARACTERS}",
                f"a cell in row {row + 1} of '{sheet}' holds {len(value)} characters",
            )
        if value in _ERRORS:
            return Cell(value, fault="error")
        return Cell(value) if value.strip() else Cell()
    content: Plain
    if isinstance(value, datetime):
        content = value.date()
    elif isinstance(value, date | bool | int | float):
        content = value
    elif isinstance(value, time | timedelta):
        content = str(value)
    else:
        content = None
    return Cell(content, percent)


def _try_apart(path: Path, name: str) -> None:
    """Open an old binary workbook once in a process of its own with little memory.

    The records of XLS give no sizes in advance; where its rectangle does not fit, that process
    fails and ours stays whole.
    """
    script = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({_OLD_MEMORY}, {_OLD_MEMORY}))\n"
        "import json, python_calamine\n"
        "book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])\n"
        "sizes = [(s.height, s.width) for s in map(book.get_sheet_by_name, book.sheet_names)]\n"
        "print(json.dumps(sizes))\n"
    )
    if sys.platform == "win32":
        return
    done = subprocess.run(  # noqa: S603  our own interpreter and script, the path an argument
        [sys.executable, "-c", script, str(path)], capture_output=True, timeout=120, check=False
    )
    told = done.stderr.decode("utf-8", "replace")
    if done.returncode and "CalamineError" not in told and "PasswordError" not in told:
        if "Error" in told and "memory" not in told.lower():
            return  # the reader itself says what is wrong, in this process
        raise refused(
            name,
            "旧格式 .xls 展开后超过内存上限；请另存为 .xlsx 并删去远处零散的单元格",
            "this .xls unfolds beyond the limit of memory; save it as .xlsx without stray cells",
        )
    if done.returncode == 0 and sum(h * w for h, w in json.loads(done.stdout)) > CELLS:
        raise refused(
            name,
            f"内容铺开超过 {CELLS} 格；请删去远处零散的单元格，或拆成几个文件",
            f"its content spreads over more than {CELLS} cells; remove stray cells or split it",
        )
