"""Regions: administrative divisions, and functional zones that overlap them.

A city is the sum of its districts; a zone (经开区) lies across districts and is already counted
in them, so it is never an addend (``docs/semantics.md`` §13).
"""

from dataclasses import dataclass
from typing import Literal

RegionLevel = Literal["nation", "province", "city", "district", "street", "zone"]


@dataclass(frozen=True, slots=True)
class Region:
    """One region. ``code`` is the administrative code (六位区划代码) or, for a zone, a name of ours.

    ``within`` is the code of the region it is a part of, "" at the top; a zone's ``within`` is the
    region that holds all of it (mostly the city). ``overlaps`` lists the districts a zone lies
    across; it is empty for an administrative region.
    """

    code: str
    name: str
    level: RegionLevel
    within: str = ""
    overlaps: tuple[str, ...] = ()

    @property
    def adds_up(self) -> bool:
        """Whether it is an addend of the region that holds it."""
        return self.level != "zone"
