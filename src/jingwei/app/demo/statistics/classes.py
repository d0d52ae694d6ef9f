"""The classes of GB/T 4754-2017 that the fictional enterprises have, and their codes of 2011."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from jingwei.app.demo.statistics.register import declared


def division_names() -> dict[str, str]:
    """Two digits and the name of the division."""
    return _facts()["divisions"]


@cache
def class_names() -> dict[str, str]:
    """Four digits and the name of the class, edition 2017."""
    return dict(sorted((c[0], c[1]) for each in declared()["sector"] for c in each["classes"]))


@cache
def sector_of() -> dict[str, int]:
    """Class and the sector of the city it belongs to."""
    return {c[0]: n for n, each in enumerate(declared()["sector"]) for c in each["classes"]}


@cache
def former() -> dict[str, tuple[str, str]]:
    """Class of 2017 to code and name of 2011; only those that differ."""
    return {each["now"]: (each["old"][0], each["old"][1]) for each in _facts()["edition"]}


@cache
def _facts() -> dict[str, Any]:
    text = files("jingwei.app.demo.statistics").joinpath("classes.toml").read_text("utf-8")
    return tomllib.loads(text)
