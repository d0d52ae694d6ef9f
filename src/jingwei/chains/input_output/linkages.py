"""Backward and forward linkages, in both published conventions.

Backward linkage of j: what one unit of final demand for j calls forth, the column sum of the
Leontief inverse, normalised to mean one (Rasmussen 1956, Studies in Inter-Sectoral Relations;
Miller and Blair 2009, section 12.2.1). Forward linkage of i: the row sum of the Ghosh inverse,
what one unit of primary input of i enables (Beyers 1976, Journal of Regional Science 16; Jones
1976, Quarterly Journal of Economics 90); the older convention takes row sums of the Leontief
inverse, and depends on an equal rise of all final demands. Dispersion is the coefficient of
variation of the column of L, or of the row of G (Rasmussen's V; Miller and Blair 2009, p. 561).
A key sector has both linkages, backward and Ghosh, above one.

Known drawbacks: one unit of demand for a tiny sector weighs as much as for a large one, and the
Ghosh model read as quantities supposes perfect substitution of inputs (Oosterhaven 1988); it is
used here as a measure of how sales are spread only.
"""

from dataclasses import dataclass

import numpy as np

from jingwei.chains.input_output.solving import (
    leontief_inverse,
    reciprocal,
    require_productive,
    solve,
)
from jingwei.chains.input_output.table import Array, InputOutputTable


@dataclass(frozen=True, slots=True)
class Linkages:
    """Linkages of n sectors, normalised to mean one; dispersions None where not asked for.

    ``totals`` are the means before normalisation: backward, Ghosh forward, Leontief forward.
    """

    backward: Array
    forward_ghosh: Array
    forward_leontief: Array
    backward_dispersion: Array | None
    forward_dispersion: Array | None
    totals: tuple[float, float, float]

    @property
    def key(self) -> tuple[bool, ...]:
        """Key sectors: backward and Ghosh forward linkage above one."""
        both = (self.backward > 1) & (self.forward_ghosh > 1)
        return tuple(bool(each) for each in both)


def linkages(table: InputOutputTable, *, dispersion: bool = True) -> Linkages:
    """Linkages of every sector. With ``dispersion`` the inverse is formed, else two systems solved.

    Raises NotProductive.
    """
    flows, output = table.flows, table.made
    ones = np.ones(output.size)
    if not dispersion:
        sums = solve(flows, output, [("price", ones), ("supply", ones), ("demand", ones)])
        require_productive(flows, sums[0])
        return _normalised(sums[0], sums[1], sums[2], None, None)
    inverse = leontief_inverse(flows, output)
    backward, forward = inverse.sum(axis=0), inverse.sum(axis=1)
    require_productive(flows, backward)
    by_column = _variation(inverse, 0)
    # G = x^-1 L x off the sectors without output, which sell nothing: their row of G is that of I
    ghosh = inverse * output
    ghosh *= reciprocal(output)[:, None]
    idle = np.flatnonzero(output == 0)
    ghosh[idle] = 0.0
    ghosh[idle, idle] = 1.0
    return _normalised(backward, ghosh.sum(axis=1), forward, by_column, _variation(ghosh, 1))


def _variation(matrix: Array, axis: int) -> Array:
    """Coefficient of variation along an axis, with n - 1 in the standard deviation."""
    mean = matrix.mean(axis=axis)
    if matrix.shape[0] < 2:
        return np.zeros_like(mean)
    return np.asarray(matrix.std(axis=axis, ddof=1) / mean, dtype=float)


def _normalised(
    backward: Array,
    ghosh: Array,
    leontief: Array,
    by_column: Array | None,
    by_row: Array | None,
) -> Linkages:
    means = float(backward.mean()), float(ghosh.mean()), float(leontief.mean())
    return Linkages(
        backward / means[0], ghosh / means[1], leontief / means[2], by_column, by_row, means
    )
