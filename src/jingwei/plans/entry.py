"""A record of a plan file and what a person decided on it.

Three readings stand side by side. The values of ``record`` are what holds: the compiler's
until a person changes them. ``read`` holds the fields in which the compiler read otherwise
when the person decided; ``proposed`` those in which it has come to read otherwise since.
``seal`` is a fingerprint of what it read at the decision: where the values and ``read`` do
not give it, somebody edited the file by hand.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from functools import cache
from types import NoneType
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin, get_type_hints

from jingwei.core import Period
from jingwei.plans.records import DOCUMENT, SECTIONS, meaning_fields

State = Literal["proposed", "accepted", "edited", "rejected"]
R = TypeVar("R")

# digits become letters, so that YAML never takes a fingerprint for a number
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


@dataclass(frozen=True, slots=True)
class Review:
    """A person's decision: who, on which day (ISO date), and a note. "" where not given.

    ``words`` is the quote that was decided on, where the document has come to say it otherwise and is
    read otherwise since.
    """

    state: State = "proposed"
    by: str = ""
    date: str = ""
    note: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """One record and its review; see the module. ``gone``: no longer read in the document.

    ``seal`` is "" for a record that a person wrote and no compiler has read yet.
    """

    record: R
    seal: str
    review: Review = Review()
    read: Mapping[str, Any] = field(default_factory=dict[str, Any])
    proposed: Mapping[str, Any] = field(default_factory=dict[str, Any])
    gone: bool = False

    @property
    def by_hand(self) -> bool:
        """Whether somebody changed the values in the file, with or without saying so."""
        return seal_of(self.record, self.read) != self.seal

    @property
    def state(self) -> State:
        """The state of the review; values changed by hand count as edited, if not rejected."""
        return "edited" if self.by_hand and self.review.state != "rejected" else self.review.state

    @property
    def decided(self) -> bool:
        """Whether a recompilation must leave the values alone."""
        return self.state != "proposed"

    @property
    def latest(self) -> dict[str, Any]:
        """What the compiler reads as far as the file knows."""
        return meaning(self.record) | dict(self.read) | dict(self.proposed)

    @property
    def waits(self) -> bool:
        """Whether a person has something to decide: nothing was yet, it is read otherwise since,
        or it still counts although the document no longer says it."""
        return not self.decided or bool(self.proposed) or (self.gone and self.state != "rejected")


def meaning(record: Any) -> dict[str, Any]:
    """The fields a person decides on, with their values."""
    return {name: getattr(record, name) for name in meaning_fields(record.__class__)}


def unlike(values: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of ``others`` that differ from ``values``."""
    return {name: other for name, other in others.items() if values[name] != other}


def with_values(record: R, values: Mapping[str, Any]) -> R:
    """``record`` with other values; its provenance stays."""
    return replace(record, **values)  # pyright: ignore[reportArgumentType, reportCallIssue, reportUnknownVariableType]


def plain_field(value: Any) -> Any:
    """A field as a file holds it: a year as a number, a list for a tuple, 80 for 80.0."""
    if isinstance(value, Period):
        single = value.known and value.first == value.last
        return value.first if single else str(value)
    if isinstance(value, tuple):
        return [plain_field(each) for each in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


@cache
def absent_values(kind: type[Any]) -> Mapping[str, Any]:
    """What the fields of a kind of record are worth where a file leaves them out.

    The section says so (``usual``) or the dataclass (a default); otherwise None where the
    field may be None, and nothing for words and lists. Required fields are not among them.
    """
    (section,) = (each for each in (DOCUMENT, *SECTIONS) if each.record is kind)
    hints = get_type_hints(kind)
    absent: dict[str, Any] = {}
    for each in fields(kind):
        hint = hints[each.name]
        if each.default is not MISSING:
            absent[each.name] = each.default
        elif NoneType in get_args(hint):
            absent[each.name] = None
        elif hint is str or get_origin(hint) is tuple:
            absent[each.name] = "" if hint is str else ()
    absent |= dict(section.usual)
    optional = [name for name in section.meaning if name not in section.required]
    return {name: absent[name] for name in optional if name in absent}


def seal_of(record: Any, changes: Mapping[str, Any]) -> str:
    """A fingerprint of a record with some values changed: 32 bits, written as eight letters.

    Absent values do not enter, so that a field which a later version of the compiler adds to
    a kind of record breaks no seal.
    """
    absent = absent_values(record.__class__)
    said = {
        name: plain_field(value)
        for name, value in (meaning(record) | dict(changes)).items()
        if name not in absent or value != absent[name]
    }
    text = json.dumps(said, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8].translate(_LETTERS)


def fresh(record: R) -> Entry[R]:
    """A record as the compiler gives it, not yet reviewed."""
    return Entry(record, seal_of(record, {}))
