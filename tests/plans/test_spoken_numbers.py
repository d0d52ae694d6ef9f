"""Numbers as speakers, reporters and tables typed by hand give them. All places are fictional."""

import pytest

from jingwei.core import Statement
from jingwei.documents import read_text
from jingwei.plans.compiling import read_statements

CONFERENCE = (
    "云岭省“稳增长”新闻发布会\n\n发布时间：2033年2月14日\n\n{}\n\n到2035年，产值达到900亿元。\n"
)
PLAN = "云岭市“十六五”制造业发展规划\n\n一、发展目标\n\n{}\n"


def read(text: str) -> list[Statement]:
    return read_statements(read_text(text, "text.txt"))


def rows(found: list[Statement]) -> list[tuple[object, ...]]:
    return [
        (s.subject, s.role[:3], s.op, s.value, s.unit, str(s.period))
        for s in found
        if s.kind == "stat"
    ]


def spoken(said: str) -> list[tuple[object, ...]]:
    return [row for row in rows(read(CONFERENCE.format(said))) if row[3] != 900]


def planned(said: str) -> list[tuple[object, ...]]:
    return rows(read(PLAN.format(said)))


def test_an_undated_fact_in_news_of_a_running_plan_is_of_the_last_year_that_is_over() -> None:
    assert spoken("规上工业企业有500家。") == [("规上工业企业数量", "obs", "=", 500, "家", "2032")]


def test_a_plan_named_with_its_years_in_the_text_dates_it() -> None:
    said = "三年行动计划（2033—2035年）提出，新增企业30家。"
    assert [row[-1] for row in spoken(said)] == ["2033-2035"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("今年我们初步安排项目2000个左右。", ("项目数量", "tar", "~", 2000, "个", "2033")),
        ("今年一季度开工率要达到60%。", ("开工率", "tar", "=", 60, "%", "2033")),
        ("去年总投资超过6万亿。", ("总投资", "obs", ">", 6, "万亿元", "2032")),
        ("去年投资1万亿出头。", ("投资", "obs", ">", 1, "万亿元", "2032")),
        ("去年有29个工业大类实现增长。", ("实现增长工业大类数量", "obs", "=", 29, "个", "2032")),
        ("去年日均新登记企业超百户。", ("日均新登记企业数量", "obs", ">", 100, "户", "2032")),
        ("去年精细化工产值跨越千亿。", ("精细化工产值", "obs", ">", 1, "千亿元", "2032")),
    ],
)
def test_what_a_speaker_says_is_read_as_it_is_meant(
    said: str, expected: tuple[object, ...]
) -> None:
    assert spoken(said) == [expected]


@pytest.mark.parametrize(
    ("said", "op", "value", "unit"),
    [
        ("覆盖率67.3%，高出全国平均9个多百分点", ">", 9, "个百分点"),
        ("装机占全省的三分之一还多", ">", 0.3333, ""),
        ("平均浓度比2027年改善了37%", "=", 37, "%"),
        ("保有量29万辆，比上年末翻了近一番", "x", 2, ""),
        ("城乡居民收入比为2.14，比上年缩小0.03", "-", 0.03, ""),
        ("材料产业增长11.7%，拉动全市工业增长2.7个百分点", "=", 2.7, "个百分点"),
    ],
)
def test_the_second_figure_keeps_its_own_operator_and_unit(
    said: str, op: str, value: float, unit: str
) -> None:
    assert spoken(f"去年，{said}。")[-1][2:5] == (op, value, unit)


def test_a_total_behind_what_is_new_is_no_increase() -> None:
    assert [row[2:4] for row in planned("高新技术企业净增290家、总数突破1100家。")] == [
        ("+", 290),
        (">=", 1100),
    ]
    assert [row[2:4] for row in planned("“小巨人”企业新增21家、累计达到41家。")] == [
        ("+", 21),
        ("=", 41),
    ]


@pytest.mark.parametrize("deed", ["新开工", "新签约", "新投产"])
def test_what_is_begun_in_a_period_is_a_count_and_no_rise_of_a_stock(deed: str) -> None:
    assert [row[2:4] for row in planned(f"每年{deed}项目不少于30个。")] == [(">=", 30)]
    assert [row[2:4] for row in planned("每年新增项目不少于30个。")] == [("+", 30)]
    assert [row[2:4] for row in planned("五年新登记企业30万户，新设院校3所。")] == [
        ("+", 30),
        ("+", 3),
    ]


