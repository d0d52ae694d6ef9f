"""Marks of Markdown around the words of a text: headings, bold type, quotes, rules of tables.

A plan copied from the web often comes as Markdown. Its marks are no words of the document; they
are blanked with white space of the same length, so that every offset of the text still holds.
"""

import re
from typing import NamedTuple

_HEADING = re.compile(r"^[ \t]{0,3}(#{1,6})(?:[ \t]+|(?=[一-龥“(（《]))(?=\S)", re.MULTILINE)
_TABLE_RULE = re.compile(
    r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*$", re.MULTILINE
)
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*")
_MARKS = (
    re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE),  # a quoted box
    re.compile(r"^[ \t]*[*+](?=[ \t]+\S)", re.MULTILINE),  # an item of a list
    re.compile(r"<br[ \t]*/?>"),
    re.compile(r"\\(?=[\[\](){}<>#+*_~`.!|-])"),  # 「\[16\]」
)
_LINK = re.compile(r"\[([^\[\]\n]+)(\]\((?:https?://|/|\.|#)[^()\s]*\))")


class Unmarked(NamedTuple):
    """A text without its marks, and the levels of the lines that it marks as headings, by offset
    of their first word."""

    text: str
    headings: dict[int, int]


def without_marks(text: str, start: int = 0) -> Unmarked:
    """Blank the marks of a Markdown text from ``start`` on; a text that is none stays as it is."""
    headings = list(_HEADING.finditer(text, start))
    if not (headings or _TABLE_RULE.search(text, start) or _BOLD.search(text, start)):
        return Unmarked(text, {})
    pieces = list(text)

    def blank(first: int, end: int) -> None:
        pieces[first:end] = " " * (end - first)

    for heading in headings:
        blank(heading.start(), heading.end())
    for rule in _TABLE_RULE.finditer(text, start):
        blank(*rule.span())
    for bold in _BOLD.finditer(text, start):
        blank(bold.start(), bold.start(1))
        blank(bold.end(1), bold.end())
    for pattern in _MARKS:
        for mark in pattern.finditer(text, start):
            blank(*mark.span())
    for link in _LINK.finditer(text, start):
        blank(link.start(), link.start(1))
        blank(*link.span(2))
    unmarked = "".join(pieces)
    levels = {_first_word(unmarked, each.end()): len(each[1]) for each in headings}
    return Unmarked(unmarked, levels)


def _first_word(text: str, start: int) -> int:
    while text[start : start + 1].isspace():
        start += 1
    return start
