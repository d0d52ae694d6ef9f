"""``jingwei data receive``: files as offices sent them, with the register that lists them."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jingwei.app.cli import say
from jingwei.app.cli.data import app
from jingwei.app.cli.opening import opened
from jingwei.app.cli.options import AnyFormat, By, Format, Where, person, today
from jingwei.app.cli.progress import watched
from jingwei.core import InvalidRequest

if TYPE_CHECKING:
    from jingwei.app.pipeline.receiving import Arrival


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
    doubtful: Annotated[
        bool,
        typer.Option(
            "--doubtful", help="自相矛盾的文件也收 / files that contradict themselves too"
        ),
    ] = False,
    by: By = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """按来文登记导入 / import files as a register lists them.

    登记表写明收到日期（即版次）、数据来源和修订说明，省得逐个文件再答一遍。运行即为确认；每个文件整批入库
    或整批不入，没有答复的格不入。自相矛盾的文件（合计、累计、单位、信用代码对不上）扣下，等报送单位说明。

    / The register gives day (the vintage), legal origin and reason of revisions. Running it is the
    yes; a file is stored whole or not at all, cells with open questions stay out. A file that
    contradicts itself (totals, cumulative values, units, credit codes) is held for its sender.
    """
    from jingwei.app.pipeline.receiving import receive, received

    workspace, faults = opened(where), say.Faults()
    listed = received(register, date.fromisoformat(today()))
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
    with workspace.locked():
        done = receive(
            workspace,
            listed,
            faults.add,
            on=date.fromisoformat(today()),
            by=person(by),
            dataset=register.name,
            doubtful=doubtful,
            watch=lambda paths: watched(paths, "导入 importing"),
        )
    if form is Format.json:
        say.as_json([record(each) for each in done])
    else:
        headings = ("文件 file", "版次 vintage", "新数 added", "企业 firms", "未答复 open", "")
        say.table(headings, map(row, done), numbers=(2, 3, 4))
        told_held(done)
        told_open(done)
        say.note(
            "可疑的数见 jingwei data check；未答复的格没有入库，用 jingwei data import 单独导入该文件时会问",
            "doubtful values: jingwei data check; cells with open questions stayed out, "
            "jingwei data import asks for them",
        )
    raise typer.Exit(faults.code)


def record(each: "Arrival") -> dict[str, Any]:
    """A file received, as JSON."""
    return {
        "file": each.of.path.name,
        "proposal": each.taken.proposal.id,
        "published": each.taken.proposal.published,
        "added": each.added,
        "enterprises": len(each.taken.listed),
        "questions": each.taken.proposal.questions,
        "held": None if each.held is None else {"zh": each.held[0], "en": each.held[1]},
        "findings": len(each.findings),
    }


def row(each: "Arrival") -> tuple[str, ...]:
    """A file received, as a row of the table."""
    state = "已收 stored" if each.held is None else "扣下 held"
    return (
        each.of.path.name, each.taken.proposal.published, str(each.added),
        str(len(each.taken.listed)), str(len(each.taken.proposal.questions)), state,
    )  # fmt: skip


def told_held(done: "Iterable[Arrival]") -> None:
    """Why files are held, and the way out of it."""
    for each in done:
        if each.held is None:
            continue
        name, way_out = each.of.path.name, each.way_out(str(each.of.path))
        seen = f"；逐处看：jingwei data check {each.of.path}" if each.findings else ""
        seen_en = f"; see jingwei data check {each.of.path}" if each.findings else ""
        say.note(
            f"扣下 {name}：{each.held[0]}{seen}；核实后：{way_out}",
            f"held, {name}: {each.held[1]}{seen_en}; once it is known to be right: {way_out}",
        )


_ASKED = 3
"""Questions of a file that are told; the rest is counted."""


def told_open(done: "Iterable[Arrival]") -> None:
    """What is not answered in each file, the first few."""
    for each in done:
        asked = each.taken.reading.questions
        if not asked:
            continue
        name, rest = each.of.path.name, len(asked) - _ASKED
        zh = "；".join(
            f"{one.zh}（{one.cells} 格，如第 {one.first.row} 行）" for one in asked[:_ASKED]
        )
        en = "; ".join(f"{one.en} ({one.cells} cells)" for one in asked[:_ASKED])
        say.note(
            f"未答复 {name}：{zh}{f'；另 {rest} 问见 --format json' if rest > 0 else ''}",
            f"open, {name}: {en}{f'; {rest} more in --format json' if rest > 0 else ''}",
        )
