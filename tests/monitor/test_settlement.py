"""Settling a finished plan from later documents (docs/semantics.md §2, §4, §7)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stating import aims, reports, says

import jingwei
from jingwei import read_text
from jingwei.core import Formula, Period, plain
from jingwei.monitor.claims import Claim
from jingwei.monitor.settlement import once, settle
from jingwei.plans.amount import Readings
from jingwei.plans.compiling import read_statements

FIVE = "2016-2020"


def judged(target, *seen, own=(), **more):
    (found,) = settle([target, *own], list(seen), span=Period(2016, 2020), **more)
    return found


def answer(target, *seen, **more):
    return judged(target, *seen, **more).verdict.answer


# One goal against one fact, by kind, hedge and direction: (§, subject, unit, goal, hedge, fact,
# fact's hedge, answer, gap (from, to) of a miss)
LEVELS = [
    # 2.1 a bare number, more wanted
    ("2.1", "工业增加值", "亿元", "1500", "", "1500", "", "met", None),
    ("2.1", "工业增加值", "亿元", "1500", "", "1620.5", "", "met", None),
    ("2.1", "工业增加值", "亿元", "1500", "", "1499.9", "", "not_met", (1499.9, 1500)),
    ("2.1", "智能工厂数量", "家", "50", "", "64", "", "met", None),
    ("2.1", "智能工厂数量", "家", "50", "", "49", "", "not_met", (49, 50)),
    # 2.1 less wanted (2.14)
    ("2.14", "单位产品能耗", "千克标准煤/吨", "500", "", "480", "", "met", None),
    ("2.14", "单位产品能耗", "千克标准煤/吨", "500", "", "510", "", "not_met", (510, 500)),
    ("2.14", "全省排名", "位", "3", "", "2", "", "met", None),
    ("2.14", "全省排名", "位", "3", "", "5", "", "not_met", (5, 3)),
    # 2.1 the decline of something unwanted is wanted higher
    ("2.14", "单位GDP能耗下降幅度", "%", "15", "", "14.6", "", "not_met", (14.6, 15)),
    ("2.14", "单位GDP能耗下降幅度", "%", "15", "", "15.2", "", "met", None),
    # 2.2 左右: only a shortfall, against declared tolerances
    ("2.2", "服务业增加值占GDP比重", "%", "~20", "左右", "20", "", "met", None),
    ("2.2", "服务业增加值占GDP比重", "%", "~20", "左右", "31", "", "met", None),
    ("2.2", "服务业增加值占GDP比重", "%", "~20", "左右", "19.5", "", "depends", None),
    ("2.2", "服务业增加值占GDP比重", "%", "~20", "左右", "18.9", "", "depends", None),
    ("2.2", "服务业增加值占GDP比重", "%", "~20", "左右", "18", "", "depends", None),
    ("2.2", "服务业增加值占GDP比重", "%", "~20", "左右", "17.9", "", "not_met", (17.9, 18)),
    ("2.2", "单位产品能耗", "千克标准煤/吨", "~500", "左右", "460", "", "met", None),
    ("2.2", "单位产品能耗", "千克标准煤/吨", "~500", "左右", "520", "", "depends", None),
    ("2.2", "单位产品能耗", "千克标准煤/吨", "~500", "左右", "560", "", "not_met", (560, 550)),
    ("2.2", "创新中心数量", "家", "~8", "左右", "7", "", "not_met", (7, 8)),
    ("2.2", "居民消费价格涨幅", "%", "~3", "左右", "2", "", "not_met", (2, 2.7)),
    # 2.3 以上, 不低于 include
    ("2.3", "综合利用率", "%", ">=97", "以上", "97", "", "met", None),
    ("2.3", "综合利用率", "%", ">=97", "以上", "96.9", "", "not_met", (96.9, 97)),
    ("2.3", "综合利用率", "%", ">=97", "不低于", "97", "", "met", None),
    # 2.4 超过, 突破 exclude
    ("2.4", "百亿企业数量", "家", ">=8", "超过", "8", "", "not_met", (8, 9)),
    ("2.4", "百亿企业数量", "家", ">=8", "超过", "9", "", "met", None),
    ("2.4", "软件收入", "亿元", ">=300", "突破", "300", "", "not_met", (300, 300)),
    ("2.4", "软件收入", "亿元", ">=300", "突破", "312", "", "met", None),
    # 2.5 ceilings
    ("2.5", "综合能耗", "万吨标准煤", "<=900", "以内", "900", "", "met", None),
    ("2.5", "综合能耗", "万吨标准煤", "<=900", "以内", "901", "", "not_met", (901, 900)),
    ("2.5", "数据中心PUE", "", "<=1.3", "低于", "1.3", "", "not_met", (1.3, 1.3)),
    # 2.6 ranges
    ("2.6", "劳动生产率", "万元/人", "28..30", "", "29.1", "", "met", None),
    ("2.6", "劳动生产率", "万元/人", "28..30", "", "31", "", "met", None),
    ("2.6", "劳动生产率", "万元/人", "28..30", "", "27", "", "not_met", (27, 28)),
    ("2.6", "单位产品能耗", "千克标准煤/吨", "400..450", "", "440", "", "met", None),
    ("2.6", "单位产品能耗", "千克标准煤/吨", "400..450", "", "460", "", "not_met", (460, 450)),
    # 2.7 力争 loosens nothing
    ("2.7", "工业增加值", "亿元", "1500", "力争", "1499", "", "not_met", (1499, 1500)),
    # 7.3 bounds of facts
    ("7.3", "技改投资占工业投资比重", "%", "65", "", ">=60", "以上", "unknown", None),
    ("7.3", "技改投资占工业投资比重", "%", "55", "", ">=60", "以上", "met", None),
    ("7.3", "技改投资占工业投资比重", "%", "60", "", ">=60", "以上", "met", None),
    ("7.3", "技改投资占工业投资比重", "%", ">=60", "超过", ">=60", "以上", "unknown", None),
    ("7.3", "技改投资占工业投资比重", "%", ">=60", "超过", ">60", "超过", "met", None),
    ("7.3", "软件收入", "万亿元", "1", "", ">1", "突破", "met", None),
    ("7.3", "单位产品能耗", "千克标准煤/吨", "500", "", "<=490", "以内", "met", None),
    ("7.3", "单位产品能耗", "千克标准煤/吨", "500", "", "<=510", "以内", "unknown", None),
    ("7.3", "工业增加值", "亿元", "1500", "", "<=1400", "以内", "not_met", (1400, 1500)),
    ("7.3", "工业增加值", "亿元", "1500", "", "<1500", "不足", "not_met", (1500, 1500)),
    ("7.3", "服务业增加值占GDP比重", "%", "~20", "左右", ">=18.5", "以上", "depends", None),
    # 2.10, 2.11 hedged facts
    ("2.10", "示范项目数量", "个", "50", "", ">30", "多", "not_met", (40, 50)),
    ("2.10", "示范项目数量", "个", "35", "", ">30", "多", "unknown", None),
    ("2.10", "示范项目数量", "个", "30", "", ">30", "多", "met", None),
    ("2.11", "工业增加值", "亿元", "1500", "", "~1500", "近", "not_met", (1500, 1500)),
    ("2.11", "工业增加值", "亿元", "1400", "", "~1500", "近", "met", None),
    ("2.2", "工业增加值", "亿元", "1500", "", "~1500", "约", "depends", None),
    ("2.2", "工业增加值", "亿元", "1400", "", "~1500", "约", "met", None),
    # 2.15 numbers in words, other units
    ("2.15", "工业增加值", "亿元", "15000", "", "1.6", "", "met", None),
    ("2.15", "关键工序数控化率", "", "0.6667", "", "0.6667", "", "met", None),
]  # fmt: skip


@pytest.mark.parametrize(
    "case", LEVELS, ids=lambda case: f"{case[0]} {case[1]} {case[3]}/{case[5]}"
)
def test_one_goal_against_one_fact(case):
    _, subject, unit, aim, hedge, seen, told, expected, gap = case
    fact_unit = "万亿元" if seen == "1.6" else unit
    when = FIVE if "下降" in subject else "2020"
    found = judged(
        aims(subject, aim, unit, hedge=hedge), reports(subject, seen, fact_unit, when, hedge=told)
    )
    verdict = found.verdict
    assert verdict.answer == expected
    if gap is None:
        assert verdict.gap is None
    else:
        assert verdict.gap is not None
        assert (verdict.gap.from_, verdict.gap.to, verdict.gap.unit) == (*gap, unit)


def test_a_fraction_and_its_decimal_meet_each_other():
    target = aims("服务业增加值占GDP比重", "66.7", "%")
    assert answer(target, reports("服务业增加值占GDP比重", "0.6667")) == "met"
    assert answer(aims("数控化率", "0.6667"), reports("数控化率", "66.6", "%")) == "not_met"


def test_depends_shows_each_reading():
    found = judged(aims("占比", "~20", "%", hedge="左右"), reports("占比", "18.9", "%"))
    assert [(r.reading.split(" (")[0], r.answer) for r in found.verdict.readings] == [
        ("“左右”不容许差额", "not_met"),
        ("“左右”容许差5%", "not_met"),
        ("“左右”容许差10%", "met"),
    ]
    assert found.class_ == "取决于读法"
    assert "§2.2" in found.verdict.method


def test_declared_readings_are_an_input():
    target, seen = aims("占比", "~20", "%", hedge="左右"), reports("占比", "18.9", "%")
    assert answer(target, seen, readings=Readings(about=(0.02,))) == "not_met"
    assert answer(target, seen, readings=Readings(about=(0.06,))) == "met"


# ------------------------------------------------------------------ §4 periods


@pytest.mark.parametrize(
    ("subject", "unit", "aim_period", "fact_period", "quote", "expected"),
    [
        ("工业增加值", "亿元", "2020", "2020", "", "met"),
        ("工业增加值", "亿元", "2020", "2019", "", "unknown"),
        ("工业增加值", "亿元", "2020", "2021", "", "unknown"),
        ("技改投资占工业投资比重", "%", "2020", FIVE, "", "unknown"),
        ("工业投资累计完成额", "亿元", FIVE, FIVE, "", "met"),
        ("工业投资", "亿元", FIVE, "2020", "2020年工业投资", "unknown"),
        ("工业投资", "亿元", FIVE, "2020", "五年累计完成工业投资", "met"),
        ("工业投资", "亿元", FIVE, "2020", "累计完成工业投资", "unknown"),  # since when?
        ("工业投资", "亿元", "2020", "2020", "累计完成工业投资", "unknown"),
        ("工业投资", "亿元", "2020", "2020", "全年累计完成工业投资", "met"),
        ("工业投资累计完成额", "亿元", FIVE, "2018-2020", "", "unknown"),
        ("单位GDP能耗下降幅度", "%", "2020", FIVE, "", "met"),
        ("单位GDP能耗下降幅度", "%", FIVE, "2020", "2020年下降", "unknown"),
        ("单位GDP能耗下降幅度", "%", FIVE, "2020", "“十三五”以来累计下降", "met"),
        ("工业增加值年均增速", "%", FIVE, FIVE, "", "met"),
        ("工业增加值年均增速", "%", "2020", FIVE, "", "met"),
        ("工业增加值增速", "%", "2020", "2020", "", "met"),
        ("绿色工厂数量", "家", "2020", FIVE, "建设绿色工厂", "met"),
    ],
)
def test_only_a_fact_of_the_targets_time_counts(
    subject, unit, aim_period, fact_period, quote, expected
):
    target = aims(subject, "100", unit, aim_period)
    found = judged(target, reports(subject, "120", unit, fact_period, quote=quote))
    assert found.verdict.answer == expected
    if expected == "unknown" and fact_period[-4:] <= "2020":
        assert found.beside[0].relation == "另一时间"


def test_a_running_total_asks_since_when():
    running = reports("工业投资", "120", "亿元", "2020", quote="累计完成工业投资120亿元")
    found = judged(aims("工业投资", "100", "亿元", FIVE), running)
    assert "没有写明从何年算起" in found.verdict.reason
    assert "起算时间" in found.verdict.missing[0].fact


def test_another_year_before_the_plan_is_not_even_shown():
    found = judged(aims("绿色工厂数量", "100", "家"), reports("绿色工厂数量", "20", "家", "2014"))
    assert (found.class_, found.beside) == ("后续文件未披露", ())


def test_the_span_is_read_from_the_plan():
    target = aims("单位GDP能耗下降幅度", "15", "%", "2020")
    flow = aims("工业投资累计完成额", "900", "亿元", "2018-2020")
    fact = reports("单位GDP能耗下降幅度", "16", "%", "2018-2020")
    assert settle([target, flow], [fact])[0].verdict.answer == "met"
    assert settle([target], [fact])[0].verdict.answer == "unknown"


# ------------------------------------------------------------------ §5, §7.2 indicators


@pytest.mark.parametrize(
    ("aim", "seen", "relation"),
    [
        ("制造业增加值占GDP比重", "工业增加值占GDP比重", "另一指标"),
        ("机器人产值", "机器人营业收入", "另一指标"),
        ("标杆性智能工厂数量", "示范性智能工厂数量", "另一指标"),
        ("研发经费内部支出占营业收入比重", "研发投入占营业收入比重", "另一指标"),
        ("规上工业增加值", "工业增加值", "另一口径"),
        ("市级智能工厂数量", "国家级智能工厂数量", "另一口径"),
        ("服务业增加值占GDP比重", "服务业增加值占工业增加值比重", "另一口径"),
        ("新型显示产值", "新型显示产业规模", "另一口径"),
    ],
)
def test_what_is_only_near_is_never_a_pass(aim, seen, relation):
    found = judged(aims(aim, "10", "%"), reports(seen, "99", "%"))
    assert found.verdict.answer == "unknown"
    assert found.class_ == "无法评价"
    assert found.beside[0].relation == relation
    assert found.beside[0].evidence[0] in found.verdict.evidence


def test_another_area_is_no_fact_of_this_one():
    zone = reports("规上工业总产值", "9000", "亿元", scope="滨江新区")
    city = reports("规上工业总产值", "5000", "亿元", scope="全市", at=7)
    target = aims("规上工业总产值", "6000", "亿元")
    home = [reports("人口", "300", "万人", scope="云溪市"), reports("GDP", "9", "亿元")]
    assert answer(target, zone, *home) == "unknown"
    assert answer(target, zone, city, *home) == "not_met"


def test_a_technical_level_is_neither_target_nor_fact():
    target = aims("芯片产值", "10", "亿元")
    tech = reports("芯片产值", "14", "亿元", kind="tech")
    goal = aims("芯片工艺", "7", "纳米", kind="tech")
    assert [s.verdict.answer for s in settle([target, goal], [tech])] == ["unknown"]


def test_a_person_may_join_or_part_two_names():
    target, seen = aims("标杆工厂数量", "50", "家"), reports("示范性工厂数量", "64", "家")
    key = f"{target.id}>{seen.id}"
    assert answer(target, seen) == "unknown"
    assert answer(target, seen, decisions={key: "confirmed"}) == "met"
    apart = reports("灯塔车间数量", "64", "家")
    assert answer(target, apart, decisions={f"{target.id}>{apart.id}": "confirmed"}) == "met"
    same = reports("标杆工厂数量", "64", "家")
    assert answer(target, same, decisions={f"{target.id}>{same.id}": "refused"}) == "unknown"


# ------------------------------------------------------------------ §7.5, §7.6 no number


def test_defined_elsewhere_until_a_document_gives_the_number():
    target = aims("单位工业增加值能耗下降幅度", "完成省下达目标", "%", attr="约束性")
    fact = reports("单位工业增加值能耗累计下降幅度", "18.5", "%", FIVE)
    found = judged(target, fact)
    assert (found.verdict.answer, found.class_) == ("unknown", "无法评价")
    assert "完成省下达目标" in found.verdict.missing[0].fact
    assert found.verdict.missing[0].holder.startswith("云溪市发展改革委")
    assert found.beside[0].relation == "同一指标"
    upper = aims("单位工业增加值能耗下降幅度", "17", "%", FIVE, document="省节能规划")
    assert answer(target, fact, upper) == "met"
    stricter = replace(upper, value=19.0)
    settled = judged(target, fact, stricter)
    assert settled.verdict.answer == "not_met"
    assert stricter.evidence in settled.verdict.evidence


def test_ranks_are_unknown_and_name_what_would_show_them():
    target = aims("制造业质量竞争力指数", "全国前列", "")
    found = judged(target, reports("制造业质量竞争力指数", "92"))
    assert found.verdict.answer == "unknown"
    assert "位次" in found.verdict.missing[0].fact
    assert "市场监管总局" in found.verdict.missing[0].holder
    assert found.class_ == "无法评价"


def test_steady_is_held_against_the_base():
    """§2.12."""
    target = aims("制造业增加值占GDP比重", "基本稳定", "%")
    base = reports("制造业增加值占GDP比重", "30", "%", "2015")

    def at(value):
        return answer(target, base, reports("制造业增加值占GDP比重", value, "%"))

    assert [at("30"), at("29"), at("28"), at("26"), at("31.4"), at("34")] == [
        "met", "met", "depends", "not_met", "met", "not_met",
    ]  # fmt: skip
    found = judged(target, reports("制造业增加值占GDP比重", "28.9", "%"))
    assert found.verdict.answer == "unknown"
    assert "2015年" in found.verdict.missing[0].fact


# ------------------------------------------------------------------ §2.8 changes over a base


@pytest.mark.parametrize(
    ("aim", "base", "end", "expected"),
    [
        ("+600", "1873", "2418", "not_met"),
        ("+600", "1873", "2473", "met"),
        ("+3..5", "15", "18", "met"),
        ("+3..5", "15", "17", "not_met"),
        ("-200", "900", "690", "met"),
        ("-200", "900", "710", "not_met"),
        ("x2", "182", "391.2", "met"),
        ("x2", "862.3", "1651.8", "not_met"),
        ("x0.5", "40", "18", "met"),
        ("x0.5", "40", "22", "not_met"),
    ],
)
def test_changes_are_counted_from_the_base(aim, base, end, expected):
    target = aims("规上企业数量", aim, "家")
    own = reports("规上企业数量", base, "家", "2015", document="规划A")
    found = judged(target, reports("规上企业数量", end, "家"), own=[own])
    assert found.verdict.answer == expected
    assert isinstance(found.verdict.evidence[0], Formula)
    assert own.evidence in found.verdict.evidence[0].of


def test_a_base_year_stated_by_the_target_is_used():
    target = aims("产值", "x2", "", base_year=2019, scope="光伏")
    seen = [
        reports("产值", value, "亿元", year, scope="光伏")
        for value, year in (("100", "2015"), ("180", "2019"), ("240", "2020"))
    ]
    found = judged(target, *seen)
    assert found.verdict.answer == "not_met"
    assert found.verdict.gap is not None
    assert (round(found.verdict.gap.from_, 2), found.verdict.gap.to) == (1.33, 2)


def test_no_base_is_unknown_and_says_which_year():
    found = judged(aims("规上企业数量", "+600", "家"), reports("规上企业数量", "2418", "家"))
    assert found.verdict.answer == "unknown"
    assert "2015年" in found.verdict.missing[0].fact


def test_a_stated_increase_needs_no_base():
    target = aims("规上企业数量", "+600", "家")
    assert answer(target, reports("规上企业数量", "+545", "家", FIVE)) == "not_met"
    assert answer(target, reports("规上企业数量", "+657", "家", FIVE)) == "met"
    assert answer(target, reports("规上企业数量", "+657", "家", "2020")) == "unknown"
    assert answer(aims("产值", "x2", ""), reports("产值", "x2.3", "")) == "met"


def test_a_size_that_names_no_statistic_doubles_in_any_one_statistic():
    """§5.3: 产业规模倍增 judged by 产值 at both ends; never by 产值 over 营业收入."""
    target = aims("光伏产业规模", "x2", "")
    own = [reports("光伏产值", "100", "亿元", "2015", document="规划A")]
    found = judged(target, reports("光伏产值", "190", "亿元"), own=own)
    assert found.verdict.answer == "not_met"
    assert "以产值计" in found.verdict.reason
    assert answer(target, reports("光伏营业收入", "300", "亿元"), own=own) == "unknown"


# ------------------------------------------------------------------ §4.3 stocks and things done


def test_things_done_count_towards_a_stock():
    stock = aims("绿色工厂数量", "100", "家", quote="绿色工厂总数达到100家")
    built = aims("绿色工厂数量", "100", "家", quote="创建100家绿色工厂")
    done = reports("绿色工厂数量", "60", "家", FIVE)
    assert answer(built, done) == "not_met"
    assert answer(stock, done) == "unknown"
    many = reports("绿色工厂数量", "120", "家", FIVE)
    assert answer(stock, many) == "met"
    base = reports("绿色工厂数量", "45", "家", "2015", document="规划A")
    assert answer(stock, done, own=[base]) == "met"


def test_a_count_that_its_base_exceeds_means_a_part_of_them():
    """§7.10."""
    target = aims("国家级示范基地数量", "3..5", "家", quote="打造3—5家全球领先的国家级示范基地")
    base = reports("国家级示范基地数量", "15", "个", "2015", document="规划A")
    found = judged(target, reports("国家级示范基地数量", "20", "个"), own=[base])
    assert found.verdict.answer == "unknown"
    assert "超过目标" in found.verdict.reason


def test_documents_that_disagree_on_the_base_settle_nothing():
    """§7.10: 33 on a basis that lies 3 higher is 30 on the plan's."""
    target = aims("园区单位土地产值", "32", "亿元/平方公里")
    own = [reports("园区单位土地产值", "25", "亿元/平方公里", "2015", document="规划A")]
    end = reports("园区单位土地产值", "33", "亿元/平方公里")
    revised = reports("园区单位土地产值", "28", "亿元/平方公里", "2015")
    found = judged(target, end, revised, own=own)
    assert found.verdict.answer == "unknown"
    assert "不一致" in found.verdict.reason
    same = reports("园区单位土地产值", "25", "亿元/平方公里", "2015")
    assert answer(target, end, same, own=own) == "met"
    assert answer(target, replace(end, value=40.0), revised, own=own) == "met"


