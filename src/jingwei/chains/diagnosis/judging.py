"""Fill, secure, strengthen: what a link needs, by the printed table, and what would change that.

Rules are three-valued: a condition on what is not known is unknown. The first rule that holds is the
verdict; where a rule before it is unknown the facts that would tell it are named as missing. Where no
rule holds and some are unknown, the verdict is 证据不足. A verdict that turns within the band around a
threshold, or with the rater, shows both.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf, isfinite
from typing import Literal

from jingwei.chains.diagnosis.measures import Measured, Measures
from jingwei.chains.diagnosis.rules import Condition, Rule, Rules, words
from jingwei.chains.graph import Edition, Vertex
from jingwei.core import Answer, Evidence, Gap, Missing, Reading, Verdict

METHOD = "§33.2"
_COUNTS = {"suppliers", "local_suppliers", "lost", "dependent", "technology"}
_TOLD: tuple[tuple[Literal["strict", "lenient"], str], ...] = (
    ("strict", "从严（阈值收紧一成或取较差的评定）"),
    ("lenient", "从宽（阈值放宽一成或取较好的评定）"),
)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What one link needs: ``actions`` of 补, 固, 强, 稳; two where it is borderline, () if unknown.

    ``verdict`` answers whether the link is sound: met is 稳, not_met is any need.
    """

    node: Vertex
    actions: tuple[str, ...]
    verdict: Verdict
    measures: Mapping[str, Measured]
    facts: tuple[str, ...]

    @property
    def weak(self) -> bool:
        """Whether it needs something under every reading."""
        return self.verdict.answer == "not_met"


def diagnose(
    edition: Edition, rules: Rules, day: date, before: Edition | None = None
) -> tuple[Diagnosis, ...]:
    """Every node of a chain that stands on its template, in the order of ids."""
    measures = Measures(edition, rules, day, before)
    nodes = [each for each in edition.vertices("node") if each.stage]
    return tuple(judge(node, measures.of(node.id), rules) for node in nodes)


