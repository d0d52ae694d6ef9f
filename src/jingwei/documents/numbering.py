"""Heading numbers of Chinese documents: 第一章, 一、, （一）, 1., （1）, ①, 1.1, 专栏 1.

All functions take folded text, in which full-width brackets and digits are plain and the
space after a number is gone.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from jingwei.core.quantity import unit_table

# From the outermost to the innermost. Kinds of one nominal level can nest in one document
# (一、 below 第一章); ``structure`` then pushes the inner ones down.
LEVELS = {
    "chapter": 1,
    "section": 2,
    "han": 1,
    "han_brackets": 2,
    "arabic": 3,
    "brackets": 4,
    "circled": 4,
}

_HAN = "一二三四五六七八九十百零〇○"
_MARK = re.compile(
    rf"""
    第(?P<chapter>[{_HAN}\d]{{1,4}})[章篇编](?![节条])
    | 第(?P<part>[{_HAN}]{{1,3}})部分
    | 第(?P<section>[{_HAN}\d]{{1,4}})节(?!点)
    | (?P<han>[一二三四五六七八九十]{{1,3}})[、.](?![一二三四五六七八九十]{{1,3}}[、产线级])
    | \((?P<han_brackets>[一二三四五六七八九十]{{1,3}})\)[、.]?
    | (?P<arabic>\d{{1,2}})(?:[.、](?=[^\d\s]|[2-6]G)|\.\s)
    | (?P<decimal>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})\.?(?=[^\d.%‰°/\-—~～+])
    | \((?P<brackets>\d{{1,2}})\)[、.]?
    | (?P<bracket>\d{{1,2}})\)[、.]?
    | (?P<circled>[①-⑳])
    """,
    re.VERBOSE,
)
_BOX = re.compile(
    r"(?:专栏|专题|专框)(?P<number>\d{1,2}(?:-\d{1,2})?|[一二三四五六七八九十]{1,3})?[:：.、]?"
    r"(?P<title>[^。;!?]{1,45})$|(?:专栏)(?P<bare>\d{1,2}|[一二三四五六七八九十]{1,3})$"
)
_SENTENCE_END = re.compile(
    r"[。!?;:]|(?<![\d.A-Za-z])\.(?!\d)|(?<=[A-Za-z\d])\.(?=[\u4e00-\u9fff“]|$)"
)
_IN_BRACKETS = re.compile(r"(?<!^)\((?:[^()]|\([^()]*\))*\)|【[^【】]*】|〔[^〔〕]*〕")
_CONTINUES = tuple(",，、;(《“—-/+~")


SECTIONS = (
    "chapter",
    "section",
    "han",
    "han_brackets",
)  # kinds of marks that no row of a table has


class Mark(NamedTuple):
    """The number at the start of a heading: its kind, its value and how long it is."""

    kind: str
    value: tuple[int, ...]
    length: int

    def follows(self, previous: "Mark") -> bool:
        """Whether this number is the next of its row."""
        return self.value[:-1] == previous.value[:-1] and self.value[-1] == previous.value[-1] + 1


@lru_cache(4096)  # asked of each paragraph by all who join, rank and cut them
def mark_of(text: str) -> Mark | None:
    """The heading number at the start of a folded text."""
    match = _MARK.match(text)
    if match is None:
        return None
    kind = match.lastgroup or ""
    written = match[kind]
    kind = {"part": "chapter", "bracket": "brackets"}.get(kind, kind)
    if kind == "decimal":
        return Mark(kind, tuple(int(part) for part in written.split(".")), match.end())
    if kind == "circled":
        return Mark(kind, (ord(written) - ord("①") + 1,), match.end())
    value = int(written) if written.isdigit() else han_number(written)
    return Mark(kind, (value,), match.end())


def opens_section(text: str) -> bool:
    """Whether a text begins with the number of a chapter or section: 第三章, 第二节, 一、 or (一)."""
    mark = mark_of(text)
    return mark is not None and mark.kind in SECTIONS


def han_number(written: str) -> int:
    """一 to 九十九 (and 百) as a number."""
    total = digit = 0
    for character in written:
        if character == "十":
            total += (digit or 1) * 10
            digit = 0
        elif character == "百":
            total += (digit or 1) * 100
            digit = 0
        else:
            digit = max(0, "零一二三四五六七八九".find(character))
    return total + digit


def is_box_title(text: str) -> bool:
    """``专栏 3 某某工程`` and the like, standing alone."""
    return text.startswith("专") and len(text) <= 50 and _BOX.match(text) is not None


def sentence_end(text: str, start: int = 0) -> int:
    """Position of the first sentence end from ``start`` on, or -1."""
    match = _SENTENCE_END.search(text, start)
    return match.start() if match else -1


def heading_length(text: str, mark: Mark) -> int:
    """How many characters of a numbered paragraph are its heading; 0 if it is none.

    A short paragraph without a sentence end is a heading as a whole. In a longer one the
    first sentence is a run-in heading if it is short and states no quantity: a numbered
    sentence with a number in it is an item of a list, and its number must not be lost.
    """
    said = (
        _IN_BRACKETS.sub(lambda bracket: "(" * len(bracket[0]), text)
        if re.search("[(【〔]", text)
        else text
    )
    end = sentence_end(said, mark.length)
    if end < 0:
        stands_alone = len(text) <= 60 and not text.endswith(_CONTINUES)
        return len(text) if stands_alone and len(text) > mark.length else 0
    colon = text[end] == ":" and end + 1 < len(text) <= 40
    if colon and mark.kind in ("chapter", "section", "han") and sentence_end(text, end + 1) < 0:
        return len(text)  # 一、到2027年的目标:实现“五强”
    length = end - mark.length - said.count("(", mark.length, end)
    if not length or length > 30 or text[end] in "!?;":
        return 0
    if quantity().search(text, mark.length, end):
        return 0
    return end


@cache
def quantity() -> re.Pattern[str]:
    """A number with a unit, or a year."""
    units = {word for group in unit_table()["unit"] for word in group["words"]}
    scales = set(unit_table()["scale"])
    longest_first = sorted(units | scales, key=lambda word: (-len(word), word))
    alternatives = "|".join(re.escape(word) for word in longest_first)
    return re.compile(rf"\d[\d.,]*[余多]?(?:{alternatives})|(?:19|20)\d\d年")