# ------------------------------------------------------------------ §7.7 arithmetic


def test_yearly_declines_compound():
    """1 − 0.95·0.96·0.97·0.96·0.97 = 17.6 %, although the rates add up to 19."""
    target = aims("单位GDP能耗下降幅度", "18", "%", FIVE)
    rates = {"2016": "5", "2017": "4", "2018": "3", "2019": "4", "2020": "3"}
    seen = [
        reports("单位GDP能耗下降幅度", rate, "%", year, document=f"{year}年公报")
        for year, rate in rates.items()
    ]
    found = judged(target, *seen)
    assert found.verdict.answer == "not_met"
    assert found.verdict.gap is not None
    assert round(found.verdict.gap.from_, 3) == 17.622
    assert answer(target, *seen[1:]) == "unknown"
    assert answer(replace(target, value=17.5), *seen) == "met"


def test_a_sum_of_yearly_declines_yields_to_the_compounded_figure():
    target = aims("单位GDP水耗下降幅度", ">=23", "%", FIVE, attr="约束性")
    series = reports(
        "单位GDP水耗下降幅度", "4.4", "%", FIVE,
        quote="2016年至2020年分别下降5.2%、4.9%、4.6%、4.4%和4.4%",
    )  # fmt: skip
    right = reports("单位GDP水耗累计下降幅度", "21.4", "%", FIVE)
    wrong = reports("单位GDP水耗累计下降幅度", "23.5", "%", FIVE, document="通稿")
    found = judged(target, series, right, wrong)
    assert found.verdict.answer == "not_met"
    assert "不合连乘" in found.verdict.reason
    assert "未履行承诺" in found.verdict.reason
    assert answer(target, right, wrong) == "depends"


