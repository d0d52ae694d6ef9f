"""Special programmes (专项工程, 行动, 计划) with their parent group, actions and goals.

A programme has a text of its own where a heading, a box (专栏) or the opening of a paragraph
bears its name; elsewhere prose only names it (「实施…行动计划」). Its goals are the quantified
statements that stand within its text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from jingwei.core import Statement
from jingwei.documents.model import Block, Document
from jingwei.plans import actors, owners
from jingwei.plans.context import heading_words
from jingwei.plans.endings import Endings
from jingwei.plans.identity import with_ids
from jingwei.plans.industries import Tree
from jingwei.plans.kinds import is_generic
from jingwei.plans.lexicon import any_of
from jingwei.plans.orders import order_in, word_lists
from jingwei.plans.passages import Passage, Sentence
from jingwei.plans.records import SECTION, Programme

_QUOTES = str.maketrans("", "", "“”")
_BOX_MARK = re.compile(r"^专栏\s*\d*[:：]?")


@dataclass(slots=True)
class _Draft:
    """A programme being read, with the source ranges of its text."""

    name: str
    group: str
    block: Block
    start: int
    end: int
    rule: str
    section: tuple[str, ...]
    named_only: bool = False
    actions: list[str] = field(default_factory=list[str])
    ranges: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    owner: owners.Owner | None = None

    def give(self, marks: Iterable[owners.Mark]) -> None:
        """The first owner that a mark names; one that was named before stays."""
        self.owner = self.owner or next((mark.owner for mark in marks), None)


def read_programmes(
    document: Document, found: list[Passage], tree: Tree, statements: Sequence[Statement]
) -> list[Programme]:
    """The programmes of a document, those with a text of their own before a mere mention."""
    drafts = [*_headed(document, found), *_opened(found)]
    known = {_key(draft.name) for draft in drafts}
    for draft in _named(found):
        if _key(draft.name) not in known:
            known.add(_key(draft.name))
            drafts.append(draft)
    drafts.sort(key=lambda draft: draft.block.content.origins[draft.start])
    placed = sorted(statements, key=lambda statement: statement.evidence.start)
    starts = [statement.evidence.start for statement in placed]
    records = [_record(document, draft, tree, placed, starts) for draft in drafts]
    return with_ids(records, SECTION["programmes"])


def _record(
    document: Document,
    draft: _Draft,
    tree: Tree,
    statements: Sequence[Statement],
    starts: Sequence[int],
) -> Programme:
    span = document.span(draft.block.content, draft.start, draft.end)
    owner = draft.owner or owners.Owner(None, None)
    within = {
        index
        for first, last in draft.ranges
        for index in range(bisect_left(starts, first), bisect_right(starts, last))
    }
    goals = tuple(statements[index].id for index in sorted(within))
    return Programme(
        id="",
        document=document.name,
        name=draft.name,
        group=draft.group,
        industries=_industries(draft, tree),
        actions=tuple(draft.actions),
        lead=owner.lead,
        goals=goals,
        named_only=draft.named_only,
        quote=span.quote,
        rule=draft.rule,
        section=draft.section,
        evidence=span,
    )


def _industries(draft: _Draft, tree: Tree) -> tuple[str, ...]:
    """Industries in the programme's name, else those its first sentence turns to."""
    named = _longest(draft.name, tree)
    if named or not draft.actions:
        return named
    return _longest(draft.actions[0], tree)


def _longest(text: str, tree: Tree) -> tuple[str, ...]:
    """Names of the industry tree in a text, without those inside longer ones."""
    found = (name for name in tree.paths if name in text and not is_generic(name))
    names = sorted(found, key=len, reverse=True)
    kept: list[str] = []
    for name in names:
        if not any(name in longer for longer in kept):
            kept.append(name)
    return tuple(sorted(kept, key=text.find))


def _key(name: str) -> str:
    return name.translate(_QUOTES)


@cache
def _endings() -> tuple[Endings[str], frozenset[str], Endings[str]]:
    lists = word_lists("programmes")
    return (
        Endings.plain(lists["name"]["ending"]),
        frozenset(lists["name"]["not_name"]),
        Endings.plain(lists["group"]["drop"]),
    )


_QUOTED = re.compile("([一-龥]*)“([^”]+)”")


