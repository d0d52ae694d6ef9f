"""Papers: one content, written as HTML, DOCX and PDF in the layout of an official document.

One idea: a number is a run of text that cannot be made without the note that proves it. Whoever
fills a ``Paper`` gives evidence, not layout; the three writers give layout (GB/T 9704-2012), and
none of them computes (``docs/semantics.md`` §26).
"""

from jingwei.app.reports.paper.model import (
    Block,
    Chart,
    Column,
    Figure,
    Grid,
    Heading,
    Paper,
    Paragraph,
    Run,
    order,
)
from jingwei.app.reports.paper.notes import Note, Notes, counted

__all__ = [
    "Block",
    "Chart",
    "Column",
    "Figure",
    "Grid",
    "Heading",
    "Note",
    "Notes",
    "Paper",
    "Paragraph",
    "Run",
    "counted",
    "order",
]
