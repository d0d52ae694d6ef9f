"""When two names mean one indicator.

A number may be held against another only if both are values of one indicator on one 口径
(population, denominator, unit, price base, area: ``docs/semantics.md`` §5). ``compare`` answers
in five steps: the same; the same in other words; the same thing on another 口径, with each
difference named; only similar (工业 for 制造业); different. Similar is never the same: who treats
it so decides it by hand and is named.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from jingwei.core import unit_label
from jingwei.plans import wording
from jingwei.plans.identification import (
    COUNTS,
    REGION,
    Indicator,
    Wanted,
    clean_unit,
    identify,
    is_brought_down,
    own_area,
    region_of,
    side,
    stem,
    unit_of,
    wanted,
)
from jingwei.plans.wording import Term

__all__ = [
    "ASPECTS",
    "Comparison",
    "Difference",
    "Index",
    "Indicator",
    "Kind",
    "Wanted",
    "clean_unit",
    "compare",
    "identify",
    "is_brought_down",
    "own_area",
    "pairs",
    "region_of",
    "side",
    "unit_of",
    "wanted",
]

Kind = Literal["same", "reworded", "differs", "similar", "different"]

ASPECTS: dict[str, tuple[str, str]] = {
    "object": ("对象", "what is measured"),
    "coverage": ("涵盖范围", "coverage"),
    "measure": ("统计指标", "statistic"),
    "form": ("水平或变动", "level or change"),
    "denominator": ("分母", "denominator"),
    "frame": ("统计范围", "population"),
    "grade": ("级别", "grade"),
    "part": ("产业部分", "part of the industry"),
    "definition": ("定义", "definition"),
    "scope": ("地域或领域", "area or field"),
    "price": ("价格", "price base"),
    "window": ("年均或累计", "yearly or whole period"),
    "unit": ("单位", "unit"),
    "stage": ("环节", "stage of the work"),
    "name": ("旧称", "older name"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One aspect in which two indicators differ, with both sides' words.

    A ``soft`` difference is stated on one side only, or is one of wording (项 for 家): it is
    shown and does not stop a comparison.
    """

    aspect: str
    left: str
    right: str
    soft: bool = False

    def __str__(self) -> str:
        zh, en = ASPECTS[self.aspect]
        left, right = self.left or "未注明", self.right or "未注明"
        return f"{zh}：{left} / {right} ({en})"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two indicators relate, and in what they differ."""

    kind: Kind
    differences: tuple[Difference, ...] = ()

    @property
    def comparable(self) -> bool:
        """Whether a value of one may be held against the other (``docs/semantics.md`` §5)."""
        return self.kind in ("same", "reworded")

    def aspects(self) -> frozenset[str]:
        """The aspects that stand in the way of a comparison."""
        return frozenset(each.aspect for each in self.differences if not each.soft)

    def in_units(self, left: str, right: str) -> "Comparison":
        """The same with the two units as the texts print them: 项 / 家, and not the kinds they are of."""
        if not (left and right) or all(each.aspect != "unit" for each in self.differences):
            return self
        printed = (
            replace(each, left=left, right=right) if each.aspect == "unit" else each
            for each in self.differences
        )
        return replace(self, differences=tuple(printed))


DIFFERENT = Comparison("different")


@cache
def _near() -> dict[str, str]:
    return {w: group["words"][0] for group in wording.tables()["near"] for w in group["words"]}


@lru_cache(maxsize=16384)
def _approximate(thing: str) -> str:
    """The object with every word that has close neighbours replaced by its group."""
    groups = _near()
    longest = sorted(groups, key=len, reverse=True)
    return re.sub("|".join(longest), lambda m: groups[m[0]], thing)


def _things(x: Term, y: Term) -> str:
    """equal, unsaid (one names nothing), listed (one names more of a list), near, narrower, wider,
    alike or other."""
    if x.object == y.object or (len(x.object) > 3 and sorted(x.object) == sorted(y.object)):
        clash = x.tail and y.tail and not (x.tail.endswith(y.tail) or y.tail.endswith(x.tail))
        return "near" if clash else "equal"
    if not x.object or not y.object:
        return "unsaid"
    listed_x, listed_y = set(x.object.split("、")), set(y.object.split("、"))
    if listed_x < listed_y or listed_y < listed_x:
        return "listed"
    full_x, full_y = ("".join((*t.chosen, t.object, t.part)) for t in (x, y))
    near_x, near_y = _approximate(full_x), _approximate(full_y)
    if near_x == near_y or (len(near_x) > 3 and sorted(near_x) == sorted(near_y)):
        return "near"
    if _another_thing(full_x, full_y):
        return "other"
    if min(len(full_x), len(full_y)) >= 2:
        if _runs_through(full_x, full_y):
            return "wider"
        if _runs_through(full_y, full_x):
            return "narrower"
    return "alike" if _dice(near_x, near_y) >= 0.5 else "other"


def _another_thing(x: str, y: str) -> bool:
    """Whether one object is of people, patents or money and the other is not: 产业人才 and 产业."""
    words = wording.tables()["other_things"]["words"]
    return any((word in x) != (word in y) for word in words)


def _runs_through(short: str, long: str) -> bool:
    """Whether ``long`` is ``short`` with words put in: 绿色园区 in 绿色工业示范园区."""
    if short in long:
        return True
    rest = iter(long)
    return len(short) >= 4 and all(character in rest for character in short)


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)} or {text}


def _dice(x: str, y: str) -> float:
    a, b = _bigrams(x), _bigrams(y)
    return 2 * len(a & b) / (len(a) + len(b))


def _measures(x: str, y: str) -> str:
    """equal, unstated, loose, near or other."""
    if x == y:
        return "equal"
    if not x or not y:
        return "unstated"
    table = wording.measure_table()
    if table.get(x, {}).get("loose") or table.get(y, {}).get("loose"):
        return "loose" if _near().get(x) == _near().get(y, "-") else "other"
    return "near" if x in _near() and _near()[x] == _near().get(y) else "other"


@lru_cache(maxsize=65536)
def compare(a: Indicator, b: Indicator) -> Comparison:
    """How ``a`` and ``b`` relate (``docs/semantics.md`` §5). Symmetric but for left and right."""
    x, y = a.name.numerator, b.name.numerator
    measure = _measures(x.measure, y.measure)
    if measure == "other":
        return DIFFERENT
    thing = _things(x, y)
    if thing == "other" or (thing == "unsaid" and not _of_one_denominator(a, b)):
        return DIFFERENT
    if "gap" in (a.name.change, b.name.change) and a.subject != b.subject:
        return DIFFERENT  # the lead of one series over another: only its own words will do
    found: list[Difference] = []

    def note(aspect: str, left: str, right: str, *, soft: bool = False) -> None:
        if left != right:
            found.append(Difference(aspect, left, right, soft))

    close = thing not in ("equal", "listed", "unsaid") or measure == "near"
    close = close or (x.chosen != y.chosen and bool(x.chosen) and bool(y.chosen))
    if close and measure == "unstated":
        return DIFFERENT  # neither the thing nor the statistic is shared
    if thing != "equal":
        aspect = "coverage" if thing == "listed" else "object"
        note(aspect, x.object + x.tail, y.object + y.tail)
    if measure != "equal":
        note("measure", x.measure, y.measure)
    if a.name.change != b.name.change or a.ratio != b.ratio:
        if close or thing == "listed":
            return DIFFERENT
        note("form", _form(a), _form(b))
        return Comparison("similar", tuple(found))
    far = thing == "listed" or (thing != "equal" and measure != "equal")
    if a.ratio and _denominators(a, b, found) and far:
        return DIFFERENT  # part of a list, or a neighbour's other statistic, over something else
    note("frame", x.population, y.population)
    note("part", x.part, y.part)
    note("grade", "、".join(x.grade), "、".join(y.grade))
    note("definition", "、".join(x.clauses), "、".join(y.clauses))
    note("definition", *_both(a.name.notes, b.name.notes), soft=_unsaid(a.name.notes, b.name.notes))
    note("price", a.name.price, b.name.price, soft=_unsaid(a.name.price, b.name.price))
    if a.name.change in ("growth", "reduction") and a.name.yearly != b.name.yearly:
        note("window", "年均" if a.name.yearly else "累计", "年均" if b.name.yearly else "累计")
    note("scope", "全国" if x.nation else "", "全国" if y.nation else "")
    _places(a, b, found)
    if a.dimension != b.dimension:
        counted = {a.dimension, b.dimension} <= COUNTS or _unsaid(a.dimension, b.dimension)
        note("unit", unit_label(a.dimension), unit_label(b.dimension), soft=counted)
    note("name", "、".join(a.name.renamed), "、".join(b.name.renamed), soft=True)
    if close:
        return Comparison("similar", tuple(found))
    if any(not each.soft for each in found):
        return Comparison("differs", tuple(found))
    return Comparison("same" if a.subject == b.subject else "reworded", tuple(found))


def _both(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, str]:
    return "、".join(left), "、".join(right)


def _unsaid(left: object, right: object) -> bool:
    return not left or not right


def _of_one_denominator(a: Indicator, b: Indicator) -> bool:
    """Whether both are one statistic over one thing, so that a name without an object (亩均税收) is
    that of all and one with an object (规上工业亩均税收) that of some."""
    above, other = a.name.numerator.measure, b.name.numerator.measure
    below, under = a.name.denominator, b.name.denominator
    if below is None or under is None or not above or above != other:
        return False
    return bool(below.object) and _things(below, under) == "equal"


def _form(indicator: Indicator) -> str:
    changes = {"rank": "位次", "growth": "增速", "reduction": "下降幅度", "rise": "提高幅度"}
    level = "比重或比率" if indicator.ratio else "水平"
    return changes.get(indicator.name.change, level)


def _denominators(a: Indicator, b: Indicator, found: list[Difference]) -> bool:
    """Note a difference of denominators; whether there is a hard one."""
    below, other = a.name.denominator, b.name.denominator
    if below is None or other is None:
        if below is not other:
            told = below or other
            of_another = told is not None and (told.whole != "" or told.nation)
            found.append(
                Difference("denominator", _written(below), _written(other), soft=not of_another)
            )
            return of_another
        return False
    inherited = below.measure or a.name.numerator.measure, other.measure or b.name.numerator.measure
    equal = (
        _things(below, other) == "equal"
        and inherited[0] == inherited[1]
        and (below.population, below.nation, below.whole, below.part)
        == (other.population, other.nation, other.whole, other.part)
    )
    if not equal:
        told = _written(below), _written(other)
        if (
            "" in told or below.whole != other.whole
        ):  # one is of the text's own area and does not say so
            one, two = (
                w if t.whole or t.nation else f"本地区{w}"
                for t, w in zip((below, other), told, strict=True)
            )
            told = one, two
        found.append(Difference("denominator", *told))
    return not equal


def _written(term: Term | None) -> str:
    if term is None:
        return ""
    return (
        ("全国" if term.nation else term.whole)
        + "".join((term.frame, *term.chosen))
        + term.object
        + term.tail
        + term.part
        + term.measure
    )


_GROUPS = frozenset(("三省一市", "四省一市", "东北三省", "中部六省"))


def _places(a: Indicator, b: Indicator, found: list[Difference]) -> None:
    one, two = stem(a.place), stem(b.place)
    # 三省一市 is 长三角三省一市
    if (
        one != two
        and not (one in _GROUPS and two.endswith(one))
        and not (two in _GROUPS and one.endswith(two))
    ):
        # 全市 as a place is an area wider than the document's own, if nobody knows which
        wider = {a.place, b.place} & set(wording.tables()["home"]["words"])
        known = a.place and b.place
        if known or wider or not REGION.search(a.place + b.place):
            found.append(Difference("scope", a.place, b.place))
    one, two = a.field, b.field
    if one == two:
        return
    if (one and one in b.name.numerator.object) or (two and two in a.name.numerator.object):
        return
    # a field that shares a character with the thing measured only says it again
    things = a.name.numerator.object + b.name.numerator.object
    soft = _unsaid(one, two) and bool(set(one + two) & set(things))
    found.append(Difference("scope", one, two, soft=soft))


class Index:
    """Indicators that others are compared with.

    Only those that share a run of two characters are compared at all, so that hundreds on each side
    take well under a second.
    """

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self.indicators = indicators
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, indicator in enumerate(indicators):
            for key in _keys(indicator):
                self._places[key].append(place)

    def near(self, indicator: Indicator) -> Iterator[tuple[int, Comparison]]:
        """The positions of all that are not different from ``indicator``, in order."""
        known = self._places
        for place in sorted({p for key in _keys(indicator) if key in known for p in known[key]}):
            comparison = compare(indicator, self.indicators[place])
            if comparison.kind != "different":
                yield place, comparison


def pairs(
    left: Sequence[Indicator], right: Sequence[Indicator]
) -> Iterator[tuple[int, int, Comparison]]:
    """Every pair of positions whose indicators are not different, in order."""
    index = Index(right)
    for i, indicator in enumerate(left):
        for j, comparison in index.near(indicator):
            yield i, j, comparison


@lru_cache(maxsize=16384)
def _keys(indicator: Indicator) -> frozenset[str]:
    above = indicator.name.numerator
    thing = _approximate(above.object + above.part)
    runs = _bigrams(thing) if thing else {f"={_near().get(above.measure, above.measure)}"}
    below = indicator.name.denominator
    over = (
        {f"={above.measure}/{below.object}"} if below is not None and above.measure else set[str]()
    )
    return frozenset(runs | over | {indicator.subject})
