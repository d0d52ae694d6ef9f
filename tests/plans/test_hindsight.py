"""Texts that look back on a plan's years, or name no date. All places and figures are fictional."""

import pytest

from jingwei.core import Period, Statement
from jingwei.documents import read_text
from jingwei.plans.compiling import compile_document, read_statements
from jingwei.plans.planfile import Compilation, new_plan, parse_plan, plan_text
from jingwei.plans.records import DocumentFacts


def read(text: str) -> list[Statement]:
    return read_statements(read_text(text, "text.txt"))


def roles(text: str) -> list[tuple[str, float | None, str]]:
    letter = {"observation": "fact", "target": "goal"}
    return [(letter[each.role], each.value, str(each.period)) for each in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "云溪市“十三五”高新技术产业发展成效显著\n\n2020年，全市高新技术企业达到2300家。{more}\n",
        "云溪市工业交出“十三五”答卷\n\n"
        "“十三五”时期，云溪市工业跨越发展。2020年，全市高新技术企业达到2300家，同比增长9%。{more}\n",
        "云溪市“十三五”规划圆满收官\n\n"
        "到2020年底，全市高新技术企业达到2300家，超额完成规划目标。{more}\n",
        "云溪市高质量完成“十三五”规划系列新闻发布会\n\n2020年，全市高新技术企业达到2300家。{more}\n",
        "《云溪市制造业“十三五”规划》实施情况\n\n2020年，全市高新技术企业达到2300家。{more}\n",
        "云溪市“十三五”工业之路\n\n五年来，创新驱动成为主旋律。"
        "2016年高新技术企业只有800家，2020年达到2300家。{more}\n",
        "云溪市召开新闻发布会介绍工业情况\n\n2020年，全市高新技术企业达到2300家，比上年增加200家，"
        "超额完成“十三五”目标。{more}\n",
        "云溪市“十三五”工业之路\n\n2021年1月8日\n\n2020年，全市高新技术企业达到2300家。{more}\n",
    ],
)
def test_a_text_that_looks_back_reports_the_last_year_of_its_plan(text: str) -> None:
    more = "规模以上工业总产值5300亿元。到2025年，力争规模以上工业总产值达到8000亿元。"
    found = roles(text.format(more=more))
    assert ("fact", 2300, "2020") in found
    assert ("fact", 5300, "2020") in found
    assert ("goal", 8000, "2025") in found


@pytest.mark.parametrize(
    "text",
    [
        "云溪市先进制造业“十四五”规划发布\n\n到2025年，全市高新技术企业达到3000家。\n",
        "云溪市先进制造业“十四五”规划解读\n\n2025年，全市高新技术企业达到3000家。\n",
        "云溪市先进制造业发展“十四五”规划\n\n一、发展目标\n\n2025年，全市高新技术企业达到3000家。\n",
        "云溪市“十四五”工业怎么干\n\n云溪市将做强主导产业，力争2025年高新技术企业达到3000家。\n",
    ],
)
def test_a_text_that_looks_ahead_sets_goals(text: str) -> None:
    assert roles(text) == [("goal", 3000, "2025")]


def test_a_completed_verb_makes_a_fact_within_the_years_of_a_plan() -> None:
    text = (
        "云溪市“十四五”制造业新闻通稿\n\n《云溪市制造业“十四五”规划》明确，到2025年高新技术企业达到3000家。"
        "2023年，全市高新技术企业已达到2500家。2024年，工业投资完成了900亿元。\n"
    )
    assert roles(text) == [("goal", 3000, "2025"), ("fact", 2500, "2023"), ("fact", 900, "2024")]


UNDATED = "云溪市工业经济\n\n全市高新技术企业达到2300家，比上年增加200家。力争规模以上工业企业达到900家。\n"


def test_a_text_without_any_date_leaves_its_years_open() -> None:
    found = read(UNDATED)
    assert [(each.role, each.period) for each in found] == [
        ("observation", Period.unknown()),
        ("observation", Period.unknown()),
        ("target", Period.unknown()),
    ]
    assert str(Period.unknown()) == "未注明"
    assert not Period.unknown().known


def test_a_plan_file_keeps_a_year_that_is_left_open() -> None:
    plan = compile_document(read_text(UNDATED, "text.txt"))
    facts = DocumentFacts(plan.file, "0" * 64, plan.title)
    text = plan_text(new_plan("text.yaml", Compilation(facts, plan.records)))
    assert "period: 未注明" in text
    assert plan_text(parse_plan(text, "text.yaml")) == text


REVIEW = (
    "云溪市“十四五”规划纲要实施情况中期评估报告\n\n市发展改革委对《纲要》2021年至2023年上半年实施情况"
    "开展了中期评估。\n\n一、进展情况\n\n{}\n"
)