def judge(node: Vertex, measured: Mapping[str, Measured], rules: Rules) -> Diagnosis:
    """What a node needs, from its measures."""
    plain = _outcome(measured, rules, lambda m, c: _holds(m, c))
    readings: dict[str, _Outcome] = {"按规则": plain}
    for which, told in _TOLD:
        readings[told] = _outcome(measured, rules, _read_as(which, rules.band))
    actions = tuple(dict.fromkeys(o.rule.action for o in readings.values() if o.rule is not None))
    facts = (plain.rule or rules.rules[0]).facts
    evidence = _evidence(measured, facts, plain)
    answers = {each.answer for each in readings.values()}
    as_of = max((measured[name].as_of for name in facts), default="")
    if len(answers) > 1 and "unknown" not in answers:
        verdict = Verdict(
            "depends", node.id, f"{METHOD} {'/'.join(actions)}", as_of,
            f"“{node.name}”在阈值边上：{'；'.join(_read(r, o) for r, o in readings.items())}。",
            f"{node.name} is borderline: {'/'.join(actions)}.",
            evidence, _missing(measured, plain, facts), _gap(measured, plain),
            tuple(Reading(told, each.answer) for told, each in readings.items()),
        )  # fmt: skip
    else:
        verdict = _plain(node, measured, plain, actions, evidence, as_of, facts)
    return Diagnosis(node, actions if plain.rule is not None else (), verdict, measured, facts)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The rule that holds (None: cannot be told), its conditions, and rules not told before it."""

    rule: Rule | None
    holding: tuple[Condition, ...]
    untold: tuple[Condition, ...]
    sound: bool

    @property
    def answer(self) -> Answer:
        if self.rule is None:
            return "unknown"
        return "met" if self.sound else "not_met"


Compare = Callable[[Measured, Condition], bool | None]


def _outcome(measured: Mapping[str, Measured], rules: Rules, compare: Compare) -> _Outcome:
    untold: list[Condition] = []
    for rule in rules.rules:
        told = [(each, compare(measured[each.measure], each)) for each in rule.any]
        holding = tuple(each for each, holds in told if holds)
        if holding:
            return _Outcome(rule, holding, tuple(untold), False)
        untold += [each for each, holds in told if holds is None]
    if any(each.measure not in rules.may_be_unknown for each in untold):
        return _Outcome(None, (), tuple(untold), False)
    return _Outcome(rules.sound, (), tuple(untold), True)


def _holds(measured: Measured, condition: Condition) -> bool | None:
    """Whether a condition holds over the whole interval; None where it does over a part only."""
    if measured.low is None or measured.high is None:
        return None
    low, high, value = measured.low, measured.high, condition.value
    if measured.disputed:  # of several words the worse counts; each end is a reading
        low = high = low if condition.op.startswith("<") else high
    match condition.op:
        case "<":
            return True if high < value else (False if low >= value else None)
        case "<=":
            return True if high <= value else (False if low > value else None)
        case ">":
            return True if low > value else (False if high <= value else None)
        case _:
            return True if low >= value else (False if high < value else None)


def _read_as(which: Literal["strict", "lenient"], band: float) -> Compare:
    """Strict: the threshold moved so that more links are weak; lenient: so that fewer are."""

    def compare(measured: Measured, condition: Condition) -> bool | None:
        if measured.low is None or measured.high is None:
            return None
        below = condition.op.startswith("<")
        if measured.disputed:
            worst, best = (measured.low, measured.high) if below else (measured.high, measured.low)
            end = worst if which == "strict" else best
            return _holds(Measured(measured.name, end, end), condition)
        if condition.measure in _COUNTS:
            return _holds(measured, condition)
        widen = (1 + band) if below == (which == "strict") else (1 - band)
        return _holds(measured, Condition(condition.measure, condition.op, condition.value * widen))

    return compare


def _read(told: str, outcome: _Outcome) -> str:
    return f"{told}为{outcome.rule.action if outcome.rule else '证据不足'}"


def _plain(
    node: Vertex,
    measured: Mapping[str, Measured],
    outcome: _Outcome,
    actions: Sequence[str],
    evidence: tuple[Evidence, ...],
    as_of: str,
    facts: Sequence[str],
) -> Verdict:
    missing = _missing(measured, outcome, facts)
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
    both = f"（阈值边上：{shown}都说得通）" if len(actions) > 1 else ""
    return Verdict(
        outcome.answer, node.id, f"{METHOD} {shown}", as_of,
        f"“{node.name}”应{outcome.rule.action}：{outcome.rule.told}{f'：{why}' if why else ''}{both}。"
        if outcome.holding
        else f"“{node.name}”{outcome.rule.action}：{outcome.rule.told}。",
        f"{node.name}: {outcome.rule.en}, {outcome.rule.told_en}"
        + (f" ({why_en})." if why_en else "."),
        evidence, missing, _gap(measured, outcome),
    )  # fmt: skip


def _why(measured: Measured, condition: Condition) -> str:
    if condition.measure == "dependent":
        return "三项对外依赖检验都超过阈值"
    if condition.measure == "technology":
        return "技术水平为跟跑"
    return f"{measured}（规则：{condition}）"


def _evidence(
    measured: Mapping[str, Measured], facts: Sequence[str], outcome: _Outcome
) -> tuple[Evidence, ...]:
    names = [*facts, *(each.measure for each in outcome.holding)]
    return tuple(
        dict.fromkeys(one for name in dict.fromkeys(names) for one in measured[name].evidence)
    )


def _missing(
    measured: Mapping[str, Measured], outcome: _Outcome, facts: Sequence[str]
) -> tuple[Missing, ...]:
    names = [each.measure for each in outcome.untold]
    names += [name for name in facts if not measured[name].known]
    return tuple(Missing(words(name).zh, words(name).holder) for name in dict.fromkeys(names))


def _gap(measured: Mapping[str, Measured], outcome: _Outcome) -> Gap | None:
    """What would have to change for the first condition to stop holding."""
    for each in outcome.holding:
        it, found = words(each.measure), measured[each.measure]
        value = found.high if each.op.startswith("<") else found.low
        if value is None or not isfinite(value) or each.measure == "dependent":
            continue
        to = each.value
        if each.measure in _COUNTS:
            to = each.value + {"<=": 1, "<": 0, ">=": -1, ">": 0}[each.op]
        if value != to or each.op in ("<", ">"):
            return Gap(it.zh, value if value != inf else each.value, to, it.unit)
    return None
