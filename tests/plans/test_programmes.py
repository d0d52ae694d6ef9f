"""Special programmes: their groups, actions and goals."""

import pytest
from reading_plans import plan_of

from jingwei.plans.records import Programme

CHAPTER = """
五、重大工程

（一）共性支撑专项工程

1．关键基材攻坚工程

聚焦轴承钢和特种陶瓷，组织联合攻关。到2025年，攻克核心零部件300项。由市经信局牵头。

2．登高企业培育工程

遴选年产值前列企业予以服务。

（二）重点领域专项工程

1．智能农机跃升工程

推广无人拖拉机，培育百亿级农机企业5家。
"""


def named(text: str) -> dict[str, Programme]:
    return {programme.name: programme for programme in plan_of(text).programmes}


def test_headings_of_a_chapter_on_programmes_with_their_group() -> None:
    found = named(CHAPTER)
    assert [(name, each.group) for name, each in found.items()] == [
        ("关键基材攻坚工程", "共性支撑"),
        ("登高企业培育工程", "共性支撑"),
        ("智能农机跃升工程", "重点领域"),
    ]


def test_goals_are_the_statements_within_the_text() -> None:
    plan = plan_of(CHAPTER)
    by_id = {statement.id: statement.value for statement in plan.statements}
    goals = {each.name: [by_id[goal] for goal in each.goals] for each in plan.programmes}
    assert goals == {
        "关键基材攻坚工程": [300],
        "登高企业培育工程": [],
        "智能农机跃升工程": [5],
    }


def test_actions_and_lead() -> None:
    found = named(CHAPTER)
    assert found["登高企业培育工程"].actions == ("遴选年产值前列企业予以服务",)
    assert found["关键基材攻坚工程"].lead == "市经信局"
    assert found["登高企业培育工程"].lead is None


def test_each_of_several_in_one_paragraph_has_the_owner_named_after_it() -> None:
    found = named(
        "三、重点任务\n\n强基攻坚行动。突破20项技术。（牵头单位：市科技局，配合单位：市财政局）"
        "数字赋能工程。推动500家企业改造。（责任单位：市工信局）\n"
    )
    assert [(name, each.lead, each.actions) for name, each in found.items()] == [
        ("强基攻坚行动", "市科技局", ("强基攻坚行动", "突破20项技术")),
        ("数字赋能工程", "市工信局", ("数字赋能工程", "推动500家企业改造")),
    ]


def test_one_owner_at_the_end_of_a_paragraph_speaks_for_all_in_it() -> None:
    found = named(
        "三、重点任务\n\n强基攻坚行动。突破20项技术。数字赋能工程。推动500家企业改造。（责任单位：市工信局）\n"
    )
    assert [each.lead for each in found.values()] == ["市工信局", "市工信局"]


def test_boxes_are_programmes_where_they_bear_the_name_of_one() -> None:
    found = named(
        "三、主要任务\n\n（一）提高创新能力\n\n加强攻关。\n\n专栏1 智能制造工程\n\n推进智能装备研发。\n\n"
        "专栏2 重点领域方向\n\n推进材料研发。\n"
    )
    assert [(each.name, each.group, each.rule) for each in found.values()] == [
        ("智能制造工程", "提高创新能力", "box")
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("实施“雏鹰”“雄鹰”行动，培育企业。", ["“雏鹰”“雄鹰”行动"]),
        ("深入实施质量提升行动计划，完善标准。", ["质量提升行动计划"]),
        ("实施首席工匠、青年骨干等计划，引进人才。", ["首席工匠计划", "青年骨干计划"]),
        ("开展绿色制造专项行动。", ["绿色制造专项行动"]),
        ("落实专项资金，实施工程机械改造。", []),
        ("组织实施六个专项工程和一批行动计划。", []),
        ("开展工程技术研究，制定年度计划。", []),
        ("实施好五年规划和工作计划。", []),
    ],
)
def test_programmes_that_prose_only_names(text: str, names: list[str]) -> None:
    found = named(f"三、主要任务\n\n（一）提高创新能力\n\n{text}\n")
    assert list(found) == names
    assert all(each.named_only and not each.goals for each in found.values())


def test_a_mention_of_a_programme_with_its_own_text_is_not_listed_twice() -> None:
    found = plan_of(
        "三、主要任务\n\n（一）汇聚人才\n\n实施绿洲英才计划。\n\n专栏1 实施绿洲英才计划\n\n引进人才100名。\n"
    ).programmes
    assert [(each.name, each.named_only) for each in found] == [("绿洲英才计划", False)]


def test_programmes_that_open_a_sentence_of_a_box_belong_to_it() -> None:
    found = named(
        "三、主要任务\n\n（一）夯实基础\n\n加强攻关。\n\n专栏1 关键基材攻坚工程\n\n"
        "专用软件攻关行动，布局仿真软件。特种材料攻关行动，研制耐火料。到2025年，攻关材料50项。\n"
    )
    assert {name: each.group for name, each in found.items()} == {
        "关键基材攻坚工程": "夯实基础",
        "专用软件攻关行动": "关键基材攻坚工程",
        "特种材料攻关行动": "关键基材攻坚工程",
    }
    assert found["特种材料攻关行动"].goals == ()
    assert len(found["关键基材攻坚工程"].goals) == 1
