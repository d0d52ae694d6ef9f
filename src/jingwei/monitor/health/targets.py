"""Targets that their own starting point has already passed.

A target below the last value known when the plan was written asks for less than there was: 1.5 万家
by 2025 when there were 1.7 万家 in 2020. A floor that the plan means to hold (保持, 不低于) may lie
below; and a value reached during the plan is an early success, no fault (``docs/semantics.md`` §9.5).
"""

from collections.abc import Sequence

from jingwei.core import Finding
from jingwei.monitor.facts import counted
from jingwei.monitor.health.explaining import explain
from jingwei.monitor.health.figures import (
    Figure,
    Ledger,
    cited,
    clear,
    firm,
    horizon,
    same_place,
    shown,
)
from jingwei.monitor.health.printed import rules
from jingwei.plans.amount import Interval
from jingwei.plans.indicator import wanted

KINDS = ("target_passed", "target_below_known")


def check_targets(ledger: Ledger) -> list[Finding]:
    """One finding for each target that the last known value already exceeds."""
    first_year = horizon(ledger.figures)
    found: list[Finding] = []
    for i, target in enumerate(ledger.figures):
        if not _may_be_passed(target):
            continue
        known = [
            ledger.figures[j] for j, comparison in ledger.near[i]
            if _known(ledger.figures[j], target, first_year[target.document])
            and firm(target.indicator, ledger.figures[j].indicator, comparison)
        ]  # fmt: skip
        last = _last(known, target)
        if last is not None and _passed(target, last):
            found.append(_finding(target, last))
    return _first_mention(found)


def _may_be_passed(figure: Figure) -> bool:
    s = figure.statement
    return (
        figure.goal and clear(figure.indicator)
        and s.measure in ("level", "share") and s.op not in ("+", "-", "x", "qual")
        and not figure.indicator.name.change and wanted(figure.indicator, s) != "neutral"
        and not any(word in s.quote + s.hedge for word in rules()["floor"]["words"])
        and (not counted(figure.indicator) or _stock(figure))
        and not _room_to_grow(figure)
    )  # fmt: skip


def _room_to_grow(figure: Figure) -> bool:
    """Whether a target caps an amount (用水量不超过3.3亿立方米): a base below it is how caps are set."""
    amount = not (figure.indicator.ratio or figure.indicator.name.share)
    return figure.statement.op in ("<=", "<") and amount


def _stock(figure: Figure) -> bool:
    """Whether a count is of what will be there, and not of what will be done (建设100家)."""
    s = figure.statement
    at_date = s.period.first == s.period.last
    return at_date and (s.attr is not None or any(w in s.quote for w in rules()["floor"]["arrive"]))


def _known(figure: Figure, target: Figure, first_year: int) -> bool:
    s = figure.statement
    return (
        not figure.goal and s.op not in ("+", "-", "x", "qual")
        and s.measure == target.statement.measure and figure.year < min(first_year, target.year)
        and figure.year >= first_year - rules()["floor"]["stale"]
        and s.period.first == s.period.last and same_place(figure, target)
    )  # fmt: skip


def _last(known: Sequence[Figure], target: Figure) -> Figure | None:
    """The newest known value, of the target's own document if it has one that new."""
    if not known:
        return None
    newest = max(each.year for each in known)
    fitting = [each for each in known if each.year == newest]
    return min(
        fitting, key=lambda each: (each.document != target.document, each.document, each.order)
    )


def _passed(target: Figure, known: Figure) -> bool:
    """Whether every number the fact allows is beyond every number the target allows."""
    if wanted(target.indicator, target.statement) == "lower":
        return known.range.high < _edge(target.range, upper=False)
    return known.range.low > _edge(target.range, upper=True)


def _edge(interval: Interval, *, upper: bool) -> float:
    """The number that a target asks for: the bound of 以上 is what counts, not infinity."""
    low, high = interval.low, interval.high
    if upper:
        return low if high == float("inf") else high
    return high if low == float("-inf") else low


def _finding(target: Figure, known: Figure) -> Finding:
    own = known.document == target.document
    kind = "target_passed" if own else "target_below_known"
    lower = wanted(target.indicator, target.statement) == "lower"
    zh = "目标已被基期值超过" if own else "目标低于已知最新值"
    if lower:
        zh = (
            "目标已被基期值超过（该指标越低越好）"
            if own
            else "目标劣于已知最新值（该指标越低越好）"
        )
    conditions = {"own" if own else "other"}
    return Finding(
        kind,
        f"“{target.statement.subject}”{zh}：目标{cited(target)}，已有{cited(known)}。",
        f"target already passed: {target.statement.subject} {shown(target)} by {target.year}, "
        f"but {shown(known)} in {known.year} ({known.document})",
        (target.statement.evidence, known.statement.evidence),
        explain(kind, conditions, {"target": shown(target), "known": shown(known)}),
    )


def _first_mention(findings: Sequence[Finding]) -> list[Finding]:
    """A target that stands twice (table and prose) is reported once."""
    return list({(each.kind, each.message): each for each in findings}.values())
