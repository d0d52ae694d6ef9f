"""The time of a number whose sentence names none: that of its heading or of the text before it.

A reader of a draft takes 「一、“十三五”完成情况」 for the time of all that stands under it. Where
nothing near names a time, the number is left untold: it may be of any year (``docs/semantics.md``
§10.11).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jingwei.core import Period, Statement
from jingwei.documents.model import Block, Document
from jingwei.monitor.health.printed import rules
from jingwei.monitor.proof.claiming import quoted_goals
from jingwei.monitor.proof.locating import number_spans
from jingwei.plans.dates import dates

_WHOLE = frozenset({"flow", "growth", "reduction", "increase"})
_PAIR = "从…到…"


@dataclass(frozen=True, slots=True)
class Dated:
    """Statements with the time that their place tells; ids of those whose time nothing tells
    (``untold``) and of those that are an undated base (由A增加到B: A; ``bases``)."""

    statements: list[Statement]
    untold: frozenset[str]
    bases: frozenset[str]


def dated(draft: Document, statements: Sequence[Statement], quoted: frozenset[str]) -> Dated:
    """Date the undated results of a draft, and the goals quoted in its claims (``quoted``)."""
    found: list[Statement] = []
    untold = set[str]()
    bases = set[str]()
    places = [(draft.span(b.content, 0, len(b.text)), b) for b in draft.blocks if b.text]
    before = dict(zip([s.id for s in statements[1:]], statements, strict=False))
    after = dict(zip([s.id for s in statements], statements[1:], strict=False))
    for each in statements:
        at = next(
            (i for i, (span, _) in enumerate(places) if _within(each, span.start, span.end)), None
        )
        aim = each.role == "target" and each.id not in quoted
        if at is None or aim or places[at][1].kind == "table":
            found.append(each)
            continue
        start = places[at][0].start
        ends = each.evidence.end
        first = _is_first(each, after.get(each.id))
        if first or _is_first(before.get(each.id), each):
            # 从2020年的A增加到B: the year of A is not that of B
            ends = each.evidence.end if _prints(each) else each.evidence.start
        if _tells(draft.source[start:ends]) or _prints(each):
            found.append(each)
            continue
        told = _told([block for _, block in places[:at]], places[at][1])
        if first:
            bases.add(each.id)
        elif told is None and not _tells(draft.title) and not _tells(draft.blocks[0].text):
            untold.add(each.id)
        found.append(_moved(each, told, base=first))
    return Dated(found, frozenset(untold), frozenset(bases))


def times_told(draft: Document, statements: Sequence[Statement]) -> dict[str, Period]:
    """The times of the results of a draft that its headings tell otherwise than its sentences do, by
    the ids of the statements; the unknown period where nothing tells the year."""
    places = number_spans(draft, statements)
    quotes = quoted_goals(draft, statements, places)
    told = dated(draft, statements, frozenset(quotes))
    open_ = told.untold | (told.bases & {s.id for s in _unmoved(statements, told.statements)})
    return {
        each.id: Period.unknown() if each.id in open_ else each.period
        for before, each in zip(statements, told.statements, strict=True)
        if each.id in open_ or each.period != before.period
    }


def _unmoved(before: Sequence[Statement], after: Sequence[Statement]) -> Iterator[Statement]:
    return (new for old, new in zip(before, after, strict=True) if old.period == new.period)


def _within(statement: Statement, start: int, end: int) -> bool:
    return start <= statement.evidence.start < end


def _is_first(one: Statement | None, other: Statement | None) -> bool:
    """Whether two statements are the A and B of 由A到B."""
    return (
        one is not None and other is not None and one.rule == other.rule == _PAIR
        and one.evidence.start == other.evidence.start
    )  # fmt: skip


def _prints(statement: Statement) -> bool:
    return statement.period.known and f"{statement.period.last}年" in statement.quote


def _tells(text: str) -> bool:
    """Whether a text names a time that is not only compared with."""
    bare = re.sub(r"[“”\"]", "", text)
    return any(not date.base for date in dates(text)) or any(
        word in bare for word in rules()["proof"]["periods"]
    )


def _told(before: Sequence[Block], block: Block) -> Period | None:
    """The time named by the headings above, the innermost first, else by the first paragraph of
    the section, else by the paragraph before."""
    same = [b for b in before if b.kind == "paragraph" and b.section == block.section]
    texts = [*reversed(block.section), *(b.text for b in (*same[:1], *same[-1:]))]
    return next((when for text in texts if (when := _first(text)) is not None), None)


def _first(text: str) -> Period | None:
    named = [date for date in dates(text) if not date.base]
    return named[0].period if named else None


def _moved(statement: Statement, told: Period | None, *, base: bool) -> Statement:
    within = told is None or told.first <= statement.period.last <= told.last
    if told is None or (within and not (base and told.first < told.last)):
        return statement
    if base:
        year = told.first - 1 if told.first < told.last else told.last - 1
        return replace(statement, period=Period.year(year))
    whole = statement.measure in _WHOLE
    return replace(statement, period=told if whole else Period.year(told.last))
