"""From one target to the next: kept, raised, lowered, or too steep to be one definition.

Values are compared by kind and in base units (``docs/semantics.md`` §6). Raised means more
demanding: a smaller ceiling of 能耗 is raised, as is a firmer hedge only where the number also
moves. Words against a number can be neither raised nor lowered.
"""

import re

from jingwei.core import Statement
from jingwei.plans import wording
from jingwei.plans.amount import Readings, agree, fact, numbers, table, written
from jingwei.plans.indicator import Indicator, wanted

_LEVELS = frozenset({"=", "~", ">=", ">", "<=", "<", "range"})
_CORE = re.compile(r"以?(?P<core>.+?)为(?:核心|主体|主)的")


def of_one_kind(one: Statement, other: Statement) -> bool:
    """Whether both state a level, both a change of one sign, both a multiple, or both words."""
    if one.op in _LEVELS and other.op in _LEVELS:
        return True
    return one.op == other.op


def stock_and_increase(one: Statement, other: Statement) -> bool:
    """Whether one states how many there are to be and the other how many more: 5—10家, 再建5—10家."""
    ops = {one.op, other.op}
    return len(ops & {"+", "-"}) == 1 and bool(ops & _LEVELS)


def same_amount(
    one: Statement, other: Statement, indicator: Indicator, *, rough: bool = False
) -> bool:
    """Whether both state one amount; ``rough`` allows 左右 its smallest tolerance."""
    if not of_one_kind(one, other):
        return False
    about = rough and "~" in (one.op, other.op)
    allowance = table()["about"]["fact"] if about else 0.0
    return agree(one, other, indicator.dimension, rough=allowance)


def lists_years(statement: Statement) -> bool:
    """Whether its sentence lists the rates of several years (docs/semantics.md §4.5)."""
    return re.search(wording.tables()["series"]["pattern"], statement.quote) is not None


def consistent(one: Statement, other: Statement, dimension: str) -> bool:
    """Whether two facts can both be true: 超过5000 and 5318 can, 5000 and 5318 cannot."""
    mine, theirs = fact(one, dimension), fact(other, dimension)
    return any(not a.interval.apart(b.interval) for a in mine for b in theirs)


def step(old: Statement, new: Statement, indicator: Indicator) -> tuple[str, tuple[str, ...]]:
    """The relation of a newer target to an older one of the same indicator, with reasons."""
    told = f"{written(old)} → {written(new)}"
    before, after = numbers(old, indicator.dimension), numbers(new, indicator.dimension)
    if before is None or after is None:
        if (old.measure == "elsewhere") != (new.measure == "elsewhere"):
            return "redefined", (f"{told}，一方由另一文件确定 / one of them is set elsewhere",)
        if before is after:
            return "kept", (f"{told}，均为表述 / words on both sides",)
        return "kept", (
            f"{told}，数值与表述之间不能比较高低 / words cannot be ranked with a number",
        )
    if not of_one_kind(old, new):
        return "redefined", (f"{told}，水平与增量不能直接比较 / a level is not a change",)
    if same_amount(old, new, indicator):
        hedge = "" if old.op == new.op else "，限定词改变"
        return "kept", (f"{told}，数值不变{hedge} / the number is kept",)
    if too_steep(old, new, indicator):
        return "kept", (
            f"{told}，升幅过大，难以是同一口径，不判提高 / too steep to be one definition",
        )
    more = after > before
    lower_wanted = wanted(indicator, new) == "lower" and new.op not in ("+", "-")
    if lower_wanted or (old.op in ("<=", "<") and new.op in ("<=", "<")):
        more = not more
    if more:
        return "raised", (f"{told}，要求提高 / more is demanded",)
    return "lowered", (f"{told}，要求降低 / less is demanded",)


def too_steep(old: Statement, new: Statement, indicator: Indicator) -> bool:
    """Whether a ratio or share would have to move faster than one definition allows (§6)."""
    limits = wording.tables()["steep"]
    before, after = numbers(old, indicator.dimension), numbers(new, indicator.dimension)
    years = new.period.last - old.period.last
    if before is None or after is None or years <= 0 or indicator.name.change:
        return False
    a, b = before[0], after[0]
    if indicator.name.share:
        return abs(b - a) / years > limits["share"]
    rate = indicator.ratio or "/" in indicator.dimension
    if not rate or a <= 0 or b <= 0:
        return False
    return abs((b / a) ** (1 / years) - 1) > limits["ratio"]


def part_exceeds(
    whole: Statement, whole_is: Indicator, part: Statement, part_is: Indicator
) -> bool:
    """Whether a part named as the core of a whole is set higher than the whole.

    Only for names that say so (以X为核心的Y), the same statistic, unit and year, and by more than
    the tolerance of 左右.
    """
    cores = [m["core"] for clause in whole_is.name.numerator.clauses if (m := _CORE.match(clause))]
    if not cores or whole.period.last != part.period.last or whole.role != part.role:
        return False
    mine, theirs = whole_is.name.numerator, part_is.name.numerator
    if mine.measure != theirs.measure or whole_is.dimension != part_is.dimension:
        return False
    if whole.op not in _LEVELS or part.op not in _LEVELS or part_is.ratio or part_is.name.change:
        return False
    core = wording.term(wording.canonical(cores[0])).object
    if not core or not (set(core) <= set(theirs.object)):
        return False
    total, piece = numbers(whole, whole_is.dimension), numbers(part, part_is.dimension)
    if total is None or piece is None:
        return False
    return piece[0] > total[1] * (1 + max(Readings().about))
