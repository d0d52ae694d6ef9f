"""The paper of an evaluation: its heading block, its sections in their order, its notes."""

from collections.abc import Callable, Iterator

from jingwei.app.reports.evaluation.content import KINDS, Evaluation
from jingwei.app.reports.evaluation.orders import orders
from jingwei.app.reports.evaluation.progress import charts, overview, progress
from jingwei.app.reports.evaluation.reasons import adjustments, causes, outlook
from jingwei.app.reports.evaluation.unsigned import unsigned
from jingwei.app.reports.evaluation.writing import Writing
from jingwei.app.reports.paper import Block, Heading, Paper, Paragraph, Run, order

_LAST = {"annual": "后续进度要求", "midterm": "调整建议", "final": "未完成事项"}
Section = Callable[[Evaluation, Writing], Iterator[Block]]


def paper_of(of: Evaluation) -> Paper:
    """The paper of an evaluation; same content, same paper."""
    writing = Writing(of)
    name = of.plan.title or of.plan.name
    body: list[Block] = [*_opening(of, writing)]
    sections: list[tuple[str, Section]] = [
        ("总体情况", overview),
        ("指标进展", _progress),
        ("任务、工程进展", orders),
    ]
    if of.kind != "final":
        sections.append(("到期预测", outlook))
    sections += [
        ("原因分析", causes),
        (_LAST[of.kind], adjustments),
        ("不能签字的事项", unsigned),
    ]
    for number, (title, section) in enumerate(sections, 1):
        body += [Heading(1, f"{order(1, number)}{title}"), *section(of, writing)]
    year = f"{of.as_of.year}年" if of.kind == "annual" else ""
    return Paper(
        title=f"《{name}》{year}{KINDS[of.kind][0]}",
        below=(f"（截至{of.as_of.year}年{of.as_of.month}月{of.as_of.day}日）",),
        as_of=of.as_of.isoformat(),
        body=body,
        notes=writing.notes.all,
    )


def _progress(of: Evaluation, writing: Writing) -> Iterator[Block]:
    yield from progress(of, writing)
    yield from charts(of.charts, writing)


def _opening(of: Evaluation, writing: Writing) -> Iterator[Block]:
    """What was evaluated, from what, and how to read the marks."""
    number = f"（{of.plan.number}）" if of.plan.number else ""
    name = of.plan.title or of.plan.name
    targets = [writing.named(each.target) for each in of.counted]
    yield Paragraph((
        Run(f"对《{name}》{number}", bare="name"),
        Run(f"（规划期{of.period}年）", bare="date"),
        Run("的"),
        *writing.count("评价的指标和目标", targets),
        Run("项指标和目标、"),
        *writing.count("任务", [each.name for each in of.tasks]),
        Run("项任务、"),
        *writing.count("工程和专项", [each.name for each in of.programmes]),
        Run("项工程和专项进行评估，结果如下。"),
    ))  # fmt: skip
    used = [f"《{each.title or each.name}》" for each in of.documents]
    many = len(of.datasets) > _NAMED
    used += [f"数据集“{each}”" for each in of.datasets[: 0 if many else _NAMED]]
    told = "、".join(used) or ("" if many else "没有后续文件和统计数据")
    sent = (*writing.count("所用统计来文", of.datasets), Run("份。")) if many else ()
    yield Paragraph((
        Run(f"所用材料：{told}{_sent(told, many)}", bare="name"),
        *sent,
        Run("文中每个数后的方括号编号指向附件中的依据；没有依据的数不写，没有报送的写“未报”，说不清的列入“不能签字的事项”。"),
    ))  # fmt: skip


def _sent(told: str, many: bool) -> str:
    """What follows the documents: the datasets, counted where there are many."""
    if not many:
        return "。"
    return "，统计来文" if told else "统计来文"


_NAMED = 6  # datasets named in the text; more are counted, with their names in the note
