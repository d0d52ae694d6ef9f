"""The settlement as a reader sees it, and what follows from it: the counts, and the list of
what cannot be signed, by the office that holds the missing fact."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jingwei.app.reports.evidence import Evidences, Proof, anchor
from jingwei.app.reports.model import Beside, Report, Settled
from jingwei.app.reports.words import section
from jingwei.core import Answer, Evidence, Gap, Reading, Span, Statement, written_out

SILENT = "后续文件未披露"
NEARLY = "基本完成"
_SIGNED = ("met", "not_met")
_SAME = "同一指标"  # beside an unknown, this is the fact that leaves it open (only a bound)
_PARAGRAPH = re.compile(r"§\d+(?:\.\d+)*")


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact held against a target: as printed, its period, the title of its document."""

    printed: str
    period: str
    document: str


@dataclass(frozen=True, slots=True)
class BesideView:
    relation: str
    zh: str
    en: str
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class SettledView:
    """One target; ``again`` are the other places that state it. ``gap`` is what is wanting, and from where to where; ``method`` the paragraphs and their names."""

    anchor: str
    target: Statement
    statement: str
    weight: str
    answer: Answer
    class_: str
    goal: str
    facts: tuple[FactView, ...]
    gap: tuple[str, str]
    reason: str
    reason_en: str
    readings: tuple[Reading, ...]
    method: str
    as_of: str
    target_proof: Proof
    again: tuple[Proof, ...]
    proofs: tuple[Proof, ...]
    beside: tuple[BesideView, ...]
    missing: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CountRow:
    """Targets of one weight ("" for all) by answer; ``bars`` is (answer, start, width) in %."""

    key: str
    zh: str
    en: str
    counts: dict[str, int]
    total: int

    @property
    def bars(self) -> list[tuple[str, float, float]]:
        bars: list[tuple[str, float, float]] = []
        at = 0
        for answer, count in self.counts.items():
            if count:
                bars.append(
                    (answer, round(100 * at / self.total, 2), round(100 * count / self.total, 2))
                )
            at += count
        return bars


@dataclass(frozen=True, slots=True)
class Holder:
    """An office and the facts to ask it for: (fact, the target that waits for it)."""

    name: str
    anchor: str
    facts: tuple[tuple[str, SettledView], ...]

    @property
    def of_table(self) -> int:
        """How many of them are for the indicator table."""
        return sum(bool(view.weight) for _, view in self.facts)


