"""Tasks: what a plan orders, who does it, where, and by when.

A sentence that opens (after its adjuncts) with a verb of ordering is a task; so is each of its
parts between semicolons, and each clause that a date opens (「到2025年，建成…」), also where it only
names the state to be reached. Rows of tables that hand out work are tasks too. Owners are read
where they are named (``owners``) and otherwise stay "not stated"; a task without a date is due
at the end of the plan, and says that this date is not its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jingwei.core import Period
from jingwei.documents.model import Document
from jingwei.plans import owners
from jingwei.plans.context import heading_words
from jingwei.plans.deadlines import Deadline, cell_deadline, deadlines
from jingwei.plans.identity import Ids
from jingwei.plans.lexicon import any_word
from jingwei.plans.naming import PROJECT_WORD
from jingwei.plans.orders import adjunct, order_in
from jingwei.plans.owners import Mark, Owner
from jingwei.plans.passages import Clause, Passage, Sentence
from jingwei.plans.places import Places
from jingwei.plans.records import SECTION, Task
from jingwei.plans.section_owners import SectionOwners
from jingwei.plans.task_tables import table_tasks

_ORDERING = ("space", "safeguard", "programme", "work", "focus", "plain")
_LEADS = re.compile(
    r"(?:其中|同时|此外|另外|并且|并|且|努力|力争|争取|确保|要|将|计划|预计|预期|本市|全市|全省|我市|我省|"
    r"我区|我县|全县|全区|再|还|也|分别|[,、:])+"
)
_ITEM = re.compile(
    r"(?:\(?\d{1,2}[.、．)]|[①-⑳]|[一二三四五六七八九]是|——+|\([一二三四五六七八九十]+\))"
)
_REACHED = re.compile(
    r"达到|达|实现|超过|突破|提高|提升|形成|建成|成为|增长|下降|降低|保持|完成|新增|培育|进入|基本"
)
_NO_SUBJECT = re.compile(
    r"(?:力争|预计|将|分别|基本|要|约|超过|突破|再)*(?:达|为|是|占|升|降|增至|增长|提高到|超|翻)"
)
_ONLY_OWNER = re.compile(
    r"(?:牵头|负责|组织|实施|落实|推进|具体|抓好|,[^,。]{2,40}(?:配合|参与|协同|协助))*[。.]?(?=$|[^一-龥])"
)
# 「——2026年1月18日在某市第九届人民代表大会上」
_HELD_ON = re.compile(
    r"—*(?:19|20)\d\d年\d{1,2}月\d{1,2}日[,，]?在[^。;]{4,60}(?:会议|大会|全会)上?$"
)
_NO_THING = re.compile(
    r"总投资|计划总投资|规划面积|占地面积|年产|年处理|建成|投产|开工|竣工|完工|达产|投用"
)
_COMPLETION = re.compile(
    r"(?:全面|全部|正式|基本)?(?:建成|投产|开工|竣工|完工|达产|投用|投入使用|启动|完成|建设)+"
)
_PROJECT = re.compile(rf"[一-龥“”A-Za-z0-9]{{2,26}}{PROJECT_WORD}")
_MAKING = frozenset(
    ("牵头", "组建", "建设", "开展", "承担", "参与", "打造", "推动", "实施", "建立", "申报", "布局",
     "提升", "开放", "应用", "推广", "加快", "研发", "攻克", "突破", "设立", "引进", "推进", "落实",
     "制定", "完成", "提供", "拓展", "加大", "加强", "深化", "创建", "争创")
)  # fmt: skip
_MAKERS = re.compile("企业|机构|单位|公司|院所|高校|协会|联盟|园区|基地|平台")
# no order: what is asked, what a time is said to be, a statistic of text without sections
_QUESTION = re.compile(r"[?？]$|(?:什么|哪些|哪里|如何|怎样|怎么办|怎么样|吗|呢)[。!]?$")
_COPULA = re.compile(
    r"[,:]?(?:期间|时期)?[,:]?(?:将|正|也|既|正处|我市|全市|我省|全省)*(?:是|处于|处在|处|面临|迎来)"
)
_GOAL = re.compile(r"^(?:完成|实现|达到|保持|提高|提升|增加|新增|净增|再净增|降低|减少|稳定)")
_ACTING = re.compile(r"(?:牵头|负责|组织|会同|共同|具体|统筹)+")
# verbs that only set the scene, where another order follows; the kept ones say for what
_KEPT = frozenset(("围绕", "聚焦", "瞄准", "立足", "面向", "依托", "发挥", "结合"))
_SCENE = _KEPT | frozenset(
    ("按照", "坚持", "贯彻", "把握", "抓住", "抢抓", "利用", "运用", "应用", "遵循", "综合")
)
_MEANS = frozenset(("依托", "利用", "运用", "面向", "针对", "围绕"))
_MEANS_END = re.compile("建设|打造|组建|搭建|开展|推进|发展|创建|培育|布局|探索|建立")
# ... but these order something by themselves: 「发挥市场的决定性作用」
_ALONE = frozenset(("发挥", "坚持", "贯彻", "依托"))


@dataclass(slots=True)
class _Draft:
    """A task being read; offsets into its paragraph."""

    passage: Passage
    start: int
    end: int
    what: str
    verb: str
    object: str
    due: Deadline | None
    rule: str
    owner: str | None = None
    supporting: str | None = None

    def give(self, owner: Owner) -> None:
        """Name its owner; a line of those who help may follow the line of those who lead."""
        self.owner = self.owner or owner.lead
        self.supporting = self.supporting or owner.support
        if owner.due and self.due is None:
            period, day = cell_deadline(owner.due, self.passage.context)
            if period is not None:
                self.due = Deadline(self.start, self.start, period, day, False)


def read_tasks(document: Document, found: list[Passage], places: Places) -> list[Task]:
    """The tasks of a document, in document order."""
    entries: list[_Draft | Passage] = []  # a passage for a table
    waiting: list[_Draft] = []  # tasks of the section that no owner was named for yet
    assigned: list[_Draft] = []  # those that the line above gave one
    last: list[_Draft] = []  # those of the paragraph above
    shared = SectionOwners()
    section: tuple[str, ...] = ()
    begun = False  # whether the section has text other than a line of owners
    for passage in found:
        if passage.context.section != section:
            section, waiting, assigned, last = passage.context.section, [], [], []
            shared.enter(section)
            begun = False
        if passage.block.table is not None:
            entries.append(passage)
            continue
        if passage.part == "facts":
            continue
        shared.hear(passage)
        marks = list(owners.marks(passage.text))
        if marks and marks[0].start == 0 and marks[0].end >= len(passage.text) - 1:
            if not begun:  # between the heading and its tasks
                shared.tell(section, marks[0].owner)
                continue
            # a bracket speaks for the paragraph before it, a line with a label for its section
            asked = waiting
            if passage.text[0] in "([【〔" and any(draft.owner is None for draft in last):
                asked = [draft for draft in last if draft.owner is None]
            if marks[0].owner.lead is not None:
                assigned = asked
                waiting = [draft for draft in waiting if draft not in asked]
            for draft in assigned:
                draft.give(marks[0].owner)
            continue
        last = _owned(_Reader(passage, marks, places).read(), marks)
        begun = True
        waiting += [draft for draft in last if draft.owner is None]
        entries += last
    ids = Ids(SECTION["tasks"])
    tasks: list[Task] = []
    for entry in entries:
        if isinstance(entry, _Draft):
            owner = shared.of(entry.passage.context.section)
            if owner is not None and entry.owner is None and entry.supporting is None:
                entry.give(owner)
            tasks.append(_task(document, entry, places, ids))
        else:
            tasks += table_tasks(document, entry, places, ids)
    return tasks


def _task(document: Document, draft: _Draft, places: Places, ids: Ids) -> Task:
    span = document.span(draft.passage.block.content, draft.start, draft.end)
    end = draft.passage.context.goal_period
    return Task(
        id=ids.of(document.name, span.quote, span),
        document=document.name,
        what=draft.what,
        owner=draft.owner,
        where="、".join(places.find(draft.what)),
        due=draft.due.period if draft.due else Period.year(end.last) if end else None,
        quote=span.quote,
        section=draft.passage.context.section,
        rule=draft.rule,
        evidence=span,
        verb=draft.verb,
        object=draft.object,
        supporting=draft.supporting,
        due_stated=draft.due is not None,
        deadline=draft.due.day if draft.due else "",
    )


def _owned(drafts: Iterator[_Draft], marks: list[Mark]) -> list[_Draft]:
    """An owner in brackets holds for the tasks before it, back to the owner before."""
    owned = list(drafts)
    for draft in owned:
        mark = next((mark for mark in marks if mark.end > draft.start), None)
        if mark is not None and not (len(marks) > 1 and _of_a_later_sentence(draft, mark)):
            draft.owner = draft.supporting = None
            draft.give(mark.owner)
    return owned


def _of_a_later_sentence(draft: _Draft, mark: Mark) -> bool:
    """Whether a mark stands inside a sentence after the task's own: where every sentence has a mark of
    its own, one without has none."""
    text = draft.passage.text
    if text[mark.start - 1 : mark.start] in ("。", ";", ""):
        return False  # it follows the sentences that it speaks for
    return draft.end <= max(text.rfind(stop, 0, mark.start) for stop in "。;") + 1


class _Reader:
    """The tasks of one paragraph."""

    def __init__(self, passage: Passage, marks: list[Mark], places: Places) -> None:
        self.passage = passage
        self.places = places
        self.text = passage.text
        self.marks = marks
        self.orders = passage.part in _ORDERING
        self.unowned: list[_Draft] = []

    def read(self) -> Iterator[_Draft]:
        running: Deadline | None = None
        if _HELD_ON.match(self.text):
            return
        for sentence in self.passage.sentences:
            found = deadlines(self.text, sentence.start, sentence.end, self.passage.context)
            if self.passage.part == "principle":  # a period there dates the plan, not a task
                found = [due for due in found if due.period.first == due.period.last]
            if not self.text.startswith("其中", sentence.start):
                running = None
            if not (
                found or running or self.orders or self._marks_in(sentence)
            ) or _QUESTION.search(sentence.text):
                continue
            drafts: list[_Draft] = []
            for part in _parts(sentence):
                drafts += self._part(part, found, running)
                inside = [due for due in found if due.start < part[-1].end]
                running = inside[-1] if inside and inside[-1].opens else running
            if not drafts and (whole := self._handed_out(sentence)) is not None:
                drafts = [whole]
            self._own(sentence, drafts)
            yield from drafts

    def _marks_in(self, sentence: Sentence) -> list[Mark]:
        """The owners that stand inside a sentence, before its end."""
        return [
            mark for mark in self.marks
            if sentence.start + 8 < mark.start and mark.end <= sentence.end
        ]  # fmt: skip

    def _handed_out(self, sentence: Sentence) -> _Draft | None:
        """「市财政每年安排专项资金2亿元(责任单位:市财政局)」: what has an owner is a task, however it is
        worded."""
        marks = self._marks_in(sentence)
        if not marks or self.passage.part in ("facts", "front"):
            return None
        what = self.text[sentence.start : sentence.end]
        for mark in marks:
            what = what.replace(self.text[mark.start : mark.end], "")
        lead = _lead(what)
        what = what[len(lead) :].rstrip(";。.,:")
        verb, thing = _verb(what)
        return _Draft(
            self.passage, sentence.start + len(lead), sentence.end, what, verb, thing, None,
            "owned.sentence",
        )  # fmt: skip

    def _own(self, sentence: Sentence, drafts: list[_Draft]) -> None:
        """「由市经信局牵头」 speaks for its sentence, or alone for the sentences before it."""
        actor = owners.stated(self.text, sentence.start, sentence.end)
        if actor is None:
            self.unowned += drafts
            return
        alone = _ONLY_OWNER.match(self.text, actor.end, sentence.end)
        for draft in drafts or (self.unowned if alone else []):
            if draft.end > actor.start or not drafts:
                draft.give(actor.owner)
        self.unowned = []

    def _part(
        self, part: list[Clause], found: list[Deadline], running: Deadline | None
    ) -> Iterator[_Draft]:
        """A part of a sentence between semicolons, cut where a date opens a clause."""
        start, end = part[0].start, part[-1].end
        here = [due for due in found if start <= due.start < end]
        opening = [due for due in here if due.opens and not self._goes_on(start, end, due)]
        inside = [due for due in here if due not in opening]
        cuts = [_clause_start(part, due) for due in opening]
        dated: list[Deadline | None] = [None, *opening]
        for begin, stop, due in zip([start, *cuts], [*cuts, end], dated, strict=True):
            if stop - begin < 3:
                continue
            limit = next((each for each in inside if begin <= each.start < stop), None)
            yield from self._segment(begin, stop, part, due, due or limit or running)

    def _goes_on(self, start: int, end: int, due: Deadline) -> bool:
        """Whether a date opens words whose subject stands before it: 「占比提高，到2025年达20%」."""
        if due.start - start <= 4:
            return False
        told = self.text[due.end : end]
        for mark in self.marks:
            if due.end <= mark.start < end:
                told = told.replace(self.text[mark.start : mark.end], "")
        done = _COMPLETION.fullmatch(told.rstrip(";。.,:"))
        short = end - due.end <= 7 or done is not None
        return short or _NO_SUBJECT.match(self.text, due.end) is not None

    def _segment(
        self, start: int, end: int, part: list[Clause], opening: Deadline | None,
        due: Deadline | None,
    ) -> Iterator[_Draft]:  # fmt: skip
        """One task: the words from ``start`` to ``end``, whose date opens them or not."""
        if due is None and (not self.orders or "以来" in self.text[start:end]):
            return
        for mark in self.marks:  # the owner of the tasks before it: 「…。（市经信局）推广…」
            start = mark.end if mark.start <= start < mark.end else start
        if end - start < 3:
            return
        first = opening.end if opening else start
        begin, main = self._main(first, end, part, dated=opening is not None)
        if main is None and due is None:
            return
        what = self.text[begin:end]
        for mark in self.marks:
            if begin < mark.start < end:
                what = what.replace(self.text[mark.start : mark.end], "")
        what = what[len(_lead(what)) :].rstrip(";。.,:")
        what = self._of_project(what)
        if len(what) < 4:
            return
        verb, thing = _verb(self.text[main:end] if main is not None else what)
        if due is None and (not thing or self._only_goal(what)):
            return
        if due is not None and _COPULA.match(self.text, due.end):
            return
        rule = "dated.clause" if opening else "dated.sentence" if due else "order.sentence"
        while end > start and self.text[end - 1] in ",;:":
            end -= 1
        yield _Draft(self.passage, start, end, what, verb, thing, due, rule)

    def _of_project(self, what: str) -> str:
        """「总投资3.5亿元,2022年底前建成」 under the heading of a project is about that project."""
        headings = [e for e in self.passage.context.section if not e.startswith("专栏")]
        heading = heading_words(headings[-1]) if headings else ""
        if _NO_THING.match(what) and _PROJECT.fullmatch(heading):
            return f"{heading}:{what}"
        return what

    def _only_goal(self, what: str) -> bool:
        """Whether words of a text without sections only set a statistic: 提高劳动生产率至45万元/人."""
        first = re.split("[,;]", what, maxsplit=1)[0]
        if self.passage.part != "plain" or not _GOAL.match(first):
            return False
        noun = any_word("measure.noun")
        return bool(re.search(rf"(?:{noun})[^,;]{{0,8}}?\d", first))

    def _main(
        self, start: int, end: int, part: list[Clause], dated: bool
    ) -> tuple[int, int | None]:
        """Where the words of the task begin, and where its main verb stands.

        Labels (「芯片设计，」) and adjuncts (「以规模推广为重点，」) are passed over where an order
        follows; what the order is turned to (「聚焦新材料等领域，」) stays. After a date a state
        stays as well (「到2025年，产业规模达到…」).
        """
        begin: int | None = None
        scene: int | None = None
        for clause in part:
            at, stop = max(clause.start, start), min(clause.end, end)
            if at >= stop:
                continue
            at += len(_lead(self.text[at:stop]))
            at = self._past_actor(at, stop)
            order = order_in(self.text, at, stop)
            place = 0 if order else len(self.places.prefix(self.text[at : min(stop, at + 12)]))
            if place and order_in(self.text, at + place, stop):
                return (at if begin is None else begin), at + place  # 「甲区重点发展…」
            if order is not None and order.first in _MEANS:
                inner = self._done_with(order.end + 2, stop)
                if inner is not None:  # 「依托甲实验室建设乙平台」
                    return (at if begin is None else begin), inner
            if order is not None and order.end < stop:
                if order.first not in _SCENE:
                    return (at if begin is None else begin), at
                if scene is None and order.first in _ALONE:
                    scene = at
                if begin is None and order.first in _KEPT:
                    begin = at
            elif order is None and (doing := self._made_by(at, stop)) is not None:
                return (at if begin is None else begin), doing
            elif dated and begin is None and not adjunct().match(self.text, at):
                begin = at
        if begin is None:
            begin = scene if scene is not None else start
        return begin, scene

    def _made_by(self, at: int, stop: int) -> int | None:
        """The verb after those who are to do it: 「骨干企业牵头组建联合体」."""
        if adjunct().match(self.text, at):
            return None
        for maker in _MAKERS.finditer(self.text, at, min(stop, at + 24)):
            order = order_in(self.text, maker.end(), stop)
            if order is None or order.end + 1 >= stop or order.first not in _MAKING:
                continue
            if self.text[order.end] not in "和与及、":
                return maker.end()
        return None

    def _done_with(self, start: int, stop: int) -> int | None:
        """The verb that says what is done with the means a clause names first."""
        for match in _MEANS_END.finditer(self.text, start, stop):
            order = order_in(self.text, match.start(), stop)
            if order is not None and order.end < stop:
                return match.start()
        return None

    def _past_actor(self, at: int, stop: int) -> int:
        """Past those who act, where a clause names them first: 「由市经信局牵头组建…」."""
        if order_in(self.text, at, stop) is not None:
            return at
        at = owners.past_partners(self.text, at, stop)
        actor = owners.stated(self.text, at, stop)
        if actor is None or actor.start > at:
            return at
        acting = _ACTING.match(self.text, actor.end, stop)
        return acting.end() if acting else actor.end


def _parts(sentence: Sentence) -> Iterator[list[Clause]]:
    """The clauses of a sentence between its semicolons."""
    part: list[Clause] = []
    for clause in sentence.clauses:
        part.append(clause)
        if clause.mark == ";":
            yield part
            part = []
    if part:
        yield part


def _clause_start(part: list[Clause], due: Deadline) -> int:
    """Where the words that a date governs begin: its clause, with the 力争 before it."""
    for clause in part:
        if clause.start <= due.start < clause.end:
            return clause.start
    return due.start


def _lead(text: str) -> str:
    """List number and words like 其中, 力争 before an order."""
    item = _ITEM.match(text)
    lead = _LEADS.match(text, item.end() if item else 0)
    return text[: lead.end() if lead else item.end() if item else 0]


_CLAUSE = re.compile(r"[,;:。]")
_INTO = re.compile("成为|成|为(?!主)")


def _verb(what: str) -> tuple[str, str]:
    """The verb that opens an order and its object; for a state, what is reached."""
    clause = _CLAUSE.split(what, maxsplit=1)[0]
    order = order_in(clause)
    if order is not None and order.end < len(clause):
        end = order.end
        into = _INTO.match(clause, end)
        if into and into.end() < len(clause):
            end = into.end()
        return clause[:end], clause[end:].lstrip("的")
    reached = _REACHED.search(clause)
    return (reached[0], clause) if reached else ("", clause)
