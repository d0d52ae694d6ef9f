"""Economic complexity of places and activities.

With presence M (places, activities), diversity k_c and ubiquity k_p, the index of places (ECI) is
the second eigenvector of Mcc' = sum_p M_cp M_c'p / (k_c k_p), standardised, with the sign of its
correlation with diversity; the index of activities (PCI) is the mean of it over the places that
have the activity, divided by the eigenvalue, in the same standardisation (Hausmann, Hidalgo et al.
2014, The Atlas of Economic Complexity; Mealy, Farmer and Teytelboym 2019, Science Advances 5).

The problem is solved on the side of the places, as a symmetric one. Places without any activity
and activities that no place has take no part and have no index.
"""

from dataclasses import dataclass

import numpy as np

from jingwei.core import JingweiError
from jingwei.space.activities import Array


class NoComplexity(JingweiError):
    """The matrix of presence has no second eigenvector that is its own."""


@dataclass(frozen=True, slots=True)
class Complexity:
    """``places`` (ECI) and ``activities`` (PCI), NaN where there is no index; diversity, ubiquity.

    ``gap`` is the distance of the second from the third eigenvalue, relative to the second: where
    it is tiny the order of places is not determined by the data.
    """

    places: Array
    activities: Array
    diversity: Array
    ubiquity: Array
    gap: float


def complexity(present: Array) -> Complexity:
    """Complexity from a matrix of 0 and 1 (places, activities).

    Raises NoComplexity with fewer than three places or activities in use, or where the matrix falls
    into parts that share nothing.
    """
    diversity, ubiquity = present.sum(axis=1), present.sum(axis=0)
    rows, columns = np.flatnonzero(diversity), np.flatnonzero(ubiquity)
    if rows.size < 3 or columns.size < 3:
        raise NoComplexity(
            f"有专业化的地区{rows.size}个、活动{columns.size}个，各至少要三个才能算复杂度",
            f"{rows.size} places and {columns.size} activities are specialised; it takes three of each",
        )
    used = present[np.ix_(rows, columns)]
    across, down = diversity[rows], ubiquity[columns]
    # similar to Mcc' and symmetric: the eigenvectors differ by the root of diversity only
    scaled = used / np.sqrt(across)[:, None] / np.sqrt(down)
    symmetric = scaled @ scaled.T
    values, vectors = np.linalg.eigh(symmetric)
    if values[-2] > 1 - 1e-9:
        raise NoComplexity(
            "地区分成互不相干的几组，复杂度没有定义；请分组分别计算",
            "the places fall into groups that share no activity, so complexity is not defined; "
            "take each group alone",
        )
    index = vectors[:, -2] / np.sqrt(across)
    along = float(np.corrcoef(across, index)[0, 1]) if np.ptp(across) else 1.0
    index = -index if along < 0 else index
    theirs = (used.T @ index) / down / values[-2]
    mean, deviation = float(index.mean()), float(index.std())
    places, activities = np.full(diversity.size, np.nan), np.full(ubiquity.size, np.nan)
    places[rows] = (index - mean) / deviation
    activities[columns] = (theirs - mean) / deviation
    gap = float((values[-2] - values[-3]) / values[-2])
    return Complexity(places, activities, diversity, ubiquity, gap)


def proximity(present: Array, first: int = 0, last: int | None = None) -> Array:
    """phi_pq = number of places with both / max(k_p, k_q), (activities, columns ``first`` to ``last``).

    The least of the two conditional probabilities (Hidalgo et al. 2007, Science 317). The diagonal
    is 0: an activity says nothing about itself. All columns of thousands of activities take
    gigabytes; densities do not need them.
    """
    ubiquity = present.sum(axis=0)
    which = np.arange(first, ubiquity.size if last is None else last)
    both = present.T @ present[:, which]
    larger = np.maximum(ubiquity[:, None], ubiquity[which])
    found = np.divide(both, larger, out=np.zeros_like(both), where=larger > 0)
    found[which, np.arange(which.size)] = 0.0
    return found
