"""Single values that stand far from what their kin lead to expect."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from jingwei.statistics.checks.bench import Bench, Draft, shown, told
from jingwei.statistics.checks.copies import significant
from jingwei.statistics.checks.likely import (
    exchanged,
    factor_between,
    factor_rule,
    previous,
    printed_step,
)
from jingwei.statistics.checks.panel import FEWEST
from jingwei.statistics.checks.signs import may_be_negative
from jingwei.statistics.checks.small import small_change
from jingwei.statistics.intake import Figure

SURE = 8.0
"""Scales from which a value is unusual without further proof."""

LEAST = 0.16
"""Logarithm below which no single value is called unusual: 17 per cent."""


_YEARS = 5
"""Other periods in its own row from which a firm is judged by its history."""

_IMPOSSIBLE = 4.5
"""Logarithm by which no firm changes: ninety times."""


@dataclass(frozen=True, slots=True)
class _Suspect:
    number: int
    z: float
    off: float


def suspects(bench: Bench, order: int, *, least_z: float) -> list[_Suspect]:
    """Cells of a family that stand out, in each row only the one that does most."""
    import numpy as np

    family, fit = bench.families[order], bench.fit(order)
    found: list[_Suspect] = []
    off = fit.x - fit.base
    far = np.nan_to_num(off / fit.scale[:, None])
    for row in np.flatnonzero(np.max(np.abs(far), axis=1) >= least_z).tolist():
        best: _Suspect | None = None
        for column in np.flatnonzero(np.abs(far[row]) >= least_z).tolist():
            number, z = int(family.index[row, column]), float(far[row, column])
            own = bench.free(number)
            tie = best is not None and abs(abs(z) - abs(best.z)) < 1e-9
            if best is None or abs(z) > abs(best.z) + 1e-9 or (tie and own):
                best = _Suspect(number, z, float(off[row, column]))
        if best is not None and bench.free(best.number):
            found.append(best)
    return sorted(found, key=lambda each: -abs(each.z))


def outliers(bench: Bench) -> None:
    """Unusual values, the strongest first, each with what it was probably meant to be."""
    for order in range(len(bench.families)):
        for _ in range(12):
            bench.refresh()
            found = suspects(bench, order, least_z=5.0)
            if not found or not _round(bench, order, found):
                break


def _round(bench: Bench, order: int, found: list[_Suspect]) -> bool:
    before = len(bench.drafts)
    taken: set[int] = set()
    every = _standing_out(bench, order)
    for one in every:
        if bench.figures[one.number].entity:
            break  # single firms come and go; among thousands some fit each other by chance
        partner = _swapped_with(bench, one, every, taken)
        if partner is not None:
            taken |= {one.number, partner.number}
            _add_swap(bench, one.number, partner.number)
    for one in found:
        if one.number not in taken and bench.free(one.number):
            draft = _judged(bench, order, one)
            if draft is not None:
                taken.add(one.number)
                bench.add(draft)
    return len(bench.drafts) > before


def _standing_out(bench: Bench, order: int) -> list[_Suspect]:
    """Every cell of a small family that stands out, the strongest first."""
    family, fit = bench.families[order], bench.fit(order)
    if family.index.size > 20_000:
        return []
    return sorted(
        (
            _Suspect(number, fit.z(row, column), fit.off(row, column))
            for row, numbers in enumerate(family.index.tolist())
            for column, number in enumerate(numbers)
            if number >= 0 and bench.free(number) and abs(fit.z(row, column)) >= 5.0
        ),
        key=lambda each: -abs(each.z),
    )


def _swapped_with(
    bench: Bench, one: _Suspect, found: list[_Suspect], taken: set[int]
) -> _Suspect | None:
    """Another suspect of the same period (rows) whose exchange mends both."""
    if one.number in taken:
        return None
    _, _, column = bench.at[one.number]
    for other in found:
        if other.number == one.number or other.number in taken:
            continue
        if bench.at[other.number][2] != column or one.off * other.off >= 0:
            continue
        if bench.figures[one.number].place.file != bench.figures[other.number].place.file:
            continue  # a hand exchanges two cells of one sheet
        # a sum that holds over both says that nothing else is wrong in the period
        most = 12.0 if {one.number, other.number} <= bench.sound else 4.5
        a = bench.z(one.number, bench.values[other.number])
        b = bench.z(other.number, bench.values[one.number])
        if a is not None and b is not None and abs(a) < min(most, abs(one.z) / 3) and abs(b) < min(most, abs(other.z) / 3):  # fmt: skip
            return other
    return None


def _add_swap(bench: Bench, one: int, other: int, rule: str = "swapped") -> None:
    first, second = sorted((one, other), key=lambda n: bench.figures[n].place)
    a, b = bench.figures[first], bench.figures[second]
    bench.add(
        Draft(
            rule, (first, second),
            f"{told(a)}（{shown(a.value)}{a.unit}）与 {told(b)}（{shown(b.value)}{b.unit}）"
            "像是填反了，对调后两个都与各自的历史相符",
            f"{shown(a.value)} and {shown(b.value)} look exchanged: the other way round both fit",
            (bench.values[second], bench.values[first]), action="swap",
        )
    )  # fmt: skip


def _judged(bench: Bench, order: int, one: _Suspect) -> Draft | None:
    """What an unusual value is; None where it may well be right."""
    number, figure, value = one.number, bench.figures[one.number], bench.values[one.number]
    family = bench.families[order]
    expected = bench.expected(number)
    if expected is None:
        return None
    scale = abs(one.off / one.z)
    tolerance = max(3.0 * scale, 0.12) if not family.linear else 0.0
    told_zh = f"{told(figure)} 为 {shown(value)}{figure.unit}，按自身历史和同类应在 {shown(_about(expected))}{figure.unit} 左右"
    told_en = f"{shown(value)}{figure.unit}; its own history and its kin lead to expect about {shown(_about(expected))}"
    if (
        figure.entity
        and bench.vouched
        and (number in bench.vouched or not _judged_by_row(bench, number, one.off))
    ):
        return None
    if figure.entity and (abs(one.z) < SURE or _changed_itself(bench, number, one.off)):
        return None
    if figure.entity and _rises(bench, number):
        return None
    if small_change(figure, expected, value):
        return None
    factor = None if _is_rate(figure) else _factor(bench, number, one, tolerance, scale)
    if factor is not None:
        times = shown(max(factor, 1 / factor))
        return Draft(
            factor_rule(factor, figure.unit), (number,),
            f"{told_zh}，相差约 {times} 倍；请核对单位和小数点",
            f"{told_en}: off by about {times}; check unit and decimal point",
            (value / factor,), factor,
        )  # fmt: skip
    if (
        value < 0 < expected and family.linear and abs(one.z) > SURE
        and not may_be_negative(figure)
        and abs(bench.z(number, -value) or 99) < 4
    ):  # fmt: skip
        return Draft(
            "sign", (number,), told_zh + "；符号可能相反", told_en + ": the sign", (-value,)
        )
    if number in bench.sound:
        return None  # a sum that holds vouches for it
    if figure.entity:
        return _of_a_firm(bench, one, told_zh, told_en)
    alone = len(family.members) < FEWEST
    enough = abs(one.z) >= (1.5 if alone else 1) * SURE and (
        family.linear or abs(one.off) >= (2 if alone else 1) * LEAST
    )
    if _is_rate(figure):
        enough = enough and abs(one.off) * 100 >= 15  # rates jump; levels beside them tell more
    if not enough:
        return None
    periods = sum(1 for each in family.index[bench.at[number][1]] if each >= 0)
    if alone and periods < 5 and family.window != "month":
        return None
    if periods < 3 and not _confident(bench, order, number):
        return None
    before = previous(bench, number)
    digits = significant(figure.written, printed_step(figure.step, value, figure.written))
    if before is not None and before == value and digits >= 3:
        return Draft("stale", (number,), told_zh + "；与上期完全相同，像是照抄", told_en + "; exactly the value of the period before", (None,), action="ask")  # fmt: skip
    twin = _twin(bench, order, number) if digits >= 4 else None
    if twin is not None:
        return Draft("copied", (number,), f"{told_zh}；与{told(bench.figures[twin])}完全相同", f"{told_en}; exactly the value of another row", (None,), action="ask")  # fmt: skip
    if exchanged(figure.written, _written_like(bench, number, expected), printed_step(figure.step, value, figure.written)):  # fmt: skip
        pass
    mended = digits_exchanged(bench, number)
    if mended is not None:
        return Draft("digits", (number,), f"{told_zh}；像是数字录反，可能是 {shown(mended)}", f"{told_en}; two digits exchanged, {shown(mended)} is likely", (mended,))  # fmt: skip
    # what is expected is an estimate, and an estimate is no correction: the sender is asked
    loss = value < 0 < expected and may_be_negative(figure)
    zh, en = ("；这项指标可以为负，请核实是否确为负数", "; it may be negative: is it?") if loss else (
        "；请核对原始资料", "; check it at the source",
    )  # fmt: skip
    return Draft(
        "outlier", (number,), told_zh + zh, told_en + en, (_like(expected, figure.step),),
        action="ask",
    )  # fmt: skip


def _is_rate(figure: Figure) -> bool:
    return figure.measure == "growth" or (figure.card is not None and figure.card.kind == "growth")


def _changed_itself(bench: Bench, number: int, off: float) -> bool:
    """Whether the same firm's other figures of the period moved along: then it truly changed."""
    figure = bench.figures[number]
    for other in bench.kin(figure.entity, figure.months):
        if other != number and bench.at[other][0] != bench.at[number][0]:
            moved = bench.off(other)
            if moved is not None and moved * off > 0 and abs(moved) > 0.4 * abs(off):
                return True
    return False


