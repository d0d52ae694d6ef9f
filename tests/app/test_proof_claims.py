"""Proof-reading of whole drafts against whole documents. All places and figures are fictional."""

from pathlib import Path

import docx
import pytest

from jingwei.app.cli.rows import proof_row
from jingwei.app.pipeline.compiled import compile_document
from jingwei.app.pipeline.library import Held, held, later_than
from jingwei.app.pipeline.proofing import proof
from jingwei.documents import read_document, read_text
from jingwei.monitor.proof import NumberCheck

OLD = """云溪市制造业发展“十三五”规划

一、发展目标

到2020年，全员劳动生产率达到75万元/人，制造业增加值占地区生产总值比重达到25%左右，绿色园区达到15个。

表1 主要指标

序号 指标名称 单位 属性 2020年
1 研发经费支出占营业收入比重 % 预期性 3.2
2 单位工业增加值用水量累计下降幅度 % 约束性 23以上
3 省级以上企业技术中心数量 家 预期性 120
"""
NEXT = """云溪市制造业发展“十四五”规划

一、发展目标

到2025年，全员劳动生产率达到80万元/人，绿色园区达到30个。
"""
FACTS = """云溪市2020年统计公报

2020年，省级以上企业技术中心达到126家，全员劳动生产率达到76.7万元/人。
“十三五”期间，单位工业增加值用水量累计下降21.4%。
2020年，研发经费支出占营业收入比重为3.18%。工业增加值占地区生产总值比重达到33%。

战略性新兴产业产值由2015年的9657亿元增加到2020年的14000亿元。

工业总产值由2015年的20000亿元增加到2020年的37053亿元。
"""
TITLE = "云溪市2025年制造业发展情况的汇报"


def text(source: str, name: str) -> Held:
    return held(compile_document(read_text(source, name)))


def read(body: str, *more: Held, title: str = TITLE) -> list[NumberCheck]:
    known = [text(OLD, "旧.txt"), text(NEXT, "新.txt"), text(FACTS, "公报.txt"), *more]
    return proof(read_text(f"{title}\n\n{body}\n", "稿.txt"), known)


def one(body: str, *more: Held, title: str = TITLE) -> NumberCheck:
    (check,) = read(body, *more, title=title)
    return check


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("全市上下共同努力，圆满完成“十三五”规划目标任务。", "claim_every_fails"),
        ("“十三五”规划约束性指标如期完成。", "claim_every_fails"),
        ("“十四五”规划目标任务全面完成。", "claim_every_open"),
        ("“十二五”规划目标任务全面完成。", "claim_every_without"),
    ],
)
def test_a_sweeping_claim_has_a_row_of_its_own(sentence: str, kind: str) -> None:
    check = one(sentence)
    assert check.kind == kind and check.of == ""
    assert ("用水量" in check.message) == (kind == "claim_every_fails")


@pytest.mark.parametrize(
    ("how", "kind"), [("全部", "claim_every_holds"), ("提前", "claim_every_reached")]
)
def test_a_sweeping_claim_holds_where_every_target_is_met(how: str, kind: str) -> None:
    met = "云溪市2020年公报\n\n2020年，甲中心数量达到9家。\n"
    plan = (
        OLD.split("到2020年")[0]
        + "表1 指标\n\n序号 指标名称 单位 属性 2020年\n1 甲中心数量 家 约束性 8\n2 乙中心数量 家 预期性 9\n"
    )
    draft = read_text(f"{TITLE}\n\n“十三五”规划约束性指标{how}完成。\n", "稿.txt")
    (check,) = proof(draft, [text(plan, "旧.txt"), text(met, "公报.txt")])
    assert check.kind == kind


def test_a_sweeping_claim_is_found_inside_a_longer_draft() -> None:
    body = (
        "2020年，企业技术中心达到126家。\n\n“十三五”主要目标全面完成，企业活力增强。\n\n形势复杂。"
    )
    assert [each.kind for each in read(body)][-1] == "claim_every_fails"


