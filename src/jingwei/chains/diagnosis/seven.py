"""The seven needs of a chain (强补延育锻融整): each from two measured inputs or more, or 证据不足.

An input that cannot be told of every node is an interval: what is not known may be either way, and how
many could be told is shown. Its score is its value over its threshold, at most 1 (threshold over value
where less is better); a dimension's score is the mean of its inputs, as an interval too. Met is a
dimension whose inputs all reach their thresholds whatever the unknown nodes are, not met one of which
an input misses its threshold whatever they are; else it is 证据不足.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from math import inf
from typing import Any

from jingwei.chains.diagnosis.amounts import ratio
from jingwei.chains.diagnosis.judging import Diagnosis
from jingwei.chains.diagnosis.measured import Measured
from jingwei.chains.diagnosis.measures import Measures
from jingwei.chains.diagnosis.rules import every_fact, words
from jingwei.chains.diagnosis.shape import Shape
from jingwei.chains.diagnosis.technology import movements
from jingwei.chains.graph import Edition, Fact, Template, bounded, node_id
from jingwei.core import Evidence, Formula, Missing, Verdict

METHOD = "§33.4"
LEAST = 2  # measured inputs below which a dimension is 证据不足


@dataclass(frozen=True, slots=True)
class Input:
    """One input between ``low`` and ``high``, both None where nothing is known of it.

    ``told`` of ``of`` nodes (or links, or stages) could be told; ``score`` is within [0, 1].
    """

    name: str
    en: str
    low: float | None
    high: float | None
    threshold: float
    more: bool
    told: int = 0
    of: int = 0
    evidence: tuple[Evidence, ...] = ()

    @property
    def value(self) -> float | None:
        """The value where it is one, None where it is unknown or an interval."""
        return self.low if self.low == self.high else None

    @property
    def met(self) -> bool | None:
        if self.low is None or self.high is None:
            return None
        sure, possible = (self.low, self.high) if self.more else (-self.high, -self.low)
        threshold = self.threshold if self.more else -self.threshold
        return True if sure >= threshold else (False if possible < threshold else None)

    @property
    def score(self) -> tuple[float, float] | None:
        if self.low is None or self.high is None:
            return None
        ends = (self._scored(self.low), self._scored(self.high))
        return min(ends), max(ends)

    def _scored(self, value: float) -> float:
        if self.more:
            return max(0.0, min(1.0, value / self.threshold))
        return 1.0 if value <= self.threshold else self.threshold / value

    def __str__(self) -> str:
        sign = "≥" if self.more else "≤"
        shown = "证据不足"
        if self.low is not None and self.high is not None:
            shown = f"{self.low:.3g}"
            if self.high == inf:
                shown = f"至少{shown}"
            elif self.high != self.low:
                shown += f"—{self.high:.3g}"
        part = f"，{self.told}/{self.of}可判" if self.of and self.told < self.of else ""
        return f"{self.name}{shown}（{sign}{self.threshold:g}{part}）"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the seven: its inputs, and its score as an interval (None with fewer than two measured)."""

    name: str
    en: str
    inputs: tuple[Input, ...]
    score: tuple[float, float] | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Scene:
    edition: Edition
    template: Template
    diagnosed: Sequence[Diagnosis]
    measures: Measures
    shape: Shape


@dataclass(frozen=True, slots=True)
class _Span:
    """A value between ``low`` and ``high``, of which ``told`` of ``of`` things could be told."""

    low: float
    high: float
    told: int
    of: int
    evidence: tuple[Evidence, ...]


Counted = _Span | None


def known_measures() -> tuple[str, ...]:
    """Every name of a fact that serves a diagnosis, in the order of the tables."""
    own = [
        name
        for table in _tables().values()
        for each in table["inputs"]
        for name in each.get("fact", ())
    ]
    return tuple(dict.fromkeys((*every_fact(), *own, *bounded())))


def seven_needs(
    edition: Edition,
    template: Template,
    diagnosed: Sequence[Diagnosis],
    measures: Measures,
    shape: Shape,
) -> tuple[Dimension, ...]:
    """The seven dimensions, in their order."""
    scene = _Scene(edition, template, diagnosed, measures, shape)
    return tuple(_dimension(name, table, scene) for name, table in _tables().items())


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(
        files("jingwei.chains.diagnosis").joinpath("seven.toml").read_text("utf-8")
    )


