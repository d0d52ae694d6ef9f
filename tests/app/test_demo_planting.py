"""Errors planted in the files of the demo city: they are there, they show, and nothing else moved."""

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from conftest import Ran
from jingwei.app.demo.statistics import Slip, Spot, books, plant, score, write_definitions
from jingwei.app.demo.statistics.classes import class_names
from jingwei.app.demo.statistics.planting import Planted, kinds
from jingwei.app.demo.statistics.sheets import Book, Cell, Sheet
from jingwei.app.demo.statistics.uscc import with_check

SEEDS = [(1, None), (2, 7041)]
"""Seed of the errors, seed of the history."""


def planted(seeds: tuple[int, int | None]) -> Planted:
    return plant(*seeds)


def copies(seeds: tuple[int, int | None]) -> Iterator[tuple[Book, Sheet, Sheet]]:
    """Each sheet with its clean original."""
    for dirty, clean in zip(planted(seeds).books, books(seeds[1]), strict=True):
        for one, other in zip(dirty.sheets, clean.sheets, strict=True):
            yield dirty, one, other


@cache
def sheets(seeds: tuple[int, int | None]) -> dict[tuple[str, str], tuple[Sheet, Sheet]]:
    return {
        (book.file, "" if book.file.endswith(".csv") else dirty.name): (dirty, clean)
        for book, dirty, clean in copies(seeds)
    }


def column(letters: str) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found - 1


def at(seeds: tuple[int, int | None], spot: Spot) -> tuple[Cell, Cell]:
    """The planted and the right content of a cell."""
    dirty, clean = sheets(seeds)[spot.file, spot.sheet]
    place = spot.row - 1, column(spot.column)
    return dirty.cells[place[0]][place[1]], clean.cells[place[0]][place[1]]


def of_kind(seeds: tuple[int, int | None], kind: str) -> list[Slip]:
    return [slip for slip in planted(seeds).slips if slip.kind == kind]


@pytest.mark.parametrize("seeds", SEEDS)
def test_hundreds_of_errors_of_many_kinds(seeds: tuple[int, int | None]) -> None:
    counts = Counter(slip.kind for slip in planted(seeds).slips)
    assert counts == {kind: each["count"] for kind, each in kinds().items()}
    assert sum(counts.values()) >= 300 and len(counts) >= 12
    files = {slip.at.file for slip in planted(seeds).slips}
    assert len(files) >= 25, "not all in a few files"


def test_the_same_seed_plants_the_same_and_another_does_not() -> None:
    from jingwei.app.demo.statistics.planting import plant_in

    again = plant_in(books(), 1)
    assert again.slips == planted(SEEDS[0]).slips
    assert again.truth() == planted(SEEDS[0]).truth()
    assert len(set(plant_in(books(), 3).slips) & set(again.slips)) < 20


@pytest.mark.parametrize("seeds", SEEDS)
def test_nothing_but_the_planted_errors_was_changed(seeds: tuple[int, int | None]) -> None:
    spots: dict[tuple[str, str], set[tuple[int, int | None]]] = defaultdict(set)
    for slip in planted(seeds).slips:
        for spot in slip.spots:
            place = column(spot.column) if spot.column else None
            spots[spot.file, spot.sheet].add((spot.row - 1, place))
    changed = 0
    for key, (dirty, clean) in sheets(seeds).items():
        for row, cells in enumerate(dirty.cells):
            before = clean.cells[row] if row < len(clean.cells) else []
            if cells == before:
                continue
            if (row, None) in spots[key]:
                changed += 1
                continue
            for place, cell in enumerate(cells):
                if cell != before[place]:
                    changed += 1
                    assert (row, place) in spots[key], (key, row, place)
    assert changed >= len(planted(seeds).slips)


@pytest.mark.parametrize("seeds", SEEDS)
def test_no_two_errors_share_a_cell(seeds: tuple[int, int | None]) -> None:
    seen = Counter(spot for slip in planted(seeds).slips for spot in slip.spots)
    assert max(seen.values()) == 1
    rows = {(s.file, s.sheet, s.row) for s in seen if not s.column}
    assert not any((s.file, s.sheet, s.row) in rows for s in seen if s.column)


