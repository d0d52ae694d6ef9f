"""A chain for readers: one HTML page that asks nobody for anything, or a DOCX.

The page has no script at all; its policy lets nothing load. What a chain's data say is text
everywhere, never markup.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from jingwei.app.reports.chain_picture import picture
from jingwei.app.reports.evidence import anchor
from jingwei.chains.graph import Edition, Template, Vertex, near_twins, unlaid, why_unplaced
from jingwei.core import Evidence, Formula

if TYPE_CHECKING:
    from datetime import date

    from jingwei.app.pipeline.chain_report import ChainReport, Item
    from jingwei.app.pipeline.chains import Diagnosed
    from jingwei.chains.diagnosis import Diagnosis

ANSWERS = {"met": "稳", "not_met": "薄弱", "unknown": "证据不足", "depends": "取决于读法"}
UNPLACED = "环节位置未定"
MOST_NODES = 2000  # nodes described on one page; the exports hold all
_MARK = 12  # pieces of evidence shown of one thing; the JSON has all


@dataclass(frozen=True, slots=True)
class ShownRow:
    """Cells and evidence as text."""

    cells: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A list of the report; ``fill`` is shown where it has no rows."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    fill: str = "无。 None."


@dataclass(frozen=True, slots=True)
class ShownNode:
    """A node with all that is known of it."""

    anchor: str
    name: str
    stage: str
    kind: str
    mark: str
    answer: str
    reason: str
    facts: tuple[str, ...]
    gap: str
    missing: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What the template shows."""

    title: str
    meta: str
    head: tuple[tuple[str, str], ...]
    picture: Markup
    left_out: int
    cut: int
    tables: tuple[ShownTable, ...]
    nodes: tuple[ShownNode, ...]


def render_chain(edition: Edition, template: Template, links: "Sequence[Diagnosis]" = ()) -> str:
    """The picture of an edition with the evidence of its nodes, as HTML."""
    size = edition.size
    page = Page(
        f"{edition.head.chain}产业链全景图",
        f"版本 {edition.head.edition}；{size[0]}个节点，{size[1]}条关系；内容指纹 {edition.content_hash[:12]}",
        (),
        *_drawn(edition, template, links),
        tables=(_empty_slots(edition, template), *_to_review(edition, template)),
        nodes=_nodes(edition, links),
    )
    return _rendered(page)


def render_report(report: "ChainReport") -> str:
    """一链一策 as HTML."""
    found = report.diagnosed
    page = Page(
        f"{report.chain}产业链 一链一策",
        f"版本 {report.edition}；截至 {found.day.isoformat()}；内容指纹 {found.edition.content_hash[:12]}",
        _head(report),
        *_drawn(found.edition, found.template, found.links),
        tables=(*_tables(report), *_to_review(found.edition, found.template)),
        nodes=_nodes(found.edition, found.links),
    )
    return _rendered(page)


def report_docx(report: "ChainReport") -> bytes:
    """一链一策 as a Word document: the head, the map as a table, the lists."""
    import io

    from docx import Document

    book = Document()
    book.core_properties.author = "Jingwei 经纬"
    found = report.diagnosed
    book.add_heading(f"{report.chain}产业链 一链一策", 0)
    book.add_paragraph(f"版本 {report.edition}；截至 {found.day.isoformat()}")
    for name, value in _head(report):
        book.add_paragraph(f"{name}：{_printable(value)}")
    for table in (_map_table(found), *_tables(report)):
        book.add_heading(table.title, 1)
        if not table.rows:
            book.add_paragraph(table.fill)
            continue
        grid = book.add_table(rows=1, cols=len(table.columns) + 1)
        grid.style = "Table Grid"
        for cell, text in zip(grid.rows[0].cells, (*table.columns, "依据 evidence"), strict=True):
            cell.text = text
        for row in table.rows:
            shown = "\n".join(row.evidence[:3])
            for cell, text in zip(grid.add_row().cells, (*row.cells, shown), strict=True):
                cell.text = _printable(text)
    file = io.BytesIO()
    book.save(file)
    return _dateless(file.getvalue())


def _dateless(package: bytes) -> bytes:
    """The same package with fixed times, so that one report gives one file."""
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist()):
            info = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()


def _printable(text: str) -> str:
    return "".join(each for each in text if each in "\t\n" or each >= " ")


