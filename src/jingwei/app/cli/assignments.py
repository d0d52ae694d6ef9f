"""``jingwei tasks``: what the plans order, who does it, and by when."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jingwei.app.cli import say
from jingwei.app.cli.documents import StatementFormat, flat
from jingwei.app.cli.opening import loaded, opened
from jingwei.app.cli.options import Plan, Where, Words
from jingwei.app.cli.progress import watched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jingwei.plans.records import Task


def tasks(
    docs: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="DOC",
            help="任何位置的文件（默认：工作区全部） / files anywhere (default: the workspace)",
            show_default=False,
        ),
    ] = None,
    plan: Plan = "",
    words: Words = "",
    owner: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="只列由它牵头或配合的 / only those of this office",
            show_default=False,
        ),
    ] = "",
    unowned: Annotated[
        bool,
        typer.Option(
            "--unowned", help="只列原文没有写明责任单位的 / only those that name no owner"
        ),
    ] = False,
    undated: Annotated[
        bool,
        typer.Option("--undated", help="只列原文没有写明时限的 / only those without a date"),
    ] = False,
    where: Where = None,
    form: Annotated[
        StatementFormat, typer.Option("--format", help="输出格式 / form of the answer")
    ] = StatementFormat.table,
) -> None:
    """任务分解清单：做什么、谁来做、何时完成 / tasks: what, who, by when.

    责任单位和时限只照原文；没有写明的写作“未写明”，不推断。

    / Owners and dates as the documents write them; where they write none it says so.
    """
    faults = say.Faults()
    found = _read(docs, faults) if docs else _known(where, plan, faults)
    shown = [
        each
        for each in found
        if (words in each.what or words in each.quote)
        and (not owner or owner in f"{each.owner or ''}、{each.supporting or ''}")
        and not (unowned and each.owner_stated)
        and not (undated and each.due_stated)
    ]
    if shown or not (faults.code and form is StatementFormat.table):
        _print(shown, found, form)
    raise typer.Exit(faults.code)


def _read(docs: "Sequence[Path]", faults: say.Faults) -> "list[Task]":
    from jingwei.app.pipeline.reading import read, unread_pages
    from jingwei.plans.compiling import compile_document

    found: list[Task] = []
    for path in watched(docs, "读取 reading"):
        with faults.told():
            document = read(path)
            found += compile_document(document).tasks
            say.unread(document.name, unread_pages(document))
    return found


def _known(where: Path | None, plan: str, faults: say.Faults) -> "list[Task]":
    books = loaded(opened(where), faults)
    documents = [books.find(plan)] if plan else [*books.documents]
    return [task for document in documents for task in document.tasks]


def _print(shown: "Sequence[Task]", found: "Sequence[Task]", form: StatementFormat) -> None:
    from jingwei.app.cli import rows
    from jingwei.core import plain

    match form:
        case StatementFormat.table if not found:
            say.nothing(
                "没有读到任务；工作区里还没有规划的，先 jingwei compile 文件",
                "no task was read; where the workspace holds no plan yet: jingwei compile DOC",
            )
        case StatementFormat.table if not shown:
            say.nothing("没有符合条件的任务", "no task is like that")
        case StatementFormat.table:
            for name in dict.fromkeys(each.document for each in shown):
                mine = [rows.task_row(each) for each in shown if each.document == name]
                say.table(rows.TASK, mine, title=name)
            owned = sum(each.owner_stated for each in shown)
            dated = sum(each.due_stated for each in shown)
            say.note(
                f"共{len(shown)}项，写明责任单位的{owned}项，写明时限的{dated}项；没有写明的：--unowned，--undated",
                f"{len(shown)} tasks, {owned} with an owner, {dated} with a date; the others: --unowned, "
                "--undated",
            )
        case StatementFormat.json:
            say.as_json([plain(each) for each in shown])
        case StatementFormat.jsonl:
            for each in shown:
                print(json.dumps(plain(each), ensure_ascii=False))
        case StatementFormat.csv:
            from jingwei.store.tables import Table, csv_bytes

            lines: list[dict[str, Any]] = [flat(plain(each)) for each in shown]
            columns = {name: name for name in (lines[0] if lines else ())}
            print(csv_bytes(Table("tasks", columns, lines)).decode(), end="")
