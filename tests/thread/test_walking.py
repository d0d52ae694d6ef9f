"""One query from a target to tasks, nodes, enterprises, places, and back."""

from datetime import date

import pytest

from jingwei.chains.graph import Edge, Edition, Head, Vertex
from jingwei.core import InvalidRequest, Row, Span
from jingwei.documents import read_text
from jingwei.plans.compiling import compile_document
from jingwei.thread import Woven, walk

TEXT = """云港市织造装备发展规划（2021—2025年）

三、发展重点

（一）织造装备

突破电子送经器、喷气织机等关键装备，到2025年，织造装备产值达到120亿元。

发展印花机。
"""


def woven() -> Woven:
    document = read_text(TEXT, "规划.md")
    plan = compile_document(document)
    row = Row("名录.csv", "2025-06-30", "1")
    sentence = TEXT.index("电子送经器")
    read = Span("规划.md", sentence, sentence + 5, "电子送经器")
    vertices = [
        Vertex("n:织造装备", "node", "织造装备", "", "产业", (row,)),
        Vertex("n:电子送经器", "node", "电子送经器", "零部件", "零部件", (read,)),
        Vertex("n:步进电机", "node", "步进电机", "零部件", "零部件", (row,)),
        Vertex("n:漆包线", "node", "漆包线", "材料", "材料", (row,)),
        Vertex("e:91x", "enterprise", "云港送经厂", "", "", (row,)),
        Vertex("e:92x", "enterprise", "印机厂", "", "", (row,)),
        Vertex("p:东区", "place", "东区", "", "", (row,)),
    ]
    edges = [
        Edge("is_part_of", "n:电子送经器", "n:织造装备", row, date(2025, 1, 1)),
        Edge("supplies", "n:步进电机", "n:电子送经器", row),
        Edge("supplies", "n:漆包线", "n:步进电机", row),
        Edge("makes", "e:91x", "n:电子送经器", row),
        Edge("makes", "e:92x", "n:电子送经器", row, holds=False),
        Edge("located_in", "e:91x", "p:东区", row),
    ]
    edition = Edition.of(Head("织造装备", "1", "全链", "云港市"), vertices, edges)
    return Woven(plan.statements, plan.tasks, plan.programmes, plan.places, [edition])


def target_id(cloth: Woven) -> str:
    return next(each.id for each in cloth.targets if each.value == 120)


def test_a_target_leads_to_tasks_nodes_enterprises_and_places() -> None:
    cloth = woven()
    thread = walk(target_id(cloth), cloth)
    assert thread.start.layer == "target"
    assert "云港送经厂" in {each.name for each in thread.of("enterprise")}
    assert "东区" in {each.name for each in thread.of("place")}
    assert {"织造装备", "电子送经器"} <= {each.name for each in thread.of("node")}
    assert all(step.evidence and step.why and step.why_en for step in thread.steps)
    assert all(step.towards == "forward" for step in thread.steps)


def test_from_a_place_it_leads_back_to_the_target() -> None:
    cloth = woven()
    thread = walk("东区", cloth)
    assert target_id(cloth) in {each.id for each in thread.of("target")}
    assert [each.name for each in thread.of("enterprise")] == ["云港送经厂"]
    assert thread.of("task")


def test_every_pair_is_reached_from_both_ends() -> None:
    """What lies forward of a thing has that thing behind it."""
    cloth = woven()
    start = target_id(cloth)
    for step in walk(start, cloth).steps:
        if step.to.layer != "node" or step.to.name != "步进电机":
            back = {s.to.id for s in walk(step.to.id, cloth).steps if s.towards == "back"}
            assert start in back, step.to


def test_supply_is_followed_one_step_and_a_denied_edge_never() -> None:
    cloth = woven()
    names = {each.to.name for each in walk("电子送经器", cloth).steps if each.towards == "forward"}
    assert "步进电机" in names
    assert "漆包线" not in names, "the supplier's supplier is another question"
    assert "印机厂" not in names


def test_an_unknown_or_ambiguous_id_is_told() -> None:
    cloth = woven()
    with pytest.raises(InvalidRequest, match="没有编号或名称"):
        walk("没有", cloth)
    vertices = [*cloth.editions[0].vertices()]
    twin = Vertex("n:东区厂", "node", "东区", "零部件", "", (Row("a", "b", "c"),))
    both = Edition.of(cloth.editions[0].head, [*vertices, twin], cloth.editions[0].every_edge())
    with pytest.raises(InvalidRequest, match="几种可能"):
        walk("东区", Woven(cloth.statements, cloth.tasks, (), (), [both]))
