"""Every number of a draft gets exactly one answer. All places and figures are fictional."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import docx
import pytest
import rendering
from hypothesis import given
from hypothesis import strategies as st
from stating import aims, reports

from jingwei.core import Formula, Period, Statement, plain
from jingwei.documents import Document, read_document, read_text
from jingwei.monitor.proof import NumberCheck, proof, write_comments
from jingwei.plans.compiling import read_statements

YEARBOOK = [
    reports("规上工业增加值", "1042.6", "亿元", "2025"),
    reports("规上工业增加值", "810", "亿元", "2020"),
    reports("规上工业增加值年均增速", "5.1", "%", "2021-2025"),
    reports("工业总产值", "42168", "亿元", "2025"),
    reports("服务业增加值占地区生产总值比重", "66.6", "%", "2025"),
    reports("高新技术企业数量", "512", "家", "2025"),
]
PLAN = [
    aims("专精特新企业数量", "~900", "家", "2025", hedge="左右"),
    aims("智能工厂数量", "60", "家", "2025"),
    aims("研发经费支出占地区生产总值比重", ">=2.8", "%", "2025", hedge="以上"),
    aims("数字经济核心产业增加值占规模以上工业总产值比重", "12.5", "%", "2025"),
    aims("绿色园区数量", "15", "个", "2030"),
    aims("创新能力", "全国前列", "", "2025"),
]
EMPTY = read_text("云溪市2025年工业经济运行情况的汇报\n\n全市工业运行平稳。\n", "草稿.txt")


def said(statement: Statement, *known: Statement, draft: Document = EMPTY) -> NumberCheck:
    (check,) = proof(draft, [statement], known or (*YEARBOOK, *PLAN))
    return check


def fact(subject: str, amount: str, unit: str = "", period: str = "2025", **more) -> Statement:
    return reports(subject, amount, unit, period, document="草稿.txt", at=0, **more)


def goal(subject: str, amount: str, unit: str = "", period: str = "2025", **more) -> Statement:
    return aims(subject, amount, unit, period, document="草稿.txt", at=0, **more)


@pytest.mark.parametrize(
    ("statement", "answer", "kind"),
    [
        (fact("规上工业增加值", "1042.6", "亿元"), "agrees", "exact"),
        (fact("规上工业增加值", "1043", "亿元"), "agrees", "rounded"),
        (fact("规上工业增加值", "~1040", "亿元"), "agrees", "rounded"),
        (fact("规上工业增加值", "~1000", "亿元"), "differs", "value"),
        (fact("规上工业增加值", "1040", "亿元"), "differs", "value"),
        (fact("工业总产值", "4.2", "万亿元"), "agrees", "rounded"),
        (fact("工业总产值", "4.2168", "万亿元"), "agrees", "unit"),
        (fact("规上工业增加值", "1042.63", "亿元"), "no_source", "finer"),
        (fact("工业总产值", ">4.2", "万亿元", hedge="超过"), "agrees", "bound"),
        (fact("工业总产值", ">4.1", "万亿元", hedge="超过"), "agrees", "bound"),
        (fact("高新技术企业数量", ">500", "家", hedge="超过"), "agrees", "bound"),
        (fact("高新技术企业数量", ">600", "家", hedge="超过"), "differs", "value"),
        (fact("服务业增加值占地区生产总值比重", "0.6667"), "agrees", "fraction"),
        (fact("服务业增加值占GDP比重", "66.6", "%"), "agrees", "exact"),
        (fact("服务业增加值占地区生产总值比重", "0.75"), "differs", "value"),
        (fact("规上工业增加值", "1142.6", "亿元"), "differs", "value"),
        (fact("专精特新企业数量", "900", "家"), "differs", "goal_as_fact"),
        (goal("专精特新企业数量", "~900", "家"), "agrees", "exact"),
        (goal("专精特新企业数量", "900", "家"), "other_definition", "hedge"),
        (goal("研发经费支出占地区生产总值比重", "2.8", "%"), "other_definition", "hedge"),
        (goal("智能工厂数量", "60", "项"), "other_definition", "unit_word"),
        (goal("智能工厂数量", "60", "个"), "agrees", "exact"),
        (goal("数字经济核心产业增加值占工业总产值比重", "12.5", "%"), "other_definition", "definition"),
        (goal("数字经济核心产业增加值占工业总产值比重", "11", "%"), "other_definition", "definition_only"),
        (goal("创新能力", "全国前列"), "agrees", "words"),
        (goal("绿色园区数量", "15", "个", "2027"), "differs", "other_year"),
        (goal("绿色园区数量", "15", "个", "2035"), "no_source", "no_source_same"),
        (fact("专精特新企业数量", ">900", "家", hedge="超过"), "no_source", "no_source_same"),
        (fact("服务业增加值占比", "50", "%"), "other_definition", "definition_only"),
        (fact("工业用水重复利用率", "92", "%"), "no_source", "no_source"),
        (fact("规上工业增加值", "700", "亿元", "2018"), "no_source", "no_source_near"),
        (fact("规上工业增加值", "1042.6", "亿元", scope="临江市"), "no_source", "no_source_same"),
    ],
)  # fmt: skip
def test_the_answer_and_how_it_came_about(statement, answer, kind):
    check = said(statement)
    assert (check.answer, check.kind) == (answer, kind)
    assert check.sides[0] == statement.evidence and check.of == statement.id
    assert check.message and check.message_en
    assert (len(check.sides) > 1) == (kind != "no_source")


@pytest.mark.parametrize(
    ("statement", "known", "answer", "kind"),
    [
        # the draft leaves open which statistic it gives; the number is that of the source
        (goal("智能制造装备", ">=1800", "亿元"), aims("智能制造装备产业规模", ">=1800", "亿元", "2025"), "agrees", "unstated"),
        (goal("智能制造装备", ">=1810", "亿元"), aims("智能制造装备产业规模", ">=1800", "亿元", "2025"), "other_definition", "definition_only"),
        # results of five years, told of their last
        (fact("产业结构调整项目数量", "4208", "项"), reports("产业结构调整项目数量", "4208", "项", "2021-2025"), "agrees", "exact"),
        (fact("产业结构调整项目数量", "4280", "项"), reports("产业结构调整项目数量", "4208", "项", "2021-2025"), "differs", "slip"),
        (fact("产业结构调整项目数量", "4208", "项", quote="2025年完成调整项目4208项"),
         reports("产业结构调整项目数量", "4208", "项", "2021-2025", name=""), "differs", "other_year"),
        # a bound that only the target has
        (fact("军民融合产值", ">=500", "亿元"), aims("军民融合产值", ">=500", "亿元", "2025"), "differs", "goal_as_fact"),
    ],
)  # fmt: skip
def test_what_a_draft_leaves_open(statement, known, answer, kind):
    check = said(statement, known)
    assert (check.answer, check.kind) == (answer, kind)


def test_a_source_that_writes_no_year_is_named_with_a_remark():
    mine = fact("工业机器人产量占全国比重", ">=47", "%", hedge="以上")
    source = reports("工业机器人产量占全国比重", ">=47", "%", "2025", hedge="以上")
    check = said(mine, replace(source, period=Period.unknown()))
    assert (check.answer, check.kind) == ("agrees", "source_undated")


def test_an_answer_names_its_source_and_explains_itself():
    check = said(fact("规上工业增加值", "1024.6", "亿元"))
    assert "公报B" in check.message and "1042.6亿元" in check.message
    assert "互换" in check.explanations[0].text
    assert [each.rank for each in check.explanations] == list(range(1, len(check.explanations) + 1))
    assert check.answer_zh == "不一致"


def test_a_target_reported_as_achieved_shows_the_published_result():
    known = [*PLAN, reports("专精特新企业数量", "830", "家", "2025")]
    check = said(fact("专精特新企业数量", "900", "家"), *known)
    assert check.kind == "goal_as_fact"
    assert "把目标写成了完成数" in check.message and "830家" in check.message


def test_the_number_of_another_year():
    text = "云溪市2025年工业经济运行情况的汇报\n\n2025年，规上工业增加值810亿元。\n"
    draft = read_text(text, "草稿.txt")
    (check,) = proof(draft, read_statements(draft), YEARBOOK)
    assert (check.answer, check.kind) == ("differs", "other_year")
    assert "2020年" in check.message and "1042.6亿元" in check.message


def test_a_number_without_a_year_is_checked_against_the_year_it_has():
    known = [reports("规上工业增加值", "988", "亿元", "2023")]
    place = EMPTY.source.index("全市")
    statement = reports("规上工业增加值", "988", "亿元", "2025", document="草稿.txt", at=place)
    check = said(statement, *known)
    assert (check.answer, check.kind) == ("agrees", "undated")


@pytest.mark.parametrize(
    ("statement", "formula"),
    [
        (
            fact("工业总产值年均增速", "4.6", "%", "2021-2025"),
            "(42168亿元÷33700亿元)^(1/5)−1=4.59%",
        ),
        (fact("工业总产值", "+8468", "亿元", "2021-2025"), "42168亿元−33700亿元=8468亿元"),
        (fact("规上工业增加值占工业总产值比重", "2.5", "%"), "1042.6亿元÷42168亿元=2.5%"),
    ],
)
def test_a_number_that_follows_from_published_ones(statement, formula):
    check = said(statement, *YEARBOOK, reports("工业总产值", "33700", "亿元", "2020"))
    assert (check.answer, check.kind) == ("agrees", "computed")
    assert [str(side) for side in check.sides if isinstance(side, Formula)] == [formula]


TURNOVER = [
    reports("工业总产值", "42168", "亿元", "2025"),
    reports("工业总产值", "28112", "亿元", "2020"),
]
FACTORIES = [
    reports("绿色工厂数量", "45", "家", "2025"),
    reports("智能工厂数量", "15", "家", "2025"),
]


@pytest.mark.parametrize(
    ("statement", "answer", "kind", "formula"),
    [
        (
            fact("工业总产值", "+14056", "亿元", "2025"),
            "agrees", "computed", "42168亿元−28112亿元=14056亿元",
        ),
        (
            fact("工业总产值", "x1.5", "", "2025", base_year=2020),
            "agrees", "computed", "42168亿元÷28112亿元=1.50",
        ),
        (
            fact("工业总产值", "x2", "", "2025", base_year=2020, quote="工业总产值翻了一番"),
            "differs", "miscomputed", "42168亿元÷28112亿元=1.50",
        ),
        (
            fact("工业总产值", "x2", "", "2025", base_year=2020),
            "differs", "miscomputed", "42168亿元÷28112亿元=1.50",
        ),
        (
            fact("工业总产值", "+12000", "亿元", "2021-2025"),
            "differs", "miscomputed", "42168亿元−28112亿元=14056亿元",
        ),
        (
            fact("工业总产值增速", "50", "%", "2025", base_year=2020, quote="比2020年增长50%"),
            "agrees", "computed", "42168亿元÷28112亿元−1=50.0%",
        ),
        (
            fact("工业总产值年均增速", "6.8", "%", "2021-2025"),
            "other_definition", "price_base", "(42168亿元÷28112亿元)^(1/5)−1=8.45%",
        ),
        (
            fact("工业总产值年均增速", "3.8", "%", "2021-2025"),
            "differs", "miscomputed", "(42168亿元÷28112亿元)^(1/5)−1=8.45%",
        ),
        (
            fact("规上工业总产值", "+14056", "亿元", "2021-2025"),
            "other_definition", "computed_definition", "42168亿元−28112亿元=14056亿元",
        ),
        (
            fact("绿色工厂和智能工厂数量", "60", "家"),
            "agrees", "computed", "15家+45家=60家",
        ),
        (
            fact("绿色工厂和智能工厂数量", "70", "家"),
            "differs", "miscomputed", "15家+45家=60家",
        ),
    ],
)  # fmt: skip
def test_a_number_is_held_against_what_published_levels_make(statement, answer, kind, formula):
    check = said(statement, *TURNOVER, *FACTORIES)
    assert (check.answer, check.kind) == (answer, kind)
    (proof_,) = (side for side in check.sides if isinstance(side, Formula))
    assert str(proof_) == formula and len(proof_.of) == 2
    assert formula in check.message


@pytest.mark.parametrize(("base", "answer"), [("20000", "agrees"), ("21600", "differs")])
def test_doubling_is_twice_as_much_or_more(base, answer):
    doubled = fact("工业总产值", "x2", "", "2025", base_year=2020, quote="工业总产值翻一番")
    assert said(doubled, TURNOVER[0], reports("工业总产值", base, "亿元")).answer == answer


def test_levels_of_two_documents_are_computed_with_and_both_are_named():
    known = [TURNOVER[0], reports("工业总产值", "28112", "亿元", "2020", document="年鉴C")]
    check = said(fact("工业总产值", "+14056", "亿元", "2021-2025"), *known)
    assert check.kind == "computed" and "公报B、年鉴C" in check.message
    wrong = said(fact("工业总产值", "+9999", "亿元", "2021-2025"), *known)
    assert wrong.kind == "miscomputed" and "修订" in wrong.explanations[0].text


def test_a_draft_that_leaves_out_its_region_is_computed_with_levels_of_one_region():
    change = fact("工业总产值", "+14056", "亿元", "2021-2025", scope="")
    assert said(change, *TURNOVER).kind == "computed"
    district = reports("工业总产值", "28112", "亿元", "2020", scope="临江区")
    assert said(change, TURNOVER[0], district).answer == "no_source"


def test_a_base_year_that_the_draft_leaves_out_is_named_and_accuses_nobody():
    check = said(fact("工业总产值", "+14056", "亿元", "2025"), *TURNOVER)
    assert "按2020年推算" in check.message
    assert said(fact("工业总产值", "+9999", "亿元", "2025"), *TURNOVER).answer == "no_source"


def test_neither_a_goal_nor_a_bound_is_a_level_to_compute_a_result_from():
    goals = [aims("工业总产值", "42168", "亿元", "2025"), TURNOVER[1]]
    change = fact("工业总产值", "+14056", "亿元", "2021-2025")
    assert said(change, *goals).answer == "no_source"
    step = reports("工业总产值", "28112", "亿元", "2020", quote="工业总产值跨上28112亿元台阶")
    assert said(change, TURNOVER[0], step).answer == "no_source"


@given(st.integers(10, 900), st.integers(1, 9))
def test_a_source_that_only_rounds_to_the_number_is_not_among_what_agrees(whole, tenth):
    """15 in one source and 14.5 in another: both would round to the draft's 15, only one is it."""
    number = whole + tenth / 10 - (0.5 if tenth > 5 else 0.0)
    one = reports("绿色电力占比", f"{whole}", "%", "2025", document="公报B")
    other = reports("绿色电力占比", f"{number:.1f}", "%", "2025", document="年鉴C")
    check = said(fact("绿色电力占比", f"{whole}", "%"), other, one)
    assert check.kind == "exact"
    assert [*check.sides[1:]] == [one.evidence] or number == whole
    assert number == whole or check.others == (other.evidence,)
    before, _, after = check.message.partition("另有来源")
    assert "公报B" in before and ("年鉴C" in after or number == whole)


