"""Commands that look ahead, on the series of a workspace or on files of figures: forecast, whatif."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from jingwei.app.cli import say
from jingwei.app.cli.answering import Form, answer
from jingwei.app.cli.figures import is_file, number, pairs, workspace_for
from jingwei.app.cli.opening import loaded
from jingwei.app.cli.options import AnyFormat, AsOf, Format, Where, day_of
from jingwei.core import InvalidRequest, plain, written_out

if TYPE_CHECKING:
    from jingwei.monitor.forecast import Bounds, Forecast, Goal
    from jingwei.monitor.forecast.outlook import Wanted


def forecast(
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help="工作区里的目标（编号或名称）或指标；或一个数据文件 / a target or indicator of the "
            "workspace, or a file of figures",
            show_default=False,
        ),
    ],
    year: Annotated[
        int | None,
        typer.Option(
            metavar="YEAR",
            help="外推到哪一年（默认：目标的年份） / the year to reach (default: of the target)",
            show_default=False,
        ),
    ] = None,
    region: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="地区（默认：全市） / region (default: the city)",
            show_default=False,
        ),
    ] = "",
    as_of: AsOf = "",
    column: Annotated[
        str,
        typer.Option(
            metavar="COLUMN", help="文件的数值列 / the column of values", show_default=False
        ),
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
            help="取值范围：份额写 0,100，数量写 0,（默认：口径卡所写） / a share 0,100, a count 0,",
            show_default=False,
        ),
    ] = "",
    breaks: Annotated[
        list[str] | None,
        typer.Option(
            "--break",
            metavar="YEAR=REASON",
            help="哪年起换了口径，如 2018=经济普查修订（文件） / from that year another series (files)",
            show_default=False,
        ),
    ] = None,
    unit: Annotated[str, typer.Option(metavar="UNIT", help="单位 / unit", show_default=False)] = "",
    holder: Annotated[
        str, typer.Option(metavar="OFFICE", help="谁将有实际数 / who will have the value")
    ] = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """外推到目标年：预计值、80%区间、达到目标的可能性 / forecast to a target year.

    在工作区里按口径卡取最新一版的年度数，写明口径、版次和出处；也可以给一个数据文件。
    漂移、theta、指数平滑中，取历次回测误差最小的；区间按回测误差校准。可比的年数太少就不给区间。
    外推不是结论：目标完成与否仍是“未知”。

    / From the newest vintages of a card of the workspace, or from a file. Drift, theta or exponential
    smoothing, whichever erred least in the past; intervals from those errors. Too few comparable
    years give no interval. A forecast proves nothing: the verdict is unknown.
    """
    from jingwei.app.pipeline.analysis import sample_of
    from jingwei.app.pipeline.panels import read_panel
    from jingwei.monitor.forecast import forecast as forecast_of

    file = Path(what)
    if not is_file(what):
        _from_store(what, year, region, as_of, _goal(goal), bounds, holder, where, form)
    panel = read_panel(file)
    if year is None:
        raise InvalidRequest(
            "外推数据文件要用 --year 写明到哪一年",
            "a forecast from a file needs --year",
            where=what,
        )
    named = {
        int(number(key, "--break")): reason for key, reason in pairs(breaks, "--break").items()
    }
    known = sample_of(panel, column, named)
    name = column or file.stem
    found = forecast_of(name, known, year, unit=unit, bounds=_bounds(bounds), goal=_goal(goal))
    if form is Format.json:
        verdict = found.verdict(holder or "统计部门")
        say.as_json(plain(found) | {"verdict": plain(verdict)})
        return
    _show(found)


def _from_store(
    what: str,
    year: int | None,
    region: str,
    as_of: str,
    goal: "Goal | None",
    bounds: str,
    holder: str,
    where: Path | None,
    form: Format,
) -> None:
    """A forecast from the series of a workspace, with the series it learnt from."""
    from jingwei.app.cli import monitoring_rows as rows
    from jingwei.app.pipeline.foreseeing import foresee

    faults = say.Faults()
    found = foresee(
        loaded(workspace_for(what, where), faults), what, day_of(as_of),
        region=region, year=year, aim=goal, bounds=_bounds(bounds) if bounds else None,
    )  # fmt: skip
    if form is Format.json:
        say.as_json(found.record(holder))
        raise typer.Exit(faults.code)
    say.line(found.kept.told)
    if found.target is not None:
        target = found.target
        say.line(f"目标 target {target.id}：{target.document}「{target.quote}」")
    for each in found.remarks:
        say.note(*each)
    say.table(rows.VALUE, map(rows.value_row, found.kept.values), title="所用的数 values used")
    _show(found.forecast)
    for each in found.forecast.verdict(holder or found.kept.card.holder or "统计部门").missing:
        say.line(f"结论：未知 unknown；缺 missing：{each.fact}；找 holder：{each.holder}")
    raise typer.Exit(faults.code)


def _show(found: "Forecast") -> None:
    from jingwei.app.pipeline.analysis import path_table, tried_table

    zh, en = found.told()
    say.line(f"{zh}\n{en}")
    for cut in found.cuts:
        say.note(cut.reason, cut.reason_en)
    for reason in found.reasons:
        say.note(*reason)
    if found.path:
        answer(path_table(found), Form.table, 3)
    if found.tried:
        scale = "" if found.scale == "identity" else f"（{found.scale} 尺度 scale）"
        say.line(
            f"回测平均绝对误差 back-test, mean absolute error{scale}；取用 chosen：{found.method}"
        )
        answer(tried_table(found), Form.table)


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
    ends = [number(each, "--bounds") if each.strip() else None for each in (least, greatest)]
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
    for name, written in pairs(changes, "--set").items():
        given = given.changed(name, number(written, "--set"))
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
            (
                str(each.year),
                each.variable,
                f"{written_out(each.value, 6)}{each.unit}",
                each.formula.formula,
            )
            for each in found.points
        ],
        numbers=(2,),
    )
    for each in found.outcomes:
        verdict = each.verdict(holder)
        say.line(f"{verdict.reason}\n{verdict.reason_en}")
        if not each.reached and each.growth is not None:
            say.line(f"要达到，需年均增长 growth needed: {each.growth:.2f}%")
