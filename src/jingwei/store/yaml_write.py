"""YAML written one way only: the same values give the same bytes.

Block style, one key a line, Chinese as it is, no folded lines; lists of words, and mappings
under the keys a caller names, stay on one line. A word is written bare only where parsers of
YAML 1.1 and 1.2 all read it as that word: ``no``, ``0123``, ``1e3``, ``=`` and dates are
quoted. Line breaks and invisible characters are written as escapes, so that nobody overlooks
them.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard, cast

Flow = frozenset[str]

# fixed ranges and not str.isprintable(), which changes with the Unicode edition of Python
_INVISIBLE = re.compile(
    "[^\\x20-\\x7e\\xa1-\\xac\\xae-\\u167f\\u1681-\\u180d\\u180f-\\u1fff\\u2010-\\u2027\\u2030-\\u205e"
    "\\u2065\\u2070-\\u2fff\\u3001-\\ud7ff\\uf900-\\ufefe\\uff00-\\ufff8\\ufffc\\ufffd"
    "\\U00010000-\\U000dffff]"
)
_BARE_START = re.compile(
    r"[A-Za-z\u00a1-\U0010ffff]|[0-9][0-9A-Za-z.,%+-]*[\u2e80-\U0010ffff]|[0-9]{4}-[0-9]{4}\Z"
)
_NOT_BARE = re.compile(r": |:$| #|^\s|\s$")
_NOT_BARE_IN_FLOW = re.compile(r"[,\[\]{}:#?]")
_RESERVED = re.compile(r"(?i:y|n|yes|no|on|off|true|false|null)")


def scalar(value: str | float | bool | None, *, in_flow: bool = False) -> str:
    """A value as it is written; ``in_flow`` within brackets."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        return str(int(value)) if whole else repr(value)
    if _INVISIBLE.search(value):
        quoted = json.dumps(value, ensure_ascii=False)
        return _INVISIBLE.sub(lambda found: _escape(ord(found[0])), quoted)
    bare = (
        _BARE_START.match(value)
        and not _NOT_BARE.search(value)
        and not (in_flow and _NOT_BARE_IN_FLOW.search(value))
        and not _RESERVED.fullmatch(value)
    )
    return value if bare else "'" + value.replace("'", "''") + "'"


def _escape(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def on_one_line(value: Any) -> str:
    """A value in flow style: ``[a, b]``, ``{page: 3}``, or a scalar."""
    if is_mapping(value):
        pairs = (f"{scalar(key, in_flow=True)}: {_in_flow(each)}" for key, each in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        items = cast("Sequence[Any]", value)
        return "[" + ", ".join(map(_in_flow, items)) + "]"
    return scalar(value)


def _in_flow(value: Any) -> str:
    nested = isinstance(value, Mapping | list | tuple)
    return on_one_line(value) if nested else scalar(value, in_flow=True)


def is_mapping(value: Any) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping)


def is_records(value: Any) -> TypeGuard[list[Mapping[str, Any]]]:
    """A non-empty list of mappings: written as a block, an empty line between its items."""
    return isinstance(value, list) and bool(cast("list[Any]", value)) and is_mapping(value[0])


def entry(key: str, value: Any, column: int, flow: Flow) -> str:
    """``key: value``; further lines are indented for a key that stands at ``column``."""
    name = scalar(key)
    if is_mapping(value) and value and key not in flow:
        indent = "\n" + " " * (column + 2)
        return f"{name}:{indent}{mapping(value, column + 2, flow)}"
    if is_records(value):
        return f"{name}:\n{' ' * column}" + records(value, column, flow)
    return f"{name}: {on_one_line(value)}"


def mapping(values: Mapping[str, Any], column: int, flow: Flow) -> str:
    """The entries of a block mapping whose first key stands at ``column`` already."""
    lines = (entry(key, value, column, flow) for key, value in values.items())
    return ("\n" + " " * column).join(lines)


def records(items: Sequence[Mapping[str, Any]], column: int, flow: Flow) -> str:
    """A block list whose first dash stands at ``column`` already."""
    return ("\n\n" + " " * column).join("- " + mapping(item, column + 2, flow) for item in items)


def written(values: Mapping[str, Any], *, heading: str, flow: Flow) -> str:
    """A whole file: ``heading`` (comment lines), then the entries, an empty line between them."""
    entries = (entry(key, value, 0, flow) for key, value in values.items())
    return heading + "\n" + "\n\n".join(entries) + "\n"
