"""Indicator tables as they come out of web pages and PDF files. All places and figures are fictional."""

from jingwei.core import Statement
from jingwei.documents import read_text
from jingwei.plans.compiling import quantified, read_statements

HEAD = "云溪市“十六五”能源发展规划\n\n## 二、发展目标\n\n表1 主要指标\n\n"


def read(text: str) -> list[Statement]:
    return read_statements(read_text(text, "plan.md"))


def told(found: list[Statement]) -> list[tuple[object, ...]]:
    return [(s.subject, s.op, s.value, s.unit, str(s.period)) for s in found]


def test_rows_that_lost_the_cells_hanging_on_the_row_above_stand_under_their_headings() -> None:
    """Filled up with empty cells behind the last, so that they seem to begin a column too early."""
    found = read(
        HEAD
        + "| 指标分类 | 指标名称 | 计量单位 | 2029年 | 2030年规划目标 | 2030年实际 | 2035年规划目标 | 指标属性 |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- |\n"
        "| 结构 | ★煤炭消费量及比重 | 万吨 | 182.8 | 500 | 135 | 100以内 | 约束性 |\n"
        "| % | 1.8 | 4.7 | 1.5 | 0.9 | 约束性 |  |  |\n"
        "| 外调绿电量 | 亿千瓦时 | 109.5 | —— | 145.6 | 300 | 预期性 |  |\n"
        "| ★单位产值能耗降幅 | % | \\[16\\] | \\[17\\] | \\[24以上\\] | 达到国家要求 | 约束性 |  |\n"
    )
    assert told(found) == [
        ("煤炭消费量", "=", 182.8, "万吨", "2029"),
        ("煤炭消费量", "=", 135, "万吨", "2030"),
        ("煤炭消费量", "<=", 100, "万吨", "2035"),
        ("煤炭消费量比重", "=", 1.8, "%", "2029"),
        ("煤炭消费量比重", "=", 1.5, "%", "2030"),
        ("煤炭消费量比重", "=", 0.9, "%", "2035"),
        ("外调绿电量", "=", 109.5, "亿千瓦时", "2029"),
        ("外调绿电量", "=", 145.6, "亿千瓦时", "2030"),
        ("外调绿电量", "=", 300, "亿千瓦时", "2035"),
        ("单位产值能耗降幅", "=", 16, "%", "2025-2029"),
        ("单位产值能耗降幅", ">=", 24, "%", "2026-2030"),
        ("单位产值能耗降幅", "qual", None, "%", "2035"),
    ]
    assert [s.attr for s in found[:1]] == ["约束性"]


def test_what_an_earlier_plan_wanted_is_neither_goal_nor_fact() -> None:
    found = read(
        HEAD + "| 指标 | 2030年目标 | 2030年完成 | 2035年目标 |\n|---|---|---|---|\n"
        "| 装机容量（万千瓦） | 90 | 86 | 120 |\n| 用电量（亿千瓦时） | 10 | 11 | 14 |\n"
    )
    assert [s.value for s in found] == [86, 120, 11, 14]
    assert [s.role for s in found] == ["observation", "target"] * 2


def test_the_name_of_a_group_stands_in_the_first_of_its_rows() -> None:
    """In front of the name of the row, in the column that the heading gives to both."""
    found = read(
        HEAD + "|   |   |   |   |   |   |\n|---|---|---|---|---|---|\n"
        "| 序号 | 指标名称 | 单位 | 基期值 | 规划值 | 备注 |\n| 2030年 | 2035年 |\n"
        "| 1 | 市场环境 | 每千人企业数 | 户 | 84 | 90 | 预期性 |\n"
        "| 2 | 按期整改率 | % | 97 | 100 | 约束性 |\n"
        "| 3 | 注册检验师数 | 人 | 30 | 45 | 预期性 |\n"
    )
    assert told(found) == [
        ("每千人企业数", "=", 84, "户", "2030"),
        ("每千人企业数", "=", 90, "户", "2035"),
        ("按期整改率", "=", 97, "%", "2030"),
        ("按期整改率", "=", 100, "%", "2035"),
        ("注册检验师数", "=", 30, "人", "2030"),
        ("注册检验师数", "=", 45, "人", "2035"),
    ]
    assert [s.attr for s in found] == ["预期性", "预期性", "约束性", "约束性", "预期性", "预期性"]


