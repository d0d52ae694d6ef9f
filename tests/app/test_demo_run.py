"""``jingwei demo`` once, whole: what it tells, holds, writes, and what a run does afterwards."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran, run_cli
from jingwei.app.demo.statistics import truth, write_post
from jingwei.store import Observations, Workspace

Run = Callable[..., Ran]


@dataclass(frozen=True)
class City:
    """The demo in a folder of its own, and what it printed as JSON."""

    root: Path
    told: Any


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    root = tmp_path_factory.mktemp("demo") / "city"
    ran = run_cli("demo", root, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    return City(root, ran.json)


@pytest.fixture
def own(city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that may be changed; it is the current folder."""
    folder = shutil.copytree(city.root, tmp_path / "city")
    monkeypatch.chdir(folder)
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "lock" not in path.name
    }


def test_the_story_is_told_with_its_evidence(city: City) -> None:
    told: dict[str, dict[str, Any]] = {}
    for each in city.told["findings"]:
        told.setdefault(each["kind_en"], each)
    assert [*told] == [
        "a false claim", "a binding target missed", "left open by the documents, told by statistics",
        "depends on a reading", "defined elsewhere", "unknown, with its holder",
    ]  # fmt: skip
    says = {kind: each["told"] for kind, each in told.items()}
    assert "约束性指标已全面完成" in says["a false claim"]
    assert "21.4" in says["a binding target missed"]
    assert "43.9%" in says["left open by the documents, told by statistics"]
    assert "完成省下达目标" in says["defined elsewhere"]
    assert "找：" in says["unknown, with its holder"]
    assert all(each["evidence"] for each in city.told["findings"])


def test_files_that_contradict_themselves_are_held_and_their_corrections_stored(city: City) -> None:
    held = {Path(each["file"]).name: each for each in city.told["held"]}
    contradicting = [name for name, each in held.items() if "自相矛盾" in each["told"]]
    assert sorted(contradicting) == [
        "梭江区2025年工业产值月报（初报）.xlsx",
        "棠溪区2025年工业产值月报（初报）.xlsx",
        "高新技术企业名单（工业）（初报）.csv",
    ]
    rows = Observations(Workspace.open(city.root)).imports()
    assert [each.dataset for each in rows] == ["来文登记.csv"]
    values = run_cli(
        "data",
        "history",
        "industrial-output-above-scale 390403",
        "-w",
        city.root,
        "--format",
        "json",
    ).json
    files = {each["evidence"]["dataset"] for each in values}
    assert "梭江区2025年工业产值月报.xlsx" in files
    assert not [name for name in files if "初报" in name]


def test_what_is_found_in_a_held_file_is_what_was_planted_there(city: City, tmp_path: Path) -> None:
    planted = write_post(tmp_path / "incoming", tmp_path / "direct")
    for book in planted.books:
        path = city.root / "incoming" / book.file
        found = run_cli("data", "check", path, "-w", city.root, "--format", "json").json
        assert found, book.file
        slips = [each for each in planted.slips if each.at.file == book.file]
        places = {(spot.sheet, spot.row) for each in slips for spot in (*each.spots, *each.echoes)}
        missed = [each for each in found if (each["sheet"], each["row"]) not in places]
        assert not [each for each in missed if each["rule"] in ("parts_total", "uscc_check")]
        assert any((each["sheet"], each["row"]) in places for each in found)


def test_targets_turn_as_the_truth_of_the_city_says(city: City) -> None:
    plans = {"plan-13": "先进制造业十三五规划.pdf", "plan-14": "先进制造业十四五规划.docx"}
    rows = run_cli("targets", "-w", city.root, "--format", "json").json
    for turn in truth()["turn"]:
        name = turn["target"].split(" ")[0]
        mine = [
            row
            for row in rows
            if row["target"]["document"] == plans[turn["plan"]] and row["target"]["subject"] == name
        ]
        assert mine, turn["target"]
        assert {row["verdict"]["answer"] for row in mine} == {turn["answer"]}, turn["target"]
    for still in truth()["still_unknown"]:
        name = still["target"].split(" ")[0]
        answers = {
            row["verdict"]["answer"]
            for row in rows
            if row["target"]["document"] == plans[still["plan"]]
            and name in row["target"]["subject"]
        }
        assert "unknown" in answers, still["target"]


