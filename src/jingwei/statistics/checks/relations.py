"""Values that arithmetic ties together: ratios and growth rates; and the bounds of a card."""

from collections import defaultdict
from statistics import median

from jingwei.core import unit
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
        f"{b.unit} 算得 {shown(float(f'{implied:.5g}'))}{figure.unit}，表中为 {shown(value)}；按此应为"
    )
    en = (
        f"{shown(bench.values[top])}{a.unit} over {shown(bench.values[below])}{b.unit} makes "
        f"{implied:.5g}{figure.unit}, printed is {shown(value)}; so it should be"
    )
    step = bench.figures[wrong].step
    draft = classified(bench, wrong, round(round(wanted[wrong] / step) * step, 10), zh, en)
    if draft.rule == "parts_total":
        draft.rule = "identity"
    bench.add(draft)


def growth_rates(bench: Bench) -> None:
    """A printed rate on the year before against the levels that are printed beside it."""
    levels: dict[tuple[object, ...], int] = {}
    rates: list[tuple[int, tuple[object, ...]]] = []
    names: dict[str, str] = {}
    for figure in bench.figures:
        if figure.card is not None:
            names[figure.card.name] = figure.card.id
    for number, figure in enumerate(bench.figures):
        key, region, codes, entity, measure = figure.series
        kind = figure.card.kind if figure.card is not None else ""
        if measure == "growth":
            rates.append((number, (key.partition("@")[0], region, codes, entity)))
        elif kind == "growth" and figure.card is not None:
            base = names.get(figure.card.name.removesuffix("增速"))
            if base is not None:
                rates.append((number, (base, region, codes, entity)))
        else:
            series = (key.partition("@")[0], region, codes, entity)
            levels.setdefault((*series, figure.months), number)
            # what the same file prints beside the rate goes before what others print
            levels.setdefault((*series, figure.months, figure.place.file), number)
    groups: defaultdict[tuple[object, ...], list[tuple[int, int, int, float, float]]] = defaultdict(
        list
    )
    for number, series in rates:
        months = bench.figures[number].months
        file = bench.figures[number].place.file
        now, before = (
            levels.get((*series, each, file), levels.get((*series, each)))
            for each in (months, months.shifted(-1))
        )
        if now is None or before is None or bench.values[before] <= 0 or bench.values[now] <= 0:
            continue
        implied = 100 * (bench.values[now] / bench.values[before] - 1)
        slack = (
            bench.figures[number].step * 0.5
            + 100
            * (bench.figures[now].step + bench.figures[before].step)
            * 0.6
            / bench.values[before]
        )
        groups[(series[0], months, file, _beside(bench, number, now, before))].append(
            (number, now, before, implied, slack)
        )
    for key, found in groups.items():
        alike = [
            each
            for other, many in groups.items()
            if other[3] == key[3] and (key[3] or other[0] == key[0])
            for each in many
        ]
        _rates(bench, found, alike)


def _beside(bench: Bench, number: int, now: int, before: int) -> bool:
    """Whether a rate and its two levels stand in one row: then it was made from just these."""
    places = [bench.figures[n].place for n in (number, now, before)]
    return len({(place.file, place.sheet, place.row) for place in places}) == 1


def _least_gap(bench: Bench, number: int) -> float:
    """Points below which a rate and its levels never disagree: more where prices differ."""
    card = bench.figures[number].card
    real = card is not None and card.price_base == "comparable"
    return 6.0 if real else 3.0


def _rates(
    bench: Bench,
    found: list[tuple[int, int, int, float, float]],
    everything: list[tuple[int, int, int, float, float]],
) -> None:
    def gap(each: tuple[int, int, int, float, float]) -> float:
        return bench.values[each[0]] - each[3]

    pool = found if len(found) >= 5 else everything
    usual = median(gap(each) for each in pool)
    spread = 1.4826 * median(abs(gap(each) - usual) for each in pool)
    exact = sum(abs(gap(each)) <= each[4] for each in pool) >= 0.6 * len(pool)
    for each in found:
        number, now, before, implied, slack = each
        limit = slack * 1.5 + 0.05 if exact else max(6 * spread, _least_gap(bench, each[0]))
        if exact and len(pool) < 4:
            limit = max(limit, 4.0)
        if len(pool) < 3:
            limit = max(limit, 10.0)
        if abs(gap(each) - (0 if exact else usual)) <= limit:
            continue
        if any(n in bench.explained for n in (number, now, before)) or not bench.free(number):
            continue
        figure = bench.figures[number]
        zh = (
            f"{told(figure)} 的增速写作 {shown(bench.values[number])}%，由水平 "
            f"{shown(bench.values[before])} → {shown(bench.values[now])} 算得"
        )
        en = (
            f"the rate is {shown(bench.values[number])} %, the levels {shown(bench.values[before])} "
            f"and {shown(bench.values[now])} make"
        )
        wrong, wanted = number, round(implied + (0 if exact else usual), 1)
        rate = bench.values[number] / 100
        for n, value in (
            (now, bench.values[before] * (1 + rate)),
            (before, bench.values[now] / (1 + rate) if rate > -1 else 0.0),
        ):
            z, after = bench.z(n), bench.z(n, value)
            if (
                exact and bench.free(n) and n not in bench.sound and z is not None
                and after is not None and abs(z) > 4 and abs(after) < abs(z) / 2.5
            ):  # fmt: skip
                wrong, wanted = n, value
                break
        draft = classified(bench, wrong, wanted, zh, en)
        if draft.rule in ("parts_total", "digits") and wrong == number:
            draft.rule = "growth_level"
        elif draft.rule == "parts_total":
            draft.rule = "outlier"
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
