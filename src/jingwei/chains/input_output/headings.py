"""Words of a printed table: what a heading means, and what a cell's figure is.

A heading is compared after folding (width, case, spaces, a unit in brackets). A cell is a figure or
it is not: an empty one, a dash, ``n.a.`` and a comma that separates no thousands are none.
"""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

_NUMBERED = re.compile(r"([A-Za-z]{0,3}\d{1,6}[A-Za-z]?)[\s.、:_-]*([^\W\d_].*)")
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:([, '’])\d{3})(?:\1\d{3})*(\.\d*)?")
_SPACES = re.compile(r"\s+")


@cache
def layouts() -> dict[str, Any]:
    """The content of ``layouts.toml``."""
    return tomllib.loads(files(__package__ or "").joinpath("layouts.toml").read_text("utf-8"))


def _squeezed(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).casefold()


@cache
def _units() -> dict[str, str]:
    return {_squeezed(word): word for word in layouts()["units"]["money"]}


@cache
def _unit_at_end() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _units()), key=len, reverse=True))
    inner = rf"(?:单位[:=]?|unit[:=]?|inunitsof|in)?({words})"
    return re.compile(rf"(?:[(\[{{]{inner}[)\]}}]|[/_:,;]{inner})$")


def unit_in(text: str) -> str:
    """The unit of money a heading ends with, or a line ``单位：万元`` names; "" if none."""
    squeezed = _squeezed(text)
    found = _unit_at_end().search(squeezed)
    if found:
        return _units()[found.group(1) or found.group(2)]
    said = re.search(r"(?:单位|unit)[:=]?([^()\[\],;]+)", squeezed)
    return _units().get(said.group(1), "") if said else ""


def unit_alone(text: str) -> str:
    """The unit of money that a cell consists of; "" if it is anything else."""
    return _units().get(_squeezed(text).strip("()[]"), "")


@cache
def folded(text: str) -> str:
    """A heading without width, case, spaces and a unit at its end; a whole number as such.

    A code that a spreadsheet took for a number (1) is the one that was written 01.
    """
    squeezed = _unit_at_end().sub("", _squeezed(text)).strip(":*")
    return str(int(squeezed)) if re.fullmatch(r"\d{1,6}", squeezed) else squeezed


def parts(text: str) -> tuple[str, str] | None:
    """Code and name of a heading that holds both (``01 农林牧渔``), as written; None if it does not."""
    found = _NUMBERED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return (found.group(1), found.group(2).strip()) if found else None


@cache
def _meanings(kind: str) -> dict[str, tuple[str, str]]:
    """Folded word → its role and the code it stands for."""
    known: dict[str, Any] = layouts()[kind]
    same = {
        folded(word): code for code, words in layouts()["columns"]["same"].items() for word in words
    }
    return {
        folded(word): (role, same.get(folded(word), word) if kind == "columns" else word)
        for role, words in known.items()
        if role not in ("intermediate", "parts", "same", "named")
        for word in words
    }


@cache
def column_role(heading: str) -> tuple[str, str] | None:
    """Role (subtotal, final, deducted, errors, output) and code of a column, None if not known."""
    return _meanings("columns").get(folded(heading))


@cache
def row_role(label: str) -> tuple[str, str] | None:
    """Role (subtotal, value_added, primary, inputs) and word of a row, None if not known."""
    return _meanings("rows").get(folded(label))


@cache
def is_total(text: str) -> bool:
    """Whether a word names the sum of other rows or columns and no sector (合计, 中间使用小计, Total)."""
    known = column_role(text)
    if known is not None:
        return known[1] in layouts()["columns"]["intermediate"] or known[1] == "TIU"
    if row_role(text) is not None:
        return False
    words = layouts()["totals"]
    word = folded(text)
    return word in {folded(each) for each in words["words"]} or word.endswith(
        tuple(words["endings"])
    )


@cache
def is_within(text: str) -> bool:
    """Whether a row or column only details another one (其中：…), and so is counted in it already."""
    return folded(text).startswith(tuple(folded(each) for each in layouts()["totals"]["within"]))


def amount_columns(head: list[str], wanted: str) -> list[int]:
    """Columns of a file with amounts by sector that hold what is wanted (rows, columns, region …)."""
    words = {folded(word) for word in layouts()["amounts"].get(wanted, [wanted])}
    return [k for k, heading in enumerate(head) if folded(heading) in words]


def label_kind(heading: str) -> str | None:
    """What a heading before the figures announces: code, name, origin, number, region."""
    found = _meanings("labels").get(folded(heading))
    return found[0] if found else None


def origin_of(word: str) -> str | None:
    """domestic, imported or total."""
    found = _meanings("origins").get(folded(word))
    return found[0] if found else None


def origin_in(text: str) -> str | None:
    """domestic or imported, where a longer word names one of them (进口产品中间投入)."""
    word = _squeezed(text)
    found = {
        origin
        for origin, names in layouts()["origins"]["named"].items()
        if any(name in word for name in names)
    }
    return found.pop() if len(found) == 1 else None


def figure(text: str) -> float | None:
    """The number a cell holds, None if it holds none.

    Thousands may be set apart by commas or spaces, in groups of three; a negative one may stand in
    brackets. A decimal comma is not read: 1,5 could be either.
    """
    plain = (
        unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\u2009", " ").strip()
    )
    if plain.startswith("(") and plain.endswith(")"):
        inner = figure(plain[1:-1].strip())
        return None if inner is None or inner < 0 else -inner
    if _PLAIN.fullmatch(plain):
        return float(plain)
    grouped = _THOUSANDS.fullmatch(plain)
    return float(plain.replace(grouped.group(1), "")) if grouped else None
