"""One published value, and the key of the series it belongs to.

Observations are appended, never overwritten: a revision is a second value of the same series and
period with a later vintage (Croushore and Stark 2001, Journal of Econometrics 105). Comparability
is not decided here: population, price base, window and unit belong to the definition card (口径卡)
that the series names.
"""

from dataclasses import dataclass
from datetime import date

from jingwei.core.evidence import Row
from jingwei.core.months import Months
from jingwei.core.scope import LegalOrigin
from jingwei.core.statement import Op


@dataclass(frozen=True, slots=True, order=True)
class SeriesKey:
    """What a series measures.

    card:    id of the definition card; another frame, price base or definition is another card
    region:  region code
    codes:   breakdown: pairs (classification edition, code), sorted; () is the total
    entity:  the enterprise (统一社会信用代码 or the register's id), "" for an aggregate
    """

    card: str
    region: str
    codes: tuple[tuple[str, str], ...] = ()
    entity: str = ""

    def __post_init__(self) -> None:
        if tuple(sorted(self.codes)) != self.codes:
            raise ValueError("the codes of a series are sorted by classification")

    def __str__(self) -> str:
        codes = " ".join(f"{scheme}:{code}" for scheme, code in self.codes)
        return " ".join(filter(None, (self.card, self.region, codes, self.entity)))


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of a series. A missing value is a missing row, never a zero or a NaN.

    ``value`` is in ``unit``, the unit of the card. ``op`` is ``=`` for a number, ``>`` or ``>=``
    (``<``, ``<=``) where only a bound was published, ``~`` for 约. ``vintage`` is the day of
    publication, not of import. ``reason`` says why a value was revised, "" for a first value.
    ``evidence`` names dataset, vintage and the place in the file as received.
    """

    series: SeriesKey
    months: Months
    value: float
    unit: str
    vintage: date
    origin: LegalOrigin
    evidence: Row
    op: Op = "="
    reason: str = ""
