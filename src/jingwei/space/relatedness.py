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


def _spread(present: Array, ubiquity: Array, weights: Array, among: Array) -> Array:
    """sum_q among_cq weights_q phi_pq for every place c and activity p, the own activity included."""
    found = np.zeros((among.shape[0], ubiquity.size))
    levels = np.unique(ubiquity[ubiquity > 0])
    # of activities more common than the level each counts over its own ubiquity
    scaled = np.divide(weights, ubiquity, out=np.zeros_like(weights), where=ubiquity > 0)
    above = (among * scaled) @ present.T
    below = np.zeros_like(above)
    for level in levels:
        here = np.flatnonzero(ubiquity == level)
        # activities of this level move from one sum to the other
        moved = (among[:, here] * weights[here]) @ present[:, here].T
        above -= moved / level
        below += moved
        found[:, here] = (below / level + above) @ present[:, here]
    return found


def density(present: Array, *, own: bool = False) -> Array:
    """Relatedness density (places, activities), from a matrix of 0 and 1.

    own: whether an activity counts as its own neighbour with proximity 1, as in some programs

    NaN where an activity has no neighbour.
    """
    near, total = _nearness(present, own)
    return np.divide(near, total, out=np.full_like(near, np.nan), where=total > 1e-12)


def _nearness(present: Array, own: bool) -> tuple[Array, Array]:
    ubiquity = present.sum(axis=0)
    ones = np.ones_like(ubiquity)
    near = _spread(present, ubiquity, ones, present)
    total = _spread(present, ubiquity, ones, np.ones((1, ubiquity.size)))[0]
    if not own:
        near = near - present * (ubiquity > 0)
        total = total - (ubiquity > 0)
    return near, np.where(np.abs(total) < 1e-12, 0.0, total)


def outlook(present: Array, activities: Array) -> Outlook:
    """Density, outlook and gain from presence and the complexity of activities (PCI), (P,)."""
    near, total = _nearness(present, own=False)
    known = np.isfinite(activities) & (total > 0)
    worth = np.where(known, activities, 0.0)
    found = np.divide(near, total, out=np.full_like(near, np.nan), where=total > 0)
    absent = 1.0 - present
    dense = np.nan_to_num(found)
    coi = ((dense * absent) * worth).sum(axis=1)
    ubiquity = present.sum(axis=0)
    weights = np.divide(worth, total, out=np.zeros_like(worth), where=total > 0)
    gained = _spread(present, ubiquity, weights, absent) - absent * weights * (ubiquity > 0)
    cog = gained - (1.0 - dense) * worth
    return Outlook(found, coi, np.where((absent > 0) & known, cog, np.nan))
