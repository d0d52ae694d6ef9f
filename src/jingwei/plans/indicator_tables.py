"""Indicator tables: every row of 主要指标 as statements.

Columns are known by their headings, not by their place: 指标, 单位, 属性, years, yearly averages
come in any order. A row gives one statement for each cell that holds a value: the baseline of
an earlier year is an observation, the goal a target; words instead of a number (基本稳定,
完成本市目标) are a goal in words. ``[N]`` is a sum or change over the whole period, also in a
column of yearly averages (``docs/semantics.md`` §4).
"""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from jingwei.core import Period
from jingwei.core.statement import Measure, Op
from jingwei.documents.model import Cell, Table, Text
from jingwei.plans import subjects
from jingwei.plans.context import Context
from jingwei.plans.dates import NUMBER_OF_YEARS, dates
from jingwei.plans.deeds import opens_with_deed
from jingwei.plans.lexicon import any_of, any_word
from jingwei.plans.ranks import is_rank, population_of, without_rank
from jingwei.plans.reading import Reading
from jingwei.plans.table_columns import NAME, Column, Layout, by_indicator, layout_of, units_above
from jingwei.plans.unit_words import unit_traits

_ATTRIBUTES = ("约束性", "预期性")
_CHANGED_BY = re.compile(r"(?:累计)?(下降|降低|减少|增长|提高)[^,;\d]{0,2}$")
_NOTHING = re.compile(r"^[-—–－/\\·.…*]*$")


@dataclass(frozen=True, slots=True)
class Row:
    """One statement of an indicator table: the reading, its attribute, words and quote."""

    reading: Reading
    attr: str | None
    text: str | None
    quote: Text


def read_table(table: Table, context: Context, caption: str = "") -> list[Row]:
    """The statements of a table, empty where it is no table of indicators.

    ``caption`` is the line above it, which may give the units of all columns.
    """
    turned = by_indicator(table)
    table = turned or table
    context = _of_plan_reviewed(context, caption)
    layout = layout_of(table, context, units_above(caption), None if turned is None else 0)
    if layout is None:
        return []
    rows: list[Row] = []
    above = ""
    marked = _marks_of_notes([row[layout.name].text for row in table.rows[table.header_rows :]])
    twins = _level_and_share(table, layout)
    for cells in table.rows[table.header_rows :]:
        printed = _MARKED.sub("", _NUMBERED.sub("", _STARRED.sub("", cells[layout.name].text)))
        if marked:
            printed = _FLAT_MARK.sub("", printed)
        if all(cell.merged and cell.text == cells[0].text for cell in cells[1:]):
            continue  # 「二、创新驱动」: the name of a group of rows
        name, unit = _PART.sub("", printed), _unit_of(cells, layout)
        name, unit = _unit_in_name(name, unit, layout.unit is None)
        if not unit and name != printed:
            unit = above  # 「其中：…」 is a part of the row above, in its unit
        above = unit
        if cells[layout.name].text in twins:
            name = _of_twin(name, unit)
        for each, parted in _parted(cells, name, unit, layout):
            rows += _read_row(parted, each, layout, context, printed=cells)
    return rows


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


def _level_and_share(table: Table, layout: Layout) -> set[str]:
    """The names that two rows have, one of them in %."""
    units: dict[str, list[str]] = {}
    for cells in table.rows[table.header_rows :]:
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


def rows_without_values(table: Table, context: Context, caption: str = "") -> list[str]:
    """The names of the rows of an indicator table all of whose values are empty: a copy lost some of their
    cells, and of what is left nothing says under which heading it belongs."""
    if by_indicator(table) is not None or not read_table(table, context, caption):
        return []
    layout = layout_of(table, _of_plan_reviewed(context, caption), units_above(caption))
    if layout is None:
        return []
    names: list[str] = []
    for cells in table.rows[table.header_rows :]:
        group = all(cell.merged for cell in cells[1:])
        name = cells[layout.name].text
        if name and not group and not any(cells[column.index].text for column in layout.values):
            names.append(name)
    return names


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


