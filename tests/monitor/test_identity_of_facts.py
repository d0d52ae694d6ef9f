"""What may settle a target: the same thing at the same stage, counted in the same kind of unit; and
claims that cite something else. All places are fictional."""

import pytest

import jingwei

PLAN = "云溪市制造业发展“十五五”规划\n\n二、发展目标\n到2030年，{}。\n"
LATER = "云溪市制造业发展“十六五”规划\n\n一、发展基础\n{}。\n"


def settled(goal: str, fact: str):
    plan = jingwei.read_text(PLAN.format(goal), "规划.txt")
    later = jingwei.read_text(LATER.format(fact), "后续.txt")
    (found, *_) = jingwei.settle(plan, [later])
    return found


@pytest.mark.parametrize(
    ("goal", "fact", "aspect", "shown"),
    [
        ("绿色产品达到500个", "2030年，完成绿色产品开发设计116项", "环节", "116项"),
        ("制定国际标准30项", "2030年，参与制定国际标准12项", "环节", "12项"),
        ("省级创新平台达到80个", "2030年，储备省级创新平台90个", "环节", "90个"),
        ("工业领军人才达到200人", "2030年，工业领军人才达到200家", "单位", "200家"),
    ],
)
def test_a_count_of_another_stage_or_kind_of_thing_settles_nothing(goal, fact, aspect, shown):
    found = settled(goal, fact)
    assert found.verdict.answer == "unknown"
    assert aspect in found.verdict.reason and shown in found.verdict.reason
    assert any(shown in each.zh for each in found.beside)


@pytest.mark.parametrize(
    ("goal", "fact", "answer"),
    [
        ("绿色产品达到500个", "2030年，绿色产品达到520个", "met"),
        ("制定国际标准30项", "2030年，制定国际标准12项", "not_met"),
        ("参与制定国际标准30项", "2030年，参与制定国际标准32项", "met"),
        ("智能工厂达到60家", "2030年，建成智能工厂66个", "met"),
        ("开发绿色产品500个", "2030年，开发绿色产品510个", "met"),
    ],
)
def test_the_same_thing_at_the_same_stage_settles(goal, fact, answer):
    assert settled(goal, fact).verdict.answer == answer


@pytest.mark.parametrize(
    ("goal", "claim", "other"),
    [
        ("工业增加值达到1000亿元", "2030年，全市工业增加值目标圆满完成，制造业增加值达到1020亿元", "制造业增加值"),
        ("规上工业总产值达到5000亿元", "2030年，规上工业总产值目标任务全面完成，规上工业增加值达到5100亿元", "规上工业增加值"),
        ("工业总产值达到5000亿元", "2030年，工业总产值目标全面完成，规上工业总产值达到5100亿元", "规上工业总产值"),
    ],
)  # fmt: skip
def test_a_claim_that_cites_another_indicator_is_no_evidence_and_is_raised(goal, claim, other):
    found = settled(goal, claim)
    assert found.verdict.answer == "unknown"
    assert "另一口径" in found.verdict.reason and other in found.verdict.reason
    (first,) = [each for each in found.beside if each.relation == "称完成而口径不同"]
    assert goal in first.zh and other in first.zh and len(first.evidence) == 2


@pytest.mark.parametrize(
    "claim",
    [
        "2030年，工业增加值达到1020亿元，工业增加值目标圆满完成",
        "2030年，出口目标圆满完成，制造业增加值达到1020亿元",  # of another target
    ],
)
def test_a_claim_with_its_own_figure_or_of_another_target_is_not_called_so(claim):
    goal = "工业增加值达到1000亿元，出口达到300亿元"
    assert all(each.relation != "称完成而口径不同" for each in settled(goal, claim).beside)


# -- a text without a date ----------------------------------------------------------------------


@pytest.mark.parametrize("title", ["云溪市制造业发展成效显著", "云溪市“十五五”制造业发展综述"])
@pytest.mark.parametrize("now", ["目前，", "当前，", "截至目前，", "至今，"])
def test_now_in_a_text_without_a_date_is_of_no_known_year(title, now):
    text = f"{title}\n\n2030年，出口达到310亿元。\n{now}全市智能工厂达到60家。\n"
    plan = jingwei.read_text(PLAN.format("智能工厂达到50家"), "规划.txt")
    (found,) = jingwei.settle(plan, [jingwei.read_text(text, "综述.txt")])
    assert found.verdict.answer == "unknown"
    assert "60家" in found.verdict.reason and "没有标明日期" in found.verdict.reason
    assert "日期" in found.verdict.missing[0].fact and found.class_ == "无法评价"
    dated = jingwei.read_text(
        text.replace("\n\n", "\n\n2030年12月28日 云溪日报\n\n", 1), "综述.txt"
    )
    (known,) = jingwei.settle(plan, [dated])
    assert known.verdict.answer == "met"
