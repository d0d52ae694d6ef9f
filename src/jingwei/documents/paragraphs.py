"""Printed lines to paragraphs.

A line end inside a paragraph is layout, and in text taken from pages an empty line may be
layout too. What a line end means is learned from the document: whether its lines are cut at
a width (*wrapped*), at which widths, and whether white space above a line means anything.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jingwei.documents.folding import join
from jingwei.documents.lines import Item, Line, Paragraph, is_terminal
from jingwei.documents.numbering import Mark, heading_length, is_box_title, mark_of

_CLAUSE = re.compile(r"[,;。!?，]|(?<!\d)\.(?!\d)")
_BULLET = re.compile(r"——|[-–—―] ?(?=[\u4e00-\u9fff])|[●■◆•·○▲★※□◇◎▶►➢✓]")
# what opens a line with one of these is never the rest of a sentence
_GLYPH = re.compile(r"[●■◆○▲★※□◇◎▶►➢✓☆]|【[^【】]{2,14}】")
_PUBLISHED = re.compile(r"(?:发布|发表|更新|成文|印发)(?:时间|日期):?(?:19|20)\d\d")
_CLOSER = re.compile(
    r"(?:抄送|主送|附件|附|注|附注|备注|说明|注释|来源|数据来源|资料来源)\d?:|\(此件"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_NOTICE = re.compile(r"(?:[》»]|关于.*)的(?:通知|意见|决定|公告|公报|函|批复)$")
_RUN_IN = re.compile(r"[^,;:。.!?、]{2,14}(?:。|(?<![\dA-Za-z])\.)(?=.{6})")
_FIXED = re.compile(
    r".{0,30}[〔\[(〈【](?:19|20)\d\d[〕\])〉】]第?\d{1,5}号"
    r"|\(?(?:(?:19|20)\d\d|[一二三四五六七八九〇○零]{4})年.{1,3}月.{1,3}日\)?|\(此件.{2,12}\)"
    # a dateline: 「2031-07-25 09:00 云岭日报」, 「2031-07-25 来源:云岭日报」
    r"|(?:19|20)\d\d-\d{1,2}-\d{1,2}(?:\d\d?:\d\d(?::\d\d)?[^,;。]{0,30}|来源[^,;。]{0,30})?"
)
_HANGING = ("、", ",", "(", "《", "“", "/", "-", "—", "«")
_RAGGED = 2.1  # characters: a line that ends so near to the right edge is full
_LONGEST_BARE = 40
_LONGEST_HEAD = 160


@dataclass(frozen=True, slots=True)
class Layout:
    """What was learned about the lines of a document.

    ``widths`` are the usual widths of full lines, in Chinese characters. ``gaps_part`` and
    ``indents_part`` tell whether white space above or before a line separates paragraphs.
    """

    wrapped: bool
    widths: tuple[float, ...]
    gaps_part: bool
    indents_part: bool


def learn(lines: Sequence[Line], printed: bool = False) -> Layout:
    """Learn what a line end means in this document.

    On ``printed`` pages lines are cut at the right edge and indents are measured; in plain
    text both must be learned.
    """
    body = [
        line
        for line in lines
        if line.width >= 12 and _CLAUSE.search(line.text) and mark_of(line.text) is None
    ]
    running = [line for line in body if not is_terminal(line.text)]
    wrapped = printed or len(running) > 0.4 * len(body)
    indented = sum(line.indented for line in lines)
    return Layout(
        wrapped=wrapped,
        widths=_usual_widths(running) if wrapped else (),
        gaps_part=_gaps_part(lines) if wrapped else True,
        indents_part=printed or 0 < indented < 0.7 * len(lines) or (not wrapped and indented > 0),
    )


def _usual_widths(running: Sequence[Line]) -> tuple[float, ...]:
    counts = Counter(round(line.width) for line in running)
    near = {width: sum(counts[width + by] for by in (-1, 0, 1)) for width in counts}
    enough = max(2.0, 0.1 * len(running))
    usual = sorted(
        width
        for width, count in near.items()
        if count >= enough
        and all(counts[width] >= counts.get(width + by, 0) for by in (-2, -1, 1, 2))
    )
    return tuple(usual or sorted(counts)[-1:])


def _gaps_part(lines: Sequence[Line]) -> bool:
    """White space parts paragraphs if it hardly ever stands inside a sentence."""
    inside = outside = gaps_inside = gaps_outside = 0
    for above, below in pairwise(lines):
        if is_terminal(above.text):
            outside += 1
            gaps_outside += below.gap
        elif above.width >= 12 and not mark_of(above.text):
            inside += 1
            gaps_inside += below.gap
    return gaps_outside > 0 and gaps_inside * max(outside, 1) < 0.15 * gaps_outside * max(inside, 1)


def paragraphs(source: str, elements: Iterable[Line | Item], layout: Layout) -> Iterator[Item]:
    """Join lines to paragraphs; what is an item already passes through and ends a paragraph."""
    joiner = _Joiner(layout)
    for element in elements:
        if not isinstance(element, Line):
            yield from joiner.closed(source)
            yield element
            continue
        if joiner.lines and joiner.ends_before(element):
            yield from joiner.closed(source)
        joiner.add(element)
    yield from joiner.closed(source)


class _Joiner:
    """Collects the lines of a paragraph and decides at each line end whether it ends there.

    ``measure`` is the widest line but the last; ``head`` the beginning of the text, as much
    of it as is looked at.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.last: dict[str, Mark] = {}
        self.lines: list[Line] = []
        self.measure = 0.0
        self.head = ""

    def add(self, line: Line) -> None:
        if self.lines:
            self.measure = max(self.measure, self.lines[-1].width)
        else:
            mark = mark_of(line.text)
            if mark is not None:
                self.last[mark.kind] = mark
        if len(self.head) <= _LONGEST_HEAD:
            self.head += line.text
        self.lines.append(line)

    def closed(self, source: str) -> Iterator[Paragraph]:
        """The paragraph that ends here, if one was begun."""
        if self.lines:
            first = self.lines[0]
            alone = len(self.lines) == 1
            content = (
                first.content if alone else join(source, (each.content for each in self.lines))
            )
            yield Paragraph(content, 0, self.measure)
        self.lines = []
        self.measure = 0.0
        self.head = ""

    def ends_before(self, below: Line) -> bool:
        above = self.lines[-1]
        full = self._is_full(above)
        terminal = is_terminal(above.text) and not _number_is_cut(above.text, below.text)
        if _in_other_type(above, below):
            return True
        if _is_fixed(below.text) or _is_fixed(self.head):
            return True
        if _GLYPH.match(below.text) or _PUBLISHED.match(below.text):
            return True
        if self._is_chapter() and self._begins_below_chapter(below):
            return True
        mark = mark_of(below.text)
        opens = mark is not None and self._opens(mark, terminal)
        if below.indented and self.layout.indents_part:
            # Within a sentence, an indent after a full line is that of a hanging paragraph.
            apart = below.gap and self.layout.gaps_part
            ends = terminal or apart or not full
            return ends or opens or self._is_heading(self.head) or _is_bare(self.head)
        if not terminal and not full and self._stands_alone():
            return True
        if below.gap and self.layout.gaps_part and len(self.lines) == 1 and _is_title(self.head):
            return True
        if opens:
            return True
        if is_box_title(below.text):
            return terminal or not full
        if not terminal:
            return False
        if not full and not (self.lines[0].indented and _nearly_full(above)):
            return True
        return self._opens_unnumbered(below)

    def _is_chapter(self) -> bool:
        """Whether the lines so far are the heading of a part, chapter or section."""
        mark = mark_of(self.head)
        chapter = mark is not None and mark.kind in ("chapter", "section")
        return chapter and len(self.head) <= _LONGEST_BARE and _is_bare(self.head)

    def _begins_below_chapter(self, below: Line) -> bool:
        """A full line with clauses below a chapter is its text, a numbered line its first section."""
        mark = mark_of(below.text)
        if mark is not None and mark.kind in ("chapter", "section", "han"):
            return True
        return self._is_full(below) and re.search("[,。;]", below.text) is not None

    def _opens_unnumbered(self, below: Line) -> bool:
        """Whether a line below a full one that ends a sentence opens a paragraph."""
        text = below.text
        return (
            (self.layout.gaps_part and below.gap)
            or _BULLET.match(text) is not None
            or _CLOSER.match(text) is not None
            or (self._is_short(below) and not is_terminal(text) and _is_bare(text))
            or (_RUN_IN.match(text) and _RUN_IN.match(self.head)) is not None
        )

    def _opens(self, mark: Mark, terminal: bool) -> bool:
        """A number at a line start opens a paragraph if it continues its row or begins one."""
        if mark.kind == "decimal" and not terminal:
            return False
        previous = self.last.get(mark.kind)
        return mark.value[-1] == 1 or (previous is not None and mark.follows(previous))

    def _stands_alone(self) -> bool:
        """Whether lines without a sentence end are complete: a heading, a title, a date."""
        text = self.head
        if len(text) > _LONGEST_HEAD:
            return False
        if mark_of(text) is not None:
            return self._is_heading(text)
        if is_box_title(text) or _NOTICE.search(text):
            return True
        if self.layout.wrapped and not self._is_short(self.lines[-1]):
            return False
        bare = _BRACKETED.sub("", text)
        return len(bare) <= _LONGEST_BARE and _is_bare(bare)

    def _is_heading(self, text: str) -> bool:
        mark = mark_of(text)
        return mark is not None and heading_length(text, mark) == len(text)

    def _is_full(self, line: Line) -> bool:
        """Whether the line reaches the right margin, so that its end may be layout."""
        if line.room is not None:
            return line.room <= _RAGGED
        if not self.layout.wrapped:
            return False
        if self.measure:
            return line.width >= self.measure - max(2.5, 0.08 * self.measure)
        usual = self.layout.widths
        return bool(usual) and (
            line.width > usual[-1]
            or any(0.86 * each <= line.width <= 1.06 * each for each in usual)
        )

    def _is_short(self, line: Line) -> bool:
        usual = self.layout.widths
        return not usual or line.width < 0.75 * usual[0]


