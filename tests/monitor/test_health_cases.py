"""What each check finds and lets pass, and how it ranks its explanations.

All places and figures are fictional.
"""

from collections.abc import Sequence

import pytest
from stating import aims, reports, says

from jingwei.core import Finding, Formula, Statement, plain
from jingwei.documents import read_text
from jingwei.monitor.health import KINDS, check, examine
from jingwei.plans.compiling import read_statements


def told(*statements: Statement) -> list[Finding]:
    documents: dict[str, list[Statement]] = {}
    for each in statements:
        documents.setdefault(each.document, []).append(each)
    return check(documents)


def kinds(*statements: Statement) -> list[str]:
    return [each.kind for each in told(*statements)]


def texts(finding: Finding) -> list[str]:
    return [each.text for each in finding.explanations]


def path(subject: str, start: str, end: str, rate: str, *, document: str = "规划A", at: int = 10):
    """从A提高到B，年均增长R: one sentence."""
    more = {"document": document}
    return [
        reports(subject, start, "亿元", "2015", at=at, **more),
        reports(subject, end, "亿元", "2020", at=at + 20, **more),
        reports(f"{subject}年均增速", rate, "%", "2016-2020", at=at + 40, **more),
    ]


# -- growth ---------------------------------------------------------------------------------


def test_three_rates_of_one_indicator_are_one_finding_with_their_arithmetic():
    found = told(
        *path("工业增加值", "800", "1200", "3"),
        *path("工业总产值", "4000", "4400", "2", at=400),
        reports("新材料产业增加值年均增速", "12.5", "%", "2016-2020", document="规划C", at=10),
        reports("新材料产业增加值年均增速高于同期全市工业增加值年均增速的差距", "4.1", "%", "2016-2020",
                document="规划C", at=40, quote="比同期全市工业增加值年均增速高4.1个百分点"),
        reports("工业增加值", "800.2", "亿元", "2015", document="公报B", at=10),
        reports("工业增加值", "1180", "亿元", "2018", document="公报B", at=30),
        reports("工业增加值年均增速", "13.8", "%", "2016-2018", document="公报B", at=50),
    )  # fmt: skip
    assert [each.kind for each in found] == ["growth"]
    growth = found[0]
    assert "3%、8.4%" in growth.message and "13.8%" in growth.message
    formulas = [str(side) for side in growth.sides if isinstance(side, Formula)]
    assert "(1200亿元÷800亿元)^(1/5)−1=8.45%" in formulas
    assert "12.5%−4.1%=8.4%" in formulas
    causes = texts(growth)
    assert [each.rank for each in growth.explanations] == list(range(1, len(causes) + 1))
    # prices would have to rise faster than output did: a break in the series is likelier
    assert "断点" in causes[0] and "统计范围" in causes[1]
    assert "单独不足以解释" in causes[2] and "1.9%" in causes[2]
    assert "2015年到2018年" in causes[3]


def test_prices_come_first_where_they_can_explain_the_gap():
    found = told(*path("工业增加值", "800", "1072", "4"))
    assert "价格口径不同" in texts(found[0])[0]


def test_yearly_taken_for_total_comes_first():
    found = told(*path("工业增加值", "800", "1072", "34"))
    assert "累计与年均混用" in texts(found[0])[0]


@pytest.mark.parametrize("rate", ["6", "6.0", "~6"])
def test_rates_that_agree_are_agreements(rate):
    checkup = examine({"规划A": path("工业增加值", "800", "1070", rate)})
    assert checkup.findings == ()
    assert [each.kind for each in checkup.agreements] == ["growth"]


def test_growth_target_against_start_and_end_target():
    found = told(
        reports("规上工业增加值", "1042", "亿元", "2020", document="规划A", at=10),
        aims("规上工业增加值", "1500", "亿元", "2025", at=4000),
        aims("规上工业增加值年均增速", "12", "%", "2021-2025", at=8000),
    )
    assert [each.kind for each in found] == ["growth"]
    assert "测算" in texts(found[0])[0]


def test_a_growth_floor_is_no_contradiction():
    assert not told(
        reports("规上工业增加值", "1042", "亿元", "2020", document="规划A", at=10),
        aims("规上工业增加值", ">=1500", "亿元", "2025", at=4000),
        aims("规上工业增加值年均增速", ">=9.5", "%", "2021-2025", at=8000),
    )


def test_rates_of_other_periods_or_places_are_left_alone():
    assert not told(
        reports("工业增加值年均增速", "8", "%", "2016-2020"),
        reports("工业增加值年均增速", "5", "%", "2011-2015", document="公报C"),
        reports("工业增加值年均增速", "6", "%", "2016-2020", scope="临江市", document="公报D"),
        reports("规模以上工业增加值年均增速", "7", "%", "2016-2020", document="公报E"),
    )


