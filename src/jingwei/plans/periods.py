"""The years a number holds for: a stock at the end of its period, sums and rates over the whole.

``timing`` says which date governs a number and whether it is a goal or a fact; here the date, the
words of the clause (累计, 年均, 三年内, 以来) and the plan give the period (``docs/semantics.md`` §4).
"""

import re

from jingwei.core import Measure, Op, Period
from jingwei.plans import technical, timing
from jingwei.plans.context import Context, Mode
from jingwei.plans.dates import NUMBER_OF_YEARS, Date
from jingwei.plans.deeds import adds_up, is_total
from jingwei.plans.sentence import Memory, Number, Sentence

_ARRIVES_AT = (*timing.ARRIVES, "达到", "达", "保持", "保持在", "稳定在", "控制在", "超过", "突破")
_YEARS_SAID = {
    written + "年": years for written, years in {**NUMBER_OF_YEARS, "十": 10, "10": 10}.items()
}
_COUNTED_YEARS = re.compile(
    r"(?<![每第\d])([三五十]年|[35]年|10年|[两四24]年(?=累计|平均|年均|共|合计))(?!规划|计划|行动|内|以)"
)
_ARRIVES_ALONE = re.compile(
    r"^[、并](?:迈上|跨上|跃上|迈过|达到|突破|超过|提高到|增加到|占[^,;、\d]{2,12}?(?:达到?|为|超过|提高到|$))"
)
_OF_YEARS = re.compile(r"累计|年均|年平均|平均[增每年]|[三五]年|期间|以来")
_NOW = re.compile(r"目前|当前(?!价)|至今|迄今|如今|现已|现有(?=[^,。;]*\d)")
_WITHIN_YEARS = re.compile(r"(?:力争|计划)?([三五35]年)(?:内|间)")
_WHOLE_PERIOD = re.compile(r"累计|每年|年均|平均增|五年|三年|期间")
_OF_ONE_YEAR = re.compile(r"同比|上年|[比较]去年|(?<![\d二三四五六七八九十近])一年(?!来)|年内")


def start_of_path(sentence: Sentence, memory: Memory, mode: Mode, date: Date | None) -> Period:
    """The year of A in 「从A提高到B」: the one before the period in which the path runs."""
    context = sentence.context
    if memory.path is not None:
        return Period.year(memory.path[0])
    plan, told = context.plan, context.undated_year
    compared = next((d for d in sentence.dates if d.base), None)
    if compared is not None and not (mode == "fact" and told and compared.period.last > told):
        return Period.year(compared.period.last)
    if plan is not None and mode == "goal":
        return Period.year(max(plan.first - 1, told or 0))
    if date is not None and date.whole:
        # 「2026—2030年…从A增长到B」 counts from the year before the five of a plan, 「2025—2029年」
        # from the year it names
        five_years = date.period.last - date.period.first == 4 and date.period.first % 5 != 0
        five_years = five_years or date.period.first % 5 == 1  # 「“十四五”前四年」
        return Period.year(date.period.first - five_years)
    last = date.period.last if date is not None else told or 0
    if not last:
        return Period.unknown()
    if plan is not None and plan.last == plan.first:
        return Period.year(last - 1)
    if plan is not None and told is not None and plan.first <= told:
        return Period.year(plan.first - 1)
    end_of_plan = last % 5 == 0 or (plan is not None and last == plan.first - 1)
    return Period.year(last - 5 if end_of_plan else last - 1)


