"""A level and its share imply a total: 8064 亿元 being 26 % makes 31015 亿元.

Totals that should be one are held against each other: the implied against the stated, and two
implied ones (3746 亿元 as 15 % and 7110 亿元 as 28.5 % of one GDP). A share of another denominator
(规上 for 全市) gives another total by right; that is a finding too, since a reader who divides the
printed numbers gets neither (``docs/semantics.md`` §9.3).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from jingwei.core import Evidence, Finding, Formula
from jingwei.monitor.health.agreeing import Agreement
from jingwei.monitor.health.explaining import explain
from jingwei.monitor.health.figures import (
    Figure,
    Ledger,
    cited,
    clear,
    firm,
    in_unit_of,
    same_place,
    shown,
)
from jingwei.monitor.health.printed import meet, quotient
from jingwei.plans.amount import Interval
from jingwei.plans.indicator import Indicator, compare

KINDS = ("two_denominators", "implied_total")


@dataclass(frozen=True, slots=True)
class Total:
    """A total implied by a level and its share, in base units."""

    level: Figure
    share: Figure
    whole: Indicator
    range: Interval
    value: float
    evidence: Formula

    @property
    def year(self) -> int:
        return self.level.year


def check_totals(ledger: Ledger) -> tuple[list[Finding], list[Agreement]]:
    """Shares of one fact over two denominators, and totals that do not agree."""
    shares = [each for each in ledger.figures if _is_share(each)]
    levels = [each for each in ledger.figures if _is_level(each)]
    totals = _totals(ledger, shares, levels)
    findings: list[Finding] = []
    agreements: list[Agreement] = []
    explained: set[int] = set()
    for group in _denominators(ledger, shares):
        finding, used = _two_denominators(group, totals, levels)
        findings.append(finding)
        explained |= used
    distinct = _distinct_totals(totals)
    for against in _against_stated(distinct, levels):
        if isinstance(against, Agreement):
            agreements.append(against)
        elif id(against[0].share) not in explained:
            findings.append(_implied_finding(*against))
    for a, b in _pairs(distinct):
        if meet(a.range, b.range):
            agreements.append(_implied_agreement(a, b))
        else:
            findings.append(_two_implied(a, b))
    return findings, agreements


def _distinct_totals(totals: Sequence[Total]) -> list[Total]:
    """Each total once, though several documents print the same level and share."""
    once: dict[tuple[object, ...], Total] = {}
    for each in totals:
        key = (
            each.year,
            each.level.goal,
            each.level.point,
            each.share.point,
            each.whole.name.numerator,
        )
        once.setdefault(key, each)
    return list(once.values())


def _is_share(figure: Figure) -> bool:
    name = figure.indicator.name
    return (
        name.share and name.denominator is not None and not name.change
        and figure.range is not None and figure.range.low > 0
        and figure.statement.op in ("=", "~") and clear(figure.indicator)
    )  # fmt: skip


def _is_level(figure: Figure) -> bool:
    return (
        not figure.indicator.ratio and not figure.indicator.name.change
        and figure.statement.op in ("=", "~") and figure.range is not None
        and figure.statement.measure in ("level", "flow") and figure.range.low > 0
    )  # fmt: skip


def _side(share: Indicator, *, above: bool) -> Indicator:
    """Numerator or denominator of a share as an indicator of its own."""
    top, below = share.name.numerator, share.name.denominator
    assert below is not None
    if not top.measure:
        top = replace(top, measure=below.measure)
    if not below.measure:
        below = replace(below, measure=top.measure)
    term = top if above else below
    name = replace(share.name, numerator=term, denominator=None, share=False, notes=(), renamed=())
    subject = term.frame + term.object + term.tail + term.part + term.measure
    return replace(share, subject=subject, name=name, dimension="", field="")


def _totals(ledger: Ledger, shares: Sequence[Figure], levels: Sequence[Figure]) -> list[Total]:
    """Every total that a level and a share of one document or, failing that, of two imply."""
    tops = [_side(each.indicator, above=True) for each in shares]
    found: list[Total] = []
    hits: dict[int, list[Figure]] = defaultdict(list)
    for i, level, comparison in ledger.matching(tops, levels):
        share = shares[i]
        same_time = level.statement.period == share.statement.period and level.goal == share.goal
        if same_time and firm(tops[i], level.indicator, comparison) and same_place(level, share):
            hits[i].append(level)
    for i, share in enumerate(shares):
        own = [each for each in hits[i] if each.document == share.document] or hits[i]
        for level in own[:1]:
            total = _total(level, share)
            if total is not None:
                found.append(total)
    return found


def _total(level: Figure, share: Figure) -> Total | None:
    assert level.range is not None and share.range is not None
    whole = quotient(level.range, share.range.scaled(0.01))
    if whole is None:
        return None
    value = level.point / share.point * 100
    formula = f"{shown(level)}÷{shown(share)}={in_unit_of(level, value)}"
    evidence = Formula(formula, (level.statement.evidence, share.statement.evidence))
    return Total(level, share, _side(share.indicator, above=False), whole, value, evidence)


def _denominators(ledger: Ledger, shares: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Groups of shares of one fact and year that differ in the denominator alone, and in value."""
    position = {id(each): i for i, each in enumerate(ledger.figures)}
    members = {position[id(each)]: each for each in shares}
    used: set[int] = set()
    for i, each in members.items():
        if i in used:
            continue
        others = [
            members[j] for j, comparison in ledger.near[i]
            if j in members and comparison.aspects() == {"denominator"}
            and _confusable(each, members[j])
            and members[j].statement.period == each.statement.period
            and members[j].goal == each.goal and same_place(members[j], each)
            and each.range is not None and members[j].range is not None
            and each.range.apart(members[j].range)
        ]  # fmt: skip
        if others:
            same = [
                members[j] for j, comparison in ledger.near[i]
                if j in members and comparison.comparable
                and members[j].statement.period == each.statement.period
                and members[j].goal == each.goal
            ]  # fmt: skip
            group = [each, *same, *others]
            used |= {position[id(figure)] for figure in group}
            yield sorted(group, key=lambda f: (f.document, f.order))


