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

_QUOTED = re.compile(r"《[^》]*》|«[^»]*»|“[^”]*”规划|[(\[][^()]*[)\]]")
_MONTH = re.compile(r"(\d{4})年(?:\d{1,2}[-—~至])?(\d{1,2})月(?:(\d{1,2})日)?")
_HALF = re.compile(r"(\d{4})年(上半年|[一二三]季度|第[一二三]季度)")
_MONTHS = {"上半年": "06", "一季度": "03", "二季度": "06", "三季度": "09", "第一季度": "03",
           "第二季度": "06", "第三季度": "09"}  # fmt: skip
_UNTIL = re.compile(r"年?[底末]前?|之?前|以前")
_BEFORE = re.compile(
    r"(?:(?:\(?\d{1,2}[.、．)]|[①-⑳]|[一二三四五六七八九]是|——+)|其中|同时|力争|争取|确保|计划|努力|预计|"
    r"预期|并|且|再|展望|面向|截至|截止|到|至|在|于|自|从|“|全市|全省|本市|我市)*"
)
_TAIL = re.compile(r"(?:年?[底末])?(?:之?前|以前)?(?:期间|时期)?[,、]?")
# how long a document holds is no date of a task
_IN_FORCE = re.compile(
    "本(?:规划|方案|计划|意见|办法|细则|措施|通知|行动计划|实施方案|实施意见)[^;。]{0,30}(?:起(?:施行|实施|执行|生效)|有效期|印发之日)"
)
_CLAUSE = re.compile(r"[,;:。]")


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
    if _IN_FORCE.search(sentence):
        return []
    named = dates(sentence, context.plan)
    found = sorted([*named, *_in_year(sentence, context, named)])
    if not found:
        return []
    plan, past = context.plan, context.fact_year or 0
    earliest = plan.first if plan else past + 1
    quoted = [match.span() for match in _QUOTED.finditer(sentence)]
    result: list[Deadline] = []
    for date in found:
        if date.base or date.period.last < earliest:
            continue
        if any(first <= date.start < last for first, last in quoted):
            continue
        follows = bool(result) and not sentence[result[-1].end - start : date.start].strip("、和及")
        opens = _opens(sentence, date) or (follows and result[-1].opens)
        if not opens and not _limits(sentence, date):
            continue
        if follows:
            result.pop()  # 「2023年、2024年、2025年」: due at the last
        lead = 1 if date.start and sentence[date.start - 1] in "到至在于" else 0
        tail = _TAIL.match(sentence, date.end)
        stop = tail.end() if tail else date.end
        day = _day(sentence[date.start : date.end + 4]) or _month(sentence, date)
        result.append(Deadline(start + date.start - lead, start + stop, date.period, day, opens))
    return result


# dates without a year: 「6月底前开工」, 「三季度末前」, 「年内」
_IN_YEAR = re.compile(
    r"(?<![\d年至到—~\-两三四五几])(?:(?:1[0-2]|[1-9])月(?:(?:底|末|\d{1,2}日)(?:之|以)?前|(?:底|末)(?=[一-龥]))"
    r"|第?[一二三四]季度(?:[底末])?(?:之|以)?前?|[上下]半年|年(?:内|(?:底|末)(?:之|以)?前))"
)
_QUARTER_ENDS = {"一": "03", "二": "06", "三": "09", "四": "12"}


def _in_year(sentence: str, context: Context, named: list[Date]) -> list[Date]:
    """Dates without a year, in a text that plans for one year or behind a date that names it."""
    plan = context.plan
    year = plan.last if plan is not None and plan.first == plan.last else context.this_year
    found: list[Date] = []
    for match in _IN_YEAR.finditer(sentence):
        before = [d.period.last for d in named if d.end < match.start() and not d.whole]
        of = before[-1] if before else year
        if of and not any(d.start <= match.start() < d.end for d in named):
            found.append(Date(match.start(), match.end(), Period.year(of), False, False, True))
    return found


def _opens(sentence: str, date: Date) -> bool:
    """Whether a date opens its clause: at most 力争, 到 and the like stand before it."""
    before = _CLAUSE.split(sentence[: date.start])[-1]
    return len(before) <= 8 and _BEFORE.fullmatch(before) is not None


def _limits(sentence: str, date: Date) -> bool:
    """「…于2022年底前完成」, 「2030年前达峰」: a date inside a clause that sets a limit."""
    written = sentence[date.start : date.end]
    if _IN_YEAR.fullmatch(written):
        return True
    if written.endswith(("底", "末")) or _UNTIL.match(sentence, date.end):
        return True
    return sentence[date.start - 1 : date.start] in ("到", "至") and not date.whole


def _month(sentence: str, date: Date) -> str:
    written = sentence[date.start : date.end]
    if not _IN_YEAR.fullmatch(written):
        return ""
    month = re.match(r"\d{1,2}", written)
    if month:
        return f"{date.period.last}-{int(month[0]):02d}"
    quarter = re.search("([一二三四])季度", written)
    if quarter:
        return f"{date.period.last}-{_QUARTER_ENDS[quarter[1]]}"
    return f"{date.period.last}-06" if written == "上半年" else ""


def _day(written: str) -> str:
    month = _MONTH.match(written)
    if month:
        return f"{month[1]}-{int(month[2]):02d}" + (f"-{int(month[3]):02d}" if month[3] else "")
    half = _HALF.match(written)
    return f"{half[1]}-{_MONTHS[half[2]]}" if half else ""


def cell_deadline(text: str, context: Context) -> tuple[Period | None, str]:
    """The last date of a table cell: 「2023年6月」, 「2021-2025年」, 「12月底」 in a plan of one year."""
    found = dates(text if "年" in text or "期" in text else f"{text}年", context.plan)
    if found:
        date = found[-1]
        return date.period, _day(text[date.start : date.end + 4])
    month = re.search(r"(\d{1,2})月", text)
    if month and context.plan and context.plan.first == context.plan.last:
        return context.plan, f"{context.plan.last}-{int(month[1]):02d}"
    return None, ""
