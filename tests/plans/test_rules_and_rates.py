"""What rules, programmes and works name with numbers, and rates that hang on what stands about them.

All places and figures are fictional (names of real provinces stand for places alone).
"""

import pytest

from jingwei.core import Statement
from jingwei.documents import read_text
from jingwei.plans.compiling import read_statements

PLAN = "云溪市制造业“十六五”发展规划\n\n一、发展目标\n{}\n"
FACTS = "云溪市制造业“十六五”发展规划\n\n一、发展基础\n（一）发展成效\n{}\n"


def read(text: str) -> list[Statement]:
    return read_statements(read_text(text, "text.txt"))


def told(form: str, said: str) -> list[tuple[object, ...]]:
    return [
        (s.subject, s.role[:3], s.op, s.value, s.unit, str(s.period))
        for s in read(form.format(said))
        if s.kind == "stat"
    ]


@pytest.mark.parametrize(
    "said",
    [
        "容积率低于0.8的新上项目原则上不予供地。",
        "年营业收入500亿元以上的地市要制定实施方案。",
        "对连续两个季度进度低于60%的地区予以通报。",
        "园区实行“前两年免租、第三年减半”。",
        "落实专用设备投资额10%抵免企业所得税政策。",
        "将中小企业贷款不良容忍度放宽至4%。",
        "支持星途汽车二期30万辆整车项目2033年量产。",
        "建设白石抽水蓄能电站（120万千瓦）。",
        "全面淘汰35蒸吨/小时及以下燃煤锅炉。",
        "生物医药、精细化工、绿色食品等4条产业链由链长单位另行细化。",
        "甲省、乙省、丙省3个纺织大省要勇挑大梁。",
        "按照每3至10万居民规划布局社区卫生服务中心。",
        "在“一村一名大学生”的基础上深化培养。",
    ],
)
def test_conditions_policies_projects_and_lists_state_nothing(said: str) -> None:
    assert told(PLAN, said) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("钢铁、水泥、电解铝三个行业改造形成节能量500万吨标准煤。",
         [("钢铁、水泥、电解铝三个行业改造形成节能量", "=", 500, "万吨标准煤")]),
        ("定员控制在5人以下的比例达90%。", [("定员控制在5人以下的比例", "=", 90, "%")]),
        ("车桩比优于2.5∶1。", [("车桩比", "<=", 2.5, "")]),
        ("数据中心PUE优于1.3。", [("数据中心PUE", "<=", 1.3, "")]),
        ("数据中心平均电能利用效率降至1.25以下。", [("数据中心平均电能利用效率", "<=", 1.25, "")]),
        ("年度土地供应量不低于居住用地供应总量的70%。",
         [("土地供应量占居住用地供应总量比例", ">=", 70, "%")]),
        ("补助标准逐步提高，住院医疗费用支付比例平均达到75%左右。",
         [("住院医疗费用支付比例", "~", 75, "%")]),
        ("首次注册平均用时再压减三分之一以上。", [("首次注册平均用时再压减", ">=", 0.3333, "")]),
        ("突破60项左右关键技术。", [("关键技术数量", "~", 60, "项")]),
        ("带动农户年增收8000元以上。", [("农户收入", "+", 8000, "元")]),
        ("新培育技术中心5家；制修订国家标准30项。",
         [("技术中心数量", "+", 5, "家"), ("国家标准数量", "=", 30, "项")]),
        ("使每万人拥有5G基站数由22个增至32个。",
         [("每万人拥有5G基站数", "=", 22, "个/万人"), ("每万人拥有5G基站数", "=", 32, "个/万人")]),
        ("每百万人口年发明专利授权量达350件。",
         [("每百万人口年发明专利授权量", "=", 350, "件/百万人口")]),
        ("领导干部每季度至少调度1次。", [("领导干部每季度至少调度数量", ">=", 1, "次")]),
        ("保障性住房轮候时间不超过5年。", [("保障性住房轮候时间", "<=", 5, "年")]),
        ("现场操作人员原则上实现6人（含）以下。", [("现场操作人员数量", "<=", 6, "人")]),
        ("培育2家以上年销售收入达500亿元的高新技术企业。",
         [("高新技术企业数量", ">=", 2, "家")]),
        ("培训2000名企业创新人才。", [("企业创新人才数量", "=", 2000, "名")]),
        ("形成年节能能力50万吨标准煤、年减排二氧化碳120万吨。",
         [("节能能力", "=", 50, "万吨标准煤"), ("年二氧化碳排放量", "-", 120, "万吨")]),
        ("造船完工量、新接订单量、手持订单量分别达386万载重吨、512万载重吨和1040万载重吨。",
         [("造船完工量", "=", 386, "万载重吨"), ("新接订单量", "=", 512, "万载重吨"),
          ("手持订单量", "=", 1040, "万载重吨")]),
        ("印染布单位产品取水量降至1.2吨/百米，年人均培训时长不少于40学时。",
         [("印染布单位产品取水量", "=", 1.2, "吨/百米"), ("人均培训时长", ">=", 40, "学时")]),
    ],
)  # fmt: skip
def test_what_is_measured_and_how(said: str, expected: list[tuple[object, ...]]) -> None:
    assert [row[:1] + row[2:5] for row in told(PLAN, said)] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("累计获批创新药11个，约占全省的四成。",
         [("创新药数量", "obs", "=", 11, "个", "2026-2030"),
          ("创新药占全省比重", "obs", "~", 0.4, "", "2030")]),
        ("原料药占产值比重高达43%，创新药产值占比尚不足15%。",
         [("原料药占产值比重", "obs", "=", 43, "%", "2030"),
          ("创新药产值占比", "obs", "<", 15, "%", "2030")]),
        ("工业雷管和炸药消耗比由2025年的674发/吨下降到2030年的335发/吨。",
         [("工业雷管和炸药消耗比", "obs", "=", 674, "发/吨", "2025"),
          ("工业雷管和炸药消耗比", "obs", "=", 335, "发/吨", "2030")]),
        ("人均预期寿命由73.5岁提高到75.7岁。",
         [("人均预期寿命", "obs", "=", 73.5, "岁", "2025"),
          ("人均预期寿命", "obs", "=", 75.7, "岁", "2030")]),
        ("出口额连续五年稳定在3000亿元以上。",
         [("出口额", "obs", ">=", 3000, "亿元", "2026-2030")]),
        ("空气质量优良天数318天，比上年增加6天。",
         [("空气质量优良天数", "obs", "=", 318, "天", "2030"),
          ("空气质量优良天数", "obs", "+", 6, "天", "2030")]),
        ("现有标准228项，包括国家标准95项、行业标准133项。",
         [("标准数量", "obs", "=", 228, "项", "2030"), ("国家标准数量", "obs", "=", 95, "项", "2030"),
          ("行业标准数量", "obs", "=", 133, "项", "2030")]),
    ],
)  # fmt: skip
def test_how_things_stand(said: str, expected: list[tuple[object, ...]]) -> None:
    assert told(FACTS, said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("依托78万亩竹林资源，发展竹产业。", ("竹林资源", "obs", "=", 78, "万亩", "2030")),
        ("老旧设备占比仍有约28%。", ("老旧设备占比", "obs", "~", 28, "%", "2030")),
    ],
)
def test_a_plan_says_among_its_tasks_how_things_stand(
    said: str, expected: tuple[object, ...]
) -> None:
    assert told(PLAN, said) == [expected]


