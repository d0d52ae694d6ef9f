"""``jingwei data``: what the workspace knows of a series, since when, and for whom."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jingwei.app.cli import say
from jingwei.app.cli.figures import months_of
from jingwei.app.cli.opening import opened
from jingwei.app.cli.options import AnyFormat, By, Format, Help, Where, person, today
from jingwei.core import InvalidRequest, Measure, Observation, Purpose, Scope, plain, written_out

if TYPE_CHECKING:
    from jingwei.app.pipeline.observing import Vintage

app = typer.Typer(rich_markup_mode=None, invoke_without_command=True, add_help_option=False)


@app.callback()
def _data(context: typer.Context, help_: Help = False) -> None:
    """统计数据：各版历史、导出、换分类、备注与异议 / statistics: vintages, export, recode, notes.

    数只增不改：修订是新的一版，撤回是一条记录。

    / Nothing is overwritten: a revision is a later vintage, a retraction a row that says so.
    """
    if help_ or context.invoked_subcommand is None:
        say.line(context.get_help())
        raise typer.Exit


class Units(StrEnum):
    """What single enterprises' data are read for."""

    statistics = "statistics"
    matching = "matching"
    eligibility = "eligibility"
    ranking = "ranking"
    investment = "investment"


class Kind(StrEnum):
    """Kinds of numbers of a card."""

    level = "level"
    flow = "flow"
    increase = "increase"
    share = "share"
    growth = "growth"


class Form(StrEnum):
    """What an export is written as."""

    csv = "csv"
    xlsx = "xlsx"
    parquet = "parquet"
    sdmx = "sdmx"


AsOf = Annotated[
    str,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="截至这一天所知，如 2025-03-01 / as known on this day",
        show_default=False,
    ),
]
PeriodOption = Annotated[
    str,
    typer.Option(
        "--period",
        metavar="PERIOD",
        help="时期：2024、2025-03、2025-01/2025-03 / within this period",
        show_default=False,
    ),
]
Regions = Annotated[
    list[str] | None,
    typer.Option(
        "--region", metavar="CODE", help="只要这个地区 / of this region only", show_default=False
    ),
]
ForUnits = Annotated[
    Units | None,
    typer.Option(
        "--units",
        help="连同企业数据，并写明用途；统计调查的企业数据只用于 statistics / also single enterprises, "
        "for this purpose",
        show_default=False,
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FILE",
        help="不读这个损坏的数据文件 / leave this damaged file out",
        show_default=False,
    ),
]
Series = Annotated[
    str,
    typer.Argument(
        metavar="SERIES",
        help="序列：「口径卡 地区 分类:编码 单位」 / card, region, codes, unit in one argument",
        show_default=False,
    ),
]


@app.command()
def history(
    series: Annotated[
        list[str],
        typer.Argument(
            metavar="SERIES",
            help="序列：「口径卡 地区 分类:编码 单位」，后面可省 / card, region, codes, unit; the later may be left out",
            show_default=False,
        ),
    ],
    period: PeriodOption = "",
    as_of: AsOf = "",
    units: ForUnits = None,
    without: Without = None,
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """一个序列的各版：何时公布、为何修订、出处、异议 / all vintages of a series.

    ● 是所问那天认的数。

    / ● marks the value that holds on the day asked for.
    """
    from jingwei.app.pipeline import observing

    rows = observing.history(
        opened(where), series, _scope(units), months=months_of(period), as_of=_day(as_of),
        without=without or (),
    )  # fmt: skip
    if form is Format.json:
        say.as_json([each.record() for each in rows])
    else:
        columns = ("", "序列\nseries", "时期\nperiod", "数值\nvalue", "公布\nvintage",
                   "修订原因\nreason", "出处\nsource", "备注\nnotes")  # fmt: skip
        say.table(columns, [_vintage_row(each) for each in rows], numbers=(3,))


def _vintage_row(each: "Vintage") -> tuple[str, ...]:
    row = each.row
    value = _printed(row) if isinstance(row, Observation) else "撤回 retracted"
    notes = "；".join(
        f"#{note.id} {'异议' if note.kind == 'dispute' else ''}{note.by}：{note.text}"
        + (f"（{note.settled}）" if note.settled else "")
        for note in each.notes
    )
    return (
        "●" if each.known else "", str(row.series), str(row.months), value,
        row.vintage.isoformat(), row.reason, str(row.evidence), notes,
    )  # fmt: skip


def _printed(row: Observation) -> str:
    return f"{'' if row.op == '=' else row.op}{written_out(row.value)} {row.unit}"


@app.command()
def export(
    to: Annotated[Form, typer.Option(help="格式 / form", show_default=False)],
    cards: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CARD",
            help="口径卡（默认：全部） / definition cards (default: all)",
            show_default=False,
        ),
    ] = None,
    regions: Regions = None,
    period: PeriodOption = "",
    as_of: AsOf = "",
    units: ForUnits = None,
    inside: Annotated[
        bool,
        typer.Option(
            "--inside",
            help="只在内部使用，不作保密处理 / for the house only, without disclosure control",
        ),
    ] = False,
    without: Without = None,
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """导出数据到 reports/ / export observations into reports/.

    默认供对外使用：先作保密处理，单个企业的资料按法定来源留下，留下多少、为什么都写明。
    内部使用写 --inside，文件放在 reports/内部/。csv 另附 datapackage.json。

    / For use outside: disclosure control first; single enterprises stay by their legal origin, and
    what stays is counted with the reason. --inside exports everything you may see into reports/内部/.
    """
    from jingwei.app.pipeline import observing

    workspace = opened(where)
    with workspace.locked():
        written = observing.export(
            workspace, to.value, _scope(units, regions), cards=cards or (),
            months=months_of(period), as_of=_day(as_of), without=without or (), inside=inside,
        )  # fmt: skip
    for each in written.told:
        say.note(*each)
    if form is Format.json:
        say.as_json([path.as_posix() for path in written.files])
    else:
        for path in written.files:
            say.line(str(workspace.root / path))


