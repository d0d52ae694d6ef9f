"""Rows of a table in plain lines with a cell on each line, where no number parts them.

    指标 / 单位 / 2020年 / 2025年 / 属性
    研发经费投入强度 / % / 2.1 / 2.8 / 预期性

The rows are those whose cells suit the columns at the least cost, as far as they go. A category, or
the name of a group of rows, stands above the first of its rows.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jingwei.documents.columns import column_kind, is_unit, split_row
from jingwei.documents.folding import EMPTY, join
from jingwei.documents.lines import Line
from jingwei.documents.model import Cell, Text
from jingwei.documents.numbering import opens_section
from jingwei.documents.vocabulary import words

_FEWEST_ROWS = 3
_MOST_LINES = 1000
_MORE = 4  # lines of a row beyond a line a cell
_LEADS = 3
_LONGEST_LEAD = 10
_LONGEST_MARKED = 20
_WORST = 2.0  # cost of a row that is still one
_LACKING = 4.0  # what ``split_row`` takes for an empty cell
_UNNUMBERED = 5.0  # of a row without a number among numbered ones; above that of a lacking value
_LEAD = 0.05  # below that of a name cut over two lines
_LONGEST_CELL = 60
_COUNT = re.compile(r"\(\d+[项个]\)")  # 「经济发展 / (7项)」
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
    source: str,
    lines: Sequence[Line],
    first: int,
    columns: Sequence[tuple[str, str]],
    header: tuple[str, ...],
) -> Rows | None:
    """The rows that begin in ``lines[first]``, under ``columns`` with their kinds and headings.

    None for fewer than three, or where most values are no numbers. A ``header`` that is printed again is
    passed over.
    """
    kinds = tuple(kind for kind, _ in columns)
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
    rows = list(_cells(source, lines, found[::-1], columns))
    values = [
        cell.text
        for row in rows
        for kind, cell in zip(kinds, row, strict=True)
        if kind == "value" and cell.text
    ]
    dashes = words("table")["dashes"]
    numbers = sum(1 for text in values if text in dashes or any(c.isdigit() for c in text))
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
        name = start + 1 if named[0] == "serial" else start
        if not _leads(texts[begin:start], texts[name : name + 1]):
            continue
        for end, cost, groups in _split(texts, start, named):
            yield end, _Row(cost + _LEAD * lead, 1, begin, lead, groups)
    # 「每千人口医护人员数 / 医师数 / 4.9 …, 护士数 / 5.9 …」 have one number
    if named[0] == "serial":
        for end, cost, groups in _split(texts, begin, named[1:]):
            if any(text.isdigit() for text in texts[begin : begin + groups[0][1]]):
                continue
            yield end, _Row(cost + _UNNUMBERED, 1, begin, 0, ((0, 0), *groups))


def _split(
    texts: Sequence[str], start: int, kinds: tuple[str, ...]
) -> Iterator[tuple[int, float, tuple[tuple[int, int], ...]]]:
    fewest = len(kinds) - ("attribute" in kinds)
    if _is_parted(kinds):
        fewest = min(fewest, len(kinds) - kinds.count("value"))
    for end in range(start + fewest, min(start + len(kinds) + _MORE, len(texts)) + 1):
        pieces = tuple(texts[start:end])
        attributes = sum(piece in words("table")["attributes"] for piece in pieces)
        if attributes > 1 or any(opens_section(piece) for piece in pieces):
            return
        groups, cost = split_row(pieces, kinds, (True,) * (len(pieces) - 1))
        if groups is None or cost >= _worst(groups, kinds):
            continue
        cells = zip(kinds, (pieces[a:b] for a, b in groups), strict=True)
        if not any(_runs_over(kind, cell) for kind, cell in cells):
            yield end, cost, groups


def _runs_over(kind: str, cell: Sequence[str]) -> bool:
    """Whether a cell would hold pieces of two: a number and the name behind it (「6 / 优良水体比例」), or a
    name and the values behind it."""
    if len(cell) < 2:
        return False
    if any(piece in words("table")["attributes"] for piece in cell):
        return True
    if kind == "name":
        # 「细颗粒物(PM / 2.5 / )浓度」 is one name
        below = (*cell[1:], "")
        pairs = zip(cell, below, strict=True)
        return any(_NUMBER.fullmatch(each) and not rest.startswith(")") for each, rest in pairs)
    return cell[0].isdigit() and _NAMED.match(cell[1]) is not None


_NUMBER = re.compile(r"[<>≥≤]?\d[\d.]*")
_NAMED = re.compile(r"[^\d]*[一-龥]{4}")


def _worst(groups: Sequence[tuple[int, int]], kinds: Sequence[str]) -> float:
    """Where its number begins a row or 约束性 ends it, the row may lack values; or its attribute, which
    hangs on the row above."""
    lacking = [
        kind for kind, (a, b) in zip(kinds, groups, strict=True) if a == b and kind != "text"
    ]
    may = (_is_parted(kinds) and set(lacking) == {"value"}) or lacking == ["attribute"]
    return _WORST + _LACKING * len(lacking) if may else _WORST


def _is_parted(kinds: Sequence[str]) -> bool:
    """Whether the rows of a table are parted by their numbers or by 约束性 and 预期性 at their ends."""
    return kinds[-1] == "attribute" or kinds[0] == "serial"


def _leads(leads: Sequence[str], name: Sequence[str]) -> bool:
    """Whether lines may be the category of a row or the name of its group. What is cut over two lines is
    no shorter above than below: a shorter line is no part of the name it stands above."""
    if not leads:
        return True
    if not name or name[0].startswith("("):
        return False
    if len(leads) == 1 and opens_section(leads[0]):
        return len(leads[0]) <= _LONGEST_MARKED
    return all(
        _COUNT.fullmatch(lead) is not None
        or (
            len(lead) <= _LONGEST_LEAD
            and len(lead) < len(name[0])
            and not any(c.isdigit() for c in lead)
            and not is_unit(lead)
            and not column_kind(lead)
            and lead not in words("table")["attributes"]
        )
        for lead in leads
    )


def _cells(
    source: str,
    lines: Sequence[Line],
    found: Sequence[tuple[int, _Row]],
    columns: Sequence[tuple[str, str]],
) -> Iterator[tuple[Cell, ...]]:
    kinds = [kind for kind, _ in columns]
    category: Text = EMPTY
    above: list[Cell] | None = None
    texts = [
        [
            join(source, [line.content for line in lines[begin + row.lead + a :][: b - a]])
            for a, b in row.groups
        ]
        for begin, row in found
    ]
    strict = any(_has_bare_sum(each, columns[-len(each) :]) for each in texts)
    for n, (begin, row) in enumerate(found):
        content = [line.content for line in lines[begin : begin + row.lead]]
        if content and kinds[0] == "category":
            category = join(source, content)
        elif content:
            name = join(source, content)
            yield (Cell(name), *[Cell(name, merged=True)] * (len(kinds) - 1))
        cells = [Cell(text) for text in _placed(texts[n], columns[-len(texts[n]) :], strict)]
        hangs = "attribute" in kinds[-len(cells) :] and above is not None
        at = kinds.index("attribute") - len(kinds) if hangs else 0
        if above is not None and at and not cells[at].text:
            cells[at] = Cell(above[at].content, merged=True)  # printed once for two rows
        above = cells
        yield (Cell(category), *cells) if kinds[0] == "category" else tuple(cells)


def _has_bare_sum(cells: Sequence[Text], columns: Sequence[tuple[str, str]]) -> bool:
    """Whether a whole row has a number without brackets under 年均/累计: there it cannot be told from a level."""
    values = [n for n, (kind, _) in enumerate(columns) if kind == "value"]
    return all(cells[n].text for n in values) and any(
        _SUMS.search(columns[n][1])
        and any(map(str.isdigit, cells[n].text))
        and not _SUMMED.search(cells[n].text)
        for n in values
    )


def _placed(cells: list[Text], columns: Sequence[tuple[str, str]], strict: bool) -> list[Text]:
    """The cells of a row, its values in their places where some are lacking.

    Brackets, and words for a yearly average or a sum, go under such a heading; the others only if there is
    one for each of the other columns, and in a ``strict`` table not even then: whether a value is the base,
    the goal or a rate, nothing says, and it is not taken.
    """
    values = [n for n, (kind, _) in enumerate(columns) if kind == "value"]
    filled = [cells[n] for n in values if cells[n].text]
    if len(filled) == len(values):
        return cells
    placed = [EMPTY if n in values else cell for n, cell in enumerate(cells)]
    summed = [n for n in values if _SUMS.search(columns[n][1])]
    levels = [n for n in values if n not in summed]
    sums = [cell for cell in filled if _SUMMED.search(cell.text)] if summed else []
    others = [cell for cell in filled if not any(cell is each for each in sums)]
    if len(sums) <= len(summed):
        for n, cell in zip(summed, sums, strict=False):
            placed[n] = cell
    certain = not strict or len(sums) == len(summed) or len(levels) == 1
    if len(others) == len(levels) and certain:
        for n, cell in zip(levels, others, strict=True):
            placed[n] = cell
    return placed


_SUMS = re.compile(r"年均|累计")
_SUMMED = re.compile(r"^[\[〔【].*[\]〕】]$|年均|累计|同步")
