"""Commands on where targets stand: status, explain."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.opening import loaded, opened
from jingwei.app.cli.options import AnyFormat, AsOf, Format, Where, day_of
from jingwei.app.cli.targets import Shape
from jingwei.core import InvalidRequest, plain

if TYPE_CHECKING:
    from jingwei.app.pipeline.library import Held, Library
    from jingwei.monitor.status import Standing


class Level(StrEnum):
    """Whose targets are shown."""

    city = "city"
    district = "district"
    enterprise = "enterprise"


class How(StrEnum):
    """The method of a status."""

    pace = "pace"
    growth_ratio = "growth-ratio"


Count = Annotated[
    int, typer.Option("--count", min=1, max=200, help="最多列几家 / how many at most")
]


_LISTED = 15  # targets to choose from


def status(
    plan: Annotated[
        str,
        typer.Argument(
            metavar="PLAN",
            help="哪份规划（默认：全部） / which plan (default: all)",
            show_default=False,
        ),
    ] = "",
    as_of: AsOf = "",
    level: Annotated[
        Level | None,
        typer.Option(
            help="只看市、区的目标，或目标背后的企业 / targets of the city, of districts, or the enterprises behind",
            show_default=False,
        ),
    ] = None,
    method: Annotated[How, typer.Option(help="方法：进度，或增速之比 / the method")] = How.pace,
    path: Annotated[
        Shape | None,
        typer.Option(
            help="年度路径（默认：按时间） / years between (default: by time)", show_default=False
        ),
    ] = None,
    count: Count = 20,
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """各项目标今天走到哪里 / where every target stands.

    完成进度对照时序进度；期满的给出完成、基本完成、未完成；说不清的写明缺什么、找谁。

    / Progress against time; at the end, how it ended; what cannot be told names who holds the fact.
    """
    from jingwei.app.pipeline import monitoring
    from jingwei.plans.milestones import Path as YearlyPath

    faults = say.Faults()
    books, day = loaded(opened(where), faults), day_of(as_of)
    plans = [books.find(plan)] if plan else [*books.plans]
    if path is Shape.given:
        raise InvalidRequest(
            "手工路径请在 jingwei milestones 里看；这里可用 linear、compound、s-curve",
            "a path by hand belongs to one target; use linear, compound or s-curve here",
        )
    if level is Level.enterprise:
        _show_units(books, plans, day, count, form)
        raise typer.Exit(faults.code)
    way = YearlyPath(path.value) if path is not None else None  # pyright: ignore[reportArgumentType]
    found = [
        (
            each,
            monitoring.status_of(
                books, each, day, method=method.value, path=way,  # pyright: ignore[reportArgumentType]
                level=level.value if level is not None else None,  # pyright: ignore[reportArgumentType]
            ),
        )
        for each in plans
    ]  # fmt: skip
    if form is Format.json:
        say.as_json([monitoring.standing_record(s) for _, standings in found for s in standings])
    else:
        for held, standings in found:
            _show_standings(held, standings, day)
    raise typer.Exit(faults.code)


def _show_standings(held: "Held", standings: "Sequence[Standing]", day: date) -> None:
    from jingwei.app.cli import monitoring_rows as rows

    title = f"{held.label}（{held.name}），截至 as of {day.isoformat()}"
    once = [each for each in standings if not each.same_as]
    silent = [each for each in once if rows.is_silent(each)]
    told = [each for each in once if not rows.is_silent(each)]
    say.table(rows.STANDING, map(rows.standing_row, told), title=title)
    if silent:
        say.table(
            rows.ASKED, rows.asked_rows(silent), numbers=(1,),
            title=f"还没有数的{len(silent)}项（缺什么见 jingwei explain 编号） asked for",
        )  # fmt: skip
    for line in rows.tallies(standings):
        say.line(line)
    say.line()


def _show_units(
    books: "Library", plans: "Sequence[Held]", day: date, count: int, form: Format
) -> None:
    from jingwei.app.cli import monitoring_rows as rows
    from jingwei.app.pipeline import monitoring
    from jingwei.app.pipeline.records import target_record

    found = [each for plan in plans for each in monitoring.units_of(books, plan, day, count)]
    if form is Format.json:
        say.as_json(
            [
                target_record(each.target) | {"year": each.year, "movers": plain(each.movers)}
                for each in found
            ]
        )
        return
    for each in found:
        title = f"{each.target.subject} {each.year}"
        say.table(rows.PULL, rows.pull_rows(each.movers), title=title, numbers=(2, 3, 4, 5))
    if not found:
        say.line("没有可显示的企业数据 / no data of single enterprises to show")


def explain(
    target: Annotated[
        str,
        typer.Argument(
            metavar="TARGET",
            help="目标编号，或名称中的字 / id, or words of its name",
            show_default=False,
        ),
    ],
    as_of: AsOf = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """一个目标的全部：原句、口径、数列、进度、结论、缺什么 / all about one target.

    两种方法的结论并列；口径不同的卡片写明差在哪里。

    / Both methods side by side; a card on another definition says in what it differs.
    """
    from jingwei.app.cli import monitoring_rows as rows
    from jingwei.app.pipeline.explaining import SeveralTargets
    from jingwei.app.pipeline.explaining import explain as explained

    faults = say.Faults()
    try:
        found = explained(loaded(opened(where), faults), target, day_of(as_of))
    except SeveralTargets as several:
        if form is not Format.json:
            shown = several.found[:_LISTED]
            say.table(rows.CHOICE, (rows.choice_row(held.label, each) for held, each in shown))
            if len(several.found) > _LISTED:
                say.line(
                    f"另有{len(several.found) - _LISTED}个，全部见 jingwei targets --words {target}"
                )
        raise
    if form is Format.json:
        say.as_json(found.record())
    else:
        for line in rows.explained_lines(found):
            say.line(line)
        for each in found.cards:
            if each.values:
                say.table(rows.VALUE, map(rows.value_row, each.values), title=each.card.name)
        if found.milestones:
            title = f"年度目标 milestones（路径和基期 path and base：jingwei milestones {found.target.id}）"
            say.table(rows.YEAR, map(rows.year_row, found.milestones), title=title)
    raise typer.Exit(faults.code)