def _judged_by_row(bench: Bench, number: int, off: float) -> bool:
    """Whether something of the same firm stands beside it to judge it by: of its period, or the
    same indicator in at least five other periods. No firm is a hundred times what it was."""
    figure = bench.figures[number]
    beside = [n for n in _row(bench, number) if bench.figures[n].entity == figure.entity]
    years = {
        bench.figures[n].months for n in beside if bench.figures[n].series == figure.series
    } - {figure.months}
    return (
        len(years) >= _YEARS
        or abs(off) >= _IMPOSSIBLE
        or any(bench.figures[n].months == figure.months for n in beside)
    )


def _row(bench: Bench, number: int) -> Iterator[int]:
    """The other figures of a row of a file; those of a row were read one after the other."""
    place = bench.figures[number].place
    for step in (-1, 1):
        other = number + step
        while 0 <= other < bench.own:
            beside = bench.figures[other].place
            if (beside.file, beside.sheet, beside.row) != (place.file, place.sheet, place.row):
                break
            yield other
            other += step


def _rises(bench: Bench, number: int) -> bool:
    """Whether a cumulative value lies between those of the months before and after it."""
    order, row, column = bench.at[number]
    family = bench.families[order]
    if family.window != "cumulative":
        return False
    months = bench.figures[number].months
    beside = [
        bench.values[int(family.index[row, at])]
        for at in (column - 1, column + 1)
        if 0 <= at < len(family.periods)
        and int(family.index[row, at]) >= 0
        and family.periods[at].last_year == months.last_year
    ]
    low = beside[0] if beside else None
    high = beside[1] if len(beside) > 1 else None
    value = bench.values[number]
    return low is not None and high is not None and low <= value <= high


