"""Commands on industrial chains: lay, fill, look, compare, diagnose, hand on."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.opening import loaded, opened
from jingwei.app.cli.options import AnyFormat, By, Format, Where, person, today
from jingwei.core import InvalidRequest

if TYPE_CHECKING:
    from jingwei.app.pipeline.library import Held
    from jingwei.chains.graph import EdgeKind, Edition
    from jingwei.store import Workspace

chain = typer.Typer(
    name="chain",
    help="产业链：全景图、版本、诊断、一链一策 / industrial chains: maps, editions, diagnosis",
    no_args_is_help=True,
)


class Shown(StrEnum):
    """How a chain is shown."""

    table = "table"
    json = "json"
    html = "html"


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


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text or today())
    except ValueError:
        raise InvalidRequest(
            f"“{text}”不是日期；写作 2025-06-30", f"'{text}' is no date; write 2025-06-30"
        ) from None


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
    day = _day(as_of).isoformat()
    with workspace.locked():
        held = _plan(workspace, plan, faults) if plan else None
        made, laid = new_chain(
            workspace, name, held, day, label=edition, template_name=template, fields=field or ()
        )
    if form is Format.json:
        say.as_json(
            {
                "chain": name,
                "edition": made.head.edition,
                "template": made.head.template,
                "fields": laid.fields if laid else (),
                "nodes": [
                    {"id": v.id, "name": v.name, "stage": v.stage, "kind": v.kind, "evidence": v.evidence}
                    for v in made.vertices("node")
                ],
                "empty": laid.empty if laid else (),
                "unplaced": [v.name for v in laid.unplaced] if laid else [],
            }
        )  # fmt: skip
        raise typer.Exit(faults.code)
    if laid is not None:
        for taken in laid.fields:
            say.note(f"取领域“{taken.field}”：{taken.why}", f"field {taken.field}: {taken.why_en}")
        _show_stages(workspace, name, made.head.edition)
        if laid.empty:
            listed = "、".join(laid.empty)
            say.line(f"空位（规划没有点名，不等于没有）：{listed} / empty slots: {listed}")
        if laid.unplaced:
            listed = "、".join(each.name for each in laid.unplaced)
            say.line(f"没有列入模板的：{listed} / not placed: {listed}")
    say.line(f"版本 edition: {name} {made.head.edition}")
    raise typer.Exit(faults.code)


def _plan(workspace: "Workspace", name: str, faults: say.Faults) -> "Held":
    return loaded(workspace, faults).find_or_compile(name)


def _show_stages(workspace: "Workspace", name: str, edition: str) -> None:
    from jingwei.app.pipeline.chains import chain_template, edition_of

    found = edition_of(workspace, name, edition)
    form = chain_template(workspace, found.head.template)
    rows: list[tuple[str, str, str]] = []
    for stage in form.stages:
        held = [each for each in found.vertices("node") if each.stage == stage.name]
        listed = "、".join(each.name for each in held) or "（空位 empty）"
        rows.append((f"{stage.name} {stage.en}", str(len(held)), listed))
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
    edition: EditionOption = "",
    as_of: DayOption = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """加入企业、关系和指标，出一个新版本 / add enterprises, edges and facts.

    认不出或有几种可能的名称进入待定表，不猜；列名见文档。

    / A name that fits no node, or several, waits in the review queue; nothing is guessed.
    """  # fmt: skip
    from jingwei.app.pipeline.chains import import_files
    from jingwei.chains.graph import Options

    workspace = opened(where)
    of: EdgeKind | None = kind.value if kind else None
    options = Options(of, flip, _day(dated) if dated else None, confidence, new_nodes)
    with workspace.locked():
        done = import_files(workspace, name, files, options, _day(as_of).isoformat(), edition)
    if form is Format.json:
        say.as_json(
            {
                "edition": done.edition.head.edition if done.edition else None,
                "files": [
                    {"file": file, "rows": got.rows, "taken": got.taken, "coverage": got.coverage,
                     "matched": dict(got.matched), "waiting": got.waiting, "findings": got.findings}
                    for file, got in done.files
                ],
                "waiting": done.waiting,
            }
        )  # fmt: skip
        return
    for file, got in done.files:
        share = "—" if got.coverage is None else f"{got.coverage:.1%}"
        say.line(
            f"{file}：{got.rows}行，取{got.taken}行（{share}），待定名称{len(got.waiting)}个 / "
            f"{got.rows} rows, {got.taken} taken ({share}), {len(got.waiting)} names wait"
        )
        if done.ignored[file]:
            listed = "、".join(done.ignored[file])
            say.note(f"没有读的列：{listed}", f"columns that were not read: {listed}")
        for finding in got.findings[:20]:
            say.line(f"  · {finding.message} {finding.message_en}")
            for side in finding.sides[:2]:
                say.line(f"      {side}")
        if len(got.findings) > 20:
            say.line(
                f"  · 另有{len(got.findings) - 20}条，见 --format json / more with --format json"
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


@chain.command("list")
def list_(where: Where = None, form: AnyFormat = Format.table) -> None:
    """工作区里的产业链和版本 / the chains and their editions."""
    from jingwei.chains.graph import chain_names, labels, latest

    workspace = opened(where)
    found = [
        (name, labels(workspace, name), latest(workspace, name)) for name in chain_names(workspace)
    ]
    if form is Format.json:
        say.as_json(
            [
                {"chain": name, "editions": known, "vertices": it.size[0], "edges": it.size[1],
                 "facts": it.size[2], "content": it.content_hash}
                for name, known, it in found
            ]
        )  # fmt: skip
        return
    if not found:
        say.nothing(
            "还没有产业链；jingwei chain new 名称 --from 规划",
            "there are no chains yet; jingwei chain new NAME --from PLAN",
        )
        return
    rows = [
        (
            name,
            "、".join(known),
            str(it.size[0]),
            str(it.size[1]),
            str(it.size[2]),
            it.content_hash[:12],
        )
        for name, known, it in found
    ]
    columns = (
        "产业链\nchain",
        "版本\neditions",
        "节点\nvertices",
        "关系\nedges",
        "指标\nfacts",
        "指纹\nhash",
    )
    say.table(columns, rows, numbers=(2, 3, 4))


@chain.command()
def show(
    name: Name,
    node: Annotated[
        str,
        typer.Option(
            metavar="NODE", help="只看这个环节及其关系 / one node and its edges", show_default=False
        ),
    ] = "",
    edition: EditionOption = "",
    as_of: DayOption = "",
    where: Where = None,
    form: Annotated[
        Shown, typer.Option("--format", help="表格、JSON 或 HTML 图 / table, JSON or a picture")
    ] = Shown.table,
) -> None:
    """看一条链，或一个环节的全部关系 / a chain, or a node and its edges.

    html 写入 reports/，一个文件，不引用任何外部资源。

    / html is written to reports/: one file that loads nothing from elsewhere.
    """  # fmt: skip
    from jingwei.app.pipeline.chains import chain_template, edition_of
    from jingwei.chains.graph import WORDS

    workspace = opened(where)
    found = edition_of(workspace, name, edition)
    if form is Shown.html:
        from jingwei.app.pipeline.chain_files import write_picture

        say.line(str(workspace.root / write_picture(workspace, found, _day(as_of))))
        return
    if node:
        key = _node_id(found, node)
        edges = found.around(key)
        if form is Shown.json:
            say.as_json({"node": found.get(key), "edges": edges})
            return
        names = {each.id: each.name for each in found.vertices()}
        rows = [
            (names[e.from_], WORDS[e.kind][0] + ("" if e.holds else "（被否认）"), names[e.to],
             "" if e.share is None else f"{e.share:.0%}", e.day.isoformat() if e.day else "", str(e.evidence))
            for e in edges
        ]  # fmt: skip
        columns = (
            "起点\nfrom",
            "关系\nrelation",
            "终点\nto",
            "份额\nshare",
            "日期\ndate",
            "来源\nsource",
        )
        say.table(columns, rows, title=names[key])
        return
    if form is Shown.json:
        say.as_json(
            {"head": found.head, "content": found.content_hash, "vertices": [*found.vertices()],
             "edges": [*found.every_edge()], "facts": found.facts}
        )  # fmt: skip
        return
    _show_stages(workspace, name, found.head.edition)
    form_ = chain_template(workspace, found.head.template)
    filled = {each.stage for each in found.vertices("node")}
    empty = [each.name for each in form_.stages if each.name not in filled]
    counts = {
        sort: sum(1 for _ in found.vertices(sort)) for sort in ("node", "enterprise", "place")
    }
    told = "，".join(f"{WORDS[sort][0]}{count}" for sort, count in counts.items())
    say.line(f"版本 {found.head.edition}：{told}，关系{found.size[1]}，指标{found.size[2]}")
    if empty:
        say.line(f"空位 empty slots: {'、'.join(empty)}")


def _node_id(found: "Edition", node: str) -> str:
    from jingwei.chains.graph import Lexicon

    if node in found.position:
        return node
    match = Lexicon(found.vertices("node")).match(node)
    if match.node:
        return match.node
    named = [each.id for each in found.vertices() if each.name == node]
    if len(named) == 1:
        return named[0]
    near = "、".join((*match.candidates, *named)[:10]) or "（无）"
    raise InvalidRequest(
        f"链图中没有唯一的“{node}”；相近：{near}",
        f"'{node}' is not one thing of the chain; near it: {near}",
    )


@chain.command()
def diff(
    name: Name,
    before: Annotated[
        str,
        typer.Argument(
            metavar="A", help="旧版本（默认：上一版） / the older edition", show_default=False
        ),
    ] = "",
    after: Annotated[
        str,
        typer.Argument(
            metavar="B", help="新版本（默认：最新） / the newer edition", show_default=False
        ),
    ] = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """两个版本差在哪里 / what changed between two editions.

    增、删、移动、换了来源、改了数值，逐条列出。

    / Added, removed, moved, re-sourced, revised, one by one.
    """  # fmt: skip
    from jingwei.app.pipeline.chains import compared, edition_of
    from jingwei.chains.graph import WORDS

    workspace = opened(where)
    found = compared(workspace, name, before, after)
    if form is Format.json:
        say.as_json(found)
        return
    names = {
        each.id: each.name
        for label in (after, before)
        for each in edition_of(workspace, name, label).vertices()
    }
    rows: list[tuple[str, str, str]] = []
    for what, listed in (
        ("＋ 新增", found.added),
        ("－ 删去", found.removed),
        ("≈ 换来源", found.resourced),
    ):
        rows += [(what, each.name, "；".join(map(str, each.evidence[:2]))) for each in listed]
    rows += [
        ("→ 移动", e.vertex.name, f"{e.what}：{e.before or '无'} → {e.after or '无'}")
        for e in found.moved
    ]
    edges = (
        ("＋ 新增关系", found.edges_added), ("－ 删去关系", found.edges_removed),
        ("≈ 关系换来源", found.edges_resourced), ("△ 关系改数值", found.edges_revised),
    )  # fmt: skip
    for what, listed in edges:
        rows += [
            (what, f"{names[e.from_]} {WORDS[e.kind][0]} {names[e.to]}", str(e.evidence))
            for e in listed
        ]
    rows += [
        (
            "→ 关系移动",
            f"{names[a.from_]} {WORDS[a.kind][0]} {names[a.to]} → {names[b.to]}",
            str(b.evidence),
        )
        for a, b in found.edges_moved
    ]
    if not rows:
        say.nothing("两个版本没有差别", "the editions do not differ")
        return
    say.table(("变化\nchange", "对象\nof", "说明\nwhat"), rows)


@chain.command()
def diagnose(
    name: Name,
    edition: EditionOption = "",
    as_of: DayOption = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """每个环节该补、该固还是该强，为什么 / what each link needs, and why.

    三条事实、缺什么、怎样才变；规则表可改：definitions/chains/diagnosis.toml。不在数据里的是证据不足，不是零。

    / Three facts each, what is missing, what would change it. What is not in the data is unknown.
    """  # fmt: skip
    from jingwei.app.pipeline.chains import diagnosed
    from jingwei.app.reports.chains import ANSWERS, gap_told

    faults = say.Faults()
    workspace = opened(where)
    found = diagnosed(workspace, name, _day(as_of), edition, loaded(workspace, faults))
    if form is Format.json:
        say.as_json(
            {
                "chain": name,
                "edition": found.edition.head.edition,
                "nodes": [
                    {"node": each.node.name, "stage": each.node.stage, "actions": each.actions,
                     "verdict": each.verdict, "facts": [each.measures[f] for f in each.facts]}
                    for each in found.links
                ],
                "shape": {"labels": found.shape.labels, "stages": dict(found.shape.stages),
                          "verdict": found.shape.verdict},
                "seven": found.needs,
                "leaders": found.leaders,
                "technology": {"movements": found.movements, "agreement": found.agreement},
                "convergence": found.convergence,
                "policies": [
                    {"node": s.diagnosis.node.name, "actions": s.diagnosis.actions,
                     "clauses": s.clauses} for s in found.policies
                ],
            }
        )  # fmt: skip
        raise typer.Exit(faults.code)
    rows = [
        (each.node.stage, each.node.name, "/".join(each.actions) or ANSWERS[each.verdict.answer],
         "；".join(str(each.measures[f]) for f in each.facts), gap_told(each.verdict),
         "、".join(m.fact for m in each.verdict.missing))
        for each in sorted(found.links, key=lambda e: (found.template.place_of(e.node.stage), e.node.id))
    ]  # fmt: skip
    columns = (
        "阶段\nstage",
        "环节\nnode",
        "结论\nneed",
        "三条事实\nfacts",
        "怎样才变\ngap",
        "缺什么\nmissing",
    )
    if not rows:
        say.nothing(
            "链上还没有环节；jingwei chain new 名称 --from 规划",
            "the chain has no nodes yet; jingwei chain new NAME --from PLAN",
        )
        raise typer.Exit(faults.code)
    say.table(columns, rows)
    say.line(f"形态 shape: {found.shape.verdict.reason} {found.shape.verdict.reason_en}")
    for each in found.needs:
        say.line(f"· {each.verdict.reason}")
    if found.leaders:
        first = found.leaders[0]
        told = "，".join(f.told for f in first.factors)
        say.line(f"链主候选 first candidate: {first.enterprise.name}（{told}）")
    raise typer.Exit(faults.code)


@chain.command()
def export(
    name: Name,
    to: Annotated[ExportTo, typer.Option(help="格式 / form", show_default=False)],
    edition: EditionOption = "",
    where: Where = None,
) -> None:
    """导出到 reports/ / write the chain for other programs into reports/.

    json 可再导入；csv 是三个文件：节点、关系、指标。

    / json can be imported again; csv is three files: vertices, edges, facts.
    """  # fmt: skip
    from jingwei.app.pipeline.chain_files import write_export
    from jingwei.app.pipeline.chains import edition_of

    workspace = opened(where)
    with workspace.locked():
        for path in write_export(workspace, edition_of(workspace, name, edition), to.value):
            say.line(str(workspace.root / path))


@chain.command()
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
        path = write_report(workspace, name, _day(as_of), edition, books, to.value)
    say.line(str(workspace.root / path))
    raise typer.Exit(faults.code)


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
            entry = decide_name(workspace, name, word, means, person(by), today())
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
