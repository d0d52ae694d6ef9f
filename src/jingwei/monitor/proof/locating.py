"""Where in a document the number of a statement stands.

A statement cites the words that hold its number (8 to 60 characters); a comment belongs on the
number itself, with its unit.
"""

import re
from array import array
from collections.abc import Iterable, Sequence

from jingwei.core import Span, Statement
from jingwei.documents.folding import fold
from jingwei.documents.model import Document, Text
from jingwei.plans.dates import dates
from jingwei.plans.numbers import Mention, mentions

_TOKEN = re.compile(r"[^\s|]+")
_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def number_spans(document: Document, statements: Sequence[Statement]) -> list[Span]:
    """The span of each statement's number and unit; the cited words where it cannot be told.

    Two statements with one number in one sentence (A 20家、B 20家) take its places in turn.
    """
    taken: set[int] = set()
    found: list[Span] = []
    for each in statements:
        places = _places(document, each)
        free = [place for place in places if place[0].origins[place[1]] not in taken]
        if not places:
            found.append(each.evidence)
            continue
        text, start, end = (free or places)[0]
        taken.add(text.origins[start])
        found.append(document.span(text, start, end))
    return found


_Place = tuple[Text, int, int]


def _places(document: Document, statement: Statement) -> list[_Place]:
    """Where the number may stand: in the running words, else as a cell of its own."""
    pieces = statement.evidence.segments or ((statement.evidence.start, statement.evidence.end),)
    whole = _joined(fold(document.source[start:end], base=start) for start, end in pieces)
    spans = [(date.start, date.end) for date in dates(whole.text)]
    hits = [each for each in mentions(whole.text, spans) if _is_of(each, statement)]
    hits.sort(key=lambda each: (each.unit != statement.unit, each.start))
    if hits and statement.attr is None:
        return [(whole, each.number, each.unit_end) for each in hits]
    return _in_cells(document, pieces, statement) or [
        (whole, each.number, each.unit_end) for each in hits
    ]


def _in_cells(
    document: Document, pieces: Sequence[tuple[int, int]], statement: Statement
) -> list[_Place]:
    """Numbers between white space, as in the cells of a row; the value columns stand at the end."""
    wanted = {each for each in (statement.value, statement.low, statement.high) if each is not None}
    found: list[_Place] = []
    for start, end in pieces:
        for token in _TOKEN.finditer(document.source[start:end]):
            text = fold(token[0], base=start + token.start())
            numbers = [
                m for m in _NUMERAL.finditer(text.text) if float(m[0].replace(",", "")) in wanted
            ]
            if numbers:
                found.append((text, numbers[0].start(), numbers[-1].end()))
    return found[::-1]


def _joined(pieces: Iterable[Text]) -> Text:
    text: list[str] = []
    origins = array("I")
    for piece in pieces:
        text.append(piece.text)
        origins.extend(piece.origins)
    return Text("".join(text), origins)


def _is_of(mention: Mention, statement: Statement) -> bool:
    one = (mention.value, mention.low, mention.high)
    return one == (statement.value, statement.low, statement.high)
