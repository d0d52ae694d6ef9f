"""Which answer a number of a draft gets.

The nearest known numbers are tried in a fixed order: the same indicator, role and time; then what
writers mix up: a hedge dropped, a target reported as achieved, another 口径, another year.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jingwei.core import Evidence, Explanation, Span, Statement
from jingwei.documents.model import Document
from jingwei.monitor.facts import Known, known
from jingwei.monitor.health.doubts import figures_of
from jingwei.monitor.health.explaining import explain
from jingwei.monitor.health.figures import Figure, firm, shown
from jingwei.monitor.health.printed import printed, rules
from jingwei.monitor.health.values import clashing_units, swapped
from jingwei.monitor.proof.answers import NumberCheck, in_table, number_check
from jingwei.monitor.proof.claiming import check_claims, quoted_goals
from jingwei.monitor.proof.computing import Computation, computations, formula_of
from jingwei.monitor.proof.dating import dated
from jingwei.monitor.proof.holding import (
    Likeness,
    likeness,
    of_one_kind,
    one_thing,
    other_definition,
    same_time,
)
from jingwei.monitor.proof.locating import number_spans
from jingwei.monitor.proof.quoting import quoted_claim
from jingwei.monitor.proof.sweeping import Outcome, check_sweeping
from jingwei.plans.amount import factor, numbers, written
from jingwei.plans.indicator import Comparison, pairs
from jingwei.plans.steps import lists_years

_BESIDE = 20  # characters between a result and the goal quoted after it
_NAMED = 3  # sources named in one message
_FAITH = ("exact", "unit", "fraction", "words", "rounded", "bound")  # the most literal first
_LITERAL = frozenset({"exact", "unit", "fraction"})
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
    draft: Document,
    draft_statements: Sequence[Statement],
    known_statements: Sequence[Statement],
    outcomes: Sequence[Outcome] = (),
) -> list[NumberCheck]:
    """One check for every statement of the draft, as their numbers stand, then one for every claim of it to
    have reached a target; claims without a number are held against ``outcomes``, the settled plans.

    ``known_statements`` are those of the other documents of the workspace; statements of a
    document with the draft's own name are left out, so that nothing proves itself.
    """
    places = number_spans(draft, draft_statements)
    quotes = quoted_goals(draft, draft_statements, places)
    times = dated(draft, [quotes.get(s.id, s) for s in draft_statements], frozenset(quotes))
    by_id = {each.statement.id: each for each in known(times.statements)}
    own = [by_id[each.id] for each in draft_statements]
    others = known(each for each in known_statements if each.document != draft.name)
    others.sort(key=lambda each: (each.statement.document, each.statement.evidence.start))
    by_document: dict[str, list[Statement]] = {}
    for each in others:
        by_document.setdefault(each.statement.document, []).append(each.statement)
    figures = figures_of(by_document)
    near: list[list[_Match]] = [[] for _ in own]
    for i, j, comparison in pairs([d.indicator for d in own], [k.indicator for k in others]):
        near[i].append(_match(own[i], others[j], comparison))
    checks = [
        _Case(
            draft,
            each,
            place,
            near[i],
            figures,
            untold=each.statement.id in times.untold,
            base=each.statement.id in times.bases,
        ).check()
        for i, (each, place) in enumerate(zip(own, places, strict=True))
    ]
    alike = [
        [m for m in each if one_thing(mine.indicator, m.source.indicator, m.comparison)]
        for mine, each in zip(own, near, strict=True)
    ]
    targets = [[m.source for m in each if m.statement.role == "target"] for each in alike]
    results = [
        [
            m.source for m in each
            if m.statement.role == "observation" and not lists_years(m.statement)
        ]
        for each in alike
    ]  # fmt: skip
    told = {m.statement.id: _source(m.statement) for each in alike for m in each}
    alone = _alone(own, quotes)
    checks = [
        quoted_claim(draft, mine, place, targets[i], results[i], outcomes, told)
        if mine.statement.id in alone
        else checks[i]
        for i, (mine, place) in enumerate(zip(own, places, strict=True))
    ]
    claims = check_claims(
        draft, own, places, targets, results, checks, told, times.untold, frozenset(quotes)
    )  # fmt: skip
    checks = [checks[i] for i in sorted(range(len(checks)), key=lambda i: places[i].start)]
    sweeping = check_sweeping(draft, times.statements, outcomes)
    wide = [each.number for each in sweeping]
    # a sweeping claim is not about the number that follows it
    claims = [
        each for each in claims
        if each.kind != "claim_without_target"
        or not any(s.start < each.number.end and each.number.start < s.end for s in wide)
    ]  # fmt: skip
    return [*checks, *claims, *sweeping]


def _alone(own: Sequence[Known], quotes: Mapping[str, Statement]) -> frozenset[str]:
    """The quoted goals beside which the draft gives no number of its own for the same thing."""
    found = set[str]()
    for at, each in enumerate(own):
        if each.statement.id not in quotes:
            continue
        said = own[at - 1] if at else None
        beside = (
            said is not None and said.statement.id not in quotes
            and 0 <= each.statement.evidence.start - said.statement.evidence.end < _BESIDE
            and of_one_kind(said.statement, each.statement)
            and said.indicator.dimension == each.indicator.dimension
        )  # fmt: skip
        if not beside:
            found.add(each.statement.id)
    return frozenset(found)


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
    untold: bool = False  # nothing tells the year
    base: bool = False  # the undated A of 由A增加到B

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
            yield self._agreed(agreeing, direct)
        rewritten = [m for m in direct if m.like.how]
        if rewritten:
            kind = "unit_word" if rewritten[0].recounted else "hedge"
            yield self._said(kind, rewritten, explain(f"proof_{kind}", set[str]()))
        ways = self._computations()
        fitting = next((each for each in ways if each.fits and not each.why), None)
        formula = fitting.formula if fitting is not None and fitting.base is None else None
        if fitting is not None and not direct:
            yield self._follows("computed", fitting)
        goals = [m for m in same if self._goal_of(m)]
        if goals:
            why = explain("proof_goal_as_fact", {"known"} if direct else set[str]())
            yield self._said("goal_as_fact", [*goals[:1], *direct[:1]], why)
        other = [m for m in self.near if other_definition(m.comparison) and m.role and m.time]
        alike = [m for m in other if m.like.how in _COPIED]
        if alike:
            why = explain("proof_definition", set[str]())
            yield self._said("definition", [*alike[:1], *direct[:1]], why)
        elsewhere = next((each for each in ways if each.fits and each.why), None)
        if elsewhere is not None and not direct:
            yield self._follows("computed_definition", elsewhere)
        elsewhen = [m for m in same if m.role and not m.time and self._of_another_year(m)]
        fact = statement.role == "observation"
        if elsewhen and fact and (self.base or self.untold or not (direct or self._dated())):
            yield self._said("undated", elsewhen[:1])
        if self.untold or self.base:
            yield from self._open(same)
        if elsewhen:
            why = explain("proof_other_year", set[str]())
            yield self._said("other_year", [*elsewhen[:1], *direct[:1]], why)
        plain = [m for m in direct if self._plainly_one(m)]
        if plain and swapped(statement, plain[0].statement):
            yield self._said("slip", plain, self._why(plain[0], formula), formula)
        if plain:
            yield self._said("value", plain, self._why(plain[0], formula), formula)
        wrong = next((each for each in ways if not each.fits), None)
        if wrong is not None and not direct:
            yield self._follows("price_base" if wrong.prices else "miscomputed", wrong)
        other = direct or [m for m in other if "unit" not in m.comparison.aspects()]
        if other:
            yield self._said("definition_only", other[:1], explain("proof_definition", set[str]()))
        nearest = [m for m in same if m.role] or same
        nearest = nearest or [m for m in self.near if m.comparison.kind == "differs" and m.time]
        nearest = nearest or [m for m in self.near if m.comparison.kind == "similar" and m.time]
        same_number = [m for m in nearest if m.like.how in _LITERAL]
        other_number = [m for m in nearest if m not in same_number]
        if same_number and not other_number:
            yield self._said("no_source_same", same_number[:1])
        nearest = other_number
        if nearest:
            year = statement.period.last
            yield self._said(
                "no_source_near",
                [min(nearest, key=lambda m: abs(m.statement.period.last - year))],
            )
        yield number_check(statement, self.number, "no_source", (), {})

    def _open(self, same: Sequence[_Match]) -> Iterator[NumberCheck]:
        """A number of no known year: a slip of one of them, or open; never plainly wrong."""
        facts = [
            m for m in same
            if m.role and of_one_kind(self.mine.statement, m.statement) and self._plainly_one(m)
        ]  # fmt: skip
        slips = [m for m in facts if swapped(self.mine.statement, m.statement)]
        if slips:
            yield self._said("slip", slips[:1])
        if facts:
            yield self._said("undated_open", facts)

    def _goal_of(self, match: _Match) -> bool:
        """Whether the draft reports as a fact what the source sets as a goal for now or later."""
        mine, goal = self.mine.statement, match.statement
        return (
            mine.role == "observation" and goal.role == "target" and match.like.how in _LITERAL
            and mine.op not in (">", ">=", "<", "<=") and goal.period.last >= mine.period.last
        )  # fmt: skip

    def _of_another_year(self, match: _Match) -> bool:
        """Whether the number is literally that of another year.

        A new plan may well repeat the number of an older goal; a goal dated too early is an error.
        """
        mine, other = self.mine.statement, match.statement
        literal = match.like.how in _LITERAL and not match.like.hedge
        return literal and (mine.role == "observation" or mine.period.last < other.period.last)

    def _plainly_one(self, match: _Match) -> bool:
        """Whether nothing that one side leaves open could account for a difference."""
        return firm(self.mine.indicator, match.source.indicator, match.comparison, allow=("price",))

    def _computations(self) -> list[Computation]:
        """What the figures of other documents make of this number, the surest first."""
        reach = printed(self.mine.statement, self.mine.indicator.dimension)
        if reach is None or self.mine.statement.kind != "stat":
            return []
        figure = Figure(self.mine.statement, self.mine.indicator, reach, 0)
        return computations(figure, self.figures)

    def _follows(self, kind: str, by: Computation) -> NumberCheck:
        """The answer that a computation gives, with its formula."""
        causes = set[str]()
        if len(by.documents) > 1:
            causes.add("two_documents")
        more = {"base": {"year": str(by.base)}} if by.base is not None else {}
        why = explain(f"proof_{kind}", causes)
        words = {"source": formula_of(by), "why": by.why}
        return number_check(
            self.mine.statement, self.number, kind, [by.formula], words, why, more=more
        )

    def _agreed(self, agreeing: Sequence[_Match], direct: Sequence[_Match]) -> NumberCheck:
        """The sources of just this number; those of another number are named apart from them."""
        best = agreeing[0]
        same = [m for m in agreeing if self._one_number(m, best)]
        other = [
            m for m in direct
            if m not in same and (m.agrees or self._plainly_one(m))
            and not m.recounted and not self._one_number(m, best)
            and not self._in_other_unit(m, best)
        ]  # fmt: skip
        return self._said(best.like.how, same, others=other)

    def _in_other_unit(self, match: _Match, best: _Match) -> bool:
        """Whether one is the other rounded into another unit word: 3.7万亿元 beside 37053亿元."""
        dimension = self.mine.indicator.dimension or match.source.indicator.dimension
        like = likeness(match.statement, best.statement, dimension)
        apart = factor(match.statement, dimension) != factor(best.statement, dimension)
        return apart and like.how == "rounded" and not like.hedge

    def _one_number(self, match: _Match, best: _Match) -> bool:
        """Whether two sources give one number (words: the same words)."""
        one, other = (
            numbers(m.statement, m.source.indicator.dimension or self.mine.indicator.dimension)
            for m in (match, best)
        )
        if one is None or other is None:
            return one is other
        return all(math.isclose(a, b, rel_tol=1e-9) for a, b in zip(one, other, strict=True))

    def _dated(self) -> bool:
        """Whether the paragraph writes the number's year, or names its period, before it."""
        if in_table(self.mine.statement):
            return True
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
        others: Sequence[_Match] = (),
    ) -> NumberCheck:
        apart = list({_source(m.statement): m for m in others}.values())
        named = list({_source(m.statement): m for m in matches}.values())[:_NAMED]
        differences = matches[0].comparison.differences
        hard = [each for each in differences if not each.soft]
        why = "；".join(str(each) for each in hard or differences)
        words = {"source": "；".join(_source(m.statement) for m in named), "why": why}
        sources = [m.statement.evidence for m in named]
        proofs = [*sources, *([formula] if formula is not None else [])]
        more = {"others": {"source": "；".join(_source(m.statement) for m in apart[:_NAMED])}}
        return number_check(
            self.mine.statement, self.number, kind, proofs, words, explanations,
            others=[m.statement.evidence for m in apart], more=more if apart else None,
        )  # fmt: skip


def _source(statement: Statement) -> str:
    """The known number as its document has it: 《甲规划》2025年目标“小巨人企业数量”300家左右."""
    role = "目标" if statement.role == "target" else ""
    reach = printed(statement, "")
    figure = Figure(statement, known([statement])[0].indicator, reach, 0) if reach else None
    number = shown(figure) if figure is not None else written(statement)
    return f"《{statement.document}》{statement.period}年{role}“{statement.subject}”{number}"
