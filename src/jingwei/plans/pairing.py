"""Which statements of two documents may be one target: the pairs that lineage chooses from.

A document's targets are taken once each (a table row and the prose that repeats it are one). A
person's decisions come first: a refused pair is not offered, a confirmed one always is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jingwei.core import Link, Span, Statement
from jingwei.plans import amount, steps
from jingwei.plans.indicator import Comparison, Indicator, compare, identify, own_area, pairs

_RANK = {"same": 0, "reworded": 0, "differs": 1, "similar": 2}
CONFIRMED = "人工确认为同一指标 / confirmed by a person as one indicator"


@dataclass(frozen=True, slots=True)
class Target:
    """One target (or fact) of a document, with the other places where it is stated again."""

    statement: Statement
    indicator: Indicator
    again: tuple[Statement, ...] = ()

    @property
    def single(self) -> bool:
        """Whether it holds at one year, not over a span."""
        return self.statement.period.first == self.statement.period.last


@dataclass(frozen=True, slots=True)
class Pair:
    """Two targets that may be one, and how their indicators compare."""

    one: Target
    other: Target
    comparison: Comparison
    confirmed: bool = False


def link_id(link: Link) -> str:
    """The key of a link in ``decisions``: ``from>to``, either side empty for new and dropped."""
    return f"{link.from_}>{link.to}"


def statistics(statements: Iterable[Statement]) -> list[Target]:
    """Every statistic and rank with its indicator, read in the document's own region."""
    statements = list(statements)
    own = own_area(statements)
    counted = [s for s in statements if s.kind == "stat" or s.measure == "rank"]
    return [Target(s, identify(amount.as_multiple(s), own)) for s in counted]


def targets(plan: Iterable[Statement]) -> list[Target]:
    """The targets of a document, each once, a table row before the prose that repeats it."""
    found: list[Target] = []
    for each in statistics(plan):
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


def copies(document: Iterable[Statement]) -> dict[str, str]:
    """Targets of one document that another of them states as well: id of the copy → id shown.

    They agree in indicator, number and period (a table row and the prose that repeats it).
    """
    return {again.id: each.statement.id for each in targets(document) for again in each.again}


def _repeats(first: Target, again: Target) -> bool:
    one, other = first.statement, again.statement
    return (
        one.period.last == other.period.last
        and compare(first.indicator, again.indicator).comparable
        and steps.same_amount(one, other, first.indicator)
    )


def candidates(
    left: Sequence[Target], right: Sequence[Target], decisions: Mapping[str, str]
) -> Iterator[Pair]:
    """Pairs whose indicators are not different, refused ones left out, confirmed ones added."""
    seen: set[str] = set()
    for i, j, comparison in pairs([t.indicator for t in left], [t.indicator for t in right]):
        key = f"{left[i].statement.id}>{right[j].statement.id}"
        seen.add(key)
        decision = decisions.get(key, "")
        if decision != "refused":
            units = left[i].statement.unit, right[j].statement.unit
            yield Pair(left[i], right[j], comparison.in_units(*units), decision == "confirmed")
    joined = sorted(key for key, value in decisions.items() if value == "confirmed")
    by_id = {target.statement.id: target for target in (*left, *right)} if joined else {}
    ids = {target.statement.id for target in left}, {target.statement.id for target in right}
    for key in joined:
        one, _, other = key.partition(">")
        if key not in seen and one in ids[0] and other in ids[1]:
            yield Pair(by_id[one], by_id[other], Comparison("different"), confirmed=True)


def closeness(pair: Pair, *, main: str = "") -> tuple[int | bool | str, ...]:
    """Sort key of the better pair: confirmed, nearest name, same kind of time, the document
    ``main``, same number, both or neither from a table, and last the id."""
    one, other = pair.one.statement, pair.other.statement
    return (
        not pair.confirmed,
        _RANK.get(pair.comparison.kind, 9),
        pair.one.single != pair.other.single,
        main not in ("", other.document),
        not steps.same_amount(one, other, pair.one.indicator),
        (one.attr is None) != (other.attr is None),
        other.id,
        one.id,
    )


