"""The words of a task: where they begin, the verb that orders, and what it is about."""

import re

from jingwei.plans.actors import past_actor
from jingwei.plans.lexicon import any_word
from jingwei.plans.orders import adjunct, order_in
from jingwei.plans.passages import Clause
from jingwei.plans.places import Places

_LEADS = re.compile(
    r"(?:其中|同时|此外|另外|并且|并|且|努力|力争|争取|确保|要|将|计划|预计|预期|本市|全市|全省|我市|我省|"
    r"我区|我县|全县|全区|再|还|也|分别|[,、:])+"
)
_ITEM = re.compile(
    r"(?:\(?\d{1,2}[.、．)]|[①-⑳]|[一二三四五六七八九]是|——+|\([一二三四五六七八九十]+\))"
)
_REACHED = re.compile(
    r"达到|达|实现|超过|突破|提高|提升|形成|建成|成为|增长|下降|降低|保持|完成|新增|培育|进入|基本"
)
_MAKING = frozenset(
    ("牵头", "组建", "建设", "开展", "承担", "参与", "打造", "推动", "实施", "建立", "申报", "布局",
     "提升", "开放", "应用", "推广", "加快", "研发", "攻克", "突破", "设立", "引进", "推进", "落实",
     "制定", "完成", "提供", "拓展", "加大", "加强", "深化", "创建", "争创")
)  # fmt: skip
_MAKERS = re.compile("企业|机构|单位|公司|院所|高校|协会|联盟|园区|基地|平台")
# verbs that only set the scene, where another order follows; the kept ones say for what
_KEPT = frozenset(("围绕", "聚焦", "瞄准", "立足", "面向", "依托", "发挥", "结合"))
_SCENE = _KEPT | frozenset(
    ("按照", "坚持", "贯彻", "把握", "抓住", "抢抓", "利用", "运用", "应用", "遵循", "综合")
)
_MEANS = frozenset(("依托", "利用", "运用", "面向", "针对", "围绕"))
_MEANS_END = re.compile("建设|打造|组建|搭建|开展|推进|发展|创建|培育|布局|探索|建立")
# ... but these order something by themselves: 「发挥市场的决定性作用」
_ALONE = frozenset(("发挥", "坚持", "贯彻", "依托"))


_GOAL = re.compile(r"^(?:完成|实现|达到|保持|提高|提升|增加|新增|净增|再净增|降低|减少|稳定)")


def opening(
    text: str, start: int, end: int, part: list[Clause], places: Places, *, dated: bool
) -> tuple[int, int | None]:
    """Where the words of the task begin, and where its main verb stands.

    Labels (「芯片设计，」) and adjuncts (「以规模推广为重点，」) are passed over where an order
    follows; what the order is turned to (「聚焦新材料等领域，」) stays. After a date a state
    stays as well (「到2025年，产业规模达到…」).
    """
    begin: int | None = None
    scene: int | None = None
    for clause in part:
        at, stop = max(clause.start, start), min(clause.end, end)
        if at >= stop:
            continue
        at += len(lead_words(text[at:stop]))
        at = past_actor(text, at, stop)
        order = order_in(text, at, stop)
        place = 0 if order else len(places.prefix(text[at : min(stop, at + 12)]))
        if place and order_in(text, at + place, stop):
            return (at if begin is None else begin), at + place  # 「甲区重点发展…」
        if order is not None and order.first in _MEANS:
            inner = _done_with(text, order.end + 2, stop)
            if inner is not None:  # 「依托甲实验室建设乙平台」
                return (at if begin is None else begin), inner
        if order is not None and order.end < stop:
            if order.first not in _SCENE:
                return (at if begin is None else begin), at
            if scene is None and order.first in _ALONE:
                scene = at
            if begin is None and order.first in _KEPT:
                begin = at
        elif order is None and (doing := _made_by(text, at, stop)) is not None:
            return (at if begin is None else begin), doing
        elif dated and begin is None and not adjunct().match(text, at):
            begin = at
    if begin is None:
        begin = scene if scene is not None else start
    return begin, scene


def _made_by(text: str, at: int, stop: int) -> int | None:
    """The verb after those who are to do it: 「骨干企业牵头组建联合体」."""
    if adjunct().match(text, at):
        return None
    for maker in _MAKERS.finditer(text, at, min(stop, at + 24)):
        order = order_in(text, maker.end(), stop)
        if order is None or order.end + 1 >= stop or order.first not in _MAKING:
            continue
        if text[order.end] not in "和与及、":
            return maker.end()
    return None


def _done_with(text: str, start: int, stop: int) -> int | None:
    """The verb that says what is done with the means a clause names first."""
    for match in _MEANS_END.finditer(text, start, stop):
        order = order_in(text, match.start(), stop)
        if order is not None and order.end < stop:
            return match.start()
    return None


def lead_words(text: str) -> str:
    """List number and words like 其中, 力争 before an order."""
    item = _ITEM.match(text)
    lead = _LEADS.match(text, item.end() if item else 0)
    return text[: lead.end() if lead else item.end() if item else 0]


_CLAUSE = re.compile(r"[,;:。]")
_INTO = re.compile("成为|成|为(?!主)")


def verb_and_object(what: str) -> tuple[str, str]:
    """The verb that opens an order and its object; for a state, what is reached."""
    clause = _CLAUSE.split(what, maxsplit=1)[0]
    order = order_in(clause)
    if order is not None and order.end < len(clause):
        end = order.end
        into = _INTO.match(clause, end)
        if into and into.end() < len(clause):
            end = into.end()
        return clause[:end], clause[end:].lstrip("的")
    reached = _REACHED.search(clause)
    return (reached[0], clause) if reached else ("", clause)


def sets_a_statistic(what: str) -> bool:
    """Whether words of a text without sections only set a statistic: 提高劳动生产率至45万元/人."""
    first = re.split("[,;]", what, maxsplit=1)[0]
    if not _GOAL.match(first):
        return False
    noun = any_word("measure.noun")
    return bool(re.search(rf"(?:{noun})[^,;]{{0,8}}?\d", first))
