"""Further commands on input-output tables: decompose, paths, balance, regionalise; the root registers them."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.answering import Form, FormOption, answer
from jingwei.app.cli.input_output import Flows, FlowsOf, TablePath, read
from jingwei.app.cli.options import Sheet, Where


class ByQuotient(StrEnum):
    """The location quotient."""

    slq = "slq"
    cilq = "cilq"
    flq = "flq"
    aflq = "aflq"


def decompose(
    before: TablePath,
    after: TablePath,
    where: Where = None,
    flows: Flows = FlowsOf.domestic,
    sheet: Annotated[
        list[str] | None,
        typer.Option(
            "--sheet",
            metavar="NAME",
            help="工作簿里的哪一张；给两次分别是前后两张 / a sheet; given twice, of each table",
            show_default=False,
        ),
    ] = None,
    form: FormOption = Form.table,
) -> None:
    """结构分解：产出为什么变 / structural decomposition of the change of output.

    部门按名称对应，次序可以不同。两极分解的平均，加总正好等于变化；现价表里，价格变化算在技术和规模里。

    / Sectors are matched by name. The mean of the polar forms, exact. In current prices, price changes are part of it.
    """
    from jingwei.app.pipeline.input_output import decomposition_rows, reordered

    sheets = [*(sheet or [""])]
    one = read(before, where, flows, sheet=sheets[0])
    other = read(after, where, flows, sheet=sheets[-1])
    if reordered(one, other):
        say.note(
            "两张表的部门次序不同，已按名称对齐，按后一张表的次序列出",
            "sectors stand in another order; they were matched by name and follow the later table",
        )
    answer(decomposition_rows(one, other), form, digits=1)


def paths(
    table: TablePath,
    factor: Annotated[str, typer.Option(metavar="NAME", help="要素 / the factor")] = "增加值",
    use: Annotated[str, typer.Option(metavar="NAME", help="最终使用 / the final use")] = "最终需求",
    least: Annotated[
        float, typer.Option(metavar="SHARE", help="至少占总量的比例 / least share of the whole")
    ] = 0.002,
    where: Where = None,
    flows: Flows = FlowsOf.domestic,
    sheet: Sheet = "",
    form: FormOption = Form.table,
) -> None:
    """结构路径：要素经由哪条供应链到达最终使用 / structural paths."""
    from jingwei.app.pipeline.input_output import path_rows

    answer(path_rows(read(table, where, flows, sheet=sheet), factor, use, least), form)


def balance(
    table: TablePath,
    margins: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="新的合计：代码或部门、行合计、列合计（code,rows,columns）；不给就只列残差 / the new margins; "
            "residuals alone without them",
            show_default=False,
        ),
    ] = None,
    where: Where = None,
    flows: Flows = FlowsOf.domestic,
    sheet: Sheet = "",
    form: FormOption = Form.csv,
) -> None:
    """把中间流量调到新的行列合计 / fit flows to new margins (RAS, GRAS).

    不给新的合计时，逐部门列出行、列残差及其占总产出的百分比，不作调整。

    / Without margins, residuals of rows and columns are listed, also in per cent of output.
    """
    from jingwei.app.pipeline.input_output import balanced_rows, residual_rows

    held = read(table, where, flows, sheet=sheet)
    if margins is None:
        answer(residual_rows(held), form)
        return
    found, zh, en = balanced_rows(held, margins)
    say.note(zh, en)
    answer(found, form)


def regionalise(
    table: TablePath,
    sizes: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help="地区与全国规模：代码或部门、本地区、全国（code,region,nation） / sizes by sector",
        ),
    ],
    quotient: Annotated[
        ByQuotient, typer.Option(help="区位商 / location quotient")
    ] = ByQuotient.flq,
    delta: Annotated[
        float, typer.Option(metavar="DELTA", help="FLQ 的参数 / parameter of FLQ and AFLQ")
    ] = 0.25,
    where: Where = None,
    flows: Flows = FlowsOf.domestic,
    sheet: Sheet = "",
    form: FormOption = Form.csv,
) -> None:
    """用区位商推算地区投入系数 / estimate regional input coefficients.

    是估计，不是调查：SLQ、CILQ 不计同类产品的双向流动，会高估乘数；FLQ 的参数因地区而异。

    / An estimate: SLQ and CILQ overstate multipliers, and the parameter of FLQ differs by region.
    """
    from jingwei.app.pipeline.input_output import regional_rows

    say.note(
        "推算值，未经调查表核实；不计双向流动，进口偏低、乘数偏高",
        "estimates, not confirmed by a survey; cross-hauling is not seen, multipliers run high",
    )
    answer(
        regional_rows(read(table, where, flows, sheet=sheet), sizes, quotient.value, delta), form
    )
