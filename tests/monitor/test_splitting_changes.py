"""Decomposition: parts add up to the change exactly, and zeros take their limits (§24)."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.core import InvalidRequest
from jingwei.monitor.decomposition import (
    lmdi,
    pulls,
    pulls_same_frame,
    shift_share,
    structural_change,
)

amount = st.just(0.0) | st.floats(1e-6, 1e6)


def lmdi_reference(before, after, zero="1e-400000"):
    """The published formula, term by term in 60 digits, one small number for every zero."""
    with localcontext() as context:
        context.prec, context.Emin, context.Emax = 60, -(10**9), 10**9
        small = Decimal(zero)
        effects = [Decimal(0)] * len(before[0])
        for row0, row1 in zip(before, after, strict=True):
            x0, x1 = ([Decimal(float(x)) or small for x in row] for row in (row0, row1))
            v0, v1 = (math.prod(x, start=Decimal(1)) for x in (x0, x1))
            # with the small number in its place a zero on both sides is no change at all
            # (3 × 1e-5 and 1e-5 × 3 differ in their 60th digit, and are one number)
            same = abs(v1 - v0) <= v0 * Decimal("1e-40")
            mean = v0 if same else (v1 - v0) / (v1.ln() - v0.ln())
            for k, (a, b) in enumerate(zip(x0, x1, strict=True)):
                effects[k] += mean * (b.ln() - a.ln()) if a != b else 0
        return [float(each) for each in effects]


# ------------------------------------------------------------------------------------- LMDI-I


def test_a_change_of_energy_is_activity_structure_and_intensity():
    """Two sectors, worked by hand: output 10 and 40 become 40 and 40, energy 30 and 20 become
    80 and 16. L(80, 30) = 50 / ln(8/3) = 50.977, L(16, 20) = 4 / ln(5/4) = 17.926."""
    before = np.array([[50, 0.2, 3.0], [50, 0.8, 0.5]])
    after = np.array([[80, 0.5, 2.0], [80, 0.5, 0.4]])
    found = lmdi(before, after)
    assert found.total == pytest.approx([32.385, 38.284, -24.669], abs=2e-3)
    assert found.change == pytest.approx(46)
    index = found.multiplicative()
    assert index.ratio == pytest.approx(1.92)
    assert index.factors == pytest.approx([1.583, 1.721, 0.705], abs=1e-3)
    assert math.prod(index.factors) == pytest.approx(1.92, rel=1e-14)


@settings(max_examples=60)
@given(st.data())
def test_effects_agree_with_the_formula_and_leave_nothing(data):
    shape = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 5))
    cells = st.lists(amount, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])
    before, after = (np.array(data.draw(cells)).reshape(shape) for _ in range(2))
    found = lmdi(before, after)
    assert found.residual <= 1e-12
    # the small number of the reference leaves some 10^-5 of a cell that appears or vanishes
    scale = float(np.maximum(found.before, found.after).sum())
    assert found.total == pytest.approx(lmdi_reference(before, after), abs=1e-4 * scale + 1e-12)
    np.testing.assert_allclose(
        found.effects.sum(axis=1), found.after - found.before,
        rtol=0, atol=1e-12 * max(1e-300, float(np.maximum(found.before, found.after).max())),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("x0", "x1", "rest0", "rest1", "term"),
    [
        (0, 2, 5, 7, 14),  # 1: the factor rises from zero, and the cell with it
        (2, 0, 5, 7, -10),  # 2: it falls to zero
        (0, 2, 5, 0, 0),  # 3: it rises, the cell stays at zero
        (2, 0, 0, 7, 0),  # 4: it falls, the cell was at zero
        (0, 0, 5, 7, 0),  # 5: zero both times
        (2, 3, 0, 0, 0),  # 6: the cell is zero for another reason
        (2, 3, 0, 7, 0),  # 7: the cell appears for another reason
        (2, 3, 5, 0, 0),  # 8: the cell vanishes for another reason
    ],
)
def test_the_eight_limits_of_ang_and_liu(x0, x1, rest0, rest1, term):
    """Ang and Liu 2007, Energy Policy 35, 238-246."""
    found = lmdi(np.array([[x0, rest0]], float), np.array([[x1, rest1]], float))
    assert found.effects[0, 0] == term
    assert found.effects.sum() == x1 * rest1 - x0 * rest0


def test_factors_that_appear_together_share_the_cell():
    found = lmdi(np.array([[0.0, 0.0, 4.0]]), np.array([[3.0, 2.0, 5.0]]))
    assert found.effects.tolist() == [[15, 15, 0]]


def test_ties_keep_their_digits():
    before = np.array([[2.0, 3.0], [1.0, 1.0]])
    assert lmdi(before, before).total.tolist() == [0, 0]
    after = before * np.array([[1 + 1e-13, 1 - 1e-13], [1, 1]])
    found = lmdi(before, after)
    assert found.total == pytest.approx([6e-13, -6e-13], rel=2e-3)


def test_blocks_leave_no_seam():
    random = np.random.default_rng(7)
    before, after = random.lognormal(size=(2, 20_000, 3))
    before[random.random(before.shape) < 0.05] = 0
    after[random.random(after.shape) < 0.05] = 0
    whole = lmdi(before, after)
    parts = [lmdi(before[k : k + 777], after[k : k + 777]).effects for k in range(0, 20_000, 777)]
    np.testing.assert_allclose(whole.effects, np.concatenate(parts), rtol=1e-12, atol=1e-12)
    assert whole.residual <= 1e-12


def test_levels_add_up():
    random = np.random.default_rng(1)
    before, after = random.lognormal(size=(2, 12, 3))
    whole = lmdi(before, after)
    districts = whole.grouped([f"区{k % 3}" for k in range(12)])
    assert list(districts) == ["区0", "区1", "区2"]
    assert sum(each.total for each in districts.values()) == pytest.approx(whole.total)
    for name, each in districts.items():
        mask = [f"区{k % 3}" == name for k in range(12)]
        alone = lmdi(before[mask], after[mask])
        assert each.total == pytest.approx(alone.total)
        assert each.multiplicative().factors == pytest.approx(alone.multiplicative().factors)


@pytest.mark.parametrize("bad", [-1.0, math.nan, math.inf])
def test_what_is_no_amount_is_refused_with_its_place(bad):
    good = np.ones((3, 2))
    wrong = good.copy()
    wrong[1, 1] = bad
    with pytest.raises(InvalidRequest, match="报告期第2格的因素“强度”"):
        lmdi(good, wrong, ["活动", "强度"])


def test_ratios_beyond_the_range_of_numbers_are_no_fault():
    found = lmdi(np.array([[1e-200, 1e200]]), np.array([[1e200, 2e-200]]))
    log = 400 * math.log(10)
    assert found.effects[0] == pytest.approx(np.array([log, math.log(2) - log]) / math.log(2))


def test_products_that_leave_the_range_are_refused():
    with pytest.raises(InvalidRequest, match="换单位"):
        lmdi(np.array([[1e-200, 1e-200]]), np.array([[1.0, 1.0]]))


def test_a_total_of_zero_has_no_ratio():
    with pytest.raises(InvalidRequest, match="加法"):
        lmdi(np.array([[0.0, 1.0]]), np.array([[1.0, 1.0]])).multiplicative()


# --------------------------------------------------------------------------------- pull (拉动)


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.tuples(amount, amount), min_size=1))
def test_pulls_add_up_to_growth(levels):
    before = {name: pair[0] for name, pair in levels.items()}
    after = {name: pair[1] for name, pair in levels.items()}
    if sum(before.values()) == 0:
        with pytest.raises(InvalidRequest):
            pulls(before, after)
        return
    found = pulls(before, after)
    scale = 100 * (1 + sum(after.values()) / sum(before.values()))
    assert math.fsum(part.pull for part in found.parts) == pytest.approx(
        found.growth, abs=1e-12 * scale
    )
    assert [part.pull for part in found.parts] == sorted(
        (part.pull for part in found.parts), reverse=True
    )


def test_contribution_is_a_share_of_the_change():
    found = pulls({"电子": 60, "汽车": 40}, {"电子": 75, "汽车": 35})
    assert [(p.name, p.pull, p.contribution) for p in found.parts] == [
        ("电子", 15, 150), ("汽车", -5, -50),
    ]  # fmt: skip
    assert found.growth == 10
    assert "(75 − 60) / 100" in found.parts[0].evidence.formula
    still = pulls({"电子": 60, "汽车": 40}, {"电子": 65, "汽车": 35})
    assert [part.contribution for part in still.parts] == [None, None]


def test_on_the_same_frame_the_base_follows_from_published_growth():
    """Levels of last year (of another frame) take no part; what the parts leave is shown."""
    found = pulls_same_frame({"电子": 66, "汽车": 38}, {"电子": 10, "汽车": -5}, published=4.2)
    assert [(p.name, round(p.before, 9), round(p.pull, 9)) for p in found.parts] == [
        ("电子", 60, 6), ("汽车", 40, -2),
    ]  # fmt: skip
    assert found.growth == pytest.approx(4)
    assert found.remainder == pytest.approx(0.2)


def test_a_missing_part_is_not_a_zero():
    with pytest.raises(InvalidRequest, match="汽车"):
        pulls({"电子": 1, "汽车": 2}, {"电子": 1})
    with pytest.raises(InvalidRequest, match="汽车"):
        pulls_same_frame({"电子": 1}, {"电子": 5, "汽车": 2})


# -------------------------------------------------------------------------------- shift-share


def test_shift_share_worked_by_hand():
    """Reference: 100 + 300 becomes 150 + 330 (growth 20 %, 50 %, 10 %). Region: 40 + 60 becomes
    68 + 60. Homothetic size of the first industry: 100 × 100/400 = 25."""
    found = shift_share(
        np.array([[40.0, 60.0]]), np.array([[68.0, 60.0]]),
        np.array([100.0, 300.0]), np.array([150.0, 330.0]),
    )  # fmt: skip
    assert found.share[0] == pytest.approx([8, 12])
    assert found.mix[0] == pytest.approx([12, -6])
    assert found.competitive[0] == pytest.approx([8, -6])
    assert found.homothetic[0] == pytest.approx([5, -7.5])
    assert found.allocation[0] == pytest.approx([3, 1.5])


@settings(max_examples=60)
@given(st.data())
def test_shift_share_is_exact(data):
    regions, industries = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 5))
    size = regions * industries
    cells = st.lists(amount, min_size=size, max_size=size)
    before, after = (np.array(data.draw(cells)).reshape(regions, industries) for _ in range(2))
    if before.sum() == 0:
        return
    found = shift_share(before, after)
    scale = max(float(before.sum()), float(after.sum())) * (
        1 + float(np.max(after.sum(axis=0) / np.maximum(before.sum(axis=0), 1e-300)
                         * (before.sum(axis=0) > 0)))
    )  # fmt: skip
    total = found.share + found.mix + found.competitive
    np.testing.assert_allclose(total, after - before, rtol=0, atol=1e-12 * scale)
    began = (before == 0) & (after > 0)
    assert np.isnan(found.homothetic[began]).all()
    assert not np.isnan(found.homothetic[~began]).any()


def test_an_industry_that_begins_is_wholly_competitive():
    found = shift_share(np.array([[0.0, 10.0], [5.0, 5.0]]), np.array([[4.0, 10.0], [5.0, 5.0]]))
    assert found.competitive[0, 0] == 4
    assert found.share[0, 0] == found.mix[0, 0] == 0


def test_an_industry_the_reference_lacks_is_refused():
    with pytest.raises(InvalidRequest, match="参照区没有"):
        shift_share(*np.ones((2, 1, 2)), np.array([1.0, 0.0]), np.array([1.0, 1.0]))


# --------------------------------------------------------------------------------- structure


def test_structural_change_by_hand():
    found = structural_change(["一", "二"], [50, 50], [80, 20])
    assert found.norm == pytest.approx(0.3)
    wanted = math.sqrt(0.8 * math.log(1.6) ** 2 + 0.2 * math.log(0.4) ** 2)
    assert found.lilien == pytest.approx(wanted)


def test_growth_without_change_of_structure_is_none():
    found = structural_change(["一", "二"], [10, 30], [20, 60])
    assert found.norm == found.lilien == 0


def test_a_sector_that_begins_has_a_norm_and_no_lilien():
    found = structural_change(["一", "二"], [10, 0], [10, 10])
    assert (found.norm, found.lilien, found.began) == (0.5, None, ("二",))
