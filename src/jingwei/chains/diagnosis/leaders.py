"""Candidates for the leading enterprise of a chain (链主), with their factors.

Not a ranking of firms by survey data: factors are the edges and facts of the graph, each shown with
its source. A factor that is not known makes an interval of the score, and so of the rank.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jingwei.chains.diagnosis.measures import Measures
from jingwei.chains.diagnosis.sources import current
from jingwei.chains.diagnosis.technology import newest
from jingwei.chains.graph import Edge, Edition, Vertex
from jingwei.core import Evidence

WEIGHTS = {"reach": 0.3, "hold": 0.3, "pull": 0.2, "technology": 0.2}
"""Ours: nodes covered, hold on its nodes, buyers and suppliers it moves, technology of its nodes."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor in [0, 1], None where it is not known."""

    name: str
    value: float | None
    told: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An enterprise, its factors, and the interval its score lies in; ``ranks`` from best to worst."""

    enterprise: Vertex
    factors: tuple[Factor, ...]
    low: float
    high: float
    ranks: tuple[int, int]
    evidence: tuple[Evidence, ...]


LEAST_FACTORS = 2
"""Ours: known factors below which nobody can be said to lead."""


def undecided(found: "Sequence[Candidate]") -> tuple[str, ...]:
    """The facts without which the first candidate cannot be said to lead, () where it can.

    It can where no other may rank as high and at least two of its factors are known.
    """
    if not found:
        return ("本地企业与环节的对应",)
    first = found[0]
    rivals = [each for each in found if each.ranks[0] <= 1]
    lacking = [f.told for each in rivals for f in each.factors if f.value is None]
    known = sum(each.value is not None for each in first.factors)
    if first.ranks == (1, 1) and known >= LEAST_FACTORS:
        return ()
    return tuple(dict.fromkeys(lacking)) or ("名次靠前的企业因素相同，要另有依据",)


def leaders(edition: Edition, measures: Measures, most: int = 10) -> tuple[Candidate, ...]:
    """Local enterprises of the chain by score, those not known to be elsewhere included."""
    nodes = [each.id for each in edition.vertices("node") if each.stage]
    makers: dict[str, list[str]] = {}
    for node in nodes:
        for edge in measures.makers(node):
            makers.setdefault(edge.from_, []).append(node)
    scored = [
        (each, _factors(edition, measures, each, made, len(nodes)), _proof(edition, each))
        for each, made in sorted(makers.items())
        if measures.at_home(each) is not False
    ]
    spans = [_span(factors) for _, factors, _ in scored]
    found: list[Candidate] = []
    for (key, factors, proof), (low, high) in zip(scored, spans, strict=True):
        best = 1 + sum(other_low > high for other_low, _ in spans)
        worst = len(spans) - sum(other_high < low for _, other_high in spans)
        vertex = edition.get(key)
        assert vertex is not None
        found.append(Candidate(vertex, factors, low, high, (best, worst), proof))
    return tuple(sorted(found, key=lambda e: (-e.low, -e.high, e.enterprise.id))[:most])


def _factors(
    edition: Edition, measures: Measures, key: str, made: Sequence[str], nodes: int
) -> tuple[Factor, ...]:
    shares = _largest(edition, measures, key)
    ladder = measures.rules.technology
    levels = [
        ladder[fact.word]
        for node in made
        for fact in newest(measures.stated(node, ("technology", "技术水平")))
        if fact.word in ladder
    ]
    links = [e for e in edition.around(key) if e.kind == "supplies" and e.holds]
    others = len({e.from_ if e.to == key else e.to for e in links})
    return (
        Factor("reach", len(made) / nodes, f"覆盖环节{len(made)}/{nodes}"),
        Factor("hold", shares[0] if shares and shares[0] == shares[1] else None, _hold_told(shares)),
        Factor("pull", others / (others + 5) if others else None, f"上下游企业{others}家" if others else "上下游不详"),
        Factor(
            "technology",
            max(levels) / max(ladder.values()) if levels else None,
            "所在环节技术水平" + (f"最高{max(levels):g}级" if levels else "不详"),
        ),
    )  # fmt: skip


def _largest(edition: Edition, measures: Measures, key: str) -> tuple[float, float] | None:
    """The largest share of an enterprise at one node, as an interval where sources differ."""
    by_node: dict[str, list[Edge]] = {}
    for each in edition.out_of(key, "makes", measures.day):
        if each.holds and each.share is not None:
            by_node.setdefault(each.to, []).append(each)
    spans = [[e.share or 0.0 for e in current(edges)] for edges in by_node.values()]
    if not spans:
        return None
    return max(min(each) for each in spans), max(max(each) for each in spans)


def _hold_told(shares: tuple[float, float] | None) -> str:
    if shares is None:
        return "份额不详"
    low, high = shares
    return f"最大份额{low:.0%}" if low == high else f"最大份额{low:.0%}—{high:.0%}（来源不一）"


def _span(factors: Sequence[Factor]) -> tuple[float, float]:
    low = sum(WEIGHTS[each.name] * (each.value or 0.0) for each in factors)
    high = sum(WEIGHTS[each.name] * (1.0 if each.value is None else each.value) for each in factors)
    return low, high


def _proof(edition: Edition, key: str) -> tuple[Evidence, ...]:
    edges = [*edition.out_of(key, "makes"), *edition.out_of(key, "located_in")]
    return tuple(dict.fromkeys(each.evidence for each in edges))
