"""The monthly dispatch on one page (docs/semantics.md §21). Figures are worked by hand."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from observing import CITY, defines, naming, seen
from stating import aims

from jingwei.core import InvalidRequest, Months, Period, Scope
from jingwei.monitor.dispatch import dispatch

OUTPUT = defines(
    "规模以上工业总产值", "亿元", "flow", price_base="current", windows=("month", "cumulative", "year"),
    adds_regions=True, adds_time=True, holder="统计局",
)  # fmt: skip
RATE = defines("规模以上工业总产值增速", "%", "growth", price_base="comparable")
SEPTEMBER = Months.month(2024, 9)
NOW, BEFORE = "2024-01/2024-09", "2023-01/2023-09"
EVERYONE = Scope.everything()
LEVELS = [
    seen(OUTPUT, 750, NOW, vintage="2024-10-18"),
    seen(OUTPUT, 700, BEFORE, vintage="2023-10-18"),
    seen(OUTPUT, 1000, "2023", vintage="2024-02-10"),
]
OFFICIAL = seen(RATE, 6.5, NOW, vintage="2024-10-18")


def page(*observations, month=SEPTEMBER, **more):
    more = {"as_of": date(2024, 10, 31)} | more
    names = naming(OUTPUT, RATE, classes=more.pop("classes", None))
    return dispatch(observations, names, month, CITY, **more)


def line(*observations, **more):
    (found,) = page(*observations, **more).lines
    return found


def test_the_official_rate_goes_before_that_of_the_levels():
    levels = line(*LEVELS)
    assert (levels.growth.how, round(levels.growth.rate, 4)) == ("levels", 7.1429)
    official = line(*LEVELS, OFFICIAL)
    assert (official.growth.how, official.growth.rate) == ("official", 6.5)


def test_levels_of_another_version_of_the_card_give_no_growth():
    older = defines("规模以上工业总产值", "亿元", "flow", key="规模以上工业总产值@0")
    assert line(LEVELS[0], seen(older, 700, BEFORE)).growth is None


@pytest.mark.parametrize(("amount", "rest", "rate"), [("1100", 350, 16.6667), ("1050", 300, 0.0)])
def test_a_goal_of_the_year_is_counted_back_to_the_months_left(amount, rest, rate):
    goal = aims("规模以上工业总产值", amount, "亿元", "2024")
    (needed,) = line(*LEVELS, goals=[goal]).needed
    # the last three months of 2023 brought 1000 − 700 = 300
    assert (needed.rest, needed.months_left) == (rest, 3)
    assert needed.rate == pytest.approx(rate, abs=1e-4)
    assert needed.monthly == pytest.approx(rest / 3)


def test_units_of_goal_and_card_may_differ():
    goal = aims("规模以上工业总产值", "0.11", "万亿元", "2024")
    (needed,) = line(*LEVELS, goals=[goal]).needed
    assert needed.rest == pytest.approx(350)


def test_a_goal_of_growth_is_counted_back_with_the_weight_of_the_months():
    goal = aims("规模以上工业总产值增速", "8", "%", "2024")
    (needed,) = line(*LEVELS, OFFICIAL, goals=[goal]).needed
    # (1.08 − 0.7·1.065) ÷ 0.3 − 1
    assert needed.rate == pytest.approx(11.5)
    assert not needed.reached
    (held,) = line(
        *LEVELS, OFFICIAL, goals=[aims("规模以上工业总产值增速", "6", "%", "2024")]
    ).needed
    assert held.reached
    assert held.rate == pytest.approx(100 * ((1.06 - 0.7 * 1.065) / 0.3 - 1))


def test_without_the_weights_the_missing_fact_is_named():
    goals = [
        aims("规模以上工业总产值增速", "8", "%", "2024"),
        aims("规模以上工业总产值", "1100", "亿元", "2024"),
    ]
    growth, level = line(LEVELS[0], OFFICIAL, goals=goals).needed
    assert (growth.rate, level.rate, level.rest) == (None, None, 350)
    for each in (growth, level):
        assert each.missing[0].holder == "统计局"
        assert "2023年" in each.missing[0].fact


def test_a_goal_reached_needs_nothing_and_a_goal_unheard_of_is_named():
    reached = aims("规模以上工业总产值", "740", "亿元", "2024")
    other = aims("软件业务收入", "300", "亿元", "2024")
    five_years = aims("规模以上工业总产值", "1500", "亿元", "2025")
    found = page(*LEVELS, goals=[reached, other, five_years])
    (needed,) = found.lines[0].needed
    assert (needed.reached, needed.rest, needed.rate) == (True, 0.0, None)
    assert [each.target for each in found.silent] == [other]
    assert "云溪市统计局" in found.silent[0].holder


def test_a_rate_without_levels_is_a_line_of_its_own():
    growth = defines("规模以上工业增加值增速", "%", "growth")
    names = naming(growth)
    found = dispatch(
        [seen(growth, 6.1, NOW, vintage="2024-10-18")],
        names,
        SEPTEMBER,
        CITY,
        as_of=date(2024, 11, 1),
    )
    assert [(each.name, each.growth.rate) for each in found.lines] == [
        ("规模以上工业增加值增速", 6.1)
    ]


def test_january_alone_is_refused_and_february_means_both():
    with pytest.raises(InvalidRequest, match="1—2月"):
        page(*LEVELS, month=Months.month(2024, 1))
    both = page(
        seen(OUTPUT, 150, "2024-01/2024-02", vintage="2024-03-18"), month=Months.month(2024, 2)
    )
    assert str(both.months) == "2024-01/2024-02"
    with pytest.raises(InvalidRequest, match="没有"):
        page(*LEVELS, month=Months.month(2024, 8))


def test_what_was_published_later_is_not_known_and_a_first_value_is_shown_beside_a_revised_one():
    revised = seen(OUTPUT, 745, NOW, vintage="2024-11-20", reason="核减")
    before = line(*LEVELS, revised)
    assert (before.value.value, before.first) == (750, None)
    after = line(*LEVELS, revised, as_of=date(2024, 11, 30))
    assert (after.value.value, after.first.value) == (745, 750)


def district(code, now, then):
    return [
        seen(OUTPUT, now, NOW, region=code, vintage="2024-10-18"),
        seen(OUTPUT, then, BEFORE, region=code, vintage="2023-10-18"),
    ]


def test_pulls_of_districts_sum_and_zones_stand_beside():
    found = line(
        *LEVELS,
        *district("330102", 420, 400),
        *district("330103", 330, 300),
        *district("zone-1", 200, 150),
    )
    districts, zones = found.pulls
    assert [(p.name, round(p.pull, 4)) for p in districts.parts] == [
        ("下河区", 4.2857),
        ("上河区", 2.8571),
    ]
    assert districts.open_ == pytest.approx(0, abs=1e-9)
    assert [p.contribution for p in districts.parts] == [0.6, 0.4]
    assert (zones.by, zones.open_) == ("zone", None)


def test_what_no_part_covers_is_left_open():
    found = line(*LEVELS, *district("330102", 420, 400))
    (districts,) = found.pulls
    assert districts.open_ == pytest.approx(100 * 30 / 700)


def test_a_branch_and_the_group_above_it_are_never_both_parts():
    def branch(code, now, then):
        codes = (("g", code),)
        return [
            seen(OUTPUT, now, NOW, codes=codes, vintage="2024-10-18"),
            seen(OUTPUT, then, BEFORE, codes=codes),
        ]

    from jingwei.core import Category, Classification

    names = naming(OUTPUT)
    tree = {
        "C": Category("C", "制造业"),
        "C36": Category("C36", "汽车制造业", "C"),
        "D": Category("D", "电力"),
    }
    names = type(names)(
        names.cards, names.regions, {"g": Classification("g", "g", "", tree)}, {}, names.home
    )
    observed = [*LEVELS, *branch("C", 650, 600), *branch("C36", 200, 150), *branch("D", 100, 100)]
    found = dispatch(observed, names, SEPTEMBER, CITY, as_of=date(2024, 10, 31))
    (branches,) = found.lines[0].pulls
    assert [(p.name, round(p.pull, 3)) for p in branches.parts] == [
        ("制造业", 7.143),
        ("电力", 0.0),
    ]


def firms(origin, *changes):
    return [
        each
        for number, (now, then) in enumerate(changes)
        for each in (
            seen(
                OUTPUT,
                now,
                NOW,
                entity=f"E{number:02}",
                origin=origin,
                region="330102",
                vintage="2024-10-18",
            ),
            seen(OUTPUT, then, BEFORE, entity=f"E{number:02}", origin=origin, region="330102"),
        )
    ]


def test_the_enterprises_that_pull_most_up_and_down():
    units = firms("survey", *[(10 + n, 10) for n in range(-5, 30)])
    found = line(*LEVELS, *units, scope=EVERYONE, names={"E34": "杼山重工"}, count=3).movers
    assert [p.key for p in found.parts] == ["E34", "E33", "E32", "E02", "E01", "E00"]
    assert found.parts[0].name == "杼山重工"
    assert found.parts[0].pull == pytest.approx(100 * 29 / 700)
    assert found.withheld == ""


@pytest.mark.parametrize(
    ("origin", "scope", "shown"),
    [
        ("survey", EVERYONE, True),
        ("survey", Scope(None, None, "investment"), False),
        ("survey", Scope(None, None, "ranking"), False),
        ("administrative", Scope(None, None, "ranking"), True),
        ("survey", Scope(), False),
        ("public", Scope(), False),
        ("survey", Scope(frozenset({"330103"}), None), False),
        ("survey", Scope(None, frozenset({"E00"})), True),
    ],
)
def test_single_enterprises_only_where_purpose_and_scope_allow(origin, scope, shown):
    found = line(*LEVELS, *firms(origin, (30, 10)), scope=scope).movers
    assert bool(found.parts) is shown
    assert (found.withheld == "") is shown


def test_late_and_missing_returns_are_named():
    observed = [
        *LEVELS,
        *district("330102", 420, 400),
        seen(OUTPUT, 290, "2024-01/2024-08", region="330103", vintage="2024-09-18"),
        seen(OUTPUT, 90, "2023-01/2023-03", region="zone-1"),
    ]
    found = page(*observed, due=date(2024, 10, 17))
    told = {(each.name, each.state): each for each in found.returns}
    missing = told["下河区 规模以上工业总产值", "missing"]
    assert (missing.last, missing.holder) == ("2024-01/2024-08", "统计局")
    late = told["上河区 规模以上工业总产值", "late"]
    assert late.came == "2024-10-18"
    assert not any("开发区" in name for name, _ in told)  # long silent: no longer expected


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 500), st.integers(1, 500)), min_size=1, max_size=6))
def test_pulls_of_parts_that_make_the_whole_sum_to_its_growth(parts):
    scheme = (("g", "x"),)
    now, then = sum(a for a, _ in parts), sum(b for _, b in parts)
    observed = [seen(OUTPUT, now, NOW), seen(OUTPUT, then, BEFORE)]
    for number, (a, b) in enumerate(parts):
        codes = ((scheme[0][0], str(number)),)
        observed += [seen(OUTPUT, a, NOW, codes=codes), seen(OUTPUT, b, BEFORE, codes=codes)]
    found = line(*observed, as_of=date(2025, 12, 31))
    (group,) = found.pulls
    assert sum(p.pull for p in group.parts) == pytest.approx(group.total)
    assert group.open_ == pytest.approx(0, abs=1e-9)


INVEST = defines("工业投资", "亿元", "flow", adds_time=True, adds_regions=True)
USE = defines("数字化工具普及率", "%", "share", adds_regions=False)
PLANTS = defines("智能工厂数量", "个", "count", windows=("point", "year"), adds_regions=True)
ADDED = defines("规模以上工业增加值增速", "%", "growth", price_base="comparable")
FIVE = Period(2020, 2024)


def sheet(*observations, cards, month=SEPTEMBER, **more):
    return dispatch(observations, naming(*cards), month, CITY, as_of=date(2025, 3, 31), **more)


def test_a_total_of_the_plan_s_years_is_no_goal_of_the_year():
    total = aims("工业投资", "5000", "亿元", "2024", quote="累计完成工业投资5000亿元")
    total = replace(total, measure="flow")  # the table prints the last year only
    own = replace(aims("工业投资", "1100", "亿元", "2024"), document="年度计划")
    spans = {"规划A": FIVE, "年度计划": Period.year(2024)}
    value = seen(INVEST, 800, NOW)
    (line,) = sheet(value, cards=[INVEST], goals=[total], spans=spans).lines
    assert (line.needed, line.whole) == ((), (total,))
    (line,) = sheet(value, cards=[INVEST], goals=[total, own], spans=spans).lines
    assert [each.target for each in line.needed] == [own]


def test_a_share_changes_in_points_and_nothing_pulls_on_it():
    observed = [seen(USE, 85.6, NOW), seen(USE, 81.9, BEFORE)]
    observed += [seen(USE, v, when, region="330102") for v, when in ((85, NOW), (81, BEFORE))]
    goal = aims("数字化工具普及率", "88", "%", "2024")
    (line,) = sheet(*observed, cards=[USE], goals=[goal]).lines
    assert (line.growth.told, line.pulls, line.movers) == ("+3.7个百分点", (), None)
    assert line.needed[0].zh.endswith("还差2.4个百分点")
    assert line.needed[0].monthly is None


def test_a_stock_is_told_by_its_distance_and_not_spread_over_months():
    goal = aims("智能工厂数量", "40", "个", "2024")
    observed = [seen(PLANTS, 31, "2024-12"), seen(PLANTS, 25, "2023-12")]
    observed = [replace(each, months=Months.year(each.months.last_year)) for each in observed]
    (line,) = sheet(*observed, cards=[PLANTS], month=Months.month(2024, 12), goals=[goal]).lines
    assert line.needed[0].zh.endswith("还差9个")


def test_a_growth_rate_of_its_own_stands_with_its_gap_to_the_goal_of_the_year():
    value = defines("规模以上工业增加值", "亿元", "flow", adds_time=True)
    goal = aims("规模以上工业增加值增速", "7", "%", "2024")
    found = sheet(
        seen(ADDED, 6.4, NOW), seen(INVEST, 800, NOW), cards=[ADDED, value, INVEST], goals=[goal]
    )
    (rate,) = [each for each in found.lines if each.name == ADDED.name]
    assert rate.growth.rate == 6.4
    assert "低于目标0.6个百分点" in rate.needed[0].zh


def test_months_that_may_bring_less_are_said_to_fall():
    goal = aims("规模以上工业总产值", "1030", "亿元", "2024")
    (needed,) = line(*LEVELS, goals=[goal]).needed  # 1030 − 750 = 280 after 300
    assert needed.zh.endswith("比上年同期300下降6.7%")


def test_goals_that_several_places_state_are_told_once_and_others_by_document():
    goals = [
        aims("规模以上工业总产值", n, u, "2024") for n, u in (("1100", "亿元"), ("0.11", "万亿元"))
    ]
    assert len(line(*LEVELS, goals=goals).needed) == 1
    goals.append(replace(aims("规模以上工业总产值", "1200", "亿元", "2024"), document="纲要"))
    assert len(line(*LEVELS, goals=goals).needed) == 2
    unheard = [aims("软件业务收入", n, "亿元", "2024") for n in ("300", "300")]
    assert len(page(*LEVELS, goals=unheard).silent) == 1


def test_a_district_s_goal_is_a_line_of_the_district():
    goal = aims("上河区规模以上工业总产值", "400", "亿元", "2024", scope="上河区")
    part = seen(OUTPUT, 280, NOW, region="330102", vintage="2024-10-18")
    found = page(*LEVELS, part, goals=[goal])
    assert [each.name for each in found.lines][1:] == ["上河区 规模以上工业总产值"]
    assert (found.lines[1].needed[0].rest, found.lines[0].needed, found.silent) == (120, (), ())


def test_a_series_of_years_is_no_missing_return_of_december():
    staff = defines("平均用工人数", "万人", "stock", adds_regions=True)
    observed = [
        seen(staff, 9, "2023"),
        seen(OUTPUT, 1000, "2024"),
        seen(OUTPUT, 800, "2024-01/2024-10"),
    ]
    found = sheet(*observed, cards=[staff, OUTPUT], month=Months.month(2024, 12))
    assert found.returns == ()


# ------------------------------------------------------------------ a limit of the year (§20.6, §21.3)


@pytest.mark.parametrize(
    ("amount", "hedge", "rest", "word"),
    [("<=1030", "以内", 280, "后3个月至多280亿元"), ("<=740", "不超过", -10, "已超出10亿元")],
)
def test_a_limit_of_the_year_is_not_kept_before_the_year_is_over(amount, hedge, rest, word):
    goal = aims("规模以上工业总产值", amount, "亿元", "2024", hedge=hedge)
    (needed,) = line(*LEVELS, goals=[goal]).needed
    assert not needed.reached
    assert needed.rest == pytest.approx(rest)
    assert word in needed.zh
    assert "已达到" not in needed.zh


def test_growth_under_its_limit_is_held_and_above_it_is_not():
    for amount, held in (("<=7", True), ("<=6", False)):
        goal = aims("规模以上工业总产值增速", amount, "%", "2024", hedge="不超过")
        (needed,) = line(*LEVELS, OFFICIAL, goals=[goal]).needed
        assert needed.reached is held
        assert "至多" in needed.zh


def test_a_limit_of_the_year_is_kept_when_its_months_are_over():
    goal = aims("规模以上工业总产值", "<=1030", "亿元", "2023", hedge="以内")
    found = page(LEVELS[2], month=Months.parse("2023"), goals=[goal])
    (needed,) = found.lines[0].needed
    assert needed.reached
    assert needed.zh.endswith("没有超出")


def test_the_milestone_of_a_total_over_the_plan_is_told_where_no_goal_of_the_year_is_set():
    total = aims("工业投资", "5000", "亿元", "2021-2025", quote="五年累计完成工业投资5000亿元")
    own = replace(aims("工业投资", "1100", "亿元", "2024"), document="年度计划")
    spans = {"规划A": FIVE, "年度计划": Period.year(2024)}
    value = seen(INVEST, 800, NOW)
    (line,) = sheet(value, cards=[INVEST], goals=[total], spans=spans).lines
    (step,) = line.steps
    assert step.rest == pytest.approx(200)  # 5000 in five years: 1000 a year, 800 done
    assert "期内合计5000亿元" in step.zh
    assert "非下达的年度目标" in step.zh
    assert "本年应完成1000亿元" in step.zh
    (line,) = sheet(value, cards=[INVEST], goals=[total, own], spans=spans).lines
    assert line.steps == ()
