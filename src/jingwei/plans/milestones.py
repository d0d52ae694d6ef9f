"""Yearly milestones of a target, along a path that anybody can see and change.

The end is the target exactly, to the last digit: a level reaches it, a flow sums to it, yearly
declines compound to it (``docs/semantics.md`` §8). Values are Decimal, yearly declines are
fractions, so that no rounding hides. A path is an assumption about the years between, not a
forecast; its name is shown beside every value.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from typing import Literal

from jingwei.core import InvalidRequest, Period, Statement
from jingwei.plans.amount import as_multiple, grows_by_times
from jingwei.plans.indicator import clean_unit, identify

Shape = Literal["linear", "compound", "s-curve", "given"]
_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
_COUNTS = frozenset({"count", "enterprise", "people"})
_ZERO, _ONE, _HUNDRED = Decimal(0), Decimal(1), Decimal(100)


@dataclass(frozen=True, slots=True)
class Path:
    """The shape of the years between.

    linear    equal steps (a flow: equal amounts)
    compound  equal growth; for a flow ``growth`` is the yearly growth of the amounts (0.05 is 5 %)
    s-curve   slow, fast, slow: the smoothstep 3u² − 2u³, which has no parameter to argue about
    given     ``values`` by hand, one a year: levels, amounts of a flow, or cumulated declines
    """

    shape: Shape = "linear"
    growth: Decimal | None = None
    values: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    """What should be reached by the end of a year, and what the year itself brings.

    ``value`` is the level, the running sum of a flow, or the cumulated decline in per cent;
    ``in_year`` the change of the level, the year's amount, or the year's decline as an exact
    fraction (1/20 is 5 %).
    """

    year: int
    value: Decimal
    in_year: Decimal | Fraction


def milestones(
    statement: Statement,
    *,
    base: Decimal | None = None,
    span: Period | None = None,
    path: Path | None = None,
    places: int | None = None,
) -> tuple[Milestone, ...]:
    """The milestones of a target, in its own unit.

    base:    the value in the year before ``span``; needed for levels, shares, increases and
             multiples, not for flows and declines
    span:    the years to spread over; the statement's own period where it covers several
    path:    linear where none is given, and for a decline compound: the same rate every year
    places:  decimals of the years between (counts: none; else two); the end is never rounded

    Raises InvalidRequest for words, for targets defined elsewhere, and for a missing base.
    """
    path = path or default_path(statement)
    times = grows_by_times(statement)
    statement = as_multiple(statement)
    years = span or statement.period
    if not years.known:
        raise InvalidRequest(
            f"“{statement.subject}”没有写明年份，不能分年度",
            "the target names no year: there are no years to spread it over",
            where=statement.id,
        )
    dimension = identify(statement).dimension
    counted = dimension in _COUNTS and clean_unit(statement.unit)[:1] not in "万亿千百"
    digits = (0 if counted else 2) if places is None else places
    amount = _amount(statement)
    if statement.measure == "flow":
        return flow(amount, years, path, digits)
    if declines(statement):
        return reduction(amount, years, path, digits)
    if statement.measure == "growth":
        raise InvalidRequest(
            f"“{statement.subject}”是增速目标，每年都是{amount}%，没有可分解的终点",
            "a growth rate holds for every year; give the level it is applied to",
            where=statement.id,
        )
    if base is None:
        raise InvalidRequest(
            f"“{statement.subject}”需要{years.first - 1}年的基期值才能分年度：加 --base 数值",
            f"the value of {years.first - 1} is needed to spread it: --base NUMBER",
            where=statement.id,
        )
    if statement.op == "+":
        amount = base + amount
    elif statement.op == "-":
        amount = base - amount
    elif statement.op == "x":
        amount = base * (amount + times)  # 增长1.5倍 ends at 2.5 times the base: the fuller reading
    return level(base, amount, years, path, digits)


def declines(statement: Statement) -> bool:
    """Whether a target is a decline over its whole period, in per cent (累计下降14%)."""
    indicator = identify(statement)
    falls = indicator.name.change == "reduction" and not indicator.name.yearly
    summed = statement.measure == "flow" and falls and indicator.dimension == "share"
    return statement.measure == "reduction" or summed


def default_path(statement: Statement) -> Path:
    """The path where nobody chose one: equal rates for a decline, else equal steps."""
    return Path("compound") if declines(statement) else Path()


def _amount(statement: Statement) -> Decimal:
    number = statement.value if statement.value is not None else statement.low
    if statement.op == "qual" or statement.measure in ("rank", "elsewhere") or number is None:
        raise InvalidRequest(
            f"“{statement.subject}”的目标是“{statement.text}”，没有数值可分年度",
            "the goal is words or is defined elsewhere: there is no number to spread",
            where=statement.id,
        )
    return Decimal(repr(number))


def level(
    base: Decimal, target: Decimal, years: Period, path: Path, places: int = 2
) -> tuple[Milestone, ...]:
    """From ``base`` (the year before) to ``target`` (the last year), the end exact."""
    if path.shape == "given":
        values = _given(path, years)
        if values[-1] != target:
            raise _ends_wrong(values[-1], target)
    else:
        shares = _shape(path, years, base, target)
        values = [_between(base, target, _round(value, places)) for value in shares]
        values[-1] = target
    before = [base, *values[:-1]]
    return tuple(
        Milestone(year, value, value - previous)
        for year, value, previous in zip(years.years, values, before, strict=True)
    )


def flow(total: Decimal, years: Period, path: Path, places: int = 2) -> tuple[Milestone, ...]:
    """Yearly amounts that sum to ``total`` exactly; ``value`` is the running sum."""
    if path.shape == "given":
        amounts = list(_given(path, years))
        if sum(amounts, _ZERO) != total:
            raise _ends_wrong(sum(amounts, _ZERO), total)
        running = [sum(amounts[: n + 1], _ZERO) for n in range(len(amounts))]
    else:
        running = [_between(_ZERO, total, _round(v, places)) for v in _running(total, years, path)]
        running[-1] = total
    before = [_ZERO, *running[:-1]]
    return tuple(
        Milestone(year, value, value - previous)
        for year, value, previous in zip(years.years, running, before, strict=True)
    )


def reduction(
    percent: Decimal, years: Period, path: Path, places: int = 2
) -> tuple[Milestone, ...]:
    """Declines of a yearly rate that compound to ``percent``: 1 − ∏(1 − d) is exact.

    The path is that of what remains (100 → 100 − percent); compound is an equal rate each year.
    """
    if not _ZERO <= percent < _HUNDRED:
        raise InvalidRequest(
            f"累计下降{percent}%不在0与100之间",
            "a cumulated decline lies between 0 and 100 per cent",
        )
    if path.shape == "given":
        cumulated = list(_given(path, years))
        if cumulated[-1] != percent:
            raise _ends_wrong(cumulated[-1], percent)
    else:
        remains = level(_HUNDRED, _HUNDRED - percent, years, path, places)
        cumulated = [_HUNDRED - each.value for each in remains]
    left = [Fraction(1), *(1 - Fraction(value) / 100 for value in cumulated)]
    return tuple(
        Milestone(year, value, 1 - after / before)
        for year, value, before, after in zip(years.years, cumulated, left, left[1:], strict=False)
    )


def _shape(path: Path, years: Period, base: Decimal, target: Decimal) -> list[Decimal]:
    count = len(years.years)
    with localcontext(_EXACT):
        if path.shape == "compound":
            if base <= 0 or target <= 0:
                raise InvalidRequest(
                    f"复合增长需要正的基期和目标（现为{base}、{target}），请改用线性或手工路径",
                    "compound growth needs a positive base and target; use linear or given",
                )
            ratio = target / base
            return [base * ratio ** (Decimal(n) / count) for n in range(1, count + 1)]
        return [base + (target - base) * share for share in _progress(path, count)]


def _progress(path: Path, count: int) -> Iterator[Decimal]:
    for n in range(1, count + 1):
        u = Decimal(n) / count
        yield u if path.shape == "linear" else u * u * (3 - 2 * u)


def _running(total: Decimal, years: Period, path: Path) -> list[Decimal]:
    count = len(years.years)
    with localcontext(_EXACT):
        if path.shape != "compound":
            return [total * share for share in _progress(path, count)]
        if path.growth is None or path.growth <= -1:
            raise InvalidRequest(
                "流量按复合路径分年度需要给出每年增速（大于−100%）",
                "a flow on a compound path needs growth= (above -1)",
            )
        weights = [(_ONE + path.growth) ** n for n in range(count)]
        whole = sum(weights, _ZERO)
        return [total * sum(weights[: n + 1], _ZERO) / whole for n in range(count)]


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(_ONE.scaleb(-places), context=_EXACT)


def _between(one: Decimal, other: Decimal, value: Decimal) -> Decimal:
    """Rounding never carries a value past either end."""
    return min(max(value, min(one, other)), max(one, other))


def _given(path: Path, years: Period) -> Sequence[Decimal]:
    if len(path.values) != len(years.years):
        raise InvalidRequest(
            f"手工路径有{len(path.values)}个数，{years}年需要{len(years.years)}个",
            f"{len(path.values)} values given, {len(years.years)} years to fill",
        )
    return list(path.values)


def _ends_wrong(found: Decimal, wanted: Decimal) -> InvalidRequest:
    return InvalidRequest(
        f"手工路径的终点（合计）是{found}，目标是{wanted}，相差{wanted - found}",
        f"the given path ends (or sums) at {found}, the target is {wanted}",
    )
