"""The vocabulary of the house: pure, frozen, imported by every room and importing none.

A number in a plan becomes a ``Statement``; whatever is said about it is a ``Verdict``, a
``Finding`` or a ``Link``; all of them carry ``Evidence``. A number in a dataset is an
``Observation`` of a series, read through a ``Scope``.
"""

from jingwei.core.classification import Category, Classification
from jingwei.core.encoding import plain
from jingwei.core.errors import InvalidFile, InvalidRequest, JingweiError, UnreadableDocument
from jingwei.core.evidence import Evidence, Formula, Row, Span
from jingwei.core.months import Months
from jingwei.core.observation import Observation, SeriesKey
from jingwei.core.period import Period
from jingwei.core.quantity import Unit, in_base_units, unit, unit_label, written_out
from jingwei.core.region import Region, RegionLevel
from jingwei.core.scope import LEGAL_ORIGINS, LegalOrigin, Purpose, Scope
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
    "LEGAL_ORIGINS",
    "Answer",
    "Category",
    "Classification",
    "Evidence",
    "Explanation",
    "Finding",
    "Formula",
    "Gap",
    "InvalidFile",
    "InvalidRequest",
    "JingweiError",
    "LegalOrigin",
    "Link",
    "Measure",
    "Missing",
    "Months",
    "Observation",
    "Op",
    "Period",
    "Purpose",
    "Reading",
    "Region",
    "RegionLevel",
    "Role",
    "Row",
    "Scope",
    "SeriesKey",
    "Span",
    "Statement",
    "Unit",
    "UnreadableDocument",
    "Verdict",
    "in_base_units",
    "plain",
    "unit",
    "unit_label",
    "written_out",
]
