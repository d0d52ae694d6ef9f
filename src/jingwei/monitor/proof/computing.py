"""Numbers of a draft that no document states and that follow from stated ones by arithmetic.

A growth rate between two published levels, an increase, a multiple, a share of two published
amounts: the formula is the proof (``docs/semantics.md`` §10).
"""

from collections.abc import Iterator, Sequence

from jingwei.core import Formula
from jingwei.monitor.health.changes import change_readings, made_by, paths_of
from jingwei.monitor.health.figures import Figure, firm, same_place, settled, shown
from jingwei.monitor.health.printed import meet, quotient
from jingwei.monitor.health.rates import agree, implied, is_rate, paths, stated
from jingwei.monitor.health.shares import is_level, is_share, side
from jingwei.plans.indicator import Indicator, pairs


def computed(figure: Figure, known: Sequence[Figure]) -> Formula | None:
    """The formula that gives the number, or None."""
    return next(_formulas(figure, known), None)


def _formulas(figure: Figure, known: Sequence[Figure]) -> Iterator[Formula]:
    if is_rate(figure):
        levels = _of(settled(figure.indicator), figure, known)
        for path in paths(figure, levels):
            rate = implied(path)
            if rate is not None and agree(stated(figure, path.window), rate):
                yield from (each for each in rate.evidence if isinstance(each, Formula))
    elif figure.statement.op in ("+", "-", "x"):
        levels = _of(figure.indicator, figure, known)
        for path in paths_of(figure, levels):
            gap, formula = made_by(figure, path)
            if gap is not None and any(meet(gap, each) for each in change_readings(figure)):
                yield formula
    elif is_share(figure):
        yield from _shares(figure, known)


def _of(owner: Indicator, figure: Figure, known: Sequence[Figure]) -> list[Figure]:
    """The known levels of an indicator."""
    hits = pairs([owner], [each.indicator for each in known])
    return [
        known[j] for _, j, comparison in hits
        if firm(owner, known[j].indicator, comparison) and same_place(known[j], figure)
        and known[j].statement.op in ("=", "~") and not known[j].indicator.name.change
    ]  # fmt: skip


def _shares(figure: Figure, known: Sequence[Figure]) -> Iterator[Formula]:
    wanted = [side(figure.indicator, above=True), side(figure.indicator, above=False)]
    above, below = (
        [
            each for each in _of(one, figure, known)
            if is_level(each) and each.statement.period == figure.statement.period
            and each.goal == figure.goal
        ]
        for one in wanted
    )  # fmt: skip
    for top in above:
        for whole in below:
            ratio = quotient(top.range, whole.range)
            if top.document == whole.document and ratio and meet(ratio.scaled(100), figure.range):
                value = top.point / whole.point * 100
                of = (top.statement.evidence, whole.statement.evidence)
                yield Formula(f"{shown(top)}÷{shown(whole)}={value:.1f}%", of)
