"""The matrix everything here starts from: places by activities, of one statistic.

A cell that the source does not print is not known; it is no zero. Analyses that need every cell
take the table as complete only where its reader says so.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Activities:
    """values (places, activities), not negative; ``assumed`` counts cells taken as zero because the
    source lists only what there is.

    ``reference`` is the row that places are measured against (the nation), None for their sum;
    ``against`` is its name. ``left_out`` names other rows and columns that are totals;
    ``notes`` is what was noticed on reading, Chinese and English.
    """

    name: str
    places: tuple[str, ...]
    activities: tuple[str, ...]
    values: Array
    reference: Array | None = None
    assumed: int = 0
    against: str = ""
    left_out: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def whole(self) -> Array:
        """What places are measured against, (activities,)."""
        return self.values.sum(axis=0) if self.reference is None else self.reference
