"""OFD (GB/T 33190): the text of its pages. A zip of XML; lengths are in millimetres, y grows
downwards. Pages are laid out like those of a PDF.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jingwei.core import UnreadableDocument
from jingwei.documents.geometry import Box
from jingwei.documents.glyphs import Glyphs, Place
from jingwei.documents.limits import Limits
from jingwei.documents.package import Element, Package, local
from jingwei.documents.page_content import PageContent
from jingwei.documents.paged import Pages
from jingwei.documents.ruled_tables import Rule

_POINTS = 72 / 25.4  # in a millimetre
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PATH = re.compile(r"([A-Z])([^A-Z]*)")
_A4 = Box(0.0, 0.0, 210.0, 297.0)
_DESCENT = 0.12  # of the type size, below the baseline
_THIN = 3.0


def read_ofd(path: Path, name: str, limits: Limits) -> Pages:
    """Read the pages of an OFD. Raises UnreadableDocument if parts are missing or broken."""
    pages = Pages()
    with Package(path, name, limits) as package:
        for root in _documents(package, name):
            document = _part(package, root, name)
            size = _page_area(document) or _A4
            for location in _page_locations(document):
                page = _part(package, _resolved(root, location), name)
                reader = _Page(page, _page_area(page) or size)
                pages.add(reader.content(), reader.glyphs)
                if len(pages.printed) > limits.pages:
                    raise UnreadableDocument(
                        f"页数超过 {limits.pages} 页的上限。请拆分后再读。",
                        f"more than {limits.pages} pages. Split the file and try again.",
                        where=name,
                    )
    return pages


def _documents(package: Package, name: str) -> Iterator[str]:
    entry = _part(package, "OFD.xml", name)
    for element in entry.iter():
        if local(element.tag) == "DocRoot" and element.text:
            yield _resolved("OFD.xml", element.text.strip())


def _part(package: Package, part: str, name: str) -> Element:
    root = package.xml(part)
    if root is None:
        raise UnreadableDocument(
            f"OFD 缺少部件 {part}，文件不完整。请重新下载，或换一个版本。",
            f"the OFD lacks the part {part}; it is incomplete. Download it again.",
            where=name,
        )
    return root


def _resolved(base: str, location: str) -> str:
    """A location inside the package; absolute ones begin at its root."""
    folder = posixpath.dirname(base)
    return posixpath.normpath(posixpath.join("/", folder, location)).lstrip("/")


def _page_locations(document: Element) -> Iterator[str]:
    for element in document.iter():
        if local(element.tag) == "Page" and element.get("BaseLoc"):
            yield element.get("BaseLoc") or ""


def _page_area(root: Element) -> Box | None:
    for element in root.iter():
        if local(element.tag) == "PhysicalBox" and element.text:
            x, y, width, height = _numbers(element.text, 4)
            return Box(x, y, x + width, y + height)
    return None


def _numbers(text: str, count: int) -> list[float]:
    found = [float(number) for number in _NUMBER.findall(text)]
    return [*found, *([0.0] * count)][:count]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where an object draws: its boundary's corner and its transformation."""

    left: float
    top: float
    matrix: tuple[float, float, float, float, float, float]

    def place(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.matrix
        return self.left + a * x + c * y + e, self.top + b * x + d * y + f


class _Page:
    """One page of an OFD."""

    def __init__(self, root: Element, area: Box) -> None:
        self.root = root
        self.area = area
        self._text: list[str] = []
        self._places: list[Place] = []
        self._across: list[Rule] = []
        self._down: list[Rule] = []
        self._pictures = 0.0
        for element in root.iter():
            kind = local(element.tag)
            if kind == "TextObject":
                self._texts(element)
            elif kind == "PathObject":
                self._lines(element)
            elif kind == "ImageObject":
                _, _, width, height = _numbers(element.get("Boundary") or "", 4)
                self._pictures += width * height / (area.width * area.height)
        self.glyphs = Glyphs("".join(self._text), self._places)

    def content(self) -> PageContent:
        width, height = self.area.width * _POINTS, self.area.height * _POINTS
        fragments = self.glyphs.fragments()
        return PageContent(
            width, height, fragments, self._across, self._down, min(1.0, self._pictures)
        )

    def _frame(self, element: Element) -> _Frame:
        left, top, _, _ = _numbers(element.get("Boundary") or "", 4)
        written = element.get("CTM")
        matrix = _numbers(written, 6) if written else [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        a, b, c, d, e, f = matrix
        return _Frame(left, top, (a, b, c, d, e, f))

    def _point(self, frame: _Frame, x: float, y: float) -> tuple[float, float]:
        """A point of an object in points from the lower left of the page."""
        right, down = frame.place(x, y)
        return (right - self.area.left) * _POINTS, (self.area.top - down) * _POINTS

    def _texts(self, element: Element) -> None:
        frame = self._frame(element)
        size = _numbers(element.get("Size") or "", 1)[0]
        scale = abs(frame.matrix[3]) or abs(frame.matrix[1]) or 1.0
        em = size * scale * _POINTS
        x = y = 0.0
        for code in element:
            if local(code.tag) != "TextCode" or not code.text:
                continue
            x = _numbers(code.get("X") or str(x), 1)[0]
            y = _numbers(code.get("Y") or str(y), 1)[0]
            text = code.text.strip("\r\n")
            steps = _deltas(code.get("DeltaX") or "", len(text), size)
            at = x
            for character, step in zip(text, steps, strict=True):
                left, base = self._point(frame, at, y)
                right, _ = self._point(frame, at + min(step, size), y)
                bottom = base - _DESCENT * em
                self._places.append((left, bottom, max(right, left + 0.1), bottom + em))
                self._text.append(character)
                at += step
            self._text.append("\n")
            self._places.append((0.0, 0.0, 0.0, 0.0))

    def _lines(self, element: Element) -> None:
        frame, across, down = self._frame(element), self._across, self._down
        for data in element:
            if local(data.tag) != "AbbreviatedData" or not data.text:
                continue
            opened = last = (0.0, 0.0)
            for command, written in _PATH.findall(data.text):
                numbers = _numbers(written, 6)
                if command == "C":
                    _add_line(last, opened, across, down)
                    last = opened
                    continue
                point = self._point(frame, *(numbers[-2:] if command == "B" else numbers[:2]))
                if command == "L":
                    _add_line(last, point, across, down)
                elif command in ("S", "M"):
                    opened = point
                last = point


def _add_line(
    one: tuple[float, float], other: tuple[float, float], across: list[Rule], down: list[Rule]
) -> None:
    width, height = abs(one[0] - other[0]), abs(one[1] - other[1])
    if height <= _THIN < width:
        across.append(Rule((one[1] + other[1]) / 2, min(one[0], other[0]), max(one[0], other[0])))
    elif width <= _THIN < height:
        down.append(Rule((one[0] + other[0]) / 2, min(one[1], other[1]), max(one[1], other[1])))


def _deltas(written: str, count: int, size: float) -> list[float]:
    """Steps from character to character; ``g n d`` stands for n times d."""
    steps: list[float] = []
    parts = written.split()
    index = 0
    while index < len(parts) and len(steps) < count:
        if parts[index] == "g" and index + 2 < len(parts):
            steps += [float(parts[index + 2])] * min(int(parts[index + 1]), count)
            index += 3
        else:
            steps.append(float(parts[index]))
            index += 1
    last = steps[-1] if steps else size
    return [*steps, *([last] * count)][:count]
