"""Why a target cannot be settled, in words that name what is missing.

One function a reason (``docs/semantics.md`` §7): defined elsewhere, a rank, no base, only a bound,
another indicator or 口径 or time, never reported again, and two doubts that undo an answer: a count
that its base already exceeds, and figures that disagree on the base.
"""

import math
from collections.abc import Sequence

from jingwei.core import Evidence
from jingwei.monitor.facts import Fact, Known, Near, counted, direct, reach, whole_window
from jingwei.monitor.judgement import Judged, decide
from jingwei.monitor.offices import elsewhere_in
from jingwei.monitor.scene import Open, Scene, base_of, base_year
from jingwei.plans.amount import Reading, agree, numbers, written
from jingwei.plans.indicator import compare, wanted


def elsewhere(target: Known, text: str) -> Open:
    """完成本市下达目标: the number stands in a document that is not here."""
    statement = target.statement
    return Open(
        f"目标值由另一文件确定（“{text}”），未见其数",
        f"the goal is defined in another document ({text}), which was not found",
        f"“{text}”所指的{statement.subject}目标值（{statement.period.last}年）",
    )


def ranked(target: Known, text: str, scene: Scene) -> Open:
    """全国前列, 保持国内领先: what would show it is everybody's figure."""
    statement = target.statement
    offices = (scene.holder(target), elsewhere_in(text, target.indicator, scene.region))
    return Open(
        f"目标是位次或定性表述（“{text}”），没有可比对的数",
        f"the goal is a rank or words ({text}), not a number",
        f"{statement.period.last}年{statement.subject}的数值与位次（各地区同口径）",
        "、".join(filter(None, offices)),
    )


def no_base(target: Known, scene: Scene, levels: Sequence[Fact] = ()) -> Open:
    """A change whose starting point nobody states."""
    year, subject = base_year(target, scene), target.statement.subject
    seen = f"，期末为{levels[0].zh}" if levels else ""
    return Open(
        f"缺{year}年基期数，无法计算变动{seen}",
        f"the base figure of {year} is missing, so no change can be computed",
        f"{year}年{subject}（基期，同口径）",
        evidence=_evidence(levels),
    )


def bounded(target: Known, facts: Sequence[Fact]) -> Open:
    """60%以上 against 65: a bound that does not reach the goal says nothing."""
    fact, goal = facts[0], written(target.statement)
    side, side_en = _bound(fact)
    return Open(
        f"{fact.zh}，只知{side}，不能断定是否达到{goal}",
        f"{fact.en}: only {side_en} is known, which does not settle {goal}",
        f"{target.statement.period.last}年{target.statement.subject}的确切数",
        evidence=fact.evidence,
    )


def _bound(fact: Fact) -> tuple[str, str]:
    interval = fact.readings[0].interval
    if math.isinf(interval.high):
        return "下限", "a lower bound"
    return ("上限", "an upper bound") if math.isinf(interval.low) else ("范围", "a range")


def undisclosed(target: Known, found: Sequence[Near], scene: Scene) -> Open:
    """No fact of this indicator, 口径 and time: what there is instead, if anything."""
    statement = target.statement
    missing = f"{statement.period}年{statement.subject}（同口径）"
    own = [each for each in found if each.statement.period.last >= scene.span.first]
    same = [each for each in own if each.comparison.comparable]
    first = next(iter(same or [each for each in own if each.timing == "ok"] or own), None)
    undated = [e for e in found if e.comparison.comparable and not e.statement.period.known]
    if undated and not same:
        return _undated(undated[0], missing)
    if _lies_ahead(target, found, scene):
        seen = (
            f"，目前为{written(first.statement)}（{first.statement.period}年）"
            if same and first
            else ""
        )
        year = statement.period.last
        return Open(
            f"目标年份{year}年还没有到（规划期到{scene.span.last}年）{seen}",
            f"its year {year} lies beyond the plan, which ends in {scene.span.last}, and has not come",
            missing,
        )
    if first is None:
        return Open(
            "后续文件没有再公布这一指标",
            "no later document reports this indicator again",
            missing,
        )
    seen = f"{first.statement.subject} {written(first.statement)}（{first.statement.period}年）"
    parts = "；".join(str(each) for each in first.comparison.differences if not each.soft)
    if first.comparison.kind == "similar":
        return Open(
            "后续文件没有这一指标的数",  # what is near stands beside the verdict
            "later documents give no figure of this indicator",
            missing,
        )
    if first.comparison.kind == "differs":
        return Open(
            f"后续文件的数口径不同（{parts}）：{seen}",
            f"later documents give it on another 口径 ({parts}): {seen}",
            missing,
        )
    if first.statement.period.last == statement.period.last and reach(first.known) == "open":
        return Open(
            f"后续文件的累计数没有写明从何年算起：{seen}",
            f"a later document gives a running total and does not say since when: {seen}",
            f"{first.statement.document}中“{first.statement.quote}”的起算时间，或{missing}",
            evidence=(first.known.evidence,),
        )
    fact = direct(target, first)
    if fact is not None and math.isinf(fact.width):
        side, side_en = _bound(fact)
        return Open(
            f"后续文件的数只知{side}，而且是另一时间的：{seen}",
            f"later documents give only {side_en}, and for another time: {seen}",
            missing,
        )
    return Open(
        f"后续文件只有另一时间的数：{seen}",
        f"later documents give it for another time only: {seen}",
        missing,
    )


