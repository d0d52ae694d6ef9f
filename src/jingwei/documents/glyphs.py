"""The characters of a page with their places, and the fragments that they form.

Characters come in the order in which the page draws them. Where that is not the order in
which they stand (a program that draws all quotation marks after the words), they are put in
the order in which they stand.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from jingwei.documents.geometry import Box, Fragment, around
from jingwei.documents.ruled_tables import Figure

Place = tuple[float, float, float, float]  # left, bottom, right, top

_WORD = re.compile(r"[^\s\x00-\x1f\ufffe\uffff]+")
_LINE = re.compile(r"[^\r\n]+")
_IDEOGRAPH = re.compile(r"[\u2e80-\u2fd5\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z0-9]")
_SAMPLE = 6
_JOINED_GAP = 1.0  # in ems: words closer than this belong together
_BLANK_GAP = 0.2  # in ems: Latin letters further apart are two words


@dataclass(slots=True)
class _Run:
    """The characters of one drawn line: their indices, where they stand, whether one of them
    stands left of the one drawn before it."""

    order: list[int]
    middle: float
    left: float
    right: float
    em: float
    jumps: bool


class Glyphs:
    """Characters in lines (``\\n`` between them), each with its place."""

    def __init__(self, text: str, places: Sequence[Place]) -> None:
        self.text, self.places = _in_standing_order(text, places)

    def fragments(self) -> list[Fragment]:
        """Words that stand together on a line."""
        fragments: list[Fragment] = []
        for line in _LINE.finditer(self.text):
            current: list[Fragment] = []
            for word in _WORD.finditer(self.text, line.start(), line.end()):
                piece = self._fragment(word.start(), word.end())
                if current and not _adjoin(current[-1], piece):
                    fragments.append(self._united(current))
                    current = []
                current.append(piece)
            if current:
                fragments.append(self._united(current))
        return fragments

    def split(self, fragment: Fragment, figure: Figure) -> Iterator[tuple[int | None, Fragment]]:
        """The pieces of a fragment that lie in different cells, each with its cell."""
        start, end, cell = fragment.start, fragment.start, None
        for word in _WORD.finditer(self.text, fragment.start, fragment.end):
            for index in range(word.start(), word.end()):
                left, bottom, right, top = self.places[index]
                here = figure.cell_at((left + right) / 2, (bottom + top) / 2)
                if end > start and here != cell:
                    yield cell, self._fragment(start, end)
                    start = index
                if end == start:
                    start = index
                cell, end = here, index + 1
        if end > start:
            yield cell, self._fragment(start, end)

    def _fragment(self, start: int, end: int) -> Fragment:
        first, last = self.places[start], self.places[end - 1]
        text = self.text[start:end]
        box = Box(first[0], min(first[1], last[1]), last[2], max(first[3], last[3]))
        return Fragment(start, end, text, box, self._em(text, start, first, last))

    def _em(self, text: str, start: int, first: Place, last: Place) -> float:
        """The width of a Chinese character, measured on some or guessed from other letters.

        Several are measured, since a font may give a slim character a slim box.
        """
        found = islice(_IDEOGRAPH.finditer(text), _SAMPLE)
        places = [self.places[start + match.start()] for match in found]
        if places:
            return max(right - left for left, _, right, _ in places)
        return min((last[2] - first[0]) / (0.5 * len(text)), first[3] - first[1])

    def _united(self, words: list[Fragment]) -> Fragment:
        if len(words) == 1:
            return words[0]
        start, end = words[0].start, words[-1].end
        box = around([word.box for word in words])
        measured = [word for word in words if _IDEOGRAPH.search(word.text)] or words
        em = max(word.em for word in measured)
        return Fragment(start, end, self.text[start:end], box, em, tuple(words))


def _adjoin(one: Fragment, other: Fragment) -> bool:
    """Whether two words of a line are parted by no more than a blank."""
    em = max(one.em, other.em)
    gap = other.box.left - one.box.right
    return -0.5 * em < gap < _JOINED_GAP * em and abs(one.box.middle - other.box.middle) < 0.5 * em


def _in_standing_order(text: str, places: Sequence[Place]) -> tuple[str, Sequence[Place]]:
    lines = [_runs(text, places, line.start(), line.end()) for line in _LINE.finditer(text)]
    runs = [run for line in lines for run in line]
    groups = _interleaved(runs)
    ordered = all(len(line) <= 1 and not any(run.jumps for run in line) for line in lines)
    if groups is None and ordered:
        return text, places
    written: list[str] = []
    moved: list[Place] = []
    for group in groups or [[run] for run in runs]:
        if len(group) == 1 and not group[0].jumps:
            first, last = group[0].order[0], group[0].order[-1] + 1
            written.append(text[first:last])
            moved += places[first:last]
        else:
            _write_sorted(group, text, places, written, moved)
        written.append("\n")
        moved.append((0.0, 0.0, 0.0, 0.0))
    return "".join(written), moved


def _write_sorted(
    group: Sequence[_Run],
    text: str,
    places: Sequence[Place],
    written: list[str],
    moved: list[Place],
) -> None:
    """Characters of one line from left to right, with blanks where they are parted."""
    order = [index for run in group for index in run.order]
    order.sort(key=lambda index: places[index][0] + places[index][2])
    for above, index in zip([None, *order], order, strict=False):
        if above is not None and _parted(text, places, above, index, group[0].em):
            written.append(" ")
            moved.append(places[above])
        written.append(text[index])
        moved.append(places[index])


def _runs(text: str, places: Sequence[Place], start: int, end: int) -> list[_Run]:
    """The drawn lines between two line ends: a jump aside and up or down begins another one."""
    words = [word.span() for word in _WORD.finditer(text, start, end)]
    if not words:
        return []
    em = _em(text, places, words[0][0], end)
    if _runs_on(places, words, em):
        return [_whole(places, words, em)]
    runs: list[_Run] = []
    last = reached = middle = 0.0
    for index in (index for word in words for index in range(*word)):
        left, bottom, right, top = places[index]
        back = left < last - 0.5 * em
        aside = back or left > reached + 0.5 * em
        if not runs or (aside and abs((bottom + top) / 2 - middle) > 0.5 * em):
            em = _em(text, places, index, end)
            middle = (bottom + top) / 2
            runs.append(_Run([], middle, left, right, em, False))
            back = False
        run = runs[-1]
        run.order.append(index)
        run.jumps = run.jumps or back
        run.left = min(run.left, left)
        run.right = max(run.right, right)
        last, reached = left, right
    return runs


def _runs_on(places: Sequence[Place], words: Sequence[tuple[int, int]], em: float) -> bool:
    """Whether the characters stand one after the other, as they do in most lines."""
    _, bottom, reached, top = places[words[0][0]]
    last, middle, near = 0.0, bottom + top, 0.5 * em
    for start, end in words:
        for left, bottom, right, top in places[start:end]:
            if left < last - near:
                return False
            if left > reached + near and abs(bottom + top - middle) > em:
                return False
            last, reached = left, right
    return True


def _whole(places: Sequence[Place], words: Sequence[tuple[int, int]], em: float) -> _Run:
    first, last = places[words[0][0]], places[words[-1][1] - 1]
    order = [index for word in words for index in range(*word)]
    return _Run(order, (first[1] + first[3]) / 2, first[0], last[2], em, False)


def _em(text: str, places: Sequence[Place], start: int, end: int) -> float:
    found = _IDEOGRAPH.search(text, start, end)
    if found:
        left, _, right, _ = places[found.start()]
        return right - left
    return places[start][3] - places[start][1]


def _interleaved(runs: Sequence[_Run]) -> list[list[_Run]] | None:
    """Runs that stand on one line and in each other's gaps, together; None if there are none."""
    groups: list[list[_Run]] = []
    found = False
    for run in runs:
        for group in groups[-40:]:
            near = abs(group[0].middle - run.middle) < 0.35 * min(group[0].em, run.em)
            if near and any(_overlap(run, other) > 0.4 * run.em for other in group):
                group.append(run)
                found = True
                break
        else:
            groups.append([run])
    return groups if found else None


def _overlap(one: _Run, other: _Run) -> float:
    return min(one.right, other.right) - max(one.left, other.left)


def _parted(text: str, places: Sequence[Place], above: int, index: int, em: float) -> bool:
    """Whether a blank stands between two neighbours."""
    if index > above and text[above + 1 : index].strip() == "" and index > above + 1:
        return True
    gap = places[index][0] - places[above][2]
    if gap > _JOINED_GAP * em:
        return True
    latin = _LATIN.match(text[above]) and _LATIN.match(text[index])
    return bool(latin) and gap > _BLANK_GAP * em
