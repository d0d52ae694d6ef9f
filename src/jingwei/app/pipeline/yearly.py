"""A target of a workspace spread over its years, from a base the documents give."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from jingwei.app.pipeline.decisions import decisions
from jingwei.app.pipeline.library import Library
from jingwei.app.pipeline.records import target_record
from jingwei.core import InvalidRequest, Period, Statement, plain
from jingwei.plans.amount import agree, as_multiple, factor, resolution, written
from jingwei.plans.indicator import identify
from jingwei.plans.milestones import Milestone, Path, default_path, milestones
from jingwei.plans.wording import is_loose

_NEED_BASE = ("level", "share", "increase", "multiple")


@dataclass(frozen=True, slots=True)
class Yearly:
    """The milestones of a target, the path, and the statement that gave the base (if one did).

    ``unit`` is that of the values: the target's, and for a multiple that of its base.
    """

    target: Statement
    path: Path
    base: Decimal | None
    unit: str
    base_from: Statement | None
    milestones: tuple[Milestone, ...]

    @property
    def told(self) -> str:
        """The path and the base in words."""
        told = f"{self.target.subject} {self.target.period}，路径 path: {self.path.shape}"
        if self.base is None:
            return told
        source = ""
        if self.base_from is not None:
            named = self.base_from.subject
            by = "" if named == self.target.subject else f"{named}，"
            source = f"（{by}{self.base_from.document}「{self.base_from.quote}」）"
        return f"{told}，基期 base: {self.base}{self.unit}{source}"

    def record(self) -> dict[str, Any]:
        """The shape of ``--format json``; a yearly decline is also given as its exact fraction."""
        return {
            "target": target_record(self.target)["target"],
            "path": self.path.shape,
            "unit": self.unit,
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


def yearly(
    library: Library, identity: str, path: Path | None = None, base: Decimal | None = None
) -> Yearly:
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
    growing, target = target, as_multiple(target)
    path = path or default_path(target)
    years = _years(target, document.period)
    source = None
    unit = target.unit
    if base is None and target.measure in _NEED_BASE:
        source = _base(library, document.statements, target, years.first - 1)
        if source is not None and target.op == "x":
            base, unit = Decimal(repr(source.value)), source.unit
        elif source is not None:
            base = _in_unit_of(target, source)
    spread = milestones(growing, base=base, span=years, path=path)
    return Yearly(target, path, base, unit, source, spread)


def _years(target: Statement, plan: Period | None) -> Period:
    """The years to spread over: from a stated base on, else the target's own, else the plan's."""
    last = target.period.last
    if target.base_year is not None and target.base_year < last:
        return Period(target.base_year + 1, last)
    span = target.period if target.period.first < last else plan
    first = span.first if span is not None else last
    return Period(min(first, last), last)


def _in_unit_of(target: Statement, source: Statement) -> Decimal:
    """The number of ``source`` in the unit of ``target``: 0.18万亿元 is 1800亿元."""
    value = Decimal(repr(source.value))
    theirs, ours = (factor(each, "") for each in (source, target))
    if theirs == ours:
        return value
    return (value * Decimal(repr(theirs)) / Decimal(repr(ours))).normalize()


def _base(
    library: Library, plan: Sequence[Statement], target: Statement, year: int
) -> Statement | None:
    """The exact figure of the same indicator in the base year: the plan's own, else that of the
    other documents, as settlement takes it (``docs/semantics.md`` §7.7).

    The multiple of a size that names no statistic (产业规模倍增) starts from any one statistic of it.
    """
    from jingwei.monitor.facts import Seen, known, near

    mine = next(each for each in known(plan) if each.statement.id == target.id)
    seen = [
        each
        for one in library.documents
        if not one.is_draft or one.name == target.document
        for each in known(one.statements)
        if each.statement.role == "observation"
        and each.statement.kind == "stat"
        and each.statement.period == Period.year(year)
        and each.statement.op == "="
        and each.statement.value is not None
        and not each.indicator.name.change
    ]
    (close,) = near([mine], Seen(seen), Period.year(year), decisions(library.workspace))
    exact = [each.statement for each in close if each.comparison.comparable]
    loose = [
        each.statement
        for each in close
        if target.op == "x"
        and each.comparison.kind == "differs"
        and each.comparison.aspects() == frozenset({"measure"})
        and is_loose(mine.indicator.name.numerator.measure)
    ]
    fitting = exact or loose
    own = [each for each in fitting if each.document == target.document]
    dimension = identify(fitting[0]).dimension if fitting else ""
    chosen = sorted(own or fitting, key=lambda each: resolution(each, dimension))
    if any(not agree(chosen[0], each, dimension) for each in chosen[1:]):
        listed = "；".join(f"{written(each)}（{each.document}「{each.quote}」）" for each in chosen)
        raise InvalidRequest(
            f"{year}年的基期值不一致：{listed}；请用 --base 指定",
            f"there are different bases for {year}; choose one with --base",
            where=target.id,
        )
    return chosen[0] if chosen else None
