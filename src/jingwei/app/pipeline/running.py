"""``jingwei run``: all steps in order, each only if something it depends on changed.

What a step depends on is compared by content: the bytes of the documents, plan files, settings,
decisions and files that offices sent, and the version of the code. Running twice does nothing the
second time.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from jingwei.app.pipeline.checking import Answers, answers
from jingwei.app.pipeline.companion import shared
from jingwei.app.pipeline.decisions import FILE
from jingwei.app.pipeline.incoming import REGISTER, Came, defining, present, take_in
from jingwei.app.pipeline.library import Held, Library, library, names_nothing, reviewed
from jingwei.app.pipeline.planning import Outcome, compile_into
from jingwei.app.pipeline.reading import reader_version
from jingwei.app.pipeline.reporting import REPORT, write_report
from jingwei.core import JingweiError, UnreadableDocument
from jingwei.store import Workspace, cache_key, sha256_of
from jingwei.store.workspace import SETTINGS

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from jingwei.monitor.settlement import Settled


@dataclass(frozen=True, slots=True)
class Step:
    """What a step did to its subject, or why it was skipped; both languages."""

    step: Literal["compile", "receive", "settle", "lineage", "check", "report"]
    of: str
    done: bool
    told: str
    told_en: str


@dataclass(frozen=True, slots=True)
class Run:
    """The steps of a run; ``library`` and ``answers`` are None where nothing had to be computed.

    ``unread`` names documents with the pages of them that could not be read, ``unreadable`` those
    of which nothing could: they take no part and are told again by every run; ``left_out`` names
    documents with the rows of their tables that lack cells. ``came`` is what
    became of the files in ``incoming/``; empty where nothing had to be looked at.
    """

    steps: tuple[Step, ...]
    library: Library | None = None
    answers: Answers | None = None
    unread: tuple[tuple[str, tuple[int, ...]], ...] = ()
    unreadable: tuple[str, ...] = ()
    left_out: tuple[tuple[str, tuple[str, ...]], ...] = ()
    came: tuple[Came, ...] = ()

    @property
    def changed(self) -> bool:
        return any(step.done for step in self.steps)


def run(
    workspace: Workspace,
    tell: Callable[[JingweiError], None],
    watch: Callable[[list[Path]], Iterable[Path]] = iter,
    *,
    on: date | None = None,
    by: str = "",
    beside: "Executor | None" = None,
    meanwhile: Callable[[Library], None] = lambda _: None,
) -> Run:
    """Compile, receive, settle, link, check and report, as far as something changed.

    ``tell`` gets the faults of single files, ``watch`` goes through the files and may show a bar;
    ``on`` and ``by`` are the day and the person of imports (default: the day of the newest file).
    ``beside`` is a second process that helps, ``meanwhile`` is called when everything is read and
    before it is settled: what else follows from the same can be begun. The workspace is locked.
    """
    with workspace.locked():
        kept = _kept(workspace)
        if kept is not None:
            unread = tuple((name, tuple(pages)) for name, pages in kept["unread"])
            rows = tuple((name, tuple(names)) for name, names in kept["left_out"])
            return Run(tuple(_skipped(workspace)), unread=unread, left_out=rows)
        faults: list[JingweiError] = []

        def told_and_kept(fault: JingweiError) -> None:
            faults.append(fault)
            tell(fault)

        unreadable: list[str] = []
        steps: list[Step] = []
        read: dict[str, Held] = {}
        for path, outcome in _all_compiled(workspace, watch, beside):
            if isinstance(outcome, Outcome):
                steps.append(_compiled(outcome))
                read[path.name] = reviewed(outcome.file, outcome.compiled)
                continue
            told_and_kept(outcome)
            if isinstance(outcome, UnreadableDocument):
                unreadable.append(path.name)
                steps.append(Step("compile", path.name, False, *_LEFT_OUT))
        came = take_in(workspace, told_and_kept, on=on, by=by, watch=watch, beside=beside)
        steps += _received(came)
        books = library(workspace, faults.append, read)
        meanwhile(books)
        found = answers(books)
        unread = tuple((each.name, each.unread) for each in books.documents if each.unread)
        rows = tuple((each.name, each.left_out) for each in books.documents if each.left_out)
        steps += _answered(books, found)
        ran = Run((), books, found, unread, tuple(unreadable), rows, tuple(came))
        try:
            path, changed = write_report(books, found)
        except JingweiError as fault:
            tell(fault)
            return replace(ran, steps=tuple(steps))
        told = ("已写好", "written") if changed else ("内容没有变", "its content is the same")
        steps.append(Step("report", path, changed, *told))
        if not faults:  # a document that cannot be read is told again by the next run
            kept = {"report": sha256_of(workspace.path(REPORT)), "unread": unread, "left_out": rows}
            workspace.cache.put(_key(workspace), kept)
        return replace(ran, steps=tuple(steps))


def _all_compiled(
    workspace: Workspace,
    watch: Callable[[list[Path]], Iterable[Path]],
    beside: "Executor | None",
) -> list[tuple[Path, Outcome | JingweiError]]:
    """Every document as it was compiled, or its fault, in the order of their names."""
    paths = [*workspace.document_files()]
    done: dict[Path, Outcome | JingweiError] = {}
    answers = shared(beside, _Compiler(workspace.root), paths)
    for _ in watch(paths):
        at, answer = next(answers)
        done[paths[at]] = answer
    return [(path, done[path]) for path in paths]


@dataclass(frozen=True, slots=True)
class _Compiler:
    """Compiles the documents of one workspace, in whichever process."""

    root: Path

    def __call__(self, path: Path) -> Outcome | JingweiError:
        try:
            return compile_into(Workspace.open(self.root), path)
        except JingweiError as fault:
            return fault


_LEFT_OUT = (
    "没有编译，不参加结算、衔接和体检；原因和办法见上",
    "not compiled, so it takes no part; why, and the way out, stand above",
)


def _skipped(workspace: Workspace) -> Iterator[Step]:
    for path in workspace.document_files():
        yield Step("compile", path.name, False, "文件、审阅和读法都没有变", "nothing changed")
    if workspace.path(REGISTER).is_file():
        yield Step(
            "receive", REGISTER, False, "来文和口径卡都没有变", "files and cards are as they were"
        )
    why = ("文件、审阅和设置都没有变", "documents, reviews and settings are as they were")
    yield Step("settle", "", False, *why)
    yield Step("lineage", "", False, *why)
    yield Step("check", "", False, *why)
    yield Step("report", REPORT, False, *why)


def _compiled(done: Outcome) -> Step:
    statements = done.compiled.plan.statements
    targets = sum(each.is_target for each in statements)
    technical = sum(each.technical for each in statements)
    if done.state == "unchanged":
        return Step("compile", done.document, False, "文件和读法都没有变", "nothing changed")
    proposals = sum(each.kind == "proposed" for each in done.differences)
    tasks = len(done.compiled.plan.tasks)
    unnamed = sum(map(names_nothing, statements))
    without = f"（其中{unnamed}条没有写明指标，不参与对照）" if unnamed else ""
    without_en = f" ({unnamed} of no named indicator, which take no part)" if unnamed else ""
    facts = len(statements) - targets - technical
    told = f"目标{targets}条{without}，事实{facts}条，任务{tasks}条"
    told_en = f"{targets} targets{without_en}, {facts} facts, {tasks} tasks"
    if technical:
        told += f"，技术参数{technical}条"
        told_en += f", {technical} technical levels"
    if proposals:
        told += f"；{proposals}处新读数待定（审阅过的未动）"
        told_en += f"; {proposals} new readings proposed, reviewed values kept"
    return Step("compile", done.document, True, told, told_en)


def _received(came: list[Came]) -> Iterator[Step]:
    """One step for all files that are stored, one for each that waits for a person."""
    stored = [each for each in came if each.state == "stored"]
    new = [each for each in stored if each.now]
    if new:
        values, firms = sum(each.values for each in new), sum(each.firms for each in new)
        told = f"收下{len(new)}份，{values}个新数，企业{firms}家次"
        told_en = f"{len(new)} files stored, {values} new values, {firms} rows of enterprises"
        yield Step("receive", REGISTER, True, told, told_en)
    if old := len(stored) - len(new):
        yield Step("receive", REGISTER, False, f"{old}份没有变", f"{old} files are as they were")
    held = [each for each in came if each.state == "held"]
    for each in held:
        if each.now:
            told = f"扣下，没有入库：{each.told}；核实后：{each.way_out}"
            told_en = (
                f"held, not stored: {each.told_en}; once it is known to be right: {each.way_out}"
            )
            yield Step("receive", each.file, True, told, told_en)
    if waiting := [Path(each.file).name for each in held if not each.now]:
        names = "、".join(waiting)
        told = f"还扣着{len(waiting)}份：{names}；为什么、怎么办：jingwei data import 文件"
        told_en = f"{len(waiting)} files still held; why, and the way out: jingwei data import FILE"
        yield Step("receive", REGISTER, False, told, told_en)
    for each in came:
        if each.state == "unlisted":
            yield Step("receive", each.file, False, each.told, each.told_en)


def _answered(books: Library, found: Answers) -> list[Step]:
    steps = [
        Step("settle", name, True, *_tally(settled)) for name, settled in found.settled.items()
    ]
    if not steps:
        why = ("没有已收官的规划", "no plan has ended")
        steps.append(Step("settle", "", False, *why))
    links, findings = len(found.links), len(found.findings)
    if len(books.plans) > 1:
        steps.append(Step("lineage", "", True, f"{links}条衔接关系", f"{links} links"))
    else:
        why = ("至少要两份规划", "it takes two plans")
        steps.append(Step("lineage", "", False, *why))
    told = (f"{findings}处数字对不上", f"{findings} findings")
    return [*steps, Step("check", "", True, *told)]


def _tally(settled: "list[Settled]") -> tuple[str, str]:
    from jingwei.monitor.settlement import once

    counts = dict.fromkeys(("met", "not_met", "depends", "unknown"), 0)
    for each in once(settled):
        counts[each.verdict.answer] += 1
    met, missed, depends, unknown = counts.values()
    nearly = sum(each.class_ == "基本完成" for each in settled)
    of_these = f"（其中基本完成{nearly}）" if nearly else ""
    of_these_en = f" ({nearly} nearly)" if nearly else ""
    return (
        f"完成{met}，未完成{missed}{of_these}，取决于读法{depends}，无法评价{unknown}",
        f"{met} met, {missed} not met{of_these_en}, {depends} depend on a reading, "
        f"{unknown} unknown",
    )


def _key(workspace: Workspace) -> str:
    """A fingerprint of everything the answers follow from."""
    digest = hashlib.sha256()
    files = (*workspace.document_files(), *workspace.plan_files())
    others = (workspace.path(SETTINGS), workspace.path(FILE))
    home = workspace.path("data/observations")
    stored = sorted(home.glob("*")) if home.is_dir() else []
    known = (*defining(workspace), *(each for each in stored if each.is_file()))
    sent = present(workspace) if workspace.path(REGISTER).is_file() else []
    for path in (*files, *(each for each in others if each.exists()), *known, *sent):
        name = os.fsencode(workspace.shown(path))
        digest.update(name + b"\0" + sha256_of(path).encode() + b"\0")
    return cache_key(digest.digest(), f"{reader_version()}|run")


def _kept(workspace: Workspace) -> dict[str, Any] | None:
    """What a run left behind, if the report of just these inputs stands untouched."""
    kept, report = workspace.cache.get(_key(workspace)), workspace.path(REPORT)
    if kept is None or not report.exists() or kept["report"] != sha256_of(report):
        return None
    return kept
