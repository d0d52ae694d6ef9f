"""Which line of a sheet heads the sectors, and which column labels them.

A sector labels a row and heads a column: the line and the column that have most in common are taken.
"""

from functools import cache

from jingwei.chains.input_output.grid import Grid
from jingwei.chains.input_output.headings import (
    column_role,
    figure,
    folded,
    is_total,
    is_within,
    parts,
    row_role,
)

_HEADS, _LABELS = 20, 10
"""Lines that are tried as headings, columns that are tried as labels."""


@cache
def _whole(text: str) -> str:
    column = column_role(text)
    # 其他 is an error over a column alone, and a sector where a row has the name too
    if (column is not None and column[0] != "errors") or row_role(text) is not None:
        return ""
    if is_total(text) or is_within(text):
        return ""
    if "." in text and figure(text) is not None:
        return ""  # a decimal is no label
    return folded(text)


@cache
def _code(text: str) -> str:
    both = parts(text)
    if both is None:
        return _whole(text)
    return folded(both[0]) if _whole(both[1]) else ""


@cache
def _name(text: str) -> str:
    both = parts(text)
    if both is None:
        return _whole(text)
    return folded(both[1]) if _whole(both[1]) else ""


VIEWS = (_whole, _code, _name)


def best(grid: Grid) -> tuple[int, int, int, tuple[int, ...]] | None:
    """Line of headings, column of labels, view, columns of sectors: those that share most."""
    found: tuple[tuple[float, int, int, int, int, int], tuple[int, ...]] | None = None
    for view, key_of in enumerate(VIEWS):
        across = [[key_of(cell) for cell in line] for line in grid[:_HEADS]]
        for label in range(min(_LABELS, len(grid[0]) - 1)):
            down = [key_of(line[label]) for line in grid]
            for head, keys in enumerate(across):
                known = {key for key in down[head + 1 :] if key}
                columns = tuple(
                    c for c in range(label + 1, len(keys)) if keys[c] and keys[c] in known
                )
                if not columns:
                    continue
                # codes before names: only they tell sectors of one name apart
                coded = all(keys[c].isascii() for c in columns)
                # labels stand side by side; figures that happen to recur are strewn, while a word
                # that recurs is a sector printed twice, which is told later
                unlike = len({keys[c] for c in columns})
                twice = sum(not keys[c].isascii() for c in columns) - len(
                    {keys[c] for c in columns if not keys[c].isascii()}
                )
                shared = (unlike + twice / 2) ** 2 / (columns[-1] - columns[0] + 1)
                below = next((key for key in down[head + 1 :] if key), "")
                score = (shared, int(below == keys[columns[0]]), int(coded), -view, -label, -head)
                if found is None or score > found[0]:
                    found = score, columns
    if found is None:
        return None
    (*_, view, label, head), columns = found
    return -head, -label, -view, columns


def is_turned(grid: Grid, head: int, label: int, columns: tuple[int, ...]) -> bool:
    """Whether primary inputs head columns and final uses label rows."""
    sectors = {folded(grid[head][c]) for c in columns}
    over = [
        cell
        for line in grid[: head + 1]
        for c, cell in enumerate(line)
        if c > label and c not in columns
    ]
    before = [
        cell
        for line in grid[head + 1 :]
        if folded(line[label]) not in sectors
        for cell in line[: columns[0]]
    ]
    as_printed = sum(column_role(cell) is not None for cell in over)
    as_printed += sum(row_role(cell) is not None for cell in before)
    the_other = sum(row_role(cell) is not None for cell in over)
    roles = [column_role(cell) for cell in before]
    # a line of outputs below the flows is no sign: it is printed in either way
    the_other += sum(role is not None and role[0] != "output" for role in roles)
    return the_other > as_printed
