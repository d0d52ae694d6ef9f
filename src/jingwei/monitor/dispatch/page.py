"""The one page of a month: its lines, its goals, its movers and its gaps."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jingwei.core import (
    InvalidRequest,
    Months,
    Observation,
    Period,
    Scope,
    SeriesKey,
    Statement,
    unit,
)
from jingwei.monitor.beside import Beside
from jingwei.monitor.bridge import Card, Naming, identity, is_held
from jingwei.monitor.dispatch.growth import Growth, growth, growth_cards, is_share
from jingwei.monitor.dispatch.needed import Needed, needed
from jingwei.monitor.dispatch.pulling import Pulls, movers, pulls
from jingwei.monitor.dispatch.returns import Return, returns
from jingwei.monitor.dispatch.values import Values
from jingwei.monitor.facts import Known, level_of, whole_window
from jingwei.monitor.offices import holder
from jingwei.monitor.placed import indicator_of
from jingwei.plans.amount import Readings, numbers, written
from jingwei.plans.indicator import Indicator, compare
from jingwei.plans.milestones import milestones

_FIRST = 2  # 1-2月 are published together


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator: the cumulative value, its growth, what was first published where it has been
    revised since, the goals of the year and what they still need, and who pulls. ``whole`` are its
    goals for several years together, which are no goals of the year; ``steps`` what the yearly
    milestone of such a total (§8) asks of the year, where no goal of the year is set."""

    series: SeriesKey
    name: str
    unit: str
    value: Observation
    first: Observation | None
    growth: Growth | None
    needed: tuple[Needed, ...]
    pulls: tuple[Pulls, ...]
    movers: Pulls | None
    whole: tuple[Statement, ...] = ()
    steps: tuple[Needed, ...] = ()


@dataclass(frozen=True, slots=True)
class Unseen:
    """A goal of the year without a monthly series, once, and the office that holds its figure."""

    target: Statement
    holder: str


