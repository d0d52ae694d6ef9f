"""“完成下降14%的约束性目标”: a claim that quotes its goal and gives no result.

The number is the goal's, not a result: the claim is answered as the settlement of that goal is
(``docs/semantics.md`` §10.10).
"""

from collections.abc import Mapping, Sequence

from jingwei.core import Evidence, Span
from jingwei.documents.model import Document
from jingwei.monitor.facts import Known
from jingwei.monitor.proof.answers import NumberCheck, answers_table, number_check
from jingwei.monitor.proof.claiming import reached_by, years_ahead
from jingwei.monitor.proof.holding import likeness
from jingwei.monitor.proof.sweeping import Outcome
from jingwei.monitor.settlement import Settled

_KINDS = {"met": "holds", "not_met": "fails", "depends": "depends", "unknown": "open"}


def quoted_claim(
    draft: Document,
    mine: Known,
    place: Span,
    targets: Sequence[Known],
    results: Sequence[Known],
    outcomes: Sequence[Outcome],
    told: Mapping[str, str],
) -> NumberCheck:
    """The answer to the claim that quotes ``mine`` as its goal, of ``targets`` known for it.

    To be ahead of time takes one of ``results`` of the earlier year; 超额 is not told by a goal met.
    """
    settled = {each.target.id: each for one in outcomes for each in one.settled}
    year = mine.statement.period.last
    meant = [each for each in targets if each.statement.period.last == year] or list(targets)
    exact = [each for each in meant if _same(mine, each)]
    held = [settled[e.statement.id] for e in exact or meant if e.statement.id in settled]
    words = {"claim": _quote(mine, draft), "number": mine.statement.quote}
    if not held:
        return number_check(mine.statement, place, "claim_without_target", (), words)
    answers = {each.verdict.answer for each in held}
    answer = answers.pop() if len(answers) == 1 else "depends"
    words["why"] = "；".join(dict.fromkeys(each.verdict.reason.rstrip("。") for each in held))
    words["why_en"] = " ".join(dict.fromkeys(each.verdict.reason_en for each in held))
    words["source"] = "；".join(dict.fromkeys(told[each.target.id] for each in held))
    kind = f"claim_quoted_{_KINDS[answer]}"
    early = years_ahead(mine.statement.quote)
    aimed = next(e for e in targets if e.statement.id == held[0].target.id)
    by = aimed.statement.period.last - early
    proved = early and reached_by(by, aimed, results, place)
    if answer == "met" and early and not proved:
        kind, words["year"] = "claim_early_open", str(by)
    elif answer == "met" and answers_table()["claim"]["beyond"] in mine.statement.quote:
        kind = "claim_quoted_reached"
    sources = [source for each in held for source in _sources(each)]
    return number_check(mine.statement, place, kind, sources, words)


def _same(mine: Known, target: Known) -> bool:
    dimension = mine.indicator.dimension or target.indicator.dimension
    return bool(likeness(mine.statement, target.statement, dimension).how)


def _quote(mine: Known, draft: Document) -> str:
    """The words of the draft, with the 目标 that follows the number."""
    end = mine.statement.evidence.end
    rest = draft.source[end : end + 12]
    at = rest.find("目标")
    return mine.statement.quote + (rest[: at + 2] if at >= 0 else "")


def _sources(settled: Settled) -> list[Evidence]:
    return [settled.target.evidence, *settled.verdict.evidence]
