"""Whether a count can settle another at all: the stage of the work, and what is counted.

Names are trimmed of their verbs before they are compared (绿色产品开发设计 counts 绿色产品), and so may
join what has been designed with what exists, what was begun with what was finished, those who took
part with those who led. Here the verbs count again: where target and fact name two stages, or only one
of them a stage short of the thing itself, the fact is shown beside the verdict and decides nothing
(``docs/semantics.md`` §7.16). What came in is no net increase. Likewise people never stand for firms, nor things that are for things
that were done.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from jingwei.core import Statement
from jingwei.plans.indicator import Comparison, Difference


@cache
def _words() -> dict[str, Any]:
    text = files("jingwei.monitor").joinpath("settlement.toml").read_text("utf-8")
    return tomllib.loads(text)["stages"]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((each["name"], re.compile(each["pattern"])) for each in _words()["stage"])


def apart(target: Statement, seen: Statement, comparison: Comparison) -> Comparison:
    """The comparison of two counts, with the stage and the kind of thing counted."""
    if not comparison.comparable:
        return comparison
    found: list[Difference] = []
    one, other = stages_of(target), stages_of(seen)
    if one != other:
        found.append(Difference("stage", "、".join(sorted(one)), "、".join(sorted(other))))
    if nets(target) and came_in(seen):
        found.append(Difference("stage", "净增", "新增（未扣除退出）"))
    kinds = _kind(target.unit), _kind(seen.unit)
    if all(kinds) and kinds[0] != kinds[1]:
        found.append(Difference("unit", target.unit, seen.unit))
    if not found:
        return comparison
    kept = [each for each in comparison.differences if each.aspect != "unit"]
    return Comparison("differs", (*kept, *found))


def stages_of(statement: Statement) -> frozenset[str]:
    """The stages short of the thing itself that a count is said to be of (开工, 开发设计)."""
    words = f"{statement.subject}\n{statement.quote}"
    counted = _kind(statement.unit) or statement.unit in _words()["any"]
    return frozenset(name for name, each in _patterns() if counted and each.search(words))


def nets(statement: Statement) -> bool:
    """Whether it says by how many there are more (净增), what left taken off."""
    return statement.op == "+" and re.search(_words()["net"]["net"], statement.quote) is not None


def came_in(statement: Statement) -> bool:
    """Whether it says how many came in (新增, 新认定), whatever left."""
    gross = re.search(_words()["net"]["gross"], statement.quote) is not None
    return statement.op == "+" and gross and not nets(statement)


def _kind(unit: str) -> str:
    return next((name for name, units in _words()["counted"].items() if unit in units), "")
