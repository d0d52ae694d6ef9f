"""Dates, five-year plans and the years a document plans for."""

import pytest

from jingwei.core import Period
from jingwei.plans.dates import dates, five_year_plan, plan_period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("到2025年", "2025"),
        ("2021-2025年", "2021-2025"),
        ("2016年至2020年", "2016-2020"),
        ("“十三五”期间", "2016-2020"),
        ("“十三五”末", "2020"),
        ("截至2024年6月底", "2024"),
        ("二〇三五年", "2035"),
        ("二○三五年", "2035"),
        ("十五五时期", "2026-2030"),
    ],
)
def test_a_date_gives_its_years(text: str, period: str) -> None:
    assert [str(date.period) for date in dates(text)] == [period]


@pytest.mark.parametrize(
    "text",
    [
        "比2020年翻一番",
        "较2015年提高3个百分点",
        "与2016年相比",
        "在2019年基础上",
        "是2015年的1.7倍",
    ],
)
def test_a_date_of_comparison_does_not_govern(text: str) -> None:
    [date] = dates(text)
    assert date.base


def test_five_year_plans_by_number() -> None:
    """第六个五年计划 ran 1981 to 1985, the fourteenth 2021 to 2025."""
    assert five_year_plan(6) == Period(1981, 1985)
    assert five_year_plan(14) == Period(2021, 2025)


@pytest.mark.parametrize(
    ("title", "text", "period"),
    [
        ("云溪市制造业发展“十四五”规划", "", "2021-2025"),
        ("临江区工业三年行动计划(2023—2025年)", "", "2023-2025"),
        ("清河县2024年政府工作报告", "", "2024"),
        ("", "发布《云溪市先进制造业“十五五”规划》。", "2026-2030"),
        ("实施意见", "到2025年,产值达到500亿元。到2025年,建成园区。", "2021-2025"),
    ],
)
def test_the_years_a_document_plans_for(title: str, text: str, period: str) -> None:
    assert str(plan_period(title, text)) == period


def test_the_end_of_a_path_is_no_planning_year() -> None:
    assert plan_period("", "占比由2013年的25%增加到2017年的27%。") is None
