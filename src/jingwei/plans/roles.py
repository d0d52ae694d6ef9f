"""What a plan gives each place to do: its industries, its role, the belt it belongs to.

Read from the chapters on the map, and elsewhere where a sentence says it outright
(「将长岛打造成为造船基地」, 「以甲园区为主要载体」).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from jingwei.documents.model import Document
from jingwei.plans.context import heading_words
from jingwei.plans.endings import Endings
from jingwei.plans.identity import with_ids
from jingwei.plans.industries import Tree, topic_of
from jingwei.plans.kinds import kind_of_name
from jingwei.plans.lexicon import any_of
from jingwei.plans.lists import Item, Listing
from jingwei.plans.orders import order_in, word_lists
from jingwei.plans.passages import Clause, Passage, Sentence
from jingwei.plans.places import Places, kind_of_place, listed, subject
from jingwei.plans.records import SECTION, PlaceRole

_JOINT = re.compile(r"以及|[、和与及]")
_BRACKET = re.compile(r"\([^()]*\)")
_PAIR = re.compile(r"(.{2,10})\(([一-龥、和与及]{2,30})\)")
_COUNT = re.compile(r"^[一二两三四五六七八九十\d]+[个大条]")
_CALLED = re.compile(
    r"(?:基地|高地|[区极带城港谷园圈轴岛地]|中心|先行者|样板|标杆|示范|枢纽|门户|引擎|集群|高峰|"
    r"名片|载体|走廊|增长点|支点|之都|窗口|平台|地标)[”\"]?$"
)
_SPREAD = re.compile(r"从.{2,20}(?:延伸|延展|拓展)")
_MADE_INTO = re.compile(
    r"(?:将|把|使|推动|支持)(?P<place>[^,;:。将把]{2,12}?)(?:打造|建设|建|培育|发展|塑造|提升)(?:成为|成|为)"
    r"(?P<role>[^,;:。]{3,50})"
)
_CARRIER = re.compile(
    r"以(?P<place>[^,;:。]{2,90}?)(?:等)?为(?P<role>主要载体|载体|主体|核心区域|核心区|核心承载区|核心|"
    r"龙头|引领|两翼|中心|支撑|主阵地|主战场|主要承载地)"
)
_ARTICLE = re.compile(r"^(?:成为|了)?(?:一[个批座条]|若干)?")
_AXIS = re.compile(r"^(?:以及)?(?P<parts>.+?)(?:等|的)(?P<belt>[一-龥]{2,}(?:[带轴极圈]|走廊))$")


@dataclass(slots=True)
class _Draft:
    """A role being read; offsets into its block."""

    place: str
    start: int
    end: int
    rule: str
    industries: list[str] = field(default_factory=list[str])
    role: str = ""
    within: str = ""
    members: tuple[str, ...] = ()

    def add(self, names: Iterable[str]) -> None:
        for name in names:
            if name and name not in self.industries:
                self.industries.append(name)


@dataclass(frozen=True, slots=True)
class _Subjects:
    """The places that a clause speaks of; what is said of them begins at ``after``."""

    names: tuple[str, ...]
    start: int
    after: int
    rule: str


def read_places(
    document: Document, found: list[Passage], places: Places, tree: Tree
) -> list[PlaceRole]:
    """The roles of places in a plan, in document order."""
    roles: list[PlaceRole] = []
    seen: set[tuple[object, ...]] = set()
    for passage in found:
        if passage.part in ("facts", "front", "principle") or not passage.sentences:
            continue
        for draft in _merged(_Reader(passage, places, tree).read()):
            key = (draft.place, tuple(draft.industries), draft.role, draft.within, draft.members)
            if key in seen or not (draft.industries or draft.role or draft.members):
                continue
            seen.add(key)
            roles.append(_record(document, passage, draft, places))
    return with_ids(roles, SECTION["places"])


def _record(document: Document, passage: Passage, draft: _Draft, places: Places) -> PlaceRole:
    span = document.span(passage.block.content, draft.start, draft.end)
    return PlaceRole(
        id="",
        document=document.name,
        place=draft.place,
        kind=places.kind(draft.place),
        industries=tuple(draft.industries),
        role=draft.role,
        within=draft.within if draft.within != draft.place else "",
        members=draft.members,
        quote=span.quote,
        rule=draft.rule,
        section=passage.context.section,
        evidence=span,
    )


def _merged(drafts: Iterable[_Draft]) -> list[_Draft]:
    """A belt's parts and what is said of it afterwards are one role."""
    merged: list[_Draft] = []
    for draft in drafts:
        twin = next((each for each in merged if each.place == draft.place and each.members), None)
        if twin is None or draft.members:
            merged.append(draft)
            continue
        twin.add(draft.industries)
        twin.role = twin.role or draft.role
        twin.end = max(twin.end, draft.end)
    return merged


