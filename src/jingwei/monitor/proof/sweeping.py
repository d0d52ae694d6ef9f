"""“各项目标全面完成”: a claim without a number of its own, held against the settlement.

It holds only where every target it covers is met, and fails with those that are not
(``docs/semantics.md`` §10.12).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jingwei.core import Evidence, Period, Statement
from jingwei.documents.model import Document
from jingwei.monitor.claims import Claim, covered, find_claims, speaks_of
from jingwei.monitor.proof.answers import NumberCheck, answers_table, number_check
from jingwei.monitor.settlement import Settled, once
from jingwei.plans.amount import written
from jingwei.plans.dates import plan_period

_NAMED = 5  # targets named in one message


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan's settled targets, and the years it plans for."""

    plan: str
    period: Period | None
    settled: tuple[Settled, ...]


def check_sweeping(
    draft: Document, statements: Sequence[Statement], outcomes: Sequence[Outcome]
) -> list[NumberCheck]:
    """One check for each sweeping claim of the draft, in order."""
    own = plan_period(draft.title or (draft.blocks[0].text if draft.blocks else ""), draft.source)
    planning = 2 * sum(each.role == "target" for each in statements) > len(statements)
    found: list[NumberCheck] = []
    for claim in find_claims(draft, statements):
        if claim.attr is None:
            continue
        meant = [e for e in outcomes if speaks_of(claim, e.period, own, planning=planning)]
        found.append(_check(claim, [each for one in meant for each in _covered(claim, one)]))
    return found


def _covered(claim: Claim, outcome: Outcome) -> list[Settled]:
    """The rows of the table that a claim covers; all targets of a plan that has no table."""
    rows = once(outcome.settled)
    if claim.attr == "" and all(each.target.attr is None for each in rows):
        return rows
    return [each for each in rows if covered(claim, each.target)]


def _check(claim: Claim, held: Sequence[Settled]) -> NumberCheck:
    missed = [each for each in held if each.verdict.answer == "not_met"]
    open_ = [each for each in held if each.verdict.answer in ("unknown", "depends")]
    shown = missed or open_ or held
    kind = (
        "claim_every_fails" if missed else "claim_every_open" if open_
        else "claim_every_holds" if held else "claim_every_without"
    )  # fmt: skip
    more = re.search(_more(), claim.evidence.quote) is not None
    if kind == "claim_every_holds" and more:
        kind = "claim_every_reached"  # that all are met does not say that they were met early
    sources: list[Evidence] = []
    for each in shown[:_NAMED]:
        sources += [each.target.evidence, *each.verdict.evidence]
    words = {
        "claim": claim.evidence.quote,
        "count": str(len(held)),
        "some": str(len(shown)),
        "targets": "；".join(_told(each, why=bool(missed)) for each in shown[:_NAMED]),
    }
    return number_check(None, claim.evidence, kind, sources, words, said=claim.evidence)


def _more() -> str:
    """Words that claim more than to have reached: 超额, 提前."""
    words = answers_table()["claim"]
    return f"{words['beyond']}|{words['early']}"


def _told(settled: Settled, *, why: bool) -> str:
    target = settled.target
    named = f"{target.attr or ''}“{target.subject}”目标{written(target)}"
    return f"{named}（{settled.verdict.reason.rstrip('。')}）" if why else named