def test_every_error_is_in_the_file_as_written(tmp_path: Path) -> None:
    """Read back by another reader: the wrong value where the truth says, the right one nowhere."""
    seeds = SEEDS[0]
    planted(seeds).write(tmp_path)
    encodings = {book.file: book.encoding for book in planted(seeds).books}
    read: dict[tuple[str, str], list[list[Any]]] = {}
    for file in {slip.at.file for slip in planted(seeds).slips}:
        if file.endswith(".csv"):
            text = (tmp_path / file).read_bytes().decode(encodings[file])
            read[file, ""] = list(csv.reader(io.StringIO(text, newline="")))
        else:
            workbook = CalamineWorkbook.from_path(str(tmp_path / file))
            for name in workbook.sheet_names:
                read[file, name] = workbook.get_sheet_by_name(name).to_python(False)  # pyright: ignore[reportCallIssue]
    for slip in planted(seeds).slips:
        for spot in slip.spots:
            row = read[spot.file, spot.sheet][spot.row - 1]
            if spot.column:
                wrong, _ = at(seeds, spot)
                seen = row[column(spot.column)] if column(spot.column) < len(row) else ""
                assert same(seen, wrong), (slip, seen)
            else:
                dirty, _ = sheets(seeds)[spot.file, spot.sheet]
                assert all(map(same, row, dirty.cells[spot.row - 1])), slip
        if slip.at.column and not slip.kind.startswith(("stale", "shifted", "swapped")):
            wrong, right = at(seeds, slip.at)
            assert (slip.right, slip.wrong) == (f"{right}", f"{wrong}") and right != wrong


def same(seen: Any, put: Cell) -> bool:
    if put is None:
        return seen in ("", None)
    if isinstance(put, int | float):
        return float(seen) == pytest.approx(float(put), rel=1e-12)
    return seen == put


# ---------------------------------------------------------------------- an expert can see each kind


@pytest.mark.parametrize("seeds", SEEDS)
def test_wrong_numbers_are_far_from_the_right_ones(seeds: tuple[int, int | None]) -> None:
    bounds = {
        "unit_slip": (900, None), "times_ten": (9.5, 10.5), "share_percent": (90, 110),
        "digit_transposition": (1.25, 10),
    }  # fmt: skip
    for kind, (low, high) in bounds.items():
        for slip in of_kind(seeds, kind):
            right, wrong = float(slip.right), float(slip.wrong)
            ratio = max(right / wrong, wrong / right)
            assert ratio >= low * 0.99 and (high is None or ratio <= high), slip
    for slip in of_kind(seeds, "sign"):
        assert float(slip.right) == -float(slip.wrong)
    for slip in of_kind(seeds, "out_of_range"):
        assert float(slip.wrong) > 100 or float(slip.wrong) < -100
    for slip in of_kind(seeds, "digit_transposition"):
        assert Counter(slip.right) == Counter(slip.wrong)
    for slip in of_kind(seeds, "text_for_number"):
        with pytest.raises(ValueError):
            float(slip.wrong)


@pytest.mark.parametrize("seeds", SEEDS)
def test_totals_growth_and_ladders_are_broken_where_planted(seeds: tuple[int, int | None]) -> None:
    for slip in of_kind(seeds, "parts_total"):
        dirty, _ = sheets(seeds)[slip.at.file, slip.at.sheet]
        row, place = slip.at.row - 1, column(slip.at.column)
        across, line = next(
            (a, r)
            for r in dirty.sums
            for a in [row if r.by_column else place]
            if r.total == (place if r.by_column else row) and a in r.across
        )
        parts = [
            dirty.cells[across][p] if line.by_column else dirty.cells[p][across] for p in line.parts
        ]
        numbers = [part for part in parts if isinstance(part, int | float)]
        assert abs(float(slip.wrong) / sum(numbers) - 1) > 0.015, slip
    for slip in of_kind(seeds, "growth_contradicts"):
        dirty, _ = sheets(seeds)[slip.at.file, slip.at.sheet]
        row, place = dirty.cells[slip.at.row - 1], column(slip.at.column)
        rule = next(r for r in dirty.growths if r.growth == place)
        now, base = row[rule.value], row[rule.base]
        assert isinstance(now, int | float) and isinstance(base, int | float)
        assert abs(float(slip.wrong) - 100 * (now / base - 1)) > 2.5, slip
    for slip in of_kind(seeds, "cumulative_falls"):
        assert float(slip.wrong) < float(slip.right)