@pytest.mark.parametrize(
    "head", ["一、“十三五”完成情况\n\n", "一、成效\n\n2020年是“十三五”收官之年。\n\n"]
)
def test_an_undated_result_is_of_the_time_of_its_heading(head: str) -> None:
    checks = read(f"{head}全员劳动生产率达到76.7万元/人，超额完成规划目标。")
    assert [each.kind for each in checks] == ["exact", "claim_holds"]
    assert "75" in checks[1].message and "80" not in checks[1].message


def test_a_result_of_no_known_year_depends_on_the_year() -> None:
    body = "全员劳动生产率达到76.7万元/人，完成规划目标。"
    checks = read(body, title="云溪市制造业发展情况的汇报")
    assert all(each.answer != "differs" for each in checks)
    assert checks[1].kind == "claim_undated"
    assert "75" in checks[1].message and "80" in checks[1].message


def test_the_start_of_an_undated_rise_is_the_earlier_year() -> None:
    head = "一、“十三五”完成情况\n\n"
    right = read(f"{head}战略性新兴产业产值由9657亿元增加到14000亿元。")
    assert [each.answer for each in right] == ["agrees", "agrees"]
    slip, end = read(f"{head}战略性新兴产业产值由9567亿元增加到14000亿元。")
    assert (slip.kind, end.answer) == ("slip", "agrees")
    assert "疑似笔误" in slip.message and "9657" in slip.message


def test_a_start_of_no_known_year_is_no_number_of_another_year() -> None:
    checks = read("战略性新兴产业产值从9657亿元增加到14000亿元。", title="云溪市情况汇报")
    assert [each.answer for each in checks] == ["agrees", "agrees"]


def test_a_goal_quoted_in_a_claim_is_answered_as_its_settlement() -> None:
    check = one("全面完成“十三五”规划制造业增加值占地区生产总值比重25%左右的目标。")
    assert check.kind == "claim_quoted_open"
    missed = one("如期完成“十三五”规划单位工业增加值用水量累计下降23%以上的约束性目标。")
    assert missed.kind == "claim_quoted_fails"


def test_nearly_doubled_is_not_doubled() -> None:
    body = "2020年，云溪市工业总产值比2015年{}。"
    assert one(body.format("翻番")).answer == "differs"
    nearly = text("云溪市公报\n\n2020年，云溪市工业总产值比2015年接近翻番。\n", "二.txt")
    assert one(body.format("翻番"), nearly).answer != "agrees"


@pytest.mark.parametrize(
    ("early", "kind"),
    [("", "claim_early_open"), ("2018年，云溪市绿色园区达到16个。", "claim_holds"),
     ("2018年，云溪市绿色园区达到12个。", "claim_fails")],
)  # fmt: skip
def test_ahead_of_time_needs_a_figure_of_the_earlier_year(early: str, kind: str) -> None:
    report = text(f"云溪市公报\n\n2020年，云溪市绿色园区达到15个。{early}\n", "二.txt")
    body = "2020年，云溪市绿色园区达到15个，提前两年实现规划目标。"
    assert read(body, report)[-1].kind == kind


def test_a_draft_is_no_source_for_anything() -> None:
    sentence = "2020年，云溪市绿色园区达到18个。"
    copy = text(f"云溪市汇报\n\n{sentence}\n", "汇报送审稿.txt")
    marked = text(f"云溪市汇报（征求意见稿）\n\n{sentence}\n", "汇报.txt")
    same = text(f"{TITLE}\n\n{sentence}\n", "另存.txt")
    assert one(sentence, copy, marked, same).answer == "no_source"
    plan = text(OLD, "旧.txt")
    assert later_than(plan, [copy, marked, text(FACTS, "公报.txt")])[0].name == "公报.txt"
    assert one(sentence, text(f"云溪市公报\n\n{sentence}\n", "公报二.txt")).answer == "agrees"


