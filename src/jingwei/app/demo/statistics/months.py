"""Thirty-six months of the fictional enterprises, and growth on the same frame.

A month's return holds the enterprises that are in the frame that year. Its growth compares them
with what the *same* enterprises made a year before, as their annual reports have it, so that it
is not the ratio of two published levels: who entered is in both sides, who left is in neither.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from jingwei.app.demo.statistics.economy import Economy, economy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]
    Marks = NDArray[np.bool_]

PERIODS = tuple(range(2, 13))
"""Months up to which a year is counted: 1-2月 come together."""


def called(period: int) -> str:
    """``1-5月``."""
    return f"1-{period}月"


@dataclass(frozen=True)
class Monthly:
    """Cumulative output by unit, 千元; each cell of a district and sector is whole 万元."""

    economy: Economy

    @property
    def years(self) -> range:
        months = self.economy.facts["months"]
        return range(months["first"], months["last"] + 1)

    @cache  # noqa: B019  # one history lives as long as the process
    def shares(self, year: int) -> "Real":
        """(units, 12): the part of the year's output made by the end of each month."""
        import numpy as np

        register = self.economy.register
        who, shape = register.population, np.array(self.economy.facts["months"]["shape"])
        seed = self.economy.city.stream("months", year).getrandbits(32)
        draw = np.random.RandomState(seed)
        bent = shape * (1 + draw.uniform(-0.12, 0.12, (who.count, 12)))
        bent *= 1 + draw.uniform(-0.025, 0.025, 12)
        starts = np.where(who.opened & (who.entry == year), 3 + np.arange(who.count) % 8, 0)
        bent[np.arange(12) < starts[:, None]] = 0
        for row, each in who.shapes.items():
            if each["year"] == year:
                bent[row, each["from"] - 1 : each["to"]] *= each["factor"]
        return np.cumsum(bent, axis=1) / bent.sum(axis=1, keepdims=True)

    @cache  # noqa: B019
    def output(self, year: int) -> "Whole":
        """(units, 11): output from January to the end of each period, as returned then."""
        register = self.economy.register
        whole = register.early[:, register.city.years.index(year)]
        return self._whole_cells(whole, self.shares(year))

    @cache  # noqa: B019
    def base(self, year: int) -> "Whole":
        """(units, 11): the same enterprises a year before, from their annual reports."""
        register = self.economy.register
        column = register.city.years.index(year) - 1
        whole = register.output[:, column] + register.before[:, column]
        whole = whole * register.frame(year, verified=False)
        return self._whole_cells(whole, self.shares(year - 1))

    def _whole_cells(self, whole: "Whole", shares: "Real") -> "Whole":
        import numpy as np

        found = np.rint(whole[:, None] * shares).astype(np.int64)[:, 1:]
        for rows in self._groups:
            rest = found[rows].sum(axis=0) % 10
            largest = rows[np.argmax(found[rows, -1])]
            found[largest] -= rest
        return found

    @cached_property
    def _groups(self) -> list["Whole"]:
        """Units of one district and sector; who returns to the city is a group of its own."""
        import numpy as np

        who = self.economy.register.population
        key = (who.district * 10 + who.sector) * 2 + who.direct
        return [np.flatnonzero(key == each) for each in np.unique(key)]

    @cache  # noqa: B019
    def cells(self, year: int, base: bool = False) -> "Whole":
        """(districts, sectors, 2, 11) in 万元; of the third axis, 1 is returned to the city."""
        import numpy as np

        who = self.economy.register.population
        by_unit = self.base(year) if base else self.output(year)
        shape = (len(self.economy.districts), len(self.economy.city.sectors), 2, len(PERIODS))
        found = np.zeros(shape, np.int64)
        np.add.at(found, (who.district, who.sector, who.direct.astype(int)), by_unit)
        return found // 10

    def members(self, year: int, period: int) -> "Marks":
        """Enterprises in the frame of a month: a new plant from the month it opened."""
        import numpy as np

        register = self.economy.register
        who = register.population
        there = register.frame(year, verified=False) & (who.owner < 0)
        starts = np.where(who.opened & (who.entry == year), 4 + np.arange(who.count) % 8, 0)
        return there & (starts <= period)

    def added_value(self, region: int, year: int, period: int) -> float:
        """Growth of value added at comparable prices, cumulative; region 0 is the city.

        It ends at the published growth of the year.
        """
        economy = self.economy
        code = (economy.whole, *economy.districts)[region]
        final = economy.value("above_growth", code, year)
        assert final is not None
        before = economy.value("above_growth", code, year - 1) or final
        stream = economy.city.stream("above_growth", code, year, period)
        part = period / 12
        drift = (before - final) * 0.4 + stream.uniform(-1.2, 1.2)
        return round(final + (1 - part) * drift, 1)

    def spread(self, series: str, region: str, year: int, period: int) -> float:
        """Another flow of the year, cumulative, in its printed unit."""
        economy = self.economy
        whole = economy.value(series, region, year)
        assert whole is not None
        shape = economy.facts["months"]["shape"]
        bent = [
            share * (1 + economy.city.stream(series, region, year, month).uniform(-0.06, 0.06))
            for month, share in enumerate(shape)
        ]
        decimals = economy.series[series][2]
        return round(whole * sum(bent[:period]) / sum(bent), decimals)

    def __hash__(self) -> int:
        return id(self)


@cache
def monthly(seed: int | None = None) -> Monthly:
    return Monthly(economy(seed))
