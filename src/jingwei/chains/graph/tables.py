"""Tables of imported files: text with separators, and the sheets of a workbook.

The headings may stand below a title. Of a workbook one sheet is read, the first that has headings or
the one that is asked for; the others are told. A merged cell means every row that it spans. Sheets that
Jingwei exported are read together, as records (``restoring``).
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from jingwei.chains.graph.columns import (
    LOOKED_AT,
    Headings,
    checked_headings,
    headings_of,
)
from jingwei.chains.graph.restoring import SHEETS, Record, edge_of, fact_of, own_sheet, vertex_of
from jingwei.chains.graph.rows import (
    LONGEST,
    Line,
    check_size,
    fault_at,
    line_of,
    text_lines,
    written,
)
from jingwei.core import InvalidFile

WORKBOOKS = (".xlsx", ".xls", ".ods")
_NO_TABLES = (".graphml", ".xml", ".json", ".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Read:
    """What of a file is read: ``sheets`` of a workbook, those left ``apart``, columns ``ignored``.

    ``first`` says that the sheet is the one that is read without being asked for.
    """

    sheets: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    first: bool = True


def what_is_read(path: Path, sheet: str = "") -> Read:
    """Which sheet and which columns of a file are read. Raises InvalidFile."""
    suffix = path.suffix.lower()
    if suffix in _NO_TABLES:
        return Read()
    check_size(path)
    if suffix not in WORKBOOKS:
        found = headings_of([row for _, row in islice(_text_rows(path, None), LOOKED_AT)])
        own = found is not None and own_sheet(found.words)
        return Read(ignored=() if found is None or own else found.unread)
    book = _book(path)
    chosen, usual = _chosen(book, path, sheet)
    ignored: list[str] = []
    for name in chosen:
        found = headings_of(_texts(_cells(book, name, LOOKED_AT)))
        if found is not None and not own_sheet(found.words):
            ignored += found.unread
    apart = tuple(each for each in book.sheet_names if each not in chosen)
    return Read(chosen, apart, tuple(ignored), chosen == usual)


def table_lines(path: Path, most: int, sheet: str = "") -> Iterator[Line]:
    """The rows of a text table or of the sheets of a workbook that are read."""
    if path.suffix.lower() in WORKBOOKS:
        return _book_lines(path, most, sheet)
    return _text_table(path, most)


def _text_table(path: Path, most: int) -> Iterator[Line]:
    rows = _text_rows(path, most)
    first = [*islice(rows, LOOKED_AT)]
    own = next((k for k, (_, row) in enumerate(first) if own_sheet(row)), None)
    if own is not None:
        yield from _own_lines(first[own][1], chain(first[own + 1 :], rows), path, "")
        return
    found = checked_headings([row for _, row in first], str(path))
    width = len(found.keys)
    for number, row in chain(first[found.row + 1 :], rows):
        if any(row):
            if len(row) > width and any(row[width:]):
                raise fault_at(path, str(number), "格子比列名多", "more cells than columns")
            yield line_of(str(number), found.fields(row), path)


def _text_rows(path: Path, most: int | None) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of the line they end in. Raises InvalidFile."""
    _, lines = text_lines(path, most)
    csv.field_size_limit(LONGEST * 10)
    head = [*islice(lines, LOOKED_AT)]
    if any("\0" in each for each in head):
        raise InvalidFile(
            "这不是文本表格；请另存为 UTF-8 的 CSV",
            "this is no text; save it as CSV",
            where=str(path),
        )
    separator = max((",", "\t", ";"), key="".join(head).count)
    reader = csv.reader(chain(head, lines), delimiter=separator)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as fault:
        raise InvalidFile(
            f"不是合法的 CSV：{fault}", f"no CSV: {fault}", where=f"{path}:{reader.line_num}"
        ) from fault


# -- workbooks -----------------------------------------------------------------------------


def _book(path: Path) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_path(path)
    except (CalamineError, OSError) as fault:
        raise InvalidFile(
            f"不能读这个表格文件（{fault}）；请另存为 CSV 或 XLSX",
            f"this spreadsheet cannot be read ({fault}); save it as CSV or XLSX",
            where=str(path),
        ) from fault


