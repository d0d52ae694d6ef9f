"""The ladder 跟跑, 并跑, 领跑: who judged which node when, how far they agree, what moved.

Agreement is Fleiss' kappa (Fleiss 1971, Psychological Bulletin 76(5)) over nodes that were rated by
the same number of raters, beside the plain share of pairs that agree. Kappa is None where fewer than
two nodes have two raters, or where all ratings are one step (it is then not defined).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from jingwei.chains.graph import Edition, Fact
from jingwei.core import Evidence


@dataclass(frozen=True, slots=True)
class Level:
    """A node's step by the raters' newest words, and the lowest and highest of them."""

    low: float
    high: float
    middle: float
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Movement:
    """One rater's word on a node changed."""

    about: str
    rater: str
    before: Fact
    after: Fact

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.before.evidence, self.after.evidence


@dataclass(frozen=True, slots=True)
class Agreement:
    """Nodes with several raters, pairs of words, the share that agree, and Fleiss' kappa."""

    nodes: int
    pairs: int
    share: float | None
    kappa: float | None


def newest(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The last word of each rater; facts come the oldest first."""
    return tuple({each.rater: each for each in facts}.values())


def level(facts: Sequence[Fact], ladder: Mapping[str, float]) -> Level | None:
    """The step of a node, None where nobody rated it; words off the ladder do not count."""
    told = tuple(each for each in newest(facts) if each.word in ladder)
    if not told:
        return None
    steps = sorted(ladder[each.word] for each in told)
    return Level(steps[0], steps[-1], steps[(len(steps) - 1) // 2], told)


def movements(edition: Edition, measures: Sequence[str]) -> tuple[Movement, ...]:
    """Changes of word between two dates, by rater and node."""
    found: list[Movement] = []
    last: dict[tuple[str, str], Fact] = {}
    for each in edition.facts:
        if each.measure in measures and each.word:
            key = (each.about, each.rater)
            if key in last and last[key].word != each.word:
                found.append(Movement(each.about, each.rater, last[key], each))
            last[key] = each
    return tuple(found)


def agreement(rated: Sequence[Sequence[Fact]]) -> Agreement:
    """How far raters agree; each item holds the newest words on one node."""
    several = [[each.word for each in facts] for facts in rated if len(facts) >= 2]
    pairs = [(a, b) for words in several for a, b in combinations(words, 2)]
    share = sum(a == b for a, b in pairs) / len(pairs) if pairs else None
    sizes = {len(words) for words in several}
    kappa = fleiss([Counter(words) for words in several]) if len(sizes) == 1 else None
    return Agreement(len(several), len(pairs), share, kappa)


def fleiss(counts: Sequence[Counter[str]]) -> float | None:
    """κ = (P̄ − P̄e) / (1 − P̄e), for items rated by equally many raters (Fleiss 1971, eq. 7)."""
    if len(counts) < 2:
        return None
    raters = sum(counts[0].values())
    agreed = [
        (sum(n * n for n in item.values()) - raters) / (raters * (raters - 1)) for item in counts
    ]
    totals = Counter[str]()
    for item in counts:
        totals.update(item)
    chance = sum((n / (raters * len(counts))) ** 2 for n in totals.values())
    mean = sum(agreed) / len(agreed)
    return None if chance == 1 else (mean - chance) / (1 - chance)
