"""Counts in round words, counts by which a text lays itself out, and figures held against others.

All places and figures are fictional (names of real cities stand for places alone).
"""

import pytest

from jingwei.core import Statement
from jingwei.documents import read_text
from jingwei.plans.compiling import read_statements

PLAN = "云溪市制造业“十六五”发展规划\n\n一、发展目标\n到2035年，"


def read(text: str) -> list[Statement]:
    return read_statements(read_text(text, "text.txt"))


def goals(sentence: str) -> list[tuple[object, ...]]:
    return [(s.op, s.value, s.unit, s.subject) for s in read(PLAN + sentence) if s.kind == "stat"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("培育百家骨干企业。", [("=", 100, "家", "骨干企业数量")]),
        ("集聚上千家配套企业。", [(">=", 1000, "家", "配套企业数量")]),
        ("经济总量跃上千亿元台阶。", [("=", 1, "千亿元", "经济总量")]),
        ("实施千家企业上云行动。", []),
        ("落实“百项新品、千家提质”行动。", []),
    ],
)  # fmt: skip
def test_round_words_count_where_something_is_made(
    sentence: str, expected: list[tuple[object, ...]]
) -> None:
    assert goals(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("做强纺织服装、精密铸造、茶食品等3个主导产业。", []),
        ("形成纺织服装、精密铸造、茶食品3个千亿级产业集群。",
         [("=", 3, "个", "千亿级产业集群数量")]),
        ("做强纺织服装、精密铸造等3个主导产业。", [("=", 3, "个", "主导产业数量")]),
        ("从结构、效益、绿色三个维度提出20个具体目标。", []),
        ("建设5个数字化车间，引进3家整机制造企业。",
         [("=", 5, "个", "数字化车间数量"), ("=", 3, "家", "整机制造企业数量")]),
        ("推出21项重点举措，其中约束性指标3项。", []),
        ("在500种主要工业产品中，26种产品产量居首位。", [("=", 26, "种", "产量居首位产品数量")]),
    ],
)  # fmt: skip
def test_a_count_of_the_list_before_it_is_no_statement(
    sentence: str, expected: list[tuple[object, ...]]
) -> None:
    assert goals(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("每万人拥有26个充电桩。", [("=", 26, "个/万人", "每万人拥有充电桩数量")]),
        ("城乡居民收入比缩小到2.1:1以内，三次产业比为5:45:50。",
         [("<=", 2.1, "", "城乡居民收入比")]),
        ("形成年产2万吨高性能纤维能力。", [("=", 2, "万吨", "高性能纤维产能")]),
        ("工业收入保持10%左右的年增长。", [("~", 10, "%", "工业收入年均增速")]),
        ("研发投入年均增长12%，规上工业企业净增37家。",
         [("=", 12, "%", "研发投入年均增速"), ("+", 37, "家", "规上工业企业数量")]),
        ("地区生产总值突破400亿元，年均增速高于全省平均水平1个百分点。",
         [(">=", 400, "亿元", "地区生产总值"),
          ("=", 1, "个百分点", "地区生产总值年均增速与全省平均水平差距")]),
        ("低空产业规模突破800亿元。开通航线30条，规模达到900亿元。",
         [(">=", 800, "亿元", "低空产业规模"), ("=", 30, "条", "航线数量"),
          ("=", 900, "亿元", "低空产业规模")]),
        ("省级以上创新平台达到200个，其中国家级12个、省级90个。",
         [("=", 200, "个", "省级以上创新平台数量"), ("=", 12, "个", "国家级创新平台数量"),
          ("=", 90, "个", "省级创新平台数量")]),
        ("每年新增城镇就业6万人以上，人口自然增长率为-0.41‰。",
         [("+", 6, "万人", "每年城镇就业数量"), ("=", -0.41, "‰", "人口自然增长率")]),
        ("农产品加工业产值与农业总产值之比由2.1∶1提高到3.2∶1。",
         [("=", 2.1, "", "农产品加工业产值与农业总产值之比"),
          ("=", 3.2, "", "农产品加工业产值与农业总产值之比")]),
        ("营业收入增长1.5倍，旅游花费增长两倍以上，工业投资翻一番。",
         [("=", 1.5, "倍", "营业收入增长幅度"), (">=", 2, "倍", "旅游花费增长幅度"),
          ("x", 2, "", "工业投资")]),
        ("新增规模以上工业企业250家以上（责任单位：市工业和信息化局）。",
         [("+", 250, "家", "规模以上工业企业数量")]),
        ("建成绿色园区30个（市发展改革委牵头）。", [("=", 30, "个", "绿色园区数量")]),
        ("引进功率模块封装项目，总投资25亿元。", [("=", 25, "亿元", "功率模块封装项目总投资")]),
        ("全部工业增加值达到1092亿元，占地区生产总值的33.5%。",
         [("=", 1092, "亿元", "全部工业增加值"), ("=", 33.5, "%", "全部工业增加值占地区生产总值比重")]),
        ("22条重点产业链总营收超过4万亿元。", [(">=", 4, "万亿元", "22条重点产业链总营收")]),
        ("平均回收期由68天缩短到50天。",
         [("=", 68, "天", "平均回收期"), ("=", 50, "天", "平均回收期")]),
        ("制造业增加值占GDP比重达到40%，汽车产业力争突破3500亿元。",
         [("=", 40, "%", "制造业增加值占GDP比重"), (">=", 3500, "亿元", "汽车产业规模")]),
        ("工业经济新增长点项目产值达到20亿元。", [("=", 20, "亿元", "工业经济新增长点项目产值")]),
        ("通过PCT途径提交的专利申请量翻一番。", [("x", 2, "", "通过PCT途径提交的专利申请量")]),
        ("营业收入达到四万二千多亿元，出口增长四成多。",
         [(">=", 42000, "亿元", "营业收入"), (">=", 0.4, "", "出口增速")]),
        ("新能源产业到2033年产值达到500亿元。", [("=", 500, "亿元", "新能源产业产值")]),
        ("工业用水重复利用率保持在95以上。", [(">=", 95, "", "工业用水重复利用率")]),
        ("智能制造装备和工业软件市场满足率分别超过70%和50%。",
         [(">=", 70, "%", "智能制造装备市场满足率"), (">=", 50, "%", "工业软件市场满足率")]),
        ("主导或参与制定国家标准60项。", [("=", 60, "项", "主导或参与制定国家标准数量")]),
        ("有两家企业营收稳定进入世界前列。", [("=", 2, "家", "营收稳定进入世界前列的企业数量")]),
        ("推动150项基础材料示范应用。", [("=", 150, "项", "示范应用基础材料数量")]),
        ("战新产业增加值占生产总值比重达到20%以上，增加值超过1万亿元。",
         [(">=", 20, "%", "战新产业增加值占生产总值比重"), (">=", 1, "万亿元", "战新产业增加值")]),
        ("人均产值不足全国平均水平的三分之一。", [("<", 0.3333, "", "人均产值占全国平均水平比例")]),
        ("建议将研发投入强度增加到3%。", [("=", 3, "%", "研发投入强度")]),
        ("每县至少布局3个起降点。", [(">=", 3, "个/县", "起降点数量")]),
        ("筹集保障性租赁住房12.1万套（间）。", [("=", 12.1, "万套", "保障性租赁住房数量")]),
        ("铁路和水路货运量分别较2030年增长10%、12%。",
         [("=", 10, "%", "铁路货运量增速"), ("=", 12, "%", "水路货运量增速")]),
        ("工业锅炉、电站锅炉平均运行热效率分别提高5个百分点、0.5个百分点。",
         [("+", 5, "个百分点", "工业锅炉平均运行热效率"),
          ("+", 0.5, "个百分点", "电站锅炉平均运行热效率")]),
        ("在运商用设备、家用设备、照明设备中的高效节能产品占比分别达到40%、60%、50%。",
         [("=", 40, "%", "在运商用设备高效节能产品占比"), ("=", 60, "%", "家用设备高效节能产品占比"),
          ("=", 50, "%", "照明设备中高效节能产品占比")]),
        ("氮氧化物、挥发性有机物排放量分别下降8%以上。",
         [(">=", 8, "%", "氮氧化物排放量下降幅度"), (">=", 8, "%", "挥发性有机物排放量下降幅度")]),
        ("沿河生态廊道1194公里全线贯通。", [("=", 1194, "公里", "沿河生态廊道贯通长度")]),
        ("推进泵站建设以及约2000公里老旧供水管网更新改造。",
         [("~", 2000, "公里", "老旧供水管网更新改造")]),
        ("实施约50公里河道堤防专项维修工程。", [("~", 50, "公里", "河道堤防专项维修工程")]),
        ("依托生态廊道、环湖等新建绿道1000公里。", [("+", 1000, "公里", "绿道")]),
        ("新增建设用地规模控制在2600万亩以内。", [("<=", 2600, "万亩", "建设用地规模")]),
        ("人均生产总值比2030年翻一番、达到中等发达水平。", [("x", 2, "", "人均生产总值")]),
        ("生产总值五年跨过3个万亿级关口、突破10万亿元。",
         [("=", 3, "个", "生产总值跨过万亿级关口数量"), (">=", 10, "万亿元", "生产总值")]),
        ("每万城镇常住人口拥有社区工作者达到19.2人。",
         [("=", 19.2, "人/万人", "每万城镇常住人口拥有社区工作者数量")]),
        ("算力总规模达到10.36百亿亿次/秒。", [("=", 10.36, "百亿亿次/秒", "算力总规模")]),
        ("居民收入保持全国领先，超过7.2万元。", [(">=", 7.2, "万元", "居民收入")]),
        ("191家工业企业营业收入超百亿元。", [("=", 191, "家", "营业收入超百亿元的工业企业数量")]),
        ("重点做好十个方面工作，抓好十一项重点任务。", []),
        ("群众倍受鼓舞、倍增干劲。", []),
        ("新建学校20所，197家医院开设门诊。",
         [("+", 20, "所", "学校数量"), ("=", 197, "家", "开设门诊医院数量")]),
        ("新（改）建高标准农田3万亩。", [("+", 3, "万亩", "高标准农田")]),
        ("达标率（%）=（达标面积/总面积）×100%。", []),
        ("替代率达到8%，新建近零能耗建筑面积较2033年增长20万平方米。",
         [("=", 8, "%", "替代率"), ("+", 20, "万平方米", "近零能耗建筑面积")]),
        ("全市80%以上钢铁产能完成超低排放改造。",
         [(">=", 80, "%", "完成超低排放改造钢铁产能比例")]),
        ("设立总规模80亿元的产业基金，对新引进企业给予最高500万元奖励。",
         [("=", 80, "亿元", "产业基金总规模")]),
    ],
)  # fmt: skip
def test_what_a_number_is_the_number_of(sentence: str, expected: list[tuple[object, ...]]) -> None:
    assert goals(sentence) == expected


