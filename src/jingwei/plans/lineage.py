"""How the targets of several plans belong together.

Between plans of different years: kept, raised, lowered, dropped, new, redefined, moved to another
plan. Between an upper plan and the plan that carries it out the same, within one period. Between
sisters of the same years: agreement (``docs/semantics.md`` §6). Each link says why and shows both
sides; a person may confirm or refuse it, and a refused pair is never offered again.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from jingwei.core import Link, Statement
from jingwei.plans import steps
from jingwei.plans.agreement import agreement, concurrent
from jingwei.plans.amount import written
from jingwei.plans.identification import own_area
from jingwei.plans.pairing import (
    Pair,
    Target,
    candidates,
    closeness,
    dropped,
    elsewhere,
    link_id,
    linked,
    new,
    statistics,
    targets,
    wording,
)

__all__ = ["agreement", "carried", "lineage", "link_id"]


def lineage(
    plans: Sequence[Sequence[Statement]],
    *,
    decisions: Mapping[str, str] | None = None,
    upper: Mapping[str, str] | None = None,
) -> list[Link]:
    """The links between the targets of any number of plans.

    plans:     the statements of one document each, in any order; one without targets has no links
    decisions: ``link_id`` → confirmed or refused, as a person decided
    upper:     document → the document of the same years that it carries out (a plan → its 纲要):
               such a pair is read downwards, as raised, lowered … instead of contradictory

    A plan's generation is the year most of its targets name; an older target is sought in the
    nearest later generation first, there in the plan that shares most with its own. Sorted by
    generation, then as stated.
    """
    decided, above = decisions or {}, upper or {}
    every = [each for plan in plans for each in statistics(plan)]
    documents = [found for plan in plans if (found := targets(plan))]
    documents.sort(key=lambda found: (_generation(found), found[0].statement.document))
    years = [_generation(found) for found in documents]
    areas = [own_area(each.statement for each in found) for found in documents]
    dated = list(zip(documents, years, areas, strict=True))
    links: list[Link] = []
    linked_new: set[str] = set()
    for old, year, area in dated:
        unlinked = old
        for later in sorted({each for each in years if each > year}):
            newer = [found for found, y in zip(documents, years, strict=True) if y == later]
            steps_found, unlinked = _between(unlinked, newer, decided)
            links += steps_found
            linked_new |= {link.to for link in steps_found}
        if any(y > year and _same_area(area, other) for _, y, other in dated):
            later_ones = _of_others(every, old, year)
            beside = elsewhere(unlinked, later_ones, decided)
            links += [dropped(each, beside.get(each.statement.id)) for each in unlinked]
    for i, one in enumerate(documents):
        for j in range(i + 1, len(documents)):
            other = documents[j]
            names = one[0].statement.document, other[0].statement.document
            if years[i] != years[j]:
                continue
            if above.get(names[0]) == names[1]:
                links += _between(other, [one], decided)[0]
            elif above.get(names[1]) == names[0]:
                links += _between(one, [other], decided)[0]
            else:
                links += concurrent(one, other, decided)
    for found, year, area in dated:
        if any(y < year and _same_area(area, other) for _, y, other in dated):
            alone = [each for each in found if each.statement.id not in linked_new]
            beside = elsewhere(alone, _of_others(every, found), decided)
            links += [new(each, beside.get(each.statement.id)) for each in alone]
    return [replace(link, decision=decided.get(link_id(link), "")) for link in links]


def _same_area(one: str, other: str) -> bool:
    """Whether two plans are of one area, as far as they say: a city's plan cancels nothing of the state's."""
    return not one or not other or one == other


def carried(
    upper: Sequence[Statement],
    plan: Sequence[Statement],
    *,
    decisions: Mapping[str, str] | None = None,
) -> list[Link]:
    """How a plan carries out an upper plan: one link for each target of the upper plan.

    kept, raised, lowered (weaker), redefined, reworded; dropped is missing in the plan.
    """
    decided = decisions or {}
    links, missing = _between(targets(upper), [targets(plan)], decided)
    links += [dropped(target) for target in missing]
    return [replace(link, decision=decided.get(link_id(link), "")) for link in links]


def _of_others(every: Sequence[Target], own: Sequence[Target], since: int = 0) -> list[Target]:
    """The statements of other documents than ``own``, of later years than ``since``."""
    name = own[0].statement.document
    return [
        each for each in every
        if each.statement.document != name and each.statement.period.last > since
    ]  # fmt: skip


def _generation(found: Sequence[Target]) -> int:
    ends = Counter(target.statement.period.last for target in found)
    return min(ends, key=lambda year: (-ends[year], year))


def _between(
    old: Sequence[Target], newer: Sequence[Sequence[Target]], decided: Mapping[str, str]
) -> tuple[list[Link], list[Target]]:
    """Links from the targets of one plan into later ones, and the targets left over.

    First the same indicators, one to one; then those on another 口径; last, between rows of
    indicator tables, the merely similar ones that both sides have left over (a row that took
    another row's place).
    """
    everything = [target for found in newer for target in found]
    offered = list(candidates(old, everything, decided))
    shared = Counter(
        pair.other.statement.document for pair in offered if pair.comparison.comparable
    )
    main = min(shared, key=lambda name: (-shared[name], name), default="")
    offered.sort(key=lambda pair: closeness(pair, main=main))
    chosen: dict[str, Pair] = {}
    taken: set[str] = set()
    for admitted in (_same, _restated, _another_measure, _successor):
        for pair in offered:
            one, other = pair.one.statement.id, pair.other.statement.id
            if one in chosen or not admitted(pair):
                continue
            if admitted is not _another_measure and other in taken:
                continue
            chosen[one] = pair
            taken.add(other)
    links = [_step(chosen[t.statement.id], main) for t in old if t.statement.id in chosen]
    return links, [target for target in old if target.statement.id not in chosen]


def _same(pair: Pair) -> bool:
    return pair.confirmed or pair.comparison.comparable


def _restated(pair: Pair) -> bool:
    """A looser name with the same number for the same year: an upper plan's target taken over."""
    one, other = pair.one.statement, pair.other.statement
    same_year = one.period.last == other.period.last and one.op not in ("x", "qual")
    named = pair.comparison.kind in ("differs", "similar") and not pair.comparison.aspects() & {
        "form",
        "scope",
        "unit",
        "denominator",
        "coverage",
    }
    return same_year and named and steps.same_amount(one, other, pair.one.indicator)


def _another_measure(pair: Pair) -> bool:
    """The same thing on another 口径; of another area only where a person says so."""
    aspects = pair.comparison.aspects()
    if pair.comparison.kind != "differs" or "scope" in aspects:
        return False
    # a longer list on another statistic is too far away, unless the numbers are of one kind
    far = "coverage" in aspects and len(aspects - {"definition"}) > 1
    return not far or steps.of_one_kind(pair.one.statement, pair.other.statement)


def _successor(pair: Pair) -> bool:
    rows = pair.one.statement.attr is not None and pair.other.statement.attr is not None
    aspects = pair.comparison.aspects()
    return rows and pair.comparison.kind == "similar" and not aspects & {"form", "scope"}


def _step(pair: Pair, main: str) -> Link:
    """The link between an older and a newer target."""
    one, other = pair.one.statement, pair.other.statement
    relation, reasons = steps.step(one, other, pair.one.indicator)
    reasons = list(reasons)
    hard = [each for each in pair.comparison.differences if not each.soft]
    if _restated(pair):
        relation = "reworded"
        reasons += [f"措辞不同：{each}" for each in hard]
    elif pair.confirmed and hard:
        reasons += [f"口径差别：{each}" for each in hard]  # a person says that they are one
    elif hard or pair.comparison.kind == "different":
        relation = "redefined"
        reasons = [f"口径改变：{each}" for each in hard]
        reasons.append(f"{written(one)} → {written(other)}，口径不同，不比较高低 / not compared")
    elif other.document != main and main:
        relation = "moved"
        reasons.insert(
            0, f"转由另一规划（{other.document}）列为目标 / now a target of another plan"
        )
    if one.attr and other.attr and one.attr != other.attr:
        reasons.append(f"属性改变：{one.attr} → {other.attr} / its standing changed")
    return linked(relation, pair, [*reasons, *wording(pair)])
