"""init, statements, compile: from a document to a plan file."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

Run = Callable[..., Any]

GOLD = [
    "quote", "subject", "scope", "role", "op", "value", "low", "high", "unit", "period", "attr",
    "kind", "text",
]  # fmt: skip
MORE = ["id", "document", "measure", "hedge", "base_year", "rule", "section", "evidence"]
PLAN = "梧川市制造业发展“十四五”规划\n\n一、目标\n\n到2025年，高新技术企业达到{}家以上，工业投资五年累计900亿元左右。\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "梧川规划.txt"
    path.write_text(PLAN.format(2000), encoding="utf-8")
    return path


def test_init_makes_a_workspace_that_commands_find(
    jingwei: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = jingwei("init", tmp_path / "城市", "--region", "梧川市")
    assert made.code == 0
    assert made.out.strip() == str((tmp_path / "城市").resolve())
    assert "jingwei run" in made.err
    monkeypatch.chdir(tmp_path / "城市" / "plans")
    assert jingwei("targets", "--format", "json").json == []


def test_init_leaves_a_workspace_alone(jingwei: Run, town: Path) -> None:
    before = (town / "jingwei.toml").read_bytes()
    again = jingwei("init", town)
    assert again.code == 2
    assert "已经是一个工作区" in again.err
    assert (town / "jingwei.toml").read_bytes() == before


def test_statements_are_printed_with_the_fields_of_the_guidelines(jingwei: Run, plan: Path) -> None:
    printed = jingwei("statements", plan, "--format", "jsonl")
    records = [json.loads(line) for line in printed.out.splitlines()]
    assert (printed.code, printed.err) == (0, "")
    assert [list(each) for each in records] == [GOLD + MORE] * 2
    assert records[0] | {"id": ""} == {
        "quote": "高新技术企业达到2000家以上", "subject": "高新技术企业数量", "scope": "梧川市",
        "role": "target", "op": ">=", "value": 2000, "low": None, "high": None, "unit": "家",
        "period": "2025", "attr": None, "kind": "stat", "text": None, "id": "",
        "document": "梧川规划.txt", "measure": "level", "hedge": "以上", "base_year": None,
        "rule": "达到", "section": ["一、目标"], "evidence": records[0]["evidence"],
    }  # fmt: skip
    place = records[0]["evidence"]
    assert plan.read_text("utf-8")[place["start"] : place["end"]] == "高新技术企业达到2000家以上"


def test_the_formats_of_statements_say_the_same(jingwei: Run, plan: Path) -> None:
    lines = [
        json.loads(x) for x in jingwei("statements", plan, "--format", "jsonl").out.split("\n") if x
    ]
    assert jingwei("statements", plan, "--format", "json").json == lines
    printed = jingwei("statements", plan, "--format", "csv").out
    rows = [*csv.DictReader(io.StringIO(printed.removeprefix("\ufeff")))]
    assert [(row["id"], float(row["value"]), row["line"]) for row in rows] == [
        (each["id"], each["value"], str(each["evidence"]["line"])) for each in lines
    ]
    table = jingwei("statements", plan).out
    assert all(each["id"] in table and each["subject"] in table for each in lines)
    assert "2000家以上" in table


def test_statements_of_several_documents_and_one_that_is_not_there(
    jingwei: Run, plan: Path, papers: Path
) -> None:
    absent = plan.with_name("没有.txt")
    other = next(papers.glob("*.txt"))
    printed = jingwei("statements", plan, absent, other, "--format", "json")
    assert printed.code == 2
    assert printed.err.splitlines()[0] == f"错误：{absent}：没有这个文件；请检查路径和文件名"
    assert {each["document"] for each in printed.json} == {plan.name, other.name}


def test_statements_writes_nothing(jingwei: Run, plan: Path) -> None:
    before = sorted(plan.parent.rglob("*"))
    jingwei("statements", plan)
    assert sorted(plan.parent.rglob("*")) == before


def test_compile_copies_a_document_and_writes_its_plan_file(
    jingwei: Run, tmp_path: Path, plan: Path
) -> None:
    folder = tmp_path / "城市"
    jingwei("init", folder)
    done = jingwei("compile", plan, "-w", folder, "--format", "json")
    assert done.code == 0
    assert done.json == [{
        "document": plan.name, "plan": f"plans/{plan.name}.yaml", "state": "new", "kind": "plan",
        "why": "标题是规划、计划、方案或意见", "title": "梧川市制造业发展“十四五”规划",
        "period": "2021-2025", "unread_pages": [], "rows_left_out": [],
        "counts": done.json[0]["counts"],
        "differences": [],
    }]  # fmt: skip
    counts = done.json[0]["counts"]
    assert (counts["targets"], counts["facts"]) == (2, 0)
    assert (folder / "documents" / plan.name).read_bytes() == plan.read_bytes()
    written = YAML(typ="safe").load((folder / "plans" / f"{plan.name}.yaml").read_text("utf-8"))
    assert written["statements"][0]["subject"] == "高新技术企业数量"
    table = jingwei("compile", "-w", folder)
    assert plan.name in table.out
    assert "未变 unchanged" in table.out


DUTIES = (
    "梧川市2026年重点工作任务清单\n一、扩大投资\n6月底前完成路基工程（市交通局牵头，市财政局配合）。\n"
    "二、优化服务\n完善服务专员工作机制。\n"
)


def test_tasks_of_a_file_and_of_a_workspace_are_the_same(jingwei: Run, tmp_path: Path) -> None:
    folder, plan = tmp_path / "城市", tmp_path / "梧川市重点工作任务清单.txt"
    plan.write_text(DUTIES, encoding="utf-8")
    jingwei("init", folder)
    jingwei("compile", plan, "-w", folder)
    alone = jingwei("tasks", plan, "--format", "json").json
    assert alone == jingwei("tasks", "-w", folder, "--format", "json").json
    assert [(each["owner"], each["supporting"], each["deadline"]) for each in alone] == [
        ("市交通局", "市财政局", "2026-06"), (None, None, ""),
    ]  # fmt: skip
    assert alone[0]["evidence"]["line"] == 3
    lines = jingwei("tasks", plan, "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == alone
    assert jingwei("tasks", plan, "--format", "csv").out.count("市交通局") == 2  # owner and quote


def test_tasks_are_chosen_by_office_and_by_what_is_not_written(
    jingwei: Run, tmp_path: Path
) -> None:
    plan = tmp_path / "梧川市重点工作任务清单.txt"
    plan.write_text(DUTIES, encoding="utf-8")
    table = jingwei("tasks", plan)
    assert "未写明（规划期末2026）" in table.out
    assert "共2项，写明责任单位的1项，写明时限的1项" in table.err
    assert [t["what"] for t in jingwei("tasks", plan, "--unowned", "--format", "json").json] == [
        "完善服务专员工作机制"
    ]
    assert [
        t["what"] for t in jingwei("tasks", plan, "--owner", "财政", "--format", "json").json
    ] == ["完成路基工程"]
    none = jingwei("tasks", plan, "--owner", "水利")
    assert (none.code, "没有符合条件的任务" in none.out + none.err) == (0, True)


def test_technical_levels_are_counted_and_listed_apart(jingwei: Run, tmp_path: Path) -> None:
    folder, plan = tmp_path / "城市", tmp_path / "梧川市芯片产业规划.txt"
    text = "到2025年，建成12英寸生产线3条，28纳米芯片实现量产，产量居全国前三。"
    plan.write_text(f"梧川市芯片产业“十四五”规划\n一、发展目标\n{text}\n", encoding="utf-8")
    jingwei("init", folder)
    counts = jingwei("compile", plan, "-w", folder, "--format", "json").json[0]["counts"]
    assert (counts["targets"], counts["technical"], counts["facts"]) == (2, 2, 0)
    listed = jingwei("targets", "-w", folder)
    assert "生产线数量" in listed.out
    assert "12英寸" not in listed.out
    assert "另有技术参数2条" in listed.err
    apart = jingwei("targets", "-w", folder, "--technical", "--format", "json").json
    assert [each["target"]["unit"] for each in apart] == ["英寸", "纳米"]


def test_compiling_a_changed_document_keeps_what_was_decided(
    jingwei: Run, tmp_path: Path, plan: Path
) -> None:
    folder = tmp_path / "城市"
    jingwei("init", folder)
    jingwei("compile", plan, "-w", folder)
    found = jingwei("targets", "-w", folder, "--words", "高新", "--format", "json").json
    identity = found[0]["target"]["id"]
    jingwei("review", "accept", identity, "-w", folder)
    (folder / "documents" / plan.name).write_text(PLAN.format(2400), encoding="utf-8")
    stale = jingwei("targets", "-w", folder, "--words", "高新", "--format", "json")
    assert stale.json[0]["target"]["value"] == 2000
    assert "jingwei run" in stale.err
    again = jingwei("compile", "-w", folder)
    assert "您的决定未动" in again.out
    assert "2400" in again.out
    kept = jingwei("targets", "-w", folder, "--words", "高新", "--format", "json")
    assert (kept.json[0]["target"]["value"], kept.json[0]["review"]) == (2000, "accepted")
    jingwei("review", "adopt", identity, "-w", folder)
    taken = jingwei("targets", "-w", folder, "--words", "高新", "--format", "json").json
    assert taken[0]["target"]["value"] == 2400


def test_one_bad_document_of_several(jingwei: Run, tmp_path: Path, plan: Path) -> None:
    folder = tmp_path / "城市"
    jingwei("init", folder)
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"%PDF-1.7\nbroken")
    done = jingwei("compile", bad, plan, "-w", folder, "--format", "json")
    assert done.code == 2
    assert done.err.startswith("错误：")
    assert "坏.pdf" in done.err
    assert [each["document"] for each in done.json] == [plan.name]
    assert not (folder / "plans" / "坏.pdf.yaml").exists()


def test_rows_whose_cells_a_copy_lost_are_named_by_every_command_that_reads(
    jingwei: Run, tmp_path: Path
) -> None:
    rows = [
        ["序号", "指标名称", "2025年预计", "2030年目标", "年均/累计", "属性"],
        ["1", "全员劳动生产率（万元/人）", "17.2", "22.5", "5.5", "预期性"],
        ["2", "细颗粒物浓度（微克/立方米）", "31", "约束性"],  # of which year, nothing says
        ["3", "森林覆盖率（%）", "45.2", "45.8", "[0.6]", "约束性"],
    ]
    cells = "\n".join(cell for row in rows for cell in row)
    copied = tmp_path / "纲要.txt"
    copied.write_text(
        "梧川市国民经济和社会发展第十五个五年规划纲要\n\n第一章 目标\n\n专栏1 主要指标\n" + cells + "\n\n第二章 任务\n",
        encoding="utf-8",
    )  # fmt: skip
    read = jingwei("statements", copied, "--format", "json")
    assert "细颗粒物" in read.err
    assert not [each for each in read.json if each["value"] == 31]
    folder = tmp_path / "城市"
    jingwei("init", folder)
    compiled = jingwei("compile", copied, "-w", folder, "--format", "json")
    assert [len(each["rows_left_out"]) for each in compiled.json] == [1]
    assert "细颗粒物" in compiled.err
    for _ in range(2):  # also by a run that finds nothing to do
        assert "细颗粒物" in jingwei("run", "-w", folder).err
