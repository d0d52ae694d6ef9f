"""An unissued plan against the plan above it and its sisters. All figures are fictional."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stating import aims, reports

import jingwei
from jingwei.core import Statement
from jingwei.documents import read_text
from jingwei.monitor.drafting import allots, check_draft, review_draft
from jingwei.plans.compiling import read_statements

SHARE = "研发经费支出占地区生产总值比重"


def draft(subject: str, amount: str, unit: str = "", period: str = "2025", **more) -> Statement:
    return aims(subject, amount, unit, period, document="草案", **more)


def above(subject: str, amount: str, unit: str = "", period: str = "2025", **more) -> Statement:
    return aims(subject, amount, unit, period, document="纲要", **more)


def kinds(asked: Statement, *given: Statement) -> list[str]:
    return [each.kind for each in check_draft(given, [asked])]


@given(st.integers(1, 400), st.integers(0, 400), st.sampled_from(["=", ">="]))
def test_equal_or_more_is_aligned_and_less_is_weaker(asked, more, op):
    mark = "" if op == "=" else op
    target = above("绿色工厂数量", f"{mark}{asked}", "家")
    review = review_draft([draft("绿色工厂数量", f"{mark}{asked + more}", "家")], [target])
    assert not review.findings and len(review.aligned) == review.asked == 1
    assert kinds(target, draft("绿色工厂数量", f"{mark}{max(asked - 1, 0)}", "家")) == [
        "draft_weaker"
    ]


def test_less_is_more_where_less_is_wanted():
    target = above("单位工业增加值用水量", "12", "立方米/万元", measure="level")
    assert not kinds(target, draft("单位工业增加值用水量", "11", "立方米/万元", measure="level"))
    assert kinds(target, draft("单位工业增加值用水量", "13", "立方米/万元", measure="level")) == [
        "draft_weaker"
    ]


@pytest.mark.parametrize(
    ("asked", "given_", "cause"),
    [
        (above(SHARE, "2.5", "%"), draft(SHARE, "~2.5", "%"), "左右"),
        (
            above(SHARE, "2.5", "%", attr="约束性"),
            draft(SHARE, "2.5", "%", attr="预期性"),
            "约束性",
        ),
        (above(SHARE, "2.5", "%"), draft(SHARE, "2.3", "%", "2027"), "推后"),
    ],
)
def test_what_makes_a_target_weaker_is_named(asked, given_, cause):
    (finding,) = check_draft([given_], [asked])
    assert finding.kind == "draft_weaker"
    assert cause in finding.explanations[0].text
    assert finding.sides == (asked.evidence, given_.evidence)


def test_a_shortfall_within_the_tolerance_is_found_and_its_readings_are_shown():
    asked = above("高新技术企业数量", "~1200", "家", hedge="左右")
    (finding,) = check_draft([draft("高新技术企业数量", "1100", "家")], [asked])
    assert finding.kind == "draft_weaker"
    assert "容许差5%：不相容" in finding.message and "容许差10%：相容" in finding.message
    assert not kinds(asked, draft("高新技术企业数量", "1200", "家"))


def test_a_sister_with_a_hedge_contradicts_another_number():
    sister = aims("高新技术企业数量", "~1200", "家", "2025", document="甲规划", hedge="左右")
    (finding,) = check_draft([draft("高新技术企业数量", "1100", "家")], [], [sister])
    assert finding.kind == "draft_contradictory" and "容许差10%：相容" in finding.message
    same = draft("高新技术企业数量", "~1200", "家", hedge="左右")
    assert not check_draft([same], [], [sister])


def test_one_year_is_not_held_against_five():
    asked = above("工业投资", "5000", "亿元", "2021-2025", measure="flow")
    (finding,) = check_draft([draft("工业投资", "1200", "亿元", "2026", measure="flow")], [asked])
    assert finding.kind == "draft_unclear" and "一年" in finding.explanations[0].text


def test_a_plan_for_one_year_is_asked_for_that_year_only():
    asked = [
        above("绿色工厂数量", "60", "家", "2025"), above("绿色园区数量", "5", "个", "2023"),
        above("绿色园区数量", "9", "个", "2025"),
    ]  # fmt: skip
    mine = draft("绿色园区数量", "4", "个", "2023")
    assert [f.kind for f in check_draft([mine], asked, year=2023)] == ["draft_weaker"]


def test_rounding_is_not_weaker():
    assert not kinds(above(SHARE, "66.67", "%"), draft(SHARE, "66.7", "%"))


def test_missing_with_the_nearest_beside_it():
    (finding,) = check_draft(
        [draft("制造业研发人员数量", "900", "人")], [above("工业研发人员数量", "1000", "人")]
    )
    assert finding.kind == "draft_missing"
    assert len(finding.sides) == 2 and "相近" in finding.explanations[0].text
    assert kinds(above("绿色园区数量", "5", "个")) == ["draft_missing"]


def test_another_denominator_or_unit_is_redefined():
    asked = above("数字经济核心产业增加值占地区生产总值比重", "12", "%")
    other = draft("数字经济核心产业增加值占服务业增加值比重", "20", "%")
    assert kinds(asked, other) == ["draft_redefined"]
    assert kinds(above("智能工厂数量", "60", "家"), draft("智能工厂数量", "60", "项")) == [
        "draft_redefined"
    ]


def test_opposite_bounds_contradict():
    asked = above("单位产品电耗", "<=300", "千瓦时/吨", measure="level")
    assert kinds(asked, draft("单位产品电耗", ">=320", "千瓦时/吨", measure="level")) == [
        "draft_contradictory"
    ]


def test_words_against_a_number_cannot_be_compared():
    asked = above(SHARE, "全国前列", "%")
    assert kinds(asked, draft(SHARE, "2.5", "%")) == ["draft_unclear"]
    assert not kinds(asked, draft(SHARE, "全国前列", "%"))


def test_a_wider_area_is_carried_by_the_draft_with_its_own_number():
    asked = above("规上工业增加值", "30000", "亿元", scope="江淮省")
    review = review_draft([draft("规上工业增加值", "1500", "亿元")], [asked])
    assert not review.findings and len(review.carried) == 1 and not review.aligned


def test_a_rate_of_a_wider_area_is_asked_of_the_draft_only_where_it_is_allotted():
    asked = above(SHARE, "2.8", "%", scope="江淮省")
    review = review_draft([draft(SHARE, "2.5", "%")], [asked])
    assert not review.findings and len(review.carried) == 1
    each = above(f"各市{SHARE}", "2.8", "%", scope="江淮省")
    assert kinds(each, draft(SHARE, "2.5", "%")) == ["draft_weaker"]
    named = above(SHARE, "2.8", "%")  # of the draft's own area, by name
    assert kinds(named, draft(SHARE, "2.5", "%")) == ["draft_weaker"]


def test_facts_of_the_upper_plan_ask_nothing_and_a_repeated_target_once():
    fact = reports("绿色工厂数量", "20", "家", "2020", document="纲要")
    twice = [above("绿色工厂数量", "60", "家"), above("绿色工厂数量", "60", "家", attr="预期性")]
    review = review_draft([], [fact, *twice])
    assert review.asked == 1 and len(review.findings) == 1


def test_sisters_may_not_set_another_number():
    own = draft("绿色工厂数量", "60", "家")
    other = aims("绿色工厂数量", "80", "家", "2025", document="同级规划")
    (finding,) = check_draft([own], [], [other])
    assert finding.kind == "draft_contradictory" and "同级规划" in finding.message
    assert not check_draft(
        [own], [], [aims("绿色工厂数量", "60", "家", "2025", document="同级规划")]
    )
    assert not check_draft(
        [own], [], [aims("绿色工厂数量", "80", "家", "2030", document="同级规划")]
    )


# -- a district's draft and its city's plan ---------------------------------------------------

CITY = """江澄市制造业发展“十六五”规划

