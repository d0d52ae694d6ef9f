"""The evaluation of a plan: gathered from the documents, statistics and definitions of a workspace.

Nothing is computed here: standings, pulls, findings and forecasts come from the rooms below, and
what they cannot say is passed on as missing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from jingwei.app.pipeline import statistics
from jingwei.app.pipeline.claimed import false_claims
from jingwei.app.pipeline.disputes import disputes_of
from jingwei.app.pipeline.judging import finished_plans
from jingwei.app.pipeline.library import Held, Library, later_than
from jingwei.app.pipeline.monitoring import given, home_of, status_of
from jingwei.app.pipeline.returned import Returned, returned
from jingwei.app.reports.evaluation import (
    KINDS,
    Disputed,
    Drivers,
    Evaluation,
    Kind,
    Known,
    Order,
    Tracked,
)
from jingwei.app.reports.model import Source
from jingwei.app.reports.paper import Chart, counted
from jingwei.core import InvalidRequest, Scope, SeriesKey, Span, Statement, written_out
from jingwei.monitor.bridge import identity, is_point
from jingwei.monitor.facts import level_of
from jingwei.monitor.placed import indicator_of
from jingwei.monitor.status import Standing, cumulated
from jingwei.plans.indicator import compare
from jingwei.plans.records import Programme, Task

if TYPE_CHECKING:
    from jingwei.app.pipeline.explaining import OnCard

_CHARTS = 4
_POINTS = 3  # fewer show no path


def plan_for(library: Library, kind: Kind, as_of: date, name: str = "") -> Held:
    """The plan to evaluate: the one named, else the newest plan whose time it is; for a final
    evaluation the newest that has ended and whose last year some later document or statistic reports.

    Raises InvalidRequest where none or several fit, and where the kind does not fit its time.
    """
    if name:
        plan = library.find(name)
        _check_time(plan, kind, as_of)
        return plan
    dated = [each for each in library.plans if each.period is not None]
    plans = [each for each in dated if each.kind == "plan"]
    fitting = [each for each in plans if _in_time(each, kind, as_of)]
    if not fitting:  # an office that evaluates outlines has no plans below them
        plans = [each for each in dated if each.kind in ("plan", "outline")]
        fitting = [each for each in plans if _in_time(each, kind, as_of)]
    if kind == "final":  # one whose last year is reported goes before one that has only run out
        names = {each.name for each in finished_plans(library)}
        reported = [each for each in fitting if each.name in names]
    else:
        reported = []
    # of several plans whose time it is, the newest: one that runs before one that just ended
    pool = reported or fitting
    last = max((each.period.last for each in pool if each.period), default=0)
    newest = [each for each in pool if each.period and each.period.last == last]
    if len(newest) == 1:
        return newest[0]
    listed = "、".join(f"{each.name}（{each.period}）" for each in fitting or plans) or "无"
    if fitting:
        raise InvalidRequest(
            f"有{len(fitting)}份规划可做{KINDS[kind][0]}：{listed}；请用 --plan 指明",
            f"{len(fitting)} plans fit a {KINDS[kind][1]}: {listed}; name one with --plan",
        )
    raise InvalidRequest(
        f"{as_of.isoformat()}没有可做{KINDS[kind][0]}的规划；工作区中的规划：{listed}；"
        "可用 --plan 指明、--as-of 换一天，或换一种 --kind",
        f"no plan can have a {KINDS[kind][1]} on {as_of.isoformat()}; there are: {listed}; "
        "name one with --plan, another day with --as-of, or another --kind",
    )


def _in_time(plan: Held, kind: Kind, as_of: date) -> bool:
    """A plan has a final evaluation once its last year is over, the others before that; the last
    annual report may be written in the year after."""
    assert plan.period is not None
    first, last = plan.period.first, plan.period.last
    if kind == "final":
        return as_of.year > last
    return first <= as_of.year <= (last + 1 if kind == "annual" else last)


def _check_time(plan: Held, kind: Kind, as_of: date) -> None:
    if plan.period is None:
        raise InvalidRequest(
            "这份文件没有写明规划期，不能评估；请在规划文件（plans/）的 document.period 里补上",
            "the document names no period, so it cannot be evaluated; add document.period in plans/",
            where=plan.name,
        )
    if not _in_time(plan, kind, as_of):
        raise InvalidRequest(
            f"规划期{plan.period}年，{as_of.isoformat()}做不了{KINDS[kind][0]}；"
            "规划期满用 --kind final，期内用 annual 或 midterm，或用 --as-of 换一天",
            f"its period is {plan.period}: no {KINDS[kind][1]} on {as_of.isoformat()}; use --kind "
            "final once it is over, annual or midterm before, or another --as-of",
            where=plan.name,
        )


def evaluation_of(library: Library, plan: Held, kind: Kind, as_of: date) -> Evaluation:
    """Everything a paper says of ``plan`` on ``as_of``."""
    from jingwei.app.pipeline.foreseeing import outlooks_of, unforeseen_of
    from jingwei.monitor import health

    assert plan.period is not None
    day = as_of.isoformat()
    later = [each for each in later_than(plan, library.documents) if each.known_from <= day]
    standings = status_of(library, plan, as_of)
    by_id = {each.target.id: each for each in standings}
    known = given(library, plan, as_of, partial=True)
    reports = returned(library.workspace, as_of)
    findings = health.check({each.name: each.statements for each in (plan, *later)})
    if kind == "final":
        from jingwei.app.pipeline.judging import settle_in

        claims = false_claims(
            plan,
            settle_in(library, plan),
            later,
            lambda without: settle_in(library, plan, without=without),
        )
        findings = [*claims, *findings]
    near = Near(library, plan, as_of)
    called = {each.name: f"《{each.title}》" for each in (plan, *later) if each.title}
    standings = [_by_title(each, called) for each in standings]
    findings = [
        replace(
            each, message=_titled(each.message, called), message_en=_titled(each.message_en, called)
        )
        for each in findings
    ]
    return Evaluation(
        kind=kind,
        plan=_source(plan),
        period=plan.period,
        region=plan.region,
        as_of=as_of,
        documents=[_source(each) for each in later],
        datasets=sorted({each.evidence.dataset for each in known.observations}),
        standings=standings,
        tasks=[_task(each, plan.statements, by_id, reports) for each in plan.tasks],
        programmes=[_programme(each, by_id, reports) for each in plan.programmes],
        findings=findings,
        drivers=[*_drivers(library, plan, as_of, standings)],
        charts=[*_charts(library, standings, near)],
        outlooks=outlooks_of(standings, near) if kind != "final" else (),
        unforeseen=unforeseen_of(standings, near) if kind != "final" else (),
        disputes=[*_disputed(library, plan, as_of, standings, near)],
    )


def _titled(text: str, called: Mapping[str, str]) -> str:
    """A paper calls documents by their titles, where they have one, and not by their files."""
    for name in sorted(called, key=len, reverse=True):
        text = text.replace(f"《{name}》", called[name]).replace(name, called[name])
    return text


def _by_title(standing: Standing, called: Mapping[str, str]) -> Standing:
    verdict = standing.verdict
    told = replace(
        verdict,
        reason=_titled(verdict.reason, called),
        reason_en=_titled(verdict.reason_en, called),
    )
    return replace(standing, verdict=told)


class Near:
    """The definition cards near each target, looked up once."""

    def __init__(self, library: Library, plan: Held, as_of: date) -> None:
        self._region = plan.region
        self._names = statistics.naming(library.workspace, plan.region)
        self._seen = statistics.history(library.workspace, Scope(), as_of)
        self._known: dict[str, list[OnCard]] = {}

    def cards(self, target: Statement) -> "list[OnCard]":
        """Cards on the target's own 口径 with their values, the best first."""
        from jingwei.app.pipeline.explaining import cards_near

        if target.id not in self._known:
            found = cards_near(self._region, target, self._names, self._seen)
            self._known[target.id] = [
                each for each in found if each.comparison.comparable and not each.of_level
            ]
        return self._known[target.id]


