"""Figures as families of like series, and how far each stands from what its kin lead to expect.

A family is one indicator in one kind of window: rows are its series (regions, breakdowns, or
enterprises), columns the periods. Values are taken as logarithms of the monthly average, or, where
negative values are usual or the unit is a percentage, as shares of the row's own size. What is
expected follows from a robust two-way fit (median polish, Tukey 1977, Exploratory Data Analysis,
ch. 11), less each row's own drift (median of its steps) and the median of its neighbours in time.
The scale is the median absolute deviation times 1.4826 (Hampel 1974, JASA 69).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jingwei.core import Months
from jingwei.statistics.intake import Figure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

FEWEST = 3
"""Periods or rows below which the two-way fit takes no column effects."""

FLOOR = 0.012
"""The least scale that is believed: a good forecast of a statistic errs by a per cent or so."""


def window_of(months: Months) -> str:
    """The kind of window: year, month, cumulative or other."""
    if months.is_year:
        return "year"
    if months.is_month:
        return "month"
    return "cumulative" if months.is_cumulative else "other"


@dataclass(slots=True)
class Family:
    """Series of one kind. ``index[row, column]`` is the number of the figure, -1 where none is.

    ``linear``: differences count, not ratios. ``size``: per row, what 1 stands for if linear.
    """

    name: str
    window: str
    members: list[tuple[str, tuple[tuple[str, str], ...], str, int]]
    periods: list[Months]
    index: Any
    linear: bool
    size: Any

    def taken(self, values: Sequence[float]) -> "Matrix":
        """The matrix of transformed values; NaN where there is none."""
        import numpy as np

        lengths = np.array([len(months) for months in self.periods], float)
        flat = np.array(values, float)
        x = np.where(self.index >= 0, flat[self.index], np.nan)
        if self.linear:
            return x / self.size[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(x != 0, np.log(np.abs(x)) - np.log(lengths)[None, :], np.nan)

    def transformed(self, value: float, row: int, column: int) -> float:
        """One value as ``taken`` has it; NaN for a zero logarithm."""
        import math

        if self.linear:
            return value / float(self.size[row])
        if value == 0:
            return math.nan
        return math.log(abs(value)) - math.log(len(self.periods[column]))

    def value_of(self, x: float, row: int, column: int) -> float:
        """The way back."""
        import math

        if self.linear:
            return x * float(self.size[row])
        return math.exp(min(x, 700)) * len(self.periods[column])


def families(figures: Sequence[Figure]) -> list[Family]:
    """All families of levels, in the order of their names."""
    groups: defaultdict[tuple[str, str, bool, str], list[int]] = defaultdict(list)
    for number, figure in enumerate(figures):
        if figure.op in ("=", "~"):
            series = figure.series
            key = f"{series[0]} {series[4]}"
            schemes = " ".join(scheme for scheme, _ in series[2])
            groups[key, window_of(figure.months), bool(series[3]), schemes].append(number)
    return [
        _family(f"{key} {'entity' if entity else ''}".strip(), window, numbers, figures)
        for (key, window, entity, _), numbers in sorted(groups.items())
    ]


def _family(name: str, window: str, numbers: list[int], figures: Sequence[Figure]) -> Family:
    import numpy as np

    numbers = sorted(numbers, key=lambda n: figures[n].place)
    times: defaultdict[tuple[object, Months], int] = defaultdict(int)
    which: dict[int, int] = {}
    for n in numbers:  # another file may print the same period again: a row of its own
        key = (figures[n].series, figures[n].months)
        which[n] = times[key]
        times[key] += 1
    members = sorted({(*figures[n].series[1:4], which[n]) for n in numbers})
    periods = sorted({figures[n].months for n in numbers}, key=lambda m: (m.last, -m.first))
    rows = {member: order for order, member in enumerate(members)}
    columns = {months: order for order, months in enumerate(periods)}
    index = np.full((len(members), len(periods)), -1, dtype=np.int64)
    for n in numbers:
        place = rows[*figures[n].series[1:4], which[n]], columns[figures[n].months]
        if index[place] < 0:
            index[place] = n
    values = np.array([figures[n].value for n in numbers])
    negative = float(np.mean(values < 0)) if len(values) else 0.0
    units = {figures[n].unit for n in numbers}
    linear = negative > 0.1 or units <= {"%", "个百分点", "‰"}
    size = np.ones(len(members))
    if linear and units.isdisjoint({"%", "个百分点", "‰"}):
        flat = np.array([figure.value for figure in figures])
        held = np.where(index >= 0, np.abs(flat[index]), np.nan)
        with np.errstate(all="ignore"):
            size = np.array([np.median(r[~np.isnan(r)]) for r in held])
        size = np.where(size > 0, size, 1.0)
    elif linear:
        size = np.full(len(members), 100.0)
    return Family(name, window, members, periods, index, linear, size)


@dataclass(slots=True)
class Fit:
    """How a family fits: ``base`` is what each cell is expected to be (transformed), ``scale`` per
    row, ``effects`` what all rows do in a period. NaN where nothing can be expected."""

    x: Any
    base: Any
    scale: Any
    effects: Any

    def off(self, row: int, column: int) -> float:
        return float(self.x[row, column] - self.base[row, column])

    def z(self, row: int, column: int, x: float | None = None) -> float:
        """Distance from the expected in scales; NaN where nothing is expected."""
        at = self.x[row, column] if x is None else x
        return float((at - self.base[row, column]) / self.scale[row])


def fitted(family: Family, values: Sequence[float]) -> Fit:
    """The robust fit of a family to the present values."""
    import numpy as np

    x = family.taken(values)
    rows, columns = int(x.shape[0]), int(x.shape[1])
    effects: Any = np.zeros(columns)
    with np.errstate(all="ignore"):
        level = median_along(x, 1)
        filled = np.sum(~np.isnan(x), axis=0)
        if rows >= FEWEST:
            for _ in range(4):
                step = median_along(x - level[:, None] - effects[None, :], 0)
                step = np.where((filled >= FEWEST) & ~np.isnan(step), step, 0.0)
                effects = effects + step
                level = median_along(x - effects[None, :], 1)
        effects = _carried_on(family, effects, filled)
        if family.window in ("month", "cumulative"):
            effects = _seasonal(family, x, level, effects, filled)
        e = x - effects[None, :]
        slope = _slopes(e)
        position: Any = np.arange(columns)
        flat: Any = e - slope[:, None] * position[None, :]
        near = _neighbours(flat)
        base: Any = near + slope[:, None] * position[None, :] + effects[None, :]
        off = x - base
        if rows > FEWEST:  # what all rows do alike in a period is no distance of one of them
            middle = median_along(off, 0)
            thick = np.sum(~np.isnan(off), axis=0) > FEWEST
            base = base + np.where(thick & ~np.isnan(middle), middle, 0.0)[None, :]
            off = x - base
        inner = np.abs(off[~np.isnan(off)])
        common = 1.4826 * float(np.median(inner)) if inner.size else np.nan
        own = 1.4826 * median_along(np.abs(off), 1)
        many = np.sum(~np.isnan(off), axis=1) >= 5
        floor = FLOOR if not family.linear else FLOOR / 4
        scale = np.where(many & (own > common), own, common)
        scale = np.maximum(np.nan_to_num(scale, nan=floor), floor)
    return Fit(x, base, scale, effects)


def median_along(x: "Matrix", axis: int) -> "Matrix":
    """Median of what is there along an axis, NaN where nothing is; sorting puts NaN last."""
    import numpy as np

    ordered: Any = np.sort(x, axis=axis)
    count: Any = np.expand_dims(np.sum(~np.isnan(x), axis=axis), axis)
    low: Any = np.take_along_axis(ordered, np.maximum((count - 1) // 2, 0), axis)
    high: Any = np.take_along_axis(ordered, np.minimum(count // 2, ordered.shape[axis] - 1), axis)
    middle: Any = np.where(count > 0, (low + high) / 2, np.nan)
    return np.squeeze(middle, axis)


def _carried_on(family: Family, effects: "Matrix", filled: "Matrix") -> "Matrix":
    """Effects of periods with too few rows, by the trend of those that have enough.

    The effects hold what all rows do, growth among it: a period for which only the city has
    reported is not expected to stand where the middle of the years stood.
    """
    import numpy as np

    thick: Any = np.flatnonzero(filled >= FEWEST)
    if len(thick) < 2 or len(thick) == len(effects):
        return effects
    at = np.array([months.last for months in family.periods], float)
    known: Any = effects[thick]
    times: Any = at[thick]
    steps: Any = np.diff(times)
    moving = steps > 0  # windows of different length may end in one month
    pace = float(np.median(np.diff(known)[moving] / steps[moving])) if np.any(moving) else 0.0
    interpolated: Any = np.interp
    between: Any = interpolated(at, times, known)
    before: Any = np.minimum(at - times[0], 0.0)
    after: Any = np.maximum(at - times[-1], 0.0)
    return np.where(filled >= FEWEST, effects, between + pace * (before + after))


def _seasonal(
    family: Family, x: "Matrix", level: "Matrix", effects: "Matrix", filled: "Matrix"
) -> "Matrix":
    """For periods with too few rows: what the same months do in other years."""
    import numpy as np

    thin = filled < FEWEST
    months = [(m.first % 12, m.last % 12) for m in family.periods]
    result = effects.copy()
    for key in set(months):
        same = np.array([each == key for each in months])
        if np.sum(same & thin) and np.sum(same) >= 2:
            season = median_along((x - level[:, None])[:, same].reshape(1, -1), 1)[0]
            if not np.isnan(season):
                result[same & thin] = season
    return result


def _slopes(e: "Matrix") -> "Matrix":
    """The median step of each row from one period to the next that it has."""
    import numpy as np

    zero: Any = np.zeros(int(e.shape[0]))
    if e.shape[1] < 4:
        return zero
    steps = np.diff(e, axis=1)
    enough = np.sum(~np.isnan(steps), axis=1) >= 3
    return np.where(enough, np.nan_to_num(median_along(steps, 1)), 0.0)


def _neighbours(flat: "Matrix") -> "Matrix":
    """For each cell the median of up to four nearest others of its row."""
    import numpy as np

    columns = int(flat.shape[1])
    if columns < 2:
        return np.full(flat.shape, np.nan)
    # the nearest dozen columns of every column, the earlier of two equally near first
    others = [
        sorted((c for c in range(columns) if c != column), key=lambda c: (abs(c - column), c))[:12]
        for column in range(columns)
    ]
    held: Any = flat[:, np.array(others)]
    present = ~np.isnan(held)
    nearest = np.where(present & (np.cumsum(present, axis=2) <= 4), held, np.nan)
    return median_along(nearest, 2)
