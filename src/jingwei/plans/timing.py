"""Which date governs a number, and whether it is a goal or a fact (its years: ``periods``).

The date that governs is the one right before the number, else the last of its sentence, else
the one that opened an earlier sentence of the paragraph. A date before the plan makes a fact,
a date within it a goal; without a date the section decides (``docs/semantics.md`` §4).
"""

import re

from jingwei.core import Period
from jingwei.plans import articles
from jingwei.plans.context import Context, Mode, announces_doing
from jingwei.plans.dates import NUMBER_OF_YEARS, Date
from jingwei.plans.goals_told import (
    dates_a_goal,
    goal_quoted,
    is_called_a_goal,
    is_goal_of,
    is_of_a_goal,
    sets_anew,
    tells_how_far,
    told_as_done,
)
from jingwei.plans.hindsight import is_done, looks_ahead
from jingwei.plans.measured import POINTS, STANDS_ON
from jingwei.plans.sentence import Memory, Number, Sentence

_YEAR_ON_YEAR = re.compile(r"同比|比上年|较上年")
_WILL = re.compile(r"力争|确保(?!了)|下一步|今后")
_ALREADY = re.compile(
    r"(?:^|[^未己])已(?!供|出让)|(?<![由从])(?:目前|当前)|近年来|截至|先后|陆续|相继(?!实施|推出)|(?<![由从造升活合用动导持励托对将在把化善强大续照按])现有|只有|仅有|仅占|只占|尚不足|还不到|仍[有达占为]|高达"
)
_PAST_GOAL = re.compile(r"目标(?:是|为|:)|确定的目标|提出的?目标|到\x00+[^,]*目标")
_EXPECTED = re.compile("预计")
_HOPED_FOR = re.compile(r"有望|(?:达产|投产|建成|投用|满产)(?:达效)?(?:后|之后)")
_STILL_AHEAD = re.compile(
    r"力争|确保(?!了)|须(?:保持|达到|实现|完成|增长)|到\x00+[^,]*(?:将|要)|(?<!即)将(?:突破|达到|超过|增至|跃升)|下一步|有望|(?:达产|投产|建成|全部投用|满产)(?:达效)?(?:后|之后)[^;。]*(?:将|可|预计)"
)
_ANNOUNCES = re.compile(
    r"(?:》|规划|方案|计划|纲要|意见)[”]?(?:还|也|同时)?(?:提出|明确|要求|设置|部署|指出|确定了?)|未来[三五]年|下一步|"
    r"力争|确保(?!了)|目标(?:是|为|:)|将(?:进一步|全面|重点|大力|累计|实施|建设|打造|围绕|聚焦|突破|统筹|加快)"
)
ARRIVES = tuple(
    verb + end
    for verb in (
        "提高",
        "增长",
        "增加",
        "提升",
        "上升",
        "扩大",
        "发展",
        "下降",
        "降低",
        "减少",
        "增",
        "升",
        "降",
    )
    for end in "到至"
)
_FROM = ("从", "由")
_DONE_GOAL = re.compile(r"(?:提前|如期|顺利|圆满|已)[^,;。]{0,8}?(?:完成|实现|达到|达成)")


_NOW_SINCE = re.compile(r"[;,](?:目前|现有|截至目前|现已)")
_NOW_OPENS = re.compile(r"(?:目前|现在|如今),")
_AS_OF = ("截至", "截止", "截止到", "截至到")
_BY_THEN = re.compile(r"[年末底]*(?:之?前|以前)?(?:建成|投产|完成|投用|建设完成|达产|开工)")
SAID_YEARS = ("去年", "今年")  # 「一家企业去年投入…,产品不良率下降55%」 goes on with last year
_LINKS = (
    "",
    "的",
    "为",
    "是",
    "约",
    "达",
    "达到",
    "(",
    "的峰值",
    "峰值",
    "的最高值",
    "的高点",
)  # between a date and its number


def adjacent_date(sentence: Sentence, number: Number) -> Date | None:
    """The date right before a number: 「2015年的3746亿元」, 「较2022年(610亿元)」."""
    for date in reversed(sentence.dates):
        if date.end <= number.mention.start:
            gap = sentence.plain[date.end : number.mention.start]
            return date if gap in _LINKS else None
    return None


