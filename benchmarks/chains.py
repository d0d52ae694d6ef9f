"""Chains: the graph against its limits, input-output kernels beside their peers, in one run.

usage: uv run --group bench python benchmarks/chains.py [--quick] [--graph]

Peers (pymrio, mariopy) are installed once into ``.cache/peers``, an environment of their own; they
are no part of the project. Every line prints both times, the ratio and the limit; results of peers
are compared before times are.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from jingwei.chains.input_output import (
    InputOutputTable,
    Sector,
    amounts,
    decompose,
    extraction,
    footprint_of_uses,
    footprints,
    gras,
    linkages,
    multipliers,
    ras,
    read_table,
)

if TYPE_CHECKING:
    from jingwei.space import Activities

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / ".cache" / "peers"
# two environments: economic-complexity writes into frames, which pandas 3 no longer allows
PACKAGES = {
    "input_output": ("pymrio==0.7.0", "mariopy==1.3.2"),
    "complexity": ("ecomplexity==0.5.3", "economic-complexity==0.3.0", "pandas<3"),
}


def peers(script: str) -> Path:
    """The interpreter of a script's environment, made when it is first needed."""
    python = PEERS / script / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS / script], check=True)
        quietly = [python, "-m", "pip", "install", "-qqq", "--disable-pip-version-check"]
        subprocess.run([*quietly, *PACKAGES[script]], check=True)
    return python


def best(work: Callable[[], object], rounds: int = 3) -> float:
    """Shortest wall-clock seconds of some calls, after one to warm up."""
    work()
    times: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def told(what: str, ours: float, against: str, theirs: float, limit: float) -> None:
    ratio = theirs / ours
    mark = "within" if ratio >= limit else "UNDER"
    print(
        f"{what:<46} {ours:9.4f} s   {against} {theirs:8.3f} s   {ratio:8.1f} times, wanted {limit:g}  {mark}"
    )


def drawn(order: int, seed: int = 1) -> InputOutputTable:
    """A dense table of lognormal flows, productive."""
    rng = np.random.default_rng(seed)
    flows = np.empty((order, order))
    for start in range(0, order, 500):
        flows[start : start + 500] = rng.lognormal(0, 2, flows[start : start + 500].shape)
    sold = flows.sum(axis=1)
    output = np.maximum(sold * rng.uniform(1.5, 2.5, order), flows.sum(axis=0) * 1.4)
    sectors = tuple(Sector(str(k), str(k)) for k in range(order))
    return InputOutputTable(
        "drawn", "", "competitive", sectors, flows, output, {"y": output - sold}
    )


ENVIRONMENTS = {"accounts": "input_output"}
"""Scripts that share the environment of another."""


def asked(script: str, *options: str, **given: object) -> dict[str, np.ndarray]:
    """What a script of the peers finds for these arrays, in the peers' environment."""
    with tempfile.TemporaryDirectory() as folder:
        table, found = Path(folder) / "table.npz", Path(folder) / "found.npz"
        np.savez(table, **given)
        subprocess.run(
            [
                peers(ENVIRONMENTS.get(script, script)),
                ROOT / "benchmarks" / "peers" / f"{script}.py",
                table,
                found,
                *options,
            ],
            check=True,
        )
        with np.load(found) as read:
            return {name: read[name] for name in read.files}


def by_peers(table: InputOutputTable, regions: int, *, default: bool) -> dict[str, np.ndarray]:
    return asked(
        "input_output",
        *(["--multi-mode"] if default else []),
        flows=table.flows,
        output=table.output,
        demand=table.final_demand,
        regions=regions,
    )


def equal(table: InputOutputTable, regions: int = 1) -> None:
    """The largest difference from either peer, on one table."""
    found = by_peers(table, regions, default=False)
    ours = linkages(table, dispersion=False)
    worst = 0.0
    # mariopy 1.3.2 divides by nearly zero where a sector has no output; there pymrio alone is right
    judges = ("pymrio",) if table.idle else ("pymrio", "mario")
    names = " and ".join(judges)
    for peer in judges:
        for side, own in (("backward", ours.backward), ("forward", ours.forward_ghosh)):
            theirs = found[f"{peer}_{side}"]
            worst = max(worst, float(np.max(np.abs(own - theirs / theirs.mean()))))
    mark = "within" if worst <= 1e-9 else "OVER"
    print(f"{'  ' + table.name:<46} largest difference from {names} {worst:.1e}  {mark}")


