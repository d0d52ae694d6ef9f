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

from jingwei.core import Span
from jingwei.plans.records import Record, Section

R = TypeVar("R", bound=Record)


class Ids:
    """Hands out the ids of one section, to records in the order of the document."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self._places: dict[tuple[str, str], list[tuple[int, int]]] = {}
        self._records: Counter[tuple[str, str, tuple[int, int]]] = Counter()

    def of(self, document: str, quote: str, evidence: Span) -> str:
        """The id of the next record with this quote at this place."""
        place = (evidence.start, evidence.end)
        known = self._places.setdefault((document, quote), [])
        if place not in known:
            known.append(place)
        ordinal = self._records[document, quote, place]
        self._records[document, quote, place] += 1
        return record_id(self.section, document, quote, known.index(place), ordinal)


def with_ids(records: Sequence[R], section: Section) -> list[R]:
    """``records``, in the order of the document, with their ids filled in."""
    ids = Ids(section)
    return [
        cast("R", replace(each, id=ids.of(each.document, each.quote, each.evidence)))  # pyright: ignore[reportArgumentType, reportUnknownArgumentType, reportCallIssue]
        for each in records
    ]


def record_id(section: Section, document: str, quote: str, occurrence: int, ordinal: int) -> str:
    """The section's letter and 50 bits of the hash in base 32; both counts begin at 0."""
    words = f"{document}\0{quote}\0{occurrence}\0{ordinal}"
    digits = base64.b32encode(hashlib.sha256(words.encode()).digest()[:10])[:10]
    return f"{section.prefix}-{digits.decode().lower()}"
