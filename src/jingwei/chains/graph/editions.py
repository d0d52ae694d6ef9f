"""Editions on disk: written once, named by chain and label, checked when they are read.

``data/chains/NAME/EDITION.json`` is the head with the content hash and the digests of the column
files beside it (``.vertices.parquet``, ``.edges.parquet``, ``.facts.jsonl``). The head is written
last: without it there is no edition. Nothing overwrites an edition.
"""

import io
import json
import re
from dataclasses import asdict, replace
from datetime import date
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from jingwei.chains.graph.edition import EdgeColumns, Edition, Head, Strings
from jingwei.chains.graph.records import Fact, evidence_of, evidence_text
from jingwei.core import InvalidFile, InvalidRequest
from jingwei.store import Workspace, write_atomically

FOLDER = "data/chains"
_NAME = re.compile(r"[^\s/\\.:*?\"<>|\0][^/\\:*?\"<>|\0]{0,60}")
_FORMAT = 1
_NULLABLE = ("share", "confidence", "day", "valid_from", "valid_to")


def chain_names(workspace: Workspace) -> tuple[str, ...]:
    """The chains of a workspace, by name."""
    folder = workspace.path(FOLDER)
    found = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return tuple(name for name in found if labels(workspace, name))


def labels(workspace: Workspace, chain: str) -> tuple[str, ...]:
    """The editions of a chain, the oldest first (by day made, then in the order they grew)."""
    folder = workspace.path(f"{FOLDER}/{checked_name(chain)}")
    if not folder.is_dir():
        return ()
    heads = [_head_of(path) for path in sorted(folder.glob("*.json"))]
    heads.sort(key=lambda each: (each.made, each.edition))
    known = {each.edition for each in heads}
    placed: list[str] = []
    waiting = heads
    while waiting:
        ready = [h for h in waiting if h.parent not in known or h.parent in placed] or waiting
        placed.append(ready[0].edition)
        waiting = [each for each in waiting if each.edition != ready[0].edition]
    return tuple(placed)


def latest(workspace: Workspace, chain: str) -> Edition:
    """The newest edition of a chain. Raises InvalidRequest where there is none."""
    found = labels(workspace, chain)
    if not found:
        known = "、".join(chain_names(workspace)) or "（无）"
        raise InvalidRequest(
            f"工作区中没有产业链“{chain}”；已有：{known}。新建：jingwei chain new {chain} --from 规划",
            f"the workspace has no chain '{chain}'; there are: {known}. "
            f"Make one: jingwei chain new {chain} --from PLAN",
        )
    return read_edition(workspace, chain, found[-1])


def free_label(workspace: Workspace, chain: str, day: str) -> str:
    """``day``, or ``day.2``, ``day.3`` … where editions of that day exist."""
    taken = {*labels(workspace, chain)}
    label, number = day, 1
    while label in taken:
        number += 1
        label = f"{day}.{number}"
    return label


def write_edition(workspace: Workspace, edition: Edition) -> Path:
    """Write an edition; gives its head file. Raises InvalidRequest where the label is taken."""
    head = edition.head
    chain, label = checked_name(head.chain), checked_name(head.edition)
    path = workspace.path(f"{FOLDER}/{chain}/{label}.json")
    if path.exists():
        raise InvalidRequest(
            f"产业链“{chain}”已有版本 {label}；版本不可改写，请用 --edition 另起名",
            f"the chain '{chain}' has an edition {label} already; editions are never rewritten, "
            "give another label with --edition",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "vertices.parquet": _parquet(_vertex_table(edition)),
        "edges.parquet": _parquet(_edge_table(edition.edges)),
        "facts.jsonl": _facts_json(edition.facts),
    }
    for ending, written in content.items():
        write_atomically(path.with_name(f"{label}.{ending}"), written)
    vertices, edges, facts = edition.size
    described = asdict(head) | {
        "format": _FORMAT,
        "content": edition.content_hash,
        "vertices": vertices,
        "edges": edges,
        "facts": facts,
        "files": {ending: sha256(written).hexdigest() for ending, written in content.items()},
    }
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    write_atomically(path, text.encode())
    return path


def read_edition(workspace: Workspace, chain: str, label: str) -> Edition:
    """An edition of a chain. Raises InvalidRequest where there is none, InvalidFile if damaged."""
    path = workspace.path(f"{FOLDER}/{checked_name(chain)}/{checked_name(label)}.json")
    if not path.is_file():
        known = "、".join(labels(workspace, chain)) or "（无）"
        raise InvalidRequest(
            f"产业链“{chain}”没有版本 {label}；已有：{known}",
            f"the chain '{chain}' has no edition {label}; there are: {known}",
        )
    described = _described(path)
    parts: dict[str, bytes] = {}
    for ending, digest in described["files"].items():
        part = path.with_name(f"{label}.{ending}")
        try:
            parts[ending] = part.read_bytes()
        except FileNotFoundError:
            raise _damaged(part) from None
        if sha256(parts[ending]).hexdigest() != digest:
            raise _damaged(part)
    return _edition(_head_of(path), parts)