OUTLINE = """\
云溪市国民经济和社会发展第十六个五年规划纲要
第五章 主要目标
到2035年，居民收入稳步提高。
“十六五”时期主要指标
类别
序号
指标名称
2030年
预计
2035年
目标
年均/
累计
属性
经济发展
（4项）
1
地区生产总值增长（%）
5.2左右
—
5以上
预期性

2
货物进出口额占全省份额（%）
21.5
（2029年）
22
—
预期性

3
城镇新增就业人数（万人）
31.4
＞25
[125]
预期性
民生福祉
（5项）
4
每千人口医护人员数
执业医师数（人）
4.9
5.0
—
预期性



注册护士数（人）
5.92
6.02
—
预期性

5
入托率提高（百分点）
—
—
[5]
预期性

6
收入10万—50万元群体比例（%）
—
稳步
提高
—
预期性

7
城乡居民收入倍差
1.62
1.58
左右
—
预期性
第六章 重点任务
做强产业。
"""


def test_a_cell_on_each_line_with_counts_of_rows_and_two_rows_of_one_number() -> None:
    found = read(OUTLINE)
    assert told(found) == [
        ("地区生产总值增长", "~", 5.2, "%", "2030"),
        ("地区生产总值增长", ">=", 5, "%", "2031-2035"),
        ("货物进出口额占全省份额", "=", 21.5, "%", "2029"),
        ("货物进出口额占全省份额", "=", 22, "%", "2035"),
        ("城镇新增就业人数", "=", 31.4, "万人", "2030"),
        ("城镇新增就业人数", ">", 25, "万人", "2035"),
        ("城镇新增就业人数", "=", 125, "万人", "2031-2035"),
        ("每千人口医护人员数执业医师数", "=", 4.9, "人", "2030"),
        ("每千人口医护人员数执业医师数", "=", 5, "人", "2035"),
        ("注册护士数", "=", 5.92, "人", "2030"),
        ("注册护士数", "=", 6.02, "人", "2035"),
        ("入托率", "+", 5, "%", "2031-2035"),
        ("收入10万—50万元群体比例", "qual", None, "%", "2035"),
        ("城乡居民收入倍差", "=", 1.62, "", "2030"),
        ("城乡居民收入倍差", "~", 1.58, "", "2035"),
    ]
    assert [s.text for s in found if s.op == "qual"] == ["稳步提高"]


def test_a_rate_below_zero_keeps_its_sign() -> None:
    found = read(
        HEAD + "| 指标 | 2030年 | 2035年 |\n|---|---|---|\n"
        "| 能耗总量年均增速（%） | －1.8 | 1.3 |\n| 用电量（亿千瓦时） | 10 | 14 |\n"
    )
    assert [s.value for s in found] == [-1.8, 1.3, 10, 14]


def test_a_blank_parts_a_heading_from_its_text() -> None:
    """Pages taken line by line have a heading and the text below it in one line."""
    found = read(
        "云溪市“十六五”能源发展规划\n\n第一章 新起点\n\n"
        "一、过去五年的主要成效 “十五五”规划实施以来，本市能源领域深入推进节能，用电量达到80亿千瓦时。\n\n"
        "3.形成多元供热体系。建成以燃气为主的城市热网，供热面积1.97亿平方米。\n\n"
        "二、2035年主要目标 能源利用效率持续提升，外调绿电达到300亿千瓦时。\n"
    )
    assert [(s.role, s.value, str(s.period)) for s in found] == [
        ("observation", 80, "2030"),
        ("observation", 1.97, "2030"),
        ("target", 300, "2035"),
    ]
    assert found[-1].section[-1] == "二、2035年主要目标"


def stacked(*rows: tuple[str, ...]) -> str:
    """A cell on each line, with an empty line between."""
    return "".join(f"{cell}\n\n" for row in rows for cell in row)


def test_a_heading_over_two_is_no_column_and_a_value_alone_stands_under_its_own_kind() -> None:
    """“十六五”目标 stands over 2035年 and 年均[累计]; rows lack one of these."""
    found = read(
        "云溪市国民经济和社会发展第十六个五年规划纲要\n\n二、发展目标\n\n表1 主要指标\n\n"
        + stacked(
            ("序号", "指标", "单位", "属性", "“十六五”目标", "2035年", "年均［累计］"),
            ("1", "生产总值年均增速", "%", "预期性", "—", "5左右"),
            ("2", "金融交易总额", "万亿元", "预期性", "＞4500", "—"),
            ("3", "新增供应租赁住房", "万套（间）", "预期性", "—", "［25—27］"),
            ("4", "碳排放降低", "%", "约束性", "［完成国家目标］"),
            ("5", "回收利用率", "%", "约束性", "50"),
            ("6", "优良水体比例", "%", "约束性", "完成国家目标"),
        )
        + "三、任务\n"
    )
    assert [(s.subject, s.op, s.value or s.text, s.unit, str(s.period)) for s in found] == [
        ("生产总值年均增速", "~", 5, "%", "2031-2035"),
        ("金融交易总额", ">", 4500, "万亿元", "2035"),
        ("新增供应租赁住房数量", "+", None, "万套(间)", "2031-2035"),
        ("碳排放降低幅度", "qual", "完成国家目标", "%", "2031-2035"),
        ("回收利用率", "=", 50, "%", "2035"),
        ("优良水体比例", "qual", "完成国家目标", "%", "2035"),
    ]


