"""Commands that make chains: new, import, review; the root registers the others beside them."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.answering import part
from jingwei.app.cli.opening import loaded, opened
from jingwei.app.cli.options import AnyFormat, By, Format, Where, person, today
from jingwei.core import InvalidRequest

if TYPE_CHECKING:
    from jingwei.app.pipeline.chains import Diagnosed
    from jingwei.app.pipeline.library import Held
    from jingwei.chains.graph import EdgeKind, Read
    from jingwei.store import Workspace

chain = typer.Typer(
    name="chain",
    help="产业链：全景图、版本、诊断、一链一策 / industrial chains: maps, editions, diagnosis",
    no_args_is_help=True,
)


class Kind(StrEnum):
    """Kinds of edges."""

    supplies = "supplies"
    is_part_of = "is_part_of"
    makes = "makes"
    located_in = "located_in"
    substitutes = "substitutes"


Name = Annotated[str, typer.Argument(metavar="NAME", help="产业链名 / the chain")]
EditionOption = Annotated[
    str,
    typer.Option(
        "--edition",
        metavar="LABEL",
        help="版本名（默认：最新；新建时为当天日期） / the edition (default: newest; today's date for a new one)",
        show_default=False,
    ),
]
DayOption = Annotated[
    str,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="以哪天为准（默认：今天） / as of which day (default: today)",
        show_default=False,
    ),
]


def day_of(text: str) -> date:
    try:
        return date.fromisoformat(text or today())
    except ValueError:
        raise InvalidRequest(
            f"“{text}”不是日期；写作 2025-06-30", f"'{text}' is no date; write 2025-06-30"
        ) from None


def tell_region(found: "Diagnosed") -> None:
    """Say that nothing is local where no region is set, or where no enterprise lies in it."""
    if not found.region:
        say.note(
            '工作区没有写地区，谁在本地都不知道；在 jingwei.toml 写 region = "某某市"',
            'the workspace names no region, so that nothing is known to be local; write region = "…" '
            "in jingwei.toml",
        )
    elif not found.region_known and any(found.edition.vertices("enterprise")):
        say.note(
            f"链图里没有地点“{found.region}”，谁在本地都不知道；企业行写所在地和所属地区，或改 jingwei.toml 的 region",
            f"the chain has no place '{found.region}', so that nothing is known to be local; give "
            "enterprises their place and what it lies in, or correct region in jingwei.toml",
        )


@chain.command()
def new(
    name: Name,
    plan: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="PLAN",
            help="从这份规划取环节 / the plan that names its nodes",
            show_default=False,
        ),
    ] = "",
    field: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD",
            help="属于这条链的领域，可多次（默认：按名称查找） / a field of the plan, may be repeated",
            show_default=False,
        ),
    ] = None,
    template: Annotated[str, typer.Option(metavar="NAME", help="模板 / the template")] = "全链",
    edition: EditionOption = "",
    as_of: DayOption = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """把规划点名的环节摆到模板上，列出空位 / lay a plan's nodes on the template.

    每个环节都有原文位置；空位是“不知道”，不是“没有”。已有的链再给 --from，就出一个新版本。

    / Every node keeps its place in the text. An empty slot is not known, which is not: not there.
    """  # fmt: skip
    from jingwei.app.pipeline.chains import new_chain

    faults = say.Faults()
    workspace = opened(where)
    day = day_of(as_of).isoformat()
    with workspace.locked():
        held = _plan(workspace, plan, faults) if plan else None
        made, laid, fresh = new_chain(
            workspace, name, held, day, label=edition, template_name=template, fields=field or ()
        )
    if form is Format.json:
        say.as_json(
            {
                "chain": name,
                "edition": made.head.edition,
                "new": fresh,
                "template": made.head.template,
                "fields": laid.fields if laid else (),
                "nodes": [
                    {"id": v.id, "name": v.name, "stage": v.stage, "kind": v.kind, "evidence": v.evidence}
                    for v in made.vertices("node")
                ],
                "empty": laid.empty if laid else (),
                "unplaced": [v.name for v in laid.unplaced] if laid else [],
                "no_things": [n.name for n in laid.no_things] if laid else [],
            }
        )  # fmt: skip
        raise typer.Exit(faults.code)
    if laid is not None:
        for taken in laid.fields:
            say.note(f"取领域“{taken.field}”：{taken.why}", f"field {taken.field}: {taken.why_en}")
        show_stages(workspace, name, made.head.edition)
        if laid.empty:
            listed = "、".join(laid.empty)
            say.line(
                f"空位（没有从规划里读到；规划写没写、本地有没有，都请核对）：{listed} / empty slots: {listed}"
            )
        if laid.unplaced:
            listed = "、".join(each.name for each in laid.unplaced)
            say.line(f"没有列入模板的：{listed} / not placed: {listed}")
            say.note(f"原因见 jingwei chain show {name}", f"why: jingwei chain show {name}")
        if laid.no_things:
            listed = "、".join(f"{each.name}（{each.evidence}）" for each in laid.no_things)
            say.line(f"不是环节、没有取的：{listed} / no nodes, not taken: {listed}")
    if not fresh:
        say.nothing("没有变化，没有出新版本", "nothing changed, no new edition was made")
    say.line(f"版本 edition: {name} {made.head.edition}")
    raise typer.Exit(faults.code)


def _plan(workspace: "Workspace", name: str, faults: say.Faults) -> "Held":
    return loaded(workspace, faults).find_or_compile(name)


def show_stages(workspace: "Workspace", name: str, edition: str) -> None:
    from jingwei.app.pipeline.chains import chain_template, edition_of

    found = edition_of(workspace, name, edition)
    form = chain_template(workspace, found.head.template)
    rows: list[tuple[str, str, str]] = []
    for stage in form.stages:
        held = [each for each in found.vertices("node") if each.stage == stage.name]
        listed = "、".join(each.name for each in held) or "（空位 empty）"
        rows.append((f"{stage.name} {stage.en}", str(len(held)), listed))
    known = {stage.name for stage in form.stages}
    rest = [
        each.name
        for each in found.vertices("node")
        if each.stage not in known and each.kind not in ("产业", "产业链")  # fields stand in none
    ]
    if rest:
        rows.append(("（未列入模板 unplaced）", str(len(rest)), "、".join(rest)))
    say.table(("阶段\nstage", "环节数\nnodes", "环节\nnames"), rows, title=name, numbers=(1,))


@chain.command("import")
def import_(
    name: Name,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="CSV、XLSX、JSON(L)、GraphML")
    ],
    kind: Annotated[
        Kind | None,
        typer.Option(
            help="没有关系列的文件是哪种关系 / kind of edges without a column", show_default=False
        ),
    ] = None,
    flip: Annotated[
        bool, typer.Option("--flip", help="把方向倒过来 / turn every edge round")
    ] = False,
    dated: Annotated[
        str,
        typer.Option(
            "--date", metavar="DATE", help="来源的日期 / the day of the source", show_default=False
        ),
    ] = "",
    confidence: Annotated[
        float | None,
        typer.Option(
            min=0, max=1, help="来源的可信度 / confidence of the source", show_default=False
        ),
    ] = None,
    new_nodes: Annotated[
        bool,
        typer.Option(
            "--new-nodes", help="不认识的名称作为新环节 / take unknown names as new nodes"
        ),
    ] = False,
    most_rows: Annotated[
        int,
        typer.Option(
            "--most-rows",
            metavar="N",
            min=1,
            help="一个文件最多读多少行；每百万行约需1GB内存 / rows of a file; a million take about 1 GB of memory",
        ),
    ] = 2_000_000,
    sheet: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="读哪张工作表（默认：第一张有列名的） / the sheet (default: the first with headings)",
            show_default=False,
        ),
    ] = "",
    corrects: Annotated[
        str,
        typer.Option(
            "--corrects",
            metavar="WHY",
            help="只是更正以前的文件，写明理由：少了的企业不算流失 / the files only correct earlier ones: who is no longer listed was not lost",
            show_default=False,
        ),
    ] = "",
    edition: EditionOption = "",
    as_of: DayOption = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """加入企业、关系和指标，出一个新版本 / add enterprises, edges and facts.

    认不出或有几种可能的名称进入待定表，不猜；不可能的值整份拒收，逐行列出；同名文件再次导入，取代以前的行。

    / A name that fits no node, or several, waits in the review queue. Impossible values refuse the whole
    file, row by row; a file that was imported before is replaced by its corrected form.
    """  # fmt: skip
    from jingwei.app.pipeline.chain_filling import import_files
    from jingwei.chains.graph import Options

    workspace = opened(where)
    of: EdgeKind | None = kind.value if kind else None
    options = Options(
        of, flip, day_of(dated) if dated else None, confidence, new_nodes,
        today=date.fromisoformat(today()),
    )  # fmt: skip
    with workspace.locked():
        done = import_files(
            workspace, name, files, options, day_of(as_of).isoformat(), edition, most_rows, sheet,
            corrects,
        )  # fmt: skip
    if form is Format.json:
        say.as_json(
            {
                "edition": done.edition.head.edition if done.edition else None,
                "files": [
                    {"file": file, "rows": got.rows, "taken": got.taken, "coverage": got.coverage,
                     "matched": dict(got.matched), "waiting": got.waiting, "findings": got.findings,
                     "replaced": got.replaced, "ignored": done.read[file].ignored,
                     "sheets": done.read[file].sheets, "sheets_apart": done.read[file].apart}
                    for file, got in done.files
                ],
                "waiting": done.waiting,
            }
        )  # fmt: skip
        return
    for file, got in done.files:
        share = "—" if got.coverage is None else part(got.coverage)
        say.line(
            f"{file}：{got.rows}行，取{got.taken}行（{share}），待定名称{len(got.waiting)}个 / "
            f"{got.rows} rows, {got.taken} taken ({share}), {len(got.waiting)} names wait"
        )
        if got.replaced:
            say.note(
                f"取代以前从“{file}”导入的{got.replaced}行（旧版本仍在；若是另一份文件，请改名再导入）"
                + (
                    "" if corrects else "；只是更正错误的，加 --corrects 理由，少了的企业就不算流失"
                ),
                f"this replaces {got.replaced} rows that came from {file} before (older editions keep "
                "them; give another file another name"
                + (
                    ""
                    if corrects
                    else "; say --corrects WHY where it only mends errors, so that who is gone is no loss"
                )
                + ")",
            )
        _tell_read(done.read[file])
        for finding in got.findings[:20]:
            say.line(f"  · {finding.message} {finding.message_en}")
            for side in finding.sides[:2]:
                say.line(f"      {side}")
        if len(got.findings) > 20:
            say.line(
                f"  · 另有{len(got.findings) - 20}条，见 --format json / more with --format json"
            )
    if done.region:
        say.note(
            f"地区按导出文件：{done.region}（工作区和这条链都没有写）",
            f"the region is that of the export: {done.region} (neither workspace nor chain names one)",
        )
    if done.waiting:
        say.note(
            f"{done.waiting}个名称待定：jingwei chain review {name}",
            f"{done.waiting} names wait: jingwei chain review {name}",
        )
    if done.edition is None:
        say.nothing("没有变化，没有出新版本", "nothing changed, no new edition was made")
    else:
        say.line(f"版本 edition: {name} {done.edition.head.edition}")


def _signed(by: str) -> str:
    """Who decided; 未署名 where nobody is named and the system has no login name."""
    return person(by) or "未署名"


def _tell_read(read: "Read") -> None:
    """Which sheets and columns of a file were not read."""
    if read.apart:
        sheets, apart = "、".join(read.sheets), "、".join(read.apart)
        say.note(
            f"读了工作表“{sheets}”，没有读：{apart}；要读用 --sheet",
            f"the sheet {sheets} was read and {apart} was not; read another with --sheet",
        )
    if read.ignored:
        listed = "、".join(read.ignored)
        say.note(f"没有读的列：{listed}", f"columns that were not read: {listed}")


@chain.command()
def place(
    name: Name,
    node: Annotated[str, typer.Argument(metavar="NODE", help="环节 / the node")],
    stage: Annotated[str, typer.Argument(metavar="STAGE", help="阶段 / the stage")],
    by: By = "",
    as_of: DayOption = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """把没有列入模板的环节放到一个阶段 / put a node that stands in no stage into one.

    没有列入的环节及原因见 chain show；出一个新版本，记下是谁定的。

    / chain show lists such nodes with the reason; a new edition keeps who said so.
    """  # fmt: skip
    from jingwei.app.pipeline.chains import place_node

    workspace = opened(where)
    with workspace.locked():
        made = place_node(workspace, name, node, stage, _signed(by), day_of(as_of).isoformat())
    if form is Format.json:
        say.as_json({"edition": made.head.edition, "note": made.head.note})
        return
    say.line(made.head.note)
    say.line(f"版本 edition: {name} {made.head.edition}")


@chain.command()
def retract(
    name: Name,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="导入时的文件名 / the file as it was imported")
    ],
    why: Annotated[str, typer.Option(metavar="TEXT", help="理由 / the reason", show_default=False)],
    row: Annotated[
        str,
        typer.Option(
            metavar="N", help="只撤回这一行（行号或记录号） / only this row", show_default=False
        ),
    ] = "",
    by: By = "",
    as_of: DayOption = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """撤回一次导入或其中一行，写明理由 / take back an import, or one row of it.

    出一个新版本，旧版本不动；理由写在新版本里。

    / Makes a new edition; the older ones stay as they are. The reason is kept in the new one.
    """  # fmt: skip
    from jingwei.app.pipeline.chains import retract as retracted

    workspace = opened(where)
    with workspace.locked():
        made, rows = retracted(
            workspace, name, file, row, why, _signed(by), day_of(as_of).isoformat()
        )
    if form is Format.json:
        say.as_json({"edition": made.head.edition, "rows": rows, "note": made.head.note})
        return
    say.line(made.head.note)
    say.line(f"版本 edition: {name} {made.head.edition}")


@chain.command()
def review(
    name: Name,
    word: Annotated[
        str,
        typer.Argument(metavar="WORD", help="待定的名称 / a name that waits", show_default=False),
    ] = "",
    means: Annotated[
        str,
        typer.Argument(
            metavar="NODE",
            help="它就是这个环节；或写 新、无 / the node it means; or 新 (new), 无 (leave out)",
            show_default=False,
        ),
    ] = "",
    by: By = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """看待定的名称，或作决定 / the names that wait, or a decision on one.

    决定写在 definitions/chains/链名.names.csv，下次导入时生效。

    / Decisions stand in definitions/chains/NAME.names.csv and count from the next import on.
    """  # fmt: skip
    from jingwei.app.pipeline.chains import decide_name
    from jingwei.chains.graph import latest, read_names

    workspace = opened(where)
    if word:
        if not means:
            raise InvalidRequest(
                "还要写它指哪个环节，或写 新、无",
                "say which node it means, or 新 (new), 无 (leave out)",
                where=word,
            )
        with workspace.locked():
            entry = decide_name(workspace, name, word, means, _signed(by), today())
        if form is Format.json:
            say.as_json(entry)
        else:
            say.line(f"{entry.name} → {entry.means}（{entry.by}）")
        return
    latest(workspace, name)
    names = read_names(workspace, name)
    waiting = [each for each in names if not each.means]
    if form is Format.json:
        say.as_json(names)
        return
    if not waiting:
        say.nothing("没有待定的名称", "no name waits")
        return
    columns = ("名称\nname", "出现\nseen", "可能是\nmay mean", "首次见于\nfirst seen at")
    say.table(columns, [(e.name, e.seen, e.candidates or "—", e.at) for e in waiting])
