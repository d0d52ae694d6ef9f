"""Two series of one file that change places in one period and only there: rows exchanged.

Nothing but the file itself is asked, so that it also holds in an empty workspace with few years.
Before the exchange both values stand far from what their own other periods lead to; after it both
stand near (§18.2). A true overtaking moves one series past the other and keeps it there.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from jingwei.statistics.checks.bench import Bench, Draft, agrees, shown, spelled, told, twins
from jingwei.statistics.checks.panel import FEWEST, Family

_CLEAR = 5.0
"""How many times farther both are from their own kin before the exchange than after it."""

_AT_AN_END = 8.0
"""The same for the first and the last period, that have a neighbour on one side only."""

_APART = 0.4
"""How far apart the two stay in every other period, as a share of that distance."""

_LEAST = 0.12
"""Least distance told: a logarithm, or in shares of the row's size."""

_FLOOR = 0.01

_MOST = 60
"""Rows above which pairs fit each other by chance."""


@dataclass(frozen=True, slots=True)
class _Crossing:
    one: int
    other: int


def crossed_series(bench: Bench) -> None:
    """Pairs of rows that cross in exactly one period, in all indicators that can tell."""
    found: defaultdict[tuple[object, ...], list[_Crossing]] = defaultdict(list)
    for order, family in enumerate(bench.families):
        if any(member[2] for member in family.members) or len(family.periods) < FEWEST:
            continue
        for key, crossings in _crossings(bench, order, family).items():
            found[key] += crossings
    used: set[int] = set()
    for key in sorted(found, key=str):
        pairs = [each for each in found[key] if not used & {each.one, each.other}]
        if pairs:
            used |= {n for each in pairs for n in (each.one, each.other)}
            _add(bench, pairs)


def crossed_with_others(bench: Bench) -> None:
    """Two cells of one period that other files print the other way round."""
    disputed: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for number in range(bench.own):
        figure = bench.figures[number]
        if figure.entity or figure.measure != "level" or not bench.free(number):
            continue
        said = [bench.values[each] for each in twins(bench, number)]
        if said and not any(agrees(bench.values[number], each) for each in said):
            place = figure.place
            disputed[
                place.file, place.sheet, place.table, figure.months, figure.series[0]
            ].append(number)  # fmt: skip
    for numbers in disputed.values():
        if len(numbers) > _MOST:
            continue
        for one, other in combinations(numbers, 2):
            if bench.free(one) and bench.free(other) and _as_others_say(bench, one, other):
                _add_disputed(bench, one, other)


def _as_others_say(bench: Bench, one: int, other: int) -> bool:
    """Whether each value is what every other file says of the other cell, and fits that one's
    history better: between two files their histories decide."""
    here = _misfit(bench, one, bench.values[one]) + _misfit(bench, other, bench.values[other])
    there = _misfit(bench, one, bench.values[other]) + _misfit(bench, other, bench.values[one])
    return there < here and all(
        agrees(bench.values[a], bench.values[twin])
        for a, b in ((one, other), (other, one))
        for twin in twins(bench, b)
    )


def _misfit(bench: Bench, number: int, value: float) -> float:
    """Scales between a value and what the cell's series leads to; 0 where nothing does."""
    found = (bench.z(each, value) for each in (number, *twins(bench, number)))
    return next((abs(each) for each in found if each is not None), 0.0)


def _add_disputed(bench: Bench, one: int, other: int) -> None:
    one, other = sorted((one, other), key=lambda n: bench.figures[n].place)
    a, b = bench.figures[one], bench.figures[other]
    where = "、".join(
        dict.fromkeys(bench.figures[n].place.file or "已入库的数" for n in twins(bench, one))
    )
    bench.add(
        Draft(
            "swapped", (one, other),
            f"{told(a)}（{shown(a.value)}{a.unit}）与 {told(b)}（{shown(b.value)}{b.unit}）像是填反了："
            f"{where} 所载正好相反",
            f"{shown(a.value)} and {shown(b.value)} look exchanged: {where} has them the other way round",
            (bench.values[other], bench.values[one]), action="swap",
        )
    )  # fmt: skip


