"""Who says what: the newest word of each source, and a measure as each of them has it.

Two sources that disagree are two readings, and none of them wins: not by its place in a file, nor by
the order of import (``docs/semantics.md`` §33.10). A source is what the row names as its source, else
the file it stands in.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TypeVar

from jingwei.chains.graph import Edge, Fact
from jingwei.core import Evidence, Row


@dataclass(frozen=True, slots=True)
class Told:
    """A measure as one source has it: between ``low`` and ``high``."""

    source: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Limits:
    """The declared limits of ``limits.toml``: days of one time, rounding of one share."""

    same_time_days: int
    rounding: float


@cache
def limits() -> Limits:
    text = files("jingwei.chains.diagnosis").joinpath("limits.toml").read_text("utf-8")
    return Limits(**tomllib.loads(text))


def source_of(evidence: Evidence) -> str:
    """The source a row names, else its file; the words themselves where it is no row."""
    if not isinstance(evidence, Row):
        return str(evidence)
    _, _, named = evidence.key.partition(" ")
    return named or evidence.dataset


Stated = TypeVar("Stated", Edge, Fact)


def current(stated: Iterable[Stated]) -> tuple[Stated, ...]:
    """The newest word of each source, without those that are of another time than the newest.

    What bears no day counts where its source has said nothing dated.
    """
    by_source: dict[str, list[Stated]] = {}
    for each in stated:
        by_source.setdefault(source_of(each.evidence), []).append(each)
    newest: list[Stated] = []
    for said in by_source.values():
        last = max((each.day or date.min for each in said), default=date.min)
        newest += [each for each in said if (each.day or date.min) == last]
    days = [each.day for each in newest if each.day is not None]
    if not days:
        return tuple(newest)
    oldest = max(days) - timedelta(days=limits().same_time_days - 1)
    return tuple(each for each in newest if each.day is None or each.day >= oldest)


def named(statements: Sequence[tuple[Evidence, float, float]]) -> tuple[Told, ...]:
    """One reading a source, in the order of names; a source that contradicts itself row by row.

    Readings that say the same under one name are one.
    """
    by_source: dict[str, dict[tuple[float, float], Evidence]] = {}
    for evidence, low, high in statements:
        by_source.setdefault(source_of(evidence), {}).setdefault((low, high), evidence)
    found: list[Told] = []
    for source, said in by_source.items():
        for (low, high), evidence in said.items():
            found.append(Told(source if len(said) == 1 else str(evidence), low, high))
    return tuple(sorted(found, key=lambda each: (each.source, each.low, each.high)))
