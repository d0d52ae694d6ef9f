"""Which answer a number of a draft gets.

The nearest known numbers are tried in a fixed order: the same indicator, role and time; then what
writers mix up: a hedge dropped, a target reported as achieved, another 口径, another year.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jingwei.core import Evidence, Explanation, Span, Statement
from jingwei.documents.model import Document
from jingwei.monitor.facts import Known, known
from jingwei.monitor.health.doubts import figures_of
from jingwei.monitor.health.explaining import explain
from jingwei.monitor.health.figures import Figure, shown
from jingwei.monitor.health.printed import printed, rules
from jingwei.monitor.health.values import clashing_units, swapped
from jingwei.monitor.proof.answers import NumberCheck, number_check
from jingwei.monitor.proof.computing import computed
from jingwei.monitor.proof.holding import (
    Likeness,
    likeness,
    of_one_kind,
    one_thing,
    other_definition,
    same_time,
)
from jingwei.monitor.proof.locating import number_spans
from jingwei.plans.amount import numbers, written
from jingwei.plans.indicator import Comparison, pairs

_NAMED = 3  # sources named in one message
_FAITH = ("exact", "unit", "fraction", "words", "rounded", "bound")  # the most literal first
_COPIED = frozenset({"exact", "unit", "rounded", "fraction"})


@dataclass(frozen=True, slots=True)
class _Match:
    """A known statement near a number of the draft, and how the two relate."""

    source: Known
    comparison: Comparison
    like: Likeness
    time: bool
    role: bool
    recounted: bool

    @property
    def statement(self) -> Statement:
        return self.source.statement

    @property
    def agrees(self) -> bool:
        return bool(self.like.how) and not self.like.hedge and not self.recounted


def proof(
    draft: Document, draft_statements: Sequence[Statement], known_statements: Sequence[Statement]
) -> list[NumberCheck]:
    """One check for every statement of the draft, in its order.

    ``known_statements`` are those of the other documents of the workspace; statements of a
    document with the draft's own name are left out, so that nothing proves itself.
    """
    own = known(draft_statements)
    others = known(each for each in known_statements if each.document != draft.name)
    others.sort(key=lambda each: (each.statement.document, each.statement.evidence.start))
    by_document: dict[str, list[Statement]] = {}
    for each in others:
        by_document.setdefault(each.statement.document, []).append(each.statement)
    figures = figures_of(by_document)
    near: list[list[_Match]] = [[] for _ in own]
    for i, j, comparison in pairs([d.indicator for d in own], [k.indicator for k in others]):
        near[i].append(_match(own[i], others[j], comparison))
    places = number_spans(draft, draft_statements)
    return [
        _Case(draft, each, place, near[i], figures).check()
        for i, (each, place) in enumerate(zip(own, places, strict=True))
    ]


def _match(mine: Known, source: Known, comparison: Comparison) -> _Match:
    a, b = mine.statement, source.statement
    dimension = mine.indicator.dimension or source.indicator.dimension
    return _Match(
        source, comparison, likeness(a, b, dimension), same_time(a, b), a.role == b.role,
        clashing_units(a, b),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Case:
    """One number of the draft and all that is near it."""

    draft: Document
    mine: Known
    number: Span
    near: Sequence[_Match]
    figures: Sequence[Figure]

    def check(self) -> NumberCheck:
        """The first answer that fits."""
        return next(self._answers())

    def _answers(self) -> Iterator[NumberCheck]:
        statement = self.mine.statement
        same = [
            m for m in self.near
            if one_thing(self.mine.indicator, m.source.indicator, m.comparison)
        ]  # fmt: skip
        direct = [m for m in same if m.role and m.time and of_one_kind(statement, m.statement)]
        agreeing = sorted((m for m in direct if m.agrees), key=lambda m: _FAITH.index(m.like.how))
        if agreeing:
            yield self._said(agreeing[0].like.how, agreeing)
        rewritten = [m for m in direct if m.like.how]
        if rewritten:
            kind = "unit_word" if rewritten[0].recounted else "hedge"
            yield self._said(kind, rewritten, explain(f"proof_{kind}", set[str]()))
        formula = self._computed()
        if formula is not None and not direct:
            yield number_check(
                statement, self.number, "computed", [formula], {"source": str(formula)}
            )
        goals = [m for m in same if self._goal_of(m)]
        if goals:
            why = explain("proof_goal_as_fact", {"known"} if direct else set[str]())
            yield self._said("goal_as_fact", [*goals[:1], *direct[:1]], why)
        other = [m for m in self.near if other_definition(m.comparison) and m.role and m.time]
        alike = [m for m in other if m.like.how in _COPIED]
        if alike:
            why = explain("proof_definition", set[str]())
            yield self._said("definition", [*alike[:1], *direct[:1]], why)
        elsewhen = [m for m in same if m.role and not m.time and m.like.how in _COPIED]
        if elsewhen and not direct and not self._dated():
            yield self._said("undated", elsewhen[:1])
        if elsewhen:
            why = explain("proof_other_year", set[str]())
            yield self._said("other_year", [*elsewhen[:1], *direct[:1]], why)
        if direct:
            yield self._said("value", direct, self._why(direct[0], formula), formula)
        if other:
            yield self._said("definition_only", other[:1], explain("proof_definition", set[str]()))
        nearest = [m for m in same if m.role]
        nearest = nearest or [m for m in self.near if m.comparison.kind == "differs" and m.time]
        nearest = nearest or [m for m in self.near if m.comparison.kind == "similar" and m.time]
        if nearest:
            year = statement.period.last
            yield self._said(
                "no_source_near",
                [min(nearest, key=lambda m: abs(m.statement.period.last - year))],
            )
        yield number_check(statement, self.number, "no_source", (), {})

    def _goal_of(self, match: _Match) -> bool:
        """Whether the draft reports as a fact what the source sets as a goal for now or later."""
        mine, goal = self.mine.statement, match.statement
        return (
            mine.role == "observation" and goal.role == "target" and match.like.how in _COPIED
            and goal.period.last >= mine.period.last
        )  # fmt: skip

    def _computed(self) -> Evidence | None:
        reach = printed(self.mine.statement, self.mine.indicator.dimension)
        if reach is None or self.mine.statement.kind != "stat":
            return None
        return computed(Figure(self.mine.statement, self.mine.indicator, reach, 0), self.figures)

    def _dated(self) -> bool:
        """Whether the paragraph writes the number's year, or names its period, before it."""
        span = self.mine.statement.evidence
        start = self.draft.source.rfind("\n", 0, span.start) + 1
        before = unicodedata.normalize("NFKC", self.draft.source[start : span.end])
        if str(self.mine.statement.period.last) in before:
            return True
        bare = re.sub(r"[“”\"]", "", before)
        return any(word in bare for word in rules()["proof"]["periods"])

    def _why(self, match: _Match, formula: Evidence | None) -> tuple[Explanation, ...]:
        """Ranked explanations of a number that differs."""
        found: set[str] = {"computed"} if formula is not None else set()
        if self.mine.statement.role == "target":
            found.add("goal")
        one = numbers(self.mine.statement, self.mine.indicator.dimension)
        other = numbers(match.statement, match.source.indicator.dimension)
        if one is not None and other is not None and one[0] > 0 and other[0] > 0:
            power = math.log10(max(one[0], other[0]) / min(one[0], other[0]))
            if round(power) >= 1 and abs(power - round(power)) < 1e-9:
                found.add("power_of_ten")
            if abs(one[0] / other[0] - 1) < rules()["proof"]["close"]:
                found.add("close")
        if swapped(self.mine.statement, match.statement):
            found.add("swapped")
        return explain("proof_value", found)

    def _said(
        self,
        kind: str,
        matches: Sequence[_Match],
        explanations: tuple[Explanation, ...] = (),
        formula: Evidence | None = None,
    ) -> NumberCheck:
        named = list({_source(m.statement): m for m in matches}.values())[:_NAMED]
        why = "；".join(str(d) for d in matches[0].comparison.differences if not d.soft)
        words = {"source": "；".join(_source(m.statement) for m in named), "why": why}
        sources = [m.statement.evidence for m in named]
        proofs = [*sources, *([formula] if formula is not None else [])]
        return number_check(self.mine.statement, self.number, kind, proofs, words, explanations)


def _source(statement: Statement) -> str:
    """The known number as its document has it: 《甲规划》2025年目标“小巨人企业数量”300家左右."""
    role = "目标" if statement.role == "target" else ""
    reach = printed(statement, "")
    figure = Figure(statement, known([statement])[0].indicator, reach, 0) if reach else None
    number = shown(figure) if figure is not None else written(statement)
    return f"《{statement.document}》{statement.period}年{role}“{statement.subject}”{number}"
