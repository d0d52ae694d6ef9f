"""A plain table of a file (CSV, XLSX): text columns that name a row, and columns of numbers.

One row a period and thing: ``年份, 地区, 行业, 产值``. An empty cell is missing, never a zero.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jingwei.core import InvalidFile, InvalidRequest, Observation

Array = NDArray[np.float64]
PERIODS = ("年份", "年", "时期", "year", "period")


@dataclass(frozen=True, slots=True)
class Panel:
    """Rows of text by column; ``name`` is the file, ``first`` the line of the first row."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int = 2

    def at(self, column: str) -> int:
        """The place of a column. Raises InvalidRequest, listing those there are."""
        if column not in self.columns:
            listed = "、".join(filter(None, self.columns))
            raise InvalidRequest(
                f"没有“{column}”一列；有：{listed}",
                f"there is no column '{column}'; there are: {listed}",
                where=self.name,
            )
        return self.columns.index(column)

    def texts(self, column: str) -> list[str]:
        at = self.at(column)
        return [row[at] for row in self.rows]

    def number(self, line: int, column: str) -> float | None:
        """The number in a row, None for an empty cell. Raises InvalidFile for other text."""
        text = self.rows[line][self.at(column)].replace(",", "").replace("，", "")
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise InvalidFile(
                f"“{column}”一列应是数字，却是“{text}”；缺数请留空",
                f"the column '{column}' needs a number, not '{text}'; leave it empty if missing",
                where=f"{self.name}:{line + self.first}",
            )
        return value

    def needed(self, line: int, column: str) -> float:
        """The number in a row. Raises InvalidFile for an empty cell."""
        value = self.number(line, column)
        if value is None:
            raise InvalidFile(
                f"“{column}”缺数；缺数不是零，请补数或去掉这一行",
                f"'{column}' is missing; that is not a zero: supply it or remove the row",
                where=f"{self.name}:{line + self.first}",
            )
        return value

    @property
    def period(self) -> str:
        """The column of periods. Raises InvalidRequest where there is none."""
        for column in self.columns:
            if column.lower() in PERIODS:
                return column
        raise InvalidRequest(
            f"没有时期一列；请把表头写成{'、'.join(PERIODS)}之一",
            f"there is no column of periods; name one of {', '.join(PERIODS)}",
            where=self.name,
        )

    def between(self, start: str, end: str) -> tuple[str, str]:
        """The two periods to compare: those asked for, else the first and the last."""
        held = sorted(set(self.texts(self.period)))
        pair = start or held[0], end or held[-1]
        for each in pair:
            if each not in held:
                raise InvalidRequest(
                    f"没有{each}的数；有：{'、'.join(held)}",
                    f"there is nothing for {each}; there is: {', '.join(held)}",
                    where=self.name,
                )
        if pair[0] == pair[1]:
            raise InvalidRequest(
                f"要比较两个时期，这里只有{pair[0]}", f"it takes two periods, here is {pair[0]} only",
                where=self.name,
            )  # fmt: skip
        return pair

    def keyed(self, period: str, by: Sequence[str]) -> dict[tuple[str, ...], int]:
        """The row of every key in one period. Raises InvalidFile for a key given twice."""
        at, places = self.at(self.period), [self.at(column) for column in by]
        found: dict[tuple[str, ...], int] = {}
        for line, row in enumerate(self.rows):
            if row[at] != period:
                continue
            key = tuple(row[place] for place in places)
            if key in found:
                raise InvalidFile(
                    f"{period}的{'、'.join(key)}有两行；请合并，或在 --by 里加上分开它们的列",
                    f"{', '.join(key)} has two rows in {period}; merge them, or add to --by the column "
                    "that tells them apart",
                    where=f"{self.name}:{line + self.first}",
                )
            found[key] = line
        return found

    def paired(
        self, periods: tuple[str, str], by: Sequence[str], columns: Sequence[str]
    ) -> tuple[list[tuple[str, ...]], Array, Array]:
        """Keys, and the columns in both periods, (keys, columns) each, in the order of the file.

        Raises InvalidFile for a key that only one period has: what began or ended is written as 0.
        """
        rows = [self.keyed(period, by) for period in periods]
        only = [key for key in rows[0] | rows[1] if key not in rows[0] or key not in rows[1]]
        if only:
            raise InvalidFile(
                f"{'、'.join(only[0])}只有一个时期的数（共{len(only)}处）；新出现或退出的写0，缺数的请补",
                f"{', '.join(only[0])} has one period only ({len(only)} such); write 0 for what began or "
                "ended, supply what is missing",
                where=self.name,
            )
        keys = list(rows[0])
        before, after = (
            np.array([[self.needed(held[key], column) for column in columns] for key in keys])
            for held in rows
        )
        return keys, before, after


def read_panel(path: Path) -> Panel:
    """The first sheet of a file. Raises InvalidFile."""
    from jingwei.chains.input_output.grid import read_grid

    grid = read_grid(path)
    begin = next((k for k, row in enumerate(grid) if not row[0].startswith("#")), 0)  # our comments
    rows = tuple(tuple(row) for row in grid[begin + 1 :])
    return Panel(path.name, tuple(grid[begin]), rows, begin + 2)


def panel_of(
    observations: Iterable[Observation], names: Mapping[tuple[str, str], str] | None = None
) -> Panel:
    """Observations of one card as a panel: 时期, 地区, one column a classification, 企业, 值.

    ``names`` turns codes into names: (classification, code), and ("", code) for a region. The
    latest vintage of every series and period.
    """
    latest: dict[tuple[object, object], Observation] = {}
    for each in observations:
        held = latest.get((each.series, each.months))
        if each.op == "=" and (held is None or held.vintage < each.vintage):
            latest[each.series, each.months] = each
    chosen = sorted(latest.values(), key=lambda each: (each.months, each.series))
    cards = sorted({each.series.card for each in chosen})
    if len(cards) > 1:
        raise InvalidRequest(
            f"有{len(cards)}种口径（{'、'.join(cards)}），不能放在一张表里；请选一种",
            f"{len(cards)} definitions ({', '.join(cards)}) do not go into one table; choose one",
        )
    schemes = sorted({scheme for each in chosen for scheme, _ in each.series.codes})
    named = names or {}

    def told(scheme: str, code: str) -> str:
        return named.get((scheme, code), code)

    rows = tuple(
        (
            str(each.months),
            told("", each.series.region),
            *(told(scheme, dict(each.series.codes).get(scheme, "")) for scheme in schemes),
            each.series.entity,
            repr(each.value),
        )
        for each in chosen
    )
    return Panel(cards[0] if cards else "", ("时期", "地区", *schemes, "企业", "值"), rows)
