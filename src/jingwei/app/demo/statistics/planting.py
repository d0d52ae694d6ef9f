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
from jingwei.app.demo.statistics.senders import offices
from jingwei.app.demo.statistics.sheets import Book, register_of
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


FIRST_SENT = "初次报送"
"""Folder of the files that first came with errors."""


def first_sent(books: tuple[Book, ...], seed: int) -> Planted:
    """The files of ``offices.toml`` that first came with errors: copies of what came right later,
    under a day and a name of their own, and the errors in them."""
    import numpy as np

    by_file = {each.file: each for each in books}
    made: list[Book] = []
    slips: list[Slip] = []
    for order, told in enumerate(offices()["first_sent"]):
        right = by_file[told["file"]]
        copy = replace(right, sheets=tuple(each.copy() for each in right.sheets))
        register = register_of([right])
        ground = Ground([copy, register], np.random.RandomState(seed + order))
        for kind in told["kinds"]:
            if not any((LINES | CELLS | NAMES)[kind](ground) for _ in range(TRIES)):
                raise ValueError(f"no room for {kind} in {right.file}")
        path = Path(right.file)
        sent = replace(right.sender, day=told["day"], note="初次报送；改正后另文重报")
        name = f"{FIRST_SENT}/{path.stem}（初报）{path.suffix}"
        made.append(replace(copy, file=name, sender=sent))
        for each in ground.slips:
            spots, echoes = (
                tuple(replace(spot, file=name) for spot in places)
                for places in (each.spots, each.echoes)
            )
            slips.append(replace(each, spots=spots, echoes=echoes))
    return Planted(tuple(made), tuple(slips))


def plant_in(books: tuple[Book, ...], seed: int) -> Planted:
    """Plant every kind of slip in copies of ``books``; the same for the same seed."""
    import numpy as np

    copies = [replace(b, sheets=tuple(each.copy() for each in b.sheets)) for b in books]
    ground = Ground(copies, np.random.RandomState(seed))
    makers = LINES | CELLS | NAMES  # those that need most room first
    for kind, make in makers.items():
        for planted in range(kinds()[kind]["count"]):
            if any(make(ground) for _ in range(TRIES)):
                continue
            if not planted:
                raise ValueError(f"no room for {kind}")
            break  # the files are full: some seeds have room for fewer
    return Planted(tuple(copies), tuple(ground.slips))
