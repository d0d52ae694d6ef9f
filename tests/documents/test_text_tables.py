"""Tables in plain text. All texts are fictional."""

import pytest

from jingwei.documents import Table, read_text


def table(text: str) -> Table:
    (found,) = [block.table for block in read_text(text).blocks if block.table is not None]
    return found


def cells(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in found.rows]


WRAPPED = """\
一、主要目标

云岭市“十五五”主要指标

类别 序号 指标名称 单位 ２０３０年目标 属性

规模
效益

１ 轴承产业产值占全市工业总产值比重 ％ 基本稳定 预期性

２
规模以上企业每百名职工拥有的高级
技师数量 名 ６．５ 预期性

３
轴承产业园单位土地产值(已供应工业用
地)

亿元/平方
公里 ８０ 预期性

创新
能力

４
规模以上企业研究开发经费支出占营
业收入比重 ％ 全国前列 预期性

５ 市级以上技术中心数量 个 １００左右 预期性

６ 单位产值能耗下降幅度 ％ 完成省下达目标 约束性

　　二、重点任务
 发挥产业基础优势，加快转型升级.
"""


def test_rows_cut_over_lines():
    """Row numbers, categories and pieces of cells stand on lines of their own."""
    found = table(WRAPPED)
    assert cells(found) == [
        ["类别", "序号", "指标名称", "单位", "2030年目标", "属性"],
        ["规模效益", "1", "轴承产业产值占全市工业总产值比重", "%", "基本稳定", "预期性"],
        ["规模效益", "2", "规模以上企业每百名职工拥有的高级技师数量", "名", "6.5", "预期性"],
        [
            "规模效益",
            "3",
            "轴承产业园单位土地产值(已供应工业用地)",
            "亿元/平方公里",
            "80",
            "预期性",
        ],
        ["创新能力", "4", "规模以上企业研究开发经费支出占营业收入比重", "%", "全国前列", "预期性"],
        ["创新能力", "5", "市级以上技术中心数量", "个", "100左右", "预期性"],
        ["创新能力", "6", "单位产值能耗下降幅度", "%", "完成省下达目标", "约束性"],
    ]
    assert [row[0].merged for row in found.rows] == [False, False, True, True, False, True, True]
    document = read_text(WRAPPED)
    block = next(block for block in document.blocks if block.table)
    assert (block.text, block.section) == ("云岭市“十五五”主要指标", ("一、主要目标",))
    assert [b.text for b in document.blocks[-2:]] == [
        "二、重点任务",
        "发挥产业基础优势,加快转型升级.",
    ]


def test_header_cut_over_lines_and_numbers_without_a_heading():
    found = table(
        "专栏1 主要指标\n指标 单位 2025年\n基数\n2030年\n目标 年均或累计 属性\n\n"
        "1 全部工业增加值年均增长 % 5.8 — 6左右 预期性\n2 规上企业营业收入利\n润率 % 5.4 6.5 — 预期性\n"
        "3\n高技术制造业增加值占规上\n工业增加值比重 % 14.1 20 [5.9] 预期性\n4 制造业综合竞争力全国\n排名 位 14 前12 — 预期性\n"
        "注：[ ]为五年累计。\n三、重点任务\n推进产业链建设，加快转型升级，持续提升综合竞争力。\n"
    )
    assert cells(found) == [
        ["", "指标", "单位", "2025年基数", "2030年目标", "年均或累计", "属性"],
        ["1", "全部工业增加值年均增长", "%", "5.8", "—", "6左右", "预期性"],
        ["2", "规上企业营业收入利润率", "%", "5.4", "6.5", "—", "预期性"],
        ["3", "高技术制造业增加值占规上工业增加值比重", "%", "14.1", "20", "[5.9]", "预期性"],
        ["4", "制造业综合竞争力全国排名", "位", "14", "前12", "—", "预期性"],
    ]


