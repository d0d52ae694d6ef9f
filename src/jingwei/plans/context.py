"""Where a passage stands: the plan's years, its region, the section and what it reports.

Whether a number is a goal or a fact is told by its date first; a number without a date takes
the answer of its section (发展基础 reports facts, 主要目标 sets goals).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from jingwei.core import Period
from jingwei.documents.folding import fold
from jingwei.documents.model import Block, Document
from jingwei.documents.numbering import mark_of
from jingwei.plans.dates import dates, plan_period
from jingwei.plans.hindsight import (
    assesses,
    full_year_of_review,
    is_headline,
    is_review,
    looks_only_back,
    opens_back,
    past_years,
    says_it_reviews,
    speaks_of,
    year_looked_back,
    year_of_review,
)
from jingwei.plans.lexicon import any_word
from jingwei.plans.occasion import (
    Era,
    Moment,
    era_of,
    is_report,
    moment_of,
    reports_to_congress,
    years_turned_to,
)
from jingwei.plans.regions import full_name, local_name, place_at_head, region_of

Mode = Literal["fact", "goal"]

_HEAD_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[章节部分编条]+|[一二三四五六七八九十]+[、.．]|"
    r"\([一二三四五六七八九十\d]+\)|(?!(?:19|20)\d\d年)\d+(?:\.\d+)*[、.．)]?|[—-]+|专栏\s*\d*|[①-⑳])\s*"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a passage inherits: ``mode`` and ``period`` of its section, region, topic, headings.

    ``article`` says that the text speaks of other texts' plans (news); ``moment`` is when it
    speaks, where that is known; ``told_by_others`` that the text is no plan and no review, whatever its
    headings announce; ``part_of_year`` that it reports on a part of its year (2035年1—6月…情况).
    ``full_year`` is the last year that is told as a whole, where ``fact_year`` is not; ``counted`` the
    years that a look back has turned to, over which it counts what was done.
    """

    plan: Period | None
    region: str
    mode: Mode
    topic: str
    section: tuple[str, ...]
    goal_period: Period | None
    fact_year: int | None
    review: bool = False
    unsure: bool = False
    this_year: int | None = None
    article: bool = False
    moment: Moment | None = None
    told_by_others: bool = False
    part_of_year: bool = False
    full_year: int | None = None
    counted: Period | None = None

    @property
    def undated_year(self) -> int | None:
        """The year of a fact that is told without one."""
        return self.full_year or self.fact_year


@lru_cache(4096)
def heading_words(heading: str) -> str:
    """A heading without its number: 「（三）新城持续发力」 gives 新城持续发力."""
    previous = ""
    while heading != previous:
        previous, heading = heading, _HEAD_NUMBER.sub("", heading)
    return heading.rstrip("。.:：;；")


_EXPLAINS = re.compile(r"名词(?:解释|术语|注释)|术语(?:解释|表)|有关名词")


def explains_words(section: tuple[str, ...]) -> bool:
    """Whether a section explains words (名词解释): its numbers define and measure nothing."""
    return any(_EXPLAINS.search(heading) for heading in section)


@cache
def _mode_words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lists = (any_word("section.fact"), any_word("section.goal"), any_word("section.doing"))
    return re.compile(lists[0]), re.compile(lists[1]), re.compile(lists[2])


# 「建设基础」 opens with no verb of doing
_STARTS_FROM = re.compile(r"(?:建设|创建|创新|实施)(?:的)?(?:现状|基础(?!设施))")
# 「在多重挑战中顺利实现“十五五”发展目标」
_GOALS_REACHED = re.compile(r"(?:顺利|圆满|胜利|如期)(?:实现|完成)[^,;。]*(?:目标|任务)$")


@lru_cache(4096)
def heading_mode(heading: str) -> Mode | None:
    """Whether a heading announces facts or goals; None where its words tell neither."""
    fact, goal, doing = _mode_words()
    words = heading_words(heading)
    facts = [match.end() for match in fact.finditer(words)]
    goals = [match.end() for match in goal.finditer(words)]
    if re.fullmatch(r".{0,4}基础", words) and not doing.match(words):
        return "fact"
    if _GOALS_REACHED.search(words) or _STARTS_FROM.match(words):
        return "fact"
    if facts and (not goals or facts[-1] > goals[-1]) and not doing.match(words):
        return "fact"
    # 发展形势与主要目标 ends with the word that counts
    return "goal" if goals else None


