"""Chains filled from a user's files and handed on: what comes back, what is told, what is open."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

DAY = ("--as-of", "2025-06-30")
CHAIN = "织造装备"
Run = Callable[..., Any]


@pytest.fixture
def room(tmp_path: Path, jingwei: Run) -> Path:
    """A workspace of a city with an empty chain of three nodes."""
    root = tmp_path / "云港"
    assert jingwei("init", root, "--region", "云港市").code == 0
    assert jingwei("chain", "new", CHAIN, *DAY, "-w", root).code == 0
    fill(root, jingwei, "环节,类别\n喷气织机,整机\n送经器,零部件\n", "环节.csv")
    return root


def fill(root: Path, jingwei: Run, text: str, name: str, *more: str) -> Any:
    (root / name).write_text(text, "utf-8")
    return jingwei(
        "chain", "import", CHAIN, root / name, "--date", "2025-06-30", *DAY, *more, "-w", root,
        "--format", "json",
    )  # fmt: skip


def links(root: Path, jingwei: Run) -> dict[str, Any]:
    ran = jingwei("chain", "diagnose", CHAIN, *DAY, "-w", root, "--format", "json")
    assert ran.code == 0, ran.err
    return {each["node"]: each for each in ran.json["nodes"]}


def report(root: Path, jingwei: Run) -> Any:
    ran = jingwei("chain", "report", CHAIN, "--to", "json", *DAY, "-w", root)
    return json.loads(Path(ran.out.strip()).read_text("utf-8"))


FIRMS = (
    "公司,所在环节,所在地,所属地区,份额\n甲厂,喷气织机,东区,云港市,30%\n乙厂,喷气织机,东区,云港市,20%\n"
    "丙厂,喷气织机,远港,外省,20%\n丁厂,喷气织机,远港,外省,30%\n"
)
FACTS = "环节,指标,数值\n喷气织机,名录完整,完整\n喷气织机,进口占比,0\n送经器,进口占比,1\n"


@pytest.mark.parametrize("to", ["json", "graphml", "csv", "xlsx"])
def test_every_export_comes_back_in_a_fresh_workspace_with_the_same_answers(
    room: Path, tmp_path: Path, jingwei: Run, to: str
) -> None:
    fill(room, jingwei, FIRMS, "企业.csv")
    fill(room, jingwei, FACTS, "指标.csv")
    written = jingwei("chain", "export", CHAIN, "--to", to, "-w", room).out.split()
    fresh = tmp_path / "别处"
    tables = to in ("csv", "xlsx")
    jingwei("init", fresh, *(["--region", "云港市"] if tables else []))
    jingwei("chain", "new", CHAIN, *DAY, "-w", fresh)
    ran = jingwei("chain", "import", CHAIN, *written, *DAY, "-w", fresh)
    assert ran.code == 0, ran.err
    assert "100.0%" in ran.out
    before, after = links(room, jingwei), links(fresh, jingwei)
    assert before["送经器"]["actions"] == ["补"]
    assert {n: (e["actions"], e["verdict"]["answer"]) for n, e in before.items()} == {
        n: (e["actions"], e["verdict"]["answer"]) for n, e in after.items()
    }
    again = jingwei("chain", "import", CHAIN, *written, *DAY, "-w", fresh, "--format", "json")
    assert again.json["edition"] is None, "the same export again changes nothing"


def test_an_edition_in_which_nothing_changed_is_not_made(room: Path, jingwei: Run) -> None:
    (room / "documents/规划.txt").write_text(
        "云港市织造装备发展规划（2021—2025年）\n\n（一）织造装备\n\n突破储纬器等关键装备。\n",
        "utf-8",
    )
    jingwei("compile", "-w", room)
    laid = ("chain", "new", CHAIN, "--from", "规划.txt", *DAY, "-w", room)
    first = jingwei(*laid, "--format", "json").json
    assert first["new"]
    again = jingwei(*laid, "--format", "json").json
    assert (again["new"], again["edition"]) == (False, first["edition"])
    assert "没有变化" in jingwei(*laid).out + jingwei(*laid).err


def test_names_that_became_nodes_no_longer_wait(room: Path, jingwei: Run) -> None:
    text = "企业,环节\n甲厂,新件\n乙厂,别件\n"
    assert fill(room, jingwei, text, "企业.csv").json["waiting"] == 2
    assert fill(room, jingwei, text, "企业.csv", "--new-nodes").json["waiting"] == 0
    assert jingwei("chain", "review", CHAIN, "-w", room, "--format", "json").json == []


def test_the_other_sheets_are_told_and_can_be_read_beside(room: Path, jingwei: Run) -> None:
    path = room / "两表.xlsx"
    with Workbook(path) as book:
        for name, firm in (("一", "甲厂"), ("二", "乙厂")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["企业名录"])
            sheet.write_row(1, 0, ["环节", "企业", "电话"])
            sheet.write_row(2, 0, ["喷气织机", firm, "—"])
    ask = ("chain", "import", CHAIN, path, *DAY, "-w", room)
    first = jingwei(*ask)
    assert "没有读：二" in first.out + first.err
    assert "没有读的列：电话" in first.out + first.err
    told = jingwei(*ask, "--sheet", "二", "--format", "json").json
    assert (told["files"][0]["sheets"], told["files"][0]["replaced"]) == (["二"], 0)
    around = jingwei("chain", "show", CHAIN, "--node", "喷气织机", "-w", room, "--format", "json")
    makers = {e["from"] for e in around.json["edges"] if e["kind"] == "makes"}
    assert makers == {"e~甲厂", "e~乙厂"}
    assert jingwei(*ask, "--sheet", "三").code == 2


def test_a_lost_supplier_is_not_forgotten_by_an_unrelated_edition(room: Path, jingwei: Run) -> None:
    fill(room, jingwei, FIRMS, "企业.csv")
    fill(room, jingwei, FIRMS.replace("丁厂,喷气织机,远港,外省,30%\n", ""), "企业.csv")
    fill(room, jingwei, "环节,类别\n另一件,零部件\n", "另.csv")
    found = links(room, jingwei)["喷气织机"]
    assert found["actions"] == ["固"]
    assert "丁厂" in json.dumps(found["verdict"], ensure_ascii=False)
    shown = jingwei("chain", "diagnose", CHAIN, *DAY, "-w", room).out
    assert "丁厂" in shown


def test_a_supplier_that_a_correction_took_out_was_never_lost(room: Path, jingwei: Run) -> None:
    fill(room, jingwei, FIRMS, "企业.csv")
    fewer = FIRMS.replace("丁厂,喷气织机,远港,外省,30%\n", "")
    fill(room, jingwei, fewer, "企业.csv", "--corrects", "丁厂是误填")
    found = links(room, jingwei)["喷气织机"]
    assert "丁厂" not in json.dumps(found["verdict"], ensure_ascii=False)


def test_a_chain_whose_nodes_stand_in_no_stage_is_diagnosed(tmp_path: Path, jingwei: Run) -> None:
    root = tmp_path / "无段"
    jingwei("init", root, "--region", "云港市")
    jingwei("chain", "new", CHAIN, *DAY, "-w", root)
    fill(root, jingwei, "环节,指标,数值\n怪件,进口占比,1\n", "指标.csv", "--new-nodes")
    shown = jingwei("chain", "diagnose", CHAIN, *DAY, "-w", root).out
    assert "环节位置未定" in shown.replace("\n", "")
    assert links(root, jingwei)["怪件"]["actions"] == ["补"]
    [lead] = report(root, jingwei)["lists"]["investment"]["items"]
    assert lead["node"] == "怪件"


PLAN = """云港市织造装备发展规划（2026—2030年）

