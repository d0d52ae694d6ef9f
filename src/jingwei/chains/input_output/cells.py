"""Figures of a sheet whose parts are found: every cell a number, or a fault with its place."""

from collections.abc import Sequence

import numpy as np

from jingwei.chains.input_output.anatomy import Anatomy
from jingwei.chains.input_output.headings import figure
from jingwei.chains.input_output.table import Array

_LARGEST = 1e30


def numbers(at: Anatomy, rows: Sequence[int], columns: Sequence[int]) -> Array:
    """Figures of cells, (rows, columns). Raises InvalidFile for a cell that holds none."""
    found = np.empty((len(rows), len(columns)))
    for i, row in enumerate(rows):
        line = at.grid[row]
        for j, column in enumerate(columns):
            text = line[column]
            value = figure(text)
            if value is None:
                raise at.fault(
                    row,
                    column,
                    f"这里应是数字，却是“{text}”；没有流量请写0，不知道的不能算"
                    if text
                    else "这里是空的；没有流量请写0，不知道的不能算",
                    f"a number is needed here, not '{text}'; write 0 for no flow, an unknown flow "
                    "cannot be used",
                )
            found[i, j] = value
    if found.size and not float(np.max(np.abs(found))) <= _LARGEST:
        i, j = (int(k[0]) for k in np.nonzero(~(np.abs(found) <= _LARGEST)))
        raise at.fault(
            rows[i],
            columns[j],
            f"{found[i, j]:g}大得不像一个数额；请核对",
            f"{found[i, j]:g} is too large for an amount; check it",
        )
    return found
