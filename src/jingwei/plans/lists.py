"""Lists in running text, cut to their items.

A list stands between commas: a verb, items parted by 、 (not inside brackets or quotation
marks), a last 和 or 以及, then 等 with the noun of its class, then what is to be done
(「突破光刻设备、刻蚀设备等前道核心工艺设备的研发」). One clause may hold two: the first says for whom
(「面向云计算、物联网等领域的」), the second what.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from jingwei.plans.endings import Endings
from jingwei.plans.kinds import PARTS, kind_of_name
from jingwei.plans.lexicon import any_of
from jingwei.plans.orders import order_in, word_lists

_DEEP = re.compile(r"\([^()]*\)|“[^”]*”|«[^»]*»|《[^》]*》")
CONTINUED = "续"  # the verb of a list that goes on after another: 「…等领域的A、B」
_ETC = re.compile(
    r"(?<![高中初同平均优特何])等(?!级|离子|静压|温|效|额|候|量(?!子)|于|待|深线|压(?!缩)|距|位)"
)
_OWNED = re.compile(r"^(?:[^的、]{0,6}具有|拥有|满足|适应|达到|符合|以|有|针对)[^的]*的")


class Item(NamedTuple):
    """One item of a list; offsets into the text it was cut from."""

    start: int
    end: int
    text: str


class Listing(NamedTuple):
    """A list: its items, the verb and words before them, the noun of their class after 等."""

    items: tuple[Item, ...]
    verb: str
    lead: str
    noun: str
    etc: bool
    rest: str  # what follows the class noun
    domain: bool  # says where something is used, not what


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists of ``lists.toml``, ready to be looked up."""

    action: Endings[str]
    tail: Endings[str]  # actions, the word for the field, and what joins them
    owned: re.Pattern[str]
    until: re.Pattern[str]
    start: re.Pattern[str]
    end: Endings[str]
    but_end: Endings[str]
    domain_lead: Endings[str]
    domain_noun: Endings[str]
    complete: Endings[str]
    head: Endings[str]
    stop: re.Pattern[str]


@cache
def _words() -> _Words:
    lists = word_lists("lists")["item"]
    action = any_of(lists["action"])
    joints = ["的", "及其", "及", "和", "与", "以及", "、"]
    return _Words(
        action=Endings.plain([*lists["action"], *joints]),
        tail=Endings.plain([*lists["action"], *lists["field"], *joints]),
        owned=re.compile(rf"的(?=[^的]{{0,6}}(?:{action})|[^的]*力$)"),
        until=re.compile(any_of(lists["until"])),
        start=re.compile(any_of(lists["not_start"])),
        end=Endings.plain(lists["not_end"]),
        but_end=Endings.plain(lists["but_end"]),
        domain_lead=Endings.plain(lists["domain_lead"]),
        domain_noun=Endings.plain(lists["domain_noun"]),
        complete=Endings.plain(lists["complete"]),
        head=Endings.plain(lists["head"]),
        stop=re.compile(rf"[的、]|{any_of(lists['noun_stop'])}|(?<=[域业])发展"),
    )


_BRACKET_END = re.compile(r"\x01+$")


@cache
def _domain_items() -> frozenset[str]:
    return frozenset(word_lists("lists")["item"]["domain_item"])


@cache
def _no_items() -> frozenset[str]:
    return frozenset(word_lists("lists")["item"]["not_be"])


def flattened(text: str) -> str:
    """``text`` with what stands in brackets or quotation marks blanked, lengths kept."""
    if "第" in text:
        text = _ORDINALS.sub(lambda match: match[0][:-1] + "\x01", text)
    if "(" not in text and "“" not in text and "«" not in text and "《" not in text:
        return text
    return _DEEP.sub(lambda match: "\x01" * len(match[0]), text)


