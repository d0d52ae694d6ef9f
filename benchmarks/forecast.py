"""Coverage of the forecast intervals: nominal 80 %, held against series made for it.

usage: uv run python benchmarks/forecast.py [--series 60] [--seed 20240807] [--calibrate]

Series of several kinds, lengths 5 to 20 and horizons 1 to 5 are forecast from every origin asked
for, through the same code as the command, and the share of intervals that hold what came is
printed by kind, length and horizon. Kinds marked * took no part in the calibration; the seed never
did. Published series are reported too where they lie beside the repository (../shared/data).
Nothing is asserted.

``--calibrate`` makes ``src/jingwei/monitor/forecast/calibration.toml`` anew, from its own seed.
"""

import argparse
import csv
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from jingwei.monitor.forecast.backtest import backtest
from jingwei.monitor.forecast.smoothing import HORIZON, forecasts

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src/jingwei/monitor/forecast/calibration.toml"
SHARED = ROOT.parent / "shared" / "data" / "statistics"
SEED_OF_TABLE = 20240531
LENGTHS = range(5, 21)
Array = np.ndarray


def population(random: np.random.Generator, count: int, length: int) -> dict[str, Array]:
    """Series (count, length) by kind, on a scale without bounds; noise of size one."""
    t = np.arange(length)

    def noise() -> Array:
        return random.normal(size=(count, length))

    drift = random.normal(size=(count, 1)) * random.choice([0, 0.5, 1, 2], size=(count, 1))
    kinds = {"random walk with drift": np.cumsum(drift + noise(), axis=1)}
    slope = drift * random.choice([0.3, 1], size=(count, 1))
    kinds["trend and noise"] = slope * t + noise()
    persistence = random.uniform(0.3, 0.9, size=count)
    state, path = np.zeros(count), np.empty((count, length))
    for k in range(-30, length):
        state = persistence * state + random.normal(size=count)
        if k >= 0:
            path[:, k] = state
    kinds["autoregression about a trend"] = 0.3 * drift * t + path
    damping = random.uniform(0.7, 0.95, size=(count, 1))
    steps = random.normal(0, 3, size=(count, 1)) * (1 - damping**t) / (1 - damping)
    kinds["damped trend"] = steps + np.cumsum(0.5 * noise(), axis=1) + 0.5 * noise()
    weight, shock = random.uniform(0.2, 0.8, size=(count, 1)), noise()
    kinds["local level with drift"] = (
        np.cumsum(drift + weight * shock, axis=1) - weight * shock + shock
    )
    heavy = random.standard_t(4, size=(count, length)) / np.sqrt(2)
    kinds["random walk, heavy tails"] = np.cumsum(heavy, axis=1) + 0.5 * t
    bent = random.normal(0, 0.5, size=(count, 1)) + np.cumsum(
        random.normal(0, 0.3, size=(count, length)), axis=1
    )
    kinds["changing slope"] = np.cumsum(bent, axis=1) + random.normal(size=(count, length))
    return kinds


def unseen(random: np.random.Generator, count: int, length: int) -> dict[str, Array]:
    """Kinds the calibration never saw, with bounds; the name says which."""
    t = np.arange(length)

    def walk(size: float) -> Array:
        return np.cumsum(random.normal(0, size, size=(count, length)), axis=1)

    start = random.uniform(-2, 2, size=(count, 1))
    kinds = {
        "share, bounded 0-100 *": 100 / (1 + np.exp(-(start + walk(0.2) + 0.05 * t))),
        "growing level, bounded at 0 *": np.exp(
            5 + walk(0.05) + random.normal(0.06, 0.04, size=(count, 1)) * t
        ),
    }
    jump = 3 * (t >= random.integers(2, length - 2, size=(count, 1)))
    kinds["one jump, not declared *"] = walk(1) + 0.5 * t + jump
    return kinds


def ratios(series: Array, length: int, ahead: int) -> Array:
    """|error| over spread of the chosen method, (N, horizons), from the first ``length`` values."""
    known, came = series[:, :length], series[:, length : length + ahead]
    tests = backtest(known)
    lines = np.stack([line for line, _ in forecasts(known).values()], axis=1)
    line = lines[np.arange(len(series)), tests.chosen, :ahead]
    return np.abs(came - line) / tests.spread[:, :ahead]


def calibrate(count: int) -> str:
    """The table: the 80 % point of |error| / spread over all kinds, each with the same weight."""
    rows: list[str] = []
    for length in LENGTHS:
        ahead = 5 if length < 10 else HORIZON
        random = np.random.default_rng([SEED_OF_TABLE, length])
        kinds = population(random, count, length + ahead)
        all_ratios = np.concatenate([ratios(each, length, ahead) for each in kinds.values()])
        found = ", ".join(f"{value:.2f}" for value in np.quantile(all_ratios, 0.8, axis=0))
        rows.append(f"{length} = [{found}]")
    return (
        "# Half-widths of 80 % intervals over the spread of the back-test, by sample size and by\n"
        "# years ahead. Made by: uv run python benchmarks/forecast.py --calibrate\n"
        f"# Population: seven kinds of series, {count} of each for every size, seed {SEED_OF_TABLE}.\n"
        "# Larger samples take the last row.\n\n[factor]\n" + "\n".join(rows) + "\n"
    )


Counts = defaultdict[tuple[str, int, int], list[bool]]


