"""What can be said of the future, of causes, and of what follows: only what somebody below found."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jingwei.app.reports.evaluation.content import Drivers, Evaluation
from jingwei.app.reports.evaluation.writing import Writing
from jingwei.app.reports.paper import Block, Column, Grid, Heading, Paragraph, Run, order
from jingwei.app.reports.words import points, word
from jingwei.core import Evidence, written_out

if TYPE_CHECKING:
    from jingwei.monitor.status import Standing

_ASKED = {">=": "应不低于", ">": "应超过", "<=": "应不超过", "<": "应低于"}
_SHOWN = 3  # parts that pull most, each way
_BY = {"district": "分区", "zone": "功能区（已计入各区，不相加）", "category": "分行业"}


def outlook(of: Evaluation, writing: Writing) -> Iterator[Block]:
    """The forecast of each target that has a series, or what is missing for one."""
    if not of.outlooks:
        told = "没有可以外推的指标：缺少与目标同口径的年度数列，可向各指标的掌握单位索取后导入。"
        yield Paragraph((Run(told),))
        yield from _left_out(of, writing)
        return
    yield Paragraph(
        (
            Run(
                "以下为按历史数列的外推，方法由滚动回测选出；预测不是完成的依据，不改变上列任何结论。所列为",
            ),
            Run("80%", bare="rule"),
            Run("的预测区间。"),
        )
    )
    rows = [
        (
            (Run(each.target.subject, bare="name"),),
            (
                Run(
                    f"{writing.printed(each.target)}\n（{each.target.period}年）",
                    writing.notes.mark(each.target.evidence),
                ),
            ),
            _or_none(each.point, writing, each.evidence),
            _or_none(each.interval, writing, each.evidence),
            _or_none(each.chance, writing, each.evidence),
            (Run("；".join(filter(None, (each.method, *each.reasons))) or "—", bare="rule"),),
        )
        for each in of.outlooks
    ]
    columns = (
        Column("指标", 36), Column("目标", 22), Column("目标年预计", 20, "right"),
        Column("区间", 26, "center"), Column("达到的可能", 16, "center"), Column("方法与说明", 36),
    )  # fmt: skip
    yield Grid(writing.table_title("到目标年的预测"), columns, rows)
    yield from _left_out(of, writing)


def _left_out(of: Evaluation, writing: Writing) -> Iterator[Block]:
    """The targets without a forecast, by the reason: none is left out in silence."""
    reasons: dict[str, list[str]] = {}
    for target, why in of.unforeseen:
        reasons.setdefault(why, []).append(writing.named(target))
    for why, names in reasons.items():
        yield Paragraph(
            (Run(f"没有预测的（{why}）："), Run("、".join(names), bare="name"), Run("。"))
        )


def _or_none(told: str, writing: Writing, evidence: Sequence[Evidence]) -> tuple[Run, ...]:
    return (Run(told, writing.notes.mark(*evidence)),) if told else (Run("—"),)


def causes(of: Evaluation, writing: Writing) -> Iterator[Block]:
    """Who pulls, and where the numbers of the documents disagree; nothing else is called a cause."""
    number = 0
    if of.drivers:
        number += 1
        yield Heading(2, f"{order(2, number)}分区、分行业拉动")
        yield Paragraph(
            (
                Run(
                    "按同一口径的总量计算，各部分拉动之和等于总量增速；拉动说明变化在哪里，不说明为什么。"
                ),
            )
        )
        for each in of.drivers:
            yield _driver(each, writing)
    if of.findings:
        number += 1
        yield Heading(2, f"{order(2, number)}数据之间的矛盾")
        for place, finding in enumerate(of.findings, 1):
            mark = writing.notes.mark(*finding.sides)
            runs = [
                Run(f"{place}．", bare="order"),
                Run(f"{word('finding', finding.kind)['zh']}：", strong=True),
                Run(finding.message, mark),
            ]
            likely = sorted(finding.explanations, key=lambda one: one.rank)[:2]
            if likely:
                told = "；".join(one.text.rstrip("。") for one in likely)
                runs.append(Run(f"可能的原因（按可能性）：{told}。", mark))
            yield Paragraph(runs)
    if number == 0:
        yield Paragraph(
            (
                Run(
                    "没有分区、分行业的同口径数列，体检也没有发现矛盾；现有材料不支持对原因作出判断。"
                ),
            )
        )


def _driver(each: Drivers, writing: Writing) -> Grid:
    pulls = each.pulls
    parts = [*pulls.parts]
    shown = parts if len(parts) <= 2 * _SHOWN else [*parts[:_SHOWN], *parts[-_SHOWN:]]
    rows: list[Sequence[Sequence[Run]]] = []
    for part in shown:
        mark = writing.notes.mark(part.evidence)
        growth = "—" if part.growth is None else f"{part.growth:.1f}"
        rows.append(
            (
                (Run(part.name, bare="name"),),
                (Run(f"{written_out(part.value, 6)}", mark),),
                (Run(f"{written_out(part.before, 6)}", mark),),
                (Run("—") if part.growth is None else Run(growth, mark),),
                (Run(points(part.pull), mark),),
            )
        )
    if len(shown) < len(parts):
        rest = parts[_SHOWN:-_SHOWN]
        cells = (Run("其余"), *writing.count("未逐一列出的部分", [p.name for p in rest]), Run("个"))
        rows.append((cells, (Run("—"),), (Run("—"),), (Run("—"),), (Run("见数据"),)))
    whole = writing.notes.mark(pulls.whole)
    dash = (Run("—"),)
    if pulls.open_ is not None:
        rows.append(((Run("未覆盖"),), dash, dash, dash, (Run(points(pulls.open_), whole),)))
    rows.append(((Run("合计"),), dash, dash, dash, (Run(points(pulls.total), whole),)))
    columns = (
        Column("部分", 3), Column(f"报告期（{each.unit}）", 2, "right"),
        Column("上年", 2, "right"), Column("增速（%）", 1.6, "right"),
        Column("拉动（百分点）", 2, "right"),
    )  # fmt: skip
    by = _BY.get(pulls.by, pulls.by) + (f"（{pulls.scheme}）" if pulls.scheme else "")
    return Grid(writing.table_title(f"{each.name}，{each.when}年，{by}"), columns, rows)


def adjustments(of: Evaluation, writing: Writing) -> Iterator[Block]:
    """What follows from the verdicts, and nothing more."""
    behind = [each for each in of.counted if each.verdict.answer == "not_met"]
    if of.kind == "midterm":
        yield Paragraph(
            (
                Run(
                    "以下各项由评估结论直接得出。是否调整目标由规划批准机关决定，本报告不提出新的目标值。"
                ),
            )
        )
    if not behind:
        yield Paragraph((Run("没有滞后或未完成的指标。"),))
    for place, each in enumerate(behind, 1):
        yield Paragraph(_asked(place, each, of, writing))


def _asked(place: int, each: "Standing", of: Evaluation, writing: Writing) -> tuple[Run, ...]:
    target, mark = each.target, writing.proof(each)
    attr = f"（{target.attr}）" if target.attr else ""
    lead = (
        Run(f"{place}．", bare="order"),
        Run(f"{writing.named(target)}{attr}：", bare="name", strong=True),
        Run(f"目标{writing.printed(target)}（{target.period}年）", writing.goal(each)),
    )
    gap = each.required or each.verdict.gap
    if of.kind == "final":
        if gap is None:
            return (*lead, Run(f"，{each.class_}。"))
        asked = _ASKED.get(target.op, "应为")
        told = f"，{each.class_}，{gap.what}{written_out(gap.from_, 4)}{gap.unit}，{asked}{written_out(gap.to, 4)}{gap.unit}。"
        return (*lead, Run(told, mark))
    if gap is None:
        return (*lead, Run(f"，{each.class_}；余下年份已没有可以补足的进度。"))
    if each.limited:
        told = f"，{each.class_}；照此将超出上限：{gap.what}至今{written_out(gap.from_, 4)}{gap.unit}，今后不得高于{written_out(gap.to, 4)}{gap.unit}。"
        return (*lead, Run(told, mark))
    told = f"，{each.class_}；要按期完成，{gap.what}需由{written_out(gap.from_, 4)}{gap.unit}到{written_out(gap.to, 4)}{gap.unit}。"
    return (*lead, Run(told, mark))
