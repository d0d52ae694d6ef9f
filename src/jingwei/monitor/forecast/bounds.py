"""Scales on which a forecast cannot leave its bounds.

Between two bounds ln((y − a)/(b − y)), above one ln(y − a), below one −ln(b − y), else y itself
(Hyndman and Athanasopoulos 2021, section 13.3). Forecasts and interval ends go back through the
inverse, which is monotone: the interval keeps its coverage, the point becomes a median.

A series that touches its bound (a share of exactly 100 %) has no place on such a scale. It stays on
its own, interval ends are held at the bound, and that is said. So does a rate of growth: it may be
negative, and compounding it would make no sense.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jingwei.core import written_out

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Least and greatest value of an indicator, None where it has none."""

    least: float | None = None
    greatest: float | None = None

    def holds(self, value: float) -> bool:
        return (self.least is None or value >= self.least) and (
            self.greatest is None or value <= self.greatest
        )

    def __str__(self) -> str:
        least = "" if self.least is None else f"{written_out(self.least, 6)}"
        greatest = "" if self.greatest is None else f"{written_out(self.greatest, 6)}"
        return f"[{least}, {greatest}]"


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale to forecast on: ``name`` is identity, log or logit."""

    name: str
    bounds: Bounds

    @classmethod
    def of(cls, values: Sequence[float], bounds: Bounds) -> "Scale":
        """The scale of the bounds, where every value lies strictly inside them."""
        least, greatest = bounds.least, bounds.greatest
        near = 1e-9 * max(abs(value) for value in values)  # so close to a bound is on it
        inside = all(
            (least is None or value - least > near)
            and (greatest is None or greatest - value > near)
            for value in values
        )
        if not inside or (least is None and greatest is None):
            return cls("identity", bounds)
        both = least is not None and greatest is not None
        return cls("logit" if both else "log", bounds)

    @property
    def told(self) -> str:
        """The scale in words, with its formula."""
        words = {"log": "对数尺度（log）", "logit": "对数比尺度（logit）"}
        return words.get(self.name, "原尺度")

    @property
    def touches(self) -> bool:
        """Whether there are bounds that the scale does not keep by itself."""
        return self.name == "identity" and self.bounds != Bounds()

    def to(self, values: Array) -> Array:
        """Values on this scale."""
        least, greatest = self.bounds.least, self.bounds.greatest
        if self.name == "identity":
            return values
        if least is not None and greatest is not None:
            return np.log((values - least) / (greatest - values))
        if least is not None:
            return np.log(values - least)
        assert greatest is not None
        return -np.log(greatest - values)

    def back(self, values: Array) -> Array:
        """Values of this scale as they are published."""
        least, greatest = self.bounds.least, self.bounds.greatest
        if self.name == "identity":
            return np.clip(values, least, greatest) if self.touches else values
        with np.errstate(over="ignore"):
            if least is not None and greatest is not None:
                return least + (greatest - least) / (1 + np.exp(-values))
            if least is not None:
                return least + np.exp(values)
            assert greatest is not None
            return greatest - np.exp(-values)
