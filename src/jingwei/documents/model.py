"""A document as its readers see it: headings, paragraphs and tables in order.

``Document.source`` is the text as issued (the decoded file of a TXT; the page texts of a PDF
or the paragraph texts of DOCX and HTML, one after the other). A block's ``text`` is folded:
NFKC, line ends inside a paragraph joined, white space kept only between two Latin words. Each
folded character knows the source character it came from, so a quote can always be found again.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from jingwei.core import Span

PartKind = Literal["page", "paragraph", "line"]


@dataclass(frozen=True, slots=True)
class Text:
    """Folded characters and, for each of them, the offset of its source character."""

    text: str
    origins: "array[int]"

    def __len__(self) -> int:
        return len(self.text)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. ``merged`` cells repeat the content of the cell they hang on."""

    content: Text
    merged: bool = False

    @property
    def text(self) -> str:
        return self.content.text


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells, all rows of one length; pieces split over pages are joined already.

    ``header_rows`` counts the leading rows that are headings of columns (a header repeated
    after a page break is dropped).
    """

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a table.

    ``level`` ranks headings: 1 for 一、 第一章, 2 for （一） 第一节, 3 for 1. , 4 for (1); 0 for a
    block that is no heading. ``box`` is the title of the 专栏 the block stands in, or "".
    ``section`` holds the headings above the block, outermost first, the box not included.
    For a table, ``content`` is its caption (possibly empty) and ``table`` the grid.
    """

    kind: Literal["heading", "paragraph", "table"]
    content: Text
    level: int = 0
    box: str = ""
    section: tuple[str, ...] = ()
    table: Table | None = None

    @property
    def text(self) -> str:
        return self.content.text


@dataclass(frozen=True, slots=True)
class Document:
    """A document in reading order.

    ``name`` is the file name that evidence cites. ``title`` is the plan's own title where one
    is found ("" otherwise), not a news headline. ``issued`` is the date of the notice or page
    (ISO, "" if none), ``number`` the 文号. ``parts`` gives the source offset at which each
    page (PDF, OFD), paragraph (DOCX, HTML) or line (TXT) begins; ``part_kind`` says which.
    """

    name: str
    media: Literal["txt", "html", "docx", "pdf", "ofd"]
    source: str
    blocks: tuple[Block, ...]
    part_kind: PartKind
    parts: "array[int]"
    title: str = ""
    number: str = ""
    issued: str = ""
    metadata: dict[str, str] = field(default_factory=dict[str, str])

    def part_of(self, offset: int) -> int:
        """Number, from 1, of the page, paragraph or line that holds a source offset."""
        return bisect_right(self.parts, offset)

    def span(self, content: Text, start: int, end: int) -> Span:
        """Evidence for the folded characters ``start`` to ``end`` (exclusive) of ``content``."""
        origins = content.origins
        segments = tuple(_segments(origins, start, end, self.source))
        first, last = segments[0][0], segments[-1][1]
        part = self.part_of(first)
        return Span(
            file=self.name,
            start=first,
            end=last,
            quote=content.text[start:end],
            page=part if self.part_kind == "page" else None,
            paragraph=part if self.part_kind == "paragraph" else None,
            line=part if self.part_kind == "line" else None,
            segments=segments,
        )


def _segments(
    origins: "array[int]", start: int, end: int, source: str
) -> Iterator[tuple[int, int]]:
    """Runs of source characters; layout white space between two characters does not cut a run."""
    begin = previous = origins[start]
    if origins[start:end] == array("I", range(begin, begin + end - start)):
        yield begin, begin + end - start
        return
    for origin in origins[start + 1 : end]:
        if (origin > previous + 1 and source[previous + 1 : origin].strip()) or origin < previous:
            yield begin, previous + 1
            begin = origin
        previous = origin
    yield begin, previous + 1
