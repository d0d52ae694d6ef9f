"""The template of a chain: its stages in order, and what each of them holds.

Templates are data (``templates.toml``; a workspace adds its own). A stage without nodes is an empty
slot: nothing is known there, which does not say that nothing is there.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jingwei.core import InvalidFile, InvalidRequest

STANDARD = "全链"


@dataclass(frozen=True, slots=True)
class Stage:
    """A slot: its name, and the kinds of nodes that belong there."""

    name: str
    en: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """Stages from the far upstream to the far downstream."""

    name: str
    en: str
    stages: tuple[Stage, ...]

    def stage_of(self, kind: str) -> str:
        """The stage of a kind, "" where the template has none for it."""
        return next((each.name for each in self.stages if kind in each.kinds), "")

    def place_of(self, stage: str) -> int:
        """Its position, from 0; behind the last for what stands in no stage."""
        names = [each.name for each in self.stages]
        return names.index(stage) if stage in names else len(names)


def template(name: str, own: Path | None = None) -> Template:
    """A template by name: of the file ``own`` where it has it, else one that comes with Jingwei.

    Raises InvalidRequest for an unknown name, InvalidFile for a file that cannot be read.
    """
    known = {**_shipped(), **(_read(own) if own is not None and own.is_file() else {})}
    if name not in known:
        listed = "、".join(known)
        raise InvalidRequest(
            f"没有模板“{name}”；有：{listed}。可在 definitions/chains/templates.toml 中增加",
            f"there is no template '{name}'; there are: {listed}. "
            "Add one in definitions/chains/templates.toml",
        )
    return known[name]


@cache
def _shipped() -> dict[str, Template]:
    text = files("jingwei.chains.graph").joinpath("templates.toml").read_text("utf-8")
    return {name: _template(name, table) for name, table in tomllib.loads(text).items()}


def _read(path: Path) -> dict[str, Template]:
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
        return {name: _template(name, table) for name, table in tables.items()}
    except (
        tomllib.TOMLDecodeError,
        UnicodeDecodeError,
        KeyError,
        TypeError,
        AttributeError,
    ) as fault:
        raise InvalidFile(
            f"模板文件的写法不对（{fault!r}）；每个模板要有 stages，每段要有 name 和 kinds",
            f"this is no file of templates ({fault!r}); a template has stages, a stage name and kinds",
            where=str(path),
        ) from fault


def _template(name: str, table: Mapping[str, Any]) -> Template:
    stages = tuple(
        Stage(each["name"], each.get("en", each["name"]), tuple(each["kinds"]))
        for each in table["stages"]
    )
    return Template(name, table.get("en", name), stages)
