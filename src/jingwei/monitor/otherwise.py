"""Claims that a target was reached, with the figure of another indicator beside them.

「工业增加值目标圆满完成，制造业增加值达到1020亿元」 gives no evidence for 工业增加值: the figure is real and
of something else. The target stays unknown, and the two texts stand side by side (``docs/semantics.md``
§7.17).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from jingwei.monitor.beside import Beside
from jingwei.monitor.claims import Claim
from jingwei.monitor.facts import Known, Near
from jingwei.plans.amount import written
from jingwei.plans.wording import folded

if TYPE_CHECKING:
    from jingwei.monitor.settlement import Settled

RELATION = "称完成而口径不同"


def with_claims(
    settled: "Sequence[Settled]",
    found: Sequence[tuple[Known, Sequence[Near]]],
    claims: Sequence[Claim],
) -> "list[Settled]":
    """Unknown targets with the claims about them that cite another indicator; ``found`` gives for
    each target, in the same order, what is near it."""
    own = {
        near.statement.id
        for _, each in found
        for near in each
        if near.comparison.comparable and near.timing == "ok"
    }
    names = {target.statement.id: _bare(target.statement.subject) for target, _ in found}
    told: list[Settled] = []
    for each, (target, near) in zip(settled, found, strict=True):
        open_ = each.verdict.answer == "unknown"
        cited = list(_cited(target, near, claims, own, names)) if open_ else []
        told.append(_told(each, target, cited) if cited else each)
    return told


def _cited(
    target: Known,
    near: Sequence[Near],
    claims: Sequence[Claim],
    own: set[str],
    names: Mapping[str, str],
) -> Iterator[tuple[Claim, Near]]:
    """The claims about a target, each with the nearest figure it cites, which is another's.

    A claim that names a target is about that one; one that names none is about what its figure
    comes nearest to, unless that figure is a target's own.
    """
    for claim in claims:
        cited = [
            each for each in near
            if each.statement.id in claim.about and each.comparison.kind in ("differs", "similar")
            and each.timing == "ok"
        ]  # fmt: skip
        if not cited:
            continue
        quote = folded(claim.quote)
        goal = _goal_named(quote, set(names.values()))
        mine = names[target.statement.id]
        if goal == mine or (not goal and not any(each in own for each in claim.about)):
            yield claim, cited[0]


def _goal_named(quote: str, names: set[str]) -> str:
    """The target that the words of a claim name as reached: 工业增加值 of 工业增加值目标圆满完成."""
    named = [
        name for name in names
        if any(f"{name}{word}" in quote for word in ("目标", "任务", "指标", "的目标", "规划目标"))
    ]  # fmt: skip
    return max(named, key=len, default="")


def _bare(subject: str) -> str:
    """A name as a claim says it: 出口 of 出口额 (出口目标圆满完成)."""
    return _COUNTED.sub("", folded(subject))


_COUNTED = re.compile(r"(?<=..)(?:数量|总额|额)$")


def _told(settled: "Settled", target: Known, cited: Sequence[tuple[Claim, Near]]) -> "Settled":
    first = [_beside(target, claim, near) for claim, near in cited]
    claim, near = cited[0]
    seen = f"{near.statement.subject} {written(near.statement)}"
    why = "；".join(str(each) for each in near.comparison.differences if not each.soft)
    reason = settled.verdict.reason.rstrip("。")
    verdict = replace(
        settled.verdict,
        reason=f"{reason}；{claim.document}称“{claim.quote.rstrip('。；;')}”，但所引的数是另一口径（{seen}；{why}），"
        "不能作为完成的依据。",
        reason_en=f"{settled.verdict.reason_en.rstrip('.')}; {claim.document} claims completion, but the "
        f"figure cited is of another 口径 ({seen}): no evidence.",
        evidence=tuple(
            dict.fromkeys((*settled.verdict.evidence, *(e for one in first for e in one.evidence)))
        ),
    )
    return replace(settled, verdict=verdict, beside=(*settled.beside, *first))


def _beside(target: Known, claim: Claim, near: Near) -> Beside:
    asked, seen = target.statement, near.statement
    why = "；".join(str(each) for each in near.comparison.differences if not each.soft)
    text = f"目标“{asked.quote}”（{asked.document}）；{claim.document}称“{claim.quote.rstrip('。；;')}”，所引为“{seen.subject} {written(seen)}”"
    return Beside(
        RELATION,
        f"{RELATION}：{text}；{why}",
        f"claimed as reached with a figure of another 口径: {seen.subject} {written(seen)}",
        (claim.evidence, near.known.evidence),
    )
