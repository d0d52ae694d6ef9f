"""What is printed: answers on stdout, everything else on stderr.

A table is drawn with rich for a terminal and laid out in full width for a pipe, one line a row.
Colours follow rich: none in a pipe, none with NO_COLOR.
"""

import json
import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from jingwei.core import JingweiError, plain

if TYPE_CHECKING:
    from rich.console import Console

_PIPE_WIDTH = 100_000  # a pipe has no width: nothing is cut or wrapped


def error(fault: JingweiError) -> None:
    """A fault in two lines on stderr: 错误：… and error: …"""
    where = f"{fault.where}：" if fault.where else ""
    where_en = f"{fault.where}: " if fault.where else ""
    print(f"错误：{where}{fault.zh}\nerror: {where_en}{fault.en}", file=sys.stderr, flush=True)


def note(zh: str, en: str) -> None:
    """A remark on stderr, both languages on one line."""
    print(f"{zh} / {en}", file=sys.stderr, flush=True)


class Faults:
    """Faults of single inputs: each is told at once, the other inputs are still done."""

    def __init__(self) -> None:
        self.count = 0

    @contextmanager
    def told(self) -> Generator[None]:
        """Tell a JingweiError of the block and go on behind it."""
        try:
            yield
        except JingweiError as fault:
            self.add(fault)

    def add(self, fault: JingweiError) -> None:
        """Tell a fault and go on."""
        self.count += 1
        error(fault)

    @property
    def code(self) -> int:
        """The exit code of the run: 2 if there was a fault."""
        return 2 if self.count else 0


def as_json(answer: Any) -> None:
    """An answer as JSON on stdout, in the shapes of the design (``jingwei.core.plain``)."""
    print(json.dumps(plain(answer), ensure_ascii=False, indent=2))


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    title: str = "",
    numbers: Sequence[int] = (),
) -> None:
    """A table on stdout. ``columns`` are headings (中文 english); ``numbers`` stand to the right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    to = console()
    grid = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
    )
    for index, heading in enumerate(columns):
        grid.add_column(heading, justify="right" if index in numbers else "left", overflow="fold")
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    to.print(grid)


def line(text: str = "") -> None:
    """A line of the answer on stdout."""
    console().print(text, markup=False, highlight=False, soft_wrap=True)


def console() -> "Console":
    """rich on stdout."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    return Console(file=sys.stdout, width=width, highlight=False)