def test_a_year_before_the_figures_of_its_owner_holds_for_those_that_follow() -> None:
    said = "东港产业园、西港产业园2033年产值分别达到420亿元和180亿元，亩均税收不低于28万元/亩。"
    assert [row[-1] for row in told(PLAN, said)] == ["2033", "2033", "2033"]


@pytest.mark.parametrize(
    "opening", ["2032年起5年内，大力实施人才计划。", "从2032年开始，用五年时间推进人才集聚。"]
)
def test_years_counted_from_a_year_are_those_of_the_plan(opening: str) -> None:
    text = (
        f"关于推进人才集聚工程的实施意见\n\n一、总体目标\n{opening}人才总量达到320万名左右。\n\n"
        "二、重点任务\n（一）引进人才\n5年内引进领军人才不少于100名。\n"
    )
    assert [(s.subject, str(s.period)) for s in read(text)] == [
        ("人才总量", "2036"),
        ("领军人才数量", "2032-2036"),
    ]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("纺织工业提质量工作方案（2035—2037年）\n\n纺织工业是国民经济的支柱产业。\n\n一、目标\n"
         "到2037年，产能达到300万吨。支持新疆、新疆生产建设兵团和新疆各地州承接转移。\n", "全国"),
        ("云岭省工业和信息化厅关于印发《新能源汽车产业链行动方案（2034—2036年）》的通知\n\n"
         "云工信产业〔2034〕37号\n\n一、目标\n到2036年，产值达到300亿元。\n", "云岭省"),
        ("勾勒“千亿路线图”\n\n日前，《沄海市生物医药产业规划（2033—2037年）》印发，全市要拿出"
         "真金白银。\n\n到2037年，全市产值达到300亿元。\n", "沄海市"),
    ],
)  # fmt: skip
def test_the_region_is_that_of_the_office_or_of_the_plan_spoken_of(text: str, region: str) -> None:
    assert {s.scope for s in read(text)} == {region}


