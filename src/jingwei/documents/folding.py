"""NFKC folding that keeps the way back.

Folding is done character by character, so that one source character may give several folded
ones but never the other way round: each folded character has exactly one origin. White space
is layout and goes, except between two Latin letters or a Latin letter and a digit, where one
space stays (``Wi-Fi 6``, ``Smart Factory``).

Two things differ from plain NFKC: radicals that a PDF prints in place of the character become
the character (``folding.toml``), and circled digits stay, since ``①5家`` is not ``15家``.
"""

import re
import tomllib
import unicodedata
from array import array
from collections.abc import Iterable
from importlib.resources import files

from jingwei.documents.model import Text

_SPACE = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\u00ad\u3164]+")
_LATIN = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[A-Za-z0-9]")
_CIRCLED = frozenset(
    chr(point)
    for first, last in ((0x2460, 0x2473), (0x24EA, 0x24FF), (0x2776, 0x2793), (0x3251, 0x32BF))
    for point in range(first, last + 1)
    if unicodedata.category(chr(point)) == "No"
)


class _Table(dict[int, str]):
    """A translation table that learns each character when it first meets it."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        plain = character if character in _CIRCLED else unicodedata.normalize("NFKC", character)
        # Spacing accents fold to a space and a combining mark; a space would be layout.
        self[point] = plain = plain.replace(" ", "") or character
        return plain


def _radicals() -> dict[int, str]:
    data = tomllib.loads(files("jingwei.documents").joinpath("folding.toml").read_text("utf-8"))
    plain: dict[str, str] = data["plain"]
    return {ord(radical): character for radical, character in plain.items()}


_TABLE = _Table(_radicals())


def fold(source: str, start: int = 0, end: int | None = None, base: int = 0) -> Text:
    """Fold ``source[start:end]``, remembering for each character where it came from.

    ``base`` is where ``source`` itself begins in the text that the origins point into.
    """
    end = len(source) if end is None else end
    if _SPACE.search(source, start, end) is None:
        folded = source[start:end].translate(_TABLE)
        if len(folded) == end - start:
            return Text(folded, array("I", range(base + start, base + end)))
    pieces: list[str] = []
    origins = array("I")
    position = start
    for gap in _SPACE.finditer(source, start, end):
        _append(source, position, gap.start(), base, pieces, origins)
        position = gap.end()
        if _keeps_space(source, gap.start(), position, start, end):
            pieces.append(" ")
            origins.append(base + gap.start())
    _append(source, position, end, base, pieces, origins)
    return Text("".join(pieces), origins)


def _append(
    source: str, start: int, end: int, base: int, pieces: list[str], origins: "array[int]"
) -> None:
    if start == end:
        return
    raw = source[start:end]
    folded = raw.translate(_TABLE)
    pieces.append(folded)
    if len(folded) == len(raw):  # no character folds to nothing, so each gave exactly one
        origins.extend(range(base + start, base + end))
        return
    for offset, character in enumerate(raw, base + start):
        origins.extend([offset] * len(_TABLE[ord(character)]))


_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹"


def _keeps_space(source: str, left: int, right: int, start: int, end: int) -> bool:
    if left == start or right == end:
        return False
    before, after = _TABLE[ord(source[left - 1])], _TABLE[ord(source[right])]
    if source[left - 1] in _SUBSCRIPTS and after[0].isdigit():
        return True  # SO₂ 9.64 is not SO29.64
    return _LATIN.match(before[-1]) is not None and _WORD.match(after) is not None


def join(source: str | None, pieces: Iterable[Text]) -> Text:
    """Lines of one paragraph as one text.

    Two Latin words meet with a space, all else without. A line may also end between a Latin
    word and a digit: before a plain digit the break stood at a space (``Wi-Fi 6``), before a
    full-width one it did not, since these are set like Chinese characters (``ARJ２１``).
    Without ``source`` the two cannot be told apart and meet without a space.
    """
    text: list[str] = []
    origins = array("I")
    for piece in pieces:
        if not piece.text:
            continue
        opening = piece.text[0] if source is None else source[piece.origins[0]]
        meeting = _LATIN if source is None else _WORD
        if text and _LATIN.match(text[-1][-1]) and meeting.match(opening):
            text.append(" ")
            origins.append(origins[-1])
        text.append(piece.text)
        origins.extend(piece.origins)
    return Text("".join(text), origins)


def cut(text: Text, start: int, end: int | None = None) -> Text:
    """The folded characters ``start`` to ``end`` (exclusive) with their origins."""
    return Text(text.text[start:end], text.origins[start:end])


EMPTY = Text("", array("I"))