def _is_fixed(text: str) -> bool:
    """A document number, a date or 「(此件公开发布)」: always a line of its own."""
    return text.endswith(("号", "日", ")")) and _FIXED.fullmatch(text) is not None


def _nearly_full(line: Line) -> bool:
    """Near enough to the right edge for a paragraph that opened with an indent to go on."""
    return line.room is not None and line.room <= 3 * _RAGGED


def _in_other_type(above: Line, below: Line) -> bool:
    """Type of another size begins another paragraph."""
    sizes = sorted((above.size, below.size))
    return sizes[0] > 0 and sizes[1] > 1.12 * sizes[0]


def _is_bare(text: str) -> bool:
    """No clause ends in it, and nothing at its end asks for more, nor does an open bracket."""
    whole = text.count("(") <= text.count(")")
    return whole and not _CLAUSE.search(text) and not text.endswith(_HANGING)


def _is_title(text: str) -> bool:
    """Whether a line with white space below can be a title, however long."""
    return len(text) <= _LONGEST_BARE and _is_bare(_BRACKETED.sub("", text))


def _number_is_cut(above: str, below: str) -> bool:
    """A decimal number cut at its point: ``１．`` and ``５以上``."""
    return above.endswith(".") and above[-2:-1].isdigit() and below[:1].isdigit()
