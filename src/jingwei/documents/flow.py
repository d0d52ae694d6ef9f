"""Documents that know their paragraphs (HTML, DOCX) as a tree of pieces, and its items.

A reader builds ``Passage`` and ``Sheet`` pieces in reading order; a ``Scribe`` writes their
texts into the source and folds them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from jingwei.documents.folding import EMPTY, fold, join
from jingwei.documents.lines import Frame, Grid, Item, Paragraph
from jingwei.documents.model import Cell, Text
from jingwei.documents.package import Element
from jingwei.documents.transcript import Transcript

_MOST_COLUMNS = 200  # more is not a table but an attack


@dataclass(frozen=True, slots=True)
class Place:
    """Characters of a passage that stand in one XML element, from ``start`` in its text.

    ``element`` is None for text that the format only implies (a number that Word counts).
    """

    element: Element | None
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, or one of its lines where a line break ends it.

    ``places`` say where its characters come from, for readers that know (DOCX).
    """

    text: str
    level: int = 0
    places: tuple[Place, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell with its content; ``across`` columns and ``down`` rows that it covers."""

    pieces: "tuple[Passage | Sheet, ...]"
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as written."""

    rows: tuple[tuple[SheetCell, ...], ...]


Piece = Passage | Sheet


class Scribe:
    """Writes pieces into a transcript and remembers what to make of them.

    ``passages`` are those written, one for each part of the transcript.
    """

    def __init__(self) -> None:
        self.transcript = Transcript()
        self.passages: list[Passage] = []

    def items(self, pieces: Sequence[Piece]) -> list[Item]:
        items: list[Item] = []
        for piece in pieces:
            if isinstance(piece, Passage):
                paragraph = self._paragraph(piece)
                if paragraph.text:
                    items.append(paragraph)
            else:
                items.extend(self._sheet(piece))
        return items

    def _paragraph(self, passage: Passage) -> Paragraph:
        start, _ = self.transcript.add(passage.text)
        self.passages.append(passage)
        return Paragraph(fold(passage.text, base=start), passage.level)

    def _sheet(self, sheet: Sheet) -> list[Item]:
        rows = [row for row in sheet.rows if row]
        nested = any(isinstance(p, Sheet) for row in rows for cell in row for p in cell.pieces)
        columns = max((sum(cell.across for cell in row) for row in rows), default=0)
        widest = max((len(row) for row in rows), default=0)
        if widest <= 1 or columns <= 1:
            inner = [piece for row in rows for cell in row for piece in cell.pieces]
            framed = self.items(inner)
            return [Frame(tuple(framed))] if framed else []
        if nested or len(rows) == 1:
            return [item for row in rows for cell in row for item in self.items(cell.pieces)]
        return [Grid(self._grid(rows))]

    def _grid(self, rows: Sequence[Sequence[SheetCell]]) -> tuple[tuple[Cell, ...], ...]:
        """Cells at their places; what a cell covers repeats it. Spans end with the table."""
        widest = min(_MOST_COLUMNS, max(sum(cell.across for cell in row) for row in rows))
        grid: list[dict[int, Cell]] = [{} for _ in rows]
        for number, row in enumerate(rows):
            column = 0
            for cell in row:
                content = self._cell(cell)
                while column in grid[number]:
                    column += 1
                if column >= _MOST_COLUMNS:
                    continue
                across = min(cell.across, max(1, widest - column))
                for down in range(min(cell.down, len(rows) - number)):
                    for place in range(column, column + across):
                        merged = down > 0 or place > column
                        grid[number + down].setdefault(place, Cell(content, merged))
                column += across
        width = max(max(row, default=0) for row in grid) + 1
        empty = Cell(EMPTY)
        return tuple(tuple(row.get(place, empty) for place in range(width)) for row in grid)

    def _cell(self, cell: SheetCell) -> Text:
        texts = [self._paragraph(p).content for p in cell.pieces if isinstance(p, Passage)]
        return texts[0] if len(texts) == 1 else join(None, texts)
