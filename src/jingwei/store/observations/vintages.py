"""What was known on a day, and what a scope may see: expressions for any Narwhals frame.

The newest row of a series and its months is that of the greatest precedence (§15.1): a maximum and
not a rank, since precedence has no ties. It is found by joining the rows with the maxima of their
groups, which on DuckDB took a tenth to a fifth less time than a window and a third less memory. A
retraction that is the newest takes the value away.
"""

from datetime import date
from typing import Any, TypeVar

from jingwei.core import Scope
from jingwei.store.observations.rows import OPENNESS

Frame = TypeVar("Frame", bound=Any)
CELL = ("series", "first", "last")
_STEPS = len(OPENNESS)


def precedence(day: date) -> int:
    """The least precedence of the rows published on ``day``."""
    return (day - date(1970, 1, 1)).days * _STEPS


def known_on(frame: Frame, day: date | None = None) -> Frame:
    """The newest vintage on or before ``day`` of every series and period; None: the newest of all.

    ``frame`` has the columns of the store and is already narrowed to what the reader may see.
    What was not yet published, or was retracted by then, is absent.
    """
    import narwhals as nw

    if day is not None:
        frame = frame.filter(nw.col("precedence") < precedence(day) + _STEPS)
    newest = frame.group_by(*CELL).agg(nw.col("precedence").max())
    return frame.join(newest, on=[*CELL, "precedence"], how="semi").filter(
        ~nw.col("value").is_null()
    )


def visible(frame: Frame, scope: Scope) -> Frame:
    """The rows that ``scope`` sees (§14): the same rule as ``Scope.sees``, for whole frames."""
    import narwhals as nw

    if scope.regions is not None:
        frame = frame.filter(nw.col("region").is_in(sorted(scope.regions)))
    aggregate = nw.col("entity") == ""
    if scope.entities is not None:
        frame = frame.filter(aggregate | nw.col("entity").is_in(sorted(scope.entities)))
    if scope.purpose != "statistics":
        frame = frame.filter(aggregate | (nw.col("origin") != "survey"))
    return frame
