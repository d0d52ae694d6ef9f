"""One page of a PDF: printed fragments and ruling lines, by way of pdfium.

Calls into pdfium cost about a microsecond each: one is made for each character, for its box.
"""

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from jingwei.documents.geometry import Box
from jingwei.documents.glyphs import Glyphs, Place
from jingwei.documents.page_content import PageContent
from jingwei.documents.ruled_tables import Rule

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_THIN = 3.0  # a filled rectangle no thicker than this is a line
_SHORT = 6.0  # lines shorter than this are ornaments
_MOST_OBJECTS = 20_000
_WHITE = 250


class PageReader:
    """Reads an open page. Coordinates are turned as the page is shown."""

    def __init__(self, page: "PdfPage") -> None:
        import pypdfium2.raw as raw

        self.raw: Any = raw
        self.page = page
        self.textpage = page.get_textpage()
        self.turn = page.get_rotation() % 360
        self.size = page.get_size()
        text = self._text()
        self.glyphs = Glyphs(text, self._places(len(text)))

    def close(self) -> None:
        self.textpage.close()

    def content(self) -> PageContent:
        across, down, pictures = self._rules()
        width, height = self.size
        return PageContent(width, height, self.glyphs.fragments(), across, down, pictures)

    # Text

    def _text(self) -> str:
        count = self.textpage.count_chars()
        if count <= 0:
            return ""
        text = self.textpage.get_text_range()
        if len(text) != count:  # characters outside of the plane, or without a code
            code = self.raw.FPDFText_GetUnicode
            text = "".join(chr(code(self.textpage.raw, i) or 0xFFFD) for i in range(count))
        # pdfium marks a hyphen at a line end; in plans it is that of Wi-Fi or AM-OLED.
        return text.replace("\ufffe", "-").replace("\x02", "-")

    def _places(self, count: int) -> list[Place]:
        """Where each character is printed, with the space that its font gives it."""
        rectangle = self.raw.FS_RECTF()
        pointer = ctypes.byref(rectangle)
        ask, textpage = self.raw.FPDFText_GetLooseCharBox, self.textpage.raw
        places: list[Place] = []
        for index in range(count):
            ask(textpage, index, pointer)
            places.append((rectangle.left, rectangle.bottom, rectangle.right, rectangle.top))
        if self.turn:
            boxes = [self._turned(Box(*place)) for place in places]
            return [(box.left, box.bottom, box.right, box.top) for box in boxes]
        return places

    def _turned(self, box: Box) -> Box:
        width, height = self.size  # as shown
        if self.turn == 90:
            return Box(box.bottom, height - box.right, box.top, height - box.left)
        if self.turn == 180:
            return Box(width - box.right, height - box.top, width - box.left, height - box.bottom)
        if self.turn == 270:
            return Box(width - box.top, box.left, width - box.bottom, box.right)
        return box

    # Lines and pictures

    def _rules(self) -> tuple[list[Rule], list[Rule], float]:
        across: list[Rule] = []
        down: list[Rule] = []
        pictures = 0.0
        raw = self.raw
        width, height = self.size
        objects: list[tuple[Any, Any]] = [
            (raw.FPDFPage_GetObject(self.page.raw, i), None)
            for i in range(min(raw.FPDFPage_CountObjects(self.page.raw), _MOST_OBJECTS))
        ]
        while objects and len(across) + len(down) <= _MOST_OBJECTS:
            item, matrix = objects.pop()
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix, across, down)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                box = self._bounds(item, matrix)
                pictures += max(0.0, box.width) * max(0.0, box.height) / (width * height)
            elif kind == raw.FPDF_PAGEOBJ_FORM and matrix is None:
                inner = self._matrix(item)
                objects += [
                    (raw.FPDFFormObj_GetObject(item, i), inner)
                    for i in range(min(raw.FPDFFormObj_CountObjects(item), _MOST_OBJECTS))
                ]
        return across, down, min(1.0, pictures)

    def _matrix(self, item: Any) -> Any:
        matrix = self.raw.FS_MATRIX()
        self.raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
        return matrix

    def _bounds(self, item: Any, matrix: Any) -> Box:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        self.raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        corners = [(left.value, bottom.value), (right.value, top.value)]
        return self._box_of([_moved(matrix, x, y) for x, y in corners])

    def _box_of(self, corners: list[tuple[float, float]]) -> Box:
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return self._turned(Box(min(xs), min(ys), max(xs), max(ys)))

    def _path(self, item: Any, matrix: Any, across: list[Rule], down: list[Rule]) -> None:
        box = self._bounds(item, matrix)
        if box.height <= _THIN or box.width <= _THIN:
            _add(box, across, down)
            return
        stroked, filled = self._drawn(item)
        if not stroked and not (filled and self._is_shade(item, box)):
            return
        for first, last in self._segments(item, matrix):
            piece = self._box_of([first, last])
            if piece.height <= _THIN or piece.width <= _THIN:
                _add(piece, across, down)

    def _drawn(self, item: Any) -> tuple[bool, bool]:
        mode, stroke = ctypes.c_int(), self.raw.FPDF_BOOL()
        self.raw.FPDFPath_GetDrawMode(item, mode, stroke)
        return bool(stroke.value), mode.value != self.raw.FPDF_FILLMODE_NONE

    def _is_shade(self, item: Any, box: Box) -> bool:
        """A filled rectangle behind text, not white and not the ground of the whole page."""
        width, height = self.size
        if box.width * box.height > 0.8 * width * height:
            return False
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        self.raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
        return alpha.value > 0 and min(red.value, green.value, blue.value) < _WHITE

    def _segments(
        self, item: Any, matrix: Any
    ) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
        raw = self.raw
        own = self._matrix(item)
        x, y = ctypes.c_float(), ctypes.c_float()
        opened = last = (0.0, 0.0)
        rounded = False
        for index in range(min(raw.FPDFPath_CountSegments(item), _MOST_OBJECTS)):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            point = _moved(matrix, *_moved(own, x.value, y.value))
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                opened = point
            elif kind == raw.FPDF_SEGMENT_LINETO:
                yield last, point
            else:
                rounded = True
            last = point
            if raw.FPDFPathSegment_GetClose(segment):
                yield last, opened
        box = self._bounds(item, matrix)
        if rounded and box.width > 0.4 * self.size[0]:  # a frame with rounded corners
            left, bottom, right, top = box.left, box.bottom, box.right, box.top
            corners = [(left, bottom), (left, top), (right, top), (right, bottom), (left, bottom)]
            yield from pairwise(corners)


def _moved(matrix: Any, x: float, y: float) -> tuple[float, float]:
    if matrix is None:
        return x, y
    return matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f


def _add(box: Box, across: list[Rule], down: list[Rule]) -> None:
    if box.width >= box.height and box.width >= _SHORT:
        across.append(Rule(box.middle, box.left, box.right))
    elif box.height >= _SHORT:
        down.append(Rule(box.centre, box.bottom, box.top))
