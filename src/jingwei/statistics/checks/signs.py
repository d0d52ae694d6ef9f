"""Negative values and noughts where their kin are positive."""

import math
from collections import defaultdict

from jingwei.statistics.checks.bench import Bench, Draft, shown, told
from jingwei.statistics.intake import Figure

_BALANCES = ("利润", "净", "差额", "顺差", "逆差", "盈亏", "损益", "结余", "增速", "增长", "增减")
"""Words of indicators that may be negative, where no card says so."""

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
        if may_be_negative(first):
            # a loss is no slip; one that is unusual is asked about (here and in ``cells``)
            for n in numbers:
                if bench.free(n) and _mirrors(bench, n):
                    _ask(bench, n)
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
                likely = fits is None or abs(fits) < 5
                zh = f"可能是 {shown(-figure.value)}" if likely else "去掉负号也与各期不符，请核实"
                en = (
                    f"{shown(-figure.value)} is likely"
                    if likely
                    else "without the sign it fits no better"
                )
                bench.add(
                    Draft(
                        "sign", (n,),
                        f"{told(figure)} 为负数 {shown(figure.value)}{figure.unit}，同类都是正数；{zh}",
                        f"{shown(figure.value)}{figure.unit} is negative among positive values; {en}",
                        (-bench.values[n] if likely else None,),
                        action="replace" if likely else "ask",
                    )
                )  # fmt: skip


_MIRRORED = 3.0
"""Scales within which a loss is as large as the profit that was expected."""


def _mirrors(bench: Bench, number: int) -> bool:
    """Whether a lone negative value is just the positive one that its series leads to."""
    place = bench.at.get(number)
    if bench.values[number] >= 0 or bench.figures[number].entity or place is None:
        return False
    order, row, _ = place
    numbers: list[int] = bench.families[order].index[row].tolist()
    others = [bench.values[n] for n in numbers if n >= 0 and n != number]
    z, expected = bench.z(number, -bench.values[number]), bench.expected(number)
    fits = z is not None and abs(z) < _MIRRORED and expected is not None and expected > 0
    return fits and len(others) >= _OTHERS and all(value > 0 for value in others)


_OTHERS = 5


def _ask(bench: Bench, number: int) -> None:
    figure = bench.figures[number]
    bench.add(
        Draft(
            "sign", (number,),
            f"{told(figure)} 为负数 {shown(figure.value)}{figure.unit}，其他各期都是正数，去掉负号正与它们相符；"
            "这项指标可以为负，请核实是否确为负数",
            f"{shown(figure.value)}{figure.unit} is negative among positive values and fits them without "
            "the sign; it may be negative: is it?",
            (-bench.values[number],), action="ask",
        )
    )  # fmt: skip


def may_be_negative(figure: Figure) -> bool:
    """Whether the definition allows negative values: its card sets no least value of nought or
    more; without a card, its name is of a balance (利润, 净…, 差额)."""
    if figure.measure == "growth":
        return True
    if figure.card is not None:
        return figure.card.low is None or figure.card.low < 0
    return any(word in figure.name for word in _BALANCES)


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