def _of_a_firm(bench: Bench, one: _Suspect, told_zh: str, told_en: str) -> Draft | None:
    """Firms change more than cities: only exchanged digits that fit exactly are told."""
    if abs(one.z) < 2 * SURE or len(bench.families[bench.at[one.number][0]].periods) < 4:
        return None
    mended = digits_exchanged(bench, one.number)
    if mended is None:
        return None
    return Draft("digits", (one.number,), f"{told_zh}；像是数字录反，可能是 {shown(mended)}", f"{told_en}; two digits exchanged, {shown(mended)} is likely", (mended,))  # fmt: skip


def _confident(bench: Bench, order: int, number: int) -> bool:
    """With two periods only: the rest of the column must agree closely."""
    family, fit = bench.families[order], bench.fit(order)
    return len(family.members) >= 8 and float(fit.scale[bench.at[number][1]]) < 0.1


def _factor(
    bench: Bench, number: int, one: _Suspect, tolerance: float, scale: float
) -> float | None:
    value, expected = bench.values[number], bench.expected(number)
    if expected is None or value == 0 or (value < 0) != (expected < 0):
        return None
    if bench.linear(number):
        best: tuple[float, float] | None = None
        for candidate in (100.0, 0.01, 10.0, 0.1, 1e4, 1e-4, 1e3, 1e-3):
            z = bench.z(number, value / candidate)
            if z is not None and abs(z) < 4 and (best is None or abs(z) < best[0]):
                best = (abs(z), candidate)
        if (
            best is not None
            and abs(one.z) > 3 * max(best[0], 2.0)
            and _moved(value, best[1], scale)
        ):
            return best[1]
        return None
    if abs(one.off) < 1.4:
        return None
    return factor_between(value, expected, min(max(tolerance, 0.35), 0.9))


def _moved(value: float, factor: float, scale: float) -> bool:
    """The step must be large against what the indicator usually does."""
    return abs(value - value / factor) / 100 > 4 * scale or abs(value) > 1


def _twin(bench: Bench, order: int, number: int) -> int | None:
    family = bench.families[order]
    _, row, column = bench.at[number]
    for other in range(len(family.members)):
        twin = int(family.index[other, column])
        if other != row and twin >= 0 and bench.values[twin] == bench.values[number]:
            return twin
    return None


def digits_exchanged(bench: Bench, number: int) -> float | None:
    """The value with two neighbouring digits exchanged that fits best, if one fits well."""
    figure, value = bench.figures[number], bench.values[number]
    step = printed_step(figure.step, value, figure.written)
    decimals = max(0, round(-math.log10(step))) if 0 < step < 1 else 0
    text = f"{abs(figure.written):.{decimals}f}"
    best: tuple[float, float] | None = None
    for at in range(len(text) - 1):
        a, b = text[at], text[at + 1]
        if a == b or not (a.isdigit() and b.isdigit()):
            continue
        other = float(text[:at] + b + a + text[at + 2 :])
        after = math.copysign(other, value) * abs(value / figure.written) if figure.written else 0.0
        z = bench.z(number, after)
        if z is not None and (best is None or abs(z) < best[0]):
            best = (abs(z), after)
    return best[1] if best is not None and best[0] < 1.5 else None


def _written_like(bench: Bench, number: int, value: float) -> float:
    figure = bench.figures[number]
    return value * figure.written / figure.value if figure.value else value


def _like(value: float, step: float) -> float:
    return round(round(value / step) * step, 10) if step > 0 else value


def _about(value: float) -> float:
    return float(f"{value:.4g}")
