"""Growth rates, stated or implied, and the years they run over.

A rate comes from three places: a statement (年均增长8.0%), a start and an end (从A提高到B), and the
lead of one series over another (比…高4.1个百分点). All are brought to yearly per cent over a window
of years (``docs/semantics.md`` §9.2).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jingwei.core import Evidence, Formula, Period
from jingwei.monitor.health.figures import Figure, cited, firm, same_place, settled, shown
from jingwei.monitor.health.printed import (
    as_printed,
    difference,
    middle,
    quotient,
    rules,
    yearly_rate,
)
from jingwei.plans.amount import Interval
from jingwei.plans.dates import dates
from jingwei.plans.indicator import Comparison, Indicator, compare, identify

Window = tuple[int, int]  # base year, last year


@dataclass(frozen=True, slots=True)
class Rate:
    """A yearly growth rate of ``owner`` over a window.

    ``values`` holds one range for each way the words can be read (a yearly average, or the total
    of the period) and ``shown`` the number to show; ``origin`` says where the rate comes from and
    ``zh``, ``en`` how it is worded.
    """

    owner: Indicator
    window: Window
    values: tuple[Interval, ...]
    shown: float
    origin: Literal["stated", "levels", "lead"]
    zh: str
    en: str
    evidence: tuple[Evidence, ...]
    figures: tuple[Figure, ...]

    @property
    def label(self) -> str:
        """The rate as printed where a document states it as such, else to one decimal."""
        figure = self.figures[0]
        if self.origin != "stated":
            return f"{self.shown:.1f}%"
        plain = self.values[0] == figure.range
        falls = "下降" if self.shown < 0 else ""
        return shown(figure) if plain else f"{self.shown:.1f}%（累计{falls}{shown(figure)}）"

    @property
    def years(self) -> int:
        return self.window[1] - self.window[0]


@dataclass(frozen=True, slots=True)
class Path:
    """A start and an end of one indicator."""

    start: Figure
    end: Figure

    @property
    def window(self) -> Window:
        return self.start.year, self.end.year


def agree(a: Rate, b: Rate) -> bool:
    """Whether two rates of one window can be the same number under some reading.

    The start of one clause (从A提高到B) whose year the clause does not print was dated by what stands
    around it; if one year more or less makes the numbers fit, the date is at fault and not the rate.
    """
    if any(not x.apart(y) for x in a.values for y in b.values):
        return True
    one, two = (a, b) if a.origin == "stated" else (b, a)
    if one.origin != "stated" or two.origin != "levels" or _dated(*two.figures):
        return False
    return bool(fitting_years(one, two))


def _dated(start: Figure, end: Figure) -> bool:
    """Whether the year of a start is sure: printed, or that of a sentence of its own."""
    own_sentence = start.document != end.document or start.start != end.start
    return own_sentence or str(start.year) in start.statement.quote or start.in_table


def fitting_years(rate: Rate, levels: Rate) -> list[int]:
    """Numbers of years, one off the printed window, at which the levels make the stated rate."""
    start, end = (figure.range for figure in levels.figures)
    ratio = quotient(end, start)
    if ratio is None:
        return []
    return [
        years for years in (levels.years - 1, levels.years + 1)
        if years > 0 and any(not yearly_rate(ratio, years).apart(v) for v in rate.values)
    ]  # fmt: skip


def is_rate(figure: Figure) -> bool:
    """Whether a figure states a relative change of its indicator."""
    change = figure.indicator.name.change in ("growth", "reduction", "rise")
    return (
        change
        and figure.statement.measure in ("growth", "reduction")
        and figure.indicator.dimension == "share"
        and figure.statement.op not in ("+", "-", "x")
    )


def _spoken(figure: Figure) -> str:
    return figure.statement.subject + figure.statement.quote


def _has(figure: Figure, words: str) -> bool:
    return any(word in _spoken(figure) for word in rules()["rate"][words])


def windows(figure: Figure) -> tuple[Window, ...]:
    """The windows that a rate's period can mean: 2016-2020 has the base 2015, rarely 2016."""
    period = figure.statement.period
    named = _named_span(figure)
    if named is not None:  # “十五五”年均: its base is the last year before it, and no other
        return ((named.first - 1, named.last), (named.first, named.last))
    if period.first < period.last:
        return (period.first - 1, period.last), (period.first, period.last)
    if _has(figure, "yearly"):
        return ()  # an average, but over which years?
    return ((period.last - 1, period.last),)


