"""Multi-regional tables as folders of tab-separated matrices (Z.txt, Y.txt and satellites)."""

import json
from itertools import zip_longest
from pathlib import Path
from typing import Any, cast

import numpy as np

from jingwei.chains.input_output.table import Array, InputOutputTable, Sector
from jingwei.core import InvalidFile

_DESCRIPTION = "file_parameters.json"
_EXAMPLE = (
    '{"files": {"Z": {"name": "Z.txt", "nr_index_col": "2", "nr_header": "2"}, '
    '"Y": {"name": "Y.txt", "nr_index_col": "2", "nr_header": "2"}}}'
)


def read_folder(folder: Path) -> InputOutputTable:
    """A multi-regional table: Z (flows), Y (final demand), and satellites in folders of their own.

    Output is the sum of flows and final demand. Raises InvalidFile.
    """
    described = _described(folder)
    if "Z" not in described or "Y" not in described:
        raise InvalidFile(
            f"文件夹里没有 Z（流量）和 Y（最终需求）；{_DESCRIPTION} 应列出两者，如 {_EXAMPLE}",
            f"the folder holds no Z (flows) and Y (final demand); {_DESCRIPTION} lists them, as {_EXAMPLE}",
            where=str(folder),
        )
    rows, columns, flows = _matrix(folder, described["Z"])
    buyers, uses, demand = _matrix(folder, described["Y"])
    if rows != columns or rows != buyers:
        zh, en = _first_unlike(rows, columns if rows != columns else buyers)
        raise InvalidFile(
            f"Z 的行、列和 Y 的行应是同样的部门、同样的次序；{zh}",
            f"rows and columns of Z and rows of Y must be the same sectors in the same order; {en}",
            where=str(folder / described["Z"]["name"]),
        )
    satellite: dict[str, Array] = {}
    units: dict[str, str] = {}
    direct: dict[str, dict[str, float]] = {}
    for part in sorted(each for each in folder.iterdir() if each.is_dir()):
        inner = _described(part) if (part / _DESCRIPTION).is_file() else {}
        if "F" not in inner:
            continue
        names, across, amounts = _matrix(part, inner["F"])
        if across != rows:
            zh, en = _first_unlike(rows, across)
            raise InvalidFile(
                f"卫星账户的列应与 Z 的部门一致；{zh}",
                f"columns of a satellite are the sectors of Z, in their order; {en}",
                where=str(part),
            )
        known = _units(part, inner) if "unit" in inner else {}
        for name, amount in zip(names, amounts, strict=True):
            heading = " ".join(filter(None, name))
            satellite[heading] = amount
            units[heading] = known.get(name, "")
        direct |= _direct(part, inner, names, uses)
    return InputOutputTable(
        name=folder.name,
        unit=_money(folder, described),
        origin="total",
        sectors=tuple(Sector(" ".join(r), r[-1], r[0] if len(r) > 1 else "") for r in rows),
        flows=flows,
        output=flows.sum(axis=1) + demand.sum(axis=1),
        final={" ".join(use): column for use, column in zip(uses, demand.T, strict=True)},
        satellite=satellite,
        units=units,
        direct=direct,
        use_regions={" ".join(use): use[0] if len(use) > 1 else "" for use in uses},
    )


def _first_unlike(sectors: list[tuple[str, ...]], others: list[tuple[str, ...]]) -> tuple[str, str]:
    """The first place where two lists of sectors differ."""
    pairs = zip_longest(sectors, others, fillvalue=("—",))
    k, (one, other) = next((k, pair) for k, pair in enumerate(pairs, 1) if pair[0] != pair[1])
    a, b = " ".join(one), " ".join(other)
    return f"第{k}个：一处是“{a}”，另一处是“{b}”", f"number {k} is '{a}' here and '{b}' there"


def _direct(
    part: Path,
    described: dict[str, Any],
    names: list[tuple[str, ...]],
    uses: list[tuple[str, ...]],
) -> dict[str, dict[str, float]]:
    """What final demand itself uses of each account (F_Y), nothing where it is not told."""
    if "F_Y" not in described:
        return {}
    rows, across, amounts = _matrix(part, described["F_Y"])
    if rows != names or across != uses:
        raise InvalidFile(
            "F_Y 的行应与 F 的行一致，列应与 Y 的列一致",
            "rows of F_Y are those of F, its columns those of Y, in their order",
            where=str(part / described["F_Y"]["name"]),
        )
    return {
        " ".join(filter(None, name)): {
            " ".join(use): float(amount) for use, amount in zip(uses, row, strict=True)
        }
        for name, row in zip(names, amounts, strict=True)
    }


def _described(folder: Path) -> dict[str, Any]:
    path = folder / _DESCRIPTION
    try:
        found = json.loads(path.read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise InvalidFile(
            f"这个文件夹不是多地区投入产出表：没有可读的 {_DESCRIPTION}，如 {_EXAMPLE}",
            f"this folder is no multi-regional table: it has no readable {_DESCRIPTION}, as {_EXAMPLE}",
            where=str(folder),
        ) from fault
    return cast("dict[str, Any]", found)


def _matrix(
    folder: Path, described: dict[str, Any]
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]], Array]:
    """Row labels, column labels, figures."""
    path = folder / Path(described["name"]).name  # a name, never a way out of the folder
    labels, levels = int(described["nr_index_col"]), int(described["nr_header"])
    try:
        with path.open(encoding="utf-8-sig") as lines:
            heads = [next(lines).rstrip("\n").split("\t") for _ in range(levels)]
            body = [line.rstrip("\n").split("\t") for line in lines if line.strip()]
    except (OSError, UnicodeDecodeError, StopIteration) as fault:
        raise InvalidFile(
            "读不出这个矩阵", "this matrix cannot be read", where=str(path)
        ) from fault
    columns = [tuple(head[k] for head in heads) for k in range(labels, len(heads[0]))]
    if body and not any(body[0][labels:]):
        body = body[1:]  # a line that names the levels of the rows
    rows = [tuple(line[:labels]) for line in body]
    try:
        figures = np.array([line[labels:] for line in body], dtype=float)
    except ValueError as fault:
        raise InvalidFile(
            f"矩阵里有不是数的单元（{fault}）；每格应是数，如 12.5，没有流量写0",
            f"a cell is no number ({fault}); each is a number as 12.5, and 0 for no flow",
            where=str(path),
        ) from fault
    if figures.shape != (len(rows), len(columns)):
        raise InvalidFile(
            "矩阵的行列数与标题不符", "rows or columns do not fit the headings", where=str(path)
        )
    if not np.isfinite(figures).all():
        raise InvalidFile(
            "矩阵里有空值；不知道的流量不能算", "an empty flow cannot be used", where=str(path)
        )
    return rows, columns, figures


def _units(folder: Path, described: dict[str, Any]) -> dict[tuple[str, ...], str]:
    path = folder / Path(described["unit"]["name"]).name
    labels = int(described["unit"]["nr_index_col"])
    lines = path.read_text("utf-8-sig").splitlines()[int(described["unit"]["nr_header"]) :]
    cells = (line.split("\t") for line in lines if line.strip())
    return {tuple(row[:labels]): row[-1] for row in cells}


def _money(folder: Path, described: dict[str, Any]) -> str:
    if "unit" not in described:
        return ""
    return next(iter(_units(folder, described).values()), "")