def test_a_decline_against_start_and_end():
    def say(stated: str) -> list[Statement]:
        return [
            reports("单位工业增加值能耗", "0.50", "吨标准煤/万元", "2015", at=10, measure="level"),
            reports("单位工业增加值能耗", "0.41", "吨标准煤/万元", "2020", at=30, measure="level"),
            reports("单位工业增加值能耗累计下降幅度", stated, "%", "2016-2020", at=50),
        ]

    assert not told(*say("18"))
    assert kinds(*say("13")) == ["growth"]


# -- totals ---------------------------------------------------------------------------------

LEVEL = "新兴产业产值"


def test_one_fact_over_two_denominators():
    found = told(
        reports(LEVEL, "900", "亿元", "2020", document="规划A"),
        reports(f"{LEVEL}占规模以上工业总产值比重", "30", "%", "2020", document="规划A"),
        reports(f"{LEVEL}占全市工业总产值比重", "25.0", "%", "2020"),
        reports("全市工业总产值", "3600", "亿元", "2020"),
    )
    assert [each.kind for each in found] == ["two_denominators"]
    assert "900亿元÷30%=3000亿元" in found[0].message
    assert "900亿元÷3600亿元=25.00%" in found[0].message
    assert "不是矛盾" in texts(found[0])[0]


def test_shares_of_plainly_different_wholes_are_left_alone():
    assert not told(
        reports(f"{LEVEL}占全国{LEVEL}比重", "3", "%", "2020", document="规划A"),
        reports(f"{LEVEL}占全市工业总产值比重", "25", "%", "2020", document="规划A"),
    )


def test_a_share_of_another_population_than_the_stated_total():
    found = told(
        reports(LEVEL, "900", "亿元", "2020", document="规划A"),
        reports(f"{LEVEL}占规模以上工业总产值比重", "30", "%", "2020", document="规划A"),
        reports("工业总产值", "3600", "亿元", "2020", document="规划A"),
    )
    assert [each.kind for each in found] == ["implied_total"]
    assert "900亿元÷30%=3000亿元" in found[0].message and "25.0%" in found[0].message
    assert "相容" in texts(found[0])[0]


def test_a_narrower_population_with_a_larger_total_is_impossible():
    found = told(
        reports(LEVEL, "900", "亿元", "2020", document="规划A"),
        reports(f"{LEVEL}占规模以上工业总产值比重", "20", "%", "2020", document="规划A"),
        reports("工业总产值", "3600", "亿元", "2020", document="规划A"),
    )
    assert "不相容" in texts(found[0])[0]


def test_implied_totals_that_agree_are_agreements_and_others_findings():
    def documents(share: str) -> dict[str, list[Statement]]:
        return {
            "规划A": [
                reports(LEVEL, "900", "亿元", "2020", document="规划A"),
                reports(f"{LEVEL}占地区生产总值比重", "15", "%", "2020", document="规划A"),
            ],
            "规划C": [
                reports("工业增加值", "1510", "亿元", "2020", document="规划C"),
                reports("工业增加值占GDP比重", share, "%", "2020", document="规划C"),
            ],
        }

    checkup = examine(documents("25"))
    assert not checkup.findings
    assert ["900亿元÷15%=6000亿元" in a.message for a in checkup.agreements] == [True]
    assert [each.kind for each in check(documents("21"))] == ["implied_total"]


# -- values and units -----------------------------------------------------------------------


def test_a_table_against_its_prose():
    found = told(
        aims("专精特新企业数量", "500", "家", "2025", attr="预期性"),
        aims("专精特新企业数量", "550", "家", "2025"),
    )
    assert [each.kind for each in found] == ["table_and_prose"]


@pytest.mark.parametrize(
    ("one", "other", "cause"),
    [
        (("412", "亿元"), ("412", "万元"), "计量单位写错"),
        (("4132", "亿元"), ("4312", "亿元"), "互换"),
    ],
)
def test_slips_are_named(one, other, cause):
    found = told(
        reports("工业总产值", *one, "2020"), reports("工业总产值", *other, "2020", document="规划A")
    )
    assert [each.kind for each in found] == ["two_values"]
    assert cause in texts(found[0])[0]


def test_home_and_items_clash_and_home_and_pieces_do_not():
    one = aims("智能工厂数量", "60", "家", "2025")
    assert kinds(one, aims("智能工厂数量", "60", "项", "2025", document="报道D")) == ["units"]
    assert not told(one, aims("智能工厂数量", "60", "个", "2025", document="报道D"))


