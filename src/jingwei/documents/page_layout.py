"""What is printed on a page, to lines, grids and frames in reading order."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from jingwei.documents.aligned_tables import aligned_table
from jingwei.documents.folding import EMPTY, fold
from jingwei.documents.geometry import Box, Fragment, around, in_rows
from jingwei.documents.glyphs import Glyphs
from jingwei.documents.lines import Grid, Line
from jingwei.documents.model import Cell, Text
from jingwei.documents.page_content import PageContent
from jingwei.documents.ruled_tables import Figure, figures

_IDEOGRAPHS = re.compile(r"(?:[\u4e00-\u9fff].*){3}")  # enough to know the size of type
_CLAUSE = re.compile("[,，;；。]")
_SENTENCE_END = re.compile(r"""[。.．!！?？;；:：…][”’"')）」』》\]]{0,4}$""")
_NUMBER = re.compile(r"[-–—·~\s]*\d{1,4}[-–—·~\s]*")
_WIDE_GAP = 1.5  # in ems: pieces of a line further apart are cells rather than words


@dataclass(frozen=True, slots=True)
class Framed:
    """Lines and grids inside a frame."""

    inside: "list[Printed]"


@dataclass(frozen=True, slots=True)
class Printed:
    """A line, grid or frame, where it stands on its page, and the size of its type."""

    thing: Line | Grid | Framed
    box: Box
    em: float


@dataclass(slots=True)
class PageText:
    """The text of a page as it is written down; ``base`` is where it begins in the source."""

    base: int
    parts: list[str] = field(default_factory=list[str])
    length: int = 0

    def write(self, text: str, end: str = "\n") -> tuple[int, int, Text]:
        """Append a text; returns its range in the source and its folded characters."""
        start = self.base + self.length
        self.parts += (text, end)
        self.length += len(text) + len(end)
        return start, start + len(text), fold(text, base=start)

    @property
    def text(self) -> str:
        return "".join(self.parts)


@dataclass(frozen=True, slots=True)
class Margins:
    """Edges of the text, size of a character and distance of lines, in points.

    ``page`` is the width of the page that they were learned on: they are kept for following
    pages of that width that hold too little text to learn them from. ``frame`` are those of
    the last frame (its width in place of the page's), which may go on on the next page.
    """

    left: float = 0.0
    right: float = 0.0
    em: float = 0.0
    pitch: float = 0.0
    page: float = 0.0
    frame: "Margins | None" = None