@dataclass(frozen=True, slots=True)
class PlanView:
    """The targets of one plan: those of its indicator table, those in prose, in its own order."""

    document: str
    anchor: str
    title: str
    counts: CountRow
    table: tuple[SettledView, ...]
    prose: tuple[SettledView, ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    """All settled targets, by plan; the counts and the requests that follow from them."""

    plans: tuple[PlanView, ...]
    rows: tuple[CountRow, ...]
    holders: tuple[Holder, ...]
    depends: tuple[SettledView, ...]
    silent: int
    """How many no later document reports again."""
    nearly: int
    """How many missed 预期性 targets are 基本完成 (docs/semantics.md §7.13)."""
    asked: dict[str, str]
    """Where to find the list of what to ask an office for: its name as stated → anchor."""

    @property
    def total(self) -> CountRow:
        return self.rows[-1]

    @property
    def signed(self) -> int:
        return sum(self.total.counts[answer] for answer in _SIGNED)


def settlement_of(report: Report, evidences: Evidences) -> Settlement | None:
    """The settlement of a report, None where none was made."""
    if report.settlement is None:
        return None
    again: defaultdict[str, list[Statement]] = defaultdict(list)
    for each in report.settlement:
        again[each.same_as].append(each.target)
    views = [
        _view(each, again[each.target.id], evidences)
        for each in report.settlement
        if not each.same_as
    ]
    plans: defaultdict[str, list[SettledView]] = defaultdict(list)
    for view in views:
        plans[view.target.document].append(view)
    return Settlement(
        tuple(
            PlanView(
                name,
                anchor("plan", name),
                evidences.titles.get(name, name),
                _count_row("", "合计", "total", found),
                tuple(view for view in found if view.weight),
                tuple(view for view in found if not view.weight),
            )
            for name, found in plans.items()
        ),
        tuple(_count_rows(views)),
        tuple(_holders(views, report.region)),
        tuple(view for view in views if view.answer == "depends"),
        sum(view.class_ == SILENT for view in views),
        sum(view.class_ == NEARLY for view in views),
        {name: anchor("h", shown) for name, shown in _shown(views, report.region).items()},
    )


def methods_in(text: str) -> list[tuple[str, str]]:
    """A text in runs, with the number of the paragraph that a run cites: ("§2.2", "2.2")."""
    parts: list[tuple[str, str]] = []
    done = 0
    for match in _PARAGRAPH.finditer(text):
        parts += [(text[done : match.start()], ""), (match[0], match[0][1:])]
        done = match.end()
    return [*parts, (text[done:], "")]


def _count_rows(views: Sequence[SettledView]) -> Iterator[CountRow]:
    for weight, words in section("weight").items():
        found = [view for view in views if view.weight == weight]
        if found:
            yield _count_row(words["key"], words["zh"], words["en"], found)
    yield _count_row("", "合计", "total", views)


def _count_row(key: str, zh: str, en: str, views: Sequence[SettledView]) -> CountRow:
    found = Counter(view.answer for view in views)
    counts = {answer: found[answer] for answer in section("answer")}
    return CountRow(key, zh, en, counts, found.total())


def _shown(views: Sequence[SettledView], region: str) -> dict[str, str]:
    """Each office that is named to the one name that is shown for it."""
    from jingwei.monitor.offices import one_name

    named = (holder for view in views for _, each in view.missing for holder in each.split("、"))
    return one_name(named, region)


def _holders(views: Sequence[SettledView], region: str) -> list[Holder]:
    """A fact that two offices hold is asked of both; one that several targets lack is asked once."""
    shown = _shown(views, region)
    facts: defaultdict[str, list[tuple[str, SettledView]]] = defaultdict(list)
    for view in views:
        for fact, holders in view.missing:
            for name in dict.fromkeys(shown[each] for each in holders.split("、")):
                facts[name].append((fact, view))
    names = sorted(facts, key=lambda name: (-len(facts[name]), name))
    return [Holder(name, anchor("h", name), _weightiest_first(facts[name])) for name in names]


def _weightiest_first(
    facts: list[tuple[str, SettledView]],
) -> tuple[tuple[str, SettledView], ...]:
    weights = list(section("weight"))
    ordered = sorted(facts, key=lambda fact: weights.index(fact[1].weight))
    once = dict(reversed(ordered))
    return tuple(pair for pair in ordered if once[pair[0]] is pair[1])


def _view(settled: Settled, again: Sequence[Statement], evidences: Evidences) -> SettledView:
    verdict = settled.verdict
    target = evidences.statement(settled.target.id, settled.target.document)
    aside = {
        each
        for beside in settled.beside
        if beside.relation != _SAME
        for each in beside.evidence
    }  # fmt: skip
    decisive = [each for each in verdict.evidence if each not in aside]
    return SettledView(
        anchor=anchor("t", target.id),
        target=settled.target,
        statement=anchor("s", target.id),
        weight=settled.target.attr or "",
        answer=verdict.answer,
        class_=settled.class_,
        goal=evidences.printed(settled.target),
        facts=tuple(_facts(decisive, settled.target, evidences)),
        gap=_gap(verdict.gap) if verdict.gap else ("", ""),
        reason=verdict.reason,
        reason_en=verdict.reason_en,
        readings=verdict.readings,
        method=verdict.method,
        as_of=verdict.as_of,
        target_proof=evidences.proof(settled.target.evidence, settled.target),
        again=tuple(evidences.proof(each.evidence, each) for each in again),
        proofs=tuple(_cited(each, settled.target, evidences) for each in decisive),
        beside=tuple(_beside(each, evidences) for each in settled.beside),
        missing=tuple((each.fact, each.holder) for each in verdict.missing),
    )


def _cited(evidence: Evidence, target: Statement, evidences: Evidences) -> Proof:
    if isinstance(evidence, Span):
        return evidences.proof(evidence, *_meant(evidence, target, evidences))
    return evidences.proof(evidence)


def _facts(
    evidence: Sequence[Evidence], target: Statement, evidences: Evidences
) -> Iterator[FactView]:
    """What the evidence says of the target, as printed; a formula stands for itself."""
    for each in evidence:
        if isinstance(each, Span):
            for fact in _meant(each, target, evidences):
                title = evidences.titles.get(fact.document, fact.document)
                yield FactView(evidences.printed(fact), str(fact.period), title)
        else:
            yield FactView(str(each), "", "")


def _meant(span: Span, target: Statement, evidences: Evidences) -> list[Statement]:
    """The facts of one quote that are about a target: those of its time and name, if so told
    apart; otherwise all of them."""
    found = [each for each in evidences.read_at(span) if each.role == "observation"]
    for fits in (
        [each for each in found if each.period.last == target.period.last],
        [each for each in found if each.subject == target.subject],
    ):
        if len(found) > 1:
            found = [each for each in found if each in fits] or found
    return found


def _beside(beside: Beside, evidences: Evidences) -> BesideView:
    return BesideView(beside.relation, beside.zh, beside.en, evidences.proofs(beside.evidence))


def _gap(gap: Gap) -> tuple[str, str]:
    """What is wanting, and from where to where: 差 1.6 个百分点, 21.4 → 23 %."""
    wanting = round(abs(gap.to - gap.from_), 10)
    unit = "个百分点" if gap.unit == "%" else gap.unit
    return (
        f"差 {written_out(wanting, 12)} {unit}",
        f"{gap.what} {written_out(gap.from_, 12)} → {written_out(gap.to, 12)} {gap.unit}",
    )
