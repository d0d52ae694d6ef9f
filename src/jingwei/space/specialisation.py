"""Location quotients: how much more of an activity a place has than its size would give.

LQ_cp = (X_cp / X_c) / (X_p / X), also called revealed comparative advantage (Balassa 1965, The
Manchester School 33). Known drawbacks: small places reach extreme values, and the quotient follows
the classification: a finer one finds more specialisation.
"""

import numpy as np

from jingwei.space.activities import Activities, Array


def location_quotients(table: Activities) -> Array:
    """LQ (places, activities); NaN where the place or the activity is empty: not defined, not zero."""
    size = table.values.sum(axis=1, keepdims=True)
    whole = table.whole
    with np.errstate(divide="ignore", invalid="ignore"):
        return (table.values / size) / (whole / whole.sum())


def presence(quotients: Array, least: float = 1.0) -> Array:
    """1 where the quotient is at least ``least``, else 0; what is not defined is not present."""
    return (np.nan_to_num(quotients, nan=0.0, posinf=0.0) >= least).astype(float)
