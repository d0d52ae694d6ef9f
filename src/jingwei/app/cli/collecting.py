"""Commands on records of single enterprises: rollup, protect."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.answering import Form, FormOption, answer
from jingwei.app.cli.figures import Value, columns, number, pairs
from jingwei.core import InvalidRequest

if TYPE_CHECKING:
    from jingwei.core import Scope


def _day(written: str, option: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise InvalidRequest(
            f"{option} 的日期应写成 2025-01-15，这里是“{written}”",
            f"the day of {option} is written 2025-01-15, not '{written}'",
        ) from None


def rollup(
    register: Annotated[
        Path, typer.Argument(metavar="REGISTER", help="名录：entity,name,region,zones,owner,last")
    ],
    records: Annotated[Path, typer.Argument(metavar="RECORDS", help="上报数：entity,value,day")],
    regions: Annotated[
        Path, typer.Option(metavar="FILE", help="地区表：code,name,level,within,overlaps")
    ],
    indicator: Annotated[str, typer.Option(metavar="NAME", help="指标 / the indicator")],
    unit: Annotated[str, typer.Option(metavar="UNIT", help="单位 / unit")],
    months: Annotated[
        str, typer.Option(metavar="PERIOD", help="时期，如 2025 或 2025-01/2025-03 / the period")
    ],
    due: Annotated[str, typer.Option(metavar="DAY", help="应报日期 / the day reports are due")],
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DAY", help="截至哪天 / as known on that day")
    ],
    published: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="公布数：region,value / published figures", show_default=False
        ),
    ] = None,
    reasons: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="差额原因：region,cause,amount / causes of gaps",
            show_default=False,
        ),
    ] = None,
    share: Annotated[
        bool,
        typer.Option("--not-addable", help="份额、增速等不能相加的指标 / shares, growth rates"),
    ] = False,
    one_system: Annotated[
        bool, typer.Option("--one-system", help="统一核算的指标，如 GDP / accounted in one system")
    ] = False,
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
    form: FormOption = Form.table,
) -> None:
    """汇总：企业 → 区 → 市，覆盖、迟报、差额及其原因 / roll up reports, reconcile the gap.

    没报的列为未覆盖，不算零；功能区在括号里，不重复计入。

    / Who did not report is not covered, not zero; zones (in brackets) are counted once.
    """
    from jingwei.app.pipeline.collected import regions_of, rolled, rollup_table
    from jingwei.app.pipeline.panels import read_panel
    from jingwei.core import Months
    from jingwei.statistics.disclosure import LEGEND
    from jingwei.statistics.rollup import Measured

    kind = "share" if share else "level"
    try:
        period = Months.parse(months)
    except ValueError as fault:
        raise InvalidRequest(f"时期“{months}”应写成 2025 或 2025-01/2025-03", str(fault)) from None
    found = rolled(
        Measured(indicator, unit, kind, addable=not share, one_system=one_system),
        period,
        regions_of(regions),
        read_panel(register),
        read_panel(records),
        due=_day(due, "--due"),
        as_of=_day(as_of, "--as-of"),
        published=read_panel(published) if published else None,
        reasons=read_panel(reasons) if reasons else None,
    )
    seen = found.seen_by(_scope(district, public=public))
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


def _scope(district: str, *, public: bool) -> "Scope":
    from jingwei.core import Scope

    regions = frozenset({district}) if district else None
    return Scope(regions, frozenset() if public else None)


def protect(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="一行一家企业 / one row a respondent")
    ],
    by: Annotated[str, typer.Option(metavar="COLUMNS", help="表的各维，逗号分开 / the dimensions")],
    value: Value,
    owner: Annotated[
        str,
        typer.Option(
            metavar="COLUMN", help="调查对象（企业或所属集团）的列 / who answers for the row"
        ),
    ],
    trees: Annotated[
        list[str] | None,
        typer.Option(
            "--tree",
            metavar="COLUMN=FILE",
            help="这一维的分级：code,above / the hierarchy of a dimension",
            show_default=False,
        ),
    ] = None,
    published: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="读者已有的格，一行一格 / cells that readers have already",
            show_default=False,
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
    form: FormOption = Form.table,
) -> None:
    """保密处理：隐去能推出单个调查对象的格，其余照印 / withhold cells that give respondents away.

    连带隐去的格由最优化求出，并以攻击检验；隐去的格印 ×，从不印 0。

    / What else must go is found by optimisation and proved by attack; a hidden cell is ×, never 0.
    """
    from jingwei.app.pipeline.collected import protected_of, protected_table
    from jingwei.app.pipeline.panels import read_panel
    from jingwei.statistics.disclosure import LEGEND, Rules

    numbers = [number(each, "--dominance") for each in columns(dominance)]
    if len(numbers) != 2:
        raise InvalidRequest("--dominance 写成 2,85 这样", "--dominance is written like 2,85")
    rules = Rules(least, int(numbers[0]), numbers[1], percent, nonnegative=not negative)
    names = columns(by)
    paths = {name: Path(path) for name, path in pairs(trees, "--tree").items()}
    known = read_panel(published) if published else None
    found = protected_of(read_panel(file), names, value, owner, paths, rules, known)
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
