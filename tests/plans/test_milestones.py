"""Yearly milestones (docs/semantics.md §8)."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_plans import plan_of
from stating import aims

from jingwei.core import InvalidRequest, Period
from jingwei.plans.milestones import Path, flow, level, milestones, reduction

YEARS = Period(2021, 2025)
D = Decimal
amounts = st.decimals(min_value=1, max_value=10**6, places=3)
spans = st.integers(1, 12).map(lambda n: Period(2021, 2020 + n))
shapes = st.sampled_from(["linear", "s-curve", "compound"])
places = st.integers(0, 3)


def values(found):
    return [each.value for each in found]


def test_linear_level_by_hand():
    found = milestones(aims("规上工业增加值", "1500", "亿元", "2025"), base=D(1000), span=YEARS)
    assert values(found) == [D(1100), D(1200), D(1300), D(1400), D(1500)]
    assert [each.year for each in found] == [2021, 2022, 2023, 2024, 2025]
    assert found[0].in_year == 100


def test_compound_level_by_hand():
    """100 to 161.051 in five years is 10 % a year."""
    found = level(D(100), D("161.051"), YEARS, Path("compound"))
    assert values(found) == [D("110.00"), D("121.00"), D("133.10"), D("146.41"), D("161.051")]


def test_s_curve_by_hand():
    """The smoothstep at 1/5 … 4/5 is 0.104, 0.352, 0.648, 0.896."""
    found = level(D(0), D(1000), YEARS, Path("s-curve"))
    assert values(found) == [104, 352, 648, 896, 1000]


def test_counts_are_whole_numbers():
    found = milestones(aims("智能工厂数量", "10", "家", "2025"), base=D(3), span=YEARS)
    assert values(found) == [4, 6, 7, 9, 10]
    built = milestones(aims("项目累计完成数量", "12", "项", "2021-2025"), path=Path())
    assert [each.in_year for each in built] == [2, 3, 2, 3, 2]
    # a count in 万家 is not a count of single things
    tens = milestones(aims("企业数量", "2.6", "万家", "2025"), base=D("1.7"), span=YEARS)
    assert values(tens)[0] == D("1.88")


def test_flow_on_a_growing_path_by_hand():
    """Amounts that grow by 100 % a year: 1, 2, 4, 8, 16 parts of 31."""
    found = flow(D(31), YEARS, Path("compound", growth=D(1)))
    assert [each.in_year for each in found] == [1, 2, 4, 8, 16]


def test_equal_declines_by_hand():
    """1 − 0.9⁵ = 40.951 %: a tenth each year."""
    found = reduction(D("40.951"), YEARS, Path("compound"), places=5)
    assert [each.in_year for each in found] == [Fraction(1, 10)] * 5


def test_increase_and_multiple_start_at_the_base():
    more = milestones(aims("机器人密度", "+100", "台/万人", "2025"), base=D(260), span=YEARS)
    twice = milestones(aims("产业规模", "x2", "", "2025"), base=D(300), span=YEARS)
    assert (more[-1].value, twice[-1].value) == (360, 600)


def test_a_decrease_ends_below_its_base():
    found = milestones(aims("炼钢产能", "-200", "万吨", "2025"), base=D(900), span=YEARS)
    assert (found[0].value, found[-1].value) == (860, 700)


def test_a_reduction_target_is_spread_as_declines():
    target = aims("单位GDP能耗下降幅度", "15", "%", "2021-2025")
    found = milestones(target, path=Path("given", values=(D(3), D(6), D(9), D(12), D(15))))
    assert found[-1].value == 15
    assert found[1].in_year == Fraction(3, 97)
    with pytest.raises(InvalidRequest, match="终点"):
        milestones(target, path=Path("given", values=(D(3), D(6), D(9), D(12), D(14))))


@pytest.mark.parametrize("text", [
    "五年单位工业增加值能耗累计下降14%。",
    "单位工业增加值能耗下降14%。",
    "指标\t单位\t2020年\t2025年〔累计〕\t属性\n单位工业增加值能耗累计下降\t%\t〔18〕\t〔14〕\t约束性",
])  # fmt: skip
def test_a_decline_of_prose_or_table_compounds_to_its_target(text: str):
    """1 − 0.86^(1/5) a year, and not 2.8."""
    goal = next(s for s in plan_of(f"二、发展目标\n{text}").statements if s.role == "target")
    assert goal.measure == "reduction"
    found = milestones(goal)
    assert [str(each.value) for each in found] == ["2.97", "5.85", "8.65", "11.37", "14.0"]
    assert prod(1 - each.in_year for each in found) == Fraction(86, 100)


def test_a_yearly_decline_is_a_rate():
    (goal,) = plan_of("二、发展目标\n单位工业增加值能耗年均下降3%。").statements
    assert (goal.measure, goal.subject) == ("growth", "单位工业增加值能耗年均下降幅度")
    with pytest.raises(InvalidRequest, match="增速"):
        milestones(goal)


def test_a_target_without_a_year_is_not_spread():
    with pytest.raises(InvalidRequest, match="年份"):
        milestones(replace(aims("绿色工厂数量", "20", "家"), period=Period.unknown()), base=D(3))


def test_a_flow_by_hand_keeps_its_amounts():
    found = flow(D(10), YEARS, Path("given", values=(D(1), D(1), D(2), D(3), D(3))))
    assert [each.value for each in found] == [1, 2, 4, 7, 10]


def test_a_path_by_hand_ends_at_the_target():
    found = level(D(1), D(5), YEARS, Path("given", values=(D(1), D(1), D(2), D(3), D(5))))
    assert [each.in_year for each in found] == [0, 0, 1, 1, 2]
    with pytest.raises(InvalidRequest, match="终点"):
        level(D(1), D(5), YEARS, Path("given", values=(D(1), D(1), D(2), D(3), D(4))))
    with pytest.raises(InvalidRequest, match="合计"):
        flow(D(10), YEARS, Path("given", values=(D(1), D(1), D(2), D(3), D(4))))
    with pytest.raises(InvalidRequest, match="5个"):
        flow(D(10), YEARS, Path("given", values=(D(10),)))


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (aims("研发投入占比", "全国前列", "%", "2025"), "没有数值"),
        (aims("单位能耗下降幅度", "完成省下达目标", "%", "2025"), "没有数值"),
        (aims("工业增加值年均增速", "7", "%", "2021-2025"), "增速"),
        (aims("工业增加值", "1500", "亿元", "2025"), "基期"),
    ],
)
def test_what_cannot_be_spread_says_why(target, words):
    """§8.4."""
    with pytest.raises(InvalidRequest, match=words):
        milestones(target, span=YEARS)


def test_a_compound_path_needs_positive_ends_and_flows_a_growth():
    with pytest.raises(InvalidRequest, match="正的基期"):
        level(D(0), D(5), YEARS, Path("compound"))
    with pytest.raises(InvalidRequest, match="增速"):
        flow(D(5), YEARS, Path("compound"))
    with pytest.raises(InvalidRequest, match="0与100"):
        reduction(D(100), YEARS, Path())


@given(amounts, amounts, spans, shapes, places)
def test_levels_end_exactly_and_move_one_way(base, target, years, shape, digits):
    found = level(base, target, years, Path(shape), digits)
    assert found[-1].value == target
    assert sum((each.in_year for each in found), base) == target
    path = [base, *values(found)]
    assert path == sorted(path) or path == sorted(path, reverse=True)
    rounded = values(found)[:-1]
    assert all(v == round(v, digits) or v in (base, target) for v in rounded)


@given(amounts, spans, shapes, places)
def test_flows_sum_exactly_and_never_run_backwards(total, years, shape, digits):
    path = Path(shape, growth=D("0.07") if shape == "compound" else None)
    found = flow(total, years, path, digits)
    assert sum(each.in_year for each in found) == total
    assert all(each.in_year >= 0 for each in found)


@given(st.integers(0, 10**4), spans, shapes)
def test_counted_flows_are_whole(total, years, shape):
    path = Path(shape, growth=D("0.3") if shape == "compound" else None)
    found = flow(D(total), years, path, 0)
    assert all(each.in_year == int(each.in_year) for each in found)


@given(st.decimals(min_value=0, max_value=99, places=2), spans, shapes, places)
def test_declines_compound_exactly(percent, years, shape, digits):
    found = reduction(percent, years, Path(shape), digits)
    left = Fraction(1)
    for each in found:
        assert 0 <= each.in_year < 1
        left *= 1 - each.in_year
    assert 1 - left == Fraction(percent) / 100
