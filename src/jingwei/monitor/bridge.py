"""From statistics to facts: an observation with its definition card, said as a plan would say it.

Settling and status take statements; an observation becomes one by its card (name, unit, kind,
frame), its region and its breakdown, and keeps the record of the dataset as its proof. Whether it
may be held against a target is decided by the same identity as for documents (``plans.indicator``;
``docs/semantics.md`` §5, §20.2): comparable, or another 口径 with each difference named. A series
without a card is not compared, nor is the record of a single enterprise.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from jingwei.core import Classification, Observation, Period, Region, SeriesKey, Span, Statement
from jingwei.monitor.facts import Known
from jingwei.plans.indicator import Indicator, clean_unit, identify
from jingwei.plans.wording import canonical, folded, term

Kind = Literal["level", "share", "growth", "flow", "reduction", "index"]
_LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class Definition:
    """What a version of a definition card (口径卡) says that decides a comparison.

    card:         ``id@version``, as ``SeriesKey.card`` names it
    name:         as statisticians say it; ``aliases`` are other official names
    frame:        population, where the name does not say it (规模以上 …)
    denominator:  of a share or ratio, where the name does not say it
    price:        现价, 可比价 …, "" where it plays no part
    point:        a stock at the end of its month (时点), not an amount of the whole period
    over_time, over_regions:  whether values add up
    one_system:   统一核算: never rolled up from parts (§13.2)
    holder:       the office that holds it, "" where the card does not say
    """

    card: str
    name: str
    unit: str
    kind: Kind = "level"
    aliases: tuple[str, ...] = ()
    frame: str = ""
    denominator: str = ""
    price: str = ""
    point: bool = False
    over_time: bool = False
    over_regions: bool = False
    one_system: bool = False
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Naming:
    """What gives names to series: definitions by card, regions by code, classifications by id.

    ``home`` is the name of the region the plan speaks of.
    """

    definitions: Mapping[str, Definition]
    regions: Mapping[str, Region]
    classifications: Mapping[str, Classification]
    home: str = ""

    def region(self, code: str) -> str:
        known = self.regions.get(code)
        return known.name if known is not None else code

    def categories(self, series: SeriesKey) -> tuple[str, ...] | None:
        """The names of the breakdown, None where a classification or code is not known."""
        found: list[str] = []
        for scheme, code in series.codes:
            edition = self.classifications.get(scheme)
            if edition is None or code not in edition.categories:
                return None
            found.append(edition.categories[code].name)
        return tuple(found)

    def told(self, series: SeriesKey) -> str:
        """A series in words: 锦塘区 汽车制造业 规模以上工业总产值."""
        definition = self.definitions.get(series.card)
        parts = (self.region(series.region), *(self.categories(series) or ()))
        return " ".join((*parts, definition.name if definition is not None else series.card))


def known_on(observations: Iterable[Observation], day: date | None) -> list[Observation]:
    """Of each series and period the values of its newest vintage on or before ``day``.

    Two different values of one vintage are both kept: they are shown as a conflict, and neither
    wins silently. None is no limit. In the order of series and time.
    """
    newest: dict[tuple[SeriesKey, object], date] = {}
    published = [each for each in observations if day is None or each.vintage <= day]
    for each in published:
        key = (each.series, each.months)
        newest[key] = max(newest.get(key, each.vintage), each.vintage)
    kept = {
        (each.series, each.months, each.value, each.op): each
        for each in sorted(published, key=lambda one: one.evidence.key, reverse=True)
        if each.vintage == newest[each.series, each.months]
    }
    return sorted(kept.values(), key=lambda one: (one.series, one.months, one.value, one.op))


def yearly(observations: Iterable[Observation], naming: Naming) -> Iterator[Observation]:
    """Those that stand for whole years: years, spans of years, and stocks at the end of a year.

    A 1-N月累计 below 12 and a single month of a flow say nothing of a year (§12).
    """
    for each in observations:
        definition = naming.definitions.get(each.series.card)
        months = each.months
        whole = months.first % 12 == 0 and months.last % 12 == 11
        at_end = definition is not None and definition.point
        if whole or (at_end and months.last_month == _LAST_MONTH):
            yield each


def facts_of(
    observations: Iterable[Observation], naming: Naming, home: str | None = None
) -> list[Known]:
    """Aggregate observations of whole years as known statements, one for each name of the card.

    ``home`` is the region of the plan (default: that of ``naming``). Left out: series without a
    card or with unknown codes, and records of single enterprises.
    """
    own = naming.home if home is None else home
    found: list[Known] = []
    for each in yearly(observations, naming):
        definition = naming.definitions.get(each.series.card)
        categories = naming.categories(each.series)
        if definition is None or categories is None or each.series.entity:
            continue
        for order, name in enumerate((definition.name, *definition.aliases)):
            statement = _statement(each, definition, name, categories, naming, order)
            indicator = _indicator(identify(statement, own), definition, categories)
            found.append(Known(statement, indicator, row=each.evidence))
    return found


def source_of(observation: Observation) -> str:
    """How the source of an observation is named: dataset@vintage."""
    return f"{observation.evidence.dataset}@{observation.vintage.isoformat()}"


def dates_of(observations: Iterable[Observation]) -> dict[str, str]:
    """The day of publication by source, as ``settle`` takes the dates of documents."""
    return {source_of(each): each.vintage.isoformat() for each in observations}


def _statement(
    observation: Observation,
    definition: Definition,
    name: str,
    categories: Sequence[str],
    naming: Naming,
    order: int,
) -> Statement:
    """An observation in the words of a statement. Its span only gives it a place in an order."""
    months, series = observation.months, observation.series
    last = months.last_year
    period = Period.year(last) if definition.point else Period(months.first // 12, last)
    parts = " ".join((naming.region(series.region), *categories, name))
    quote = f"{parts} {months} {observation.value:.10g}{observation.unit}"
    source = source_of(observation)
    measure = "level" if definition.kind == "index" else definition.kind
    return Statement(
        id=f"{series}/{months}" + (f"/{order}" if order else ""),
        document=source,
        quote=quote,
        subject=name,
        scope=naming.region(series.region),
        role="observation",
        op=observation.op,
        value=observation.value,
        low=None,
        high=None,
        unit=observation.unit,
        period=period,
        attr=None,
        kind="stat",
        text=None,
        measure=measure,
        hedge="",
        base_year=None,
        rule="bridge.observation",
        section=(),
        evidence=Span(source, 0, 0, quote),
    )


def _indicator(named: Indicator, definition: Definition, categories: Sequence[str]) -> Indicator:
    """The identity with what the card says beyond its name: frame, denominator, price, part."""
    name, above = named.name, named.name.numerator
    if categories:
        part = term(canonical(folded("".join(categories))))
        above = replace(above, object=part.object, tail=part.tail, part=part.part)
    frame = term(canonical(folded(definition.frame))).frame if definition.frame else ""
    if frame and not above.frame:
        above = replace(above, frame=frame)
    below = name.denominator
    if below is None and definition.denominator:
        below = term(canonical(folded(definition.denominator)))
    price = name.price or _price(definition.price)
    subject = named.subject if not categories else "".join(categories) + named.subject
    return replace(
        named,
        subject=subject,
        name=replace(name, numerator=above, denominator=below, price=price),
        dimension=named.dimension or ("share" if clean_unit(definition.unit) == "%" else ""),
    )


def _price(written: str) -> str:
    """The price base in the words of ``plans/wording.toml``: 2020年价 is a constant price."""
    if not written:
        return ""
    return "现价" if any(word in written for word in ("现", "当年")) else "可比价"
