"""Commands of the running year: month, split, appraise."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.monitoring import Count
from jingwei.app.cli.opening import loaded, opened
from jingwei.app.cli.options import AnyFormat, AsOf, Format, To, Where, day_of, today
from jingwei.app.cli.targets import number
from jingwei.app.cli.writing import write
from jingwei.core import InvalidRequest, Scope


class WayToDivide(StrEnum):
    """How a proposal divides a whole."""

    base = "base"
    growth = "growth"
    manual = "manual"


Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE", help="文件名（默认：全部） / names (default: all)", show_default=False
    ),
]


def month(
    month: Annotated[
        str,
        typer.Argument(
            metavar="MONTH",
            help="哪个月，如 2025-09（默认：最新的） / which month (default: the newest)",
            show_default=False,
        ),
    ] = "",
    as_of: AsOf = "",
    region: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            help="地区代码（默认：本市） / region (default: the city)",
            show_default=False,
        ),
    ] = "",
    due: Annotated[
        str,
        typer.Option(
            metavar="DATE",
            help="应报日期，之后到的算迟报 / the day returns were due",
            show_default=False,
        ),
    ] = "",
    enterprises: Annotated[
        bool,
        typer.Option(
            "--enterprises",
            help="列出拉动最大的企业（保密） / list enterprises (confidential)",
        ),
    ] = False,
    count: Count = 20,
    to: To = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """月度调度一页纸 / the monthly dispatch.

    1—N月累计、同口径增速、全年目标倒排、分地区分行业拉动、迟报未报。

    / Cumulative values, growth on the same frame, what the months left need, pulls, late returns.
    """
    from jingwei.app.cli import monitoring_rows as rows
    from jingwei.app.pipeline.monitoring import dispatch_of
    from jingwei.app.pipeline.papers import forms_of
    from jingwei.app.reports.monthly import sheet_of

    faults = say.Faults()
    workspace, forms = opened(where), forms_of(to)
    books = loaded(workspace, faults)
    scope = Scope.everything() if enterprises else Scope()
    page = dispatch_of(
        books, month, day_of(as_of), region=region, due=day_of(due) if due else None, scope=scope,
        count=count,
    )  # fmt: skip
    if forms:
        name = f"month-{page.months.last_year}-{page.months.last_month:02}-{page.region}"
        with workspace.locked():
            write(workspace, name, sheet_of(page, "工业经济运行月度调度"), forms)
        raise typer.Exit(faults.code)
    if form is Format.json:
        say.as_json(page)
        raise typer.Exit(faults.code)
    first, last = page.months.first % 12 + 1, page.months.last_month
    title = f"{page.region} {page.months.last_year}年{first}—{last}月，截至 as of {page.as_of.isoformat()}"
    say.table(rows.LINE, map(rows.line_row, page.lines), title=title, numbers=(1, 2))
    for line in page.lines:
        for pulls in (*line.pulls, *([line.movers] if line.movers else [])):
            say.table(
                rows.PULL, rows.pull_rows(pulls), title=rows.pull_title(line, pulls),
                numbers=(2, 3, 4, 5),
            )  # fmt: skip
            if pulls.withheld:
                say.note(pulls.withheld, pulls.withheld_en)
    if page.returns:
        say.table(
            rows.RETURN, map(rows.return_row, page.returns), title="迟报、未报 late or missing"
        )
    for each in page.disputes:
        say.line(each.zh)
    if page.silent:
        say.table(
            rows.SILENT, rows.silent_rows(page.silent), numbers=(1,),
            title=f"没有月度数的{page.months.last_year}年目标 no monthly series",
        )  # fmt: skip
    raise typer.Exit(faults.code)


def split(
    file: Files = None,
    propose: Annotated[
        str,
        typer.Option(
            metavar="TARGET-ID",
            help="按基期提出一个分解方案，写到屏幕 / print a proposal for this target",
            show_default=False,
        ),
    ] = "",
    parts: Annotated[
        str,
        typer.Option(
            metavar="A=N,B=N,…",
            help="各分项的基期数 / the parts and their bases",
            show_default=False,
        ),
    ] = "",
    way: Annotated[WayToDivide, typer.Option(help="怎么分 / how to divide")] = WayToDivide.base,
    growth: Annotated[
        str,
        typer.Option(
            metavar="A=N,…",
            help="各分项增速%（way=growth） / growth of the parts",
            show_default=False,
        ),
    ] = "",
    given: Annotated[
        str,
        typer.Option(
            metavar="A=N,…", help="手工指定的（way=manual） / parts by hand", show_default=False
        ),
    ] = "",
    places: Annotated[int, typer.Option(min=0, max=6, help="几位小数 / decimals")] = 0,
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """分解下达：各分项合起来是不是总目标 / targets divided, held against the whole.

    下达数、自报数、完成数分开；流量相加，比重按分母加权，增速不相加，逐年降幅连乘。

    / Assigned, declared and done stay apart; amounts sum, shares are weighted, yearly rates compound.
    """
    from jingwei.app.cli import monitoring_rows as rows
    from jingwei.app.pipeline import dividing

    faults = say.Faults()
    books = loaded(opened(where), faults)
    if propose:
        say.line(
            dividing.proposal(
                books, propose, _pairs(parts), way.value, growth=_pairs(growth),  # pyright: ignore[reportArgumentType]
                given=_pairs(given), places=places, on=today(),
            ).rstrip("\n")
        )  # fmt: skip
        raise typer.Exit(faults.code)
    found = dividing.splits(books, file or [])
    if form is Format.json:
        say.as_json(found)
    else:
        for each in found:
            say.table(rows.SPLIT, rows.split_rows(each), title=rows.split_title(each))
            say.table(rows.PART, rows.part_rows(each), numbers=(1, 2, 3, 4))
        if not found:
            say.line("definitions/splits/ 中没有分解表 / no division of targets yet")
    raise typer.Exit(faults.code)


def _pairs(written: str) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for each in filter(None, written.replace("，", ",").split(",")):
        name, equals, value = each.partition("=")
        if not equals or not name.strip():
            raise InvalidRequest(
                f"“{each}”应写成 名称=数", f"'{each}' should be name=number", where=written
            )
        found[name.strip()] = number(value)
    return found


def appraise(
    file: Files = None,
    as_of: AsOf = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """考核：得分、算式、等次、名次的稳定性 / appraisal.

    缺数降低可信度，不算零分；约束性指标未完成封顶等次；有异议的数照列。

    / A missing value is no zero; a missed binding target caps the grade; disputes stay visible.
    """
    from jingwei.app.cli import monitoring_rows as rows
    from jingwei.app.pipeline.dividing import appraisals

    faults = say.Faults()
    found = appraisals(loaded(opened(where), faults), file or [], day_of(as_of))
    if form is Format.json:
        say.as_json(
            [
                {
                    "scheme": each.scheme.name,
                    "date": each.scheme.date,
                    "units": each.units,
                    "stability": each.annex,
                    "disputes": [one.record() for one in each.disputes],
                }
                for each in found
            ]
        )
    else:
        for each in found:
            title = f"{each.scheme.name}（{each.scheme.date}）"
            say.table(rows.UNIT, map(rows.unit_row, each.units), title=title, numbers=(2, 3, 4))
            for line in rows.appraisal_notes(each.units):
                say.line(line)
            for one in each.disputes:
                say.line(
                    f"{one.zh}；未改动，得分照现数计 / the value stands, and the score with it"
                )
            say.table(
                rows.ANNEX, map(rows.annex_row, each.annex),
                title="附：权重±20%时名次的稳定性 ranks under other weights", numbers=(1, 2, 3),
            )  # fmt: skip
        if not found:
            say.line("definitions/appraisals/ 中没有考核方案 / no scheme of appraisal yet")
    raise typer.Exit(faults.code)
