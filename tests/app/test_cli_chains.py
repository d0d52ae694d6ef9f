"""Chains from the command line: laid, filled, compared, diagnosed, handed on."""

import html
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jingwei.app.demo.chains import demo_chains
from jingwei.app.pipeline.demo_chains import weave
from jingwei.app.pipeline.library import library
from jingwei.store import Workspace

PLAN = """云港市织造装备发展规划（2021—2025年）

三、发展重点

（一）织造装备

突破电子送经器、喷气织机、储纬器等关键装备。发展芳纶、碳纤维等新材料。到2025年，织造装备产值达到120亿元。
"""
DAY = ("--as-of", "2025-06-30")


@pytest.fixture
def room(tmp_path: Path, jingwei: Callable[..., Any]) -> Path:
    """A workspace with a small plan, compiled."""
    root = tmp_path / "云港"
    assert jingwei("init", root, "--region", "云港市").code == 0
    (root / "documents/规划.txt").write_text(PLAN, "utf-8")
    assert jingwei("compile", "-w", root).code == 0
    return root


def fill(root: Path, jingwei: Callable[..., Any], text: str, name: str = "企业.csv") -> Any:
    (root / name).write_text(text, "utf-8")
    return jingwei(
        "chain",
        "import",
        "织造装备",
        root / name,
        "--date",
        "2025-06-30",
        *DAY,
        "-w",
        root,
        "--format",
        "json",
    )


ENTERPRISES = (
    "企业,企业代码,环节,所在地,所属地区,份额\n甲厂,91A,喷气织机,东区,云港市,40%\n"
    "乙厂,91B,喷 气 织 机,东区,云港市,20%\n丙厂,91C,送经,东区,云港市,20%\n"
)


