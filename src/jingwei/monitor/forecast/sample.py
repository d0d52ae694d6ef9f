"""The years a forecast may learn from: one definition, no gap, no break.

A census revision or a change of the frame makes a new series; what lies before it is not the same
quantity and is left out, by name. So is what lies before a missing year: nothing is interpolated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jingwei.core import Evidence, InvalidRequest, Observation
from jingwei.monitor.forecast.smoothing import LONGEST


@dataclass(frozen=True, slots=True)
class Cut:
    """Why the years before ``year`` are left out: a break by its name, a missing year, or age."""

    year: int
    reason: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Sample:
    """Values of consecutive years from ``first`` on, and what was cut off before them."""

    first: int
    values: tuple[float, ...]
    cuts: tuple[Cut, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def last(self) -> int:
        return self.first + len(self.values) - 1

    def __len__(self) -> int:
        return len(self.values)


def sample(
    values: Mapping[int, float],
    breaks: Mapping[int, str] | None = None,
    evidence: Mapping[int, Evidence] | None = None,
) -> Sample:
    """The latest years of a yearly series that belong together.

    ``breaks`` names what began in a year (2018: 第四次全国经济普查修订). Raises InvalidRequest for an
    empty series.
    """
    if not values:
        raise InvalidRequest(
            "没有年度数据，不能外推；请先导入各年的数",
            "there are no yearly values to forecast from; import them first",
        )
    years = sorted(values)
    last = first = years[-1]
    while first - 1 in values:
        first -= 1
    cuts: list[Cut] = []
    if first > years[0]:
        cuts.append(
            Cut(
                first,
                f"{first - 1}年缺数，之前的不用",
                f"{first - 1} is missing; earlier years are out",
            )
        )
    for year, reason in sorted((breaks or {}).items()):
        if first < year <= last:
            first = year
            cuts.append(
                Cut(
                    year,
                    f"{year}年起{reason}，之前的不可比",
                    f"from {year} another series: {reason}",
                )
            )
    if last - first + 1 > LONGEST:
        first = last - LONGEST + 1
        cuts.append(Cut(first, f"只用最近{LONGEST}年", f"the latest {LONGEST} years only"))
    used = range(first, last + 1)
    return Sample(
        first,
        tuple(values[year] for year in used),
        tuple(cuts),
        tuple(evidence[year] for year in used if evidence and year in evidence),
    )


def yearly(observations: Sequence[Observation]) -> tuple[dict[int, float], dict[int, Evidence]]:
    """Values and evidence by year, from observations of one series.

    Whole years only, exact numbers only (a bound is no value), the latest vintage of each year.
    Raises InvalidRequest where the observations are of more than one series.
    """
    series = sorted({each.series for each in observations})
    if len(series) > 1:
        listed = "；".join(map(str, series[:3]))
        raise InvalidRequest(
            f"有{len(series)}个不同口径的序列（{listed}），不能接在一起外推；请选一个",
            f"{len(series)} series of different definitions ({listed}) are not joined; choose one",
        )
    latest: dict[int, Observation] = {}
    for each in observations:
        if each.months.is_year and each.op in ("=", "~"):
            year = each.months.last_year
            if year not in latest or latest[year].vintage < each.vintage:
                latest[year] = each
    return (
        {year: each.value for year, each in latest.items()},
        {year: each.evidence for year, each in latest.items()},
    )
