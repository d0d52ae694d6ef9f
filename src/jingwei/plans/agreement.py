"""Documents of the same years held against each other: do they state the same numbers?

Two sister plans, or a press release and its plan (``docs/semantics.md`` §6). Agreement is kept or
reworded; another unit or 口径 with the same number is redefined; two numbers for one indicator
and year are contradictory. What merely resembles is left alone: a false conflict costs trust.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from jingwei.core import Link, Statement
from jingwei.plans import steps
from jingwei.plans.amount import written
from jingwei.plans.identification import COUNTS
from jingwei.plans.indicator import Comparison
from jingwei.plans.pairing import (
    Pair,
    Target,
    another_population,
    candidates,
    closeness,
    elsewhere,
    link_id,
    linked,
    new,
    statistics,
    wording,
)


def agreement(
    text: Sequence[Statement],
    plans: Sequence[Sequence[Statement]],
    *,
    decisions: Mapping[str, str] | None = None,
) -> list[Link]:
    """A press text (or speech) held against plans: one link per statement of the text.

    Targets and facts alike, of the same year. kept and reworded agree, contradictory differs,
    redefined gives the same number with another unit or 口径, new has no source in the plans.
    """
    decided = decisions or {}
    sources = [each for plan in plans for each in statistics(plan)]
    mine = statistics(text)
    found: defaultdict[str, list[Pair]] = defaultdict(list)
    named: set[str] = set()
    for pair in candidates(sources, mine, decided):
        one, other = pair.one.statement, pair.other.statement
        if pair.comparison.comparable:
            named.add(other.id)
        same_time = one.role == other.role and one.period.last == other.period.last
        if same_time and steps.lists_years(one) == steps.lists_years(other):
            found[other.id].append(pair)
    links: list[Link] = []
    beside = elsewhere(mine, sources, decided)
    for each in mine:
        id_ = each.statement.id
        # a source of its very name is its source; a neighbour with the same number is not
        own = [p for p in found[id_] if id_ not in named or p.comparison.kind != "similar"]
        held = (_held(pair, restated=True) for pair in sorted(own, key=_restating))
        link = next((link for link in held if link is not None), None)
        links.append(link or new(each, beside.get(id_)))
    return [replace(link, decision=decided.get(link_id(link), "")) for link in links]


def concurrent(
    one: Sequence[Target], other: Sequence[Target], decisions: Mapping[str, str]
) -> list[Link]:
    """Links between two documents of the same years: targets for the same year, best first."""
    found = [
        pair
        for pair in candidates(one, other, decisions)
        if pair.confirmed or pair.one.statement.period.last == pair.other.statement.period.last
    ]
    taken: set[str] = set()
    links: list[Link] = []
    for pair in sorted(found, key=closeness):
        ids = {pair.one.statement.id, pair.other.statement.id}
        link = None if ids & taken else _held(pair)
        if link is not None:
            taken |= ids
            links.append(link)
    order = {target.statement.id: n for n, target in enumerate(one)}
    links.sort(key=lambda link: order[link.from_])
    return links + list(_parts(one, other, taken))


def _restating(pair: Pair) -> tuple[bool | int | str, ...]:
    """Sort key of the source of a restated number: the same number before the same name, since a
    text may leave out whose number it is (规上产值 2300亿元, of the zone)."""
    one, other = pair.one.statement, pair.other.statement
    same = steps.same_amount(one, other, pair.one.indicator)
    telling = pair.comparison.kind != "similar" or _telling(other)
    apart = steps.stock_and_increase(one, other)
    return (not pair.confirmed, not (same and telling), apart, *closeness(pair))


def _telling(statement: Statement) -> bool:
    """Whether a number is too particular to be met by chance: two digits that count or more."""
    digits = f"{statement.value or statement.low or 0:.10g}".replace(".", "").strip("0")
    return len(digits) >= 2


def _held(pair: Pair, *, restated: bool = False) -> Link | None:
    """The link between two statements about one year; None where they need not agree.

    ``restated`` says that one text repeats the other (a press report), so that a looser name
    with the same number is taken for the same target.
    """
    one, other = pair.one.statement, pair.other.statement
    same = steps.same_amount(one, other, pair.one.indicator, rough=True)
    comparison, reasons = pair.comparison, wording(pair)
    hard = [each for each in comparison.differences if not each.soft]
    numbers = f"{written(one)} / {written(other)}"
    if comparison.comparable or pair.confirmed:
        if not same and one.role == "observation" and _compatible(pair):
            told = f"两数不矛盾：{numbers} (both can be true)"
            return linked("reworded", pair, [told, *reasons])
        if not same:
            counted = pair.one.indicator.dimension in COUNTS and not pair.one.indicator.ratio
            if counted and steps.stock_and_increase(one, other):
                told = f"同一指标，水平与增量不能直接比较：{numbers} (a level is not a change)"
                return linked("redefined", pair, [told, *reasons])
            if not steps.of_one_kind(one, other) or pair.one.single != pair.other.single:
                return None
            told = f"同一指标数值不同：{numbers} (values differ)"
            return linked("contradictory", pair, [told, *reasons])
        if any(each.aspect == "unit" for each in comparison.differences):
            told = f"单位不同：{one.unit or '—'} / {other.unit or '—'} (unit changed)"
            return linked("redefined", pair, [told, *reasons])
        relation = "kept" if one.subject == other.subject and one.op == other.op else "reworded"
        return linked(relation, pair, [f"数值一致：{numbers} (values agree)", *reasons])
    narrowed = one.op != "qual" and another_population(comparison)
    if narrowed and not (same and restated):
        if not steps.of_one_kind(one, other) or pair.one.single != pair.other.single:
            return None
        differs = [f"口径不同：{each}" for each in hard]
        told = f"{numbers}，范围不同，不比较高低 (another population, not compared)"
        return linked("redefined", pair, [*differs, told, *reasons])
    if not same or one.op == "qual" or "form" in comparison.aspects():
        return None
    told = [f"数值一致：{numbers} (values agree)", *(f"措辞不同：{each}" for each in hard)]
    if comparison.kind == "differs" and {"unit", "denominator"} & comparison.aspects():
        return linked("redefined", pair, [*told, *reasons])
    loose = comparison.kind == "similar" or {"coverage", "scope"} & comparison.aspects()
    return linked("reworded", pair, [*told, *reasons]) if restated or not loose else None


def _compatible(pair: Pair) -> bool:
    """Two facts of which one is a bound or a rounding that the other satisfies."""
    return steps.consistent(pair.one.statement, pair.other.statement, pair.one.indicator.dimension)


def _parts(one: Sequence[Target], other: Sequence[Target], taken: set[str]) -> Iterator[Link]:
    """A part that is set higher than the whole it is the core of (以X为核心的Y)."""
    for wholes, parts in ((one, other), (other, one)):
        for whole in wholes:
            for part in parts:
                if {whole.statement.id, part.statement.id} & taken:
                    continue
                if not steps.part_exceeds(
                    whole.statement, whole.indicator, part.statement, part.indicator
                ):
                    continue
                ends = (whole, part) if wholes is one else (part, whole)
                amounts = f"{written(part.statement)} > {written(whole.statement)}"
                names = f"{part.statement.subject}、{whole.statement.subject}"
                told = f"部分大于整体：{names}，{amounts} (a part exceeds its whole)"
                yield linked("contradictory", Pair(*ends, Comparison("differs")), [told])
