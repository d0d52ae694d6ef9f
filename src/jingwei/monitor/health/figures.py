"""The figures of a set of documents, each with its indicator and the range it leaves possible.

Only figures of one indicator on one 口径 are held against each other (``plans.indicator``), and
only where both name it clearly: a name too general to tell things apart proves nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from jingwei.core import Period, Statement
from jingwei.monitor.health.printed import as_printed, middle, rules
from jingwei.plans.amount import Interval, exceeding, factor, numbers, worded
from jingwei.plans.indicator import Comparison, Indicator, pairs

_FRACTION = re.compile(
    r"[一二两三四五六七八九十百]+分之[一二两三四五六七八九十百]+|\d+/\d+|[一二两三四五六七八九]成半?|一半|半数"
)
_HARMLESS = frozenset({"unit", "name"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A statement with a number, its indicator, the range the number leaves possible (base units)
    and its position among the statements of its document."""

    statement: Statement
    indicator: Indicator
    range: Interval
    order: int

    @property
    def document(self) -> str:
        return self.statement.document

    @property
    def year(self) -> int:
        return self.statement.period.last

    @property
    def start(self) -> int:
        return self.statement.evidence.start

    @property
    def in_table(self) -> bool:
        """Whether it was read from a row of an indicator table."""
        return self.statement.attr is not None or self.statement.rule.startswith("指标表")

    @property
    def point(self) -> float:
        """The number as printed, in base units (the middle of a printed range)."""
        pair = numbers(self.statement, self.indicator.dimension)
        return sum(pair) / 2 if pair is not None else middle(self.range)

    @property
    def goal(self) -> bool:
        return self.statement.role == "target"


def shown(figure: Figure) -> str:
    """The number as printed, with hedge and unit: 4.2万亿元, 约500家."""
    s = figure.statement
    words = _FRACTION.search(s.quote) if worded(s) else None
    if words is not None:
        number = words[0]
    elif s.value is not None:
        number = as_printed(s.value, s.quote)
    else:
        number = "—".join(as_printed(each, s.quote) for each in (s.low, s.high) if each is not None)
    forms = {
        "~": "约{}", ">=": "{}以上", ">": "超过{}", "<=": "不超过{}", "<": "低于{}",
        "+": "增加{}", "-": "减少{}", "x": "{}倍",
    }  # fmt: skip
    # 超过500亿元 and 500亿元以上 are two things, and each is quoted as it is printed
    op = ">" if s.op == ">=" and exceeding(s) else s.op
    unit = "" if s.unit in ("-", "—", "数值") else s.unit
    return forms.get(op, "{}").format(number + ("" if s.op == "x" else unit))


def in_unit_of(figure: Figure, value: float) -> str:
    """A value in base units, written in the unit of ``figure``: 3000亿元."""
    s = figure.statement
    number = value / factor(s, figure.indicator.dimension)
    digits = 0 if abs(number) >= 100 else 2
    text = f"{number:.{digits}f}"
    if all("." not in as_printed(each, s.quote) for each in (s.value, s.low) if each is not None):
        text = text.removesuffix(".00")  # 20个−15个 is 5个
    return text + s.unit


def cited(figure: Figure) -> str:
    """The number with its year and document: 1042亿元（2020年，甲规划.txt）."""
    return f"{shown(figure)}（{figure.statement.period}年，{figure.document}）"


def firm(a: Indicator, b: Indicator, comparison: Comparison, *, allow: Iterable[str] = ()) -> bool:
    """Whether two indicators are one beyond doubt: nothing that one side leaves open may decide."""
    soft = {each.aspect for each in comparison.differences if each.soft}
    return (
        comparison.comparable and soft <= _HARMLESS | set(allow) and _each_year(a) == _each_year(b)
    )


def _each_year(indicator: Indicator) -> bool:
    return any(word in indicator.subject for word in rules()["names"]["each_year"])


