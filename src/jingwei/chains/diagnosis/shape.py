"""Short, broken and hollow chains (短链, 断链, 虚链), told apart by measure.

The words are those of the literature on chain modernisation, which gives no measure; these are ours.
A stage of the template is made here (a) if one of its nodes has a local supplier, not made here if
all its nodes have none, and unknown otherwise, as is a stage without nodes.

- broken: a stage that is not made here stands between two that are; or a node that is not made here
  lies on a path of supply between two nodes that are
- short: the stages made here form one unbroken run that covers less than a declared part of the
  template
- hollow: the run is long enough and unbroken, but its value is made elsewhere: value added over
  output, or local share weighted by output, is below a declared part
- whole: none of these

Where unknown stages leave more than one answer open, all of them are shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from jingwei.chains.diagnosis.amounts import amount, dimension_of, ratio, usual_dimension
from jingwei.chains.diagnosis.judging import Diagnosis
from jingwei.chains.diagnosis.measured import Measured
from jingwei.chains.diagnosis.measures import Measures
from jingwei.chains.diagnosis.rules import Rules, words
from jingwei.chains.graph import Edition, Fact, Template
from jingwei.core import Answer, Evidence, Formula, Missing, Reading, Verdict

Label = Literal["短", "断", "虚", "全"]
METHOD = "§33.5"
_MOST_GUESSED = 12
EN = {"短": "short", "断": "broken", "虚": "hollow", "全": "whole"}


@dataclass(frozen=True, slots=True)
class Shape:
    """The label, or the labels still open; what is made here by stage; the verdict whether whole."""

    labels: tuple[Label, ...]
    stages: Mapping[str, bool | None]
    breaks: tuple[str, ...]
    verdict: Verdict


def shape_of(
    edition: Edition,
    template: Template,
    diagnosed: Sequence[Diagnosis],
    measures: Measures,
    rules: Rules,
) -> Shape:
    """The shape of a chain. ``breaks`` names the stages and nodes at which it is broken."""
    here = {each.node.id: _made_here(each.measures["local_suppliers"]) for each in diagnosed}
    stages = {each.name: _stage(each.name, diagnosed, here) for each in template.stages}
    breaks = _broken_paths(edition, here)
    value, value_evidence = _value(diagnosed, measures, rules)
    open_ = [name for name, made in stages.items() if made is None]
    found: list[Label] = []
    # beyond a dozen unknown stages every shape is open, and 2^n guesses would say no more
    known = open_ if len(open_) <= _MOST_GUESSED else []
    if len(open_) > _MOST_GUESSED:
        found = ["断", "短", "虚", "全"]
    for guess in product((True, False), repeat=len(known)):
        filled = {**stages, **dict(zip(known, guess, strict=True))}
        for hollow in (True, False) if value is None else (value,):
            label = _label(
                [bool(filled[e.name]) for e in template.stages], bool(breaks), hollow, rules
            )
            if label not in found:
                found.append(label)
    order = ("断", "短", "虚", "全")
    labels = tuple(sorted(found, key=order.index))
    gaps = _gaps([(each.name, stages[each.name]) for each in template.stages])
    names = {each.node.id: each.node.name for each in diagnosed}
    told = (*gaps, *(names[key] for key in breaks))
    evidence = tuple(
        one for each in diagnosed for one in each.measures["local_suppliers"].evidence[:1]
    )
    written = "、".join(
        f"{k}{'有' if v else ('无' if v is False else '不详')}" for k, v in stages.items()
    )
    proof: tuple[Evidence, ...] = (Formula(f"各段本地供应：{written}", evidence), *value_evidence)
    return Shape(labels, stages, told, _verdict(edition, labels, told, proof, open_, value))


def _label(filled: Sequence[bool], broken: bool, hollow: bool, rules: Rules) -> Label:
    first = filled.index(True) if True in filled else 0
    last = len(filled) - 1 - filled[::-1].index(True) if True in filled else -1
    if broken or not all(filled[first : last + 1]):
        return "断"
    if (last - first + 1) / len(filled) < rules.shape["short"]:
        return "短"
    return "虚" if hollow else "全"


def _made_here(measured: Measured) -> bool | None:
    if measured.low is None or measured.high is None:
        return None
    return True if measured.low >= 1 else (False if measured.high == 0 else None)


def _stage(
    name: str, diagnosed: Sequence[Diagnosis], here: Mapping[str, bool | None]
) -> bool | None:
    made = [here[each.node.id] for each in diagnosed if each.node.stage == name]
    if True in made:
        return True
    return False if made and None not in made else None


def _gaps(stages: Sequence[tuple[str, bool | None]]) -> tuple[str, ...]:
    """Stages that are not made here between two that are."""
    filled = [k for k, (_, made) in enumerate(stages) if made]
    return tuple(
        name
        for k, (name, made) in enumerate(stages)
        if made is False and filled and filled[0] < k < filled[-1]
    )


def _broken_paths(edition: Edition, here: Mapping[str, bool | None]) -> tuple[str, ...]:
    """Nodes not made here that are supplied by one made here and supply one made here."""
    found: list[str] = []
    for key, made in here.items():
        if made is False:
            before = [e.from_ for e in edition.into(key, "supplies") if e.holds]
            after = [e.to for e in edition.out_of(key, "supplies") if e.holds]
            if any(here.get(each) for each in before) and any(here.get(each) for each in after):
                found.append(key)
    return tuple(found)


def _value(
    diagnosed: Sequence[Diagnosis], measures: Measures, rules: Rules
) -> tuple[bool | None, tuple[Evidence, ...]]:
    """Whether the value is made elsewhere, None where neither ratio is known."""
    proofs: list[Evidence] = []
    told: list[str] = []
    holds: list[bool] = []
    nodes = [each.node.id for each in diagnosed]
    made, worth = (
        {key: _amounts(measures, key, name) for key in nodes} for name in ("output", "value_added")
    )
    whole = ratio([(key, made[key], worth[key]) for key in nodes])
    if whole.output > 0:
        holds.append(whole.added / whole.output < rules.shape["value_added"])
        told.append(f"增加值率 {whole.added / whole.output:.1%}")
        proofs += whole.evidence
    usual = usual_dimension([fact for facts in made.values() for fact in facts])
    weighted = weights = 0.0
    for each in diagnosed:
        share = each.measures["local_share"]
        weight = {amount(f) for f in made[each.node.id] if dimension_of(f) == usual}
        if len(weight) == 1 and share.low is not None and share.low == share.high:
            weights += max(weight)
            weighted += max(weight) * share.low
            proofs += [*(f.evidence for f in made[each.node.id]), *share.evidence[:1]]
    if weights > 0:
        holds.append(weighted / weights < rules.shape["local_share"])
        told.append(f"按产值加权的本地配套率 {weighted / weights:.1%}")
    if whole.apart:
        names = {each.node.id: each.node.name for each in diagnosed}
        told.append(
            f"单位不能换算或说法不一、没有计入：{'、'.join(names[key] for key in whole.apart)}"
        )
    if not holds:
        return None, ()
    return any(holds), (Formula("；".join(told), tuple(dict.fromkeys(proofs))),)


def _amounts(measures: Measures, node: str, name: str) -> tuple[Fact, ...]:
    stated = measures.stated(node, words(name).facts)
    return tuple(each for each in stated if each.value is not None)


def _verdict(
    edition: Edition,
    labels: Sequence[Label],
    breaks: Sequence[str],
    proof: tuple[Evidence, ...],
    open_: Sequence[str],
    value: bool | None,
) -> Verdict:
    chain = edition.head.chain
    missing = tuple(
        Missing(f"“{name}”段有没有本地企业", words("complete").holder) for name in open_
    )
    if value is None:
        missing += (Missing("各环节产值、增加值或本地配套率", words("output").holder),)
    shown = "/".join(f"{each}链" if each != "全" else "完整" for each in labels)
    shown_en = "/".join(EN[each] for each in labels)
    at = f"，断在{'、'.join(breaks)}" if breaks and "断" in labels else ""
    answers: set[Answer] = {"met" if each == "全" else "not_met" for each in labels}
    if len(answers) == 1:
        answer = answers.pop()
        is_ = "可能是" if len(labels) > 1 else "是"
        reason = f"“{chain}”{'链条完整' if answer == 'met' else is_ + shown}{at}。"
        return Verdict(answer, chain, METHOD, "", reason, f"{chain} is {shown_en}.", proof, missing)
    reason = f"“{chain}”证据不足，可能是{shown}{at}。"
    english = f"{chain}: not enough evidence, it may be {shown_en}."
    if not missing:
        readings = tuple(Reading(each, "met" if each == "全" else "not_met") for each in labels)
        return Verdict("depends", chain, METHOD, "", reason, english, proof, readings=readings)
    return Verdict("unknown", chain, METHOD, "", reason, english, proof, missing)
