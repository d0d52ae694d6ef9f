"""Secondary suppression on made-up cities: the exact search beside the pattern built claim by claim.

usage: uv run python benchmarks/disclosure.py

District × industry with divisions above the industries, enterprises of very unequal size. Prints
cells, sensitive and hidden ones, the cost in shares of the table, and seconds; the built pattern is
what larger tables get. Nothing is asserted.
"""

import time

import numpy as np

from jingwei.statistics.disclosure import (
    Contribution,
    Dimension,
    MarginTable,
    protected,
    suppression,
    tabulate,
)


def city(districts: int, industries: int, enterprises: int) -> MarginTable:
    random = np.random.default_rng(1)
    regions = {"合计": ""} | {f"区{k}": "合计" for k in range(districts)}
    groups = max(2, industries // 4)
    codes = {"合计": ""} | {f"门类{g}": "合计" for g in range(groups)}
    codes |= {f"行业{k}": f"门类{k % groups}" for k in range(industries)}
    records = [
        Contribution(
            (
                f"区{random.integers(districts)}",
                f"行业{min(industries - 1, int(random.exponential(industries / 3)))}",
            ),
            f"企业{k}",
            float(np.round(np.exp(random.normal(8, 1.3)))),
        )
        for k in range(enterprises)
    ]
    return tabulate("产值", [Dimension("地区", regions), Dimension("行业", codes)], records)


def main() -> None:
    exact = suppression._LARGEST_EXACT
    for size in ((4, 6, 120), (6, 20, 3000), (16, 31, 6000)):
        table = city(*size)
        for name, limit in (("exact", exact), ("built", 0)):
            suppression._LARGEST_EXACT = limit
            start = time.perf_counter()
            found = protected(table)
            print(
                f"{size[0]:>3} x {size[1]:<3} {size[2]:>6,} enterprises, {len(table.cells):>5,} cells: "
                f"{len(found.sensitive):>4} sensitive, {len(found.hidden):>4} hidden, cost "
                f"{found.cost:.4f}, {name}{' (optimal)' if found.optimal else ''}, "
                f"{time.perf_counter() - start:.1f} s"
            )


if __name__ == "__main__":
    main()
