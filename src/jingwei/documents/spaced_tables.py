"""Tables whose cells are parted by tabs, or by four blanks in place of each, and run on over lines.

    分类    序号    指标    属性    2030年目标
    经济强    1    生产总值年均增长（%）    预期性    5以上
        2    居民收入增长    预期性    与经济增长
    保持同步
            其中：农村居民    预期性    6

The numbers of the rows tell where rows begin; what stands between goes on with the last cell. An empty
cell keeps its place, so that a row without a number has as many tabs in front as cells that hang above.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from jingwei.documents.columns import column_kind
from jingwei.documents.folding import EMPTY, fold, join
from jingwei.documents.lines import Grid, Line, line_begin
from jingwei.documents.model import Cell, Text
from jingwei.documents.numbering import opens_section
from jingwei.documents.tables import spread_heading
from jingwei.documents.vocabulary import words

_STEP = 4  # blanks in place of a tab
_GAPS = ("\t", " " * _STEP, "\u3000" * _STEP)
_FEWEST_CELLS = 3
_FEWEST_ROWS = 3
_MOST_HEADINGS = 8  # lines
_LONGEST_PIECE = 40
_RUN = re.compile(r"\t|[ \u3000]{2,}")
_NOTE = re.compile(r"(?:注|备注|说明|资料来源|数据来源)\d{0,2}[:：]")


def spaced_table(source: str, lines: Sequence[Line], index: int) -> tuple[Grid, int] | None:
    """The table whose headings begin in ``lines[index]``, and the line after it."""
    line = lines[index]
    if not any(source.find(gap, line.start, line.end) >= 0 for gap in _GAPS):
        return None  # as almost every line of a text
    heads = _cells(source, line)
    if heads is None or len(heads) < _FEWEST_CELLS:
        return None
    kinds = [column_kind(head.text) for head in heads]
    serial = kinds.index("serial") if "serial" in kinds[:2] else -1
    if serial < 0 or "name" not in kinds:
        return None
    rows, first, end = _rows(source, lines, index, serial)
    body = rows[first:]
    if first == 0 or len(body) < _FEWEST_ROWS:
        return None
    width = len(heads) if first == 1 else Counter(map(len, body)).most_common(1)[0][0]
    header = _header(rows[:first], width)
    if header is None:
        return None
    name = [column_kind(cell.text) for cell in header[0]].index("name")
    return Grid((*header, *_even(source, body, width, name))), end


def _cells(source: str, line: Line) -> list[Text] | None:
    """The cells of a line; None where its blanks stand for no tabs."""
    begin = line_begin(source, line.start)
    stop = line.end
    while stop < len(source) and source[stop] in " \t\u3000":
        stop += 1
    cells: list[Text] = []
    start = begin
    for run in _RUN.finditer(source, begin, stop):
        steps = 1 if run[0] == "\t" else len(run[0]) // _STEP
        if run[0] != "\t" and len(run[0]) % _STEP:
            return None
        cells.append(fold(source, start, run.start()))
        cells += [EMPTY] * (steps - 1)
        start = run.end()
    cells.append(fold(source, start, max(start, line.end)))
    return cells


def _rows(
    source: str, lines: Sequence[Line], index: int, serial: int
) -> tuple[list[list[Text]], int, int]:
    """The rows as far as they go, how many of them are headings, and the line after them."""
    rows: list[list[Text]] = []
    first = number = 0
    end = index
    for at in range(index, len(lines)):
        cells = _cells(source, lines[at])
        if cells is None or _ends(lines[at], cells):
            break
        expected = str(number + 1)
        if len(cells) > serial + 1 and cells[serial].text == expected:
            number += 1
            first = first or len(rows)
            rows.append(cells)
        elif not rows or (
            len(cells) > serial + 1 and not any(each.text for each in cells[: serial + 1])
        ):
            rows.append(cells)
        elif not number and at - index > _MOST_HEADINGS:
            break
        else:
            row = rows[-1]
            rows[-1] = [*row[:-1], join(source, (row[-1], cells[0])), *cells[1:]]
        end = at + 1
    return rows, first, end


def _ends(line: Line, cells: Sequence[Text]) -> bool:
    """Whether a line stands below the table: a note, a heading, prose."""
    text = line.text
    longest = max(len(cell) for cell in cells)
    alone = len(cells) == 1 and (text.endswith("。") or longest > _LONGEST_PIECE)
    return alone or opens_section(text) or _NOTE.match(text) is not None


def _header(rows: Sequence[list[Text]], width: int) -> list[tuple[Cell, ...]] | None:
    """One row of headings, or two: what stands over two columns is told of both."""
    over = [Cell(text) for text in rows[0]]
    if len(rows) == 1:
        return [tuple(over)] if len(over) == width else None
    if len(rows) > 2:
        return None
    under = [*rows[1], *[EMPTY] * (width - len(rows[1]))]
    told = [n for n, text in enumerate(under) if text.text]
    spread = width - len(over)
    if len(under) != width or spread < 1 or len(told) != spread + 1:
        return None
    at = told[0]
    if at >= len(over) or told[-1] - at != spread:
        return None
    return spread_heading(over, at, [Cell(text) for text in under[at : at + spread + 1]])


def _even(
    source: str, rows: Sequence[list[Text]], width: int, name: int
) -> Iterator[tuple[Cell, ...]]:
    """The rows in as many cells as the table has columns; a name in two cells is one, its first part is
    that of the row above where it is empty, like an attribute printed once."""
    lead = EMPTY
    above: tuple[Cell, ...] | None = None
    for row in rows:
        cells = list(row)
        while len(cells) > width and not cells[-1].text:
            cells.pop()
        if len(cells) == width + 1:
            lead = cells[name] if cells[name].text else lead
            cells[name : name + 2] = [join(source, (lead, cells[name + 1]))]
        cells = [*cells, *[EMPTY] * (width - len(cells))][:width]
        even = tuple(Cell(text) for text in cells)
        if above is not None:
            even = tuple(
                Cell(over.content, merged=True) if _hangs(cell, over) else cell
                for cell, over in zip(even, above, strict=True)
            )
        above = even
        yield even


def _hangs(cell: Cell, above: Cell) -> bool:
    return not cell.text and above.text in words("table")["attributes"]
