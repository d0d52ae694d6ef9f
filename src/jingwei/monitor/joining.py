"""A target that its plan states more than once is one target: one verdict, listed once (§7.14).

Where the places agree in number the others follow the one with the attribute (the row of the
table). Where they do not, the difference is named with the conversion of its units, and an answer
that depends on the place is none.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar, cast

from jingwei.core import Reading, Statement, Verdict, written_out
from jingwei.monitor.health.doubts import figures_of
from jingwei.monitor.health.figures import Ledger
from jingwei.monitor.health.values import check_values
from jingwei.monitor.rising import Rise, rises, with_paths
from jingwei.plans.amount import factor, numbers, written
from jingwei.plans.identification import identify
from jingwei.plans.pairing import copies


class Answered(Protocol):
    """A target with its answer: of a settlement, or of a status."""

    @property
    def target(self) -> Statement: ...
    @property
    def verdict(self) -> Verdict: ...
    @property
    def class_(self) -> str: ...
    @property
    def same_as(self) -> str: ...


A = TypeVar("A", bound=Answered)


@dataclass(frozen=True, slots=True)
class Joining:
    """Which targets of a plan are one: ``same`` by id of the copy the id it follows, ``apart`` by
    id of a target those that state it with another number; ``risen`` the paths of increases."""

    same: Mapping[str, str]
    apart: Mapping[str, tuple[Statement, ...]]
    risen: Mapping[str, Rise] = field(default_factory=dict[str, Rise])

    @classmethod
    def of(cls, plan: Sequence[Statement]) -> "Joining":
        known = {each.id: each for each in plan}
        # doubled from 2019 and doubled from 2020 are two goals
        same = {
            copy: lead
            for copy, lead in copies(plan).items()
            if known[copy].base_year == known[lead].base_year
        }
        found: dict[str, tuple[Statement, ...]] = {}
        for group in _contradictions(plan):
            lead, *others = sorted(group, key=lambda each: (each.attr is None, each.id in same))
            lead_id = same.get(lead.id, lead.id)
            others = [each for each in others if same.get(each.id) != lead_id]
            if others and lead_id not in found:
                found[lead_id] = tuple(others)
        return cls(same, found, rises(plan))

    def attr(self, target: Statement, plan: Mapping[str, Statement]) -> Statement:
        """The target with the attribute (约束性, 预期性) of the row it repeats."""
        lead = plan.get(self._lead(target.id))
        if target.attr is not None or lead is None or lead.attr is None:
            return target
        return replace(target, attr=lead.attr)

    def kin(self, identity: str) -> frozenset[str]:
        """The target and every other statement of it: what its one answer is joined from."""
        found = {identity}
        while True:
            more = {each for pair in self.same.items() if found.intersection(pair) for each in pair}
            for lead, others in self.apart.items():
                ids = {lead, *(other.id for other in others)}
                more |= ids if ids & found else set()
            more |= {rise.level for change, rise in self.risen.items() if change in found}
            if more <= found:
                return frozenset(found)
            found |= more

    def _lead(self, identity: str) -> str:
        lead = self.same.get(identity, identity)
        return next(
            (key for key, others in self.apart.items() if any(o.id == lead for o in others)), lead
        )

    def joined(self, answered: Sequence[A]) -> list[A]:
        """Every target with the answer of what it repeats, which is listed once."""
        answered = with_paths(answered, self.risen)
        by_id = {each.target.id: each for each in answered}
        done = dict(by_id)
        for copy, lead in self.same.items():
            if copy in by_id and lead in by_id:
                first = done[lead]
                if first.verdict.answer == "unknown" != by_id[copy].verdict.answer:
                    done[lead] = first = _as(by_id[copy], first, same_as="")
                done[copy] = _as(first, by_id[copy], same_as=lead)
        for lead, others in self.apart.items():
            known = [by_id[each.id] for each in others if each.id in by_id]
            if lead in done and known:
                done[lead] = first = _apart(done[lead], known)
                for each in known:
                    done[each.target.id] = _as(first, each, same_as=lead)
        for copy, lead in self.same.items():  # copies of what was joined just now
            if copy in done and lead in done:
                follows = done[lead].same_as or lead
                done[copy] = _as(done[follows], by_id[copy], same_as=follows)
        return [done[each.target.id] for each in answered]


def _contradictions(plan: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Targets of one document with two numbers, as the health check would name them (§9.4)."""
    documents: defaultdict[str, list[Statement]] = defaultdict(list)
    for each in plan:
        documents[each.document].append(each)
    for own in documents.values():
        findings, _ = check_values(Ledger(figures_of({own[0].document: own})))
        for finding in findings:
            if finding.kind not in ("two_values", "table_and_prose"):
                continue
            groups: defaultdict[object, list[Statement]] = defaultdict(list)
            for each in own:  # one row states a level and its rise: another number of another kind
                if each.role == "target" and each.evidence in finding.sides and _plain(each):
                    groups[each.period, each.measure == "flow"].append(each)
            yield from (g for g in groups.values() if len({_size(each) for each in g}) > 1)


