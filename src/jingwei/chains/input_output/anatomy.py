"""Where the parts of a printed table stand: its headings, labels, sectors and figures.

Offices print the same table in many ways: with lines of title above it, with codes, names or both,
with several lines of headings, with buyers down instead of across. One thing holds for all of them:
a sector labels a row and heads a column. So the line of headings and the column of labels that have
most in common are taken, and what stands among the sectors without being one is a fault.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from jingwei.chains.input_output.blocks import first_of_several, origins_of
from jingwei.chains.input_output.grid import Grid
from jingwei.chains.input_output.headings import (
    column_role,
    figure,
    is_total,
    is_within,
    label_kind,
    layouts,
    parts,
    row_role,
)
from jingwei.chains.input_output.locating import VIEWS, best, is_turned
from jingwei.chains.input_output.table import Sector
from jingwei.chains.input_output.totals import without_totals
from jingwei.core import InvalidFile


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A table's grid, sellers down, and the places of its parts in it.

    head:    the line of headings; label: the column of labels; first: the first column of figures
    columns: columns of the sectors; rows: origin → their rows, in the order of the columns
    turned:  whether the file holds the table with buyers down
    aside:   rows and columns that stand like sectors and are sums of others (``totals``)
    """

    path: Path
    sheet: str
    grid: Grid
    head: int
    label: int
    columns: tuple[int, ...]
    rows: dict[str, list[int]]
    turned: bool
    aside: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
    notes: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def fault(self, row: int, column: int | None, zh: str, en: str) -> InvalidFile:
        return fault(self.path, self.sheet, self.grid, self.head, self.turned, row, column, zh, en)

    def sectors(self, rows: Sequence[int]) -> tuple[Sector, ...]:
        """Code and name of every sector: the label, and the column beside it that holds words."""
        heads = [self.grid[self.head][c] for c in range(self.columns[0])]
        kinds = [label_kind(heading) for heading in heads]
        preferred = list(layouts()["labels"]["name"])
        named = [c for c, kind in enumerate(kinds) if kind == "name"]
        free = [
            c
            for c in range(self.columns[0] - 1, -1, -1)
            if c != self.label and kinds[c] is None and self._holds_names(c, rows)
        ]
        others = [c for c in named if c != self.label]
        by_word = sorted(
            others, key=lambda c: preferred.index(heads[c]) if heads[c] in preferred else 99
        )
        name_at = next(iter([*by_word, *free]), None)
        found: list[Sector] = []
        for row in rows:
            label = self.grid[row][self.label]
            both = parts(label) if name_at is None else None
            if both is not None:
                found.append(Sector(*both))
            else:
                name = self.grid[row][name_at] if name_at is not None else label
                found.append(Sector(label, name or label))
        return tuple(found)

    def _holds_names(self, column: int, rows: Sequence[int]) -> bool:
        if any(column_role(heading) for heading in self.headings(column)):
            return False
        words = [self.grid[row][column] for row in rows]
        return all(words) and len(set(words)) > 1 and any(figure(word) is None for word in words)

    def misplaced_column(self, column: int) -> InvalidFile:
        """A column among the sectors or right after them that is none."""
        heading = self.grid[self.head][column]
        return self.fault(
            self.head,
            column,
            f"列“{heading}”在部门之中，却没有同名的行，看不出是哪个部门；部门的行和列应同名",
            f"column '{heading}' stands with the sectors, but no row has its name; a sector has one "
            "name over its column and before its row",
        )

    def misplaced_row(self, row: int) -> InvalidFile:
        """A row among the sectors or right after them that is none."""
        label = self.grid[row][self.label]
        return self.fault(
            row,
            self.label,
            f"行“{label}”在部门之中，却没有同名的列，看不出是哪个部门；部门的行和列应同名",
            f"row '{label}' stands with the sectors, but no column has its name; a sector has one "
            "name over its column and before its row",
        )

    @property
    def last_row(self) -> int:
        return max(max(rows) for rows in self.rows.values())

    def headings(self, column: int) -> list[str]:
        """What stands over a column: in the line of headings, then in lines that head all sectors.

        A line of groups over some columns (最终使用) counts where nothing else heads the column.
        """
        top = min(min(rows) for rows in self.rows.values())
        lines = [self.head, *range(self.head - 1, -1, -1), *range(self.head + 1, top)]
        wanted = 0.8 * len(self.columns)
        full = [r for r in lines if sum(bool(self.grid[r][c]) for c in self.columns) >= wanted]
        own = [self.grid[row][column] for row in full if self.grid[row][column]]
        if own and column_role(own[0]) is None:
            over = [
                next((g for g in self.grid[row][column : self.columns[0] - 1 : -1] if g), "")
                for row in range(self.head - 1, -1, -1)
                if row not in full
            ]
            own = [*_joined(over, own[0], column_role), *own]
        return own or [self.grid[row][column] for row in lines if self.grid[row][column]]

    def labels(self, row: int) -> list[str]:
        """What stands before a row: its label, then columns that label all sectors, else any other."""
        columns = [self.label, *(c for c in range(self.columns[0] - 1, -1, -1) if c != self.label)]
        sectors = [r for rows in self.rows.values() for r in rows]
        wanted = 0.8 * len(sectors)
        full = [c for c in columns if sum(bool(self.grid[r][c]) for r in sectors) >= wanted]
        own = [self.grid[row][column] for column in full if self.grid[row][column]]
        if own and row_role(own[0]) is None:
            before = [
                next((g for r in range(row, self.head, -1) if (g := self.grid[r][column])), "")
                for column in columns
                if column not in full
            ]
            own = [*_joined(before, own[0], row_role), *own]
        return own or [self.grid[row][column] for column in columns if self.grid[row][column]]

    def is_sum(self, words: Sequence[str]) -> bool:
        """Whether the headings or labels of a column or row name a total or a part of another one."""
        return any(is_total(word) or is_within(word) for word in words)


