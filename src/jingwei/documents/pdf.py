"""PDF: page by page to lines, grids and frames; then paragraphs as in plain text.

Only what was read of a page is kept, the page itself is closed before the next is opened, so
that memory grows with the text and not with the file.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from jingwei.core import UnreadableDocument
from jingwei.documents.limits import Limits
from jingwei.documents.lines import Frame, Grid, Item, Line, is_terminal
from jingwei.documents.paragraphs import Layout, learn, paragraphs
from jingwei.documents.pdf_layout import Framed, Margins, PageLayout, PageText, Printed
from jingwei.documents.pdf_page import PageReader
from jingwei.documents.text import PAGE_NUMBER, without_rules_and_leaders
from jingwei.documents.text_tables import with_tables

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_FEWEST_CHARACTERS = 8  # a page with fewer has no text of its own
_DIGITS = re.compile(r"\d+")
_BARE_NUMBER = re.compile(r"[-–—·]?\d{1,4}[-–—·]?|[ivxlIVXL]{1,6}")
_FOOTNOTE = re.compile(r"[①-⑳*†]|\[\d{1,2}\]|\(\d{1,2}\)|\d{1,2}(?=[^\d.、年月%])|注\d?:")


@dataclass(slots=True)
class PdfPages:
    """What was read from the pages of a PDF."""

    source: str = ""
    parts: "array[int]" = field(default_factory=lambda: array("I"))
    pages: list[list[Printed]] = field(default_factory=list[list[Printed]])
    heights: list[float] = field(default_factory=list[float])
    pictured: list[int] = field(default_factory=list[int])  # pages without text, from 1


def read_pdf(path: Path, limits: Limits) -> tuple[PdfPages, list[Item]]:
    """Read a PDF. Raises UnreadableDocument if it cannot be opened or holds no text."""
    document = _opened(path, limits)
    try:
        pages = _read_pages(document, path.name)
    finally:
        document.close()
    return pages, items_of(pages)


def _opened(path: Path, limits: Limits) -> "PdfDocument":
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as fault:
        if fault.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise _encrypted(path.name) from fault
        raise _damaged(path.name) from fault
    count = len(document)
    if count > limits.pages:
        document.close()
        raise UnreadableDocument(
            f"共 {count} 页，超过 {limits.pages} 页的上限。请拆分后再读。",
            f"{count} pages are more than the limit of {limits.pages}. Split the file and try again.",
            where=path.name,
        )
    return document


def _encrypted(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        "PDF 已加密，需要口令。请向发布单位索取未加密的版本，或用口令另存为无密码的 PDF。",
        "the PDF is encrypted. Ask for a version without password, or save it without one.",
        where=name,
    )


def _damaged(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        "PDF 已损坏或不完整，无法打开。请重新下载，或换一个版本。",
        "the PDF is damaged or truncated and cannot be opened. Download it again or use another copy.",
        where=name,
    )


def _read_pages(document: "PdfDocument", name: str) -> PdfPages:
    import pypdfium2 as pdfium

    pages = PdfPages()
    texts: list[str] = []
    margins = Margins()
    length = 0
    for number in range(len(document)):
        try:
            page = document[number]
        except pdfium.PdfiumError as fault:
            raise _damaged(f"{name} 第{number + 1}页") from fault
        reader = PageReader(page)
        content = reader.content()
        written = PageText(length)
        layout = PageLayout(reader, content, written, margins)
        elements = layout.elements()
        margins = layout.margins
        reader.close()
        page.close()
        if sum(len(f.text) for f in content.fragments) < _FEWEST_CHARACTERS and content.pictures:
            pages.pictured.append(number + 1)
        text = written.text or "\n"
        texts.append(text)
        pages.parts.append(length)
        length += len(text)
        pages.pages.append(elements)
        pages.heights.append(content.height)
    pages.source = "".join(texts)
    return pages


# --- from pages to items ----------------------------------------------------------------


def items_of(pages: PdfPages) -> list[Item]:
    """Join the lines of all pages to paragraphs; headers, feet and footnotes are left out."""
    kept = _without_footnotes(list(_without_furniture(pages)))
    things = [printed for page in kept for printed in page]
    body = [printed.thing for printed in things if isinstance(printed.thing, Line)]
    layout = learn(body)
    elements = list(_elements(pages.source, kept, layout))
    return list(paragraphs(pages.source, elements, layout))


def _elements(
    source: str, pages: Sequence[Sequence[Printed]], layout: Layout
) -> Iterator[Line | Grid | Frame]:
    """Elements in order; frames become items, and go on over a page turn."""
    lines: list[Line] = []
    frame: list[Printed] = []
    for page in pages:
        for position, printed in enumerate(page):
            thing = printed.thing
            if isinstance(thing, Framed):
                if frame and position == 0 and _goes_on(frame):
                    frame += thing.inside
                    continue
                yield from _flushed(source, lines, frame)
                frame = list(thing.inside)
                continue
            if frame:
                yield from _flushed(source, lines, frame)
                frame = []
            if isinstance(thing, Line):
                lines.append(thing)
            else:
                yield from _flushed(source, lines, [])
                yield thing
    yield from _flushed(source, lines, frame)


def _flushed(
    source: str, lines: list[Line], frame: Sequence[Printed]
) -> Iterator[Line | Grid | Frame]:
    """Hand out the waiting lines, then the waiting frame."""
    yield from with_tables(source, without_rules_and_leaders(lines))
    lines.clear()
    if frame:
        inside = [p.thing for p in frame if not isinstance(p.thing, Framed)]
        inner = learn([thing for thing in inside if isinstance(thing, Line)])
        yield Frame(tuple(paragraphs(source, inside, inner)))


def _goes_on(frame: Sequence[Printed]) -> bool:
    """A frame at the foot of a page goes on in one at the head of the next."""
    last = frame[-1].thing
    return isinstance(last, Line) and not is_terminal(last.text)


def _without_furniture(pages: PdfPages) -> Iterator[list[Printed]]:
    """Drop page numbers, and lines at the edges of pages that come again and again."""
    edges = [_edges(page, height) for page, height in zip(pages.pages, pages.heights, strict=True)]
    repeated = Counter(
        text
        for page, marked in zip(pages.pages, edges, strict=True)
        for text in {_DIGITS.sub("#", _text(page[index])) for index in marked}
    )
    enough = max(3, len(pages.pages) // 4) if len(pages.pages) > 2 else 2
    for page, marked in zip(pages.pages, edges, strict=True):
        yield [
            printed
            for index, printed in enumerate(page)
            if not (index in marked and _is_furniture(_text(printed), repeated, enough))
        ]


def _is_furniture(text: str, repeated: Counter[str], enough: int) -> bool:
    return (
        PAGE_NUMBER.fullmatch(text) is not None
        or _BARE_NUMBER.fullmatch(text) is not None
        or repeated[_DIGITS.sub("#", text)] >= enough
    )


def _edges(page: Sequence[Printed], height: float) -> set[int]:
    """Lines in the outer tenth of a page, at its head or foot."""
    return {
        index
        for index, printed in enumerate(page)
        if isinstance(printed.thing, Line)
        and (printed.box.bottom > 0.9 * height or printed.box.top < 0.1 * height)
    }


def _text(printed: Printed) -> str:
    return printed.thing.text if isinstance(printed.thing, Line) else ""


def _without_footnotes(pages: Sequence[list[Printed]]) -> list[list[Printed]]:
    """Drop notes in small type at the foot of a page."""
    sizes = Counter(
        round(p.em * 2) / 2 for page in pages for p in page if isinstance(p.thing, Line)
    )
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    return [page[: _footnotes(page, usual)] for page in pages]


def _footnotes(page: Sequence[Printed], usual: float) -> int:
    """Index of the first footnote on a page; its length if there is none."""
    first = len(page)
    for index in range(len(page) - 1, -1, -1):
        printed = page[index]
        if not isinstance(printed.thing, Line) or printed.em > 0.88 * usual:
            break
        if _FOOTNOTE.match(printed.thing.text):
            first = index
    has_text_above = any(p.em > 0.88 * usual for p in page[:first])
    return first if has_text_above else len(page)
