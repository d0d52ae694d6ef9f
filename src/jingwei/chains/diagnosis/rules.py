"""The declared rules and words of a diagnosis: TOML that a planner can read and change."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jingwei.core import InvalidFile

OPERATORS = ("<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Condition:
    """A measure held against a threshold; ``told`` says what is the case where it holds."""

    measure: str
    op: str
    value: float
    told: str = ""
    told_en: str = ""

    def __str__(self) -> str:
        return (
            f"{words(self.measure).zh}{self.op.replace('<=', '≤').replace('>=', '≥')}{self.value:g}"
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """An action, what it says, and the conditions of which one is enough."""

    action: str
    en: str
    told: str
    told_en: str
    any: tuple[Condition, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The whole table: ``band`` is the borderline part of a threshold.

    ``may_be_unknown`` are measures without which a link can still be called sound; a lost supplier
    counts for ``lost_months``.
    """

    band: float
    rules: tuple[Rule, ...]
    sound: Rule
    may_be_unknown: frozenset[str]
    dependency: Mapping[str, float]
    technology: Mapping[str, float]
    shape: Mapping[str, float]
    lost_months: int


@dataclass(frozen=True, slots=True)
class Words:
    """What a measure is called, its unit, who keeps it, and the facts that state it.

    A ``share`` is kept between 0 and 1 and shown in percent.
    """

    zh: str
    en: str
    unit: str
    holder: str
    facts: tuple[str, ...]
    share: bool = False

    def said(self, value: float) -> str:
        """A value as it is shown, without its unit where that follows a range."""
        return f"{value * 100:.4g}%" if self.share else f"{value:.4g}"


@cache
def _words() -> dict[str, Words]:
    text = files("jingwei.chains.diagnosis").joinpath("measures.toml").read_text("utf-8")
    return {
        key: Words(
            t["zh"], t["en"], t["unit"], t["holder"], tuple(t["facts"]), t.get("share", False)
        )
        for key, t in tomllib.loads(text).items()
    }


def words(measure: str) -> Words:
    return _words()[measure]


def every_fact() -> tuple[str, ...]:
    """The names under which facts state the measures."""
    return tuple(name for each in _words().values() for name in each.facts)


def read_rules(own: Path | None = None) -> Rules:
    """The table of a workspace (``own``) where it exists, else the one that comes with Jingwei.

    Raises InvalidFile for a table that breaks its form.
    """
    if own is None or not own.is_file():
        return _shipped()
    try:
        return _rules(tomllib.loads(own.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as fault:
        raise InvalidFile(
            f"诊断规则表的写法不对（{fault}）；格式同 chains/diagnosis/rules.toml",
            f"this table of rules cannot be read ({fault}); its form is that of "
            "chains/diagnosis/rules.toml",
            where=str(own),
        ) from fault


@cache
def _shipped() -> Rules:
    text = files("jingwei.chains.diagnosis").joinpath("rules.toml").read_text("utf-8")
    return _rules(tomllib.loads(text))


def _rules(table: Mapping[str, Any]) -> Rules:
    return Rules(
        float(table["band"]),
        tuple(_rule(each) for each in table["rule"]),
        _rule(table["sound"]),
        frozenset(table["sound"]["may_be_unknown"]),
        {
            key: float(table["dependency"][key])
            for key in ("concentration", "scarcity", "substitutability")
        },
        {key: float(value) for key, value in table["technology"].items()},
        {key: float(table["shape"][key]) for key in ("short", "value_added", "local_share")},
        # a table written before losses had a time takes the time of the one that comes with Jingwei
        int(table["lost"]["months"]) if "lost" in table else _shipped().lost_months,
    )


def _rule(table: Mapping[str, Any]) -> Rule:
    conditions = tuple(
        Condition(
            each["measure"],
            each["op"],
            float(each["value"]),
            each.get("told", ""),
            each.get("told_en", ""),
        )
        for each in table.get("any", ())
    )
    for each in conditions:
        words(each.measure)
        if each.op not in OPERATORS:
            raise ValueError(f"{each.op} is none of {OPERATORS}")
    for name in table["facts"]:
        words(name)
    return Rule(
        table["action"],
        table["en"],
        table["told"],
        table["told_en"],
        conditions,
        tuple(table["facts"]),
    )
