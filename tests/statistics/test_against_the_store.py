"""Incoming tables against what is stored, and clean tables that raise nothing."""

from datetime import date
from pathlib import Path

import pytest

from jingwei.core import Months, Observation, Region, Row, SeriesKey
from jingwei.statistics.cards import Cards, library
from jingwei.statistics.checks import IntakeFinding, check
from jingwei.statistics.intake import Declared, open_book, understand

CITY, DISTRICTS = "砚州市", ("东屏区", "南浦区", "西岭区", "北渡区")
REGIONS = (
    Region("539800", CITY, "city"),
    *(Region(f"53980{n + 2}", name, "district", "539800") for n, name in enumerate(DISTRICTS)),
)
DECLARED = Declared(Cards(library()), REGIONS, (), "539800")
CARD = next(card for card in library() if card.key == "industrial-output-above-scale@2011")
PACE = dict(zip(DISTRICTS, (812.3, 431.7, 266.9, 95.4), strict=True))


def so_far(name: str, months: int, year: int = 2025) -> float:
    drift = 1 + 0.01 * (months % 3) + 0.06 * (year - 2025)
    return round(PACE[name] * months * drift, 1)


def stored(name: str, months: Months, value: float) -> Observation:
    region = next(each.code for each in REGIONS if each.name == name)
    return Observation(
        SeriesKey(CARD.key, region, (), ""), months, value, CARD.unit, date(2025, 12, 12),
        "survey", Row("前报.csv", "2025-12-12", f"1:{months}"),
    )  # fmt: skip


KNOWN = [
    *(
        stored(name, Months.cumulative(2025, month), so_far(name, month))
        for name in DISTRICTS for month in range(2, 12)
    ),
    *(stored(name, Months.year(2024), so_far(name, 12, 2024)) for name in DISTRICTS),
]  # fmt: skip


