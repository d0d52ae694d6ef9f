"""What cannot be signed: every missing fact, and who holds it."""

from collections.abc import Iterator, Sequence

from jingwei.app.reports.evaluation.content import Evaluation, Order
from jingwei.app.reports.evaluation.writing import Writing
from jingwei.app.reports.paper import Block, Column, Grid, Paragraph, Run

_COLUMNS = (
    Column("序号", 10, "center"),
    Column("事项", 42),
    Column("为什么不能签", 46),
    Column("缺的事实", 36),
    Column("找谁", 22),
)


def unsigned(of: Evaluation, writing: Writing) -> Iterator[Block]:
    """A table of what nobody can sign today, then tasks that nobody reported on."""
    rows: list[Sequence[Sequence[Run]]] = []

    def add(what: tuple[Run, ...], why: tuple[Run, ...], fact: Run, holder: str) -> None:
        place = (Run(str(len(rows) + 1), bare="order"),)
        rows.append((place, what, why, (fact,), (Run(holder or "未知", bare="name"),)))

    for each in of.counted:
        target, verdict = each.target, each.verdict
        what = (Run(writing.named(target), bare="name"), Run(f"（{target.period}年）", bare="date"))
        why = (Run(verdict.reason, writing.proof(each)),)
        for missing in verdict.missing:
            add(what, why, Run(missing.fact, bare="name"), missing.holder)
        if verdict.answer == "depends":
            told = Run("以哪种读法为准（规划没有写明）")
            add(what, why, told, "规划编制单位")
    for outlook in of.outlooks:
        if outlook.reasons:
            name = (Run(f"{outlook.target.subject}的预测", bare="name"),)
            for missing in outlook.missing:
                why = (Run("；".join(outlook.reasons), bare="rule"),)
                add(name, why, Run(missing.fact, bare="name"), missing.holder)
    for source in (of.plan, *of.documents):
        if source.unread:
            pages = "、".join(map(str, source.unread))
            name = (Run(source.name, bare="name"),)
            add(
                name,
                (Run(f"第{pages}页是图像，没有读出", bare="order"),),
                Run("该页文字"),
                "文件提供单位",
            )
    if rows:
        yield Grid(writing.table_title("不能签字的事项"), _COLUMNS, rows)
    silent = [each for each in (*of.programmes, *of.tasks) if not each.reported]
    if silent:
        yield from _silent(silent, writing)
    if not rows and not silent:
        yield Paragraph((Run("没有不能签字的事项。"),))


def _silent(silent: Sequence[Order], writing: Writing) -> Iterator[Block]:
    """Tasks and programmes without a report, by the office that leads them."""
    found: dict[str, list[str]] = {}
    for each in silent:
        found.setdefault(each.owner or "", []).append(each.name)
    rows = [
        (
            (Run(owner or "规划没有写明牵头单位", bare="name"),),
            writing.count(f"{owner or '未写明牵头单位'}未报", names),
            (Run("任务进展" if owner else "牵头单位和任务进展"),),
        )
        for owner, names in sorted(
            found.items(), key=lambda item: (not item[0], -len(item[1]), item[0])
        )
    ]
    columns = (Column("牵头单位", 3), Column("未报项数", 1, "center"), Column("缺的事实", 2))
    yield Grid(writing.table_title("任务、工程未报情况（按牵头单位）"), columns, rows)