def agreeing(quick: bool) -> None:
    print("linkages equal to pymrio and mariopy")
    equal(drawn(60))
    print("multipliers and footprints equal to pymrio and mariopy")
    accounts_of_peers()
    accounted(drawn(60))
    shared = ROOT.parent / "shared" / "data" / "input-output"
    if not shared.is_dir():
        print("  published tables: no ../shared here")
        return
    paths = sorted(shared.glob("national/china_20*.csv")) + sorted(
        shared.glob("provinces/2017/*.csv")
    )
    for path in paths[:: 8 if quick else 3]:
        table = read_table(path)
        equal(table)
        accounted(table)


def accounted(table: InputOutputTable) -> None:
    """Multipliers and footprints of one table by final use, against either peer."""
    uses = dict(table.final) | {heading: -amount for heading, amount in table.deducted.items()}
    persons = table.output * np.linspace(0.1, 2, table.output.size)
    energy = table.output * np.linspace(3, 0, table.output.size)
    table = replace(table, satellite={"persons": persons, "energy": energy})
    known = amounts(table)
    found = asked(
        "accounts",
        flows=table.flows,
        output=table.output,
        uses=np.array([*uses.values()]).T,
        factors=np.array([*known.values()]),
    )
    got, carried = multipliers(table), footprint_of_uses(table, [*known])
    ours = {
        "output": got.output,
        "factors": np.array([got.factors[name] for name in known]),
        "uses": np.array([[carried[name][use] for use in uses] for name in known]),
    }
    judges = [peer for peer in ("pymrio", "mario") if f"{peer}_output" in found]
    apart = max(
        off(ours[part], found[f"{peer}_{part}"].reshape(ours[part].shape))
        for peer in judges
        for part in ours
    )
    equal_to(table.name, " and ".join(judges), apart)


