"""Which standing a document has as a source: 1 decides over 2 (``standing.toml``)."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from jingwei.app.pipeline.library import Held

FIRST = 1


@cache
def _rules() -> list[dict[str, Any]]:
    text = files("jingwei.app.pipeline").joinpath("standing.toml").read_text("utf-8")
    return tomllib.loads(text)["rule"]


def standing_of(document: Held) -> int:
    """The level of a document among the sources, by the first rule that fits; 1 where none does."""
    lines = [line.strip() for line in document.source.splitlines() if line.strip()][:3]
    names = (document.title, *lines[:1], PurePath(document.name).stem)

    def fits(rule: dict[str, Any]) -> bool:
        return (
            document.kind in rule.get("kind", (document.kind,))
            and ("name" not in rule or any(w in each for w in rule["name"] for each in names))
            and ("head" not in rule or any(w in each for w in rule["head"] for each in lines))
        )

    return next((rule["level"] for rule in _rules() if fits(rule)), FIRST)


def standings_of(documents: Iterable[Held]) -> dict[str, int]:
    """Document name → level, for a settlement."""
    return {each.name: standing_of(each) for each in documents}
