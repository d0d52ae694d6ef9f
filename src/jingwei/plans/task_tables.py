"""Tables that hand out work: 重点任务分工表, 重点项目表.

Such a table has a column of tasks and one of owners or dates; other tables give no tasks. A
cell that repeats the one above it is not a task of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from jingwei.core import Period
from jingwei.documents.model import Cell, Document, Table
from jingwei.plans import owners
from jingwei.plans.context import Context
from jingwei.plans.dates import Date, dates
from jingwei.plans.deadlines import Deadline, cell_deadline, deadlines
from jingwei.plans.identity import Ids
from jingwei.plans.lexicon import any_of
from jingwei.plans.orders import order_in, word_lists
from jingwei.plans.owners import Owner
from jingwei.plans.passages import Clause, Passage, sentences
from jingwei.plans.places import Places
from jingwei.plans.records import Task
from jingwei.plans.segments import Segment, segments, sentence_parts

_COLUMNS = ("lead", "charged", "office", "support", "person", "due", "where", "what")


@cache
def _columns() -> dict[str, re.Pattern[str]]:
    lists = word_lists("owners")
    return {
        "what": re.compile(rf"^(?:20\d\d年度?)?(?:{any_of(lists['column']['what'])})"),
        **{kind: re.compile(any_of(words)) for kind, words in lists["label"].items()},
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
    owned = any(layout[kind] for kind in ("lead", "charged", "office", "person"))
    working = layout["what"] and (owned or layout["due"])
    return layout if working and not any("指标" in head for head in heads) else None


def _dates_over(table: Table, column: int) -> list[Date]:
    return dates("".join(row[column].text for row in table.rows[: table.header_rows]))


def work_cells(table: Table, context: Context) -> Iterator[tuple[Cell, Context]]:
    """The cells that say what is to be done (组织实施技改项目1000个以上), each with the time of its row, else
    of the heading of its column (2024年推进任务)."""
    layout = _layout(table)
    if layout is None:
        return
    headed = {what: _dates_over(table, what) for what in layout["what"]}
    for cells in table.rows[table.header_rows :]:
        due, _ = cell_deadline(_joined(cells, layout["due"], ""), context)
        for what, over in headed.items():
            if cells[what].merged or not re.search(r"\d", cells[what].text):
                continue
            period = due or (over[-1].period if over else None)
            until = Period.year(period.last) if period else context.goal_period
            yield cells[what], replace(context, mode="goal", goal_period=until)


def table_tasks(document: Document, passage: Passage, places: Places, ids: Ids) -> Iterator[Task]:
    """The rows of a table of tasks, and the dated parts of their words that differ from the row's date."""
    table, context = passage.block.table, passage.context
    layout = _layout(table) if table else None
    if table is None or layout is None:
        return
    headed = _dates_over(table, layout["what"][-1])
    for cells in table.rows[table.header_rows :]:
        what = cells[layout["what"][-1]]
        if len(what.text) < 2 or what.merged:
            continue
        owner = owners.of_columns(
            {kind: (cells[i].text for i in layout[kind]) for kind in _OWNING if layout[kind]}
        )
        row = _Row(
            document, context, what, owner, _joined(cells, layout["where"], "、"), places, ids
        )
        period, day = cell_deadline(_joined(cells, layout["due"], ""), context)
        parts = [
            (part, due) for part in _dated_parts(what.text, context)
            if (due := part.due) is not None and (due.period, due.day) != (period, day)
        ]  # fmt: skip
        if period is None and len(parts) == 1:
            period, day, parts = parts[0][1].period, parts[0][1].day, []
        if period is None and not parts and headed:
            period = headed[-1].period  # 「2031年推进任务」 over the column
        name = cells[layout["what"][0]].text
        named = f"{name}:{what.text}" if len(what.text) < 6 and name != what.text else what.text
        yield row.task(0, len(what.text), named, period, day, "table.row")
        for part, due in parts:
            said = what.text[part.start : part.end]
            if part.start:  # 「清理拖欠账款,6月底前化解70%」: with what it is about
                said = f"{_CLAUSE.split(what.text, maxsplit=1)[0]}:{said}"
            yield row.task(part.start, part.end, said, due.period, due.day, "table.clause")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table of tasks: its words and what holds for all of them."""

    document: Document
    context: Context
    what: Cell
    owner: Owner
    where: str
    places: Places
    ids: Ids

    def task(
        self, start: int, stop: int, said: str, due: Period | None, day: str, rule: str
    ) -> Task:
        """The task of the words from ``start`` to ``stop`` of the row, told as ``said``."""
        span = self.document.span(self.what.content, start, stop)
        end = self.context.goal_period
        order = order_in(said)
        return Task(
            id=self.ids.of(self.document.name, span.quote, span),
            document=self.document.name,
            what=said.strip(",、").rstrip("。;"),
            owner=self.owner.lead,
            where=self.where or "、".join(self.places.find(said)),
            due=due or (Period.year(end.last) if end else None),
            quote=span.quote,
            section=self.context.section,
            rule=rule,
            evidence=span,
            verb=said[: order.end] if order else "",
            object=_CLAUSE.split(said[order.end :] if order else said)[0],
            supporting=self.owner.support,
            due_stated=due is not None,
            deadline=day,
        )


_CLAUSE = re.compile("[,;:。]")
_OWNING = ("lead", "charged", "office", "support", "person")


def _dated_parts(text: str, context: Context) -> Iterator[Segment]:
    """The parts of a cell that a date of their own stands in."""
    for sentence in sentences(text):
        found = deadlines(text, sentence.start, sentence.end, context)
        for part in sentence_parts(sentence):
            here = [due for due in found if part[0].start <= due.start < part[-1].end]
            for each in segments(text, part, here, []):
                if each.due is not None:
                    yield each if each.opens else _in_its_clause(each, part, each.due)


def _in_its_clause(segment: Segment, part: list[Clause], due: Deadline) -> Segment:
    """「水厂上半年通水,供水覆盖率达到72%」: a date inside a clause is of that clause alone."""
    clause = next(each for each in part if each.start <= due.start < each.end)
    if clause.start < segment.start:
        return segment
    return Segment(segment.start, min(segment.end, clause.end), due)


def _joined(row: tuple[Cell, ...], columns: list[int], mark: str) -> str:
    return mark.join(row[index].text for index in columns if row[index].text)
