"""``jingwei data``: import, checks and duplicates of enterprises."""

import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jingwei.app.cli import say
from jingwei.app.cli.data import app
from jingwei.app.cli.opening import around, opened
from jingwei.app.cli.options import AnyFormat, By, Format, Where, person, today
from jingwei.app.cli.progress import watched
from jingwei.core import LEGAL_ORIGINS, InvalidRequest, LegalOrigin, plain, written_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jingwei.app.pipeline.intake import Taken
    from jingwei.statistics.checks import IntakeFinding

Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="FILE", help="表格文件 / files with tables", show_default=False),
]
Published = Annotated[
    str,
    typer.Option(
        metavar="DATE",
        help="公布日期，如 2025-03-01（默认：文件所写） / day of publication (default: as the file says)",
        show_default=False,
    ),
]


@app.command("import")
def import_(
    files: Files = None,
    published: Published = "",
    origin: Annotated[
        str,
        typer.Option(
            metavar="ORIGIN",
            help="法定来源：统计调查、行政记录、授权申报、公开（默认：口径卡所写） / survey, administrative, declared or "
            "public (default: the card's)",
            show_default=False,
        ),
    ] = "",
    card: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=CARD", help="表中名称是哪张口径卡 / which card a name is", show_default=False),
    ] = None,
    unit: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=UNIT", help="没有写单位的指标的单位 / the unit of a name", show_default=False),
    ] = None,
    period: Annotated[
        str, typer.Option(metavar="PERIOD", help="表中没有写的时间 / the time, if not stated", show_default=False)
    ] = "",
    region: Annotated[
        str, typer.Option(metavar="NAME", help="表中没有写的地区 / the region, if not stated", show_default=False)
    ] = "",
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="修订已公布数的原因 / why published values change", show_default=False)
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="看过即确认入库 / store it")] = False,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", metavar="ID", help="确认先前的导入方案 / accept earlier proposals", show_default=False),
    ] = None,
    skip_open: Annotated[
        bool, typer.Option("--skip-open", help="放弃未答复的格 / leave out what is not answered")
    ] = False,
    by: By = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:  # fmt: skip
    """读入表格：先看读出了什么，确认后入库 / read tables; nothing is stored before a yes.

    表单、乱表、CSV、Parquet、SDMX。每个数写明口径、地区、时间、单位和依据；说不清的会问，不会猜。

    自相矛盾的文件，--yes 不入库，核实后用 --accept。

    / Forms, messy sheets, CSV, Parquet, SDMX. What cannot be told is asked, never guessed; an
    import is stored whole or not at all. --yes does not store a file that contradicts itself;
    --accept does, once it is known to be right.
    """
    from jingwei.app.pipeline.intake import (
        accepted,
        answers_of,
        holding,
        listed_by,
        proposal_of,
        take,
    )

    if not files and not accept:
        raise InvalidRequest("请写明要读入的文件", "name the files to import")
    workspace, faults = opened(where), say.Faults()
    day = date.fromisoformat(today())
    answers = answers_of(workspace, _pairs(card, "--card"), _pairs(unit, "--unit"), period, region)
    told: list[dict[str, Any]] = []
    for id_ in accept or ():
        with faults.told():
            proposal = proposal_of(workspace, id_)
            listed = listed_by(workspace, proposal)
            receipt = accepted(
                workspace, proposal, listed, on=day, by=person(by), skip_open=skip_open
            )
            told.append({"proposal": id_, "receipt": plain(receipt)})
            _stored(id_, receipt, len(listed))
    for path in watched(files or (), "读入 reading"):
        with faults.told():
            taken = take(
                workspace, path, answers, published=_day(published),
                origin=_origin(origin), reason=reason, today=day,
            )  # fmt: skip
            if form is Format.table:
                _show(taken)
            entry = _summary(taken)
            told.append(entry)
            if not (taken.proposal.entries or taken.listed):
                raise _nothing(taken)
            against = holding(taken.findings) if yes else ()
            if against:
                raise _held(taken, against)
            if yes or (form is Format.table and _asked(taken)):
                receipt = accepted(
                    workspace,
                    taken.proposal,
                    taken.listed,
                    on=day,
                    by=person(by),
                    skip_open=skip_open,
                )
                entry["receipt"] = plain(receipt)
                _stored(taken.proposal.id, receipt, len(taken.listed))
    if form is Format.json:
        say.as_json(told)
    raise typer.Exit(faults.code)