def test_news_of_a_plan_that_begins_this_year_tells_how_the_year_before_ended() -> None:
    text = (
        "云溪勾勒生物医药路线图\n\n发布时间：2033年4月18日\n\n日前印发的《云溪市生物医药产业规划"
        "（2033—2037年）》提出，到2037年，全市产值达到900亿元。\n\n目前，全市有药企174家。\n"
    )
    assert [str(s.period) for s in read(text) if s.role == "observation"] == ["2032"]


def test_a_goal_set_anew_is_told_with_the_old_one() -> None:
    text = (
        "云溪市制造业“十六五”规划中期评估报告\n\n数据截至2033年底。\n\n一、调整建议\n\n"
        "（一）将高新技术企业目标由2000家上调为2600家；智能汽车产值目标调至2800亿元。\n"
        "（二）集群产值占比达到51.6%，距2035年55%的目标尚差3.4个百分点。\n"
    )
    assert [(s.subject, s.role[:3], s.value, str(s.period)) for s in read(text)] == [
        ("高新技术企业数量", "tar", 2000, "2035"),
        ("高新技术企业数量", "tar", 2600, "2035"),
        ("智能汽车产值目标", "tar", 2800, "2035"),
        ("集群产值占比", "obs", 51.6, "2033"),
        ("集群产值占比", "tar", 55, "2035"),
        ("集群产值占比与目标差距", "obs", 3.4, "2033"),
    ]


def test_points_above_an_earlier_year_are_a_rise_and_the_peak_is_of_its_year() -> None:
    assert told(PLAN, "绿色工厂产值占比达到30%，高于2030年12个百分点。")[1] == (
        "绿色工厂产值占比", "tar", "+", 12, "个百分点", "2031-2035",
    )  # fmt: skip
    assert told(FACTS, "规上工业利润521亿元，较2028年的峰值614亿元减少93亿元。")[1] == (
        "规上工业利润", "obs", "=", 614, "亿元", "2028",
    )  # fmt: skip


def test_the_next_years_of_news_hold_for_their_own_sentence() -> None:
    text = (
        "云溪勾勒生物医药路线图\n\n发布时间：2033年4月18日\n\n《云溪市生物医药产业规划（2033—2037年）》"
        "提出，三年内将建成平台6个。今明两年将推出厂房60万平方米。到2037年，全市出口达到900亿元。\n"
    )
    assert [(s.subject, str(s.period)) for s in read(text)] == [
        ("平台数量", "2033-2035"),
        ("厂房", "2033-2034"),
        ("出口额", "2037"),
    ]


def test_a_loan_beside_a_tax_rule_is_no_term_of_it() -> None:
    said = "落实研发费用100%加计扣除政策，新增中长期贷款800亿元。"
    assert told(PLAN, said) == [("中长期贷款", "tar", "+", 800, "亿元", "2031-2035")]