def _disputed(
    library: Library, plan: Held, as_of: date, standings: Sequence[Standing], near: Near
) -> Iterator[Disputed]:
    """The disputes about values of the indicators of the plan."""
    found = disputes_of(library.workspace, as_of)
    if not found:
        return
    cards = {one.card.key: one.card for each in standings for one in near.cards(each.target)}
    for each in found:
        value = each.value
        if value is None or value.series.card not in cards:
            continue
        note = each.note
        answer = f"{note.settled}（{note.settled_by}，{note.settled_on}）" if each.answered else ""
        yield Disputed(
            f"{each.of}（{note.months}）", f"{written_out(value.value)}{value.unit}", note.by, note.on,
            note.text, answer, cards[value.series.card].holder, each.evidence,
        )  # fmt: skip


def _source(held: Held) -> Source:
    return Source(
        held.name, held.title, held.number, held.issued, held.sha256, held.source, held.unread
    )


def _task(
    task: Task,
    statements: Sequence[Statement],
    standings: Mapping[str, Standing],
    reports: Mapping[str, Returned],
) -> Order:
    inside = [
        each.id
        for each in statements
        if each.role == "target" and each.id in standings and _within(each.evidence, task.evidence)
    ]
    said = reports.get(task.id)
    due = task.deadline or ("" if task.due is None else f"{task.due}年")
    if due and not task.due_stated:
        due = "规划期末"
    return Order(
        task.what, task.owner, task.section, due, task.evidence,
        (*_said(said), *_goals(inside, standings)), said is not None,
    )  # fmt: skip


