"""Special programmes: their groups, actions and goals."""

import pytest
from reading_plans import plan_of

from jingwei.plans.records import Programme

CHAPTER = """
五、重大工程

（一）系统支撑专项工程

1．产业基础再造工程

聚焦基础零部件和基础材料，突破一批关键技术。到2025年，突破核心零部件300项。由市经信局牵头。

2．领军企业培育工程

选择一批头部企业给予支持。

（二）重点领域专项工程

1．新能源汽车跨越发展工程

推动整车企业转型，培育百亿级零部件企业5家。
"""


def named(text: str) -> dict[str, Programme]:
    return {programme.name: programme for programme in plan_of(text).programmes}


def test_headings_of_a_chapter_on_programmes_with_their_group() -> None:
    found = named(CHAPTER)
    assert [(name, each.group) for name, each in found.items()] == [
        ("产业基础再造工程", "系统支撑"),
        ("领军企业培育工程", "系统支撑"),
        ("新能源汽车跨越发展工程", "重点领域"),
    ]


def test_goals_are_the_statements_within_the_text() -> None:
    plan = plan_of(CHAPTER)
    by_id = {statement.id: statement.value for statement in plan.statements}
    goals = {each.name: [by_id[goal] for goal in each.goals] for each in plan.programmes}
    assert goals == {
        "产业基础再造工程": [300],
        "领军企业培育工程": [],
        "新能源汽车跨越发展工程": [5],
    }


def test_actions_and_lead() -> None:
    found = named(CHAPTER)
    assert found["领军企业培育工程"].actions == ("选择一批头部企业给予支持",)
    assert found["产业基础再造工程"].lead == "市经信局"
    assert found["领军企业培育工程"].lead is None


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
        ("实施领军人才、青年英才等计划，引进人才。", ["领军人才计划", "青年英才计划"]),
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
        "三、主要任务\n\n（一）汇聚人才\n\n实施产业菁英计划。\n\n专栏1 实施产业菁英计划\n\n引进人才100名。\n"
    ).programmes
    assert [(each.name, each.named_only) for each in found] == [("产业菁英计划", False)]


def test_programmes_that_open_a_sentence_of_a_box_belong_to_it() -> None:
    found = named(
        "三、主要任务\n\n（一）夯实基础\n\n加强攻关。\n\n专栏1 产业基础再造工程\n\n"
        "基础软件攻关行动，布局工业软件。基础材料攻关行动，攻关刻蚀液。到2025年，攻关材料50项。\n"
    )
    assert {name: each.group for name, each in found.items()} == {
        "产业基础再造工程": "夯实基础",
        "基础软件攻关行动": "产业基础再造工程",
        "基础材料攻关行动": "产业基础再造工程",
    }
    assert found["基础材料攻关行动"].goals == ()
    assert len(found["产业基础再造工程"].goals) == 1
