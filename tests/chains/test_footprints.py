"""Footprints by region: who uses a factor, and for whom."""

from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from jingwei.chains.input_output import InputOutputTable, Sector, footprints, read_table


@st.composite
def regional(draw: st.DrawFn) -> InputOutputTable:
    """Tables of two to three regions with two products and a satellite."""
    count = draw(st.integers(2, 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n = 2 * count
    demand = rng.uniform(1, 100, (n, count))
    technical = rng.uniform(0, 0.9 / n, (n, n))
    output = np.linalg.solve(np.eye(n) - technical, demand.sum(axis=1))
    return InputOutputTable(
        "几地", "万元", "total",
        tuple(Sector(f"{r} {p}", p, r) for r in "甲乙丙"[:count] for p in ("粮", "布")),
        technical * output, output,
        {f"{r} 消费": demand[:, k] for k, r in enumerate("甲乙丙"[:count])},
        satellite={"用水": rng.uniform(0, 5, n) * output},
        direct={"用水": {f"{r} 消费": 7.0 for r in "甲乙丙"[:count]}},
        use_regions={f"{r} 消费": r for r in "甲乙丙"[:count]},
    )  # fmt: skip


def reference(table: InputOutputTable) -> dict[str, np.ndarray]:
    """Dense, one region and product at a time: the inverse times diagonal demand."""
    regions = list(dict.fromkeys(s.region for s in table.sectors))
    n, k = table.output.size, len(regions)
    inverse = np.linalg.inv(np.eye(n) - table.flows / table.output)
    intensity = table.satellite["用水"] / table.output
    found = {name: np.zeros((k, 2)) for name in ("production", "consumption", "imports", "exports")}
    for r, region in enumerate(regions):
        demand = table.final[f"{region} 消费"]
        for j in range(n):
            used = intensity * inverse[:, j] * demand[j]
            found["consumption"][r, j % 2] += used.sum()
            for i in range(n):
                found["production"][i // 2, i % 2] += used[i]
                if i // 2 != r:
                    found["imports"][r, j % 2] += used[i]
                    found["exports"][i // 2, i % 2] += used[i]
    return found


@settings(max_examples=30)
@given(regional())
def test_accounts_are_those_of_the_plain_formula(table: InputOutputTable) -> None:
    got = footprints(table, ["用水"], by_product=True)["用水"]
    wanted = reference(table)
    assert got.by_product is not None
    for name, amount in wanted.items():
        assert_allclose(got.by_product[name], amount, rtol=1e-9, atol=1e-9)
        own = 7.0 if name in ("production", "consumption") else 0.0
        assert_allclose(getattr(got, name), amount.sum(axis=1) + own, rtol=1e-9, atol=1e-9)
    assert_allclose(got.consumption, got.production + got.imports - got.exports, rtol=1e-9)


def matrix(path: Path, names: tuple[str, str], heads: list[str], rows: list[str]) -> None:
    regions = "\t\t" + "\t".join(head.split()[0] for head in heads)
    items = "\t\t" + "\t".join(head.split()[1] for head in heads)
    lines = [regions, items, "\t".join(names) + "\t" * len(heads), *rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def test_two_regions_by_hand_from_a_folder(tmp_path: Path) -> None:
    """甲 makes 100 and uses 20 of 乙; 乙 makes 50. 甲 buys 90 of its own, 乙 10 of 甲 and 30 of its own.

    A = [[0, 0], [.2, 0]]; water 2 and 4 a unit, so a unit of 甲 carries 2 + .2 * 4 = 2.8 in all, .8 of
    it from 乙. 甲 consumes 90 * 2.8 = 252, of it imports 72; 乙 consumes 28 + 30 * 4 = 148.
    """
    described = '{"files": {%s}}'
    entry = '"%s": {"name": "%s.txt", "nr_index_col": "%s", "nr_header": "%s"}'
    main = ", ".join(entry % (name, name, 2, 2) for name in "ZY")
    (tmp_path / "file_parameters.json").write_text(described % main, "utf-8")
    sectors = ["甲 工业", "乙 工业"]
    matrix(tmp_path / "Z.txt", ("region", "sector"), sectors, ["甲\t工业\t0\t0", "乙\t工业\t20\t0"])
    uses = ["甲 消费", "乙 消费"]
    matrix(tmp_path / "Y.txt", ("region", "sector"), uses, ["甲\t工业\t90\t10", "乙\t工业\t0\t30"])
    water = tmp_path / "water"
    water.mkdir()
    inner = ", ".join(entry % (name, name, 1, 2) for name in ("F", "F_Y"))
    (water / "file_parameters.json").write_text(described % inner, "utf-8")
    for name, heads, row in (("F", sectors, "用水\t200\t200"), ("F_Y", uses, "用水\t5\t6")):
        regions = "\t" + "\t".join(head.split()[0] for head in heads)
        items = "\t" + "\t".join(head.split()[1] for head in heads)
        (water / f"{name}.txt").write_text(f"{regions}\n{items}\n{row}\n", "utf-8")
    got = footprints(read_table(tmp_path), ["用水"])["用水"]
    assert_allclose(got.production, [205, 206])
    assert_allclose(got.consumption, [252 + 5, 148 + 6])
    assert_allclose(got.imports, [72, 20])
    assert_allclose(got.exports, [20, 72])
    assert_allclose(got.direct, [5, 6])