def test_the_last_places_of_a_ranking_are_a_condition() -> None:
    assert told(PLAN, "对连续两个季度排名后3位的市、县进行约谈。") == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("培育20家垂直细分领域龙头企业。", [("垂直细分领域龙头企业数量", "=", 20, "家")]),
        ("完成8.5亿吨水泥熟料清洁生产改造。", [("水泥熟料清洁生产改造", "=", 8.5, "亿吨")]),
        ("输电通道平均利用小时数力争达到4500小时以上。",
         [("输电通道平均利用小时数", ">=", 4500, "小时")]),
        ("快递服务满意度稳定在76分以上。", [("快递服务满意度", ">=", 76, "分")]),
        ("枢纽节点间网络时延不高于5毫秒。", [("枢纽节点间网络时延", "<=", 5, "毫秒")]),
        ("新改建高速公路里程2.5万公里。", [("高速公路里程", "+", 2.5, "万公里")]),
        ("新增学位42万个，每千人口床位数8.9张。",
         [("学位数量", "+", 42, "万个"), ("每千人口床位数", "=", 8.9, "张/千人口")]),
        ("建成智慧社区、数字乡村试点各50个。",
         [("智慧社区数量", "=", 50, "个"), ("数字乡村试点数量", "=", 50, "个")]),
        ("生物医药、文体用品产业规模均突破1000亿元。",
         [("生物医药产业规模", ">=", 1000, "亿元"), ("文体用品产业规模", ">=", 1000, "亿元")]),
        ("建立总投资超过1.2万亿元的重点项目库。", [("重点项目库总投资", ">=", 1.2, "万亿元")]),
        ("新上市空调器能效水平较2030年提升8%。", [("新上市空调器能效水平提升幅度", "=", 8, "%")]),
        ("民用运输机场覆盖92%左右的地级市。", [("民用运输机场地级市覆盖率", "~", 92, "%")]),
        ("产业规模首破万亿元。", [("产业规模", ">=", 1, "万亿元")]),
        ("推动先进制造业提质倍增。", []),
        ("由7条首都放射线、11条北南纵线、18条东西横线组成的路网贯通。", []),
        ("对单机架功率8千瓦以上、PUE低于1.2的新建项目优先支持。", []),
        ("支持企业按照不低于年用电量30%的标准采购绿色电力。", []),
        ("1EB约为10亿GB。", []),
    ],
)  # fmt: skip
def test_counts_scores_and_what_is_told_of_several(
    said: str, expected: list[tuple[object, ...]]
) -> None:
    assert [row[:1] + row[2:5] for row in told(PLAN, said)] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("石化、汽车、纺织服装等8个行业产值超千亿元。", [("产值超千亿元的行业数量", "=", 8, "个")]),
        ("算力核心产业规模达到1.8万亿元，算力每投入1元，将带动3至4元的增长。",
         [("算力核心产业规模", "=", 1.8, "万亿元")]),
        ("规模增长了数十倍。", []),
        ("甲园、乙园、丙园等5个园区产值超过300亿元。", [("产值超过300亿元的园区数量", "=", 5, "个")]),
        ("规上工业企业1200家产值达到300亿元。",
         [("规上工业企业数量", "=", 1200, "家"), ("规上工业企业产值", "=", 300, "亿元")]),
        ("产值、利润五年累计分别完成95亿元、52亿元，与上一个五年相比分别增长53.3%、83.2%。",
         [("产值", "=", 95, "亿元"), ("利润", "=", 52, "亿元"), ("产值增速", "=", 53.3, "%"),
          ("利润增速", "=", 83.2, "%")]),
    ],
)  # fmt: skip
def test_sums_of_lists_and_elasticities(said: str, expected: list[tuple[object, ...]]) -> None:
    assert [row[:1] + row[2:5] for row in told(FACTS, said)] == expected


def test_a_plan_tells_under_its_own_years_how_things_stand() -> None:
    said = "“十六五”时期，我国仍处于工业化进程，煤炭占比仍达56.8%。"
    assert told(FACTS, said) == [("煤炭占比", "obs", "=", 56.8, "%", "2030")]


def test_what_follows_a_path_of_years_goes_on_with_its_last() -> None:
    said = "2028年产值3657亿元，到2032年达到6000亿元，2035年突破1万亿元。炼油能力达到5000万吨。"
    assert told(PLAN, said)[-1] == ("炼油能力", "tar", "=", 5000, "万吨", "2035")


