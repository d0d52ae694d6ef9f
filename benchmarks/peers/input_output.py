"""Peers on one table, in their own environment: linkages of mariopy, multipliers of pymrio.

usage: python input_output.py TABLE.npz RESULT.npz [--multi-mode]

Reads flows, output and final demand; writes what the peers found and the seconds they took.
"""

import logging
import sys
import time
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)


def by_mario(z, x, y, regions, multi):
    import mario

    n = x.size
    places = [f"r{k:04}" for k in range(regions)]
    # mario sorts labels, so that they are padded
    names = [f"s{k:05}" for k in range(n // regions)]
    sectors = pd.MultiIndex.from_product([places, ["Sector"], names])
    uses = pd.MultiIndex.from_product([places, ["Consumption category"], ["demand"]])
    demand = np.zeros((n, regions))
    demand[:, 0] = y
    sectors.names = uses.names = ["Region", "Level", "Item"]
    factor = pd.Index(["va"], name="Item")
    account = pd.Index(["none"], name="Item")
    base = mario.Database(
        table="IOT",
        Z=pd.DataFrame(z, index=sectors, columns=sectors),
        Y=pd.DataFrame(demand, index=sectors, columns=uses),
        V=pd.DataFrame((x - z.sum(axis=0))[None, :], index=factor, columns=sectors),
        E=pd.DataFrame(np.zeros((1, n)), index=account, columns=sectors),
        EY=pd.DataFrame(np.zeros((1, regions)), index=account, columns=uses),
        units={
            "Sector": pd.DataFrame({"unit": ["EUR"] * len(names)}, index=names),
            "Factor of production": pd.DataFrame({"unit": ["EUR"]}, index=["va"]),
            "Satellite account": pd.DataFrame({"unit": ["-"]}, index=["none"]),
        },
    )
    start = time.perf_counter()
    links = base.calc_linkages(cut_diag=False, multi_mode=multi, normalized=not multi)
    seconds = time.perf_counter() - start
    if multi:
        return None, None, seconds
    return links["Total Backward"].to_numpy(), links["Total Forward"].to_numpy(), seconds


def by_pymrio(z, x, y):
    import pymrio

    start = time.perf_counter()
    a = pymrio.calc_A(pd.DataFrame(z), pd.Series(x))
    leontief = pymrio.calc_L(a)
    backward = leontief.sum(axis=0).to_numpy()
    ghosh = pymrio.calc_G(pymrio.calc_B(pd.DataFrame(z), pd.Series(x)))
    forward = ghosh.sum(axis=1).to_numpy()
    return backward, forward, time.perf_counter() - start


def main() -> None:
    table = np.load(sys.argv[1])
    z, x, y = table["flows"], table["output"], table["demand"]
    regions = int(table["regions"])
    found = {}
    found["pymrio_backward"], found["pymrio_forward"], found["pymrio_seconds"] = by_pymrio(z, x, y)
    found["mario_backward"], found["mario_forward"], found["mario_seconds"] = by_mario(
        z, x, y, regions, False
    )
    if "--multi-mode" in sys.argv:
        *_, found["mario_default_seconds"] = by_mario(z, x, y, regions, True)
    np.savez(sys.argv[2], **found)


main()
