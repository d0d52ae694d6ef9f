"""A folder of typed-in facts becomes a workspace.

Where the texts may not be passed on, their facts may: what a plan promises and what was published,
each typed in with its citation. The folder holds

    plans.csv         id,title,number,issued,period,region,source
    targets.csv       plan,place,indicator,goal,op,value,low,high,unit,period,base_year,attr,measure,hedge
    sources.csv       id,publisher,title,published,kind,address,note
    observations.csv  card,period,op,value,unit,source,place,reason
    regions.csv       code,name,level,within,overlaps
    cards/*.yaml      definition cards

Each plan becomes a sheet in ``documents/`` with a line for every target; its plan file holds the
typed values, each accepted by name, with the place in the issued text in the note. Observations go
into the store under the day of publication; a day known only by its month or year counts as the
last day of it, so that nothing is known too early.
"""

import calendar
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from jingwei.app.pipeline.demonstration import fresh
from jingwei.app.pipeline.planning import compile_into
from jingwei.core import InvalidFile, Months, Observation, Row, SeriesKey
from jingwei.core.statement import Op
from jingwei.plans.planfile import PlanFile, read_plan, save_plan
from jingwei.plans.review import edit, reject
from jingwei.store import Observations, Workspace, write_atomically
from jingwei.store.yaml_read import decoded

SIGNED = "键入 typed in"
_ABSENT = "—"
_OPS = ("=", "~", ">=", ">", "<=", "<")


