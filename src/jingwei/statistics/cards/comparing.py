"""Two cards side by side: the same, convertible by a declared rule, or not comparable.

What differs is named aspect by aspect. Two rules convert: a unit of the same dimension, and
current prices into constant ones where a deflator series is given. Nothing leads from 规上 to 全市
(``docs/semantics.md`` §16); the ratio of the years that both publish is shown instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from jingwei.core import Explanation, InvalidRequest, Months, Observation, unit, written_out
from jingwei.statistics.cards.card import KINDS, PRICE_BASES, WINDOWS, Card
from jingwei.statistics.cards.frames import frames, is_within

Answer = Literal["same", "convertible", "not_comparable"]
ANSWERS: dict[Answer, str] = {
    "same": "口径相同",
    "convertible": "可按规则换算",
    "not_comparable": "不可比",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One aspect in which two cards differ; ``rule`` converts it, "" where nothing does."""

    aspect: str
    aspect_zh: str
    one: str
    other: str
    rule: Literal["", "unit", "deflator"] = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two cards relate. ``differences`` are empty only for the same definition."""

    one: Card
    other: Card
    answer: Answer
    differences: tuple[Difference, ...]

    @property
    def told(self) -> str:
        parts = "；".join(f"{d.aspect_zh}：{d.one} 与 {d.other}" for d in self.differences)
        return f"{ANSWERS[self.answer]}" + (f"（{parts}）" if parts else "")


def compare(one: Card, other: Card) -> Comparison:
    """Every aspect in which two cards differ. Names do not count: definitions do."""
    found: list[Difference] = []

    def aspect(
        key: str, zh: str, a: str, b: str, rule: Literal["", "unit", "deflator"] = ""
    ) -> None:
        if a != b:
            found.append(Difference(key, zh, a or "无", b or "无", rule))

    aspect("numerator", "指标内容", one.numerator, other.numerator)
    aspect("denominator", "分母", one.denominator, other.denominator)
    aspect("kind", "指标类型", KINDS[one.kind], KINDS[other.kind])
    aspect("frame", "总体", _frame(one), _frame(other))
    aspect("coverage", "统计范围", one.coverage, other.coverage)
    aspect("price_base", "价格口径", _prices(one), _prices(other), _price_rule(one, other))
    same_dimension = unit(one.unit).dimension == unit(other.unit).dimension
    aspect("unit", "计量单位", one.unit, other.unit, "unit" if same_dimension else "")
    if not set(one.windows) & set(other.windows):
        aspect("window", "时间口径", _windows(one), _windows(other))
    aspect("classification", "分类版本", one.classification, other.classification)
    aspect("census", "普查修订", one.census, other.census)
    if not found:
        return Comparison(one, other, "same", ())
    convertible = all(difference.rule for difference in found)
    return Comparison(one, other, "convertible" if convertible else "not_comparable", tuple(found))


def _frame(card: Card) -> str:
    frame = frames()[card.frame]
    rules = {rule for year in _years(card) if (rule := frame.rule_in(year)) is not None}
    thresholds = "、".join(
        f"{rule.first}年起：{rule.rule}" for rule in sorted(rules, key=lambda rule: rule.first)
    )
    return f"{frame.name}（{thresholds}）" if thresholds else frame.name


def _years(card: Card) -> Sequence[int]:
    return range(card.valid_from or 1990, (card.valid_to or (card.valid_from or 1990) + 50) + 1)


def _prices(card: Card) -> str:
    return f"{card.price_year}年价" if card.price_year else PRICE_BASES[card.price_base]


def _price_rule(one: Card, other: Card) -> Literal["", "deflator"]:
    return "deflator" if {one.price_base, other.price_base} == {"current", "constant"} else ""


def _windows(card: Card) -> str:
    return "、".join(WINDOWS[window] for window in card.windows)


@dataclass(frozen=True, slots=True)
class Converted:
    """A value carried over to another card, and the computation that did it."""

    value: float
    unit: str
    formula: str


def convert(
    value: float,
    months: Months,
    comparison: Comparison,
    deflator: Mapping[int, float] | None = None,
) -> Converted:
    """A value of ``comparison.one`` on the definition of ``comparison.other``.

    ``deflator`` is a price index by year, in any base: real value = nominal · P(base) ÷ P(year),
    the base being the price year of the constant-price card (System of National Accounts 2008,
    ch. 15). Raises InvalidRequest where no declared rule leads over.
    """
    for difference in comparison.differences:
        if not difference.rule:
            raise InvalidRequest(
                f"{difference.aspect_zh}不同（{difference.one}；{difference.other}），没有换算规则；"
                "请把两个口径并列，或向数据部门要同口径的数",
                f"{difference.aspect} differs ({difference.one}; {difference.other}) and no rule "
                "converts it; show both, or ask the holder for the same definition",
                where=f"{comparison.one.key} → {comparison.other.key}",
            )
    result, steps = value, [f"{written_out(value, 6)}{comparison.one.unit}"]
    if any(difference.rule == "deflator" for difference in comparison.differences):
        result, step = _deflated(value, months, comparison, deflator or {})
        steps.append(step)
    factor = unit(comparison.one.unit).factor / unit(comparison.other.unit).factor
    if factor != 1:
        result *= factor
        steps.append(f"× {written_out(factor, 6)}")
    formula = " ".join(steps) + f" = {written_out(result, 6)}{comparison.other.unit}"
    return Converted(result, comparison.other.unit, formula)


def _deflated(
    value: float, months: Months, comparison: Comparison, index: Mapping[int, float]
) -> tuple[float, str]:
    one, other = comparison.one, comparison.other
    base = one.price_year or other.price_year
    assert base is not None
    year = months.last_year
    for needed in (base, year):
        if needed not in index or index[needed] <= 0:
            raise InvalidRequest(
                f"现价与不变价换算需要 {needed} 年的价格指数，这里没有；请补上价格指数序列",
                f"current and constant prices convert by a price index; {needed} is not given",
                where=f"{one.key} → {other.key}",
            )
    over, under = (base, year) if one.price_base == "current" else (year, base)
    return value * index[over] / index[
        under
    ], f"× {written_out(index[over], 6)} ÷ {written_out(index[under], 6)}"


def explained(
    comparison: Comparison, ones: Sequence[Observation], others: Sequence[Observation]
) -> tuple[Explanation, ...]:
    """Why values on two cards differ, with numbers: the ratio of the periods that both cover.

    ``ones`` and ``others`` are observations of one region on the first and on the second card.
    """
    told: list[Explanation] = []
    factor = 1.0
    if unit(comparison.one.unit).dimension == unit(comparison.other.unit).dimension:
        factor = unit(comparison.one.unit).factor / unit(comparison.other.unit).factor
    theirs = {each.months: each.value for each in others}
    ratios = {
        each.months: each.value * factor / theirs[each.months]
        for each in ones
        if theirs.get(each.months)
    }
    for difference in comparison.differences:
        zh = f"{difference.aspect_zh}不同：{difference.one}；{difference.other}"
        en = f"{difference.aspect} differs: {difference.one}; {difference.other}"
        if difference.aspect == "frame" and ratios:
            narrow = is_within(comparison.one.frame, comparison.other.frame)
            wide = is_within(comparison.other.frame, comparison.one.frame)
            if narrow or wide:
                span = f"{min(ratios.values()):.1%} 至 {max(ratios.values()):.1%}"
                zh += f"；重叠的 {len(ratios)} 期里前者是后者的 {span}（中位数 {median(ratios.values()):.1%}）"
                en += (
                    f"; in the {len(ratios)} periods of both the first is {span} of the second "
                    f"(median {median(ratios.values()):.1%})"
                )
        told.append(Explanation(zh, en, len(told) + 1))
    if ratios and not any("中位数" in each.text for each in told):
        shown = "，".join(
            f"{months} {written_out(ratio, 4)}" for months, ratio in sorted(ratios.items())
        )
        told.append(
            Explanation(
                f"重叠各期的比值：{shown}", f"ratio of the periods of both: {shown}", len(told) + 1
            )
        )
    return tuple(told)