_ORDINALS = re.compile(r"第[一二三四五六七八九十\d]、(?=[一二三四五六七八九十\d])")
_COUNTED = re.compile(
    r"(?<![第\d.])[一二两三四五六七八九十\d]{1,2}(?=(?:大|个|类|条|种|座)[一-龥])"
)
_PIVOT = re.compile(
    r"企业|上下游|机构|单位|院所|高校|公司|集团|园区|各区|区县|部门|厂商|平台|人才|基地|集群|(?:、|和|与)(?=加快|支持)"
)
_JOINED = re.compile(
    r"[和与及、](?=(?:推广|应用|支持|发展|提高|提升|壮大|培育|研发|推动|推进|引导|引进))"
)
_INNER = re.compile("发展|研发|研制|开发|推进|推动|培育|布局|突破|打造|建设")
_AMOUNT = re.compile(r"(?:一批|若干|一系列|系列|各类|多种|多类型|一些)的?")
_PLACES = re.compile(
    r"(?:[一二两三四五六七八九十\d]+[个大])?(?:区|县|市|地|镇|新城|园区|片区|重点区域)"
)
_ONLINE = re.compile(r"在[线校建岗研售轨]|为[主例]|以太|如[今何]|及时|将来|从业|对[外内称标]")
_USES = ("面向", "围绕", "针对", "用于", "聚焦", "瞄准", "结合", "按照", "依托", "立足")


def listings(text: str, start: int, end: int) -> Iterator[Listing]:
    """The lists of a clause ``text[start:end]``, also lists of one item."""
    flat = flattened(text[start:end])
    position = 0
    verb = ""
    while position < len(flat):
        close = _closing(flat, position)
        if close is None or (close[0] != "等" and "、" not in flat[position : close.start()]):
            found = _listing(text, start, flat, position, len(flat), "", False, "")
            position = len(flat)
        else:
            noun, after = _class_noun(flat, close)
            follows = flat[after:]
            found = _listing(
                text, start, flat, position, close.start(), noun, close[0] == "等", follows
            )
            if follows.startswith(("的", "和")):
                position = after + 1
            elif follows.startswith("、") and close[0] == "等":
                position = close.end()  # 「抗体等生物药、现代中药」: the noun heads a second list
            else:
                position = len(flat)
        if found is not None:
            yield found if found.verb else found._replace(verb=verb)
        verb = CONTINUED


def _closing(flat: str, position: int) -> re.Match[str] | None:
    """The 等 (or the count) that closes a list; of 「儿童等特殊人群适用剂型等制剂」 the second."""
    close = _ETC.search(flat, position)
    if close is None:
        return _COUNTED.search(flat, position)
    while True:
        later = _ETC.search(flat, close.end())
        if later is None or not _WITHIN.fullmatch(flat, close.end(), later.start()):
            return close
        close = later


_WITHIN = re.compile(r"[^的、]{2,12}")


def _class_noun(flat: str, close: re.Match[str]) -> tuple[str, int]:
    """The noun after 等 (or the count and its noun) and where it ends.

    It ends before 的, before a verb, and before what is to be done: 「等关键材料研发、应用」.
    """
    begin = close.end() if close[0] == "等" else close.start()
    found = _words().stop.search(flat, begin)
    limit = found.start() if found else len(flat)
    stop = begin + len(_words().action.stripped(flat[begin:limit])) if limit > begin else begin
    if found is not None and found[0] not in ("的", "、") and stop < limit:
        stop = limit  # 「产业创新集聚区」 is cut by no verb: the deed must end the words
    joint = flat.find("和", begin + 2, stop)
    if joint > 0 and _ETC.search(flat, stop):  # 「…等工业机器人和智能交互、…等服务机器人」
        stop = joint
    if flat.startswith("技术", stop):  # 「关键技术攻关」: the technology is still the noun
        stop += 2
    return flat[begin:stop].replace("\x01", "").rstrip("和及与"), stop


_COUNTED_NAME = re.compile(r"“[两二三四五六七八九]大?[^”]{1,4}”(?=系统|技术|产业|部件|工程|领域|$)")


