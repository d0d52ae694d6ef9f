"""Links are judged on facts that open; what is not known is never zero; planted faults are found."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic_chains import DAY, FULL, STAGES, draw, row

from jingwei.chains.diagnosis import (
    Change,
    Condition,
    Dimension,
    Measured,
    Measures,
    Rules,
    Shape,
    agreement,
    applied,
    dependency,
    diagnose,
    holding_together,
    judge,
    leaders,
    movements,
    read_rules,
    seven_needs,
    shape_of,
    undecided,
)
from jingwei.chains.diagnosis.convergence import coupled
from jingwei.chains.diagnosis.technology import fleiss
from jingwei.chains.graph import Edge, Edition, Fact, Head, Vertex
from jingwei.core import InvalidFile, Row

RULES = read_rules()
NODE = Vertex("n:件", "node", "件", "零部件", "零部件", (row("件"),))
SEEDS = range(12)


@pytest.mark.parametrize("shape", ["短", "断", "虚", "全"])
def test_drawn_chains_are_classified_by_their_shape(shape: str) -> None:
    for seed in SEEDS:
        drawn = draw(seed, shape)
        measures = Measures(drawn.now, RULES, DAY)
        diagnosed = diagnose(drawn.now, RULES, DAY)
        got = shape_of(drawn.now, FULL, diagnosed, measures, RULES)
        assert got.labels == (shape,), (seed, got.verdict.reason)
        assert (got.verdict.answer == "met") == (shape == "全")


@pytest.mark.parametrize(
    ("made", "label"),
    [
        (STAGES[:3], "短"),
        (STAGES[1:5], "全"),  # four of six is more than the declared 60 %
        ([STAGES[0], STAGES[2]], "断"),
        ([STAGES[5]], "短"),
        (STAGES, "全"),
    ],
)
def test_the_stages_made_here_decide_without_any_link_of_supply(
    made: list[str], label: str
) -> None:
    drawn = draw(1, "全", stages=made, linked=False)
    measures = Measures(drawn.now, RULES, DAY)
    diagnosed = diagnose(drawn.now, RULES, DAY)
    got = shape_of(drawn.now, FULL, diagnosed, measures, RULES)
    assert got.labels == (label,)
    assert {name for name, here in got.stages.items() if here} == {*made}


def test_a_node_nobody_makes_between_two_that_are_breaks_the_chain() -> None:
    drawn = draw(1, "全", linked=False)
    a, gap, b = (f"n:{STAGES[2]}{k}" for k in (0, 1, 2))
    edges = [e for e in drawn.now.every_edge() if not (e.kind == "makes" and e.to == gap)]
    edges += [Edge("supplies", a, gap, row("a"), DAY), Edge("supplies", gap, b, row("b"), DAY)]
    facts = [f for f in drawn.now.facts if not (f.about == gap and f.measure == "local_share")]
    now = Edition.of(drawn.now.head, drawn.now.vertices(), edges, facts)
    got = shape_of(now, FULL, diagnose(now, RULES, DAY), Measures(now, RULES, DAY), RULES)
    assert (got.labels, got.breaks) == (("断",), (f"{STAGES[2]}1",))


def test_stages_that_are_not_known_leave_several_shapes_open() -> None:
    drawn = draw(1, "全", linked=False)
    open_ = STAGES[3]
    kept = [
        e
        for e in drawn.now.every_edge()
        if not (e.kind == "makes" and e.to.startswith(f"n:{open_}"))
    ]
    facts = [f for f in drawn.now.facts if not f.about.startswith(f"n:{open_}")]
    now = Edition.of(drawn.now.head, drawn.now.vertices(), kept, facts)
    got = shape_of(now, FULL, diagnose(now, RULES, DAY), Measures(now, RULES, DAY), RULES)
    assert set(got.labels) == {"断", "全"}
    assert got.verdict.answer == "unknown"
    assert open_ in got.verdict.missing[0].fact


def test_a_template_of_many_unknown_stages_is_answered_at_once() -> None:
    from jingwei.chains.graph import Stage, Template

    long = Template("长", "long", tuple(Stage(str(k), str(k), ()) for k in range(40)))
    empty = Edition.of(Head("链", "1", "长", "城"), [])
    got = shape_of(empty, long, [], Measures(empty, RULES, DAY), RULES)
    assert set(got.labels) == {"断", "短", "虚", "全"}
    assert got.verdict.answer == "unknown"


def test_planted_weak_links_are_found_with_the_right_action() -> None:
    found = planted = right = 0
    for seed in SEEDS:
        drawn = draw(seed, "全", per_stage=6, weak=8)
        got = {d.node.id: d for d in diagnose(drawn.now, RULES, DAY, [drawn.before])}
        weak = {key for key, each in got.items() if each.verdict.answer in ("not_met", "depends")}
        assert drawn.planted.keys() <= weak, "recall is 1"
        planted += len(drawn.planted)
        found += len(weak)
        right += sum(action in got[key].actions for key, action in drawn.planted.items())
    assert planted / found >= 0.9, "precision"
    assert right == planted


def test_without_the_earlier_edition_nobody_is_lost() -> None:
    drawn = draw(3, "全", per_stage=6, weak=8)
    lost = next(key for key in drawn.planted if key in _lost(drawn.before, drawn.now))
    [before] = [d for d in diagnose(drawn.now, RULES, DAY) if d.node.id == lost]
    [after] = [d for d in diagnose(drawn.now, RULES, DAY, [drawn.before]) if d.node.id == lost]
    assert not before.measures["lost"].known
    assert (before.actions, after.actions) == (("稳",), ("固",))


def _lost(before: Edition, now: Edition) -> set[str]:
    gone = {(e.from_, e.to) for e in before.every_edge()} - {
        (e.from_, e.to) for e in now.every_edge()
    }
    return {to for _, to in gone}


def test_every_verdict_opens_three_facts_and_says_what_would_change_it() -> None:
    drawn = draw(5, "全", per_stage=6, weak=8)
    for each in diagnose(drawn.now, RULES, DAY, [drawn.before]):
        assert len(each.facts) == 3
        known = [name for name in each.facts if each.measures[name].known]
        told = {missing.fact for missing in each.verdict.missing}
        assert len(known) + len(told) >= 3, each.verdict
        if each.weak and each.measures["dependent"].low != 1:
            assert each.verdict.gap is not None, each.verdict.reason


def held(*facts: Fact, makers: int | None = None, complete: bool = True) -> Edition:
    edges, vertices = [], [NODE, Vertex("p:城", "place", "城", evidence=(row("城"),))]
    for k in range(makers or 0):
        vertices.append(Vertex(f"e:{k}", "enterprise", f"厂{k}", evidence=(row(f"厂{k}"),)))
        edges += [
            Edge("makes", f"e:{k}", NODE.id, row(f"m{k}"), DAY),
            Edge("located_in", f"e:{k}", "p:城", row(f"l{k}"), DAY),
        ]
    listed = [Fact(NODE.id, "complete", row("c"), word="是", day=DAY)] if complete else []
    return Edition.of(Head("链", "1", FULL.name, "城"), vertices, edges, [*facts, *listed])


def number(measure: str, value: float, of: str = "", unit: str = "") -> Fact:
    return Fact(NODE.id, measure, row(measure + of), value, of=of, unit=unit, day=DAY)


def of(edition: Edition) -> dict[str, Measured]:
    return Measures(edition, RULES, DAY).of(NODE.id)


def test_nobody_known_is_not_nobody() -> None:
    unknown = of(held(makers=0, complete=False))["local_suppliers"]
    assert not unknown.known
    assert "证据不足" in str(unknown)
    [verdict] = [d.verdict for d in diagnose(held(complete=False), RULES, DAY)]
    assert verdict.answer == "unknown"
    assert {"本地供应企业数", "技术水平"} <= {each.fact for each in verdict.missing}
    none = of(held(makers=0))["local_suppliers"]
    assert (none.low, none.high) == (0, 0)


def test_a_list_that_is_not_complete_is_a_lower_bound() -> None:
    one, three = (of(held(makers=n, complete=False))["suppliers"] for n in (1, 3))
    assert (one.low, three.low) == (1, 3)
    assert one.high == three.high == float("inf")
    actions = {
        n: diagnose(held(number("import_share", 0.1), makers=n, complete=False), RULES, DAY)[
            0
        ].actions
        for n in (1, 3)
    }
    assert actions == {1: (), 3: ()}, "neither sound nor weak can be told"


def test_an_enterprise_of_unknown_place_is_neither_here_nor_there() -> None:
    edition = held(makers=2)
    edges = [e for e in edition.every_edge() if not (e.kind == "located_in" and e.from_ == "e:0")]
    measured = of(Edition.of(edition.head, edition.vertices(), edges, edition.facts))
    assert (measured["local_suppliers"].low, measured["local_suppliers"].high) == (1, 2)


def test_a_denied_maker_does_not_count() -> None:
    edition = held(makers=2)
    denial = Edge("makes", "e:0", NODE.id, row("denied"), DAY, holds=False)
    found = of(
        Edition.of(edition.head, edition.vertices(), [*edition.every_edge(), denial], edition.facts)
    )
    assert found["suppliers"].low == 1


def test_a_share_on_the_edge_of_a_threshold_shows_both() -> None:
    base = {name: Measured(name, low, low, (row(name),)) for name, low in (
        ("suppliers", 5), ("local_suppliers", 4), ("hhi", 0.2), ("local_share", 0.6),
        ("dependent", 0), ("technology", 2), ("lost", 0), ("import_share", 0.52))}  # fmt: skip
    got = judge(NODE, base, RULES)
    assert got.verdict.answer == "depends"
    assert got.actions == ("固", "稳")
    assert {each.answer for each in got.verdict.readings} == {"met", "not_met"}
    clear = judge(
        NODE, base | {"import_share": Measured("import_share", 0.3, 0.3, (row("i"),))}, RULES
    )
    assert (clear.verdict.answer, clear.actions) == ("met", ("稳",))


def test_raters_who_disagree_are_two_readings() -> None:
    words = [
        Fact(NODE.id, "technology", row(rater), word=word, rater=rater, day=DAY)
        for rater, word in (("甲", "跟跑"), ("乙", "并跑"))
    ]
    edition = held(*words, number("import_share", 0.2), number("local_share", 0.6), makers=5)
    [got] = diagnose(edition, RULES, DAY)
    assert got.verdict.answer == "depends"
    assert got.actions == ("强", "稳")


def test_the_gap_is_the_smallest_change_that_turns_the_condition() -> None:
    edition = held(number("import_share", 0.8), number("local_share", 60, unit="%"), makers=5)
    [got] = diagnose(edition, RULES, DAY)
    gap = got.verdict.gap
    assert gap is not None
    assert (gap.what, gap.from_, gap.to) == ("进口占比", 0.8, 0.5)
    assert got.measures["local_share"].low == pytest.approx(0.6)


THRESHOLDS = {"concentration": 0.4, "scarcity": 0.5, "substitutability": 1.0}


def test_the_three_tests_of_dependency_by_hand() -> None:
    """0.8² + 0.2² = 0.68; 100 of 140 come from outside; 100 over exports of 50."""
    got = dependency({"甲": 80, "乙": 20}, 40, 50, THRESHOLDS)
    assert [each.value for each in got.tests] == pytest.approx([0.68, 100 / 140, 2.0])
    assert got.dependent
    assert dependency({"甲": 80, "乙": 20}, 40, 200, THRESHOLDS).dependent is False


def test_a_test_without_its_data_is_unknown_unless_another_refutes() -> None:
    assert dependency({"甲": 80}, None, 50, THRESHOLDS).dependent is None
    assert dependency({}, 40, 50, THRESHOLDS).dependent is None
    assert dependency({"甲": 80}, None, 500, THRESHOLDS).dependent is False
    assert dependency({"甲": 80}, 0, 0, THRESHOLDS).dependent is True, "no exports at all"
    with pytest.raises(ValueError, match="negative"):
        dependency({"甲": -1}, 0, 0, THRESHOLDS)


@given(
    st.dictionaries(
        st.text("甲乙丙丁戊", min_size=1, max_size=2), st.floats(0.01, 1e6), min_size=1
    ),
    st.floats(0.01, 1e6),
)
def test_dependency_does_not_depend_on_the_unit(imports: dict[str, float], scale: float) -> None:
    one = dependency(imports, 10, 20, THRESHOLDS)
    other = dependency(
        {k: v * scale for k, v in imports.items()}, 10 * scale, 20 * scale, THRESHOLDS
    )
    assert [e.value for e in one.tests] == pytest.approx([e.value for e in other.tests])
    assert 1 / len(imports) - 1e-9 <= (one.concentration.value or 0) <= 1 + 1e-9


def test_kappa_of_fleiss_1971() -> None:
    """Fleiss' own example is long; this one is worked by hand: 4 items, 3 raters.

    P = (1, 1/3, 1/3, 1), P̄ = 2/3; 7 of 12 words are a, 5 are b: P̄e = 74/144; κ = 0.3143.
    """
    items = [Counter(a=3), Counter(a=2, b=1), Counter(a=2, b=1), Counter(b=3)]
    assert fleiss(items) == pytest.approx((2 / 3 - 74 / 144) / (1 - 74 / 144))
    assert fleiss([Counter(a=3), Counter(a=3)]) is None


def test_movements_and_agreement_of_raters_are_listed() -> None:
    def word(day: str, rater: str, it: str) -> Fact:
        from datetime import date

        return Fact(
            NODE.id,
            "technology",
            Row("r", day, rater),
            word=it,
            rater=rater,
            day=date.fromisoformat(day),
        )

    facts = [
        word("2023-12-31", "甲", "跟跑"),
        word("2024-12-31", "甲", "并跑"),
        word("2024-12-31", "乙", "并跑"),
    ]
    [moved] = movements(held(*facts), ("technology",))
    assert (moved.rater, moved.before.word, moved.after.word) == ("甲", "跟跑", "并跑")
    got = agreement([facts[1:]])
    assert (got.nodes, got.pairs, got.share, got.kappa) == (1, 1, 1.0, None)


def test_a_dimension_with_fewer_than_two_measured_inputs_is_unknown() -> None:
    drawn = draw(1)
    measures = Measures(drawn.now, RULES, DAY)
    diagnosed = diagnose(drawn.now, RULES, DAY)
    shape = shape_of(drawn.now, FULL, diagnosed, measures, RULES)
    seven = {each.name: each for each in seven_needs(drawn.now, FULL, diagnosed, measures, shape)}
    assert "".join(seven) == "强补延育锻融整"
    for each in seven.values():
        measured = [one for one in each.inputs if one.low is not None]
        assert (each.verdict.answer == "unknown") == (len(measured) < 2) == (each.score is None)
    assert seven["补"].verdict.answer == "met"
    assert seven["融"].verdict.answer == "unknown"


def test_candidates_for_the_lead_show_factors_and_rank_intervals() -> None:
    edition = held(makers=3)
    wide = Vertex("n:另一件", "node", "另一件", "整机", "整机", (row("x"),))
    edges = [*edition.every_edge(), Edge("makes", "e:0", wide.id, row("w"), DAY, share=0.9)]
    edition = Edition.of(edition.head, [*edition.vertices(), wide], edges, edition.facts)
    found = leaders(edition, Measures(edition, RULES, DAY))
    assert found[0].enterprise.id == "e:0"
    assert {each.name for each in found[0].factors} == {"reach", "hold", "pull", "technology"}
    assert found[1].low < found[1].high, "factors that are not known make an interval"
    assert all(1 <= each.ranks[0] <= each.ranks[1] <= 3 for each in found)


def test_coupling_is_one_for_equal_layers_and_bounded() -> None:
    assert coupled([0.4] * 5, [0.2] * 5) == pytest.approx((1.0, 0.4, 0.4**0.5))
    coupling, _, coordination = coupled([1, 1, 1, 1, 0], [0.2] * 5)
    assert (coupling, coordination) == (0, 0)


def test_a_table_of_rules_of_ones_own_counts_and_a_broken_one_is_named(tmp_path: Path) -> None:
    from importlib.resources import files

    text = files("jingwei.chains.diagnosis").joinpath("rules.toml").read_text("utf-8")
    own = tmp_path / "diagnosis.toml"
    own.write_text(
        text.replace(
            '"import_share", op = ">", value = 0.5', '"import_share", op = ">", value = 0.9'
        ),
        "utf-8",
    )
    edition = held(number("import_share", 0.7), number("local_share", 0.6), makers=5)
    assert diagnose(edition, RULES, DAY)[0].actions == ("固",)
    assert diagnose(edition, read_rules(own), DAY)[0].actions == ()
    own.write_text(text.replace('op = ">"', 'op = "~"'), "utf-8")
    with pytest.raises(InvalidFile, match="规则表"):
        read_rules(own)


def test_lost_suppliers_count_from_one_edition_to_the_next() -> None:
    edition = held(makers=3)
    fewer = [e for e in edition.every_edge() if e.from_ != "e:2"]
    now = Edition.of(replace(edition.head, edition="2"), edition.vertices(), fewer, edition.facts)
    lost = Measures(now, RULES, DAY, [edition]).of(NODE.id)["lost"]
    assert lost.low == 1


def needs_of(edition: Edition) -> dict[str, Dimension]:
    measures, diagnosed = Measures(edition, RULES, DAY), diagnose(edition, RULES, DAY)
    shape = shape_of(edition, FULL, diagnosed, measures, RULES)
    return {e.name: e for e in seven_needs(edition, FULL, diagnosed, measures, shape)}


def test_nodes_that_are_not_known_make_an_interval_and_are_counted() -> None:
    nodes = [
        Vertex(f"n:件{k}", "node", f"件{k}", "零部件", "零部件", (row(str(k)),)) for k in range(5)
    ]

    def chain(words: list[str], imports: list[float]) -> Edition:
        facts = [
            Fact(f"n:件{k}", "technology", row(f"t{k}"), word=word, day=DAY)
            for k, word in enumerate(words)
        ] + [
            Fact(f"n:件{k}", "import_share", row(f"i{k}"), value, day=DAY)
            for k, value in enumerate(imports)
        ]
        return Edition.of(Head("链", "1", FULL.name, "城"), nodes, [], facts)

    open_ = needs_of(chain(["并跑", "领跑"], [0.1, 0.2]))["强"]
    level, imported = open_.inputs
    assert (level.low, level.high, level.told, level.of) == (0.4, 1.0, 2, 5)
    assert (imported.low, imported.high) == (0.0, 0.6)
    assert "2/5可判" in str(level)
    assert open_.verdict.answer == "unknown"
    assert {m.fact for m in open_.verdict.missing} == {
        "并跑领跑占比（3个不知）", "进口依赖环节占比（3个不知）",
    }  # fmt: skip
    assert open_.score is not None
    assert open_.score[0] < open_.score[1]
    sure = needs_of(chain(["并跑"] * 3, [0.1] * 4))["强"]
    assert sure.verdict.answer == "met", "three of five are enough, whatever the others are"
    missed = needs_of(chain(["并跑"] * 3, [0.9] * 2))["强"]
    assert missed.verdict.answer == "not_met", "two of five are too many, whatever the others are"
    assert needs_of(chain(["并跑"] * 5, []))["强"].verdict.answer == "unknown", "one input"


@pytest.mark.parametrize(
    ("unit", "factor", "label"), [("亿元", 1.0, "全"), ("万元", 1e4, "全"), ("元", 1e8, "全")]
)
def test_amounts_of_several_units_are_converted_before_they_are_added(
    unit: str, factor: float, label: str
) -> None:
    """Half the nodes state value added in another unit; read as it stands it would be a millionth."""
    drawn = draw(2, "全")

    def stated(k: int, fact: Fact) -> Fact:
        if fact.measure not in ("output", "value_added") or fact.value is None:
            return fact
        other = fact.measure == "value_added" or k % 2
        return replace(
            fact, unit=unit if other else "亿元", value=fact.value * (factor if other else 1)
        )

    facts = [stated(k, fact) for k, fact in enumerate(drawn.now.facts)]
    now = Edition.of(drawn.now.head, drawn.now.vertices(), drawn.now.every_edge(), facts)
    got = shape_of(now, FULL, diagnose(now, RULES, DAY), Measures(now, RULES, DAY), RULES)
    plain = shape_of(drawn.now, FULL, diagnose(drawn.now, RULES, DAY), Measures(drawn.now, RULES, DAY), RULES)  # fmt: skip
    assert got.labels == plain.labels == (label,)

    def rate(shape: Shape) -> str:
        return re.findall(r"增加值率 [\d.]+%", " ".join(map(str, shape.verdict.evidence)))[0]

    assert rate(got) == rate(plain)


def test_amounts_that_do_not_compare_are_left_out_by_name() -> None:
    drawn = draw(2, "全")
    odd = next(f for f in drawn.now.facts if f.measure == "output")
    facts = [replace(f, unit="亿元") if f.measure in ("output", "value_added") else f for f in drawn.now.facts]  # fmt: skip
    facts = [replace(f, unit="吨") if (f.about, f.measure) == (odd.about, "output") else f for f in facts]  # fmt: skip
    now = Edition.of(drawn.now.head, drawn.now.vertices(), drawn.now.every_edge(), facts)
    got = shape_of(now, FULL, diagnose(now, RULES, DAY), Measures(now, RULES, DAY), RULES)
    assert f"没有计入：{odd.about.removeprefix('n:')}" in " ".join(map(str, got.verdict.evidence))


def test_who_leads_cannot_be_told_without_the_factors() -> None:
    edition = held(makers=3)
    found = leaders(edition, Measures(edition, RULES, DAY))
    assert "份额不详" in undecided(found)
    assert undecided(()) == ("本地企业与环节的对应",)
    edges = [
        replace(e, share={"e:0": 0.9, "e:1": 0.05, "e:2": 0.05}[e.from_])
        if e.kind == "makes"
        else e
        for e in edition.every_edge()
    ] + [Edge("supplies", f"e:{k}", f"e:{(k + 1) % 3}", row(f"s{k}"), DAY) for k in range(3)]
    word = Fact(NODE.id, "technology", row("t"), word="并跑", rater="组", day=DAY)
    known = Edition.of(edition.head, edition.vertices(), edges, [word])
    found = leaders(known, Measures(known, RULES, DAY))
    assert (found[0].enterprise.id, undecided(found)) == ("e:0", ())


# -- sources that disagree -----------------------------------------------------------------


def said(maker: int, share: float, source: str, line: int = 2) -> Edge:
    return Edge("makes", f"e:{maker}", NODE.id, Row("份额.csv", "", f"{line} {source}"), DAY, share=share)  # fmt: skip


def with_shares(*edges: Edge, complete: str = "", facts: tuple[Fact, ...] = ()) -> Edition:
    """Five firms of the city, with their shares by source and everything else sound."""
    base = held(
        number("import_share", 0.0), Fact(NODE.id, "technology", row("t"), word="并跑", rater="组"),
        number("suppliers", 5), *facts, makers=5, complete=False,
    )  # fmt: skip
    kept = [e for e in base.every_edge() if e.kind != "makes"]
    listed = [Fact(NODE.id, "complete", row("c"), word=complete)] if complete else []
    return Edition.of(base.head, base.vertices(), [*kept, *edges], [*base.facts, *listed])


EVEN = [said(k, 0.2, "协会") for k in range(5)]


def test_two_sources_of_a_share_make_two_readings_named_by_source() -> None:
    other = [said(0, 0.6, "海关学会", 9), *(said(k, 0.1, "海关学会", 9) for k in range(1, 5))]
    [got] = diagnose(with_shares(*EVEN, *other), RULES, DAY)
    hhi = got.measures["hhi"]
    assert (hhi.low, hhi.high) == pytest.approx((0.2, 0.4))
    assert {t.source: t.low for t in hhi.told} == pytest.approx({"协会": 0.2, "海关学会": 0.4})
    assert set(got.actions) == {"固", "稳"}
    assert got.verdict.answer == "depends"
    assert "按“协会”为稳" in got.verdict.reason
    assert "按“海关学会”为固" in got.verdict.reason
    assert "协会 0.2" in str(hhi)
    assert "阈值边上" not in got.verdict.reason
    by_name = {str(each)[:5]: each for each in hhi.evidence}
    rows = by_name["按协会，H"].of  # type: ignore[union-attr]
    assert {each.key.split()[1] for each in rows} == {"协会"}  # type: ignore[union-attr]


def test_lists_of_two_sources_that_exceed_the_whole_together_are_read_one_by_one() -> None:
    one = [said(0, 0.4, "甲"), said(1, 0.4, "甲")]
    other = [said(2, 0.5, "乙"), said(3, 0.3, "乙")]
    measured = of(with_shares(*one, *other))["hhi"]
    assert {t.source for t in measured.told} == {"甲", "乙"}
    assert measured.low == pytest.approx(0.32)
    assert measured.high == pytest.approx(0.34 + 0.2**2)


def test_an_older_word_of_the_same_source_is_no_dispute() -> None:
    old = [replace(each, day=DAY.replace(year=DAY.year - 1), share=0.1) for each in EVEN]
    measured = of(with_shares(*EVEN, *old))["hhi"]
    assert (measured.low, measured.high, measured.disputed) == (pytest.approx(0.2), measured.low, False)  # fmt: skip


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from([0.05, 0.1, 0.2, 0.5]), st.sampled_from("甲乙丙")),
        max_size=10,
    ),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_the_order_of_rows_and_lines_never_changes_a_measure(
    rows: list[tuple[int, float, str]], random: Any
) -> None:
    shuffled = [*rows]
    random.shuffle(shuffled)
    one, other = (
        of(with_shares(*(said(m, share, source, at) for at, (m, share, source) in enumerate(listed, 2))))
        for listed in (rows, shuffled)
    )  # fmt: skip
    for name in ("hhi", "local_share", "suppliers", "local_suppliers"):
        a, b = one[name], other[name]
        assert (a.low, a.high, a.disputed) == (b.low, b.high, b.disputed)
        assert sorted((t.low, t.high) for t in a.told) == sorted((t.low, t.high) for t in b.told)


def test_trade_of_two_sources_is_not_added_up() -> None:
    def traded(source: str, value: float) -> list[Fact]:
        return [
            Fact(NODE.id, name, Row("贸易.csv", "", f"2 {source}{name}"[:4]), amount, of=of_, day=DAY)
            for name, amount, of_ in (("imports", value, "甲国"), ("exports", 50.0, ""), ("inflow", 1.0, ""))
        ]  # fmt: skip

    [(first, one), (second, other)] = Measures(
        held(*traded("海关", 40.0), *traded("协会", 80.0)), RULES, DAY
    ).trade(NODE.id)
    assert {first, second} == {"海关", "协会"}
    assert {one.substitutability.value, other.substitutability.value} == {0.8, 1.6}
    measured = of(held(*traded("海关", 40.0), *traded("协会", 80.0)))["dependent"]
    assert (measured.low, measured.high, measured.disputed) == (0, 1, True)


def test_a_concentration_that_is_only_known_as_an_interval_shows_both_sides_of_the_threshold() -> (
    None
):
    known = [said(0, 0.4, "协会"), said(1, 0.2, "协会")]
    [got] = diagnose(with_shares(*known, facts=(number("local_share", 0.6),)), RULES, DAY)
    hhi = got.measures["hhi"]
    assert (hhi.low, hhi.high) == pytest.approx((0.2, 0.2 + 0.4**2))
    assert set(got.actions) == {"稳", "固"}
    assert got.verdict.answer == "depends"
    assert [c.measure for c in got.changes] == ["hhi"]


def test_what_would_turn_a_need_turns_it_in_every_reading() -> None:
    """Imports within the band, and a concentration whose interval the threshold divides: both."""
    shares = [said(k, 0.1, "协会") for k in range(5)]
    base = with_shares(*shares, facts=(number("local_share", 0.3),))
    facts = [f for f in base.facts if f.measure != "import_share"]
    edition = Edition.of(base.head, base.vertices(), base.every_edge(),
                         [*facts, number("import_share", 0.48)])  # fmt: skip
    [got] = diagnose(edition, RULES, DAY)
    assert set(got.actions) == {"稳", "固"}
    assert {change.measure for change in got.changes} == {"import_share", "hhi"}
    after = judge(NODE, applied(got.measures, got.changes), RULES)
    assert after.actions == ("稳",)


# -- what contradicts itself ---------------------------------------------------------------


def kinds(edition: Edition) -> set[str]:
    [got] = diagnose(edition, RULES, DAY)
    return {each.kind for each in got.findings}


@pytest.mark.parametrize(
    ("shares", "complete", "imports", "kind"),
    [
        ([0.2] * 5, "是", 0.0, ""),
        ([0.199, 0.201, 0.2, 0.2, 0.19], "是", 0.0, ""),  # within rounding
        ([0.1] * 5, "是", 0.5, ""),  # imports make up the rest
        ([0.1] * 5, "是", 0.0, "complete_list_short"),
        ([0.1] * 5, "本地", 0.0, ""),
        ([0.1] * 5, "", 0.0, ""),
        ([0.3] * 5, "", 0.0, "shares_exceed_whole"),
    ],
)
def test_shares_that_cannot_be_are_named_and_not_used(
    shares: list[float], complete: str, imports: float, kind: str
) -> None:
    edges = [said(k, share, "协会") for k, share in enumerate(shares)]
    base = with_shares(*edges, complete=complete)
    facts = [f for f in base.facts if f.measure != "import_share"]
    edition = Edition.of(base.head, base.vertices(), base.every_edge(),
                         [*facts, number("import_share", imports)])  # fmt: skip
    assert kinds(edition) == ({kind} if kind else set())
    if kind == "shares_exceed_whole":
        assert not of(edition)["hhi"].known


def test_a_stated_count_beside_a_complete_list_of_another_length_is_named() -> None:
    [got] = diagnose(held(number("suppliers", 7), makers=3), RULES, DAY)
    assert (got.measures["suppliers"].low, got.measures["suppliers"].high) == (3, 7)
    assert [each.kind for each in got.findings] == ["counts_disagree"]
    odd = held(number("suppliers", 2), number("local_suppliers", 3), complete=False)
    [got] = diagnose(odd, RULES, DAY)
    assert "more_local_than_all" in {each.kind for each in got.findings}


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"local_suppliers": 0, "local_share": 0.45}, True),
        ({"local_suppliers": 0, "local_share": 0.0}, False),
        ({"suppliers": 0, "local_suppliers": 0, "local_share": 0.3}, True),
        ({"local_suppliers": 3, "import_share": 1.0}, True),
        ({"local_suppliers": 3, "import_share": 0.9}, False),
        ({"suppliers": 3, "hhi": 0.2, "import_share": 0.0}, True),
        ({"suppliers": 3, "hhi": 0.2, "import_share": 0.4}, False),  # imports supply as well
        ({"suppliers": 3, "hhi": 0.2}, False),
        ({"suppliers": 3, "hhi": 0.333}, False),  # a third each, as printed
        ({"suppliers": 3, "hhi": 0.9}, False),
    ],
)
def test_what_cannot_be_together_is_named(facts: dict[str, float], told: bool) -> None:
    edition = held(*(number(name, value) for name, value in facts.items()), complete=False)
    [got] = diagnose(edition, RULES, DAY)
    assert ("cannot_be_together" in {each.kind for each in got.findings}) == told


def test_a_complete_list_that_names_nobody_is_told() -> None:
    [got] = diagnose(held(makers=0), RULES, DAY)
    assert "complete_list_empty" in {each.kind for each in got.findings}


def test_a_supplier_told_of_after_the_day_does_not_count_yet() -> None:
    base = held(makers=2)
    later = Edge("makes", "e:9", NODE.id, row("m9"), date(2031, 1, 1))
    vertex = Vertex("e:9", "enterprise", "厂9", evidence=(row("厂9"),))
    edition = Edition.of(
        base.head, [*base.vertices(), vertex], [*base.every_edge(), later], base.facts
    )
    assert (of(edition)["suppliers"].low, of(edition)["suppliers"].high) == (2, 2)


def test_the_fact_that_decides_stands_first_behind_the_verdict() -> None:
    sound = {"suppliers": 6, "local_suppliers": 4, "hhi": 0.1, "local_share": 0.6, "import_share": 0.1,
             "dependent": 0, "technology": 3, "lost": 2}  # fmt: skip
    measured = {name: Measured(name, value, value, (row(name),)) for name, value in sound.items()}
    assert judge(NODE, measured, RULES).facts == ("lost", "suppliers", "hhi")


# -- what would change it ------------------------------------------------------------------

LEVELS = {
    "suppliers": (0, 1, 2, 3, 6), "local_suppliers": (0, 1, 4), "hhi": (0.1, 0.24, 0.26, 0.6),
    "local_share": (0.05, 0.095, 0.105, 0.6), "import_share": (0.1, 0.48, 0.52, 0.9),
    "dependent": (0, 1), "technology": (1, 2, 3), "lost": (0, 1, 2),
}  # fmt: skip
MEASURED = st.fixed_dictionaries(
    {
        name: st.one_of(st.none(), st.sampled_from(values)).map(
            lambda value, name=name: (
                Measured(name) if value is None else Measured(name, value, value, (row(name),))
            )
        )
        for name, values in LEVELS.items()
    }
)
CONDITION = st.builds(
    Condition, st.sampled_from([*LEVELS]), st.sampled_from(["<", "<=", ">", ">="]),
    st.sampled_from([0.25, 0.5, 1.0, 2.0]),
)  # fmt: skip
TABLE = st.lists(
    st.builds(
        lambda action, conditions: replace(RULES.rules[0], action=action, any=tuple(conditions)),
        st.sampled_from("补固强"),
        st.lists(CONDITION, min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=4,
).map(lambda rules: replace(RULES, rules=tuple(rules)))


@settings(max_examples=300)
@given(MEASURED, st.one_of(st.just(RULES), TABLE))
def test_the_listed_changes_together_turn_the_verdict_and_no_fewer_do(
    measured: dict[str, Measured], rules: Rules
) -> None:
    before = judge(NODE, measured, rules)
    if len(before.actions) != 1 or before.verdict.answer != "not_met" or not before.changes:
        return

    def after(some: Iterable[Change]) -> tuple[str, ...]:
        return judge(NODE, applied(before.measures, [*some]), rules).actions[:1]

    assert after(before.changes) != before.actions
    for size in range(len(before.changes)):
        for some in combinations(before.changes, size):
            if holding_together(before.measures, some) == some:  # the others go with what they need
                assert after(some) == before.actions, some


@settings(max_examples=100)
@given(MEASURED)
def test_every_need_of_the_printed_table_says_what_would_turn_it(
    measured: dict[str, Measured],
) -> None:
    got = judge(NODE, measured, RULES)
    assert bool(got.changes) == bool(got.actions and got.actions != ("稳",))
    if len(got.actions) > 1:
        clear = judge(NODE, applied(measured, got.changes), RULES)
        assert clear.actions != got.actions


def test_two_conditions_that_hold_both_have_to_change() -> None:
    facts = [number("import_share", 0.8), number("local_share", 0.6)]
    [got] = diagnose(held(*facts, makers=2), RULES, DAY)
    assert [(c.measure, c.from_, c.to) for c in got.changes] == [
        ("suppliers", 2, 3), ("import_share", 0.8, 0.5),
    ]  # fmt: skip
