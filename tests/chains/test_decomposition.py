"""The three causes of a change add up to it exactly."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose
from textbook_tables import MILLER_BLAIR, productive

from jingwei.chains.input_output import InputOutputTable, Sector, decompose
from jingwei.core import InvalidRequest


def grown(drawn: InputOutputTable, seed: int) -> InputOutputTable:
    rng = np.random.default_rng(seed)
    coefficients = np.divide(
        drawn.flows, drawn.output, out=np.zeros_like(drawn.flows), where=drawn.output > 0
    )
    coefficients = coefficients * rng.uniform(0.8, 1.1, coefficients.shape)
    output = drawn.output * rng.uniform(0.7, 2, drawn.output.size)
    flows = coefficients * output
    return replace(drawn, flows=flows, output=output, final={"消费": output - flows.sum(axis=1)})


@settings(max_examples=40)
@given(productive())
def test_causes_add_up_to_the_change(drawn: InputOutputTable) -> None:
    got = decompose(drawn, grown(drawn, 7))
    assert got.residual <= 1e-12


@settings(max_examples=20)
@given(productive())
def test_turned_around_every_cause_changes_its_sign(drawn: InputOutputTable) -> None:
    later = grown(drawn, 11)
    forth, back = decompose(drawn, later), decompose(later, drawn)
    scale = max(np.abs(forth.change).max(initial=0), 1e-9)
    for one, other in zip(
        (forth.technology, forth.mix, forth.size),
        (back.technology, back.mix, back.size),
        strict=True,
    ):
        assert_allclose(one, -other, atol=1e-9 * scale)


def test_more_demand_alone_is_all_size() -> None:
    later = replace(
        MILLER_BLAIR,
        flows=MILLER_BLAIR.flows * 1.5,
        output=MILLER_BLAIR.output * 1.5,
        final={h: v * 1.5 for h, v in MILLER_BLAIR.final.items()},
    )
    got = decompose(MILLER_BLAIR, later)
    assert_allclose(got.size, [500, 1000])
    assert_allclose(got.technology, 0, atol=1e-9)
    assert_allclose(got.mix, 0, atol=1e-9)


def test_tables_of_other_sectors_or_units_are_not_compared() -> None:
    renamed = replace(MILLER_BLAIR, sectors=(Sector("01", "农业"), Sector("02", "工业")))
    with pytest.raises(InvalidRequest, match="部门不同"):
        decompose(MILLER_BLAIR, renamed)
    with pytest.raises(InvalidRequest, match="亿元"):
        decompose(MILLER_BLAIR, replace(MILLER_BLAIR, unit="亿元"))
