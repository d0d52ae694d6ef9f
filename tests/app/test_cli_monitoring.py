"""status, month, split, explain, appraise, and settle with statistics, in the fictional city."""

import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from monitored import add_statistics

from jingwei.core import Months, Observation, Row, SeriesKey
from jingwei.store import Observations, Workspace

Run = Callable[..., Any]
NEW = "先进制造业十四五规划"
DAY = ("--as-of", "2024-11-30")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, compiled: Path) -> Path:
    folder = tmp_path_factory.mktemp("monitored") / "city"
    shutil.copytree(compiled, folder)
    add_statistics(folder)
    return folder


@pytest.fixture(autouse=True)
def here(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(city)


def rows(jingwei: Run, *arguments: str) -> list[dict[str, Any]]:
    ran = jingwei(*arguments, "--format", "json")
    assert ran.code == 0, ran.err
    return ran.json


def of(found: list[dict[str, Any]], subject: str, **more: Any) -> dict[str, Any]:
    fitting = [
        each
        for each in found
        if each["target"]["subject"] == subject
        and all(each["target"][key] == value for key, value in more.items())
    ]
    return fitting[0]


def flat(evidence: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [e for each in evidence for e in (each, *flat(each.get("of", [])))]


def test_statistics_settle_two_unknowns(jingwei: Run, compiled: Path) -> None:
    cases = [
        ("先进制造业十三五规划", "技术改造投资占工业投资比重", "43.9"),
        (NEW, "规模以上工业企业关键工序数控化率", "64.9"),
    ]
    for plan, subject, value in cases:
        before = of(rows(jingwei, "settle", plan, "-w", str(compiled)), subject, attr="预期性")
        after = of(rows(jingwei, "settle", plan), subject, attr="预期性")
        assert before["verdict"]["answer"] == "unknown"
        assert (after["verdict"]["answer"], after["class"]) == ("not_met", "基本完成")
        assert value in after["verdict"]["reason"]
        kinds = [each["kind"] for each in flat(after["verdict"]["evidence"])]
        assert "row" in kinds
    trap = of(rows(jingwei, "settle", "先进制造业十三五规划"), "重点行业关键工序数控化率")
    assert trap["verdict"]["answer"] == "unknown"


def test_status_on_a_day(jingwei: Run) -> None:
    found = rows(jingwei, "status", NEW, *DAY)
    output = of(found, "规模以上工业总产值", scope="绫州市")
    # (6700 − 5318) ÷ (8000 − 5318) = 0.5153 of 0.6: 0.8588
    assert (output["class"], output["at"], output["question"]) == ("相对滞后", "2023", "pace")
    assert output["ratio"] == pytest.approx(0.8588, abs=1e-4)
    assert output["verdict"]["answer"] == "not_met"
    control = of(found, "规模以上工业企业关键工序数控化率", attr="预期性")
    # (62.5 − 55.2) ÷ (66.7 − 55.2) = 0.6348 of 0.6
    assert (control["class"], round(control["ratio"], 4)) == ("基本符合预期", 1.058)
    for each in found:
        verdict = each["verdict"]
        if verdict["answer"] == "unknown":
            assert all(m["fact"] and m["holder"] for m in verdict["missing"])
        else:
            assert each["value"]
            assert verdict["evidence"]
        assert "§" in verdict["method"]


def test_a_revision_is_known_from_its_day_on(jingwei: Run) -> None:
    later = of(
        rows(jingwei, "status", NEW, "--as-of", "2024-12-31"), "规模以上工业总产值", scope="绫州市"
    )
    assert later["ratio"] == pytest.approx((6650 - 5318) / (8000 - 5318) / 0.6)
    early = of(
        rows(jingwei, "status", NEW, "--as-of", "2021-12-31"), "规模以上工业总产值", scope="绫州市"
    )
    assert early["class"] == "无法评价"


def test_the_end_and_the_other_method(jingwei: Run) -> None:
    ended = of(
        rows(jingwei, "status", NEW, "--as-of", "2026-11-30"),
        "规模以上工业企业关键工序数控化率", attr="预期性",
    )  # fmt: skip
    assert (ended["class"], ended["question"]) == ("基本完成", "final")  # 64.9 of 66.7
    ratio = of(
        rows(jingwei, "status", NEW, *DAY, "--method", "growth-ratio"),
        "规模以上工业总产值",
        scope="绫州市",
    )
    # (6700/5318)^(1/3) − 1 = 8.00 %; (8000/5318)^(1/5) − 1 = 8.51 %
    assert (ratio["class"], round(ratio["ratio"], 3)) == ("需要加快", 0.941)
    curve = of(
        rows(jingwei, "status", NEW, *DAY, "--path", "compound"),
        "规模以上工业总产值",
        scope="绫州市",
    )
    assert curve["class"] == "基本符合预期"


def test_the_table_of_status_tells_binding_targets_apart(jingwei: Run) -> None:
    shown = jingwei("status", NEW, *DAY)
    assert shown.code == 0
    assert "↓ 相对滞后" in shown.out
    assert "约束性" in shown.out
    assert "预期性" in shown.out
    assert "文中目标" in shown.out


def test_districts_and_what_was_assigned_to_them(jingwei: Run) -> None:
    found = rows(jingwei, "status", NEW, *DAY, "--level", "district")
    assigned = [each for each in found if "/" in each["target"]["id"]]
    assert {each["target"]["scope"] for each in assigned} == {"锦塘区", "梭江区"}
    assert assigned[0]["target"]["evidence"]["file"] == "definitions/splits/产值.yaml"
    city = rows(jingwei, "status", NEW, *DAY, "--level", "city")
    assert not any(each["target"]["scope"] == "锦塘区" for each in city)


def test_the_enterprises_behind_a_target(jingwei: Run) -> None:
    found = rows(jingwei, "status", NEW, *DAY, "--level", "enterprise")
    output = of(found, "规模以上工业总产值")
    assert [(p["key"], round(p["pull"], 3)) for p in output["movers"]["parts"]] == [
        ("E1", 0.645), ("E2", -0.323),
    ]  # fmt: skip


def test_the_page_of_a_month(jingwei: Run) -> None:
    page = rows(jingwei, "month", "2024-09", *DAY, "--due", "2024-10-17")
    (line,) = page["lines"]
    assert line["growth"]["how"] == "levels"
    assert line["growth"]["rate"] == pytest.approx(100 * (5250 / 4900 - 1))
    (district,) = line["pulls"]
    assert [p["name"] for p in district["parts"]] == ["锦塘区"]
    assert district["open"] == pytest.approx(100 * (350 - 10) / 4900)
    states = {(each["name"], each["state"]) for each in page["returns"]}
    assert ("梭江区 规模以上工业总产值", "missing") in states
    assert ("绫州市 规模以上工业总产值", "late") in states


def test_single_enterprises_are_shown_on_request_only(jingwei: Run) -> None:
    page = rows(jingwei, "month", "2024-09", *DAY)
    assert page["lines"][0]["movers"] is None
    asked = rows(jingwei, "month", *DAY, "--enterprises")
    assert [p["key"] for p in asked["lines"][0]["movers"]["parts"]] == ["E1"]
    shown = jingwei("month", *DAY, "--enterprises")
    assert "未覆盖" in shown.out
    assert "由公布总量直接计算" in shown.out


def test_january_alone_is_refused(jingwei: Run) -> None:
    ran = jingwei("month", "2024-01", *DAY)
    assert ran.code == 2
    assert "1—2月合并发布" in ran.err


def test_divisions_are_held_against_whole_and_plan(jingwei: Run) -> None:
    (found,) = rows(jingwei, "split")
    columns = found["columns"]
    assert columns["assigned"]["answer"] == "not_met"  # 7900 of 8000
    assert columns["declared"]["answer"] == "met"
    assert columns["done"]["answer"] == "unknown"
    assert columns["done"]["missing"][0]["holder"] == "梭江区"
    assert found["whole"]["answer"] == "met"
    assert found["parts"]["锦塘区"]["answer"] == "not_met"
    assert "加码" in jingwei("split", "产值").out
    assert jingwei("split", "别的").code == 2


def test_a_proposal_is_a_file_that_can_be_read(jingwei: Run, city: Path) -> None:
    targets = rows(jingwei, "targets", "--plan", NEW, "--words", "规模以上工业总产值")
    identity = next(
        each["target"]["id"]
        for each in targets
        if each["target"]["scope"] == "绫州市" and each["target"]["value"] == 8000
    )
    asked = (
        "split",
        "--propose",
        identity,
        "--parts",
        "锦塘区=756.4，梭江区=1327.4,其他=3234.2",
        "--places",
        "1",
    )
    text = jingwei(*asked).out
    file = city / "definitions/splits/proposed.yaml"
    file.write_text(text, encoding="utf-8")
    try:
        (found,) = rows(jingwei, "split", "proposed")
        assert found["together"]["assigned"] == pytest.approx(found["split"]["whole"])
        assert found["columns"]["assigned"]["answer"] == "met"
    finally:
        file.unlink()


def test_everything_about_one_target(jingwei: Run) -> None:
    targets = rows(jingwei, "targets", "--plan", NEW, "--words", "数控化率")
    identity = next(each["target"]["id"] for each in targets if each["target"]["attr"])
    found = rows(jingwei, "explain", identity, *DAY)
    (card,) = found["cards"]
    assert (card["relation"], card["comparable"], card["holder"]) == (
        "same",
        True,
        "绫州市工业和信息化局",
    )
    assert [v["value"] for v in card["values"]] == [55.2, 62.5]
    assert [each["question"] for each in found["standings"]] == ["pace", "growth-ratio"]
    assert found["milestones"][-1] == {"year": 2025, "value": 66.7}
    shown = jingwei("explain", identity, *DAY).out
    for words in ("原文", "口径卡", "§20.4", "§20.5", "依据", "两化融合评估@2024-03-20"):
        assert words in shown
    assert "编号" in jingwei("explain", "数控化率", *DAY).err
    trap = next(
        each["target"]["id"]
        for each in rows(jingwei, "targets", "--words", "重点行业关键工序数控化率")
    )
    other = rows(jingwei, "explain", trap, *DAY)
    assert any(
        "统计范围" in d or "定义" in d or "对象" in d
        for c in other["cards"]
        for d in c["differences"]
    )


def test_explain_and_milestones_give_one_target_the_same_years(jingwei: Run) -> None:
    declines = [
        each["target"]["id"]
        for each in rows(jingwei, "targets", "--plan", NEW)
        if each["target"]["measure"] == "reduction"
    ]
    explained = rows(jingwei, "explain", declines[0], *DAY)["milestones"]
    spread = rows(jingwei, "milestones", declines[0])["milestones"]
    assert len(spread) > 1
    assert explained == [{"year": each["year"], "value": each["value"]} for each in spread]


def test_appraisal_with_values_from_file_and_statistics(jingwei: Run) -> None:
    (found,) = rows(jingwei, "appraise", *DAY)
    first, second = found["units"]
    assert second["items"][0]["value"] == 800  # from statistics, by card and region
    assert (first["grade"], first["vetoed"]) == ("不合格", ["能耗下降"])
    assert second["rank"] == 1
    assert {each["how"] for each in found["stability"]} == {"exact"}
    shown = jingwei("appraise", *DAY).out
    assert "异议" in shown
    assert "未改动" in shown
    assert "种子" in shown


def test_dates_must_be_dates(jingwei: Run) -> None:
    for command in (("status", "--as-of", "昨天"), ("month", "2024-13"), ("month", "--due", "x")):
        ran = jingwei(*command)
        assert (ran.code, "Traceback" in ran.err) == (2, False)


def test_without_statistics_every_command_still_answers(jingwei: Run, compiled: Path) -> None:
    place = ("-w", str(compiled))
    assert jingwei("status", *place, *DAY).code == 0
    assert jingwei("split", *place).code == 0
    assert jingwei("appraise", *place).code == 0
    ran = jingwei("month", *place)
    assert (ran.code, "Traceback" in ran.err) == (2, False)


def scheme_with(city: Path, folder: Path, card: str) -> Path:
    copy = folder / "city"
    shutil.copytree(city, copy)
    (scheme,) = (copy / "definitions/appraisals").glob("*.yaml")
    text = scheme.read_text("utf-8").replace("card: output@2011", f"card: {card}")
    scheme.write_text(text.replace("output: 790, ", ""), "utf-8")
    return copy


@pytest.mark.parametrize(
    ("card", "says"),
    [("output", "output@2011"), ("output@2005", "output@2011"), ("outputs@1", "output@2011"),
     ("nonexistent@1", "不存在")],
)  # fmt: skip
def test_a_card_that_is_none_is_an_error_and_no_missing_value(
    jingwei: Run, city: Path, tmp_path: Path, card: str, says: str
) -> None:
    ran = jingwei("appraise", "-w", str(scheme_with(city, tmp_path, card)), *DAY)
    assert (ran.code, "Traceback" in ran.err) == (2, False)
    assert card in ran.err
    assert says in ran.err


def test_words_of_several_targets_show_a_table_with_the_exact_name_first(jingwei: Run) -> None:
    ran = jingwei("explain", "规模以上工业总产值")
    assert ran.code == 2
    lines = [line for line in ran.out.splitlines() if "规模以上工业总产值" in line]
    assert 1 < len(lines) <= 20
    assert lines[0].split()[1] == "规模以上工业总产值"
    assert max(map(len, ran.err.splitlines())) < 120
    first = lines[0].split()[0]
    assert jingwei("explain", first).code == 0


def test_the_table_of_status_is_short_and_asks_each_office_once(jingwei: Run) -> None:
    found = rows(jingwei, "status", NEW, *DAY)
    shown = jingwei("status", NEW, *DAY).out
    assert len(shown.splitlines()) < 2 * len(found)
    assert "另一指标" not in shown
    assert "no figure" not in shown.split("还没有数的")[0]
    assert {bool(each["target"]["same_as"]) for each in found} == {True, False}


@pytest.mark.parametrize(
    ("card", "newest"), [("output@2011", "2024"), ("renovation@1", "2024-01/2024-09")]
)
def test_the_month_without_an_argument_is_the_newest_of_a_monthly_series(
    jingwei: Run, city: Path, tmp_path: Path, card: str, newest: str
) -> None:
    copy = tmp_path / "city"
    shutil.copytree(city, copy)
    row = Row("年报", "2025-03-01", "A1")
    value = Observation(
        SeriesKey(card, "lz"), Months.year(2024), 45.0, "亿元", date(2025, 3, 1), "public", row
    )
    store = Observations(Workspace.open(copy))
    store.append([value], dataset="年报", imported_on=date(2026, 4, 2))
    page = rows(jingwei, "month", "-w", str(copy), "--as-of", "2025-06-30")
    assert page["months"] == newest  # a year of a series of years only is no December


def test_a_draft_is_held_against_the_statistics_too(jingwei: Run, tmp_path: Path) -> None:
    draft = tmp_path / "讲话.txt"
    draft.write_text(
        "2022年，绫州市规模以上工业总产值达到6200亿元。2023年，规模以上工业总产值达到6700亿元。"
        "梭江区规模以上工业总产值达到800亿元。",
        encoding="utf-8",
    )
    first, revised, district = rows(jingwei, "proof", draft)
    assert (first["answer"], district["answer"]) == ("agrees", "agrees")
    assert first["sides"][1] == {
        "kind": "row", "dataset": "统计年鉴", "vintage": "2023-03-01", "key": "D7",
    }  # fmt: skip
    assert "统计数据（统计年鉴@2023-03-01）2022年" in first["message"]
    assert revised["answer"] == "differs"  # the census revised it: the newest vintage holds
    assert "6650亿元" in revised["message"]
    named = jingwei("proof", draft, "2025年统计公报.txt", "--format", "json")
    assert [each["answer"] for each in named.json] == ["no_source"] * 3
    assert "没有用工作区的统计数" in named.err