def checked_name(name: str) -> str:
    """A name of a chain or edition that is also a file name. Raises InvalidRequest."""
    if not _NAME.fullmatch(name) or name.strip() != name:
        raise InvalidRequest(
            "名称不能为空、以点或空格开头、含斜杠冒号等，也不超过60字",
            'the name must not be empty, begin with a dot or blank, hold / \\ : * ? " < > | '
            "or be longer than 60 characters",
            where=name.replace("\0", "\\0"),
        )
    return name


def labelled(edition: Edition, label: str, made: str, parent: str) -> Edition:
    """The same content under another label."""
    return replace(edition, head=replace(edition.head, edition=label, made=made, parent=parent))


# -- files ---------------------------------------------------------------------------------


def _damaged(path: Path) -> InvalidFile:
    return InvalidFile(
        "与版本记录的指纹不符或缺失：版本文件不可手改；请从备份或 git 恢复",
        "missing, or not what the head of the edition says: editions are never edited by hand; "
        "restore it from a backup or from git",
        where=str(path),
    )


def _described(path: Path) -> dict[str, Any]:
    try:
        described = json.loads(path.read_bytes())
        _head(described)
    except (ValueError, KeyError, TypeError) as fault:
        raise _damaged(path) from fault
    if described.get("format") != _FORMAT:
        raise InvalidFile(
            f"版本文件的格式是 {described.get('format')}，本程序只读 {_FORMAT}；请升级",
            f"this edition has format {described.get('format')}, and only {_FORMAT} is known; "
            "use a newer Jingwei",
            where=str(path),
        )
    return described


def _head_of(path: Path) -> Head:
    described = _described(path)
    return _head(described)


def _head(described: dict[str, Any]) -> Head:
    """The head; editions of before notes were kept have none."""
    fields = (key for key in Head.__dataclass_fields__ if key != "note" or key in described)
    return Head(**{key: described[key] for key in fields})


def _parquet(table: Any) -> bytes:
    pq: Any = import_module("pyarrow.parquet")

    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd", use_dictionary=False, write_statistics=False)
    return file.getvalue()


def _vertex_table(edition: Edition) -> Any:
    pa: Any = import_module("pyarrow")

    columns = ("ids", "sorts", "names", "stages", "kinds", "sources")
    return pa.table({name: pa.array(getattr(edition, name), pa.string()) for name in columns})


def _edge_table(edges: EdgeColumns) -> Any:
    pa: Any = import_module("pyarrow")

    arrays: dict[str, Any] = {}
    for name, column in zip(EdgeColumns._fields, edges, strict=True):
        if name in _NULLABLE:
            arrays[name] = pa.array(np.ma.getdata(column), mask=np.ma.getmaskarray(column))
        elif name == "evidence":
            arrays[name] = pa.array(column, pa.string())
        else:
            arrays[name] = pa.array(column)
    return pa.table(arrays)


def _facts_json(facts: tuple[Fact, ...]) -> bytes:
    rows = [
        [
            each.about, each.measure, evidence_text(each.evidence), each.value, each.word, each.unit,
            each.of, each.rater, None if each.day is None else each.day.isoformat(),
        ]
        for each in facts
    ]  # fmt: skip
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _edition(head: Head, parts: dict[str, bytes]) -> Edition:
    pa: Any = import_module("pyarrow")
    pq: Any = import_module("pyarrow.parquet")

    def table_of(ending: str) -> Any:
        # read_table would scan with threads of its own, and a command that ends right after reading
        # may meet them still running; a file in memory is read in this one
        file = pq.ParquetFile(pa.BufferReader(parts[ending]), pre_buffer=False)
        return file.read(use_threads=False)

    vertices, edges = table_of("vertices.parquet"), table_of("edges.parquet")

    def strings(table: Any, name: str) -> Strings:
        return table.column(name).to_numpy()

    columns: list[Any] = []
    for name in EdgeColumns._fields:
        column: Any = edges.column(name)
        if name == "evidence":
            columns.append(strings(edges, name))
        elif name in _NULLABLE:
            absent: Any = column.is_null().to_numpy()
            columns.append(np.ma.array(column.fill_null(0).to_numpy(), mask=absent))
        else:
            columns.append(column.to_numpy())
    facts = tuple(
        Fact(
            about,
            measure,
            evidence_of(told),
            value,
            word,
            unit,
            of,
            rater,
            None if day is None else date.fromisoformat(day),
        )
        for about, measure, told, value, word, unit, of, rater, day in map(
            json.loads, parts["facts.jsonl"].decode().split("\n")[:-1]
        )
    )
    return Edition(
        head,
        strings(vertices, "ids"),
        strings(vertices, "sorts"),
        strings(vertices, "names"),
        strings(vertices, "stages"),
        strings(vertices, "kinds"),
        strings(vertices, "sources"),
        EdgeColumns(*columns),
        facts,
    )
