"""Frames: who is counted, and how the threshold moved."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class FrameRule:
    """Who belonged to a frame from ``first`` to ``last`` (None: until today)."""

    first: int
    last: int | None
    rule: str
    threshold: float
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A population of units. ``within`` is the id of the wider frame, "" at the top."""

    id: str
    name: str
    within: str
    rules: tuple[FrameRule, ...]

    def rule_in(self, year: int) -> FrameRule | None:
        """The rule that held in a year, None where none is on record."""
        for rule in self.rules:
            if rule.first <= year and (rule.last is None or year <= rule.last):
                return rule
        return None

    def breaks(self, first: int, last: int) -> tuple[FrameRule, ...]:
        """Rules that began after ``first`` and by ``last``: the series breaks there."""
        return tuple(rule for rule in self.rules[1:] if first < rule.first <= last)


@cache
def frames() -> dict[str, Frame]:
    """All frames of ``frames.toml``, by id."""
    text = files("jingwei.statistics.cards").joinpath("frames.toml").read_text("utf-8")
    table: dict[str, dict[str, Any]] = tomllib.loads(text)["frame"]
    return {
        id_: Frame(
            id_,
            each["name"],
            each.get("within", ""),
            tuple(
                FrameRule(
                    rule["from"], rule.get("to"), rule["rule"],
                    float(rule["threshold"]), rule["unit"], rule["source"],
                )
                for rule in each.get("rule", ())
            ),
        )
        for id_, each in table.items()
    }  # fmt: skip


def is_within(narrow: str, wide: str) -> bool:
    """Whether every unit of one frame belongs to the other."""
    at = narrow
    while at:
        if at == wide:
            return True
        at = frames()[at].within
    return False