def test_yearly_flows_add_up_only_when_complete():
    target = aims("工业投资", "4500", "亿元", FIVE)
    seen = [reports("工业投资", "900", "亿元", str(year)) for year in range(2016, 2021)]
    assert answer(target, *seen) == "met"
    assert answer(target, *seen[:4]) == "unknown"


def test_yearly_growth_has_a_geometric_mean():
    target = aims("工业增加值年均增速", "7", "%", FIVE)
    seen = [
        reports("工业增加值增速", rate, "%", str(2016 + n))
        for n, rate in enumerate(("9", "8", "8", "7", "3"))
    ]
    found = judged(target, *seen)
    assert found.verdict.answer == "not_met"  # 6.98 %, although the mean of the rates is 7
    assert found.verdict.gap is not None
    assert round(found.verdict.gap.from_, 2) == 6.98


def test_growth_over_the_whole_period_and_years_told_in_two_ways():
    target = aims("工业利润累计增速", "30", "%", FIVE, measure="flow")
    seen = [reports("工业利润增速", "6", "%", str(year)) for year in range(2016, 2021)]
    found = judged(target, *seen)
    assert found.verdict.answer == "met"  # 1.06⁵ − 1 = 33.8 %
    assert "33.82%" in found.verdict.reason
    other = reports("工业利润增速", "5", "%", "2018", document="年鉴")
    assert answer(target, *seen, other) == "unknown"


