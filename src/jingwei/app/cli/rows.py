"""How results look as rows of a table: columns in Chinese and English, cells as text.

Statements, settlement and findings have tables of their own in ``app.reports.tables``; here are
those that only the command line shows.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from jingwei.app.reports.evidence import place_of
from jingwei.app.reports.quoting import printed
from jingwei.app.reports.words import word
from jingwei.core import Span, Statement, written_out
from jingwei.plans.amount import written
from jingwei.plans.records import SECTION, labels

if TYPE_CHECKING:
    from jingwei.app.pipeline.judging import Compared
    from jingwei.core import Link
    from jingwei.monitor.proof import NumberCheck
    from jingwei.monitor.settlement import Settled
    from jingwei.plans.entry import Entry
    from jingwei.plans.milestones import Milestone
    from jingwei.plans.records import Task
    from jingwei.plans.review import Change, Item

KINDS = {
    "plan": "规划 plan",
    "outline": "纲要 outline",
    "report": "报告公报 report",
    "press": "新闻 press",
    "article": "文章 article",
    None: "未识别 unknown",
}

TARGET = (
    "编号\nid",
    "指标\nindicator",
    "目标\ntarget",
    "时期\nperiod",
    "属性\nattribute",
    "结论\nverdict",
    "审阅\nreview",
)
# the class that says why nothing can be told, behind the verdict that it belongs to
_CLASSES = {"后续文件未披露": "无法评价（后续文件未披露）"}
_STATES = {"proposed": "待审", "accepted": "认可", "edited": "已改", "rejected": "不采用"}


def target_row(
    target: Statement,
    settled: "Settled | None",
    entry: "Entry[Statement]",
    again: Sequence[Statement] = (),
) -> Sequence[str]:
    """A target in the columns of ``TARGET``; ``again`` are the places that state it as well."""
    from jingwei.app.reports.tables import told_at

    places = [told_at(each) for each in (target, *again)] if again else []
    return (
        target.id,
        target.subject,
        "\n".join([written(target) if entry.state == "edited" else printed(target), *places]),
        str(target.period),
        target.attr or "",
        _CLASSES.get(settled.class_, settled.class_) if settled else "",
        state_of(entry),
    )


def state_of(entry: "Entry[Any]") -> str:
    """The state of a decision, and whether the document has changed or lost what was decided on."""
    changed = "·原文已改" if entry.decided and entry.proposed else ""
    return _STATES[entry.state] + ("·原文已无" if entry.gone else changed)


TASK = (
    "编号\nid",
    "任务\ntask",
    "责任（牵头）单位\nowner",
    "配合单位\nsupporting",
    "时限\ndue",
    "出处\nsource",
)


def task_row(task: "Task") -> Sequence[str]:
    """A task in the columns of ``TASK``; what the document does not write is said to be so."""
    due = task.deadline or (str(task.due) if task.due else "")
    if not task.due_stated:
        due = f"未写明（规划期末{due}）" if due else "未写明"
    return (
        task.id,
        task.what,
        task.owner or "未写明",
        task.supporting or "",
        due,
        place_of(task.evidence)[0],
    )


UNNAMED = ("编号\nid", "目标\ntarget", "时期\nperiod", "原文\nquote", "出处\nsource")


def unnamed_row(target: Statement) -> Sequence[str]:
    """A target that names no indicator, in the columns of ``UNNAMED``."""
    where = f"{target.document} {place_of(target.evidence)[0]}"
    return target.id, printed(target), str(target.period), target.quote, where


ITEM = (
    "编号\nid",
    "部分\nsection",
    "内容\nrecord",
    "原文\nquote",
    "状态\nstate",
    "新读数\nproposed",
)


def item_row(item: "Item") -> Sequence[str]:
    """A record of a plan file in the columns of ``ITEM``."""
    entry, record = item.entry, item.entry.record
    if isinstance(record, Statement):
        # as printed, unless a person decided on another operator or number than is printed
        changed = {"op", "value", "low", "high", "unit", "text"} & set(entry.read)
        amount = written(record) if changed else printed(record)
        content = f"{record.subject} {amount}（{record.period}）"
    else:
        content = " ".join(getattr(record, name) for name in SECTION[item.section].names)
    was = f"\n决定时：{entry.review.words}" if entry.review.words else ""
    quote = record.quote + was
    proposed = "；".join(f"{labels()[name][0]} {_cell(v)}" for name, v in entry.proposed.items())
    return record.id, labels()[item.section][0], content, quote, state_of(entry), proposed


CHANGE = ("编号\nid", "原来\nbefore", "现在\nnow", "数值\nvalues")


def change_row(change: "Change") -> Sequence[str]:
    """A decision in the columns of ``CHANGE``."""
    values = "；".join(
        f"{labels()[name][0]} {_cell(before)} → {_cell(after)}"
        for name, (before, after) in change.fields.items()
    )
    return change.id, _STATES[change.before], _STATES[change.after], values


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{written_out(value)}"
    return "—" if value is None or value == "" else str(value)


YEAR = ("年份\nyear", "目标值\nvalue", "当年\nin the year")


def year_row(each: "Milestone") -> Sequence[str]:
    """A milestone in the columns of ``YEAR``; a yearly decline is shown in per cent."""
    in_year = each.in_year
    share = f"{float(in_year):.2%}" if isinstance(in_year, Fraction) else f"{in_year:+}"
    return str(each.year), str(each.value), share


LINK = ("关系\nrelation", "前\nfrom", "后\nto", "理由\nreasons", "编号\nid from, id to")


def link_row(link: "Link", statements: Mapping[str, Statement]) -> Sequence[str]:
    """A link in the columns of ``LINK``."""
    return (
        _relation(link),
        _end(link.from_, statements),
        _end(link.to, statements),
        "；".join(link.reasons),
        f"{link.from_ or '—'} {link.to or '—'}",
    )


def _relation(link: "Link") -> str:
    it = word("relation", link.relation)
    decision = word("decision", link.decision)["zh"] if link.decision else ""
    return f"{it['mark']} {it['zh']}" + (f"（{decision}）" if decision else "")


def _end(identity: str, statements: Mapping[str, Statement]) -> str:
    if not identity:
        return "—"
    each = statements[identity]
    return f"{each.subject} {printed(each)}（{each.period}，{each.document}）"


ANSWERS = {
    "agrees": "✓ 一致",
    "differs": "✗ 不一致",
    "other_definition": "△ 口径不同",
    "no_source": "？ 无来源",
}
ANSWER_OF = {
    "kept": "agrees",
    "reworded": "agrees",
    "contradictory": "differs",
    "redefined": "other_definition",
    "new": "no_source",
}
AGREEMENT = ("结论\nanswer", "本文\ntext", "规划\nplan", "理由\nreasons", "出处\nsource")


def agreement_row(link: "Link", statements: Mapping[str, Statement]) -> Sequence[str]:
    """A number of a text held against the plans, in the columns of ``AGREEMENT``."""
    text = statements[link.to]
    return (
        ANSWERS[ANSWER_OF[link.relation]],
        f"{text.subject} {printed(text)}（{text.period}）",
        _end(link.from_, statements),
        "；".join(link.reasons),
        place_of(text.evidence)[0],
    )


def matrix_row(compared: "Compared", documents: Sequence[str]) -> Sequence[str]:
    """One indicator in several plans: its name, a cell for each plan, the relations. What a plan
    calls otherwise stands in its cell under its own name."""
    first = compared.first.subject

    def cell(each: Statement) -> str:
        named = "" if each.subject == first else f"{each.subject} "
        return f"{named}{printed(each)}（{each.period}）"

    cells = ("；".join(map(cell, compared.cells.get(name, ()))) for name in documents)
    told = (word("relation", each) for each in compared.relations)
    return first, *cells, "、".join(f"{it['mark']} {it['zh']}" for it in told)


PROOF = ("结论\nanswer", "文中的数\nnumber", "说明\nwhy", "出处\nsource")


def proof_row(check: "NumberCheck") -> Sequence[str]:
    """A number of a draft in the columns of ``PROOF``, with the likeliest explanation."""
    causes = sorted(check.explanations, key=lambda each: each.rank)[:1]
    why = check.message + "".join(f"（{each.text}）" for each in causes)
    said = check.sides[0]
    assert isinstance(said, Span)  # the draft stands first, and a draft is a document
    return ANSWERS[check.answer], check.cell or said.quote, why, place_of(check.number)[0]
