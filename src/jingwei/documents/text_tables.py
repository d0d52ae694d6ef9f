"""Tables in text: tab-separated lines, bars, columns set with blanks, plain lines."""

import re
from collections.abc import Sequence
from itertools import pairwise

from jingwei.documents.columns import misfit
from jingwei.documents.folding import fold
from jingwei.documents.lines import Grid, Line, line_begin
from jingwei.documents.model import Cell
from jingwei.documents.printed_tables import printed_table
from jingwei.documents.text_columns import laid_out_table

_BARS = "|｜│┃"
_INNER_BAR = re.compile(rf"(?<=[ \t\u3000])[{_BARS}](?=[ \t\u3000]|$)")


def with_tables(source: str, lines: Sequence[Line]) -> list[Line | Grid]:
    """Replace the lines of each table by its grid."""
    elements: list[Line | Grid] = []
    index = 0
    while index < len(lines):
        tabbed = _tabbed(source, lines, index)
        if tabbed:
            grid, index = tabbed
            elements.append(grid)
            continue
        readings = (laid_out_table(source, lines, index), printed_table(source, lines, index))
        found = [reading for reading in readings if reading is not None]
        if found:
            # the one that reads further; of equals the one whose cells suit their headings
            grid, index = max(found, key=lambda reading: (reading[1], -_misfit(reading[0])))
            elements.append(grid)
            continue
        elements.append(lines[index])
        index += 1
    return elements


def _misfit(grid: Grid) -> float:
    return misfit([[cell.text for cell in row] for row in grid.rows])


# --- tab-separated lines ---------------------------------------------------------------


def _tabbed(source: str, lines: Sequence[Line], index: int) -> tuple[Grid, int] | None:
    rows: list[tuple[Cell, ...]] = []
    while index < len(lines):
        cells = _cells_of(source, lines[index])
        if len(cells) < 2 or (len(cells) < 3 and not rows and not _is_pair(source, lines, index)):
            break
        rows.append(cells)
        index += 1
    return (Grid(tuple(rows)), index) if len(rows) >= 2 else None


def _is_pair(source: str, lines: Sequence[Line], index: int) -> bool:
    """Two columns are a table only if the next line has two as well."""
    return index + 1 < len(lines) and len(_cells_of(source, lines[index + 1])) == 2


def _cells_of(source: str, line: Line) -> tuple[Cell, ...]:
    first = line_begin(source, line.start)
    if source.find("\t", first, line.end) < 0:
        return _piped(source, line)
    cells: list[Cell] = []
    while True:
        tab = source.find("\t", first, line.end)
        cells.append(Cell(fold(source, first, line.end if tab < 0 else tab)))
        if tab < 0:
            break
        first = tab + 1
    if sum(1 for cell in cells if cell.text) < 2 and len(cells) < 3:
        return ()
    return tuple(cells)


def _piped(source: str, line: Line) -> tuple[Cell, ...]:
    """``| a | b |`` as Markdown writes it, ``a | b | c``, or with bars of a box drawing."""
    text = source[line.start : line.end]
    if len(text) >= 3 and text[0] in _BARS and text[-1] in _BARS:
        bars = [line.start + index for index, character in enumerate(text) if character in _BARS]
    else:
        inner = [line.start + bar.start() for bar in _INNER_BAR.finditer(text)]
        if len(inner) < 2:
            return ()
        bars = [line.start - 1, *inner, line.end]
    return tuple(Cell(fold(source, left + 1, right)) for left, right in pairwise(bars))
