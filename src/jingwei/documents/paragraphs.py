"""Printed lines to paragraphs.

A line end inside a paragraph is layout, and in text taken from pages an empty line may be
layout too. What a line end means is learned from the document: whether its lines are cut at
a width (*wrapped*), at which widths, and whether white space above a line means anything.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jingwei.documents.folding import join
from jingwei.documents.lines import Frame, Grid, Item, Line, Paragraph, is_terminal
from jingwei.documents.numbering import Mark, heading_length, is_box_title, mark_of

_CLAUSE = re.compile(r"[,;。!?，]|(?<!\d)\.(?!\d)")
_BULLET = re.compile(r"——|[-–—―] ?(?=[\u4e00-\u9fff])|[●■◆•·○▲★※□◇◎▶►➢✓]")
_CLOSER = re.compile(
    r"(?:抄送|主送|附件|附|注|附注|备注|说明|注释|来源|数据来源|资料来源)\d?:|\(此件"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_NOTICE = re.compile(r"(?:[》»]|关于.*)的(?:通知|意见|决定|公告|公报|函|批复)$")
_RUN_IN = re.compile(r"[^,;:。.!?、]{2,14}(?:。|(?<![\dA-Za-z])\.)(?=.{6})")
_LONGEST_BARE = 40


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


def learn(lines: Sequence[Line]) -> Layout:
    """Learn what a line end means in this document."""
    body = [line for line in lines if line.width >= 12 and mark_of(line.text) is None]
    running = [line for line in body if not is_terminal(line.text)]
    wrapped = len(running) > 0.4 * len(body)
    indented = sum(line.indented for line in lines)
    return Layout(
        wrapped=wrapped,
        widths=_usual_widths(running) if wrapped else (),
        gaps_part=_gaps_part(lines) if wrapped else True,
        indents_part=0 < indented < 0.7 * len(lines) or (not wrapped and indented > 0),
    )


def _usual_widths(running: Sequence[Line]) -> tuple[float, ...]:
    counts = Counter(round(line.width) for line in running)
    near = {width: sum(counts[width + by] for by in (-1, 0, 1)) for width in counts}
    enough = 0.1 * len(running)
    return tuple(
        sorted(
            width
            for width, count in near.items()
            if count >= enough
            and all(counts[width] >= counts.get(width + by, 0) for by in (-2, -1, 1, 2))
        )
    )


def _gaps_part(lines: Sequence[Line]) -> bool:
    """White space parts paragraphs if it hardly ever stands inside a sentence."""
    inside = outside = gaps_inside = gaps_outside = 0
    for above, below in zip(lines, lines[1:], strict=False):
        if is_terminal(above.text):
            outside += 1
            gaps_outside += below.gap
        elif above.width >= 12 and not mark_of(above.text):
            inside += 1
            gaps_inside += below.gap
    return gaps_outside > 0 and gaps_inside * max(outside, 1) < 0.15 * gaps_outside * max(inside, 1)


def paragraphs(
    source: str, elements: Iterable[Line | Grid | Frame], layout: Layout
) -> Iterator[Item]:
    """Join lines to paragraphs; grids and frames pass through and end a paragraph."""
    joiner = _Joiner(layout)
    current: list[Line] = []
    for element in elements:
        if not isinstance(element, Line):
            if current:
                yield _paragraph(source, current)
                current = []
            yield element
            continue
        if current and joiner.ends(current, element):
            yield _paragraph(source, current)
            current = []
        if not current:
            joiner.opened(element)
        current.append(element)
    if current:
        yield _paragraph(source, current)


def _paragraph(source: str, lines: Sequence[Line]) -> Paragraph:
    content = lines[0].content if len(lines) == 1 else join(source, (l.content for l in lines))
    measure = max((line.width for line in lines[:-1]), default=0.0)
    return Paragraph(content, lines[0].level, measure)


class _Joiner:
    """Decides at each line end whether the paragraph ends there."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.last: dict[str, Mark] = {}

    def opened(self, line: Line) -> None:
        mark = mark_of(line.text)
        if mark is not None:
            self.last[mark.kind] = mark

    def ends(self, current: Sequence[Line], below: Line) -> bool:
        above = current[-1]
        if below.indented and self.layout.indents_part:
            return True
        terminal = is_terminal(above.text) and not _number_is_cut(above.text, below.text)
        alone = not terminal and self._stands_alone(current)
        if alone or above.level != below.level:
            return True
        mark = mark_of(below.text)
        if mark is not None and self._opens(mark, terminal):
            return True
        if is_box_title(below.text):
            return terminal or not self._is_full(current)
        if not terminal:
            return False
        if not self.layout.wrapped or not self._is_full(current):
            return True
        return (
            (self.layout.gaps_part and below.gap)
            or _BULLET.match(below.text) is not None
            or _CLOSER.match(below.text) is not None
            or self._is_bare(below)
            or (_RUN_IN.match(below.text) and _RUN_IN.match(current[0].text)) is not None
        )

    def _opens(self, mark: Mark, terminal: bool) -> bool:
        """A number at a line start opens a paragraph if it continues its row or begins one."""
        if mark.kind == "decimal" and not terminal:
            return False
        previous = self.last.get(mark.kind)
        return mark.value[-1] == 1 or (previous is not None and mark.follows(previous))

    def _stands_alone(self, current: Sequence[Line]) -> bool:
        """Whether lines without a sentence end are complete: a heading, a title, a date."""
        above = current[-1]
        if self.layout.wrapped and self._is_full(current):
            return False
        text = "".join(line.text for line in current)
        mark = mark_of(text)
        if mark is not None:
            return heading_length(text, mark) == len(text)
        if is_box_title(text):
            return True
        if _NOTICE.search(text):
            return True
        if self.layout.wrapped and not self._is_short(above):
            return False
        bare = _BRACKETED.sub("", text)
        return len(bare) <= _LONGEST_BARE and not _CLAUSE.search(bare) and not _hangs(text)

    def _is_full(self, current: Sequence[Line]) -> bool:
        """Whether the line reaches the right margin, so that its end may be layout."""
        width = current[-1].width
        if len(current) > 1:
            measure = max(line.width for line in current[:-1])
            return width >= measure - max(2.5, 0.08 * measure)
        usual = self.layout.widths
        return bool(usual) and (
            width > usual[-1] or any(0.86 * each <= width <= 1.06 * each for each in usual)
        )

    def _is_short(self, line: Line) -> bool:
        usual = self.layout.widths
        return not usual or line.width < 0.75 * usual[0]

    def _is_bare(self, line: Line) -> bool:
        text = line.text
        return (
            self._is_short(line)
            and not is_terminal(text)
            and not _CLAUSE.search(text)
            and not _hangs(text)
        )


def _number_is_cut(above: str, below: str) -> bool:
    """A decimal number cut at its point: ``１．`` and ``５以上``."""
    return above.endswith(".") and above[-2:-1].isdigit() and below[:1].isdigit()


def _hangs(text: str) -> bool:
    """Punctuation after which a text goes on."""
    return text.endswith(("、", ",", "(", "《", "“", "/", "-", "—", "«"))
