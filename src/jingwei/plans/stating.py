"""One measured number as a reading: its operator, unit, scope, period and the words that hold it.

``measuring`` told what is measured, ``timing`` and ``periods`` when; here a number, its words and
the place that its sentence speaks of become a ``Reading``.
"""

import re
from functools import cache

from jingwei.core import Op, Period
from jingwei.plans import periods, sifting, technical, timing
from jingwei.plans.areas import area_of, is_area, turns_to_whole
from jingwei.plans.dates import Date
from jingwei.plans.goals_told import adjusts, date_of_the_goal
from jingwei.plans.levels import is_narrower, whole_spoken_of
from jingwei.plans.lexicon import any_word
from jingwei.plans.measured import (
    GROWN_BY_TIMES,
    OF_THE_GOAL,
    RATE_OF_THE_GOAL,
    TECHNICAL,
    Measured,
)
from jingwei.plans.orders import order_in
from jingwei.plans.reading import Reading
from jingwei.plans.regions import short_zone
from jingwei.plans.sentence import Memory, Number, Sentence
from jingwei.plans.wording import less_is_wanted

_PER = re.compile(
    r"每((?:百|千|万)(?:家|户)(?=[一-龥])|(?:月|日|天|小时)(?=(?:约|近|超|不低于)?$)|(?:亿|百万|十万|万|千|百)?(?:(?:名)?(?:城镇|城市|农村|常住|户籍|从业|就业){1,2}(?P<people>人口|人员)|平方公里|平方米|立方米|公顷|公斤|千克|吨|亩|亿元|万元|元|人口|人|名|度(?=电|电?[到为约达在]*$)|千瓦时)|[家户](?=企业|规)"
    # 「每条产业链培育2家」 is 家/条, 「每个省建成1个」 is 个/省
    r"|[条届款栋支](?=[一-龥])|(?<=每)个?(?:重点|主导)?(?P<of>省|设区市|地市|市州|县市区|县区|区县|县|乡镇|街道|行业|领域|园区|开发区)(?=[一-龥(]))"
)

_MONEY = re.compile(
    r"收入|产值|规模|增加值|总值|投资|营收|市值|成交|销售|交易|资产|利润|贷款|基金|GDP|出口"
)

_ZONE = re.compile(
    r"([一-龥]{2,10}?(?:新片区|新区|开发区|园区|区|新城|科学城|科技城))(?!生产总值|域|间)"
)

# ends the rule of a figure of a part of its year (截至2020年6月底), which is none of the whole year
WITHIN_YEAR = "·年内"


# 「土地产出由每平方公里67.4亿元提高到…」: the whole stands in the unit
_OF_EACH = re.compile(r"(?<=.{4})[由从]?每(?:平方公里|公顷|亩|百户|[百千万]?人|万元|吨|户)$")


def reading_of(
    sentence: Sentence, memory: Memory, number: Number, measured: Measured, date: Date | None,
    *, path_start: bool,
) -> Reading:  # fmt: skip
    mention, plan = number.mention, sentence.context.plan
    mode = timing.mode_of(sentence, memory, number, date)
    if path_start and mode == "goal" and adjusts(sentence, number):
        period = periods.period_of(sentence, memory, number, date, mode, "level", "=")
    elif path_start:
        adjacent = timing.adjacent_date(sentence, number) or (
            date
            if date is not None and re.search(r"(?:从|由)$", sentence.plain[: date.start])
            else None
        )
        period = (
            adjacent.period if adjacent else periods.start_of_path(sentence, memory, mode, date)
        )
        if plan is None or period.last < plan.first:
            mode = "fact"
    else:
        if measured.rule == OF_THE_GOAL and plan is not None and sentence.context.review:
            date = date_of_the_goal(sentence, number)
        gap_of_rates = measured.rule == "比较之差" and memory.measured[1] == "growth"
        kind = "growth" if gap_of_rates else measured.measure
        period = periods.period_of(sentence, memory, number, date, mode, kind, measured.op)
        part = kind == "share" and number.left.startswith("其中")
        if memory.summed is not None and part and re.search("占|比重|比例", measured.subject):
            period = memory.summed  # 「累计完成6146亿元,其中技术改造投资占比达到60%」
        elif measured.measure == "flow" and len(period.years) > 1:
            memory.summed = period
        if measured.rule == RATE_OF_THE_GOAL:
            period = Period.year(period.last)  # 「完成五年计划的51.8%」 is how far it is, not a sum
    if measured.rule != TECHNICAL:
        memory.measured = (measured.subject, measured.measure)
    start, end = _quote(sentence.text, number)
    return Reading(
        start=sentence.start + start,
        end=sentence.start + end,
        subject=_OF_EACH.sub("", measured.subject) + _price_base(sentence, number),
        scope=_scope(sentence, number, measured.subject),
        role="target" if mode == "goal" else "observation",
        op=_operator(measured, number, goal=mode == "goal"),
        value=mention.value,
        low=mention.low,
        high=mention.high,
        unit=_unit(sentence, number, measured),
        period=period,
        technical=number.technical,
        measure=measured.measure,
        hedge=mention.hedge or _step(number) or _each_bound(number),
        base_year=_base_year(sentence, number, measured),
        rule=measured.rule + (WITHIN_YEAR if _is_part(sentence, date, mode) else ""),
    )


