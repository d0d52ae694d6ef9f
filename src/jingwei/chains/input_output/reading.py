"""Reading an input-output table as published; nothing is repaired in silence.

Two layouts: one sheet with sellers down and buyers across, as statistical offices print it
(``layouts.toml`` names the headings), and the folder of tab-separated matrices with two levels of
headings that multi-regional databases are exchanged in (Z, Y, satellites; pymrio's text format).
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import numpy as np

from jingwei.chains.input_output.grid import Grid, read_grid
from jingwei.chains.input_output.table import Array, InputOutputTable, Sector
from jingwei.core import InvalidFile

Flows = Literal["domestic", "total"]


@cache
def layouts() -> dict[str, Any]:
    """The content of ``layouts.toml``."""
    return tomllib.loads(files(__package__ or "").joinpath("layouts.toml").read_text("utf-8"))


def read_table(path: Path, flows: Flows = "domestic", unit: str = "") -> InputOutputTable:
    """The table in a CSV or spreadsheet file, or in a folder of matrices.

    flows: which flows of a table that prints domestic and imported ones apart; a table with
           competitive imports has one kind only and is read as printed

    Raises InvalidFile with file, row and column.
    """
    if path.is_dir():
        from jingwei.chains.input_output.multiregional import read_folder

        return read_folder(path)
    grid = read_grid(path)
    return _Sheet(path, grid).table(flows, unit)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet and where its parts are."""

    path: Path
    grid: Grid

    def fault(self, row: int, column: int | None, zh: str, en: str) -> InvalidFile:
        place = f"{self.path}:{row + 1}"
        if column is not None:
            heading = self.grid[0][column]
            place += f" 第{column + 1}列" + (f"（{heading}）" if heading else "")
        return InvalidFile(zh, en, where=place)

    def table(self, flows: Flows, unit: str) -> InputOutputTable:
        first, sectors, origins = self._sectors()
        count = len(sectors)
        roles = self._columns(first, [s.code for s in sectors])
        by_origin = {
            origin: self._numbers(rows, range(first, first + count))
            for origin, rows in origins.items()
        }
        home = origins.get("domestic", origins.get("total", []))
        final = {self._name(c): self._column(home, c) for c in roles["final"]}
        deducted = {self._name(c): self._column(home, c) for c in roles["deducted"]}
        if len(roles["output"]) != 1:
            raise self.fault(
                0,
                None,
                "没有找到总产出一列（GO、总产出）",
                "there is no column of total output (GO)",
            )
        output = self._column(home, roles["output"][0])
        errors = [self._column(home, c) for c in roles["errors"]]
        below = max(max(rows) for rows in origins.values()) + 1
        primary, inputs, gaps = self._primary(below, range(first, first + count))
        own, imported = by_origin.get("domestic"), by_origin.get("imported")
        notes = _disagreements(output, inputs, sectors)
        shown: Array
        if own is not None and imported is not None:
            shown = own if flows == "domestic" else own + imported
            origin = flows
            if flows == "total":
                uses = origins["imported"]
                final = {
                    h: v + self._column(uses, c)
                    for (h, v), c in zip(final.items(), roles["final"], strict=True)
                }
                deducted = {"进口": self._column(uses, roles["output"][0])}
        else:
            shown, origin, imported = by_origin["total"], "competitive", None
        return InputOutputTable(
            name=self.path.stem,
            unit=unit,
            origin=origin,
            sectors=tuple(sectors),
            flows=shown,
            output=output,
            final=final,
            deducted=deducted,
            errors=np.sum(errors, axis=0) if errors else None,
            primary=primary,
            imported=imported,
            notes=(*gaps, *notes),
        )

    def _sectors(self) -> tuple[int, list[Sector], dict[str, list[int]]]:
        """First column of figures, sectors, and the rows of each origin."""
        head = self.grid[0]
        codes = [row[0] for row in self.grid[1:]]
        first = (
            next((k for k, h in enumerate(head[1:], 1) if h and h == codes[0]), None)
            if codes
            else None
        )
        if first is None:
            raise self.fault(
                0,
                None,
                "没有找到与首行代码同名的列，看不出哪里是中间流量；第一行应为列代码，第一列为行代码",
                "no column carries the code of the first row, so the flows cannot be found; the first "
                "row holds the codes of columns, the first column those of rows",
            )
        named = set(codes)
        count = 0
        for heading in head[first:]:
            if heading not in named or heading in layouts()["rows"]["subtotal"]:
                break
            count += 1
        wanted = head[first : first + count]
        if len(set(wanted)) != count:
            twice = next(code for code in wanted if wanted.count(code) > 1)
            raise self.fault(
                0, None, f"列代码{twice}出现两次", f"the code {twice} heads two columns"
            )
        labels = layouts()["labels"]
        at = {
            kind: [k for k, h in enumerate(head[:first]) if h in words]
            for kind, words in labels.items()
        }
        name_at = min(at["name"], key=lambda k: labels["name"].index(head[k]), default=0)
        origin_at = at["origin"][0] if at["origin"] else None
        origins: dict[str, list[int]] = {}
        position = {code: k for k, code in enumerate(wanted)}
        for number, row in enumerate(self.grid[1:], 1):
            if row[0] not in position:
                continue
            origin = self._origin(number, row[origin_at]) if origin_at is not None else "total"
            rows = origins.setdefault(origin, [-1] * count)
            if rows[position[row[0]]] >= 0:
                raise self.fault(
                    number, 0, f"部门代码{row[0]}出现两次", f"the sector code {row[0]} stands twice"
                )
            rows[position[row[0]]] = number
        for rows in origins.values():
            if -1 in rows:
                lost = wanted[rows.index(-1)]
                raise self.fault(
                    0, None, f"列{lost}没有对应的行", f"column {lost} has no row of its own"
                )
        some = next(iter(origins.values()))
        return first, [Sector(self.grid[r][0], self.grid[r][name_at]) for r in some], origins

    def _origin(self, row: int, word: str) -> str:
        for origin, words in layouts()["origins"].items():
            if word in words:
                return str(origin)
        raise self.fault(
            row,
            None,
            f"不认识的来源“{word}”（应为国内、进口）",
            f"unknown origin '{word}' (Domestic, Imports)",
        )

    def _columns(self, first: int, codes: Sequence[str]) -> dict[str, list[int]]:
        """The columns after the sectors by role, subtotals left out where their parts are printed."""
        known = layouts()["columns"]
        head = self.grid[0]
        roles: dict[str, list[int]] = {r: [] for r in ("final", "deducted", "errors", "output")}
        for column in range(first + len(codes), len(head)):
            heading = head[column]
            if not heading:
                continue
            role = next((r for r in roles if heading in known[r]), None)
            if role is not None:
                roles[role].append(column)
            elif heading in known["subtotal"]:
                parts = known["parts"].get(heading, [])
                if parts and not self._printed(parts):
                    roles["final"].append(column)
            else:
                raise self.fault(
                    0,
                    column,
                    f"不认识的列“{heading}”；请改成通用代码，或在设置里说明它是最终使用、进口还是误差",
                    f"unknown column '{heading}'; use a usual code for it (FU101, EX, IM, ERR, GO …)",
                )
        return roles

    def _printed(self, parts: Sequence[str]) -> bool:
        further = layouts()["columns"]["parts"]
        head = self.grid[0]
        return all(
            part in head or self._printed(further.get(part, [""])) for part in parts if part
        ) and any(parts)

    def _name(self, column: int) -> str:
        heading = self.grid[0][column]
        return str(layouts()["names"].get(heading, heading))

    def _primary(
        self, start: int, columns: range
    ) -> tuple[dict[str, Array], Array | None, list[tuple[str, str]]]:
        """Primary inputs, total inputs, and what to tell.

        Where a part of value added has an empty cell, the printed total stands for all parts.
        """
        known = layouts()["rows"]
        found: dict[str, Array] = {}
        inputs: Array | None = None
        total: Array | None = None
        gaps: list[int] = []
        for number in range(start, len(self.grid)):
            line = self.grid[number]
            code = line[0]
            if not code or code in known["subtotal"]:
                continue
            if code in known["primary"] and not all(line[c] for c in columns):
                gaps.append(number)
                continue
            values = self._numbers([number], columns)[0]
            if code in known["primary"]:
                found[str(layouts()["names"].get(code, code))] = values
            elif code in known["value_added"]:
                total = values
            elif code in known["inputs"]:
                inputs = values
            else:
                raise self.fault(
                    number,
                    0,
                    f"不认识的行“{code}”；部门行的代码应与列代码一致，其余应为 VA001—VA004、TII、TVA、TI",
                    f"unknown row '{code}'; rows of sectors carry the codes of columns, others are "
                    "VA001 to VA004, TII, TVA, TI",
                )
        if not gaps:
            return found or ({} if total is None else {"增加值合计": total}), inputs, []
        lines = "、".join(str(number + 1) for number in gaps)
        note = (
            f"增加值的构成有空格（第{lines}行），只用增加值合计",
            f"parts of value added have empty cells (line {lines}); only their total is used",
        )
        return ({} if total is None else {"增加值合计": total}), inputs, [note]

    def _column(self, rows: Sequence[int], column: int) -> Array:
        return self._numbers(rows, [column])[:, 0]

    def _numbers(self, rows: Sequence[int], columns: Sequence[int]) -> Array:
        found = np.empty((len(rows), len(columns)))
        for i, row in enumerate(rows):
            line = self.grid[row]
            for j, column in enumerate(columns):
                text = line[column] if column < len(line) else ""
                try:
                    found[i, j] = float(text.replace(",", ""))
                except ValueError:
                    raise self.fault(
                        row,
                        column,
                        f"这里应是数字，却是“{text}”；没有流量请写0，不知道的不能算"
                        if text
                        else "这里是空的；没有流量请写0，不知道的不能算",
                        f"a number is needed here, not '{text}'; write 0 for no flow, an unknown flow cannot be used",
                    ) from None
        if not np.isfinite(found).all():
            i, j = (int(k[0]) for k in np.nonzero(~np.isfinite(found)))
            raise self.fault(rows[i], columns[j], "这里不是有限的数", "this is no finite number")
        return found


def _disagreements(
    output: Array, inputs: Array | None, sectors: Sequence[Sector]
) -> list[tuple[str, str]]:
    """What to tell where total inputs and total output of a sector are two numbers."""
    if inputs is None:
        return []
    gap = np.abs(output - inputs)
    worst = int(np.argmax(gap))
    if gap[worst] <= 1e-6 * max(1.0, float(np.max(np.abs(output)))):
        return []
    name = sectors[worst].name
    return [(
        f"总投入与总产出不等，最多差{gap[worst]:g}（{name}）；系数以总产出为分母",
        f"total inputs and output differ, by up to {gap[worst]:g} ({name}); coefficients are per output",
    )]  # fmt: skip
