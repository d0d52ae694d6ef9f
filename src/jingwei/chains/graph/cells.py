"""Cells of imported rows as values: kinds of edges, days, shares, amounts, truth, legal origin.

Every fault names the row. Nothing is repaired: a cell is read as it must be meant, or refused.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from math import isfinite

from jingwei.chains.graph.columns import words
from jingwei.chains.graph.records import EDGE_KINDS, EdgeKind
from jingwei.core import InvalidFile, Row


def fault(row: Row, zh: str, en: str) -> InvalidFile:
    return InvalidFile(zh, en, where=f"{row.dataset}:{row.key}")


def kind_of(word: str, usual: EdgeKind | None, row: Row) -> tuple[EdgeKind, bool]:
    """The kind a word means, and whether the row runs the other way; ``usual`` for an empty cell."""
    if word:
        for kind in EDGE_KINDS:
            if word in words()["kind"][kind]:
                return kind, False
            if word in words()["reversed"].get(kind, ()):
                return kind, True
    elif usual is not None:
        return usual, False
    if not word:
        raise fault(
            row,
            "这条边没有关系类型；请加一列“关系”（GraphML：kind），或用 --kind 指定",
            "this edge has no kind; add a column 'kind' (GraphML: data 'kind'), or give --kind",
        )
    if word in _BOTH_WAYS:
        raise fault(
            row,
            f"关系“{word}”看不出谁是谁的{word}；请写“供应”（起点供应终点），或把列名改为“供方、需方”",
            f"the relation '{word}' does not say who is {word} of whom; write supplies (from supplies to)",
        )
    listed = "、".join(k for kinds in words()["kind"].values() for k in kinds[:2])
    raise fault(
        row,
        f"关系“{word}”不认识（认识：{listed}…）；请改写，或用 --kind 指定没有关系列的文件",
        f"the relation '{word}' is not known ({listed} …); rewrite it, "
        "or give --kind for a file without one",
    )


_NOT_KNOWN = frozenset({"-", "--", "—", "——", "–", "－", "…", "/", "n/a", "N/A", "暂无", "不详"})
_VALUES = ("share", "confidence", "value", "day", "valid_from", "valid_to")


def without_dashes(fields: Mapping[str, str]) -> Mapping[str, str]:
    """The fields of a row, a number or day that is a dash being an empty cell: it is not known."""
    dashes = [key for key in _VALUES if fields.get(key) in _NOT_KNOWN]
    return {**fields, **dict.fromkeys(dashes, "")} if dashes else fields


_BOTH_WAYS = ("上游", "下游", "中游", "前端", "后端")
_FIRST_YEAR = 1900


def day_of(text: str, row: Row, *, first: bool = False) -> date | None:
    """A day; a year or month alone is its last day, or its ``first`` where a time begins."""
    if not text:
        return None
    parts = re.sub(r"[年月/.]", "-", text.rstrip("日")).rstrip("-").split("-")
    try:
        numbers = [int(part) for part in parts]
        if numbers[0] < _FIRST_YEAR:
            raise ValueError  # 26.6.30 is no day of the year 26
        if len(numbers) == 3:
            return date(*numbers)
        year, month = numbers[0], numbers[1] if len(numbers) > 1 else (1 if first else 12)
        if len(numbers) <= 2:
            return date(year, month, 1 if first else monthrange(year, month)[1])
    except (ValueError, TypeError, IndexError):
        pass
    raise fault(row, f"“{text}”不是日期；写作2025-06-30", f"'{text}' is no date; write 2025-06-30")


def amount_of(text: str, row: Row) -> float:
    """A finite number; commas between thousands are read over."""
    try:
        value = float(text.replace(",", "").replace("，", ""))
    except ValueError:
        raise fault(row, f"“{text}”不是数字", f"'{text}' is no number") from None
    if not isfinite(value):
        raise fault(row, f"“{text}”不是有限的数", f"'{text}' is no finite number")
    return value


def part_of(text: str, row: Row) -> float:
    """A share as a part of one: 35% is 0.35. It may lie outside 0 to 1, which the caller judges."""
    percent = text.endswith(("%", "％"))
    return amount_of(text.rstrip("%％"), row) / (100 if percent else 1)


def holds(text: str, row: Row) -> bool:
    """Yes and no; an empty cell is yes."""
    truth = text.lower()
    if truth in words()["truth"]["yes"]:
        return True
    if truth in words()["truth"]["no"]:
        return False
    raise fault(row, f"“{truth}”不是是或否", f"'{truth}' is neither yes nor no")


def check_origin(fields: Mapping[str, str], row: Row) -> None:
    """Refuse single units of a statistical survey (§14.2), and an origin that is not known."""
    origin = fields.get("origin", "")
    single = fields.get("enterprise") or fields.get("code") or fields.get("uscc")
    if origin in words()["origin"]["survey"] and single:
        raise fault(
            row,
            "统计调查中的单个企业资料不得用于链图、匹配和招商（《统计法》）；请改用行政记录、授权申报或公开资料",
            "survey data about a single enterprise must not serve chains, matching or investment "
            "(Statistics Law); use administrative, declared or public data",
        )
    known = {word for each in words()["origin"].values() for word in each}
    if origin not in known:
        raise fault(
            row,
            f"来源性质“{origin}”不认识；可写统计调查、行政记录、授权申报、公开",
            f"the origin '{origin}' is not known; write survey, administrative, declared, public",
        )
