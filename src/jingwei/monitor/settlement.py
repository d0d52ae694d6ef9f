"""Settling a finished plan from later documents alone.

Every target is met, not met, unknown, or depends on a declared reading (``docs/semantics.md``
§7). Only a fact about the same indicator, on the same 口径, for the target's own period decides.
What is merely near (another indicator, another year, a claim of success) is shown beside and
proves nothing; an unknown names the missing fact and who holds it.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from jingwei.core import Evidence, Gap, Missing, Period, Statement, Verdict
from jingwei.monitor.beside import Beside, beside
from jingwei.monitor.claims import Claim
from jingwei.monitor.derivation import changes, derived
from jingwei.monitor.facts import (
    Fact,
    Known,
    Near,
    counted,
    direct,
    known,
    near,
    span_of,
    whole_window,
    words,
    written,
)
from jingwei.monitor.judgement import Judged, judge
from jingwei.monitor.offices import holder
from jingwei.plans.amount import Interval, Reading, Readings, factor, goal, hedged, numbers, table
from jingwei.plans.indicator import compare, region_of, wanted

Class = Literal["完成", "未完成", "无法评价", "取决于读法", "后续文件未披露"]


@dataclass(frozen=True, slots=True)
class Settled:
    """A target, the verdict on it, its class in the words of evaluation reports, and what stands
    beside the verdict without deciding it. ``plain`` prints it as target, verdict, class, beside.
    """

    target: Statement
    verdict: Verdict
    class_: Class
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scene:
    """What one settlement looks at, the same for every target."""

    plan: list[Known]
    seen: list[Known]
    goals: list[Known]
    span: Period
    region: str
    readings: Readings
    claims: Sequence[Claim]
    dates: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Open:
    """Why a target stays unknown: the reason in both languages and the fact that would settle it."""

    zh: str
    en: str
    missing: str
    holder: str = ""
    evidence: tuple[Evidence, ...] = field(default=())


def settle(
    plan: Sequence[Statement],
    later: Sequence[Statement],
    *,
    readings: Readings | None = None,
    claims: Sequence[Claim] = (),
    dates: Mapping[str, str] | None = None,
    decisions: Mapping[str, str] | None = None,
    span: Period | None = None,
) -> list[Settled]:
    """Settle the targets of ``plan`` (all its statements) from ``later`` documents.

    plan:      every statement of the plan; its targets are settled, its own facts serve as bases
    later:     statements of the other documents; their order never changes a verdict
    readings:  tolerances of 左右 (default: ``plans/amount.toml``)
    claims:    sentences that claim success (``find_claims``), shown beside an unknown
    dates:     document name → ISO date, for ``Verdict.as_of``
    decisions: ``target-id>observation-id`` → confirmed or refused, as a person decided
    span:      the years of the plan, where they should not be read from its statements

    Targets of technical level (kind ``tech``) are left out. In the order of ``plan``.
    """
    mine, others = known(plan), known(later)
    scene = _Scene(
        plan=[each for each in mine if each.statement.role == "observation"],
        seen=[each for each in others if each.statement.role == "observation"],
        goals=[each for each in others if each.statement.role == "target"],
        span=span or span_of(plan),
        region=region_of(plan),
        readings=readings or Readings(),
        claims=claims,
        dates=dates or {},
    )
    by_id = {each.statement.id: each for each in mine}
    targets = [by_id[s.id] for s in plan if s.role == "target" and s.kind == "stat"]
    found = near(targets, scene.seen, scene.span, decisions or {})
    return [_settled(target, each, scene) for target, each in zip(targets, found, strict=True)]


def _settled(target: Known, found: list[Near], scene: _Scene) -> Settled:
    goals, source, steady = _goals(target, scene)
    window = whole_window(target, scene.span)
    if isinstance(goals, _Open):
        return _unknown(target, found, goals, scene)
    facts, lacking = _facts(target, found, steady, window, scene)
    if not facts:
        return _unknown(target, found, lacking or _undisclosed(target, found, scene), scene)
    judged = judge(goals, facts)
    doubt = _doubt(target, judged, scene)
    if doubt is not None:
        return _unknown(target, found, doubt, scene, judged)
    if judged.answer == "unknown":
        return _unknown(target, found, _bounded(target, judged, scene), scene, judged)
    return _answered(target, found, judged, source, scene)


def _goals(
    target: Known, scene: _Scene
) -> tuple[Sequence[Reading] | _Open, Statement | None, bool]:
    """The readings of the goal, the statement that gives it if another one, and whether it is
    a word of stability; or why there is no number to hold a fact against."""
    statement, indicator = target.statement, target.indicator
    direction = wanted(indicator)
    text = statement.text or ""
    elsewhere = re.search(words()["elsewhere"]["pattern"], text) is not None
    if statement.measure == "elsewhere" or (statement.op == "qual" and elsewhere):
        for each in scene.goals:
            fits = compare(indicator, each.indicator).comparable
            same_time = each.statement.period.last == statement.period.last
            readings = goal(each.statement, indicator.dimension, direction, scene.readings)
            if fits and same_time and readings:
                return readings, each.statement, False
        return _elsewhere(target, text, scene), None, False
    if statement.op != "qual":
        return goal(statement, indicator.dimension, direction, scene.readings), None, False
    if any(word in text for word in table()["steady"]["words"]):
        base = _base(target, scene)
        if base is None:
            return _no_base(target, scene), None, True
        size = numbers(base.statement, indicator.dimension)
        assert size is not None  # _base gives exact figures only
        parts = [Interval(size[0] * (1 - d), size[1] * (1 + d)) for d in scene.readings.about]
        shares = zip(scene.readings.about, parts, strict=True)
        told = [Reading(f"“稳定”容许±{d:.0%}", f"stable within {d:.0%}", p) for d, p in shares]
        return told, base.statement, True
    return _ranked(target, text, scene), None, False


def _facts(
    target: Known, found: list[Near], steady: bool, window: Period | None, scene: _Scene
) -> tuple[list[Fact], _Open | None]:
    """The facts that may decide; where there are none for want of a base, why."""
    op = target.statement.op
    fitting = [each for each in found if each.comparison.comparable and each.timing == "ok"]
    got = [(each, direct(target, each, scene.readings)) for each in fitting]
    facts = [(each, fact) for each, fact in got if fact is not None]
    if op in ("+", "-", "x") and not steady:
        stated = [
            fact for each, fact in facts
            if each.statement.op == op or (op == "+" and fact.built and not fact.change)
        ]  # fmt: skip
        if stated:
            return stated, None
        levels = [fact for _, fact in facts if not fact.change and not fact.built]
        if not levels:
            return [], None
        bases = _bases(target, scene)
        made = list(changes(target, levels, bases, _base_year(target, scene), scene.readings))
        return made, None if made else _no_base(target, scene, levels)
    levels = [_stock(target, fact, scene) for _, fact in facts if not fact.change]
    if levels:
        return levels, None
    return list(derived(target, found, scene.seen, window)), None


def _stock(target: Known, fact: Fact, scene: _Scene) -> Fact:
    """Things built during the period as a stock, where the goal is a stock: at least as many, or
    the base and as many."""
    statement = target.statement
    is_stock = statement.attr is not None or any(
        word in statement.quote for word in words()["accrual"]["stock"]
    )
    single = statement.period.first == statement.period.last
    if not (fact.built and is_stock and single):
        return fact
    base = _base(target, scene)
    size = numbers(base.statement, target.indicator.dimension) if base else None
    if base is None or size is None:
        parts = [replace(r, interval=replace(r.interval, high=math.inf)) for r in fact.readings]
        return replace(fact, readings=tuple(parts), zh=f"期内{fact.zh}，存量未知")
    parts = [replace(r, interval=r.interval.shifted(size[0])) for r in fact.readings]
    return replace(
        fact,
        readings=tuple(parts),
        zh=f"基期{written(base.statement)}加期内{fact.zh}",
        evidence=(*fact.evidence, base.statement.evidence),
    )


def _base_year(target: Known, scene: _Scene) -> int:
    return target.statement.base_year or scene.span.first - 1


def _bases(target: Known, scene: _Scene) -> list[Known]:
    return [
        each for each in (*scene.plan, *scene.seen)
        if compare(target.indicator, each.indicator).comparable
    ]  # fmt: skip


def _base(target: Known, scene: _Scene) -> Known | None:
    """The exact figure of the base year, the plan's own before a later document's."""
    year = Period.year(_base_year(target, scene))
    for each in _bases(target, scene):
        if each.statement.period == year and each.statement.op == "=":
            return each
    return None


def _doubt(target: Known, judged: Judged, scene: _Scene) -> _Open | None:
    """A count that its own base already exceeds must mean a narrower thing (a class of it)."""
    statement = target.statement
    if not counted(target.indicator) or statement.op not in ("=", "~", "range", ">="):
        return None
    base = _base(target, scene)
    pair = numbers(statement, target.indicator.dimension)
    size = numbers(base.statement, target.indicator.dimension) if base else None
    if base is None or pair is None or size is None or size[0] <= pair[1]:
        return None
    if whole_window(target, scene.span) is not None or judged.answer not in ("met", "depends"):
        return None
    when = f"{base.statement.period}年已有{written(base.statement)}"
    return _Open(
        f"{when}，超过目标{written(statement)}：目标所指应是其中一部分，后续总数不能作为完成依据",
        f"the base ({written(base.statement)} in {base.statement.period}) already exceeds the goal:"
        " it must mean a part of them, which the later total does not show",
        f"目标所指范围内的{statement.period.last}年数",
        evidence=(base.statement.evidence,),
    )


def _elsewhere(target: Known, text: str, scene: _Scene) -> _Open:
    region = scene.region
    if "国家" in text:
        region = "全国"
    elif "省" in text and not region.endswith(("省", "自治区")):
        region = "省"
    return _Open(
        f"目标值由另一文件确定（“{text}”），未见其数",
        f"the goal is defined in another document ({text}), which was not found",
        f"“{text}”所指的{target.statement.subject}目标值（{target.statement.period}年）",
        holder(target.indicator, region),
    )


def _ranked(target: Known, text: str, scene: _Scene) -> _Open:
    statement = target.statement
    return _Open(
        f"目标是位次或定性表述（“{text}”），没有可比对的数",
        f"the goal is a rank or words ({text}), not a number",
        f"{statement.period.last}年各地区（同类城市、全国）{statement.subject}的同口径数值与位次",
        holder(target.indicator, "全国"),
    )


def _no_base(target: Known, scene: _Scene, levels: Sequence[Fact] = ()) -> _Open:
    year, subject = _base_year(target, scene), target.statement.subject
    seen = f"，期末为{levels[0].zh}" if levels else ""
    return _Open(
        f"缺{year}年基期数，无法计算变动{seen}",
        f"the base figure of {year} is missing, so no change can be computed",
        f"{year}年{subject}（基期，同口径）",
        evidence=tuple(e for fact in levels for e in fact.evidence),
    )


def _bounded(target: Known, judged: Judged, scene: _Scene) -> _Open:
    fact = judged.facts[0]
    interval = fact.readings[0].interval
    side, side_en = ("下限", "a lower") if math.isinf(interval.high) else ("上限", "an upper")
    if not math.isinf(interval.high) and not math.isinf(interval.low):
        side, side_en = "范围", "a range as"
    return _Open(
        f"{fact.zh}，只知{side}，不能断定是否达到{written(target.statement)}",
        f"{fact.en}: only {side_en} bound is known, which does not settle"
        f" {written(target.statement)}",
        f"{target.statement.period.last}年{target.statement.subject}的确切数",
        evidence=fact.evidence,
    )


def _undisclosed(target: Known, found: list[Near], scene: _Scene) -> _Open:
    year, subject = target.statement.period, target.statement.subject
    missing = f"{year}年{subject}（同口径）"
    first = next((each for each in found if each.timing == "ok"), None)
    first = first or next((each for each in found if each.comparison.comparable), None)
    told = first is not None and first.statement.period.last >= scene.span.first
    if first is None or not told:
        return _Open(
            "后续文件没有再公布这一指标",
            "no later document reports this indicator again",
            missing,
        )
    seen = f"{first.statement.subject} {written(first.statement)}（{first.statement.period}年）"
    if first.comparison.kind == "similar":
        return _Open(
            f"后续文件只有另一指标：{seen}，不能代替",
            f"later documents give only another indicator ({seen}), which is no substitute",
            missing,
        )
    if first.comparison.kind == "differs":
        parts = "；".join(str(each) for each in first.comparison.differences if not each.soft)
        return _Open(
            f"后续文件的数口径不同（{parts}）：{seen}",
            f"later documents give it on another 口径 ({parts}): {seen}",
            missing,
        )
    return _Open(
        f"后续文件只有另一时间的数：{seen}",
        f"later documents give it for another time only: {seen}",
        missing,
    )


def _unknown(
    target: Known, found: list[Near], why: _Open, scene: _Scene, judged: Judged | None = None
) -> Settled:
    aside = beside(target, found, scene.goals, scene.claims, scene.span)
    evidence = list(why.evidence) + [e for each in aside for e in each.evidence]
    if judged is not None:
        evidence = [e for fact in judged.facts for e in fact.evidence] + evidence
    who = why.holder or holder(target.indicator, scene.region)
    verdict = Verdict(
        answer="unknown",
        of=target.statement.id,
        method=_method(target, judged),
        as_of=_as_of(judged, scene),
        reason=f"{why.zh}。",
        reason_en=f"{why.en[0].upper()}{why.en[1:]}.",
        evidence=tuple(dict.fromkeys(evidence)),
        missing=(Missing(why.missing, who),),
    )
    within = [each for each in found if each.statement.period.last >= scene.span.first]
    silent = not within and target.statement.op != "qual" and judged is None
    return Settled(target.statement, verdict, "后续文件未披露" if silent else "无法评价", aside)


def _answered(
    target: Known, found: list[Near], judged: Judged, source: Statement | None, scene: _Scene
) -> Settled:
    statement = target.statement
    goal_zh = written(source or statement)
    if source is not None and statement.op == "qual":
        goal_zh = f"“{statement.text}”（{written(source)}，{source.document}）"
    told = "；".join(fact.zh for fact in judged.facts)
    told_en = "; ".join(fact.en for fact in judged.facts)
    ends = {
        "met": (f"达到目标{goal_zh}", f"meets the goal {goal_zh}"),
        "not_met": (f"未达到目标{goal_zh}", f"misses the goal {goal_zh}"),
        "depends": (
            f"是否达到目标{goal_zh}取决于读法",
            f"whether this meets the goal {goal_zh} depends on the reading",
        ),
    }
    zh, en = ends[judged.answer]
    reason, reason_en = f"{told}，{zh}", f"{told_en}: {en}"
    if judged.conflict:
        reason, reason_en = f"后续文件数据不一致：{reason}", f"later documents conflict: {reason_en}"
    if statement.attr == "约束性" and judged.answer == "not_met":
        reason += "；约束性指标，未完成即未履行承诺，不适用“基本完成”"
        reason_en += "; a binding target: a miss is a broken promise"
    evidence = [e for fact in judged.facts for e in fact.evidence]
    if source is not None:
        evidence.append(source.evidence)
    verdict = Verdict(
        answer=judged.answer,
        of=statement.id,
        method=_method(target, judged),
        as_of=_as_of(judged, scene),
        reason=f"{reason}。",
        reason_en=f"{reason_en[0].upper()}{reason_en[1:]}.",
        evidence=tuple(dict.fromkeys(evidence)),
        gap=_gap(target, judged),
        readings=judged.readings,
    )
    classes: dict[str, Class] = {"met": "完成", "not_met": "未完成", "depends": "取决于读法"}
    return Settled(statement, verdict, classes[judged.answer], ())


def _gap(target: Known, judged: Judged) -> Gap | None:
    if judged.shortfall is None:
        return None
    start, end, is_open = judged.shortfall
    statement, indicator = target.statement, target.indicator
    by = 1.0 if statement.op == "x" else factor(statement, indicator.dimension)
    unit = "倍" if statement.op == "x" else statement.unit or ("%" if by == 100.0 else "")
    if by == 100.0 and unit == "%":
        by = 1.0
    if counted(indicator) and statement.op != "x":
        end = math.floor(end) + 1 if is_open else math.ceil(end - 1e-9)
    change = {"+": "增加量", "-": "减少量", "x": "对基期的倍数"}.get(statement.op, "")
    start, end = round(start / by, 10), round(end / by, 10)
    return Gap(statement.subject + change, start, end, unit)


def _method(target: Known, judged: Judged | None) -> str:
    """The rules that gave the answer, by their numbers in ``docs/semantics.md``."""
    statement = target.statement
    parts = ["§7 后续文件同口径事实"]
    if statement.op == "~" or hedged(statement, "about"):
        parts.append("§2.2 左右")
    if hedged(statement, "beyond"):
        parts.append("§2.4 超过")
    if judged is not None and judged.conflict:
        parts.append("§7.9 数据不一致")
    if statement.attr:
        parts.append(f"§3 {statement.attr}")
    return "；".join(parts)


def _as_of(judged: Judged | None, scene: _Scene) -> str:
    cited = judged.facts if judged is not None else ()
    return max((scene.dates.get(fact.document, "") for fact in cited), default="")
