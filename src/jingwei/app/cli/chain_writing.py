"""Commands that write chains for others: export, report."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.chains import DayOption, EditionOption, Name, day_of
from jingwei.app.cli.opening import loaded, opened
from jingwei.app.cli.options import Where

if TYPE_CHECKING:
    pass


class ExportTo(StrEnum):
    """What a chain is written as."""

    graphml = "graphml"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"


class ReportTo(StrEnum):
    """What a report is written as."""

    html = "html"
    docx = "docx"
    json = "json"


def export(
    name: Name,
    to: Annotated[ExportTo, typer.Option(help="格式 / form", show_default=False)],
    edition: EditionOption = "",
    where: Where = None,
) -> None:
    """导出到 reports/ / write the chain for other programs into reports/.

    都可再导入；csv 是三个文件：节点、关系、指标（不带地区）。

    / All can be imported again; csv is three files: vertices, edges, facts (without the region).
    """  # fmt: skip
    from jingwei.app.pipeline.chain_files import write_export
    from jingwei.app.pipeline.chains import edition_of

    workspace = opened(where)
    with workspace.locked():
        for path in write_export(workspace, edition_of(workspace, name, edition), to.value):
            say.line(str(workspace.root / path))


def report(
    name: Name,
    to: Annotated[ReportTo, typer.Option(help="格式 / form")] = ReportTo.html,
    edition: EditionOption = "",
    as_of: DayOption = "",
    where: Where = None,
) -> None:
    """一链一策：一张图、六张清单 / the chain's report: one map and six lists.

    企业、项目、招商、攻关、问题、政策，每行有责任单位和月份；空的清单写明怎样填。

    / Each row has an owner and a month; an empty list says what would fill it.
    """  # fmt: skip
    from jingwei.app.pipeline.chain_files import write_report

    faults = say.Faults()
    workspace = opened(where)
    with workspace.locked():
        books = loaded(workspace, faults)
        path = write_report(workspace, name, day_of(as_of), edition, books, to.value)
    say.line(str(workspace.root / path))
    raise typer.Exit(faults.code)
