"""Totals are no sectors, imports may be printed below zero, headings may stand in two lines."""

from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose
from test_table_layouts import PRINTED, Rows, named, same, saved, without

from jingwei.chains.input_output import InputOutputTable, decompose, multipliers, read_table
from jingwei.core import InvalidFile, InvalidRequest

PLAIN = without(named(PRINTED), "中间使用合计")
"""Names only, without the sum of the flows."""


def with_total(rows: Rows, word: str, at: int, first: int = 0, last: int = 3) -> Rows:
    """The sum of sectors first … last - 1 as a row and a column, before the sector at a position."""
    grid = [[*row] for row in rows if row[0] != "中间投入合计"]
    for row in grid[1:]:
        cells = [float(cell) for cell in row[1:4]]
        row.insert(1 + at, repr(sum(cells[first:last])))
    grid[0].insert(1 + at, word)
    parts = grid[1:4][first:last]
    summed = [repr(sum(float(row[c]) for row in parts)) for c in range(1, len(grid[0]))]
    grid.insert(1 + at, [word, *summed])
    return grid


def told(table: InputOutputTable, *words: str) -> bool:
    return any(all(word in zh for word in words) for zh, _ in table.notes)


@pytest.mark.parametrize("word", ["合计", "总计", "小计", "Total", "中间使用合计", "三业合计"])
@pytest.mark.parametrize("at", [0, 3])
def test_a_total_by_its_name_is_no_sector(tmp_path: Path, word: str, at: int) -> None:
    got = read_table(saved(tmp_path / "t.csv", with_total(PLAIN, word, at)))
    same(got)
    assert told(got, word, "不是部门")


@pytest.mark.parametrize("at", [0, 2, 3])
def test_a_sum_of_sectors_beside_its_parts_is_known_by_arithmetic(tmp_path: Path, at: int) -> None:
    first, last = (1, 3) if at < 2 else (0, 2)
    got = read_table(saved(tmp_path / "t.csv", with_total(PLAIN, "大类", at, first, last)))
    same(got)
    assert told(got, "大类", "逐格等于")
    assert max(multipliers(got).output) < 10


def test_a_sum_of_sums_is_left_out_with_them(tmp_path: Path) -> None:
    rows = with_total(PLAIN, "大类", 0, 1, 3)
    assert rows[1][0] == "大类"
    whole = [
        ["全境" if row[0] == "合计" else row[0], *row[1:]] for row in with_total(PLAIN, "合计", 3)
    ]
    whole[0] = ["全境" if cell == "合计" else cell for cell in whole[0]]
    same(read_table(saved(tmp_path / "t.csv", whole)))


def test_what_only_resembles_a_sum_stays_a_sector(tmp_path: Path) -> None:
    rows = with_total(PLAIN, "大类", 3)
    rows[2][2] = "900.5"  # 磨粉 to itself
    got = read_table(saved(tmp_path / "t.csv", rows))
    assert len(got.sectors) == 4
    assert not told(got, "逐格等于")


def test_a_total_that_is_not_the_sum_of_its_sectors_is_told(tmp_path: Path) -> None:
    rows = with_total(PLAIN, "合计", 3)
    rows[4][2] = "1300"
    got = read_table(saved(tmp_path / "t.csv", rows))
    same(got)
    assert told(got, "合计", "不等", "94.5")


def test_a_part_of_another_row_is_no_sector(tmp_path: Path) -> None:
    rows = [[*row] for row in PLAIN]
    rows.insert(3, ["其中：细粉", *["1"] * (len(rows[0]) - 1)])
    for row, cell in zip(rows, ["其中：细粉", *["1"] * (len(rows) - 1)], strict=True):
        row.insert(3, cell)
    got = read_table(saved(tmp_path / "t.csv", rows))
    same(got)
    assert told(got, "其中：细粉")


def turned_imports(rows: Rows) -> Rows:
    column = rows[0].index("进口")
    return [rows[0]] + [
        [*row[:column], f"-{row[column]}" if row[column] else "", *row[column + 1 :]]
        for row in rows[1:]
    ]


def test_imports_printed_below_zero_are_imports(tmp_path: Path) -> None:
    plain = read_table(saved(tmp_path / "p.csv", named(PRINTED)))
    got = read_table(saved(tmp_path / "t.csv", turned_imports(named(PRINTED))))
    same(got)
    assert told(got, "进口", "相反的符号", "行平衡")
    wanted, content = multipliers(plain).imports, multipliers(got).imports
    assert wanted is not None and content is not None
    assert_allclose(content, wanted)
    assert content.min() > 0


