"""Rows whose values slipped one column to the right, told by what stands where.

Two proofs: with a gap where all others have a value, the steps between neighbouring columns are those
usual one column further left (lists of firms); or the total of a later column is made by the row's next
cell (tables with a total).
"""

import math
import re
from collections.abc import Sequence
from statistics import median

from jingwei.statistics.intake.cells import Number, meaning
from jingwei.statistics.intake.layout import Table

_MANY = 30

_OF_WHICH = re.compile(r"\s*(?:[#＃*＊]|其中)")
"""Rows that no total counts again."""


def moved_rows(table: Table, columns: Sequence[int]) -> list[tuple[int, int]]:
    """(row, column of the gap) of rows that moved; both from 0."""
    if len(table.rows) < 4 or len(columns) < 4:
        return []
    values = {row: [_value(table, row, column) for column in columns] for row in table.rows}
    filled = [sum(line[at] is not None for line in values.values()) for at in range(len(columns))]
    found: list[tuple[int, int]] = []
    parts = {row: line for row, line in values.items() if not _OF_WHICH.match(_label(table, row))}
    usual = _steps(list(values.values())) if len(table.rows) >= _MANY else None
    for row, line in values.items():
        gaps = [at for at, value in enumerate(line) if value is None]
        if len(gaps) != 1 or gaps[0] > len(columns) - 3:
            continue
        gap = gaps[0]
        if filled[gap] < 0.85 * len(table.rows):
            continue
        moved = _by_steps(line, gap, usual) if usual is not None else _by_sums(parts, row, gap)
        if moved:
            found.append((row, columns[gap]))
    return found


def _label(table: Table, row: int) -> str:
    return next((cell.text for cell in table.grid.rows[row] if not cell.empty), "")


def _value(table: Table, row: int, column: int) -> float | None:
    found = meaning(table.grid.at(row, column))
    return found.value if isinstance(found, Number) else None


def _steps(lines: Sequence[Sequence[float | None]]) -> list[tuple[float, float]]:
    """Median and spread of the logarithmic step from each column to the next."""
    result: list[tuple[float, float]] = []
    for at in range(len(lines[0]) - 1):
        steps = [
            math.log(b / a)
            for line in lines
            if (a := line[at]) is not None and (b := line[at + 1]) is not None and a > 0 and b > 0
        ]
        middle = median(steps) if steps else 0.0
        spread = median(abs(step - middle) for step in steps) if steps else math.inf
        result.append((middle, max(1.4826 * spread, 0.05)))
    return result


def _by_steps(line: Sequence[float | None], gap: int, usual: list[tuple[float, float]]) -> bool:
    here = there = 0.0
    counted = 0
    for at in range(gap + 1, len(line) - 1):
        a, b = line[at], line[at + 1]
        if a is None or b is None or a <= 0 or b <= 0:
            continue
        step = math.log(b / a)
        here += min(abs(step - usual[at][0]) / usual[at][1], 50)
        there += min(abs(step - usual[at - 1][0]) / usual[at - 1][1], 50)
        counted += 1
    return counted >= 2 and here > 6 * counted and there < 0.4 * here


def _by_sums(values: dict[int, list[float | None]], row: int, gap: int) -> bool:
    for total in values if row in values else ():
        if total == row:
            continue
        held = tried = 0
        for at in range(gap, len(values[row]) - 1):
            others = [line[at] for key, line in values.items() if key not in (row, total)]
            whole, mine = values[total][at], values[row][at + 1]
            if whole is None or mine is None or any(each is None for each in others):
                continue
            tried += 1
            made = sum(each for each in others if each is not None) + mine
            held += abs(made - whole) <= 1e-4 * abs(whole) + 0.06
        if tried >= 2 and held >= 0.75 * tried:
            return True
    return False