三、重点任务

（一）织造装备

推动送经器研发。各区要加快建设。
"""


def test_the_report_gives_no_month_nobody_stated_and_each_office_once(
    room: Path, jingwei: Run
) -> None:
    (room / "documents/规划.txt").write_text(PLAN, "utf-8")
    jingwei("compile", "-w", room)
    fill(room, jingwei, FACTS + "送经器,技术水平,并跑\n", "指标.csv")
    fill(room, jingwei, "环节,类别\n引纬器,零部件\n", "又.csv")
    lists = report(room, jingwei)["lists"]
    items = [each for listed in lists.values() for each in listed["items"]]
    assert {each["month"] for each in items} == {"未定"}
    assert any("海关" in each["owner"] for each in items), "who holds what is not known"
    for each in items:
        offices = each["owner"].split("、")
        assert len(offices) == len({*offices}), each["owner"]
        assert "（" not in each["owner"]


def test_a_decision_without_a_name_says_so(
    room: Path, jingwei: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("USER", "USERNAME", "LOGNAME"):
        monkeypatch.delenv(name, raising=False)
    fill(room, jingwei, "环节,类别\n验布机,怪类\n", "怪.csv")
    ran = jingwei("chain", "place", CHAIN, "验布机", "整机", *DAY, "-w", room)
    assert "未署名，2025-06-30" in ran.out


def test_one_code_with_two_names_is_decided_by_a_person(room: Path, jingwei: Run) -> None:
    from jingwei.core.uscc import check_character

    code = "91990000MA0000001" + check_character("91990000MA0000001")
    text = f"企业,统一社会信用代码,环节\n甲厂,{code},喷气织机\n甲厂集团,{code},送经器\n"
    told = fill(room, jingwei, text, "企业.csv").json
    assert (told["files"][0]["taken"], told["waiting"]) == (1, 1)
    said = jingwei("chain", "review", CHAIN, "甲厂集团", f"e:{code}", "--by", "审核员", "-w", room)
    assert said.code == 0, said.err
    assert fill(room, jingwei, text, "企业.csv").json["files"][0]["taken"] == 2
    around = jingwei("chain", "show", CHAIN, "--node", "送经器", "-w", room, "--format", "json")
    assert f"e:{code}" in {e["from"] for e in around.json["edges"]}


def test_a_broken_csv_is_one_sentence(room: Path, jingwei: Run) -> None:
    wide = "企业,环节\n" + '"' + "长" * 200_000 + '",喷气织机\n'
    ran = fill(room, jingwei, wide, "宽.csv")
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert "宽.csv" in ran.err


def test_who_buys_beside_who_makes_is_asked_and_not_dropped(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    (room / "采购.csv").write_text("供应商,采购方,产品\n甲厂,乙厂,喷气织机\n", "utf-8")
    ran = jingwei("chain", "import", "织造装备", room / "采购.csv", *DAY, "-w", room)
    assert ran.code == 2
    assert "供方、需方" in ran.err
