"""Forecasts: intervals that keep their promise, bounds that hold, breaks that cut (§23)."""

import importlib.util
import re
from datetime import date
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.core import InvalidRequest, Months, Observation, Row, SeriesKey, written_out
from jingwei.monitor.forecast import Bounds, Goal, forecast, sample, yearly
from jingwei.monitor.forecast.smoothing import forecasts, smoothers

ROOT = Path(__file__).resolve().parents[2]


def known(values, first=2010, **more):
    return sample({first + k: value for k, value in enumerate(values)}, **more)


RISING = [100, 104, 109, 111, 118, 121, 127, 130, 138, 141, 147, 150]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench", ROOT / "benchmarks/forecast.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# ----------------------------------------------------------------------------------- coverage


def test_intervals_of_80_percent_cover_75_to_85(bench: ModuleType) -> None:
    """1,000 and more origins of kinds the calibration knows, from another seed; horizons 1-5."""
    from jingwei.monitor.forecast.backtest import calibration

    hits, origins = [], 0
    for length in (5, 7, 10, 14, 20):
        random = np.random.default_rng([7, length])
        for series in bench.population(random, 60, length + 5).values():
            ratio = bench.ratios(series, length, 5)
            factors = [calibration().factor(length, h) for h in range(1, 6)]
            hits.append((ratio <= factors).mean())
            origins += len(series)
    assert origins >= 1000
    assert 0.75 <= np.mean(hits) <= 0.85
    assert min(hits) > 0.6


def test_intervals_keep_their_promise_on_kinds_never_seen(bench: ModuleType) -> None:
    from jingwei.monitor.forecast.backtest import calibration

    hits = []
    for length in (6, 12):
        random = np.random.default_rng([8, length])
        for kind, series in bench.unseen(random, 80, length + 5).items():
            if "0-100" in kind:
                series = np.log(series / (100 - series))
            elif "bounded" in kind:
                series = np.log(series)
            factors = [calibration().factor(length, h) for h in range(1, 6)]
            hits.append((bench.ratios(series, length, 5) <= factors).mean())
    assert 0.7 <= np.mean(hits) <= 0.85


# ------------------------------------------------------------------------------------ methods


def test_drift_goes_on_from_the_last_value():
    line, _ = forecasts(np.array([[10.0, 13.0, 12.0, 16.0]]))["drift"]
    assert line[0, :3] == pytest.approx([18, 20, 22])


