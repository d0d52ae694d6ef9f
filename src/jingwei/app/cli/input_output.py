"""Commands on input-output tables; they work on plain files, with or without a workspace."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.answering import Form, FormOption, answer
from jingwei.app.cli.opening import around, opened
from jingwei.app.cli.options import Sheet, Where
from jingwei.core import written_out

if TYPE_CHECKING:
    from jingwei.chains.input_output import InputOutputTable

io = typer.Typer(
    name="io",
    help="投入产出表：谁拉动谁，缺了谁会怎样 / input-output tables: what pulls what",
    no_args_is_help=True,
)


class FlowsOf(StrEnum):
    """Which flows of a table that prints domestic and imported ones apart."""

    domestic = "domestic"
    total = "total"


class Taken(StrEnum):
    """What of a sector is extracted."""

    full = "full"
    purchases = "purchases"
    sales = "sales"


TablePath = Annotated[
    str,
    typer.Argument(
        metavar="TABLE", help="文件，或已导入的表名 / a file, or the name of an imported table"
    ),
]
Flows = Annotated[
    FlowsOf,
    typer.Option(
        "--flows",
        help="非竞争型表取国内流量还是合计 / domestic or total flows of a non-competitive table",
    ),
]
UnitOption = Annotated[
    str,
    typer.Option(
        "--unit",
        metavar="UNIT",
        help="表中单位，如万元 / the unit of the amounts",
        show_default=False,
    ),
]


def read(
    name: str, where: Path | None, flows: FlowsOf, unit: str = "", sheet: str = ""
) -> "InputOutputTable":
    from jingwei.app.pipeline.input_output import found

    table = found(name, around(where), flows.value, unit, sheet)
    zh, en = {
        "competitive": (
            "竞争型：系数用表中印出的中间流量（含进口品）除以总产出",
            "competitive: coefficients are the printed flows, imports included, over output",
        ),
        "domestic": (
            "非竞争型：系数用国内品流量除以总产出（合计用 --flows total）",
            "non-competitive: coefficients are domestic flows over output (--flows total for all)",
        ),
        "total": (
            "系数用全部流量除以总产出",
            "coefficients are all flows over output",
        ),
    }[table.origin]
    say.note(f"口径：{zh}", f"convention: {en}")
    for note in table.notes:
        say.note(*note)
    gap = _unbalanced(table)
    if gap is not None:
        amount, sector, share = gap
        say.note(
            f"有一行不平：总产出与各项使用之和最多差{written_out(amount, 6)}（{sector}，为其总产出的{share}）；"
            "按印出的数算",
            f"rows do not balance: output and uses differ by up to {written_out(amount, 6)} ({sector}, "
            f"{share} of its output); figures are used as printed",
        )
    if table.idle:
        made = dict(zip(table.sectors, table.output.tolist(), strict=True))
        names = "、".join(f"{s.name}（{made[s]:.2g}）" if made[s] else s.name for s in table.idle)
        say.note(
            "没有产出的部门（为零，或不过最大总产出的1e-8、为负不过1e-6，只是舍入的余数），"
            f"系数按零计，关联度取单位阵的值：{names}",
            "sectors without output (zero, or rounding: up to 1e-8 of the largest output, below zero "
            f"down to 1e-6) have coefficients of zero: {names}",
        )
    imported = table.oversold
    if imported:
        names = "、".join(sector.name for sector in imported[:5])
        more = f"等{len(imported)}个" if len(imported) > 5 else ""
        of, en = (
            ("最终使用为负，如存货减少", "final use is below zero, as stocks that shrink")
            if table.origin == "domestic"
            else ("大量进口或流入", "imports")
        )
        say.note(
            f"中间使用超过自身总产出（{of}），前向关联被抬高：{names}{more}",
            f"more is used than made here ({en}), which inflates forward linkages: {names}",
        )
    if table.negative:
        say.note(
            f"有{len(table.negative)}个负的中间流量，保留原样",
            f"{len(table.negative)} negative flows are kept as printed",
        )
    return table


def _unbalanced(table: "InputOutputTable") -> tuple[float, str, str] | None:
    """The largest gap of a row, its sector and its share of the output; None where rows balance or
    no uses are printed."""
    from jingwei.app.pipeline.input_output import examined, share_of

    if not table.final:
        return None
    found = examined(table)
    close = 1e-6 * float(table.output.max())
    if abs(found.row_gap) <= close:
        return None
    return abs(found.row_gap), found.row_at, share_of(found.row_share)


@io.command("import")
def import_(
    table: Annotated[Path, typer.Argument(metavar="FILE", help="CSV、XLSX 或矩阵文件夹")],
    where: Where = None,
    flows: Flows = FlowsOf.domestic,
    sheet: Sheet = "",
    unit: UnitOption = "",
    form: FormOption = Form.table,
) -> None:
    """核对一张表并放进工作区 / check a table and keep it in the workspace.

    给出平衡残差、零产出部门和负流量；没有工作区时只核对。

    / Shows balance residuals, idle sectors and negative flows; without a workspace it only checks.
    """
    from jingwei.app.pipeline.input_output import examined, keep, share_of

    held = read(str(table), where, flows, unit, sheet)
    got = examined(held)
    workspace = opened(where) if where is not None else around(None)
    kept = None
    if workspace is not None and not table.is_dir():
        with workspace.locked():
            kept = workspace.shown(keep(table, workspace))
    if form is Form.table:
        say.line(
            f"{held.name}：{len(held.sectors)}个部门，总产出 {held.output.sum():,.0f}{held.unit}"
        )
        if not held.final:
            say.line("行平衡 row balance：没有印最终使用，无从核对 no final uses are printed")
        else:
            say.line(
                f"行平衡残差 row residual：{written_out(got.row_gap, 4)}"
                f"（{got.row_at}，占其总产出{share_of(got.row_share)}）"
            )
        if got.column_gap is not None:
            say.line(
                f"列平衡残差 column residual：{written_out(got.column_gap, 4)}"
                f"（{got.column_at}，占其总产出{share_of(got.column_share)}）"
            )
        say.line(f"零产出部门 idle sectors：{'、'.join(got.idle) or '无 none'}")
        say.line(f"负流量 negative flows：{'；'.join(got.negative) or '无 none'}")
        if kept is not None:
            say.line(f"已放进工作区 kept as：{kept}")
    else:
        say.as_json({
            "name": held.name,
            "sectors": len(held.sectors),
            "origin": held.origin,
            "row_residual": got.row_gap,
            "column_residual": got.column_gap,
            "idle": got.idle,
            "negative": got.negative,
            "notes": held.notes,
            "file": kept,
        })  # fmt: skip


@io.command()
def linkages(
    table: TablePath,
    dispersion: Annotated[
        bool,
        typer.Option(
            "--dispersion/--no-dispersion", help="离散系数，大表较慢 / slow for large tables"
        ),
    ] = True,
    where: Where = None,
    flows: Flows = FlowsOf.domestic,
    sheet: Sheet = "",
    form: FormOption = Form.table,
) -> None:
    """前后向关联与关键部门 / backward and forward linkages, key sectors.

    均值为一。前向给出 Ghosh（行和）与 Leontief（行和）两种，后向为 Leontief 列和。

    / Normalised to mean one. Forward linkages in the Ghosh and the older Leontief convention.
    """
    from jingwei.app.pipeline.input_output import linkage_rows

    answer(linkage_rows(read(table, where, flows, sheet=sheet), dispersion=dispersion), form)


@io.command()
def multipliers(
    table: TablePath,
    satellite: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="就业、能耗等：代码或部门，各账户一列 / employment, energy: code and a column each",
            show_default=False,
        ),
    ] = None,
    where: Where = None,
    flows: Flows = FlowsOf.domestic,
    sheet: Sheet = "",
    form: FormOption = Form.table,
) -> None:
    """产出、增加值、就业等乘数和进口含量 / output and factor multipliers, import content."""
    from jingwei.app.pipeline.input_output import multiplier_rows, with_satellite
    from jingwei.chains.input_output.multipliers import sent_out

    held = read(table, where, flows, sheet=sheet)
    if held.origin == "competitive" and held.deducted:
        say.note(
            "要素乘数按全部流量（含进口品）算，进口含量按扣除进口和流入后的流量算，两者不能相加；"
            "没有产出的部门不适用进口含量（—）",
            "factor multipliers are of all flows, imports included, import content is of flows less "
            "imports and inflows: they do not add up; it does not apply to sectors without output",
        )
        if not sent_out(held):
            say.note(
                "没有单列出口、流出，进口含量按全部供给（含出口）推算，偏低",
                "exports are not printed apart: imports are spread over all supply, exports included, and "
                "import content runs low",
            )
        if not any(amount.any() for amount in held.deducted.values()):
            say.note(
                f"{'、'.join(held.deducted)}一列全为零，进口含量因此是0；若进口没有单列，这个0不说明没有进口",
                f"the columns {', '.join(held.deducted)} hold zeros alone, so import content is 0; where "
                "imports are not printed apart, that does not say there are none",
            )
    answer(multiplier_rows(with_satellite(held, satellite) if satellite else held), form)


@io.command()
def footprint(
    table: TablePath,
    factor: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="要素（默认：全部卫星账户，没有时为增加值） / the factor (default: all satellites, else value added)",
            show_default=False,
        ),
    ] = "",
    satellite: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="就业、能耗等：代码或部门，各账户一列 / employment, energy: code and a column each",
            show_default=False,
        ),
    ] = None,
    by_product: Annotated[
        bool, typer.Option("--by-product", help="按产品分列 / split by product")
    ] = False,
    where: Where = None,
    flows: Flows = FlowsOf.domestic,
    sheet: Sheet = "",
    form: FormOption = Form.table,
) -> None:
    """足迹：要素在哪里用掉，为谁的最终使用 / footprints: where a factor is used, and for whom.

    多地区表给出各地生产侧、消费侧、调入和调出含量（消费侧＝生产侧＋调入－调出）；单地区表按最终使用分列，进口为负。

    / A multi-regional table has accounts of production, consumption, imports and exports by region;
    a table of one region is split by final use, imports being negative.
    """  # fmt: skip
    from jingwei.app.pipeline.footprints import footprint_rows
    from jingwei.app.pipeline.input_output import with_satellite

    held = read(table, where, flows, sheet=sheet)
    if satellite:
        held = with_satellite(held, satellite)
    answer(footprint_rows(held, factor, by_product=by_product), form)


@io.command()
def extract(
    table: TablePath,
    group: Annotated[
        str,
        typer.Option(
            metavar="CODES", help="一组部门一起抽掉，逗号分开 / as a group", show_default=False
        ),
    ] = "",
    extent: Annotated[
        Taken, typer.Option(help="全部、只抽购买、只抽销售 / the whole, purchases, sales")
    ] = Taken.full,
    where: Where = None,
    flows: Flows = FlowsOf.domestic,
    sheet: Sheet = "",
    form: FormOption = Form.table,
) -> None:
    """假设抽取：没有这个部门，全部产出损失多少 / hypothetical extraction.

    损失包括部门自己的产出（extent 为 full 时）。

    / A full extraction counts the sector's own output as lost.
    """
    from jingwei.app.pipeline.input_output import extraction_rows

    codes = [code.strip() for code in group.replace("，", ",").split(",") if code.strip()]
    held = read(table, where, flows, sheet=sheet)
    answer(extraction_rows(held, extent.value, codes), form, digits=2)
