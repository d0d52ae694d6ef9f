"""When something is to be done: the dates of a sentence that its orders are due at.

A date that opens a clause governs what follows (「到2025年，建成…」, 「“十四五”期间力争…」); inside a
clause only a date with a limit does (「…于2022年底前完成」). Dates of comparison, of titles and of
the past are none. A period is due as a whole; a month or day is kept beside the year.
"""

import re
from dataclasses import dataclass

from jingwei.core import Period
from jingwei.plans.context import Context
from jingwei.plans.dates import Date, dates
from jingwei.plans.orders import order_in

_QUOTED = re.compile(r"《[^》]*》|«[^»]*»|“[^”]*”规划|[(\[][^()]*[)\]]")
_MONTH = re.compile(r"(\d{4})年(?:\d{1,2}[-—~至])?(\d{1,2})月(?:(\d{1,2})日)?")
_UNTIL = re.compile(r"年?[底末]前?|之?前|以前")
_BEFORE = re.compile(
    r"(?:(?:\(?\d{1,2}[.、．)]|[①-⑳]|[一二三四五六七八九]是|——+)|其中|同时|力争|争取|确保|计划|努力|预计|"
    r"预期|并|且|再|展望|面向|截至|截止|到|至|在|于|自|从|“|全市|全省|本市|我市)*"
)
_TAIL = re.compile(
    r"(?:第?[一二三四]季度|[上下]半年|主?汛期|春节|“?五一”?节?|国庆节?|[春秋]季(?:学期|开学))?(?:年?[底末])?(?:之?前|以前)?(?:期间|时期)?[,、]?"
)
# how long a document holds is no date of a task
_IN_FORCE = re.compile(
    "本(?:规划|方案|计划|意见|办法|细则|措施|通知|行动计划|实施方案|实施意见)[^;。]{0,30}(?:起(?:施行|实施|执行|生效)|有效期|印发之日)"
)
_CLAUSE = re.compile(r"[,;:。]")


_TIMED = re.compile("[年月季节期底末]|五一|十一|开学")


@dataclass(frozen=True, slots=True)
class Deadline:
    """When; and where the words stand that say so, offsets into the paragraph."""

    start: int
    end: int
    period: Period
    day: str  # ISO month or day, "" where only years are given
    opens: bool


def deadlines(text: str, start: int, end: int, context: Context) -> list[Deadline]:
    """The dates in ``text[start:end]`` that something is due at, in order."""
    sentence = text[start:end]
    if not _TIMED.search(sentence):
        return []
    if _IN_FORCE.search(sentence):
        return []
    year = _year_at_hand(context)
    earliest = _earliest(context)
    quoted = [match.span() for match in _QUOTED.finditer(sentence)]
    named = dates(sentence, context.plan, year)
    ahead = [date for date in named if date.period.last >= earliest]
    found = sorted([*ahead, *_in_year(sentence, year, ahead, quoted)])
    result: list[Deadline] = []
    for date in found:
        if date.base or _is_other_date(sentence, date):
            continue
        if any(first <= date.start < last for first, last in quoted):
            continue
        follows = bool(result) and not sentence[result[-1].end - start : date.start].strip("、和及")
        opens = _opens(sentence, date) or (follows and result[-1].opens)
        listed = bool(result) and re.fullmatch(
            "[^,;:。]*、", sentence[result[-1].end - start : date.start]
        )
        if not (opens or listed or _limits(sentence, date)):
            continue
        if follows:
            result.pop()  # 「2023年、2024年、2025年」: due at the last
        lead = 1 if date.start and sentence[date.start - 1] in "到至在于" else 0
        tail = _TAIL.match(sentence, date.end)
        stop = tail.end() if tail else date.end
        result.append(
            Deadline(
                start + date.start - lead, start + stop, date.period, _day(sentence, date), opens
            )
        )
    return result


def _year_at_hand(context: Context) -> int | None:
    """The year that a text for one year leaves out."""
    plan = context.plan
    if context.this_year and (plan is None or plan.first - 1 <= context.this_year <= plan.last):
        return context.this_year
    return plan.last if plan is not None and plan.first == plan.last else None


def _earliest(context: Context) -> int:
    plan, past = context.plan, context.fact_year or 0
    if plan is None:
        return past + 1
    if context.this_year and context.this_year < plan.first:
        return context.this_year  # a report of this year that tells of a plan to come
    if plan.first == plan.last and plan.first != context.this_year:
        return plan.first - _STEPS_BEFORE  # only the year of its goals is known
    return plan.first


_STEPS_BEFORE = 3
# what starts, recurs or runs out is not due: 自2026年起, 每年1月底前, 政策执行至2027年底, 按2023年水平
_STARTS = re.compile(r"(?:\d{1,2}月)?(?:\d{1,2}日)?(?:之日)?(?:起|以来|开始)(?!步|草|降|用)")
_RECURS = re.compile(r"每(?:年|季度?|月|半年)?(?:的)?$|(?:此后|以后)每年[^,;]{0,4}$")
_RUNS_OUT = re.compile(
    r"(?:执行|实施|延续|延长|有效|持续|施行|补贴|享受|期限|截止|规划期|过渡)(?:期|时间|期限|日期)?[为是]?(?:到|至)?$|规划期为?$|起[至到]$|远景展?望?到?$"
)


def _is_other_date(sentence: str, date: Date) -> bool:
    """Whether a date says since when, how often, or how long something holds."""
    before = sentence[max(0, date.start - 8) : date.start]
    return (
        _STARTS.match(sentence, date.end) is not None
        or sentence[date.end - 1 : date.end] == "起"
        or _RECURS.search(before) is not None
        or _RUNS_OUT.search(before) is not None
    )


