"""Three tests of dependency on trade data, bottom up by product.

European Commission, Strategic dependencies and capacities, SWD(2021) 352 final; refined by Arjona,
Connell Garcia and Herghelegiu 2023, An enhanced methodology to monitor the EU's strategic
dependencies and vulnerabilities, Single Market Economics Papers WP2023/14. Theirs is the EU and the
rest of the world; here it is any home market and what lies outside. Of the thresholds (``rules.toml``)
0.4 and 1 were read again in CEPII's GeoDep (Lefebvre and Wibaux 2024); 0.5 is ours.

1. concentration: HHI of the countries' shares in imports from outside
2. scarcity: imports from outside over all that comes in, from inside the market too
3. substitutability: imports from outside over exports

A product is dependent where all three exceed their thresholds. Drawbacks: customs data name the
country of dispatch or origin and no firm; a product code may hold the critical and the ordinary.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Test:
    """One test: ``value`` None where its data are missing, ``holds`` then None too."""

    name: str
    value: float | None
    threshold: float

    @property
    def holds(self) -> bool | None:
        return None if self.value is None else self.value > self.threshold


@dataclass(frozen=True, slots=True)
class Dependency:
    """The three tests of a product."""

    concentration: Test
    scarcity: Test
    substitutability: Test

    @property
    def tests(self) -> tuple[Test, Test, Test]:
        return self.concentration, self.scarcity, self.substitutability

    @property
    def dependent(self) -> bool | None:
        """All three hold; False as soon as one does not; None where it cannot be told."""
        holds = [each.holds for each in self.tests]
        if False in holds:
            return False
        return None if None in holds else True


def dependency(
    imports: Mapping[str, float],
    inside: float | None,
    exports: float | None,
    thresholds: Mapping[str, float],
) -> Dependency:
    """The tests for one product in one period.

    imports: value by country outside, ≥ 0; {} where nothing is stated
    inside:  value that comes in from inside the home market (inflow from other provinces)
    exports: value that goes out of the home market; 0 means none, None not stated

    Raises ValueError for a negative value.
    """
    if any(value < 0 for value in (*imports.values(), inside or 0, exports or 0)):
        raise ValueError("a trade value is negative")
    total = sum(imports.values())
    known = bool(imports)
    share = [value / total for value in imports.values()] if total > 0 else []
    hhi = sum(part * part for part in share) if share else (0.0 if known else None)
    scarce = None
    if known and inside is not None:
        scarce = total / (total + inside) if total + inside > 0 else 0.0
    ratio = None
    if known and exports is not None:
        ratio = total / exports if exports > 0 else (float("inf") if total > 0 else 0.0)
    return Dependency(
        Test("concentration", hhi, thresholds["concentration"]),
        Test("scarcity", scarce, thresholds["scarcity"]),
        Test("substitutability", ratio, thresholds["substitutability"]),
    )
