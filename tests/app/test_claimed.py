"""Claims of success in a report, held against the settlement. All figures are fictional."""

import pytest

from jingwei.app.pipeline.claimed import claims_about, false_claims, tally
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


PRESS = """云溪制造业“十三五”圆满收官

云溪日报 2021年1月18日讯

主要目标全面完成。2020年，省级以上企业技术中心达到126家，研发经费支出占营业收入比重达到3.3%。
"""


def test_a_press_text_does_not_defend_its_own_claim_with_its_own_numbers() -> None:
    plan, facts, press = text(PLAN, "规划.txt"), text(FACTS, "公报.txt"), text(PRESS, "通稿.txt")
    settled = settle(plan, [facts, press])
    (share,) = [
        each for each in settled if each.target.subject.startswith("研发经费") and not each.same_as
    ]
    assert share.verdict.answer == "not_met"
    assert "来源的等级低，不作依据：2020年3.3%（通稿.txt）" in share.verdict.reason
    assert {each.file for each in share.verdict.evidence} == {"公报.txt", "通稿.txt"}
    (found,) = false_claims(plan, settled, [facts, press])
    assert "有2项没有完成" in found.message


def test_of_two_sources_of_one_standing_the_claimant_is_not_its_own_witness() -> None:
    plan, facts = text(PLAN, "规划.txt"), text(FACTS, "公报.txt")
    report = text(
        "云溪市“十三五”规划实施情况总结报告\n\n预期性指标全面完成。2020年，研发经费支出占营业收入比重为3.3%。\n",
        "报告.txt",
    )
    later = [facts, report]
    settled = settle(plan, later)
    assert "depends" in {each.verdict.answer for each in settled}
    assert false_claims(plan, settled, later) == []

    def again(without: list[str]) -> list:
        return settle(plan, [each for each in later if each.name not in without])

    (found,) = false_claims(plan, settled, later, again)
    assert "有1项没有完成" in found.message


def test_what_no_number_answers_is_never_told_as_clear() -> None:
    plan = text(PLAN, "规划.txt")
    facts = text("云溪市2020年统计公报\n\n2020年，研发经费支出占营业收入比重为3.4%。\n", "公报.txt")
    press = text(PRESS.replace("3.3%", "3.4%"), "通稿.txt")
    later = [facts, press]
    counted = tally(plan, settle(plan, later), later)
    # of three rows one is told by the communique, one by the press alone, one by nobody
    assert (counted.covers, counted.open, counted.alone, counted.missed) == (3, 1, 1, 0)
    assert "没有发现" not in counted.told()[0]
    assert "2 项未能核对" in counted.told()[0]
    whole = text(FACTS.replace("21.4", "23.4").replace("3.18", "3.28"), "公报.txt")
    bare = text(
        "云溪制造业“十三五”圆满收官\n\n云溪日报2021年1月18日讯\n\n主要目标全面完成。\n", "通稿.txt"
    )
    clear = tally(plan, settle(plan, [whole, bare]), [whole, bare])
    assert (clear.covers, clear.unchecked) == (3, 0)
    assert "没有发现" in clear.told()[0]


@pytest.mark.parametrize(
    ("path", "result", "expected"),
    [
        ("由1.62%提高到2.2%，提高0.6个百分点", "2.2%", ["met", "met"]),
        ("由1.62%提高到2.2%，提高0.6个百分点", "2.1%", ["not_met", "not_met"]),
        ("由88%提高到93%，提高6个百分点", "93.0%", ["met", "met"]),
        ("由88%提高到93%，提高8个百分点", "93.0%", ["met", "depends"]),
        ("由88%提高到93%，提高5个百分点", "93.0%", ["met", "met"]),
    ],
)
def test_an_increase_is_part_of_the_path_it_stands_in(
    path: str, result: str, expected: list[str]
) -> None:
    plan = text(
        f"云溪市制造业发展“十三五”规划\n\n一、目标\n\n到2020年，水重复利用率{path}。\n", "规划.txt"
    )
    facts = text(f"云溪市2020年统计公报\n\n2020年，水重复利用率{result}。\n", "公报.txt")
    assert [each.verdict.answer for each in settle(plan, [facts])] == expected
