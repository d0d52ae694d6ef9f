"""NFKC folding that keeps the way back.

Folding is done character by character, so that one source character may give several folded
ones but never the other way round: each folded character has exactly one origin. White space
is layout and goes, except between two Latin letters or a Latin letter and a digit, where one
space stays (``Wi-Fi 6``, ``Smart Factory``).
"""

import re
import unicodedata
from array import array
from functools import lru_cache

from jingwei.documents.model import Text

_SPACE = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\u00ad\u3164]+")
_LATIN = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[A-Za-z0-9]")


@lru_cache(maxsize=65536)
def fold_character(character: str) -> str:
    """One character under NFKC; full-width digits and Kangxi radicals become plain ones."""
    return unicodedata.normalize("NFKC", character)


def fold(source: str, start: int = 0, end: int | None = None) -> Text:
    """Fold ``source[start:end]``, remembering for each character where it came from."""
    end = len(source) if end is None else end
    pieces: list[str] = []
    origins = array("I")
    position = start
    for gap in _SPACE.finditer(source, start, end):
        _append(source, position, gap.start(), pieces, origins)
        position = gap.end()
        if _keeps_space(source, gap.start(), position, start, end):
            pieces.append(" ")
            origins.append(gap.start())
    _append(source, position, end, pieces, origins)
    return Text("".join(pieces), origins)


def _append(source: str, start: int, end: int, pieces: list[str], origins: "array[int]") -> None:
    raw = source[start:end]
    folded = unicodedata.normalize("NFKC", raw)
    if len(folded) == len(raw):
        # Equal length is the common case; a composed pair beside an expansion could only
        # cancel out with combining marks, which the slow path below settles.
        if not any(unicodedata.combining(c) for c in raw if c > "\u02ff" and c < "\u0370"):
            pieces.append(folded)
            origins.extend(range(start, end))
            return
    for offset, character in enumerate(raw, start):
        plain = fold_character(character)
        pieces.append(plain)
        origins.extend([offset] * len(plain))


def _keeps_space(source: str, left: int, right: int, start: int, end: int) -> bool:
    if left == start or right == end:
        return False
    before, after = source[left - 1], source[right]
    return bool(
        (_LATIN.match(before) and _WORD.match(after))
        or (_WORD.match(before) and _LATIN.match(after) and not before.isdigit())
    )


def join(pieces: list[Text]) -> Text:
    """Pieces of one paragraph as one text; Latin words meet with a space, all else without."""
    text: list[str] = []
    origins = array("I")
    for piece in pieces:
        if not piece.text:
            continue
        if text and _LATIN.match(text[-1][-1]) and _LATIN.match(piece.text[0]):
            text.append(" ")
            origins.append(origins[-1])
        text.append(piece.text)
        origins.extend(piece.origins)
    return Text("".join(text), origins)