@cache
def _verbs() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    lists = word_lists("roles")["develop"]
    return (
        frozenset(lists["verb"]),
        frozenset(lists["strong"]),
        frozenset(lists["support"]),
        frozenset(lists["vague"]),
    )


@cache
def _phrases() -> tuple[re.Pattern[str], re.Pattern[str], Endings[str]]:
    lists = word_lists("roles")
    return (
        re.compile(any_of(lists["develop"]["role"])),
        re.compile(any_of(lists["develop"]["parts"])),
        Endings.plain(lists["list"]["calling"]),
    )


class _Reader:
    """One passage."""

    def __init__(self, passage: Passage, places: Places, tree: Tree) -> None:
        self.passage = passage
        self.text = passage.block.text
        self.places = places
        self.tree = tree
        self.map = passage.part == "space"
        self.topic = ""  # the industry that a paragraph of the map is about
        self.within = ""  # the belt that the places at hand belong to

    def read(self) -> Iterator[_Draft]:
        if not self.map:
            if self.places.pattern and self.places.pattern.search(self.text):
                for sentence in self.passage.sentences:
                    yield from self._outright(sentence)
            return
        current = self._of_heading()
        for sentence in self.passage.sentences:
            if self._is_topic(sentence):
                continue
            yield from self._outright(sentence)
            yield from self._belts(sentence)
            group: list[Clause] = []
            for clause in sentence.clauses:
                told = self._subjects(clause)
                if told or (group and group[-1].mark == ";"):
                    yield from self._filled(current, group)
                    group = []
                current = told or current
                group.append(clause)
            yield from self._filled(current, group)

    # -- who is spoken of ----------------------------------------------------------------

    def _of_heading(self) -> _Subjects | None:
        """The belt, pole or place that the heading names: 「培育临港产业增长极」."""
        section = self.passage.context.section
        words = heading_words(section[-1]) if section else ""
        order = order_in(words)
        name = words[order.end :] if order else words
        if not 4 <= len(name) <= 20 or kind_of_place(name) is None:
            return None
        if kind_of_place(name) == "带极轴":
            self.within = name
        return _Subjects((name,), -1, -1, "place.heading")

    def _is_topic(self, sentence: Sentence) -> bool:
        """A paragraph of the map that opens with an industry or a belt."""
        first = sentence.clauses[0]
        if sentence.start != self.passage.sentences[0].start or len(sentence.clauses) > 1:
            return False
        name = topic_of(first.text)
        if not name or first.mark not in ("。", ".", ":"):
            return False
        if kind_of_place(name) is not None:
            self.within = name
        else:
            self.topic = self._industry(name)
        return True

    def _industry(self, name: str) -> str:
        known = self.tree.known(name)
        return known if known in self.tree.paths and len(known) < len(name) else name

    def _subjects(self, clause: Clause) -> _Subjects | None:
        """The places that a clause opens with, or that its order is about."""
        text, start = clause.text, clause.start
        order = order_in(text)
        if order is not None:
            if order.verb not in _verbs()[2]:
                return None
            named = self._listed(clause)
            if named:
                return named
            known = self.places.prefix(text[order.end :])
            if known and "、" not in text[order.end + len(known) : order.end + len(known) + 4]:
                return _Subjects((known,), start, start + order.end + len(known), "place.object")
            return None
        match = subject().match(text)
        if match and match["who"][0] not in "将把以由对" and self._all_places(match["who"]):
            names = tuple(_JOINT.split(match["who"]))
            return _Subjects(names, start, start + match.start("verb"), "place.subject")
        known = self.places.prefix(text)
        if known and known != text and order_in(text, len(known)):
            return _Subjects((known,), start, start + len(known), "place.subject")
        belt = kind_of_place(text) == "带极轴" and "为" not in text and len(text) <= 20
        if clause.mark == "," and (known == text or belt):
            return _Subjects((text,), start, clause.end, "place.alone")
        return self._listed(clause) if "、" in text else None

    def _listed(self, clause: Clause) -> _Subjects | None:
        """「甲、乙等区大力发展…」."""
        for listing in self.passage.listings(clause.start, clause.end):
            names = [
                name
                for item in listing.items
                for name in _JOINT.split(_BRACKET.sub("", item.text))
            ]
            length = listed(listing.noun)
            if len(names) < 2 or not length or not all(n in self.places.kinds for n in names):
                continue
            after = listing.items[-1].end + (1 if listing.etc else 0) + length
            if self.text[listing.items[-1].end : after].endswith(listing.noun[:length]):
                return _Subjects(tuple(names), clause.start, after, "place.list")
        return None

    def _all_places(self, who: str) -> bool:
        names = [name for name in _JOINT.split(who) if name]
        return bool(names) and all(
            name in self.places.kinds or kind_of_place(name) is not None for name in names
        )

    # -- what is said of them ------------------------------------------------------------

    def _filled(self, subjects: _Subjects | None, group: list[Clause]) -> Iterator[_Draft]:
        """Subjects with the industries and the role that a run of clauses gives them."""
        if subjects is None or not group:
            return
        industries: list[str] = []
        role, first, last = "", -1, -1
        for clause in group:
            start = subjects.after if clause.start <= subjects.after <= clause.end else clause.start
            names = self._industries(start, clause.end)
            says = self._role(self.text[start : clause.end])
            if names or says:
                first = clause.start if first < 0 else first
                last = clause.end
                industries += names
                role = role or says
        opened = group[0].start <= subjects.start < group[-1].end
        if last < 0 and opened and subjects.rule == "place.list":
            role = self.text[subjects.after : group[0].end].lstrip("的")
            first, last = subjects.start, group[0].end
            if not 3 <= len(role) <= 16 or "的" in role or "、" in role:
                return
        if last < 0 and opened and self.topic and subjects.rule != "place.heading":
            first, last = subjects.start, group[0].end
        if last < 0:
            return
        start = min(subjects.start, first) if opened else first
        for name in subjects.names:
            draft = _Draft(name, start, last, subjects.rule, within=self.within)
            draft.add([self.topic, *industries])
            draft.role = role
            yield draft

    def _industries(self, start: int, end: int) -> list[str]:
        """Industries named by the words between two offsets, if their verb develops them."""
        develops, strong, _, vague = _verbs()
        names: list[str] = []
        if order_in(self.text[:end], start) is None:
            return names
        for listing in self.passage.listings(start, end):
            if listing.domain or listing.verb not in develops:
                continue
            many = len(listing.items) > 1 or listing.etc
            if many and not self._of_industries(listing):
                continue
            for item in listing.items:
                if self.places.prefix(item.text) or kind_of_place(item.text) or item.text in vague:
                    continue
                if many or (listing.verb in strong and self._is_industry(item.text)):
                    names += map(self._industry, self._split(item.text))
        return names

    def _of_industries(self, listing: Listing) -> bool:
        """Whether a list names industries: by its class noun, or by most of its items."""
        if listing.noun.endswith(("产业", "集群", "领域", "制造业", "服务业", "行业", "板块", "装备", "材料")):
            return True
        known = sum(self._is_industry(item.text) for item in listing.items)
        return known * 2 >= len(listing.items)

    def _is_industry(self, name: str) -> bool:
        if self.tree.known(name) in self.tree.paths:
            return True
        if "的" in name or len(name) > 14:
            return False
        return kind_of_name(name) is not None or name.endswith(_INDUSTRY)

    def _split(self, name: str) -> list[str]:
        """「甲产业和乙汽车」 are two; 「船舶和海洋工程装备」, where no half is known, stays one."""
        left, joint, right = name.partition("和")
        if joint and len(left) >= 3 and len(right) >= 2:
            if left in self.tree.paths or right in self.tree.paths or left.endswith(_INDUSTRY):
                return [left, right]
        return [name]

    def _role(self, text: str) -> str:
        """「打造…增量区」, 「成为…增长极」: what a place shall become."""
        order = order_in(text)
        match = _phrases()[0].search(text, 0, (order.end if order else 8) + 6)
        if match is None:
            return ""
        role = _ARTICLE.sub("", text[match.end() :])
        if not 3 <= len(role) <= 40 or not _CALLED.search(role) or self.places.prefix(role):
            return ""
        return role

    # -- belts and their parts -----------------------------------------------------------

    def _belts(self, sentence: Sentence) -> Iterator[_Draft]:
        """「沿江产业带，主要涉及甲、乙」; 「甲、乙等西部协同发展轴」."""
        parts = _phrases()[1]
        for clause, following in zip(sentence.clauses, (*sentence.clauses[1:], None), strict=True):
            name = clause.text
            if following and "、" not in name and kind_of_place(name) == "带极轴":
                opens, spread = parts.match(following.text), _SPREAD.match(following.text)
                members: tuple[str, ...] = ()
                if spread:
                    members = self.places.find(following.text)
                elif opens:
                    members = self._members(following.text[opens.end() :])
                if members:
                    self.within = name
                    yield _Draft(name, clause.start, following.end, "belt.parts", members=members)
            axis = _AXIS.match(name) if "、" in name else None
            if axis and kind_of_place(axis["belt"]) == "带极轴" and len(axis["belt"]) >= 5:
                listed_parts = axis["parts"].rpartition("包括")[2]
                members = self._members(listed_parts)
                if len(members) >= 2:
                    yield _Draft(
                        axis["belt"], clause.start, clause.end, "belt.list",
                        within=self.within, members=members,
                    )  # fmt: skip

    def _members(self, text: str) -> tuple[str, ...]:
        names = [name for name in _JOINT.split(_BRACKET.sub("", text)) if 2 <= len(name) <= 14]
        known = [name for name in names if self.places.prefix(name) or kind_of_place(name)]
        return tuple(names) if len(known) * 2 >= len(names) else ()

    # -- words that need no chapter on the map --------------------------------------------

    def _outright(self, sentence: Sentence) -> Iterator[_Draft]:
        """Pairs, carriers and 「将甲打造成为乙」."""
        for clause in sentence.clauses:
            text = clause.text
            made = _MADE_INTO.search(text)
            if made:
                place = self.places.prefix(made["place"]) or made["place"]
                if place in self.places.kinds or kind_of_place(place):
                    draft = _Draft(place, clause.start, clause.end, "place.made", within=self.within)
                    draft.role = made["role"]
                    draft.add([self.topic])
                    yield draft
            carrier = _CARRIER.search(text) if "为" in text else None
            if carrier:
                yield from self._carriers(carrier, clause)
            if "、" in text or "等" in text:
                yield from self._pairs(clause)

    def _carriers(self, carrier: re.Match[str], clause: Clause) -> Iterator[_Draft]:
        names = self._members(carrier["place"].removesuffix("等").removesuffix("建设"))
        if len(names) == 1 and names[0] not in self.places.kinds and not kind_of_place(names[0]):
            return
        for name in names:
            draft = _Draft(
                name, clause.start + carrier.start(), clause.start + carrier.end(), "place.carrier",
                within=self.within,
            )  # fmt: skip
            draft.role = carrier["role"]
            draft.add([self.topic] if self.map else self._topics())
            yield draft

    def _topics(self) -> list[str]:
        """The industry of the paragraph outside the map: its opening or its heading."""
        openings = [self.passage.sentences[0].clauses[0].text]
        openings += map(heading_words, reversed(self.passage.context.section))
        for opening in openings:
            name = self.tree.known(topic_of(opening))
            if name in self.tree.paths:
                return [name]
        return []

    def _pairs(self, clause: Clause) -> Iterator[_Draft]:
        """「甲集成电路、乙机器人等产业」, 「甲（化工）、乙（船舶）」, 「甲、乙等特色园区」."""
        calling = _phrases()[2]
        for listing in self.passage.listings(clause.start, clause.end):
            noun = self._class_noun(listing, clause)
            called = calling.match(noun) != ""
            drafts = [self._pair(item, noun) for item in listing.items]
            paired = sum(bool(draft and draft.rule == "place.pair") for draft in drafts)
            guessed = sum(bool(draft and draft.rule == "place.split") for draft in drafts)
            if paired >= 2 or (paired and called) or (paired and guessed):
                yield from (draft for draft in drafts if draft)
            elif called and not listing.domain and not listed(noun):
                yield from self._named(listing, noun, clause)
            elif self.map and self.topic and "包括" in listing.lead:
                for item in listing.items:
                    for name in _JOINT.split(item.text):
                        if kind_of_place(name):
                            start = item.start + item.text.find(name)
                            draft = _Draft(name, start, start + len(name), "place.called", within=self.within)
                            draft.add([self.topic])
                            yield draft

    def _class_noun(self, listing: Listing, clause: Clause) -> str:
        """The noun of a list, to the end of its clause where that is still the name of a place."""
        at = self.text.find(listing.noun, listing.items[-1].end, clause.end) if listing.noun else -1
        whole = self.text[at : clause.end] if at >= 0 else ""
        if len(whole) <= 20 and "的" not in whole and _phrases()[2].match(whole):
            return _COUNT.sub("", whole)
        return _COUNT.sub("", listing.noun)

    def _pair(self, item: Item, noun: str) -> _Draft | None:
        """A place with its industry, as one item of a list."""
        draft = _Draft("", item.start, item.end, "place.pair", within=self.within)
        bracket = _PAIR.fullmatch(item.text)
        if bracket:
            named = bracket[1] in self.places.kinds or kind_of_place(bracket[1]) or self.map
            if not named or self.places.prefix(bracket[2]) or kind_of_place(bracket[2]):
                return None
            draft.place = bracket[1]
            draft.add(_JOINT.split(bracket[2]) if "、" in bracket[2] else self._split(bracket[2]))
            return draft
        place = self.places.prefix(item.text)
        rest = item.text[len(place) :]
        if place and not rest:
            draft.place, draft.role, draft.rule = place, noun, "place.called"
            return draft if len(noun) > 3 and not listed(noun) else None
        if not place:
            rest = next((name for name in self.tree.paths if item.text.endswith(name)), "")
            place, draft.rule = item.text.removesuffix(rest) if rest else "", "place.split"
            if place.endswith(("及", "和", "与", "型", "能", "性")) or kind_of_name(place):
                return None
        if not 2 <= len(place) <= 8 or len(rest) < 2 or kind_of_place(item.text):
            return None
        if self.places.prefix(rest) or order_in(rest) or order_in(place):
            return None
        if not self._is_industry(rest) and not noun.endswith(("产业", "产业领域", "集群")):
            return None
        draft.place = place
        draft.add([rest])
        return draft

    def _named(self, listing: Listing, noun: str, clause: Clause) -> Iterator[_Draft]:
        """「甲、乙等特色园区」: what the class noun calls them."""
        known = [
            name
            for item in listing.items
            for name in _JOINT.split(_BRACKET.sub("", item.text))
            if name in self.places.kinds or self.places.find(name) or kind_of_place(name)
        ]
        built = self.map and (listing.verb in ("建设", "推进", "推动") or len(known) > 1)
        for item in listing.items:
            for name in _JOINT.split(_BRACKET.sub("", item.text)):
                if len(name) < 2 or order_in(name):
                    continue
                if name not in known and not (built and len(name) <= 6):
                    continue
                if kind_of_name(name) and name not in self.places.kinds:
                    continue
                at = item.start + item.text.find(name)
                end = max(at + len(name), min(clause.end, listing.items[-1].end))
                draft = _Draft(name, at, end, "place.called", within=self.within)
                draft.role = noun
                draft.add([self.topic])
                yield draft


_INDUSTRY = (
    "产业", "制造业", "服务业", "工业", "经济", "装备", "材料", "汽车", "医药", "健康", "信息",
    "制造", "电子", "物流", "航空", "航天", "化工", "钢铁", "石化", "纺织", "食品", "医疗", "能源",
    "环保", "数字", "软件", "金融", "旅游", "文创", "文化", "设计", "技术", "科技", "集成电路", "导航",
    "轻工", "冶金", "建材", "家电", "海工", "机械", "农业", "通信", "网络", "人工智能", "大数据",
)  # fmt: skip