def found(
    folder: Path, header: list[str], rows: list[list[object]], published: date | None = None
) -> list[IntakeFinding]:
    path = folder / "来表.csv"
    lines = ["规模以上工业总产值（亿元）", ",".join(["地区", *header])]
    lines += [",".join(map(str, row)) for row in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    reading = understand(open_book(path), DECLARED, lenient=True)
    return check([reading], DECLARED, KNOWN, published={reading.file: published})


MONTHS = [f"2025年1-{month}月" for month in range(2, 12)]


def test_a_sheet_that_repeats_what_is_stored_is_clean(tmp_path: Path) -> None:
    rows = [[name, *(so_far(name, month) for month in range(2, 12))] for name in DISTRICTS]
    assert found(tmp_path, MONTHS, rows) == []


@pytest.mark.parametrize(("factor", "times"), [(1e4, "10000"), (0.1, "10"), (1e-4, "10000")])
def test_a_whole_sheet_in_another_unit_is_one_finding(
    tmp_path: Path, factor: float, times: str
) -> None:
    rows = [
        [name, *(f"{so_far(name, month) * factor:.8g}" for month in range(2, 12))]
        for name in DISTRICTS
    ]
    (one,) = found(tmp_path, MONTHS, rows)
    assert one.rule in ("unit_slip", "magnitude")
    assert len(one.places) == 40
    assert f"约 {times} 倍" in one.message
    assert "已入库同一格" in one.message
    assert one.suggestion is not None
    changed = one.suggestion.changes[0]
    assert float(changed.after or 0) == pytest.approx(float(changed.before) / factor)


def test_one_cell_in_another_unit_is_told_from_a_revision(tmp_path: Path) -> None:
    rows = [[name, so_far(name, 11) * 1.08] for name in DISTRICTS]
    rows[1][1] = so_far("南浦区", 11) * 1e4
    (one,) = found(tmp_path, ["2025年1-11月"], rows)
    assert (one.rule, one.row) == ("unit_slip", 4)


def test_a_year_is_held_against_the_months_that_are_stored(tmp_path: Path) -> None:
    assert found(tmp_path, ["2025年1-12月"], [["东屏区", so_far("东屏区", 12)]]) == []
    (one,) = found(tmp_path, ["2025年1-12月"], [["东屏区", so_far("东屏区", 12) * 1e4]])
    assert one.rule == "unit_slip"
    assert "÷" in one.message
    (fallen,) = found(tmp_path, ["2025年1-12月"], [["东屏区", round(PACE["东屏区"], 1)]])
    assert fallen.rule == "wrong_period"


def test_the_cumulative_value_in_the_column_of_a_month_is_one_finding(tmp_path: Path) -> None:
    rows = [[name, so_far(name, 12)] for name in DISTRICTS]
    (one,) = found(tmp_path, ["2025年12月"], rows)
    assert one.rule == "wrong_period"
    assert len(one.places) == 4
    assert f"{so_far('东屏区', 11):g}" in one.message
    assert found(tmp_path, ["2025年12月"], [[name, PACE[name]] for name in DISTRICTS]) == []


def test_a_period_that_was_not_over_when_published_is_one_finding_a_column(
    tmp_path: Path,
) -> None:
    rows = [[name, so_far(name, 12, 2026)] for name in DISTRICTS]
    (one,) = found(tmp_path, ["2027年"], rows, date(2025, 12, 15))
    assert (one.rule, len(one.places)) == ("unfinished", 4)
    assert "2025-12-15" in one.message
    months = [[name, so_far(name, 11)] for name in DISTRICTS]
    assert found(tmp_path, ["2025年1-11月"], months, date(2025, 12, 15)) == []
    assert found(tmp_path, ["2025年1-11月"], months, date(2025, 11, 28)) == []


def test_a_revision_of_half_is_asked_about_with_both_values(tmp_path: Path) -> None:
    rows = [[name, so_far(name, 11)] for name in DISTRICTS]
    rows[2][1] = round(so_far("西岭区", 11) * 1.9, 1)
    (one,) = found(tmp_path, ["2025年1-11月"], rows)
    assert (one.rule, one.row) == ("revised", 5)
    assert "90%" in one.message


def test_a_city_that_reports_before_its_districts_is_not_held_against_the_middle_year(
    tmp_path: Path,
) -> None:
    """Growth that all rows share goes on into a year that only one row has."""
    years = range(2014, 2026)
    rows: list[list[object]] = []
    for name in DISTRICTS:
        own = [round(PACE[name] * 12 * 1.09 ** (year - 2014), 1) for year in years]
        rows.append([name, *own[:-1], ""])
    whole = [round(sum(PACE.values()) * 12 * 1.09 ** (year - 2014), 1) for year in years]
    rows.append([CITY, *whole])
    path = tmp_path / "年表.csv"
    text = [["规模以上工业总产值（亿元）"], ["地区", *(f"{year}年" for year in years)], *rows]
    path.write_text("\n".join(",".join(map(str, line)) for line in text) + "\n", "utf-8")
    reading = understand(open_book(path), DECLARED, lenient=True)
    assert check([reading], DECLARED) == []


def test_small_counts_may_jump(tmp_path: Path) -> None:
    path = tmp_path / "数.csv"
    path.write_text(
        "智能工厂（个）\n地区,2021年,2022年,2023年,2024年\n砚州市,64,82,103,190\n"
        "东屏区,30,38,50,95\n南浦区,0,0,1,12\n西岭区,12,14,15,20\n",
        "utf-8",
    )
    reading = understand(open_book(path), DECLARED, lenient=True)
    assert check([reading], DECLARED) == []


def test_numbers_with_thousands_separators_are_told_once_a_sheet(tmp_path: Path) -> None:
    header = "地区," + ",".join(f"{year}年" for year in range(2016, 2025))
    lines = ["规模以上工业总产值（亿元）", header]
    for order, name in enumerate(DISTRICTS):
        values = [f"{(order + 2) * 1100 + 37 * n}" for n in range(9)]
        values[order] = f'"{int(values[order]):,}"'
        lines.append(",".join([name, *values]))
    path = tmp_path / "千分号.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    reading = understand(open_book(path), DECLARED, lenient=True)
    found = [each for each in check([reading], DECLARED) if each.rule == "number_as_text"]
    assert [len(each.places) for each in found] == [4]
