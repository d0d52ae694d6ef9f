"""Word lists of the plan language, read from ``lexicon.toml``, and patterns made of them."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon() -> dict[str, dict[str, list[str]]]:
    """The sections of ``lexicon.toml`` by name."""
    text = files("jingwei.plans").joinpath("lexicon.toml").read_text("utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    return data


def words(path: str) -> list[str]:
    """One list, e.g. ``words("hedge.about_after")``."""
    section, name = path.split(".")
    return lexicon()[section][name]


def any_of(alternatives: Iterable[str]) -> str:
    """A pattern that matches the longest of the words."""
    return "|".join(re.escape(word) for word in sorted(set(alternatives), key=len, reverse=True))


def any_word(*paths: str) -> str:
    """A pattern that matches the longest word of several lists."""
    return any_of(word for path in paths for word in words(path))