def _named_span(figure: Figure) -> Period | None:
    """The span of years that the words of a rate name last before its number."""
    s = figure.statement
    number = s.low if s.value is None else s.value  # 增长6%—7%
    before = s.quote if number is None else s.quote.rpartition(as_printed(number, s.quote))[0]
    spans = [each.period for each in dates(before) if each.whole]
    return spans[-1] if spans else None


def readings(figure: Figure, years: int) -> tuple[Interval, ...]:
    """The yearly rate under each reading of the words: yearly average, total of the period."""
    stated = figure.range
    if figure.indicator.name.change == "reduction" or _has(figure, "falling"):
        stated = Interval(-stated.high, -stated.low)
    total = yearly_rate(Interval(_factor(stated.low), _factor(stated.high)), years)
    if years == 1 or _has(figure, "yearly"):
        return (stated,)
    against = re.search(rules()["rate"]["against"], figure.statement.quote)
    if _has(figure, "total") or against is not None or figure.indicator.name.change == "reduction":
        return (total,)
    return stated, total


def _factor(rate: float) -> float:
    return max(0.0, 1 + rate / 100)


def stated(figure: Figure, window: Window) -> Rate:
    """The rate as the document states it."""
    values = readings(figure, window[1] - window[0])
    return Rate(
        settled(figure.indicator), window, values, middle(values[0]), "stated",
        f"{cited(figure)}写明", f"stated in {figure.document}: {shown(figure)}",
        (figure.statement.evidence,), (figure,),
    )  # fmt: skip


def implied(path: Path) -> Rate | None:
    """The rate between a start and an end, with its formula; None where no rate follows."""
    years = path.end.year - path.start.year
    start, end = path.start.range, path.end.range
    if years < 1 or path.start.point <= 0 or path.end.point <= 0:
        return None
    ratio = quotient(end, start)
    if ratio is None:
        return None
    rate = ((path.end.point / path.start.point) ** (1 / years) - 1) * 100
    power = f"^(1/{years})" if years > 1 else ""
    formula = f"({shown(path.end)}÷{shown(path.start)}){power}−1={rate:.2f}%"
    evidence = Formula(formula, (path.start.statement.evidence, path.end.statement.evidence))
    return Rate(
        path.end.indicator, path.window, (yearly_rate(ratio, years),), rate, "levels",
        f"由{cited(path.start)}到{cited(path.end)}推算，{years}年年均{rate:.1f}%",
        f"{rate:.1f}% a year over {years} years from {shown(path.start)} to {shown(path.end)}",
        (evidence,), (path.start, path.end),
    )  # fmt: skip


def paths(rate: Figure, levels: Sequence[Figure]) -> list[Path]:
    """The starts and ends that a stated rate can belong to; ``levels`` share its indicator.

    A pair just before the rate is what the sentence means (从A提高到B，年均增长…); else pairs of the
    rate's own window, of one document, the rate's own before others.
    """
    wanted = windows(rate)
    local = [
        each
        for each in levels
        if each.document == rate.document and each.order < rate.order and _reach(each, rate)
    ]
    starts = [each for each in local[:-1] if each.year < local[-1].year]
    if starts and local[-1].year == rate.year:
        path = Path(starts[-1], local[-1])
        if path.window in wanted or _confirms(rate, path) or _of_the_path(rate, path):
            return [path]
    found: list[Path] = []
    for document in sorted(
        {each.document for each in levels}, key=lambda d: (d != rate.document, d)
    ):
        own = [each for each in levels if each.document == document]
        for window in wanted:
            starts = [each for each in own if each.year == window[0]]
            ends = [each for each in own if each.year == window[1]]
            if starts and ends:
                found.append(Path(starts[-1], ends[-1]))
    return found


