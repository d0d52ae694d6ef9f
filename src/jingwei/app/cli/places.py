"""Commands on places: what they are specialised in, what is near, how alike they are."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.answering import Form, FormOption, answer
from jingwei.app.cli.opening import around, loaded
from jingwei.app.cli.options import Sheet, Where
from jingwei.core import InvalidRequest

if TYPE_CHECKING:
    from jingwei.space import Activities

place = typer.Typer(
    name="place",
    help="地区：专业化、邻近的活动、结构趋同 / places: specialisation, relatedness, similarity",
    no_args_is_help=True,
)

TablePath = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="CSV 或 XLSX：地区、行业、数值三列，或每行一个地区 / place,activity,value, or a row a place",
        show_default=False,
    ),
]
Reference = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="以表中这一行为参照（默认：全国、合计这样的一行，没有就是各地区之和） / the row that others are measured against (default: a total, else the sum)",
        show_default=False,
    ),
]
Complete = Annotated[
    bool,
    typer.Option("--complete", help="没有列出的就是零 / what is not listed is zero"),
]
Least = Annotated[
    float, typer.Option(metavar="LQ", min=0, help="区位商到多少算专业化 / from which quotient on")
]


def _read(file: Path, reference: str, complete: bool, sheet: str) -> "Activities":
    from jingwei.space import read_activities

    table = read_activities(file, reference, complete=complete, sheet=sheet)
    for note in table.notes:
        say.note(*note)
    if table.assumed:
        say.note(
            f"没有列出的{table.assumed}格按零计",
            f"{table.assumed} cells that are not listed are zero",
        )
    if table.left_out:
        listed = "、".join(table.left_out)
        say.note(
            f"{listed}是合计，不当作地区或活动",
            f"{listed}: totals, and neither places nor activities",
        )
    against = f"“{table.against}”这一行" if table.against else "表中各地区之和"
    say.note(
        f"{len(table.places)}个地区，{len(table.activities)}项活动；参照：{against}",
        f"{len(table.places)} places, {len(table.activities)} activities; "
        f"against: {table.against or 'the sum of the places'}",
    )
    return table


@place.command()
def specialisation(
    file: TablePath,
    reference: Reference = "",
    complete: Complete = False,
    sheet: Sheet = "",
    least: Least = 1.0,
    complexity: Annotated[
        bool,
        typer.Option("--complexity", help="各地区的经济复杂度 / complexity of the places instead"),
    ] = False,
    form: FormOption = Form.table,
) -> None:
    """区位商：各地区专门做什么 / location quotients, or the complexity of places.

    小地区的区位商容易走极端；分类越细，专业化越多。

    / Small places reach extreme quotients; a finer classification finds more specialisation.
    """
    from jingwei.app.pipeline.placing import complexity_rows, quotient_rows

    table = _read(file, reference, complete, sheet)
    if not complexity:
        answer(quotient_rows(table, least), form)
        return
    found, gap = complexity_rows(table, least)
    if gap < 0.05:
        say.note(
            f"第二、三特征值只差{gap:.1%}，名次并不稳固",
            f"second and third eigenvalue are {gap:.1%} apart; the order is not firm",
        )
    answer(found, form)


@place.command()
def relatedness(
    file: TablePath,
    name: Annotated[
        str,
        typer.Option(
            "--place", metavar="NAME", help="只看一个地区 / one place", show_default=False
        ),
    ] = "",
    reference: Reference = "",
    complete: Complete = False,
    sheet: Sheet = "",
    least: Least = 1.0,
    most: Annotated[
        int, typer.Option(metavar="N", min=1, help="每个地区几项 / how many a place")
    ] = 10,
    form: FormOption = Form.table,
) -> None:
    """邻近密度：离现有活动最近、尚未专业化的活动 / what is within reach.

    说的是别处常在一起出现，不是因果，也不是建议。

    / It tells what goes together elsewhere: neither a cause nor advice.
    """
    from jingwei.app.pipeline.placing import relatedness_rows

    answer(relatedness_rows(_read(file, reference, complete, sheet), least, name, most), form)


@place.command()
def similarity(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help="同上；不给就只比规划用词 / as above; plans alone where none is given",
            show_default=False,
        ),
    ] = None,
    reference: Reference = "",
    complete: Complete = False,
    sheet: Sheet = "",
    where: Where = None,
    form: FormOption = Form.table,
) -> None:
    """结构趋同：数据与规划用词并排 / how alike places are, in data and in the words of plans.

    克鲁格曼指数 0 为结构相同，2 为毫无共同之处。规划用词取工作区里规划点名的“地区—产业”。

    / Krugman's index is 0 for equal structures and 2 for nothing in common. Words are the
    industries that the plans of the workspace give to each place.
    """
    from jingwei.app.pipeline.placing import planned, similarity_rows

    table = _read(file, reference, complete, sheet) if file is not None else None
    workspace = around(where)
    faults = say.Faults()
    names = planned(loaded(workspace, faults).documents) if workspace is not None else {}
    if table is None and len(names) < 2:
        raise InvalidRequest(
            "没有可比的：请给出数据文件，或在有规划的工作区里运行",
            "nothing to compare: name a file, or run this in a workspace with plans",
        )
    answer(similarity_rows(table, names), form)
    raise typer.Exit(faults.code)


@place.command()
def focus(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="CSV：每行一个候选领域，每列一个标准 / a row a field, a column a criterion",
            show_default=False,
        ),
    ],
    weight: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=W",
            help="权重（默认相等） / weights, equal by default",
            show_default=False,
        ),
    ] = None,
    spread: Annotated[
        float, typer.Option(metavar="SHARE", help="权重的浮动 / by how much weights may be off")
    ] = 0.2,
    form: FormOption = Form.table,
) -> None:
    """遴选重点领域：权重看得见，名次给区间 / choose fields, with weights and rank intervals.

    缺的数不当零：有缺的候选不给名次，只给可能的区间。

    / A missing value is no zero: such a candidate has an interval and no rank.
    """
    from jingwei.app.pipeline.placing import focus_rows

    weights: dict[str, float] = {}
    for each in weight or []:
        name, sign, number = each.rpartition("=")
        try:
            weights[name] = float(number)
        except ValueError:
            sign = ""
        if not sign:
            raise InvalidRequest(
                f"权重写作 名称=数，这里是“{each}”", f"a weight is NAME=NUMBER, not '{each}'"
            )
    answer(focus_rows(file, weights, spread), form)
