"""Slips of the unit between two dates (利润由200亿元增加到300万元).

Two numbers of one indicator that look alike as printed, yet lie a thousand times apart because
their units do: one of the units is a slip (``docs/semantics.md`` §9.4).
"""

from itertools import combinations

from jingwei.core import Finding
from jingwei.monitor.health.explaining import explain
from jingwei.monitor.health.figures import Figure, Ledger, cited
from jingwei.monitor.health.printed import rules
from jingwei.plans.amount import factor

KIND = "units"


def check_scales(ledger: Ledger) -> list[Finding]:
    """One finding for each indicator whose values of two dates differ by their units alone."""
    members = [i for i, each in enumerate(ledger.figures) if _is_level(each)]
    findings: list[Finding] = []
    for group in ledger.groups(members):
        figures = sorted((ledger.figures[i] for i in group), key=lambda each: each.year)
        apart = [pair for pair in combinations(figures, 2) if _slipped(*pair)]
        if apart:
            findings.append(_finding(*apart[0]))
    return findings


def _is_level(figure: Figure) -> bool:
    s = figure.statement
    return (
        s.op not in ("+", "-", "x", "qual") and s.measure in ("level", "flow") and figure.point > 0
    )


def _slipped(a: Figure, b: Figure) -> bool:
    if (a.statement.period, a.goal) == (b.statement.period, b.goal):
        return False  # two values of one time: ``values``
    limits = rules()["slip"]
    one, two = (factor(each.statement, each.indicator.dimension) for each in (a, b))
    apart, units = a.point / b.point, one / two
    printed = apart / units
    return (
        _beyond(apart, limits["apart"]) and _beyond(units, limits["units"])
        and not _beyond(printed, limits["alike"])
    )  # fmt: skip


def _beyond(ratio: float, limit: float) -> bool:
    return ratio >= limit or ratio <= 1 / limit


def _finding(a: Figure, b: Figure) -> Finding:
    times = max(a.point / b.point, b.point / a.point)
    units = f"{a.statement.unit}、{b.statement.unit}"
    return Finding(
        KIND,
        f"“{a.statement.subject}”两个时点的数相差{times:.0f}倍，疑为单位写错（{units}）：{cited(a)}，{cited(b)}。",
        f"{a.statement.subject} differs by {times:.0f} times between two dates, as its units do: "
        f"{cited(a)}, {cited(b)}",
        tuple(dict.fromkeys((a.statement.evidence, b.statement.evidence))),
        explain(KIND, {"slip"}, {"units": units}),
    )