def test_a_review_holds_facts_against_goals_without_taking_their_years() -> None:
    found = read(
        REVIEW.format(
            "2022年人均产值16.4万元，完成2025年18万元目标的91.1%；专利拥有量13件，超过2025年12件的目标；高新技术"
            "企业5405家。综合投资1035亿元，完成五年计划2000亿元的51.8%。"
        )
    )
    told = [(s.subject, s.role[:3], s.value, str(s.period)) for s in found]
    assert ("人均产值", "tar", 18, "2025") in told
    assert ("人均产值目标完成比例", "obs", 91.1, "2022") in told
    assert ("高新技术企业数量", "obs", 5405, "2022") in told
    assert ("综合投资目标完成比例", "obs", 51.8, "2022") in told


def test_a_forecast_dates_its_own_clause_alone() -> None:
    found = read(REVIEW.format("2022年研发强度2.98%，预计2023年可达3.1%左右；企业5405家。"))
    assert [(s.value, str(s.period)) for s in found] == [
        (2.98, "2022"), (3.1, "2023"), (5405, "2022"),
    ]  # fmt: skip


def test_goals_that_a_review_sets_anew_are_goals() -> None:
    text = REVIEW.format("企业2000家。") + (
        "\n二、目标调整建议\n\n建议对2项指标作适当调整：企业由2600家调减为2500家，专利由12件上调至20件。\n"
    )
    later = [s for s in read(text) if s.value != 2000]
    assert [(s.role, s.value, str(s.period)) for s in later[1::2]] == [
        ("target", 2500, "2025"), ("target", 20, "2025"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "period"),
    [
        (
            "企业2000家。",
            "2022",
        ),  # what is told without a year stood so when the last whole one ended
        ("企业“十四五”以来新增200家。", "2021-2022"),
        ("2023年上半年产值增长6%。企业2000家。", "2022"),
        ("《纲要》确定的18项主要指标中，进度符合预期的15项，已开工项目160个。", "2023"),
        ("从2022年情况看，18项主要指标中，进度符合预期的15项。", "2022"),
    ],
)
def test_a_review_up_to_the_middle_of_a_year(said: str, period: str) -> None:
    assert str(read(REVIEW.format(said))[-1].period) == period


def test_a_review_up_to_the_end_of_a_year() -> None:
    whole = REVIEW.replace("2023年上半年", "2023年12月")
    assert str(read(whole.format("企业2000家。"))[0].period) == "2023"


@pytest.mark.parametrize(
    ("said", "goal", "reached"),
    [
        ("人均产值7.4万元，已完成2025年目标9万元的81.8%。", ("人均产值", 9, "2025"), 81.8),
        ("产值占比41.6%，完成2025年目标（45%）的92.4%。", ("产值占比", 45, "2025"), 92.4),
        ("企业仅4家，距8家的目标完成一半。", ("企业数量", 8, "2025"), 0.5),
        ("研发占比1.67%，低于2.0%的规划目标。", ("研发占比", 2, "2025"), None),
        ("综合投资1035亿元，完成五年计划2000亿元的51.8%。", ("综合投资", 2000, "2021-2025"), 51.8),
    ],
)
def test_goals_that_a_review_holds_its_facts_against(
    said: str, goal: tuple[str, float, str], reached: float | None
) -> None:
    found = read(REVIEW.format(said))
    targets = [(s.subject, s.value, str(s.period)) for s in found if s.role == "target"]
    assert (targets, {s.op for s in found if s.role == "target"}) == ([goal], {"="})
    rates = [(s.value, str(s.period)) for s in found if s.subject.endswith("目标完成比例")]
    assert rates == ([(reached, "2022")] if reached else [])


def test_years_left_of_a_plan_are_goals_in_its_review() -> None:
    found = read(REVIEW.format("后三年产值年均增速需达到7.4%以上，研发强度低于全国0.8个百分点。"))
    assert [(s.role, str(s.period)) for s in found] == [
        ("target", "2023-2025"), ("observation", "2022"),
    ]  # fmt: skip


def test_cities_named_shortly_are_the_scope_of_their_figures() -> None:
    found = read(
        REVIEW.format(
            "合肥、芜湖、滁州三市产值分别增长11.2%、9.6%和10.8%；铜陵铜材产值达2300亿元。"
        )
    )
    assert [(s.subject, s.scope) for s in found] == [
        ("产值增速", "合肥市"), ("产值增速", "芜湖市"), ("产值增速", "滁州市"), ("铜材产值", "铜陵市"),
    ]  # fmt: skip


def test_a_goal_that_a_text_quotes_is_a_goal() -> None:
    (statement, result) = read(
        "云溪市2023年工业运行情况汇报\n\n“十三五”规划曾提出，到2020年劳动生产率22万元/人。"
        "2020年劳动生产率实际做到23万元/人。\n"
    )
    assert (statement.role, statement.value) == ("target", 22)
    assert (result.role, result.value) == ("observation", 23)


def test_the_first_years_of_what_is_told_hold_for_their_sentence() -> None:
    found = read(
        "云溪市“十三五”制造业发展情况新闻发布会\n\n2021年11月26日\n\n“十三五”时期，工业增加值突破900亿元。"
        "前四年，工业增加值平均增速7.6%，比全国高1.5个百分点；2020年下降6.1%。企业利润率达到6.2%。\n"
    )
    assert [(s.value, str(s.period)) for s in found] == [
        (900, "2020"), (7.6, "2016-2019"), (1.5, "2016-2019"), (6.1, "2020"), (6.2, "2020"),
    ]  # fmt: skip


