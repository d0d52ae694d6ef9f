"""What one cell of a table says: a number, no value, or words.

Thousands separators, full-width digits, percent signs, footnote marks, brackets for negative
numbers and words like 以上 are read; a number that cannot be told for certain (12.3.4, 1O5) is a
``Garbled`` with what it was probably meant to be, never a guess.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from jingwei.core import Op, unit
from jingwei.core.quantity import unit_table
from jingwei.statistics.intake.grid import Cell
from jingwei.statistics.intake.words import listed, words


@dataclass(frozen=True, slots=True)
class Number:
    """A value as printed. ``unit`` is what the cell itself says (%, 亿元, 万), "" otherwise.

    ``step`` is the unit of the last printed digit, so that 12.30 has 0.01: what rounding hides.
    ``as_text``: the cell is text, with more than digits in it, though a number is meant.
    """

    value: float
    unit: str = ""
    op: Op = "="
    step: float = 1.0
    marks: str = ""
    as_text: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A mark that says there is no value."""

    mark: str


@dataclass(frozen=True, slots=True)
class Garbled:
    """Digits that are no number; ``likely`` is what was probably meant, None if unclear."""

    text: str
    likely: float | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Text."""

    text: str


Meaning = Number | Missing | Garbled | Words

_GROUPED = r"\d{1,3}(?:[,\s']\d{3})+(?:\.\d+)?"
_PLAIN = r"\d+(?:\.\d+)?|\.\d+"
_NUMBER = re.compile(
    rf"(?P<sign>[-+±]?)\s*[¥￥$]?\s*(?P<digits>{_GROUPED}|{_PLAIN})(?P<power>[eE][-+]?\d{{1,3}})?"
)
_BARE = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
_NEGATIVE = re.compile(rf"\(\s*({_GROUPED}|{_PLAIN})\s*(%?)\s*\)")
_NOTE = re.compile(r"\s*(?:\[\d+\]|\(注?\d{1,2}\)|\(?注\d*\)?|\d?\)|[a-c]\))$")
_DIGITLIKE = re.compile(r"[\dOoIlSsB.,\s'+-]+%?")
_LETTERS = str.maketrans("OoIlSsB", "0011558")


def meaning(cell: Cell) -> Meaning:
    """What a cell says; an empty cell is ``Missing("")``."""
    content = cell.content
    if cell.empty:
        return Missing("")
    if isinstance(content, bool):
        return Words(str(content))
    if isinstance(content, int | float):
        return _typed(float(content), cell.percent)
    return _written(cell.text)


def _typed(value: float, percent: bool) -> Number:
    shown = round(value * 100, 10) if percent else value
    text = repr(shown)
    decimals = 0
    if "e" not in text and "." in text:
        fraction = text.partition(".")[2]
        decimals = 0 if fraction == "0" else len(fraction)
    # binary fractions of a computed cell (0.1 + 0.2) are no printed digits
    return Number(shown, "%" if percent else "", step=10.0 ** -min(decimals, 6))


@lru_cache(maxsize=65536)
def _written(text: str) -> Meaning:
    if plain_number := _BARE.fullmatch(text):
        fraction = plain_number[1] or ""
        return Number(float(text), step=10.0 ** -max(len(fraction) - 1, 0))
    marks_of: str = words()["cell"]["marks"]
    bare = text.strip()
    if bare.lower() in words()["cell"]["missing"]:
        return Missing(bare)
    kept = "".join(each for each in bare if each not in marks_of)
    marks = "".join(each for each in bare if each in marks_of)
    plain = unicodedata.normalize("NFKC", kept).strip().strip("\"'`’‘“”").strip()
    plain = re.sub(r"[—–―−‐‑‒]", "-", plain)
    if not plain or plain.lower() in words()["cell"]["missing"] or set(plain) <= set("-.… "):
        return Missing(bare)
    if not any(each.isdigit() for each in plain):
        return Words(text.strip())
    if note := _NOTE.search(plain):
        head = plain[: note.start()]
        if _NUMBER.fullmatch(head.rstrip("%")):
            plain, marks = head, marks + note[0].strip()
    if negative := _NEGATIVE.fullmatch(plain):
        value, step = _value(negative[1])
        return Number(-value, negative[2], step=step, marks=marks)
    return _hedged(plain, text, marks)


def _hedged(plain: str, text: str, marks: str) -> Meaning:
    op: Op = "="
    rest = plain
    for key, sign, after in (
        ("more_than", ">", False), ("less_than", "<", False), ("about", "~", False),
        ("at_least", ">=", True), ("at_most", "<=", True), ("about", "~", True),
        ("provisional", "", True), ("provisional", "", False),
    ):  # fmt: skip
        for word in listed("cell", key):
            closed = rest.removesuffix(")") if after else rest
            hit = closed.endswith(word) if after else rest.startswith(word)
            rest = closed if hit else rest
            if hit and len(rest) > len(word):
                rest = (rest[: -len(word)] if after else rest[len(word) :]).strip(" ()：:")
                if sign:
                    op = sign  # pyright: ignore[reportAssignmentType]
                else:
                    marks += word
                break
    number = _NUMBER.match(rest)
    if number is None:
        if _DIGITLIKE.fullmatch(plain) and len(plain) <= 24:
            return Garbled(text.strip(), _likely(plain))
        return Words(text.strip())
    tail = rest[number.end() :].strip()
    if tail and not _is_unit(tail):
        if _DIGITLIKE.fullmatch(plain) and len(plain) <= 24:
            return Garbled(text.strip(), _likely(plain))
        return Words(text.strip())
    value, step = _value(number["digits"])
    if number["power"]:
        scale = 10.0 ** int(number["power"][1:])
        value, step = value * scale, step * scale
    if number["sign"] == "-":
        value = -value
    separators = re.search(r"[\s']", number["digits"]) is not None
    odd = separators or bool(rest != plain and not marks and op == "=")
    return Number(value, tail, op, step, marks, as_text=odd)


def _value(digits: str) -> tuple[float, float]:
    plain = re.sub(r"[,\s']", "", digits)
    decimals = len(plain.partition(".")[2])
    return float(plain), 10.0**-decimals


def _likely(text: str) -> float | None:
    """The number if letters were typed for digits; None where points or commas are unclear."""
    swapped = re.sub(r"[\s']", "", text.translate(_LETTERS)).rstrip("%")
    if re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3})*(?:\.\d+)?|[-+]?\d+(?:\.\d+)?", swapped):
        return float(swapped.replace(",", ""))
    if re.fullmatch(r"[-+]?\d+,\d{1,2}", swapped):  # a decimal comma
        return float(swapped.replace(",", "."))
    return None


@lru_cache(maxsize=4096)
def _is_unit(word: str) -> bool:
    return is_unit(word) or word in ("万", "亿", "千", "百万", "千万", "万亿")


@lru_cache(maxsize=4096)
def is_unit(word: str) -> bool:
    """Whether a word is a unit that ``core/units.toml`` knows, every part of it."""
    if not word or len(word) > 16:
        return False
    parts = word.replace("每", "/").split("/")
    return all(part and unit(part).dimension in _dimensions() for part in parts)


@cache
def _dimensions() -> frozenset[str]:
    return frozenset(group["dimension"] for group in unit_table()["unit"])
