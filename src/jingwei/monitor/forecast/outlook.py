"""A forecast to the target year: point, interval, and the chance of reaching the target.

A forecast is no proof: its verdict is always unknown, and names the value that will settle it.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from jingwei.core import Evidence, Formula, InvalidRequest, Missing, Verdict, written_out
from jingwei.monitor.forecast.backtest import Backtest, backtest, calibration
from jingwei.monitor.forecast.bounds import Bounds, Scale
from jingwei.monitor.forecast.sample import Cut, Sample
from jingwei.monitor.forecast.smoothing import HORIZON, METHODS, forecasts, smoothers

COVERAGE = 0.8
"""Nominal coverage of the intervals."""
METHOD = "§23"

Wanted = Literal[">=", ">", "<=", "<"]


@dataclass(frozen=True, slots=True)
class Goal:
    """The target of a forecast: a level to reach from below or from above."""

    op: Wanted
    value: float

    def __str__(self) -> str:
        return f"{self.op}{written_out(self.value, 6)}"


@dataclass(frozen=True, slots=True)
class Step:
    """One year of the path; ``low`` and ``high`` are None where no interval can be given."""

    year: int
    point: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Tried:
    """Back-test errors of one method ``ahead`` years ahead: their mean size on the scale of the
    forecast (percent on a log scale where ``scale`` is log), and how many there were."""

    method: str
    ahead: int
    error: float
    origins: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What may be said of ``year``.

    point, low, high: None where nothing may be said; ``reasons`` then says why
    method:           the method chosen, with its parameters
    probability:      of reaching ``goal``, 0 to 1; None without goal or interval
    path:             every year up to ``year``
    tried:            the back-test, every method and horizon
    """

    of: str
    unit: str
    year: int
    point: float | None
    low: float | None
    high: float | None
    method: str
    scale: str
    goal: Goal | None
    probability: float | None
    sample: tuple[int, int]
    cuts: tuple[Cut, ...]
    reasons: tuple[tuple[str, str], ...]
    path: tuple[Step, ...]
    tried: tuple[Tried, ...]
    evidence: tuple[Evidence, ...]

    def verdict(self, holder: str) -> Verdict:
        """The forecast in the one language of results: unknown until ``holder`` has the value."""
        zh, en = self.told()
        return Verdict(
            "unknown",
            self.of,
            METHOD,
            str(self.sample[1]),
            zh,
            en,
            self.evidence,
            (Missing(f"{self.of}{self.year}年的数", holder),),
        )

    def told(self) -> tuple[str, str]:
        """The forecast in one sentence, in Chinese and English."""
        if self.point is None:
            return (
                f"{self.year}年不能外推：" + "；".join(zh for zh, _ in self.reasons),
                f"no forecast for {self.year}: " + "; ".join(en for _, en in self.reasons),
            )
        zh = f"按{self.sample[0]}-{self.sample[1]}年外推，{self.year}年为{written_out(self.point, 4)}{self.unit}"
        en = f"extrapolated from {self.sample[0]}-{self.sample[1]}, {self.year} is {written_out(self.point, 4)}"
        if self.low is not None and self.high is not None:
            zh += f"，80%区间{written_out(self.low, 4)}至{written_out(self.high, 4)}"
            en += f", 80 % interval {written_out(self.low, 4)} to {written_out(self.high, 4)}"
        else:
            zh += "，区间给不出：" + "；".join(z for z, _ in self.reasons)
            en += ", no interval: " + "; ".join(e for _, e in self.reasons)
        if self.probability is not None:
            zh += f"，达到{self.goal}的可能性{_percent(self.probability)}"
            en += f", chance of {self.goal} {_percent(self.probability)}"
        return zh, en


def _percent(share: float) -> str:
    """No forecast is certain: below 1 % and above 99 % only that is said."""
    return "<1%" if share < 0.01 else ">99%" if share > 0.99 else f"{100 * share:.0f}%"


