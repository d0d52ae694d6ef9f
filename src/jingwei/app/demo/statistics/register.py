"""The register of the fictional enterprises: who they are, when in the frame, what they make.

Enterprises enter the frame of those above the designated size (入规) and leave it (退规) at the
yearly verification: a year's December return still has those who leave, its annual report has
not. That is why the city had 2418 enterprises in December 2020 and 2391 in the annual report.

Output is in 千元, as enterprises report it. In each year, district and sector the enterprises of
the frame add up exactly to the output of the model.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jingwei.app.demo.model import City
from jingwei.app.demo.statistics.population import Population, populate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]
    Marks = NDArray[np.bool_]

THOUSAND_YUAN = 10_000  # 千元 in 0.1 亿元
TEN_BILLION = 10_000_000  # 千元 in 100 亿元
FLOOR = 21_000  # 千元, the least an enterprise of the frame makes in a year
NOT_MANUFACTURING = ("44", "45", "46")


@dataclass(frozen=True)
class Register:
    """All units: enterprises, then the branches that stand in another district than their owner.

    Arrays have one row a unit; yearly arrays one column a year from 2015.
    """

    city: City
    codes: tuple[str, ...]
    population: Population

    @cached_property
    def facts(self) -> dict[str, Any]:
        return declared()

    def frame(self, year: int, verified: bool = True) -> "Marks":
        """Who is in the frame: in the annual report, or before the verification (快报)."""
        who = self.population
        return (who.entry <= year) & ((year < who.leaves) if verified else (year <= who.leaves))

    def members(self, year: int, verified: bool = True) -> int:
        """Enterprises of the frame; a branch is no enterprise."""
        return int((self.frame(year, verified) & (self.population.owner < 0)).sum())

    @cached_property
    def output(self) -> "Whole":
        """Output of the frame by unit and year, 千元, as in the annual reports."""
        import numpy as np

        who = self.population
        found = np.zeros((who.count, len(self.city.years)), np.int64)
        for column, year in enumerate(self.city.years):
            frame = self.frame(year)
            for district, name in enumerate(self.city.districts):
                for sector, kind in enumerate(self.city.sectors):
                    cell = np.flatnonzero(
                        frame & (who.district == district) & (who.sector == sector)
                    )
                    total = round(10 * self.city.output(name, kind, year)) * THOUSAND_YUAN
                    found[cell, column] = self._cell(cell, column, total)
        return found

    def _cell(self, cell: "Whole", column: int, total: int) -> "Whole":
        """Large units as declared, a floor for the others, the rest by weight."""
        import numpy as np

        who, year = self.population, self.city.years[column]
        parts = np.full(len(cell), FLOOR, np.int64)
        large = np.flatnonzero(who.large[cell] >= 0)
        for place in large:
            anchors = who.anchors[int(who.large[cell[place]])]
            name = who.names[int(cell[place])]
            parts[place] = round(self.city.path(name, anchors, year) * 10) * THOUSAND_YUAN
        small = np.flatnonzero(who.large[cell] < 0)
        rest = total - int(parts.sum())
        if rest < 0 or not len(small):
            raise ValueError(f"cell of {year} too small for its enterprises: {rest}")
        parts[small] += share_out(rest, who.weights[cell[small], column])
        return parts

    @cached_property
    def before(self) -> "Whole":
        """Output of the year before entry, below the size: part of no frame, but a base."""
        import numpy as np

        who = self.population
        found = np.zeros((who.count, len(self.city.years)), np.int64)
        grown = np.flatnonzero((who.entry > self.city.years[0]) & ~who.opened)
        grown = grown[who.entry[grown] <= self.city.years[-1]]
        places = who.entry[grown] - self.city.years[0] - 1
        found[grown, places] = (who.small[grown] * 10).astype(np.int64)
        return found

    @cached_property
    def early(self) -> "Whole":
        """Output by unit and year as of the December return (快报); the last year has no other.

        One enterprise in twelve corrects its figure for the annual report.
        """
        import numpy as np

        who = self.population
        found = self.output.copy()
        changed = (who.corrects[:, : found.shape[1]] != 0) & (found > 0)
        changed[:, -1] = False
        found[changed] = np.rint(found[changed] * (1 + who.corrects[changed])).astype(np.int64)
        for column, year in enumerate(self.city.years[:-1]):
            leaving = who.leaves == year
            found[leaving, column] = (who.small[leaving] * 9).astype(np.int64)
        return found

    @cached_property
    def revenue(self) -> "Whole":
        return self._like_output("revenue", 0)

    @cached_property
    def tax(self) -> "Whole":
        return self._like_output("tax", 1)

    def _like_output(self, series: str, which: int) -> "Whole":
        import numpy as np

        found = np.zeros_like(self.output)
        for column, year in enumerate(self.city.years):
            total = round(10 * self.city.value(series, year)) * THOUSAND_YUAN
            bent = self.output[:, column] * self.population.bends[:, which]
            found[:, column] = share_out(total, bent)
        return found

    @cached_property
    def employees(self) -> "Whole":
        """Persons; value added above size over them is the productivity that was printed."""
        import numpy as np

        found = np.zeros_like(self.output)
        for column, year in enumerate(self.city.years):
            added, each = (self.city.value(key, year) for key in ("va_above", "productivity"))
            bent = np.sqrt(self.output[:, column]) * self.population.bends[:, 2]
            bent += self.output[:, column] / 4000
            found[:, column] = share_out(round(1e4 * added / each), bent)
        return found

    @cached_property
    def research(self) -> "Whole":
        """R&D in 千元; over the revenue of manufacturing it is the share that was printed."""
        import numpy as np

        found = np.zeros_like(self.output)
        makers = self.manufacturing
        for column, year in enumerate(self.city.years):
            revenue = self.revenue[:, column] * makers
            total = round(self.city.value("research", year) / 100 * int(revenue.sum()))
            bent = revenue * self.population.bends[:, 3]
            found[:, column] = share_out(total, bent)
        return found

    @cached_property
    def manufacturing(self) -> "Marks":
        import numpy as np

        return np.array(
            [not code.startswith(NOT_MANUFACTURING) for code in self.population.classes]
        )

    def counted(self, series: str, year: int) -> list[float]:
        """A series of the six districts, by place of the unit (在地)."""
        import numpy as np

        who, column = self.population, self.city.years.index(year)
        own = who.owner < 0
        amounts = {
            "enterprises": (self.frame(year) & own, 1),
            "ten_billion": (self.owned(self.revenue)[:, column] > TEN_BILLION, 1),
            "employees": (self.employees[:, column], 1),
            "revenue": (self.revenue[:, column], 1e5),
            "tax": (self.tax[:, column], 1e5),
            "research_expense": (self.research[:, column], 1e5),
        }
        amount, scale = amounts[series]
        sums = np.bincount(who.district, weights=amount, minlength=len(self.codes)) / scale
        return [float(round(each, 0 if scale == 1 else 2)) for each in sums]

    def owned(self, by_unit: "Whole") -> "Whole":
        """By enterprise: what its branches elsewhere make is added to the owner and theirs is 0."""
        found = by_unit.copy()
        for branch in self.population.branches:
            found[self.population.owner[branch]] += found[branch]
            found[branch] = 0
        return found


def share_out(total: int, weights: "Real") -> "Whole":
    """Split a whole number by weights, largest remainders first (as ``model.apportion``)."""
    import numpy as np

    exact = total * (weights / weights.sum())
    parts = np.floor(exact).astype(np.int64)
    order = np.argsort(parts - exact, kind="stable")
    parts[order[: total - int(parts.sum())]] += 1
    return parts


def declared() -> dict[str, Any]:
    """``register.toml``."""
    text = files("jingwei.app.demo.statistics").joinpath("register.toml").read_text("utf-8")
    return tomllib.loads(text)


def register(city: City, codes: Sequence[str]) -> Register:
    """The enterprises of a history of the city; ``codes`` are those of the districts in order."""
    return Register(city, tuple(codes), populate(city, declared(), codes))
