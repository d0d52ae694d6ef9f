"""One fact stated as a share of two denominators.

30 % of 规上 and 25 % of 全市工业总产值 are one fact of one year. Both are right; whoever puts them
into one series, or divides the printed numbers, is wrong (``docs/semantics.md`` §9.3).
"""

from collections.abc import Iterator, Sequence

from jingwei.core import Evidence, Finding, Formula
from jingwei.monitor.health.explaining import explain
from jingwei.monitor.health.figures import Figure, Ledger, firm, same_place, shown
from jingwei.monitor.health.printed import meet, quotient
from jingwei.monitor.health.shares import Total, denominator_of, numerator_of, side
from jingwei.plans.indicator import compare


def two_denominators(
    ledger: Ledger, shares: Sequence[Figure], totals: Sequence[Total], levels: Sequence[Figure]
) -> tuple[list[Finding], set[int]]:
    """The findings, and the identities of the shares they explain."""
    findings: list[Finding] = []
    explained: set[int] = set()
    for group in _denominators(ledger, shares):
        findings.append(_finding(group, totals, levels))
        explained |= {id(each) for each in group}
    return findings, explained


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
            if j in members and comparison.aspects() == frozenset({"denominator"})
            and _confusable(each, members[j])
            and members[j].statement.period == each.statement.period
            and members[j].goal == each.goal and same_place(members[j], each)
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
    one, two = (side(each.indicator, above=False).name.numerator for each in (a, b))
    return (one.object, one.measure, one.nation) == (two.object, two.measure, two.nation)


def _finding(group: Sequence[Figure], totals: Sequence[Total], levels: Sequence[Figure]) -> Finding:
    first = group[0]
    own = [each for each in totals if any(each.share is figure for figure in group)]
    checks = [check for each in own for check in _recomputed(each, group, levels)]
    names = "；".join(f"占{denominator_of(each)}{shown(each)}（{each.document}）" for each in group)
    sides: list[Evidence] = [each.statement.evidence for each in group]
    conditions = {"recomputed"} if checks else set[str]()
    formulas = {each.formula: each for each in [*(total.evidence for total in own), *checks]}
    arithmetic = "；".join(formulas)
    sides += formulas.values()
    return Finding(
        "two_denominators",
        f"“{numerator_of(first)}”{first.statement.period}年的比重有两个分母：{names}。"
        + (f"算式：{arithmetic}。" if arithmetic else ""),
        f"one fact over two denominators in {first.statement.period}: "
        + "; ".join(f"{shown(each)} of {denominator_of(each)} ({each.document})" for each in group),
        tuple(dict.fromkeys(sides)),
        explain("two_denominators", conditions, {"denominators": "、".join(_distinct(group))}),
    )


def _one_denominator(a: Figure, b: Figure) -> bool:
    return "denominator" not in compare(a.indicator, b.indicator).aspects()


def _distinct(group: Sequence[Figure]) -> list[str]:
    return list(dict.fromkeys(denominator_of(each) for each in group))


def _recomputed(
    total: Total, group: Sequence[Figure], levels: Sequence[Figure]
) -> Iterator[Formula]:
    """The other share, computed from the same level over the stated total it names."""
    for other in group:
        if _one_denominator(other, total.share):
            continue
        whole = side(other.indicator, above=False)
        for level in levels:
            if level.year != total.year:
                continue
            if firm(whole, level.indicator, compare(whole, level.indicator)):
                ratio = quotient(total.level.range, level.range)
                if ratio is not None and meet(ratio.scaled(100), other.range):
                    text = f"{shown(total.level)}÷{shown(level)}={total.level.point / level.point * 100:.2f}%"
                    yield Formula(text, (total.level.statement.evidence, level.statement.evidence))
                    break
