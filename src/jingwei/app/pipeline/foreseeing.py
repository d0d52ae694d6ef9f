"""Forecasts from the store: of an indicator, or of a target on its own 口径, to the target's year."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from jingwei.app.pipeline import statistics
from jingwei.app.pipeline.indicators import (
    Kept,
    cards_like,
    cards_named,
    kept,
    not_held,
    region_named,
)
from jingwei.app.reports.evaluation import Outlook
from jingwei.core import InvalidRequest, Observation, Scope, Statement, plain, unit, written_out
from jingwei.monitor.bridge import identity, known_on
from jingwei.monitor.facts import level_of
from jingwei.monitor.status import Standing
from jingwei.plans.amount import Readings, goal
from jingwei.plans.indicator import compare, identify, wanted

if TYPE_CHECKING:
    from jingwei.app.pipeline.evaluating import Near
    from jingwei.app.pipeline.explaining import OnCard
    from jingwei.app.pipeline.library import Library
    from jingwei.monitor.bridge import Card
    from jingwei.monitor.forecast import Bounds, Forecast, Goal

_LEVELS = ("level", "share")


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A forecast from the store: what it learnt from, what it was held against, what is to be said."""

    kept: Kept
    target: Statement | None
    forecast: "Forecast"
    remarks: tuple[tuple[str, str], ...]

    def record(self, holder: str = "") -> dict[str, Any]:
        """As JSON prints it: the forecast, its verdict, the series, the target."""
        from jingwei.app.pipeline.records import target_record

        return plain(self.forecast) | {
            "verdict": plain(self.forecast.verdict(holder or self.kept.card.holder or "统计部门")),
            "series": self.kept.record(),
            "target": target_record(self.target)["target"] if self.target else None,
            "remarks": [zh for zh, _ in self.remarks],
        }


def foresee(
    library: "Library",
    written: str,
    as_of: date,
    *,
    region: str = "",
    year: int | None = None,
    aim: "Goal | None" = None,
    bounds: "Bounds | None" = None,
) -> Foreseen:
    """Forecast an indicator, or a target by its id or words of its name.

    To the year of the target unless ``year`` names one; ``aim`` stands for the target's goal,
    ``bounds`` for those of the card. Raises InvalidRequest where nothing, or more than one thing,
    is meant, and where nothing is held.
    """
    from jingwei.monitor.forecast import Bounds, forecast, sample, yearly

    held, target = _meant(library, written, as_of, region)
    remarks: list[tuple[str, str]] = []
    if target is None and (year is None or aim is None):
        target = _only_target(library, held, year)
    if year is None and target is None:
        raise InvalidRequest(
            f"没有还在期内、口径相同的目标，不知道外推到哪一年；请用 --year（已有数到{_last(held)}年）",
            f"no running target on the same definition tells the year; use --year (known to {_last(held)})",
            where=held.card.key,
        )
    end = year if year is not None else (target.period.last if target else 0)
    if aim is None and target is not None:
        aim, told = _aim(target, held, end)
        remarks += told
    by_year, evidence = yearly(held.values)
    remarks += _older(library, held)
    low, high = _limits(held.card)
    made = forecast(
        held.card.name, sample(by_year, None, evidence), end,
        unit=held.card.unit, bounds=bounds or Bounds(low, high), goal=aim,
    )  # fmt: skip
    used = range(made.sample[0], made.sample[1] + 1)
    learnt = tuple(each for each in held.values if each.months.last_year in used)
    return Foreseen(replace(held, values=learnt), target, made, tuple(remarks))


def _last(held: Kept) -> int:
    return max(each.months.last_year for each in held.values)


def _meant(
    library: "Library", written: str, as_of: date, region: str
) -> tuple[Kept, Statement | None]:
    """The series that is meant; the target too where it was named by id or words of its name."""
    targets = [
        (held, each)
        for held in library.documents
        for each in held.statements
        if each.role == "target" and each.kind == "stat"
    ]
    found = [pair for pair in targets if pair[1].id == written]
    if not found and not cards_like(library.workspace, written):
        found = [pair for pair in targets if written in pair[1].subject]
        if len(found) > 1:
            listed = "；".join(
                f"{each.id} {each.subject}（{each.period}，{held.name}）" for held, each in found
            )
            raise InvalidRequest(
                f"有{len(found)}个目标，请写编号：{listed}",
                f"{len(found)} targets are meant; write the id of one: {listed}",
                where=written,
            )
    if not found:
        cards_named(library.workspace, written, {each.subject for _, each in targets})
        return kept(library.workspace, written, as_of, region=region, years=True), None
    (document, target) = found[0]
    return _series_of(library, document.region, target, as_of, region), target


