"""Rows of imported files: CSV, spreadsheets, JSON and JSON lines, as fields under known names.

The file is only read here; what a row means is decided in ``importing``. A row that cannot be read
stops the import with its place: nothing is taken from half a file.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import Any, cast

from jingwei.chains.graph.columns import PERCENT, column_names
from jingwei.chains.graph.records import folded
from jingwei.chains.graph.restoring import FORMAT, Record, edge_of, fact_of, vertex_of
from jingwei.core import InvalidFile

LARGEST = 2_000_000_000  # bytes of a file
MOST_ROWS = 2_000_000
"""Rows of a file, unless more are asked for: a million edges take about 1 GB while they are read."""
GIGABYTES = 1.0  # of memory for a million rows, measured with one edge a row
LONGEST = 10_000  # characters of a cell
DEEPEST = 200_000_000  # bytes of one JSON document, which is read as a whole


@dataclass(frozen=True, slots=True)
class Line:
    """A row: ``fields`` under the names of ``columns.toml``, ``at`` its place in the file.

    ``record`` is what one of our own exports wrote, as it was; ``filled`` are fields that a merged
    cell above gave.
    """

    at: str
    fields: Mapping[str, str]
    record: Record | None = None
    filled: tuple[str, ...] = ()


def read_lines(path: Path, most: int = MOST_ROWS, sheet: str = "") -> Iterator[Line]:
    """The rows of a file, by its ending; an unknown ending is read as CSV.

    ``sheet`` is that of a workbook, "" for the first that has headings. Raises InvalidFile, also where
    there are more than ``most`` rows.
    """
    check_size(path)
    match path.suffix.lower():
        case ".graphml" | ".xml":
            from jingwei.chains.graph.graphml import read_graphml

            found = read_graphml(path, most)
        case ".jsonl" | ".ndjson":
            found = _json_lines(path, most)
        case ".json":
            found = _json(path)
        case _:
            from jingwei.chains.graph.tables import table_lines

            found = table_lines(path, most, sheet)
    return _limited(found, path, most)


def region_in(path: Path) -> str:
    """The region that an export of ours (JSON, GraphML) was seen from, "" where it states none."""
    if path.suffix.lower() in (".graphml", ".xml"):
        from jingwei.chains.graph.graphml import region_of

        return region_of(path)
    if path.suffix.lower() != ".json":
        return ""
    whole: Any = json.loads(path.read_bytes())
    if not isinstance(whole, dict):
        return ""
    head = cast("dict[str, Any]", whole).get("chain")
    return str(cast("dict[str, Any]", head).get("region", "")) if isinstance(head, dict) else ""


def _limited(lines: Iterable[Line], path: Path, most: int) -> Iterator[Line]:
    for number, line in enumerate(lines, 1):
        if number > most:
            raise too_many(path, most)
        yield line


def check_size(path: Path) -> None:
    if not path.is_file():
        raise InvalidFile(
            "没有这个文件；请检查路径", "there is no such file; check the path", where=str(path)
        )
    if path.stat().st_size > LARGEST:
        raise InvalidFile(
            "文件超过2GB；请拆分后再导入", "over 2 GB; split it first", where=str(path)
        )


def text_lines(path: Path, most: int | None = None) -> tuple[str, Iterator[str]]:
    """The encoding that reads the whole file, and its lines. Refuses too many lines at once."""
    for encoding in ("utf-8-sig", "gb18030"):
        count = 0
        try:
            with path.open(encoding=encoding, newline="") as file:
                for chunk in iter(lambda: file.read(1 << 20), ""):
                    count += chunk.count("\n")
        except UnicodeDecodeError:
            continue
        if most is not None and count > most + 1:  # the heading is a line too
            raise too_many(path, most, count - 1)

        def lines(name: str = encoding) -> Iterator[str]:
            with path.open(encoding=name, newline="") as file:
                yield from file

        return encoding, lines()
    raise InvalidFile(
        "编码既不是 UTF-8 也不是 GB18030；请另存为 UTF-8",
        "neither UTF-8 nor GB18030; save it as UTF-8",
        where=str(path),
    )


def too_many(path: Path, most: int, found: int | None = None) -> InvalidFile:
    """The fault of a file over the limit, with what it would take to read it."""
    holds_zh = f"有{found:,}行" if found is not None else "行数"
    holds_en = f"{found:,} rows are more" if found is not None else "more rows"
    need = (found if found is not None else most) / 1e6 * GIGABYTES
    more_zh = f"约需{need:.0f}GB" if found is not None else f"至少需{need:.0f}GB"
    more_en = f"about {need:.0f} GB" if found is not None else f"at least {need:.0f} GB"
    return InvalidFile(
        f"{holds_zh}超过{most:,}行的上限；全部读入{more_zh}内存（每百万行约{GIGABYTES:.0f}GB）。内存够就用 "
        "--most-rows 提高上限，否则按产业链拆成几个文件，或先汇总",
        f"{holds_en} than the limit of {most:,}; reading all takes {more_en} of memory (about "
        f"{GIGABYTES:.0f} GB for a million rows). Raise the limit with --most-rows if there is that much, "
        "else split the file by chain, or aggregate it first",
        where=str(path),
    )


def _json_lines(path: Path, most: int) -> Iterator[Line]:
    _, lines = text_lines(path, most)
    for number, text in enumerate(lines, 1):
        if text.strip():
            try:
                thing = json.loads(text)
            except (ValueError, RecursionError):
                raise fault_at(
                    path, str(number), "这一行不是合法的 JSON", "this line is no JSON"
                ) from None
            yield line_of(str(number), _named(thing, path, str(number)), path)


def _json(path: Path) -> Iterator[Line]:
    if path.stat().st_size > DEEPEST:
        raise InvalidFile(
            "整份 JSON 超过200MB；请改用每行一条的 .jsonl",
            "over 200 MB as one JSON document; use .jsonl, one record a line",
            where=str(path),
        )
    try:
        whole = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as fault:
        raise InvalidFile(
            f"不是合法的 JSON：{fault}", f"no JSON: {fault}", where=str(path)
        ) from None
    parts: list[tuple[str, Any]] = []
    if isinstance(whole, dict) and cast("dict[str, Any]", whole).get("format") == FORMAT:
        yield from _records(cast("dict[str, Any]", whole), path)
        return
    if isinstance(whole, dict):
        for name, listed in cast("dict[str, Any]", whole).items():
            if isinstance(listed, list):
                parts += [
                    (f"{name}[{k}]", each) for k, each in enumerate(cast("list[Any]", listed))
                ]
    elif isinstance(whole, list):
        parts = [(f"[{k}]", each) for k, each in enumerate(cast("list[Any]", whole))]
    if not parts:
        raise InvalidFile(
            'JSON 里没有记录的列表；应是 [{…}] 或 {"edges": [{…}], "nodes": [{…}]}',
            'no list of records; it takes [{…}] or {"edges": [{…}], "nodes": [{…}]}',
            where=str(path),
        )
    for at, thing in parts:
        yield line_of(at, _named(thing, path, at), path)


def _records(whole: dict[str, Any], path: Path) -> Iterator[Line]:
    """The records of an export of ours; one that someone added without an id is a plain row."""
    made: tuple[tuple[str, str, Callable[[Mapping[str, Any], str], Record]], ...] = (
        ("vertices", "id", vertex_of), ("edges", "from_id", edge_of), ("facts", "about_id", fact_of),
    )  # fmt: skip
    for name, key, of in made:
        listed = whole.get(name, [])
        if not isinstance(listed, list):
            raise fault_at(path, name, "应是一个 […] 列表", "a list […] is wanted")
        for number, thing in enumerate(cast("list[Any]", listed)):
            at = f"{name}[{number}]"
            fields = _named(thing, path, at)
            own = key in thing and "evidence" in thing
            yield replace(
                line_of(at, fields, path), record=of(thing, f"{path}:{at}") if own else None
            )


def _named(thing: object, path: Path, at: str) -> dict[str, str]:
    if not isinstance(thing, dict):
        raise fault_at(path, at, "应是一个 {…} 记录", "a record {…} is wanted")
    names = column_names()
    fields: dict[str, str] = {}
    for key, cell in cast("dict[str, Any]", thing).items():
        name = names.get(folded(key))
        if name and cell is not None and not isinstance(cell, list | dict):
            fields.setdefault(name, written(cell))
    if not fields:
        known = "、".join(map(str, cast("dict[str, Any]", thing)))
        raise fault_at(
            path, at, f"没有认识的字段（有：{known}）", f"no field that is known (has: {known})"
        )
    return fields


def written(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()  # a day, which spreadsheets hold as its midnight
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def line_of(at: str, fields: Mapping[str, str], path: Path) -> Line:
    cleaned: dict[str, str] = {}
    for key, cell in fields.items():
        if len(cell) > LONGEST:
            raise fault_at(
                path, at, f"“{key}”有{len(cell)}个字符", f"'{key}' has {len(cell)} characters"
            )
        cleaned[key] = _CONTROL.sub("", cell).strip()
    value = cleaned.get("value", "")
    if value.endswith(PERCENT) and cleaned.get("unit", "") in ("", *PERCENT):
        cleaned |= {"value": value.rstrip("%％"), "unit": "%"}
    return Line(at, cleaned)


def fault_at(path: Path, at: str, zh: str, en: str) -> InvalidFile:
    return InvalidFile(
        f"{zh}；请改正后再导入", f"{en}; correct it and import again", where=f"{path}:{at}"
    )
