"""Sizes, powers and nodes of equipment and works, which are technical levels and no statistics.

14纳米, 10兆瓦风机 and the size of a project in its name say how something is built; capacities,
lengths of roads and what is done to a plant measure (``docs/semantics.md`` §1.5-1.7).
"""

import re

from jingwei.plans.numbers import Mention
from jingwei.plans.sifting import unit_trait

_CAPACITY = re.compile(
    r"装机|容量|发电|产能|能力|规模|总量|机组|用电|储能|负荷|电量|功率达|关停|淘汰"
)


_DONE_TO = re.compile(r"(?:完成|实施|推进)$")  # 「完成8.5亿吨水泥熟料清洁生产改造」
_WAYS = re.compile(
    r"^(?:的)?[^,;。\d]{0,12}?(?:道路|公路|铁路|管网|管道|航道|线路|绿道|碧道|高速|岸线|堤防|廊道|轨道|步道|河道|光缆|电缆)"
)
_UNDERGONE = re.compile(r"^[一-龥]{2,10}(?:实现|完成)(?:了)?(?:超低排放|[一-龥]{0,8}改造)")
_ATTACHED = re.compile(r"^(?:的)?[一-龥A-Z]")
_GOES_ON = re.compile(
    r"^(?:的)?(?:大幅|快速|迅速|稳步|显著|明显|逐步|逐年|持续|进一步)?"
    r"(?:规模|能力|以|左右|等(?!级)|增|提|到|至|扩|降|下降|减|缩|削|压减|回[升落]|攀|升|上升|调|变|跃|水平|目标|的速度)"
)
_CLIMBED = re.compile(r"(?:跃升|前移|上升|提升|前进|晋升|后移|下滑|进位)(?:了)?$")


_DELAY = re.compile(r"时延[一-龥]{0,6}$")  # how a network performs, and no size of equipment
_OUTPUT_A_YEAR = re.compile(r"^的?[一-龥A-Za-z]{1,10}?(?:产能|(?:生产|加工|处理|制取)能力)")


def is_capacity(right: str) -> bool:
    """Whether what stands behind a number is a capacity: 每年5万吨绿氢产能."""
    return _OUTPUT_A_YEAR.match(right) is not None


_MAKES = re.compile(r"年(?:产|处理|加工|利用|回收)$|每年$")
_ABLE = re.compile(r"^的?(?P<thing>[^,;。的]{2,16}?)的?(?:生产)?(?:能力|产能|规模)(?=$|[,;。、])")


def makes_a_year(left: str, right: str) -> str:
    """The product of 「形成年产2万吨高性能纤维能力」; "" where no such capacity is told."""
    able = _ABLE.match(right) if _MAKES.search(left) else None
    return able["thing"] if able else ""


def is_way(mention: Mention, right: str) -> bool:
    """Whether a length is that of roads or lines: 1200公里自动驾驶开放测试道路."""
    return mention.unit.endswith("公里") and _WAYS.match(right) is not None


_OPENED = re.compile(
    r"(?:全线|全部|全面|基本|已)*(?P<deed>(?:建成|贯通|通车|开放|投用|竣工|完工|通航|开通)+)(?=$|[,;。、])"
)


def opened(right: str) -> str:
    """What was done to the length before: 「1194公里全线贯通」 gives 贯通; "" elsewhere."""
    match = _OPENED.match(right)
    return match["deed"] if match else ""


def is_technical(mention: Mention, left: str, right: str) -> bool:
    """A size, power, rate or node of equipment or material: 14纳米, 10兆瓦及以上风机."""
    trait = unit_trait(mention)
    if left.endswith("时速") and _ATTACHED.match(right):
        return True  # 「时速600公里高速磁浮」
    if mention.unit == "毫秒" and _DELAY.search(left):
        return False
    if trait == "tech" or (mention.unit in ("位", "名", "位次") and _CLIMBED.search(left)):
        return True
    attached = bool(_ATTACHED.match(right)) and not _GOES_ON.match(right)
    if trait in ("time", "working_time", "calendar"):
        return mention.sized
    if is_way(mention, right) or (trait == "length" and opened(right)):
        return False
    if trait in ("power", "energy", "data", "data_rate", "length", "mass", "voltage") and (
        mention.sized or attached
    ):
        capacity = (
            _CAPACITY.search(left)
            or makes_a_year(left, right)
            or is_capacity(right)
            or (_DONE_TO.search(left) and "改造" in right)
            or _UNDERGONE.search(right)
        )
        return mention.sized or not capacity
    if trait == "measure" and mention.unit.endswith(_MADE_THINGS) and _OF_PROJECT.match(right):
        return not _HANDED_OUT.search(left)
    if mention.unit in ("TEU", "标箱", "吨级", "米级") and (attached or mention.sized):
        return not re.search(r"吞吐|运量|箱量|装卸", left)
    return bool(mention.unit in ("兆", "P", "分") and attached)


# 「二期30万辆整车项目」, 「年产10万片项目开工」: what a project is to make
_MADE_THINGS = (
    "万辆",
    "万台",
    "万套",
    "万片",
    "万块",
    "万只",
    "万件",
    "万头",
    "亿只",
    "亿片",
    "亿块",
    "万米",
    "万副",
    "万锭",
)
_OF_PROJECT = re.compile(r"^(?:/年)?(?:的)?[一-龥A-Za-z]{0,12}?(?:项目|生产线|产线|生产基地)")
_HANDED_OUT = re.compile(r"(?:推广|投放|更新|购置|新增|销售|出口|引进|带动)$")


_WORKS = re.compile(r"(?:电站|电厂|电场|机组|项目|工程|基地|风电|光伏|储能|水电|核电|火电)$")


def is_size_of_works(mention: Mention, before: str, after: str) -> bool:
    """Whether a number in brackets is the size of the works named before it: 「…抽水蓄能电站(120万千瓦)」."""
    if not before.endswith("(") or not after.startswith(")"):
        return False
    return unit_trait(mention) in ("power", "energy") and bool(_WORKS.search(before[:-1]))