def test_one_figure_of_an_earlier_year_leaves_a_review_where_it_ends() -> None:
    text = "云溪市“十四五”规划纲要实施情况中期评估报告\n\n评估数据截至2023年底。\n\n一、进展情况\n\n{}\n"
    found = read(text.format("2022年规上工业增加值519亿元。集群营业收入突破100亿元。"))
    assert [str(s.period) for s in found] == ["2022", "2023"]
    found = read(text.format("2022年，研发经费495亿元。其中基础研究经费86亿元。"))
    assert [str(s.period) for s in found] == ["2022", "2022"]


def test_when_a_law_begins_dates_no_figure() -> None:
    found = read(
        "云溪市中小企业发展“十四五”规划\n\n一、发展回顾\n\n新修订的条例自2018年1月1日起施行。"
        "发展基金正式设立，总规模达到357亿元。\n\n二、主要任务\n\n2021年完成诊断，每年新建智能车间20个。\n"
    )
    assert [str(s.period) for s in found] == ["2020", "2021-2025"]


def test_five_years_run_to_the_end_of_the_plan() -> None:
    text = "云溪市国民经济“十五五”规划\n\n一、发展基础\n\n生产总值由{}年的871亿元增加到{}年的1240亿元，五年年均增长7%。\n"
    for start, end in ((2020, 2024), (2021, 2025)):
        assert str(read(text.format(start, end))[-1].period) == "2021-2025"


def test_what_an_aim_names_dates_what_belongs_to_it() -> None:
    found = read(
        "云溪市“十四五”规划新闻发布会\n\n2021年11月26日\n\n2020年这个产业大概是6000亿元，我们的目标是到2025年突破"
        "1万亿元，其中集成电路要过千亿元，新型显示也要超过1200亿元。\n"
    )
    assert [(s.role, str(s.period)) for s in found] == [("observation", "2020")] + [
        ("target", "2025")
    ] * 3


def test_a_text_that_looks_both_ways_sets_goals_for_the_years_ahead() -> None:
    found = read(
        "节能减排工作回顾与展望\n\n过去5年节能减排成效明显\n\n“十一五”时期，单位能耗下降19.1%。\n\n同期，形成节能能力3亿吨标准煤。\n\n"
        "当前任务繁重\n\n根据《“十二五”节能减排工作方案》，到2015年，万元能耗要下降到0.869吨标准煤（按2005年价格计算）。\n"
    )
    assert [(s.role, str(s.period)) for s in found] == [
        ("observation", "2006-2010"), ("observation", "2010"), ("target", "2015"),
    ]  # fmt: skip
    assert found[-1].subject == "万元能耗(按2005年价格计算)"


def test_a_text_that_names_one_plan_alone_is_about_it() -> None:
    found = read(
        "10000亿元+1000亿美元！岭川省政府发文，加强这项工作\n\n目标是\n\n●项目引进\n\n“十四五”期间，引进内资产业项目500个。\n\n"
        "●利用外资\n\n“十四五”期间，累计实际利用外资1000亿美元。\n"
    )
    assert [(s.role, s.value, str(s.period)) for s in found] == [
        ("target", 500, "2021-2025"), ("target", 1000, "2021-2025"),
    ]  # fmt: skip


def test_from_a_year_on_runs_to_the_end_of_the_plan() -> None:
    found = read(
        "云溪市新能源汽车产业发展规划（2021—2035年）\n\n一、目标\n\n2021年起，公共车辆中新能源汽车比例不低于80%。\n"
    )
    assert [str(s.period) for s in found] == ["2021-2035"]


def test_what_stands_now_and_policies_among_results_turn_nothing() -> None:
    found = read(
        "云溪市“十五五”规划纲要\n\n第一章 发展基础\n\n工业产值2024年达7892亿元；现有上市企业53家，驰名商标42枚。\n"
    )
    assert [str(s.period) for s in found] == ["2024", "2025", "2025"]
    found = read(
        "2026年云岭省政府工作报告\n\n——民生福祉持续增进。城镇新增就业62.6万人。落实免费学前教育政策，新增学位12.4万个。\n\n"
        "二、“十五五”时期主要目标任务\n\n生产总值年均增长5%。\n"
    )
    assert [s.role for s in found] == ["observation", "observation", "target"]


def test_rates_of_several_years_are_each_of_its_own_year() -> None:
    found = read(
        "云溪市先进制造业“十四五”规划\n\n一、发展基础\n\n单位工业增加值用水量2018年至2020年分别下降5.2%、4.9%和4.4%。\n"
    )
    assert [(s.value, str(s.period)) for s in found] == [
        (5.2, "2018"), (4.9, "2019"), (4.4, "2020"),
    ]  # fmt: skip
