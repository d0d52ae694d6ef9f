"""Periods of a plan: a year, or a span of years.

A stock holds at the last year of its period; a flow or a growth rate covers the whole of it
(``docs/semantics.md`` §4).
"""

import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{4}))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Years ``first`` to ``last``, both included; a single year has ``first == last``."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a period runs forwards: {self.first} is after {self.last}")

    @classmethod
    def year(cls, year: int) -> "Period":
        return cls(year, year)

    @classmethod
    def parse(cls, written: str) -> "Period":
        """Read ``2025`` or ``2021-2025``. Raises ValueError for anything else."""
        match = _WRITTEN.fullmatch(written)
        if match is None:
            raise ValueError(f"not a period: {written!r} (write 2025 or 2021-2025)")
        first = int(match[1])
        return cls(first, int(match[2]) if match[2] else first)

    @property
    def years(self) -> range:
        return range(self.first, self.last + 1)

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
