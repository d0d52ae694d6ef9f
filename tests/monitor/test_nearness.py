"""基本完成: a missed 预期性 target of which nearly all was reached (§7.13). All figures are fictional."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stating import aims, reports

from jingwei.monitor.settlement import Settled, settle
from jingwei.store.settings import Readings

FIVE = "2016-2020"


def settled(target, *seen, own=(), **more) -> Settled:
    (one,) = settle([target, *own], list(seen), **more)
    return one


def anticipated(subject, amount, unit="", period="2020", **more):
    return aims(subject, amount, unit, period, **{"attr": "预期性"} | more)


BASE = reports("规上工业总产值", "1000", "亿元", "2015", document="规划A")


@pytest.mark.parametrize(
    ("target", "seen", "class_", "share"),
    [
        (anticipated("工业投资总额", "500", "亿元"), reports("工业投资总额", "480", "亿元"), "基本完成", "96%"),
        (anticipated("工业投资总额", "500", "亿元"), reports("工业投资总额", "450", "亿元"), "基本完成", "90%"),
        (anticipated("工业投资总额", "500", "亿元"), reports("工业投资总额", "449", "亿元"), "未完成", ""),
        (anticipated("工业投资总额", "500", "亿元"), reports("工业投资总额", "500", "亿元"), "完成", ""),
        (aims("工业投资总额", "500", "亿元"), reports("工业投资总额", "480", "亿元"), "未完成", ""),
        (aims("工业投资总额", "500", "亿元", attr="约束性"), reports("工业投资总额", "480", "亿元"), "未完成", ""),
        # less is wanted: target over value
        (
            anticipated("单位工业增加值用水量", "10", "立方米/万元", measure="level"),
            reports("单位工业增加值用水量", "11", "立方米/万元", measure="level"),
            "基本完成", "90.9%",
        ),
        (
            anticipated("单位工业增加值用水量", "10", "立方米/万元", measure="level"),
            reports("单位工业增加值用水量", "11.2", "立方米/万元", measure="level"),
            "未完成", "",
        ),
        # a change: the change achieved over the change needed
        (
            anticipated("规上工业企业数量", "+600", "家", FIVE),
            reports("规上工业企业数量", "+545", "家", FIVE),
            "基本完成", "90.8%",
        ),
        (
            anticipated("规上工业企业数量", "+600", "家", FIVE),
            reports("规上工业企业数量", "+500", "家", FIVE),
            "未完成", "",
        ),
        (
            anticipated("单位工业增加值能耗累计下降幅度", "15", "%", FIVE),
            reports("单位工业增加值能耗累计下降幅度", "14", "%", FIVE),
            "基本完成", "93.3%",
        ),
        (
            anticipated("规上工业增加值年均增速", "7", "%", FIVE),
            reports("规上工业增加值年均增速", "6.5", "%", FIVE),
            "基本完成", "92.8%",
        ),
        # a bound proves no nearness
        (anticipated("工业投资总额", "500", "亿元"), reports("工业投资总额", "<=480", "亿元"), "未完成", ""),
        # beyond the tolerances of 左右 the number itself is what was needed
        (anticipated("工业投资总额", "~500", "亿元"), reports("工业投资总额", "449", "亿元"), "未完成", ""),
    ],
)  # fmt: skip
def test_how_much_of_a_missed_target_was_reached(target, seen, class_, share):
    one = settled(target, seen)
    assert one.class_ == class_
    assert one.verdict.answer == ("met" if class_ == "完成" else "not_met")
    assert share in one.verdict.reason
    assert ("§7.13" in one.verdict.method) == (share != "")


@pytest.mark.parametrize(
    ("end", "class_"), [("1950", "基本完成"), ("1900", "基本完成"), ("1890", "未完成"), ("900", "未完成")]
)  # fmt: skip
def test_of_a_multiple_what_goes_beyond_the_base_counts(end, class_):
    target = anticipated("规上工业总产值", "x2", "", base_year=2015)
    one = settled(target, reports("规上工业总产值", end, "亿元"), own=[BASE])
    assert one.class_ == class_


def test_the_share_is_a_setting():
    target = anticipated("工业投资总额", "500", "亿元")
    seen = reports("工业投资总额", "480", "亿元")
    assert settled(target, seen, nearly=0.97).class_ == "未完成"
    assert settled(target, seen, nearly=0.8).class_ == "基本完成"
    assert settled(target, reports("工业投资总额", "449", "亿元"), nearly=Readings().nearly).class_ == "未完成"  # fmt: skip
    assert settled(target, reports("工业投资总额", "450", "亿元"), nearly=Readings().nearly).class_ == "基本完成"  # fmt: skip


@given(st.integers(1, 999), st.integers(1, 999), st.floats(0.5, 1.0))
def test_nearly_met_is_never_met_and_never_binding(aim, got, nearly):
    seen = reports("工业投资总额", f"{got}", "亿元")
    for attr in ("预期性", "约束性", None):
        one = settled(aims("工业投资总额", f"{aim}", "亿元", attr=attr), seen, nearly=nearly)
        assert (one.class_ == "完成") == (got >= aim)
        if one.class_ == "基本完成":
            assert attr == "预期性" and one.verdict.answer == "not_met" and got / aim >= nearly * 0.999999  # fmt: skip
        elif attr == "预期性" and got < aim:
            assert got / aim < nearly


def test_of_facts_that_differ_the_lowest_counts():
    target = anticipated("工业投资总额", "500", "亿元")
    low = reports("工业投资总额", "420", "亿元", document="公报B")
    high = reports("工业投资总额", "480", "亿元", document="年鉴C")
    assert settled(target, low, high).class_ == "未完成"
