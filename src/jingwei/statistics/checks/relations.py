"""Values that arithmetic ties together: ratios and growth rates; and the bounds of a card."""

from collections import defaultdict

from jingwei.core import unit, written_out
from jingwei.statistics.checks.bench import Bench, Draft, shown, told
from jingwei.statistics.checks.likely import classified


def identities(bench: Bench) -> None:
    """A share or ratio against the cards that its card names as numerator and denominator."""
    by_card: dict[tuple[object, ...], int] = {}
    for number, figure in enumerate(bench.figures):
        if figure.card is not None and figure.measure == "level" and figure.op == "=":
            by_card.setdefault(
                (figure.card.id, *figure.series[1:4], figure.months, figure.place.file), number
            )
    alike: defaultdict[str, list[tuple[int, int, int, float, float]]] = defaultdict(list)
    for number, figure in enumerate(bench.figures):
        card = figure.card
        if card is None or not (card.numerator_card and card.denominator_card):
            continue
        rest = (*figure.series[1:4], figure.months, figure.place.file)
        top = by_card.get((card.numerator_card, *rest))
        below = by_card.get((card.denominator_card, *rest))
        if top is None or below is None or bench.values[below] == 0:
            continue
        a, b = bench.figures[top], bench.figures[below]
        factor = unit(a.unit).factor / unit(b.unit).factor / unit(card.unit).factor
        if card.unit == "%":
            factor = 100 * unit(a.unit).factor / unit(b.unit).factor
        implied = bench.values[top] / bench.values[below] * factor
        slack = figure.step * 0.5 + abs(implied) * (
            a.step / (2 * abs(bench.values[top]) + 1e-12) + b.step / (2 * abs(bench.values[below]))
        )
        alike[f"{card.id} {figure.region} {figure.codes} {figure.place.sheet}"].append(
            (number, top, below, implied, slack * 1.05 + 1e-9)
        )
    for found in alike.values():
        holding = sum(abs(bench.values[n] - implied) <= slack for n, _, _, implied, slack in found)
        if holding < 0.6 * len(found) or len(found) < 2:
            continue  # another definition: the ratio is not of these two
        for number, top, below, implied, slack in found:
            if abs(bench.values[number] - implied) > slack:
                _ratio(bench, number, top, below, implied)


def _ratio(bench: Bench, number: int, top: int, below: int, implied: float) -> None:
    figure, a, b = (bench.figures[n] for n in (number, top, below))
    value = bench.values[number]
    if any(n in bench.explained for n in (number, top, below)):
        return
    wanted = {
        number: implied,
        top: bench.values[top] * value / implied if implied else 0.0,
        below: bench.values[below] * implied / value if value else 0.0,
    }

    def gain(n: int) -> float:
        before, after = bench.z(n), bench.z(n, wanted[n])
        if n in bench.sound:
            return -1e9
        if before is None or after is None:
            return 0.5 if n == number else 0.0
        return min(before**2, 3600.0) - min(after**2, 3600.0) + (1.0 if n == number else 0.0)

    choices = [n for n in (number, top, below) if bench.free(n)]
    if not choices:
        return
    wrong = max(choices, key=gain)
    zh = (
        f"{told(a)} {shown(bench.values[top])}{a.unit} 与 {told(b)} {shown(bench.values[below])}"
        f"{b.unit} 算得 {shown(float(f'{written_out(implied, 5)}'))}{figure.unit}，表中为 {shown(value)}；按此应为"
    )
    en = (
        f"{shown(bench.values[top])}{a.unit} over {shown(bench.values[below])}{b.unit} makes "
        f"{written_out(implied, 5)}{figure.unit}, printed is {shown(value)}; so it should be"
    )
    step = bench.figures[wrong].step
    draft = classified(bench, wrong, round(round(wanted[wrong] / step) * step, 10), zh, en)
    if draft.rule == "parts_total":
        draft.rule = "identity"
    bench.add(draft)


def bounds(bench: Bench) -> None:
    """Values that cannot be, by the card or because a share lies between 0 and 100."""
    for number in range(bench.own):
        figure = bench.figures[number]
        card = figure.card
        if card is None or not bench.free(number) or figure.measure != "level" or figure.codes:
            continue
        if figure.entity and card.kind not in ("share", "growth"):
            continue  # bounds are those of a city
        value = bench.values[number]
        low, high = card.low, card.high
        if (low is not None and value < low) or (high is not None and value > high):
            span = f"{'' if low is None else shown(low)} 至 {'' if high is None else shown(high)}"
            after = None
            for factor in (100.0, 1e4, 10.0):
                z = bench.z(number, value / factor)
                inside = (low is None or value / factor >= low) and (
                    high is None or value / factor <= high
                )
                if inside and (z is None or abs(z) < 4):
                    after = value / factor
                    break
            bench.add(
                Draft(
                    "bounds", (number,),
                    f"{told(figure)} 为 {shown(value)}{figure.unit}，超出 {span} 的可能范围",
                    f"{shown(value)}{figure.unit} is outside what can be ({span.replace(' 至 ', ' to ')})",
                    (after,),
                )
            )  # fmt: skip
