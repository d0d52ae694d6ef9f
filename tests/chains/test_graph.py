"""Editions of a chain graph: what they hold, how they differ, and that they never change."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.chains.graph import (
    Edge,
    Edition,
    Fact,
    Head,
    Vertex,
    difference,
    latest,
    read_edition,
    write_edition,
)
from jingwei.core import InvalidFile, InvalidRequest, Row
from jingwei.store import Workspace

HEAD = Head("织机", "2025-01", "全链", "绫州市", "2025-01-31")


def row(key: object, dataset: str = "links.csv") -> Row:
    return Row(dataset, "2025-01-31", str(key))


def node(name: str, stage: str = "零部件") -> Vertex:
    return Vertex(f"n:{name}", "node", name, stage, stage, (row(name),))


NODES = [node(name) for name in ("传感器", "控制器", "织机", "张力器")]
EDGES = [
    Edge("supplies", "n:传感器", "n:控制器", row(1), date(2025, 1, 1), 0.9),
    Edge("supplies", "n:控制器", "n:织机", row(2), date(2025, 1, 1), None, share=0.4),
    Edge("is_part_of", "n:张力器", "n:织机", row(3)),
]
FACTS = [Fact("n:织机", "import_share", row(9), 0.3, day=date(2024, 12, 31))]


def edition(edges: list[Edge], vertices: list[Vertex] = NODES, head: Head = HEAD) -> Edition:
    return Edition.of(head, vertices, edges, FACTS)


def test_the_order_of_records_does_not_matter() -> None:
    shuffled = [*EDGES]
    random.Random(1).shuffle(shuffled)  # noqa: S311
    again = edition(shuffled, NODES[::-1])
    assert again.content_hash == edition(EDGES).content_hash
    assert [*again.every_edge()] == [*edition(EDGES).every_edge()]


def test_a_changed_source_share_or_denial_changes_the_hash() -> None:
    first = edition(EDGES).content_hash
    for change in (
        {"evidence": row(8)},
        {"share": 0.5},
        {"holds": False},
        {"valid_to": date(2025, 6, 1)},
    ):
        changed = replace(EDGES[1], **change)
        assert edition([EDGES[0], changed, EDGES[2]]).content_hash != first, change
    assert edition(EDGES, head=replace(HEAD, edition="x", made="2026-01-01")).content_hash == first


def test_what_no_source_states_is_none_and_not_zero() -> None:
    [edge] = edition(EDGES).out_of("n:传感器", "supplies")
    assert (edge.share, edge.valid_from, edge.confidence) == (None, None, 0.9)


def test_sources_that_disagree_stand_side_by_side() -> None:
    denied = replace(EDGES[0], evidence=row("b", "other.csv"), holds=False)
    found = edition([*EDGES, denied]).out_of("n:传感器", "supplies")
    assert {each.holds for each in found} == {True, False}


def test_only_edges_valid_on_the_day_are_asked_for() -> None:
    past = replace(EDGES[0], valid_from=date(2020, 1, 1), valid_to=date(2023, 12, 31))
    held = edition([past])
    assert held.out_of("n:传感器", "supplies", date(2023, 12, 31)) == [past]
    assert held.out_of("n:传感器", "supplies", date(2024, 1, 1)) == []


def test_dangling_ends_and_duplicate_nodes_are_refused() -> None:
    with pytest.raises(InvalidRequest, match="n:没有"):
        edition([replace(EDGES[0], to="n:没有")])
    with pytest.raises(InvalidRequest, match="两次"):
        edition([], [*NODES, node("织机")])
    with pytest.raises(InvalidRequest, match="没有"):
        edition(EDGES).around("n:没有")


def test_the_neighbourhood_has_every_edge_of_the_vertex_once() -> None:
    around = edition(EDGES).around("n:织机")
    assert {(each.kind, each.from_) for each in around} == {
        ("supplies", "n:控制器"),
        ("is_part_of", "n:张力器"),
    }


def test_an_edition_comes_back_from_disk_as_it_was(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w")
    made = edition(EDGES)
    write_edition(workspace, made)
    back = read_edition(workspace, "织机", "2025-01")
    assert back.content_hash == made.content_hash
    assert ([*back.vertices()], [*back.every_edge()], back.facts) == (
        [*made.vertices()],
        [*made.every_edge()],
        made.facts,
    )


def test_an_edition_is_never_rewritten_and_damage_is_seen(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w")
    path = write_edition(workspace, edition(EDGES))
    with pytest.raises(InvalidRequest, match="不可改写"):
        write_edition(workspace, edition([]))
    part = path.with_name("2025-01.edges.parquet")
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    with pytest.raises(InvalidFile, match="指纹"):
        latest(workspace, "织机")


def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w")
    for name in ("../x", "a/b", "", ".x", "a" * 70):
        with pytest.raises(InvalidRequest):
            write_edition(workspace, edition([], head=replace(HEAD, chain=name)))


def test_the_difference_names_what_was_added_removed_moved_and_resourced() -> None:
    before = edition(EDGES)
    moved = replace(NODES[0], stage="材料")
    after = Edition.of(
        replace(HEAD, edition="2025-02"),
        [moved, replace(NODES[1], evidence=(row("neu"),)), NODES[2], node("新件")],
        [
            replace(EDGES[0], evidence=row("andere")),  # re-sourced
            replace(EDGES[1], share=0.2),  # revised
            Edge("supplies", "n:新件", "n:织机", row(7)),
        ],
    )
    got = difference(before, after)
    assert [each.name for each in got.added] == ["新件"]
    assert [each.name for each in got.removed] == ["张力器"]
    assert [(each.vertex.name, each.before, each.after) for each in got.moved] == [
        ("传感器", "零部件", "材料")
    ]
    assert [each.name for each in got.resourced] == ["控制器"]
    assert [each.from_ for each in got.edges_added] == ["n:新件"]
    assert [each.kind for each in got.edges_removed] == ["is_part_of"]
    assert [each.from_ for each in got.edges_resourced] == ["n:传感器"]
    assert [each.from_ for each in got.edges_revised] == ["n:控制器"]
    assert difference(before, before).empty


def test_a_share_that_is_no_longer_stated_is_a_revision() -> None:
    after = edition([EDGES[0], replace(EDGES[1], share=None), EDGES[2]])
    zero = edition([EDGES[0], replace(EDGES[1], share=0.0), EDGES[2]])
    for one, other in ((edition(EDGES), after), (after, zero)):
        assert [e.from_ for e in difference(one, other).edges_revised] == ["n:控制器"]


def test_an_edge_that_its_source_gives_another_end_has_moved() -> None:
    after = edition([replace(EDGES[0], to="n:织机"), *EDGES[1:]])
    got = difference(edition(EDGES), after)
    assert [(a.to, b.to) for a, b in got.edges_moved] == [("n:控制器", "n:织机")]
    assert not got.edges_added
    assert not got.edges_removed


def test_the_difference_names_the_facts_that_were_added_removed_and_revised() -> None:
    def stated(value: float, at: int | str = 1, measure: str = "本地配套率") -> Fact:
        return Fact("n:控制器", measure, row(at), value=value)

    def graph(*facts: Fact) -> Edition:
        return Edition.of(HEAD, NODES, EDGES, facts)

    got = difference(
        graph(stated(0.4), stated(3, measure="供应企业数")),
        graph(stated(0.6), stated(0.2, measure="进口占比")),
    )
    assert [each.measure for each in got.facts_added] == ["进口占比"]
    assert [each.measure for each in got.facts_removed] == ["供应企业数"]
    assert [(was.value, now.value) for was, now in got.facts_revised] == [(0.4, 0.6)]
    retold = difference(graph(stated(0.4)), graph(stated(0.4, "andere")))
    assert [(was.value, now.value) for was, now in retold.facts_revised] == [(0.4, 0.4)]
    two = graph(stated(0.4, 1), stated(0.5, 2))
    apart = difference(two, graph(stated(0.5, 3), stated(0.7, 4)))
    assert [(a.value, b.value) for a, b in apart.facts_revised] == [(0.5, 0.5), (0.4, 0.7)]
    assert difference(two, two).empty


EDGE = st.builds(
    Edge,
    st.sampled_from(["supplies", "is_part_of"]),
    st.sampled_from([each.id for each in NODES]),
    st.sampled_from([each.id for each in NODES]),
    st.sampled_from([row(1), row(2)]),
    share=st.sampled_from([None, 0.0, 0.5]),
)


@settings(max_examples=60)
@given(st.lists(EDGE, max_size=8, unique=True), st.lists(EDGE, max_size=8, unique=True))
def test_the_difference_agrees_with_comparing_sets(old: list[Edge], new: list[Edge]) -> None:
    got = difference(edition(old), edition(new))

    def key(edge: Edge) -> tuple[str, str, str]:
        return edge.kind, edge.from_, edge.to

    old_keys, new_keys = {key(each) for each in old}, {key(each) for each in new}
    fresh = {key(each) for each in (*got.edges_added, *(b for _, b in got.edges_moved))}
    gone = {key(each) for each in (*got.edges_removed, *(a for a, _ in got.edges_moved))}
    assert (fresh, gone) == (new_keys - old_keys, old_keys - new_keys)

    def sources(edges: list[Edge], of: tuple[str, str, str]) -> set[Row]:
        return {each.evidence for each in edges if key(each) == of}  # type: ignore[misc]

    both = old_keys & new_keys
    assert {key(each) for each in got.edges_resourced} == {
        each for each in both if sources(old, each) != sources(new, each)
    }
    assert {key(each) for each in got.edges_revised} <= both