def test_a_level_for_a_whole_period_holds_at_its_end() -> None:
    text = "“十六五”时期，亩均税收达到28万元以上，新增企业30家。"
    told = [(s.value, str(s.period)) for s in read(PLAN.removesuffix("到2035年，") + text)]
    assert told == [(28, "2035"), (30, "2031-2035")]


def test_a_change_counts_from_the_year_it_is_compared_with() -> None:
    text = PLAN + "货运量较2028年增长10%，单位能耗较2029年下降4%，产值年均增长6%。"
    told = [(s.value, str(s.period), s.base_year) for s in read(text)]
    assert told[:2] == [(10, "2029-2035", 2028), (4, "2030-2035", 2029)]
    assert told[2][1] == "2031-2035"


def test_a_figure_of_another_place_is_of_that_place() -> None:
    text = (
        "制造之城的追赶\n2031-04-15 08:12 来源：云溪日报\n"
        "2030年，云溪市规上工业总产值8960亿元，高于梧江市的7350亿元。"
        "云溪市研发投入强度3.4%，低于梧江市4.6%的水平。云溪市百亿级企业只有6家。\n"
    )
    told = [(s.value, s.subject, s.scope, s.role) for s in read(text)]
    assert told[1] == (7350, "规上工业总产值", "梧江市", "observation")
    assert told[3] == (4.6, "研发投入强度", "梧江市", "observation")
    assert told[4][0] == 6
    assert told[4][3] == "observation"