def test_a_part_follows_from_share_and_whole():
    target = aims("技术改造投资", ">=3000", "亿元", FIVE, hedge="以上")
    whole = reports("工业固定资产投资累计完成额", "6000", "亿元", FIVE)
    share = reports("技改投资占工业投资比重", ">=60", "%", FIVE)
    assert answer(target, whole, share) == "met"
    assert answer(replace(target, value=4000.0), whole, share) == "unknown"
    other = replace(share, document="另一公报")
    assert answer(target, whole, other) == "unknown"


def test_a_share_of_the_total_just_named():
    """「…累计完成6000亿元,其中技术改造投资占比60%以上」"""
    target = aims("技术改造投资", ">=3000", "亿元", FIVE, hedge="以上")
    whole = reports("工业固定资产投资", "6000", "亿元", FIVE, at=100)
    quote = "其中技术改造投资占比达到60%以上"
    share = reports("技术改造投资占比", ">=60", "%", quote=quote, at=120)
    assert answer(target, whole, share) == "met"
    far = reports("技术改造投资占比", ">=60", "%", quote=quote, at=900)
    assert answer(target, whole, far) == "unknown"


def test_a_share_follows_from_its_two_sides():
    target = aims("制造业增加值占GDP比重", "28", "%")
    part, whole = reports("制造业增加值", "300", "亿元"), reports("地区生产总值", "1000", "亿元")
    assert answer(target, part, whole) == "met"
    assert answer(target, reports("工业增加值", "300", "亿元"), whole) == "unknown"
    assert answer(target, part, replace(whole, document="另一公报")) == "unknown"


def test_grades_add_up_to_their_total():
    target = aims("国家级和市级创新中心数量", "5..10", "家")
    seen = [reports("国家级创新中心数量", "2", "家"), reports("市级创新中心数量", "4", "家")]
    assert answer(target, *seen) == "met"
    assert answer(target, seen[0]) == "unknown"


def test_a_rate_by_definition_is_only_a_hint():
    target = aims("工业增加值率", "25", "%")
    seen = [reports("工业增加值", "260", "亿元"), reports("工业总产值", "1000", "亿元")]
    found = judged(target, *seen)
    assert found.verdict.answer == "unknown"
    assert found.beside[0].relation == "推算"
    assert "26.00%" in found.beside[0].zh


