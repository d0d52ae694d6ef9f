"""Columns of which all rows are off by one power of ten: a column in another unit."""

import math
from collections import defaultdict
from typing import Any

from jingwei.statistics.checks.bench import Bench, Draft, shown, spelled
from jingwei.statistics.checks.likely import factor_between, factor_rule
from jingwei.statistics.checks.panel import FEWEST, median_along


def column_shifts(bench: Bench) -> None:
    """A period of which all rows are off by one power of ten: a column in another unit."""
    for order in range(len(bench.families)):
        for _ in range(3):
            if not _one_shift(bench, order):
                break


def _one_shift(bench: Bench, order: int) -> bool:
    import numpy as np

    family = bench.families[order]
    present = family.index[family.index >= 0]
    if family.linear and bench.figures[int(present[0])].unit != "%":
        return False
    with np.errstate(all="ignore"):
        flat = np.array(bench.values)
        raw = np.where(family.index >= 0, np.abs(flat[family.index]), np.nan)
        x = np.log(raw) - np.log(np.array([len(m) for m in family.periods], float))[None, :]
        x = np.where(np.isfinite(x), x, np.nan)
    columns = x.shape[1]
    if columns < 2:
        return False
    for column in range(columns):
        for rows in _printed_together(bench, order, column):
            near = sorted((c for c in range(columns) if c != column), key=lambda c: abs(c - column))
            with np.errstate(all="ignore"):
                steps = x[rows, column] - _nearest(x[rows][:, near])
            steps = steps[~np.isnan(steps)]
            if len(steps) < FEWEST or (columns == 2 and _is_first(bench, order, column)):
                continue
            middle = float(np.median(steps))
            factor = factor_between(math.exp(min(middle, 60)), 1.0, 0.6)
            if factor is None or np.mean(np.abs(steps - math.log(factor)) < 0.8) < 0.8:
                continue
            _add_shift(bench, tuple(int(family.index[row, column]) for row in rows), factor)
            return True
    return False


def _nearest(x: Any) -> Any:
    """For each row the median of its four nearest values (columns are in order of nearness)."""
    import numpy as np

    present = ~np.isnan(x)
    return median_along(np.where(present & (np.cumsum(present, axis=1) <= 4), x, np.nan), 1)


def _printed_together(bench: Bench, order: int, column: int) -> list[list[int]]:
    """Rows of a family that stand in one column of one table, at least three."""
    family = bench.families[order]
    groups: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for row in range(len(family.members)):
        number = int(family.index[row, column])
        if number >= 0 and bench.free(number) and bench.values[number] != 0:
            place = bench.figures[number].place
            groups[place.file, place.sheet, place.table, place.column].append(row)
    return [rows for rows in groups.values() if len(rows) >= FEWEST]


def _add_shift(bench: Bench, numbers: tuple[int, ...], factor: float) -> None:
    figure = bench.figures[numbers[0]]
    times = shown(max(factor, 1 / factor))
    bench.add(
        Draft(
            factor_rule(factor, figure.unit), numbers,
            f"{figure.name} {spelled(figure.months)} 整列比前后各期{'大' if factor > 1 else '小'}约 {times} 倍"
            f"（如 {shown(figure.value)}{figure.unit}）；请核对这一列的单位",
            f"the whole column of {figure.months} is off by about {times} against its "
            f"neighbours (such as {shown(figure.value)}{figure.unit}); check its unit",
            tuple(bench.values[n] / factor for n in numbers), factor,
        )
    )  # fmt: skip


def _is_first(bench: Bench, order: int, column: int) -> bool:
    """Of two periods the known one, else the earlier one, is taken as right."""
    index = bench.families[order].index
    known = [all(int(n) >= bench.own for n in index[:, at] if n >= 0) for at in (0, 1)]
    if known[0] != known[1]:
        return known[column]
    return column == 0