def _crossings(
    bench: Bench, order: int, family: Family
) -> dict[tuple[object, ...], list[_Crossing]]:
    """Crossings of the rows of one file in one family, by file, period and pair of rows."""
    rows: defaultdict[str, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for row, numbers in enumerate(family.index.tolist()):
        for column, number in enumerate(numbers):
            if 0 <= number < bench.own and not bench.figures[number].whole:
                rows[bench.figures[number].place.file][row][column] = number
    made: dict[tuple[object, ...], list[_Crossing]] = {}
    for file, held in rows.items():
        if not 2 <= len(held) <= _MOST:
            continue
        for one, other in combinations(sorted(held), 2):
            both = sorted(held[one].keys() & held[other].keys())
            if len(both) < FEWEST:
                continue
            a = [_taken(bench, family, one, held[one][c], c) for c in both]
            b = [_taken(bench, family, other, held[other][c], c) for c in both]
            crossed = [at for at in range(len(both)) if _crosses(a, b, at)]
            if len(crossed) != 1:
                continue
            column = both[crossed[0]]
            x, y = held[one][column], held[other][column]
            if bench.free(x) and bench.free(y):
                names = tuple(sorted(str(family.members[row][:3]) for row in (one, other)))
                made.setdefault((file, family.periods[column], names), []).append(_Crossing(x, y))
    return made


def _taken(bench: Bench, family: Family, row: int, number: int, column: int) -> float:
    """A value on one scale for all rows: what one row stands for is no matter of an exchange."""
    if family.linear:
        return bench.values[number] / float(max(family.size))
    return family.transformed(bench.values[number], row, column)


def _crosses(a: list[float], b: list[float], at: int) -> bool:
    far_a, far_b = a[at] - _led_to(a, at), b[at] - _led_to(b, at)
    near_a, near_b = b[at] - _led_to(a, at), a[at] - _led_to(b, at)
    if not far_a * far_b < 0:  # also where one is not a number
        return False
    usual = max(_unrest(a, at), _unrest(b, at), _FLOOR)
    left = max(abs(near_a), abs(near_b), usual)
    clear = _AT_AN_END if at in (0, len(a) - 1) else _CLEAR
    far = min(abs(far_a), abs(far_b))
    return far >= max(clear * left, _LEAST) and _apart(a, b, at, _APART * far)


def _apart(a: list[float], b: list[float], at: int, least: float) -> bool:
    """Whether one series lies above the other, by ``least``, in every period but ``at``."""
    gaps = [x - y for order, (x, y) in enumerate(zip(a, b, strict=True)) if order != at]
    return min(gaps) >= least or max(gaps) <= -least


def _led_to(x: list[float], at: int) -> float:
    """What the other periods lead to: the middle of the neighbours, or the nearest and a step."""
    if 0 < at < len(x) - 1:
        return (x[at - 1] + x[at + 1]) / 2
    inner = 1 if at == 0 else -2
    rest = x[1:] if at == 0 else x[:-1]
    step = (rest[-1] - rest[0]) / (len(rest) - 1)
    return x[inner] + (step if at else -step)


def _unrest(x: list[float], at: int) -> float:
    """The largest distance of the other periods from a straight line between their neighbours, or
    of a half step where there are too few."""
    rest = [value for order, value in enumerate(x) if order != at]
    if len(rest) < FEWEST:
        return abs(rest[-1] - rest[0]) / 2
    return max(
        abs(rest[order] - (rest[order - 1] + rest[order + 1]) / 2)
        for order in range(1, len(rest) - 1)
    )


def _add(bench: Bench, pairs: list[_Crossing]) -> None:
    ordered = sorted(pairs, key=lambda each: bench.figures[each.one].place)
    first = ordered[0]
    one, other = sorted((first.one, first.other), key=lambda n: bench.figures[n].place)
    a, b = bench.figures[one], bench.figures[other]
    rule = "swapped" if len(ordered) == 1 else "swapped_rows"
    more = "" if len(ordered) == 1 else f"，共 {len(ordered)} 项指标如此"
    bench.add(
        Draft(
            rule, tuple(n for each in ordered for n in (each.one, each.other)),
            f"{told(a)}（{shown(a.value)}{a.unit}）与 {told(b)}（{shown(b.value)}{b.unit}）像是填反了{more}："
            f"两列数只在{spelled(a.months)}互换位置，对调后两个都与各自的其他各期相符",
            f"{shown(a.value)} and {shown(b.value)} look exchanged: the two series change places in "
            f"{a.months} only, the other way round both fit",
            tuple(bench.values[n] for each in ordered for n in (each.other, each.one)), action="swap",
        )
    )  # fmt: skip