def test_a_new_thing_with_a_ratio_is_bounded_and_not_increased() -> None:
    assert planned("新建大型数据中心PUE不高于1.3。")[0][2:4] == ("<=", 1.3)


def test_a_size_told_of_a_count_is_no_statement_of_its_own() -> None:
    found = planned("培育2个产值超万亿元、4个产值超3000亿元的先进制造业集群。")
    assert [(row[0], row[3]) for row in found] == [
        ("产值超万亿元的先进制造业集群数量", 2),
        ("先进制造业集群数量", 4),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "对连续2次排名末位的园区予以约谈。",
        "贷款利率优惠不超过50个基点。",
        "单户贷款担保额度最高1000万元，担保费率不超过1%。",
        "行动方案排出了223项重点任务。",
    ],
)
def test_terms_and_conditions_are_no_statements(said: str) -> None:
    assert planned(said) == []


def test_what_a_subsidy_brings_about_is_a_statement() -> None:
    assert [row[3] for row in planned("加大贴息力度，带动技术改造投资增长10%以上。")] == [10]


def test_an_amount_may_stand_before_its_thing() -> None:
    text = "云岭市“十六五”规划\n\n一、发展基础\n\n钢铁行业提前完成1.5亿吨去产能目标，6.2亿吨粗钢产能开展改造。\n"
    assert [(row[0], row[3]) for row in rows(read(text))] == [
        ("钢铁行业去产能完成量", 1.5),
        ("开展改造粗钢产能", 6.2),
    ]


def test_nothing_becomes_three_by_a_first_breakthrough() -> None:
    said = "万亿级产业集群实现零的突破，到2035年达到3个。"
    assert [(row[0], row[3]) for row in planned(said)] == [("万亿级产业集群数量", 3)]


def test_the_size_of_a_fund_is_the_funds_own() -> None:
    said = "工业园区亩均产值提高到600万元；组建总规模2000亿元的产业母基金。"
    assert [row[0] for row in planned(said)] == ["工业园区亩均产值", "产业母基金总规模"]


def test_last_year_goes_on_through_a_sentence_of_news() -> None:
    said = "一家动力电池零部件企业去年投入1200万元改造产线，产品不良率下降55%。"
    assert [(row[1], row[3], row[5]) for row in spoken(said)] == [
        ("obs", 1200, "2032"),
        ("obs", 55, "2032"),
    ]


TABLE = """云岭市“十六五”规划

一、发展目标

    类别  序号  指标名称（单位）  2030 年  2035 年  年均增长（%）
    规模  1  工业增加值占 GDP 比重（%）  46.8  60 左右  —
          2  软件业务收入（亿元）  1.2  2.1  [75]
    效益  3  网络零售额（亿元）  226  350 以上  9
          4  城镇新增就业（万人）  —  —  [50]
"""


@pytest.mark.parametrize("blanks", ["as typed", "single", "without indent"])
def test_a_table_typed_with_blanks_inside_its_headings_is_read(blanks: str) -> None:
    text = TABLE
    if blanks == "single":
        text = "\n".join(" ".join(line.split()) for line in text.splitlines()) + "\n"
    if blanks == "without indent":
        text = "\n".join(line.removeprefix("    ") for line in text.splitlines()) + "\n"
    found = [(s.op, s.value, s.unit, str(s.period)) for s in read(text)]
    assert found == [
        ("=", 46.8, "%", "2030"),
        ("~", 60, "%", "2035"),
        ("=", 1.2, "亿元", "2030"),
        ("=", 2.1, "亿元", "2035"),
        ("=", 75, "%", "2031-2035"),
        ("=", 226, "亿元", "2030"),
        (">=", 350, "亿元", "2035"),
        ("=", 9, "%", "2031-2035"),
        ("=", 50, "万人", "2031-2035"),
    ]


def test_lines_of_their_own_date_the_goals_listed_below_them() -> None:
    text = (
        "《云岭市低空经济实施方案（2034～2036年）》政策解读\n\n发布时间：2034-02-28\n\n"
        "一、主要目标\n【到2034年】\n★ 引进产业链项目60个\n★ 产业规模突破350亿元\n"
        "【到2036年】\n★ 聚集企业500家\n\n二、名词解释\n起降点：面积一般不超过2000平方米。\n"
    )
    assert [(row[0], row[3], row[5]) for row in rows(read(text))] == [
        ("产业链项目数量", 60, "2034"),
        ("产业规模", 350, "2034"),
        ("企业数量", 500, "2036"),
    ]


