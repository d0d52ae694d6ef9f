"""Tables in text: tab-separated lines, bars, columns set with blanks, plain lines."""

import re
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from math import comb, log

from jingwei.documents.columns import cell_cost, column_kind, is_unit, misfit
from jingwei.documents.folding import fold, join
from jingwei.documents.lines import Grid, Line, line_begin
from jingwei.documents.model import Cell, Text
from jingwei.documents.numbered_tables import numbered_table
from jingwei.documents.numbering import mark_of
from jingwei.documents.printed_tables import printed_table
from jingwei.documents.spaced_tables import spaced_table
from jingwei.documents.stacked_tables import stacked_table
from jingwei.documents.tables import spread_heading
from jingwei.documents.text_columns import laid_out_table
from jingwei.documents.vocabulary import words

_BARS = "|｜│┃"
_INNER_BAR = re.compile(rf"[{_BARS}](?<=[ \t\u3000].)(?=[ \t\u3000]|$)")


def with_tables(source: str, lines: Sequence[Line]) -> list[Line | Grid]:
    """Replace the lines of each table by its grid."""
    elements: list[Line | Grid] = []
    index = 0
    while index < len(lines):
        table = spaced_table(source, lines, index)
        table = table or _tabbed(source, lines, index) or _set_out(source, lines, index)
        if table is None:
            elements.append(lines[index])
            index += 1
        else:
            grid, index = table
            elements.append(grid)
    return elements


def _set_out(source: str, lines: Sequence[Line], index: int) -> tuple[Grid, int] | None:
    """Columns set with blanks, or plain lines: the reading that goes further; of equals the one whose
    cells suit their headings. Where a cell on each line makes a table, one that suits its headings less
    is none."""
    stacked = stacked_table(source, lines, index)
    readings = [
        stacked,
        printed_table(source, lines, index),
        numbered_table(source, lines, index),
    ]
    if len(source[lines[index].start : lines[index].end].split()) >= _FEWEST_ROWS:
        readings = [
            _even(source, lines, index, _pieces),
            _even(source, lines, index, _words),
            laid_out_table(source, lines, index),
            *readings,
        ]
    found = [
        reading
        for reading in readings
        # where a line is parted by tabs, nothing above it is a column of it: a caption over the table
        if reading is not None
        and not any(_has_tab(source, line) for line in lines[index : reading[1]])
        and (stacked is None or reading is stacked or _suits_more(reading, stacked))
    ]
    return max(found, key=lambda reading: (reading[1], -_misfit(reading[0])), default=None)


def _has_tab(source: str, line: Line) -> bool:
    return source.find("\t", line_begin(source, line.start), line.end) >= 0


def _suits_more(reading: tuple[Grid, int], stacked: tuple[Grid, int]) -> bool:
    """Whether a reading suits its headings no less than one of a cell on each line, and joins no 约束性 with
    what stands on the next line."""
    joined = reading[1] >= stacked[1] and _attributes(reading[0]) < _attributes(stacked[0])
    return not joined and _looseness(reading) <= _looseness(stacked)


def _attributes(grid: Grid) -> int:
    attributes = words("table")["attributes"]
    return sum(not cell.merged and cell.text in attributes for row in grid.rows for cell in row)


def _looseness(reading: tuple[Grid, int]) -> float:
    """How badly a row suits its headings: a reading with few rows of much in a cell has few misfits."""
    return _misfit(reading[0]) / len(reading[0].rows)


def _misfit(grid: Grid) -> float:
    rows = [row for row in grid.rows if not all(cell.merged for cell in row[1:])]
    return misfit([[cell.text for cell in row] for row in rows])


# --- lines of as many pieces as the first, parted by several blanks or by single ones -------

_PIECE = re.compile(r"\S+(?:[ \u3000]\S+)*")
_FEWEST_ROWS = 3
_LONGEST_CELL = 30