def measure(count: int, seed: int) -> None:
    from jingwei.monitor.forecast import Bounds, forecast, sample

    hits: Counts = defaultdict(list)
    missing = 0
    start = time.perf_counter()
    for length in LENGTHS:
        random = np.random.default_rng([seed, length])
        made = population(random, count, length + 5) | unseen(random, count, length + 5)
        shift = random.normal(0, 8, size=(count, 1))
        broken = np.cumsum(random.normal(0.5, 1, size=(count, length + 11)), axis=1)
        broken[:, :6] += shift
        made["break six years in, declared *"] = broken
        for kind, all_series in made.items():
            bounds = Bounds(0.0 if "bounded" in kind else None, 100.0 if "0-100" in kind else None)
            for series in all_series:
                end = len(series) - 5
                breaks = {2006: "换了口径"} if "break" in kind else {}
                known = sample({2000 + k: float(v) for k, v in enumerate(series[:end])}, breaks)
                found = forecast(kind, known, known.last + 5, bounds=bounds)
                for step in found.path:
                    came = float(series[step.year - 2000])
                    if step.low is None or step.high is None:
                        missing += 1
                        continue
                    hits[kind, length, step.year - known.last].append(step.low <= came <= step.high)
    told(hits, missing, time.perf_counter() - start)


def told(hits: Counts, missing: int, seconds: float) -> None:
    kinds = list(dict.fromkeys(kind for kind, _, _ in hits))
    groups = ((5, 6), (7, 9), (10, 14), (15, 20))
    print(
        f"{'coverage of 80 % intervals, %':<34}"
        + "".join(f"  n {a}-{b}".ljust(26) for a, b in groups)
    )
    print(" " * 34 + "  h=1  2   3   4   5      " * len(groups) + "all")
    for kind in kinds:
        line = f"{kind:<34}"
        for a, b in groups:
            for h in range(1, 6):
                each = [hit for n in range(a, b + 1) for hit in hits.get((kind, n, h), [])]
                line += f"{100 * np.mean(each):4.0f}" if each else "   -"
            line += "      "
        print(
            line + f"{100 * np.mean([x for k, v in hits.items() if k[0] == kind for x in v]):5.1f}"
        )
    for what, at, values in (("length", 1, list(LENGTHS)), ("horizon", 2, list(range(1, 6)))):
        print(f"by {what}: " + "  ".join(
            f"{v}: {100 * np.mean([x for k, each in hits.items() if k[at] == v for x in each]):.1f}"
            for v in values
        ))  # fmt: skip
    total = [x for each in hits.values() for x in each]
    seen = [x for k, each in hits.items() if "*" not in k[0] for x in each]
    new = [x for k, each in hits.items() if "*" in k[0] for x in each]
    origins = sum(len(v) for k, v in hits.items() if k[2] == 1)
    print(
        f"all: {100 * np.mean(total):.1f} % of {len(total):,} intervals from {origins:,} origins "
        f"(kinds of the calibration {100 * np.mean(seen):.1f}, others {100 * np.mean(new):.1f}), "
        f"wanted 75-85; {missing} steps without interval; {1000 * seconds / origins:.1f} ms a forecast"
    )


def published() -> None:
    """Rolling origins of the published yearly series at hand: provinces, on a log scale."""
    from jingwei.monitor.forecast import Bounds, forecast, sample

    if not SHARED.is_dir():
        print("published series: none beside the repository")
        return
    for name, keys, year_at, value_at in (
        ("provincial_capital_formation_1952_2022.csv", ("prv",), "yr", "invest"),
        ("techme/RDIntense.csv", ("province", "chn_block4"), "year", "value"),
        ("techme/RDPatentAuthority.csv", ("province", "chn_block4"), "year", "value"),
        ("techme/IndustryOperation.csv", ("province", "chn_block4"), "year", "value"),
    ):
        series: defaultdict[tuple[str, ...], dict[int, float]] = defaultdict(dict)
        path = SHARED / name
        if not path.exists():
            continue
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                try:
                    key = tuple(row[k] for k in keys)
                    series[key][int(float(row[year_at]))] = float(row[value_at])
                except ValueError:
                    continue  # an empty cell is a missing year
        by_horizon: defaultdict[int, list[bool]] = defaultdict(list)
        origins = 0
        for values in list(series.values()):
            if min(values.values()) <= 0:
                continue
            years = sorted(values)
            for end in years[4:-1]:
                known = sample({y: v for y, v in values.items() if end - 15 < y <= end})
                if len(known) < 5:
                    continue
                origins += 1
                for step in forecast("", known, known.last + 5, bounds=Bounds(0.0)).path:
                    if step.year in values and step.low is not None and step.high is not None:
                        hit = step.low <= values[step.year] <= step.high
                        by_horizon[step.year - known.last].append(hit)
        every = [x for each in by_horizon.values() for x in each]
        told = "  ".join(f"h={h}: {100 * np.mean(v):.1f}" for h, v in sorted(by_horizon.items()))
        print(
            f"published {name}: {100 * np.mean(every):.1f} % of {len(every):,} intervals, "
            f"{origins:,} origins, {len(series)} series   {told}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--series", type=int, default=60, help="of every kind and length")
    parser.add_argument("--seed", type=int, default=20240807)
    parser.add_argument("--calibrate", action="store_true")
    asked = parser.parse_args()
    if asked.calibrate:
        TABLE.write_text(calibrate(2000), "utf-8")
        print(f"written: {TABLE.relative_to(ROOT)}")
    else:
        measure(asked.series, asked.seed)
        published()


if __name__ == "__main__":
    main()
