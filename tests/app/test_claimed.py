"""Claims of success in a report, held against the settlement. All figures are fictional."""

import pytest

from jingwei.app.pipeline.claimed import claims_about, false_claims
from jingwei.app.pipeline.compiled import compile_document
from jingwei.app.pipeline.judging import settle
from jingwei.app.pipeline.library import Held, held
from jingwei.documents import read_text

PLAN = """云溪市制造业发展“十三五”规划

一、发展目标

到2020年，研发经费支出占营业收入比重达到3.2%。

表1 主要指标

序号 指标名称 单位 属性 2020年
1 研发经费支出占营业收入比重 % 预期性 3.2
2 单位工业增加值用水量累计下降幅度 % 约束性 23以上
3 省级以上企业技术中心数量 家 预期性 120
"""
FACTS = """云溪市2020年统计公报

2020年，省级以上企业技术中心达到126家。“十三五”期间，单位工业增加值用水量累计下降21.4%。
2020年，研发经费支出占营业收入比重为3.18%。
"""


def text(source: str, name: str) -> Held:
    return held(compile_document(read_text(source, name)))


def refuted(
    sentence: str, title: str = "云溪市“十三五”规划实施情况总结报告", name: str = "报告.txt"
) -> list[str]:
    """The findings on a report that says so."""
    plan, facts = text(PLAN, "规划.txt"), text(FACTS, "公报.txt")
    report = text(f"{title}\n\n一、总体情况\n\n{sentence}\n", name)
    settled = settle(plan, [facts, report])
    return [each.message for each in false_claims(plan, settled, [report])]


@pytest.mark.parametrize(
    ("sentence", "misses"),
    [
        ("全市上下共同努力，圆满完成“十三五”规划目标任务。", 2),
        ("主要目标全面完成。", 2),
        ("努力克服不利影响，约束性指标全部完成。", 1),
        ("约束性指标如期完成。", 1),
        ("约束性指标圆满完成。", 1),
        ("预期性指标全面完成。", 1),
        ("2020年，研发经费支出占营业收入比重为3.18%，达到规划目标。", 1),
        ("2020年，省级以上企业技术中心达到126家，全面完成“十三五”规划目标。", 2),
    ],
)
def test_a_claim_that_a_missed_target_refutes(sentence: str, misses: int) -> None:
    (message,) = refuted(sentence)
    assert f"有{misses}项没有完成" in message


def test_each_claim_of_a_sentence_counts() -> None:
    both = refuted("主要目标全面完成，约束性指标全部完成。")
    assert [("有2项" in each, "有1项" in each) for each in both] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    "sentence",
    [
        "2020年，省级以上企业技术中心达到126家，超额完成规划目标。",
        "年度目标任务圆满完成。",
        "多数约束性指标如期完成。",
        "为全面完成“十三五”规划目标任务打下基础。",
        "力争约束性指标如期完成。",
        "完成规划目标任务的90%。",
        "“十二五”规划目标任务全面完成。",
        "企业技术中心稳步增加，完成规划目标。",
    ],
)
def test_a_claim_that_covers_no_missed_target_is_not_accused(sentence: str) -> None:
    assert refuted(sentence) == []


def test_a_claim_without_a_plan_is_about_the_time_of_its_document() -> None:
    assert refuted("规划目标任务全面完成。", "云溪市“十四五”规划实施情况总结报告") == []
    assert len(refuted("规划目标任务全面完成。", "云溪市制造业发展“十四五”规划", "新.txt")) == 1


def test_claims_that_were_looked_at_are_counted() -> None:
    plan = text(PLAN, "规划.txt")
    report = text("云溪市“十三五”总结报告\n\n约束性指标如期完成。\n", "报告.txt")
    silent = text("云溪市“十三五”总结报告\n\n工业运行平稳。\n", "另一份.txt")
    assert (claims_about(plan, [report]), claims_about(plan, [silent])) == (1, 0)
