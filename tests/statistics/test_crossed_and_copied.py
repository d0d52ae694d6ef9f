"""Rows exchanged, values copied, losses and parts above their whole, told by the file alone (§18.2)."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingwei.core import Region
from jingwei.statistics.cards import Cards, library
from jingwei.statistics.checks import IntakeFinding, check
from jingwei.statistics.intake import Declared, open_book, understand

DISTRICTS = ("东屏区", "南浦区", "西岭区", "北渡区", "中塘区", "河湾区")
CITY = Region("539800", "砚州市", "city")
REGIONS = (
    CITY,
    *(Region(f"53980{n + 2}", name, "district", "539800") for n, name in enumerate(DISTRICTS)),
)
OUTPUT, PROFIT = "规模以上工业总产值（亿元）", "规模以上工业利润总额（亿元）"


def findings(folder: Path, rows, regions=REGIONS) -> list[IntakeFinding]:
    path = folder / "来表.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    declared = Declared(Cards(library()), regions, (), CITY.code)
    return check([understand(open_book(path), declared, lenient=True)], declared)


def rules(found) -> set[str]:
    return {each.rule for each in found}


def table(levels, years, seed, noise=0.015):
    """Districts down, years across, each with its own growth."""
    draw = np.random.default_rng(seed)
    rows = [[OUTPUT], ["地区", *(f"{2025 - years + y}年" for y in range(years))]]
    for name, level in zip(DISTRICTS, levels, strict=False):
        growth = draw.uniform(0.02, 0.09)
        line = [level * math.exp(growth * y + draw.normal(0, noise)) for y in range(years)]
        rows.append([name, *(f"{value:.1f}" for value in line)])
    return rows


@pytest.mark.parametrize("regions", [REGIONS, (CITY,)], ids=["registered", "none registered"])
@pytest.mark.parametrize(("years", "column"), [(3, 2), (4, 4), (5, 1), (7, 4)])
def test_two_districts_exchanged_in_one_year_of_one_indicator_are_found(
    tmp_path, years, column, regions
):
    rows = table((820, 410, 205, 120), years, seed=years)
    assert findings(tmp_path, rows, regions) == []
    rows[3][column], rows[4][column] = rows[4][column], rows[3][column]
    (found,) = findings(tmp_path, rows, regions)
    assert found.rule == "swapped"
    places = {(each.row, each.field) for each in found.places}
    assert places == {(4, rows[1][column]), (5, rows[1][column])}
    assert "南浦区" in found.message
    assert "西岭区" in found.message
    assert found.suggestion.action == "swap"


def test_rows_exchanged_in_several_indicators_are_one_finding(tmp_path):
    rows = [["地区", "年份", OUTPUT, "全社会用电量（亿千瓦时）"]]
    for name, level in (("东屏区", 800.0), ("南浦区", 300.0), ("西岭区", 150.0)):
        for y in range(3):
            growth = 1.05**y + 0.003 * (y % 2)
            rows.append([name, str(2022 + y), f"{level * growth:.1f}", f"{level * growth / 9:.2f}"])
    rows[2][2:], rows[5][2:] = rows[5][2:], rows[2][2:]
    (found,) = findings(tmp_path, rows)
    assert found.rule == "swapped_rows"
    assert len(found.places) == 4


def test_a_district_that_overtakes_another_for_good_is_no_exchange(tmp_path):
    rows = [
        [OUTPUT],
        ["地区", *(f"{year}年" for year in range(2019, 2025))],
        ["东屏区", "300.1", "305.2", "311.3", "316.4", "322.5", "328.6"],
        ["南浦区", "200.1", "233.2", "271.3", "316.9", "369.1", "430.3"],
        ["西岭区", "150.1", "153.2", "157.3", "160.4", "164.5", "168.6"],
    ]
    assert not rules(findings(tmp_path, rows)) & {"swapped", "swapped_rows"}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 10**6),
    years=st.integers(3, 9),
    districts=st.integers(2, 6),
    noise=st.sampled_from([0.01, 0.03, 0.08]),
)
def test_clean_series_are_never_told_to_be_exchanged_or_copied(
    tmp_path, seed, years, districts, noise
):
    draw = np.random.default_rng(seed)
    levels = [draw.uniform(50, 900) for _ in range(districts)]
    found = findings(tmp_path, table(levels, years, seed, noise))
    assert not rules(found) & {"swapped", "swapped_rows", "stale"}


# ------------------------------------------------------------------------------------ copies


def by_year(*columns):
    """Years down, indicators across."""
    rows = [["年份", OUTPUT, "全社会用电量（亿千瓦时）", "规模以上工业营业收入（亿元）"]]
    for y, values in enumerate(zip(*columns, strict=True)):
        rows.append([str(2018 + y), *(f"{value:.1f}" for value in values)])
    return rows


MOVING = (
    (512.3, 538.1, 561.9, 590.4, 633.2, 660.8, 701.5),
    (61.2, 64.9, 67.1, 70.8, 73.5, 77.9, 81.3),
    (498.7, 521.4, 549.9, 570.2, 611.6, 640.1, 688.3),
)


def test_two_of_three_series_copied_from_the_year_before_are_found(tmp_path):
    rows = by_year(*MOVING)
    assert findings(tmp_path, rows) == []
    rows[5][1:3] = rows[4][1:3]
    (found,) = findings(tmp_path, rows)
    assert found.rule == "stale"
    assert {(each.row, each.field) for each in found.places} == {(6, rows[0][1]), (6, rows[0][2])}
    assert found.suggestion.action == "ask"


def test_series_that_often_stand_still_are_no_copies(tmp_path):
    still = (61.2, 61.2, 67.1, 67.1, 67.1, 70.3, 70.3)
    rows = by_year(still, tuple(4 * value for value in still), MOVING[2])
    assert "stale" not in rules(findings(tmp_path, rows))


# ------------------------------------------------------------------------------------ losses


def with_value(title, value):
    levels = (52.1, 53.4, 55.2, 57.3, value, 59.8, 61.2, 63.0)
    return [["年份", title], *([str(2017 + n), str(each)] for n, each in enumerate(levels))]


@pytest.mark.parametrize(("value", "rule"), [(-5.2, "outlier"), (-58.1, "sign")])
def test_a_loss_is_asked_about_and_never_turned_into_a_profit(tmp_path, value, rule):
    (found,) = findings(tmp_path, with_value(PROFIT, value))
    assert found.rule == rule
    assert found.suggestion.action == "ask"
    assert all(change.after is None for change in found.suggestion.changes)
    assert "可以为负" in found.message


def test_a_negative_output_is_a_slip_whose_correction_is_told_only_where_it_fits(tmp_path):
    (found,) = findings(tmp_path, with_value(OUTPUT, -58.1))
    assert (found.rule, found.suggestion.changes[0].after) == ("sign", 58.1)
    (found,) = findings(tmp_path, with_value(OUTPUT, -5.2))
    assert (found.rule, found.suggestion.action) == ("sign", "ask")


def test_what_is_expected_is_an_estimate_and_no_correction(tmp_path):
    (found,) = findings(tmp_path, with_value(OUTPUT, 93.7))
    assert (found.rule, found.suggestion.action) == ("outlier", "ask")


# ------------------------------------------------------------------------------------ parts


def districts(of_2022):
    """A city and two districts, one of which gives ``of_2022`` for that year."""
    years = [f"{year}年" for year in range(2019, 2025)]
    return [
        [OUTPUT],
        ["地区", *years],
        ["砚州市", "1703.2", "1778.3", "1861.2", "1958.5", "2056.3", "2174.7"],
        ["东屏区", "151.5", "146.1", "144.0", of_2022, "135.0", "137.6"],
        ["南浦区", "172.0", "184.1", "195.3", "207.2", "224.5", "244.2"],
    ]


def test_a_district_above_its_city_is_told_as_such(tmp_path):
    (found,) = findings(tmp_path, districts("2342.3"))
    assert found.rule == "part_exceeds_total"
    assert (found.row, found.field) == (4, "2022年")
    assert "砚州市" in found.message
    assert found.suggestion.action == "ask"


@pytest.mark.parametrize("across", [True, False])
def test_of_which_above_what_it_is_of_is_told_as_such(tmp_path, across):
    names = ["规模以上工业增加值（亿元）", "其中：高技术产业增加值（亿元）"]
    whole = [500, 521, 543, 560, 581, 604]
    part = [100, 107, 113, 709, 128, 135]
    values = enumerate(zip(whole, part, strict=True))
    rows = [["年份", *names], *([str(2018 + n), str(a), str(b)] for n, (a, b) in values)]
    if not across:
        rows = [list(line) for line in zip(*rows, strict=True)]
        rows[0] = ["指标", *(f"{year}年" for year in rows[0][1:])]
    assert "part_exceeds_total" in rules(findings(tmp_path, rows))


def test_a_part_off_by_ten_thousand_is_told_as_the_unit_it_is(tmp_path):
    (found,) = findings(tmp_path, districts("1423000"))
    assert found.rule == "unit_slip"


def test_a_message_prints_names_and_no_codes_or_exponents(tmp_path):
    rows = table((820, 410, 205), 6, seed=4)
    rows[3][3] = "1234567890123456789"
    messages = [each.message for each in findings(tmp_path, rows)]
    assert messages
    assert all("539803" not in each and "e+" not in each for each in messages)
    assert any("南浦区" in each for each in messages)
