"""What stands beside a verdict without deciding it.

A reader wants to see how near the documents came: another indicator, another 口径, another year,
a claim without a figure, a later plan that sets the same target again (``docs/semantics.md`` §7).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from jingwei.core import Evidence
from jingwei.monitor.claims import Claim
from jingwei.monitor.derivation import by_definition
from jingwei.monitor.facts import Known, Near
from jingwei.monitor.scene import Scene, base_year
from jingwei.plans.amount import written

Relation = Literal[
    "另一指标",
    "另一口径",
    "另一时间",
    "同一指标",
    "推算",
    "笼统表述",
    "后续目标",
    "异议",
    "称完成而口径不同",
]
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing near a target: how it relates, in words, and its evidence."""

    relation: Relation
    zh: str
    en: str
    evidence: tuple[Evidence, ...]


def beside(target: Known, found: Sequence[Near], scene: Scene) -> tuple[Beside, ...]:
    """What to show beside an unknown: at most three near facts, an arithmetic hint, a later
    goal, then claims."""
    shown = [each for each in found if each.statement.period.last >= scene.span.first][:_SHOWN]
    return (
        *map(_near, shown),
        *_hints(target, scene),
        *_later_goals(target, scene.goals[target.statement.id]),
        *_claims(shown, scene.claims),
    )


def _near(each: Near) -> Beside:
    statement = each.statement
    text = f"{statement.subject} {written(statement)}（{statement.period}年，{statement.document}）"
    why = "；".join(str(d) for d in each.comparison.differences if not d.soft)
    if each.comparison.kind == "similar":
        relation, en = "另一指标", "another indicator"
    elif each.comparison.kind == "differs":
        relation, en = "另一口径", "another 口径"
    elif each.timing != "ok":
        relation, en = "另一时间", "another time"
    else:
        relation, en = "同一指标", "the same indicator"
    why = f"；{why}" if why else ""
    return Beside(relation, f"{relation}：{text}{why}", f"{en}: {text}", (each.known.evidence,))


def _hints(target: Known, scene: Scene) -> Iterator[Beside]:
    """A rate that published levels imply: a hint, since their populations may differ."""
    end = target.statement.period.last
    for value, formula, evidence in by_definition(target.indicator, scene.seen, end):
        text = f"{end}年{formula}"
        if target.statement.op in ("+", "-"):
            first = base_year(target, scene)
            for before, how, _ in by_definition(target.indicator, scene.seen, first):
                text += f"，{first}年{how}，变动{value - before:+.2f}个百分点"
        zh = f"推算（不作依据，分子分母的统计范围和修订未必一致）：{text}"
        yield Beside("推算", zh, f"a hint by arithmetic, not a fact: {text}", (evidence,))


def _later_goals(target: Known, goals: Iterable[Known]) -> Iterator[Beside]:
    later = [
        each for each in goals
        if each.statement.period.last > target.statement.period.last
    ]  # fmt: skip
    later.sort(
        key=lambda each: (each.statement.period.last, each.statement.document, each.statement.id)
    )
    for each in later[:1]:
        s = each.statement
        text = f"{s.subject} {written(s)}（{s.period}年，{s.document}）"
        zh = f"后续规划仍列为目标：{text}"
        yield Beside("后续目标", zh, f"a later plan sets it again: {text}", (s.evidence,))


def _claims(shown: Sequence[Near], claims: Iterable[Claim]) -> Iterator[Beside]:
    near = {each.statement.id for each in shown}
    told = set[tuple[str, str]]()  # one sentence may claim twice
    for claim in claims:
        once = claim.document, claim.quote
        if (claim.about and not near & set(claim.about)) or once in told:
            continue
        told.add(once)
        text = f"“{claim.quote}”（{claim.document}）"
        zh = f"笼统表述，不作为完成依据：{text}"
        yield Beside("笼统表述", zh, f"a claim, not a proof: {text}", (claim.evidence,))
