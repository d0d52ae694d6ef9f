"""Monitoring with the documents, statistics and definitions of a workspace.

Which documents count for a plan follows from time (``library.later_than``), which statistics from
the day asked for; nothing is computed here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from jingwei.app.pipeline import disputes, statistics
from jingwei.app.pipeline.decisions import decisions
from jingwei.app.pipeline.dividing import goals_of_districts
from jingwei.app.pipeline.judging import readings_of, suppliers_of
from jingwei.app.pipeline.library import Held, Library, goals_set_elsewhere, later_than
from jingwei.app.pipeline.records import target_record
from jingwei.app.pipeline.standing import standings_of
from jingwei.core import (
    InvalidRequest,
    Months,
    Observation,
    Scope,
    SeriesKey,
    Statement,
    plain,
)
from jingwei.monitor.beside import Beside
from jingwei.monitor.bridge import dates_of, facts_of, identity
from jingwei.monitor.facts import Known, level_of
from jingwei.monitor.placed import indicator_of
from jingwei.monitor.status import Method, Standing, standings
from jingwei.plans.identification import stem
from jingwei.plans.indicator import compare
from jingwei.plans.milestones import Path
from jingwei.plans.wording import canonical, folded, term

if TYPE_CHECKING:
    from jingwei.monitor.bridge import Naming
    from jingwei.monitor.dispatch import Page, Pulls


Level = Literal["city", "district"]


@dataclass(frozen=True, slots=True)
class Given:
    """The statistics of a workspace for one plan on one day."""

    observations: Sequence[Observation]
    facts: Sequence[Known]
    dates: Mapping[str, str]


def given(library: Library, plan: Held, as_of: date | None, *, partial: bool = False) -> Given:
    """Aggregates known on ``as_of`` as facts about the targets of a plan."""
    targets = [each for each in plan.statements if each.role == "target"]
    return given_about(library, targets, plan.region, as_of, partial=partial)


def given_about(
    library: Library,
    statements: Sequence[Statement],
    home: str,
    as_of: date | None = None,
    *,
    partial: bool = False,
) -> Given:
    """Aggregates known on ``as_of`` as facts about statements of a region, ``home``."""
    seen = statistics.observations(library.workspace, Scope(), as_of)
    if not seen:
        return Given((), (), {})
    spoken = "".join(sorted({each.scope + each.subject for each in statements}))

    def read() -> Given:
        names = statistics.naming(library.workspace, home)
        said = canonical(folded(spoken))
        about = {each.series for each in seen}
        about = {each for each in about if _spoken_of(each, names, spoken, said)}
        told = [each for each in seen if each.series in about]
        return Given(told, facts_of(told, names, partial=partial), dates_of(told))

    key = ("given", home, spoken, statistics.limited(library.workspace, as_of), partial)
    return statistics.once(library.workspace, key, read)


def _spoken_of(series: SeriesKey, names: "Naming", spoken: str, said: str) -> bool:
    """Whether the targets can be about a series at all: of the city or a region they name, as a
    whole or of an industry they name. The others (thousands of cells) are not even compared."""
    region = names.region(series.region)
    if region != names.home and stem(region) not in spoken:
        return False
    categories = names.categories(series)
    words = (term(canonical(folded(each))).object for each in categories or ())
    return categories is not None and all(word in said for word in words)


def status_of(
    library: Library,
    plan: Held,
    as_of: date,
    *,
    method: Method = "pace",
    path: Path | None = None,
    level: Level | None = None,
    of: str = "",
) -> list[Standing]:
    """The standing of every target of a plan on a day, from documents and statistics; of one and
    what states it elsewhere where its id is given.

    ``level`` city leaves out the targets of districts; district leaves out all others and adds
    what divisions assign to districts (``goals_of_districts``).
    """
    settings = library.workspace.settings
    assigned = goals_of_districts(library, plan) if level == "district" else []
    later = [
        each for each in later_than(plan, library.documents) if each.known_from <= as_of.isoformat()
    ]
    known = given(library, plan, as_of, partial=True)
    dates = {each.name: each.issued for each in later if each.issued}
    found = standings(
        [*plan.statements, *assigned],
        [
            *(statement for each in later for statement in each.statements),
            *goals_set_elsewhere(plan, library.documents),
        ],
        as_of=as_of,
        statistics=known.facts,
        method=method,
        path=path,
        nearly=settings.readings.nearly,
        readings=readings_of(settings),
        suppliers=suppliers_of(settings, plan),
        dates={**dates, **known.dates},
        decisions=decisions(library.workspace),
        span=plan.period,
        of=of,
        standing=standings_of(later),
    )
    found = disputes.beside(
        found, disputes.disputes_of(library.workspace, as_of), known.observations
    )
    if level is None:
        return found
    below = _districts(library)
    return [
        each
        for each in found
        if (indicator_of(each.target, plan.region).place in below) == (level == "district")
    ]


def _districts(library: Library) -> frozenset[str]:
    """The names of the regions below the city."""
    lower = ("district", "street", "zone")
    known = statistics.regions(library.workspace)
    return frozenset(each.name for each in known if each.level in lower)


def units_of(library: Library, plan: Held, as_of: date, count: int = 20) -> "list[Behind]":
    """The enterprises behind the targets of a plan: who moved each indicator most in the newest
    year that is known, as a reader for statistics may see them (§14)."""
    from jingwei.monitor.dispatch.pulling import movers
    from jingwei.monitor.dispatch.values import Values

    scope = Scope.everything()
    values = Values.of(statistics.observations(library.workspace, scope, as_of), as_of)
    names = statistics.naming(library.workspace, plan.region)
    code = home_of(names)
    found: list[Behind] = []
    for target in plan.statements:
        if target.role != "target" or target.kind != "stat":
            continue
        wanted_ = level_of(indicator_of(target, plan.region))
        for key in sorted(names.cards):
            card = names.cards[key]
            if not compare(wanted_, identity(card, names)).comparable:
                continue
            series = SeriesKey(key, code)
            years = [m for s, m in values.newest if s == series and m.is_year]
            moved = movers(series, max(years), values, scope, str, count) if years else None
            if moved is not None and moved.parts:
                found.append(Behind(target, str(max(years)), moved))
    return found


@dataclass(frozen=True, slots=True)
class Behind:
    """The enterprises behind one target, in one year."""

    target: Statement
    year: str
    movers: "Pulls"


def standing_record(standing: Standing) -> dict[str, Any]:
    """A standing as JSON: the shape of a settled target, and the numbers behind the class."""
    record = target_record(standing.target, standing.verdict, standing.class_, standing.same_as)
    names = ("question", "value", "at", "done", "due", "ratio", "required", "beside")
    return record | {name: plain(getattr(standing, name)) for name in names}


def dispatch_of(
    library: Library,
    month: str,
    as_of: date,
    *,
    region: str = "",
    due: date | None = None,
    scope: Scope | None = None,
    count: int = 20,
) -> "Page":
    """The dispatch of a month ("" for the newest known) for a region (default: the city)."""
    from jingwei.monitor.dispatch import dispatch

    workspace, allowed = library.workspace, scope or Scope()
    seen = statistics.observations(workspace, allowed, as_of)
    names = statistics.naming(workspace)
    code = region or home_of(names)
    # a press text or an article repeats goals and sets none (§4.6), a draft is not issued
    setting = [
        held
        for held in library.documents
        if (held.is_plan or held.kind == "report") and not held.is_draft
    ]
    page = dispatch(
        seen,
        names,
        _month(month, seen, code),
        code,
        as_of=as_of,
        history=statistics.history(workspace, allowed, as_of),
        goals=[each for held in setting for each in held.statements],
        spans={held.name: held.period for held in setting if held.period is not None},
        scope=allowed,
        due=due,
        count=count,
        readings=readings_of(workspace.settings),
    )
    shown = {line.series.card for line in page.lines}
    mine = [
        Beside("异议", each.zh, each.en, each.evidence)
        for each in disputes.disputes_of(workspace, as_of, names, allowed)
        if each.value is not None
        and each.value.series.card in shown
        and each.value.months.last_year == page.months.last_year
        and code in (each.value.series.region, _within(names, each.value.series.region))
    ]
    return replace(page, disputes=tuple(mine))


def _within(names: "Naming", code: str) -> str:
    region = names.regions.get(code)
    return region.within if region is not None else ""


def home_of(names: "Naming") -> str:
    """The code of the region that a naming is about: by its name, else the only city.

    Raises InvalidRequest where neither tells one.
    """
    listed = list(names.regions.values())
    named = [each.code for each in listed if each.name == names.home]
    cities = [each.code for each in listed if each.level == "city"]
    if len(named or cities) == 1:
        return (named or cities)[0]
    raise InvalidRequest(
        "不能确定是哪个地区：请在 jingwei.toml 写明 region，并列入 definitions/regions.csv，或用 --region",
        "which region? name it in jingwei.toml and list it in definitions/regions.csv, or use --region",
    )


def _month(written: str, seen: Sequence[Observation], region: str) -> Months:
    if written:
        try:
            return Months.parse(written)
        except ValueError:
            raise InvalidRequest(
                f"“{written}”不是月份，请写成 2025-09", f"not a month: {written}; write 2025-09"
            ) from None
    here = [each for each in seen if each.series.region == region and each.months.is_cumulative]
    monthly = {each.series for each in here if not each.months.is_year}
    # 1-12月 of a monthly series is its year; a series of years only names no month
    known = [each.months for each in here if each.series in monthly]
    if not known:
        raise InvalidRequest(
            "没有月度累计数；请先导入 1-N月累计 数据",
            "no cumulative months are known; import them first",
        )
    last = max(known, key=lambda months: months.last)
    return Months.month(last.last_year, last.last_month)