def test_target_after_the_attribute_and_header_repeated_after_a_page_turn():
    found = table(
        "主要指标\n序号 指标名称 单位 属性 2030年\n1 轴承产值 亿元 预期性 1500左右\n2 新增企业数 家 预期性 比2025年增加50\n"
        "— 4 —\n序号 指标名称 单位 属性 2030年\n3 能耗下降幅度 % 约束性 完成省下达目标\n4 用水量下降幅度 % 约束性 16以上\n"
    )
    assert cells(found)[0] == ["序号", "指标名称", "单位", "属性", "2030年"]
    assert [row[-1] for row in cells(found)[1:]] == [
        "1500左右",
        "比2025年增加50",
        "完成省下达目标",
        "16以上",
    ]


def test_rows_without_numbers_and_attributes():
    found = table(
        "指标 2025年 2030年 累计\n规模以上企业单位工业增加值能\n耗下降（％） － － 18\n"
        "工业固体废物综合利用率（％） 76.5 85 －\n绿色制造产业产值（亿元） 190 >400 －\n三、任务\n加快发展。\n"
    )
    assert cells(found)[1:] == [
        ["规模以上企业单位工业增加值能耗下降(%)", "-", "-", "18"],
        ["工业固体废物综合利用率(%)", "76.5", "85", "-"],
        ["绿色制造产业产值(亿元)", "190", ">400", "-"],
    ]


def test_a_cell_on_each_line():
    """Tables copied from web pages."""
    found = table(
        "主要指标\n序号\n指标名称\n单位\n2030年\n属性\n1\n轴承产值\n亿元\n1500\n预期性\n2\n新增企业数\n家\n50左右\n预期性\n3\n能耗下降幅度\n%\n完成省下达目标\n约束性\n"
        "二、任务\n加快发展。\n"
    )
    assert cells(found) == [
        ["序号", "指标名称", "单位", "2030年", "属性"],
        ["1", "轴承产值", "亿元", "1500", "预期性"],
        ["2", "新增企业数", "家", "50左右", "预期性"],
        ["3", "能耗下降幅度", "%", "完成省下达目标", "约束性"],
    ]


def test_tabs_with_category_in_its_first_row_and_a_second_header():
    found = table(
        "主要指标\n\n类别\t序号\t指标名称\t单位\t属性\t2030年\n创新\t1\t研发投入占比\t%\t预期性\t3.5左右\n\t2\t发明专利数\t件\t预期性\t900\n\n"
        "类别\t序号\t指标名称\t单位\t属性\t2030年\n创新\t3\t技术中心数\t家\t预期性\t40\n绿色\t4\t能耗下降幅度\t%\t约束性\t完成省下达目标\n\n二、任务\n"
    )
    assert [row[1] for row in cells(found)] == ["序号", "1", "2", "3", "4"]
    assert [row[0] for row in cells(found)[1:]] == ["创新", "创新", "创新", "绿色"]
    assert [row[0].merged for row in found.rows[1:]] == [False, True, False, False]


@pytest.mark.parametrize(
    "text",
    [
        "| 指标名称 | 单位 | 2030年 |\n|---|---|---|\n| 轴承产值 | 亿元 | 1500 |\n| 企业数 | 家 | 50 |\n",
        "┌────┬──┬───┐\n│指标名称│单位│2030年│\n├────┼──┼───┤\n│轴承产值│亿元│1500│\n├────┼──┼───┤\n│企业数│家│50│\n└────┴──┴───┘\n",
    ],
)
def test_tables_drawn_with_characters(text: str):
    assert cells(table("一、目标\n" + text)) == [
        ["指标名称", "单位", "2030年"],
        ["轴承产值", "亿元", "1500"],
        ["企业数", "家", "50"],
    ]


def test_prose_with_header_words_is_no_table():
    document = read_text(
        "单位 名称 由主管部门确定，指标 目标 按年度分解，责任 单位 负责落实。\n各单位按职责分工推进。\n"
    )
    assert all(block.table is None for block in document.blocks)


