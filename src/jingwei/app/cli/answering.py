"""Results that are rows: printed as a table, as CSV or as JSON."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.app.cli import say

if TYPE_CHECKING:
    from jingwei.store.tables import Cell, Table


class Form(StrEnum):
    """How an analysis is printed."""

    table = "table"
    csv = "csv"
    json = "json"


FormOption = Annotated[Form, typer.Option("--format", help="输出格式 / form of the answer")]


def answer(found: "Table", form: Form, digits: int = 4) -> None:
    """Print the rows; numbers of the terminal table with ``digits`` places, those of CSV in full."""
    if form is Form.json:
        say.as_json([*found.rows])
    elif form is Form.csv:
        from jingwei.store.tables import csv_bytes, keyed

        print(csv_bytes(keyed(found)).decode("utf-8-sig"), end="")
    elif not found.rows:
        say.line("没有结果 / nothing found")
    else:
        numeric = {
            key for row in found.rows for key, value in row.items() if isinstance(value, float)
        }
        numbers = [k for k, key in enumerate(found.columns) if key in numeric]
        cells = [[cell(row.get(key), digits) for key in found.columns] for row in found.rows]
        say.table([*found.columns.values()], cells, numbers=numbers)


def part(share: float) -> str:
    """A share of the whole in per cent; what is less than all of it is never shown as 100.0%."""
    if 0.9995 <= share < 1:
        return "99.9%"
    return f"{share:.1%}"


def cell(value: "Cell", digits: int) -> str:
    """A value in a table; what is not known is a dash."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "是 yes" if value else ""
    if isinstance(value, str):
        return value
    if value == int(value) and abs(value) >= 1:
        return f"{value:,.0f}"
    return f"{round(value, digits) + 0.0:,.{digits}f}"  # the dust of a sum is no "-0.00"