def test_a_communique_names_the_statistic_once() -> None:
    text = (
        "云溪市2030年国民经济和社会发展统计公报\n\n三、工业\n"
        "规模以上工业增加值增长7.5%。其中，国有企业增长4.1%，采矿业下降2.3%。\n"
        "全年新能源汽车产量32.6万辆；集成电路58.3亿块，增长21.4%。"
    )
    assert [s.subject for s in read(text)] == [
        "规模以上工业增加值增速", "国有企业增加值增速", "采矿业增加值下降幅度",
        "新能源汽车产量", "集成电路产量", "集成电路产量增速",
    ]  # fmt: skip


@pytest.mark.parametrize("gap", ["\t", " "])
def test_a_table_of_a_communique_takes_its_units_from_the_line_above(gap: str) -> None:
    rows = [
        "指  标 2030年 比上年增长",
        "地区生产总值 7311113 6.0",
        "工  业 1430156 9.0",
        "#采矿业 37890 -0.5",
    ]
    table = "\n".join(
        gap.join(row.replace("  ", "\u3000\u3000").split(" ")).replace("\u3000\u3000", "  ")
        for row in rows
    )
    text = f"云溪市2030年国民经济和社会发展统计公报\n\n表1  生产总值\n单位：万元，%\n{table}\n"
    assert [(s.subject, s.value, s.unit) for s in read(text)] == [
        ("地区生产总值", 7311113, "万元"), ("地区生产总值增速", 6.0, "%"),
        ("工业", 1430156, "万元"), ("工业增速", 9.0, "%"),
        ("采矿业", 37890, "万元"), ("采矿业增速", -0.5, "%"),
    ]  # fmt: skip