def _confusable(a: Figure, b: Figure) -> bool:
    """Whether two denominators are one thing on two 口径 (规上 and 全市工业总产值).

    占全国 and 占全省, 占GDP and 占服务业 are plainly two things, and nobody takes one for the other.
    """
    one, two = (_side(each.indicator, above=False).name.numerator for each in (a, b))
    return (one.object, one.measure, one.nation) == (two.object, two.measure, two.nation)


def _two_denominators(
    group: Sequence[Figure], totals: Sequence[Total], levels: Sequence[Figure]
) -> tuple[Finding, set[int]]:
    first = group[0]
    own = [each for each in totals if any(each.share is figure for figure in group)]
    checks = [check for each in own for check in _recomputed(each, group, levels)]
    names = "；".join(f"占{_written(each)}{shown(each)}（{each.document}）" for each in group)
    sides: list[Evidence] = [each.statement.evidence for each in group]
    conditions = {"recomputed"} if checks else set[str]()
    formulas = {each.formula: each for each in [*(total.evidence for total in own), *checks]}
    arithmetic = "；".join(formulas)
    sides += formulas.values()
    finding = Finding(
        "two_denominators",
        f"“{_top(first)}”{first.statement.period}年的比重有两个分母：{names}。"
        + (f"算式：{arithmetic}。" if arithmetic else ""),
        f"one fact over two denominators in {first.statement.period}: "
        + "; ".join(f"{shown(each)} of {_written(each)} ({each.document})" for each in group),
        tuple(dict.fromkeys(sides)),
        explain("two_denominators", conditions, {"denominators": "、".join(_distinct(group))}),
    )
    return finding, {id(each) for each in group}


def _one_denominator(a: Figure, b: Figure) -> bool:
    return "denominator" not in compare(a.indicator, b.indicator).aspects()


def _distinct(group: Sequence[Figure]) -> list[str]:
    return list(dict.fromkeys(_written(each) for each in group))


def _written(share: Figure) -> str:
    """The denominator in the document's words."""
    _, _, below = share.statement.subject.rpartition("占")
    return _SHARE_WORDS.sub("", below)


def _top(share: Figure) -> str:
    """The numerator in the document's words."""
    return share.statement.subject.rpartition("占")[0]


_SHARE_WORDS = re.compile(r"的?(?:比重|比例|份额|比率)$")


def _recomputed(
    total: Total, group: Sequence[Figure], levels: Sequence[Figure]
) -> Iterator[Formula]:
    """The other share, computed from the same level over the stated total it names."""
    for other in group:
        if other.range is None or total.level.range is None or _one_denominator(other, total.share):
            continue
        whole = _side(other.indicator, above=False)
        for level in levels:
            if level.year != total.year or level.range is None:
                continue
            if firm(whole, level.indicator, compare(whole, level.indicator)):
                ratio = quotient(total.level.range, level.range)
                if ratio is not None and meet(ratio.scaled(100), other.range):
                    text = f"{shown(total.level)}÷{shown(level)}={total.level.point / level.point * 100:.2f}%"
                    yield Formula(text, (total.level.statement.evidence, level.statement.evidence))
                    break


