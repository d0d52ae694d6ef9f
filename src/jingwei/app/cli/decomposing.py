"""The commands of ``decompose``: whose change, and by which factor."""

from enum import StrEnum
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from jingwei.app.cli import say
from jingwei.app.cli.answering import Form, FormOption, answer
from jingwei.app.cli.figures import File, Value, columns, months_of, workspace_for
from jingwei.app.cli.options import AsOf, Where, day_of
from jingwei.core import InvalidRequest


class _IndicatorFirst(TyperGroup):
    """``decompose INDICATOR …`` is short for ``decompose indicator INDICATOR …``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, "--help", "-h"):
            args = ["indicator", *args]
        return super().parse_args(ctx, args)


decompose = typer.Typer(
    name="decompose",
    cls=_IndicatorFirst,
    help="分解：变化是谁、由什么带来的 / decomposition: whose change, and by which factor",
    no_args_is_help=True,
)


class By(StrEnum):
    """Which parts an indicator of the workspace has."""

    district = "district"
    sector = "sector"


class Method(StrEnum):
    """How an indicator of the workspace is decomposed."""

    pull = "pull"
    structure = "structure"
    shift_share = "shift-share"


ByColumns = Annotated[
    str,
    typer.Option(
        "--by", metavar="COLUMNS", help="区分各行的列，逗号分开 / columns that name a row"
    ),
]
FromPeriod = Annotated[
    str,
    typer.Option(
        "--from", metavar="PERIOD", help="基期（默认最早） / default: the first", show_default=False
    ),
]
ToPeriod = Annotated[
    str,
    typer.Option(
        "--to", metavar="PERIOD", help="报告期（默认最新） / default: the last", show_default=False
    ),
]


@decompose.command()
def indicator(
    what: Annotated[
        str,
        typer.Argument(
            metavar="INDICATOR",
            help="工作区里的指标：名称或口径卡编号 / an indicator of the workspace",
            show_default=False,
        ),
    ],
    by: Annotated[By, typer.Option(help="分区，或分行业 / by district or by industry")],
    method: Annotated[
        Method, typer.Option(help="拉动、结构变化、偏离份额 / the method")
    ] = Method.pull,
    start: FromPeriod = "",
    end: ToPeriod = "",
    region: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="总量是哪个地区的（默认：全市） / the whole (default: the city)",
            show_default=False,
        ),
    ] = "",
    classification: Annotated[
        str,
        typer.Option(metavar="ID", help="哪种行业分类 / which classification", show_default=False),
    ] = "",
    as_of: AsOf = "",
    where: Where = None,
    form: FormOption = Form.table,
) -> None:  # fmt: skip
    """工作区里一个指标的分解，可简写为 decompose INDICATOR / an indicator of the workspace by its parts.

    取各部分最新一版的数；默认最近一个各部分都有数的年份对上年。没有部分覆盖的列为“未覆盖”。

    / Newest vintages of all parts; by default the newest year that has parts, against the year
    before. What no part covers is shown as such.
    """
    from jingwei.app.cli import monitoring_rows as rows
    from jingwei.app.pipeline.breakdowns import Parts, pulled_table

    parts = Parts(workspace_for(what, where), what, day_of(as_of), region=region)
    if method is not Method.pull:
        answer(parts.table(method.value, by.value, start, end, classification), form)
        return
    found = parts.pulled(by.value, months_of(start), months_of(end), classification)
    if form is not Form.table:
        answer(pulled_table(found), form)
        return
    say.line(found.whole.told)
    say.table(rows.VALUE, map(rows.value_row, found.whole.values), title="总量 the whole")
    for each in found.parts:
        title = f"{rows.BY[each.by]} {each.scheme}".strip()
        say.table(
            rows.PULL, rows.pull_rows(each), title=f"{title} 拉动 pulls", numbers=(2, 3, 4, 5)
        )
    for each in found.remarks:
        say.note(*each)


@decompose.command()
def pull(
    file: File,
    by: ByColumns,
    value: Value,
    start: FromPeriod = "",
    end: ToPeriod = "",
    growth: Annotated[
        str,
        typer.Option(
            metavar="COLUMN",
            help="同口径增速%的列：基数由它倒推 / growth on the same frame gives the base",
            show_default=False,
        ),
    ] = "",
    published: Annotated[
        float | None,
        typer.Option(
            metavar="PERCENT", help="公布的合计增速，余差列出 / published growth of the total"
        ),
    ] = None,
    form: FormOption = Form.table,
) -> None:
    """贡献率与拉动：各部分拉动之和等于合计增速 / contribution and pull; pulls add up to growth.

    两期水平若不是同一口径（名录变了），请用 --growth。

    / Where the frame changed between the two levels, use --growth.
    """
    from jingwei.app.pipeline.analysis import pulled
    from jingwei.app.pipeline.panels import read_panel

    if published is not None and not growth:
        raise InvalidRequest(
            "--published 与 --growth 一起用", "--published goes together with --growth"
        )
    found = pulled(read_panel(file), columns(by), value, (start, end), growth, published)
    answer(found, form)


@decompose.command(name="lmdi")
def lmdi_(
    file: File,
    by: ByColumns,
    factors: Annotated[
        str,
        typer.Option(metavar="COLUMNS", help="相乘得到总量的因素列 / factors that multiply to it"),
    ],
    group: Annotated[
        str,
        typer.Option(
            metavar="COLUMN", help="再按这一列给出 / also by this column", show_default=False
        ),
    ] = "",
    start: FromPeriod = "",
    end: ToPeriod = "",
    form: FormOption = Form.table,
) -> None:
    """LMDI-I：各因素的效应，加法与乘法，无余差 / effects of factors, without residual.

    因素为零时取极限（Ang 与 Liu 2007），不用小数代替。

    / Zeros take their limits, no small number stands for them.
    """
    from jingwei.app.pipeline.analysis import lmdi_table
    from jingwei.app.pipeline.panels import read_panel

    answer(lmdi_table(read_panel(file), columns(by), columns(factors), (start, end), group), form)


@decompose.command(name="shift-share")
def shift_share_(
    file: File,
    region: Annotated[str, typer.Option(metavar="COLUMN", help="地区列 / the column of regions")],
    industry: Annotated[
        str, typer.Option(metavar="COLUMN", help="行业列 / the column of industries")
    ],
    value: Value,
    reference: Annotated[
        str,
        typer.Option(
            metavar="REGION", help="参照区（默认各地之和） / default: the sum", show_default=False
        ),
    ] = "",
    start: FromPeriod = "",
    end: ToPeriod = "",
    form: FormOption = Form.table,
) -> None:
    """偏离份额：增长来自全局、结构还是自身 / shift-share, classical and Esteban-Marquillas."""
    from jingwei.app.pipeline.analysis import shift_table
    from jingwei.app.pipeline.panels import read_panel

    found = shift_table(read_panel(file), region, industry, value, (start, end), reference)
    answer(found, form, 3)


@decompose.command()
def structure(
    file: File,
    by: ByColumns,
    value: Value,
    start: FromPeriod = "",
    end: ToPeriod = "",
    form: FormOption = Form.table,
) -> None:
    """结构变化：绝对值范数与 Lilien 指数 / structural change."""
    from jingwei.app.pipeline.analysis import structure_table
    from jingwei.app.pipeline.panels import read_panel

    answer(structure_table(read_panel(file), columns(by), value, (start, end)), form)
