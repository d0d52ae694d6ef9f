"""A text of the demo as Word file: real headings, merged cells, boxes as tables of one cell.

python-docx stamps the time of writing into the zip; it is written again with one fixed date, so
that the same text gives the same bytes.
"""

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from jingwei.app.demo.texts import Box, Centred, Grid, Heading, Paragraph, Piece

BODY, HEAD = "仿宋", "黑体"
STAMP = datetime(2021, 8, 26, 9, 0, 0)  # OOXML properties carry no zone


def write_docx(pieces: tuple[Piece, ...], path: Path, notice: str) -> None:
    """Write the pieces; ``notice`` stands in the page header."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document: Any = Document()
    _fonts(document)
    header = document.sections[0].header.paragraphs[0]
    header.text = notice
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for piece in pieces:
        match piece:
            case Heading(level=0):
                document.add_paragraph(piece.text, style="Title")
                document.core_properties.title = piece.text
            case Heading():
                document.add_paragraph(piece.text, style=f"Heading {piece.level}")
            case Centred():
                document.add_paragraph(piece.text).alignment = WD_ALIGN_PARAGRAPH.CENTER
            case Paragraph():
                _body(document.add_paragraph(), piece.text)
            case Box():
                _box(document, piece)
            case Grid():
                _table(document, piece)
    properties = document.core_properties
    properties.author = "Jingwei demo"
    properties.created = properties.modified = STAMP
    properties.subject = notice
    buffer = BytesIO()
    document.save(buffer)
    path.write_bytes(_dated(buffer))


def _fonts(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    sizes = {"Normal": 14, "Title": 20, "Heading 1": 16, "Heading 2": 15, "Heading 3": 14}
    for name, size in sizes.items():
        style = document.styles[name]
        face = BODY if name == "Normal" else HEAD
        style.font.name = face
        style.font.size = Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:eastAsia", "w:hAnsi", "w:ascii"):
            fonts.set(qn(kind), face)
        for theme in ("w:asciiTheme", "w:eastAsiaTheme", "w:hAnsiTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)


def _body(paragraph: Any, text: str, points: float = 14) -> None:
    from docx.shared import Pt

    paragraph.add_run(text).font.size = Pt(points)
    paragraph.paragraph_format.first_line_indent = Pt(2 * points)
    paragraph.paragraph_format.space_after = Pt(0)


def _box(document: Any, box: Box) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    cell = document.add_table(rows=1, cols=1, style="Table Grid").cell(0, 0)
    cell.paragraphs[0].add_run(box.title).bold = True
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in box.paragraphs:
        _body(cell.add_paragraph(), text, 12)
    document.add_paragraph()


def _table(document: Any, grid: Grid) -> None:
    from docx import oxml
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    caption = document.add_paragraph(grid.caption)
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=len(grid.rows), cols=len(grid.widths), style="Table Grid")
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for index, (row, texts) in enumerate(zip(table.rows, grid.rows, strict=True)):
        for cell, width, text in zip(row.cells, grid.widths, texts, strict=True):
            cell.width = int(room * width / sum(grid.widths))
            run = cell.paragraphs[0].add_run(text or "")
            run.font.size = Pt(10.5)
            run.bold = index == 0
    table.rows[0]._tr.get_or_add_trPr().append(oxml.OxmlElement("w:tblHeader"))
    for column in range(len(grid.widths)):
        for first, last in _hanging(grid, column):
            merged = table.cell(first, column).merge(table.cell(last, column))
            for empty in merged.paragraphs[1:]:
                empty._element.getparent().remove(empty._element)
    if grid.note:
        _body(document.add_paragraph(), grid.note, 10.5)


def _hanging(grid: Grid, column: int) -> list[tuple[int, int]]:
    """First and last row of each run of cells that hang on the one above."""
    runs: list[tuple[int, int]] = []
    start = 0
    for row in range(1, len(grid.rows) + 1):
        if row == len(grid.rows) or grid.rows[row][column] is not None:
            if row - 1 > start:
                runs.append((start, row - 1))
            start = row
    return runs


def _dated(buffer: BytesIO) -> bytes:
    """The same archive with its members in order and one date on all of them."""
    again = BytesIO()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(again, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, STAMP.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return again.getvalue()