def _is_part(sentence: Sentence, date: Date | None, mode: str) -> bool:
    """Whether a number is of a part of its year: dated so, or undated in a text about one."""
    if date is not None:
        return date.part
    return mode == "fact" and sentence.context.part_of_year and sentence.context.review


_PRICES = re.compile(r"\((现价|可比价|不变价|按[^()]{0,6}价格?(?:计算)?|名义|实际)[^()]{0,6}\)")


def _price_base(sentence: Sentence, number: Number) -> str:
    """The price base that stands in brackets behind a number: 年均增长7.4%(现价)."""
    told = _PRICES.match(number.right)
    behind = number.mention.end
    return sentence.text[behind : behind + told.end()] if told else ""


def _operator(measured: Measured, number: Number, *, goal: bool) -> Op:
    """超过 and 突破 as goals are met by the number itself; a step (跨上5000亿元台阶) is a lower bound of
    a fact; a size class (万亿级) is about it; to be better (优于) is to be lower where less is wanted."""
    op = measured.op
    if op == ">" and number.mention.hedge.endswith("优于") and less_is_wanted(measured.subject):
        return "<=" if goal else "<"
    at_least = op == "=" and ((not goal and _step(number)) or _AT_LEAST.search(number.left))
    if (goal and op == ">") or at_least:
        return ">="
    each = _each_bound(number) if op == "=" else ""
    if each:
        return (
            "<="
            if each in ("不超过", "不高于", "控制在")
            else ">="
            if goal or "不" in each
            else ">"
        )
    if op == "=" and _SHORT_OF_MEAN.search(number.left):
        return "<"
    about = number.mention.sized or _ABOUT_SHARE.search(number.left)
    return "~" if op == "=" and about else op


_AT_LEAST = re.compile(r"至少(?:要)?[一-龥]{1,4}$")
_SHORT_OF_MEAN = re.compile(r"(?:不足|不到)全[国省市][^,;\d]{0,6}的$")
_EACH_BOUND = re.compile(r"(超过|突破|不低于|不少于|高于|不超过|不高于|控制在)每[^,;\d]{1,5}$")


def _each_bound(number: Number) -> str:
    """The bound before the whole that a number is of: 「超过每人40万元」."""
    found = _EACH_BOUND.search(number.left)
    return found[1] if found else ""


_ABOUT_SHARE = re.compile(r"(?:约|大约|大致|近)占[^,;、\d]{0,12}$")


_CHANGED = frozenset({"increase", "multiple", "growth", "reduction"})


def _base_year(sentence: Sentence, number: Number, measured: Measured) -> int | None:
    """The year that a change is counted from; a level beside it is counted from none."""
    if measured.op not in ("+", "-", "x") and measured.measure not in _CHANGED:
        return None
    bases = [date for date in sentence.dates if date.base]
    before = [date for date in bases if date.end <= number.mention.start]
    behind = [date for date in bases if number.clause[0] <= date.start < number.clause[1]]
    chosen = before[-1:] or behind[:1]
    return chosen[0].period.last if chosen else None


@cache
def _step_word() -> re.Pattern[str]:
    return re.compile(rf"(?:的)?新?(?:的)?(?:{any_word('hedge.step')})")


def _step(number: Number) -> str:
    """台阶 or 大关 behind a number: the number is a step on the way and not the value."""
    step = _step_word().match(number.right)
    return step[0].lstrip("的") if step else ""


