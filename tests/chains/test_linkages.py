"""Linkages are those of the inverse, whichever way they are computed."""

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose
from textbook_tables import MILLER_BLAIR, productive, table

from jingwei.chains.input_output import (
    InputOutputTable,
    NotProductive,
    extraction,
    group_extraction,
    linkages,
    solving,
)


def inverse_sums(z: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Backward, Ghosh forward, Leontief forward from two dense inverses; slow, obviously right."""
    reciprocal = [1 / each if each else 0.0 for each in x]
    leontief = np.linalg.inv(np.eye(x.size) - z @ np.diag(reciprocal))
    ghosh = np.linalg.inv(np.eye(x.size) - np.diag(reciprocal) @ z)
    return leontief.sum(axis=0), ghosh.sum(axis=1), leontief.sum(axis=1)


def test_the_example_of_miller_and_blair() -> None:
    """Section 2.3: L = [[1.2541, .3300], [.2640, 1.1221]]; output for demands of 600 and 1500."""
    got = linkages(MILLER_BLAIR)
    columns = np.array([1.2541 + 0.2640, 0.3300 + 1.1221])
    assert_allclose(got.backward, columns / columns.mean(), atol=1e-4)
    demand = np.array([600.0, 1500.0])
    [output] = solving.solve(MILLER_BLAIR.flows, MILLER_BLAIR.output, [("demand", demand)])
    assert_allclose(output, [1247.5, 1841.6], atol=0.05)


@settings(max_examples=60)
@given(productive())
def test_linkages_agree_with_two_inverses(drawn: InputOutputTable) -> None:
    wanted = inverse_sums(drawn.flows, drawn.output)
    for got in (linkages(drawn), linkages(drawn, dispersion=False)):
        for ours, plain in zip(
            (got.backward, got.forward_ghosh, got.forward_leontief), wanted, strict=True
        ):
            assert_allclose(ours, plain / plain.mean(), rtol=1e-9)
            assert ours.mean() == pytest.approx(1)


@settings(max_examples=30)
@given(productive(largest=12))
def test_the_iteration_for_large_tables_agrees_with_the_factorisation(
    drawn: InputOutputTable,
) -> None:
    direct = linkages(drawn, dispersion=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "DENSE", 0)
        iterated = linkages(drawn, dispersion=False)
    assert_allclose(iterated.backward, direct.backward, rtol=1e-9)
    assert_allclose(iterated.forward_ghosh, direct.forward_ghosh, rtol=1e-9)
    assert_allclose(iterated.forward_leontief, direct.forward_leontief, rtol=1e-9)


@settings(max_examples=30)
@given(productive())
def test_dispersion_is_the_coefficient_of_variation_of_columns_and_rows(
    drawn: InputOutputTable,
) -> None:
    if drawn.output.size < 2:
        return
    reciprocal = np.array([1 / each if each else 0.0 for each in drawn.output])
    leontief = np.linalg.inv(np.eye(drawn.output.size) - drawn.flows * reciprocal)
    ghosh = np.linalg.inv(np.eye(drawn.output.size) - drawn.flows * reciprocal[:, None])
    got = linkages(drawn)
    assert_allclose(got.backward_dispersion, leontief.std(0, ddof=1) / leontief.mean(0), rtol=1e-8)
    assert_allclose(got.forward_dispersion, ghosh.std(1, ddof=1) / ghosh.mean(1), rtol=1e-8)


def test_a_key_sector_is_strong_both_ways() -> None:
    flows = [[10, 60, 10], [40, 10, 5], [1, 1, 0]]
    got = linkages(table(flows, [200, 150, 300]))
    assert got.key == tuple(
        b > 1 and f > 1 for b, f in zip(got.backward, got.forward_ghosh, strict=True)
    )
    assert got.key[2] is False


@pytest.mark.parametrize("order", [2, 0])
def test_a_table_that_eats_more_than_it_makes_is_refused(
    order: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solving, "DENSE", order)
    with pytest.raises(NotProductive, match="霍金斯"):
        linkages(table([[90, 20], [30, 90]], [100, 100]), dispersion=False)
    with pytest.raises(NotProductive):
        linkages(table([[90, 20], [30, 90]], [100, 100]))


def test_a_singular_system_is_refused() -> None:
    with pytest.raises(NotProductive):
        linkages(table([[100, 0], [0, 10]], [100, 100]))
    with pytest.raises(NotProductive):
        linkages(table([[100, 0], [0, 10]], [100, 100]), dispersion=False)


def test_an_idle_sector_pulls_only_itself() -> None:
    drawn = table([[20, 0, 30], [0, 0, 0], [10, 0, 5]], [100, 0, 80])
    got = linkages(drawn)
    assert [sector.code for sector in drawn.idle] == ["02"]
    assert got.backward[1] * got.totals[0] == pytest.approx(1)
    assert got.forward_ghosh[1] * got.totals[1] == pytest.approx(1)


@pytest.mark.parametrize("left", [3e-5, -2.9e-4, 5e-12, -1e-12])
@pytest.mark.parametrize("dispersion", [True, False])
def test_an_output_that_only_rounding_left_is_no_output(left: float, dispersion: bool) -> None:
    """A mine without production whose product is bought from outside: its sales are not 1e6 times it."""
    flows = np.array([[0.0, 3e4, 2e4], [0.0, 1e5, 4e4], [0.0, 6e4, 9e4]])
    none = table(flows, np.array([0.0, 5e5, 1e6 * 4]))
    rounded = table(flows, np.array([left, 5e5, 1e6 * 4]))
    assert rounded.idle == rounded.sectors[:1]
    plain, got = (linkages(each, dispersion=dispersion) for each in (none, rounded))
    assert_allclose(got.forward_ghosh, plain.forward_ghosh, rtol=1e-9)
    assert_allclose(got.backward, plain.backward, rtol=1e-9)
    loss, group = extraction(rounded), group_extraction(rounded, [0])
    assert loss[0] == 0 and not np.signbit(loss[0])
    assert not np.any(group)


def test_a_small_sector_that_does_produce_keeps_its_coefficients() -> None:
    flows = np.array([[0.0, 0.5], [0.3, 1e5]])
    small = table(flows, np.array([1.0, 1e6]))
    assert small.idle == ()
    wanted = inverse_sums(flows, small.output)
    assert_allclose(linkages(small).forward_ghosh, wanted[1] / wanted[1].mean(), rtol=1e-9)
