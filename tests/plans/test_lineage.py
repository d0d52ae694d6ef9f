"""How targets of several plans belong together (docs/semantics.md §6)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stating import aims, reports

from jingwei.core import Statement
from jingwei.documents import read_text
from jingwei.plans.compiling import read_statements
from jingwei.plans.lineage import agreement, carried, lineage, link_id


def old(subject, amount, unit="", **more):
    return aims(subject, amount, unit, more.pop("period", "2020"), document="十三五", **more)


def later(subject, amount, unit="", **more):
    return aims(subject, amount, unit, more.pop("period", "2025"), document="十四五", **more)


def sister(subject, amount, unit="", **more):
    return aims(subject, amount, unit, more.pop("period", "2025"), document="新兴产业规划", **more)


def relations(*plans, **more):
    return [(link.relation, link.from_, link.to) for link in lineage(plans, **more)]


STEPS = [
    # relation, old amount, new amount, unit, subject
    ("kept", "600", "600", "家", "规上工业企业数量"),
    ("kept", "~20", ">=20", "%", "战新产业增加值占GDP比重"),
    ("kept", "0.6667", "66.7", "%", "生产性服务业增加值占服务业增加值比重"),
    ("raised", "75", "80", "亿元/平方公里", "园区单位土地产值"),
    ("raised", "28..30", "40", "万元/人", "劳动生产率"),
    ("lowered", "30", "28", "%", "制造业增加值占GDP比重"),
    ("raised", "0.45", "0.40", "吨标准煤/万元", "单位GDP能耗"),  # less is wanted
    ("lowered", "0.40", "0.45", "吨标准煤/万元", "单位GDP能耗"),
    ("raised", "15", "18", "%", "单位GDP能耗下降幅度"),  # more decline is wanted
    ("raised", "<=1.5", "<=1.3", "", "数据中心PUE"),
    ("lowered", "<=1.3", "<=1.5", "", "数据中心PUE"),
    ("raised", "1.2", "1.5", "万亿元", "工业总产值"),
    ("raised", "9000", "1.2", "亿元", "工业总产值"),
    ("kept", "1.7", "全国前列", "%", "研发投入占营业收入比重"),  # words cannot be ranked
    ("kept", "全省前列", "全国前列", "%", "研发投入占营业收入比重"),
    ("redefined", "5", "+5", "家", "创新中心数量"),
    ("redefined", "完成省下达目标", "15", "%", "单位GDP能耗下降幅度"),
    ("kept", "完成省下达目标", "完成市下达目标", "%", "单位GDP能耗下降幅度"),
    ("kept", "22", "40", "万元/人", "劳动生产率"),  # §6.3: 12.7 % a year is no one definition
    ("kept", "20", "40", "%", "高技术产业增加值占GDP比重"),  # 4 points a year
]


@pytest.mark.parametrize(("relation", "before", "after", "unit", "subject"), STEPS)
def test_steps_between_generations(relation, before, after, unit, subject):
    new_unit = "万亿元" if after == "1.2" else unit
    a, b = old(subject, before, unit), later(subject, after, new_unit)
    assert relations([a], [b]) == [(relation, a.id, b.id)]


def test_too_steep_is_said():
    a, b = old("劳动生产率", "22", "万元/人"), later("劳动生产率", ">=40", "万元/人")
    (link,) = lineage([[a], [b]])
    assert "升幅过大" in link.reasons[0]
    assert "too steep" in link.reasons[0]


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("生产性服务业增加值占GDP比重", "生产性服务业增加值占服务业增加值比重", "分母"),
        ("规上工业增加值占GDP比重", "工业增加值占GDP比重", "统计范围"),
        ("光伏产值占工业总产值比重", "光伏产业规模占工业总产值比重", "统计指标"),
        ("市级绿色工厂占工厂比重", "国家级绿色工厂占工厂比重", "级别"),
    ],
)
def test_another_measure_is_redefined_and_not_ranked(before, after, word):
    a, b = old(before, "35", "%"), later(after, "66.7", "%")
    (link,) = lineage([[a], [b]])
    assert (link.relation, link.from_, link.to) == ("redefined", a.id, b.id)
    assert word in link.reasons[0]
    assert "不比较高低" in link.reasons[1]


def test_a_longer_list_on_another_statistic_is_linked_only_to_a_number_of_its_kind():
    a = old("海洋工程装备产值", "300", "亿元")
    level = later("高端船舶和海洋工程装备产业规模", "1000", "亿元")
    twice = later("高端船舶和海洋工程装备产业规模", "x2")
    assert relations([a], [level])[0] == ("redefined", a.id, level.id)
    assert relations([a], [twice])[0] == ("dropped", a.id, "")


def test_a_table_row_that_took_a_rows_place_is_redefined():
    """Only between indicator tables, and only for rows that both sides have left over."""
    a = old("每亿元营业收入发明专利数", "1.2", "件/亿元", attr="预期性")
    b = later("每万名从业人员高价值发明专利拥有量", "60", "件/万人", attr="预期性")
    assert relations([a], [b]) == [("redefined", a.id, b.id)]
    prose = later("每万名从业人员高价值发明专利拥有量", "60", "件/万人")
    assert {r for r, _, _ in relations([a], [prose])} == {"dropped", "new"}


def test_dropped_new_and_moved():
    a = (
        old("绿色工厂数量", "30", "家"),
        old("战新产业产值", "100", "亿元"),
        old("两化融合指数", "85"),
    )
    b = later("绿色工厂数量", "90", "家"), later("工业机器人密度", "300", "台/万人")
    c = (sister("战新产业产值", "200", "亿元"),)
    found = relations(a, b, c)
    assert ("raised", a[0].id, b[0].id) in found
    assert ("moved", a[1].id, c[0].id) in found
    assert ("dropped", a[2].id, "") in found
    assert ("new", "", b[1].id) in found
    assert len(found) == 4


def test_the_main_successor_is_preferred_to_a_sister():
    a = [old("绿色工厂数量", "30", "家"), old("战新产业产值", "100", "亿元")]
    b = [later("绿色工厂数量", "90", "家"), later("战新产业产值", "300", "亿元")]
    c = [sister("战新产业产值", "100", "亿元")]
    assert ("raised", a[1].id, b[1].id) in relations(a, b, c)


def test_a_target_stated_twice_is_one_link_with_both_places():
    row = old("技改投资占工业投资比重", "65", "%", attr="预期性")
    prose = old("技术改造投资占全部工业投资的比重", "65", "%")
    b = later("技改投资占工业投资比重", "60", "%")
    (link,) = lineage([[prose, row], [b]])
    assert (link.relation, link.from_) == ("lowered", row.id)
    assert {row.evidence, prose.evidence, b.evidence} == set(link.evidence)


def test_refused_links_are_not_used_and_the_next_best_is_offered():
    a = [old("绿色工厂数量", "30", "家")]
    b = [later("绿色工厂数量", "90", "家"), later("省级绿色工厂数量", "40", "家")]
    first = next(link for link in lineage([a, b]) if link.from_ == a[0].id)
    assert first.to == b[0].id
    refused = {link_id(first): "refused"}
    second = next(link for link in lineage([a, b], decisions=refused) if link.from_ == a[0].id)
    assert (second.relation, second.to) == ("redefined", b[1].id)
    refused[link_id(second)] = "refused"
    assert relations(a, b, decisions=refused)[0] == ("dropped", a[0].id, "")


def test_a_confirmed_link_wins_and_carries_the_decision():
    a, b = [old("小巨人企业数量", "30", "家")], [later("专精特新重点企业数量", "90", "家")]
    key = f"{a[0].id}>{b[0].id}"
    (link,) = lineage([a, b], decisions={key: "confirmed"})
    assert (link.relation, link.decision) == ("redefined", "confirmed")
    assert any("人工确认" in reason for reason in link.reasons)


def test_sisters_agree_in_other_words_or_contradict():
    a = [
        later("新能源汽车产业规模", ">=3500", "亿元"),
        later("绿色工厂数量", "200", "家"),
        later("示范企业数量", "200", "项"),
        later("智能工厂数量", "50", "家"),
    ]
    b = [
        sister("新能源汽车制造业产值", "~3500", "亿元"),
        sister("绿色工厂数量", "300", "家"),
        sister("示范企业数量", "200", "家"),
        sister("智能工厂数量", "50", "家"),
    ]
    assert relations(a, b) == [
        ("reworded", a[0].id, b[0].id),
        ("contradictory", a[1].id, b[1].id),
        ("redefined", a[2].id, b[2].id),
        ("kept", a[3].id, b[3].id),
    ]


def test_a_part_set_higher_than_its_whole_is_contradictory():
    a = [later("软件和信息服务业营业收入", ">=1.5", "万亿元")]
    b = [sister("以软件和信息服务为核心的新兴数字产业营业收入", "~1", "万亿元")]
    assert relations(a, b) == [("contradictory", a[0].id, b[0].id)]
    lower = [later("软件和信息服务业营业收入", "0.8", "万亿元")]
    assert relations(lower, b) == []


def test_an_upper_plan_is_read_downwards():
    upper = [
        aims("五年累计完成工业投资", "6000", "亿元", "2021-2025", document="纲要"),
        aims("高新技术企业数量", "900", "家", "2025", document="纲要"),
        aims("关键工序数控化率", "0.6667", "", "2025", document="纲要"),
    ]
    plan = [
        later("五年累计完成工业投资", "5500", "亿元", period="2021-2025"),
        later("规模以上工业企业关键工序数控化率", "66.7", "%"),
    ]
    found = [(link.relation, link.from_, link.to) for link in carried(upper, plan)]
    assert found == [
        ("lowered", upper[0].id, plan[0].id),
        ("reworded", upper[2].id, plan[1].id),
        ("dropped", upper[1].id, ""),
    ]
    for name in ("A纲要", "纲要"):
        above = [replace(each, document=name) for each in upper]
        whole = relations(above, plan, upper={"十四五": name})
        assert ("lowered", above[0].id, plan[0].id) in whole
        assert "contradictory" not in {relation for relation, _, _ in whole}


def test_sisters_need_not_agree_where_they_speak_of_different_things():
    a = [
        later("光伏产值", "500", "亿元"),
        later("企业培训人数", "300", "万人", period="2021-2025"),
        later("产业规模", "x2", "", scope="光伏"),
        later("绿色工厂数量", "90", "家"),
    ]
    b = [
        sister("光伏营业收入", "700", "亿元"),
        sister("企业培训人数", "100", "万人"),
        sister("产业规模", "900", "亿元", scope="光伏"),
        sister("绿色工厂数量", "120", "家", period="2030"),
    ]
    assert [r for r in relations(a, b) if r[0] not in ("dropped", "new")] == []


def test_one_number_over_two_denominators_is_redefined_between_sisters():
    a = [later("生产性服务业增加值占GDP比重", "35", "%")]
    b = [sister("生产性服务业增加值占服务业增加值比重", "35", "%")]
    assert relations(a, b) == [("redefined", a[0].id, b[0].id)]


def test_press_against_plan():
    """§6.5: facts and targets; rounding, fractions and wording agree; a unit is flagged."""
    plan = [
        later("示范企业数量", "200", "项"),
        later("服务业增加值占GDP比重", "66.7", "%"),
        later("市级特色园区数量", "~50", "个"),
        later("智能工厂数量", "200", "个"),
        reports("工业总产值", "37053", "亿元", document="十四五"),
    ]
    press = [
        aims("工业总产值", "4.1", "万亿元", "2025", document="通稿"),
        reports("工业总产值", "3.7", "万亿元", document="通稿"),
        aims("示范企业数量", "200", "家", "2025", document="通稿"),
        aims("服务业增加值占全市生产总值比重", "0.6667", "", "2025", document="通稿"),
        aims("特色园区数量", "~50", "个", "2025", document="通稿"),
        aims("智能工厂数量", "300", "个", "2025", document="通稿"),
        aims("新增就业人数", "12", "万人", "2025", document="通稿"),
    ]
    assert [link.relation for link in agreement(press, [plan])] == [
        "new", "kept", "redefined", "reworded", "reworded", "contradictory", "new",
    ]  # fmt: skip


def test_press_raises_no_false_conflict():
    plan = [
        reports("规上工业总产值", "5318", "亿元", document="十四五", scope="云溪市"),
        reports("规上工业总产值", "1291.4", "亿元", document="十四五", scope="滨江新区"),
        reports("人口", "90", "万人", document="十四五", scope="云溪市"),
        reports("单位能耗下降幅度", "4.4", "%", "2016-2020", document="十四五",
                quote="2016年至2020年分别下降5.2%、4.9%、4.6%、4.4%和4.4%"),
        reports("单位能耗累计下降幅度", "21.4", "%", "2016-2020", document="十四五"),
    ]  # fmt: skip
    press = [
        reports("规上工业总产值", "5000", "亿元", document="通稿", quote="跨上5000亿元台阶"),
        reports("规上工业总产值", ">5", "千亿元", document="通稿"),
        reports("规上工业总产值", "1291.4", "亿元", document="通稿"),
        reports("单位能耗累计下降幅度", "21.4", "%", "2016-2020", document="通稿"),
        reports("规上工业总产值", "5400", "亿元", document="通稿"),
    ]
    links = agreement(press, [plan])
    assert [link.relation for link in links] == [
        "reworded", "reworded", "reworded", "kept", "contradictory",
    ]  # fmt: skip
    assert [link.from_ for link in links][2:4] == [plan[1].id, plan[4].id]


def test_links_carry_both_languages_and_both_sides():
    a, b = [old("绿色工厂数量", "30", "家")], [later("绿色工厂数量", "90", "家")]
    (link,) = lineage([a, b])
    assert " / " in link.reasons[0]
    assert link.evidence == (a[0].evidence, b[0].evidence)


WORDS = ["绿色工厂数量", "智能工厂数量", "工业投资", "规上工业增加值", "工业增加值", "创新中心数量"]
some = st.lists(st.tuples(st.sampled_from(WORDS), st.integers(1, 9)), max_size=6)


@given(some, some, some, st.randoms())
def test_order_of_plans_and_statements_changes_nothing(one, two, three, random):
    plans = [
        [old(word, str(n), "家", name=f"a{k}", at=k) for k, (word, n) in enumerate(one)],
        [later(word, str(n), "家", name=f"b{k}", at=k) for k, (word, n) in enumerate(two)],
        [sister(word, str(n), "家", name=f"c{k}", at=k) for k, (word, n) in enumerate(three)],
    ]
    expected = sorted(relations(*plans))
    random.shuffle(plans)
    again = sorted(relations(*plans))
    assert {(r, frozenset((a, b))) for r, a, b in again} == {
        (r, frozenset((a, b))) for r, a, b in expected
    }


@given(some, some)
def test_every_target_is_accounted_for_once(one, two):
    a = [old(word, str(n), "家", name=f"a{k}") for k, (word, n) in enumerate(one)]
    b = [later(word, str(n), "家", name=f"b{k}") for k, (word, n) in enumerate(two)]
    links = lineage([a, b])
    if not a or not b:
        assert links == []
        return
    told = {e for link in links for e in link.evidence}
    assert told == {s.evidence for s in (*a, *b)}
    assert len([link for link in links if link.from_]) == len(
        {link.from_ for link in links if link.from_}
    )


def test_a_smaller_ceiling_by_its_verb_demands_more():
    old = aims("危化品企业数量", "50", "家", quote="危化品企业压减到50家")
    newer = aims(
        "危化品企业数量", "30", "家", "2025", document="规划B", quote="危化品企业压减到30家"
    )
    (link,) = lineage([[old], [newer]])
    assert link.relation == "raised"


def of_press(subject, amount, unit="", **more):
    role = more.pop("role", aims)
    return role(subject, amount, unit, more.pop("period", "2025"), document="通稿", **more)


def test_the_plans_own_row_is_the_source_and_no_neighbour_with_another_noun():
    own = later("三大先导产业规模", "x2")
    people = later("三大先导产业人才规模", "x2")
    press = of_press("三大先导产业规模", "x2")
    for plan in ([own, people], [people, own]):
        (link,) = agreement([press], [plan])
        assert (link.relation, link.from_) == ("kept", own.id)
    (link,) = agreement([press], [[people]])
    assert link.relation == "new"


def test_a_neighbour_with_the_same_number_never_stands_for_the_row_of_that_name():
    own = later("机器人产值", "1600", "亿元")
    neighbour = later("机器人营业收入", "1250", "亿元")
    press = of_press("机器人产值", "1250", "亿元")
    (link,) = agreement([press], [[neighbour, own]])
    assert (link.relation, link.from_) == ("contradictory", own.id)


def test_what_has_the_indicator_at_another_time_or_as_a_fact_is_named():
    plan = [later("亩均税收", "45", "万元/亩"), later("研发经费投入强度", "3", "%")]
    press = [
        of_press("亩均税收", "40", "万元/亩", role=reports, period="2024"),
        of_press("研发投入强度", "2.8", "%", role=reports, period="2024"),
        of_press("绿色工厂数量", "9", "家", role=reports, period="2024"),
    ]
    links = agreement(press, [plan])
    assert [link.relation for link in links] == ["new"] * 3
    assert "2025年目标，亩均税收 45万元/亩" in links[0].reasons[0]
    assert "同一指标" in links[1].reasons[0]
    assert "其他文件没有这一指标" in links[2].reasons[0]
    assert {each.file for each in links[0].evidence} == {"通稿", "十四五"}


def test_a_target_reported_later_only_as_a_fact_is_dropped_with_the_fact_named():
    gone = old("国家级“小巨人”企业", "50", "家")
    fact = reports("国家级专精特新“小巨人”企业数量", "61", "家", "2025", document="十四五")
    links = lineage([[gone], [later("绿色工厂数量", "9", "家"), fact]])
    (lost,) = [link for link in links if link.relation == "dropped"]
    assert "61家" in lost.reasons[0] and "没有这一指标" not in lost.reasons[0]


def test_so_many_and_so_many_more_of_one_thing_are_redefined():
    stock = later("制造业创新中心数量", "5..10", "家")
    more = sister("再建设制造业创新中心数量", "+5..10", "家", period="2021-2025")
    assert relations([stock], [more]) == [("redefined", stock.id, more.id)]
    older = old("制造业创新中心数量", "5..10", "家")
    assert relations([older], [more]) == [("redefined", older.id, more.id)]


@pytest.mark.parametrize(("one", "other"), [
    ("规上工业亩均税收", "亩均税收"),
    ("特色产业园区单位土地产值", "工业园区单位土地产值"),
    ("重点企业营业收入", "企业营业收入"),
])  # fmt: skip
@pytest.mark.parametrize("amount", ["30", "45"])
def test_a_figure_of_some_is_near_that_of_all_and_never_equal_to_it(one, other, amount):
    """§6.2, with the same number and with another."""
    unit = "亿元" if one.endswith("收入") else "万元/亩"
    some, everyone = later(one, "45", unit), sister(other, amount, unit)
    (link,) = lineage([[some], [everyone]])
    assert (link.relation, link.from_, link.to) == ("redefined", some.id, everyone.id)
    assert "统计范围" in "；".join(link.reasons)
    assert "不比较高低" in "；".join(link.reasons)
    (step,) = lineage([[old(one, "45", unit)], [later(other, "60", unit)]])
    assert step.relation == "redefined"


def test_a_press_text_that_gives_the_figure_of_all_for_some_is_told_the_other_definition():
    plan = [later("规上工业亩均税收", "45", "万元/亩")]
    (link,) = agreement([of_press("亩均税收", "40", "万元/亩")], [plan])
    assert (link.relation, link.from_) == ("redefined", plan[0].id)
    (link,) = agreement([of_press("亩均税收", "40", "万元/亩", period="2030")], [plan])
    assert link.relation == "new"
    assert "口径不同的相近指标另见" in link.reasons[0] and "规上" in link.reasons[0]


@pytest.mark.parametrize(("before", "after"), [("家", "项"), ("个", "项"), ("家", "个")])
def test_units_are_shown_as_the_texts_print_them(before, after):
    old = aims("智能工厂数量", "50", before, "2030", document="旧规划")
    new = aims("智能工厂数量", "60", after, "2035", document="新规划")
    (link,) = lineage([[old], [new]])
    told = [each for each in link.reasons if "单位" in each]
    assert all(f"{before} / {after}" in each for each in told)
    assert told or before == "个"


def test_a_plan_of_another_area_cancels_nothing() -> None:
    """A city's plan is no successor of a ministry's; a plan of the same city is."""

    def plan(opening: str, goals: str, name: str) -> list[Statement]:
        return read_statements(read_text(f"{opening}\n\n一、目标\n\n{goals}\n\n二、任务\n", name))

    state = plan("“十四五”节能工作规划", "到2025年，全国单位产值能耗下降13.5%。", "a")
    old_city = plan("云溪市制造业“十四五”规划", "到2025年，全市园区达到5个。", "b")
    city = plan("云溪市制造业“十五五”规划", "到2030年，全市产值达到900亿元。", "c")
    assert lineage([state, city]) == []
    assert [link.relation for link in lineage([old_city, city])] == ["dropped", "new"]


def test_a_longer_list_without_the_old_definition_is_the_target_redefined():
    a = old("具有辐射力的国家级制造业创新中心数量", "8", "家")
    b = later("国家级制造业创新中心、产业创新中心数量", "8", "家")
    assert relations([a], [b]) == [("redefined", a.id, b.id)]


def test_a_civil_part_of_an_industry_is_another_population():
    a, b = old("航空产业产值", "350", "亿元"), later("民用航空产业产值", "600", "亿元")
    assert relations([a], [b]) == [("redefined", a.id, b.id)]
