"""A first proposal of how to divide a target, to be changed by people (§22.4).

Amounts are rounded so that they still sum exactly (largest remainder; Hamilton's method, Balinski
and Young 1982, Fair Representation). Rates are not divided: every part is asked for the same step.
"""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from typing import Literal

from jingwei.core import InvalidRequest

Way = Literal["base", "growth", "manual"]
WAYS: dict[Way, tuple[str, str]] = {
    "base": ("按基期份额", "by share of the base"),
    "growth": ("按基期与各自增速", "by base and own growth"),
    "manual": ("部分手工指定，其余按基期份额", "some by hand, the others by share of the base"),
}


def propose(
    whole: Decimal,
    bases: Mapping[str, Decimal],
    way: Way = "base",
    *,
    growth: Mapping[str, Decimal] | None = None,
    given: Mapping[str, Decimal] | None = None,
    places: int = 0,
) -> dict[str, Decimal]:
    """The amounts of the parts, in the order of ``bases``, summing to ``whole`` exactly.

    base:    whole · b ÷ Σb
    growth:  whole · b(1+g) ÷ Σ b(1+g), ``growth`` in per cent over the time to the target
    manual:  the parts of ``given`` as they are, the others share what is left by their base

    Raises InvalidRequest for a base that is negative or zero in all, a part without growth, or
    amounts by hand beyond the whole.
    """
    for name, base in bases.items():
        if base < 0:
            raise InvalidRequest(
                f"{name}的基期为负，不能按份额分", f"the base of {name} is negative"
            )
    weights = dict(bases)
    left = whole
    fixed = dict(given or {}) if way == "manual" else {}
    unknown = [name for name in fixed if name not in bases]
    if unknown:
        raise InvalidRequest(
            f"手工指定了没有列出的分项：{'、'.join(unknown)}",
            f"no such parts: {', '.join(unknown)}",
        )
    if way == "growth":
        lacking = [name for name in bases if name not in (growth or {})]
        if lacking:
            raise InvalidRequest(
                f"缺少增速：{'、'.join(lacking)}", f"growth is missing: {', '.join(lacking)}"
            )
        weights = {n: b * (1 + (growth or {})[n] / 100) for n, b in bases.items()}
    if fixed:
        weights = {n: b for n, b in bases.items() if n not in fixed}
        left = whole - sum(fixed.values(), Decimal(0))
        if left < 0 or (not weights and left != 0):
            raise InvalidRequest(
                f"手工指定的合计与总目标{whole}相差{left}",
                f"the amounts by hand leave {left} of {whole}",
            )
    shared = rounded_to_sum(left, weights, places) if weights else {}
    return {name: fixed[name] if name in fixed else shared[name] for name in bases}


def rounded_to_sum(
    whole: Decimal, weights: Mapping[str, Decimal], places: int
) -> dict[str, Decimal]:
    """``whole`` in proportion to ``weights``, with so many decimals, summing exactly.

    Each part is rounded down; the units left go to the largest remainders, of equal ones to the
    first. What ``whole`` has beyond the decimals goes to the part with the largest remainder.
    """
    total = sum(weights.values(), Decimal(0))
    if total <= 0:
        raise InvalidRequest("基期合计不大于0，不能按份额分", "the bases sum to nothing")
    step = Decimal(1).scaleb(-places)
    exact = {name: whole * weight / total for name, weight in weights.items()}
    parts = {n: v.quantize(step, rounding=ROUND_FLOOR) for n, v in exact.items()}
    order = sorted(parts, key=lambda n: (-(exact[n] - parts[n]), list(parts).index(n)))
    left = whole - sum(parts.values(), Decimal(0))
    for name in order:
        if left < step:
            break
        parts[name] += step
        left -= step
    if left:
        parts[order[0]] += left
    return parts
