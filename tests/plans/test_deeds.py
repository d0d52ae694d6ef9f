"""What a look back counts over its years, and what stands at their end. All figures are fictional."""

import pytest

from jingwei.core import Statement
from jingwei.documents import read_text
from jingwei.plans.compiling import read_statements

REPORT = (
    "云溪市2036年政府工作报告\n——2036年1月20日在云溪市第八届人民代表大会第一次会议上\n\n"
    "一、{heading}\n{text}\n二、2036年工作\n改造农村危房5000户。\n"
)
FIVE, LAST = "2031-2035", "2035"


def read(text: str) -> list[Statement]:
    return read_statements(read_text(text, "report.txt"))


def periods(text: str, heading: str = "“十六五”时期工作回顾") -> list[str]:
    found = read(REPORT.format(heading=heading, text=text))
    return [str(s.period) for s in found if s.role == "observation"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("改造农村危房5.3万户，治理水土流失面积679平方公里。", [FIVE, FIVE]),
        ("建设100家绿色工厂、20个绿色园区、11条绿色供应链。", [FIVE] * 3),
        ("完成技改投资310亿元，实施技改项目36个。", [FIVE, FIVE]),
        ("成功举办展会5场。建成泵站5座。", [FIVE, FIVE]),
        ("已建成泵站5座，已实施项目30个。", [LAST, LAST]),
        ("培育企业达到210家，拥有绿色工厂30家。", [LAST, LAST]),
        ("绿色工厂累计达到150家，累计完成投资30亿元。", [LAST, FIVE]),
        ("完成工业总产值3000亿元，完成货运量3亿吨。", [LAST, LAST]),
        ("工业总产值3000亿元，绿色工厂30家。", [LAST, LAST]),
    ],
)
def test_things_done_add_up_over_the_years_looked_back_on(
    sentence: str, expected: list[str]
) -> None:
    assert periods(f"过去五年，综合实力稳步提升。{sentence}") == expected


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("“十六五”时期和2035年工作回顾", "生态环境改善。改造危房5万户。\n刚刚过去的2035年很不平凡。改造危房1万户。",
         [FIVE, LAST]),
        ("2035年和“十六五”时期工作回顾", "生态环境改善。改造危房1万户。\n各位代表！五年来，改造危房5万户。\n新增学位3万个。",
         [LAST, FIVE, FIVE]),
        ("2035年工作回顾", "改造危房1万户，新增学位2万个。", [LAST, LAST]),
        ("过去五年工作回顾", "改造危房5万户。\n一年来，改造危房1万户。\n五年来，新增学位3万个。",
         [FIVE, LAST, FIVE]),
    ],
)  # fmt: skip
def test_a_look_back_on_several_years_and_the_last_says_which_it_counts(
    heading: str, text: str, expected: list[str]
) -> None:
    assert periods(text, heading) == expected


def test_a_heading_with_the_year_of_a_report_sets_goals() -> None:
    (goal,) = read(REPORT.format(heading="2035年工作", text="一切顺利。"))
    assert (goal.role, str(goal.period)) == ("target", "2036")
