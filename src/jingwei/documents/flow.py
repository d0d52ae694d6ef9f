"""Documents that know their paragraphs (HTML, DOCX) as a tree of pieces, and its items.

A reader builds ``Passage`` and ``Sheet`` pieces in reading order; a ``Scribe`` writes their
texts into the source and folds them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jingwei.documents.folding import EMPTY, fold, join
from jingwei.documents.lines import Frame, Grid, Item, Paragraph
from jingwei.documents.model import Cell, Text
from jingwei.documents.transcript import Transcript

_LARGEST_GRID = 200_000  # cells, spans counted: more is not a table but an attack


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, or one of its lines where a line break ends it."""

    text: str
    level: int = 0


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
    """Writes pieces into a transcript and remembers what to make of them."""

    def __init__(self) -> None:
        self.transcript = Transcript()

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
        return [Grid(self._grid(rows, columns))]

    def _grid(
        self, rows: Sequence[Sequence[SheetCell]], columns: int
    ) -> tuple[tuple[Cell, ...], ...]:
        columns = min(columns, max(1, _LARGEST_GRID // len(rows)))
        empty = Cell(EMPTY)
        grid: list[list[Cell | None]] = [[None] * columns for _ in rows]
        for number, row in enumerate(rows):
            column = 0
            for cell in row:
                while column < columns and grid[number][column] is not None:
                    column += 1
                if column >= columns:
                    break
                content = self._cell(cell)
                for down in range(min(cell.down, len(rows) - number)):
                    for across in range(min(cell.across, columns - column)):
                        if grid[number + down][column + across] is None:
                            merged = down > 0 or across > 0
                            grid[number + down][column + across] = Cell(content, merged)
                column += cell.across
        return tuple(tuple(cell or empty for cell in row) for row in grid)

    def _cell(self, cell: SheetCell) -> Text:
        texts = [self._paragraph(p).content for p in cell.pieces if isinstance(p, Passage)]
        return texts[0] if len(texts) == 1 else join(None, texts)
