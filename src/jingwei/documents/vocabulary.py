"""The word lists of ``words.toml``."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(section: str) -> dict[str, list[str]]:
    """The lists of one section, by name."""
    data: dict[str, Any] = tomllib.loads(
        files("jingwei.documents").joinpath("words.toml").read_text("utf-8")
    )
    return data[section]