@cache
def _value() -> re.Pattern[str]:
    before = any_word(
        "hedge.about_before", "hedge.more_before", "hedge.at_least_before",
        "hedge.less_before", "hedge.at_most_before",
    )  # fmt: skip
    after = any_word("hedge.about_after", "hedge.at_least_after", "hedge.at_most_after")
    number = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
    scale = any_of(["万亿", "千亿", "百亿", "亿", "千万", "百万", "万", "千"])
    units = any_of(unit_traits())
    return re.compile(
        rf"(?P<open>[\[〔【])?(?P<sign>[-+](?=\d))?(?P<before>{before}|前)?(?P<low>{number})"
        rf"(?P<scale1>(?:{scale})(?=[-—–~至到]+\d))?%?(?:[-—–~至到]+(?P<high>{number}))?"
        rf"(?P<scale>{scale})?(?P<unit>(?:{units})(?:/(?:{scale})?(?:{units}))?)?"
        rf"(?P<more>多|余|\+)?(?P<after>{after})?(?P<close>[\]〕】])?(?P<behind>(?<=[\]〕】]){after})?"
    )


_IN_WORDS = re.compile(r"[一-龥]{4}")  # 与经济增长基本同步 under yearly averages
_CHANGE_IN_POINTS = re.compile(
    r"(?P<of>.{2,}?)(?:累计)?(?P<verb>提高|提升|增加|上升|下降|降低|减少)"
)
_RATE_BESIDE = re.compile(r"(?:增速|增长率?|增幅)(?:为|达)?$")
_YEARS_WRITTEN = {2: "两年", 3: "三年", 4: "四年", 5: "五年"}
_MARKED = re.compile(r"(?<=.)[①-⑳*†]+$")  # 「北斗系统应用率(%)②」: a mark of a note
_NOTE = re.compile(r"(?:注|备注|说明|资料来源)(?:\d{0,2}[::]|$)")  # and not 注册护士数
_YEAR_OF_ITS_OWN = re.compile(r"\(((?:19|20)\d\d)年[^()]*\)$")  # 「21.5(2024年)」 under 2025年
_STARRED = re.compile(r"^[★☆▲△※*●◆]+(?=.)")  # marks that a note below the table explains
_NUMBERED = re.compile(r"^\d{1,2}[.、．](?!\d)")
_PART = re.compile(r"^(?:其中|#|(?:一|二|三)是)[::,]?(?=.)")
# 2.5倍, 达到年的2.5倍 (the date blanked): of the base, whatever the unit of the row
_TIMES = re.compile(
    r"(?:达到?|是|为|约)?(?:年+(?:的|水平的?)?)?(?P<times>\d+(?:\.\d+)?)倍(?P<after>左右|以上)?"
)
_ADDED = re.compile(r"(?:累计|年均|每年)?(?:新增|净增|增加|新培育|新建|新认定)(?!长|能|型|材|兴)")
_ENCLOSED = re.compile(r"\[[^\[\]]*[一-龥][^\[\]]*\]")
_LABEL = re.compile(r"(?<=[\[\d;,])([一-龥]{1,6}):[^:\d]*$")
_BELOW_ZERO = re.compile(
    r"增|变化|变动|差|利润|涨|跌|降"
)  # of such a row -1.8 is less than nothing
_CHANGES = re.compile(r"下降|降低|减少|提高|提升|增加|幅|增速|增长")
_BEFORE_OP: dict[str, Op] = {">": ">", "＞": ">", "<": "<", "＜": "<", "前": "<="}


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
        for reading, text in _read_cell(cell, of, unit or column.unit, column, context):
            done = reading.measure == "level" and opens_with_deed(name)
            if column.span and (done or reading.op in ("+", "-")):
                reading = reading._replace(period=column.span)
            if not column.growth:
                if reading.measure != "flow":  # [2150] under the base year is a sum, no level
                    levels.append(reading)
            elif _is_growth_over_all(reading, levels):
                reading = reading._replace(unit="%", subject=f"{reading.subject}累计增长")
            elif _is_yearly_growth(reading, levels):
                name_ = subjects.growth_name(reading.subject, "增速", yearly=True)
                reading = reading._replace(unit="%", subject=name_, measure="growth")
            elif (
                reading.measure == "flow"
                and reading.value is not None
                and (
                    _is_change_of_base(reading, levels)
                    or (levels[1:] and not _is_sum(reading.value, levels))
                )
            ):
                reading = _as_change(reading, reading.value)
            yield Row(reading, attr, text, quote)


def _ends(reading: Reading, levels: list[Reading]) -> tuple[float, float, float] | None:
    """``[N]`` under yearly averages with the base and the goal of its row, where it is not their
    difference (81.5, 82 and [0.5])."""
    values = [level.value for level in levels if level.value is not None]
    stated = reading.value
    if reading.measure != "flow" or stated is None or len(values) < 2 or min(values) <= 0:
        return None
    first, last = values[0], values[-1]
    return None if abs(last - first - stated) <= abs(stated) / 50 else (stated, first, last)