@pytest.mark.parametrize("length", [6, 12, 25])
def test_smoothing_is_that_of_statsmodels(length):
    """With the same parameters and initial states the same forecasts and errors, and no other
    initial states do better."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    series = np.cumsum(np.random.default_rng(length).normal(0.5, 1, length)) + 20
    each = smoothers(length)["ets"]
    for at, name in list(enumerate(each.names))[::9]:
        trend, damped = "(A,N,N)" not in name, "Ad" in name
        told = dict(re.findall(r"([αβφ])=([\d.]+)", name))
        alpha, phi = float(told["α"]), float(told.get("φ", 1))
        model = ETSModel(series, trend="add" if trend else None, damped_trend=damped)
        smoothing = [alpha, *([float(told["β"])] if trend else []), *([phi] if damped else [])]

        def squares(initial, model=model, smoothing=smoothing):
            return float(np.sum(model.smooth([*smoothing, *initial]).resid ** 2))

        ours = float(series @ each.squares[at] @ series)
        # the best initial states by three evaluations a direction: the sum is a parabola in them
        start = np.array([series[0], 0.3][: 1 + trend])
        gradient = np.array(
            [(squares(start + d) - squares(start - d)) / 2 for d in np.eye(len(start))]
        )
        hessian = np.array([
            [
                squares(start + a + b) - squares(start + a) - squares(start + b) + squares(start)
                for b in np.eye(len(start))
            ]
            for a in np.eye(len(start))
        ])  # fmt: skip
        best = start - np.linalg.solve(hessian, gradient)
        assert ours == pytest.approx(squares(best), rel=1e-6), name
        theirs = model.smooth([*smoothing, *best]).forecast(10)
        assert each.forecasts[at] @ series == pytest.approx(np.asarray(theirs), rel=1e-6), name


def test_theta_is_the_mean_of_its_two_lines():
    """Assimakopoulos and Nikolopoulos 2000: θ = 0 is the fitted line, θ = 2 doubles the distance
    from it; the second goes on at its smoothed level."""
    series = np.array([3.0, 5.0, 4.0, 7.0, 9.0, 8.0, 11.0])
    time = np.arange(7)
    slope, start = np.polyfit(time, series, 1)
    doubled = 2 * series - (start + slope * time)
    each = smoothers(7)["theta"]
    (place,) = (k for k, name in enumerate(each.names) if "0.5" in name)

    def smoothed(level):
        squares = 0.0
        for value in doubled:
            squares += (value - level) ** 2
            level += 0.5 * (value - level)
        return squares, level

    levels = np.linspace(-10, 20, 30_001)
    _, level = min(smoothed(each) for each in levels)
    wanted = [(start + slope * (6 + h) + level) / 2 for h in range(1, 4)]
    assert each.forecasts[place, :3] @ series == pytest.approx(wanted, abs=1e-3)


def test_the_back_test_is_shown_and_its_best_method_taken():
    found = forecast("产值", known(RISING), 2024)
    first = {row.method: row for row in found.tried if row.ahead == 1}
    assert set(first) == {"drift", "theta", "ets"}
    assert {row.origins for row in first.values()} == {9}
    mean = {
        name: np.average(
            [row.error / row.ahead**0.5 for row in found.tried if row.method == name],
            weights=[row.origins for row in found.tried if row.method == name],
        )
        for name in first
    }
    assert min(mean, key=mean.__getitem__) in found.method.lower()


@settings(max_examples=25)
@given(
    st.lists(st.floats(1, 1000), min_size=5, max_size=15),
    st.floats(0.1, 10),
    st.floats(-1000, 1000),
)
def test_a_change_of_unit_changes_nothing_else(values, factor, shift):
    one = forecast("指标", known(values), 2010 + len(values) + 1)
    other = forecast(
        "指标", known([factor * value + shift for value in values]), 2010 + len(values) + 1
    )
    scale = max(values) * factor + abs(shift)
    if one.method == other.method:  # rounding may break a tie between two methods
        assert other.point == pytest.approx(factor * one.point + shift, abs=1e-6 * scale)


# ------------------------------------------------------------------------- bounds and samples


@settings(max_examples=40)
@given(st.lists(st.floats(0, 100), min_size=5, max_size=12), st.integers(1, 5))
def test_a_share_stays_a_share(values, ahead):
    found = forecast("占比", known(values), 2009 + len(values) + ahead, bounds=Bounds(0, 100))
    for step in found.path:
        assert 0 <= step.point <= 100
        if step.low is not None:
            assert 0 <= step.low <= step.point <= step.high <= 100


def test_a_share_that_touches_its_bound_says_so():
    found = forecast("覆盖率", known([80, 88, 95, 99, 100, 100]), 2018, bounds=Bounds(0, 100))
    assert found.scale == "identity"
    assert found.high == 100
    assert any("触及" in zh for zh, _ in found.reasons)


def test_a_count_grows_on_a_log_scale_and_never_below_zero():
    found = forecast("企业数", known([10, 14, 20, 26, 38, 50, 71]), 2020, bounds=Bounds(0))
    assert found.scale == "log"
    assert found.low > 0
    assert found.high - found.point > found.point - found.low


def test_a_growth_rate_is_not_compounded():
    found = forecast("增速", known([2.5, 2.1, 0.9, -0.2, -0.8, -1.7]), 2017)
    assert found.scale == "identity"
    assert found.low < found.point < 0


def test_fewer_points_give_wider_intervals_or_none():
    widths = []
    for n in (12, 8, 6, 5):
        found = forecast("产值", known(RISING[-n:]), 2010 + n + 1)
        widths.append(found.high - found.low)
    assert widths == sorted(widths)
    four = forecast("产值", known(RISING[-4:]), 2015, goal=Goal(">=", 160))
    assert four.point is not None
    assert four.low is four.high is four.probability is None
    assert "4年" in four.reasons[0][0]
    two = forecast("产值", known(RISING[-2:]), 2015)
    assert two.point is None
    assert two.path == ()


def test_years_too_far_ahead_get_no_interval():
    assert forecast("产值", known(RISING[:7]), 2022).low is None
    assert forecast("产值", known(RISING), 2031).low is not None
    assert forecast("产值", known(RISING), 2032).point is None


def test_a_break_cuts_the_sample_and_is_named():
    values = [50, 52, 54, 56, *RISING]
    found = forecast("产值", known(values, breaks={2014: "经济普查修订"}), 2028)
    plain = forecast("产值", known(RISING, first=2014), 2028)
    assert found.sample == (2014, 2025)
    assert (found.point, found.low) == (plain.point, plain.low)
    assert "经济普查修订" in found.cuts[0].reason


def test_a_missing_year_is_not_filled():
    found = sample({2010: 1, 2011: 2, 2013: 4, 2014: 5})
    assert (found.first, found.values) == (2013, (4, 5))
    assert "2012" in found.cuts[0].reason


def test_years_on_a_line_show_no_error():
    for values in ([5.0] * 8, [1.0, 2, 3, 4, 5, 6, 7]):
        found = forecast("指标", known(values), 2019)
        assert found.low is None
        assert any("看不出误差" in zh for zh, _ in found.reasons)


def test_observations_of_one_series_become_years():
    def seen(year, value, vintage, op="="):
        return Observation(
            SeriesKey("output@2", "310000"), Months.year(year), value, "亿元",
            date(vintage, 3, 1), "public", Row("公报", str(vintage), str(year)), op,
        )  # fmt: skip

    rows = [
        seen(2019, 7, 2020),
        seen(2019, 8, 2021),
        seen(2020, 9, 2021),
        seen(2021, 9, 2022, ">="),
    ]
    values, evidence = yearly(rows)
    assert values == {2019: 8, 2020: 9}
    assert str(evidence[2019]) == "公报@2021 2019"
    other = Observation(
        SeriesKey("output@1", "310000"), Months.year(2018), 1, "亿元", date(2019, 1, 1), "public",
        rows[0].evidence,
    )  # fmt: skip
    with pytest.raises(InvalidRequest, match="口径"):
        yearly([*rows, other])


# ------------------------------------------------------------------------ chances and verdicts


def test_the_chance_of_the_middle_is_half_and_of_the_ends_a_tenth():
    base = forecast("产值", known(RISING), 2024)
    for value, chance in ((base.point, 0.5), (base.high, 0.1), (base.low, 0.9)):
        up = forecast("产值", known(RISING), 2024, goal=Goal(">=", value))
        down = forecast("产值", known(RISING), 2024, goal=Goal("<=", value))
        assert up.probability == pytest.approx(chance)
        assert down.probability == pytest.approx(1 - chance)


def test_a_target_beyond_the_bounds_needs_no_forecast():
    found = forecast(
        "占比", known([30, 33, 31, 35, 36, 38]), 2018, bounds=Bounds(0, 100), goal=Goal(">", 100)
    )
    assert found.probability == 0


def test_a_forecast_is_never_a_green_light():
    found = forecast("产值", known(RISING), 2024, unit="亿元", goal=Goal(">=", 100))
    verdict = found.verdict("市统计局")
    assert verdict.answer == "unknown"
    assert verdict.missing[0].holder == "市统计局"
    assert "2024年的数" in verdict.missing[0].fact
    assert ">99%" in verdict.reason
    assert verdict.evidence[0].formula.startswith(found.method)


def test_a_known_year_and_a_value_out_of_bounds_are_refused():
    with pytest.raises(InvalidRequest, match="2021年已有数"):
        forecast("产值", known(RISING), 2021)
    with pytest.raises(InvalidRequest, match="2011年的104"):
        forecast("占比", known(RISING), 2024, bounds=Bounds(0, 103))


def test_the_proof_tells_the_interval_in_the_unit_and_names_the_scale_of_its_half_width():
    found = forecast("产值", known(RISING), 2024, unit="亿元", bounds=Bounds(0, None))
    told = found.evidence[0].formula
    assert f"80%区间 = {written_out(found.low, 4)}至{written_out(found.high, 4)}亿元" in told
    assert "在对数尺度（log）上外推" in told
    assert "对数尺度（log）上 ±" in told
