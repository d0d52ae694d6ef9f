"""Arguments that commands on files of figures share."""

from pathlib import Path
from typing import Annotated

import typer

from jingwei.core import InvalidRequest

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
