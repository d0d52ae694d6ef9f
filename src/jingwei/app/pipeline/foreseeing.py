"""Forecasts for an evaluation: each target that has a yearly series on its own 口径, to its year."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jingwei.app.reports.evaluation import Outlook
from jingwei.core import InvalidRequest, Observation, Statement, unit
from jingwei.monitor.status import Standing
from jingwei.plans.amount import Readings, goal
from jingwei.plans.indicator import identify, wanted

if TYPE_CHECKING:
    from jingwei.app.pipeline.evaluating import Near
    from jingwei.monitor.bridge import Card
    from jingwei.monitor.forecast import Goal

_LEVELS = ("level", "share")


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
        point="" if made.point is None else f"{made.point:.4g}{card.unit}",
        interval=f"{made.low:.4g}—{made.high:.4g}" if ends else "",
        chance="" if made.probability is None else _percent(made.probability),
        method=made.method,
        reasons=tuple(zh for zh, _ in made.reasons),
        evidence=made.evidence,
        missing=made.verdict(card.holder or "统计部门").missing,
    )


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
