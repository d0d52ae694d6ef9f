"""The fictional city behind the demo: one seed, and every number of its documents from it.

``city.toml`` declares what the city published in its anchor years. This module draws what lies
between: the years between two anchors, and the output of each sector in each district. Parts
always add up to their whole, because the whole is split in tenths of 亿元 and none is lost.

Each quantity draws from a stream named after itself, so that a district, sector or series added
later leaves every older number as it was.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from random import Random
from typing import Any

WOBBLE = 0.012  # half-width of the yearly deviation from a smooth path, relative
SPLIT_WOBBLE = 0.04  # the same for the weight of one district in one sector


@dataclass(frozen=True)
class City:
    """The declared facts and the values drawn from the seed.

    Money is 亿元 at current prices; output is that of enterprises above the designated size.
    """

    facts: dict[str, Any]

    @property
    def seed(self) -> int:
        return self.facts["seed"]

    @property
    def years(self) -> range:
        return range(self.facts["first"], self.facts["last"] + 1)

    @property
    def districts(self) -> tuple[str, ...]:
        return tuple(district["name"] for district in self.facts["district"])

    @property
    def sectors(self) -> tuple[str, ...]:
        return tuple(sector["name"] for sector in self.facts["sector"])

    def value(self, series: str, year: int) -> float:
        """A series in a year, rounded as its office prints it."""
        declared = self.facts["series"][series]
        return round(self.path(series, declared["anchors"], year), declared["decimals"])

    def sector(self, name: str, year: int) -> float:
        """Output of a sector; the last sector is what the others leave of the city's total."""
        if name == self.sectors[-1]:
            others = sum(self.sector(other, year) for other in self.sectors[:-1])
            return round(self.value("output", year) - others, 1)
        declared = next(each for each in self.facts["sector"] if each["name"] == name)
        return round(self.path(name, declared["anchors"], year), 1)

    def output(self, district: str, sector: str, year: int) -> float:
        """Output of one sector in one district."""
        return self._split(sector, year)[self.districts.index(district)] / 10

    def district(self, name: str, year: int) -> float:
        """Output of a district, all sectors; the six districts add up to the city."""
        return round(sum(self.output(name, sector, year) for sector in self.sectors), 1)

    def zone(self, year: int) -> float:
        """Output on the ground of the zone: part of two districts, never added to the six."""
        inside: dict[str, float] = self.facts["zone"]["inside"]
        return round(sum(self.district(name, year) * part for name, part in inside.items()), 1)

    def flow(self, name: str, first: int, last: int) -> float:
        """A flow summed over the years ``first`` to ``last``, both included."""
        years: dict[str, float] = self.facts["flows"][name]["years"]
        return round(sum(years[str(year)] for year in range(first, last + 1)), 1)

    def yearly_declines(self, name: str, first: int, last: int) -> tuple[float, ...]:
        """The yearly declines in per cent, as published."""
        years: dict[str, float] = self.facts["declines"][name]["years"]
        return tuple(years[str(year)] for year in range(first, last + 1))

    def decline(self, name: str, first: int, last: int) -> float:
        """Per cent by which a unit consumption fell over the years: 1 − ∏(1 − d), not a sum."""
        left = 1.0
        for rate in self.yearly_declines(name, first, last):
            left *= 1 - rate / 100
        return round(100 * (1 - left), 1)

    def stream(self, *name: object) -> Random:
        """The random numbers of one quantity, named; other names never move them."""
        # A str seed is hashed with SHA-512, the same on every Python.
        return Random("/".join(map(str, (self.seed, *name))))  # noqa: S311

    def path(self, name: str, anchors: dict[str, float], year: int) -> float:
        """Exact at an anchor; between two anchors geometric, with a drawn deviation."""
        known = {int(anchor): value for anchor, value in anchors.items()}
        if year in known:
            return known[year]
        before = max(anchor for anchor in known if anchor < year)
        after = min(anchor for anchor in known if anchor > year)
        part = (year - before) / (after - before)
        smooth = known[before] ** (1 - part) * known[after] ** part
        return smooth * (1 + self.stream(name, year).uniform(-WOBBLE, WOBBLE))

    def _split(self, sector: str, year: int) -> tuple[int, ...]:
        """Output of a sector over the districts, in tenths of 亿元."""
        if (sector, year) not in self._splits:
            self._splits[sector, year] = self._drawn(sector, year)
        return self._splits[sector, year]

    @cached_property
    def _splits(self) -> dict[tuple[str, int], tuple[int, ...]]:
        return {}

    def _drawn(self, sector: str, year: int) -> tuple[int, ...]:
        declared = next(each for each in self.facts["sector"] if each["name"] == sector)
        first, last = self.years[0], self.years[-1]
        part = (year - first) / (last - first)
        weights: list[float] = []
        for district, start, end in zip(
            self.districts, declared["weights"]["first"], declared["weights"]["last"], strict=True
        ):
            stream = self.stream(sector, district, year)
            wobble = 1 + stream.uniform(-SPLIT_WOBBLE, SPLIT_WOBBLE)
            weights.append((start + (end - start) * part) * wobble)
        return apportion(round(10 * self.sector(sector, year)), weights)


def apportion(total: int, weights: Iterable[float]) -> tuple[int, ...]:
    """Split an integer by weights so that the parts add up to it (largest remainder)."""
    listed = list(weights)
    exact = [total * weight / sum(listed) for weight in listed]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return tuple(parts)


@cache
def city() -> City:
    """The one city of the demo."""
    text = files("jingwei.app.demo").joinpath("city.toml").read_text("utf-8")
    return City(tomllib.loads(text))
