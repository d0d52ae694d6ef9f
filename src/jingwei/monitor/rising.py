"""An increase that its plan states in one breath with the level it leads to (由88%提高到93%，提高5个百分点).

The two are one path, and one result answers both alike: computed over the base, an increase would
else miss by the rounding of its own plan. Where start, end and increase do not go together by more
than rounding (as the health check finds them, §9.6), what it comes to depends on the reading
(``docs/semantics.md`` §7.19).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from jingwei.core import Formula, Reading, Statement
from jingwei.monitor.health.changes import change_readings, made_by
from jingwei.monitor.health.doubts import figures_of
from jingwei.monitor.health.figures import Figure
from jingwei.monitor.health.printed import meet
from jingwei.monitor.health.rates import Path
from jingwei.plans.amount import written

if TYPE_CHECKING:
    from jingwei.monitor.joining import Answered

_COMMA = 2  # characters between a path and the increase beside it
A = TypeVar("A", bound="Answered")


@dataclass(frozen=True, slots=True)
class Rise:
    """The level an increase leads to, its start, what both make, and whether that fits the words."""

    level: str
    told: str
    formula: str
    fits: bool


def rises(plan: Sequence[Statement]) -> dict[str, Rise]:
    """By id of an increase the path whose words its own words contain."""
    found: dict[str, Rise] = {}
    own = figures_of(
        {each.document: [s for s in plan if s.document == each.document] for each in plan}
    )
    for change in own:
        if change.statement.role != "target" or change.statement.op not in ("+", "-"):
            continue
        inside = [each for each in own if _within(each, change)]
        ends = [each for each in inside if each.statement.role == "target"]
        starts = [each for each in inside if each.statement.role == "observation"]
        if len(ends) != 1 or len(starts) != 1:
            continue
        made, formula = made_by(change, Path(starts[0], ends[0]))
        if made is not None:
            fits = any(meet(made, stated) for stated in change_readings(change))
            told = f"由{written(starts[0].statement)}到{written(ends[0].statement)}"
            found[change.statement.id] = Rise(ends[0].statement.id, told, formula.formula, fits)
    return found


def _within(level: Figure, change: Figure) -> bool:
    one, other = level.statement, change.statement
    gap = other.evidence.start - one.evidence.end
    return (
        one.op in ("=", "~", ">=", ">", "<", "<=")
        and one.subject == other.subject
        and (one.evidence.start == other.evidence.start or 0 <= gap <= _COMMA)
    )


def with_paths(answered: Sequence[A], found: Mapping[str, Rise]) -> list[A]:
    """Increases computed from the level of their own path, answered as that is."""
    by_id = {each.target.id: each for each in answered}
    return [_one(each, found.get(each.target.id), by_id) for each in answered]


def _one(each: A, rise: Rise | None, by_id: Mapping[str, A]) -> A:
    level = by_id.get(rise.level) if rise is not None else None
    computed = any(isinstance(one, Formula) for one in each.verdict.evidence)
    if rise is None or level is None or not computed:
        return each
    one, other = level.verdict, each.verdict
    if "unknown" in (one.answer, other.answer) or one.answer == other.answer:
        return each
    evidence = tuple(dict.fromkeys((*other.evidence, *one.evidence)))
    method = f"{other.method}；§7.19 起止与增减"
    if rise.fits:
        verdict = replace(
            one,
            of=each.target.id,
            method=method,
            evidence=evidence,
            reason=f"是“{rise.told}”的一部分（{rise.formula}，取整后相符），随终点结算：{one.reason}",
            reason_en=f"Part of one path ({rise.formula}, equal but for rounding), answered by its "
            f"end: {one.reason_en}",
        )
        return replace(cast(Any, each), verdict=verdict, class_=level.class_)
    verdict = replace(
        other,
        answer="depends",
        method=method,
        evidence=evidence,
        gap=None,
        readings=(
            Reading(f"按{rise.told}：{one.reason.rstrip('。')}", one.answer),
            Reading(f"按{written(each.target)}：{other.reason.rstrip('。')}", other.answer),
        ),
        reason=f"规划自身的起点、终点和增减量不符（{rise.formula}，写作{written(each.target)}），须先核对原文。",
        reason_en=f"Start, end and increase of the plan do not go together ({rise.formula}): "
        "check the text first.",
    )
    return replace(cast(Any, each), verdict=verdict, class_="取决于读法")