def test_a_source_of_another_number_is_named_beside_the_one_that_agrees():
    other = reports("规上工业增加值", "1051.3", "亿元", "2025", document="年鉴C")
    check = said(fact("规上工业增加值", "1042.6", "亿元"), *YEARBOOK, other)
    assert check.answer == "agrees" and check.others == (other.evidence,)
    assert "另有来源写的数不同：《年鉴C》" in check.message


def test_a_stated_number_goes_before_a_computed_one():
    """The yearbook says 5.1 %, its levels make 5.2 %: the draft's 5.2 % is not what is published."""
    check = said(fact("规上工业增加值年均增速", "5.2", "%", "2021-2025"))
    assert check.answer == "differs"
    assert any(isinstance(side, Formula) for side in check.sides)


def test_a_draft_does_not_prove_itself():
    statement = fact("规上工业增加值", "999", "亿元")
    assert said(statement, statement).answer == "no_source"


@given(
    st.floats(10, 99_000), st.integers(0, 2), st.sampled_from(["亿元", "万亿元"]), st.integers(0, 3)
)
def test_any_rounding_and_unit_of_a_published_number_agrees(value, fine, unit, coarse):
    published = reports("工业总产值", f"{value:.{fine}f}", "亿元", "2025")
    printed = float(f"{value:.{fine}f}") / (10_000 if unit == "万亿元" else 1)
    if round(printed, coarse) == 0:
        return
    check = said(fact("工业总产值", f"{printed:.{coarse}f}", unit), published)
    assert check.answer == "agrees"