@dataclass(frozen=True, slots=True)
class Page:
    """The dispatch of ``months`` for a region, as known on ``as_of``. ``silent`` are goals of the
    year for which no monthly series is known; ``disputes`` are those about values of the year."""

    months: Months
    region: str
    as_of: date
    lines: tuple[Line, ...]
    returns: tuple[Return, ...]
    silent: tuple[Unseen, ...]
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
    spans: Mapping[str, Period] | None = None,
    scope: Scope | None = None,
    names: Mapping[str, str] | None = None,
    due: date | None = None,
    count: int = 20,
    readings: Readings | None = None,
) -> Page:
    """The page of January to ``month`` for the region of code ``region``.

    observations: those known on ``as_of``, of all vintages or the newest only
    history:      earlier vintages: the first value of a month is shown beside a revised one
    goals:        targets of plans; those of the year are counted back to the months left, also those of
                  the districts and zones of the region
    spans:        years of the plans by document: what sums, compounds or rises over several years is
                  no goal of the year, even if its table prints the last year only (§21.3)
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
    # the rate of a level shown stands beside it; every other is a line of its own
    beside = {official[e.series.card] for e in shown if e.series.card in official}
    rates = [
        each
        for card in sorted(set(naming.cards) - beside)
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
    of_year = [g for g in goals if _annual(g, year, spans or {}, naming)]
    of_more = [g for g in goals if _spread(g, year, spans or {}, naming)]
    asked = {each.id: indicator_of(each, naming.home) for each in (*of_year, *of_more)}
    used: set[str] = set()
    lines: list[Line] = []

    def line(each: Observation, *, alone: bool = False) -> Line:
        card, code = naming.cards[each.series.card], each.series.region
        measured = identity(card, naming, naming.region(code))
        mine = [g for g in of_year if _speaks_of(asked[g.id], card, measured)]
        used.update(g.id for g in mine)
        so_far = growth(each.series, months, values, official, is_share(card))
        if card.kind == "growth":
            so_far = Growth(each.value, "official", (each.evidence,))
        factor, adds = unit(card.unit).factor, not is_held(card)
        asks = [
            needed(
                g, each.series, factor, months, values, so_far, card.holder, readings, adds=adds
            )
            for g in mine
        ]  # fmt: skip
        whole = tuple(g for g in of_more if _speaks_of(asked[g.id], card, measured))
        steps = [
            each_step
            for g in (whole if adds and not mine else ())
            if (step := _step(g, year, spans or {}, naming)) is not None
            and (each_step := needed(
                step, each.series, factor, months, values, so_far, card.holder, readings, adds=True
            )) is not None
        ]  # fmt: skip
        first = values.first.get((each.series, months))
        if first is not None and first.value == each.value:
            first = None  # published again, not revised
        no_parts = alone or is_share(card) or card.kind in ("ratio", "index", "growth")
        return Line(
            each.series, f"{naming.region(code)} {card.name}" if alone else card.name,
            card.unit, each, first, so_far, tuple(_once(asks)),
            () if no_parts else tuple(pulls(each.series, months, values, naming, _adds(card))),
            None if no_parts
            else movers(each.series, months, values, scope or Scope(), _named(names), count),
            whole, tuple(_once(_as_step(each_step, whole) for each_step in steps)),
        )  # fmt: skip

    lines += [line(each) for each in (*shown, *rates)]
    below = [code for code, each in sorted(naming.regions.items()) if each.within == region]
    for each in shown:
        for code in below:
            part = values.get(SeriesKey(each.series.card, code), months)
            if part is not None:
                told = line(part, alone=True)
                lines += [told] * bool(told.needed)
    here = [each.series.card for each in (*shown, *rates)]
    expected = [card for card in naming.cards if card in here or naming.cards[card].adds_regions]
    late = returns(months, values, naming, expected, due)
    silent = _unseen([g for g in of_year if g.id not in used], naming)
    return Page(months, naming.region(region), as_of, tuple(lines), tuple(late), silent)


def _annual(goal: Statement, year: int, spans: Mapping[str, Period], naming: Naming) -> bool:
    """Whether a target is one of the year itself, no total, fall or rise over more years."""
    single = goal.period.first == goal.period.last == year
    return goal.role == "target" and single and not _spread(goal, year, spans, naming)


def _spread(goal: Statement, year: int, spans: Mapping[str, Period], naming: Naming) -> bool:
    span = spans.get(goal.document, goal.period)
    window = whole_window(Known(goal, indicator_of(goal, naming.home)), span)
    several = window is not None and window.first < window.last
    return goal.role == "target" and several and window is not None and year in window.years


def _step(
    total: Statement, year: int, spans: Mapping[str, Period], naming: Naming
) -> Statement | None:
    """The amount of ``year`` on the path of a total over several years, as a goal of that year;
    None for what is no amount (a rate, a decline, words)."""
    indicator = indicator_of(total, naming.home)
    window = whole_window(Known(total, indicator), spans.get(total.document, total.period))
    if window is None or total.value is None or indicator.name.change or indicator.ratio:
        return None
    path = milestones(replace(total, measure="flow"), span=window)
    own = next(float(each.in_year) for each in path if each.year == year)
    op = ">=" if total.op == "+" else total.op
    return replace(total, op=op, value=own, period=Period.year(year))


def _as_step(asked: Needed, totals: Sequence[Statement]) -> Needed:
    """The same in words that say whose milestone it is: nobody set it as a goal of the year."""
    total = next(each for each in totals if each.id == asked.target.id)
    whole = f"期内合计{written(total)}，按年度路径（§8，非下达的年度目标）"
    zh = asked.zh.replace("全年目标", f"{whole}本年应完成", 1)
    zh = zh.replace("全年上限", f"{whole}本年上限", 1)
    en = f"by the yearly path (§8) of {written(total)} in all years, set by nobody: {asked.en}"
    return replace(asked, zh=zh, en=en)


def _once(asks: Iterable[Needed | None]) -> Iterator[Needed]:
    """What the goals of the year need, once for all places that ask the same."""
    found: dict[tuple[object, ...], Needed] = {}
    for ask in asks:
        if ask is None:
            continue
        rest = None if ask.rest is None else round(ask.rest, 6)
        key = (ask.kind, rest, ask.reached and _size(ask.target), ask.rate, ask.missing)
        first = found.get(key)
        if first is not None:
            again = (*first.evidence, ask.target.evidence)
            ask = replace(first, evidence=tuple(dict.fromkeys(again)))
        found[key] = ask
    yield from found.values()


def _size(target: Statement) -> tuple[float, float] | None:
    """The amount of a goal in base units: 8000亿元 and 0.8万亿元 are one."""
    return numbers(target, indicator_of(target).dimension)


def _unseen(goals: Sequence[Statement], naming: Naming) -> tuple[Unseen, ...]:
    found: dict[tuple[str, str], Unseen] = {}
    for each in goals:
        office = holder(indicator_of(each, naming.home), naming.home)
        found.setdefault((office, each.subject), Unseen(each, office))
    return tuple(found.values())


def _adds(card: Card) -> bool:
    return card.adds_regions and not card.unified


def _named(names: Mapping[str, str] | None) -> Callable[[str], str]:
    known = names or {}
    return lambda entity: known.get(entity, entity)


def _speaks_of(wanted: Indicator, card: Card, measured: Indicator) -> bool:
    """Whether a goal is of the indicator that the card measures in a region, or of its growth."""
    behind = wanted if card.kind == "growth" else level_of(wanted)
    return compare(behind, measured).comparable
