"""Market shares of the suppliers of a link: one reading a source, and what cannot be.

Where sources give one supplier different shares, or their lists together exceed the whole, each source
is read on its own; what it does not say is filled from the others as far as all fit into the whole.
Shares that exceed the whole contradict themselves and are not used; a complete list whose shares do
not reach it is not used as a complete one. Both are named (``docs/semantics.md`` §33.10, §33.11).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jingwei.chains.diagnosis.sources import Told, limits, source_of
from jingwei.chains.graph import Edge
from jingwei.core import Evidence, Finding

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of the makers of a node by one source; None is a maker whose share is not known.

    ``source`` is "" where no source disagrees.
    """

    source: str
    of: Mapping[str, Span | None]

    @property
    def stated(self) -> tuple[Span, ...]:
        return tuple(span for span in self.of.values() if span is not None)

    @property
    def total(self) -> Span:
        return sum(low for low, _ in self.stated), sum(high for _, high in self.stated)

    @property
    def rounding(self) -> float:
        """How far the sum may lie from the whole by rounding alone."""
        return limits().rounding * len(self.stated) + 1e-9

    @property
    def rest(self) -> float:
        """The most that is left to makers whose share is not stated, 0 within rounding."""
        rest = 1 - self.total[0]
        unstated = len(self.stated) < len(self.of)
        return max(0.0, rest) if unstated or rest > self.rounding else 0.0


def readings(stated: Mapping[str, Sequence[Edge]]) -> tuple[Shares, ...]:
    """The shares of each maker by every source that takes part in a dispute; one without a dispute.

    ``stated`` has the current statements of every maker, those without a share too. The result does
    not depend on their order.
    """
    whole = {maker: _span(edges) for maker, edges in sorted(stated.items())}
    disputed = [maker for maker, span in whole.items() if span is not None and span[0] < span[1]]
    together = Shares("", whole)
    sources = sorted({source_of(e.evidence) for edges in stated.values() for e in edges
                      if e.share is not None})  # fmt: skip
    if not disputed and (together.total[0] <= 1 + together.rounding or len(sources) < 2):
        return (together,)
    found: list[Shares] = []
    for source in sources:
        own = {m: [e for e in edges if source_of(e.evidence) == source] for m, edges in
               stated.items()}  # fmt: skip
        for name, kept in _versions(source, own):
            spans = {maker: _span(edges) for maker, edges in sorted(kept.items())}
            if disputed and all(spans[maker] is None for maker in disputed):
                continue  # it says nothing on what is in dispute
            found.append(_filled(name, spans, whole))
    return tuple(found)


def _versions(
    source: str, own: Mapping[str, Sequence[Edge]]
) -> list[tuple[str, Mapping[str, Sequence[Edge]]]]:
    """A source as it is, or where it gives one maker two shares, a version for each such row."""
    twice = [
        (maker, each)
        for maker, edges in sorted(own.items())
        for each in edges
        if each.share is not None and len({e.share for e in edges if e.share is not None}) > 1
    ]
    if not twice:
        return [(source, own)]
    return [(str(each.evidence), {**own, maker: [each]}) for maker, each in twice]


def _filled(
    name: str, spans: Mapping[str, Span | None], whole: Mapping[str, Span | None]
) -> Shares:
    own = Shares(name, spans)
    filled = Shares(name, {m: whole[m] if span is None else span for m, span in spans.items()})
    fits = filled.total[0] <= 1 + filled.rounding
    return filled if fits or own.total[0] > 1 + own.rounding else own


def _span(edges: Sequence[Edge]) -> Span | None:
    shares = [each.share for each in edges if each.share is not None]
    return (min(shares), max(shares)) if shares else None


def behind(shares: Shares, stated: Mapping[str, Sequence[Edge]]) -> tuple[Evidence, ...]:
    """The rows a reading rests on: those of its source, and others for makers it does not speak of."""
    found: list[Evidence] = []
    for maker, edges in stated.items():
        own = [
            each.evidence
            for each in edges
            if shares.source in ("", source_of(each.evidence), str(each.evidence))
        ]
        if own or shares.of[maker] is not None:
            found += own or [each.evidence for each in edges]
    return tuple(found)


def concentration(shares: Shares) -> Told:
    """HHI; what is not stated may be one firm more or a great many."""
    low = sum(least * least for least, _ in shares.stated)
    high = sum(most * most for _, most in shares.stated) + shares.rest**2
    return Told(shares.source, low, min(1.0, high))


def local(shares: Shares, home: Mapping[str, bool | None], complete: bool) -> Told:
    """The part that makers of the region supply; ``complete`` where none of them is unlisted."""
    low = high = 0.0
    open_ = not complete
    for maker, span in shares.of.items():
        here = home[maker]
        if span is None:
            open_ = open_ or here is not False
            continue
        low += span[0] if here else 0.0
        high += 0.0 if here is False else span[1]
    high += shares.rest if open_ else 0.0
    return Told(shares.source, min(low, 1.0), min(high, 1.0))


def too_much(name: str, shares: Shares, evidence: tuple[Evidence, ...]) -> Finding | None:
    """That shares exceed the whole by more than rounding, None where they do not."""
    low = shares.total[0]
    if low <= 1 + shares.rounding:
        return None
    by, by_en = _by(shares)
    return Finding(
        "shares_exceed_whole",
        f"“{name}”{by}各企业份额合计{low:.1%}，超过100%；不能同时成立，没有用来算集中度和本地配套率，"
        "请核对口径或撤回一行。",
        f"{name}: {by_en}the shares add up to {low:.1%}, more than the whole; they are not used for "
        "concentration and local share. Check what they are of, or retract a row.",
        evidence,
    )


def too_little(
    name: str, shares: Shares, imported: float | None, evidence: tuple[Evidence, ...]
) -> Finding | None:
    """That the shares of a complete list do not reach the whole, None where they can.

    ``imported`` is the most that imports supply, which a list of firms here need not hold; None
    where it is not known.
    """
    high = shares.total[1]
    every = shares.of and len(shares.stated) == len(shares.of)
    if not every or high + (imported or 0.0) >= 1 - shares.rounding:
        return None
    by, by_en = _by(shares)
    of = "" if imported is None else f"，加上进口占比{imported:.1%}"
    of_en = "" if imported is None else f", with imports of {imported:.1%}"
    return Finding(
        "complete_list_short",
        f"“{name}”{by}名录称完整，但各企业份额合计{high:.1%}{of}，不到100%；名录或份额有一个不对，"
        "没有当作完整名录使用，请补上漏列的企业；只是本地名录完整的，写“本地”。",
        f"{name}: {by_en}the list is said to be complete but the shares add up to {high:.1%}{of_en}, "
        "less than the whole; it is not used as a complete one. Add who is missing; where only the "
        "local list is complete, write 本地.",
        evidence,
    )


def _by(shares: Shares) -> tuple[str, str]:
    return (f"按“{shares.source}”，", f"by {shares.source}, ") if shares.source else ("", "")
