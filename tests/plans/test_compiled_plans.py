"""Laws of a compiled plan: spans, ids, plan files, formats; and counts on real documents."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_plans import document_of, plan_of

from jingwei.core import Span
from jingwei.documents import read_document
from jingwei.documents.model import Document
from jingwei.plans.compiling import compile_document
from jingwei.plans.planfile import Compilation, new_plan, parse_plan, plan_text
from jingwei.plans.records import DocumentFacts, Plan

SHARED = Path(__file__).resolve().parents[3] / "shared" / "plans"
real = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="needs the real documents in ../shared"),
]

BODY = """
根据《西岭省制造强省规划》（西政发〔2021〕18号），制定本规划。
一、发展重点
（一）智能装备
突破减速器、伺服电机、控制系统等核心部件。到2025年，产值达到300亿元。
二、空间布局
白河区重点发展智能装备、新材料；石门县重点发展现代纺织。
三、主要任务
（一）强化创新
实施质量提升行动计划。推动企业2024年底前完成改造。（责任单位：市经信局）
专栏1 关键基材攻坚工程
到2025年，突破基础材料50项。
附件：任务分工表
重点任务\t牵头单位\t完成时限
建成材料中试基地\t市科技局\t2024年12月
"""


def spans(plan: Plan) -> list[Span]:
    return [record.evidence for records in plan.records.values() for record in records]


def found_at_offsets(document: Document, plan: Plan) -> None:
    """Every quote is the source between its offsets, white space and folding apart."""
    from jingwei.documents.folding import fold

    for span in spans(plan):
        pieces = "".join(document.source[start:end] for start, end in span.segments)
        written = re.sub(r"\s", "", fold(pieces).text)
        assert written == re.sub(r"\s", "", span.quote), span


def test_every_kind_of_record_is_read_and_sourced() -> None:
    plan = plan_of(BODY)
    assert all(plan.records.values())
    found_at_offsets(document_of(BODY), plan)
    for records in plan.records.values():
        assert all(record.rule and record.document == "plan.html" for record in records)
    assert (plan.title, plan.media, str(plan.period), plan.region) == (
        "云溪市先进制造业发展“十四五”规划", "html", "2021-2025", "云溪市",
    )  # fmt: skip


def test_the_same_document_gives_the_same_plan_and_ids_stay_when_others_come() -> None:
    first, again = plan_of(BODY), plan_of(BODY)
    assert first == again
    longer = plan_of(BODY + "四、保障措施\n（一）强化保障\n完善服务机制体系。\n")
    for name, records in first.records.items():
        ids = {record.id for record in records}
        assert len(ids) == len(records)
        assert ids <= {record.id for record in longer.records[name]}


def test_a_compiled_plan_goes_into_a_plan_file_and_comes_back() -> None:
    plan = plan_of(BODY)
    facts = DocumentFacts(plan.file, "0" * 64, plan.title, period=plan.period, region=plan.region)
    text = plan_text(new_plan("plan.yaml", Compilation(facts, plan.records)))
    back = parse_plan(text, "plan.yaml")
    assert plan_text(back) == text
    for name, records in plan.records.items():
        assert {record.id: record for record in back.records(name)} == {
            record.id: record for record in records
        }


words = st.sampled_from(
    ["加快", "突破", "光刻机、刻蚀机等装备", "到2025年，", "；", "。", "（责任单位：市经信局）", "实施", "雏鹰行动",
     "《产业规划》", "白河区", "重点发展", "新材料", "、", "以", "为主体", "1．", "等", "的", "专栏", "（", "）", "“", "2024年底前"]
)  # fmt: skip


@given(st.lists(words, max_size=24).map("".join))
def test_any_words_are_read_to_spans_that_hold(text: str) -> None:
    body = f"一、发展重点\n（一）智能装备\n{text}\n二、空间布局\n{text}\n三、主要任务\n{text}"
    found_at_offsets(document_of(body), plan_of(body))


def compiled(name: str) -> tuple[Document, Plan]:
    document = read_document(SHARED / name)
    return document, compile_document(document)


@pytest.mark.parametrize(
    ("name", "year", "count"),
    [
        ("shanghai-advanced-manufacturing-14fyp.txt", "2025", 44),
        ("shanghai-manufacturing-13fyp.txt", "2020", 47),
        ("shanghai-strategic-industries-14fyp.txt", "2025", 13),
    ],
)
class TestRealPlans:
    pytestmark = real

    def test_each_dated_clause_is_a_task(self, name: str, year: str, count: int) -> None:
        document, plan = compiled(name)
        dated = [
            block.content.origins[match.start()]
            for block in document.blocks
            if block.kind == "paragraph"
            for match in re.finditer(f"到{year}年", block.text)
        ]
        assert len(dated) == count
        for offset in dated:
            assert any(
                task.due_stated
                and str(task.due) == year
                and task.evidence.start <= offset < task.evidence.end
                for task in plan.tasks
            ), document.source[offset : offset + 40]

    def test_tasks_say_what_with_verb_and_owner_or_none(
        self, name: str, year: str, count: int
    ) -> None:
        _, plan = compiled(name)
        assert len(plan.tasks) > 4 * count
        assert all(task.what and task.due for task in plan.tasks)
        assert sum(bool(task.verb and task.object) for task in plan.tasks) >= 0.97 * len(plan.tasks)
        assert all(task.owner or not task.owner_stated for task in plan.tasks)

    def test_spans_hold_and_goals_are_statements(self, name: str, year: str, count: int) -> None:
        document, plan = compiled(name)
        found_at_offsets(document, plan)
        known = {statement.id for statement in plan.statements}
        assert all(goal in known for each in plan.programmes for goal in each.goals)


class TestRealPrograms:
    pytestmark = real

    def test_ten_programmes_in_two_groups(self) -> None:
        _, plan = compiled("shanghai-strategic-industries-14fyp.txt")
        own = [each for each in plan.programmes if not each.named_only]
        assert [each.group for each in own] == ["系统支撑"] * 6 + ["重点领域"] * 4
        assert all(each.actions for each in own)

    def test_ten_boxes(self) -> None:
        _, plan = compiled("shanghai-manufacturing-13fyp.txt")
        own = [each for each in plan.programmes if not each.named_only]
        assert len(own) == 10
        assert sum(bool(each.goals) for each in own) >= 9

    def test_roles_of_all_districts(self) -> None:
        """Chapter 四 gives each of nine districts its industries, chapter 五 has two poles, two belts."""
        _, plan = compiled("shanghai-advanced-manufacturing-14fyp.txt")
        within = {each.place for each in plan.places if each.within and each.industries}
        assert len(within) == 9
        belts = [each for each in plan.places if each.kind == "带极轴" and each.members]
        assert [len(each.members) for each in belts] == [3, 3, 4]
        _, other = compiled("shanghai-strategic-industries-14fyp.txt")
        assert len({each.place for each in other.places if each.industries}) >= 25

    def test_flagship_chains_and_pillars(self) -> None:
        _, plan = compiled("shanghai-advanced-manufacturing-14fyp.txt")
        assert sum(node.kind == "产业链" for node in plan.nodes) == 9
        groups = [node.name for node in plan.nodes if node.rule == "group.counted"]
        members = [node.parent for node in plan.nodes if node.rule == "group.member"]
        assert [members.count(group) for group in groups] == [3, 6]
