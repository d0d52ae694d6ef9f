"""What each column of a table is: a stub that says what a row is, or values."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache

from jingwei.statistics.intake.cells import Missing, Number, Words, is_unit, meaning
from jingwei.statistics.intake.layout import Table
from jingwei.statistics.intake.matching import Declared, bare_name, is_whole
from jingwei.statistics.intake.times import read_when
from jingwei.statistics.intake.words import folded, words

_BRACKETS = re.compile(r"\s*[(（【\[]([^()（）【】\[\]]*)[)）】\]]\s*")
_REGION_LIKE = re.compile(r".{1,12}(?:区|县|市|镇|街道|乡|新城)$")
_DATE = re.compile(r"(?:日期|时间)$")
_ORDER = re.compile(r"^\d{1,4}$")

STUBS = (
    "number", "card", "entity_code", "industry_code", "region_code", "indicator", "date", "unit", "year", "month",
    "period", "window", "breakdown", "region", "industry", "entity", "address", "note", "growth", "value",
)  # fmt: skip


TAKEN_FOR = {
    "year": "认作年份", "month": "认作月份", "period": "认作时间", "region": "认作地区", "region_code": "认作地区代码",
    "indicator": "认作指标", "unit": "认作单位", "industry": "认作行业", "industry_code": "认作行业代码",
    "entity": "认作企业", "entity_code": "认作信用代码", "label": "认作名称", "breakdown": "认作分组", "date": "认作日期",
    "window": "认作时间口径", "card": "认作口径卡", "number": "认作序号", "skip": "未用", "address": "认作地址",
}  # fmt: skip
"""What a column was taken for, in words."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place from 0 and its role: one of STUBS, ``label``, ``values`` or ``skip``."""

    index: int
    role: str


@lru_cache(maxsize=65536)
def bracketed_unit(text: str) -> tuple[str, str]:
    """The text without its unit, and the unit: 总产值（亿元） → 总产值, 亿元."""
    plain = folded(text)
    for match in _BRACKETS.finditer(plain):
        parts = re.split(r"[,，、;；]", match[1].replace("单位:", "").replace("单位：", ""))
        inner = next((part.strip() for part in parts if is_unit(part.strip())), "")
        if inner:
            return f"{plain[: match.start()]}{plain[match.end() :]}".strip(), inner
    for separator in ("/", ":", ",", " ", "-"):
        head, found, tail = plain.partition(separator)
        if found and head.strip() and is_unit(tail.strip()):
            return head.strip(), tail.strip()
    if plain.endswith("%") and len(plain) > 1:
        return plain[:-1].strip(), "%"
    return plain, ""


@lru_cache(maxsize=4096)
def role_of(header: tuple[str, ...]) -> str:
    """The stub role that a heading names, "" if it names none."""
    for text in reversed(header):
        plain = folded(text).lower()
        short = _BRACKETS.sub("", plain).replace(" ", "")
        for role, spellings, spaceless in _headings():
            if short in spaceless or plain in spellings:
                return role
    return ""


@cache
def _headings() -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    """The words of each role as written and without spaces, in the order roles are tried."""
    columns = words()["columns"]
    return tuple(
        (role, frozenset(listed), frozenset(word.replace(" ", "") for word in listed))
        for role in STUBS
        if (listed := columns.get(role, ()))
    )


def columns_of(table: Table, declared: Declared) -> tuple[Column, ...]:
    """The role of every column of a table."""
    found: list[Column] = []
    for index in table.columns:
        found.append(Column(index, _role(table, index, declared)))
    if not any(column.role == "values" for column in found):
        # a long table: its one column of values may be titled 数值
        found = [Column(c.index, "values") if c.role == "value" else c for c in found]
    found = [Column(c.index, "values") if c.role in ("value", "growth") else c for c in found]
    if any(column.role == "indicator" for column in found):
        found = [Column(c.index, "breakdown") if c.role == "label" else c for c in found]
    return tuple(found)


