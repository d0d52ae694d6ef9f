"""Firms judged by their own row: output and revenue of one firm and period go together.

Single firms grow and shrink too much for their history to accuse them. But where two columns of one
period keep a tight ratio over a whole list (median absolute deviation below a quarter in logarithms), a
row that breaks it holds an error in one of the two: in the one that also fits the rest of the row worse.
"""

import math
from collections import defaultdict
from itertools import combinations

from jingwei.core import written_out
from jingwei.statistics.checks.bench import Bench, Draft, shown, told
from jingwei.statistics.checks.likely import exchanged, factor_between, factor_rule, printed_step

_TIGHT = 0.25
_FEWEST = 30


def firm_ratios(bench: Bench) -> None:
    """Broken ratios within rows; what keeps its ratio is vouched for."""
    tables: defaultdict[tuple[object, ...], dict[int, dict[int, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for number in range(bench.own):
        figure = bench.figures[number]
        if figure.entity and figure.measure == "level" and bench.values[number] > 0:
            place = figure.place
            table = (place.file, place.sheet, place.table)
            tables[table][place.column][place.row] = number
    for columns in tables.values():
        _table(bench, columns)


def _table(bench: Bench, columns: dict[int, dict[int, int]]) -> None:
    usual: dict[tuple[int, int], tuple[float, float]] = {}
    for a, b in combinations(sorted(columns), 2):
        rows = columns[a].keys() & columns[b].keys()
        if len(rows) < _FEWEST:
            continue
        logs = sorted(_ratio(bench, columns, a, b, row) for row in rows)
        middle = logs[len(logs) // 2]
        spread = sorted(abs(each - middle) for each in logs)[len(logs) // 2]
        usual[a, b] = middle, max(1.4826 * spread, 0.01)
    tight = [
        (a, b)
        for (a, b), (_, scale) in usual.items()
        if scale < _TIGHT and _one_period(bench, columns, a, b)
    ]
    for a, b in tight:
        middle, scale = usual[a, b]
        for row in sorted(columns[a].keys() & columns[b].keys()):
            one, other = columns[a][row], columns[b][row]
            off = _ratio(bench, columns, a, b, row) - middle
            if abs(off) <= max(8 * scale, 0.35):
                bench.vouched |= {one, other}
            elif bench.free(one) and bench.free(other):
                wrong_a = _misfit(bench, columns, usual, a, b, row)
                wrong_b = _misfit(bench, columns, usual, b, a, row)
                if wrong_a >= wrong_b:
                    _accuse(bench, one, other, bench.values[one] / math.exp(off))
                else:
                    _accuse(bench, other, one, bench.values[other] * math.exp(off))


def _ratio(bench: Bench, columns: dict[int, dict[int, int]], a: int, b: int, row: int) -> float:
    return math.log(bench.values[columns[a][row]] / bench.values[columns[b][row]])


def _one_period(bench: Bench, columns: dict[int, dict[int, int]], a: int, b: int) -> bool:
    one = bench.figures[next(iter(columns[a].values()))]
    other = bench.figures[next(iter(columns[b].values()))]
    return one.months == other.months


def _misfit(
    bench: Bench,
    columns: dict[int, dict[int, int]],
    usual: dict[tuple[int, int], tuple[float, float]],
    column: int,
    but: int,
    row: int,
) -> float:
    """How badly a cell fits the other columns of its row, in scales."""
    total = 0.0
    for other in columns:
        pair = (min(column, other), max(column, other))
        if other in (column, but) or pair not in usual or row not in columns[other]:
            continue
        middle, scale = usual[pair]
        total += min(abs(_ratio(bench, columns, *pair, row) - middle) / max(scale, 0.05), 30.0)
    return total


def _accuse(bench: Bench, number: int, other: int, expected: float) -> None:
    figure, beside = bench.figures[number], bench.figures[other]
    value = bench.values[number]
    zh = (
        f"{told(figure)} 为 {shown(value)}{figure.unit}，而同一行「{beside.place.field}」为 "
        f"{shown(bench.values[other])}{beside.unit}，按同类企业应在 {shown(float(f'{written_out(expected, 4)}'))} 左右"
    )
    en = (
        f"{shown(value)}{figure.unit} beside {shown(bench.values[other])}{beside.unit} in "
        f"'{beside.place.field}'; firms like it have about {written_out(expected, 4)}"
    )
    factor = factor_between(value, expected, 0.3)
    if factor is not None:
        bench.add(
            Draft(factor_rule(factor, figure.unit), (number,), zh, en, (value / factor,), factor)
        )
        return
    mended = _exchanged(figure.written, expected * figure.written / value, figure, value)
    rule = "digits" if mended is not None else "outlier"
    after = None if mended is None else mended * value / figure.written
    bench.add(Draft(rule, (number,), zh + "；请核对", en, (after,)))


def _exchanged(written: float, wanted: float, figure: object, value: float) -> float | None:
    """The value with two neighbouring digits exchanged that comes closest to ``wanted``."""
    from jingwei.statistics.intake import Figure

    assert isinstance(figure, Figure)
    step = printed_step(figure.step, value, written)
    decimals = max(0, round(-math.log10(step))) if 0 < step < 1 else 0
    text = f"{abs(written):.{decimals}f}"
    best: float | None = None
    for at in range(len(text) - 1):
        if text[at].isdigit() and text[at + 1].isdigit() and text[at] != text[at + 1]:
            other = float(text[:at] + text[at + 1] + text[at] + text[at + 2 :])
            if (
                other > 0
                and exchanged(written, other, step)
                and abs(math.log(other / wanted)) < 0.15
            ) and (best is None or abs(other - wanted) < abs(best - wanted)):
                best = other
    return best
