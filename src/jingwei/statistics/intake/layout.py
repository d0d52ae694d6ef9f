"""Tables within a sheet: titles, header rows, stub columns, data, notes.

A sheet may hold several tables, one below the other, each with title rows, a line 单位：万元, headers
over several rows with merged cells, section rows between the data and notes below it. The layout is
told from where numbers stand; what the words mean is decided elsewhere.
"""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from jingwei.statistics.intake.cells import Meaning, Missing, Number, Words, meaning
from jingwei.statistics.intake.grid import Cell, Grid
from jingwei.statistics.intake.times import read_when
from jingwei.statistics.intake.words import folded, listed, words

_HEADINGS = {
    folded(word)
    for key in ("indicator", "region", "year", "period", "month", "number", "industry")
    for word in words()["columns"][key]
}
_AXES = {
    folded(word).lower()
    for key in ("indicator", "region", "year", "period", "month", "industry", "breakdown", "value")
    for word in words()["columns"][key]
} | {"年", "年数", "月度", "季度"}
_ROLES = {folded(word).lower() for listed_ in words()["columns"].values() for word in listed_}
_AXIS = re.compile(r"[按各分历]*(.+?)(?:分组|分列|分|别)?")
_BRACKETED = re.compile(r"[(（【\[][^()（）【】\[\]]*[)）】\]]")
_UNIT_LINE = re.compile(r"(?:计量)?单位\s*[:：]\s*(.+)")
_LONG_NOTE = 30


@dataclass(frozen=True, slots=True)
class Table:
    """One table. Rows and columns count from 0 within the grid.

    headers:   texts above each column, top to bottom, merged cells repeated
    sections:  for a data row, the labels of section rows above it
    """

    grid: Grid
    titles: tuple[str, ...]
    unit_lines: tuple[str, ...]
    headers: tuple[tuple[str, ...], ...]
    rows: tuple[int, ...]
    sections: tuple[tuple[str, ...], ...]
    columns: tuple[int, ...]
    header_rows: tuple[int, ...]

    def header(self, column: int) -> tuple[str, ...]:
        return self.headers[column] if column < len(self.headers) else ()

    def title_of(self, column: int) -> str:
        """The column's name as a person would call it."""
        return "/".join(self.header(column)) or _letter(column)


def _letter(column: int) -> str:
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def tables(grid: Grid) -> tuple[tuple[Table, ...], tuple[tuple[int, str], ...]]:
    """The tables of a sheet, and the notes (row from 0, text) that belong to none."""
    return _Reader(grid).read()


