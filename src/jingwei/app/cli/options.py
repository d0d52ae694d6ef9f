"""Options that several commands share."""

import os
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from jingwei.core import InvalidRequest


class Format(StrEnum):
    """How an answer is printed."""

    table = "table"
    json = "json"


AnyFormat = Annotated[
    Format, typer.Option("--format", help="表格或 JSON / a table or JSON", show_default=True)
]
Where = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        metavar="DIR",
        help="工作区（默认：当前所在的） / the workspace (default: the one around you)",
        show_default=False,
    ),
]
Sheet = Annotated[
    str,
    typer.Option(
        "--sheet",
        metavar="NAME",
        help="工作簿里的哪一张（默认第一张有表的） / which sheet of a workbook",
        show_default=False,
    ),
]
Help = Annotated[
    bool,
    # a help option of our own: typer's loads pydantic whenever it is not used
    typer.Option("--help", "-h", is_eager=True, help="说明 / show this help"),
]
Docs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="DOC",
        help="文件名或路径（默认：工作区全部） / names or paths (default: the whole workspace)",
        show_default=False,
    ),
]
Plan = Annotated[
    str,
    typer.Option(metavar="NAME", help="只看这份文件 / of this document only", show_default=False),
]
Words = Annotated[
    str,
    typer.Option(
        metavar="WORDS", help="原文或指标名含这些字 / that hold these words", show_default=False
    ),
]
By = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="谁作的决定（默认：登录名） / who decides (default: your login)",
        show_default=False,
    ),
]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="截至哪天所知（默认：今天） / what was known on this day (default: today)",
        show_default=False,
    ),
]
To = Annotated[
    str,
    typer.Option(
        "--to",
        metavar="FORM,…",
        help="写成 html、docx、pdf 中的哪几种，写到 reports/ / write html, docx, pdf into reports/",
        show_default=False,
    ),
]


def person(by: str) -> str:
    """The name that a decision is signed with."""
    return by or os.environ.get("USER") or os.environ.get("USERNAME", "")


def today() -> str:
    """The day of a decision (ISO date)."""
    return date.today().isoformat()


def day_of(written: str) -> date:
    """The day that a person wrote, today for none. Raises InvalidRequest."""
    try:
        return date.fromisoformat(written or today())
    except ValueError:
        raise InvalidRequest(
            f"“{written}”不是日期，请写成 2024-06-30", f"not a date: {written}; write 2024-06-30"
        ) from None
