"""The health check, the review of a draft, and everything a report needs, in one pass."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jingwei.app.pipeline.claimed import false_claims, spans, tally
from jingwei.app.pipeline.decisions import decisions
from jingwei.app.pipeline.judging import finished_plans, lineage, settle_in
from jingwei.app.pipeline.library import Held, Library, in_time, later_than
from jingwei.app.pipeline.reported import looks_back, of_no_year, reported
from jingwei.app.pipeline.whose import is_above, placed, placed_draft
from jingwei.core import Finding, Link, Statement
from jingwei.monitor.claims import NO_CLAIMS, Tally
from jingwei.plans.levels import is_wider_region
from jingwei.plans.regions import full_name

if TYPE_CHECKING:
    from jingwei.monitor.drafting import DraftReview
    from jingwei.monitor.settlement import Settled

__all__ = [
    "Answers",
    "answers",
    "check",
    "check_draft",
    "looks_back",
    "of_no_year",
]


@dataclass(frozen=True, slots=True)
class Answers:
    """What follows from the documents of a workspace.

    ``settled`` holds a list for each finished plan, by file name, the oldest first; ``claims``
    tells how many claims of success were held against them, and what came of it.
    """

    settled: "dict[str, list[Settled]]"
    findings: list[Finding]
    links: list[Link]
    claims: Tally = NO_CLAIMS


def check(documents: Sequence[Held]) -> list[Finding]:
    """Numbers that do not go together, within each document and across all of them."""
    from jingwei.monitor import health

    return health.check({each.name: each.statements for each in placed(documents)})


def check_claims(documents: Sequence[Held]) -> list[Finding]:
    """Claims of success in some documents that the plans among them refute or that prove nothing."""
    from jingwei.app.pipeline.judging import settle

    found: list[Finding] = []
    for plan in (each for each in documents if each.is_plan and not each.is_draft):
        later = later_than(plan, documents)
        if later:

            def again(without: Sequence[str], plan: Held = plan) -> "Sequence[Settled]":
                return settle(
                    plan, [e for e in later_than(plan, documents) if e.name not in without]
                )

            found += false_claims(plan, settle(plan, later), later, again)
    return found


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """What a draft was found to be against other plans.

    ``wider`` are targets of the plans above that are of a wider area, each with the draft's own for the
    same thing, what binds first; ``alone`` those that the draft neither tells nor is asked for. Nothing
    of the draft is held against either.
    """

    findings: tuple[Finding, ...]
    wider: tuple[tuple[Statement, Statement], ...] = ()
    alone: tuple[Statement, ...] = ()


def check_draft(draft: Held, plans: Sequence[Held]) -> CheckedDraft:
    """A draft held against the plans above it (outlines) and its sisters (衔接审查).

    A draft that reports what was reached is no plan: its facts are held against the targets. What
    its own numbers do not make of each other comes last.
    """
    draft, plans = placed_draft(draft, plans), placed(plans)
    inside = check([draft])
    if looks_back(draft):
        told = (finding for plan in plans for finding in reported(draft, plan))
        return CheckedDraft((*told, *inside))
    review = _review(draft, plans)
    by_id = {each.id: each for one in (draft, *plans) for each in one.statements}
    return CheckedDraft(
        (*review.findings, *inside),
        tuple((by_id[upper], by_id[own]) for upper, own in review.carried),
        tuple(by_id[upper] for upper in review.left),
    )


def _review(draft: Held, plans: Sequence[Held]) -> "DraftReview":
    from jingwei.monitor import drafting

    above = [each for each in plans if _asks(each, draft, plans)]
    upper = [s for each in above for s in each.statements]
    beside = [each for each in plans if each not in above and not _elsewhere(each, draft)]
    sisters = [s for each in beside for s in each.statements]
    period = draft.period
    year = period.first if period is not None and period.first == period.last else None
    return drafting.review_draft(
        draft.statements, upper, sisters, year=year, home=full_name(draft.region),
        allotting={
            each.name: what
            for each in above
            if (what := drafting.allots(each.source)) is not None
        },
    )  # fmt: skip


def above(draft: Held, plans: Sequence[Held]) -> list[Held]:
    """The plans that stand above a draft: what they ask must stand in it."""
    draft, plans = placed_draft(draft, plans), placed(plans)
    return [each for each in plans if _asks(each, draft, plans)]


def _asks(plan: Held, draft: Held, plans: Sequence[Held]) -> bool:
    """Whether a plan stands above the draft: an outline of its own area, or a plan of the area
    around it."""
    if is_wider_region(plan.region, draft.region):
        return plan.kind == "outline" or is_above(plan, draft, plans)
    return plan.kind == "outline" and not _elsewhere(plan, draft)


def _elsewhere(plan: Held, draft: Held) -> bool:
    """Whether a plan is of another area that the draft's does not lie in."""
    one, other = full_name(plan.region), full_name(draft.region)
    return bool(one and other) and one != other and not is_wider_region(one, other)


def answers(library: Library) -> Answers:
    """Settlement, health check and lineage of a workspace; a false claim comes first."""
    plans = finished_plans(library)
    settled = {plan.name: settle_in(library, plan) for plan in plans}
    false: list[Finding] = []
    claims = Tally()
    for plan in plans:
        later = later_than(plan, library.documents)

        def again(without: Sequence[str], plan: Held = plan) -> "Sequence[Settled]":
            return settle_in(library, plan, without=without)

        false += false_claims(plan, settled[plan.name], later, again)
        claims += tally(plan, settled[plan.name], later, again)
    return Answers(
        settled=settled,
        findings=false + check([each for each in library.documents if not each.is_draft]),
        links=lineage(library.plans, decisions(library.workspace)),
        claims=claims,
    )


def answers_about(library: Library, document: Held) -> Answers:
    """What a workspace finds in one document, of the workspace or from outside: its numbers and
    claims are held against everything there, and only what touches it is told."""
    named = document.name
    others = [each for each in library.documents if each.name != named]
    whole = answers(replace(library, documents=in_time([*others, document])))
    touching = [f for f in whole.findings if any(e.file == named for e in spans(f.sides))]
    inside = check([document]) if document.is_draft else []
    return replace(
        whole,
        findings=[*touching, *inside],
        claims=whole.claims if document.claims and not document.is_draft else Tally(),
    )
