"""One target, one verdict: status, explain, settle and the report say the same of it."""

from datetime import date
from pathlib import Path

import pytest

from jingwei.app.pipeline.evaluating import evaluation_of
from jingwei.app.pipeline.library import library
from jingwei.store import Workspace

OLD = """云溪市制造业发展“十三五”规划

一、发展目标

到2020年，规模以上工业总产值达到5200亿元，省级以上企业技术中心达到120家，研发经费支出占营业收入比重达到2.0%左右。“十三五”期间，每年新增规上工业企业30家，工业投资年均完成100亿元，工业投资五年累计完成450亿元，规模以上工业增加值年均增长7%，新增智能工厂60家。

表1 主要指标

序号 指标名称 单位 属性 2020年
1 单位工业增加值用水量累计下降幅度 % 约束性 23以上
2 单位工业增加值能耗下降幅度 % 约束性 完成省下达目标
"""
NEW = """云溪市制造业发展“十四五”规划

一、发展基础

2020年，省级以上企业技术中心达到126家，规模以上工业总产值实现5118亿元。“十三五”期间，单位工业增加值用水量累计下降21.4%，五年累计新增规上工业企业140家，五年累计完成工业投资520亿元，规模以上工业增加值年均增长7.2%，新增智能工厂63家。研发经费支出占营业收入比重达到1.92%。

二、发展目标

到2025年，省级以上企业技术中心达到180家，规模以上工业总产值达到8000亿元。
"""


@pytest.fixture
def city(tmp_path: Path, jingwei, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "city"
    jingwei("init", folder, "--region", "云溪市")
    (folder / "documents" / "旧.txt").write_text(OLD, "utf-8")
    (folder / "documents" / "新.txt").write_text(NEW, "utf-8")
    done = jingwei("compile", "-w", folder)
    assert (done.code, done.err) == (0, "")
    monkeypatch.chdir(folder)
    return folder


def said(records) -> dict[tuple[str, str], tuple[str, str]]:
    """Answer and class by subject and quote; 后续文件未披露 is settle's word for 无法评价 (§20.8)."""
    return {
        (each["target"]["subject"], each["target"]["text"] or each["target"]["quote"]): (
            each["verdict"]["answer"],
            each["class"].replace("后续文件未披露", "无法评价"),
        )
        for each in records
    }


def test_status_explain_settle_and_the_report_agree_on_every_target(city, jingwei):
    settled = said(jingwei("settle", "旧.txt", "--format", "json").json)
    standing = said(jingwei("status", "旧.txt", "--as-of", "2021-06-30", "--format", "json").json)
    assert len(settled) >= 9
    assert standing == settled
    assert {answer for answer, _ in settled.values()} == {"met", "not_met", "unknown", "depends"}
    books = library(Workspace.open(city), pytest.fail)
    plan = books.find("旧.txt")
    report = evaluation_of(books, plan, "final", date(2021, 6, 30))
    reported = {
        (each.target.subject, each.target.text or each.target.quote): (
            each.verdict.answer,
            each.class_,
        )
        for each in report.standings
    }
    assert reported == settled
    for each in report.standings:
        told = jingwei("explain", each.target.id, "--as-of", "2021-06-30", "--format", "json").json
        assert said(told["standings"]) == {
            (each.target.subject, each.target.text or each.target.quote): (
                each.verdict.answer,
                each.class_,
            )
        }
    by = {subject: answer for (subject, _), (answer, _) in settled.items()}
    yearly = [answer for subject, answer in by.items() if "规上工业企业" in subject]
    assert yearly == ["not_met"]  # 140 in five years are 28 a year, not 30


def test_before_the_end_status_explain_and_the_report_agree(city, jingwei):
    shown = said(jingwei("status", "新.txt", "--as-of", "2023-06-30", "--format", "json").json)
    books = library(Workspace.open(city), pytest.fail)
    report = evaluation_of(books, books.find("新.txt"), "midterm", date(2023, 6, 30))
    assert {
        (each.target.subject, each.target.text or each.target.quote): (
            each.verdict.answer,
            each.class_,
        )
        for each in report.standings
    } == shown