def _even(
    source: str, lines: Sequence[Line], index: int, pieces: "_CellsOf"
) -> tuple[Grid, int] | None:
    """A row of headings and two or more rows of as many cells, most of them numbers, or all of them
    numbered (任务分解表). The category of the rows may stand in the first of them only, or in a line of
    its own."""
    header = pieces(source, lines[index])
    if len(header) < _FEWEST_ROWS or any(_is_value(cell.text) for cell in header):
        return None
    kinds = [column_kind(cell.text) for cell in header]
    if pieces is _words and not ({"name", "category"} & set(kinds) and kinds[-1]):
        return None
    category = header[0] if kinds[0] == "category" else None
    rows = [header]
    groups = 0
    while index + len(rows) < len(lines):
        row = pieces(source, lines[index + len(rows)])
        width = len(header) - (category is not None)
        if (
            len(row) == 1
            and (pieces is _pieces or mark_of(row[0].text) is not None)
            and _names_group(source, lines, index + len(rows), width, pieces)
        ):
            category = row[0] if category is not None else None
            row = _across(row[0], len(header))
            groups += 1
        elif category is not None and len(row) == len(header):
            category = row[0]
        elif category is not None and len(row) == len(header) - 1:
            row = (Cell(category.content, merged=True), *row)
        if len(row) != len(header):
            break
        rows.append(row)
    values = [_is_value(cell.text) for row in rows[1:] for cell in row[1:] if not cell.merged]
    numbers = [row[0].text for row in rows[1:] if not row[-1].merged]
    numbered = kinds[0] == "serial" and numbers == [str(n + 1) for n in range(len(numbers))]
    if len(rows) - groups < _FEWEST_ROWS or (sum(values) * 2 < len(values) and not numbered):
        return None
    return Grid(tuple(rows)), index + len(rows)


def _across(name: Cell, width: int) -> tuple[Cell, ...]:
    """The name of a group as a row of its own, over all columns."""
    return (name, *[Cell(name.content, merged=True)] * (width - 1))


def _pieces(source: str, line: Line) -> tuple[Cell, ...]:
    found = list(_PIECE.finditer(source, line.start, line.end))
    if any(len(piece[0]) > _LONGEST_CELL or "。" in piece[0] for piece in found):
        return ()
    return tuple(Cell(fold(source, *piece.span())) for piece in found)


def _words(source: str, line: Line) -> tuple[Cell, ...]:
    """The pieces of a line that single blanks part, none in a line of prose."""
    if len(line.text) > _LONGEST_ROW or "。" in line.text:
        return ()
    return tuple(
        Cell(fold(source, *word.span())) for word in _WORD.finditer(source, line.start, line.end)
    )


_WORD = re.compile(r"\S+")
_LONGEST_ROW = 60


def _is_value(text: str) -> bool:
    return text in ("-", "—", "——", "/") or bool(_VALUE.match(text))


_VALUE = re.compile(r"[\[(〔<>≤≥约近]*[-−+]?\d[\d.,]*(?!年|[\d.,])")


# --- tab-separated lines ---------------------------------------------------------------

_CellsOf = Callable[[str, Line], tuple[Cell, ...]]
_LONGEST_GROUP = 20
_SENTENCE = re.compile(r"[,;。:!?]")


def _tabbed(source: str, lines: Sequence[Line], index: int) -> tuple[Grid, int] | None:
    rows: list[tuple[Cell, ...]] = []
    while index < len(lines):
        width = len(rows[0]) if rows else 0
        cells, following = _row_at(source, lines, index, width)
        if not cells and rows and _names_group(source, lines, index, width, _cells_of):
            name = Cell(fold(source, lines[index].start, lines[index].end))
            rows.append(_across(name, width))
            index += 1
            continue
        if cells and _is_barred(source, lines[index]):
            if not rows and not any(cell.text for cell in cells):
                index += 1  # Markdown has a heading above every table, be it an empty one
                continue
            if not rows and (heads := _two_headings(source, lines, index)):
                rows += heads
                index += 2
                continue
            told = _without_padding(cells, rows)
            if 0 < len(told) < width:
                rows.append(_spanned(told, rows))
                index += 1
                continue
            if rows and len(cells) == width + 1 and (at := _led_at(cells, rows[0])) is not None:
                rows.append(_across(cells[at], width))
                cells = (*cells[:at], *cells[at + 1 :])
        if len(cells) < 2 or (len(cells) < 3 and not rows and not _is_pair(source, lines, index)):
            break
        rows.append(cells)
        index = following
    return (Grid(tuple(rows)), index) if len(rows) >= 2 else None


