"""Structural paths: through which chains of suppliers a factor reaches final demand.

s L y = s y + s A y + s A A y + ...; each product s_i a_ij ... y_k is a path (Defourny and Thorbecke
1984, Economic Journal 94; Treloar 1997). The part of the tree above a sector i that is reached with
weight w adds up to w * (s'L)_i exactly, so branches whose whole contribution is below the threshold
are left out without loss, and what was left out is known.
"""

from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np

from jingwei.chains.input_output.solving import coefficients, require_productive, solve
from jingwei.chains.input_output.table import Array, InputOutputTable
from jingwei.core import InvalidRequest


@dataclass(frozen=True, slots=True)
class StructuralPath:
    """Positions from the sector where the factor arises to the one that sells to final demand.

    ``amount`` is in the unit of the factor, ``share`` of the whole footprint.
    """

    sectors: tuple[int, ...]
    amount: float
    share: float


def structural_paths(
    table: InputOutputTable,
    intensity: Array,
    demand: Array,
    *,
    least: float = 1e-3,
    longest: int = 8,
    most: int = 1000,
) -> list[StructuralPath]:
    """The paths that carry at least ``least`` of the footprint, the largest first.

    intensity: (n,) factor per unit of output, not negative; demand: (n,), may be negative
    least:     smallest share of the footprint for a path to be listed
    longest:   number of purchases in a row that are followed; most: paths that are kept

    Raises InvalidRequest for flows or intensities below zero, whose paths cancel.
    """
    if np.any(table.flows < 0) or np.any(intensity < 0):
        raise InvalidRequest(
            "有负的流量或强度，路径会互相抵消，不能这样分解",
            "with negative flows or intensities paths cancel, and this expansion means nothing",
            where=table.name,
        )
    backward, whole = solve(
        table.flows, table.made, [("price", np.ones(demand.size)), ("price", intensity)]
    )
    require_productive(table.flows, backward)
    total = float(np.abs(whole) @ np.abs(demand))
    if total == 0:
        return []
    technical = coefficients(table.flows, table.made)
    floor = least * total
    found: list[tuple[float, tuple[int, ...]]] = []
    open_: list[tuple[float, tuple[int, ...], float]] = []
    for k in np.flatnonzero(np.abs(demand) * whole >= floor).tolist():
        heappush(open_, (-abs(float(demand[k])) * float(whole[k]), (k,), float(demand[k])))
    while open_:
        _, path, weight = heappop(open_)
        first = path[0]
        amount = float(intensity[first]) * weight
        if abs(amount) >= floor:
            found.append((amount, path))
        if len(path) > longest:
            continue
        reached = technical[:, first] * weight
        for i in np.flatnonzero(np.abs(reached) * whole >= floor).tolist():
            bound = abs(float(reached[i])) * float(whole[i])
            heappush(open_, (-bound, (i, *path), float(reached[i])))
    found.sort(key=lambda each: (-abs(each[0]), each[1]))
    return [StructuralPath(path, amount, amount / total) for amount, path in found[:most]]