def test_now_is_not_the_year_of_the_sentence_before() -> None:
    text = (
        "2035年10月21日 云岭日报\n\n“十六五”成就巡礼\n\n"
        "2034年，全市产值580亿元。目前，全市拥有绿色工厂101家、绿色园区7个。\n"
    )
    assert [(row[3], row[5]) for row in rows(read(text))] == [
        (580, "2034"),
        (101, "2035"),
        (7, "2035"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "《方案》共7个方面24条。",
        "对年产量首次突破50万辆的整车企业给予支持。",
        "围绕动力电池、电驱、电控等12大总成56种部件。",
        "41个工业行业大类中，多数向好。",
    ],
)
def test_what_counts_parts_or_sets_conditions_measures_nothing(said: str) -> None:
    assert planned(said) == []


@pytest.mark.parametrize(
    ("closing", "issued"),
    [
        ("本意见自印发之日起施行，有效期至2036年12月31日。\n\n2034年6月12日\n", "2034-06-12"),
        ("本意见自印发之日起施行，有效期至2036年12月31日。\n", ""),
        ("云岭市人民政府办公室 2034年6月12日印发\n", "2034-06-12"),
    ],
)
def test_the_day_a_text_expires_is_not_the_day_of_its_issue(closing: str, issued: str) -> None:
    text = (
        f"云岭市关于加快产业发展的实施意见\n\n一、目标\n\n到2036年，产值达到80亿元。\n\n{closing}"
    )
    assert read_text(text, "text.txt").issued == issued


def test_years_said_more_than_once_are_the_plans() -> None:
    text = (
        "云岭市关于加快产业发展的实施意见\n\n一、现实基础\n\n现有整车企业19家。\n\n"
        "二、目标\n\n到2035年，产值达到80亿元；到2037年，产值达到90亿元，到2037年，税收8亿元。\n\n"
        "2034—2037年引进项目300个，2034—2037年每年安排资金20亿元。\n\n2034年6月12日\n"
    )
    assert rows(read(text))[0][3:] == (19, "家", "2033")


def test_domestic_markets_are_no_city() -> None:
    said = "装备国内市场满足率超过80%，软件国内市场满足率超过60%。"
    text = f"智能制造行动计划（2035—2037年）\n\n一、目标\n\n{said}\n"
    assert "国内市" not in {s.scope for s in read(text)}


def test_years_within_the_plan_are_the_plans_own() -> None:
    text = (
        "云岭市低空经济实施方案（2034—2036年）\n\n一、重点任务\n\n"
        "2034年，建成平台4个；三年内建设5G-A基站3000个。\n"
    )
    assert rows(read(text))[-1][3:] == (3000, "个", "2034-2036")


def test_two_shares_of_two_things_are_two_statements() -> None:
    said = "去年，中小企业贡献了60%以上的税收和80%以上的城镇就业。"
    assert [row[3] for row in spoken(said)] == [60, 80]


def test_totals_told_for_each_of_what_is_new_keep_their_names() -> None:
    said = "新增“小巨人”企业38户、制造业单项冠军10户，累计分别达226户、29户。"
    assert [(row[0], row[2], row[3]) for row in spoken(f"去年，{said}")] == [
        ("“小巨人”企业数量", "+", 38),
        ("制造业单项冠军数量", "+", 10),
        ("“小巨人”企业数量", "=", 226),
        ("制造业单项冠军数量", "=", 29),
    ]


REVIEW = """《云岭省“十六五”制造业规划》中期评估报告

评估数据原则上截至2032年底，部分更新至2033年6月。

一、总体进展

建成平台14个。2033年上半年，新升规企业730户。

主要指标进展情况表

序号 指标 单位 2030年 2032年 2035年目标 进展
1 制造业增加值占GDP比重 % 26.1 26.5 28 滞后
2 领军企业 户 3 4 5左右 基本达到
"""


def test_a_review_reports_up_to_the_day_its_data_end_and_its_table_has_remarks() -> None:
    assert [row[1:] for row in rows(read(REVIEW))] == [
        ("obs", "=", 14, "个", "2032"),
        ("obs", "=", 730, "户", "2033"),
        ("obs", "=", 26.1, "%", "2030"),
        ("obs", "=", 26.5, "%", "2032"),
        ("tar", "=", 28, "%", "2035"),
        ("obs", "=", 3, "户", "2030"),
        ("obs", "=", 4, "户", "2032"),
        ("tar", "~", 5, "户", "2035"),
    ]


