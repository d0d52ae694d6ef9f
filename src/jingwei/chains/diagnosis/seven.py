"""The seven needs of a chain (强补延育锻融整): each from two measured inputs or more, or 证据不足.

An input's score is its value over its threshold, at most 1 (threshold over value where less is
better); a dimension's score is the mean of its inputs. Met is a dimension whose inputs all reach
their thresholds.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import inf
from typing import Any

from jingwei.chains.diagnosis.judging import Diagnosis
from jingwei.chains.diagnosis.measured import Measured
from jingwei.chains.diagnosis.measures import Measures
from jingwei.chains.diagnosis.rules import words
from jingwei.chains.diagnosis.shape import Shape
from jingwei.chains.diagnosis.technology import movements
from jingwei.chains.graph import Edition, Template, node_id
from jingwei.core import Evidence, Formula, Missing, Verdict

METHOD = "§33.4"
LEAST = 2  # measured inputs below which a dimension is 证据不足


@dataclass(frozen=True, slots=True)
class Input:
    """One input: its value and evidence, or None; ``score`` in [0, 1]."""

    name: str
    en: str
    value: float | None
    threshold: float
    more: bool
    evidence: tuple[Evidence, ...] = ()

    @property
    def met(self) -> bool | None:
        if self.value is None:
            return None
        return self.value >= self.threshold if self.more else self.value <= self.threshold

    @property
    def score(self) -> float | None:
        if self.value is None:
            return None
        if self.more:
            return max(0.0, min(1.0, self.value / self.threshold))
        return 1.0 if self.value <= self.threshold else self.threshold / self.value

    def __str__(self) -> str:
        sign = "≥" if self.more else "≤"
        shown = "证据不足" if self.value is None else f"{self.value:.3g}"
        return f"{self.name}{shown}（{sign}{self.threshold:g}）"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the seven: its inputs, its score (None where fewer than two are measured)."""

    name: str
    en: str
    inputs: tuple[Input, ...]
    score: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Scene:
    edition: Edition
    template: Template
    diagnosed: Sequence[Diagnosis]
    measures: Measures
    shape: Shape


Counted = tuple[float, tuple[Evidence, ...]] | None


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
    measured = [each for each in inputs if each.value is not None]
    missing = tuple(Missing(each.name, "行业主管部门") for each in inputs if each.value is None)
    evidence = tuple(dict.fromkeys(one for each in measured for one in each.evidence))
    shown = "；".join(map(str, inputs))
    chain = scene.edition.head.chain
    of = f"{chain} {name}链"
    if len(measured) < LEAST or not evidence:
        reason = f"{name}链证据不足：至少要{LEAST}项实测，只有{len(measured)}项。{shown}。"
        english = f"{table['en']}: {len(measured)} measured inputs of the {LEAST} that are needed."
        verdict = Verdict("unknown", of, METHOD, "", reason, english, evidence, missing)
        return Dimension(name, table["en"], inputs, None, verdict)
    score = sum(each.score or 0.0 for each in measured) / len(measured)
    met = all(each.met for each in measured)
    reason = f"{name}链（{table['told']}）{'达到' if met else '未达到'}：{shown}。"
    english = f"{table['en']}: {'reached' if met else 'not reached'}, score {score:.2f}."
    answer = "met" if met else "not_met"
    verdict = Verdict(answer, of, METHOD, "", reason, english, evidence, missing)
    return Dimension(name, table["en"], inputs, score, verdict)


def _input(table: Mapping[str, Any], scene: _Scene) -> Input:
    more = "at_least" in table
    threshold = float(table["at_least"] if more else table["at_most"])
    names = table.get("fact")
    found = _stated(names, scene) if names else _COUNTED[table["measure"]](scene)
    value, evidence = found if found is not None else (None, ())
    return Input(table["name"], table["en"], value, threshold, more, evidence)


