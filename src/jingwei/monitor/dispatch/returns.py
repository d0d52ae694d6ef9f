"""Whose returns are late or missing: named, never filled in (§21.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jingwei.core import Months, SeriesKey
from jingwei.monitor.bridge import Naming
from jingwei.monitor.dispatch.values import Values


@dataclass(frozen=True, slots=True)
class Return:
    """A return that is not as it should be. ``last`` is the newest period of the series, "" for a
    series that was never reported; ``came`` the day a late one was published."""

    series: SeriesKey
    name: str
    state: Literal["missing", "late"]
    last: str
    holder: str
    came: str = ""


def returns(
    months: Months,
    values: Values,
    naming: Naming,
    cards: Sequence[str],
    due: date | None = None,
) -> list[Return]:
    """Series of ``cards`` that are expected for ``months`` and missing, or came after ``due``.

    Expected is whoever reported one of the last two 1-N月累计, or the same months of the year
    before, and reports parts of years at all. Single enterprises are left out: their returns belong to the roll-up.
    """
    first = 12 * (months.last_year - 1)
    found: list[Return] = []
    told: dict[SeriesKey, list[Months]] = {}
    for each, when in values.newest:
        told.setdefault(each, []).append(when)
    for series in values.series():
        if series.card not in cards or series.entity:
            continue
        name, holder = naming.told(series), naming.cards[series.card].holder
        here = values.get(series, months)
        if here is not None:
            first_ = values.first.get((series, months), here)
            if due is not None and first_.vintage > due:
                came = first_.vintage.isoformat()
                found.append(Return(series, name, "late", str(months), holder, came))
            continue
        reported = sorted(
            m for m in told[series]
            if m.first >= first and m.last < months.last and m.first % 12 == 0
        )  # fmt: skip
        recent = [m for m in reported if _expected(m, months)]
        # a series of years only is no monthly return, though its year is a 1-12月
        if recent and any(not m.is_year for m in reported):
            found.append(Return(series, name, "missing", str(reported[-1]), holder))
    return found


def _expected(reported: Months, months: Months) -> bool:
    return reported == months.shifted(-1) or 0 < months.last - reported.last <= 2
