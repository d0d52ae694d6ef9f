"""What sentences call places outright, on the map or not.

Pairs (「支持甲集成电路、乙机器人等产业」, 「甲（化工）、乙（船舶）」), classes (「甲、乙等特色园区」), carriers
(「以甲为主要载体」), and 「将甲打造成为乙」.
"""

import re
from collections.abc import Iterator

from jingwei.plans.context import heading_words
from jingwei.plans.ground import BRACKET, JOINT, Draft, Ground, calling
from jingwei.plans.industries import topic_of
from jingwei.plans.kinds import kind_of_name
from jingwei.plans.lists import Item, Listing
from jingwei.plans.orders import order_in
from jingwei.plans.passages import Clause, Sentence
from jingwei.plans.places import kind_of_place, listed

_PAIR = re.compile(r"(.{2,10})\(([一-龥、和与及]{2,30})\)")
_COUNT = re.compile(r"^[一二两三四五六七八九十\d]+[个大条]")
_LABEL = re.compile(r"[一二两三四五六七八九十多\d]+[核心极带区园轴翼廊圈城片点群基港谷]{1,2}")
_MADE_INTO = re.compile(
    r"(?:将|把|使|推动|支持)(?P<place>[^,;:。将把]{2,12}?)(?:打造|建设|建|培育|发展|塑造|提升)(?:成为|成|为)"
    r"(?P<role>[^,;:。]{3,50})"
)
_HELPED = re.compile(
    r"(?:支持|推动|鼓励|引导)(?P<place>[^,;:。]{2,16}?)(?:等[市县区地])?(?P<role>(?:建设|打造|创建|争创|规划建设|布局)[^,;:。]{4,40})"
)
CARRIER = re.compile(
    r"以(?P<place>[^,;:。]{2,90}?)(?:等)?为(?P<role>主要载体|载体|主体|核心区域|核心区|核心承载区|核心|"
    r"龙头|引领|两翼|中心|支撑|主阵地|主战场|主要承载地)"
)


def called(ground: Ground, sentence: Sentence) -> Iterator[Draft]:
    """The roles that a sentence gives places outright."""
    label = ""
    for clause in sentence.clauses:
        text = clause.text
        if "成" in text or "建" in text or "打造" in text or "布局" in text:
            yield from _made(ground, clause)
        carrier = CARRIER.search(text) if "为" in text else None
        if carrier:
            yield from _carriers(ground, carrier, clause)
        if label and ground.is_map:
            yield from _labelled(ground, label, clause)
        if "、" in text or "等" in text:
            yield from _pairs(ground, clause)
        label = text if clause.mark == ":" and _LABEL.fullmatch(text) else ""


def _made(ground: Ground, clause: Clause) -> Iterator[Draft]:
    """「将甲打造成为乙」, 「支持甲、丙建设乙」."""
    made = _MADE_INTO.search(clause.text) or _HELPED.search(clause.text)
    if made is None:
        return
    names = JOINT.split(made["place"])
    if not all(ground.is_place(name) or ground.places.prefix(name) for name in names):
        return
    for name in names:
        place = ground.places.prefix(name) if not ground.is_place(name) else name
        draft = ground.draft(place, clause.start, clause.end, "place.made")
        draft.role = made["role"]
        draft.add([ground.topic])
        yield draft


def _carriers(ground: Ground, carrier: re.Match[str], clause: Clause) -> Iterator[Draft]:
    names = ground.members(carrier["place"].removesuffix("等").removesuffix("建设"))
    if len(names) == 1 and not ground.is_place(names[0]):
        return
    for name in names:
        start, end = clause.start + carrier.start(), clause.start + carrier.end()
        draft = ground.draft(name, start, end, "place.carrier")
        draft.role = carrier["role"]
        draft.add([ground.topic] if ground.is_map else _topics(ground))
        yield draft


def _topics(ground: Ground) -> list[str]:
    """The industry of a paragraph outside the map: its opening or its heading."""
    passage = ground.passage
    openings = [passage.sentences[0].clauses[0].text]
    openings += map(heading_words, reversed(passage.context.section))
    for opening in openings:
        name = ground.tree.known(topic_of(opening))
        if name in ground.tree.paths:
            return [name]
    return []


def _labelled(ground: Ground, label: str, clause: Clause) -> Iterator[Draft]:
    """「四区：甲工业园、乙产业园」."""
    if "以" in clause.text or "为" in clause.text:
        return
    for name in ground.members(clause.text):
        start = clause.start + clause.text.find(name)
        draft = ground.draft(name, start, start + len(name), "place.label")
        draft.role = label
        yield draft


