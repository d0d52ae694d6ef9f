"""Columns of tables by their headings, and which piece of a row belongs to which column."""

import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache

from jingwei.core import unit
from jingwei.core.quantity import unit_table
from jingwei.documents.vocabulary import words

_NUMERIC = re.compile(r"[\[(<>≥≤≧≦约近]*[-+±]?\d[\d.,]*")
_NAME_AND_NUMBER = re.compile(r"\([^()\d]{1,8}\)\d")  # 「比重(%)46.8」 runs over two cells
_SERIAL = re.compile(r"\(?\d{1,3}[.、)]?")
_BOUND = re.compile(r"[<>≥≤]\d")
_TWO_CELLS = re.compile(
    r"^%|\)(?:\d[\d.]*|[—–-]+)$|(?:约束|预期|指导|引导)性(?!指标|目标|任务)(?!$)"
)
_EMPTY = 0.5  # of a cell that should say something; the other reading may have found its words
# 「(2024年)」 belongs to the value before it, 「22—」 is two cells
_NO_VALUE = re.compile(r"^\((?:19|20)\d\d年[^()]*\)|[^—–-][—–]$|\d.*(?:增长|新增|累计)$")
_END_OF_NAME = re.compile(r"[^\d\[<>≥≤]*\((?:%|[^()\d]{1,8})\)")  # 「二氧化碳排放 / 降低(%)」
_HEDGE_FIRST = re.compile(r"(?:以上|以下|以内|左右|上下|及以上|及以下)")
Groups = tuple[tuple[int, int], ...]


@lru_cache(maxsize=4096)
def column_kind(header: str) -> str:
    """category, serial, name, unit, attribute, value or text; "" for no header word."""
    vocabulary = words("table")
    plain = header.strip()
    for kind in ("category", "serial", "name", "unit", "attribute", "text", "value"):
        if plain in vocabulary[kind]:
            return kind
    bare = re.sub(r"\([^)]*\)$", "", plain)
    for kind in ("serial", "name", "unit", "attribute"):
        if bare in vocabulary[kind]:
            return kind
    if any(re.match(pattern, plain) for pattern in vocabulary["value_like"]):
        return "value"
    return ""


@lru_cache(maxsize=4096)
def split_row(
    tokens: tuple[str, ...], kinds: tuple[str, ...], breaks: tuple[bool, ...]
) -> tuple[Groups | None, float]:
    """Split the pieces of a row into its columns at the least cost.

    ``breaks[i]`` tells whether a line ended between pieces ``i`` and ``i + 1``: a cell that
    goes on over a line end costs little, one with a blank inside costs more. Returns the
    pieces of each column and the cost, or (None, infinity) if they do not suffice.
    """
    count = len(tokens)
    best: list[tuple[float, Groups]] = [(0.0, ()), *([(math.inf, ())] * count)]
    for kind in kinds:
        reached: list[tuple[float, Groups]] = [(math.inf, ())] * (count + 1)
        for first in range(count + 1):
            so_far, groups = best[first]
            if so_far == math.inf:
                continue
            empty = so_far + (0.5 if kind == "text" else 4.0)
            if empty < reached[first][0]:
                reached[first] = (empty, (*groups, (first, first)))
            text = ""
            joints = 0.0
            for last in range(first + 1, count + 1):
                if last - first > 1:
                    joints += _joint(kind, text, tokens[last - 1], breaks[last - 2])
                text += tokens[last - 1]
                cost = so_far + joints + cell_cost(kind, text)
                if cost < reached[last][0]:
                    reached[last] = (cost, (*groups, (first, last)))
        best = reached
    cost, groups = best[count]
    return (groups, cost) if cost < math.inf else (None, cost)


def _joint(kind: str, above: str, below: str, line_end: bool) -> float:
    if line_end:
        return 0.1 if kind in ("name", "unit", "text") else 0.4
    if above[-1].isascii() or below[0].isascii():
        return 0.3
    return 0.7


@lru_cache(maxsize=16384)
def cell_cost(kind: str, text: str) -> float:
    """How badly a text suits a column; 0 fits."""
    vocabulary = words("table")
    dash = text in vocabulary["dashes"]
    is_attribute = text in vocabulary["attributes"]
    if kind == "attribute":
        return 0.0 if is_attribute else (2.0 if dash else 6.0)
    if is_attribute:
        return 6.0
    if kind == "serial":
        return 0.0 if _SERIAL.fullmatch(text) else 5.0
    if kind == "unit":
        if dash or is_unit(text):
            return 0.0
        return 1.5 if len(text) <= 8 and not any(c.isdigit() for c in text) else 5.0
    if kind == "value":
        if _HEDGE_FIRST.match(text):
            return 4.0  # 「3.5 以上」 ends in the hedge, no value begins with it
        if _NO_VALUE.search(text):
            return 3.0
        if _END_OF_NAME.fullmatch(text):
            return 6.0
        if dash or _NUMERIC.match(text) or _qualities().match(text):
            return 0.0 if len(text) <= 24 else 1.0
        if is_unit(text) or _NAME_AND_NUMBER.search(text):
            return 3.0
        if any(character.isdigit() for character in text):
            return 0.4
        if _qualities().search(text):
            return 0.0 if len(text) <= 24 else 1.0
        return 0.8 if len(text) <= 12 else 3.0
    if kind == "name":
        if _BOUND.search(text):
            return 3.0  # 「设区市≥25」 is a value
        if _TWO_CELLS.search(text):
            return 3.0
        if dash or is_unit(text) or _NUMERIC.fullmatch(text):
            return 4.0
        return 0.0 if len(text) > 1 else 2.0
    return 0.0


def misfit(rows: Sequence[Sequence[str]]) -> float:
    """How badly the cells of a table suit the headings in its first row."""
    kinds = [column_kind(text) for text in rows[0]]
    unnamed = sum(1 for kind in kinds if not kind)
    cells = [(kind, text) for row in rows[1:] for kind, text in zip(kinds, row, strict=True)]
    empty = sum(1 for kind, text in cells if kind in ("name", "unit", "value") and not text)
    filled = sum(cell_cost(kind, text) for kind, text in cells if kind and text)
    return unnamed + filled + _EMPTY * empty


@cache
def _qualities() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words("table")["qualities"])))


def is_unit(text: str) -> bool:
    """Whether all parts of a unit word are in the table of units."""
    return bool(text) and all(_known(part) for part in text.replace("每", "/").split("/"))


@lru_cache(maxsize=4096)
def _known(word: str) -> bool:
    return bool(word) and unit(word).dimension in _dimensions()


@cache
def _dimensions() -> frozenset[str]:
    return frozenset(group["dimension"] for group in unit_table()["unit"]) | {""}