def _listing(
    text: str, offset: int, flat: str, start: int, end: int, noun: str, etc: bool, rest: str
) -> Listing | None:
    """Items between ``start`` and ``end`` of ``flat``."""
    begin, verb, lead = _opening(flat, start, end)
    if begin >= end:
        return None
    pieces: list[tuple[int, int]] = []
    position = begin
    while True:
        comma = flat.find("、", position, end)
        pieces.append((position, comma if comma >= 0 else end))
        if comma < 0:
            break
        position = comma + 1
    last = pieces[-1]
    named = _COUNTED_NAME.search(text, offset + last[0] + 2, offset + last[1])
    if len(pieces) > 1 and named:  # 「电池、电机、电控“三电”系统」
        last = pieces[-1] = (last[0], named.start() - offset)
    if not noun and not etc:
        of = flat.rfind("的", last[0] + 1, last[1] - 2)
        if len(pieces) > 1 and of > 0 and _is_complete(flat[of + 1 : last[1]]):
            # 「耐高温、抗腐蚀的合金」: a list of qualities, and one thing that has them
            pieces = [(of + 1, last[1])]
        pieces[-1] = (pieces[-1][0], _item_end(flat, *pieces[-1]))
    used = flat.find("在", pieces[0][0] + 2, pieces[0][1])
    if used > 0 and _words().domain_noun.match(noun):
        # 「加快石墨烯在消费电子、环境治理等领域的应用」: the list says where it is used
        pieces, noun = [(pieces[0][0], used)], ""
    elif used > 0 and _PLACES.match(noun):
        pieces[0] = (used + 1, pieces[0][1])  # 「坚持产业在甲、乙、丙五个新城…」
    divided = [half for piece in pieces[:-1] for half in _joint(flat, *piece)]
    divided += _divided(flat, *pieces[-1])
    items = tuple(
        Item(offset + a, offset + b, text[offset + a : offset + b])
        for a, b in (_bare(text, offset, flat, a, b) for a, b in divided)
        if _is_name(flat[a:b])
    )
    if not items:
        return None
    return Listing(items, verb, lead, noun, etc, rest, _is_domain(lead, verb, noun, items))


_LEAD = re.compile(
    "服务于|应用于|适用于|面向|用于|在|为|以及|以|对|从|将|把|由|其中|包括|涵盖|覆盖|涉及|即|如|及"
)


def _opening(flat: str, start: int, end: int) -> tuple[int, str, str]:
    """Where the first item begins, the verb before it and the words that lead to it."""
    first = flat.find("、", start, end)
    stop = first if first >= 0 else end
    begin, verb = _verbs(flat, start)
    for pivot in _PIVOT.finditer(flat, begin, stop):
        after, other = _verbs(flat, pivot.end())
        if other and after < stop:
            begin, verb = after, other
    if verb in _USES:  # 「面向新能源汽车发展功率半导体」
        for inner in _INNER.finditer(flat, begin + 2, stop):
            after, other = _verbs(flat, inner.start())
            if other and after < stop:
                begin, verb = after, other
                break
    amount = _AMOUNT.match(flat, begin, stop)
    if amount and amount.end() < stop:
        begin = amount.end()
    owned = _OWNED.match(flat[begin:stop])
    if owned and begin + owned.end() < stop:
        begin += owned.end()
    lead = _LEAD.match(flat, begin)
    if lead and lead.end() < stop and not _ONLINE.match(flat, begin):
        begin = lead.end()
    return begin, verb, flat[start:begin]


def _verbs(flat: str, start: int) -> tuple[int, str]:
    """Past the verbs at ``start``: 「加快突破面向」, 「研发和推广」."""
    order = order_in(flat, start)
    if order is None:
        return start, ""
    position, verb = order.end, order.verb
    joined = _JOINED.match(flat, position)
    if joined:
        more = order_in(flat, joined.end())
        if more:
            position, verb = more.end, more.verb
    if verb not in _USES:
        more = order_in(flat, position)
        if more and more.verb in _USES and more.end - position == len(more.verb):
            position, verb = more.end, more.verb
    return position, verb


