"""The way of a target from its base to its goal, and the newest point on it.

Each kind of target is put on one scale on which start, value and goal are numbers (§20.3): a
level or share as it is; an increase as the change, a multiple as the ratio to the base; a flow as
the running sum; a decline as the cumulated per cent; growth as the index of a level path that
starts at 100.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jingwei.core import Evidence, Period
from jingwei.monitor.derivation import grown_by
from jingwei.monitor.facts import Fact, Known
from jingwei.monitor.judgement import agree
from jingwei.monitor.scene import Open, Scene, base_year
from jingwei.monitor.status import series
from jingwei.monitor.status.series import History, Point
from jingwei.plans.amount import (
    Interval,
    Reading,
    is_exact,
    is_total_growth,
    numbers,
    told_as_growth,
    written,
)

Scale = Literal[
    "level", "change", "decrease", "multiple", "sum", "decline", "growth", "rate", "each"
]
_HUNDRED = 100.0


@dataclass(frozen=True, slots=True)
class Track:
    """One way to see where a target stands.

    start:   on the scale; ``goals`` are sets of numbers on it, one a declared reading
    fact:    the newest value on the scale, in words and with its proof
    offset:  the level at the base, for a change; None where it is not known
    began, end, due:  last months of the base, of the value, of the goal's period
    base:    the base in words, "" where there is none; ``proof`` is its evidence
    label:   which sources are trusted, where they exclude each other
    ago:     the value on the scale a year before the newest; None where it is not known for certain
    """

    scale: Scale
    start: float
    fact: Fact
    goals: tuple[Reading, ...]
    began: int
    end: int
    due: int
    offset: float | None = None
    base: str = ""
    proof: tuple[Evidence, ...] = ()
    label: str = ""
    ago: float | None = None

    def of_last_year(self) -> "Track | None":
        """The way from the value of a year ago; None where that is not known, or is the base."""
        began = self.end - 12
        if self.ago is None or began <= self.began:
            return None
        return replace(self, start=self.ago, began=began, ago=None)

    @property
    def elapsed(self) -> float:
        """The share of its time that had passed at the end of the value."""
        return (self.end - self.began) / (self.due - self.began)

    @property
    def years(self) -> float:
        return (self.end - self.began) / 12

    @property
    def years_left(self) -> float:
        return (self.due - self.end) / 12

    def index(self, value: float) -> float | None:
        """The level behind a value of the scale (or any multiple of it), for growth rates."""
        match self.scale:
            case "change":
                return None if self.offset is None else self.offset + value
            case "decrease":
                return None if self.offset is None else self.offset - value
            case "decline":
                return _HUNDRED - value
            case "sum" | "rate" | "each":
                return None
            case _:
                return value


def scale_of(target: Known, window: Period | None) -> Scale:
    """The scale of a target by its kind."""
    statement, change = target.statement, target.indicator.name.change
    if statement.op in ("+", "-", "x"):
        scales: Mapping[str, Scale] = {"+": "change", "-": "decrease", "x": "multiple"}
        return scales[statement.op]
    if change == "reduction":
        return "decline" if window is not None else "rate"
    if change == "growth":
        return "growth" if window is not None else "rate"
    if change == "rise":
        return "change"
    return "level" if window is None else "sum"


def tracks(
    target: Known,
    goals: Sequence[Reading],
    found: History,
    scene: Scene,
    window: Period | None,
    last: int,
) -> list[Track] | Open:
    """Every track the sources allow, of the newest value up to month ``last``; or what is missing.

    More than one only where sources exclude each other: values of one time, or bases.
    """
    scale = scale_of(target, window)
    if scale == "multiple" and told_as_growth(target.statement):
        goals = [both for goal in goals for both in grown_by(goal, goal.interval.low, 1.0)]
    start_year = base_year(target, scene)
    due = 12 * target.statement.period.last + 11
    if scale == "rate":
        return _rate(target, goals, found, last, due)
    began = 12 * start_year + 11
    first = window.first if window is not None else start_year + 1
    if scale in ("sum", "decline", "growth"):
        began = 12 * first - 1
        # what ended before the plan is zero progress, however it is worded (§20.3)
        points = [
            each for each in _over_time(target, found, scale, first, last) if each.end > began
        ]
        hole = series.hole(found, first, last)
        newest = max((point.end for point in points if point.end <= last), default=0)
        if hole is not None and newest < 12 * hole[1]:
            return Open(
                f"缺{hole[0]}年的数，各年不能相加或连乘到{hole[1]}年",
                f"the figure of {hole[0]} is missing, so the years up to {hole[1]} cannot be joined",
                f"{hole[0]}年{_thing(target)}",
            )
        if not newest:
            return _no_value(found, first - 1, f"{first}年起各年{_thing(target)}")
        years = Period(first, target.statement.period.last)
        whole = is_total_growth(target.statement)  # 比2020年增长30%: over all the years
        aims = tuple(_on_index(goal, 1 if whole else len(years.years)) for goal in goals)
        return [
            Track(
                scale, _HUNDRED if scale == "growth" else 0.0, fact,
                aims if scale == "growth" else tuple(goals), began, end, due, label=label,
                ago=_ago(points, end),
            )
            for end, fact, label in _newest(points, last)
        ]  # fmt: skip
    return _from_base(target, goals, found, scene, scale, (start_year, began, last, due))


def _on_index(goal: Reading, years: int) -> Reading:
    """A mean growth in per cent as the level it leads to in ``years`` years, from 100."""
    interval = goal.interval

    def level(rate: float) -> float:
        return _HUNDRED * (1 + rate / 100) ** years if abs(rate) < float("inf") else rate

    return replace(
        goal, interval=replace(interval, low=level(interval.low), high=level(interval.high))
    )


def _over_time(target: Known, found: History, scale: Scale, first: int, last: int) -> list[Point]:
    """Sums, declines or growth since the first year: stated as a whole, else computed."""
    growth = scale == "growth"
    stated = series.totals(found, first, growth=growth)
    if growth:
        stated = [
            Point(
                point.end,
                replace(
                    point.fact,
                    readings=tuple(
                        _on_index(each, (point.end + 1) // 12 - first)
                        for each in point.fact.readings
                    ),
                ),
            )
            for point in stated
        ]
    kinds: dict[str, Literal["sum", "decline", "growth"]] = {
        "sum": "sum", "decline": "decline", "growth": "growth",
    }  # fmt: skip
    points = [*stated, *series.running(found, first, kind=kinds[scale])]
    if scale != "sum" and not any(point.end <= last for point in points):
        change: series.Change = "growth" if growth else "reduction"
        points = series.from_levels(found, first - 1, change)
    return points


def _newest(points: Sequence[Point], last: int) -> list[tuple[int, Fact, str]]:
    """The facts of the newest time: one where they agree, all with a label where they do not."""
    known = [point for point in points if point.end <= last]
    if not known:
        return []
    end = max(point.end for point in known)
    facts = sorted(
        (point.fact for point in known if point.end == end),
        key=lambda fact: (fact.width, fact.slack, fact.documents, fact.zh),
    )
    distinct: list[Fact] = []
    for fact in facts:
        if not any(agree(fact, other) for other in distinct):
            distinct.append(fact)
    labelled = len(distinct) > 1
    return [(end, fact, f"按{fact.zh}" if labelled else "") for fact in distinct]


def _ago(points: Sequence[Point], end: int) -> float | None:
    """The one exact number of a year before ``end``; None where there is none, or several."""
    found = {
        reading.interval.low
        for point in points
        if point.end == end - 12
        for reading in point.fact.readings
        if reading.interval.low == reading.interval.high
    }
    return found.pop() if len(found) == 1 else None


def _rate(
    target: Known, goals: Sequence[Reading], found: History, last: int, due: int
) -> list[Track] | Open:
    """The growth of one year: its cumulative months against the goal itself."""
    year = target.statement.period.last
    points: list[Point] = []
    for each, comparison in found.same:
        inside = each.statement.period == Period.year(year)
        fact = series.told_rate(found, each, comparison) if inside else None
        if fact is not None:
            points.append(Point(each.end, fact))
    newest = _newest(points, last)
    if not newest:
        return _no_value(found, year - 1, f"{year}年{_thing(target)}（年内累计）")
    return [
        Track("rate", 0.0, fact, tuple(goals), 12 * year - 1, end, due, label=label)
        for end, fact, label in newest
    ]


def _from_base(
    target: Known,
    goals: Sequence[Reading],
    found: History,
    scene: Scene,
    scale: Scale,
    months: tuple[int, int, int, int],
) -> list[Track] | Open:
    """Levels, changes and multiples: the newest level against that of the base year."""
    year, began, last, due = months
    levels = [point for point in series.levels(found) if point.end > began]
    bases = _bases(found, year)
    if scale in ("change", "decrease"):
        stated = [p for p in series.changes(found, year + 1) if began < p.end <= last]
        known = [p for p in levels if p.end <= last]
        if stated and (not known or max(p.end for p in stated) >= max(p.end for p in known)):
            offset = bases[0][1] if bases else None
            return [
                Track(scale, 0.0, fact, tuple(goals), began, end, due, offset, label=label)
                for end, fact, label in _newest(stated, last)
            ]
    newest = _newest(levels, last)
    if not newest:
        return _no_value(found, year, f"{year + 1}年以来{_thing(target)}")
    if not bases:
        return Open(
            f"缺{year}年基期数，不能算进度；最近为{newest[0][1].zh}",
            f"the base figure of {year} is missing, so progress cannot be told;"
            f" the newest value is {newest[0][1].en}",
            f"{year}年{_thing(target)}（基期，同口径）",
            evidence=newest[0][1].evidence,
        )
    made: list[Track] = []
    for end, fact, label in newest:
        own, shown = _paired(bases, fact)
        for base, size in own:
            if scale == "multiple" and size <= 0:
                continue
            named = f"{year}年{written(base.statement)}（{base.statement.document}）"
            trusted = [label] if label else []
            trusted += [f"基期{named}"] if shown else []
            start = {"level": size, "multiple": 1.0}.get(scale, 0.0)
            moved = replace(fact, readings=tuple(_moved(r, size, scale) for r in fact.readings))
            earlier = [
                replace(
                    p,
                    fact=replace(
                        p.fact, readings=tuple(_moved(r, size, scale) for r in p.fact.readings)
                    ),
                )
                for p in levels
                if p.end == end - 12
            ]
            made.append(
                Track(
                    scale, start, moved, tuple(goals), began, end, due, size, named,
                    (base.evidence,), "，".join(trusted), _ago(earlier, end),
                )
            )  # fmt: skip
    return made or _no_value(found, year, f"{year}年{_thing(target)}（基期，大于0）")


def _moved(reading: Reading, base: float, scale: Scale) -> Reading:
    interval = reading.interval
    if scale == "change":
        interval = interval.shifted(-base)
    elif scale == "decrease":
        interval = Interval(
            base - interval.high, base - interval.low, interval.high_open, interval.low_open
        )
    elif scale == "multiple":
        interval = interval.scaled(1 / base)
    return replace(reading, interval=interval)


def _bases(found: History, year: int) -> list[tuple[Known, float]]:
    """Exact levels of the base year, the plan's own first."""
    bases: list[tuple[Known, float]] = []
    for each, _ in found.levels:
        pair = numbers(each.statement, each.indicator.dimension)
        in_year = each.statement.period == Period.year(year) and each.end == 12 * year + 11
        exact = is_exact(each.statement) and pair is not None and pair[0] == pair[1]
        if in_year and exact and pair is not None and not series.is_change(each):
            bases.append((each, pair[0]))
    return bases


