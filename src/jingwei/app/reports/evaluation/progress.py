"""Indicators: 约束性, 预期性 and those in prose apart, each with class, value, date, source, rule."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jingwei.app.reports.evaluation.content import Evaluation, Tracked
from jingwei.app.reports.evaluation.writing import Writing, chinese, shown_value, sources_of
from jingwei.app.reports.paper import Block, Column, Figure, Grid, Heading, Paragraph, Run, order

if TYPE_CHECKING:
    from jingwei.monitor.status import Standing

GROUPS: tuple[tuple[str | None, str], ...] = (
    ("约束性", "约束性指标"),
    ("预期性", "预期性指标"),
    (None, "文中目标"),
)
ANSWERS = (
    ("met", "完成或符合进度"),
    ("not_met", "未完成或滞后"),
    ("depends", "取决于读法"),
    ("unknown", "无法评价"),
)
_COLUMNS = (
    Column("序号", 10, "center"),
    Column("指标", 38),
    Column("目标", 28),
    Column("最近的数", 32),
    Column("结论", 17, "center"),
    Column("来源与规则", 31),
)


def groups(of: Evaluation) -> "Iterator[tuple[str, list[Standing]]]":
    """The targets by attribute, those in prose last; empty groups left out."""
    for attr, name in GROUPS:
        found = [each for each in of.counted if each.target.attr == attr]
        if found:
            yield name, found


def overview(of: Evaluation, writing: Writing) -> Iterator[Block]:
    """One table: how many of what, by answer; every count lists what it counted."""
    rows: list[Sequence[Sequence[Run]]] = []
    for name, found in groups(of):
        cells: list[Sequence[Run]] = [(Run(name),)]
        cells.append(writing.count(name, [writing.named(each.target) for each in found]))
        cells += [
            writing.count(
                f"{name}，{told}",
                [writing.named(s.target) for s in found if s.verdict.answer == key],
            )
            for key, told in ANSWERS
        ]
        rows.append(cells)
    columns = (
        Column("类别", 3),
        Column("项数", 1.5, "center"),
        *(Column(told, 2.2, "center") for _, told in ANSWERS),
    )
    if rows:
        yield Grid(writing.table_title("指标评估结果一览"), columns, rows)
    behind = [each for each in of.counted if each.verdict.answer == "not_met"]
    told: list[Run] = [Run("未完成或滞后的指标：" if behind else "没有未完成或滞后的指标")]
    for each in behind:
        attr = f"（{each.target.attr}）" if each.target.attr else ""
        separator = "" if each is behind[0] else "、"
        name = f"{separator}{writing.named(each.target)}{attr}{each.class_}"
        told.append(Run(name, writing.proof(each)))
    yield Paragraph((*told, Run("。")))


def progress(of: Evaluation, writing: Writing) -> Iterator[Block]:
    """A table for each group, then what must be said of those not on their way."""
    for number, (name, found) in enumerate(groups(of), 1):
        yield Heading(2, f"{order(2, number)}{name}")
        listed = found if found[0].target.attr else [each for each in found if _answered(each)]
        if listed:
            rows = [_row(place, each, writing) for place, each in enumerate(listed, 1)]
            yield Grid(writing.table_title(f"{name}进展"), _COLUMNS, rows)
        if len(listed) < len(found):
            silent = [writing.named(each.target) for each in found if not _answered(each)]
            told = Run("项没有可以评价的数，缺什么、找谁，见“不能签字的事项”。")
            yield Paragraph((Run("其余"), *writing.count(f"{name}，无法评价", silent), told))
        told = [each for each in found if each.verdict.answer in ("not_met", "depends")]
        for each in told:
            yield Paragraph(_said(each, writing))
    twice = [each for each in of.standings if each.same_as]
    if twice:
        names = writing.count("文中重复表述的目标", [writing.named(each.target) for each in twice])
        yield Paragraph(
            (Run("另有"), *names, Run("项目标在规划中重复表述，已并入上列同一指标，不重复计数。"))
        )
    if writing.cited:
        rules = "；".join(f"{key}{told}" for key, told in sorted(writing.cited.items()))
        yield Paragraph((Run(f"表中规则：{rules}。", bare="rule"),))
    if not of.counted:
        yield Paragraph((Run("规划文件中没有读到可以评价的指标。"),))


def _answered(each: "Standing") -> bool:
    return each.verdict.answer != "unknown"


def charts(found: Sequence[Tracked], writing: Writing) -> Iterator[Block]:
    """The figures of key indicators."""
    for each in found:
        mark = writing.notes.mark(*each.evidence)
        yield Figure(each.chart, (*writing.figure_title(each.chart.title), Run("", mark)))


def _row(place: int, each: "Standing", writing: Writing) -> Sequence[Sequence[Run]]:
    target, verdict = each.target, each.verdict
    goal = Run(f"{writing.printed(target)}\n（{target.period}年）", writing.goal(each))
    value = [Run("—")]
    if each.value:
        value = [Run(shown_value(each), writing.proof(each))]
    class_ = [Run(each.class_, strong=verdict.answer == "not_met")]
    told = [Run(f"{name}；", bare="name") for name in sources_of(each, writing)]
    if verdict.as_of:
        told.append(Run(f"{verdict.as_of}；", bare="date"))
    told.append(Run("、".join(writing.rules(verdict.method)), bare="rule"))
    return (
        (Run(str(place), bare="order"),),
        (Run(writing.named(each.target), bare="name"),),
        (goal,),
        value,
        class_,
        told,
    )


def _said(each: "Standing", writing: Writing) -> tuple[Run, ...]:
    reason = chinese(each.verdict.reason)
    mark = writing.proof(each)
    runs = [Run(f"{writing.named(each.target)}：", bare="name", strong=True), Run(reason, mark)]
    if each.verdict.readings:
        told = "；".join(
            f"{one.reading.split(' (')[0]}：{dict(ANSWERS)[one.answer]}"
            for one in each.verdict.readings
        )
        runs.append(Run(f"各种读法：{told}。", mark))
    return tuple(runs)
