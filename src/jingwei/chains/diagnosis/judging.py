"""Fill, secure, strengthen: what a link needs, by the printed table, and what would change that.

Rules are three-valued: a condition on what is not known is unknown. The first rule that holds is the
verdict; where a rule before it is unknown the facts that would tell it are named as missing. Where no
rule holds and some are unknown, the verdict is 证据不足. A verdict that turns within the band around a
threshold, with the rater or the source, or within an interval that a threshold divides, shows both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jingwei.chains.diagnosis.changes import Change, applied, changes
from jingwei.chains.diagnosis.consequences import consequences
from jingwei.chains.diagnosis.measured import Measured
from jingwei.chains.diagnosis.measures import Measures
from jingwei.chains.diagnosis.outcomes import (
    Outcome,
    by_source,
    divided,
    holds,
    outcome_of,
    read_as,
)
from jingwei.chains.diagnosis.rules import Condition, Rules, words
from jingwei.chains.graph import Edition, Template, Vertex, unlaid
from jingwei.core import Evidence, Finding, Gap, Missing, Reading, Verdict

METHOD = "§33.2"
_NO_STAGES = Template("", "", ())
_TOLD: tuple[tuple[Literal["strict", "lenient"], str], ...] = (
    ("strict", "从严（阈值收紧一成或取较差的评定）"),
    ("lenient", "从宽（阈值放宽一成或取较好的评定）"),
)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What one link needs: ``actions`` of 补, 固, 强, 稳; two where it is borderline, () if unknown.

    ``verdict`` answers whether the link is sound: met is 稳, not_met is any need. ``changes`` are what
    would have to change together for its need to turn; ``findings`` what cannot be as it is stated.
    """

    node: Vertex
    actions: tuple[str, ...]
    verdict: Verdict
    measures: Mapping[str, Measured]
    facts: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def mark(self) -> str:
        """What it needs in short, with 不能定 where a reading leaves it open; "" if unknown."""
        open_ = any(each.answer == "unknown" for each in self.verdict.readings)
        return "/".join((*self.actions, *(["不能定"] if open_ and self.actions else [])))

    @property
    def weak(self) -> bool:
        """Whether it needs something under every reading."""
        return self.verdict.answer == "not_met"


def diagnose(
    edition: Edition, rules: Rules, day: date, before: Sequence[Edition] = (), region: str = ""
) -> tuple[Diagnosis, ...]:
    """Every node of a chain but fields and the chain itself, in the order of ids.

    A node that stands in no stage is a link all the same. Seen from ``region``, that of the edition
    where none is given.
    """
    measures = Measures(edition, rules, day, before, region)
    placeless = {each.id for each in unlaid(edition.vertices("node"), _NO_STAGES)}
    nodes = [each for each in edition.vertices("node") if each.stage or each.id in placeless]
    return tuple(
        judge(node, measured, rules, findings)
        for node in nodes
        for measured, findings in (measures.told_of(node.id),)
    )


def judge(
    node: Vertex,
    measured: Mapping[str, Measured],
    rules: Rules,
    findings: tuple[Finding, ...] = (),
) -> Diagnosis:
    """What a node needs, from its measures; ``findings`` are what about them cannot be."""
    measured = consequences(measured)
    plain = outcome_of(measured, rules, holds)
    readings: dict[str, Outcome] = {"按规则": plain}
    for which, told in _TOLD:
        readings[told] = outcome_of(measured, rules, read_as(which, rules.band))
    sources = {
        f"按“{source}”": outcome_of(own, rules, holds) for source, own in by_source(measured)
    }
    ends = {told: outcome_of(own, rules, holds) for told, own in divided(measured, rules)}
    readings |= sources | ends
    actions = tuple(dict.fromkeys(o.rule.action for o in readings.values() if o.rule is not None))
    facts = _three([plain, *readings.values()], rules)
    evidence = _evidence(measured, facts, plain, rules)
    answers = {each.answer for each in readings.values()}
    as_of = max((measured[name].as_of for name in facts), default="")
    differ = len({_action(each) for each in readings.values()}) > 1
    needed: tuple[Change, ...] = ()
    if plain.rule is not None:
        needed = _turning(measured, rules, borderline=differ)
    first = needed[0].gap if needed else None
    if len(answers) > 1 and plain.rule is not None:
        zh, en = _two_ways(readings, sources, ends)
        verdict = Verdict(
            "depends", node.id, f"{METHOD} {'/'.join(actions)}", as_of,
            f"“{node.name}”{zh}。", f"{node.name}: {en}: {'/'.join(actions)}.",
            evidence, _missing(measured, [*readings.values()], facts), first,
            tuple(Reading(told, each.answer) for told, each in readings.items()),
        )  # fmt: skip
    else:
        both = _two_ways(readings, sources, ends)[0] if len(actions) > 1 else ""
        verdict = _plain(node, measured, plain, actions, evidence, as_of, facts, both, first)
    shown = actions if plain.rule is not None else ()
    return Diagnosis(node, shown, verdict, measured, facts, needed, findings)


def _turning(
    measured: Mapping[str, Measured], rules: Rules, *, borderline: bool
) -> tuple[Change, ...]:
    """What has to change together for a need to turn in every reading: also at the worse end of an
    interval that a threshold divides."""
    needed = changes(measured, rules, borderline=borderline)
    for _, own in divided(applied(measured, needed), rules):
        more = changes(own, rules, borderline=borderline)
        told = {each.measure for each in needed}
        needed = (*needed, *(each for each in more if each.measure not in told))
    return needed


