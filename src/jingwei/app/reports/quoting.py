"""Words as they were printed: the number in its quote, the cells of a row, the sentence around.

A number is looked for by its value, in the language that read it (``plans.numbers``); where it
cannot be told which of two equal numbers is meant, the first is marked. Where a row of a table
has lost the borders of its cells, nothing is marked rather than the wrong digits.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jingwei.app.reports.words import before_numbers, section
from jingwei.core import Span, Statement, written_out
from jingwei.plans.dates import dates
from jingwei.plans.numbers import Mention, mentions
from jingwei.plans.ranks import ranks_in

_TABLE_RULE = "指标表"
_AROUND = 90
_SENTENCE_END = re.compile(r"[。；！？;!?]")
_SPACE = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_NO_UNIT = {"", "-", "—", "－", "数值"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a quote; ``marked`` for the number it is cited for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class _Number:
    """Where a number stands with its hedges, and whether its unit stands with it."""

    start: int
    end: int
    unit: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote in its sentence: what stands before it, its pieces, what follows."""

    before: str
    pieces: tuple[Piece, ...]
    after: str


def is_row(statement: Statement) -> bool:
    """Whether it was read from a row of an indicator table."""
    return statement.rule == _TABLE_RULE or statement.attr is not None


def row_words(span: Span, source: str) -> str:
    """The cells of a row of a table apart; the quote as it is where the source does not tell them."""
    return " │ ".join(_cells(span, source)) or span.quote


def printed(statement: Statement, source: str = "") -> str:
    """The goal or the fact as printed, with its hedge and unit: 2.0%左右, 超过8家, 倍增.

    A row of a table gives its cell and its unit. What the words around a number say of it
    (净增…600家) is put before it.
    """
    if statement.op == "qual" or (statement.value is None and statement.low is None):
        return statement.text or ""
    if is_row(statement):
        cells = _cells(statement.evidence, source)
        cell = _cell_of(statement, cells)
        text = _formatted(statement) if cell is None else re.sub(r"[\[\]]", "", cells[cell])
        return _with_change(_with_unit(text, statement), statement)
    found = _number_in(statement.quote, statement)
    if found is None:
        return _with_change(_with_unit(_formatted(statement), statement), statement)
    text = statement.quote[found.start : found.end]
    if text.endswith("个") and statement.unit == "个百分点":
        return _with_change(f"{text}百分点", statement)  # 「提高8个和1.6个百分点」
    return _with_change(text if found.unit else _with_unit(text, statement), statement)


def passage(
    span: Span, meant: Collection[str], read: Sequence[Statement], source: str = ""
) -> Passage:
    """The quote of a span in its sentence, with the numbers of the meant statements marked.

    ``read`` are all statements of that place, in the order in which they were read; ``meant``
    the ids of those it is cited for. Without statements every number of the quote is marked.
    """
    if any(is_row(each) for each in read):
        return Passage("", tuple(_row_pieces(span, meant, read, source)), "")
    before, after = _around(span, source) if source else ("", "")
    if read:
        marks = _marks(span.quote, meant, read)
    else:
        marks = [(each.start, each.end) for each in _mentions(span.quote)]
    return Passage(before, tuple(_pieces(span.quote, marks)), after)


def _marks(quote: str, meant: Collection[str], read: Sequence[Statement]) -> list[tuple[int, int]]:
    """Where the meant numbers stand; equal numbers of one quote are taken in their order."""
    taken: list[tuple[int, int]] = []
    marks: list[tuple[int, int]] = []
    for each in read:
        found = _number_in(quote, each, taken) or _number_in(quote, each)
        if found is not None:
            taken.append((found.start, found.end))
            if each.id in meant:
                marks.append((found.start, found.end))
    return sorted(set(marks))


def _row_pieces(
    span: Span, meant: Collection[str], read: Sequence[Statement], source: str
) -> Iterator[Piece]:
    cells = _cells(span, source)
    if not cells:
        yield Piece(span.quote)
        return
    marked = {_cell_of(each, cells) for each in read if each.id in meant}
    for n, cell in enumerate(cells):
        if n:
            yield Piece(" │ ")
        yield Piece(cell, n in marked)


def _cell_of(statement: Statement, cells: tuple[str, ...]) -> int | None:
    """The cell that holds the number of a statement; the last one, since names stand first."""
    for n in range(len(cells) - 1, -1, -1):
        if _number_in(cells[n], statement):
            return n
    return None


def _pieces(quote: str, marks: list[tuple[int, int]]) -> Iterator[Piece]:
    done = 0
    for start, end in marks:
        if start < done:
            continue
        if start > done:
            yield Piece(quote[done:start])
        yield Piece(quote[start:end], marked=True)
        done = end
    if done < len(quote):
        yield Piece(quote[done:])


@lru_cache(maxsize=8192)
def _mentions(text: str) -> tuple[Mention, ...]:
    return tuple(mentions(text, [(date.start, date.end) for date in dates(text)]))


