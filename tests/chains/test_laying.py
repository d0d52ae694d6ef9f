"""A plan's nodes on the template: which field a chain takes, and what stays empty."""

from pathlib import Path

import pytest

from jingwei.chains.graph import Named, lay, near_twins, template, unlaid, why_unplaced
from jingwei.core import InvalidFile, InvalidRequest, Span

FULL = template("全链")


def named(*rows: tuple[str, str, str]) -> list[Named]:
    return [
        Named(
            name,
            kind,
            tuple(path.split("/")) if path else (),
            Span("规划.txt", k * 10, k * 10 + len(name), name),
        )
        for k, (name, kind, path) in enumerate(rows)
    ]


PLAN = named(
    ("纺织装备", "产业", ""),
    ("智能织造", "产业", "纺织装备"),
    ("剑杆织机", "整机", "纺织装备/智能织造"),
    ("喷气织机", "整机", "纺织装备/智能织造"),
    ("电子送经器", "零部件", "纺织装备/智能织造"),
    ("印染设备", "产业", "纺织装备"),
    ("数码印花机", "装备", "纺织装备/印染设备"),
    ("家用织机", "整机", "文创"),
    ("功能纤维新材料", "产业", ""),
    ("芳纶", "材料", "功能纤维新材料"),
    ("染整助剂", "未分类", "功能纤维新材料"),
    ("织机", "产业链", ""),
    ("功纤材", "产业链", ""),
    ("检针", "产业链", ""),
)  # fmt: skip


def test_the_field_that_holds_most_nodes_of_the_name_is_taken_and_strays_come_along() -> None:
    laid = lay("织机", PLAN, FULL)
    assert [(each.field, each.rule) for each in laid.fields] == [("智能织造", "nodes")]
    placed = {each.name: each.stage for each in laid.vertices if each.stage}
    assert placed == {
        "剑杆织机": "整机", "喷气织机": "整机", "电子送经器": "零部件", "家用织机": "整机",
    }  # fmt: skip
    assert laid.empty == ("关键核心技术", "材料", "系统集成", "后端服务")


def test_every_node_keeps_the_place_that_names_it() -> None:
    for each in lay("织机", PLAN, FULL).vertices:
        assert all(isinstance(one, Span) and one.quote == each.name for one in each.evidence)
        assert each.evidence


def test_a_field_of_the_same_name_goes_first_and_kinds_without_a_stage_are_listed() -> None:
    laid = lay("功能纤维新材料产业链", PLAN, FULL)
    assert laid.fields[0].rule == "name"
    assert [each.name for each in laid.unplaced] == ["染整助剂"]


def test_an_abbreviation_of_a_field_is_known_by_its_characters_in_order() -> None:
    assert [(e.field, e.rule) for e in lay("功纤材", PLAN, FULL).fields] == [
        ("功能纤维新材料", "abbreviation")
    ]


def test_the_text_that_speaks_of_a_chain_is_the_last_resort() -> None:
    source = "纺织装备" + "。" * 40 + "印染设备。数码印花机和检针在此"  # after 印染设备 at 50
    source = source[:50] + "印染设备，数码印花机用于检针"
    laid = lay("检针", PLAN, FULL, source)
    assert [(e.field, e.rule) for e in laid.fields] == [("印染设备", "text")]


def test_where_nothing_fits_the_fields_are_named() -> None:
    with pytest.raises(InvalidRequest, match="智能织造"):
        lay("潜艇", PLAN, FULL)
    with pytest.raises(InvalidRequest, match="没有领域"):
        lay("织机", PLAN, FULL, fields=["潜艇"])


def test_a_field_by_hand_takes_its_own_and_nothing_else() -> None:
    laid = lay("织机", PLAN, FULL, fields=["印染设备"])
    assert {each.name for each in laid.vertices} == {"印染设备", "数码印花机"}
    [edge] = laid.edges
    assert (edge.kind, edge.from_, edge.to) == ("is_part_of", "n:数码印花机", "n:印染设备")


def test_a_template_of_ones_own_counts_and_a_broken_one_is_named(tmp_path: Path) -> None:
    own = tmp_path / "templates.toml"
    own.write_text(
        '["两段"]\nstages = [{ name = "前", kinds = ["材料"] }, { name = "后", kinds = ["整机"] }]\n',
        "utf-8",
    )
    laid = lay("织机", PLAN, template("两段", own))
    assert {each.stage for each in laid.vertices} == {"", "后"}
    assert laid.empty == ("前",)
    own.write_text("[x]\nstages = 3\n", "utf-8")
    with pytest.raises(InvalidFile, match="模板"):
        template("x", own)
    with pytest.raises(InvalidRequest, match="全链"):
        template("没有")


TWO = named(
    ("织造装备", "产业", ""),
    ("送经器", "零部件", "织造装备"),
    ("储纬器", "零部件", "织造装备"),
    ("送经器和储纬器", "零部件", "织造装备"),
    ("梭子和引纬器", "零部件", "织造装备"),
    ("高性能", "零部件", "织造装备"),
    ("织机典型应用场景", "整机", "织造装备"),
    ("智能送经器", "零部件", "织造装备"),
    ("验布机", "怪类", "织造装备"),
)  # fmt: skip


def test_a_joined_name_is_two_nodes_only_where_the_plan_names_both() -> None:
    laid = lay("织造装备", TWO, FULL)
    nodes = {each.name: each for each in laid.vertices}
    assert "送经器和储纬器" not in nodes
    assert "梭子和引纬器" in nodes
    assert [str(each) for each in nodes["储纬器"].evidence] == [
        "规划.txt 「储纬器」", "规划.txt 「送经器和储纬器」",
    ]  # fmt: skip


def test_qualities_and_uses_are_no_nodes_and_are_told() -> None:
    laid = lay("织造装备", TWO, FULL)
    assert [each.name for each in laid.no_things] == ["高性能", "织机典型应用场景"]
    assert not {"高性能", "织机典型应用场景"} & {each.name for each in laid.vertices}


def test_nodes_in_no_stage_say_why_and_near_twins_are_shown() -> None:
    laid = lay("织造装备", TWO, FULL)
    [rest] = unlaid(laid.vertices, FULL)
    assert rest.name == "验布机"
    assert "怪类" in why_unplaced(rest, FULL)[0]
    assert [{t.one.name, t.other.name} for t in near_twins(laid.vertices)] == [
        {"送经器", "智能送经器"}
    ]


# -- the real plan -------------------------------------------------------------------------

PLANS = Path(__file__).resolve().parents[3] / "shared" / "plans"
REAL = PLANS / "shanghai-advanced-manufacturing-14fyp.txt"


@pytest.mark.shared
@pytest.mark.skipif(not REAL.is_file(), reason="needs ../shared/plans")
def test_every_chain_a_real_plan_names_is_laid_on_the_template() -> None:
    from jingwei.documents import read_document
    from jingwei.plans.compiling import compile_document

    document = read_document(REAL)
    nodes = compile_document(document).nodes
    found = [Named(each.name, each.kind, each.path, each.evidence) for each in nodes]
    chains = [each.name for each in nodes if each.kind == "产业链"]
    assert len(chains) == 9
    for chain in chains:
        laid = lay(chain, found, FULL, document.source)
        placed = [each for each in laid.vertices if each.stage]
        assert len(placed) >= 5, chain
        assert all(each.evidence for each in placed)
        assert set(laid.empty) | {each.stage for each in placed} == {e.name for e in FULL.stages}
