"""All checks, in the order of causes, and their findings worded and joined.

Order (``docs/semantics.md`` §18.2): what a cell is; the same thing twice; columns copied or in
another unit; signs and noughts; sums; single values; months within a year; ratios; growth rates;
bounds. A later check sees what earlier ones explained as mended, so that one error is one finding.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from jingwei.core import Months, Observation, written_out
from jingwei.statistics.cards import Cards
from jingwei.statistics.checks.bench import Bench, Draft, Held, Series, named, shown
from jingwei.statistics.checks.cells import outliers
from jingwei.statistics.checks.copies import duplicates, stale_columns
from jingwei.statistics.checks.crossed import crossed_columns, crossed_rows
from jingwei.statistics.checks.crossing import crossed_series, crossed_with_others
from jingwei.statistics.checks.exceeding import exceeding_parts
from jingwei.statistics.checks.finding import RULES, Action, Change, IntakeFinding, Suggestion
from jingwei.statistics.checks.firms import firm_ratios
from jingwei.statistics.checks.held import against_held, revisions
from jingwei.statistics.checks.likely import printed_step
from jingwei.statistics.checks.monthly import cumulative
from jingwei.statistics.checks.rates import growth_rates, rates_vouched
from jingwei.statistics.checks.relations import bounds, identities
from jingwei.statistics.checks.sequence import in_sequence, once
from jingwei.statistics.checks.shares import rate_slips, shares_within
from jingwei.statistics.checks.shifts import column_shifts
from jingwei.statistics.checks.signs import signs, zeros
from jingwei.statistics.checks.sums import check_sums, sums
from jingwei.statistics.checks.units import check_enterprises
from jingwei.statistics.checks.windows import leaps, unfinished, wrong_windows
from jingwei.statistics.checks.written import written_cells
from jingwei.statistics.intake import Declared, Figure, FileReading, Place


def check(
    readings: Sequence[FileReading],
    declared: Declared,
    known: Sequence[Observation] = (),
    *,
    today: date | None = None,
    published: Mapping[str, date | None] | None = None,
) -> list[IntakeFinding]:
    """Likely errors of files, by file, sheet and row.

    ``known`` is what was published before (the newest vintage); it helps to judge and is never
    accused. ``today`` is the day that no date of a list can be after, None where it is not known;
    ``published`` says when a file was published, by its name: no period can end after that day.
    Nothing is changed.
    """
    readings, misdated = in_sequence(readings, today)
    own = [figure for reading in readings for figure in reading.figures]
    held = _held(known, declared.cards, own)
    presumed = [figure for reading in readings for figure in reading.presumed]
    bench = Bench((*own, *presumed, *_history(known, declared, [*own, *presumed])), len(own), held)
    for step in _steps(declared, unfinished(published or {}, today)):
        bench.refresh()
        step(bench)
    found = [*misdated, *_joined(bench)]
    flagged = {place for finding in found for place in finding.places}
    for reading in readings:
        found += written_cells(reading, flagged)
    found += check_enterprises(
        [row for each in readings for row in each.enterprises], declared, today
    )
    return sorted(
        once(found), key=lambda each: (each.file, each.sheet, each.row, each.field, each.rule)
    )


def against_store(
    readings: Sequence[FileReading], declared: Declared, known: Sequence[Observation]
) -> list[IntakeFinding]:
    """Only what does not fit the store: powers of ten, columns of another window, revisions out of
    size. Quick, so that every file that comes in can be held against what is there."""
    own = [figure for reading in readings for figure in reading.figures]
    held = _held(known, declared.cards, own)
    if not held:
        return []
    bench = Bench((*own, *_history(known, declared, own)), len(own), held)
    for step in (against_held, wrong_windows, revisions):
        step(bench)
    return sorted(_joined(bench), key=lambda each: (each.file, each.sheet, each.row, each.field))


def _steps(declared: Declared, over: Callable[[Bench], None]) -> Iterable[Callable[[Bench], None]]:
    def totals(bench: Bench) -> None:
        check_sums(bench, sums(bench, declared.regions))

    def parts(bench: Bench) -> None:
        exceeding_parts(bench, declared.regions)

    return (
        over, duplicates, against_held, wrong_windows, stale_columns, column_shifts, crossed_columns, signs, zeros, crossed_rows, crossed_series, crossed_with_others,
        totals, cumulative, identities, shares_within, rate_slips, firm_ratios, rates_vouched, parts, revisions, outliers, leaps, growth_rates, bounds,
    )  # fmt: skip


def _history(
    known: Sequence[Observation], declared: Declared, own: Sequence[Figure]
) -> Iterable[Figure]:
    """Known observations as figures without a place; those that a file repeats stay out."""
    here = {(figure.series, figure.months) for figure in own}
    for each in known:
        card = declared.cards.get(each.series.card)
        if card is None:
            continue
        figure = Figure(
            Place("", "", 0, ""), card.name, card, each.series.region, each.months, each.value,
            each.unit, each.value, each.unit, _step_of(each.value), each.series.codes,
            each.series.entity, op=each.op, region_name=declared.region_name(each.series.region),
            labels=declared.labels(each.series.codes),
        )  # fmt: skip
        if (figure.series, figure.months) not in here:
            yield figure


def _held(
    known: Sequence[Observation], cards: Cards, own: Sequence[Figure]
) -> dict[Series, dict[Months, Held]]:
    """Known values of the series that the files hold."""
    wanted = {figure.series for figure in own}
    held: dict[Series, dict[Months, Held]] = {}
    for each in known:
        key = each.series
        series: Series = (key.card, key.region, key.codes, key.entity, "level")
        if series in wanted and cards.get(key.card) is not None and each.op in ("=", "~"):
            held.setdefault(series, {})[each.months] = Held(each.value)
    return held


def _step_of(value: float) -> float:
    text = repr(round(value, 6))
    decimals = len(text.partition(".")[2]) if "." in text and "e" not in text else 0
    return 10.0 ** -(0 if text.endswith(".0") else decimals)


def _joined(bench: Bench) -> Iterable[IntakeFinding]:
    """Findings worded; like slips in most of one row or column become one finding."""
    finest = _finest(bench.figures[: bench.own])
    for draft in _together(bench):
        figures = [bench.figures[n] for n in draft.at]
        yield _worded(draft, figures, finest)


def _together(bench: Bench) -> list[Draft]:
    """Drafts of one rule and factor that fill a row of a table are one error."""
    filled: defaultdict[tuple[object, ...], int] = defaultdict(int)
    for figure in bench.figures[: bench.own]:
        place = figure.place
        filled[place.file, place.sheet, place.table, place.row] += 1
    rows: defaultdict[tuple[object, ...], list[Draft]] = defaultdict(list)
    kept: list[Draft] = []
    for draft in bench.drafts:
        first = bench.figures[draft.at[0]].place
        if len(draft.at) == 1 and draft.rule in ("unit_slip", "magnitude", "percent_slip", "sign"):
            rows[
                first.file, first.sheet, first.table, first.row, draft.rule, round(draft.factor, 9)
            ].append(draft)
        else:
            kept.append(draft)
    for key, drafts in rows.items():
        if len(drafts) >= 3 and len(drafts) >= 0.6 * filled[key[:4]]:
            first = drafts[0]
            fields = "、".join(bench.figures[each.at[0]].place.field for each in drafts[:4])
            kept.append(
                replace_draft(
                    first, tuple(n for each in drafts for n in each.at),
                    tuple(after for each in drafts for after in each.after),
                    f"{first.zh}；本行共 {len(drafts)} 格如此（{fields}…）",
                    f"{first.en}; so are {len(drafts)} cells of this row",
                )
            )  # fmt: skip
        else:
            kept += drafts
    return kept


def replace_draft(
    draft: Draft, at: tuple[int, ...], after: tuple[float | None, ...], zh: str, en: str
) -> Draft:
    return replace(draft, at=at, after=after, zh=zh, en=en)


def _finest(figures: Iterable[Figure]) -> dict[tuple[str, str, int, str], float]:
    """The last digit that an indicator is printed with anywhere in a table: 212 among 42.0 and 26.1 is
    212.0."""
    found: dict[tuple[str, str, int, str], float] = {}
    for each in figures:
        step = printed_step(each.step, each.value, each.written)
        if step > 1e-9:
            key = _printed(each)
            found[key] = min(step, found.get(key, step))
    return found


def _printed(figure: Figure) -> tuple[str, str, int, str]:
    return figure.place.file, figure.place.sheet, figure.place.table, figure.name


def _worded(
    draft: Draft, figures: Sequence[Figure], finest: Mapping[tuple[str, str, int, str], float]
) -> IntakeFinding:
    figure = figures[0]
    place = figure.place
    changes: list[Change] = []
    for order, each in enumerate(figures):
        after = draft.after[order] if order < len(draft.after) else None
        if draft.action == "ask":
            after = None  # what others are held against meanwhile is no correction
        if draft.rule == "two_values" and order:
            break
        if after is None and draft.action not in ("remove", "ask"):
            continue
        changes.append(
            Change(
                each.place.row, each.place.field, each.written,
                None if after is None
                else _as_written(each, after, draft.factor, finest.get(_printed(each))), each.place.sheet,
            )
        )  # fmt: skip
    action, _, label = draft.action.partition(":")
    if label:
        changes = [Change(place.row, "", named(figure), label, place.sheet)]
    suggestion = _suggestion(action, label, changes, figure.written_unit)
    title = RULES[draft.rule][0]
    return IntakeFinding(
        place.file, place.row, place.field, draft.rule, f"{title}：{draft.zh}", draft.en,
        suggestion, place.sheet, tuple(each.place for each in figures),
    )  # fmt: skip


def _as_written(figure: Figure, after: float, factor: float, finest: float | None) -> float:
    """A value of the figure's unit in the unit of the cell, with the digits of its table."""
    value = after * figure.written / figure.value if figure.value and figure.written else after
    step = printed_step(figure.step, figure.value, figure.written)
    step = min(step, finest) if finest else step
    if factor > 1:
        step /= factor
    if step > 0 and abs(value) > step:
        value = round(round(value / step) * step, 10)
    return float(f"{written_out(value, 12)}")


def _suggestion(action: str, label: str, changes: Sequence[Change], unit: str) -> Suggestion | None:
    kind: Action = action if action in ("remove", "swap", "relabel", "ask") else "replace"  # pyright: ignore[reportAssignmentType]
    if kind == "relabel":
        return Suggestion(
            kind, f"地区可能是 {label}", f"the region is probably {label}", "", tuple(changes)
        )
    if kind == "remove":
        return Suggestion(kind, "删去", "remove it", unit, tuple(changes))
    if kind == "ask":
        return Suggestion(kind, "向报送单位核实", "ask who reported it", unit, tuple(changes))
    if not changes:
        return None
    first = changes[0]
    before = shown(first.before) if isinstance(first.before, float) else first.before
    after = shown(first.after) if isinstance(first.after, float) else first.after
    if kind == "swap":
        return Suggestion(
            kind,
            f"对调：{before} ↔ {after}",
            f"exchange {before} and {after}",
            unit,
            tuple(changes),
        )
    more = f"，共 {len(changes)} 格" if len(changes) > 1 else ""
    return Suggestion(
        kind, f"{before} → {after}{more}", f"{before} to {after}", unit, tuple(changes)
    )
