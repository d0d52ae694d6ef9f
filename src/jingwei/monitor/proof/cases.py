"""One number of a draft and all that is near it: the first answer that fits.

What is tried in a fixed order: the same indicator, role and time; then what writers mix up: a hedge
dropped, a target reported as achieved, another 口径, another year (``docs/semantics.md`` §10).
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jingwei.core import Evidence, Explanation, Span, Statement
from jingwei.documents.model import Document
from jingwei.monitor.facts import Known
from jingwei.monitor.health.explaining import explain
from jingwei.monitor.health.figures import Figure, firm, shown
from jingwei.monitor.health.printed import printed, rules
from jingwei.monitor.health.values import clashing_units, swapped
from jingwei.monitor.proof.answers import NumberCheck, in_table, number_check
from jingwei.monitor.proof.computing import Computation, computations, formula_of
from jingwei.monitor.proof.holding import (
    Likeness,
    likeness,
    of_one_kind,
    one_thing,
    other_definition,
    same_end,
    same_time,
)
from jingwei.plans.amount import factor, numbers, written
from jingwei.plans.indicator import ASPECTS, Comparison

_NAMED = 3  # sources named in one message
_FAITH = ("exact", "unit", "fraction", "words", "rounded", "bound")  # the most literal first
_LITERAL = frozenset({"exact", "unit", "fraction"})
_COPIED = frozenset({"exact", "unit", "rounded", "fraction"})


@dataclass(frozen=True, slots=True)
class Match:
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
        told = self.like.how not in ("", "finer")
        return told and not self.like.hedge and not self.recounted


def match_of(mine: Known, source: Known, comparison: Comparison) -> Match:
    a, b = mine.statement, source.statement
    dimension = mine.indicator.dimension or source.indicator.dimension
    like = likeness(a, b, dimension)
    time = same_time(a, b) or (like.how in _LITERAL and same_end(a, b))
    return Match(
        source,
        comparison.in_units(a.unit, b.unit),
        like,
        time,
        a.role == b.role,
        clashing_units(a, b),
    )


def _left_open(comparison: Comparison) -> bool:
    """Whether the draft only leaves open which statistic of a thing it gives, and the source writes it."""
    hard = [each for each in comparison.differences if not each.soft]
    return bool(hard) and all(each.aspect == "measure" and not each.left for each in hard)


@dataclass(frozen=True, slots=True)
class Case:
    """One number of the draft and all that is near it."""

    draft: Document
    mine: Known
    number: Span
    near: Sequence[Match]
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
        rewritten = [m for m in direct if m.like.how not in ("", "finer")]
        if rewritten:
            kind = "unit_word" if rewritten[0].recounted else "hedge"
            yield self._said(kind, rewritten, explain(f"proof_{kind}", set[str]()))
        finer = [m for m in direct if m.like.how == "finer"]
        ways = self._computations()
        fitting = next((each for each in ways if each.fits and not each.why), None)
        formula = fitting.formula if fitting is not None and fitting.base is None else None
        if fitting is not None and not direct:
            yield self._follows("computed", fitting)
        if finer:
            yield self._said("finer", finer)
        goals = [m for m in same if self._goal_of(m)]
        if goals:
            why = explain("proof_goal_as_fact", {"known"} if direct else set[str]())
            yield self._said("goal_as_fact", [*goals[:1], *direct[:1]], why)
        other = [m for m in self.near if other_definition(m.comparison) and m.role and m.time]
        alike = [m for m in other if m.like.how in _COPIED]
        open_here = [m for m in alike if m.agrees and _left_open(m.comparison)]
        if open_here:
            yield self._said("unstated", open_here[:1])
        if alike:
            why = explain("proof_definition", set[str]())
            yield self._said("definition", [*alike[:1], *direct[:1]], why)
        elsewhere = next((each for each in ways if each.fits and each.why), None)
        if elsewhere is not None and not direct:
            yield self._follows("computed_definition", elsewhere)
        elsewhen = [m for m in same if m.role and not m.time and self._of_another_year(m)]
        no_year = [m for m in elsewhen if not m.statement.period.known]
        if no_year and not direct:
            yield self._said("source_undated", no_year[:1])
        elsewhen = [m for m in elsewhen if m not in no_year]
        fact = statement.role == "observation"
        if elsewhen and fact and (self.base or self.untold or not (direct or self._dated())):
            yield self._said("undated", elsewhen[:1])
        if self.untold or self.base:
            yield from self._open(same)
        if elsewhen:
            why = explain("proof_other_year", set[str]())
            yield self._said("other_year", [*elsewhen[:1], *direct[:1]], why)
        plain = [m for m in direct if self._plainly_one(m)]
        if not direct:
            plain = [m for m in same if self._sums_up_to(m) and self._plainly_one(m)]
            slips = [
                m for m in same
                if m.role and same_end(statement, m.statement) and swapped(statement, m.statement)
            ]  # fmt: skip
            if slips:
                yield self._said("slip", slips[:1])
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
        neighbours = [
            m for m in self.near
            if m.comparison.kind == "similar" and m.time and m.role and m.like.how in _LITERAL
        ]  # fmt: skip
        if neighbours:
            yield self._said("no_source_neighbour", neighbours[:1])
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

    def _open(self, same: Sequence[Match]) -> Iterator[NumberCheck]:
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

    def _goal_of(self, match: Match) -> bool:
        """Whether the draft reports as a fact what the source sets as a goal for now or later."""
        mine, goal = self.mine.statement, match.statement
        return (
            mine.role == "observation" and goal.role == "target" and match.like.how in _LITERAL
            and (
                goal.period.last == mine.period.last and not match.like.hedge
                if mine.op in (">", ">=", "<", "<=") and mine.op != goal.op
                else goal.period.last >= mine.period.last
            )
        )  # fmt: skip

    def _of_another_year(self, match: Match) -> bool:
        """Whether the number is literally that of another year.

        A new plan may well repeat the number of an older goal; a goal dated too early is an error.
        """
        mine, other = self.mine.statement, match.statement
        literal = match.like.how in _LITERAL and not match.like.hedge
        return literal and (mine.role == "observation" or mine.period.last < other.period.last)

    def _sums_up_to(self, match: Match) -> bool:
        """Whether the draft writes 「到2025年…投资5600亿元」 for what a plan sets for all years up to then."""
        mine, goal = self.mine.statement, match.statement
        sums = {mine.measure, goal.measure} <= {"level", "flow", "increase"}
        if not (match.role and goal.role == "target" and sums and of_one_kind(mine, goal)):
            return False
        if mine.period.first != mine.period.last or mine.period.last != goal.period.last:
            return False
        return re.search(rf"[到至]{mine.period.last}年", self._so_far()) is not None

    def _plainly_one(self, match: Match) -> bool:
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

    def _agreed(self, agreeing: Sequence[Match], direct: Sequence[Match]) -> NumberCheck:
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

    def _in_other_unit(self, match: Match, best: Match) -> bool:
        """Whether one is the other rounded into another unit word: 3.7万亿元 beside 37053亿元."""
        dimension = self.mine.indicator.dimension or match.source.indicator.dimension
        like = likeness(match.statement, best.statement, dimension)
        apart = factor(match.statement, dimension) != factor(best.statement, dimension)
        return apart and like.how == "rounded" and not like.hedge

    def _one_number(self, match: Match, best: Match) -> bool:
        """Whether two sources give one number (words: the same words)."""
        one, other = (
            numbers(m.statement, m.source.indicator.dimension or self.mine.indicator.dimension)
            for m in (match, best)
        )
        if one is None or other is None:
            return one is other
        if all(math.isclose(a, b, rel_tol=1e-9) for a, b in zip(one, other, strict=True)):
            return True
        # 三分之二 and 66.7%
        dimension = match.source.indicator.dimension or self.mine.indicator.dimension
        return likeness(match.statement, best.statement, dimension).how == "fraction"

    def _so_far(self) -> str:
        """The words of the paragraph up to the end of the number's quote."""
        span = self.mine.statement.evidence
        start = self.draft.source.rfind("\n", 0, span.start) + 1
        return unicodedata.normalize("NFKC", self.draft.source[start : span.end])

    def _dated(self) -> bool:
        """Whether the paragraph writes the number's year, or names its period, before it."""
        if in_table(self.mine.statement):
            return True
        before = self._so_far()
        if str(self.mine.statement.period.last) in before:
            return True
        bare = re.sub(r"[“”\"]", "", before)
        return any(word in bare for word in rules()["proof"]["periods"])

    def _why(self, match: Match, formula: Evidence | None) -> tuple[Explanation, ...]:
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

    def _apart(self, match: Match) -> tuple[str, str]:
        """In what a source of just this number is of something else."""
        mine, other = self.mine.statement, match.statement
        roles = {"target": ("目标", "goal"), "observation": ("完成数", "fact")}
        found: list[tuple[str, str]] = []
        if not match.role:
            one, two = roles[mine.role], roles[other.role]
            found.append((f"角色：{one[0]} / {two[0]}", f"role: {one[1]} / {two[1]}"))
        if not match.time:
            times = f"{mine.period} / {other.period}"
            found.append((f"时期：{times}", f"time: {times}"))
        hard = [each for each in match.comparison.differences if not each.soft]
        found += [(f"{each}", f"{ASPECTS[each.aspect][1]}") for each in hard]
        if match.like.hedge:
            found.append(("限定词", "hedge"))
        if not found:
            found.append(("名称没有写全", "the name leaves something open"))
        return "；".join(zh for zh, _ in found), "; ".join(en for _, en in found)

    def _said(
        self,
        kind: str,
        matches: Sequence[Match],
        explanations: tuple[Explanation, ...] = (),
        formula: Evidence | None = None,
        others: Sequence[Match] = (),
    ) -> NumberCheck:
        apart = list({source_of(m.source): m for m in others}.values())
        named = list({source_of(m.source): m for m in matches}.values())[:_NAMED]
        differences = matches[0].comparison.differences
        hard = [each for each in differences if not each.soft]
        why = "；".join(str(each) for each in hard or differences)
        words = {"source": "；".join(source_of(m.source) for m in named), "why": why}
        if kind == "no_source_same":
            zh, en = self._apart(matches[0])
            words |= {"apart": zh, "apart_en": en}
        sources = [m.source.evidence for m in named]
        proofs = [*sources, *([formula] if formula is not None else [])]
        more = {"others": {"source": "；".join(source_of(m.source) for m in apart[:_NAMED])}}
        return number_check(
            self.mine.statement, self.number, kind, proofs, words, explanations,
            others=[m.source.evidence for m in apart], more=more if apart else None,
        )  # fmt: skip


def source_of(source: Known) -> str:
    """The known number as its document has it: 《甲规划》（第12行）2025年目标“小巨人企业数量”300家左右; of a
    record of statistics: 统计数据（年报@2026-03-01）2025年“小巨人企业数量”300家."""
    statement = source.statement
    role = "目标" if statement.role == "target" else ""
    reach = printed(statement, "")
    figure = Figure(statement, source.indicator, reach, 0) if reach else None
    number = shown(figure) if figure is not None else written(statement)
    place = f"（{statement.evidence.place}）" if statement.evidence.place else ""
    name = (
        f"《{statement.document}》{place}"
        if source.row is None
        else f"统计数据（{statement.document}）"
    )
    return f"{name}{statement.period}年{role}“{statement.subject}”{number}"