def test_names_and_units_follow_each_other_and_two_values_stand_in_one_cell() -> None:
    """「指标 / 单位」 are two headings, 「8358/244」 is no page number, and the attribute of two rows is
    printed once."""
    found = read(
        "云溪市国民经济和社会发展第十六个五年规划纲要\n\n二、发展目标\n\n"
        "居民收入增长和经济增长同步。\n\n表1 主要指标\n\n"
        + stacked(
            ("类别", "指标", "单位", "2030年", "完成值", "2035年", "目标值", "属性"),
            ("经济", "1. 生产总值年均增长", "%", "“十五五”年均增长4.1", "“十六五”年均增长", "5.0左右", "预期性"),
            ("开放", "2. 旅客/货邮吞吐量", "万人次/", "万吨", "8358/244", "11000/350", "预期性"),
            ("3. 居民收入年均增速", "%", "“十五五”年均增长5.0", "与经济增长同步", "预期性"),
            ("4. 每千人口医护人员数", "每千人口执业医师数", "人", "4.45", "4.50", "预期性"),
            ("每千人口注册护士数", "人", "5.21", "5.30"),
            ("5. 碳排放降低", "%", "2031-2034年累计降低8.2", "完成省下达目标", "约束性"),
        )
        + "三、任务\n"
    )  # fmt: skip
    assert [(s.subject, s.op, s.value, s.unit, str(s.period)) for s in found] == [
        ("居民收入增长", "qual", None, "", "2031-2035"),
        ("生产总值年均增速", "=", 4.1, "%", "2026-2030"),
        ("生产总值年均增速", "~", 5, "%", "2031-2035"),
        ("旅客吞吐量", "=", 8358, "万人次", "2030"),
        ("旅客吞吐量", "=", 11000, "万人次", "2035"),
        ("货邮吞吐量", "=", 244, "万吨", "2030"),
        ("货邮吞吐量", "=", 350, "万吨", "2035"),
        ("居民收入年均增速", "=", 5, "%", "2026-2030"),
        ("居民收入年均增速", "qual", None, "%", "2035"),
        ("每千人口医护人员数每千人口执业医师数", "=", 4.45, "人", "2030"),
        ("每千人口医护人员数每千人口执业医师数", "=", 4.5, "人", "2035"),
        ("每千人口注册护士数", "=", 5.21, "人", "2030"),
        ("每千人口注册护士数", "=", 5.3, "人", "2035"),
        ("碳排放降低幅度", "=", 8.2, "%", "2031-2034"),
        ("碳排放降低幅度", "qual", None, "%", "2035"),
    ]
    assert {s.attr for s in found[1:]} == {"预期性", "约束性"}


def test_a_blank_within_a_year_of_a_heading_parts_no_columns() -> None:
    found = read(
        "云溪市国民经济和社会发展第十六个五年规划纲要\n第三节 主要目标\n表 1 主要指标\n"
        "序号 指 标 2035 年目标 属性\n一、经济强（3 项）\n"
        "1 生产总值年均增长（%） 5 左右 预期性\n2 每万人专利拥有量（件） 80 预期性\n"
        "3 数字经济核心产业营业收入占规上企业\n收入比重（%） 32.5 预期性\n"
        "第四节 展望\n"
    )
    assert [(s.subject, s.value, s.unit, str(s.period)) for s in found] == [
        ("生产总值年均增速", 5, "%", "2031-2035"),
        ("每万人专利拥有量", 80, "件", "2035"),
        ("数字经济核心产业营业收入占规上企业收入比重", 32.5, "%", "2035"),
    ]


def test_goals_of_a_table_stand_in_a_column_for_each_year() -> None:
    found = read(
        "云溪市数字能源行动方案（2031—2033年）\n\n一、目标\n\n|   |   |   |   |   |\n|---|---|---|---|---|\n"
        "| 序号 | 指标 | 目标 |\n| 2031年 | 2032年 | 2033年 |\n"
        "| 1 | 储能装机规模（累计） | >40万千瓦/80万千瓦时 | >70万千瓦/140万千瓦时 | >90万千瓦/180万千瓦时 |\n"
        "| 2 | 超充桩数量（累计） | >60 | >140 | >350 |\n| 3 | 数据接入率 | >40% | >60% | >90% |\n"
    )
    assert [(s.op, s.value, s.unit, str(s.period)) for s in found] == [
        (">", 40, "万千瓦", "2031"), (">", 80, "万千瓦时", "2031"),
        (">", 70, "万千瓦", "2032"), (">", 140, "万千瓦时", "2032"),
        (">", 90, "万千瓦", "2033"), (">", 180, "万千瓦时", "2033"),
        (">", 60, "", "2031"), (">", 140, "", "2032"), (">", 350, "", "2033"),
        (">", 40, "%", "2031"), (">", 60, "%", "2032"), (">", 90, "%", "2033"),
    ]  # fmt: skip