def _pairs(ground: Ground, clause: Clause) -> Iterator[Draft]:
    """Places with their industries, or with what the noun of their class calls them."""
    for listing in ground.passage.listings(clause.start, clause.end):
        noun = _class_noun(ground, listing, clause)
        is_called = calling().match(noun) != ""
        drafts = [_pair(ground, item, noun) for item in listing.items]
        paired = sum(draft is not None and draft.rule == "place.pair" for draft in drafts)
        if paired:  # a place among pairs that only its industry tells: 「…、甲乙民用航空」
            drafts = [
                draft or _divided(ground, item, noun)
                for draft, item in zip(drafts, listing.items, strict=True)
            ]
        guessed = sum(draft is not None and draft.rule == "place.split" for draft in drafts)
        if paired >= 2 or (paired and (is_called or guessed)):
            yield from (draft for draft in drafts if draft)
        elif is_called and not listing.domain and not listed(noun):
            yield from _classed(ground, listing, noun, clause)
        elif ground.is_map and ground.topic and "包括" in listing.lead:
            yield from _included(ground, listing)


def _class_noun(ground: Ground, listing: Listing, clause: Clause) -> str:
    """The noun of a list, to the end of its clause where that is still the name of a place."""
    if not listing.noun:
        return ""
    at = ground.text.find(listing.noun, listing.items[-1].end, clause.end)
    whole = ground.text[at : clause.end] if at >= 0 else ""
    if len(whole) <= 20 and "的" not in whole and calling().match(whole):
        return _COUNT.sub("", whole)
    return _COUNT.sub("", listing.noun)


def _pair(ground: Ground, item: Item, noun: str) -> Draft | None:
    """A place with its industry, as one item of a list."""
    draft = ground.draft("", item.start, item.end, "place.pair")
    bracket = _PAIR.fullmatch(item.text)
    if bracket:
        known = ground.is_place(bracket[1]) or ground.is_map
        if not known or ground.places.prefix(bracket[2]) or kind_of_place(bracket[2]):
            return None
        draft.place = bracket[1]
        draft.add(JOINT.split(bracket[2]) if "、" in bracket[2] else ground.split(bracket[2]))
        return draft
    place = ground.places.prefix(item.text)
    rest = item.text[len(place) :]
    if place and not rest:
        draft.place, draft.role, draft.rule = place, noun, "place.called"
        return draft if len(noun) > 3 and not listed(noun) else None
    return _with_industry(ground, draft, place, rest, noun) if place else None


def _divided(ground: Ground, item: Item, noun: str) -> Draft | None:
    """An item cut before the industry that it ends with."""
    if ground.places.prefix(item.text):
        return None
    rest = next((name for name in ground.tree.paths if item.text.endswith(name)), "")
    place = item.text.removesuffix(rest) if rest else ""
    if place.endswith(("及", "和", "与", "型", "能", "性")) or kind_of_name(place):
        return None
    draft = ground.draft("", item.start, item.end, "place.split")
    return _with_industry(ground, draft, place, rest, noun)


def _with_industry(ground: Ground, draft: Draft, place: str, rest: str, noun: str) -> Draft | None:
    """``draft`` with its place and industry, if they can be such."""
    if not 2 <= len(place) <= 8 or len(rest) < 2 or kind_of_place(place + rest):
        return None
    if ground.places.prefix(rest) or order_in(rest) or order_in(place):
        return None
    if not ground.is_industry(rest) and not noun.endswith(("产业", "产业领域", "集群")):
        return None
    draft.place = place
    draft.add([rest])
    return draft


def _classed(ground: Ground, listing: Listing, noun: str, clause: Clause) -> Iterator[Draft]:
    """「甲、乙等特色园区」: what the class noun calls them."""
    items = [
        (item, name) for item in listing.items for name in JOINT.split(BRACKET.sub("", item.text))
    ]
    known = {name for _, name in items if ground.is_place(name) or ground.places.find(name)}
    built = ground.is_map and (listing.verb in ("建设", "推进", "推动") or len(known) > 1)
    for item, name in items:
        if (
            len(name) < 2
            or order_in(name)
            or (name not in known and not (built and len(name) <= 6))
        ):
            continue
        if kind_of_name(name) and name not in ground.places.kinds:
            continue
        at = item.start + item.text.find(name)
        end = max(at + len(name), min(clause.end, listing.items[-1].end))
        draft = ground.draft(name, at, end, "place.called")
        draft.role = noun
        draft.add([ground.topic])
        yield draft


def _included(ground: Ground, listing: Listing) -> Iterator[Draft]:
    """The places that a paragraph on one industry counts up."""
    for item in listing.items:
        for name in JOINT.split(item.text):
            if kind_of_place(name):
                start = item.start + item.text.find(name)
                draft = ground.draft(name, start, start + len(name), "place.called")
                draft.add([ground.topic])
                yield draft
