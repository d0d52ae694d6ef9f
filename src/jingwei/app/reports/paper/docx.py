"""A paper as Word file, with the font names of the standard whether or not they are installed.

python-docx stamps the time of writing into the zip; it is written again with one fixed date, so
that the same paper gives the same bytes.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from jingwei.app.reports.paper.charts import drawn, grid_of
from jingwei.app.reports.paper.fonts import Faces
from jingwei.app.reports.paper.layout import character_gap, layout, line_pitch, name, text_width
from jingwei.app.reports.paper.model import Block, Figure, Grid, Heading, Paper, Paragraph, Run
from jingwei.app.reports.paper.notes import Note

_ZIPPED = (1980, 1, 1, 0, 0, 0)
_MARK = "9C1C1C"
_TWIPS = 20  # in a point


def docx(paper: Paper, faces: Faces | None) -> bytes:
    """The paper as DOCX. Without fonts, a table stands in the place of a chart."""
    return _Writer(paper, faces).written()


class _Writer:
    def __init__(self, paper: Paper, faces: Faces | None) -> None:
        from docx import Document

        self.paper, self.faces = paper, faces
        self.document: Any = Document()
        table = layout()
        sheet = table["sheet"]
        self.body_size = sheet["body"] if paper.dense else table["body"]["size"]
        self.title_size = sheet["title"] if paper.dense else table["title"]["size"]
        self.table_size = sheet["table"] if paper.dense else table["table"]["size"]
        self.note_size = sheet["note"] if paper.dense else table["note"]["size"]
        self.bookmarks = 0

    def written(self) -> bytes:
        self._page()
        self._footer()
        paper = self.paper
        title = self._paragraph(size=self.title_size, centred=True, exact=not paper.dense)
        self._text(title, paper.title, "title", self.title_size)
        for line in paper.below:
            self._text(self._paragraph(centred=True), line, "subheading", self.body_size)
        if not paper.dense:
            self._paragraph()
        for block in paper.body:
            self._block(block)
        heading = self._paragraph(indent=not paper.dense)
        heading.paragraph_format.page_break_before = not paper.dense
        self._text(heading, paper.notes_title, "heading", self.body_size)
        for note in paper.notes:
            self._note(note)
        return self._saved()

    def _page(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt

        page = layout()["page"]
        edges = layout()["sheet"] if self.paper.dense else page
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(page["width"]), Mm(page["height"])
        section.top_margin, section.bottom_margin = Mm(edges["top"]), Mm(edges["bottom"])
        section.left_margin, section.right_margin = Mm(edges["left"]), Mm(edges["right"])
        section.footer_distance = Mm(layout()["number"]["footer"])
        for old in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(old)
        if not self.paper.dense:
            section._sectPr.append(
                _element(
                    "w:docGrid",
                    type="linesAndChars",
                    linePitch=str(int(line_pitch() * _TWIPS)),
                    charSpace=str(round(character_gap() * 4096)),
                )
            )
        style = self.document.styles["Normal"]
        style.font.size = Pt(self.body_size)
        _named(style.element.get_or_add_rPr(), name("body"))
        style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)

    def _footer(self) -> None:
        """Page numbers with dashes: right on odd pages, left on even ones, one character in."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        if self.paper.dense:
            return
        self.document.settings.odd_and_even_pages_header_footer = True
        section = self.document.sections[0]
        size = layout()["number"]["size"]
        for footer, odd in ((section.footer, True), (section.even_page_footer, False)):
            paragraph = footer.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if odd else WD_ALIGN_PARAGRAPH.LEFT
            form = paragraph.paragraph_format
            form.right_indent, form.left_indent = Pt(size if odd else 0), Pt(0 if odd else size)
            self._text(paragraph, "— ", "number", size)
            _field(self._text(paragraph, "", "number", size), "PAGE")
            self._text(paragraph, " —", "number", size)

    def _paragraph(
        self,
        size: float | None = None,
        *,
        indent: bool = False,
        centred: bool = False,
        exact: bool = True,
        within: Any = None,
    ) -> Any:
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
        from docx.shared import Pt

        paragraph = (within or self.document).add_paragraph()
        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(0)
        if exact and not self.paper.dense:
            form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
            form.line_spacing = Pt(round(line_pitch(), 1))
        if indent:
            form.first_line_indent = Pt(2 * (size or self.body_size))
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def _text(
        self, paragraph: Any, text: str, role: str, size: float, *, strong: bool = False
    ) -> Any:
        from docx.shared import Pt

        run = paragraph.add_run(_printable(text))
        run.font.size = Pt(size)
        _named(run._element.get_or_add_rPr(), name(role))
        if strong:
            run.font.bold = True
        return run

    def _runs(self, paragraph: Any, runs: Sequence[Run], size: float, role: str = "body") -> None:
        for each in runs:
            self._text(paragraph, each.text, role, size, strong=each.strong)
            if each.note is not None:
                self._mark(paragraph, each.note, size)

    def _mark(self, paragraph: Any, number: int, size: float) -> None:
        """The mark of a note, a link to it."""
        from docx.shared import RGBColor

        run = self._text(paragraph, f"[{number}]", "number", size)
        run.font.superscript = True
        run.font.color.rgb = RGBColor.from_string(_MARK)
        link = _element("w:hyperlink", anchor=f"n{number}", history="1")
        run._element.addprevious(link)
        link.append(run._element)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                paragraph = self._paragraph(indent=not self.paper.dense)
                paragraph.paragraph_format.keep_with_next = True
                role = "heading" if block.level == 1 else "subheading"
                self._text(paragraph, block.text, role, self.body_size)
                _outlined(paragraph, block.level)
            case Paragraph():
                self._runs(self._paragraph(indent=True), block.runs, self.body_size)
            case Grid():
                self._grid(block)
            case Figure():
                self._figure(block)

    def _grid(self, grid: Grid) -> None:
        from docx.enum.table import WD_TABLE_ALIGNMENT
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        title = self._paragraph(centred=True, exact=False)
        title.paragraph_format.keep_with_next = True
        title.paragraph_format.space_before = Pt(2 if self.paper.dense else 8)
        self._runs(title, grid.title, self.table_size, "heading")
        table = self.document.add_table(rows=1, cols=len(grid.columns))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        _ruled(table)
        whole = sum(each.share for each in grid.columns)
        widths = [Pt(self._width() * each.share / whole) for each in grid.columns]
        aligned = {
            "left": WD_ALIGN_PARAGRAPH.LEFT,
            "center": WD_ALIGN_PARAGRAPH.CENTER,
            "right": WD_ALIGN_PARAGRAPH.RIGHT,
        }
        _repeated(table.rows[0])
        for cell, column in zip(table.rows[0].cells, grid.columns, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.alignment = aligned[column.align]
            self._text(paragraph, column.title, "heading", self.table_size)
        for row in grid.rows:
            made = table.add_row()
            _whole(made)
            for cell, runs, column in zip(made.cells, row, grid.columns, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph.alignment = aligned[column.align]
                self._runs(paragraph, runs, self.table_size)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width
        if not self.paper.dense:
            self._paragraph(exact=False).paragraph_format.line_spacing = Pt(8)

    def _width(self) -> float:
        if not self.paper.dense:
            return text_width()
        sheet, page = layout()["sheet"], layout()["page"]
        return (page["width"] - sheet["left"] - sheet["right"]) * 72 / 25.4

    def _figure(self, figure: Figure) -> None:
        from docx.shared import Pt

        if self.faces is None:
            self._grid(grid_of(figure))
            return
        paragraph = self._paragraph(centred=True, exact=False)
        paragraph.paragraph_format.keep_with_next = True
        picture = io.BytesIO(drawn(figure.chart, self.faces, "png"))
        paragraph.add_run().add_picture(picture, width=Pt(text_width()))
        caption = self._paragraph(centred=True, exact=False)
        self._runs(caption, figure.caption, self.table_size, "heading")

    def _note(self, note: Note) -> None:
        from docx.shared import Pt

        for first, line in enumerate(note.lines):
            paragraph = self._paragraph(exact=False)
            form = paragraph.paragraph_format
            form.left_indent = Pt(self.note_size * (3 + 1.2 * line.depth))
            if first == 0:
                form.first_line_indent = Pt(-3 * self.note_size)
                form.tab_stops.add_tab_stop(Pt(3 * self.note_size))
                self.bookmarks += 1
                place = str(self.bookmarks)
                start = _element("w:bookmarkStart", id=place, name=f"n{note.number}")
                end = _element("w:bookmarkEnd", id=place)
                paragraph._p.append(start)
                self._text(paragraph, f"[{note.number}]\t", "number", self.note_size)
                paragraph._p.append(end)
            self._text(paragraph, line.text, "body", self.note_size)

    def _saved(self) -> bytes:
        properties = self.document.core_properties
        stamp = datetime.fromisoformat(self.paper.as_of or "2000-01-01").replace(tzinfo=UTC)
        properties.title, properties.author, properties.comments = self.paper.title, "", ""
        properties.created = properties.modified = stamp.replace(tzinfo=None)
        properties.language = "zh-CN"
        made, dated = io.BytesIO(), io.BytesIO()
        self.document.save(made)
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(dated, "w") as new:
            for each in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
                item = zipfile.ZipInfo(each, _ZIPPED)
                item.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(item, old.read(each))
        return dated.getvalue()


def _printable(text: str) -> str:
    """Without the control characters that no XML may hold."""
    return "".join(
        c for c in text if c in "\t\n" or (ord(c) >= 0x20 and not 0xD800 <= ord(c) < 0xE000)
    )


def _named(properties: Any, font: str) -> None:
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), font)
    for theme in ("w:asciiTheme", "w:eastAsiaTheme", "w:hAnsiTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def _element(tag: str, **attributes: str) -> Any:
    import docx.oxml
    from docx.oxml.ns import qn

    words: Any = docx.oxml
    made: Any = words.OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _field(run: Any, code: str) -> None:
    run._element.append(_element("w:fldChar", fldCharType="begin"))
    instruction = _element("w:instrText")
    instruction.text = code
    run._element.append(instruction)
    run._element.append(_element("w:fldChar", fldCharType="end"))


def _outlined(paragraph: Any, level: int) -> None:
    """A heading shows in the navigation of the reader's program."""
    paragraph._p.get_or_add_pPr().append(_element("w:outlineLvl", val=str(level - 1)))


def _ruled(table: Any) -> None:
    """Rules above, below and between the rows, none at the sides."""
    borders = _element("w:tblBorders")
    for side, size in (("top", "8"), ("bottom", "8"), ("insideH", "4")):
        borders.append(_element(f"w:{side}", val="single", sz=size, space="0", color="444444"))
    table._tbl.tblPr.append(borders)


def _repeated(row: Any) -> None:
    """The head of a table stands on each of its pages."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))


def _whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))
