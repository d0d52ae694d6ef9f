"""Facts that follow from published ones by plain arithmetic, with the formula as their proof.

Used only where no document states the figure itself, and only from figures of one document (so
of one vintage) on exactly the target's 口径 (``docs/semantics.md`` §7): a change over its base,
yearly figures summed or compounded, a part as share times whole, a share as part over whole,
and the total of grades (国家级 and 市级).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from jingwei.core import Formula, Period, Statement
from jingwei.monitor.facts import Fact, Known, Near, written
from jingwei.plans.amount import Interval, Reading, Readings, fact, numbers
from jingwei.plans.indicator import Indicator, compare
from jingwei.plans.wording import Term


def derived(
    target: Known, found: Sequence[Near], seen: Sequence[Known], window: Period | None
) -> Iterator[Fact]:
    """Every fact about a level, share, flow or compounded change that follows from ``seen``."""
    if target.indicator.name.change in ("reduction", "growth") and window is not None:
        yield from _compounded(target, found, window)
    elif window is not None:
        yield from _summed(target, found, window)
    year = target.statement.period
    yield from _part_of_whole(target, seen, window or year)
    if target.indicator.name.share and window is None:
        yield from _share_of(target, seen, year)
    yield from _grades(target, found)


def _exact(statement: Statement, dimension: str) -> float | None:
    pair = numbers(statement, dimension)
    return pair[0] if pair and statement.op == "=" and pair[0] == pair[1] else None


def _by_document(each: Iterable[Near]) -> Iterator[tuple[str, list[Near]]]:
    groups: defaultdict[str, list[Near]] = defaultdict(list)
    for one in each:
        groups[one.statement.document].append(one)
    yield from sorted(groups.items())


def _yearly(found: Sequence[Near], window: Period) -> Iterator[tuple[str, list[Near]]]:
    """Per document the exact figures of every single year of the window, where complete."""
    years = set(window.years)
    for document, group in _by_document(found):
        by_year: dict[int, Near] = {}
        for each in group:
            period = each.statement.period
            if each.comparison.kind in ("same", "reworded", "differs") and period.first == period.last:
                if each.comparison.aspects() <= {"window"} and each.statement.op == "=":
                    by_year.setdefault(period.last, each)
        if set(by_year) >= years and len(years) > 1:
            yield document, [by_year[year] for year in sorted(years)]


def _compounded(target: Known, found: Sequence[Near], window: Period) -> Iterator[Fact]:
    """1 - prod(1 - d) for declines, the yearly mean of prod(1 + g) for growth."""
    sign = -1 if target.indicator.name.change == "reduction" else 1
    for document, years in _yearly(found, window):
        rates = [_exact(each.statement, "share") for each in years]
        if None in rates:
            continue
        product = math.prod(1 + sign * rate / 100 for rate in rates if rate is not None)
        terms = "×".join(f"(1{'−' if sign < 0 else '+'}{rate:.10g}%)" for rate in rates)
        if sign < 0:
            value, formula = (1 - product) * 100, f"1−{terms}"
        elif target.indicator.name.yearly:
            value, formula = (product ** (1 / len(rates)) - 1) * 100, f"({terms})^(1/{len(rates)})−1"
        else:
            value, formula = (product - 1) * 100, f"{terms}−1"
        yield _fact(value, f"{formula} = {value:.4g}%", document, [y.statement for y in years])


def _summed(target: Known, found: Sequence[Near], window: Period) -> Iterator[Fact]:
    for document, years in _yearly(found, window):
        values = [_exact(each.statement, target.indicator.dimension) for each in years]
        if None in values:
            continue
        terms = "+".join(written(each.statement) for each in years)
        total = math.fsum(value for value in values if value is not None)
        yield _fact(total, terms, document, [y.statement for y in years])


def _plain(target: Indicator, term: Term, dimension: str) -> Indicator:
    """The indicator of one side of a share, as if it stood alone."""
    name = replace(
        target.name, numerator=term, denominator=None, share=False, notes=(), renamed=(), change=""
    )
    return replace(target, subject="", name=name, dimension=dimension, field="")


def _sides(share: Indicator) -> tuple[Indicator, Indicator] | None:
    """Numerator and denominator of a share, as indicators; None where one is not named."""
    above, below = share.name.numerator, share.name.denominator
    if not share.name.share or below is None:
        return None
    if not below.measure:
        below = replace(below, measure=above.measure)
    return _plain(share, above, ""), _plain(share, below, "")


def _hits(wanted: Indicator, each: Known) -> bool:
    # the side of a share bears no unit and no bracket of its own
    plain = replace(each.indicator, dimension="", subject="-", field="")
    return plain.name.change == "" and compare(wanted, plain).comparable


def _part_of_whole(target: Known, seen: Sequence[Known], when: Period) -> Iterator[Fact]:
    """技改投资 = 占工业投资比重 × 工业投资, both of one document and one period."""
    if target.indicator.ratio or target.indicator.name.change:
        return
    for share in seen:
        sides = _sides(share.indicator)
        if sides is None or share.statement.period != when or not _hits(sides[0], target):
            continue
        for whole in seen:
            same_text = whole.statement.document == share.statement.document
            if not same_text or whole.statement.period != when or whole.indicator.ratio:
                continue
            size = _exact(whole.statement, whole.indicator.dimension)
            if size is None or size <= 0 or not _hits(sides[1], whole):
                continue
            got = fact(share.statement, "share", Readings())
            parts = tuple(replace(r, interval=r.interval.scaled(size / 100)) for r in got)
            formula = f"{written(whole.statement)}×{written(share.statement)}"
            yield _made(parts, formula, share.statement.document, [whole.statement, share.statement])


def _share_of(target: Known, seen: Sequence[Known], year: Period) -> Iterator[Fact]:
    """A share from its published numerator and denominator, both of one document and year."""
    sides = _sides(target.indicator)
    if sides is None:
        return
    for above in seen:
        if above.statement.period != year or above.indicator.ratio or not _hits(sides[0], above):
            continue
        for below in seen:
            same_text = below.statement.document == above.statement.document
            if not same_text or below.statement.period != year or below.indicator.ratio:
                continue
            if below.indicator.dimension != above.indicator.dimension or not _hits(sides[1], below):
                continue
            part = _exact(above.statement, above.indicator.dimension)
            whole = _exact(below.statement, below.indicator.dimension)
            if part is None or whole is None or whole <= 0:
                continue
            value = 100 * part / whole
            formula = f"{written(above.statement)}÷{written(below.statement)} = {value:.4g}%"
            yield _fact(value, formula, above.statement.document, [above.statement, below.statement])


def _grades(target: Known, found: Sequence[Near]) -> Iterator[Fact]:
    """国家级和市级 as the sum of both, where one document counts each."""
    wanted = set(target.indicator.name.numerator.grade)
    if len(wanted) < 2:
        return
    fitting = [
        each for each in found
        if each.comparison.aspects() == {"grade"} and each.timing == "ok"
    ]  # fmt: skip
    for document, group in _by_document(fitting):
        by_grade = {each.known.indicator.name.numerator.grade: each for each in group}
        single = [by_grade.get((grade,)) for grade in sorted(wanted)]
        values = [_exact(each.statement, "") for each in single if each is not None]
        if len(values) == len(wanted) and None not in values:
            statements = [each.statement for each in single if each is not None]
            total = math.fsum(value for value in values if value is not None)
            yield _fact(total, "+".join(map(written, statements)), document, statements)


def changes(
    target: Known, facts: Sequence[Fact], bases: Sequence[Known], base_year: int, readings: Readings
) -> Iterator[Fact]:
    """The change of each level fact over the base: value − base, or value ÷ base for multiples.

    A base from the fact's own document is preferred: one vintage, one revision.
    """
    op = target.statement.op
    for level in facts:
        fitting = [
            each for each in bases
            if each.statement.period == Period.year(base_year)
            and _exact(each.statement, each.indicator.dimension) is not None
        ]  # fmt: skip
        fitting.sort(key=lambda each: (each.statement.document != level.document, each.statement.id))
        if not fitting or level.change:
            continue
        base = fitting[0]
        size = _exact(base.statement, base.indicator.dimension)
        if size is None or (op == "x" and size <= 0):
            continue
        parts: list[Reading] = []
        for reading in level.readings:
            span = reading.interval
            if op == "x":
                span = span.scaled(1 / size)
            elif op == "-":
                span = Interval(size - span.high, size - span.low, span.high_open, span.low_open)
            else:
                span = span.shifted(-size)
            parts.append(replace(reading, interval=span))
        sign = {"x": "÷", "-": "−"}.get(op, "−")
        formula = f"{level.zh}{sign}{base_year}年{written(base.statement)}"
        if op == "-":
            formula = f"{base_year}年{written(base.statement)}−{level.zh}"
        made = _made(tuple(parts), formula, level.document, [base.statement], level.evidence)
        yield replace(made, change=True)


def _fact(value: float, formula: str, document: str, of: Sequence[Statement]) -> Fact:
    reading = Reading("按公式", "by the formula", Interval.point(value))
    return _made((reading,), formula, document, of)


def _made(
    readings: tuple[Reading, ...],
    formula: str,
    document: str,
    of: Sequence[Statement],
    more: tuple[object, ...] = (),
) -> Fact:
    inputs = tuple(each.evidence for each in of)
    evidence = Formula(formula, (*inputs, *more))  # pyright: ignore[reportArgumentType]
    return Fact(
        readings,
        f"由公布数推算：{formula}（{document}）",
        f"computed from published figures: {formula} ({document})",
        document,
        (evidence,),
    )
