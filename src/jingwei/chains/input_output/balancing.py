"""Fitting a matrix to new margins: RAS, and GRAS where entries are negative.

RAS scales rows and columns in turn until the margins are met (Stone 1961; Bacharach 1970,
Biproportional Matrices and Input-Output Change). GRAS keeps the sign of every entry and minimises
the gain of information (Junius and Oosterhaven 2003, Economic Systems Research 15; corrected by
Lenzen, Wood and Gallego 2007 and, for rows without positive entries, Temurshoev, Miller and Bouwmeester
2013). A zero stays zero, so that some margins cannot be met: then it is said which, and nothing
is returned.
"""

from dataclasses import dataclass

import numpy as np

from jingwei.chains.input_output.table import Array
from jingwei.core import JingweiError

_ROUNDS, _CLOSE = 20000, 1e-12


class NoBalance(JingweiError):
    """No matrix of this pattern has these margins, or none was reached."""


@dataclass(frozen=True, slots=True)
class Balanced:
    """A fitted matrix, the factors of its rows and columns, and how closely margins are met.

    ``error`` is the largest difference of a margin, relative to the largest margin.
    """

    matrix: Array
    rows: Array
    columns: Array
    rounds: int
    error: float


def ras(matrix: Array, rows: Array, columns: Array) -> Balanced:
    """Fit a matrix without negative entries to row sums (n,) and column sums (m,).

    Raises NoBalance for negative entries, margins that differ in total, or margins out of reach.
    """
    if np.any(matrix < 0):
        raise NoBalance(
            "矩阵里有负数，RAS 不适用；请改用 GRAS",
            "the matrix has negative entries, which RAS cannot keep; use GRAS",
        )
    return gras(matrix, rows, columns)


def gras(matrix: Array, rows: Array, columns: Array) -> Balanced:
    """Fit a matrix with entries of either sign to row sums (n,) and column sums (m,).

    Without negative entries this is RAS. Margins are met to 1e-12 of the largest one.
    """
    _require_possible(matrix, rows, columns)
    positive, negative = np.maximum(matrix, 0.0), np.maximum(-matrix, 0.0)
    scale = float(max(np.max(np.abs(rows)), np.max(np.abs(columns)), 1e-300))
    across = np.ones(rows.size)
    down = np.ones(columns.size)
    best, since = np.inf, 0
    for round_ in range(1, _ROUNDS + 1):
        across = _factor(positive @ down, negative @ (1 / down), rows)
        down = _factor(across @ positive, (1 / across) @ negative, columns)
        # columns are met by construction; what is left is in the rows
        sums = across * (positive @ down) - (negative @ (1 / down)) / across
        error = float(np.max(np.abs(sums - rows))) / scale
        if error <= _CLOSE:
            fitted = positive * across[:, None] * down - negative / across[:, None] / down
            return Balanced(fitted, across, down, round_, error)
        best, since = (error, 0) if error < 0.999 * best else (best, since + 1)
        if since > 500 or not np.isfinite(error):
            break
    sums = across * (positive @ down) - (negative @ (1 / down)) / across
    worst = int(np.argmax(np.abs(np.nan_to_num(sums - rows, nan=np.inf))))
    raise NoBalance(
        f"没有收敛：这样的零元格局配不出这些合计；差得最多的是第{worst + 1}行"
        f"（应为{rows[worst]:g}，只能到{sums[worst]:g}）。请检查该行的零元，或放宽合计",
        f"no matrix with these zeros has these margins; row {worst + 1} is furthest off "
        f"(wanted {rows[worst]:g}, reached {sums[worst]:g}); look at its zeros or ease the margin",
    )


def _factor(up: Array, down: Array, wanted: Array) -> Array:
    """The positive root r of up * r - down / r = wanted, for every row; 1 for an empty row."""
    root = np.sqrt(wanted * wanted + 4 * up * down)
    factor = np.ones_like(wanted)
    # of the two forms of the root the one that does not cancel
    forward = (up > 0) & (wanted >= 0)
    factor[forward] = (wanted[forward] + root[forward]) / (2 * up[forward])
    backward = ~forward & (down > 0)
    below = root[backward] - wanted[backward]
    factor[backward] = 2 * down[backward] / below
    # only positive entries and a margin of zero: the row vanishes
    return np.where(factor > 0, factor, 1e-300)


def _require_possible(matrix: Array, rows: Array, columns: Array) -> None:
    total, other = float(rows.sum()), float(columns.sum())
    size = max(float(np.abs(rows).sum()), float(np.abs(columns).sum()), 1e-300)
    if abs(total - other) > 1e-9 * size:
        raise NoBalance(
            f"行合计之和{total:g}与列合计之和{other:g}不等，差{total - other:g}；请先使两者一致",
            f"the row sums add to {total:g}, the column sums to {other:g}; make them equal first",
        )
    for axis, margins, zh, en in ((1, rows, "行", "row"), (0, columns, "列", "column")):
        above = (matrix > 0).any(axis=axis)
        below = (matrix < 0).any(axis=axis)
        for k in np.flatnonzero(((margins > 0) & ~above) | ((margins < 0) & ~below)).tolist():
            raise NoBalance(
                f"第{k + 1}{zh}没有与合计{margins[k]:g}同号的元素，配不出这个合计；请先填入初值",
                f"{en} {k + 1} has no entry of the sign of its margin {margins[k]:g}; give it one",
            )
