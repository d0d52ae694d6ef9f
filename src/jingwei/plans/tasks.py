"""Tasks: what a plan orders, who does it, where, and by when.

A sentence that opens (after its adjuncts) with a verb of ordering is a task; so is each of its
parts between semicolons, and each clause that a date opens (「到2025年，建成…」), also where it only
names the state to be reached. Rows of tables that hand out work are tasks too. Owners are read
where they are named (``owners``) and otherwise stay "not stated"; a task without a date is due
at the end of the plan, and says that this date is not its own.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from jingwei.core import Period
from jingwei.documents.model import Document
from jingwei.plans import actors, owners
from jingwei.plans.context import heading_words
from jingwei.plans.deadlines import Deadline, cell_deadline, deadlines
from jingwei.plans.identity import Ids
from jingwei.plans.naming import PROJECT_WORD
from jingwei.plans.orders import order_in
from jingwei.plans.owners import Mark, Owner
from jingwei.plans.passages import Clause, Passage, Sentence
from jingwei.plans.places import Places
from jingwei.plans.records import SECTION, Task
from jingwei.plans.section_owners import SectionOwners, speaks_for_section
from jingwei.plans.segments import Segment, segments, sentence_parts
from jingwei.plans.task_tables import table_tasks
from jingwei.plans.task_wording import lead_words, opening, sets_a_statistic, verb_and_object

_ORDERING = ("space", "safeguard", "programme", "work", "focus", "plain")
_ONLY_OWNER = re.compile(
    r"(?:牵头|负责|组织|实施|落实|推进|具体|抓好|,[^,。]{2,40}(?:配合|参与|协同|协助))*[。.]?(?=$|[^一-龥])"
)
# 「——2026年1月18日在某市第九届人民代表大会上」
_HELD_ON = re.compile(
    r"—*(?:19|20)\d\d年\d{1,2}月\d{1,2}日[,，]?在[^。;]{4,60}(?:会议|大会|全会)上?$"
    r"|[^,。;]{4,40}(?:19|20)\d\d年\d{1,2}月\d{1,2}日印发。?$"  # the imprint of an office
)
_NO_THING = re.compile(
    r"总投资|计划总投资|规划面积|占地面积|年产|年处理|建成|投产|开工|竣工|完工|达产|投用"
)
_PROJECT = re.compile(rf"[一-龥“”A-Za-z0-9]{{2,26}}{PROJECT_WORD}")
# no order: what is asked, what a time is said to be, a statistic of text without sections
_QUESTION = re.compile(r"[?？]$|(?:什么|哪些|哪里|如何|怎样|怎么办|怎么样|吗|呢)[。!]?$")
_COPULA = re.compile(
    r"[,:]?(?:期间|时期)?[,:]?(?:将|正|也|既|正处|我市|全市|我省|全省)*(?:是|处于|处在|处|面临|迎来)"
)
_MEASURED = 3  # characters at least of what is to be reached
# a date of the part before holds for what is measured, not for orders that measure nothing
_MEASURES = re.compile(r"\d|全覆盖|全部|基本|清零")
_YEARLY = re.compile("每(?:年|月|季度|半年)")
_NO_TASK = re.compile(
    "目前|截至|据|以上|上述|本(?:规划|方案|意见|计划|办法)|实施期限|执行期|规划期|有效期"
)
_REMARK = re.compile(r"(?:注|备注|说明|附注):")
_PASSED = re.compile(r"[^,;。]*(?:审议通过|通过|召开|印发|举行|批准|批复)了")  # what has been done
_BARE = re.compile(
    r"(?:力争|预计|将|分别|基本|要|约|再|累计)*(?:达|为|是|占|升|降|增至|增长|提高到|超|翻|(?:突破|完成)(?=\d)"
    r"|(?:全面|全部|正式|基本)*(?:建成|投产|开工|竣工|完工|达产|投用|完成|推广)[;。]?$)"
)


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
    named: bool = False  # its own sentence says who leads
    person: bool = False  # the owner is a person, no office is named

    def hear(self, owner: Owner) -> None:
        """Name its owner line by line: those who help below those who lead."""
        known = Owner(self.owner, self.supporting, person=self.person)
        told = known.joined(owner)
        self.owner, self.supporting, self.person = None, None, told.person
        self.give(told)

    def give(self, owner: Owner) -> None:
        """Name its owner, where none is named yet."""
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
    alone = Counter(each.context.section for each in found if _is_owners_alone(each.text))
    for passage, below in zip_longest(found, found[1:]):
        if passage.context.section != section:
            section, waiting, assigned, last = passage.context.section, [], [], []
            shared.enter(section)
            begun = False
        if passage.block.table is not None:
            entries.append(passage)
            continue
        if passage.part == "facts" or passage.text == document.title or _REMARK.match(passage.text):
            continue
        shared.hear(passage, first=not begun)
        marks = list(passage.marks)
        if marks and _covers(marks[0], passage.text):
            if not begun:  # between the heading and its tasks
                shared.tell(section, marks[0].owner)
                continue
            # a bracket speaks for the paragraph before it, a line with a label for its section
            asked = waiting
            # but the only one of a box speaks for all that the box sets out
            boxed = section and section[-1].startswith("专栏") and alone[section] == 1
            bracket = passage.text[0] in "([【〔" and not boxed
            if bracket and any(draft.owner is None for draft in last):
                asked = [draft for draft in last if draft.owner is None]
            if asked and marks[0].owner.lead is not None:
                assigned = asked
                waiting = [draft for draft in waiting if draft not in asked]
            for draft in assigned:
                draft.hear(marks[0].owner)
            continue
        if not marks and below is not None and owners.is_line(below.text):
            marks = [Mark(len(passage.text), len(passage.text), Owner(None, None))]
        last = _Reader(passage, marks, places).read()
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


def _covers(mark: Mark, text: str) -> bool:
    return mark.start == 0 and mark.end >= len(text) - 1


def _is_owners_alone(text: str) -> bool:
    """Whether a paragraph is only a bracket that names owners: （责任单位：市经信局）."""
    if text[:1] not in ("(", "[", "【", "〔"):
        return False
    mark = next(owners.marks(text), None)
    return mark is not None and _covers(mark, text)


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


class _Reader:
    """The tasks of one paragraph."""

    def __init__(self, passage: Passage, marks: list[Mark], places: Places) -> None:
        self.passage = passage
        self.places = places
        self.text = passage.text
        self.marks = marks
        self.brackets = [(mark.start, mark.end) for mark in marks]
        self.orders = passage.part in _ORDERING
        self.unowned: list[_Draft] = []
        self.whole: Owner | None = None  # named by a sentence for all that follow
        self.acting: actors.Actor | None = None  # who acts in the part of a sentence before

    def read(self) -> list[_Draft]:
        """The drafts with the owners that their sentences, brackets and first sentence name."""
        drafts = [] if _HELD_ON.match(self.text) else list(self._sentences())
        for draft in drafts:
            self._mark(draft)
            if self.whole is not None and draft.owner is None:
                draft.give(self.whole)
        return drafts

    def _sentences(self) -> Iterator[_Draft]:
        running: Deadline | None = None
        for sentence in self.passage.sentences:
            if (whole := actors.only_named(self.text[sentence.start : sentence.end])) is not None:
                self.whole = whole
                continue
            found = deadlines(self.text, sentence.start, sentence.end, self.passage.context)
            if self.passage.part == "principle":  # a period there dates the plan, not a task
                found = [due for due in found if due.period.first == due.period.last]
            if not self.text.startswith("其中", sentence.start):
                running = None
            if _QUESTION.search(sentence.text):
                continue
            drafts: list[_Draft] = []
            self.acting = None
            if found or running or self.orders:
                for part in sentence_parts(sentence):
                    read = self._part(part, found, running)
                    drafts += read or self._handed_out(part[0].start, part[-1].end)
                    inside = [due for due in found if due.start < part[-1].end]
                    running = inside[-1] if inside and inside[-1].opens else running
            else:
                drafts += self._handed_out(sentence.start, sentence.end)
            self._alone(sentence, drafts)
            yield from drafts

    def _handed_out(
        self, start: int, end: int, acting: actors.Actor | None = None
    ) -> Iterator[_Draft]:
        """「市财政每年安排专项资金2亿元(责任单位:市财政局)」: what has an owner is a task, however it is
        worded."""
        words = self.text[start:end]
        if any(first <= start and end <= last for first, last in self.brackets):
            return
        if self.passage.part in ("facts", "front") or _NO_TASK.match(words) or len(words) < 8:
            return
        if speaks_for_section(words):
            return
        actor = actors.stated(self.text, start, end) or acting
        if actor is None and self._mark_of(start, end) is None:
            return
        what = self._without_marks(start, end)
        lead = lead_words(what)
        what = what[len(lead) :].rstrip(";。.,:")
        if len(what) < 6 or (actor and actor.end > start and self._says_no_more(actor.end, end)):
            return
        verb, thing = verb_and_object(what)
        draft = _Draft(
            self.passage, start + len(lead), end, what, verb, thing, None, "owned.sentence"
        )
        if actor is not None:
            draft.give(actor.owner)
            draft.named = actor.named
        yield draft

    def _says_no_more(self, start: int, end: int) -> bool:
        """Whether a sentence ends with its owner: 「由市经信局牵头，市科技局配合。」"""
        only = _ONLY_OWNER.match(self.text, start, end)
        return only is not None and not self.text[only.end() : end].strip("。;,.")

    def _without_marks(self, start: int, end: int) -> str:
        words = self.text[start:end]
        for first, last in self.brackets:
            if start <= first < end:
                words = words.replace(self.text[first:last], "")
        return words

    def _alone(self, sentence: Sentence, drafts: list[_Draft]) -> None:
        """「市经信局、市科技局按职责分工负责。」 speaks for the sentences before it."""
        if drafts:
            self.unowned += [draft for draft in drafts if draft.owner is None]
            return
        actor = actors.stated(self.text, sentence.start, sentence.end)
        if actor is not None and self._says_no_more(actor.end, sentence.end):
            for draft in self.unowned:
                draft.give(actor.owner)
            self.unowned = []

    def _part(
        self, part: list[Clause], found: list[Deadline], running: Deadline | None
    ) -> list[_Draft]:
        """A part of a sentence between semicolons, cut where its dates set something new."""
        start, end = part[0].start, part[-1].end
        here = [due for due in found if start <= due.start < end]
        # 「部甲会同部乙修订条件；研究制定制度」: who acts goes on where the next part names nobody
        goes_on = order_in(self.text, start) is not None and self._mark_of(start, end) is None
        acting = self.acting if goes_on else None
        drafts: list[_Draft] = []
        subject = ""
        for segment in segments(self.text, part, here, self.brackets):
            actor = actors.stated(self.text, segment.start, segment.end)
            acting = actor or acting
            if segment.due is None and not here and acting is None:
                segment.due = self._held(running, segment)
            draft = self._draft(segment, part, subject)
            if draft is None and acting is not None:
                draft = next(self._handed_out(segment.start, segment.end, acting), None)
            if draft is None:
                continue
            if acting is not None:
                draft.give(acting.owner)
                draft.named = acting.named
            subject = subject or re.split("[,;:]", draft.what, maxsplit=1)[0]
            drafts.append(draft)
        self.acting = acting
        if acting is not None and acting.named:  # 「2026年开工,2029年投用,由某市负责」
            for draft in drafts:
                if draft.owner is None:
                    draft.give(acting.owner)
                    draft.named = True
        return drafts

    def _held(self, running: Deadline | None, segment: Segment) -> Deadline | None:
        """The date of the part before, where it holds for this one as well."""
        words = self.text[segment.start : segment.end]
        holds = _MEASURES.search(words) and not _YEARLY.search(words)
        return running if holds else None

    def _draft(self, segment: Segment, part: list[Clause], subject: str) -> _Draft | None:
        """One task: the words of a segment, whose date opens them or not."""
        start, end, due = segment.start, segment.end, segment.due
        dated = due is not None and segment.opens
        if due is None and (not self.orders or "以来" in self.text[start:end]):
            return None
        for first, last in self.brackets:  # the owner of the tasks before: 「…。（市经信局）推广…」
            start = last if first <= start < last else start
        if end - start < 3:
            return None
        begin, main = opening(
            self.text, due.end if due and dated else start, end, part, self.places, dated=dated
        )
        if main is None and due is None:
            return None
        what = self._without_marks(begin, end)
        what = what[len(lead_words(what)) :].rstrip(";。.,:、")
        what = self._about(what, subject)
        if len(what) < _MEASURED:
            return None
        verb, thing = verb_and_object(self._without_marks(main, end) if main is not None else what)
        if due is None and (not thing or (self.passage.part == "plain" and sets_a_statistic(what))):
            return None
        if due is not None and (
            _COPULA.match(self.text, due.end) or _PASSED.match(self.text, due.end)
        ):
            return None
        rule = "dated.clause" if dated else "dated.sentence" if due else "order.sentence"
        while end > start and self.text[end - 1] in ",;:、":
            end -= 1
        return _Draft(self.passage, start, end, what, verb, thing, due, rule)

    def _about(self, what: str, subject: str) -> str:
        """Words that only say how far it comes (2027年达产, 「总投资3.5亿元，2022年底前建成」) with what they
        are about: the task before them, or the project in the heading."""
        if subject and (len(what) < 6 or _BARE.match(what)):
            return f"{subject}:{what}"
        headings = [e for e in self.passage.context.section if not e.startswith("专栏")]
        heading = heading_words(headings[-1]) if headings else ""
        if _NO_THING.match(what) and _PROJECT.fullmatch(heading):
            return f"{heading}:{what}"
        return what

    def _mark_of(self, start: int, end: int) -> Mark | None:
        """The bracket that names the owner of the words: the next one behind them.

        Where every sentence has one of its own, one without has none.
        """
        mark = next((mark for mark in self.marks if mark.end > start), None)
        if mark is None:
            return None
        ends = not self.text[mark.end :].strip("。;")
        if len(self.marks) == 1 and ends:
            return mark  # at the end of a paragraph it speaks for all of it
        if self.text[mark.start - 1 : mark.start] in ("。", ";", ""):
            return mark  # it follows the sentences that it speaks for
        inside = end <= max(self.text.rfind(stop, 0, mark.start) for stop in "。;") + 1
        return None if inside else mark

    def _mark(self, draft: _Draft) -> None:
        """Give a draft the owner in brackets behind it, unless its own sentence says who leads."""
        mark = self._mark_of(draft.start, draft.end)
        if mark is None or mark.start == mark.end:
            return
        beside = mark.start <= draft.end + 1
        if not beside and (self.whole is not None or (draft.owner and not draft.named)):
            return
        if draft.named and draft.owner:
            told = (mark.owner.lead or "").split("、")
            if draft.supporting is None and draft.owner in told and len(told) > 1:
                draft.supporting = "、".join(name for name in told if name != draft.owner)
            return
        draft.owner = draft.supporting = None
        draft.give(mark.owner)
