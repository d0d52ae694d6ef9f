"""CSV and its kin as a grid: the encoding and the separator are told from the content."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from jingwei.statistics.intake.grid import Book, Cell, Grid
from jingwei.statistics.intake.limits import CELL_CHARACTERS, CELLS, COLUMNS, refused

_SEPARATORS = (",", "\t", ";", "|")


def read_delimited(path: Path, name: str) -> Book:
    """The rows of a text table. Raises InvalidFile."""
    text = decoded_table(path.read_bytes(), name)
    separator = _separator(text)
    rows: list[list[Cell]] = []
    cells = 0
    try:
        for line in _lines(text, separator):
            cells += len(line)
            if cells > CELLS or len(line) > COLUMNS:
                raise refused(
                    name, f"超过 {CELLS} 格或 {COLUMNS} 列的上限；请拆成几个文件",
                    f"more than {CELLS} cells or {COLUMNS} columns; split the file",
                )  # fmt: skip
            rows.append([Cell(each) if each.strip() else Cell() for each in line])
    except csv.Error as fault:
        raise refused(
            name,
            f"第 {len(rows) + 1} 行附近不是规范的 CSV；请检查引号和换行，或另存为 .xlsx",
            f"near row {len(rows) + 1} this is no proper CSV ({fault}); check quotes and line ends",
        ) from fault
    while rows and all(cell.empty for cell in rows[-1]):
        rows.pop()
    return Book(name, [Grid("", rows)] if rows else [])


def _lines(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(CELL_CHARACTERS)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)


def decoded_table(content: bytes, name: str) -> str:
    """Text of a table: by its byte order mark, as UTF-8, as UTF-16 without mark, else GB18030."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _decoded(content, encoding, name)
    if b"\0" in content[:4096]:
        even = content[0:4096:2].count(0)
        odd = content[1:4096:2].count(0)
        return _decoded(content, "utf-16-be" if even > odd else "utf-16-le", name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(content, "gb18030", name)


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise refused(
            name,
            "不是 UTF-8、UTF-16 或 GB18030 的文字；请用编辑器另存为 UTF-8",
            f"neither UTF-8, UTF-16 nor GB18030 (byte {fault.start}); save it as UTF-8",
        ) from fault
    if "\0" in text:
        raise refused(name, "不是文字表格", "this is no table of text")
    return text


def _separator(text: str) -> str:
    """The separator that divides the first lines into most equal parts."""
    lines = [line for line in text[:65536].splitlines() if line.strip()][:50]

    def score(separator: str) -> tuple[int, int]:
        counts = [line.count(separator) for line in lines]
        common = max(set(counts), key=counts.count) if counts else 0
        return (counts.count(common) if common else 0, common)

    return max(_SEPARATORS, key=score)
