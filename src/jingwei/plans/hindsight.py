"""Whether a document looks back on the years it speaks of, and up to which year.

A review says so in its title. A press text without one is told by its grammar: a sentence about a
year of the plan looks back where its verb is completed (实现了, 已达到, 同比, 超额完成) or where the
year stands bare (2020年，…达到), and ahead where it is 到2020年, 力争 or 将. A later date in the text
and a title such as 成效 or 收官 weigh in; a plan never looks back (``docs/semantics.md`` §4.6).
"""

import re
from functools import cache

from jingwei.core import Period
from jingwei.documents.model import Document
from jingwei.plans.dates import NUMBER_OF_YEARS, Date, dates
from jingwei.plans.lexicon import any_word
from jingwei.plans.occasion import Moment

_REVIEW = re.compile(
    r"中期评估|总结评估|末期评估|评估报告|评估要点|执行情况|实施情况|回顾|统计公报|运行情况|完成情况|"
    r"情况(?:的)?(?:汇报|报告|通报)|汇报|(?:高质量|圆满|胜利|全面|超额)完成“?十[一二三四五六七八九]五|总结(?:报告)?$|工作总结|实施评估$|以来[^规计]{0,8}(?:情况|发展|成就)"
)
_LOOKS_AHEAD = re.compile(r"年?,?[^,。]{0,6}?(?:力争|将|计划|预计|预期|确保)")
_DATELINE = re.compile(
    r"^[^。;:,\n]{0,30}?\(?(20\d\d)年(\d{1,2})月(?:\d{1,2}日)?\)?$", re.MULTILINE
)
_VISION = re.compile("年?(?:远景|长远|中长期|(?:要|将)?(?:基本|全面)(?:实现|建成|形成)(?!了))")
_OPENED = re.compile(r"(?:到|(?<!截)至|预计|预测|预期|未来|力争|争取|确保|将)$")
_SENTENCE = re.compile(r"[。;!?\n]")

# how much each sign weighs; more for it than against it, and the text looks back
_BARE_YEAR, _DONE, _AHEAD, _TITLE, _LATER = 1, 2, 2, 3, 3


_BOTH_WAYS = re.compile("(?:与|和|及|、)展望")  # 「工作回顾与展望」 looks both ways


def is_review(title: str) -> bool:
    """Whether a title looks back (mid-term review, communiqué, 回顾) instead of planning."""
    return bool(_REVIEW.search(title)) and not _BOTH_WAYS.search(title)


# 「对《…规划》实施情况开展了中期评估」 in the opening, under whatever title
_REVIEWS = re.compile(
    r"对《[^》]{4,60}》[^。]{0,60}?(?:开展|进行|组织)(?:了)?[^,。]{0,8}(?:中期|总结|终期|实施)?[^,。]{0,4}评估"
)
# 「对《纲要》2021年至2023年上半年实施情况开展了中期评估」
_REVIEWED = re.compile(
    r"(20\d\d)年(?P<part>上半年|前三季度|(?!12)\d{1,2}月)?(?:12月)?[底末]?(?:的|《[^》]{2,40}》)?(?:主要)?(?:实施|执行|进展|落实|推进|完成)情况(?:进行|开展|的?(?:中期|总结)?评估)"
)
_OPENING = 600  # characters in which a text says what it does


def says_it_reviews(opening: str) -> bool:
    """Whether the opening of a text says that it evaluates how a plan was carried out."""
    head = opening[:_OPENING]
    return _REVIEWS.search(head) is not None or _REVIEWED.search(head) is not None


def is_headline(title: str) -> bool:
    """Whether a title is news of a plan (…规划发布, 一图读懂…), not the plan's own name."""
    return bool(_signs()["news"].search(title)) and not re.search(r"的?通知$", title)


_WITHIN_YEAR = re.compile(r"年?,?(?:\d{1,2}[-—~至月]|上半年|一季度|前[二三]季度|前\d)(?<!12月)")


