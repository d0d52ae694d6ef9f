"""What if: assumptions, the path that follows from them, and the targets held against it.

Every variable follows one rule from its last known value: growth, a level path, a share of another
variable, an elasticity to another's growth, or it is a ratio or a sum of others. Each value of the path
carries its formula with the numbers in it. Nothing here is a forecast: the path is as good as the
assumptions, and a target that is reached on it is *reached under the assumptions*, never met
(``docs/semantics.md`` §23.9).
"""

from jingwei.monitor.whatif.assumptions import Assumptions, Variable, Wanted, read_assumptions
from jingwei.monitor.whatif.outcomes import Outcome, WhatIf, what_if
from jingwei.monitor.whatif.paths import Point

__all__ = [
    "Assumptions",
    "Outcome",
    "Point",
    "Variable",
    "Wanted",
    "WhatIf",
    "read_assumptions",
    "what_if",
]
