"""Roll-up: who reported, who did not, and what a gap is made of (§13, §19)."""

from dataclasses import replace
from datetime import date

import pytest

from jingwei.core import InvalidRequest, Months, Observation, Region, Row, Scope, SeriesKey
from jingwei.statistics.disclosure import Rules
from jingwei.statistics.rollup import Measured, Reason, Reporter, roll_up

CITY = Region("900000", "云川市", "city")
NORTH = Region("900101", "北岸区", "district", "900000")
SOUTH = Region("900102", "南岸区", "district", "900000")
ZONE = Region("zone", "经开区", "zone", "900000", ("900101", "900102"))
OUTPUT = Measured("产值", "亿元", "flow", addable=True)
YEAR = Months.year(2024)
EVERYONE = [
    *(Reporter(f"N{k}", f"北岸{k}厂", NORTH.code, ("zone",) if k < 3 else ()) for k in range(5)),
    *(Reporter(f"S{k}", f"南岸{k}厂", SOUTH.code, ("zone",) if k < 2 else ()) for k in range(4)),
    Reporter("D0", "直报厂", CITY.code),
]


def record(entity, value, day=(2025, 1, 10), op="=", unit="亿元", region="900101"):
    return Observation(
        SeriesKey("output@1", region, entity=entity), YEAR, value, unit, date(*day), "survey",
        Row("月报", str(date(*day)), entity), op,
    )  # fmt: skip


def published(region, value):
    return Observation(
        SeriesKey("output@1", region), YEAR, value, "亿元", date(2025, 3, 1), "public",
        Row("公报", "2025-03-01", region),
    )  # fmt: skip


def rolled(records, **more):
    given = {"due": date(2025, 1, 15), "as_of": date(2025, 6, 1)} | more
    return roll_up(OUTPUT, YEAR, CITY, [NORTH, SOUTH, ZONE], EVERYONE, records, **given)


def by_name(answer):
    return {each.region.name: each for each in answer.levels}


ALL = [record(each.entity, 10.0) for each in EVERYONE]


def test_enterprises_add_up_to_districts_and_the_city():
    levels = by_name(rolled(ALL))
    assert {name: each.value for name, each in levels.items()} == {
        "云川市": 100, "北岸区": 50, "南岸区": 40, "经开区": 50,
    }  # fmt: skip
    assert [name for name, each in levels.items() if not each.adds_up] == ["经开区"]


def test_who_did_not_report_is_not_covered_and_not_zero():
    levels = by_name(rolled([each for each in ALL if each.series.entity not in ("S0", "S1")],
                            before={each.entity: 5.0 for each in EVERYONE}))  # fmt: skip
    south = levels["南岸区"]
    assert (south.value, south.reported, south.expected) == (20, 2, 4)
    assert [each.name for each in south.missing] == ["南岸0厂", "南岸1厂"]
    assert south.weight == 0.5
    nobody = by_name(rolled([record("N0", 1.0)]))["南岸区"]
    assert nobody.value is None
    assert nobody.missing_count == 4


def test_a_weight_that_is_not_known_for_all_is_not_told():
    assert by_name(rolled(ALL, before={"N0": 1.0}))["北岸区"].weight is None


def test_late_is_the_first_report_after_the_day():
    records = [*ALL[1:], record("N0", 10, (2025, 2, 1)), record("S0", 12, (2025, 2, 1))]
    levels = by_name(rolled(records))
    assert [each.entity for each in levels["北岸区"].late] == ["N0"]
    assert levels["南岸区"].late == ()
    assert levels["南岸区"].value == 42


def test_only_what_was_known_on_that_day():
    records = [*ALL, record("N0", 99, (2025, 5, 1))]
    assert by_name(rolled(records, as_of=date(2025, 4, 1)))["北岸区"].value == 50
    assert by_name(rolled(records))["北岸区"].value == 139


def test_a_gap_is_named_and_the_rest_stays_unexplained():
    answer = rolled(
        ALL,
        published={CITY.code: published(CITY.code, 130), NORTH.code: published(NORTH.code, 58)},
        reasons=[
            Reason(CITY.code, "below_threshold", 18.0),
            Reason(CITY.code, "zone_overlap", -2.0),
            Reason(CITY.code, "legal_unit_elsewhere", None),
        ],
    )
    city = by_name(answer)["云川市"]
    assert (city.gap, city.unexplained) == (30, 14)
    assert [each.cause for each in city.reasons] == [
        "below_threshold", "zone_overlap", "legal_unit_elsewhere",
    ]  # fmt: skip
    assert "公布数130 − 100 = 30" in city.evidence.formula
    assert by_name(answer)["北岸区"].unexplained == 8
    assert by_name(answer)["南岸区"].gap is None


def test_non_response_is_a_named_reason_without_an_amount():
    answer = rolled(ALL[1:], published={CITY.code: published(CITY.code, 100)})
    city = by_name(answer)["云川市"]
    assert [(each.cause, each.amount) for each in city.reasons] == [("not_reported", None)]
    assert city.unexplained == 10


def test_records_nobody_expected_and_bounds_are_in_no_sum():
    answer = rolled([*ALL[:-1], record("X1", 50), record("D0", 10, op=">=")])
    assert by_name(answer)["云川市"].value == 90
    assert [each.series.entity for each in answer.outside] == ["X1"]
    assert [each.series.entity for each in answer.inexact] == ["D0"]


