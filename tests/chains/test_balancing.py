"""RAS and GRAS meet the margins and keep zeros and signs, or say why they cannot."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from jingwei.chains.input_output import NoBalance, gras, ras


@st.composite
def reachable(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A matrix and margins that some matrix of its pattern has."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    matrix = rng.uniform(0.1, 100, shape) * (rng.uniform(size=shape) < 0.8)
    matrix *= rng.choice([1, 1, 1, -1], shape) if draw(st.booleans()) else 1
    other = matrix * np.exp(rng.normal(0, 0.5, shape))
    return matrix, other.sum(axis=1), other.sum(axis=0)


@settings(max_examples=60)
@given(reachable())
def test_margins_are_met_and_signs_kept(case: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    matrix, rows, columns = case
    got = gras(matrix, rows, columns)
    scale = max(np.abs(rows).max(), np.abs(columns).max(), 1e-9)
    assert_allclose(got.matrix.sum(axis=1), rows, atol=1e-9 * scale)
    assert_allclose(got.matrix.sum(axis=0), columns, atol=1e-9 * scale)
    assert (np.sign(got.matrix) == np.sign(matrix)).all()


def test_ras_is_gras_without_negative_entries() -> None:
    matrix = np.array([[120.0, 90, 49], [82, 148, 0], [67, 0, 160]])
    rows, columns = np.array([245.0, 136, 421]), np.array([210.0, 250, 342])
    one, other = ras(matrix, rows, columns), gras(matrix, rows, columns)
    assert_allclose(one.matrix, other.matrix)
    scaled = one.rows[:, None] * matrix * one.columns
    assert_allclose(one.matrix, scaled, rtol=1e-9)


def test_the_example_of_junius_and_oosterhaven() -> None:
    """Economic Systems Research 15 (2003), tables 1 and 3: products, taxes and value added with
    subsidies and a negative entry; margins of the updated table. The fit has every sign and the
    least sum of |a| r ln r."""
    matrix = np.array([[7.0, 3, 5, -3], [2, 9, 8, 1], [-2, 0, 2, 1]])
    rows, columns = np.array([15.0, 26, -1]), np.array([9.0, 16, 17, -2])
    got = gras(matrix, rows, columns)
    assert_allclose(got.matrix.sum(axis=1), rows, atol=1e-9)
    assert_allclose(got.matrix.sum(axis=0), columns, atol=1e-9)
    ratio = np.divide(got.matrix, matrix, out=np.ones_like(matrix), where=matrix != 0)
    # at the optimum ln ratio = (row price + column price) with the sign of the entry
    logs = np.log(got.rows)[:, None] + np.log(got.columns)
    assert_allclose(np.log(ratio), np.where(matrix >= 0, logs, -logs) * (matrix != 0), atol=1e-9)


@pytest.mark.parametrize(
    ("matrix", "rows", "columns", "says"),
    [
        ([[1, 2], [3, 4]], [3, 8], [4, 6], "不等"),
        ([[0, 0], [3, 4]], [1, 6], [3, 4], "第1行"),
        ([[0, 1], [0, 4]], [2, 5], [1, 6], "第1列"),
        ([[1, 0], [0, 1]], [1, 3], [2, 2], "没有收敛"),
    ],
)
def test_margins_out_of_reach_are_named(
    matrix: list[list[float]], rows: list[float], columns: list[float], says: str
) -> None:
    with pytest.raises(NoBalance, match=says):
        gras(*(np.array(each, dtype=float) for each in (matrix, rows, columns)))


def test_ras_refuses_negative_entries() -> None:
    with pytest.raises(NoBalance, match="GRAS"):
        ras(np.array([[1.0, -1]]), np.array([1.0]), np.array([1.0, 0]))
