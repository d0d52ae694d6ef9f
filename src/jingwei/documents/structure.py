"""Paragraphs and grids to blocks: headings with their ranks, boxes, tables with captions.

All formats pass through here, so that the same text gives the same blocks whatever it was
written in.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jingwei.documents.folding import EMPTY, cut, join
from jingwei.documents.lines import Frame, Grid, Item, Paragraph, is_terminal
from jingwei.documents.masthead import Masthead, read_masthead
from jingwei.documents.model import Block, Text
from jingwei.documents.numbering import (
    LEVELS,
    SECTIONS,
    Mark,
    heading_length,
    is_box_title,
    mark_of,
    quantity,
    sentence_end,
)
from jingwei.documents.tables import finish, joined
from jingwei.documents.vocabulary import words

BOX_LEVEL = 9  # the title of a box ranks below all numbered headings
_DATE_LIKE = re.compile(r"\d{4}年|^\(.*\)$|(?:人民政府|办公厅|办公室|委员会|[局厅部])$")
# 「“十四五”时期工作回顾」, 「2026年重点工作」: the part of a report that speaks of these years
_ERA_TITLE = re.compile(
    r"(?:(?:19|20)\d\d年|[“\"]?十[一二三四五六七八九]五[”\"]?时?期?|过去[一五]年|今后五年|[一五]年来)[^,;。:\d]{0,12}"
    r"(?:回顾|工作|任务|目标|安排|要求|打算|成就|重点)"
)
_PLAIN_NUMBER = re.compile(r"(\d{1,2})(?=[\u4e00-\u9fff])")
_TRAILING_PAGE = re.compile(r"[.…·\s]*\d{0,4}$")


def blocks_of(
    source: str, items: Sequence[Item], published: str = ""
) -> tuple[tuple[Block, ...], Masthead]:
    """The blocks of a document, and what its head says."""
    items = _without_contents(_with_joined_tables(list(items)))
    paragraphs = [item for item in items if isinstance(item, Paragraph)]
    masthead = read_masthead([paragraph.text for paragraph in paragraphs], published)
    lines = [paragraphs[i] for i in masthead.lines]
    titles: set[int] = set()
    if lines:
        title = Paragraph(join(source, (line.content for line in lines)))
        items[items.index(lines[0])] = title
        items = [item for item in items if not any(item is line for line in lines)]
        titles.add(id(title))
    builder = _Builder(source, _ranks(paragraphs), titles)
    builder.add(items)
    return tuple(builder.blocks), masthead


def _with_joined_tables(items: Sequence[Item]) -> list[Item]:
    """Pieces of one table, split over pages, become one."""
    result: list[Item] = []
    for item in items:
        if isinstance(item, Grid) and result:
            if isinstance(result[-1], Paragraph) and result[-1].text.startswith(("续表", "(续")):
                result.pop()
            above = result[-1] if result else None
            whole = joined(above, item) if isinstance(above, Grid) else None
            if whole is not None:
                result[-1] = whole
                continue
        result.append(item)
    return result


def _without_contents(items: Sequence[Item]) -> list[Item]:
    """Drop a table of contents: from 目录 to where its first entry comes again."""
    for index, item in enumerate(items):
        if not isinstance(item, Paragraph) or item.text not in ("目录", "目次", "目錄"):
            continue
        following = items[index + 1] if index + 1 < len(items) else None
        if not isinstance(following, Paragraph):
            continue
        first = _TRAILING_PAGE.sub("", following.text)
        for later in range(index + 2, min(index + 400, len(items))):
            again = items[later]
            if isinstance(again, Paragraph) and first and again.text.startswith(first):
                return [*items[:index], *items[later:]]
    return list(items)


@dataclass(frozen=True, slots=True)
class _Ranks:
    """The level of each kind of number in this document."""

    levels: dict[str, int]
    decimal: bool

    def of(self, mark: Mark) -> int:
        if mark.kind == "decimal":
            return len(mark.value) + (0 if self.decimal else 2)
        return self.levels[mark.kind]


def _ranks(paragraphs: Sequence[Paragraph]) -> _Ranks:
    counts: Counter[str] = Counter()
    for paragraph in paragraphs:
        mark = mark_of(paragraph.text)
        if mark and heading_length(paragraph.text, mark):
            counts[mark.kind] += 1
    levels = dict(LEVELS)
    parts = (counts["chapter"] > 0) + (counts["section"] > 0)
    if parts and counts["han"]:
        for kind in ("han", "han_brackets", "arabic", "brackets", "circled"):
            levels[kind] = (
                parts + ("han", "han_brackets", "arabic", "brackets", "circled").index(kind) + 1
            )
    decimal = counts["decimal"] > 1 and not counts["han"] and not counts["chapter"]
    if decimal:
        levels["arabic"] = 1
    return _Ranks(levels, decimal)


@dataclass(slots=True)
class _Open:
    """A heading that the following blocks stand under."""

    level: int
    text: str
    mark: Mark | None


class _Builder:
    """Walks through the items and keeps the open headings and the open box."""

    def __init__(self, source: str, ranks: _Ranks, titles: set[int]) -> None:
        self.source = source
        self.ranks = ranks
        self.titles = titles
        self.blocks: list[Block] = []
        self.open: list[_Open] = []
        self.box = ""
        self.named = False  # the box was announced by the word 专栏, or is a frame
        self.outer: list[_Open] = []  # headings around the open box
        self.box_measure = 0.0
        self.measure = 0.0
        self.begun = False  # body text was met

    def add(self, items: Sequence[Item], framed: bool = False) -> None:
        index = 0
        while index < len(items):
            item = items[index]
            if isinstance(item, Frame):
                self._frame(item)
            elif isinstance(item, Grid):
                self._table(item, EMPTY)
            else:
                caption = self._caption(items, index)
                if caption:
                    count, grid, text = caption
                    self._table(grid, text)
                    index += count
                    continue
                following = items[index + 1] if index + 1 < len(items) else None
                self._paragraph(item, following, framed)
            index += 1

    # Paragraphs

    def _paragraph(self, item: Paragraph, following: Item | None, framed: bool) -> None:
        text = item.text
        if not text:
            return
        if id(item) in self.titles:
            self._block("heading", item.content)
            return
        if is_box_title(text) and not is_terminal(text):
            self._open_box(item.content, named=True)
            return
        mark = mark_of(text) or self._plain_number(text)
        length = heading_length(text, mark) if mark else 0
        if mark and not length:
            length = _before_blank(self.source, item.content, mark)
        if mark and length and not (mark.kind == "decimal" and not self._is_decimal(mark)):
            self._heading(item, mark, length, framed)
            return
        if mark:
            self._leave_siblings(mark)
        if item.level and len(text) <= 60 and sentence_end(text) < 0:
            self._push(_Open(item.level, text, None), item.content)
            return
        if not framed and self._is_bare_title(item, following):
            if any(heading.mark for heading in self.open):
                self._open_box(item.content, named=False)
            else:
                self._push(_Open(1, text, None), item.content)
            return
        self._body(item, framed)

    def _body(self, item: Paragraph, framed: bool) -> None:
        if self.box and not self.named and not framed and item.measure:
            if not self.box_measure:
                self.box_measure = item.measure
            elif self._returns_to_body(item.measure):
                self._close_box()
        elif not self.box and item.measure:
            self.measure = item.measure
        self.begun = self.begun or is_terminal(item.text)
        self._block("paragraph", item.content)

    def _returns_to_body(self, measure: float) -> bool:
        """Boxes are often set in smaller type; lines as long as those of the body end one."""
        apart = abs(self.box_measure - self.measure)
        return apart >= 4 and abs(measure - self.measure) < 0.3 * apart

    def _plain_number(self, text: str) -> Mark | None:
        """``1 总则`` in a document that numbers 1, 1.1, 1.1.1."""
        match = _PLAIN_NUMBER.match(text) if self.ranks.decimal and len(text) <= 20 else None
        return Mark("arabic", (int(match[1]),), match.end()) if match else None

    def _is_decimal(self, mark: Mark) -> bool:
        """A decimal number is a heading's only if it goes on from the last one."""
        last = next((o.mark for o in reversed(self.open) if o.mark), None)
        seen = [o.mark.value for o in self.open if o.mark and o.mark.kind == "decimal"]
        return (
            mark.value[-1] == 1
            or any(value[: len(mark.value) - 1] == mark.value[:-1] for value in seen)
            or (last is not None and last.value == mark.value[:-1])
        )

    def _heading(self, item: Paragraph, mark: Mark, length: int, framed: bool) -> None:
        if self.box and not framed and self._closes_box(mark):
            self._close_box()
        content = item.content
        heading = cut(content, 0, length)
        self._push(_Open(self.ranks.of(mark), heading.text, mark), heading)
        rest = cut(content, length)
        while rest.text[:1] in ("。", ".", ":"):
            rest = cut(rest, 1)
        if rest.text:
            self._body(Paragraph(rest, 0, item.measure), framed)

    def _push(self, heading: _Open, content: Text) -> None:
        while self.open and self.open[-1].level >= heading.level:
            self.open.pop()
        self._block("heading", content, heading.level)
        self.open.append(heading)

    def _leave_siblings(self, mark: Mark) -> None:
        """「2.…」 as a whole sentence stands beside 「1.…」 that had a heading, not below it."""
        inner = len(self.outer) if self.box else 0
        for index in range(inner, len(self.open)):
            beside = self.open[index].mark
            if beside is not None and beside.kind == mark.kind and mark.follows(beside):
                del self.open[index:]
                return

    def _is_bare_title(self, item: Paragraph, following: Item | None) -> bool:
        """A short line without punctuation above body text: the title of a box without 专栏."""
        text = item.text
        return (
            (bool(self.open) or self.begun or _ERA_TITLE.fullmatch(text) is not None)
            and 3 <= len(text) <= 30
            and not re.search(r"[,;:。!?.]", text)
            and (_ERA_TITLE.fullmatch(text) is not None or not _DATE_LIKE.search(text))
            and not (text[0] == "“" and text.find("”") == len(text) - 1)
            and text[-1] not in "、—-"
            and isinstance(following, Paragraph)
            and (mark_of(following.text) is None or following.text.startswith("——"))
            and (len(following.text) >= 30 or is_terminal(following.text))
            and sentence_end(following.text) >= 0
        )

    # Boxes

    def _open_box(self, title: Text, named: bool) -> None:
        if self.box:
            self._close_box()
        self.box = title.text
        self.named = named
        self.outer = list(self.open)
        self.box_measure = 0.0
        self._block("heading", title, BOX_LEVEL)

    def _close_box(self) -> None:
        self.box = ""
        self.open = self.outer

    def _closes_box(self, mark: Mark) -> bool:
        """Whether a numbered heading belongs to the text around the box."""
        if not self.named:
            return True
        around = {heading.mark.kind: heading.mark for heading in self.outer if heading.mark}
        inside = [o.mark for o in self.open[len(self.outer) :] if o.mark]
        if any(mark.kind == inner.kind and mark.follows(inner) for inner in inside):
            return False
        outer = around.get(mark.kind)
        if outer is None:
            return any(self.ranks.of(mark) <= heading.level for heading in self.outer)
        return mark.value[-1] != 1 or outer.value[-1] == 0

    def _frame(self, frame: Frame) -> None:
        items = list(frame.items)
        first = items[0] if items else None
        if isinstance(first, Paragraph) and self._titles_frame(first, len(items)):
            self._open_box(first.content, named=True)
            items = items[1:]
        elif not (self.box and self.blocks and self.blocks[-1].level == BOX_LEVEL):
            if self.box:
                self._close_box()
            self.outer = list(self.open)
        self.add(items, framed=True)
        self._close_box()

    def _titles_frame(self, first: Paragraph, count: int) -> bool:
        text = first.text
        if is_box_title(text):
            return True
        return count > 1 and len(text) <= 40 and sentence_end(text) < 0 and mark_of(text) is None

    # Tables

    def _caption(self, items: Sequence[Item], index: int) -> tuple[int, Grid, Text] | None:
        """A caption, perhaps with a line that names the unit, above a table."""
        units = tuple(words("caption")["units"])
        first = items[index]
        if not isinstance(first, Paragraph) or not _can_be_caption(first.text, units):
            return None
        pieces = [first.content]
        at = index + 1
        second = items[at] if at < len(items) else None
        if isinstance(second, Paragraph) and second.text.strip("()").startswith(units):
            pieces.append(second.content)
            at += 1
        grid = items[at] if at < len(items) else None
        if not isinstance(grid, Grid):
            return None
        if is_box_title(first.text):
            self._open_box(first.content, named=True)
        return at + 1 - index, grid, join(self.source, pieces)

    def _table(self, grid: Grid, caption: Text) -> None:
        finished = finish(self.source, grid)
        caption = join(self.source, (caption, finished.caption))
        if finished.table is not None:
            self.blocks.append(
                Block("table", caption, 0, self.box, self._section(), finished.table)
            )
        elif caption.text:
            self._block("paragraph", caption)
        for note in finished.notes:
            self._block("paragraph", note)

    # Blocks

    def _section(self) -> tuple[str, ...]:
        return tuple(heading.text for heading in self.open)

    def _block(self, kind: str, content: Text, level: int = 0) -> None:
        if kind == "heading":
            self.blocks.append(Block("heading", content, level, self.box, self._section()))
        else:
            self.blocks.append(Block("paragraph", content, 0, self.box, self._section()))