def _against_stated(
    totals: Sequence[Total], levels: Sequence[Figure]
) -> Iterator[Agreement | tuple[Total, Figure, str]]:
    """Each implied total against the stated one: agreed, or apart with the reason at hand."""
    for total in totals:
        others: list[Figure] = []
        for level in levels:
            if (
                level.statement.period != total.level.statement.period
                or level.goal != total.level.goal
            ):
                continue
            if level.range is None or not same_place(level, total.share):
                continue
            comparison = compare(total.whole, level.indicator)
            if firm(total.whole, level.indicator, comparison):
                if meet(level.range, total.range):
                    yield _stated_agreement(total, level)
                else:
                    yield total, level, ""
            elif comparison.aspects() == {"frame"} and not meet(level.range, total.range):
                others.append(level)
        if others:
            own = [each for each in others if each.document == total.share.document] or others
            yield total, own[0], "frame"


def _implied_finding(total: Total, level: Figure, why: str) -> Finding:
    conditions = {why} if why else set[str]()
    if why == "frame" and level.range is not None:
        inner = total.whole.name.numerator.frame != ""
        fits = (total.value < level.point) is inner
        conditions.add("frame_fits" if fits else "frame_breaks")
    shown_ratio = f"{total.level.point / level.point * 100:.1f}"
    values = {
        "implied": _written(total.share), "stated": level.statement.subject,
        "ratio": shown_ratio, "share": shown(total.share),
    }  # fmt: skip
    computed = Formula(
        f"{shown(total.level)}÷{shown(level)}={shown_ratio}%",
        (total.level.statement.evidence, level.statement.evidence),
    )
    return Finding(
        "implied_total",
        f"水平与比重推出的总量和公布的总量不同：{total.evidence.formula}（{_written(total.share)}，"
        f"{total.year}年），公布的“{level.statement.subject}”为{cited(level)}；"
        f"若以公布总量为分母，比重是{shown_ratio}%而不是{shown(total.share)}。",
        f"level and share imply another total than the stated one: {total.evidence.formula} "
        f"against {shown(level)} ({level.document}); over the stated total the share is {shown_ratio}%.",
        (total.evidence, total.share.statement.evidence, level.statement.evidence, computed),
        explain("implied_total", conditions, values),
    )


def _pairs(totals: Sequence[Total]) -> Iterator[tuple[Total, Total]]:
    """Totals of one denominator, year and area implied by different levels."""
    for a, b in combinations(totals, 2):
        if a.year != b.year or a.level.goal != b.level.goal or not same_place(a.share, b.share):
            continue
        if a.level.statement.period != b.level.statement.period:
            continue
        if firm(a.whole, b.whole, compare(a.whole, b.whole)) and clear_total(a) and clear_total(b):
            yield a, b


def clear_total(total: Total) -> bool:
    """Whether the denominator is named well enough to be one thing everywhere."""
    term = total.whole.name.numerator
    return bool(term.object or term.measure == "GDP")


def _two_implied(a: Total, b: Total) -> Finding:
    gap = abs(a.value / b.value - 1) * 100
    return Finding(
        "implied_total",
        f"两处水平与比重推出的“{_written(a.share)}”不同（{a.year}年）：{a.evidence.formula}（{a.share.document}），"
        f"{b.evidence.formula}（{b.share.document}），相差{gap:.1f}%。",
        f"two implied totals differ by {gap:.1f}% in {a.year}: {a.evidence.formula} "
        f"({a.share.document}) and {b.evidence.formula} ({b.share.document}).",
        (a.evidence, b.evidence),
        explain(
            "implied_total",
            {"two_implied"},
            {"implied": _written(a.share), "stated": _written(b.share)},
        ),
    )


def _implied_agreement(a: Total, b: Total) -> Agreement:
    gap = abs(a.value / b.value - 1) * 100
    return Agreement(
        "implied_total",
        f"推出的“{_written(a.share)}”一致（{a.year}年，相差{gap:.1f}%）：{a.evidence.formula}；{b.evidence.formula}",
        f"implied totals agree in {a.year} ({gap:.1f}% apart): {a.evidence.formula}; {b.evidence.formula}",
        (a.evidence, b.evidence),
    )


def _stated_agreement(total: Total, level: Figure) -> Agreement:
    return Agreement(
        "implied_total",
        f"水平、比重与总量一致：{total.evidence.formula}，公布{cited(level)}",
        f"level, share and total agree: {total.evidence.formula}, stated {shown(level)}",
        (total.evidence, level.statement.evidence),
    )
