"""Commands on records of single enterprises: rollup, protect."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.answering import Form, FormOption, answer
from jingwei.app.cli.figures import columns, is_file, months_of, number, pairs, workspace_for
from jingwei.app.cli.options import AsOf, Where, day_of
from jingwei.core import InvalidRequest

if TYPE_CHECKING:
    from jingwei.app.pipeline.breakdowns import By
    from jingwei.core import Months, Scope
    from jingwei.statistics.rollup import Rollup

INSIDE = (
    "内部资料：含单个统计调查对象的资料，不得对外提供（《统计法》，§14.2、§19.5）；对外用 --public",
    "confidential: names single respondents, not to leave the house (§14.2, §19.5); else --public",
)


What = Annotated[
    str,
    typer.Argument(
        metavar="WHAT",
        help="工作区里的指标（名称或口径卡编号），或数据文件 / an indicator of the workspace, or a file",
        show_default=False,
    ),
]
PeriodOption = Annotated[
    str,
    typer.Option(
        "--period", "--months", metavar="PERIOD",
        help="时期，如 2025 或 2025-01/2025-03 / the period", show_default=False,
    ),
]  # fmt: skip


def rollup(
    what: What,
    records: Annotated[
        Path | None,
        typer.Argument(
            metavar="RECORDS", show_default=False,
            help="上报数文件：entity,value,day；WHAT 即名录：entity,name,region,zones,owner,last / "
            "the reports, where WHAT is a file: the register",
        ),
    ] = None,
    months: PeriodOption = "",
    due: Annotated[
        str,
        typer.Option(metavar="DAY", help="应报日期 / the day reports are due", show_default=False),
    ] = "",
    as_of: AsOf = "",
    reasons: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="差额原因：region,cause,amount / causes of gaps",
            show_default=False,
        ),
    ] = None,
    district: Annotated[
        str,
        typer.Option(
            metavar="CODE", help="只看这个地区 / as this region sees it", show_default=False
        ),
    ] = "",
    public: Annotated[
        bool,
        typer.Option("--public", help="不显示单个企业的名称和可推出的数 / without single units"),
    ] = False,
    regions: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", show_default=False,
            help="（文件）地区表：code,name,level,within,overlaps / for files: the regions",
        ),
    ] = None,
    indicator: Annotated[
        str,
        typer.Option(metavar="NAME", help="（文件）指标 / for files: the indicator", show_default=False),
    ] = "",
    unit: Annotated[
        str, typer.Option(metavar="UNIT", help="（文件）单位 / for files: the unit", show_default=False)
    ] = "",
    published: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", show_default=False,
            help="（文件）公布数：region,value / for files: published figures",
        ),
    ] = None,
    share: Annotated[
        bool,
        typer.Option("--not-addable", help="（文件）份额、增速等不能相加 / for files: shares, growth"),
    ] = False,
    one_system: Annotated[
        bool,
        typer.Option("--one-system", help="（文件）统一核算，如 GDP / for files: accounted in one system"),
    ] = False,
    where: Where = None,
    form: FormOption = Form.table,
) -> None:  # fmt: skip
    """汇总：企业 → 区 → 市，覆盖、迟报、差额及其原因 / roll up reports, reconcile the gap.

    在工作区里写指标和 --period，企业数、公布数都取最新一版；也可以用文件。没报的列为未覆盖，不算零；
    功能区在括号里，不重复计入。

    / In a workspace name an indicator and --period: reports and published figures are the newest
    vintages. Who did not report is not covered, not zero; zones (in brackets) are counted once.
    """
    from jingwei.app.pipeline.collected import reasons_of, rollup_table
    from jingwei.app.pipeline.panels import read_panel
    from jingwei.app.pipeline.respondents import rolled_up
    from jingwei.statistics.disclosure import LEGEND

    period, day = months_of(months), day_of(as_of)
    if period is None:
        raise InvalidRequest("请用 --period 写明时期，如 2025", "name the period with --period")
    if is_file(what):
        found = _rolled_files(
            Path(what), records, period, regions, (indicator, unit), due, as_of,
            published, reasons, share=share, one_system=one_system,
        )  # fmt: skip
    else:
        found = rolled_up(
            workspace_for(what, where), what, period, day,
            due=day_of(due) if due else None,
            reasons=reasons_of(read_panel(reasons)) if reasons else (),
        )  # fmt: skip
    seen = found.seen_by(_scope(district, public=public))
    if form is Form.table:
        say.line(f"{found.measured.name}（{found.measured.unit}） {period}，截至 as of {day}")
        if not public and any(each.missing or each.late for each in seen.levels):
            say.note(*INSIDE)
    table = rollup_table(seen)
    answer(table, form, 2)
    if form is Form.table and any(each.withheld for each in seen.levels):
        say.line(LEGEND)
    for names, zh, en in (
        (
            seen.outside,
            "名录外的上报，未计入",
            "reports of enterprises not in the register, left out",
        ),
        (seen.inexact, "只有界限的上报，未计入", "reports that give only a bound, left out"),
    ):
        if names:
            listed = "、".join(each.series.entity for each in names)
            say.note(f"{zh}：{listed}", f"{en}: {listed}")


def _rolled_files(
    register: Path,
    records: Path | None,
    period: "Months",
    regions: Path | None,
    named: tuple[str, str],
    due: str,
    as_of: str,
    published: Path | None,
    reasons: Path | None,
    *,
    share: bool,
    one_system: bool,
) -> "Rollup":
    """A roll-up of files, which say everything that a workspace would know."""
    from jingwei.app.pipeline.collected import regions_of, rolled
    from jingwei.app.pipeline.panels import read_panel
    from jingwei.statistics.rollup import Measured

    needed = {"RECORDS": records, "--regions": regions, "--indicator": named[0],
              "--unit": named[1], "--due": due, "--as-of": as_of}  # fmt: skip
    lacking = [option for option, value in needed.items() if not value]
    if records is None or regions is None or lacking:
        raise InvalidRequest(
            f"汇总数据文件还要写明：{'、'.join(lacking)}",
            f"a roll-up of files also needs {', '.join(lacking)}",
            where=str(register),
        )
    return rolled(
        Measured(*named, "share" if share else "level", addable=not share, one_system=one_system),
        period,
        regions_of(regions),
        read_panel(register),
        read_panel(records),
        due=day_of(due),
        as_of=day_of(as_of),
        published=read_panel(published) if published else None,
        reasons=read_panel(reasons) if reasons else None,
    )


def _scope(district: str, *, public: bool) -> "Scope":
    from jingwei.core import Scope

    regions = frozenset({district}) if district else None
    return Scope(regions, frozenset() if public else None)


def protect(
    what: What,
    by: Annotated[
        str,
        typer.Option(
            metavar="COLUMNS", show_default=False,
            help="表的各维：district,sector；文件写列名 / the dimensions; columns of a file",
        ),
    ] = "",
    months: PeriodOption = "",
    classification: Annotated[
        str,
        typer.Option(
            metavar="ID", show_default=False,
            help="哪种行业分类（默认：口径卡的） / which classification (default: the card's)",
        ),
    ] = "",
    as_of: AsOf = "",
    value: Annotated[
        str,
        typer.Option(metavar="COLUMN", help="（文件）数值列 / for files: the values", show_default=False),
    ] = "",
    owner: Annotated[
        str,
        typer.Option(
            metavar="COLUMN", show_default=False,
            help="（文件）调查对象（企业或所属集团）的列 / for files: who answers for the row",
        ),
    ] = "",
    trees: Annotated[
        list[str] | None,
        typer.Option(
            "--tree", metavar="COLUMN=FILE", show_default=False,
            help="（文件）这一维的分级：code,above / for files: the hierarchy of a dimension",
        ),
    ] = None,
    published: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", show_default=False,
            help="（文件）读者已有的格，一行一格 / for files: cells that readers have already",
        ),
    ] = None,
    least: Annotated[
        int, typer.Option(metavar="COUNT", help="一格至少几家 / respondents a cell")
    ] = 3,
    dominance: Annotated[
        str, typer.Option(metavar="N,K", help="前 N 家超过 K% / N largest over K percent")
    ] = "2,85",
    percent: Annotated[
        float, typer.Option("--p", metavar="P", help="p% 规则 / the p percent rule")
    ] = 10.0,
    negative: Annotated[
        bool, typer.Option("--negative", help="数可以为负，如利润 / values may be negative")
    ] = False,
    where: Where = None,
    form: FormOption = Form.table,
) -> None:  # fmt: skip
    """保密处理：隐去能推出单个调查对象的格，其余照印 / withhold cells that give respondents away.

    在工作区里写指标和 --period：企业数按区、按行业合计；也可以用文件。连带隐去的格由最优化求出，
    并以攻击检验；隐去的格印 ×，从不印 0。

    / In a workspace name an indicator and --period: enterprises by district and industry. What else
    must go is found by optimisation and proved by attack; a hidden cell is ×, never 0.
    """
    from jingwei.app.pipeline.collected import protected_of, protected_table
    from jingwei.app.pipeline.panels import read_panel
    from jingwei.app.pipeline.respondents import sheltered
    from jingwei.statistics.disclosure import LEGEND, Rules

    numbers = [number(each, "--dominance") for each in columns(dominance)]
    if len(numbers) != 2:
        raise InvalidRequest("--dominance 写成 2,85 这样", "--dominance is written like 2,85")
    rules = Rules(least, int(numbers[0]), numbers[1], percent, nonnegative=not negative)
    names = columns(by)
    if is_file(what):
        if not (names and value and owner):
            raise InvalidRequest(
                "保密处理数据文件要写明 --by、--value、--owner 各是哪一列",
                "protecting a file needs the columns of --by, --value and --owner",
                where=what,
            )
        paths = {name: Path(path) for name, path in pairs(trees, "--tree").items()}
        known = read_panel(published) if published else None
        found = protected_of(read_panel(Path(what)), names, value, owner, paths, rules, known)
    else:
        period = months_of(months)
        if period is None:
            raise InvalidRequest("请用 --period 写明时期，如 2025", "name the period with --period")
        made = sheltered(
            workspace_for(what, where), what, period, day_of(as_of), rules,
            by=_dimensions(names), scheme=classification,
        )  # fmt: skip
        found = made.found
        say.note(*made.told)
    answer(protected_table(found), form, 2)
    if form is Form.table and found.hidden:
        say.line(LEGEND)
    if found.hidden:
        state = ("最优", "optimal") if found.optimal else (
            f"可行，下限{found.bound:.1%}", f"feasible, lower bound {found.bound:.1%}",
        )  # fmt: skip
        say.note(
            f"{len(found.table.cells)}格中隐去{len(found.hidden)}格（{len(found.sensitive)}格敏感），{state[0]}；"
            "由这张表算出的增速、占比也不能公布",
            f"{len(found.hidden)} of {len(found.table.cells)} cells withheld ({len(found.sensitive)} "
            f"sensitive), {state[1]}; nor may growth or shares computed from them be published",
        )


def _dimensions(names: list[str]) -> "list[By]":
    known: dict[str, By] = {"district": "district", "sector": "sector"}
    wrong = [each for each in names if each not in known]
    if wrong:
        raise InvalidRequest(
            f"工作区里的表按 district、sector 分，这里是“{wrong[0]}”",
            f"tables of a workspace are by district and sector, not by '{wrong[0]}'",
        )
    return [known[each] for each in dict.fromkeys(names or known)]
