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
        if node.rule.startswith(("list", "stream")) and node.rule != "list.noun"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "攻克涂胶设备、清洗设备、量测设备等晶圆厂工艺设备。",
            [("涂胶设备", "装备"), ("清洗设备", "装备"), ("量测设备", "装备")],
        ),
        (
            "定子、转子、端盖等核心零部件达到批量供货水平。",
            [("定子", "零部件"), ("转子", "零部件"), ("端盖", "零部件")],
        ),
        (
            "研制面向矿山、港口等领域的惯导芯片、测距雷达等。",
            [("惯导芯片", "零部件"), ("测距雷达", "零部件")],
        ),
        (
            "推动传动部件（轴承、齿轮）、传动系统、智能检测和装配装备研发。",
            [("传动部件(轴承、齿轮)", "零部件"), ("传动系统", "系统集成"), ("智能检测和装配装备", "装备")],
        ),
        (
            "加快生物尼龙、阻燃塑料、氟橡胶等高分子材料的研发和产业化。",
            [("生物尼龙", "材料"), ("阻燃塑料", "材料"), ("氟橡胶", "材料")],
        ),
        (
            "提升微晶玻璃和稀土磁体等重点材料的供给能力。",
            [("微晶玻璃", "材料"), ("稀土磁体", "材料")],
        ),
        (
            "攻关轻质、耐磨损、易加工的镁基合金，以及铝锂合金、弹簧钢等。",
            [("镁基合金", "材料"), ("铝锂合金", "材料"), ("弹簧钢", "材料")],
        ),
        (
            "推动消防飞机（F70）批量交付、电动渡轮（D12）加快试航、无人机研制。",
            [("消防飞机(F70)", "整机"), ("电动渡轮(D12)", "整机"), ("无人机", "整机")],
        ),
        ("研发储能电池。", [("储能电池", "零部件")]),
        # two-character qualities before a class that says more are no links
        ("推进折弯、拼接等曲面显示屏的研发和产业化。", []),
        ("支持精简指令集、随机存储器等形成市场竞争力。", [("精简指令集", "关键核心技术"), ("随机存储器", "零部件")]),
        # what stands beside the class noun is a thing of its own
        (
            "发展酶制剂、多糖胶等生物发酵类产品和可降解薄膜。",
            [("酶制剂", "产品"), ("多糖胶", "材料"), ("可降解薄膜", "材料")],
        ),
        ("加快钠离子电池产业化。", [("钠离子电池", "零部件")]),
        ("推动玄武岩纤维在桥梁、船艇等领域的应用。", [("玄武岩纤维", "材料")]),
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
    found = nodes("培育导览机器人、清扫机器人等服务机器人；突破减速器、电机等关键零部件。")
    assert found["服务机器人"].rule == "list.noun"
    assert found["导览机器人"].path == ("新能源装备", "服务机器人")
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
        "四、主要任务\n\n（一）推进产业链现代化\n\n聚焦轴承、光缆、农业机械等特色产业链，补齐短板。\n"
    )
    assert [(node.name, node.kind) for node in plan.nodes] == [
        ("轴承", "产业链"), ("光缆", "产业链"), ("农业机械", "产业链"),
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


CHAIN = "云岭市“十六五”制造业规划\n\n三、重点任务\n\n（一）绿色铝业产业链\n\n{}\n"


def of_chain(text: str) -> list[tuple[str, str]]:
    found = nodes(CHAIN.format(text)).values()
    return [(each.name, each.kind) for each in found if each.kind != "产业"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "上游重点发展碳纸、膜电极，中游做大燃料电池电堆、空气压缩机，下游拓展氢能重卡、氢能叉车。",
            [
                ("碳纸", "材料"), ("膜电极", "零部件"), ("燃料电池电堆", "零部件"),
                ("空气压缩机", "装备"), ("氢能重卡", "整机"), ("氢能叉车", "整机"),
            ],
        ),
        (
            "上游：氧化铝、电解铝；中游：铝板带、铝箔；下游：电池结构件、储能集装箱体。",
            [
                ("氧化铝", "材料"), ("电解铝", "材料"), ("铝板带", "材料"), ("铝箔", "材料"),
                ("电池结构件", "零部件"), ("储能集装箱体", "未分类"),
            ],
        ),
        (
            "1.上游。菌种构建、培养基。2.中游。发酵罐、分离纯化设备。",
            [
                ("菌种构建", "未分类"), ("培养基", "材料"), ("发酵罐", "装备"),
                ("分离纯化设备", "装备"),
            ],
        ),
        (
            "构建“电解铝—铝板带—铝箔—电池结构件”链条。",
            [("电解铝", "材料"), ("铝板带", "材料"), ("铝箔", "材料"), ("电池结构件", "零部件")],
        ),
        (
            "以高技术船舶、海上风电安装平台、水下机器人为重点，做精做优整机。",
            [("高技术船舶", "整机"), ("海上风电安装平台", "装备"), ("水下机器人", "整机")],
        ),
        (
            "上游重点发展电芯、电池隔膜、铝合金船板等材料和部件。",
            [("电芯", "零部件"), ("电池隔膜", "材料"), ("铝合金船板", "材料")],
        ),
        (
            "发展机床再制造、精度检测等生产性服务。",
            [("机床再制造", "后端服务"), ("精度检测", "后端服务")],
        ),
        ("补齐力传感器短板。", [("力传感器", "零部件")]),
        (
            "加快突破水下脐带缆、深海采油树等“卡脖子”环节。",
            [("水下脐带缆", "装备"), ("深海采油树", "装备")],
        ),
        (
            "大力发展船用发动机、深海密封件等配套产品。",
            [("船用发动机", "零部件"), ("深海密封件", "零部件")],
        ),
        (
            "研发环节加强靶点发现、药物筛选；生产环节发展抗体药物、细胞培养箱；流通环节发展医药冷链；整车环节依托云岭集团。",
            [("靶点发现", "关键核心技术"), ("药物筛选", "关键核心技术"), ("抗体药物", "产品"), ("细胞培养箱", "零部件"), ("医药冷链", "后端服务")],
        ),
        (
            "构建茶叶种植—鲜叶加工—茶饮料—品牌营销全产业链。",
            [("茶叶种植", "未分类"), ("鲜叶加工", "未分类"), ("茶饮料", "产品")],
        ),
        ("发展茶饮料、茶多酚等下游制品。", [("茶饮料", "产品"), ("茶多酚", "产品")]),
        ("提升焊接、喷涂、装配等系统集成能力。",
         [("焊接", "系统集成"), ("喷涂", "系统集成"), ("装配", "系统集成")]),
        ("重点突破电池、电机、电控“三电”系统。",
         [("电池", "零部件"), ("电机", "零部件"), ("电控", "零部件")]),
        ("突破燃料电池电堆和膜电极、双极板。",
         [("燃料电池电堆", "零部件"), ("膜电极", "零部件"), ("双极板", "零部件")]),
        (
            "整机：电动飞机、工业级无人机。零部件：飞控系统、机身。运营服务：空中游览、应急救援。",
            [("电动飞机", "整机"), ("工业级无人机", "整机"), ("飞控系统", "零部件"), ("机身", "零部件"),
             ("空中游览", "后端服务"), ("应急救援", "后端服务")],
        ),
        ("向下延伸发展碳纤维、己二腈，配套发展塔筒。",
         [("碳纤维", "材料"), ("己二腈", "材料"), ("塔筒", "零部件")]),
        ("培育运维船、安装船及海上运维服务。",
         [("运维船", "整机"), ("安装船", "整机"), ("海上运维服务", "后端服务")]),
        (
            "研发环节，重点布局基因编辑工具、高通量筛选平台。在应用环节发展医美护理、功能食品等。",
            [("基因编辑工具", "关键核心技术"), ("高通量筛选平台", "关键核心技术"), ("医美护理", "未分类"),
             ("功能食品", "产品")],
        ),
        # slogans and places centre on no thing
        ("以全链协同、成果转化为重点，提升能级。", []),
        ("以临港新区、青屿县为主要承载区。", []),
        ("补齐人才短板，突破要素瓶颈。", []),
    ],
)  # fmt: skip
def test_a_chain_told_by_streams_sequence_and_lacks_keeps_every_link(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert of_chain(text) == expected


def test_a_heading_of_a_stage_under_a_chain_is_no_industry() -> None:
    found = nodes(
        CHAIN.format("1.设计。\n\n支持驱动芯片、控制芯片设计。\n\n2.封测。\n\n发展晶圆级封装。")
    )
    assert not {"设计", "封测"} & {*found}
    assert {"驱动芯片", "控制芯片", "晶圆级封装"} <= {each.name for each in found.values()}
