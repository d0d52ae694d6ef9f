"""A text of the demo as PDF, set like a printed plan: wrapped cells, tables over page breaks.

The font is the CID font STSong-Light: its outlines are the reader's own, nothing is embedded
and nothing downloaded. Boxes are one-column tables, so that they too may cross a page.
"""

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from jingwei.app.demo.linebreak import lines
from jingwei.app.demo.texts import Box, Centred, Grid, Heading, Paragraph, Piece

FONT = "STSong-Light"
INK = 0.6  # line width of tables and boxes, points
PADDING = 4  # left and right of the words in a cell, points
FRAME = 6  # reportlab's own margin inside a page frame, points


def write_pdf(pieces: tuple[Piece, ...], path: Path, notice: str) -> None:
    """Write the pieces; ``notice`` stands at the head of every page."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    title = next(each.text for each in pieces if isinstance(each, Heading))

    def head_and_foot(canvas: Any, layout: Any) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 15 * mm, notice)
        canvas.drawCentredString(A4[0] / 2, 14 * mm, f"— {layout.page} —")

    layout = SimpleDocTemplate(
        str(path),
        pagesize=A4,
        leftMargin=27 * mm,
        rightMargin=27 * mm,
        topMargin=26 * mm,
        bottomMargin=24 * mm,
        title=title,
        author="Jingwei demo",
        subject=notice,
        invariant=1,
    )
    flow = [item for piece in pieces for item in _flowables(piece, layout.width - 2 * FRAME)]
    layout.build(flow, onFirstPage=head_and_foot, onLaterPages=head_and_foot)


def _style(size: float, **more: Any) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    settings: dict[str, Any] = {"fontName": FONT, "fontSize": size, "leading": size * 1.75}
    return ParagraphStyle("text", **(settings | more))


def _set(text: str, width: float, style: Any) -> Any:
    """Our own line breaks: reportlab's begin lines with a comma now and then."""
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.platypus import Paragraph as Flowable

    def measure(character: str) -> float:
        return stringWidth(character, FONT, style.fontSize)

    indent = "　" * round(style.firstLineIndent / style.fontSize)
    broken = "\n".join(lines(indent + text, width, measure)).removeprefix(indent)
    return Flowable(escape(broken).replace("\n", "<br/>"), style)


def _flowables(piece: Piece, width: float) -> list[Any]:
    from reportlab.platypus import CondPageBreak

    match piece:
        case Heading(level=0):
            return [_set(piece.text, width, _style(20, alignment=1, spaceAfter=10))]
        case Heading():
            size, indent = {1: (15, 0), 2: (13.5, 27), 3: (12.5, 25)}[piece.level]
            style = _style(size, leftIndent=indent, spaceBefore=7, spaceAfter=3)
            # A heading keeps at least two lines of text below it, also under a second heading.
            room = (6 - piece.level) * style.leading
            return [CondPageBreak(room), _set(piece.text, width - indent, style)]
        case Centred():
            return [_set(piece.text, width, _style(11, alignment=1, spaceAfter=3))]
        case Paragraph():
            return [_set(piece.text, width, _style(12.5, firstLineIndent=25))]
        case Box():
            return _box(piece, width)
        case Grid():
            return _table(piece, width)


def _box(box: Box, width: float) -> list[Any]:
    from reportlab.lib.colors import black
    from reportlab.platypus import CondPageBreak, Spacer, Table

    room = width - 2 * PADDING
    rows = [[_set(box.title, room, _style(12, alignment=1))]]
    rows += [[_set(text, room, _style(11, firstLineIndent=22))] for text in box.paragraphs]
    style = [("BOX", (0, 0), (-1, -1), INK, black), *_padding()]
    return [
        CondPageBreak(80),
        Spacer(1, 6),
        Table(rows, colWidths=[width], style=style),
        Spacer(1, 8),
    ]


def _table(grid: Grid, width: float) -> list[Any]:
    """Hanging cells stay empty and lose the line above them; the head is printed on each page."""
    from reportlab.lib.colors import black
    from reportlab.platypus import CondPageBreak, Spacer, Table

    widths = [width * part / sum(grid.widths) for part in grid.widths]
    middle, left = _style(10.5, leading=15, alignment=1), _style(10.5, leading=15)
    rules = [
        ("LINEABOVE", (column, row), (column, row), INK, black)
        for row, cells in enumerate(grid.rows)
        for column, cell in enumerate(cells)
        if cell is not None
    ]
    rows = [
        [
            _set(cell or "", room - 2 * PADDING, left if len(cell or "") > 8 else middle)
            for cell, room in zip(cells, widths, strict=True)
        ]
        for cells in grid.rows
    ]
    style = [
        ("BOX", (0, 0), (-1, -1), INK, black),
        ("LINEBEFORE", (1, 0), (-1, -1), INK, black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        *_padding(),
        *rules,
    ]
    caption = _set(grid.caption, width, _style(12, alignment=1))
    note = [Spacer(1, 4), _set(grid.note, width, _style(9.5))] if grid.note else []
    table = Table(rows, colWidths=widths, repeatRows=1, style=style)
    return [CondPageBreak(140), Spacer(1, 6), caption, table, *note, Spacer(1, 8)]


def _padding() -> list[tuple[Any, ...]]:
    sides = ("LEFTPADDING", "RIGHTPADDING")
    return [(side, (0, 0), (-1, -1), PADDING) for side in sides]
