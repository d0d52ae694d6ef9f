"""A district disputes a value: whoever uses the value sees it, answered or not (§15.5)."""

from pathlib import Path

import pytest
from monitored import add_statistics

from jingwei.app.pipeline.evaluating import evaluation_of
from jingwei.app.pipeline.library import library
from jingwei.app.reports.evaluation import paper_of
from jingwei.store import Workspace

PLAN = """梧川市制造业发展“十四五”规划

一、发展目标

到2025年，规模以上工业总产值达到8000亿元。
"""


@pytest.fixture
def disputed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jingwei) -> Path:
    """A city in which a district disputes the output of 2023 of the city and of 2024 of its own."""
    folder = tmp_path / "city"
    assert jingwei("init", folder, "--region", "绫州市").code == 0
    (folder / "documents" / "规划.txt").write_text(PLAN.replace("梧川", "绫州"), "utf-8")
    assert jingwei("compile", "-w", folder).code == 0
    add_statistics(folder)
    monkeypatch.chdir(folder)
    for series, period, text in (
        ("output@2011 lz", "2023", "漏报两家企业"),
        ("output@2011 jt", "2024-01/2024-09", "应为578亿元"),
        ("output@2011 sj", "2023", "应为812亿元"),
    ):
        ran = jingwei(
            "data", "note", series, text, "--period", period, "--dispute", "--by", "锦塘区统计局"
        )
        assert ran.code == 0
    return folder


def of(paper) -> str:
    runs = [
        run
        for block in paper.body
        for row in getattr(block, "rows", ())
        for cell in row
        for run in cell
    ]
    return "".join(run.text for run in runs)


def test_status_and_explain_show_the_dispute_and_no_verdict_moves(disputed, jingwei):
    (before,) = jingwei("status", "--as-of", "2026-05-01", "--format", "json", "-w", disputed).json
    shown = jingwei("status", "--format", "json").json[0]
    assert shown["verdict"]["answer"] == before["verdict"]["answer"]
    told = [each["zh"] for each in shown["beside"] if each["relation"] == "异议"]
    assert any(
        "漏报两家企业" in each and "锦塘区统计局" in each and "尚未答复" in each for each in told
    )
    assert any("应为812亿元" in each for each in told)  # of a part of the same indicator and year
    assert not [each for each in before["beside"] if each["relation"] == "异议"]  # not raised yet
    assert "漏报两家企业" in jingwei("explain", "规模以上工业总产值").out
    assert jingwei("data", "answer", "1", "已补报，年报更正", "--by", "市统计局").code == 0
    again = jingwei("status").out
    assert "已答复（市统计局" in "".join(again.split())


def test_the_month_and_the_appraisal_show_it(disputed, jingwei):
    page = jingwei("month", "2024-09", "--format", "json").json
    assert ["应为578亿元" in each["zh"] for each in page["disputes"]] == [True]
    assert "应为578亿元" in jingwei("month", "2024-09").out
    (scheme,) = jingwei("appraise", "--format", "json").json
    assert [each["text"] for each in scheme["disputes"]] == ["应为812亿元"]
    assert scheme["disputes"][0]["answered"] is False
    assert "应为812亿元" in jingwei("appraise").out


def test_the_report_lists_it_with_who_has_to_answer(disputed):
    from datetime import date

    books = library(Workspace.open(disputed), pytest.fail)
    day = date.today()
    found = evaluation_of(books, books.documents[0], "final", day)
    assert [(each.text, each.answer, each.holder) for each in found.disputes] == [
        ("漏报两家企业", "", "绫州市统计局"), ("应为578亿元", "", "绫州市统计局"),
        ("应为812亿元", "", "绫州市统计局"),
    ]  # fmt: skip
    text = of(paper_of(found))
    assert "漏报两家企业" in text
    assert "尚未答复" in text