def _joined(
    groups: Sequence[str], word: str, role: Callable[[str], tuple[str, str] | None]
) -> list[str]:
    """A heading together with the group it stands in, where that is a usual heading.

    最终使用 over 合计 is 最终使用合计, 居民消费 over 农村 is 农村居民消费.
    """
    tried = [
        both for group in groups if group and group != word for both in (group + word, word + group)
    ]
    return [both for both in tried if role(both) is not None]


def fault(
    path: Path,
    sheet: str,
    grid: Grid,
    head: int,
    turned: bool,
    row: int,
    column: int | None,
    zh: str,
    en: str,
) -> InvalidFile:
    """A fault with its place in the file, as the file is written."""
    if turned:
        place = f"{path}" if column is None else f"{path}:{column + 1} 第{row + 1}列"
    else:
        place = f"{path}:{row + 1}" + ("" if column is None else f" 第{column + 1}列")
    if column is not None and grid[head][column]:
        place += f"（{grid[head][column]}）"
    return InvalidFile(zh, en, where=place + (f"（工作表 {sheet}）" if sheet else ""))


def find(path: Path, sheet: str, grid: Grid) -> Anatomy:
    """The parts of the table in a sheet. Raises InvalidFile with the place of what does not fit."""
    at = best(grid)
    turned = at is not None and is_turned(grid, at[0], at[1], at[3])
    if turned:
        grid = [list(line) for line in zip(*grid, strict=True)]
        at = best(grid)
    if at is None:
        raise fault(
            path, sheet, grid, 0, False, 0, None,
            "没有找到与行代码（或名称）同名的列，看不出哪里是中间流量；应有一行列代码和一列行代码",
            "no column is headed by the label of a row, so the flows cannot be found; it takes a line "
            "of codes over the columns and a column of codes before the rows",
        )  # fmt: skip
    head, label, view, columns = at
    found = Anatomy(path, sheet, grid, head, label, columns, {}, turned)
    keys = [VIEWS[view](grid[head][c]) for c in columns]
    for k, key in enumerate(keys):
        if key in keys[:k]:
            code = grid[head][columns[k]]
            raise found.fault(
                head,
                columns[k],
                f"部门“{code}”在列里出现两次；请合并或改名",
                f"sector '{code}' heads two columns; merge or rename one",
            )
    found = first_of_several(found, view, keys)
    _rows(found, view, {key: k for k, key in enumerate(keys)})
    _require_nothing_between(found, view)
    return without_totals(found)


def _rows(found: Anatomy, view: int, position: dict[str, int]) -> None:
    """Fill in the rows of the sectors by origin."""
    grid, key_of = found.grid, VIEWS[view]
    wanted = [
        row
        for row in range(found.head + 1, len(grid))
        if key_of(grid[row][found.label]) in position
    ]
    origins = origins_of(found, wanted, [key_of(grid[row][found.label]) for row in wanted])
    for row, origin in zip(wanted, origins, strict=True):
        key = key_of(grid[row][found.label])
        rows = found.rows.setdefault(origin, [-1] * len(position))
        if rows[position[key]] >= 0:
            code = grid[row][found.label]
            raise found.fault(
                row,
                found.label,
                f"部门“{code}”在行里出现两次；如有国内、进口两块，请加“来源”一列或块标题，否则请合并或改名",
                f"sector '{code}' stands before two rows; tell domestic and imported ones by a column "
                "Origin or a title of the block, else merge or rename one",
            )
        rows[position[key]] = row
    for rows in found.rows.values():
        if -1 in rows:
            column = found.columns[rows.index(-1)]
            lost = grid[found.head][column]
            raise found.fault(
                found.head,
                column,
                f"列{lost}没有对应的行",
                f"column {lost} has no row of its own",
            )


def _require_nothing_between(found: Anatomy, view: int) -> None:
    """Raise InvalidFile for a row or column of figures among the sectors that is none of them."""
    grid, columns = found.grid, found.columns
    sectors = {row for rows in found.rows.values() for row in rows}
    for column in range(found.label + 1, columns[-1]):
        if column in columns:
            continue
        heading = grid[found.head][column]
        words = found.headings(column)
        if any(column_role(each) for each in words) or found.is_sum(words):
            continue
        if not heading and column > columns[0] and not any(grid[row][column] for row in sectors):
            continue
        before = column < columns[0]
        coded = before and (not heading or label_kind(heading) is not None)
        if coded or (before and any(figure(grid[row][column]) is None for row in sectors)):
            continue
        raise found.misplaced_column(column)
    for row in range(found.head + 1, found.last_row):
        words = found.labels(row) if row not in sectors else []
        if row in sectors or any(row_role(each) for each in words) or found.is_sum(words):
            continue
        if any(figure(grid[row][column]) is not None for column in columns) and not _is_codes(
            found, row
        ):
            raise found.misplaced_row(row)


def _is_codes(found: Anatomy, row: int) -> bool:
    """Whether a line under the headings only numbers the columns (1, 2, 3 …)."""
    if row >= min(min(rows) for rows in found.rows.values()):
        return False
    numbers = [figure(found.grid[row][column]) for column in found.columns]
    return len(numbers) > 1 and all(
        b is not None and a is not None and b == a + 1 for a, b in pairwise(numbers)
    )
