"""Reading a table of places by activities: titles, units and notes around it, totals inside it.

A table is long (place, activity, value) or wide (places down, activities across), as CSV or in a
workbook. What sums or details other rows is no place and no activity (``docs/semantics.md`` §34).
"""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from jingwei.chains.input_output.grid import Grid, read_grids, told_of_sheets
from jingwei.chains.input_output.headings import figure, is_within, label_kind, unit_in
from jingwei.core import InvalidFile
from jingwei.space.activities import Activities, Array
from jingwei.space.wholes import Wholes, is_whole

_CELLS = 200_000_000
_PLACE = (
    "place",
    "region",
    "district",
    "地区",
    "区县",
    "城市",
    "区",
    "区域",
    "市县",
    "县区",
    "市",
    "县",
)
_ACTIVITY = ("activity", "industry", "product", "行业", "产业", "产品", "部门")
_VALUE = ("value", "数值", "值", "产值", "从业人员", "营业收入", "增加值", "出口额")
_TIME = ("年份", "年度", "时间", "year")
_UNIT = ("单位", "计量单位", "unit")
_NOTE = re.compile(
    r"(注|说明|备注|数据来源|资料来源|来源|note|source)\s*[:：0-9一]?", re.IGNORECASE
)
_YEAR = re.compile(r"(19|20)\d\d年?")


def read_activities(
    path: Path, reference: str = "", *, complete: bool = False, sheet: str = ""
) -> Activities:
    """A long table (place, activity, value) or a wide one (places down, activities across).

    reference: name of the row that others are measured against; it is no place itself. Where none is
               named, the one row that is a total by its name (全国, 合计); other totals are left out
    complete:  whether pairs that a long table does not list are zero; else they are a fault
    sheet:     of a workbook; else the first that holds a table, and the others are told

    Raises InvalidFile with file, row and field.
    """
    sheets = read_grids(path, sheet)
    name, grid = sheets[0]
    table = _Sheet(path, grid, told_of_sheets(name, sheets))
    return table.long(reference, complete) if table.is_long else table.wide(reference)