def test_rates_beside_columns_of_the_past_tell_the_years_between_them() -> None:
    text = (
        "云溪市能源“十六五”规划\n\n一、发展基础\n\n指标\t2025年\t2030年\t年均/累计\n"
        "能源消费总量（亿吨标准煤）\t43.4\t49.8\t2.8%\n非化石能源占比（%）①\t12.0\t15.9\t〔3.9〕\n"
    )
    assert [(s.subject, s.role[:3], s.value, s.unit, str(s.period)) for s in read(text)] == [
        ("能源消费总量", "obs", 43.4, "亿吨标准煤", "2025"),
        ("能源消费总量", "obs", 49.8, "亿吨标准煤", "2030"),
        ("能源消费总量年均增速", "obs", 2.8, "%", "2026-2030"),
        ("非化石能源占比", "obs", 12, "%", "2025"),
        ("非化石能源占比", "obs", 15.9, "%", "2030"),
        ("非化石能源占比五年累计提高", "obs", 3.9, "%", "2026-2030"),
    ]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("国务院关于印发新一代智能发展规划的通知\n\n国发〔2037〕35号\n\n一、态势\n二、目标\n到2040年核心产业规模"
         "超过1500亿元。到2045年超过4000亿元。到2050年超过1万亿元。\n三、任务\n", ["2040", "2045", "2050"]),
        ("汽车产业中长期发展规划\n\n一、现状\n2036年我国汽车产销量2800万辆。\n二、目标\n到2040年，产销达到3000万辆。"
         "到2045年，产销达到3500万辆。\n三、任务\n", ["2036", "2040", "2045"]),
    ],
)  # fmt: skip
def test_steps_before_the_last_five_years_are_goals_too(text: str, years: list[str]) -> None:
    found = read(text)
    assert [str(s.period) for s in found] == years
    assert [s.role for s in found if str(s.period) != "2036"] == ["target"] * (
        len(found) - years.count("2036")
    )


@pytest.mark.parametrize(
    ("opening", "period"),
    [
        ("力争用5年左右时间建成高地。到2036年，产值达到20亿元。", "2032-2036"),
        ("到2032年底，园区达到30个。到“十六五”末，产值达到20亿元。", "2031-2035"),
    ],
)
def test_the_years_of_a_plan_that_does_not_name_them(opening: str, period: str) -> None:
    text = (
        f"云溪市重点产业工作方案\n\n一、目标\n{opening}\n二、任务\n每年引进项目30个。\n三、保障\n"
    )
    assert str(read(text)[-1].period) == period


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("建成1200公里自动驾驶开放测试道路。", [("自动驾驶开放测试道路", "=", 1200, "公里")]),
        ("守住18.65亿亩耕地红线。", [("耕地红线", "=", 18.65, "亿亩")]),
        ("降尘量不高于7吨/平方公里·月。", [("降尘量", "<=", 7, "吨/平方公里·月")]),
        ("炼焦产能与炼钢产能比控制在0.4左右。", [("炼焦产能与炼钢产能比", "~", 0.4, "")]),
        ("建成千家绿色示范工厂和百家绿色示范园区。",
         [("绿色示范工厂数量", "=", 1000, "家"), ("绿色示范园区数量", "=", 100, "家")]),
        ("年出栏500头以上规模养殖比重提高到65%以上。", [("出栏500头以上规模养殖比重", ">=", 65, "%")]),
        ("引进3家年产量50万辆以上的整车企业。", [("年产量50万辆以上的整车企业数量", "=", 3, "家")]),
        ("改造提升现有高标准农田1.05亿亩。", [("高标准农田", "=", 1.05, "亿亩")]),
        ("在13个粮食主产省区打造高产稳产粮田。", []),
        ("范围包含甲市、乙市、丙市等共36个城市。", []),
        ("形成两个支柱产业、四个特色产业。", []),
        ("对年产销首次突破10万辆、30万辆的整车企业，分别给予500万元奖励。", []),
        ("相关数据来源于3万家样本企业。", []),
    ],
)  # fmt: skip
def test_ways_bounds_and_places(said: str, expected: list[tuple[object, ...]]) -> None:
    assert [row[:1] + row[2:5] for row in told(PLAN, said)] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("全国339个城市PM2.5平均浓度为29微克/立方米。",
         [("城市PM2.5平均浓度", "=", 29, "微克/立方米")]),
        ("10.5亿千瓦煤电机组实现超低排放。", [("煤电机组", "=", 10.5, "亿千瓦")]),
        ("单位产值能耗连续五年下降，累计降幅18.7%。",
         [("单位产值能耗连续下降年数", "=", 5, "年"), ("单位产值能耗下降幅度", "=", 18.7, "%")]),
        ("生猪存栏4.07亿头，恢复到2028年末的92%。",
         [("生猪存栏数量", "=", 4.07, "亿头"), ("生猪存栏", "=", 92, "%")]),
        ("城乡居民收入差距由2025年的2.73∶1缩小到2.56∶1。",
         [("城乡居民收入差距", "=", 2.73, ""), ("城乡居民收入差距", "=", 2.56, "")]),
        ("工业用水重复利用率与先进城市相差约3个百分点。",
         [("工业用水重复利用率与先进城市差距", "~", 3, "个百分点")]),
        ("培育形成电子信息、科技服务两个万亿级产业集群。", [("万亿级产业集群数量", "=", 2, "个")]),
    ],
)  # fmt: skip
def test_how_cities_herds_and_works_stand(said: str, expected: list[tuple[object, ...]]) -> None:
    assert [row[:1] + row[2:5] for row in told(FACTS, said)] == expected


