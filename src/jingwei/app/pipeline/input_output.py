"""Input-output analyses as rows: what commands and exports show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from jingwei.core import InvalidRequest, written_out
from jingwei.store.tables import Row, Table

if TYPE_CHECKING:
    from jingwei.chains.input_output import InputOutputTable, Quotient
    from jingwei.chains.input_output.extraction import Extent
    from jingwei.chains.input_output.reading import Flows
    from jingwei.chains.input_output.table import Array
    from jingwei.store import Workspace

FOLDER = "data/input-output"


def found(
    name: str, workspace: "Workspace | None", flows: "Flows", unit: str, sheet: str = ""
) -> "InputOutputTable":
    """The table at a path, or the one of this name that was imported into the workspace."""
    from jingwei.chains.input_output import read_table

    path = Path(name)
    if not path.exists() and workspace is not None:
        held = workspace.path(f"{FOLDER}/{name}" if path.suffix else f"{FOLDER}/{name}.csv")
        path = held if held.exists() else path
    return read_table(path, flows, unit, sheet)


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
    """What was noticed about a table: how far it is from balance, and its odd sectors.

    Gaps are the largest, in the unit of the table; shares are of the sector's output, None without one.
    """

    table: "InputOutputTable"
    row_gap: float
    row_at: str
    row_share: float | None
    column_gap: float | None
    column_at: str
    column_share: float | None
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
        _share(rows[worst], table.made[worst]),
        float(columns[at]) if columns is not None else None,
        table.sectors[at].name,
        _share(columns[at], table.made[at]) if columns is not None else None,
        tuple(sector.name for sector in table.idle),
        tuple(
            f"{a.name} → {b.name}: {written_out(amount, 6)}" for a, b, amount in table.negative[:20]
        ),
    )


def _share(gap: float, output: float) -> float | None:
    return float(gap / output) if output else None


def share_of(share: float | None) -> str:
    """A gap as per cent of the output; one that is there is never 0."""
    if share is None:
        return "—"
    told = f"{abs(share):.2%}"
    return "不到0.01% (<0.01 %)" if share and told == "0.00%" else told


def residual_rows(table: "InputOutputTable") -> Table:
    """By how much each row and column fails to add up, in the unit of the table and per cent of output."""
    from jingwei.chains.input_output import residual

    rows, columns = residual(table)
    made = table.made.tolist()
    share = [
        (None, None)
        if not output
        else (100 * row / output, None if columns is None else 100 * columns[k] / output)
        for k, (row, output) in enumerate(zip(rows.tolist(), made, strict=True))
    ]
    return _titled(
        "residual",
        _rows(table, {
            "output": table.output,
            "row": rows,
            "row_percent": [each for each, _ in share],
            "column": columns,
            "column_percent": [each for _, each in share],
        }),
        output="总产出 output",
        row="行残差 row",
        row_percent="占总产出% of output",
        column="列残差 column",
        column_percent="占总产出% of output",
    )  # fmt: skip


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


def reordered(before: "InputOutputTable", after: "InputOutputTable") -> bool:
    """Whether the tables have the same sectors in different orders."""
    one, other = ([(s.region, s.name) for s in table.sectors] for table in (before, after))
    return one != other and sorted(one) == sorted(other)


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
        for each in structural_paths(table, amount * reciprocal(table.made), demand, least=least)
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
    from jingwei.app.pipeline.amounts import amounts_by_sector
    from jingwei.chains.input_output import gras, ras

    sizes = amounts_by_sector(table, margins, ("rows", "columns"))
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
    from jingwei.app.pipeline.amounts import amounts_by_sector
    from jingwei.chains.input_output import regionalise

    read = amounts_by_sector(table, sizes, ("region", "nation"))
    got = regionalise(table, read["region"], read["nation"], quotient, delta)
    columns = {s.code: got[:, k] for k, s in enumerate(table.sectors)}
    return _titled("regional", _rows(table, columns), **{s.code: s.name for s in table.sectors})


def with_satellite(table: "InputOutputTable", path: Path) -> "InputOutputTable":
    """The table with amounts by sector from a file (codes or names, and one column an account)."""
    from dataclasses import replace

    from jingwei.app.pipeline.amounts import amounts_by_sector

    return replace(table, satellite=dict(table.satellite) | amounts_by_sector(table, path))


def _titled(name: str, rows: list[Row], **titles: str) -> Table:
    return Table(name, {"code": "代码 code", "name": "部门 sector", **titles}, rows)
