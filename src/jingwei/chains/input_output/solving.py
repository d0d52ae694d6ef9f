"""Solving with I - A without forming its inverse.

Technical coefficients are A = Z x^-1 (inputs per unit of the buyer's output), allocation
coefficients B = x^-1 Z (sales per unit of the seller's output); B = x^-1 A x, so that one matrix
in memory serves both (Miller and Blair 2009, Input-Output Analysis, 2nd ed., equations 2.3, 12.1).

Small systems are factorised once. Large ones are solved by GMRES (Saad and Schultz 1986, SIAM J.
Sci. Stat. Comput. 7), several systems in step, so that the flows are read from memory once for
all of them; a Neumann series needs three to five times as many readings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

import numpy as np

from jingwei.chains.input_output.table import Array
from jingwei.core import JingweiError

Side = Literal["demand", "price", "supply"]
"""demand: y = (I - A) z, so z = L y. price: z'(I - A) = y', so z = L'y. supply: (I - B) z = y."""

DENSE = 1200
"""Up to this order a factorisation is faster than the iteration."""
_TOLERANCE, _STEPS, _BLOCK = 1e-13, 120, 24


class NotProductive(JingweiError):
    """A table whose coefficients do not allow a positive output for every demand.

    The condition of Hawkins and Simon (1949, Econometrica 17) fails: some group of sectors uses
    up more of its own output than it makes, or the system is singular.
    """


def reciprocal(output: Array) -> Array:
    """1 / output, and 0 where it is zero: a sector without output has coefficients of zero (§30.4).

    What rounding left of no output is zero in ``InputOutputTable.made``, which is given here.
    """
    return np.divide(1.0, output, out=np.zeros_like(output), where=output != 0)


def coefficients(flows: Array, output: Array) -> Array:
    """Technical coefficients A = Z x^-1, (n, n)."""
    return flows * reciprocal(output)


def allocation(flows: Array, output: Array) -> Array:
    """Allocation coefficients B = x^-1 Z, (n, n)."""
    return flows * reciprocal(output)[:, None]


@dataclass(slots=True)
class _Krylov:
    """One system in the lockstep iteration: an Arnoldi basis and its least-squares problem."""

    side: Side
    wanted: Array
    basis: list[Array]
    columns: list[Array]
    size: float
    done: bool = False

    @classmethod
    def begin(cls, side: Side, wanted: Array) -> "_Krylov":
        size = float(np.linalg.norm(wanted))
        return cls(side, wanted, [wanted / size] if size else [], [], size, size == 0)

    def extend(self, product: Array) -> None:
        """Take up (I - M) v for the newest basis vector v, given M v."""
        vector = self.basis[-1] - product
        full = float(np.linalg.norm(vector))
        before = np.array(self.basis)
        along = before @ vector
        vector = vector - along @ before
        again = before @ vector  # a second pass keeps the basis orthogonal to rounding
        vector = vector - again @ before
        length = float(np.linalg.norm(vector))
        self.columns.append(np.append(along + again, length))
        # what is left after all directions are taken off is rounding: the solution lies in the basis
        exhausted = length <= 1e-14 * full
        if not exhausted:
            self.basis.append(vector / length)
        self.done = exhausted or self._residual() <= _TOLERANCE

    def _least_squares(self) -> tuple[Array, float]:
        steps = len(self.columns)
        hessenberg = np.zeros((steps + 1, steps))
        for j, column in enumerate(self.columns):
            hessenberg[: column.size, j] = column
        right = np.zeros(steps + 1)
        right[0] = self.size
        found = cast("Array", np.linalg.lstsq(hessenberg, right, rcond=None)[0])
        return found, float(np.linalg.norm(hessenberg @ found - right)) / self.size

    def _residual(self) -> float:
        return self._least_squares()[1]

    def solution(self) -> Array:
        if not self.columns:
            return np.zeros_like(self.wanted)
        found, _ = self._least_squares()
        return found @ np.array(self.basis[: found.size])


def solve(flows: Array, output: Array, wanted: Sequence[tuple[Side, Array]]) -> list[Array]:
    """Solve systems with the coefficients of one table; see ``Side``.

    flows:  (n, n) intermediate flows, output: (n,) of which rounding is zero, both in one unit
    wanted: pairs of side and right-hand side (n,)

    Relative residual at most 1e-12. Raises NotProductive where the system has no solution.
    """
    if output.size <= DENSE:
        return _solve_densely(flows, output, wanted)
    inverse = reciprocal(output)
    systems = [_Krylov.begin(side, y) for side, y in wanted]
    for _ in range(_STEPS):
        open_ = [each for each in systems if not each.done]
        if not open_:
            return [each.solution() for each in systems]
        for each, product in zip(open_, _products(flows, inverse, open_), strict=True):
            each.extend(product)
    raise _no_solution()


