"""Tables without ruling lines: columns from aligned pieces, rows from anchors. Pure geometry.

A row of headings (指标, 单位, 2025年 …) opens a table. Its headings and the pieces below them
give the columns. The column with row numbers, or else the one with 约束性 and 预期性 or values,
gives the rows; pieces of wrapped cells go to the row that they stand beside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from jingwei.documents.columns import column_kind
from jingwei.documents.folding import fold
from jingwei.documents.geometry import Box, Fragment, around
from jingwei.documents.numbering import is_box_title, mark_of

_FEWEST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Aligned:
    """An unruled table: the rows that it takes on the page and the pieces of each cell."""

    first: int
    last: int  # exclusive, as in ``rows[first:last]``
    cells: tuple[tuple[tuple[Fragment, ...], ...], ...]


def aligned_table(rows: Sequence[Sequence[Fragment]], first: int) -> Aligned | None:
    """The table whose headings are in ``rows[first]``, if there is one."""
    if not any(column_kind(part.text) for piece in rows[first] for part in piece.parts):
        return None
    rows = [[part for piece in row for part in piece.parts] for row in rows[first:]]
    found = _table(rows)
    return None if found is None else Aligned(first, first + found[0], found[1])


def _table(
    rows: Sequence[Sequence[Fragment]],
) -> tuple[int, tuple[tuple[tuple[Fragment, ...], ...], ...]] | None:
    """How many rows a table takes that begins in the first, and its cells."""
    header = _header(rows, 0)
    if header is None:
        return None
    columns, after = header
    kinds = [column_kind(_text(column)) for column in columns]
    extents = [around([piece.box for piece in column]) for column in columns]
    last = after
    pieces: list[tuple[int, Fragment]] = []
    pitch = 0.0
    while last < len(rows):
        row = rows[last]
        places = _places(row, extents, kinds)
        gap = rows[last - 1][0].box.middle - row[0].box.middle
        if places is None or (pitch and gap > 3.0 * pitch) or _is_outside(row, len(columns)):
            break
        pitch = max(pitch, min(gap, 2.0 * row[0].em))
        pieces += places
        for column, piece in places:
            extents[column] = around([extents[column], piece.box])
        last += 1
    grid = _grid(pieces, kinds)
    if not grid or (len(grid) < 2 and not all(kinds)):
        return None
    return last, (tuple(tuple(column) for column in columns), *grid)


def _text(pieces: Sequence[Fragment]) -> str:
    return "".join(fold(piece.text).text for piece in pieces)


def _header(
    rows: Sequence[Sequence[Fragment]], first: int
) -> tuple[list[list[Fragment]], int] | None:
    """Headings in one printed row, or in up to three where they are wrapped."""
    row = rows[first]
    if len(row) < _FEWEST_COLUMNS or sum(1 for p in row if column_kind(_text([p]))) < 2:
        return None
    columns = [[piece] for piece in row]
    named = [column_kind(_text(column)) for column in columns]
    if not {"name", "serial", "category"} & set(named):
        return None
    after = first + 1
    while after < len(rows) and after - first < 3:
        extents = [around([piece.box for piece in column]) for column in columns]
        places = _places(rows[after], extents, named)
        if places is None or not all(_heads(_text([piece])) for _, piece in places):
            break
        for column, piece in places:
            columns[column].append(piece)
        after += 1
    kinds = [column_kind(_text(column)) for column in columns]
    return (columns, after) if sum(1 for kind in kinds if kind) * 2 > len(kinds) else None


def _heads(text: str) -> bool:
    return bool(column_kind(text)) and not (text.isdigit() and len(text) < 4)


def _is_outside(row: Sequence[Fragment], columns: int) -> bool:
    """A heading, a box title or a note below the table."""
    text = _text(row)
    mark = mark_of(text)
    if len(row) > 1 and len(row) * 2 > columns:
        return False
    return (
        is_box_title(text)
        or text.startswith(("注:", "注1", "说明:", "数据来源", "资料来源"))
        or (mark is not None and mark.kind in ("chapter", "section", "han", "han_brackets"))
    )


def _places(
    row: Sequence[Fragment], extents: Sequence[Box], kinds: Sequence[str]
) -> list[tuple[int, Fragment]] | None:
    """The column of each piece; None if a piece lies across columns or far from all."""
    places: list[tuple[int, Fragment]] = []
    for piece in row:
        over = [
            index
            for index, extent in enumerate(extents)
            if min(piece.box.right, extent.right) - max(piece.box.left, extent.left)
            > 0.2 * piece.em
        ]
        if len(over) > 1:
            return None
        if not over:
            over = [min(range(len(extents)), key=lambda i: _distance(extents[i], piece.box))]
            if _distance(extents[over[0]], piece.box) > 6 * piece.em:
                return None
        places.append((over[0], piece))
    return places


def _distance(one: Box, other: Box) -> float:
    return max(one.left - other.right, other.left - one.right, 0.0)


def _grid(
    pieces: Sequence[tuple[int, Fragment]], kinds: Sequence[str]
) -> list[tuple[tuple[Fragment, ...], ...]]:
    """Pieces to rows of cells, by the anchors of the steadiest column."""
    columns: list[list[Fragment]] = [[] for _ in kinds]
    for column, piece in pieces:
        columns[column].append(piece)
    anchors = _anchors(columns, kinds)
    if not anchors:
        return []
    cells: list[list[list[Fragment]]] = [[[] for _ in kinds] for _ in anchors]
    for column, found in enumerate(columns):
        stacks = _stacks(found)
        rows = [_nearest(anchors, stack) for stack in stacks]
        if kinds[column] == "category":
            rows = _group_starts([_place(anchors, stack) for stack in stacks], len(anchors)) or rows
        for stack, row in zip(stacks, rows, strict=True):
            cells[row][column].extend(stack)
    return [tuple(tuple(cell) for cell in row) for row in cells]


def _anchors(columns: Sequence[Sequence[Fragment]], kinds: Sequence[str]) -> list[float]:
    """Heights of the rows: one for each row number, attribute or value."""
    numbers = [
        piece
        for column, kind in enumerate(kinds)
        if kind == "serial"
        for piece in columns[column]
        if piece.text.strip(".、").isdigit()
    ]
    if numbers:
        return [piece.box.middle for piece in numbers]
    for wanted in ("attribute", "unit", "value"):
        candidates = [
            [sum(piece.box.middle for piece in stack) / len(stack) for stack in _stacks(column)]
            for column, kind in zip(columns, kinds, strict=True)
            if kind == wanted
        ]
        if candidates:
            return max(candidates, key=len)
    return []


def _stacks(pieces: Sequence[Fragment]) -> list[list[Fragment]]:
    """Pieces of one column that follow each other line by line: the lines of one cell."""
    ordered = sorted(pieces, key=lambda piece: -piece.box.middle)
    steps = [a.box.middle - b.box.middle for a, b in pairwise(ordered)]
    smallest = min((step for step in steps if step > 0.5), default=0.0)
    stacks: list[list[Fragment]] = []
    for index, piece in enumerate(ordered):
        wrapped = index > 0 and steps[index - 1] <= min(1.2 * smallest, 1.6 * piece.em)
        if wrapped:
            stacks[-1].append(piece)
        else:
            stacks.append([piece])
    return stacks


def _nearest(anchors: Sequence[float], stack: Sequence[Fragment]) -> int:
    """The row beside which a cell stands, by its first line or by its middle."""
    top = stack[0].box.middle
    middle = (top + stack[-1].box.middle) / 2
    return min(
        range(len(anchors)), key=lambda i: min(abs(anchors[i] - middle), abs(anchors[i] - top))
    )


def _place(anchors: Sequence[float], stack: Sequence[Fragment]) -> float:
    """Where the middle of a cell stands among the rows: 0.5 between the first two."""
    middle = (stack[0].box.middle + stack[-1].box.middle) / 2
    if middle >= anchors[0]:
        return 0.0
    for row, (above, below) in enumerate(pairwise(anchors)):
        if middle >= below:
            return row + (above - middle) / (above - below)
    return len(anchors) - 1.0


def _group_starts(centres: Sequence[float], count: int) -> list[int]:
    """First rows of groups whose names stand in their middles; empty if they do not.

    Each group then ends as far below its name as it begins above it, and the last one ends
    with the table. A name beside the first row stands there because its group begins there.
    """
    if not centres or centres[0] < 0.3:
        return []
    starts: list[int] = []
    start = 0
    for centre in centres:
        end = 2 * centre - start
        if end < start - 0.3 or abs(end - round(end)) > 0.35:
            return []
        starts.append(start)
        start = round(end) + 1
    return starts if start == count else []
