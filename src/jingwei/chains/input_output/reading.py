"""Reading an input-output table as published; nothing is repaired in silence.

Two layouts: one sheet with sellers down and buyers across, as statistical offices print it
(``anatomy`` finds its parts, ``layouts.toml`` names its headings), and the folder of tab-separated
matrices with two levels of headings that multi-regional databases are exchanged in (Z, Y,
satellites; pymrio's text format).
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np

from jingwei.chains.input_output.anatomy import Anatomy, find
from jingwei.chains.input_output.cells import numbers
from jingwei.chains.input_output.grid import read_grids, told_of_sheets
from jingwei.chains.input_output.headings import (
    column_role,
    layouts,
)
from jingwei.chains.input_output.inputs import Inputs
from jingwei.chains.input_output.reconciling import (
    CLOSE,
    Note,
    disagreements,
    signs_told,
    unit_of,
    uses_told_apart,
)
from jingwei.chains.input_output.table import Array, InputOutputTable
from jingwei.chains.input_output.totals import told_of_totals
from jingwei.core import InvalidFile

Flows = Literal["domestic", "total"]


def read_table(
    path: Path, flows: Flows = "domestic", unit: str = "", sheet: str = ""
) -> InputOutputTable:
    """The table in a CSV or spreadsheet file, or in a folder of matrices.

    flows: which flows of a table that prints domestic and imported ones apart; a table with
           competitive imports has one kind only and is read as printed
    unit:  of the amounts, where the table does not print it
    sheet: of a workbook; else the first that holds a table, and the others are told

    Raises InvalidFile with file, row and column.
    """
    if path.is_dir():
        from jingwei.chains.input_output.multiregional import read_folder

        return read_folder(path)
    sheets = read_grids(path, sheet)
    refused: InvalidFile | None = None
    for name, grid in sheets:
        try:
            found = find(path, name if len(sheets) > 1 else "", grid)
        except InvalidFile as fault:
            # a workbook may hold notes before its table
            refused = refused or fault
            continue
        try:
            table = _Sheet(found).table(flows, unit)
        except InvalidFile as fault:
            others = "、".join(other for other, _ in sheets if other != name)
            if not others:
                raise
            # another sheet may be another year: it is never taken for the one that is faulty
            raise InvalidFile(
                f"{fault.zh}；另有工作表{others}，用 --sheet 指定",
                f"{fault.en}; there are also the sheets {others}, named with --sheet",
                where=fault.where,
            ) from fault
        return replace(table, notes=(*told_of_sheets(name, sheets), *table.notes))
    assert refused is not None
    raise refused


class _Sheet:
    """A sheet whose parts are found, and what is to be told about it."""

    def __init__(self, at: Anatomy) -> None:
        self.at = at
        self.notes: list[Note] = [*at.notes]
        self.totals: list[int] = []
        self.home = at.rows.get("domestic", at.rows.get("total", []))
        if not self.home:
            raise at.fault(
                at.head,
                None,
                "只有进口品的流量，没有国内品的；非竞争型表两种都要有",
                "only imported flows are printed; a non-competitive table needs the domestic ones too",
            )

    def table(self, flows: Flows, unit: str) -> InputOutputTable:
        at = self.at
        sectors = at.sectors(self.home)
        by_origin = {o: numbers(at, rows, at.columns) for o, rows in at.rows.items()}
        own = by_origin.get("domestic", by_origin.get("total"))
        assert own is not None
        roles, unknown = self._columns()
        below = Inputs(at)
        primary, inputs, made = below.read()
        self.notes += below.notes
        self.notes += told_of_totals(at, below.sums, self.totals)
        output = self._output(roles["output"], unknown, inputs, made)
        places = self._named([*roles["final"], *roles["deducted"], *unknown])
        final = {h: self._column(self.home, c) for h, c in places.items() if c in roles["final"]}
        deducted = {
            h: self._column(self.home, c) for h, c in places.items() if c in roles["deducted"]
        }
        errors = [self._column(self.home, c) for c in roles["errors"]]
        error = np.sum(errors, axis=0) if errors else None
        if at.turned:
            self.notes.append((
                "这张表购买者在行、销售者在列，已转置",
                "buyers stand in rows here and sellers in columns; the table was turned",
            ))  # fmt: skip
        imported = by_origin.get("imported")
        split = "domestic" in by_origin and imported is not None
        others = {h: self._column(self.home, c) for h, c in places.items() if c in unknown}
        left = output - own.sum(axis=1) - np.sum([*final.values()], axis=0)
        largest = float(np.max(output)) or 1.0
        if others:
            told, notes = uses_told_apart(at, unknown, others, left, deducted, error, largest)
            final |= {name: others[name] for name, sign in told.items() if sign > 0}
            deducted |= {name: others[name] for name, sign in told.items() if sign < 0}
            left = left - np.sum([others[n] for n, sign in told.items() if sign > 0], axis=0)
            self.notes += notes
        turned, notes = signs_told(left, deducted, error, largest)
        deducted |= {name: -deducted[name] for name in turned if name}
        error = -error if error is not None and "" in turned else error
        self.notes += notes
        printed = [self._column(self.home, c) for c in roles["subtotal"] if self._is_sum(c)]
        uses = printed[0] if printed else None
        self.notes += disagreements(sectors, own, output, inputs, uses)
        shown: Array = own
        origin = "competitive"
        if split and imported is not None:
            origin = flows
            if flows == "total":
                shown = own + imported
                uses = at.rows["imported"]
                brought = {h: self._column(uses, places[h]) for h in final}
                outside = imported.sum(axis=1) + np.sum([*brought.values()], axis=0)
                deducted = {"进口": self._outside(uses, roles["output"], outside)}
                final = {heading: amount + brought[heading] for heading, amount in final.items()}
        return InputOutputTable(
            name=at.path.stem,
            unit=unit_of(at, unit),
            origin=origin,
            sectors=sectors,
            flows=shown,
            output=output,
            final=final,
            deducted=deducted,
            errors=error,
            primary=primary,
            imported=imported if split else None,
            notes=tuple(self.notes),
        )

    def _columns(self) -> tuple[dict[str, list[int]], list[int]]:
        """The columns after the sectors by role, without subtotals whose parts are printed; unknown ones."""
        at = self.at
        roles: dict[str, list[int]] = {
            role: [] for role in ("final", "deducted", "errors", "output", "subtotal")
        }
        unknown: list[int] = []
        codes: dict[int, tuple[str, str]] = {}
        for column in range(at.label + 1, len(at.grid[0])):
            if column in at.columns or column in at.aside[1]:
                continue
            headings = at.headings(column)
            known = next((r for r in map(column_role, headings) if r is not None), None)
            if known is not None:
                codes[column] = known
            elif column > at.columns[-1] and any(at.grid[row][column] for row in self.home):
                if at.is_sum(headings):
                    self.totals.append(column)
                    continue
                if not any(c > at.columns[-1] for c in [*codes, *self.totals, *at.aside[1]]):
                    raise at.misplaced_column(column)
                unknown.append(column)
        printed = {code for _, code in codes.values()}
        any_final = any(role == "final" for role, _ in codes.values())
        for column, (role, code) in codes.items():
            if role != "subtotal":
                roles[role].append(column)
                continue
            roles[role].append(column)
            within = layouts()["columns"]["parts"].get(code, [])
            alone = bool(within) and not _printed(within, printed)
            if alone or (code == "TFU" and not any_final and not printed & {"TC", "THC", "GCF"}):
                roles["final"].append(column)
        for column in self.totals:
            if self._is_total(column, sorted(roles["final"])):
                roles["subtotal"].append(column)
            else:
                unknown.append(column)
        return roles, sorted(unknown)

    def _is_total(self, column: int, final: list[int]) -> bool:
        """Whether a column named 合计 holds the sum of the flows, or of final uses before it."""
        values = self._column(self.home, column)
        runs = [numbers(self.at, self.home, self.at.columns).sum(axis=1)]
        before = [self._column(self.home, c) for c in final if c < column]
        runs += [np.sum(before[k:], axis=0) for k in range(len(before))]
        runs += [runs[0] + run for run in runs[1:]]
        close = 10 * CLOSE * float(np.max(np.abs(values), initial=0.0))
        return any(float(np.max(np.abs(values - run))) <= close for run in runs)

    def _outside(self, rows: Sequence[int], columns: Sequence[int], used: Array) -> Array:
        """Imports by product: as printed before the imported flows, else the sum of their uses."""
        cells = [self.at.grid[row][column] for column in columns for row in rows]
        if any(cells):
            return self._column(rows, columns[0])
        self.notes.append((
            "进口品各行没有印总额，取其各项使用之和",
            "rows of imports print no total; the sum of their uses is taken",
        ))  # fmt: skip
        return used

    def _named(self, columns: Sequence[int]) -> dict[str, int]:
        """Name → column; columns of one name are told apart by their place."""
        names = [self._name(column) for column in columns]
        return {
            f"{name}（第{column + 1}列）" if names.count(name) > 1 else name: column
            for name, column in zip(names, columns, strict=True)
        }

    def _name(self, column: int) -> str:
        headings = self.at.headings(column)
        known = next((r for r in map(column_role, headings) if r is not None), None)
        if known is None:
            return next(iter(headings), f"第{column + 1}列")
        return str(layouts()["names"].get(known[1], known[1]))

    def _output(
        self, columns: list[int], unknown: list[int], inputs: Array | None, made: Array | None
    ) -> Array:
        """Total output: its column, else the row of outputs or of total inputs, which are the same."""
        at = self.at
        if len(columns) > 1:
            raise at.fault(
                at.head,
                columns[1],
                "有两列总产出；请只留一列",
                "two columns hold total output; keep one",
            )
        if columns:
            found = self._column(self.home, columns[0])
        elif unknown:
            names = "、".join(f"“{next(iter(at.headings(c)), '')}”" for c in unknown)
            raise at.fault(
                at.head,
                unknown[0],
                f"没有找到总产出一列（GO、总产出），却有不认识的列{names}；请改成通用的名称",
                f"there is no column of total output (GO), but unknown columns {names}; use a usual name",
            )
        elif made is not None or inputs is not None:
            found = made if made is not None else inputs
            assert found is not None
            row = "总产出" if made is not None else "总投入"
            self.notes.append((
                f"没有总产出一列，取{row}一行（总投入等于总产出）",
                "there is no column of total output; the row of total inputs, its equal, is taken",
            ))  # fmt: skip
        else:
            raise at.fault(
                at.head,
                None,
                "没有找到总产出一列（GO、总产出），也没有总投入一行（TI、总投入）",
                "there is neither a column of total output (GO) nor a row of total inputs (TI)",
            )
        if not np.any(found):
            raise at.fault(
                at.head,
                columns[0] if columns else None,
                "所有部门的总产出都是零，没有可算的",
                "total output is zero in every sector; there is nothing to compute",
            )
        # what rounding left below zero is kept as printed; anything larger is no output
        least = int(np.argmin(found))
        if found[least] < -CLOSE * float(np.max(found)):
            raise at.fault(
                self.home[least],
                columns[0] if columns else at.label,
                f"总产出是负数（{found[least]:g}）；总产出不能小于零，请核对",
                f"total output is negative ({found[least]:g}); it cannot be below zero, check it",
            )
        for k in np.flatnonzero(found < 0).tolist():
            label = at.grid[self.home[k]][at.label]
            self.notes.append((
                f"部门{label}的总产出是{found[k]:g}（尾差），照印、按没有产出计",
                f"sector {label} has an output of {found[k]:g}, a rounding error, shown as printed and taken as none",
            ))  # fmt: skip
        return found

    def _is_sum(self, column: int) -> bool:
        """Whether a column holds the sum of the flows."""
        known = next((r for r in map(column_role, self.at.headings(column)) if r is not None), None)
        return known is not None and known[1] in layouts()["columns"]["intermediate"]

    def _column(self, rows: Sequence[int], column: int) -> Array:
        return numbers(self.at, rows, [column])[:, 0]


def _printed(parts_: Sequence[str], printed: set[str]) -> bool:
    """Whether all parts of a subtotal are printed, or the parts of these."""
    further = layouts()["columns"]["parts"]
    return all(
        part in printed or (part in further and _printed(further[part], printed)) for part in parts_
    )