@cache
def programme_name(words: str) -> str:
    """The programme that a heading or box names: 「实施绿洲英才计划」 gives 绿洲英才计划; "" for none."""
    words = _BOX_MARK.sub("", heading_words(words)).rstrip("。.:：,，")
    whole = _QUOTED.fullmatch(words)
    if whole and order_in(whole[1]) is not None:
        words = whole[2]
    ending, not_name, _ = _endings()
    if not ending.match(words) or len(words) > 30 or re.search(r"[,;。]", words):
        return ""
    order = order_in(words)
    if order is not None and order.verb in _ANNOUNCE:
        words = words[order.end :]
    words = words.strip("的")
    bare = _key(words)
    return words if bare not in not_name and len(bare) >= 4 else ""


_ANNOUNCE = ("实施", "开展", "推进", "启动", "深入", "打好", "组织", "落实", "推动", "抓好")


# -- with a text of their own --------------------------------------------------------------


def _headed(document: Document, found: list[Passage]) -> Iterator[_Draft]:
    """Programmes that a heading or a box names, with all passages under it."""
    by_heading: dict[tuple[str, ...], list[Passage]] = {}
    for passage in found:
        by_heading.setdefault(passage.context.section, []).append(passage)
    for block in document.blocks:
        if block.kind != "heading":
            continue
        name = programme_name(block.text)
        if not name:
            continue
        outer = (*block.section, block.text)
        under = [
            passage
            for section, passages in by_heading.items()
            for passage in passages
            if _lies_under(section, block, outer)
        ]
        inner = any(
            programme_name(heading)
            for passage in under
            for heading in passage.context.section[len(block.section) :]
            if heading != block.text
        )
        if not under or inner or any(p.part == "facts" for p in under):
            continue
        at = max(block.text.find(name), 0)
        draft = _Draft(
            name, _group(block.section), block, at, at + len(name),
            "box" if block.box else "heading", outer[:-1],
        )  # fmt: skip
        for passage in under:
            marks = passage.marks
            draft.give(marks)
            _take(draft, passage, passage.sentences, marks)
        yield draft


def _lies_under(section: tuple[str, ...], block: Block, outer: tuple[str, ...]) -> bool:
    """Whether a section stands under a heading; that of a box comes after the headings of its items."""
    if section[: len(outer)] == outer:
        return True
    inside = block.box and section[-1:] == (block.text,)
    return bool(inside) and section[: len(block.section)] == block.section


def _group(section: tuple[str, ...]) -> str:
    """The parent group: the heading above, without its number and 专项工程."""
    if not section:
        return ""
    words = heading_words(section[-1])
    if programme_name(words) and not words.endswith("专项工程"):
        return programme_name(words)
    dropped = words.removesuffix(_endings()[2].match(words))
    return dropped if len(dropped) >= 3 else words


def _take(
    draft: _Draft, passage: Passage, sentences: Sequence[Sentence], marks: Sequence[owners.Mark]
) -> None:
    """Add sentences of a passage to a programme: its actions and the range of its goals."""
    origins = passage.block.content.origins
    for sentence in sentences:
        start = _past(marks, sentence.start)
        if start >= sentence.end:
            continue  # it only says who
        actor = actors.stated(passage.text, start, sentence.end)
        draft.owner = draft.owner or (actor.owner if actor else None)
        words = passage.text[start : sentence.end].strip("。. ")
        if len(words) >= 4:
            draft.actions.append(words)
            draft.ranges.append((origins[start], origins[sentence.end - 1]))
    if passage.block.table is not None:
        cells = [
            cell.content.origins
            for row in passage.block.table.rows
            for cell in row
            if len(cell.content)
        ]
        if cells:
            draft.ranges.append((min(min(c) for c in cells), max(max(c) for c in cells)))


def _past(marks: Sequence[owners.Mark], position: int) -> int:
    """Past a bracket at ``position`` that names the owner of what stands before it."""
    return next((mark.end for mark in marks if mark.start <= position < mark.end), position)


