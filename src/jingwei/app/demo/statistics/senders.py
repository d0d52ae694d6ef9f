"""Who sends a file: ``offices.toml`` filled with the day of arrival."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from jingwei.app.demo.statistics.sheets import Sender


def sender(key: str, day: date, *, name: str = "", note: str = "") -> Sender:
    """The sender ``key``; ``name`` fills the office's, e.g. the district."""
    each = offices()["senders"][key]
    form = each.get("form")
    return Sender(
        each["office"].format(name), each["origin"], day, tuple(form) if form else None, note
    )


@cache
def offices() -> dict[str, Any]:
    """``offices.toml``: who sends what, what comes by itself, what first came with errors."""
    text = files("jingwei.app.demo.statistics").joinpath("offices.toml").read_text("utf-8")
    return tomllib.loads(text)
