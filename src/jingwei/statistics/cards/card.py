"""The definition card (口径卡): what a series measures, said completely.

One card is one version of one definition: a change of frame, price base, unit or classification
edition is a new version, with the years for which it holds. Series name it as ``id@version``.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

from jingwei.core import LegalOrigin
from jingwei.store.checked import STRICT

Kind = Literal["stock", "flow", "count", "share", "ratio", "growth", "index"]
PriceBase = Literal["none", "current", "constant", "comparable"]
Window = Literal["year", "month", "cumulative", "point"]
Direction = Literal["more", "less", "neutral"]

KINDS: dict[Kind, str] = {
    "stock": "存量",
    "flow": "流量",
    "count": "个数",
    "share": "比重",
    "ratio": "比率",
    "growth": "增速",
    "index": "指数",
}
PRICE_BASES: dict[PriceBase, str] = {
    "none": "与价格无关",
    "current": "现价",
    "constant": "不变价",
    "comparable": "可比价",
}
WINDOWS: dict[Window, str] = {"year": "年", "month": "月", "cumulative": "累计", "point": "时点"}
DIRECTIONS: dict[Direction, str] = {"more": "越多越好", "less": "越少越好", "neutral": "中性"}


@dataclass(frozen=True, slots=True)
class Survey:
    """The approval of a statistical survey, as its form must print it (《统计法》): 表号, 制定机关,
    批准或备案文号, 有效期."""

    __pydantic_config__: ClassVar[object] = STRICT
    form: str
    agency: str
    approval: str
    valid_until: str


@dataclass(frozen=True, slots=True)
class Card:
    """One version of one definition.

    name, aliases:  as statisticians write it; two cards may share a name, never an id
    coverage:       what the population is, in words
    frame:          id of a frame in ``frames.toml`` (``all``, ``industry-above-scale`` …)
    numerator, denominator:  in words, "" where there is none; ``numerator_card`` and
                    ``denominator_card`` name the cards they are counted by, where there are any
    price_base, price_year:  prices; ``price_year`` of constant prices, else None
    windows:        runs of months for which it is published
    adds_regions, adds_time, unified:  whether districts, and months, add up; ``unified``: 统一核算,
                    never rolled up (``docs/semantics.md`` §13.2)
    low, high:      values outside cannot be; None where nothing bounds it
    growth_low, growth_high:  usual growth on the year before, in percent (in points for a share)
    valid_from, valid_to:  first and last year for which this version holds; None: open
    """

    id: str
    version: str
    name: str
    name_en: str
    unit: str
    kind: Kind
    coverage: str
    frame: str
    numerator: str
    windows: tuple[Window, ...]
    frequency: Literal["monthly", "quarterly", "yearly"]
    direction: Direction
    holder: str
    source: str
    origin: LegalOrigin
    aliases: tuple[str, ...] = ()
    denominator: str = ""
    numerator_card: str = ""
    denominator_card: str = ""
    price_base: PriceBase = "none"
    price_year: int | None = None
    adds_regions: bool = False
    adds_time: bool = False
    unified: bool = False
    low: float | None = None
    high: float | None = None
    growth_low: float | None = None
    growth_high: float | None = None
    classification: str = ""
    census: str = ""
    valid_from: int | None = None
    valid_to: int | None = None
    survey: Survey | None = None
    note: str = ""
    file: str = ""

    @property
    def key(self) -> str:
        """``id@version``, as ``SeriesKey.card`` names it."""
        return f"{self.id}@{self.version}"

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    @property
    def whole_numbers(self) -> bool:
        """Whether it counts things that come in whole numbers, in a unit without a scale."""
        return self.kind == "count" and not self.unit.startswith(("万", "亿", "千", "百"))

    def holds_in(self, year: int) -> bool:
        """Whether this version is the one for a year."""
        return (self.valid_from is None or self.valid_from <= year) and (
            self.valid_to is None or year <= self.valid_to
        )
