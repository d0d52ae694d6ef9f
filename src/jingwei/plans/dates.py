"""Dates and plan periods in running text, and the period a document plans for.

第N个五年规划 covers the years 1951+5(N-1)+2 … : the first ran 1953 to 1957, the sixth to
eighth and all later ones fall on years ending in 1 to 5 and 6 to 0, so from the sixth (1981)
on the N-th covers 1951+5N to 1955+5N.
"""

import re
from functools import cache
from typing import NamedTuple

from jingwei.core import Period
from jingwei.plans.lexicon import any_word

_CN = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "O": "0"}
_TENS = {"十": 10, "十一": 11, "十二": 12, "十三": 13, "十四": 14, "十五": 15, "十六": 16,
         "十七": 17, "九": 9, "八": 8, "七": 7, "六": 6}  # fmt: skip
_ORDINAL = "(?<![十二三四五六七八九])(?:" + "|".join(sorted(_TENS, key=len, reverse=True)) + ")"

_DATE = re.compile(
    r"(?=[1-9二一两三四五“\"第六七八九十规期今本明去上同当未力争再计])(?:"  # what a date may begin with
    rf"(?P<span>(?P<a>(?:19|20)\d\d)年?(?:[-—–~至到]+)(?P<b>(?:19|20)?\d\d)年(?:底|末|间|期间)?)"
    # 「2034、2035、2036年分别达到」: 年 stands once, behind the last
    rf"|(?<!\d)(?P<listed>(?:19|20)\d\d)(?=(?:[、和及](?:19|20)\d\d)+[两三]?年|[两三]年(?=[须将要力分累平]))"
    rf"|(?P<year>(?:19|20)\d\d)年(?:(?:\d{{1,2}}[-—~至到])?\d{{1,2}}月(?:\d{{1,2}}日)?)?(?P<end>年?[底末])?"
    rf"|(?P<cn>[二一][〇○零O九]?[〇○零一二三四五六七八九]{{2,3}})年(?:[底末])?"
    rf"|(?P<plan>[“\"]?(?:第?(?P<n>{_ORDINAL}))(?:个)?五(?!运会|[项条类家届名所处件座场次台辆套万亿千百大分公米吨天号岁位倍成])(?:年(?=规划|计划))?(?:[”\"]|(?=末|期末|期间|时期|以来|规划|初|[,前]|[^一-龥]|[^个年])))(?P<pe>期?末)?(?P<dur>规划期间|规划期|期间|时期|以来|五年)?(?:的?前(?P<firsts>[一两二三四])年)?"
    rf"|(?P<last>(?:规划)?期末(?!总结|考核|评价|余额|考试|数))"
    r"|(?<=截至)(?P<month>\d{1,2})月(?:底|末|份|\d{1,2}日)?"
    r"|(?:今后|未来|力争用?|争取用?|再用|计划用)(?P<ahead>[两三四五2-5])年(?:左右)?(?:内|间|时间)?"
    rf"|(?P<within>(?<![后\d一二三四五六七八九十])[两三四五2-5])年内"
    rf"|(?P<both>今明两年)|(?P<relative>今年|本年度|明年|去年|上年度|上一年|同年|当年(?![^,。;]{0, 2}认))(?:以来|上半年|前三季度|一季度|全年|\d{{1,2}}[-—~至]\d{{1,2}}月份?)?)"
)


NUMBER_OF_YEARS = dict(zip("两三四五2345", (2, 3, 4, 5) * 2, strict=True))
"""The counts of years that texts speak of: 三年, 5年."""


class Date(NamedTuple):
    """A date in a text: its span, its years and how it stands there.

    ``base`` marks a date that another value is compared with (比2020年). ``whole`` marks a
    period that is meant as a whole (“十四五”期间), not one of its years; ``part`` a part of its
    year (截至2020年6月底, 今年前三季度).
    """

    start: int
    end: int
    period: Period
    base: bool
    whole: bool
    part: bool = False


# 「2024年是“十四五”规划的关键之年」 says which year it is, and gives no years of its own
_OCCASION = re.compile(r"(?:规划)?(?:实施)?的?[一-龥“”]{2,8}?之年")
_MONTH = re.compile(r"(\d{1,2})月")
_QUARTERS = re.compile(
    r"\s*(?:上半年|前三季度|[一二三1-3]季度|前\d{1,2}个?月|\d{1,2}[-—~至]\d{1,2}月)"
)


