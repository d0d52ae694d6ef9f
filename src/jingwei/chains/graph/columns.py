"""Which field a heading means, which row holds the headings, and what a table lacks to mean anything.

Names of columns are data (``columns.toml``), compared after folding. A heading may say its name twice,
in Chinese and in English (起点 from). A table whose known columns cannot say what a row is is refused
with the names that are known: nothing is taken of half a meaning.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jingwei.chains.graph.records import folded
from jingwei.core import InvalidFile

LOOKED_AT = 10
"""Rows at the beginning of a table among which the headings are looked for; titles stand above them."""


@cache
def words() -> dict[str, dict[str, list[str]]]:
    text = files("jingwei.chains.graph").joinpath("columns.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def column_names() -> dict[str, str]:
    """Folded headings and the fields they stand for."""
    return {folded(name): key for key, names in words()["field"].items() for name in names}


PERCENT = ("%", "％", "百分比")
_IN_UNIT = re.compile(r"([^(（]+?)\s*[(（]\s*([^()（）]+?)\s*[)）]")
_TWICE = re.compile(r"([^\x00-\x7f]+)[\s/|(（]+([\x20-\x7e]+?)[)）]?")


def key_of(heading: str) -> str:
    """The field of a heading, "" for one that means nothing here."""
    names = column_names()
    known = names.get(folded(heading), "") or _in_unit(heading)[0]
    twice = None if known else _TWICE.fullmatch(heading.strip())
    if twice is None:
        return known
    return names.get(folded(twice[1])) or names.get(folded(twice[2]), "")


def _in_unit(heading: str) -> tuple[str, str]:
    """The field and unit of a heading that names its unit (数值（亿元）, 份额（%）), else two "".

    Shares are parts of one or per cent; a value may have any unit.
    """
    parts = _IN_UNIT.fullmatch(heading.strip())
    key = column_names().get(folded(parts[1]), "") if parts else ""
    if parts is None or folded(parts[2]) in column_names():
        return "", ""
    fits = key == "value" or (key in ("share", "confidence") and parts[2] in PERCENT)
    return (key, parts[2]) if fits else ("", "")


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a table: the number of their row (from 0), their words, and the field of each.

    ``units`` are those that headings name, by field.
    """

    row: int
    words: tuple[str, ...]
    keys: tuple[str, ...]
    units: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, row: int, words: Sequence[str]) -> "Headings":
        units = tuple(filter(all, map(_in_unit, words)))
        return cls(row, tuple(words), tuple(map(key_of, words)), units)

    def fields(self, row: Sequence[str]) -> dict[str, str]:
        """The cells of a row by field, with the unit that the heading gives them."""
        found = {key: cell for key, cell in zip(self.keys, row, strict=False) if key}
        for key, unit in self.units:
            cell = found.get(key, "").strip()
            if key == "value":
                found["unit"] = found.get("unit", "").strip() or unit
            elif cell and not cell.endswith(PERCENT):
                found[key] = f"{cell}%"
        return found

    @property
    def unread(self) -> tuple[str, ...]:
        """Headings that mean nothing here."""
        return tuple(
            word.strip() for word, key in zip(self.words, self.keys, strict=True)
            if word.strip() and not key
        )  # fmt: skip


def headings_of(rows: Sequence[Sequence[str]]) -> Headings | None:
    """The first row of two known names among the first rows, else of one; None where there is none."""
    best: Headings | None = None
    for number, row in enumerate(rows[:LOOKED_AT]):
        found = Headings.of(number, row)
        known = len({*found.keys} - {""})
        if known >= 2:
            return found
        if known and best is None:
            best = found
    return best


def checked_headings(rows: Sequence[Sequence[str]], where: str) -> Headings:
    """The headings of a table. Raises InvalidFile where they are missing, doubled or say too little."""
    found = headings_of(rows)
    if found is None:
        first = next((row for row in rows if any(row)), ())
        raise InvalidFile(
            f"前{LOOKED_AT}行没有认识的列名（第一行是：{'、'.join(first[:20])}）；{_known()}",
            f"the first {LOOKED_AT} rows have no column name that is known ({', '.join(first[:20])}); "
            f"{_known_en()}",
            where=f"{where}:1",
        )
    at = f"{where}:{found.row + 1}"
    seen = [key for key in found.keys if key]
    if len(seen) != len({*seen}):
        twice = next(key for key in seen if seen.count(key) > 1)
        both = "、".join(w for w, k in zip(found.words, found.keys, strict=True) if k == twice)
        raise InvalidFile(
            f"两列都是“{_first_name(twice)}”（{both}）；请留一列",
            f"two columns mean '{twice}' ({both}); keep one",
            where=at,
        )
    if not _means({*seen}) or (_only_names_nodes({*seen}) and found.unread):
        known = "、".join(w for w, k in zip(found.words, found.keys, strict=True) if k)
        unread = "、".join(found.unread) or "（无）"
        raise InvalidFile(
            f"看不出一行说的是什么：认识的列只有{known}，不认识的列：{unread}，所以没有导入。{_known()}",
            f"it cannot be told what a row says: known columns are {known}, unknown ones {unread}, so "
            f"nothing was imported. {_known_en()}",
            where=at,
        )
    return found


def _means(keys: set[str]) -> bool:
    """Whether the columns can say an edge, a node, an enterprise, a fact or a place."""
    ends = {"from", "to"} <= keys or {"source", "to"} <= keys  # d3 calls the start source
    return ends or bool(keys & {"node", "enterprise", "code", "uscc", "place"})


def _only_names_nodes(keys: set[str]) -> bool:
    """Whether nodes are named and nothing is said of them that a column of their own would say."""
    return "node" in keys and not keys & {
        "from", "to", "enterprise", "code", "uscc", "measure", "stage", "what", "parent", "kind",
    }  # fmt: skip


def _first_name(key: str) -> str:
    return next((e for e in words()["field"][key] if not e.isascii()), key)


_SAID = ("from", "to", "kind", "node", "enterprise", "uscc", "place", "within", "share", "measure",
         "value", "word", "unit", "stage", "what", "parent", "day", "source")  # fmt: skip


def _known() -> str:
    listed = "；".join(
        "、".join(e for e in words()["field"][key] if not e.isascii()) for key in _SAID
    )
    return (
        "一行要么有企业和环节，要么有环节和指标，要么有起点和终点，要么有环节和类别。认识的列名（分号隔开的"
        f"各是一列的几种叫法）：{listed}"
    )


def _known_en() -> str:
    return (
        "a row has an enterprise and a node, a node and a measure, from and to, or a node and its kind. "
        f"Known names: {', '.join(words()['field'][key][0] for key in _SAID)}"
    )
