"""Tables in plain lines whose rows are numbered and whose cells stand centred over several lines.

Programs that take the letters of a page from top to bottom print of a row first the upper halves of
its long cells, then its number with the cells of one line, then the lower halves:

    数字经济增加值占全市
    8 % 预期性 >60 -
    生产总值比重

As many lines of a row stand below its number as above it. The words 约束性 and 预期性 part the columns
of a line; what stands above and below goes where it suits best (``cell_cost``).
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement, pairwise, product
from math import comb, inf, prod

from jingwei.documents.columns import cell_cost, column_kind
from jingwei.documents.folding import fold, join
from jingwei.documents.lines import Grid, Line
from jingwei.documents.model import Cell, Text
from jingwei.documents.vocabulary import words

_FEWEST_ROWS = 3
_MOST_ABOVE = 8  # lines of headings, and of a first row above its number
_MOST_BETWEEN = 8  # lines between two row numbers
_LONGEST = 60
_MOST_READINGS = 5_000
_PIECE = re.compile(r"\S+")
_PROSE = re.compile(r"[。;]")
_SPREAD = frozenset("序号指标单位属性")  # headings set wide, or cut over lines
_EMPTY_CELL = 4.0
_BLANK_INSIDE = 0.3  # of a cell with two pieces of one line
_OFF_CENTRE = 0.6
_BROKEN = 1.0  # a bracket that another cell closes, a dash beside other words
_SLASHED = 1.0  # 「万元/」 is a half of a unit
_TOO_LONG = 1.5
_LONGEST_NAME = 36
_OTHER_BRACKET = 0.1  # a value in brackets stands below a heading with brackets


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The line with the number of a row: its pieces before and after the word of the attribute."""

    line: int
    number: Text
    before: tuple[Text, ...]
    attribute: Text
    after: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns before and after the attribute, and the headings of those with values."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    values: tuple[Text, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        return (*self.before, *self.after)


def numbered_table(source: str, lines: Sequence[Line], index: int) -> tuple[Grid, int] | None:
    """The table whose headings begin in ``lines[index]``, and the line after it."""
    if len(lines[index].text) > _LONGEST or not _is_heading(_pieces(source, lines[index])[0].text):
        return None
    anchors = _anchors(source, lines, index)
    if len(anchors) < _FEWEST_ROWS:
        return None
    headings, lead = _headings(source, lines[index : anchors[0].line])
    shares = _shares(anchors, lead)
    columns = _columns(anchors, headings)
    if shares is None or columns is None:
        return None
    rows: list[tuple[Cell, ...]] = []
    for anchor, share in zip(anchors, shares, strict=True):
        row = _row(source, lines, anchor, share, columns)
        if row is None:
            return None
        rows.append(row)
    header = _header(columns, lines[index].start)
    return Grid((header, *rows)), min(anchors[-1].line + 1 + shares[-1], len(lines))


def _pieces(source: str, line: Line) -> list[Text]:
    return [fold(source, *match.span()) for match in _PIECE.finditer(source, line.start, line.end)]


def _is_heading(text: str) -> bool:
    return bool(column_kind(text)) or (len(text) == 1 and text in _SPREAD)


def _anchors(source: str, lines: Sequence[Line], index: int) -> list[_Anchor]:
    """The lines of rows 1, 2, 3 and so on below a line."""
    found: list[_Anchor] = []
    at, reach = index + 1, _MOST_ABOVE
    while at < len(lines) and reach >= 0 and len(lines[at].text) <= _LONGEST:
        anchor = _anchor(source, lines[at], at, len(found) + 1)
        if anchor is not None:
            found.append(anchor)
            reach = _MOST_BETWEEN
        elif _PROSE.search(lines[at].text):
            break
        at, reach = at + 1, reach - 1
    return found


def _anchor(source: str, line: Line, at: int, number: int) -> _Anchor | None:
    first, *pieces = _pieces(source, line)
    if first.text.rstrip(".、") != str(number):
        return None
    told = [i for i, piece in enumerate(pieces) if piece.text in words("table")["attributes"]]
    if len(told) != 1:
        return None
    here = told[0]
    return _Anchor(at, first, tuple(pieces[:here]), pieces[here], tuple(pieces[here + 1 :]))


def _headings(source: str, above: Sequence[Line]) -> tuple[tuple[Text, ...], int]:
    """The headings of the columns of values, and how many lines below the headings belong to row 1."""
    told: list[Text] = []
    end = 0
    for number, line in enumerate(above, 1):
        pieces = _pieces(source, line)
        if not any(_is_heading(piece.text) for piece in pieces):
            continue
        end = number
        own = [piece for piece in pieces if column_kind(piece.text) == "value"]
        told = own if len(own) >= len(told) else told  # above them stands what they have in common
    return tuple(told), len(above) - end


def _columns(anchors: Sequence[_Anchor], values: tuple[Text, ...]) -> _Columns | None:
    """How the columns lie about the attribute: as the rows that stand on one line have them."""
    right = max(len(anchor.after) for anchor in anchors)
    left = max(len(anchor.before) for anchor in anchors)
    behind = min(right, len(values))
    before = ("name", "unit", *["value"] * (len(values) - behind))
    if not values or right > len(values) or left < 2:
        return None
    return _Columns(before, ("value",) * behind, values)


