"""The vocabulary of the house: pure, frozen, imported by every room and importing none.

A number in a plan becomes a ``Statement``; whatever is said about it is a ``Verdict``, a
``Finding`` or a ``Link``; all of them carry ``Evidence``.
"""

from jingwei.core.encoding import plain
from jingwei.core.errors import InvalidFile, InvalidRequest, JingweiError, UnreadableDocument
from jingwei.core.evidence import Evidence, Formula, Row, Span
from jingwei.core.period import Period
from jingwei.core.quantity import Unit, in_base_units, unit, unit_label
from jingwei.core.statement import Measure, Op, Role, Statement
from jingwei.core.verdict import (
    Answer,
    Explanation,
    Finding,
    Gap,
    Link,
    Missing,
    Reading,
    Verdict,
)

__all__ = [
    "Answer",
    "Evidence",
    "Explanation",
    "Finding",
    "Formula",
    "Gap",
    "InvalidFile",
    "InvalidRequest",
    "JingweiError",
    "Link",
    "Measure",
    "Missing",
    "Op",
    "Period",
    "Reading",
    "Role",
    "Row",
    "Span",
    "Statement",
    "Unit",
    "UnreadableDocument",
    "Verdict",
    "in_base_units",
    "plain",
    "unit",
    "unit_label",
]
