"""A draft report against the plans: what it reports as reached, target by target.

A report sets nothing, so nothing can be missing in it and nothing be weaker. Its facts are held
against the targets as a settlement would (``docs/semantics.md`` §9.8); what it leaves out stays out.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jingwei.app.pipeline.claimed import false_claims
from jingwei.app.pipeline.judging import settle
from jingwei.app.pipeline.library import Held
from jingwei.core import Finding, Statement
from jingwei.monitor.health.explaining import explain
from jingwei.plans.amount import written

if TYPE_CHECKING:
    from jingwei.monitor.settlement import Settled

_KINDS = {"not_met": "draft_behind", "depends": "draft_depends"}


def looks_back(draft: Held) -> bool:
    """Whether a draft reports (总结, 汇报, 评估, 通稿) instead of planning."""
    return draft.kind is not None and not draft.is_plan


def of_no_year(draft: Held) -> tuple[Statement, ...]:
    """The facts of a draft report of which nothing tells the year."""
    return tuple(
        each
        for each in draft.as_told().statements
        if each.role == "observation" and each.kind == "stat" and not each.period.known
    )


def reported(draft: Held, plan: Held) -> Iterator[Finding]:
    """The targets of a plan that the facts of a draft report miss, and its claims otherwise; the
    facts of the years that its headings tell, those of no known year with nothing."""
    draft = draft.as_told()
    settled = settle(plan, [draft])
    yield from false_claims(plan, settled, [draft])
    for each in settled:
        kind = _KINDS.get(each.verdict.answer)
        if kind is not None:
            yield _finding(kind, each, draft, plan)


def _finding(kind: str, settled: "Settled", draft: Held, plan: Held) -> Finding:
    target, verdict = settled.target, settled.verdict
    attr = f"，{target.attr}" if target.attr else ""
    asked = f"{written(target)}（{target.period}年，{plan.name}{attr}）"
    readings = "".join(f"；{each.reading}：{_WORDS[each.answer]}" for each in verdict.readings)
    return Finding(
        kind,
        f"“{target.subject}”的报告数对照规划目标{asked}：{verdict.reason.rstrip('。')}{readings}。",
        f"{draft.name} against the target {written(target)} of {plan.name}: {verdict.reason_en}",
        (target.evidence, *verdict.evidence),
        explain(kind, set[str]()),
    )


_WORDS = {"met": "完成", "not_met": "未完成", "depends": "取决于读法", "unknown": "无法评价"}
