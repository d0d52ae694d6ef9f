"""A regional table estimated from a national one by location quotients.

The regional input coefficient is the national one times a trade coefficient t_ij <= 1; what is
missing is bought from outside the region. With SLQ_i = (e_i / e) / (E_i / E) of regional and
national size (output or employment):

    SLQ:  t_ij = min(1, SLQ_i)
    CILQ: t_ij = min(1, SLQ_i / SLQ_j); on the diagonal SLQ_i (Flegg, Webber and Elliott 1995)
    FLQ:  CILQ times lambda = [log2(1 + e / E)]^delta, at most 1 (Flegg and Webber 1997, Regional Studies 31)
    AFLQ: FLQ times log2(1 + SLQ_j) for buyers with SLQ_j > 1 (Flegg and Webber 2000, Regional
          Studies 34); a specialised buyer may then exceed the national coefficient

Known bias: SLQ and CILQ do not know cross-hauling and understate imports, so that multipliers come
out too large; FLQ corrects for it by delta, which differs between regions (0.2 to 0.4 in survey
tables of Finland and Korea: Flegg and Tohmo 2013, 2019). A result is an estimate until a survey
table confirms it.
"""

from typing import Literal

import numpy as np

from jingwei.chains.input_output.solving import coefficients
from jingwei.chains.input_output.table import Array, InputOutputTable
from jingwei.core import InvalidRequest

Quotient = Literal["slq", "cilq", "flq", "aflq"]


def trade_coefficients(
    region: Array, nation: Array, quotient: Quotient, delta: float = 0.25
) -> Array:
    """t_ij, (n, n), from sizes by sector of region and nation, (n,) each in one unit.

    A sector that the region lacks supplies nothing; a sector that the nation lacks has no quotient
    and supplies nothing. Raises InvalidRequest for sizes below zero or a region above its nation.
    """
    if np.any(region < 0) or np.any(region > nation * (1 + 1e-9)):
        at = int(np.argmax(np.maximum(-region, region - nation)))
        raise InvalidRequest(
            f"第{at + 1}个部门：地区{region[at]:g}不在0与全国{nation[at]:g}之间；请核对口径与单位",
            f"sector {at + 1}: the region's {region[at]:g} is not between 0 and the nation's "
            f"{nation[at]:g}; check definition and unit",
        )
    if not 0 <= delta < 1:
        raise InvalidRequest(
            f"delta 应在0与1之间，这里是{delta:g}", f"delta lies between 0 and 1, not {delta:g}"
        )
    share = float(region.sum() / nation.sum())
    simple = np.divide(region, nation, out=np.zeros_like(region), where=nation > 0) / share
    if quotient == "slq":
        return np.repeat(np.minimum(simple, 1.0)[:, None], simple.size, axis=1)
    # a buyer that the region lacks buys nothing: its column is set to zero below
    buyers = np.where(simple > 0, simple, 1.0)
    crossed = simple[:, None] / buyers
    crossed[np.diag_indices_from(crossed)] = simple
    if quotient in ("flq", "aflq"):
        crossed = crossed * np.log2(1 + share) ** delta
    trade = np.minimum(crossed, 1.0)
    if quotient == "aflq":
        trade = trade * np.where(simple > 1, np.log2(1 + simple), 1.0)
    trade[:, simple == 0] = 0.0
    return trade


def regionalise(
    national: InputOutputTable,
    region: Array,
    nation: Array,
    quotient: Quotient,
    delta: float = 0.25,
) -> Array:
    """Regional input coefficients, (n, n): national ones times ``trade_coefficients``."""
    technical = coefficients(national.flows, national.made)
    return technical * trade_coefficients(region, nation, quotient, delta)
