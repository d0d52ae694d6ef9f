"""Appraisal: scores, grades, vetoes, disputes, stability of ranks (docs/semantics.md §25)."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.core import InvalidFile, Row
from jingwei.monitor.appraisal import appraise, parse_scheme, stability

HEAD = """\
format: 1
name: 年度考核
date: "2025-01-20"
source: 云考〔2025〕1号
veto: 合格
enough: 0.7
grades:
  - {name: 优秀, least: 90}
  - {name: 良好, least: 80}
  - {name: 合格, least: 60}
  - {name: 不合格, least: 0}
indicators:
  - {id: output, name: 产值增速, weight: 50, normalise: target, target: 6, cap: 1.2, unit: "%"}
  - {id: energy, name: 能耗下降, weight: 30, normalise: target, target: 3, attr: 约束性, unit: "%"}
  - {id: land, name: 亩均税收, weight: 20, normalise: range, unit: 万元/亩}
units:
"""
FILE = "definitions/appraisals/考核.yaml"


def unit(name, *, group="一组", more="", **values):
    shown = ", ".join(f"{key}: {value}" for key, value in values.items())
    return f"  - name: {name}\n    group: {group}\n    values: {{{shown}}}\n{more}"


def scheme(*units, head=HEAD):
    return parse_scheme(head + "".join(units), FILE)


def judged(*units, head=HEAD, observed=None):
    return {each.unit.name: each for each in appraise(scheme(*units, head=head), FILE, observed)}


A = unit("上河区", output=6.6, energy=3, land=30)
B = unit("下河区", output=5.4, energy=3.3, land=20)
C = unit("中河区", output=7.8, energy=2.7, land=25)


def test_scores_with_their_formula():
    found = judged(A, B, C)
    # 上河 50·110 + 30·100 + 20·100; 下河 50·90 + 30·100 + 20·0; 中河 50·120 (capped) + 30·90 + 20·50
    assert [round(found[n].score, 4) for n in ("上河区", "下河区", "中河区")] == [105, 75, 97]
    assert found["上河区"].formula == "(50×110.00+30×100.00+20×100.00)÷100 = 105.00"
    assert "封顶1.2" in found["中河区"].items[0].formula
    assert [found[n].rank for n in ("上河区", "下河区", "中河区")] == [1, 3, 2]
    proof = found["上河区"].evidence.of[0].of[0]
    assert proof == Row(FILE, "2025-01-20", "上河区 output 6.6")


def test_a_missed_binding_indicator_caps_the_grade():
    found = judged(A, B, C)
    assert [found[n].grade for n in ("上河区", "下河区", "中河区")] == ["优秀", "合格", "合格"]
    assert found["中河区"].vetoed == ("能耗下降",)  # 97 points, and not 优秀


def test_a_missing_value_lowers_the_confidence_and_is_no_zero():
    found = judged(A, unit("下河区", output=6, energy=3), C)["下河区"]
    assert found.score == pytest.approx(100)  # (50·100 + 30·100) ÷ 80
    assert found.confidence == pytest.approx(0.8)
    assert (found.low, found.high) == (pytest.approx(80), pytest.approx(100))
    assert found.grade == "优秀"
    assert [(m.fact, m.holder) for m in found.missing] == [("下河区亩均税收", "下河区")]


def test_too_little_known_or_an_open_veto_leaves_the_grade_pending():
    little = judged(A, unit("下河区", output=6), C)["下河区"]
    assert (little.grade, little.confidence) == ("待定", 0.5)
    veto = judged(A, unit("下河区", output=6, land=22), C, head=HEAD.replace("0.7", "0.5"))[
        "下河区"
    ]
    assert veto.grade == "待定"
    nothing = judged(A, unit("下河区"), C)["下河区"]
    assert (nothing.score, nothing.rank, nothing.grade) == (None, None, "待定")


def test_peers_are_compared_with_peers_only():
    found = judged(
        A,
        C,
        unit("山区", group="二组", output=5, energy=3, land=2),
        unit("海区", group="二组", output=5, energy=3, land=4),
    )
    assert found["海区"].items[2].score == 100
    assert (found["海区"].rank, found["海区"].peers) == (1, 2)
    alone = judged(A, C, unit("山区", group="二组", output=5, energy=3, land=2))["山区"]
    assert alone.items[2].score is None
    assert "不足两家" in alone.items[2].formula


def test_less_may_be_better_and_ranks_may_be_scores():
    head = HEAD.replace("normalise: range", "normalise: rank, direction: less")
    found = judged(A, B, C, head=head)
    assert [found[n].items[2].score for n in ("上河区", "下河区", "中河区")] == [
        pytest.approx(100 / 3), pytest.approx(100), pytest.approx(200 / 3),
    ]  # fmt: skip
    less = HEAD.replace(
        "normalise: target, target: 6, cap: 1.2", "normalise: target, target: 6, direction: less"
    )
    assert judged(A, B, C, head=less)["上河区"].items[0].score == pytest.approx(100 * 6 / 6.6)


def test_points_are_added_and_deducted_with_their_reason():
    more = "    added: [{points: 2, why: 省级试点, source: 云办〔2024〕9号}]\n    deducted: [{points: 5, why: 迟报三次}]\n"
    found = judged(A, unit("下河区", output=5.4, energy=3.3, land=20, more=more), C)["下河区"]
    assert found.score == pytest.approx(72)
    assert found.formula.endswith("÷100-3 = 72.00")
    assert [(sign, p.why) for sign, p in found.points] == [("+", "省级试点"), ("−", "迟报三次")]


def test_a_dispute_changes_nothing_and_stays_visible():
    more = '    disputes: [{indicator: output, claimed: 6, by: 下河区, date: "2025-02-01", note: 漏报两家}]\n'
    found = judged(A, unit("下河区", output=5.4, energy=3.3, land=20, more=more), C)["下河区"]
    assert (found.score, found.rank) == (pytest.approx(75), 3)
    assert found.if_accepted == pytest.approx(80)  # 50·100 instead of 50·90
    assert found.rank_if_accepted == 3
    item = found.items[0]
    assert (item.value, item.dispute.claimed, item.if_accepted) == (5.4, 6, 100)


def test_what_the_file_states_goes_before_statistics():
    row = Row("统计年鉴", "2025-01-10", "下河区 亩均税收")
    observed = {("下河区", "land"): (30.0, row), ("上河区", "land"): (99.0, row)}
    found = judged(A, unit("下河区", output=6, energy=3), C, observed=observed)
    assert found["下河区"].items[2].evidence == (row,)
    assert found["上河区"].items[2].value == 30


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("weight: 30", "weight: 0", "权重（weight）：应大于0"),
        ("veto: 合格", "veto: 一般", "没有名为“一般”的等次"),
        ("id: land", "id: output", "重复"),
        ("{name: 良好, least: 80}", "{name: 良好, least: 95}", "从高到低"),
        ("target: 3, ", "", "缺：上河区"),
        ("energy: 3,", "enregy: 3,", "没有编号为“enregy”的指标"),
        ('"2025-01-20"', '"2025-13-20"', "不是日期"),
    ],
)
def test_a_scheme_that_is_wrong_is_refused(old, new, told):
    with pytest.raises(InvalidFile) as fault:
        parse_scheme((HEAD + A + B + C).replace(old, new), FILE)
    assert told in fault.value.zh
    assert fault.value.where.startswith(f"{FILE}:")


def test_ranks_under_other_weights():
    found = {each.unit: each for each in stability(appraise(scheme(A, B, C), FILE))}
    # 上河−中河: 50·(−10), 30·10, 20·50 = −500 + 300 + 1000 = 800, ±0.2·1800 = 360: always above
    assert (found["上河区"].best, found["上河区"].worst, found["上河区"].kept) == (1, 1, 1.0)
    assert found["上河区"].how == "exact"
    close = unit("下河区", output=7.5, energy=3, land=20)
    near = {each.unit: each for each in stability(appraise(scheme(A, close, C), FILE))}
    # 中河−下河: 50·(120−120) + 30·(90−100) + 20·(50−0) = 700 ± 260; 上河−下河: 50·(110−120) + 20·100 = 1500
    assert (near["中河区"].best, near["中河区"].worst) == (2, 2)


def test_stability_is_sampled_and_seeded_where_it_cannot_be_exact():
    units = appraise(scheme(A, unit("下河区", output=6, energy=3), C), FILE)
    one, other = stability(units), stability(units)
    assert one == other
    assert {each.how for each in one} == {"sampled"}
    assert all((each.draws, each.seed) == (2000, 20240101) for each in one)


@settings(max_examples=30)
@given(st.lists(st.tuples(*[st.integers(1, 12)] * 3), min_size=2, max_size=4))
def test_exact_bounds_hold_at_every_corner_of_the_weights(rows):
    names = [f"区{n}" for n in range(len(rows))]
    units = [unit(n, output=a, energy=b, land=c) for n, (a, b, c) in zip(names, rows, strict=True)]
    found = appraise(scheme(*units), FILE)
    bounds = {each.unit: each for each in stability(found, draws=20)}
    for corner in product((0.8, 1.2), repeat=3):
        totals = {
            each.unit.name: sum(
                i.score * i.indicator.weight * c for i, c in zip(each.items, corner, strict=True)
            )
            for each in found
        }
        for name in names:
            rank = 1 + sum(total > totals[name] + 1e-6 for total in totals.values())
            assert bounds[name].best <= rank <= bounds[name].worst


def test_a_unit_of_which_too_little_is_known_has_no_rank_and_gives_none_to_others():
    little = unit("下河区", output=6.6)  # half of the weights, 0.7 is enough
    found = judged(A, little, C)
    assert (found["下河区"].confidence, found["下河区"].rank) == (0.5, None)
    assert [(found[n].rank, found[n].peers) for n in ("上河区", "中河区")] == [(1, 2), (2, 2)]
    assert "下河区" not in {each.unit for each in stability(list(found.values()))}