def laid_out(wide: int) -> str:
    """Columns as a program sets them that keeps the layout of a page."""
    rows = [
        ("类别", "序号", "指标名称", "单位", "2030 年目", "属性"),
        ("", "", "", "", "标", ""),
        ("规模效益", "1", "规模以上工业企业每", "件/亿元", "1.5 以上", "预期性"),
        ("", "", "百名职工专利数", "", "", ""),
        ("", "2", "单位产值能耗下降", "%", "完成省下达", "约束性"),
        ("", "", "幅度", "", "目标", ""),
        ("创新能力", "3", "新增示范工厂", "家", "50", "预期性"),
    ]
    lines: list[str] = []
    for row in rows:
        line, taken = "", 0
        for at, cell in zip((2, 12, 20, 42, 54, 68), row, strict=True):
            line += " " * (at - taken) + cell if cell else ""
            size = sum(1 if character.isascii() else wide for character in cell)
            taken = at + size if cell else taken
        lines.append(line)
    return "一、目标\n\n  主要指标\n\n" + "\n".join(lines) + "\n\n二、任务\n  加快发展。\n"


@pytest.mark.parametrize("wide", [1, 2])
def test_columns_set_with_blanks(wide: int):
    """A Chinese character takes one column or two."""
    assert cells(table(laid_out(wide))) == [
        ["类别", "序号", "指标名称", "单位", "2030年目标", "属性"],
        ["规模效益", "1", "规模以上工业企业每百名职工专利数", "件/亿元", "1.5以上", "预期性"],
        ["规模效益", "2", "单位产值能耗下降幅度", "%", "完成省下达目标", "约束性"],
        ["创新能力", "3", "新增示范工厂", "家", "50", "预期性"],
    ]


def test_lines_of_as_many_pieces_as_their_heading_are_a_table() -> None:
    text = "安排表\n\n年度    产量（万辆）    充电桩（万个）\n2034年    42    25\n2035年    58    —\n\n说明文字。\n"
    assert cells(table(text)) == [
        ["年度", "产量(万辆)", "充电桩(万个)"],
        ["2034年", "42", "25"],
        ["2035年", "58", "—"],
    ]


def test_names_set_apart_with_blanks_are_no_table() -> None:
    text = "张 三    李 四    王 五\n赵 六    钱 七    孙 八\n周 九    吴 十    郑 一\n"
    assert all(block.table is None for block in read_text(text).blocks)


def test_groups_between_numbered_rows_do_not_end_a_table_of_cut_lines() -> None:
    text = (
        "主要指标\n\n序号    指标        2035年    2040年    年均增速\n（累计）    属性\n一、经济发展\n"
        "1    地区生产总值（亿元）    268.9    380\n6%以上    预期性\n二、创新驱动\n"
        "2    全员劳动生产率\n（万元/人）    11.2    15.5    6.8%    预期性\n"
        "3    规上工业企业数（家）    97\n160左右    —    预期性\n\n二、发展方向\n\n培育企业。\n"
    )
    assert cells(table(text)) == [
        ["序号", "指标", "2035年", "2040年", "年均增速(累计)", "属性"],
        ["1", "地区生产总值(亿元)", "268.9", "380", "6%以上", "预期性"],
        ["2", "全员劳动生产率(万元/人)", "11.2", "15.5", "6.8%", "预期性"],
        ["3", "规上工业企业数(家)", "97", "160左右", "—", "预期性"],
    ]


def test_rows_of_tabs_that_break_inside_a_cell_are_read_whole() -> None:
    found = table(
        "主要指标\n\n类别\t序号\t指标名称\t2030年\t2035年\t属性\n"
        "规模\t1\t业务总量（2029年不变价）\n（万亿元）\t1.5\t3.7\t预期性\n"
        "\t2\t公共服务节点\n数（个）\t96\t150\t预期性\n"
        "\t3\t用能效率（PUE）\n\t1.4\t<1.3\t预期性\n"
        "绿色\n节能\t4\t综合能耗下降幅\n度（%）\t—\t15\t约束性\n二、任务\n"
    )
    rows = [row for row in cells(found)[1:] if row[1].isdigit()]
    assert [row[2:5] for row in rows] == [
        ["业务总量(2029年不变价)(万亿元)", "1.5", "3.7"],
        ["公共服务节点数(个)", "96", "150"],
        ["用能效率(PUE)", "1.4", "<1.3"],
        ["综合能耗下降幅度(%)", "—", "15"],
    ]