def test_a_table_that_calls_its_names_goals_is_read() -> None:
    text = (
        "工业领域碳达峰实施方案\n\n一、目标\n\n到2035年，产值达到80亿元。\n\n"
        "序号\t目标\t单位\t2030年\t2035年\n1\t固废综合利用率\t%\t52\t57\n2\t炼钢占比\t%\t10.6\t≥15\n"
    )
    assert [(row[0], row[2], row[3]) for row in rows(read(text))[1:]] == [
        ("固废综合利用率", "=", 52),
        ("固废综合利用率", "=", 57),
        ("炼钢占比", "=", 10.6),
        ("炼钢占比", ">=", 15),
    ]


def test_a_hedge_before_a_row_holds_for_all_and_one_behind_it_for_the_last() -> None:
    before = planned("甲企业、乙企业数量分别超过50家、30家。")
    assert [row[2] for row in before] == [">=", ">="]
    behind = planned("甲比例、乙比例分别达到97%和94%以上。")
    assert [row[2] for row in behind] == ["=", ">="]


@pytest.mark.parametrize(
    ("said", "subject", "op", "value"),
    [
        ("电解铝产能不突破4500万吨。", "电解铝产能", "<=", 4500),
        ("80%以上钢铁产能完成超低排放改造。", "完成超低排放改造钢铁产能比例", ">=", 80),
        ("医疗器械注册证新增800张以上。", "医疗器械注册证数量", "+", 800),
        ("每个设区市至少建设1个服务平台。", "服务平台数量", ">=", 1),
        ("二氧化碳减排380万吨。", "二氧化碳", "-", 380),
        ("减排二氧化碳380万吨。", "二氧化碳排放量", "-", 380),
        ("氮氧化物减排10%以上。", "氮氧化物减排幅度", ">=", 10),
    ],
)
def test_what_the_words_beside_a_number_say(said: str, subject: str, op: str, value: float) -> None:
    assert [(row[0], row[2], row[3]) for row in planned(said)] == [(subject, op, value)]


def test_a_date_behind_a_count_is_its_own() -> None:
    said = "到2035年，打造100个试点工厂，其中首批20个2033年底前建成。"
    assert [(row[3], row[5]) for row in planned(said)] == [(100, "2035"), (20, "2033")]


@pytest.mark.parametrize(
    "said",
    [
        "构建现代产业体系，即4个地标产业、6个优势产业和5个未来产业。",
        "统筹推进16个先进制造业集群建设。",
        "下辖8个街道、8个产业园区。",
        "单个项目支持额度最高1000万元。",
    ],
)
def test_what_a_text_lays_out_or_rules_is_no_statement(said: str) -> None:
    assert planned(said) == []


def test_what_is_dated_as_of_a_day_is_a_fact_in_any_plan_and_so_is_what_goes_on() -> None:
    text = (
        "云岭市数字化转型实施方案\n\n一、总体要求\n\n截至2032年底，规上企业超过9800家。其中转型企业3917家。\n\n"
        "二、目标\n\n到2035年，转型企业8000家。\n"
    )
    assert [(row[1], row[3]) for row in rows(read(text))] == [
        ("obs", 9800),
        ("obs", 3917),
        ("tar", 8000),
    ]


def test_names_of_measures_with_numbers_in_words_are_names() -> None:
    assert planned("落实“数据二十条”要求，加快流通。") == []


def test_years_that_a_review_counts_are_the_first_of_its_plan() -> None:
    text = (
        "云岭市“十六五”制造业规划中期评估报告\n\n一、进展\n\n2032年，产值达到80亿元。\n"
        "三年来，全市累计签约项目1126个，完成投资超4200亿元。\n"
    )
    assert [(row[3], row[5]) for row in rows(read(text))] == [
        (80, "2032"),
        (1126, "2031-2033"),
        (4200, "2031-2033"),
    ]


