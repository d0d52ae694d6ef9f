"""LMDI-I: which factor moved a total, with the limits for zeros and ties.

A total V is a sum over cells i (district × sector) of products x_1i x_2i … x_ni. Its change is

    ΔV_k = Σ_i L(V_i^T, V_i^0) ln(x_ki^T / x_ki^0),   L(a, b) = (a − b) / (ln a − ln b), L(a, a) = a

and the ratio V^T / V^0 is the product of D_k = exp(ΔV_k / L(V^T, V^0)) (Ang 2005, Energy Policy
33, 867-871, equations 4 and 5). Both leave no
residual, and both are consistent in aggregation: effects of a district are the sums of those of
its cells.

Where a factor is zero the logarithm has no value but the term has a limit (Ang and Liu 2007,
Energy Policy 35, 238-246, eight cases): a factor that rises from zero takes V^T when it alone
makes the cell appear, one that falls to zero takes −V^0, and in every other case the term is 0.
Where m factors appear (vanish) together each takes V^T / m (−V^0 / m), the limit when one small
number stands for all of these zeros. No small number is ever put in.

Ties: with d = ln(V^T / V^0), L is computed as max(V) (1 − e^−|d|) / |d|, which keeps its digits
however close the two values are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jingwei.core import InvalidRequest, written_out

Array = NDArray[np.float64]

_BLOCK = 8192
"""Cells at a time: what is worked on stays in the cache of the processor, and in memory already held."""

_LEAST = 1e-290
"""A smaller product of positive factors has lost digits."""


@dataclass(frozen=True, slots=True)
class IndexEffects:
    """The multiplicative form: ``ratio`` is V^T / V^0, ``factors`` (n,) multiply to it."""

    ratio: float
    factors: Array


@dataclass(frozen=True, slots=True)
class Effects:
    """The additive form, cell by cell, in the unit of the total.

    before, after: (cells,) values of the cells
    effects:       (cells, factors); rows add up to ``after - before``
    """

    before: Array
    after: Array
    effects: Array

    @property
    def change(self) -> float:
        return float(self.after.sum() - self.before.sum())

    @property
    def total(self) -> Array:
        """Effects of the factors on the total, (factors,)."""
        return self.effects.sum(axis=0)

    @property
    def residual(self) -> float:
        """What the effects leave of the change, relative to the larger of the two totals."""
        scale = max(float(self.before.sum()), float(self.after.sum()))
        return abs(float(self.total.sum()) - self.change) / scale if scale else 0.0

    def grouped(self, labels: Sequence[str]) -> "dict[str, Effects]":
        """The effects of groups of cells (a district, a sector), one row each, labels sorted.

        ``labels`` names the group of every cell. Groups add up to the whole.
        """
        names, at = np.unique(np.asarray(labels, dtype=np.str_), return_inverse=True)
        if at.shape != self.before.shape:
            raise ValueError("one label for every cell")
        order = np.argsort(at, kind="stable")
        starts = np.searchsorted(at[order], np.arange(names.size))
        before, after, effects = (
            np.add.reduceat(part[order], starts, axis=0)
            for part in (self.before, self.after, self.effects)
        )
        return {
            str(name): Effects(before[k : k + 1], after[k : k + 1], effects[k : k + 1])
            for k, name in enumerate(names)
        }

    def multiplicative(self) -> IndexEffects:
        """D_k of the total. Raises InvalidRequest where one of the totals is zero."""
        zero, end = float(self.before.sum()), float(self.after.sum())
        if zero <= 0 or end <= 0:
            raise InvalidRequest(
                f"总量从{written_out(zero, 6)}变到{written_out(end, 6)}，其中有零，没有倍数；请用加法形式",
                f"the total goes from {written_out(zero, 6)} to {written_out(end, 6)}; a zero has no ratio: use the additive form",
            )
        mean = float(
            _log_mean(np.array([zero]), np.array([end]), np.array([np.log(end / zero)]))[0]
        )
        return IndexEffects(end / zero, np.exp(self.total / mean))


def lmdi(before: Array, after: Array, names: Sequence[str] = ()) -> Effects:
    """Split the change of Σ_i Π_k x_ki between two periods over the factors.

    before, after: (cells, factors), none negative; a factor of all cells (GDP) is repeated.
    names:         of the factors, for messages

    Raises InvalidRequest for a negative or missing factor (an unknown is not a zero) and for
    products that leave the range of floating point.
    """
    if before.shape != after.shape or before.ndim != 2:
        raise ValueError(f"two tables of (cells, factors), not {before.shape} and {after.shape}")
    cells, factors = before.shape
    v0, v1, effects = np.empty(cells), np.empty(cells), np.empty((factors, cells))
    for start in range(0, cells, _BLOCK):
        block = slice(start, min(start + _BLOCK, cells))
        # factors first: products and sums over them then run along memory
        x0, x1 = np.ascontiguousarray(before[block].T), np.ascontiguousarray(after[block].T)
        with np.errstate(over="ignore", under="ignore"):
            p0, p1 = x0.prod(axis=0, out=v0[block]), x1.prod(axis=0, out=v1[block])
        # each alone: min() and max() of Python pass over a NaN
        products = all(p.min() > _LEAST and p.max() < np.inf for p in (p0, p1))
        if products and x0.min() > 0 and x1.min() > 0:
            _positive(x0, x1, p0, p1, effects[:, block])
            continue
        for x, p, zh, en in ((x0, p0, "基期", "before"), (x1, p1, "报告期", "after")):
            _check(x, p, start, (zh, en), names)
        full = (x0 > 0).all(axis=0) & (x1 > 0).all(axis=0)
        terms = _limits(x0, x1, p0, p1)
        inner = np.empty((factors, int(full.sum())))
        terms[:, full] = _positive(x0[:, full], x1[:, full], p0[full], p1[full], inner)
        effects[:, block] = terms
    return Effects(v0, v1, effects.T)


def _positive(x0: Array, x1: Array, v0: Array, v1: Array, out: Array) -> Array:
    """L(v1, v0) ln(x1 / x0), written to ``out``."""
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        np.log(np.divide(x1, x0, out=out), out=out)
        d = out.sum(axis=0)
    if not np.isfinite(d).all():  # a ratio beyond the range of numbers
        np.subtract(np.log(x1), np.log(x0), out=out)
        d = out.sum(axis=0)
    out *= _log_mean(v0, v1, d)
    return out


def _log_mean(v0: Array, v1: Array, d: Array) -> Array:
    """L(v1, v0) where d = ln(v1 / v0), for positive values."""
    size = np.abs(d)
    close = size <= 1e-8
    share = np.negative(size)
    np.negative(np.expm1(share, out=share), out=share)
    with np.errstate(invalid="ignore"):
        share /= size
    if close.any():
        share[close] = 1 - size[close] / 2  # (1 − e^−s) / s to second order
    share *= np.maximum(v0, v1)
    return share


def _limits(x0: Array, x1: Array, v0: Array, v1: Array) -> Array:
    """Terms of cells with a zero factor: v0, v1 or both are zero, so the change is v1 − v0."""
    appears = (x0 == 0) & (x1 > 0) & (v1 > 0)
    vanishes = (x0 > 0) & (x1 == 0) & (v0 > 0)
    terms = np.zeros_like(x0)
    for zeros, amount in ((appears, v1), (vanishes, -v0)):
        count = zeros.sum(axis=0)
        terms += zeros * np.divide(amount, count, out=np.zeros_like(amount), where=count > 0)
    return terms


def _check(x: Array, v: Array, start: int, when: tuple[str, str], names: Sequence[str]) -> None:
    wrong = ~(x >= 0) | np.isinf(x)  # ~ so that NaN counts as wrong
    if wrong.any():
        factor, cell = (int(k) for k in np.argwhere(wrong)[0])
        name = names[factor] if names else f"{factor + 1}"
        raise InvalidRequest(
            f"{when[0]}第{start + cell + 1}格的因素“{name}”是{written_out(x[factor, cell], 6)}：LMDI 的因素须是零或"
            "正数；缺数不是零，请补数或去掉这一格",
            f"{when[1]}, cell {start + cell + 1}, factor '{name}' is {written_out(x[factor, cell], 6)}: factors of "
            "LMDI are zero or positive; what is missing is not zero, supply it or leave the cell out",
        )
    out = np.isinf(v) | ((v < _LEAST) & (x > 0).all(axis=0))
    if out.any():
        cell = start + int(np.argmax(out)) + 1
        raise InvalidRequest(
            f"{when[0]}第{cell}格的各因素相乘超出计算范围；请换单位",
            f"{when[1]}, cell {cell}: the product of the factors leaves the range of numbers; change "
            "the units",
        )
