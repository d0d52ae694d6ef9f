"""The same rows for a terminal.

Every function returns a rich table for a terminal of ``width`` columns; where there is room
(from 120), it says more. The words of documents are never read as markup.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from jingwei.app.reports.evidence import place_of
from jingwei.app.reports.model import Settled
from jingwei.app.reports.quoting import is_row, printed
from jingwei.app.reports.settled import NEARLY
from jingwei.app.reports.words import order, section, word
from jingwei.app.reports.wrapping import Words
from jingwei.core import Evidence, Finding, Link, Span, Statement

_WIDE = 120
_STYLES = {"met": "green", "not_met": "bold red", "unknown": "dim", "depends": "blue"}


def statements_table(statements: Iterable[Statement], *, width: int = 100) -> Table:
    """Statements in their order: what, how much, when, goal or fact, where it stands."""
    wide = width >= _WIDE
    table = _table(width)
    table.add_column("编号\nid", no_wrap=True)
    table.add_column("指标\nindicator", ratio=4, overflow="fold")
    table.add_column("数\nas printed", ratio=2, overflow="fold")
    table.add_column("时期\nperiod", no_wrap=True)
    table.add_column("角色\nrole", no_wrap=True)
    if wide:
        table.add_column("范围\nscope", ratio=1, overflow="fold")
        table.add_column("原文\nquote", ratio=4, overflow="fold")
    table.add_column("出处\nsource", ratio=3, overflow="fold")
    for each in statements:
        cells = [each.id, each.subject, printed(each), str(each.period), _role(each)]
        cells += [each.scope, each.quote] if wide else []
        _add(table, *cells, _where(each.evidence))
    return table


def targets_table(statements: Iterable[Statement], *, width: int = 100) -> Table:
    """The targets among statements, with 约束性 or 预期性; those in prose have neither."""
    wide = width >= _WIDE
    table = _table(width)
    table.add_column("编号\nid", no_wrap=True)
    table.add_column("指标\nindicator", ratio=4, overflow="fold")
    table.add_column("目标（原文）\ngoal as printed", ratio=3, overflow="fold")
    table.add_column("时期\nperiod", no_wrap=True)
    table.add_column("属性\nattribute", no_wrap=True)
    if wide:
        table.add_column("类型\nkind", no_wrap=True)
        table.add_column("范围\nscope", ratio=1, overflow="fold")
    table.add_column("出处\nsource", ratio=3, overflow="fold")
    for each in statements:
        if each.is_target:
            cells = [each.id, each.subject, printed(each), str(each.period), each.attr or "—"]
            cells += [word("measure", each.measure)["zh"], each.scope] if wide else []
            _add(table, *cells, _where(each.evidence))
    return table


def settlement_table(settled: Iterable[Settled], *, width: int = 100) -> Table:
    """Targets with their answer, why, and what is wanting; below it the counts by answer.

    A target that its plan states twice stands once, with both places.
    """
    every = list(settled)
    settled = [each for each in every if not each.same_as]
    wide = width >= _WIDE
    table = _table(width)
    table.add_column("结论\nanswer", no_wrap=True)
    table.add_column("指标\nindicator", ratio=3, overflow="fold")
    table.add_column("目标\ngoal", ratio=2, overflow="fold")
    table.add_column("属性", no_wrap=True)
    table.add_column("依据与差距\nreason and gap", ratio=5, overflow="fold")
    if wide:
        table.add_column("缺什么，谁有\nmissing", ratio=3, overflow="fold")
        table.add_column("方法\nmethod", ratio=2, overflow="fold")
    for each in settled:
        target, verdict = each.target, each.verdict
        missing = "；".join(f"{one.fact}：{one.holder}" for one in verdict.missing)
        why = verdict.reason if wide or not missing else f"{verdict.reason} 缺：{missing}"
        why += "".join(
            f"\n{word('answer', one.answer)['mark']} {one.reading}" for one in verdict.readings
        )
        why += _beside(each)
        said = answer_words(verdict.answer)
        if each.class_ == NEARLY:
            said.append(f"\n  {NEARLY}")
        again = [one.target for one in every if one.same_as == target.id]
        places = [told_at(one) for one in (target, *again)] if again else []
        goal = "\n".join([printed(target), *places])
        cells: list[str | Text] = [said, target.subject, goal]
        cells += [target.attr or "—", why]
        cells += [missing or "—", verdict.method] if wide else []
        _add(table, *cells)
    counts = Counter(each.verdict.answer for each in settled)
    table.caption = Text("　").join(
        Text(f"{it['mark']} {it['zh']} {counts[answer]}", style=_STYLES[answer])
        for answer, it in section("answer").items()
    )
    nearly = sum(each.class_ == NEARLY for each in settled)
    if nearly:
        table.caption.append(f"　（未完成中基本完成 nearly met {nearly}）")
    return table


def _beside(settled: Settled) -> str:
    """The first thing that stands beside an unknown and proves nothing; what the reason told is not said again."""
    if not settled.beside or settled.verdict.answer != "unknown":
        return ""
    first = settled.beside[0].zh.partition("；")[0]
    told = first.partition("：")[2].partition("（")[0]
    if not told or told in settled.verdict.reason:
        return ""
    more = len(settled.beside) - 1
    return f"\n旁证，不作依据：{first}" + (f"；另有{more}条，见 explain" if more else "")


def lineage_table(
    links: Iterable[Link], statements: Mapping[str, Statement], *, width: int = 100
) -> Table:
    """Links by relation; ``statements`` by id are those that the links name."""
    wide = width >= _WIDE
    table = _table(width)
    table.add_column("关系\nrelation", no_wrap=True)
    table.add_column("原\nfrom", ratio=3, overflow="fold")
    table.add_column("新\nto", ratio=3, overflow="fold")
    table.add_column("理由\nreasons", ratio=3, overflow="fold")
    if wide:
        table.add_column("出处\nsources", ratio=3, overflow="fold")
    for each in sorted(links, key=lambda link: order("relation", link.relation)):
        it = word("relation", each.relation)
        ends = [statements[key] if key else None for key in (each.from_, each.to)]
        shown = [
            f"{end.subject} {printed(end)}（{end.period}）" if end is not None else "—"
            for end in ends
        ]
        cells = [f"{it.get('mark', ' ')} {it['zh']}", *shown, "；".join(each.reasons)]
        places = "\n".join(_where(end.evidence) for end in ends if end is not None)
        _add(table, *cells, *([places] if wide else []))
    return table


def findings_table(findings: Iterable[Finding], *, width: int = 100) -> Table:
    """Findings by kind with both sides; the likeliest explanation, where there is room all."""
    wide = width >= _WIDE
    table = _table(width, lines=True)
    table.add_column("种类\nkind", ratio=2, overflow="fold")
    table.add_column("发现\nfinding", ratio=4, overflow="fold")
    table.add_column("两边\nsides", ratio=4, overflow="fold")
    table.add_column("可能的原因\nexplanations", ratio=3, overflow="fold")
    for each in sorted(findings, key=lambda finding: order("finding", finding.kind)):
        ranked = sorted(each.explanations, key=lambda one: one.rank)
        shown = ranked if wide else ranked[:1]
        _add(
            table,
            _named("finding", each.kind),
            each.message,
            "\n".join(_side(side) for side in each.sides),
            "\n".join(f"{one.rank} {one.text}" for one in shown) or "—",
        )
    return table


def answer_words(answer: str) -> Text:
    """An answer with its mark: ✓ 完成. The colour repeats it and says nothing alone."""
    it = word("answer", answer)
    return Text(f"{it['mark']} {it['zh']}", style=_STYLES[answer])


def _table(width: int, *, lines: bool = False) -> Table:
    return Table(box=SIMPLE_HEAD, width=width, pad_edge=False, show_lines=lines)


def _add(table: Table, *cells: str | Text) -> None:
    table.add_row(*(cell if isinstance(cell, Text) else Words(cell) for cell in cells))


def _named(name: str, key: str) -> str:
    """The words for a key, Chinese first."""
    it = word(name, key)
    return f"{it['zh']}\n{it['en']}"


def _role(statement: Statement) -> str:
    return word("role", statement.role)["zh"]


def _where(span: Span) -> str:
    return f"{span.file} {place_of(span)[0]}".strip()


def told_at(statement: Statement) -> str:
    """Where a target stands, in the table or in prose: 第3页（表格）."""
    return f"{place_of(statement.evidence)[0]}（{'表格' if is_row(statement) else '正文'}）"


def _side(evidence: Evidence) -> str:
    """A quote with its place, or a formula."""
    return (
        f"「{evidence.quote}」{_where(evidence)}" if isinstance(evidence, Span) else str(evidence)
    )
