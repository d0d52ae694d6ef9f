"""What reading a passage or a table gives, before it becomes a statement of a document."""

from typing import NamedTuple

from jingwei.core import Measure, Op, Period, Role


class Reading(NamedTuple):
    """One measured claim; ``start`` and ``end`` are offsets into the folded text it stands in.

    Fields mean what they mean in ``core.Statement``; ``technical`` marks a technical level,
    ``text`` holds the words of a goal without a number.
    """

    start: int
    end: int
    subject: str
    scope: str
    role: Role
    op: Op
    value: float | None
    low: float | None
    high: float | None
    unit: str
    period: Period
    technical: bool
    measure: Measure
    hedge: str
    base_year: int | None
    rule: str
    text: str | None = None