def _paired(
    bases: Sequence[tuple[Known, float]], fact: Fact
) -> tuple[list[tuple[Known, float]], bool]:
    """The bases that differ by more than rounding, that of the value's own source first; whether
    there is more than one."""
    ordered = sorted(bases, key=lambda pair: pair[0].statement.document not in fact.documents)
    distinct: list[tuple[Known, float]] = []
    for base, size in ordered:
        if not any(abs(size - other) <= 5e-4 * abs(other) for _, other in distinct):
            distinct.append((base, size))
    return distinct, len(distinct) > 1


def _thing(target: Known) -> str:
    return target.statement.subject


def _no_value(found: History, year: int, missing: str) -> Open:
    """Nothing on the target's own 口径 after the base ``year``: what there is instead, if anything."""
    base = 12 * year + 11
    later = [pair for pair in found.near if pair[0].end > base]
    first = min(later, key=lambda p: (p[1].kind != "differs", -p[0].end), default=None)
    if first is None:
        return Open(
            "规划期内没有同口径的数",
            "no figure of the plan period on this definition is known",
            missing,
        )
    each, comparison = first
    parts = "；".join(str(d) for d in comparison.differences if not d.soft)
    seen = f"{each.statement.subject} {written(each.statement)}（{each.statement.period}年）"
    if comparison.kind == "similar":
        return Open(
            "规划期内没有这一指标的数",
            "no figure of this indicator is known for the plan period",
            missing,
        )
    return Open(
        f"规划期内只有另一口径的数（{parts}）：{seen}",
        f"only a figure of another 口径 is known ({parts}): {seen}",
        missing,
    )