@app.command()
def recode(
    card: Annotated[
        str, typer.Argument(metavar="CARD", help="口径卡 / definition card", show_default=False)
    ],
    crosswalks: Annotated[
        list[str],
        typer.Argument(
            metavar="CROSSWALK",
            help="对照表，几张就一张接一张 / crosswalks, one behind the other",
            show_default=False,
        ),
    ],
    kind: Annotated[
        Kind | None,
        typer.Option(
            help="水平、累计量还是比率（默认：口径卡所写） / the kind of number (default: the card's)",
            show_default=False,
        ),
    ] = None,
    not_covered: Annotated[
        bool,
        typer.Option(
            "--list-missing", help="对照表没有的编码单列，不停下 / list codes it does not know"
        ),
    ] = False,
    equally: Annotated[
        bool,
        typer.Option(
            "--equally",
            help="没写份额的平均分（会注明），否则记入未分配 / divide unstated shares equally",
        ),
    ] = False,
    regions: Regions = None,
    period: PeriodOption = "",
    as_of: AsOf = "",
    units: ForUnits = None,
    without: Without = None,
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """换一种分类看同一组数，合计不变 / the same values by another classification.

    列出拆分编码所用的份额、未覆盖的编码，以及能不能换回去。比重、增速不能相加，会拒绝。

    / With the shares used, the codes not covered and whether there is a way back. Shares and
    rates do not add and are refused.
    """
    from jingwei.app.pipeline import observing

    measures: dict[str, Measure] = {card: kind.value} if kind else {}
    workspace = opened(where)
    told = observing.recoded(
        workspace, card, crosswalks, _scope(units, regions), measures=measures,
        months=months_of(period), as_of=_day(as_of), missing="list" if not_covered else "raise",
        unstated="equally" if equally else "unallocated", without=without or (),
    )  # fmt: skip
    if form is Format.json:
        say.as_json(observing.recoded_record(told))
        return
    say.table(
        ("序列\nseries", "时期\nperiod", "数值\nvalue", "算式\nformula"),
        [(str(each.series), str(each.months), _printed(each),
          told.formulas[each.series, each.months].formula) for each in told.rows],
        numbers=(2,),
    )  # fmt: skip
    say.line("依据 rests on：" + " / ".join(observing.rests_on(workspace, told)))
    if told.ambiguous:
        said = {True: "对照表写明 stated", False: "其余或假定 left over or assumed"}
        say.table(
            ("编码\ncode", "去向\nto", "份额\nshare", "依据\nfrom"),
            [(each.code, each.to, f"{written_out(each.share, 6)}", said[each.stated]) for each in told.ambiguous],
            numbers=(2,), title="拆分的编码 Codes that were divided",
        )  # fmt: skip
    if told.not_covered:
        say.table(
            ("序列\nseries", "时期\nperiod", "数值\nvalue"),
            [(str(each.series), str(each.months), _printed(each)) for each in told.not_covered],
            numbers=(2,), title="对照表未覆盖，未计入 Not covered, not counted",
        )  # fmt: skip
    if told.reversible:
        say.line("可以换回原分类。 / There is a way back.")
    else:
        shown = "；".join(
            f"{to} ← {'、'.join(codes)}" for to, codes in list(told.merged.items())[:5]
        )
        say.line(
            f"不能换回原分类，这些由几个编码合并：{shown} / No way back: codes were put together."
        )


@app.command()
def retract(
    series: Series,
    period: Annotated[
        str, typer.Option(metavar="PERIOD", help="时期 / period", show_default=False)
    ],
    reason: Annotated[str, typer.Option(metavar="WORDS", help="原因 / why", show_default=False)],
    on: Annotated[
        str,
        typer.Option(
            "--on",
            metavar="DATE",
            help="从这一天起不认（默认：今天） / from this day on (default: today)",
            show_default=False,
        ),
    ] = "",
    by: By = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """撤回一个数：只加一条记录，不删除 / withdraw a value; nothing is deleted."""
    from jingwei.app.pipeline.observing import one_series
    from jingwei.store import Observations

    workspace, everything = opened(where), Scope.everything()
    months = months_of(period)
    assert months is not None
    key = one_series(workspace, series, months, everything)
    receipt = Observations(workspace).retract(
        key, months, on=_day(on) or date.fromisoformat(today()), reason=reason,
        dataset=f"撤回 {person(by)}", by=person(by),
    )  # fmt: skip
    if form is Format.json:
        say.as_json(receipt)
    else:
        say.line(f"已撤回 {key} {months}：{reason} / withdrawn; see jingwei data history")


@app.command()
def note(
    series: Series,
    text: Annotated[str, typer.Argument(metavar="WORDS", help="内容 / words", show_default=False)],
    period: Annotated[
        str, typer.Option(metavar="PERIOD", help="时期 / period", show_default=False)
    ],
    dispute: Annotated[
        bool, typer.Option("--dispute", help="这是异议 / this disputes the value")
    ] = False,
    by: By = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """在数的旁边写备注或异议；数本身不动 / a note or dispute beside a value."""
    from jingwei.app.pipeline.observing import one_series
    from jingwei.store import State

    workspace = opened(where)
    months = months_of(period)
    assert months is not None
    key = one_series(workspace, series, months, Scope.everything())
    written = State.of(workspace).note(
        key, months, text, by=person(by), on=date.fromisoformat(today()),
        kind="dispute" if dispute else "note",
    )  # fmt: skip
    _told_note(written, form)


@app.command()
def answer(
    id_: Annotated[int, typer.Argument(metavar="NOTE-ID", help="异议编号 / id of the dispute")],
    text: Annotated[
        str, typer.Argument(metavar="WORDS", help="处理意见 / the answer", show_default=False)
    ],
    by: By = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """答复异议；异议和答复都留着 / answer a dispute; both stay visible."""
    from jingwei.store import State

    state = State.of(opened(where))
    _told_note(state.settle(id_, text, by=person(by), on=date.fromisoformat(today())), form)


def _told_note(written: Any, form: Format) -> None:
    if form is Format.json:
        say.as_json(plain(written))
    else:
        say.line(f"#{written.id} {written.series} {written.months}：{written.text}")


@app.command()
def compact(where: Where = None, form: AnyFormat = Format.table) -> None:
    """把多次导入的文件并成一个，内容不变 / merge the files of all imports; nothing changes."""
    from jingwei.store import Observations

    count = Observations(opened(where)).compact()
    if form is Format.json:
        say.as_json({"files": count})
    else:
        say.line(f"{count} 个文件已并成一个 / {count} files are one now" if count > 1 else
                 "没有可合并的文件 / nothing to merge")  # fmt: skip


def _scope(units: Units | None, regions: list[str] | None = None) -> Scope:
    from jingwei.app.pipeline.observing import scope_of

    purpose: Purpose | None = units.value if units else None
    return scope_of(purpose, regions)


def _day(written: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise InvalidRequest(
            f"「{written}」不是日期；请写成 2025-03-01",
            f"'{written}' is no date; write 2025-03-01",
        ) from None
