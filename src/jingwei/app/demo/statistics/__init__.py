"""The statistics of the demo city: one truth, the files its offices send, and slips planted in them.

``economy`` and ``months`` are the truth, ``write_statistics`` the files as offices would send them,
``plant`` corrupted copies with the list of what is wrong, ``score`` what a checker found of it,
``truth`` what turns when the files arrive,
``write_definitions`` the cards, regions, classifications and crosswalks the files refer to.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jingwei.app.demo.statistics.scoring import Score, Slip, Spot, score
from jingwei.app.demo.statistics.sheets import Book, register_of

if TYPE_CHECKING:
    from jingwei.app.demo.statistics.planting import Planted

__all__ = [
    "Book",
    "Score",
    "Slip",
    "Spot",
    "books",
    "plant",
    "score",
    "truth",
    "write_definitions",
    "write_post",
    "write_statistics",
]


def _files(seed: int | None) -> Iterator[Book]:
    from jingwei.app.demo.statistics.bulletins import bulletins
    from jingwei.app.demo.statistics.ledgers import ledgers
    from jingwei.app.demo.statistics.lists import lists
    from jingwei.app.demo.statistics.months import monthly
    from jingwei.app.demo.statistics.returns import returns
    from jingwei.app.demo.statistics.yearbooks import yearbooks

    months = monthly(seed)
    yield from yearbooks(months.economy)
    yield from bulletins(months)
    yield from returns(months)
    yield from ledgers(months)
    yield from lists(months)


@cache
def books(seed: int | None = None) -> tuple[Book, ...]:
    """All files of a history of the city, the register of incoming files last."""
    found = tuple(_files(seed))
    return (*found, register_of(found))


def write_statistics(folder: Path, seed: int | None = None) -> list[Path]:
    """Write the files of the offices into ``folder``, one by one; the same bytes every time."""
    paths: list[Path] = []
    sent: list[Book] = []
    for book in _files(seed):
        paths.append(book.write(folder))
        sent.append(replace(book, sheets=()))  # what the register says of it; the cells may go
    return [*paths, register_of(sent).write(folder)]


def write_post(folder: Path, direct: Path) -> "Planted":
    """Write the files as the demo finds them: what offices sent into ``folder``, some of it first
    with errors, and what comes from single enterprises into ``direct``, each with its register.

    Gives the files that first came with errors, and what is wrong in them.
    """
    from jingwei.app.demo.statistics.planting import first_sent
    from jingwei.app.demo.statistics.senders import offices

    faulty = {each["file"] for each in offices()["first_sent"]}
    alone = tuple(offices()["direct"])
    sent: list[Book] = []
    came_alone: list[Book] = []
    right: list[Book] = []
    for book in _files(None):
        apart = book.file.startswith(alone)
        if apart:
            book = replace(book, file=Path(book.file).name)
        book.write(direct if apart else folder)
        if book.file in faulty:
            right.append(book)
        (came_alone if apart else sent).append(replace(book, sheets=()))
    planted = first_sent(tuple(right), _SEED)
    for book in planted.books:
        book.write(folder)
    register_of([*planted.books, *sent]).write(folder)
    register_of(came_alone).write(direct)
    return planted


_SEED = 1  # of the errors in the files first sent


@cache
def plant(seed: int, history: int | None = None) -> "Planted":
    """Corrupted copies of the files of a history, errors drawn by ``seed``."""
    from jingwei.app.demo.statistics.planting import plant_in

    return plant_in(books(history), seed)


def write_definitions(folder: Path) -> list[Path]:
    """Write the cards, regions, classifications and crosswalks of the city into ``folder``."""
    from jingwei.app.demo.statistics import definitions

    return definitions.write_definitions(folder)


def truth() -> dict[str, Any]:
    """What turns when the statistics arrive, what they explain, which gaps have which name."""
    text = files("jingwei.app.demo.statistics").joinpath("truth.toml").read_text("utf-8")
    return tomllib.loads(text)
