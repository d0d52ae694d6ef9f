"""Indicator tables in several layouts. All figures are fictional."""

import pytest

from jingwei.core import Statement
from jingwei.documents import read_text
from jingwei.plans.compiling import read_statements

TITLE = "云溪市先进制造业发展“十四五”规划\n\n二、发展目标\n\n主要指标\n\n"


def rows(table: str) -> list[Statement]:
    return read_statements(read_text(TITLE + table, "plan.txt"))


def told(statement: Statement) -> tuple[object, ...]:
    number = statement.value if statement.value is not None else (statement.low, statement.high)
    return (
        statement.role, statement.op, number if statement.op != "qual" else statement.text,
        statement.unit, str(statement.period), statement.attr,
    )  # fmt: skip


def test_baseline_goal_and_yearly_average_are_three_statements() -> None:
    table = (
        "类别\t序号\t指标名称\t单位\t2020年\t2025年\t年均增速(%)\t属性\n"
        "效益\t1\t规上工业增加值\t亿元\t1042\t1500\t7.5\t预期性\n"
        "绿色\t2\t单位工业增加值能耗降低\t%\t—\t—\t[16.5]\t约束性\n"
    )
    assert [told(s) for s in rows(table)] == [
        ("observation", "=", 1042, "亿元", "2020", "预期性"),
        ("target", "=", 1500, "亿元", "2025", "预期性"),
        ("target", "=", 7.5, "%", "2021-2025", "预期性"),
        ("target", "=", 16.5, "%", "2021-2025", "约束性"),
    ]


def test_a_bracket_under_a_year_sums_up_the_years_to_it() -> None:
    table = (
        "指标名称\t单位\t2020年\t2023年\t2025年\t年均增速[累计]\n"
        "工业投资\t亿元\t[2150]\t[1900]\t—\t[3000]\n"
        "单位工业增加值能耗下降\t%\t[14.2]\t—\t—\t[13.5]\n"
        "电信用户满意指数\t分\t81.5\t—\t82\t[0.5]\n"
        "实际使用外资\t亿美元\t19.7\t—\t—\t[80]\n"
    )
    assert [told(s)[1:5] for s in rows(table)] == [
        ("=", 2150, "亿元", "2016-2020"),
        ("=", 1900, "亿元", "2021-2023"),
        ("=", 3000, "亿元", "2021-2025"),  # the sum of the plan, no rise above 2150
        ("=", 14.2, "%", "2016-2020"),
        ("=", 13.5, "%", "2021-2025"),
        ("=", 81.5, "分", "2020"),
        ("=", 82, "分", "2025"),
        ("+", 0.5, "分", "2021-2025"),
        ("=", 19.7, "亿美元", "2020"),
        ("=", 80, "亿美元", "2021-2025"),  # there is no level to rise to
    ]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (0, 1, 3, 2), (0, 3, 1, 2)])
def test_columns_come_in_any_order(order: tuple[int, ...]) -> None:
    head = ["指标名称", "单位", "2025年目标", "属性"]
    body = ["工业劳动生产率", "万元/人", "超过40", "预期性"]
    table = "\n".join("\t".join(row[i] for i in order) for row in (head, body)) + "\n"
    assert [told(s) for s in rows(table)] == [("target", ">=", 40, "万元/人", "2025", "预期性")]


