"""What documents say of themselves: claims of success, and who supplies which figure (§7.8, §7.12)."""

import pytest
from stating import aims

from jingwei.documents import read_text
from jingwei.monitor.claims import covered, find_claims
from jingwei.monitor.offices import find_suppliers, full_name, holder, one_name, responsible
from jingwei.monitor.settlement import settle
from jingwei.plans.compiling import compile_document, read_statements
from jingwei.plans.indicator import identify

REPORT = """云溪市先进制造业发展“十四五”规划

一、发展基础

“十三五”时期，全市工业平稳增长。{sentence}规模以上工业增加值达到900亿元。

二、发展目标

到2025年，规模以上工业增加值达到1500亿元。
"""


def claims(sentence: str):
    return find_claims(read_text(REPORT.format(sentence=sentence), "report.txt"))


@pytest.mark.parametrize(
    "sentence",
    [
        "“十三五”规划目标全部完成。",
        "顺利完成“十三五”目标。",
        "约束性指标全面完成，节能成效明显。",
        "规划确定的各项任务均已完成，全面实现了预期目标。",
    ],
)
def test_claims_are_found_with_their_place(sentence):
    claim, *_ = claims(sentence)
    document = read_text(REPORT.format(sentence=sentence), "report.txt")
    assert claim.evidence.quote in sentence
    assert document.source[claim.evidence.start : claim.evidence.end] == claim.evidence.quote


@pytest.mark.parametrize(
    "sentence",
    [
        "多数指标达到预期，少数指标存在差距。",
        "确保完成“十三五”规划目标。",
        "各区要按时完成年度目标任务。",
        "建成3个示范基地。",
    ],
)
def test_hopes_and_partial_success_are_no_claims(sentence):
    assert claims(sentence) == []


def test_a_claim_about_one_figure_is_shown_with_that_figure_only():
    text = REPORT.format(sentence="2020年工业增加值占GDP比重为25%，完成“十三五”目标。")
    document = read_text(text, "report.txt")
    statements = read_statements(document)
    (claim,) = find_claims(document, statements)
    near = aims("制造业增加值占GDP比重", "25", "%")
    far = aims("绿色工厂数量", "90", "家")
    shown = settle([near, far], statements, claims=[claim])
    assert [[b.relation for b in each.beside] for each in shown] == [
        ["另一指标", "笼统表述", "称完成而口径不同"],
        [],
    ]


def test_suppliers_named_by_a_plan_come_before_the_table():
    text = REPORT.format(
        sentence="工业投资和劳动生产率数据由市统计局提供，企业上云情况由市大数据局汇总，"
        "能耗数据由市发展和改革委员会会同市统计局核定。市科技局牵头建设实验室。"
    )
    suppliers = find_suppliers(read_text(text, "report.txt"))
    assert [(s.figures, s.office) for s in suppliers] == [
        (("工业投资", "劳动生产率"), "市统计局"),
        (("企业上云",), "市大数据局"),
        (("能耗",), "市发展和改革委员会"),
    ]

    def asked(subject: str) -> str:
        return holder(identify(aims(subject, "1", "%")), "云溪市", suppliers)

    assert asked("规上工业全员劳动生产率") == "云溪市统计局"
    assert asked("技改投资占工业固定资产投资比重") == "云溪市统计局"
    assert asked("单位工业增加值能耗下降幅度") == "云溪市发展和改革委员会"
    assert asked("二氧化硫排放量") == "云溪市生态环境局"


def test_an_office_under_several_names_is_one():
    names = ["市统计局", "云溪市统计局", "统计局", "云溪市统计局（能源统计）", "省统计局", "市经信委", "云溪市工业和信息化局",
             "云溪市经信委（工信局）", "甲山区统计局", "市场监管局", "云溪机床集团"]  # fmt: skip
    shown = one_name(names, "云溪市")
    assert [shown[name] for name in names] == [
        *["云溪市统计局"] * 4, "省统计局", *["云溪市工业和信息化局"] * 3, "甲山区统计局", "云溪市市场监管局", "云溪机床集团",
    ]  # fmt: skip


def test_an_office_gets_the_name_of_its_region():
    assert full_name("市科技局", "云溪市") == "云溪市科技局"
    assert full_name("科技局", "") == "科技局"
    assert full_name("国家统计局", "云溪市") == "国家统计局"
    for national in (
        "市场监管总局",
        "税务总局",
        "海关总署",
        "科技部",
        "国务院国资委",
        "国防科工局",
    ):
        assert full_name(national, "云溪市") == national
    assert full_name("市场监管局", "云溪市") == "云溪市市场监管局"


def test_a_claim_that_names_an_indicator_covers_that_one_only():
    (claim,) = claims("单位工业增加值用水量下降目标全面完成。")
    assert claim.named == "单位工业增加值用水量下降"
    water, energy = (
        aims(f"单位工业增加值{what}下降幅度", ">=16", "%", "2016-2020", attr="约束性")
        for what in ("用水量", "能耗")
    )
    assert covered(claim, water)
    assert not covered(claim, energy)
    (claim,) = claims("“十三五”规划目标全面完成。")
    assert covered(claim, water) and covered(claim, energy)


PLAN = """云溪市工业发展“十四五”规划

一、保障措施

市财政每年安排工业发展专项资金不少于2亿元（责任单位：市财政局）。
"""


def test_where_no_office_keeps_a_figure_the_responsible_one_is_asked():
    plan = compile_document(read_text(PLAN, "plan.txt"))
    (target,) = plan.statements
    suppliers = responsible(plan.tasks, plan.statements)
    assert holder(identify(target, "云溪市"), "云溪市", suppliers) == "云溪市财政局"