class _Reader:
    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.meanings = [[meaning(cell) for cell in row] for row in grid.rows]
        self.said = [
            [(column, cell.text) for column, cell in enumerate(row) if not cell.empty]
            for row in grid.rows
        ]
        """The cells of each row that are not empty: column and text."""
        self.inner_notes: list[tuple[int, str]] = []
        self.span: dict[tuple[int, int], tuple[int, int]] = {}
        for top, left, bottom, right in grid.merged:
            # a merged whole column or row is decoration; what it would repeat is bounded
            for row in range(top, min(bottom, top + 12, len(grid.rows) - 1) + 1):
                for column in range(left, min(right, left + 400) + 1):
                    self.span[row, column] = (top, left)
        self.kinds = [self._kind(row) for row in range(len(grid.rows))]
        self._mend_counts_like_years()
        self._mend_lists_of_words()
        self._mend_rows_left_empty()

    def cell(self, row: int, column: int) -> Cell:
        return self.grid.at(*self.span.get((row, column), (row, column)))

    def _kind(self, row: int) -> str:
        """blank, title (one text), note, unit, header (texts and years), data (numbers)."""
        texts = self.said[row]
        if not texts:
            return "blank"
        first = texts[0][1]
        if len(texts) <= 4 and all(_is_form_line(text) or _is_day(text) for _, text in texts):
            return "form"
        if len(texts) == 1:
            if _is_note(first):
                return "note"
            if _UNIT_LINE.fullmatch(folded(first)):
                return "unit"
            if isinstance(self.meanings[row][texts[0][0]], Words) or read_when(first)[0].year:
                return "title"
        if _is_note(first) and not any(
            isinstance(self.meanings[row][column], Number) for column, _ in texts[1:]
        ):
            return "note"
        values = 0
        years = 0
        months = 0
        for column, text in texts:
            found = self.meanings[row][column]
            if isinstance(found, Number) and _SIX_DIGITS.fullmatch(folded(text)):
                months += 1
            elif _is_period(found, text):
                years += 1
            elif (isinstance(found, Number) and not read_when(text)[0].first) or (
                self.grid.rows[row][column].fault
            ):
                values += 1
        if values:  # 198111 beside 171975 is an amount, no November
            values += months
        else:
            years += months
        missing = sum(
            1
            for column, _ in texts
            if column > 0 and isinstance(self.meanings[row][column], Missing)
        )
        words_here = len(texts) - values - years - missing
        if values == 0 and missing and years == 0 and words_here <= 3 and missing >= words_here:
            return "data"
        if (
            values == 0
            and missing
            and years == 1
            and not words_here
            and _is_period(self.meanings[row][texts[0][0]], first)
        ):
            return "data"  # the first year of a series that begins later: 2015 — — —
        if values == 0:
            if any(_UNIT_LINE.search(folded(text)) for _, text in texts) and len(texts) <= 3:
                return "unit"
            return "header"
        if years >= 2 and years >= values:
            return "header"
        return "data"

    def _mend_counts_like_years(self) -> None:
        """A row of counts (1950, 2013) looks like a heading of years: its place tells."""
        before = ""
        last = -1
        for row, kind in enumerate(self.kinds):
            if kind == "header" and self._only_plain_years(row):
                head = self.grid.at(row, 0).text
                above = self.grid.at(last, 0).text if last >= 0 else ""
                named = bool(head) and not _is_period(meaning(self.grid.at(row, 0)), head)
                steps = self._plain_years(row)
                even = len(steps) > 1 and len({b - a for a, b in pairwise(steps)}) == 1
                even = even and 0 < abs(steps[1] - steps[0]) <= 5
                if (
                    (before == "data" and not even)
                    or (before == "data" and head and head != above and not self._starts_anew(row))
                    or (before == "header" and named and above and not even)
                    or (before == "header" and named and above and self._has_periods(last))
                ):
                    kind = self.kinds[row] = "data"
            if kind not in ("blank", "note", "form"):
                before, last = kind, row

    def _mend_lists_of_words(self) -> None:
        """A list of enterprises without a number: rows of words below a heading of names."""
        names = {*words()["columns"]["entity_code"], *words()["columns"]["entity"]}
        width = 0
        for row, kind in enumerate(self.kinds):
            texts = [folded(text).lower() for _, text in self.said[row]]
            if kind == "header" and len(texts) >= 2 and names & set(texts):
                width = len(texts)
            elif kind in ("blank", "title", "unit"):
                width = 0
            elif kind == "header" and width and len(texts) >= 0.5 * width:
                self.kinds[row] = "data"

    def _mend_rows_left_empty(self) -> None:
        """A row of a form that nobody filled in: the stubs of its neighbours and no value."""
        data = [row for row, kind in enumerate(self.kinds) if kind == "data"]
        stubs = {row: self._words_of(row) for row in data}
        for row, kind in enumerate(self.kinds):
            if kind != "header" or not data:
                continue
            mine = self._words_of(row)
            if len(mine) < 2 or self._has_periods(row) or {*map(folded, mine.values())} & _HEADINGS:
                continue
            at = bisect(data, row)
            if any(
                mine.keys() == stubs[near].keys() and mine.items() & stubs[near].items()
                for near in data[max(at - 1, 0) : at + 1]
            ):
                self.kinds[row] = "data"

    def _words_of(self, row: int) -> dict[int, str]:
        return {
            column: text
            for column, text in self.said[row]
            if isinstance(self.meanings[row][column], Words)
        }

    def _starts_anew(self, row: int) -> bool:
        return bool({folded(self.grid.at(row, 0).text)} & _HEADINGS)

    def _has_periods(self, row: int) -> bool:
        return any(_is_period(self.meanings[row][c], text) for c, text in self.said[row])

    def _plain_years(self, row: int) -> list[int]:
        return [
            int(found.value)
            for found in self.meanings[row]
            if isinstance(found, Number) and found.value.is_integer() and not found.unit
        ]

    def _only_plain_years(self, row: int) -> bool:
        numbers = self._plain_years(row)
        texts = [t for c, t in self.said[row] if isinstance(self.meanings[row][c], Words)]
        return bool(numbers) and not any(_is_period(Words(t), t) for t in texts)

    def read(self) -> tuple[tuple[Table, ...], tuple[tuple[int, str], ...]]:
        found: list[Table] = []
        notes: list[tuple[int, str]] = []
        pending: list[int] = []
        row = 0
        while row < len(self.kinds):
            kind = self.kinds[row]
            if kind == "note":
                notes.append((row, self.said[row][0][1]))
            elif kind == "data":
                rows, sections, row = self._data(row)
                found.append(self._table(pending, rows, sections))
                pending = []
                continue
            elif kind not in ("blank", "form"):
                pending.append(row)
            row += 1
        return tuple(found), tuple(sorted({*notes, *self.inner_notes}))

    def _data(self, row: int) -> tuple[list[int], list[tuple[str, ...]], int]:
        """Data rows from ``row`` on, with section rows between them, up to the next table."""
        rows: list[int] = []
        sections: list[tuple[str, ...]] = []
        section: tuple[str, ...] = ()
        width = 0
        while row < len(self.kinds):
            kind = self.kinds[row]
            if kind == "data":
                rows.append(row)
                sections.append(section)
                width = max(width, len(self.said[row]))
            elif kind == "blank":
                if row + 1 >= len(self.kinds) or self.kinds[row + 1] != "data":
                    after = next((k for k in self.kinds[row + 1 :] if k != "blank"), "")
                    if after != "note":
                        break
            elif kind == "note":
                self.inner_notes.append((row, self.said[row][0][1]))
            elif kind == "title" and self._is_section(row):
                section = (self.said[row][0][1],)
            elif kind == "header" and self._repeats_header(row, rows):
                pass
            else:
                break
            row += 1
        return rows, sections, row

    def _is_section(self, row: int) -> bool:
        """A lone label in the stub with data right below it."""
        texts = self.said[row]
        below = self.kinds[row + 1] if row + 1 < len(self.kinds) else ""
        wide = any(top == row and right - left >= 3 for top, left, _, right in self.grid.merged)
        return below == "data" and texts[0][0] <= 1 and (not wide or not _names_table(texts[0][1]))

    def _repeats_header(self, row: int, rows: list[int]) -> bool:
        """A header printed again after a page break: the same texts as one above the data."""
        mine = [text for _, text in self.said[row]]
        return any(
            [text for _, text in self.said[above]] == mine
            for above in range(max(0, rows[0] - 6), rows[0])
        )

    def _table(
        self, above: Sequence[int], rows: list[int], sections: list[tuple[str, ...]]
    ) -> Table:
        titles: list[str] = []
        unit_lines: list[str] = []
        header_rows: list[int] = []
        for row in above:
            kind = self.kinds[row]
            texts = [text for _, text in self.said[row]]
            texts = [text for text in texts if not (_is_form_line(text) or _is_day(text))]
            for text in texts:
                if match := _UNIT_LINE.search(folded(text)):
                    unit_lines.append(match[1])
            if kind in ("title", "unit"):
                plain = [text for text in texts if not _UNIT_LINE.fullmatch(folded(text))]
                if kind == "title" and header_rows and self.said[row][0][0] > 0:
                    header_rows.append(row)  # a lone heading in the middle of the header
                else:
                    titles += plain
            elif texts:
                header_rows.append(row)
        if not header_rows and titles and above and self.kinds[above[-1]] == "title":
            column = self.said[above[-1]][0][0]
            if column > 0:
                header_rows = [above[-1]]
                titles.pop()
        columns = tuple(sorted({column for row in rows for column, _ in self.said[row]}))
        width = max(columns, default=-1) + 1
        headers = tuple(self._header(column, header_rows) for column in range(width))
        return Table(
            self.grid, tuple(dict.fromkeys(titles)), tuple(unit_lines), headers,
            tuple(rows), tuple(sections), columns, tuple(header_rows),
        )  # fmt: skip

    def _header(self, column: int, rows: Sequence[int]) -> tuple[str, ...]:
        texts: list[str] = []
        for order, row in enumerate(rows):
            text = self.cell(row, column).text
            if not text and order < len(rows) - 1:
                text = self._spread(row, column, rows[order + 1 :])
            if text and _UNIT_LINE.fullmatch(folded(text)):
                continue
            if text and (not texts or texts[-1] != text):
                texts.append(text)
        return tuple(
            text
            for order, text in enumerate(texts)
            if not (order + 1 < len(texts) and _names_axis(text) and not _is_role(texts[order + 1]))
        )

    def _spread(self, row: int, column: int, below: Sequence[int]) -> str:
        """The heading to the left, where merged cells were lost on the way to CSV."""
        if any((row, column) in self.span for _ in (0,)) or not any(
            self.cell(each, column).text for each in below
        ):
            return ""
        for left in range(column - 1, -1, -1):
            if text := self.cell(row, left).text:
                spans_one = not any(self.cell(each, left).text for each in below)
                return "" if spans_one else text
        return ""


