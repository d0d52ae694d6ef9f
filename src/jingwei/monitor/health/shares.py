"""Shares with their numerator and denominator, and the totals that a level and a share imply.

900 亿元 being 30 % of something makes that something 3000 亿元 (``docs/semantics.md`` §9.3).
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jingwei.core import Formula
from jingwei.monitor.health.figures import (
    Figure,
    Ledger,
    clear,
    firm,
    in_unit_of,
    same_place,
    shown,
)
from jingwei.monitor.health.printed import quotient
from jingwei.plans.amount import Interval
from jingwei.plans.indicator import Indicator
from jingwei.plans.indicator import side as side_of


@dataclass(frozen=True, slots=True)
class Total:
    """A total implied by a level and its share, in base units."""

    level: Figure
    share: Figure
    whole: Indicator
    range: Interval
    value: float
    evidence: Formula

    @property
    def of_one_document(self) -> bool:
        """Whether level and share are of one document, and so of one vintage."""
        return self.level.document == self.share.document

    @property
    def year(self) -> int:
        return self.level.year


def is_share(figure: Figure) -> bool:
    name = figure.indicator.name
    return (
        name.share and name.denominator is not None and not name.change
        and figure.range.low > 0 and bool(denominator_of(figure))
        and figure.statement.op in ("=", "~") and clear(figure.indicator)
    )  # fmt: skip


def is_level(figure: Figure) -> bool:
    return (
        not figure.indicator.ratio and not figure.indicator.name.change
        and figure.statement.op in ("=", "~")
        and figure.statement.measure in ("level", "flow") and figure.range.low > 0
    )  # fmt: skip


def side(share: Indicator, *, above: bool) -> Indicator:
    """Numerator or denominator of a share as an indicator of its own."""
    top, below = share.name.numerator, share.name.denominator
    assert below is not None
    if not top.measure:
        top = replace(top, measure=below.measure)
    if not below.measure:
        below = replace(below, measure=top.measure)
    term = top if above else below
    name, place = side_of(share, term)
    subject = (
        "".join((term.frame, *term.chosen)) + term.object + term.tail + term.part + term.measure
    )
    return replace(share, subject=subject, name=name, place=place, dimension="", field="")


def implied_totals(
    ledger: Ledger, shares: Sequence[Figure], levels: Sequence[Figure]
) -> list[Total]:
    """Every total that a level and a share of one document or, failing that, of two imply."""
    tops = [side(each.indicator, above=True) for each in shares]
    found: list[Total] = []
    hits: dict[int, list[Figure]] = defaultdict(list)
    for i, level, comparison in ledger.matching(tops, levels):
        share = shares[i]
        same_time = level.statement.period == share.statement.period and level.goal == share.goal
        if same_time and firm(tops[i], level.indicator, comparison) and same_place(level, share):
            hits[i].append(level)
    for i, share in enumerate(shares):
        own = [each for each in hits[i] if each.document == share.document] or hits[i]
        for level in own[:1]:
            total = _total(level, share)
            if total is not None:
                found.append(total)
    return found


def _total(level: Figure, share: Figure) -> Total | None:
    whole = quotient(level.range, share.range.scaled(0.01))
    if whole is None:
        return None
    value = level.point / share.point * 100
    formula = f"{shown(level)}÷{shown(share)}={in_unit_of(level, value)}"
    evidence = Formula(formula, (level.statement.evidence, share.statement.evidence))
    return Total(level, share, side(share.indicator, above=False), whole, value, evidence)


def denominator_of(share: Figure) -> str:
    """The denominator in the document's words."""
    _, _, below = share.statement.subject.rpartition("占")
    return _SHARE_WORDS.sub("", below).removeprefix("的")


def numerator_of(share: Figure) -> str:
    """The numerator in the document's words."""
    return share.statement.subject.rpartition("占")[0]


_SHARE_WORDS = re.compile(r"的?(?:比重|比例|份额|比率|^比)$")  # 占比 has none
