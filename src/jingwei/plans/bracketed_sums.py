"""``[N]`` under yearly averages and sums: a sum of the years, or how the level of its row changes.

What it is, the base and the goal beside it tell (``docs/semantics.md`` §4.11).
"""

import re

from jingwei.core.statement import Op
from jingwei.plans import subjects
from jingwei.plans.indicator_cells import ADDED
from jingwei.plans.reading import Reading

_BASE_OVER_CHANGE = 3  # times what is added in five years
_YEARS_OF_A_SUM = 3  # times the largest year of a row
_ROUNDED = 0.5  # points of a rate printed without decimals


def beside_levels(reading: Reading, levels: list[Reading]) -> Reading:
    """What stands under yearly averages and sums, told what it is by the other values of its row: ``[N]`` may
    be the growth from the base to the goal, over all years or yearly, or the change between them."""
    stated = reading.value
    if _is_growth_over_all(reading, levels):
        return reading._replace(unit="%", subject=f"{reading.subject}累计增长")
    if _is_yearly_growth(reading, levels):
        name = subjects.growth_name(reading.subject, "增速", yearly=True)
        return reading._replace(unit="%", subject=name, measure="growth")
    if reading.measure != "flow" or stated is None:
        return reading
    changed = len(levels) > 1 and not _is_sum(stated, levels)
    if changed or _is_change_of_base(reading, stated, levels):
        return _as_change(reading, stated)
    return reading


def _ends(reading: Reading, levels: list[Reading]) -> tuple[float, float, float] | None:
    """``[N]`` under yearly averages with the base and the goal of its row, where it is not their
    difference (81.5, 82 and [0.5])."""
    values = [level.value for level in levels if level.value is not None]
    stated = reading.value
    if reading.measure != "flow" or stated is None or len(values) < 2 or min(values) <= 0:
        return None
    first, last = values[0], values[-1]
    return None if abs(last - first - stated) <= abs(stated) / 50 else (stated, first, last)


def _is_growth_over_all(reading: Reading, levels: list[Reading]) -> bool:
    """Whether ``[N]`` is the growth in % from the row's base to its goal, as 1.2 → 2.1 and [75] show."""
    ends = _ends(reading, levels)
    if ends is None:
        return False
    stated, first, last = ends
    return abs((last / first - 1) * 100 - stated) <= max(_ROUNDED, stated / 50)


def _is_yearly_growth(reading: Reading, levels: list[Reading]) -> bool:
    """Whether ``[N]`` is the yearly growth from the base to the goal, as 980 → 1450 and [8] show."""
    ends = _ends(reading, levels)
    if ends is None:
        return False
    stated, first, last = ends
    yearly = (last / first) ** (1 / len(reading.period.years)) - 1
    return abs(yearly * 100 - stated) <= _ROUNDED


def _is_change_of_base(reading: Reading, stated: float, levels: list[Reading]) -> bool:
    """``[0.9]`` beside a base of 79.1 alone: what the level is to gain, and no level or sum of years."""
    base = levels[0].value if len(levels) == 1 else None
    counted = ADDED.search(reading.subject) or "累计" in reading.subject
    return base is not None and not counted and 0 < abs(stated) < base / _BASE_OVER_CHANGE


def _is_sum(stated: float, levels: list[Reading]) -> bool:
    """Whether ``[N]`` adds up years as the row has them: 31.4, >25 and [125] 万人, and no change of theirs."""
    values = [level.value for level in levels if level.value is not None]
    return len(values) > 1 and stated > _YEARS_OF_A_SUM * max(values) > 0


def _as_change(reading: Reading, value: float) -> Reading:
    """``[N]`` beside the levels of its row: by how much the level changes over the period."""
    op: Op = "+" if value >= 0 else "-"
    if reading.op != "=" or (value >= 0 and re.search(r"下降|降低|减少|降幅", reading.subject)):
        return reading
    return reading._replace(op=op, value=abs(value), measure="increase")
