"""Tasks and programmes: who leads, until when, and what is known of them — 未报 where nothing is."""

from collections.abc import Iterator, Sequence

from jingwei.app.reports.evaluation.content import Evaluation, Order
from jingwei.app.reports.evaluation.writing import Writing
from jingwei.app.reports.paper import Block, Column, Grid, Heading, Paragraph, Run, order

UNREPORTED = "未报"
_NO_OWNER = "未写明"
_TASK = (
    Column("序号", 10, "center"),
    Column("任务", 64),
    Column("牵头单位", 28),
    Column("时限", 17, "center"),
    Column("掌握的情况", 37),
)
_PROGRAMME = (
    Column("序号", 10, "center"),
    Column("工程、专项", 52),
    Column("牵头单位", 28),
    Column("掌握的情况", 66),
)


def orders(of: Evaluation, writing: Writing) -> Iterator[Block]:
    """Counts first, then programmes, then the tasks chapter by chapter."""
    yield Paragraph(_summary("任务", of.tasks, writing))
    if of.programmes:
        yield Paragraph(_summary("工程和专项", of.programmes, writing))
    number = 0
    if of.programmes:
        number += 1
        yield Heading(2, f"{order(2, number)}工程和专项")
        rows = [_programme(n, each, writing) for n, each in enumerate(of.programmes, 1)]
        yield Grid(writing.table_title("工程和专项"), _PROGRAMME, rows)
    if of.tasks:
        number += 1
        yield Heading(2, f"{order(2, number)}任务")
    place = 0
    for chapter, found in _chapters(of.tasks):
        rows: list[Sequence[Sequence[Run]]] = []
        for each in found:
            place += 1
            rows.append(_task(place, each, writing))
        yield Grid(writing.table_title(f"任务：{chapter}"), _TASK, rows)


def _summary(what: str, found: Sequence[Order], writing: Writing) -> tuple[Run, ...]:
    if not found:
        return (Run(f"规划文件中没有读到{what}。"),)

    def count(told: str, kept: Sequence[str]) -> tuple[Run, ...]:
        return writing.count(f"{what}，{told}", kept)

    return (
        Run("规划部署"),
        *count("规划写明", [each.name for each in found]),
        Run(f"项{what}，其中写明牵头单位的"),
        *count("写明牵头单位", [each.name for each in found if each.owner]),
        Run("项。截至本报告，责任单位已报送进展的"),
        *count("已报", [each.name for each in found if each.reported]),
        Run("项，未报的"),
        *count(UNREPORTED, [each.name for each in found if not each.reported]),
        Run("项；未报的不作完成或未完成的判断，其中含有指标的，只列指标本身的结论。"),
    )


def _chapters(tasks: Sequence[Order]) -> Iterator[tuple[str, list[Order]]]:
    """The tasks by the first of the headings above them, in the order of the plan."""
    found: dict[str, list[Order]] = {}
    for each in tasks:
        found.setdefault(each.section[0] if each.section else "正文", []).append(each)
    yield from found.items()


def _task(place: int, each: Order, writing: Writing) -> Sequence[Sequence[Run]]:
    mark = writing.notes.mark(each.evidence)
    return (
        (Run(str(place), bare="order"),),
        (Run(each.name, mark),),
        (Run(each.owner or _NO_OWNER, bare="name"),),
        (Run(each.due or "未写明", bare="date"),),
        _known(each, writing),
    )


def _programme(place: int, each: Order, writing: Writing) -> Sequence[Sequence[Run]]:
    mark = writing.notes.mark(each.evidence)
    return (
        (Run(str(place), bare="order"),),
        (Run(each.name, mark),),
        (Run(each.owner or _NO_OWNER, bare="name"),),
        _known(each, writing),
    )


def _known(each: Order, writing: Writing) -> tuple[Run, ...]:
    runs = [] if each.reported else [Run(UNREPORTED)]
    for known in each.known:
        separator = "；" if runs else ""
        runs.append(Run(f"{separator}{known.text}", writing.notes.mark(*known.evidence)))
    return tuple(runs)
