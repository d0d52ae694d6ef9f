"""Rows that are odd: counted by what is odd about them, the first few with their place."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache

from jingwei.chains.graph.columns import words
from jingwei.chains.graph.records import folded
from jingwei.core import Finding, Row

_SHOWN = 5
_TOLD: dict[str, tuple[str, str]] = {
    "loop": ("自己供应自己或自己属于自己的行，未取", "rows that join a thing to itself, not taken"),
    "broken": ("名称含乱码（U+FFFD）的行，未取", "rows with broken characters, not taken"),
    "duplicate": (
        "与同一文件前面某行完全相同的行，只取一次",
        "rows that repeat an earlier one, taken once",
    ),
    "unnamed": (
        "没有名称的行（企业、环节、起点或终点空着），未取",
        "rows without a name (enterprise, node or an end is empty), not taken",
    ),
    "total": ("合计行，未取", "rows of totals, not taken"),
    "note": (
        "注释、说明和数据来源，不是数据，未取",
        "notes and sources, which are no data, not taken",
    ),
    "filled": (
        "合并单元格：空着的格子取合并区域首格的值",
        "merged cells: empty cells take what the first cell of the merged range says",
    ),
    "nodeless": (
        "只登记了企业，没有挂到环节（环节列空着）",
        "enterprises that hang on no node (the column of nodes is empty)",
    ),
    "other_register": (
        "代码不是统一社会信用代码，按其他登记代码取，没有校验",
        "codes that are no unified social credit codes, taken as of another register, unchecked",
    ),
    "ahead": (
        "日期晚于今天的行：记下了，诊断到那一天才算",
        "rows dated after today: kept, and they count from that day on",
    ),
    "undated": ("没有日期的行；可用 --date 注明", "rows without a date; give it with --date"),
    "unidentified": (
        "只有企业名称、没有登记代码的行，按名称单列，不与登记企业合并",
        "enterprises by name alone, kept apart from registered ones",
    ),
}


class Oddities:
    """What was odd about the rows of a file, for a person to judge."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._first: dict[str, list[Row]] = {}

    def add(self, kind: str, row: Row) -> None:
        """Count a row under a kind of ``_TOLD``."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        first = self._first.setdefault(kind, [])
        if len(first) < _SHOWN:
            first.append(row)

    def findings(self) -> tuple[Finding, ...]:
        """One finding a kind."""
        return tuple(
            Finding(
                f"import_{kind}", f"{count}行：{_TOLD[kind][0]}。",
                f"{count} rows: {_TOLD[kind][1]}.", tuple(self._first[kind]),
            )
            for kind, count in sorted(self._counts.items())
        )  # fmt: skip


class Measured:
    """Measures that are not known, with their rows; nothing is told where none are known."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = tuple(known)
        self._folded = {folded(each): each for each in self._known}
        self._unknown: dict[str, list[Row]] = {}

    def seen(self, measure: str, row: Row) -> str:
        """The name under which a measure is known, the name as it is for one that is not: counted."""
        known = self._folded.get(folded(measure), "")
        if self._known and not known:
            self._unknown.setdefault(measure, []).append(row)
        return known or measure

    def findings(self) -> tuple[Finding, ...]:
        """One finding a measure, with the names that come near and those that are known."""
        chinese = [each for each in self._known if not each.isascii()]
        listed = "、".join(chinese)
        found: list[Finding] = []
        for measure, rows in sorted(self._unknown.items()):
            near = get_close_matches(measure, self._known, 2, 0.5)
            meant = f"是否指{'、'.join(f'“{e}”' for e in near)}？" if near else ""
            meant_en = f" Is {' or '.join(near)} meant?" if near else ""
            found.append(
                Finding(
                    "unknown_measure",
                    f"不认识的指标“{measure}”（{len(rows)}行）：记下了，诊断用不上。{meant}认识的指标：{listed}。",
                    f"the measure {measure} is not known ({len(rows)} rows): it is kept and serves no "
                    f"diagnosis.{meant_en}",
                    tuple(rows[:_SHOWN]),
                )
            )
        return tuple(found)


def is_total(fields: Mapping[str, str]) -> bool:
    """Whether a row is a total by its name; it names no enterprise or node."""
    names = [fields.get(key, "") for key in ("node", "enterprise", "from", "to", "place")]
    if fields.get("enterprise") and _SUM.match(folded(fields["enterprise"])):
        return True  # 「总计」 beside a node, 「小计:3家」: no enterprise is called so
    return any(names) and {folded(n) for n in names if n} <= _totals()


_SUM = re.compile(r"(?:合计|总计|小计|共计|total)(?:[:：(（].*|[\d共].*)?$")
_NOTE = re.compile(r"(?:注|备注|说明|数据来源|资料来源|来源)\d*[:：]")


def is_note(fields: Mapping[str, str]) -> bool:
    """Whether a row holds nothing but a note under the table: 注：…, 数据来源：…"""
    said = [cell for cell in fields.values() if cell]
    return len(said) == 1 and _NOTE.match(said[0]) is not None


@cache
def _totals() -> frozenset[str]:
    return frozenset(map(folded, words()["skip"]["total"]))


def nameless(fields: Mapping[str, str]) -> bool:
    """Whether a row has a column for a name that it leaves empty, and nothing else it could be."""
    if "from" in fields and "to" in fields and not (fields["from"] and fields["to"]):
        return not any(fields.get(key) for key in ("node", "enterprise", "code", "uscc", "place"))
    coded = fields.get("code") or fields.get("uscc")
    if fields.get("enterprise") or coded or "enterprise" not in fields:
        return "node" in fields and not any(
            fields.get(key) for key in ("node", "enterprise", "code", "uscc", "place", "from")
        )
    # an enterprise's row without the enterprise; a node described or measured is a row of its own
    return not any(fields.get(key) for key in ("measure", "stage", "what", "parent"))
