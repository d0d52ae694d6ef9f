"""Tables in plain lines with a cell on each line, as text taken from pages or office files has them.

    序号 / 主要指标 / 单位 / 计划任务 / 其中:2021年任务 / 指标属性
    1 / 建设雨水管网 / 公里 / 2000 / 628 / 约束性

The numbers of the rows part them; headings and cells may be cut over lines, and a category may stand in
the first of its rows only. Which piece of a row is in which column ``columns.split_row`` tells. Tables
without numbers are in ``unnumbered_rows``.
"""

import re
from collections.abc import Iterator, Sequence

from jingwei.documents.columns import column_kind, split_row
from jingwei.documents.folding import EMPTY, join
from jingwei.documents.lines import Grid, Line
from jingwei.documents.model import Cell, Text
from jingwei.documents.unnumbered_rows import unnumbered_rows
from jingwei.documents.vocabulary import words

_FEWEST_ROWS = 3
_FEWEST_CELLS = 3
_MOST_HEADINGS = 24  # lines
_MOST_CELLS = 24  # lines of a row
_LONGEST_HEADING = 20
_LONGEST_CELL = 60
_LONGEST_CATEGORY = 4
_VALUE = re.compile(r"[<>≥≤约]?\d[\d.,]*(?:%|左右|以上)?$|[^,。;]{0,8}[<>≥≤]\d")
_WORST = 4.0  # cost of a row that is still one
_OVER = re.compile(r"(?:注|说明|备注|资料来源|数据来源)\d?:|.*。")


def stacked_table(source: str, lines: Sequence[Line], index: int) -> tuple[Grid, int] | None:
    """The table whose headings begin in ``lines[index]``, and the line after it."""
    return _numbered_table(source, lines, index) or _unnumbered_table(source, lines, index)


def _numbered_table(source: str, lines: Sequence[Line], index: int) -> tuple[Grid, int] | None:
    if lines[index].text not in words("table")["serial"]:
        return None
    first = next(
        (
            n
            for n in range(index + 1, min(index + _MOST_HEADINGS, len(lines)))
            if lines[n].text == "1"
        ),
        None,
    )
    if first is None or any(len(line.text) > _LONGEST_HEADING for line in lines[index:first]):
        return None
    heads = list(_heads(source, lines[index + 1 : first]))
    kinds = _kinds(heads)
    starts = _starts(lines, first)
    if len(starts) < _FEWEST_ROWS or len(heads) < _FEWEST_CELLS or "name" not in kinds:
        return None
    rows: list[tuple[Cell, ...]] = []
    category = EMPTY
    end = first
    for number, start in enumerate(starts):
        stop = starts[number + 1] if number + 1 < len(starts) else _end(lines, start)
        read = _row(
            [line.content for line in lines[start + 1 : stop]],
            kinds,
            source,
            last=number + 1 == len(starts),
        )
        if read is None:
            return None
        cells, used = read
        if kinds[0] == "category":
            category = cells[0] if len(cells[0]) else category
            cells = [category, *cells[1:]]
        rows.append((Cell(lines[start].content), *(Cell(text) for text in cells)))
        end = start + 1 + used
    header = (Cell(lines[index].content), *(Cell(head) for head in heads))
    return Grid((header, *rows)), end


def _unnumbered_table(source: str, lines: Sequence[Line], index: int) -> tuple[Grid, int] | None:
    if column_kind(lines[index].text) not in ("category", "name", "serial"):
        return None
    readings: list[tuple[float, int, Grid]] = []
    for first in _behind_headings(lines, index):
        told = tuple(line.text for line in lines[index:first])
        for heads in _without_heading_of_group(list(_heads(source, lines[index:first]))):
            kinds = _kinds(heads)
            if "name" not in kinds or "value" not in kinds:
                continue
            columns = [(kind, head.text) for kind, head in zip(kinds, heads, strict=True)]
            read = unnumbered_rows(source, lines, first, columns, told)
            if read is not None:
                header = tuple(Cell(head) for head in heads)
                readings.append((read.end - 2 * read.cost, read.end, Grid((header, *read.rows))))
    if not readings:
        return None
    _, end, grid = max(readings, key=lambda reading: reading[:2])
    return grid, end


def _without_heading_of_group(heads: list[Text]) -> Iterator[list[Text]]:
    """The headings as they are, and without one that may stand over two that follow: “十五五”目标 over 2030年
    and 年均[累计]."""
    yield heads
    kinds = [column_kind(head.text) for head in heads]
    for n in range(len(heads) - 2):
        over = kinds[n] == "value" and kinds[n + 1] == kinds[n + 2] == "value"
        if over and not _ONE_YEAR.search(heads[n].text):
            yield [*heads[:n], *heads[n + 1 :]]


_ONE_YEAR = re.compile(r"(?:19|20)\d\d")