def forecast(
    of: str,
    known: Sample,
    year: int,
    *,
    unit: str = "",
    bounds: Bounds | None = None,
    goal: Goal | None = None,
) -> Forecast:
    """Forecast ``of`` to ``year``.

    Four points and fewer get no interval, two and fewer nothing; a horizon that no back-test of
    such a sample was calibrated for (5 years under 10 points, 10 above) gets no interval either.
    Raises InvalidRequest where the year is already known or a value is outside ``bounds``.
    """
    bounds = bounds or Bounds()
    ahead = year - known.last
    if ahead < 1:
        raise InvalidRequest(
            f"{year}年已有数（最新到{known.last}年），不必外推；请给出以后的年份",
            f"{year} is not ahead of the latest value, {known.last}; name a later year",
            where=of,
        )
    for at, value in enumerate(known.values):
        if not bounds.holds(value):
            raise InvalidRequest(
                f"{known.first + at}年的{written_out(value, 6)}超出指标的范围{bounds}；请核对数或范围",
                f"{written_out(value, 6)} of {known.first + at} is outside the bounds {bounds}; check either",
                where=of,
            )
    reasons = list(_reasons(known, ahead))
    span = min(ahead, HORIZON)
    if len(known) < 3 or ahead > HORIZON:
        return Forecast(
            of, unit, year, None, None, None, "", "", goal, None, (known.first, known.last),
            known.cuts, tuple(reasons), (), (), (Formula(reasons[0][0], known.evidence),),
        )  # fmt: skip
    scale = Scale.of(known.values, bounds)
    if scale.touches:
        reasons.append((
            f"数值触及范围{bounds}，按原值外推，区间截在范围内",
            f"values touch the bounds {bounds}: forecast as they are, the interval held inside",
        ))  # fmt: skip
    series = scale.to(np.array([known.values]))
    tests = backtest(series) if len(known) >= calibration().shortest else None
    at = int(tests.chosen[0]) if tests is not None else METHODS.index("drift")
    name = METHODS[at]
    line, parameters = forecasts(series)[name]
    method = smoothers(len(known))[name].names[int(parameters[0])]
    widths = [_width(tests, len(known), h) for h in range(1, span + 1)]
    if tests is not None and widths[-1] is not None and widths[-1] <= 1e-9 * np.abs(series).max():
        widths = [None] * span
        reasons.append((
            "各年几乎落在一条线上，看不出误差有多大",
            "the years lie on a line; how wide an error may be cannot be seen",
        ))  # fmt: skip
    path = tuple(
        _step(scale, known.last + h, float(line[0, h - 1]), widths[h - 1])
        for h in range(1, span + 1)
    )
    end = path[-1]
    formula = Formula(
        f"{method}，{known.first}-{known.last}年{len(known)}个数"
        + ("" if scale.name == "identity" else f"，在{scale.told}上外推")
        + f"：{year}年 = {written_out(end.point, 6)}{unit}"
        + _interval(scale, end, widths[-1], unit),
        known.evidence,
    )
    return Forecast(
        of, unit, year, end.point, end.low, end.high, method, scale.name, goal,
        _probability(scale, float(line[0, span - 1]), widths[-1], len(known), goal),
        (known.first, known.last), known.cuts, tuple(reasons), path, _tried(tests), (formula,),
    )  # fmt: skip


def _interval(scale: Scale, end: Step, width: float | None, unit: str) -> str:
    """The interval in the unit of the indicator, and its half width on the scale that made it."""
    if end.low is None or end.high is None:
        return ""
    told = f"；80%区间 = {written_out(end.low, 4)}至{written_out(end.high, 4)}{unit}"
    on = "" if scale.name == "identity" else f"{scale.told}上 "
    return f"{told}（{on}±{written_out(width, 4)}）"


def _reasons(known: Sample, ahead: int) -> list[tuple[str, str]]:
    """Why an interval, or anything, cannot be given."""
    n = len(known)
    if n < 3:
        return [(f"可比的只有{n}年，至少要3年", f"only {n} comparable years, it takes 3")]
    if ahead > HORIZON:
        return [
            (
                f"{ahead}年太远，最多{HORIZON}年",
                f"{ahead} years ahead is too far; at most {HORIZON}",
            )
        ]
    if n < calibration().shortest:
        return [(
            f"可比的只有{n}年，误差无从检验（至少{calibration().shortest}年）",
            f"only {n} comparable years: errors cannot be tested below {calibration().shortest}",
        )]  # fmt: skip
    if calibration().factor(n, ahead) is None:
        return [(
            f"{n}年的数，{ahead}年太远，误差没有校准过",
            f"{ahead} years ahead of {n} values: errors so far ahead were not calibrated",
        )]  # fmt: skip
    return []


def _width(tests: Backtest | None, n: int, ahead: int) -> float | None:
    factor = calibration().factor(n, ahead)
    if tests is None or factor is None:
        return None
    return factor * float(tests.spread[0, ahead - 1])


def _step(scale: Scale, year: int, middle: float, width: float | None) -> Step:
    ends = [middle] if width is None else [middle, middle - width, middle + width]
    point, *interval = (float(value) for value in scale.back(np.array(ends)))
    low, high = interval or (None, None)
    return Step(year, point, low, high)


def _probability(
    scale: Scale, middle: float, width: float | None, n: int, goal: Goal | None
) -> float | None:
    """From Student's t with n/2 degrees of freedom, scaled so that the interval holds 80 %.

    That number of degrees fits the 50 and 95 % points of the calibration's errors (ours).
    """
    if goal is None or width is None:
        return None
    from scipy.stats import t

    rising = goal.op in (">=", ">")
    bounds = scale.bounds
    if bounds.least is not None and goal.value <= bounds.least:
        return 1.0 if goal.op == ">=" else 0.0 if goal.op == "<" else None
    if bounds.greatest is not None and goal.value >= bounds.greatest:
        return 1.0 if goal.op == "<=" else 0.0 if goal.op == ">" else None
    target = float(scale.to(np.array([goal.value]))[0])
    freedom = n / 2
    unit = width / float(t.ppf((1 + COVERAGE) / 2, freedom))
    below = float(t.cdf((target - middle) / unit, freedom))
    return 1 - below if rising else below


def _tried(tests: Backtest | None) -> tuple[Tried, ...]:
    if tests is None:
        return ()
    rows: list[Tried] = []
    for at, method in enumerate(METHODS):
        for h in range(HORIZON):
            errors = tests.errors[0, at, :, h]
            known = errors[np.isfinite(errors)]
            if known.size:
                rows.append(Tried(method, h + 1, float(np.mean(np.abs(known))), int(known.size)))
    return tuple(rows)