@pytest.mark.parametrize(
    ("unit", "cell", "expected"),
    [
        ("%", "基本稳定", ("target", "qual", "基本稳定", "%", "2025", None)),
        ("%", "完成省下达目标", ("target", "qual", "完成省下达目标", "%", "2025", None)),
        ("-", "倍增", ("target", "x", 2, "", "2025", None)),
        ("台/万人", "提高100", ("target", "+", 100, "台/万人", "2025", None)),
        ("个", "100亿", ("target", "=", 100, "亿个", "2025", None)),
        ("%", ">98", ("target", ">", 98, "%", "2025", None)),
        ("件/亿元", "1.5以上", ("target", ">=", 1.5, "件/亿元", "2025", None)),
        ("个", "900左右", ("target", "~", 900, "个", "2025", None)),
        ("%", "力争保持25左右", ("target", "~", 25, "%", "2025", None)),
        ("个", "3-4", ("target", "range", (3, 4), "个", "2025", None)),
        ("位", "前12", ("target", "<=", 12, "位", "2025", None)),
    ],
)  # fmt: skip
def test_a_cell(unit: str, cell: str, expected: tuple[object, ...]) -> None:
    assert [told(s) for s in rows(f"指标\t单位\t2025年\n某项指标\t{unit}\t{cell}\n")] == [expected]


def test_the_unit_may_stand_behind_the_name() -> None:
    [statement] = rows("指标\t2025年\n绿色制造产业产值(亿元)\t400\n")
    assert (statement.subject, statement.unit) == ("绿色制造产业产值", "亿元")


def test_a_table_without_values_is_no_indicator_table() -> None:
    assert rows("任务\t责任单位\n建设智能工厂\t市经信局\n") == []


@pytest.mark.parametrize(
    ("unit", "cell", "told"),
    [
        ("提高百分点", "1—1.5", ("+", 1.0, 1.5, "百分点", "increase")),
        ("累计下降（%）", "13.5", ("=", 13.5, None, "%", "reduction")),
    ],
)
def test_a_verb_in_the_column_of_units_is_the_verb_of_the_goal(unit, cell, told):
    text = (
        "云溪市制造业发展“十五五”规划\n\n| 指标 | 单位 | 2030年 | 属性 |\n| --- | --- | --- | --- |\n"
        f"| 研发投入强度 | {unit} | {cell} | 预期性 |\n| 智能工厂数量 | 家 | 50 | 预期性 |\n"
    )
    first = read_statements(read_text(text, "规划.txt"))[0]
    low = first.value if first.value is not None else first.low
    assert (first.op, low, first.high, first.unit) == told[:4]
    assert (first.measure == "reduction") == (told[4] == "reduction")


@pytest.mark.parametrize("gap", ["\t", "    "])
def test_a_table_with_a_row_for_each_year_is_read_by_its_columns(gap: str) -> None:
    lines = ("年度|产量（万辆）|规上企业（家）", "2020年|30|420", "2024年|42|480", "2025年|58|590")
    found = rows("\n".join(line.replace("|", gap) for line in lines) + "\n")
    assert [(s.subject, s.role, s.value, s.unit, str(s.period)) for s in found] == [
        ("产量", "observation", 30, "万辆", "2020"),
        ("产量", "target", 42, "万辆", "2024"),
        ("产量", "target", 58, "万辆", "2025"),
        ("规上企业数量", "observation", 420, "家", "2020"),
        ("规上企业数量", "target", 480, "家", "2024"),
        ("规上企业数量", "target", 590, "家", "2025"),
    ]


def test_columns_of_what_a_plan_promised_and_did_and_of_the_tasks_it_sets() -> None:
    past = "| 序号 | 项目类别 | 单位 | “十三五”规划目标 | “十三五”完成情况 | 完成率 |\n|---|---|---|---|---|---|\n| 1 | 建设雨水管网 | 公里 | 2200 | 5000 | 227% |\n"
    assert [told(each)[:5] for each in rows(past)] == [
        ("target", "=", 2200, "公里", "2016-2020"),
        ("observation", "=", 5000, "公里", "2016-2020"),
        ("observation", "=", 227, "%", "2020"),
    ]
    ahead = "| 序号 | 主要指标 | 单位 | 计划任务 | 其中：2021年任务 |\n|---|---|---|---|---|\n| 1 | 建设雨水管网 | 公里 | 2000 | 628 |\n| 2 | 新增泵站能力 | 万千瓦 | 10 | 3 |\n"
    assert [told(each)[:5] for each in rows(ahead)] == [
        ("target", "=", 2000, "公里", "2021-2025"),
        ("target", "=", 628, "公里", "2021"),
        ("target", "+", 10, "万千瓦", "2021-2025"),
        ("target", "+", 3, "万千瓦", "2021"),
    ]


