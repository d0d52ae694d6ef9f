"""Printed lines, and the items that a document is made of before it has sections."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from jingwei.documents.folding import EMPTY
from jingwei.documents.model import Cell, Text

_TERMINAL = frozenset("。.!?;:…")
_CLOSING = "”’\"')」』》]"


class Line(NamedTuple):
    """One printed line.

    ``start`` and ``end`` enclose it in the source, outer white space excluded. ``width`` is
    its printed width in Chinese characters. ``indented`` lines open a paragraph; ``gap`` says
    that white space stands above, ``turn`` that a page begins here. ``size`` is the size of
    its type in points, 0 where that is not known; ``room`` is what is left to the right edge
    of the text, in characters, None where that must be guessed from its width.
    """

    start: int
    end: int
    content: Text
    width: float
    indented: bool = False
    gap: bool = False
    turn: bool = False
    size: float = 0.0
    room: float | None = None

    @property
    def text(self) -> str:
        return self.content.text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``measure`` is the width of its full lines, 0 where that is not known."""

    content: Text
    level: int = 0
    measure: float = 0.0

    @property
    def text(self) -> str:
        return self.content.text


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table as printed, rows not yet of one length."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: Text = EMPTY


@dataclass(frozen=True, slots=True)
class Frame:
    """Text with a border around it: a 专栏."""

    items: "tuple[Paragraph | Grid | Frame, ...]"


Item = Paragraph | Grid | Frame


def is_terminal(text: str) -> bool:
    """Whether a sentence can end here; what stands in brackets behind its stop belongs to it: 「…。(责任
    单位:市科技局)」."""
    if text[-5:].rstrip(_CLOSING)[-1:] in _TERMINAL:
        return True
    return text[-1:] in (")", "】", "〕") and _BEHIND_A_STOP.search(text) is not None


_BEHIND_A_STOP = re.compile(r"[。;!?](?:\((?:[^()]|\([^()]*\))*\)|【[^【】]*】|〔[^〔〕]*〕)$")


def line_begin(source: str, start: int) -> int:
    """Where the printed line begins whose text, after white space, begins at ``start``."""
    while start and source[start - 1] not in "\r\n":
        start -= 1
    return start