def _dimension(name: str, table: Mapping[str, Any], scene: _Scene) -> Dimension:
    inputs = tuple(_input(each, scene) for each in table["inputs"])
    measured = [each for each in inputs if each.low is not None]
    open_ = [each for each in inputs if each.met is None]
    missing = tuple(
        Missing(
            each.name if each.low is None else f"{each.name}（{each.of - each.told}个不知）",
            "行业主管部门",
        )
        for each in inputs
        if each.low is None or each.told < each.of
    )
    evidence = tuple(dict.fromkeys(one for each in measured for one in each.evidence))
    shown = "；".join(map(str, inputs))
    chain = scene.edition.head.chain
    of = f"{chain} {name}链"
    if len(measured) < LEAST or not evidence:
        reason = f"{name}链证据不足：至少要{LEAST}项实测，只有{len(measured)}项。{shown}。"
        english = f"{table['en']}: {len(measured)} measured inputs of the {LEAST} that are needed."
        verdict = Verdict("unknown", of, METHOD, "", reason, english, evidence, missing)
        return Dimension(name, table["en"], inputs, None, verdict)
    scores = [each.score for each in measured if each.score is not None]
    low, high = (sum(each[k] for each in scores) / len(scores) for k in (0, 1))
    told = f"{low:.2f}" if low == high else f"{low:.2f} to {high:.2f}"
    if any(each.met is False for each in measured):
        answer, zh, en = "not_met", "未达到", "not reached"
    elif all(each.met for each in measured):
        answer, zh, en = "met", "达到", "reached"
    else:
        names = "、".join(each.name for each in open_ if each.low is not None)
        answer, zh, en = "unknown", f"证据不足（{names}尚不能定）", "not enough evidence"
    reason = f"{name}链（{table['told']}）{zh}：{shown}。"
    english = f"{table['en']}: {en}, score {told}."
    verdict = Verdict(answer, of, METHOD, "", reason, english, evidence, missing)
    return Dimension(name, table["en"], inputs, (low, high), verdict)


def _input(table: Mapping[str, Any], scene: _Scene) -> Input:
    more = "at_least" in table
    threshold = float(table["at_least"] if more else table["at_most"])
    names = table.get("fact")
    most = 1.0 if table.get("part", False) else inf
    found = _stated(names, scene, most) if names else _COUNTED[table["measure"]](scene)
    if found is None:
        return Input(table["name"], table["en"], None, None, threshold, more)
    return Input(
        table["name"], table["en"], found.low, found.high, threshold, more, found.told, found.of,
        found.evidence,
    )  # fmt: skip


def _stated(names: Sequence[str], scene: _Scene, most: float) -> Counted:
    """A fact about the chain itself, else the mean over its nodes: those not known lie in 0 to most."""
    own = [
        e for e in scene.measures.stated(node_id(scene.edition.head.chain), names)
        if e.value is not None
    ]  # fmt: skip
    if own:
        values = [_as_part(each) for each in own]
        return _Span(min(values), max(values), 1, 1, tuple(each.evidence for each in own))
    low = high = 0.0
    told = 0
    evidence: list[Evidence] = []
    for each in scene.diagnosed:
        facts = scene.measures.stated(each.node.id, names)
        values = [_as_part(fact) for fact in facts if fact.value is not None]
        low += min(values, default=0.0)
        high += max(values, default=most)
        told += bool(values)
        evidence += [fact.evidence for fact in facts if fact.value is not None]
    of = len(scene.diagnosed)
    return _Span(low / of, high / of, told, of, tuple(evidence)) if told else None


def _as_part(fact: Fact) -> float:
    return (fact.value or 0.0) / (100 if fact.unit in ("%", "％") else 1)


def _share(scene: _Scene, measure: str, holds: Callable[[float, float], bool | None]) -> Counted:
    """The part of the nodes of which something holds; a node that cannot be told may be either."""
    told: list[bool] = []
    evidence: list[Evidence] = []
    for each in scene.diagnosed:
        measured: Measured = each.measures[measure]
        if measured.low is None or measured.high is None:
            continue
        answer = holds(measured.low, measured.high)
        if answer is not None:
            told.append(answer)
            evidence += measured.evidence[:1]
    of = len(scene.diagnosed)
    written = f"{words(measure).zh}：{of}个环节中{len(told)}个可判，其中{sum(told)}个"
    return _between(told, of, (Formula(written, tuple(evidence)),))


def _between(told: Sequence[bool], of: int, evidence: tuple[Evidence, ...]) -> Counted:
    if not told:
        return None
    yes = sum(told)
    return _Span(yes / of, (yes + of - len(told)) / of, len(told), of, evidence)


def _above(limit: float) -> Callable[[float, float], bool | None]:
    return lambda low, high: True if low > limit else (False if high <= limit else None)


