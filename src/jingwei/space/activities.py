"""The matrix everything here starts from: places by activities, of one statistic.

A cell that the source does not print is not known; it is no zero. Analyses that need every cell
take the table as complete only where its reader says so.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jingwei.core import InvalidFile

Array = NDArray[np.float64]
_LARGEST, _CELLS = 500_000_000, 200_000_000
_PLACE = ("place", "region", "district", "地区", "区县", "城市", "区")
_ACTIVITY = ("activity", "industry", "product", "行业", "产业", "产品", "部门")
_VALUE = ("value", "数值", "值", "产值", "从业人员", "营业收入", "增加值", "出口额")


_WHOLES = frozenset({
    "全国", "全省", "全区", "全市", "全县", "全州", "全盟", "中国", "合计", "总计", "总和", "全部", "total", "all", "sum", "world",
})  # fmt: skip
"""Names of rows that are no place and of columns that are no activity, but the whole of them."""


@dataclass(frozen=True, slots=True)
class Activities:
    """values (places, activities), not negative; ``assumed`` counts cells taken as zero because the
    source lists only what there is.

    ``reference`` is the row that places are measured against (the nation), None for their sum;
    ``against`` is its name. ``left_out`` names other rows and columns that are totals.
    """

    name: str
    places: tuple[str, ...]
    activities: tuple[str, ...]
    values: Array
    reference: Array | None = None
    assumed: int = 0
    against: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def whole(self) -> Array:
        """What places are measured against, (activities,)."""
        return self.values.sum(axis=0) if self.reference is None else self.reference


def read_activities(path: Path, reference: str = "", *, complete: bool = False) -> Activities:
    """A long table (place, activity, value) or a wide one (places down, activities across).

    reference: name of the row that others are measured against; it is no place itself. Where none is
               named, the one row that is a total by its name (全国, 合计); other totals are left out
    complete:  whether pairs that a long table does not list are zero; else they are a fault

    Raises InvalidFile with file, row and field.
    """
    rows = _rows(path)
    head = rows[0]
    columns = [_at(head, names) for names in (_PLACE, _ACTIVITY, _VALUE)]
    if all(column is not None for column in columns) and len(head) <= 6:
        return _long(path, rows, [c for c in columns if c is not None], reference, complete)
    return _wide(path, rows, reference)


def _is_whole(name: str) -> bool:
    return name.replace(" ", "").lower() in _WHOLES


def _reference(path: Path, places: Sequence[str], reference: str) -> tuple[str, tuple[str, ...]]:
    """What places are measured against, and the totals among the rows that are not."""
    wholes = tuple(dict.fromkeys(place for place in places if _is_whole(place)))
    if reference:
        return reference, tuple(each for each in wholes if each != reference)
    if len(wholes) > 1:
        listed = "、".join(wholes)
        raise InvalidFile(
            f"表里有几行合计：{listed}；请用 --reference 写明以哪一行为参照",
            f"several rows are totals: {listed}; say with --reference which one places are measured "
            "against",
            where=str(path),
        )
    return (wholes[0] if wholes else ""), ()


def _rows(path: Path) -> list[list[str]]:
    if not path.is_file():
        raise InvalidFile(
            "没有这个文件；请检查路径", "there is no such file; check the path", where=str(path)
        )
    if path.stat().st_size > _LARGEST:
        raise InvalidFile("文件超过500MB", "the file is over 500 MB", where=str(path))
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise InvalidFile(
            "编码既不是 UTF-8 也不是 GB18030；请另存为 UTF-8",
            "neither UTF-8 nor GB18030; save it as UTF-8",
            where=str(path),
        )
    if "\0" in text[:4096]:
        raise InvalidFile("这不是文本表格", "this is no text table", where=str(path))
    try:
        read = [[cell.strip() for cell in row] for row in csv.reader(text.splitlines())]
    except csv.Error as fault:
        raise InvalidFile(
            f"不是合法的 CSV：{fault}", f"this is not CSV: {fault}", where=str(path)
        ) from fault
    rows = [row for row in read if any(row)]
    if len(rows) < 2 or len(rows[0]) < 2:
        raise InvalidFile(
            "这里没有表格；第一行是列名，以下每行一个地区（宽表）或一个数（长表）",
            "there is no table here: a row of headings, then a row a place (wide) or a value (long)",
            where=str(path),
        )
    return rows


def _at(head: Sequence[str], names: Sequence[str]) -> int | None:
    return next((k for k, heading in enumerate(head) if heading.lower() in names), None)


def _number(path: Path, line: int, heading: str, text: str) -> float:
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        value = float("nan")
    if not np.isfinite(value) or value < 0:
        shown = text or "空"
        raise InvalidFile(
            f"“{heading}”应是不小于零的数，却是“{shown}”；没有就写0，不知道的请先补上",
            f"'{heading}' needs a number of at least zero, not '{text}'; write 0 for none",
            where=f"{path}:{line}",
        )
    return value


def _long(
    path: Path, rows: list[list[str]], columns: list[int], reference: str, complete: bool
) -> Activities:
    found: dict[tuple[str, str], float] = {}
    for line, row in enumerate(rows[1:], 2):
        place, activity, text = (row[c] if c < len(row) else "" for c in columns)
        if (place, activity) in found:
            raise InvalidFile(
                f"{place}的{activity}出现两次；请先合并或去掉一行",
                f"{place}, {activity} stands twice; merge the rows or take one out",
                where=f"{path}:{line}",
            )
        found[place, activity] = _number(path, line, rows[0][columns[2]], text)
    reference, others = _reference(path, [place for place, _ in found], reference)
    totals = tuple(dict.fromkeys(activity for _, activity in found if _is_whole(activity)))
    found = {
        (place, activity): value
        for (place, activity), value in found.items()
        if place not in others and activity not in totals
    }
    places = sorted({place for place, _ in found} - {reference})
    activities = sorted({activity for _, activity in found})
    if len(places) * len(activities) > _CELLS:
        raise InvalidFile("地区乘活动的格数太多", "there are too many cells", where=str(path))
    missing = [(p, a) for p in places for a in activities if (p, a) not in found]
    if missing and not complete:
        p, a = missing[0]
        raise InvalidFile(
            f"缺{len(missing)}格，如{p}的{a}；若没有列出的就是零，请加 --complete",
            f"{len(missing)} cells are missing, as {p}, {a}; add --complete if what is not listed is zero",
            where=str(path),
        )
    at_place = {place: k for k, place in enumerate(places)}
    at_activity = {activity: k for k, activity in enumerate(activities)}
    values = np.zeros((len(places), len(activities)))
    beside = np.zeros(len(activities))
    for (place, activity), value in found.items():
        if place == reference:
            beside[at_activity[activity]] = value
        else:
            values[at_place[place], at_activity[activity]] = value
    _require(path, reference, any(place == reference for place, _ in found))
    against = beside if reference else None
    return Activities(
        path.stem, tuple(places), tuple(activities), values, against, len(missing), reference,
        (*others, *totals),
    )  # fmt: skip


def _wide(path: Path, rows: list[list[str]], reference: str) -> Activities:
    head = rows[0]
    reference, others = _reference(path, [row[0] for row in rows[1:]], reference)
    kept = [column for column in range(1, len(head)) if not _is_whole(head[column])]
    totals = tuple(head[column] for column in range(1, len(head)) if _is_whole(head[column]))
    places: list[str] = []
    values: list[list[float]] = []
    beside: Array | None = None
    for line, row in enumerate(rows[1:], 2):
        if len(row) != len(head):
            raise InvalidFile(
                f"这一行有{len(row)}格，表头有{len(head)}格",
                f"this row has {len(row)} cells, the heading {len(head)}",
                where=f"{path}:{line}",
            )
        if row[0] in others:
            continue
        numbers = [_number(path, line, head[column], row[column]) for column in kept]
        if row[0] == reference and reference:
            beside = np.array(numbers)
        else:
            places.append(row[0])
            values.append(numbers)
    activities = [head[column] for column in kept]
    for names in (places, activities):
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise InvalidFile(f"“{twice}”出现两次", f"'{twice}' stands twice", where=str(path))
    _require(path, reference, beside is not None)
    return Activities(
        path.stem, tuple(places), tuple(activities), np.array(values), beside, 0, reference,
        (*others, *totals),
    )  # fmt: skip


def _require(path: Path, reference: str, found: bool) -> None:
    if reference and not found:
        raise InvalidFile(
            f"表里没有参照地区“{reference}”",
            f"the table has no place '{reference}' to measure against",
            where=str(path),
        )
