"""Peers on one matrix of places and activities: ecomplexity and economic-complexity.

usage: python complexity.py TABLE.npz RESULT.npz
"""

import sys
import time
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")


def by_ecomplexity(values):
    from ecomplexity import ecomplexity

    places, activities = values.shape
    frame = pd.DataFrame(
        {
            "t": 1,
            "c": np.repeat(np.arange(places), activities),
            "p": np.tile(np.arange(activities), places),
            "v": values.ravel(),
        }
    )
    columns = {"time": "t", "loc": "c", "prod": "p", "val": "v"}
    start = time.perf_counter()
    got = ecomplexity(frame, columns, verbose=False, check_logsupermodularity=False)
    seconds = time.perf_counter() - start
    got = got.sort_values(["c", "p"])
    shaped = {
        name: got[name].to_numpy().reshape(values.shape) for name in ("eci", "pci", "density")
    }
    return shaped["eci"][:, 0], shaped["pci"][0], shaped["density"], seconds


def by_economic_complexity(values):
    from economic_complexity import complexity, rca, relatedness

    table = pd.DataFrame(values)
    start = time.perf_counter()
    quotients = rca(table)
    complexity(quotients)
    relatedness(quotients)
    return time.perf_counter() - start


def main() -> None:
    values = np.load(sys.argv[1])["values"]
    eci, pci, density, seconds = by_ecomplexity(values)
    np.savez(
        sys.argv[2],
        eci=eci,
        pci=pci,
        density=density,
        ecomplexity_seconds=seconds,
        economic_complexity_seconds=by_economic_complexity(values),
    )


main()
