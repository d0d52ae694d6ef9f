"""How alike places are: by what they make, and by what their plans say (结构趋同).

Krugman's index of difference is the sum of absolute differences of shares, 0 for equal structures
and 2 for structures with nothing in common (Krugman 1991, Geography and Trade); the coefficient of
coincidence is 1 minus half of it. The cosine compares directions of the vectors. By words, places
are compared by the industries that their plans name: the share of names in common (Jaccard 1901).

Similar structures are not yet wasteful: whether they compete or complement each other depends on
products, and a finer classification shows less similarity.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from jingwei.space.activities import Activities


@dataclass(frozen=True, slots=True)
class Pair:
    """Two places: Krugman's index (0 to 2), cosine (0 to 1), and the largest shares in common.

    None where one of the two has nothing. ``words`` is the similarity of plans (0 to 1), None where
    a plan is not known; ``shared`` lists the names in common.
    """

    one: str
    other: str
    krugman: float | None
    cosine: float | None
    common: tuple[tuple[str, float], ...]
    words: float | None = None
    shared: tuple[str, ...] = ()


def similarity(table: Activities, names: Mapping[str, Sequence[str]] | None = None) -> list[Pair]:
    """Every pair of places, the most alike first.

    names: place → industries that its plans name, to show words beside data
    """
    size = table.values.sum(axis=1, keepdims=True)
    shares = np.divide(table.values, size, out=np.zeros_like(table.values), where=size > 0)
    length = np.linalg.norm(table.values, axis=1)
    pairs: list[Pair] = []
    for i, j in combinations(range(len(table.places)), 2):
        one, other = table.places[i], table.places[j]
        krugman: float | None = None
        cosine: float | None = None
        common: tuple[tuple[str, float], ...] = ()
        if length[i] > 0 and length[j] > 0:
            krugman = float(np.abs(shares[i] - shares[j]).sum())
            cosine = float(table.values[i] @ table.values[j] / (length[i] * length[j]))
            both = np.minimum(shares[i], shares[j])
            order = sorted(np.flatnonzero(both > 0).tolist(), key=lambda k: (-both[k], k))[:3]
            common = tuple((table.activities[k], float(both[k])) for k in order)
        words, shared = _in_words(one, other, names or {})
        pairs.append(Pair(one, other, krugman, cosine, common, words, shared))
    pairs.sort(key=lambda p: (p.krugman is None, p.krugman or 0.0, p.one, p.other))
    return pairs


def word_similarity(names: Mapping[str, Sequence[str]]) -> list[Pair]:
    """Every pair of places by the names in their plans, the most alike first."""
    pairs = [
        Pair(one, other, None, None, (), *_in_words(one, other, names))
        for one, other in combinations(sorted(names), 2)
    ]
    pairs.sort(key=lambda p: (-(p.words or 0.0), p.one, p.other))
    return pairs


def _in_words(
    one: str, other: str, names: Mapping[str, Sequence[str]]
) -> tuple[float | None, tuple[str, ...]]:
    mine, theirs = set(names.get(one, ())), set(names.get(other, ()))
    if not mine or not theirs:
        return None, ()
    shared = mine & theirs
    return len(shared) / len(mine | theirs), tuple(sorted(shared))
