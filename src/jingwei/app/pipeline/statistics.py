"""The one place where monitoring gets its statistics from: cards, regions, codes, observations.

Everything else asks here and never opens a file of ``data/`` itself. Observations come from the
store, by vintage (``docs/semantics.md`` §15).
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jingwei.core import (
    Category,
    Classification,
    InvalidFile,
    Observation,
    Region,
    RegionLevel,
    Scope,
)
from jingwei.store import Observations
from jingwei.store.yaml_read import decoded, plain_value, read_yaml

if TYPE_CHECKING:
    from jingwei.monitor.bridge import Naming
    from jingwei.store import Workspace


@dataclass(frozen=True, slots=True)
class Card:
    """A version of a definition card, as far as monitoring asks (``monitor.bridge.Card``)."""

    key: str
    name: str
    unit: str
    kind: str = "stock"
    aliases: tuple[str, ...] = ()
    frame: str = ""
    denominator: str = ""
    price_base: str = "none"
    price_year: int | None = None
    windows: tuple[str, ...] = ()
    direction: str = "more"
    adds_time: bool = False
    adds_regions: bool = False
    unified: bool = False
    holder: str = ""


def observations(
    workspace: "Workspace", scope: Scope, as_of: date | None = None
) -> Sequence[Observation]:
    """What was known on ``as_of`` (None: today's knowledge) and may be seen: newest vintages."""
    return Observations(workspace).read(scope, as_of=as_of)


def history(
    workspace: "Workspace", scope: Scope, as_of: date | None = None
) -> Sequence[Observation]:
    """Every vintage up to ``as_of``, oldest first; what was withdrawn is left to the store."""
    told = Observations(workspace).history(None, scope, as_of=as_of)
    return [each for each in told if isinstance(each, Observation)]


def cards(workspace: "Workspace") -> Mapping[str, Card]:
    """The definition cards of the workspace (``definitions/cards/*.yaml``) by ``id@version``."""
    found: dict[str, Card] = {}
    for path in _listed(workspace, "definitions/cards", "*.yaml"):
        name = workspace.shown(path)
        content: Any = plain_value(read_yaml(decoded(path.read_bytes(), name), name))
        try:
            for version in content["versions"]:
                said = {**content, **version}
                key = f"{said['id']}@{said['version']}"
                own: dict[str, Any] = {f.name: said[f.name] for f in fields(Card) if f.name in said}
                for each in ("aliases", "windows"):
                    own[each] = tuple(own.get(each, ()))
                own["key"] = key
                found[key] = Card(**own)
        except (KeyError, TypeError) as fault:
            raise InvalidFile(
                f"口径卡不完整：{fault}；每张要有 id、name、unit 和 versions",
                f"this card is not complete ({fault}): id, name, unit and versions are needed",
                where=name,
            ) from fault
    return found


def naming(workspace: "Workspace", home: str = "") -> "Naming":
    """What gives names to series; ``home`` is the region of the plan (default: of the settings)."""
    from jingwei.monitor.bridge import Naming

    return Naming(
        cards(workspace),
        {each.code: each for each in regions(workspace)},
        {each.id: each for each in classifications(workspace)},
        {"industry-above-scale": "规模以上工业"},
        home or workspace.settings.region,
    )


def regions(workspace: "Workspace") -> Sequence[Region]:
    """``definitions/regions.csv``: code,name,level,within,overlaps."""
    return [
        Region(
            row["code"], row["name"], cast(RegionLevel, row.get("level", "district")),
            row.get("within", ""), tuple(filter(None, row.get("overlaps", "").split(";"))),
        )
        for path in _listed(workspace, "definitions", "regions.csv")
        for _, row in _rows(path.read_bytes(), workspace.shown(path), ("code", "name"))
    ]  # fmt: skip


def classifications(workspace: "Workspace") -> Sequence[Classification]:
    """``definitions/classifications/*.csv``: code,name,above below ``# id: …``."""
    found: list[Classification] = []
    for path in _listed(workspace, "definitions/classifications", "*.csv"):
        name, content = workspace.shown(path), path.read_bytes()
        heads = [line[1:] for line in decoded(content, name).splitlines() if line.startswith("#")]
        said = {k.strip(): v.strip() for k, _, v in (each.partition(":") for each in heads)}
        rows = _rows(content, name, ("code", "name"))
        categories = {
            r["code"]: Category(r["code"], r["name"], r.get("above", "")) for _, r in rows
        }
        id_ = said.get("id", path.stem)
        found.append(Classification(id_, said.get("name", id_), said.get("source", ""), categories))
    return found


def _listed(workspace: "Workspace", folder: str, pattern: str) -> list[Path]:
    root = workspace.path(folder)
    return (
        sorted(p for p in root.glob(pattern) if not p.name.startswith(".")) if root.is_dir() else []
    )


def _rows(content: bytes, name: str, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV below its comment lines, with their lines from 1; ``needed`` are not empty."""
    lines = decoded(content, name).removeprefix("\ufeff").splitlines()
    skipped = next((n for n, each in enumerate(lines) if not each.startswith("#")), len(lines))
    for order, row in enumerate(csv.DictReader(io.StringIO("\n".join(lines[skipped:])))):
        cells = {str(k).strip(): (v or "").strip() for k, v in row.items() if k}
        line = skipped + order + 2
        empty = [each for each in needed if not cells.get(each)]
        if empty:
            raise InvalidFile(
                f"缺少{'、'.join(empty)}", f"{', '.join(empty)} missing", where=f"{name}:{line}"
            )
        yield line, cells