def _of_the_path(rate: Figure, path: Path) -> bool:
    """Whether an average can only be that of the start and end just before it (从A提高到B，年均增长).

    They stand in one clause and nothing gives the rate a window of its own. An average of five
    years says nothing of values ten years apart.
    """
    one_clause = path.start.start == path.end.start
    beside = rate.start - path.end.statement.evidence.end < rules()["rate"]["beside"]
    free = not windows(rate) or rate.statement.period.last - rate.statement.period.first < 1
    return _has(rate, "yearly") and one_clause and beside and free


def _confirms(rate: Figure, path: Path) -> bool:
    """Whether an undated rate fits the start and end beside it (…增长36%, of the whole period)."""
    computed = implied(path)
    return computed is not None and agree(stated(rate, path.window), computed)


def _reach(level: Figure, rate: Figure) -> bool:
    return 0 <= rate.start - level.start <= rules()["rate"]["reach"]


def leads(figures: Sequence[Figure]) -> Iterator[Rate]:
    """Rates that follow from a lead: A grew 12.5 %, 4.1 points more than B, so B grew 8.4 %.

    A is the growth rate stated just before in the same document, over the same period.
    """
    pattern = re.compile(rules()["rate"]["between"])
    for position, each in enumerate(figures):
        match = pattern.fullmatch(each.statement.subject)
        points = each.indicator.dimension == "share"
        if match is None or not points or not _about_growth(each):
            continue
        before = _minuend(figures, position)
        if before is None:
            continue
        sign = -1 if _behind(each) else 1
        lead = each.range if sign > 0 else Interval(-each.range.high, -each.range.low)
        rate = difference(before.range, lead)
        other = replace(
            each.statement, subject=match["other"], measure="growth", unit=before.statement.unit
        )
        owner = settled(identify(other, each.indicator.place))
        if compare(owner, settled(before.indicator)).comparable:
            continue  # the sentence holds two series against each other; these names are one
        mark = "−" if sign > 0 else "+"
        formula = f"{shown(before)}{mark}{shown(each)}={middle(rate):.1f}%"
        evidence = Formula(formula, (before.statement.evidence, each.statement.evidence))
        words = match["other"].strip("的")
        for window in windows(before)[:1]:
            yield Rate(
                owner, window, (rate,), middle(rate), "lead",
                f"由{each.document}「{each.statement.quote}」推算：{formula}",
                f"implied by a stated lead in {each.document}: {formula} for {words}",
                (evidence,), (before, each),
            )  # fmt: skip


def _about_growth(figure: Figure) -> bool:
    subject, quote = figure.statement.subject, figure.statement.quote
    return re.search(r"增速|增长|增幅", subject + quote) is not None


def _behind(figure: Figure) -> bool:
    words = rules()["rate"]
    return _has(figure, "behind") and not any(each in _spoken(figure) for each in words["ahead"])


def _minuend(figures: Sequence[Figure], position: int) -> Figure | None:
    each = figures[position]
    for before in reversed(figures[max(0, position - 3) : position]):
        near = before.document == each.document and _reach(before, each)
        if near and is_rate(before) and before.statement.period == each.statement.period:
            return before
    return None


def belongs(level: Figure, rate: Figure, owner: Indicator, comparison: Comparison) -> bool:
    """Whether a level is surely one of the owner of a rate.

    Next to its rate in one text a level may carry the statistic that the rate's name leaves out.
    """
    beside = level.document == rate.document and _reach(level, rate)
    one = firm(owner, level.indicator, comparison, allow=("measure",) if beside else ())
    return one and same_place(level, rate)
