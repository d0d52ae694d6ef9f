"""Commands that compute on plain files of figures: forecast, whatif, decompose, rollup, protect."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from jingwei.app.cli import say
from jingwei.app.cli.answering import Form, FormOption, answer
from jingwei.app.cli.options import AnyFormat, Format
from jingwei.core import InvalidRequest, plain

if TYPE_CHECKING:
    from jingwei.core import Scope
    from jingwei.monitor.forecast import Bounds, Goal
    from jingwei.monitor.forecast.outlook import Wanted

decompose = typer.Typer(
    name="decompose",
    help="分解：变化是谁、由什么带来的 / decomposition: whose change, and by which factor",
    no_args_is_help=True,
)

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="CSV 或 XLSX，一行一个时期 / one row a period")
]
ByColumns = Annotated[
    str,
    typer.Option(
        "--by", metavar="COLUMNS", help="区分各行的列，逗号分开 / columns that name a row"
    ),
]
Value = Annotated[
    str, typer.Option("--value", metavar="COLUMN", help="数值列 / the column of values")
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


def _columns(written: str) -> list[str]:
    return [each.strip() for each in written.replace("，", ",").split(",") if each.strip()]


def _pairs(written: list[str] | None, option: str) -> dict[str, str]:
    """Options of the form NAME=VALUE. Raises InvalidRequest."""
    found: dict[str, str] = {}
    for each in written or []:
        name, sign, value = each.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise InvalidRequest(
                f"{option} 应写成 名称=值，这里是“{each}”", f"{option} is NAME=VALUE, not '{each}'"
            )
        found[name.strip()] = value.strip()
    return found


def _number(written: str, option: str) -> float:
    try:
        return float(written)
    except ValueError:
        raise InvalidRequest(
            f"{option} 要一个数，这里是“{written}”", f"{option} needs a number, not '{written}'"
        ) from None


def _day(written: str, option: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise InvalidRequest(
            f"{option} 的日期应写成 2025-01-15，这里是“{written}”",
            f"the day of {option} is written 2025-01-15, not '{written}'",
        ) from None


# ------------------------------------------------------------------------------------ forecast


def forecast(
    file: File,
    year: Annotated[int, typer.Option(metavar="YEAR", help="外推到哪一年 / the year to reach")],
    column: Annotated[
        str,
        typer.Option(metavar="COLUMN", help="数值列 / the column of values", show_default=False),
    ] = "",
    goal: Annotated[
        str,
        typer.Option(
            "--target", metavar="OP VALUE", help="目标，如 '>=25' / the target", show_default=False
        ),
    ] = "",
    bounds: Annotated[
        str,
        typer.Option(
            metavar="MIN,MAX",
            help="取值范围：份额写 0,100，数量写 0, / a share 0,100, a count 0,",
            show_default=False,
        ),
    ] = "",
    breaks: Annotated[
        list[str] | None,
        typer.Option(
            "--break",
            metavar="YEAR=REASON",
            help="哪年起换了口径，如 2018=经济普查修订 / from that year another series",
            show_default=False,
        ),
    ] = None,
    unit: Annotated[str, typer.Option(metavar="UNIT", help="单位 / unit", show_default=False)] = "",
    holder: Annotated[
        str, typer.Option(metavar="OFFICE", help="谁将有实际数 / who will have the value")
    ] = "统计部门",
    form: AnyFormat = Format.table,
) -> None:
    """外推到目标年：预计值、80%区间、达到目标的可能性 / forecast to a target year.

    漂移、theta、指数平滑中，取历次回测误差最小的；区间按回测误差校准。可比的年数太少就不给区间。
    外推不是结论：目标完成与否仍是“未知”。

    / Drift, theta or exponential smoothing, whichever erred least in the past; intervals from those
    errors. Too few comparable years give no interval. A forecast proves nothing: the verdict is unknown.
    """
    from jingwei.app.pipeline.analysis import path_table, sample_of, tried_table
    from jingwei.app.pipeline.panels import read_panel
    from jingwei.monitor.forecast import forecast as forecast_of

    panel = read_panel(file)
    named = {
        int(_number(key, "--break")): reason for key, reason in _pairs(breaks, "--break").items()
    }
    known = sample_of(panel, column, named)
    name = column or file.stem
    found = forecast_of(name, known, year, unit=unit, bounds=_bounds(bounds), goal=_goal(goal))
    if form is Format.json:
        say.as_json(plain(found) | {"verdict": plain(found.verdict(holder))})
        return
    zh, en = found.told()
    say.line(f"{zh}\n{en}")
    for cut in found.cuts:
        say.note(cut.reason, cut.reason_en)
    for reason in found.reasons:
        say.note(*reason)
    if found.path:
        answer(path_table(found), Form.table, 3, ("year",))
    if found.tried:
        scale = "" if found.scale == "identity" else f"（{found.scale} 尺度 scale）"
        say.line(
            f"回测平均绝对误差 back-test, mean absolute error{scale}；取用 chosen：{found.method}"
        )
        answer(tried_table(found), Form.table, 4, ("ahead",))


def _bounds(written: str) -> "Bounds":
    from jingwei.monitor.forecast import Bounds

    if not written:
        return Bounds()
    least, comma, greatest = written.replace("，", ",").partition(",")
    if not comma:
        raise InvalidRequest(
            f"--bounds 写成 最小,最大（可空一边），这里是“{written}”",
            f"--bounds is MIN,MAX (either may be empty), not '{written}'",
        )
    ends = [_number(each, "--bounds") if each.strip() else None for each in (least, greatest)]
    return Bounds(ends[0], ends[1])


def _goal(written: str) -> "Goal | None":
    from jingwei.monitor.forecast import Goal

    if not written:
        return None
    folded = written.replace("≥", ">=").replace("≤", "<=").replace(" ", "")
    match = re.fullmatch(r"(>=|<=|>|<)(-?\d+(?:\.\d+)?)", folded)
    if match is None:
        raise InvalidRequest(
            f"--target 写成 >=25、<0.3 这样，这里是“{written}”",
            f"--target is written like >=25 or <0.3, not '{written}'",
        )
    return Goal(cast("Wanted", match[1]), float(match[2]))


# -------------------------------------------------------------------------------------- whatif


def whatif(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="假设文件（YAML） / the assumptions")
    ],
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=NUMBER",
            help="改一个假设：增速、份额或弹性 / another growth, share or elasticity",
            show_default=False,
        ),
    ] = None,
    holder: Annotated[
        str, typer.Option(metavar="OFFICE", help="谁将有实际数 / who will have the value")
    ] = "统计部门",
    form: AnyFormat = Format.table,
) -> None:
    """情景推算：假设 → 路径 → 目标，每一步写出算式 / what if: assumptions, path, targets.

    / Every value shows its formula; a target reached under assumptions is not a target met.
    """
    from jingwei.monitor.whatif import read_assumptions, what_if

    given = read_assumptions(file)
    for name, number in _pairs(changes, "--set").items():
        given = given.changed(name, _number(number, "--set"))
    found = what_if(given)
    if form is Format.json:
        outcomes = [
            plain(each) | {"verdict": plain(each.verdict(holder))} for each in found.outcomes
        ]
        say.as_json({"points": plain(found.points), "outcomes": outcomes})
        return
    if given.title:
        say.line(given.title)
    say.table(
        ("年份 year", "变量 variable", "数 value", "算式 formula"),
        [
            (str(each.year), each.variable, f"{each.value:,.4g}{each.unit}", each.formula.formula)
            for each in found.points
        ],
        numbers=(2,),
    )
    for each in found.outcomes:
        verdict = each.verdict(holder)
        say.line(f"{verdict.reason}\n{verdict.reason_en}")
        if not each.reached and each.growth is not None:
            say.line(f"要达到，需年均增长 growth needed: {each.growth:.2f}%")


# ----------------------------------------------------------------------------------- decompose


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
    found = pulled(read_panel(file), _columns(by), value, (start, end), growth, published)
    answer(found, form, 4, ("formula",))


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

    answer(lmdi_table(read_panel(file), _columns(by), _columns(factors), (start, end), group), form)


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
    answer(found, form, 3, ("industry",))


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

    answer(structure_table(read_panel(file), _columns(by), value, (start, end)), form)


# --------------------------------------------------------------------- enterprises to the city


def rollup(
    register: Annotated[
        Path, typer.Argument(metavar="REGISTER", help="名录：entity,name,region,zones,owner")
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
    answer(table, form, 2, ("reasons", "missing", "late"))
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

    numbers = [_number(each, "--dominance") for each in _columns(dominance)]
    if len(numbers) != 2:
        raise InvalidRequest("--dominance 写成 2,85 这样", "--dominance is written like 2,85")
    rules = Rules(least, int(numbers[0]), numbers[1], percent, nonnegative=not negative)
    names = _columns(by)
    paths = {name: Path(path) for name, path in _pairs(trees, "--tree").items()}
    found = protected_of(read_panel(file), names, value, owner, paths, rules)
    answer(protected_table(found), form, 2, tuple(names))
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
