"""What speaks for and against each cause of two growth rates that disagree.

Real against nominal is the first thing people think of, and often too little: prices would have
had to rise faster than output did in nominal terms. Then a break in the series, which shows in a
ratio such as 增加值率 that jumps, is likelier (``docs/semantics.md`` §9.2).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from jingwei.core import Evidence, Formula
from jingwei.monitor.health.figures import Figure, firm, measure_of, settled, with_measure
from jingwei.monitor.health.printed import middle, quotient, rules
from jingwei.monitor.health.rates import Path, Rate, agree, fitting_years, implied
from jingwei.plans.amount import Interval
from jingwei.plans.indicator import Indicator, compare


@dataclass(slots=True)
class Causes:
    """Conditions that hold, the words that fill the explanations, and the proof of both."""

    conditions: set[str] = field(default_factory=set[str])
    values: dict[str, str] = field(default_factory=dict[str, str])
    proof: list[Evidence] = field(default_factory=list[Evidence])


def causes_of(low: Rate, high: Rate, rates: Sequence[Rate], levels: Sequence[Figure]) -> Causes:
    """The case of two rates of one window; ``rates`` are all of the indicator, ``levels`` all known."""
    found = Causes(values={"low": f"{low.shown:.1f}", "high": f"{high.shown:.1f}"})
    if any(figure.goal for each in (low, high) for figure in each.figures):
        found.conditions.add("goal")
    _window(found, low, high, rates)
    _total(found, low, high)
    _years(found, low, high)
    _census(found, low)
    _prices(found, low, high, rates, levels)
    return found


def _window(found: Causes, low: Rate, high: Rate, rates: Sequence[Rate]) -> None:
    others = [each for each in rates if each.window != low.window]
    fitting = [
        each for each in others for side in (low, high)
        if side.origin == "stated" and each.origin == "levels" and agree(each, side)
    ]  # fmt: skip
    if fitting:
        found.conditions.add("window_fits")
        first, last = fitting[0].window
        found.values |= {"fits": f"{first}—{last}年", "fits_en": f"{first}-{last}"}
    elif others:
        found.conditions.add("other_window")
        computed = [each for each in others if each.origin == "levels"]
        each = (computed or others)[0]
        first, last = each.window
        found.values |= {"other": f"{each.shown:.1f}", "from": str(first), "to": str(last)}
        if computed:
            found.conditions.add("other_window_computed")


def _total(found: Causes, low: Rate, high: Rate) -> None:
    for side, against in ((low, high), (high, low)):
        written = side.figures[0].range
        if side.origin != "stated" or against.years < 2:
            continue
        rate = against.values[0]
        total = Interval(_in_all(rate.low, against.years), _in_all(rate.high, against.years))
        if not written.apart(total):
            found.conditions.add("total_fits")
            found.values["total"] = f"{middle(total):.1f}"


def _in_all(rate: float, years: int) -> float:
    return ((1 + rate / 100) ** years - 1) * 100


def _years(found: Causes, low: Rate, high: Rate) -> None:
    """Whether one year more or less would make the levels fit the stated rate."""
    for side, against in ((low, high), (high, low)):
        if side.origin != "stated" or against.origin != "levels":
            continue
        for years in fitting_years(side, against):
            found.conditions.add("years_fit")
            found.values |= {"years": str(years), "counted": str(against.years)}


def _census(found: Causes, rate: Rate) -> None:
    first, last = rate.window
    years = [year for year in rules()["census"]["years"] if first < year <= last]
    if years and "goal" not in found.conditions:
        found.conditions.add("census")
        found.values["census"] = "、".join(map(str, years))


def _prices(
    found: Causes, low: Rate, high: Rate, rates: Sequence[Rate], levels: Sequence[Figure]
) -> None:
    figures = [figure for each in rates if each.origin == "levels" for figure in each.figures]
    if all(f.indicator.dimension != rules()["prices"]["dimension"] for f in figures):
        return
    found.conditions.add("money")
    needed = ((1 + high.shown / 100) / (1 + low.shown / 100) - 1) * 100
    found.values["needed"] = f"{needed:.1f}"
    if needed > rules()["prices"]["plausible"]:
        found.conditions.add("prices_too_steep")
    for entry in rules()["prices"]["beside"]:
        if entry["of"] == measure_of(high.owner):
            for other in entry["with"]:
                if _output(found, high, other, needed, levels):
                    return


def _output(
    found: Causes, rate: Rate, measure: str, needed: float, levels: Sequence[Figure]
) -> bool:
    """Hold the statistic against output: could prices have risen so, did the ratio jump?"""
    output = _levels_of(with_measure(rate.owner, measure), levels)
    own = _levels_of(settled(rate.owner), levels)
    first, last = rate.window
    path = _path(output, first, last)
    grown = implied(path) if path is not None else None
    if grown is None:
        return False
    found.proof += grown.evidence
    found.values |= {"output": f"{grown.shown:.1f}", "output_name": measure}
    if needed > grown.shown:
        found.conditions.add("prices_exceed_output")
    _ratio(found, own, output, rate.window, f"{measure_of(rate.owner)}÷{measure}")
    return True


def _levels_of(owner: Indicator, levels: Sequence[Figure]) -> list[Figure]:
    """The facts of an indicator, the most finely printed first."""
    hits = [
        each for each in levels
        if not each.goal and firm(owner, each.indicator, compare(owner, each.indicator))
    ]  # fmt: skip
    return sorted(hits, key=_coarseness)


def _coarseness(figure: Figure) -> float:
    if middle(figure.range) == 0:
        return 1.0
    return (figure.range.high - figure.range.low) / abs(middle(figure.range))


def _path(levels: Sequence[Figure], first: int, last: int) -> Path | None:
    """Start and end, of one document where it has both."""
    starts = [each for each in levels if each.year == first]
    ends = [each for each in levels if each.year == last]
    both = [Path(a, b) for a in starts for b in ends]
    one = [path for path in both if path.start.document == path.end.document]
    return next(iter(one or both), None)


def _ratio(
    found: Causes,
    own: Sequence[Figure],
    output: Sequence[Figure],
    window: tuple[int, int],
    name: str,
) -> None:
    ratios: dict[int, tuple[float, Figure, Figure]] = {}
    for year in range(window[0], window[1] + 1):
        above = [each for each in own if each.year == year]
        below = [each for each in output if each.year == year]
        both = [(a, b) for a in above for b in below]
        both = [pair for pair in both if pair[0].document == pair[1].document] or both
        if both:
            ratio = quotient(both[0][0].range, both[0][1].range)
            if ratio is not None:
                ratios[year] = (middle(ratio) * 100, *both[0])
    if window[0] not in ratios:
        return
    first = ratios[window[0]][0]
    peak = max(ratios, key=lambda year: abs(ratios[year][0] - first))
    if abs(ratios[peak][0] - first) <= rules()["prices"]["ratio_points"]:
        return
    found.conditions.add("ratio_jump")
    found.values["ratio"] = f"{first:.1f}%（{window[0]}年）变为{ratios[peak][0]:.1f}%（{peak}年）"
    found.values["ratio_en"] = f"{first:.1f}% ({window[0]}) to {ratios[peak][0]:.1f}% ({peak})"
    found.values["ratio_name"] = name
    used = [each.statement.evidence for year in (window[0], peak) for each in ratios[year][1:]]
    found.proof.append(Formula(f"{name}：{found.values['ratio']}", tuple(used)))
