"""What people said that imported names mean, and the names that still wait for them.

``definitions/chains/NAME.names.csv`` in a workspace: a person fills the column ``means`` with the name
of a node (or the id of an enterprise), with 新 (take it as a new node) or with 无 (leave it out).
An import reads the decisions and adds the names it could not place; it never changes a decision.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jingwei.chains.graph.edition import Edition
from jingwei.chains.graph.imported import AS_NEW, LEAVE_OUT, Waiting
from jingwei.chains.graph.lexicon import Lexicon
from jingwei.chains.graph.records import folded
from jingwei.core import InvalidFile, InvalidRequest
from jingwei.store import Workspace, write_atomically

_COLUMNS = ("name", "means", "by", "date", "seen", "at", "candidates")


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A name that was seen, and what it means; ``means`` is "" while it waits."""

    name: str
    means: str = ""
    by: str = ""
    date: str = ""
    seen: str = ""
    at: str = ""
    candidates: str = ""


def names_path(workspace: Workspace, chain: str) -> Path:
    return workspace.path(f"definitions/chains/{chain}.names.csv")


def read_names(workspace: Workspace, chain: str) -> tuple[NameEntry, ...]:
    """Every name of the file, () where there is none. Raises InvalidFile naming the line."""
    path = names_path(workspace, chain)
    if not path.is_file():
        return ()
    shown = workspace.shown(path)
    try:
        reader = csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))
        found = [{k: (row.get(k) or "").strip() for k in _COLUMNS} for row in reader]
    except (UnicodeDecodeError, csv.Error) as fault:
        raise InvalidFile(
            f"读不了（{fault}）；应是 UTF-8 的 CSV，列为 {'、'.join(_COLUMNS)}",
            f"cannot be read ({fault}); it is CSV in UTF-8 with {', '.join(_COLUMNS)}",
            where=shown,
        ) from fault
    seen: dict[str, int] = {}
    for number, row in enumerate(found, 2):
        first = seen.setdefault(folded(row["name"]), number)
        if first != number:
            raise InvalidFile(
                f"“{row['name']}”在第{first}行已有；请留一行",
                f"'{row['name']}' stands in line {first} already; keep one",
                where=f"{shown}:{number}",
            )
    return tuple(NameEntry(**row) for row in found if row["name"])


def decided(entries: Iterable[NameEntry], edition: Edition) -> dict[str, str]:
    """Names with the id of what they mean, 新 or 无. Raises InvalidRequest for an unknown node."""
    lexicon = Lexicon(edition.vertices("node"))
    found: dict[str, str] = {}
    for each in entries:
        if each.means in ("", AS_NEW, LEAVE_OUT):
            if each.means:
                found[each.name] = each.means
            continue
        match = each.means if each.means in edition.position else lexicon.same(each.means).node
        if not match:
            raise InvalidRequest(
                f"“{each.name}”被定为“{each.means}”，但链图中没有它；请改为链图中的名称、新 或 无",
                f"'{each.name}' is decided to mean '{each.means}', which the chain does not have; "
                "write a name of the chain, 新 (new) or 无 (none)",
                where=f"{edition.head.chain}.names.csv",
            )
        found[each.name] = match
    return found


def with_waiting(
    entries: Iterable[NameEntry], waiting: Iterable[Waiting], names: Mapping[str, str]
) -> tuple[NameEntry, ...]:
    """The entries with names that wait now; decisions stay, what waited before stays too."""
    known = {folded(each.name): each for each in entries}
    for each in waiting:
        before = known.get(folded(each.name))
        if before is None or not before.means:
            candidates = "、".join(names.get(one, one) for one in each.candidates[:8])
            known[folded(each.name)] = NameEntry(
                each.name, "", "", "", str(each.seen), each.at, candidates
            )
    return tuple(known.values())


def write_names(workspace: Workspace, chain: str, entries: Iterable[NameEntry]) -> None:
    from jingwei.store.tables import Table, csv_bytes

    path = names_path(workspace, chain)
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [{key: getattr(each, key) for key in _COLUMNS} for each in entries]
    write_atomically(path, csv_bytes(Table("names", {key: key for key in _COLUMNS}, rows)))
