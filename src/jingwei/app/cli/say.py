"""What is printed: answers on stdout, everything else on stderr.

A table is as wide as the terminal, 160 columns in a pipe; who wants to read it by program takes
JSON. Colours follow rich: none in a pipe, none with NO_COLOR.
"""

import json
import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from jingwei.core import JingweiError, plain

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_PIPE_WIDTH = 160  # columns of a table where there is no terminal


def error(fault: JingweiError) -> None:
    """A fault in two lines on stderr: 错误：… and error: …"""
    where = f"{fault.where}：" if fault.where else ""
    where_en = f"{fault.where}: " if fault.where else ""
    print(f"错误：{where}{fault.zh}\nerror: {where_en}{fault.en}", file=sys.stderr, flush=True)


def note(zh: str, en: str) -> None:
    """A remark on stderr, both languages on one line."""
    print(f"{zh} / {en}", file=sys.stderr, flush=True)


def no_sources(names: "Sequence[str]") -> None:
    """That some documents prove nothing: drafts, or copies of the draft itself."""
    if names:
        listed = "、".join(names)
        note(
            f"未印发的稿件或同文同名的文件，不作依据：{listed}",
            f"not issued, or the same text or title as the draft, so no source: {listed}",
        )


def unread(name: str, pages: tuple[int, ...]) -> None:
    """That some pages of a document were not read, and the remedy."""
    from jingwei.app.pipeline.reading import told_unread

    if pages:
        note(*told_unread(name, pages))


def left_out(name: str, rows: tuple[str, ...]) -> None:
    """That rows of an indicator table lack cells and were not taken, and the remedy."""
    from jingwei.app.pipeline.reading import told_left_out

    if rows:
        note(*told_left_out(name, rows))


def unreadable(names: Sequence[str]) -> None:
    """What to do with documents of the workspace that cannot be read: the run ends with 2 until then."""
    if names:
        listed = "、".join(names)
        note(
            f"documents/ 中读不了的文件：{listed}。处理好之前，每次运行都会提示并以 2 结束：照上面每份文件后面的办法换上能读的，"
            "或移出 documents/",
            f"documents/ holds what cannot be read: {listed}. Every run tells so and ends with 2 until it "
            "is settled: replace each by one that can be read, as told behind its name above, or move it "
            "out of documents/",
        )


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
    """A table on stdout. ``columns`` are headings (中文, then English); ``numbers`` stand right."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from jingwei.app.reports.wrapping import Words

    grid = Table(title=Text(title) if title else None, title_justify="left", box=SIMPLE_HEAD)
    for index, heading in enumerate(columns):
        grid.add_column(heading, justify="right" if index in numbers else "left", overflow="fold")
    for row in rows:
        grid.add_row(*map(Words, row))
    shown(grid)


def shown(answer: "RenderableType") -> None:
    """Something of rich on stdout."""
    console().print(answer)


def nothing(zh: str, en: str) -> None:
    """In the place of an empty table: what is empty and what to do next, on one line."""
    print(f"{zh} / {en}")


def line(text: str = "") -> None:
    """A line of the answer on stdout, never cut."""
    print(text)


def width() -> int:
    """The columns a table may take."""
    return console().width


def console() -> "Console":
    """rich on stdout."""
    from rich.console import Console

    return Console(
        file=sys.stdout, width=None if sys.stdout.isatty() else _PIPE_WIDTH, highlight=False
    )
