"""Runs of months: the time that a statistic covers.

Statistics know years, single months and cumulative months (1-N月累计, which always begin in
January; 1-2月 are published together). All of them are a run of whole months, so that one type
compares them: 2024 is 2024-01 to 2024-12 (``docs/semantics.md`` §12).
"""

import re
from dataclasses import dataclass

from jingwei.core.period import Period

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2}))?(?:/(\d{4})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """Months ``first`` to ``last``, both included, each counted from year 0: 12 * year + month - 1."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("a run of months runs forwards")

    @classmethod
    def year(cls, year: int) -> "Months":
        return cls(12 * year, 12 * year + 11)

    @classmethod
    def month(cls, year: int, month: int) -> "Months":
        if not 1 <= month <= 12:
            raise ValueError(f"not a month: {month}")
        return cls(12 * year + month - 1, 12 * year + month - 1)

    @classmethod
    def cumulative(cls, year: int, month: int) -> "Months":
        """January to ``month`` of ``year`` (1-N月累计)."""
        return cls(12 * year, cls.month(year, month).last)

    @classmethod
    def of(cls, period: Period) -> "Months":
        return cls(12 * period.first, 12 * period.last + 11)

    @classmethod
    def parse(cls, written: str) -> "Months":
        """Read ``2025``, ``2025-03``, ``2025-01/2025-03`` or ``2021/2025``. Raises ValueError."""
        match = _WRITTEN.fullmatch(written)
        if match is None:
            raise ValueError(
                f"not a period: {written!r} (write 2025, 2025-03, 2025-01/2025-03 or 2021/2025)"
            )
        first = cls.month(int(match[1]), int(match[2])) if match[2] else cls.year(int(match[1]))
        if not match[3]:
            return first
        last = cls.month(int(match[3]), int(match[4])) if match[4] else cls.year(int(match[3]))
        return cls(first.first, last.last)

    @property
    def is_year(self) -> bool:
        """One whole calendar year."""
        return self.first % 12 == 0 and self.last == self.first + 11

    @property
    def is_month(self) -> bool:
        return self.first == self.last

    @property
    def is_cumulative(self) -> bool:
        """January to a later month of the same year, the whole year included (1-12月)."""
        return self.first % 12 == 0 and 0 < self.last - self.first <= 11

    @property
    def last_year(self) -> int:
        return self.last // 12

    @property
    def last_month(self) -> int:
        return self.last % 12 + 1

    def shifted(self, years: int) -> "Months":
        """The same months ``years`` later (negative: earlier)."""
        return Months(self.first + 12 * years, self.last + 12 * years)

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __str__(self) -> str:
        if self.first % 12 == 0 and self.last % 12 == 11:
            first, last = str(self.first // 12), str(self.last // 12)
        else:
            first, last = (f"{m // 12}-{m % 12 + 1:02}" for m in (self.first, self.last))
        return first if first == last else f"{first}/{last}"
