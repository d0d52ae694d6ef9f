"""How far the ranks depend on the weights: an annex to every appraisal (§25.5).

Every weight may move by ±20 % on its own. For two units with every indicator known the sign of
their difference over the whole box of weights is known exactly: Σ wᵢdᵢ ranges over
Σ wᵢdᵢ ± 0.2 Σ wᵢ|dᵢ|. So it is exact which units stand above another whatever the weights, and the
ranks lie within the bounds that follow. How often a rank is kept is counted over seeded draws. Where
an indicator is missing, or points are added, the mean is over other weights and only the draws tell.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from jingwei.monitor.appraisal.scoring import Appraised

SPREAD = 0.2
DRAWS, SEED = 2000, 20240101


@dataclass(frozen=True, slots=True)
class Stability:
    """The rank of a unit under other weights.

    best, worst:  bounds of its rank; ``how`` says whether they are exact bounds for the whole box
                  of weights or the extremes of the draws
    kept:         share of the draws in which it keeps its rank; ``draws`` and ``seed`` name them
    """

    unit: str
    rank: int
    best: int
    worst: int
    kept: float
    how: Literal["exact", "sampled"]
    draws: int = DRAWS
    seed: int = SEED


def stability(
    appraised: Sequence[Appraised],
    *,
    spread: float = SPREAD,
    draws: int = DRAWS,
    seed: int = SEED,
) -> list[Stability]:
    """The stability of every unit that has a rank, within its peer group."""
    groups: dict[str, list[Appraised]] = {}
    for each in appraised:
        if each.rank is not None:
            groups.setdefault(each.unit.group, []).append(each)
    found: dict[str, Stability] = {}
    for name in sorted(groups):
        for each in _of_group(groups[name], spread, draws, seed):
            found[each.unit] = each
    return [found[each.unit.name] for each in appraised if each.unit.name in found]


def _of_group(group: Sequence[Appraised], spread: float, draws: int, seed: int) -> list[Stability]:
    weights = {item.indicator.id: item.indicator.weight for item in group[0].items}
    scores = [
        {item.indicator.id: item.score for item in each.items if item.score is not None}
        for each in group
    ]
    extra = [sum(p.points if s == "+" else -p.points for s, p in each.points) for each in group]
    exact = all(len(each) == len(weights) for each in scores) and not any(extra)
    chance = random.Random(seed)  # noqa: S311  (a reproducible draw, no secret)
    seen: list[list[int]] = [[] for _ in group]
    for _ in range(draws):
        drawn = {k: w * (1 + chance.uniform(-spread, spread)) for k, w in weights.items()}
        totals = [_mean(s, drawn) + e for s, e in zip(scores, extra, strict=True)]
        for n, total in enumerate(totals):
            seen[n].append(1 + sum(round(other, 9) > round(total, 9) for other in totals))
    made: list[Stability] = []
    for n, each in enumerate(group):
        rank = each.rank or 0
        best, worst = min(seen[n]), max(seen[n])
        if exact:
            above = [_always(scores[m], scores[n], weights, spread) for m in range(len(group))]
            below = [_always(scores[n], scores[m], weights, spread) for m in range(len(group))]
            best, worst = 1 + sum(above), len(group) - sum(below)
        kept = sum(r == rank for r in seen[n]) / draws
        made.append(
            Stability(
                each.unit.name,
                rank,
                best,
                worst,
                kept,
                "exact" if exact else "sampled",
                draws,
                seed,
            )
        )
    return made


def _mean(scores: Mapping[str, float], weights: Mapping[str, float]) -> float:
    total = math.fsum(weights[key] for key in scores)
    return math.fsum(weights[key] * score for key, score in scores.items()) / total


def _always(
    one: Mapping[str, float],
    other: Mapping[str, float],
    weights: Mapping[str, float],
    spread: float,
) -> bool:
    """Whether ``one`` stands above ``other`` for every choice of weights."""
    terms = [weights[key] * (one[key] - other[key]) for key in weights]
    return math.fsum(terms) - spread * math.fsum(map(abs, terms)) > 1e-9
