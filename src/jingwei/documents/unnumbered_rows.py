"""Rows of a table in plain lines with a cell on each line, where no number parts them.

    指标 / 单位 / 2020年 / 2025年 / 属性
    研发经费投入强度 / % / 2.1 / 2.8 / 预期性

The rows are those whose cells suit the columns at the least cost, as far as they go. A category, or
the name of a group of rows, stands above the first of its rows.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jingwei.documents.columns import column_kind, is_unit, split_row
from jingwei.documents.folding import EMPTY, join
from jingwei.documents.lines import Line
from jingwei.documents.model import Cell, Text
from jingwei.documents.numbering import mark_of
from jingwei.documents.vocabulary import words

_FEWEST_ROWS = 3
_MOST_LINES = 1000
_MORE = 4  # lines of a row beyond a line a cell
_LEADS = 3
_LONGEST_LEAD = 10
_LONGEST_MARKED = 20
_WORST = 1.5  # cost of a row that is still one
_LACKING = 4.0  # what ``split_row`` takes for an empty cell
_LEAD = 0.05  # below that of a name cut over two lines
_LONGEST_CELL = 60
_PROSE = frozenset("。;；!?")


class Rows(NamedTuple):
    """The rows of a table, the line after them, and how badly they suit their columns."""

    rows: list[tuple[Cell, ...]]
    end: int
    cost: float


class _Row(NamedTuple):
    cost: float  # of all rows to here
    rows: int
    begin: int
    lead: int  # lines of a category or the name of a group
    groups: tuple[tuple[int, int], ...]


def unnumbered_rows(
    source: str, lines: Sequence[Line], first: int, kinds: tuple[str, ...], header: tuple[str, ...]
) -> Rows | None:
    """The rows that begin in ``lines[first]``; None for fewer than three, or for
    cells most of which are no numbers. A ``header`` that is printed again is passed over."""
    stop = next(
        (n for n in range(first, min(first + _MOST_LINES, len(lines))) if _is_over(lines[n].text)),
        min(first + _MOST_LINES, len(lines)),
    )
    texts = [line.text for line in lines[:stop]]
    reached = {first: _Row(0.0, 0, first, 0, ())}
    for begin in range(first, stop):
        so_far = reached.get(begin)
        if so_far is None:
            continue
        for end, row in _rows_from(texts, _behind(texts, begin, header), kinds):
            total = so_far.cost + row.cost
            if end not in reached or total < reached[end].cost:
                reached[end] = row._replace(cost=total, rows=so_far.rows + 1, begin=begin)
    end = max(reached)
    if reached[end].rows < _FEWEST_ROWS:
        return None
    found: list[tuple[int, _Row]] = []
    at = end
    while at != first:
        found.append((_behind(texts, reached[at].begin, header), reached[at]))
        at = reached[at].begin
    rows = list(_cells(source, lines, found[::-1], kinds))
    values = [
        cell.text for row in rows for kind, cell in zip(kinds, row, strict=True) if kind == "value"
    ]
    numbers = sum(1 for text in values if any(c.isdigit() for c in text))
    return Rows(rows, end, reached[end].cost) if numbers * 2 >= len(values) else None


def _is_over(text: str) -> bool:
    return len(text) > _LONGEST_CELL or not _PROSE.isdisjoint(text)


def _behind(texts: Sequence[str], begin: int, header: tuple[str, ...]) -> int:
    again = tuple(texts[begin : begin + len(header)]) == header
    return begin + len(header) if again else begin


def _rows_from(
    texts: Sequence[str], begin: int, kinds: tuple[str, ...]
) -> Iterator[tuple[int, _Row]]:
    """Each row that may begin here, with the line after it."""
    named = kinds[1:] if kinds[0] == "category" else kinds
    for lead in range(_LEADS + 1):
        start = begin + lead
        if not _leads(texts[begin:start], texts[start : start + 1]):
            continue
        fewest = len(named) - (named[-1] == "attribute")
        for end in range(start + fewest, min(start + len(named) + _MORE, len(texts)) + 1):
            pieces = tuple(texts[start:end])
            if any(_is_heading(piece) for piece in pieces):
                break
            groups, cost = split_row(pieces, named, (True,) * (len(pieces) - 1))
            if groups is not None and cost < _worst(groups, named):
                yield end, _Row(cost + _LEAD * lead, 1, begin, lead, groups)


def _worst(groups: Sequence[tuple[int, int]], kinds: Sequence[str]) -> float:
    """Where 约束性 or 预期性 ends the rows, one may lack a value."""
    lacking = [
        kind for kind, (a, b) in zip(kinds, groups, strict=True) if a == b and kind != "text"
    ]
    return _WORST + _LACKING if lacking == ["value"] and kinds[-1] == "attribute" else _WORST


def _leads(leads: Sequence[str], name: Sequence[str]) -> bool:
    """Whether lines may be the category of a row or the name of its group. What is cut over two lines is
    no shorter above than below: a shorter line is no part of the name it stands above."""
    if not leads:
        return True
    if not name or name[0].startswith("("):
        return False
    if len(leads) == 1 and _is_heading(leads[0]):
        return len(leads[0]) <= _LONGEST_MARKED
    return all(
        len(lead) <= _LONGEST_LEAD
        and len(lead) < len(name[0])
        and not any(c.isdigit() for c in lead)
        and not is_unit(lead)
        and not column_kind(lead)
        and lead not in words("table")["attributes"]
        for lead in leads
    )


def _is_heading(text: str) -> bool:
    mark = mark_of(text)
    return mark is not None and mark.kind in ("chapter", "section", "han", "han_brackets")


def _cells(
    source: str,
    lines: Sequence[Line],
    found: Sequence[tuple[int, _Row]],
    kinds: tuple[str, ...],
) -> Iterator[tuple[Cell, ...]]:
    category: Text = EMPTY
    for begin, row in found:
        content = [line.content for line in lines[begin : begin + row.lead]]
        start = begin + row.lead
        if content and kinds[0] == "category":
            category = join(source, content)
        elif content:
            name = join(source, content)
            yield (Cell(name), *[Cell(name, merged=True)] * (len(kinds) - 1))
        cells = [
            Cell(join(source, [line.content for line in lines[start + a : start + b]]))
            for a, b in _placed(row.groups, kinds[-len(row.groups) :])
        ]
        yield (Cell(category), *cells) if kinds[0] == "category" else tuple(cells)


def _placed(groups: tuple[tuple[int, int], ...], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """The pieces of each cell. Of a row that lacks one of two values the goal is told: a row without one
    would be none. Which of more it lacks, nothing says, and none of them is taken."""
    values = [n for n, kind in enumerate(kinds) if kind == "value"]
    filled = [groups[n] for n in values if groups[n][0] < groups[n][1]]
    if len(filled) == len(values):
        return list(groups)
    placed = list(groups)
    for n in values:
        placed[n] = (0, 0)
    if len(values) == len(filled) + 1 == 2:
        placed[values[-1]] = filled[0]
    return placed
