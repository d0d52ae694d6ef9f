"""Who pulls up and who pulls down: contribution of parts to the growth of the whole (拉动, §21.4).

pull of a part = (its value − its value a year before) ÷ the whole a year before, in points; the
pulls of parts that make up the whole sum to its growth, and what they leave open is shown as 未覆盖.
All from published levels of one card, so that the sum is that of the levels, not the official rate.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from jingwei.core import Formula, Months, Observation, Scope, SeriesKey, written_out
from jingwei.monitor.bridge import Naming
from jingwei.monitor.dispatch.values import Values

By = Literal["district", "zone", "category", "enterprise"]


@dataclass(frozen=True, slots=True)
class Pull:
    """One part: its change, its own growth, its pull on the whole in points, its share of the
    whole's change (None where the whole did not change)."""

    name: str
    key: str
    value: float
    before: float
    pull: float
    contribution: float | None
    evidence: Formula

    @property
    def growth(self) -> float | None:
        return 100 * (self.value / self.before - 1) if self.before > 0 else None


@dataclass(frozen=True, slots=True)
class Pulls:
    """The parts of one kind. ``open_`` is the pull that no part covers; None where the parts are
    not meant to add up (zones, single enterprises). ``withheld`` says what may not be shown,
    ``left_out`` names parts with a value in one of the two periods only."""

    by: By
    scheme: str
    whole: Formula
    total: float
    parts: tuple[Pull, ...]
    open_: float | None
    withheld: str = ""
    withheld_en: str = ""
    left_out: tuple[str, ...] = ()


def pulls(
    series: SeriesKey,
    months: Months,
    values: Values,
    naming: Naming,
    adds_up: bool,
    base: Months | None = None,
) -> list[Pulls]:
    """The pulls of districts, of zones beside them, and of each classification, since ``base`` (by
    default the same months a year before)."""
    periods = months, base or months.shifted(-1)
    whole = _pair(series, periods, values)
    if whole is None:
        return []
    found: list[Pulls] = []
    same = values.of_card(series.card, months)
    ended = values.of_card(series.card, periods[1])
    same += [each for each in ended if values.get(each.series, months) is None]
    plain = [e for e in same if not e.series.entity and e.series.codes == series.codes]
    inside = [e for e in plain if _within(naming, e.series.region) == series.region]
    districts = [e for e in inside if naming.regions[e.series.region].adds_up]
    zones = [e for e in inside if not naming.regions[e.series.region].adds_up]

    def region_name(each: Observation) -> str:
        return naming.region(each.series.region)

    found += _group("district", "", districts, whole, periods, values, region_name, adds_up)
    found += _group("zone", "", zones, whole, periods, values, region_name, False)
    if not series.codes:
        # "?" marks labels of a table that no classification declares: no parts of anything
        schemes = sorted({e.series.codes[0][0] for e in same if len(e.series.codes) == 1} - {"?"})
        for scheme in schemes:
            parts = [
                e for e in same
                if len(e.series.codes) == 1 and e.series.codes[0][0] == scheme
                and e.series.region == series.region and not e.series.entity
            ]  # fmt: skip
            top = highest(parts, scheme, naming)
            found += _group(
                "category", scheme, top, whole, periods, values,
                lambda each: "、".join(naming.categories(each.series) or (each.series.codes[0][1],)),
                adds_up,
            )  # fmt: skip
    return found


def _within(naming: Naming, code: str) -> str:
    region = naming.regions.get(code)
    return region.within if region is not None else ""


def highest(parts: Sequence[Observation], scheme: str, naming: Naming) -> list[Observation]:
    """Those of the highest level of a classification that is reported: a class and the group above
    it are never added."""
    edition = naming.classifications.get(scheme)
    if edition is None:
        return list(parts)
    codes = {each.series.codes[0][1] for each in parts}

    def covered(code: str) -> bool:
        above = edition.categories[code].above if code in edition.categories else ""
        while above:
            if above in codes:
                return True
            above = edition.categories[above].above if above in edition.categories else ""
        return False

    return [each for each in parts if not covered(each.series.codes[0][1])]


def movers(
    series: SeriesKey,
    months: Months,
    values: Values,
    scope: Scope,
    names: Callable[[str], str],
    count: int = 20,
) -> Pulls | None:
    """The ``count`` enterprises that pull most up and as many that pull most down.

    Only records that ``scope`` may see (§14): without the right to single units, or for another
    purpose than statistics where they are from a survey, they are withheld and it is said.
    """
    periods = months, months.shifted(-1)
    whole = _pair(series, periods, values)
    if whole is None:
        return None
    units = [
        each
        for each in values.of_card(series.card, months)
        if each.series.entity and not each.series.codes
    ]
    seen = [e for e in units if scope.sees(e.series.region, e.series.entity, e.origin)]
    hidden = len(units) - len(seen)
    zh = en = ""
    if hidden:
        zh = f"{hidden}家企业的数据按权限或用途不予显示"
        en = f"{hidden} enterprises are withheld by scope or purpose"
        if scope.purpose != "statistics":
            zh += "（统计调查的单位数据只用于统计）"
            en += " (survey data of single units serve statistics only)"
    made = _group(
        "enterprise", "", seen, whole, periods, values, lambda e: names(e.series.entity), False
    )
    if not made:
        return (
            Pulls("enterprise", "", _formula(whole), _rate(whole), (), None, zh, en) if zh else None
        )
    parts = made[0].parts
    up = [each for each in parts if each.pull > 0][:count]
    down = [each for each in parts if each.pull < 0][-count:]
    return Pulls("enterprise", "", made[0].whole, made[0].total, (*up, *down), None, zh, en)


_Pair = tuple[Observation, Observation]


def _pair(series: SeriesKey, periods: tuple[Months, Months], values: Values) -> _Pair | None:
    now, before = (values.get(series, months) for months in periods)
    return (now, before) if now is not None and before is not None and before.value > 0 else None


def _rate(whole: _Pair) -> float:
    return 100 * (whole[0].value / whole[1].value - 1)


def _formula(whole: _Pair) -> Formula:
    now, before = whole
    text = f"{written_out(now.value)}÷{written_out(before.value)}−1 = {_rate(whole):.2f}%"
    return Formula(text, (now.evidence, before.evidence))


def _group(
    by: By,
    scheme: str,
    parts: Sequence[Observation],
    whole: _Pair,
    periods: tuple[Months, Months],
    values: Values,
    named: Callable[[Observation], str],
    adds_up: bool,
) -> list[Pulls]:
    size, change = whole[1].value, whole[0].value - whole[1].value
    made: list[Pull] = []
    left_out: list[str] = []
    for each in parts:
        now, before = (values.get(each.series, months) for months in periods)
        if now is None or before is None:
            left_out.append(named(each))
            continue
        moved = now.value - before.value
        pull = 100 * moved / size
        text = f"({written_out(now.value)}−{written_out(before.value)})÷{written_out(size)} = {pull:.3f}个百分点"
        proof = Formula(text, (now.evidence, before.evidence, whole[1].evidence))
        share = moved / change if change else None
        key = each.series.entity or (each.series.codes[0][1] if scheme else each.series.region)
        made.append(Pull(named(each), key, now.value, before.value, pull, share, proof))
    if not made:
        return []
    made.sort(key=lambda each: (-each.pull, each.key))
    left = _rate(whole) - math.fsum(each.pull for each in made) if adds_up else None
    return [
        Pulls(
            by, scheme, _formula(whole), _rate(whole), tuple(made), left, left_out=tuple(left_out)
        )
    ]
