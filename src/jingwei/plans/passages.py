"""A document cut once into sentences and clauses, for all who read its contents.

A passage is one paragraph with what it inherits (``context``) and the part of the plan it
stands in: principles, goals, the fields it wants to develop, the map, the tasks, the
programmes, the safeguards. Facts that a plan reports (发展基础) are a part of their own, since
they order nothing.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from jingwei.documents.model import Block, Document
from jingwei.plans.context import Context, Outlook, contexts, heading_words
from jingwei.plans.lexicon import any_of

Part = Literal[
    "front",  # before the first heading of a document that has headings
    "facts", "principle", "target", "space", "safeguard", "programme", "work", "focus", "plain",
]

_PARTS: tuple[Part, ...] = (
    "principle", "target", "space", "safeguard", "programme", "focus", "work"
)  # fmt: skip
_CLAUSE_END = re.compile(r"\([^()]*\)|[,;:。!?]|——+|(?<![\d.])\.(?!\d)|(?<=\d)\.(?=[^\d.])")


@cache
def word_lists(name: str) -> dict[str, dict[str, Any]]:
    """The sections of a word list ``name``.toml beside this module."""
    text = files("jingwei.plans").joinpath(f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two marks; offsets into the folded text of its block."""

    start: int
    end: int
    text: str
    mark: str  # the mark that ends it, "" at the end of a paragraph


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a paragraph; offsets into the folded text of its block."""

    start: int
    end: int
    text: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph or table and what it inherits."""

    block: Block
    context: Context
    part: Part
    sentences: tuple[Sentence, ...]


def passages(document: Document, whole: Outlook) -> list[Passage]:
    """The paragraphs and tables of a document, cut into sentences and clauses."""
    found: list[Passage] = []
    parts: dict[tuple[str, ...], Part] = {}
    for block, context in contexts(document, whole):
        part = parts.get(context.section)
        if part is None:
            part = part_of(context.section)
            if whole.review:
                part = "facts"
            elif not context.section and whole.has_headings:
                part = "front"
            parts[context.section] = part
        cut = tuple(_cut(block.text)) if block.kind == "paragraph" else ()
        found.append(Passage(block, context, part, cut))
    return found


_SENTENCE_END = re.compile(
    r"[。!?]|;(?=\d{1,2}[.、．]\D)|(?<![\d\s.])\.(?!\d)|(?<=[\d%])\.(?=[\u4e00-\u9fff“(—])"
)
_LIST_NUMBER = re.compile(r"(?:^|[:;。!?])\d{1,2}$")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of a folded paragraph; 「1.集成电路」 is not cut after its number."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        end = match.end()
        if match[0] == "." and _LIST_NUMBER.search(text, max(start, end - 4), end - 1):
            continue
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


def _cut(text: str) -> Iterator[Sentence]:
    for start, end in sentences(text):
        clauses: list[Clause] = []
        position = start
        for match in _CLAUSE_END.finditer(text, start, end):
            if match[0][0] == "(" or (match[0] == "." and _is_list_number(text, position, match)):
                continue
            if match.start() > position:
                clauses.append(
                    Clause(position, match.start(), text[position : match.start()], match[0])
                )
            position = match.end()
        if position < end:
            clauses.append(Clause(position, end, text[position:end], ""))
        if clauses:
            yield Sentence(start, end, text[start:end], tuple(clauses))


def _is_list_number(text: str, start: int, point: re.Match[str]) -> bool:
    return point.start() - start <= 2 and text[start : point.start()].isdigit()


@cache
def _part_patterns() -> tuple[tuple[Part, re.Pattern[str]], ...]:
    lists = word_lists("contents")["part"]
    patterns = {part: any_of(lists[part]) for part in _PARTS}
    patterns["focus"] += f"|(?:{any_of(lists['focus_end'])})$"
    return tuple((part, re.compile(patterns[part])) for part in _PARTS)


def part_of(section: tuple[str, ...]) -> Part:
    """What kind of text stands under these headings: the innermost telling one decides.

    Facts and the map keep their own: 集成电路产业 under 空间布局 still says where. A heading
    that gives an order (强化工业基础能力) reports no facts whatever its words.
    """
    found: list[Part] = []
    for heading in reversed(section):
        words = heading_words(heading)
        if _facts().search(words) and not order_in(words):
            return "facts"
        found += [part for part, pattern in _part_patterns() if pattern.search(words)][:1]
    return "space" if "space" in found else found[0] if found else "plain"


@cache
def _facts() -> re.Pattern[str]:
    return re.compile(any_of(word_lists("contents")["part"]["facts"]) + "|^基础$")


@dataclass(frozen=True, slots=True)
class Order:
    """The opening of an order: its verb (with what stands before it) and where it ends."""

    verb: str
    end: int


@cache
def _vocabulary() -> tuple[frozenset[str], frozenset[str], frozenset[str], tuple[int, ...]]:
    lists = word_lists("contents")["order"]
    verbs, adverbs = frozenset(lists["verb"]), frozenset(lists["adverb"])
    nouns = frozenset(lists["noun"])
    lengths = sorted({len(word) for word in verbs | adverbs | nouns}, reverse=True)
    return verbs, adverbs, nouns, tuple(lengths)


def order_in(text: str, start: int = 0) -> Order | None:
    """The verb that opens an order at ``start``: 「加快推进…」, 「大力发展…」; None for other words."""
    verbs, adverbs, nouns, lengths = _vocabulary()
    position, verb = start, ""
    while position < len(text):
        for length in lengths:
            word = text[position : position + length]
            if word in nouns or word in verbs or (word in adverbs and not verb):
                break
        else:
            break
        if word in nouns:
            break
        if word in verbs:
            if verb and word not in _CHAINED:
                break
            verb = word
        position += len(word)
    if not verb and text.startswith(_ALONE, start):
        verb = text[start : start + 2]  # 「加快光刻机研发」: an adverb does the verb's work
    return Order(verb, position) if verb else None


_ALONE = ("加快", "加速", "统筹", "协调")


# verbs that may follow another verb: 推进建设, 引进培育, 探索建立
_CHAINED = frozenset(
    ("建设", "培育", "发展", "打造", "建立", "构建", "完善", "开展", "实施", "突破", "布局", "形成",
     "推动", "推进", "引进", "提升", "组建", "设立", "制定", "研究", "创建", "集聚", "提高", "壮大", "推广", "应用", "研发", "研制",
     "引育", "拓展", "优化", "延伸", "做强")
)  # fmt: skip


@cache
def adjunct() -> re.Pattern[str]:
    """Openings of clauses that only set the scene of the order that follows."""
    return re.compile(any_of(word_lists("contents")["order"]["adjunct"]))