def _within_year(text: str, start: int, end: int) -> bool:
    """Whether a date ends before its year does: a month other than the twelfth, 上半年."""
    months = [int(month) for month in _MONTH.findall(text[start:end])]
    if months:
        return months[-1] < 12
    return bool(_QUARTERS.match(text, end) or re.search("上半年|季度", text[start:end]))


def five_year_plan(number: int) -> Period:
    """Years of the ``number``-th five-year plan (from the sixth, 1981-1985, on)."""
    return Period(1951 + 5 * number, 1955 + 5 * number)


@cache
def _base_before() -> re.Pattern[str]:
    return re.compile(f"(?:{any_word('date.base_before')})$")


def dates(
    text: str, plan: Period | None = None, this_year: int | None = None, named: int | None = None,
    month: int = 12,
) -> list[Date]:  # fmt: skip
    """Dates of ``text`` in order.

    ``plan`` gives 期末 its year, ``this_year`` 今年, and ``named``, the year last named, 同年.
    Where ``this_year`` is 0 the text's own year is not known: 今年, 去年 and 明年 are then dates of no
    known year instead of none, so that no other date of the text governs in their place. ``month`` is
    that of the text: a bare 截至11月底 in a text of January is of the year before.
    """
    found: list[Date] = []
    if not any(word in text for word in ("年", "五", "期末", "截至")):
        return found
    for match in _DATE.finditer(text):
        if match["plan"] and _OCCASION.match(text, match.end()):
            continue
        date = _read(match, text, plan, (this_year, named), month)
        if date is None:
            continue
        if found and found[-1].base and found[-1].end == date.start:
            date = date._replace(base=True)  # 「超过“十五五”“十六五”两个五年的总和」
        found.append(date)
    return found


def _read(
    match: re.Match[str], text: str, plan: Period | None, years: tuple[int | None, int | None],
    now: int,
) -> Date | None:  # fmt: skip
    start, end = match.span()
    whole = False
    if match["span"]:
        first = int(match["a"])
        last = int(match["b"]) if len(match["b"]) == 4 else first // 100 * 100 + int(match["b"])
        if last < first:
            return None
        period, whole = Period(first, last), True
    elif match["listed"]:
        period = Period.year(int(match["listed"]))
    elif match["year"]:
        period = Period.year(int(match["year"]))
        said = text[max(0, start - 1) : start]
        from_then = text.startswith("起", end) and said in ("自", "从")
        from_then = from_then or (text.startswith("起,", end) and said in ("", "。", ";"))
        run = _YEARS_FROM.match(text, end)
        if run:
            first = period.first
            period, whole = Period(first, first + NUMBER_OF_YEARS[run[1]] - 1), True
            end = run.end()
        elif from_then and plan is not None and plan.first <= period.first < plan.last:
            period, whole = Period(period.first, plan.last), True
    elif match["cn"]:
        digits = "".join(_CN.get(c, "") for c in match["cn"])
        if len(digits) != 4 or digits[:2] not in ("19", "20"):
            return None
        period = Period.year(int(digits))
    elif match["relative"]:
        same = match["relative"] in ("同年", "当年")
        year = years[1] if same else years[0]
        if year is None:
            return None
        if not year:
            period = Period.unknown()
            return Date(start, end, period, bool(_is_base(text, start, end)), False)
        past = match["relative"] in ("去年", "上年度", "上一年")
        period = Period.year(year - past + (match["relative"] == "明年"))
    elif match["ahead"]:
        years_ahead = NUMBER_OF_YEARS[match["ahead"]]
        if plan is not None and len(plan.years) == years_ahead:
            period = plan
        elif years[0]:
            period = Period(years[0], years[0] + years_ahead - 1)
        else:
            return None
        whole = True
    elif match["within"]:
        counted = NUMBER_OF_YEARS[match["within"]]
        if plan is None or len(plan.years) < counted:
            return None
        first = years[0] if years[0] and years[0] in plan.years else plan.first
        if len(plan.years) == counted:
            first = plan.first
        period, whole = Period(first, first + counted - 1), True
    elif match["both"]:
        if not years[0]:
            return None
        period, whole = Period(years[0], years[0] + 1), True
    elif match["month"]:
        if not years[0] or not 1 <= int(match["month"]) <= 12:
            return None
        period = Period.year(years[0] - (int(match["month"]) > now))
    elif match["last"]:
        if plan is None:
            return None
        period = Period.year(plan.last)
    else:
        period = five_year_plan(_TENS[match["n"]])
        if match["pe"]:
            period = Period.year(period.last)
        elif match["firsts"]:
            begun = "一二三四".find(match["firsts"].replace("两", "二"))
            period, whole = Period(period.first, period.first + begun), True
        else:
            whole = True
    part = not whole and _within_year(text, start, end)
    base = bool(_is_base(text, start, end)) or (not whole and _is_of_a_goal(text, start, end))
    return Date(start, end, period, base, whole, part)


