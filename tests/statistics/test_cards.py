"""Definition cards: strict files, two cards of one name, conversion by declared rules only."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.core import InvalidFile, InvalidRequest, Months, Observation, Row, SeriesKey, unit
from jingwei.statistics.cards import (
    Cards,
    cards_of,
    compare,
    convert,
    explained,
    frames,
    is_within,
    library,
    parse_cards,
)
from jingwei.store import Workspace

CARD = """\
format: 1
id: robot-output
name: 机器人产值
name_en: Output of robots
unit: 亿元
kind: flow
coverage: 规模以上机器人制造企业
frame: industry-above-scale
numerator: 机器人产值
price_base: current
windows: [cumulative, year]
frequency: monthly
direction: more
adds_regions: true
adds_time: true
low: 0
holder: 市工业和信息化局
source: 市机器人产业监测
origin: administrative
versions:
  - version: "2021"
    valid_from: 2021
"""


def cards() -> Cards:
    return Cards(library())


def card(key: str):
    found = cards().get(key)
    assert found is not None, key
    return found


def test_the_library_holds_at_least_sixty_indicators_and_refers_only_to_itself() -> None:
    ids = {each.id for each in library()}
    assert len(ids) >= 60
    for each in library():
        for other in (each.numerator_card, each.denominator_card):
            assert not other or other in ids, f"{each.id} names {other}"
        assert each.holder and each.source and each.coverage
        assert unit(each.unit).dimension != each.unit, f"{each.id}: the unit {each.unit} is unknown"


def test_names_of_the_library_that_mean_several_cards_are_those_that_need_a_frame() -> None:
    names: dict[str, set[str]] = {}
    for each in library():
        for name in each.names:
            names.setdefault(name, set()).add(each.id)
    assert {name for name, ids in names.items() if len(ids) > 1} == {"工业总产值", "工业增加值"}


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("unit: 亿元\n", ""), 20, "计量单位"),
        (("kind: flow", "kind: stream"), 6, "stream"),
        (("low: 0", "low: 5\nhigh: 1"), 16, "大于"),
        (("frame: industry-above-scale", "frame: moon"), 8, "moon"),
        (("adds_time: true", "adds_time: true\nunified: true"), 16, "统一核算"),
        (("id: robot-output", "id: Robot Output"), 2, "小写"),
        (("    valid_from: 2021", "    valid_from: 2021\n  - version: b\n    valid_from: 2023"), 23, "重叠"),
        (("kind: flow", "kind: share"), 6, "分母"),
        (("low: 0", "lowest: 0"), 16, "lowest"),
        (("price_base: current", "price_base: constant"), 10, "基年"),
    ],
)  # fmt: skip
def test_a_wrong_card_is_refused_with_file_and_line(
    change: tuple[str, str], line: int, words: str
) -> None:
    with pytest.raises(InvalidFile) as caught:
        parse_cards(CARD.replace(*change), "robots.yaml")
    assert caught.value.where == f"robots.yaml:{line}"
    assert words in caught.value.zh + caught.value.en


def test_a_card_of_the_workspace_takes_the_place_of_the_librarys(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "city")
    folder = workspace.root / "definitions" / "cards"
    folder.mkdir()
    (folder / "gdp.yaml").write_text(
        CARD.replace("robot-output", "gdp").replace("机器人产值", "本市生产总值"), "utf-8"
    )
    found = cards_of(workspace)
    assert [each.name for each in found.of_id("gdp")] == ["本市生产总值"]
    assert found.get("gdp@2021") is not None
    assert len(found.cards) == len(library())


def test_one_id_in_two_files_is_refused(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "city")
    folder = workspace.root / "definitions" / "cards"
    folder.mkdir()
    for name in ("a.yaml", "b.yaml"):
        (folder / name).write_text(CARD, "utf-8")
    with pytest.raises(InvalidFile, match=r"a\.yaml"):
        cards_of(workspace)


def test_the_threshold_of_above_scale_moved_in_2007_and_2011() -> None:
    frame = frames()["industry-above-scale"]
    assert [frame.rule_in(year) and frame.rule_in(year).threshold for year in (2006, 2010, 2011)] == [  # type: ignore[union-attr]
        500, 500, 2000,
    ]  # fmt: skip
    assert [rule.first for rule in frame.breaks(2005, 2020)] == [2007, 2011]
    assert all(rule.source for rule in frame.rules)


def test_output_of_all_industry_and_above_scale_bear_one_name_and_never_compare() -> None:
    told = compare(card("industrial-output-all"), card("industrial-output-above-scale"))
    assert told.answer == "not_comparable"
    assert {each.aspect for each in told.differences} == {"frame", "coverage"}
    assert is_within("industry-above-scale", "industry-all")
    with pytest.raises(InvalidRequest, match="总体"):
        convert(100.0, Months.year(2020), told)


def test_the_frame_of_before_2011_is_another_definition() -> None:
    told = compare(
        card("industrial-output-above-scale@2007"), card("industrial-output-above-scale@2011")
    )
    assert told.answer == "not_comparable"
    assert "500万元" in told.told
    assert "2000万元" in told.told


def test_units_convert_and_the_computation_is_shown() -> None:
    (one,) = parse_cards(CARD, "a")
    (other,) = parse_cards(CARD.replace("unit: 亿元", "unit: 万元"), "b")
    told = compare(one, other)
    assert told.answer == "convertible"
    result = convert(1.5, Months.year(2023), told)
    assert (result.value, result.unit) == (15000.0, "万元")
    assert result.formula == "1.5亿元 × 10000 = 15000万元"


def constant() -> str:
    return CARD.replace("price_base: current", "price_base: constant\nprice_year: 2020")


def test_nominal_becomes_real_only_with_a_price_index() -> None:
    (nominal,), (real,) = parse_cards(CARD, "a"), parse_cards(constant(), "b")
    told = compare(nominal, real)
    assert told.answer == "convertible"
    with pytest.raises(InvalidRequest, match="价格指数"):
        convert(110.0, Months.year(2023), told, {2020: 100.0})
    assert convert(
        110.0, Months.year(2023), told, {2020: 100.0, 2023: 110.0}
    ).value == pytest.approx(100)


@given(
    st.floats(1, 1e6), st.floats(50, 200), st.floats(50, 200)
)  # fmt: skip
@settings(max_examples=30)
def test_deflating_and_inflating_undo_each_other(value: float, base: float, now: float) -> None:
    (nominal,), (real,) = parse_cards(CARD, "a"), parse_cards(constant(), "b")
    index = {2020: base, 2023: now}
    there = convert(value, Months.year(2023), compare(nominal, real), index).value
    back = convert(there, Months.year(2023), compare(real, nominal), index).value
    assert back == pytest.approx(value)


def observed(key: str, year: int, value: float) -> Observation:
    return Observation(
        SeriesKey(key, "530100"), Months.year(year), value, "亿元", date(2024, 3, 1), "public",
        Row("t", "2024-03-01", "1"),
    )  # fmt: skip


def test_the_difference_of_frames_is_explained_by_the_years_of_both() -> None:
    one, other = card("industrial-output-above-scale"), card("industrial-output-all")
    told = explained(
        compare(one, other),
        [
            observed(one.key, year, value)
            for year, value in ((2020, 90.0), (2021, 96.0), (2022, 50.0))
        ],
        [observed(other.key, year, value) for year, value in ((2020, 100.0), (2021, 100.0))],
    )
    assert told[0].rank == 1
    assert "2 期" in told[0].text
    assert "90.0% 至 96.0%" in told[0].text
    assert "93.0%" in told[0].text
