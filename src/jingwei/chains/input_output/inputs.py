"""The rows that are no sectors: primary inputs, their sums, and a row of outputs where one is printed."""

from collections.abc import Sequence

import numpy as np

from jingwei.chains.input_output.anatomy import Anatomy
from jingwei.chains.input_output.cells import numbers
from jingwei.chains.input_output.headings import column_role, figure, layouts, row_role
from jingwei.chains.input_output.reconciling import CLOSE, Note, inputs_told_apart
from jingwei.chains.input_output.table import Array


class Inputs:
    """What stands below (or above) the sectors, and what is to be told about it (``notes``).

    sums: rows named 合计 or the like, which are no inputs of their own
    """

    def __init__(self, at: Anatomy) -> None:
        self.at = at
        self.notes: list[Note] = []
        self.sums: list[int] = []

    def read(self) -> tuple[dict[str, Array], Array | None, Array | None]:
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
        sectors = {row for rows in at.rows.values() for row in rows}
        for row in range(at.head + 1, len(at.grid)):
            line = at.grid[row]
            if row in at.aside[0] or row in sectors:
                continue
            labels = at.labels(row)
            if row < at.last_row and not any(figure(line[c]) is not None for c in at.columns):
                continue
            known = next((r for r in map(row_role, labels) if r is not None), None)
            if known is None:
                role = next((r for r in map(column_role, labels) if r is not None), None)
                if role is not None and role[0] == "output":
                    made = numbers(at, [row], at.columns)[0]
                    known_rows = True
                elif row > at.last_row and any(figure(line[c]) is not None for c in at.columns):
                    if at.is_sum(labels):
                        self.sums.append(row)
                        continue
                    if not known_rows and not self.sums and not at.aside[0]:
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
            values = numbers(at, [row], at.columns)[0]
            if role == "primary":
                found[str(layouts()["names"].get(word, word))] = values
            elif role == "value_added":
                total = values
            else:
                inputs = values
        if inputs is None:
            inputs = self._total_of_all(self.sums, found, total)
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

    def _total_of_all(
        self, rows: Sequence[int], found: dict[str, Array], total: Array | None
    ) -> Array | None:
        """A row named 合计 under value added that holds the sum of all inputs."""
        at = self.at
        made = total if total is not None else np.sum([*found.values()], axis=0)
        bought = sum(numbers(at, own, at.columns).sum(axis=0) for own in at.rows.values())
        for row in rows if found or total is not None else ():
            values = [figure(at.grid[row][c]) for c in at.columns]
            if None in values:
                continue
            all_ = np.array(values, dtype=float)
            if float(np.max(np.abs(all_ - made - bought))) <= 10 * CLOSE * float(np.max(all_)):
                return all_
        return None

    def _other_inputs(
        self, rows: list[int], found: dict[str, Array], total: Array | None, inputs: Array | None
    ) -> dict[str, Array]:
        """Unknown rows below the sectors that the sum of value added takes in."""
        at = self.at
        values = {at.labels(row)[0]: numbers(at, [row], at.columns)[0] for row in rows}
        if total is None and inputs is not None and "total" in at.rows:
            total = inputs - numbers(at, at.rows["total"], at.columns).sum(axis=0)
        left = None if total is None else total - np.sum([*found.values()], axis=0)
        chosen, notes = inputs_told_apart(at, rows, values, left)
        self.notes += notes
        return chosen
