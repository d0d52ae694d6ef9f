"""What a run does with the files that offices sent: those of ``incoming/来文登记.csv``.

A file is imported once: as long as its bytes, its line in the register and the definitions are the
same, the run only repeats what became of it. Files that the register does not list are named and
left alone: without a day and a source their values would have neither vintage nor origin.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jingwei.app.pipeline.reading import reader_version
from jingwei.core import JingweiError
from jingwei.store import Workspace, cache_key, sha256_of

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from jingwei.app.pipeline.receiving import Arrival, Received

FOLDER = "incoming"
REGISTER = f"{FOLDER}/来文登记.csv"
DEFINITIONS = ("definitions/cards", "definitions/classifications", "definitions/regions.csv")
"""What of the definitions an import and the answers depend on."""


@dataclass(frozen=True, slots=True)
class Came:
    """What became of a file of ``incoming/``: stored, held, or not listed in the register.

    ``now`` says that this run did it. ``values`` and ``firms`` count what it brought, ``proposal``
    is where it waits or was accepted, ``told`` says why it is held (both languages), ``way_out``
    is the command that takes it in all the same.
    """

    file: str
    state: str
    now: bool
    values: int = 0
    firms: int = 0
    told: str = ""
    told_en: str = ""
    proposal: str = ""
    way_out: str = ""


def present(workspace: Workspace) -> list[Path]:
    """The files of ``incoming/``, the register among them; the answers of a run depend on them."""
    home = workspace.path(FOLDER)
    found = home.rglob("*") if home.is_dir() else ()
    return sorted(
        each
        for each in found
        if each.is_file() and not any(p.startswith(".") for p in each.relative_to(home).parts)
    )


def take_in(
    workspace: Workspace,
    tell: Callable[[JingweiError], None],
    *,
    on: date | None,
    by: str,
    watch: Callable[[list[Path]], Iterable[Path]],
    beside: "Executor | None" = None,
) -> list[Came]:
    """Import what is new in ``incoming/``; gives what became of every file, the newest first done.

    ``on`` is the day of the import (None: that of the newest file), ``beside`` a second process that
    reads part of the files. A fault of one file is told and
    the others are still done; it is told again by the next run.
    """
    register = workspace.path(REGISTER)
    if not register.is_file():
        return []
    from jingwei.app.pipeline.receiving import receive, received

    try:
        listed = received(register, on)
    except JingweiError as fault:
        tell(fault)
        return []
    base = _defined(workspace)
    known = {each.path: _kept(workspace, each, base) for each in listed}
    new = [each for each in listed if known[each.path] is None]
    done = [_known(workspace, each, kept) for each in listed if (kept := known[each.path])]
    if new:
        arrived = receive(
            workspace, new, tell, on=on or max(each.day for each in listed), by=by,
            dataset=register.name, watch=watch, beside=beside,
        )  # fmt: skip
        for each in arrived:
            came = _came(workspace, each)
            workspace.cache.put(_key(each.of, base), _record(came))
            done.append(came)
    names = {each.path.resolve() for each in listed} | {register.resolve()}
    return [*done, *_unlisted(workspace, names)]


def _unlisted(workspace: Workspace, listed: set[Path]) -> Iterator[Came]:
    for path in present(workspace):
        if path.resolve() not in listed:
            yield Came(
                workspace.shown(path), "unlisted", False,
                told=f"不在 {REGISTER} 里，没有读；登记收到日期和数据来源后再运行",
                told_en=f"not listed in {REGISTER}, so it was not read; list its day and source first",
            )  # fmt: skip


def _came(workspace: Workspace, each: "Arrival") -> Came:
    why, why_en = each.held or ("", "")
    return Came(
        workspace.shown(each.of.path), "held" if each.held else "stored", True, each.added,
        len(each.taken.listed) if each.held is None else 0, why, why_en, each.taken.proposal.id,
        each.way_out(workspace.shown(each.of.path)) if each.held else "",
    )  # fmt: skip


def _record(came: Came) -> dict[str, Any]:
    return {name: getattr(came, name) for name in Came.__slots__ if name not in ("file", "now")}


def _known(workspace: Workspace, of: "Received", kept: dict[str, Any]) -> Came:
    """What an earlier run did; what a person has accepted since then is stored."""
    from jingwei.statistics.intake import load

    if kept["state"] == "held" and load(workspace, kept["proposal"]).accepted_on:
        kept = {**kept, "state": "stored", "told": "", "told_en": "", "way_out": ""}
    return Came(file=workspace.shown(of.path), now=False, **kept)


def _kept(workspace: Workspace, of: "Received", base: bytes) -> dict[str, Any] | None:
    """The record of a file that was taken in as it is now and whose proposal is still there."""
    if not of.path.is_file():
        return None
    kept = workspace.cache.get(_key(of, base))
    if kept is None or not workspace.path(f"data/proposals/{kept['proposal']}.json").is_file():
        return None
    stored = workspace.path("data/observations")
    gone = kept["values"] and not any(stored.glob("*.parquet"))
    return None if gone else kept


def _key(of: "Received", base: bytes) -> str:
    row = f"{of.path.name}|{of.day}|{of.origin}|{of.remark}|{sha256_of(of.path)}"
    return cache_key(base + row.encode(), f"{reader_version()}|receive")


def _defined(workspace: Workspace) -> bytes:
    """A fingerprint of the definitions."""
    digest = hashlib.sha256()
    for path in defining(workspace):
        digest.update(workspace.shown(path).encode() + b"\0" + sha256_of(path).encode() + b"\0")
    return digest.digest()


def defining(workspace: Workspace) -> list[Path]:
    """The files of the definitions."""
    return [
        each
        for name in DEFINITIONS
        for each in (workspace.path(name), *sorted(workspace.path(name).rglob("*")))
        if each.is_file() and not each.name.startswith(".")
    ]