def test_the_heading_of_a_chapter_ends_with_its_line() -> None:
    """However long it is: what stands below it is its text, or its first section."""
    line = "“十五五”时期是极不平凡的五年，在党中央坚强领导下，全市经济总量达到"
    text = (
        "云溪市国民经济和社会发展\n第十六个五年规划纲要\n第一篇 锚定发展目标\n奋力谱写现代化的云溪篇章\n"
        "第一章 “十五五”时期重大成就为接续发展奠定了坚实的基础\n"
        + f"{line}\n5000亿元，全市上下锐意进取、团结奋斗，有效应对一系列重大风险挑\n战，研发投入强度提升到4%。\n"
        "第二章 推动率先基本实现现代化取得决定性进展的主要目标\n一、总体目标\n到2035年，经济总量达到8000亿元。\n"
    )
    found = read_statements(read_text(text, "plan.txt"))
    assert [(s.role, s.value, str(s.period)) for s in found] == [
        ("observation", 5000, "2030"),
        ("observation", 4, "2030"),
        ("target", 8000, "2035"),
    ]


def test_goals_that_were_reached_are_facts() -> None:
    found = read(
        "云溪市国民经济和社会发展第十六个五年规划纲要\n\n一、砥砺五载\n\n"
        "1.在多重挑战中顺利实现“十五五”发展目标\n\n过去的五年，极不平凡。\n\n"
        "综合实力持续进位。生产总值年均增长4.9%。\n"
    )
    assert [(s.role, str(s.period)) for s in found] == [("observation", "2026-2030")]


def test_a_table_of_how_an_earlier_plan_was_fulfilled_is_of_the_years_of_that_plan() -> None:
    text = (
        "云溪市国民经济和社会发展第十六个五年规划纲要\n\n第一章 发展基础\n\n“十五五”时期成就显著。\n\n"
        "专栏1  “十五五”规划指标完成情况\n序号\t指标\t属性\t规划目标\t2030年\n完成情况\n"
        "\t\t\t规划目标\n（2030年）\t年均增速\n〔累计〕\t\n"
        "1\t地区生产总值（亿元）\t预期性\t2000以上\t6.5%\n左右\t1942，年均增速4.8%\n"
        "2\t研发占比（%）\t预期性\t4左右\t\t4.1\n3\t事故起数下降（%）\t约束性\t\t〔＞15〕\t〔20〕\n\n"
        "第二章 目标\n到2035年，研发占比达到5%。\n"
    )
    found = read_statements(read_text(text, "plan.txt"))
    assert [(s.role, s.op, s.value, s.unit, str(s.period)) for s in found] == [
        ("target", ">=", 2000, "亿元", "2030"),
        ("target", "~", 6.5, "%", "2026-2030"),
        ("observation", "=", 1942, "亿元", "2030"),
        ("observation", "=", 4.8, "%", "2026-2030"),
        ("target", "~", 4, "%", "2030"),
        ("observation", "=", 4.1, "%", "2030"),
        ("target", ">", 15, "%", "2026-2030"),
        ("observation", "=", 20, "%", "2026-2030"),
        ("target", "=", 5, "%", "2035"),
    ]


def test_brackets_beside_a_base_alone_are_what_is_gained() -> None:
    found = read(
        HEAD + "| 指标 | 2030年 | 2035年 | 年均/累计 |\n|---|---|---|---|\n"
        "| 人均预期寿命（岁） | 79.1 | — | [0.9] |\n| 城镇新增就业（万人） | 3.3 | — | [15] |\n"
    )
    assert [(s.op, s.value, s.role) for s in found] == [
        ("=", 79.1, "observation"),
        ("+", 0.9, "target"),
        ("=", 3.3, "observation"),
        ("=", 15, "target"),
    ]


def test_a_row_of_an_indicator_without_any_value_is_named_and_the_name_of_a_group_is_not() -> None:
    text = HEAD + (
        "| 指标 | 单位 | 2030年 | 2035年 | 属性 |\n|---|---|---|---|---|\n"
        "| 经济发展 |  |  |  |  |\n| 研发占比 | % | 3 | 4 | 预期性 |\n"
        "| 用水总量 | 亿立方米 |  |  | 约束性 |\n| 森林覆盖率 | % | — | — | 约束性 |\n"
    )
    found = quantified(read_text(text, "plan.md"))
    assert found.rows_left_out == ("用水总量",)
    assert [(s.subject, s.value) for s in found.statements] == [("研发占比", 3), ("研发占比", 4)]