def period_of(
    sentence: Sentence, memory: Memory, number: Number, date: Date | None, mode: Mode,
    measure: Measure, op: Op,
) -> Period:  # fmt: skip
    """The years a number holds for: a stock at the end, sums and rates over the whole."""
    clause = sentence.plain[slice(*number.clause)]
    if _ARRIVES_ALONE.match(number.left):
        clause = number.left  # 「年均增长5%、迈上3万亿元台阶」
    start, end = memory.path or (
        0,
        0,
    )  # a path that is not yet at its end, or of no known year, has none
    if measure == "growth" and 0 < start < end and re.search("年均|平均增", clause):
        counted = _COUNTED_YEARS.search(clause)
        runs = _YEARS_SAID[counted[1]] if counted else end - start
        # 「由2031年的…增加到2035年的…,五年年均增长7%」 are the years of the plan that ends then,
        # 「由2030年的…增加到2034年的…,五年年均…」 run on to its end
        all_named = runs == end - start + 1 and end % 5 == 0
        return Period(start, end) if all_named else Period(start + 1, start + runs)
    of_one_year = _OF_ONE_YEAR.search(clause) is not None
    rate = measure in ("growth", "flow", "reduction") and not of_one_year
    able = technical.makes_a_year(number.left, number.right)  # a capacity, whatever 每年 says
    stands = measure == "level" and is_total(number.left)
    whole = rate or (bool(_WHOLE_PERIOD.search(clause)) and not (able or stands))
    whole = whole or (op in ("+", "-") and not (of_one_year and mode == "fact"))
    told = mode == "fact" and measure == "level" and not (of_one_year or able)
    done = told and adds_up(sentence, number)
    if date is None or _of_its_own_years(sentence, date, mode):
        counted = sentence.context.counted
        if counted is not None and mode == "fact" and (done or op in ("+", "-")):
            return counted
        return _undated(sentence, number, mode, measure, whole=whole or done)
    plan = sentence.context.plan
    within = _WITHIN_YEARS.match(clause)
    if plan is not None and within and mode == "goal" and date.start < number.clause[0]:
        years = _YEARS_SAID.get(within[1].replace("间", ""), 0)
        if years == len(plan.years):
            return plan if whole or measure != "level" else Period.year(plan.last)
    counted = _years_summed(sentence, number, date, clause) or _since_base(
        sentence, number, date, measure
    )
    if counted is not None:
        return counted
    plan, told = sentence.context.plan, sentence.context.undated_year
    if plan is not None and mode == "goal" and _each_year_after(sentence, number, date, plan):
        return plan
    if (
        sentence.context.article
        and sentence.text[date.start : date.end] in timing.SAID_YEARS
        and date in sentence.dates
        and not _OF_YEARS.search(clause)
    ):
        return date.period
    says_years = plan is None or (mode == "fact" and _COUNTED_YEARS.search(clause))
    period = _said_span(sentence, number, date.period, measure) if says_years else date.period
    if period != date.period:
        return period
    if date.whole and mode == "fact":
        if _runs_on(sentence, date):
            period = Period(period.first, max(period.first, _now(sentence)))
        elif (
            told is not None
            and period.first <= told < period.last
            and not sentence.text.endswith("年来", 0, date.end)  # 三年来 counts its own years
        ):
            # 「“十四五”以来」 in a review runs to the review's own year
            period = Period(period.first, told)
        spent = sentence.text.endswith("年来", 0, date.end) and _SPENT.search(number.left)
        summed = whole or done or spent or measure not in ("level", "share")
        return period if summed else Period.year(period.last)
    if mode == "fact" and _SINCE_DONE.match(sentence.text, date.end):
        # 「2030年以来」 runs to the last year that is reported
        last = _now(sentence) or told or 0
        return (
            Period(period.first, max(period.last, last))
            if whole
            else Period.year(max(period.last, last))
        )
    if date.whole and mode == "goal" and not whole and _arrives_at(number, measure):
        return Period.year(period.last)
    if date.whole or not whole or plan is None:
        return period
    if sentence.context.counted is not None and mode == "fact" and op in ("+", "-"):
        return period  # 「刚刚过去的2035年，新增3家」 beside what the five years brought
    of_this_year = period.last == sentence.context.this_year and sentence.context.told_by_others
    if of_this_year and measure == "growth" and not _OF_YEARS.search(clause):
        return period  # a work report's rate is one of its year
    if mode == "goal" and plan.first < period.last <= plan.last:
        return Period(plan.first, period.last)
    # in an article 「2030年新增26家」 is of that year, in a plan of the five up to it
    opens = date not in sentence.dates or date.start <= 2 or sentence.plain[date.start - 1] == ";"
    of_that_year = measure == "growth" or (
        (sentence.context.article or sentence.context.review) and opens
    )
    if of_that_year and mode == "fact" and not _OF_YEARS.search(clause):
        return period
    if mode == "fact" and period.last == told and _years(plan) > 2:
        return Period(period.last - 4, period.last)
    return period


def _each_year_after(sentence: Sentence, number: Number, date: Date, plan: Period) -> bool:
    """「2034年完成诊断全覆盖,每年新建工厂20个」: what each year brings is no matter of the first year alone."""
    first = date.period.first == date.period.last == plan.first < plan.last
    return first and date.end < number.clause[0] and "每年" in number.left


def _of_its_own_years(sentence: Sentence, date: Date, mode: Mode) -> bool:
    """Whether a plan tells under its own years (“十七五”时期,我国仍处于…) how things stand now."""
    context = sentence.context
    if mode != "fact" or not date.whole or context.plan is None or context.review:
        return False
    now = context.fact_year is not None and context.fact_year < context.plan.first
    return now and not context.article and date.period == context.plan


# 「2031年启动攻关项目以来」 runs from that year on, as 「2031年以来」 does
_SINCE_DONE = re.compile(r"(?:[^,;:。]{2,20})?以来")
_SUM_OF_YEARS = re.compile(r"[两三四五]年(?:累计|合计|共计?)|(?:累计|合计)")


def _years_summed(sentence: Sentence, number: Number, date: Date, clause: str) -> Period | None:
    """「2023年、2024年、2025年…三年累计」 covers the years listed; None where none are."""
    one_each = number.left in ("、", "和", "及") or number.right in ("、", "和", "及")
    if one_each or date not in sentence.dates or not _SUM_OF_YEARS.search(clause):
        return None
    run: list[Date] = []
    for each in sentence.dates:
        if each.base or each.whole or not each.period.known:
            continue
        joined = run and sentence.plain[run[-1].end : each.start] in ("、", "和", "及", "与")
        if joined and each.period.first == run[-1].period.last + 1:
            run.append(each)
        elif date in run:
            break
        else:
            run = [each]
    return Period(run[0].period.first, run[-1].period.last) if date in run and run[1:] else None


