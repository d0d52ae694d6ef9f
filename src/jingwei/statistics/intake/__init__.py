"""Intake: a file as it comes, understood or asked about, never guessed.

Every number carries its card, region, time and unit, and the words of the table that say so. What
cannot be told is a question, what cannot be taken is refused with its reason; nothing enters the
store before a person has accepted the proposal.
"""

from jingwei.statistics.intake.cells import is_unit
from jingwei.statistics.intake.figures import (
    EnterpriseRow,
    Figure,
    FileReading,
    Place,
    Question,
    Refusal,
)
from jingwei.statistics.intake.grid import Book, Cell, Grid, Remark
from jingwei.statistics.intake.matching import Declared, bare_name, declared
from jingwei.statistics.intake.naming import Answers, same_dimension
from jingwei.statistics.intake.opening import open_book
from jingwei.statistics.intake.proposal import (
    Door,
    Entry,
    Proposal,
    accept,
    corrected,
    load,
    observations,
    propose,
    received,
    save,
    signed,
)
from jingwei.statistics.intake.publication import published_in
from jingwei.statistics.intake.regions import EXAMPLE, first_regions
from jingwei.statistics.intake.times import stated_months
from jingwei.statistics.intake.understanding import understand

__all__ = [
    "EXAMPLE",
    "Answers",
    "Book",
    "Cell",
    "Declared",
    "Door",
    "EnterpriseRow",
    "Entry",
    "Figure",
    "FileReading",
    "Grid",
    "Place",
    "Proposal",
    "Question",
    "Refusal",
    "Remark",
    "accept",
    "bare_name",
    "corrected",
    "declared",
    "first_regions",
    "is_unit",
    "load",
    "observations",
    "open_book",
    "propose",
    "published_in",
    "received",
    "same_dimension",
    "save",
    "signed",
    "stated_months",
    "understand",
]
