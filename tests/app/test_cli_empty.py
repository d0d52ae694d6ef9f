"""An empty answer is a sentence: what is empty, and what to do next. JSON stays an empty list."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jingwei import JingweiError, settle

Run = Callable[..., Any]

LISTING = ("compile", "targets", "tasks", "lineage", "check", "review", "run", "export --to csv", "export --to xlsx")  # fmt: skip


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
    assert "没有上位规划" in ran.err


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


def test_a_draft_never_settles_a_target(jingwei: Run, town: Path, tmp_path: Path) -> None:
    text = "梧川市工业发展情况\n\n2020年，全市省级以上企业技术中心达到150家。\n"
    draft, issued = tmp_path / "汇报（送审稿）.txt", tmp_path / "公报.txt"
    for path in (draft, issued):
        path.write_text(text, encoding="utf-8")
    plan = next(each for each in (town / "documents").iterdir() if "旧规划" in each.name)
    alone = jingwei("settle", plan, draft)
    assert (alone.code, alone.out) == (2, "")
    assert "未印发的稿件不能作为结算的依据" in alone.err and draft.name in alone.err
    both = jingwei("settle", plan, draft, issued, "--format", "json")
    assert both.code == 0 and "不作依据" in both.err
    evidence = [e["file"] for row in both.json for e in row["verdict"]["evidence"]]
    assert issued.name in evidence and draft.name not in evidence
    with pytest.raises(JingweiError, match="never settles"):
        settle(plan, [draft, issued])


@pytest.mark.parametrize(("opening", "kinds"), [
    ("一、2020年完成情况\n\n", ["draft_behind"]),
    ("一、2018年完成情况\n\n", []),
    ("一、完成情况\n\n", []),
])  # fmt: skip
def test_a_draft_report_is_dated_by_its_headings(
    jingwei: Run, town: Path, tmp_path: Path, opening: str, kinds: list[str]
) -> None:
    """§10.11: as proof dates it; a number of which nothing tells the year is behind no target."""
    draft = tmp_path / "汇报.txt"
    draft.write_text(
        f"梧川市工业发展情况汇报\n\n{opening}全市省级以上企业技术中心达到110家。\n\n"
        "二、下一步打算\n\n到2020年，全市要抓紧补上短板。\n",
        encoding="utf-8",
    )
    ran = jingwei("check", "--draft", draft, "--format", "json")
    assert [each["kind"] for each in ran.json] == kinds
    assert ("看不出是哪一年" in ran.err) == (opening == "一、完成情况\n\n")


def test_what_a_wider_area_sets_stands_in_a_table_with_its_years_and_what_binds_first(
    jingwei: Run, tmp_path: Path
) -> None:
    """Nothing is allotted to the district, so nothing is a finding; all of it is shown."""
    workspace = tmp_path / "区"
    jingwei("init", workspace)
    upper = workspace / "documents" / "沅口市规划.txt"
    upper.write_text(
        "沅口市工业“十五五”规划\n（2026—2030年）\n\n一、目标\n\n指标\t单位\t2030年\t属性\n规上企业数\t家\t680\t预期性\n"
        "单位工业增加值能耗下降\t%\t14.5\t约束性\n\n到2030年，全市供应工业用地2.5万亩。\n",
        encoding="utf-8",
    )
    draft = tmp_path / "梅塘区草案.txt"
    draft.write_text(
        "沅口市梅塘区工业“十五五”规划\n（2026—2030年）\n\n一、目标\n\n到2030年，规上企业达到120家，单位工业增加值能耗累计下降13%。\n",
        encoding="utf-8",
    )
    jingwei("compile", upper, "--workspace", workspace)
    ran = jingwei("check", "--draft", draft, "--workspace", workspace)
    table = "".join(ran.out.split())
    assert "没有分到本地的目标" in table
    assert "沅口市14.5%（2026-2030）13%（2026-2030）约束性草案低于全局" in table
    assert table.index("能耗") < table.index("规上企业")
    assert "工业用地" in ran.err and "不作缺失" in ran.err
    found = jingwei("check", "--draft", draft, "--workspace", workspace, "--format", "json")
    assert found.json == []