def _origin(written: str) -> LegalOrigin | None:
    """The legal origin in either language; None where none is said. Raises InvalidRequest."""
    origins: dict[str, LegalOrigin] = {}
    for origin, word in LEGAL_ORIGINS.items():
        origins[origin] = origins[word] = origin
    if written and written not in origins:
        listed = "、".join(f"{zh}（{en}）" for en, zh in LEGAL_ORIGINS.items())
        raise InvalidRequest(
            f"没有「{written}」这种数据来源；可写：{listed}",
            f"no such legal origin: '{written}'; one of {', '.join(LEGAL_ORIGINS)}",
            where="--origin",
        )
    return origins.get(written)


def _held(taken: "Taken", against: "Sequence[IntakeFinding]") -> InvalidRequest:
    """Why ``--yes``, which is said before anything was seen, does not store a file."""
    places = "；".join(str(each.places[0]) for each in against[:3] if each.places)
    return InvalidRequest(
        f"自相矛盾或与已入库的数矛盾，共{len(against)}处（{places}），没有入库；看过并核实后："
        f"jingwei data import --accept {taken.proposal.id}",
        f"it contradicts itself or what is stored in {len(against)} places and was not stored; once it is "
        f"known to be right: jingwei data import --accept {taken.proposal.id}",
        where=taken.path.name,
    )


