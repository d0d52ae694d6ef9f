"""Rows that are odd: counted by what is odd about them, the first few with their place."""

from collections.abc import Mapping

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


def nameless(fields: Mapping[str, str]) -> bool:
    """Whether a row has a column for a name that it leaves empty, and nothing else it could be."""
    if "from" in fields and "to" in fields and not (fields["from"] and fields["to"]):
        return not any(fields.get(key) for key in ("node", "enterprise", "code", "place"))
    if fields.get("enterprise") or fields.get("code") or "enterprise" not in fields:
        return "node" in fields and not any(
            fields.get(key) for key in ("node", "enterprise", "code", "place", "from")
        )
    # an enterprise's row without the enterprise; a node described or measured is a row of its own
    return not any(fields.get(key) for key in ("measure", "stage", "what", "parent"))
