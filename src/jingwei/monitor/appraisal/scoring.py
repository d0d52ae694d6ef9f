"""Scores with their formula, grades, vetoes and disputes (§25.1 to §25.4)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from jingwei.core import Evidence, Formula, Missing, Row, written_out
from jingwei.monitor.appraisal.scheme import Dispute, Indicator, Points, Scheme, Unit

Known = Mapping[tuple[str, str], tuple[float, Evidence]]
"""Values by (unit, indicator), with their proof."""

PENDING = "待定"


@dataclass(frozen=True, slots=True)
class Item:
    """One indicator of one unit: value, score of 100 (None where it is not known), the formula.

    ``vetoes`` says that a 约束性 target is missed; None where that cannot be told. ``dispute`` is
    the contested value, ``if_accepted`` the score it would give.
    """

    indicator: Indicator
    value: float | None
    score: float | None
    formula: str
    evidence: tuple[Evidence, ...]
    vetoes: bool | None = False
    dispute: Dispute | None = None
    if_accepted: float | None = None


@dataclass(frozen=True, slots=True)
class Appraised:
    """A unit appraised.

    score:       weighted mean of the known indicators, plus and minus points; None if none is known
    confidence:  share of the weights that is known
    low, high:   the score if everything missing were worst, or best
    grade:       等次, 待定 where too little is known or a veto cannot be told
    rank:        in its group, 1 is best, equal scores share one; None without a score, and where less
                 is known than the scheme holds enough; ``peers`` are those that have one
    if_accepted: the score if its disputes were all accepted, None without any
    """

    unit: Unit
    items: tuple[Item, ...]
    score: float | None
    confidence: float
    low: float
    high: float
    grade: str
    rank: int | None
    peers: int
    vetoed: tuple[str, ...]
    formula: str
    evidence: Formula | None
    missing: tuple[Missing, ...]
    if_accepted: float | None = None
    rank_if_accepted: int | None = None

    @property
    def points(self) -> tuple[tuple[str, Points], ...]:
        added = (("+", each) for each in self.unit.added)
        return (*added, *(("−", each) for each in self.unit.deducted))


def appraise(scheme: Scheme, file: str, observed: Known | None = None) -> list[Appraised]:
    """Every unit of a scheme, in its order.

    ``observed`` are values known from statistics; what the file states itself goes before them.
    Nothing that is missing is guessed or counted as zero.
    """
    values = _values(scheme, file, observed or {})
    items = {unit.name: _items(scheme, unit, values) for unit in scheme.units}
    contested = _contested(scheme, values)
    scores = {name: _score(scheme, each, _unit(scheme, name)) for name, each in items.items()}
    claims: dict[str, float | None] = {}
    for unit in scheme.units:
        if unit.disputes:
            accepted = {**values, **{key: v for key, v in contested.items() if key[0] == unit.name}}
            claims[unit.name] = _score(scheme, _items(scheme, unit, accepted), unit)
    found: list[Appraised] = []
    for unit in scheme.units:
        mine = tuple(_disputed(each, unit, scheme, values) for each in items[unit.name])
        peers = [u for u in scheme.units if u.group == unit.group]
        # too little known of a unit: no rank of its own, and none of others against it (§25.2)
        enough = {u.name for u in peers if _confidence(items[u.name]) >= scheme.enough}
        ranked = {u.name: scores[u.name] if u.name in enough else None for u in peers}
        claim = claims.get(unit.name)
        found.append(
            replace(
                _appraised(scheme, unit, mine, scores[unit.name]),
                rank=_rank(ranked, unit.name),
                peers=sum(each is not None for each in ranked.values()),
                if_accepted=claim,
                rank_if_accepted=None
                if claim is None or unit.name not in enough
                else _rank({**ranked, unit.name: claim}, unit.name),
            )
        )
    return found


def _unit(scheme: Scheme, name: str) -> Unit:
    return next(each for each in scheme.units if each.name == name)


def _values(
    scheme: Scheme, file: str, observed: Known
) -> dict[tuple[str, str], tuple[float, Evidence]]:
    values = dict(observed)
    for unit in scheme.units:
        for indicator, value in unit.values.items():
            row = Row(file, scheme.date, f"{unit.name} {indicator} {written_out(value)}")
            values[unit.name, indicator] = (value, row)
    return values


def _contested(
    scheme: Scheme, values: Mapping[tuple[str, str], tuple[float, Evidence]]
) -> dict[tuple[str, str], tuple[float, Evidence]]:
    found: dict[tuple[str, str], tuple[float, Evidence]] = {}
    for unit in scheme.units:
        for each in unit.disputes:
            row = Row(
                "异议",
                each.date,
                f"{unit.name} {each.indicator} {written_out(each.claimed)} {each.by}",
            )
            found[unit.name, each.indicator] = (each.claimed, row)
    return found


def _items(
    scheme: Scheme, unit: Unit, values: Mapping[tuple[str, str], tuple[float, Evidence]]
) -> tuple[Item, ...]:
    peers = [each for each in scheme.units if each.group == unit.group]
    made: list[Item] = []
    for indicator in scheme.indicators:
        known = values.get((unit.name, indicator.id))
        if known is None:
            vetoes = None if indicator.attr == "约束性" else False
            made.append(Item(indicator, None, None, "缺数，不计入", (), vetoes))
            continue
        value, proof = known
        group = {
            each.name: values[each.name, indicator.id][0]
            for each in peers
            if (each.name, indicator.id) in values
        }
        score, formula = _scored(indicator, unit, value, group)
        target = unit.target(indicator)
        missed = False
        if indicator.attr == "约束性" and target is not None:
            missed = value < target if indicator.direction == "more" else value > target
        made.append(Item(indicator, value, score, formula, (proof,), missed))
    return tuple(made)


def _scored(
    indicator: Indicator, unit: Unit, value: float, group: Mapping[str, float]
) -> tuple[float | None, str]:
    """A value as 0 to 100 (to 100·cap for completion), and the formula."""
    more = indicator.direction == "more"
    if indicator.normalise == "target":
        target = unit.target(indicator)
        if target is None or target <= 0 or (not more and value <= 0):
            return None, "目标或实际不大于0，完成率无意义"
        share = value / target if more else target / value
        score = 100 * min(max(share, 0.0), indicator.cap)
        top, bottom = (value, target) if more else (target, value)
        capped = f"，封顶{written_out(indicator.cap)}" if share > indicator.cap else ""
        return score, f"100×{written_out(top)}÷{written_out(bottom)}{capped} = {score:.2f}"
    if len(group) < 2:
        return None, "同组不足两家有数，不能比较"
    low, high = min(group.values()), max(group.values())
    if indicator.normalise == "range":
        if low == high:
            return 100.0, "同组各家相等 = 100"
        start, end = (low, high) if more else (high, low)
        score = 100 * (value - start) / (end - start)
        return (
            score,
            f"100×({written_out(value)}−{written_out(start)})÷({written_out(end)}−{written_out(start)}) = {score:.2f}",
        )
    better = sum(v > value if more else v < value for v in group.values())
    score = 100 * (len(group) - better) / len(group)
    return score, f"100×({len(group)}−{better + 1}+1)÷{len(group)} = {score:.2f}"


def _known_weight(items: tuple[Item, ...]) -> float:
    return math.fsum(each.indicator.weight for each in items if each.score is not None)


def _net(unit: Unit) -> float:
    return math.fsum(e.points for e in unit.added) - math.fsum(e.points for e in unit.deducted)


def _score(scheme: Scheme, items: tuple[Item, ...], unit: Unit) -> float | None:
    weight = _known_weight(items)
    if weight == 0:
        return None
    total = math.fsum(e.indicator.weight * e.score for e in items if e.score is not None)
    return total / weight + _net(unit)


def _appraised(
    scheme: Scheme, unit: Unit, items: tuple[Item, ...], score: float | None
) -> Appraised:
    whole = math.fsum(each.indicator.weight for each in items)
    known = _known_weight(items)
    got = math.fsum(e.indicator.weight * e.score for e in items if e.score is not None)
    open_ = [each for each in items if each.score is None]
    best = math.fsum(e.indicator.weight * 100 * _top(e.indicator) for e in open_)
    vetoed = tuple(each.indicator.name for each in items if each.vetoes)
    unsure = any(each.vetoes is None for each in items)
    confidence = _confidence(items)
    grade = PENDING
    if score is not None and confidence >= scheme.enough and not (unsure and not vetoed):
        grade = _grade(scheme, score, bool(vetoed))
    terms = "+".join(
        f"{written_out(e.indicator.weight)}×{e.score:.2f}" for e in items if e.score is not None
    )
    net = _net(unit)
    extra = "" if net == 0 else f"{net:+.10g}"
    formula = "" if score is None else f"({terms})÷{written_out(known)}{extra} = {score:.2f}"
    proofs = tuple(
        Formula(f"{e.indicator.name}：{e.formula}", e.evidence)
        for e in items
        if e.score is not None
    )
    holder = unit.holder or unit.name
    return Appraised(
        unit, items, score, confidence, got / whole + net, (got + best) / whole + net, grade, None, 0,
        vetoed, formula, Formula(formula, proofs) if formula else None,
        tuple(Missing(f"{unit.name}{e.indicator.name}", holder) for e in open_),
    )  # fmt: skip


def _confidence(items: tuple[Item, ...]) -> float:
    whole = math.fsum(each.indicator.weight for each in items)
    return _known_weight(items) / whole


def _top(indicator: Indicator) -> float:
    return indicator.cap if indicator.normalise == "target" else 1.0


def _grade(scheme: Scheme, score: float, vetoed: bool) -> str:
    names = [each.name for each in scheme.grades]
    at = next(
        (n for n, each in enumerate(scheme.grades) if round(score, 9) >= each.least), len(names) - 1
    )
    return names[max(at, names.index(scheme.veto)) if vetoed else at]


def _rank(scores: Mapping[str, float | None], name: str) -> int | None:
    mine = scores[name]
    if mine is None:
        return None
    return 1 + sum(s is not None and round(s, 9) > round(mine, 9) for s in scores.values())


def _disputed(
    item: Item, unit: Unit, scheme: Scheme, values: Mapping[tuple[str, str], tuple[float, Evidence]]
) -> Item:
    found = [each for each in unit.disputes if each.indicator == item.indicator.id]
    if not found:
        return item
    dispute = found[-1]
    claimed = {
        **values,
        (unit.name, dispute.indicator): (dispute.claimed, Row("异议", dispute.date, dispute.by)),
    }
    again = next(e for e in _items(scheme, unit, claimed) if e.indicator.id == item.indicator.id)
    return replace(item, dispute=dispute, if_accepted=again.score)
