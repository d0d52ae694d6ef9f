"""Commands on documents: make a workspace, read statements, compile."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jingwei.app.cli import say
from jingwei.app.cli.opening import opened
from jingwei.app.cli.options import AnyFormat, Format, Where
from jingwei.app.cli.progress import watched
from jingwei.core import UnreadableDocument

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
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="文件夹 / the folder", show_default=False)
    ],
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
    listed = made.path("definitions/regions.csv")
    if not listed.exists():
        from jingwei.statistics.intake import first_regions
        from jingwei.store import write_atomically

        write_atomically(listed, first_regions(region).encode())
    say.line(str(made.root))
    say.note(
        f"工作区已建好；把规划文件放进 {made.documents}，再运行 jingwei run；要收统计数，先在 {listed} "
        "里登记各区（文件里写着格式）",
        f"the workspace is ready; put plan documents into {made.documents}, then jingwei run; before "
        f"statistics come in, list the districts in {listed} (it says how)",
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
    from jingwei.app.pipeline.reading import read, unread_pages
    from jingwei.plans.compiling import quantified

    faults = say.Faults()
    found: list[Statement] = []
    for path in watched(docs, "读取 reading"):
        with faults.told():
            document = read(path)
            read_here = quantified(document)
            found += read_here.statements
            say.unread(document.name, unread_pages(document))
            say.left_out(document.name, read_here.rows_left_out)
    refused = faults.code and form is StatementFormat.table  # which has been told of already
    if found or not refused:
        _print_statements(found, form)
    raise typer.Exit(faults.code)


def _print_statements(found: "Sequence[Statement]", form: StatementFormat) -> None:
    from jingwei.app.pipeline.records import statement_record

    match form:
        case StatementFormat.table if not found:
            say.nothing(
                "没有读到带数的表述；请确认文件有正文（扫描件要先识别文字：jingwei[ocr]）",
                "no quantified statement was read; make sure the documents hold text (scanned pages "
                "need jingwei[ocr])",
            )
        case StatementFormat.table:
            from jingwei.app.reports.tables import statements_table

            say.shown(statements_table(found, width=say.width()))
        case StatementFormat.json:
            say.as_json([statement_record(each) for each in found])
        case StatementFormat.jsonl:
            for each in found:
                print(json.dumps(statement_record(each), ensure_ascii=False))
        case StatementFormat.csv:
            from jingwei.store.tables import Table, csv_bytes

            rows = [flat(statement_record(each)) for each in found]
            columns = {name: name for name in (rows[0] if rows else ())}
            print(csv_bytes(Table("statements", columns, rows)).decode(), end="")


def flat(record: dict[str, Any]) -> dict[str, Any]:
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

    工作区之外的文件，读得了的才复制进 documents/。人审阅过的数值不会被覆盖：新读数列在旁边待定。
    / Documents from outside are copied into documents/ if they can be read. Reviewed values are never
    overwritten: a new reading is proposed beside them.
    """
    from jingwei.app.pipeline.planning import compile_into

    faults = say.Faults()
    workspace = opened(where)
    done: list[Outcome] = []
    unreadable: list[str] = []
    with workspace.locked():
        for path in watched(docs or workspace.document_files(), "编译 compiling"):
            with faults.told():
                try:
                    outcome = compile_into(workspace, path)
                except UnreadableDocument:
                    if path.resolve().parent == workspace.documents.resolve():
                        unreadable.append(path.name)
                    raise
                done.append(outcome)
                say.unread(outcome.document, outcome.compiled.unread)
                say.left_out(outcome.document, outcome.compiled.plan.rows_left_out)
    if form is Format.json:
        say.as_json([_outcome(each) for each in done])
    elif not done and not faults.count:
        say.nothing(
            f"{workspace.documents} 里没有文件；把规划文件放进去，或运行 jingwei compile 文件",
            f"there are no documents in {workspace.documents}; put plans there, or name them: jingwei "
            "compile FILE",
        )
    elif done:
        _show_outcomes(done)
    say.unreadable(unreadable)
    raise typer.Exit(faults.code)


_STATES = {"new": "新建 new", "updated": "已更新 updated", "unchanged": "未变 unchanged"}


def _show_outcomes(done: "Sequence[Outcome]") -> None:
    from jingwei.app.cli.rows import KINDS
    from jingwei.plans.records import SECTIONS, labels

    sections = [each.name for each in SECTIONS[1:]]
    counted = [f"{labels()[each][0]}\n{each}" for each in sections]
    columns = (
        "文件\ndocument",
        "类型\nkind",
        "时期\nperiod",
        "目标\ntargets",
        "事实\nfacts",
        "技术参数\ntechnical",
    )
    rows: list[tuple[str, ...]] = []
    for each in done:
        facts, counts = each.file.document.record, _counts(each)
        numbers = (str(counts[name]) for name in ("targets", "facts", "technical", *sections))
        period = str(facts.period or "")
        rows.append((each.document, KINDS[facts.kind], period, *numbers, _STATES[each.state]))
    say.table((*columns, *counted, "状态\nstate"), rows, numbers=range(3, 6 + len(sections)))
    for each in done:
        for difference in each.differences:
            say.line(f"{each.plan} {difference.id} {difference.zh} / {difference.en}")


def _outcome(done: "Outcome") -> dict[str, Any]:
    from jingwei.core import plain

    facts = done.file.document.record
    return {
        "document": done.document,
        "plan": done.plan,
        "state": done.state,
        "kind": facts.kind,
        "why": done.compiled.told.why,
        "title": facts.title,
        "period": plain(facts.period),
        "unread_pages": list(done.compiled.unread),
        "rows_left_out": list(done.compiled.plan.rows_left_out),
        "counts": _counts(done),
        "differences": [plain(each) | {"zh": each.zh, "en": each.en} for each in done.differences],
    }


def _counts(done: "Outcome") -> dict[str, int]:
    records = done.compiled.plan.records
    statements = done.compiled.plan.statements
    targets = sum(each.is_target for each in statements)
    technical = sum(each.technical for each in statements)
    others = {name: len(found) for name, found in records.items() if name != "statements"}
    facts = len(statements) - targets - technical
    return {"targets": targets, "facts": facts, "technical": technical} | others
