"""Front matter: ``key: value`` lines between two ``---`` at the top of a text."""

import re

_BLOCK = re.compile(r"\ufeff?\s*---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELD = re.compile(r"([\w.-]+)[ \t]*:[ \t]*(.*)")
_ENTRY = re.compile(r"[ \t]*-[ \t]+(.*)")


def read_front_matter(text: str) -> tuple[dict[str, str], int]:
    """The fields, and where the text begins. List values are joined with ``, ``."""
    block = _BLOCK.match(text)
    if block is None:
        return {}, 0
    metadata: dict[str, str] = {}
    key = ""
    for line in block[1].splitlines():
        entry = _ENTRY.fullmatch(line)
        pair = _FIELD.fullmatch(line)
        if entry and key:
            value = _unquoted(entry[1])
            metadata[key] = f"{metadata[key]}, {value}" if metadata[key] else value
        elif pair:
            key = pair[1].lower()
            metadata[key] = _unquoted(pair[2])
    return (metadata, block.end()) if metadata else ({}, 0)


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value
