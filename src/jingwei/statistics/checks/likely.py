"""What an impossible value was probably meant to be: the known slips of hand and unit."""

import math

from jingwei.statistics.checks.bench import Bench, Draft, shown, told

_FACTORS = (1e4, 1e-4, 10.0, 0.1, 100.0, 0.01, 1e3, 1e-3, 1e8, 1e-8, 1e5, 1e-5, 1e6, 1e-6)
_SHARE_UNITS = ("%", "个百分点", "‰")


def factor_rule(factor: float, unit: str) -> str:
    """The rule of a power of ten: 10^4 and 10^8 are 万 and 亿, 100 in a share is percent."""
    size = round(abs(math.log10(factor)))
    if size in (4, 8):
        return "unit_slip"
    return "percent_slip" if size == 2 and unit in _SHARE_UNITS else "magnitude"


def factor_between(value: float, wanted: float, tolerance: float) -> float | None:
    """The power of ten by which ``value`` is off from about ``wanted``; None if none fits."""
    if value == 0 or wanted == 0 or (value < 0) != (wanted < 0):
        return None
    distance = math.log(value / wanted)
    best = min(_FACTORS, key=lambda factor: abs(distance - math.log(factor)))
    return best if abs(distance - math.log(best)) <= tolerance else None


def exchanged(written: float, wanted: float, step: float) -> bool:
    """Whether two neighbouring digits exchanged, or one digit mistyped or lost, tell them apart."""
    if written == 0 or wanted == 0:
        return False
    decimals = max(0, round(-math.log10(step))) if 0 < step < 1 else 0
    a, b = f"{abs(written):.{decimals}f}", f"{abs(wanted):.{decimals}f}"
    if a == b or min(len(a), len(b)) < 3:
        return False
    if len(a) == len(b):
        wrong = [at for at in range(len(a)) if a[at] != b[at]]
        if len(wrong) == 1:
            return True
        return (
            len(wrong) == 2 and wrong[1] - wrong[0] <= 2
            and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
        )  # fmt: skip
    long, short = (a, b) if len(a) > len(b) else (b, a)
    return len(long) == len(short) + 1 and any(
        long[:at] + long[at + 1 :] == short for at in range(len(long))
    )


def classified(bench: Bench, number: int, wanted: float, proof: str, proof_en: str) -> Draft:
    """A figure that should be ``wanted`` (exactly, by a sum or identity): which slip it is."""
    figure = bench.figures[number]
    value = bench.values[number]
    zh = f"{told(figure)} 写作 {shown(value)}{figure.unit}，{proof} {shown(wanted)}{figure.unit}"
    en = f"{shown(value)}{figure.unit} here, {proof_en} {shown(wanted)}{figure.unit}"
    close = 0.02
    if value and wanted and abs(value + wanted) <= close * abs(wanted):
        return Draft("sign", (number,), zh + "；符号相反", en + ": the sign", (wanted,))
    factor = factor_between(value, wanted, close) if wanted else None
    if factor is not None:
        rule = factor_rule(factor, figure.unit)
        return Draft(
            rule, (number,), f"{zh}；相差 {shown(max(factor, 1 / factor))} 倍", f"{en}: off by a factor",
            (wanted,), factor,
        )  # fmt: skip
    if (before := previous(bench, number)) is not None and before == value:
        return Draft("stale", (number,), f"{zh}；与上期完全相同", f"{en}: the value of the period before", (wanted,))  # fmt: skip
    if exchanged(figure.written, figure.written * wanted / value if value else 0.0, printed_step(figure.step, figure.value, figure.written)):  # fmt: skip
        return Draft(
            "parts_total", (number,), zh + "；像是数字录错", en + ": mistyped digits", (wanted,)
        )
    return Draft("parts_total", (number,), zh, en, (wanted,))


def printed_step(step: float, value: float, written: float) -> float:
    """The unit of the last digit as printed, from that in the unit of the card."""
    return step * abs(written / value) if value and written else step


def previous(bench: Bench, number: int) -> float | None:
    """The value of the same series one period earlier in its family."""
    place = bench.at.get(number)
    if place is None:
        return None
    order, row, column = place
    for before in range(column - 1, -1, -1):
        other = int(bench.families[order].index[row, before])
        if other >= 0:
            return bench.values[other]
    return None
