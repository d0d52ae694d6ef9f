"""A target of a workspace spread over its years, from a base the documents give."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from jingwei.app.pipeline.decisions import decisions
from jingwei.app.pipeline.library import Library
from jingwei.app.pipeline.records import target_record
from jingwei.core import InvalidRequest, Period, Statement, plain
from jingwei.plans.milestones import Milestone, Path, milestones

_NEED_BASE = ("level", "share", "increase", "multiple")


@dataclass(frozen=True, slots=True)
class Yearly:
    """The milestones of a target, the path, and the statement that gave the base (if one did)."""

    target: Statement
    path: Path
    base: Decimal | None
    base_from: Statement | None
    milestones: tuple[Milestone, ...]

    @property
    def told(self) -> str:
        """The path and the base in words."""
        told = f"{self.target.subject} {self.target.period}，路径 path: {self.path.shape}"
        if self.base is None:
            return told
        source = (
            f"（{self.base_from.document}「{self.base_from.quote}」）" if self.base_from else ""
        )
        return f"{told}，基期 base: {self.base}{source}"

    def record(self) -> dict[str, Any]:
        """The shape of ``--format json``; a yearly decline is also given as its exact fraction."""
        return {
            "target": target_record(self.target)["target"],
            "path": self.path.shape,
            "base": None if self.base is None else float(self.base),
            "base_from": plain(self.base_from.evidence) if self.base_from else None,
            "milestones": [
                {"year": each.year, "value": float(each.value), "in_year": float(each.in_year)}
                | (
                    {"in_year_exact": str(each.in_year)}
                    if isinstance(each.in_year, Fraction)
                    else {}
                )
                for each in self.milestones
            ],
        }


def yearly(library: Library, identity: str, path: Path, base: Decimal | None = None) -> Yearly:
    """The milestones of the target ``identity``; the base is looked for where none is given.

    Raises InvalidRequest where there is no such target, or no base, or two that differ.
    """
    found = [
        (document, each)
        for document in library.documents
        for each in document.statements
        if each.id == identity and each.role == "target"
    ]
    if not found:
        raise InvalidRequest(
            "没有这个编号的目标；编号见 jingwei targets",
            "there is no target with this id; see jingwei targets",
            where=identity,
        )
    document, target = found[0]
    span = target.period if target.period.first < target.period.last else document.period
    years = Period((span or target.period).first, target.period.last)
    source = None
    if base is None and target.measure in _NEED_BASE:
        source = _base(library, target, years.first - 1)
        base = Decimal(repr(source.value)) if source is not None else None
    return Yearly(target, path, base, source, milestones(target, base=base, span=years, path=path))


def _base(library: Library, target: Statement, year: int) -> Statement | None:
    """The exact figure of the same indicator in the base year, in the target's own unit."""
    from jingwei.monitor.facts import known, near

    mine = next(each for each in known([target]))
    seen = known(
        each
        for document in library.documents
        for each in document.statements
        if each.role == "observation"
        and each.period == Period.year(year)
        and each.op == "="
        and each.unit == target.unit
    )
    (close,) = near([mine], seen, Period.year(year), decisions(library.workspace))
    fitting = [each.statement for each in close if each.comparison.comparable]
    if len({each.value for each in fitting}) > 1:
        listed = "；".join(f"{e.value:g}（{e.document}「{e.quote}」）" for e in fitting)
        raise InvalidRequest(
            f"{year}年的基期值各文件不一致：{listed}；请用 --base 指定",
            f"the documents give different bases for {year}; choose one with --base",
            where=target.id,
        )
    return fitting[0] if fitting else None