def test_cells_in_brackets_below_yearly_averages() -> None:
    table = (
        "| 指标 | 单位 | 属性 | 2025年 | 年均[累计] |\n|---|---|---|---|---|\n"
        "| 跨国公司地区总部数量 | 家 | 预期性 | - | [累计达到1000] |\n"
        "| 旧房改造面积 | 万平方米 | 约束性 | - | [成片：五年累计约110零星：五年累计约20] |\n"
        "| 城镇调查失业率 | % | 预期性 | - | <5.5 |\n"
        "| 单位产值能耗降低 | % | 约束性 | - | [确保完成国家要求] |\n"
    )
    found = rows(table)
    assert [(each.subject, *told(each)[1:5]) for each in found] == [
        ("跨国公司地区总部数量", "=", 1000, "家", "2021-2025"),
        ("旧房改造面积(成片)", "~", 110, "万平方米", "2021-2025"),
        ("旧房改造面积(零星)", "~", 20, "万平方米", "2021-2025"),
        ("城镇调查失业率", "<", 5.5, "%", "2021-2025"),
        ("单位产值能耗降低幅度", "qual", "确保完成国家要求", "%", "2021-2025"),
    ]


def test_tasks_of_a_table_state_what_they_promise_for_the_time_of_their_row_or_heading() -> None:
    table = (
        "| 序号 | 领域 | 2022年推进任务 | 牵头责任部门 | 完成时限 |\n| --- | --- | --- | --- | --- |\n"
        "| 一、设备更新 |\n"
        "| 1 | 工业 | 组织实施技术改造项目1000个以上。 | 市工信局 |  |\n"
        "| 2 | 新建10家绿色工厂、2家绿色园区。 | 市工信局、市发改委 |  |\n"
        "| 3 | 能源与<br>环境 | 技术改造煤电机组规模355万千瓦以上。 | 市发改委 | 2024年底 |\n"
        "| 4 | 完成改造港口储罐1个。 |\n"
    )
    assert [told(each)[:5] for each in rows(table)] == [
        ("target", ">=", 1000, "个", "2022"),
        ("target", "+", 10, "家", "2022"),
        ("target", "+", 2, "家", "2022"),
        ("target", ">=", 355, "万千瓦", "2024"),
        ("target", "=", 1, "个", "2024"),  # its office and date hang on the row above
    ]


def test_a_column_names_the_measure_of_what_its_rows_name() -> None:
    table = "| 产业名称 | 2020年产值（亿元） | 2025年产值（亿元） | 年均增速（%） |\n|---|---|---|---|\n| 电子信息 | 400 | 750 | 13 |\n| 生物医药 | 180 | 300 | 11 |\n"
    assert [(each.subject, each.value) for each in rows(table)][:3] == [
        ("电子信息产值", 400),
        ("电子信息产值", 750),
        ("电子信息产值年均增速", 13),
    ]


def test_a_bracketed_rate_beside_levels_that_grow_by_it_is_no_increase() -> None:
    table = (
        "| 指标 | 单位 | 2020年 | 2025年 | 年均/累计 |\n|---|---|---|---|---|\n"
        "| 规模以上工业增加值 | 亿元 | 980 | 1450 | [8] |\n| 研发占比 | % | 2 | 2.6 | [0.6] |\n"
    )
    found = [(each.subject, each.op, each.value, each.unit) for each in rows(table)]
    assert found[2] == ("规模以上工业增加值年均增速", "=", 8, "%")
    assert found[5][1:] == ("+", 0.6, "%")