def test_footnotes_and_points_of_a_thousandth() -> None:
    text = (
        "云溪市2030年国民经济和社会发展统计公报\n\n一、综合\n"
        "全市生产总值（GDP）[2]731.1亿元。死亡率6.31‰，比上年下降0.74个千分点；自然增长率-0.59‰。"
    )
    assert [(s.subject, s.op, s.value, s.unit) for s in read(text)] == [
        ("生产总值(GDP)", "=", 731.1, "亿元"), ("死亡率", "=", 6.31, "‰"),
        ("死亡率", "-", 0.74, "个千分点"), ("自然增长率", "=", -0.59, "‰"),
    ]  # fmt: skip


def test_a_goal_told_as_exceeded_is_of_what_was_counted() -> None:
    text = (
        "云溪市制造业发展情况的汇报\n2035年5月6日\n\n一、发展情况\n"
        "五年来，规上工业企业净增629家，超额完成净增600家的目标。"
    )
    assert [(s.value, s.subject) for s in read(text)] == [
        (629, "规上工业企业数量"),
        (600, "规上工业企业数量"),
    ]


def test_an_estimated_effect_is_no_statement() -> None:
    assert goals("据测算，制造业增加值每增长1个百分点，可带动就业12万人。") == []


def test_goals_of_a_named_year_make_a_plan_of_that_year() -> None:
    text = (
        "云溪县人民代表大会召开\n1月7日，云溪县县长代表云溪县人民政府作政府工作报告。"
        "2031年经济社会发展的主要预期目标是：地区生产总值增长5.2%。\n"
        "培育专精特新企业10家以上。"
    )
    assert [(s.value, s.role, str(s.period)) for s in read(text)] == [
        (5.2, "target", "2031"),
        (10, "target", "2031"),
    ]


def test_a_span_of_years_that_is_no_plan_counts_from_its_first_year() -> None:
    text = (
        "云溪市工业发展情况\n\n"
        "2030—2034年，全市工业增加值从31亿元增长到40亿元。\n"
        "2031—2035年，全市工业投资从50亿元增长到80亿元。"
    )
    assert [str(s.period) for s in read(text)] == ["2030", "2034", "2030", "2035"]


def test_next_year_and_the_years_ahead_are_counted_from_the_text() -> None:
    text = (
        "政府工作报告\n——2031年1月20日在杭州市第十六届人民代表大会第六次会议上\n\n"
        "三、2031年重点工作\n今后五年，规上工业总产值突破900亿元。\n"
        "明年，实施技改项目200个。地区生产总值居全省第3位。"
    )
    told = {s.value: (str(s.period), s.scope) for s in read(text)}
    assert told[900] == ("2035", "杭州市")
    assert told[200] == ("2032", "杭州市")


