"""Targets on the path: reached under the assumptions or not, and by how much."""

from collections.abc import Mapping
from dataclasses import dataclass

from jingwei.core import Gap, InvalidRequest, Missing, Verdict, written_out
from jingwei.monitor.whatif.assumptions import Assumptions, Wanted
from jingwei.monitor.whatif.paths import Paths, Point


@dataclass(frozen=True, slots=True)
class Outcome:
    """A target on the path. ``reached`` under the assumptions; ``gap`` what is short; ``growth``
    the percent a year that would reach it from the last known value, None where none would."""

    target: Wanted
    point: Point
    reached: bool
    gap: Gap | None
    growth: float | None

    def verdict(self, holder: str) -> Verdict:
        """Unknown: an assumption proves nothing. ``holder`` will have the value."""
        target = f"{self.target.of}{self.target.year}年{self.target.op}{written_out(self.target.value, 6)}"
        end = "能达到" if self.reached else "达不到"
        return Verdict(
            "unknown",
            self.target.of,
            "§23.9",
            "",
            f"在所列假设下，{target}{end}：{written_out(self.point.value, 6)}{self.point.unit}",
            f"under the assumptions {target} would {'' if self.reached else 'not '}be reached: "
            f"{written_out(self.point.value, 6)}",
            (self.point.formula,),
            (Missing(f"{self.target.of}{self.target.year}年的数", holder),),
            self.gap,
        )


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The path, variable by variable, and what becomes of the targets on it."""

    points: tuple[Point, ...]
    outcomes: tuple[Outcome, ...]


def what_if(assumptions: Assumptions) -> WhatIf:
    """Compute the path. Raises InvalidRequest, naming the variable, for rules that do not fit."""
    paths = Paths(assumptions)
    for name in assumptions.variables:
        paths.of(name, ())
    points = tuple(point for name in assumptions.variables for point in paths.done[name].values())
    return WhatIf(points, tuple(_outcome(t, paths.done, assumptions) for t in assumptions.targets))


def _outcome(
    target: Wanted, paths: Mapping[str, Mapping[int, Point]], given: Assumptions
) -> Outcome:
    path = paths.get(target.of)
    if path is None or target.year not in path:
        raise InvalidRequest(
            f"目标“{target.of}”{target.year}年不在推算路径上；请补变量，或把 to 写到那一年",
            f"the target '{target.of}' in {target.year} is not on the path; add the variable or "
            "move 'to'",
        )
    point = path[target.year]
    reached = {
        ">=": point.value >= target.value, ">": point.value > target.value,
        "<=": point.value <= target.value, "<": point.value < target.value,
    }[target.op]  # fmt: skip
    gap = None if reached else Gap(target.of, point.value, target.value, point.unit)
    start = given.variables[target.of]
    growth = None
    if start.value is not None and start.year is not None and target.year > start.year:
        ratio = target.value / start.value if start.value else 0.0
        if ratio > 0:
            growth = 100 * (ratio ** (1 / (target.year - start.year)) - 1)
    return Outcome(target, point, reached, gap, growth)
