"""The register of enterprises: rows by vintage, as lists brought them.

A row says who (name, credit code), where and in which industry, and where it was read. Nothing is
merged before a person says yes; a merge is a later row that names the code it now belongs to.
"""

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from jingwei.core import InvalidFile
from jingwei.core.uscc import valid
from jingwei.statistics.enterprises.names import bare_company
from jingwei.statistics.intake import Declared, EnterpriseRow
from jingwei.statistics.intake.words import folded
from jingwei.store import Workspace, write_atomically
from jingwei.store.yaml_read import decoded

FOLDER = "data/enterprises"
_FILE = re.compile(r"[0-9a-f]{12}\.csv")


@dataclass(frozen=True, slots=True)
class Enterprise:
    """One enterprise as one list has it. ``code`` is "" where none was given or it is not valid.

    ``id`` is the code, else a fingerprint of name and region. ``vintage`` is the day of the list
    (ISO), ``place`` file, sheet and row. ``merged_into`` is the id that a person said it is.
    """

    id: str
    name: str
    code: str
    region: str
    industry: str
    address: str
    vintage: str
    dataset: str
    place: str
    merged_into: str = ""


def enterprises(
    rows: Sequence[EnterpriseRow], declared: Declared, vintage: str
) -> tuple[Enterprise, ...]:
    """Register rows of a list; one row for each enterprise of each list."""
    found: dict[str, Enterprise] = {}
    for row in rows:
        name = row.values.get("entity", "").strip()
        code = "".join(row.values.get("entity_code", "").split()).upper()
        code = code if valid(code) else ""
        text = row.values.get("region_code") or row.values.get("region") or ""
        region = declared.region(text) if text else None
        where = region.code if region is not None else folded(text)
        if not (name or code):
            continue
        id_ = code or fingerprint(name, where)
        sheet = f"{row.place.sheet} " if row.place.sheet else ""
        found.setdefault(
            id_,
            Enterprise(
                id_, name, code, where, row.values.get("industry_code", ""),
                row.values.get("address", ""), vintage, row.place.file,
                f"{sheet}第{row.place.row}行",
            ),
        )  # fmt: skip
    return tuple(found.values())


def fingerprint(name: str, region: str) -> str:
    """An id for an enterprise without a valid code, from its name and region."""
    return "x" + hashlib.sha256(f"{bare_company(name)}\0{region}".encode()).hexdigest()[:12]


_COLUMNS = tuple(each.name for each in fields(Enterprise))


def add(workspace: Workspace, rows: Sequence[Enterprise]) -> str:
    """Write rows as one immutable file of the register; gives its name. The caller holds the lock.

    The same rows give the same file, so that an import done twice adds nothing.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for row in sorted(rows, key=lambda each: (each.id, each.place)):
        writer.writerow([getattr(row, column) for column in _COLUMNS])
    content = text.getvalue().encode("utf-8")
    folder = workspace.path(FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{hashlib.sha256(content).hexdigest()[:12]}.csv"
    path = workspace.path(f"{FOLDER}/{name}")
    if not path.exists():
        write_atomically(path, content)
    return name


def register(workspace: Workspace) -> tuple[Enterprise, ...]:
    """Every enterprise as its newest row has it, merged rows left out; by id. What that row does
    not say (a list of tax payers has no industry) is as the newest row before it that does."""
    folder = workspace.path(FOLDER)
    newest: dict[str, Enterprise] = {}
    merged: dict[str, Enterprise] = {}
    for path in sorted(folder.glob("*.csv")) if folder.is_dir() else ():
        if not _FILE.fullmatch(path.name):
            continue
        name = workspace.shown(path)
        for line, values in enumerate(
            csv.DictReader(io.StringIO(decoded(path.read_bytes(), name))), start=2
        ):
            if set(values) != set(_COLUMNS):
                raise InvalidFile(
                    "名录文件的列不完整；请从原始名单重新导入",
                    "a register file lacks columns; import the list again",
                    where=f"{name}:{line}",
                )
            row = Enterprise(**{key: str(values[key]) for key in _COLUMNS})
            held = merged if row.merged_into else newest
            other = held.get(row.id, row)
            held[row.id] = _filled(*sorted((other, row), key=lambda each: each.vintage))
    return tuple(newest[id_] for id_ in sorted(newest) if id_ not in merged)


def _filled(older: Enterprise, newer: Enterprise) -> Enterprise:
    """``newer`` with what only ``older`` says."""
    said = ("name", "code", "region", "industry", "address")
    gaps = {key: getattr(older, key) for key in said if not getattr(newer, key)}
    return replace(newer, **gaps) if gaps else newer