def governing_date(
    sentence: Sentence, memory: Memory, number: Number, *, path_start: bool
) -> Date | None:
    """The date that a number stands under."""
    if _STILL_SHORT.search(number.left) or told_as_done(sentence, number):
        return None
    adjacent = adjacent_date(sentence, number)
    if adjacent is None and _back_to_plan(sentence, number):
        return None
    multiple = number.mention.form == "multiple" or number.mention.unit.endswith("倍")
    compared = multiple or number.mention.unit in POINTS  # 「高于2033年12个百分点」
    if adjacent is not None and number.mention.unit == "%":
        compared = sentence.plain.startswith("的", adjacent.end)  # 「恢复到2031年末的92%」
    if adjacent is not None and not (adjacent.base and compared):
        return adjacent
    left = [
        d
        for d in sentence.dates
        if d.end <= number.mention.start
        and not in_closed_bracket(sentence.plain, d, number.mention.start)
        and not d.base
        and (
            d.start >= number.clause[0]
            or opens_clause(sentence.plain, d)
            or (sentence.context.article and sentence.text[d.start : d.end] in SAID_YEARS)
            or (sentence.context.review and _reported(sentence.context, d))
        )
    ]
    if not path_start:
        # 由2010年的A提高到2015年的B: the start's date is not the sentence's
        left = [d for d in left if not sentence.plain.endswith(_FROM, 0, d.start)]
    left = [d for d in left if d.start >= number.clause[0] or not _only_its_clause(sentence, d)]
    if sentence.context.review:
        left = [d for d in left if d.start >= number.clause[0] or not _ahead_of(sentence, d)]
    left = [d for d in left if d.start >= number.clause[0] or not _due_alone(sentence, d)]
    left = [d for d in left if not dates_a_goal(sentence, d, number)]
    left = [d for d in left if not _of_a_part(sentence, d, number.mention.start)]
    left = [d for d in left if not _left_behind(sentence, d, number.mention.start)]
    after = number.mention.end + sentence.plain.startswith(",", number.mention.end)
    # 「首批20个，2024年底前建成」, and not 「达标率100%，2027年底前改造136户」
    behind = [
        d
        for d in sentence.dates
        if d.start == after and not d.base and not _ITS_OWN_NUMBER.match(sentence.plain, d.end)
    ]
    own = any(d.start >= number.clause[0] for d in left)
    if behind and not own and _BY_THEN.match(sentence.text, behind[0].end):
        return behind[0]  # 「首批20个2024年底前建成」
    if left:
        # 「产值2034年达7892亿元;现有上市企业53家」 has come to what stands now
        now = _NOW_SINCE.search(sentence.plain, left[-1].end, number.mention.start)
        return None if now and left[-1].end < number.clause[0] else left[-1]
    # 「目前，全市拥有…」 is of now, whatever year the sentence before told of
    return None if _NOW_OPENS.match(sentence.text) and memory.date is not None else memory.date


_ITS_OWN_NUMBER = re.compile(r"[^,;。]*\d")
_DUE = re.compile(r"年?(?:\d{1,2}月份?)?[底末]?(?:之|以)?前[一-龥]")


def _due_alone(sentence: Sentence, date: Date) -> bool:
    """「达标率达到100%,2027年6月底前完成改造136户,事故数下降三成」: what is due among other goals is due alone;
    a date that comes before them all holds on."""
    opened = sentence.plain.rfind(";", 0, date.start) + 1
    among = re.search(r"\d", sentence.plain[opened : date.start]) is not None
    return among and _DUE.match(sentence.text, date.end) is not None


def _ahead_of(sentence: Sentence, date: Date) -> bool:
    """Whether a review names with a date the years that it does not reach: 「后三年须保持在5.5%以上」."""
    reported = sentence.context.fact_year
    undated = sentence.context.undated_year
    return bool(
        reported
        and undated
        and date.whole
        and undated < date.period.first <= date.period.last > reported
    )


def _reported(context: Context, date: Date) -> bool:
    """Whether a date is a single year that a review reports on: 「研发投入2022年首超千亿,强度2.56%」."""
    return (
        date.period.known
        and date.period.first == date.period.last
        and not date.whole
        and context.fact_year is not None
        and context.plan is not None
        and context.plan.first <= date.period.last <= context.fact_year
    )


