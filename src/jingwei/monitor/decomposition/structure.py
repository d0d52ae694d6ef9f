"""How much a structure changed between two periods.

Norm of absolute values: half the sum of absolute changes of the shares, 0 for none, 1 for a
complete change (Michaely 1962, Concentration in International Trade; used so by Dietrich 2012,
Empirical Economics 43, 915-944). It is the share of the whole that would have to move.

Lilien 1982 (Journal of Political Economy 90, 777-793): the dispersion of growth over sectors,

    σ = sqrt( Σ_i s_i^T (ln(x_i^T / x_i^0) − ln(X^T / X^0))² )

0 where all sectors grow alike. It has no upper limit and no value where a sector begins.
Both depend on the number of sectors: compare only results of one classification.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from jingwei.core import InvalidRequest, written_out


@dataclass(frozen=True, slots=True)
class StructuralChange:
    """``norm`` in 0..1; ``lilien`` None where a sector began (``began`` names them)."""

    norm: float
    lilien: float | None
    began: tuple[str, ...]


def structural_change(
    names: Sequence[str], before: Sequence[float], after: Sequence[float]
) -> StructuralChange:
    """Change of the structure of a whole over sectors. Raises InvalidRequest for negative or
    missing values and for a whole of zero."""
    for name, *pair in zip(names, before, after, strict=True):
        if not all(value >= 0 and math.isfinite(value) for value in pair):
            raise InvalidRequest(
                f"结构变化的数须是零或正数，却是{written_out(pair[0], 6)}、{written_out(pair[1], 6)}；请补数",
                f"structural change takes zero or positive values, not {written_out(pair[0], 6)}, {written_out(pair[1], 6)}",
                where=name,
            )
    start, end = math.fsum(before), math.fsum(after)
    if not (start > 0 and end > 0):
        raise InvalidRequest(
            f"合计是{written_out(start, 6)}和{written_out(end, 6)}，没有结构",
            f"a whole of {written_out(start, 6)} and {written_out(end, 6)} has no shares",
        )
    pairs = [(a / start, b / end) for a, b in zip(before, after, strict=True)]
    norm = math.fsum(abs(b - a) for a, b in pairs) / 2
    began = tuple(name for name, (a, b) in zip(names, pairs, strict=True) if a == 0 < b)
    # a sector that ends has weight s^T = 0, and s ln² s goes to 0 with s
    spread = math.fsum(b * math.log(b / a) ** 2 for a, b in pairs if a > 0 and b > 0)
    return StructuralChange(norm, None if began else math.sqrt(spread), began)
