"""The industries a plan develops.

Industries form a tree: headings of the chapters on fields, topics that open a paragraph
(「新能源汽车。以规模推广为重点…」), numbered topics inside it, and counted groups
(「集成电路、生物医药、人工智能三大先导产业」). The links of their chains are read by
``chain_links``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from jingwei.documents.model import Block, Document
from jingwei.plans.chain_prose import is_stage, label_of, stream_of_heading
from jingwei.plans.context import heading_words
from jingwei.plans.endings import Endings
from jingwei.plans.lexicon import any_of
from jingwei.plans.orders import order_in, word_lists
from jingwei.plans.passages import Passage, Sentence
from jingwei.plans.records import NodeKind

_TOPIC = re.compile(
    r"(?:^|[:;])(?:\(?\d{1,2}[.、．)]|[①-⑳])?([^,;:。.!?\d“][^,;:。!?“]{1,21})[。.]$"
)
_NUMBERED = re.compile(r"(?:^|[:;。])(?:\(?\d{1,2}[.、．)]|[①-⑳])[^,;:。]{2,22}[。.:]?$")
_COUNTED = re.compile(r"[一二两三四五六七八九十\d][大个类条]")
_GROUP = re.compile(r"^[一二两三四五六七八九十\d]{1,2}[大个类条][一-龥]{0,10}$")
_NO_TOPIC = re.compile(
    r"\d|期间|时期|同时|其中|此外|以|为|[的着]$|方面$|环节$|等|趋势|机遇|优势|需求|导向|契机|态势|顺应|未来$"
)
_SPELLING = re.compile(r"(?<=..)(?:制造业|制造|产业集群|产业链|产业|行业)$")


class Named(NamedTuple):
    """A name at its place in a block."""

    name: str
    block: Block
    start: int
    end: int


class Found(NamedTuple):
    """An industry or link as it was read."""

    named: Named
    path: tuple[str, ...]
    rule: str
    kind: NodeKind
    role: str = ""


@dataclass(slots=True)
class Tree:
    """The industries found so far: each name once, with the path to its parent."""

    headings: dict[str, Block]
    paths: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    spellings: dict[str, str] = field(default_factory=dict[str, str])
    found: list[Found] = field(default_factory=list[Found])

    def add(self, named: Named, path: tuple[str, ...], rule: str) -> None:
        """Register an industry under ``path``; a name that is known keeps its first place."""
        if named.name not in self.paths and named.name not in path:
            self.paths[named.name] = path
            self.spellings.setdefault(_SPELLING.sub("", named.name), named.name)
            role = role_of(path[-1] if path else named.name)
            self.found.append(Found(named, path, rule, "产业", role))

    def known(self, name: str) -> str:
        """The registered spelling of a name: 高端装备 for 高端装备制造."""
        return self.spellings.get(_SPELLING.sub("", name), name)

    def below(self, name: str) -> tuple[str, ...]:
        """The path of what stands under ``name``."""
        return (*self.paths.get(name, ()), name)


def industry_tree(document: Document, passages: list[Passage]) -> Tree:
    """The industries of a document: groups first, then headings and topics in order."""
    headings = {block.text: block for block in reversed(document.blocks) if block.kind == "heading"}
    tree = Tree(headings)
    for passage in passages:
        if passage.part not in ("facts", "front"):
            _groups(passage, tree)
    for passage in passages:
        if passage.part == "focus":
            _fields(passage, tree)
    return tree


@cache
def is_group(name: str) -> bool:
    """Whether a name only groups industries: 三大先导产业, 战略性新兴产业."""
    return bool(_GROUP.match(name) or (role_of(name) and not role_of(name[: -len("产业")])))


@cache
def role_of(group: str) -> str:
    """What a group's name makes of its members: 先导 of 三大先导产业; "" for a plain industry."""
    match = re.search(any_of(word_lists("industries")["industry"]["role"]), group)
    return (
        match[0] if match and group.endswith(("产业", "集群", "产业链", "制造业", "领域")) else ""
    )


# -- industries ----------------------------------------------------------------------------


@cache
def _industry_words() -> tuple[re.Pattern[str], Endings[str], frozenset[str]]:
    lists = word_lists("industries")["industry"]
    return (
        re.compile(f"[^,;:]{{0,14}}(?:{any_of(lists['ending'])})(?!{any_of(lists['goes_on'])})"),
        Endings.plain(lists["group_ending"]),
        frozenset(lists["not_industry"]),
    )


