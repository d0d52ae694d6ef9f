"""Ten million observations: import, what was known on a day, crosswalk and group by.

usage: uv run --group bench python benchmarks/observations.py [--rows N] [--rounds N]

The peer is Polars over the same Parquet files with the same logic (newest vintage as a window
maximum, join with the table of shares, group by), every plan of it tried and the best taken: windows
over the key as stored or over the four texts, in memory or streaming. Every measurement is a process
of its own with two threads, so that memory can be told apart; medians of the rounds. The scale:
250,000 enterprises of 16 districts and 1,400 industries, months of three vintages each.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ENTITIES, CODES, DISTRICTS, CLUSTERS, VINTAGES, IMPORTS = 250_000, 1_400, 16, 40, 3, 10
AS_OF = date(2025, 2, 15)  # the third vintage is not known yet


def crosswalk() -> Any:
    """Every fifth industry lies in two clusters, one in fifty partly in none."""
    from fractions import Fraction

    from jingwei.statistics.crosswalks import Crosswalk, Part

    def parts(n: int) -> tuple[Part, ...]:
        first, second = f"c{n % CLUSTERS}", f"c{(n + 1) % CLUSTERS}"
        if n % 50 == 1:
            return (Part(first, Fraction(7, 10)),)
        if n % 5 == 0:
            return Part(first, Fraction(2, 5)), Part(second, Fraction(3, 5))
        return (Part(first, Fraction(1)),)

    codes = {f"{1000 + n}": parts(n) for n in range(CODES)}
    return Crosswalk("bench", "gbt4754-2017", "clusters", "2021", "synthetic", codes)


def batches(rows: int, number: int) -> Iterator[Any]:
    """Import ``number`` of ``IMPORTS``: one vintage of a block of firms and months."""
    import numpy as np
    import pyarrow as pa

    size = rows // IMPORTS
    block, vintage = divmod(number, VINTAGES)
    day = date(2025, 1, 20) + timedelta(days=20 * vintage)
    months = -(-size // ENTITIES)
    entities = pa.array([f"91{n:016d}" for n in range(ENTITIES)])
    districts = pa.array([f"9901{n:02d}" for n in range(DISTRICTS)])
    codes = pa.array([f"gbt4754-2017:{1000 + n}" for n in range(CODES)])
    for start in range(0, size, 1 << 18):
        row = np.arange(start, min(start + (1 << 18), size))
        firm, month = row % ENTITIES, row // ENTITIES + block * months + 12 * 2024
        count = len(row)

        def same(text: str, count: int = count) -> pa.Array:
            return pa.array([text]).take(pa.array(np.zeros(count, np.int32)))

        yield pa.RecordBatch.from_pydict(
            {
                "card": same("output@1"),
                "region": districts.take(pa.array(firm % DISTRICTS)),
                "codes": codes.take(pa.array(firm * 7919 % CODES)),
                "entity": entities.take(pa.array(firm)),
                "first": pa.array(month, pa.int32()),
                "last": pa.array(month, pa.int32()),
                "value": pa.array((row * 31 % 100_003 + vintage) / 100),
                "unit": same("万元"),
                "vintage": pa.array(np.full(count, (day - date(1970, 1, 1)).days, np.int32)).cast(
                    pa.date32()
                ),
                "origin": same("survey"),
            }
        )


def filled(folder: Path, rows: int) -> float:
    """Import everything into a new workspace; seconds."""
    from jingwei.store import Observations, Workspace

    store = Observations(Workspace.create(folder))
    start = time.perf_counter()
    for number in range(IMPORTS):
        store.append(
            batches(rows, number), dataset=f"month-{number}", imported_on=AS_OF, reason="核实"
        )
    return time.perf_counter() - start


def ours(folder: Path) -> Any:
    from jingwei.core import Scope
    from jingwei.statistics.recoding_frames import recode_frame
    from jingwei.store import Observations, Workspace

    store = Observations(Workspace.open(folder))
    store.imports()  # checks every byte, once a process; told apart below

    def work() -> Any:
        frame = store.frame(Scope.everything(), as_of=AS_OF)
        told = recode_frame(
            frame, crosswalk(), measures={"output": "flow"}, by=("region", "codes", "first")
        )
        return told.frame.to_arrow()

    return work


def polars(folder: Path, key: str, engine: str) -> Any:
    import polars as pl

    paths = [str(path) for path in sorted(folder.glob("data/observations/*.parquet"))]
    keys = {"key": ["series"], "texts": ["card", "region", "codes", "entity"]}[key]
    cell = [*keys, "first", "last"]
    parts = [
        (f"gbt4754-2017:{code}", f"clusters:{to}", float(share))
        for code, shares in crosswalk().shares().items()
        for to, share in shares
    ]

    def work() -> Any:
        table = pl.DataFrame(parts, schema=["codes", "to", "share"], orient="row").lazy()
        return (
            pl.scan_parquet(paths)
            .filter(pl.col("vintage") <= AS_OF)
            .filter(pl.col("precedence") == pl.col("precedence").max().over(cell))
            .filter(pl.col("value").is_not_null())
            .join(table, on="codes")
            .group_by("region", "to", "first")
            .agg((pl.col("value") * pl.col("share")).sum())
            .rename({"to": "codes"})
            .collect(engine=engine)
            .to_arrow()
        )

    return work


def probe(folder: Path, plan: str, rounds: int) -> None:
    """One plan in this process: seconds of each round, peak of memory, and the answer's fingerprint."""
    import pyarrow.compute as pc

    kind, *rest = plan.split("-", 2)
    start = time.perf_counter()
    work = ours(folder) if kind == "ours" else polars(folder, *rest)
    opened = time.perf_counter() - start
    times: list[float] = []
    table = work()  # libraries load on first use
    for _ in range(rounds):
        start = time.perf_counter()
        table = work()
        times.append(time.perf_counter() - start)
    peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
    total = pc.sum(table["value"]).as_py()
    print(json.dumps([opened, times, peak, table.num_rows, total]))


