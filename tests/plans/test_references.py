"""Documents that a plan refers to."""

import pytest
from reading_plans import plan_of

BODY = "一、总体要求\n\n（一）指导思想\n\n{}\n"


def told(text: str) -> list[tuple[str, str, str, str]]:
    return [
        (each.title, each.number, each.relation, each.kind)
        for each in plan_of(BODY.format(text)).references
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "根据《西岭省制造强省规划》（西政发〔2021〕18号），制定本规划。",
            [("西岭省制造强省规划", "西政发〔2021〕18号", "依据", "规划纲要")],
        ),
        (
            "贯彻《中小企业促进法》《西岭省安全条例》和«节能办法»要求。",
            [
                ("中小企业促进法", "", "依据", "法律法规"),
                ("西岭省安全条例", "", "依据", "法律法规"),
                ("节能办法", "", "依据", "法律法规"),
            ],
        ),
        ("做好与《西岭省国土空间规划》的衔接。", [("西岭省国土空间规划", "", "衔接", "规划纲要")]),
        ("《云溪市工业发展“十三五”规划》同时废止。", [("云溪市工业发展“十三五”规划", "", "废止", "规划纲要")]),
        ("深入实施《质量提升三年行动计划（2021—2023年）》。",
         [("质量提升三年行动计划(2021—2023年)", "", "落实", "行动计划")]),
        ("落实国家“单项冠军企业培育提升专项行动实施方案”。",
         [("单项冠军企业培育提升专项行动实施方案", "", "落实", "行动计划")]),
        ("参照《绿色产业指导目录》开展评价。", [("绿色产业指导目录", "", "依据", "标准目录")]),
        ("打造“一带一路”节点，完善“双随机”机制。", []),
        ("西岭省印发《产业发展规划》（以下简称《规划》）。《规划》提出目标。",
         [("产业发展规划", "", "印发", "规划纲要")]),
    ],
)  # fmt: skip
def test_title_number_relation_and_kind(
    text: str, expected: list[tuple[str, str, str, str]]
) -> None:
    assert told(text) == expected


def test_the_plan_itself_is_what_a_notice_issues() -> None:
    plan = plan_of(
        "各县区：\n\n现将《云溪市先进制造业发展“十四五”规划》印发给你们。\n\n一、总体要求\n\n推动发展。\n"
    )
    assert [(each.relation, each.rule) for each in plan.references] == [("印发", "title.own")]