def _nothing(taken: "Taken") -> InvalidRequest:
    """Why no value of a file can be stored, in its first reason."""
    reading = taken.reading
    why, *more = reading.questions or reading.refusals or (None,)
    zh = "" if why is None else f"（如：{why.zh}{f'；另有 {len(more)} 处' if more else ''}）"
    en = "" if why is None else f" (such as: {why.en})"
    return InvalidRequest(
        f"没有读出可入库的数{zh}，没有做导入方案；请按上面的说明答复或改正原表后重新导入",
        f"no value can be stored{en}, so there is no proposal; answer or mend what is told above and "
        "import again",
        where=taken.path.name,
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise InvalidRequest(
            f"日期写法不对：「{text}」；写成 2025-03-01", f"not a date: '{text}'; write 2025-03-01"
        ) from fault


def _pairs(texts: list[str] | None, option: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts or ():
        name, equals, value = text.rpartition("=")
        if not equals or not name or not value:
            raise InvalidRequest(
                f"{option} 写成 名称=值，这里是「{text}」",
                f"{option} takes NAME=VALUE, here '{text}'",
            )
        found[name] = value
    return found


def _summary(taken: "Taken") -> dict[str, Any]:
    return {
        "proposal": taken.proposal.id,
        "file": taken.proposal.file,
        "published": taken.proposal.published,
        "entries": plain(taken.proposal.entries),
        "questions": plain(taken.reading.questions),
        "refused": plain(taken.reading.refusals),
        "remarks": plain(taken.reading.remarks),
        "findings": [_finding(each) for each in taken.findings],
        "enterprises": len(taken.listed),
    }


_SHOWN = 5
"""Doubtful places that an import tells at once; the rest by ``data check``."""


def _show(taken: "Taken") -> None:
    groups: defaultdict[tuple[str, ...], list[Any]] = defaultdict(list)
    for figure in taken.reading.figures:
        if figure.card is not None and figure.measure == "level":
            groups[
                figure.place.sheet, figure.card.key, figure.name,
                figure.written_unit or figure.unit, "；".join(figure.reasons),
            ].append(figure)  # fmt: skip
    rows: list[tuple[str, ...]] = []
    for (sheet, key, name, unit, reasons), figures in groups.items():
        regions = sorted({figure.region_name or figure.region for figure in figures})
        months = sorted({figure.months for figure in figures}, key=lambda m: (m.last, m.first))
        rows.append((
            sheet, name, key, f"{regions[0]}{f' 等 {len(regions)} 个' if len(regions) > 1 else ''}",
            f"{months[0]}{f' … {months[-1]}' if len(months) > 1 else ''}", unit,
            str(len(figures)), reasons,
        ))  # fmt: skip
    say.table(
        ("工作表\nsheet", "表中名称\nname", "口径卡\ncard", "地区\nregion", "时间\nperiod",
         "单位\nunit", "格数\ncells", "依据\nbecause"),
        rows, title=f"{taken.proposal.file}：读出 {len(taken.proposal.entries)} 个数", numbers=(6,),
    )  # fmt: skip
    for question in taken.reading.questions:
        say.note(
            f"待答复（{question.cells} 格，如{question.first}）：{question.zh}",
            f"to be answered ({question.cells} cells): {question.en}",
        )
    for refusal in taken.reading.refusals[:20]:
        say.note(f"未采用 {refusal.place}「{refusal.text}」：{refusal.zh}", refusal.en)
    if len(taken.reading.refusals) > 20:
        say.note(
            f"还有 {len(taken.reading.refusals) - 20} 格未采用，全部见 --format json",
            f"{len(taken.reading.refusals) - 20} more cells were refused, see --format json",
        )
    for remark in taken.reading.remarks:
        say.note(remark.zh, remark.en)
    if taken.listed:
        say.note(f"企业 {len(taken.listed)} 家", f"{len(taken.listed)} enterprises")
    for finding in taken.findings[:_SHOWN]:
        say.note(f"可疑 第{finding.row}行 {finding.message}", finding.message_en)
    if taken.findings:
        say.note(
            f"有 {len(taken.findings)} 处可疑，请先看：jingwei data check {taken.path}",
            f"{len(taken.findings)} doubtful places; see jingwei data check {taken.path}",
        )
    if not (taken.proposal.entries or taken.listed):
        return
    say.note(
        f"导入方案 {taken.proposal.id}；确认：jingwei data import --accept {taken.proposal.id}",
        f"proposal {taken.proposal.id}; accept it with jingwei data import --accept {taken.proposal.id}",
    )


def _asked(taken: "Taken") -> bool:
    """Ask at a terminal; nobody is asked in a pipe, and nothing is stored then."""
    if not sys.stdin.isatty() or not (taken.proposal.entries or taken.listed):
        return False
    return typer.confirm("入库吗？ / store it?", default=False, err=True)


def _stored(id_: str, receipt: Any, listed: int) -> None:
    added = 0 if getattr(receipt, "repeated", False) else getattr(receipt, "added", 0)
    say.note(
        f"已入库：方案 {id_}，新增 {added} 个数" + (f"，企业 {listed} 家" if listed else ""),
        f"stored: proposal {id_}, {added} new values"
        + (f", {listed} enterprises" if listed else ""),
    )


def _finding(finding: "IntakeFinding") -> dict[str, Any]:
    """A finding in the shape of the design, with its id and all its places."""
    shown: dict[str, Any] = {"id": finding.id}
    shown |= plain(finding)
    return shown


@app.command("check")
def check(
    files: Files = None,
    apply: Annotated[
        list[str] | None,
        typer.Option(
            "--apply", metavar="ID",
            help="采纳这些建议，另做一份导入方案 / take up suggestions, as a new proposal",
            show_default=False,
        ),
    ] = None,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="采纳的理由 / why", show_default=False)
    ] = "",
    published: Published = "",
    by: By = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:  # fmt: skip
    """数据核对：哪一格可能错、为什么、可能是多少 / likely errors, why, and the likely value.

    不写文件时核对已入库的数。从不改动原表和已入库的数：采纳建议只是另做一份导入方案。

    / Without files: what is stored. Nothing is changed; accepted suggestions become a proposal.
    """
    from jingwei.app.pipeline.intake import correction, findings, stored_findings

    faults, day = say.Faults(), date.fromisoformat(today())
    if apply:
        if not files:
            raise InvalidRequest("--apply 要写明文件", "--apply needs the file")
        made = correction(
            opened(where), files, apply, by=person(by), reason=reason,
            published=_day(published), today=day,
        )  # fmt: skip
        if form is Format.json:
            say.as_json(made)
        for proposal in made:
            say.note(
                f"已按建议做成导入方案 {proposal.id}，原表未动；"
                f"确认：jingwei data import --accept {proposal.id}",
                f"proposal {proposal.id} takes the suggestions up, the file is untouched; "
                f"accept it with jingwei data import --accept {proposal.id}",
            )
        return
    if files:
        readable: list[Path] = []
        for path in files:
            with faults.told():
                from jingwei.statistics.intake import open_book

                open_book(path)
                readable.append(path)
        found = (
            findings(around(where), readable, today=day, published=_day(published), tell=faults.add)
            if readable
            else []
        )
    else:
        found = stored_findings(opened(where), today=day)
    if form is Format.json:
        say.as_json([_finding(each) for each in found])
    else:
        say.table(
            ("编号\nid", "文件\nfile", "行\nrow", "列\nfield", "问题\nmessage", "建议\nsuggestion"),
            [
                (
                    each.id, each.file + (f" [{each.sheet}]" if each.sheet else ""), str(each.row),
                    each.field, each.message, each.suggestion.zh if each.suggestion else "",
                )
                for each in found
            ],
            title=f"{len(found)} 处可疑 / doubtful places", numbers=(2,),
        )  # fmt: skip
    raise typer.Exit(faults.code)


@app.command("duplicates")
def duplicates(
    threshold: Annotated[
        float, typer.Option(min=0.5, max=1.0, help="概率阈值 / probability from which a pair is shown")
    ] = 0.9,
    yes: Annotated[
        list[str] | None,
        typer.Option("--merge", metavar="ID", help="确认合并这些配对 / merge these pairs", show_default=False),
    ] = None,
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:  # fmt: skip
    """企业名录中可能重复的企业 / enterprises of the register that are probably one.

    有信用代码的按代码；没有代码的按名称、地址、行业比对，人确认后才合并。

    / By credit code; without one by name, address and industry, merged only with a person's yes.
    """
    from jingwei.app.pipeline.intake import duplicate_pairs, merge

    workspace = opened(where)
    pairs, model = duplicate_pairs(workspace, threshold)
    if not model:
        say.note(
            "未安装扩展 splink，只比对了归一后的名称；安装：pip install 'jingwei[splink]'",
            "the extra splink is not installed, only normalised names were compared; "
            "pip install 'jingwei[splink]'",
        )
    if yes:
        count = merge(workspace, pairs, yes, date.fromisoformat(today()))
        say.note(f"已合并 {count} 对", f"{count} pairs merged")
        return
    if form is Format.json:
        say.as_json([plain(pair) | {"id": pair.id, "threshold": threshold} for pair in pairs])
    else:
        say.table(
            ("编号\nid", "概率\nprobability", "名称\nnames", "依据\nreasons"),
            [
                (pair.id, f"{pair.probability:.3f}", f"{pair.one.name}\n{pair.other.name}", "；".join(pair.reasons))
                for pair in pairs
            ],
            title=f"{len(pairs)} 对可能是同一企业，阈值 {written_out(threshold, 6)} / probably one enterprise",
            numbers=(1,),
        )  # fmt: skip
