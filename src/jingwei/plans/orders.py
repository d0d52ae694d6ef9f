"""How an order opens: adverbs, then its verb (「加快推进…」, 「大力发展…」), then what it is about.

The words are data (``contents.toml``); nouns that begin like a verb (制造业, 发展基础) are told
apart there as well.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from jingwei.plans.lexicon import any_of


@cache
def word_lists(name: str) -> dict[str, Any]:
    """The sections of a word list ``name``.toml beside this module."""
    text = files("jingwei.plans").joinpath(f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


class Order(NamedTuple):
    """The opening of an order: its verb and where it ends; ``first`` of 鼓励应用 is 鼓励."""

    verb: str
    end: int
    first: str = ""


_Word = tuple[str, Literal["verb", "adverb", "noun"]]


@cache
def _vocabulary() -> dict[str, tuple[_Word, ...]]:
    """Words by their first two characters, the longest first; a noun hides what it begins with."""
    lists = word_lists("contents")["order"]
    by_opening: dict[str, list[_Word]] = {}
    kinds: tuple[Literal["noun", "verb", "adverb"], ...] = ("noun", "verb", "adverb")
    for kind in kinds:
        for word in dict.fromkeys(lists[kind]):
            by_opening.setdefault(word[:2], []).append((word, kind))
    return {
        opening: tuple(sorted(words, key=lambda word: -len(word[0])))
        for opening, words in by_opening.items()
    }


# verbs that may follow another verb: 推进建设, 引进培育, 探索建立
_CHAINED = frozenset(
    ("建设", "培育", "发展", "打造", "建立", "构建", "完善", "开展", "实施", "突破", "布局", "形成",
     "推动", "推进", "引进", "提升", "组建", "设立", "制定", "研究", "创建", "集聚", "提高", "壮大",
     "推广", "应用", "研发", "研制", "引育", "拓展", "优化", "延伸", "做强")
)  # fmt: skip
_ALONE = ("加快", "加速", "统筹", "协调")


def order_in(text: str, start: int = 0, end: int | None = None) -> Order | None:
    """The verb that opens an order at ``start``, None for other words."""
    vocabulary = _vocabulary()
    if text[start : start + 2] not in vocabulary and text[start : start + 1] not in vocabulary:
        return None
    end = len(text) if end is None else end
    position, verb, first = start, "", ""
    while position < end:
        for word, kind in vocabulary.get(text[position : position + 2], ()):
            if text.startswith(word, position, end) and not (kind == "adverb" and verb):
                break
        else:
            if verb or text[position] not in vocabulary:  # 并, 要, 将: adverbs of one character
                break
            word, kind = text[position], "adverb"
        if kind == "noun" or (verb and word not in _CHAINED):
            break
        if kind == "verb":
            verb, first = word, first or word
        position += len(word)
    if not verb and text.startswith(_ALONE, start, end):
        # 「加快光刻机研发」: an adverb does the verb's work
        verb = first = text[start : start + 2]
        position = max(position, start + 2)
    return Order(verb, position, first) if verb else None


@cache
def adjunct() -> re.Pattern[str]:
    """Openings of clauses that only set the scene of the order that follows."""
    return re.compile(any_of(word_lists("contents")["order"]["adjunct"]))