# 完成2035年目标的91%, 锚定二〇三五年远景目标: what is told is not of that year
_OF_A_GOAL = re.compile(r"年?的?(?:规划|预期|既定|远景|奋斗|主要|总体){0,2}目标")
_HELD_AGAINST = re.compile(
    r"(?:完成|达到|实现|达成|距|距离|离|超|超过|提前|锚定|对标|对照|瞄准|面向|比照|衔接|围绕)[了“]?$"
)


def _is_of_a_goal(text: str, start: int, end: int) -> bool:
    told = _HELD_AGAINST.search(text[max(0, start - 8) : start])
    return told is not None and _OF_A_GOAL.match(text, end) is not None


_PART_OF = re.compile(r"(?:水平)?的(?:约|近)?\d")
_BOUND = re.compile(r"(?:低于|少于|高于|超过|相当于)[一-龥]{0,4}$")
_OF_IT = re.compile(r"[一-龥]{2,24}的\d")


def _is_base(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 2) : start]
    if before.endswith(("比", "较", "较于", "相比", "比于", "超过", "高于", "低于", "高出")):
        return True
    if text[end : end + 2] in ("峰值", "高点", "水平"):
        return True
    if before.endswith(("复到", "回到", "当于")) and _PART_OF.match(text, end):
        return True  # 「恢复到2031年末的92%」
    if _BOUND.search(text[max(0, start - 8) : start]) and _OF_IT.match(text, end):
        return True  # 「不低于我市上年度可支配收入的60%」
    if before.endswith(("与", "同", "和")) and re.match(
        r"水平?相[比较]|年?相?[比较](?!例|重|率)", text[end : end + 5]
    ):
        return True
    if before.endswith("以") and text[end : end + 3].startswith(("为基", "为基数")):
        return True
    if before.endswith("在") and re.match(r".{0,10}?(?:的)?基础上", text[end : end + 14]):
        return True
    if re.match(
        r"(?:的|水平)?[\d.]+倍|的近?[\d.]+倍|的[一二两三四五六七八九]倍", text[end : end + 8]
    ):
        return True
    return before.endswith(("是", "为")) and text[end : end + 6].find("倍") >= 0


_TITLE_SPAN = re.compile(r"((?:19|20)\d\d)年?[-—–~至到]+((?:19|20)\d\d)年?")
_TITLE_PLAN = re.compile(rf"第?({_ORDINAL})个?五")
_NAMED_PLAN = re.compile(
    rf"[《«][^》»]{{0,24}}[“\"]?({_ORDINAL})个?五[”\"]?[^》»]{{0,16}}(?:规划|计划|纲要)[^》»]{{0,6}}[》»]"
)
# 「2031年经济社会发展的主要预期目标」 is a plan of that year
_YEARLY_GOALS = re.compile(
    r"((?:19|20)\d\d)年(?:全[省市县区州])?(?:国民)?经济(?:和)?社会(?:高质量)?发展(?:的|工作)?(?:主要|总体)?(?:预期)?目标"
)
_TITLE_YEAR = re.compile(r"((?:19|20)\d\d)年(?!\d{1,2}月\d{1,2}日)")
# 「立足“十二五”基础，编制“十三五”规划」: the plan is the one that is called so
_CALLED_PLAN = re.compile(rf"第?({_ORDINAL})个?五[”\"]?[^,。;]{{0,16}}?(?:规划|纲要|计划|方案)")

_PLAN_PERIOD = re.compile(rf"[“\"‘']?({_ORDINAL})个?五[”\"’']?(?:规划)?(?:期间|时期)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d年")
# 「高质量完成“十六五”规划」: a text about how that plan was carried out
_DONE_PLAN = re.compile(rf"完成[“\"‘']?({_ORDINAL})个?五[”\"’']?规划")


