"""A report as a reader sees it: what the templates are given.

Everything a person opens is prepared here, so that the templates only place it.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jingwei.app.reports.evidence import Evidences, Proof, anchor
from jingwei.app.reports.model import Programme, Report, Source, Task
from jingwei.app.reports.settled import Settlement, methods_in, settlement_of
from jingwei.app.reports.words import order, section
from jingwei.core import Explanation, Finding, Link, Statement


@dataclass(frozen=True, slots=True)
class StatementView:
    anchor: str
    statement: Statement
    printed: str
    proof: Proof
    section: int
    waits: bool
    beside: tuple[str, str]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A document with its counts; ``views`` are its statements, ``sections`` (number, name),
    ``unnamed`` the proofs of its targets that name no indicator."""

    anchor: str
    source: Source
    views: tuple[StatementView, ...]
    sections: tuple[tuple[int, str], ...]
    unnamed: tuple[Proof, ...] = ()

    @property
    def title(self) -> str:
        return self.source.title or self.source.name

    @property
    def targets(self) -> int:
        return sum(view.statement.is_target for view in self.views)

    @property
    def technical(self) -> int:
        return sum(view.statement.technical for view in self.views)

    @property
    def facts(self) -> int:
        return len(self.views) - self.targets - self.technical


@dataclass(frozen=True, slots=True)
class FindingView:
    anchor: str
    finding: Finding
    sides: tuple[Proof, ...]
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class End:
    """One end of a link: its statement as printed."""

    anchor: str
    statement: Statement
    printed: str
    title: str


