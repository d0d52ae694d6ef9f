"""What a text says beside a goal: how far it is reached, that it is set anew, that another text set it,
and what has come to pass already.

A report holds facts against goals (「完成2025年18万元目标的91.1%」); the years of those goals date no facts.
"""

import re

from jingwei.plans.dates import Date
from jingwei.plans.sentence import Number, Sentence

_FORECAST = re.compile(r"(?:预计|预测|有望|预期)(?:到|至)?$")
_A_GOAL = re.compile(r"年?(?!,)[^,;。]{0,24}?目标")
_RATE_OF_A_GOAL = re.compile(
    r"(?:目标|计划|任务)(?:任务|总量|数)?的$|目标(?:任务)?(?:仅|只|已)?完成(?:了|约|近|不到|超过)*$|完成[^,;]{0,8}(?:计划|目标|任务)[^,;]{0,4}\d[\d.]*[一-龥]{1,4}的$"
)


def is_rate_of_a_goal(sentence: Sentence, number: Number) -> bool:
    """Whether a share tells how far a goal is reached: 「完成2025年18万元目标的91.1%」."""
    if not number.left.endswith("的") and "目标" not in number.left:
        return False
    begin = number.clause[0]
    if sentence.plain[begin - 1 : begin] == ")":  # 「完成2025年目标（45%）的92.4%」
        begin = max(0, sentence.plain.rfind("(", 0, begin) - 12)
        bracket = sentence.plain[sentence.plain.rfind("(", 0, number.mention.start) :]
        told = sentence.plain[begin : number.mention.start].replace(
            bracket.partition(")")[0] + ")", ""
        )
        return _RATE_OF_A_GOAL.search(told) is not None
    told = sentence.plain[begin : number.mention.start]
    return _RATE_OF_A_GOAL.search(told) is not None


_HELD_AGAINST = ("高于", "低于", "超过", "超", "优于", "好于", "不及")
_AGAINST = re.compile(
    r"^(?:已|均|都|提前|超额|全面|顺利|如期|较好|仍|还|但)*"
    r"(?:完成|实现|达到|高于|低于|超过?|优于|好于|不及|快于|慢于|距离?|离)(?:了)?"
    r"(?:《[^《》]{1,30}》|[^,;。]{0,12}(?:确定|下达|提出|规定|要求|明确)|[“”]?\x00+[“”]?(?:规划|纲要|时期|期间)?)*的?"
    r"(?:累计|年均)*(?:下降|降低|增长|提高)?$"
)
_OF_THE_GOAL = re.compile(
    r"^(?:的(?:规划|预期|年度|既定|阶段性?|五年)*目标(?:任务|值)?(?:$|[,;。、]|的|仍|还|尚|没有|没|未|差|测算|推算|倒推|要求|来看|完成)"
    r"|目标(?:任务|值)?的$|”的?(?:规划|预期)?目标)"
)
_GOAL_IN_FRONT = re.compile(r"(?:目标|计划|任务)(?:值|数|总量)?[(:为是]?$")
_RATE_BEHIND = re.compile(r"\)?的(?:约|近|超|不到)?[\d一二三四五六七八九]")


def is_held_against(number: Number) -> bool:
    """Whether the hedge of a goal says how the fact stands to it (低于2.0%的目标), not how the goal is set."""
    return number.mention.hedge in _HELD_AGAINST


def is_called_a_goal(sentence: Sentence, number: Number) -> bool:
    """Whether the words beside a number call it a goal: 「9万元的目标」, 「完成目标9万元的81.8%」."""
    if _OF_THE_GOAL.match(number.right):
        return True
    mention, plain = number.mention, sentence.plain
    return (
        _RATE_BEHIND.match(plain, mention.end) is not None
        and _GOAL_IN_FRONT.search(plain, max(0, mention.start - 8), mention.start) is not None
    )


def is_goal_of(sentence: Sentence, number: Number) -> bool:
    """Whether a number is the goal of the number before it: 下降15.5%,完成纲要确定的15%的目标."""
    if not is_called_a_goal(sentence, number):
        return False
    said = number.left.strip("\x00,") + (number.mention.hedge if is_held_against(number) else "")
    return (
        _AGAINST.match(said) is not None
        or _RATE_BEHIND.match(sentence.plain, number.mention.end) is not None
    )


def date_of_the_goal(sentence: Sentence, number: Number) -> Date | None:
    """The date of a goal that a fact is held against, said in its own clause: 「完成2025年目标9万元的81.8%」."""
    before = sentence.plain[: number.mention.start]
    begin = max(map(before.rfind, ",;。")) + 1
    said = [date for date in sentence.dates if begin <= date.start < number.mention.start]
    return said[-1] if said else None