def test_what_is_not_one_fact_is_left_alone():
    assert not told(
        reports("绿色工厂数量", "60", "家", "2020"),
        reports("绿色工厂数量", "80", "家", "2021", document="公报C"),  # another year
        aims("绿色工厂数量", "90", "家", "2020"),  # a goal
        reports("国家级绿色工厂数量", "12", "家", "2020", document="公报C"),  # another grade
        reports("绿色工厂数量", "300", "家", "2020", scope="全省", document="公报D"),
        reports("绿色工厂数量", "+15", "家", "2016-2020", document="公报C"),
        reports("每年绿色工厂数量", "5", "家", "2020", document="公报C"),
        reports("企业数量", "400", "家", "2020"),
        reports("企业数量", "900", "家", "2020", document="公报C"),  # which firms?
    )


def test_two_things_of_one_sentence_read_under_one_name_are_no_contradiction():
    assert not told(
        reports("工业总产值", "800", "亿元", "2020", at=10),
        reports("工业总产值", "4000", "亿元", "2020", at=24),
        reports("工业总产值", "4000", "亿元", "2020", document="规划A"),
    )


def test_a_year_that_the_sentence_contradicts_accuses_nobody():
    assert not told(
        reports("工业总产值", "4000", "亿元", "2019", at=10, quote="2019年工业总产值4000亿元"),
        reports("工业增加值占地区生产总值比重", "25.4", "%", "2020", at=40),
        reports("工业增加值占地区生产总值比重", "24.1", "%", "2020", document="规划A"),
    )


# -- targets --------------------------------------------------------------------------------


def test_a_target_below_what_another_document_knew():
    found = told(
        aims("研发经费支出占地区生产总值比重", "2.5", "%", "2025"),
        reports("研发经费支出占地区生产总值比重", "2.8", "%", "2020"),
    )
    assert [each.kind for each in found] == ["target_below_known"]


def test_floors_early_successes_and_things_wanted_lower_are_no_faults():
    share = "制造业增加值占地区生产总值比重"
    assert not told(
        aims(share, ">=25", "%", "2025", quote="制造业增加值占地区生产总值比重保持在25%以上"),
        reports(share, "28", "%", "2020"),
        aims("研发投入强度", "2.5", "%", "2025"),
        reports("研发投入强度", "2.8", "%", "2023"),  # reached early
        aims("单位工业增加值能耗", "0.4", "吨标准煤/万元", "2025", measure="level"),
        reports("单位工业增加值能耗", "0.5", "吨标准煤/万元", "2020", measure="level"),
        aims("绿色工厂数量", "30", "家", "2025", quote="建设30家绿色工厂"),  # new ones
        reports("绿色工厂数量", "60", "家", "2020"),
    )


def test_a_target_worse_than_its_base_where_less_is_wanted():
    found = told(
        aims("单位工业增加值能耗", "0.62", "吨标准煤/万元", "2025", measure="level"),
        reports(
            "单位工业增加值能耗", "0.50", "吨标准煤/万元", "2020", document="规划A", measure="level"
        ),
    )
    assert [each.kind for each in found] == ["target_passed"]


# -- parts ----------------------------------------------------------------------------------


def test_a_part_larger_than_its_whole():
    def say(part: str) -> list[Statement]:
        return [
            aims("专精特新企业数量", "500", "家", "2025", at=10, quote="专精特新企业500家"),
            aims("小巨人企业数量", part, "家", "2025", at=30, quote=f"其中小巨人企业{part}家"),
        ]

    assert not told(*say("60"))
    assert kinds(*say("600")) == ["part_exceeds_whole"]


def test_parts_of_one_list_are_added_and_never_held_against_each_other():
    def say(last: str, name: str = "先进材料") -> list[Finding]:
        return compiled(goal=f"实施重点工业项目120个，其中电子信息45个、高端装备32个、"
                        f"新能源汽车28个、{name}{last}个。")  # fmt: skip

    assert say("15") == []
    (found,) = say("20")
    assert found.kind == "part_exceeds_whole"
    assert "45个+32个+28个+20个=125个" in found.message
    assert found.explanations
    assert say("20", "省级示范") == []  # a kind that overlaps with the others


def test_an_increase_that_any_published_pair_makes_is_in_order():
    def say(end: str) -> list[str]:
        return kinds(
            reports("规模以上工业企业数量", "1800", "家", "2015", document="规划A"),
            reports("规模以上工业企业数量", end, "家", "2020", document="规划B"),
            reports("规模以上工业企业数量", "2330", "家", "2020", document="公报C"),
            reports("规模以上工业企业数量", "+500", "家", "2016-2020", document="通稿D"),
        )

    assert say("2300") == ["two_values"]
    assert "increase" in say("2320")


def test_a_figure_within_the_year_is_none_of_its_end():
    fact = "截至2020年6月底，高新技术企业达到700家。到2020年末，高新技术企业达到800家。"
    assert compiled(fact) == []


