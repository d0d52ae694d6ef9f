"""Shares and rates judged by the table they stand in, whether or not a card says what they are made of.

A share is held against the two amounts of the same file that make it in most rows; a rate against the
other rates of its row and column, by size and by the digits it is printed with.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from jingwei.core import unit
from jingwei.statistics.checks.bench import Bench, Draft, shown, told
from jingwei.statistics.intake import Figure
from jingwei.statistics.intake.matching import bare_name

_FEWEST = 4
"""Shares of one kind below which nothing tells what they are made of."""
_MOST = 40
"""Indicators of a file above which their pairs are not tried."""
_HOLDING = 0.7
"""The part of the rows that two amounts must make for a share to be theirs."""

Key = tuple[str, tuple[tuple[str, str], ...], str, object]
"""Region, breakdown, enterprise and period of a value."""


def shares_within(bench: Bench) -> None:
    """A share that differs from its own numerator and denominator in the same file (§18.12)."""
    shares: defaultdict[tuple[str, str, str], dict[Key, int]] = defaultdict(dict)
    amounts: defaultdict[tuple[str, str], dict[str, dict[Key, int]]] = defaultdict(dict)
    for number in range(bench.own):
        figure = bench.figures[number]
        if figure.op != "=" or figure.measure == "growth":
            continue
        place = (figure.place.file, figure.place.sheet)
        key: Key = (figure.region, figure.codes, figure.entity, figure.months)
        name = figure.series[0]
        if figure.unit == "%":
            if _is_share(figure):
                shares[*place, name].setdefault(key, number)
        else:
            amounts[place].setdefault(name, {}).setdefault(key, number)
    for (file, sheet, _), rows in shares.items():
        of_file = amounts.get((file, sheet), {})
        if len(rows) >= _FEWEST and 2 <= len(of_file) <= _MOST:
            _held_against(bench, rows, of_file)


def _is_share(figure: Figure) -> bool:
    kind = figure.card.kind if figure.card is not None else ""
    return kind == "share" or (not kind and any(word in figure.name for word in _SHARE_WORDS))


_SHARE_WORDS = ("比重", "占比", "比例", "份额", "占")


class _Made(NamedTuple):
    """A share, the numbers of its two amounts, what they make, and what rounding leaves open."""

    number: int
    top: int
    below: int
    implied: float
    slack: float


def _held_against(
    bench: Bench, rows: Mapping[Key, int], amounts: Mapping[str, Mapping[Key, int]]
) -> None:
    best: list[_Made] = []
    most = 0
    names = {name: _spoken(bench, values) for name, values in amounts.items()}
    share = bare_name(bench.figures[next(iter(rows.values()))].name)
    for top, tops in amounts.items():
        if names[top][:2] not in share:
            continue
        for below, belows in amounts.items():
            if below == top:
                continue
            made = [*_made(bench, rows, tops, belows)]
            holding = sum(_holds(bench, each) for each in made)
            if len(made) >= _FEWEST and holding >= _HOLDING * len(made) and holding > most:
                best, most = made, holding
    for each in best:
        if not _holds(bench, each):
            _differs(bench, each)


def _spoken(bench: Bench, values: Mapping[Key, int]) -> str:
    return bare_name(bench.figures[next(iter(values.values()))].name)


def _made(
    bench: Bench, rows: Mapping[Key, int], tops: Mapping[Key, int], belows: Mapping[Key, int]
) -> Iterator[_Made]:
    for key, number in rows.items():
        top, below = tops.get(key), belows.get(key)
        if top is None or below is None or bench.values[below] <= 0 or bench.values[top] <= 0:
            continue
        a, b = bench.figures[top], bench.figures[below]
        if unit(a.unit).dimension != unit(b.unit).dimension:
            return
        implied = (
            100
            * bench.values[top]
            / bench.values[below]
            * unit(a.unit).factor
            / unit(b.unit).factor
        )
        rounding = a.step / bench.values[top] + b.step / bench.values[below]
        slack = bench.figures[number].step / 2 + implied * rounding / 2
        yield _Made(number, top, below, implied, slack * 1.05 + 1e-9)


def _holds(bench: Bench, each: _Made) -> bool:
    return abs(bench.values[each.number] - each.implied) <= each.slack


def _differs(bench: Bench, each: _Made) -> None:
    if not bench.free(each.number) or {each.top, each.below} & bench.explained.keys():
        return
    figure, a, b = (bench.figures[n] for n in each[:3])
    value = bench.values[each.number]
    if abs(value - each.implied) < 2 * figure.step:
        return  # rounded twice
    after = round(round(each.implied / figure.step) * figure.step, 10)
    bench.add(
        Draft(
            "identity", (each.number,),
            f"{told(a)} {shown(bench.values[each.top])}{a.unit} ÷ {told(b)} "
            f"{shown(bench.values[each.below])}{b.unit} 算得 {shown(after)}%，表中为 {shown(value)}%；同表其他行都对得上，按此应为",
            f"{shown(bench.values[each.top])} over {shown(bench.values[each.below])} makes {shown(after)} %, "
            f"printed is {shown(value)} %; the other rows agree, so it should be",
            (after,),
        )
    )  # fmt: skip


def rate_slips(bench: Bench) -> None:
    """A rate a hundred times too small or too large among its like: 0.058 between 5.7 and 6.1 (§18.12).

    Size alone tells nothing, for rates do fall to nearly nothing: the digits have to say so as well.
    """
    lines: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for number in range(bench.own):
        figure = bench.figures[number]
        if figure.op == "=" and _is_rate(figure):
            at = figure.place
            lines[at.file, at.sheet, at.table, "row", at.row].append(number)
            lines[at.file, at.sheet, at.table, "column", at.column].append(number)
    for numbers in lines.values():
        if len(numbers) >= _FEWEST:
            for number in numbers:
                _slip(bench, number, [n for n in numbers if n != number])


def _is_rate(figure: Figure) -> bool:
    kind = figure.card.kind if figure.card is not None else ""
    named = not kind and figure.unit in ("%", "") and figure.name.endswith(_RATE_WORDS)
    return figure.measure == "growth" or kind == "growth" or named


_RATE_WORDS = ("增速", "增长率", "增幅", "增长", "同比")


def _slip(bench: Bench, number: int, others: Sequence[int]) -> None:
    if not bench.free(number):
        return
    value, step = bench.values[number], bench.figures[number].step
    sizes = [abs(bench.values[n]) for n in others if bench.values[n]]
    if len(sizes) < _FEWEST - 1 or not value:
        return
    usual = Counter(bench.figures[n].step for n in others).most_common(1)[0][0]
    middle, largest = median(sizes), max(sizes)
    small = abs(value) < 0.1 * middle and step < usual * 0.5 and step * 100 <= usual * 1.01
    if small and 0.3 * middle <= abs(value) * 100 <= 2 * largest:
        _told(bench, number, 0.01, "放大100倍", "times 100")
    elif abs(value) > 10 * largest and 0.3 * middle <= abs(value) / 100 <= 2 * largest:
        _told(bench, number, 100.0, "缩小100倍", "divided by 100")


def _told(bench: Bench, number: int, factor: float, zh: str, en: str) -> None:
    figure, value = bench.figures[number], bench.values[number]
    after = round(value / factor, 10)
    bench.add(
        Draft(
            "percent_slip", (number,),
            f"{told(figure)} 为 {shown(value)}，同一行、列的其他增速与它相差约100倍；{zh}后相合，应为",
            f"a rate of {shown(value)} among rates about a hundred times as large or small; {en} it fits, "
            "so it should be",
            (after,), factor,
        )
    )  # fmt: skip
