"""Multipliers: what one unit of final demand takes.

Type I multipliers of a factor s (n,) per unit of output: m = s'L (Miller and Blair 2009, section
6.2). Factors are per unit of output of the table's unit: 万元 of value added, persons, tonnes.

Imports of a competitive table are part of the flows. Their content is estimated under the import
proportionality assumption: every user of product i takes the share m_i = (imports + inflows) /
(output + imports + inflows - exports - outflows) of it from outside (OECD 2011, ICIO notes;
known to hide differences between users).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from jingwei.chains.input_output.footprints import amounts
from jingwei.chains.input_output.solving import (
    Side,
    coefficients,
    reciprocal,
    require_productive,
    solve,
)
from jingwei.chains.input_output.table import Array, InputOutputTable
from jingwei.core import InvalidRequest


@dataclass(frozen=True, slots=True)
class Multipliers:
    """Per unit of final demand for each sector, (n,) each.

    output:      total output called forth, the plain column sums of L
    factors:     heading → amount of the factor (value added, persons, energy)
    direct:      heading → amount per unit of the sector's own output
    imports:     imported content per unit of final demand, None where the table tells no imports
    """

    output: Array
    factors: Mapping[str, Array]
    direct: Mapping[str, Array]
    imports: Array | None


def multipliers(table: InputOutputTable) -> Multipliers:
    """Output, value-added and satellite multipliers, and import content. Raises NotProductive."""
    inverse = reciprocal(table.made)
    direct = {heading: amount * inverse + 0.0 for heading, amount in amounts(table).items()}
    ones = np.ones(table.output.size)
    wanted: list[tuple[Side, Array]] = [("price", right) for right in (ones, *direct.values())]
    found = solve(table.flows, table.made, wanted)
    require_productive(table.flows, found[0])
    factors = dict(zip(direct, found[1:], strict=True))
    return Multipliers(found[0], factors, direct, import_content(table))


def import_content(table: InputOutputTable) -> Array | None:
    """Imported inputs per unit of final demand for domestic products, direct and indirect, (n,).

    1'A_m (I - A_d)^-1 with the imported flows as printed, or by import proportionality where only
    totals of imports are. None where the table tells neither.
    """
    if table.imported is not None:
        bought = coefficients(table.imported, table.made)
        home = coefficients(table.flows, table.made)
        if table.origin == "total":
            home = home - bought
    elif table.deducted:
        share = import_shares(table)
        together = coefficients(table.flows, table.made)
        bought = together * share[:, None]
        home = together - bought
    else:
        return None
    system = np.eye(table.output.size) - home
    return np.asarray(np.linalg.solve(system.T, bought.sum(axis=0)), dtype=float)


def sent_out(table: InputOutputTable) -> list[str]:
    """Headings of final uses outside: exports and outflows, as far as they are printed apart."""
    return [heading for heading in ("出口", "国内省外流出", "流出") if heading in table.final]


def import_shares(table: InputOutputTable) -> Array:
    """Share of each product's local use that comes from outside, (n,), between 0 and 1.

    Outside is abroad and, in a provincial table, other provinces. Products with neither output nor
    imports have share 0. Raises InvalidRequest where the table prints no imports.
    """
    if not table.deducted:
        raise InvalidRequest(
            "这张表没有进口或流入列，不能推算进口依存度",
            "this table has no column of imports or inflows; import dependence cannot be told",
            where=table.name,
        )
    outside = np.sum(list(table.deducted.values()), axis=0)
    sent = np.sum([table.final[heading] for heading in sent_out(table)], axis=0)
    used = table.output + outside - sent
    return np.clip(np.divide(outside, used, out=np.zeros_like(used), where=used > 0), 0.0, 1.0)
