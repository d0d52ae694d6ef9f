"""One cell of an indicator table: the numbers it holds, with bounds and hedges, or a goal in words.

The name, the unit and the column of a cell are given; what is read are its levels, rates, multiples and
``[N]``, which is a sum or change over the whole period (``docs/semantics.md`` §4).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from jingwei.core import Period
from jingwei.core.statement import Measure, Op
from jingwei.plans import subjects
from jingwei.plans.context import Context
from jingwei.plans.dates import NUMBER_OF_YEARS, dates
from jingwei.plans.lexicon import any_of, any_word, words
from jingwei.plans.ranks import is_rank, population_of, without_rank
from jingwei.plans.reading import Reading
from jingwei.plans.table_columns import Column
from jingwei.plans.unit_words import unit_traits

_CHANGED_BY = re.compile(r"(?:累计)?(下降|降低|减少|增长|提高)[^,;\d]{0,2}$")
_IN_WORDS = re.compile(r"[一-龥]{4}")  # 与经济增长基本同步 under yearly averages
# 「入托率提高(百分点)」 over [5]
_CHANGE_IN_POINTS = re.compile(
    r"(?P<of>.{2,}?)(?:累计)?(?P<verb>提高|提升|增加|上升|下降|降低|减少)"
)
_RATE_BESIDE = re.compile(r"(?:增速|增长率?|增幅)(?:为|达)?$")
_YEARS_WRITTEN = {2: "两年", 3: "三年", 4: "四年", 5: "五年"}
# 2.5倍, 达到年的2.5倍 (the date blanked): of the base, whatever the unit of the row
_TIMES = re.compile(
    r"(?:达到?|是|为|约)?(?:年+(?:的|水平的?)?)?(?P<times>\d+(?:\.\d+)?)倍(?P<after>左右|以上)?"
)
ADDED = re.compile(r"(?:累计|年均|每年)?(?:新增|净增|增加|新培育|新建|新认定)(?!长|能|型|材|兴)")
_ENCLOSED = re.compile(r"\[[^\[\]]*[一-龥][^\[\]]*\]")
_LABEL = re.compile(r"(?<=[\[\d;,])([一-龥]{1,6}):[^:\d]*$")
# of such a row -1.8 is less than nothing
_BELOW_ZERO = re.compile(r"增|变化|变动|差|利润|涨|跌|降")
_CHANGES = re.compile(r"下降|降低|减少|提高|提升|增加|幅|增速|增长")
_BEFORE_OP: dict[str, Op] = {">": ">", "＞": ">", "<": "<", "＜": "<", "前": "<="}
# A unit column that holds the verb of its goals: 提高百分点, 累计下降(%).
_VERB_IN_UNIT = re.compile(
    r"(?P<verb>(?:累计)?(?:提高|提升|增加|下降|降低|减少))(?:[(（](?P<bracketed>[^()（）]+)[)）]|(?P<unit>个?百分点|%))"
)


def read_cell(
    cell: str, name: str, unit: str, column: Column, context: Context
) -> Iterator[tuple[Reading, str | None]]:
    """The readings of one cell, with the words of a goal told in words; ``name`` and ``unit`` are of its row."""
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
            _subject_of(name, unit), unit="", op="x", value=float(times["times"]), column=column, context=context,
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
                _subject_of(name, unit), unit=unit, op="qual", value=None, column=column, context=context,
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
        if points is not None and reading.op in ("=", "~", ">=", ">"):
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
    elif ADDED.match(name) and op in ("=", "~", ">=", ">") and (unit or own_unit) not in ("", "%"):
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
    subject = _subject_of(name, printed)
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


def _subject_of(name: str, unit: str) -> str:
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
