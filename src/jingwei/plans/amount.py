"""What a number and its hedge allow: intervals of goals and of facts.

A goal is the set of values that meet it, a fact the set of values it leaves possible. Then all
settling is inclusion: a fact inside the goal meets it, one apart from it misses it, one across
its edge cannot be told (``docs/semantics.md`` §2). A hedge with several declared readings gives
several sets. All numbers are in base units (``core.unit``).
"""

import math
import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from jingwei.core import Period, Statement, unit, written_out
from jingwei.plans.indicator import Wanted, clean_unit, is_brought_down, unit_of
from jingwei.plans.ranks import Rank, rank_of

_FLAT = 1e-9  # relative: two floats that differ by less are one number

_FORMS = {
    "~": "{}左右",
    ">=": "{}以上",
    ">": "超过{}",
    "<=": "{}以内",
    "<": "低于{}",
    "+": "增加{}",
    "-": "减少{}",
}


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from ``low`` to ``high``; an open end is not itself included."""

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def point(cls, value: float) -> "Interval":
        return cls(value, value)

    def within(self, other: "Interval") -> bool:
        """Whether every number of this interval lies in the other."""
        low = _above(self.low, other.low) or (
            _same(self.low, other.low) and (self.low_open or not other.low_open)
        )
        high = _above(other.high, self.high) or (
            _same(self.high, other.high) and (self.high_open or not other.high_open)
        )
        return low and high

    def apart(self, other: "Interval") -> bool:
        """Whether the two share no number."""
        return self._below(other) or other._below(self)

    def _below(self, other: "Interval") -> bool:
        touching = _same(self.high, other.low) and (self.high_open or other.low_open)
        return _above(other.low, self.high) or touching

    def shifted(self, by: float) -> "Interval":
        return Interval(self.low + by, self.high + by, self.low_open, self.high_open)

    def scaled(self, by: float) -> "Interval":
        """Multiplied by a positive factor."""
        return Interval(self.low * by, self.high * by, self.low_open, self.high_open)

    @property
    def exact(self) -> float | None:
        """The number, where there is only one."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Reading:
    """One declared reading of a number: its words in both languages and its interval."""

    zh: str
    en: str
    interval: Interval