@lru_cache(maxsize=4096)
def _is_note(text: str) -> bool:
    plain = text.strip()
    opening = any(
        plain.startswith(word) and (len(plain) == len(word) or not plain[len(word) :][0].isalnum() or word.endswith(("：", ":")) or len(word) > 2)
        for word in listed("notes", "opening")
    )  # fmt: skip
    marked = bool(plain) and plain[0] in words()["cell"]["marks"] and len(plain) > 8
    return opening or marked or (len(plain) > _LONG_NOTE and plain.endswith(("。", ".", "；")))


@lru_cache(maxsize=65536)
def _is_form_line(text: str) -> bool:
    plain = folded(text).replace(" ", "")
    return any(plain.startswith(word) for word in words()["notes"]["form"])


@lru_cache(maxsize=65536)
def _is_day(text: str) -> bool:
    """A date with its day, as forms bear it."""
    return (
        re.fullmatch(r"[(（]?\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[)）]?", folded(text)) is not None
    )


@lru_cache(maxsize=4096)
def _names_axis(text: str) -> bool:
    """A heading that only says what stands below it: 年份 over 2020, 2021, 2022; 地区 over names."""
    plain = _BRACKETED.sub("", folded(text)).lower().replace(" ", "")
    return plain in _AXES or bool((match := _AXIS.fullmatch(plain)) and match[1] in _AXES)


@lru_cache(maxsize=4096)
def _is_role(text: str) -> bool:
    """Whether a heading says itself what the cells of its column are (代码, 名称)."""
    plain = folded(text).lower()
    return plain.endswith(("代码", "编码", "名称", "简称")) or plain in _ROLES


def _names_table(text: str) -> bool:
    plain = folded(text)
    return "表" in plain or read_when(text)[0].year is not None


_SIX_DIGITS = re.compile(r"(?:19[5-9]\d|20\d\d)(?:0[1-9]|1[0-2])")


@lru_cache(maxsize=65536)
def _is_period(found: Meaning, text: str) -> bool:
    """A year or month as a heading: 2024, 2024年, 1-2月, 202411."""
    plain = folded(text)
    if isinstance(found, Number) and not re.search(r"[年月Qq季]", plain):
        return found.value.is_integer() and bool(
            re.fullmatch(r"(?:19[5-9]\d|20\d\d)(?:0[1-9]|1[0-2])?", plain)
        )
    when, rest = read_when(text)
    return not when.says_nothing and (when.year is not None or when.first is not None) and not rest
