"""When a text speaks, and the years that its sections report on or plan for.

A work report, a speech or a news text is no plan: it looks back in one section (2030年工作回顾,
过去五年) and ahead in another (“十七五”时期目标任务, 2031年工作安排), each with years of its own. What
dates the whole is its dateline, else the year of its number, else the last month that it tells
an event of (2031年2月，市政府印发…).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from jingwei.core import Period
from jingwei.documents.model import Document
from jingwei.plans.dates import dates
from jingwei.plans.lexicon import any_word

_NUMBERED = re.compile(r"[〔\[(]((?:19|20)\d\d)[〕\])]")
_EVENT = re.compile(
    r"(?<![到至前])((?:19|20)\d\d)年\d{1,2}月(?:\d{1,2}日)?(?!底|末|份?之?前|以前|至|-|—|起)"
)
_SPAN_SAID = re.compile(r"(过去|今后|未来|五年来|一年来)([一三五]|[135])?年?")
_COUNT = {"一": 1, "1": 1, "三": 3, "3": 3, "五": 5, "5": 5}
_REPORT = re.compile(r"工作报告|工作总结|工作汇报")
_EARLY = 6  # a text of the first half of a year looks back on the year before


@dataclass(frozen=True, slots=True)
class Moment:
    """The year and month of a text; ``month`` is 0 where only the year is known."""

    year: int
    month: int = 0

    @property
    def told_year(self) -> int:
        """The year whose figures a text has at hand: before March still those of the year before."""
        return self.year - 1 if 0 < self.month < 3 else self.year

    @property
    def past_year(self) -> int:
        """The last year that lies behind a text that looks back on whole years."""
        return self.year - 1 if 0 < self.month <= _EARLY else self.year


def moment_of(document: Document, opening: str, *, own_plan: bool) -> Moment | None:
    """When a document was issued or spoken; None where nothing tells.

    The events told in a plan are no sign of its own date, which is not guessed.
    """
    if document.issued:
        return Moment(int(document.issued[:4]), int(document.issued[5:7]))
    numbered = _NUMBERED.search(document.number)
    if numbered:
        return Moment(int(numbered[1]))
    if own_plan:
        return None
    if reports_to_congress(opening):
        year = _year_planned(document)
        if year is not None:
            return Moment(year, 1)
    last = max((int(match[1]) for match in _EVENT.finditer(opening)), default=None)
    return Moment(last) if last else _of_this_year(opening)


_TO_CONGRESS = re.compile(r"各位代表[^。]{0,80}(?:向大会报告|向大会作|报告(?:政府)?工作)")
_SPOKEN_FIRST = 300  # characters


def reports_to_congress(opening: str) -> bool:
    """Whether a text is a work report by its first words, whatever stands above them: 「各位代表：现在，我代表
    市人民政府向大会报告工作」."""
    return _TO_CONGRESS.search(opening[:_SPOKEN_FIRST].replace("\n", "")) is not None


def _year_planned(document: Document) -> int | None:
    """The year that the headings of a report plan for: 「三、2036年发展主要目标和工作安排」."""
    headings = [block.text for block in document.blocks if block.kind == "heading"]
    named = [date.period for text in headings for date in dates(text) if not date.whole]
    return max((period.last for period in named), default=None)


_DAY = re.compile(r"(?<![年\d])(\d{1,2})月\d{1,2}日")
_NEAR = 300  # characters at the head of a news text that its day stands in


def _of_this_year(opening: str) -> Moment | None:
    """「4月11日，…提出今年的目标」: a news text of this year, which is the last year it names bare, or the
    year after it where that begins the plan it tells of."""
    day = _DAY.search(opening[:_NEAR])
    if day is None or "今年" not in opening or not 1 <= int(day[1]) <= 12:
        return None
    found = dates(opening)
    spans = [date.period for date in found if date.whole]
    named = [
        date.period.last
        for date in found
        if not (date.whole or date.base)
        and opening[max(0, date.start - 1) : date.start] != "到"
        and not (
            _AHEAD.match(opening, date.end)
            and any(each.first < date.period.last <= each.last for each in spans)
        )
    ]
    if not named:
        return None
    begins = any(each.first == max(named) + 1 for each in spans)
    return Moment(max(named) + begins, int(day[1]))


_AHEAD = re.compile(r"年?,?[^,。]{0,6}?(?:力争|将|计划|预计|预期|确保)")


def is_report(title: str) -> bool:
    """Whether a title is that of a work report, which looks back and ahead."""
    return _REPORT.search(title) is not None


@dataclass(frozen=True, slots=True)
class Era:
    """What a section of a report speaks of: facts up to ``last``, or goals for ``plan``."""

    plan: Period
    mode: Literal["fact", "goal"]
    last: int


_ONE_YEAR = re.compile(
    r"过去的?一年|一年来|这一年|去年|(?P<year>(?:19|20)\d\d)年?(?![\d年]*(?:以来|起|[-—–~至到]))"
)
_YEARS = re.compile(
    r"(?:过去|这|近)的?[三四五]年|[三四五]年(?:来|间)|十[一二三四五六七八九]?五[”\"]?(?:时期|期间|以来|这五年|工作|,|$)"
)
_ADDRESS = re.compile(r"^(?:[各诸]位代表|同志们)[,!:]?")
_HEAD = 20  # characters of a paragraph that say which years it turns to


def years_turned_to(words: str, era: Era) -> Period | None:
    """The years that a heading or the head of a paragraph of a look back turns to: the last one (「刚刚过去的
    2035年」, 「一年来」) or the several (「五年来」); of two, those it names first. None where it names none."""
    words = _ADDRESS.sub("", words)[:_HEAD]
    one, several = _ONE_YEAR.search(words), _YEARS.search(words)
    if one and one["year"] and int(one["year"]) != era.last:
        one = None
    if several and (one is None or several.start() < one.start()):
        return era.plan if era.plan.first < era.last else Period(era.last - 4, era.last)
    return Period.year(era.last) if one else None


@lru_cache(1024)
def era_of(heading: str, moment: Moment | None) -> Era | None:
    """The era that a heading announces with its dates; None where it names none."""
    back = re.search(any_word("section.look_back"), heading) is not None
    ahead = re.search(any_word("section.look_ahead"), heading) is not None
    named = dates(heading, None, moment.year if moment else None)
    if not (back or ahead) and moment and named and heading.endswith("工作"):
        ahead = (
            named[0].period.last > moment.past_year
        )  # 「2036年工作」 in a report of that January
        back = not ahead
    if back == ahead:
        return None
    single = [date.period.last for date in named if not date.whole]
    spans = [date.period for date in named if date.whole]
    said = _SPAN_SAID.search(heading)
    if not named and not (said and moment):
        return None
    if ahead:
        if said and moment and not spans:
            return _ahead(said, moment)
        plan = spans[-1] if spans else Period.year(single[-1])
        return Era(plan, "goal", plan.first - 1)
    behind = moment.past_year if moment else None
    if not named and said and moment:
        years = _COUNT.get(said[2] or said[1][0], 1)
        return Era(Period(moment.past_year - years + 1, moment.past_year), "fact", moment.past_year)
    if single:
        last = single[-1]
        if "以来" in heading and behind is not None:
            last = max(last, behind)
    else:
        last = min(spans[-1].last, behind or spans[-1].last)
        last = max(last, spans[-1].first)
    first = min([last, *(span.first for span in spans), *single])
    return Era(Period(first, last), "fact", last)


def _ahead(said: re.Match[str], moment: Moment) -> Era | None:
    if said[1] not in ("今后", "未来") or not said[2]:
        return None
    first = moment.past_year + 1
    plan = Period(first, first + _COUNT[said[2]] - 1)
    return Era(plan, "goal", plan.first - 1)
