"""Commands on targets: list them, spread one over its years."""

from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jingwei.app.cli import say
from jingwei.app.cli.opening import loaded, opened
from jingwei.app.cli.options import AnyFormat, Format, Plan, Where, Words
from jingwei.core import InvalidRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jingwei.core import Statement


def targets(
    plan: Plan = "",
    words: Words = "",
    unnamed: Annotated[
        bool,
        typer.Option("--unnamed", help="只列没有写明指标的 / only those that name no indicator"),
    ] = False,
    technical: Annotated[
        bool,
        typer.Option("--technical", help="只列技术参数（12英寸、28纳米） / only technical levels"),
    ] = False,
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """列出工作区的全部目标 / list the targets of the workspace.

    已收官的规划同时给出结论。技术参数（12英寸、28纳米）不是统计指标，不在其中，用 --technical 列出。没有写明指标的目标不参与任何对照；补上名称：jingwei review edit 编号 subject=…

    / Targets of a finished plan come with their verdicts. Technical levels (12 inches, 28 nanometres) are
    no statistics and left out; --technical lists them. A target that names no indicator takes part in
    nothing until it is named: jingwei review edit ID subject=…
    """
    from jingwei.app.cli import rows
    from jingwei.app.pipeline.judging import finished_plans, settle_in
    from jingwei.app.pipeline.records import target_record
    from jingwei.plans.pairing import copies

    faults = say.Faults()
    books = loaded(opened(where), faults)
    documents = [books.find(plan)] if plan else [*books.documents]
    entries = {
        entry.record.id: entry
        for each in documents
        if each.file is not None
        for entry in each.file.statements
    }
    goals = [
        each
        for document in documents
        for each in (document.unnamed if unnamed else document.statements)
        if each.role == "target" and (words in each.subject or words in each.quote)
    ]
    found = [each for each in goals if each.technical == technical]
    shown = {each.document for each in found}
    verdicts = {
        each.target.id: each
        for ended in finished_plans(books)
        if ended.name in shown
        for each in settle_in(books, ended)
    }
    same = {copy: lead for each in documents for copy, lead in copies(each.statements).items()}
    if form is Format.json:
        records: list[dict[str, Any]] = []
        for each in found:
            settled = verdicts.get(each.id)
            verdict, class_ = (settled.verdict, settled.class_) if settled else (None, None)
            records.append(
                target_record(each, verdict, class_, same.get(each.id, ""))
                | {"review": entries[each.id].state}
            )
        say.as_json(records)
    elif not found and unnamed:
        say.nothing(
            "没有不写明指标的目标；全部目标：jingwei targets",
            "every target names its indicator; for all of them: jingwei targets",
        )
    elif not found:
        if documents or not books.unreadable:  # what cannot be read was told of
            _no_target(words, any(documents))
    elif unnamed:
        say.table(rows.UNNAMED, [rows.unnamed_row(each) for each in found])
        say.note(
            "补上名称：jingwei review edit 编号 subject=指标名称",
            "to name one: jingwei review edit ID subject=NAME",
        )
    else:
        for document in documents:
            mine = [each for each in found if each.document == document.name]
            ids = {each.id for each in mine}
            cells = [
                rows.target_row(
                    each,
                    verdicts.get(each.id),
                    entries[each.id],
                    [copy for copy in mine if same.get(copy.id) == each.id],
                )
                for each in mine
                if same.get(each.id) not in ids
            ]
            if cells:
                say.table(rows.TARGET, cells, title=document.label)
        if left := len(goals) - len(found) if not technical else 0:
            say.note(
                f"另有技术参数{left}条（如{_example(goals)}），不是统计指标；列出：jingwei targets --technical",
                f"{left} technical levels are no statistics and not listed; for them: jingwei targets "
                "--technical",
            )
    raise typer.Exit(faults.code)


def _example(goals: "Sequence[Statement]") -> str:
    from jingwei.app.reports.quoting import printed

    return next(printed(each) for each in goals if each.technical)


def _no_target(words: str, compiled: bool) -> None:
    if not compiled:
        say.nothing(
            "工作区里还没有编译过的文件；把规划放进 documents/，再运行 jingwei run",
            "the workspace holds no compiled document; put plans into documents/, then jingwei run",
        )
    elif words:
        say.nothing(
            f"没有含“{words}”的目标；去掉 --words 可看全部",
            f"no target holds “{words}”; leave out --words to see them all",
        )
    else:
        say.nothing(
            "文件里没有读到目标；读到的事实见 jingwei statements 文件",
            "no target was read; for the facts see jingwei statements FILE",
        )


class Shape(StrEnum):
    """The shape of the years between."""

    linear = "linear"
    compound = "compound"
    s_curve = "s-curve"
    given = "given"


def milestones(
    id_: Annotated[
        str, typer.Argument(metavar="TARGET-ID", help="目标编号 / id", show_default=False)
    ],
    path: Annotated[
        Shape | None,
        typer.Option(
            help="年度路径（默认：累计下降 compound，其余 linear）"
            " / shape of the years between (default: compound for a decline, else linear)",
            show_default=False,
        ),
    ] = None,
    base: Annotated[
        str,
        typer.Option(
            metavar="N",
            help="基期值（默认：文件里找得到的） / base value (default: as found in the documents)",
            show_default=False,
        ),
    ] = "",
    growth: Annotated[
        str,
        typer.Option(
            metavar="N",
            help="复合路径的流量每年增长% / yearly growth of a flow, %",
            show_default=False,
        ),
    ] = "",
    values: Annotated[
        str,
        typer.Option(
            metavar="A,B,…",
            help="given 路径的各年数 / the years of a given path",
            show_default=False,
        ),
    ] = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """把目标分到各年 / yearly milestones of a target.

    路径看得见、可以换；末年（或合计）总与目标完全相等。

    / Along a visible path; the end, or the sum, is the target exactly.
    """
    from jingwei.app.pipeline.yearly import yearly
    from jingwei.plans.milestones import Path as YearlyPath

    faults = say.Faults()
    way = None
    if path is not None or growth or values:
        way = YearlyPath(
            (path or Shape.linear).value,  # pyright: ignore[reportArgumentType]
            number(growth) / 100 if growth else None,
            tuple(number(each) for each in values.split(",")) if values else (),
        )
    found = yearly(loaded(opened(where), faults), id_, way, number(base) if base else None)
    if form is Format.json:
        say.as_json(found.record())
    else:
        from jingwei.app.cli import rows

        say.line(found.told)
        say.table(rows.YEAR, [rows.year_row(each) for each in found.milestones], numbers=(0, 1, 2))
    raise typer.Exit(faults.code)


def number(text: str) -> Decimal:
    """A number as typed. Raises InvalidRequest."""
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        raise InvalidRequest(f"「{text}」不是数字", f"'{text}' is not a number") from None
