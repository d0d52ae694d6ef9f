"""Which column of a table holds what: the names, the unit, 约束性, and each year's values.

Columns are known by their headings, not by their place: 指标, 单位, 属性, years, yearly averages come
in any order (``docs/semantics.md`` §4).
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from jingwei.core import Period
from jingwei.documents.columns import is_unit
from jingwei.documents.model import Table
from jingwei.plans.context import Context
from jingwei.plans.dates import dates
from jingwei.plans.subjects import is_measure

NAME = re.compile(
    r"^(?:主要|具体|核心|细分|二级|三级)?(?:指标)(?:名称|内容|项目)?$|^名称$|^项目$|^(?:项目|工程|任务)(?:名称|类别|内容)$|^指标"
)
_CATEGORY = re.compile(r"类别|分类|类型$|维度|领域|一级指标|方面|^目标$|板块")
_NUMBER = re.compile(r"^(?:序号|编号|序)$")
_UNIT = re.compile(r"单位(?!.*负责)")
_ATTRIBUTE = re.compile(r"属性|性质|^类型$")
_GROWTH = re.compile(r"年均|增速|累计|增长|增幅|降速|变化|年平均")
_BASE = re.compile(r"基数|现状|实际|基期|完成值|初值|基准|完成情况")
_AMOUNT = re.compile(
    r"^(?:绝对数|产量|数值|实绩|总量|现值|金额|数量|本年|全年|指标值|销量|产值|完成)(?:\(|$)"
)
_GOAL = re.compile(r"目标|规划值|预期|预计|指标值")


# 2020年规划目标 beside 2020年实际: what an earlier plan wanted is neither goal nor fact of this one
_FORMER_GOAL = re.compile(r"目标|规划值|规划$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of values: the period they hold for, whether they are goals, and whether they are rates
    (``growth`` of one year, ``yearly`` averages); ``unit`` is what the heading or the line above the table
    says the numbers are in, ``span`` the years over which the column counts what is done in a row, ``noun``
    what it measures of the things that its rows name (2035年产值)."""

    index: int
    period: Period
    target: bool
    growth: Literal["", "growth", "yearly", "reached"]
    unit: str = ""
    span: Period | None = None
    noun: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of the columns; ``values`` are those that hold numbers or goals in words."""

    name: int
    unit: int | None
    attribute: int | None
    values: tuple[Column, ...]


# 「单位:万元,%」 above a table, 「绝对数(亿元)」 in a heading
_UNITS_ABOVE = re.compile(r"单位[::]([^。;::]{1,24}?)\)?$")
_UNIT_IN_HEAD = re.compile(r"[(（]([^()（）]{1,10})[)）]$")


def units_above(text: str) -> tuple[str, ...]:
    """The units that the line above a table gives for all of it."""
    told = _UNITS_ABOVE.search(text)
    return tuple(filter(None, re.split("[,、/和]", told[1]))) if told else ()


def _with_unit(column: Column, head: str, above: tuple[str, ...]) -> Column:
    """A column with its unit: that of its heading, else the one that all its like share."""
    inner = _UNIT_IN_HEAD.search(head)
    if inner and is_unit(inner[1]):
        return replace(column, unit=inner[1])
    likely = [each for each in above if is_unit(each) and (each == "%") == bool(column.growth)]
    return replace(column, unit=likely[0]) if len(likely) == 1 else column


def by_indicator(table: Table) -> Table | None:
    """A table with a row for each year (年度, 产值（亿元）, …) turned to one for each indicator; else None."""
    head, *body = table.rows or ((),)
    if table.header_rows != 1 or len(head) < 2 or len(body) < 2:
        return None
    years = all(_YEAR.fullmatch(row[0].text) for row in body)
    if not _YEARS.fullmatch(head[0].text) or not years or any(dates(each.text) for each in head):
        return None
    return Table(tuple(zip(*table.rows, strict=True)))


_YEARS = re.compile(r"年[度份]|时间|时期|")
_YEAR = re.compile(r"(?:19|20)\d\d年(?:[底末]|目标)?")


def layout_of(
    table: Table, context: Context, above: tuple[str, ...] = (), name: int | None = None
) -> Layout | None:
    """The columns of a table of indicators; None where it is none.

    ``above``: ``units_above``; ``name`` is the column of the names, where it is known.
    """
    if not table.rows or table.header_rows < 1:
        return None
    width = len(table.rows[0])
    heads = [
        "".join(dict.fromkeys(row[i].text for row in table.rows[: table.header_rows]))
        for i in range(width)
    ]
    if name is None:
        named = [i for i, head in enumerate(heads) if NAME.search(head) and not dates(head)]
        own = [i for i in named if not _CATEGORY.search(heads[i])]  # 指标名称 beside 指标分类
        name = next(iter(own or named), None)
    unit = attribute = None
    values: list[Column] = []
    for i, head in enumerate(heads):
        if i == name or _NUMBER.search(head):
            continue
        if _ATTRIBUTE.search(head):
            attribute = i
        elif unit is None and _UNIT.search(head):
            unit = i
        else:
            column = _value_column(i, head, context)
            if column is not None:
                noun = _NOUN.search(head)
                named = noun[1] if noun and is_measure(noun[1]) else ""
                values.append(replace(_with_unit(column, head, above), noun=named))
    if name is None:
        names = [i for i, head in enumerate(heads) if re.search(r"指标|名称", head)]
        name = names[-1] if names else _named_by_goals(heads, table)
    if attribute is None:
        attribute = _told_attributes(table)
    values = _of_the_past([each for each in values if each.index != name], context)
    if name is None or not values:
        return None
    nouns = {each.noun for each in values if not each.growth}
    if len(nouns) == 1:  # 「年均增速」 beside columns of 产值
        values = [replace(each, noun=next(iter(nouns))) for each in values]
    return Layout(name, unit, attribute, tuple(values))


def _told_attributes(table: Table) -> int | None:
    """The column whose cells say 约束性 or 预期性, whatever its heading (备注)."""
    body = table.rows[table.header_rows :]
    for i in range(len(table.rows[0])):
        told = [row[i].text for row in body if row[i].text and not row[i].merged]
        if told and all(text in ("约束性", "预期性") for text in told):
            return i
    return None


def _of_the_past(values: list[Column], context: Context) -> list[Column]:
    """Rates beside columns that are all past tell the years between the first and the last of these:
    2025年, 2030年, 年均/累计 in a plan of 2031—2035."""
    levels = [each.period.last for each in values if not each.growth]
    if not levels or any(each.target for each in values if not each.growth):
        return values
    first, last = min(levels), max(levels)
    if context.plan is None or first >= last or last >= context.plan.first:
        return values
    past = Period(first + 1, last)
    return [
        replace(each, period=past, target=False) if each.growth == "yearly" else each
        for each in values
    ]


def _named_by_goals(heads: list[str], table: Table) -> int | None:
    """A column 目标 or 内容 whose cells are words: it names what the other columns measure."""
    body = table.rows[table.header_rows :]
    for i, head in enumerate(heads):
        worded = sum(not re.search(r"^[-—<>≥≤约]*\d", row[i].text) for row in body)
        if re.fullmatch(r"(?:主要|发展)?(?:目标|内容|事项|任务)", head) and worded * 2 > len(body):
            return i
    return None


def _reported_column(index: int, head: str, year: int) -> Column | None:
    """A column of a communiqué: 产量, 绝对数, 比上年增长(%)."""
    if dates(head):
        return None
    if _GROWTH.search(head) and re.search(r"比上年|同比|增长|增速", head) and "年均" not in head:
        return Column(index, Period.year(year), False, "growth")
    if _AMOUNT.search(head):
        return Column(index, Period.year(year), False, "")
    return None


# 目标完成率(%), 实现程度: how far the goal of the row is reached
_REACHED = re.compile(r"(?:完成|实现|达成)(?:率|比例|程度)")


_NOUN = re.compile(r"^(?:19|20)\d\d年(?:目标|预期|规划)?([一-龥]{2,6}?)(?:目标|\(|$)")
_TASKED = re.compile(r"(?:计划|总|建设|目标)任务(?:量|数)?|(?:计划|任务)(?:数|量|总量)")


def _value_column(index: int, head: str, context: Context) -> Column | None:
    plan = context.plan
    found = dates(head)
    if _REACHED.search(head):
        year = found[-1].period.last if found else context.undated_year
        return Column(index, Period.year(year), False, "reached") if year else None
    whole = plan or (Period.year(context.fact_year) if context.fact_year else None)
    if context.mode == "fact" and context.fact_year is not None:
        reported = _reported_column(index, head, context.fact_year)
        if reported is not None:
            return reported
    if _GROWTH.search(head) and not re.search(r"目标值$", head):
        if whole is None:
            return None
        period = found[-1].period if found and found[-1].whole else whole
        target = plan is None or period.last >= plan.first
        return Column(index, period, target, "yearly")
    if found:
        period = Period.year(found[-1].period.last)
        span = found[-1].period if found[-1].whole else None
        reached = context.fact_year if context.review else None
        if reached is not None:
            ahead = period.last > reached or bool(_GOAL.search(head))
            return Column(index, period, ahead and not _BASE.search(head), "")
        told = context.fact_year is not None and period.last <= context.fact_year
        if told and not _GOAL.search(head):
            # 2022年 beside 2025年目标 in a review
            return Column(index, period, False, "", span=span)
        past = bool(_BASE.search(head)) or (plan is not None and period.last < plan.first)
        if span is not None and _GOAL.search(head) and not _BASE.search(head):
            past = False  # “十五五”规划目标 beside what was done, in a plan of the next five years
        if past and _FORMER_GOAL.search(head) and not _BASE.search(head):
            return None
        if plan is None and not _GOAL.search(head):
            past = context.fact_year is not None and period.last <= context.fact_year
        return Column(index, period, not past, "", span=span)
    if plan is not None and index and _TASKED.fullmatch(head):
        return Column(index, Period.year(plan.last), True, "", span=plan)
    if _CATEGORY.search(head) and not _GOAL.search(head.removesuffix("目标") or head):
        return None
    if whole is not None and (_GOAL.search(head) and index):
        return Column(index, Period.year(whole.last), True, "")
    if whole is not None and _BASE.search(head):
        return Column(index, Period.year(whole.first - 1), False, "")
    return None
