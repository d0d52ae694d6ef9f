"""Observations and definitions for tests, written as one would say them. All are fictional."""

from dataclasses import dataclass
from datetime import date

from jingwei.core import Category, Classification, Months, Observation, Region, Row, SeriesKey
from jingwei.monitor.bridge import Naming, facts_of

REGIONS = {
    "330100": Region("330100", "云溪市", "city"),
    "330102": Region("330102", "上河区", "district", "330100"),
    "330103": Region("330103", "下河区", "district", "330100"),
    "zone-1": Region("zone-1", "云溪经济技术开发区", "zone", "330100", ("330102",)),
}
CITY = "330100"


@dataclass(frozen=True)
class Definition:
    """A card, as far as monitoring asks."""

    key: str
    name: str
    unit: str
    kind: str = "stock"
    aliases: tuple[str, ...] = ()
    frame: str = ""
    denominator: str = ""
    price_base: str = "none"
    price_year: int | None = None
    windows: tuple[str, ...] = ("year",)
    direction: str = "more"
    adds_time: bool = False
    adds_regions: bool = False
    unified: bool = False
    holder: str = ""


def defines(name: str, unit: str = "", kind: str = "stock", **more) -> Definition:
    """A card whose key is ``name@1``, or as given."""
    return Definition(more.pop("key", f"{name}@1"), name, unit, kind, **more)


def seen(
    definition: Definition,
    value: float,
    when: str,
    *,
    region: str = CITY,
    op: str = "=",
    vintage: str = "",
    entity: str = "",
    origin: str = "public",
    codes: tuple[tuple[str, str], ...] = (),
    dataset: str = "统计年鉴",
    reason: str = "",
) -> Observation:
    """An observation, published by default on the first of March after its last month."""
    months = Months.parse(when)
    day = date.fromisoformat(vintage) if vintage else date(months.last_year + 1, 3, 1)
    series = SeriesKey(definition.key, region, codes, entity)
    row = Row(dataset, day.isoformat(), f"{definition.name} {region}{entity} {codes or ''} {when}")
    return Observation(series, months, value, definition.unit, day, origin, row, op, reason)


def naming(*definitions: Definition, home: str = "云溪市", classes=None) -> Naming:
    classifications = {}
    for scheme, names in (classes or {}).items():
        categories = {code: Category(code, name) for code, name in names.items()}
        classifications[scheme] = Classification(scheme, scheme, "", categories)
    cards = {each.key: each for each in definitions}
    return Naming(cards, REGIONS, classifications, {"above-scale": "规模以上工业"}, home)


def facts(definition: Definition, *pairs, **more):
    """Yearly facts of one series: (year, value) pairs."""
    observations = [seen(definition, value, str(when), **more) for when, value in pairs]
    return facts_of(observations, naming(definition))