def _apart(unit: str, asked: str) -> int:
    """How far a written unit is from that of a statement: the same, a part of it, none, another."""
    return 0 if unit == asked else 1 if unit and asked.startswith(unit) else 2 if not unit else 3


def _number_in(
    text: str, statement: Statement, taken: Collection[tuple[int, int]] = ()
) -> _Number | None:
    """Where the number of a statement, or its words, stand in a text, ``taken`` places aside."""
    if statement.text and statement.value is None and statement.low is None:
        start = text.find(statement.text)
        return _Number(start, start + len(statement.text), True) if start >= 0 else None
    if statement.measure == "rank":
        for rank in ranks_in(text):
            if rank.value == statement.value:
                return _Number(rank.number, rank.end, True)
    wanted = (statement.value, statement.low, statement.high)
    fitting = [
        each for each in _mentions(text)
        if (each.value, each.low, each.high) == wanted and (each.start, each.end) not in taken
    ]  # fmt: skip
    if fitting:  # 「五年新增5万人」, 「超千亿元企业1家」: of equal numbers the one with its unit
        best = min(fitting, key=lambda each: _apart(each.unit, statement.unit))
        return _Number(best.start, best.end, bool(best.unit))
    sizes = {size for size in wanted if size is not None}
    for match in _DIGITS.finditer(text):
        if float(match[0]) in sizes and match.span() not in taken:
            return _Number(match.start(), match.end(), False)
    return None


def _cells(span: Span, source: str) -> tuple[str, ...]:
    """The cells of a row, from the white space of its source; () where they do not give the quote.

    A new line ends a paragraph where paragraphs are counted, and is layout elsewhere.
    """
    if not source:
        return ()
    runs = [source[start:end] for start, end in span.segments or ((span.start, span.end),)]
    text = unicodedata.normalize("NFKC", "\t".join(runs))
    if span.paragraph is None:
        text = re.sub(r"(?<=\S)\n+(?=\S)", "", text)
    cells = tuple(cell for cell in _SPACE.split(text) if cell)
    whole = "".join(cells)
    return cells if whole == _SPACE.sub("", span.quote) else ()


def _around(span: Span, source: str) -> tuple[str, str]:
    """The rest of the sentence before and after a quote."""
    before = source[max(0, span.start - _AROUND) : span.start]
    after = source[span.end : span.end + _AROUND]
    if span.paragraph is not None:
        before, after = before.rpartition("\n")[2], after.partition("\n")[0]
    before, after = _folded(before), _folded(after)
    ends = [end.end() for end in _SENTENCE_END.finditer(before)]
    end = _SENTENCE_END.search(after)
    if ends:
        before = before[ends[-1] :]
    elif span.paragraph is None or len(before) > _AROUND / 2:
        before = _cut(before[::-1])[::-1]
    return before, after[: end.end()] if end else _cut(after)


def _cut(text: str) -> str:
    """A text that the window cut off: up to its last comma, never within a number."""
    kept = re.match(r"(?s).*(?=[,，、])", text)
    return f"{kept[0]}…" if kept and kept[0] else ""


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", folded)


def _formatted(statement: Statement) -> str:
    """A number that stands nowhere on its own, written out with its hedge."""
    quote = statement.quote
    if statement.low is not None and statement.high is not None:
        text = f"{_digits(statement.low, quote)}—{_digits(statement.high, quote)}"
    elif statement.value is not None:
        text = _digits(statement.value, quote)
    else:
        text = ""
    if statement.op == "x":
        text += "倍"
    leads = statement.hedge in before_numbers()
    return f"{statement.hedge}{text}" if leads else f"{text}{statement.hedge}"


def _digits(value: float, quote: str) -> str:
    """A number with the decimals of its quote, if the quote shows it apart from other digits."""
    plain = f"{written_out(value, 12)}"
    zeros = r"0*" if "." in plain else r"(?:\.0+)?"
    found = re.search(rf"(?<![\d.]){re.escape(plain)}{zeros}(?![\d.])", quote)
    return found[0] if found else plain


def _with_unit(text: str, statement: Statement) -> str:
    """A number of a table with the unit of its column: 35%, 120 家, 2.0左右（%）."""
    unit = statement.unit
    if unit in _NO_UNIT or unit in text or any(sign in text for sign in ("百分点", "分之", "成")):
        return text
    if not text[-1:].isdigit():
        return f"{text}（{unit}）"
    if unit in ("百分点", "个百分点") or (unit == "%" and statement.op in ("+", "-")):
        return f"{text}个百分点"  # a change of a share is told in points
    return f"{text}%" if unit == "%" else f"{text} {unit}"


_CHANGES = re.compile(r"增加|新增|净增|提高|提升|上升|增长|减少|压减|削减|降低|下降")


def _with_change(text: str, statement: Statement) -> str:
    word = section("change").get(statement.op)
    told = word is None or _CHANGES.search(text) is not None
    return text if told or word is None else f"{word['zh']}{text}"