def _is_growth_over_all(reading: Reading, levels: list[Reading]) -> bool:
    """Whether ``[N]`` is the growth in % from the row's base to its goal, as 1.2 → 2.1 and [75] show."""
    ends = _ends(reading, levels)
    if ends is None:
        return False
    stated, first, last = ends
    return abs((last / first - 1) * 100 - stated) <= max(_ROUNDED, stated / 50)


def _is_yearly_growth(reading: Reading, levels: list[Reading]) -> bool:
    """Whether ``[N]`` is the yearly growth from the base to the goal, as 980 → 1450 and [8] show."""
    ends = _ends(reading, levels)
    if ends is None:
        return False
    stated, first, last = ends
    yearly = (last / first) ** (1 / len(reading.period.years)) - 1
    return abs(yearly * 100 - stated) <= _ROUNDED


def _is_change_of_base(reading: Reading, levels: list[Reading]) -> bool:
    """``[0.9]`` beside a base of 79.1 alone: what the level is to gain, and no level or sum of years."""
    base = levels[0].value if len(levels) == 1 else None
    stated = reading.value
    counted = _ADDED.search(reading.subject) or "累计" in reading.subject
    return (
        base is not None
        and stated is not None
        and not counted
        and reading.measure == "flow"
        and 0 < abs(stated) < base / _BASE_OVER_CHANGE
    )


_BASE_OVER_CHANGE = 3  # times what is added in five years


def _is_sum(stated: float, levels: list[Reading]) -> bool:
    """Whether ``[N]`` adds up years as the row has them: 31.4, >25 and [125] 万人, and no change of theirs."""
    values = [level.value for level in levels if level.value is not None]
    return len(values) > 1 and stated > _YEARS_OF_A_SUM * max(values) > 0


_YEARS_OF_A_SUM = 3  # times the largest year of a row
_ROUNDED = 0.5  # points of a rate printed without decimals


def _as_change(reading: Reading, value: float) -> Reading:
    """``[N]`` beside the levels of its row: by how much the level changes over the period."""
    op: Op = "+" if value >= 0 else "-"
    if reading.op != "=" or (value >= 0 and re.search(r"下降|降低|减少|降幅", reading.subject)):
        return reading
    return reading._replace(op=op, value=abs(value), measure="increase")


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


# A unit column that holds the verb of its goals: 提高百分点, 累计下降(%).
_VERB_IN_UNIT = re.compile(
    r"(?P<verb>(?:累计)?(?:提高|提升|增加|下降|降低|减少))(?:[(（](?P<bracketed>[^()（）]+)[)）]|(?P<unit>个?百分点|%))"
)


def _read_cell(
    cell: str, name: str, unit: str, column: Column, context: Context
) -> Iterator[tuple[Reading, str | None]]:
    role = "target" if column.target else "observation"
    if column.growth == "reached":
        name, unit, column = f"{name}目标完成率", "%", replace(column, growth="")
    verb = _VERB_IN_UNIT.fullmatch(unit)
    if verb is not None:  # 提高百分点 over 1—1.5: the goal is a rise by so many points
        unit = verb["unit"] or verb["bracketed"]
        falls = re.search("下降|降低|减少", verb["verb"]) is not None
        if falls and unit == "%" and column.target and verb["verb"] not in name:
            name = f"{name}{verb['verb']}"  # a rate of decline, and no share
        elif column.target:
            cell = cell if verb["verb"] in cell else f"{verb['verb']}{cell}"
        elif unit in ("百分点", "个百分点"):
            unit = "%"  # the base is the share itself
    base = next((date.period.last for date in dates(cell)), None)
    bare = _without_dates(cell)
    double = re.search(r"倍增|翻(?:([一两二三])番|番)|翻一番|减半", bare)
    times = _TIMES.fullmatch(bare)
    if times and not column.growth and unit != "倍":
        yield _reading(
            subjects_of(name, unit), unit="", op="x", value=float(times["times"]), column=column, context=context,
            measure="multiple", hedge=times["after"] or "", base=base, role=role,
        ), None  # fmt: skip
        return
    if double:
        value = (
            0.5
            if "减半" in double[0]
            else 4.0
            if "两番" in double[0] or "二番" in double[0]
            else 2.0
        )
        yield _reading(
            name, unit="", op="x", value=value, column=column, context=context,
            measure="multiple", hedge="", base=base, role=role,
        ), None  # fmt: skip
        return
    found = list(_value().finditer(bare))
    if not found:
        if column.target and (not column.growth or _IN_WORDS.search(bare)):
            measure: Measure = (
                "elsewhere"
                if re.search(r"完成|达到|按照|落实|下达|要求", bare)
                and re.search(r"目标|要求|任务|标准|下达", bare)
                else "rank"
            )
            reading = _reading(
                subjects_of(name, unit), unit=unit, op="qual", value=None, column=column, context=context,
                measure=measure, hedge="", base=base, role=role,
            )  # fmt: skip
            yield reading, cell[1:-1] if _ENCLOSED.fullmatch(cell) else cell
        return
    points = _CHANGE_IN_POINTS.fullmatch(name) if unit in ("百分点", "个百分点") else None
    for match in found:
        of_growth = match is not found[0] and unit != "%" and not column.growth
        if of_growth and _RATE_BESIDE.search(bare, found[0].end(), match.start()):
            # 「19428.78,年均增速4.8%」 in one cell
            yearly = replace(column, growth="yearly", period=context.plan or column.period)
            yield _numeric(match, bare, name, unit, yearly, context, base, role), None
            continue
        reading = _numeric(match, bare, name, unit, column, context, base, role)
        if match is not found[0] and bare[: match.start()].endswith("/") and not match["before"]:
            reading = reading._replace(op=_bound_of(found[0], reading.op))
        if points is not None and reading.op in (
            "=",
            "~",
            ">=",
            ">",
        ):  # 「入托率提高(百分点)」 over [5]
            up = points["verb"] in ("提高", "提升", "增加", "上升")
            reading = reading._replace(
                subject=points["of"], unit="%", op="+" if up else "-", measure="increase"
            )
        yield reading, None


