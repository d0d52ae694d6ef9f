"""Tasks: what a plan orders, who does it, where, and by when.

A sentence that opens (after its adjuncts) with a verb of ordering is a task; so is each of its
parts between semicolons, and each clause that a date opens (「到2025年，建成…」), also where it only
names the state to be reached. Rows of tables that hand out work are tasks too. Owners are read
where they are named (``owners``) and otherwise stay "not stated"; a task without a date is due
at the end of the plan, and says that this date is not its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jingwei.core import Period
from jingwei.documents.model import Document, Text
from jingwei.plans import owners
from jingwei.plans.context import Context
from jingwei.plans.deadlines import Deadline, deadlines
from jingwei.plans.identity import with_ids
from jingwei.plans.orders import adjunct, order_in
from jingwei.plans.owners import Mark, Owner
from jingwei.plans.passages import Clause, Passage
from jingwei.plans.places import Places
from jingwei.plans.records import SECTION, Task
from jingwei.plans.task_tables import table_tasks

_ORDERING = ("space", "safeguard", "programme", "work", "focus", "plain")
_LEADS = re.compile(
    r"^(?:其中|同时|此外|另外|并且|并|且|努力|力争|争取|确保|要|将|计划|预计|预期|本市|全市|全省|我市|我省|"
    r"我区|我县|全县|全区|再|还|也|[,、:])+"
)
_ITEM = re.compile(
    r"^(?:\(?\d{1,2}[.、．)]|[①-⑳]|[一二三四五六七八九]是|——+|\([一二三四五六七八九十]+\))"
)
_REACHED = re.compile(
    r"达到|达|实现|超过|突破|提高|提升|形成|建成|成为|增长|下降|降低|保持|完成|新增|培育|进入|基本"
)


@dataclass(slots=True)
class _Draft:
    """A task being read; offsets into its paragraph."""

    start: int
    end: int
    what: str
    verb: str
    object: str
    due: Deadline | None
    rule: str
    owner: Owner | None = None


def read_tasks(document: Document, found: list[Passage], places: Places) -> list[Task]:
    """The tasks of a document, in document order."""
    tasks: list[Task] = []
    waiting: list[int] = []  # tasks of the section that no owner was named for yet
    section: tuple[str, ...] = ()
    for passage in found:
        block, context = passage.block, passage.context
        if context.section != section:
            section, waiting = context.section, []
        if block.table is not None:
            tasks += table_tasks(document, block.table, context, places)
            continue
        marks = list(owners.marks(block.text))
        if marks and marks[0].start == 0 and marks[0].end >= len(block.text) - 1:
            tasks = _assigned(tasks, waiting, marks[0].owner)
            waiting = []
            continue
        drafts = _owned(list(_drafts(passage, marks)), marks)
        for draft in drafts:
            if draft.owner is None:
                waiting.append(len(tasks))
            tasks.append(_task(document, block.content, draft, context, places))
    return with_ids(tasks, SECTION["tasks"])


def _task(
    document: Document, content: Text, draft: _Draft, context: Context, places: Places
) -> Task:
    span = document.span(content, draft.start, draft.end)
    owner = draft.owner or owners.stated(draft.what) or Owner(None, None)
    end = context.goal_period
    due = draft.due.period if draft.due else Period.year(end.last) if end else None
    return Task(
        id="",
        document=document.name,
        what=draft.what,
        owner=owner.lead,
        where="、".join(places.find(draft.what)),
        due=due,
        quote=span.quote,
        section=context.section,
        rule=draft.rule,
        evidence=span,
        verb=draft.verb,
        object=draft.object,
        supporting=owner.support,
        due_stated=draft.due is not None,
        deadline=draft.due.day if draft.due else "",
    )


def _owned(drafts: list[_Draft], marks: list[Mark]) -> list[_Draft]:
    """An owner in brackets holds for the tasks before it, back to the owner before."""
    for draft in drafts:
        mark = next((mark for mark in marks if mark.end > draft.start), None)
        if mark is not None:
            draft.owner = mark.owner
    return drafts


def _assigned(tasks: list[Task], waiting: list[int], owner: Owner) -> list[Task]:
    """A line of owners holds for the tasks of its section that have none."""
    result = list(tasks)
    for index in waiting:
        if result[index].owner is None:
            result[index] = replace(
                result[index], owner=owner.lead, supporting=owner.support
            )
    return result


# -- sentences -----------------------------------------------------------------------------


def _drafts(passage: Passage, marks: list[Mark]) -> Iterator[_Draft]:
    """The tasks of a paragraph."""
    if passage.part == "facts":
        return
    text = passage.block.text
    orders = passage.part in _ORDERING and bool(passage.context.section or passage.part == "plain")
    running: Deadline | None = None
    for sentence in passage.sentences:
        whens = deadlines(text, sentence.start, sentence.end, passage.context)
        if not whens and not orders:
            running = None
            continue
        follows = text.startswith("其中", sentence.start)
        running = running if follows else None
        for part in _parts(sentence.clauses):
            start, end = part[0].start, part[-1].end
            inside = [when for when in whens if start <= when.start < end]
            cuts = [max(_opening(text, part, when), start) for when in inside]
            for begin, stop, when in zip(
                [start, *cuts], [*cuts, end], [None, *inside], strict=True
            ):
                clauses = [c for c in part if c.start < stop and c.end > begin]
                if stop - begin < 3 or not clauses:
                    continue
                due = when or running
                yield from _segment(text, begin, stop, clauses, due, when is not None, orders, marks)
            running = inside[-1] if inside else running


def _parts(clauses: tuple[Clause, ...]) -> Iterator[list[Clause]]:
    """The clauses of a sentence between its semicolons."""
    part: list[Clause] = []
    for clause in clauses:
        part.append(clause)
        if clause.mark == ";":
            yield part
            part = []
    if part:
        yield part


def _opening(text: str, part: list[Clause], when: Deadline) -> int:
    """Where the words that a date governs begin: at the date, or at the 力争 before it."""
    for clause in part:
        if clause.start <= when.start < clause.end:
            return clause.start if when.start - clause.start <= 8 else when.start
    return when.start


def _segment(
    text: str, start: int, end: int, clauses: list[Clause], when: Deadline | None, opens: bool,
    orders: bool, marks: list[Mark],
) -> Iterator[_Draft]:  # fmt: skip
    """One task: the words from ``start`` to ``end``, governed by a date or not."""
    if when is None and not orders:
        return
    first = max(start, when.end) if when and opens else start
    begin, main = _main(text, first, end, clauses, dated=opens)
    if main is None and when is None:
        return
    what = text[begin:end]
    for mark in marks:
        if begin < mark.start < end:
            what = what.replace(text[mark.start : mark.end], "")
    what = _LEADS.sub("", _ITEM.sub("", what)).rstrip(";。.,:，；")
    if len(what) < 4 or (when is None and len(what) < 6):
        return
    verb, thing = _verb(text[main : end] if main is not None else what)
    if when is None and (not verb or not thing):
        return
    rule = "dated.clause" if opens else "dated.sentence" if when else "order.sentence"
    while end > start and text[end - 1] in ",;:":
        end -= 1
    yield _Draft(start, end, what, verb, thing, when, rule)


def _main(
    text: str, start: int, end: int, clauses: list[Clause], dated: bool
) -> tuple[int, int | None]:
    """Where the words of the task begin, and where its main verb stands.

    Labels (「芯片设计，」) and adjuncts (「以规模推广为重点，」) are passed over where an order
    follows; what the order is turned to (「聚焦新材料等领域，」) stays. After a date a state
    stays as well (「到2025年，产业规模达到…」).
    """
    begin: int | None = None
    scene: int | None = None
    for clause in clauses:
        at = max(clause.start, start)
        if at >= min(clause.end, end):
            continue
        at += len(_lead(text[at : clause.end]))
        order = order_in(text[: clause.end], at)
        if order is not None and order.end < clause.end:
            if order.verb not in _SCENE:
                return (at if begin is None else begin), at
            scene = at if scene is None else scene
            if begin is None and order.verb in _KEPT:
                begin = at
        elif dated and begin is None and not adjunct().match(text, at):
            begin = at
    if begin is None:
        begin = scene if scene is not None else start
    return begin, scene


def _lead(text: str) -> str:
    match = _ITEM.match(text)
    item = match[0] if match else ""
    lead = _LEADS.match(text[len(item) :])
    return item + (lead[0] if lead else "")


# verbs that only set the scene, where another order follows; the kept ones say for what
_KEPT = frozenset(("围绕", "聚焦", "瞄准", "立足", "面向", "依托", "发挥", "结合", "充分发挥"))
_SCENE = _KEPT | frozenset(
    ("按照", "坚持", "贯彻", "把握", "抓住", "抢抓", "利用", "运用", "应用", "遵循", "综合")
)


def _verb(what: str) -> tuple[str, str]:
    """The verb that opens an order and its object; for a state, what is reached."""
    clause = re.split(r"[,;:。]", what, maxsplit=1)[0]
    order = order_in(clause)
    if order is not None and order.end < len(clause):
        end = order.end
        for into in ("成为", "成", "为"):
            if clause.startswith(into, end):
                end += len(into)
                break
        return clause[:end], clause[end:].lstrip("的")
    reached = _REACHED.search(clause)
    return (reached[0], clause) if reached else ("", clause)