def _series_of(library: "Library", home: str, target: Statement, as_of: date, region: str) -> Kept:
    """The yearly series on the target's own 口径; in another region where one is named."""
    from jingwei.app.pipeline.explaining import cards_near

    workspace = library.workspace
    names = statistics.naming(workspace, home)
    seen = statistics.history(workspace, Scope(), as_of)
    near = list(cards_near(home, target, names, seen))
    fitting = [each for each in near if each.comparison.comparable and not each.of_level]
    fitting = fitting or [each for each in near if each.of_level]
    if not fitting:
        listed = "；".join(_differing(each) for each in near[:3]) or "无"
        raise InvalidRequest(
            f"没有与目标“{target.subject}”同一口径的口径卡，不能外推；相近的：{listed}",
            f"no card is on the definition of the target {target.subject}; near it: {listed}",
            where=target.id,
        )
    place = region or identify(target, home).place
    for each in fitting:
        if region:
            return kept(workspace, each.card.key, as_of, region=region, years=True)
        years = known_on((one for one in each.values if one.months.is_year), as_of)
        if years:
            there = region_named(workspace, years[0].series.region, names)
            return Kept(cards_named(workspace, each.card.key)[0], there, as_of, tuple(years))
    card = cards_named(workspace, fitting[0].card.key)[0]
    raise not_held(card, f"{place or names.home}的年度数")


def _differing(near: "OnCard") -> str:
    told = "、".join(map(str, near.comparison.differences))
    return f"{near.card.name}（{told}）" if told else near.card.name


def _only_target(library: "Library", held: Kept, year: int | None) -> Statement | None:
    """The running target on the same 口径 for the same region; None where there is none.

    Raises InvalidRequest where several differ: one must be chosen by its id.
    """
    names = statistics.naming(library.workspace)
    mine = identity(held.card, names, held.region.name)
    last = _last(held)
    found: dict[tuple[int, str], Statement] = {}
    for document in library.documents:
        for each in document.statements:
            if each.role != "target" or each.kind != "stat" or each.measure not in _LEVELS:
                continue
            if each.period.last <= last or year not in (None, each.period.last):
                continue
            if compare(level_of(identify(each, document.region)), mine).comparable:
                aim = _goal(each, held.card.unit) if each.op != "qual" else None
                found.setdefault((each.period.last, str(aim)), each)
    if len(found) > 1:
        listed = "；".join(
            f"{each.id} {each.subject} {each.quote}（{each.document}）" for each in found.values()
        )
        raise InvalidRequest(
            f"有{len(found)}个不同的目标，请写编号，或用 --year 和 --target：{listed}",
            f"{len(found)} different targets; write the id of one, or give --year and --target: {listed}",
            where=held.card.key,
        )
    return next(iter(found.values()), None)


def _aim(target: Statement, held: Kept, end: int) -> "tuple[Goal | None, list[tuple[str, str]]]":
    """The goal of a target, and why it is none where the two cannot be held against each other."""
    if end != target.period.last:
        return None, [(
            f"目标是{target.period}年的，外推到{end}年，不给达到的可能性",
            f"the target is of {target.period}, the forecast of {end}: no chance of reaching it",
        )]  # fmt: skip
    if target.op == "qual" or (target.value is None and target.low is None):
        return None, [(
            f"目标“{target.quote}”没有写数，不给达到的可能性",
            f"the target states no number ({target.quote}): no chance of reaching it",
        )]  # fmt: skip
    place = identify(target).place
    if target.measure not in _LEVELS or (place and place != held.region.name):
        return None, [(
            f"目标“{target.quote}”不是{held.region.name}这一年的水平，不给达到的可能性",
            f"the target is no level of {held.region.name} in that year: no chance of reaching it",
        )]  # fmt: skip
    return _goal(target, held.card.unit), []


