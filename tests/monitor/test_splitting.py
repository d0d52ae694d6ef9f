"""Targets divided and held against the whole (docs/semantics.md §22)."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stating import aims

from jingwei.core import InvalidFile, InvalidRequest
from jingwei.monitor.splitting import check, parse_split, propose, rounded_to_sum, split_text

HEAD = """\
format: 1
target: 规模以上工业总产值
plan: 规划A
year: 2025
by: {by}
kind: {kind}
unit: {unit}
whole: {whole}
bound: {bound}
date: "2025-03-01"
source: 云工信〔2025〕3号
parts:
"""


def split(*parts, kind="sum", by="district", whole=1000, unit="亿元", bound="at_least"):
    text = HEAD.format(kind=kind, by=by, whole=whole, unit=f'"{unit}"', bound=bound)
    for part in parts:
        name, *values = part
        keys = ("assigned", "declared", "done", "weight", "holder")
        shown = "".join(
            f"\n    {k}: {v}" for k, v in zip(keys, values, strict=False) if v is not None
        )
        text += f'  - name: "{name}"{shown}\n'
    return parse_split(text, "definitions/splits/产值.yaml")


def column(name, *parts, **more):
    found = check(split(*parts, **more))
    return found.columns[name], found.together[name]


def test_amounts_sum_and_the_three_columns_stay_apart():
    parts = [("上河区", 600, 650, 590), ("下河区", 400, 300, 420)]
    found = check(split(*parts))
    assert found.together == {"assigned": 1000, "declared": 950, "done": 1010}
    assert [found.columns[c].answer for c in ("assigned", "declared", "done")] == [
        "met",
        "not_met",
        "met",
    ]
    gap = found.columns["declared"].gap
    assert (gap.from_, gap.to) == (950, 1000)
    assert "相等" in found.columns["assigned"].reason
    assert "多10亿元" in found.columns["done"].reason
    assert [each.answer for each in found.parts.values()] == ["not_met", "met"]
    assert "自报650" in found.parts["上河区"].reason


def test_every_figure_is_proved_by_file_day_and_part():
    verdict, _ = column("assigned", ("上河区", 600), ("下河区", 400))
    rows = verdict.evidence[0].of
    assert [str(each) for each in rows] == [
        "definitions/splits/产值.yaml@2025-03-01 上河区 下达数 600亿元",
        "definitions/splits/产值.yaml@2025-03-01 下河区 下达数 400亿元",
    ]


def test_a_missing_part_is_named_and_never_zero():
    verdict, together = column(
        "assigned", ("上河区", 600), ("下河区", None, None, None, None, "下河区统计局")
    )
    assert (verdict.answer, together) == ("unknown", None)
    assert [(m.fact, m.holder) for m in verdict.missing] == [
        ("下河区下达数（规模以上工业总产值）", "下河区统计局")
    ]
    enough, total = column("assigned", ("上河区", 1100), ("下河区", None))
    assert (enough.answer, total) == ("met", 1100)
    nothing, _ = column("assigned", ("上河区", None, 5), ("下河区", None, 6))
    assert nothing.answer == "unknown"


def test_a_ceiling_is_broken_by_too_much():
    assert column("assigned", ("上河区", 600), ("下河区", 300), bound="at_most")[0].answer == "met"
    assert (
        column("assigned", ("上河区", 600), ("下河区", 401), bound="at_most")[0].answer == "not_met"
    )
    unknown, _ = column("assigned", ("上河区", 1001), ("下河区", None), bound="at_most")
    assert unknown.answer == "unknown"


SHARE = {"kind": "share", "unit": "%", "whole": 25}


def test_shares_are_weighted_never_added():
    parts = [("上河区", 30, None, None, 600), ("下河区", 20, None, None, 400)]
    verdict, value = column("assigned", *parts, **SHARE)
    assert (verdict.answer, value) == ("met", pytest.approx(26))  # (30·600 + 20·400) ÷ 1000
    lower = [("上河区", 30, None, None, 400), ("下河区", 20, None, None, 600)]
    verdict, value = column("assigned", *lower, **SHARE)
    assert (verdict.answer, value) == ("not_met", pytest.approx(24))
    verdict, _ = column("assigned", ("上河区", 30, None, None, 600), ("下河区", 20), **SHARE)
    assert "下河区的权数" in verdict.missing[0].fact


def test_rates_of_one_decimal_agree_within_half_of_it():
    parts = [("上河区", 24.9, None, None, 600), ("下河区", 25.05, None, None, 400)]
    assert column("assigned", *parts, **SHARE)[0].answer == "met"  # 24.96
    parts = [("上河区", 24.9, None, None, 600), ("下河区", 25, None, None, 400)]
    assert column("assigned", *parts, **SHARE)[0].answer == "not_met"  # 24.94


def test_growth_of_districts_is_weighted_and_that_of_years_compounds():
    growth = {"kind": "growth", "unit": "%", "whole": 6}
    parts = [("上河区", 8, None, None, 500), ("下河区", 4, None, None, 500)]
    assert column("assigned", *parts, **growth)[1] == pytest.approx(6)
    verdict, value = column("assigned", ("2024", 3), ("2025", 9), by="year", **growth)
    assert value == pytest.approx(5.9575, abs=1e-4)  # (1.03·1.09)^½ − 1
    assert verdict.answer == "met"  # 6.0 as printed
    assert column("assigned", ("2024", 2), ("2025", 10), by="year", **growth)[0].answer == "not_met"


def test_declines_of_years_compound():
    parts = [(str(year), 5.2 if year == 2021 else 4.9) for year in range(2021, 2026)]
    verdict, value = column("assigned", *parts, by="year", kind="decline", unit="%", whole=23)
    assert value == pytest.approx(22.46, abs=0.01)  # though they add up to 24.8
    assert verdict.answer == "not_met"


def test_levels_of_years_end_at_the_target():
    level = {"kind": "level", "by": "year"}
    assert column("assigned", ("2024", 900), ("2025", 1000), **level)[0].answer == "met"
    assert column("assigned", ("2024", 900), ("2025", 990), **level)[0].answer == "not_met"
    verdict, _ = column("assigned", ("2024", 900), **level)
    assert "2025" in verdict.missing[0].fact


def test_the_whole_is_held_against_the_plan():
    goal = aims("规模以上工业总产值", "0.1", "万亿元", "2025")
    mine = split(("上河区", 600))
    assert check(mine, [goal]).whole.answer == "met"
    assert (
        check(mine, [aims("规模以上工业总产值", "1100", "亿元", "2025")]).whole.answer == "not_met"
    )
    assert check(mine, [aims("软件业务收入", "1000", "亿元", "2025")]).whole.answer == "unknown"
    assert check(mine).whole is None


@pytest.mark.parametrize(
    ("old", "new", "where", "told"),
    [
        ("kind: sum", "kind: level", ":6", "相加方式（kind）"),
        ("whole: 1000", "whole: many", ":8", "总目标（whole）"),
        ("source: ", "sourse: ", ":11", "sourse"),
        ('date: "2025-03-01"', 'date: "三月"', ":10", "不是日期"),
        ('name: "下河区"', 'name: "上河区"', ":15", "重复"),
        ("assigned: 400", "assigned: 四百", ":16", "下达数（assigned）"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_line(old, new, where, told):
    good = split_text(split(("上河区", 600), ("下河区", 400)))
    text = HEAD.format(kind="sum", by="district", whole=1000, unit='"亿元"', bound="at_least")
    text += '  - name: "上河区"\n    assigned: 600\n  - name: "下河区"\n    assigned: 400\n'
    assert parse_split(text, "a.yaml").parts == parse_split(good, "a.yaml").parts
    with pytest.raises(InvalidFile) as fault:
        parse_split(text.replace(old, new), "a.yaml")
    assert fault.value.where == f"a.yaml{where}"
    assert told in fault.value.zh


BASES = {"上河区": Decimal("756.4"), "下河区": Decimal("1327.4"), "中河区": Decimal("891.3")}


def test_a_proposal_by_share_sums_exactly():
    found = propose(Decimal(8000), BASES, places=1)
    assert sum(found.values()) == 8000
    # 8000 · 756.4 ÷ 2975.1 = 2033.948…, 3569.359…, 2396.692…
    assert found == {
        "上河区": Decimal("2033.9"),
        "下河区": Decimal("3569.4"),
        "中河区": Decimal("2396.7"),
    }


def test_a_proposal_by_growth_and_by_hand():
    rates = {"上河区": Decimal(0), "下河区": Decimal(100), "中河区": Decimal(0)}
    bases = dict.fromkeys(BASES, Decimal(1))
    assert list(propose(Decimal(100), bases, "growth", growth=rates).values()) == [25, 50, 25]
    hand = propose(Decimal(100), bases, "manual", given={"下河区": Decimal(41)})
    assert list(hand.values()) == [30, 41, 29]
    with pytest.raises(InvalidRequest, match="相差"):
        propose(Decimal(100), bases, "manual", given={"下河区": Decimal(141)})
    with pytest.raises(InvalidRequest, match="缺少增速"):
        propose(Decimal(100), bases, "growth", growth={})


@settings(max_examples=80)
@given(
    st.decimals(0, 10**6, places=2),
    st.lists(st.decimals(0, 10**4, places=1), min_size=1, max_size=8),
    st.integers(0, 3),
)
def test_rounding_keeps_the_sum_and_stays_within_one_step(whole, weights, places):
    named = {str(n): w for n, w in enumerate(weights)}
    if not sum(weights):
        with pytest.raises(InvalidRequest):
            rounded_to_sum(whole, named, places)
        return
    found = rounded_to_sum(whole, named, places)
    assert sum(found.values()) == whole
    step, total = Decimal(1).scaleb(-places), sum(weights)
    for name, value in found.items():
        assert abs(value - whole * named[name] / total) <= 2 * step
