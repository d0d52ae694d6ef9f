"""The path of a target over the years, on the scale its milestones are on (§8, §20.3)."""

import math
from collections.abc import Mapping

from jingwei.core import Statement
from jingwei.plans.milestones import declines


def cumulated(target: Statement, yearly: Mapping[int, float], first: int) -> dict[int, float]:
    """What the figures of single years have come to by the end of each year.

    A decline is compounded, 100·(1 − ∏(1 − d)), a flow summed, both from ``first`` on as far as
    every year is known; a level stays as it is. A yearly rate is never drawn against a cumulated
    goal.
    """
    if not (declines(target) or target.measure == "flow"):
        return dict(yearly)
    found: dict[int, float] = {}
    used: list[float] = []
    year = first
    while year in yearly:
        used.append(yearly[year])
        left = math.prod(1 - each / 100 for each in used)
        found[year] = 100 * (1 - left) if declines(target) else math.fsum(used)
        year += 1
    return found