BULLETIN = "霁川市2035年国民经济和社会发展统计公报\n霁川市统计局 2036年3月25日\n\n{}\n"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("距离“十六五”产值600亿元的目标仍有差距。", [("tar", 600)]),
        ("高端装备产值300亿元的目标没有实现。", [("tar", 300)]),
        ("项目达产后，高端装备产值将达到320亿元。", [("tar", 320)]),
        ("新能源产值有望达到205亿元。", [("tar", 205)]),
        ("高端装备产值300亿元。", [("obs", 300)]),
    ],
)
def test_what_was_wanted_or_is_hoped_for_is_no_fact(
    said: str, expected: list[tuple[str, float]]
) -> None:
    assert [(row[1], row[3]) for row in rows(read(BULLETIN.format(said)))] == expected


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("五年累计完成工业投资2300亿元。", "2031-2035"),
        ("五年来，技术改造投资1200亿元。", "2031-2035"),
        ("上年，高端装备产值305亿元。", "2034"),
        ("全年完成工业投资500亿元。", "2035"),
    ],
)
def test_years_counted_in_a_bulletin_are_no_single_year(said: str, period: str) -> None:
    assert [row[5] for row in rows(read(BULLETIN.format(said)))] == [period]


def test_the_whole_province_is_not_the_city_and_a_price_base_is_part_of_the_name() -> None:
    found = read(BULLETIN.format("全省5G基站30万个。工业总产值年均增长7.4%（现价）。"))
    assert [(s.scope, s.subject) for s in found] == [
        ("全省", "5G基站数量"),
        ("霁川市", "工业总产值年均增速(现价)"),
    ]


@pytest.mark.parametrize(
    ("said", "value", "unit"),
    [
        ("技术合同成交额达到一百五十亿元。", 150, "亿元"),
        ("出口额达到三百二十亿元。", 320, "亿元"),
        ("单项冠军企业达到一千五百家。", 1500, "家"),
        ("工业总产值达到一点二万亿元。", 1.2, "万亿元"),
        ("工业投资达到三十六亿元。", 36, "亿元"),
        ("工业投资达到三千二百亿元。", 3200, "亿元"),
        ("高端装备占比达到百分之八。", 8, "%"),
    ],
)
def test_numbers_spelled_out_are_read_whole(said: str, value: float, unit: str) -> None:
    assert [(row[3], row[4]) for row in planned(said)] == [(value, unit)]


def test_two_dates_before_a_row_are_one_for_each() -> None:
    said = "到2033年、2035年，智能工厂分别达到30家、60家。"
    assert [(row[3], row[5]) for row in planned(said)] == [(30, "2033"), (60, "2035")]


@pytest.mark.parametrize(
    ("head", "year"),
    [
        (
            "云岭市制造业“十六五”规划\n实施情况中期评估报告\n\n2033年9月\n\n2032年，税收8亿元。",
            "2032",
        ),
        ("云岭区“十六五”规划实施情况总结评估报告\n（2035年6月）\n\n2034年，税收8亿元。", "2034"),
        (
            "云岭市关于制造业发展的材料\n\n按照部署，我局对《云岭市制造业“十六五”规划》实施情况开展了中期评估。"
            "2032年，税收8亿元。",
            "2032",
        ),
    ],
)
def test_a_text_that_evaluates_a_plan_reports_on_it_whatever_its_title(
    head: str, year: str
) -> None:
    text = f"{head}\n\n一、进展\n\n建成平台14个。到2035年，产值达到80亿元。\n"
    found = rows(read(text))
    assert (found[1][1], found[1][3], found[1][5]) == ("obs", 14, year)


def test_a_conference_with_goals_of_later_years_tells_the_year_before_it() -> None:
    text = (
        "“打造‘三大高地’、实施‘五大战略’、推进‘六大行动’”系列新闻发布会：云岭省工业和信息化厅专场实录\n\n"
        "发布时间：2035-02-20 10:00  来源：省政府新闻办  字体：[大 中 小]\n\n"
        "一是指标向好。全省利润总额1682亿元。\n\n"
        "到2036年底，改造企业1500家；到2037年，打造场景100个。\n"
    )
    assert [(row[1], row[3], row[5]) for row in rows(read(text))] == [
        ("obs", 1682, "2034"),
        ("tar", 1500, "2036"),
        ("tar", 100, "2037"),
    ]


def test_a_text_about_a_part_of_a_year_tells_nothing_of_the_whole() -> None:
    text = "云岭市2035年1—6月工业运行情况\n\n工业总产值2600亿元。\n"
    assert [s.rule for s in read(text)] == ["达到·年内"]
    assert [s.rule for s in read(BULLETIN.format("工业总产值2600亿元。"))] == ["达到"]


