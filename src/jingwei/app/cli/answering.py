"""Tables as answers: for a person, as CSV for a spreadsheet, as JSON for a program."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.app.cli import say

if TYPE_CHECKING:
    from jingwei.store.tables import Table


class Form(StrEnum):
    """How a table of results is printed."""

    table = "table"
    csv = "csv"
    json = "json"


FormOption = Annotated[Form, typer.Option("--format", help="输出格式 / form of the answer")]


def answer(found: "Table", form: Form, digits: int = 4, words: tuple[str, ...] = ()) -> None:
    """Print a table; ``words`` are keys of columns that hold text and stand left."""
    if form is Form.json:
        say.as_json([*found.rows])
    elif form is Form.csv:
        from jingwei.store.tables import csv_bytes, keyed

        print(csv_bytes(keyed(found)).decode("utf-8-sig"), end="")
    else:
        left = ("code", "name", "path", *words)
        numbers = [k for k, key in enumerate(found.columns) if key not in left]
        cells = [[cell(row.get(key), digits) for key in found.columns] for row in found.rows]
        say.table([*found.columns.values()], cells, numbers=numbers)


def cell(value: str | float | bool | None, digits: int) -> str:
    """A value in a table; what is not known is a dash."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "是 yes" if value else ""
    return value if isinstance(value, str) else f"{value:,.{digits}f}"
