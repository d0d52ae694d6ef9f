"""Units as plans write them, looked up word by word: 万元, 亿元/平方公里, 吨标准煤/万元.

The words are those of ``core/units.toml``. They are many and a text is full of numbers, so a
unit is found by its first character and not by a pattern that tries them all.
"""

import re
from functools import cache

from jingwei.core.quantity import unit_table
from jingwei.plans.lexicon import any_of

_PER = re.compile(r"(?:钢|粗钢|产品)?\s?(?:/|每)")
_TIMES = ("年", "月", "日", "天", "时", "秒", "季度")  # may stand below the line besides units


@cache
def unit_traits() -> dict[str, str]:
    """Each unit word and its trait: ``measure``, ``tech`` or the dimension's name."""
    traits: dict[str, str] = {}
    for group in unit_table()["unit"]:
        trait = "measure" if group.get("measure") else "tech" if group.get("tech") else ""
        for word in group["words"]:
            traits.setdefault(word, trait or group["dimension"])
    return traits


@cache
def scale_pattern() -> str:
    """A pattern that matches the longest word of scale: 万亿, 亿, 万."""
    return any_of(unit_table()["scale"])


@cache
def per_pattern() -> str:
    """A pattern of words that may stand below the line in 每X…: 人, 亿元, 平方公里, 亩."""
    groups = {"people", "money", "area", "enterprise", "mass", "length"}
    found = [w for g in unit_table()["unit"] if g["dimension"] in groups for w in g["words"]]
    return any_of(word for word in found if word not in ("家", "户", "位", "t", "m2", "方"))


def unit_end(text: str, start: int) -> int:
    """Where the unit at ``start`` ends, with what it is counted per; ``start`` for none."""
    end = _word_end(text, start)
    per = _PER.match(text, end)
    if per is not None and per[0].endswith("每") and text[start:end] in _TIMES:
        return end  # 「连续3年每年给予资助」
    return end if per is None else _below_the_line(text, per.end()) or end


def _below_the_line(text: str, start: int) -> int | None:
    """Where the unit after 每 or / ends: 万元, 平方公里, 季度; None where none stands there."""
    for scale in (*_scales(), *unit_table()["scale_below_the_line"], ""):
        if not text.startswith(scale, start):
            continue
        begin = start + len(scale)
        end = _word_end(text, begin)
        if end == begin:
            end += next((len(time) for time in _TIMES if text.startswith(time, begin)), 0)
        if end > begin:
            also = next((time for time in _TIMES if text.startswith(time, end + 1)), "")
            return end + 1 + len(also) if also and text[end : end + 1] == "·" else end
    return None


def _word_end(text: str, start: int) -> int:
    """Where the longest unit word at ``start`` ends; ``start`` for none."""
    for word in _words().get(text[start : start + 1], ()):
        if text.startswith(word, start):
            end = start + len(word)
            other = _other_word(word)
            if other is None or other.match(text, end) is None:
                return end
    return start


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """The unit words by their first character, the longest first."""
    words: dict[str, list[str]] = {}
    for word in sorted(unit_traits(), key=lambda word: (-len(word), word)):
        words.setdefault(word[0], []).append(word)
    return {first: tuple(found) for first, found in words.items()}


@cache
def _other_word(word: str) -> re.Pattern[str] | None:
    """What makes a measure word part of another word when it follows: 家 in 家电."""
    follows: dict[str, str] = unit_table()["not_before"]
    return re.compile(follows[word]) if word in follows else None


@cache
def _scales() -> tuple[str, ...]:
    return tuple(sorted(unit_table()["scale"], key=lambda word: (-len(word), word)))
