"""An empty answer is a sentence: what is empty, and what to do next. JSON stays an empty list."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

LISTING = ("compile", "targets", "lineage", "check", "review", "run", "export --to csv", "export --to xlsx")  # fmt: skip


@pytest.fixture
def empty(jingwei: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace without documents; it is the current folder."""
    folder = tmp_path / "空"
    jingwei("init", folder)
    monkeypatch.chdir(folder)
    return folder


def told_once(out: str) -> None:
    """One line in both languages that names what to run or do."""
    (line,) = [each for each in out.splitlines() if " / " in each and "jingwei" in each]
    chinese, _, english = line.partition(" / ")
    assert len(chinese) > 8 and len(english) > 8 and "没有" in chinese


@pytest.mark.parametrize("command", LISTING)
def test_a_command_on_an_empty_workspace_says_so(jingwei: Run, empty: Path, command: str) -> None:
    ran = jingwei(*command.split())
    assert (ran.code, ran.err) == (0, "")
    told_once("\n".join(line for line in ran.out.splitlines() if "─" not in line and "skipped" not in line))  # fmt: skip
    if command != "run":
        assert "─" not in ran.out
        assert jingwei(*command.split(), "--format", "json").json == []


def test_a_document_without_numbers(jingwei: Run, town: Path, tmp_path: Path) -> None:
    plain = tmp_path / "简介.txt"
    plain.write_text("梧川市简介\n\n梧川市在江边。\n", encoding="utf-8")
    for command in (("statements", plain), ("proof", plain), ("compare", plain, "旧规划.txt")):
        ran = jingwei(*command)
        assert ran.code == 0 and "没有读到" in ran.out and "─" not in ran.out
        assert json.loads(jingwei(*command, "--format", "json").out) == []


def test_words_that_no_target_holds(jingwei: Run, town: Path) -> None:
    ran = jingwei("targets", "--words", "潮汐电站")
    assert "潮汐电站" in ran.out and "─" not in ran.out


def test_a_draft_with_nothing_to_say_of(jingwei: Run, town: Path, tmp_path: Path) -> None:
    draft = tmp_path / "草案.txt"
    draft.write_text((town / "documents" / "新规划.txt").read_text("utf-8"), encoding="utf-8")
    ran = jingwei("check", "--draft", draft)
    assert ran.code == 0 and "草案.txt 与对照的规划没有对不上的地方" in ran.out
    assert "没有上位纲要" in ran.err


def test_a_draft_report_is_held_against_targets_and_misses_none(
    jingwei: Run, town: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "汇报.txt"
    draft.write_text(
        "梧川市“十三五”工业发展总结\n\n2020年，全市省级以上企业技术中心达到110家，"
        "规模以上工业总产值达到5318亿元。\n",
        encoding="utf-8",
    )
    ran = jingwei("check", "--draft", draft, "--format", "json")
    assert [each["kind"] for each in ran.json] == ["draft_behind"]
    assert "110家" in ran.json[0]["message"] and "120家" in ran.json[0]["message"]
    assert "是报告一类的文件" in ran.err
    table = jingwei("check", "--draft", draft).out
    assert "报告的数没有达到规划" in table and "draft_behind" not in table
