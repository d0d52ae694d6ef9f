"""Names of numbers in a row: 「A、B增加值分别达到1180亿元和960亿元」.

The last name carries what all share (增加值), the first what stands before them all; a row
without names of its own takes those of the row before it.
"""

import re

from jingwei.plans import subjects
from jingwei.plans.measured import Measured
from jingwei.plans.sentence import Memory

_GROWTH_TAIL = re.compile(r"(?:累计)?(?:年均)?(?:增速|[一-龥]{2}幅度)$")
_NO_NAME = re.compile(
    r"上一?个?五年|前五年|年均|[\x00与和较比同相年,、]|增长|增速|增加|减少|提高|提升|下降|降低|累计|总数|总计|总量|达到?|已|为|是|的|约|分别"
)


_JOINT = r"(?:以及|和(?!谐)|(?<![普涉触惠危])及(?![格时其])|(?<!参)与)"
_BASE = re.compile(r"[比较]\x00+(?:年|[末底])*")
_GROUP = r"(?:[两三四五六七八九]|\d+)(?:大|个|类|项|家)(?:领域|行业|方面)?"
_ALL_JOINTS = f"、|{_JOINT}"
_AND = re.compile("[、和及与]")


_RATE_OF = re.compile(
    r"(?<=.{2})(?:市场满足|市场占有|本地配套|关键工序数控化|新能源化|综合利用|回收利用|[一-龥]{2}化|普及|覆盖|利用|自给|满足|占有|配套|转化|处理|达标|合格|联网|渗透|回收|替代|贡献)率$"
)
_RATE = re.compile(r"[一-龥]{2,}(?:率|面|强度|密度|指数)$")


def _leans(item: str, first: str) -> bool:
    """Whether a name is only a noun of measuring that leans on the first of its row: 产量 in 「汽车产值、
    产量」, not 税收收入 in 「一般公共预算收入、税收收入」."""
    own = subjects.measure_of(item)
    if item.startswith(("进口", "出口")):
        return False
    return subjects.is_bare_measure(item) and not (
        own != item and subjects.measure_of(first) == own
    )


def names_of_row(left: str, measured: Measured, memory: Memory, count: int) -> list[str]:
    """A subject for each of ``count`` numbers in a row."""
    if count == 2 and "城乡" in measured.subject:
        return [measured.subject.replace("城乡", area, 1) for area in ("城镇", "农村")]
    names = _listed(left, count)
    growing = measured.measure in ("growth", "reduction")
    both = re.search(r"产销量?$", measured.subject)
    if count == 2 and both and not growing:
        made = measured.subject[: both.start()]
        return [f"{made}产量", f"{made}销量"]
    if names:
        return [_growing(name, measured.subject) for name in names] if growing else names
    share = re.search(r"占[^占]+(?:比重|比例|份额)?$", measured.subject)
    owners = memory.names or memory.recent[:-1]
    if not growing and share and len(owners) >= count:
        owners = owners[-count:]
        return [subjects.share_of(owner, share[0]) for owner in owners]
    if not _NO_NAME.sub("", left):
        for before in (memory.names, memory.recent, memory.recent[-count:]):
            if len(before) == count:
                return [_growing(each, measured.subject) for each in before] if growing else before
    if len(memory.recent) > count and re.search(r"[类种]|上述|以上", left):
        return memory.recent[-count - 1 : -1]
    return [measured.subject] * count


def _growing(name: str, model: str) -> str:
    """A name with the growth words of the model: 产值 with …年均增速 gives 产值年均增速."""
    tail = _GROWTH_TAIL.search(model)
    name = re.sub(r"(?:年均|累计|平均)$", "", name)
    return name + tail[0] if tail and not name.endswith(tail[0]) else name


def without_growth(name: str) -> str:
    """What a rate is the growth of: 地区生产总值增速 gives 地区生产总值."""
    return _GROWTH_TAIL.sub("", name) or name


def _common_ending(names: list[str]) -> str:
    """The characters all names end with: 锦塘区, 梭江区 give 区."""
    length = 0
    while len({name[-length - 1 :] for name in names}) == 1 and length < len(min(names, key=len)):
        length += 1
    return names[0][len(names[0]) - length :]


def _shared_noun(item: str, last: str) -> str:
    """The noun that both of two names hold: 工业锅炉, 电站锅炉平均运行热效率 give 锅炉."""
    ends = (item[start:] for start in range(1, len(item) - 1))
    return next((end for end in ends if last.find(end) > 0), "")


def _split(text: str, count: int) -> list[str]:
    """``text`` as ``count`` names: every 和 and 及 parts them, or only the one at the end."""
    for pattern in (_ALL_JOINTS, rf"、|{_JOINT}(?=(?:(?!{_JOINT}|、).)*$)", "、"):
        items = [item for item in re.split(pattern, text) if item]
        if len(items) == count:
            return items
    return []


