"""A number of a draft held against one number of a known document.

Numbers agree when rounding, a change of unit or a fraction in words can turn one into the other;
then hedge, role (goal or fact), time and 口径 must agree too (``docs/semantics.md`` §10).
"""

import math
import re
from dataclasses import dataclass

from jingwei.core import Statement
from jingwei.monitor.health.figures import firm
from jingwei.monitor.health.printed import half_step, rules
from jingwei.plans.amount import factor, hedged, numbers, worded
from jingwei.plans.indicator import Comparison, Indicator

LEVELS = frozenset({"=", "~", ">=", ">", "<=", "<", "range"})


@dataclass(frozen=True, slots=True)
class Likeness:
    """How the numbers of two statements relate.

    ``how`` is exact, unit (another unit word), rounded, finer (3.71 against 3.7: the source writes fewer
    digits), fraction, bound (超过500 against 512), words or "" where they differ; ``hedge`` says that one side carries a hedge the other lacks.
    """

    how: str
    hedge: bool = False


def likeness(draft: Statement, source: Statement, dimension: str) -> Likeness:
    """Whether the draft's number is the source's number, and how it was rewritten."""
    if "qual" in (draft.op, source.op):
        same = draft.op == source.op and draft.text == source.text
        return Likeness("words" if same else "")
    one, other = numbers(draft, dimension), numbers(source, dimension)
    if one is None or other is None or not of_one_kind(draft, source):
        return Likeness("")
    if draft.op == "x" and not _as_many(draft, one[0], source, other[0]):
        return Likeness("")
    if _bounds(draft, one[0], source, other):
        return Likeness("bound")
    if all(map(_same, one, other)):
        how = "exact" if factor(draft, dimension) == factor(source, dimension) else "unit"
        if worded(draft) != worded(source):
            how = "fraction"
        return Likeness(how, _hedges_differ(draft, source, rewritten=how != "exact"))
    if all(map(_near, one, other, [_step(draft, source, dimension)] * 2)):
        how = "fraction" if worded(draft) != worded(source) else "rounded"
        if how == "rounded" and _finer(draft, source, dimension):
            return Likeness("finer")
        return Likeness(how, _hedges_differ(draft, source, rewritten=True))
    return Likeness("")


def _as_many(draft: Statement, value: float, source: Statement, other: float) -> bool:
    """翻番 is double or more: neither 1.91 nor 接近翻番 is; 接近翻番 is not more than double."""
    if "番" not in draft.quote:
        return True
    if hedged(draft, "nearly"):
        return other <= value * (1 + 1e-9)
    return other >= value * (1 - 1e-9) and not hedged(source, "nearly")


def of_one_kind(draft: Statement, source: Statement) -> bool:
    """Both a level, both words, or both a change of one sign."""
    return _kind(draft) == _kind(source)


def _kind(statement: Statement) -> str:
    return "level" if statement.op in LEVELS else statement.op


def _same(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)


def _near(a: float, b: float, step: float) -> bool:
    return abs(a - b) <= step * (1 + 1e-9)


def _step(draft: Statement, source: Statement, dimension: str) -> float:
    """The rounding that may lie between the two: half a step of the coarser one.

    A fraction in words is taken strictly: within half a point (``rules.toml``). About a round number
    (约7300 for 7328) is rounded at its zeros, by no more than a part of it (``rules.toml``).
    """
    steps: list[float] = []
    for each in (draft, source):
        if worded(each):
            steps.append(rules()["proof"]["fraction"])
        else:
            step = max(half_step(each), _round_zeros(each) if each is draft else 0.0)
            steps.append(step * factor(each, dimension))
    return max(steps)


def _round_zeros(draft: Statement) -> float:
    value = draft.value
    if draft.op != "~" or value is None or value < 100 or value != int(value):
        return 0.0
    zeros = len(str(int(value))) - len(str(int(value)).rstrip("0"))
    return min(0.5 * 10.0**zeros, value * rules()["proof"]["about"])


def _finer(draft: Statement, source: Statement, dimension: str) -> bool:
    """Whether a draft writes more digits than its source, which therefore proves only the first ones."""
    if worded(draft) or worded(source):
        return False
    mine, its = (half_step(each) * factor(each, dimension) for each in (draft, source))
    return mine < its * (1 - 1e-9)


def _hedges_differ(draft: Statement, source: Statement, *, rewritten: bool) -> bool:
    """900左右 written as 900, 以上 dropped, 超过 turned into 以上.

    约 in front of a number that was rounded is what it should be; so is its absence there.
    """
    one, other = _hedge(draft), _hedge(source)
    if one == other:
        return False
    fact = draft.role == "observation" and source.role == "observation"
    return not (fact and {one, other} == {"", "~"} and (rewritten or one == "~"))


def _hedge(statement: Statement) -> str:
    if statement.op == "x" and hedged(statement, "nearly"):
        return "nearly"
    if statement.op in ("=", "range", "+", "-", "x"):
        return ""
    if statement.op in (">=", ">"):
        strict = statement.op == ">" or any(
            w in statement.hedge for w in rules()["proof"]["beyond"]
        )
        return ">" if strict else ">="
    return statement.op


def _bounds(draft: Statement, value: float, source: Statement, other: tuple[float, float]) -> bool:
    """Whether the draft gives a bound that the source's own number keeps, and keeps closely."""
    if source.op not in ("=", "~") or source.role != draft.role or draft.role == "target":
        return False
    reach = abs(other[0]) * rules()["proof"]["bound"]
    beyond = other[0] - value if draft.op in (">", ">=") else value - other[1]
    if draft.op not in (">", ">=", "<", "<=") or beyond > reach:
        return False
    return beyond > 0 or (beyond == 0 and _hedge(draft) in (">=", "<="))


_CHANGES = frozenset({"+", "-"})


def _base(change: Statement) -> int:
    """The year that a change is counted from."""
    return change.base_year if change.base_year is not None else change.period.first - 1


_YEAR = re.compile(r"(?:19|20)\d\d年")


def same_end(draft: Statement, source: Statement) -> bool:
    """Whether one speaks of several years and the other, which writes no year beside its number, of the
    last of them: 「五年完成调整项目4208项」, and a list of results at the end of those years."""
    single = [each for each in (draft, source) if each.period.first == each.period.last]
    if len(single) != 1 or draft.period.last != source.period.last:
        return False
    return _YEAR.search(single[0].quote) is None


def same_time(draft: Statement, source: Statement) -> bool:
    """Whether both speak of one time: the same period, or the same last year for a level; changes also
    from one base."""
    if {draft.op, source.op} <= _CHANGES and _base(draft) != _base(source):
        return False
    if draft.period == source.period:
        return True
    whole = ("flow", "growth", "reduction")
    loose = draft.measure not in whole and source.measure not in whole
    return loose and draft.period.last == source.period.last


def one_thing(a: Indicator, b: Indicator, comparison: Comparison) -> bool:
    """Whether a number of one may be checked against the other: what is left open may agree."""
    allowed = ("measure", "denominator", "definition", "scope", "price", "coverage")
    return firm(a, b, comparison, allow=allowed)


def other_definition(comparison: Comparison) -> bool:
    """The same thing on another 口径; another place is another thing."""
    return comparison.kind == "differs" and "scope" not in comparison.aspects()
