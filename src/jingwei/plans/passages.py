"""A document cut once into sentences and clauses, for all who read its contents.

A passage is one paragraph with what it inherits (``context``) and the part of the plan it
stands in: principles, goals, the fields it wants to develop, the map, the tasks, the
programmes, the safeguards. Facts that a plan reports (发展基础) are a part of their own, since
they order nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

from jingwei.documents.model import Block
from jingwei.plans.context import Context, Outlook, heading_words
from jingwei.plans.lexicon import any_of
from jingwei.plans.lists import Listing, listings
from jingwei.plans.orders import order_in, word_lists
from jingwei.plans.owners import Mark, marks

Part = Literal[
    "front",  # before the first heading of a document that has headings
    "facts", "principle", "target", "space", "safeguard", "programme", "work", "focus", "plain",
]  # fmt: skip

_PARTS: tuple[Part, ...] = (
    "principle", "target", "space", "safeguard", "programme", "focus", "work"
)  # fmt: skip
_MARK = re.compile(r"(?=[(,;:。!?.—])(?:\((?:[^()]|\([^()]*\))*\)|[,;:。!?.]|——+)")


class Clause(NamedTuple):
    """Words between two marks; offsets into the folded text of its block."""

    start: int
    end: int
    text: str
    mark: str  # the mark that ends it, "" at the end of a paragraph


class Sentence(NamedTuple):
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
    _lists: dict[tuple[int, int], tuple[Listing, ...]] = field(
        default_factory=dict[tuple[int, int], tuple[Listing, ...]], compare=False, repr=False
    )
    _marks: list[tuple[Mark, ...]] = field(
        default_factory=list[tuple[Mark, ...]], compare=False, repr=False
    )

    @property
    def text(self) -> str:
        return self.block.text

    def listings(self, start: int, end: int) -> tuple[Listing, ...]:
        """The lists between two offsets of the text; read once for all who ask."""
        found = self._lists.get((start, end))
        if found is None:
            found = self._lists[start, end] = tuple(listings(self.block.text, start, end))
        return found

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The owners that its brackets name; read once for all who ask."""
        if not self._marks:
            self._marks.append(tuple(marks(self.block.text)))
        return self._marks[0]


def passages(placed: Iterable[tuple[Block, Context]], whole: Outlook) -> list[Passage]:
    """The paragraphs and tables of a document with their contexts, cut into sentences and clauses."""
    found: list[Passage] = []
    parts: dict[tuple[str, ...], Part] = {}
    for block, context in placed:
        part = parts.get(context.section)
        if part is None:
            part = part_of(context.section)
            if whole.review:
                part = "work" if any(map(_ahead().search, context.section)) else "facts"
            elif not context.section and whole.has_headings:
                part = "front"
            parts[context.section] = part
        cut = tuple(sentences(block.text)) if block.kind == "paragraph" else ()
        found.append(Passage(block, context, part, cut))
    return found


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a folded paragraph with their clauses.

    A full stop may be a plain point; the point after a list number (「1.集成电路」) or in a
    decimal is none. A semicolon before a list number ends a sentence as well.
    """
    start = position = 0
    clauses: list[Clause] = []
    for match in _MARK.finditer(text):
        mark, at, end = match[0], match.start(), match.end()
        if mark[0] == "(":
            continue
        if mark == "." and not _is_stop(text, at, position):
            continue
        if at > position:
            clauses.append(Clause(position, at, text[position:at], mark))
        position = end
        ends = mark in "。!?." or (mark == ";" and _NUMBERED.match(text, end))
        if ends and clauses:
            yield Sentence(start, end, text[start:end], tuple(clauses))
        if ends:
            start, clauses = end, []
    if position < len(text):
        clauses.append(Clause(position, len(text), text[position:], ""))
    if clauses:
        yield Sentence(start, len(text), text[start:], tuple(clauses))


_NUMBERED = re.compile(r"\d{1,2}[.、．]\D")


def _is_stop(text: str, at: int, position: int) -> bool:
    """Whether a plain point ends a sentence."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if (after in "0123456789." and after) or before == ".":
        return False
    if not before.isdigit():
        return True
    number = text[position:at]
    return not (number.isdigit() and len(number) <= 2)


@cache
def _part_patterns() -> tuple[tuple[Part, re.Pattern[str]], ...]:
    lists = word_lists("contents")["part"]
    patterns = {part: any_of(lists[part]) for part in _PARTS}
    patterns["target"] = f"(?!.*(?:{any_of(lists['doing'])}))(?:{patterns['target']})"
    patterns["focus"] += f"|(?:{any_of(lists['focus_end'])})$"
    return tuple((part, re.compile(patterns[part])) for part in _PARTS)


def part_of(section: tuple[str, ...]) -> Part:
    """What kind of text stands under these headings: the innermost telling one decides.

    Facts and the map keep their own: 集成电路产业 under 空间布局 still says where. A heading
    that gives an order (强化工业基础能力) reports no facts whatever its words.
    """
    told: list[Part] = []
    for heading in reversed(section):
        words = heading_words(heading)
        if _facts().search(words) and not order_in(words):
            return "facts"
        for part, pattern in _part_patterns():
            if pattern.search(words):
                told.append(part)
                break
    return "space" if "space" in told else told[0] if told else "plain"


@cache
def _ahead() -> re.Pattern[str]:
    return re.compile(any_of(word_lists("contents")["part"]["ahead"]))


@cache
def _facts() -> re.Pattern[str]:
    return re.compile(any_of(word_lists("contents")["part"]["facts"]) + "|^基础$")