def test_a_cell_that_tells_a_decline_is_a_rate() -> None:
    text = (
        "云溪经济技术开发区“十六五”规划\n\n一、主要目标\n"
        "指标名称\t单位\t2030年基数\t2035年\t属性\n"
        "单位工业增加值能耗\t吨标准煤/万元\t0.32\t下降14%\t约束性\n"
        "云溪经开区工业产值达到95亿元。\n"
    )
    told = [(s.value, s.unit, s.subject, s.scope) for s in read(text)]
    assert (14, "%", "单位工业增加值能耗下降幅度", "云溪经济技术开发区") in told
    assert (95, "亿元", "工业产值", "云溪经济技术开发区") in told


def test_a_title_without_marks_keeps_its_years() -> None:
    text = (
        "云溪省人民政府关于印发云溪省新材料产业行动方案（2031—2033年）的通知\n"
        "云政发〔2031〕12号\n（此件公开发布）\n附件\n云溪省新材料产业行动方案\n（2031—2033年）\n"
        "为推动产业倍增，制定本方案。\n一、行动目标\n规上企业超过1200家。\n"
    )
    document = read_text(text, "text.txt")
    assert document.title == "云溪省新材料产业行动方案(2031—2033年)"
    assert [(s.value, str(s.period)) for s in read_statements(document)] == [(1200, "2033")]


SECTORS = ("第一产业", "第二产业", "第三产业")


@pytest.mark.parametrize(
    ("sentence", "shares"),
    [
        ("三次产业结构优化为5.2:44:50.8。", [(5.2, 44, 50.8)]),
        ("三次产业比例由2030年的10:48:42调整为6:46:48。", [(10, 48, 42), (6, 46, 48)]),
        ("一二三产业增加值之比达到5∶45∶50。", [(5, 45, 50)]),
        ("三次产业结构优化为8:45:50。", []),  # more than the whole
        ("龙头、骨干、中小企业之比为1:9:90。", []),
    ],
)
def test_the_structure_of_the_sectors_is_three_shares(
    sentence: str, shares: list[tuple[float, float, float]]
) -> None:
    found = [s for s in read(PLAN + sentence) if s.subject.startswith(SECTORS)]
    assert [s.value for s in found] == [share for each in shares for share in each]
    assert [s.subject[:4] for s in found] == [*SECTORS] * len(shares)
    assert {(s.unit, s.measure) for s in found} <= {("%", "share")}
    if shares:
        assert [str(s.period) for s in found[-3:]] == ["2035"] * 3
        assert {s.role for s in found[-3:]} == {"target"}
    if len(shares) > 1:
        assert {(str(s.period), s.role) for s in found[:3]} == {("2030", "observation")}


def test_points_above_another_rate_are_a_gap_and_each_whole_has_its_share() -> None:
    text = (
        "云溪市海洋经济“十六五”规划\n\n一、发展基础\n“十五五”期间，海洋生产总值年均增长9%，超过地区生产总值"
        "增幅3.4个百分点。2030年，精制茶产量36万吨，占全省54%、全国16%。尤其是工业利润率6.3%，高于全国、全省"
        "0.9、2.2个百分点。\n"
    )
    found = {s.subject: (s.op, s.value, s.scope) for s in read(text)}
    assert found["海洋生产总值年均增速与地区生产总值增幅差距"] == ("=", 3.4, "云溪市")
    assert found["精制茶产量占全国比重"] == ("=", 16, "云溪市")
    assert found["工业利润率与全国差距"] == ("=", 0.9, "云溪市")


