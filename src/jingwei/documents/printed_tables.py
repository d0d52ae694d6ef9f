"""Tables printed as plain lines with single spaces, as text taken from pages has them.

Cells are cut over lines, row numbers and categories stand on lines of their own, the header
is repeated after a page turn. The header names the columns; row numbers or the words 约束性
and 预期性 say where rows begin and end; units and values say which piece belongs to which
column (``columns.split_row``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from jingwei.documents.columns import cell_cost, column_kind, split_row
from jingwei.documents.folding import EMPTY, fold, join
from jingwei.documents.lines import Grid, Line
from jingwei.documents.model import Cell, Text
from jingwei.documents.numbering import is_box_title, opens_section
from jingwei.documents.vocabulary import words

_TOKEN = re.compile(r"\S+")
_PROSE = re.compile(r"[。;!?]|,.*,")
_YEAR = re.compile(r"(?:19|20)\d\d")  # 「2030 年目标」
_GLUED = re.compile(r"(\d{1,2})[.、)](?=\D)")
_JOINED = re.compile(r"(\d{1,2})(?=[\u4e00-\u9fff])")
_MOST_PIECES = 60  # of a row
_SURE_HEADER = {"serial", "name", "unit"}
"""Headings that no prose has on one line: below them a single row is a table."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line between white space."""

    content: Text
    line: int

    @property
    def text(self) -> str:
        return self.content.text


@dataclass(slots=True)
class Row:
    """A row under construction: its number, what stands in it, its category."""

    number: Token | None
    tokens: list[Token]
    category: list[Token]


def _tokens(source: str, line: Line, number: int) -> list[Token]:
    return [
        Token(fold(source, match.start(), match.end()), number)
        for match in _TOKEN.finditer(source, line.start, line.end)
    ]


def printed_table(source: str, lines: Sequence[Line], index: int) -> tuple[Grid, int] | None:
    first = lines[index].text
    if len(first) > 60 or not column_kind(_first_word(source, lines[index])):
        return None
    if opens_section(first):
        return None  # 「一、发展目标」 stands above a table and is no heading of a column
    header, index = _header(source, lines, index)
    kinds = [column_kind("".join(token.text for token in cell)) for cell in header]
    if len(header) < 3 or not {"name", "serial", "category"} & set(kinds):
        return None
    reader = _Rows(source, lines, header)
    end = reader.read(index)
    rows = reader.grid()
    one_line = len({token.line for cell in header for token in cell}) == 1
    fewest = 2 if one_line and kinds[0] == "serial" and set(kinds) >= _SURE_HEADER else 3
    return (Grid(rows), end) if len(rows) >= fewest and _is_plausible(rows, reader.kinds) else None


def _is_plausible(rows: Sequence[Sequence[Cell]], kinds: Sequence[str]) -> bool:
    """Whether the columns hold what their headings promise; else it is text in other order."""
    body = [row[-len(kinds) :] for row in rows[1:]]
    pairs = [(kind, cell.text) for row in body for kind, cell in zip(kinds, row, strict=True)]
    told = [(kind, text) for kind, text in pairs if kind in ("unit", "attribute", "name")]
    wrong = sum(1 for kind, text in told if cell_cost(kind, text) > 0 or len(text) > 60)
    return wrong * 4 <= len(told)


# 「指  标」: a heading set wide
_SPREAD = re.compile(r"([\u4e00-\u9fff])[ \u3000]+([\u4e00-\u9fff])(?=[ \u3000]|$)")


def _first_word(source: str, line: Line) -> str:
    text = source[line.start : line.end]
    spread = _SPREAD.match(text)
    return spread[1] + spread[2] if spread else text.split()[0]


def _header_tokens(source: str, line: Line, number: int) -> list[Token]:
    """The pieces of a line of headings, one that was set wide in one piece."""
    tokens = _tokens(source, line, number)
    joined: list[Token] = []
    for token in tokens:
        above = joined[-1] if joined else None
        spread = above is not None and len(above.text) == len(token.text) == 1
        dated = above is not None and _YEAR.fullmatch(above.text) and token.text.startswith("年")
        if above and (spread or dated) and column_kind(above.text + token.text):
            joined[-1] = Token(join(source, (above.content, token.content)), number)
        else:
            joined.append(token)
    return joined


def _header(source: str, lines: Sequence[Line], index: int) -> tuple[list[list[Token]], int]:
    """The cells of a header that begins in a line, and the line after it.

    A piece that is no heading itself may complete the one before it: 序 and 号.
    """
    header: list[list[Token]] = []
    while index < len(lines) and len(lines[index].text) <= 60:
        cells: list[list[Token]] = []
        so_far = list(header)
        for token in _header_tokens(source, lines[index], index):
            above = cells[-1] if cells else (so_far[-1] if so_far else [])
            whole = "".join(each.text for each in (*above, token))
            completes = above and _can_complete(token.text) and column_kind(whole)
            if _is_heading(token.text) and not (completes and len(token.text) == 1):
                cells.append([token])
            elif completes:
                cells = [*cells[:-1], [*above, token]] if cells else [[*above, token]]
                if above in so_far:
                    so_far.remove(above)
            else:
                return header, index
        header = so_far + cells
        index += 1
    return header, index


