"""What a printed number leaves possible, and arithmetic with such ranges.

A writer rounds: 5.4 % stands for anything from 5.35 to 5.45, 4.2 万亿元 for 4.15 to 4.25. Two
printed numbers agree when some true number could have been printed as both, and a computation
agrees with a printed result when the two ranges meet (``docs/semantics.md`` §9). Hedges widen a
range by the widest of their declared readings, so that a finding holds under all of them.
"""

import math
import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from jingwei.core import Statement
from jingwei.plans.amount import Interval, Readings, fact, factor, hedged, worded

_WHOLE = frozenset({"count", "enterprise", "people"})
_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


@cache
def rules() -> dict[str, Any]:
    """The declared word lists and limits of ``rules.toml``."""
    text = files("jingwei.monitor.health").joinpath("rules.toml").read_text("utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=8192)
def numerals(quote: str) -> tuple[tuple[float, str], ...]:
    """Each number printed in a quote with its digits as printed."""
    return tuple((float(match[0].replace(",", "")), match[0]) for match in _NUMERAL.finditer(quote))


def as_printed(value: float, quote: str) -> str:
    """The digits of ``value`` as the quote prints them (8.0 and not 8); else the shortest form."""
    found = [digits for number, digits in numerals(quote) if number == value]
    return min(found, key=len) if found else f"{value:.10g}"


def half_step(statement: Statement) -> float:
    """Half a unit of the last printed digit, in the statement's own unit.

    A fraction in words is coarse: 三分之二 and 六成 have a step of their own (``rules.toml``).
    """
    value = statement.value if statement.value is not None else statement.low
    if value is None:
        return 0.0
    if worded(statement):
        steps = rules()["worded"]
        tenths = math.isclose(value * 10, round(value * 10), abs_tol=1e-9)
        return steps["tenths"] if tenths else steps["fraction"]
    _, _, decimals = as_printed(value, statement.quote).partition(".")
    return 0.5 * 10.0 ** -len(decimals)


def printed(statement: Statement, dimension: str) -> Interval | None:
    """The numbers, in base units, that could have been printed so; None for words."""
    readings = fact(statement, dimension)
    if not readings:
        return None
    by = factor(statement, dimension)
    half = 0.0 if _counted(statement, dimension, by) else half_step(statement) * by
    low = min(reading.interval.low for reading in readings)
    high = max(reading.interval.high for reading in readings)
    if statement.op == "~":
        size = max(abs(low), abs(high)) * max(Readings().about)
        low, high = low - size, high if hedged(statement, "nearly") else high + size
    # 超过500 may be 500.2 printed as 500, so a bound is not loosened; a value is.
    bound = statement.op in (">", ">=", "<", "<=")
    return Interval(low, high) if bound else Interval(low - half, high + half)


def _counted(statement: Statement, dimension: str, by: float) -> bool:
    """Whether whole things are counted one by one (20家, not 2.2万家): nothing was rounded."""
    value = statement.value
    return dimension in _WHOLE and by == 1.0 and value is not None and value == int(value)


def meet(a: Interval, b: Interval) -> bool:
    """Whether two ranges share a number."""
    return not a.apart(b)


def quotient(a: Interval, b: Interval) -> Interval | None:
    """a ÷ b; None unless both are positive."""
    if a.low < 0 or b.low <= 0:
        return None
    high = a.high / b.low if math.isfinite(a.high) else math.inf
    return Interval(a.low / b.high if math.isfinite(b.high) else 0.0, high)


def difference(a: Interval, b: Interval) -> Interval:
    """a − b."""
    return Interval(a.low - b.high, a.high - b.low)


def yearly_rate(ratio: Interval, years: int) -> Interval:
    """The yearly growth, in per cent, that makes ``ratio`` in ``years`` (compound)."""
    return Interval(_rate(ratio.low, years), _rate(ratio.high, years))


def _rate(ratio: float, years: int) -> float:
    return (ratio ** (1 / years) - 1) * 100 if math.isfinite(ratio) else math.inf


def middle(interval: Interval) -> float:
    """The number to show for a range: its middle, or its finite end."""
    if math.isinf(interval.low):
        return interval.high
    return interval.low if math.isinf(interval.high) else (interval.low + interval.high) / 2
