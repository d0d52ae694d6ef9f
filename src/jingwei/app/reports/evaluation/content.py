"""What an evaluation is made of: answers of the rooms below, gathered and not changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from jingwei.app.reports.model import Source
from jingwei.app.reports.paper import Chart
from jingwei.core import Evidence, Finding, Missing, Period, Span, Statement

if TYPE_CHECKING:
    from jingwei.monitor.dispatch import Pulls
    from jingwei.monitor.status import Standing

Kind = Literal["annual", "midterm", "final"]
KINDS: dict[Kind, tuple[str, str]] = {
    "annual": ("年度监测评估报告", "yearly evaluation"),
    "midterm": ("中期评估报告", "mid-term evaluation"),
    "final": ("总结评估报告", "final evaluation"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """Something known of a task or programme: the words, and what they rest on."""

    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """A task or programme of the plan, and what is known of it; () is 未报.

    ``owner`` is who leads it, None where the plan names nobody; ``due`` is in words.
    ``reported`` says whether somebody reported on it: an indicator inside it is no report.
    """

    name: str
    owner: str | None
    section: tuple[str, ...]
    due: str
    evidence: Span
    known: tuple[Known, ...]
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Outlook:
    """A forecast of one target, in words: absent parts are "" and ``reasons`` say why."""

    target: Statement
    point: str
    interval: str
    chance: str
    method: str
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Drivers:
    """Who pulls an indicator up and down in ``when``, by district or industry."""

    name: str
    unit: str
    when: str
    pulls: "Pulls"


@dataclass(frozen=True, slots=True)
class Tracked:
    """A chart of an indicator, and the evidence of every point in it."""

    target: Statement
    chart: Chart
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Disputed:
    """A disputed value in words: of what, the value, who said what when, and the answer, "" while
    there is none. ``holder`` is who has to answer."""

    of: str
    value: str
    by: str
    on: date
    text: str
    answer: str
    holder: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything a paper says of one plan on one day.

    documents: the later documents that were known; ``datasets`` likewise, by name
    """

    kind: Kind
    plan: Source
    period: Period
    region: str
    as_of: date
    documents: Sequence[Source]
    datasets: Sequence[str]
    standings: "Sequence[Standing]"
    tasks: Sequence[Order]
    programmes: Sequence[Order]
    findings: Sequence[Finding]
    drivers: Sequence[Drivers]
    charts: Sequence[Tracked]
    outlooks: Sequence[Outlook] = ()
    unforeseen: Sequence[tuple[Statement, str]] = ()
    disputes: Sequence[Disputed] = ()

    @property
    def counted(self) -> "list[Standing]":
        """The targets that count: each once, however often its plan states it."""
        return [each for each in self.standings if not each.same_as]