def _opened(found: list[Passage]) -> Iterator[_Draft]:
    """Programmes that open a paragraph or a sentence of one: 「基础材料攻关行动，布局…」."""
    for passage in found:
        if passage.part in ("facts", "front", "principle", "target"):
            continue
        marks = passage.marks
        box = programme_name(passage.context.section[-1]) if passage.context.section else ""
        group = box or _group(passage.context.section)
        drafts: list[tuple[_Draft, list[Sentence]]] = []
        for sentence in passage.sentences:
            start = _past(marks, sentence.start)
            first = next((clause for clause in sentence.clauses if clause.end > start), None)
            words = passage.text[start : first.end] if first else ""
            name = _opening_name(words) if first and first.mark in (",", "。", ".", ":") else ""
            if name:
                at = start + words.find(name)
                draft = _Draft(
                    name, group, passage.block, at, at + len(name), "opening", passage.context.section
                )  # fmt: skip
                drafts.append((draft, []))
            if drafts and (name or not _leaves(sentence)):
                drafts[-1][1].append(sentence)
        ends = [*(draft.start for draft, _ in drafts[1:]), len(passage.text)]
        for (draft, sentences), end in zip(drafts, ends, strict=False):
            own = [mark for mark in marks if draft.start < mark.start < end]
            # a single one speaks for the whole paragraph
            draft.give(own if len(marks) > 1 else marks)
            _take(draft, passage, sentences, marks)
            yield draft


def _opening_name(text: str) -> str:
    """A programme's name that stands alone; not an order to carry one out."""
    text = re.sub(r"^(?:\(?\d{1,2}[.、．)]|[①-⑳]|\([一二三四五六七八九十]+\))", "", text)
    if order_in(text) is not None and not text.startswith(("应用", "创新", "服务", "生产", "制造")):
        return ""
    if re.search(r"为|是|等|将|围绕|以|的$|通过|、", text) or len(text) > 24:
        return ""
    return programme_name(text)


def _leaves(sentence: Sentence) -> bool:
    """Whether a dated sentence sums up a whole paragraph instead of its last programme."""
    return re.match(r"(?:到|至|“?十)", sentence.text) is not None


# -- named in prose ------------------------------------------------------------------------


@cache
def _announced() -> re.Pattern[str]:
    lists = word_lists("programmes")["name"]
    return re.compile(
        rf"(?:{any_of(lists['announce'])})(?P<name>[^,;:。.《«]{{2,28}}?(?:{any_of(lists['ending'])}))"
        rf"(?!{any_of(lists['goes_on'])})"
    )


def _named(found: list[Passage]) -> Iterator[_Draft]:
    """Programmes that prose only names: 「实施智能制造行动计划，…」."""
    for passage in found:
        if passage.part in ("facts", "front"):
            continue
        text = passage.block.text
        if "计划" not in text and "行动" not in text and "工程" not in text and "专项" not in text:
            continue
        for match in _announced().finditer(text):
            for start, end in _several(text, *match.span("name")):
                name = text[start:end]
                if not _is_named(name):
                    continue
                if end < match.end("name"):  # one of several: the noun of their class follows 等
                    name += text[text.rfind("等", end, match.end("name")) + 1 : match.end("name")]
                yield _Draft(
                    name, _group(passage.context.section), passage.block, start, end, "prose",
                    passage.context.section, named_only=True,
                )  # fmt: skip


def _several(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """「领军人才、青年英才等计划」 are two; 「“雏鹰”“雄鹰”行动」 is one."""
    words = text[start:end]
    close = re.search(r"等(?=[^等]{0,8}$)", words)
    if "、" not in words or close is None:
        yield start, end
        return
    position = start
    for piece in words[: close.start()].split("、"):
        yield position, position + len(piece)
        position += len(piece) + 1


def _is_named(name: str) -> bool:
    """Whether the words are a name: not a count of programmes, not a sentence."""
    _, not_name, _ = _endings()
    bare = _key(name)
    if bare in not_name or len(bare) < 4 or name.count("“") != name.count("”"):
        return False
    if re.match(
        r"[一二两三四五六七八九十百\d]+[个项大批类条]|一批|若干|各类|相关|有关|本|该|这|一系列|好|和|与|国家重大",
        name,
    ):
        return False
    return not re.search(r"[,;、]|的|为|以及|等|并|和.*和", name) and not _is_thing(bare)


def _is_thing(name: str) -> bool:
    return name.endswith(
        (
            "海洋工程",
            "总承包工程",
            "示范应用工程",
            "年度计划",
            "国家重大工程",
            "工作计划",
            "重点项目计划",
        )
    )