def test_imports_below_zero_are_turned_also_where_rows_are_off(tmp_path: Path) -> None:
    rows = turned_imports(named(PRINTED))
    rows[1][rows[0].index("出口")] = "20"
    got = read_table(saved(tmp_path / "t.csv", rows))
    assert_allclose(got.deducted["进口"], [100, 200, 100])
    assert told(got, "进口", "没有正数")


def test_headings_in_two_lines_are_read_together(tmp_path: Path) -> None:
    rows = named(PRINTED)
    groups = ["", "中间使用", "", "", "", "最终使用", "", "", "进口", "总产出"]
    below = ["部门", "种植", "磨粉", "货运", "合计", "最终消费", "出口", "合计", "", ""]
    got = read_table(saved(tmp_path / "t.csv", [groups, below, *rows[1:]]))
    same(got)
    assert set(got.final) == {"最终消费", "出口"}
    parts = ["", "", "", "", "", "居民消费", "", "最终使用", "", ""]
    split = [*below[:5], "农村", "城镇", "合计", "进口", "总产出"]
    got = read_table(saved(tmp_path / "u.csv", [parts, split, *rows[1:]]))
    same(got)
    assert set(got.final) == {"农村居民消费", "城镇居民消费"}


@pytest.mark.parametrize("printed", [True, False])
@pytest.mark.parametrize("titled", ["rows", "merged"])
def test_domestic_and_imported_blocks_one_above_the_other(
    tmp_path: Path, titled: str, printed: bool
) -> None:
    home = [["种植", "10", "20", "0", "70", "100"], ["磨粉", "5", "30", "25", "140", "200"],
            ["货运", "4", "6", "8", "32", "50"]]  # fmt: skip
    brought = [["种植", "1", "2", "0", "7", "10"], ["磨粉", "2", "3", "4", "1", "10"],
               ["货运", "0", "1", "1", "3", "5"]]  # fmt: skip
    if not printed:
        brought = [[*row[:-1], ""] for row in brought]
    head = ["部门", "种植", "磨粉", "货运", "出口", "总产出"]
    below = [["增加值", "78", "138", "12", "", ""], ["总投入", "100", "200", "50", "", ""]]
    if titled == "rows":
        grid = [head, ["国内品", *[""] * 5], *home, ["进口品", *[""] * 5], *brought, *below]
    else:
        merged = ["国内产品", "", "", "进口产品", "", "", "", ""]
        grid = [["", *head]] + [
            [word, *row] for word, row in zip(merged, [*home, *brought, *below], strict=True)
        ]
    path = saved(tmp_path / "t.csv", grid)
    got = read_table(path)
    assert got.origin == "domestic"
    assert_allclose(got.output, [100, 200, 50])
    assert_allclose(got.flows[0], [10, 20, 0])
    total = read_table(path, "total")
    assert_allclose(total.flows[0], [11, 22, 0])
    assert_allclose(total.deducted["进口"], [10, 10, 5])
    assert_allclose(total.final["出口"], [77, 141, 35])


def test_a_sector_that_stands_twice_is_named(tmp_path: Path) -> None:
    rows = [[*row] for row in named(PRINTED)]
    rows[0][3] = rows[3][0] = "种植"
    with pytest.raises(InvalidFile, match="“种植”在列里出现两次"):
        read_table(saved(tmp_path / "t.csv", rows))


def test_tables_are_matched_by_the_names_of_sectors(tmp_path: Path) -> None:
    rows = named(PRINTED)
    one = read_table(saved(tmp_path / "one.csv", rows))
    moved = [[row[0], row[3], row[1], row[2], *row[4:]] for row in rows]
    other = read_table(
        saved(tmp_path / "other.csv", [moved[0], moved[3], moved[1], moved[2], *moved[4:]])
    )
    assert other.sectors[0].name == "货运"
    got = decompose(one, other)
    assert_allclose(got.change, 0)
    assert_allclose(got.technology, 0, atol=1e-9)
    with pytest.raises(InvalidRequest, match="货运；other: 客运"):
        renamed = [[cell.replace("货运", "客运") for cell in row] for row in rows]
        decompose(one, read_table(saved(tmp_path / "other.csv", renamed)))


