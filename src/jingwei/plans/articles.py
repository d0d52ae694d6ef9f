"""News and columns: which plan, and which place, their sentences speak of.

A plan speaks of itself. An article names several: after 「《某市…行动方案（2031—2033年）》提出」 its goals
are for those years until another plan is named, and a line 「云溪：到2032年…」 makes 云溪 the place of
what follows.
"""

import re
from dataclasses import replace
from functools import lru_cache

from jingwei.core import Period
from jingwei.plans.context import Context, Mode, year_behind
from jingwei.plans.dates import Date, plan_period
from jingwei.plans.hindsight import is_done, looks_ahead
from jingwei.plans.occasion import Moment
from jingwei.plans.sentence import Memory, Number, Sentence

_TITLE = re.compile(r"《([^《》]{4,60})》(?:\([^()]{0,20}\))?")
_ISSUED = re.compile(
    r"(?:发布|印发|出台|推出|制定|公布|编制|实施|审议|通过|下发)(?:了|的)?[^,。《》]{0,6}$"
)
_SAYS = re.compile(
    r"^[”\"等]{0,3}[^,。《》]{0,12}?(?:提出|明确|要求|指出|公布|发布|印发|出台|部署|确定)"
)
_PLAN_WORD = re.compile(r"规划|计划|方案|行动|纲要|意见|措施|政策")
_ANNOUNCED = re.compile(
    r"(?:》|规划|方案|计划|纲要|意见|报告)[”\"]?(?:\([^()]*\))?(?:中|还|也|同时|明确|,)*(?:提出|明确|要求|设置|部署|指出)"
    r"|(?:发展|总体|主要|工作|规划|预期|奋斗|年度)目标(?:是|为|:|,)|(?<!人)提出(?:了)?[:,]?[^,。]{0,12}(?:到\x00|目标|力争)"
)
_AS_OF = re.compile(r"(?:截至|截止)(?:到|目前|今年)?$")
_WINDOW = re.compile(r"\d{1,2}[-—~至]\d{1,2}月|前[二三]季度|上半年|一季度|\d{1,2}月(?:底|末)")
_RUNNING_TO = 10  # a bare year in a text of its first ten months is one not yet over


@lru_cache(256)
def years_of_title(title: str) -> Period | None:
    """The years a plan's title names (行动方案(2031—2033年), “十七五”规划); None without any."""
    if not _PLAN_WORD.search(title):
        return None
    period = plan_period(title, "")
    return period if period is not None and period.first < period.last else None


def announced_plan(written: str) -> Period | None:
    """The years of the plan that a sentence says was issued, or what it quotes from."""
    if "《" not in written:
        return None
    found: Period | None = None
    for match in _TITLE.finditer(written):
        years = years_of_title(match[1])
        told = _SAYS.match(written[match.end() :]) or _ISSUED.search(written[: match.start()])
        if years is not None and told:
            found = years
    return found


def at_hand(written: str, context: Context, memory: Memory) -> Context:
    """The context of a sentence of an article: with the plan last announced as its plan."""
    announced = announced_plan(written)
    if announced is not None:
        memory.plan = announced
        memory.mode = None
    plan = memory.plan
    if plan is None or plan == context.plan:
        return context
    fact_year = context.fact_year if context.review else plan.first - 1
    if context.moment is not None and fact_year is not None:
        fact_year = min(fact_year, context.moment.year)
    if not context.review:
        fact_year = year_behind(fact_year, plan, context.moment)
    return replace(context, plan=plan, goal_period=plan, fact_year=fact_year)


_PROPOSED = re.compile(
    r"(?<=[一-龥\d,])(?<![适响对相供反因感效呼])应(?:该|当|进一步|继续|加快|着力|大力|重点|积极|力争|将|把|以|在)|建议|不妨"
)


def proposal_at(written: str) -> int:
    """Where a sentence of an article begins to say what its writer holds should be done (应进一步…, 建议…):
    a number behind it is neither set by a plan nor reported. The end of the sentence where nowhere."""
    told = _PROPOSED.search(written)
    quoted = told is not None and _ANNOUNCED.search(written[: told.start()])
    return len(written) if told is None or quoted else told.start()


def mode_told(sentence: Sentence, number: Number, date: Date | None, clause: str) -> Mode | None:
    """Goal or fact as the words of an article tell it, against the date of the article itself."""
    spoken = sentence.text[: number.mention.start]
    if date is not None and date in sentence.dates:
        written = sentence.text[date.start : date.end + 2]
        if _AS_OF.search(sentence.plain[: date.start]) or "以来" in written:
            return None if looks_ahead(clause) else "fact"
    moment = sentence.context.moment
    aimed = (
        date is not None
        and date in sentence.dates
        and sentence.plain[: date.start].endswith(("到", "至"))
    )
    over = date is not None and moment is not None and date.period.last < moment.year
    announced = _ANNOUNCED.search(sentence.plain[: number.mention.start].replace("\x00", " "))
    if (
        announced
        and (aimed or not over)
        and not is_done(clause)
        and not _WINDOW.search(spoken[announced.end() :])
    ):
        return "goal"
    if date is None or moment is None:
        return None
    return _against(sentence, date, clause, spoken, moment, aimed=aimed)


def _against(
    sentence: Sentence, date: Date, clause: str, spoken: str, moment: Moment, *, aimed: bool
) -> Mode | None:
    """A date against the text's own: later is a goal, earlier a fact unless it was aimed at."""
    if date.period.first > moment.year or (date.period.last > moment.year and not date.whole):
        return "goal"
    if date.period.last < moment.year:
        return "goal" if aimed and looks_ahead(clause) else "fact"
    if date.whole:
        return None
    carried = date not in sentence.dates  # then it stands in an earlier sentence
    written = "" if carried else sentence.text[date.start : date.end + 6]
    window = date.part or _WINDOW.search(written) or _WINDOW.search(clause)
    if is_done(clause) or (window and not looks_ahead(spoken)):
        return "fact"
    if re.search(r"月|以来", written):
        return "fact"
    running = 0 < moment.month <= _RUNNING_TO
    return "goal" if aimed or running or looks_ahead(clause) else None