def test_a_year_inside_a_part_of_a_sentence_ends_with_it() -> None:
    said = (
        "支持企业扩产，到2033年底产能达到150万千瓦，2034年达到200万千瓦；推动本地配套率提高到60%。"
    )
    assert [row[-1] for row in told(PLAN, said)] == ["2033", "2034", "2035"]


def test_a_number_in_brackets_beside_levels_is_a_change_over_the_plan() -> None:
    text = (
        "云溪市“十七五”规划\n\n一、目标\n\n指标\t2030年\t2035年\t年均〔累计〕\n城镇化率（%）\t60\t64\t〔4〕\n"
        "煤炭占比（%）\t56.8\t49.8\t〔-7.0〕\n高标准农田面积（万亩）\t80\t107\t〔27〕\n单位能耗下降（%）\t—\t—\t〔15〕\n"
    )
    found = [(s.subject, s.op, s.value, s.unit) for s in read(text) if str(s.period) != "2030"]
    assert [row for row in found if row[2] in (4, 7, 27, 15)] == [
        ("城镇化率五年累计提高", "+", 4, "%"),
        ("煤炭占比五年累计下降", "-", 7, "%"),
        ("高标准农田面积", "+", 27, "万亩"),
        ("单位能耗下降幅度", "=", 15, "%"),
    ]


def test_cells_may_bring_their_unit_and_names_their_marks_of_notes() -> None:
    text = (
        "智造云溪2035\n\n一、形势\n2029年，产值900亿元。\n\n二、目标\n到2035年，迈上新台阶。\n\n指标\t2030年\t2035年\n"
        "数字化率1\t58%\t72%以上\n宽带普及率2\t50%\t70%\n新增企业数\t—\t500个\n\n三、任务\n建设平台40家左右。\n"
    )
    assert [(s.subject, s.op, s.value, s.unit, str(s.period)) for s in read(text)[3:]] == [
        ("宽带普及率", "=", 50, "%", "2030"),
        ("宽带普及率", "=", 70, "%", "2035"),
        ("新增企业数", "+", 500, "个", "2035"),
        ("平台数量", "~", 40, "家", "2035"),
    ]


def test_facts_of_a_later_year_tell_when_an_action_plan_begins() -> None:
    text = (
        "空气质量改善行动方案\n\n一、工作基础\n2032年，全国优良天数比率为86.5%。\n\n二、目标\n到2035年，细颗粒物浓度"
        "比2030年下降10%。\n\n三、任务\n关停砖瓦窑800座。\n\n本方案涉及甲省、乙省。\n"
    )
    assert [(s.role, str(s.period)) for s in read(text)] == [
        ("observation", "2032"),
        ("target", "2031-2035"),
        ("target", "2035"),
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("打造3—5个工业互联网平台，在建项目已超过1500个。",
         [("tar", "range", None), ("obs", ">", 1500)]),
        ("新增污水处理能力2000万立方米/日，压减砖瓦产能50亿块标砖。",
         [("tar", "+", 2000), ("tar", "-", 50)]),
        ("打造信创、集成电路、车联网等10条重点产业链。", []),
        ("12条制造业重点产业链现代化水平全面提升。", []),
        ("形成3条千亿级产业链。", [("tar", "=", 3)]),
        ("供热半径15公里范围内的燃煤锅炉关停整合。", []),
        ("城市建成区不再新建35蒸吨/小时及以下燃煤锅炉。", []),
    ],
)  # fmt: skip
def test_chains_set_out_and_what_a_later_clause_tells(
    said: str, expected: list[tuple[object, ...]]
) -> None:
    assert [row[1:4] for row in told(PLAN, said)] == expected