def announces_doing(heading: str) -> bool:
    """Whether a heading opens with a verb of doing: 加快产业数字赋能."""
    return bool(_mode_words()[2].match(heading_words(heading)))


_SLOGAN = re.compile(
    r"提升|进展|评价|政策|加快|推进|增强|显著|持续|不断|强化|优化|完善|推动|有力|升级|迈|实现|取得|坚持|深化|"
    r"打造|构建|培育|促进|建设|发力|成效|壮大|引领|目标|要求|任务|措施|保障|改善|降低|凸显|彰显|"
    r"跃|夯实|稳中|稳步|加速|成长|集聚|阶段$|向好|攀升|回升|进位|健全|活跃|方面$|筑牢|实施|做强|做大|做优|聚焦|扩大|积极|全面|大力|着力|加强|发展基础|形势|思路|工程$|情况|汇报|报告|运行|总结|综述|概况|概述|要点|说明|通报|分析|态势|亮点|简报|"
    r"建强|培强|做精|抓实|招引|用好|推广|支持|引导|行动|专栏|空间布局|规划|回顾|成为|明显|创新能力|主要|指标|形成|支撑|突破|涌现|激活|释放|盘活|蓬勃|提高|改造|增效|见效|强劲|认识|攻坚|密集|扩展|延伸|台阶|增强"
)


@lru_cache(4096)
def as_topic(heading: str) -> str:
    """The industry or thing a heading names (1.集成电路 → 集成电路), "" for a slogan."""
    words = heading_words(heading)
    if re.match(r"[两二三四五六七八九十\d]+(?:个|大|类|条)|[上中下]游", words):
        return ""
    if heading_mode(heading) == "fact" or re.search("[的是]|[“”][^“”]{1,2}[“”]", words):
        return ""  # 「集群“链”出新优势」 names nothing
    if not 2 <= len(words) <= 22 or _SLOGAN.search(words) or re.search(r"[,;:!?\d]", words):
        return ""
    return re.sub(r"(?:产业)?(?:集群)?(?:重点)?(?:领域|方向)$", "", words)


def fact_year_of(document: Document, plan: Period | None, opening: str) -> int | None:
    """The year of a fact without a date: the one before the plan, else that of issue."""
    if plan is not None:
        return plan.first - 1
    if document.issued:
        return int(document.issued[:4])
    told = Counter(past_years(opening))
    last, usual = max(told, default=None), max(told, key=lambda y: (told[y], y), default=None)
    if last is None or usual is None:
        return None
    # one year told again and again is that of the text, whatever year is named once besides
    return usual if told[usual] >= _USUAL * told[last] else last


def year_behind(fact_year: int | None, plan: Period | None, moment: Moment | None) -> int | None:
    """The year of an undated fact in news of a plan that has begun: the last one over, not the one
    before the plan."""
    if moment is None or plan is None or moment.year not in plan.years:
        return fact_year
    return max(fact_year or 0, moment.year - 1)


_MILESTONE = re.compile(r"(?:到|至)?((?:20)\d\d)年")


_KIND_OF_DOCUMENT = re.compile(
    r"规划|计划|纲要|方案|意见|报告|公报|通知|办法|要点|评估|政策|行动|通稿|回顾|安排|目标|汇报|总结|通报|任务|清单|分工"
)


_NAMED_BY_YEAR = re.compile(r"[一-龥]{2,12}20\d\d")


def _title(document: Document) -> str:
    """The title, or the first short line that names a kind of document (a page's menu does not)."""
    if _KIND_OF_DOCUMENT.search(document.title):
        return document.title
    headline = _headline(document) or _said_title(document)
    if headline:
        return headline
    texts = [block.text for block in document.blocks[:12] if block.text]
    if texts and _NAMED_BY_YEAR.fullmatch(texts[0]):
        return texts[0]
    heads = [re.split(r"[。;]", text)[0][:60] for text in texts]
    named = [head for head in heads if _KIND_OF_DOCUMENT.search(head) and "," not in head]
    if heads and heads[0] in named:
        return heads[0]
    # a sentence or a dateline is no title
    lines = [text for text in texts if len(text) <= 60 and not _NO_TITLE.search(text)]
    named_lines = [line for line in lines if line[:60] in named]
    return document.title or (named_lines or lines or named or [""])[0][:60]