def test_cumulative_reductions_are_settled_by_what_covers_the_whole_period(city: City) -> None:
    rows = run_cli("targets", "--words", "累计下降", "-w", city.root, "--format", "json").json
    by = {
        (row["target"]["document"], row["target"]["subject"]): row["verdict"]["answer"]
        for row in rows
        if row["target"]["attr"] == "约束性"
    }
    plan, outline = "先进制造业十四五规划.docx", "十四五规划纲要节选.html"
    assert by[plan, "单位工业增加值能耗累计下降幅度"] == "met"
    assert by[outline, "单位工业增加值能耗累计下降幅度"] == "not_met"


def test_every_paper_is_one_file_that_loads_nothing(city: City) -> None:
    papers = [Path(each) for each in city.told["papers"]]
    assert [each.name[:5] for each in papers[:3]] == ["final", "month", "repor"]
    for each in papers:
        page = each.read_text("utf-8").replace("http://www.w3.org", "")
        assert "http://" not in page
        assert "https://" not in page


def test_the_same_city_is_the_same_bytes_without_a_second_process_and_ends_with_five_things(
    jingwei: Run, city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0}, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    ran = jingwei("demo", tmp_path / "again")
    assert (ran.code, ran.err) == (0, "")
    one, other = content(city.root), content(tmp_path / "again")
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    for command in (
        "jingwei status", "jingwei month", "jingwei explain ", "jingwei data check incoming/初次报送/",
        "jingwei run", "jingwei data receive 企业直报/来文登记.csv",
    ):  # fmt: skip
        assert command in ran.out
    for path in city.told["papers"]:
        assert f"reports/{Path(path).name}" in ran.out


def test_the_demo_overwrites_nothing(jingwei: Run, city: City) -> None:
    again = jingwei("demo", city.root)
    assert again.code == 2
    assert "不会覆盖" in again.err


def test_a_run_afterwards_has_nothing_to_do(jingwei: Run, own: Path) -> None:
    before = content(own)
    ran = jingwei("run")
    assert ran.code == 0
    assert "什么也不用做" in ran.out
    assert content(own) == before


def test_a_run_takes_in_the_one_new_file_and_settles_anew(jingwei: Run, own: Path) -> None:
    register = own / "incoming/来文登记.csv"
    (own / "incoming/部门/补报.csv").write_text("指标,单位,2025年\n高新技术企业,家,2600\n", "utf-8")
    first = jingwei("run", "--format", "json")
    steps = {(each["step"], each["of"]): each for each in first.json}
    assert not steps["receive", "incoming/部门/补报.csv"]["done"]
    assert "不在 incoming/来文登记.csv 里" in steps["receive", "incoming/部门/补报.csv"]["told"]
    line = "部门/补报.csv,绫州市科学技术局,行政记录,工作台账,,,,2026-03-25,补报\n"
    register.write_bytes(register.read_bytes() + line.encode())
    again = jingwei("run", "--format", "json")
    assert again.code == 0
    came = [each for each in again.json if each["step"] == "receive" and each["done"]]
    assert [each["told"] for each in came] == ["收下1份，1个新数，企业0家次"]
    assert not any(each["done"] for each in again.json if each["step"] == "compile")
    assert any(each["done"] for each in again.json if each["step"] == "settle")


def test_a_held_file_that_a_person_accepts_is_no_longer_held(
    jingwei: Run, own: Path, city: City
) -> None:
    held = next(each for each in city.told["held"] if "梭江区" in each["file"])
    assert held["way_out"] == f"jingwei data import --accept {held['proposal']}"
    accepted = jingwei("data", "import", "--accept", held["proposal"], "--by", "罗知远")
    assert accepted.code == 0, accepted.err
    told = [each["told"] for each in jingwei("run", "--format", "json").json]
    assert any("还扣着4份" in each for each in told)
    assert not any(Path(held["file"]).name in each for each in told)