def wording(pair: Pair) -> list[str]:
    """The soft differences of a pair as reasons, and who confirmed it."""
    soft = [f"措辞：{each}" for each in pair.comparison.differences if each.soft]
    if pair.comparison.kind == "reworded" and not soft:
        one, other = pair.one.statement.subject, pair.other.statement.subject
        soft = [f"措辞：{one} / {other} (wording)"]
    return [*([CONFIRMED] if pair.confirmed else []), *soft]


def linked(relation: str, pair: Pair, reasons: Iterable[str]) -> Link:
    """A link of a pair, with the evidence of both sides wherever they are stated."""
    one, other = pair.one, pair.other
    places = (one.statement, *one.again, other.statement, *other.again)
    return Link(
        relation,
        one.statement.id,
        other.statement.id,
        tuple(dict.fromkeys(reasons)),
        tuple(dict.fromkeys(each.evidence for each in places)),
    )


def another_population(comparison: Comparison) -> bool:
    """Whether two indicators are one statistic of some and of all, or of two selections: 规上工业亩均税收
    and 亩均税收 (``docs/semantics.md`` §6.2)."""
    return comparison.kind == "differs" and comparison.aspects() <= {"frame", "object"}


def dropped(target: Target, seen: Pair | None = None) -> Link:
    """A target that no later document has; ``seen`` is where one gives its indicator all the same."""
    places = (target.statement, *target.again, *([seen.other.statement] if seen else ()))
    reason = "后续规划没有这一指标 / no later plan has this indicator"
    if seen is not None:
        reason = f"后续文件没有可衔接的目标；{_elsewhere(seen)} / no later target of it"
    return Link("dropped", target.statement.id, "", (reason,), _evidence(places))


def new(target: Target, seen: Pair | None = None) -> Link:
    """A target that no other document has; ``seen`` is where one gives its indicator all the same."""
    places = (target.statement, *target.again, *([seen.other.statement] if seen else ()))
    reason = "其他文件没有这一指标 / no other document has this indicator"
    if seen is not None:
        reason = f"其他文件没有可对照的数；{_elsewhere(seen)} / not comparable with it"
    return Link("new", "", target.statement.id, (reason,), _evidence(places))


def _elsewhere(seen: Pair) -> str:
    """What a document says of an indicator: 同一指标另见：云溪规划，2025年目标，亩均税收 45万元/亩."""
    statement = seen.other.statement
    role = "目标" if statement.role == "target" else "实际值"
    told = f"{statement.subject} {amount.written(statement)}"
    where = f"{statement.document}，{statement.period}年{role}，{told}"
    hard = "；".join(str(each) for each in seen.comparison.differences if not each.soft)
    return f"口径不同的相近指标另见（{hard}）：{where}" if hard else f"同一指标另见：{where}"


def elsewhere(
    unmatched: Sequence[Target], others: Sequence[Target], decisions: Mapping[str, str]
) -> dict[str, Pair]:
    """For targets without a link the nearest statement of their own indicator in ``others``: a fact,
    or a goal of another time; else one of the same statistic for another population. By id; those
    of which nothing is said are absent."""
    refused = {key for key, value in decisions.items() if value == "refused"}
    refused |= {">".join(reversed(key.split(">"))) for key in refused}
    found: dict[str, list[Pair]] = {}
    for pair in candidates(unmatched, others, dict.fromkeys(refused, "refused")):
        if pair.comparison.comparable or another_population(pair.comparison):
            found.setdefault(pair.one.statement.id, []).append(pair)
    return {id_: min(offered, key=_beside) for id_, offered in found.items()}


def _beside(pair: Pair) -> tuple[bool, bool, int, tuple[int | bool | str, ...]]:
    one, other = pair.one.statement, pair.other.statement
    years = abs(one.period.last - other.period.last)
    other_population = not pair.comparison.comparable
    return (other_population, one.role != other.role, years, closeness(pair))


def _evidence(places: Iterable[Statement]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(each.evidence for each in places))
