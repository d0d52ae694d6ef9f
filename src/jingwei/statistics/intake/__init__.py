"""Intake: a file as it comes, understood or asked about, never guessed.

Every number carries its card, region, time and unit, and the words of the table that say so. What
cannot be told is a question, what cannot be taken is refused with its reason; nothing enters the
store before a person has accepted the proposal.
"""

from jingwei.statistics.intake.figures import (
    EnterpriseRow,
    Figure,
    FileReading,
    Place,
    Question,
    Refusal,
)
from jingwei.statistics.intake.grid import Book, Cell, Grid, Remark
from jingwei.statistics.intake.matching import Declared, declared
from jingwei.statistics.intake.opening import open_book
from jingwei.statistics.intake.understanding import Answers, same_dimension, understand

__all__ = [
    "Answers",
    "Book",
    "Cell",
    "Declared",
    "EnterpriseRow",
    "Figure",
    "FileReading",
    "Grid",
    "Place",
    "Question",
    "Refusal",
    "Remark",
    "declared",
    "open_book",
    "same_dimension",
    "understand",
]
