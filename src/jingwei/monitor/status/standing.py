"""The status of every target of a plan on one day.

A target whose own period is reported is settled for good (§7, §20.8). Until then its newest value
is held against its time, or its growth against the growth it needs; whatever stands in the way of
that is named with the office that holds it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jingwei.core import Gap, Missing, Period, Statement, Verdict
from jingwei.monitor import settlement
from jingwei.monitor.beside import Beside
from jingwei.monitor.facts import (
    Known,
    as_increase,
    by_indicator,
    known,
    span_of,
    whole_window,
    words,
)
from jingwei.monitor.goals import goal_of, goals_of
from jingwei.monitor.joining import Joining
from jingwei.monitor.offices import Supplier
from jingwei.monitor.per_year import is_per_year
from jingwei.monitor.scene import Open, Scene
from jingwei.monitor.settlement import Settled
from jingwei.monitor.status import judging
from jingwei.monitor.status.cutoffs import Cutoffs
from jingwei.monitor.status.ending import ended
from jingwei.monitor.status.judging import Class, Method, Question
from jingwei.monitor.status.proposing import proposals
from jingwei.monitor.status.series import history, is_of_stocks
from jingwei.monitor.status.track import tracks
from jingwei.monitor.status.yearly import yearly_tracks
from jingwei.plans.amount import Readings
from jingwei.plans.indicator import Indicator, region_of
from jingwei.plans.milestones import Path

__all__ = ["METHODS", "Class", "Method", "Standing", "standings"]

METHODS: dict[Method, tuple[str, str]] = {
    "pace": ("完成进度与时序进度", "progress against time"),
    "growth-ratio": ("实际增速与所需增速", "actual against required growth"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a target stands.

    ``question`` is what the verdict answers: ``pace`` and ``growth-ratio`` whether the target
    comes along as it must, ``final`` whether it was reached. ``value`` is the newest value in
    words and ``at`` its time, "" where none is known; ``done``, ``due`` and ``ratio`` the numbers
    behind the class, ``required`` the pace of the years left; of a target ``limited`` by a number
    that can still be exceeded it is the pace that is allowed at most. ``same_as`` is the id of the target
    of this plan that says the same elsewhere, as in ``settlement.Settled``.
    """

    target: Statement
    verdict: Verdict
    class_: Class
    question: Question
    value: str = ""
    at: str = ""
    done: float | None = None
    due: float | None = None
    ratio: float | None = None
    required: Gap | None = None
    beside: tuple[Beside, ...] = ()
    same_as: str = ""
    limited: bool = False


def standings(
    plan: Sequence[Statement],
    later: Sequence[Statement],
    *,
    as_of: date,
    statistics: Sequence[Known] = (),
    method: Method = "pace",
    path: Path | None = None,
    nearly: float | None = None,
    readings: Readings | None = None,
    suppliers: Sequence[Supplier] = (),
    dates: Mapping[str, str] | None = None,
    decisions: Mapping[str, str] | None = None,
    span: Period | None = None,
    of: str = "",
    standing: Mapping[str, int] | None = None,
) -> list[Standing]:
    """The status of the targets of ``plan`` on ``as_of``, in the order of ``plan``.

    statistics: observations as facts, those of part-years included, of the vintages known on
                ``as_of`` (``bridge.known_on``, ``bridge.facts_of(partial=True)``)
    path:       the years between (``plans.milestones``) where time alone should not be the pace
    dates:      document name → ISO date; what is dated after ``as_of`` is not known yet

    of:         the id of the one target that is asked for, with what states it elsewhere (default: all)

    The other arguments are those of ``settlement.settle``.
    """
    joining = Joining.of(plan)
    day, dated = as_of.isoformat(), dates or {}
    seen = [each for each in later if dated.get(each.document, "") <= day]
    whole = [each for each in statistics if each.months is None]
    settled = settlement.settle(
        plan, seen, statistics=whole, readings=readings, suppliers=suppliers, dates=dated,
        decisions=decisions, span=span, nearly=nearly, joined=False,
        only=joining.kin(of) if of else None,
        standing=standing,
    )  # fmt: skip
    mine = {each.statement.id: each for each in known(plan)}
    scene = Scene(
        plan=[each for each in mine.values() if each.statement.role == "observation"],
        seen=[
            *(each for each in known(seen) if each.statement.role == "observation"),
            *sorted(statistics, key=lambda each: each.statement.id),
        ],
        goals=goals_of([mine[each.id] for each in plan if each.is_target], known(seen)),
        span=span or span_of(plan),
        region=region_of(plan),
        readings=readings or Readings(),
        claims=(),
        suppliers=suppliers,
        dates=dated,
        nearly=nearly if nearly is not None else words()["nearly"]["share"],
    )
    seen_ = by_indicator([*scene.plan, *scene.seen])
    asked = _Asked(as_of, method, path, Cutoffs.declared(), decisions or {}, seen_)
    found = [_standing(mine[each.target.id], each, scene, asked) for each in settled]
    return joining.joined(found)


