"""Tables that hand out work: 重点任务分工表, 重点项目表.

Such a table has a column of tasks and one of owners or dates; other tables give no tasks. A
cell that repeats the one above it is not a task of its own.
"""

import re
from collections.abc import Iterator
from functools import cache

from jingwei.core import Period
from jingwei.documents.model import Cell, Document, Table
from jingwei.plans import owners
from jingwei.plans.deadlines import cell_deadline
from jingwei.plans.identity import Ids
from jingwei.plans.lexicon import any_of
from jingwei.plans.orders import order_in, word_lists
from jingwei.plans.passages import Passage
from jingwei.plans.places import Places
from jingwei.plans.records import Task

_COLUMNS = ("lead", "support", "due", "where", "what")


@cache
def _columns() -> dict[str, re.Pattern[str]]:
    lists = word_lists("owners")
    return {
        "what": re.compile(f"^(?:{any_of(lists['column']['what'])})"),
        "lead": re.compile(any_of(lists["label"]["lead"])),
        "support": re.compile(any_of(lists["label"]["support"])),
        "due": re.compile(any_of(lists["column"]["due"])),
        "where": re.compile(any_of(lists["column"]["where"])),
    }


def _layout(table: Table) -> dict[str, list[int]] | None:
    """Columns by what they hold; None for a table that hands out no work."""
    if not table.rows or table.header_rows < 1:
        return None
    heads = [
        "".join(dict.fromkeys(row[index].text for row in table.rows[: table.header_rows]))
        for index in range(len(table.rows[0]))
    ]
    layout: dict[str, list[int]] = {name: [] for name in _COLUMNS}
    for index, head in enumerate(heads):
        name = next((name for name in _COLUMNS if _columns()[name].search(head)), "")
        if name:
            layout[name].append(index)
    working = layout["what"] and (layout["lead"] or layout["due"])
    return layout if working and not any("指标" in head for head in heads) else None


def table_tasks(document: Document, passage: Passage, places: Places, ids: Ids) -> Iterator[Task]:
    """The rows of a table of tasks."""
    table, context = passage.block.table, passage.context
    layout = _layout(table) if table else None
    if table is None or layout is None:
        return
    for row in table.rows[table.header_rows :]:
        what = row[layout["what"][-1]]
        if len(what.text) < 2 or what.merged:
            continue
        span = document.span(what.content, 0, len(what.text))
        words = what.text
        name = row[layout["what"][0]].text
        if len(words) < 6 and name != words:
            words = f"{name}:{words}"
        order = order_in(words)
        period, day = cell_deadline(_joined(row, layout["due"], ""), context)
        end = Period.year(context.goal_period.last) if context.goal_period else None
        yield Task(
            id=ids.of(document.name, span.quote, span),
            document=document.name,
            what=words.rstrip("。;"),
            owner=owners.bodies(_joined(row, layout["lead"], "、")),
            where=_joined(row, layout["where"], "、") or "、".join(places.find(words)),
            due=period or end,
            quote=span.quote,
            section=context.section,
            rule="table.row",
            evidence=span,
            verb=words[: order.end] if order else "",
            object=re.split(r"[,;:。]", words[order.end :] if order else words)[0],
            supporting=owners.bodies(_joined(row, layout["support"], "、")),
            due_stated=period is not None,
            deadline=day,
        )


def _joined(row: tuple[Cell, ...], columns: list[int], mark: str) -> str:
    return mark.join(row[index].text for index in columns if row[index].text)