def shown_evidence(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Evidence in words; a formula with what it rests on."""
    told: list[str] = []
    for each in evidence:
        text = str(each)
        if isinstance(each, Formula) and each.of:
            text += " ← " + "；".join(map(str, each.of[:_MARK]))
        told.append(text)
    return tuple(dict.fromkeys(told))[:_MARK]


def changes_told(judged: "Diagnosis") -> str:
    """All that would have to change together for a need to turn, "" where nothing is needed."""
    from jingwei.chains.diagnosis import words

    parts: list[str] = []
    for each in judged.changes:
        it = words(each.measure)
        before, after = (it.said(value) + it.unit for value in (each.from_, each.to))
        parts.append(f"{it.zh}由{before}到{after}")
    return "，并且".join(parts) + ("（须同时）" if len(parts) > 1 else "")


def _drawn(
    edition: Edition, template: Template, links: "Sequence[Diagnosis]"
) -> tuple[Markup, int, int]:
    marks = {each.node.id: each.mark for each in links}
    nodes = [*edition.vertices("node")]
    anchors = {each.id: anchor("n", each.id) for each in nodes[:MOST_NODES]}
    drawn = picture(edition, template, marks, anchors)
    return drawn.svg, drawn.left_out, max(0, len(nodes) - MOST_NODES)


def _nodes(edition: Edition, links: "Sequence[Diagnosis]") -> tuple[ShownNode, ...]:
    judged = {each.node.id: each for each in links}
    first = islice(edition.vertices("node"), MOST_NODES)
    return tuple(_node(each, judged.get(each.id), edition) for each in first)


def _node(vertex: Vertex, judged: "Diagnosis | None", edition: Edition) -> ShownNode:
    edges = [each.evidence for each in edition.around(vertex.id)][:_MARK]
    evidence = shown_evidence((*vertex.evidence, *edges))
    base = (anchor("n", vertex.id), vertex.name, vertex.stage or UNPLACED, vertex.kind)
    if judged is None:
        return ShownNode(*base, "", "", "", (), "", "", evidence)
    verdict = judged.verdict
    return ShownNode(
        *base,
        judged.mark or ANSWERS[verdict.answer],
        verdict.answer,
        verdict.reason,
        (
            *(str(judged.measures[name]) for name in judged.facts),
            *(f"矛盾：{each.message}" for each in judged.findings),
        ),
        changes_told(judged),
        "、".join(f"{each.fact}（{each.holder}）" for each in verdict.missing),
        tuple(dict.fromkeys((*shown_evidence(verdict.evidence), *evidence))),
    )


def _empty_slots(edition: Edition, template: Template) -> ShownTable:
    filled = set(edition.stages)
    rows = tuple(
        ShownRow((each.name, each.en), ()) for each in template.stages if each.name not in filled
    )
    return ShownTable(
        "slots",
        "空位 Empty slots",
        ("阶段 stage", ""),
        rows,
        "模板各段都有环节。 Every stage has a node.",
    )


def _to_review(edition: Edition, template: Template) -> tuple[ShownTable, ShownTable]:
    """Nodes that stand in no stage, with why; nodes that may be one in two wordings."""
    rest = tuple(
        ShownRow((each.name, each.kind or "—", *why_unplaced(each, template)), shown_evidence(each.evidence))
        for each in unlaid(edition.vertices(), template)
    )  # fmt: skip
    twins = tuple(
        ShownRow(
            (pair.one.name, pair.other.name, pair.why, pair.why_en),
            shown_evidence((*pair.one.evidence, *pair.other.evidence)),
        )
        for pair in near_twins(edition.vertices("node"))
    )
    return (
        ShownTable("unplaced", "未列入模板 Not placed", ("环节", "类别", "原因", "why"), rest,
                   "环节都列入了模板。 Every node stands in a stage."),
        ShownTable("twins", "可能是同一环节 May be one node", ("环节", "环节", "依据", "why"), twins),
    )  # fmt: skip


def _head(report: "ChainReport") -> tuple[tuple[str, str], ...]:
    leader = f"{report.leader}（{report.leader_told}）" if report.leader else report.leader_told
    region = report.diagnosed.region or "没有写（jingwei.toml 的 region），谁在本地都不知道"
    return (
        ("地区", region),
        ("链长", report.chief or "未定"),
        ("链主", leader),
        ("牵头部门", report.office or "未定"),
        ("链条形态", report.diagnosed.shape.verdict.reason),
    )


_ITEM_COLUMNS = ("事项 item", "环节 node", "说明 why", "责任单位 owner", "月份 month")


def _item(each: "Item") -> ShownRow:
    cells = (each.name, each.node, each.told, each.owner, each.month)
    return ShownRow(cells, shown_evidence(each.evidence))


def _tables(report: "ChainReport") -> Iterable[ShownTable]:
    goals = tuple(map(_item, report.goals))
    fill = "在 definitions/chains/链名.toml 写 [[goal]]（name、node、owner、month）；没有环节的目标不收。"
    yield ShownTable("goal", "目标 Goals", _ITEM_COLUMNS, goals, fill)
    for each in report.lists:
        title = f"{each.zh}清单 {each.en}"
        yield ShownTable(each.key, title, _ITEM_COLUMNS, tuple(map(_item, each.items)), each.fill)
    found = report.diagnosed
    seven = tuple(
        ShownRow(
            (f"{e.name}链", ANSWERS[e.verdict.answer] if e.verdict.answer == "unknown" else
             ("达到" if e.verdict.answer == "met" else "未达到"),
             _score(e.score), "；".join(map(str, e.inputs))),
            shown_evidence(e.verdict.evidence),
        )
        for e in found.needs
    )  # fmt: skip
    yield ShownTable("seven", "七链诊断 Seven needs", ("维度", "结论", "得分", "输入"), seven)
    yield _technology(found)
    if found.convergence:
        yield _convergence(found)
    lead = tuple(
        ShownRow(
            (e.enterprise.name, f"{e.low:.2f}—{e.high:.2f}", f"{e.ranks[0]}—{e.ranks[1]}",
             "；".join(f.told for f in e.factors)),
            shown_evidence(e.evidence),
        )
        for e in found.leaders
    )  # fmt: skip
    fill = "没有已知在本地的企业；导入企业与环节的对应表后再看。"
    yield ShownTable(
        "leaders", "链主候选 Candidates", ("企业", "得分区间", "名次区间", "因素"), lead, fill
    )


def _score(score: tuple[float, float] | None) -> str:
    if score is None:
        return "—"
    low, high = score
    return f"{low:.2f}" if low == high else f"{low:.2f}—{high:.2f}"


def _technology(found: "Diagnosed") -> ShownTable:
    """What moved on the ladder, and how far the raters agree."""
    names = {each.id: each.name for each in found.edition.vertices("node")}
    rows = [
        ShownRow(
            (names[e.about], e.rater, f"{e.before.word} → {e.after.word}",
             f"{_on(e.before.day)} → {_on(e.after.day)}"),
            shown_evidence(e.evidence),
        )
        for e in found.movements
    ]  # fmt: skip
    agreed = found.agreement
    if agreed.share is not None:
        kappa = "不可算" if agreed.kappa is None else f"{agreed.kappa:.2f}"
        told = f"{agreed.nodes}个环节有多位评定人，{agreed.pairs}对评定中{agreed.share:.0%}一致"
        rows.append(ShownRow(("评定一致性", "", told, f"Fleiss κ {kappa}"), ()))
    fill = (
        "没有前后两次的评定；导入指标“技术水平”（评定：跟跑、并跑、领跑，带评定人和日期）后再看。"
    )
    columns = ("环节", "评定人", "变动", "日期")
    return ShownTable("technology", "技术水平 Technology", columns, tuple(rows), fill)


def _on(day: "date | None") -> str:
    return "日期不详" if day is None else day.isoformat()


def _convergence(found: "Diagnosed") -> ShownTable:
    """The five layers of each node that is scored, with the coordination of the whole."""
    names = {each.id: each.name for each in found.edition.vertices("node")}
    rows = tuple(
        ShownRow(
            (names[e.node],
             "；".join(f"{k} {'不详' if v is None else f'{v:.2f}'}" for k, v in e.layers.items()),
             "证据不足" if e.coordination is None else f"{e.coordination:.2f}",
             "—" if e.span is None else f"{e.span[0]:.2f}—{e.span[1]:.2f}", e.gap),
            shown_evidence(e.evidence),
        )
        for e in found.convergence
    )  # fmt: skip
    columns = ("环节", "五层得分", "耦合协调度", "随权重变动", "最弱一层")
    return ShownTable("convergence", "五链聚合 Five layers", columns, rows)


def _map_table(found: "Diagnosed") -> ShownTable:
    rows = tuple(
        ShownRow(
            (
                each.node.stage or UNPLACED,
                each.node.name,
                each.mark or "证据不足",
                each.verdict.reason,
            ),
            shown_evidence(each.verdict.evidence),
        )
        for each in sorted(
            found.links, key=lambda e: (found.template.place_of(e.node.stage), e.node.id)
        )
    )
    return ShownTable("map", "链图 Map", ("阶段", "环节", "结论", "说明"), rows)


def _rendered(page: Page) -> str:
    style = files("jingwei.app.reports").joinpath("templates", "chain.css").read_text("utf-8")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    values: Mapping[str, Any] = {
        "page": page,
        "policy": policy,
        "style": Markup(style),  # noqa: S704  ours, read from the package
    }
    return _environment().get_template("chain.html").render(values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("jingwei.app.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