PLANS = ("ours", *(f"polars-{key}-{engine}" for key in ("key", "texts") for engine in ("in-memory", "streaming")))  # fmt: skip


def measured(folder: Path, plan: str, rounds: int) -> tuple[float, float, float, int, float]:
    run = subprocess.run(
        [sys.executable, __file__, "--probe", plan, "--folder", folder, "--rounds", str(rounds)],
        stdout=subprocess.PIPE, text=True, check=True, env=_environment(),
    )  # fmt: skip
    opened, times, peak, rows, total = json.loads(run.stdout)
    return statistics.median(times), opened, peak, rows, total


def _environment() -> dict[str, str]:
    import os

    return os.environ | {"POLARS_MAX_THREADS": "2"}


def line(what: str, measured_: str, against: str, ratio: float, limit: float) -> None:
    mark = "within" if ratio <= limit else "OVER"
    print(f"{what:<46} {measured_:>12}   {against:<26} ratio {ratio:6.2f}  limit {limit:g}  {mark}")


def main(rows: int = 10_000_000, rounds: int = 5, kept: Path | None = None) -> None:
    """Measure in a folder that is removed again, or in ``kept``, which is filled if it is new."""
    with tempfile.TemporaryDirectory() as name:
        folder = kept or Path(name) / "w"
        if not folder.exists():
            seconds = filled(folder, rows)
            print(
                f"{rows:,} observations imported in {seconds:.1f} s ({rows / seconds:,.0f} a second)"
            )
        # turn about, so that a busy machine is busy for all
        found: dict[str, list[tuple[float, float, float, int, float]]] = {}
        for _ in range(3):
            for plan in PLANS:
                found.setdefault(plan, []).append(measured(folder, plan, rounds))
        told = {
            plan: (min(each[0] for each in runs), runs[0][1], max(each[2] for each in runs), *runs[0][3:])
            for plan, runs in found.items()
        }  # fmt: skip
        for plan, (each, opened, peak, count, _) in told.items():
            print(
                f"  {plan:<26} {each:.3f} s   opened in {opened:.2f} s   {peak:.0f} MB   {count} rows"
            )
        mine = told.pop("ours")
        assert all(other[3] == mine[3] for other in told.values()), "the same rows"
        assert all(abs(other[4] - mine[4]) <= 1e-9 * abs(mine[4]) for other in told.values())
        best = min(told, key=lambda plan: told[plan][0])
        line(f"latest vintage, crosswalk, group by ({rows:,})", f"{mine[0]:.3f} s",
             f"{best} {told[best][0]:.3f} s", mine[0] / told[best][0], 1.5)  # fmt: skip
        line("  memory", f"{mine[2]:.0f} MB", "limit 2048 MB", mine[2] / 2048, 1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--probe", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help="keep the imported data here, to measure again")
    asked = parser.parse_args()
    if asked.probe:
        probe(asked.folder, asked.probe, asked.rounds)
    else:
        main(asked.rows, asked.rounds, asked.folder)
