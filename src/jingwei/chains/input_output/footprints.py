"""Footprints: where a factor is used, and for whose final demand.

A factor f (n,) of use s = f / x per unit of output is called forth by the final demand Y of each
region. With X = L Y, one column a region:

    production of r   sum of s_i x_i over sectors i of r            (territorial account)
    consumption of r  sum of s_i X_ir over all sectors i            (consumption-based account)
    imports of r      the part of its consumption that arises elsewhere
    exports of r      the part of its production that other regions' final demand calls forth

so that consumption = production + imports - exports. What final demand uses directly (fuel that
households burn) is part of both accounts (Miller and Blair 2009, section 10.5; Stadler 2021,
Journal of Open Research Software 9, whose D_pba, D_cba, D_imp and D_exp these are).

A table of one region has one account of consumption for each final use; flows of a competitive
table contain imports, so that its footprints are those of a world that makes everything alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jingwei.chains.input_output.solving import Side, reciprocal, require_productive, solve
from jingwei.chains.input_output.table import Array, InputOutputTable


@dataclass(frozen=True, slots=True)
class Footprints:
    """Accounts of one factor by region, (r,) each, and by region and product, (r, p) each.

    The second ones attribute consumption and imports to the product that final demand buys,
    production and exports to the one that is made; what final demand uses directly is in none of
    them. They are None unless asked for.
    """

    regions: tuple[str, ...]
    products: tuple[str, ...]
    production: Array
    consumption: Array
    imports: Array
    exports: Array
    direct: Array
    by_product: Mapping[str, Array] | None


def amounts(table: InputOutputTable) -> dict[str, Array]:
    """The factors of a table: primary inputs, their sum, and satellites, (n,) each."""
    found = dict(table.primary)
    if table.value_added is not None:
        if len(found) == 1:
            found.pop("增加值合计", None)  # the sum under another name
        found["增加值"] = table.value_added
    return found | table.satellite


def demand_by_region(table: InputOutputTable) -> tuple[tuple[str, ...], Array]:
    """Regions in the order of the table, and the final demand of each, (n, r)."""
    regions = tuple(dict.fromkeys(sector.region for sector in table.sectors))
    extra = tuple(dict.fromkeys(r for r in table.use_regions.values() if r not in regions))
    every = (*regions, *extra)
    demand = np.zeros((table.output.size, len(every)))
    for use, amount in table.final.items():
        demand[:, every.index(table.use_regions[use])] += amount
    return every, demand


def footprints(
    table: InputOutputTable, factors: Sequence[str], *, by_product: bool = False
) -> dict[str, Footprints]:
    """Accounts of each factor of a multi-regional table. Raises NotProductive."""
    regions, demand = demand_by_region(table)
    home = _member(np.array([regions.index(s.region) for s in table.sectors]), len(regions))
    products = tuple(dict.fromkeys(sector.name for sector in table.sectors))
    kind = _member(np.array([products.index(s.name) for s in table.sectors]), len(products))
    inverse = reciprocal(table.made)
    wanted: list[tuple[Side, Array]] = [("price", np.ones(table.output.size))]
    wanted.extend(("demand", demand[:, r]) for r in range(len(regions)))
    known = amounts(table)
    intensity = {name: known[name] * inverse for name in factors}
    if by_product:
        for each in intensity.values():
            wanted.append(("price", each))
            wanted.extend(("price", each * home[:, r]) for r in range(len(regions)))
    backward, *solved = solve(table.flows, table.made, wanted)
    require_productive(table.flows, backward)
    called = np.array(solved[: len(regions)]).T  # (n, r): output called forth by each region
    rest = iter(solved[len(regions) :])
    found: dict[str, Footprints] = {}
    for name, each in intensity.items():
        used = each[:, None] * called
        direct = np.zeros(len(regions))
        for use, amount in table.direct.get(name, {}).items():
            direct[regions.index(table.use_regions[use])] += amount
        split: dict[str, Array] | None = None
        if by_product:
            carried = next(rest)[:, None] * demand
            own = np.array([next(rest) * demand[:, r] for r in range(len(regions))]).T
            split = {
                "production": (home.T * used.sum(axis=1)) @ kind,
                "consumption": carried.T @ kind,
                "imports": (carried - own).T @ kind,
                "exports": (home.T * (used * (1 - home)).sum(axis=1)) @ kind,
            }
        made = home.T @ used.sum(axis=1)
        found[name] = Footprints(
            regions,
            products,
            made + direct,
            used.sum(axis=0) + direct,
            (used * (1 - home)).sum(axis=0),
            home.T @ (used * (1 - home)).sum(axis=1),
            direct,
            split,
        )
    return found


def _member(of: Array, count: int) -> Array:
    """1 where an item belongs to a class, (n, classes)."""
    return np.equal.outer(of, np.arange(count)).astype(float)


def footprint_of_uses(
    table: InputOutputTable, factors: Sequence[str]
) -> dict[str, dict[str, Array]]:
    """For each factor and final use of a table of one region: what it calls forth, by product bought.

    Imports and inflows are negative uses; what the printed uses leave open is 误差. All uses of a
    factor add up to all that is used of it. Raises NotProductive.
    """
    uses = dict(table.final) | {heading: -amount for heading, amount in table.deducted.items()}
    open_ = table.final_demand - np.sum([*uses.values()], axis=0)
    if float(np.max(np.abs(open_))) > 1e-9 * float(np.max(table.output)):
        uses["误差"] = open_
    inverse = reciprocal(table.made)
    known = amounts(table)
    wanted: list[tuple[Side, Array]] = [("price", np.ones(table.output.size))]
    wanted.extend(("price", known[name] * inverse) for name in factors)
    backward, *carried = solve(table.flows, table.made, wanted)
    require_productive(table.flows, backward)
    return {
        name: {use: multiplier * amount for use, amount in uses.items()}
        for name, multiplier in zip(factors, carried, strict=True)
    }
