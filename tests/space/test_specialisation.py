"""Quotients, similarity, the choice of fields, and the files they are read from."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from jingwei.core import InvalidFile, InvalidRequest
from jingwei.space import (
    Activities,
    focus_fields,
    location_quotients,
    presence,
    read_activities,
    similarity,
)


def table(values: object, **more: object) -> Activities:
    array = np.array(values, dtype=float)
    places = tuple(f"区{k}" for k in range(array.shape[0]))
    activities = tuple(f"业{k}" for k in range(array.shape[1]))
    return Activities("表", places, activities, array, **more)  # type: ignore[arg-type]


def test_a_quotient_worked_by_hand() -> None:
    """30 of 40 here, 100 of 300 in all: .75 / .3333 = 2.25."""
    drawn = table([[30, 10], [70, 190]])
    assert_allclose(location_quotients(drawn)[0], [2.25, 0.375])
    assert_allclose(presence(location_quotients(drawn)), [[1, 0], [0, 1]])


def test_places_are_measured_against_the_nation_where_one_is_given() -> None:
    drawn = table([[30, 10], [70, 190]], reference=np.array([500.0, 500]))
    assert_allclose(location_quotients(drawn)[0], [1.5, 0.5])


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 100))
def test_quotients_average_to_one_and_forget_the_unit(seed: int, unit: float) -> None:
    values = np.random.default_rng(seed).uniform(0.1, 10, (4, 5))
    quotients = location_quotients(table(values))
    weights = values.sum(axis=1) / values.sum()
    assert_allclose(weights @ quotients, 1)
    assert_allclose(location_quotients(table(values * unit)), quotients)


def test_an_empty_place_has_no_quotient_and_no_presence() -> None:
    quotients = location_quotients(table([[0, 0], [1, 2]]))
    assert np.isnan(quotients[0]).all()
    assert presence(quotients)[0].sum() == 0


def test_similarity_by_hand() -> None:
    drawn = table([[50, 50, 0], [50, 0, 50], [0, 0, 0]])
    pairs = similarity(drawn, {"区0": ["芯片", "软件"], "区1": ["芯片", "汽车"]})
    first = pairs[0]
    assert (first.one, first.other) == ("区0", "区1")
    assert first.krugman == pytest.approx(1.0)
    assert first.cosine == pytest.approx(0.5)
    assert first.common == (("业0", 0.5),)
    assert first.words == pytest.approx(1 / 3)
    assert first.shared == ("芯片",)
    assert [p.krugman for p in pairs[1:]] == [None, None], "nothing is known of an empty place"
    assert pairs[1].words is None


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1))
def test_krugman_lies_between_equal_and_nothing_in_common(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pairs = similarity(table(rng.uniform(0, 1, (3, 4)) * (rng.uniform(size=(3, 4)) < 0.6) + 1e-9))
    for each in pairs:
        assert each.krugman is not None
        assert -1e-12 <= each.krugman <= 2 + 1e-12
        assert each.cosine is not None
        assert -1e-12 <= each.cosine <= 1 + 1e-12


VALUES = {"规模": [10.0, 6.0, 2.0], "增速": [1.0, 5.0, 3.0]}


def test_fields_are_ranked_with_their_interval() -> None:
    """Scores .5*1+.5*0, .5*.5+.5*1, .5*0+.5*.5: second, first, third; the order of the last two
    holds only while 增速 does not weigh much more."""
    got = {f.name: f for f in focus_fields(["甲", "乙", "丙"], VALUES, {"规模": 1, "增速": 1})}
    assert [got[n].score for n in "甲乙丙"] == pytest.approx([0.5, 0.75, 0.25])
    assert [got[n].rank for n in "甲乙丙"] == [2, 1, 3]
    assert (got["乙"].best, got["乙"].worst) == (1, 1)
    assert sum(part or 0 for part in got["甲"].parts.values()) == pytest.approx(0.5)


def test_close_scores_have_intervals_that_overlap() -> None:
    values = {"规模": [10.0, 0.0, 5.2], "增速": [0.0, 10.0, 4.9]}
    got = {f.name: f for f in focus_fields(["甲", "乙", "丙"], values, {"规模": 1, "增速": 1})}
    assert (got["甲"].best, got["甲"].worst) == (1, 3)
    assert (got["乙"].best, got["乙"].worst) == (1, 3)


def test_a_missing_value_is_not_zero() -> None:
    values = {"规模": [10.0, None, 2.0], "增速": [1.0, 5.0, 3.0]}
    got = {f.name: f for f in focus_fields(["甲", "乙", "丙"], values, {"规模": 1, "增速": 1})}
    assert got["乙"].score is None
    assert got["乙"].rank is None
    assert got["乙"].parts["规模"] is None
    assert (got["乙"].best, got["乙"].worst) == (1, 2)
    assert got["甲"].rank == 1


def test_a_criterion_that_tells_nothing_apart_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="分不出高低"):
        focus_fields(["甲", "乙"], {"规模": [1.0, 1.0]}, {"规模": 1})


def test_long_and_wide_tables_are_read_alike(tmp_path: Path) -> None:
    long, wide = tmp_path / "long.csv", tmp_path / "wide.csv"
    long.write_text(
        "place,activity,value\n甲,芯片,3\n甲,汽车,1\n乙,芯片,2\n乙,汽车,4\n全国,芯片,50\n全国,汽车,60\n",
        "utf-8",
    )
    wide.write_text("地区,汽车,芯片\n乙,4,2\n全国,60,50\n甲,1,3\n", "gb18030")
    one, other = (read_activities(path, "全国") for path in (long, wide))
    order = (
        [other.places.index(p) for p in one.places],
        [other.activities.index(a) for a in one.activities],
    )
    assert_allclose(one.values, other.values[np.ix_(*order)])
    assert one.reference is not None
    assert_allclose(sorted(one.reference), [50, 60])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("place,activity,value\n甲,芯片,3\n甲,芯片,4\n", "出现两次"),
        ("place,activity,value\n甲,芯片,3\n乙,汽车,4\n", "complete"),
        ("place,activity,value\n甲,芯片,—\n", "不小于零"),
        ("place,activity,value\n甲,芯片,-3\n", "不小于零"),
        ("地区,芯片\n甲,3\n甲,4\n", "出现两次"),
        ("地区,芯片,汽车\n甲,3\n", "格"),
        ("", "没有表格"),
    ],
)
def test_a_faulty_table_is_named_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(InvalidFile, match=says):
        read_activities(path)


def test_what_is_not_listed_is_zero_only_where_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("place,activity,value\n甲,芯片,3\n乙,汽车,4\n", "utf-8")
    got = read_activities(path, complete=True)
    assert got.assumed == 2
    assert got.values.sum() == 7


LONG = "地区,产业,产值\n甲省,汽车,300\n甲省,电子,100\n乙省,汽车,200\n乙省,电子,800\n"
WIDE = "地区,汽车,电子,合计\n甲省,300,100,400\n乙省,200,800,1000\n"


@pytest.mark.parametrize(
    ("text", "against"),
    [
        (LONG, ""),
        (LONG + "全国,汽车,1000\n全国,电子,2000\n", "全国"),
        (LONG + "甲省,合计,400\n乙省,合计,1000\n", ""),
        (WIDE, ""),
        (WIDE + "全国,1000,2000,3000\n", "全国"),
        (WIDE + "合 计,500,900,1400\n", "合 计"),
    ],
)
def test_a_total_is_no_place_and_no_activity(tmp_path: Path, text: str, against: str) -> None:
    path = tmp_path / "表.csv"
    path.write_text(text, "utf-8")
    table = read_activities(path)
    assert (table.places, table.activities) == (
        ("乙省", "甲省") if "产业" in text else ("甲省", "乙省"),
        ("汽车", "电子"),
    )
    assert table.against == against
    expected = {"": 300 / 400 / (500 / 1400), "全国": 300 / 400 / (1000 / 3000)}
    quotient = location_quotients(table)[table.places.index("甲省"), 0]
    assert quotient == pytest.approx(expected.get(against, expected[""]))


def test_of_several_totals_a_person_says_which(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text(WIDE + "全省,500,900,1400\n全国,1000,2000,3000\n", "utf-8")
    with pytest.raises(InvalidFile, match="--reference"):
        read_activities(path)
    table = read_activities(path, "全省")
    assert (table.against, table.left_out) == ("全省", ("全国", "合计"))
    assert table.places == ("甲省", "乙省")
