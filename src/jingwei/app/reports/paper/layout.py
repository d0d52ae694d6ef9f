"""The layout of an official document (``layout.toml``, GB/T 9704-2012)."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

POINTS = 72 / 25.4
"""Points in a millimetre."""


@cache
def layout() -> dict[str, Any]:
    """The tables of ``layout.toml``."""
    text = files("jingwei.app.reports.paper").joinpath("layout.toml").read_text("utf-8")
    return tomllib.loads(text)


def name(role: str) -> str:
    """The font of a role as the standard calls it: title, body, heading, subheading, number."""
    return layout()["names"][role]


def text_width() -> float:
    """Width of the type area (版心) in points."""
    page = layout()["page"]
    return (page["width"] - page["left"] - page["right"]) * POINTS


def line_pitch() -> float:
    """From line to line in points: the type area holds 22 lines."""
    page = layout()["page"]
    return (page["height"] - page["top"] - page["bottom"]) * POINTS / page["lines"]


def character_gap() -> float:
    """What is added to each character in points so that a line holds 28 of the body size."""
    return text_width() / layout()["page"]["characters"] - layout()["body"]["size"]
