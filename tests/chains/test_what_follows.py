"""What follows from what is stated is used, what cannot hold together is told, what is open stays open."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.chains.diagnosis import Diagnosis, diagnose, read_rules, since
from jingwei.chains.graph import RETRACTED, Edge, Edition, Fact, Head, Vertex
from jingwei.core import Row

RULES = read_rules()
DAY = date(2025, 12, 31)
HERE, AWAY = "p:城", "p:外"


def row(key: str, source: str = "") -> Row:
    return Row("表.csv", "2025-12-31", f"{key} {source}".strip())


NODE = Vertex("n:件", "node", "件", "零部件", "零部件", (row("n"),))


def chain(
    *facts: Fact,
    shares: Iterable[float | None] = (),
    places: Iterable[str] = (),
    label: str = "1",
    made: str = "2025-12-01",
    parent: str = "",
    node: Vertex = NODE,
    note: str = "",
) -> Edition:
    """A chain of one node; makers ``e:0`` … with their shares (None: not stated) and places."""
    where = [*places]
    vertices = [node, *(Vertex(p, "place", p[2:], evidence=(row(p),)) for p in (HERE, AWAY))]
    edges: list[Edge] = []
    for k, share in enumerate(shares):
        vertices.append(Vertex(f"e:{k}", "enterprise", f"厂{k}", evidence=(row(f"厂{k}"),)))
        edges.append(Edge("makes", f"e:{k}", node.id, row(f"m{k}", "名录"), DAY, share=share))
        place = where[k] if k < len(where) else HERE
        if place:
            edges.append(Edge("located_in", f"e:{k}", place, row(f"l{k}"), DAY))
    head = Head("链", label, "全链", "城", made, parent, note)
    return Edition.of(head, vertices, edges, facts)


def fact(measure: str, value: float | None = None, word: str = "", source: str = "") -> Fact:
    return Fact(NODE.id, measure, row(measure, source), value, word, day=DAY)


WHOLE = fact("名录完整", word="是")
LEVEL = fact("技术水平", word="并跑")


def judged(edition: Edition, *before: Edition) -> Diagnosis:
    [found] = diagnose(edition, RULES, DAY, before)
    return found


def changed(found: Diagnosis) -> dict[str, float]:
    return {each.measure: round(each.to, 9) for each in found.changes}


# -- parts of a whole ----------------------------------------------------------------------


def test_what_is_all_imported_is_not_made_here() -> None:
    found = judged(chain(fact("进口占比", 1.0)))
    assert found.actions == ("补",)
    local = found.measures["local_share"]
    assert (local.low, local.high) == (0, 0)
    assert "进口占比100%" in "".join(map(str, local.evidence))
    assert "没有人做" not in found.verdict.reason
    assert changed(found) == {"local_share": 0.1, "import_share": 0.9}


@pytest.mark.parametrize(
    ("imports", "actions"), [(0.95, {"补"}), (0.9, {"补", "固"}), (0.7, {"固"})]
)
def test_a_great_part_imported_bounds_what_is_made_here(imports: float, actions: set[str]) -> None:
    found = judged(chain(fact("进口占比", imports)))
    assert {*found.actions} == actions
    if actions == {"固"}:
        assert "排除不了" in found.verdict.reason, "that it must be filled is still open"


def test_a_great_part_made_here_bounds_the_imports() -> None:
    found = judged(chain(fact("本地配套率", 0.8), LEVEL, WHOLE, shares=[None] * 4))
    assert found.measures["import_share"].high == pytest.approx(0.2)
    assert found.actions == ("稳",)


@given(st.floats(0, 1), st.floats(0, 1))
def test_parts_never_exceed_the_whole_unless_that_is_told(local: float, imports: float) -> None:
    found = judged(chain(fact("本地配套率", local), fact("进口占比", imports)))
    low = sum(found.measures[m].low or 0 for m in ("local_share", "import_share"))
    over = [f for f in found.findings if f.kind == "parts_exceed_whole"]
    assert bool(over) == (local + imports > 1.01 + 1e-9)
    assert over or low <= 1.01 + 1e-9


def test_parts_that_exceed_the_whole_are_told_with_both_sources() -> None:
    facts = fact("进口占比", 0.65, source="海关"), fact("本地配套率", 0.6, source="协会")
    [over] = judged(chain(*facts)).findings
    assert over.kind == "parts_exceed_whole"
    assert "海关" in over.message
    assert "协会" in over.message
    assert len(over.sides) == 2


@pytest.mark.parametrize("places", [(HERE, HERE), ("", ""), (HERE, "")])
def test_a_full_list_beside_great_imports_is_told(places: tuple[str, str]) -> None:
    edition = chain(fact("进口占比", 0.7), WHOLE, shares=[0.6, 0.4], places=places)
    assert "parts_exceed_whole" in {f.kind for f in judged(edition).findings}


def test_a_list_that_holds_the_importers_themselves_is_no_contradiction() -> None:
    edition = chain(fact("进口占比", 0.7), WHOLE, shares=[0.7, 0.3], places=(AWAY, HERE))
    assert not judged(edition).findings


# -- what would change it ------------------------------------------------------------------


def test_changes_can_hold_together() -> None:
    one = judged(chain(fact("进口占比", 0.0), WHOLE, LEVEL, shares=[1.0]))
    assert changed(one) == {"suppliers": 4, "hhi": 0.25}
    even = judged(chain(fact("进口占比", 0.0), WHOLE, LEVEL, shares=[0.25] * 4))
    assert changed(even) == {"suppliers": 5, "hhi": 0.225}
    nobody = judged(chain(WHOLE))
    assert changed(nobody)["suppliers"] >= changed(nobody)["local_suppliers"] == 1


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_no_change_asks_for_less_concentration_than_its_suppliers_can_have(
    sizes: list[int],
) -> None:
    shares = [size / sum(sizes) for size in sizes]
    found = judged(chain(fact("进口占比", 0.0), WHOLE, LEVEL, shares=shares))
    asked = changed(found)
    if "hhi" in asked:
        assert asked.get("suppliers", len(sizes)) * asked["hhi"] >= 1 - 1e-9


# -- readings that stay open ---------------------------------------------------------------


def test_a_reading_that_cannot_be_told_is_kept_and_shown() -> None:
    edition = chain(
        fact("本地配套率", 0.08, source="统计"), WHOLE,
        shares=[0.25] * 4, places=(HERE, AWAY, AWAY, AWAY),
    )  # fmt: skip
    found = judged(edition)
    assert found.actions == ("补",)
    assert found.verdict.answer == "depends"
    assert {each.answer for each in found.verdict.readings} == {"not_met", "unknown"}
    assert found.mark == "补/不能定"
    assert "统计" in found.verdict.reason
    assert "不能定" in found.verdict.reason
    assert "没有人做" not in found.verdict.reason
    assert "进口占比" in {each.fact for each in found.verdict.missing}


def test_the_reason_says_what_holds_and_no_more() -> None:
    little = judged(chain(fact("本地配套率", 0.05), shares=[0.05]))
    assert "几乎全靠外面" in little.verdict.reason
    assert "没有人做" not in little.verdict.reason
    assert "没有人做" in judged(chain(WHOLE)).verdict.reason


# -- losses --------------------------------------------------------------------------------


def editions(*made: tuple[str, Iterable[int], str]) -> list[Edition]:
    """Editions of one chain: the day each was made, its makers, and its note."""
    found: list[Edition] = []
    for k, (day, makers, note) in enumerate(made):
        base = chain(
            shares=[None] * 9, label=str(k), made=day, parent=str(k - 1) if k else "", note=note
        )
        kept = {f"e:{m}" for m in makers}
        edges = [e for e in base.every_edge() if e.kind != "makes" or e.from_ in kept]
        found.append(Edition.of(base.head, base.vertices(), edges))
    return found


def losses(*made: tuple[str, Iterable[int], str]) -> tuple[float | None, str]:
    listed = editions(*made)
    lost = judged(listed[-1], *listed[:-1]).measures["lost"]
    return lost.low, "".join(map(str, lost.evidence))


def test_a_loss_outlives_the_next_edition_and_ends_with_its_time() -> None:
    first, lost = ("2025-01-01", range(6), ""), ("2025-03-01", range(5), "")
    assert losses(first, lost)[0] == 1
    count, told = losses(first, lost, ("2025-05-01", range(5), ""), ("2025-06-01", range(6, 7), ""))
    assert count == 6
    assert "厂5（1）" in told
    assert losses(first, lost, ("2025-05-01", range(5), ""))[0] == 1
    old = ("2022-01-01", range(6), ""), ("2022-03-01", range(5), ""), ("2025-05-01", range(5), "")
    assert losses(*old)[0] == 0
    shorter = replace(RULES, lost_months=3)
    listed = editions(first, lost, ("2025-12-01", range(5), ""))
    [found] = diagnose(listed[-1], shorter, DAY, listed[:-1])
    assert found.measures["lost"].low == 0


def test_who_came_back_or_was_taken_back_is_not_lost() -> None:
    first, lost = ("2025-01-01", range(6), ""), ("2025-03-01", range(5), "")
    assert losses(first, lost, ("2025-05-01", range(6), ""))[0] == 0
    wrong = ("2025-03-01", range(5), f"{RETRACTED}企业.csv（1行）：录错")
    assert losses(first, wrong, ("2025-05-01", range(5), ""))[0] == 0
    assert losses(first)[0] is None, "without an earlier edition it is not known"


def test_who_ended_long_ago_or_is_only_renamed_is_not_lost() -> None:
    def made(label: str, parent: str, name: str, ended: date | None) -> Edition:
        base = chain(shares=[0.5, 0.5], label=label, made=f"2025-0{label}-01", parent=parent)
        vertices = [
            replace(each, name=name) if each.id == "e:1" else each for each in base.vertices()
        ]
        edges = [
            replace(each, valid_to=ended) if each.kind == "makes" and each.from_ == "e:0" else each
            for each in base.every_edge()
        ]
        return Edition.of(base.head, vertices, edges)

    old = date(2015, 12, 31)
    first, second = made("1", "", "云帆公司", old), made("2", "1", "云帆公司", old)
    assert judged(second, first).measures["lost"].low == 0
    renamed = Edition.of(
        second.head,
        [
            replace(e, id="e:7", name="云帆有限公司") if e.id == "e:1" else e
            for e in second.vertices()
        ],
        [replace(e, from_="e:7") if e.from_ == "e:1" else e for e in second.every_edge()],
    )
    assert judged(renamed, first).measures["lost"].low == 0


@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.integers(0, 60))
def test_months_back_lie_so_many_months_back(day: date, months: int) -> None:
    start = since(day, months)
    assert (day.year - start.year) * 12 + day.month - start.month == months
    assert start.day <= day.day
    for one, other in pairwise((since(day, months + 1), start)):
        assert one < other


# -- nodes in no stage ---------------------------------------------------------------------


def test_a_node_in_no_stage_is_diagnosed_all_the_same() -> None:
    loose = replace(NODE, stage="", kind="怪类")
    found = judged(chain(fact("进口占比", 1.0), node=loose))
    assert found.actions == ("补",)
    field = replace(NODE, stage="", kind="产业")
    assert not diagnose(chain(node=field), RULES, DAY), "a field is no link"
