"""The closed forms of extraction are what solving the reduced economy gives."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from textbook_tables import MILLER_BLAIR, productive

from jingwei.chains.input_output import InputOutputTable, extraction, group_extraction


def loss_by_solving(drawn: InputOutputTable, gone: list[int], extent: str) -> np.ndarray:
    """Output lost by each sector: the economy solved again without the sectors."""
    x = drawn.output
    a = drawn.flows @ np.diag([1 / each if each else 0.0 for each in x])
    y = drawn.final_demand.copy()
    if extent in ("full", "purchases"):
        a[:, gone] = 0
    if extent in ("full", "sales"):
        a[gone, :] = 0
    if extent == "full":
        y[gone] = 0
    return x - np.linalg.solve(np.eye(x.size) - a, y)


@settings(max_examples=60)
@given(productive(), st.sampled_from(["full", "purchases", "sales"]))
def test_every_sector_is_as_if_solved_alone(drawn: InputOutputTable, extent: str) -> None:
    got = extraction(drawn, extent)  # type: ignore[arg-type]
    wanted = [loss_by_solving(drawn, [k], extent).sum() for k in range(drawn.output.size)]
    assert_allclose(got, wanted, rtol=1e-9, atol=1e-9 * drawn.output.max(initial=1))


@settings(max_examples=40)
@given(productive(), st.sets(st.integers(0, 5), min_size=1))
def test_a_group_is_as_if_solved_together(drawn: InputOutputTable, group: set[int]) -> None:
    members = sorted(k for k in group if k < drawn.output.size) or [0]
    got = group_extraction(drawn, members)
    assert_allclose(
        got,
        loss_by_solving(drawn, members, "full"),
        rtol=1e-9,
        atol=1e-9 * drawn.output.max(initial=1),
    )


def test_in_the_example_of_miller_and_blair() -> None:
    """Worked by hand: without sector 1 only sector 2 remains, x2 = 1700 / (1 - .05) = 1789.47."""
    loss = extraction(MILLER_BLAIR)
    assert_allclose(loss[0], 1000 + 2000 - 1700 / 0.95, rtol=1e-12)
