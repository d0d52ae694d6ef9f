"""Rows and columns exchanged as a whole: two regions, two indicators, two periods."""

from collections import defaultdict

from jingwei.statistics.checks.bench import Bench, Draft, shown, spelled
from jingwei.statistics.checks.panel import FEWEST


def crossed_rows(bench: Bench) -> None:
    """Two rows of one period whose values fit each other's history in (nearly) all indicators."""
    table_rows: defaultdict[tuple[object, ...], dict[str, dict[tuple[object, ...], int]]] = (
        defaultdict(lambda: defaultdict(dict))
    )
    for number in range(bench.own):
        figure = bench.figures[number]
        if figure.measure != "level" or not bench.free(number):
            continue
        key, region, codes, entity, _ = figure.series
        member = f"{region}|{codes}|{entity}"
        table_rows[figure.place.file, figure.months][member][key, bool(codes)] = number
    for (_, months), members in table_rows.items():
        names = sorted(members)
        if len(names) < FEWEST or len(names) > 60:
            continue
        odd = {
            name: [z for n in members[name].values() if (z := bench.z(n)) is not None]
            for name in names
        }
        strange = [
            name for name in names
            if len(odd[name]) >= 2 and sum(abs(z) > 4 for z in odd[name]) >= 0.6 * len(odd[name])
        ]  # fmt: skip
        used: set[str] = set()
        for at, one in enumerate(strange):
            for other in strange[at + 1 :]:
                if one in used or other in used:
                    continue
                pairs = [
                    (members[one][key], members[other][key])
                    for key in members[one]
                    if key in members[other]
                ]
                if len(pairs) >= 2 and _mends(bench, pairs):
                    used |= {one, other}
                    _add(bench, "swapped_rows", pairs, f"{spelled(months)}", str(months))  # pyright: ignore[reportArgumentType]


def crossed_columns(bench: Bench) -> None:
    """Two columns of one table exchanged: two indicators of one period, or two periods."""
    columns: defaultdict[tuple[object, ...], dict[tuple[object, ...], int]] = defaultdict(dict)
    tables: defaultdict[tuple[object, ...], set[tuple[object, ...]]] = defaultdict(set)
    for number in range(bench.own):
        figure = bench.figures[number]
        if figure.measure != "level" or not bench.free(number):
            continue
        place = figure.place
        key, region, codes, entity, _ = figure.series
        column = (place.file, place.sheet, place.table, place.column, key, figure.months)
        columns[column][region, codes, entity] = number
        tables[place.file, place.sheet, place.table].add(column)
    for found in tables.values():
        strange = [column for column in sorted(found, key=str) if _odd(bench, columns[column])]
        used: set[tuple[object, ...]] = set()
        for at, one in enumerate(strange):
            for other in strange[at + 1 :]:
                if one in used or other in used:
                    continue
                pairs = [
                    (n, columns[other][member])
                    for member, n in columns[one].items()
                    if member in columns[other]
                ]
                if len(pairs) >= FEWEST and _mends(bench, pairs):
                    used |= {one, other}
                    a, b = bench.figures[pairs[0][0]], bench.figures[pairs[0][1]]
                    _add(
                        bench, "swapped_columns", pairs,
                        f"「{a.place.field}」与「{b.place.field}」", f"{a.place.field} and {b.place.field}",
                    )  # fmt: skip


def _odd(bench: Bench, column: dict[tuple[object, ...], int]) -> bool:
    import math

    if len(column) < FEWEST:
        return False
    shifts: list[float] = []
    numbers = list(column.values())
    for number in numbers[:: max(1, len(numbers) // 60)]:  # a sample tells of a long column
        z = _far(bench, number)
        if z is not None and not math.isnan(z):
            shifts.append(abs(z))
    return len(shifts) >= FEWEST and sum(z > 5 for z in shifts) >= 0.7 * len(shifts)


def _far(bench: Bench, number: int, value: float | None = None) -> float | None:
    """Distance from the row's own other periods only, in scales: what all rows do alike counts."""
    import math

    place = bench.at.get(number)
    if place is None:
        return None
    order, row, column = place
    family, fit = bench.families[order], bench.fit(order)
    at = bench.values[number] if value is None else value
    x = family.transformed(at, row, column)
    near = [
        float(fit.x[row, other])
        for other in sorted(range(len(family.periods)), key=lambda c: abs(c - column))
        if other != column and not math.isnan(float(fit.x[row, other]))
    ][:4]
    if not near:
        return None
    spread = max((max(near) - min(near)) / 2, 0.05 if not family.linear else 0.005)
    middle = (max(near) + min(near)) / 2
    return (x - middle) / spread


def _mends(bench: Bench, pairs: list[tuple[int, int]]) -> bool:
    """Whether exchanging the pairs brings nearly all of them where they belong."""
    good = moved = 0
    for a, b in pairs:
        va, vb = bench.values[a], bench.values[b]
        if va == vb:
            continue
        moved += 1
        before = [_far(bench, a), _far(bench, b)]
        after = [_far(bench, a, vb), _far(bench, b, va)]
        if None in before or None in after:
            continue
        if (
            max(abs(z) for z in after if z is not None) < 3
            and max(abs(z) for z in before if z is not None) > 5
        ):
            good += 1
    return moved >= 2 and good >= 0.75 * moved


def _add(bench: Bench, rule: str, pairs: list[tuple[int, int]], zh: str, en: str) -> None:
    pairs = sorted(pairs, key=lambda pair: bench.figures[pair[0]].place)
    a, b = bench.figures[pairs[0][0]], bench.figures[pairs[0][1]]
    if rule == "swapped_rows":
        zh = f"{zh} 第 {a.place.row} 行与第 {b.place.row} 行"
        en = f"rows {a.place.row} and {b.place.row} of {en}"
    bench.add(
        Draft(
            rule, tuple(n for pair in pairs for n in pair),
            f"{zh} 的 {len(pairs)} 个数像是对调了（如 {shown(a.value)}{a.unit} 与 {shown(b.value)}{b.unit}），"
            "对调后都与各自的历史相符",
            f"{en} look exchanged ({len(pairs)} values): the other way round they fit",
            tuple(v for x, y in pairs for v in (bench.values[y], bench.values[x])), action="swap",
        )
    )  # fmt: skip