# an action plan often names no years in its title, but has chapters
_PLAN_TITLE = re.compile(r"(?:规划|计划|方案|纲要|意见|措施|决定)(?:\([^()]*\))?$")
_CHAPTERS = 3
_USUAL = 3  # times as often as the latest year


def _is_plan(document: Document) -> bool:
    """Whether a document is titled as a plan and divided into chapters."""
    if not _PLAN_TITLE.search(document.title) or is_report(document.title):
        return False
    return sum(block.kind == "heading" for block in document.blocks) >= _CHAPTERS


_NO_TITLE = re.compile(r"[。:”是为]$|20\d\d年\d{1,2}月\d{1,2}日")
_DATELINE = re.compile(r"[^。,;]{0,20}(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}[^。;]{0,40}")


def _said_title(document: Document) -> str:
    """The headline that a file or page gives of itself, without the name of the site behind it."""
    said = fold(document.metadata.get("title", "")).text.translate(_STRAIGHT)
    return re.split(r"[|_]|-{1,2}(?=[^-]*$)", said)[0].strip()[:60]


_STRAIGHT = str.maketrans({"‘": "“", "’": "”"})


def _headline(document: Document) -> str:
    """The first line, where the second is the dateline of a news text; "" elsewhere."""
    texts = [block.text for block in document.blocks[:3] if block.text]
    if len(texts) < 2 or not _DATELINE.fullmatch(texts[1]) or not document.issued:
        return ""
    return texts[0] if 8 <= len(texts[0]) <= 45 and not re.search(r"[。;]", texts[0]) else ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a whole document says of itself: plan years, region, year of its undated facts."""

    plan: Period | None
    region: str
    fact_year: int | None
    review: bool
    has_headings: bool
    this_year: int | None
    own_plan: bool
    moment: Moment | None
    narrates: bool
    local: str
    part_of_year: bool = False
    full_year: int | None = None


def outlook(document: Document) -> Outlook:
    """Read a document's title and opening for what all its passages inherit."""
    opening = "\n".join(block.text for block in document.blocks)[:20000]
    title = _title(document)
    review = is_review(title) or says_it_reviews(opening)
    report = is_report(title) or reports_to_congress(opening)
    plan = None if review and "以来" in title else plan_period(title, opening)
    # a title names its own plan; a sentence in its place, or news of it, speaks of somebody else's
    own_plan = (
        not re.search(r"[《,!?]", title)
        and len(title) <= 45
        and not is_headline(title)
        and (
            plan_period(title, "") is not None
            or (plan is not None and (_is_plan(document) or _is_named_by_year(title, document)))
        )
    )
    moment = moment_of(document, opening, own_plan=own_plan)
    if plan is not None and own_plan and plan_period(title, "") is None:
        plan = _after_facts(_with_first_steps(plan, opening, moment), document)
    if plan is not None and moment is not None and not own_plan and plan.first > moment.year + 1:
        plan = Period(moment.year + 1, plan.last)
    elif (
        plan is not None
        and moment is not None
        and not (own_plan or review)
        and plan.first > moment.year
    ):
        plan = Period(moment.year, plan.last)  # goals for 2036 and 2037, told in February 2035
    elif (
        plan is not None
        and moment is not None
        and not (own_plan or review)
        and plan.first < moment.year <= plan.last
        and plan.first % 5 != 1
    ):
        plan = Period(moment.year, plan.last)  # 「到2037年，比2033年增长25%」, told in January 2035
    back = None if review else year_looked_back(document, title, opening, plan, moment)
    if review:
        fact_year = year_of_review(document, title, opening)
    else:
        fact_year = back or fact_year_of(document, plan, opening)
    if not (review or back or own_plan):
        fact_year = year_behind(fact_year, plan, moment)
    year = moment.year if moment else None
    return Outlook(
        plan,
        region_of(title or opening[:60].partition("\n")[0], opening, document.number),
        fact_year,
        review or back is not None,
        any(block.kind == "heading" for block in document.blocks),
        # only a plan for one year says which year 今年 is; one for five may be written before them
        year
        or (
            plan.first
            if own_plan and plan == plan_period(title, "") and plan and plan.first == plan.last
            else None
        ),
        own_plan and not report,
        moment,
        report or not (own_plan or review),
        local_name(opening),
        _PART_OF_YEAR.search(title) is not None,
        full_year_of_review(opening) if review else None,
    )


_GOAL_YEAR = re.compile(r"(?<![增高长加升大少低降展至])到((?:19|20)\d\d)年(?!的[\d.])")