def test_of_several_sheets_the_one_that_was_read_is_told(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        for name, factor in (("早年", 1), ("近年", 2)):
            sheet = book.add_worksheet(name)
            for i, row in enumerate(named(PRINTED)):
                for j, cell in enumerate(row):
                    number = cell.replace(".", "").lstrip("-").isdigit()
                    sheet.write(i, j, float(cell) * factor if number else cell)
    first, second = read_table(tmp_path / "t.xlsx"), read_table(tmp_path / "t.xlsx", sheet="近年")
    assert_allclose(second.output, 2 * first.output)
    assert told(first, "“早年”", "“近年”", "--sheet")
    assert not told(second, "--sheet")
    with pytest.raises(InvalidFile, match="早年、近年"):
        read_table(tmp_path / "t.xlsx", sheet="明年")


def test_what_is_little_beside_a_large_region_is_much_in_a_small_one() -> None:
    from jingwei.chains.input_output import Sector

    output = np.array([1e9, 1.0, 2.0, 1.0])
    sectors = tuple(Sector(f"{r} {s}", s, r) for r in ("大地", "小地") for s in ("制造", "运输"))
    table = InputOutputTable("两地", "元", "total", sectors, np.zeros((4, 4)), output, {})
    assert [s.code for s in table.idle] == ["大地 运输"]


def test_a_sector_printed_twice_under_two_names_counts_once(tmp_path: Path) -> None:
    rows = with_total(PLAIN, "一产", 0, 0, 1)
    got = read_table(saved(tmp_path / "t.csv", rows))
    same(got)
    assert told(got, "一产", "种植", "逐格相同")
    # where a printed sum has both, both are there
    both = [[*row[:5], f"{sum(map(float, row[1:5])):g}" if k else "中间使用合计", *row[5:]]
            for k, row in enumerate(rows[:5])]  # fmt: skip
    wider = [*both, *[[*row[:5], "", *row[5:]] for row in rows[5:]]]
    assert len(read_table(saved(tmp_path / "u.csv", wider)).sectors) == 4


def test_value_added_above_the_sectors_is_value_added(tmp_path: Path) -> None:
    rows = named(PRINTED)
    got = read_table(saved(tmp_path / "t.csv", [rows[0], *rows[4:7], *rows[1:4], rows[7]]))
    same(got)
    assert_allclose(got.primary["劳动者报酬"], [600, 1794.5, 160])


def test_a_second_table_below_is_told_and_not_mixed_in(tmp_path: Path) -> None:
    rows = named(PRINTED)
    width = len(rows[0])
    second = [["直接消耗系数", *[""] * (width - 1)]] + [
        [*row[:4], *[""] * (width - 4)] for row in rows[:4]
    ]
    got = read_table(saved(tmp_path / "t.csv", [*rows, [""] * width, *second]))
    same(got)
    assert told(got, "又是一张表", f"第{len(rows) + 3}行")


def test_a_row_of_units_names_the_unit(tmp_path: Path) -> None:
    rows = named(PRINTED)
    units = ["", "万元", "", "万元", *["万元"] * (len(rows[0]) - 5), ""]
    got = read_table(saved(tmp_path / "t.csv", [rows[0], units, *rows[1:]]))
    same(got)
    assert got.unit == "万元"
    units[3] = "亿元"
    with pytest.raises(InvalidFile, match="两种单位"):
        read_table(saved(tmp_path / "t.csv", [rows[0], units, *rows[1:]]))


def test_a_labelled_line_of_column_numbers_is_no_sector(tmp_path: Path) -> None:
    rows = named(PRINTED)
    numbers = ["甲", *(str(k) for k in range(1, len(rows[0])))]
    same(read_table(saved(tmp_path / "t.csv", [rows[0], numbers, *rows[1:]])))


def test_a_sector_may_be_called_what_an_error_is_called(tmp_path: Path) -> None:
    rows = [[cell.replace("货运", "其他") for cell in row] for row in named(PRINTED)]
    got = read_table(saved(tmp_path / "t.csv", rows))
    assert [sector.name for sector in got.sectors] == ["种植", "磨粉", "其他"]


def test_a_faulty_sheet_is_not_replaced_by_another(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        for name, word in (("近年", "待定"), ("早年", "40")):
            sheet = book.add_worksheet(name)
            for i, row in enumerate(named(PRINTED)):
                for j, cell in enumerate(row):
                    sheet.write(i, j, word if (i, j) == (2, 1) else cell)
    with pytest.raises(InvalidFile, match=r"待定.*早年，用 --sheet"):
        read_table(tmp_path / "t.xlsx")


def test_the_error_column_is_taken_with_the_sign_that_balances(tmp_path: Path) -> None:
    rows = named(PRINTED)
    for row, cell in zip(rows, ["误差", "9", "-4", "0", *[""] * 4], strict=True):
        row.insert(-1, cell)
    exports = rows[0].index("出口")
    for row, less in zip(rows[1:4], (-9, 4, 0), strict=True):
        row[exports] = f"{float(row[exports]) - less:g}"
    got = read_table(saved(tmp_path / "t.csv", rows))
    same(got)
    assert told(got, "误差", "相反的符号")
