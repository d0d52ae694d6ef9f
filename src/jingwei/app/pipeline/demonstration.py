"""The demo: the fictional city in a fresh folder, everything run, and what the story found.

Nothing here knows the story: the lines are picked from the answers by their kind.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jingwei.app.pipeline.claimed import KIND
from jingwei.app.pipeline.incoming import REGISTER
from jingwei.app.pipeline.library import library
from jingwei.app.pipeline.reporting import REPORT
from jingwei.app.pipeline.running import Run, run
from jingwei.core import Evidence, InvalidRequest, JingweiError, Row, Span
from jingwei.plans.amount import written
from jingwei.store import Workspace

if TYPE_CHECKING:
    from jingwei.app.pipeline.checking import Answers
    from jingwei.app.pipeline.incoming import Came
    from jingwei.app.pipeline.library import Library
    from jingwei.monitor.settlement import Settled


INCOMING = "incoming"
"""Folder of the demo with the files that its offices sent."""
DIRECT = "企业直报"
"""Folder with the files of single enterprises: a hundred thousand values, not received by the demo."""


@dataclass(frozen=True, slots=True)
class Line:
    """One finding of the story: what kind it is, what it says, and where it can be read."""

    kind: str
    kind_en: str
    told: str
    told_en: str
    evidence: tuple[Evidence, ...]

    @property
    def places(self) -> tuple[Span | Row, ...]:
        """The words and rows it rests on, the first few."""
        return tuple(each for each in self.evidence if isinstance(each, Span | Row))[:_PLACES]


def fresh(folder: Path, region: str) -> Workspace:
    """A new workspace in an empty or absent folder. Raises InvalidRequest where it is not empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidRequest(
            "文件夹里已有内容，演示不会覆盖它；请换一个：jingwei demo 新文件夹",
            "the folder is not empty and the demo overwrites nothing; choose another: "
            "jingwei demo NEW-FOLDER",
            where=str(folder),
        )
    return Workspace.create(folder, region)


def write_city(folder: Path, beside: "Executor | None" = None) -> tuple[Workspace, Path]:
    """The demo city in a new workspace, and the draft that is proof-read.

    Its documents, its definitions, in ``INCOMING`` what its offices sent, in ``DIRECT`` what came
    from single enterprises and is left for who wants to try. ``beside`` is a second process, which
    writes part of it.
    """
    from jingwei.app.demo import write_documents, write_draft
    from jingwei.app.demo.model import city
    from jingwei.app.demo.statistics import write_definitions, write_post

    workspace = fresh(folder, city().facts["city"])
    written = None
    if beside is not None:
        written = beside.submit(write_documents, workspace.documents)
        beside.submit(_ready_for_papers)
    write_definitions(workspace.root / "definitions")
    write_post(workspace.root / INCOMING, workspace.root / DIRECT)
    if written is None or isinstance(written.exception(), BrokenProcessPool):
        write_documents(workspace.documents)
    else:
        written.result()
    return workspace, write_draft(workspace.root / "drafts")


SIGNED = "演示 demo"
"""Who the imports of the demo are signed by."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the demo did and found. ``papers`` are paths in the workspace, the most telling first;
    ``example`` is the id of a target worth explaining."""

    run: Run
    lines: list[Line]
    counts: dict[str, dict[str, int]]
    papers: list[str]
    example: str
    day: date

    @property
    def held(self) -> list["Came"]:
        """The files that were not stored."""
        return [each for each in self.run.came if each.state == "held"]


def demonstrate(
    workspace: Workspace,
    tell: Callable[[JingweiError], None],
    watch: Callable[[list[Path]], Iterable[Path]] = iter,
    beside: "Executor | None" = None,
) -> Shown:
    """Run everything, the reports of the month and of the plan included, and pick what the story is
    about, the false claim first. The day is that of the last file or document: no clock is read.
    ``beside`` is a second process, which writes the evaluation while this one settles."""
    from jingwei.app.pipeline.demo_chains import weave

    begun: list[Future[list[str]]] = []

    def begin(_: "Library") -> None:
        if beside is not None:
            begun.append(beside.submit(_evaluation_in, workspace.root))

    done = run(workspace, tell, watch, by=SIGNED, beside=beside, meanwhile=begin)
    books, found = done.library, done.answers
    assert books is not None and found is not None  # nothing was there before
    charts = weave(books)
    day = _last_day(books)
    sheet = _sheet(books, day)
    try:
        papers = [*(begun[0].result() if begun else _evaluation(books, day)), *sheet]
    except BrokenProcessPool:
        papers = [*_evaluation(books, day), *sheet]
    counts = {
        books.find(name).label: dict(Counter(e.class_ for e in settled if not e.same_as))
        for name, settled in found.settled.items()
    }
    missed = next((each.target.id for each in _told_targets(found) if _misses(each)), "")
    papers = [*papers, REPORT, *charts]
    return Shown(done, [*_lines(found)], counts, papers, missed, day)


