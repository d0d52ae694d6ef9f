"""Facts that follow from published ones by plain arithmetic, with the formula as their proof.

Used only where no document states the figure itself, and only on exactly the target's 口径
(``docs/semantics.md`` §7): a change over its base, yearly figures summed or compounded, and,
from figures of one document (so of one vintage), a part as share times whole, a share as part
over whole, and the total of grades (国家级 and 市级).
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from jingwei.core import Evidence, Formula, Period, Statement, written_out
from jingwei.monitor.facts import Fact, Known, Near, is_stock, reach, words
from jingwei.monitor.judgement import agree
from jingwei.plans.amount import Interval, Reading, fact, factor, numbers, resolution, written
from jingwei.plans.indicator import Indicator, compare, side
from jingwei.plans.wording import Term, tables


def derived(
    target: Known, found: Sequence[Near], seen: Sequence[Known], window: Period | None
) -> Iterator[Fact]:
    """Every fact about a level, share, flow or compounded change that follows from ``seen``."""
    if window is not None:
        yield from _of_years(target, found, window)
    year = target.statement.period
    yield from _part_of_whole(target, seen, window or year)
    if target.indicator.name.share and window is None:
        yield from _share_of(target, seen, year)
    yield from _grades(target, found)


def _of_years(target: Known, found: Sequence[Near], window: Period) -> Iterator[Fact]:
    """What follows for the whole window from the figures of all its years."""
    if target.indicator.name.change in ("reduction", "growth"):
        yield from _compounded(target, found, window)
    elif not target.indicator.name.change:
        yield from _summed(target, found, window)


def _exact(statement: Statement, dimension: str) -> float | None:
    pair = numbers(statement, dimension)
    return pair[0] if pair and statement.op == "=" and pair[0] == pair[1] else None


def _by_document(each: Iterable[Near]) -> Iterator[tuple[str, list[Near]]]:
    groups: defaultdict[str, list[Near]] = defaultdict(list)
    for one in each:
        groups[one.statement.document].append(one)
    yield from sorted(groups.items())


def _yearly(found: Sequence[Near], window: Period) -> list[tuple[float, Known]]:
    """The exact figures of every single year of the window; [] where a year is missing or told
    in two ways. Yearly reports are separate documents, so the years may come from several."""
    by_year: dict[int, tuple[float, Known]] = {}
    for each in sorted(found, key=lambda near: near.statement.id):
        if each.comparison.kind == "similar" or not each.comparison.aspects() <= {"window"}:
            continue
        for year, value in told_years(each):
            first, _ = by_year.setdefault(year, (value, each.known))
            if not math.isclose(first, value, rel_tol=1e-3):
                return []
    years = list(window.years)
    return [by_year[y] for y in years] if len(years) > 1 and set(years) <= set(by_year) else []


def told_years(each: Near) -> Iterator[tuple[int, float]]:
    """The single years a statement tells: its own, or the series its sentence lists
    (2016年至2020年分别下降5.2%、4.9% …)."""
    seen = each.statement
    match = re.search(words()["series"]["years"], seen.quote)
    rates = re.findall(r"(\d+(?:\.\d+)?)%", match["rates"]) if match else []
    if match and len(rates) == int(match["last"]) - int(match["first"]) + 1:
        yield from ((int(match["first"]) + n, float(rate)) for n, rate in enumerate(rates))
    elif seen.period.first == seen.period.last and reach(each.known) == "year":
        value = _exact(seen, each.known.indicator.dimension)
        if value is not None:
            yield seen.period.last, value


def _compounded(target: Known, found: Sequence[Near], window: Period) -> Iterator[Fact]:
    """1 - prod(1 - d) for declines, the yearly mean of prod(1 + g) for growth."""
    years = _yearly(found, window)
    if not years:
        return
    reduction = target.indicator.name.change == "reduction"
    rates = [rate for rate, _ in years]
    factors = [1 - rate / 100 if reduction else 1 + rate / 100 for rate in rates]
    terms = "×".join(f"(1{'−' if reduction else '+'}{written_out(rate)}%)" for rate in rates)
    product = math.prod(factors)
    if reduction:
        value, formula = 1 - product, f"1−{terms}"
    elif target.indicator.name.yearly:
        value, formula = product ** (1 / len(rates)) - 1, f"({terms})^(1/{len(rates)})−1"
    else:
        value, formula = product - 1, f"{terms}−1"
    of = [each for _, each in years]
    made_ = _fact(100 * value, f"各年连乘 {formula} = {written_out(100 * value, 4)}%", of)
    yield replace(made_, slack=rounding(of))


def rounding(of: Sequence[Known]) -> float:
    """How far figures of single years, as printed, leave their total or product open: half of
    what it would be were all rounded the same way."""
    return math.fsum(resolution(each.statement, each.indicator.dimension) for each in of) / 2


def beside_years(
    target: Known, facts: list[Fact], found: Sequence[Near], window: Period | None
) -> list[Fact]:
    """Figures of a whole period beside those of all its years (§7.7): declines and growth
    compounded, amounts added.

    A cumulated decline that merely adds the yearly rates up yields to the compounded one. A figure
    that the years bear out says so, with the years as further proof; one that they do not is shown
    beside what follows from them, and neither wins.
    """
    over = list(_of_years(target, found, window)) if window is not None else []
    if not facts or not over:
        return facts
    fact_ = over[0]
    if target.indicator.name.change == "reduction" and window is not None:
        added = math.fsum(rate for rate, _ in _yearly(found, window))
        value = fact_.readings[0].interval.low
        summed = [each for each in facts if _prints(each, added) and not _prints(each, value)]
        if summed:
            note = "；".join(f"{each.zh}是逐年相加，不合连乘" for each in summed)
            facts = [each for each in facts if each not in summed]
            if not facts:
                return [replace(fact_, zh=f"{fact_.zh}（{note}）")]
            facts = [replace(each, zh=f"{each.zh}（{note}）") for each in facts]
    told = _short(target, fact_)
    borne = [
        replace(
            each,
            zh=f"{each.zh}（与各年{told[0]}一致）",
            en=f"{each.en} (borne out by its years: {told[1]})",
            evidence=(*each.evidence, *fact_.evidence),
        )
        if agree(each, fact_)
        else each
        for each in facts
    ]
    return [*borne] if any(agree(each, fact_) for each in facts) else [*facts, fact_]


def _short(target: Known, years: Fact) -> tuple[str, str]:
    """What the years come to, in the unit of the target."""
    value = years.readings[0].interval.low / factor(target.statement, target.indicator.dimension)
    if target.indicator.name.change:
        return f"连乘{written_out(value, 4)}%", f"{written_out(value, 4)}% compounded"
    return (
        f"合计{written_out(value)}{target.statement.unit}",
        f"{written_out(value)} {target.statement.unit}",
    )


def _prints(fact: Fact, value: float) -> bool:
    """Whether a fact is ``value`` as printed with one decimal."""
    return any(abs(r.interval.low - value) <= 0.05 + 1e-9 for r in fact.readings)


def _summed(target: Known, found: Sequence[Near], window: Period) -> Iterator[Fact]:
    years = _yearly([each for each in found if not is_stock(each.known)], window)
    if years:
        terms = "+".join(written(each.statement) for _, each in years)
        total = math.fsum(value for value, _ in years)
        of = [each for _, each in years]
        yield replace(_fact(total, f"各年合计 {terms} = {_sum(total, of)}", of), slack=rounding(of))


def _sum(total: float, of: Sequence[Known]) -> str:
    """A sum of amounts in the unit of the first."""
    first = of[0].statement
    by = factor(first, of[0].indicator.dimension)
    return f"{written_out(total / by)}{first.unit}"


def _plain(target: Indicator, term: Term, dimension: str) -> Indicator:
    """The indicator of one side of a share, as if it stood alone."""
    name, place = side(target, term)
    name = replace(name, change="")
    return replace(target, subject="", name=name, place=place, dimension=dimension, field="")


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
        if share.indicator.name.numerator.measure != target.indicator.name.numerator.measure:
            continue
        sides = _sides(share.indicator)
        timely = share.statement.period == when or (
            share.whole != "" and share.statement.period.last == when.last
        )
        if sides is None or not timely or not _hits(sides[0], target):
            continue
        for whole in seen:
            same_text = whole.statement.document == share.statement.document
            if not same_text or whole.statement.period != when or whole.indicator.ratio:
                continue
            if share.whole not in ("", whole.statement.id):
                continue
            size = _exact(whole.statement, whole.indicator.dimension)
            if size is None or size <= 0 or not (share.whole or _hits(sides[1], whole)):
                continue
            got = fact(share.statement, "share")
            parts = tuple(replace(r, interval=r.interval.scaled(size / 100)) for r in got)
            formula = f"{written(whole.statement)}×{written(share.statement)}"
            yield made(parts, formula, [whole, share])


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
            formula = (
                f"{written(above.statement)}÷{written(below.statement)} = {written_out(value, 4)}%"
            )
            yield _fact(value, formula, [above, below])


def _grades(target: Known, found: Sequence[Near]) -> Iterator[Fact]:
    """国家级和市级 as the sum of both, where one document counts each."""
    wanted = set(target.indicator.name.numerator.grade)
    if len(wanted) < 2:
        return
    fitting = [
        each for each in found
        if each.comparison.aspects() == frozenset({"grade"}) and each.timing == "ok"
    ]  # fmt: skip
    for _, group in _by_document(fitting):
        by_grade = {each.known.indicator.name.numerator.grade: each for each in group}
        single = [by_grade.get((grade,)) for grade in sorted(wanted)]
        values = [_exact(each.statement, "") for each in single if each is not None]
        if len(values) == len(wanted) and None not in values:
            parts = [each.known for each in single if each is not None]
            total = math.fsum(value for value in values if value is not None)
            yield _fact(total, "+".join(written(each.statement) for each in parts), parts)


def changes(
    op: str,
    levels: Sequence[tuple[Known, Fact]],
    bases: Sequence[Known],
    year: int,
    *,
    grown: float = 0.0,
) -> Iterator[Fact]:
    """The change of each level over its own base of ``year``: value − base, base − value for a
    decrease, value ÷ base for a multiple.

    Base and level are one indicator; a base from the level's own document is preferred, being of
    one vintage. ``grown`` is N of a multiple told as growth (增长N倍), which may mean the ratio or what it
    is above 1 (§2.8a).
    """
    for level, fact_ in levels:
        fitting = [
            each for each in bases
            if each.statement.period == Period.year(year)
            and _exact(each.statement, each.indicator.dimension) is not None
            and compare(level.indicator, each.indicator).comparable
        ]  # fmt: skip
        base = min(
            fitting,
            key=lambda each: (each.statement.document not in fact_.documents, each.statement.id),
            default=None,
        )
        size = _exact(base.statement, base.indicator.dimension) if base is not None else None
        if base is None or size is None or (op == "x" and size <= 0):
            continue
        parts = tuple(replace(r, interval=_changed(r.interval, size, op)) for r in fact_.readings)
        if grown:
            parts = tuple(each for part in parts for each in grown_by(part, grown, -1.0))
        first = f"{year}年{written(base.statement)}"
        formula = f"{fact_.zh}{'÷' if op == 'x' else '−'}{first}"
        if op == "-":
            formula = f"{first}−{fact_.zh}"
        change = made(parts, formula, [base], fact_.evidence)
        yield replace(change, change=True, documents=fact_.documents)


def grown_by(reading: Reading, times: float, base: float) -> tuple[Reading, ...]:
    """增长N倍 (``times``) read as N times what there was, and as N times more; 增长1倍 is always a doubling.

    ``base`` is what brings the reading from the first meaning to the second: 1 for a goal that is to be
    reached, −1 for a ratio that was.
    """
    more = replace(
        reading,
        zh="“增长N倍”按增加了N倍",
        en="growth by N times read as N times more",
        interval=reading.interval.shifted(base),
    )
    if times <= 1:
        return (more,)
    less = "growth by N times read as N times the base"
    return replace(reading, zh="“增长N倍”按原来的N倍", en=less), more


def _changed(level: Interval, base: float, op: str) -> Interval:
    if op == "x":
        return level.scaled(1 / base)
    if op == "-":
        return Interval(base - level.high, base - level.low, level.high_open, level.low_open)
    return level.shifted(-base)


def by_definition(
    rate: Indicator, seen: Sequence[Known], year: int
) -> Iterator[tuple[float, str, Formula]]:
    """A named rate (增加值率) from the levels that define it: value, formula, proof."""
    above = rate.name.numerator
    for entry in tables()["definition"]:
        if entry["measure"] != above.measure or rate.ratio:
            continue
        part = _plain(rate, replace(above, measure=entry["numerator"]), "")
        whole = _plain(rate, replace(above, measure=entry["denominator"]), "")
        levels = [each for each in seen if each.statement.period == Period.year(year)]
        for one in levels:
            for other in levels:
                if one.statement.document != other.statement.document:
                    continue
                if not (_hits(part, one) and _hits(whole, other)):
                    continue
                top = _exact(one.statement, one.indicator.dimension)
                bottom = _exact(other.statement, other.indicator.dimension)
                if top is None or not bottom:
                    continue
                value = 100 * top / bottom
                text = f"{written(one.statement)}÷{written(other.statement)} = {value:.2f}%"
                proof = Formula(text, (one.evidence, other.evidence))
                yield value, f"{text}（{one.statement.document}）", proof


def _fact(value: float, formula: str, of: Sequence[Known]) -> Fact:
    return made((Reading("按公式", "by the formula", Interval.point(value)),), formula, of)


def made(
    readings: tuple[Reading, ...],
    formula: str,
    of: Sequence[Known],
    more: tuple[Evidence, ...] = (),
) -> Fact:
    """A computed fact, proven by its formula over the statements it is made of."""
    documents = tuple(sorted({each.statement.document for each in of}))
    names = "、".join(documents)
    return Fact(
        readings,
        f"由公布数推算：{formula}（{names}）",
        f"computed from published figures: {formula} ({names})",
        documents,
        (Formula(formula, (*(each.evidence for each in of), *more)),),
    )
