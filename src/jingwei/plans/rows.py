"""Plan files as tables, for people who work in a spreadsheet."""

from typing import Any

from jingwei.core import Period
from jingwei.plans.entry import Entry
from jingwei.plans.planfile import PlanFile
from jingwei.plans.records import SECTION, labels
from jingwei.store.tables import Cell, Table

_PLACE = ("page", "paragraph", "line")


def section_table(plan: PlanFile, section: str) -> Table:
    """One row a record: its values, the words it was read from and where, and its review.

    Rejected records are there too, with their state. Titles are Chinese and English.
    """
    meaning = SECTION[section].meaning
    keys = (
        "id",
        *meaning,
        "quote",
        "file",
        *_PLACE,
        "section",
        "rule",
        "state",
        "by",
        "date",
        "note",
    )
    titles = {key: " ".join(labels()[key]) for key in keys}
    rows = [_row(entry, meaning) for entry in plan.entries(section)]
    return Table(labels()[section][0], titles, rows)


def _row(entry: Entry[Any], meaning: tuple[str, ...]) -> dict[str, Cell]:
    record, review = entry.record, entry.review
    values = {name: _cell(getattr(record, name)) for name in meaning}
    places = {name: getattr(record.evidence, name) for name in _PLACE}
    return {
        "id": record.id,
        **values,
        "quote": record.quote,
        "file": record.evidence.file,
        **places,
        "section": _cell(record.section),
        "rule": record.rule,
        "state": entry.state,
        "by": review.by,
        "date": review.date,
        "note": review.note,
    }


def _cell(value: Any) -> Cell:
    if isinstance(value, tuple):
        return "；".join(map(str, value))  # pyright: ignore[reportUnknownArgumentType]
    return str(value) if isinstance(value, Period) else value
