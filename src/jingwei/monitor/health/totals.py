"""A level and its share imply a total: 900 亿元 being 30 % makes 3000 亿元.

Totals that should be one are held against each other: the implied against the stated, and two
implied ones (900 亿元 as 15 % and 1500 亿元 as 25 % of one GDP). A share of another denominator
(规上 for 全市) gives another total by right; that is a finding too, since a reader who divides the
printed numbers gets neither (``docs/semantics.md`` §9.3).
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from jingwei.core import Finding, Formula
from jingwei.monitor.health.agreeing import Agreement
from jingwei.monitor.health.denominators import two_denominators
from jingwei.monitor.health.explaining import explain
from jingwei.monitor.health.figures import (
    Figure,
    Ledger,
    cited,
    firm,
    same_place,
    shown,
)
from jingwei.monitor.health.printed import meet
from jingwei.monitor.health.shares import Total, denominator_of, implied_totals, is_level, is_share
from jingwei.plans.indicator import compare


def check_totals(ledger: Ledger) -> tuple[list[Finding], list[Agreement]]:
    """Shares of one fact over two denominators, and totals that do not agree."""
    shares = [each for each in ledger.figures if is_share(each)]
    levels = [each for each in ledger.figures if is_level(each)]
    totals = implied_totals(ledger, shares, levels)
    findings: list[Finding] = []
    agreements: list[Agreement] = []
    two, explained = two_denominators(ledger, shares, totals, levels)
    findings += two
    distinct = _distinct_totals(totals)
    apart: dict[int, tuple[Total, Figure, str]] = {}  # one finding a total, in its own document
    for against in _against_stated(distinct, levels):
        if isinstance(against, Agreement):
            agreements.append(against)
        elif against[0].of_one_document and id(against[0].share) not in explained:
            total, level, _ = against
            known = apart.setdefault(id(total), against)
            if known[1].document != total.share.document == level.document:
                apart[id(total)] = against
    findings += [_implied_finding(*against) for against in apart.values()]
    for a, b in _pairs(distinct):
        if meet(a.range, b.range):
            agreements.append(_implied_agreement(a, b))
        elif a.of_one_document and b.of_one_document:
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
            if not same_place(level, total.share):
                continue
            comparison = compare(total.whole, level.indicator)
            if firm(total.whole, level.indicator, comparison):
                if meet(level.range, total.range):
                    yield _stated_agreement(total, level)
                else:
                    yield total, level, ""
            elif comparison.aspects() == frozenset({"frame"}) and not meet(
                level.range, total.range
            ):
                others.append(level)
        if others:
            own = [each for each in others if each.document == total.share.document] or others
            yield total, own[0], "frame"


def _implied_finding(total: Total, level: Figure, why: str) -> Finding:
    conditions = {why} if why else set[str]()
    if why == "frame":
        inner = total.whole.name.numerator.population != ""
        fits = (total.value < level.point) is inner
        conditions.add("frame_fits" if fits else "frame_breaks")
    shown_ratio = f"{total.level.point / level.point * 100:.1f}"
    values = {
        "implied": denominator_of(total.share), "stated": level.statement.subject,
        "ratio": shown_ratio, "share": shown(total.share),
    }  # fmt: skip
    computed = Formula(
        f"{shown(total.level)}÷{shown(level)}={shown_ratio}%",
        (total.level.statement.evidence, level.statement.evidence),
    )
    return Finding(
        "implied_total",
        f"水平与比重推出的总量和公布的总量不同：{total.evidence.formula}（{denominator_of(total.share)}，"
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
        f"两处水平与比重推出的“{denominator_of(a.share)}”不同（{a.year}年）：{a.evidence.formula}（{a.share.document}），"
        f"{b.evidence.formula}（{b.share.document}），相差{gap:.1f}%。",
        f"two implied totals differ by {gap:.1f}% in {a.year}: {a.evidence.formula} "
        f"({a.share.document}) and {b.evidence.formula} ({b.share.document}).",
        (a.evidence, b.evidence),
        explain(
            "implied_total",
            {"two_implied"},
            {"implied": denominator_of(a.share), "stated": denominator_of(b.share)},
        ),
    )


def _implied_agreement(a: Total, b: Total) -> Agreement:
    gap = abs(a.value / b.value - 1) * 100
    return Agreement(
        "implied_total",
        f"推出的“{denominator_of(a.share)}”一致（{a.year}年，相差{gap:.1f}%）：{a.evidence.formula}；{b.evidence.formula}",
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
