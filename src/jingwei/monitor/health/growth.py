"""Start, end and growth rate that disagree, within a document and across documents.

All rates of one indicator are gathered (``rates``); those of one window must agree. Where they
do not, the finding shows every rate with its arithmetic, also those of other windows that a
reader would stumble over, and ranks what could explain it: the window, the price base, the frame,
a revision of the series (``docs/semantics.md`` §9.2). What cannot be reconciled stays unknown.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from jingwei.core import Evidence, Finding
from jingwei.monitor.health.agreeing import Agreement
from jingwei.monitor.health.causes import causes_of
from jingwei.monitor.health.explaining import explain
from jingwei.monitor.health.figures import Figure, Joined, Ledger, clear, firm, settled
from jingwei.monitor.health.rates import (
    Path,
    Rate,
    Window,
    agree,
    belongs,
    implied,
    is_rate,
    leads,
    paths,
    stated,
    windows,
)
from jingwei.plans.indicator import Comparison, pairs

KIND = "growth"
_SETTLING = frozenset({"total_fits", "window_fits", "years_fit"})  # what accounts for the numbers
_ORIGINS = ("stated", "levels", "lead")


def check_growth(ledger: Ledger) -> tuple[list[Finding], list[Agreement]]:
    """One finding for each indicator whose rates of one window differ."""
    levels = [each for each in ledger.figures if _is_level(each)]
    findings: list[Finding] = []
    agreements: list[Agreement] = []
    for rates in _groups(_bundles(ledger, levels)):
        clashing = [pair for pair in combinations(rates, 2) if _clash(*pair)]
        if clashing:
            findings.append(_finding(rates, clashing, levels))
        agreements += [
            _agreement(a, b) for a, b in combinations(rates, 2)
            if a.window == b.window and agree(a, b) and {a.origin, b.origin} != {"stated"}
            and all(math.isfinite(v.low) and math.isfinite(v.high) for v in (a.values[0], b.values[0]))
        ]  # fmt: skip
    return findings, agreements


def _is_level(figure: Figure) -> bool:
    return (
        figure.statement.op not in ("+", "-", "x", "qual")
        and figure.statement.measure in ("level", "share", "flow")
        and not figure.indicator.name.change
    )


def _bundles(ledger: Ledger, levels: Sequence[Figure]) -> list[list[Rate]]:
    """Each stated or implied rate with the rates that its own levels make."""
    rated = [each for each in ledger.figures if is_rate(each)]
    owners = [settled(each.indicator) for each in rated]
    own: dict[int, list[Figure]] = {i: [] for i in range(len(rated))}
    for i, level, comparison in ledger.matching(owners, levels):
        if belongs(level, rated[i], owners[i], comparison):
            own[i].append(level)
    found = [list(_with_levels(figure, paths(figure, own[i]))) for i, figure in enumerate(rated)]
    led = [each for each in leads(ledger.figures) if clear(each.owner)]
    hits: dict[int, list[Figure]] = {i: [] for i in range(len(led))}
    for i, level, comparison in ledger.matching([each.owner for each in led], levels):
        if firm(led[i].owner, level.indicator, comparison):
            hits[i].append(level)
    found += [[each, *_levels_behind(each, hits[i])] for i, each in enumerate(led)]
    return [bundle for bundle in found if bundle]


def _with_levels(figure: Figure, candidates: Sequence[Path]) -> Iterator[Rate]:
    """A stated rate and the rates that levels imply for it.

    Where its window can be read in two ways, the one that its own levels confirm is meant.
    """
    named = clear(settled(figure.indicator))
    computed = [each for each in map(implied, candidates) if each is not None]
    confirmed = [each for each in computed if agree(stated(figure, each.window), each)]
    chosen = confirmed or [each for each in computed if named or _beside(each, figure)]
    if chosen:
        window = chosen[0].window
        yield stated(figure, window)
        yield from (each for each in chosen if each.window == window)
    elif named and windows(figure):
        yield stated(figure, windows(figure)[0])


def _beside(rate: Rate, figure: Figure) -> bool:
    return all(each.document == figure.document for each in rate.figures)


def _levels_behind(rate: Rate, levels: Sequence[Figure]) -> Iterator[Rate]:
    """What the levels of the same window say about a rate implied by a lead."""
    for document in sorted({each.document for each in levels}):
        starts = [e for e in levels if e.document == document and e.year == rate.window[0]]
        ends = [e for e in levels if e.document == document and e.year == rate.window[1]]
        if starts and ends:
            computed = implied(Path(starts[-1], ends[-1]))
            if computed is not None:
                yield computed


def _groups(bundles: Sequence[Sequence[Rate]]) -> list[list[Rate]]:
    """The rates of one indicator each, in the order of their windows and places.

    A sentence that stands twice in a document counts once.
    """
    owners = [bundle[0].owner for bundle in bundles]
    joined = Joined(len(bundles))
    for i, j, comparison in pairs(owners, owners):
        if i < j and _one_owner(bundles[i][0], bundles[j][0], comparison):
            joined.join(i, j)
    groups: list[list[Rate]] = []
    for members in joined.groups():
        rates: dict[tuple[object, ...], Rate] = {}
        for each in (rate for i in members for rate in bundles[i]):
            first = each.figures[0]
            key = (each.origin, each.window, first.document, each.shown, first.indicator)
            rates.setdefault(key, each)
        groups.append(sorted(rates.values(), key=_place))
    return groups


def _one_owner(a: Rate, b: Rate, comparison: Comparison) -> bool:
    documents = {f.document for f in a.figures} | {f.document for f in b.figures}
    placed = (bool(a.owner.place) and bool(b.owner.place)) or len(documents) == 1
    return placed and clear(a.owner) and clear(b.owner) and firm(a.owner, b.owner, comparison)


def _place(rate: Rate) -> tuple[Window, str, int]:
    first = rate.figures[0]
    return rate.window, first.document, first.start


def _clash(a: Rate, b: Rate) -> bool:
    """Rates of one window that disagree. A goal missed or surpassed is no contradiction."""
    same_kind = a.figures[-1].goal == b.figures[-1].goal
    return a.window == b.window and same_kind and not agree(a, b)


def _finding(
    rates: Sequence[Rate], clashing: Sequence[tuple[Rate, Rate]], levels: Sequence[Figure]
) -> Finding:
    worst = max(clashing, key=lambda pair: abs(pair[0].shown - pair[1].shown))
    window = worst[0].window
    low, high = sorted(worst, key=lambda rate: rate.shown)
    goal = worst[0].figures[-1].goal  # what a plan asked for disagrees with no fact
    shown = [
        each for each in rates if _overlap(each.window, window) and each.figures[-1].goal == goal
    ]
    shown.sort(key=lambda each: (each.window != window, _ORIGINS.index(each.origin)))
    name = _name(shown)
    disagreeing = _distinct_values(each for each in shown if each.window == window)
    beside = _distinct_values(each for each in shown if each.window != window)
    causes = causes_of(low, high, shown, levels)
    sides: list[Evidence] = [evidence for each in shown for evidence in each.evidence]
    sides += causes.proof
    settled_by = bool(causes.conditions & _SETTLING)
    return Finding(
        KIND,
        f"“{name}”{window[0] + 1}—{window[1]}年的增速对不上：{disagreeing}"
        + (f"（另一时期：{beside}）" if beside else "")
        + "。"
        + "；".join(each.zh for each in shown)
        + ("。" if settled_by else "。可比增速不明。"),
        f"growth of {name}, {window[0] + 1}-{window[1]}: {disagreeing} disagree"
        + (f" (another period: {beside})" if beside else "")
        + ". "
        + "; ".join(each.en for each in shown)
        + ("." if settled_by else ". The comparable growth is unknown."),
        tuple(dict.fromkeys(sides)),
        explain(KIND, causes.conditions, causes.values),
    )


def _distinct_values(rates: Iterable[Rate]) -> str:
    return "、".join(dict.fromkeys(each.label for each in rates))


def _name(rates: Sequence[Rate]) -> str:
    names = [f.statement.subject for each in rates if each.origin == "levels" for f in each.figures]
    stated_names = [each.figures[0].statement.subject for each in rates if each.origin == "stated"]
    led = [each.owner.subject for each in rates]  # 「高于工业投资增速3.5个百分点」 in two documents
    return min(names or stated_names or led, key=lambda name: (len(name), name))


def _overlap(a: Window, b: Window) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _agreement(a: Rate, b: Rate) -> Agreement:
    name = _name((a, b))
    return Agreement(
        KIND,
        f"“{name}”{a.window[0] + 1}—{a.window[1]}年增速一致：{a.zh}；{b.zh}",
        f"growth of {name} agrees: {a.en}; {b.en}",
        (*a.evidence, *b.evidence),
    )