def test_common_in_a_name_is_no_adverb() -> None:
    assert goals("建设共性技术平台5个。") == [("=", 5, "个", "共性技术平台数量")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("劳动年龄人口平均受教育年限达11年，人均预期寿命提高到78岁左右。",
         [("=", 11, "年", "劳动年龄人口平均受教育年限"), ("~", 78, "岁", "人均预期寿命")]),
        ("力争三年内、最多用5年建成。", []),
        ("围绕产业需求布局建设5条专用线、26条产业路。",
         [("=", 5, "条", "专用线数量"), ("=", 26, "条", "产业路数量")]),
        ("废物安全处置率、耕地安全利用率均达98%。",
         [("=", 98, "%", "废物安全处置率"), ("=", 98, "%", "耕地安全利用率")]),
        ("发放以旧换新补贴，社会消费品零售总额增长5%。",
         [("=", 5, "%", "社会消费品零售总额增速")]),
        ("给予奖励，对零售总额增长5%的企业给予补贴。", []),
    ],
)  # fmt: skip
def test_what_a_sentence_measures_beside_its_deeds(
    sentence: str, expected: list[tuple[object, ...]]
) -> None:
    assert goals(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("每条产业链培育2家链主企业、10家骨干企业。", [(2, "家/条"), (10, "家/条")]),
        ("每个省（区、市）建成3个数据库，每届参展企业3000家。", [(3, "个/省"), (3000, "家/届")]),
        ("每个重点行业形成100个应用示范。", [(100, "个/行业")]),
        ("打造2个万亿级集群、3个五千亿级集群。", [(2, "个"), (3, "个")]),
        ("形成百万家创新型企业、十万家“专精特新”企业、一万家“小巨人”企业。",
         [(1, "百万家"), (1, "十万家"), (1, "万家")]),
        ("全省涵盖41个工业大类、206个工业中类。", [(41, "个"), (206, "个")]),
        ("18个开发区工业增加值占全市比重达到75%。", [(75, "%")]),
        ("7个产业基地共整备土地1.9万亩。", [(1.9, "万亩")]),
        ("《规划》部署的18项重大工程、286个重大项目有序推进。", []),
        ("出席发布会的还有2位省直部门负责人。", []),
        ("20个国考断面水质优良比例达100%。", [(100, "%")]),
        ("营业收入过千亿元企业达到5家、过百亿元达到50家。", [(5, "家"), (50, "家")]),
        ("推进时速400公里高速动车组、时速600公里高速磁浮研制。", []),
        ("打造万亿级、千亿级集群，比如30%的企业。", []),
    ],
)  # fmt: skip
def test_what_each_has_and_what_only_names_a_group(
    sentence: str, expected: list[tuple[float, str]]
) -> None:
    assert [(value, unit) for _, value, unit, _ in goals(sentence)] == expected


def test_a_number_alone_in_brackets_is_of_what_is_named_before_it() -> None:
    assert goals(
        "投资800亿元，与工业折旧（1000亿元）相当。高校（12家）和院所（30家）共建平台。"
    ) == [
        ("=", 800, "亿元", "投资"),
        ("=", 1000, "亿元", "工业折旧"),
        ("=", 12, "家", "高校数量"),
        ("=", 30, "家", "院所数量"),
    ]
    assert [s[1:3] for s in goals("每年招引5亿元（3000万美元）以上项目60个。")] == [
        (5, "亿元"), (3000, "万美元"), (60, "个"),
    ]  # fmt: skip


def test_what_is_opened_or_sold_is_no_part_of_what_is_new() -> None:
    assert [s[:3] for s in goals("新改建道路220公里，打通断头路25条。")] == [
        ("+", 220, "公里"), ("=", 25, "条"),
    ]  # fmt: skip
    assert [s[:3] for s in goals("新增企业110家，以旧换新带动销售额230亿元。")] == [
        ("+", 110, "家"), ("=", 230, "亿元"),
    ]  # fmt: skip


def test_an_area_before_its_year_is_the_place_and_what_is_due_is_due_alone() -> None:
    (core,) = read(PLAN + "经开区核心区2035年制造业产值占全市的比重达到45%。")
    assert (core.scope, core.value) == ("经开区核心区", 45)
    found = read(PLAN + "安全达标率达到100%，2034年6月底前完成改造136户，事故起数下降三成。")
    assert [str(s.period) for s in found] == ["2035", "2034", "2031-2035"]


def test_gaps_to_others_are_no_names_of_their_own() -> None:
    (gap,) = read(
        "云溪市“十六五”规划\n\n一、发展基础\n\n2030年，劳动生产率比全省平均水平低4.1万元。\n"
    )
    assert (gap.subject, gap.value, gap.unit) == ("劳动生产率与全省平均水平差距", 4.1, "万元")


def test_numbers_in_brackets_behind_places_and_totals_behind_a_list_of_places() -> None:
    found = read(
        "云岭市产业分析\n\n云岭地区2033年占比26.8%，远高于同为城市群的京津冀地区（占比为9.45%）与珠三角地区（占比为15.7%）。\n\n"
        "长三角地区拥有高校23所（江苏10所、浙江2所、安徽2所），占全国总数的20.7%。\n"
    )
    scopes = {s.value: s.scope for s in found}
    assert (scopes[9.45], scopes[15.7], scopes[10]) == ("京津冀地区", "珠三角地区", "江苏省")
    assert scopes[20.7] != "安徽省"
