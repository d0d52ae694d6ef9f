"""How the targets of several plans belong together.

Between plans of different years: kept, raised, lowered, dropped, new, redefined, moved to another
plan. Between documents of the same years: the same target in other words, redefined, or
contradictory (``docs/semantics.md`` §6). Each link says why and shows both sides; a person may
confirm or refuse it, and a refused pair is never offered again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jingwei.core import Link, Statement
from jingwei.plans import steps
from jingwei.plans.amount import written
from jingwei.plans.indicator import Comparison, Indicator, compare, identify, pairs, region_of

_CONFIRMED = "人工确认为同一指标 / confirmed by a person as one indicator"
_RANK = {"same": 0, "reworded": 1, "differs": 2, "similar": 3}


@dataclass(frozen=True, slots=True)
class _Target:
    """One target of one document, with the other places where the document states it again."""

    statement: Statement
    indicator: Indicator
    again: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class _Pair:
    one: _Target
    other: _Target
    comparison: Comparison
    confirmed: bool


def link_id(link: Link) -> str:
    """The key of a link in ``decisions``: ``from>to``, either side empty for new and dropped."""
    return f"{link.from_}>{link.to}"


def lineage(
    plans: Sequence[Sequence[Statement]], *, decisions: Mapping[str, str] | None = None
) -> list[Link]:
    """The links between the targets of any number of plans.

    Each item of ``plans`` holds the statements of one document. A plan's generation is the year
    most of its targets name; an older target is sought in the nearest later generation first.
    ``decisions`` maps ``link_id`` to confirmed or refused. Sorted by generation, then as stated.
    """
    decided = decisions or {}
    documents = [targets for plan in plans if (targets := _targets(plan))]
    years = [_generation(targets) for targets in documents]
    links: list[Link] = []
    matched_new: set[str] = set()
    for i, old in enumerate(documents):
        later = sorted({year for year in years if year > years[i]})
        unlinked = list(old)
        for year in later:
            newer = [documents[j] for j, each in enumerate(years) if each == year]
            found, unlinked = _between(unlinked, newer, decided)
            links += found
            matched_new |= {link.to for link in found}
            if not unlinked:
                break
        if later:
            links += [_dropped(target) for target in unlinked]
    for i, one in enumerate(documents):
        for j in range(i + 1, len(documents)):
            if years[i] == years[j]:
                links += _concurrent(one, documents[j], decided)
    first = min(years, default=0)
    for targets, year in zip(documents, years, strict=True):
        if year > first:
            links += [_new(t) for t in targets if t.statement.id not in matched_new]
    return [replace(link, decision=decided.get(link_id(link), "")) for link in links]


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
    sources = [target for plan in plans for target in _known(plan)]
    mine = _known(text)
    found: defaultdict[str, list[_Pair]] = defaultdict(list)
    for pair in _candidates(sources, mine, decided):
        one, other = pair.one.statement, pair.other.statement
        if one.role == other.role and one.period.last == other.period.last:
            found[other.id].append(pair)
    links: list[Link] = []
    for target in mine:
        best = min(found[target.statement.id], key=_closest, default=None)
        link = _held(best, restated=True) if best is not None else None
        links.append(link or _new(target))
    return [replace(link, decision=decided.get(link_id(link), "")) for link in links]


def _known(statements: Iterable[Statement]) -> list[_Target]:
    statements = list(statements)
    own = region_of(statements)
    return [_Target(s, identify(s, own)) for s in statements if s.kind == "stat"]


def _targets(plan: Iterable[Statement]) -> list[_Target]:
    """The targets of a document, each once: a row of the table and the prose that repeats it."""
    found: list[_Target] = []
    for each in _known(plan):
        if each.statement.role != "target":
            continue
        for n, first in enumerate(found):
            if _repeats(first, each):
                lead, rest = first, each
                if each.statement.attr and not first.statement.attr:
                    lead, rest = each, first
                found[n] = replace(lead, again=(*first.again, rest.statement))
                break
        else:
            found.append(each)
    return found


def _repeats(first: _Target, again: _Target) -> bool:
    one, other = first.statement, again.statement
    return (
        one.period.last == other.period.last
        and compare(first.indicator, again.indicator).comparable
        and steps.same_amount(one, other, first.indicator)
    )


def _generation(targets: Sequence[_Target]) -> int:
    ends = Counter(target.statement.period.last for target in targets)
    return min(ends, key=lambda year: (-ends[year], year))


def _candidates(
    left: Sequence[_Target], right: Sequence[_Target], decided: Mapping[str, str]
) -> Iterator[_Pair]:
    """Pairs that may belong together, refused ones left out, confirmed ones marked."""
    seen: set[str] = set()
    for i, j, comparison in pairs([t.indicator for t in left], [t.indicator for t in right]):
        key = f"{left[i].statement.id}>{right[j].statement.id}"
        seen.add(key)
        decision = decided.get(key, "")
        if decision != "refused":
            yield _Pair(left[i], right[j], comparison, decision == "confirmed")
    by_key = (
        {f"{a.statement.id}>{b.statement.id}": (a, b) for a in left for b in right}
        if decided
        else {}
    )
    for key, decision in sorted(decided.items()):
        if decision == "confirmed" and key in by_key and key not in seen:
            one, other = by_key[key]
            yield _Pair(one, other, Comparison("different"), True)


def _closest(pair: _Pair) -> tuple[int, ...] | tuple[int, int, int, int, str]:
    """Sort key: confirmed, then nearest name, then the same number, then table rows, then order."""
    one, other = pair.one.statement, pair.other.statement
    same = steps.same_amount(one, other, pair.one.indicator)
    return (
        0 if pair.confirmed else 1,
        _RANK.get(pair.comparison.kind, 9) if not (same and pair.comparison.comparable) else 0,
        0 if same else 1,
        0 if (one.attr is None) == (other.attr is None) else 1,
        other.id,
    )


def _between(
    old: Sequence[_Target], newer: Sequence[Sequence[_Target]], decided: Mapping[str, str]
) -> tuple[list[Link], list[_Target]]:
    """Links from the targets of one plan into one later generation, and the targets left over."""
    everything = [target for targets in newer for target in targets]
    found = [pair for pair in _candidates(old, everything, decided) if _linkable(pair)]
    shared = Counter(pair.other.statement.document for pair in found if pair.comparison.comparable)
    main = min(shared, key=lambda name: (-shared[name], name), default="")

    def order(pair: _Pair) -> tuple[object, ...]:
        closest = _closest(pair)
        return (*closest[:3], pair.other.statement.document != main, *closest[3:])

    taken_old: dict[str, _Pair] = {}
    taken_new: set[str] = set()
    for pair in sorted(found, key=order):
        one, other = pair.one.statement.id, pair.other.statement.id
        exclusive = pair.comparison.comparable or pair.confirmed
        if one in taken_old or (exclusive and other in taken_new):
            continue
        taken_old[one] = pair
        if exclusive:
            taken_new.add(other)
    links = [_step(taken_old[t.statement.id], main) for t in old if t.statement.id in taken_old]
    return links, [target for target in old if target.statement.id not in taken_old]


def _linkable(pair: _Pair) -> bool:
    if pair.confirmed or pair.comparison.comparable:
        return True
    aspects = pair.comparison.aspects()
    if pair.comparison.kind != "differs" or "scope" in aspects:
        return False
    # a longer list on another statistic is too far away, unless the numbers are of one kind
    far = "coverage" in aspects and len(aspects) > 1
    return not far or steps.of_one_kind(pair.one.statement, pair.other.statement)


def _step(pair: _Pair, main: str) -> Link:
    """The link between an older and a newer target."""
    one, other = pair.one.statement, pair.other.statement
    relation, reasons = steps.step(one, other, pair.one.indicator)
    reasons = list(reasons)
    hard = [d for d in pair.comparison.differences if not d.soft]
    if hard or pair.comparison.kind == "different":
        relation = "redefined"
        told = f"{written(one)} → {written(other)}"
        reasons = [f"口径改变：{each}" for each in hard]
        reasons.append(f"{told}，口径不同，不比较高低 / not compared")
    elif other.document != main and main:
        relation = "moved"
        reasons.insert(0, f"转由《{other.document}》列为目标 / now a target of another plan")
    reasons += _wording(pair)
    return _link(relation, pair, reasons)


def _wording(pair: _Pair) -> list[str]:
    soft = [f"措辞：{each}" for each in pair.comparison.differences if each.soft]
    if pair.comparison.kind == "reworded" and not soft:
        one, other = pair.one.statement.subject, pair.other.statement.subject
        soft = [f"措辞：{one} / {other} (wording)"]
    return [*([_CONFIRMED] if pair.confirmed else []), *soft]


def _link(relation: str, pair: _Pair, reasons: Sequence[str]) -> Link:
    one, other = pair.one, pair.other
    evidence = (one.statement, *one.again, other.statement, *other.again)
    return Link(
        relation,
        one.statement.id,
        other.statement.id,
        tuple(dict.fromkeys(reasons)),
        tuple(dict.fromkeys(each.evidence for each in evidence)),
    )


def _dropped(target: _Target) -> Link:
    evidence = tuple(each.evidence for each in (target.statement, *target.again))
    reason = "后续规划没有这一指标 / no later plan has this indicator"
    return Link("dropped", target.statement.id, "", (reason,), evidence)


def _new(target: _Target) -> Link:
    evidence = tuple(each.evidence for each in (target.statement, *target.again))
    reason = "其他文件没有这一指标 / no other document has this indicator"
    return Link("new", "", target.statement.id, (reason,), evidence)


def _concurrent(
    one: Sequence[_Target], other: Sequence[_Target], decided: Mapping[str, str]
) -> list[Link]:
    """Links between two documents of the same years: only targets for the same year, best first."""
    found: list[_Pair] = []
    for pair in _candidates(one, other, decided):
        if pair.one.statement.period.last == pair.other.statement.period.last or pair.confirmed:
            found.append(pair)
    taken: set[str] = set()
    links: list[tuple[str, Link]] = []
    for pair in sorted(found, key=_closest):
        ids = {pair.one.statement.id, pair.other.statement.id}
        link = _held(pair)
        if link is not None and not ids & taken:
            taken |= ids
            links.append((pair.one.statement.id, link))
    order = {target.statement.id: n for n, target in enumerate(one)}
    links.sort(key=lambda item: order[item[0]])
    return [link for _, link in links] + list(_parts(one, other, taken))


def _held(pair: _Pair, *, restated: bool = False) -> Link | None:
    """The link between two statements about one year; None where they need not agree.

    ``restated`` says that one text repeats the other (a press report), so that a looser name
    with the same number is taken for the same target.
    """
    one, other = pair.one.statement, pair.other.statement
    same = steps.same_amount(one, other, pair.one.indicator, rough=True)
    comparison, reasons = pair.comparison, _wording(pair)
    hard = [each for each in comparison.differences if not each.soft]
    numbers = f"{written(one)} / {written(other)}"
    if comparison.comparable or pair.confirmed:
        if not same:
            if not steps.of_one_kind(one, other):
                return None
            return _link(
                "contradictory", pair, [f"同一指标数值不同：{numbers} (values differ)", *reasons]
            )
        unit = [each for each in comparison.differences if each.aspect == "unit"]
        if unit:
            words = f"{one.unit or '—'} / {other.unit or '—'}"
            return _link("redefined", pair, [f"单位不同：{words} (unit changed)", *reasons])
        relation = "kept" if one.subject == other.subject and one.op == other.op else "reworded"
        return _link(relation, pair, [f"数值一致：{numbers} (values agree)", *reasons])
    if not same or one.op == "qual" or "scope" in comparison.aspects():
        return None
    told = [f"数值一致：{numbers} (values agree)", *(f"措辞不同：{each}" for each in hard)]
    if comparison.kind == "differs" and {"unit", "denominator"} & comparison.aspects():
        return _link("redefined", pair, [*told, *reasons])
    if "form" in comparison.aspects():
        return None
    loose = comparison.kind == "similar" or "coverage" in comparison.aspects()
    return None if loose and not restated else _link("reworded", pair, [*told, *reasons])


def _parts(one: Sequence[_Target], other: Sequence[_Target], taken: set[str]) -> Iterator[Link]:
    """A part that is set higher than the whole it is the core of (以X为核心的Y)."""
    for wholes, parts, swapped in ((one, other, False), (other, one, True)):
        for whole in wholes:
            for part in parts:
                if {whole.statement.id, part.statement.id} & taken:
                    continue
                if not steps.part_exceeds(
                    whole.statement, whole.indicator, part.statement, part.indicator
                ):
                    continue
                pair = _Pair(whole, part, Comparison("differs"), False)
                if swapped:
                    pair = _Pair(part, whole, Comparison("differs"), False)
                text = f"{written(part.statement)} > {written(whole.statement)}"
                zh = f"部分大于整体：{part.statement.subject} {text} {whole.statement.subject}"
                yield _link("contradictory", pair, [f"{zh} (a part exceeds its whole)"])