_MOST_LINES = 4  # of a row that is broken inside a cell


def _row_at(
    source: str, lines: Sequence[Line], index: int, width: int
) -> tuple[tuple[Cell, ...], int]:
    """The cells of a row and the line after it. A line break inside a cell parts the row in two, which
    together have one cell more than the table has columns."""
    cells = _cells_of(source, lines[index])
    if width < 3 or len(cells) >= width:
        return cells, index + 1
    joined = cells or (Cell(fold(source, lines[index].start, lines[index].end)),)
    for following in range(index + 1, min(index + _MOST_LINES, len(lines))):
        line = lines[following]
        more = _cells_of(source, line) or (Cell(fold(source, line.start, line.end)),)
        if _is_value(joined[-1].text) or more[0].text.isdigit() or len(more) >= width:
            break
        meeting = Cell(join(source, (joined[-1].content, more[0].content)))
        joined = (*joined[:-1], meeting, *more[1:])
        if len(joined) == width and len(more) > 1:
            return joined, following + 1
        if len(joined) > width or len(meeting.text) > _LONGEST_NAME:
            break
    return cells, index + 1


_LONGEST_NAME = 80


def _names_group(
    source: str, lines: Sequence[Line], index: int, width: int, cells_of: _CellsOf
) -> bool:
    """Whether a line of its own, 「二、创新驱动」, names a group of the rows that go on below it."""
    if width < 3 or len(lines[index].text) > _LONGEST_GROUP or index + 1 >= len(lines):
        return False
    below = (
        _row_at(source, lines, index + 1, width)[0]
        if cells_of is _cells_of
        else cells_of(source, lines[index + 1])
    )
    return len(below) == width and _SENTENCE.search(lines[index].text) is None


def _is_pair(source: str, lines: Sequence[Line], index: int) -> bool:
    """Two columns are a table only if the next line has two as well."""
    return index + 1 < len(lines) and len(_cells_of(source, lines[index + 1])) == 2


def _cells_of(source: str, line: Line) -> tuple[Cell, ...]:
    first = line_begin(source, line.start)
    if source.find("\t", first, line.end) < 0:
        return _piped(source, line)
    cells: list[Cell] = []
    while True:
        tab = source.find("\t", first, line.end)
        cells.append(Cell(fold(source, first, line.end if tab < 0 else tab)))
        if tab < 0:
            break
        first = tab + 1
    if sum(1 for cell in cells if cell.text) < 2 and len(cells) < 3:
        return ()
    return tuple(cells)


def _piped(source: str, line: Line) -> tuple[Cell, ...]:
    """``| a | b |`` as Markdown writes it, ``a | b | c``, or with bars of a box drawing."""
    text = source[line.start : line.end]
    if len(text) >= 3 and text[0] in _BARS and text[-1] in _BARS:
        bars = [line.start + index for index, character in enumerate(text) if character in _BARS]
    else:
        inner = [line.start + bar.start() for bar in _INNER_BAR.finditer(text)]
        if len(inner) < 2:
            return ()
        bars = [line.start - 1, *inner, line.end]
    return tuple(Cell(_without_breaks(source, left + 1, right)) for left, right in pairwise(bars))


_MOST_READINGS = 5_000  # of a row that lacks cells
_INSIDE = 3.0  # of a row that lacks a cell between two that it has
_LINE_BREAK = re.compile(r"<br\s*/?>")


def _without_breaks(source: str, start: int, end: int) -> Text:
    """The text of a cell of Markdown without the marks of its line breaks."""
    ends = [
        start,
        *(at for each in _LINE_BREAK.finditer(source, start, end) for at in each.span()),
        end,
    ]
    if len(ends) == 2:
        return fold(source, start, end)
    return join(source, (fold(source, *span) for span in zip(ends[::2], ends[1::2], strict=True)))