def past_years(written: str, *, whole: bool = False) -> list[int]:
    """Years a text reports on: not those it looks forward to (到2030年, 预计2027年, 2026年力争),
    nor that of a dateline. With ``whole`` only years told as a whole, not 2033年6月."""
    text = _DATELINE.sub("", written)
    return [
        date.period.last
        for date in dates(text)
        if not date.base
        and not date.whole
        and not (whole and (date.part or _WITHIN_YEAR.match(text, date.end)))
        and not _OPENED.search(text[max(0, date.start - 3) : date.start])
        and not _LOOKS_AHEAD.match(text, date.end)
        and not _VISION.match(text, date.end)
    ]


def _five(period: Period) -> Period:
    """The five-year plan that a period begins with."""
    first = (period.first - 1) // 5 * 5 + 1
    return Period(first, first + 4)


_CUT_OFF = re.compile(r"数据[^,;。]{0,8}?截[至止]((?:19|20)\d\d)年(?:底|末|12月)")


def full_year_of_review(opening: str) -> int | None:
    """The last whole year of a review that goes up to the middle of one (2031年至2033年上半年实施情况): what it
    tells without a date stood so when 2032 ended. None for other texts."""
    reviewed = _REVIEWED.search(opening)
    return int(reviewed[1]) - 1 if reviewed and reviewed["part"] else None


_ASSESSES = re.compile(
    r"\d项(?:主要)?指标|指标(?:中|体系)?[^。]{0,24}?\d项|\d[个项](?:重点|重大)(?:任务|工程|项目|专项)"
)
_AS_OF_YEAR = re.compile(r"从20\d\d年[^,。]{0,10}看")
_EXPECTED = re.compile("进度|预期|目标|完成|完工|开工")


def assesses(text: str) -> bool:
    """Whether a paragraph of a review counts how many indicators, tasks and projects go as planned: that is
    told as of the review itself."""
    counts = _ASSESSES.search(text) is not None and _EXPECTED.search(text) is not None
    return counts and _AS_OF_YEAR.search(text) is None


def year_of_review(document: Document, title: str, opening: str) -> int | None:
    """The last year a review reports on: named in its title, else its date of issue."""
    told = _REVIEW.search(title)
    end = told.end() if told else len(title)
    named = dates(title)
    single = [date for date in named if not date.whole and not _VISION.match(title, date.end)]
    before = [date.period.last for date in single if date.end <= end]
    years = before or [date.period.last for date in single]
    reviewed = _REVIEWED.search(opening)
    if reviewed and not before:
        return int(reviewed[1])
    cut_off = _CUT_OFF.search(opening)
    if cut_off and "中期" in title and not before:
        return int(cut_off[1])  # 「评估数据原则上截至2032年底，部分更新至2033年6月」
    spans = [date.period.last for date in named if date.whole and date.end <= end]
    running = re.search(r"以来|中期", title)
    if years and not (running and spans):
        return years[-1]
    dated = _DATELINE.search(opening)
    if spans and not running:
        moment = None
        if document.issued:
            moment = Moment(int(document.issued[:4]), int(document.issued[5:7]))
        elif dated:
            moment = Moment(int(dated[1]), int(dated[2]))
        return min(spans[-1], moment.past_year) if moment else spans[-1]
    if document.issued:
        issued = int(document.issued[:4])
        # half way through, a text of September 2033 mostly tells of 2031 and 2032
        told = [
            d.period.last
            for d in dates(_DATELINE.sub("", opening))
            if not d.base and d.period != _five(d.period)
        ]
        reported = [year for year in told if issued - 1 <= year <= issued]
        return max(reported, default=issued) if "中期" in title else issued
    past = years or past_years(opening, whole=True) or past_years(opening)
    if dated and not past:
        return Moment(int(dated[1]), int(dated[2])).past_year
    running_plan = [date.period for date in dates(opening) if date.whole and not date.base]
    if "中期" in title and past:
        # half of its plan's years lie ahead of it
        ends = [period.last for period in (*running_plan, *(d.period for d in named if d.whole))]
        return max((year for year in past if year < max(ends, default=year + 1)), default=None)
    later = [period.last for period in running_plan if not past or period.first >= max(past)]
    return max(past + later, default=None)


