"""Tables and frames drawn with lines: from ruling lines to cells. Pure geometry.

Lines that cross or touch form one figure. Its lines cut it into elementary cells; where the
line between two of them is missing they are one cell. Tables without lines at the sides get
them; a figure with a single cell is a frame around text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from jingwei.documents.geometry import Box

_NEAR = 3.0  # lines meet if they end within this distance
_SAME = 2.0  # lines at this distance are one
_OPEN = 8.0  # posts that go on further than this leave a figure open
_MOST_LINES = 600  # a page with more is a drawing


class Rule(NamedTuple):
    """A ruling line: where it lies across its direction, and where it begins and ends."""

    at: float
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class CellBox:
    """A cell: its first row and column, how many it covers, where it is."""

    row: int
    column: int
    down: int
    across: int
    box: Box


@dataclass(frozen=True, slots=True)
class Figure:
    """A ruled table or frame. ``columns`` and ``rows`` are the positions of its lines."""

    box: Box
    columns: tuple[float, ...]
    rows: tuple[float, ...]  # from top to bottom
    cells: tuple[CellBox, ...]

    def cell_at(self, x: float, y: float) -> int | None:
        """Index of the cell that holds a point."""
        for index, cell in enumerate(self.cells):
            if cell.box.holds(x, y):
                return index
        return None


def figures(across: Iterable[Rule], down: Iterable[Rule]) -> list[Figure]:
    """The figures on a page, given its horizontal (``across``) and vertical (``down``) lines."""
    horizontal, vertical = _merged(across), _merged(down)
    if not horizontal or not vertical or len(horizontal) + len(vertical) > _MOST_LINES:
        return []
    found: list[Figure] = []
    for lines, posts in _connected(horizontal, vertical):
        lines = lines + _closing(lines, posts)
        if len(lines) >= 2 and posts:
            found.append(_figure(lines, posts))
    return sorted(found, key=lambda figure: -figure.box.top)


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Lines drawn in pieces, or twice, as one."""
    merged: list[Rule] = []
    for rule in sorted(rules):
        index = _touching(merged, rule)
        if index is None:
            merged.append(rule)
        else:
            other = merged[index]
            first, last = min(rule.first, other.first), max(rule.last, other.last)
            merged[index] = Rule(other.at, first, last)
    return merged


def _touching(merged: Sequence[Rule], rule: Rule) -> int | None:
    for index in range(len(merged) - 1, -1, -1):
        other = merged[index]
        if rule.at - other.at > 2 * _SAME:
            return None
        close = rule.at - other.at <= _SAME
        if close and rule.first <= other.last + _NEAR and other.first <= rule.last + _NEAR:
            return index
    return None


def _connected(
    horizontal: Sequence[Rule], vertical: Sequence[Rule]
) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that touch."""
    count = len(horizontal)
    parent = list(range(count + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, line in enumerate(horizontal):
        for j, post in enumerate(vertical):
            crosses = line.first - _NEAR <= post.at <= line.last + _NEAR
            if crosses and post.first - _NEAR <= line.at <= post.last + _NEAR:
                parent[root(i)] = root(count + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index in range(len(parent)):
        lines, posts = groups.setdefault(root(index), ([], []))
        if index < count:
            lines.append(horizontal[index])
        else:
            posts.append(vertical[index - count])
    return list(groups.values())


def _positions(values: Iterable[float]) -> list[float]:
    """Values that lie close together as one."""
    positions: list[float] = []
    for value in sorted(values):
        if not positions or value - positions[-1] > _NEAR:
            positions.append(value)
    return positions


def _closing(lines: Sequence[Rule], posts: Sequence[Rule]) -> list[Rule]:
    """Lines at the open end of a figure that a page turn cuts: its posts go on beyond."""
    if len(posts) < 2 or not lines:
        return []
    first, last = min(post.at for post in posts), max(post.at for post in posts)
    lowest, highest = min(line.at for line in lines), max(line.at for line in lines)
    foot, head = min(post.first for post in posts), max(post.last for post in posts)
    ends = [foot] if foot < lowest - _OPEN else []
    ends += [head] if head > highest + _OPEN else []
    return [Rule(end, first, last) for end in ends]


def _figure(lines: list[Rule], posts: list[Rule]) -> Figure:
    box = Box(
        min(line.first for line in lines),
        min(line.at for line in lines),
        max(line.last for line in lines),
        max(line.at for line in lines),
    )
    columns = _positions([post.at for post in posts] + [box.left, box.right])
    rows = _positions([line.at for line in lines])[::-1]
    return Figure(box, tuple(columns), tuple(rows), _cells(lines, posts, columns, rows))


def _cells(
    lines: Sequence[Rule], posts: Sequence[Rule], columns: Sequence[float], rows: Sequence[float]
) -> tuple[CellBox, ...]:
    width, height = len(columns) - 1, len(rows) - 1
    parent = list(range(width * height))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for row in range(height):
        middle = (rows[row] + rows[row + 1]) / 2
        for column in range(width):
            here = row * width + column
            centre = (columns[column] + columns[column + 1]) / 2
            if column + 1 < width and not _drawn(posts, columns[column + 1], middle):
                parent[root(here)] = root(here + 1)
            if row + 1 < height and not _drawn(lines, rows[row + 1], centre):
                parent[root(here)] = root(here + width)
    members: dict[int, list[int]] = {}
    for index in range(width * height):
        members.setdefault(root(index), []).append(index)
    cells = [_cell_box(group, width, columns, rows) for group in members.values()]
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _drawn(rules: Sequence[Rule], at: float, along: float) -> bool:
    return any(
        abs(rule.at - at) <= _NEAR and rule.first - _SAME <= along <= rule.last + _SAME
        for rule in rules
    )


def _cell_box(
    group: Sequence[int], width: int, columns: Sequence[float], rows: Sequence[float]
) -> CellBox:
    top, bottom = group[0] // width, max(index // width for index in group)
    left = min(index % width for index in group)
    right = max(index % width for index in group)
    box = Box(columns[left], rows[bottom + 1], columns[right + 1], rows[top])
    return CellBox(top, left, bottom - top + 1, right - left + 1, box)
