"""A part of a sentence cut where its dates set something new: 「2026年建成甲，2027年达产」 is two."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jingwei.plans.deadlines import Deadline
from jingwei.plans.orders import order_in
from jingwei.plans.passages import Clause, Sentence

_NO_SUBJECT = re.compile(
    r"(?:力争|预计|将|分别|基本|要|约|超过|突破|再)*(?:达|为|是|占|升|降|增至|增长|提高到|超|翻)"
)
_COMPLETION = re.compile(
    r"前?(?:全面|全部|正式|基本)?(?:建成|投产|开工|竣工|完工|达产|投用|投入使用|启动|完成|建设|发布|出台|印发|实施|上线|投运|通车|公布)+"
    r"|完成(?!率)[一-龥]{2,4}"
)
_RECURS = re.compile("(?:并|且)?(?:根据[^,;。]{2,12})?每(?:年|月|季度?|半年|周)")
_CLAUSE = re.compile("[,:]")
_SHORT = 7


@dataclass(slots=True)
class Segment:
    """Words with at most one deadline; ``opens`` where the date stands before them."""

    start: int
    end: int
    due: Deadline | None = None
    opens: bool = False


def sentence_parts(sentence: Sentence) -> Iterator[list[Clause]]:
    """The clauses of a sentence between its semicolons."""
    part: list[Clause] = []
    for clause in sentence.clauses:
        part.append(clause)
        if clause.mark == ";":
            yield part
            part = []
    if part:
        yield part


def segments(
    text: str, part: list[Clause], here: list[Deadline], brackets: list[tuple[int, int]]
) -> list[Segment]:
    """The words of a part of a sentence by their deadlines; ``brackets`` name owners and are no words."""
    end = part[-1].end
    cut = [Segment(part[0].start, end)]
    recurring = [each.start for each in part[1:] if _RECURS.match(text, each.start)]
    for n, due in enumerate(here):
        last = cut[-1]
        stop = here[n + 1].start if n + 1 < len(here) else end
        at = _begins(text, part, due, here[n - 1] if n else None)
        if at is None or at <= last.start:
            last.due, last.opens = due, due.opens and (at == last.start or last.due is None)
        elif last.due is None and (
            not due.opens or _goes_on(text, last.start, due, stop, brackets)
        ):
            last.due = due
        else:
            last.end = at
            cut.append(Segment(at, end, due, due.opens or at == due.start))
    for at in recurring:  # 「…于9月底前出台,每年1月底前报送」: the first date is not the second's
        each = next(each for each in reversed(cut) if each.start <= at)
        if each.due is not None and each.due.start < at and each.start < at:
            cut.insert(cut.index(each) + 1, Segment(at, each.end))
            each.end = at
    return [each for each in cut if each.end - each.start >= 3]


def _begins(text: str, part: list[Clause], due: Deadline, before: Deadline | None) -> int | None:
    """Where the words that a date governs begin: its clause, with the 力争 before it; or the item of
    a clause that names several dates; None for a second date of the same words."""
    clause = next((each for each in part if each.start <= due.start < each.end), part[-1])
    if before is not None and before.start >= clause.start:
        comma = text.rfind("、", before.end, due.start)
        return comma + 1 if comma >= 0 else None
    return clause.start


def _goes_on(
    text: str, start: int, due: Deadline, stop: int, brackets: list[tuple[int, int]]
) -> bool:
    """Whether a date opens words whose subject stands before it: 「占比提高，到2025年达20%」."""
    if due.start - start <= 4:
        return False
    told = text[due.end : stop]
    for first, last in brackets:
        if due.end <= first < stop:
            told = told.replace(text[first:last], "")
    told = _CLAUSE.split(told, maxsplit=1)[0]
    told = told.rstrip("、;。.,:")
    return (
        (len(told) < _SHORT and order_in(told) is None)
        or _COMPLETION.fullmatch(told) is not None
        or _NO_SUBJECT.match(text, due.end) is not None
    )