_ALL_YEARS = re.compile(
    r"([三五35])年(?:累计|合计|共)|(?:^|(?<=[,;。]))([三五35])年(?=(?:新|引|培|招|推广|建|举办|实施|改造|腾|整治|淘汰|完成|投|盘活|压减|关停)[一-龥])"
)


def _back_to_plan(sentence: Sentence, number: Number) -> bool:
    """Whether 「2024年新建2.5万个,三年累计新建6万个,每万人…」 has come back from a year of a plan to all
    of its years."""
    plan, context = sentence.context.plan, sentence.context
    if plan is None or context.mode != "goal":
        return False
    told = list(_ALL_YEARS.finditer(sentence.plain, 0, number.mention.start))[-1:]
    return any(
        NUMBER_OF_YEARS[said[1] or said[2]] == len(plan.years)
        and not any(said.end() <= date.start < number.mention.start for date in sentence.dates)
        for said in told
    )


def in_closed_bracket(text: str, date: Date, position: int) -> bool:
    """Whether a date stands in a bracket that is closed before ``position``: 「(2030年为60亿元),…」."""
    opened = text.rfind("(", 0, date.start)
    if opened < 0 or text.find(")", opened, date.start) >= 0:
        return False
    closed = text.find(")", date.end, position)
    return closed >= 0 and not text.startswith("》", closed + 1)  # a plan's years in its title


def _of_a_part(sentence: Sentence, date: Date, position: int) -> bool:
    """Whether 「达到4500亿元，其中，2034年达到2700亿元；…」 has gone on to another thing: the years of a
    part end with it."""
    begun = sentence.plain.rfind("其中", 0, date.start)
    if begun < 0 or re.search("[;。]", sentence.plain[begun : date.start]):
        return False
    return sentence.plain.find(";", date.end, position) >= 0


def _left_behind(sentence: Sentence, date: Date, position: int) -> bool:
    """Whether a goal's year stands inside a part of the sentence that a semicolon has ended:
    「产能2033年达到150、2034年达到200；本地配套率提高到60%」. A year that opens the sentence holds on."""
    plan, plain = sentence.context.plan, sentence.plain
    if plan is None or sentence.context.mode != "goal" or sentence.context.article:
        return False
    return (
        plain.find(";", date.end, position) >= 0
        and date.period.last != plan.last
        and re.search("[,;:]", plain[: date.start]) is not None
        and plan.first <= date.period.first
    )


def _only_its_clause(sentence: Sentence, date: Date) -> bool:
    """「自2013年以来持续…」 without a comma speaks of its own clause alone."""
    after = sentence.text[date.end : date.end + 3]
    return after.startswith("以来") and after[2:3] not in ("", ",")


def opens_clause(text: str, date: Date) -> bool:
    """Whether a date stands at the head of its clause, or where a path arrives (由2015年的A提高到
    2019年的B), and so governs what follows."""
    if date.base or _turns(text, date):
        return False
    begin = max(text.rfind(mark, 0, date.start) for mark in ",;:。!?“(") + 1
    if not date.period.known:
        return date.start == begin  # 「新能源汽车去年产量…」 tells of its own clause alone
    if date.start - begin <= 6 or text.endswith(ARRIVES, begin, date.start):
        return True
    if _AIMED_AT.search(text, begin, date.start):
        return True  # 「我们的目标是到2030年突破1万亿元,其中…」
    # 「甲园区、乙园区2027年产值分别达到…,亩均税收不低于…」: the year of its owner's figures
    return _OWNER_ENDS.search(text, begin, date.start) is not None


_AIMED_AT = re.compile(r"目标(?:是|为|就是)到?$")
_OWNER_ENDS = re.compile(
    r"(?:工厂|项目|[一二三]期|园|园区|开发区|高新区|经开区|基地|集群|新区|企业|产业链)$"
)
_TURNED = re.compile(r"[^,;。]{0,16}(?:转为|变为|转|升|降|提高|提升|增长|增加|扩大|缩小)[到至为]?")


def _turns(text: str, date: Date) -> bool:
    """Whether a date is where a path begins: 「由去年同期下降3%转为增长11%」."""
    return text.endswith(_FROM, 0, date.start) and _TURNED.match(text, date.end) is not None


_DAY = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?!前|之前|以前)")


