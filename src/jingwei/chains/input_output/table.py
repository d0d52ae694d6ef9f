"""An input-output table as published: flows, final uses, primary inputs, output.

Sellers stand in rows, buyers in columns; all amounts are in one unit at current prices. A table
with *competitive* imports shows flows of whatever origin and takes imports off in a column of
their own (竞争型); a *non-competitive* one shows domestic and imported flows apart (非竞争型).
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Origin = Literal["competitive", "domestic", "total"]


IDLE, ROUNDED = 1e-8, 1e-6
"""Of the largest output: outputs up to the first, and negative ones down to the second, are what
rounding left of none (§30.4)."""


def without_output(output: Array) -> NDArray[np.bool_]:
    """Which sectors make nothing but what rounding left, (n,); their coefficients are zero (§30.4)."""
    largest = float(np.max(np.abs(output), initial=0.0))
    return (output <= IDLE * largest) & (output >= -ROUNDED * largest)


@dataclass(frozen=True, slots=True)
class Sector:
    """A row and column of the table. ``region`` is "" in a table of one region."""

    code: str
    name: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class InputOutputTable:
    """One table of n sectors.

    flows:     (n, n) intermediate flows, of the origin that ``origin`` tells
    output:    (n,) total output (总产出)
    final:     heading → (n,) final uses as printed, without subtotals
    deducted:  heading → (n,) imports and inflows as printed, which uses contain (competitive)
    errors:    (n,) the error column (误差), None where the table has none
    primary:   heading → (n,) primary inputs: value added and its parts, without subtotals
    imported:  (n, n) imported intermediate flows, None where the table does not tell them
    satellite: heading → (n,) amounts beside the money table: persons, tonnes
    units:     heading → unit of satellites; ``unit`` is that of the money table
    direct:    heading of a satellite → final use → amount used by final demand itself
    use_regions: heading of a final use → region whose demand it is; empty in a table of one region
    notes:     what was noticed on reading, Chinese and English
    """

    name: str
    unit: str
    origin: Origin
    sectors: tuple[Sector, ...]
    flows: Array
    output: Array
    final: dict[str, Array]
    deducted: dict[str, Array] = field(default_factory=dict[str, Array])
    errors: Array | None = None
    primary: dict[str, Array] = field(default_factory=dict[str, Array])
    imported: Array | None = None
    satellite: dict[str, Array] = field(default_factory=dict[str, Array])
    units: dict[str, str] = field(default_factory=dict[str, str])
    direct: dict[str, dict[str, float]] = field(default_factory=dict[str, dict[str, float]])
    use_regions: dict[str, str] = field(default_factory=dict[str, str])
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def idle(self) -> tuple[Sector, ...]:
        """Sectors without output: their coefficients are not defined and are taken as zero (§30.4)."""
        none = without_output(self.output).tolist()
        return tuple(s for s, idle in zip(self.sectors, none, strict=True) if idle)

    @property
    def oversold(self) -> tuple[Sector, ...]:
        """Sectors of whose product more is used as input than they make: the rest comes from outside."""
        used = self.flows.sum(axis=1)
        over = (~without_output(self.output) & (self.output < used)).tolist()
        return tuple(sector for sector, more in zip(self.sectors, over, strict=True) if more)

    @property
    def negative(self) -> tuple[tuple[Sector, Sector, float], ...]:
        """Negative intermediate flows: seller, buyer, amount."""
        rows, columns = np.nonzero(self.flows < 0)
        return tuple(
            (self.sectors[i], self.sectors[j], float(self.flows[i, j]))
            for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
        )

    @property
    def final_demand(self) -> Array:
        """Final demand for domestic output that is consistent with output: x - Z1 (n,).

        It holds final uses less imports and inflows, and the table's error.
        """
        return self.output - self.flows.sum(axis=1)

    @property
    def value_added(self) -> Array | None:
        """Value added by sector, None where the table prints no primary inputs."""
        return np.sum(list(self.primary.values()), axis=0) if self.primary else None


def residual(table: InputOutputTable) -> tuple[Array, Array | None]:
    """By how much rows and columns of the table fail to add up, both (n,).

    Rows:    output - (intermediate uses + final uses - imports - inflows + errors)
    Columns: output - (intermediate inputs + primary inputs); None without primary inputs.
             A domestic table adds its imported inputs; without them the columns cannot be told.
    """
    used = table.flows.sum(axis=1)
    for heading in table.final.values():
        used = used + heading
    for heading in table.deducted.values():
        used = used - heading
    if table.errors is not None:
        used = used + table.errors
    made = table.value_added
    if made is None or (table.origin == "domestic" and table.imported is None):
        return table.output - used, None
    bought = table.flows.sum(axis=0)
    if table.origin == "domestic" and table.imported is not None:
        bought = bought + table.imported.sum(axis=0)
    return table.output - used, table.output - bought - made
