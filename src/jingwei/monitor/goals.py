"""What a target asks for, as sets of numbers; and the goals of other documents for the same thing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jingwei.core import Statement
from jingwei.monitor import unsettled
from jingwei.monitor.facts import Known, words
from jingwei.monitor.scene import Open, Scene, base_of
from jingwei.plans.amount import Interval, Reading, goal, table
from jingwei.plans.indicator import pairs, wanted
from jingwei.plans.ranks import rank_of


@dataclass(frozen=True, slots=True)
class Goal:
    """What a target asks for, and the other statement that says so (an upper plan, a base)."""

    readings: Sequence[Reading]
    source: Statement | None = None
    steady: bool = False


def goals_of(targets: Sequence[Known], others: Sequence[Known]) -> dict[str, list[Known]]:
    """The goals of other documents that are of a target's own indicator, by target id."""
    goals = [each for each in others if each.statement.role == "target"]
    found: dict[str, list[Known]] = {target.statement.id: [] for target in targets}
    for i, j, comparison in pairs([t.indicator for t in targets], [g.indicator for g in goals]):
        if comparison.comparable:
            found[targets[i].statement.id].append(goals[j])
    return found


def goal_of(target: Known, scene: Scene) -> Goal | Open:
    """What the target asks for as intervals, or why there is no number to hold a fact against."""
    statement, indicator = target.statement, target.indicator
    direction, dimension = wanted(indicator, statement), indicator.dimension
    if statement.op != "qual" or rank_of(statement.text or "") is not None:
        return Goal(goal(statement, dimension, direction, scene.readings))
    text = statement.text or ""
    if statement.measure == "elsewhere" or re.search(words()["elsewhere"]["pattern"], text):
        for each in scene.goals[statement.id]:
            readings = goal(each.statement, dimension, direction, scene.readings)
            if readings and each.statement.period.last == statement.period.last:
                return Goal(readings, each.statement)
        return unsettled.elsewhere(target, text)
    if any(word in text for word in table()["steady"]["words"]):
        base = base_of(target, scene)
        if base is None:
            return unsettled.no_base(target, scene)
        return Goal(
            tuple(
                Reading(
                    f"“稳定”容许±{share:.0%}",
                    f"stable within {share:.0%}",
                    Interval(base.value * (1 - share), base.value * (1 + share)),
                )
                for share in scene.readings.about
                if share > 0
            ),
            base.known.statement,
            steady=True,
        )
    return unsettled.ranked(target, text, scene)
