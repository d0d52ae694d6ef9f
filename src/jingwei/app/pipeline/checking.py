"""The health check, the review of a draft, and everything a report needs, in one pass."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jingwei.app.pipeline.claimed import claims_about, false_claims
from jingwei.app.pipeline.decisions import decisions
from jingwei.app.pipeline.judging import finished_plans, lineage, settle_in
from jingwei.app.pipeline.library import Held, Library, later_than
from jingwei.app.pipeline.reported import looks_back, of_no_year, reported
from jingwei.core import Finding, Link

if TYPE_CHECKING:
    from jingwei.monitor.settlement import Settled

__all__ = ["Answers", "answers", "check", "check_draft", "looks_back", "of_no_year"]


@dataclass(frozen=True, slots=True)
class Answers:
    """What follows from the documents of a workspace.

    ``settled`` holds a list for each finished plan, by file name, the oldest first; ``claims``
    counts the claims of success that were held against them.
    """

    settled: "dict[str, list[Settled]]"
    findings: list[Finding]
    links: list[Link]
    claims: int = 0


def check(documents: Sequence[Held]) -> list[Finding]:
    """Numbers that do not go together, within each document and across all of them."""
    from jingwei.monitor import health

    return health.check({each.name: each.statements for each in documents})


def check_draft(draft: Held, plans: Sequence[Held]) -> list[Finding]:
    """A draft held against the plans above it (outlines) and its sisters (衔接审查).

    A draft that reports what was reached is no plan: its facts are held against the targets. What
    its own numbers do not make of each other comes last.
    """
    from jingwei.monitor import drafting

    inside = check([draft])
    if looks_back(draft):
        return [*(finding for plan in plans for finding in reported(draft, plan)), *inside]
    upper = [s for each in plans if each.kind == "outline" for s in each.statements]
    sisters = [s for each in plans if each.kind != "outline" for s in each.statements]
    period = draft.period
    year = period.first if period is not None and period.first == period.last else None
    return [*drafting.check_draft(draft.statements, upper, sisters, year=year), *inside]


def answers(library: Library) -> Answers:
    """Settlement, health check and lineage of a workspace; a false claim comes first."""
    plans = finished_plans(library)
    settled = {plan.name: settle_in(library, plan) for plan in plans}
    false = [
        finding
        for plan in plans
        for finding in false_claims(plan, settled[plan.name], later_than(plan, library.documents))
    ]
    return Answers(
        settled=settled,
        findings=false + check([each for each in library.documents if not each.is_draft]),
        links=lineage(library.plans, decisions(library.workspace)),
        claims=sum(claims_about(plan, later_than(plan, library.documents)) for plan in plans),
    )
