"""Printed grids to tables: one length of row, captions and notes apart, merged cells filled."""

from collections.abc import Sequence
from dataclasses import dataclass

from jingwei.documents.columns import column_kind
from jingwei.documents.folding import EMPTY, join
from jingwei.documents.lines import Grid
from jingwei.documents.model import Cell, Table, Text
from jingwei.documents.vocabulary import words

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """A table with what was printed inside its border but is no part of it."""

    table: Table | None
    caption: Text
    notes: tuple[Text, ...]


def joined(above: Grid, below: Grid) -> Grid | None:
    """Two pieces of one table, split over pages; None if they are two tables."""
    if not above.rows or not below.rows or below.caption.text:
        return None
    if len(above.rows[0]) != len(below.rows[0]):
        return None
    repeated = _same(above.rows[0], below.rows[0]) or any(
        _same(row, below.rows[0]) for row in above.rows[:3]
    )
    if not repeated and is_header(below.rows[0]):
        return None
    return Grid(above.rows + below.rows, above.caption)


def finish(source: str, grid: Grid) -> Finished:
    """The table of a grid; ``table`` is None if nothing but text is left."""
    rows = [row for row in grid.rows if any(cell.text for cell in row)]
    width = max((len(row) for row in rows), default=0)
    rows = [row + (Cell(EMPTY),) * (width - len(row)) for row in rows]
    caption = grid.caption
    while rows and _is_banner(rows[0]) and len(rows) > 1:
        caption = join(source, (caption, _banner(rows.pop(0))))
    notes: list[Text] = []
    while len(rows) > 1 and _is_banner(rows[-1]) and _is_note(_banner(rows[-1]).text):
        notes.insert(0, _banner(rows.pop()))
    if not rows or width < 2:
        return Finished(None, caption, (*(cell.content for row in rows for cell in row), *notes))
    header_rows = _header_rows(rows)
    header, body = rows[:header_rows], rows[header_rows:]
    body = [row for row in body if not any(_same(row, printed) for printed in header)]
    if header:
        body = _with_continued_rows(source, header[-1], body)
        body = _filled(header[-1], body)
    return Finished(Table((*header, *body), header_rows), caption, tuple(notes))


def spread_heading(over: Sequence[Cell], at: int, under: Sequence[Cell]) -> list[Row]:
    """Two rows of headings of which ``over[at]`` stands over the columns ``under`` it, and the others over
    one column each."""
    wide = [over[at], *[Cell(over[at].content, merged=True)] * (len(under) - 1)]
    before = [Cell(cell.content, merged=True) for cell in over[:at]]
    behind = [Cell(cell.content, merged=True) for cell in over[at + 1 :]]
    return [(*over[:at], *wide, *over[at + 1 :]), (*before, *under, *behind)]


def is_header(row: Sequence[Cell]) -> bool:
    """Whether a row names columns."""
    named = [column_kind(cell.text) for cell in row if cell.text]
    return sum(1 for kind in named if kind) * 2 > len(named) and len(named) >= 2


def _same(one: Sequence[Cell], other: Sequence[Cell]) -> bool:
    return [cell.text for cell in one] == [cell.text for cell in other]


def _is_banner(row: Sequence[Cell]) -> bool:
    """One text across the whole width."""
    return bool(row[0].text) and all((cell.merged and cell.text == row[0].text) for cell in row[1:])


def _banner(row: Sequence[Cell]) -> Text:
    return row[0].content


def _is_note(text: str) -> bool:
    return text.startswith(tuple(words("caption")["notes"]))


def _header_rows(rows: Sequence[Row]) -> int:
    """One row, or two where the first has a heading over several columns."""
    if not is_header(rows[0]) and any(cell.text.replace(".", "").isdigit() for cell in rows[0]):
        return 0
    if len(rows) > 2 and any(cell.merged for cell in rows[0]):
        below = rows[1]
        carried = sum(cell.text == above.text for cell, above in zip(below, rows[0], strict=True))
        if carried or is_header(below):
            return 2
    return 1


def _with_continued_rows(source: str, header: Row, body: Sequence[Row]) -> list[Row]:
    """A row cut by a page turn goes on in a row that has text but neither number nor values."""
    kinds = [column_kind(cell.text) for cell in header]
    told = [i for i, kind in enumerate(kinds) if kind in ("serial", "unit", "value", "attribute")]
    whole: list[Row] = []
    for row in body:
        filled = [i for i, cell in enumerate(row) if cell.text and not cell.merged]
        goes_on = (
            whole
            and "serial" in kinds
            and filled
            and not any(row[i].text for i in told)
            and all(kinds[i] in ("name", "text") for i in filled)
        )
        if goes_on:
            above = whole.pop()
            row = tuple(
                Cell(join(source, (a.content, b.content)), a.merged) if b.text else a
                for a, b in zip(above, row, strict=True)
            )
        whole.append(row)
    return whole


def _filled(header: Row, body: Sequence[Row]) -> list[Row]:
    """An empty category repeats the one above it: it is printed in the first row of its group."""
    kinds = [column_kind(cell.text) for cell in header]
    named = next((i for i, kind in enumerate(kinds) if kind in ("serial", "name")), 0)
    columns = [i for i, kind in enumerate(kinds) if i < named or kind == "category"]
    filled: list[Row] = []
    for row in body:
        if filled:
            cells = list(row)
            for column in columns:
                if not cells[column].text and filled[-1][column].text:
                    cells[column] = Cell(filled[-1][column].content, merged=True)
            row = tuple(cells)
        filled.append(row)
    return filled
