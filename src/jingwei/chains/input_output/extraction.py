"""Hypothetical extraction: what the economy loses without a sector, in closed form.

Removing sector k (its purchases, its sales and its own final demand) is a change of low rank, so
that the loss follows for all sectors from the column sums and the diagonal of one inverse (Paelinck, de Caevel and Degueldre 1965;
Dietzenbacher and van der Linden 1997, Journal of Regional Science 37; the closed form is the
Sherman-Morrison identity):

    full:      loss_k = x_k * sum_i L_ik / L_kk
    purchases: loss_k = x_k * (sum_i L_ik - 1) / L_kk        (column k of A set to zero)
    sales:     loss_k = (x_k - y_k) * sum_i L_ik / L_kk       (row k of A set to zero)

Losses are in the unit of the table; a full extraction counts the sector's own output as lost.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from jingwei.chains.input_output.solving import (
    column_sums_and_diagonal,
    leontief_inverse,
    require_productive,
)
from jingwei.chains.input_output.table import Array, InputOutputTable

Extent = Literal["full", "purchases", "sales"]


def extraction(table: InputOutputTable, extent: Extent = "full") -> Array:
    """Total output lost when each sector is extracted alone, (n,). Raises NotProductive."""
    columns, own = column_sums_and_diagonal(table.flows, table.made)
    require_productive(table.flows, columns)
    if extent == "full":
        return table.made * columns / own
    if extent == "purchases":
        return table.made * (columns - 1.0) / own
    return (table.output - table.final_demand) * columns / own


def group_extraction(table: InputOutputTable, group: Sequence[int]) -> Array:
    """Output lost by each sector when a group is extracted as a whole, (n,).

    group: positions of the sectors. x - x' = L_.K (L_KK)^-1 x_K, so members lose all they make.
    """
    inverse = leontief_inverse(table.flows, table.made)
    require_productive(table.flows, inverse.sum(axis=0))
    members = np.array(sorted(set(group)), dtype=np.intp)
    weights = np.linalg.solve(inverse[np.ix_(members, members)], table.made[members])
    return inverse[:, members] @ weights