@cache
def _slogans() -> tuple[re.Pattern[str], Endings[str]]:
    lists = word_lists("industries")["industry"]
    return re.compile(any_of(lists["slogan"])), Endings.plain(lists["slogan_end"])


@cache
def topic_of(words: str) -> str:
    """The thing that words without a sentence name (高端船舶和海洋工程装备), "" for a slogan."""
    slogan, slogan_end = _slogans()
    if not 2 <= len(words) <= 22 or slogan_end.match(words) or slogan.search(words):
        return ""
    if _NOT_IN_TOPIC.search(words):
        return ""
    order = order_in(words)
    if order and not (
        words[order.end : order.end + 1] in _AND and not order_in(words, order.end + 1)
    ):
        return ""
    return _FIELD_TAIL.sub("", words)


_NOT_IN_TOPIC = re.compile(r"[,;:!?]|\d{2}|^以.*为|^在|环节")
_AND = ("和", "与", "及", "、")
_FIELD_TAIL = re.compile(r"(?:发展重点|发展方向|(?:产业)?(?:集群)?(?:重点)?(?:领域|方向))$")


@cache
def industry_of(heading: str) -> str:
    """The industry a heading names: 「（一）加快发展生产性服务业」 gives 生产性服务业; "" for none."""
    words = heading_words(heading).strip("“”")
    topic = topic_of(words)
    ending, _, not_industry = _industry_words()
    if not topic:
        order = order_in(words)
        named = ending.match(words[order.end :] if order and order.verb != "面向" else words)
        topic = named[0] if named and 3 <= len(named[0]) <= 16 else ""
    topic = topic.strip("的“”")
    if topic in not_industry or len(topic) < 2 or topic == role_of(f"{topic}产业"):
        return ""
    return topic


def _groups(passage: Passage, tree: Tree) -> None:
    """「A、B、C三大先导产业」: a group and its members."""
    text = passage.block.text
    if not _COUNTED.search(text):
        return
    _, ending, _ = _industry_words()
    for sentence in passage.sentences:
        for clause in sentence.clauses:
            if "、" not in clause.text or not _COUNTED.search(clause.text):
                continue
            for listing in passage.listings(clause.start, clause.end):
                noun = listing.noun
                if len(listing.items) < 2 or not _GROUP.match(noun) or not ending.match(noun):
                    continue
                path = heading_path(passage, tree) if passage.part == "focus" else ()
                if path:  # 「聚焦光伏、风电、储能三大领域」 under 新能源装备
                    for item in listing.items:
                        tree.add(
                            Named(item.text, passage.block, item.start, item.end),
                            path,
                            "list.fields",
                        )
                    continue
                at = text.find(noun, listing.items[-1].end)
                tree.add(Named(noun, passage.block, at, at + len(noun)), (), "group.counted")
                for item in listing.items:
                    named = Named(item.text, passage.block, item.start, item.end)
                    tree.add(named, (noun,), "group.member")


# a paragraph on industries to come stands for itself, whatever the heading above it
_FUTURE = re.compile(
    r"(?:加快|加强|前瞻|超前|抢先|积极|谋划|布局|培育|发展|推进|突出)+(?P<name>未来产业)"
)


def heading_path(passage: Passage, tree: Tree) -> tuple[str, ...]:
    """The industries of the headings above a passage, registered on the way.

    A box whose title names a heading above it (新兴产业重点方向 under 新兴产业) stands for that
    heading, and not for the last one before the box.
    """
    ahead = _FUTURE.match(passage.text)
    if ahead and not passage.block.box and "未来" not in "".join(passage.block.section[-1:]):
        name, at = ahead["name"], ahead.start("name")
        tree.add(Named(name, passage.block, at, at + len(name)), (), "topic.future")
        return (name,)
    path: tuple[str, ...] = ()
    box = passage.block.box
    for depth, heading in enumerate(passage.block.section):
        block = tree.headings.get(heading)
        name = tree.known(industry_of(heading))
        if block is None or not name or name in path:
            continue
        if is_stage(heading_words(heading), passage.block.section[:depth]):
            continue  # 「1.设计」 of a chain
        if box and block.box == box and path:
            above = next((each for each in path if each in box), "")
            path = tree.below(above) if above and above != path[-1] else path
            box = ""
        if name not in tree.paths:
            at = max(block.text.find(name), 0)
            tree.add(Named(name, block, at, min(at + len(name), len(block.text))), path, "heading")
        path = tree.below(name)
    name = tree.known(industry_of(box)) if box else ""
    block = tree.headings.get(box)
    if name and name not in path and block is not None:
        if name not in tree.paths:
            at = max(block.text.find(name), 0)
            tree.add(Named(name, block, at, min(at + len(name), len(block.text))), path, "heading")
        path = tree.below(name)
    return path


