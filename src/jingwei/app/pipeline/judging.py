"""Settlement, lineage and comparison, with the documents and decisions of a workspace.

Which plan is settled by which document follows from kind and time (``library``): a plan by
everything written after it; plans and outlines side by side; a press text against the plans.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from jingwei.app.pipeline.decisions import decisions
from jingwei.app.pipeline.library import (
    Held,
    Library,
    finished,
    goals_set_elsewhere,
    in_time,
    later_than,
)
from jingwei.app.pipeline.standing import standing_of, standings_of
from jingwei.core import InvalidRequest, Link, Span, Statement
from jingwei.monitor.offices import Supplier
from jingwei.plans.amount import Readings
from jingwei.plans.wording import canonical, folded
from jingwei.store import Office, Settings
from jingwei.store.workspace import SETTINGS

if TYPE_CHECKING:
    from jingwei.monitor.facts import Known
    from jingwei.monitor.settlement import Settled


def settle(
    plan: Held,
    later: Sequence[Held],
    *,
    readings: Readings | None = None,
    offices: Sequence[Office] = (),
    decided: Mapping[str, str] | None = None,
    nearly: float | None = None,
    statistics: "Sequence[Known]" = (),
    dates: Mapping[str, str] | None = None,
    goals: Sequence[Statement] = (),
) -> "list[Settled]":
    """The targets of a plan, settled from the documents given, and from ``statistics``.

    ``offices`` hold missing facts, before those that the plan itself names; ``nearly`` is the share
    from which a missed 预期性 target is 基本完成; ``dates`` are the days of publication of the
    statistics, ``goals`` what other documents set for targets that the plan leaves to them.
    """
    from jingwei.monitor import settlement

    issued = {document.name: document.issued for document in later if document.issued}
    return settlement.settle(
        plan.statements,
        [*(each for document in later for each in document.statements), *goals],
        statistics=statistics,
        readings=readings,
        claims=[claim for document in later for claim in document.claims],
        suppliers=[*map(_supplier, offices), *plan.suppliers],
        dates={**issued, **(dates or {})},
        decisions=decided,
        span=plan.period,
        nearly=nearly,
        standing=standings_of(later),
    )


def _supplier(office: Office) -> Supplier:
    """An office of the settings, as the settlement takes those that a plan names."""
    figures = tuple(canonical(folded(word)) for word in office.holds)
    return Supplier(figures, office.name, Span(SETTINGS, 0, 0, office.name))


def suppliers_of(settings: Settings, plan: Held) -> list[Supplier]:
    """Who holds a figure: the offices of the settings, then those that the plan itself names."""
    return [*map(_supplier, settings.offices), *plan.suppliers]


def readings_of(settings: Settings) -> Readings:
    """The readings of 左右: those that Jingwei declares and the one the workspace declares."""
    declared = Readings()
    return replace(declared, about=tuple(sorted({*declared.about, settings.readings.about})))


def settle_in(
    library: Library,
    plan: Held,
    as_of: date | None = None,
    without: Collection[str] = (),
) -> "list[Settled]":
    """A plan of a workspace, settled from the documents written after it and the statistics, those
    known on ``as_of`` (None: all); ``without`` names documents that are left out."""
    from jingwei.app.pipeline.monitoring import given

    known = given(library, plan, as_of)
    later = [each for each in later_than(plan, library.documents) if each.name not in without]
    if as_of is not None:
        later = [each for each in later if each.known_from <= as_of.isoformat()]
    return settle(
        plan,
        later,
        readings=readings_of(library.workspace.settings),
        offices=library.workspace.settings.offices,
        decided=decisions(library.workspace),
        nearly=library.workspace.settings.readings.nearly,
        statistics=known.facts,
        dates=known.dates,
        goals=goals_set_elsewhere(plan, [d for d in library.documents if d.name not in without]),
    )


def finished_plans(library: Library) -> tuple[Held, ...]:
    """The plans whose last year some later document or a statistic reports, the oldest first."""
    return tuple(
        plan
        for plan in library.plans
        if finished(plan, later_than(plan, library.documents)) or _counted(library, plan)
    )


def _counted(library: Library, plan: Held) -> bool:
    """Whether a statistic reports the last year of the plan, as a whole."""
    from jingwei.app.pipeline.monitoring import given

    if plan.period is None:
        return False
    last = plan.period.last
    return any(fact.statement.period.last >= last for fact in given(library, plan, None).facts)


def nothing_finished(library: Library) -> InvalidRequest:
    """The error of a settlement that has no plan to settle: what is there, and what to do."""
    plans = [f"{plan.name}（{plan.period}）" for plan in library.plans]
    if not plans:
        return InvalidRequest(
            "工作区中没有规划，无可结算；请加入规划文件后运行 jingwei run",
            "the workspace holds no plan to settle; add one, then jingwei run",
            where=str(library.workspace.root),
        )
    listed = "、".join(plans)
    return InvalidRequest(
        f"没有已收官的规划：{listed}的末年，后来的文件和统计都还没有报告；可以指定一份：jingwei settle 文件名",
        f"no plan has ended: no later document and no statistic reports the last year of {listed}; "
        "name one to settle it as far as it is known",
        where=str(library.workspace.root),
    )


def lineage(plans: Iterable[Held], decided: Mapping[str, str] | None = None) -> list[Link]:
    """How the targets of plans belong together."""
    from jingwei.plans import lineage

    return lineage.lineage([each.statements for each in in_time(plans)], decisions=decided)


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator in several plans: by document its statements, and the links between them.

    A row without links is a target that one plan sets alone.
    """

    cells: Mapping[str, tuple[Statement, ...]]
    links: tuple[Link, ...]

    @property
    def first(self) -> Statement:
        return next(iter(self.cells.values()))[0]

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations of the row; what a sister plan has as well is not new."""
        found = dict.fromkeys(link.relation for link in self.links)
        return tuple(each for each in found if each != "new" or len(self.cells) == 1)


def compare(plans: Iterable[Held], decided: Mapping[str, str] | None = None) -> list[Compared]:
    """Plans side by side: linked targets share a row, in the order of the oldest plan."""
    columns = in_time(plans)
    links = lineage(columns, decided)
    statements = {each.id: each for document in columns for each in document.statements}
    row_of: dict[str, int] = {}
    rows: list[tuple[list[str], list[Link]]] = []
    for link in links:
        ends = [end for end in (link.from_, link.to) if end]
        known = sorted({row_of[end] for end in ends if end in row_of})
        at = known[0] if known else len(rows)
        if not known:
            rows.append(([], []))
        for other in known[1:]:
            rows[at][0].extend(rows[other][0])
            rows[at][1].extend(rows[other][1])
            row_of.update(dict.fromkeys(rows[other][0], at))
            rows[other] = ([], [])
        rows[at][0].extend(end for end in ends if end not in rows[at][0])
        rows[at][1].append(link)
        row_of.update(dict.fromkeys(ends, at))
    return [
        Compared(
            {
                column.name: found
                for column in columns
                if (found := tuple(statements[i] for i in ids if statements[i].document == column.name))
            },
            tuple(found_links),
        )
        for ids, found_links in rows
        if ids
    ]  # fmt: skip


def agreement(
    text: Held, plans: Iterable[Held], decided: Mapping[str, str] | None = None
) -> list[Link]:
    """A press text held against plans, one link per statement of the text."""
    from jingwei.plans import lineage

    return lineage.agreement(
        text.statements, [each.statements for each in in_time(plans)], decisions=decided
    )


def reports_above(text: Held, documents: Iterable[Held]) -> list[Held]:
    """The issued reports and communiques whose word goes before that of a text (§7.18)."""
    own = standing_of(text)
    return [
        each
        for each in documents
        if each.kind == "report" and not each.is_draft and standing_of(each) < own
    ]
