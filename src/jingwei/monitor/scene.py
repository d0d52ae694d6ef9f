"""What one settlement looks at, and the bases it finds there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from jingwei.core import Evidence, Period
from jingwei.monitor.claims import Claim
from jingwei.monitor.facts import Known, Seen
from jingwei.monitor.offices import Supplier, holder
from jingwei.plans.amount import Readings, is_exact, numbers
from jingwei.plans.indicator import Indicator, compare


@dataclass(frozen=True)
class Scene:
    """The same for every target of a settlement: the plan's own facts, the facts of the later
    documents, their goals of the same indicator by target id, the years and region of the plan,
    the declared readings, the share from which a miss is 基本完成, and the standing of each source."""

    plan: Sequence[Known]
    seen: Sequence[Known]
    goals: Mapping[str, Sequence[Known]]
    span: Period
    region: str
    readings: Readings
    claims: Sequence[Claim]
    suppliers: Sequence[Supplier]
    dates: Mapping[str, str]
    nearly: float
    standing: Mapping[str, int] = field(default_factory=dict[str, int])

    @cached_property
    def observed(self) -> Seen:
        """What was seen, by what it measures."""
        return Seen(self.seen)

    @cached_property
    def series(self) -> Mapping[Indicator, Sequence[tuple[int, Known]]]:
        """All facts by what they measure, each with its place in the order of ``plan``, ``seen``: a
        series of many years is compared once."""
        found: dict[Indicator, list[tuple[int, Known]]] = {}
        for place, each in enumerate((*self.plan, *self.seen)):
            found.setdefault(each.indicator, []).append((place, each))
        return found

    def holder(self, target: Known) -> str:
        """Who holds a figure of the target's indicator in this region."""
        return holder(target.indicator, self.region, self.suppliers)


@dataclass(frozen=True, slots=True)
class Open:
    """Why a target stays unknown, and the fact that would settle it.

    ``holder`` is "" where the table of offices tells; ``evidence`` what the reason rests on.
    """

    zh: str
    en: str
    missing: str
    holder: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Base:
    """The exact figure of an indicator in the base year, in base units."""

    known: Known
    value: float


def base_year(target: Known, scene: Scene) -> int:
    """The year a change is counted from: as stated, else the year before the plan."""
    return target.statement.base_year or scene.span.first - 1


def bases(target: Known, scene: Scene) -> list[Known]:
    """Facts of the target's own indicator, the plan's before those of later documents."""
    found = [
        pair
        for indicator, facts in scene.series.items()
        if compare(target.indicator, indicator).comparable
        for pair in facts
    ]
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def base_of(target: Known, scene: Scene) -> Base | None:
    """The base of a target, where one document states it exactly."""
    year = Period.year(base_year(target, scene))
    for each in bases(target, scene):
        pair = numbers(each.statement, each.indicator.dimension)
        if each.statement.period == year and is_exact(each.statement) and pair is not None:
            return Base(each, pair[0])
    return None