def _fields(passage: Passage, tree: Tree) -> None:
    """Industries of a passage on fields: its headings, topics, and lists of fields."""
    path = heading_path(passage, tree)
    block = passage.block
    for sentence, topics in topics_of(passage):
        for depth, topic in enumerate(topics):
            if topic.start >= sentence.start:
                rule = ("topic.paragraph", "topic.numbered", "topic.inline")[topic.level]
                tree.add(
                    Named(topic.name, block, topic.start, topic.end),
                    path_under(path, topics[:depth]),
                    rule,
                )
        if topics or not path:
            continue
        for clause in sentence.clauses:
            if "领域" not in clause.text and "产业" not in clause.text:
                continue
            for listing in passage.listings(clause.start, clause.end):
                if listing.verb != "发展" or not _is_field(listing.noun) or listing.domain:
                    continue
                for item in listing.items:
                    tree.add(Named(item.text, block, item.start, item.end), path, "list.fields")


def _is_field(noun: str) -> bool:
    return (
        noun.endswith(("领域", "产业", "行业", "产业集群", "制造业", "服务业")) and len(noun) <= 8
    )


def path_under(path: tuple[str, ...], topics: "tuple[Topic, ...]") -> tuple[str, ...]:
    for topic in topics:
        if topic.name not in path:
            path = (*path, topic.name)
    return path


class Topic(NamedTuple):
    """What a run of sentences is about; ``level`` 0 paragraph, 1 numbered, 2 inline."""

    name: str
    level: int
    start: int
    end: int


def topics_of(passage: Passage) -> Iterator[tuple[Sentence, "tuple[Topic, ...]"]]:
    """Each sentence with the topics it stands under, outermost first."""
    text = passage.block.text
    opening = "" if is_stage(_run_in(text), passage.block.section) else _run_in(text)
    levels: list[Topic | None] = [None, None, None]
    if opening:
        at = text.find(opening)
        levels[0] = Topic(opening, 0, at, at + len(opening))
    label = stream_of_heading(passage.block.section)
    for position, sentence in enumerate(passage.sentences):
        last = sentence.clauses[-1]
        alone = last.text if last.mark in ("。", ".") and len(last.text) <= 24 else ""
        if position or not opening:
            if alone and _NUMBERED.search(sentence.text):
                name = re.sub(r"^(?:\(?\d{1,2}[.、．)]|[①-⑳])", "", alone)
                topic = _topic(name, 1, last.end)
                if topic:
                    levels[1], levels[2] = topic, None
            elif alone and len(sentence.clauses) == 1 and not label:
                topic = _topic(alone, 2, last.end)
                levels[2] = topic or levels[2]
            else:
                inline = _comma_topic(sentence)
                staged = inline is not None and is_stage(inline.name, passage.block.section)
                levels[2] = levels[2] if staged else inline or levels[2]
        label = label_of(sentence)  # 「1.上游。菌种、培养基。」: links and no topic
        yield sentence, tuple(topic for topic in levels if topic)


_RUN_IN = re.compile(
    r"(?:\(?\d{1,2}\)|\d{1,2}[.、．](?!\d)|[①-⑳]|—+|\([一二三四五六七八九十]+\))?"
    r"([^,;:。.!?“(][^,;:。.!?“]{1,21})[。.:](?!$)"
)


def _run_in(text: str) -> str:
    """The thing a paragraph opens with: 「新能源汽车。以规模推广为重点…」 gives 新能源汽车."""
    match = _RUN_IN.match(text)
    return topic_of(match[1]) if match else ""


def _topic(name: str, level: int, end: int) -> Topic | None:
    topic = topic_of(name)
    if not topic:
        return None
    start = end - len(name)
    return Topic(topic, level, start, start + len(topic))


def _comma_topic(sentence: Sentence) -> Topic | None:
    """「芯片设计，加快突破…」: a noun alone before the first comma, an order after it."""
    if len(sentence.clauses) < 2 or sentence.clauses[0].mark not in (",", ":"):
        return None
    first, second = sentence.clauses[:2]
    if not 2 <= len(first.text) <= 12 or "、" in first.text or not order_in(second.text):
        return None
    if order_in(first.text) or _NO_TOPIC.search(first.text):
        return None
    topic = topic_of(first.text)
    return Topic(topic, 2, first.start, first.start + len(topic)) if topic else None
