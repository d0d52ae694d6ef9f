"""The demo: the fictional city in a fresh folder, everything run, and what the story found.

Nothing here knows the story: the lines are picked from the answers by their kind.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jingwei.app.pipeline.claimed import KIND
from jingwei.app.pipeline.demo_chains import weave
from jingwei.app.pipeline.running import Run, run
from jingwei.core import Evidence, InvalidRequest, JingweiError, Span
from jingwei.plans.amount import written
from jingwei.store import Workspace

if TYPE_CHECKING:
    from jingwei.monitor.settlement import Settled


INCOMING = "incoming"
"""Folder of the demo with the files that its offices sent."""


@dataclass(frozen=True, slots=True)
class Line:
    """One finding of the story: what kind it is, what it says, and where it can be read."""

    kind: str
    kind_en: str
    told: str
    told_en: str
    evidence: tuple[Evidence, ...]

    @property
    def places(self) -> tuple[Span, ...]:
        """The words it rests on, the first few."""
        return tuple(each for each in self.evidence if isinstance(each, Span))[:_PLACES]


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


def write_city(folder: Path) -> tuple[Workspace, Path]:
    """The demo city in a new workspace, and the draft that is proof-read.

    Its documents, its definitions, and in ``INCOMING`` what its offices sent.
    """
    from jingwei.app.demo import write_documents, write_draft
    from jingwei.app.demo.model import city
    from jingwei.app.demo.statistics import write_definitions, write_statistics

    workspace = fresh(folder, city().facts["city"])
    write_documents(workspace.documents)
    write_definitions(workspace.root / "definitions")
    write_statistics(workspace.root / INCOMING)
    return workspace, write_draft(workspace.root / "drafts")


def demonstrate(
    workspace: Workspace,
    tell: Callable[[JingweiError], None],
    watch: Callable[[list[Path]], Iterable[Path]] = iter,
) -> tuple[Run, list[Line]]:
    """Run everything and pick what the story is about, the false claim first."""
    done = run(workspace, tell, watch)
    weave(workspace, tell)
    return done, [*_lines(done)]


def _lines(done: Run) -> Iterator[Line]:
    if done.answers is None:
        return
    for each in done.answers.findings:
        if each.kind == KIND:
            told, told_en = each.message.split("。")[0], each.message_en.split(":")[0]
            yield Line("不实的“完成”", "a false claim", f"{told}。", f"{told_en}.", each.sides)
    settled = [each for found in done.answers.settled.values() for each in found]
    rows = [each for each in settled if each.target.attr]
    for kind, kind_en, fits in _KINDS:
        found = next((each for each in rows if fits(each)), None)
        if found is not None:
            evidence = (found.target.evidence, *found.verdict.evidence)
            yield Line(kind, kind_en, *_told(found), evidence)


def _defined_elsewhere(each: "Settled") -> bool:
    return each.target.measure == "elsewhere"


_KINDS: tuple[tuple[str, str, Callable[["Settled"], bool]], ...] = (
    (
        "没有兑现的约束性指标",
        "a binding target missed",
        lambda each: each.target.attr == "约束性" and each.verdict.answer == "not_met",
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