@pytest.mark.parametrize(
    ("measured", "words"),
    [
        (replace(OUTPUT, name="地区生产总值", one_system=True), "统一核算"),
        (replace(OUTPUT, name="占比", kind="share", addable=False), "不能相加"),
    ],
)
def test_what_does_not_add_is_refused(measured, words):
    with pytest.raises(InvalidRequest, match=words):
        roll_up(measured, YEAR, CITY, [NORTH], [], [], due=date(2025, 1, 1), as_of=date(2025, 1, 1))


def test_faults_name_their_place():
    with pytest.raises(InvalidRequest, match="万元"):
        rolled([record("N0", 1, unit="万元")])
    with pytest.raises(InvalidRequest, match="同一天有两个数"):
        rolled([record("N0", 1), record("N0", 2)])
    stray = [Reporter("Z", "某厂", "zone")]
    with pytest.raises(InvalidRequest, match="功能区"):
        roll_up(OUTPUT, YEAR, CITY, [NORTH, ZONE], stray, [], due=date(2025, 1, 1),
                as_of=date(2025, 1, 1))  # fmt: skip
    with pytest.raises(InvalidRequest, match="不在云川市之内"):
        roll_up(OUTPUT, YEAR, CITY, [NORTH], EVERYONE, [], due=date(2025, 1, 1),
                as_of=date(2025, 1, 1))  # fmt: skip


# ------------------------------------------------------------------------------- who sees what


def test_a_district_sees_its_own():
    answer = rolled(ALL[1:])
    seen = answer.seen_by(Scope(frozenset({NORTH.code}), None))
    assert [each.region.name for each in seen.levels] == ["北岸区"]
    assert [each.entity for each in seen.levels[0].missing] == ["N0"]


def test_names_are_for_those_who_may_see_them():
    seen = roll_up(
        OUTPUT, YEAR, CITY, [NORTH, SOUTH, ZONE], EVERYONE[:-1], ALL[1:],
        due=date(2025, 1, 15), as_of=date(2025, 6, 1),
    ).seen_by(Scope())  # fmt: skip
    north = by_name(seen)["北岸区"]
    assert north.missing == ()
    assert north.missing_count == 1
    assert north.value == 40
    assert north.evidence.of == ()


def test_sums_that_give_a_respondent_away_are_withheld_and_so_is_what_betrays_them():
    few = [each for each in ALL if each.series.entity[0] != "S"] + [record("S0", 10.0)]
    levels = by_name(
        rolled(few, published={SOUTH.code: published(SOUTH.code, 11)}).seen_by(Scope())
    )
    south = levels["南岸区"]
    assert south.withheld
    assert south.value is south.gap is south.unexplained is None
    # city less north less direct reports would tell it: one more sum is withheld
    assert sum(each.withheld for each in levels.values() if each.adds_up) > 1
    assert by_name(rolled(few).seen_by(Scope.everything()))["南岸区"].value == 10


def test_one_direct_report_does_not_follow_from_the_sums_around_it():
    """City less all districts would be the one enterprise that reports to the city."""
    levels = by_name(rolled(ALL).seen_by(Scope()))
    assert any(each.withheld for each in levels.values() if each.adds_up)


def test_a_zone_of_few_is_withheld():
    register_small = [
        replace(each, zones=("zone",) if each.entity in ("N0", "S0") else ()) for each in EVERYONE
    ]
    answer = roll_up(
        OUTPUT, YEAR, CITY, [NORTH, SOUTH, ZONE], register_small, ALL,
        due=date(2025, 1, 15), as_of=date(2025, 6, 1),
    )  # fmt: skip
    assert by_name(answer.seen_by(Scope()))["经开区"].withheld
    assert not by_name(rolled(ALL).seen_by(Scope()))["经开区"].withheld
    assert by_name(rolled(ALL).seen_by(Scope(), Rules(least=6)))["经开区"].withheld


def test_what_the_districts_declare_explains_the_gap_of_the_city():
    reasons = [
        Reason(NORTH.code, "below_threshold", 5.0), Reason(SOUTH.code, "below_threshold", 2.0),
        Reason(SOUTH.code, "not_reported", 3.0),
    ]  # fmt: skip
    figures = {CITY.code: published(CITY.code, 112.0)}
    city = by_name(rolled(ALL, reasons=reasons, published=figures))["云川市"]
    assert {each.cause: each.amount for each in city.reasons} == {
        "below_threshold": 7.0, "not_reported": 3.0,
    }  # fmt: skip
    assert city.unexplained == pytest.approx(2.0)
    own = [*reasons, Reason(CITY.code, "below_threshold", 6.0)]
    city = by_name(rolled(ALL, reasons=own, published=figures))["云川市"]
    assert {each.amount for each in city.reasons if each.cause == "below_threshold"} == {6.0}


def test_who_did_not_report_explains_no_surplus():
    some = [each for each in ALL if each.series.entity != "S0"]
    over = by_name(rolled(some, published={SOUTH.code: published(SOUTH.code, 25.0)}))["南岸区"]
    assert over.gap == -5
    assert over.reasons == ()


def test_the_one_that_did_not_report_does_not_follow_from_a_published_figure():
    some = [each for each in ALL if each.series.entity != "S0"]
    told = rolled(
        some, published={SOUTH.code: published(SOUTH.code, 41.0)},
        reasons=[Reason(SOUTH.code, "not_reported", 11.0)],
    )  # fmt: skip
    seen = by_name(told.seen_by(Scope(None, frozenset())))
    assert seen["南岸区"].withheld
    assert (seen["南岸区"].value, seen["南岸区"].gap, seen["云川市"].value) == (None, None, None)
    assert [each.amount for each in seen["南岸区"].reasons] == [None]