class _Sheet:
    """A grid whose line of headings is found; lines and notes around the table are left out."""

    def __init__(self, path: Path, grid: Grid, notes: list[tuple[str, str]]) -> None:
        self.path = path
        self.notes = notes
        self.at = _headed(grid)
        self.head = grid[self.at]
        if sum(map(bool, self.head)) < 2 or self.at + 1 >= len(grid):
            raise InvalidFile(
                "这里没有表格；第一行是列名，以下每行一个地区（宽表）或一个数（长表）",
                "there is no table here: a row of headings, then a row a place (wide) or a value (long)",
                where=str(path),
            )
        self.lines = [
            (number, row)
            for number, row in enumerate(grid[self.at + 1 :], self.at + 2)
            if any(row) and not _is_note(row)
        ]
        self._leave_out_units()
        columns = [_at(self.head, names) for names in (_PLACE, _ACTIVITY, _VALUE)]
        self.columns = [column for column in columns if column is not None]
        self.is_long = len(self.columns) == 3 and sum(map(bool, self.head)) <= 6
        self._require_one_time_and_unit()

    def _leave_out_units(self) -> None:
        """A line under the headings that holds units and no figure."""
        if not self.lines:
            return
        number, row = self.lines[0]
        words = {word for word in row[1:] if word}
        labelled = row[0] in ("", "—", "-") or row[0].strip("：:").lower() in _UNIT
        if any(figure(word) is not None for word in words) or not (labelled or not words):
            return
        if not words or not labelled:
            return
        if len(words) > 1:
            shown = "、".join(sorted(words))
            raise InvalidFile(
                f"各列单位不同（{shown}），占比和区位商没有意义；请先换成一种",
                f"columns differ in unit ({shown}), so shares mean nothing; convert them to one",
                where=f"{self.path}:{number}",
            )
        self.lines = self.lines[1:]

    def _require_one_time_and_unit(self) -> None:
        """Years are no activities; values of several years or units are not added to one table."""
        heads = [heading for heading in self.head[1:] if heading]
        if not self.is_long and heads and all(_YEAR.fullmatch(heading) for heading in heads):
            raise InvalidFile(
                f"各列是年份（{heads[0]}…）而不是行业；请给出一个年份、每列一个行业的表",
                f"the columns are years ({heads[0]} …) and no activities; give one year, a column an "
                "activity",
                where=f"{self.path}:{self.at + 1}",
            )
        for names, zh, en in (
            (_TIME, "时间有几个（{}）；请只留一个", "several times ({}); keep one"),
            (_UNIT, "单位有几种（{}），占比和区位商没有意义；请先换成一种",
             "several units ({}), so shares mean nothing; convert them to one"),
        ):  # fmt: skip
            found = self._said(names)
            if len(found) > 1:
                shown = "、".join(found[:5])
                raise InvalidFile(
                    f"表里的{zh.format(shown)}",
                    f"the table holds {en.format(shown)}",
                    where=f"{self.path}:{self.at + 1}",
                )

    def _said(self, names: Sequence[str]) -> list[str]:
        """What a column of any of these names says, each once; empty cells apart."""
        column = _at(self.head, names)
        return (
            sorted({row[column] for _, row in self.lines if row[column]})
            if column is not None
            else []
        )

    def number(self, line: int, heading: str, text: str) -> float:
        value = figure(text)
        if value is None or value < 0:
            shown = text or "空"
            raise InvalidFile(
                f"“{heading}”一格应是不小于零的数，却是“{shown}”；没有就写0，不知道的请先补上",
                f"'{heading}' needs a number of at least zero, not '{text}'; write 0 for none",
                where=f"{self.path}:{line}",
            )
        return value

    def long(self, reference: str, complete: bool) -> Activities:
        heading = self.head[self.columns[2]]
        found: dict[tuple[str, str], float] = {}
        for line, row in self.lines:
            place, activity, text = (row[c] for c in self.columns)
            if (place, activity) in found:
                raise InvalidFile(
                    f"{place}的{activity}出现两次；请先合并或去掉一行",
                    f"{place}, {activity} stands twice; merge the rows or take one out",
                    where=f"{self.path}:{line}",
                )
            found[place, activity] = self.number(line, heading, text)
        places = sorted({place for place, _ in found})
        activities = sorted({activity for _, activity in found})
        if len(places) * len(activities) > _CELLS:
            raise InvalidFile(
                "地区乘活动的格数太多", "there are too many cells", where=str(self.path)
            )
        beside = {n for n in (*places, *activities) if is_whole(n) or is_within(n)} | {reference}
        missing = [
            (p, a)
            for p in places
            for a in activities
            if (p, a) not in found and p not in beside and a not in beside
        ]
        if missing and not complete:
            p, a = missing[0]
            raise InvalidFile(
                f"缺{len(missing)}格，如{p}的{a}；若没有列出的就是零，请加 --complete",
                f"{len(missing)} cells are missing, as {p}, {a}; add --complete if what is not listed "
                "is zero",
                where=str(self.path),
            )
        at_place = {place: k for k, place in enumerate(places)}
        at_activity = {activity: k for k, activity in enumerate(activities)}
        values = np.zeros((len(places), len(activities)))
        for (place, activity), value in found.items():
            values[at_place[place], at_activity[activity]] = value
        return self._told_apart(places, activities, values, reference, len(missing))

    def wide(self, reference: str) -> Activities:
        place_at = _at(self.head, _PLACE)
        place_at = self._label() if place_at is None else place_at
        kept = [
            column
            for column, heading in enumerate(self.head)
            if column != place_at
            and not self._is_code(column, heading)
            and heading.lower() not in (*_TIME, *_UNIT)
            and any([heading, *(row[column] for _, row in self.lines)])
        ]
        places: list[str] = []
        values: list[list[float]] = []
        for column in kept:
            if not self.head[column]:
                line = next(number for number, row in self.lines if row[column])
                raise InvalidFile(
                    f"第{column + 1}格没有列名，却有数；请补上列名或去掉这一列",
                    f"cell {column + 1} has no heading over it; name the column or take it out",
                    where=f"{self.path}:{line}",
                )
        for line, row in self.lines:
            if not any(row[column] for column in kept) and len(kept) > 1:
                raise InvalidFile(
                    f"“{row[place_at]}”一行没有一个数；没有就写0，不知道的请去掉这一行",
                    f"the row '{row[place_at]}' holds no number; write 0 for none or take it out",
                    where=f"{self.path}:{line}",
                )
            places.append(row[place_at])
            values.append([self.number(line, self.head[c], row[c]) for c in kept])
        activities = [self.head[column] for column in kept]
        for names in (places, activities):
            twice = next((name for name in names if names.count(name) > 1), None)
            if twice is not None:
                raise InvalidFile(
                    f"“{twice}”出现两次", f"'{twice}' stands twice", where=str(self.path)
                )
        return self._told_apart(places, activities, np.array(values, dtype=float), reference, 0)

    def _label(self) -> int:
        """The first column that holds words before the figures."""
        for column in range(len(self.head)):
            words = [row[column] for _, row in self.lines]
            if words and all(words) and any(figure(word) is None for word in words):
                return column
        return 0

    def _is_code(self, column: int, heading: str) -> bool:
        return label_kind(heading) in ("code", "number")

    def _told_apart(
        self,
        places: Sequence[str],
        activities: Sequence[str],
        values: Array,
        reference: str,
        assumed: int,
    ) -> Activities:
        if values.size == 0:
            raise InvalidFile(
                "表里没有一个地区或活动", "the table has no place or activity", where=str(self.path)
            )
        told = Wholes(self.path, places, activities, values, self.notes)
        return told.table(reference, assumed)


def _headed(grid: Grid) -> int:
    """The line of headings: the first that names two columns or more and is no title or unit."""
    for number, line in enumerate(grid):
        words = [cell for cell in line if cell]
        if len(words) >= 2 and not any(_is_title(word) for word in words):
            return number
    return 0


def _is_title(word: str) -> bool:
    return bool(re.match(r"(单位|计量单位|unit)\s*[:：]", word, re.IGNORECASE)) or (
        unit_in(word) != "" and unit_in(f"单位：{word}") != ""
    )


def _is_note(row: Sequence[str]) -> bool:
    """A line of words alone: a note under the table, or a source."""
    words = [cell for cell in row if cell]
    return (
        len(words) == 1 and bool(row[0]) and (_NOTE.match(row[0]) is not None or len(row[0]) > 20)
    )


def _at(head: Sequence[str], names: Sequence[str]) -> int | None:
    return next((k for k, heading in enumerate(head) if heading.lower() in names), None)
