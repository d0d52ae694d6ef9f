"""Corrupted copies of the files, and the list of what is wrong in them."""

import json
import tomllib
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jingwei.app.demo.statistics.ground import Ground
from jingwei.app.demo.statistics.scoring import Slip
from jingwei.app.demo.statistics.sheets import Book
from jingwei.app.demo.statistics.slips_cells import CELLS
from jingwei.app.demo.statistics.slips_lines import LINES
from jingwei.app.demo.statistics.slips_names import NAMES

TRIES = 4000  # for one slip, before the files are said to be full


@dataclass(frozen=True, slots=True)
class Planted:
    """Files with errors, and all of the errors."""

    books: tuple[Book, ...]
    slips: tuple[Slip, ...]

    def write(self, folder: Path) -> list[Path]:
        """Write the files; the truth is not among them."""
        return [book.write(folder) for book in self.books]

    def truth(self) -> str:
        """The slips as JSON Lines, for a checker outside."""
        return "".join(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in self.slips)


@cache
def kinds() -> dict[str, dict[str, Any]]:
    """``slips.toml``: the kinds of error, their Chinese name, how many, what an expert sees."""
    text = files("jingwei.app.demo.statistics").joinpath("slips.toml").read_text("utf-8")
    return tomllib.loads(text)


def plant_in(books: tuple[Book, ...], seed: int) -> Planted:
    """Plant every kind of slip in copies of ``books``; the same for the same seed."""
    import numpy as np

    copies = [replace(b, sheets=tuple(each.copy() for each in b.sheets)) for b in books]
    ground = Ground(copies, np.random.RandomState(seed))
    makers = LINES | CELLS | NAMES  # those that need most room first
    for kind, make in makers.items():
        for _ in range(kinds()[kind]["count"]):
            if not any(make(ground) for _ in range(TRIES)):
                raise ValueError(f"no room for another {kind}")
    return Planted(tuple(copies), tuple(ground.slips))