_PERIOD_OVER = re.compile(r"期间|时期|以来|期?末|年?底|止")


def looks_only_back(text: str, plan: Period) -> bool:
    """Whether a paragraph of a plan is dated by years before it alone, as periods that are over
    (“十六五”期间累计…, 截至2030年底…), and promises nothing."""
    text = _NAMED.sub("", text)
    in_it = [date for date in dates(text, plan) if not date.base]
    if not in_it or any(date.period.last >= plan.first for date in in_it):
        return False
    over = any(_PERIOD_OVER.search(text[max(0, d.start - 2) : d.end + 2]) for d in in_it)
    return over and not looks_ahead(text)


def opens_back(text: str, plan: Period) -> bool:
    """Whether a paragraph of a plan opens with the years before it: 「过去五年，…」, 「“十六五”时期，…」."""
    if _YEARS_BEHIND.match(text):
        return True
    first = next((date for date in dates(text[:20], plan) if not date.base), None)
    if first is None or first.start > 1 or first.period.last >= plan.first:
        return False
    over = _PERIOD_OVER.match(text[first.end :].lstrip("”")) or _ENDS_OVER.search(text[: first.end])
    return len(first.period.years) > 1 and over is not None


_ENDS_OVER = re.compile(r"(?:期间|时期|以来)$")
_YEARS_BEHIND = re.compile(r"过去的?五年|(?:这|近|刚刚过去的)?五年来|这五年")


_SAYS_AT_ONCE = 40  # characters


def speaks_of(text: str, plan: Period) -> bool:
    """Whether a paragraph speaks of the years of a plan, or opens with what lies ahead; a word of the
    future somewhere in a look back (将…纳入) does not end it."""
    ahead = any(date.period.last >= plan.first for date in dates(_NAMED.sub("", text), plan))
    return ahead or looks_ahead(text[:_SAYS_AT_ONCE])


_NAMED = re.compile(r"《[^《》]*》")
_YEARS_RUN = re.compile(r"(?:^|(?<=[。;]))([两三四])年(半?)来(?=,)")


_YEARS_AHEAD = re.compile(
    r"(?:^|(?<=[。;,、:]))(?:后|未来|今后|接下来)(?P<years>[两三四]|[234])年(?!后|前)"
)


def years_left(written: str, plan: Period, reported: int | None) -> list[Date]:
    """「后三年」, 「未来三年」 in a review in the middle of its plan: the years of the plan that are left."""
    if reported is None or not plan.first <= reported < plan.last:
        return []
    found: list[Date] = []
    for match in _YEARS_AHEAD.finditer(written):
        years = NUMBER_OF_YEARS[match["years"]]
        if reported + years <= plan.last + 1:
            period = Period(plan.last - years + 1, plan.last)
            found.append(Date(match.start(), match.end(), period, base=False, whole=True))
    return found


_YEAR_BEFORE = re.compile(r"(?:^|(?<=[。;,]))上年(?=,)")
_FIVE_YEARS = re.compile(r"(?:^|(?<=[。;]))五年来(?=,)")


def years_before(written: str, reported: int) -> list[Date]:
    """In a text that reports on one year: 「上年，」 is the one before, 「五年来，」 the five up to it."""
    found = [
        Date(m.start(), m.end(), Period.year(reported - 1), base=False, whole=False)
        for m in _YEAR_BEFORE.finditer(written)
    ]
    return found + [
        Date(m.start(), m.end(), Period(reported - 4, reported), base=False, whole=True)
        for m in _FIVE_YEARS.finditer(written)
    ]


_FIRST_YEARS = re.compile(r"(?:^|(?<=[。;]))前([两三四])年(?=,)")


