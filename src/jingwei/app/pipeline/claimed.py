"""Claims of success held against the settlement: 「约束性指标已全面完成」 while one is missed.

A claim covers what its words say (``monitor.claims``): all targets of a kind, or only the numbers
of its own sentence. It is false when a target it covers is not met; a target that cannot be
judged refutes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from jingwei.app.pipeline.library import Held
from jingwei.core import Evidence, Explanation, Finding, Span, Statement
from jingwei.monitor.claims import Claim, covered, speaks_of
from jingwei.monitor.otherwise import RELATION
from jingwei.plans.amount import written

if TYPE_CHECKING:
    from jingwei.monitor.settlement import Settled

KIND = "false_claim"
OTHERWISE = "claim_of_another"


def false_claims(plan: Held, settled: "Sequence[Settled]", later: Iterable[Held]) -> list[Finding]:
    """The claims of later documents that a missed target of ``plan`` refutes, in order."""
    later = tuple(later)
    missed = [each for each in settled if each.verdict.answer == "not_met"]
    found: list[Finding] = []
    for document in later:
        for claim in document.claims:
            refuted = list(_refuted(claim, plan, missed, document))
            if refuted:
                found.append(_finding(claim, refuted, document))
    return [*found, *_otherwise(settled, {each.name for each in later})]


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


def _refuted(
    claim: Claim, plan: Held, missed: "Iterable[Settled]", document: Held
) -> "Iterator[Settled]":
    """The missed targets that a claim covers, each once."""
    if not speaks_of(claim, plan.period, document.period, planning=document.is_plan):
        return
    own = [each for each in document.statements if each.id in claim.about]
    cited = {each.evidence for each in own}
    for each in missed:
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


def _leaves(evidence: Iterable[Evidence]) -> Iterator[Evidence]:
    """Evidence with that of its formulas."""
    for each in evidence:
        yield each
        yield from _leaves(getattr(each, "of", ()))
