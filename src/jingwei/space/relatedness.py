"""Relatedness: how near an activity is to what a place already has.

density_cp = sum_q M_cq phi_pq / sum_q phi_pq (Hidalgo et al. 2007, Science 317), with proximity phi
as in ``complexity`` and no weight of an activity on itself. Proximity divides by the larger of two
ubiquities, so that activities of one ubiquity k share one matrix over places,

    W(k) = 1/k * sum over k_q <= k of m_q m_q' + sum over k_q > k of m_q m_q' / k_q,

and sum_q M_cq phi_pq = (W(k_p) m_p)_c exactly. With C places and P activities this takes P C^2 steps
in place of P^2 C, and never forms the P x P matrix.

Outlook of a place (COI) = sum over absent p of density_cp PCI_p; gain (COG) of an absent p = what it
would add to the outlook, sum_q phi_qp / (sum_r phi_qr) (1 - M_cq) PCI_q less (1 - density_cp) PCI_p
(Hausmann, Hidalgo et al. 2014, The Atlas of Economic Complexity, technical box 5.4).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jingwei.space.activities import Array


@dataclass(frozen=True, slots=True)
class Outlook:
    """density (places, activities), coi (places,), cog (places, activities).

    NaN where an activity has no neighbour or no complexity, and for the gain of what is present.
    """

    density: Array
    coi: Array
    cog: Array


def _spread(present: Array, weights: Sequence[Array]) -> list[Array]:
    """sum_q M_cq weights_q phi_pq for every place c and activity p, the own activity included, (P, C).

    One result for each of the weights (P,). Activities are taken in order of ubiquity, so that those
    of one level lie side by side in memory.
    """
    ubiquity = present.sum(axis=0)
    order = np.argsort(ubiquity, kind="stable")
    rows = np.ascontiguousarray(present.T[order])
    levels, starts = np.unique(ubiquity[order], return_index=True)
    ends = [*starts[1:].tolist(), order.size]
    places = present.shape[0]
    # of activities more common than the level each counts over its own ubiquity
    over = np.divide(1.0, ubiquity, out=np.zeros_like(ubiquity), where=ubiquity > 0)[order]
    given = [each[order] for each in weights]
    above = [_gram(rows, each * over) for each in given]
    below = [np.zeros_like(each) for each in above]
    spread = np.empty((order.size, len(given) * places))
    for level, start, end in zip(levels.tolist(), starts.tolist(), ends, strict=True):
        here = rows[start:end]
        if level == 0:
            spread[start:end] = 0.0
            continue
        # activities of this level move from one sum to the other
        for k, each in enumerate(given):
            moved = _gram(here, each[start:end])
            above[k] -= moved / level
            below[k] += moved
        both = np.hstack([b / level + a for a, b in zip(above, below, strict=True)])
        np.matmul(here, both, out=spread[start:end])
    found: list[Array] = []
    for k in range(len(given)):
        each = np.empty((order.size, places))
        each[order] = spread[:, k * places : (k + 1) * places]
        found.append(each)
    return found


def _gram(rows: Array, weights: Array) -> Array:
    """sum_q weights_q m_q m_q' over the rows m_q of a matrix, (C, C)."""
    if weights.size and weights.min() >= 0:
        # a product of a matrix with its own transpose takes half the steps
        scaled = rows * np.sqrt(weights)[:, None] if (weights != 1).any() else rows
        return scaled.T @ scaled
    return rows.T @ (rows * weights[:, None])


def density(present: Array, *, own: bool = False) -> Array:
    """Relatedness density (places, activities), from a matrix of 0 and 1.

    own: whether an activity counts as its own neighbour with proximity 1, as in some programs

    NaN where an activity has no neighbour.
    """
    ubiquity = present.sum(axis=0)
    near = _spread(present, [np.ones_like(ubiquity)])[0].T
    total = _nearness(ubiquity, present, np.ones_like(ubiquity))
    if not own:
        near = near - present * (ubiquity > 0)
        total = _alone(total - (ubiquity > 0))
    unknown: Array = np.full(present.shape, np.nan)
    return np.divide(near, total, out=unknown, where=total > 1e-12)


def _nearness(ubiquity: Array, present: Array, weights: Array) -> Array:
    """sum_q weights_q phi_pq for every activity p, the own included, (P,).

    sum_q over an ubiquity level is a sum over places of how much of the level each has.
    """
    order = np.argsort(ubiquity, kind="stable")
    levels, starts = np.unique(ubiquity[order], return_index=True)
    held = np.add.reduceat(present[:, order] * weights[order], starts, axis=1)  # (C, levels)
    # phi_pq = both / max(k_p, k_q): the places that have p, and what they have of each level
    found = np.zeros_like(ubiquity)
    inverse = 1.0 / np.maximum(np.maximum.outer(levels, levels), 1.0)
    by_level = present.T @ (held @ inverse)  # (P, levels): column l for activities of level l
    at = np.searchsorted(levels, ubiquity)
    found[:] = by_level[np.arange(ubiquity.size), at]
    return np.where(ubiquity > 0, found, 0.0)


def _alone(total: Array) -> Array:
    """Rounding around zero is zero: such an activity has no neighbour."""
    return np.where(np.abs(total) < 1e-12, 0.0, total)


def outlook(present: Array, activities: Array) -> Outlook:
    """Density, outlook and gain from presence and the complexity of activities (PCI), (P,)."""
    ubiquity = present.sum(axis=0)
    used = ubiquity > 0
    total = _alone(_nearness(ubiquity, present, np.ones_like(ubiquity)) - used)
    known = np.isfinite(activities) & (total > 0)
    worth = np.where(known, activities, 0.0)
    weights = np.divide(worth, total, out=np.zeros_like(worth), where=total > 0)
    near_, worthy_ = _spread(present, [np.ones_like(ubiquity), weights])
    near, worthy = near_.T, worthy_.T
    near -= present * used
    unknown: Array = np.full(present.shape, np.nan)
    found = np.divide(near, total, out=unknown, where=total > 0)
    absent = present == 0
    dense = np.where(total > 0, found, 0.0)
    coi = np.where(absent, dense, 0.0) @ worth
    # what absent neighbours are worth is what all are less what the present ones are; no activity
    # neighbours itself, and where p is absent it is among the absent ones
    gained = _nearness(ubiquity, present, weights) - worthy - weights * used
    cog = gained - (1.0 - dense) * worth
    return Outlook(found, coi, np.where(absent & known, cog, np.nan))