def off(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Largest difference, relative to the largest figure."""
    return float(np.max(np.abs(ours - theirs)) / max(np.max(np.abs(theirs)), 1e-300))


def equal_to(what: str, whom: str, apart: float) -> None:
    mark = "within" if apart <= 1e-9 else "OVER"
    print(f"{'  ' + what:<46} largest difference from {whom} {apart:.1e}  {mark}")


def accounts_of_peers() -> None:
    """The peers' own test tables: linkages, multipliers and footprints by region and product."""
    with tempfile.TemporaryDirectory() as folder:
        found_at = Path(folder) / "found.npz"
        script = ROOT / "benchmarks" / "peers" / "accounts.py"
        subprocess.run([peers("input_output"), script, folder, found_at, "--own"], check=True)
        with np.load(found_at) as read:
            found = {name: read[name] for name in read.files}
        theirs, other = (read_table(Path(folder) / name) for name in ("pymrio", "mario"))
    got = multipliers(theirs)
    equal_to(
        "its test table: output multipliers", "pymrio", off(got.output, found["pymrio_leontief"])
    )
    heading = {
        "emissions": [name for name in theirs.satellite if name.startswith("emission")],
        "factor_inputs": [name for name in theirs.satellite if name.startswith("Value")],
    }
    for account, names in heading.items():
        mine = np.array([got.factors[name] for name in names])
        equal_to(f"  {account}: multipliers", "pymrio", off(mine, found[f"pymrio_{account}_M"]))
        split = footprints(theirs, names, by_product=True)
        for part, short in (
            ("production", "pba"), ("consumption", "cba"), ("imports", "imp"), ("exports", "exp"),
        ):  # fmt: skip
            by_product = np.array([(split[n].by_product or {})[part].ravel() for n in names])
            by_region = np.array([getattr(split[n], part) for n in names])
            apart = max(
                off(by_product, found[f"pymrio_{account}_{short}"]),
                off(by_region, found[f"pymrio_{account}_{short}_reg"]),
            )
            equal_to(f"  {account}: {part}, by product and region", "pymrio", apart)
    got, links = multipliers(other), linkages(other, dispersion=False)
    equal_to(
        "its test table: output multipliers", "mariopy", off(got.output, found["mario_leontief"])
    )
    equal_to("  linkages", "mariopy", max(
        off(links.backward, found["mario_backward"] / found["mario_backward"].mean()),
        off(links.forward_ghosh, found["mario_forward"] / found["mario_forward"].mean()),
    ))  # fmt: skip
    factors = ("Taxes", "Wages", "Capital")
    equal_to("  value-added multipliers", "mariopy", off(
        np.array([got.factors[name] for name in factors]), found["mario_m"]))  # fmt: skip
    names = ("Employment", "CO2")
    equal_to("  employment and emission multipliers", "mariopy", off(
        np.array([got.factors[name] for name in names]), found["mario_f"]))  # fmt: skip
    split = footprints(other, names, by_product=True)
    # its F has one column a region and product of origin: all buyers together
    demand = np.sum([*other.final.values()], axis=0)
    whole = np.array([got.factors[name] * demand for name in names])
    equal_to("  footprints by product", "mariopy", off(whole, found["mario_F"]))
    own = np.array([split[n].consumption.sum() - split[n].direct.sum() for n in names])
    equal_to("  footprints, all regions", "mariopy", off(own, found["mario_F"].sum(axis=1)))


def timed(quick: bool) -> None:
    order = 1200 if quick else 3000
    table = drawn(order)
    mine = best(lambda: linkages(table, dispersion=False))
    eye = np.eye(order)

    def inverses() -> None:
        technical, allocation = table.flows / table.output, table.flows / table.output[:, None]
        np.linalg.inv(eye - technical).sum(axis=0)
        np.linalg.inv(eye - allocation).sum(axis=1)

    told(f"both linkage vectors, n = {order:,}", mine, "two inverses", best(inverses, 1), 12)
    found = by_peers(table, 30, default=True)
    told("", mine, "mariopy     ", float(found["mario_seconds"]), 1)
    told("", mine, "its default ", float(found["mario_default_seconds"]), 100)
    told("", mine, "pymrio      ", float(found["pymrio_seconds"]), 1)
    small = drawn(1000)
    system = np.eye(1000) - small.flows / small.output
    inverse = best(lambda: np.linalg.inv(system), 5)
    mine = best(lambda: extraction(small), 5)
    mark = "within" if mine <= 1.1 * inverse else "OVER"
    print(
        f"{'extraction of all sectors, n = 1,000':<46} {mine:9.4f} s   one inverse  {inverse:8.3f} s   ratio {mine / inverse:.2f}, limit 1.1  {mark}"
    )
    solved = [
        small.output.sum() - np.linalg.solve(*_without(system, small, k)).sum()
        for k in range(0, 1000, 97)
    ]
    apart = np.max(np.abs(extraction(small)[::97] / solved - 1))
    print(f"{'  against solving each':<46} largest relative difference {apart:.1e}, limit 1e-10")


def _without(
    system: np.ndarray, table: InputOutputTable, gone: int
) -> tuple[np.ndarray, np.ndarray]:
    reduced, demand = system.copy(), table.final_demand.copy()
    reduced[gone, :] = reduced[:, gone] = 0
    reduced[gone, gone] = 1
    demand[gone] = 0
    return reduced, demand


def exact() -> None:
    before, after = drawn(150, 1), drawn(150, 2)
    print(
        f"{'structural decomposition, n = 150':<46} residual {decompose(before, after).residual:.1e}, limit 1e-12"
    )
    rng = np.random.default_rng(3)
    start = rng.lognormal(0, 1, (200, 200))
    signed = start * rng.choice([1, 1, 1, 1, -1], start.shape)
    for name, fit, matrix in (("RAS", ras, start), ("GRAS", gras, signed)):
        goal = matrix * np.exp(rng.normal(0, 0.3, matrix.shape))
        rows, columns = goal.sum(axis=1), goal.sum(axis=0)
        got = fit(matrix, rows, columns).matrix
        off = max(np.abs(got.sum(axis=1) - rows).max(), np.abs(got.sum(axis=0) - columns).max())
        print(
            f"{name + ', 200 x 200':<46} margins off by {off / np.abs(rows).max():.1e}, limit 1e-9"
        )


def drawn_places(places: int, activities: int) -> "Activities":
    from jingwei.space import Activities

    shape = (places, activities)
    rng = np.random.default_rng(4)
    skill = np.linspace(0.2, 3, shape[0])[:, None] - np.linspace(0, 3, shape[1])
    values = rng.lognormal(0, 1.5, shape) * (rng.uniform(size=shape) < 1 / (1 + np.exp(-2 * skill)))
    return Activities("drawn", *(tuple(map(str, range(n))) for n in shape), values)


def outlook_of(table: "Activities") -> None:
    """Complexity, density and outlook of places: what the peers compute as well."""
    from jingwei.space import complexity, location_quotients, outlook, presence

    present = presence(location_quotients(table))
    outlook(present, complexity(present).activities)


def complex_places(quick: bool) -> None:
    """Complexity and density of places; ecomplexity counts an activity as its own neighbour."""
    from jingwei.space import complexity, density, location_quotients, presence

    shape = (60, 800) if quick else (200, 5000)
    table = drawn_places(*shape)
    mine = best(lambda: outlook_of(table))
    found = asked("complexity", values=table.values)
    what = f"complexity and density, {shape[0]} x {shape[1]:,}"
    told(what, mine, "ecomplexity ", float(found["ecomplexity_seconds"]), 150)
    told("", mine, "economic-c. ", float(found["economic_complexity_seconds"]), 15)
    present = presence(location_quotients(table))
    got = complexity(present)
    dense = density(present, own=True)
    apart = [
        float(np.nanmax(np.abs(mine_ - theirs)))
        for mine_, theirs in (
            (got.places, found["eci"]),
            (got.activities, found["pci"]),
            (dense, found["density"]),
        )
    ]
    print(
        f"  largest difference from ecomplexity: ECI {apart[0]:.1e}, PCI {apart[1]:.1e}, density {apart[2]:.1e}"
    )
    print(
        "  where it is not followed: it counts an activity as its own neighbour; COI and COG use the\n"
        "  eigenvector before it is standardised; COG leaves out the last term; one place without\n"
        "  specialisation makes every index NaN"
    )
    alone("complex_places_here", *shape)


def peak_of_this_process() -> float:
    """MB. A child that is forked inherits the ``ru_maxrss`` of its parent, but not this."""
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024


def complex_places_here(places: int, activities: int) -> None:
    outlook_of(drawn_places(places, activities))
    peak = peak_of_this_process()
    mark = "within" if peak <= 400 else "OVER"
    print(f"  peak memory of a process that does this alone {peak:,.0f} MB, limit 400  {mark}")


def alone(what: str, *sizes: int) -> None:
    """A function of this file in a process of its own, so that the memory is its own."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import chains; "
        "getattr(chains, sys.argv[2])(*map(int, sys.argv[3:]))"
    )
    folder, numbers = str(ROOT / "benchmarks"), [str(size) for size in sizes]
    subprocess.run([sys.executable, "-c", script, folder, what, *numbers], check=True)


def large_here(order: int) -> None:
    table = drawn(order)
    start = time.perf_counter()
    linkages(table, dispersion=False)
    seconds = time.perf_counter() - start
    peak = peak_of_this_process()
    mark = "within" if seconds <= 2 and peak <= 1200 else "OVER"
    print(
        f"{f'three linkage vectors, n = {order:,}':<46} {seconds:9.4f} s   limit 2 s   peak {peak:,.0f} MB, limit 1,200  {mark}"
    )


def graph(vertices: int, edges: int) -> None:
    """An edition of a random graph, every edge with a source of its own: load, diff, neighbourhood."""
    from jingwei.chains.graph import Edition, Head, difference, read_edition, write_edition
    from jingwei.chains.graph.edition import EdgeColumns, in_order
    from jingwei.store import Workspace

    rng = np.random.default_rng(0)

    def strings(of: list[str]) -> np.ndarray:
        array = np.empty(len(of), np.object_)
        array[:] = of
        return array

    ids = strings([f"n:{k:07d}" for k in range(vertices)])
    evidence = strings([f'["row","links.csv","2025-06-30","{k}"]' for k in range(edges)])
    start, end = (rng.integers(0, vertices, edges).astype(np.int32) for _ in range(2))
    share = np.ma.array(rng.random(edges), mask=rng.random(edges) < 0.5)
    day = np.ma.array(np.full(edges, 20269, np.int32), mask=np.zeros(edges, bool))
    open_ = np.ma.array(np.zeros(edges, np.int32), mask=np.ones(edges, bool))

    def edition(label: str, ends: np.ndarray) -> Edition:
        columns = EdgeColumns(
            np.zeros(edges, np.int8), start, ends, np.ones(edges, bool),
            share, share, day, open_, open_, evidence,
        )  # fmt: skip
        plain = {name: strings([name] * vertices) for name in ("node", "", "[]")}
        return Edition(
            Head("drawn", label, "全链"), ids, plain["node"], ids, plain[""], plain[""], plain["[]"],
            in_order(columns), (),
        )  # fmt: skip

    changed = end.copy()
    changed[::100] = rng.integers(0, vertices, len(changed[::100]))
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.create(Path(folder) / "w")
        write_edition(workspace, edition("a", end))
        write_edition(workspace, edition("b", changed))

        def load(label: str) -> Edition:
            read = read_edition(workspace, "drawn", label)
            _ = read.position, read.outgoing, read.incoming
            return read

        what = f"graph of {vertices:,} vertices, {edges:,} edges"
        limited(f"{what}: load", best(lambda: load("b"), 2), 5)
        before, after = load("a"), load("b")
        limited(
            "  diff of two editions (1 % changed)", best(lambda: difference(before, after), 2), 3
        )
        around = iter(rng.integers(0, vertices, 1000))
        seconds = best(lambda: after.around(after.ids[next(around)]), 200)
        limited("  neighbourhood of a vertex", seconds, 0.05)


def limited(what: str, seconds: float, limit: float) -> None:
    mark = "within" if seconds <= limit else "OVER"
    print(f"{what:<58} {seconds:9.4f} s   limit {limit:g} s  {mark}")


def found_nodes() -> None:
    """How many nodes of a list written by hand are found, each with a span that holds its name."""
    from jingwei.chains.graph import Lexicon, Vertex, node_id
    from jingwei.documents import read_document
    from jingwei.plans.compiling import compile_document

    folder = Path(os.environ.get("JINGWEI_SHARED", ROOT.parent / "shared"))
    plan = folder / "plans" / "shanghai-advanced-manufacturing-14fyp.txt"
    if not plan.is_file():
        print(f"nodes of a hand list: {plan} is not there")
        return
    flat = plain(plan.read_text("utf-8"))
    rows = (ROOT / "benchmarks" / "data" / "shanghai_nodes.tsv").read_text("utf-8").splitlines()
    wanted: list[str] = []
    for row in rows:
        if not row.startswith("#"):
            start, end, name = row.split("\t")
            assert flat[int(start) : int(end)] == name, f"{name} does not stand at {start}"
            wanted.append(name)
    nodes = {node_id(each.name): each for each in compile_document(read_document(plan)).nodes}
    lexicon = Lexicon(Vertex(key, "node", each.name) for key, each in nodes.items())
    found = {name: lexicon.match(name).node for name in wanted}
    got = [name for name, node in found.items() if node]
    spanned = [
        name
        for name in got
        if (quote := plain(nodes[found[name]].evidence.quote)) in flat
        and (name in quote or quote in name)
    ]
    mark = "within" if len(spanned) >= 0.9 * len(wanted) else "UNDER"
    print(
        f"{'nodes of a hand list found, with their spans':<58} {len(got)}, {len(spanned)} of "
        f"{len(wanted)}   limit 90 %  {mark}"
    )
    print(f"  not found: {'、'.join(name for name in wanted if name not in got)}")


def plain(text: str) -> str:
    """Text after NFKC folding, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller tables")
    parser.add_argument("--graph", action="store_true", help="only the chain graph")
    asked_for = parser.parse_args()
    quick = asked_for.quick
    graph(*((10_000, 100_000) if quick else (100_000, 1_000_000)))
    found_nodes()
    if asked_for.graph:
        return
    complex_places(quick)
    agreeing(quick)
    timed(quick)
    exact()
    alone("large_here", 4000 if quick else 9800)


if __name__ == "__main__":
    main()
