"""Small counts: what chance alone may do to them.

A count of things scatters like its own square root (Poisson). Twice the difference of square roots
of neighbouring counts has about unit spread (Anscombe 1948, Biometrika 35), so one measure serves
for 0, 1, 12 and for 4000.
"""

import math

from jingwei.core import unit
from jingwei.statistics.intake import Figure

_FAR = 8.0
"""Scales from which a count is unusual; the same as for other values (§18.3)."""

_COUNTS = ("enterprise", "count")


def small_change(figure: Figure, expected: float, value: float) -> bool:
    """Whether a count of things may go from ``expected`` to ``value`` by itself."""
    word = unit(figure.unit)
    if word.dimension not in _COUNTS or word.factor != 1:
        return False
    if figure.card is not None and figure.card.kind != "count":
        return False
    if min(expected, value) < 0:
        return False
    return abs(2 * (math.sqrt(value + 0.375) - math.sqrt(expected + 0.375))) < _FAR
