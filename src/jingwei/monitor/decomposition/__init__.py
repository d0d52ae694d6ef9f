"""Why a total changed, split into parts that add up to the change exactly.

Four questions, four methods: who pulled (contribution and 拉动), was it the mix of industries or
the place (shift-share), which factor moved it (LMDI-I), and how much did the structure change at
all (Lilien, norm of absolute values). None says why in the sense of cause
(``docs/semantics.md`` §24).
"""

from jingwei.monitor.decomposition.lmdi import Effects, IndexEffects, lmdi
from jingwei.monitor.decomposition.pull import Pull, Pulls, pulls, pulls_same_frame
from jingwei.monitor.decomposition.shift_share import Shifts, shift_share
from jingwei.monitor.decomposition.structure import StructuralChange, structural_change

__all__ = [
    "Effects",
    "IndexEffects",
    "Pull",
    "Pulls",
    "Shifts",
    "StructuralChange",
    "lmdi",
    "pulls",
    "pulls_same_frame",
    "shift_share",
    "structural_change",
]