@pytest.mark.parametrize("seeds", SEEDS)
def test_codes_and_dates_are_wrong_where_planted(seeds: tuple[int, int | None]) -> None:
    for slip in of_kind(seeds, "uscc_check"):
        assert len(slip.wrong) == 18 and with_check(slip.wrong[:17]) != slip.wrong
    names = class_names()
    for slip in of_kind(seeds, "industry_code"):
        name = at(seeds, slip.spots[1])[0]
        assert names.get(slip.wrong) != name, "a right code for the name would be no error"
    days = {book.file: book.sender.day for book in planted(seeds).books}
    for slip in of_kind(seeds, "future_date"):
        assert slip.wrong > days[slip.at.file].isoformat() >= slip.right


@pytest.mark.parametrize("seeds", SEEDS)
def test_doubles_stand_twice(seeds: tuple[int, int | None]) -> None:
    for slip in of_kind(seeds, "duplicate_row"):
        dirty, _ = sheets(seeds)[slip.at.file, slip.at.sheet]
        copy, first = (dirty.cells[spot.row - 1] for spot in slip.spots)
        assert copy == first
    for slip in of_kind(seeds, "duplicate_enterprise"):
        dirty, _ = sheets(seeds)[slip.at.file, slip.at.sheet]
        copy, first = (dirty.cells[spot.row - 1] for spot in slip.spots)
        assert slip.wrong in copy and slip.right in first and slip.wrong != slip.right
        assert core(slip.wrong) == core(slip.right)
        assert None in copy, "without its code"


def core(name: str) -> str:
    """What stays of a name without place and legal form."""
    return re.sub(r"（绫州）|^绫州市?|^云陵省?|(股份|有限|责任)*公司", "", name)


@pytest.mark.parametrize("seeds", SEEDS)
def test_copies_shifts_and_swaps_move_values_that_are_there(seeds: tuple[int, int | None]) -> None:
    layouts: set[str] = set()
    for slip in of_kind(seeds, "stale_copy"):
        dirty, clean = sheets(seeds)[slip.at.file, slip.at.sheet]
        layouts.add(dirty.along)
        book = next(b for b in books(seeds[1]) if b.file == slip.at.file)
        before = {cell for sheet in book.sheets for row in sheet.cells for cell in row}
        values = [at(seeds, spot) for spot in slip.spots]
        assert all(wrong in before for wrong, _ in values)
        assert sum(wrong != right for wrong, right in values) * 2 >= len(values), slip.at
    assert layouts == {"", "columns", "rows", "sheets"}
    for slip in of_kind(seeds, "swapped_regions"):
        values = [at(seeds, spot) for spot in slip.spots]
        wrong, right = (Counter(each) for each in zip(*values, strict=True))
        assert wrong == right and all(one != other for one, other in values[:1])
    for slip in of_kind(seeds, "shifted"):
        dirty, clean = sheets(seeds)[slip.at.file, slip.at.sheet]
        row = slip.at.row - 1
        first = int(slip.right.removeprefix("from ")) - 1
        last = max(place for place, mark in dirty.columns.items() if mark.kind or mark.months)
        assert dirty.cells[row][first] is None
        assert dirty.cells[row][first + 1 : last + 1] == clean.cells[row][first:last]


# --------------------------------------------------------------------------------------------- scoring


