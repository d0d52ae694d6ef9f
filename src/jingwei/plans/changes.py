"""Changes and gaps: 增长7.5% is a rate, 提高5个百分点 an increase, 比全国高2个百分点 a gap.

``measuring`` asks here whether a change verb or a comparison stands before a number.
"""

import re
from functools import cache

from jingwei.core import Measure
from jingwei.plans import sifting, subjects
from jingwei.plans.lexicon import any_word
from jingwei.plans.measured import POINTS, Measured, arrive
from jingwei.plans.naming import name_before
from jingwei.plans.sentence import Memory, Number, Sentence

_GAP = re.compile(
    r"^(.*?)(?:均|也|都)?(高于|低于|快于|高出|超出|超过|慢于|优于|领先|比)(.*?)(?:高|低|快|慢)?了?$"
)
_COMPARED = re.compile(
    r"(?:高于|低于|快于|高出|超出|慢于|优于|领先)[^,;]{0,16}$|与[^,;与]{2,14}(?:相差|有差距|差)$|超过[^,;\d]{2,16}$|比[^,;]{2,24}(?:高|低|(?<!加)快|(?<!放)慢)了?$"
)
_WITH_EARLIER = re.compile(
    r"[比较](?:年初|上年|去年|同期|上月|上季度|上半年|\x00+)[^,;]{0,4}(?:高|低|多|少|快|慢)(?:出)?了?$"
)
_THAN_A_YEAR = re.compile(r"(?:^|[,\x00])(?:高于|高出|低于)\x00+年?$")
_IMPROVED = re.compile(
    r"(?:整治|改造|提质|转型|优化|服务|更新|建设|完善|修复|维护|治理)(?:提升|提高|升级|扩大)$|改善$"
)
GROWTH_NOUN = r"(?:增速|增长率|增幅|增长速度|增长)$"
YEARLY = re.compile(r"年均|平均增|年平均")


@cache
def _change() -> tuple[re.Pattern[str], re.Pattern[str]]:
    between = (
        r"(?:了|约|近|共|超|率|幅度|达|为|速度|保持|保持在|在|比例|目标|控制在|要|力争|分别|依次|各|"
        r"左右|达到)*$"
    )
    return (
        re.compile(rf"(?:{any_word('change.up', 'change.growth_noun')}){between}"),
        re.compile(rf"(?:{any_word('change.down')}){between}"),
    )


_TURNING = re.compile(r"(?:从|由)[\x00一-龥]{0,8}$")


def turned(sentence: Sentence, memory: Memory, number: Number) -> Measured | None:
    """「由去年同期下降3.1%转为增长11.4%」 gives two rates; None where a path runs between levels."""
    if number.mention.unit in POINTS or arrive().search(number.left):
        return None
    tail = subjects.growth_tail(number.left)
    if tail is None:
        return None
    begun = _TURNING.search(number.left[: tail.start()])
    before = number.left[: begun.start()] if begun else ""
    owner = name_before(sentence, memory, before, number, bare=True) if before else memory.subject
    owner = _RATE_NAMED.sub("", owner)
    name = subjects.growth_name(owner, tail["how"], bool(tail["yearly"]))
    return Measured(name, number.mention.op, "growth", "增速")


_RATE_NAMED = re.compile(r"(?:年均|累计)?(?:增速|(?:下降|降低|减少|提高|提升|上升|回落|收窄)幅度)$")


def is_gap(left: str) -> bool:
    """Whether points behind these words are a gap between two series: 高于全国1.2个百分点."""
    if _WITH_EARLIER.search(left) or _THAN_A_YEAR.search(left):
        return False  # 「比年初高了14个百分点」, 「高于2033年12个百分点」 are changes over time
    return bool(_COMPARED.search(left)) and not re.search(r"(?:提高|增加|提升|降低|下降)$", left)


def gap_name(left: str, memory: Memory) -> str:
    """What a gap is of and to: 规上工业增加值增速与全国差距."""
    apart = _APART.search(left)
    if apart:  # 「工业用水重复利用率与先进城市相差约3个百分点」
        owner = subjects.before_number(left[: apart.start()]).name or memory.subject
        return f"{owner}与{apart['other']}差距"
    match = _GAP.search(left)
    owner = subjects.before_number(match[1]).name if match else ""
    other = match[3].strip("\x00的") if match else ""
    if re.fullmatch(r"(?:年均|同比)?(?:增速|增幅|增长率?|比重|占比)", owner):
        owner = memory.subject.removesuffix(owner) + owner
    grown = memory.measured[0] if memory.measured[1] == "growth" else memory.subject
    return f"{owner or grown}与{other}差距"


