"""Rows that cannot be: values outside what is possible, declared in ``bounds.toml``.

A share of 150 %, a negative count, a day that no calendar has, a word off its scale, a time that ends
before it begins. Each is told with its field; the import refuses the file with all of them at once.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import inf
from typing import Any

from jingwei.chains.graph import cells
from jingwei.chains.graph.columns import PERCENT, words
from jingwei.chains.graph.records import folded
from jingwei.core import InvalidFile, Row


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be: its row, field and text, and why, in both languages."""

    at: str
    field: str
    text: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Bound:
    """What a number may be, and how that is said."""

    low: float
    high: float
    whole: bool
    told: str
    told_en: str

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high and not (self.whole and value != int(value))


def faults(
    fields: Mapping[str, str], row: Row, at: str, ladder: Sequence[str] = ()
) -> Iterator[Fault]:
    """Everything in a row that cannot be; ``ladder`` are the steps of technology where not ours."""
    for name in ("share", "confidence"):
        if not fields.get(name):
            continue
        bound = _bounds()[f"cell.{name}"]
        yield from _number(fields, name, lambda t: cells.part_of(t, row), bound, at)
    days: dict[str, Any] = {}
    for name in ("day", "valid_from", "valid_to"):
        if not fields.get(name):
            continue
        try:
            days[name] = cells.day_of(fields[name], row, first=name == "valid_from")
        except InvalidFile as fault:
            yield Fault(at, name, fields[name], fault.zh, fault.en)
    start, end = days.get("valid_from"), days.get("valid_to")
    if start is not None and end is not None and end < start:
        yield Fault(
            at, "valid_to", fields["valid_to"],
            f"失效（{end}）早于生效（{start}）", f"it ends ({end}) before it begins ({start})",
        )  # fmt: skip
    if fields.get("measure"):
        yield from _fact(fields, row, at, ladder)


def _fact(fields: Mapping[str, str], row: Row, at: str, ladder: Sequence[str]) -> Iterator[Fault]:
    measure = folded(fields["measure"])
    scale = _scales().get(measure)
    word = fields.get("word", "")
    if scale is not None:
        allowed = _allowed(scale, ladder)
        text = word or fields.get("value", "")
        if text and folded(text) not in {folded(each) for each in allowed}:
            listed = "、".join(allowed)
            yield Fault(
                at, "word" if word else "value", text,
                f"不在“{fields['measure']}”的尺度上；评定写：{listed}",
                f"is not on the scale of '{fields['measure']}'; the words are {listed}",
            )  # fmt: skip
        return
    percent = fields.get("unit", "") in PERCENT

    def read(text: str) -> float:
        return cells.amount_of(text, row) / (100 if percent else 1)

    yield from _number(fields, "value", read, _bounds().get(measure, _ANY), at)


def is_word(measure: str, text: str, ladder: Sequence[str] = ()) -> bool:
    """Whether a text is a word on the scale of a measure."""
    scale = _scales().get(folded(measure), ())
    return folded(text) in {folded(each) for each in _allowed(scale, ladder)}


def _allowed(scale: Sequence[str], ladder: Sequence[str]) -> Sequence[str]:
    return tuple(ladder) if ladder and "跟跑" in scale else scale


def _number(
    fields: Mapping[str, str], name: str, read: Callable[[str], float], bound: Bound, at: str
) -> Iterator[Fault]:
    text = fields.get(name, "")
    if not text:
        return
    try:
        value = read(text)
    except InvalidFile as fault:
        yield Fault(at, name, text, fault.zh, fault.en)
        return
    if not bound.holds(value):
        yield Fault(at, name, text, bound.told, bound.told_en)


_ANY = Bound(-inf, inf, False, "", "")
_SHOWN = 50


def refused(dataset: str, found: Sequence[Fault], rows: int) -> InvalidFile:
    """One refusal that names every row, field and value; the first fifty in full."""
    if len(found) == 1 and not found[0].field:
        return InvalidFile(found[0].zh, found[0].en, where=f"{dataset}:{found[0].at}")
    zh = "；".join(f"{_row_zh(e.at)}{_called(e)}{e.zh}" for e in found[:_SHOWN])
    en = "; ".join(f"row {e.at}{_called_en(e)}{e.en}" for e in found[:_SHOWN])
    more = f"；另有{len(found) - _SHOWN}处" if len(found) > _SHOWN else ""
    more_en = f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    count = len({each.at for each in found})
    return InvalidFile(
        f"{rows}行中有{count}行不可能成立，整份文件都没有导入：{zh}{more}。请改正后再导入",
        f"{count} of {rows} rows cannot be, and nothing of the file was imported: {en}{more_en}. "
        "Correct them and import again",
        where=f"{dataset}:{found[0].at}",
    )


def _row_zh(at: str) -> str:
    return f"第{at}行" if at.isdigit() else at


def _called(fault: Fault) -> str:
    if not fault.field:
        return " "
    names = words()["field"].get(fault.field, [fault.field])
    chinese = next((each for each in names if not each.isascii()), fault.field)
    return f" {chinese}“{fault.text}”："


def _called_en(fault: Fault) -> str:
    return f", {fault.field} '{fault.text}': " if fault.field else ": "


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("jingwei.chains.graph").joinpath("bounds.toml").read_text("utf-8"))


def bounded() -> tuple[str, ...]:
    """The names of facts whose values have bounds or a scale."""
    tables = (*_tables()["fact"], *_tables()["scale"])
    return tuple(name for table in tables for name in table["measures"])


@cache
def _bounds() -> dict[str, Bound]:
    found = {f"cell.{name}": _bound(table) for name, table in _tables()["cell"].items()}
    for table in _tables()["fact"]:
        found |= {folded(name): _bound(table) for name in table["measures"]}
    return found


def _bound(table: Mapping[str, Any]) -> Bound:
    return Bound(
        float(table["low"]), float(table.get("high", inf)), table.get("whole", False),
        table["told"], table["told_en"],
    )  # fmt: skip


@cache
def _scales() -> dict[str, tuple[str, ...]]:
    return {
        folded(name): tuple(table["words"])
        for table in _tables()["scale"]
        for name in table["measures"]
    }
