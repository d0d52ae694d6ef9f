"""The day of publication that a file states of itself: 公布日期：2025-03-01."""

import re
from datetime import date

from jingwei.statistics.intake.grid import Book
from jingwei.statistics.intake.words import folded

_LABEL = re.compile(r"(?:公布|发布)日期\s*:?\s*(.*)$")
_DAY = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_ROWS = 12
"""Rows from the top in which the line is looked for."""


def published_in(book: Book) -> date | None:
    """The one day that the sheets of a file name, None where none or several are named."""
    found: set[date] = set()
    for grid in book.grids:
        for row in grid.rows[:_ROWS]:
            for column, cell in enumerate(row):
                label = _LABEL.search(folded(cell.text)) if isinstance(cell.content, str) else None
                if label is None:
                    continue
                beside = next((each for each in row[column + 1 :] if not each.empty), None)
                if beside is not None and isinstance(beside.content, date):
                    found.add(beside.content)
                    continue
                text = label[1] or (folded(beside.text) if beside is not None else "")
                if match := _DAY.search(text):
                    try:
                        found.add(date(int(match[1]), int(match[2]), int(match[3])))
                    except ValueError:
                        continue
    return found.pop() if len(found) == 1 else None
