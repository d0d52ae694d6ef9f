"""Where an indicator will stand in the target year if things go on as they did.

Simple methods, chosen by what they would have said in the past, with an interval as wide as their
errors were and a chance of reaching the target. Too few points get no interval rather than a narrow
one; breaks cut the sample; a forecast never turns a light green (``docs/semantics.md`` §23).
"""

from jingwei.monitor.forecast.bounds import Bounds
from jingwei.monitor.forecast.outlook import Forecast, Goal, Step, Tried, forecast
from jingwei.monitor.forecast.sample import Cut, Sample, sample, yearly

__all__ = [
    "Bounds",
    "Cut",
    "Forecast",
    "Goal",
    "Sample",
    "Step",
    "Tried",
    "forecast",
    "sample",
    "yearly",
]