def test_rows_with_single_blanks_below_groups_of_their_own():
    found = table(
        "类别 指标 2030年实绩 2035年目标\n一、经济增长\n农业增加值（亿元） 81.5 163\n农民收入（元） 10874 22000\n"
        "二、供给\n粮食总产（万吨） 119.6 100\n机械化水平（％） 74% 82%\n三、任务\n加快发展现代农业。\n"
    )
    assert cells(found) == [
        ["类别", "指标", "2030年实绩", "2035年目标"],
        ["一、经济增长"] * 4,
        ["一、经济增长", "农业增加值(亿元)", "81.5", "163"],
        ["一、经济增长", "农民收入(元)", "10874", "22000"],
        ["二、供给"] * 4,
        ["二、供给", "粮食总产(万吨)", "119.6", "100"],
        ["二、供给", "机械化水平(%)", "74%", "82%"],
    ]


def test_a_category_that_stands_in_the_first_of_its_rows_only():
    found = table(
        "类别  序号  指标  单位  2030年  2035年目标\n经济  1  总产值  亿元  3.7  6.5\n"
        "  2  劳动生产率  万元/人  8.7  12.5\n创新  3  研发投入  %  4.7  >20\n  4  专利拥有量  件  1.3  2.5\n"
    )
    assert [row[0] for row in cells(found)[1:]] == ["经济", "经济", "创新", "创新"]
    assert [row[-1] for row in cells(found)[1:]] == ["6.5", "12.5", ">20", "2.5"]


def test_cells_centred_over_lines_about_the_number_of_their_row() -> None:
    text = (
        "云岭市“十六五”规划主要指标\n"
        "序 “十六五”目标\n指 标 单位 属性\n号\n2035年 年均[累计]\n"
        "1 全市生产总值年均增长率 % 预期性 - 5左右\n"
        "万元/\n2 全员劳动生产率 预期性 36左右 -\n人\n"
        "数字经济增加值占全市\n3 % 预期性 >60 -\n生产总值比重\n"
        "老旧小区成片和零星房屋 万平 [成片：五年累计约110\n4 约束性 -\n改造面积 方米 零星：五年累计约20]\n"
        "全面稳定达到国家\n大气常规污染物年均浓度\n5 / 约束性 二级标准，部分指标 -\n"
        "（PM 、PM 、SO、NO、O、CO）\n2.5 10 2 2 3 优于国家一级标准\n"
        "人/亿\n6 单位生产总值事故死亡率 约束性 <0.01 -\n元\n"
        "第二章　重点任务\n一是推进产业升级。\n"
    )
    assert cells(table(text)) == [
        ["序号", "指标", "单位", "属性", "2035年", "年均[累计]"],
        ["1", "全市生产总值年均增长率", "%", "预期性", "-", "5左右"],
        ["2", "全员劳动生产率", "万元/人", "预期性", "36左右", "-"],
        ["3", "数字经济增加值占全市生产总值比重", "%", "预期性", ">60", "-"],
        ["4", "老旧小区成片和零星房屋改造面积", "万平方米", "约束性", "-", "[成片:五年累计约110零星:五年累计约20]"],
        ["5", "大气常规污染物年均浓度(PM、PM、SO、NO、O、CO)", "/", "约束性",
         "全面稳定达到国家二级标准,部分指标优于国家一级标准", "-"],
        ["6", "单位生产总值事故死亡率", "人/亿元", "约束性", "<0.01", "-"],
    ]  # fmt: skip


def test_the_attribute_may_be_the_last_column_of_cells_centred_over_lines() -> None:
    text = (
        "序号 指标 单位 2030年 2035年 属性\n"
        "规模以上工业企业研发\n1 % 1.8 2.5 预期性\n经费占比\n"
        "2 国家级绿色工厂数量 家 12 30 预期性\n"
        "3 单位工业增加值能耗下降 % 12 15 约束性\n"
    )
    assert cells(table(text))[1] == [
        "1",
        "规模以上工业企业研发经费占比",
        "%",
        "1.8",
        "2.5",
        "预期性",
    ]


