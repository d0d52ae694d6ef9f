"""One measure of a link: an interval with its evidence, and what each source makes of it.

What is stated goes before what is counted; where they exclude each other both stand, by name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from jingwei.chains.diagnosis.rules import words
from jingwei.chains.diagnosis.sources import Told, limits, source_of
from jingwei.chains.graph import Edge, Fact
from jingwei.core import Evidence, Finding, Row

COUNTED = "按名录和份额计算"
MOST_NAMES = 3
"""How many names a fact shows; its evidence has all."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of one link: between ``low`` and ``high``; both None where it is unknown.

    ``disputed`` marks words of several raters or sources, of which each end is one reading; ``told``
    has them by name. ``names`` are what was counted, where who they are is what a reader asks next.
    """

    name: str
    low: float | None = None
    high: float | None = None
    evidence: tuple[Evidence, ...] = ()
    as_of: str = ""
    disputed: bool = False
    told: tuple[Told, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        return self.low is not None

    def __str__(self) -> str:
        it = words(self.name)
        if self.low is None or self.high is None:
            return f"{it.zh}：证据不足"
        shown = f"至少{it.said(self.low)}" if self.high == inf else it.said(self.low)
        if self.high not in (inf, self.low):
            shown += f"—{it.said(self.high)}"
        return f"{it.zh}：{shown}{it.unit}{self._by_source()}{self._named()}"

    def _named(self) -> str:
        if not self.names:
            return ""
        rest = "等" if len(self.names) > MOST_NAMES else ""
        return f"（{'、'.join(self.names[:MOST_NAMES])}{rest}）"

    def _by_source(self) -> str:
        if not self.disputed or len(self.told) < 2:
            return ""
        it = words(self.name)
        parts: list[str] = []
        for each in self.told:
            high = "以上" if each.high == inf else f"—{it.said(each.high)}"
            parts.append(
                f"{each.source} {it.said(each.low)}{high if each.high != each.low else ''}"
            )
        return f"（来源不一：{'；'.join(parts)}）"


def with_stated(stated: Measured, counted: Measured) -> Measured:
    """What a source states goes before what is counted; where they exclude each other both stand."""
    if stated.low is None or stated.high is None:
        return counted
    if counted.low is None or counted.high is None:
        return stated
    slack = limits().rounding
    if stated.low <= counted.high + slack and counted.low <= stated.high + slack:
        return stated
    said = stated.told or (Told(_who(stated), stated.low, stated.high),)
    high = max(stated.high, counted.high if counted.high != inf else counted.low)
    return Measured(
        stated.name, min(stated.low, counted.low), high, (*stated.evidence, *counted.evidence),
        max(stated.as_of, counted.as_of), True,
        (*said, *(counted.told or (Told(COUNTED, counted.low, counted.high),))),
    )  # fmt: skip


def _who(stated: Measured) -> str:
    return "、".join(dict.fromkeys(map(source_of, stated.evidence)))


def counts_apart(name: str, measured: Mapping[str, Measured]) -> tuple[Finding, ...]:
    """Counts that cannot hold together: a stated one and the list, local ones and all."""
    found: list[Finding] = []
    for which in ("suppliers", "local_suppliers"):
        it = measured[which]
        if it.disputed:
            found.append(
                Finding(
                    "counts_disagree",
                    f"“{name}”{it}；两种都列出，请核对名录或撤回一行。",
                    f"{name}: {words(which).en} is stated in more than one way; both are shown. "
                    "Check the list, or retract a row.",
                    it.evidence,
                )
            )
    every, here = measured["suppliers"], measured["local_suppliers"]
    if every.high is not None and here.low is not None and here.low > every.high:
        found.append(
            Finding(
                "more_local_than_all",
                f"“{name}”本地供应企业{here.low:g}家，多于供应企业{every.high:g}家；有一个不对，请核对。",
                f"{name}: {here.low:g} local suppliers of {every.high:g} suppliers; one is wrong.",
                (*every.evidence, *here.evidence),
            )
        )
    return tuple(found)


def counted(
    name: str, count: int, open_: int, makers: Sequence[Edge], complete: Fact | None
) -> Measured:
    """A count of a list: exact where the list is complete, else at least so many."""
    evidence: tuple[Evidence, ...] = tuple(each.evidence for each in makers)
    if complete is not None:
        evidence = (*evidence, complete.evidence)
        return Measured(name, count, count + open_, evidence, latest((*makers, complete)))
    if not count:
        return Measured(name)
    return Measured(name, count, inf, evidence, latest(makers))


def latest(of: Sequence[Edge | Fact]) -> str:
    days = [each.day.isoformat() for each in of if each.day is not None]
    days += [
        each.evidence.vintage for each in of if each.day is None and isinstance(each.evidence, Row)
    ]
    return max(days, default="")
