"""Chinese text in the cells of a terminal table.

Rich breaks lines at white space, which Chinese does not have, and so cuts numbers in two. Here
a run of Latin letters or digits stays whole, and no line begins with closing punctuation or
ends with opening punctuation.
"""

import re
from collections.abc import Iterator
from typing import Any

from rich.cells import cell_len, chop_cells
from rich.containers import Lines
from rich.text import Text

_ATOM = re.compile(r"[（《“‘〔「『【]*(?:[!-~]+|\S)[，。、；：？！）》”’〕」』】％]*|\s+")


class Words(Text):
    """Text of one style that breaks between words of either script; never read as markup."""

    def wrap(self, console: Any, width: int, **options: Any) -> Lines:
        broken = "\n".join("\n".join(_lines(line, width)) for line in self.plain.split("\n"))
        return Text(broken, style=self.style, no_wrap=True).wrap(console, width, **options)


def _lines(text: str, width: int) -> Iterator[str]:
    """Lines of at most ``width`` cells; what is wider than a line on its own is cut."""
    line = ""
    for atom in _ATOM.findall(text):
        if cell_len(line + atom.rstrip()) <= width:
            line += atom
            continue
        if line.strip():
            yield line.rstrip()
        *whole, line = chop_cells(atom.lstrip(), width) or [""]
        yield from whole
    yield line.rstrip()
