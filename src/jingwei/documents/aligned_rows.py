"""Rows of tables without ruling lines, from pieces in known columns. Pure geometry.

The column with row numbers, or else the one with 约束性 and 预期性, units or values, says where
the rows are (*anchors*). Lines of wrapped cells are divided among the rows so that the cells
stand best beside their anchors: all by their middles, by their first or by their last lines.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

from jingwei.documents.geometry import Fragment

Cells = tuple[tuple[Fragment, ...], ...]

_TALLEST = 12  # lines of a cell
_MISSING = 1000.0  # cost of a row without a name
_EMPTY = 0.3  # in ems: cost of another empty cell
_JOINT = 0.05  # in ems: cost of a second line of a cell; of more, by the square
_PITCH = 1.6  # in ems: lines of a cell stand no further apart
_MODES = ("middle", "first", "last")


def rows_of(columns: Sequence[Sequence[Fragment]], kinds: Sequence[str]) -> list[Cells]:
    """Cells by row and column."""
    anchors = _anchors(columns, kinds)
    if not anchors:
        return []
    cells: list[list[list[Fragment]]] = [[[] for _ in kinds] for _ in anchors]
    lines = [_lines(column) for column in columns]
    names = [column for column, kind in enumerate(kinds) if kind != "category"]
    distances = {
        mode: round(sum(_divided(lines[c], anchors, mode, kinds[c])[0] for c in names), 3)
        for mode in _MODES
    }
    best = min(_MODES, key=lambda mode: distances[mode])  # the first of equals
    for column, kind in enumerate(kinds):
        if kind == "category":
            for row, stack in _groups(columns[column], anchors):
                cells[row][column].extend(stack)
            continue
        _, rows = _divided(lines[column], anchors, best, kind)
        for line, row in zip(lines[column], rows, strict=True):
            cells[row][column].extend(line)
    return [tuple(tuple(cell) for cell in row) for row in cells]


def _anchors(columns: Sequence[Sequence[Fragment]], kinds: Sequence[str]) -> list[float]:
    """Heights of the rows, from top to bottom."""
    numbers = [
        piece
        for column, kind in zip(columns, kinds, strict=True)
        if kind == "serial"
        for piece in column
        if piece.text.strip(".、．").isdigit()
    ]
    if numbers:
        return sorted((piece.box.middle for piece in numbers), reverse=True)
    for wanted in ("attribute", "unit", "value"):
        candidates = [
            [_middle(stack) for stack in _stacks(column)]
            for column, kind in zip(columns, kinds, strict=True)
            if kind == wanted
        ]
        if candidates:
            return max(candidates, key=len)
    return []


def _lines(pieces: Sequence[Fragment]) -> list[list[Fragment]]:
    """The pieces of a column, line by line."""
    lines: list[list[Fragment]] = []
    for piece in sorted(pieces, key=lambda each: (-each.box.middle, each.box.left)):
        if lines and lines[-1][0].box.middle - piece.box.middle < 0.5 * piece.em:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    for line in lines:
        line.sort(key=lambda each: each.box.left)
    return lines


def _divided(
    lines: Sequence[Sequence[Fragment]], anchors: Sequence[float], mode: str, kind: str
) -> tuple[float, list[int]]:
    """The row of each line, and how far the cells stand from their anchors in all.

    Lines keep their order; each row takes some that follow each other, perhaps none. Lines
    further apart than those of one cell cost extra, and so does a row that goes without.
    """
    heights = [line[0].box.middle for line in lines]
    count = len(heights)
    steps = [above - below for above, below in pairwise(heights)]
    em = max((line[0].em for line in lines), default=1.0)
    missing = _MISSING if kind == "name" else _EMPTY * em
    best = [0.0] + [math.inf] * count
    taken: list[list[int]] = []
    for anchor in anchors:
        reached = [cost + missing for cost in best]
        sizes = [0] * (count + 1)
        for last in range(1, count + 1):
            for first in range(last - 1, max(-1, last - 1 - _TALLEST), -1):
                if best[first] == math.inf:
                    continue
                wide = sum(max(0.0, step - _PITCH * em) for step in steps[first : last - 1])
                tall = _JOINT * em * (last - first - 1) ** 2
                cost = best[first] + wide + tall + abs(_beside(heights, first, last, mode) - anchor)
                if cost < reached[last]:
                    reached[last], sizes[last] = cost, last - first
        best = reached
        taken.append(sizes)
    rows = [0] * count
    last = count
    for row in range(len(anchors) - 1, -1, -1):
        size = taken[row][last]
        rows[last - size : last] = [row] * size
        last -= size
    if best[count] == math.inf:  # more lines than the rows can take
        return best[count], [_nearest(anchors, height) for height in heights]
    return best[count], rows


def _beside(heights: Sequence[float], first: int, last: int, mode: str) -> float:
    if mode == "middle":
        return (heights[first] + heights[last - 1]) / 2
    return heights[first] if mode == "first" else heights[last - 1]


def _nearest(anchors: Sequence[float], height: float) -> int:
    return min(range(len(anchors)), key=lambda row: abs(anchors[row] - height))


# --- names of groups --------------------------------------------------------------------------


def _groups(
    pieces: Sequence[Fragment], anchors: Sequence[float]
) -> list[tuple[int, list[Fragment]]]:
    """Names of groups of rows, each with the first row of its group."""
    stacks = _stacks(pieces)
    rows = [min(_nearest(anchors, s[0].box.middle), _nearest(anchors, _middle(s))) for s in stacks]
    starts = _group_starts([_place(anchors, stack) for stack in stacks], len(anchors))
    return list(zip(starts or rows, stacks, strict=True))


def _stacks(pieces: Sequence[Fragment]) -> list[list[Fragment]]:
    """Pieces of one column that follow each other line by line: the lines of one cell."""
    ordered = sorted(pieces, key=lambda piece: -piece.box.middle)
    steps = [a.box.middle - b.box.middle for a, b in pairwise(ordered)]
    smallest = min((step for step in steps if step > 0.5), default=0.0)
    stacks: list[list[Fragment]] = []
    for index, piece in enumerate(ordered):
        wrapped = index > 0 and steps[index - 1] <= min(1.2 * smallest, _PITCH * piece.em)
        if wrapped:
            stacks[-1].append(piece)
        else:
            stacks.append([piece])
    return stacks


def _middle(stack: Sequence[Fragment]) -> float:
    return (stack[0].box.middle + stack[-1].box.middle) / 2


def _place(anchors: Sequence[float], stack: Sequence[Fragment]) -> float:
    """Where the middle of a cell stands among the rows: 0.5 between the first two."""
    middle = _middle(stack)
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
