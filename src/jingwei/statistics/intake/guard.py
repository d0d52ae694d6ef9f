"""A look at a spreadsheet before it is opened: what would harm the machine, what must not count.

Readers of spreadsheets build the whole rectangle between the outermost cells in memory; two cells
in opposite corners make 17 thousand million. So the parts of an XLSX are read through once as a
stream: where cells with content stand, which formulas were never computed, which cells are shown
as percentages, which sheets are hidden. ODS repeats and XLSB records are counted likewise.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from jingwei.statistics.intake.limits import (
    CELLS,
    COLUMNS,
    ENTRIES,
    PACKED_RATIO,
    SHEETS,
    UNPACKED_BYTES,
    refused,
)

_CHUNK = 1 << 20
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_STYLE = re.compile(rb'\bs="([0-9]+)"')
_TYPE = re.compile(rb'\bt="(\w+)"')
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)\b[^>/]*>")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_REPEATED = re.compile(rb'number-(rows|columns)-repeated="([0-9]+)"')
_PERCENT_FORMATS = {9, 10}  # ECMA-376 part 1, 18.8.30: 0% and 0.00%


@dataclass(slots=True)
class SheetFacts:
    """What the stream of one sheet tells; rows and columns from 0."""

    uncomputed: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    percent: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])


@dataclass(slots=True)
class BookFacts:
    """Facts by the part's order; ``external``: the file links to other files (never followed)."""

    sheets: dict[str, SheetFacts] = field(default_factory=dict[str, SheetFacts])
    external: bool = False


def examined(path: Path, name: str) -> BookFacts:
    """Facts of a zipped spreadsheet. Raises InvalidFile for what is hostile or broken."""
    try:
        with zipfile.ZipFile(path) as archive:
            _sizes(archive, name)
            names = archive.namelist()
            facts = BookFacts(external=any("externalLinks/" in each for each in names))
            if "content.xml" in names:
                _examine_ods(archive, name)
                return facts
            if any(each.endswith("workbook.bin") for each in names):
                _examine_xlsb(archive, name)
                return facts
            shown_as = _percent_styles(archive) if "xl/styles.xml" in names else set[int]()
            for sheet, part in _sheet_parts(archive):
                facts.sheets[sheet] = _examine_sheet(archive, part, shown_as, name)
            return facts
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as fault:
        raise refused(
            name,
            "文件损坏、加密或不完整，打不开；请用 Excel 或 WPS 打开后另存一份",
            f"the file is damaged, encrypted or incomplete ({type(fault).__name__}); "
            "open it in a spreadsheet program and save it again",
        ) from fault


