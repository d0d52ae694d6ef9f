"""Commands that write: run, report, export."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.opening import loaded, opened
from jingwei.app.cli.options import (
    AnyFormat,
    AsOf,
    By,
    Docs,
    Format,
    To,
    Where,
    day_of,
    person,
    today,
)
from jingwei.app.cli.progress import watched
from jingwei.app.cli.writing import write
from jingwei.core import InvalidRequest, plain

if TYPE_CHECKING:
    from jingwei.app.pipeline.running import Run


def run(by: By = "", where: Where = None, form: AnyFormat = Format.table) -> None:
    """从头做到尾，只做有变化的 / all steps in order, only what changed.

    编译、收数（incoming/来文登记.csv 登记的文件）、结算、衔接、体检、报告；说明做了什么、跳过什么、为什么。

    / Compile, receive (the files that incoming/来文登记.csv lists), settle, lineage, check, report;
    it says what it did, what it skipped and why.
    """
    from jingwei.app.pipeline.running import run as run_all

    faults = say.Faults()
    workspace = opened(where)
    done = run_all(
        workspace,
        faults.add,
        lambda paths: watched(paths, "读取 reading"),
        on=date.fromisoformat(today()),
        by=person(by),
    )
    if form is Format.json:
        say.as_json(plain(done.steps))
    else:
        _show_run(done)
    for name, pages in done.unread:
        say.unread(name, pages)
    for name, rows in done.left_out:
        say.left_out(name, rows)
    say.unreadable(done.unreadable)
    raise typer.Exit(faults.code)


_STEPS = {
    "compile": "编译 compile",
    "receive": "收数 receive",
    "settle": "结算 settle",
    "lineage": "衔接 lineage",
    "check": "体检 check",
    "report": "报告 report",
}


def _show_run(done: "Run") -> None:
    columns = ("步骤\nstep", "对象\nof", "", "说明\nwhat and why")
    rows = [
        (_STEPS[each.step], each.of, "完成 done" if each.done else "跳过 skipped",
         f"{each.told} / {each.told_en}")
        for each in done.steps
    ]  # fmt: skip
    say.table(columns, rows)
    if not any(each.step == "compile" for each in done.steps):
        say.nothing(
            "没有编译出文件；把规划文件放进 documents/，再运行 jingwei run",
            "no document was compiled; put plan documents into documents/, then jingwei run",
        )
    elif not done.changed:
        say.line("没有变化，什么也不用做。 / Nothing changed, nothing to do.")


class ReportKind(StrEnum):
    """What is evaluated: a year, the first half, or the whole of a plan."""

    annual = "annual"
    midterm = "midterm"
    final = "final"


def report(
    kind: Annotated[
        ReportKind | None,
        typer.Option(
            help="年度、中期、总结评估（默认：工作区全部的评估网页） / which evaluation (default: the page of the workspace)",
            show_default=False,
        ),
    ] = None,
    plan: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="哪份规划（默认：唯一合适的） / which plan (default: the only one that fits)",
            show_default=False,
        ),
    ] = "",
    as_of: AsOf = "",
    to: To = "",
    where: Where = None,
) -> None:
    """写出评估报告 / write a report.

    不带 --kind：一个 HTML 文件，含工作区全部文件的结算、衔接、体检；每个数都能点开出处。
    带 --kind：一份规划的年度、中期或总结评估，同一内容写成 HTML、DOCX、PDF，按 GB/T 9704 排版；
    指标与任务并重，写明不能签字的事项和找谁；每个数带依据编号。

    / Without --kind: one HTML file on all documents. With it: the evaluation of one plan, the same
    content as HTML, DOCX and PDF in the layout of GB/T 9704; every number carries its evidence.
    """
    faults = say.Faults()
    workspace = opened(where)
    if kind is None:
        if plan or as_of or to:
            raise InvalidRequest(
                "--plan、--as-of、--to 要和 --kind annual|midterm|final 一起用",
                "--plan, --as-of and --to go with --kind annual|midterm|final",
            )
        from jingwei.app.pipeline.checking import answers
        from jingwei.app.pipeline.reporting import write_report

        with workspace.locked():
            books = loaded(workspace, faults)
            path, _ = write_report(books, answers(books))
        say.line(str(workspace.root / path))
        raise typer.Exit(faults.code)
    from jingwei.app.pipeline import evaluating
    from jingwei.app.pipeline.papers import forms_of
    from jingwei.app.reports.evaluation import paper_of

    forms, day = forms_of(to), day_of(as_of)
    with workspace.locked():
        books = loaded(workspace, faults)
        books.check_whole()
        held = books.find(plan) if plan else None
        chosen = evaluating.plan_for(books, kind.value, day, held.name if held else "")
        paper = paper_of(evaluating.evaluation_of(books, chosen, kind.value, day))
        name = f"{kind.value}-{Path(chosen.name).stem}-{day.isoformat()}"
        write(workspace, name, paper, forms)
    raise typer.Exit(faults.code)


class ExportForm(StrEnum):
    """What the compiled plans are written as."""

    xlsx = "xlsx"
    csv = "csv"
    jsonl = "jsonl"
    stratml = "stratml"


def export(
    to: Annotated[ExportForm, typer.Option(help="格式 / form", show_default=False)],
    docs: Docs = None,
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """导出到 reports/ / export the compiled plans into reports/.

    xlsx 一个工作簿；csv、jsonl 每类记录一个文件；stratml 每份文件一个。

    / xlsx: one workbook; csv, jsonl: a file for each kind of record; stratml: one a document.
    """
    from jingwei.app.pipeline.exporting import export as exported

    faults = say.Faults()
    workspace = opened(where)
    with workspace.locked():
        books = loaded(workspace, faults)
        documents = [books.find(name) for name in docs] if docs else [*books.documents]
        written = exported(books, documents, to.value)
    if form is Format.json:
        say.as_json(written)
    else:
        for path in written:
            say.line(str(workspace.root / path))
        if not written:
            say.nothing(
                "没有可导出的记录；把规划放进 documents/，再运行 jingwei run",
                "there are no records to export; put plans into documents/, then jingwei run",
            )
    raise typer.Exit(faults.code)