def told(slip: Slip, **more: Any) -> dict[str, Any]:
    return {"file": slip.at.file, "row": slip.at.row, "sheet": slip.at.sheet} | more


def test_a_perfect_checker_scores_one_and_a_silent_one_nothing() -> None:
    slips = planted(SEEDS[0]).slips
    perfect = score([told(slip, field=slip.at.field) for slip in slips], slips)
    assert (perfect.recall, perfect.precision) == (1, 1) and not perfect.missed
    silent = score([], slips)
    assert silent.recall == 0 and silent.precision is None
    assert len(silent.missed) == len(slips)


def test_a_false_alarm_costs_precision_and_an_echo_does_not() -> None:
    slips = planted(SEEDS[0]).slips
    slip = next(each for each in slips if each.kind == "parts_total" and each.echoes)
    echo = slip.echoes[0]
    findings = [
        told(slip),
        {"file": echo.file, "row": echo.row, "sheet": echo.sheet, "field": echo.column},
        {"file": slip.at.file, "row": 9999},
    ]
    got = score(findings, [slip])
    assert (got.hits, got.neutral, len(got.false)) == (1, 1, 1)
    assert got.recall == 1 and got.precision == 0.5


def test_a_finding_may_leave_out_the_field_but_may_not_name_another() -> None:
    spot = Spot("区月报/甲.xlsx", "1-3月", 7, "C", "1-3月 累计产值（万元）")
    slips = [Slip("sign", "1", "-1", (spot,))]
    good = [
        {"file": "区月报/甲.xlsx", "row": 7},
        {"file": "/data/in/区月报/甲.xlsx", "row": 7, "field": "C"},
        {"file": "区月报/甲.xlsx", "row": 7, "sheet": "1-3月", "field": "1-3月/累计产值(万元)"},
        {"file": "区月报/甲.xlsx", "row": 7, "field": "累计产值"},
    ]
    bad = [
        {"file": "区月报/甲.xlsx", "row": 8},
        {"file": "甲.xlsx.bak", "row": 7},
        {"file": "乙.xlsx", "row": 7},
        {"file": "区月报/甲.xlsx", "row": 7, "sheet": "1-4月"},
        {"file": "区月报/甲.xlsx", "row": 7, "field": "上年同期"},
    ]
    for each in good:
        assert score([each], slips).hits == 1, each
    for each in bad:
        assert len(score([each], slips).false) == 1, each


def test_recall_is_told_by_kind() -> None:
    slips = planted(SEEDS[0]).slips
    findings = [told(slip) for slip in slips if slip.kind != "sign"]
    got = score(findings, slips)
    assert got.found["sign"] < got.planted["sign"]
    assert got.found["uscc_check"] == got.planted["uscc_check"] == kinds()["uscc_check"]["count"]
    assert any("sign" in line for line in got.lines()) and "precision" in got.lines()[-1]


def test_the_checker_finds_what_was_planted_and_little_else(
    tmp_path: Path, jingwei: Callable[..., Ran]
) -> None:
    """A seed that was not looked at while the checks were written, through the command line.

    Without the large reports of enterprises, which tell districts that were exchanged apart: with them
    (`benchmarks/planted.py`) the recall is 0.95 and more.
    """
    assert jingwei("init", tmp_path / "w").code == 0
    write_definitions(tmp_path / "w" / "definitions")
    own = planted((31, 7041))
    kept = [
        book
        for book in own.books
        if "规上工业企业" not in book.file and "来文登记" not in book.file
    ]
    for book in kept:
        book.write(tmp_path / "in")
    names = {Path(book.file).name: book.file for book in kept}
    slips = [slip for slip in own.slips if slip.at.file in names.values()]
    ran = jingwei(
        "data", "check", *(tmp_path / "in" / name for name in names.values()), "-w", tmp_path / "w",
        "--format", "json",
    )  # fmt: skip
    told = score([{**each, "file": names[each["file"]]} for each in ran.json], slips)
    assert len(slips) >= 200
    assert told.recall >= 0.92
    assert told.precision >= 0.95
