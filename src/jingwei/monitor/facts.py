"""Which later statements are facts about a target, and which are only near it.

A fact is an observation of the same indicator on the same 口径 for the target's period
(``docs/semantics.md`` §4, §7). Everything else that comes close (another indicator, another
口径, another year) is kept beside the verdict and decides nothing.
"""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from jingwei.core import Evidence, Months, Period, Row, Span, Statement
from jingwei.monitor.placed import indicator_of
from jingwei.monitor.stages import apart
from jingwei.plans.amount import (
    Interval,
    Reading,
    agree,
    as_multiple,
    fact,
    grows_by_times,
    numbers,
    resolution,
    worded,
    written,
)
from jingwei.plans.deeds import opens_with_deed
from jingwei.plans.indicator import (
    Comparison,
    Difference,
    Index,
    Indicator,
    own_area,
)
from jingwei.plans.stating import WITHIN_YEAR
from jingwei.plans.steps import lists_years

Timing = Literal["ok", "window", "year"]
Reach = Literal["whole", "open", "year"]
_SENTENCE = 40  # characters between two statements of one sentence
_COUNTED = frozenset({"count", "enterprise", "people"})


@cache
def words() -> dict[str, Any]:
    """The content of ``settlement.toml``."""
    return tomllib.loads(files("jingwei.monitor").joinpath("settlement.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Known:
    """A statement and the indicator it speaks of; ``whole`` is the id of the total that an
    其中…占比 is a part of. ``row`` is the record of a dataset where the statement puts an
    observation into words (``monitor.bridge``); its own span then proves nothing. ``months`` is
    its exact time where that is less than whole years; ``stock`` says of a record that its card
    counts what there is at the end of its time, so that its years differ and never add up."""

    statement: Statement
    indicator: Indicator
    whole: str = ""
    row: Row | None = None
    months: Months | None = None
    stock: bool = False

    @property
    def end(self) -> int:
        """The last month it covers, counted as in ``Months``."""
        return (self.months or Months.of(self.statement.period)).last

    @property
    def evidence(self) -> Span | Row:
        """What proves it: words of a document, or a record of a dataset."""
        return self.row or self.statement.evidence


@dataclass(frozen=True, slots=True)
class Near:
    """A statement near a target: how the indicators relate, and whether the time fits."""

    known: Known
    comparison: Comparison
    timing: Timing

    @property
    def statement(self) -> Statement:
        return self.known.statement


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a target: readings in base units, words, proof, the documents it is from.

    ``built`` marks things done during the period rather than a stock at its end, ``running`` a 累计 whose
    clause does not say since when, ``change`` an
    amount of change (an increase, a ratio to the base) instead of a level; ``slack`` is the
    rounding of the printed number; ``standing`` the place of its source, 1 the highest.
    """

    readings: tuple[Reading, ...]
    zh: str
    en: str
    documents: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    built: bool = False
    running: bool = False
    change: bool = False
    slack: float = 0.0
    standing: int = 1

    @property
    def width(self) -> float:
        """How much it leaves open: 0 for an exact number."""
        return max(r.interval.high - r.interval.low for r in self.readings)


def known(statements: Iterable[Statement]) -> list[Known]:
    """Statements with their indicators, each read in the region of its own document and, where
    its name leans on the statement before it, together with that one."""
    documents: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        documents[statement.document].append(statement)
    found: list[Known] = []
    for document in sorted(documents):
        own = own_area(documents[document])
        ordered = sorted(documents[document], key=_place)
        before: Known | None = None
        for each in ordered:
            this = known_as(each, own)
            if before is not None and _beside(before.statement, each):
                this = _leaning(this, before)
            found.append(this)
            before = this
    return found


def known_as(statement: Statement, own: str) -> Known:
    """A statement with its indicator in the region ``own``; growth over a base as a multiple of it,
    unless it is one at constant prices, which levels do not give (``[growth]``)."""
    whole = as_multiple(statement)
    this = Known(whole, indicator_of(whole, own))
    if whole is statement or not is_real(this.indicator) or grows_by_times(statement):
        return this
    return Known(statement, indicator_of(statement, own))


def is_real(indicator: Indicator) -> bool:
    """Whether the growth of an indicator is told at constant prices (增加值, GDP)."""
    above, below = indicator.name.numerator, indicator.name.denominator
    real = words()["growth"]["real"]
    return above.measure in real or (below is not None and below.measure in real)


def _place(statement: Statement) -> tuple[int, int, str]:
    return statement.evidence.start, statement.evidence.end, statement.id


def _beside(before: Statement, this: Statement) -> bool:
    """Whether two statements stand in one sentence, as far as their places tell."""
    forward = this.evidence.start >= before.evidence.start
    return forward and this.evidence.start - before.evidence.end <= _SENTENCE


def _leaning(this: Known, before: Known) -> Known:
    """A name completed by the statement before it.

    其中技改投资占比60% is a share of the total just named; 新增3家国家级示范基地 are of the kind
    just named (国家级新型工业化示范基地).
    """
    name, other = this.indicator.name, before.indicator.name
    alone = other.denominator is None and not other.share and not other.change
    if name.share and name.denominator is None and alone and "其中" in this.statement.quote:
        indicator = replace(this.indicator, name=replace(name, denominator=other.numerator))
        return Known(this.statement, indicator, before.statement.id)
    mine, theirs = name.numerator, other.numerator
    shorter = theirs.object.endswith(mine.object) and len(mine.object) < len(theirs.object)
    if counted(this.indicator) and mine.grade and mine.grade == theirs.grade and shorter:
        indicator = replace(this.indicator, name=replace(name, numerator=theirs))
        return replace(this, indicator=indicator)
    return this


def span_of(plan: Sequence[Statement]) -> Period:
    """The years a plan covers: the commonest span that ends with its commonest target year.

    Where no statement bears such a span, the five years up to that year (``docs/semantics.md`` §4).
    """
    dated = [each for each in plan if each.period.known] or list(plan)
    targets = [each for each in dated if each.role == "target"] or dated
    ends = Counter(each.period.last for each in targets)
    last = min(ends, key=lambda year: (-ends[year], -year))
    spans = Counter(
        each.period for each in targets if each.period.last == last and each.period.first < last
    )
    if spans:
        return min(spans, key=lambda span: (-spans[span], span))
    return Period(last - 4, last)


def counted(indicator: Indicator) -> bool:
    """Whether it counts things (家, 个, 项, 人)."""
    return indicator.dimension in _COUNTED and not indicator.ratio


def is_stock(known: Known) -> bool:
    """Whether a figure is of what there is at the end of its time (存量), not of what was done or
    made in it (流量): stocks are held against their base, flows are added up (§1.2).

    The card says it of a record; a document's count is of things done where its words say so.
    """
    if known.row is not None:
        return known.stock
    if not counted(known.indicator) or known.statement.op == "+":
        return False
    accrual, quote = words()["accrual"], known.statement.quote
    held = any(word in quote for word in accrual["stock"])
    return held or not any(word in quote for word in accrual["deeds"])


def as_increase(target: Known, span: Period) -> Known | None:
    """A number for the whole period read as the increase of a stock over its base: the rise of a
    share (…五年累计提高N), or how many more there are (五年[54]家). None for what is done in the
    period (五年新建54家), which adds up, and for everything that is no amount of a period.
    """
    statement, indicator = target.statement, target.indicator
    rise = indicator.name.change == "rise"
    if statement.op not in ("=", "~", ">=", ">") and not (rise and statement.op == "+"):
        return None
    if not rise and (indicator.name.change or whole_window(target, span) is None):
        return None
    if not rise and any(word in statement.quote for word in words()["accrual"]["deeds"]):
        return None
    return replace(
        target, statement=replace(statement, op="+"), indicator=level_of(target.indicator)
    )


def level_of(indicator: Indicator) -> Indicator:
    """The indicator whose change a target speaks of: 用水强度 for 用水强度下降幅度."""
    name = indicator.name
    if name.change in ("", "rank"):
        return indicator
    dimension = "" if name.change in ("growth", "reduction") else indicator.dimension
    return replace(
        indicator, subject="", name=replace(name, change="", yearly=False), dimension=dimension
    )


def whole_window(target: Known, span: Period) -> Period | None:
    """The years a target sums, averages or compounds over; None for a level at a date."""
    statement, change = target.statement, target.indicator.name.change
    single = statement.period.first == statement.period.last
    if not single:
        return statement.period
    yearly = target.indicator.name.yearly
    over = change in ("reduction", "rise") or (change == "growth" and yearly)
    over = over or statement.measure == "flow" or "累计" in statement.subject
    over = over or statement.op in ("+", "-")
    return Period(min(span.first, statement.period.last), statement.period.last) if over else None


def timing(target: Known, fact_: Known, span: Period) -> Timing:
    """Whether a fact is of the target's time (``docs/semantics.md`` §4)."""
    seen = fact_.statement
    window = whole_window(target, span)
    if not seen.period.known or seen.period.last != target.statement.period.last:
        return "year"
    within = seen.rule.endswith(WITHIN_YEAR) and fact_.row is None
    if within and not target.statement.rule.endswith(WITHIN_YEAR):
        return "window"  # 「2035年上半年，产值140亿元」 is none of the year
    single = seen.period.first == seen.period.last
    if target.statement.op in ("+", "-", "x") and seen.op not in ("+", "-") and single:
        return "ok"  # the level at the end, to be held against the base
    if window is None:
        summed = Period(min(span.first, seen.period.last), seen.period.last) == seen.period
        if not single and summed and opens_with_deed(target.statement.quote):
            return "ok"  # 「到2035年，治理面积600平方公里」: as much until then
        things = counted(target.indicator)
        return "ok" if things or (single and reach(fact_) != "open") else "window"
    if seen.period == window:
        return "window" if lists_years(seen) and not single else "ok"
    return "ok" if single and reach(fact_) == "whole" else "window"


def reach(known: Known) -> Reach:
    """What a figure dated with one year covers (§4.3): the whole period where its document says so
    (年均, 五年, 累计下降), an *open* time where an amount adds up from a date that is not named (累计投资),
    else the year. The record of a dataset is of its own months, whatever its column is called."""
    if known.row is not None:
        return "year"
    accrual, said = words()["accrual"], known.statement.subject + known.statement.quote
    if re.search("|".join(accrual["whole"]), said):
        return "whole"
    if not re.search(accrual["running"], said) or re.search(accrual["of_the_year"], said):
        return "year"
    rate = known.indicator.name.change not in ("", "rank") or known.indicator.name.share
    return "whole" if rate else "open"


class Seen:
    """Observations by what they measure, ready to be held against targets."""

    def __init__(self, seen: Sequence[Known]) -> None:
        self.all = seen
        self.groups = by_indicator(seen)
        self.index = Index(list(self.groups))


def near(
    targets: Sequence[Known],
    seen: Seen,
    span: Period,
    decisions: Mapping[str, str],
) -> list[list[Near]]:
    """For each target the observations that are not simply different, best first.

    ``decisions`` maps ``target>observation`` to confirmed (a person says: one indicator) or
    refused (a person says: not this one).
    """
    found: list[list[Near]] = [[] for _ in targets]
    decided = {key: value for key, value in decisions.items() if ">" in key}
    for i, target in enumerate(targets):
        for j, comparison in seen.index.near(target.indicator):
            for each in seen.groups[seen.index.indicators[j]]:
                decision = decided.pop(f"{target.statement.id}>{each.statement.id}", "")
                if decision == "refused":
                    continue
                held = comparison.in_units(target.statement.unit, each.statement.unit)
                if decision == "confirmed":
                    held = Comparison("reworded")
                elif each.row is not None:
                    held = priced(target.indicator, each.indicator, held)
                else:
                    held = apart(target.statement, each.statement, held)
                when = timing(target, each, span)
                found[i].append(Near(each, held, when))
    for key in sorted(decided):
        _confirmed_apart(key, decided[key], targets, seen.all, span, found)
    for each in found:
        each.sort(key=_rank)
    return [list(_once(each)) for each in found]


def _once(ordered: Iterable[Near]) -> Iterator[Near]:
    """A record of a dataset once, under the nearest of its names."""
    rows: set[Row] = set()
    for each in ordered:
        if each.known.row is None or each.known.row not in rows:
            yield each
        if each.known.row is not None:
            rows.add(each.known.row)


def by_indicator(seen: Iterable[Known]) -> dict[Indicator, list[Known]]:
    """Statements by what they measure: a series of many years is compared once."""
    groups: defaultdict[Indicator, list[Known]] = defaultdict(list)
    for each in seen:
        groups[each.indicator].append(each)
    return dict(groups)


def priced(target: Indicator, seen: Indicator, comparison: Comparison) -> Comparison:
    """A level at constant prices is not the level at current prices that a plan means where it
    names no price base (§5.4 holds for documents, which often leave it out)."""
    constant = seen.name.price == "可比价" and not seen.name.change
    stated = target.name.price or target.name.change
    if not comparison.comparable or not constant or stated:
        return comparison
    kept = tuple(each for each in comparison.differences if each.aspect != "price")
    return Comparison("differs", (*kept, Difference("price", "", seen.name.price)))


def _confirmed_apart(
    key: str,
    decision: str,
    targets: Sequence[Known],
    seen: Sequence[Known],
    span: Period,
    found: list[list[Near]],
) -> None:
    """A pair that a person joined although its names share nothing."""
    target_id, _, seen_id = key.partition(">")
    if decision != "confirmed":
        return
    for i, target in enumerate(targets):
        for each in seen:
            if (target.statement.id, each.statement.id) == (target_id, seen_id):
                when = timing(target, each, span)
                found[i].append(Near(each, Comparison("reworded"), when))


def _rank(each: Near) -> tuple[int, int, int, int, str, str]:
    """Of the target's time first, then the nearer name, the fewer differences, the later year."""
    kinds = ("same", "reworded", "differs", "similar")
    statement = each.statement
    order = ("ok", "window", "year").index(each.timing)
    return (
        order,
        kinds.index(each.comparison.kind),
        len(each.comparison.differences),
        -statement.period.last,
        statement.document,
        statement.id,
    )


_SINCE = re.compile(r"[三四五]年|期间|时期|以来|新建|新增|净增|再建")


def direct(target: Known, each: Near) -> Fact | None:
    """A statement of the same indicator and time as a fact; None where it has no number.

    A fraction in words and its decimal are one number (三分之二, 66.7 %).
    """
    statement = each.statement
    dimension = each.known.indicator.dimension or target.indicator.dimension
    got = fact(statement, dimension)
    if not got:
        return None
    aim = numbers(target.statement, dimension)
    in_words = worded(statement) or worded(target.statement)
    if aim and in_words and statement.op == "=" and agree(target.statement, statement, dimension):
        got = (replace(got[0], interval=Interval.point(aim[0])),)
    # the same indicator under another name is shown with that name
    other = each.comparison.kind == "reworded" and statement.subject != target.statement.subject
    name, name_en = (f"“{statement.subject}”", f"“{statement.subject}” ") if other else ("", "")
    return Fact(
        got,
        f"{statement.period}年{name}{written(statement)}（{statement.document}）",
        f"{name_en}{written(statement)} in {statement.period} ({statement.document})",
        (statement.document,),
        (each.known.evidence,),
        built=statement.period.first < statement.period.last and counted(target.indicator),
        running="累计" in statement.quote and not _SINCE.search(statement.quote),
        change=statement.op in ("+", "-", "x"),
        slack=resolution(statement, dimension),
    )