def _since_base(sentence: Sentence, number: Number, date: Date, measure: Measure) -> Period | None:
    """「…末较2020年下降14%」 is the change of the years after the base its clause names."""
    if measure not in ("growth", "reduction") or not date.period.known or date.whole:
        return None
    begin, last = number.clause[0], date.period.last
    bases = [each.period.last for each in sentence.dates if each.base and begin <= each.start]
    named = [base for base in bases if base < last]
    return Period(named[0] + 1, last) if named else None


def _arrives_at(number: Number, measure: Measure) -> bool:
    """Whether a goal of a whole period is a level at its end (“十七五”时期…达到26个, 比重提高到…)."""
    left, mention = number.left, number.mention
    hedged = left + mention.hedge if mention.op in (">", ">=", "<=") else left
    return measure in ("level", "share") and (
        left.endswith(_ARRIVES_AT) or hedged.endswith(_ARRIVES_AT)
    )


def _runs_on(sentence: Sentence, date: Date) -> bool:
    """「“十六五”以来」 in an article or a speech runs to its own date."""
    context = sentence.context
    said = date in sentence.dates and "以来" in sentence.text[date.start : date.end + 2]
    return said and context.moment is not None and (context.article or context.review)


def _now(sentence: Sentence) -> int:
    context = sentence.context
    if context.review and context.undated_year is not None:
        return context.undated_year
    return _told_year(context) if context.moment else 0


def _told_year(context: Context) -> int:
    """The year whose figures a text has at hand: news of a plan that begins this year tells, until
    the half of it, how things stood when the year before ended."""
    moment, plan = context.moment, context.plan
    if moment is None:
        return 0
    opens = plan is not None and plan.first == moment.year and _years(plan) > 2
    early = 0 < moment.month <= 6
    return moment.year - 1 if context.article and opens and early else moment.told_year


_SPENT = re.compile(
    r"(?:投资|融资|支出|投入)(?:完成)?(?:了|约|超|近)*$"
)  # 「五年来，技改投资1200亿元」
# 「五年累计完成投资2300亿元」, 「五年来，技改投资1200亿元」
_SUMMED_YEARS = re.compile(r"(?<![每第\d])[三五](?:年)(?:来)?(?:累计|共|合计|完成|新增)")


def _said_span(sentence: Sentence, number: Number, period: Period, measure: Measure) -> Period:
    """The years up to ``period`` where the clause counts them (五年累计) or names their base."""
    clause = sentence.plain[slice(*number.clause)]
    if measure not in ("increase", "flow", "growth", "reduction", "multiple"):
        return period
    if period.first != period.last or not period.last:
        return period
    counted = _COUNTED_YEARS.search(clause)
    if counted:
        return Period(period.last - _YEARS_SAID[counted[1]] + 1, period.last)
    yearly = measure != "growth" or re.search(r"年均|年平均|平均每年", clause)
    base = next((date.period.last for date in sentence.dates if date.base), period.last)
    if yearly and base < period.last and not re.search(r"同比|上年", clause):
        return Period(base + 1, period.last)
    return period


def _undated(
    sentence: Sentence, number: Number, mode: Mode, measure: Measure, *, whole: bool
) -> Period:
    context = sentence.context
    plan = context.plan
    goal = context.goal_period or plan
    if mode == "goal" and goal is not None:
        return goal if whole else Period.year(goal.last)
    year = context.undated_year or 0
    clause = sentence.plain[slice(*number.clause)]
    summed = _SUMMED_YEARS.search(clause) if context.review else None
    if mode == "fact" and summed and year:
        return Period(year - _YEARS_SAID[summed[0][:2]] + 1, year)
    running = _PART_OF_YEAR.search(sentence.plain[number.clause[0] : number.mention.start])
    if mode == "fact" and context.article and context.moment is not None and running:
        return Period.year(
            context.moment.year
        )  # 「企业前三季度投入34亿元」 in a text of that autumn
    told = context.article or context.review or context.told_by_others
    if mode == "fact" and told and _says_now(sentence, number):
        if context.moment is None:
            return Period.unknown()  # an undated text's 目前 is of no known year
        year = _told_year(context) if context.article else year
    if plan is None:
        return _said_span(sentence, number, Period.year(year), measure)
    if measure == "growth" and (context.review or context.article) and not _OF_YEARS.search(clause):
        return Period.year(year)  # a look-back gives the rate of its last year
    if whole and _years(plan) > 2 and year == plan.first - 1:
        return Period(year - 4, year)
    return Period(plan.first, year) if whole and plan.first <= year else Period.year(year)


_PART_OF_YEAR = re.compile(r"前[二三]季度|前\d{1,2}个?月|\d{1,2}[-—~至]\d{1,2}月")


def _says_now(sentence: Sentence, number: Number) -> bool:
    """Whether the words before a number say that it is of now (目前, 至今)."""
    return bool(_NOW.search(sentence.plain[: number.mention.end]))


def _years(period: Period) -> int:
    return period.last - period.first + 1
