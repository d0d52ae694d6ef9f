"""Printed growth rates against the levels they are made from."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from jingwei.statistics.checks.bench import Bench, shown
from jingwei.statistics.checks.likely import classified


class _Rate(NamedTuple):
    """A rate, its level and that of the year before (numbers of figures), the rate that these
    make, and what rounding leaves open (points)."""

    number: int
    now: int
    before: int
    implied: float
    slack: float


def rates_vouched(bench: Bench) -> None:
    """A rate that the levels printed with it make is no outlier, however large."""
    for _, each in _rates_of(bench):
        fits = abs(bench.values[each.number] - each.implied) <= each.slack
        if fits and _of_one_file(bench, each):
            bench.sound.add(each.number)


def growth_rates(bench: Bench) -> None:
    """A printed rate on the year before against the levels that are printed beside it."""
    groups: defaultdict[tuple[object, ...], list[_Rate]] = defaultdict(list)
    for name, each in _rates_of(bench):
        figure = bench.figures[each.number]
        groups[
            name, figure.months, figure.place.file, _beside(bench, each), _of_one_file(bench, each)
        ].append(each)
    for key, found in groups.items():
        alike = [
            each
            for other, many in groups.items()
            if other[3:] == key[3:] and (key[3] or other[0] == key[0])
            for each in many
        ]
        _rates(bench, found, alike, one_file=bool(key[4]))


def _rates_of(bench: Bench) -> Iterator[tuple[str, _Rate]]:
    """Every rate with its two levels, and the id of the indicator that grows."""
    levels: dict[tuple[object, ...], int] = {}
    rates: list[tuple[int, tuple[str, object, object, object]]] = []
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
            + 60 * (bench.figures[now].step + bench.figures[before].step) / bench.values[before]
        )
        yield series[0], _Rate(number, now, before, implied, slack)


def _beside(bench: Bench, rate: _Rate) -> bool:
    """Whether a rate and its two levels stand in one row: then it was made from just these."""
    places = [bench.figures[n].place for n in rate[:3]]
    return len({(place.file, place.sheet, place.row) for place in places}) == 1


def _of_one_file(bench: Bench, rate: _Rate) -> bool:
    """Whether rate and levels were printed together: levels of a later file may be revised."""
    return len({bench.figures[n].place.file for n in rate[:3]}) == 1


def _least_gap(bench: Bench, number: int, usual: float) -> float:
    """Points below which a rate and its levels never disagree: more where prices differ, and more
    still where the other rows show by how much they do."""
    card = bench.figures[number].card
    if card is None or card.price_base != "comparable":
        return 3.0
    return 10.0 if abs(usual) > 3.0 else 6.0


def _rates(
    bench: Bench,
    found: Sequence[_Rate],
    everything: Sequence[_Rate],
    *,
    one_file: bool,
) -> None:
    def gap(each: _Rate) -> float:
        return bench.values[each.number] - each.implied

    pool = found if len(found) >= 5 else everything
    usual = median(gap(each) for each in pool)
    spread = 1.4826 * median(abs(gap(each) - usual) for each in pool)
    exact = one_file and sum(abs(gap(each)) <= each.slack for each in pool) >= 0.6 * len(pool)
    for each in found:
        number, now, before, implied, slack = each
        limit = slack * 1.5 + 0.05 if exact else max(6 * spread, _least_gap(bench, number, usual))
        if exact and len(pool) < 4:
            limit = max(limit, 4.0)
        if len(pool) < 3:
            limit = max(limit, 10.0)
        if abs(gap(each) - (0 if exact else usual)) <= limit:
            continue
        if any(n in bench.explained for n in (number, now, before)) or not bench.free(number):
            continue
        zh, en = _rate_formula(bench, now, before, implied, 0.0 if exact else usual)
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


def _rate_formula(
    bench: Bench, now: int, before: int, implied: float, usual: float
) -> tuple[str, str]:
    """How a rate follows from its levels, with every number in it."""
    a, b = shown(bench.values[now]), shown(bench.values[before])
    made = shown(round(implied, 1))
    zh = f"由水平算：{a} ÷ {b} - 1 = {made}%"
    en = f"the levels make {a} / {b} - 1 = {made} %"
    if abs(usual) < 0.05:
        return f"{zh}，应为", f"{en}, so it should be"
    gap = f"{usual:+.1f}"
    return (
        f"{zh}；同表其他行的增速与水平之差通常为 {gap} 个百分点（价格、口径），{made} {gap} 约为",
        f"{en}; rates of other rows usually differ from their levels by {gap} points (prices, frame), "
        f"{made} {gap} is about",
    )