@given(st.floats(10, 99_000), st.floats(1.06, 5))
def test_another_number_never_agrees(value, wrong):
    published = reports("工业总产值", f"{value:.1f}", "亿元", "2025")
    check = said(fact("工业总产值", f"{value * wrong:.1f}", "亿元"), published)
    assert check.answer == "differs"


# -- claims -----------------------------------------------------------------------------------

GOALS = [
    aims("工业总产值", "40000", "亿元", "2025"),
    aims("工业总产值年均增速", "6", "%", "2021-2025"),
    aims("高新技术企业数量", "~540", "家", "2025", hedge="左右"),
    aims("绿色园区数量", "15", "个", "2025"),
    aims("单位工业增加值能耗", "0.5", "吨标准煤/万元", "2025", measure="level"),
]
RESULTS = [
    reports("工业总产值", "42168", "亿元", "2025"),
    reports("工业总产值年均增速", "6.8", "%", "2021-2025"),
    reports("高新技术企业数量", "512", "家", "2025"),
    reports("绿色园区数量", "15", "个", "2025"),
    reports("单位工业增加值能耗", "0.48", "吨标准煤/万元", "2025", measure="level"),
]


def claims(sentence: str, *known: Statement) -> list[NumberCheck]:
    text = f"云溪市“十四五”工业发展情况的汇报\n\n{sentence}\n"
    draft = read_text(text, "草稿.txt")
    checks = proof(draft, read_statements(draft), known or (*GOALS, *RESULTS))
    return [each for each in checks if each.kind.startswith("claim")]


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("“十四五”期间，全市工业总产值年均增长6.8%，超额完成规划目标。", "claim_holds", "超额完成规划目标"),
        ("2025年，全市工业总产值42168亿元，完成了“十四五”规划目标。", "claim_holds", "完成了“十四五”规划目标"),
        ("2025年，高新技术企业达到512家，超额完成规划目标。", "claim_fails", "超额完成规划目标"),
        ("2025年，高新技术企业达到512家，实现规划目标。", "claim_depends", "实现规划目标"),
        ("2025年，绿色园区达到15个，达到规划目标。", "claim_holds", "达到规划目标"),
        ("2025年，绿色园区达到15个，超额完成规划目标任务。", "claim_fails", "超额完成规划目标任务"),
        ("2025年，单位工业增加值能耗0.48吨标准煤/万元，完成规划目标。", "claim_holds", "完成规划目标"),
        ("2025年，工业总产值达到41000亿元，完成规划目标。", "claim_unproved", "完成规划目标"),
        ("2025年，高新技术企业达到560家，超额完成540家的目标。", "claim_refuted", "超额完成540家的目标"),
        ("2023年，绿色园区达到15个，提前两年完成规划目标。", "claim_unproved", "提前两年完成规划目标"),
        ("2023年，绿色园区达到12个，提前两年完成规划目标。", "claim_fails", "提前两年完成规划目标"),
        ("2025年，智能仓库达到12座，完成规划目标。", "claim_without_target", "完成规划目标"),
    ],
)  # fmt: skip
def test_a_claim_is_held_against_the_target_of_its_number(sentence, kind, words):
    (check,) = claims(sentence)
    assert check.kind == kind and check.number.quote == words
    assert check.sides[0] == check.number
    known = {each.evidence for each in GOALS}
    assert bool(known & set(check.sides)) == (kind != "claim_without_target")


