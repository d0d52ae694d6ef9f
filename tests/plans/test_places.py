"""Places and what a plan gives them to do."""

import pytest
from reading_plans import plan_of

from jingwei.documents import read_text
from jingwei.plans.compiling import read_statements
from jingwei.plans.records import PlaceRole


def roles(
    text: str, heading: str = "四、空间布局", title: str = "云溪市先进制造业发展“十四五”规划"
) -> list[PlaceRole]:
    return list(plan_of(f"{heading}\n\n{text}\n", title).places)


def told(found: list[PlaceRole]) -> list[tuple[str, tuple[str, ...], str]]:
    return [(each.place, each.industries, each.role) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "白河重点发展轴承、智能仪表、农业机械等；石门重点发展新材料和绿色化工。",
            [("白河", ("轴承", "智能仪表", "农业机械"), ""), ("石门", ("新材料", "绿色化工"), "")],
        ),
        (
            "发挥临江新片区口岸优势，大力发展冷链物流、智能家电等产业，打造内陆开放的产业基地。",
            [("临江新片区", ("冷链物流", "智能家电"), "内陆开放的产业基地")],
        ),
        (
            "支持白河工业母机、石门储能电池等产业领域加快集聚。推动白河、石门等区协同发展。",
            [("白河", ("工业母机",), ""), ("石门", ("储能电池",), ""), ("白河", (), "协同发展"), ("石门", (), "协同发展")],
        ),
        (
            "推动盐湖园区（盐化工和镁合金）、长沙岛（渔船和养殖装备）等基地加快建设。",
            [("盐湖园区", ("盐化工", "镁合金"), ""), ("长沙岛", ("渔船和养殖装备",), "")],
        ),
        (
            "东翼以白河区、石门县为主体，重点布局现代纺织、绿色食品。",
            [("白河区", ("现代纺织", "绿色食品"), "主体"), ("石门县", ("现代纺织", "绿色食品"), "主体")],
        ),
        (
            "四园：河东工业园、临空产业园。",
            [("河东工业园", (), "四园"), ("临空产业园", (), "四园")],
        ),
    ],
)  # fmt: skip
def test_roles_on_the_map(text: str, expected: list[tuple[str, tuple[str, ...], str]]) -> None:
    assert told(roles(text)) == expected


def test_a_belt_has_members_and_its_places_stand_within_it() -> None:
    found = roles(
        "沿河高端产业发展带，主要涉及白河北部、石门和云岭，布局芯片、造船等领域。"
        "石门重点发展新材料、服装等；云岭重点发展渔船和养殖装备。"
    )
    belt, *places = found
    assert (belt.place, belt.kind, belt.members) == (
        "沿河高端产业发展带", "带极轴", ("白河北部", "石门", "云岭"),
    )  # fmt: skip
    assert belt.industries == ("芯片", "造船")
    assert [(each.place, each.within) for each in places] == [
        ("石门", "沿河高端产业发展带"), ("云岭", "沿河高端产业发展带"),
    ]  # fmt: skip


def test_a_paragraph_on_one_industry_gives_it_to_its_places() -> None:
    found = roles(
        "集成电路产业。形成以白河新城为核心，以石门和云岭为两翼的格局。支持石门、云岭等区发展集成电路产业。"
    )
    assert told(found)[:3] == [
        ("白河新城", ("集成电路产业",), "核心"),
        ("石门", ("集成电路产业",), "两翼"),
        ("云岭", ("集成电路产业",), "两翼"),
    ]


def test_tables_of_places_and_their_industries() -> None:
    found = roles(
        "表2 各县区主导产业\n\n县区\t主导产业\t功能定位\n云岭区\t现代纺织、智能家居\t轻工产业基地\n"
        "白河县\t绿色食品、冷链物流\t农产品加工示范区\n"
    )
    assert told(found) == [
        ("云岭区", ("现代纺织", "智能家居"), "轻工产业基地"),
        ("白河县", ("绿色食品", "冷链物流"), "农产品加工示范区"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("将长沙岛打造成为西岭省海水养殖基地。", [("长沙岛", "西岭省海水养殖基地")]),
        ("支持白河县建设储能装备产业园。", [("白河县", "建设储能装备产业园")]),
        ("到2025年，以临江工业园为主要载体，建成材料集群。", [("临江工业园", "主要载体")]),
    ],
)
def test_roles_that_need_no_chapter_on_the_map(text: str, expected: list[tuple[str, str]]) -> None:
    found = roles(text, "三、发展重点\n\n（一）新材料")
    assert [(each.place, each.role) for each in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "企业重点发展高端产品；产业重点发展新技术。",
        "推动各区加快建设，支持园区提质增效。",
        "工业增加值占地区生产总值比重保持合理区间。",
        "支持龙头企业建设开源社区、示范基地等平台。",
    ],
)
def test_words_that_only_end_like_places_are_none(text: str) -> None:
    assert roles(text) == []


@pytest.mark.parametrize(
    "place", ["白河数据港", "石门科学城", "柳溪智造城", "云岭创谷", "白河金融城", "石门空港"]
)
def test_endings_of_new_towns_are_made_of_two_words(place: str) -> None:
    """[composed]: no ending of one city's own coining is needed."""
    found = roles(f"{place}重点发展工业软件、人工智能；石门县重点发展现代纺织、绿色食品。")
    assert {each.place for each in found} == {place, "石门县"}
    kind = next(each.kind for each in found if each.place == place)
    assert kind in ("新城新区", "园区基地")


def test_a_box_that_only_says_what_each_place_makes_is_read() -> None:
    text = (
        "专栏2 重点产业链布局\n东港新区：海洋工程装备、新型储能；\n青屿县：新型储能、高端医疗器械；\n"
        "北山区：氢能装备。\n责任单位：市发展改革委、市经济和信息化局。"
    )
    assert told(roles(text, "三、重点任务")) == [
        ("东港新区", ("海洋工程装备", "新型储能"), ""),
        ("青屿县", ("新型储能", "高端医疗器械"), ""),
        ("北山区", ("氢能装备",), ""),
    ]


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("泾县“十六五”工业发展规划", "泾县"),
        ("歙县2036年政府工作报告", "歙县"),
        ("徐州市沛县2036年政府工作报告", "沛县"),
        ("宣城市泾县2036年政府工作报告", "泾县"),
        ("徐州市县域经济发展规划", "徐州市"),
        ("关于印发泾县工业发展规划的通知", "泾县"),
    ],
)
def test_a_county_may_have_a_name_of_one_letter(title: str, region: str) -> None:
    """Two such counties in one workspace are two: the facts of one answer nothing of the other."""
    found = read_statements(read_text(f"{title}\n\n一、发展目标\n\n产值达到50亿元。\n", "a.txt"))
    assert [s.scope for s in found] == [region]