def _behind_headings(lines: Sequence[Line], index: int) -> Iterator[int]:
    """Where the headings that begin at ``index`` may end: the name of the first row can look like one
    (地区生产总值年均增速)."""
    for n in range(index + 1, min(index + _MOST_HEADINGS, len(lines))):
        text = lines[n].text
        cut = _belongs(lines[n - 1].text, text, lines[n - 1].text + text)
        heading = cut or bool(column_kind(text))
        if n > index + 1 and (not heading or _NAME_LIKE_HEADING.fullmatch(text)):
            yield n
        if not heading:
            return


_NAME_LIKE_HEADING = re.compile(r"\D{6,}")


def _heads(source: str, told: Sequence[Line]) -> Iterator[Text]:
    """The headings, those in one piece that were cut over lines: 指标 and 属性, 2025年 and 目标."""
    n = 0
    named = False
    while n < len(told):
        content = told[n].content
        first = not named and column_kind(content.text) == "name"  # 「指标 / 单位」 are two
        if n + 1 < len(told) and not first:
            both = join(source, (content, told[n + 1].content))
            below = told[n + 1].text
            if _belongs(content.text, below, both.text):
                content, n = both, n + 1
        named = named or first
        yield content
        n += 1


_TAIL = frozenset(
    (
        "目标",
        "情况",
        "现状",
        "任务",
        "指标值",
        "值",
        "年",
        "实际",
        "完成情况",
        "目标值",
        "预计",
        "预期",
        "完成",
        "完成值",
        "实际值",
        "基数",
        "规划",
        "规划值",
    )
)
_DATED = re.compile(r"20\d\d年?|“?十[一二三四五六七]五”?(?:规划|完成|实际|期末|末)?")


def _belongs(above: str, below: str, both: str) -> bool:
    if below[0] in "([〔【或/" or above[-1] in "/、":
        return True
    known = words("table")
    named = any(both in known[kind] for kind in ("name", "unit", "attribute", "category"))
    return named or (below in _TAIL and _DATED.fullmatch(above) is not None)


def _kinds(heads: Sequence[Text]) -> list[str]:
    """The kinds of the columns; a column that only leads the others names its rows."""
    kinds = [column_kind(head.text) or "value" for head in heads]
    if kinds and "name" not in kinds and kinds[0] in ("value", "category"):
        kinds[0] = "name"
    return kinds


def _starts(lines: Sequence[Line], first: int) -> list[int]:
    """The lines with the numbers of the rows; where a cell holds the next number as well, the one that
    makes rows as long as the first."""
    starts = [first]
    length = 0
    while True:
        last, number = starts[-1], str(len(starts) + 1)
        near = range(last + _FEWEST_CELLS, _end(lines, last))
        found = [n for n in near if lines[n].text == number]
        if not found:
            return starts
        chosen = last + length if last + length in found else found[0]
        length = length or chosen - last
        starts.append(chosen)


def _is_over(line: Line) -> bool:
    return len(line.text) > _LONGEST_CELL or _OVER.match(line.text) is not None


def _end(lines: Sequence[Line], start: int) -> int:
    """Where a row that begins at ``start`` must have ended."""
    most = min(start + _MOST_CELLS, len(lines))
    return next((n for n in range(start + 1, most) if _is_over(lines[n])), most)


def _row(
    pieces: Sequence[Text], kinds: Sequence[str], source: str, *, last: bool
) -> tuple[list[Text], int] | None:
    """The cells of a row and how many lines they take. What stands below the ``last`` row is not of it."""
    taken = 0
    leads: list[Text] = []
    if kinds[0] == "category":
        short = 0
        while short < len(pieces) - len(kinds) + 1 and len(pieces[short]) <= _LONGEST_CATEGORY:
            short += 1
        leads, taken = [join(source, pieces[:short])], short
        kinds = kinds[1:]
    rest = pieces[taken:]
    counts = [len(rest)]
    if last:
        counts = [n for n in range(len(kinds), len(rest) + 1) if not _goes_on(rest[n:])]
    best: tuple[float, list[Text], int] | None = None
    for count in counts:
        texts = tuple(piece.text for piece in rest[:count])
        groups, cost = split_row(texts, tuple(kinds), (True,) * (len(texts) - 1))
        if groups is None or cost >= _WORST or (best is not None and cost >= best[0]):
            continue
        cells = [join(source, rest[a:b]) for a, b in groups]
        best = (cost, cells, taken + count)
    if best is None:
        return None
    return [*leads, *best[1]], best[2]


def _goes_on(below: Sequence[Text]) -> bool:
    """Whether a value or an attribute stands on the next line, which is of the row still."""
    return bool(below) and (
        _VALUE.match(below[0].text) is not None or below[0].text in words("table")["attributes"]
    )
