"""The pen of an evaluation: marks for goals, values and counts, and the numbers of tables."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jingwei.app.reports.evaluation.content import Evaluation
from jingwei.app.reports.paper import Notes, Run, counted
from jingwei.app.reports.quoting import is_row, printed, row_words
from jingwei.core import Evidence, Formula, Row, Span, Statement

if TYPE_CHECKING:
    from jingwei.monitor.status import Standing


class Writing:
    """What one paper has marked and numbered so far."""

    def __init__(self, of: Evaluation) -> None:
        sources = [of.plan, *of.documents]
        self.notes = Notes({each.name: each.title for each in sources if each.title})
        self._texts = {each.name: each.text for each in sources}
        self.plan, self._region = of.plan.name, of.region
        self._tables = self._figures = 0
        self.cited: dict[str, str] = {}

    def printed(self, target: Statement) -> str:
        """The goal as printed."""
        return printed(target, self._texts.get(target.document, ""))

    def named(self, target: Statement) -> str:
        """The indicator with its scope, where that says more than the region of the plan."""
        scope = target.scope
        if not scope or scope == self._region or scope in target.subject:
            return target.subject
        return f"{scope}{target.subject}"

    def goal(self, each: "Standing") -> int:
        """The mark of where the plan sets the goal."""
        self._quote(each.target)
        return self.notes.mark(each.target.evidence)

    def proof(self, each: "Standing") -> int:
        """The mark of what a verdict rests on, the goal where it rests on nothing else."""
        self._quote(each.target)
        own = [e for e in each.verdict.evidence if e != each.target.evidence]
        return self.notes.mark(*(own or [each.target.evidence]))

    def _quote(self, target: Statement) -> None:
        if is_row(target):
            words = row_words(target.evidence, self._texts.get(target.document, ""))
            self.notes.say(target.evidence, words)

    def rules(self, method: str) -> list[str]:
        """The paragraphs that a method names (§20.4); their words are kept for ``cited``."""
        found = dict(_RULE.findall(method))
        self.cited |= {key: told.strip() for key, told in found.items()}
        return [*found]

    def count(self, what: str, names: Sequence[str]) -> tuple[Run, ...]:
        """A number of things; its note lists them."""
        return (Run(str(len(names)), self.notes.mark(counted(what, names))),)

    def table_title(self, told: str) -> tuple[Run, ...]:
        """表 n and its words."""
        self._tables += 1
        return (Run(f"表{self._tables}　", bare="order"), Run(told, bare="name"))

    def figure_title(self, told: str) -> tuple[Run, ...]:
        """图 n and its words."""
        self._figures += 1
        return (Run(f"图{self._figures}　", bare="order"), Run(told, bare="name"))


_RULE = re.compile(r"(§[\d.]+)([^；§]*)")
_BRACKETS = re.compile(r"（([^（）]*)）")
_ENGLISH = re.compile(r" \([a-z][a-z ,]*\)")


def chinese(text: str) -> str:
    """A reason without the English that stands in brackets behind its terms."""
    return _ENGLISH.sub("", text)


def shown_value(each: "Standing") -> str:
    """The newest value in words without the names of files, which stand in their own column."""
    names: set[str] = set()
    for proof in _leaves(each.verdict.evidence):
        if isinstance(proof, Row):
            names |= {proof.dataset, f"{proof.dataset}@{proof.vintage}"}
        else:
            names.add(proof.file)

    def kept(bracket: re.Match[str]) -> str:
        return "" if names.issuperset(bracket[1].split("、")) else bracket[0]

    return _BRACKETS.sub(kept, each.value)


def sources_of(each: "Standing", writing: Writing) -> list[str]:
    """The files and datasets that a verdict rests on, the plan itself left out."""
    proofs = _leaves(each.verdict.evidence)
    names = dict.fromkeys(p.dataset if isinstance(p, Row) else p.file for p in proofs)
    return [name for name in names if name != writing.plan]


def _leaves(evidence: Sequence[Evidence]) -> Iterator[Span | Row]:
    for each in evidence:
        if isinstance(each, Formula):
            yield from _leaves(each.of)
        else:
            yield each
