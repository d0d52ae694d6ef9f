"""Small input-output tables for the tests: textbook ones, drawn ones, and their files."""

from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from jingwei.chains.input_output import InputOutputTable, Sector


def table(flows: object, output: object, **more: object) -> InputOutputTable:
    """A table of sectors 01, 02 … with these flows and outputs."""
    flows_, output_ = np.array(flows, dtype=float), np.array(output, dtype=float)
    sectors = tuple(Sector(f"{k:02}", f"部门{k}") for k in range(1, output_.size + 1))
    return InputOutputTable(
        "课本",
        "万元",
        "competitive",
        sectors,
        flows_,
        output_,
        {"最终使用": output_ - flows_.sum(axis=1)},
        **more,  # type: ignore[arg-type]
    )


MILLER_BLAIR = table([[150, 500], [200, 100]], [1000, 2000])
"""Miller and Blair 2009, Input-Output Analysis, 2nd ed., table 2.3."""


@st.composite
def productive(draw: st.DrawFn, largest: int = 6) -> InputOutputTable:
    """Tables whose coefficients sum to less than one in each column, some sectors idle."""
    n = draw(st.integers(1, largest))
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    coefficients = rng.uniform(0, 1, (n, n)) * (rng.uniform(size=(n, n)) < 0.7)
    coefficients *= rng.uniform(0.05, 0.9, n) / np.maximum(coefficients.sum(axis=0), 1e-9)
    output = rng.uniform(1, 1e6, n) * (rng.uniform(size=n) < 0.9)
    return table(coefficients * output, output)


def printed(path: Path, flows: object, final: object, value_added: object, imports: object) -> Path:
    """The table as statistical offices print it: codes, names, TIU, EX, TFU, IM, GO; TII, VA, TI."""
    z, use, made, outside = (
        np.array(each, dtype=float) for each in (flows, final, value_added, imports)
    )
    n = z.shape[0]
    codes = [f"{k:02}" for k in range(1, n + 1)]
    lines = [",".join(["code", "name", *codes, "TIU", "EX", "TFU", "IM", "GO"])]
    for k in range(n):
        own = [z[k].sum(), use[k], use[k], outside[k], z[k].sum() + use[k] - outside[k]]
        lines.append(",".join([codes[k], f"部门{k + 1}", *(repr(float(v)) for v in [*z[k], *own])]))
    bought = z.sum(axis=0)
    for code, row in (("TII", bought), ("VA001", made), ("TVA", made), ("TI", bought + made)):
        lines.append(",".join([code, "", *(repr(float(v)) for v in row), "", "", "", "", ""]))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path
