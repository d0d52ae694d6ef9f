"""Choosing fields to develop, with visible weights (遴选重点发展领域).

Each candidate has a value for every criterion; values are brought to 0..1 between the least and the
largest candidate, weighted and summed. The order depends on the weights, so the rank is given as an
interval: the best and worst rank over all corners of a box in which every weight is up to a fifth
smaller or larger. A candidate with a missing value is not ranked: its interval is that of the best
and worst value it might have.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from jingwei.core import InvalidRequest
from jingwei.space.activities import Array

_MOST = 12  # criteria: 4,096 corners


@dataclass(frozen=True, slots=True)
class Focus:
    """One candidate: its score (None where a value is missing), its rank and rank interval, and the
    parts of the score by criterion, in the order of the weights."""

    name: str
    score: float | None
    rank: int | None
    best: int
    worst: int
    parts: Mapping[str, float | None]


def focus_fields(
    candidates: Sequence[str],
    values: Mapping[str, Sequence[float | None]],
    weights: Mapping[str, float],
    *,
    spread: float = 0.2,
) -> list[Focus]:
    """Rank candidates; values by criterion in the order of ``candidates``, larger is better.

    weights: criterion → weight, not negative, one at least positive; they need not add up to one
    spread:  by how much each weight may be off, as a share of it

    Raises InvalidRequest for weights without values, too many criteria, or a criterion on which all
    candidates are equal (it cannot tell them apart).
    """
    criteria = [each for each in weights if weights[each] > 0]
    if not criteria or any(weight < 0 for weight in weights.values()):
        raise InvalidRequest(
            "权重不能为负，且至少一项为正", "weights are not negative, one is positive"
        )
    if len(criteria) > _MOST:
        raise InvalidRequest(f"至多{_MOST}个标准", f"at most {_MOST} criteria")
    for each in criteria:
        if each not in values:
            raise InvalidRequest(
                f"标准“{each}”没有数据", f"there are no values for the criterion '{each}'"
            )
    low, high = (_scaled(values, criteria, fill, len(candidates)) for fill in (0.0, 1.0))
    given = np.array([weights[each] for each in criteria])
    corners = given * (1 + spread * np.array(list(product((-1, 1), repeat=len(criteria)))))
    corners = np.vstack([given, corners])
    corners /= corners.sum(axis=1, keepdims=True)
    lowest, highest = low @ corners.T, high @ corners.T
    found: list[Focus] = []
    certain = (low == high).all(axis=1)
    for k, name in enumerate(candidates):
        others = np.arange(len(candidates)) != k
        best = 1 + int((lowest[others] > highest[k] + 1e-12).sum(axis=0).min())
        worst = 1 + int((highest[others] > lowest[k] + 1e-12).sum(axis=0).max())
        score = float(lowest[k, 0]) if certain[k] else None
        rank = None
        if score is not None:
            rank = 1 + int((lowest[others & certain, 0] > score + 1e-12).sum())
        parts = {
            each: float(low[k, c] * corners[0, c]) if low[k, c] == high[k, c] else None
            for c, each in enumerate(criteria)
        }
        found.append(Focus(name, score, rank, best, worst, parts))
    found.sort(key=lambda f: (f.rank is None, f.rank or 0, f.name))
    return found


def _scaled(
    values: Mapping[str, Sequence[float | None]], criteria: Sequence[str], fill: float, count: int
) -> Array:
    """Values between 0 and 1; a missing one takes ``fill``."""
    table = np.empty((count, len(criteria)))
    for c, each in enumerate(criteria):
        known = [value for value in values[each] if value is not None]
        if len(known) < 2 or max(known) == min(known):
            raise InvalidRequest(
                f"标准“{each}”上各候选相同或只有一个数，分不出高低；请去掉它",
                f"all candidates are equal on '{each}', or one alone has a value; leave it out",
            )
        least, most = min(known), max(known)
        column = [fill if v is None else (v - least) / (most - least) for v in values[each]]
        table[:, c] = column
    return table
