"""What a reader can compute of a suppressed cell: linear programmes over the table's equations.

A reader knows the published cells, the equations and, mostly, that nothing is negative. All tables
that agree with this differ from the true one by z with M z = 0, z = 0 at published cells. The
largest and smallest z at a suppressed cell are what the reader learns (Fischetti and Salazar 2001,
Management Science 47, 1008-1027, the attacker subproblems).

Each programme is scaled by the distance that the cell must keep, and moves are capped at a
thousand of them: a move that stays within the caps is also one without, so nothing is called safe
that is not, and large tables keep their digits.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jingwei.statistics.disclosure.rules import Sensitive
from jingwei.statistics.disclosure.solver import solver
from jingwei.statistics.disclosure.table import MarginTable

Array = NDArray[np.float64]

_CAP = 1e3
_SMALL = 1e-6


@dataclass(frozen=True, slots=True)
class Claim:
    """That cell ``cell`` can be higher (``side`` 1) or lower (−1) by ``distance``, even for who
    knows the value of the cells ``known`` (the only respondent of another cell)."""

    cell: int
    side: int
    distance: float
    known: frozenset[int] = frozenset()


def claims(table: MarginTable, cells: dict[int, Sensitive]) -> list[Claim]:
    """All that must hold: both sides of every sensitive cell, for outsiders, and for the single
    respondents of other parts of the same total (Hundepool et al. 2012, chapter 4).

    Who is in a total himself learns from it only what the others have, which is the claim of their
    cells.
    """
    single = {at for at in cells if table.cells[at].count == 1}
    beside: dict[int, set[int]] = {at: set() for at in cells}
    for _, parts in table.equations:
        line = cells.keys() & set(parts)
        for at in line:
            beside[at] |= line & single - {at}
    found: list[Claim] = []
    for at, each in cells.items():
        insiders = [frozenset[int](), *(frozenset((s,)) for s in sorted(beside[at]))]
        for known in insiders:
            if any(table.cells[at].only == table.cells[s].only for s in known):
                continue  # nobody attacks himself
            for side, distance in ((1, each.up), (-1, each.down)):
                if distance > 0:
                    found.append(Claim(at, side, distance, known))
    return found


class Attacker:
    """One linear programme, kept warm: bounds and goal change from claim to claim."""

    def __init__(self, table: MarginTable, *, nonnegative: bool) -> None:
        import highspy

        self.values = np.array([cell.value for cell in table.cells])
        self.open = np.array([cell.count > 0 for cell in table.cells])  # empty cells are known
        self.nonnegative = nonnegative
        rows = [(total, *parts) for total, parts in table.equations]
        self.index = [np.array(row, dtype=np.int32) for row in rows]
        self.sign = [np.array([-1.0] + [1.0] * (len(row) - 1)) for row in rows]
        self.all = np.arange(len(table.cells), dtype=np.int32)
        model = solver()
        for _ in range(len(table.cells)):
            model.addVar(0.0, 0.0)
        for index, sign in zip(self.index, self.sign, strict=True):
            model.addRow(0.0, 0.0, len(index), index, sign)
        model.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.model = model
        self.goal = 0

    def room(self, claim: Claim) -> tuple[Array, Array]:
        """How far every cell may move down and up, in distances of the claim."""
        high = np.where(self.open, _CAP, 0.0)
        low = high.copy()
        if self.nonnegative:
            low = np.minimum(low, np.maximum(self.values, 0) / claim.distance)
        for known in claim.known:
            high[known] = low[known] = 0.0
        return low, high

    def reach(self, claim: Claim, hidden: Collection[int]) -> tuple[float, Array]:
        """How far the claim's cell can move to its side (1 is enough), and the row prices."""
        low, high = self.room(claim)
        (high if claim.side > 0 else low)[claim.cell] = 1.0
        moved, prices = self._extreme(claim.cell, claim.side, low, high, hidden)
        return claim.side * moved, prices

    def bounds(self, hidden: Collection[int]) -> dict[int, tuple[float, float]]:
        """What an outsider learns of every hidden cell: its least and greatest possible value,
        ±inf where nothing bounds it."""
        scale = max(float(np.max(np.abs(self.values))), 1e-300)
        found: dict[int, tuple[float, float]] = {}
        for at in sorted(hidden):
            ends: list[float] = []
            for side in (-1, 1):
                low, high = self.room(Claim(at, side, scale))
                moved, _ = self._extreme(at, side, low, high, hidden)
                endless = abs(moved) >= _CAP * 0.9  # a thousand times the largest cell
                ends.append(side * np.inf if endless else float(self.values[at]) + moved * scale)
            found[at] = ends[0], ends[1]
        return found

    def _extreme(
        self, cell: int, side: int, low: Array, high: Array, hidden: Collection[int]
    ) -> tuple[float, Array]:
        shown = np.ones(len(self.values), dtype=bool)
        shown[list(hidden)] = False
        self.model.changeColCost(self.goal, 0.0)
        self.model.changeColCost(cell, float(side))
        self.goal = cell
        least, most = np.where(shown, 0.0, -low), np.where(shown, 0.0, high)
        self.model.changeColsBounds(len(self.all), self.all, least, most)
        self.model.run()
        solution = self.model.getSolution()
        return float(solution.col_value[cell]), np.array(solution.row_dual)

    def holds(self, claim: Claim, hidden: Collection[int]) -> bool:
        return self.reach(claim, hidden)[0] >= 1 - _SMALL

    def cut(self, claim: Claim, prices: Array) -> Array:
        """Coefficients c with Σ c_i x_i ≥ 1 for every pattern x that makes the claim true.

        Fischetti and Salazar 2001, capacity constraints: with the dual prices of an attack that
        fails, no pattern works whose cells have too little room at these prices.
        """
        low, high = self.room(claim)
        margin = np.zeros(len(self.values))
        for price, index, sign in zip(prices, self.index, self.sign, strict=True):
            if price:
                margin[index] -= price * sign
        size = np.maximum(margin, 0) * high + np.maximum(-margin, 0) * low
        size[claim.cell] = 0.0  # it is hidden anyway, and below its cap where the attack fails
        return np.minimum(size, 1.0)