def clear(indicator: Indicator) -> bool:
    """Whether a name tells what is measured well enough to be held against another."""
    above = indicator.name.numerator
    vague = rules()["names"]["vague"]
    thing = above.object + above.tail
    if indicator.subject in vague or thing in vague:
        return False
    if len(thing) < 2 and not (indicator.ratio and above.measure and above.measure not in vague):
        return False
    if indicator.name.share and indicator.name.denominator is None:
        return False
    names = rules()["names"]
    if re.match(names["headless"], indicator.subject) or re.fullmatch(names["sized"], thing):
        return False
    counted = above.measure in ("数量", "") and not indicator.ratio and not indicator.name.change
    return not counted or (len(thing) >= 4 and thing != indicator.place)


def settled(indicator: Indicator) -> Indicator:
    """The level behind a rate: 工业增加值年均增速 gives 工业增加值."""
    name = replace(indicator.name, change="", yearly=False)
    return replace(indicator, subject=indicator.subject + "水平", name=name, dimension="")


def same_place(a: Figure, b: Figure) -> bool:
    """Whether two figures surely speak of one area: both name it, or they share a document."""
    return a.document == b.document or (bool(a.indicator.place) and bool(b.indicator.place))


class Joined:
    """Positions that belong together, directly or through others."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def _root(self, position: int) -> int:
        while self.parent[position] != position:
            position = self.parent[position]
        return position

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self.parent[second] = first

    def groups(self) -> list[list[int]]:
        """All positions by group, both in order."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for position in range(len(self.parent)):
            found[self._root(position)].append(position)
        return [found[each] for each in sorted(found)]


@dataclass(slots=True)
class Ledger:
    """All figures, and which of them share an indicator."""

    figures: list[Figure]
    near: dict[int, list[tuple[int, Comparison]]] = field(init=False)

    def __post_init__(self) -> None:
        at: dict[Indicator, list[int]] = {}
        for i, each in enumerate(self.figures):
            at.setdefault(each.indicator, []).append(i)
        distinct = list(at)
        self.near = defaultdict(list)
        for one, other, comparison in pairs(distinct, distinct):
            for i in at[distinct[one]]:
                self.near[i] += [(j, comparison) for j in at[distinct[other]] if j != i]
        for near in self.near.values():
            near.sort(key=lambda each: each[0])

    def matching(
        self, wanted: Sequence[Indicator], among: Sequence[Figure]
    ) -> Iterator[tuple[int, Figure, Comparison]]:
        """Which figures carry each wanted indicator: (position, figure, comparison)."""
        for i, j, comparison in pairs(wanted, [each.indicator for each in among]):
            yield i, among[j], comparison

    def groups(self, members: Sequence[int]) -> list[list[int]]:
        """Members that surely share an indicator, directly or through others, in order."""
        position = {member: n for n, member in enumerate(members)}
        joined = Joined(len(members))
        for i in members:
            for j, comparison in self.near[i]:
                if j > i and j in position and self._joined(i, j, comparison):
                    joined.join(position[i], position[j])
        return [[members[n] for n in group] for group in joined.groups()]

    def _joined(self, i: int, j: int, comparison: Comparison) -> bool:
        a, b = self.figures[i], self.figures[j]
        one = firm(a.indicator, b.indicator, comparison)
        return one and same_place(a, b) and clear(a.indicator) and clear(b.indicator)


def horizon(figures: Sequence[Figure]) -> dict[str, int]:
    """The first year of the plan of each document that sets targets (the commonest one)."""
    first: defaultdict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for each in figures:
        if each.goal:
            first[each.document][_first(each.statement.period)] += 1
    return {
        document: min(years, key=lambda year: (-years[year], year))
        for document, years in first.items()
    }


def _first(period: Period) -> int:
    if period.first < period.last:
        return period.first
    return period.last - 4 if period.last % 5 == 0 else period.last


def measure_of(indicator: Indicator) -> str:
    """The statistic, in the words of the tables (增加值, 产值, 数量)."""
    return indicator.name.numerator.measure


def with_measure(indicator: Indicator, measure: str) -> Indicator:
    """The same thing under another statistic: 工业增加值 gives 工业产值."""
    above = replace(indicator.name.numerator, measure=measure)
    name = replace(indicator.name, numerator=above)
    return replace(indicator, subject=above.object + measure, name=name)
