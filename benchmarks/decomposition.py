"""LMDI-I beside the loop of the published formula, in one run.

usage: uv run python benchmarks/decomposition.py [--cells 100000] [--factors 5]

The reference is written from Ang 2005, equation 5, in the way PyLMDI writes it: for every factor
and every cell one logarithmic mean and one logarithm of numpy, on arrays; and, as the faster plain
loop, on lists with ``math.log``. A slice of the cells is timed and scaled, because the loop is
linear in cells. Processor time, best of several rounds; results are compared before times are.
Nothing is asserted.
"""

import argparse
import math
import time
from collections.abc import Callable, Sequence

import numpy as np

from jingwei.monitor.decomposition import lmdi

LIMIT = 80


def best(work: Callable[[], object], rounds: int) -> float:
    work()
    times: list[float] = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def loop(v0: Sequence[float], v1: Sequence[float], x0, x1, log) -> list[float]:
    """ΔV_k = Σ_i L(V_i^T, V_i^0) ln(x_ki^T / x_ki^0), factor by factor and cell by cell."""

    def mean(a: float, b: float) -> float:
        return a if a == b else (a - b) / (log(a) - log(b))

    return [
        sum([mean(v1[i], v0[i]) * log(end[i] / start[i]) for i in range(len(start))])
        for start, end in zip(x0, x1, strict=True)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cells", type=int, default=100_000)
    parser.add_argument("--factors", type=int, default=5)
    asked = parser.parse_args()
    random = np.random.default_rng(20240605)
    before = random.lognormal(size=(asked.cells, asked.factors))
    after = before * random.lognormal(0, 0.3, size=before.shape)
    part = min(asked.cells, 10_000)
    v0, v1 = before[:part].prod(axis=1), after[:part].prod(axis=1)
    x0, x1 = before[:part].T.copy(), after[:part].T.copy()
    lists = v0.tolist(), v1.tolist(), x0.tolist(), x1.tolist()
    ours, theirs = lmdi(before[:part], after[:part]).total, loop(v0, v1, x0, x1, np.log)
    print(f"largest difference from the loop: {np.max(np.abs(ours / theirs - 1)):.1e} relative")
    own = best(lambda: lmdi(before, after), 15)
    scale = asked.cells / part
    for name, time_of in (
        ("loop, numpy.log on arrays (PyLMDI)", best(lambda: loop(v0, v1, x0, x1, np.log), 3)),
        ("loop, numpy.log on lists", best(lambda: loop(*lists, np.log), 3)),
        ("loop, math.log on lists", best(lambda: loop(*lists, math.log), 3)),
    ):
        ratio = time_of * scale / own
        print(
            f"LMDI {asked.cells:,} x {asked.factors:<3} {own * 1e3:8.2f} ms   {name:<36}"
            f"{time_of * scale * 1e3:9.1f} ms   ratio {ratio:6.1f}  limit {LIMIT} (PyLMDI)"
        )
    zero = random.random((2, *before.shape)) < 0.02
    before[zero[0]], after[zero[1]] = 0, 0
    after[: asked.cells // 10] = before[: asked.cells // 10]
    mixed = lmdi(before, after)
    print(
        f"with 2 % zeros and 10 % ties: {best(lambda: lmdi(before, after), 7) * 1e3:.2f} ms, "
        f"residual {mixed.residual:.1e} of the total, "
        f"{abs(mixed.total.sum() - mixed.change) / abs(mixed.change):.1e} of the change, limit 1e-12"
    )


if __name__ == "__main__":
    main()