def test_the_same_amount_in_another_unit_is_no_other_number() -> None:
    coarse = text("云溪市2020年快报\n\n2020年，工业总产值达到3.7万亿元。\n", "快报.txt")
    check = one("2020年，工业总产值达到37053亿元。", coarse)
    assert check.answer == "agrees" and check.others == ()


def test_beyond_a_number_is_quoted_as_printed() -> None:
    source = text("云溪市2020年快报\n\n2020年，工业投资超过5200亿元。\n", "快报.txt")
    check = one("2020年，工业投资达到5300亿元以上。", source)
    assert "超过5200" in check.message and "以上" not in check.message


def test_what_is_computed_has_the_digits_of_what_is_counted() -> None:
    source = text("云溪市公报\n\n2015年，创新中心达到15个。2020年，创新中心达到20个。\n", "二.txt")
    check = one("“十三五”期间，新增创新中心5个。", source)
    assert "=5个" in check.message


def test_the_column_dates_a_cell_and_row_and_column_are_readable(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph(TITLE)
    rows = [["指标", "单位", "2015年", "2020年"], ["战略性新兴产业产值", "亿元", "14000", "9657"]]
    rows.append(["全员劳动生产率", "万元/人", "", "76.7"])
    table = word.add_table(rows=3, cols=4)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, texts, strict=True):
            cell.text = words
    word.save(str(tmp_path / "稿.docx"))
    checks = proof(read_document(tmp_path / "稿.docx"), [text(FACTS, "公报.txt")])
    assert [each.kind for each in checks] == ["other_year", "other_year", "exact"]
    assert proof_row(checks[2])[1] == "全员劳动生产率｜2020年｜76.7万元/人"


@pytest.mark.parametrize(
    ("early", "kind"), [("", "open"), ("2018年，云溪市绿色园区达到16个。", "holds")]
)
def test_a_quoted_goal_reached_early_needs_the_earlier_year_too(early: str, kind: str) -> None:
    report = text(f"云溪市公报\n\n2020年，云溪市绿色园区达到15个。{early}\n", "二.txt")
    check = one("2020年，提前两年实现绿色园区15个的目标。", report)
    assert check.kind.endswith(kind)


def test_a_sweeping_claim_is_not_about_the_number_after_it() -> None:
    kinds = [e.kind for e in read("全市圆满完成“十三五”规划目标任务，其中企业中心126家。")]
    assert "claim_every_fails" in kinds and "claim_without_target" not in kinds


def test_a_draft_that_names_no_area_is_of_the_area_most_documents_are_of() -> None:
    texts = {
        "公报.txt": "霁川市2035年国民经济和社会发展统计公报\n霁川市统计局 2036年3月25日\n高新技术企业1560家。\n",
        "规划.txt": "霁川市“十六五”工业规划\n（2031—2035年）\n到2035年，产值达到80亿元。\n",
        "省公报.txt": "云岭省2035年国民经济和社会发展统计公报\n云岭省统计局 2036年3月5日\n固废利用率92%。\n",
    }
    known = [held(compile_document(read_text(text, name))) for name, text in texts.items()]
    draft = read_text(
        "在全市大会上的讲话\n2035年，固废利用率95%，高新技术企业1560家。\n", "讲话.txt"
    )
    assert [each.answer for each in proof(draft, known)] == ["no_source", "agrees"]


@pytest.mark.parametrize("tail", ["实现规划确定的目标任务", "完成规划目标", "达到规划要求的目标"])
def test_a_goal_quoted_with_what_is_to_come_claims_nothing(tail: str) -> None:
    said = f"根据规划，到2025年，全员劳动生产率要达到80万元/人，{tail}。"
    check = one(said, title="在全市制造业推进会上的讲话")
    assert (check.answer, check.kind) == ("agrees", "exact")


def test_a_goal_that_is_told_as_done_is_claimed() -> None:
    found = read("到2025年全员劳动生产率达到80万元/人的目标已全面完成。")
    assert any(check.kind.startswith("claim") for check in found)