def _stated(names: Sequence[str], scene: _Scene) -> Counted:
    """A fact about the chain itself, else the mean over its nodes."""
    own = scene.measures.stated(node_id(scene.edition.head.chain), names)
    facts = [each for each in own if each.value is not None]
    if not facts:
        facts = [
            fact
            for each in scene.diagnosed
            for fact in scene.measures.stated(each.node.id, names)
            if fact.value is not None
        ]
    if not facts:
        return None
    values = [(each.value or 0.0) / (100 if each.unit in ("%", "％") else 1) for each in facts]
    return sum(values) / len(values), tuple(each.evidence for each in facts)


def _share(scene: _Scene, measure: str, holds: Callable[[float, float], bool | None]) -> Counted:
    """The part of the nodes of which it can be told that something holds."""
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
    if not told:
        return None
    formula = Formula(f"{words(measure).zh}可判的{len(told)}个环节中{sum(told)}个", tuple(evidence))
    return sum(told) / len(told), (formula,)


def _level_share(scene: _Scene) -> Counted:
    return _share(
        scene, "technology", lambda low, _: low >= scene.measures.rules.technology["并跑"]
    )


def _imported_share(scene: _Scene) -> Counted:
    return _share(scene, "import_share", lambda low, _: low > 0.5)


def _made_share(scene: _Scene) -> Counted:
    return _share(
        scene,
        "local_suppliers",
        lambda low, high: True if low >= 1 else (False if high == 0 else None),
    )


def _stages(scene: _Scene, names: Sequence[str]) -> Counted:
    told = {name: scene.shape.stages[name] for name in names}
    known = [made for made in told.values() if made is not None]
    if not known or len(known) < len(told):  # a stage that is not known could be either
        return None
    return sum(known) / len(known), scene.shape.verdict.evidence[:1]


def _stage_share(scene: _Scene) -> Counted:
    return _stages(scene, [each.name for each in scene.template.stages])


def _downstream_share(scene: _Scene) -> Counted:
    return _stages(scene, [each.name for each in scene.template.stages[-2:]])


def _value_rate(scene: _Scene) -> Counted:
    output = added = 0.0
    evidence: list[Evidence] = []
    for each in scene.diagnosed:
        made = scene.measures.stated(each.node.id, words("output").facts)
        worth = scene.measures.stated(each.node.id, words("value_added").facts)
        if made and worth and made[-1].value is not None and worth[-1].value is not None:
            output += made[-1].value
            added += worth[-1].value
            evidence += [made[-1].evidence, worth[-1].evidence]
    return None if output <= 0 else (added / output, tuple(evidence))


def _widest_reach(scene: _Scene) -> Counted:
    made: dict[str, list[Evidence]] = {}
    for each in scene.diagnosed:
        for edge in scene.measures.makers(each.node.id):
            if scene.measures.at_home(edge.from_):
                made.setdefault(edge.from_, []).append(edge.evidence)
    if not made:
        return None
    widest = max(sorted(made), key=lambda key: len(made[key]))
    return len(made[widest]) / len(scene.diagnosed), tuple(made[widest])


def _risen_share(scene: _Scene) -> Counted:
    ladder = scene.measures.rules.technology
    rated = {each.node.id for each in scene.diagnosed if each.measures["technology"].known}
    moved = [m for m in movements(scene.edition, words("technology").facts) if m.about in rated]
    up = [m for m in moved if ladder.get(m.after.word, -inf) > ladder.get(m.before.word, inf)]
    if not rated or not moved:
        return None
    return len({m.about for m in up}) / len(rated), tuple(one for m in moved for one in m.evidence)


def _across_share(scene: _Scene) -> Counted:
    """Links of supply between enterprises of which one is here and one known to be elsewhere."""
    told: list[bool] = []
    evidence: list[Evidence] = []
    for edge in scene.edition.every_edge():
        if edge.kind == "supplies" and edge.from_.startswith("e") and edge.holds:
            ends = [scene.measures.at_home(each) for each in (edge.from_, edge.to)]
            if None not in ends:
                told.append(ends[0] != ends[1])
                evidence.append(edge.evidence)
    return (sum(told) / len(told), tuple(evidence)) if told else None


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
