"""Indicator tables: every row of 主要指标 as statements.

Columns are known by their headings, not by their place: 指标, 单位, 属性, years, yearly averages
come in any order. A row gives one statement for each cell that holds a value: the baseline of
an earlier year is an observation, the goal a target; words instead of a number (基本稳定,
完成本市目标) are a goal in words. ``[N]`` is a sum or change over the whole period, also in a
column of yearly averages (``docs/semantics.md`` §4). What a cell says is in ``indicator_cells``, what
``[N]`` is beside the levels of its row in ``bracketed_sums``.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jingwei.core import Period
from jingwei.documents.model import Cell, Table, Text
from jingwei.plans import subjects
from jingwei.plans.bracketed_sums import beside_levels
from jingwei.plans.context import Context
from jingwei.plans.dates import dates
from jingwei.plans.deeds import opens_with_deed
from jingwei.plans.indicator_cells import read_cell
from jingwei.plans.reading import Reading
from jingwei.plans.table_columns import NAME, Column, Layout, by_indicator, layout_of, units_above
from jingwei.plans.unit_words import unit_traits

_ATTRIBUTES = ("约束性", "预期性")
_NOTHING = re.compile(r"^[-—–－/\\·.…*]*$")


@dataclass(frozen=True, slots=True)
class Row:
    """One statement of an indicator table: the reading, its attribute, words and quote."""

    reading: Reading
    attr: str | None
    text: str | None
    quote: Text


@dataclass(frozen=True, slots=True)
class TableRead:
    """The statements of a table, and the names of its rows that have a unit or 约束性 but no value: a copy has
    lost some of their cells, and of what is left nothing says under which heading it belongs."""

    rows: list[Row]
    without_values: list[str]


def read_table(table: Table, context: Context, caption: str = "") -> TableRead:
    """What a table says, nothing where it is no table of indicators.

    ``caption`` is the line above it, which may give the units of all columns.
    """
    turned = by_indicator(table)
    table = turned or table
    context = _of_plan_reviewed(context, caption)
    layout = layout_of(table, context, units_above(caption), None if turned is None else 0)
    if layout is None:
        return TableRead([], [])
    rows: list[Row] = []
    without: list[str] = []
    above = ""
    body = table.rows[table.header_rows :]
    marked = _marks_of_notes([row[layout.name].text for row in body])
    twins = _level_and_share(body, layout)
    for cells in body:
        printed = _MARKED.sub("", _NUMBERED.sub("", _STARRED.sub("", cells[layout.name].text)))
        if marked:
            printed = _FLAT_MARK.sub("", printed)
        if all(cell.merged and cell.text == cells[0].text for cell in cells[1:]):
            continue  # 「二、创新驱动」: the name of a group of rows
        name, unit = _PART.sub("", printed), _unit_of(cells, layout)
        name, unit = _unit_in_name(name, unit, layout.unit is None)
        if turned is None and name and _lacks_values(cells, unit, layout):
            without.append(cells[layout.name].text)
        if not unit and name != printed:
            unit = above  # 「其中：…」 is a part of the row above, in its unit
        above = unit
        if cells[layout.name].text in twins:
            name = _of_twin(name, unit)
        for each, parted in _parted(cells, name, unit, layout):
            rows += _read_row(parted, each, layout, context, printed=cells)
    return TableRead(rows, without if rows else [])


def _lacks_values(cells: tuple[Cell, ...], unit: str, layout: Layout) -> bool:
    """Whether a row is one of an indicator, by its unit or attribute, and has no value, not even a dash."""
    attribute = cells[layout.attribute] if layout.attribute is not None else None
    own = unit or (attribute is not None and attribute.text and not attribute.merged)
    return bool(own) and not any(cells[column.index].text for column in layout.values)


_COMPLETED = re.compile(r"(?:完成|实施|执行|实现)情况")


def _of_plan_reviewed(context: Context, caption: str) -> Context:
    """Where a table tells how an earlier plan was fulfilled (“十五五”规划指标完成情况), the years of its goals and
    facts are those of that plan."""
    spans = [date.period for date in dates(caption) if date.whole]
    reviewed = context.plan is not None and len(spans) == 1 and _COMPLETED.search(caption)
    if not reviewed or context.plan is None or spans[0].last >= context.plan.first:
        return context
    return replace(context, plan=spans[0], goal_period=spans[0], fact_year=spans[0].last)


# 「油品消费量及比重」 over 「万吨」 and 「%」: a level and its share, a row each
_LEVEL_AND_SHARE = re.compile(
    r"(?P<level>.{2,}?)[及和与、](?P<share>[^及和与、]*(?:比重|占比|比例|率|增速))"
)


def _level_and_share(body: Sequence[tuple[Cell, ...]], layout: Layout) -> set[str]:
    """The names that two rows have, one of them in %."""
    units: dict[str, list[str]] = {}
    for cells in body:
        units.setdefault(cells[layout.name].text, []).append(_unit_of(cells, layout))
    return {
        name
        for name, told in units.items()
        if len(told) == 2 and sum(unit == "%" for unit in told) == 1 and "" not in told
    }


def _of_twin(name: str, unit: str) -> str:
    both = _LEVEL_AND_SHARE.fullmatch(name)
    if both is None:
        return name
    return f"{both['level']}{both['share']}" if unit == "%" else both["level"]


_FLAT_MARK = re.compile(r"(?<=[一-龥)])\d(?=$|[(（])")


def _marks_of_notes(names: list[str]) -> bool:
    """Whether names end in digits that number notes, 1, 2, 3 … down the table (「宽带普及率3(%)」)."""
    found = [match[0] for match in map(_FLAT_MARK.search, names) if match]
    return len(found) > 1 and found == [str(n) for n in range(1, len(found) + 1)]


def _parted(
    cells: tuple[Cell, ...], name: str, unit: str, layout: Layout
) -> Iterator[tuple[tuple[str, str], tuple[Cell, ...]]]:
    """The rows that one printed row holds: 「货物吞吐量/集装箱吞吐量」 in 「亿吨/万标箱」 with 「3.4/268」
    in its cells are two; most rows are one."""
    names, units = name.split("/"), unit.split("/")
    values = [column.index for column in layout.values]
    told = [i for i in values if not _NOTHING.match(cells[i].text)]
    count = len(names)
    even = count > 1 and len(units) in (1, count)
    if not even or not told or any(len(cells[i].text.split("/")) != count for i in told):
        yield (name, unit), cells
        return
    noun = subjects.measure_of(names[-1])
    names = [each if subjects.is_measure(each) else each + noun for each in names]
    for at in range(count):
        each = units[at] if len(units) == count else unit
        parted = [_part_of(cell, at) if i in told else cell for i, cell in enumerate(cells)]
        yield (names[at], each), tuple(parted)


def _part_of(cell: Cell, at: int) -> Cell:
    """One of the values that stand in a cell with strokes between them."""
    before = cell.text.split("/")[:at]
    start = sum(map(len, before)) + len(before)
    stop = cell.text.find("/", start)
    end = len(cell.text) if stop < 0 else stop
    text, origins = cell.content.text, cell.content.origins
    return replace(cell, content=Text(text[start:end], origins[start:end]))


def _unit_of(cells: tuple[Cell, ...], layout: Layout) -> str:
    unit = cells[layout.unit].text if layout.unit is not None else ""
    return "" if _NOTHING.match(unit) else unit


_MARKED = re.compile(r"(?<=.)[①-⑳*†]+$")  # 「北斗系统应用率(%)②」: a mark of a note
_NOTE = re.compile(r"(?:注|备注|说明|资料来源)(?:\d{0,2}[::]|$)")  # and not 注册护士数
_YEAR_OF_ITS_OWN = re.compile(r"\(((?:19|20)\d\d)年[^()]*\)$")  # 「21.5(2024年)」 under 2025年
_STARRED = re.compile(r"^[★☆▲△※*●◆]+(?=.)")  # marks that a note below the table explains
_NUMBERED = re.compile(r"^\d{1,2}[.、．](?!\d)")
_PART = re.compile(r"^(?:其中|#|(?:一|二|三)是)[::,]?(?=.)")


def _read_row(
    cells: tuple[Cell, ...], named: tuple[str, str], layout: Layout, context: Context,
    *, printed: tuple[Cell, ...],
) -> Iterator[Row]:  # fmt: skip
    """The statements of one row of values; ``printed`` are its cells as they stand in the table."""
    name, unit = named
    if not name or NAME.fullmatch(name) or _NOTE.match(name):
        return
    attribute = cells[layout.attribute].text if layout.attribute is not None else ""
    attr = next((each for each in _ATTRIBUTES if each in attribute), None)
    levels: list[Reading] = []
    for column in layout.values:
        cell = cells[column.index].text
        if _NOTHING.match(cell):
            continue
        quote = _quote(printed, layout, column)
        own = _YEAR_OF_ITS_OWN.search(cell)
        if own and not column.target and not column.growth:
            column = replace(column, period=Period.year(int(own[1])))
        spans = [date.period for date in dates(cell, context.plan) if date.whole and not date.base]
        if len(spans) == 1:  # 「“十五五”年均增长4.1」, 「2031-2034年累计降低8.2」
            column = replace(column, period=spans[0])
        of = name + column.noun if column.noun and not subjects.is_measure(name) else name
        for reading, text in read_cell(cell, of, unit or column.unit, column, context):
            done = reading.measure == "level" and opens_with_deed(name)
            if column.span and (done or reading.op in ("+", "-")):
                reading = reading._replace(period=column.span)
            if column.growth:
                reading = beside_levels(reading, levels)
            elif reading.measure != "flow":  # [2150] under the base year is a sum, no level
                levels.append(reading)
            yield Row(reading, attr, text, quote)


def _unit_in_name(name: str, unit: str, no_column: bool) -> tuple[str, str]:
    """A unit printed behind the name: 「绿色制造产业产值(亿元)」."""
    match = re.search(r"[(（]([^()（）]*)[)）]$", name)
    earlier = re.search(r"[(（]([^()（）]*)[)）](?=[(（][^()（）]*[)）]$)", name)
    if earlier and not unit and earlier[1] in unit_traits():  # 「造林面积(万亩)(5年新增量)」
        return name.replace(earlier[0], "", 1), earlier[1]
    if match and not unit:
        inner = match[1].removeprefix("单位:")
        remark, comma, last = inner.rpartition(",")
        if comma and last in unit_traits():  # 「电信业务总量(2019年不变价,万亿元)」
            return f"{name[: match.start()]}({remark})", last
        bare = re.sub(r"^(?:万亿|千亿|百亿|亿|千万|百万|万|千)", "", inner.partition("/")[0])
        strange = (
            no_column
            and len(inner) <= 8
            and re.search("[一-龥]", inner)
            and not re.search(
                r"[含不按其中,、\d]|^(?:累计|合计|当年|全年|年度|新增|预计|总量)$", inner
            )
        )
        if inner in unit_traits() or bare in unit_traits() or inner == "%" or strange:
            return name[: match.start()], inner
    return name, unit


def _quote(cells: tuple[Cell, ...], layout: Layout, column: Column) -> Text:
    """Name, unit, values and attribute as printed; name and value alone where that is long."""
    chosen = [
        cell
        for i, cell in enumerate(cells)
        if i == layout.name or (i > layout.name and not cell.merged and cell.text)
    ]
    if sum(len(cell.text) for cell in chosen) > 60:
        chosen = [cells[layout.name], cells[column.index]]
    origins = array("I")
    for cell in chosen:
        origins.extend(cell.content.origins)
    return Text("".join(cell.text for cell in chosen), origins)
