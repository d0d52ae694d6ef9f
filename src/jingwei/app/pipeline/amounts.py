"""Files with amounts by sector beside a table: new margins, sizes of regions, employment, energy."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from jingwei.core import InvalidFile

if TYPE_CHECKING:
    from jingwei.chains.input_output import InputOutputTable
    from jingwei.chains.input_output.grid import Grid
    from jingwei.chains.input_output.table import Array


def amounts_by_sector(
    table: "InputOutputTable", path: Path, wanted: Sequence[str] = ()
) -> dict[str, "Array"]:
    """Columns of a file by sector, in the order of the table.

    wanted: the columns that are needed (rows, columns, region, nation), by any of their words; else
            every column that names no sectors is an account

    The first row has headings, code or 代码 or 部门 over the sectors. Raises InvalidFile.
    """
    from jingwei.chains.input_output.grid import read_grid
    from jingwei.chains.input_output.headings import amount_columns, folded, label_kind

    grid = read_grid(path)
    head = next((k for k, line in enumerate(grid) if sum(map(bool, line)) > 1), 0)
    labels = [k for k, word in enumerate(grid[head]) if label_kind(word) in ("code", "name")]
    by_name = {word: amount_columns(grid[head], word) for word in wanted}
    if not wanted:
        by_name = {
            word: [k]
            for k, word in enumerate(grid[head])
            if k not in labels and word and label_kind(word) != "number"
        }
    if not labels or not by_name or not all(by_name.values()):
        raise _headings_missing(path, head, wanted, table)
    rows: dict[str, tuple[int, list[str]]] = {}
    sectors = {folded(each) for one in table.sectors for each in (one.code, one.name)}
    for number, line in enumerate(grid[head + 1 :], head + 2):
        names = [folded(line[column]) for column in labels if line[column]]
        _check_row(path, number, line, names, sectors, rows)
        for name in reversed(names):
            rows[name] = number, line
    found: dict[str, Array] = {}
    for name, columns in by_name.items():
        found[name] = _column(table, path, grid, head, columns[0], rows)
    return found


_TOTALS = re.compile(r"(?:合计|总计|小计|总和|total|sum)", re.IGNORECASE)


def _check_row(
    path: Path,
    number: int,
    line: Sequence[str],
    names: Sequence[str],
    sectors: set[str],
    rows: dict[str, tuple[int, list[str]]],
) -> None:
    """Refuse a row of a sector that the table has not, or that was told before."""
    from jingwei.chains.input_output.headings import figure

    told = next((name for name in names if name in rows), None)
    if told is not None:
        raise InvalidFile(
            f"第{number}行的部门“{told}”在第{rows[told][0]}行已有一行；请只留一行",
            f"row {number} tells the sector '{told}' again (row {rows[told][0]}); keep one",
            where=f"{path}:{number}",
        )
    strange = names and not sectors.intersection(names) and any(figure(cell) for cell in line)
    if strange and not _TOTALS.search(names[0]):
        raise InvalidFile(
            f"第{number}行的“{names[-1]}”不是投入产出表里的部门；请改成表里的名称，或删去这一行",
            f"row {number}: '{names[-1]}' is no sector of the table; name it as there, or delete the row",
            where=f"{path}:{number}",
        )


def _column(
    table: "InputOutputTable",
    path: Path,
    grid: "Grid",
    head: int,
    column: int,
    rows: dict[str, tuple[int, list[str]]],
) -> "Array":
    from jingwei.chains.input_output.headings import figure, folded

    heading = grid[head][column]
    values = np.empty(len(table.sectors))
    for k, sector in enumerate(table.sectors):
        key = next((k for k in map(folded, (sector.code, sector.name)) if k in rows), None)
        if key is None:
            raise InvalidFile(
                f"缺少部门{sector.code}（{sector.name}）；没有的请写0，如“{sector.code},0”",
                f"sector {sector.code} ({sector.name}) is missing; write 0 for none, as "
                f"'{sector.code},0'",
                where=str(path),
            )
        number, row = rows[key]
        value = figure(row[column])
        if value is None:
            raise InvalidFile(
                f"{heading}一列应是数字（如 1200 或 35.6），却是“{row[column]}”",
                f"the column {heading} needs a number as 1200 or 35.6, not '{row[column]}'",
                where=f"{path}:{number}",
            )
        values[k] = value
    return values


def _headings_missing(
    path: Path, head: int, wanted: Sequence[str], table: "InputOutputTable"
) -> InvalidFile:
    """What the first row should be, with an example of the table at hand."""
    from jingwei.chains.input_output.headings import layouts

    known = layouts()["amounts"]
    zh = [next((w for w in known[name] if not w.isascii()), name) for name in wanted] or ["就业"]
    first = table.sectors[0]
    example = f"“部门,{','.join(zh)}”，下面如“{first.name}{',100' * len(zh)}”"
    columns = ", ".join(["code", *(wanted or ["an account"])])
    return InvalidFile(
        f"第一行应有部门（或 code、代码）和{'、'.join(zh)}这些列；例：{example}",
        f"the first row needs the columns {columns}; an example: "
        f"'code,{','.join(wanted or ['jobs'])}' over '{first.code}{',100' * len(zh)}'",
        where=f"{path}:{head + 1}",
    )