@cache
def table() -> dict[str, Any]:
    """The declared readings of ``amount.toml``."""
    return tomllib.loads(files("jingwei.plans").joinpath("amount.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Readings:
    """How hedges are read. ``about`` are the tolerances of 左右, as shares of the number."""

    about: tuple[float, ...] = field(default_factory=lambda: tuple(table()["about"]["tolerances"]))


def _same(a: float, b: float) -> bool:
    return a == b or math.isclose(a, b, rel_tol=_FLAT, abs_tol=1e-12)


def _above(a: float, b: float) -> bool:
    return a > b and not _same(a, b)


def hedged(statement: Statement, kind: str) -> bool:
    """Whether the hedge as written holds a word of one of the lists of ``amount.toml``."""
    return any(word in statement.hedge for word in table()[kind]["words"])


def worded(statement: Statement) -> bool:
    """Whether the number is a fraction in words (三分之二): without a unit, below 1."""
    value = statement.value
    return value is not None and 0 < value < 1 and not clean_unit(statement.unit)


def factor(statement: Statement, dimension: str) -> float:
    """From the number as written to base units; a fraction in words becomes per cent."""
    written = unit_of(statement)
    if not written:
        return 100.0 if dimension == "share" and worded(statement) else 1.0
    return unit(written).factor


def numbers(statement: Statement, dimension: str) -> tuple[float, float] | None:
    """(low, high) in base units, equal for a single number; None for words."""
    by = factor(statement, dimension)
    if statement.value is not None:
        return statement.value * by, statement.value * by
    if statement.low is not None and statement.high is not None:
        return statement.low * by, statement.high * by
    return None


_GROWN_BY = "增长幅度"
_TOLD_AS_GROWTH = re.compile(
    r"(?:增长|增加|提高|提升|扩大)(?:了|约|近|超过?)*[\d.一二两三四五六七八九十]+(?:多|余)?倍"
)


def grows_by_times(statement: Statement) -> bool:
    """增长1.5倍: a growth told in times its base."""
    return statement.measure == "growth" and clean_unit(statement.unit) == "倍"


def is_total_growth(statement: Statement) -> bool:
    """比2020年增长45%: growth from a base to the end of a period, and none of a single year."""
    period, base = statement.period, statement.base_year
    if statement.measure != "growth" or clean_unit(statement.unit) != "%" or not period.known:
        return False
    over = "累计" in statement.quote or (base is not None and base < period.first)
    return over and period.first < period.last and not _OF_YEARS.search(statement.quote)


def as_multiple(statement: Statement, *, total: bool = True) -> Statement:
    """A growth over a base (增长1.5倍, 比2020年增长45%) as the multiple by which it is settled; others
    as they are.

    Whether 增长1.5倍 ends at 1.5 or at 2.5 times its base is a reading (``told_as_growth``, §2.8a).
    ``total``: whether a growth in per cent may be one of levels, as growth at constant prices may not.
    """
    times, value = grows_by_times(statement), statement.value
    if not times and not (total and is_total_growth(statement) and value is not None):
        return statement
    subject = re.sub(rf"(?:{_GROWN_BY}|增速)$", "", statement.subject)
    last = statement.period.last
    period = Period.year(last) if statement.period.known else statement.period
    if not times and value is not None:
        value = round(1 + value / 100, 12)
    return replace(
        statement, op="x", unit="", measure="multiple", subject=subject, period=period, value=value
    )


def told_as_growth(statement: Statement) -> bool:
    """Whether a multiple was told as growth (增长1.5倍), and so has two readings."""
    return statement.op == "x" and _TOLD_AS_GROWTH.search(statement.quote) is not None


def _multiple(statement: Statement, number: str) -> str:
    """A multiple as it was told: 2倍, 增长1.5倍, 增长45%."""
    if told_as_growth(statement):
        return f"增长{number}倍"
    if statement.value is not None and _IN_PER_CENT.search(statement.quote):
        return f"增长{written_out(100 * (statement.value - 1), 6)}%"
    return f"{number}倍"


_OF_YEARS = re.compile(r"年均|平均|每年|同比|上年|去年")
_IN_PER_CENT = re.compile(r"(?:增长|增加|提高|提升|扩大)(?:了|约|近|超过?)*[\d.]+%")
_ROSE = re.compile(r"(?:累计|五年)提高$")


def written(statement: Statement) -> str:
    """The amount as one would write it: 20%左右, 增加5—10家, 66.67%, “全国前列”."""
    if statement.value is None and statement.low is None:
        return f"“{statement.text}”"
    if statement.value is None:
        number = f"{written_out(statement.low)}—{written_out(statement.high)}"
    elif worded(statement) and statement.op != "x":
        number = f"{written_out(statement.value * 100, 4)}%"
    else:
        number = f"{written_out(statement.value)}"
    if statement.measure == "rank":
        return f"前{number}位" if statement.op == "<=" else f"第{number}位"
    if statement.op == "x":
        return _multiple(statement, number)
    unit = statement.unit if clean_unit(statement.unit) else ""
    if unit == "%" and (statement.op in ("+", "-") or _ROSE.search(statement.subject)):
        unit = "个百分点"  # by so much a share rose: 「五年累计提高8.2」 in a column of %
    op = ">" if statement.op == ">=" and exceeding(statement) else statement.op
    return _FORMS.get(op, "{}").format(number + unit)


def goal(
    statement: Statement, dimension: str, wanted: Wanted, readings: Readings
) -> tuple[Reading, ...]:
    """The readings of a goal (``docs/semantics.md`` §2); () for words.

    For an increase or a decrease the interval is that of the change, for a multiple that of
    the ratio to the base.
    """
    told = _rank(statement)
    if told is not None:
        return _ceiling(told.value)
    pair = numbers(statement, dimension)
    if pair is None:
        return ()
    low, high = pair
    op = statement.op
    if is_brought_down(statement):
        wanted = "lower"  # 压减到50家: the verb tells, whatever is usually wanted
    if op in (">=", ">"):
        return _floor(low, strict=op == ">" or exceeding(statement))
    if op in ("<=", "<"):
        below = any(word in statement.hedge for word in table()["beyond"]["below"])
        return _ceiling(high, strict=op == "<" or (below and "不低于" not in statement.hedge))
    if op == "x":
        return _ceiling(high) if high < 1 or is_capped(statement) else _floor(low)
    if op in ("+", "-") and is_capped(statement):
        return _ceiling(high)  # 新增建设用地不超过100: the change itself is limited
    if op == "~" or wanted == "neutral":
        return tuple(_about(low, high, wanted, share) for share in readings.about)
    if wanted == "lower" and op not in ("+", "-"):
        return _ceiling(high)
    return _floor(low)


def _rank(statement: Statement) -> Rank | None:
    """The rank that words state (全省前三位): at most that place, smaller is better (§2.9a)."""
    return rank_of(statement.text) if statement.op == "qual" and statement.text else None


def exceeding(statement: Statement) -> bool:
    """超过, 突破 … but not 不超过."""
    words = "|".join(table()["beyond"]["words"])
    return re.search(rf"(?<![不未])(?:{words})", statement.hedge) is not None


def is_capped(statement: Statement) -> bool:
    """Whether the goal is a limit that may not be exceeded (不超过, 控制在…以内), §20.6; never a
    place in a ranking, which is reached."""
    if statement.measure == "rank" or statement.op == "qual":
        return False
    words = table()["capped"]
    hedge = statement.hedge
    for other in words["not"]:
        hedge = hedge.replace(other, "")
    return statement.op in ("<=", "<") or any(word in hedge for word in words["words"])


def _floor(value: float, *, strict: bool = False) -> tuple[Reading, ...]:
    zh, en = "达到即可（含本数）", "reaching the number is enough"
    if strict:
        zh, en = "须超过（不含本数）", "the number itself does not count"
    return (Reading(zh, en, Interval(low=value, low_open=strict)),)


def _ceiling(value: float, *, strict: bool = False) -> tuple[Reading, ...]:
    zh, en = "不超过即可（含本数）", "the number itself counts"
    if strict:
        zh, en = "须低于（不含本数）", "the number itself does not count"
    return (Reading(zh, en, Interval(high=value, high_open=strict)),)


def _about(low: float, high: float, wanted: Wanted, share: float) -> Reading:
    down, up = low - abs(low) * share, high + abs(high) * share
    interval = {
        "higher": Interval(low=down),
        "lower": Interval(high=up),
        "neutral": Interval(down, up),
    }[wanted]
    zh, en = f"“左右”容许差{share:.0%}", f"左右 read as a shortfall of at most {share:.0%}"
    if share == 0:
        zh, en = "“左右”不容许差额", "左右 read without any tolerance"
    return Reading(zh, en, interval)


def fact(statement: Statement, dimension: str) -> tuple[Reading, ...]:
    """What a published fact leaves possible, one interval a reading; () for words."""
    told = _rank(statement)
    if told is not None:
        low = told.value if told.op == "=" else 1
        return (Reading("按公布位次", "the rank as published", Interval(low, told.value)),)
    pair = numbers(statement, dimension)
    if pair is None:
        return ()
    low, high = pair
    op = statement.op
    if op in (">=", ">") or (op == "=" and _passed(statement)):
        return (_more(statement, low, factor(statement, dimension)),)
    if op in ("<=", "<"):
        interval = Interval(high=high, high_open=op == "<")
        return (Reading("只知上限", "only an upper bound is known", interval),)
    if op == "~":
        return _roughly(statement, low, high)
    return (Reading("按公布数", "as published", Interval(low, high)),)


def is_exact(statement: Statement) -> bool:
    """Whether the number is the value itself: no hedge, and no step that was taken on the way."""
    return statement.op == "=" and not _passed(statement)


def _passed(statement: Statement) -> bool:
    """跨上5000亿元台阶: the number is a step that was taken, not the value."""
    words = "|".join(table()["passed"]["words"])
    unit_ = re.escape(statement.unit)
    return bool(unit_) and re.search(rf"{unit_}新?(?:的)?(?:{words})", statement.quote) is not None


def _more(statement: Statement, low: float, by: float) -> Reading:
    if hedged(statement, "odd") and statement.value is not None:
        # 30多个 lies between 30 and 40: the next number as round as this one
        step = 1.0
        while statement.value >= 10 * step and statement.value % (10 * step) == 0:
            step *= 10
        interval = Interval(low, low + step * by, low_open=True, high_open=True)
        return Reading("“多”即不到下一整数", "up to the next round number", interval)
    strict = statement.op == ">" or exceeding(statement)
    interval = Interval(low=low, low_open=strict)
    return Reading("只知下限", "only a lower bound is known", interval)


def _roughly(statement: Statement, low: float, high: float) -> tuple[Reading, ...]:
    share = table()["about"]["fact"]
    if hedged(statement, "nearly"):
        interval = Interval(low - abs(low) * share, low, high_open=True)
        return (Reading("“近”即尚未达到", "近: not quite reached", interval),)
    return (
        Reading("约数按字面", "the rounded figure at its face value", Interval(low, high)),
        Reading(
            f"约数±{share:.0%}",
            f"the rounded figure within {share:.0%}",
            Interval(low - abs(low) * share, high + abs(high) * share),
        ),
    )


def agree(a: Statement, b: Statement, dimension: str, *, rough: float = 0.0) -> bool:
    """Whether two statements give one number: equal, or one the other rounded.

    3.7 万亿元 is 37053 亿元 to the digits shown (and never further off than 2 %); fractions in
    words agree to a thousandth (三分之二, 66.7 %); ``rough`` is an allowance for 左右.
    """
    x, y = numbers(a, dimension), numbers(b, dimension)
    if x is None or y is None:
        return x is y and a.text == b.text
    shown = max(resolution(a, dimension), resolution(b, dimension))
    fraction = worded(a) or worded(b)
    words = table()["worded"]["tolerance"] if fraction else 0.0
    for one, other in zip(x, y, strict=True):
        size = max(abs(one), abs(other))
        allowed = max(min(shown, 0.02 * size), words * size, rough * size)
        if not _same(one, other) and abs(one - other) > allowed:
            return False
    return True


def resolution(statement: Statement, dimension: str) -> float:
    """Half a unit of the last decimal printed, in base units; 0 for a number without decimals."""
    value = statement.value if statement.value is not None else statement.low
    if value is None:  # a rank in words
        return 0.0
    _, point, decimals = f"{written_out(value)}".partition(".")
    return 0.5 * 10 ** -len(decimals) * factor(statement, dimension) if point else 0.0