def _sizes(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    bomb = any(
        entry.file_size > (8 << 20) and entry.file_size > PACKED_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if len(entries) > ENTRIES or total > UNPACKED_BYTES or bomb:
        raise refused(
            name,
            f"解开后有 {total >> 20} MB、{len(entries)} 个部件，超过上限或压缩比异常；"
            "请只保留有数据的工作表再存",
            f"unpacked it has {total >> 20} MB in {len(entries)} parts, beyond the limit or "
            "suspiciously packed; keep only the sheets that hold data",
        )


def _sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Sheet names and their parts, in workbook order."""
    etree: Any = import_module("lxml.etree")

    def root(part: str) -> Any:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return etree.fromstring(archive.read(part), parser)

    if "xl/workbook.xml" not in archive.namelist():
        return []
    try:
        targets = {
            each.get("Id", ""): each.get("Target", "")
            for each in root("xl/_rels/workbook.xml.rels")
        }
        found: list[tuple[str, str]] = []
        for each in root("xl/workbook.xml").iter("{*}sheet"):
            key = next((value for at, value in each.items() if at.endswith("}id")), "")
            target = targets.get(key, "").lstrip("/")
            part = target if target.startswith("xl/") else f"xl/{target}"
            if part in archive.namelist():
                found.append((each.get("name", ""), part))
    except (etree.XMLSyntaxError, KeyError) as fault:
        raise zipfile.BadZipFile("workbook") from fault
    return found


def _percent_styles(archive: zipfile.ZipFile) -> set[int]:
    """Indices of cell styles that show a percentage."""
    etree: Any = import_module("lxml.etree")

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        tree = etree.fromstring(archive.read("xl/styles.xml"), parser)
    except etree.XMLSyntaxError as fault:
        raise zipfile.BadZipFile("styles") from fault
    own = {
        int(each.get("numFmtId", "0"))
        for each in tree.iter("{*}numFmt")
        if "%" in re.sub(r'"[^"]*"|\\.', "", each.get("formatCode", ""))
    }
    holders = tree.findall("{*}cellXfs")
    styles: Any = holders[0].findall("{*}xf") if holders else []
    return {
        index
        for index, style in enumerate(styles)
        if int(style.get("numFmtId", "0")) in own | _PERCENT_FORMATS
    }


def _streamed(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A part in pieces that never cut a cell; each cell falls into exactly one piece."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            rest += chunk
            cut = max(rest.rfind(b"</c>"), rest.rfind(b"</x:c>"), rest.rfind(b"/>"))
            open_cell = rest.rfind(b"<c ", 0, cut + 1)
            if cut > 0 and open_cell >= 0 and rest.find(b"</c>", open_cell) < 0:
                closed = rest.find(b">", open_cell)
                if not (closed > 0 and rest[closed - 1 : closed] == b"/"):
                    cut = open_cell - 1
            if cut <= 0:
                if len(rest) > 4 * _CHUNK and b"<c" not in rest:
                    rest = rest[-64:]
                continue
            end = rest.find(b">", cut)
            end = cut + 1 if end < 0 else end + 1
            yield rest[:end]
            rest = rest[end:]
    yield rest


def _examine_sheet(
    archive: zipfile.ZipFile, part: str, shown_as: set[int], name: str
) -> SheetFacts:
    facts = SheetFacts()
    bottom = right = 0
    top = left = 1 << 30
    filled = 0
    for piece in _streamed(archive, part):
        for cell in _CELL.finditer(piece):
            inner = cell[3] or b""
            formula = bool(_FORMULA.search(inner))
            valued = bool(_VALUE.search(inner))
            if not (formula or valued):
                continue
            reference = _REFERENCE.search(cell[1])
            if reference is None:
                continue
            row, column = int(reference[2]) - 1, _column(reference[1])
            if formula and not valued:
                facts.uncomputed.add((row, column))
            style = _STYLE.search(cell[1])
            kind = _TYPE.search(cell[1])
            numeric = kind is None or kind[1] == b"n"
            if style is not None and numeric and int(style[1]) in shown_as:
                facts.percent.add((row, column))
            filled += 1
            top, left = min(top, row), min(left, column)
            bottom, right = max(bottom, row), max(right, column)
            _within_limits(bottom - top + 1, right - left + 1, filled, name)
    return facts


def _within_limits(height: int, width: int, filled: int, name: str) -> None:
    if height * width > CELLS or width > COLUMNS or filled > CELLS:
        raise refused(
            name,
            f"一个工作表的内容铺在 {height} 行 × {width} 列上，超过 {CELLS} 格的上限；"
            "请删去远处零散的单元格，或拆成几个文件",
            f"the content of one sheet spreads over {height} rows × {width} columns, more than "
            f"{CELLS} cells; remove stray cells far away, or split the file",
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number - 1


def _examine_ods(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse repeats that would unfold; empty rows and columns repeat up to the sheet's edge."""
    sheets, rest, total = 0, b"", 0
    with archive.open("content.xml") as stream:
        while chunk := stream.read(_CHUNK):
            piece = rest + chunk
            cut = piece.rfind(b"<table:table-row")
            if cut <= 0:
                rest = piece if len(piece) < (16 << 20) else piece[-1024:]
                continue
            total += _unfolded(piece[:cut])
            sheets += piece[:cut].count(b"<table:table ")
            rest = piece[cut:]
            if total > CELLS:
                break
    total += _unfolded(rest)
    sheets += rest.count(b"<table:table ")
    if total > CELLS or sheets > SHEETS:
        raise refused(
            name,
            f"重复单元格展开后超过 {CELLS} 格，或工作表过多；请只保留有数据的部分再存",
            f"repeated cells unfold to more than {CELLS}, or there are too many sheets; "
            "keep only what holds data",
        )


def _unfolded(piece: bytes) -> int:
    total = 0
    for row in piece.split(b"<table:table-row")[1:]:
        if b"<text:p" not in row and b"office:value" not in row:
            continue
        rows = cells = 1
        for kind, count in _REPEATED.findall(row.split(b"<table:table-cell")[0]):
            rows = max(rows, int(count) if kind == b"rows" else 1)
        for cell in row.split(b"<table:table-cell")[1:]:
            repeat = _REPEATED.search(cell.split(b">")[0])
            filled = b"<text:p" in cell or b"office:value" in cell.split(b">")[0]
            cells += int(repeat[2]) if repeat and filled else 1
        total += rows * cells
    return total


def _examine_xlsb(archive: zipfile.ZipFile, name: str) -> None:
    """Walk the records of binary sheets (MS-XLSB 2.1.4): row headers and cells."""
    for part in archive.namelist():
        if not re.fullmatch(r"xl/worksheets/\w+\.bin", part):
            continue
        data = archive.read(part)
        at, row, box = 0, 0, [1 << 30, 1 << 30, 0, 0]
        while at < len(data):
            kind, at = _varint(data, at, 2)
            size, at = _varint(data, at, 4)
            if kind == 0 and size >= 4:  # BrtRowHdr
                row = int.from_bytes(data[at : at + 4], "little")
            elif 2 <= kind <= 11 and size >= 4:  # BrtCell… with content
                column = int.from_bytes(data[at : at + 4], "little")
                box = [min(box[0], row), min(box[1], column), max(box[2], row), max(box[3], column)]
                _within_limits(box[2] - box[0] + 1, box[3] - box[1] + 1, 1, name)
            at += size


def _varint(data: bytes, at: int, longest: int) -> tuple[int, int]:
    value = 0
    for order in range(longest):
        if at >= len(data):
            return value, at
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * order)
        if not byte & 0x80:
            break
    return value, at
