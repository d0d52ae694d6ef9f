"""targets, review, milestones: a person decides, and the decision counts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def found(jingwei: Run, words: str) -> list[dict[str, Any]]:
    return jingwei("targets", "--words", words, "--format", "json").json


def plan_with(town: Path, identity: str) -> Path:
    return next(p for p in (town / "plans").iterdir() if identity in p.read_text("utf-8"))


@pytest.fixture
def goal(jingwei: Run, town: Path) -> str:
    """The id of a target of the finished plan: 省级以上企业技术中心 120 家."""
    (row,) = [
        each for each in found(jingwei, "企业技术中心") if each["target"]["value"] == 120
    ]  # fmt: skip
    return row["target"]["id"]


def test_targets_have_the_shape_of_the_design(jingwei: Run, town: Path) -> None:
    rows = jingwei("targets", "--format", "json").json
    assert rows
    fields = [
        "document",
        "subject",
        "scope",
        "role",
        "op",
        "value",
        "low",
        "high",
        "unit",
        "period",
        "attr",
        "text",
        "quote",
    ]
    for row in rows:
        assert [*row] == ["target", "verdict", "class", "review"]
        assert [*row["target"]][: len(fields)] == fields
        assert row["target"]["role"] == "target"
    settled = [row for row in rows if row["verdict"]]
    assert settled
    assert all(row["class"] for row in settled)


def test_targets_of_one_document(jingwei: Run, town: Path) -> None:
    rows = jingwei("targets", "--plan", "旧规划", "--format", "json").json
    assert {row["target"]["document"] for row in rows} == {"旧规划.txt"}
    table = jingwei("targets", "--plan", "旧规划", "--words", "技术中心").out
    assert "120家" in table
    wrong = jingwei("targets", "--plan", "没有这份")
    assert wrong.code == 2
    assert "旧规划.txt" in wrong.err


def test_accept_is_signed_and_leaves_the_list(jingwei: Run, town: Path, goal: str) -> None:
    done = jingwei("review", "accept", goal, "--by", "沈砚", "--note", "核过", "--format", "json")
    assert [(each["id"], each["before"], each["after"]) for each in done.json] == [
        (goal, "proposed", "accepted")
    ]
    text = plan_with(town, goal).read_text("utf-8")
    assert "by: 沈砚" in text
    assert "note: 核过" in text
    waiting = jingwei("review", "list", "--words", "企业技术中心", "--format", "json").json
    assert goal not in {each["record"]["id"] for each in waiting}
    every = jingwei("review", "list", "--words", "企业技术中心", "--all", "--format", "json").json
    assert {each["record"]["id"]: each["state"] for each in every}[goal] == "accepted"


def test_review_without_a_command_lists_what_waits(jingwei: Run, town: Path, goal: str) -> None:
    listed = jingwei("review", "--format", "json")
    assert goal in {each["record"]["id"] for each in listed.json}
    assert goal in jingwei("review").out


def test_an_edited_value_is_what_gets_settled(jingwei: Run, town: Path, goal: str) -> None:
    before = {row["target"]["id"]: row for row in found(jingwei, "企业技术中心")}[goal]
    done = jingwei("review", "edit", goal, "value=130", "op=>=")
    assert done.code == 0
    assert "120" in done.out
    assert "130" in done.out
    after = {row["target"]["id"]: row for row in found(jingwei, "企业技术中心")}[goal]
    assert (before["class"], after["class"]) == ("完成", "未完成")
    assert (after["target"]["value"], after["target"]["op"]) == (130, ">=")
    assert after["review"] == "edited"
    for shown in (
        jingwei("review", "list", "--all", "--words", "企业技术中心"),
        jingwei("targets"),
    ):
        assert "130家以上" in "".join(shown.out.split())
    jingwei("review", "undo", goal)
    undone = {row["target"]["id"]: row for row in found(jingwei, "企业技术中心")}[goal]
    assert undone == before


def test_a_decision_on_words_that_changed_is_marked(jingwei: Run, town: Path, goal: str) -> None:
    jingwei("review", "accept", goal)
    source = town / "documents" / "旧规划.txt"
    source.write_text(source.read_text("utf-8").replace("120家", "140家"), "utf-8")
    jingwei("compile", str(source))
    listed = "".join(jingwei("review", "list", "--words", "企业技术中心").out.split())
    assert "认可·原文已改" in listed
    assert "决定时" in listed
    assert "认可·原文已改" in "".join(jingwei("targets").out.split())
    assert "决定时的原文" in jingwei("explain", goal).out
    jingwei("report")
    report = "".join((town / "reports" / "report.html").read_text("utf-8").split())
    assert "决定时的原文" in report
    assert "现在读作" in report


def test_a_rejected_record_counts_nowhere(jingwei: Run, town: Path, goal: str) -> None:
    assert jingwei("review", "reject", goal).code == 0
    assert goal not in {row["target"]["id"] for row in found(jingwei, "企业技术中心")}
    settled = jingwei("settle", "旧规划", "--format", "json").json
    assert goal not in {row["target"]["id"] for row in settled}
    assert plan_with(town, goal).name == "旧规划.txt.yaml"


def test_a_value_changed_by_hand_in_the_yaml_counts(jingwei: Run, town: Path, goal: str) -> None:
    path = plan_with(town, goal)
    text = path.read_text("utf-8")
    start = text.index(goal)
    changed = text[start:].replace("value: 120", "value: 126  # 按批复", 1)
    path.write_text(text[:start] + changed, encoding="utf-8")
    row = {each["target"]["id"]: each for each in found(jingwei, "企业技术中心")}[goal]
    assert (row["target"]["value"], row["review"]) == (126, "edited")
    assert jingwei("compile").code == 0
    assert "# 按批复" in path.read_text("utf-8")


def test_accept_all_of_one_document(jingwei: Run, town: Path) -> None:
    done = jingwei("review", "accept", "--all", "--plan", "新规划", "--format", "json")
    assert len(done.json) > 4
    left = jingwei("review", "list", "--plan", "新规划", "--format", "json").json
    assert left == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("accept", "没有"), "没有编号为 没有 的记录"),
        (("accept",), "没有要审的记录"),
        (("edit", "GOAL", "value"), "应写成 项=值"),
        (("edit", "GOAL", "value=很多"), "应为数字"),
        (("edit", "GOAL", "valeu=3"), "valeu"),
        (("undo", "没有"), "没有编号为 没有 的记录"),
    ],
    ids=lambda each: each if isinstance(each, str) else " ".join(each),
)
def test_what_cannot_be_decided_changes_nothing(
    jingwei: Run, town: Path, goal: str, arguments: tuple[str, ...], said: str
) -> None:
    before = {path: path.read_bytes() for path in (town / "plans").iterdir()}
    ran = jingwei("review", *(goal if each == "GOAL" else each for each in arguments))
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert {path: path.read_bytes() for path in (town / "plans").iterdir()} == before


def test_a_broken_plan_file_is_named_with_its_line(jingwei: Run, town: Path, goal: str) -> None:
    path = plan_with(town, goal)
    lines = path.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if "role: target" in line)
    lines[at] = lines[at].replace("role: target", "role: tarjet")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    ran = jingwei("targets", "--format", "json")
    assert ran.code == 2
    assert f"plans/{path.name}:{at + 1}" in ran.err
    assert ran.json  # the other documents are still listed
    assert path.name.removesuffix(".yaml") not in {row["target"]["document"] for row in ran.json}


def test_milestones_end_on_the_target(jingwei: Run, town: Path, goal: str) -> None:
    given = jingwei("milestones", goal, "--base", "80", "--format", "json").json
    assert [each["value"] for each in given["milestones"]] == [88, 96, 104, 112, 120]
    assert given["path"] == "linear"
    curve = jingwei(
        "milestones", goal, "--base", "80", "--path", "s-curve", "--format", "json"
    ).json
    assert curve["milestones"][-1] == {"year": 2020, "value": 120, "in_year": 4}
    table = jingwei("milestones", goal, "--base", "80", "--path", "compound").out
    assert "compound" in table
    assert "120" in table


def test_milestones_take_the_base_from_the_documents(jingwei: Run, town: Path) -> None:
    rows = found(jingwei, "规模以上工业总产值")
    (goal,) = {r["target"]["id"] for r in rows if r["target"]["value"] == 5200}
    spread = jingwei("milestones", goal, "--format", "json").json
    assert spread["base"] == 3560
    assert "3560" in spread["base_from"]["quote"]
    assert spread["milestones"][-1]["value"] == 5200


def test_a_multiple_starts_from_the_base_that_settlement_uses(jingwei: Run, compiled: Path) -> None:
    words = ("--words", "新能源汽车及零部件产业产值", "--format", "json")
    rows = jingwei("targets", "-w", compiled, *words).json
    (goal,) = {r["target"]["id"] for r in rows if r["target"]["op"] == "x"}
    spread = jingwei("milestones", goal, "-w", compiled, "--format", "json").json
    assert (spread["base"], spread["unit"]) == (182, "亿元")
    assert "182" in spread["base_from"]["quote"]
    assert [each["value"] for each in spread["milestones"]] == [218.4, 254.8, 291.2, 327.6, 364]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("没有",), "没有这个编号的目标"),
        (("GOAL", "--base", "八十"), "不是数字"),
        (("GOAL", "--base", "80", "--path", "given", "--values", "90,100,110,115,119"), "119"),
    ],
)
def test_milestones_that_cannot_be(
    jingwei: Run, town: Path, goal: str, arguments: tuple[str, ...], said: str
) -> None:
    ran = jingwei("milestones", *(goal if each == "GOAL" else each for each in arguments))
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_target_of_table_and_prose_stands_once_and_twice_in_json(
    jingwei: Run, compiled: Path
) -> None:
    words = ("--plan", "先进制造业十四五规划", "--words", "规模以上工业总产值", "-w", compiled)
    rows = jingwei("targets", *words, "--format", "json").json
    goals = [r["target"] for r in rows if r["target"]["value"] == 8000]
    assert [each["attr"] for each in goals] == [None, "预期性"]
    assert [each["same_as"] for each in goals] == [goals[1]["id"], None]
    table = jingwei("targets", *words).out
    assert goals[1]["id"] in table
    assert goals[0]["id"] not in table
    assert "（表格）" in table
    assert "（正文）" in table


def test_the_report_is_written_after_a_goal_of_a_programme_is_rejected(
    jingwei: Run, town: Path
) -> None:
    (town / "documents" / "智造规划.txt").write_text(
        "云溪市智能制造“十六五”规划\n\n五、重大工程\n\n（一）共性支撑专项工程\n\n1．智能制造工程\n\n"
        "组织联合攻关。到2035年，建成智能工厂50家。由市经信局牵头。\n\n六、保障措施\n",
        "utf-8",
    )
    jingwei("compile")
    (row,) = [
        each for each in found(jingwei, "智能工厂") if each["target"]["document"] == "智造规划.txt"
    ]
    identity = row["target"]["id"]
    assert plan_with(town, identity).read_text("utf-8").count(identity) > 1  # a programme's goal
    assert jingwei("review", "reject", identity, "--by", "沈砚").code == 0
    assert jingwei("run").code == 0
    assert jingwei("report").code == 0
