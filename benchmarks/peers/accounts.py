"""Peers on multipliers and footprints, in their own environment: pymrio and mariopy.

usage: python accounts.py TABLE.npz RESULT.npz          one table given by its arrays
       python accounts.py FOLDER RESULT.npz --own       their own test tables, written into FOLDER

A table of arrays holds flows (n, n), output (n,), uses (n, k) and factors (m, n). Their own tables
are written as folders of matrices, FOLDER/pymrio and FOLDER/mario, for others to read.
"""

import contextlib
import io
import logging
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)


def of_arrays(z, x, uses, factors):
    """Leontief sums, factor multipliers and footprints of uses by product, from either peer."""
    import pymrio

    n, k = uses.shape
    sectors = pd.MultiIndex.from_product([["r"], range(n)], names=["region", "sector"])
    frame = pd.DataFrame(z, index=sectors, columns=sectors)
    leontief = pymrio.calc_L(pymrio.calc_A(frame, pd.Series(x, index=sectors)))
    account = pymrio.calc_S(pd.DataFrame(factors, columns=sectors), pd.Series(x, index=sectors))
    multiplier = pymrio.calc_M(account, leontief)
    # every use as a buyer of its own, as regions are
    demand = pd.DataFrame(uses, index=sectors, columns=pd.Index(range(k), name="region"))
    cba = pymrio.calc_accounts(account, leontief, demand)[0].to_numpy()
    found = {
        "pymrio_output": leontief.sum(axis=0).to_numpy(),
        "pymrio_factors": multiplier.to_numpy(),
        "pymrio_uses": cba.reshape(factors.shape[0], k, n),
    }
    if (x > 0).all():
        from mario.compute import primitives as mario

        leontief = mario.calc_w(mario.calc_z(frame, pd.DataFrame({"p": x}, index=sectors)))
        e = mario.calc_e(
            pd.DataFrame(factors, columns=sectors), pd.DataFrame({"p": x}, index=sectors)
        )
        f = mario.calc_f(e, leontief)
        found |= {
            "mario_output": np.asarray(leontief).sum(axis=0),
            "mario_factors": np.asarray(f),
            "mario_uses": np.stack(
                [
                    np.asarray(mario.calc_F(f, pd.DataFrame({"y": uses[:, j]}, index=sectors)))
                    for j in range(k)
                ],
                axis=1,
            ),
        }
    return found


def saved(folder, z, y, extensions):
    import pymrio

    system = pymrio.IOSystem(Z=z, Y=y)
    for name, extension in extensions.items():
        setattr(system, name, extension)
    system.save_all(str(folder))


def own(folder):
    """What either peer finds on the test table it brings along."""
    import mario
    import pymrio

    table = pymrio.load_test()
    table.calc_all()
    basic = pymrio.load_test()
    basic.save_all(str(folder / "pymrio"))
    found = {"pymrio_leontief": table.L.sum(axis=0).to_numpy()}
    for name in ("emissions", "factor_inputs"):
        account = getattr(table, name)
        found[f"pymrio_{name}_M"] = account.M.to_numpy()
        for part in ("pba", "cba", "imp", "exp"):
            found[f"pymrio_{name}_{part}"] = getattr(account, f"D_{part}").to_numpy()
            found[f"pymrio_{name}_{part}_reg"] = getattr(account, f"D_{part}_reg").to_numpy()

    with contextlib.redirect_stdout(io.StringIO()):
        theirs = mario.load_test("IOT")
        links = theirs.calc_linkages(cut_diag=False, multi_mode=False, normalized=True)
        parts = {
            name: getattr(theirs, name) for name in ("Z", "Y", "V", "E", "EY", "w", "m", "f", "F")
        }

    def plain(frame, rows, columns):
        copy = frame.copy()
        if rows:
            copy.index = pd.MultiIndex.from_tuples(
                [(each[0], each[2]) for each in copy.index], names=["region", "sector"]
            )
        if columns:
            copy.columns = pd.MultiIndex.from_tuples(
                [(each[0], each[2]) for each in copy.columns], names=["region", columns]
            )
        return copy

    extensions = {}
    for name, rows in (("factors", "V"), ("accounts", "E")):
        amount = plain(parts[rows], False, "sector")
        amount.index.name = "stressor"
        unit = pd.DataFrame({"unit": ["-"] * len(amount)}, index=amount.index)
        more = {}
        if rows == "E":
            direct = plain(parts["EY"], False, "category")
            direct.index.name = "stressor"
            more["F_Y"] = direct
        extensions[name] = pymrio.Extension(name, F=amount, unit=unit, **more)
    saved(
        folder / "mario",
        plain(parts["Z"], True, "sector"),
        plain(parts["Y"], True, "category"),
        extensions,
    )
    found |= {
        "mario_leontief": np.asarray(parts["w"]).sum(axis=0),
        "mario_m": np.asarray(parts["m"]),
        "mario_f": np.asarray(parts["f"]),
        "mario_F": np.asarray(parts["F"]),
        "mario_backward": links["Total Backward"].to_numpy(),
        "mario_forward": links["Total Forward"].to_numpy(),
    }
    return found


def main() -> None:
    if "--own" in sys.argv:
        found = own(Path(sys.argv[1]))
    else:
        table = np.load(sys.argv[1])
        found = of_arrays(table["flows"], table["output"], table["uses"], table["factors"])
    np.savez(sys.argv[2], **found)


main()