# 「三年行动计划（2033—2035年）」: a plan named in the text with the years it runs
_PLAN_OF_YEARS = re.compile(
    r"(?:规划|计划|方案|纲要|意见|行动)[》”]?\((20\d\d)年?[-—–~至到]+(20\d\d)年?\)"
)

# 「2034—2037年引进项目300个」, said more than once, is what the text plans for
_SPANS = re.compile(r"(?<!\d)(20\d\d)年?[-—–~至到]+(20\d\d)年")

# 「2032年起5年内，大力实施…」, 「从2033年开始，用三年时间」
_YEARS_FROM = re.compile(
    r"(?:开始|起|起步),?(?:全[省市县区])?(?:力争|计划|利用|用|通过|在)*([三四五345])年(?:左右)?(?:内|时间|的时间|之内|间)"
)
_COUNTED_FROM = re.compile(rf"(20\d\d)年{_YEARS_FROM.pattern}")

_END_OF_PLAN = re.compile(rf"到[“\"]?({_ORDINAL})五[”\"]?期?末")
# 「力争用5年左右时间」, 「通过三年努力」 up to the year of the goals
_YEARS_SPENT = re.compile(r"(?:用|通过|经过|利用)([三四五345])年(?:左右)?的?(?:时间|努力)")

_LONGEST_PLAN = 6


def _base_of_goals(text: str, last: int) -> int | None:
    """The year that goals for ``last`` are most often measured from: 到2037年，…较2033年增长25%."""
    compared = re.findall(rf"到{last}年[^。;]*?[较比]((?:19|20)\d\d)年", text)
    bases = [int(year) for year in compared if last - _LONGEST_PLAN < int(year) < last]
    # of equals the end of a five-year plan, which most of a text measures from
    return max(bases, key=lambda year: (bases.count(year), year % 5 == 0, year), default=None)


def plan_period(title: str, text: str) -> Period | None:
    """The years a document plans for: from its title, else from its own words."""
    spans = _TITLE_SPAN.search(title)
    if spans and int(spans[1]) < int(spans[2]):
        return Period(int(spans[1]), int(spans[2]))
    plan = (
        _CALLED_PLAN.search(title) or _TITLE_PLAN.search(title) or _NAMED_PLAN.search(text[:3000])
    )
    if plan:
        return five_year_plan(_TENS[plan[1]])
    year = _TITLE_YEAR.search(title)
    if year:
        return Period.year(int(year[1]))
    counted = _COUNTED_FROM.search(text[:3000])
    if counted:
        first = int(counted[1])
        return Period(first, first + NUMBER_OF_YEARS[counted[2]] - 1)
    goals = re.findall(
        r"(?<![增高长加升大少低降展至])到((?:19|20)\d\d)年(?!的[\d.])|((?:19|20)\d\d)年的?[^,。;]{0,4}目标",
        text,
    )
    goals = [one or other for one, other in goals]
    goals += [str(five_year_plan(_TENS[each]).last) for each in _END_OF_PLAN.findall(text)]
    if goals:
        counts = {year: goals.count(year) for year in set(goals)}
        last = int(max(counts, key=lambda year: (counts[year], int(year))))
        said = [int(first) for first, end in _PLAN_OF_YEARS.findall(text) if int(end) == last]
        spans = [int(first) for first, end in _SPANS.findall(text) if int(end) == last]
        if said or len(spans) > 1:
            return Period(min(said or spans), last)
        base = _base_of_goals(text, last)
        if base is not None:
            return Period(base + 1, last)
        spent = _YEARS_SPENT.search(text[:3000])
        if spent:
            return Period(last - NUMBER_OF_YEARS[spent[1]] + 1, last)
        if last % 5 == 0:
            return Period((last - 1) // 5 * 5 + 1, last)
        # steps of one plan (到2025年…，到2027年…), not the visions beyond it
        return Period(min([last, *(y for y in map(int, counts) if last - 5 < y <= last)]), last)
    yearly = _YEARLY_GOALS.search(text)
    if yearly:
        return Period.year(int(yearly[1]))
    done = _DONE_PLAN.search(text[:3000])
    if done:
        return five_year_plan(_TENS[done[1]])
    # 「“十六五”期间，…;“十六五”期间，…」: a text that speaks of one plan alone, and of no other years
    said = _PLAN_PERIOD.findall(text)
    alone = len(said) > 1 and len(set(said)) == 1 and not _YEAR.search(text)
    return five_year_plan(_TENS[said[0]]) if alone else None