def _three(outcomes: Sequence[Outcome], rules: Rules) -> tuple[str, ...]:
    """The facts behind a verdict: those that decide it in any reading, then those of its rule (that of
    the first reading), three in all."""
    plain = outcomes[0].rule is not None  # of what cannot be told nothing decides
    deciding = list(dict.fromkeys(e.measure for o in outcomes if plain for e in o.holding))
    named = dict.fromkeys([*deciding, *(outcomes[0].rule or rules.rules[0]).facts])
    return tuple(named)[: max(3, len(deciding))]


def _two_ways(
    readings: Mapping[str, Outcome], sources: Mapping[str, Outcome], ends: Mapping[str, Outcome]
) -> tuple[str, str]:
    """Why there are two answers: the sources differ, an interval is divided, or the band is met."""
    by_name = {_action(each) for each in sources.values()}
    band = {name: each for name, each in readings.items() if name not in {**sources, **ends}}
    if len(by_name) > 1 and {_action(each) for each in band.values()} <= by_name:
        band = {}  # the sources are what is strict and lenient here
    zh: list[str] = []
    en: list[str] = []
    for some, told, told_en in (
        (sources, "因来源而异", "the sources differ, both are shown"),
        (ends, "数据只给出区间，跨过阈值", "an interval divided by its threshold"),
        (band, "在阈值边上", "borderline"),
    ):
        if len({_action(each) for each in some.values()}) > 1:
            zh.append(f"{told}：{'；'.join(_read(name, each) for name, each in some.items())}")
            en.append(told_en)
    return "。".join(zh), "; ".join(en)


def _action(outcome: Outcome) -> str:
    return outcome.rule.action if outcome.rule is not None else "不能定"


def _read(told: str, outcome: Outcome) -> str:
    return f"{told}为{_action(outcome)}"


def _plain(
    node: Vertex,
    measured: Mapping[str, Measured],
    outcome: Outcome,
    actions: Sequence[str],
    evidence: tuple[Evidence, ...],
    as_of: str,
    facts: Sequence[str],
    both: str,
    gap: Gap | None,
) -> Verdict:
    missing = _missing(measured, [outcome], facts)
    if outcome.rule is None:
        open_ = list(dict.fromkeys(words(each.measure).zh for each in outcome.untold))
        open_en = list(dict.fromkeys(words(each.measure).en for each in outcome.untold))
        return Verdict(
            "unknown", node.id, METHOD, as_of,
            f"“{node.name}”证据不足：不知道{'、'.join(open_)}。",
            f"{node.name}: not enough evidence; not known: {', '.join(open_en)}.",
            evidence, missing,
        )  # fmt: skip
    shown = "/".join(actions)
    why = "；".join(_why(measured[each.measure], each) for each in outcome.holding)
    why_en = "; ".join(f"{words(e.measure).en} {e.op} {e.value:g}" for e in outcome.holding)
    both = f"（{both}；{shown}都说得通）" if both else ""
    what = "；".join(dict.fromkeys(e.told for e in outcome.holding if e.told)) or outcome.rule.told
    what_en = "; ".join(dict.fromkeys(e.told_en for e in outcome.holding if e.told_en))
    what_en = what_en or outcome.rule.told_en
    if outcome.holding and outcome.untold:  # a graver need, tried before, cannot be ruled out
        open_ = "、".join(dict.fromkeys(words(each.measure).zh for each in outcome.untold))
        both += f"（更重的结论还排除不了：不知道{open_}）"
    return Verdict(
        outcome.answer, node.id, f"{METHOD} {shown}", as_of,
        f"“{node.name}”应{outcome.rule.action}：{what}{f'：{why}' if why else ''}{both}。"
        if outcome.holding
        else f"“{node.name}”{outcome.rule.action}：{outcome.rule.told}{both}。",
        f"{node.name}: {outcome.rule.en}, {what_en}"
        + (f" ({why_en})." if why_en else "."),
        evidence, missing, gap,
    )  # fmt: skip


def _why(measured: Measured, condition: Condition) -> str:
    if condition.measure == "dependent":
        return "三项对外依赖检验都超过阈值"
    if condition.measure == "technology":
        return "技术水平为跟跑"
    return f"{measured}（规则：{condition}）"


def _evidence(
    measured: Mapping[str, Measured], facts: Sequence[str], outcome: Outcome, rules: Rules
) -> tuple[Evidence, ...]:
    names = [*facts, *(each.measure for each in outcome.holding)]
    if outcome.sound:  # what every rule was held against is what makes it sound
        names += [each.measure for rule in rules.rules for each in rule.any]
    return tuple(
        dict.fromkeys(one for name in dict.fromkeys(names) for one in measured[name].evidence)
    )


def _missing(
    measured: Mapping[str, Measured], outcomes: Sequence[Outcome], facts: Sequence[str]
) -> tuple[Missing, ...]:
    names = [each.measure for outcome in outcomes for each in outcome.untold]
    names += [name for name in facts if not measured[name].known]
    return tuple(Missing(words(name).zh, words(name).holder) for name in dict.fromkeys(names))
