"""How far five layers of a chain move together: innovation, production, value, supply, finance.

Coupling C = n · (∏ u)^(1/n) / Σ u, development T = Σ w · u, coordination D = √(C · T), for layer
scores u in [0, 1] (the usual coupling-coordination model, after the capacity coefficient of physics;
see Wang, Kong, Ren, Zhi and Dai 2021, Journal of Natural Resources 36(3): 793-810, on its misuses). It tells nothing of
causes, and D depends on the weights: its range over declared weights is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod, sqrt

from jingwei.chains.graph import Edition, Fact
from jingwei.core import Evidence

LAYERS: dict[str, tuple[str, ...]] = {
    "创新链": ("layer_innovation", "创新链得分"),
    "产业链": ("layer_production", "产业链得分"),
    "价值链": ("layer_value", "价值链得分"),
    "供应链": ("layer_supply", "供应链得分"),
    "金融链": ("layer_finance", "金融链得分"),
}
"""The five layers and the facts that score a node on them, in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Convergence:
    """A node's layers; C, T, D are None where a layer is missing. ``span`` is D over the weights."""

    node: str
    layers: Mapping[str, float | None]
    coupling: float | None
    development: float | None
    coordination: float | None
    span: tuple[float, float] | None
    gap: str
    evidence: tuple[Evidence, ...]


def convergence(edition: Edition) -> tuple[Convergence, ...]:
    """Every node with at least one scored layer."""
    found: list[Convergence] = []
    for vertex in edition.vertices("node"):
        facts: dict[str, Fact | None] = {
            layer: next(
                (f for name in names for f in reversed(edition.facts_of(vertex.id, name))), None
            )
            for layer, names in LAYERS.items()
        }
        if any(facts.values()):
            found.append(_of(vertex.id, facts))
    return tuple(found)


def _of(node: str, facts: Mapping[str, Fact | None]) -> Convergence:
    layers = {name: None if fact is None else fact.value for name, fact in facts.items()}
    evidence = tuple(fact.evidence for fact in facts.values() if fact is not None)
    known = {name: value for name, value in layers.items() if value is not None}
    lowest = min(known, key=lambda name: known[name]) if known else ""
    if len(known) < len(layers) or not all(0 <= value <= 1 for value in known.values()):
        return Convergence(node, layers, None, None, None, None, lowest, evidence)
    scores = [*known.values()]
    coupling, development, coordination = coupled(scores, [1 / len(scores)] * len(scores))
    # one layer counts half, the others share the rest: how far the answer is one of weights
    ranged = [
        coupled(
            scores, [0.5 if k == heavy else 0.5 / (len(scores) - 1) for k in range(len(scores))]
        )[2]
        for heavy in range(len(scores))
    ]
    return Convergence(
        node,
        layers,
        coupling,
        development,
        coordination,
        (min(ranged), max(ranged)),
        lowest,
        evidence,
    )


def coupled(scores: list[float], weights: list[float]) -> tuple[float, float, float]:
    """C, T and D of layer scores in [0, 1]; weights sum to one."""
    total = sum(scores)
    coupling = len(scores) * prod(scores) ** (1 / len(scores)) / total if total > 0 else 0.0
    development = sum(w * u for w, u in zip(weights, scores, strict=True))
    return coupling, development, sqrt(coupling * development)
