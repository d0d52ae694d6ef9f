"""From statistics to facts: an observation with its definition card, said as a plan would say it.

Settling and status take statements; an observation becomes one by its card (name, unit, kind,
frame), its region and its breakdown, and keeps the record of the dataset as its proof. Whether it
may be held against a target is decided by the same identity as for documents (``plans.indicator``;
``docs/semantics.md`` §5, §20.2): comparable, or another 口径 with each difference named. A series
without a card is not compared, nor is the record of a single enterprise.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol, cast

from jingwei.core import (
    Classification,
    Measure,
    Months,
    Observation,
    Period,
    Region,
    SeriesKey,
    Span,
    Statement,
    written_out,
)
from jingwei.monitor.facts import Known
from jingwei.plans.identification import identify_words, stem
from jingwei.plans.indicator import Indicator, clean_unit, identify
from jingwei.plans.wording import canonical, folded, term

_LAST_MONTH = 12
_MEASURES = {"share": "share", "growth": "growth", "flow": "flow"}
"""How a kind of card is called as a kind of statement; every other is a level."""
_PRICES = {"current": "现价", "constant": "可比价", "comparable": "可比价"}
"""The price base in the words of ``plans/wording.toml``."""


class Card(Protocol):
    """What of a definition card (``statistics.cards``) decides a comparison.

    key:        ``id@version``, as ``SeriesKey.card`` names it
    frame:      id of the population; ``Naming.frames`` gives its name
    price_base: none, current, constant or comparable; ``price_year`` of constant prices
    windows:    ``point`` is a stock at the end of its month, not an amount of the whole period
    adds_time, adds_regions, unified:  whether values add up; 统一核算 is never rolled up (§13.2)
    holder:     the office that holds it
    """

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def unit(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def frame(self) -> str: ...
    @property
    def denominator(self) -> str: ...
    @property
    def price_base(self) -> str: ...
    @property
    def price_year(self) -> int | None: ...
    @property
    def windows(self) -> tuple[str, ...]: ...
    @property
    def direction(self) -> str: ...
    @property
    def adds_time(self) -> bool: ...
    @property
    def adds_regions(self) -> bool: ...
    @property
    def unified(self) -> bool: ...
    @property
    def holder(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Naming:
    """What gives names to series: cards by key, regions by code, classifications by id, and the
    names of frames by id. ``home`` is the name of the region the plan speaks of.
    """

    cards: Mapping[str, Card]
    regions: Mapping[str, Region]
    classifications: Mapping[str, Classification]
    frames: Mapping[str, str] = field(default_factory=dict[str, str])
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
        card = self.cards.get(series.card)
        parts = (self.region(series.region), *(self.categories(series) or ()))
        return " ".join((*parts, card.name if card is not None else series.card))


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


def facts_of(
    observations: Iterable[Observation], naming: Naming, *, partial: bool = False
) -> list[Known]:
    """Aggregate observations as known statements, one for each name of the card.

    By default those that stand for whole years: years, spans of years, and stocks at the end of
    a year; a 1-N月累计 below 12 says nothing of a year (§12). ``partial`` adds 1-N月累计 and stocks
    at the end of other months, with their ``months``. Left out: series without a card or with
    unknown codes, and records of single enterprises.
    """
    found: list[Known] = []
    identities: dict[tuple[SeriesKey, int, str], Indicator] = {}  # the same for all times
    for each in observations:
        card = naming.cards.get(each.series.card)
        categories = naming.categories(each.series)
        if card is None or categories is None or each.series.entity:
            continue
        months = None if _whole(each.months, card) else each.months
        if months and not (partial and (is_point(card) or months.is_cumulative)):
            continue
        for order, name in enumerate((card.name, *card.aliases)):
            statement = _statement(each, card, name, categories, naming, order)
            of = (each.series, order, statement.unit)
            indicator = identities.get(of) if each.unit else None  # without a unit, 0.3 is a share
            if indicator is None:
                indicator = _indicator(identify(statement, naming.home), card, categories, naming)
                indicator = _placed(indicator, naming.region(each.series.region), naming.home)
                identities[of] = indicator
            found.append(
                Known(statement, indicator, row=each.evidence, months=months, stock=is_held(card))
            )
    return found


def identity(card: Card, naming: Naming, region: str = "") -> Indicator:
    """The indicator that a card measures, for the home region or another one by name."""
    named = identify_words(card.name, region or naming.home, card.unit, _measure(card), naming.home)
    return _indicator(named, card, (), naming)


def _measure(card: Card) -> Measure:
    return cast(Measure, _MEASURES.get(card.kind, "level"))


def source_of(observation: Observation) -> str:
    """How the source of an observation is named: dataset@vintage."""
    return f"{observation.evidence.dataset}@{observation.vintage.isoformat()}"


def dates_of(observations: Iterable[Observation]) -> dict[str, str]:
    """The day of publication by source, as ``settle`` takes the dates of documents."""
    return {source_of(each): each.vintage.isoformat() for each in observations}


def _statement(
    observation: Observation,
    card: Card,
    name: str,
    categories: Sequence[str],
    naming: Naming,
    order: int,
) -> Statement:
    """An observation in the words of a statement. Its span only gives it a place in an order."""
    months, series = observation.months, observation.series
    last = months.last_year
    period = Period.year(last) if is_point(card) else Period(months.first // 12, last)
    parts = " ".join((naming.region(series.region), *categories, name))
    quote = f"{parts} {months} {written_out(observation.value)}{observation.unit}"
    source = source_of(observation)
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
        measure=_measure(card),
        hedge="",
        base_year=None,
        rule="bridge.observation",
        section=(),
        evidence=Span(source, 0, 0, quote),
    )


def _whole(months: Months, card: Card) -> bool:
    if is_point(card) and months.last_month == _LAST_MONTH:
        return True
    return months.first % 12 == 0 and months.last % 12 == 11


def is_point(card: Card) -> bool:
    """Whether its values are stocks at the end of their months (时点)."""
    return "point" in card.windows


def is_held(card: Card) -> bool:
    """Whether its values are of what there is (存量), so that years differ and never add up: stocks
    and counts, unless the card says that its months add up."""
    return is_point(card) or (card.kind not in ("flow", "growth") and not card.adds_time)


def _placed(indicator: Indicator, region: str, home: str) -> Indicator:
    """The identity with the region of the row, where the words of the card stand in its place: the
    开发区单位土地产值 of one zone is not that of all zones (§13.3)."""
    named = {stem(region), stem(canonical(folded(region)))}
    if region == home or named & {stem(indicator.place), stem(indicator.field)}:
        return indicator
    return replace(indicator, field=region)


def _indicator(
    named: Indicator, card: Card, categories: Sequence[str], naming: Naming
) -> Indicator:
    """The identity with what the card says beyond its name: frame, denominator, price, part."""
    name, above = named.name, named.name.numerator
    if categories:
        part = term(canonical(folded("".join(categories))))
        above = replace(above, object=part.object, tail=part.tail, part=part.part)
    below = name.denominator
    if below is None and name.share and card.denominator:
        below = replace(term(canonical(folded(card.denominator))), whole="")
    population = naming.frames.get(card.frame, card.frame)
    frame = term(canonical(folded(population))).frame if population else ""
    if frame and not above.frame and (below is None or not below.frame):
        above = replace(above, frame=frame)
    price = name.price or _PRICES.get(card.price_base, "")
    subject = named.subject if not categories else "".join(categories) + named.subject
    return replace(
        named,
        subject=subject,
        name=replace(name, numerator=above, denominator=below, price=price),
        dimension=named.dimension or ("share" if clean_unit(card.unit) == "%" else ""),
    )