class PageLayout:
    """Lays out one page."""

    def __init__(
        self, glyphs: Glyphs, content: PageContent, text: PageText, before: Margins
    ) -> None:
        self.glyphs = glyphs
        self.content = content
        self.text = text
        self.fragments = content.fragments
        self.margins = before

    def elements(self) -> list[Printed]:
        """Everything on the page in reading order."""
        drawn = figures(self.content.across, self.content.down)
        drawn.sort(key=lambda figure: figure.box.width * figure.box.height)
        claimed: list[tuple[Figure, dict[int, list[Fragment]]]] = []
        for figure in drawn:  # inner ones first
            cells = self._claim(figure)
            if cells:
                claimed.append((figure, cells))
        self.margins = _margins(in_rows(self.fragments), self.content.width, self.margins)
        return self._in_order(self.fragments, claimed, self.margins)

    # Figures

    def _claim(self, figure: Figure) -> dict[int, list[Fragment]]:
        """Take the fragments inside a figure off the page, by cell. Nothing if it is no table."""
        inside: dict[int, list[Fragment]] = {}
        left: list[Fragment] = []
        box = figure.box
        single = len(figure.cells) == 1
        for fragment in self.fragments:
            near = box.bottom <= fragment.box.middle <= box.top
            if not near or fragment.box.right < box.left or fragment.box.left > box.right:
                left.append(fragment)
            elif single and box.holds(fragment.box.centre, fragment.box.middle):
                inside.setdefault(0, []).append(fragment)
            else:
                for cell, piece in self.glyphs.split(fragment, figure):
                    if cell is None:
                        left.append(piece)
                    else:
                        inside.setdefault(cell, []).append(piece)
        if not inside or _is_drawing(figure, inside) or self._is_ground(figure, inside):
            return {}
        self.fragments = left
        return inside

    def _is_ground(self, figure: Figure, inside: dict[int, list[Fragment]]) -> bool:
        """A border or stripes behind text that is a table of its own, or behind all of it."""
        if any(cell.across < len(figure.columns) - 1 for cell in figure.cells):
            return False
        if figure.box.height > 0.85 * self.content.height:
            return True
        rows = [row for pieces in inside.values() for row in in_rows(pieces)]
        return len(figure.cells) > 1 and sum(1 for row in rows if len(row) >= 3) * 2 > len(rows)

    def _grid(self, figure: Figure, inside: dict[int, list[Fragment]]) -> Grid:
        empty = Cell(EMPTY)
        grid = [[empty] * (len(figure.columns) - 1) for _ in figure.rows[1:]]
        for index, cell in enumerate(figure.cells):
            content = self._cell(inside.get(index, []))
            for row in range(cell.row, cell.row + cell.down):
                for column in range(cell.column, cell.column + cell.across):
                    merged = (row, column) != (cell.row, cell.column)
                    grid[row][column] = Cell(content, merged and bool(content.text))
        self.text.write("")
        return Grid(tuple(tuple(row) for row in grid))

    def _cell(self, fragments: list[Fragment]) -> Text:
        if not fragments:
            return EMPTY
        lines = [" ".join(piece.text for piece in row) for row in in_rows(fragments)]
        return self.text.write("\n".join(lines), "\t")[2]

    # Reading order

    def _in_order(
        self,
        fragments: list[Fragment],
        claimed: Sequence[tuple[Figure, dict[int, list[Fragment]]]],
        margins: Margins,
    ) -> list[Printed]:
        outer = [pair for pair in claimed if not _is_inside(pair[0], claimed)]
        marks: list[tuple[float, Figure | None, list[Fragment]]] = []
        columns = _text_columns(fragments, self.content.width)
        if not outer and len(columns) > 1:
            return [
                printed
                for column in map(in_rows, columns)
                for printed in self._lines(column, _margins(column, 0.0, Margins()))
            ]
        for column in columns:
            marks += [(row[0].box.middle, None, row) for row in in_rows(column)]
        if not outer:
            return self._lines([row for _, _, row in marks], margins)
        marks.sort(key=lambda mark: -mark[0])
        result: list[Printed] = []
        waiting = sorted(outer, key=lambda pair: -pair[0].box.top)
        rows: list[list[Fragment]] = []
        for height, _, row in marks:
            while waiting and waiting[0][0].box.middle > height:
                result += self._lines(rows, margins)
                rows = []
                result.append(self._figure(*waiting.pop(0), claimed, margins))
            rows.append(row)
        result += self._lines(rows, margins)
        result += [self._figure(figure, cells, claimed, margins) for figure, cells in waiting]
        return result

    def _figure(
        self,
        figure: Figure,
        inside: dict[int, list[Fragment]],
        claimed: Sequence[tuple[Figure, dict[int, list[Fragment]]]],
        margins: Margins,
    ) -> Printed:
        if any(cell.across < len(figure.columns) - 1 for cell in figure.cells):
            return Printed(self._grid(figure, inside), figure.box, margins.em)
        fragments = [piece for pieces in inside.values() for piece in pieces]
        inner = [pair for pair in claimed if pair[0] is not figure and _within(pair[0], figure)]
        own = self._frame_margins(figure, in_rows(fragments))
        return Printed(Framed(self._in_order(fragments, inner, own)), figure.box, own.em)

    def _frame_margins(self, figure: Figure, rows: Sequence[Sequence[Fragment]]) -> Margins:
        before = self.margins.frame
        if len(rows) < 3 and before and abs(before.page - figure.box.width) < 1.0:
            return before
        own = _margins(rows, figure.box.width, Margins())
        left = min(row[0].box.left for row in rows)
        right = own.right if any(map(_is_cut, rows)) else 2 * figure.box.centre - left
        own = replace(own, left=left, right=right)
        self.margins = replace(self.margins, frame=own)
        return own

    def _lines(self, rows: Sequence[list[Fragment]], margins: Margins) -> list[Printed]:
        result: list[Printed] = []
        index = 0
        above: Box | None = None
        foot = next((i for i, row in enumerate(rows) if self._is_page_number(row)), len(rows))
        while index < len(rows):
            table = aligned_table(rows[:foot] if index < foot else rows, index)
            if table is not None:
                result.append(self._aligned(table.cells, rows[table.first : table.last]))
                index = table.last
                above = None
                continue
            line = self._line(rows[index], above, margins)
            result.append(line)
            above = line.box
            index += 1
        return result

    def _is_page_number(self, row: Sequence[Fragment]) -> bool:
        low = row[0].box.middle < 0.08 * self.content.height
        return low and len(row) == 1 and _NUMBER.fullmatch(row[0].text) is not None

    def _aligned(
        self, cells: Sequence[Sequence[Sequence[Fragment]]], rows: Sequence[Sequence[Fragment]]
    ) -> Printed:
        grid = Grid(tuple(tuple(Cell(self._cell(list(c))) for c in row) for row in cells))
        self.text.write("")
        pieces = [piece for row in rows for piece in row]
        return Printed(grid, around([piece.box for piece in pieces]), pieces[0].em)

    def _size(self, row: Sequence[Fragment]) -> float:
        if not self.content.exact:
            return 0.0
        return next((piece.em for piece in row if _IDEOGRAPHS.search(piece.text)), 0.0)

    def _line(self, row: Sequence[Fragment], above: Box | None, margins: Margins) -> Printed:
        written = row[0].text
        for one, other in pairwise(row):
            gap = other.box.left - one.box.right
            written += ("  " if gap > _WIDE_GAP * one.em else " ") + other.text
        start, end, content = self.text.write(written)
        box = around([piece.box for piece in row])
        em = margins.em or row[0].em
        offset = (box.left - margins.left) / em
        line = Line(
            start,
            end,
            content,
            max(0.0, (box.right - margins.left) / em),
            indented=offset >= 1.2,
            room=max(0.0, (margins.right - box.right) / em),
            gap=above is not None and above.middle - box.middle > 1.3 * margins.pitch,
            size=self._size(row),
        )
        return Printed(line, box, max(piece.em for piece in row))


