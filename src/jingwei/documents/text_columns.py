"""Tables set in columns with blanks, as programs write them that keep the layout of a page.

Each letter is given a place on a grid, and the table is read like one on a page without
ruling lines (``aligned_tables``). Some programs count a Chinese character as one column, some
as two: whichever makes the longer or the more fitting table is right.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from jingwei.documents.aligned_tables import aligned_table
from jingwei.documents.columns import column_kind, misfit
from jingwei.documents.folding import fold, join
from jingwei.documents.geometry import Box, Fragment
from jingwei.documents.lines import Grid, Line, line_begin
from jingwei.documents.model import Cell

_PIECE = re.compile(r"\S+(?:[ \u00a0]\S+)*")
_WORD = re.compile(r"\S+")
_PITCH = 1.7  # height of a line in letters, so that lines of a column keep apart
_MOST_LINES = 300


def laid_out_table(source: str, lines: Sequence[Line], index: int) -> tuple[Grid, int] | None:
    """The table whose headings stand in ``lines[index]``, and the line after it."""
    if not _is_header(source, lines[index]):
        return None
    below = lines[index : index + _MOST_LINES]
    found = [
        aligned_table([_row(source, line, n, wide) for n, line in enumerate(below)], 0)
        for wide in (1, 2)
    ]
    tables = [
        (table.last, Grid(tuple(tuple(_cell(source, cell) for cell in row) for row in table.cells)))
        for table in found
        if table
    ]
    if not tables:
        return None
    last, grid = max(tables, key=lambda each: (each[0], -_misfit(each[1])))
    return grid, index + last


def _misfit(grid: Grid) -> float:
    return misfit([[cell.text for cell in row] for row in grid.rows])


def _is_header(source: str, line: Line) -> bool:
    """Three pieces or more with wide gaps between, most of them words of headings."""
    if len(line.text) > 80:
        return False
    pieces = _PIECE.findall(source, line.start, line.end)
    if len(pieces) < 3:
        return False
    return sum(1 for piece in pieces if column_kind(fold(piece).text)) * 2 > len(pieces)


def _row(source: str, line: Line, number: int, wide: int) -> list[Fragment]:
    begin = line_begin(source, line.start)
    top = -number * _PITCH * wide
    row: list[Fragment] = []
    for piece in _PIECE.finditer(source, line.start, line.end):
        words = [
            _fragment(source, begin, word.start(), word.end(), top, wide)
            for word in _WORD.finditer(source, piece.start(), piece.end())
        ]
        whole = _fragment(source, begin, piece.start(), piece.end(), top, wide)
        if number > 0 and len(words) > 1:
            row.append(replace(whole, words=tuple(words)))
        elif not column_kind(fold(whole.text).text) and all(
            column_kind(fold(word.text).text) for word in words
        ):
            row += words  # two headings with a single blank between them; 「2020 年」 is one
        else:
            row.append(whole)
    return row


def _fragment(source: str, begin: int, start: int, end: int, top: float, wide: int) -> Fragment:
    left = _columns(source[begin:start], wide)
    right = left + _columns(source[start:end], wide)
    return Fragment(start, end, source[start:end], Box(left, top - wide, right, top), wide)


def _columns(text: str, wide: int) -> float:
    return float(len(text) + (wide - 1) * (len(text) - len(text.encode("ascii", "ignore"))))


def _cell(source: str, pieces: Sequence[Fragment]) -> Cell:
    return Cell(join(source, (fold(source, piece.start, piece.end) for piece in pieces)))
