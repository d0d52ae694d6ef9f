"""Ranked explanations of a disagreement, from a declared table (``explanations.toml``).

A check states what it knows as conditions (the windows differ, prices cannot do it, a census
lies between); a rule of the table applies when its conditions hold, and its rank puts the
likelier cause first (``docs/semantics.md`` §9).
"""

import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jingwei.core import Explanation


@dataclass(frozen=True, slots=True)
class Rule:
    """One explanation of the table. ``when`` must all hold, ``unless`` none of them."""

    kinds: tuple[str, ...]
    when: frozenset[str]
    unless: frozenset[str]
    rank: int
    zh: str
    en: str


@cache
def table() -> tuple[Rule, ...]:
    """The rules of ``explanations.toml`` by rank; rules of one rank keep the table's order."""
    text = files("jingwei.monitor.health").joinpath("explanations.toml").read_text("utf-8")
    rules = [
        Rule(
            tuple(each["of"]),
            frozenset(each.get("when", ())),
            frozenset(each.get("unless", ())),
            each["rank"],
            each["zh"],
            each["en"],
        )
        for each in tomllib.loads(text)["explanation"]
    ]
    return tuple(sorted(rules, key=lambda rule: rule.rank))


def explain(
    kind: str, known: Set[str], values: Mapping[str, str] | None = None
) -> tuple[Explanation, ...]:
    """The explanations that fit, the likeliest first; ``values`` fill the words in braces."""
    fitting = [
        rule
        for rule in table()
        if kind in rule.kinds and rule.when <= known and not rule.unless & known
    ]
    words = dict(values or {})
    return tuple(
        Explanation(rule.zh.format(**words), rule.en.format(**words), rank)
        for rank, rule in enumerate(fitting, 1)
    )