def _item_end(flat: str, start: int, end: int) -> int:
    """The end of a last item: what is to be done with it does not belong to it."""
    words = _words()
    stop = words.until.search(flat, start + 2, end)
    if stop:
        end = stop.start()
    owned = words.owned.search(flat, start + 2, end)
    if owned:
        end = owned.start()
    return start + len(words.tail.stripped(flat[start:end]))


def _is_complete(name: str) -> bool:
    """Whether a name ends like a thing that can stand alone; its abbreviation apart."""
    return bool(_words().complete.match(_BRACKET_END.sub("", name)))


def _joint(flat: str, start: int, end: int) -> list[tuple[int, int]]:
    """An item before the last cut at its 以及, and at its 和 where two things stand there surely."""
    at = flat.find("以及", start + 1, end - 2)
    if at > 0:
        return [(start, at), (at + 2, end)]
    at = flat.find("和", start + 2, end - 2)
    if at > 0 and _both_parts(flat[start:at], flat[at + 1 : end]):
        return [(start, at), (at + 1, end)]
    return [(start, end)]


def _divided(flat: str, start: int, end: int) -> list[tuple[int, int]]:
    """A last item cut at its 和 or 以及, where two things stand there and not one."""
    piece = flat[start:end]
    for joint in ("以及", "和", "与", "及"):
        at = piece.find(joint)
        if at < 2 or at + len(joint) > len(piece) - 2:
            continue
        left, right = piece[:at], piece[at + len(joint) :]
        head = _words().head.match(_BRACKET_END.sub("", right))
        shared = head != "" and not _BRACKET_END.sub("", left).endswith(head)
        apart = not shared and (_is_complete(left) or _both_parts(left, right))
        if joint == "以及" or apart or _served(left, right):
            return [(start, start + at), *_divided(flat, start + at + len(joint), end)]
    return [(start, end)]


def _both_parts(left: str, right: str) -> bool:
    """Whether each of two names ends like a part or a material (电堆和膜电极): they are two."""
    return kind_of_name(left) in PARTS and kind_of_name(right) in PARTS


def _served(left: str, right: str) -> bool:
    """Whether a machine and a service stand there (安装船及运维服务)."""
    return kind_of_name(left) == "整机" and kind_of_name(right) == "后端服务"


def _bare(text: str, offset: int, flat: str, start: int, end: int) -> tuple[int, int]:
    """An item without the particles at its ends and without what is done with it.

    After its abbreviation in brackets an item goes on only with a noun: 液化石油气(VLGC)船,
    but 支线飞机(ARJ21)规模化交付.
    """
    stop = _words().until.search(flat, start + 2, end)
    if stop:
        end = stop.start()
    bracket = flat.rfind("\x01", start, end) + 1
    closes = start < bracket < end and text[offset + bracket - 1] == ")"
    if closes and not _is_complete(flat[bracket:end]):
        end = bracket
    while start < end and flat[start] in "的和与及或·":
        start += 1
    while end > start and flat[end - 1] in "的和与及或":
        end -= 1
    return start, end


def _is_name(name: str) -> bool:
    if not 2 <= len(name) <= 26:
        return False
    if name in _no_items() or _words().start.match(name):
        return False
    return not _words().end.match(name) or bool(_words().but_end.match(name))


def _is_domain(lead: str, verb: str, noun: str, items: tuple[Item, ...]) -> bool:
    """Whether a list says where something is used, or for what, instead of what it is."""
    known = sum(item.text in _domain_items() for item in items)
    if (known and known * 2 >= len(items)) or (lead.endswith("以") and not noun):
        return True
    if not _words().domain_noun.match(noun):
        return False
    if noun.endswith(("应用领域", "场景", "用户", "需求", "场所")):
        return True
    return bool(_words().domain_lead.match(lead)) or verb in ("面向", "针对", "用于", "结合")
