"""Numbers of a draft that follow from published ones by arithmetic, or contradict them.

A growth rate between two published levels, an increase, a multiple, a share of two published
amounts, a total of the parts it names: the formula is the proof (``docs/semantics.md`` §10).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jingwei.core import Formula, written_out
from jingwei.monitor.health.changes import change_readings, made_by
from jingwei.monitor.health.figures import (
    Figure,
    firm,
    settled,
    shown,
)
from jingwei.monitor.health.printed import as_printed, meet, quotient, rules
from jingwei.monitor.health.rates import Path, agree, implied, is_rate, stated, windows
from jingwei.monitor.health.shares import is_level, is_share, side
from jingwei.monitor.proof.holding import other_definition
from jingwei.plans.amount import Interval, factor
from jingwei.plans.identification import stem
from jingwei.plans.indicator import Indicator, pairs

_LISTED = "、"  # between the things of a name that lists several (``plans.naming``)


@dataclass(frozen=True, slots=True)
class Computation:
    """What published figures make of a number of the draft.

    ``fits`` says whether the number follows; ``base`` is the year it was counted from where the
    draft names none (then it can only fit); ``why`` names the 口径 of the levels where it is not
    the draft's own (then too). ``documents`` are those the figures are of. ``prices`` says that
    a rate does not follow from levels in money, but could if it is one at constant prices.
    """

    formula: Formula
    fits: bool
    documents: tuple[str, ...]
    base: int | None = None
    why: str = ""
    prices: bool = False


def computations(figure: Figure, known: Sequence[Figure]) -> list[Computation]:
    """Every way to compute the number, the surest first: one 口径, a stated base, one document."""
    figure = _capped(figure)
    found = [*_changes(figure, known), *_shares(figure, known), *_sums(figure, known)]
    return sorted(
        (each for each in found if each.fits or not (each.why or each.base)),
        key=lambda each: (not each.fits, each.why != "", each.base or 0, len(each.documents)),
    )


def _capped(figure: Figure) -> Figure:
    """A multiple that was not rounded away: 2倍 is no 1.6, and 翻一番 is double at least."""
    value = figure.statement.value
    if figure.statement.op != "x" or value is None:
        return figure
    slack = value * rules()["proof"]["multiple"]
    if "番" in figure.statement.quote:
        return replace(figure, range=Interval(value, value * 2, high_open=True))
    low, high = figure.range.low, figure.range.high
    return replace(figure, range=Interval(max(low, value - slack), min(high, value + slack)))


def _of(
    owner: Indicator, figure: Figure, known: Sequence[Figure], *, loose: bool = False
) -> list[tuple[Figure, str]]:
    """The known levels of an indicator; with ``loose`` those on another 口径, and which."""
    found: list[tuple[Figure, str]] = []
    for _, j, comparison in pairs([owner], [each.indicator for each in known]):
        level = known[j]
        plain = level.statement.op in ("=", "~") and not level.indicator.name.change
        whole = math.isfinite(level.range.low) and math.isfinite(level.range.high)
        if not plain or not whole:
            continue  # 跨上5000亿元台阶 is a bound, and no level to count from
        if firm(owner, level.indicator, comparison):
            found.append((level, ""))
        elif loose and other_definition(comparison):
            hard = [str(each) for each in comparison.differences if not each.soft]
            found.append((level, "；".join(hard)))
    return found


def _changes(figure: Figure, known: Sequence[Figure]) -> Iterator[Computation]:
    """Growth, increase and multiple from a start and an end on one 口径."""
    rate = is_rate(figure)
    if not rate and figure.statement.op not in ("+", "-", "x"):
        return
    owner = settled(figure.indicator) if rate else figure.indicator
    levels = [each for each in _of(owner, figure, known, loose=True) if _serves(each[0], figure)]
    for why in sorted({why for _, why in levels}):
        own = [level for level, each in levels if each == why]
        for path, base in _paths(figure, own):
            made = _rate(figure, path) if rate else _change(figure, path)
            if made is not None:
                documents = (path.end.document, path.start.document)
                fits, formula = made
                prices = rate and not fits and _by_prices(figure, path)
                yield Computation(formula, fits, tuple(dict.fromkeys(documents)), base, why, prices)


def _serves(level: Figure, figure: Figure) -> bool:
    """A result ends with a fact, a goal with a goal; both start from a fact of one year."""
    one_year = level.statement.period.first == level.statement.period.last
    return one_year and (level.goal == figure.goal or (not level.goal and level.year < figure.year))


def _paths(figure: Figure, levels: Sequence[Figure]) -> Iterator[tuple[Path, int | None]]:
    """Starts and ends, of one document before those of two; the base where none is stated."""
    ends = [each for each in levels if each.year == figure.year and each.goal == figure.goal]
    bases = _stated_bases(figure)
    for end in ends:
        starts = [
            each for each in levels
            if not each.goal and each.year < figure.year and _of_one_place(each, end)
        ]  # fmt: skip
        starts.sort(key=lambda each: (each.document != end.document, -each.year, each.document))
        for start in starts:
            if start.year in bases:
                yield Path(start, end), None
            elif not bases:
                yield Path(start, end), start.year


def _of_one_place(a: Figure, b: Figure) -> bool:
    """Whether two levels are of one area, also where the draft leaves out which."""
    return stem(a.indicator.place) == stem(b.indicator.place)


def _stated_bases(figure: Figure) -> tuple[int, ...]:
    """The years that the draft counts a change from; () where it leaves that open."""
    statement = figure.statement
    if statement.base_year is not None:
        return (statement.base_year,)
    if is_rate(figure):
        return tuple(window[0] for window in windows(figure))
    first, last = statement.period.first, statement.period.last
    return (first - 1,) if first < last else ()


def _rate(figure: Figure, path: Path) -> tuple[bool, Formula] | None:
    rate = implied(path)
    formula = next((e for e in rate.evidence if isinstance(e, Formula)), None) if rate else None
    if rate is None or formula is None:
        return None
    return agree(stated(figure, path.window), rate), _whole_growth(figure, path) or formula


def _by_prices(figure: Figure, path: Path) -> bool:
    """Whether a believable change of prices lies between the stated rate and that of the levels."""
    rate = implied(path)
    if rate is None or path.end.indicator.dimension != rules()["prices"]["dimension"]:
        return False
    said = stated(figure, path.window).shown
    needed = ((1 + rate.shown / 100) / (1 + said / 100) - 1) * 100
    return abs(needed) <= rules()["prices"]["plausible"]


def _whole_growth(figure: Figure, path: Path) -> Formula | None:
    """The growth of several years together, where that is the number (比2020年增长52.8%)."""
    ratio = quotient(path.end.range, path.start.range)
    one_year = path.end.year - path.start.year < 2
    if ratio is None or one_year or figure.indicator.name.yearly:
        return None
    if not meet(ratio.shifted(-1).scaled(100), figure.range):
        return None
    value = (path.end.point / path.start.point - 1) * 100
    of = (path.start.statement.evidence, path.end.statement.evidence)
    digits = max(1, _decimals(figure))
    return Formula(f"{shown(path.end)}÷{shown(path.start)}−1={value:.{digits}f}%", of)


def _decimals(figure: Figure) -> int:
    """The decimals that the draft prints: the computed number is shown with as many."""
    value = figure.statement.value
    return 0 if value is None else len(as_printed(value, figure.statement.quote).partition(".")[2])


def _change(figure: Figure, path: Path) -> tuple[bool, Formula] | None:
    alike = path.end.indicator.dimension == path.start.indicator.dimension
    if figure.statement.op != "x":
        alike = alike and path.end.indicator.dimension == figure.indicator.dimension
    if not alike:
        return None
    gap, formula = made_by(figure, path)
    return (any(meet(gap, each) for each in change_readings(figure)), formula) if gap else None


def _shares(figure: Figure, known: Sequence[Figure]) -> Iterator[Computation]:
    if not is_share(figure):
        return
    above, below = (
        [
            each for each, _ in _of(side(figure.indicator, above=top), figure, known)
            if is_level(each) and each.statement.period == figure.statement.period
            and each.goal == figure.goal
        ]
        for top in (True, False)
    )  # fmt: skip
    for top in above:
        for whole in below:
            ratio = quotient(top.range, whole.range)
            alike = top.indicator.dimension == whole.indicator.dimension
            if ratio is None or not alike or not _of_one_place(top, whole):
                continue
            value = top.point / whole.point * 100
            of = (top.statement.evidence, whole.statement.evidence)
            digits = max(1, _decimals(figure))
            formula = Formula(f"{shown(top)}÷{shown(whole)}={value:.{digits}f}%", of)
            documents = tuple(dict.fromkeys((top.document, whole.document)))
            yield Computation(formula, meet(ratio.scaled(100), figure.range), documents)


def _sums(figure: Figure, known: Sequence[Figure]) -> Iterator[Computation]:
    """The total of things that a name lists (绿色工厂和智能工厂共60家) from one figure for each."""
    name = figure.indicator.name
    things = name.numerator.object.split(_LISTED)
    if len(things) < 2 or name.share or name.change or figure.indicator.ratio:
        return
    if figure.statement.op not in ("=", "~"):
        return
    parts: list[list[Figure]] = []
    for thing in things:
        term = replace(name.numerator, object=thing)
        subject = figure.statement.subject + thing
        owner = replace(figure.indicator, subject=subject, name=replace(name, numerator=term))
        parts.append([
            each for each, _ in _of(owner, figure, known)
            if each.statement.period == figure.statement.period and each.goal == figure.goal
            and each.indicator.dimension == figure.indicator.dimension
        ])  # fmt: skip
    for document in sorted({each.document for found in parts for each in found}):
        one = [next((e for e in found if e.document == document), None) for found in parts]
        whole = [each for each in one if each is not None]
        if len(whole) == len(things) and all(_of_one_place(each, whole[0]) for each in whole):
            total = Interval(sum(e.range.low for e in whole), sum(e.range.high for e in whole))
            by = factor(figure.statement, figure.indicator.dimension)
            value = round(sum(each.point for each in whole) / by, 6)
            formula = Formula(
                "+".join(map(shown, whole)) + f"={written_out(value)}{figure.statement.unit}",
                tuple(each.statement.evidence for each in whole),
            )
            yield Computation(formula, meet(total, figure.range), (document,))


def formula_of(computation: Computation) -> str:
    """The formula with the documents of its figures."""
    return f"{computation.formula}（{'、'.join(computation.documents)}）"


__all__ = ["Computation", "computations", "formula_of"]