# dates without a year: 「6月底前开工」, 「三季度末前」, 「年内」, 「“五一”前」
_IN_WORDS = (
    r"(?:(?P<month>1[0-2]|[1-9])月份?(?P<day>\d{1,2}日)?(?:[上中下]旬|[初底末])?(?![一二三四五六七八九十\d~—-])"
    r"|第?(?P<quarter>[一二三四])季度|(?P<half>[上下])半年|全年|年(?:内|[底末])"
    r"|“?(?P<feast>五一|国庆|元旦|十一)”?节?(?=(?:之|以)?前|期间)"
    r"|(?:主?汛期|春节|春耕|采暖季|供暖季|开学)(?=(?:之|以)?前|期间)|[春秋]季(?:学期|开学)"
    r")[底末]?(?:(?:之|以)?前|期间|内)?"
)
_IN_YEAR = re.compile(rf"(?<![\d年至到—~\-两三四五几每个去上前对]){_IN_WORDS}")
_OF_A_YEAR = re.compile(rf"(?:(?:19|20)\d\d|今|明|本)年(?:度)?的?{_IN_WORDS}")
_ENDS = {
    "一": "03", "二": "06", "三": "09", "四": "12", "上": "06", "下": "12",
    "五一": "05-01", "国庆": "10-01", "十一": "10-01", "元旦": "01-01",
}  # fmt: skip


def _in_year(
    sentence: str, year: int | None, named: list[Date], quoted: list[tuple[int, int]]
) -> list[Date]:
    """Dates without a year, in a text that plans for one year or behind a date that names it."""
    found: list[Date] = []
    for match in _IN_YEAR.finditer(sentence):
        before = [
            d.period.last for d in named if d.end <= match.start() and not (d.whole or d.base)
        ]
        of = before[-1] if before else year
        within = any(d.start <= match.start() < d.end for d in named)
        yearly = "每年" in sentence[: match.start()].rpartition(";")[2]
        if of and not within and not yearly and not any(d.end == match.start() for d in named):
            found.append(Date(match.start(), match.end(), Period.year(of), False, False, True))
    return found


def _opens(sentence: str, date: Date) -> bool:
    """Whether a date opens its clause: at most 力争, 到 and the like stand before it."""
    before = _CLAUSE.split(sentence[: date.start])[-1]
    return len(before) <= 8 and _BEFORE.fullmatch(before) is not None


def _limits(sentence: str, date: Date) -> bool:
    """「…于2022年底前完成」, 「2030年前达峰」: a date inside a clause that sets a limit."""
    written = sentence[date.start : date.end]
    if _IN_YEAR.fullmatch(written) and written.endswith(("前", "期间", "内", "底", "末", "旬")):
        return True
    if written.endswith(("底", "末", "今年", "明年")) or _UNTIL.match(sentence, date.end):
        return True
    if _DOES.match(sentence, date.end) or order_in(sentence, date.end) is not None:
        return True
    return sentence[date.start - 1 : date.start] in ("到", "至", "于") and not date.whole


# 「配套率2025年达到70%」, 「二期2026年三季度竣工」: a date before what is done
_DOES = re.compile(
    r"(?:第?[一二三四]季度|[上下]半年|\d{1,2}月|[春秋]季[^,;]{0,4}|[^,;。]{0,6}前)?[底末]?前?(?:力争|争取|确保|将|要|全部|全面|基本|实现|累计)*"
    r"(?:达到?|突破|超过|实现|建成|开工|竣工|投产|投用|投运|完工|完成|开通|通车|通水|通气|通电|启动|开业|开街|开园|达产|满产|点亮|收官|交付|上线|出台|印发|发布|提高|降[低至]|增[至加]|开展|组织|全覆盖|应[改装]尽|销号|清零|收尾|到位|办结|挂牌|封顶|搬入|下线|量产|试运行|公布|化解|覆盖|推广|启用|具备|保持|稳定在|控制在|年均)"
)


def _day(sentence: str, date: Date) -> str:
    """The month or day of a date, ISO: 2026年9月底, 三季度, 上半年, 7月31日前; "" for a year."""
    written = sentence[date.start : date.end + 12]
    dated = _MONTH.match(written)
    if dated:
        return f"{dated[1]}-{int(dated[2]):02d}" + (f"-{int(dated[3]):02d}" if dated[3] else "")
    found = _IN_YEAR.fullmatch(sentence, date.start, date.end) or _OF_A_YEAR.match(written)
    if found is None:
        return ""
    year = date.period.last
    if found["month"]:
        return f"{year}-{int(found['month']):02d}" + (
            f"-{int(found['day'][:-1]):02d}" if found["day"] else ""
        )
    ends = found["quarter"] or found["half"] or found["feast"]
    return f"{year}-{_ENDS[ends]}" if ends else ""


def cell_deadline(text: str, context: Context) -> tuple[Period | None, str]:
    """The last date of a table cell: 「2023年6月」, 「2021-2025年」, 「12月底」 in a plan of one year.

    What holds for good or comes again (长期坚持, 每季度末) is no date.
    """
    year = _year_at_hand(context)
    named = dates(text if re.search("年|期|季|月", text) else f"{text}年", context.plan, year)
    found = [
        date for date in sorted([*named, *_in_year(text, year, named, [])])
        if date.period.last >= _earliest(context) and not _RECURS.search(text[max(0, date.start - 8) : date.start])
    ]  # fmt: skip
    return (found[-1].period, _day(text, found[-1])) if found else (None, "")
