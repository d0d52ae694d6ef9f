"""Commands that judge: settle, lineage, compare."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jingwei.app.cli import say
from jingwei.app.cli.opening import chosen, loaded, opened
from jingwei.app.cli.options import AnyFormat, By, Docs, Format, Where, person, today
from jingwei.core import InvalidRequest, plain

if TYPE_CHECKING:
    from jingwei.app.pipeline.library import Held
    from jingwei.core import Link, Statement
    from jingwei.monitor.settlement import Settled


def settle(
    plan: Annotated[
        str,
        typer.Argument(
            metavar="PLAN",
            help="要结算的规划：文件名、标题或简称，如 十四五（默认：全部已收官的）"
            " / file, title or short name (default: every plan that has ended)",
            show_default=False,
        ),
    ] = "",
    later: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="LATER",
            help="据以结算的文件（默认：工作区中更晚的） / default: all later ones",
            show_default=False,
        ),
    ] = None,
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """用后来的文件结算规划 / settle a plan from later documents.

    每个目标：完成、未完成、取决于读法，或无法评价（并写明缺什么、找谁）。

    / Each target is met, not met, depends on a reading, or is unknown (and who holds the fact).
    """
    from jingwei.app.pipeline.judging import finished_plans, nothing_finished, settle_in
    from jingwei.app.pipeline.judging import settle as settle_from
    from jingwei.app.pipeline.records import settled_record

    faults = say.Faults()
    books, documents = chosen([plan, *(later or [])] if plan else [], where, faults)
    found: list[tuple[Held, list[Settled]]] = []
    if not plan and books is not None:
        found = [(each, settle_in(books, each)) for each in finished_plans(books)]
        if not found:
            raise nothing_finished(books)
    elif len(documents) > 1:
        found = [(documents[0], settle_from(documents[0], _issued(documents[1:])))]
    elif documents and books is not None:
        found = [(documents[0], settle_in(books, documents[0]))]
    elif documents:
        raise InvalidRequest(
            "这里没有工作区；请在规划之后列出据以结算的文件",
            "there is no workspace here; name the later documents after the plan",
            where=plan,
        )
    if form is Format.json:
        say.as_json([settled_record(each) for _, settled in found for each in settled])
    else:
        for document, settled in found:
            if settled:
                _show_settled(document, settled)
            else:
                say.nothing(
                    f"{document.label}（{document.name}）里没有可结算的目标；读到了什么见 jingwei "
                    f"statements {document.name}",
                    f"{document.name} sets no target that could be settled; for what was read see "
                    f"jingwei statements {document.name}",
                )
    raise typer.Exit(faults.code)


def _issued(documents: "Sequence[Held]") -> "Sequence[Held]":
    """The documents that may settle: drafts are told and left out; nothing but drafts is refused."""
    from jingwei.app.pipeline.library import issued_only

    issued = [each for each in documents if not each.is_draft]
    if not issued:
        return issued_only(documents)
    say.no_sources([each.name for each in documents if each.is_draft])
    return issued


def _show_settled(document: "Held", settled: "Sequence[Settled]") -> None:
    from jingwei.app.reports.tables import settlement_table

    say.line(f"{document.label}（{document.name}）")
    say.shown(settlement_table(settled, width=say.width()))
    missed = [
        each.target.subject
        for each in settled
        if each.target.attr == "约束性" and each.verdict.answer == "not_met"
    ]
    if missed:
        say.line(f"未完成的约束性指标 binding targets missed：{'、'.join(missed)}\n")


def lineage(
    docs: Docs = None,
    confirm: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar="FROM TO", help="确认是同一指标 / these two are one", show_default=False
        ),
    ] = None,
    refuse: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar="FROM TO", help="否认是同一指标 / these two are not", show_default=False
        ),
    ] = None,
    withdraw: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="FROM TO", help="撤回决定 / take it back", show_default=False),
    ] = None,
    by: By = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """规划之间的衔接 / how the targets of plans belong together.

    保留、提高、降低、取消、新增、口径改变、转移、改述、矛盾。

    / kept, raised, lowered, dropped, new, redefined, moved, reworded, contradictory.
    """
    from jingwei.app.pipeline.decisions import decisions
    from jingwei.app.pipeline.judging import lineage as lineage_of

    faults = say.Faults()
    for ids, decision in ((confirm, "confirmed"), (refuse, "refused"), (withdraw, None)):
        if ids is not None:
            _decide(ids, decision, where, by)
    books, documents = chosen(docs or [], where, faults)
    decided = decisions(books.workspace) if books is not None else {}
    plans = documents if docs else [each for each in documents if each.is_plan]
    links = lineage_of(plans, decided)
    statements = {each.id: each for plan in plans for each in plan.statements}
    if form is Format.json:
        say.as_json([_link(each, statements) for each in links])
    elif not links:
        say.nothing(
            f"没有衔接关系：有目标的规划要两份以上，这里有 {len(plans)} 份；再加一份，运行 jingwei run",
            f"no links: it takes two plans with targets, and here is {len(plans)}; add another, then "
            "jingwei run",
        )
    else:
        from jingwei.app.cli import rows

        say.table(rows.LINK, [rows.link_row(each, statements) for each in links])
    raise typer.Exit(faults.code)


def _decide(ids: tuple[str, str], decision: Any, where: Any, by: str) -> None:
    from jingwei.app.pipeline.decisions import decide

    faults = say.Faults()
    workspace = opened(where)
    with workspace.locked():
        statements = {
            each.id: each
            for document in loaded(workspace, faults).documents
            for each in document.statements
        }
        for identity in ids:
            if identity not in statements:
                raise InvalidRequest(
                    "没有这个编号的记录；编号见 jingwei lineage 的最后一列",
                    "there is no record with this id; see the last column of jingwei lineage",
                    where=identity,
                )
        one, other = (statements[identity] for identity in ids)
        decide(workspace, one, other, decision, by=person(by), on=today())


def _link(link: "Link", statements: "dict[str, Statement]") -> dict[str, Any]:
    from jingwei.app.pipeline.records import target_record

    def of(identity: str) -> Any:
        return target_record(statements[identity])["target"] if identity else None

    return plain(link) | {"from_target": of(link.from_), "to_target": of(link.to)}


def compare(docs: Docs = None, where: Where = None, form: AnyFormat = Format.table) -> None:
    """规划并排比较，通稿对照规划 / plans side by side.

    给出的文件里有通稿、文章时，逐数与规划核对：一致、不一致、口径不同、无来源。

    / A press text or article among the documents is held against the plans, number by number.
    """
    from jingwei.app.pipeline.checking import check_claims
    from jingwei.app.pipeline.claimed import OTHERWISE
    from jingwei.app.pipeline.decisions import decisions
    from jingwei.app.pipeline.judging import agreement, reports_above
    from jingwei.app.pipeline.judging import compare as compare_plans

    faults = say.Faults()
    books, documents = chosen(docs or [], where, faults)
    decided = decisions(books.workspace) if books is not None else {}
    plans = [each for each in documents if each.is_plan]
    texts = [each for each in documents if not each.is_plan] if docs else []
    if texts:
        against = plans or ([e for e in books.plans if not e.is_draft] if books is not None else [])
        if not against:
            raise InvalidRequest(
                "没有可对照的规划；请同时给出规划文件",
                "there is no plan to hold this against; name one beside it",
                where=texts[0].name,
            )
        pool = documents if plans or books is None else books.documents
        sources = [[*against, *reports_above(each, pool)] for each in texts]
        found = [agreement(t, s, decided) for t, s in zip(texts, sources, strict=True)]
        every = {each.name: each for one in sources for each in one}
        _show_agreement(texts, [*every.values()], found, form)
    elif len(plans) < 2:
        raise InvalidRequest(
            "至少要两份规划才能比较", "it takes two plans to compare", where="、".join(docs or [])
        )
    else:
        _show_matrix(plans, compare_plans(plans, decided), form)
    if form is not Format.json:
        for finding in check_claims(documents):
            if finding.kind == OTHERWISE:
                say.note(finding.message, finding.message_en)
    raise typer.Exit(faults.code)


def _show_agreement(
    texts: "Sequence[Held]",
    plans: "Sequence[Held]",
    links: "Sequence[Sequence[Link]]",
    form: Format,
) -> None:
    from jingwei.app.cli import rows

    statements = {each.id: each for held in (*texts, *plans) for each in held.statements}
    if form is Format.json:
        say.as_json([
            {"answer": rows.ANSWER_OF[link.relation]} | _link(link, statements)
            for found in links
            for link in found
        ])  # fmt: skip
        return
    for text, found in zip(texts, links, strict=True):
        if not found:
            say.nothing(
                f"{text.name} 里没有读到带数的表述，没有可对照的",
                f"{text.name} holds no number that was read, so there is nothing to compare",
            )
            continue
        cells = [rows.agreement_row(link, statements) for link in found]
        say.table(rows.AGREEMENT, cells, title=text.label)


def _show_matrix(plans: "Sequence[Held]", found: "Sequence[Any]", form: Format) -> None:
    from jingwei.app.cli import rows
    from jingwei.app.pipeline.library import in_time
    from jingwei.app.pipeline.records import target_record

    if form is Format.json:
        say.as_json([
            {
                "indicator": each.first.subject,
                "relations": each.relations,
                "targets": {
                    name: [target_record(s)["target"] for s in statements]
                    for name, statements in each.cells.items()
                },
                "links": plain(each.links),
            }
            for each in found
        ])  # fmt: skip
        return
    if not found:
        say.nothing(
            "这些规划里没有读到目标，没有可比较的；读到了什么见 jingwei statements 文件",
            "no target was read in these plans; for what was read see jingwei statements FILE",
        )
        return
    columns = in_time(plans)
    headings = ("指标 indicator", *(each.label for each in columns), "关系 relation")
    names = [each.name for each in columns]
    say.table(headings, [rows.matrix_row(each, names) for each in found])
