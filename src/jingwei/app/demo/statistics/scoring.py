"""What a checker found of what was planted.

A finding hits a planted error where it names its file and row (and, if it says so, the sheet and
the field). A finding at an echo, a cell that only looks wrong because of the planted one (the
total above a wrong part, the month after it), counts neither way. Every other finding is a false
alarm.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_SEPARATORS = re.compile(r"[\s/|>·、,，:：_\-]+")


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell, or a whole row where ``column`` is "". Rows count from 1, columns are letters."""

    file: str
    sheet: str
    row: int
    column: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """One planted error: where, what it was, what it became.

    spots:  all places where a finding would be right; the first is where the slip was made
    echoes: places that look wrong because of it
    """

    kind: str
    right: str
    wrong: str
    spots: tuple[Spot, ...]
    echoes: tuple[Spot, ...] = ()

    @property
    def at(self) -> Spot:
        return self.spots[0]


@dataclass(frozen=True, slots=True)
class Score:
    """Recall over the planted errors, precision over the findings; None where there are none."""

    found: dict[str, int]
    planted: dict[str, int]
    hits: int
    neutral: int
    false: tuple[Mapping[str, Any], ...]
    missed: tuple[Slip, ...]

    @property
    def recall(self) -> float | None:
        total = sum(self.planted.values())
        return sum(self.found.values()) / total if total else None

    @property
    def precision(self) -> float | None:
        told = self.hits + len(self.false)
        return self.hits / told if told else None

    def lines(self) -> list[str]:
        """A table for people: recall by kind, then the whole."""
        rows = [
            f"{kind:<22}{self.found[kind]:>4} of {number:>4}   {self.found[kind] / number:.2f}"
            for kind, number in sorted(self.planted.items())
        ]
        recall, precision = (
            "—" if each is None else f"{each:.3f}" for each in (self.recall, self.precision)
        )
        return [
            *rows,
            f"recall {recall}   precision {precision}   "
            f"hits {self.hits}, echoes {self.neutral}, false alarms {len(self.false)}",
        ]


def score(findings: Iterable[Mapping[str, Any]], truth: Iterable[Slip]) -> Score:
    """Hold findings (``file``, ``row``, optionally ``sheet`` and ``field``) against the truth.

    ``file`` may be a path that ends in the file of the truth. ``field`` is the heading of the
    column, as a whole or one of its levels, or the letter of the column.
    """
    slips = tuple(truth)
    at: dict[int, list[tuple[Spot, int, bool]]] = {}
    for number, slip in enumerate(slips):
        for spots, real in ((slip.spots, True), (slip.echoes, False)):
            for spot in spots:
                at.setdefault(spot.row, []).append((spot, number, real))
    found: set[int] = set()
    hits = neutral = 0
    false: list[Mapping[str, Any]] = []
    for finding in findings:
        there = [each for each in at.get(int(finding["row"]), ()) if _same(finding, each[0])]
        real = {number for _, number, is_real in there if is_real}
        found |= real
        if real:
            hits += 1
        elif there:
            neutral += 1
        else:
            false.append(finding)
    planted: dict[str, int] = {}
    by_kind: dict[str, int] = {}
    for number, slip in enumerate(slips):
        planted[slip.kind] = planted.get(slip.kind, 0) + 1
        by_kind[slip.kind] = by_kind.get(slip.kind, 0) + (number in found)
    missed = tuple(slip for number, slip in enumerate(slips) if number not in found)
    return Score(by_kind, planted, hits, neutral, tuple(false), missed)


def _same(finding: Mapping[str, Any], spot: Spot) -> bool:
    file = str(finding["file"]).replace("\\", "/")
    if file != spot.file and not file.endswith("/" + spot.file):
        return False
    sheet, field = finding.get("sheet"), finding.get("field")
    if sheet and spot.sheet and str(sheet) != spot.sheet:
        return False
    if not field or not spot.column or str(field).upper() == spot.column:
        return True
    one, other = _plain(str(field)), _plain(spot.field)
    return one == other or (min(len(one), len(other)) > 1 and (one in other or other in one))


def _plain(heading: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", heading))
