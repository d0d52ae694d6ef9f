"""Scanned pages, read by ``rapidocr`` where it is installed (``jingwei[ocr]``).

Its models are in its wheel; nothing is downloaded. What it reads is a guess: pages read by it
are named in the metadata of the document.
"""

from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from jingwei.documents.glyphs import Glyphs, Place
from jingwei.documents.page_content import PageContent

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_SCALE = 200 / 72  # pixels to a point


def is_installed() -> bool:
    return find_spec("rapidocr") is not None


class PageRecognizer:
    """Loads the models once, then reads page after page."""

    def __init__(self) -> None:
        rapidocr: Any = import_module("rapidocr")
        self._engine: Any = rapidocr.RapidOCR(params={"Global.log_level": "error"})

    def read(self, page: "PdfPage", content: PageContent) -> tuple[PageContent, Glyphs]:
        """The text of a page as it is seen, with its places in points."""
        drawn: Any = page
        found = self._engine(drawn.render(scale=_SCALE).to_numpy())
        lines: tuple[str, ...] = found.txts or ()
        corners: list[list[tuple[float, float]]] = found.boxes.tolist() if lines else []
        text: list[str] = []
        places: list[Place] = []
        for box, line in zip(corners, lines, strict=True):
            xs, ys = [x / _SCALE for x, _ in box], [y / _SCALE for _, y in box]
            bottom, top = content.height - max(ys), content.height - min(ys)
            cell = (max(xs) - min(xs)) / max(0.5, sum(map(_cells, line)))
            left = min(xs)
            for character in line:
                right = left + cell * _cells(character)
                text.append(character)
                places.append((left, bottom, right, top))
                left = right
            text.append("\n")
            places.append((0.0, 0.0, 0.0, 0.0))
        glyphs = Glyphs("".join(text), places)
        fragments = [*content.fragments, *glyphs.fragments()]
        return replace(content, fragments=fragments, exact=False), glyphs


def _cells(character: str) -> float:
    """Width of a character in Chinese characters."""
    return 0.5 if character.isascii() else 1.0
