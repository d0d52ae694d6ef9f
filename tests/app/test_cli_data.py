"""``jingwei data``: vintages, exports, other classifications, notes; disclosure by explicit choice."""

import csv
import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from jingwei.app.cli import main
from jingwei.core import LegalOrigin, Months, Observation, Row, Scope, SeriesKey
from jingwei.store import Observations, Workspace

JANUARY, MARCH = date(2025, 1, 20), date(2025, 3, 5)
CLASSES = "# from: gb\n# to: city\n# edition: 2021\n# source: 虚构\nfrom,to,share\n"


def value(
    amount: float,
    vintage: date = JANUARY,
    *,
    card: str = "output@1",
    region: str = "990100",
    code: str = "",
    entity: str = "",
    months: str = "2024",
    origin: LegalOrigin = "public",
    reason: str = "",
    place: str = "Sheet1!B7",
) -> Observation:
    key = SeriesKey(card, region, (("gb", code),) if code else (), entity)
    evidence = Row("月报.xlsx", vintage.isoformat(), place)
    return Observation(
        key, Months.parse(months), amount, "亿元", vintage, origin, evidence, reason=reason
    )


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    workspace = Workspace.create(tmp_path / "w", region="云溪市")
    rows = [
        value(800), value(812.5, MARCH, reason="五经普修订"), value(750, months="2023"),
        value(120.5, months="2025-01/2025-02", vintage=MARCH, place="=HYPERLINK(1)"),
        value(30, code="01"), value(50, code="02"),
        value(3, card="revenue@1", region="990101", entity="甲", origin="survey"),
        value(4, card="revenue@1", region="990101", entity="乙", origin="declared"),
    ]  # fmt: skip
    Observations(workspace).append(rows, dataset="月报.xlsx", imported_on=MARCH)
    folder = workspace.definitions / "crosswalks"
    folder.mkdir()
    (folder / "gb--city.csv").write_text(CLASSES + "01,a,0.6\n01,b,0.4\n02,a,\n", "utf-8")
    monkeypatch.chdir(workspace.root)
    return workspace


Answers = Callable[..., Any]


@pytest.fixture
def answers(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> Answers:
    def asked(*words: str, code: int = 0) -> Any:
        assert main(["data", *words, *(("--format", "json") if code == 0 else ())]) == code
        said = capsys.readouterr()
        return json.loads(said.out) if code == 0 else said.err

    return asked


def test_a_history_shows_every_vintage_its_reason_and_source(answers: Answers) -> None:
    first, second = answers("history", "output 990100", "--period", "2024")[:2]
    assert [(each["value"], each["vintage"], each["known"]) for each in (first, second)] == [
        (800.0, "2025-01-20", False), (812.5, "2025-03-05", True),
    ]  # fmt: skip
    assert second["reason"] == "五经普修订"
    assert second["evidence"] == {
        "kind": "row", "dataset": "月报.xlsx", "vintage": "2025-03-05", "key": "Sheet1!B7",
    }  # fmt: skip


def test_a_history_as_of_a_day_knows_nothing_later(answers: Answers) -> None:
    (only,) = answers(
        "history", "output@1 990100", "--period", "2023/2024", "--as-of", "2025-02-01"
    )[1:2]
    assert (only["value"], only["known"]) == (800.0, True)


def test_the_table_of_a_history_is_readable(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["data", "history", "output 990100 gb:01"]) == 0
    told = capsys.readouterr().out
    assert "●" in told
    assert "30 亿元" in told
    assert "812.5" not in told


def test_a_retraction_stands_in_the_history_and_takes_the_value_away(
    workspace: Workspace, answers: Answers
) -> None:
    answers("retract", "output@1 990100", "--period", "2023", "--reason", "误录", "--on", "2025-04-01",
            "--by", "王")  # fmt: skip
    rows = answers("history", "output 990100", "--period", "2023")
    assert [(each["kind"], each["known"]) for each in rows] == [
        ("observation", False), ("retraction", False),
    ]  # fmt: skip
    assert rows[1]["reason"] == "误录"
    values = [each.value for each in Observations(workspace).read(Scope())]
    assert 750 not in values


def test_a_dispute_is_shown_beside_the_value_and_stays_when_answered(answers: Answers) -> None:
    written = answers("note", "output@1 990100 gb:02", "应为 52", "--period", "2024", "--dispute",
                      "--by", "东区")  # fmt: skip
    answers("answer", str(written["id"]), "按普查数", "--by", "王")
    (row,) = answers("history", "output 990100 gb:02")
    assert row["value"] == 50
    assert [(each["text"], each["settled"]) for each in row["notes"]] == [("应为 52", "按普查数")]
    assert "未了异议" in answers("answer", "99", "按普查数", code=2)


def test_a_series_that_is_not_one_is_asked_for_in_full(answers: Answers) -> None:
    told = answers("note", "output 990100", "x", "--period", "2024", code=2)
    assert "3 个序列符合" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("history", "profit"), "没有这个指标；相近的有"),
        (("history", "revenue"), "--units"),
        (("history", "a b c d"), "序列应写成"),
        (("history", "output", "--as-of", "三月"), "不是日期"),
        (("history", "output", "--period", "三月"), "不是时期"),
        (("export", "--to", "csv", "profit"), "没有这个指标；相近的有"),
        (("recode", "output", "none", "--kind", "flow"), "已有：gb--city"),
        (("recode", "output", "gb--city", "--kind", "share"), "分子、分母"),
        (("recode", "output", "gb--city"), "没有说明"),
        (("recode", "revenue", "gb--city", "--kind", "flow"), "没有按 gb 分类的数"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    answers: Answers, words: tuple[str, ...], said: str
) -> None:
    assert said in answers(*words, code=2)