def _ready_for_papers() -> None:
    """In a second process: what papers are written with is imported before there is one to write."""
    from jingwei.app.pipeline import evaluating, papers
    from jingwei.app.reports import evaluation
    from jingwei.app.reports.paper import charts

    assert evaluating and papers and evaluation

    charts.prepare()


def _evaluation_in(root: Path) -> list[str]:
    """In a second process: the evaluation of a workspace."""
    books = library(Workspace.open(root), lambda _: None)  # the run tells the faults
    return _evaluation(books, _last_day(books))


def _last_day(books: "Library") -> date:
    """The day of the newest file or document."""
    from jingwei.app.pipeline.receiving import received

    issued = (each.issued for each in books.documents if each.issued)
    files = (each.day for each in received(books.workspace.path(REGISTER)))
    return max(*files, *map(date.fromisoformat, issued))


def _evaluation(books: "Library", day: date) -> list[str]:
    """The evaluation of the newest plan that is over, written."""
    from jingwei.app.pipeline import evaluating
    from jingwei.app.pipeline.papers import write_papers
    from jingwei.app.reports.evaluation import paper_of

    plan = evaluating.plan_for(books, "final", day)
    paper = paper_of(evaluating.evaluation_of(books, plan, "final", day))
    name = f"final-{Path(plan.name).stem}-{day.isoformat()}"
    return [*write_papers(books.workspace, name, paper, ("html",)).paths]


def _sheet(books: "Library", day: date) -> list[str]:
    """The sheet of the newest month, written."""
    from jingwei.app.pipeline.monitoring import dispatch_of
    from jingwei.app.pipeline.papers import write_papers
    from jingwei.app.reports.monthly import sheet_of

    page = dispatch_of(books, "", day)
    name = f"month-{page.months.last_year}-{page.months.last_month:02}-{page.region}"
    sheet = sheet_of(page, "工业经济运行月度调度")
    return [*write_papers(books.workspace, name, sheet, ("html",)).paths]


def _told_targets(found: "Answers") -> "list[Settled]":
    settled = [each for one in found.settled.values() for each in one]
    return [each for each in settled if each.target.attr]


def _misses(each: "Settled") -> bool:
    return each.target.attr == "约束性" and each.verdict.answer == "not_met"


def _lines(answers: "Answers") -> Iterator[Line]:
    for each in answers.findings:
        if each.kind == KIND:
            told, told_en = each.message.split("。")[0], each.message_en.split(":")[0]
            yield Line("不实的“完成”", "a false claim", f"{told}。", f"{told_en}.", each.sides)
    rows = _told_targets(answers)
    for kind, kind_en, fits in _KINDS:
        found = next((each for each in rows if fits(each)), None)
        if found is not None:
            evidence = (found.target.evidence, *found.verdict.evidence)
            yield Line(kind, kind_en, *_told(found), evidence)


def _defined_elsewhere(each: "Settled") -> bool:
    return each.target.measure == "elsewhere"


def _by_statistics(each: "Settled") -> bool:
    """Whether rows of statistics alone decide it."""
    proof = each.verdict.evidence
    return bool(proof) and all(isinstance(one, Row) for one in proof)


_KINDS: tuple[tuple[str, str, Callable[["Settled"], bool]], ...] = (
    (
        "没有兑现的约束性指标",
        "a binding target missed",
        _misses,
    ),
    (
        "文件没有说清，统计说清了",
        "left open by the documents, told by statistics",
        lambda each: each.verdict.answer == "not_met" and _by_statistics(each),
    ),
    ("取决于读法", "depends on a reading", lambda each: each.verdict.answer == "depends"),
    ("目标定在别的文件里", "defined elsewhere", _defined_elsewhere),
    (
        "无法评价，但知道找谁",
        "unknown, with its holder",
        lambda each: (
            each.verdict.answer == "unknown"
            and not _defined_elsewhere(each)
            and bool(each.verdict.evidence)
        ),
    ),
)


def _told(each: "Settled") -> tuple[str, str]:
    target, verdict = each.target, each.verdict
    told = f"{target.subject}，目标{written(target)}：{verdict.reason}"
    if verdict.answer == "depends":
        told += (
            "；".join(f"{one.reading}：{_ANSWERS[one.answer]}" for one in verdict.readings) + "。"
        )
    for missing in verdict.missing:
        told += f"缺：{missing.fact}；找：{missing.holder}。"
    return told, verdict.reason_en


_ANSWERS = {"met": "完成", "not_met": "未完成", "unknown": "无法评价", "depends": "取决于读法"}
_PLACES = 3