def _bound_of(first: re.Match[str], op: Op) -> Op:
    """The bound of 「>40万千瓦/80万千瓦时」 holds for both of its numbers."""
    return _BEFORE_OP.get(first["before"] or "", op)


def _numeric(
    match: re.Match[str], cell: str, name: str, unit: str, column: Column, context: Context,
    base: int | None, role: str,
) -> Reading:  # fmt: skip
    low, high = _float(match["low"]), match["high"]
    if match["sign"] == "-" and (column.growth or _BELOW_ZERO.search(name)):
        low = -low
    enclosed = _ENCLOSED.fullmatch(cell) is not None  # 「[累计达到1000]」
    whole = bool(match["open"] and match["close"]) or enclosed
    label = _LABEL.search(cell, 0, match.start()) if enclosed else None
    name = f"{name}({label[1]})" if label else name  # 「[成片:五年累计约110零星:五年累计约20]」
    rate = unit != "%" and cell[match.end("low") :].startswith("%") and column.growth
    if whole and rate:
        whole = False  # [5.2%] in a row of 万元/人 is a rate of growth, no sum of the years
    before, after = match["before"] or "", match["after"] or match["behind"] or ""
    op: Op = "="
    if before:
        op = _BEFORE_OP.get(before) or _hedge_op(before)
        if op == ">" and before not in (">", "＞"):
            op = ">="
    if match["more"]:
        op = ">" if match["more"] != "+" else ">="
    if after:
        op = _hedge_op(after)
    prefix = cell[: match.start()]
    own_unit = (match["scale"] or "") + (match["unit"] or "")
    if match["scale"] and not match["unit"]:
        own_unit = match["scale"] + unit
    if not unit and not own_unit and cell.startswith("%", match.end("high" if high else "low")):
        own_unit = "%"  # 「30%以上」 where no column gives units
    if re.search(r"(?:提高|增加|提升|增长|新增|净增)[^,;]{0,4}$", prefix) and not column.growth:
        rate = "增长" in prefix and (own_unit == "%" or unit == "%")
        op = op if rate else "+"
    elif re.search(r"(?:减少|压减|降低|下降)[^,;]{0,4}$", prefix) and "百分点" in (
        own_unit or unit
    ):
        op = "-"
    elif _ADDED.match(name) and op in ("=", "~", ">=", ">") and (unit or own_unit) not in ("", "%"):
        op = "+"
    printed = unit or own_unit
    if match["scale"] and unit:
        printed = own_unit
    change = _CHANGED_BY.search(prefix)
    if change and not column.growth and unit != "%" and cell[match.end("low") :].startswith("%"):
        # 「下降14%」 in a row of 吨标准煤/万元 is a rate, not a level
        printed, unit = "%", "%"
        name = name if change[1] in name else name + change[1]
    if column.growth and not whole:
        printed = own_unit or "%"
    value: float | None = low
    bounds: tuple[float | None, float | None] = (None, None)
    if high:
        value, bounds = None, (low, _float(high))
        op = op if op in ("+", "-") else "range"
    measure: Measure = "level"
    subject = subjects_of(name, printed)
    of_its_own = unit == "%" and name.endswith("率")  # 城镇调查失业率 <5.5
    if column.growth and not (whole or of_its_own or re.search(r"下降|降低|减少|增速|增长", name)):
        yearly = column.growth == "yearly"
        subject = subjects.growth_name(re.sub(r"数量$", "", name), "增速", yearly)
        measure = "growth"
    elif whole:
        falls = printed == "%" and re.search(r"下降|降低|减少", name)
        measure = "reduction" if falls else "flow"
        rises = printed == "%" and not _CHANGES.search(subject)
        years = _YEARS_WRITTEN.get(len(context.plan.years), "") if context.plan else ""
        subject += f"{years}累计{'下降' if low < 0 else '提高'}" if rises else ""
    elif re.search(r"增速|年均增长|增长率$", name):
        subject, measure = (
            re.sub(
                r"(?:年均)?(?:增速|增长率?|增长速度)$",
                "年均增速" if "年均" in name else "增速",
                name,
            ),
            "growth",
        )
    elif printed == "%":
        measure = "reduction" if re.search(r"下降|降低|减少", name) else "share"
    if is_rank(name) or printed in ("位次", "名次"):
        measure = "rank"
        told = population_of(cell)
        if told and not population_of(name):
            subject = f"{without_rank(name)}{told}排名"  # 创新能力排名: 全国前10
    hedge = "…".join(word for word in (before, match["more"] or "", after) if word)
    return _reading(
        subject, unit=printed, op=op, value=value, column=column, context=context, measure=measure,
        hedge=hedge, base=base, role=role, low=bounds[0], high=bounds[1], whole=whole,
    )  # fmt: skip


