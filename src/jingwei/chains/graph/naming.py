"""Word lists about names (``naming.toml``) as patterns."""

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def ending(kind: str) -> re.Pattern[str]:
    """The longest of the words of a list at the end of a name."""
    return re.compile(f"(?:{_any(kind)})$")


@cache
def opening(kind: str) -> re.Pattern[str]:
    """Any of the words of a list at the beginning of a name, repeatedly."""
    return re.compile(f"^(?:{_any(kind)})+")


def listed(kind: str) -> list[str]:
    """The words of a list."""
    return _lists()[kind]


def _any(kind: str) -> str:
    return "|".join(map(re.escape, sorted(listed(kind), key=len, reverse=True)))


@cache
def _lists() -> dict[str, list[str]]:
    text = files("jingwei.chains.graph").joinpath("naming.toml").read_text("utf-8")
    return tomllib.loads(text)
