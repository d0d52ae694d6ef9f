"""When two names mean one indicator (docs/semantics.md §5)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stating import aims, reports

from jingwei.plans.amount import numbers
from jingwei.plans.indicator import compare, identify, pairs, region_of, wanted

SAME = [
    # §5.3 synonyms
    ("战略性新兴产业增加值占GDP比重", "战新产业增加值占全市生产总值的比重", "%"),
    ("制造业增加值占地区生产总值比重", "全市制造业增加值占GDP比重", "%"),
    ("规模以上工业增加值", "规上工业增加值", "亿元"),
    ("工业固定资产投资累计完成额", "工业投资", "亿元"),
    ("技改投资占全部工业固定资产投资比重", "技术改造投资占工业投资的比重", "%"),
    ("规模以上工业企业研发经费支出占营业收入比重", "规上工业企业研发投入强度", "%"),
    ("全员劳动生产率", "劳动生产率", "万元/人"),
    # word order, adornments, 产业 and 企业 left out
    ("智能工厂标杆数量", "标杆性智能工厂数量", "家"),
    ("绿色产品开发设计数量", "绿色产品数量", "项"),
    ("高新技术企业数", "高新技术企业数量", "家"),
    ("高新技术企业家数", "高新技术企业数", "家"),
    ("高新技术企业户数", "高新技术企业", "家"),
    ("从业人员数", "从业人员数量", "人"),
    ("集成电路产业产值", "集成电路产值", "亿元"),
    ("隐形冠军企业数量", "“隐形冠军”数量", "家"),
    ("“专精特新”中小企业数量", "专精特新企业数量", "家"),
    ("国家新型工业化产业示范基地数量", "国家级新型工业化示范基地数量", "个"),
    ("高端软件和信息服务业营业收入", "信息服务、高端软件营业收入", "亿元"),
    # ratios in several orders of words
    ("规模以上工业单位增加值能耗下降幅度", "单位规模以上工业增加值能耗累计下降", "%"),
    ("万元工业增加值用水量下降幅度", "单位工业增加值用水量累计下降幅度", "%"),
    ("工业园区每平方公里土地工业总产值", "园区单位土地产值", "亿元/平方公里"),
    ("规上工业每亿元主营业务收入有效发明专利数", "规模以上工业每亿元营业收入发明专利数", "件/亿元"),
    # the same narrowed population in other words; so many new things are a count of the things
    ("特色产业园区单位土地产值", "特色工业园区每平方公里土地工业总产值", "亿元/平方公里"),
    ("规模以上工业企业亩均税收", "规上工业亩均税收", "万元/亩"),
    ("重点企业营业收入", "重点企业主营业务收入", "亿元"),
    ("新建绿色工厂数量", "绿色工厂数量", "家"),
]

DIFFERS = [
    ("生产性服务业增加值占GDP比重", "生产性服务业增加值占服务业增加值比重", "%", {"denominator"}),
    ("战新产值占规上工业总产值比重", "战新产值占工业总产值比重", "%", {"denominator"}),
    ("规上工业增加值", "工业增加值", "亿元", {"frame"}),
    ("市级智能工厂数量", "国家级智能工厂数量", "家", {"grade"}),
    ("市级特色园区数量", "特色园区数量", "个", {"grade"}),
    ("战略性新兴产业产值", "战略性新兴产业制造业部分产值", "亿元", {"part"}),
    ("新型显示产业规模", "新型显示产值", "亿元", {"measure"}),
    ("光伏产业链营业收入", "光伏", "亿元", {"measure"}),
    ("与制造业紧密相关的服务业增加值", "服务业增加值", "亿元", {"definition"}),
    ("工业增加值(可比价)", "工业增加值(现价)", "亿元", {"price", "definition"}),
    ("生物医药、医疗器械产值", "生物医药产值", "亿元", {"coverage"}),
    # some of a kind are another population than all of it
    ("规上工业亩均税收", "亩均税收", "万元/亩", {"frame", "object"}),
    ("工业企业亩均税收", "亩均税收", "万元/亩", {"object"}),
    ("特色产业园区单位土地产值", "工业园区单位土地产值", "亿元/平方公里", {"frame"}),
    ("新建园区单位土地产值", "园区单位土地产值", "亿元/平方公里", {"frame"}),
    ("国家级园区单位土地产值", "园区单位土地产值", "亿元/平方公里", {"grade"}),
    ("重点企业研发费用占营业收入比重", "企业研发费用占营业收入比重", "%", {"frame"}),
    ("示范企业数量", "企业数量", "家", {"frame"}),
    ("龙头企业营业收入", "企业营业收入", "亿元", {"frame"}),
    ("引进企业营业收入", "企业营业收入", "亿元", {"frame"}),
    ("工业投资占重点产业投资比重", "工业投资占产业投资比重", "%", {"denominator"}),
]

SIMILAR = [
    ("制造业增加值占GDP比重", "工业增加值占GDP比重", "%"),
    ("规上工业企业研发经费内部支出占营业收入比重", "规上工业企业研发投入占营业收入比重", "%"),
    ("机器人产值", "机器人营业收入", "亿元"),
    ("标杆性智能工厂数量", "示范性智能工厂数量", "家"),
    ("绿色工业示范园区数量", "绿色园区数量", "个"),
    ("规上工业增加值年均增速", "规上工业增加值", ""),
    ("企业技术中心数量", "技术创新中心数量", "家"),
    ("先进制造业增加值", "制造业增加值", "亿元"),
    ("装备制造业增加值", "制造业增加值", "亿元"),
    ("生产性服务业增加值", "服务业增加值", "亿元"),
    ("新能源汽车产量", "汽车产量", "万辆"),
    ("城镇居民人均可支配收入", "农村居民人均可支配收入", "元"),
    ("重点企业营业收入", "龙头企业营业收入", "亿元"),
    ("重点实验室数量", "实验室数量", "家"),
]

DIFFERENT = [
    ("制造业增加值", "制造业税收", "亿元"),
    ("高新技术企业数量", "绿色工厂数量", "家"),
    ("工业用水重复利用率", "工业固废综合利用率", "%"),
    ("制造业质量竞争力指数", "制造业总产值", ""),
    ("科研事业单位营业收入", "纺织产值", "亿元"),
    ("第二产业增加值占GDP比重", "第三产业增加值占GDP比重", "%"),
    ("企业研发投入", "全社会研发投入", "亿元"),
]


def related(one: str, other: str, unit: str = "", **more):
    a = identify(aims(one, "1", unit, **more), "云溪市")
    b = identify(reports(other, "1", unit), "云溪市")
    return compare(a, b)


@pytest.mark.parametrize(("one", "other", "unit"), SAME)
def test_other_words_are_one_indicator(one, other, unit):
    assert related(one, other, unit).kind == "reworded"
    assert related(other, one, unit).kind == "reworded"


@pytest.mark.parametrize(("one", "other", "unit", "aspects"), DIFFERS)
def test_another_measure_is_named(one, other, unit, aspects):
    comparison = related(one, other, unit)
    assert (comparison.kind, comparison.aspects()) == ("differs", aspects)
    assert not comparison.comparable


@pytest.mark.parametrize(("one", "other", "unit"), SIMILAR)
def test_neighbours_are_only_similar(one, other, unit):
    assert related(one, other, unit).kind == "similar"
    assert related(other, one, unit).kind == "similar"


@pytest.mark.parametrize(("one", "other", "unit"), DIFFERENT)
def test_what_shares_only_words_is_different(one, other, unit):
    assert related(one, other, unit).kind == "different"


def test_tails_that_clash_are_no_synonyms():
    """§5.2: 高新技术产业 is not 高新技术企业, although each may lose its tail."""
    assert related("高新技术产业产值", "高新技术企业产值", "亿元").kind == "similar"


def test_unit_words_are_soft_and_dimensions_hard():
    a = identify(aims("示范企业数量", "200", "项"))
    b = identify(reports("示范企业数量", "200", "家"))
    comparison = compare(a, b)
    assert comparison.comparable
    assert [(d.aspect, d.soft) for d in comparison.differences] == [("unit", True)]
    money = identify(reports("示范企业数量", "200", "亿元"))
    assert compare(a, money).aspects() == {"unit"}


def test_printed_unit_columns_hold_more_than_units():
    a = identify(aims("工业劳动生产率", "22", "增加值万元/人"))
    assert compare(a, identify(reports("工业劳动生产率", "22", "万元/人"))).comparable


def test_a_fraction_in_words_is_a_share():
    a = identify(aims("关键工序数控化率", "0.6667"))
    assert compare(a, identify(reports("关键工序数控化率", "66.7", "%"))).kind == "same"


def test_a_part_of_gdp_is_value_added():
    assert related("战新产业占GDP比重", "战新产业增加值占GDP比重", "%").kind == "reworded"


def test_a_share_without_its_denominator_is_the_share_just_the_same():
    comparison = related("技改投资占比", "技改投资占工业投资比重", "%")
    assert comparison.comparable
    assert [d.aspect for d in comparison.differences] == ["denominator"]


def test_the_lead_of_one_series_over_another_is_only_itself():
    lead = "战新产业增加值年均增速高于工业增加值年均增速的差距"
    assert related(lead, "战新产业增加值年均增速", "%").kind == "different"
    assert related(lead, lead, "%").kind == "same"


def test_a_measure_of_change_is_read_from_the_statement_too():
    bare = identify(aims("单位GDP能耗", "15", "%", measure="reduction"))
    said = identify(aims("单位GDP能耗累计下降幅度", "15", "%"))
    assert compare(bare, said).comparable


def test_scopes_that_are_no_fields():
    """A phrase of the text, a kind of place, and the nation."""
    plain = identify(reports("智能工厂数量", "9", "家"), "云溪市")
    phrase = identify(reports("智能工厂数量", "9", "家", scope="数字赋能成效明显"), "云溪市")
    nation = identify(reports("智能工厂数量", "9", "家", scope="全国"), "云溪市")
    field = identify(reports("智能工厂数量", "9", "家", scope="纺织"), "云溪市")
    again = identify(reports("智能工厂数量", "9", "家", scope="智能制造"), "云溪市")
    assert compare(plain, phrase).comparable
    assert compare(plain, nation).aspects() == {"scope"}
    assert compare(plain, field).aspects() == {"scope"}
    assert compare(plain, again).comparable
    assert region_of([reports("产值", "1", scope=s) for s in ("全国", "我国", "开发区")]) == "全国"


def test_a_note_on_one_side_is_shown_and_does_not_stop():
    comparison = related("园区单位土地产值(已供应工业用地)", "园区单位土地产值", "亿元/平方公里")
    assert comparison.kind == "reworded"
    assert comparison.differences[0].aspect == "definition"


def test_areas_are_kept_apart():
    city = identify(reports("工业总产值", "5000", "亿元", scope="全市"), "云溪市")
    zone = identify(reports("工业总产值", "1000", "亿元", scope="滨江新区"), "云溪市")
    other = identify(reports("工业总产值", "900", "亿元", scope="东陵市"), "东陵市")
    named = identify(reports("云溪市工业总产值", "900", "亿元", scope="云溪市"), "云溪市")
    assert compare(city, zone).aspects() == {"scope"}
    assert compare(city, other).aspects() == {"scope"}
    assert compare(city, named).comparable


def test_a_zone_is_an_area_whether_named_or_given_as_scope():
    named = identify(reports("经开区规上工业总产值", "9", "亿元", scope="云溪市"), "云溪市")
    scoped = identify(reports("规上工业总产值", "9", "亿元", scope="经开区"), "云溪市")
    city = identify(reports("规上工业总产值", "9", "亿元"), "云溪市")
    assert compare(named, scoped).comparable
    assert compare(named, city).aspects() == {"scope"}
    assert compare(scoped, city).aspects() == {"scope"}


def test_an_industry_given_as_scope_is_part_of_the_name():
    written = identify(aims("光伏产值", "5", "亿元", scope="光伏"))
    scoped = identify(aims("产值", "5", "亿元", scope="光伏"))
    another = identify(aims("产值", "5", "亿元", scope="造船"))
    assert compare(written, scoped).comparable
    assert compare(scoped, another).kind == "different"


@pytest.mark.parametrize(("subject", "scope", "unit"), [
    ("亩均税收", "规上工业", "万元/亩"),
    ("单位土地产值", "特色产业园区", "亿元/平方公里"),
    ("营业收入", "国家级开发区", "亿元"),
])  # fmt: skip
def test_a_population_given_as_scope_is_part_of_the_name(subject, scope, unit):
    plain = re.sub("规上|特色|国家级", "", scope)
    named = identify(aims(scope + subject, "5", unit), "云溪市")
    scoped = identify(aims(subject, "5", unit, scope=scope), "云溪市")
    everyone = identify(aims(subject, "5", unit, scope=plain), "云溪市")
    assert compare(named, scoped).comparable
    assert compare(scoped, everyone).kind == "differs"


def test_a_narrower_field_is_another_field():
    wide = identify(aims("企业数量", "5", "家", scope="汽车"))
    narrow = identify(aims("企业数量", "5", "家", scope="新能源汽车"))
    assert compare(wide, narrow).aspects() == {"scope"}


def test_region_of_a_document_is_its_commonest_region():
    told = [aims("产值", "1", scope=s) for s in ("云溪市", "全市", "光伏", "云溪市", "滨江开发区")]
    assert region_of(told) == "云溪市"
    assert region_of(told[1:3]) == ""


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("单位GDP能耗", "lower"),
        ("单位GDP能耗下降幅度", "higher"),
        ("二氧化硫排放量", "lower"),
        ("两化融合指数全省排名", "lower"),
        ("居民消费价格涨幅", "neutral"),
        ("节能环保产业营业收入", "higher"),
        ("工业增加值", "higher"),
    ],
)
def test_wanted_direction(subject, expected):
    """§2.14."""
    assert wanted(identify(aims(subject, "1", "%"))) == expected


NAMES = sorted({name for row in (*SAME, *DIFFERS, *SIMILAR, *DIFFERENT) for name in row[:2]})


@given(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=8),
    st.lists(st.sampled_from(NAMES), max_size=8),
)
def test_blocking_loses_no_pair(left, right):
    a = [identify(aims(name, "1", "%")) for name in left]
    b = [identify(aims(name, "1", "%")) for name in right]
    brute = {
        (i, j, compare(x, y))
        for i, x in enumerate(a)
        for j, y in enumerate(b)
        if compare(x, y).kind != "different"
    }
    assert set(pairs(a, b)) == brute


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_comparing_is_symmetric_and_reflexive(one, other):
    a, b = identify(aims(one, "1", "亿元")), identify(aims(other, "1", "亿元"))
    assert compare(a, b).kind == compare(b, a).kind
    assert compare(a, a).kind == "same"


@pytest.mark.parametrize(("one", "unit", "other", "other_unit"), [
    ("单位工业增加值用水量", "立方米/万元", "万元工业增加值用水量", "立方米"),
    ("单位GDP能耗", "吨标准煤/万元", "万元地区生产总值能耗", "吨标准煤"),
    ("亩均税收", "万元", "亩均税收", "万元/亩"),
    ("人均地区生产总值", "万元", "人均GDP", "元/人"),
    ("每万人口高价值发明专利拥有量", "件", "万人高价值发明专利拥有量", "件/万人"),
    ("全员劳动生产率", "万元", "全员劳动生产率", "万元/人"),
])  # fmt: skip
def test_a_denominator_belongs_to_the_unit_wherever_it_is_written(one, unit, other, other_unit):
    """§5.6"""
    a, b = aims(one, "30", unit), aims(other, "30", other_unit)
    assert compare(identify(a), identify(b)).comparable
    assert identify(a).dimension == identify(b).dimension


def test_a_number_is_converted_with_the_denominator_of_its_name():
    a, b = aims("亩均税收", "15", "万元"), aims("亩均税收", "2.25", "亿元/平方公里")
    assert identify(a).dimension == identify(b).dimension
    assert numbers(a, "money/area") == pytest.approx(numbers(b, "money/area"))


def test_units_that_clash_are_named_as_units():
    a, b = (
        aims("工业园区税收", "3", "万元/亩"),
        aims("工业园区税收", "3", "亿元"),
    )
    (difference,) = compare(identify(a), identify(b)).differences
    assert (difference.left, difference.right) == ("元每平方米", "元")
