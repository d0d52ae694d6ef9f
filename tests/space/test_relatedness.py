"""Complexity and relatedness equal their definitions, whichever way they are computed."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from jingwei.space import complexity, density, outlook, proximity
from jingwei.space.complexity import NoComplexity


@st.composite
def presences(draw: st.DrawFn) -> np.ndarray:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = draw(st.integers(3, 9)), draw(st.integers(3, 15))
    return (rng.uniform(size=shape) < rng.uniform(0.2, 0.8, (shape[0], 1))).astype(float)


def proximity_by_hand(present: np.ndarray, own: bool) -> np.ndarray:
    count = present.shape[1]
    found = np.zeros((count, count))
    for p in range(count):
        for q in range(count):
            larger = max(present[:, p].sum(), present[:, q].sum())
            if larger and (p != q or own):
                found[p, q] = (present[:, p] * present[:, q]).sum() / larger
    return found


@settings(max_examples=60)
@given(presences(), st.booleans())
def test_density_is_its_definition(present: np.ndarray, own: bool) -> None:
    near = proximity_by_hand(present, own)
    if not own:
        assert_allclose(proximity(present), near)
        assert_allclose(proximity(present, 1, 3), near[:, 1:3])
    total = near.sum(axis=0)
    got = density(present, own=own)
    for p in range(present.shape[1]):
        if total[p] == 0:
            assert np.isnan(got[:, p]).all(), "an activity without neighbours has no density"
        else:
            assert_allclose(got[:, p], present @ near[:, p] / total[p], atol=1e-12)


@settings(max_examples=60)
@given(presences(), st.integers(0, 100))
def test_outlook_and_gain_are_their_definitions(present: np.ndarray, seed: int) -> None:
    worth = np.random.default_rng(seed).normal(size=present.shape[1])
    near = proximity_by_hand(present, False)
    assume((near.sum(axis=0) > 0).all())
    dense = present @ near / near.sum(axis=0)
    got = outlook(present, worth)
    assert_allclose(got.coi, ((1 - present) * dense * worth).sum(axis=1), atol=1e-10)
    for c, p in zip(*np.nonzero(1 - present), strict=True):
        reached = sum(
            near[q, p] / near[q].sum() * (1 - present[c, q]) * worth[q] for q in range(worth.size)
        )
        assert got.cog[c, p] == pytest.approx(reached - (1 - dense[c, p]) * worth[p], abs=1e-10)
    assert np.isnan(got.cog[present > 0]).all()


@settings(max_examples=60)
@given(presences())
def test_complexity_solves_its_own_equations(present: np.ndarray) -> None:
    """ECI is an average of PCI over what a place has, PCI follows from ECI, both from one vector."""
    try:
        got = complexity(present)
    except NoComplexity:
        return
    rows, columns = got.diversity > 0, got.ubiquity > 0
    used = present[np.ix_(rows, columns)]
    both = (used / got.diversity[rows, None]) @ (used / got.ubiquity[columns]).T
    values = np.sort(np.linalg.eigvals(both).real)
    assume(values[-2] > 1e-6)
    eci, pci = got.places[rows], got.activities[columns]
    assert_allclose([eci.mean(), eci.std()], [0, 1], atol=1e-9)
    assert_allclose(used @ pci / got.diversity[rows], eci, atol=1e-6)
    assert np.isnan(got.places[~rows]).all()
    if np.ptp(got.diversity[rows]) and abs(np.corrcoef(eci, got.diversity[rows])[0, 1]) > 1e-6:
        assert np.corrcoef(eci, got.diversity[rows])[0, 1] > 0


@settings(max_examples=30)
@given(presences(), st.randoms(use_true_random=False))
def test_the_order_of_places_and_activities_does_not_matter(
    present: np.ndarray, random: object
) -> None:
    rng = np.random.default_rng(random.randrange(10**6))  # type: ignore[attr-defined]
    rows, columns = rng.permutation(present.shape[0]), rng.permutation(present.shape[1])
    turned = present[np.ix_(rows, columns)]
    assert_allclose(density(turned), density(present)[np.ix_(rows, columns)], atol=1e-12)
    try:
        one = complexity(present)
    except NoComplexity:
        return
    if one.gap > 1e-3 and np.ptp(one.diversity):
        along = np.corrcoef(one.places[one.diversity > 0], one.diversity[one.diversity > 0])[0, 1]
        if abs(along) > 1e-3:
            assert_allclose(complexity(turned).places, one.places[rows], atol=1e-6)


def test_nested_places_are_ordered_by_what_they_have() -> None:
    """The richer place has all that the poorer has; the rarest activity is the most complex."""
    nested = np.array([[1.0 if p <= 4 - c else 0.0 for p in range(5)] for c in range(5)])
    got = complexity(nested)
    assert (np.diff(got.places) < 0).all()
    assert (np.diff(got.activities) > 0).all()


@pytest.mark.parametrize(
    ("present", "says"),
    [
        (np.ones((2, 5)), "各至少要三个"),
        (np.kron(np.eye(2), np.ones((3, 3))), "互不相干"),
    ],
)
def test_what_has_no_complexity_is_refused(present: np.ndarray, says: str) -> None:
    with pytest.raises(NoComplexity, match=says):
        complexity(present)
