"""Rows that are odd: counted by what is odd about them, the first few with their place."""

from jingwei.core import Finding, Row

_SHOWN = 5
_TOLD: dict[str, tuple[str, str]] = {
    "loop": ("自己供应自己或自己属于自己的行，未取", "rows that join a thing to itself, not taken"),
    "broken": ("名称含乱码（U+FFFD）的行，未取", "rows with broken characters, not taken"),
    "share": (
        "份额不在0到1之间（也没有百分号），只取关系、不取份额",
        "shares outside 0 to 1 and without %, the edge is taken and the share is not",
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
