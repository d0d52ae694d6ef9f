"""Shift-share: did a place grow because of its industries or because of itself?

With e_ir the size of industry i in region r, growth g of the reference area, g_i of the industry
there and g_ir of it in the region,

    e_ir g              share: what it would have gained at the pace of the reference area
    e_ir (g_i − g)      mix: because its industries are fast or slow everywhere
    e_ir (g_ir − g_i)   competitive: because they did better or worse here

add up to the change (Dunn 1960, Papers of the Regional Science Association 6). Esteban-Marquillas
(1972, Regional and Urban Economics 2) splits the last by the size h_ir = e_r e_i / e that the
industry would have here with the reference structure:

    h_ir (g_ir − g_i)            competitive, freed from the mix
    (e_ir − h_ir) (g_ir − g_i)   allocation: specialised in what it does better

The result depends on the reference area and on the fineness of the industries; it describes, and
explains no cause. An industry that begins here has no g_ir: its change is wholly competitive, and
the split after Esteban-Marquillas is not defined for it (NaN here, never shown as a number).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jingwei.core import InvalidRequest

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shifts:
    """Effects by (region, industry), in the unit of the data; the first three add to ``change``.

    ``homothetic`` and ``allocation`` add up to ``competitive``; NaN where an industry begins.
    """

    change: Array
    share: Array
    mix: Array
    competitive: Array
    homothetic: Array
    allocation: Array

    @property
    def residual(self) -> float:
        """Largest error of a sum, relative to the largest change."""
        scale = float(np.max(np.abs(self.change))) or 1.0
        classical = self.share + self.mix + self.competitive - self.change
        finer = np.nan_to_num(self.homothetic + self.allocation - self.competitive)
        return max(float(np.max(np.abs(classical))), float(np.max(np.abs(finer)))) / scale


def shift_share(
    before: Array,
    after: Array,
    reference_before: Array | None = None,
    reference_after: Array | None = None,
) -> Shifts:
    """Split the change of every region and industry.

    before, after: (regions, industries), none negative
    reference_*:   (industries,) of the reference area; the sum of the regions where not given

    Raises InvalidRequest for negative or missing values and for an industry that the region has
    and the reference area has not.
    """
    ref0 = before.sum(axis=0) if reference_before is None else reference_before
    ref1 = after.sum(axis=0) if reference_after is None else reference_after
    for table in (before, after, ref0, ref1):
        if not (np.isfinite(table).all() and (table >= 0).all()):
            raise InvalidRequest(
                "偏离份额的数须是零或正数；缺数不是零，请补数或合并行业",
                "shift-share takes zero or positive values; what is missing is not zero: supply it "
                "or merge industries",
            )
    if not ref0.sum() > 0:
        raise InvalidRequest("参照区基期合计为零", "the reference area is zero before")
    lacking = (before.sum(axis=0) > 0) & (ref0 == 0)
    if lacking.any():
        raise InvalidRequest(
            f"第{int(np.argmax(lacking)) + 1}个行业本地有而参照区没有；请换参照区",
            f"industry {int(np.argmax(lacking)) + 1} exists here and not in the reference area; "
            "take another reference",
        )
    growth = ref1.sum() / ref0.sum() - 1
    own = np.divide(ref1, ref0, out=np.ones_like(ref1), where=ref0 > 0) - 1
    share = before * growth
    mix = before * (own - growth)
    competitive = (after - before) - before * own  # e_ir (g_ir − g_i) without dividing by e_ir
    rate = np.divide(competitive, before, out=np.full_like(before, np.nan), where=before > 0)
    rate[(before == 0) & (after == 0)] = 0.0
    homothetic = before.sum(axis=1, keepdims=True) * (ref0 / ref0.sum()) * rate
    return Shifts(after - before, share, mix, competitive, homothetic, competitive - homothetic)