def first_years(written: str, whole: Period) -> list[Date]:
    """「前四年，」 at the head of a sentence about the years ``whole``: the first four of them."""
    return [
        Date(
            match.start(), match.end(),
            Period(whole.first, min(whole.last, whole.first + NUMBER_OF_YEARS[match[1]] - 1)),
            base=False, whole=True,
        )
        for match in _FIRST_YEARS.finditer(written)
    ]  # fmt: skip


def years_run(written: str, plan: Period) -> list[Date]:
    """「三年来，」 at the head of a sentence of a review: the first three years of its plan."""
    return [
        Date(
            match.start(), match.end(),
            Period(plan.first, min(plan.last, plan.first + NUMBER_OF_YEARS[match[1]] - 1 + bool(match[2]))),
            base=False, whole=True,
        )
        for match in _YEARS_RUN.finditer(written)
    ]  # fmt: skip


@cache
def _signs() -> dict[str, re.Pattern[str]]:
    return {
        "title": re.compile(any_word("hindsight.title")),
        "plan": re.compile(rf"(?:{any_word('hindsight.plan')})(?:\([^()]*\)|摘要|全文)*$"),
        "news": re.compile(any_word("hindsight.news")),
        "done": re.compile(rf"{any_word('hindsight.done')}|(?<![未己])已(?!供|出让|批准)"),
        "ahead": re.compile(rf"{any_word('hindsight.ahead')}|(?<![超出合于])预期|(?<!即)将(?!近)"),
    }


def is_done(clause: str) -> bool:
    """Whether the verb of a clause is completed (实现了, 已达到, 同比) and nothing in it will be."""
    return bool(_signs()["done"].search(clause)) and not looks_ahead(clause)


def looks_ahead(clause: str) -> bool:
    """Whether a clause says what shall be: 力争, 将, 确保, 目标为."""
    return bool(_signs()["ahead"].search(clause))


def year_looked_back(
    document: Document, title: str, opening: str, plan: Period | None, moment: Moment | None
) -> int | None:
    """The last year that a text about ``plan`` reports on; None where it looks ahead."""
    if plan is None or _signs()["plan"].search(title):
        return None
    issued = int(document.issued[:4]) if document.issued else None
    past = past_years(opening)
    if moment is not None:
        ended = moment.year > plan.last
    else:
        ended = any(year > plan.last for year in past)
    if past and max(past) < plan.first:
        return None  # what it tells of as past lies before the plan
    weight = _of_title(title, plan) + _LATER * ended
    if issued is not None and issued <= plan.first < plan.last:
        weight -= _LATER
    if weight + _of_sentences(opening, plan) <= 0:
        return None
    next_plan = any(d.whole and d.period.first > plan.last for d in dates(opening))
    if ended or next_plan:
        return plan.last
    within = [year for year in past if year in plan.years]
    return issued or max(within, default=plan.last)


def _of_title(title: str, plan: Period) -> int:
    signs = _signs()
    if signs["title"].search(title):
        return _TITLE
    return -_AHEAD if plan.first < plan.last and signs["news"].search(title) else 0


def _of_sentences(opening: str, plan: Period) -> int:
    """For looking back less against it, over the sentences about the plan's own years."""
    weight, about_plan = 0, True
    for written in _SENTENCE.split(opening):
        in_it = [date for date in dates(written) if not date.base]
        if in_it:
            about_plan = any(_is_of(date.period, plan) for date in in_it)
        if not about_plan:
            continue
        if looks_ahead(written):
            weight -= _AHEAD
            continue
        if is_done(written):
            weight += _DONE
        weight += _BARE_YEAR * sum(_stands(date, written, plan) for date in in_it)
    return weight


def _is_of(period: Period, plan: Period) -> bool:
    return plan.first <= period.first and period.last <= plan.last


def _stands(date: Date, written: str, plan: Period) -> int:
    """1 for a year of the plan that stands bare before a number, −1 for one that is aimed at."""
    if date.whole or not _is_of(date.period, plan) or not re.search(r"\d", written[date.end :]):
        return 0
    if not _OPENED.search(written[max(0, date.start - 3) : date.start]):
        return 1
    return 0 if is_done(written) else -1
