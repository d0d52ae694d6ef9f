"""Recall and precision on errors planted by a generator that knows nothing of the checks."""

import sys
from collections import Counter
from pathlib import Path

import pytest

from jingwei.core import Region
from jingwei.statistics.cards import Cards, library
from jingwei.statistics.checks import IntakeFinding, check
from jingwei.statistics.intake import Declared, open_book, understand

sys.path.insert(0, str(Path(__file__).parent))
import planting

REGIONS = (
    Region("539800", planting.CITY, "city"),
    *(
        Region(f"53980{order + 2}", name, "district", "539800")
        for order, name in enumerate(planting.DISTRICTS)
    ),
)


def findings(folder: Path, sheets: list[planting.Sheet]) -> list[IntakeFinding]:
    declared = Declared(Cards(library()), REGIONS, (), "539800")
    paths = planting.write(sheets, folder)
    return check([understand(open_book(path), declared, lenient=True) for path in paths], declared)


@pytest.mark.parametrize("seed", [1, 2])
def test_tables_without_an_error_raise_no_finding(tmp_path: Path, seed: int) -> None:
    assert findings(tmp_path, planting.city(seed)) == []


@pytest.mark.parametrize("seed", [1, 2, 101, 102])
def test_planted_errors_are_found_once_and_little_else(tmp_path: Path, seed: int) -> None:
    """Seeds above 100 were not looked at while the checks were written."""
    sheets, truths = planting.planted(seed)
    found = findings(tmp_path, sheets)
    hits: Counter[int] = Counter()
    right = 0
    for finding in found:
        cells = {(place.row, place.field) for place in finding.places}
        matched = [n for n, t in enumerate(truths) if t.file == finding.file and t.cells & cells]
        right += any(not hits[n] for n in matched)
        hits.update(matched)
    missed = Counter(truth.kind for n, truth in enumerate(truths) if not hits[n])
    assert len({truth.kind for truth in truths}) >= 15
    assert len(hits) / len(truths) >= 0.95, missed
    assert right / len(found) >= 0.95


def test_the_likely_correction_is_the_value_before_the_error(tmp_path: Path) -> None:
    clean, (spoiled, truths) = planting.city(3), planting.planted(3)
    before = {sheet.name: sheet for sheet in clean}
    exact = tried = 0
    kinds = {t.file: t for t in truths}
    assert kinds
    for finding in findings(tmp_path, spoiled):
        if finding.rule not in ("unit_slip", "magnitude", "sign", "parts_total", "not_a_number"):
            continue
        assert finding.suggestion is not None
        for change in finding.suggestion.changes:
            sheet = before[finding.file]
            column = sheet.rows[sheet.head].index(change.field)
            tried += 1
            exact += (
                abs(float(sheet.rows[change.row - 1][column]) - float(change.after or 0)) < 0.06
            )
    assert tried > 30
    assert exact / tried > 0.9
