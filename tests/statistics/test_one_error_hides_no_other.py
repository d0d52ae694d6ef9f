"""What one error of a table does to the checks of its other cells, and what other files tell (§18.2)."""

import math
from datetime import date
from pathlib import Path

import pytest

from jingwei.core import Region
from jingwei.statistics.cards import Cards, library
from jingwei.statistics.checks import IntakeFinding, check
from jingwei.statistics.intake import Declared, open_book, understand

DISTRICTS = ("东屏区", "南浦区", "西岭区", "北渡区", "中塘区", "河湾区")
REGIONS = (
    Region("539800", "砚州市", "city"),
    *(
        Region(f"53980{order + 2}", name, "district", "539800")
        for order, name in enumerate(DISTRICTS)
    ),
)
DECLARED = Declared(Cards(library()), REGIONS, (), "539800")
YEARS = range(2015, 2025)
Rows = list[list[object]]


def found(folder: Path, files: dict[str, Rows]) -> list[IntakeFinding]:
    readings = []
    for name, rows in files.items():
        path = folder / f"{name}.csv"
        path.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
        readings.append(understand(open_book(path), DECLARED, lenient=True))
    return check(readings, DECLARED, today=date(2026, 11, 1))


def told(findings: list[IntakeFinding]) -> set[tuple[str, int, str]]:
    return {(each.rule, place.row, place.field) for each in findings for place in each.places}


def districts(title: str = "规模以上工业总产值") -> Rows:
    """Districts down, years across, and their total."""
    rows: Rows = [[f"{title}（亿元）"], ["地区", *(f"{year}年" for year in YEARS)]]
    for order, name in enumerate(DISTRICTS):
        level, growth = 120.0 + 87 * order, 0.035 + 0.009 * order
        rows.append(
            [name, *(round(level * math.exp(growth * at) * (1 + 0.004 * (at % 3)), 1) for at, _ in enumerate(YEARS))]
        )  # fmt: skip
    sums = [round(sum(float(str(row[at])) for row in rows[2:]), 1) for at in range(1, 11)]
    return [*rows, ["全市", *sums]]


def test_a_clean_table_raises_nothing(tmp_path: Path) -> None:
    assert found(tmp_path, {"表": districts()}) == []


def test_a_column_copied_from_the_year_before_vouches_for_no_other_cell(tmp_path: Path) -> None:
    """The sum that gives the copied cells back their value proves nothing of the rest."""
    rows = districts()
    for row in rows[4:6]:
        row[8] = row[7]
    rows[2][8] = 10 * float(str(rows[2][8]))
    assert any(
        row == 3 and field == "2022年" for _, row, field in told(found(tmp_path, {"表": rows}))
    )


def test_a_row_that_moved_leaves_the_sums_of_the_others_checked(tmp_path: Path) -> None:
    rows = districts()
    rows[3] = [*rows[3][:6], "", *rows[3][6:10]]
    rows[8][3] = round(1.04 * float(str(rows[8][3])), 2)
    findings = told(found(tmp_path, {"表": rows}))
    assert ("shifted", 4, "2020年") in findings
    assert ("parts_total", 9, "2017年") in findings


def test_a_row_that_moved_is_found_beside_a_region_that_no_total_counts(tmp_path: Path) -> None:
    rows = districts()
    rows[3] = [rows[3][0], "", *rows[3][1:10]]
    rows.append(["#经开区", *(round(0.3 * float(str(value)), 1) for value in rows[8][1:])])
    assert ("shifted", 4, "2015年") in told(found(tmp_path, {"表": rows}))


def test_two_values_of_one_file_are_found_whatever_other_files_hold(tmp_path: Path) -> None:
    first, second = districts(), districts()
    second.append(["东屏区", *second[2][1:]])
    second[-1][5] = round(1.3 * float(str(second[-1][5])), 1)
    (finding,) = [each for each in found(tmp_path, {"甲": first, "乙": second}) if each.rule == "two_values"]  # fmt: skip
    assert finding.file == "乙.csv"


def test_another_file_tells_which_cells_were_exchanged(tmp_path: Path) -> None:
    """Several exchanges in one small table blur what is usual; the other file does not care."""
    first, second = districts(), districts()
    for column, (one, other) in {2: (2, 3), 5: (2, 3), 8: (3, 4), 10: (2, 4)}.items():
        second[one][column], second[other][column] = second[other][column], second[one][column]
    swapped = [each for each in found(tmp_path, {"甲": first, "乙": second}) if each.rule.startswith("swapped")]  # fmt: skip
    assert {each.file for each in swapped} == {"乙.csv"}
    assert {place.field for each in swapped for place in each.places} == {
        "2016年", "2019年", "2022年", "2024年",
    }  # fmt: skip


def test_the_cause_of_a_broken_sum_agrees_with_other_files(tmp_path: Path) -> None:
    first, second = districts(), districts()
    second[8][9] = round(1.05 * float(str(second[8][9])), 2)
    assert ("parts_total", 9, "2023年") in told(found(tmp_path, {"甲": first, "乙": second}))


def test_a_total_of_columns_nobody_knows_is_checked(tmp_path: Path) -> None:
    rows: Rows = [["东屏区规模以上工业总产值（亿元）"], ["月份", "甲片区", "乙片区", "合计"]]
    for month in range(2, 13):
        a, b = round(61.3 * month + month % 3, 1), round(40.7 * month, 1)
        rows.append([f"2024年1-{month}月", a, b, round(a + b, 1)])
    assert found(tmp_path, {"表": rows}) == []
    rows[6][3] = round(1.03 * float(str(rows[6][3])), 2)
    assert any(row == 7 for _, row, _ in told(found(tmp_path, {"表": rows})))


def test_one_hedged_cell_among_numbers_is_told_and_a_table_of_hedges_is_not(tmp_path: Path) -> None:
    rows = districts()
    rows[4][6] = f"约{rows[4][6]}"
    assert ("number_as_text", 5, "2020年") in told(found(tmp_path, {"表": rows}))
    for row in rows[2:6]:
        row[1:] = [f"约{str(each).removeprefix('约')}" for each in row[1:]]
    assert "number_as_text" not in {rule for rule, *_ in told(found(tmp_path, {"表": rows}))}


def test_an_amount_of_six_digits_is_no_month(tmp_path: Path) -> None:
    """198111 beside 171975 is no November of 1981, and its row no heading."""
    rows: Rows = [["时间", "累计产值（万元）", "上年同期（万元）"]]
    rows += [[f"2023年1-{month}月", 49528 * month, 42994 * month] for month in range(2, 13)]
    rows[3] = ["2023年1-4月", 198111, 171975]
    reading = understand(
        open_book(_written(tmp_path, rows)), DECLARED, lenient=True
    )  # fmt: skip
    assert {figure.place.field for figure in reading.figures} == {
        "累计产值（万元）",
        "上年同期（万元）",
    }
    assert len(reading.figures) == 22


def _written(folder: Path, rows: Rows) -> Path:
    path = folder / "来表.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("late", [3, 4])
def test_every_column_of_days_is_held_against_today(tmp_path: Path, late: int) -> None:
    rows: Rows = [["企业名称", "所在区", "认定日期", "复核日期"]]
    rows += [[f"砚州第{n}机械有限公司", DISTRICTS[n % 6], f"2021-03-{n:02}", f"2024-05-{n:02}"] for n in range(1, 9)]  # fmt: skip
    rows[4][late - 1] = "2028-05-04"
    assert ("future_date", 5, str(rows[0][late - 1])) in told(found(tmp_path, {"名单": rows}))
