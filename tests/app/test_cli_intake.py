"""``jingwei data``: cards, forms, import, checks and duplicates, as a person meets them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import jingwei.store
from jingwei.core import Months

STORE = hasattr(jingwei.store, "Observations")
REGIONS = "code,name,level,within,overlaps\n539800,砚州市,city,,\n539802,东屏区,district,539800,\n539803,南浦区,district,539800,\n"
TABLE = "砚州市工业投资（亿元）\n公布日期：2025-03-01\n地区,2021年,2022年,2023年,2024年\n全市,30.5,33,36,39\n东屏区,10.5,11,12,13\n南浦区,20,22,24,26\n"


@pytest.fixture
def city(jingwei: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "city"
    jingwei("init", folder, "--region", "砚州市")
    (folder / "definitions" / "regions.csv").write_text(REGIONS, "utf-8")
    (tmp_path / "投资.csv").write_text(TABLE, "utf-8")
    monkeypatch.chdir(folder)
    return folder


def test_cards_are_listed_explained_and_compared(jingwei: Callable[..., Any]) -> None:
    assert len(jingwei("data", "cards", "--format", "json").json) >= 60
    assert "统一核算" in jingwei("data", "cards", "地区生产总值").out
    told = jingwei(
        "data",
        "cards",
        "industrial-output-all",
        "industrial-output-above-scale",
        "--format",
        "json",
    ).json
    assert told["answer"] == "not_comparable"
    ambiguous = jingwei("data", "cards", "工业总产值")
    assert (ambiguous.code, "industrial-output-all" in ambiguous.err) == (2, True)


def test_a_form_is_written_once_and_read_back(jingwei: Callable[..., Any], city: Path) -> None:
    done = jingwei("data", "template", "工业投资", "--period", "2024", "--to", "csv")
    assert done.code == 0
    form = city / done.out.strip()
    again = jingwei("data", "template", "工业投资", "--period", "2024", "--to", "csv")
    assert (again.code, "未覆盖" in again.err) == (2, True)
    filled = form.read_text("utf-8-sig").replace("公布日期：,", "公布日期：,2025-02-01")
    rows = [row[:-1] + ",9.5" if row.endswith("亿元,") else row for row in filled.splitlines()]
    form.write_text("\n".join(rows), "utf-8")
    (told,) = jingwei("data", "import", form, "--format", "json").json
    assert (told["questions"], told["published"], len(told["entries"])) == ([], "2025-02-01", 3)
    assert told["entries"][0]["card"] == "industrial-investment@2011"


def test_import_shows_and_stores_nothing_without_a_yes(
    jingwei: Callable[..., Any], city: Path
) -> None:
    done = jingwei("data", "import", "../投资.csv")
    assert done.code == 0
    assert "读出 12 个数" in done.out
    assert "--accept" in done.err
    assert not (city / "data" / "observations").exists()
    (proposal,) = (city / "data" / "proposals").iterdir()
    kept = json.loads(proposal.read_text("utf-8"))
    assert kept["entries"][0]["field"] == "2021年"
    assert [path.name for path in (city / "data" / "received").rglob("*.csv")] == ["投资.csv"]


def test_what_is_not_said_is_asked_and_answered(jingwei: Callable[..., Any], city: Path) -> None:
    (city / "a.csv").write_text("指标,数值\n工业总产值,5\n", "utf-8")
    (told,) = jingwei("data", "import", "a.csv", "--format", "json").json
    assert [question["about"] for question in told["questions"]] == ["period"]
    (told,) = jingwei(
        "data", "import", "a.csv", "--period", "2024", "--card",
        "工业总产值=industrial-output-all", "--unit", "全部工业总产值=亿元", "--format", "json",
    ).json  # fmt: skip
    assert told["questions"] == []
    assert Months.parse(told["entries"][0]["months"]) == Months.year(2024)
    wrong = jingwei("data", "import", "a.csv", "--unit", "亿元")
    assert (wrong.code, "名称=值" in wrong.err) == (2, True)


def test_check_prints_findings_in_the_shape_of_the_design(
    jingwei: Callable[..., Any], city: Path, tmp_path: Path
) -> None:
    path = tmp_path / "投资.csv"
    path.write_text(TABLE.replace("12,13", "120000,13"), "utf-8")
    (found,) = jingwei("data", "check", path, "--format", "json").json
    assert {"file", "row", "field", "rule", "message", "suggestion"} <= set(found)
    assert (found["row"], found["field"], found["rule"]) == (5, "2023年", "unit_slip")
    (change,) = found["suggestion"]["changes"]
    assert (change["before"], change["after"]) == (120000, 12)
    assert jingwei("data", "check", path).code == 0


def test_an_accepted_suggestion_becomes_a_proposal_and_the_file_stays(
    jingwei: Callable[..., Any], city: Path, tmp_path: Path
) -> None:
    path = tmp_path / "投资.csv"
    path.write_text(TABLE.replace("12,13", "120000,13"), "utf-8")
    before = path.read_bytes()
    (found,) = jingwei("data", "check", path, "--format", "json").json
    (made,) = jingwei(
        "data", "check", path, "--apply", found["id"], "--reason", "已核实", "--format", "json"
    ).json
    (entry,) = [each for each in made["entries"] if (each["row"], each["field"]) == (5, "2023年")]
    assert (entry["value"], "120000 → 12" in entry["reason"]) == (12, True)
    assert path.read_bytes() == before
    unknown = jingwei("data", "check", path, "--apply", "nothing")
    assert unknown.code == 2


@pytest.mark.skipif(not STORE, reason="the store of observations is not part of this build")
def test_the_reason_of_a_correction_is_of_what_it_corrects(
    jingwei: Callable[..., Any], city: Path, tmp_path: Path
) -> None:
    path = tmp_path / "投资.csv"
    path.write_text(TABLE.replace("12,13", "120000,13"), "utf-8")
    (found,) = jingwei("data", "check", path, "--format", "json").json
    (made,) = jingwei(
        "data", "check", path, "--apply", found["id"], "--reason", "已核实", "--format", "json"
    ).json
    assert jingwei("data", "import", "--accept", made["id"]).code == 0
    (changed,) = jingwei(
        "data", "history", "工业投资 东屏区", "--period", "2023", "--format", "json"
    ).json
    assert (changed["value"], "已核实" in changed["reason"]) == (12, True)
    (other,) = jingwei(
        "data", "history", "工业投资 东屏区", "--period", "2022", "--format", "json"
    ).json
    assert (other["value"], other["reason"]) == (11, "")


def test_a_broken_file_is_told_and_the_others_are_done(
    jingwei: Callable[..., Any], city: Path, tmp_path: Path
) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")
    done = jingwei("data", "import", tmp_path / "坏.xlsx", "../投资.csv", "--format", "json")
    assert (done.code, len(done.json)) == (2, 1)
    assert "Traceback" not in done.err


def test_duplicates_are_shown_and_merged_with_a_yes(
    jingwei: Callable[..., Any], city: Path
) -> None:
    rows = "企业名称,统一社会信用代码,所在区\n砚州天成机械有限公司,91350100M000100Y43,东屏区\n砚州市天成机械有限责任公司,,东屏区\n"
    (city / "名单.csv").write_text(rows, "utf-8")
    done = jingwei("data", "import", "名单.csv", "--published", "2025-01-01", "--yes")
    assert done.code == 0
    (pair,) = jingwei("data", "duplicates", "--format", "json").json
    assert (pair["by"], pair["probability"]) == ("name", 1.0)
    assert jingwei("data", "duplicates", "--merge", pair["id"]).code == 0
    assert jingwei("data", "duplicates", "--format", "json").json == []


@pytest.mark.skipif(not STORE, reason="the store of observations is not part of this build")
def test_a_yes_stores_everything_once(jingwei: Callable[..., Any], city: Path) -> None:
    done = jingwei("data", "import", "../投资.csv", "--yes", "--format", "json")
    assert (done.code, done.json[0]["receipt"]["added"]) == (0, 12)
    again = jingwei("data", "import", "../投资.csv", "--yes", "--format", "json")
    assert again.json[0]["receipt"]["repeated"]
    assert jingwei("data", "check", "--format", "json").json == []


@pytest.mark.skipif(not STORE, reason="the store of observations is not part of this build")
def test_open_questions_stop_a_yes_unless_left_out(jingwei: Callable[..., Any], city: Path) -> None:
    (city / "b.csv").write_text("指标,2024年（亿元）\n工业投资,5\n星际贸易额,7\n", "utf-8")
    stopped = jingwei("data", "import", "b.csv", "--published", "2025-01-01", "--yes")
    assert (stopped.code, "没有答复" in stopped.err) == (2, True)
    assert not list((city / "data").glob("observations/*.parquet"))
    done = jingwei("data", "import", "b.csv", "--published", "2025-01-01", "--yes", "--skip-open")
    assert done.code == 0


def test_a_fresh_workspace_writes_a_form_and_takes_it_back(
    jingwei: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "fresh"
    jingwei("init", folder, "--region", "砚州市")
    monkeypatch.chdir(folder)
    assert "砚州市,砚州市,city,," in (folder / "definitions/regions.csv").read_text("utf-8")
    done = jingwei(
        "data", "template", "工业投资", "--period", "2024", "--to", "csv", "--out", "f.csv"
    )
    assert done.code == 0, done.err
    filled = [
        f"{line}9.5" if line.endswith("亿元,") else line
        for line in (folder / "f.csv").read_text("utf-8-sig").splitlines()
    ]
    (folder / "f.csv").write_text("\n".join(filled), "utf-8")
    taken = jingwei("data", "import", "f.csv", "--published", "2025-03-01", "--yes")
    assert (taken.code, "新增 1 个数" in taken.err) == (0, True), taken.err


def test_without_any_region_the_form_says_what_is_missing_and_how_it_is_written(
    jingwei: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "fresh"
    jingwei("init", folder)
    monkeypatch.chdir(folder)
    done = jingwei("data", "template", "工业投资", "--period", "2024")
    assert done.code == 2
    assert "code,name,level,within,overlaps" in done.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--period", "2024-13"), "没有「2024-13」这样的时间"),
        (("--card", "工业投资=没有这张"), "没有这个指标"),
        (("--unit", "工业投资=堆"), "不认识"),
        (("--published", "2999-01-01"), "晚于今天"),
        (("--origin", "道听途说"), "统计调查（survey）"),
    ],
)
def test_answers_that_cannot_be_are_refused(
    jingwei: Callable[..., Any], city: Path, options: tuple[str, str], told: str
) -> None:
    done = jingwei("data", "import", "../投资.csv", *options, "--yes")
    assert (done.code, told in done.err) == (2, True), done.err
    assert not (city / "data" / "observations").exists()


def test_a_time_that_cannot_be_is_told_and_makes_no_proposal(
    jingwei: Callable[..., Any], city: Path
) -> None:
    (city / "a.csv").write_text("工业投资（亿元）\n地区,2024-13\n东屏区,5\n南浦区,6\n", "utf-8")
    done = jingwei("data", "import", "a.csv", "--published", "2025-03-01")
    assert done.code == 2
    assert "时间「2024-13」不存在" in done.err
    assert not list((city / "data").rglob("*.json"))


def test_a_table_without_a_region_says_on_what_ground_it_is_the_citys(
    jingwei: Callable[..., Any], city: Path
) -> None:
    (city / "a.csv").write_text("指标,单位,2024年\n工业投资,亿元,5\n", "utf-8")
    done = jingwei("data", "import", "a.csv", "--published", "2025-03-01")
    assert "文件没有写地区" in done.out.replace("\n", "").replace(" ", "")


@pytest.mark.skipif(not STORE, reason="needs the store of observations")
def test_a_sheet_off_by_ten_thousand_is_told_at_import_and_held_when_received(
    jingwei: Callable[..., Any], city: Path
) -> None:
    jingwei("data", "import", "../投资.csv", "--yes")
    rows = TABLE.splitlines()
    wrong = [rows[0], "公布日期：2025-06-01", rows[2]]
    for row in rows[3:]:
        name, *values = row.split(",")
        wrong.append(",".join([name, *(f"{float(each) * 10000:g}" for each in values)]))
    post = city / "incoming"
    post.mkdir(exist_ok=True)
    (post / "重报.csv").write_text("\n".join(wrong) + "\n", "utf-8")
    done = jingwei("data", "import", post / "重报.csv")
    assert "有 12 格都比已入库的数大约 10000 倍" in done.err
    (post / "来文登记.csv").write_text(
        "文件,收到日期,数据来源,说明\n重报.csv,2025-06-01,统计调查,修订\n", "utf-8"
    )
    ran = jingwei("data", "receive", post / "来文登记.csv", "--format", "json")
    assert ran.json[0]["held"] is not None
    assert ran.json[0]["added"] == 0


def test_a_file_of_which_nothing_is_read_is_not_called_clean(
    jingwei: Callable[..., Any], city: Path
) -> None:
    (city / "a.csv").write_text("工业投资（亿元）\n地区,2024年13月\n东屏区,5\n南浦区,6\n", "utf-8")
    done = jingwei("data", "check", "a.csv")
    assert done.code == 2
    assert "没有读出一个数" in done.err
    assert "2024年13月" in done.err


# ------------------------------------------------------------------ one name for every command


@pytest.mark.skipif(not STORE, reason="the store of observations is not there")
@pytest.mark.parametrize(
    "name",
    [
        "industrial-investment", "industrial-investment@2011", "工业投资", "工业投资额", "工业 投资",
        "Investment in industry",
    ],
)  # fmt: skip
def test_every_command_takes_the_names_that_an_import_takes(
    jingwei: Callable[..., Any], city: Path, name: str
) -> None:
    jingwei("data", "import", city.parent / "投资.csv", "--yes")
    assert (
        jingwei("data", "cards", name, "--format", "json").json[0]["id"] == "industrial-investment"
    )
    made = jingwei("data", "template", name, "--period", "2025", "--to", "csv", "--out", "表.csv")
    assert made.code == 0
    if " " not in name:  # a series is written with blanks between its parts
        rows = jingwei("data", "history", f"{name} 东屏区", "--format", "json").json
        assert [each["value"] for each in rows] == [10.5, 11, 12, 13]
        assert jingwei("data", "export", name, "--to", "csv", "--inside").code == 0


def test_counts_with_either_ending_are_one_name(jingwei: Callable[..., Any], city: Path) -> None:
    for name in (
        "规模以上工业企业数",
        "规模以上工业企业数量",
        "规上工业企业数量",
        "规上工业企业单位数量",
    ):
        (card,) = jingwei("data", "cards", name, "--format", "json").json
        assert card["id"] == "enterprises-above-scale"


def test_an_unknown_name_is_answered_with_near_names_in_both_languages(
    jingwei: Callable[..., Any], city: Path
) -> None:
    for command in (
        ("data", "template", "工业投资总额度", "--period", "2025"),
        ("data", "history", "工业投资总额度"),
        ("data", "export", "工业投资总额度", "--to", "csv"),
        ("data", "cards", "工业投资总额度"),
    ):
        told = jingwei(*command)
        assert told.code == 2
        assert "工业投资（industrial-investment）" in told.err
        assert "Investment in industry (industrial-investment)" in told.err


def test_what_is_accepted_later_brings_its_enterprises_in(
    jingwei: Callable[..., Any], city: Path
) -> None:
    from jingwei.core.uscc import check_character

    codes = [f"91539802MA0000{n}01" for n in (1, 2)]
    rows = [
        f"{code}{check_character(code)},砚州{n}厂,东屏区,{n}200" for n, code in enumerate(codes, 1)
    ]
    head = "统一社会信用代码,企业名称,区县,2024年规模以上工业总产值（万元）"
    (city.parent / "企业.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    assert jingwei("data", "import", "../企业.csv", "--published", "2025-03-01").code == 0
    (proposal,) = (city / "data" / "proposals").iterdir()
    done = jingwei("data", "import", "--accept", proposal.stem)
    assert (done.code, "企业 2 家" in done.out + done.err) == (0, True)
    listed = "".join(path.read_text("utf-8") for path in (city / "data" / "enterprises").iterdir())
    assert "砚州1厂" in listed
