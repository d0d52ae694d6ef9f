"""Commands on documents: make a workspace, read statements, compile."""

import csv
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jingwei.app.cli import say
from jingwei.app.cli.opening import opened
from jingwei.app.cli.options import AnyFormat, Format, Where
from jingwei.app.cli.progress import watched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jingwei.app.pipeline.planning import Outcome
    from jingwei.core import Statement


class StatementFormat(StrEnum):
    """How statements are printed."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    json = "json"


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", show_default=False)],
    region: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="地区全称，如「××市」 / full name of the region",
            show_default=False,
        ),
    ] = "",
) -> None:
    """建立工作区（一个普通文件夹） / make a workspace, a plain folder.

    已有的文件不动。 / Files already there stay as they are.
    """
    from jingwei.store import Workspace

    made = Workspace.create(folder, region)
    say.line(str(made.root))
    say.note(
        f"工作区已建好；把规划文件放进 {made.documents}，再运行 jingwei run",
        f"the workspace is ready; put plan documents into {made.documents}, then jingwei run",
    )


def statements(
    docs: Annotated[
        list[Path],
        typer.Argument(metavar="DOC", help="PDF、DOCX、HTML、TXT、OFD", show_default=False),
    ],
    form: Annotated[
        StatementFormat, typer.Option("--format", help="输出格式 / form of the answer")
    ] = StatementFormat.table,
) -> None:
    """读出文件里的每个数量表述 / read every quantified statement of documents.

    任何位置的文件都可以，不需要工作区，也不写任何文件。
    / Files anywhere; no workspace is needed and nothing is written.
    """
    from jingwei.app.pipeline.reading import read
    from jingwei.plans.compiling import read_statements

    faults = say.Faults()
    found: list[Statement] = []
    for path in watched(docs, "读取 reading"):
        with faults.told():
            found += read_statements(read(path))
    _print_statements(found, form)
    raise typer.Exit(faults.code)


def _print_statements(found: "Sequence[Statement]", form: StatementFormat) -> None:
    from jingwei.app.cli import rows
    from jingwei.app.pipeline.records import statement_record

    match form:
        case StatementFormat.table:
            say.table(rows.STATEMENT, map(rows.statement_row, found))
        case StatementFormat.json:
            say.as_json([statement_record(each) for each in found])
        case StatementFormat.jsonl:
            for each in found:
                print(json.dumps(statement_record(each), ensure_ascii=False))
        case StatementFormat.csv:
            records = [_flat(statement_record(each)) for each in found]
            if records:
                writer = csv.DictWriter(sys.stdout, list(records[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(records)


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    """A record with its evidence as columns of their own."""
    place = record["evidence"]
    columns = {name: place[name] for name in ("page", "paragraph", "line", "start", "end")}
    fields = {name: value for name, value in record.items() if name != "evidence"}
    return fields | {"section": " > ".join(record["section"])} | columns


def compile_(
    docs: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="DOC",
            help="文件（默认：工作区 documents/ 中的全部） / default: all of documents/",
            show_default=False,
        ),
    ] = None,
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """编译成 plans/*.yaml / compile documents into plan files.

    工作区之外的文件先复制进 documents/。人审阅过的数值不会被覆盖：新读数列在旁边待定。
    / Documents from outside are copied into documents/ first. Reviewed values are never
    overwritten: a new reading is proposed beside them.
    """
    from jingwei.app.pipeline.planning import compile_into

    faults = say.Faults()
    workspace = opened(where)
    done: list[Outcome] = []
    with workspace.locked():
        for path in watched(docs or workspace.document_files(), "编译 compiling"):
            with faults.told():
                done.append(compile_into(workspace, path))
    if form is Format.json:
        say.as_json([_outcome(each) for each in done])
    else:
        _show_outcomes(done)
    raise typer.Exit(faults.code)


_STATES = {"new": "新建 new", "updated": "已更新 updated", "unchanged": "未变 unchanged"}


def _show_outcomes(done: "Sequence[Outcome]") -> None:
    from jingwei.app.cli.rows import KINDS

    columns = (
        "文件 document",
        "类型 kind",
        "时期 period",
        "目标 targets",
        "事实 facts",
        "状态 state",
    )
    rows: list[tuple[str, ...]] = []
    for each in done:
        counts = _counts(each)
        rows.append((
            each.document, KINDS[each.compiled.kind], str(each.compiled.period or ""),
            str(counts["targets"]), str(counts["facts"]), _STATES[each.state],
        ))  # fmt: skip
    say.table(columns, rows, numbers=(3, 4))
    for each in done:
        for difference in each.differences:
            say.line(f"{each.plan} {difference.id} {difference.zh} / {difference.en}")


def _outcome(done: "Outcome") -> dict[str, Any]:
    from jingwei.core import plain

    compiled = done.compiled
    return {
        "document": done.document,
        "plan": done.plan,
        "state": done.state,
        "kind": compiled.kind,
        "why": compiled.told.why,
        "title": compiled.title,
        "period": plain(compiled.period),
        "counts": _counts(done),
        "differences": [plain(each) | {"zh": each.zh, "en": each.en} for each in done.differences],
    }


def _counts(done: "Outcome") -> dict[str, int]:
    statements = done.compiled.statements
    targets = sum(each.role == "target" for each in statements)
    return {"targets": targets, "facts": len(statements) - targets}
