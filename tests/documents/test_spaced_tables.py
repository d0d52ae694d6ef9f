"""Tables whose cells are parted by tabs, or by four blanks in place of each. All texts are fictional."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from jingwei.documents import Table, read_text

HEADER = ["分类", "序号", "指标", "属性", "2035年目标值"]
ROWS = [
    ["经济强", "1", "地区生产总值年均增长率（%）", "预期性", "5以上"],
    ["", "2", "制造业增加值占比（%）", "预期性", "基本稳定"],
    ["百姓富", "3", "居民人均可支配收入增长", "预期性", "与经济增长保持同步"],
    ["", "4", "养老机构护理型床位占比（%）", "预期性", "85"],
    ["环境美", "5", "森林覆盖率（%）", "约束性", "完成省定目标"],
]
CATEGORIES = ["经济强", "经济强", "百姓富", "百姓富", "环境美"]


def table(text: str) -> Table:
    (found,) = [block.table for block in read_text(text).blocks if block.table is not None]
    return found


def cells(text: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table(text).rows]


def folded(text: str) -> str:
    return text.replace("（", "(").replace("）", ")")


@given(data=st.data(), step=st.sampled_from(["\t", "    "]))
def test_every_cell_stands_in_its_column_wherever_its_lines_are_cut(
    data: st.DataObject, step: str
) -> None:
    def cut(cell: str) -> str:
        if len(cell) < 6 or not data.draw(st.booleans()):
            return cell
        at = data.draw(st.integers(3, len(cell) - 2))
        return f"{cell[:at]}\n{cell[at:]}"

    lines = [step.join(HEADER), *(step.join([*row[:2], *map(cut, row[2:])]) for row in ROWS)]
    text = "一、主要目标\n专栏1 主要指标\n" + "\n".join(lines) + "\n\n注：目标为预期数\n二、任务\n"
    expected = [
        [category, *map(folded, row[1:])] for category, row in zip(CATEGORIES, ROWS, strict=True)
    ]
    assert cells(text) == [HEADER, *expected]


@pytest.mark.parametrize("step", ["\t", "    "])
def test_two_rows_of_one_number_share_the_first_part_of_their_name_and_the_attribute(
    step: str,
) -> None:
    rows = [
        *ROWS[:2],
        ["", "3", "每千人口拥有医护\n人员数", "执业医师数（人）", "预期性", "5"],
        ["", "", "", "注册护士数（人）", "", "5.5"],
        ["安全", "4", "安全事故", "起数下降（%）", "约束性", "〔20〕"],
        ["", "", "", "死亡人数下降（%）", "", "〔16〕"],
    ]
    text = "\n".join(["专栏1 主要指标", *(step.join(row) for row in [HEADER, *rows])])
    assert [row[2:] for row in cells(f"一、目标\n{text}\n\n二、任务\n")][3:] == [
        ["每千人口拥有医护人员数执业医师数(人)", "预期性", "5"],
        ["每千人口拥有医护人员数注册护士数(人)", "预期性", "5.5"],
        ["安全事故起数下降(%)", "约束性", "〔20〕"],
        ["安全事故死亡人数下降(%)", "约束性", "〔16〕"],
    ]


@pytest.mark.parametrize("step", ["\t", "    "])
def test_a_heading_over_two_columns_is_told_of_both(step: str) -> None:
    text = (
        f"序号{step}指标{step}属性{step}规划目标{step}2030年\n完成情况\n"
        f"{step * 3}规划目标\n（2030年）{step}年均增速\n〔累计〕{step}\n"
        f"1{step}地区生产总值（亿元）{step}预期性{step}2000以上{step}6.5%\n左右{step}1942，年均增速4.8%\n"
        f"2{step}研发占比（%）{step}预期性{step}4左右{step}{step}4\n"
        f"3{step}城镇化率（%）{step}预期性{step}85{step}{step}87.5\n"
    )
    assert cells(f"一、成就\n专栏1 完成情况\n{text}\n二、任务\n") == [
        ["序号", "指标", "属性", "规划目标", "规划目标", "2030年完成情况"],
        ["序号", "指标", "属性", "规划目标(2030年)", "年均增速〔累计〕", "2030年完成情况"],
        ["1", "地区生产总值(亿元)", "预期性", "2000以上", "6.5%左右", "1942,年均增速4.8%"],
        ["2", "研发占比(%)", "预期性", "4左右", "", "4"],
        ["3", "城镇化率(%)", "预期性", "85", "", "87.5"],
    ]


def test_blanks_of_other_widths_part_no_cells() -> None:
    text = "序号   指标   属性   目标\n1   甲增长（%）   预期性   5\n2   乙占比（%）   预期性   6\n3   丙   约束性   7\n"
    assert cells(f"主要指标\n{text}\n二、任务\n")[1] == ["1", "甲增长(%)", "预期性", "5"]
