"""What a paper is made of: runs of text, each number with the note that proves it.

The law of the house stands in ``Run``: digits without a note are refused, unless they say what
kind of digits they are that prove nothing and need no proof (a date, the number of a table, a
paragraph of the rules, a name that somebody gave).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from jingwei.app.reports.paper.notes import Note

Bare = Literal["", "date", "order", "rule", "name"]
Align = Literal["left", "center", "right"]
_DIGIT = re.compile(r"\d")
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text; ``note`` is the number of the note that proves it.

    ``bare`` says why its digits need no proof. Raises ValueError for digits with neither.
    """

    text: str
    note: int | None = None
    bare: Bare = ""
    strong: bool = False

    def __post_init__(self) -> None:
        if self.note is None and not self.bare and _DIGIT.search(self.text):
            raise ValueError(f"a number without evidence: {self.text!r}")


Cell = Sequence[Run]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is 一、, level 2 is （一）. The text holds its number."""

    level: Literal[1, 2]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body."""

    runs: Sequence[Run]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid; ``share`` is its part of the width, in any unit."""

    title: str
    share: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its title."""

    title: Sequence[Run]
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Chart:
    """An indicator on its way: the values known against the pace to the goal.

    ``actual`` and ``pace`` are pairs (year, value) in ``unit``; ``goal`` is the last of the pace.
    """

    title: str
    unit: str
    actual: Sequence[tuple[float, float]]
    pace: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, and the caption that carries its note."""

    chart: Chart
    caption: Sequence[Run]


Block = Heading | Paragraph | Grid | Figure


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: heading block, body, and the notes in the order of their marks.

    ``below`` are the lines below the title; ``as_of`` an ISO date, which also dates the files.
    ``dense`` is a sheet of one page in small print, without the layout of an official document.
    """

    title: str
    below: Sequence[str]
    as_of: str
    body: Sequence[Block]
    notes: Sequence[Note] = field(repr=False)
    notes_title: str = "附件：数据依据"
    dense: bool = False


def order(level: Literal[1, 2], number: int) -> str:
    """The number of a heading: 一、 or （一）; up to 99."""
    tens, ones = divmod(number, 10)
    told = _NUMERALS[ones - 1] if ones else ""
    if tens:
        told = ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" + told
    return f"{told}、" if level == 1 else f"（{told}）"