def _chosen(book: Any, path: Path, sheet: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sheets that are read, and those that would be if none were asked for."""
    names: list[str] = book.sheet_names
    own = [name for name in SHEETS if name in names]
    if own and all(own_sheet(row) for n in own for row in _texts(_cells(book, n, 1))):
        usual = tuple(own)
    else:
        known = [n for n in names if headings_of(_texts(_cells(book, n, LOOKED_AT))) is not None]
        usual = tuple((known or names)[:1])
    if not sheet:
        return usual, usual
    if sheet not in names:
        raise InvalidFile(
            f"没有工作表“{sheet}”；有：{'、'.join(names)}",
            f"there is no sheet '{sheet}'; there are: {', '.join(names)}",
            where=str(path),
        )
    return (sheet,), usual


def _cells(book: Any, name: str, most: int) -> list[list[Any]]:
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=most)


def _texts(rows: Sequence[Sequence[Any]]) -> list[list[str]]:
    return [[written(cell).strip() for cell in row] for row in rows]


def _book_lines(path: Path, most: int, sheet: str) -> Iterator[Line]:
    book = _book(path)
    chosen, _ = _chosen(book, path, sheet)
    for name in chosen:
        cells = _cells(book, name, most + LOOKED_AT + 1)
        texts = _texts(cells)
        if texts and own_sheet(texts[0]):
            yield from _own_lines(texts[0], enumerate(texts[1:], 2), path, f"{name}!")
            continue
        where = f"{path}:{name}" if len(book.sheet_names) > 1 else str(path)
        found = checked_headings(texts, where)
        spans = _spans(book.get_sheet_by_name(name), found)
        for number, row in enumerate(texts[found.row + 1 :], found.row + 1):
            if not any(row):
                continue
            above = {
                found.keys[column]: texts[top][column]
                for column, top in spans.get(number, {}).items()
                if not row[column]
            }
            line = line_of(str(number + 1), found.fields(row) | above, path)
            yield Line(line.at, line.fields, None, tuple(above))


def _spans(sheet: Any, found: Headings) -> dict[int, dict[int, int]]:
    """Rows below the headings in a merged cell: by row and column the row that holds the words."""
    spans: dict[int, dict[int, int]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top <= found.row or left != right or left >= len(found.keys) or not found.keys[left]:
            continue  # a title, or words set across columns
        for row in range(top + 1, bottom + 1):
            spans.setdefault(row, {})[left] = top
    return spans


# -- our own sheets ------------------------------------------------------------------------


def _own_lines(headings: Sequence[str], rows: Any, path: Path, before: str) -> Iterator[Line]:
    """Rows of a sheet that Jingwei exported; one that bears no id is a plain row."""
    sheet = own_sheet(headings)
    keys = {title: key for key, title in SHEETS[sheet].items()}
    for number, row in rows:
        cells = {
            keys[title]: _unquoted(cell)
            for title, cell in zip(headings, row, strict=False) if title in keys
        }  # fmt: skip
        at = f"{before}{number}"
        if any(cells.values()):
            yield _own_line(sheet, cells, at, path)


def _own_line(sheet: str, cells: Mapping[str, str], at: str, path: Path) -> Line:
    plain = {k: v for k, v in cells.items() if k not in ("evidence", "id", "sort", "name", "about")}
    if sheet == "vertices":
        plain[cells.get("sort") or "node"] = cells.get("name", "")
    if sheet == "facts":
        plain["node"] = cells.get("about", "")
    ids = {"vertices": "id", "edges": "from_id", "facts": "about_id"}
    if not cells.get(ids[sheet]) or not cells.get("evidence"):
        return line_of(at, plain, path)
    where = f"{path}:{at}"
    try:
        evidence = json.loads(cells["evidence"])
    except (ValueError, RecursionError):
        raise InvalidFile(
            "“依据 evidence”不是导出时的样子；请恢复原样，或整行删去编号和依据再按普通行导入",
            "the evidence is not as it was exported; restore it, or take id and evidence out of the row",
            where=where,
        ) from None
    told: dict[str, Any] = {**cells, "evidence": evidence}
    record: Record
    match sheet:
        case "vertices":
            record = vertex_of(told, where)
        case "edges":
            record = edge_of(told, where)
        case _:
            record = fact_of(told, where)
    return Line(at, plain, record)


def _unquoted(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if cell.startswith("'") and cell[1:].strip()[:1] in _RUNS else cell


_RUNS = tuple("=+-@＝＋－＠")
