"""The one page of a month: its lines, its goals, its movers and its gaps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jingwei.core import InvalidRequest, Months, Observation, Scope, SeriesKey, Statement, unit
from jingwei.monitor.beside import Beside
from jingwei.monitor.bridge import Card, Naming, identity
from jingwei.monitor.dispatch.growth import Growth, growth, growth_cards
from jingwei.monitor.dispatch.needed import Needed, needed
from jingwei.monitor.dispatch.pulling import Pulls, movers, pulls
from jingwei.monitor.dispatch.returns import Return, returns
from jingwei.monitor.dispatch.values import Values
from jingwei.monitor.facts import level_of
from jingwei.monitor.placed import indicator_of
from jingwei.plans.amount import Readings
from jingwei.plans.indicator import compare

_FIRST = 2  # 1-2月 are published together


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator: the cumulative value, its growth, what was first published where it has been
    revised since, the goals of the year and what they still need, and who pulls."""

    series: SeriesKey
    name: str
    unit: str
    value: Observation
    first: Observation | None
    growth: Growth | None
    needed: tuple[Needed, ...]
    pulls: tuple[Pulls, ...]
    movers: Pulls | None


@dataclass(frozen=True, slots=True)
class Page:
    """The dispatch of ``months`` for a region, as known on ``as_of``. ``silent`` are goals of the
    year for which no monthly series is known; ``disputes`` are those about values of the year."""

    months: Months
    region: str
    as_of: date
    lines: tuple[Line, ...]
    returns: tuple[Return, ...]
    silent: tuple[Statement, ...]
    disputes: tuple[Beside, ...] = ()


def dispatch(
    observations: Sequence[Observation],
    naming: Naming,
    month: Months,
    region: str,
    *,
    as_of: date,
    history: Sequence[Observation] = (),
    goals: Sequence[Statement] = (),
    scope: Scope | None = None,
    names: Mapping[str, str] | None = None,
    due: date | None = None,
    count: int = 20,
    readings: Readings | None = None,
) -> Page:
    """The page of January to ``month`` for the region of code ``region``.

    observations: those known on ``as_of``, of all vintages or the newest only
    history:      earlier vintages: the first value of a month is shown beside a revised one
    goals:        targets of plans; those of the year are counted back to the months left
    scope:        what the reader may see (default: no single enterprise)
    names:        names of enterprises by entity
    due:          the day by which returns were due

    Raises InvalidRequest for January alone, and where the region has no value for these months.
    """
    if not month.is_month and not month.is_cumulative:
        raise InvalidRequest(
            f"“{month}”不是一个月；请写年-月，如2025-09", f"not a month: {month}; write 2025-09"
        )
    year, last = month.last_year, month.last_month
    if last < _FIRST:
        raise InvalidRequest(
            f"1月不单独发布，1—2月合并发布；请写{year}-02",
            f"January has no value of its own: January and February are one; write {year}-02",
        )
    months = Months.cumulative(year, last)
    values = Values.of(observations, as_of, history)
    shown = [
        each
        for card in sorted(naming.cards)
        if naming.cards[card].kind != "growth"
        for each in values.of_card(card, months)
        if each.series.region == region and not each.series.codes and not each.series.entity
    ]
    official = growth_cards(naming)
    rates = [
        each
        for card in sorted(set(naming.cards) - set(official.values()))
        if naming.cards[card].kind == "growth"
        for each in values.of_card(card, months)
        if each.series.region == region and not each.series.codes and not each.series.entity
    ]
    if not shown and not rates:
        raise InvalidRequest(
            f"{naming.region(region)}没有{months}的累计数；请先导入，或换一个月",
            f"there is no cumulative value of {months} for this region; import it, or name "
            "another month",
            where=region,
        )
    of_year = [g for g in goals if g.role == "target" and g.period.first == g.period.last == year]
    used: set[str] = set()
    lines: list[Line] = []
    for each in (*shown, *rates):
        card = naming.cards[each.series.card]
        mine = [g for g in of_year if _speaks_of(g, card, naming, region)]
        used |= {g.id for g in mine}
        so_far = growth(each.series, months, values, official)
        if card.kind == "growth":
            so_far = Growth(each.value, "official", (each.evidence,))
        asks = [
            needed(
                g,
                each.series,
                unit(card.unit).factor,
                months,
                values,
                so_far,
                card.holder,
                readings,
            )
            for g in mine
        ]
        lines.append(
            Line(
                each.series, card.name, card.unit, each,
                values.first.get((each.series, months)), so_far,
                tuple(ask for ask in asks if ask is not None),
                tuple(pulls(each.series, months, values, naming, _adds(card))),
                movers(each.series, months, values, scope or Scope(), _named(names), count),
            )
        )  # fmt: skip
    here = [each.series.card for each in (*shown, *rates)]
    expected = [card for card in naming.cards if card in here or naming.cards[card].adds_regions]
    late = returns(months, values, naming, expected, due)
    silent = tuple(g for g in of_year if g.id not in used)
    return Page(months, naming.region(region), as_of, tuple(lines), tuple(late), silent)


def _adds(card: Card) -> bool:
    return card.adds_regions and not card.unified


def _named(names: Mapping[str, str] | None) -> Callable[[str], str]:
    known = names or {}
    return lambda entity: known.get(entity, entity)


def _speaks_of(target: Statement, card: Card, naming: Naming, region: str) -> bool:
    """Whether a goal is of the card's indicator, or of its growth, and of this region."""
    wanted = indicator_of(target, naming.home)
    mine = identity(card, naming, naming.region(region))
    behind = wanted if card.kind == "growth" else level_of(wanted)
    return compare(behind, mine).comparable