def _can_complete(text: str) -> bool:
    return len(text.strip("()")) <= 3 and not any(map(str.isdigit, text))


def _is_heading(text: str) -> bool:
    return bool(column_kind(text)) and not (text.isdigit() and len(text) < 4)


class _Rows:
    """Reads the lines below a header as rows."""

    def __init__(self, source: str, lines: Sequence[Line], header: list[list[Token]]) -> None:
        self.source = source
        self.lines = lines
        self.header = header
        self.rows: list[Row] = []
        self.row: Row | None = None
        self.pending: list[Token] = []
        self._shape()

    def _shape(self) -> None:
        self.kinds = [column_kind(self._written(cell)) or "value" for cell in self.header]
        self.body = [kind for kind in self.kinds if kind not in ("category", "serial")]
        self.has_category = "category" in self.kinds
        self.has_serial = "serial" in self.kinds

    def _written(self, tokens: Sequence[Token]) -> str:
        return join(self.source, (token.content for token in tokens)).text

    # Reading

    def read(self, index: int) -> int:
        """Read rows from line ``index`` on; returns the line after the table."""
        self._merge_header_cells(index)
        end = index
        while index < len(self.lines):
            line = self.lines[index]
            tokens = _tokens(self.source, line, index)
            if self.row is None or self._complete(self.row):
                header, after = _header(self.source, self.lines, index)
                if len(header) >= len(self.header) and len(header) >= 3:
                    index = after
                    continue
                if self._is_page_number(tokens, index) or self._parts_rows(index):
                    index += 1
                    continue
                if self._is_over(line, tokens):
                    break
            self._take(tokens)
            index += 1
            if self.row is not None and len(self.row.tokens) > _MOST_PIECES:
                break  # no row of a table, and splitting it takes the cube of its pieces
            if self.row is not None and self._complete(self.row) and not self.pending:
                end = index
        self._close()
        return end

    def _parts_rows(self, index: int) -> bool:
        """Whether 「二、创新驱动」 stands between two numbered rows, as the name of a group of them."""
        following = index + 1
        if not (opens_section(self.lines[index].text) and following < len(self.lines)):
            return False
        tokens = _tokens(self.source, self.lines[following], following)
        return len(self.lines[index].text) <= 14 and self._starts(tokens) == 0

    def _is_over(self, line: Line, tokens: Sequence[Token]) -> bool:
        if self._starts(tokens) is not None:
            return False
        if is_box_title(line.text) or opens_section(line.text):
            return True
        if _PROSE.search(line.text) or line.text.startswith(("注", "说明", "数据来源", "资料来源")):
            return True
        if self.row is not None and self._numbered():
            return len(line.text) > 14 and not self.has_category
        return len(line.text) > 60

    def _is_page_number(self, tokens: Sequence[Token], index: int) -> bool:
        """A lone number that is not the next row's, before a repeated header."""
        if len(tokens) != 1 or not tokens[0].text.isdigit():
            return False
        header, _ = _header(self.source, self.lines, index + 1)
        return len(header) >= 3

    def _numbered(self) -> bool:
        return any(row.number is not None for row in self.rows) or (
            self.row is not None and self.row.number is not None
        )

    def _expected(self) -> int:
        count = len(self.rows) + (self.row is not None)
        return count + 1

    def _starts(self, tokens: Sequence[Token]) -> int | None:
        """Position of the next row's number among the tokens of a line."""
        expected = str(self._expected())
        for position, token in enumerate(tokens[:3]):
            if token.text == expected:
                return position
            glued = _GLUED.match(token.text)
            if glued and glued[1] == expected:
                return position
            joined = _JOINED.match(token.text)
            if joined and joined[1] == expected and (self.has_serial or self._numbered()):
                return position
            if not self.has_category or column_kind(token.text) or len(token.text) > 12:
                return None
        return None

    def _take(self, tokens: list[Token]) -> None:
        start = self._starts(tokens)
        ready = self.row is None or self._complete(self.row)
        if start is not None and (ready or self._nearly(self.row)):
            self._close()
            number, rest = self._number(tokens[start])
            self.row = Row(number, rest + tokens[start + 1 :], self.pending + tokens[:start])
            self.pending = []
            return
        if not ready and self.row is not None:
            self.row.tokens += tokens
            return
        if self._numbered() or self.has_serial:
            self.pending += tokens
            return
        # No row numbers: the next piece begins a new row, a short first piece its category.
        self._close()
        if self.has_category and len(tokens) == 1 and len(tokens[0].text) <= 6:
            self.pending += tokens
            return
        category = self.pending
        self.pending = []
        if self.has_category and not category and len(tokens) > len(self.body):
            category, tokens = tokens[:1], tokens[1:]
        self.row = Row(None, tokens, category)

    def _number(self, token: Token) -> tuple[Token | None, list[Token]]:
        """Split a number from what it is glued to; ``1.`` stays with a name of its own."""
        if token.text.isdigit():
            return token, []
        match = _GLUED.match(token.text) or _JOINED.match(token.text)
        if match is None or not self.has_serial:
            return None, [token]
        digits = match.end(1)
        number = Text(token.text[:digits], token.content.origins[:digits])
        rest = Text(token.text[match.end() :], token.content.origins[match.end() :])
        return Token(number, token.line), [Token(rest, token.line)]

    def _nearly(self, row: Row | None) -> bool:
        return row is not None and len(row.tokens) >= len(self.body) - 1

    def _complete(self, row: Row) -> bool:
        if len(row.tokens) < len(self.body):
            return False
        groups, cost = split_row(*self._pieces(row))
        return groups is not None and cost < 4.0

    def _pieces(self, row: Row) -> tuple[tuple[str, ...], tuple[str, ...], tuple[bool, ...]]:
        """The arguments of ``split_row``."""
        breaks = tuple(above.line != below.line for above, below in pairwise(row.tokens))
        return tuple(token.text for token in row.tokens), tuple(self.body), breaks

    def _close(self) -> None:
        if self.row is not None and self._complete(self.row):
            self.rows.append(self.row)
        self.row = None

    # The header

    def _merge_header_cells(self, index: int) -> None:
        """Join header cells that were cut over lines, as many as the first row asks for."""
        width = self._first_row_width(index)
        missing = len(self.body) - width if width else 0
        joints = [
            position
            for position in range(1, len(self.header))
            if self.header[position - 1][-1].line != self.header[position][0].line
        ]
        joints.sort(key=lambda position: -self._belonging(position))
        for position in sorted(joints[: max(0, missing)], reverse=True):
            self.header[position - 1] += self.header.pop(position)
        self._shape()

    def _belonging(self, position: int) -> int:
        """How well two header cells fit together: a year and what it is the year of."""
        above = self._written(self.header[position - 1])
        below = self._written(self.header[position])
        return 2 * above[:4].isdigit() - 2 * below[:4].isdigit()

    def _first_row_width(self, index: int) -> int:
        """How many body cells the first row printed on one line has."""
        counts: list[int] = []
        for number in range(index, min(index + 12, len(self.lines))):
            tokens = [token.text for token in _tokens(self.source, self.lines[number], number)]
            if tokens and tokens[0].isdigit() and len(tokens) > 2:
                counts.append(len(tokens) - 1)
            elif len(tokens) > 2 and tokens[-1] in words("table")["attributes"]:
                counts.append(len(tokens) - self.has_category)
        return max(set(counts), key=lambda count: (counts.count(count), count)) if counts else 0

    # The grid

    def grid(self) -> tuple[tuple[Cell, ...], ...]:
        self._move_centred_categories()
        numbered = any(row.number is not None for row in self.rows)
        header = [Cell(join(self.source, (t.content for t in cell))) for cell in self.header]
        kinds = list(self.kinds)
        if numbered and not self.has_serial:
            at = kinds.index("name") if "name" in kinds else 0
            kinds.insert(at, "serial")
            header.insert(at, Cell(EMPTY))
        grid = [tuple(header)]
        category = EMPTY
        for row in self.rows:
            if row.category:
                category = join(self.source, (token.content for token in row.category))
            groups, _ = split_row(*self._pieces(row))
            texts = iter(
                join(self.source, (t.content for t in row.tokens[first:last]))
                for first, last in groups or ()
            )
            cells: list[Cell] = []
            for kind in kinds:
                if kind == "category":
                    cells.append(Cell(category, merged=not row.category and bool(category.text)))
                elif kind == "serial":
                    cells.append(Cell(row.number.content if row.number else EMPTY))
                else:
                    cells.append(Cell(next(texts)))
            grid.append(tuple(cells))
        return tuple(grid)

    def _move_centred_categories(self) -> None:
        """Categories printed in the middle of their rows belong to the first row of each group."""
        if not self.rows or self.rows[0].category or not self.has_category:
            return
        centres = [index for index, row in enumerate(self.rows) if row.category]
        start = 0
        for number, centre in enumerate(centres):
            if start < centre:
                self.rows[start].category = self.rows[centre].category
                self.rows[centre].category = []
            following = centres[number + 1] if number + 1 < len(centres) else len(self.rows)
            start = min(max(2 * centre - start, centre), following)