@pytest.mark.parametrize(
    "sentence",
    [
        "2025年，绿色园区达到15个，力争超额完成规划目标。",
        "2025年，绿色园区达到15个，未完成规划目标。",
        "2025年，绿色园区达到15个，确保规划目标完成，落实目标管理。",
        "为实现规划目标，2025年建成绿色园区15个。",
        "主要任务是到2025年绿色园区达到15个。",
    ],
)
def test_a_hope_a_miss_and_a_plan_are_no_claims(sentence):
    assert not claims(sentence)


def test_a_claim_speaks_of_the_nearest_number_that_has_a_target_or_of_all():
    near = "2025年，绿色园区达到15个，智能仓库达到12座，完成规划目标。"
    (check,) = claims(near)
    assert GOALS[3].evidence in check.sides
    every = "2025年，绿色园区达到15个，高新技术企业达到512家，均完成规划目标。"
    assert [each.kind for each in claims(every)] == ["claim_holds", "claim_depends"]


def test_a_claim_that_quotes_its_target_is_held_against_that_one():
    other = aims("绿色园区数量", "20", "个", "2025", document="纲要C")
    quoted = "2025年，绿色园区达到15个，完成15个的目标。"
    (check,) = claims(quoted, GOALS[3], other, RESULTS[3])
    assert check.kind == "claim_holds" and other.evidence not in check.sides


