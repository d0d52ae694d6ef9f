"""Kill imports at random moments, for real, and look what is left.

    uv run python tests/store/killing.py 200 [SEED]

Imports (and now and then a compaction) run in a process of their own, which says on a pipe which of
them were acknowledged; after the first it gets SIGKILL at a random time. Then, in another process, everything
acknowledged must be there and no import may be there in part. The last line gives the counts.
"""

import os
import random
import select
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import narwhals as nw
from revising import firm, value_of

from jingwei.core import Scope
from jingwei.store import Workspace
from jingwei.store.observations import Observations

ROWS = 400  # of each import
LONGEST = 2.5  # imports until the kill, after the first one is acknowledged
TODAY = date(2025, 6, 1)


def bring(store: Observations, number: int, rows: int = ROWS) -> None:
    """Import ``number``: ``rows`` firms of its own."""
    batch = [value_of(number, series=firm(f"{number}-{n}")) for n in range(rows)]
    store.append(batch, dataset=f"import-{number}", imported_on=TODAY)


def counted(store: Observations) -> dict[str, int]:
    """Rows of each import, which is told by their value."""
    frame = store.rows(Scope.everything()).group_by("value").agg(nw.len().alias("rows"))
    found = frame.collect("pyarrow").to_arrow().to_pylist()
    return {f"import-{each['value']:.0f}": each["rows"] for each in found}


def in_a_child(work: Callable[[], None]) -> int:
    """The number of a new process that does ``work`` and ends."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:  # noqa: BLE001  a child must never run on into the parent's code
            traceback.print_exc()
            os._exit(1)
    return child


def import_for_ever(workspace: Workspace, start: int, told: int) -> None:
    store = Observations(workspace)
    os.write(told, b"alive\n")
    number = start
    while True:
        bring(store, number)
        os.write(told, f"{number}\n".encode())
        if number % 7 == 0:
            store.compact()
        number += 1


def check(workspace: Workspace, acknowledged: frozenset[int]) -> None:
    found = counted(Observations(workspace))
    missing = [n for n in acknowledged if f"import-{n}" not in found]
    assert not missing, f"acknowledged and gone: {missing}"
    halves = {name: rows for name, rows in found.items() if rows != ROWS}
    assert not halves, f"in part: {halves}"
    receipts = {each.dataset for each in Observations(workspace).imports()}
    assert receipts == set(found), "every import has its receipt"


def killed(folder: Path, kills: int, seed: int) -> Counter[str]:
    """Kill ``kills`` times; what was seen. Raises AssertionError where something was lost."""
    chance = random.Random(seed)  # noqa: S311
    # libraries take a second to load: here, so that the children import from their first moment on
    bring(Observations(Workspace.create(folder / "warm")), 1)
    workspace = Workspace.create(folder / "w")
    data = workspace.root / "data/observations"
    acknowledged: set[int] = set()
    seen: Counter[str] = Counter()
    start = 1
    for _ in range(kills):
        receiving, telling = os.pipe()
        first = start
        child = in_a_child(lambda first=first, to=telling: import_for_ever(workspace, first, to))
        os.close(telling)
        heard = os.read(receiving, 6)
        begun = time.monotonic()
        heard += os.read(receiving, 4096)
        one = time.monotonic() - begun  # an import here and now, however busy the machine is
        time.sleep(chance.uniform(0, LONGEST) * one)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while select.select([receiving], [], [], 0)[0] and (part := os.read(receiving, 4096)):
            heard += part
        os.close(receiving)
        new = {int(each) for each in heard.split()[1:]}
        acknowledged |= new
        start = max([start, *new]) + 10  # an import that was killed is not tried again
        seen["kills"] += 1
        seen["while a file was written"] += any(
            each.name.endswith("jingwei-tmp") for each in data.glob(".*")
        )
        looking = in_a_child(lambda known=frozenset(acknowledged): check(workspace, known))
        assert os.waitpid(looking, 0)[1] == 0, "see above"
    seen["acknowledged imports"] = len(acknowledged)
    last = in_a_child(lambda: bring(Observations(workspace), 10**9))
    assert os.waitpid(last, 0)[1] == 0, "an import after the last kill"
    assert not [each for each in data.glob(".*jingwei-tmp") if "generation" not in each.name]
    return seen


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
        counts = killed(Path(name), int(sys.argv[1]), seed)
        print("; ".join(f"{what}: {count}" for what, count in counts.items()))
