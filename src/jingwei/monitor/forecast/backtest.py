"""The rolling-origin back-test: what each method would have said, held against what came.

From every origin with at least three points the methods forecast the years that are known now
(Tashman 2000, International Journal of Forecasting 16, 437-450). The method with the smallest mean
absolute error is taken, errors h years ahead counted by √h less, as they grow with h. Its errors
also give the width of the interval: their mean square by horizon follows a power of h whose
exponent is fitted, with one horizon's worth of weight on 1 (a random walk).

That spread is too small in short samples: the errors are few, and the method was chosen by them.
``calibration.toml`` holds, by sample size and horizon, the factor that made intervals of nominal
80 % cover 80 % of a declared population of synthetic series; a benchmark measures it on others.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from jingwei.monitor.forecast.smoothing import HORIZON, METHODS, SHORTEST, Array, forecasts

_PRIOR = 0.5
"""Weight of the prior exponent, in the units of the regression: about one horizon's."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """Errors of many series, (N, methods, origins, HORIZON); NaN where nothing is known yet.

    chosen: (N,) place of the method taken; spread: (N, HORIZON) root mean square errors, smoothed
    """

    errors: Array
    chosen: Array
    spread: Array


def backtest(series: Array) -> Backtest:
    """Back-test of the rows of ``series`` (N, n), n of at least SHORTEST + 2."""
    count, n = series.shape
    errors = np.full((count, len(METHODS), n - SHORTEST, HORIZON), np.nan)
    for origin in range(SHORTEST, n):
        ahead = min(HORIZON, n - origin)
        known = series[:, origin : origin + ahead]
        for at, (forecast, _) in enumerate(forecasts(series[:, :origin]).values()):
            errors[:, at, origin - SHORTEST, :ahead] = known - forecast[:, :ahead]
    growth = np.sqrt(np.arange(1, HORIZON + 1))
    chosen = np.nanmean(np.abs(errors) / growth, axis=(2, 3)).argmin(axis=1)
    return Backtest(errors, chosen, _spread(errors[np.arange(count), chosen]))


def _spread(errors: Array) -> Array:
    """Root mean square error by horizon, c·h^(b/2), from (N, origins, HORIZON) errors."""
    ahead = np.arange(1, HORIZON + 1)
    known = np.isfinite(errors).sum(axis=1).astype(np.float64)  # (N, HORIZON)
    square = np.nansum(errors**2, axis=1) / np.maximum(known, 1)
    logs = np.log(np.maximum(square, 1e-300))
    weight = known / np.sqrt(
        ahead
    )  # windows overlap, so distant errors tell less than their number
    x = np.log(ahead)
    total = weight.sum(axis=1, keepdims=True)
    x_mean = (weight * x).sum(axis=1, keepdims=True) / total
    log_mean = (weight * logs).sum(axis=1, keepdims=True) / total
    across = (weight * (x - x_mean) ** 2).sum(axis=1, keepdims=True)
    along = (weight * (x - x_mean) * (logs - log_mean)).sum(axis=1, keepdims=True)
    exponent = np.clip((along + _PRIOR) / (across + _PRIOR), -0.2, 2.2)
    return np.exp((log_mean + exponent * (x - x_mean)) / 2)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Factors on the spread, by sample size (rows from ``shortest`` on) and horizon."""

    shortest: int
    factors: Array

    def factor(self, n: int, ahead: int) -> float | None:
        """None where the population holds no such forecast: too far ahead for the sample."""
        if n < self.shortest:
            return None
        row = self.factors[min(n - self.shortest, len(self.factors) - 1)]
        value = float(row[ahead - 1])
        return None if np.isnan(value) else value


@cache
def calibration() -> Calibration:
    """The content of ``calibration.toml``."""
    text = files("jingwei.monitor.forecast").joinpath("calibration.toml").read_text("utf-8")
    table: Mapping[str, list[float]] = tomllib.loads(text)["factor"]
    sizes = sorted(int(size) for size in table)
    rows = [table[str(size)] for size in sizes]
    full = np.array([row + [np.nan] * (HORIZON - len(row)) for row in rows])
    return Calibration(sizes[0], full)