def _lies_ahead(target: Known, found: Sequence[Near], scene: Scene) -> bool:
    """Whether a goal is set for a year beyond its plan that no later text has come to (到2035年…)."""
    year = target.statement.period.last
    texts = [each.statement.period.last for each in scene.seen if each.statement.period.known]
    reached = max(texts, default=scene.span.last)
    return year > scene.span.last and reached < year


def _undated(near: Near, missing: str) -> Open:
    """The figure of a text that does not say of what year it is (目前 in a text without a date)."""
    said = near.statement
    seen = f"{said.subject} {written(said)}（{said.document}）"
    return Open(
        f"后续文件有这一指标的数，但看不出是哪一年的（文中写“{said.quote}”，文件没有标明日期）：{seen}",
        f"a later document gives it, but nothing tells of which year, since the document bears no date: {seen}",
        f"{said.document}的发布日期（“目前”“至今”等指哪一年），或{missing}",
        evidence=(near.known.evidence,),
    )


def doubt(target: Known, goals: Sequence[Reading], judged: Judged, scene: Scene) -> Open | None:
    """A reason not to believe an answer, where there is one."""
    return _narrower(target, judged, scene) or _revised(target, goals, judged, scene)


def _narrower(target: Known, judged: Judged, scene: Scene) -> Open | None:
    """A count that its own base already exceeds must mean a part of what the name says."""
    statement = target.statement
    goal = numbers(statement, target.indicator.dimension)
    level = statement.op in ("=", "~", "range", ">=") and whole_window(target, scene.span) is None
    if goal is None or not level or not counted(target.indicator):
        return None
    if judged.answer not in ("met", "depends"):
        return None
    if wanted(target.indicator, statement) == "lower":
        return None  # 压减到50家: the base is above it, as it should be
    base = base_of(target, scene)
    if base is None or base.value <= goal[1]:
        return None
    first = base.known.statement
    when = f"{first.period}年已有{written(first)}"
    return Open(
        f"{when}，超过目标{written(statement)}：目标所指应是其中一部分，后续总数不能作为完成依据",
        f"the base ({written(first)} in {first.period}) already exceeds the goal: it must mean a"
        " part of them, which the later total does not show",
        f"目标所指范围内的{statement.period.last}年数",
        evidence=(base.known.evidence,),
    )


def _revised(target: Known, goals: Sequence[Reading], judged: Judged, scene: Scene) -> Open | None:
    """The plan and the later document disagree on an earlier year, by enough to turn the answer.

    The series was revised or its 口径 changed; the fact is moved by the difference, and if the
    answer does not survive that, it is none.
    """
    if len(judged.facts) != 1 or judged.facts[0].change or target.indicator.name.change:
        return None
    fact = judged.facts[0]
    mine = [each for each in scene.plan if _exact_before(target, each)]
    theirs = [
        each
        for each in (scene.seen if mine else ())
        if each.statement.document in fact.documents and _exact_before(target, each)
    ]
    for own in mine:
        for other in theirs:
            if own.statement.period != other.statement.period:
                continue
            if agree(own.statement, other.statement, target.indicator.dimension):
                continue
            before = numbers(own.statement, target.indicator.dimension)
            after = numbers(other.statement, target.indicator.dimension)
            if before is None or after is None:
                continue
            moved = fact.readings[0].interval.shifted(before[0] - after[0])
            answers = {decide(goal.interval, moved) for goal in goals}
            if answers == {judged.answer}:
                continue
            year = own.statement.period
            sides = f"{written(own.statement)}/{written(other.statement)}"
            return Open(
                f"{fact.zh}，但两份文件的{year}年数不一致（{sides}），口径或修订不同，换算后结论会变",
                f"{fact.en}, but the documents disagree on {year} ({sides}): revised or on another"
                " 口径, and the answer would not survive the difference",
                f"与规划同口径的{target.statement.period.last}年{target.statement.subject}",
                evidence=(own.evidence, other.evidence),
            )
    return None


def _exact_before(target: Known, each: Known) -> bool:
    """Whether it states the target's indicator exactly, for one earlier year."""
    said = each.statement
    return (
        said.op == "="
        and said.period.first == said.period.last < target.statement.period.last
        and compare(target.indicator, each.indicator).comparable
    )


def _evidence(facts: Sequence[Fact]) -> tuple[Evidence, ...]:
    return tuple(each for fact in facts for each in fact.evidence)