@dataclass(frozen=True, slots=True)
class LinkView:
    anchor: str
    link: Link
    old: End | None
    new: End | None
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class TaskView:
    anchor: str
    task: Task
    where: str
    proof: Proof
    title: str
    waits: bool


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    anchor: str
    programme: Programme
    proof: Proof
    title: str
    goals: tuple[End, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All parts of the page; None for a part that was not computed."""

    report: Report
    sources: tuple[SourceView, ...]
    settlement: Settlement | None
    lineage: tuple[tuple[str, tuple[LinkView, ...]], ...] | None
    findings: tuple[FindingView, ...] | None
    tasks: tuple[TaskView, ...] | None
    programmes: tuple[ProgrammeView, ...] | None
    methods: tuple[str, ...]

    @property
    def claims(self) -> tuple[FindingView, ...]:
        """Claims of success that the numbers do not bear out: they stand on page one."""
        first = next(iter(section("finding")))
        return tuple(each for each in self.findings or () if each.finding.kind == first)

    @property
    def ownerless(self) -> tuple[TaskView, ...]:
        return tuple(each for each in self.tasks or () if each.task.owner is None)

    @property
    def owners(self) -> list[tuple[str, int]]:
        """Units that lead tasks, with how many, the busiest first."""
        from jingwei.monitor.offices import one_name

        units = [unit for each in self.tasks or () for unit in _units(each.task)]
        shown = one_name(units, self.report.region)
        counts = Counter(shown[unit] for unit in units)
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def page_of(report: Report) -> Page:
    """Prepare a report. Raises InvalidRequest where it cites a statement it does not hold."""
    evidences = Evidences(report)
    settlement = settlement_of(report, evidences)
    return Page(
        report,
        tuple(_sources(report, evidences)),
        settlement,
        _lineage(report.lineage, evidences) if report.lineage is not None else None,
        _findings(report.findings, evidences) if report.findings is not None else None,
        tuple(_tasks(report, evidences)) if report.tasks is not None else None,
        tuple(_programmes(report.programmes, evidences)) if report.programmes is not None else None,
        _methods(report, settlement),
    )


def _sources(report: Report, evidences: Evidences) -> Iterator[SourceView]:
    """The listed documents, then those of which only the statements are known."""
    listed = {source.name: source for source in report.sources}
    names = dict.fromkeys([*listed, *report.statements])
    waiting = report.to_review or ()
    first = 0
    for name in names:
        statements = report.statements.get(name, ())
        tops = dict.fromkeys(each.section[0] if each.section else "" for each in statements)
        numbers = {top: first + n for n, top in enumerate(tops)}
        first += len(numbers)
        views = tuple(
            StatementView(
                anchor("s", each.id),
                each,
                evidences.printed(each),
                evidences.proof(each.evidence, each),
                numbers[each.section[0] if each.section else ""],
                each.id in waiting,
                report.beside.get(each.id, ("", "")),
            )
            for each in statements
        )
        sections = tuple((number, top or "（无标题）") for top, number in numbers.items())
        unnamed = evidences.proofs(each.evidence for each in report.unnamed.get(name, ()))
        yield SourceView(
            anchor("d", name), listed.get(name, Source(name)), views, sections, unnamed
        )


def _findings(findings: Sequence[Finding], evidences: Evidences) -> tuple[FindingView, ...]:
    """Findings by kind in the order of the words, as found within a kind."""
    seen: Counter[str] = Counter()
    views: list[FindingView] = []
    for each in sorted(findings, key=lambda finding: order("finding", finding.kind)):
        key = "|".join((each.kind, *map(str, each.sides)))
        seen[key] += 1
        digest = hashlib.sha256(f"{key}|{seen[key]}".encode()).hexdigest()[:10]
        ranked = tuple(sorted(each.explanations, key=lambda one: one.rank))
        views.append(FindingView(f"f-{digest}", each, evidences.proofs(each.sides), ranked))
    return tuple(views)


def _lineage(
    links: Sequence[Link], evidences: Evidences
) -> tuple[tuple[str, tuple[LinkView, ...]], ...]:
    groups: defaultdict[str, list[LinkView]] = defaultdict(list)
    for link in links:
        old, new = (
            _end(evidences.statement(key, "衔接 lineage"), evidences) if key else None
            for key in (link.from_, link.to)
        )
        ends = [end.statement for end in (old, new) if end is not None]
        meant = {end.evidence: end for end in ends}
        cited = dict.fromkeys([*meant, *link.evidence])
        proofs = tuple(
            evidences.proof(each, meant[each]) if each in meant else evidences.proof(each)
            for each in cited
        )
        name = anchor("l", f"{link.from_ or '0'}-{link.to or '0'}")
        groups[link.relation].append(LinkView(name, link, old, new, proofs))
    relations = sorted(groups, key=lambda name: (order("relation", name), name))
    return tuple((relation, tuple(groups[relation])) for relation in relations)


def _end(statement: Statement, evidences: Evidences) -> End:
    title = evidences.titles.get(statement.document, statement.document)
    return End(anchor("s", statement.id), statement, evidences.printed(statement), title)


def _tasks(report: Report, evidences: Evidences) -> Iterator[TaskView]:
    """Tasks without an owner first, otherwise in the order given."""
    waiting = report.to_review or ()
    for each in sorted(report.tasks or (), key=lambda task: task.owner is not None):
        title = evidences.titles.get(each.evidence.file, each.evidence.file)
        proof = evidences.proof(each.evidence)
        where = each.where if isinstance(each.where, str) else "、".join(each.where)
        yield TaskView(anchor("k", each.id), each, where, proof, title, each.id in waiting)


def _units(task: Task) -> list[str]:
    return task.owner.split("、") if task.owner else []


def _programmes(programmes: Iterable[Programme], evidences: Evidences) -> Iterator[ProgrammeView]:
    for each in programmes:
        goals = [evidences.statement(key, f"专项 programme {each.name}") for key in each.goals]
        yield ProgrammeView(
            anchor("p", each.id),
            each,
            evidences.proof(each.evidence),
            evidences.titles.get(each.evidence.file, each.evidence.file),
            tuple(_end(goal, evidences) for goal in goals),
        )


def _methods(report: Report, settlement: Settlement | None) -> tuple[str, ...]:
    """The paragraphs that the page cites, in their own order."""
    plans = settlement.plans if settlement else ()
    texts = [view.method for plan in plans for view in (*plan.table, *plan.prose)]
    texts += [text for each in report.findings or () for text in _finding_texts(each)]
    texts += [reason for link in report.lineage or () for reason in link.reasons]
    cited = {paragraph for text in texts for _, paragraph in methods_in(text) if paragraph}
    cited |= {"6"} if report.lineage else set()
    cited |= {"7.12"} if settlement and settlement.holders else set()
    cited |= {"9"} if report.findings else set()
    return tuple(sorted(cited, key=lambda name: [int(part) for part in name.split(".")]))


def _finding_texts(finding: Finding) -> list[str]:
    return [finding.message, *(each.text for each in finding.explanations)]