_LONGEST_RUN_IN = 24
_SHORTEST_TEXT = 20
_BEYOND = 12  # characters without another blank: no text with blanks strewn in


def _before_blank(source: str, content: Text, mark: Mark) -> int:
    """The length of a heading that a blank alone parts from its text, as pages taken line by line have
    them: 「一、过去五年的主要成效 “十三五”规划实施以来,…」; 0 where there is none."""
    text, origins = content.text, content.origins
    if mark.kind not in SECTIONS or len(text) < mark.length + _SHORTEST_TEXT:
        return 0
    last = min(_LONGEST_RUN_IN, len(text) - _SHORTEST_TEXT)
    blanks = (n for n in range(mark.length + 4, last + 1) if _is_blank(source, origins, n))
    end = next(blanks, 0)
    if not end or any(_is_blank(source, origins, n) for n in range(end + 1, end + _BEYOND)):
        return 0
    heading = text[mark.length : end]
    if _PAUSE.search(heading) or quantity().search(_WRITTEN_YEAR.sub("", heading)):
        return 0
    return end if sentence_end(text, end) >= 0 and mark_of(text[end:]) is None else 0


_PAUSE = re.compile(r"[,、。;:!?]|[的和与及]$")
_WRITTEN_YEAR = re.compile(r"(?:19|20)\d\d年")


def _is_blank(source: str, origins: Sequence[int], n: int) -> bool:
    between = source[origins[n - 1] + 1 : origins[n]]
    return bool(between) and not between.strip(" \t\u3000")


def _can_be_caption(text: str, units: Sequence[str]) -> bool:
    if is_box_title(text) or text.strip("()").startswith(tuple(units)):
        return True
    return len(text) <= 60 and sentence_end(text) < 0 and mark_of(text) is None