def test_a_shortened_name_is_completed_by_the_one_before():
    """「打造5家国家级新型工业化示范基地,新增3家国家级示范基地」"""
    first = aims("国家级新型工业化示范基地数量", "5", "家", at=100)
    then = aims("国家级示范基地数量", "+3", "家", at=120)
    seen = [
        reports("国家级新型工业化示范基地数量", n, "家", y)
        for n, y in (("15", "2015"), ("20", "2020"))
    ]
    plan = settle([first, then], seen, span=Period(2016, 2020))
    assert plan[1].verdict.answer == "met"


# ------------------------------------------------------------------ §7.8, §7.9 claims, conflicts


def test_a_claim_is_shown_and_proves_nothing():
    target = aims("绿色工厂数量", "100", "家")
    claim = Claim("公报B", "“十三五”规划目标全部完成", target.evidence)
    about = Claim("公报B", "专利目标全部完成", target.evidence, about=("elsewhere",))
    found = judged(target, reports("人口", "3", "万人"), claims=[claim, about])
    assert (found.verdict.answer, found.class_) == ("unknown", "后续文件未披露")
    assert [each.relation for each in found.beside] == ["笼统表述"]


def test_facts_that_exclude_each_other_are_all_shown():
    target = aims("规上企业数量", "2400", "家")
    one, two = (
        reports("规上企业数量", "2391", "家"),
        reports("规上企业数量", "2418", "家", document="年鉴"),
    )
    found = judged(target, one, two)
    assert found.verdict.answer == "depends"
    assert {r.answer for r in found.verdict.readings} == {"met", "not_met"}
    assert {one.evidence, two.evidence} <= set(found.verdict.evidence)
    lower = judged(replace(target, value=2000.0), one, two)
    assert lower.verdict.answer == "met"
    assert "不一致" in lower.verdict.reason
    assert {one.evidence, two.evidence} <= set(lower.verdict.evidence)


def test_roundings_and_bounds_of_one_number_are_one():
    target = aims("工业总产值", "37040", "亿元")
    exact = reports("工业总产值", "37053", "亿元")
    rounded = reports("工业总产值", "3.7", "万亿元", document="通稿")
    bound = reports("工业总产值", ">3.5", "万亿元", document="年鉴")
    found = judged(target, rounded, bound, exact)
    assert found.verdict.answer == "met"
    assert found.verdict.evidence == (exact.evidence,)


# ------------------------------------------------------------------ the rest of a verdict


def test_a_later_goal_is_shown_beside_an_unknown():
    again = aims("绿色工厂数量", "200", "家", "2025", document="规划C")
    found = judged(aims("绿色工厂数量", "100", "家"), again)
    assert [each.relation for each in found.beside] == ["后续目标"]


def test_reasons_methods_dates_and_json():
    target = aims("绿色工厂数量", "100", "家", attr="预期性")
    found = judged(target, reports("绿色工厂数量", "104", "家"), dates={"公报B": "2021-03-01"})
    assert found.verdict.as_of == "2021-03-01"
    assert "§7" in found.verdict.method
    assert "§3 预期性" in found.verdict.method
    assert "104家" in found.verdict.reason
    assert "104家" in found.verdict.reason_en
    assert {"target", "verdict", "class", "beside", "same_as"} == set(plain(found))
    assert plain(found)["class"] == "完成"


@pytest.mark.parametrize(
    ("amount", "hedge", "cited"),
    [("~9", "左右", "§2.2"), (">=9", "超过", "§2.4"), ("<=9", "不超过", ""), (">=9", "以上", "")],
)
def test_the_method_names_the_reading(amount, hedge, cited):
    method = judged(
        aims("占比", amount, "%", hedge=hedge), reports("占比", "9", "%")
    ).verdict.method
    assert [mark for mark in ("§2.2", "§2.4") if mark in method] == [cited] * bool(cited)


@pytest.mark.parametrize(
    ("subject", "unit", "scope", "office"),
    [
        ("工业增加值", "亿元", "云溪市", "云溪市统计局"),
        ("工业增加值", "亿元", "东陵省", "东陵省统计局"),
        ("工业增加值", "亿元", "全国", "国家统计局"),
        ("智能工厂数量", "家", "云溪市", "云溪市经信委（工信局）"),
        ("智能工厂数量", "家", "东陵省", "东陵省经信厅（工信厅）"),
        ("二氧化硫排放量", "万吨", "云溪市", "云溪市生态环境局"),
        ("园区单位土地产值", "亿元/平方公里", "云溪市", "云溪市规划资源局（自然资源局）"),
        ("研发经费占GDP比重", "%", "云溪市", "云溪市科委（科技局）、云溪市统计局"),
        ("高技能人才数量", "万人", "云溪市", "云溪市人社局"),
        ("实际利用外资", "亿美元", "云溪市", "云溪市商务委（商务局）"),
        ("万元GDP用水量", "立方米", "云溪市", "云溪市水务局（水利局）"),
    ],
)
def test_an_unknown_names_the_office_that_holds_the_fact(subject, unit, scope, office):
    (found,) = settle([aims(subject, "5", unit, scope=scope)], [])
    assert found.verdict.missing[0].holder == office


# ------------------------------------------------------------------ laws