def _level_share(scene: _Scene) -> Counted:
    step = scene.measures.rules.technology["并跑"]
    return _share(
        scene,
        "technology",
        lambda low, high: True if low >= step else (False if high < step else None),
    )


def _imported_share(scene: _Scene) -> Counted:
    return _share(scene, "import_share", _above(0.5))


def _made_share(scene: _Scene) -> Counted:
    return _share(
        scene,
        "local_suppliers",
        lambda low, high: True if low >= 1 else (False if high == 0 else None),
    )


def _stages(scene: _Scene, names: Sequence[str]) -> Counted:
    told = [made for name in names if (made := scene.shape.stages[name]) is not None]
    return _between(told, len(names), scene.shape.verdict.evidence[:1])


def _stage_share(scene: _Scene) -> Counted:
    return _stages(scene, [each.name for each in scene.template.stages])


def _downstream_share(scene: _Scene) -> Counted:
    return _stages(scene, [each.name for each in scene.template.stages[-2:]])


def _value_rate(scene: _Scene) -> Counted:
    stated = [
        (
            each.node.id,
            *(
                [f for f in scene.measures.stated(each.node.id, words(name).facts) if f.value is not None]
                for name in ("output", "value_added")
            ),
        )
        for each in scene.diagnosed
    ]  # fmt: skip
    found = ratio([(node, made, worth) for node, made, worth in stated])
    if found.output <= 0:
        return None
    # how much the others make is not known, so their part in the ratio is not bounded but by 0 and 1
    told, of = len(found.outputs), len(scene.diagnosed)
    rate = found.added / found.output
    low, high = (rate, rate) if told == of else (min(rate, 0.0), max(rate, 1.0))
    return _Span(low, high, told, of, found.evidence)


def _widest_reach(scene: _Scene) -> Counted:
    made: dict[str, list[Evidence]] = {}
    for each in scene.diagnosed:
        for edge in scene.measures.makers(each.node.id):
            if scene.measures.at_home(edge.from_):
                made.setdefault(edge.from_, []).append(edge.evidence)
    if not made:
        return None
    of = len(scene.diagnosed)
    most = max(len(each) for each in made.values())
    # at a node whose local suppliers are not all known the widest firm may stand too
    told = [each for each in scene.diagnosed if _all_known(each.measures["local_suppliers"])]
    high = min(1.0, (most + of - len(told)) / of)
    widest = next(key for key in sorted(made) if len(made[key]) == most)
    return _Span(most / of, high, len(told), of, tuple(made[widest]))


def _all_known(measured: Measured) -> bool:
    return measured.known and measured.low == measured.high


def _risen_share(scene: _Scene) -> Counted:
    ladder = scene.measures.rules.technology
    names = words("technology").facts
    twice: dict[str, set[date | None]] = {}
    for each in scene.edition.facts:
        if each.measure in names and each.word in ladder:
            twice.setdefault(f"{each.about}\0{each.rater}", set()).add(each.day)
    rated = {key.split("\0")[0] for key, days in twice.items() if len(days) > 1}
    moved = movements(scene.edition, names)
    up = {m.about for m in moved if ladder.get(m.after.word, -inf) > ladder.get(m.before.word, inf)}
    told = [each.node.id in up for each in scene.diagnosed if each.node.id in rated]
    proof = [one for m in moved for one in m.evidence] or [
        one for e in scene.diagnosed if e.node.id in rated for one in e.measures["technology"].evidence
    ]  # fmt: skip
    return _between(told, len(scene.diagnosed), tuple(proof))


def _across_share(scene: _Scene) -> Counted:
    """Links of supply between enterprises of which one is here and one known to be elsewhere."""
    told: list[bool] = []
    evidence: list[Evidence] = []
    of = 0
    for edge in scene.edition.every_edge():
        if edge.kind == "supplies" and edge.from_.startswith("e") and edge.holds:
            of += 1
            ends = [scene.measures.at_home(each) for each in (edge.from_, edge.to)]
            if None not in ends:
                told.append(ends[0] != ends[1])
                evidence.append(edge.evidence)
    return _between(told, of, tuple(evidence))


_COUNTED: dict[str, Callable[[_Scene], Counted]] = {
    "level_share": _level_share,
    "imported_share": _imported_share,
    "made_share": _made_share,
    "stage_share": _stage_share,
    "downstream_share": _downstream_share,
    "value_rate": _value_rate,
    "widest_reach": _widest_reach,
    "risen_share": _risen_share,
    "across_share": _across_share,
}
