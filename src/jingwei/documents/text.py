"""Plain text: lines of the file, page furniture removed, joined to paragraphs."""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jingwei.documents.folding import fold
from jingwei.documents.lines import Grid, Item, Line, Paragraph, is_terminal
from jingwei.documents.numbering import mark_of
from jingwei.documents.paragraphs import learn, paragraphs
from jingwei.documents.text_tables import with_tables

_LINE = re.compile(r"[^\r\n]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_PAGE_NUMBER = re.compile(
    r"[-–—―·•~_|=]{1,4}\d{1,4}[-–—―·•~_|=]{1,4}|第\d{1,4}页(?:[/,]?共\d{1,4}页)?"
    r"|(?P<page>\d{1,4})/(?P<pages>\d{1,4})"
    r"|[Pp]age\d{1,4}(?:of\d{1,4})?|[-–—―]第?\d{1,4}页?[-–—―]"
)


def is_page_number(text: str) -> bool:
    """Whether a line is the number of its page: — 3 —, 第3页共12页, 3/12; 「8358/244」 is a cell with two values."""
    found = _PAGE_NUMBER.fullmatch(text)
    return found is not None and (not found["page"] or int(found["page"]) <= int(found["pages"]))


# What a browser prints at the edges of a page: the address with the page, the time with the title.
BROWSER_EDGE = re.compile(
    r"(?:https?|file)://\S+? ?\d{1,4}/\d{1,4}"
    r"|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?(?:[上下]午)?\d{1,2}:\d{2}(?:[AP]M)?.{0,80}"
)
# a dateline below a headline looks like it: 「2031-07-25 09:00 云岭日报」
_DATELINE = re.compile(r"20\d\d-\d{1,2}-\d{1,2},?\d{1,2}:\d{2}(?::\d{2})?(?![AP]M).{0,30}")
_DATELINE_WITHIN = range(1, 6)
_BARE_NUMBER = re.compile(r"\d{1,4}|[ivxIVX]{1,5}|[*†‡]")
_LEADERS = re.compile(r"(?=[.…·_])(?:\.{4,}|…{2,}|·{4,}|_{4,}|(?:\.\s){4,})[-(]?\d{0,4}[-)]?$")
_RULE = re.compile(r"[─━┄┈═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬│┃|+\-—–_=*·•~ ]{5,}")
_DIGITS = re.compile(r"\d+")


def line_starts(source: str) -> "array[int]":
    """Offset of each line of the file."""
    starts = array("I", [0])
    starts.extend(match.end() for match in _LINE_END.finditer(source))
    return starts


def read_lines(source: str, start: int = 0) -> list[Line]:
    """The lines of a text that are not blank."""
    lines: list[Line] = []
    above = start
    turn = False
    for match in _LINE.finditer(source, start):
        raw = match[0]
        stripped = raw.strip()
        if not stripped:
            turn = turn or "\f" in raw
            continue
        lead = raw[: raw.index(stripped[0])]
        first = match.start() + len(lead)
        content = fold(source, first, first + len(stripped))
        turn = turn or "\f" in lead
        indent = lead.count("\u3000") + 0.5 * (len(lead) - lead.count("\u3000"))
        if content.text:
            lines.append(
                Line(
                    first,
                    first + len(stripped),
                    content,
                    len(stripped) - 0.5 * _ascii(stripped) + indent,
                    indented=lead.count("\u3000") >= 2 or lead.count(" ") >= 4,
                    gap=_gap(source, above, match.start()),
                    turn=turn,
                )
            )
        turn = False
        above = match.end()
    return lines


def _ascii(text: str) -> int:
    return len(text.encode("ascii", "ignore"))


def as_cut(source: str, lines: list[Line]) -> list[Line]:
    """Lines measured as they were cut: by the width of letters, or by their number.

    A program that counts every letter as one cuts lines with many digits early. Which it was
    shows in the lines that end within a sentence: they are equally long in the right measure.
    """
    running = [line for line in lines if line.width >= 12 and not is_terminal(line.text)]
    by_width = _uniform(line.width for line in running)
    if _uniform(_counted(source, line) for line in running) <= by_width:
        return lines
    widths = [_counted(source, line) for line in lines]
    return [
        line if line.width == width else line._replace(width=width)
        for line, width in zip(lines, widths, strict=True)
    ]


def _counted(source: str, line: Line) -> float:
    """The width of a line where every letter counts as one."""
    return line.width + 0.5 * _ascii(source[line.start : line.end])


def _uniform(widths: Iterable[float]) -> int:
    """How many of the widths are the usual one."""
    return max(Counter(map(round, widths)).values(), default=0)


def _gap(source: str, above: int, here: int) -> bool:
    if here - above < 2:
        return False
    between = source[above:here].replace("\r\n", "\n")
    return between.count("\n") + between.count("\r") > 1


def items_of(source: str, start: int = 0, headings: Mapping[int, int] | None = None) -> list[Item]:
    """Paragraphs and tables of a plain text, from ``start`` on.

    ``headings`` are the levels of lines that the text marks as headings, by their offset.
    """
    lines = as_cut(source, without_running_lines(read_lines(source, start)))
    levels = headings or {}
    elements = [
        Paragraph(each.content, levels[each.start])
        if isinstance(each, Line) and each.start in levels
        else each
        for each in without_bare_numbers(with_tables(source, lines))
    ]
    layout = learn([element for element in elements if isinstance(element, Line)])
    return list(paragraphs(source, elements, layout))


def without_rules_and_leaders(lines: Sequence[Line]) -> list[Line]:
    """Drop lines drawn with characters, and contents with leaders to a page number."""
    return [
        line for line in lines if not _RULE.fullmatch(line.text) and not _LEADERS.search(line.text)
    ]


def without_running_lines(lines: Sequence[Line]) -> list[Line]:
    """Drop page numbers with ornaments, running heads and feet."""
    lines = without_rules_and_leaders(lines)
    furniture = {
        index
        for index, line in enumerate(lines)
        if (len(line.text) <= 14 and is_page_number(line.text)) or BROWSER_EDGE.fullmatch(line.text)
    }
    datelines = [index for index in furniture if _DATELINE.fullmatch(lines[index].text)]
    if len(datelines) == 1 and datelines[0] in _DATELINE_WITHIN:
        furniture -= set(datelines)
    edges = {index for index, line in enumerate(lines) if line.turn} | {
        index + 1 for index in furniture
    }
    near = {index for edge in edges for index in (edge - 2, edge - 1, edge, edge + 1)}
    near = {
        index
        for index in near - furniture
        if 0 <= index < len(lines) and mark_of(lines[index].text) is None
    }
    repeated = Counter(
        _DIGITS.sub("#", lines[index].text) for index in near if len(lines[index].text) <= 40
    )
    enough = max(3, len(edges) // 3)
    furniture |= {
        index for index in near if repeated[_DIGITS.sub("#", lines[index].text)] >= enough
    }
    return [line for index, line in enumerate(lines) if index not in furniture]


def without_bare_numbers(elements: Iterable[Line | Grid]) -> Iterator[Line | Grid]:
    """Drop lines that are only a number: page numbers and footnote marks outside of tables."""
    for element in elements:
        if isinstance(element, Grid) or not _BARE_NUMBER.fullmatch(element.text):
            yield element