@dataclass(frozen=True, slots=True)
class Source:
    """A publication. ``published`` is the day, month or year as far as it is known; ``kind`` says
    how near it is to the office that published (plan, official, press, reprint, article)."""

    id: str
    publisher: str
    title: str
    published: str
    kind: str
    address: str
    note: str

    @property
    def day(self) -> date:
        """The last day that ``published`` allows. Raises ValueError."""
        parts = [int(part) for part in self.published.split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else 12
        return date(
            year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
        )


@dataclass(frozen=True, slots=True)
class TypedPlan:
    """A row of ``plans.csv`` with its rows of ``targets.csv``."""

    facts: Mapping[str, str]
    source: Source
    targets: tuple[Mapping[str, str], ...]

    @property
    def file(self) -> str:
        return f"{self.facts['title']}.txt"

    def sheet(self) -> tuple[str, list[int]]:
        """The text of its document, and the line of each target, counted from 1."""
        facts, source = self.facts, self.source
        head = [facts["title"], ""]
        if facts["number"]:
            head += [facts["number"], ""]
        issued = date.fromisoformat(facts["issued"])
        head += [f"{issued.year}年{issued.month}月{issued.day}日", ""]
        last = facts["period"].split("-")[-1]
        head += ["主要指标", "", "\t".join(("序号", "指标名称", "单位", "属性", f"{last}年"))]
        rows = [
            "\t".join(
                (str(order), each["indicator"], each["unit"] or _ABSENT, each["attr"] or _ABSENT,
                 each["goal"])
            )
            for order, each in enumerate(self.targets, 1)
        ]  # fmt: skip
        foot = ["", f"出处：{source.publisher}，{source.address or source.title}"]
        first = len(head) + 1
        return "\n".join((*head, *rows, *foot)) + "\n", [*range(first, first + len(rows))]


def typed_workspace(facts: Path, folder: Path, *, typed_on: date) -> Workspace:
    """Make a workspace of the facts, typed in by the day ``typed_on``, in a new or empty folder.

    Raises InvalidRequest where the folder is not empty, InvalidFile with file and line for
    whatever cannot be meant in the facts.
    """
    sources = sources_of(facts)
    plans = list(_plans(facts, sources))
    observed = list(_observations(facts, sources))
    workspace = fresh(folder, plans[0].facts["region"])
    for path in (facts / "regions.csv", *sorted((facts / "cards").glob("*.yaml"))):
        target = workspace.path(f"definitions/{path.relative_to(facts).as_posix()}")
        target.parent.mkdir(exist_ok=True)
        write_atomically(target, path.read_bytes())
    with workspace.locked():
        for plan in plans:
            _write_plan(workspace, plan, typed_on.isoformat())
    Observations(workspace).append(
        observed, dataset="observations.csv", imported_on=typed_on, by=SIGNED
    )
    return workspace


def sources_of(facts: Path) -> dict[str, Source]:
    """The publications of a folder of facts by id. Raises InvalidFile."""
    found: dict[str, Source] = {}
    for where, row in _rows(facts / "sources.csv", ("id", "publisher", "title", "published")):
        source = Source(**cast(Any, {name: row[name] for name in Source.__slots__}))
        try:
            _ = source.day
        except ValueError as fault:
            raise _unread("published", source.published, where) from fault
        found[source.id] = source
    return found


def _plans(facts: Path, sources: Mapping[str, Source]) -> Iterator[TypedPlan]:
    targets = [*_rows(facts / "targets.csv", ("plan", "place", "indicator", "goal", "op"))]
    for where, row in _rows(facts / "plans.csv", ("id", "title", "issued", "period", "region")):
        mine = tuple(target for _, target in targets if target["plan"] == row["id"])
        if not mine:
            raise InvalidFile(
                f"「{row['id']}」在 targets.csv 中没有目标",
                f"'{row['id']}' has no targets in targets.csv",
                where=where,
            )
        yield TypedPlan(row, _source(row, sources, where), mine)


def _source(row: Mapping[str, str], sources: Mapping[str, Source], where: str) -> Source:
    if row["source"] not in sources:
        raise InvalidFile(
            f"出处「{row['source']}」不在 sources.csv 中；没有出处的数不能用",
            f"the source '{row['source']}' is not in sources.csv; no value without its source",
            where=where,
        )
    return sources[row["source"]]


def _write_plan(workspace: Workspace, plan: TypedPlan, day: str) -> None:
    """The sheet, compiled, and over what was read of each line the values that were typed."""
    text, lines = plan.sheet()
    write_atomically(workspace.documents / plan.file, text.encode())
    done = compile_into(workspace, workspace.documents / plan.file).file
    read: dict[int | None, list[str]] = {}
    for entry in done.statements:
        read.setdefault(entry.record.evidence.line, []).append(entry.record.id)
    title = plan.facts["title"]
    kept: set[str] = set()
    for line, target in zip(lines, plan.targets, strict=True):
        if not read.get(line):
            raise InvalidFile(
                f"读不出这个目标：{target['indicator']} {target['goal']}；请检查 goal 和 unit",
                f"no target is read from {target['indicator']} {target['goal']}; see goal and unit",
                where=f"{plan.file}:{line}",
            )
        identity = read[line][0]
        note = f"《{title}》{plan.facts['number']} {target['place']}"
        done = edit(done, identity, values_of(target), by=SIGNED, on=day, note=note).plan
        kept.add(identity)
    others = [entry.record.id for entry in done.statements if entry.record.id not in kept]
    if others:
        done = reject(
            done, others, by=SIGNED, on=day, note="不是键入的目标 not a typed target"
        ).plan
    _save(workspace, plan, done)


def _save(workspace: Workspace, plan: TypedPlan, done: PlanFile) -> None:
    path = workspace.plan_path(plan.file)
    save_plan(done, path)
    _ = read_plan(path, workspace.shown(path))  # what was written can be read


def values_of(target: Mapping[str, str]) -> dict[str, Any]:
    """A row of ``targets.csv`` in the fields of a statement, as a plan file writes them."""
    numbers = {
        name: float(target[name]) if target[name] else None for name in ("value", "low", "high")
    }
    last = target["period"]
    return {
        "subject": target["indicator"],
        "role": "target",
        "op": target["op"],
        **numbers,
        "unit": target["unit"],
        "period": int(last) if last.isdigit() else last,
        "attr": target["attr"] or None,
        "kind": "stat",
        "text": target["goal"] if target["op"] == "qual" else None,
        "measure": target["measure"],
        "hedge": target["hedge"],
        "base_year": int(target["base_year"]) if target["base_year"] else None,
    }


def _observations(facts: Path, sources: Mapping[str, Source]) -> Iterator[Observation]:
    regions = [row["code"] for _, row in _rows(facts / "regions.csv", ("code", "name"))]
    needed = ("card", "period", "op", "value", "unit", "source")
    for where, row in _rows(facts / "observations.csv", needed):
        source = _source(row, sources, where)
        if row["op"] not in _OPS:
            raise _unread("op", row["op"], where)
        place = " ".join(filter(None, (source.publisher, row["place"], source.address)))
        try:
            yield Observation(
                SeriesKey(row["card"], row.get("region") or regions[0]),
                Months.parse(row["period"]),
                float(row["value"]),
                row["unit"],
                source.day,
                "public",
                Row(source.title, source.day.isoformat(), place),
                cast(Op, row["op"]),
                row["reason"],
            )
        except ValueError as fault:
            raise _unread("period, value", f"{row['period']}, {row['value']}", where) from fault


def _unread(name: str, found: str, where: str) -> InvalidFile:
    return InvalidFile(
        f"{name} 读不懂：「{found}」", f"{name} cannot be read: '{found}'", where=where
    )


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows of a CSV with their places; the cells of ``needed`` must not be empty."""
    text = decoded(path.read_bytes(), path.name).removeprefix("\ufeff")
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        cells = {key: (value or "").strip() for key, value in row.items() if key}
        empty = [name for name in needed if not cells.get(name)]
        if empty:
            raise InvalidFile(
                f"缺少{'、'.join(empty)}",
                f"{', '.join(empty)} missing",
                where=f"{path.name}:{line}",
            )
        yield f"{path.name}:{line}", cells
