"""Ids that come from content, so that a record keeps its id when others come and go.

An id is a hash of the document's name, the quote, the how-many-eth place of that quote in
the document, and the how-many-eth record of that place. A record inserted elsewhere changes
none of them; the file's offsets do not enter.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar, cast

from jingwei.plans.records import Record, Section

R = TypeVar("R", bound=Record)


def with_ids(records: Sequence[R], section: Section) -> list[R]:
    """``records``, in the order of the document, with their ids filled in."""
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    records_at: Counter[tuple[str, str, tuple[int, int]]] = Counter()
    named: list[R] = []
    for record in records:
        words = (record.document, record.quote)
        place = (record.evidence.start, record.evidence.end)
        known = places.setdefault(words, [])
        if place not in known:
            known.append(place)
        ordinal = records_at[*words, place]
        records_at[*words, place] += 1
        identity = record_id(section, *words, known.index(place), ordinal)
        named.append(cast("R", replace(record, id=identity)))  # pyright: ignore[reportArgumentType, reportUnknownArgumentType, reportCallIssue]
    return named


def record_id(section: Section, document: str, quote: str, occurrence: int, ordinal: int) -> str:
    """The section's letter and 50 bits of the hash; both counts begin at 0."""
    words = f"{document}\0{quote}\0{occurrence}\0{ordinal}"
    digest = base64.b32encode(hashlib.sha256(words.encode()).digest()[:10]).decode().lower()
    return f"{section.prefix}-{digest[:10]}"
