"""Tables of places as offices print them: titles, units, notes, totals, workbooks."""

from pathlib import Path

import pytest
from numpy.testing import assert_allclose

from jingwei.core import InvalidFile
from jingwei.space import Activities, read_activities

Rows = list[list[str]]
PLAIN: Rows = [
    ["地区", "制茶", "造纸", "采石"],
    ["东坪区", "40", "10", "30"],
    ["西坪区", "5", "20", "10"],
    ["南山县", "15", "31", "2"],
]


def written(path: Path, rows: Rows) -> Path:
    path.write_text("\n".join(",".join(row) for row in rows) + "\n", "utf-8")
    return path


def read(tmp_path: Path, rows: Rows, reference: str = "") -> Activities:
    return read_activities(written(tmp_path / "t.csv", rows), reference)


def same(got: Activities) -> None:
    assert got.places == ("东坪区", "西坪区", "南山县")
    assert got.activities == ("制茶", "造纸", "采石")
    assert_allclose(got.values, [[40, 10, 30], [5, 20, 10], [15, 31, 2]])


def told(table: Activities, *words: str) -> bool:
    return any(all(word in zh for word in words) for zh, _ in table.notes)


TITLE = [["各区县产值（某年）", "", "", ""], ["单位：亿元", "", "", ""]]
LAYOUTS: dict[str, Rows] = {
    "plain": PLAIN,
    "a title and a unit above": [*TITLE, *PLAIN],
    "title and unit on one line": [["各区县产值", "", "", "单位：亿元"], *PLAIN],
    "a row of units": [PLAIN[0], ["单位", "亿元", "亿元", "亿元"], *PLAIN[1:]],
    "a row of units with gaps": [PLAIN[0], ["", "亿元", "", "亿元"], *PLAIN[1:]],
    "notes below": [*PLAIN, ["注：数据为初步核算", "", "", ""], ["数据来源：统计局", "", "", ""]],
    "empty lines between": [*PLAIN[:2], ["", "", "", ""], *PLAIN[2:]],
    "codes before names": [
        ["代码", *PLAIN[0]],
        *[[f"99010{k}", *row] for k, row in enumerate(PLAIN[1:])],
    ],
    "numbered": [["序号", *PLAIN[0]], *[[str(k), *row] for k, row in enumerate(PLAIN[1:])]],
    "of one year": [["年份", *PLAIN[0]], *[["2031", *row] for row in PLAIN[1:]]],
    "a column of sums": [
        [*PLAIN[0], "合计"],
        *[[*row, str(sum(map(int, row[1:])))] for row in PLAIN[1:]],
    ],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_of_places_is_itself_in_every_layout(tmp_path: Path, layout: str) -> None:
    same(read(tmp_path, LAYOUTS[layout]))


def test_a_table_is_read_from_a_workbook_and_the_sheet_is_told(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        for name, factor in (("去年", 1), ("今年", 3)):
            sheet = book.add_worksheet(name)
            for i, row in enumerate([*TITLE, *PLAIN]):
                for j, cell in enumerate(row):
                    sheet.write(i, j, int(cell) * factor if cell.isdigit() else cell)
    first = read_activities(tmp_path / "t.xlsx")
    same(first)
    assert told(first, "“去年”", "“今年”", "--sheet")
    second = read_activities(tmp_path / "t.xlsx", sheet="今年")
    assert_allclose(second.values, 3 * first.values)
    with pytest.raises(InvalidFile, match="去年、今年"):
        read_activities(tmp_path / "t.xlsx", sheet="明年")


@pytest.mark.parametrize("name", ["全市", "合计", "全县", "总计"])
def test_a_total_must_be_the_sum_of_its_places(tmp_path: Path, name: str) -> None:
    right = read(tmp_path, [*PLAIN, [name, "60", "61", "42"]])
    same(right)
    assert right.against == name
    wrong = [*PLAIN, [name, "60", "61", "77"]]
    with pytest.raises(InvalidFile, match=f"“{name}”的采石是77.*之和是42.*--reference"):
        read(tmp_path, wrong)
    chosen = read(tmp_path, wrong, name)
    same(chosen)
    assert told(chosen, "差35", "参照")


def test_the_nation_may_be_larger_than_the_places_and_never_smaller(tmp_path: Path) -> None:
    got = read(tmp_path, [*PLAIN, ["全国", "600", "610", "420"]])
    same(got)
    assert got.against == "全国"
    assert told(got, "全国", "差")
    with pytest.raises(InvalidFile, match="全国"):
        read(tmp_path, [*PLAIN, ["全国", "600", "610", "4"]])


def test_what_details_a_place_or_an_activity_is_not_counted_twice(tmp_path: Path) -> None:
    rows = [*PLAIN, ["其中：高新区", "4", "3", "2"]]
    got = read(tmp_path, rows)
    same(got)
    assert told(got, "其中：高新区")
    wider = [[*row, cell] for row, cell in zip(PLAIN, ["其中：石粉", "1", "2", "1"], strict=True)]
    same(read(tmp_path, wider))


def test_the_city_itself_is_known_by_being_the_sum(tmp_path: Path) -> None:
    got = read(tmp_path, [PLAIN[0], ["坪山市", "60", "61", "42"], *PLAIN[1:]])
    same(got)
    assert told(got, "坪山市", "之和")
    near = read(tmp_path, [*PLAIN, ["坪山市", "60", "61", "43"]])
    assert len(near.places) == 4
    assert told(near, "坪山市", "像是合计")
    assert read(tmp_path, PLAIN).notes == ()


def test_subtotals_of_some_places_are_left_out(tmp_path: Path) -> None:
    got = read(tmp_path, [*PLAIN[:3], ["两坪小计", "45", "30", "40"], PLAIN[3]])
    same(got)
    assert got.left_out == ("两坪小计",)


def test_a_column_of_sums_that_does_not_add_up_is_told_and_takes_no_part(tmp_path: Path) -> None:
    rows = [[*row, cell] for row, cell in zip(PLAIN, ["合计", "80", "35", "84"], strict=True)]
    got = read(tmp_path, rows)
    same(got)
    assert told(got, "“合计”一列", "南山县写84", "之和48", "差36", "共1行")


LONG_UNITS = [["地区", "行业", "数值", "单位"], ["东坪区", "制茶", "40", "亿元"],
              ["西坪区", "制茶", "5", "亿元"]]  # fmt: skip


def test_a_long_table_of_one_unit_is_read_and_of_two_refused(tmp_path: Path) -> None:
    assert read(tmp_path, LONG_UNITS).activities == ("制茶",)
    with pytest.raises(InvalidFile, match="单位有几种（万元、亿元）"):
        read(tmp_path, [*LONG_UNITS, ["南山县", "制茶", "150000", "万元"]])


def test_tables_of_ones_hold_no_sums(tmp_path: Path) -> None:
    rows = [["地区", "a", "b", "c", "d"], ["甲", "1", "1", "1", "0"], ["乙", "1", "1", "0", "0"],
            ["丙", "0", "0", "1", "0"], ["丁", "0", "1", "0", "1"]]  # fmt: skip
    assert len(read(tmp_path, rows).places) == 4


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([["地区", "2031", "2032"], ["甲区", "1", "2"], ["乙区", "3", "4"]], "年份"),
        ([["年份", *PLAIN[0]], ["2031", *PLAIN[1]], ["2032", *PLAIN[2]]], "时间有几个"),
        ([PLAIN[0], ["单位", "亿元", "万人", "亿元"], *PLAIN[1:]], "单位不同"),
        ([PLAIN[0], [*PLAIN[1], "7"], *PLAIN[2:]], "没有列名"),
        ([PLAIN[0], ["合计", "1", "2", "3"]], "只有合计"),
    ],
)
def test_what_is_no_table_of_places_and_activities_is_refused(
    tmp_path: Path, rows: Rows, says: str
) -> None:
    width = max(map(len, rows))
    with pytest.raises(InvalidFile, match=says):
        read(tmp_path, [[*row, *[""] * (width - len(row))] for row in rows])