def _listed(left: str, count: int) -> list[str]:
    """The names in the words before a row, completed; empty where they are not ``count``."""
    subject = subjects.before_number(_BASE.sub("", re.sub(rf"^{_AND.pattern}", "", left))).name
    growth = subjects.growth_tail(subject)
    if growth:
        subject = subject[: growth.start()]
    share = re.search(r"占(?!比$)[^占]*$", subject)
    tail = share[0] if share else ""
    items = _split(subject.removesuffix(tail), count)
    if not items:
        return []
    *others, last = items
    ending = _common_ending(others) if others[1:] else _shared_noun(others[0], last)
    if ending and not subjects.is_measure(ending):
        head, found, rest = last.partition(ending)
        if found and head and rest:
            rest = re.sub(f"^{_GROUP}", "", rest)
            return [*(item + rest + tail for item in others), head + ending + rest + tail]
    grouped = re.search(f"{_GROUP}(.*)$", last)
    of_class = re.search(r"等(?:行业|产业|领域|地区|区域)?(.+)$", last)
    owned = re.search(r"的([^的]{2,8})$", last)
    if of_class and not grouped:
        last, tail = last[: of_class.start()], of_class[1] + tail
    elif grouped:
        last, tail = last[: grouped.start()], grouped[1] + tail
    elif owned and subjects.is_measure(owned[1]):
        last, tail = last[: owned.start()], owned[1] + tail
    elif all(_RATE.search(item) for item in items):
        return [item + tail for item in items]
    elif not any(subjects.is_measure(item) for item in others):
        rate = _RATE_OF.search(last)  # 「装备和工业软件市场满足率」
        noun = rate[0] if rate else subjects.measure_of(last)
        last, tail = last.removesuffix(noun), noun + tail
        class_noun = re.search(r"(?:产业|行业|领域|集群|居民|职工)$", last)
        if class_noun and len(class_noun[0]) < len(last):
            last, tail = last.removesuffix(class_noun[0]), class_noun[0] + tail
    elif all(_leans(item, items[0]) for item in items[1:]):
        prefix = items[0].removesuffix(subjects.measure_of(items[0]))
        return [items[0] + tail, *(prefix + item + tail for item in items[1:])]
    return [item.removesuffix(tail) + tail for item in (*others, last)]


_ALL = re.compile(
    r"^(?P<list>[^,;]+[、和及与][^,;]+?)(?:均|都|全部|同时)(?:已|将|要|保持|稳定|实现)*(?:在|达到?|为|超过)*$"
)


def all_alike(left: str) -> list[str]:
    """The indicators of which one number is told (A率、B率均达100%); [] where it is of one."""
    match = _ALL.match(left)
    names = _AND.split(subjects.strip_lead(match["list"])) if match else []
    alike = [subjects.strip_lead(name.strip("\x00")) for name in names]
    return alike if all(len(each) > 3 and _SHARE.search(each) for each in alike) else []


_TO_EACH = re.compile(r"分别|依次|(?<![年平日月人亩户地])均(?=超|达|增|下|为|在|$)")  # no 年均


def told_of_each(left: str, measured: Measured) -> list[str]:
    """The names of which one rate is told each (A、B排放量分别下降8%); [] elsewhere."""
    words = _TO_EACH.sub("", left)
    if words == left or measured.measure not in ("growth", "reduction"):
        return []
    names = _listed(words, 2) or _listed(words, 3) or _listed(words, 4)
    return [_growing(name, measured.subject) for name in names]


_EACH = re.compile(r"^(?P<list>[^,;]+[、和及与][^,;、]+?)各$")
_SIZE_OF_ALL = re.compile(
    r"^(?P<list>[^,;]+[、和及与][^,;]+?(?:规模|产值|收入|增加值|总[额值量]))(?:均|都|双双)(?:达到?)?$"
)


def each_of(left: str) -> list[str]:
    """The things of which as many each are told (概念验证中心、中试平台各5个); [] elsewhere."""
    match = _EACH.match(left)
    names = _AND.split(subjects.before_number(match["list"]).name) if match else []
    return [subjects.counted(name) for name in names] if len(names) > 1 and all(names) else []


def sizes_of_all(left: str) -> list[str]:
    """The industries of which one size is told (生物医药、文体用品产业规模均突破…); [] elsewhere."""
    match = None if re.search(r"[两三四五六七八九十\d]个", left) else _SIZE_OF_ALL.match(left)
    count = len(_AND.split(match["list"])) if match else 0
    return _listed(match["list"], count) if match else []


_SHARE = re.compile(r"(?:率|比重|占比|比例|份额)$")
