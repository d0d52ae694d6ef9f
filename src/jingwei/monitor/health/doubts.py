"""Which figures are read safely enough to accuse anybody.

A check is only as good as the reading before it. Figures of a sentence that came in under one
name though it speaks of several things, and figures whose year the sentence contradicts, are left
out: an alarm must not rest on them (``docs/semantics.md`` §9.1).
"""

import re
from collections.abc import Mapping, Sequence

from jingwei.core import Period, Statement
from jingwei.monitor.facts import known
from jingwei.monitor.health.figures import Figure
from jingwei.monitor.health.printed import printed, rules
from jingwei.plans.indicator import compare
from jingwei.plans.stating import WITHIN_YEAR

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|\s*[-—–~至]\s*(?:19|20)\d\d年)")
_BEFORE = 4  # figures that a sentence may have named its year with


def figures_of(statements: Mapping[str, Sequence[Statement]]) -> list[Figure]:
    """The figures of all documents that can be relied on, by document name and order.

    Targets in words and technical levels carry no comparable number, and figures of no known year
    no comparable time; they are left out too, as are figures of a part of a year (截至6月底).
    """
    return reliable(legible(statements))


def reliable(legible: Mapping[str, Sequence[Figure]]) -> list[Figure]:
    """Those of the legible figures that can be relied on."""
    found: list[Figure] = []
    for own in legible.values():
        doubtful = _tangled(own) | _misdated(own)
        found += [each for position, each in enumerate(own) if position not in doubtful]
    return found


def legible(statements: Mapping[str, Sequence[Statement]]) -> dict[str, list[Figure]]:
    """All figures with a number and a year, by document, whether or not their names can be relied on."""
    found: dict[str, list[Figure]] = {}
    for document in sorted(statements):
        own = found[document] = []
        statistical = [
            each
            for each in statements[document]
            if each.kind == "stat" and each.period.known and not each.rule.endswith(WITHIN_YEAR)
        ]
        for order, each in enumerate(known(statistical)):
            reach = printed(each.statement, each.indicator.dimension)
            if reach is not None:
                own.append(Figure(each.statement, each.indicator, reach, order))
    return found


def _misdated(figures: Sequence[Figure]) -> set[int]:
    """Positions of figures without a year of their own that follow figures of other years.

    「…提高到2019年的B；占比达C」 makes C a figure of 2019; a reading that says 2020 is not relied on.
    Rows of a table are dated by their column.
    """
    doubtful: set[int] = set()
    for position, each in enumerate(figures):
        if _YEAR.search(each.statement.quote) or each.in_table:
            continue
        named: set[str] = set()
        for before in figures[max(0, position - _BEFORE) : position]:
            if _goes_on(before, each):
                named |= set(_YEAR.findall(before.statement.quote))
        if named and not named & _years(each.statement.period):
            doubtful.add(position)
    return doubtful


def _goes_on(before: Figure, each: Figure) -> bool:
    """Whether a figure stands in one passage with the one before, facts with facts."""
    near = 0 <= each.start - before.start <= rules()["rate"]["reach"]
    return near and before.goal == each.goal and before.statement.section == each.statement.section


def _years(period: Period) -> set[str]:
    """The years that words may give for a period: its last, and of a span its base and first."""
    if period.first == period.last:
        return {str(period.last)}
    return {str(period.first - 1), str(period.first), str(period.last)}


def _tangled(figures: Sequence[Figure]) -> set[int]:
    """Positions of figures of sentences that were read under one name and hold several things.

    甲、乙分别从a、b提高到c、d may come in as four values of one indicator. Two values of one year, or
    three or more whose years go to and fro, betray it: such figures prove nothing.
    """
    doubtful: set[int] = set()
    for position, each in enumerate(figures):
        run = [position]
        for later in range(position + 1, min(position + 8, len(figures))):
            if not _one_sentence(each, figures[later]):
                break
            if _alike(each, figures[later]):
                run.append(later)
        years = [figures[i].year for i in run]
        rising, falling = years == sorted(years), years == sorted(years, reverse=True)
        clash = any(a < b and _contradict(figures[a], figures[b]) for a in run for b in run)
        if clash or (len(run) > 2 and not rising and not falling):
            doubtful.update(run)
    return doubtful


def _one_sentence(a: Figure, b: Figure) -> bool:
    return not apart_in_text(a, b)


def _alike(a: Figure, b: Figure) -> bool:
    one = a.indicator.subject == b.indicator.subject or compare(a.indicator, b.indicator).comparable
    level = all(f.statement.op not in ("+", "-", "x", "qual") for f in (a, b))
    return one and level and a.statement.measure == b.statement.measure


def _contradict(a: Figure, b: Figure) -> bool:
    one_time = a.statement.period == b.statement.period and a.goal == b.goal
    return one_time and a.range.apart(b.range)


def apart_in_text(a: Figure, b: Figure) -> bool:
    """Whether two figures stand in different sentences.

    Two numbers of one sentence that were read under one name are two things that the sentence
    tells apart (甲、乙分别为…); they are no contradiction. No sentence runs over two paragraphs or two
    sections, however near they stand.
    """
    if a.document != b.document or a.in_table != b.in_table or _other_paragraph(a, b):
        return True
    first, second = sorted((a.statement.evidence, b.statement.evidence), key=lambda e: e.start)
    return second.start - first.end > _SENTENCE


def _other_paragraph(a: Figure, b: Figure) -> bool:
    one, other = a.statement.evidence, b.statement.evidence
    if a.statement.section != b.statement.section:
        return True
    return (one.paragraph, one.line) != (other.paragraph, other.line)


_SENTENCE = 30  # characters between two quotes that may still belong to one sentence
