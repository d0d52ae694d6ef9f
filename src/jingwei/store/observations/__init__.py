"""Observations by vintage: append-only, one import one immutable Parquet file.

An import is validated, written beside, flushed, renamed (that is the commit), its directory flushed,
and only then acknowledged. Nothing is ever changed or deleted: a revision is a later vintage with
its reason, a retraction is a row that says so. Readers take no lock and every read takes a
``Scope`` (``docs/semantics.md`` §14, §15).
"""

from jingwei.store.observations.faults import (
    ConflictingVintages,
    DamagedObservations,
    InvalidObservations,
    LaterSchema,
    RevisionWithoutReason,
)
from jingwei.store.observations.importing import ImportReceipt
from jingwei.store.observations.keeping import Observations
from jingwei.store.observations.rows import OPENNESS, Batch, Retraction, codes_of, codes_text
from jingwei.store.observations.vintages import known_on, visible

__all__ = [
    "OPENNESS",
    "Batch",
    "ConflictingVintages",
    "DamagedObservations",
    "ImportReceipt",
    "InvalidObservations",
    "LaterSchema",
    "Observations",
    "Retraction",
    "RevisionWithoutReason",
    "codes_of",
    "codes_text",
    "known_on",
    "visible",
]