def _is_drawing(figure: Figure, inside: dict[int, list[Fragment]]) -> bool:
    """A diagram: many cells, hardly any with text."""
    return len(figure.cells) > 3 and len(inside) * 5 < len(figure.cells)


def _within(inner: Figure, outer: Figure) -> bool:
    return outer.box.holds(inner.box.centre, inner.box.middle) and (
        inner.box.width * inner.box.height < outer.box.width * outer.box.height
    )


def _is_inside(figure: Figure, claimed: Sequence[tuple[Figure, dict[int, list[Fragment]]]]) -> bool:
    return any(
        other is not figure and _within(figure, other) and len(other.cells) == 1
        for other, _ in claimed
    )


def _is_cut(row: Sequence[Fragment]) -> bool:
    """Whether a sentence goes on after the line, so that it must reach the right edge."""
    text = row[-1].text
    is_prose = len(text) >= 12 and _CLAUSE.search(text) is not None
    return is_prose and _SENTENCE_END.search(text[-5:]) is None


def _margins(rows: Sequence[Sequence[Fragment]], page: float, before: Margins) -> Margins:
    """Learn the margins from the long lines of a page, a column or a frame."""
    long = [row for row in rows if len(row) == 1 and len(row[0].text) >= 12]
    if len(long) < 3:
        if not rows or (before.page and before.page == page):
            return before
        long = list(rows)
    em = Counter(round(row[0].em * 2) / 2 for row in long).most_common(1)[0][0] or 1.0
    lefts = Counter(round(row[0].box.left / 2) * 2 for row in long)
    usual = [left for left, count in lefts.items() if count >= 0.15 * len(long)]
    cut = [row for row in long if _is_cut(row)] or long
    rights = sorted((row[-1].box.right for row in cut), reverse=True)
    right = next((a for a, b in pairwise(rights) if a - b < 0.6 * em), rights[0])
    steps = [
        above[0].box.middle - below[0].box.middle
        for above, below in pairwise(rows)
        if len(above) == 1 and above[0].box.width > 12 * em
    ]
    pitches = Counter(round(step) for step in steps if step > 0.5 * em)
    pitch = min(
        (step for step, count in pitches.items() if count >= 0.15 * len(steps)), default=1.5 * em
    )
    return Margins(float(min(usual or lefts)), right, em, pitch, page, before.frame)


def _text_columns(fragments: list[Fragment], width: float) -> list[list[Fragment]]:
    """Text set in two columns is read column by column."""
    if len(fragments) < 24:
        return [fragments]
    middle = width / 2
    left = [f for f in fragments if f.box.right <= middle + f.em]
    right = [f for f in fragments if f.box.left >= middle - f.em]
    crossing = len(fragments) - len(left) - len(right)
    full = [f for f in left if f.box.right > middle - 4 * f.em and f.box.width > 10 * f.em]
    if min(len(left), len(right)) < 10 or crossing > 0 or len(full) * 2 < len(left):
        return [fragments]
    return [left, right]