def _role(table: Table, index: int, declared: Declared) -> str:
    cells = [table.grid.at(row, index) for row in table.rows]
    filled = [cell for cell in cells if not cell.empty]
    meanings = [meaning(cell) for cell in filled]
    numbers = sum(1 for each in meanings if isinstance(each, Number))
    texts = [
        cell.text for cell, each in zip(filled, meanings, strict=True) if isinstance(each, Words)
    ]
    named = role_of(table.header(index))
    if named == "unit" and texts and not any(is_unit(folded(text)) for text in texts):
        named = "entity" if any("公司" in text or "厂" in text for text in texts) else "label"
    if named == "window" and not any(_says_window(cell.text) for cell in filled):
        named = "breakdown"
    if not named and table.header(index) and _DATE.search(folded(table.header(index)[-1])):
        named = "date"
    if not named and [folded(each) for each in table.header(index)][-1:] == ["代码"]:
        industry = any("行业" in each for h in table.headers for each in h)
        named = "industry_code" if industry else "region_code"
    if named in ("number", "note", "address"):
        return named if named == "address" else "skip"
    if named == "industry" and numbers > len(texts):
        named = "industry_code"
    if named == "region" and numbers > len(texts) and not texts:
        named = "region_code"
    if named == "entity" and (
        numbers > len(texts) or (texts and not any(len(text) > 3 for text in texts))
    ):
        named = ""  # 企业 over numbers counts enterprises, it names none
    if (
        named == "indicator"
        and texts
        and all(any(word in text for word in ("公司", "厂", "集团", "有限")) for text in texts)
    ):
        named = "entity"
    if named and named not in ("value", "growth"):
        return named
    if named:
        return named
    if not filled or all(isinstance(each, Missing) for each in meanings):
        return "values" if table.header(index) else "skip"
    years = sum(1 for cell in filled if _is_period_text(cell.text))
    if years == len(filled) and len(filled) >= 2 and not _header_is_period(table, index):
        values = {cell.text for cell in filled}
        if len(values) == len(filled) or index == table.columns[0]:
            return "period"
    if index == table.columns[0] and _counts_up([cell.text for cell in filled]):
        return "skip"
    if texts and sum("://" in text or len(text) > 40 for text in texts) > len(texts) / 2:
        return "skip"
    if texts and len(texts) >= 0.6 * (len(texts) + numbers):
        return _stub(texts, declared)
    return "values"


def _says_window(text: str) -> bool:
    return any(word in folded(text).lower() for word in ("month", "cumul", "ytd", "year", "月", "累计", "年度", "全年"))  # fmt: skip


def _header_is_period(table: Table, index: int) -> bool:
    return any(read_when(text)[0].year is not None for text in table.header(index))


def _counts_up(texts: list[str]) -> bool:
    plain = [text for text in texts if _ORDER.match(text)]
    return len(plain) > 2 and plain == [str(n) for n in range(int(plain[0]), int(plain[0]) + len(plain))] and int(plain[0]) <= 1 and len(plain) == len(texts)  # fmt: skip


def _is_period_text(text: str) -> bool:
    when, rest = read_when(text)
    return (when.year is not None or when.first is not None) and not rest


def _stub(texts: list[str], declared: Declared) -> str:
    """What most labels of a column are."""
    votes = Counter[str]()
    for text in texts:
        name = bracketed_unit(text)[0]
        if declared.region(name) is not None:
            votes["region"] += 1
        elif bare_name(name) in declared.names:
            votes["indicator"] += 1
        elif declared.codes(name):
            votes["industry"] += 1
        elif is_unit(folded(text)):
            votes["unit"] += 1
        elif _is_period_text(text):
            votes["period"] += 1
        elif "公司" in text:
            votes["entity"] += 1
        elif _REGION_LIKE.match(name) or is_whole(name):
            votes["region"] += 1
    if not votes:
        return "label"
    role, count = votes.most_common(1)[0]
    if role in ("unit", "period", "entity"):
        return role if count >= 0.6 * len(texts) else "label"
    return role if count > len(texts) / 2 else "label"