def _plain(each: Statement) -> bool:
    return each.op in ("=", "~", ">", ">=", "<", "<=") and each.measure in (
        "level",
        "share",
        "flow",
    )


def _size(statement: Statement) -> tuple[float, float] | None:
    return numbers(statement, identify(statement).dimension)


def _as(source: A, target: A, same_as: str) -> A:
    """The answer of ``source`` as that of ``target``."""
    verdict = replace(source.verdict, of=target.target.id)
    made: A = replace(cast(Any, source), target=target.target, verdict=verdict, same_as=same_as)
    return made


def _apart(lead: A, others: Sequence[A]) -> A:
    """The answer to a target that its plan states with several numbers."""
    zh = "；".join(dict.fromkeys(_told(lead.target, each.target) for each in others))
    note = f"本规划另有一处数不同：{zh}"
    note_en = "this plan states it elsewhere with another number: " + "; ".join(
        dict.fromkeys(written(each.target) for each in others)
    )
    verdict, every = lead.verdict, (lead, *others)
    evidence = tuple(
        dict.fromkeys(
            [
                *(e for each in every for e in each.verdict.evidence),
                *(each.target.evidence for each in others),
            ]
        )
    )
    class_ = lead.class_
    if len({each.verdict.answer for each in every}) > 1:
        shown = tuple(
            dict.fromkeys(
                Reading(
                    f"按{written(each.target)}：{each.verdict.reason.rstrip('。')}",
                    each.verdict.answer,
                )
                for each in every
            )
        )
        verdict = replace(verdict, answer="depends", readings=shown, gap=None, missing=())
        class_ = "取决于读法"
        head = f"取决于按哪一处，须先核对原文；{note}"
        head_en = f"It depends on which place one takes; {note_en}"
        verdict = replace(verdict, reason=f"{head}。", reason_en=f"{head_en}.")
    else:
        verdict = replace(
            verdict,
            reason=f"{verdict.reason.rstrip('。')}；{note}，结论相同。",
            reason_en=f"{verdict.reason_en.rstrip('.')}; {note_en}: the answer is the same.",
        )
    method = "；".join(dict.fromkeys([verdict.method, "§7.14 一项目标两处"]))
    verdict = replace(verdict, method=method, evidence=evidence)
    made: A = replace(cast(Any, lead), verdict=verdict, class_=class_)
    return made


def _told(lead: Statement, other: Statement) -> str:
    """Both numbers, the other in the unit of the first where its own is another one."""
    dimension = identify(lead).dimension
    told = f"{_place(lead)}{written(lead)}，{_place(other)}{written(other)}"
    if lead.unit == other.unit or other.value is None:
        return told
    one, two = factor(lead, dimension), factor(other, dimension)
    told += f"（换算为{written_out(other.value * two / one, 4)}{lead.unit}）"
    if lead.value == other.value and one != two:
        told += "，数字相同而单位不同，疑为单位误写"
    return told


def _place(statement: Statement) -> str:
    return "指标表" if statement.attr is not None else "正文"
