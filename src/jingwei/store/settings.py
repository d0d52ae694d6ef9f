"""The settings of a workspace, ``jingwei.toml``: its region, the declared readings, the offices.

What the law or the plan leaves open is declared here and named beside every result that
depends on it (``docs/semantics.md`` §2). The comments a new file carries are in
``settings_template.toml``.
"""

import json
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar

from jingwei.core import InvalidFile, written_out
from jingwei.store.checked import STRICT, Location, checked

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w-]+)\s*=")


@dataclass(frozen=True, slots=True)
class Readings:
    """How hedges and near misses are read where neither law nor plan says it.

    ``about``: the shortfall, as a share of the target, that 左右 still forgives.
    ``nearly``: the share of an 预期性 target from which a miss is called 基本完成; a 约束性
    target is never nearly met.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    about: float = 0.05
    nearly: float = 0.9


@dataclass(frozen=True, slots=True)
class Office:
    """An office and words that occur in the names of the facts it holds."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str
    holds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StateSettings:
    """Where the small mutable state is kept: ``url`` of a PostgreSQL, "" for a file of our own."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    url: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The content of ``jingwei.toml``. ``region`` is "" where it is not stated."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    region: str = ""
    readings: Readings = Readings()
    offices: tuple[Office, ...] = ()
    state: StateSettings = StateSettings()

    def holder(self, subject: str) -> str | None:
        """The office that holds ``subject``, or None if none is named.

        The longest word that occurs in the subject decides; of equally long ones the first
        in the file.
        """
        hits = [
            (-len(word), order, office.name)
            for order, office in enumerate(self.offices)
            for word in office.holds
            if word in subject
        ]
        return min(hits)[2] if hits else None


def settings_text(region: str) -> str:
    """A new ``jingwei.toml`` with its comments."""
    template = files("jingwei.store").joinpath("settings_template.toml").read_text("utf-8")
    declared = Readings()
    facts = {
        "region": json.dumps(region, ensure_ascii=False).replace("\x7f", "\\u007f"),
        "about": repr(declared.about),
        "nearly": repr(declared.nearly),
    }
    return re.sub("@([a-z]+)@", lambda mark: facts[mark[1]], template)


def read_settings(path: Path) -> Settings:
    """The settings in ``path``. Raises InvalidFile with the line of the fault."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise InvalidFile(
            "不是 UTF-8 编码；请用 UTF-8 重新保存",
            "this file is not UTF-8; save it as UTF-8",
            where=str(path),
        ) from fault
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        found = re.search(r"at line (\d+)", str(fault))
        line = found[1] if found else text.count("\n") + 1  # "at end of document"
        raise InvalidFile(
            f"不是合法的 TOML：{fault}；请检查这一行的引号、括号和等号",
            f"this is not TOML: {fault}; check quotes, brackets and equals signs there",
            where=f"{path}:{line}",
        ) from fault
    settings = checked(
        Settings,
        values,
        file=str(path),
        line_of=lambda location: line_in_toml(text, location),
        name_of=_name,
    )
    readings = settings.readings
    for name, share in (("about", readings.about), ("nearly", readings.nearly)):
        if not 0 <= share <= 1:
            raise InvalidFile(
                f"readings.{name}：比例应在 0 与 1 之间（5% 写作 0.05），这里是「{written_out(share, 6)}」",
                f"readings.{name}: a share between 0 and 1 is needed (0.05 for 5 %): '{written_out(share, 6)}'",
                where=f"{path}:{line_in_toml(text, ('readings', name))}",
            )
    return settings


def _name(location: Location) -> tuple[str, str]:
    name = ".".join(f"[{part + 1}]" if isinstance(part, int) else part for part in location)
    name = name.replace(".[", "[")
    return name, name


def line_in_toml(text: str, location: Location) -> int:
    """The line, from 1, of a key or table of a plain TOML file; the nearest above it if absent.

    Knows tables, arrays of tables and keys at the start of a line: what settings are made of.
    """
    best, depth = 1, 0
    table: list[str | int] = []
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            name = header[2]
            table = list(name.split("."))
            if header[1] == "[[":
                counts[name] = counts.get(name, -1) + 1
                table.append(counts[name])
            place = table
        elif key := _KEY.match(line):
            place = [*table, key[1]]
        else:
            continue
        if tuple(place) == location[: len(place)] and len(place) > depth:
            best, depth = number, len(place)
    return best
