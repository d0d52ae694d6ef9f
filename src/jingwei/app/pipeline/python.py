"""What ``import jingwei`` offers: the steps of the command line as functions.

A document is given as a path, as a ``Document``, or as a reviewed document of a ``Library``. Nothing
is written, except by ``run``. Errors are ``JingweiError`` with a Chinese and an English sentence.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from jingwei.app.pipeline.compiled import Compiled, compile_document, compile_path
from jingwei.app.pipeline.library import Held, Library, held, issued_only
from jingwei.app.pipeline.reading import read
from jingwei.core import Finding, JingweiError, Link, Statement
from jingwei.documents import Document
from jingwei.plans import compiling
from jingwei.plans.records import Plan
from jingwei.store import sha256_of

if TYPE_CHECKING:
    from jingwei.app.pipeline.judging import Compared
    from jingwei.app.pipeline.running import Run
    from jingwei.monitor.proof import NumberCheck
    from jingwei.monitor.settlement import Settled
    from jingwei.plans.amount import Readings

Source = str | Path | Document | Held


def statements(source: Source) -> list[Statement]:
    """Every quantified statement of a document, in document order.

    >>> plan = jingwei.read_text("到2025年，全市规模以上工业总产值达到8000亿元左右。", "甲.txt")
    >>> [goal] = jingwei.statements(plan)
    >>> goal.subject, goal.op, goal.value, goal.unit, str(goal.period)
    ('规模以上工业总产值', '~', 8000.0, '亿元', '2025')
    """
    if isinstance(source, Held):
        every = (*source.statements, *source.unnamed)
        return sorted(every, key=lambda each: each.evidence.start)
    return compiling.read_statements(source if isinstance(source, Document) else read(source))


def compile(source: str | Path | Document) -> Plan:
    """Everything a document says: statements, tasks, programmes, industries, places, references.

    >>> text = "绫州市先进制造业“十四五”规划\\n\\n一、目标\\n\\n到2025年，创新中心达到5家。"
    >>> plan = jingwei.compile(jingwei.read_text(text, "规划.txt"))
    >>> plan.title, str(plan.period), len(plan.statements)
    ('绫州市先进制造业“十四五”规划', '2021-2025', 1)
    """
    if isinstance(source, Document):
        return compiling.compile_document(source)
    document = read(source)
    return compiling.compile_document(document, sha256_of(Path(source)))


def settle(
    plan: Source,
    later: Iterable[Source],
    *,
    readings: "Readings | None" = None,
    nearly: float | None = None,
) -> "list[Settled]":
    """The targets of a plan, settled from other documents: met, not met, unknown, depends.

    ``nearly`` is the share from which a missed 预期性 target is of the class 基本完成 (0.9). Raises
    InvalidRequest where one of ``later`` is a draft (送审稿): it proves nothing.

    >>> plan = jingwei.read_text("到2020年，绫州市工业总产值达到5200亿元。", "旧.txt")
    >>> later = jingwei.read_text("2020年，绫州市实现工业总产值5318亿元，比上年增长5%。", "新.txt")
    >>> [settled] = jingwei.settle(plan, [later])
    >>> settled.verdict.answer
    'met'
    """
    from jingwei.app.pipeline import judging

    mine = _held(plan)
    others = issued_only(each for each in map(_held, later) if each.name != mine.name)
    return judging.settle(mine, others, readings=readings, nearly=nearly)


def lineage(plans: Iterable[Source]) -> list[Link]:
    """How the targets of plans belong together: kept, raised, lowered, dropped, new …

    >>> old = jingwei.read_text("到2020年，全市高新技术企业达到1000家。", "旧.txt")
    >>> new = jingwei.read_text("到2025年，全市高新技术企业达到2000家。", "新.txt")
    >>> [link] = jingwei.lineage([old, new])
    >>> link.relation
    'raised'
    """
    from jingwei.app.pipeline import judging

    return judging.lineage(map(_held, plans))


def compare(plans: Iterable[Source]) -> "list[Compared]":
    """Plans side by side, one row an indicator.

    >>> old = jingwei.read_text("到2020年，全市高新技术企业达到1000家。", "旧.txt")
    >>> new = jingwei.read_text("到2025年，全市高新技术企业达到2000家。", "新.txt")
    >>> [row] = jingwei.compare([old, new])
    >>> {name: targets[0].value for name, targets in row.cells.items()}
    {'旧.txt': 1000.0, '新.txt': 2000.0}
    """
    from jingwei.app.pipeline import judging

    return judging.compare(map(_held, plans))


def agreement(text: Source, plans: Iterable[Source]) -> list[Link]:
    """A press text or speech held against plans, one link a number.

    >>> plan = jingwei.read_text("到2025年，全市高新技术企业达到2000家。", "规划.txt")
    >>> press = jingwei.read_text("到2025年，全市高新技术企业将达到2100家。", "通稿.txt")
    >>> [link] = jingwei.agreement(press, [plan])
    >>> link.relation
    'contradictory'
    """
    from jingwei.app.pipeline import judging

    return judging.agreement(_held(text), map(_held, plans))


def check(documents: Iterable[Source]) -> list[Finding]:
    """Numbers inside and across documents that do not go together, with ranked explanations.

    >>> text = "工业增加值由2015年的812.6亿元增加到2020年的1190.4亿元，年均增长5.2%。"
    >>> [finding] = jingwei.check([jingwei.read_text(text, "甲.txt")])
    >>> finding.kind
    'growth'
    """
    from jingwei.app.pipeline import checking

    return checking.check([*map(_held, documents)])


def check_draft(draft: Source, plans: Iterable[Source]) -> list[Finding]:
    """An unissued plan held against outlines (the upper plans) and its sisters (衔接审查).

    >>> upper = jingwei.read_text(
    ...     "绫州市发展规划纲要\\n\\n一、目标\\n\\n到2025年，绫州市高新技术企业达到2500家。", "纲要.txt"
    ... )
    >>> draft = jingwei.read_text("到2025年，绫州市高新技术企业达到2000家。", "草案.txt")
    >>> [finding] = jingwei.check_draft(draft, [upper])
    >>> finding.kind
    'draft_weaker'
    """
    from jingwei.app.pipeline import checking

    return [*checking.check_draft(_held(draft), [*map(_held, plans)]).findings]


def proof(draft: str | Path | Document, documents: Iterable[Source]) -> "list[NumberCheck]":
    """Every number of a draft: agrees, differs, other definition, or no source.

    >>> known = jingwei.read_text("2025年，绫州市实现工业总产值8126亿元，比上年增长5%。", "公报.txt")
    >>> draft = jingwei.read_text("2025年，绫州市实现工业总产值8216亿元，比上年增长5%。", "汇报.txt")
    >>> [each.answer for each in jingwei.proof(draft, [known])]
    ['differs', 'agrees']
    """
    from jingwei.app.pipeline import proofing

    document = draft if isinstance(draft, Document) else read(draft)
    return proofing.proof(document, [*map(_held, documents)])


def library(folder: str | Path = ".") -> Library:
    """The compiled and reviewed documents of a workspace.

    Raises the first fault of a plan file. ``jingwei run`` or ``run`` compiles what is missing.
    """
    from jingwei.app.pipeline.library import library
    from jingwei.store import Workspace

    return library(Workspace.open(Path(folder)), _raised)


def run(folder: str | Path = ".") -> "Run":
    """Compile, settle, link, check and report a workspace, as far as something changed.

    Raises the first fault of a document; what was done before it stays done.
    """
    from jingwei.app.pipeline import running
    from jingwei.store import Workspace

    return running.run(Workspace.open(Path(folder)), _raised)


def _held(source: Source) -> Held:
    return source if isinstance(source, Held) else held(_compiled(source))


def _compiled(source: str | Path | Document) -> Compiled:
    return compile_document(source) if isinstance(source, Document) else compile_path(source)


def _raised(fault: JingweiError) -> None:
    raise fault
