"""Who may see what: the scope that every read of stored data takes.

Unit-level data are confidential by default. Data from a statistical survey about single units
never leave the statistics room for eligibility, admission, matching, ranking or 招商
(《中华人民共和国统计法》; ``docs/semantics.md`` §14).
"""

from dataclasses import dataclass
from typing import Literal

LegalOrigin = Literal["survey", "administrative", "declared", "public"]
"""统计调查, 行政记录, 授权申报, 公开."""

LEGAL_ORIGINS: dict[LegalOrigin, str] = {
    "survey": "统计调查",
    "administrative": "行政记录",
    "declared": "授权申报",
    "public": "公开",
}

Purpose = Literal["statistics", "matching", "eligibility", "ranking", "investment"]
"""What a read is for; survey data of single units serve ``statistics`` only."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a reader may see.

    ``regions`` are the codes whose data may be read, None for all. ``entities`` are the
    enterprises whose own records may be read, None for all; the default is none. ``purpose``
    says what for.
    """

    regions: frozenset[str] | None = None
    entities: frozenset[str] | None = frozenset()
    purpose: Purpose = "statistics"

    @classmethod
    def everything(cls) -> "Scope":
        """The statistics office of the city: every region, every unit, for statistics."""
        return cls(None, None)

    def sees(self, region: str, entity: str, origin: LegalOrigin) -> bool:
        """Whether a record of this region, entity ("" for an aggregate) and origin may be read."""
        if self.regions is not None and region not in self.regions:
            return False
        if not entity:
            return True
        if origin == "survey" and self.purpose != "statistics":
            return False
        return self.entities is None or entity in self.entities