二、发展目标
到2035年，{whole}规上工业总产值达到8000亿元，规上工业增加值年均增长7%。
到2035年，青岚区绿色工厂达到30家。
到2035年，各区高新技术企业数量年均增长10%。
"""

DISTRICT = """{title}制造业发展“十六五”规划（征求意见稿）

二、发展目标
到2035年，{lead}全市规上工业总产值达到{total}亿元。
到2035年，{own}规上工业总产值达到1000亿元，规上工业增加值年均增长6%。
到2035年，{own}绿色工厂达到{green}家，高新技术企业数量年均增长{high}%。
"""


def district_review(
    whole="全市", *, title="江澄市青岚区", lead="", own="全区", total=8000, green=30, high=10
):
    city = jingwei.read_text(CITY.format(whole=whole), "市规划.txt")
    text = DISTRICT.format(title=title, lead=lead, own=own, total=total, green=green, high=high)
    found = jingwei.check_draft(jingwei.read_text(text, "区草案.txt"), [city])
    return [(each.kind, each.message) for each in found]


@pytest.mark.parametrize("whole", ["全市", "本市", "江澄市", "我市"])
@pytest.mark.parametrize("title", ["江澄市青岚区", "青岚区"])
@pytest.mark.parametrize("own", ["全区", "我区", "青岚区"])
def test_a_district_that_tells_its_city_and_itself_as_the_city_does_raises_nothing(
    whole, title, own
):
    assert district_review(whole, title=title, own=own) == []


@pytest.mark.parametrize("whole", ["全市", "本市", "江澄市"])
@pytest.mark.parametrize("lead", ["", "支撑"])
@pytest.mark.parametrize("total", [7000, 9000])
def test_the_citys_number_in_a_districts_draft_is_held_against_the_citys_plan(whole, lead, total):
    [(kind, message)] = district_review(whole, lead=lead, total=total)
    assert kind == "draft_contradictory"
    assert "8000亿元" in message and f"{total}亿元" in message and "上位规划" in message


def test_a_districts_own_number_answers_to_what_the_city_allots_or_sets_for_it_by_name():
    assert [kind for kind, _ in district_review(green=20)] == ["draft_weaker"]
    assert [kind for kind, _ in district_review(high=8)] == ["draft_weaker"]


def test_a_plan_of_another_district_or_city_asks_nothing():
    other = CITY.replace("江澄市", "北沚市").replace("青岚区", "白石区").format(whole="全市")
    city = jingwei.read_text(CITY.format(whole="全市"), "市规划.txt")
    text = DISTRICT.format(title="江澄市青岚区", lead="", own="全区", total=8000, green=30, high=10)
    draft_ = jingwei.read_text(text, "区草案.txt")
    assert jingwei.check_draft(draft_, [city, jingwei.read_text(other, "邻市规划.txt")]) == []


def test_a_target_that_the_plan_above_sets_for_the_draft_s_own_area_is_asked_of_it() -> None:
    from jingwei import check_draft, read_text

    above = read_text(
        "沧岭省“十五五”新型工业化规划\n\n沧岭省人民政府 2026年2月\n\n一、目标\n\n"
        "到2030年，全省规模以上工业总产值达到9万亿元。到2030年，青汀市规模以上工业总产值达到7500亿元。\n",
        "省.txt",
    )
    draft = read_text(
        "青汀市“十五五”工业规划（征求意见稿）\n（2026—2030年）\n\n一、目标\n\n"
        "到2030年，青汀市规模以上工业总产值达到7000亿元。\n",
        "草案.txt",
    )
    found = {each.kind: each.message for each in check_draft(draft, [above])}
    assert "7500亿元" in found["draft_weaker"]


UPPER = "岭东省“十六五”规划纲要\n（2031—2035年）\n一、目标\n到2035年，全省单位工业增加值能耗累计下降13.5%。{}\n"


def test_where_an_outline_lets_no_part_stay_below_its_rates_are_asked_of_the_draft():
    own = read_statements(
        read_text(
            "泽川市工业“十六五”规划\n一、目标\n到2035年，单位工业增加值能耗累计下降12%。\n",
            "draft.txt",
        )
    )
    told = UPPER.format("各市不得低于全省水平。")
    upper = read_statements(read_text(told, "upper.txt"))
    silent = review_draft(own, upper, home="泽川市")
    assert (silent.findings, len(silent.carried)) == ((), 1)
    (finding,) = review_draft(own, upper, home="泽川市", allotting={"upper.txt": ""}).findings
    assert finding.kind == "draft_weaker"
    assert allots(told) == ""
    assert allots(UPPER.format("")) is None


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("各县（市、区）约束性指标不得低于全市水平。", {"约束性"}),
        ("各县（市、区）关键工序数控化率不得低于全市水平。", {"预期性"}),
        ("各县（市、区）不得低于全市水平。", {"约束性", "预期性"}),
    ],
)
def test_what_an_allotment_names_is_what_it_asks(said: str, asked: set[str]) -> None:
    table = (
        "指标\t单位\t2030年\t属性\n单位工业增加值能耗下降\t%\t14.5\t约束性\n关键工序数控化率\t%\t68\t预期性\n"
        "规上企业数\t家\t680\t预期性\n"
    )
    text = f"沅口市工业“十五五”规划\n（2026—2030年）\n\n一、目标\n\n{table}\n{said}\n"
    upper = read_statements(read_text(text, "upper.txt"))
    own = read_statements(
        read_text(
            "泽川县工业“十五五”规划\n（2026—2030年）\n一、目标\n单位工业增加值能耗累计下降13%，关键工序数控化率达到60%。\n",
            "draft.txt",
        )
    )
    what = allots(text)
    assert what is not None
    review = review_draft(own, upper, home="泽川县", allotting={"upper.txt": what})
    attrs = {s.evidence: s.attr for s in upper}
    weaker = {attrs[f.sides[0]] for f in review.findings if f.kind == "draft_weaker"}
    assert weaker == asked


@pytest.mark.parametrize("sister", [False, True])
def test_a_part_set_higher_than_the_whole_it_is_the_core_of_is_told(sister: bool) -> None:
    part = above("软件服务营业收入", "1.5", "万亿元")
    whole = draft("以软件服务为核心的数字产业营业收入", "~1", "万亿元")
    found = check_draft([whole], [] if sister else [part], [part] if sister else [])
    (told,) = [each for each in found if each.kind == "draft_contradictory"]
    assert told.message.startswith("部分大于整体")
    assert set(told.sides) == {part.evidence, whole.evidence}
    fitting = draft("以软件服务为核心的数字产业营业收入", "2", "万亿元")
    assert not [e for e in check_draft([fitting], [part]) if e.kind == "draft_contradictory"]
