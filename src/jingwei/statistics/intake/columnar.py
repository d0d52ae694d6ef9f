"""Parquet and SDMX as grids of one row an observation."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from jingwei.core import InvalidRequest
from jingwei.statistics.intake.grid import Book, Cell, Grid
from jingwei.statistics.intake.limits import CELLS, COLUMNS, refused


def read_parquet(path: Path, name: str) -> Book:
    """The columns of a Parquet file, titles in the first row. Raises InvalidFile."""
    pa: Any = import_module("pyarrow")
    pq: Any = import_module("pyarrow.parquet")
    try:
        file = pq.ParquetFile(path)
        rows, columns = file.metadata.num_rows, file.metadata.num_columns
        if rows * columns > CELLS or columns > COLUMNS:
            raise refused(
                name, f"{rows} 行 × {columns} 列，超过 {CELLS} 格的上限；请拆成几个文件",
                f"{rows} rows × {columns} columns, more than {CELLS} cells; split the file",
            )  # fmt: skip
        table = file.read()
    except (pa.ArrowException, OSError) as fault:
        raise refused(
            name,
            "不是完整的 Parquet 文件；请重新导出",
            "this is no complete Parquet file; export again",
        ) from fault
    titles = [Cell(each) for each in table.column_names]
    lines = zip(*(column.to_pylist() for column in table.columns), strict=True)
    return Book(name, [Grid("", [titles, *([_cell(value) for value in line] for line in lines)])])


def _cell(value: Any) -> Cell:
    if isinstance(value, datetime):
        return Cell(value.date())
    if isinstance(value, str | int | float | bool | date):
        return Cell(None if value != value else value)  # a NaN is nothing known
    return Cell() if value is None else Cell(str(value))


def read_sdmx(path: Path, name: str) -> Book:
    """The observations of an SDMX-ML data message, one a row. Needs the extra ``sdmx``."""
    try:
        import sdmx
    except ImportError as fault:
        raise InvalidRequest(
            "读 SDMX-ML 需要扩展 sdmx：pip install 'jingwei[sdmx]'；或先导出为 SDMX-CSV",
            "reading SDMX-ML needs the extra: pip install 'jingwei[sdmx]'; or export SDMX-CSV",
            where=name,
        ) from fault
    try:
        message: Any = sdmx.read_sdmx(path)
        sets: Sequence[Any] = getattr(message, "data", [])
    except Exception as fault:
        raise refused(
            name,
            "不是可读的 SDMX 数据文件；请导出为 SDMX-ML 2.1 通用格式或 SDMX-CSV",
            f"no SDMX data message that can be read ({type(fault).__name__}); "
            "export generic SDMX-ML 2.1 or SDMX-CSV",
        ) from fault
    lines = [line for each in sets for line in _observations(each)]
    if not lines:
        raise refused(name, "SDMX 文件中没有观测值", "the SDMX message holds no observations")
    titles = list(dict.fromkeys(key for line in lines for key in line))
    if len(lines) * len(titles) > CELLS:
        raise refused(name, "观测值过多；请拆成几个文件", "too many observations; split the file")
    rows = [[_cell(line.get(title)) for title in titles] for line in lines]
    return Book(name, [Grid("", [[Cell(title) for title in titles], *rows])])


def _observations(dataset: Any) -> Iterable[dict[str, Any]]:
    for each in dataset.obs:
        line: dict[str, Any] = {}
        for key, value in each.key.values.items():
            line[str(key)] = str(value.value)
        for key, attribute in {**dataset.attrib, **each.attrib}.items():
            line[str(key)] = str(attribute.value)
        line["OBS_VALUE"] = None if each.value is None else str(each.value)
        yield line
