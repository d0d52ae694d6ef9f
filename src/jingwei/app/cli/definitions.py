"""``jingwei data``: definition cards and the forms made from them."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.data import app
from jingwei.app.cli.opening import around
from jingwei.app.cli.options import AnyFormat, Format, Where
from jingwei.core import InvalidRequest


class FormFile(StrEnum):
    """What a form is written as."""

    xlsx = "xlsx"
    csv = "csv"


@app.command("cards")
def cards(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="CARD", help="编号或名称 / ids or names", show_default=False),
    ] = None,
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """口径卡：全部、一张的说明、两张的比较 / all cards, one in full, or two compared.

    两个口径只按声明的规则换算（单位；现价与不变价凭价格指数），规上不会变成全市。

    / Two definitions convert by declared rules only: unit, and current to constant prices.
    """
    from jingwei.app.pipeline.intake import card_of, declared_of, known
    from jingwei.statistics.cards import KINDS, compare, explained
    from jingwei.statistics.forms import described

    workspace = around(where)
    found = declared_of(workspace)
    chosen = [card_of(found, name) for name in names or ()]
    if len(chosen) > 2:
        raise InvalidRequest("一次比较两张口径卡", "two cards are compared at a time")
    if len(chosen) == 2:
        told = compare(*chosen)
        stored = known(workspace)
        sides = [[each for each in stored if each.series.card == card.key] for card in chosen]
        causes = explained(told, *sides)
        if form is Format.json:
            say.as_json(
                {"answer": told.answer, "differences": told.differences, "explanations": causes}
            )
            return
        say.line(f"{chosen[0].key} ↔ {chosen[1].key}：{told.told}")
        for each in causes:
            say.line(f"{each.rank}. {each.text} / {each.text_en}")
        return
    if form is Format.json:
        say.as_json(chosen or found.cards.cards)
    elif chosen:
        say.table(("项目\nkey", "内容\nvalue"), described(chosen[0]))
    else:
        say.table(
            ("编号\nid", "名称\nname", "单位\nunit", "类型\nkind", "统计范围\ncoverage", "掌握部门\nholder"),
            [(c.key, c.name, c.unit, KINDS[c.kind], c.coverage, c.holder) for c in found.cards.cards],
        )  # fmt: skip


@app.command("template")
def template(
    names: Annotated[
        list[str], typer.Argument(metavar="CARD", help="编号或名称 / ids or names", show_default=False)
    ],
    period: Annotated[
        list[str],
        typer.Option(
            metavar="PERIOD",
            help="2024、2024-11 或 2024-01/2024-11，可写多个 / may be repeated",
            show_default=False,
        ),
    ],
    region: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="地区（默认：各区和全市） / regions (default: all districts and the city)",
            show_default=False,
        ),
    ] = None,
    to: Annotated[FormFile, typer.Option(help="格式 / written as")] = FormFile.xlsx,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="写到哪里（默认：表名） / where to (default: its title)", show_default=False),
    ] = None,
    where: Where = None,
) -> None:  # fmt: skip
    """按口径卡生成填报表 / a collection form from definition cards.

    填好后用 jingwei data import 读回，不需要再回答问题。

    / Filled in, it comes back with jingwei data import without a question.
    """
    from jingwei.app.pipeline.intake import template as made
    from jingwei.app.pipeline.intake import write_form

    title, content = made(around(where), names, period, region or [], xlsx=to is FormFile.xlsx)
    path = out or Path(f"{title}.{to.value}")
    write_form(path, content)
    say.line(str(path))
