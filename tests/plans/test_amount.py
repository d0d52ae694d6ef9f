"""Goals and facts as sets of numbers (docs/semantics.md §2)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stating import aims, reports

from jingwei.monitor.judgement import decide
from jingwei.plans.amount import Interval, Readings, agree, fact, goal, written

INF = math.inf
READ = Readings()


def ends(interval: Interval) -> tuple[float, float, bool, bool]:
    return interval.low, interval.high, interval.low_open, interval.high_open


GOALS = [
    # §, amount, hedge, wanted, readings as (low, high, low_open, high_open)
    ("2.1", "20", "", "higher", [(20, INF, False, False)]),
    ("2.1", "20", "", "lower", [(-INF, 20, False, False)]),
    ("2.2", "~20", "左右", "higher", [(20, INF, 0, 0), (19, INF, 0, 0), (18, INF, 0, 0)]),
    ("2.2", "~20", "左右", "lower", [(-INF, 20, 0, 0), (-INF, 21, 0, 0), (-INF, 22, 0, 0)]),
    ("2.2", "~20", "左右", "neutral", [(20, 20, 0, 0), (19, 21, 0, 0), (18, 22, 0, 0)]),
    ("2.3", ">=20", "以上", "higher", [(20, INF, False, False)]),
    ("2.3", ">=20", "以上", "lower", [(20, INF, False, False)]),
    ("2.3", ">=20", "不低于", "higher", [(20, INF, False, False)]),
    ("2.4", ">=20", "超过", "higher", [(20, INF, True, False)]),
    ("2.4", ">=20", "突破", "higher", [(20, INF, True, False)]),
    ("2.4", ">20", "", "higher", [(20, INF, True, False)]),
    ("2.5", "<=20", "以内", "lower", [(-INF, 20, False, False)]),
    ("2.5", "<=20", "不超过", "higher", [(-INF, 20, False, False)]),
    ("2.5", "<=20", "低于", "lower", [(-INF, 20, False, True)]),
    ("2.5", "<20", "", "lower", [(-INF, 20, False, True)]),
    ("2.6", "5..10", "", "higher", [(5, INF, False, False)]),
    ("2.6", "5..10", "", "lower", [(-INF, 10, False, False)]),
    ("2.7", "20", "力争", "higher", [(20, INF, False, False)]),
    ("2.7", ">=20", "力争以上", "higher", [(20, INF, False, False)]),
    ("2.8", "+5", "", "higher", [(5, INF, False, False)]),
    ("2.8", "+3..5", "", "higher", [(3, INF, False, False)]),
    ("2.8", "-5", "", "lower", [(5, INF, False, False)]),
    ("2.8", "x2", "", "higher", [(2, INF, False, False)]),
    ("2.8", "x0.5", "", "higher", [(-INF, 0.5, False, False)]),
    ("2.9", "全国前列", "", "higher", []),
]

FACTS = [
    ("2.1", "20", "", [(20, 20, False, False)]),
    ("2.2", "~20", "左右", [(20, 20, False, False), (19, 21, False, False)]),
    ("2.3", ">=60", "以上", [(60, INF, False, False)]),
    ("2.4", ">60", "", [(60, INF, True, False)]),
    ("2.4", ">=60", "突破", [(60, INF, True, False)]),
    ("2.5", "<=60", "", [(-INF, 60, False, False)]),
    ("2.5", "<60", "", [(-INF, 60, False, True)]),
    ("2.6", "5..10", "", [(5, 10, False, False)]),
    ("2.10", ">30", "多", [(30, 40, True, True)]),
    ("2.10", ">250", "余", [(250, 260, True, True)]),
    ("2.10", ">200", "多", [(200, 300, True, True)]),
    ("2.11", "~500", "近", [(475, 500, False, True)]),
    ("2.9a", "全省第一", "", [(1, 1, False, False)]),
]


@pytest.mark.parametrize(("section", "amount", "hedge", "direction", "expected"), GOALS)
def test_goals(section, amount, hedge, direction, expected):
    told = goal(aims("数", amount, "项", hedge=hedge), "count", direction, READ)
    assert [ends(reading.interval) for reading in told] == expected


@pytest.mark.parametrize(("section", "amount", "hedge", "expected"), FACTS)
def test_facts(section, amount, hedge, expected):
    told = fact(reports("数", amount, "项", hedge=hedge), "count")
    assert [ends(reading.interval) for reading in told] == expected


def test_a_step_taken_is_a_lower_bound():
    seen = reports("工业总产值", "5000", "亿元", quote="工业总产值跨上5000亿元台阶")
    assert ends(fact(seen, "money")[0].interval)[:2] == (5e11, INF)


def test_declared_tolerances_are_an_input():
    told = goal(aims("数", "~20", "%"), "share", "higher", Readings(about=(0.01,)))
    assert [reading.interval.low for reading in told] == [19.8]


def test_amounts_are_compared_in_base_units():
    assert goal(aims("产值", "1.5", "万亿元"), "money", "higher", READ)[0].interval.low == 1.5e12
    assert fact(reports("产值", "15000", "亿元"), "money")[0].interval.exact == 1.5e12


AGREE = [
    ("3.7", "万亿元", "37053", "亿元", True),  # rounds to the digits shown
    ("3.7", "万亿元", "37600", "亿元", False),
    ("0.6667", "", "66.7", "%", True),  # 三分之二
    ("0.3333", "", "33", "%", False),
    ("25", "%", "25.4", "%", False),  # an integer shows no rounding
    ("25.4", "%", "25.38", "%", True),
    ("67.4", "亿元/平方公里", "67.4", "亿元/平方公里", True),
    ("1.7", "%", "1.74", "%", False),  # rounding would, but it is more than 2 % off
    ("60", "万台", "600000", "台", True),
]


@pytest.mark.parametrize(("one", "unit", "other", "other_unit", "expected"), AGREE)
def test_agreement_of_printed_numbers(one, unit, other, other_unit, expected):
    """§2.15."""
    dimension = "share" if "%" in (unit, other_unit) else "money"
    a, b = reports("数", one, unit), reports("数", other, other_unit)
    assert agree(a, b, dimension) is expected
    assert agree(b, a, dimension) is expected


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        ("~20", "%", "20%左右"),
        ("+3..5", "家", "增加3—5家"),
        ("0.6667", "", "66.67%"),
        ("x2", "", "2倍"),
        (">=1.5", "万亿元", "1.5万亿元以上"),
        ("全国前列", "%", "“全国前列”"),
        ("80", "数值", "80"),
    ],
)
def test_amounts_as_written(amount, unit, expected):
    assert written(aims("数", amount, unit)) == expected


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Ends on whole numbers (or none), so that halves sample every interval that is not empty."""
    low = draw(st.one_of(st.just(-INF), st.integers(-4, 4)))
    high = draw(st.one_of(st.just(INF), st.integers(-4, 4)))
    low, high = min(low, high), max(low, high)
    if low == high:
        return Interval(low, high)
    open_low = low > -INF and draw(st.booleans())
    return Interval(low, high, open_low, high < INF and draw(st.booleans()))


SAMPLES = [n / 2 for n in range(-20, 21)]


def holds(interval: Interval, number: float) -> bool:
    above = number > interval.low or (number == interval.low and not interval.low_open)
    below = number < interval.high or (number == interval.high and not interval.high_open)
    return above and below


@given(intervals(), intervals())
def test_bounds_agree_with_brute_force(goal_, seen):
    """§7.3: a fact meets a goal if every number it leaves possible does."""
    met = [holds(goal_, number) for number in SAMPLES if holds(seen, number)]
    expected = "met" if all(met) else "unknown" if any(met) else "not_met"
    assert decide(goal_, seen) == expected