def turn(text: str, in_it: list[Date], context: Context, memory: Memory) -> None:
    """Keep in mind whether a sentence turned to goals or to facts, for those without a sign."""
    plan = context.plan
    if plan is None:
        return
    if _ANNOUNCES.search(text):
        memory.mode = "goal"
    if in_it:
        memory.as_of = any(text.endswith(_AS_OF, 0, date.start) for date in in_it)
    for date in in_it:
        if _DAY.match(text, date.start) and not text.endswith(("到", "至"), 0, date.start):
            continue  # the day of a meeting or of a text is no goal
        if context.review and is_of_a_goal(text, date):
            continue  # 「超过2025年每万人30个的目标」 holds a fact against it
        if not date.base and not text.endswith(_FROM, 0, date.start):
            behind = date.period.last < plan.first or "以来" in text[date.start : date.end + 2]
            memory.mode = "fact" if behind else "goal"


def mode_of(sentence: Sentence, memory: Memory, number: Number, date: Date | None) -> Mode:
    """Whether a number is a goal or a fact."""
    context = sentence.context
    clause = sentence.between_semicolons(number.clause)
    if date is not None and goal_quoted(sentence, number, date):
        return "goal"
    if tells_how_far(sentence, number, clause):
        return "fact"
    if told_as_done(sentence, number):
        return "fact"
    if STANDS_ON.search(number.left) or _STILL_SHORT.search(number.left):
        return "fact"  # 「依托78万亩竹林资源」, 「距目标尚差3.4个百分点」
    if sets_anew(sentence, clause):
        return "goal"
    if is_called_a_goal(sentence, number):
        # 「提前两年完成…1250亿元的目标」 tells in a look-back that it was reached
        reached = (
            context.review and _DONE_GOAL.search(number.left) and not is_goal_of(sentence, number)
        )
        return "fact" if reached else "goal"
    if context.article:
        told = articles.mode_told(sentence, number, date, clause)
        if told is not None:
            return told
    if context.review:
        reported = context.fact_year
        if date is not None and date.whole and _ahead_of(sentence, date):
            return "goal"  # 「后三年年均增速需达到7.4%以上」
        if date is not None and reported is not None and date.period.first > reported:
            # 「2033年上半年，新升规企业730户」 in a review of the years up to 2032
            return "fact" if date.part and not looks_ahead(clause) else "goal"
        ahead = _STILL_AHEAD.search(clause)
        within = context.plan is not None or context.mode == "goal" or _HOPED_FOR.search(clause)
        return "goal" if ahead and within else "fact"
    if not _ON_TOP.search(sentence.plain[slice(*number.clause)]):
        clause = _ON_TOP.sub("", clause)  # 「在已有70个项目基础上,再创建50个」
    asked = context.mode == "goal" and date is not None and _is_of_plan(date, context.plan)
    if (
        _YEAR_ON_YEAR.search(clause) and not re.search(r"力争|目标|确保", clause)
        and not (asked and not _DONE_BY.search(clause))
    ):  # fmt: skip
        return "fact"
    if date is not None and not date.period.known:
        said = sentence.text[date.start : date.end]
        return "goal" if said.startswith("明年") or looks_ahead(clause) else "fact"
    if date is not None and context.plan is not None:
        if date.period.last < context.plan.first:
            return _before_plan(sentence, number, date, clause)
        return _within_plan(sentence, memory, number, date)
    if date is None and context.plan is None and looks_ahead(clause):
        # 「预计实现…增长6.5%」 under a look-back is the year that is about to end
        hoped = context.mode != "fact" or looks_ahead(_EXPECTED.sub("", clause))
        return "goal" if hoped else "fact"
    if date is not None and context.fact_year is not None:
        year = date.period.last
        opening = sentence.plain[max(0, date.start - 1) : date.start]
        ahead = date in sentence.dates and opening == "到" and year >= context.fact_year
        return "goal" if year > context.fact_year or ahead else "fact"
    # 「打造3—5个平台,在建项目已超过1500个」: what a later clause tells as done is its own
    so_far = _to_its_end(sentence, number)
    already = _ALREADY.search(so_far) and not re.search(r"力争|确保|将|努力", clause)
    if context.unsure:
        if already or (date is None and _is_state(sentence)):
            return "fact"
        if _ANNOUNCES.search(sentence.text[: number.mention.start]):
            return "goal"
        if memory.mode is None and not memory.subject and announces_doing(clause):
            return "goal"  # a headline: 「打造3个万亿级产业集群!」
        return memory.mode or context.mode
    if context.mode == "goal" and already:
        return "fact"
    if context.mode == "fact" and _WILL.search(clause) and context.plan is not None:
        return "goal"
    return context.mode


