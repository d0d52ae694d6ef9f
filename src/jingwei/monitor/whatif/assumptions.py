"""The what-if file: variables with one rule each, and targets."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from jingwei.core import InvalidFile, InvalidRequest
from jingwei.store.checked import STRICT, Location, checked
from jingwei.store.yaml_read import LARGEST_FILE, decoded, line_at, plain_value, read_yaml

Years = tuple[tuple[int, float], ...]
"""Pairs of a year and a number, written ``[[2025, 40], [2030, 45]]``."""

RULES = ("growth", "level", "share", "elasticity", "ratio", "sum")
LONGEST = 100
"""Years of a path."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a what-if file: its last known value and exactly one rule.

    value, year: the last known value; ratio and sum need none, share only where it starts from it
    growth:      percent a year; pairs [year, rate] hold up to that year
    level:       pairs [year, value], straight lines between
    share, of:   percent of another variable; pairs as for level
    elasticity, of: its growth is so many times the growth of another variable
    ratio:       [numerator, denominator]; in percent where the unit is %, else a plain quotient
    sum:         variables that add up
    """

    __pydantic_config__ = STRICT

    unit: str = ""
    value: float | None = None
    year: int | None = None
    growth: float | Years | None = None
    level: Years | None = None
    share: float | Years | None = None
    elasticity: float | None = None
    of: str | None = None
    ratio: tuple[str, str] | None = None
    sum: tuple[str, ...] | None = None
    source: str = ""

    @property
    def rules(self) -> list[str]:
        return [rule for rule in RULES if getattr(self, rule) is not None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A target held against the path."""

    __pydantic_config__ = STRICT

    of: str
    year: int
    op: Literal[">=", ">", "<=", "<"]
    value: float


@dataclass(frozen=True, slots=True)
class Assumptions:
    """A what-if file."""

    __pydantic_config__ = STRICT

    to: int
    variables: dict[str, Variable]
    targets: tuple[Wanted, ...] = ()
    title: str = ""

    def changed(self, name: str, number: float) -> "Assumptions":
        """With another number in the rule of ``name``: growth, share or elasticity.

        Raises InvalidRequest for a variable that has no such number.
        """
        variable = self.variables.get(name)
        rule = variable.rules[0] if variable is not None and variable.rules else ""
        if variable is None or rule not in ("growth", "share", "elasticity"):
            listed = "、".join(
                n for n, v in self.variables.items()
                if {"growth", "share", "elasticity"} & set(v.rules)
            )  # fmt: skip
            raise InvalidRequest(
                f"“{name}”没有可以改的假设；可改的有：{listed}",
                f"'{name}' has no assumption to change; there are: {listed}",
            )
        if rule == "growth":
            other = replace(variable, growth=number)
        elif rule == "share":
            other = replace(variable, share=number)
        else:
            other = replace(variable, elasticity=number)
        return replace(self, variables=self.variables | {name: other})


def read_assumptions(path: Path) -> Assumptions:
    """A what-if file (YAML). Raises InvalidFile, naming the line."""
    if not path.is_file():
        raise InvalidFile(
            "没有这个文件；请检查路径", "there is no such file; check the path", where=str(path)
        )
    with path.open("rb") as file:
        text = decoded(file.read(LARGEST_FILE + 1), path.name).replace("\r\n", "\n")
    tree = read_yaml(text, path.name)

    def line_of(location: Location) -> int:
        return line_at(tree, location)

    return checked(
        Assumptions, plain_value(tree) or {}, file=path.name, line_of=line_of, name_of=_named
    )


def _named(location: Location) -> tuple[str, str]:
    name = ".".join(f"[{part + 1}]" if isinstance(part, int) else part for part in location)
    return name, name


def wrong(name: str, zh: str, en: str) -> InvalidRequest:
    """A fault of one variable, named in both languages."""
    return InvalidRequest(f"“{name}”{zh}", f"'{name}' {en}", where=name)
