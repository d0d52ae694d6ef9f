"""``jingwei data receive``: files as offices sent them, with the register that lists them."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.data import app
from jingwei.app.cli.opening import opened
from jingwei.app.cli.options import AnyFormat, By, Format, Where, person, today
from jingwei.app.cli.progress import watched
from jingwei.core import InvalidRequest


@app.command("receive")
def receive_(
    register: Annotated[
        Path,
        typer.Argument(
            metavar="REGISTER",
            help="来文登记（CSV）：文件、收到日期、数据来源、说明 / the register",
            show_default=False,
        ),
    ],
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE",
            help="只收这些文件或文件夹 / only these files or folders",
            show_default=False,
        ),
    ] = None,
    by: By = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """按来文登记导入 / import files as a register lists them.

    登记表写明收到日期（即版次）、数据来源和修订说明，省得逐个文件再答一遍。运行即为确认；每个文件整批入库
    或整批不入，没有答复的格不入。

    / The register gives day (the vintage), legal origin and reason of revisions. Running it is the
    yes; a file is stored whole or not at all, cells with open questions stay out.
    """
    from jingwei.app.pipeline.receiving import receive, received

    workspace, faults = opened(where), say.Faults()
    listed = received(register)
    if files:
        wanted = [path.resolve() for path in files]
        listed = [
            each
            for each in listed
            if any(each.path.resolve().is_relative_to(path) for path in wanted)
        ]
        if not listed:
            raise InvalidRequest(
                "来文登记里没有这些文件；文件名以登记表所在的文件夹为准",
                "the register lists none of these files",
                where=str(register),
            )
    done = receive(
        workspace,
        listed,
        faults.add,
        on=date.fromisoformat(today()),
        by=person(by),
        watch=lambda paths: watched(paths, "导入 importing"),
    )
    if form is Format.json:
        say.as_json([
            {
                "file": taken.path.name,
                "proposal": taken.proposal.id,
                "published": taken.proposal.published,
                "added": added,
                "enterprises": len(taken.listed),
                "questions": taken.proposal.questions,
            }
            for taken, added in done
        ])  # fmt: skip
    else:
        rows = [
            (taken.path.name, taken.proposal.published, str(added), str(len(taken.listed)),
             str(len(taken.proposal.questions)))
            for taken, added in done
        ]  # fmt: skip
        headings = ("文件 file", "版次 vintage", "新数 added", "企业 firms", "未答复 open")
        say.table(headings, rows, numbers=(2, 3, 4))
        say.note(
            "可疑的数见 jingwei data check；未答复的格没有入库，用 jingwei data import 单独导入该文件时会问",
            "doubtful values: jingwei data check; cells with open questions stayed out, "
            "jingwei data import asks for them",
        )
    raise typer.Exit(faults.code)
