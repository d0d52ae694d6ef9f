"""What a plan gives each place to do: its industries, its role, the belt it belongs to.

Read from the chapters on the map, from tables of places and industries, and elsewhere where a
sentence says it outright (``called``).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from jingwei.documents.model import Document, Text
from jingwei.plans.called import CARRIER, called
from jingwei.plans.context import heading_words
from jingwei.plans.ground import BRACKET, JOINT, Draft, Ground
from jingwei.plans.identity import with_ids
from jingwei.plans.industries import Tree, topic_of
from jingwei.plans.lexicon import any_of
from jingwei.plans.lists import Listing
from jingwei.plans.orders import order_in, word_lists
from jingwei.plans.passages import Clause, Passage, Sentence
from jingwei.plans.places import Places, is_proper, kind_of_place, listed, subject
from jingwei.plans.records import SECTION, PlaceRole

_SPREAD = re.compile(r"从.{2,20}(?:延伸|延展|拓展)")
_AXIS = re.compile(r"^(?:以及)?(?P<parts>.+?)(?:等|的)(?P<belt>[一-龥]{2,}(?:[带轴极圈]|走廊))$")
_OUTRIGHT = re.compile(r"为(?:主要)?(?:载体|主体|核心)|(?:打造|建设|建)成")
_SKIPPED = ("facts", "front", "principle")


def read_places(
    document: Document, found: list[Passage], places: Places, tree: Tree
) -> list[PlaceRole]:
    """The roles of places in a plan, in document order."""
    roles: list[PlaceRole] = []
    seen: set[tuple[object, ...]] = set()
    for passage in found:
        if passage.part in _SKIPPED:
            continue
        ground = Ground(passage, places, tree)
        drafts = _table(ground) if passage.block.table else _sentences(ground)
        for content, draft in drafts:
            key = (draft.place, tuple(draft.industries), draft.role, draft.within, draft.members)
            if key in seen or not (draft.industries or draft.role or draft.members):
                continue
            seen.add(key)
            roles.append(_record(document, ground, content, draft))
    return with_ids(roles, SECTION["places"])


def _record(document: Document, ground: Ground, content: Text, draft: Draft) -> PlaceRole:
    span = document.span(content, draft.start, draft.end)
    return PlaceRole(
        id="",
        document=document.name,
        place=draft.place,
        industries=tuple(draft.industries),
        role=draft.role,
        quote=span.quote,
        section=ground.passage.context.section,
        rule=draft.rule,
        evidence=span,
        kind=ground.places.kind(draft.place),
        within=draft.within if draft.within != draft.place else "",
        members=draft.members,
    )


def _sentences(ground: Ground) -> Iterator[tuple[Text, Draft]]:
    """The roles that the sentences of a passage give."""
    if beside := [*_by_colon(ground.text)]:
        drafts = beside
    elif ground.is_map:
        drafts = _merged(_Map(ground).read())
    elif _OUTRIGHT.search(ground.text) or ground.places.find(ground.text):
        drafts = [draft for each in ground.passage.sentences for draft in called(ground, each)]
    else:
        return
    for draft in drafts:
        yield ground.passage.block.content, draft


_BY_COLON = re.compile(r"(?P<place>[^,;:。、()]{2,14}):(?P<list>[^:;。]{2,80})(?:[;。]|$)")
_OF_THE_LIST = re.compile(r"[、,]|以及|和(?!谐)")
_NO_FIELD = re.compile(r"[局委办处部]$|负责|牵头|\d")


def _by_colon(text: str) -> Iterator[Draft]:
    """A line that only says what each place makes: 「东港新区:海洋装备、新型储能;青屿县:医疗器械。」."""
    rows = [*_BY_COLON.finditer(text)] if ":" in text else []
    if not rows or sum(len(row[0]) for row in rows) != len(text):
        return
    if not all(is_proper(row["place"]) and kind_of_place(row["place"]) for row in rows):
        return
    for row in rows:
        names = [each for each in _OF_THE_LIST.split(row["list"]) if each]
        if any(_NO_FIELD.search(each) or not topic_of(each) for each in names):
            continue
        yield Draft(row["place"], row.start(), row.end("list"), "place.colon", names)


def _merged(drafts: Iterable[Draft]) -> list[Draft]:
    """A belt's parts, or a carrier, and what is said of it afterwards are one role."""
    merged: list[Draft] = []
    for draft in drafts:
        carries = draft.rule == "place.carrier" and draft.industries
        twin = next(
            (
                each
                for each in merged
                if each.place == draft.place
                and (each.members or (carries and each.rule == draft.rule and not each.industries))
            ),
            None,
        )
        if twin is None or draft.members:
            merged.append(draft)
            continue
        twin.add(draft.industries)
        twin.role = twin.role or draft.role
        twin.end = max(twin.end, draft.end)
    return merged


