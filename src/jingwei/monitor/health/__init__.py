"""The health check (体检): do the numbers of the documents go together?

Every pair of numbers that arithmetic or identity ties together is held against each other:
start, end and growth rate; level, share and total; one fact in two places; parts and whole; a
target and its starting point. What disagrees becomes a ``Finding`` with both sides and ranked
explanations; what agrees is counted and shown as agreement, never as an alarm
(``docs/semantics.md`` §9).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jingwei.core import Evidence, Finding, Formula, Span, Statement
from jingwei.monitor.health import (
    beside,
    changes,
    growth,
    hundred,
    means,
    parts,
    scales,
    sums,
    targets,
    totals,
    values,
)
from jingwei.monitor.health.agreeing import Agreement
from jingwei.monitor.health.doubts import legible, reliable
from jingwei.monitor.health.figures import Ledger

KINDS: dict[str, tuple[str, str]] = {
    "growth": ("起点、终点与增速不符", "start, end and growth rate disagree"),
    "two_denominators": ("同一事实两个分母", "one fact over two denominators"),
    "implied_total": ("水平与比重推出的总量不符", "level and share imply another total"),
    "two_values": ("同一指标两个数", "one indicator, two values"),
    "table_and_prose": ("表格与正文不一致", "table against prose"),
    "two_wordings": (
        "同一目标表格与正文两个数（不矛盾）",
        "a target in two wordings, no contradiction",
    ),
    "units": ("计量单位不一致", "units clash"),
    "target_passed": ("目标已被基期值超过", "target already passed by its baseline"),
    "target_below_known": ("目标低于已知最新值", "target below the last known value"),
    "increase": ("增减量与起止数不符", "increase against start and end"),
    "multiple": ("倍数与起止数不符", "multiple against start and end"),
    "total_and_mean": ("总量与年均不符", "total against yearly mean"),
    "part_exceeds_whole": ("部分大于整体", "a part exceeds its whole"),
    "parts_and_whole": ("分项之和不等于总数", "parts do not add up"),
    "shares_over_100": ("比重之和超过100%", "shares over 100 %"),
}


@dataclass(frozen=True, slots=True)
class Checkup:
    """What a health check found, what it confirmed, and how many numbers it looked at."""

    findings: tuple[Finding, ...]
    agreements: tuple[Agreement, ...]
    figures: int


def check(statements: Mapping[str, Sequence[Statement]]) -> list[Finding]:
    """Numbers that do not go together, within each document and across all of them.

    ``statements`` maps document names to their statements. The order of the result depends on
    nothing but the content: by kind, then by the place of the first side.
    """
    return list(examine(statements).findings)


def examine(statements: Mapping[str, Sequence[Statement]]) -> Checkup:
    """The findings and the agreements of a health check."""
    every = legible(statements)
    ledger = Ledger(reliable(every))
    findings: list[Finding] = list(targets.check_targets(ledger))
    agreements: list[Agreement] = []
    for look in (
        growth.check_growth, totals.check_totals, values.check_values,
        changes.check_changes, parts.check_parts,
    ):  # fmt: skip
        found, agreed = look(ledger)
        findings += found
        agreements += agreed
    read = [each for own in every.values() for each in own]
    findings += scales.check_scales(ledger)
    findings += hundred.check_hundred(read)
    findings += beside.check_beside(read, findings)
    for look in (means.check_means, sums.check_sums):
        found, agreed = look(read)
        findings += found
        agreements += agreed
    return Checkup(
        tuple(sorted(_once(findings), key=_order)),
        tuple(sorted(agreements, key=_order)),
        len(ledger.figures),
    )


def _once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Each sum once, though its list and the names of its parts both lead to it."""
    sums_told: set[Evidence] = set()
    for each in findings:
        if each.kind in ("part_exceeds_whole", "parts_and_whole"):
            formula = next((side for side in each.sides if isinstance(side, Formula)), None)
            if formula is not None and formula in sums_told:
                continue
            if formula is not None:
                sums_told.add(formula)
        yield each


def _order(each: Finding | Agreement) -> tuple[int, tuple[str, int], str]:
    return list(KINDS).index(each.kind), _place(each.sides[0]), each.message


def _place(evidence: Evidence) -> tuple[str, int]:
    if isinstance(evidence, Span):
        return evidence.file, evidence.start
    if isinstance(evidence, Formula) and evidence.of:
        return _place(evidence.of[0])
    return str(evidence), 0


__all__ = ["KINDS", "Agreement", "Checkup", "check", "examine"]
