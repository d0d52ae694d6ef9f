"""The yearly truth of the fictional city: what its offices would know if nobody ever erred.

``economy.toml`` adds to the anchors of ``city.toml``; everything that the documents print stays
as they print it. A second seed draws another history between the same anchors.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

from jingwei.app.demo.model import City, apportion, city
from jingwei.app.demo.statistics.register import Register, register

Kind = Literal["level", "count", "share", "ratio", "growth", "index"]

COUNTED = ("enterprises", "revenue", "employees", "research_expense", "tax", "ten_billion")
"""Series of the districts that the register of enterprises counts."""
DERIVED = {
    "employees": ("规模以上工业平均用工人数", "人", 0),
    "research_expense": ("规模以上制造业企业研发经费支出", "亿元", 2),
    "tech_amount": ("技术改造投资", "亿元", 1),
    "ppi": ("工业生产者出厂价格指数", "上年=100", 1),
}
SHARES = frozenset("%")
COUNTS = frozenset({"家", "个", "台", "人"})


@dataclass(frozen=True)
class Economy:
    """City, districts and zone by year. Region codes are those of ``economy.toml``."""

    facts: dict[str, Any]
    city: City
    register: Register

    @cached_property
    def regions(self) -> dict[str, str]:
        """Code and name: the city, its six districts, the zone."""
        codes = self.facts["regions"]
        names = dict(zip(codes["districts"], self.city.districts, strict=True))
        zone = self.city.facts["zone"]["short"]
        return {codes["city"]: self.city.facts["city"], **names, codes["zone"]: zone}

    @property
    def whole(self) -> str:
        return self.facts["regions"]["city"]

    @property
    def zone(self) -> str:
        return self.facts["regions"]["zone"]

    @property
    def districts(self) -> tuple[str, ...]:
        return tuple(self.facts["regions"]["districts"])

    @cached_property
    def series(self) -> dict[str, tuple[str, str, int]]:
        """Every series of the city: name, unit, decimals."""
        found = {
            key: (each["name"], each["unit"], each["decimals"])
            for key, each in self.city.facts["series"].items()
        }
        found |= {key: (each["name"], "%", 1) for key, each in self.facts["growth"].items()}
        for key, each in self.city.facts["declines"].items():
            found[key] = (f"{each['name']}降低率", "%", 1)
        found["investment"] = (self.city.facts["flows"]["investment"]["name"], "亿元", 1)
        return found | DERIVED

    def kind(self, series: str) -> Kind:
        unit = self.series[series][1]
        if series in self.facts["growth"] or series in self.city.facts["declines"]:
            return "growth"
        if series == "ppi":
            return "index"
        if unit in SHARES:
            return "share"
        return "ratio" if "/" in unit else "count" if unit in COUNTS else "level"

    def value(self, series: str, region: str, year: int) -> float | None:
        """The final value as printed; None where the series does not reach so far."""
        if region == self.whole:
            return self._whole(series, year)
        if region == self.zone:
            return self._in_zone(series, year)
        return self._by_district(series, year).get(region)

    def known(self, series: str, year: int, day: date) -> float | None:
        """The city's value as it stood on ``day``: economic censuses revise value added."""
        value = self.value(series, self.whole, year)
        for census in self.facts["census"]:
            after = day >= census["day"]
            factors: dict[str, list[float]] = census.get("after" if after else "before", {})
            if value is not None and series in census["series"] and str(year) in factors:
                place: int = census["series"].index(series)
                value = round(value * factors[str(year)][place], self.series[series][2])
        return value

    def price(self, place: int, year: int) -> float | None:
        """Producer prices, the year before = 100; place 0 is the city, 1 to 6 its sectors."""
        row = self.facts["prices"].get(str(year))
        return None if row is None else row[place]

    def _whole(self, series: str, year: int) -> float | None:
        growth = self.facts["growth"] | self.city.facts["declines"] | self.city.facts["flows"]
        if series in growth:
            return growth[series]["years"].get(str(year))
        if series == "ppi":
            return self.price(0, year)
        if series == "tech_amount":
            whole = self._whole("investment", year)
            return None if whole is None else round(
                whole * self.city.value("tech_investment", year) / 100, 1
            )  # fmt: skip
        if series in ("employees", "research_expense", "ten_billion"):
            return round(sum(self._by_district(series, year).values()), 2)
        return self.city.value(series, year)

    def _in_zone(self, series: str, year: int) -> float | None:
        inside: dict[str, float] = self.city.facts["zone"]["inside"]
        if series == "output":
            return self.city.zone(year)
        if series == "productivity":
            added, staff = (self._in_zone(each, year) for each in ("va_above", "employees"))
            return round(1e4 * (added or 0) / staff, 1) if staff else None
        by_district = self._by_district(series, year)
        pairs = [
            (by_district[code], inside[name])
            for code, name in self.regions.items()
            if name in inside and code in by_district
        ]
        if not pairs:
            return None
        total = sum(value * part for value, part in pairs)
        if self.kind(series) not in ("level", "count"):
            total /= sum(part for _, part in pairs)
        return round(total, self.series[series][2])

    @cache  # noqa: B019  # one economy lives as long as the process
    def _by_district(self, series: str, year: int) -> dict[str, float]:
        city, names = self.city, self.city.districts
        if series == "output":
            values = [city.district(name, year) for name in names]
        elif series in COUNTED:
            values = self.register.counted(series, year)
        elif series == "output_all":
            small = round(10 * (city.value("output_all", year) - city.value("output", year)))
            parts = apportion(small, self._weights(series, year))
            values = [
                round(city.district(name, year) + part / 10, 1)
                for name, part in zip(names, parts, strict=True)
            ]
        elif series == "productivity":
            added, staff = (self._by_district(each, year) for each in ("va_above", "employees"))
            values = [round(1e4 * added[code] / staff[code], 1) for code in self.districts]
        elif series in self.facts["spread"]["parts"]:
            total, decimals = self._whole(series, year), self.series[series][2]
            if total is None:
                return {}
            parts = apportion(round(total * 10**decimals), self._weights(series, year))
            values = [part / 10**decimals for part in parts]
        elif series in self.facts["spread"]["around"]:
            values = self._around(series, year)
        else:
            values = []
        return dict(zip(self.districts, values, strict=False))

    def _weights(self, series: str, year: int) -> list[float]:
        """The output of the districts, bent by what is theirs and by the year."""
        return [
            self.city.district(name, year)
            * (1 + self.city.stream(series, name).uniform(-0.18, 0.18))
            * (1 + self.city.stream(series, name, year).uniform(-0.015, 0.015))
            for name in self.city.districts
        ]

    def _around(self, series: str, year: int) -> list[float]:
        whole = self._whole(series, year)
        if whole is None:
            return []
        width = {"growth": 1.6, "share": 0.04 * min(whole, 100 - whole)}
        reach = width.get(self.kind(series), 0.12 * whole)
        apart = [
            reach * self.city.stream(series, name).uniform(-1, 1)
            + reach * self.city.stream(series, name, year).uniform(-0.15, 0.15)
            for name in self.city.districts
        ]
        weights = [self.city.district(name, year) for name in self.city.districts]
        mean = sum(a * w for a, w in zip(apart, weights, strict=True)) / sum(weights)
        return [round(whole + each - mean, self.series[series][2]) for each in apart]

    def __hash__(self) -> int:
        return id(self)


@cache
def economy(seed: int | None = None) -> Economy:
    """The city's history; without a seed the one of the story."""
    text = files("jingwei.app.demo.statistics").joinpath("economy.toml").read_text("utf-8")
    facts = tomllib.loads(text)
    known = city().facts
    whole = City(
        known
        | {"seed": known["seed"] if seed is None else seed}
        | {"series": known["series"] | facts["series"]}
    )
    return Economy(facts, whole, register(whole, tuple(facts["regions"]["districts"])))
