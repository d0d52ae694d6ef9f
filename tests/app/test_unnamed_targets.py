"""A target whose document names no indicator takes part in nothing, and that is said everywhere."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import jingwei as package

Run = Callable[..., Any]
OLD = (
    "云溪市先进制造业“十六五”规划\n\n一、目标\n\n到2035年，达到500亿元。\n\n"
    "到2035年，力争突破600亿元，绿色工厂达到40家。\n"
)
NEW = "云溪市先进制造业“十七五”规划\n\n一、目标\n\n到2040年，绿色工厂达到60家。\n"
FACTS = "云溪市统计公报\n\n2035年，全市绿色工厂达到45家。\n"


@pytest.fixture
def city(jingwei: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with two targets of no named indicator among four; it is the current folder."""
    folder = tmp_path / "云溪"
    jingwei("init", folder, "--region", "云溪市")
    for name, text in (("旧规划", OLD), ("新规划", NEW), ("公报", FACTS)):
        (folder / "documents" / f"{name}.txt").write_text(text, "utf-8")
    monkeypatch.chdir(folder)
    ran = jingwei("run")
    assert "其中2条没有写明指标" in ran.out
    return folder


@pytest.mark.parametrize("command", [
    "targets", "settle 旧规划", "lineage", "compare 旧规划 新规划", "check", "export --to csv", "status",
])  # fmt: skip
def test_every_answer_leaves_them_out_and_says_how_to_see_them(
    jingwei: Run, city: Path, command: str
) -> None:
    ran = jingwei(*command.split())
    assert "500亿元" not in ran.out and "600亿元" not in ran.out
    assert "2 条目标没有写明指标" in ran.err and "旧规划.txt 2 条" in ran.err
    assert "jingwei targets --unnamed" in ran.err


def test_they_can_be_listed_and_take_part_once_they_are_named(jingwei: Run, city: Path) -> None:
    listed = jingwei("targets", "--unnamed", "--format", "json").json
    assert [each["target"]["value"] for each in listed] == [500, 600]
    assert "突破600亿元" in jingwei("targets", "--unnamed").out
    jingwei("review", "edit", listed[1]["target"]["id"], "subject=规上工业总产值", "--by", "张某")
    named = jingwei("targets", "--format", "json").json
    assert {"规上工业总产值", "绿色工厂数量"} == {each["target"]["subject"] for each in named}
    (left,) = jingwei("targets", "--unnamed", "--format", "json").json
    assert left["target"]["value"] == 500


def test_report_and_export_follow_the_same_rule(jingwei: Run, city: Path) -> None:
    jingwei("export", "--to", "csv")
    exported = (city / "reports" / "statements.csv").read_text("utf-8")
    assert "绿色工厂数量" in exported and "500亿元" not in exported
    report = (city / "reports" / "report.html").read_text("utf-8")
    assert "条目标没有写明指标，没有参加本报告" in report
    shown = report.partition("没有写明指标的目标 ")[2]
    assert "500亿元" in shown and "600亿元" in shown


def test_python_settles_only_what_is_named() -> None:
    plan, facts = package.read_text(OLD, "旧规划.txt"), package.read_text(FACTS, "公报.txt")
    assert len(package.statements(plan)) == 3
    (settled,) = package.settle(plan, [facts])
    assert (settled.target.subject, settled.verdict.answer) == ("绿色工厂数量", "met")
