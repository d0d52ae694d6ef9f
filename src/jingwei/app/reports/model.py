"""What a report is made of.

The parts come from rooms that do not know of reports; the protocols name the few fields that a
report reads of them. A part that is None was not computed, and the page says which command
computes it; an empty one was computed and holds nothing. The two are never shown alike.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from jingwei.core import Evidence, Finding, Link, Period, Span, Statement, Verdict
from jingwei.monitor.claims import NO_CLAIMS, Tally


class Beside(Protocol):
    """Something near a target that does not decide it (``monitor.beside``)."""

    @property
    def relation(self) -> str: ...
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...
    @property
    def evidence(self) -> Sequence[Evidence]: ...


class Settled(Protocol):
    """A target, its verdict and what stands beside it (``monitor.settlement``)."""

    @property
    def target(self) -> Statement: ...
    @property
    def verdict(self) -> Verdict: ...
    @property
    def class_(self) -> str: ...
    @property
    def beside(self) -> Sequence[Beside]: ...
    @property
    def same_as(self) -> str: ...


class Task(Protocol):
    """Something a plan orders (``plans.records``).

    ``owner`` and ``supporting`` are None where the source names nobody; ``due`` is a date or
    None, ``due_stated`` False where it is only the end of the plan.
    """

    @property
    def id(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def owner(self) -> str | None: ...
    @property
    def supporting(self) -> str | None: ...
    @property
    def where(self) -> str | Sequence[str]: ...
    @property
    def due(self) -> str | Period | None: ...
    @property
    def due_stated(self) -> bool: ...
    @property
    def section(self) -> tuple[str, ...]: ...
    @property
    def evidence(self) -> Span: ...


class Programme(Protocol):
    """A special programme of a plan (``plans.records``); ``goals`` are ids of statements."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def lead(self) -> str | None: ...
    @property
    def actions(self) -> Sequence[str]: ...
    @property
    def goals(self) -> Sequence[str]: ...
    @property
    def evidence(self) -> Span: ...


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the report; "" for what it does not say of itself.

    ``name`` is the name that evidence cites, ``issued`` an ISO date, ``sha256`` that of the file
    as issued. ``text`` is ``Document.source``: with it a quote is shown in its sentence, and the
    cells of a table row apart; without it the quote stands alone. ``unread`` are pages that are
    pictures and could not be read.
    """

    name: str
    title: str = ""
    number: str = ""
    issued: str = ""
    sha256: str = ""
    text: str = field(default="", repr=False)
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report shows.

    title:       heading of the report, e.g. “十三五”规划期末评估
    region:      the place it is about
    sources:     the documents, in the order in which they are to be listed
    statements:  by document name
    unnamed:     targets that name no indicator, by document name: shown, and part of nothing
    settlement:  the settled targets of one plan or several
    lineage:     how targets belong together; its ids are those of ``statements``
    findings:    of the health check
    claims:      the claims of success that were held against the settlement, and what came of it
    tasks, programmes: of all documents, told apart by the file of their evidence
    to_review:   ids of records on which a person still has to decide
    beside:      what stands beside a decision (both languages), by the id of the record
    left_out:    documents of the workspace that could not be read or are not compiled
    as_of:       ISO date that the report states, "" for none: no clock is read
    """

    title: str
    region: str = ""
    sources: Sequence[Source] = ()
    statements: Mapping[str, Sequence[Statement]] = field(
        default_factory=dict[str, Sequence[Statement]]
    )
    unnamed: Mapping[str, Sequence[Statement]] = field(
        default_factory=dict[str, Sequence[Statement]]
    )
    settlement: Sequence[Settled] | None = None
    lineage: Sequence[Link] | None = None
    findings: Sequence[Finding] | None = None
    claims: Tally = NO_CLAIMS
    tasks: Sequence[Task] | None = None
    programmes: Sequence[Programme] | None = None
    to_review: Collection[str] | None = None
    beside: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    left_out: Sequence[str] = ()
    as_of: str = ""
