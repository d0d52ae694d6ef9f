"""Units of Chinese plans: 万亿元, 亿元/平方公里, 件/万人, 个百分点.

Units are data (``units.toml``). A unit word is a scale (万, 亿 …), a base word, and perhaps a
denominator; two units compare when their dimensions agree, and never otherwise. Why this is
a table and not pint: ``docs/decisions/0002-units.md``.
"""

import math
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written, its dimension and the factor to the base unit of that dimension.

    ``dimension`` joins numerator and denominator with ``/``. A word that the table does not
    know is a dimension of its own: it compares with itself only.
    """

    written: str
    dimension: str
    factor: float


@cache
def unit_table() -> dict[str, Any]:
    """The content of ``units.toml``: ``scale`` and the list ``unit`` of groups."""
    text = files("jingwei.core").joinpath("units.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _words() -> dict[str, tuple[str, float]]:
    words: dict[str, tuple[str, float]] = {}
    for group in unit_table()["unit"]:
        for word, factor in group["words"].items():
            words.setdefault(word, (group["dimension"], float(factor)))
    return words


def _scaled(word: str, *, below: bool = False) -> tuple[str, float]:
    known = _words()
    if word in known:
        return known[word]
    scales: dict[str, float] = unit_table()["scale"]
    if below:
        scales = scales | unit_table()["scale_below_the_line"]
    for scale in sorted(scales, key=len, reverse=True):
        if word.startswith(scale):
            rest = word[len(scale) :]
            dimension, factor = _scaled(rest) if rest else ("", 1.0)
            return dimension, factor * scales[scale]
    return word, 1.0


@lru_cache(maxsize=4096)
def unit(written: str) -> Unit:
    """The unit a document wrote, e.g. ``万元/人`` → dimension ``money/people``, factor 1e4."""
    if written in _words():
        dimension, factor = _words()[written]
        return Unit(written, dimension, factor)
    head, slash, tail = written.replace("每", "/").partition("/")
    dimension, factor = _scaled(head)
    if slash:
        below, divisor = _scaled(tail, below=True)
        return Unit(written, f"{dimension}/{below}", factor / divisor)
    return Unit(written, dimension, factor)


def in_base_units(value: float, written: str) -> float:
    """``value`` in the base unit of its dimension: 1.5 万亿元 is 1.5e12."""
    return value * unit(written).factor


@lru_cache(maxsize=1024)
def unit_label(dimension: str) -> str:
    """A dimension in the words of a unit: 立方米每元 for ``volume/money``, "" for none."""
    names = {group["dimension"]: group["label"] for group in unit_table()["unit"]}
    return "每".join(names.get(part, part) for part in dimension.split("/"))


def written_out(value: float | None, digits: int = 10) -> str:
    """A number as people write it: rounded to so many significant digits, without an exponent and
    without zeros that only fill; None is a dash."""
    if value is None:
        return "—"
    if not math.isfinite(value):
        return str(value)
    return f"{Decimal(f'{value:.{digits}g}'):f}"