def _with_first_steps(plan: Period, opening: str, moment: Moment | None) -> Period:
    """The years of a plan that names steps before its last five: 到2030年…, 到2035年…, issued in 2025;
    or that names only its last year.

    It begins in its year of issue, where that is told; else after the last year that it tells of as past.
    """
    if plan.first == plan.last and moment is not None and moment.year < plan.last:
        return Period(moment.year, plan.last)
    steps = [int(year) for year in _GOAL_YEAR.findall(opening)]
    if moment is not None:
        began = moment.year if moment.year + 1 < plan.first else plan.first
        return Period(began, plan.last) if any(s < plan.first for s in steps) else plan
    past = (year for year in past_years(opening) if year not in steps)
    told = max((year for year in past if year < plan.last), default=0)
    ahead = [step for step in steps if told < step < plan.first]
    if not ahead:
        return plan
    return Period(max(told + 1, (min(ahead) - 1) // 5 * 5 + 1), plan.last)


def _after_facts(plan: Period, document: Document) -> Period:
    """The years of a plan whose chapter on what it builds on tells of a year that would be its own."""
    told = [
        year
        for block in document.blocks
        if block.kind == "paragraph" and block.section and heading_mode(block.section[-1]) == "fact"
        for year in past_years(block.text, whole=True)
        if plan.first <= year < plan.last
    ]
    return Period(max(told) + 1, plan.last) if told else plan


def _is_named_by_year(title: str, document: Document) -> bool:
    """「智造云溪2035」 above chapters is a plan that its last year names."""
    chapters = sum(block.kind == "heading" for block in document.blocks)
    return _NAMED_BY_YEAR.fullmatch(title) is not None and chapters >= _CHAPTERS


_PART_OF_YEAR = re.compile(
    r"(?:19|20)\d\d年(?:\d{1,2}(?:月份?)?[-—–~至])?(?:[1-9]|1[01])月份?(?!\d*日)|(?:19|20)\d\d年(?:上半年|一季度|前[二三]季度)"
)


def contexts(document: Document, whole: Outlook) -> Iterator[tuple[Block, Context]]:
    """Paragraphs and tables of a document with what they inherit from title and headings."""
    seen_heading = False
    region = own = whole.region or whole.local
    step: Period | None = None
    back: tuple[str, ...] | None = None  # a section that opened with the years before the plan
    told: tuple[Era, Period] | None = None  # which of its years a look back has turned to
    for block in document.blocks:
        if block.kind == "heading":
            seen_heading = True
            if mark_of(block.text) is not None:
                step = None
        if whole.narrates and (placed := _place_of_part(block)):
            region = placed
        if block.kind != "heading" and (block.text or block.table is not None):
            step = _step_of(block, whole) or step
            if era := _era_above(block, whole):
                told = _years_told(block, era, told)
                context = _of_era(block, whole, era, told[1] if told else None)
            else:
                context = _context(block, whole, seen_heading)
            back = _looking_back(block, whole, back)
            if back is not None and context.mode == "goal":
                context = replace(context, mode="fact")
            if step is not None and context.mode == "goal":
                context = replace(context, goal_period=step)
            yield block, context if region == own else replace(context, region=region)


_OPENING = 60  # characters of a paragraph that say which years it opens with


def _looking_back(
    block: Block, whole: Outlook, back: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    """The section that reports on the years before the plan, since its first words say so.

    It lasts until a paragraph speaks of the plan's own years, or a heading sets goals.
    """
    if whole.plan is None or not whole.own_plan or whole.review or not block.section:
        return None
    if any(heading_mode(heading) for heading in block.section):
        return None
    same = back is not None and block.section[: len(back)] == back
    if not same and any(announces_doing(heading) for heading in block.section):
        return None  # inside a look back 「3.形成多元供热体系」 tells what was done
    # 「一、过去五年的主要成效 “十五五”以来,…」: a heading in one line with its text
    if opens_back(_HEAD_NUMBER.sub("", block.text[:_OPENING]), whole.plan):
        return block.section
    return None if not same or speaks_of(block.text, whole.plan) else back


# a line of its own 「【到2032年】」, 「到2032年：」 dates the goals listed below it
_STEP = re.compile(r"【?(?:到|至)?((?:19|20)\d\d)年?(?:底|末)?】?:?")


def _step_of(block: Block, whole: Outlook) -> Period | None:
    """The year that a line of its own sets for the goals below it."""
    line = _STEP.fullmatch(block.text) if whole.plan is not None else None
    return (
        Period.year(int(line[1]))
        if line and whole.plan and int(line[1]) >= whole.plan.first
        else None
    )


def _place_of_part(block: Block) -> str:
    """The place whose part of a text begins with a line 「云溪：到2032年…」 or a heading 云溪市."""
    words = heading_words(block.text[:40])
    place, rest = place_at_head(words)
    if not place or not (rest.startswith(":") or (block.kind == "heading" and not rest)):
        return ""
    return full_name(place)


_TURN = re.compile(r"(?:目标|任务|要求|思路|举措|措施|安排|指标|原则|打算)$")


def _ahead(heading: str, whole: Outlook) -> bool:
    """Whether a heading of a review looks ahead: 2025年工作安排 in a report on 2024."""
    years = [date.period.first for date in dates(heading)]
    later = whole.fact_year is not None and any(year > whole.fact_year for year in years)
    return later or bool(
        re.search(
            r"(?:目标任务|主要目标|工作安排|下一步[^,。]{0,6}|打算|(?<!调整)建议|对策)$",
            heading_words(heading),
        )
    )


def _mode(
    section: tuple[str, ...], whole: Outlook, seen_heading: bool, text: str = ""
) -> Mode | None:
    """What a section reports: told from the outermost heading inwards.

    A heading that names facts (发展基础) holds for all below it; slogans under it such as
    创新能力持续提升 do not turn it into a goal, but 主要目标 does.
    """
    mode: Mode | None = "fact" if whole.review else None
    for heading in section:
        told = heading_mode(heading)
        if whole.review and _ahead(heading, whole):
            mode = "goal"
            continue
        if mode == "fact" and not _TURN.search(heading_words(heading)):
            continue
        mode = told or mode
    if mode is None and whole.own_plan and whole.plan and looks_only_back(text, whole.plan):
        return "fact"  # no heading tells, and all its dates lie behind the plan
    if mode is None and any(announces_doing(heading) for heading in section):
        mode = "goal"
    if mode is None and whole.own_plan:
        mode = "goal" if seen_heading or not whole.has_headings else "fact"
    return mode


def _context(block: Block, whole: Outlook, seen_heading: bool) -> Context:
    section, box = block.section, block.box
    told = _mode(section, whole, seen_heading, block.text)
    mode: Mode = told or "fact"
    headings = (*section, box) if box else section
    topic = next((each for each in map(as_topic, reversed(headings)) if each), "")
    goal_period = whole.plan
    for heading in reversed(section):
        year = _MILESTONE.search(heading)
        if year and whole.plan and whole.plan.first <= int(year[1]):
            goal_period = Period.year(int(year[1]))
            break
    return Context(
        whole.plan, whole.region or whole.local, mode, topic, headings, goal_period, whole.fact_year,
        whole.review and mode == "fact", whole.plan is not None and (told is None or not whole.own_plan), whole.this_year,
        whole.narrates and told is None, whole.moment, whole.narrates, whole.part_of_year,
        whole.fact_year if whole.full_year and assesses(block.text) else whole.full_year,
    )  # fmt: skip


def _era_above(block: Block, whole: Outlook) -> Era | None:
    """The era of the section of a report that a block stands in; None where no heading names one."""
    if not whole.narrates:
        return None
    eras = (era_of(heading_words(heading), whole.moment) for heading in block.section)
    return next((era for era in eras if era is not None), None)


def _years_told(
    block: Block, era: Era, told: tuple[Era, Period] | None
) -> tuple[Era, Period] | None:
    """The years that a look back has turned to, by its heading or the head of a paragraph since."""
    if era.mode == "goal":
        return None
    turned = years_turned_to(block.text, era)
    if turned is None and told and told[0] == era:
        return told
    headed = (years_turned_to(heading_words(each), era) for each in block.section)
    turned = turned or next((each for each in headed if each), None)
    return (era, turned) if turned else None


def _of_era(block: Block, whole: Outlook, era: Era, counted: Period | None) -> Context:
    """The context of a section of a report that has years of its own."""
    headings = (*block.section, block.box) if block.box else block.section
    topic = next((each for each in map(as_topic, reversed(headings)) if each), "")
    return Context(
        era.plan, whole.region or whole.local, era.mode, topic, headings, era.plan, era.last,
        era.mode == "fact", False, whole.this_year, False, whole.moment, counted=counted,
    )  # fmt: skip
