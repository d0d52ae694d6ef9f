"""Location quotients scale national coefficients down by what the region lacks."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from textbook_tables import MILLER_BLAIR

from jingwei.chains.input_output.regionalisation import regionalise, trade_coefficients
from jingwei.core import InvalidRequest

# Region 40 of nation 300: SLQ = (30/100)/(40/300) = 2.25 and (10/200)/(40/300) = .375
REGION, NATION = np.array([30.0, 10.0]), np.array([100.0, 200.0])
SMALL = np.log2(1 + 40 / 300) ** 0.3


@pytest.mark.parametrize(
    ("quotient", "wanted"),
    [
        ("slq", [[1, 1], [0.375, 0.375]]),
        ("cilq", [[1, 1], [0.375 / 2.25, 0.375]]),
        ("flq", [[min(1, 2.25 * SMALL), 1], [0.375 / 2.25 * SMALL, 0.375 * SMALL]]),
        (
            "aflq",
            [
                [min(1, 2.25 * SMALL) * np.log2(3.25), 1],
                [0.375 / 2.25 * SMALL * np.log2(3.25), 0.375 * SMALL],
            ],
        ),
    ],
)
def test_quotients_worked_by_hand(quotient: str, wanted: list[list[float]]) -> None:
    got = trade_coefficients(REGION, NATION, quotient, 0.3)  # type: ignore[arg-type]
    assert_allclose(got, wanted, rtol=1e-12)


def test_a_region_that_is_the_nation_keeps_its_coefficients() -> None:
    for quotient in ("slq", "cilq", "flq"):
        got = regionalise(MILLER_BLAIR, NATION, NATION, quotient)  # type: ignore[arg-type]
        assert_allclose(got, [[0.15, 0.25], [0.2, 0.05]])


def test_flq_never_exceeds_cilq() -> None:
    rng = np.random.default_rng(5)
    nation = rng.uniform(1, 100, 8)
    region = nation * rng.uniform(0, 0.4, 8)
    flq, cilq = (trade_coefficients(region, nation, q) for q in ("flq", "cilq"))  # type: ignore[arg-type]
    assert (flq <= cilq + 1e-12).all()
    assert (cilq <= 1).all()


def test_a_sector_the_region_lacks_neither_sells_nor_buys() -> None:
    got = trade_coefficients(np.array([0.0, 10.0]), NATION, "flq")
    assert_allclose(got[0], 0)
    assert_allclose(got[:, 0], 0)


def test_a_region_larger_than_its_nation_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="口径"):
        trade_coefficients(np.array([300.0, 10.0]), NATION, "slq")
