"""An input-output table as published: flows, final uses, primary inputs, output.

Sellers stand in rows, buyers in columns; all amounts are in one unit at current prices. A table
with *competitive* imports shows flows of whatever origin and takes imports off in a column of
their own (竞争型); a *non-competitive* one shows domestic and imported flows apart (非竞争型).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Origin = Literal["competitive", "domestic", "total"]


IDLE, ROUNDED = 1e-8, 1e-6
"""Of the largest output, of its region where there are several: outputs up to the first, and negative
ones down to the second, are what rounding left of none (§30.4)."""


def without_output(output: Array, regions: Sequence[str] = ()) -> NDArray[np.bool_]:
    """Which sectors make nothing but what rounding left, (n,); their coefficients are zero (§30.4).

    regions: that of each sector; what is little beside a large region may be much in a small one
    """
    size = np.abs(output)
    if len(set(regions)) < 2:
        largest = np.full_like(size, np.max(size, initial=0.0))
    else:
        _, which = np.unique(np.array(regions), return_inverse=True)
        most = np.zeros(int(which.max()) + 1)
        np.maximum.at(most, which, size)
        largest = most[which]
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
    def made(self) -> Array:
        """Output with zero where only rounding is left of it, (n,): what coefficients are per unit of."""
        none = without_output(self.output, [sector.region for sector in self.sectors])
        return np.where(none, 0.0, self.output)

    @property
    def idle(self) -> tuple[Sector, ...]:
        """Sectors without output: their coefficients are not defined and are taken as zero (§30.4)."""
        none = (self.made == 0).tolist()
        return tuple(s for s, idle in zip(self.sectors, none, strict=True) if idle)

    @property
    def oversold(self) -> tuple[Sector, ...]:
        """Sectors of whose product more is used as input than they make: the rest comes from outside."""
        used = self.flows.sum(axis=1)
        over = ((self.made != 0) & (self.output < used)).tolist()
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


def ordered(table: InputOutputTable, order: Sequence[int]) -> InputOutputTable:
    """The same table with its sectors in another order, given as positions."""
    at = np.array(order)

    def each(of: Mapping[str, Array]) -> dict[str, Array]:
        return {heading: amount[at] for heading, amount in of.items()}

    return replace(
        table,
        sectors=tuple(table.sectors[k] for k in order),
        flows=table.flows[np.ix_(at, at)],
        output=table.output[at],
        final=each(table.final),
        deducted=each(table.deducted),
        errors=None if table.errors is None else table.errors[at],
        primary=each(table.primary),
        imported=None if table.imported is None else table.imported[np.ix_(at, at)],
        satellite=each(table.satellite),
    )


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
