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
from functools import cache

from jingwei.core import Period
from jingwei.documents.model import Document, Table, Text
from jingwei.plans import owners
from jingwei.plans.context import Context
from jingwei.plans.dates import Date, dates
from jingwei.plans.lexicon import any_of
from jingwei.plans.owners import Mark, Owner
from jingwei.plans.passages import Clause, Passage, adjunct, order_in, word_lists
from jingwei.plans.places import Places
from jingwei.plans.records import Ids, Task

_ORDERING = ("space", "safeguard", "programme", "work", "focus", "plain")
_LEADS = re.compile(r"^(?:其中|同时|此外|另外|并且|并|且|努力|力争|争取|确保|要|将|计划|预计|预期|本市|全市|全省|我市|我省|我区|我县|全县|全区|再|还|也|[,、:])+")
_ITEM = re.compile(r"^(?:\(?\d{1,2}[.、．)]|[①-⑳]|[一二三四五六七八九]是|——+|[(（][一二三四五六七八九十]+[)）])")
_QUOTED = re.compile(r"《[^》]*》|«[^»]*»|“[^”]*”规划|[(\[][^()]*[)\]]")
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")
_HALF = re.compile(r"(\d{4})年(上半年|下半年|一季度|二季度|三季度|四季度|第[一二三四]季度)")
_UNTIL = re.compile(r"年?[底末]前?|之?前|以前|起")
_REACHED = re.compile(r"达到|达|实现|超过|突破|提高|提升|形成|建成|成为|增长|下降|降低|保持|完成|新增|培育|进入|基本")
_MONTHS = {"上半年": "06", "一季度": "03", "二季度": "06", "三季度": "09", "第一季度": "03",
           "第二季度": "06", "第三季度": "09"}  # fmt: skip


@dataclass(slots=True)
class _Draft:
    """A task being read; offsets into its paragraph."""

    start: int
    end: int
    what: str
    verb: str
    object: str
    due: str | None
    rule: str
    owner: Owner | None = None


@dataclass(frozen=True, slots=True)
class _When:
    """A date that governs what follows it, and how it is written down."""

    start: int
    end: int
    due: str


def read_tasks(document: Document, found: list[Passage], places: Places, ids: Ids) -> list[Task]:
    """The tasks of a document, in document order."""
    tasks: list[Task] = []
    waiting: list[int] = []  # tasks of the section that no owner was named for yet
    section: tuple[str, ...] = ()
    for passage in found:
        block, context = passage.block, passage.context
        if context.section != section:
            section, waiting = context.section, []
        if block.table is not None:
            tasks += _table_tasks(document, block.table, context, places, ids)
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
            tasks.append(_task(document, block.content, draft, context, places, ids))
    return tasks


def _task(
    document: Document, content: Text, draft: _Draft, context: Context, places: Places, ids: Ids
) -> Task:
    span = document.span(content, draft.start, draft.end)
    owner = draft.owner or owners.stated(draft.what) or Owner(None, None)
    due = draft.due
    if due is None and context.goal_period is not None:
        due = str(context.goal_period.last)
    return Task(
        id=ids.of("task", span.quote, due),
        what=draft.what,
        verb=draft.verb,
        object=draft.object,
        owner=owner.lead,
        owner_stated=owner.lead is not None,
        supporting=owner.support,
        where=places.find(draft.what),
        due=due,
        due_stated=draft.due is not None,
        quote=span.quote,
        rule=draft.rule,
        section=context.section,
        evidence=span,
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
                result[index], owner=owner.lead, owner_stated=owner.lead is not None,
                supporting=owner.support,
            )  # fmt: skip
    return result


# -- sentences -----------------------------------------------------------------------------


def _drafts(passage: Passage, marks: list[Mark]) -> Iterator[_Draft]:
    """The tasks of a paragraph."""
    if passage.part == "facts":
        return
    text = passage.block.text
    plan = passage.context.plan
    orders = passage.part in _ORDERING and bool(passage.context.section or passage.part == "plain")
    running: _When | None = None
    for sentence in passage.sentences:
        whens = _whens(text, sentence.start, sentence.end, passage.context, plan)
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


def _opening(text: str, part: list[Clause], when: _When) -> int:
    """Where the words that a date governs begin: at the date, or at the 力争 before it."""
    for clause in part:
        if clause.start <= when.start < clause.end:
            return clause.start if when.start - clause.start <= 8 else when.start
    return when.start