def _shares(anchors: Sequence[_Anchor], lead: int) -> list[int] | None:
    """How many lines of each row stand above its number, and as many below; None where the lines between
    two numbers do not come out so."""
    shares = [lead]
    for above, below in pairwise(anchors):
        rest = below.line - above.line - 1 - shares[-1]
        if rest < 0:
            return None
        shares.append(rest)
    return shares


def _header(columns: _Columns, start: int) -> tuple[Cell, ...]:
    names = {"name": "指标", "unit": "单位", "serial": "序号", "attribute": "属性"}
    values = iter(columns.values)
    kinds = ("serial", *columns.before, "attribute", *columns.after)
    return tuple(
        Cell(next(values) if kind == "value" else _said(names[kind], start)) for kind in kinds
    )


def _said(word: str, start: int) -> Text:
    """A heading that may be printed in pieces, at the place where the headings begin."""
    return Text(word, array("I", [start] * len(word)))


def _row(
    source: str, lines: Sequence[Line], anchor: _Anchor, share: int, columns: _Columns
) -> tuple[Cell, ...] | None:
    around = (*range(-share, 0), *range(1, share + 1))
    if anchor.line + share >= len(lines):
        return None
    width = len(columns.kinds)
    told = [_without_subscripts(_pieces(source, lines[anchor.line + n]), width) for n in around]
    kinds, brackets = columns.kinds, ["[" in heading.text for heading in columns.values]
    best: tuple[float, list[Text]] = (inf, [])
    for placed, ill in _placed(told, anchor, columns):
        cells = [join(source, pieces) for pieces in placed]
        cost = ill + sum(
            cell_cost(kind, cell.text) if cell.text else _EMPTY_CELL
            for kind, cell in zip(kinds, cells, strict=True)
        )
        values = (cell for kind, cell in zip(kinds, cells, strict=True) if kind == "value")
        cost += _OTHER_BRACKET * sum(
            (cell.text[:1] == "[") != bracket
            for cell, bracket in zip(values, brackets, strict=True)
        )
        cost += _BROKEN * sum(map(_is_broken, cells))
        name = cells[kinds.index("name")].text
        cost += _SLASHED * ("/" in name) + _TOO_LONG * (len(name) > _LONGEST_NAME)
        if cost < best[0]:
            best = (cost, cells)
    if not best[1]:
        return None
    left = len(columns.before)
    texts = (anchor.number, *best[1][:left], anchor.attribute, *best[1][left:])
    return tuple(Cell(text) for text in texts)


def _is_broken(cell: Text) -> bool:
    return any(cell.text.count(left) != cell.text.count(right) for left, right in ("()", "[]"))


def _without_subscripts(pieces: list[Text], width: int) -> list[Text]:
    """A line of more pieces than columns has numbers that hang below letters: 「2.5 10 2」 of PM2.5, PM10, SO2."""
    if len(pieces) <= width:
        return pieces
    return [piece for piece in pieces if not re.fullmatch(r"[\d.]+", piece.text)]


def _placed(
    told: Sequence[Sequence[Text]], anchor: _Anchor, columns: _Columns
) -> Iterator[tuple[list[list[Text]], float]]:
    """Every way to put the pieces of the lines of a row into its columns, each line from left to right,
    and how badly they lie: pieces of one line in one column, columns that are not centred."""
    width, left = len(columns.kinds), len(columns.before)
    middle = len(told) // 2
    lines = [*told[:middle], [*anchor.before, *anchor.after], *told[middle:]]
    # counted before they are listed: the pieces of a line are whatever a file has
    around = prod(comb(width + len(pieces) - 1, width - 1) for pieces in told)
    within = comb(left + len(anchor.before) - 1, left - 1) * comb(width - left, len(anchor.after))
    if around * within > _MOST_READINGS:
        return
    ways = [list(combinations_with_replacement(range(width), len(pieces))) for pieces in lines]
    ways[middle] = [
        (*one, *other)
        for one in combinations_with_replacement(range(left), len(anchor.before))
        for other in combinations(range(left, width), len(anchor.after))
    ]
    for chosen in product(*ways):
        placed: list[list[Text]] = [[] for _ in range(width)]
        for pieces, places in zip(lines, chosen, strict=True):
            for piece, place in zip(pieces, places, strict=True):
                placed[place].append(piece)
        blanks = sum(len(places) - len(set(places)) for places in chosen)
        dashes = sum(
            any(piece.text in words("table")["dashes"] for piece in pieces)
            for pieces in placed
            if len(pieces) > 1
        )
        yield (
            placed,
            blanks * _BLANK_INSIDE + dashes * _BROKEN + _lopsided(chosen, width) * _OFF_CENTRE,
        )


def _lopsided(chosen: Sequence[Sequence[int]], width: int) -> int:
    """How many columns have not the same lines above the number of the row as below it."""
    mirrored = list(zip(chosen, reversed(chosen), strict=True))[: len(chosen) // 2]
    return sum(
        any((column in above) != (column in below) for above, below in mirrored)
        for column in range(width)
    )
