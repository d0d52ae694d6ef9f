"""Places of a plan and what it gives them to do.

Nothing here knows a city. A name is a place because it ends like one (新片区, 园区, 岛), because
it stands in a list of places (「甲河、乙山等区」), because sentences run parallel (「甲重点发展…；
乙重点发展…」), or because the document uses it elsewhere with such an ending.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from jingwei.plans.endings import Endings
from jingwei.plans.kinds import kind_of_name
from jingwei.plans.lexicon import any_of
from jingwei.plans.orders import order_in, word_lists
from jingwei.plans.passages import Clause, Passage
from jingwei.plans.records import PlaceKind

_NAME = re.compile(r"[一-龥]{2,12}|[一-龥]{1,6}[A-Z]?\d{1,3}[一-龥]{0,6}")
_BOUNDARY = re.compile(
    r"[、,;:。()“”的和与及在以从将把为于由对向到至等是有《》«»—\d]|以及|依托|支持|推动|推进|涵盖|包括|涉及|覆盖|位于|赋予|授予"
)


_SLOGAN = re.compile(r"“[^”]*\+[^”]*”")  # “甲地研发+乙地制造” is a slogan and no place


@dataclass(slots=True)
class Places:
    """The names of places that a document uses, and their kinds."""

    kinds: dict[str, PlaceKind] = field(default_factory=dict[str, PlaceKind])
    pattern: re.Pattern[str] | None = None

    def find(self, text: str) -> tuple[str, ...]:
        """Places named in a text, in order, each once."""
        if self.pattern is None:
            return ()
        text = _SLOGAN.sub("", text) if "+" in text else text
        return tuple(dict.fromkeys(match[0] for match in self.pattern.finditer(text)))

    def prefix(self, name: str) -> str:
        """The longest known place that ``name`` begins with; "" for none."""
        match = self.pattern.match(name) if self.pattern else None
        return match[0] if match else ""

    def kind(self, name: str) -> PlaceKind:
        return self.kinds.get(name) or kind_of_place(name) or "区域"


@cache
def _endings() -> tuple[Endings[PlaceKind], frozenset[str], re.Pattern[str]]:
    lists = word_lists("roles")["ending"]
    kinds: dict[str, PlaceKind] = {}
    for kind in _KINDS:
        kinds |= dict.fromkeys(lists[kind], kind)
        kinds |= dict.fromkeys(_composed(kind), kind)
    return Endings(kinds), frozenset(lists["not_place"]), re.compile(any_of(lists["not_stem"]))


def _composed(kind: PlaceKind) -> list[str]:
    """Endings made of two words: 科学 and 城, 数据 and 港."""
    table = word_lists("roles")["composed"]
    return [before + after for before in table["before"] for after in table["after"].get(kind, ())]


_KINDS: tuple[PlaceKind, ...] = ("行政区", "新城新区", "园区基地", "带极轴", "区域")


@cache
def kind_of_place(name: str) -> PlaceKind | None:
    """The kind of place that a name ends like; None for other words."""
    endings, not_place, _ = _endings()
    ending = endings.match(name)
    stem = len(name) - len(ending)
    if not ending or name in not_place or (stem < 2 and len(ending) == 1):
        return None
    return "园区基地" if ending == "区" and stem > 3 else endings.words[ending]


def is_proper(name: str) -> bool:
    """Whether a name that ends like a place is the name of one: its stem is no common word."""
    endings, not_place, not_stem = _endings()
    ending = endings.match(name)
    if not ending or name in not_place or not 2 <= len(name) <= 12:
        return False
    stem = name[: -len(ending)]
    return len(stem) >= 2 and not not_stem.search(stem) and order_in(stem) is None


@cache
def _scanner() -> tuple[re.Pattern[str], frozenset[str], re.Pattern[str], Endings[str]]:
    lists = word_lists("roles")
    strict = [
        *lists["ending"]["新城新区"], *_composed("新城新区"), "工业区", "开发区", "高新区", "经开区", "化工区", "区", "县",
        "镇", "岛", "产业园", "科技园", "工业园", "软件园", "创新园",
    ]  # fmt: skip
    return (
        re.compile(f"(?:{any_of(strict)})"),
        frozenset(lists["ending"]["stem"]),
        re.compile(
            rf"(?:[一二两三四五六七八九十\d]+[个大])?(?:{any_of(lists['list']['noun'])}"
            rf"|(?:{any_of(lists['list']['short_noun'])})(?=$|发展|加快|布局|打造|建设|推进|围绕|重点|大力|"
            rf"错位|因地|集聚|依托|积极|协同|联动|开展|要|为|率先|先行|试点))"
        ),
        Endings.plain(lists["list"]["calling"]),
    )


def place_names(passages: Iterable[Passage]) -> Places:
    """The names of places used in a document."""
    found = Places()
    for passage in passages:
        text = passage.block.text
        _by_ending(text, found)
        for sentence in passage.sentences:
            for clause in sentence.clauses:
                if "、" in clause.text and _LISTED.search(clause.text):
                    _by_list(passage, clause, found)
        if passage.part == "space":
            _by_parallel(passage, found)
    if found.kinds:
        found.pattern = re.compile(any_of(found.kinds))
    return found


_LISTED = re.compile(
    r"等[^,、的]{0,16}?[区县市地镇城园域]|[一二三四五六七八九十两\d]+[个大][^,、]{0,8}?[区县市镇城园域地]|涉及|包括|涵盖|覆盖"
)
_AFTER = re.compile(
    r"$|[、,;:。()“”的和与及在以从将把为于由对向到至等是有]|工业|产业|政府|人民|管委"
)
# after these endings anything may follow: 「云溪新区集成电路…」
_FREE = ("新区", "新片区", "新城", "科学城", "大学城", "开发区", "高新区", "经开区")
_COMMON = re.compile(r"[地社校园景辖小片库灾城郊市厂特老山功][区县]$")


def _by_ending(text: str, found: Places) -> None:
    """Names with the ending of a place, between words that cannot belong to them."""
    scanner, stems, _, _ = _scanner()
    for match in scanner.finditer(text):
        ending = match[0]
        free = ending in _FREE or _AFTER.match(text, match.end())
        if not free and not order_in(text, match.end()):
            continue
        left = text[max(0, match.start() - 8) : match.start()]
        cut = 0
        for boundary in _BOUNDARY.finditer(left):
            cut = boundary.end()
        stem = left[cut:]
        for position in range(len(stem)):
            order = order_in(stem, position)
            if order and order.end <= len(stem):
                stem = stem[order.end :]
                break
        name = stem + ending
        if not 2 <= len(stem) <= (3 if len(ending) == 1 else 4) or not is_proper(name):
            continue
        if not _NAME.fullmatch(name) or kind_of_name(stem):
            continue
        if len(ending) == 1 and _COMMON.search(name):
            continue
        found.kinds.setdefault(name, kind_of_place(name) or "区域")
        if ending in stems and len(stem) in (2, 3):
            found.kinds.setdefault(stem, found.kinds[name])


def _by_list(passage: Passage, clause: Clause, found: Places) -> None:
    """「甲河、乙山等区」, 「主要涉及甲、乙和丙」."""
    _, _, nouns, calling = _scanner()
    parts = _PARTS.match(clause.text)
    start = clause.start + (parts.end() if parts else 0)
    for listing in passage.listings(start, clause.end):
        strict = nouns.match(listing.noun) is not None
        if len(listing.items) < 2 or not (strict or parts or calling.match(listing.noun)):
            continue
        names = [
            name
            for item in listing.items
            for name in _JOINT.split(re.sub(r"\(.*\)$", "", item.text))
        ]
        if not all(_is_bare(name) for name in names):
            continue
        for name in names:
            found.kinds.setdefault(name, kind_of_place(name) or "区域")


_JOINT = re.compile(r"以及|[和与及]")
_PARTS = re.compile(r"(?:区域)?(?:范围)?(?:主要)?(?:涉及|包括|包含|涵盖|覆盖)")


def _is_bare(name: str) -> bool:
    """Whether an item of a list of places is a name alone, without an industry."""
    if not 2 <= len(name) <= 8 or not _NAME.fullmatch(name) or order_in(name):
        return False
    return kind_of_name(name) is None or kind_of_place(name) is not None


def listed(noun: str) -> int:
    """How much of the words after a list says that places stood in it: 区 of 「区发展…」; 0 if none."""
    match = _scanner()[2].match(noun)
    return match.end() if match else 0


@cache
def subject() -> re.Pattern[str]:
    """「甲重点发展…」: a short subject and a verb of development."""
    verbs = any_of(word_lists("roles")["develop"]["subject_verb"])
    return re.compile(rf"(?P<who>[^,;:。、的]{{2,10}}?)(?P<verb>{verbs})")


def _by_parallel(passage: Passage, found: Places) -> None:
    """Subjects of sentences that run parallel, and names alone before a comma."""
    subjects: list[str] = []
    alone: list[str] = []
    for sentence in passage.sentences:
        first = sentence.clauses[0]
        if first.mark == "," and len(first.text) <= 6 and order_in(first.text) is None:
            alone.append(first.text)
        for clause in sentence.clauses:
            match = subject().match(clause.text)
            if match and len(match["verb"]) >= 4 and order_in(clause.text) is None:
                subjects.append(match["who"])
    for names in (subjects, alone):
        names = [name for name in names if _is_bare(name) and not _PLAIN.search(name)]
        if len(set(names)) >= 2:
            for name in names:
                found.kinds.setdefault(name, kind_of_place(name) or "区域")


_PLAIN = re.compile(
    r"企业|产业|政府|部门|同时|其中|此外|期间|时期|我市|全市|本市|工业|经济|创新|一是|目标|机构|要素|进一步|另外|[化度性力率]$"
)
