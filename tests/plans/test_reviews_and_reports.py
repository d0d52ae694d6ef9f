"""What mid-term reviews, work reports and their tables say: rates of completion, eras, city and country.
All places and figures are fictional."""

import pytest

from jingwei.core import Statement
from jingwei.documents import read_text
from jingwei.plans.compiling import read_statements


def read(text: str) -> list[Statement]:
    return read_statements(read_text(text, "text.txt"))


def told(text: str) -> list[tuple[object, ...]]:
    return [(s.subject, s.role[:3], s.op, s.value, s.unit, str(s.period)) for s in read(text)]


REVIEW = (
    "云溪市“十四五”规划纲要实施情况中期评估报告\n\n市发展改革委对《纲要》2021年至2023年上半年实施情况"
    "开展了中期评估。\n\n一、进展情况\n\n{}\n"
)
PLAN = "云溪市产业发展规划（2031—2035年）\n\n一、发展目标\n\n{}\n"
FACTS = "云溪市产业发展规划（2031—2035年）\n\n一、发展基础\n\n{}\n"


def test_a_column_of_completion_tells_how_far_each_goal_is_reached() -> None:
    table = (
        "指标\t单位\t2020年\t2022年\t2025年目标\t目标完成率（%）\n"
        "劳动生产率\t万元/人\t31.2\t36.4\t45\t80.9\n企业数\t万户\t1.83\t2.05\t2.5以上\t82.0\n专利拥有量\t件\t1\t2\t4\t50\n"
    )
    assert told(REVIEW.format(table))[:4] == [
        ("劳动生产率", "obs", "=", 31.2, "万元/人", "2020"),
        ("劳动生产率", "obs", "=", 36.4, "万元/人", "2022"),
        ("劳动生产率", "tar", "=", 45, "万元/人", "2025"),
        ("劳动生产率目标完成率", "obs", "=", 80.9, "%", "2022"),
    ]


REPORT = (
    "2031年云溪市政府工作报告\n——二〇三一年一月二十七日在云溪市第十四届人民代表大会第四次会议上\n{}"
    "——这是综合实力跃升的五年。规模以上工业企业从1832户增加到3382户。新增百亿县区26个。\n"
    "“十六五”时期的主要目标任务\n“十六五”时期，要努力实现以下目标任务：\n"
    "一是发展水平明显提升。全市地区生产总值年均增长5%以上，打造4个先进制造业集群。\n"
    "2031年重点工作\n经济社会发展的主要预期目标是：地区生产总值增长5.5%左右；固定资产投资增长4.5%左右。\n"
)


def test_a_line_that_names_an_era_heads_its_part_of_a_report() -> None:
    found = told(REPORT.format("“十五五”时期工作回顾\n"))
    assert [(row[0], row[3], row[-1]) for row in found] == [
        ("规模以上工业企业数量", 1832, "2025"), ("规模以上工业企业数量", 3382, "2030"),
        ("百亿县区数量", 26, "2026-2030"),
        ("地区生产总值年均增速", 5, "2031-2035"), ("先进制造业集群数量", 4, "2035"),
        ("地区生产总值增速", 5.5, "2031"), ("固定资产投资增速", 4.5, "2031"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("城乡居民人均可支配收入分别增长5%、6.5%。",
         [("城镇居民人均可支配收入增速", 5), ("农村居民人均可支配收入增速", 6.5)]),
        ("经济增速2026年以来连续16个季度高于全国平均水平。",
         [("经济增速连续高于全国平均水平季度数", 16)]),
        ("让利超过7000亿元。", [("让利", 7000)]),
        ("技术改造完成1280万千瓦，完成率64%。", [("技术改造", 1280), ("技术改造完成率", 64)]),
        ("光伏产值两年净增600亿元。", [("光伏产值", 600)]),
        ("人均生产总值连破6万元、7万元大关。", [("人均生产总值", 6), ("人均生产总值", 7)]),
        ("改建道路拓宽省道394，达到一级标准。", []),
    ],
)  # fmt: skip
def test_names_of_what_is_told(said: str, expected: list[tuple[str, float]]) -> None:
    assert [(s.subject, s.value) for s in read(FACTS.format(said))] == expected


def test_a_promise_of_each_year_ends_with_its_own_number() -> None:
    said = "制造业增加值占比每年至少提高0.8个百分点，到2035年达到30%左右。规上工业企业2033年净增1500户。"
    assert [s.subject for s in read(PLAN.format(said))] == [
        "每年制造业增加值占比", "制造业增加值占比", "规上工业企业数量",
    ]  # fmt: skip


def test_a_rate_of_what_is_new_is_no_increase() -> None:
    said = "新增工业用地亩均税收达到35万元，新增企业80家。"
    assert [s.op for s in read(PLAN.format(said))] == ["=", "+"]