def _programme(
    programme: Programme, standings: Mapping[str, Standing], reports: Mapping[str, Returned]
) -> Order:
    said = reports.get(programme.id)
    goals = [each for each in programme.goals if each in standings]
    return Order(
        programme.name, programme.lead, programme.section, "", programme.evidence,
        (*_said(said), *_goals(goals, standings)), said is not None,
    )  # fmt: skip


def _said(report: Returned | None) -> Iterator[Known]:
    if report is not None:
        note = f"：{report.note}" if report.note else ""
        yield Known(f"{report.state}{note}（{report.day}，{report.by}）", (report.evidence,))


def _goals(ids: Iterable[str], standings: Mapping[str, Standing]) -> Iterator[Known]:
    """The indicators of a task or programme, each with its class; those that cannot be told are
    named in the note only."""
    found = [standings[key] for key in ids]
    for each in found:
        if each.verdict.answer != "unknown":
            proof = (each.target.evidence, *each.verdict.evidence)
            told = f"其中指标“{each.target.subject}”{each.class_}"
            yield Known(told, tuple(dict.fromkeys(proof)))
    silent = [each.target for each in found if each.verdict.answer == "unknown"]
    if silent:
        told = f"其中{len(silent)}项指标无法评价"
        yield Known(told, (counted("其中无法评价的指标", [each.subject for each in silent]),))


def _within(inner: Span, outer: Span) -> bool:
    return (
        inner.file == outer.file
        and inner.page == outer.page
        and outer.start <= inner.start
        and inner.end <= outer.end
    )


def _drivers(
    library: Library, plan: Held, as_of: date, standings: Sequence[Standing]
) -> Iterator[Drivers]:
    """Pulls of the newest year, for the indicators that have parts."""
    from jingwei.monitor.dispatch.pulling import pulls
    from jingwei.monitor.dispatch.values import Values

    names = statistics.naming(library.workspace, plan.region)
    if not names.cards:
        return
    values = Values.of(statistics.observations(library.workspace, Scope(), as_of), as_of)
    code = home_of(names)
    wanted = [level_of(indicator_of(s.target, plan.region)) for s in standings if not s.same_as]
    for key in sorted(names.cards):
        card = names.cards[key]
        if not card.adds_regions or card.unified:
            continue  # a rate has no parts that pull
        mine = identity(card, names)
        if not any(compare(each, mine).comparable for each in wanted):
            continue
        series = SeriesKey(key, code)
        years = [m for s, m in values.newest if s == series and m.is_year]
        if years:
            last = max(years)
            for each in pulls(series, last, values, names, True):
                if len(each.parts) > 1:
                    yield Drivers(card.name, card.unit, str(last), each)


def _charts(library: Library, standings: Sequence[Standing], near: Near) -> Iterator[Tracked]:
    """Key indicators with a path: binding ones first, then those of the table, then the others."""
    rank = {"约束性": 0, "预期性": 1}
    order = sorted(
        (each for each in standings if not each.same_as),
        key=lambda each: rank.get(each.target.attr or "", 2),
    )
    made = 0
    for each in order:
        found = _tracked(library, each.target, near)
        if found is not None:
            yield found
            made += 1
        if made == _CHARTS:
            return


def _tracked(library: Library, target: Statement, near: Near) -> Tracked | None:
    from jingwei.app.pipeline.explaining import years_of

    cards = near.cards(target)
    if not cards or target.op in ("+", "-", "x", "qual"):
        return None
    pace = years_of(library, target)
    for on_card in cards if pace else ():
        if on_card.card.unit != target.unit:
            continue  # the drawing converts nothing
        if target.measure == "flow" and is_point(on_card.card):
            continue  # stocks do not run up to a total
        newest = {
            each.months.last_year: each
            for each in on_card.values
            if each.months.is_year and each.op == "="
        }
        path = cumulated(target, {y: each.value for y, each in newest.items()}, pace[0].year)
        shown = [year for year in sorted(path) if pace[0].year - 1 <= year <= pace[-1].year]
        if len(shown) >= _POINTS:
            return Tracked(
                target,
                Chart(
                    target.subject,
                    target.unit,
                    tuple((float(year), path[year]) for year in shown),
                    tuple((float(each.year), float(each.value)) for each in pace),
                ),
                (target.evidence, *(newest[year].evidence for year in shown)),
            )
    return None
