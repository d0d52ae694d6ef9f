"""Plans and statistics typed in with their citations: evaluated, and drawn into baselines."""

import csv
import importlib.util
import json
import re
import shutil
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from jingwei.app.pipeline.compiled import compile_path
from jingwei.app.pipeline.evaluation import Evaluation, evaluate
from jingwei.app.pipeline.library import library
from jingwei.app.pipeline.typed import typed_workspace
from jingwei.core import InvalidFile, InvalidRequest
from jingwei.statistics.cards import cards_of
from jingwei.store import Workspace

EXAMPLE = Path(__file__).parents[2] / "examples" / "shanghai"
FACTS = EXAMPLE / "facts"
SHARED = Path(__file__).parents[2].parent / "shared" / "plans"
TODAY = date(2026, 11, 27)
OLD = "上海市制造业转型升级“十三五”规划"
NEW = "上海市先进制造业发展“十四五”规划"
STRATEGIC = "上海市战略性新兴产业和先导产业发展“十四五”规划"
LONGEST_PHRASE = 30


def program() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shanghai_build", EXAMPLE / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def typed(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((FACTS / name).read_text("utf-8").splitlines()))


def loud(fault: Exception) -> None:
    raise fault


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("typed") / "shanghai"
    assert program().main([str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def targets(built: Path) -> list[dict[str, Any]]:
    return json.loads((built / "reports/evaluation.json").read_text("utf-8"))["targets"]


@pytest.fixture(scope="module")
def drawn(built: Path) -> list[dict[str, Any]]:
    return json.loads((built / "reports/baselines.json").read_text("utf-8"))["baselines"]


def row(targets: list[dict[str, Any]], plan: str, place: str) -> dict[str, Any]:
    (found,) = (
        each for each in targets if each["plan"] == plan and each["place"].endswith(f" {place}")
    )
    return found


def beside(found: dict[str, Any]) -> str:
    return "".join(each["zh"] for each in found["beside"])


# ------------------------------------------------------------------------------- every target


def test_every_typed_target_has_a_verdict_or_the_holder_of_what_is_missing(
    targets: list[dict[str, Any]],
) -> None:
    assert len(targets) == len(typed("targets.csv"))
    for each in targets:
        verdict, named = each["verdict"], each["target"]["subject"]
        if verdict["answer"] == "unknown":
            assert verdict["missing"], named
            assert all(lack["fact"] and lack["holder"] for lack in verdict["missing"]), named
        else:
            assert verdict["evidence"], named
        assert verdict["reason"], named
        assert verdict["method"], named


def test_targets_hold_the_typed_values_and_say_where_the_issued_text_states_them(
    targets: list[dict[str, Any]],
) -> None:
    told = [
        (
            each["target"]["subject"], each["target"]["op"], each["target"]["value"],
            each["target"]["low"], each["target"]["high"], each["target"]["unit"],
            each["place"].split()[-1],
        )
        for each in targets
    ]  # fmt: skip
    for plan in typed("plans.csv"):
        for each in typed("targets.csv"):
            if each["plan"] == plan["id"]:
                numbers = [float(each[n]) if each[n] else None for n in ("value", "low", "high")]
                assert (
                    each["indicator"], each["op"], *numbers, each["unit"], each["place"],
                ) in told  # fmt: skip


def test_no_phrase_is_longer_than_a_target(targets: list[dict[str, Any]]) -> None:
    assert targets
    assert max(len(each["goal"]) for each in typed("targets.csv")) <= LONGEST_PHRASE


# ------------------------------------------------------------------------------ known results


def test_output_per_land_of_the_thirteenth_plan_is_met(targets: list[dict[str, Any]]) -> None:
    found = row(targets, OLD, "一(四)表#11")
    assert found["verdict"]["answer"] == "met"
    assert "76.7" in found["verdict"]["reason"]


def test_the_strategic_share_depends_on_how_about_is_read(targets: list[dict[str, Any]]) -> None:
    found = row(targets, OLD, "一(四)表#1")["verdict"]
    assert found["answer"] == "depends"
    assert "18.9%" in found["reason"]
    assert {each["answer"] for each in found["readings"]} == {"met", "not_met"}


def test_a_lower_bound_below_the_goal_leaves_the_renovation_share_unknown(
    targets: list[dict[str, Any]],
) -> None:
    found = row(targets, OLD, "一(四)表#4")
    assert found["verdict"]["answer"] == "unknown"
    assert "60%以上" in found["verdict"]["reason"]
    assert "只知下限" in found["verdict"]["reason"]


def test_industry_is_no_stand_in_for_manufacturing(targets: list[dict[str, Any]]) -> None:
    found = row(targets, OLD, "一(四)表#6")
    assert found["verdict"]["answer"] == "unknown"
    assert "工业增加值占全市生产总值比重 25%" in beside(found)
    assert "制造业 / 工业" in beside(found)
    assert found["latest"] == []


@pytest.mark.parametrize(("plan", "place"), [(OLD, "一(四)表#12"), (NEW, "二(三)表#6")])
def test_energy_is_defined_elsewhere_and_a_reported_decline_does_not_settle_it(
    targets: list[dict[str, Any]], plan: str, place: str
) -> None:
    found = row(targets, plan, place)
    assert found["target"]["attr"] == "约束性"
    assert found["verdict"]["answer"] == "unknown"
    assert "另一文件" in found["verdict"]["reason"]
    assert "17%" in beside(found) or plan == NEW


def test_the_pioneer_industries_doubled_from_2020_and_not_yet_from_2019(
    targets: list[dict[str, Any]],
) -> None:
    assert row(targets, NEW, "二(三)表#3")["verdict"]["answer"] == "met"
    from_2019 = row(targets, NEW, "三(一)")
    assert from_2019["verdict"]["answer"] == "unknown"
    assert "2019年" in from_2019["verdict"]["missing"][0]["fact"]


def test_a_share_of_2022_says_nothing_of_2025(targets: list[dict[str, Any]]) -> None:
    found = next(each for each in targets if each["plan"] == STRATEGIC)
    assert found["verdict"]["answer"] == "unknown"
    assert "23.8%" in found["verdict"]["reason"]


def test_the_plans_count_as_the_readme_says(built: Path) -> None:
    told = json.loads((built / "reports/evaluation.json").read_text("utf-8"))["tally"]
    text = (EXAMPLE / "README.md").read_text("utf-8")
    for plan, counts in told.items():
        assert f"| {plan} | {' | '.join(str(count) for count in counts.values())} |" in text


# ---------------------------------------------------------------------------------- baselines


def test_there_is_one_baseline_for_each_indicator_on_each_definition(
    drawn: list[dict[str, Any]],
) -> None:
    cards = [each["card"] for each in drawn if each["card"]]
    assert sorted(cards) == sorted({each["card"] for each in typed("observations.csv")})
    unknown = [(each["indicator"], each["unit"]) for each in drawn if not each["card"]]
    assert len(unknown) == len(set(unknown))


def test_a_baseline_has_value_time_source_and_definition_or_who_holds_it(
    drawn: list[dict[str, Any]],
) -> None:
    sources = {each["title"] for each in typed("sources.csv")}
    for each in drawn:
        if each["value"] is None:
            assert each["missing"], each["indicator"]
        else:
            assert each["period"], each["indicator"]
            assert each["published"] <= TODAY.isoformat()
            assert each["source"] in sources
            assert each["definition"]
        assert each["holder"], each["indicator"]


def test_every_target_is_in_the_baselines(
    drawn: list[dict[str, Any]], targets: list[dict[str, Any]]
) -> None:
    told = {name.split(" ")[0] for each in drawn for name in each["targets"]}
    assert {f"{each['plan']}：{each['target']['subject']}" for each in targets} <= told


def test_a_bound_stays_a_bound_and_part_of_a_year_stands_beside(
    drawn: list[dict[str, Any]],
) -> None:
    by_card = {each["card"]: each for each in drawn if each["card"]}
    assert by_card["pioneer-industries-scale@1"]["op"] == ">"
    artificial = by_card["artificial-intelligence-scale@1"]
    assert (artificial["period"], artificial["whole"]) == ("2021", True)
    assert any("2025-01/2025-09" in each for each in artificial["beside"])
    made = by_card["new-energy-vehicles-made@1"]
    assert (made["period"], made["whole"]) == ("2025-01/2025-09", False)


def test_values_that_conflict_are_both_shown(drawn: list[dict[str, Any]]) -> None:
    by_card = {each["card"]: each for each in drawn if each["card"]}
    for card, other in (
        ("biomedicine-output-conference@1", "1712"),
        ("biomedicine-scale-conference@1", "7617.14"),
    ):
        assert any(other in each for each in by_card[card]["beside"])


def test_parks_of_another_kind_are_no_baseline_of_all_parks(drawn: list[dict[str, Any]]) -> None:
    by_card = {each["card"]: each for each in drawn if each["card"]}
    assert by_card["featured-park-output-per-land@1"]["targets"] == []
    assert len(by_card["park-output-per-land@1"]["targets"]) == 2


def test_the_table_of_baselines_holds_what_the_json_holds(
    built: Path, drawn: list[dict[str, Any]]
) -> None:
    text = (built / "reports/baselines.csv").read_text("utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert len(rows) == len(drawn) + 1
    assert [each[0] for each in rows[1:]] == [each["indicator"] for each in drawn]


# ---------------------------------------------------------------------------- as of, and bytes


def known_on(built: Path, day: date) -> Evaluation:
    return evaluate(library(Workspace.open(built), loud), day)


def test_on_an_earlier_day_nothing_published_later_is_known(built: Path) -> None:
    found = known_on(built, date(2021, 1, 31))
    assert max(each.published for each in found.baselines) <= "2021-01-31"
    answers = {each.settled.verdict.answer for each in found.rows if each.plan.title == OLD}
    assert answers == {"unknown"}


def test_a_day_known_by_its_year_only_is_not_known_too_early(built: Path) -> None:
    before, after = (known_on(built, date(*day)) for day in ((2020, 12, 30), (2020, 12, 31)))
    assert "strategic-output-share-all@1" not in {each.card for each in before.baselines}
    assert "strategic-output-share-all@1" in {each.card for each in after.baselines}


def test_built_twice_the_bytes_are_the_same(built: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert program().main([str(again)]) == 0
    for name in ("evaluation.json", "evaluation.csv", "baselines.json", "baselines.csv"):
        assert (again / "reports" / name).read_bytes() == (built / "reports" / name).read_bytes()


def test_the_commands_answer_in_the_workspace_and_leave_typed_values_alone(
    built: Path, tmp_path: Path, jingwei: Any
) -> None:
    folder = tmp_path / "city"
    shutil.copytree(built, folder)
    before = {path.name: path.read_bytes() for path in (folder / "plans").iterdir()}
    assert jingwei("run", "-w", folder).code == 0
    assert {path.name: path.read_bytes() for path in (folder / "plans").iterdir()} == before
    told = jingwei("settle", "-w", folder, "--format", "json")  # ended, as statistics tell
    assert told.code == 0, told.err
    standing = jingwei("status", OLD, "-w", folder, "--as-of", str(TODAY), "--format", "json")
    assert standing.code == 0, standing.err
    assert len(standing.json) == sum(
        each["plan"] == "manufacturing-13" for each in typed("targets.csv")
    )


def test_every_observation_has_a_card_in_its_unit(built: Path) -> None:
    cards = cards_of(Workspace.open(built))
    for each in typed("observations.csv"):
        card = cards.get(each["card"])
        assert card is not None, each["card"]
        assert card.unit == each["unit"]
        assert card.origin == "public"


# ------------------------------------------------------------------------------------ faults


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FACTS, tmp_path / "facts"))


@pytest.mark.parametrize(
    ("name", "old", "new", "where", "word"),
    [
        ("observations.csv", ",p13,", ",nobody,", "observations.csv:2", "nobody"),
        ("observations.csv", ",=,15,%", ",=,fifteen,%", "observations.csv:2", "fifteen"),
        ("observations.csv", ",=,15,%", ",about,15,%", "observations.csv:2", "about"),
        ("observations.csv", ",2015,=,15", ",2015-13,=,15", "observations.csv:2", "2015-13"),
        ("observations.csv", ",=,15,%", ",=,,%", "observations.csv:2", "value"),
        ("sources.csv", ",2016-08-31,plan", ",2016-08-41,plan", "sources.csv:2", "2016-08-41"),
        ("plans.csv", ",p13", ",nobody", "plans.csv:2", "nobody"),
        ("targets.csv", "strategic-14,", "manufacturing-14,", "plans.csv:4", "strategic-14"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_file_and_row_before_anything_is_written(
    facts: Path, tmp_path: Path, name: str, old: str, new: str, where: str, word: str
) -> None:
    text = (facts / name).read_text("utf-8")
    count = -1 if name == "targets.csv" else 1
    assert old in text
    (facts / name).write_text(text.replace(old, new, count), "utf-8")
    with pytest.raises(InvalidFile) as fault:
        typed_workspace(facts, tmp_path / "out", typed_on=TODAY)
    assert fault.value.where == where
    assert word in fault.value.zh
    assert not (tmp_path / "out").exists()


def test_a_folder_with_content_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", "utf-8")
    with pytest.raises(InvalidRequest):
        typed_workspace(FACTS, tmp_path, typed_on=TODAY)
    assert program().main([str(tmp_path)]) == 2
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


# ----------------------------------------------------------------------------- the real texts


REAL = {
    "manufacturing-13": "shanghai-manufacturing-13fyp.txt",
    "manufacturing-14": "shanghai-advanced-manufacturing-14fyp.txt",
    "strategic-14": "shanghai-strategic-industries-14fyp.txt",
}
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/plans")


def compiled_targets(plan: str) -> Iterator[tuple[Any, ...]]:
    for each in compile_path(SHARED / REAL[plan]).plan.statements:
        if each.role == "target":
            yield each.op, each.value, each.low, each.high, each.attr


@pytest.mark.shared
@shared
@pytest.mark.parametrize("plan", sorted(REAL))
def test_typed_targets_are_those_that_compile_from_the_real_text(plan: str) -> None:
    read = list(compiled_targets(plan))
    for each in typed("targets.csv"):
        if each["plan"] != plan or each["op"] == "qual":
            continue
        numbers = [float(each[n]) if each[n] else None for n in ("value", "low", "high")]
        if each["unit"] == "万人":
            numbers[0] = 1.0  # 百万: one million
        assert (each["op"], *numbers, each["attr"] or None) in read, each["indicator"]


@pytest.mark.shared
@shared
@pytest.mark.parametrize("plan", sorted(REAL))
def test_no_sentence_of_the_real_text_stands_in_the_facts(plan: str) -> None:
    source = re.sub(r"\s", "", (SHARED / REAL[plan]).read_text("utf-8"))
    for path in sorted(FACTS.rglob("*.*")):
        for phrase in re.findall(r"[一-龥]{24,}", path.read_text("utf-8")):
            if phrase in source:
                assert any(phrase in each["indicator"] for each in typed("targets.csv")), phrase


@pytest.mark.shared
@shared
def test_every_observation_is_a_published_fact_with_its_address() -> None:
    outcomes = SHARED.parent / "data" / "outcomes" / "shanghai.csv"
    known = {
        (float(each["value"].strip(">=<近左右")), each["year"][:4], each["source_url_or_repo"])
        for each in csv.DictReader(outcomes.read_text("utf-8").splitlines())
    }
    official = SHARED.parent / "data" / "statistics" / "shanghai" / "shanghai_official_facts.csv"
    known |= {
        (float(each["yoy_pct"]), each["period"][:4], each["source_url"])
        for each in csv.DictReader(official.read_text("utf-8").splitlines())
        if each["yoy_pct"]
    }
    sources = {each["id"]: each for each in typed("sources.csv")}
    texts = {
        plan["source"]: re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
        for plan in typed("plans.csv")
        for text in [(SHARED / REAL[plan["id"]]).read_text("utf-8")]
    }
    article = (SHARED / "industrial-chain-modernisation-article.txt").read_text("utf-8")
    texts["chain"] = re.sub(r"\s", "", article)
    worded = {
        "software-revenue@1": "万亿",
        "high-tech-enterprises@1": "1.7万",
        "green-factories@1": "100家",
    }
    for each in typed("observations.csv"):
        source, value = sources[each["source"]], each["value"]
        if each["source"] in texts:
            assert worded.get(each["card"], value) in texts[each["source"]], each
        else:
            year = each["period"].split("/")[-1][:4]
            found = [one for one in known if one[:2] == (float(value), year)]
            addresses = [one[2] for one in found if one[2].startswith(source["address"])]
            assert addresses, each
