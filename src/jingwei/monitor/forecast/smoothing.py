"""Drift, theta and exponential smoothing as linear maps of the series.

With its smoothing parameters given, each of these methods is linear in the observations: the
forecasts are C y and the sum of squared one-step errors is y′ M y, with the initial states at
their least-squares values. Parameters are taken from a grid; five to forty yearly points do not
tell 0.43 from 0.45. This is exact, has no optimiser that may fail, and gives thousands of back-tests a
second.

- drift: the mean change so far goes on (Hyndman and Athanasopoulos 2021, section 5.2).
- theta: half the fitted line, half simple smoothing of the line that doubles its curvature, θ = 0
  and 2 (Assimakopoulos and Nikolopoulos 2000, International Journal of Forecasting 16, 521-530).
- ets: additive errors, no, additive or damped trend (Hyndman and Athanasopoulos 2021, chapter 8),
  the model by AICc, which five points grant to the model without trend only.

Tests hold them against statsmodels.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from jingwei.core import written_out

Array = NDArray[np.float64]

METHODS = ("drift", "theta", "ets")
SHORTEST = 3
"""Points that every method takes at least."""
LONGEST = 60
"""Points that are used at most: the latest; older ones say little about the next years."""
HORIZON = 10
"""Years that are forecast at most."""

_LEVEL = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99)
_TREND = (0.001, 0.1, 0.3, 0.6)  # beta as a share of alpha
_DAMPING = (0.8, 0.9, 0.98)


@dataclass(frozen=True, slots=True)
class Smoother:
    """One method for samples of m points, for every set of parameters of its grid.

    forecasts: (P, HORIZON, m); squares: (P, m, m); parameters: (P,) counted for AICc
    names: what each set is called
    """

    forecasts: Array
    squares: Array
    parameters: Array
    names: tuple[str, ...]


@cache
def smoothers(m: int) -> Mapping[str, Smoother]:
    """The methods for samples of ``m`` points, SHORTEST to LONGEST."""
    return {"drift": _drift(m), "theta": _theta(m), "ets": _ets(m)}


def forecasts(series: Array) -> Mapping[str, tuple[Array, Array]]:
    """Forecasts of many series at once.

    series: (N, m), every row one series
    Gives by method the forecasts (N, HORIZON) and the parameters chosen, (N,) places in its grid.
    """
    m = series.shape[1]
    start = series[:, :1]  # all methods move with the level: taking it off keeps digits
    y = series - start
    found: dict[str, tuple[Array, Array]] = {}
    for name, each in smoothers(m).items():
        squares = np.einsum("pij,nj->npi", each.squares, y, optimize=True)
        sums = np.maximum(np.einsum("npi,ni->np", squares, y, optimize=True), 1e-300)
        chosen = _criterion(sums, each.parameters, m).argmin(axis=1)
        found[name] = np.einsum("nhm,nm->nh", each.forecasts[chosen], y) + start, chosen
    return found


def _criterion(sums: Array, k: Array, m: int) -> Array:
    """AICc of each set; where the sample is too short for it, the simplest by least squares."""
    room = m - k - 1
    if not (room > 0).any():
        return np.where(k == k.min(), sums, np.inf)
    correction = 2 * k + 2 * k * (k + 1) / np.where(room > 0, room, 1)
    return np.where(room > 0, m * np.log(sums / m) + correction, np.inf)


def _drift(m: int) -> Smoother:
    ahead = np.arange(1, HORIZON + 1)
    forecast = np.zeros((1, HORIZON, m))
    forecast[0, :, -1] += 1 + ahead / (m - 1)
    forecast[0, :, 0] -= ahead / (m - 1)
    return Smoother(forecast, np.zeros((1, m, m)), np.ones(1), ("平均变化法（drift）",))


def _theta(m: int) -> Smoother:
    time = np.arange(m + HORIZON)
    design = np.column_stack([np.ones(m + HORIZON), time])
    fit = design @ np.linalg.pinv(design[:m])
    doubled = 2 * np.eye(m) - fit[:m]
    level = np.array(_LEVEL)
    forecast, squares = _filtered(m, level, np.zeros_like(level), np.zeros_like(level), trend=False)
    return Smoother(
        (fit[m:] + forecast @ doubled) / 2,
        doubled.T @ squares @ doubled,
        np.full(level.size, 3.0),
        tuple(f"Theta法（α={written_out(a, 6)}）" for a in _LEVEL),
    )


def _ets(m: int) -> Smoother:
    grids = [
        [(a, 0.0, 0.0) for a in _LEVEL],
        [(a, a * b, 1.0) for a in _LEVEL[::2] for b in _TREND],
        [(a, a * b, d) for a in _LEVEL[::2] for b in _TREND for d in _DAMPING],
    ]
    names = (
        [f"指数平滑ETS(A,N,N)（α={written_out(a, 6)}）" for a, _, _ in grids[0]]
        + [
            f"指数平滑ETS(A,A,N)（α={written_out(a, 6)}，β={written_out(b, 3)}）"
            for a, b, _ in grids[1]
        ]
        + [
            f"指数平滑ETS(A,Ad,N)（α={written_out(a, 6)}，β={written_out(b, 3)}，φ={written_out(d, 6)}）"
            for a, b, d in grids[2]
        ]
    )
    parts = [_filtered(m, *np.array(grid).T, trend=at > 0) for at, grid in enumerate(grids)]
    # smoothing parameters, initial states and the variance
    counts = np.repeat([3.0, 5.0, 6.0], [len(grid) for grid in grids])
    return Smoother(
        np.concatenate([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        counts,
        tuple(names),
    )


def _filtered(
    m: int, alpha: Array, beta: Array, damping: Array, *, trend: bool
) -> tuple[Array, Array]:
    """The innovations form e = y − w x, x ← F x + g e, as maps of y: forecasts and y′My.

    The initial states minimise the squared errors.
    """
    count, states = alpha.size, 2 if trend else 1
    w = np.ones((count, states))
    f = np.ones((count, states, states))
    if trend:
        w[:, 1] = damping
        f[:, :, 1] = damping[:, None]
        f[:, 1, 0] = 0
        g = np.stack([alpha, beta], axis=1)
    else:
        g = alpha[:, None]
    # states and errors as linear maps of (y, x0)
    state = np.zeros((count, states, m + states))
    state[:, :, m:] = np.eye(states)
    errors = np.zeros((count, m, m + states))
    for k in range(m):
        errors[:, k] = -np.einsum("ps,psj->pj", w, state)
        errors[:, k, k] += 1
        state = f @ state + g[:, :, None] * errors[:, None, k]
    initial = -np.linalg.pinv(errors[:, :, m:]) @ errors[:, :, :m]
    residual = errors[:, :, :m] + errors[:, :, m:] @ initial
    last = state[:, :, :m] + state[:, :, m:] @ initial
    forecast = np.empty((count, HORIZON, m))
    for h in range(HORIZON):
        forecast[:, h] = np.einsum("ps,psj->pj", w, last)
        last = f @ last
    return forecast, residual.transpose(0, 2, 1) @ residual
