"""Commands that hold numbers against each other: check, proof."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.judging import Docs
from jingwei.app.cli.opening import chosen, loaded, opened
from jingwei.app.cli.options import AnyFormat, Format, Where
from jingwei.core import InvalidRequest

if TYPE_CHECKING:
    from jingwei.core import Finding


def check(
    docs: Docs = None,
    draft: Annotated[
        Path | None,
        typer.Option(
            metavar="DOC",
            help="衔接审查：未印发的规划对照上位和同级规划 / hold an unissued plan against the others",
            show_default=False,
        ),
    ] = None,
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """数字体检：哪些数对不上 / numbers that do not go together.

    每处列出两侧的出处和可能的原因（按可能性排序）。

    / Each finding cites both sides and ranks what may explain it.
    """
    from jingwei.app.pipeline.checking import answers, check_draft
    from jingwei.app.pipeline.checking import check as check_documents

    faults = say.Faults()
    if draft is not None:
        from jingwei.app.pipeline.compiled import compile_path
        from jingwei.app.pipeline.library import held

        _, documents = chosen(docs or [], where, faults)
        own = held(compile_path(draft))
        plans = [each for each in documents if each.is_plan and each.name != own.name]
        if not plans:
            raise InvalidRequest(
                "没有可对照的规划；请先编译上位规划，或在命令中列出",
                "there is no plan to hold the draft against; compile the upper plan or name it",
                where=str(draft),
            )
        findings = check_draft(own, plans)
    elif docs:
        findings = check_documents(chosen(docs, where, faults)[1])
    else:
        findings = answers(loaded(opened(where), faults)).findings
    if form is Format.json:
        say.as_json(findings)
    else:
        _show(findings)
    raise typer.Exit(faults.code)


def _show(findings: "Sequence[Finding]") -> None:
    from jingwei.app.cli.rows import finding_kind

    for number, each in enumerate(findings, 1):
        say.line(f"{number}. 【{finding_kind(each.kind)}】{each.message}")
        for side in each.sides:
            say.line(f"   · {side}")
        for cause in each.explanations:
            say.line(f"   ? {cause.rank}. {cause.text}")
    say.line(f"共 {len(findings)} 处 findings")
