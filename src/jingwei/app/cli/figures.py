"""Arguments that commands on figures share, be they of a file or of a workspace."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.app.cli.opening import around
from jingwei.core import InvalidRequest

if TYPE_CHECKING:
    from jingwei.core import Months
    from jingwei.store import Workspace

_TABLES = (".csv", ".xlsx", ".xls", ".tsv", ".txt")

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="CSV 或 XLSX，一行一个时期 / one row a period")
]
Value = Annotated[
    str, typer.Option("--value", metavar="COLUMN", help="数值列 / the column of values")
]


def columns(written: str) -> list[str]:
    """Names of columns, with commas between them."""
    return [each.strip() for each in written.replace("，", ",").split(",") if each.strip()]


def pairs(written: list[str] | None, option: str) -> dict[str, str]:
    """Options of the form NAME=VALUE. Raises InvalidRequest."""
    found: dict[str, str] = {}
    for each in written or []:
        name, sign, value = each.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise InvalidRequest(
                f"{option} 应写成 名称=值，这里是“{each}”", f"{option} is NAME=VALUE, not '{each}'"
            )
        found[name.strip()] = value.strip()
    return found


def number(written: str, option: str) -> float:
    """A number of an option. Raises InvalidRequest."""
    try:
        return float(written)
    except ValueError:
        raise InvalidRequest(
            f"{option} 要一个数，这里是“{written}”", f"{option} needs a number, not '{written}'"
        ) from None


def is_file(written: str) -> bool:
    """Whether an argument means a file of figures, not an indicator of the workspace."""
    path = Path(written)
    return path.suffix.lower() in _TABLES or path.is_file()


def workspace_for(written: str, where: Path | None) -> "Workspace":
    """The workspace that holds an indicator. Raises InvalidRequest where there is none around."""
    found = around(where)
    if found is None:
        raise InvalidRequest(
            "既没有这个文件，也不在工作区里；请写数据文件的路径，或进入工作区（-w）再写指标名",
            "there is no such file and no workspace around; name a file of figures, or an indicator "
            "inside a workspace (-w)",
            where=written,
        )
    return found


def months_of(written: str) -> "Months | None":
    """A period of an option, None for none. Raises InvalidRequest."""
    from jingwei.core import Months

    if not written:
        return None
    try:
        return Months.parse(written)
    except ValueError as fault:
        raise InvalidRequest(
            f"「{written}」不是时期；请写成 2025、2025-03、2025-01/2025-03 或 2021/2025", str(fault)
        ) from None
