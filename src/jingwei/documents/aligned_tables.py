"""Tables without ruling lines: columns from aligned pieces, rows from anchors. Pure geometry.

A row of headings (指标, 单位, 2025年 …) opens a table. Its headings and the pieces below them
give the columns; ``aligned_rows`` gives the rows. Text set in columns with blanks is read in
the same way, a letter being as wide and high as any other (``text_columns``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jingwei.documents.aligned_rows import rows_of
from jingwei.documents.columns import column_kind
from jingwei.documents.folding import fold
from jingwei.documents.geometry import Box, Fragment, around
from jingwei.documents.numbering import is_box_title, opens_section
from jingwei.documents.vocabulary import words

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
        places = _places(row, extents)
        gap = rows[last - 1][0].box.middle - row[0].box.middle
        if places is None or (pitch and gap > 3.0 * pitch) or _is_outside(row, len(columns)):
            break
        pitch = max(pitch, min(gap, 2.0 * row[0].em))
        pieces += places
        for column, piece in places:
            extents[column] = around([extents[column], piece.box])
        last += 1
    by_column: list[list[Fragment]] = [[] for _ in kinds]
    for column, piece in pieces:
        by_column[column].append(piece)
    grid = rows_of(by_column, kinds)
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
        places = _places(rows[after], extents)
        if places is None or not all(_heads(columns[c], piece) for c, piece in places):
            break
        for column, piece in places:
            columns[column].append(piece)
        after += 1
    kinds = [column_kind(_text(column)) for column in columns]
    return (columns, after) if sum(1 for kind in kinds if kind) * 2 > len(kinds) else None


def _heads(above: Sequence[Fragment], piece: Fragment) -> bool:
    """Whether a piece is a heading itself, or completes the one above it."""
    text = _text([piece])
    if column_kind(text):
        return not (text.isdigit() and len(text) < 4)
    begun = _text(above)
    endings = tuple(
        word for words_of in words("table").values() for word in words_of if len(word) > 1
    )
    return len(text) <= 3 and not begun.endswith(endings) and (begun + text).endswith(endings)


def _is_outside(row: Sequence[Fragment], columns: int) -> bool:
    """A heading, a box title or a note below the table."""
    text = _text(row)
    if len(row) > 1 and len(row) * 2 > columns:
        return False
    return (
        is_box_title(text)
        or text.startswith(("注:", "注1", "说明:", "数据来源", "资料来源"))
        or opens_section(text)
    )


def _places(row: Sequence[Fragment], extents: Sequence[Box]) -> list[tuple[int, Fragment]] | None:
    """The column of each piece; None if a piece lies across columns or far from all."""
    places: list[tuple[int, Fragment]] = []
    for piece in row:
        over = [
            index
            for index, extent in enumerate(extents)
            if min(piece.box.right, extent.right) - max(piece.box.left, extent.left)
            > 0.2 * piece.em
        ]
        if len(over) > 1 and piece.words:
            inner = _places(piece.words, extents)
            if inner is None:
                return None
            places += inner
            continue
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
