"""Periods of a plan: a year, or a span of years.

A stock holds at the last year of its period; a flow or a growth rate covers the whole of it
(``docs/semantics.md`` §4).
"""

import re
from dataclasses import dataclass

UNKNOWN = "未注明"
_WRITTEN = re.compile(r"(\d{4})(?:-(\d{4}))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Years ``first`` to ``last``, both included; a single year has ``first == last``.

    ``Period.unknown()`` is the state of a number for which its document gives no year at all; it
    is written 未注明 and compares with no year.
    """

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a period runs forwards: {self.first} is after {self.last}")

    @classmethod
    def year(cls, year: int) -> "Period":
        return cls(year, year)

    @classmethod
    def unknown(cls) -> "Period":
        """The period of a number that no date of its document governs."""
        return cls(0, 0)

    @property
    def known(self) -> bool:
        """Whether there is a year."""
        return self.last > 0

    @classmethod
    def parse(cls, written: str) -> "Period":
        """Read ``2025``, ``2021-2025`` or ``未注明``. Raises ValueError for anything else."""
        if written == UNKNOWN:
            return cls.unknown()
        match = _WRITTEN.fullmatch(written)
        if match is None:
            raise ValueError(f"not a period: {written!r} (write 2025 or 2021-2025)")
        first = int(match[1])
        return cls(first, int(match[2]) if match[2] else first)

    @property
    def years(self) -> range:
        return range(self.first, self.last + 1)

    def __str__(self) -> str:
        if not self.known:
            return UNKNOWN
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
