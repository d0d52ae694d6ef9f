"""The documents of a workspace, or any others, as the analyses take them.

In a workspace the values that hold are those of the plan file: what a person changed counts as
changed, what was rejected counts nowhere. A document from outside is compiled as it stands.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from jingwei.app.pipeline.compiled import Compiled, compile_kept, compile_path
from jingwei.app.pipeline.kinds import PLANS, Kind, names_draft
from jingwei.core import InvalidRequest, JingweiError, Period, Statement
from jingwei.monitor.claims import Claim
from jingwei.monitor.offices import Supplier, responsible
from jingwei.plans.planfile import PlanFile, read_plan
from jingwei.plans.records import Node, PlaceRole, Programme, Task

if TYPE_CHECKING:
    from jingwei.store import Workspace


@dataclass(frozen=True, slots=True)
class Held:
    """A document: what it is, the records that hold, its claims and its text.

    ``unnamed`` are the targets whose document names no indicator (到2035年，达到500亿元): they stand in the
    plan file until a person names them, and take part in nothing.
    ``unread`` are pages that are pictures and could not be read, ``left_out`` rows of indicator tables that
    lack cells.
    ``times`` are the times of its results that their headings tell otherwise, by statement.
    ``file`` is its plan file in the workspace; None for a document from outside. ``stale`` says
    that the document changed after its plan file was compiled.
    """

    name: str
    title: str
    number: str
    issued: str
    period: Period | None
    region: str
    kind: Kind | None
    sha256: str
    statements: tuple[Statement, ...]
    tasks: tuple[Task, ...] = ()
    programmes: tuple[Programme, ...] = ()
    nodes: tuple[Node, ...] = ()
    places: tuple[PlaceRole, ...] = ()
    claims: tuple[Claim, ...] = ()
    suppliers: tuple[Supplier, ...] = ()
    source: str = ""
    unnamed: tuple[Statement, ...] = ()
    unread: tuple[int, ...] = ()
    left_out: tuple[str, ...] = ()
    times: Mapping[str, Period] = field(default_factory=dict[str, Period])
    file: PlanFile | None = None
    stale: bool = False

    @property
    def is_plan(self) -> bool:
        """Whether it sets targets of its own that are settled and compared."""
        return self.kind in PLANS

    @property
    def is_draft(self) -> bool:
        """Whether its name or title says that it is not issued (送审稿, 征求意见稿): it proves nothing."""
        head = [line.strip() for line in self.source.lstrip()[:200].splitlines()[:3]]
        names = (Path(self.name).stem, self.title, *(line for line in head if len(line) <= 60))
        return any(map(names_draft, names))

    def as_told(self) -> "Held":
        """The document with the time of every result as its headings tell it; where nothing tells
        the year it is not known (``docs/semantics.md`` §10.11)."""
        return replace(
            self,
            statements=tuple(
                replace(each, period=self.times.get(each.id, each.period))
                for each in self.statements
            ),
        )

    @property
    def known_from(self) -> str:
        """The earliest it can have been written: an ISO date, or the year where none is printed.

        An undated plan is as old as the first year of its period (as is a text that only sets
        goals), any other undated text as the latest year it reports.
        """
        if self.issued:
            return self.issued
        reported = [
            each.period.last
            for each in self.statements
            if each.role == "observation" and each.period.known
        ]
        if self.period is not None and (self.is_plan or not reported):
            return str(self.period.first)
        return str(max(reported, default=0))

    @property
    def label(self) -> str:
        """The title, or the file name where there is none."""
        return self.title or self.name


def held(compiled: Compiled) -> Held:
    """A compiled document as it stands, nothing reviewed."""
    plan = compiled.plan
    named, unnamed = _by_name(plan.statements)
    return Held(
        name=plan.file,
        title=plan.title,
        number=plan.number,
        issued=plan.issued,
        period=plan.period,
        region=plan.region,
        kind=compiled.told.kind,
        sha256=plan.sha256,
        statements=named,
        unnamed=unnamed,
        tasks=plan.tasks,
        programmes=_with_goals(plan.programmes, named),
        nodes=plan.nodes,
        places=plan.places,
        claims=compiled.claims,
        suppliers=(*compiled.suppliers, *responsible(plan.tasks, plan.statements)),
        source=compiled.source,
        unread=compiled.unread,
        left_out=plan.rows_left_out,
        times=compiled.times,
    )


def reviewed(file: PlanFile, compiled: Compiled) -> Held:
    """A compiled document with the values of its plan file."""
    facts = file.document.record
    statements, unnamed = _by_name(file.records("statements"))
    return replace(
        held(compiled),
        title=facts.title,
        number=facts.number,
        issued=facts.issued,
        period=facts.period,
        region=facts.region,
        kind=facts.kind,
        sha256=facts.sha256,
        statements=statements,
        unnamed=unnamed,
        tasks=file.records("tasks"),
        programmes=_with_goals(file.records("programmes"), statements),
        nodes=file.records("industries"),
        places=file.records("places"),
        claims=tuple(
            replace(claim, about=_ids_in_file(claim, compiled, statements))
            for claim in compiled.claims
        ),
        times=_times_in_file(compiled, statements),
        file=file,
        stale=facts.sha256 != compiled.plan.sha256,
    )


def names_nothing(statement: Statement) -> bool:
    """Whether a target names no indicator, so that nothing can be held against it."""
    return statement.is_target and not statement.subject


def _by_name(
    statements: Sequence[Statement],
) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """The statements that take part, and the targets that name no indicator."""
    named = tuple(each for each in statements if not names_nothing(each))
    return named, tuple(each for each in statements if names_nothing(each))


def _with_goals(
    programmes: Sequence[Programme], statements: Sequence[Statement]
) -> tuple[Programme, ...]:
    """Programmes with those of their goals that take part: named, and rejected by nobody."""
    taking_part = {each.id for each in statements}
    return tuple(
        replace(each, goals=tuple(goal for goal in each.goals if goal in taking_part))
        for each in programmes
    )


def _ids_in_file(
    claim: Claim, compiled: Compiled, statements: Sequence[Statement]
) -> tuple[str, ...]:
    """What a claim is about, in the ids of the plan file: the statements at the same places."""
    about = {each.evidence for each in compiled.plan.statements if each.id in claim.about}
    return tuple(each.id for each in statements if each.evidence in about)


def _times_in_file(compiled: Compiled, statements: Sequence[Statement]) -> dict[str, Period]:
    """The times told by headings, in the ids of the plan file; not where a person gave another."""
    read = {
        (each.evidence, each.period, each.subject): compiled.times[each.id]
        for each in compiled.plan.statements
        if each.id in compiled.times
    }
    found = {each.id: read.get((each.evidence, each.period, each.subject)) for each in statements}
    return {id_: period for id_, period in found.items() if period is not None}


@dataclass(frozen=True, slots=True)
class Library:
    """The documents of a workspace that are compiled, in time.

    ``missing`` names documents without a plan file, ``orphans`` plan files without a document,
    ``unreadable`` documents whose plan file cannot be read: none takes part.
    """

    workspace: "Workspace"
    documents: tuple[Held, ...]
    missing: tuple[str, ...]
    orphans: tuple[str, ...]
    unreadable: tuple[str, ...] = ()

    def check_whole(self) -> None:
        """Raise InvalidRequest if a plan file cannot be read: what is written from the others
        would look like an all-clear for the plan that is left out."""
        if self.unreadable:
            names = "、".join(self.unreadable)
            raise InvalidRequest(
                f"有规划文件读不了（{names}），什么也没有写，原有的文件没有改动。改好后再运行。",
                f"plan files cannot be read ({names}): nothing was written, and what was written "
                "before is as it was. Correct them and try again.",
            )

    @property
    def plans(self) -> tuple[Held, ...]:
        """Plans and outlines, the oldest first."""
        return in_time(each for each in self.documents if each.is_plan)

    def find(self, name: str) -> Held:
        """A document by file name, name without ending, title, or path, or by words that its title or
        name alone contains (十四五). Raises InvalidRequest, also for words of several."""
        found = self._named(name)
        if found is not None:
            return found
        broken = next((each for each in self.unreadable if name in (each, Path(each).stem)), "")
        if broken:
            raise InvalidRequest(
                "这份文件的规划文件读不了，改好上面指出的地方再运行",
                "its plan file cannot be read: correct what is named above and try again",
                where=broken,
            )
        containing = self._containing(name)
        if len(containing) == 1:
            return containing[0]
        if containing:
            listed = "、".join(each.name for each in containing)
            raise InvalidRequest(
                f"不止一份文件的标题或文件名有这几个字：{listed}。请写全文件名",
                f"several documents bear these words: {listed}; give the whole name of the file",
                where=name,
            )
        known = "、".join(each.name for each in self.documents) or "（无）"
        raise InvalidRequest(
            f"工作区中没有这份文件；已编译的有：{known}",
            f"the workspace has no such document; compiled are: {known}",
            where=name,
        )

    def _containing(self, words: str) -> list[Held]:
        asked = _plain(words)
        if len(asked) < _FEWEST_CHARACTERS:
            return []
        return [
            each
            for each in self.documents
            if asked in _plain(each.title) or asked in _plain(Path(each.name).stem)
        ]

    def _named(self, name: str) -> Held | None:
        path = Path(name)
        for each in self.documents:
            if name in (each.name, each.title, Path(each.name).stem, f"{each.name}.yaml"):
                return each
        here = path.resolve()
        inside = {self.workspace.root / "documents", self.workspace.root / "plans"}
        if here.parent in inside:
            return next(
                (e for e in self.documents if here.name in (e.name, f"{e.name}.yaml")), None
            )
        return None

    def find_or_compile(self, name: str) -> Held:
        """A document of the workspace by name, or any other file, compiled as it stands."""
        found = self._named(name)
        if found is not None:
            return found
        return held(compile_path(name)) if Path(name).exists() else self.find(name)


_FEWEST_CHARACTERS = 2
_FIVE_YEARS = re.compile(r"第(十?[一二三四五六七八九十])个五年")


def _plain(name: str) -> str:
    """A title as people say it: without quotation marks and blanks, 第十四个五年 as 十四五."""
    return _FIVE_YEARS.sub(r"\1五", re.sub(r"[“”\"《》\s]", "", name))


def library(
    workspace: "Workspace",
    tell: Callable[[JingweiError], None],
    read: Mapping[str, Held] | None = None,
) -> Library:
    """The compiled documents of a workspace; a plan file that cannot be read is told and left out.

    ``read`` are documents that the caller has just compiled, by name.
    """
    known = read or {}
    found: list[Held] = []
    missing: list[str] = []
    unreadable: list[str] = []
    for path in workspace.document_files():
        plan = workspace.plan_path(path.name)
        if path.name in known:
            found.append(known[path.name])
        elif not plan.exists():
            missing.append(path.name)
        else:
            try:
                compiled, _ = compile_kept(workspace, path)
                found.append(reviewed(read_plan(plan, workspace.shown(plan)), compiled))
            except JingweiError as fault:
                tell(fault)
                unreadable.append(path.name)
    expected = {workspace.plan_path(path.name).name for path in workspace.document_files()}
    orphans = tuple(path.name for path in workspace.plan_files() if path.name not in expected)
    from jingwei.app.pipeline.whose import placed

    return Library(workspace, in_time(placed(found)), tuple(missing), orphans, tuple(unreadable))


def in_time(documents: Iterable[Held]) -> tuple[Held, ...]:
    """Documents in the order in which they can have been written."""
    return tuple(sorted(documents, key=lambda each: (each.known_from, each.name)))


def later_than(plan: Held, documents: Iterable[Held]) -> tuple[Held, ...]:
    """The documents written after a plan, as far as their dates or years tell; no drafts."""
    return tuple(
        each
        for each in in_time(documents)
        if not each.is_draft and each.name != plan.name and each.known_from > plan.known_from
    )


def goals_set_elsewhere(plan: Held, documents: Iterable[Held]) -> list[Statement]:
    """The goals that other documents, whenever they were written, set for targets that the plan leaves
    to them (完成省下达目标): the office above mostly spoke first (``docs/semantics.md`` §7.5)."""
    from jingwei.monitor.facts import known
    from jingwei.monitor.goals import goals_of

    left = [each for each in plan.statements if each.is_target and each.measure == "elsewhere"]
    if not left:
        return []
    later = {each.name for each in later_than(plan, documents)}
    others = [
        statement
        for document in in_time(documents)
        if not document.is_draft and document.name not in {*later, plan.name}
        for statement in document.statements
        if statement.is_target and statement.op != "qual"
    ]
    found = goals_of(known(left), known(others))
    return list(dict.fromkeys(each.statement for goals in found.values() for each in goals))


def issued_only(documents: Iterable[Held]) -> tuple[Held, ...]:
    """The documents, where none is a draft: a draft proves nothing (``docs/semantics.md`` §10.13).
    Raises InvalidRequest naming the drafts."""
    documents = tuple(documents)
    drafts = "、".join(each.name for each in documents if each.is_draft)
    if drafts:
        raise InvalidRequest(
            "未印发的稿件不能作为结算的依据，请换用印发的文件；要拿稿子对照规划，用 jingwei check --draft",
            "a draft that is not issued never settles a target: give the issued document; to hold a "
            "draft against plans, jingwei check --draft",
            where=drafts,
        )
    return documents


def finished(plan: Held, later: Iterable[Held]) -> bool:
    """Whether some later document reports the last year of a plan's period."""
    return plan.period is not None and any(
        each.role == "observation" and each.period.last >= plan.period.last
        for document in later
        for each in document.statements
    )