@cache
def _hedge_ops() -> dict[str, Op]:
    from jingwei.plans.lexicon import words

    sides: dict[str, Op] = {
        "about_before": "~", "more_before": ">", "at_least_before": ">=", "less_before": "<",
        "at_most_before": "<=", "about_after": "~", "at_least_after": ">=", "at_most_after": "<=",
    }  # fmt: skip
    return {word: op for side, op in sides.items() for word in words(f"hedge.{side}")}


def _hedge_op(word: str) -> Op:
    return _hedge_ops()[word]


def _float(text: str) -> float:
    return float(text.replace(",", ""))


def _without_dates(cell: str) -> str:
    pieces = list(cell)
    for date in dates(cell):
        pieces[date.start : date.end] = "年" * (date.end - date.start)
    return re.sub(r"\[\d\](?=$|[^\d])(?<!^\[\d\])", "", "".join(pieces))


def subjects_of(name: str, unit: str) -> str:
    """The row's name as an indicator: counts get 数量, declines 幅度."""
    if re.search(r"(?:下降|降低|提高|提升|减少)$", name):
        return name + "幅度"
    traits = unit_traits()
    head = re.sub(r"^(?:万亿|亿|千万|百万|万|千)", "", unit.partition("/")[0]) or unit
    if traits.get(head) == "measure" and "/" not in unit and head not in ("人", "人次"):
        return subjects.counted(name)
    return name


_SUM_OF_YEARS = re.compile(r"([两三四五2-5])年(?:累计|合计|总)")


def _reading(
    subject: str, *, unit: str, op: Op, value: float | None, column: Column, context: Context,
    measure: Measure, hedge: str, base: int | None, role: str, low: float | None = None,
    high: float | None = None, whole: bool = False,
) -> Reading:  # fmt: skip
    period = column.period
    plan = context.plan
    years = _SUM_OF_YEARS.search(subject)
    if years and period.first == period.last and not (plan is not None and column.target):
        # 「工业投资(五年累计)」 of the base year is the sum of the years up to it
        period = Period(period.last - NUMBER_OF_YEARS[years[1]] + 1, period.last)
    elif whole and plan is not None and not column.target and period.first == period.last:
        # [2150] sums the plan up to its year, before the plan as many years as that has
        within = period.last in plan.years
        period = Period(plan.first if within else period.last - len(plan.years) + 1, period.last)
    whole = whole or years is not None
    if (whole or measure in ("growth", "reduction", "flow")) and plan is not None and column.target:
        # a step on the way (2033年 in a table up to 2035年) sums up to its own year
        step = period.last in plan.years and period.last < plan.last
        period = Period(plan.first, period.last) if step else plan
    return Reading(
        0, 0, subject, context.region, "target" if role == "target" else "observation", op, value, low, high,
        unit, period, False, measure, hedge, base, "指标表",
    )  # fmt: skip