@dataclass(frozen=True, slots=True)
class _Asked:
    as_of: date
    method: Method
    path: Path | None
    cutoffs: Cutoffs
    decisions: Mapping[str, str]
    seen: Mapping[Indicator, Sequence[Known]]

    @property
    def last(self) -> int:
        """The last month that is over on the day."""
        tomorrow = date.fromordinal(self.as_of.toordinal() + 1)
        return 12 * tomorrow.year + tomorrow.month - 2


def _standing(target: Known, settled: Settled, scene: Scene, asked: _Asked) -> Standing:
    due = 12 * target.statement.period.last + 11
    if asked.last >= due:
        class_, verdict = ended(settled)
        return Standing(
            target.statement, verdict, class_, "final", *_final(settled), beside=settled.beside
        )
    goal = goal_of(target, scene)
    if isinstance(goal, Open):
        return _unknown(target, goal, scene, asked)
    found = history(target, asked.seen, asked.decisions)
    window = whole_window(target, scene.span)
    each_year = is_per_year(target)
    risen = None if each_year else as_increase(target, scene.span)
    if risen is not None and is_of_stocks(found):
        target, found = risen, replace(found, target=risen)
    if each_year:
        ways = yearly_tracks(target, goal.readings, found, scene, asked.last)
    else:
        ways = tracks(target, goal.readings, found, scene, window, asked.last)
    if isinstance(ways, Open):
        return _unknown(target, ways, scene, asked, proposals(found, scene, ways))
    judged = judging.judged(target, ways, asked.method, asked.path, asked.cutoffs, goal.steady)
    if isinstance(judged, Open):
        return _unknown(target, judged, scene, asked)
    verdict = Verdict(
        answer=judged.answer,
        of=target.statement.id,
        method=judging.method_words(asked.method, asked.path, target),
        as_of=max(
            (scene.dates.get(name, "") for way in ways for name in way.fact.documents), default=""
        ),
        reason=judged.zh,
        reason_en=judged.en,
        evidence=judged.evidence,
        missing=judged.missing(target, scene),
        gap=judged.required if judged.answer == "not_met" else None,
        readings=judged.readings,
    )
    return Standing(
        target.statement, verdict, judged.class_, asked.method, judged.value, judged.at,
        judged.done, judged.due, judged.ratio, judged.required, limited=judged.limited,
    )  # fmt: skip


def _final(settled: Settled) -> tuple[str, str]:
    if settled.verdict.answer == "unknown":
        return "", ""
    return settled.verdict.reason.split("，")[0], str(settled.target.period)


def _unknown(
    target: Known, why: Open, scene: Scene, asked: _Asked, beside: tuple[Beside, ...] = ()
) -> Standing:
    verdict = Verdict(
        answer="unknown",
        of=target.statement.id,
        method=judging.method_words(asked.method, asked.path, target),
        as_of="",
        reason=f"{why.zh}。",
        reason_en=f"{why.en[0].upper()}{why.en[1:]}.",
        evidence=tuple(
            dict.fromkeys([*why.evidence, *(e for each in beside for e in each.evidence)])
        ),
        missing=(Missing(why.missing, why.holder or scene.holder(target)),),
    )
    return Standing(target.statement, verdict, "无法评价", asked.method, beside=beside)