def is_of_a_goal(text: str, date: Date) -> bool:
    """Whether a report's date is that of a goal it names: 「超过2025年每万人30个的目标」."""
    return _A_GOAL.match(text, date.end) is not None


def dates_a_goal(sentence: Sentence, date: Date, number: Number) -> bool:
    """Whether a report's date is that of a goal or a forecast it holds a fact against: 「完成2025年18万元
    目标的91.1%」, 「预计2023年可达3.1%;高新技术企业5405家」."""
    if not sentence.context.review:
        return False
    if date.start >= number.clause[0] and not is_rate_of_a_goal(sentence, number):
        return False
    if _A_GOAL.match(sentence.text, date.end, number.mention.start):
        return True
    expected = _FORECAST.search(sentence.text, max(0, date.start - 4), date.start)
    of_its_clause = sentence.text[date.end : date.end + 1] not in ("", ",")
    return bool(
        expected and of_its_clause and ";" in sentence.plain[date.end : number.mention.start]
    )


_REACHES = re.compile("完成|达到|实现|仅为|相当于|占")


def tells_how_far(sentence: Sentence, number: Number, clause: str) -> bool:
    """Whether a number is a fact about a goal: the share of it that is reached."""
    return is_rate_of_a_goal(sentence, number) and _REACHES.search(clause) is not None


def adjusts(sentence: Sentence, number: Number) -> bool:
    """Whether the clause of a number sets a goal anew, and so gives the old one and the new."""
    return sets_anew(sentence, sentence.plain[slice(*number.clause)])


def sets_anew(sentence: Sentence, clause: str) -> bool:
    """Whether a clause sets a goal anew: 「由600家调减为500家」, in a review also 「调至8.5%」 of an indicator."""
    if "调" not in clause and "增设" not in clause and "新增指标" not in clause:
        return False
    if _ADJUSTED.search(clause) or _MOVED.search(clause):
        return True
    if not sentence.context.review or not _CHANGED.search(clause):
        return False
    return any(map(_OF_GOALS.search, (sentence.text, *sentence.context.section)))


# 「将高新技术企业目标由2000家上调为2600家」 gives the old goal and the new one
_ADJUSTED = re.compile(r"目标(?:值)?(?:[由从][^,;。]{1,12})?(?:上|下)?调(?:整)?[至为到]")
_MOVED = re.compile(r"(?:[由从][^,;。]{1,14})(?:上调|下调|调减|调增|调高|调低)(?:至|为|到)")
_CHANGED = re.compile(r"调整?(?:至|为|到)|增设|新增指标")
_OF_GOALS = re.compile(r"(?:指标|目标)[^。;]{0,10}调整|调整[^。;]{0,8}(?:指标|目标)")

_DONE_NOW = re.compile(
    r"(?:^|[一-龥)])(?<![由从造升活合用出体表])现(?:有|为|已|达)(?:有|达)?(?:约|近|超过?)?(?:每[^,;]{1,5})?$"
)
_DONE_BEHIND = re.compile(
    r"[^,;。\d]{0,24}?(?<![未己])已(?:经)?(?:全部|全面|基本|如期|提前|顺利)*(?:建成|完成|投产|投用|实现|达到|落地|竣工)"
)


def told_as_done(sentence: Sentence, number: Number) -> bool:
    """「现有812个」, 「200家智能工厂已全部建成」: how things stand, whatever year was named before."""
    if "现" not in number.left and "已" not in number.right:
        return False
    if any(number.clause[0] <= date.start < number.clause[1] for date in sentence.dates):
        return False
    return bool(_DONE_NOW.search(number.left) or _DONE_BEHIND.match(number.right))


_QUOTES = re.compile(
    r"(?:规划|纲要|方案|意见|计划)[”》]?(?:中|曾|还|也|就|已|当时)*(?:提出|明确|要求|确定|设定|规定)了?[,:]?"
)
_RESULT = re.compile("实际|结果|截至|目前|完成了|实现了|已经?")


def goal_quoted(sentence: Sentence, number: Number, date: Date) -> bool:
    """「“十三五”规划曾提出,到2020年工业劳动生产率22万元/人」: the goal of another text, whatever has become
    of it."""
    if not sentence.plain.endswith("到", 0, date.start):
        return False
    told = sentence.plain[: number.mention.start]
    quotes = _QUOTES.search(told)
    if quotes is None or date not in sentence.dates or date.start < quotes.start():
        return False
    return _RESULT.search(told, quotes.end()) is None