# -- tables --------------------------------------------------------------------------------


@cache
def _columns() -> dict[str, re.Pattern[str]]:
    lists = word_lists("roles")["table"]
    return {name: re.compile(any_of(lists[name])) for name in ("industry", "role", "place")}


def _table(ground: Ground) -> Iterator[tuple[Text, Draft]]:
    """Rows of a table with a column of places and one of their industries."""
    table = ground.passage.block.table
    if table is None or not table.rows or table.header_rows < 1:
        return
    columns: dict[str, int] = {}
    for index, cell in enumerate(table.rows[table.header_rows - 1]):
        for name, pattern in _columns().items():
            if pattern.match(cell.text) and name not in columns:
                columns[name] = index
                break
    if "place" not in columns or "industry" not in columns:
        return
    for row in table.rows[table.header_rows :]:
        place, industry = row[columns["place"]], row[columns["industry"]]
        if not 2 <= len(place.text) <= 20 or len(industry.text) < 2:
            continue
        draft = Draft(place.text, 0, len(industry.content), "table.row")
        draft.add(re.split("[、,;,]|以及", industry.text.rstrip("。等")))
        draft.role = row[columns["role"]].text if "role" in columns else ""
        yield industry.content, draft


# -- the map -------------------------------------------------------------------------------


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
def _parts() -> re.Pattern[str]:
    return re.compile(any_of(word_lists("roles")["develop"]["parts"]))


@dataclass(frozen=True, slots=True)
class _Subjects:
    """The places that a clause speaks of; what is said of them begins at ``after``."""

    names: tuple[str, ...]
    start: int
    after: int
    rule: str
    role: str = ""