def _products(flows: Array, inverse: Array, systems: Sequence[_Krylov]) -> list[Array]:
    """M v for the newest vector of every system, in one reading of the flows."""
    right = [k for k, each in enumerate(systems) if each.side != "price"]
    left = [k for k, each in enumerate(systems) if each.side == "price"]
    sold = np.empty((inverse.size, len(right)))
    into = [systems[k].basis[-1] * (inverse if systems[k].side == "demand" else 1.0) for k in right]
    columns = np.array(into).T.copy() if into else np.empty((inverse.size, 0))
    rows = np.array([systems[k].basis[-1] for k in left]).reshape(len(left), inverse.size)
    bought = np.zeros_like(rows)
    for start in range(0, inverse.size, _BLOCK):
        # a block of rows stays in the cache for both products
        block = flows[start : start + _BLOCK]
        if right:
            sold[start : start + _BLOCK] = block @ columns
        if left:
            bought += rows[:, start : start + _BLOCK] @ block
    found: list[Array] = [np.empty(0)] * len(systems)
    for k, column in zip(right, sold.T, strict=True):
        found[k] = column * inverse if systems[k].side == "supply" else column.copy()
    for k, row in zip(left, bought, strict=True):
        found[k] = row * inverse
    return found


def _solve_densely(
    flows: Array, output: Array, wanted: Sequence[tuple[Side, Array]]
) -> list[Array]:
    from scipy.linalg import lapack

    routines: Any = lapack  # its stubs know no array types
    system = np.eye(output.size) - coefficients(flows, output)
    factors, pivots, singular = routines.dgetrf(system, overwrite_a=True)
    if singular or not np.all(np.abs(np.diag(factors)) > 1e-13):
        raise _no_solution()
    inverse = reciprocal(output)
    found: list[Array] = []
    for side, right in wanted:
        if side == "supply":
            # (I - B) z = y with B = x^-1 A x gives x z = L (x y); sectors of no output sell nothing
            solved, _ = routines.dgetrs(factors, pivots, output * right)
            solved = np.where(output == 0, right, solved * inverse)
        else:
            solved, _ = routines.dgetrs(factors, pivots, right, trans=int(side == "price"))
        found.append(np.asarray(solved, dtype=float))
    return found


def leontief_inverse(flows: Array, output: Array) -> Array:
    """L = (I - A)^-1, (n, n). Raises NotProductive if the system is singular."""
    from scipy.linalg import lapack

    routines: Any = lapack
    system = coefficients(flows, output)
    np.negative(system, out=system)
    system[np.diag_indices_from(system)] += 1.0
    # rows in C are columns in Fortran: the transpose is factorised where it stands, without a copy
    factors, pivots, singular = routines.dgetrf(system.T, overwrite_a=True)
    if singular:
        raise _no_solution()
    size, _ = routines.dgetri_lwork(output.size)
    inverse, _ = routines.dgetri(factors, pivots, lwork=int(size), overwrite_lu=True)
    return np.asarray(inverse.T, dtype=float)


def column_sums_and_diagonal(flows: Array, output: Array) -> tuple[Array, Array]:
    """Column sums and diagonal of the Leontief inverse, (n,) each, without forming it.

    With (I - A)' = P L U the diagonal is that of U^-1 L^-1 P': the inverses of two triangles take two
    thirds of the steps of a whole inverse. Raises NotProductive if the system is singular.
    """
    from scipy.linalg import lapack

    routines: Any = lapack
    system = coefficients(flows, output)
    np.negative(system, out=system)
    system[np.diag_indices_from(system)] += 1.0
    factors, pivots, singular = routines.dgetrf(system.T, overwrite_a=True)
    if singular:
        raise _no_solution()
    sums, _ = routines.dgetrs(factors, pivots, np.ones(output.size))
    order = np.arange(output.size)
    for k, other in enumerate(pivots.tolist()):
        order[[k, other]] = order[[other, k]]
    upper, _ = routines.dtrtri(factors, lower=0)
    lower, _ = routines.dtrtri(factors, lower=1, unitdiag=1, overwrite_c=True)
    lower = np.tril(lower, -1)
    lower[np.diag_indices_from(lower)] = 1.0
    moved = lower if (order == np.arange(order.size)).all() else lower[:, np.argsort(order)]
    diagonal = np.einsum("kj,jk->k", np.triu(upper), moved)
    return np.asarray(sums, dtype=float), np.asarray(diagonal, dtype=float)


def require_productive(flows: Array, backward: Array) -> None:
    """Raise NotProductive unless the condition of Hawkins and Simon holds.

    backward: (n,) the solution of b = 1 + A'b. For A without negative entries b >= 1 holds exactly
    where the spectral radius of A is below one (Collatz and Wielandt); with negative flows the
    condition is not defined and nothing is required.
    """
    if backward.size and np.min(backward) < 1 - 1e-9 and not np.any(flows < 0):
        raise _no_solution()


def _no_solution() -> NotProductive:
    return NotProductive(
        "这张表的直接消耗系数不满足霍金斯—西蒙条件（有部门消耗的比自己生产的还多，或系统奇异），"
        "算不出完全需要；请检查总产出一列与中间投入的单位是否一致",
        "the coefficients of this table do not satisfy the Hawkins-Simon condition (sectors use up "
        "more than they make, or the system is singular); check that output and flows share a unit",
    )
