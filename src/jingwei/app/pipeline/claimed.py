"""Claims of success held against the settlement: 「约束性指标已全面完成」 while one is missed.

A claim covers what its words say (``monitor.claims``): all targets of a kind, or only the numbers
of its own sentence. It is false when a target it covers is not met; a target that cannot be
judged refutes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from jingwei.app.pipeline.library import Held
from jingwei.app.pipeline.standing import standing_of
from jingwei.core import Evidence, Explanation, Finding, Formula, Span, Statement
from jingwei.monitor.claims import Claim, Tally, covered, speaks_of
from jingwei.monitor.otherwise import RELATION
from jingwei.plans.amount import written

if TYPE_CHECKING:
    from jingwei.monitor.settlement import Settled

Again = Callable[[Sequence[str]], "Sequence[Settled]"]
KIND = "false_claim"
OTHERWISE = "claim_of_another"


def false_claims(
    plan: Held,
    settled: "Sequence[Settled]",
    later: Iterable[Held],
    again: Again | None = None,
) -> list[Finding]:
    """The claims of later documents that a missed target of ``plan`` refutes, in order.

    ``again`` settles the plan without the documents named: where an answer hangs on what the
    claiming document itself says, the others of its standing or higher decide (§7.18).
    """
    later = tuple(later)
    found: list[Finding] = []
    for document in later:
        if not document.claims:
            continue
        others = without_own(settled, document, later, again)
        missed = [each for each in others if each.verdict.answer == "not_met"]
        for claim in document.claims:
            refuted = list(_covers(claim, plan, missed, document))
            if refuted:
                found.append(_finding(claim, refuted, document))
    return [*found, *_otherwise(settled, {each.name for each in later})]


def without_own(
    settled: "Sequence[Settled]", document: Held, later: Sequence[Held], again: Again | None
) -> "Sequence[Settled]":
    """The settled targets, where those that depend on a number of the document itself are told by
    the other sources, as far as they stand no lower."""
    own = [
        each.target.id
        for each in settled
        if each.verdict.answer == "depends" and document.name in _files(each)
    ]
    if again is None or not own:
        return settled
    level = standing_of(document)
    lower = [each.name for each in later if standing_of(each) > level]
    told = {each.target.id: each for each in again([document.name, *lower])}
    return [
        told[each.target.id]
        if each.target.id in own and told[each.target.id].verdict.answer == "not_met"
        else each
        for each in settled
    ]


def _files(settled: "Settled") -> set[str]:
    """The documents behind a verdict."""
    return {each.file for each in spans(settled.verdict.evidence)}


def tally(
    plan: Held,
    settled: "Sequence[Settled]",
    later: Iterable[Held],
    again: Again | None = None,
) -> Tally:
    """What the claims of later documents about ``plan`` came to; a target counts once."""
    later = tuple(later)
    worst: dict[str, str] = {}
    order = ("met", "alone", "open", "not_met")
    for document in later if claims_about(plan, later) else ():
        others = without_own(settled, document, later, again) if document.claims else ()
        for claim in document.claims:
            for each in _covers(claim, plan, others, document):
                answer = each.verdict.answer
                if answer in ("unknown", "depends"):
                    answer = "open"
                elif answer == "met" and _alone(each, plan, document):
                    answer = "alone"
                before = worst.get(each.target.id, "met")
                worst[each.target.id] = max(before, answer, key=order.index)
    count = list(worst.values()).count
    return Tally(
        claims_about(plan, later), len(worst), count("not_met"), count("open"), count("alone")
    )


def _alone(settled: "Settled", plan: Held, document: Held) -> bool:
    """Whether nothing but the claiming document (and the plan) stands behind a verdict."""
    rows = any(not isinstance(e, Span | Formula) for e in _leaves(settled.verdict.evidence))
    return not rows and _files(settled) <= {plan.name, document.name}


def _otherwise(settled: "Sequence[Settled]", documents: set[str]) -> Iterator[Finding]:
    """Claims of completion whose figure is of another indicator than the target: no evidence."""
    for each in settled:
        for one in each.beside if not each.same_as else ():
            spans = [e for e in one.evidence if isinstance(e, Span)]
            if one.relation == RELATION and spans and spans[0].file in documents:
                yield Finding(
                    kind=OTHERWISE,
                    message=f"称完成“{each.target.subject}”目标（{written(each.target)}），但所引的数是另一口径，"
                    f"不能作为依据，结论为无法评价。{one.zh.partition('：')[2]}。",
                    message_en=f"claims that {each.target.subject} ({written(each.target)}) is reached, but "
                    f"the figure cited is of another 口径, no evidence: unknown. {one.en}.",
                    sides=(each.target.evidence, *one.evidence),
                    explanations=(
                        Explanation(
                            "以相近指标代替规划指标；请补充同口径的数",
                            "a similar indicator stands in for the one of the plan; give the figure on "
                            "the same 口径",
                            1,
                        ),
                    ),
                )


def claims_about(plan: Held, later: Iterable[Held]) -> int:
    """How many claims of later documents speak of ``plan``."""
    return sum(
        speaks_of(claim, plan.period, document.period, planning=document.is_plan)
        for document in later
        for claim in document.claims
    )


def _covers(
    claim: Claim, plan: Held, settled: "Iterable[Settled]", document: Held
) -> "Iterator[Settled]":
    """The settled targets that a claim covers, each once."""
    if not speaks_of(claim, plan.period, document.period, planning=document.is_plan):
        return
    own = [each for each in document.statements if each.id in claim.about]
    cited = {each.evidence for each in own}
    for each in settled:
        if each.same_as:
            continue
        beside = bool(cited & set(_leaves(each.verdict.evidence))) or _of_target(each.target, own)
        if covered(claim, each.target) or (claim.attr is None and beside):
            yield each


def _of_target(target: Statement, own: Sequence[Statement]) -> bool:
    """Whether a number beside the claim is one of the target's own indicator and last year."""
    from jingwei.monitor.facts import known
    from jingwei.plans.indicator import compare

    (asked,) = known([target])
    return any(
        compare(asked.indicator, each.indicator).comparable
        and each.statement.period.last == target.period.last
        and each.statement.role == "observation"
        for each in known(own)
    )


