"""Multipliers, import content, footprints and paths add up to the economy they are of."""

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose
from textbook_tables import MILLER_BLAIR, productive, table

from jingwei.chains.input_output import (
    InputOutputTable,
    footprint_of_uses,
    multipliers,
    structural_paths,
)
from jingwei.core import InvalidRequest


@settings(max_examples=40)
@given(productive())
def test_value_added_multipliers_of_a_closed_table_are_one(drawn: InputOutputTable) -> None:
    """Every unit of final demand ends as value added where nothing is imported."""
    made = drawn.output - drawn.flows.sum(axis=0)
    whole = table(drawn.flows, drawn.output, primary={"增加值合计": made})
    got = multipliers(whole)
    busy = drawn.output > 0
    reached = np.ones_like(
        busy
    )  # an idle supplier breaks the chain: its inputs have no value added
    if busy.all():
        assert_allclose(got.factors["增加值"][reached], 1, rtol=1e-9)
    assert (got.output >= 1 - 1e-12).all()


def test_employment_multipliers_by_hand() -> None:
    """l' = (.3, .2); L of Miller and Blair: m1 = .3 * 1.2541 + .2 * .2640 = .4290."""
    drawn = table(
        MILLER_BLAIR.flows, MILLER_BLAIR.output, satellite={"就业": np.array([300.0, 400.0])}
    )
    got = multipliers(drawn)
    assert_allclose(got.direct["就业"], [0.3, 0.2])
    assert_allclose(got.factors["就业"], [0.4290, 0.3234], atol=1e-4)


def test_import_content_by_import_proportionality() -> None:
    """One sector, output 100, input 50 of its product, imports 25, exports 25: a quarter of what is
    used here is imported, so A_m = .125, A_d = .375 and the content is .125 / .625 = .2."""
    drawn = InputOutputTable(
        "一", "万元", "competitive", MILLER_BLAIR.sectors[:1], np.array([[50.0]]), np.array([100.0]),
        {"消费": np.array([50.0]), "出口": np.array([25.0])}, {"进口": np.array([25.0])},
    )  # fmt: skip
    got = multipliers(drawn).imports
    assert got is not None
    assert_allclose(got, [0.2])


def test_without_imports_nothing_is_said_about_them() -> None:
    assert multipliers(MILLER_BLAIR).imports is None


@settings(max_examples=30)
@given(productive())
def test_footprints_of_all_uses_are_all_there_is(drawn: InputOutputTable) -> None:
    persons = np.linspace(0.1, 2, drawn.output.size) * drawn.output
    whole = table(drawn.flows, drawn.output, satellite={"就业": persons})
    got = footprint_of_uses(whole, ["就业"])["就业"]
    assert_allclose(sum(amount.sum() for amount in got.values()), persons.sum(), rtol=1e-9)


def technical(drawn: InputOutputTable) -> np.ndarray:
    return drawn.flows @ np.diag([1 / each if each else 0.0 for each in drawn.output])


def listed(
    drawn: InputOutputTable, intensity: np.ndarray, demand: np.ndarray, deep: int
) -> dict[tuple[int, ...], float]:
    """Every path up to a depth, by brute force."""
    a = technical(drawn)
    found = {(k,): float(demand[k]) for k in range(demand.size)}
    level = dict(found)
    for _ in range(deep):
        level = {
            (i, *path): float(a[i, path[0]]) * weight
            for path, weight in level.items()
            for i in range(demand.size)
        }
        found |= level
    return {path: float(intensity[path[0]]) * weight for path, weight in found.items()}


@settings(max_examples=30)
@given(productive(largest=4))
def test_no_path_above_the_threshold_is_missed(drawn: InputOutputTable) -> None:
    intensity = np.linspace(0.5, 1.5, drawn.output.size)
    demand = np.abs(drawn.final_demand)
    got = structural_paths(drawn, intensity, demand, least=0.02, longest=4)
    everything = listed(drawn, intensity, demand, 4)
    total = float(intensity @ np.linalg.solve(np.eye(demand.size) - technical(drawn), demand))
    wanted = {p: v for p, v in everything.items() if total and v >= 0.02 * total * (1 + 1e-9)}
    assert wanted.keys() <= {each.sectors for each in got}
    for each in got:
        assert each.amount == pytest.approx(everything[each.sectors])
        assert each.share == pytest.approx(each.amount / total)


def test_paths_through_negative_flows_are_refused() -> None:
    drawn = table([[1, -1], [1, 1]], [10, 10])
    with pytest.raises(InvalidRequest, match="抵消"):
        structural_paths(drawn, np.ones(2), np.ones(2))