def test_two_plans_with_two_targets_leave_a_claim_open():
    other = aims("绿色园区数量", "20", "个", "2025", document="纲要C")
    (check,) = claims("2025年，绿色园区达到15个，完成规划目标。", GOALS[3], other, RESULTS[3])
    assert check.kind == "claim_depends"
    assert {GOALS[3].evidence, other.evidence} <= set(check.sides)


def test_the_comment_on_a_claim_stands_on_its_words(tmp_path):
    document = docx.Document()
    document.add_paragraph(REPORT[0])
    document.add_paragraph("2025年，全市工业总产值42168亿元，超额完成规划目标。")
    document.save(str(tmp_path / "草稿.docx"))
    draft = read_document(tmp_path / "草稿.docx")
    checks = proof(draft, read_statements(draft), [*GOALS, *RESULTS])
    write_comments(tmp_path / "草稿.docx", checks, tmp_path / "核数.docx")
    comments = [each.text for each in docx.Document(str(tmp_path / "核数.docx")).comments]
    assert len(comments) == 2 and "“超额完成规划目标”成立" in comments[1]


# -- drafts as files ------------------------------------------------------------------------

REPORT = [
    "云溪市2025年工业经济运行情况的汇报",
    "2025年，全市规上工业增加值达到1043亿元，服务业增加值占地区生产总值比重达到三分之二，"
    "专精特新企业达到900家，高新技术企业512家。",
]
ANSWERS = {"1043亿元": "一致", "三分之二": "一致", "900家": "不一致", "512家": "一致"}