# ----------------------------------------------------------------------------------- exports


def exported(workspace: Workspace, *words: str) -> Path:
    assert main(["data", "export", *words]) == 0
    return workspace.reports


def rows_of_csv(folder: Path) -> list[dict[str, str]]:
    text = (folder / "observations.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_comes_with_a_data_package_that_fits_it(workspace: Workspace) -> None:
    folder = exported(workspace, "--to", "csv", "--as-of", "2025-02-01")
    rows = rows_of_csv(folder)
    assert [(each["period"], each["value"]) for each in rows] == [
        ("2023", "750"), ("2024", "800"), ("2024", "30"), ("2024", "50"),
    ]  # fmt: skip
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    (resource,) = package["resources"]
    content = (folder / "observations.csv").read_bytes()
    assert resource["bytes"] == len(content)
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert [each["name"] for each in resource["schema"]["fields"]] == list(rows[0])
    assert package["sources"] == [{"title": "月报.xlsx"}]
    assert "2025-02-01" in package["description"]


def test_no_cell_of_an_export_starts_a_formula(workspace: Workspace) -> None:
    from python_calamine import CalamineWorkbook

    folder = exported(workspace, "--to", "csv", "output")
    assert "'=HYPERLINK(1)" in [each["place"] for each in rows_of_csv(folder)]
    exported(workspace, "--to", "xlsx", "output")
    sheet = CalamineWorkbook.from_path(str(folder / "observations.xlsx")).get_sheet_by_index(0)
    assert "=HYPERLINK(1)" in [row[-1] for row in sheet.to_python()]  # a text, not a formula


@pytest.mark.parametrize(
    ("words", "seen"),
    [((), set()), (("--units", "statistics"), set()),
     (("--inside", "--units", "statistics"), {"甲", "乙"}),
     (("--inside", "--units", "matching"), {"乙"}),
     (("--units", "statistics", "--region", "990102"), set())],
)  # fmt: skip
def test_single_enterprises_leave_only_by_choice_and_by_their_legal_origin(
    workspace: Workspace, words: tuple[str, ...], seen: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    if words[-1:] == ("990102",):
        assert main(["data", "export", "--to", "csv", *words]) == 2
        assert "没有可导出的数" in capsys.readouterr().err
        return
    folder = exported(workspace, "--to", "csv", *words)
    told = capsys.readouterr().err
    rows = rows_of_csv(folder / "内部" if "--inside" in words else folder)
    assert {each["entity"] for each in rows} - {""} == seen
    assert ("不得对外提供" in told) == bool(words)
    if words == ("--units", "statistics"):
        assert "未导出 1 个数：统计调查取得的单个调查对象资料" in told
        assert "未导出 1 个数：企业授权申报的资料" in told


def test_an_export_of_single_enterprises_only_says_why_nothing_leaves(answers: Answers) -> None:
    told = answers("export", "--to", "csv", "revenue", "--units", "statistics", code=2)
    assert "这些数都不能对外" in told
    assert "--inside" in told


def test_parquet_leaves_one_workspace_and_enters_another(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = exported(workspace, "--to", "parquet", "--units", "statistics", "--inside") / "内部"
    other = Observations(Workspace.create(tmp_path / "other"))
    table = pq.read_table(folder / "observations.parquet")
    other.append(table, dataset="甲市", imported_on=MARCH, reason="转入")
    everything = Scope.everything()
    assert other.read(everything) == Observations(workspace).read(everything)


def test_sdmx_is_read_back_by_its_own_library(workspace: Workspace) -> None:
    sdmx = pytest.importorskip("sdmx")
    folder = exported(workspace, "--to", "sdmx", "output")
    structure = sdmx.read_sdmx(folder / "observations-structure.sdmx.xml").structure
    message = sdmx.read_sdmx(
        folder / "observations.sdmx.xml", structure=next(iter(structure.values()))
    )
    found = {
        (str(each.key["TIME_PERIOD"].value), str(each.key["CODES"].value)): each
        for each in message.data[0].obs
    }
    assert {key: float(each.value) for key, each in found.items()} == {
        ("2023", ""): 750.0, ("2024", ""): 812.5, ("2025-01-01/P2M", ""): 120.5,
        ("2024", "gb:01"): 30.0, ("2024", "gb:02"): 50.0,
    }  # fmt: skip
    revised = found["2024", ""].attached_attribute
    assert revised["UNIT_MEASURE"].value == "亿元"
    assert revised["COMMENT_OBS"].value == "五经普修订"


def test_without_the_package_the_message_says_how_to_get_it(workspace: Workspace) -> None:
    code = (
        "import sys; sys.modules['sdmx'] = None; from jingwei.app.cli import main;"
        "sys.exit(main(['data', 'export', '--to', 'sdmx']))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=workspace.root,
    )
    assert run.returncode == 2
    assert "pip install 'jingwei[sdmx]'" in run.stderr


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "sdmx"])
def test_the_same_rows_give_the_same_bytes(workspace: Workspace, form: str) -> None:
    if form == "sdmx":
        pytest.importorskip("sdmx")
    told: list[dict[str, bytes]] = []
    for _ in range(2):
        folder = exported(workspace, "--to", form)
        told.append({each.name: each.read_bytes() for each in folder.iterdir()})
    assert told[0] == told[1]


# ----------------------------------------------------------------------------- other classes


def test_values_are_shown_by_another_classification(answers: Answers) -> None:
    told = answers("recode", "output", "gb--city", "--kind", "flow")
    assert [(each["series"]["codes"], each["value"]) for each in told["rows"]] == [
        ([["city", "a"]], 68.0), ([["city", "b"]], 12.0),
    ]  # fmt: skip
    assert told["rows"][0]["evidence"]["formula"].startswith("01 30×0.6 + 02 50 = 68 亿元")
    assert [each["code"] for each in told["ambiguous"]] == ["01", "01"]
    assert not told["reversible"]


def test_the_table_names_shares_gaps_and_whether_there_is_a_way_back(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace.definitions / "crosswalks/gb--city.csv"
    path.write_text(CLASSES + "01,a,\n01,b,\n", "utf-8")
    assert (
        main(
            [
                "data",
                "recode",
                "output",
                "gb--city",
                "--kind",
                "flow",
                "--list-missing",
                "--equally",
            ]
        )
        == 0
    )
    told = capsys.readouterr().out
    for part in ("拆分的编码", "假定", "对照表未覆盖", "50 亿元", "可以换回"):
        assert part in told
    path.write_text(CLASSES + "01,a,\n02,a,\n", "utf-8")
    assert main(["data", "recode", "output", "gb--city", "--kind", "flow"]) == 0
    assert "不能换回原分类" in capsys.readouterr().out


def test_a_damaged_file_is_left_out_by_name_only(workspace: Workspace, answers: Answers) -> None:
    Observations(workspace).append([value(1, card="jobs@1")], dataset="b", imported_on=MARCH)
    _, second = sorted((workspace.data / "observations").glob("*.parquet"))
    second.write_bytes(b"PAR1")
    assert f"--without {second.name}" in answers("history", "output", code=2)
    assert len(answers("history", "output", "--without", second.name)) == 6


def test_files_of_many_imports_become_one(workspace: Workspace, answers: Answers) -> None:
    Observations(workspace).append([value(1, card="jobs@1")], dataset="b", imported_on=MARCH)
    assert answers("compact") == {"files": 2}
    assert len(answers("history", "output", "jobs")) == 7