def _finding(claim: Claim, refuted: "Sequence[Settled]", document: Held) -> Finding:
    targets = "；".join(_told(each.target) for each in refuted)
    reasons = "；".join(each.verdict.reason.rstrip("。") for each in refuted)
    reasons_en = "; ".join(each.verdict.reason_en.rstrip(".") for each in refuted)
    count = len(refuted)
    sides: list[Evidence] = [claim.evidence]
    for each in refuted:
        sides += [each.target.evidence, *each.verdict.evidence]
    return Finding(
        kind=KIND,
        message=f"{document.name}称“{claim.evidence.quote}”，但有{count}项没有完成：{targets}。{reasons}。",
        message_en=f"{document.name} claims success, but {count} of the targets it covers "
        f"{'is' if count == 1 else 'are'} not met: {reasons_en}.",
        sides=tuple(dict.fromkeys(sides)),
        explanations=tuple(_explanations(claim, refuted, document)),
    )


def _told(target: Statement) -> str:
    return f"{target.attr or ''}“{target.subject}”目标{written(target)}"


def _explanations(
    claim: Claim, refuted: "Sequence[Settled]", document: Held
) -> Iterator[Explanation]:
    """The other number that the claiming sentence gives for a missed target, then the bare claim."""
    from jingwei.monitor.facts import known
    from jingwei.plans.indicator import compare

    rank = 1
    own = known(each for each in document.statements if each.id in claim.about)
    for each in refuted:
        (target,) = known([each.target])
        for number in own:
            comparison = compare(target.indicator, number.indicator)
            if comparison.kind in ("same", "reworded") or comparison.comparable:
                said = written(number.statement)
                yield Explanation(
                    f"{document.name}另用一个数：“{number.statement.quote}”（{said}），与公布的数不同，请核对其算法",
                    f"the text gives a number of its own ({said}) that differs from the published "
                    "one; check how it was computed",
                    rank,
                )
                rank += 1
    yield Explanation(
        "说法笼统，没有逐项对照规划指标",
        "the claim is sweeping and was not checked target by target",
        rank,
    )


def spans(evidence: Iterable[Evidence]) -> list[Span]:
    """The places of texts among evidence, those behind its formulas too."""
    return [each for each in _leaves(evidence) if isinstance(each, Span)]


def _leaves(evidence: Iterable[Evidence]) -> Iterator[Evidence]:
    """Evidence with that of its formulas."""
    for each in evidence:
        yield each
        yield from _leaves(getattr(each, "of", ()))
