"""What cannot be signed: every missing fact, and who holds it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jingwei.app.reports.evaluation.content import Evaluation, Order
from jingwei.app.reports.evaluation.writing import Writing, chinese
from jingwei.app.reports.paper import Block, Column, Grid, Paragraph, Run

if TYPE_CHECKING:
    from jingwei.monitor.status import Standing

_COLUMNS = (
    Column("序号", 10, "center"),
    Column("事项", 42),
    Column("为什么不能签", 46),
    Column("缺的事实", 36),
    Column("找谁", 22),
)
_BY_HOLDER = (Column("找谁", 30), Column("事项", 92), Column("为什么不能签", 34))
_NOBODY = "未知"
Cells = Sequence[Sequence[Run]]


def unsigned(of: Evaluation, writing: Writing) -> Iterator[Block]:
    """Targets of the table one by one, those in prose by holder, then what else is missing."""
    rows: list[Cells] = []

    def add(what: Sequence[Run], why: Sequence[Run], fact: Run, holder: str) -> None:
        place = (Run(str(len(rows) + 1), bare="order"),)
        rows.append((place, what, why, (fact,), (Run(holder or _NOBODY, bare="name"),)))

    for each in of.counted:
        verdict = each.verdict
        if verdict.answer == "unknown" and each.target.attr is None:
            continue
        what = (Run(_dated(each, writing), bare="name"),)
        why = (Run(chinese(verdict.reason), writing.proof(each)),)
        for missing in verdict.missing:
            add(what, why, Run(missing.fact, bare="name"), missing.holder)
        if verdict.answer == "depends":
            add(what, why, Run("以哪种读法为准（规划没有写明）"), "规划编制单位")
    for outlook in of.outlooks:
        if outlook.reasons:
            name = (Run(f"{outlook.target.subject}的预测", bare="name"),)
            why = (Run("；".join(outlook.reasons), writing.notes.mark(*outlook.evidence)),)
            for missing in outlook.missing:
                add(name, why, Run(missing.fact, bare="name"), missing.holder)
    for source in (of.plan, *of.documents):
        if source.unread:
            pages = "、".join(map(str, source.unread))
            why = (Run(f"第{pages}页是图像，没有读出", bare="order"),)
            add((Run(source.name, bare="name"),), why, Run("这些页的文字"), "文件提供单位")
    if rows:
        yield Grid(writing.table_title("不能签字的事项"), _COLUMNS, rows)
    prose = [e for e in of.counted if e.verdict.answer == "unknown" and e.target.attr is None]
    if prose:
        yield Grid(
            writing.table_title("文中目标中不能签字的事项（按掌握单位）"),
            _BY_HOLDER,
            [*_by_holder(prose, writing)],
        )
    if of.disputes:
        yield from _disputed(of, writing)
    silent = [each for each in (*of.programmes, *of.tasks) if not each.reported]
    if silent:
        yield from _silent(silent, writing)
    if not rows and not prose and not silent and not of.disputes:
        yield Paragraph((Run("没有不能签字的事项。"),))


def _dated(each: "Standing", writing: Writing) -> str:
    return f"{writing.named(each.target)}（{each.target.period}年）"


def _by_holder(prose: "Sequence[Standing]", writing: Writing) -> Iterator[Cells]:
    """Targets that the same office can settle, and for the same reason, share a row."""
    found: dict[tuple[str, str], list[Standing]] = {}
    for each in prose:
        holders = "、".join(dict.fromkeys(one.holder for one in each.verdict.missing if one.holder))
        reason = chinese(each.verdict.reason).partition("：")[0].rstrip("。")
        found.setdefault((holders or _NOBODY, reason), []).append(each)
    for (holder, reason), targets in sorted(found.items(), key=lambda item: item[0]):
        what: list[Run] = []
        for each in targets:
            separator = "；" if what else ""
            what.append(Run(f"{separator}{_dated(each, writing)}", writing.proof(each)))
        why = Run(reason, writing.proof(targets[0]))
        yield (Run(holder, bare="name"),), what, (why,)


def _disputed(of: Evaluation, writing: Writing) -> Iterator[Block]:
    """Values that somebody disputes; they stand as they are, answered or not (§15.5)."""
    rows = [
        (
            (Run(each.of, bare="name"),),
            (Run(each.value, writing.notes.mark(*each.evidence)),),
            (Run(each.by, bare="name"), Run(f"\n{each.on}", bare="date")),
            (Run(f"“{each.text}”", bare="name"),),
            (Run(each.answer or "尚未答复", bare="name"),),
            (Run(each.holder or _NOBODY, bare="name"),),
        )
        for each in of.disputes
    ]
    columns = (
        Column("指标", 34), Column("现用的数", 22), Column("谁、何时提出", 26), Column("异议", 34),
        Column("答复", 24), Column("由谁答复", 16),
    )  # fmt: skip
    yield Grid(writing.table_title("有异议的数（异议不改动数，见§15.5）"), columns, rows)


def _silent(silent: Sequence[Order], writing: Writing) -> Iterator[Block]:
    """Tasks and programmes without a report, by the office that leads them."""
    found: dict[str, list[str]] = {}
    for each in silent:
        found.setdefault(each.owner or "", []).append(each.name)
    order = sorted(found.items(), key=lambda item: (not item[0], -len(item[1]), item[0]))
    rows = [
        (
            (Run(owner or "规划没有写明牵头单位", bare="name"),),
            writing.count(f"{owner or '未写明牵头单位'}未报", names),
            (Run("任务进展" if owner else "牵头单位和任务进展"),),
        )
        for owner, names in order
    ]
    columns = (Column("牵头单位", 3), Column("未报项数", 1, "center"), Column("缺的事实", 2))
    yield Grid(writing.table_title("任务、工程未报情况（按牵头单位）"), columns, rows)