def _is_barred(source: str, line: Line) -> bool:
    text = source[line.start : line.end]
    return len(text) >= 3 and text[0] in _BARS and text[-1] in _BARS


def _two_headings(source: str, lines: Sequence[Line], index: int) -> list[tuple[Cell, ...]] | None:
    """The headings of a table whose goals stand in a column for each year: 「序号 | 指标 | 目标」 over
    「2024年 | 2025年 | 2026年」 and rows of five cells."""
    near = lines[index : index + 4]
    if len(near) < 4 or not all(_is_barred(source, line) for line in near):
        return None
    over, under, *body = (_cells_of(source, line) for line in near)
    width = len(body[0])
    if len(body[1]) != width or len(over) >= width or len(over) - 1 + len(under) != width:
        return None
    if not all(column_kind(cell.text) == "value" for cell in under):
        return None
    spans = [n for n, cell in enumerate(over) if column_kind(cell.text) == "value"]
    if not spans:
        return None
    at = spans[-1]
    return spread_heading(over, at, under)


def _without_padding(cells: tuple[Cell, ...], rows: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """A row without the empty cells that fill it up behind its last, where what hangs on the row above is
    missing in front: its cells stand under headings that they do not suit."""
    told = cells
    while told and not told[-1].text:
        told = told[:-1]
    if len(told) == len(cells) or not rows or len(cells) != len(rows[0]):
        return cells
    kinds = [column_kind(cell.text) for cell in rows[0]]
    return told if len(told) > 1 and _unsuited(kinds, told) >= _SHIFTED else cells


_SHIFTED = 5.0  # cost of the cells of a row that stand one column off


def _unsuited(kinds: Sequence[str], cells: Sequence[Cell]) -> float:
    pairs = zip(kinds, cells, strict=False)
    return sum(cell_cost(kind, cell.text) for kind, cell in pairs if kind and cell.text)


def _led_at(cells: tuple[Cell, ...], header: tuple[Cell, ...]) -> int | None:
    """Where the name of a group stands in front of that of its first row, in the one column that the
    heading gives to both: 「1 | 市场环境 | 每千人拥有企业数 | 户 | 84」."""
    kinds = [column_kind(cell.text) for cell in header]
    at = kinds.index("name") if "name" in kinds else -1
    if at < 0 or any(_is_value(cell.text) or is_unit(cell.text) for cell in cells[at : at + 2]):
        return None
    return at if cells[at].text and cells[at + 1].text else None


def _spanned(cells: tuple[Cell, ...], rows: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """A row with fewer cells than its table: one names a group; of several, those are missing that hang on
    the row above. Each stands in the column that holds words of its length."""
    width = len(rows[0])
    if len(cells) == 1:
        return _across(cells[0], width)
    full = [row for row in rows if len(row) == width]
    above = full[-1]
    body = [row for row in full[1:] if not any(cell.merged for cell in row[1:])] or full[:1]
    stops = [sum(row[i].text.endswith("。") for row in body) for i in range(width)]
    usual = [sum(len(row[i].text) for row in body) / len(body) for i in range(width)]
    kinds = [column_kind(cell.text) for cell in rows[0]]

    def strain(columns: Sequence[int]) -> float:
        pairs = zip(columns, cells, strict=True)
        unlike = sum(
            abs(log((len(cell.text) + 1) / (usual[i] + 1)))
            + abs(cell.text.endswith("。") - stops[i] / len(body))
            for i, cell in pairs
        )
        unsuited = _unsuited([kinds[i] for i in columns], cells)
        # in a table of indicators the categories in front hang, and seldom anything behind a name
        inside = _INSIDE * (columns[-1] - columns[0] + 1 - len(columns)) if "value" in kinds else 0
        return unlike + unsuited + inside + (cells[0].text.isdigit() and columns[0] != 0)

    few = comb(width, len(cells)) <= _MOST_READINGS
    chosen = min(combinations(range(width), len(cells)), key=strain) if few else range(len(cells))
    placed = dict(zip(chosen, cells, strict=True))
    return tuple(placed.get(i) or Cell(above[i].content, merged=True) for i in range(width))
