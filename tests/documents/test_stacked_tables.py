"""Tables with a cell on each line, as copied from web pages or taken out of office files."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from jingwei.documents import Table, read_text

ROWS = [
    ("地区生产总值年均增速", "%", "6.1", "6.5", "预期性"),
    ("轴承产值", "亿元", "1025", "1500左右", "预期性"),
    ("研发经费投入强度", "%", "2.1", "2.8", "预期性"),
    ("单位产值能耗下降幅度", "%", "—", "完成省下达目标", "约束性"),
    ("技术中心数", "家", "126", "300", "预期性"),
    ("数字化改造企业数", "家", "80", "[500]", "预期性"),
]
HEADER = ("指标名称", "单位", "2020年", "2025年", "属性")
BELOW = "二、任务\n(一)做强产业。\n加快发展。\n"


def stacked(rows: list[list[str]]) -> str:
    return "一、目标\n表1 主要指标\n" + "".join(f"{cell}\n" for row in rows for cell in row) + BELOW


def table(text: str) -> Table:
    (found,) = [block.table for block in read_text(text).blocks if block.table is not None]
    return found


def cells(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in found.rows]


@given(
    picked=st.lists(st.sampled_from(ROWS), min_size=3, max_size=9),
    numbered=st.booleans(),
    unit=st.booleans(),
    attribute=st.booleans(),
    spaced=st.booleans(),
)
def test_every_cell_stands_in_its_column_with_and_without_numbers_units_and_attributes(
    picked: list[tuple[str, ...]], numbered: bool, unit: bool, attribute: bool, spaced: bool
) -> None:
    def kept(row: tuple[str, ...], number: str) -> list[str]:
        told = [*row[:1], *(row[1:2] if unit else ()), *row[2:4], *(row[4:] if attribute else ())]
        return [number, *told] if numbered else told

    printed = [kept(HEADER, "序号"), *(kept(row, str(n)) for n, row in enumerate(picked, 1))]
    text = stacked(printed)
    found = table(text.replace("\n", "\n\n") if spaced else text)
    assert cells(found) == printed


@pytest.mark.parametrize("numbered", [False, True])
@pytest.mark.parametrize("names", [("一、经济", "二、创新", "三、企业"), ("经济", "创新", "企业")])
def test_names_of_groups_stand_on_lines_between_the_rows(
    names: tuple[str, ...], numbered: bool
) -> None:
    printed = [["序号", *HEADER] if numbered else [*HEADER]]
    for n, row in enumerate(ROWS):
        if n % 2 == 0:
            printed.append([names[n // 2]])
        printed.append([str(n + 1), *row] if numbered else [*row])
    rows = cells(table(stacked(printed)))
    told = [row for row in rows if len(set(row)) > 1]
    assert [tuple(row[-5:]) for row in told] == [HEADER, *ROWS]


@pytest.mark.parametrize("place", [0, 1])
def test_a_category_stands_in_the_first_of_its_rows_only(place: int) -> None:
    """Before the number of the row or behind it."""
    header = ["序号", *HEADER]
    header.insert(place, "类别")
    printed = [header]
    for n, row in enumerate(ROWS):
        told = [str(n + 1), *row]
        if n % 3 == 0:
            told.insert(place, ("经济", "绿色")[n // 3])
        printed.append(told)
    rows = cells(table(stacked(printed)))
    assert [row[place] for row in rows] == ["类别", *["经济"] * 3, *["绿色"] * 3]
    assert [row[2] for row in rows[1:]] == [row[0] for row in ROWS]


def test_names_cut_over_two_lines_are_one_cell() -> None:
    printed = [[*HEADER], *([row[0][:-4], row[0][-4:], *row[1:]] for row in ROWS[:4])]
    assert [row[0] for row in cells(table(stacked(printed)))][1:] == [row[0] for row in ROWS[:4]]


def test_a_heading_in_brackets_belongs_to_the_one_above() -> None:
    header = ["指标", "2020年", "2025年", "年均增速", "[累计]", "属性"]
    rows = [
        ["轴承产值(亿元)", "1025", "1500", "7.9", "预期性"],
        ["研发强度(%)", "2.1", "2.8", "[0.7]", "预期性"],
        ["技术中心(家)", "126", "300", "19", "预期性"],
    ]
    assert cells(table(stacked([header, *rows]))) == [
        ["指标", "2020年", "2025年", "年均增速[累计]", "属性"],
        *rows,
    ]


@pytest.mark.parametrize("numbered", [False, True])
def test_of_a_row_that_lacks_one_of_two_levels_none_is_taken_and_the_others_stay(
    numbered: bool,
) -> None:
    """Whether 2.8 is the base or the goal, nothing says."""
    printed = [["序号", *HEADER] if numbered else [*HEADER]]
    for n, row in enumerate(ROWS):
        told = [str(n + 1), *row] if numbered else [*row]
        if n == 2:
            told.remove("2.1")
        printed.append(told)
    rows = cells(table(stacked(printed)))
    assert rows[3][-5:] == ["研发经费投入强度", "%", "", "", "预期性"]
    assert rows[-1][-5:] == [*ROWS[-1]]


COPIED = [
    ["序号", "指标名称", "2025年预计", "2030年目标", "年均/累计", "属性"],
    ["1", "地区生产总值增长（%）", "5.6", "5.5左右", "预期性"],
    ["2", "全员劳动生产率（万元/人）", "17.2", "22.5", "5.5", "预期性"],
    ["3", "城镇新增就业（万人）", "3.3", "[15]", "预期性"],
    ["4", "居民收入增长（%）", "5.8", "与经济增长同步", "预期性"],
    ["5", "二氧化碳排放", "降低（%）", "[17]", "约束性"],
    ["6", "细颗粒物浓度（微克/立方米）", "31", "完成省下达任务", "约束性"],
    ["7", "森林覆盖率（%）", "45.2", "45.8", "[0.6]", "约束性"],
]


def test_a_number_of_the_next_row_is_never_a_value_and_brackets_know_their_column() -> None:
    """Cells that a copy has lost: what is left is taken only where its column is certain."""
    assert cells(table(stacked(COPIED)))[1:] == [
        ["1", "地区生产总值增长(%)", "", "", "", "预期性"],
        ["2", "全员劳动生产率(万元/人)", "17.2", "22.5", "5.5", "预期性"],
        ["3", "城镇新增就业(万人)", "", "", "[15]", "预期性"],
        ["4", "居民收入增长(%)", "", "", "与经济增长同步", "预期性"],
        ["5", "二氧化碳排放降低(%)", "", "", "[17]", "约束性"],
        ["6", "细颗粒物浓度(微克/立方米)", "", "", "", "约束性"],
        ["7", "森林覆盖率(%)", "45.2", "45.8", "[0.6]", "约束性"],
    ]


def test_of_a_row_that_lacks_one_of_three_values_none_is_taken() -> None:
    header = ["指标名称", "单位", "2015年", "2020年", "2025年", "属性"]
    printed = [header, *([*row[:2], "1", *row[2:]] for row in ROWS)]
    printed[3].remove("2.1")
    assert cells(table(stacked(printed)))[3] == ["研发经费投入强度", "%", "", "", "", "预期性"]
