"""A sheet of text cells, from CSV or a spreadsheet, with limits."""

import csv
import io
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from jingwei.core import InvalidFile

Grid = list[list[str]]
_LARGEST, _COLUMNS, _CELL = 2_000_000_000, 20_000, 1000
_ENCODINGS = ("utf-8-sig", "gb18030")
_SHEETS = {".xlsx", ".xls", ".xlsm", ".ods"}


def read_grid(path: Path) -> Grid:
    """Stripped cells of the file's first sheet. Raises InvalidFile."""
    return read_grids(path)[0][1]


def read_grids(path: Path, sheet: str = "") -> list[tuple[str, Grid]]:
    """Sheets that hold anything, by name ("" for text): stripped cells, no empty rows at the end.

    sheet: the only one that is wanted; else all of them. Raises InvalidFile.
    """
    if not path.is_file():
        raise InvalidFile(
            "没有这个文件；请检查路径", "there is no such file; check the path", where=str(path)
        )
    if path.stat().st_size > _LARGEST:
        raise InvalidFile(
            "文件超过2GB，不像一张投入产出表", "over 2 GB, this is no single table", where=str(path)
        )
    sheets = _sheets(path) if path.suffix.lower() in _SHEETS else [("", _text(path))]
    if sheet:
        names = "、".join(name for name, _ in sheets if name)
        sheets = [each for each in sheets if each[0] == sheet]
        if not sheets:
            raise InvalidFile(
                f"没有工作表“{sheet}”；有：{names}" if names else "文本文件没有工作表，请去掉 --sheet",
                f"there is no sheet '{sheet}'; there are: {names}" if names else
                "a text file has no sheets; leave --sheet out",
                where=str(path),
            )  # fmt: skip
    found = [(name, _trimmed(path, rows)) for name, rows in sheets]
    if len(found) > 1:
        found = [(name, rows) for name, rows in found if _is_table(rows)] or found
    if not _is_table(found[0][1]):
        raise InvalidFile(
            "这里没有表格；需要一行列代码和至少一行数据",
            "there is no table here; it takes one row of column codes and rows of figures",
            where=str(path),
        )
    return found


def told_of_sheets(read: str, sheets: Sequence[tuple[str, Grid]]) -> list[tuple[str, str]]:
    """Which sheet of a workbook was read, and which others hold tables; nothing where it has one."""
    others = "、".join(f"“{name}”" for name, _ in sheets if name != read)
    if not others:
        return []
    return [(
        f"读的是工作表“{read}”；另有工作表{others}没有读，用 --sheet 指定",
        f"the sheet '{read}' was read; there are also {others}, named with --sheet",
    )]  # fmt: skip


def _is_table(rows: Grid) -> bool:
    return len(rows) >= 2 and len(rows[0]) >= 2


def _trimmed(path: Path, rows: Grid) -> Grid:
    """Rows of one width, without empty rows at the end."""
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    if width > _COLUMNS:
        raise InvalidFile(
            f"有{width}列，超过{_COLUMNS}列的限度；多地区大表请用矩阵文件夹",
            f"{width} columns are over the limit of {_COLUMNS}; give a large table as a folder of matrices",
            where=str(path),
        )
    return [row + [""] * (width - len(row)) for row in rows]


def _text(path: Path) -> Grid:
    content = path.read_bytes()
    wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    if b"\0" in content[:4096] and not wide:
        raise InvalidFile(
            "这不是文本表格；请另存为 UTF-8 的 CSV",
            "this is no text; save it as CSV in UTF-8",
            where=str(path),
        )
    for encoding in ("utf-16",) if wide else _ENCODINGS:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise InvalidFile(
            "编码既不是 UTF-8 也不是 GB18030；请另存为 UTF-8",
            "neither UTF-8 nor GB18030; save it as UTF-8",
            where=str(path),
        )
    # titles and notes hold commas of their own, rows of figures are many and alike
    lines = Counter[str]()
    for line in text.split("\n", 40)[:40]:
        lines.update({each: line.count(each) for each in (",", "\t", ";") if line.count(each) >= 2})
    separator = max((",", "\t", ";"), key=lambda each: lines[each])
    csv.field_size_limit(1_000_000)
    try:
        return [
            [cell.strip() for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error as fault:
        raise InvalidFile(
            f"不是合法的 CSV：{fault}", f"this is not CSV: {fault}", where=str(path)
        ) from fault


def _sheets(path: Path) -> list[tuple[str, Grid]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        return [
            (
                name,
                [
                    [_written(cell) for cell in row]
                    for row in book.get_sheet_by_name(name).to_python(
                        skip_empty_area=True, nrows=_COLUMNS
                    )
                ],
            )
            for name in book.sheet_names
        ]
    except (CalamineError, OSError) as fault:
        raise InvalidFile(
            f"不能读这个表格文件（{fault}）；请另存为 CSV 或 XLSX",
            f"this spreadsheet cannot be read ({fault}); save it as CSV or XLSX",
            where=str(path),
        ) from fault


def _written(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell).strip()[:_CELL]