SUBJECTS = ["工业增加值", "规上工业增加值", "智能工厂数量", "能耗下降幅度", "制造业增加值占GDP比重"]
SEEN = st.lists(
    st.builds(
        lambda s, a, y, d, k: reports(s, a, "%", y, document=d, name=f"f{k}", at=k),
        st.sampled_from(SUBJECTS),
        st.sampled_from(["10", "12", ">=9", "~11", "<14", "+3", "x2", "8..12"]),
        st.sampled_from(["2015", "2018", "2020", FIVE]),
        st.sampled_from(["公报B", "年鉴C"]),
        st.integers(0, 10**6),
    ),
    max_size=8,
    unique_by=lambda s: s.id,
)
GOALS = st.lists(
    st.builds(
        lambda s, a, k: aims(s, a, "%", name=f"t{k}", at=k),
        st.sampled_from(SUBJECTS),
        st.sampled_from(["10", "~11", ">=12", "5..9", "+2", "x1.5", "全国前列"]),
        st.integers(0, 10**6),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda s: s.id,
)


@given(GOALS, SEEN, st.randoms())
def test_the_order_of_documents_changes_nothing(plan, seen, random):
    expected = settle(plan, seen)
    mixed = list(seen)
    random.shuffle(mixed)
    assert settle(plan, mixed) == expected


@given(GOALS, SEEN)
def test_an_irrelevant_statement_changes_nothing(plan, seen):
    extra = says("年鉴C", "observation", "渔港泊位长度", "3", "公里", "2020", at=10**7)
    assert settle(plan, [*seen, extra]) == settle(plan, seen)


@given(GOALS, SEEN)
def test_every_target_gets_one_verdict_with_what_it_needs(plan, seen):
    found = settle(plan, seen)
    assert [each.target for each in found] == plan
    for each in found:
        verdict = each.verdict
        assert verdict.of == each.target.id
        assert bool(verdict.missing) == (verdict.answer == "unknown")
        assert (verdict.gap is not None) == (verdict.answer == "not_met")


@pytest.mark.parametrize(
    ("goal", "fact", "answer"),
    [
        (("创新能力全省排名", "<=3", "位"), ("创新能力全省排名", "2", "位"), "met"),
        (("创新能力全省排名", "<=3", "位"), ("创新能力全省排名", "5", "位"), "not_met"),
        (("创新能力", "全省前三位"), ("创新能力全省排名", "3", "位"), "met"),
        (("创新能力全国排名", "2", "位"), ("创新能力全国排名", "1", "位"), "met"),
        (("创新能力全国排名", "2", "位"), ("创新能力全国排名", "<=10", "位"), "unknown"),
        (("创新能力", "进入全国前10名"), ("创新能力", "全国前五"), "met"),
        # §5.7 another population, and the level itself, are no rank
        (("创新能力全国排名", "<=3", "位"), ("创新能力全省排名", "1", "位"), "unknown"),
        (("创新能力全省排名", "<=3", "位"), ("创新能力", "2"), "unknown"),
        (("创新能力排名", "<=3", "位"), ("创新能力全省排名", "1", "位"), "unknown"),
        (("创新能力", "全省前列"), ("创新能力全省排名", "1", "位"), "unknown"),
    ],
)
def test_ranks_are_settled_as_numbers_within_one_population(goal, fact, answer):
    more = {"measure": "rank", "kind": "tech"}
    target = aims(*goal, measure="rank")
    seen = reports(*fact, **({"measure": "level"} if fact == ("创新能力", "2") else more))
    (settled,) = settle([target], [seen])
    assert settled.verdict.answer == answer


def test_a_target_of_table_and_prose_is_counted_once():
    row = aims("绿色工厂数量", "100", "家", attr="预期性", quote="绿色工厂家100预期性")
    prose = aims("绿色工厂数量", "100", "家", quote="绿色工厂达到100家")
    settled = settle([prose, row], [reports("绿色工厂数量", "104", "家")])
    assert [each.same_as for each in settled] == [row.id, ""]
    assert [each.target.id for each in once(settled)] == [row.id]


def test_prose_that_repeats_a_row_has_its_class_too():
    row = aims("绿色工厂数量", "100", "家", attr="预期性", quote="绿色工厂家100预期性")
    prose = aims("绿色工厂数量", "100", "家", quote="绿色工厂达到100家")
    settled = settle([prose, row], [reports("绿色工厂数量", "95", "家")])
    assert [each.class_ for each in settled] == ["基本完成", "基本完成"]


def two_places(first, second, *later):
    settled = settle([first, second], list(later), span=Period(2016, 2020))
    (one,) = once(settled)
    assert {each.class_ for each in settled} == {one.class_}
    return one


def test_one_target_with_two_numbers_has_one_answer_that_depends_on_the_place():
    row = aims("绿色工厂数量", "100", "家", attr="预期性", quote="绿色工厂家100预期性")
    prose = aims("绿色工厂数量", "110", "家", quote="绿色工厂达到110家")
    one = two_places(prose, row, reports("绿色工厂数量", "104", "家"))
    assert (one.target.id, one.class_) == (row.id, "取决于读法")
    assert "指标表100家，正文110家" in one.verdict.reason
    assert [each.answer for each in one.verdict.readings] == ["met", "not_met"]
    assert {row.evidence, prose.evidence} & set(one.verdict.evidence) == {prose.evidence}
    assert two_places(prose, row, reports("绿色工厂数量", "120", "家")).class_ == "完成"


def test_one_target_in_two_units_shows_the_conversion_and_the_likely_slip():
    # 1 亿元/平方公里 is 10 000 万元 on 1500 亩: 60 万元/亩 is 9 亿元/平方公里
    name = "单位土地产值"
    row = aims(name, "60", "亿元/平方公里", attr="预期性", quote=f"{name}亿元/平方公里60预期性")
    prose = aims(name, "60", "万元/亩", quote=f"{name}达到60万元/亩")
    one = two_places(row, prose, reports(name, "55", "亿元/平方公里"))
    assert one.class_ == "取决于读法"
    assert "60万元/亩（换算为9亿元/平方公里）" in one.verdict.reason
    assert "疑为单位误写" in one.verdict.reason
    same = aims(name, "900", "万元/亩", quote=f"{name}达到900万元/亩")
    row = aims(name, "135", "亿元/平方公里", attr="预期性", quote=f"{name}亿元/平方公里135预期性")
    assert two_places(row, same, reports(name, "140", "亿元/平方公里")).class_ == "完成"


# ------------------------------------------------------------------ §5.3 whose figure it is


@pytest.mark.parametrize(
    ("own", "wider"),
    [("云溪市", "全省"), ("云溪市", "全国"), ("云溪市", "我省"), ("柳湾区", "全市"), ("云溪市", "长三角")],
)  # fmt: skip
def test_the_figure_of_a_wider_area_never_settles_a_target(own, wider):
    target = aims("研发投入强度", "2.6", "%", scope=own)
    mine = [reports("工业增加值", str(n), "亿元", "2020", scope=own) for n in (10, 11, 12)]
    seen = reports("研发投入强度", "2.8", "%", scope=wider, quote=f"{wider}研发投入强度2.8%")
    found = settle([target], [seen, *mine], span=Period(2016, 2020))[0]
    assert found.verdict.answer == "unknown"
    assert found.beside


def test_a_text_reporting_mostly_on_the_nation_is_still_its_own_citys():
    target = aims("研发投入强度", "2.6", "%")
    nation = [
        reports("工业增加值", str(n), "亿元", scope="全国", quote=f"全国工业增加值{n}亿元")
        for n in (10, 11, 12)
    ]
    found = settle([target], [*nation, reports("研发投入强度", "2.8", "%")])[0]
    assert found.verdict.answer == "met"


def test_the_whole_of_a_text_without_a_region_is_its_own():
    target = aims("研发投入强度", "2.6", "%", scope="全市")
    assert answer(target, reports("研发投入强度", "2.8", "%", scope="全市")) == "met"
    wider = reports("研发投入强度", "2.8", "%", scope="全市", quote="全市研发投入强度2.8%")
    mine = [reports("工业增加值", str(n), "亿元", "2020", scope="全区") for n in (10, 11, 12)]
    own = aims("研发投入强度", "2.6", "%", scope="全区")
    assert settle([own], [wider, *mine], span=Period(2016, 2020))[0].verdict.answer == "unknown"


# ------------------------------------------------------------------ §7.15 every year

YEARLY = [
    (str(year), count) for year, count in zip(range(2016, 2021), (32, 31, 35, 30, 33), strict=True)
]


def every_year(amount="+30", subject="每年规上工业企业数量", unit="家"):
    quote = f"每年新增规上工业企业{amount.strip('+~')}家" if unit == "家" else ""
    return aims(subject, amount, unit, FIVE, quote=quote)


def added(amount, period=FIVE, quote="“十三五”期间新增规上工业企业"):
    return reports("规上工业企业数量", f"+{amount}", "家", period, quote=f"{quote}{amount}家")


def test_a_total_of_five_years_is_no_yearly_figure():
    verdict = judged(every_year(), added(90)).verdict
    assert verdict.answer == "not_met"
    assert "按年均计" in verdict.reason and "90家÷5年 = 年均18家" in verdict.reason
    assert isinstance(verdict.evidence[0], Formula)
    assert (verdict.gap.from_, verdict.gap.to) == (18, 30)
    good = judged(every_year(), added(160)).verdict
    assert good.answer == "met" and "按年均计" in good.reason


def test_every_year_has_to_reach_a_yearly_target():
    facts = [added(count, year, f"{year}年新增规上工业企业") for year, count in YEARLY]
    assert answer(every_year(), *facts) == "met"
    assert answer(every_year(), *facts[:3]) == "unknown"
    bad = added(24, "2018", "2018年新增规上工业企业")
    assert answer(every_year(), *facts[:2], bad, *facts[3:]) == "not_met"
    assert answer(every_year(), bad) == "not_met"


def test_a_stock_says_nothing_of_a_yearly_target():
    target = aims("每年“专精特新”企业数量", "~30", "家", FIVE, hedge="左右")
    stock = reports("“专精特新”企业数量", "163", "家", quote="“专精特新”企业达到163家")
    found = judged(target, stock)
    assert found.verdict.answer == "unknown"
    assert "目标按年计" in found.verdict.reason


def test_a_yearly_investment_is_held_against_yearly_investments_or_their_average():
    target = aims("每年工业投资", "100", "亿元", FIVE)
    total = reports("工业投资", "430", "亿元", FIVE, quote="五年累计完成工业投资430亿元")
    assert answer(target, total) == "not_met"
    one = [reports("工业投资", "110", "亿元", str(year)) for year in range(2016, 2021)]
    assert answer(target, *one) == "met"


def test_a_published_yearly_average_is_no_total():
    total = aims("规上工业企业数量", "+30", "家", FIVE, quote="新增规上工业企业30家")
    average = reports(
        "年均新增规上工业企业数量", "+31", "家", FIVE, quote="年均新增规上工业企业31家"
    )
    assert answer(total, average) == "unknown"
    assert answer(every_year(), average) == "met"


def test_the_rise_of_a_stock_is_averaged_too():
    base = reports("规上工业企业数量", "500", "家", "2015", quote="规上工业企业达到500家")
    end = reports("规上工业企业数量", "590", "家", quote="规上工业企业达到590家")
    verdict = judged(every_year(), base, end).verdict
    assert verdict.answer == "not_met" and "按年均计" in verdict.reason


# ------------------------------------------------------------------ §2.14 the verb of a goal


@pytest.mark.parametrize(
    "verb",
    ["压减到", "压减至", "减少到", "降到", "降至", "控制在", "下降到", "压缩到", "控制在约"],
)
def test_a_goal_that_is_brought_down_is_a_ceiling_whatever_is_counted(verb):
    subject = "危化品企业数量"
    target = aims(subject, "50", "家", quote=f"危化品企业{verb}50家")
    base = reports(subject, "80", "家", "2015")
    assert answer(target, base, reports(subject, "45", "家")) == "met"
    assert answer(target, base, reports(subject, "50", "家")) == "met"
    miss = judged(target, base, reports(subject, "64", "家")).verdict
    assert (miss.answer, miss.gap.from_, miss.gap.to) == ("not_met", 64, 50)


def test_a_ceiling_that_is_nearly_kept_is_measured_downwards():
    target = aims("危化品企业数量", "50", "家", attr="预期性", quote="危化品企业压减到50家")
    assert judged(target, reports("危化品企业数量", "52", "家")).class_ == "基本完成"
    assert judged(target, reports("危化品企业数量", "60", "家")).class_ == "未完成"


def test_another_number_that_is_brought_down_turns_no_goal():
    target = aims("绿色工厂数量", "50", "家", quote="能耗降至0.5，绿色工厂达到50家")
    assert answer(target, reports("绿色工厂数量", "60", "家")) == "met"
    grown = aims("绿色工厂数量", "150", "家", quote="淘汰企业减少到50家，绿色工厂150家")
    assert answer(grown, reports("绿色工厂数量", "160", "家")) == "met"


def test_a_share_of_the_city_is_not_computed_from_the_district_alone():
    """§7.7: 占全市比重 takes the total of the city."""
    goal = aims("工业增加值占全市工业增加值比重", "20", "%", scope="柳湾区")
    own = [
        reports("规上工业企业数量", "9", "家", scope="柳湾区"),
        reports("工业增加值", "300", "亿元", scope="柳湾区"),
        reports("全部工业增加值", "300", "亿元", scope="柳湾区"),
    ]
    (settled,) = settle([goal, *(aims("工业投资", "9", "亿元", scope="柳湾区"),)], own)[:1]
    assert settled.verdict.answer == "unknown"
    city = [*own, reports("工业增加值", "1200", "亿元", scope="全市")]
    (settled,) = settle([goal, *(aims("工业投资", "9", "亿元", scope="柳湾区"),)], city)[:1]
    assert settled.verdict.answer == "met"
    assert "300亿元÷1200亿元" in settled.verdict.reason


def rates(*each, subject="单位工业增加值能耗下降幅度"):
    return [reports(subject, str(v), "%", str(2016 + n)) for n, v in enumerate(each)]


def test_a_cumulated_decline_that_its_years_bear_out_says_so():
    # 1 − 0.96 × 0.97 × 0.96 × 0.97 × 0.96 = 16.76 %
    target = aims("单位工业增加值能耗累计下降幅度", "16", "%", FIVE)
    stated = reports("单位工业增加值能耗累计下降幅度", "16.8", "%", FIVE)
    found = judged(target, stated, *rates(4, 3, 4, 3, 4))
    assert found.class_ == "完成"
    assert "一致" in found.verdict.reason and "连乘16.76%" in found.verdict.reason
    assert "不一致" not in found.verdict.reason
    assert found.verdict.evidence[0] == stated.evidence


def test_a_cumulated_decline_that_its_years_contradict_is_shown_beside_them():
    target = aims("单位工业增加值能耗累计下降幅度", "18", "%", FIVE)
    stated = reports("单位工业增加值能耗累计下降幅度", "18.6", "%", FIVE)
    found = judged(target, stated, *rates(4, 3, 4, 3, 4))
    assert found.class_ == "取决于读法"
    assert {each.answer for each in found.verdict.readings} == {"met", "not_met"}


def test_a_total_that_its_years_contradict_is_shown_beside_them():
    years = [reports("工业投资", str(100 + n), "亿元", str(2016 + n)) for n in range(5)]
    target = aims("工业投资", "520", "亿元", FIVE)
    agreeing = judged(target, reports("工业投资", "510", "亿元", FIVE), *years)
    assert agreeing.class_ == "未完成" and "不一致" not in agreeing.verdict.reason
    apart = judged(target, reports("工业投资", "530", "亿元", FIVE), *years)
    assert apart.class_ == "取决于读法"


def centres(*each):
    return [reports("技术中心数量", str(v), "家", str(2016 + n)) for n, v in enumerate(each)]


@pytest.mark.parametrize(("last", "answer_"), [(34, "not_met"), (35, "met")])
def test_year_end_stocks_are_held_against_their_base_and_never_added_up(last, answer_):
    # 五年 [15] 家 over a base of 20: 34 − 20 = 14, 35 − 20 = 15; 22 + 25 + 27 + 30 + 34 proves nothing
    target = aims("技术中心数量", "15", "家", FIVE)
    base = reports("技术中心数量", "20", "家", "2015")
    found = judged(target, *centres(22, 25, 27, 30, last), base)
    assert found.verdict.answer == answer_
    assert "−2015年20家" in found.verdict.reason and "+" not in found.verdict.reason
    assert judged(target, *centres(22, 25, 27, 30, last)).verdict.answer == "unknown"  # no base


def test_what_was_done_in_each_year_adds_up():
    target = aims("技术中心数量", "15", "家", FIVE, quote="五年新认定技术中心15家")
    years = [
        reports("技术中心数量", str(n), "家", str(2016 + n), quote=f"当年新认定技术中心{n}家")
        for n in range(5)
    ]
    found = judged(target, *years)
    assert found.verdict.answer == "not_met"  # 0 + 1 + 2 + 3 + 4 = 10
    assert "各年合计" in found.verdict.reason


def test_a_goal_of_things_done_is_not_told_by_a_net_rise():
    target = aims("技术中心数量", "15", "家", FIVE, quote="五年新认定技术中心15家")
    base = reports("技术中心数量", "20", "家", "2015")
    assert answer(target, *centres(22, 25, 27, 30, 40), base) == "unknown"


@pytest.mark.parametrize(
    ("said", "class_"),
    [
        ("2035年上半年，高端装备产值140亿元。", "无法评价"),
        ("上年，高端装备产值305亿元。", "无法评价"),
        ("五年累计完成高端装备投资2300亿元。", "后续文件未披露"),
        ("项目达产后，高端装备产值将达到320亿元。", "后续文件未披露"),
        ("距离高端装备产值300亿元的目标仍有差距。", "后续文件未披露"),
        ("高端装备产值305亿元。", "完成"),
    ],
)
def test_neither_a_part_of_the_year_nor_a_hope_nor_a_missed_goal_is_a_result(said, class_):
    plan = read_text("霁川市“十六五”工业规划\n到2035年，高端装备产值达到300亿元。\n", "规划.txt")
    later = read_text(
        f"霁川市2035年国民经济和社会发展统计公报\n霁川市统计局 2036年3月25日\n{said}\n", "公报.txt"
    )
    (settled,) = jingwei.settle(plan, [later])
    assert settled.class_ == class_


# 7.16: what came in is no net increase


def _counted(words: str, value: str, subject: str = "瞪羚企业数量"):
    return replace(reports(subject, f"+{value}", "家", FIVE), quote=f"{words}{value}家")


def test_what_came_in_does_not_tell_a_net_increase() -> None:
    target = replace(aims("瞪羚企业数量", "+500", "家", FIVE), quote="瞪羚企业净增500家")
    assert answer(target, _counted("五年新增瞪羚企业", "520")) == "unknown"
    assert answer(target, _counted("五年新认定瞪羚企业", "620")) == "unknown"
    assert answer(target, _counted("五年净增瞪羚企业", "520")) == "met"
    base = reports("瞪羚企业数量", "820", "家", "2015")
    stock = reports("瞪羚企业数量", "1340", "家", "2020")
    assert answer(target, stock, own=(base,)) == "met"


def test_what_came_in_tells_a_goal_of_what_comes_in() -> None:
    target = replace(aims("瞪羚企业数量", "+500", "家", FIVE), quote="新增瞪羚企业500家")
    assert answer(target, _counted("五年新增瞪羚企业", "520")) == "met"


def test_sums_of_a_look_back_settle_the_sums_a_plan_promised():
    promised = (
        "改造农村危房5.2万户，治理水土流失面积600平方公里，完成技改投资300亿元，建成泵站4座。"
    )
    later = read_text(
        "云溪市2036年政府工作报告\n——2036年1月20日在云溪市第八届人民代表大会第一次会议上\n\n"
        "一、“十六五”时期工作回顾\n过去五年，改造农村危房5.3万户，治理水土流失面积590平方公里，"
        "完成技改投资310亿元，建成泵站5座。\n",
        "report.txt",
    )
    for when in ("“十六五”时期，", "到2035年，"):
        plan = read_text(f"云溪市“十六五”规划\n\n一、发展目标\n{when}{promised}\n", "plan.txt")
        settled = settle(read_statements(plan), read_statements(later))
        assert [each.verdict.answer for each in settled] == ["met", "not_met", "met", "met"], when


def test_what_is_newly_trained_or_built_in_a_period_is_what_was_promised_for_it():
    later = read_text(
        "云溪市2036年政府工作报告\n——2036年1月20日在云溪市第八届人民代表大会第一次会议上\n\n"
        "一、“十六五”时期和2035年工作回顾\n五年来，新培育小巨人企业63家，净增高新技术企业40家。\n"
        "刚刚过去的2035年，新增上市企业3家。\n",
        "report.txt",
    )
    plan = read_text(
        "云溪市“十六五”规划\n\n一、发展目标\n“十六五”时期，培育小巨人企业60家，培育高新技术企业50家，"
        "新增上市企业10家。\n",
        "plan.txt",
    )
    settled = settle(read_statements(plan), read_statements(later))
    assert [each.verdict.answer for each in settled] == ["met", "unknown", "unknown"]


def test_an_industry_is_named_with_or_without_its_noun():
    plan = read_text(
        "云溪市“十六五”规划\n\n一、目标\n到2035年，装备制造产业营业收入达到120亿元。\n", "plan.txt"
    )
    later = read_text("云溪市2035年统计公报\n\n2035年，装备制造业营业收入125亿元。\n", "later.txt")
    (settled,) = settle(read_statements(plan), read_statements(later))
    assert settled.verdict.answer == "met"


def test_a_year_beyond_the_plan_that_no_text_has_come_to_has_not_come():
    """到2035年 in a plan up to 2020 is no figure that somebody failed to publish."""
    ahead = aims("工业增加值", "200", "亿元", "2035")
    found = judged(
        ahead, reports("工业增加值", "120", "亿元", "2020"), aims("工业投资", "9", "亿元", FIVE)
    )
    assert found.verdict.answer == "unknown"
    assert "2035年还没有到" in found.verdict.reason
