"""The industries a plan develops, and the links of their chains that it names.

Industries form a tree: headings of the chapters on fields, topics that open a paragraph
(「新能源汽车。以规模推广为重点…」), numbered topics inside it, and counted groups
(「集成电路、生物医药、人工智能三大先导产业」). Links are the items of lists: products, materials,
parts, equipment, technologies. Their kind is told by the noun of their class (「等关键零部件」),
else by their own ending (rule tables in ``industries.toml``), else it stays 未分类.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from jingwei.documents.model import Block, Document
from jingwei.plans.context import heading_words
from jingwei.plans.lexicon import any_of
from jingwei.plans.lists import Item, Listing, listings
from jingwei.plans.passages import Clause, Passage, Sentence, order_in, word_lists
from jingwei.plans.records import Ids, Node, NodeKind

_TOPIC = re.compile(r"(?:^|[:;])(?:\(?\d{1,2}[.、．)]|[①-⑳])?([^,;:。.!?\d“][^,;:。!?“]{1,21})[。.]$")
_NUMBERED = re.compile(r"(?:^|[:;。])(?:\(?\d{1,2}[.、．)]|[①-⑳])[^,;:。]{2,22}[。.:]?$")
_GROUP = re.compile(r"^[一二两三四五六七八九十\d]{1,2}[大个类条][一-龥]{0,10}$")
_NO_TOPIC = re.compile(
    r"\d|期间|时期|同时|其中|此外|以|为|[的着]$|方面$|等|趋势|机遇|优势|需求|导向|契机|态势|顺应|未来$"
)
_SPELLING = re.compile(r"(?<=..)(?:制造业|制造|产业集群|产业|行业)$")
_MADE = re.compile(r"(?:制造|生产|研制|制备)$")
_ABBREVIATION = re.compile(r"\([A-Za-z0-9/\-—+·、 ]+\)")


@dataclass(frozen=True, slots=True)
class Named:
    """A name at its place in a block."""

    name: str
    block: Block
    start: int
    end: int


@dataclass(slots=True)
class Tree:
    """The industries found so far: each name once, with the path to its parent."""

    paths: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    spellings: dict[str, str] = field(default_factory=dict[str, str])
    found: list[tuple[Named, tuple[str, ...], str, NodeKind]] = field(
        default_factory=list[tuple[Named, tuple[str, ...], str, NodeKind]]
    )

    def add(self, named: Named, path: tuple[str, ...], rule: str, kind: NodeKind = "产业") -> None:
        """Register an industry under ``path``; a name that is known keeps its first place."""
        if named.name not in self.paths and named.name not in path:
            self.paths[named.name] = path
            self.spellings.setdefault(_SPELLING.sub("", named.name), named.name)
            self.found.append((named, path, rule, kind))

    def known(self, name: str) -> str:
        """The registered spelling of a name: 高端装备 for 高端装备制造."""
        return self.spellings.get(_SPELLING.sub("", name), name)

    def below(self, name: str) -> tuple[str, ...]:
        """The path of what stands under ``name``."""
        return (*self.paths.get(name, ()), name)


def read_industries(document: Document, found: list[Passage], ids: Ids) -> tuple[list[Node], Tree]:
    """Industries and chain links of a document, in the order of their first mention."""
    headings = {block.text: block for block in reversed(document.blocks) if block.kind == "heading"}
    tree = Tree()
    for passage in found:
        if passage.part not in ("facts", "front"):
            _groups(passage, tree)
    for passage in found:
        if passage.part == "focus":
            _fields(passage, headings, tree)
    links = [link for passage in found for link in _links(passage, headings, tree)]
    nodes: list[Node] = []
    seen: set[tuple[str, tuple[str, ...], bool]] = set()
    for named, path, rule, kind in (*tree.found, *links):
        key = (named.name, path, kind == "产业链")
        if key in seen:
            continue
        seen.add(key)
        span = document.span(named.block.content, named.start, named.end)
        section = (*named.block.section, named.block.box) if named.block.box else named.block.section
        nodes.append(
            Node(ids.of("node", named.name, path), named.name, kind, path, span.quote, rule, section, span)
        )
    nodes.sort(key=lambda node: node.evidence.start)
    return nodes, tree


# -- industries ----------------------------------------------------------------------------


@cache
def _industry_patterns() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    lists = word_lists("industries")["industry"]
    return (
        re.compile(f"^[^,;:]{{0,14}}?(?:{any_of(lists['ending'])})"),
        re.compile(f"(?:{any_of(lists['group_ending'])})$"),
        frozenset(lists["not_industry"]),
    )


@cache
def _slogans() -> re.Pattern[str]:
    lists = word_lists("industries")["industry"]
    return re.compile(f"{any_of(lists['slogan'])}|(?:{any_of(lists['slogan_end'])})$")


@cache
def topic_of(words: str) -> str:
    """The thing that words without a sentence name (高端船舶和海洋工程装备), "" for a slogan."""
    if not 2 <= len(words) <= 22 or _slogans().search(words) or re.search(r"[,;:!?]|\d{2}", words):
        return ""
    order = order_in(words)
    if order and not (words[order.end : order.end + 1] in _AND and not order_in(words, order.end + 1)):
        return ""
    return _FIELD_TAIL.sub("", words)


_AND = ("和", "与", "及", "、")
_FIELD_TAIL = re.compile(r"(?:发展重点|发展方向|(?:产业)?(?:集群)?(?:重点)?(?:领域|方向))$")


@cache
def industry_of(heading: str) -> str:
    """The industry a heading names: 「（一）加快发展生产性服务业」 gives 生产性服务业; "" for none."""
    words = heading_words(heading).strip("“”")
    topic = topic_of(words)
    ending, _, not_industry = _industry_patterns()
    if not topic:
        order = order_in(words)
        named = ending.match(words[order.end :] if order and order.verb != "面向" else words)
        topic = named[0] if named and 3 <= len(named[0]) <= 16 else ""
    topic = topic.strip("的“”")
    return "" if topic in not_industry or len(topic) < 2 else topic


def _groups(passage: Passage, tree: Tree) -> None:
    """「A、B、C三大先导产业」: a group and its members."""
    text = passage.block.text
    if "大" not in text and "个" not in text:
        return
    _, ending, _ = _industry_patterns()
    for sentence in passage.sentences:
        for clause in sentence.clauses:
            if "、" not in clause.text:
                continue
            for listing in listings(text, clause.start, clause.end):
                noun = listing.noun
                if len(listing.items) < 2 or not _GROUP.match(noun) or not ending.search(noun):
                    continue
                at = text.find(noun, listing.items[-1].end)
                tree.add(Named(noun, passage.block, at, at + len(noun)), (), "group.counted")
                for item in listing.items:
                    named = Named(item.text, passage.block, item.start, item.end)
                    tree.add(named, (noun,), "group.member")


def _heading_path(passage: Passage, headings: dict[str, Block], tree: Tree) -> tuple[str, ...]:
    """The industries of the headings above a passage, registered on the way."""
    path: tuple[str, ...] = ()
    for heading in passage.context.section:
        name = industry_of(heading)
        if not name or name in path:
            continue
        name = tree.known(name)
        if name not in tree.paths:
            block = headings.get(heading)
            if block is None:
                continue
            at = max(block.text.find(name), 0)
            tree.add(Named(name, block, at, min(at + len(name), len(block.text))), path, "heading")
        path = tree.below(name)
    return path


def _fields(passage: Passage, headings: dict[str, Block], tree: Tree) -> None:
    """Industries of a passage on fields: its headings, topics, and lists of fields."""
    path = _heading_path(passage, headings, tree)
    block = passage.block
    for sentence, topics in _topics(passage):
        for depth, topic in enumerate(topics):
            if topic.start >= sentence.start:
                rule = ("topic.paragraph", "topic.numbered", "topic.inline")[topic.level]
                tree.add(Named(topic.name, block, topic.start, topic.end), _under(tree, path, topics[:depth]), rule)
        if topics or not path:
            continue
        for clause in sentence.clauses:
            if "领域" not in clause.text and "产业" not in clause.text:
                continue
            for listing in listings(block.text, clause.start, clause.end):
                if listing.verb != "发展" or not _is_field(listing.noun) or listing.domain:
                    continue
                for item in listing.items:
                    tree.add(Named(item.text, block, item.start, item.end), path, "list.fields")


def _is_field(noun: str) -> bool:
    return noun.endswith(("领域", "产业", "行业", "产业集群", "制造业", "服务业")) and len(noun) <= 8


def _under(tree: Tree, path: tuple[str, ...], topics: "tuple[_Topic, ...]") -> tuple[str, ...]:
    for topic in topics:
        if topic.name not in path:
            path = (*path, topic.name)
    return path


@dataclass(frozen=True, slots=True)
class _Topic:
    """What a run of sentences is about; ``level`` 0 paragraph, 1 numbered, 2 inline."""

    name: str
    level: int
    start: int
    end: int


def _topics(passage: Passage) -> Iterator[tuple[Sentence, "tuple[_Topic, ...]"]]:
    """Each sentence with the topics it stands under, outermost first."""
    text = passage.block.text
    opening = _run_in(text)
    levels: list[_Topic | None] = [None, None, None]
    if opening:
        at = text.find(opening)
        levels[0] = _Topic(opening, 0, at, at + len(opening))
    for position, sentence in enumerate(passage.sentences):
        last = sentence.clauses[-1]
        alone = last.text if last.mark in ("。", ".") and len(last.text) <= 24 else ""
        if position or not opening:
            if alone and _NUMBERED.search(sentence.text):
                name = re.sub(r"^(?:\(?\d{1,2}[.、．)]|[①-⑳])", "", alone)
                topic = _topic(name, 1, last.end)
                if topic:
                    levels[1], levels[2] = topic, None
            elif alone and len(sentence.clauses) == 1:
                topic = _topic(alone, 2, last.end)
                levels[2] = topic or levels[2]
            else:
                levels[2] = _comma_topic(sentence) or levels[2]
        yield sentence, tuple(topic for topic in levels if topic)


_RUN_IN = re.compile(
    r"(?:\(?\d{1,2}\)|\d{1,2}[.、．](?!\d)|[①-⑳]|—+|\([一二三四五六七八九十]+\))?"
    r"([^,;:。.!?“(][^,;:。.!?“]{1,21})[。.:](?!$)"
)


def _run_in(text: str) -> str:
    """The thing a paragraph opens with: 「新能源汽车。以规模推广为重点…」 gives 新能源汽车."""
    match = _RUN_IN.match(text)
    return topic_of(match[1]) if match else ""


def _topic(name: str, level: int, end: int) -> _Topic | None:
    topic = topic_of(name)
    if not topic:
        return None
    start = end - len(name)
    return _Topic(topic, level, start, start + len(topic))


def _comma_topic(sentence: Sentence) -> _Topic | None:
    """「芯片设计，加快突破…」: a noun alone before the first comma, an order after it."""
    if len(sentence.clauses) < 2 or sentence.clauses[0].mark != ",":
        return None
    first, second = sentence.clauses[:2]
    if not 2 <= len(first.text) <= 12 or "、" in first.text or not order_in(second.text):
        return None
    if order_in(first.text) or _NO_TOPIC.search(first.text):
        return None
    topic = topic_of(first.text)
    return _Topic(topic, 2, first.start, first.start + len(topic)) if topic else None


# -- links of chains -----------------------------------------------------------------------


@cache
def _kinds() -> tuple[re.Pattern[str], dict[str, NodeKind], re.Pattern[str], dict[str, NodeKind]]:
    tables: dict[str, dict[NodeKind, list[str]]] = word_lists("industries")["kind"]
    nouns: dict[str, NodeKind] = {w: kind for kind, words in tables["noun"].items() for w in words}
    endings: dict[str, NodeKind] = {
        w: kind for kind, words in tables["ending"].items() for w in words
    }
    return (
        re.compile(f"(?:{any_of(nouns)})$"), nouns,
        re.compile(f"(?:{any_of(endings)})$"), endings,
    )  # fmt: skip


@cache
def kind_of_noun(noun: str) -> NodeKind | None:
    """The kind that the noun of a class gives its members."""
    pattern, kinds, _, _ = _kinds()
    match = pattern.search(noun)
    return kinds[match[0]] if match else None


@cache
def kind_of_name(name: str) -> NodeKind | None:
    """The kind that the ending of a name tells."""
    _, _, pattern, kinds = _kinds()
    match = (
        pattern.search(name)
        or pattern.search(_ABBREVIATION.sub("", name))
        or pattern.search(_MADE.sub("", name))
    )
    return kinds[match[0]] if match else None


@cache
def _node_words() -> tuple[frozenset[str], frozenset[str], re.Pattern[str]]:
    lists = word_lists("industries")
    generic = lists["generic"]
    modifiers, heads = any_of(generic["modifier"]), any_of(generic["head"])
    return (
        frozenset(lists["node"]["verb"]),
        frozenset(lists["node"]["strong"]),
        re.compile(f"^(?:{modifiers}|{heads}|的|和|及|与)*$"),
    )


def is_generic(name: str) -> bool:
    """Whether a name says nothing of its own: 关键零部件, 高端产品."""
    return _node_words()[2].match(name) is not None


def _links(
    passage: Passage, headings: dict[str, Block], tree: Tree
) -> Iterator[tuple[Named, tuple[str, ...], str, NodeKind]]:
    """Chain links named in a passage."""
    if passage.part in ("facts", "front", "principle", "target") or not passage.sentences:
        return
    focus = passage.part == "focus"
    base = _heading_path(passage, headings, tree) if focus else ()
    text = passage.block.text
    for sentence, topics in _topics(passage):
        path = _under(tree, base, topics) if focus else ()
        if focus and topics:
            path = _known_path(tree, base, topics)
        for clause in sentence.clauses:
            if len(clause.text) < 6 or (not focus and "、" not in clause.text):
                continue
            for listing in listings(text, clause.start, clause.end):
                yield from _of_listing(listing, passage, clause, path, tree)


def _known_path(tree: Tree, base: tuple[str, ...], topics: "tuple[_Topic, ...]") -> tuple[str, ...]:
    """The path below the innermost topic, by its registered place."""
    path = base
    for topic in topics:
        if topic.name not in path:
            path = tree.below(topic.name) if topic.level == 0 else (*path, topic.name)
    return path


def _of_listing(
    listing: Listing, passage: Passage, clause: Clause, path: tuple[str, ...], tree: Tree
) -> Iterator[tuple[Named, tuple[str, ...], str, NodeKind]]:
    focus = passage.part == "focus"
    verbs, strong, _ = _node_words()
    if listing.domain or (listing.verb and listing.verb not in verbs):
        return
    kind = kind_of_noun(listing.noun) if listing.noun else None
    if kind == "产业" and _mostly_industries(listing.items, tree):
        return
    if kind == "产业" and listing.verb in ("围绕", "瞄准", "面向"):
        kind = None  # fields an order turns to: only things among them are links
    own = [kind_of_name(item.text) for item in listing.items]
    if len(listing.items) == 1 and not listing.etc:
        after = clause.text[listing.items[0].end - clause.start :]
        if not focus or own[0] is None:
            return
        if listing.verb not in strong and not _furthered(listing.verb, after):
            return
        rule = "list.single"
    elif listing.etc or kind:
        if not listing.verb and not listing.etc:
            return
        if kind is None and sum(map(bool, own)) * 2 < len(own) and "环节" not in listing.noun:
            return
        if not focus and kind in (None, "后端服务", "系统集成", "产品"):
            return
        rule = "list.class" if kind else "list.etc"
    else:
        if not focus or not listing.verb or sum(map(bool, own)) * 2 < len(own):
            return
        rule = "list.plain"
    if _joined_fields(listing, clause):
        return
    group = ""
    if focus and kind and kind != "产业" and not is_generic(listing.noun) and len(listing.noun) >= 4:
        group = listing.noun
        at = passage.block.text.find(group, listing.items[-1].end)
        if at >= 0 and group not in path:
            yield Named(group, passage.block, at, at + len(group)), path, "list.noun", kind
            path = (*path, group)
    mixed = _MIXED.search(listing.noun)
    if mixed:  # 「关键零部件和核心技术」
        kind = kind_of_noun(listing.noun[: mixed.start()]) or kind
    weak = mixed is not None or kind in (None, "产业", "产品", "关键核心技术")
    for item, ending in zip(listing.items, own, strict=True):
        name = item.text[1:-1] if item.text[0] + item.text[-1] == "“”" else item.text
        if name in path or (name in tree.paths and kind != "产业链") or _says_nothing(name, kind):
            continue
        if kind is None and ending is None:
            continue
        if not focus and kind == "产业" and ending not in _CONCRETE:
            continue
        told: NodeKind = kind or ending or "未分类"
        if weak and ending and (ending in _CONCRETE or kind in (None, "产业")):
            told = ending
        elif kind == "产品" and ending == "关键核心技术":
            told = ending
        start = item.start + item.text.find(name)
        yield Named(name, passage.block, start, start + len(name)), path, rule, told


_CONCRETE: tuple[NodeKind, ...] = ("材料", "零部件", "装备", "整机", "产品")
_MIXED = re.compile(r"[和及与、]")


@cache
def _deeds() -> tuple[frozenset[str], re.Pattern[str]]:
    lists = word_lists("industries")["node"]
    return frozenset(lists["promote"]), re.compile(f"的?(?:{any_of(lists['deed'])})")


def _furthered(verb: str, after: str) -> bool:
    """「加快第三代半导体发展」: the verb needs the deed behind the thing."""
    promote, deed = _deeds()
    return verb in promote and deed.match(after) is not None


def _says_nothing(name: str, kind: NodeKind | None) -> bool:
    if kind == "产业链":
        return False
    return len(name) < 2 or is_generic(name) or is_generic(name.rpartition("的")[2])


def _joined_fields(listing: Listing, clause: Clause) -> bool:
    """「推动A与B、C融合发展」 joins fields, it names no links."""
    return listing.verb in ("推动", "促进", "推进", "加强") and bool(
        re.search(r"融合|协同发展|对接|联动|合作|互动", clause.text)
    )


def _mostly_industries(items: tuple[Item, ...], tree: Tree) -> bool:
    return sum(item.text in tree.paths for item in items) * 2 >= len(items)
