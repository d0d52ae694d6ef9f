"""A sheet of text cells, from CSV or a spreadsheet, with limits."""

import csv
from pathlib import Path

from jingwei.core import InvalidFile

Grid = list[list[str]]
_LARGEST, _COLUMNS, _CELL = 2_000_000_000, 20_000, 1000
_ENCODINGS = ("utf-8-sig", "gb18030")
_SHEETS = {".xlsx", ".xls", ".xlsm", ".ods"}


def read_grid(path: Path) -> Grid:
    """Stripped cells of the file, without empty rows at its end. Raises InvalidFile."""
    if not path.is_file():
        raise InvalidFile(
            "没有这个文件；请检查路径", "there is no such file; check the path", where=str(path)
        )
    if path.stat().st_size > _LARGEST:
        raise InvalidFile(
            "文件超过2GB，不像一张投入产出表", "over 2 GB, this is no single table", where=str(path)
        )
    rows = _sheet(path) if path.suffix.lower() in _SHEETS else _text(path)
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        raise InvalidFile(
            "这里没有表格；需要一行列代码和至少一行数据",
            "there is no table here; it takes one row of column codes and rows of figures",
            where=str(path),
        )
    width = max(len(row) for row in rows)
    if width > _COLUMNS:
        raise InvalidFile(
            f"有{width}列，超过{_COLUMNS}列的限度；多地区大表请用矩阵文件夹",
            f"{width} columns are over the limit of {_COLUMNS}; give a large table as a folder of matrices",
            where=str(path),
        )
    return [row + [""] * (width - len(row)) for row in rows]


def _text(path: Path) -> Grid:
    content = path.read_bytes()
    if b"\0" in content[:4096]:
        raise InvalidFile(
            "这不是文本表格；请另存为 UTF-8 的 CSV",
            "this is no text; save it as CSV in UTF-8",
            where=str(path),
        )
    for encoding in _ENCODINGS:
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
    head = text.split("\n", 1)[0]
    separator = max((",", "\t", ";"), key=head.count)
    csv.field_size_limit(1_000_000)
    try:
        return [
            [cell.strip() for cell in row]
            for row in csv.reader(text.splitlines(), delimiter=separator)
        ]
    except csv.Error as fault:
        raise InvalidFile(
            f"不是合法的 CSV：{fault}", f"this is not CSV: {fault}", where=str(path)
        ) from fault


def _sheet(path: Path) -> Grid:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        sheet = book.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=True, nrows=_COLUMNS)
    except (CalamineError, OSError) as fault:
        raise InvalidFile(
            f"不能读这个表格文件（{fault}）；请另存为 CSV 或 XLSX",
            f"this spreadsheet cannot be read ({fault}); save it as CSV or XLSX",
            where=str(path),
        ) from fault
    return [[_written(cell) for cell in row] for row in rows]


def _written(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell).strip()[:_CELL]
