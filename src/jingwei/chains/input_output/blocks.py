"""Blocks of rows in one sheet: domestic and imported flows one above the other, a second table below."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from jingwei.chains.input_output.headings import figure, label_kind, origin_in, origin_of
from jingwei.chains.input_output.locating import VIEWS

if TYPE_CHECKING:
    from jingwei.chains.input_output.anatomy import Anatomy


def first_of_several(found: "Anatomy", view: int, keys: Sequence[str]) -> "Anatomy":
    """The table above a line that repeats the headings of its sectors; what is below is told.

    Blocks of domestic and imported flows are one table.
    """
    key_of = VIEWS[view]
    again = None
    for row in range(found.head + 2, len(found.grid)):
        line = found.grid[row]
        alike = [key_of(line[c]) == k for c, k in zip(found.columns[:3], keys, strict=False)]
        if not any(alike):
            continue
        alike = [key_of(line[c]) == k for c, k in zip(found.columns, keys, strict=True)]
        if sum(alike) >= 0.8 * len(keys):
            again = row
            break
    if again is None:
        return found
    rows = [r for r in range(found.head + 1, len(found.grid)) if r != again]
    wanted = [row for row in rows if key_of(found.grid[row][found.label]) in keys]
    labels = [key_of(found.grid[row][found.label]) for row in wanted]
    if not set(keys) <= {k for r, k in zip(wanted, labels, strict=True) if r < again}:
        return found
    if set(origins_of(found, wanted, labels)) != {"total"}:
        return found
    found.notes.append((
        f"第{again + 1}行起又是一张表，没有读；要读它请另存一个文件或工作表",
        f"another table begins at line {again + 1} and was not read; save it as a file or sheet of its own",
    ))  # fmt: skip
    return replace(found, grid=found.grid[:again])


def origins_of(found: "Anatomy", rows: Sequence[int], keys: Sequence[str]) -> list[str]:
    """Origin of the flows of each row of a sector: a column tells it, else the title of its block."""
    grid = found.grid
    for column in range(found.columns[0]):
        if column == found.label:
            continue
        if label_kind(grid[found.head][column]) == "origin":
            for row in rows:
                word = grid[row][column]
                if origin_of(word) is None:
                    raise found.fault(
                        row,
                        None,
                        f"不认识的来源“{word}”（应为国内、进口）",
                        f"unknown origin '{word}' (Domestic, Imports)",
                    )
            return [origin_of(grid[row][column]) or "" for row in rows]
        # a cell over several rows holds its word in the first of them
        words = [
            next((g for r in range(row, -1, -1) if (g := grid[r][column])), "") for row in rows
        ]
        told = [origin_of(word) or origin_in(word) for word in words]
        if {"domestic", "imported"} <= set(told) <= {"domestic", "imported", "total"}:
            return [each or "" for each in told]
    if len(set(keys)) < len(keys):
        titled = [_title_of_block(found, row) for row in rows]
        if set(titled) == {"domestic", "imported"}:
            return titled
    return ["total"] * len(rows)


def _title_of_block(found: "Anatomy", row: int) -> str:
    """The origin that the nearest line without figures above a row names, "" if none does."""
    for line in reversed(found.grid[:row]):
        if any(figure(line[column]) is not None for column in found.columns):
            continue
        told = next((each for each in map(origin_in, line) if each), None)
        if told is not None:
            return told
    return ""
