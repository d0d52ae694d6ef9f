"""Settling a finished plan from later documents and statistics.

Every target is met, not met, unknown, or depends on a declared reading (``docs/semantics.md``
§7). Only a fact about the same indicator, on the same 口径, for the target's own period decides.
What is merely near (another indicator, another year, a claim of success) is shown beside and
proves nothing; an unknown names the missing fact and who holds it.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jingwei.core import Gap, Missing, Period, Statement, Verdict
from jingwei.monitor import nearness, unsettled
from jingwei.monitor.beside import Beside, beside
from jingwei.monitor.claims import Claim
from jingwei.monitor.derivation import beside_years, changes, derived
from jingwei.monitor.facts import (
    Fact,
    Known,
    Near,
    as_increase,
    counted,
    direct,
    is_stock,
    known,
    near,
    span_of,
    whole_window,
    words,
)
from jingwei.monitor.goals import goal_of, goals_of
from jingwei.monitor.joining import Joining
from jingwei.monitor.judgement import Judged, first_that_meets, judge
from jingwei.monitor.offices import Supplier
from jingwei.monitor.otherwise import with_claims
from jingwei.monitor.per_year import facts_per_year, is_per_year, only_totals
from jingwei.monitor.scene import Open, Scene, base_of, base_year
from jingwei.monitor.standing import by_standing, proof, told
from jingwei.plans.amount import (
    Readings,
    as_multiple,
    exceeding,
    factor,
    hedged,
    told_as_growth,
    written,
)
from jingwei.plans.deeds import opens_with_deed
from jingwei.plans.indicator import region_of
from jingwei.plans.wording import measure_table

Class = Literal["完成", "基本完成", "未完成", "无法评价", "取决于读法", "后续文件未披露"]


@dataclass(frozen=True, slots=True)
class Settled:
    """A target, the verdict on it, its class in the words of evaluation reports, and what stands
    beside the verdict without deciding it. ``plain`` prints target, verdict, class, beside, same_as.

    ``same_as`` is the id of the target of this plan that says the same elsewhere (the row of the
    table that prose repeats), and is counted instead; "" for a target that counts itself.
    """

    target: Statement
    verdict: Verdict
    class_: Class
    beside: tuple[Beside, ...] = ()
    same_as: str = ""


def once(settled: Iterable[Settled]) -> list[Settled]:
    """The targets that count: each once, however often its plan states it."""
    return [each for each in settled if not each.same_as]


def settle(
    plan: Sequence[Statement],
    later: Sequence[Statement],
    *,
    statistics: Sequence[Known] = (),
    readings: Readings | None = None,
    claims: Sequence[Claim] = (),
    suppliers: Sequence[Supplier] = (),
    dates: Mapping[str, str] | None = None,
    decisions: Mapping[str, str] | None = None,
    span: Period | None = None,
    nearly: float | None = None,
    joined: bool = True,
    only: Collection[str] | None = None,
    standing: Mapping[str, int] | None = None,
) -> list[Settled]:
    """Settle the targets of ``plan`` (all its statements) from ``later`` documents.

    plan:      every statement of the plan; its targets are settled, its own facts serve as bases
    later:     statements of the other documents; their order never changes a verdict
    statistics: observations as facts (``bridge.facts_of``), beside the documents: a statistic
               never deletes what a document says, where they exclude each other both are shown
    readings:  tolerances of 左右 (default: ``plans/amount.toml``)
    claims:    sentences that claim success (``find_claims``), shown beside an unknown
    suppliers: offices the plan itself names for its figures (``find_suppliers``)
    dates:     document name → ISO date, for ``Verdict.as_of``
    decisions: ``target-id>observation-id`` → confirmed or refused, as a person decided
    span:      the years of the plan, where they should not be read from its statements
    nearly:    the share from which a missed 预期性 target is 基本完成 (default: ``settlement.toml``)
    joined:    whether targets that the plan states twice share one answer (§7.14); the status of
               a running plan joins its own answers
    only:      ids of the targets that are asked for (default: all)
    standing:  document name → its place among the sources, 1 the highest (``standing``)

    Targets of technical level (kind ``tech``) are left out. In the order of ``plan``.
    """
    mine, others = known(plan), known(each for each in later if not each.technical)
    by_id = {each.statement.id: each for each in mine}
    joining = Joining.of(plan)
    stated = {each.id: each for each in plan}
    targets = [
        replace(by_id[s.id], statement=_as_known(by_id[s.id], joining.attr(s, stated)))
        for s in plan
        if s.is_target
    ]
    scene = Scene(
        plan=[each for each in mine if each.statement.role == "observation"],
        seen=[
            *(each for each in others if each.statement.role == "observation"),
            *sorted(statistics, key=lambda each: each.statement.id),
        ],
        goals=goals_of(targets, others),
        span=span or span_of(plan),
        region=region_of(plan),
        readings=readings or Readings(),
        claims=claims,
        suppliers=suppliers,
        dates=dates or {},
        nearly=nearly if nearly is not None else words()["nearly"]["share"],
        standing=standing or {},
    )
    targets = [each for each in targets if only is None or each.statement.id in only]
    nearest = _near(targets, scene, decisions or {})
    done = [_best(target, scene, decisions or {}, found) for target, found in nearest]
    done = with_claims(done, nearest, claims)
    done = [replace(each, target=stated[each.target.id]) for each in done]
    return joining.joined(done) if joined else done


def _as_known(one: Known, stated: Statement) -> Statement:
    """A target as ``known`` reads it: growth over a base as a multiple where it is one of levels."""
    return as_multiple(stated) if one.statement.measure == "multiple" else stated


def _near(
    targets: Sequence[Known], scene: Scene, decisions: Mapping[str, str]
) -> Sequence[tuple[Known, list[Near]]]:
    return list(zip(targets, near(targets, scene.observed, scene.span, decisions), strict=True))


def _best(
    target: Known, scene: Scene, decisions: Mapping[str, str], found: Sequence[Near]
) -> Settled:
    """A target settled as it is worded; the rise of a share or the increase of a stock that nobody
    reports as such, from the levels behind it (§7.7)."""
    settled = _settled(target, found, scene)
    statement, risen = target.statement, as_increase(target, scene.span)
    if settled.verdict.answer != "unknown" or risen is None:
        return settled
    ((_, behind),) = _near([risen], scene, decisions)
    if target.indicator.name.change != "rise":
        behind = [each for each in behind if is_stock(each.known)]
    again = _settled(risen, behind, scene)
    return settled if again.verdict.answer == "unknown" else replace(again, target=statement)


def _settled(target: Known, found: Sequence[Near], scene: Scene) -> Settled:
    goal_ = goal_of(target, scene)
    if isinstance(goal_, Open):
        return _unknown(target, found, goal_, scene)
    facts = _facts(target, found, goal_.steady, scene)
    if isinstance(facts, Open):
        return _unknown(target, found, facts, scene)
    facts, lower = by_standing(facts, scene.standing)
    judged = judge(goal_.readings, facts)
    doubt = unsettled.doubt(target, goal_.readings, judged, scene)
    if doubt is not None:
        return _differing(_unknown(target, found, doubt, scene, judged), lower)
    if judged.answer == "unknown":
        why = unsettled.bounded(target, judged.facts)
        return _differing(_unknown(target, found, why, scene, judged), lower)
    return _differing(_answered(target, judged, goal_.source, scene), lower)


def _differing(settled: Settled, lower: Sequence[Fact]) -> Settled:
    """An answer with what sources of lower standing say otherwise (§7.18)."""
    if not lower:
        return settled
    verdict, (zh, en) = settled.verdict, told(lower)
    return replace(
        settled,
        verdict=replace(
            verdict,
            reason=f"{verdict.reason.rstrip('。')}{zh}。",
            reason_en=f"{verdict.reason_en.rstrip('.')}{en}.",
            method=f"{verdict.method}；§7.18 来源等级",
            evidence=tuple(dict.fromkeys((*verdict.evidence, *proof(lower)))),
        ),
    )


def _facts(
    target: Known, found: Sequence[Near], steady: bool, scene: Scene
) -> Sequence[Fact] | Open:
    """The facts that may decide, stated or computed; or why there is none."""
    op = target.statement.op
    if is_per_year(target):
        yearly = facts_per_year(target, found, scene)
        return yearly or only_totals(target, found) or unsettled.undisclosed(target, found, scene)
    fitting = [each for each in found if each.comparison.comparable and each.timing == "ok"]
    fitting = [each for each in fitting if not is_per_year(each.known)]
    got = [(each, direct(target, each)) for each in fitting]
    facts = [(each, fact) for each, fact in got if fact is not None]
    if op in ("+", "-", "x") and not steady:
        stated = [
            fact
            for each, fact in facts
            if each.statement.op == op or (op == "+" and fact.built and not fact.change)
        ]
        if stated:
            return stated
        levels = [(each.known, f) for each, f in facts if not f.change and not f.built]
        if op == "x" and not levels:
            levels = _one_statistic(target, found)
        stated_ = target.statement
        grown = (stated_.value or 0.0) if told_as_growth(stated_) else 0.0
        bases = (*scene.plan, *scene.seen)
        made = list(changes(op, levels, bases, base_year(target, scene), grown=grown))
        if levels and not made:
            return unsettled.no_base(target, scene, [fact for _, fact in levels])
        return made or unsettled.undisclosed(target, found, scene)
    window = whole_window(target, scene.span)
    facts = [(each, _made_anew(target, each, fact, window)) for each, fact in facts]
    levels = [_stock(target, fact, scene) for _, fact in facts if not fact.change]
    levels = beside_years(target, levels, found, window)
    levels = levels or list(derived(target, found, scene.seen, window))
    return levels or unsettled.undisclosed(target, found, scene)


def _one_statistic(target: Known, found: Sequence[Near]) -> list[tuple[Known, Fact]]:
    """For a multiple of a size that names no statistic (产业规模倍增): levels of any one statistic,
    since the ratio of two values of one statistic is a multiple of the size."""
    loose = measure_table().get(target.indicator.name.numerator.measure, {}).get("loose", False)
    levels: list[tuple[Known, Fact]] = []
    for each in found if loose else ():
        if each.timing == "ok" and each.comparison.aspects() == frozenset({"measure"}):
            fact = direct(target, each)
            if fact is not None and not fact.change and each.comparison.kind == "differs":
                named = each.known.indicator.name.numerator.measure
                levels.append((each.known, replace(fact, zh=f"以{named}计，{fact.zh}")))
    return levels


def _made_anew(target: Known, each: Near, fact: Fact, window: Period | None) -> Fact:
    """新培育63家 of a period is what 培育60家 asks for that period: things done, no rise of a stock."""
    said = each.statement
    gross = said.op == "+" and "净" not in said.quote and said.period.first < said.period.last
    same = window is None or said.period == window
    asked = target.statement.op in ("=", "~", ">=", ">") and opens_with_deed(target.statement.quote)
    return replace(fact, change=False, built=True) if gross and same and asked else fact


def _stock(target: Known, fact: Fact, scene: Scene) -> Fact:
    """Things built during the period, where the goal is a stock: the base and as many; without a
    base only a lower bound."""
    statement = target.statement
    stock = words()["accrual"]["stock"]
    is_stock = statement.attr is not None or any(word in statement.quote for word in stock)
    if not (fact.built and is_stock) or statement.period.first < statement.period.last:
        return fact
    base = base_of(target, scene)
    if base is None:
        parts = [replace(r, interval=replace(r.interval, high=math.inf)) for r in fact.readings]
        return replace(
            fact,
            readings=tuple(parts),
            zh=f"期内{fact.zh}，存量未知",
            en=f"{fact.en} built in the period, the stock unknown",
        )
    parts = [replace(r, interval=r.interval.shifted(base.value)) for r in fact.readings]
    if fact.running:
        # 「累计建成1.31万个」 of a period: built in it, or all there are
        parts = [replace(r, zh="“累计”即期内建成，加基期", en="累计 since the base") for r in parts]
        parts += [
            replace(r, zh="“累计”即现有总数", en="累计 as all there are") for r in fact.readings
        ]
    return replace(
        fact,
        readings=tuple(parts),
        zh=f"基期{written(base.known.statement)}加期内{fact.zh}"
        + ("（“累计”也可读作现有总数）" if fact.running else ""),
        en=f"{written(base.known.statement)} in the base year and {fact.en}",
        evidence=(*fact.evidence, base.known.evidence),
    )


def _unknown(
    target: Known, found: Sequence[Near], why: Open, scene: Scene, judged: Judged | None = None
) -> Settled:
    aside = beside(target, found, scene)
    facts = judged.facts if judged is not None else ()
    evidence = [each for fact in facts for each in fact.evidence]
    evidence += [*why.evidence, *(each for one in aside for each in one.evidence)]
    verdict = Verdict(
        answer="unknown",
        of=target.statement.id,
        method=_method(target, judged),
        as_of=_as_of(judged, scene),
        reason=f"{why.zh}。",
        reason_en=f"{why.en[0].upper()}{why.en[1:]}.",
        evidence=tuple(dict.fromkeys(evidence)),
        missing=(Missing(why.missing, why.holder or scene.holder(target)),),
    )
    within = any(
        each.statement.period.last >= scene.span.first
        or (each.comparison.comparable and not each.statement.period.known)
        for each in found
    )
    silent = not within and target.statement.op != "qual" and judged is None
    return Settled(target.statement, verdict, "后续文件未披露" if silent else "无法评价", aside)


def _answered(target: Known, judged: Judged, source: Statement | None, scene: Scene) -> Settled:
    statement = target.statement
    asked = written(statement)
    if source is not None:
        asked = f"{asked}（{written(source)}，{source.document}）"
    seen = "；".join(dict.fromkeys(fact.zh for fact in judged.facts))
    seen_en = "; ".join(dict.fromkeys(fact.en for fact in judged.facts))
    ends = {
        "met": (f"达到目标{asked}", f"meets the goal {asked}"),
        "not_met": (f"未达到目标{asked}", f"misses the goal {asked}"),
        "depends": (
            f"是否达到目标{asked}取决于读法",
            f"whether this meets the goal {asked} depends on the reading",
        ),
    }
    zh, en = ends[judged.answer]
    reason, reason_en = f"{seen}，{zh}", f"{seen_en}: {en}"
    if judged.conflict:
        reason = f"后续文件数据不一致：{reason}"
        reason_en = f"later documents conflict: {reason_en}"
    if statement.attr == "约束性" and judged.answer == "not_met":
        reason += "；约束性指标，未完成即未履行承诺，不适用“基本完成”"
        reason_en += "; a binding target: a miss is a broken promise"
    share = _nearly(target, judged, source, scene)
    if share is not None:
        limit = nearness.shown(scene.nearly)
        reason += f"；达到所需的{nearness.shown(share)}，不低于{limit}，预期性指标，属“基本完成”"
        reason_en += (
            f"; {nearness.shown(share)} of what was needed, and at least {limit}: nearly met"
        )
    evidence = [each for fact in judged.facts for each in fact.evidence]
    if source is not None:
        evidence.append(source.evidence)
    verdict = Verdict(
        answer=judged.answer,
        of=statement.id,
        method=_method(target, judged) + ("；§7.13 基本完成" if share is not None else ""),
        as_of=_as_of(judged, scene),
        reason=f"{reason}。",
        reason_en=f"{reason_en[0].upper()}{reason_en[1:]}.",
        evidence=tuple(dict.fromkeys(evidence)),
        gap=_gap(target, judged),
        readings=judged.readings,
    )
    classes: dict[str, Class] = {"met": "完成", "not_met": "未完成", "depends": "取决于读法"}
    return Settled(statement, verdict, "基本完成" if share else classes[judged.answer])


def _nearly(target: Known, judged: Judged, source: Statement | None, scene: Scene) -> float | None:
    """The share reached, where it makes a missed 预期性 target 基本完成 (§7.13)."""
    if judged.answer != "not_met" or target.statement.attr != "预期性":
        return None
    asked = source if source is not None and source.role == "target" else target.statement
    share = nearness.reached(target, asked, judged.facts)
    return share if share is not None and share >= scene.nearly - 1e-9 else None


def _gap(target: Known, judged: Judged) -> Gap | None:
    """The smallest change that would turn a miss, in the target's unit."""
    if judged.shortfall is None:
        return None
    start, end, is_open = judged.shortfall
    statement, indicator = target.statement, target.indicator
    by, unit = factor(statement, indicator.dimension), statement.unit
    if statement.op == "x":
        by, unit = 1.0, "倍"
    elif not unit and by != 1.0:
        by, unit = 1.0, "%"  # a fraction in words is shown in per cent
    if counted(indicator) and statement.op != "x":
        end = first_that_meets(end, is_open=is_open, whole=True, from_above=end < start)
    change = {"+": "增加量", "-": "减少量", "x": "对基期的倍数"}.get(statement.op, "")
    return Gap(statement.subject + change, round(start / by, 10), round(end / by, 10), unit)


def _method(target: Known, judged: Judged | None) -> str:
    """The rules that gave the answer, by their numbers in ``docs/semantics.md``."""
    statement = target.statement
    parts = ["§7 后续文件同口径事实"]
    if statement.op == "~" or hedged(statement, "about"):
        parts.append("§2.2 左右")
    if statement.op == ">" or exceeding(statement):
        parts.append("§2.4 超过")
    if judged is not None and judged.conflict:
        parts.append("§7.9 数据不一致")
    if statement.attr:
        parts.append(f"§3 {statement.attr}")
    return "；".join(parts)


def _as_of(judged: Judged | None, scene: Scene) -> str:
    facts = judged.facts if judged is not None else ()
    cited = {document for fact in facts for document in fact.documents}
    return max((scene.dates.get(document, "") for document in cited), default="")