_STILL_SHORT = re.compile(r"(?:目标|任务|要求)(?:还|仍|尚)(?:有|差|存在|相差)$")


def _to_its_end(sentence: Sentence, number: Number) -> str:
    """The words from the last semicolon to the end of a number's own clause."""
    begin = max(sentence.plain.rfind(mark, 0, number.clause[0]) for mark in ";。") + 1
    so_far = sentence.plain[begin : number.clause[1]]
    on_top = _ON_TOP.search(sentence.plain[slice(*number.clause)])
    return so_far if on_top else _ON_TOP.sub("", so_far)


_ON_TOP = re.compile(r"在(?:已有|现有|原有)[^,;]{0,16}基础上")
_DONE_BY = re.compile(r"已|[成现到长了]了|截至|累计完成|实现了")


def _is_of_plan(date: Date, plan: Period | None) -> bool:
    """Whether a date lies within the years of the plan."""
    return plan is not None and date.period.known and plan.first <= date.period.first


# 「规模约占全国22%,吸引了…」 tells in an article how things stand, under whatever heading
_STATE = re.compile(
    r"约?占(?:到|据)?(?:全[国省市球]|世界|长三角)\D{0,8}\d|[一-龥](?<![为除得])了(?![解望])"
)
_ASKED = re.compile(r"力争|确保|目标|任务|要|将|应|计划|加快|推进|推动|打造|提出|提高到|达到")


def _is_state(sentence: Sentence) -> bool:
    """Whether a sentence without a date tells how things stand: a share held, a verb with 了."""
    told = _STATE.search(sentence.plain)
    return (
        told is not None and not looks_ahead(sentence.plain) and not _ASKED.search(sentence.plain)
    )


def _before_plan(sentence: Sentence, number: Number, date: Date, clause: str) -> Mode:
    """A date before the plan: a fact, unless an earlier plan's goal is quoted."""
    told = sentence.plain[: number.clause[0]]
    if _PAST_GOAL.search(clause) and not re.search(r"完成|实现|达到目标", told):
        return "goal"
    carried = date not in sentence.dates
    ahead = carried and re.search(r"力争|确保(?!了)|目标|将|要求", clause)
    return "goal" if ahead and sentence.context.mode == "goal" else "fact"


def _within_plan(sentence: Sentence, memory: Memory, number: Number, date: Date) -> Mode:
    context = sentence.context
    as_of = sentence.plain.endswith(_AS_OF, 0, date.start)
    if date in sentence.dates and (as_of or _is_reported(sentence, number, date)):
        return "fact"
    if (
        date.part
        and context.mode == "fact"
        and not looks_ahead(sentence.text[date.start : number.clause[1]])
    ):
        return "fact"  # 「2031年上半年，产值增长27%」 under 发展基础
    if context.unsure:
        return "goal" if date in sentence.dates else memory.mode or "goal"
    said = sentence.between_semicolons(number.clause)
    if context.mode == "fact" and date.whole and _ALREADY.search(said) and not looks_ahead(said):
        return "fact"  # 「“十七五”时期,我国仍处于…,占比仍达56.8%」
    reported = context.fact_year is not None and date.period.last <= context.fact_year
    carried = date not in sentence.dates
    if carried and memory.as_of:
        return "fact"
    return "fact" if context.mode == "fact" and (reported or carried) else "goal"


def _is_reported(sentence: Sentence, number: Number, date: Date) -> bool:
    """Whether a clause of a year of the plan tells what was reached: by a completed verb, or of
    a year before the document was issued."""
    said = sentence.text[date.start : number.clause[1]]
    if sentence.plain[: date.start].endswith(("到", "至")) or looks_ahead(said):
        return False
    issued = sentence.context.this_year
    if sentence.context.mode == "goal" and not _DONE_BY.search(said):
        said = said.replace("同比", "")  # 「2034年,…技改投资同比增长15%」 among what a plan orders
    return is_done(said) or (issued is not None and date.period.last < issued)
