"""The values of one month's dispatch, as they were known on its day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from jingwei.core import Months, Observation, SeriesKey
from jingwei.monitor.bridge import known_on


@dataclass(frozen=True, slots=True)
class Values:
    """Newest exact values by series and months, and the first vintage of those since revised."""

    newest: Mapping[tuple[SeriesKey, Months], Observation]
    first: Mapping[tuple[SeriesKey, Months], Observation]

    @classmethod
    def of(
        cls, observations: Iterable[Observation], as_of: date, history: Iterable[Observation] = ()
    ) -> "Values":
        """The newest values up to ``as_of``; ``history`` are earlier vintages. A bound (>20000) is
        no value to reckon with, nor are two different values of one vintage: both are left out."""
        every = [each for each in observations if each.vintage <= as_of and each.op == "="]
        newest: dict[tuple[SeriesKey, Months], Observation] = {}
        doubtful: set[tuple[SeriesKey, Months]] = set()
        for each in known_on(every, as_of):
            key = (each.series, each.months)
            if key in newest:
                doubtful.add(key)
            newest[key] = each
        first: dict[tuple[SeriesKey, Months], Observation] = {}
        earlier = [each for each in history if each.vintage <= as_of]
        for each in sorted([*every, *earlier], key=lambda one: (one.vintage, one.evidence.key)):
            if (each.series, each.months) in newest:
                first.setdefault((each.series, each.months), each)
        return cls(
            {key: each for key, each in newest.items() if key not in doubtful},
            {key: each for key, each in first.items() if newest[key].vintage > each.vintage},
        )

    def get(self, series: SeriesKey, months: Months) -> Observation | None:
        return self.newest.get((series, months))

    def series(self) -> list[SeriesKey]:
        return sorted({series for series, _ in self.newest})

    def of_card(self, card: str, months: Months) -> list[Observation]:
        """Every value of a card for these months, in the order of series."""
        mine = sorted(key for key in self.newest if key[0].card == card and key[1] == months)
        return [self.newest[key] for key in mine]