def _older(library: "Library", held: Kept) -> Iterator[tuple[str, str]]:
    """Other versions of the card with values: another 口径, never joined."""
    for each in cards_like(library.workspace, held.card.id):
        if each.key != held.card.key and (each.valid_from or 0) < (held.card.valid_from or 0):
            yield (
                f"{held.card.valid_from}年起换了口径，之前的（{each.key}：{each.coverage}）不接在一起",
                f"another definition holds from {held.card.valid_from}; {each.key} is not joined to it",
            )


def outlooks_of(standings: Sequence[Standing], near: "Near") -> list[Outlook]:
    """The forecasts of the targets whose year is still to come and whose level has a series."""
    found: list[Outlook] = []
    for each in standings:
        target = each.target
        if each.same_as or each.question == "final" or target.measure not in _LEVELS:
            continue
        made = (_outlook(target, on.card, on.values) for on in near.cards(target))
        first = next((one for one in made if one is not None), None)
        if first is not None:
            found.append(first)
    return found


def unforeseen_of(standings: Sequence[Standing], near: "Near") -> list[tuple[Statement, str]]:
    """The targets still running that ``outlooks_of`` leaves out, each with its reason."""
    from jingwei.monitor.forecast import yearly

    found: list[tuple[Statement, str]] = []
    for each in standings:
        target = each.target
        if each.same_as or each.question == "final":
            continue
        if target.measure not in _LEVELS:
            found.append((target, "目标是增量、倍数、累计、增速或文字，不是某一年的水平，不作外推"))
            continue
        on = near.cards(target)
        years = [yearly(one.values)[0] for one in on]
        if not on:
            found.append((target, "没有同口径的口径卡"))
        elif not any(years):
            found.append((target, "没有入库的年度数"))
        elif not any(known and max(known) < target.period.last for known in years):
            found.append((target, "目标年的数已经有了"))
    return found


def _outlook(target: Statement, card: "Card", values: Sequence[Observation]) -> Outlook | None:
    """None where no year is known, or the target's own year is."""
    from jingwei.monitor.forecast import Bounds, forecast, sample, yearly

    by_year, evidence = yearly(values)
    if not by_year or max(by_year) >= target.period.last:
        return None
    low, high = _limits(card)
    try:
        made = forecast(
            target.subject, sample(by_year, None, evidence), target.period.last,
            unit=card.unit, bounds=Bounds(low, high), goal=_goal(target, card.unit),
        )  # fmt: skip
    except InvalidRequest as fault:
        proof = tuple(evidence[year] for year in sorted(evidence))
        return Outlook(target, "", "", "", "", (fault.zh,), proof, ())
    ends = made.low is not None and made.high is not None
    return Outlook(
        target,
        point="" if made.point is None else f"{written_out(made.point, 4)}{card.unit}",
        interval=f"{written_out(made.low, 4)}—{written_out(made.high, 4)}" if ends else "",
        chance="" if made.probability is None else _percent(made.probability),
        method=made.method,
        reasons=(*(zh for zh, _ in made.reasons), *_strict(target, made.probability)),
        evidence=made.evidence,
        missing=made.verdict(card.holder or "统计部门").missing,
    )


def _strict(target: Statement, chance: float | None) -> tuple[str, ...]:
    """Says which reading a chance is of, where the target has more than one."""
    indicator = identify(target)
    several = len(goal(target, indicator.dimension, wanted(indicator), Readings())) > 1
    return ("可能性按从严的读法",) if several and chance is not None else ()


def _limits(card: "Card") -> tuple[float | None, float | None]:
    """What the card says a value can be at all; nothing where it says nothing."""
    return getattr(card, "low", None), getattr(card, "high", None)


def _goal(target: Statement, unit_: str) -> "Goal | None":
    """The strictest reading of the target in the unit of the card; None for words."""
    from jingwei.monitor.forecast import Goal

    indicator = identify(target)
    aims = goal(target, indicator.dimension, wanted(indicator), Readings())
    if not aims or target.op in ("+", "-", "x"):
        return None
    interval, factor = aims[0].interval, unit(unit_).factor
    if not math.isinf(interval.low):
        return Goal(">=", interval.low / factor)
    return Goal("<=", interval.high / factor)


def _percent(share: float) -> str:
    """No forecast is certain: below 1 % and above 99 % only that is said."""
    return "<1%" if share < 0.01 else ">99%" if share > 0.99 else f"{100 * share:.0f}%"