def test_exports_within_trade_keep_their_own_name() -> None:
    said = "去年，进出口总额500亿元，其中出口320亿元、进口180亿元。"
    assert [row[0] for row in spoken(said)] == ["进出口总额", "出口额", "进口额"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # a list goes on with the verbs of its numbers, and each has its own name
        ("硅基材料、碳基材料、稀土材料三大产业产值分别突破900亿元、达到800亿元、600亿元左右。",
         [("硅基材料产业产值", ">=", 900), ("碳基材料产业产值", "=", 800), ("稀土材料产业产值", "~", 600)]),
        ("集成电路年均增长20%左右，人工智能15%，生物医药8%。",
         [("集成电路年均增速", "~", 20), ("人工智能年均增速", "=", 15), ("生物医药年均增速", "=", 8)]),
        ("氮氧化物减排10%以上，大气污染物压降8%。",
         [("氮氧化物减排幅度", ">=", 10), ("大气污染物压降幅度", "=", 8)]),
        ("工业劳动生产率超过每人40万元。", [("工业劳动生产率", ">=", 40)]),
        ("工业机器人密度每万人增加100台。", [("工业机器人密度", "+", 100)]),
        ("集成电路规模占到全国两成以上。", [("集成电路规模占全国比重", ">=", 0.2)]),
        ("生物医药产值接近全国的30%。", [("生物医药产值占全国比重", "=", 30)]),
        ("增加值两年平均增长5.8%。", [("增加值年均增速", "=", 5.8)]),
        ("围绕技术改造投资520亿元以上的目标。", [("技术改造投资", ">=", 520)]),
    ],
)  # fmt: skip
def test_numbers_as_speakers_give_them(said: str, expected: list[tuple[str, str, float]]) -> None:
    found = [
        (subject.removeprefix("围绕"), op, value) for subject, _, op, value, *_ in planned(said)
    ]
    assert found == expected


@pytest.mark.parametrize(
    "said",
    [
        "在8个国家算力枢纽节点内，建设数据中心。",
        "家庭年可支配收入10—50万元群体比例提高。",
    ],
)
def test_settings_and_classes_are_no_statements(said: str) -> None:
    assert not planned(said)


def test_the_size_of_a_village_is_part_of_its_name() -> None:
    assert [row[2:4] for row in planned("20户以上自然村4G覆盖率超过99%。")] == [(">=", 99)]


def test_two_years_before_a_list_are_no_number() -> None:
    found = planned("2034、2035两年须分别降低4%和4.6%。")
    assert [row[3] for row in found] == [4, 4.6]


def test_what_is_told_as_done_is_a_fact_whatever_year_was_named_before() -> None:
    found = planned(
        "到2035年，技术中心要达到900个；技术中心现有812个，规划确定的200家智能工厂已全部建成。"
    )
    assert [(row[1], row[3]) for row in found] == [("tar", 900), ("obs", 812), ("obs", 200)]


def test_a_share_of_a_sum_is_of_its_years() -> None:
    found = planned("“十五五”期间累计完成投资6146亿元，其中技改投资占比达到60%以上。")
    assert [(row[0], row[-1]) for row in found] == [
        ("投资", "2026-2030"), ("技改投资占比", "2026-2030"),
    ]  # fmt: skip


def test_a_row_named_as_a_sum_of_years_is_one() -> None:
    table = "指标\t单位\t2030年\t2035年\t属性\n工业投资（五年累计）\t亿元\t3500\t4200\t预期性\n"
    found = rows(read(PLAN.format(f"表1 主要指标\n{table}")))
    assert [row[-1] for row in found] == ["2026-2030", "2031-2035"]


def test_a_verb_is_no_place() -> None:
    (statement,) = read(PLAN.format("安排市区联动资金3亿元。"))
    assert statement.scope == "云岭市"


def test_what_is_first_of_a_city_is_no_city() -> None:
    said = "全市推出首批市级特色产业园区26个。\n全市工业增加值达到9657亿元。\n"
    assert {each.scope for each in read(said)} == {"全市"}


def test_a_fund_has_its_own_size_whatever_chapter_it_stands_in() -> None:
    text = "云岭市“十六五”工业规划\n\n二、重点产业\n\n设立总规模50亿元的产业发展母基金。\n"
    assert [each.subject for each in read(text)] == ["产业发展母基金总规模"]
