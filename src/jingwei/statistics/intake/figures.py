"""What was read from a file: figures, refusals, questions, each with its place."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from jingwei.core import Months, Op
from jingwei.statistics.cards import Card
from jingwei.statistics.intake.grid import Remark

Measure = Literal["level", "growth"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a figure stands: file, sheet ("" in a text table), row from 1, title of the column."""

    file: str
    sheet: str
    row: int
    field: str
    column: int = 0
    table: int = 0

    def __str__(self) -> str:
        sheet = f" [{self.sheet}]" if self.sheet else ""
        return f"{self.file}{sheet} 第{self.row}行「{self.field}」"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a table and what it is a number of.

    name:      the indicator as the table writes it; ``card`` what it is, None if not decided
    region:    code, or the name as written where no region of that name is declared
    codes:     breakdown; the scheme "?" marks a label that no classification declares
    value:     in ``unit``: the card's unit if there is a card, else as written
    written:   the number as printed, ``written_unit`` the unit that the table states ("" if none)
    step:      the unit of the last printed digit, in ``unit``
    measure:   ``growth`` for a rate on the year before that stands beside a level
    known:     region and breakdown are declared, so that it may be stored
    region_name, labels:  names of region and breakdown, for people; "" and () where none is declared
    """

    place: Place
    name: str
    card: Card | None
    region: str
    months: Months
    value: float
    unit: str
    written: float
    written_unit: str
    step: float
    codes: tuple[tuple[str, str], ...] = ()
    entity: str = ""
    entity_name: str = ""
    op: Op = "="
    measure: Measure = "level"
    marks: str = ""
    as_text: bool = False
    printed: str = ""
    whole: bool = False
    known: bool = True
    reasons: tuple[str, ...] = ()
    region_name: str = ""
    labels: tuple[str, ...] = ()

    @property
    def series(self) -> tuple[str, str, tuple[tuple[str, str], ...], str, Measure]:
        """What is measured, of whom: the card's key, or the name where there is no card."""
        key = self.card.key if self.card is not None else f"?{self.name}"
        return key, self.region, self.codes, self.entity, self.measure


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell that was not taken, and why. ``words``: it holds words where numbers stand."""

    place: Place
    text: str
    zh: str
    en: str
    words: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What a person has to say before cells can be taken.

    ``about`` is card, unit, period or region; ``name`` the word in question; ``options`` what it
    may be; ``cells`` how many wait for the answer.
    """

    about: Literal["card", "unit", "period", "region"]
    name: str
    zh: str
    en: str
    options: tuple[str, ...]
    cells: int
    first: Place


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """A row of a list of enterprises as written: role of the column to its text, and the day in each
    column of days, by its heading."""

    place: Place
    values: dict[str, str]
    dates: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class FileReading:
    """All that was understood of one file.

    ``presumed`` is what rows that moved by a column would say one column to the left: it is never
    data, only what the rest of the file is held against.
    """

    file: str
    figures: Sequence[Figure] = ()
    refusals: Sequence[Refusal] = ()
    questions: Sequence[Question] = ()
    remarks: Sequence[Remark] = ()
    enterprises: Sequence[EnterpriseRow] = ()
    garbled: Sequence[tuple[Place, str, float | None]] = field(
        default_factory=list[tuple[Place, str, float | None]]
    )
    shifted: Sequence[Place] = ()
    presumed: Sequence[Figure] = ()
