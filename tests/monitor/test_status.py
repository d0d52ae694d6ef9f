"""What decides a status beside the numbers: the day, the sources, the base (docs/semantics.md §20)."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from observing import defines, naming, seen
from stating import aims, reports

from jingwei.core import Formula, Period, Row
from jingwei.monitor.bridge import dates_of, facts_of, known_on
from jingwei.monitor.status import cumulated, standings

SPAN = Period(2021, 2025)
OUTPUT = defines("规模以上工业总产值", "亿元", "flow", price_base="current")
INVEST = defines("工业投资", "亿元", "flow", adds_time=True)
GOAL = aims("规模以上工业总产值", "1500", "亿元", "2025")


def standing(target, *documents, observed=(), cards=(), as_of="2024-06-30", own=(), **more):
    day = date.fromisoformat(as_of)
    known = known_on(observed, day)
    statistics = facts_of(known, naming(*cards), partial=True)
    dates = dates_of(known) | more.pop("dates", {})
    (found,) = standings(
        [target, *own],
        list(documents),
        as_of=day,
        statistics=statistics,
        dates=dates,
        span=SPAN,
        **more,
    )
    return found


def rows(evidence):
    for each in evidence:
        if isinstance(each, Row):
            yield each
        elif isinstance(each, Formula):
            yield from rows(each.of)


def yearly(card, *pairs, **more):
    return [seen(card, value, str(year), **more) for year, value in pairs]


def test_a_status_from_statistics_names_value_date_source_and_rule():
    found = standing(GOAL, observed=yearly(OUTPUT, (2020, 1000), (2023, 1300)), cards=[OUTPUT])
    assert (found.class_, found.at) == ("基本符合预期", "2023")
    assert found.value.startswith("2023年1300亿元（统计年鉴@2024-03-01）")
    assert found.verdict.as_of == "2024-03-01"
    assert found.verdict.method.startswith("§20.4")
    assert len(list(rows(found.verdict.evidence))) == 2


def formulas(found):
    return [each.formula for each in found.verdict.evidence if isinstance(each, Formula)]


def test_progress_is_written_out_with_its_numbers():
    found = standing(GOAL, observed=yearly(OUTPUT, (2020, 1000), (2023, 1300)), cards=[OUTPUT])
    assert formulas(found) == [
        "完成进度 = (1300−1000)÷(1500−1000) = 60.0%；应达 = 36个月÷60个月 = 60.0%；"
        "比值 = 完成进度÷应达 = 1"
    ]
    found = standing(
        GOAL, observed=yearly(OUTPUT, (2020, 1000), (2023, 1300)), cards=[OUTPUT], method="growth-ratio"
    )  # fmt: skip
    assert formulas(found) == [
        "年均实际 = (1300÷1000)^(1÷3)−1 = +9.14%；年均所需 = (1500÷1000)^(1÷5)−1 = +8.45%"
    ]


def growth_over_all(subject, value, unit, quote):
    return aims(
        subject, value, unit, "2021-2025", measure="growth", quote=quote, base_year=2020
    )  # fmt: skip


def after(goal, year, value):
    observed = yearly(OUTPUT, (2020, 1000), (year, value))
    return standing(goal, observed=observed, cards=[OUTPUT], as_of=f"{year + 1}-06-30")


def test_growth_over_the_base_year_is_no_growth_a_year():
    goal = growth_over_all("规模以上工业总产值增速", "45", "%", "规模以上工业总产值比2020年增长45%")
    found = after(goal, 2023, 1300)
    assert found.class_ == "快于预期"
    assert "目标增长45%：完成进度66.7%" in found.verdict.reason
    assert [after(goal, 2025, v).verdict.answer for v in (1440, 1450)] == ["not_met", "met"]


@pytest.mark.parametrize(
    ("times", "ends"),
    [("1", {1990: "not_met", 2000: "met"}),
     ("1.5", {1490: "not_met", 1500: "depends", 2490: "depends", 2500: "met"})],
)  # fmt: skip
def test_growth_by_times_has_two_readings_above_one(times, ends):
    quote = f"规模以上工业总产值增长{times}倍"
    goal = growth_over_all("规模以上工业总产值增长幅度", times, "倍", quote)
    assert {value: after(goal, 2025, value).verdict.answer for value in ends} == ends


def test_a_running_sum_tells_what_it_comes_to():
    goal = aims("工业投资", "2500", "亿元", "2021-2025", measure="flow")
    observed = yearly(INVEST, (2021, 450), (2022, 480))
    found = standing(goal, observed=observed, cards=[INVEST], as_of="2024-06-30")
    assert "450亿元+480亿元 = 930亿元" in found.value


@pytest.mark.parametrize(
    ("as_of", "class_", "at"),
    [("2022-02-01", "无法评价", ""), ("2022-06-30", "快于预期", "2021"), ("2024-02-28", "相对滞后", "2022"),
     ("2024-03-01", "基本符合预期", "2023")],
)  # fmt: skip
def test_only_what_was_published_on_the_day_is_known(as_of, class_, at):
    observed = yearly(OUTPUT, (2020, 1000), (2021, 1150), (2022, 1160), (2023, 1300))
    found = standing(GOAL, observed=observed, cards=[OUTPUT], as_of=as_of)
    assert (found.class_, found.at) == (class_, at)


def test_a_revision_changes_the_status_from_its_day_on():
    observed = [
        *yearly(OUTPUT, (2020, 1000), (2023, 1300)),
        seen(OUTPUT, 1200, "2023", vintage="2024-11-01", reason="经济普查修订"),
    ]
    before = standing(GOAL, observed=observed, cards=[OUTPUT], as_of="2024-10-31")
    after = standing(GOAL, observed=observed, cards=[OUTPUT], as_of="2024-11-01")
    assert (before.class_, after.class_) == ("基本符合预期", "相对滞后")
    assert after.verdict.as_of == "2024-11-01"


def test_a_document_dated_after_the_day_is_not_known():
    facts = [
        reports("规模以上工业总产值", "1000", "亿元", "2020", document="旧公报"),
        reports("规模以上工业总产值", "1300", "亿元", "2023", document="新公报"),
    ]
    dates = {"旧公报": "2021-02-01", "新公报": "2024-02-20"}
    assert standing(GOAL, *facts, as_of="2024-02-19", dates=dates).class_ == "无法评价"
    assert standing(GOAL, *facts, as_of="2024-02-20", dates=dates).class_ == "基本符合预期"


def test_months_of_the_running_year_add_to_a_sum():
    target = aims("工业投资", "4500", "亿元", "2021-2025")
    observed = [
        *yearly(INVEST, (2021, 800), (2022, 900), (2023, 1000)),
        seen(INVEST, 450, "2024-01/2024-06", vintage="2024-07-20"),
    ]
    found = standing(target, observed=observed, cards=[INVEST], as_of="2024-08-01")
    assert (found.class_, found.at) == ("基本符合预期", "2024-06")
    assert (found.done, found.due) == pytest.approx((3150 / 4500, 42 / 60))
    earlier = standing(target, observed=observed, cards=[INVEST], as_of="2024-07-01")
    assert earlier.at == "2023"


def test_months_of_the_running_year_are_no_level_of_a_year():
    observed = [
        *yearly(OUTPUT, (2020, 1000), (2023, 1300)),
        seen(OUTPUT, 700, "2024-01/2024-06", vintage="2024-07-20"),
    ]
    found = standing(GOAL, observed=observed, cards=[OUTPUT], as_of="2024-08-01")
    assert (found.class_, found.at) == ("基本符合预期", "2023")


def test_a_stock_is_known_by_the_month():
    firms = defines("高新技术企业数量", "家", "count", windows=("point",))
    target = aims("高新技术企业", "2000", "家", "2025")
    observed = [seen(firms, 1000, "2020-12"), seen(firms, 1500, "2023-06", vintage="2023-07-15")]
    found = standing(target, observed=observed, cards=[firms], as_of="2023-08-01")
    assert (found.class_, found.at, found.due) == ("基本符合预期", "2023-06", 0.5)


def test_the_growth_of_one_year_is_held_against_its_months():
    growth = defines("规模以上工业增加值增速", "%", "growth")
    target = aims("规模以上工业增加值增速", "6", "%", "2024")

    def class_of(value):
        observed = [seen(growth, value, "2024-01/2024-09", vintage="2024-10-20")]
        return standing(target, observed=observed, cards=[growth], as_of="2024-11-01")

    assert [class_of(v).class_ for v in (6.6, 6.3, 5.4, 5.3)] == [
        "快于预期", "基本符合预期", "基本符合预期", "相对滞后",
    ]  # fmt: skip
    # 12 months at 6: (72 − 9·5.4) ÷ 3
    assert class_of(5.4).required.to == pytest.approx(7.8)


def test_the_levels_of_a_constant_price_ratio_give_its_decline():
    water = defines(
        "单位工业增加值用水量", "立方米/万元", "ratio", price_base="constant", price_year=2020
    )
    target = aims("单位工业增加值用水量累计下降幅度", "16", "%", "2021-2025")
    found = standing(target, observed=yearly(water, (2020, 20), (2023, 18)), cards=[water])
    assert found.class_ == "基本符合预期"
    assert found.done == pytest.approx(10 / 16)


def test_the_base_of_the_plan_and_that_of_the_statistics_may_differ():
    own = [reports("规模以上工业总产值", "900", "亿元", "2020", document="规划A")]
    observed = yearly(OUTPUT, (2020, 1000), (2023, 1255))
    found = standing(GOAL, observed=observed, cards=[OUTPUT], own=own)
    # (1255 − 1000) ÷ 500 = 0.51; (1255 − 900) ÷ 600 = 0.5917: behind and on pace
    assert found.class_ == "取决于读法"
    assert {each.answer for each in found.verdict.readings} == {"met", "not_met"}
    assert all("基期2020年" in each.reading for each in found.verdict.readings)
    near = [reports("规模以上工业总产值", "1000.4", "亿元", "2020", document="规划A")]
    same = standing(GOAL, observed=observed, cards=[OUTPUT], own=near)
    assert same.class_ == "相对滞后"


def test_a_missing_base_is_named_and_what_is_near_is_proposed():
    facts = [
        reports("规模以上工业总产值", "1300", "亿元", "2023"),
        reports("工业总产值", "1100", "亿元", "2020", document="姊妹规划"),
    ]
    found = standing(GOAL, *facts)
    assert found.class_ == "无法评价"
    (missing,) = found.verdict.missing
    assert missing.fact == "2020年规模以上工业总产值（基期，同口径）"
    assert missing.holder == "云溪市统计局"
    (proposed,) = found.beside
    assert proposed.relation == "另一口径"
    assert "1100亿元" in proposed.zh


def test_a_person_may_confirm_or_refuse_that_two_names_are_one():
    base = reports("规模以上工业总产值", "1000", "亿元", "2020")
    value = reports("规模以上工业总产值", "1300", "亿元", "2023", name="seen")
    target = aims("规模以上工业总产值", "1500", "亿元", "2025", name="goal")
    assert standing(target, base, value).class_ == "基本符合预期"
    refused = standing(target, base, value, decisions={"goal>seen": "refused"})
    assert refused.class_ == "无法评价"


def test_binding_targets_say_so():
    facts = [
        reports("规模以上工业总产值", "1000", "亿元", "2020"),
        reports("规模以上工业总产值", "1200", "亿元", "2023"),
    ]
    bound = standing(aims("规模以上工业总产值", "1500", "亿元", "2025", attr="约束性"), *facts)
    loose = standing(aims("规模以上工业总产值", "1500", "亿元", "2025", attr="预期性"), *facts)
    assert "约束性指标" in bound.verdict.reason
    assert "约束性" in bound.verdict.method
    assert "约束性" not in loose.verdict.reason
    assert bound.verdict.gap == bound.required


def test_the_gap_is_the_pace_that_the_years_left_need():
    facts = [
        reports("规模以上工业总产值", "1000", "亿元", "2020"),
        reports("规模以上工业总产值", "1200", "亿元", "2023"),
    ]
    gap = standing(GOAL, *facts).verdict.gap
    assert gap.unit == "%"
    assert 1200 * (1 + gap.to / 100) ** 2 == pytest.approx(1500)
    assert 1000 * (1 + gap.from_ / 100) ** 3 == pytest.approx(1200)


@settings(max_examples=60)
@given(st.integers(900, 1700), st.integers(900, 1700), st.booleans())
def test_more_is_never_a_worse_class_and_order_plays_no_part(one, other, ratio):
    low, high = sorted((one, other))
    order = ["倒退", "进展有限", "需要加快", "进展正常", "目标已达到"]
    if not ratio:
        order = ["相对滞后", "基本符合预期", "快于预期", "提前实现"]

    def class_of(value):
        facts = [
            reports("规模以上工业总产值", "1000", "亿元", "2020"),
            reports("规模以上工业总产值", str(value), "亿元", "2023"),
        ]
        method = "growth-ratio" if ratio else "pace"
        found = {
            standing(GOAL, *each, method=method).class_ for each in (facts, list(reversed(facts)))
        }
        return order.index(found.pop()) if len(found) == 1 else None

    assert class_of(low) <= class_of(high)


# ------------------------------------------------------------------ §20.6 a target for every year

EVERY = aims("每年工业投资", "100", "亿元", "2021-2025")


@pytest.mark.parametrize(
    ("amounts", "answer"),
    [((110, 120, 105), "met"), ((110, 95, 130), "not_met"), ((60, 60, 60), "not_met")],
)
def test_every_year_so_far_has_to_reach_a_yearly_target(amounts, answer):
    rows_ = yearly(INVEST, *zip((2021, 2022, 2023), amounts, strict=True))
    found = standing(EVERY, observed=rows_, cards=[INVEST])
    assert found.verdict.answer == answer
    # the running total (335, 180) is never held against the number of one year
    assert found.class_ == ("基本符合预期" if answer == "met" else "相对滞后")
    assert found.verdict.gap is None or found.verdict.gap.from_ == min(amounts)


def test_a_missing_year_of_a_yearly_target_is_named():
    found = standing(EVERY, observed=yearly(INVEST, (2021, 110), (2023, 120)), cards=[INVEST])
    assert found.verdict.answer == "unknown"
    assert found.verdict.missing[0].fact == "2022年每年工业投资"
    late = standing(EVERY, observed=yearly(INVEST, (2021, 110), (2023, 20)), cards=[INVEST])
    assert late.verdict.answer == "not_met"  # whatever 2022 was


def test_a_total_so_far_counts_as_an_average_and_an_average_is_no_total():
    total = reports("工业投资", "270", "亿元", "2021-2023", quote="三年累计完成工业投资270亿元")
    found = standing(EVERY, total)
    assert (found.verdict.answer, "按年均计" in found.verdict.reason) == ("not_met", True)
    whole = aims("工业投资", "500", "亿元", "2021-2025", quote="五年累计工业投资500亿元")
    average = reports("年均工业投资", "110", "亿元", "2021-2023", quote="年均完成工业投资110亿元")
    assert standing(whole, average).verdict.answer == "unknown"


def test_the_decline_of_the_plan_before_meets_nothing():
    target = aims("单位工业增加值能耗累计下降幅度", "14.5", "%", "2021-2025", attr="约束性")
    before = reports(
        "单位工业增加值能耗累计下降幅度",
        "18.5",
        "%",
        "2020",
        quote="2020年单位工业增加值能耗累计下降18.5%",
    )
    found = standing(target, own=[before], as_of="2023-06-30")
    assert (found.verdict.answer, found.class_) == ("unknown", "无法评价")
    now = reports(
        "单位工业增加值能耗累计下降幅度", "6.1", "%", "2021-2022",
        quote="2021-2022年单位工业增加值能耗累计下降6.1%",
    )  # fmt: skip
    assert standing(target, now, own=[before], as_of="2023-06-30").verdict.answer == "met"


DECLINE = defines("单位工业增加值能耗降低率", "%", "growth")
FALL = aims("单位工业增加值能耗累计下降幅度", "14", "%", "2021-2025", attr="约束性")


@pytest.mark.parametrize(
    ("subject", "goal", "unit", "before"),
    [
        ("单位工业增加值能耗累计下降幅度", "14", "%", "18"),
        ("工业投资", "3000", "亿元", "3400"),
        ("规模以上工业总产值年均增速", "8", "%", "9"),
    ],
)
@pytest.mark.parametrize("period", ["2016-2020", "2020"])
def test_what_the_plan_before_brought_is_no_progress_of_this_one(
    subject, goal, unit, before, period
):
    target = aims(subject, goal, unit, "2021-2025")
    told = f"“十三五”时期{subject}累计{before}{unit}"
    past = reports(subject, before, unit, period, quote=told)
    found = standing(target, own=[past], as_of="2022-06-30")
    assert found.class_ == "无法评价"
    assert "2021" in found.verdict.missing[0].fact


def test_yearly_declines_compound_from_the_first_year_of_the_plan():
    # 1 − 0.97 × 0.96 = 6.88 %; the rates of 2019 and 2020 are of the plan before
    observed = yearly(DECLINE, (2019, 9), (2020, 9), (2021, 3), (2022, 4))
    found = standing(FALL, observed=observed, cards=[DECLINE])
    assert found.done == pytest.approx(6.88 / 14)
    assert "1−(1−3%)×(1−4%) = 6.88%" in found.verdict.reason


def test_a_yearly_rate_is_never_held_against_a_cumulated_goal():
    whole = defines("单位工业增加值能耗累计下降幅度", "%", "growth")
    found = standing(FALL, observed=yearly(whole, (2025, 3.1)), cards=[whole], as_of="2026-06-30")
    assert found.verdict.answer == "unknown"


def test_a_cumulated_path_compounds_declines_sums_flows_and_leaves_levels():
    years = {2021: 3.0, 2022: 4.0, 2024: 2.0}
    assert cumulated(FALL, years, 2021) == pytest.approx({2021: 3, 2022: 6.88})
    flow = aims("工业投资", "5000", "亿元", "2021-2025")
    assert cumulated(flow, years, 2021) == pytest.approx({2021: 3, 2022: 7})
    assert cumulated(GOAL, years, 2021) == years


CENTRES = defines("技术中心数量", "家", "count", windows=("point", "year"))
NEWLY = defines("新认定技术中心数量", "家", "flow", adds_time=True)


def test_the_card_says_whether_years_differ_or_add_up():
    goal = aims("技术中心数量", "50", "家", "2021-2025")
    observed = yearly(CENTRES, (2020, 100), (2021, 110), (2022, 121))
    found = standing(goal, observed=observed, cards=[CENTRES], as_of="2023-06-30")
    assert found.done == pytest.approx(21 / 50)  # 121 − 100, not 110 + 121
    goal = aims("新认定技术中心数量", "50", "家", "2021-2025", quote="五年新认定技术中心50家")
    observed = yearly(NEWLY, (2020, 9), (2021, 10), (2022, 12))
    found = standing(goal, observed=observed, cards=[NEWLY], as_of="2023-06-30")
    assert found.done == pytest.approx(22 / 50)


def test_a_stock_without_its_base_names_the_base():
    goal = aims("技术中心数量", "50", "家", "2021-2025")
    found = standing(
        goal, observed=yearly(CENTRES, (2022, 121)), cards=[CENTRES], as_of="2023-06-30"
    )
    assert found.class_ == "无法评价"
    assert "2020年技术中心数量（基期" in found.verdict.missing[0].fact


@pytest.mark.parametrize("subject", ["上河区规模以上工业总产值", "规模以上工业总产值"])
def test_a_district_s_target_is_told_by_the_statistics_of_its_code(subject):
    goal = aims(subject, "300", "亿元", "2025", scope="上河区")
    mine = yearly(OUTPUT, (2020, 200), (2023, 260), region="330102")
    others = [
        *yearly(OUTPUT, (2020, 1000), (2023, 900)),
        *yearly(OUTPUT, (2023, 1), region="330103"),
    ]
    cities = [reports("规模以上工业营业收入", str(n), "亿元", "2019") for n in (8, 9)]
    found = standing(goal, observed=[*mine, *others], cards=[OUTPUT], own=cities)
    assert found.done == pytest.approx(60 / 100)
    assert {each.key.split()[1] for each in rows(found.verdict.evidence)} == {"330102"}


@pytest.mark.parametrize("scope", ["云溪市", "开发区"])
def test_one_zone_is_no_fact_about_all_zones_of_the_city(scope):
    land = defines("开发区单位土地产值", "亿元/平方公里", "ratio")
    goal = aims("开发区单位土地产值", "52", "亿元/平方公里", "2020", scope=scope)
    city, zone = yearly(land, (2020, 53.4)), yearly(land, (2020, 50), region="zone-1")
    cities = [reports("规模以上工业营业收入", str(n), "亿元", "2019") for n in (8, 9)]
    more = {"cards": [land], "as_of": "2021-12-31", "own": cities}
    both = standing(goal, observed=[*city, *zone], **more)
    assert both.class_ == "完成" and "不一致" not in both.verdict.reason
    assert standing(goal, observed=zone, **more).verdict.answer == "unknown"


# ------------------------------------------------------------------ one target of a plan


def test_one_target_asked_for_has_the_answer_it_has_among_all():
    """A target, the row that repeats it, one that states it with another number, and others."""
    plan = [
        aims("规模以上工业总产值", "1500", "亿元", "2025", attr="预期性", name="row"),
        aims("规模以上工业总产值", "1500", "亿元", "2025", name="prose"),
        aims("高新技术企业数量", "900", "家", "2025", name="one"),
        aims("高新技术企业数量", "800", "家", "2025", attr="预期性", name="two"),
        aims("软件业务收入", "300", "亿元", "2025", name="other"),
    ]
    facts = [
        reports("规模以上工业总产值", "1000", "亿元", "2020"),
        reports("规模以上工业总产值", "1200", "亿元", "2023"),
        reports("高新技术企业数量", "500", "家", "2020"),
        reports("高新技术企业数量", "700", "家", "2023"),
    ]
    asked = {"as_of": date(2024, 6, 30), "span": Period(2021, 2025)}
    every = {each.target.id: each for each in standings(plan, facts, **asked)}
    for name in every:
        of_one = standings(plan, facts, **asked, of=name)
        assert len(of_one) < len(every)
        assert {each.target.id: each for each in of_one}[name] == every[name]