_APART = re.compile(r"与(?P<other>[^,;与]{2,14}?)(?:相差|有差距|差)$")
_OTHERS = re.compile(r"[、和及与]")


def gap_names(left: str, memory: Memory) -> list[str]:
    """The gaps of a row: 「比全国、全省平均水平分别高2.8个和1.9个百分点」 is one to each."""
    match = _GAP.search(left)
    if match is None:
        return []
    *before, last = _OTHERS.split(match[3].strip("\x00的"))
    kind = re.search(r"(?:平均)?(?:水平|增速|增幅)$", last)
    tail = kind[0] if kind else ""
    others = [each if each.endswith(tail) else each + tail for each in before]
    return [gap_name(f"{match[1]}{match[2]}{other}", memory) for other in (*others, last)]


_MORE_OR_FEWER = re.compile(
    r"^[,\x00]*(?:同比|环比|(?:比|较)[一-龥\x00]{2,8}?)(多|少|增|减)(?:了)?$"
)


def more_or_fewer(memory: Memory, number: Number) -> Measured | None:
    """「比上年同期少9家」: how much more or less there is of what was named before."""
    found = _MORE_OR_FEWER.match(number.left)
    if found is None or not memory.subject or sifting.unit_trait(number.mention) == "share":
        return None
    name = memory.subject
    if sifting.unit_trait(number.mention) == "measure":
        name = subjects.counted(name)
    return Measured(name, "+" if found[1] in "多增" else "-", "increase", "增减")


_WILL = re.compile(r"(?:力争|预计|预期|将|要|也|均|约|已|的|再)+$")


def changed(sentence: Sentence, memory: Memory, number: Number, *, share: bool) -> Measured | None:
    """A change verb right before the number: 增长7.5% is a rate, 提高5个百分点 an increase."""
    than = _THAN_A_YEAR.search(number.left)
    if than and memory.subject and number.mention.unit in POINTS:
        falling = "低于" in than[0]
        return Measured(memory.subject, "-" if falling else "+", "increase", "增减")
    if memory.governor or arrive().search(number.left):
        return None
    left = _WILL.sub("", number.left)
    tail = subjects.growth_tail(left)
    if tail is None or (left.endswith("加快") and number.mention.unit not in POINTS):
        return None
    if not share and number.mention.unit not in POINTS and _IMPROVED.search(left):
        return None  # 「整治提升800家」: what is done to them, not how many more there are
    owner = name_before(sentence, memory, left[: tail.start()], number, bare=True)
    noun = subjects.measure_of(owner)
    if noun or not owner.endswith(("企业", "业")):
        memory.grown = noun if noun in GROWN else ""
    elif share and number.mention.unit not in POINTS:
        owner += memory.grown  # 「规上工业增加值增长7.5%,…私营企业增长9.2%」
    up, down = (pattern.search(left) for pattern in _change())
    if tail["how"].endswith("增收"):
        return Measured(f"{owner.removesuffix('年')}收入", "+", "increase", "增减")
    falling = down is not None and (up is None or down.start() > up.start())
    if number.mention.unit in POINTS and (pulled := _PULLED.search(left)):
        return Measured(f"{owner}{pulled[1]}幅度", number.mention.op, "level", "拉动")
    if number.mention.unit in POINTS or not share:
        return Measured(owner, "-" if falling else "+", "increase", "增减")
    yearly = bool(tail["yearly"]) or bool(YEARLY.search(left))
    name = subjects.growth_name(owner, tail["how"], yearly)
    of_one_year = yearly or re.search(r"同比|环比|上年|去年", left)
    kind: Measure = "reduction" if falling and not of_one_year else "growth"
    return Measured(name, number.mention.op, kind, "增速")


# 「拉动全市工业增长2.7个百分点」 is a contribution to one growth, no change over time
_PULLED = re.compile(r"(?:拉动|带动|下拉)[^,;]{2,12}?(增长|回落|下降|上升)(?:了|约|近)?$")
GROWN = ("增加值", "总产值", "产值", "营业收入", "投资", "固定资产投资")