def checked(draft: Document) -> Sequence[NumberCheck]:
    return proof(draft, read_statements(draft), [*YEARBOOK, *PLAN])


def answers(checks: Sequence[NumberCheck]) -> dict[str, str]:
    return {re.sub("^达到", "", each.number.quote): each.answer_zh for each in checks}


def docx_draft(path: Path) -> Path:
    document = docx.Document()
    for text in REPORT:
        paragraph = document.add_paragraph()
        for piece in re.split(r"(?<=\d)", text):
            paragraph.add_run(piece)
    document.save(str(path))
    return path


def test_drafts_of_every_format_give_one_list(tmp_path):
    plan = rendering.Plan(REPORT[0], (rendering.Body(REPORT[1]),))
    html = "<html><body>" + "".join(f"<p>{text}</p>" for text in REPORT) + "</body></html>"
    drafts = [
        read_text("\n\n".join(REPORT) + "\n", "草稿.txt"),
        read_text(html, "草稿.html"),
        read_document(docx_draft(tmp_path / "草稿.docx")),
        read_document(rendering.as_pdf(plan, tmp_path / "草稿.pdf")),
    ]
    for draft in drafts:
        checks = checked(draft)
        assert answers(checks) == ANSWERS
        assert len({each.of for each in checks}) == len(checks) == len(read_statements(draft))
        for each in checks:
            found = draft.source[each.number.start : each.number.end]
            assert "".join(found.split()) == each.number.quote


def test_a_docx_comes_back_with_a_comment_on_every_number(tmp_path):
    before, after = docx_draft(tmp_path / "草稿.docx"), tmp_path / "送审核数.docx"
    checks = checked(read_document(before))
    write_comments(before, checks, after)
    made = [each.text.splitlines() for each in docx.Document(str(after)).comments]
    assert [each[0][:5] for each in made] == [
        "【一致】四",
        "【一致】分",
        "【不一致】",
        "【一致】与",
    ]
    assert "把目标写成了完成数" in made[2][0] and made[2][1].startswith("可能原因1：")
    assert read_document(after).source == read_document(before).source


def test_two_equal_numbers_of_one_sentence_each_have_their_place():
    text = "云溪市2025年工业经济运行情况的汇报\n\n2025年，建成绿色工厂60家、智能工厂60家。\n"
    draft = read_text(text, "草稿.txt")
    places = [each.number.start for each in proof(draft, read_statements(draft), [])]
    assert len(places) == 2 and places[0] < places[1]


def test_a_number_in_a_table_is_found_in_its_cell(tmp_path):
    document = docx.Document()
    document.add_paragraph("云溪市制造业发展“十四五”规划")
    rows = [["指标", "单位", "2020年", "2025年"], ["绿色工厂数量", "家", "20", "60"]]
    table = document.add_table(rows=2, cols=4)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(tmp_path / "草稿.docx"))
    checks = checked(read_document(tmp_path / "草稿.docx"))
    assert [each.number.quote for each in checks] == ["20", "60"]


def test_the_shape_that_others_read():
    shape = plain(said(fact("规上工业增加值", "1142.6", "亿元")))
    assert {"kind", "message", "sides", "explanations", "answer"} <= set(shape)
    assert shape["answer"] == "differs" and shape["sides"][0]["kind"] == "span"
    assert set(shape["explanations"][0]) == {"text", "text_en", "rank"}


def test_the_same_number_of_something_else_is_told_in_what_it_differs():
    published = reports("绿色工厂数量", "77", "家", "2024")
    check = said(goal("绿色工厂数量", "77", "家", "2035"), published)
    assert check.kind == "no_source_same"
    assert "角色：目标 / 完成数" in check.message and "时期：2035 / 2024" in check.message
    assert "role: goal / fact" in check.message_en
