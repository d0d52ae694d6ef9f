"""Reading an input-output table as published; nothing is repaired in silence.

Two layouts: one sheet with sellers down and buyers across, as statistical offices print it
(``anatomy`` finds its parts, ``layouts.toml`` names its headings), and the folder of tab-separated
matrices with two levels of headings that multi-regional databases are exchanged in (Z, Y,
satellites; pymrio's text format).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np

from jingwei.chains.input_output.anatomy import Anatomy, find
from jingwei.chains.input_output.grid import read_grids
from jingwei.chains.input_output.headings import (
    column_role,
    figure,
    layouts,
    row_role,
)
from jingwei.chains.input_output.reconciling import (
    CLOSE,
    Note,
    disagreements,
    inputs_told_apart,
    unit_of,
    uses_told_apart,
)
from jingwei.chains.input_output.table import Array, InputOutputTable
from jingwei.core import InvalidFile

Flows = Literal["domestic", "total"]


_LARGEST = 1e30


def read_table(path: Path, flows: Flows = "domestic", unit: str = "") -> InputOutputTable:
    """The table in a CSV or spreadsheet file, or in a folder of matrices.

    flows: which flows of a table that prints domestic and imported ones apart; a table with
           competitive imports has one kind only and is read as printed
    unit:  of the amounts, where the table does not print it

    Raises InvalidFile with file, row and column.
    """
    if path.is_dir():
        from jingwei.chains.input_output.multiregional import read_folder

        return read_folder(path)
    sheets = read_grids(path)
    refused: InvalidFile | None = None
    for name, grid in sheets:
        try:
            found = find(path, name if len(sheets) > 1 else "", grid)
        except InvalidFile as fault:
            # a workbook may hold notes before its table
            refused = refused or fault
            continue
        return _Sheet(found).table(flows, unit)
    assert refused is not None
    raise refused


class _Sheet:
    """A sheet whose parts are found, and what is to be told about it."""

    def __init__(self, at: Anatomy) -> None:
        self.at = at
        self.notes: list[Note] = []
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
        by_origin = {o: self._numbers(rows, at.columns) for o, rows in at.rows.items()}
        own = by_origin.get("domestic", by_origin.get("total"))
        assert own is not None
        roles, unknown = self._columns()
        primary, inputs, made = self._primary()
        output = self._output(roles["output"], unknown, inputs, made)
        final = {self._name(c): self._column(self.home, c) for c in roles["final"]}
        deducted = {self._name(c): self._column(self.home, c) for c in roles["deducted"]}
        errors = [self._column(self.home, c) for c in roles["errors"]]
        if at.turned:
            self.notes.append((
                "这张表购买者在行、销售者在列，已转置",
                "buyers stand in rows here and sellers in columns; the table was turned",
            ))  # fmt: skip
        imported = by_origin.get("imported")
        split = "domestic" in by_origin and imported is not None
        self._tell_apart(unknown, own, output, final, deducted, errors)
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
                final = {
                    h: v + self._column(uses, c)
                    for (h, v), c in zip(final.items(), roles["final"], strict=False)
                }
                outside = [self._column(uses, c) for c in roles["output"]]
                deducted = {"进口": outside[0]} if outside else {}
        return InputOutputTable(
            name=at.path.stem,
            unit=unit_of(at, unit),
            origin=origin,
            sectors=sectors,
            flows=shown,
            output=output,
            final=final,
            deducted=deducted,
            errors=np.sum(errors, axis=0) if errors else None,
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
            if column in at.columns:
                continue
            headings = at.headings(column)
            known = next((r for r in map(column_role, headings) if r is not None), None)
            if known is not None:
                codes[column] = known
            elif column > at.columns[-1] and any(at.grid[row][column] for row in self.home):
                if not any(c > at.columns[-1] for c in codes):
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
        return roles, unknown

    def _name(self, column: int) -> str:
        headings = self.at.headings(column)
        known = next((r for r in map(column_role, headings) if r is not None), None)
        if known is None:
            return headings[0]
        return str(layouts()["names"].get(known[1], known[1]))

    def _primary(self) -> tuple[dict[str, Array], Array | None, Array | None]:
        """Primary inputs, total inputs, and a row of outputs where one is printed below.

        Where a part of value added has an empty cell, the printed total stands for all parts.
        """
        at = self.at
        found: dict[str, Array] = {}
        inputs: Array | None = None
        total: Array | None = None
        made: Array | None = None
        gaps: list[int] = []
        unknown: list[int] = []
        known_rows = False
        for row in range(at.last_row + 1, len(at.grid)):
            line = at.grid[row]
            labels = at.labels(row)
            known = next((r for r in map(row_role, labels) if r is not None), None)
            if known is None:
                role = next((r for r in map(column_role, labels) if r is not None), None)
                if role is not None and role[0] == "output":
                    made = self._numbers([row], at.columns)[0]
                    known_rows = True
                elif any(figure(line[c]) is not None for c in at.columns):
                    if not known_rows:
                        raise at.misplaced_row(row)
                    unknown.append(row)
                # a line without any figure is a note under the table
                continue
            role, word = known
            known_rows = True
            if role == "subtotal":
                continue
            if role == "primary" and not all(line[c] for c in at.columns):
                gaps.append(row)
                continue
            values = self._numbers([row], at.columns)[0]
            if role == "primary":
                found[str(layouts()["names"].get(word, word))] = values
            elif role == "value_added":
                total = values
            else:
                inputs = values
        if unknown:
            found = found | self._other_inputs(unknown, found, total, inputs)
        if not gaps:
            return found or ({} if total is None else {"增加值合计": total}), inputs, made
        lines = "、".join(str(row + 1) for row in gaps)
        self.notes.append((
            f"增加值的构成有空格（第{lines}行），只用增加值合计",
            f"parts of value added have empty cells (line {lines}); only their total is used",
        ))  # fmt: skip
        return ({} if total is None else {"增加值合计": total}), inputs, made

    def _other_inputs(
        self, rows: list[int], found: dict[str, Array], total: Array | None, inputs: Array | None
    ) -> dict[str, Array]:
        """Unknown rows below the sectors that the sum of value added takes in."""
        at = self.at
        values = {at.labels(row)[0]: self._numbers([row], at.columns)[0] for row in rows}
        if total is None and inputs is not None and "total" in at.rows:
            total = inputs - self._numbers(at.rows["total"], at.columns).sum(axis=0)
        left = None if total is None else total - np.sum([*found.values()], axis=0)
        chosen, notes = inputs_told_apart(at, rows, values, left)
        self.notes += notes
        return chosen

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

    def _tell_apart(
        self,
        unknown: list[int],
        flows: Array,
        output: Array,
        final: dict[str, Array],
        deducted: dict[str, Array],
        errors: list[Array],
    ) -> None:
        """Put unknown columns where the balance of rows says they belong."""
        if not unknown:
            return
        at = self.at
        values = {
            (at.headings(c) or [f"第{c + 1}列"])[0]: self._column(self.home, c) for c in unknown
        }
        left = output - flows.sum(axis=1) - np.sum([*final.values()], axis=0)
        left = left + np.sum([*deducted.values()], axis=0) - np.sum(errors, axis=0)
        told, notes = uses_told_apart(at, unknown, values, left, float(np.max(output)) or 1.0)
        final |= {name: values[name] for name, sign in told.items() if sign > 0}
        deducted |= {name: values[name] for name, sign in told.items() if sign < 0}
        self.notes += notes

    def _is_sum(self, column: int) -> bool:
        """Whether a column holds the sum of the flows."""
        known = next((r for r in map(column_role, self.at.headings(column)) if r is not None), None)
        return known is not None and known[1] in layouts()["columns"]["intermediate"]

    def _column(self, rows: Sequence[int], column: int) -> Array:
        return self._numbers(rows, [column])[:, 0]

    def _numbers(self, rows: Sequence[int], columns: Sequence[int]) -> Array:
        found = np.empty((len(rows), len(columns)))
        for i, row in enumerate(rows):
            line = self.at.grid[row]
            for j, column in enumerate(columns):
                text = line[column]
                value = figure(text)
                if value is None:
                    raise self.at.fault(
                        row,
                        column,
                        f"这里应是数字，却是“{text}”；没有流量请写0，不知道的不能算"
                        if text
                        else "这里是空的；没有流量请写0，不知道的不能算",
                        f"a number is needed here, not '{text}'; write 0 for no flow, an unknown flow "
                        "cannot be used",
                    )
                found[i, j] = value
        if found.size and not float(np.max(np.abs(found))) <= _LARGEST:
            i, j = (int(k[0]) for k in np.nonzero(~(np.abs(found) <= _LARGEST)))
            raise self.at.fault(
                rows[i],
                columns[j],
                f"{found[i, j]:g}大得不像一个数额；请核对",
                f"{found[i, j]:g} is too large for an amount; check it",
            )
        return found


def _printed(parts_: Sequence[str], printed: set[str]) -> bool:
    """Whether all parts of a subtotal are printed, or the parts of these."""
    further = layouts()["columns"]["parts"]
    return all(
        part in printed or (part in further and _printed(further[part], printed)) for part in parts_
    )