class _Map:
    """One passage of a chapter on the map."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.passage = ground.passage
        self.text = ground.text
        self.places = ground.places

    def read(self) -> Iterator[Draft]:
        current = self._of_heading()
        for sentence in self.passage.sentences:
            if self._is_topic(sentence):
                continue
            yield from called(self.ground, sentence)
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
        """The belt, pole or place that the heading names: 「培育河口产业增长极」."""
        section = self.passage.context.section
        words = heading_words(section[-1]) if section else ""
        order = order_in(words)
        name = words[order.end :] if order else words
        if not 4 <= len(name) <= 20 or kind_of_place(name) is None:
            return None
        if kind_of_place(name) == "带极轴":
            self.ground.within = name
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
            self.ground.within = name
        else:
            self.ground.topic = self.ground.industry(name)
        return True

    def _subjects(self, clause: Clause) -> _Subjects | None:
        """The places that a clause opens with, or that its order is about."""
        text, start = clause.text, clause.start
        carrier = None if self.ground.within or "为" not in text else CARRIER.search(text)
        carrying = self.ground.members(carrier["place"]) if carrier else ()
        if carrier and carrying and all(map(self.ground.is_place, carrying)):
            return _Subjects(carrying, start, clause.end, "place.carrier", carrier["role"])
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
        if match and match["who"][0] not in "将把以由对" and self.ground.all_places(match["who"]):
            names = tuple(JOINT.split(match["who"]))
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
                name for item in listing.items for name in JOINT.split(BRACKET.sub("", item.text))
            ]
            length = listed(listing.noun)
            if len(names) < 2 or not length or not all(n in self.places.kinds for n in names):
                continue
            after = listing.items[-1].end + (1 if listing.etc else 0) + length
            if self.text[listing.items[-1].end : after].endswith(listing.noun[:length]):
                return _Subjects(tuple(names), clause.start, after, "place.list")
        return None

    # -- what is said of them ------------------------------------------------------------

    def _filled(self, subjects: _Subjects | None, group: list[Clause]) -> Iterator[Draft]:
        """Subjects with the industries and the role that a run of clauses gives them."""
        if subjects is None or not group:
            return
        industries: list[str] = []
        role, first, last = "", -1, -1
        for clause in group:
            start = subjects.after if clause.start <= subjects.after <= clause.end else clause.start
            names = self._industries(start, clause.end)
            says = self.ground.role(self.text[start : clause.end])
            if names or says:
                first = clause.start if first < 0 else first
                last = clause.end
                industries += names
                role = role or says
        opened = group[0].start <= subjects.start < group[-1].end
        if last < 0 and opened and subjects.rule == "place.list":
            role = self.text[subjects.after : group[0].end].lstrip("的")
            first, last = subjects.start, group[0].end
            if not 3 <= len(role) <= 16 or re.search(r"[的、\d]", role):
                return
        if last < 0 and opened and self.ground.topic and subjects.rule != "place.heading":
            first, last = subjects.start, group[0].end
        if last < 0:
            return
        if subjects.rule == "place.carrier":
            if not industries:
                return
            role = subjects.role if opened else role
        start = min(subjects.start, first) if opened else first
        for name in subjects.names:
            draft = Draft(name, start, last, subjects.rule, within=self.ground.within)
            draft.add([self.ground.topic, *industries])
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
                if many or (listing.verb in strong and self.ground.is_industry(item.text)):
                    names += map(self.ground.industry, self.ground.split(item.text))
        return names

    def _of_industries(self, listing: Listing) -> bool:
        """Whether a list names industries: by its class noun, or by most of its items."""
        if listing.noun.endswith(
            ("产业", "集群", "领域", "制造业", "服务业", "行业", "板块", "装备", "材料")
        ):
            return True
        known = sum(self.ground.is_industry(item.text) for item in listing.items)
        return known * 2 >= len(listing.items)

    # -- belts and their parts -----------------------------------------------------------

    def _belts(self, sentence: Sentence) -> Iterator[Draft]:
        """「沿江产业带，主要涉及甲、乙」; 「甲、乙等西部协同发展轴」."""
        parts = _parts()
        for clause, following in zip(sentence.clauses, (*sentence.clauses[1:], None), strict=True):
            name = clause.text
            if following and "、" not in name and kind_of_place(name) == "带极轴":
                opens, spread = parts.match(following.text), _SPREAD.match(following.text)
                members: tuple[str, ...] = ()
                if spread:
                    members = self.places.find(following.text)
                elif opens:
                    members = self.ground.members(following.text[opens.end() :])
                if members:
                    self.ground.within = name
                    yield Draft(name, clause.start, following.end, "belt.parts", members=members)
            axis = _AXIS.match(name) if "、" in name else None
            if axis and kind_of_place(axis["belt"]) == "带极轴" and len(axis["belt"]) >= 5:
                listed_parts = axis["parts"].rpartition("包括")[2]
                members = self.ground.members(listed_parts)
                if len(members) >= 2:
                    yield Draft(
                        axis["belt"], clause.start, clause.end, "belt.list",
                        within=self.ground.within, members=members,
                    )  # fmt: skip
