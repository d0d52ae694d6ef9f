"""The tree of industries and the links of chains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_plans import plan_of

from jingwei.plans.lists import listings
from jingwei.plans.records import Node


def nodes(text: str, heading: str = "新能源装备") -> dict[str, Node]:
    plan = plan_of(f"三、发展重点\n\n（一）{heading}\n\n{text}\n")
    return {node.name: node for node in plan.nodes}


def links(text: str) -> list[tuple[str, str]]:
    return [
        (node.name, node.kind)
        for node in nodes(text).values()
        if node.rule.startswith("list") and node.rule != "list.noun"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "突破光刻设备、刻蚀设备、薄膜设备等前道核心工艺设备。",
            [("光刻设备", "装备"), ("刻蚀设备", "装备"), ("薄膜设备", "装备")],
        ),
        (
            "电堆、膜电极、双极板等关键零部件实现批量产业化。",
            [("电堆", "零部件"), ("膜电极", "零部件"), ("双极板", "零部件")],
        ),
        (
            "加快突破面向云计算、物联网等领域的处理器芯片、存储器芯片等。",
            [("处理器芯片", "零部件"), ("存储器芯片", "零部件")],
        ),
        (
            "推动传动部件（轴承、齿轮）、传动系统、智能检测和装配装备研发。",
            [("传动部件(轴承、齿轮)", "零部件"), ("传动系统", "系统集成"), ("智能检测和装配装备", "装备")],
        ),
        (
            "发展高性能聚烯烃、工程塑料、特种橡胶等高分子材料的研发和产业化。",
            [("高性能聚烯烃", "材料"), ("工程塑料", "材料"), ("特种橡胶", "材料")],
        ),
        (
            "提升先进陶瓷和人工晶体等关键战略材料的保障能力。",
            [("先进陶瓷", "材料"), ("人工晶体", "材料")],
        ),
        (
            "攻关耐高温、抗腐蚀、高强韧的镍基合金，以及钛合金、结构钢等。",
            [("镍基合金", "材料"), ("钛合金", "材料"), ("结构钢", "材料")],
        ),
        (
            "推动新型客机（N900）规模化交付、支线飞机（N700）稳定量产、无人机研制。",
            [("新型客机(N900)", "整机"), ("支线飞机(N700)", "整机"), ("无人机", "整机")],
        ),
        ("研发储能电池。", [("储能电池", "零部件")]),
        ("加快钠离子电池产业化。", [("钠离子电池", "零部件")]),
        ("加快石墨烯在消费电子、环境治理等领域的应用。", [("石墨烯", "材料")]),
        ("上游：石英坩埚料、单晶炉；下游：运维服务、组件回收。",
         [("石英坩埚料", "材料"), ("单晶炉", "装备"), ("运维服务", "后端服务"), ("组件回收", "后端服务")]),
    ],
)  # fmt: skip
def test_lists_are_cut_to_links_of_their_kind(text: str, expected: list[tuple[str, str]]) -> None:
    assert links(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "推进在医疗、教育、交通等领域的规模化应用。",
        "围绕采购、生产、回收、物流等环节完善服务。",
        "支持企业、高校、科研院所组建联合体。",
        "建设智能车间、智能工厂、产业园区。",
        "提升土地、资金、人才等要素保障能力。",
        "推动制造业与服务业、工业与信息化融合发展。",
        "推动关键零部件、基础材料等产品升级。",
    ],
)
def test_lists_of_uses_actors_and_means_are_no_links(text: str) -> None:
    assert links(text) == []


def test_the_noun_of_a_class_is_a_link_where_it_says_something() -> None:
    found = nodes("培育手术机器人、康复机器人等服务机器人；突破减速器、电机等关键零部件。")
    assert found["服务机器人"].rule == "list.noun"
    assert found["手术机器人"].path == ("新能源装备", "服务机器人")
    assert found["减速器"].path == ("新能源装备",)
    assert "关键零部件" not in found


def test_the_tree_of_headings_groups_and_topics() -> None:
    plan = plan_of(
        "三、发展重点\n\n以智能装备、生物医药两大先导产业为引领。\n\n（一）智能装备\n\n"
        "工业母机。以突破精度为重点，研制五轴联动加工中心、精密磨床。重点发展：1．数控系统。提升伺服电机水平。"
        "2．功能部件。突破光栅尺、电主轴等部件。\n\n（二）改造提升传统产业\n\n1．现代纺织\n\n"
        "芯片设计，加快开发存储器芯片。\n"
    )
    paths = {node.name: node.path for node in plan.nodes}
    assert paths["智能装备"] == ("两大先导产业",)
    assert paths["工业母机"] == ("两大先导产业", "智能装备")
    assert paths["数控系统"] == ("两大先导产业", "智能装备", "工业母机")
    assert paths["五轴联动加工中心"] == ("两大先导产业", "智能装备", "工业母机")
    assert paths["电主轴"] == ("两大先导产业", "智能装备", "工业母机", "功能部件")
    assert paths["现代纺织"] == ("传统产业",)
    assert paths["存储器芯片"] == ("传统产业", "现代纺织", "芯片设计")
    chains = {node.name: (node.chain, node.role) for node in plan.nodes}
    assert chains["智能装备"] == ("智能装备", "先导")
    assert chains["电主轴"] == ("智能装备", "突破")


def test_chains_that_a_plan_names_as_such() -> None:
    plan = plan_of(
        "四、主要任务\n\n（一）推进产业链现代化\n\n聚焦芯片、工业机器人、大型邮轮等特色产业链，补齐短板。\n"
    )
    assert [(node.name, node.kind) for node in plan.nodes] == [
        ("芯片", "产业链"), ("工业机器人", "产业链"), ("大型邮轮", "产业链"),
    ]  # fmt: skip


def test_facts_name_no_links() -> None:
    plan = plan_of(
        "一、发展基础\n\n突破光刻机、刻蚀机等核心装备。\n\n二、发展目标\n\n到2025年，产值800亿元。"
    )
    assert plan.nodes == ()


words = st.text(
    "光刻机设备材料高端的和与及等领域、，（）研发突破发展产业化在面向", min_size=0, max_size=40
)


@given(words, words)
def test_items_stand_where_they_say(before: str, text: str) -> None:
    """The law of spans: every item is found at its offsets, in order and within its clause."""
    whole = before + text
    for listing in listings(whole, len(before), len(whole)):
        position = len(before)
        for item in listing.items:
            assert whole[item.start : item.end] == item.text
            assert position <= item.start < item.end <= len(whole)
            position = item.end