def test_a_line_of_many_pieces_between_numbered_rows_ends_the_search_at_once() -> None:
    many, values = "甲 " * 55, " ".join(str(n) for n in range(10))
    rows = "".join(f"{many}\n{n} 产值 亿元 预期性 {values}\n{many}\n" for n in (1, 2, 3))
    years = " ".join(f"{year}年" for year in range(2031, 2041))
    # 55 pieces in twelve columns have more readings than a machine can list
    found = read_text(f"序号 指标 单位 属性 {years}\n{rows}", "a.txt")
    assert all(len(block.table.rows) < 4 for block in found.blocks if block.table is not None)


def test_numbered_lines_of_prose_are_no_table_of_centred_cells() -> None:
    text = "指标 说明\n1 约束性 指标要完成。\n2 预期性 指标要努力。\n3 约束性 指标要考核。\n"
    assert all(block.table is None for block in read_text(text, "a.txt").blocks)


def test_cells_on_lines_of_their_own_cut_over_lines_with_a_category_for_several_rows() -> None:
    text = (
        "表3 主要指标\n\n序号\n\n类别\n\n主要指标\n\n2030年现状\n\n2035年目标\n\n指标\n\n属性\n\n"
        "1\n\n综合\n\n治理\n\n内涝防治达标率（%）\n\n——\n\n95\n\n约束性\n\n"
        "2\n\n防洪达标率（%）\n\n80\n\n2\n\n约束性\n\n"
        "3\n\n数字\n\n赋能\n\n智能化监测率（%）\n\n——\n\n重点城市≥30\n\n一般城市≥15\n\n预期性\n\n"
        "注：1. 指建成区面积。\n\n三、主要任务\n"
    )
    assert cells(table(text)) == [
        ["序号", "类别", "主要指标", "2030年现状", "2035年目标", "指标属性"],
        ["1", "综合治理", "内涝防治达标率(%)", "——", "95", "约束性"],
        ["2", "综合治理", "防洪达标率(%)", "80", "2", "约束性"],
        ["3", "数字赋能", "智能化监测率(%)", "——", "重点城市≥30一般城市≥15", "预期性"],
    ]


def test_rows_with_more_and_with_fewer_cells_than_their_table_are_read() -> None:
    text = "| 任务 | 单位 | 时限 |\n|---|---|---|\n| 甲 | 市经信局 | 2031年 | 注 |\n| 乙项任务 | 2032年 |\n| 丙 |\n"
    assert [row[0] for row in cells(table(text))] == ["任务", "甲", "乙项任务", "丙"]


def test_a_wide_table_with_a_short_row_is_read_from_the_left() -> None:
    wide = " | ".join(f"{year}年" for year in range(1980, 2040))
    numbers = " | ".join(str(n) for n in range(60))
    short = " | ".join(str(n) for n in range(30))
    found = cells(table(f"| 指标 | {wide} |\n| 产值 | {numbers} |\n| 税收 | {short} |\n"))
    assert found[2][:3] == ["税收", "0", "1"]
    assert len(found[2]) == 61


def test_headings_of_past_goals_and_what_was_done_stand_on_lines_of_their_own() -> None:
    text = (
        "序号\n项目类别\n单位\n“十六五”规划\n目标\n“十六五”完成\n情况\n完成率\n"
        "1\n整治河道\n条\n350\n396\n113%\n2\n新开河道\n条\n40\n40\n100%\n3\n建设管网\n公里\n2200\n5000\n227%\n"
        "二、任务\n"
    )
    found = cells(table(text))
    assert found[0] == [
        "序号",
        "项目类别",
        "单位",
        "“十六五”规划目标",
        "“十六五”完成情况",
        "完成率",
    ]
    assert found[3] == ["3", "建设管网", "公里", "2200", "5000", "227%"]


def test_numbered_lines_of_short_words_are_no_table() -> None:
    text = "序号\n说明\n1\n开幕\n2\n致辞\n3\n闭幕\n"
    assert all(block.table is None for block in read_text(text, "a.txt").blocks)
