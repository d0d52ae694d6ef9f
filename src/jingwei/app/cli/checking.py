"""Commands that hold numbers against each other: check, proof."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.opening import chosen, loaded, opened
from jingwei.app.cli.options import AnyFormat, Docs, Format, Where
from jingwei.core import InvalidRequest, Statement


def check(
    docs: Docs = None,
    draft: Annotated[
        Path | None,
        typer.Option(
            metavar="DOC",
            help="衔接审查：未印发的规划对照上位和同级规划 / hold an unissued plan against the others",
            show_default=False,
        ),
    ] = None,
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """数字体检：哪些数对不上 / numbers that do not go together.

    每处列出两侧的出处和可能的原因（按可能性排序）。

    / Each finding cites both sides and ranks what may explain it.
    """
    from jingwei.app.pipeline.checking import (
        above,
        answers,
        answers_about,
        check_claims,
        check_draft,
        looks_back,
        of_no_year,
    )
    from jingwei.app.pipeline.checking import check as check_documents
    from jingwei.monitor.claims import Tally

    faults = say.Faults()
    claims = Tally()
    wider: Sequence[tuple[Statement, Statement]] = ()
    alone: Sequence[Statement] = ()
    if draft is not None:
        from jingwei.app.pipeline.compiled import compile_path
        from jingwei.app.pipeline.library import held

        _, documents = chosen(docs or [], where, faults)
        own = held(compile_path(draft))
        say.unread(own.name, own.unread)
        if looks_back(own):
            say.note(
                f"{own.name} 是报告一类的文件，不是规划：拿它报告的数对照规划目标，不查缺漏；"
                "标题写明“规划”的按规划审查",
                f"{own.name} reports and sets no targets: its numbers are held against those of the "
                "plans, and nothing is called missing; a title that says 规划 makes it a plan",
            )
            if untold := len(of_no_year(own)):
                say.note(
                    f"{untold} 个数看不出是哪一年的，不对照目标；逐数核对用 jingwei proof {draft}",
                    f"nothing tells the year of {untold} numbers, so they are held against no target; "
                    f"for every number: jingwei proof {draft}",
                )
        plans = [each for each in documents if each.is_plan and each.name != own.name]
        if not plans:
            raise InvalidRequest(
                "没有可对照的规划；请先编译上位规划，或在命令中列出",
                "there is no plan to hold the draft against; compile the upper plan or name it",
                where=str(draft),
            )
        if not above(own, plans):
            say.note(
                "没有上位规划，其余规划都按同级规划核对",
                "there is no plan above it, so all plans are taken for sisters",
            )
        checked = check_draft(own, plans)
        findings, wider, alone = [*checked.findings], checked.wider, checked.alone
    elif docs:
        books, documents = chosen(docs, where, faults)
        if books is not None and len(documents) == 1:
            found = answers_about(books, documents[0])
            findings, claims = found.findings, found.claims
        else:
            findings = [*check_claims(documents), *check_documents(documents)]
    else:
        books = loaded(opened(where), faults)
        documents = [*books.documents]
        found = answers(books)
        findings, claims = found.findings, found.claims
    if claims.unchecked:
        say.note(*claims.told())
    if form is Format.json:
        say.as_json(findings)
    elif not findings:
        _no_finding(draft, len(documents))
    else:
        from jingwei.app.reports.tables import findings_table

        say.shown(findings_table(findings, width=say.width()))
    if wider and form is not Format.json:
        _tell_wider(wider)
    if alone:
        _tell_alone(alone)
    raise typer.Exit(faults.code)


_NAMED = 6


_WIDER = (
    "指标\nindicator",
    "上位规划（更大的地区）\nabove, of a wider area",
    "草案\ndraft",
    "属性\nattribute",
    "提示\nremark",
)


def _tell_wider(pairs: Sequence[tuple[Statement, Statement]]) -> None:
    """What the plans above ask of a wider area, and so was not held against the draft: all of it, what
    binds first."""
    from jingwei.monitor.drafting import stays_below
    from jingwei.plans.amount import written

    rows = [
        (
            own.subject,
            f"{upper.scope}{written(upper)}（{upper.period}）",
            f"{written(own)}（{own.period}）",
            upper.attr or "",
            "草案低于全局，问清是否下达" if stays_below(upper, own) else "",
        )
        for upper, own in pairs
    ]
    say.table(_WIDER, rows, title="没有分到本地的目标")
    say.note(
        f"{len(pairs)} 项上位规划说的是更大的地区，没有分到本地，没有判高低，列在上面；"
        "下达到本地的数另有文件的，把那份文件放进来再查",
        f"{len(pairs)} targets above are of a wider area and set nothing for this one, so they were not "
        "held against the draft and stand in the table; add the letter that allots them",
    )


def _tell_alone(targets: Sequence[Statement]) -> None:
    """What the plans above set for their wider area outside their tables, and nobody asks of the draft."""
    named = "、".join(dict.fromkeys(each.subject for each in targets[:_NAMED]))
    rest = f"等{len(targets)}项" if len(targets) > _NAMED else ""
    plans = " ".join(dict.fromkeys(each.document for each in targets))
    say.note(
        f"{len(targets)} 项上位规划指标表以外的目标说的是更大的地区，草案没有写，不作缺失：{named}{rest}；"
        f"全部见 jingwei targets --plan {plans}",
        f"{len(targets)} targets of a wider area, outside the tables above, are not in the draft and not "
        "called missing",
    )


def _no_finding(draft: Path | None, documents: int) -> None:
    if draft is not None:
        say.nothing(
            f"{draft.name} 与对照的规划没有对不上的地方；逐数核对用 jingwei proof {draft}",
            f"nothing in {draft.name} falls short of the plans or contradicts them; for every number "
            f"of it: jingwei proof {draft}",
        )
    elif not documents:
        say.nothing(
            "没有可体检的文件；把规划放进 documents/，再运行 jingwei run",
            "there are no documents to check; put plans into documents/, then jingwei run",
        )
    else:
        say.nothing(
            f"{documents} 份文件里没有发现对不上的数；接着可以结算：jingwei settle",
            f"no numbers that do not go together in {documents} documents; go on with jingwei settle",
        )


def proof(
    draft: Annotated[
        Path, typer.Argument(metavar="DRAFT", help="送审稿 / the draft", show_default=False)
    ],
    docs: Docs = None,
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """送审核数：稿中每个数有没有依据 / proof-read every number of a draft.

    一致、不一致、口径不同或无来源。DOCX 另写一份带批注的稿子放在旁边，原稿不动。

    / Agrees, differs, other definition, no source. A DOCX also gets a copy with comments beside
    it; the draft itself is not touched.
    """
    from jingwei.app.cli import rows
    from jingwei.app.pipeline.proofing import bears_comments, serves, write_commented
    from jingwei.app.pipeline.proofing import proof as proof_read
    from jingwei.app.pipeline.reading import read, unread_pages
    from jingwei.app.pipeline.statistics import has_statistics

    faults = say.Faults()
    document = read(draft)
    say.unread(document.name, unread_pages(document))
    books, documents = chosen(docs or [], where, faults)
    checks = proof_read(document, documents, None if docs else books)
    if docs and books is not None and has_statistics(books.workspace):
        say.note(
            "只与列出的文件核对，没有用工作区的统计数；要用，请不列文件",
            "held against the documents named only, not against the statistics of the workspace; "
            "name none to use them",
        )
    # drafts of a workspace are told when it is opened
    left = [
        each.name for each in documents
        if each.name != document.name and not serves(each, document)
        and not (each.is_draft and each.file is not None)
    ]  # fmt: skip
    say.no_sources(left)
    if form is Format.json:
        say.as_json(checks)
    elif not checks:
        say.nothing(
            f"{draft.name} 里没有读到带数的表述，没有可核对的；读到了什么见 jingwei statements {draft}",
            f"{draft.name} holds no number that was read, so there is nothing to check; see jingwei "
            f"statements {draft}",
        )
    else:
        say.table(rows.PROOF, [rows.proof_row(each) for each in checks])
        counts = Counter(each.answer for each in checks)
        told = "，".join(f"{zh} {counts[answer]}" for answer, zh in rows.ANSWERS.items())
        claims = sum(each.kind.startswith("claim") for each in checks)
        inside = sum(each.kind == "inside" for each in checks)
        said = f"、{claims} 处完成目标的说法 claims" if claims else ""
        said += f"、{inside} 处稿内对不上 inside" if inside else ""
        say.line(f"共 {len(checks) - claims - inside} 个数 numbers{said}：{told}")
    if bears_comments(document):
        with faults.told():
            copy = write_commented(draft, checks)
            say.note(f"带批注的稿子：{copy}", f"the copy with comments: {copy}")
    raise typer.Exit(faults.code)