def test_new_lays_the_plan_with_spans_and_names_empty_slots(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    ran = jingwei(
        "chain", "new", "织造装备", "--from", "规划.txt", *DAY, "-w", room, "--format", "json"
    )
    assert ran.code == 0, ran.err
    told = ran.json
    nodes = {each["name"]: each for each in told["nodes"]}
    assert nodes["碳纤维"]["stage"] == "材料"
    assert nodes["储纬器"]["evidence"][0]["quote"] == "储纬器"
    assert "后端服务" in told["empty"]
    assert told["edition"] == "2025-06-30"
    again = jingwei("chain", "new", "织造装备", *DAY, "-w", room)
    assert again.code == 2
    assert "已存在" in again.err


def test_an_import_makes_an_edition_and_queues_what_it_cannot_place(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    jingwei("chain", "new", "织造装备", "--from", "规划.txt", *DAY, "-w", room)
    told = fill(room, jingwei, ENTERPRISES).json
    assert told["edition"] == "2025-06-30.2"
    [file] = told["files"]
    assert (file["rows"], file["taken"]) == (3, 2)
    [waiting] = json.loads(
        jingwei("chain", "review", "织造装备", "-w", room, "--format", "json").out
    )
    assert (waiting["name"], waiting["candidates"]) == ("送经", "电子送经器")
    assert jingwei("chain", "review", "织造装备", "送经", "没有的", "-w", room).code == 2
    assert jingwei("chain", "review", "织造装备", "送经", "电子送经器", "-w", room).code == 0
    assert fill(room, jingwei, ENTERPRISES, "再来.csv").json["files"][0]["taken"] == 3
    again = fill(room, jingwei, ENTERPRISES, "再来.csv").json
    assert again["edition"] is None, "the same file adds nothing"


def test_diff_show_and_list_tell_what_there_is(room: Path, jingwei: Callable[..., Any]) -> None:
    jingwei("chain", "new", "织造装备", "--from", "规划.txt", *DAY, "-w", room)
    assert jingwei("chain", "diff", "织造装备", "-w", room).code == 2, "one edition only"
    fill(room, jingwei, ENTERPRISES)
    changed = json.loads(jingwei("chain", "diff", "织造装备", "-w", room, "--format", "json").out)
    assert {each["name"] for each in changed["added"]} >= {"甲厂", "乙厂", "东区"}
    same = jingwei("chain", "diff", "织造装备", "2025-06-30", "2025-06-30", "-w", room)
    assert "没有差别" in same.out
    [listed] = json.loads(jingwei("chain", "list", "-w", room, "--format", "json").out)
    assert listed["editions"] == ["2025-06-30", "2025-06-30.2"]
    around = json.loads(
        jingwei(
            "chain", "show", "织造装备", "--node", "喷气织机", "-w", room, "--format", "json"
        ).out
    )
    assert {edge["from"] for edge in around["edges"] if edge["kind"] == "makes"} == {
        "e:91A",
        "e:91B",
    }
    assert jingwei("chain", "show", "织造装备", "--node", "没有", "-w", room).code == 2
    assert jingwei("chain", "show", "没有这条链", "-w", room).code == 2


def test_a_refused_import_leaves_no_edition(room: Path, jingwei: Callable[..., Any]) -> None:
    jingwei("chain", "new", "织造装备", "--from", "规划.txt", *DAY, "-w", room)
    ran = fill(room, jingwei, "from,to,kind\n碳纤维,储纬器,属于\n储纬器,碳纤维,属于\n", "圈.csv")
    assert ran.code == 2
    assert "成了圈" in ran.err
    assert "Traceback" not in ran.err
    [listed] = json.loads(jingwei("chain", "list", "-w", room, "--format", "json").out)
    assert listed["editions"] == ["2025-06-30"]


@pytest.mark.parametrize("to", ["json", "graphml", "csv", "xlsx"])
def test_exports_are_written_and_the_same_every_time(
    room: Path, jingwei: Callable[..., Any], to: str
) -> None:
    jingwei("chain", "new", "织造装备", "--from", "规划.txt", *DAY, "-w", room)
    fill(room, jingwei, ENTERPRISES)
    written = [
        Path(line)
        for line in jingwei("chain", "export", "织造装备", "--to", to, "-w", room).out.split("\n")
        if line
    ]
    assert len(written) == (3 if to == "csv" else 1)
    before = [path.read_bytes() for path in written]
    jingwei("chain", "export", "织造装备", "--to", to, "-w", room)
    assert before == [path.read_bytes() for path in written]


HOSTILE = '"<script>alert(1)</script>","91<a>",喷气织机,"=1+1|东区",云港市,40%\n'


def test_a_hostile_name_is_text_on_the_page_and_nothing_loads(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    jingwei("chain", "new", "织造装备", "--from", "规划.txt", *DAY, "-w", room)
    head = "企业,企业代码,环节,所在地,所属地区,份额\n"
    fill(room, jingwei, head + HOSTILE)
    fill(
        room,
        jingwei,
        'node,what,parent\n"""><img src=x onerror=alert(2)>",零部件,织造装备\n',
        "环节.csv",
    )
    for arguments in (("show", "织造装备", "--format", "html"), ("report", "织造装备")):
        ran = jingwei("chain", *arguments, *DAY, "-w", room)
        assert ran.code == 0, ran.err
        page = Path(ran.out.strip()).read_text("utf-8")
        assert "<script" not in page
        assert "<img" not in page
        assert html.escape("<img src=x onerror=alert(2)>") in page
        tags = re.findall(r"<[a-z][^>]*>", page)
        assert not [tag for tag in tags if re.search(r"\son[a-z]+\s*=", tag)]
        assert not [tag for tag in tags if re.search(r"\b(?:src|href)\s*=\s*[\"'](?!#)", tag)]
        assert "default-src 'none'" in html.unescape(page)


def test_the_report_refuses_a_goal_without_a_node_and_fills_no_list_by_itself(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    jingwei("chain", "new", "织造装备", "--from", "规划.txt", *DAY, "-w", room)
    own = room / "definitions/chains/织造装备.toml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text('office = "市局"\n[[goal]]\nname = "翻番"\nnode = "潜艇"\n', "utf-8")
    ran = jingwei("chain", "report", "织造装备", *DAY, "-w", room)
    assert ran.code == 2
    assert "没有对应的环节" in ran.err
    own.write_text(
        'office = "市局"\n[[goal]]\nname = "翻番"\nnode = "储纬器"\nmonth = "2025-12"\n', "utf-8"
    )
    ran = jingwei("chain", "report", "织造装备", "--to", "json", *DAY, "-w", room)
    told = json.loads(Path(ran.out.strip()).read_text("utf-8"))
    assert set(told["lists"]) == {
        "enterprise",
        "project",
        "investment",
        "research",
        "problem",
        "policy",
    }
    assert told["lists"]["project"]["items"] == []
    assert "[[project]]" in told["lists"]["project"]["fill"]
    assert (told["goals"][0]["owner"], told["goals"][0]["month"]) == ("市局", "2025-12")
    for each in told["lists"].values():
        assert all(item["owner"] and item["month"] and item["node"] for item in each["items"])
    own.write_text("ofice = 1\n", "utf-8")
    assert jingwei("chain", "report", "织造装备", *DAY, "-w", room).code == 2


def test_a_chain_too_large_for_a_page_says_what_was_left_out(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    jingwei("chain", "new", "织造装备", "--from", "规划.txt", *DAY, "-w", room)
    fill(room, jingwei, "node,what\n" + "".join(f"小件{k},零部件\n" for k in range(2100)), "多.csv")
    page = Path(
        jingwei("chain", "show", "织造装备", "--format", "html", *DAY, "-w", room).out.strip()
    ).read_text("utf-8")
    assert re.search(r"另有 \d+ 个环节；全部见", page)
    assert re.search(r"另有 \d+ 个环节见下表", page)
    assert page.count("<rect") <= 400
    assert page.count('<section class="node"') == 2000


LAYERS = ("创新链得分", "产业链得分", "价值链得分", "供应链得分", "金融链得分")


def test_technology_and_the_five_layers_are_shown_with_what_moved(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    jingwei("chain", "new", "织造装备", "--from", "规划.txt", *DAY, "-w", room)
    words = "".join(f"喷气织机,技术水平,,{word},{who},{day}\n" for word, who, day in (
        ("跟跑", "甲组", "2023-12-31"), ("并跑", "甲组", "2024-12-31"), ("跟跑", "乙组", "2024-12-31"),
    ))  # fmt: skip
    scores = "".join(f"喷气织机,{layer},0.{k + 4},,,2024-12-31\n" for k, layer in enumerate(LAYERS))
    got = fill(room, jingwei, "环节,指标,数值,评定,评定人,日期\n" + words + scores, "指标.csv").json
    assert got["files"][0]["taken"] == 8
    ran = jingwei("chain", "diagnose", "织造装备", *DAY, "-w", room, "--format", "json")
    assert ran.json["technology"]["agreement"]["share"] == 0
    [layers] = ran.json["convergence"]
    assert layers["gap"] == "创新链"
    assert layers["span"][0] < layers["coordination"] < layers["span"][1]
    page = Path(jingwei("chain", "report", "织造装备", *DAY, "-w", room).out.strip()).read_text(
        "utf-8"
    )
    assert "跟跑 → 并跑" in page
    assert "五链聚合" in page


def test_the_word_report_is_a_whole_package_and_the_same_every_time(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    jingwei("chain", "new", "织造装备", "--from", "规划.txt", *DAY, "-w", room)
    fill(room, jingwei, ENTERPRISES)
    path = Path(
        jingwei("chain", "report", "织造装备", "--to", "docx", *DAY, "-w", room).out.strip()
    )
    first = path.read_bytes()
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        text = package.read("word/document.xml").decode()
    assert "甲厂" in text
    assert "招商清单" in text
    jingwei("chain", "report", "织造装备", "--to", "docx", *DAY, "-w", room)
    assert path.read_bytes() == first


def test_the_thread_runs_from_the_target_to_the_place(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    jingwei("chain", "new", "织造装备", "--from", "规划.txt", *DAY, "-w", room)
    fill(room, jingwei, ENTERPRISES)
    targets = json.loads(jingwei("targets", "-w", room, "--format", "json").out)
    key = targets[0]["target"]["id"]
    ran = jingwei("thread", key, "-w", room, "--format", "json")
    assert ran.code == 0, ran.err
    assert {"甲厂", "东区", "云港市"} <= {step["to"]["name"] for step in ran.json["steps"]}
    assert jingwei("thread", "没有", "-w", room).code == 2


def laid(room: Path, jingwei: Callable[..., Any]) -> None:
    jingwei("chain", "new", "织造装备", "--from", "规划.txt", *DAY, "-w", room)


def test_a_bad_file_tells_every_row_and_nothing_is_half_imported(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    laid(room, jingwei)
    ran = fill(
        room,
        jingwei,
        ENTERPRISES + "丁厂,91D,怪件,东区,云港市,130%\n戊厂,91E,怪件,东区,云港市,-1%\n",
    )
    assert ran.code == 2
    assert "第5行 份额“130%”" in ran.err
    assert "第6行 份额“-1%”" in ran.err
    [listed] = jingwei("chain", "list", "-w", room, "--format", "json").json
    assert listed["editions"] == ["2025-06-30"]
    waiting = jingwei("chain", "review", "织造装备", "-w", room, "--format", "json").json
    assert waiting == []


def test_a_corrected_file_is_told_and_makes_a_new_edition(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    laid(room, jingwei)
    fill(room, jingwei, ENTERPRISES)
    told = fill(room, jingwei, ENTERPRISES.replace("40%", "45%")).json
    assert told["files"][0]["replaced"] > 0
    around = jingwei("chain", "show", "织造装备", "--node", "喷气织机", "-w", room, "--format", "json").json  # fmt: skip
    assert {e["share"] for e in around["edges"] if e["kind"] == "makes"} == {0.45, 0.2}
    changed = jingwei("chain", "diff", "织造装备", "-w", room, "--format", "json").json
    assert [e["share"] for e in changed["edges_revised"]] == [0.45]


def test_a_corrected_figure_is_told_by_the_difference(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    laid(room, jingwei)
    fill(room, jingwei, "环节,指标,数值\n喷气织机,本地配套率,40%\n", "指标.csv")
    fill(room, jingwei, "环节,指标,数值\n喷气织机,本地配套率,45%\n", "指标.csv")
    ran = jingwei("chain", "diff", "织造装备", "-w", room)
    assert ran.code == 0, ran.err
    told = ran.out
    assert "喷气织机·本地配套率" in told
    assert "40% → 45%（指标.csv" in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("环节,指标,数值（%）\n喷气织机,本地配套率,40\n", "40%"),
        ("环节,指标,数值(亿元)\n喷气织机,产值,12.5\n", "12.5亿元"),
        ("环节,指标,数值（亿元）,单位\n喷气织机,产值,300,万元\n", "300万元"),
    ],
)
def test_a_unit_in_the_heading_is_that_of_the_figures_that_name_none(
    room: Path, jingwei: Callable[..., Any], text: str, said: str
) -> None:
    laid(room, jingwei)
    assert fill(room, jingwei, text, "指标.csv").code == 0
    assert f"{said}（指标.csv" in jingwei("chain", "diff", "织造装备", "-w", room).out


def test_a_share_under_a_heading_in_per_cent_is_that_share(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    laid(room, jingwei)
    fill(room, jingwei, ENTERPRISES.replace("份额", "份额（%）").replace("40%", "0.5"))
    around = jingwei("chain", "show", "织造装备", "--node", "喷气织机", "-w", room, "--format", "json").json  # fmt: skip
    assert {e["share"] for e in around["edges"] if e["kind"] == "makes"} == {0.005, 0.2}


def test_two_files_of_one_name_never_replace_each_other_unseen(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    laid(room, jingwei)
    paths = [room / folder / "企业.csv" for folder in ("东", "西")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(ENTERPRISES, "utf-8")
    ran = jingwei("chain", "import", "织造装备", *paths, *DAY, "-w", room)
    assert ran.code == 2
    assert "取代" in ran.err


def test_a_row_is_taken_back_with_its_reason_and_the_past_stays(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    laid(room, jingwei)
    before = fill(room, jingwei, ENTERPRISES).json["edition"]
    asked = ("chain", "retract", "织造装备", "企业.csv", *DAY, "-w", room)
    assert jingwei(*asked, "--why", " ").code == 2
    missing = jingwei("chain", "retract", "织造装备", "没有.csv", "--why", "x", *DAY, "-w", room)
    assert missing.code == 2
    assert "企业.csv" in missing.err
    ran = jingwei(*asked, "--row", "2", "--why", "甲厂已迁出", "--by", "审核员", "--format", "json")
    assert ran.code == 0, ran.err
    assert "甲厂已迁出" in ran.json["note"]
    show = ("chain", "show", "织造装备", "-w", room, "--format", "json")
    names = {v["name"] for v in jingwei(*show).json["vertices"]}
    assert "甲厂" not in names
    assert "乙厂" in names
    old = {v["name"] for v in jingwei(*show, "--edition", before).json["vertices"]}
    assert "甲厂" in old
    assert "甲厂已迁出" in jingwei("chain", "diff", "织造装备", "-w", room).out
    jingwei(*asked, "--why", "整份有误")
    assert not {"乙厂", "东区"} & {v["name"] for v in jingwei(*show).json["vertices"]}


def test_a_node_in_no_stage_is_shown_and_placed_by_a_person(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    laid(room, jingwei)
    fill(room, jingwei, "node,what\n验布机,怪类\n高端储纬器,零部件\n", "环节.csv")
    shown = jingwei("chain", "show", "织造装备", "-w", room)
    assert "怪类" in shown.out
    assert "chain place" in shown.out + shown.err
    assert "储纬器" in shown.out.split("may be one node")[1]
    place = ("chain", "place", "织造装备", "验布机")
    assert "没有阶段" in jingwei(*place, "没有的", *DAY, "-w", room).err
    ran = jingwei(*place, "整机", "--by", "审核员", *DAY, "-w", room)
    assert ran.code == 0, ran.err
    told = jingwei("chain", "show", "织造装备", "-w", room, "--format", "json").json
    assert told["unplaced"] == []
    [node] = [v for v in told["vertices"] if v["name"] == "验布机"]
    assert node["stage"] == "整机"
    assert "审核员" in node["evidence"][-1]["key"]


def test_a_region_that_is_set_later_counts_and_a_missing_one_is_told(
    tmp_path: Path, jingwei: Callable[..., Any]
) -> None:
    root = tmp_path / "无名"
    jingwei("init", root)
    (root / "documents/规划.txt").write_text(PLAN.replace("云港市", ""), "utf-8")
    jingwei("compile", "-w", root)
    laid(root, jingwei)
    fill(root, jingwei, ENTERPRISES)
    facts = "环节,指标,评定\n喷气织机,名录完整,本地\n"
    fill(root, jingwei, facts, "指标.csv")

    def local() -> str:
        ran = jingwei("chain", "diagnose", "织造装备", *DAY, "-w", root, "--format", "json")
        [node] = [n for n in ran.json["nodes"] if n["node"] == "喷气织机"]
        return f"{node['facts'][0]['low']:g}—{node['facts'][0]['high']:g}{ran.err}"

    assert local().startswith("0—2")
    assert "region" in local()
    settings = root / "jingwei.toml"
    settings.write_text(
        settings.read_text("utf-8").replace('region = ""', 'region = "云港市"'), "utf-8"
    )
    assert local() == "2—2"
    settings.write_text(settings.read_text("utf-8").replace("云港市", "别处市"), "utf-8")
    assert "没有地点“别处市”" in local()


def test_months_that_are_past_are_marked_and_owners_open_their_source(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    laid(room, jingwei)
    fill(room, jingwei, ENTERPRISES)
    own = room / "definitions/chains/织造装备.toml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(
        'office = "市局"\nmonth = "2025-09"\n[[project]]\nname = "老项目"\nnode = "储纬器"\n'
        'month = "2025-05"\n[[project]]\nname = "本月的"\nnode = "储纬器"\nmonth = "2025-06"\n',
        "utf-8",
    )
    ran = jingwei("chain", "report", "织造装备", "--to", "json", *DAY, "-w", room)
    told = json.loads(Path(ran.out.strip()).read_text("utf-8"))
    months = [each["month"] for each in told["lists"]["project"]["items"]]
    assert months == ["2025-05（已过）", "2025-06"]
    [first, *_] = told["lists"]["enterprise"]["items"]
    assert first["month"] == "2025-09", "a day of the data is no month of work"
    keys = {each["key"] for each in first["evidence"] if each["dataset"].endswith("织造装备.toml")}
    assert keys == {"office 市局", "month 2025-09"}
    assert told["leader"] is None
    assert "不能定" in told["leader_told"]
    assert "上下游不详" in told["leader_told"]
    own.write_text('month = "2025-13"\n', "utf-8")
    ran = jingwei("chain", "report", "织造装备", *DAY, "-w", room)
    assert ran.code == 2
    assert "织造装备.toml:1" in ran.err


def test_a_link_with_two_answers_is_not_drawn_as_an_unknown_one() -> None:
    from jingwei.app.reports.chain_picture import picture
    from jingwei.chains.graph import Edition, Head, Vertex, template
    from jingwei.core import Row

    node = Vertex("n:件", "node", "件", "材料", "材料", (Row("x", "", "1"),))
    edition = Edition.of(Head("链", "1", "全链"), [node])

    def drawn(mark: str) -> str:
        svg = str(picture(edition, template("全链"), {"n:件": mark}, {}).svg)
        return re.findall(r'<rect class="([^"]*)"', svg)[0]

    assert [drawn(mark) for mark in ("强/稳", "稳/固", "补", "")] == [
        "strengthen both", "secure both", "fill", "unknown",
    ]  # fmt: skip


# -- the demo city -------------------------------------------------------------------------


def test_the_weak_links_of_the_demo_city_are_found(
    compiled: Path, tmp_path: Path, jingwei: Callable[..., Any]
) -> None:
    demo_city = tmp_path / "city"
    shutil.copytree(compiled, demo_city)
    weave(library(Workspace.open(demo_city), lambda fault: pytest.fail(str(fault))))
    for chain in demo_chains().chains:
        ran = jingwei(
            "chain",
            "diagnose",
            chain.name,
            "--as-of",
            "2025-12-31",
            "-w",
            demo_city,
            "--format",
            "json",
        )
        found = {n["node"]: "/".join(n["actions"]) or "证据不足" for n in ran.json["nodes"]}
        assert found == {**found, **dict(chain.truth)}, chain.name
        assert set(found) == set(chain.truth), "every link has its truth"
        for each in ran.json["nodes"]:
            assert len(each["facts"]) == 3
        if chain.broken_at:
            assert ran.json["shape"]["labels"] == ["断"]
            assert chain.broken_at[0] in ran.json["shape"]["verdict"]["reason"]


def test_what_is_less_than_all_rows_is_never_all_of_them(
    room: Path, jingwei: Callable[..., Any]
) -> None:
    jingwei("chain", "new", "织造装备", "--from", "规划.txt", *DAY, "-w", room)
    lines = [f"{k}号厂,X{k},喷气织机,东区,云港市" for k in range(2500)]
    text = "\n".join(["企业,企业代码,环节,所在地,所属地区", *lines, "末厂,Z1,送经,东区,云港市\n"])
    (room / "多家.csv").write_text(text, "utf-8")
    ran = jingwei(
        "chain", "import", "织造装备", room / "多家.csv", "--date", "2025-06-30", *DAY, "-w", room
    )
    assert "2501行，取2500行（99.9%）" in ran.out
