"""Documents of pages (PDF, OFD): from what is printed on the pages to items.

Page numbers, running heads and feet, and footnotes are left out; a sentence, a table or a
frame that a page turn cuts is put together again.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jingwei.documents.glyphs import Glyphs
from jingwei.documents.lines import Frame, Grid, Item, Line, is_terminal
from jingwei.documents.numbering import is_box_title, mark_of
from jingwei.documents.page_content import PageContent
from jingwei.documents.page_layout import Framed, Margins, PageLayout, PageText, Printed
from jingwei.documents.paragraphs import learn, paragraphs
from jingwei.documents.text import BROWSER_EDGE, is_page_number, without_rules_and_leaders
from jingwei.documents.text_tables import with_tables

_FEWEST_CHARACTERS = 8  # a page with fewer has no text of its own
_BARE = re.compile(r"[^,;。!?]{1,40}")
_DIGITS = re.compile(r"\d+")
_BARE_NUMBER = re.compile(r"[-–—·]?\d{1,4}[-–—·]?|[ivxlIVXL]{1,6}")
_FOOTNOTE = re.compile(r"[①-⑳*†]|\[\d{1,2}\]|\(\d{1,2}\)|\d{1,2}(?=[^\d.、年月%])|注\d?:")


@dataclass(slots=True)
class Pages:
    """What was read from the pages of a document, one after the other."""

    parts: "array[int]" = field(default_factory=lambda: array("I"))
    printed: list[list[Printed]] = field(default_factory=list[list[Printed]])
    heights: list[float] = field(default_factory=list[float])
    pictured: list[int] = field(default_factory=list[int])  # pages without text, from 1
    recognized: list[int] = field(default_factory=list[int])  # pages read by OCR, from 1
    _texts: list[str] = field(default_factory=list[str])
    _length: int = 0
    _margins: Margins = field(default_factory=Margins)

    def add(self, content: PageContent, glyphs: Glyphs) -> None:
        """Lay out the next page and keep what is printed on it."""
        written = PageText(self._length)
        layout = PageLayout(glyphs, content, written, self._margins)
        self.printed.append(layout.elements())
        self._margins = layout.margins
        if is_scanned(content):
            self.pictured.append(len(self.printed))
        text = written.text or "\n"
        self._texts.append(text)
        self.parts.append(self._length)
        self._length += len(text)
        self.heights.append(content.height)

    @property
    def source(self) -> str:
        return "".join(self._texts)


def is_scanned(content: PageContent) -> bool:
    """A page that shows pictures and has no text of its own."""
    return content.characters < _FEWEST_CHARACTERS and content.pictures > 0.3


def items_of(pages: Pages) -> list[Item]:
    """Join the lines of all pages to paragraphs; headers, feet and footnotes are left out."""
    kept = _without_footnotes(list(_without_furniture(pages)))
    things = [printed for page in kept for printed in page]
    body = [printed.thing for printed in things if isinstance(printed.thing, Line)]
    layout = learn(body, printed=True)
    source = pages.source
    return list(paragraphs(source, _elements(source, kept), layout))


def _elements(source: str, pages: Sequence[Sequence[Printed]]) -> Iterator[Line | Grid | Frame]:
    """Elements in order; frames become items, and go on over a page turn."""
    lines: list[Line] = []
    frame: list[Printed] = []
    for page in pages:
        for position, printed in enumerate(page):
            thing = printed.thing
            if isinstance(thing, Framed):
                if frame and position == 0 and _goes_on(frame, thing.inside):
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
        inner = learn([thing for thing in inside if isinstance(thing, Line)], printed=True)
        yield Frame(tuple(paragraphs(source, inside, inner)))


def _goes_on(frame: Sequence[Printed], below: Sequence[Printed]) -> bool:
    """A frame at the foot of a page goes on in one at the head of the next without a title."""
    last, first = frame[-1].thing, below[0].thing
    if not isinstance(last, Line) or not isinstance(first, Line):
        return True
    titled = is_box_title(first.text) or _BARE.fullmatch(first.text) is not None
    return not is_terminal(last.text) or not titled


def _without_furniture(pages: Pages) -> Iterator[list[Printed]]:
    """Drop page numbers, and lines at the edges of pages that come again and again."""
    edges = [
        _edges(page, height) for page, height in zip(pages.printed, pages.heights, strict=True)
    ]
    repeated = Counter(
        text
        for page, marked in zip(pages.printed, edges, strict=True)
        for text in {_DIGITS.sub("#", _text(page[index])) for index in marked}
    )
    enough = max(3, len(pages.printed) // 4) if len(pages.printed) > 2 else 2
    for page, marked in zip(pages.printed, edges, strict=True):
        yield [
            printed
            for index, printed in enumerate(page)
            if not (index in marked and _is_furniture(_text(printed), repeated, enough))
        ]


def _is_furniture(text: str, repeated: Counter[str], enough: int) -> bool:
    return (
        is_page_number(text)
        or BROWSER_EDGE.fullmatch(text) is not None
        or _BARE_NUMBER.fullmatch(text) is not None
        or repeated[_DIGITS.sub("#", text)] >= enough
    )


def _edges(page: Sequence[Printed], height: float) -> set[int]:
    """Lines in the outer tenth of a page, at its head or foot."""
    return {
        index
        for index, printed in enumerate(page)
        if isinstance(printed.thing, Line)
        and mark_of(printed.thing.text) is None
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
