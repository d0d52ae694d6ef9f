"""Negative values and noughts where their kin are positive."""

import math
from collections import defaultdict

from jingwei.statistics.checks.bench import Bench, Draft, shown, told

_SURE = 8.0
"""Scales from which a nought among shares is unusual."""


def signs(bench: Bench) -> None:
    """Negative values where all else is positive, or the card allows none."""
    by_name: defaultdict[str, list[int]] = defaultdict(list)
    for number, figure in enumerate(bench.figures):
        by_name[f"{figure.series[0]} {figure.series[4]}"].append(number)
    for numbers in by_name.values():
        first = bench.figures[numbers[0]]
        if first.measure == "growth" or (first.card is not None and first.card.kind == "growth"):
            continue
        negative = [n for n in numbers if bench.values[n] < 0]
        bounded = first.card is not None and first.card.low is not None and first.card.low >= 0
        few = len(negative) <= 0.05 * len(numbers) and len(numbers) >= 8
        for n in negative:
            if not bench.free(n):
                continue
            figure = bench.figures[n]
            fits = bench.z(n, -bench.values[n])
            negative_fits = bench.z(n)
            usual = (
                few and fits is not None and abs(fits) < 5
                and (negative_fits is None or not bench.linear(n) or abs(negative_fits) > 6)
            )  # fmt: skip
            if bounded or usual:
                bench.add(
                    Draft(
                        "sign", (n,),
                        f"{told(figure)} 为负数 {shown(figure.value)}{figure.unit}，同类都是正数；"
                        f"可能是 {shown(-figure.value)}",
                        f"{shown(figure.value)}{figure.unit} is negative among positive values; "
                        f"{shown(-figure.value)} is likely",
                        (-bench.values[n],),
                    )
                )  # fmt: skip


def zeros(bench: Bench) -> None:
    """A nought where its kin are far from nought: mostly a missing value."""
    by_family: defaultdict[int, list[int]] = defaultdict(list)
    for n in range(bench.own):
        if bench.values[n] == 0 and bench.free(n) and n in bench.at and not bench.figures[n].entity:
            by_family[bench.at[n][0]].append(n)
    for order, numbers in by_family.items():
        family, fit = bench.families[order], bench.fit(order)
        for n in numbers:
            for _, row, column in (bench.at[n],):
                base = float(fit.base[row, column])
                if family.linear:
                    others = [
                        bench.values[int(each)]
                        for each in family.index[row]
                        if each >= 0 and each != n
                    ]
                    zero = bench.z(n)
                    far = (
                        len(others) >= 2 and all(value > 0 for value in others)
                        and zero is not None and abs(zero) > _SURE
                    )  # fmt: skip
                else:
                    far = not math.isnan(base) and family.value_of(base, row, column) > 20 * max(
                        bench.figures[n].step, 1e-12
                    )
                if far:
                    figure = bench.figures[n]
                    bench.add(
                        Draft(
                            "zero", (n,),
                            f"{told(figure)} 为 0，相邻各期约 {shown(bench.expected(n) or 0)}"
                            f"{figure.unit}；没有数据请留空，不要填 0",
                            "nought where about "
                            f"{shown(bench.expected(n) or 0)}{figure.unit} is expected; "
                            "leave a missing value empty",
                            (None,), action="remove",
                        )
                    )  # fmt: skip
