"""Commands that look at chains: list, show, diff, diagnose."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.chains import DayOption, EditionOption, Name, day_of, show_stages, tell_region
from jingwei.app.cli.opening import loaded, opened
from jingwei.app.cli.options import AnyFormat, Format, Where
from jingwei.core import InvalidRequest

if TYPE_CHECKING:
    from jingwei.chains.graph import Edition, Fact


class Shown(StrEnum):
    """How a chain is shown."""

    table = "table"
    json = "json"
    html = "html"


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
    from jingwei.chains.graph import WORDS, near_twins, unlaid, why_unplaced

    workspace = opened(where)
    found = edition_of(workspace, name, edition)
    if form is Shown.html:
        from jingwei.app.pipeline.chain_files import write_picture

        say.line(str(workspace.root / write_picture(workspace, found, day_of(as_of))))
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
    template = chain_template(workspace, found.head.template)
    rest = [(each, *why_unplaced(each, template)) for each in unlaid(found.vertices(), template)]
    twins = near_twins(found.vertices("node"))
    if form is Shown.json:
        say.as_json(
            {"unplaced": [{"node": each, "why": why, "why_en": en} for each, why, en in rest],
             "near_twins": twins, "head": found.head, "content": found.content_hash, "vertices": [*found.vertices()],
             "edges": [*found.every_edge()], "facts": found.facts}
        )  # fmt: skip
        return
    show_stages(workspace, name, found.head.edition)
    filled = {each.stage for each in found.vertices("node")}
    empty = [each.name for each in template.stages if each.name not in filled]
    counts = {
        sort: sum(1 for _ in found.vertices(sort)) for sort in ("node", "enterprise", "place")
    }
    told = "，".join(f"{WORDS[sort][0]}{count}" for sort, count in counts.items())
    say.line(f"版本 {found.head.edition}：{told}，关系{found.size[1]}，指标{found.size[2]}")
    if empty:
        say.line(f"空位 empty slots: {'、'.join(empty)}")
    for each, why, why_en in rest:
        proof = "；".join(map(str, each.evidence[:2]))
        say.line(f"未列入 not placed: {each.name}：{why} / {why_en}（{proof}）")
    if rest:
        say.note(
            f"放到阶段里：jingwei chain place {name} 环节 阶段",
            f"put one into a stage: jingwei chain place {name} NODE STAGE",
        )
    for pair in twins:
        say.line(
            f"可能是同一环节 may be one node: {pair.one.name}、{pair.other.name}（{pair.why} {pair.why_en}）"
        )


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
    close = [found.get(each) for each in (*match.candidates, *named)[:10]]
    near = "、".join(dict.fromkeys(each.name for each in close if each is not None)) or "（无）"
    raise InvalidRequest(
        f"链图中没有唯一的“{node}”；相近：{near}",
        f"'{node}' is not one thing of the chain; near it: {near}",
    )


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
    new = edition_of(workspace, name, after)
    old = edition_of(workspace, name, before or new.head.parent)
    names = {each.id: each.name for edition in (old, new) for each in edition.vertices()}
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
        # rows of one file that say the same of two things are one line here; JSON lists them all
        said: dict[str, list[str]] = {}
        for e in listed:
            text = f"{names[e.from_]} {WORDS[e.kind][0]} {names[e.to]}"
            said.setdefault(text, []).append(str(e.evidence))
        rows += [
            (what, text, sources[0] + (f" 等{len(sources)}处" if len(sources) > 1 else ""))
            for text, sources in said.items()
        ]
    rows += [
        (
            "→ 关系移动",
            f"{names[a.from_]} {WORDS[a.kind][0]} {names[a.to]} → {names[b.to]}",
            str(b.evidence),
        )
        for a, b in found.edges_moved
    ]
    rows += [("＋ 新增数值", _fact_name(names, e), _fact_said(e)) for e in found.facts_added]
    rows += [("－ 删去数值", _fact_name(names, e), _fact_said(e)) for e in found.facts_removed]
    for was, now in found.facts_revised:
        same = _fact_value(was) == _fact_value(now)
        what = "≈ 数值换来源" if same else "△ 改数值"
        before_it = str(was.evidence) if same else _fact_value(was)
        rows.append((what, _fact_name(names, now), f"{before_it} → {_fact_said(now)}"))
    if not rows:
        say.nothing("两个版本没有差别", "the editions do not differ")
        return
    say.table(("变化\nchange", "对象\nof", "说明\nwhat"), rows)
    if new.head.note:
        say.line(new.head.note)


def _fact_name(names: dict[str, str], fact: "Fact") -> str:
    day = "" if fact.day is None else fact.day.isoformat()
    parts = (fact.measure, fact.of, fact.rater, day)
    return "·".join((names[fact.about], *filter(None, parts)))


def _fact_value(fact: "Fact") -> str:
    return fact.word or ("无 none" if fact.value is None else f"{fact.value:.10g}{fact.unit}")


def _fact_said(fact: "Fact") -> str:
    return f"{_fact_value(fact)}（{fact.evidence}）"


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
    from jingwei.app.reports.chains import ANSWERS, UNPLACED, changes_told
    from jingwei.chains.diagnosis import undecided

    faults = say.Faults()
    workspace = opened(where)
    found = diagnosed(workspace, name, day_of(as_of), edition, loaded(workspace, faults))
    tell_region(found)
    if form is Format.json:
        say.as_json(
            {
                "chain": name,
                "edition": found.edition.head.edition,
                "nodes": [
                    {"node": each.node.name, "stage": each.node.stage, "actions": each.actions,
                     "verdict": each.verdict, "facts": [each.measures[f] for f in each.facts],
                     "changes": [c.gap for c in each.changes], "contradictions": each.findings}
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
        (each.node.stage or UNPLACED, each.node.name, each.mark or ANSWERS[each.verdict.answer],
         "；".join(str(each.measures[f]) for f in each.facts), changes_told(each),
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
    for each in found.links:
        for finding in each.findings:
            say.line(f"矛盾 contradiction: {finding.message} {finding.message_en}")
    say.line(f"形态 shape: {found.shape.verdict.reason} {found.shape.verdict.reason_en}")
    for each in found.needs:
        say.line(f"· {each.verdict.reason}")
    if found.leaders:
        first = found.leaders[0]
        told = "，".join(f.told for f in first.factors)
        say.line(f"链主候选 first candidate: {first.enterprise.name}（{told}）")
        lacking = undecided(found.leaders)
        if lacking:
            say.line(f"链主不能定 the lead cannot be told，缺 missing: {'、'.join(lacking)}")
    raise typer.Exit(faults.code)