def test_a_value_from_long_before_the_plan_is_no_starting_point():
    def say(year: str) -> list[str]:
        return kinds(
            aims("工业增加值占GDP比重", "30", "%", "2025", document="规划A"),
            aims("工业投资", "900", "亿元", "2021-2025", document="规划A"),
            reports("工业增加值占GDP比重", "33", "%", year, document="规划B"),
        )

    assert say("2020") == ["target_below_known"]
    assert say("2015") == []


def test_districts_and_the_city():
    def say(*parts: str) -> list[Statement]:
        names = ("梭江区", "锦塘区", "云溪经济开发区")
        return [
            reports("工业投资", "300", "亿元", "2020"),
            *(
                reports("工业投资", amount, "亿元", "2020", scope=name)
                for name, amount in zip(names, parts, strict=False)
            ),
        ]

    assert not told(*say("120", "150"))
    assert not told(*say("120", "150", "90"))  # a zone lies inside the districts
    assert kinds(*say("180", "150")) == ["part_exceeds_whole"]


def test_shares_of_kinds_that_exclude_each_other():
    def say(*shares: str) -> list[Statement]:
        return [
            reports(f"第{n}产业增加值占地区生产总值比重", share, "%", "2020")
            for n, share in zip("一二三", shares, strict=True)
        ]

    assert not told(*say("4.1", "40.2", "55.7"))
    assert kinds(*say("4.1", "45.2", "55.7")) == ["shares_over_100"]


def test_overlapping_shares_are_never_added():
    assert not told(
        reports("先进制造业增加值占规上工业增加值比重", "72", "%", "2020"),
        reports("高技术制造业增加值占规上工业增加值比重", "66", "%", "2020"),
    )


# -- the whole ------------------------------------------------------------------------------

PLAN = """云溪市先进制造业发展“十四五”规划

一、发展基础

“十三五”期间，规上工业增加值从2015年的810亿元提高到2020年的1042亿元，年均增长5.2%。{fact}

二、发展目标

到2025年，规上工业增加值达到1500亿元，年均增长7.5%左右。{goal}
"""


def compiled(fact: str = "", goal: str = "") -> Sequence[Finding]:
    document = read_text(PLAN.format(fact=fact, goal=goal), "云溪规划.txt")
    return check({document.name: read_statements(document)})


def test_a_plan_in_order_gives_no_finding():
    assert (
        compiled("2020年专精特新企业达到300家。", "专精特新企业达到500家，其中小巨人企业60家。")
        == []
    )


def test_a_cap_above_its_base_leaves_room_to_grow():
    assert compiled("2020年工业用水量3.0亿立方米。", "工业用水量控制在3.3亿立方米以内。") == []


@pytest.mark.parametrize(
    ("fact", "goal", "kind"),
    [
        ("工业利润从2015年的60亿元提高到2020年的90亿元，年均增长12.5%。", "", "growth"),
        ("研发投入占比从2015年的1.2%提高到2020年的2.4%，提高2个百分点。", "", "increase"),
        ("2020年高新技术企业达到800家。", "高新技术企业达到700家。", "target_passed"),
        (
            "2020年，全市工业总产值3600亿元，其中装备制造业产值900亿元，装备制造业产值占工业总产值的比重达到30%。",
            "",
            "implied_total",
        ),
        ("软件业务收入从2015年的400亿元增长到2020年的800亿元，是2015年的3倍。", "", "multiple"),
        (
            "2020年，第一产业增加值占地区生产总值比重为4.1%，第二产业增加值占地区生产总值比重为45.2%，"
            "第三产业增加值占地区生产总值比重为55.7%。",
            "",
            "shares_over_100",
        ),
        (
            "2020年，全市工业投资300亿元，梭江区工业投资180亿元，锦塘区工业投资150亿元。",
            "",
            "part_exceeds_whole",
        ),
        (
            "",
            "研发经费投入强度达到3.0%。\n\n主要指标\n序号\t指标名称\t单位\t2025年\t属性\n"
            "1\t研发经费投入强度\t%\t2.8\t预期性\n2\t绿色工厂数量\t家\t60\t预期性\n",
            "table_and_prose",
        ),
        ("", "专精特新企业达到500家，其中小巨人企业600家。", "part_exceeds_whole"),
    ],
)
def test_a_fault_planted_in_a_plan_is_the_one_finding(fact, goal, kind):
    found = compiled(fact, goal)
    assert [each.kind for each in found] == [kind]
    assert found[0].sides and found[0].explanations and found[0].message_en
    assert set(plain(found[0])) == {"kind", "message", "message_en", "sides", "explanations"}
    assert found[0].kind in KINDS


def test_nothing_to_check_is_no_finding():
    assert check({}) == [] and check({"规划A": []}) == []
    assert not told(says("规划A", "target", "产业能级", "全国前列"))