def _unit(sentence: Sentence, number: Number, measured: Measured) -> str:
    """The unit with what 每X in front adds to it, and 元 where a scale word stands alone."""
    mention, unit = number.mention, number.mention.unit
    if measured.rule == GROWN_BY_TIMES:
        return "倍"
    if measured.op == "x":
        return ""
    if number.left.endswith("每年") and technical.is_capacity(number.right) and "/" not in unit:
        return f"{unit}/年"
    per = _PER.search(number.left)
    share = sifting.unit_trait(mention) == "share"
    goes_on = number.left.startswith("、") or _ARRIVES.fullmatch(number.left)
    goes_on = goes_on or (sentence.per and _LISTED.fullmatch(number.left))
    if not per and not goes_on:
        sentence.per = ""
    if not per and not share and goes_on and sentence.per and "/" not in unit:
        unit = f"{unit}/{sentence.per}"
    elif per and "/" not in unit and not share:
        # 「每万城镇常住人口拥有…」 is of 万人
        people = re.sub(r"(?<=[亿万千百])[^亿万千百]+$", "人", per[1]) if per["people"] else ""
        sentence.per = per["of"] or people or per[1]
        unit = f"{unit}/{sentence.per}"
    scale_alone = mention.form == "scale" or _HUNDRED_MILLIONS.fullmatch(unit)
    bare_scale = scale_alone and not unit.endswith(tuple("元家个人项件台辆套户名吨亩"))
    if bare_scale and not re.match(r"^(?:家|户|企业|中小|人才)", number.right):
        return unit + "元" if _MONEY.search(measured.subject + number.right[:4]) else unit
    return unit


_HUNDRED_MILLIONS = re.compile("[万千百]?亿")
_ARRIVES = re.compile(r"[一-龥]{0,4}[到至为]")  # 「每万人拥有…由22个增至32个」
_LISTED = re.compile(r"[一-龥“”]{1,12}[、和及与]")  # 「每条产业链培育2家链主企业、10家骨干企业」
_RELATED = re.compile(r"占(?:全国|全省|全区|全市|全球|世界|国内)[^占]*$|与[^与]{2,12}差距$")


_BESIDE_A_PLACE = re.compile(
    r"([^的与和及、,;。\x00\d于比]{2,7}(?:地区|城市群|都市圈|省|(?<!城)市|县|州))\s?\d?\($"
)
_ZONE_DATED = re.compile(
    r"(?:其中,?)?([一-龥]{0,8}?(?:经开区|高新区|核心区|开发区|新区|产业园|自贸区|综保区|科学城|新城)(?:核心区)?)\x00+(?:年|末|底)*(?=[一-龥])"
)


def _scope(sentence: Sentence, number: Number, subject: str) -> str:
    bracket = sentence.plain.startswith("(", max(number.clause[0] - 1, 0))
    if bracket and (beside := _BESIDE_A_PLACE.search(sentence.plain, 0, number.clause[0])):
        return beside[1]  # 「高于京津冀地区(占比为9.45%)」
    topic = sentence.topic
    before = sentence.plain[: number.mention.start]
    if _RELATED.search(subject):  # 「占全省54%、全国16%」 is of the own area
        before = before[: max(before.rfind(mark) for mark in ",;:(") + 1]
    wider, opens = whole_spoken_of(before, sentence.context.region)
    within = is_narrower(wider, sentence.context.region)
    if (
        wider
        and (opens or not sentence.place)
        and not (within and (sentence.place or sentence.zone))
    ):
        return wider
    if sentence.place:
        return sentence.place
    area = area_of(sentence.between_semicolons(number.clause))
    owner = _ZONE_DATED.match(sentence.plain, number.clause[0], number.mention.start)
    if owner and order_in(owner[1]) is None:
        return owner[1]  # 「经开区核心区2030年制造业产值占全市的比重」
    clause = sentence.plain[number.clause[0] : number.mention.start]
    if turns_to_whole(clause) or sentence.plain[: number.clause[0]].endswith(";"):
        sentence.zone = ""
    elif area and short_zone(area) != short_zone(sentence.context.region):
        return area
    if topic and (topic in subject or subject.startswith(topic[:4])):
        return topic
    zone = _ZONE.match(subject.removeprefix("在"))
    if (
        zone
        and not re.search("级|全[区市省县]", zone[1])
        and not zone[1].endswith(("特色产业园区", "示范区", "地区", "社区"))
        and order_in(zone[1]) is None  # 「安排市区联动资金」
    ):
        sentence.zone = zone[1] if is_area(zone[1]) and "、" not in number.left else ""
        return zone[1]
    return sentence.zone or sentence.context.region


def _quote(text: str, number: Number) -> tuple[int, int]:
    """8 to 60 characters that hold the number: its clause, widened or cut."""
    start, end = number.clause
    while start and end - start < 8:
        start = max((text.rfind(mark, 0, start - 1) for mark in ",;:。("), default=-1) + 1
    end = max(end, min(len(text), start + 8))
    if end - start > 60:
        start = max(start, number.mention.start - 30)
        end = min(end, start + 60)
    return start, end