def _segment(
    text: str, start: int, end: int, clauses: list[Clause], when: _When | None, opens: bool,
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
    yield _Draft(start, end, what, verb, thing, when.due if when else None, rule)


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


# -- dates ---------------------------------------------------------------------------------


def _whens(
    text: str, start: int, end: int, context: Context, plan: Period | None
) -> list[_When]:
    """Dates of a sentence that its orders are due at."""
    sentence = text[start:end]
    found = dates(sentence, plan)
    if not found:
        return []
    earliest = plan.first if plan else (context.fact_year or 0) + 1
    quoted = [match.span() for match in _QUOTED.finditer(sentence)]
    whens: list[_When] = []
    for date in found:
        if date.base or date.period.last < earliest or _within(date, quoted):
            continue
        if context.mode == "fact" and (plan is None or date.period.last <= (context.fact_year or 0)):
            continue
        opens = _opens_clause(sentence, date)
        if not opens and not _is_deadline(sentence, date):
            continue
        if whens and sentence[whens[-1].end - start : date.start] in ("、", "和", "及", "至", "—"):
            whens.pop()  # 「2023年、2024年、2025年」: due at the last
        begin = date.start - (1 if sentence[date.start - 1 : date.start] in ("到", "至", "在", "于") else 0)
        whens.append(_When(start + begin, start + _date_end(sentence, date), _due(sentence, date)))
    return whens


def _within(date: Date, spans: list[tuple[int, int]]) -> bool:
    return any(first <= date.start < last for first, last in spans)


def _opens_clause(sentence: str, date: Date) -> bool:
    before = re.split(r"[,;:。]", sentence[: date.start])[-1]
    before = _ITEM.sub("", before)
    return len(before) <= 6 and re.fullmatch(
        r"(?:其中|同时|力争|争取|确保|计划|努力|预计|预期|并|且|再|展望|面向|截至|截止|到|至|在|于|自|从|“|全市|全省|本市|我市)*",
        before,
    ) is not None


def _is_deadline(sentence: str, date: Date) -> bool:
    """「…于2022年底前完成」, 「2030年前达峰」 inside a clause."""
    after = sentence[date.end : date.end + 3]
    before = sentence[max(0, date.start - 1) : date.start]
    return bool(_UNTIL.match(after)) or sentence[date.start : date.end].endswith(("底", "末")) or (
        before in ("到", "至") and not date.whole
    )


def _date_end(sentence: str, date: Date) -> int:
    after = re.compile(r"(?:年?[底末])?(?:之?前|以前)?(?:期间|时期)?[,、]?").match(sentence, date.end)
    return after.end() if after else date.end


def _due(sentence: str, date: Date) -> str:
    """A date as ISO 8601, to the month or day where it is given."""
    written = sentence[date.start : date.end + 4]
    month = _MONTH.match(written)
    if month:
        day = f"-{int(month[3]):02d}" if month[3] else ""
        return f"{month[1]}-{int(month[2]):02d}{day}"
    half = _HALF.match(written)
    if half and half[2] in _MONTHS:
        return f"{half[1]}-{_MONTHS[half[2]]}"
    return str(date.period.last)


# -- tables --------------------------------------------------------------------------------


@cache
def _columns() -> dict[str, re.Pattern[str]]:
    lists = word_lists("owners")
    return {
        "what": re.compile(f"^(?:{any_of(lists['column']['what'])})"),
        "lead": re.compile(f"(?:{any_of(lists['label']['lead'])})"),
        "support": re.compile(f"(?:{any_of(lists['label']['support'])})"),
        "due": re.compile(f"(?:{any_of(lists['column']['due'])})"),
        "where": re.compile(f"(?:{any_of(lists['column']['where'])})"),
    }


def _table_tasks(
    document: Document, table: Table, context: Context, places: Places, ids: Ids
) -> Iterator[Task]:
    """Rows of a table that hands out work: it has a column of tasks and one of owners or dates."""
    if not table.rows or table.header_rows < 1:
        return
    width = len(table.rows[0])
    heads = [
        "".join(dict.fromkeys(row[i].text for row in table.rows[: table.header_rows]))
        for i in range(width)
    ]
    at: dict[str, list[int]] = {name: [] for name in ("what", "lead", "support", "due", "where")}
    for index, head in enumerate(heads):
        for name in ("lead", "support", "due", "where", "what"):
            if _columns()[name].search(head):
                at[name].append(index)
                break
    if not at["what"] or not (at["lead"] or at["due"]) or "指标" in "".join(heads):
        return
    for row in table.rows[table.header_rows :]:
        what = row[at["what"][-1]]
        name = row[at["what"][0]].text
        if len(what.text) < 2 or (what.merged and len(at["what"]) == 1):
            continue
        owner = owners.bodies("、".join(row[i].text for i in at["lead"])) if at["lead"] else None
        support = owners.bodies("、".join(row[i].text for i in at["support"])) if at["support"] else None
        due = _cell_due("".join(row[i].text for i in at["due"]), context)
        span = document.span(what.content, 0, len(what.text))
        words = what.text if len(what.text) >= 6 or name == what.text else f"{name}:{what.text}"
        verb, thing = _verb(words)
        located = tuple(row[i].text for i in at["where"] if row[i].text)
        end = str(context.goal_period.last) if context.goal_period else None
        yield Task(
            id=ids.of("task", span.quote, due, owner),
            what=words.rstrip("。;"), verb=verb, object=thing, owner=owner,
            owner_stated=owner is not None, supporting=support,
            where=located or places.find(words), due=due or end, due_stated=due is not None,
            quote=span.quote, rule="table.row", section=context.section, evidence=span,
        )  # fmt: skip


def _cell_due(text: str, context: Context) -> str | None:
    """The last date of a cell: 「2023年6月」, 「2021-2025年」, 「12月底」 in a plan of one year."""
    found = dates(text if "年" in text else f"{text}年", context.plan)
    if found:
        return _due(text, found[-1])
    month = re.search(r"(\d{1,2})月", text)
    if month and context.plan and context.plan.first == context.plan.last:
        return f"{context.plan.last}-{int(month[1]):02d}"
    return None
