"""Input-output analyses as rows: what commands and exports show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from jingwei.core import InvalidFile, InvalidRequest, written_out
from jingwei.store.tables import Row, Table

if TYPE_CHECKING:
    from jingwei.chains.input_output import InputOutputTable, Quotient
    from jingwei.chains.input_output.extraction import Extent
    from jingwei.chains.input_output.reading import Flows
    from jingwei.chains.input_output.table import Array
    from jingwei.store import Workspace

FOLDER = "data/input-output"


def found(
    name: str, workspace: "Workspace | None", flows: "Flows", unit: str
) -> "InputOutputTable":
    """The table at a path, or the one of this name that was imported into the workspace."""
    from jingwei.chains.input_output import read_table

    path = Path(name)
    if not path.exists() and workspace is not None:
        held = workspace.path(f"{FOLDER}/{name}" if path.suffix else f"{FOLDER}/{name}.csv")
        path = held if held.exists() else path
    return read_table(path, flows, unit)


def keep(source: Path, workspace: "Workspace") -> Path:
    """Copy a table that could be read into the workspace; gives the file there.

    Raises InvalidRequest where another table has the name.
    """
    from jingwei.store import copy_atomically, sha256_of

    if source.is_dir():
        raise InvalidRequest(
            "矩阵文件夹不必导入，直接给出路径即可分析",
            "a folder of matrices is analysed where it is; name its path",
            where=str(source),
        )
    target = workspace.path(f"{FOLDER}/{source.name}")
    if target.exists() and sha256_of(target) != sha256_of(source):
        raise InvalidRequest(
            f"工作区里已有同名而内容不同的表 {target.name}；请改名后再导入",
            f"the workspace has another table named {target.name}; rename this one first",
            where=str(source),
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        copy_atomically(source, target)
    return target


@dataclass(frozen=True, slots=True)
class Examined:
    """What was noticed about a table: how far it is from balance, and its odd sectors."""

    table: "InputOutputTable"
    row_gap: float
    row_at: str
    column_gap: float | None
    column_at: str
    idle: tuple[str, ...]
    negative: tuple[str, ...]


def examined(table: "InputOutputTable") -> Examined:
    """Balance residuals (largest, in the unit of the table), idle sectors, negative flows."""
    from jingwei.chains.input_output import residual

    rows, columns = residual(table)
    worst = int(np.argmax(np.abs(rows)))
    at = int(np.argmax(np.abs(columns))) if columns is not None else 0
    return Examined(
        table,
        float(rows[worst]),
        table.sectors[worst].name,
        float(columns[at]) if columns is not None else None,
        table.sectors[at].name,
        tuple(sector.name for sector in table.idle),
        tuple(
            f"{a.name} → {b.name}: {written_out(amount, 6)}" for a, b, amount in table.negative[:20]
        ),
    )


def _rows(
    table: "InputOutputTable",
    columns: Mapping[str, "Array | Sequence[bool] | Sequence[float | None] | None"],
) -> list[Row]:
    rows: list[Row] = []
    for k, sector in enumerate(table.sectors):
        row: dict[str, str | float | bool | None] = {"code": sector.code, "name": sector.name}
        for key, values in columns.items():
            value = None if values is None else values[k]
            row[key] = value if value is None or isinstance(value, bool) else float(value)
        rows.append(row)
    return rows


def linkage_rows(table: "InputOutputTable", *, dispersion: bool = True) -> Table:
    """Linkages of each sector, normalised to mean one."""
    from jingwei.chains.input_output import linkages

    got = linkages(table, dispersion=dispersion)
    columns = {
        "output": table.output,
        "backward": got.backward,
        "forward_ghosh": got.forward_ghosh,
        "forward_leontief": got.forward_leontief,
        "backward_dispersion": got.backward_dispersion,
        "forward_dispersion": got.forward_dispersion,
        "key": got.key,
    }
    return _titled(
        "linkages",
        _rows(table, columns),
        output="总产出 output",
        backward="后向 backward",
        forward_ghosh="前向 Ghosh",
        forward_leontief="前向 Leontief",
        backward_dispersion="后向离散 dispersion",
        forward_dispersion="前向离散 dispersion",
        key="关键部门 key",
    )


def multiplier_rows(table: "InputOutputTable") -> Table:
    """Type I multipliers of each sector, per unit of final demand."""
    from jingwei.chains.input_output import multipliers

    got = multipliers(table)
    idle = set(table.idle)
    content = got.imports
    # a sector that makes nothing has no content of imports; zero would say that all is made here
    told = (
        content
        if content is None
        else [
            None if sector in idle else float(each)
            for sector, each in zip(table.sectors, content, strict=True)
        ]
    )
    columns = {"output": got.output, **got.factors, "import_content": told}
    titles = {"output": "产出乘数 output", "import_content": "进口含量 import content"}
    return _titled("multipliers", _rows(table, columns), **{k: titles.get(k, k) for k in columns})


def extraction_rows(
    table: "InputOutputTable", extent: "Extent" = "full", group: Sequence[str] = ()
) -> Table:
    """Output lost when each sector, or a group as a whole, is extracted."""
    from jingwei.chains.input_output import extraction, group_extraction

    loss = group_extraction(table, _positions(table, group)) if group else extraction(table, extent)
    return _titled("extraction", _rows(table, {"loss": loss}), loss="损失的总产出 output lost")


def _positions(table: "InputOutputTable", codes: Sequence[str]) -> list[int]:
    at = {sector.code: k for k, sector in enumerate(table.sectors)}
    at |= {sector.name: k for k, sector in enumerate(table.sectors)}
    for code in codes:
        if code not in at:
            raise InvalidRequest(
                f"表中没有部门“{code}”；部门代码见 jingwei io linkages",
                f"the table has no sector '{code}'; see jingwei io linkages for the codes",
                where=table.name,
            )
    return [at[code] for code in codes]


def decomposition_rows(before: "InputOutputTable", after: "InputOutputTable") -> Table:
    """Why output changed between two tables: technology, mix and size of final demand."""
    from jingwei.chains.input_output import decompose

    got = decompose(before, after)
    columns = {
        "change": got.change,
        "technology": got.technology,
        "mix": got.mix,
        "size": got.size,
    }
    return _titled(
        "decomposition",
        _rows(after, columns),
        change="总产出变化 change",
        technology="技术 technology",
        mix="最终需求结构 mix",
        size="最终需求规模 size",
    )


def path_rows(table: "InputOutputTable", factor: str, use: str, least: float) -> Table:
    """The chains of suppliers through which a factor reaches a final use."""
    from jingwei.chains.input_output import amounts, structural_paths
    from jingwei.chains.input_output.solving import reciprocal

    amount = chosen(amounts(table), factor, "要素", "factor", table.name)
    uses = dict(table.final) | {"最终需求": table.final_demand}
    demand = chosen(uses, use, "最终使用", "final use", table.name)
    rows: list[Row] = [
        {
            "path": " → ".join(table.sectors[k].name for k in each.sectors),
            "steps": float(len(each.sectors) - 1),
            "amount": each.amount,
            "share": each.share,
        }
        for each in structural_paths(table, amount * reciprocal(table.output), demand, least=least)
    ]
    titles = {
        "path": "路径 path",
        "steps": "步 steps",
        "amount": "数额 amount",
        "share": "占比 share",
    }
    return Table("paths", titles, rows)


def chosen(of: Mapping[str, "Array"], name: str, zh: str, en: str, where: str) -> "Array":
    if name in of:
        return of[name]
    listed = "、".join(of)
    raise InvalidRequest(
        f"表中没有{zh}“{name}”；有：{listed}",
        f"the table has no {en} '{name}'; there are: {listed}",
        where=where,
    )


def balanced_rows(table: "InputOutputTable", margins: Path) -> tuple[Table, str, str]:
    """Flows fitted to new margins, and how closely they are met."""
    from jingwei.chains.input_output import gras, ras

    sizes = _sizes(table, margins, ("rows", "columns"))
    fit = gras if table.negative else ras
    got = fit(table.flows, sizes["rows"], sizes["columns"])
    columns = {s.code: got.matrix[:, k] for k, s in enumerate(table.sectors)}
    method = "GRAS" if table.negative else "RAS"
    return (
        _titled("balanced", _rows(table, columns), **{s.code: s.name for s in table.sectors}),
        f"{method}：{got.rounds}轮，合计最大相对误差{got.error:.1e}",
        f"{method}: {got.rounds} rounds, margins met to {got.error:.1e}",
    )


def regional_rows(
    table: "InputOutputTable", sizes: Path, quotient: "Quotient", delta: float
) -> Table:
    """Regional input coefficients estimated by location quotients."""
    from jingwei.chains.input_output import regionalise

    read = _sizes(table, sizes, ("region", "nation"))
    got = regionalise(table, read["region"], read["nation"], quotient, delta)
    columns = {s.code: got[:, k] for k, s in enumerate(table.sectors)}
    return _titled("regional", _rows(table, columns), **{s.code: s.name for s in table.sectors})


def with_satellite(table: "InputOutputTable", path: Path) -> "InputOutputTable":
    """The table with amounts by sector from a file (code, and one column an account)."""
    from dataclasses import replace

    from jingwei.chains.input_output.grid import read_grid

    headings = tuple(
        heading for heading in read_grid(path)[0][1:] if heading not in ("", "name", "名称")
    )
    return replace(table, satellite=dict(table.satellite) | _sizes(table, path, headings))


def _sizes(table: "InputOutputTable", path: Path, headings: Sequence[str]) -> dict[str, "Array"]:
    """Columns of a file by sector code, in the order of the table. Raises InvalidFile."""
    from jingwei.chains.input_output.grid import read_grid
    from jingwei.chains.input_output.headings import figure, folded

    grid = read_grid(path)
    missing = [heading for heading in headings if heading not in grid[0]]
    if missing or grid[0][0] != "code":
        wanted = "、".join(("code", *headings))
        raise InvalidFile(
            f"第一行应有这些列：{wanted}",
            f"the first row needs the columns {wanted}",
            where=f"{path}:1",
        )
    rows = {folded(row[0]): (number, row) for number, row in enumerate(grid[1:], 2)}
    result: dict[str, Array] = {}
    for heading in headings:
        column = grid[0].index(heading)
        values = np.empty(len(table.sectors))
        for k, sector in enumerate(table.sectors):
            key = next((k for k in map(folded, (sector.code, sector.name)) if k in rows), None)
            if key is None:
                raise InvalidFile(
                    f"缺少部门{sector.code}（{sector.name}）；没有的请写0",
                    f"sector {sector.code} ({sector.name}) is missing; write 0 for none",
                    where=str(path),
                )
            number, row = rows[key]
            value = figure(row[column])
            if value is None:
                raise InvalidFile(
                    f"{heading}一列应是数字，却是“{row[column]}”",
                    f"the column {heading} needs a number, not '{row[column]}'",
                    where=f"{path}:{number}",
                )
            values[k] = value
        result[heading] = values
    return result


def _titled(name: str, rows: list[Row], **titles: str) -> Table:
    return Table(name, {"code": "代码 code", "name": "部门 sector", **titles}, rows)
