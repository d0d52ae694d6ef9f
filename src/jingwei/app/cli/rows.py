"""How results look as rows of a table: columns in Chinese and English, cells as text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from jingwei.core import Span, Statement
from jingwei.plans.amount import written
from jingwei.plans.records import SECTION, labels

if TYPE_CHECKING:
    from jingwei.app.pipeline.judging import Compared
    from jingwei.core import Link
    from jingwei.monitor.settlement import Settled
    from jingwei.plans.milestones import Milestone
    from jingwei.plans.review import Change, Item

STATEMENT = (
    "指标 subject",
    "范围 scope",
    "数值 value",
    "时期 period",
    "性质 role",
    "出处 where",
    "编号 id",
)
_ROLES = {"target": "目标", "observation": "事实"}


def statement_row(statement: Statement) -> Sequence[str]:
    """A statement in the columns of ``STATEMENT``."""
    attr = statement.attr or ""
    return (
        statement.subject,
        statement.scope,
        written(statement),
        str(statement.period),
        _ROLES[statement.role] + (f"·{attr}" if attr else ""),
        place(statement.evidence),
        statement.id,
    )


def place(span: Span) -> str:
    """Where words stand: page, paragraph or line."""
    for form, number in (("第{}页", span.page), ("第{}段", span.paragraph), ("第{}行", span.line)):
        if number is not None:
            return form.format(number)
    return ""


KINDS = {
    "plan": "规划 plan",
    "outline": "纲要 outline",
    "report": "报告公报 report",
    "press": "新闻 press",
    "article": "文章 article",
    None: "未识别 unknown",
}

TARGET = (
    "指标 indicator",
    "范围 scope",
    "目标 target",
    "时期 period",
    "属性 type",
    "结论 verdict",
    "审阅 review",
    "编号 id",
)
_STATES = {"proposed": "待审", "accepted": "认可", "edited": "已改", "rejected": "不采用"}


def target_row(target: Statement, settled: "Settled | None", state: str) -> Sequence[str]:
    """A target in the columns of ``TARGET``."""
    return (
        target.subject,
        target.scope,
        written(target),
        str(target.period),
        target.attr or "",
        settled.class_ if settled else "",
        _STATES[state],
        target.id,
    )


ITEM = ("部分 section", "内容 record", "原文 quote", "状态 state", "新读数 proposed", "编号 id")


def item_row(item: "Item") -> Sequence[str]:
    """A record of a plan file in the columns of ``ITEM``."""
    entry, record = item.entry, item.entry.record
    if isinstance(record, Statement):
        content = f"{record.subject} {written(record)}（{record.period}）"
    else:
        content = " ".join(getattr(record, name) for name in SECTION[item.section].names)
    state = _STATES[entry.state] + ("·原文已无" if entry.gone else "")
    return (
        labels()[item.section][0],
        content,
        record.quote,
        state,
        _fields(entry.proposed),
        record.id,
    )


CHANGE = ("编号 id", "原来 before", "现在 now", "数值 values")


def change_row(change: "Change") -> Sequence[str]:
    """A decision in the columns of ``CHANGE``."""
    values = "；".join(
        f"{labels()[name][0]} {_cell(before)} → {_cell(after)}"
        for name, (before, after) in change.fields.items()
    )
    return change.id, _STATES[change.before], _STATES[change.after], values


def _fields(values: Mapping[str, object]) -> str:
    return "；".join(f"{labels()[name][0]} {_cell(value)}" for name, value in values.items())


def _cell(value: object) -> str:
    return "—" if value is None or value == "" else str(value)


YEAR = ("年份 year", "目标值 value", "当年 in the year")


def year_row(each: "Milestone") -> Sequence[str]:
    """A milestone in the columns of ``YEAR``; a yearly decline is shown in per cent."""
    in_year = each.in_year
    share = f"{float(in_year):.2%}" if isinstance(in_year, Fraction) else f"{in_year:+}"
    return str(each.year), str(each.value), share


SETTLED = (
    "指标 indicator",
    "目标 target",
    "时期 period",
    "属性 type",
    "结论 verdict",
    "理由 reason",
    "缺什么、找谁 missing, and who holds it",
)


def settled_row(settled: "Settled") -> Sequence[str]:
    """A settled target in the columns of ``SETTLED``."""
    target, verdict = settled.target, settled.verdict
    readings = "；".join(f"{each.reading}：{_ANSWERS[each.answer]}" for each in verdict.readings)
    return (
        target.subject,
        written(target),
        str(target.period),
        target.attr or "",
        settled.class_,
        verdict.reason + (f"（{readings}）" if readings and verdict.answer == "depends" else ""),
        "；".join(f"{each.fact}→{each.holder}" for each in verdict.missing),
    )


_ANSWERS = {"met": "完成", "not_met": "未完成", "unknown": "无法评价", "depends": "取决于读法"}


def tally(settled: "Sequence[Settled]") -> str:
    """How many targets fell into each class, and how many 约束性 ones were missed."""
    classes = Counter(each.class_ for each in settled)
    parts = [f"{name} {count}" for name, count in classes.most_common()]
    binding = sum(
        each.target.attr == "约束性" and each.verdict.answer == "not_met" for each in settled
    )
    told = f"共 {len(settled)} 项 targets：" + "，".join(parts)
    return told + (f"；未完成的约束性指标 {binding} 项 binding targets missed" if binding else "")


RELATIONS = {
    "kept": "保留 kept",
    "raised": "提高 raised",
    "lowered": "降低 lowered",
    "dropped": "不再提 dropped",
    "new": "新增 new",
    "redefined": "口径改变 redefined",
    "moved": "转到别的规划 moved",
    "reworded": "换了说法 reworded",
    "contradictory": "互相矛盾 contradictory",
}
_DECISIONS = {"": "", "confirmed": "（已确认）", "refused": "（已否认）"}

LINK = ("关系 relation", "前 from", "后 to", "理由 reasons", "编号 from → to")


def link_row(link: "Link", statements: Mapping[str, Statement]) -> Sequence[str]:
    """A link in the columns of ``LINK``."""
    return (
        RELATIONS[link.relation] + _DECISIONS[link.decision],
        _end(link.from_, statements),
        _end(link.to, statements),
        "；".join(link.reasons),
        f"{link.from_ or '—'} → {link.to or '—'}",
    )


def _end(identity: str, statements: Mapping[str, Statement]) -> str:
    if not identity:
        return "—"
    each = statements[identity]
    return f"{each.subject} {written(each)}（{each.period}，{each.document}）"


ANSWERS = {
    "kept": ("agrees", "一致"),
    "reworded": ("agrees", "一致"),
    "contradictory": ("differs", "不一致"),
    "redefined": ("other_definition", "另一口径"),
    "new": ("no_source", "无出处"),
}
AGREEMENT = ("结论 answer", "本文 text", "规划 plan", "理由 reasons", "出处 where")


def agreement_row(link: "Link", statements: Mapping[str, Statement]) -> Sequence[str]:
    """A number of a text held against the plans, in the columns of ``AGREEMENT``."""
    text = statements[link.to]
    return (
        ANSWERS[link.relation][1],
        f"{text.subject} {written(text)}（{text.period}）",
        _end(link.from_, statements),
        "；".join(link.reasons),
        place(text.evidence),
    )


def matrix_row(compared: "Compared", documents: Sequence[str]) -> Sequence[str]:
    """One indicator in several plans: its name, a cell for each plan, the relations."""
    cells = (
        "；".join(f"{written(each)}（{each.period}）" for each in compared.cells.get(name, ()))
        for name in documents
    )
    relations = dict.fromkeys(RELATIONS[link.relation] for link in compared.links)
    return compared.first.subject, *cells, "、".join(relations)


def finding_kind(kind: str) -> str:
    """What a kind of finding is called."""
    from jingwei.app.pipeline import claimed
    from jingwei.monitor import drafting, health

    kinds = health.KINDS | drafting.KINDS | {claimed.KIND: claimed.CALLED}
    return kinds[kind][0]
