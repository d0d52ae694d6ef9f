"""Rows and columns that stand like sectors and are sums of others: they are none (§30.9).

A total is known by its name (合计, 小计) or by arithmetic: its row and its column, and every further
column of figures, are in every cell the sum of a run of other sectors. Left among the sectors it
would count what it sums twice.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from jingwei.chains.input_output.headings import figure, is_total, is_within

if TYPE_CHECKING:
    from jingwei.chains.input_output.anatomy import Anatomy

Array = NDArray[np.float64]
_LEAST = 4
"""So many cells of a total must be other than zero: fewer could add up by chance."""
_UNLIKE = 3
"""So many different figures it must hold: rows of ones add up everywhere."""
_MOST = 1000


def sum_of_others(
    vectors: Array, among: Sequence[int], step: float = 0.0, least: int = _LEAST
) -> tuple[int, list[int]] | None:
    """The first of some rows that is the sum of a run of two or more others, and that run.

    vectors: (n, m); among: the rows that are looked at, in their order; a run passes over the row itself
    step:    what figures are rounded to; least: cells that must not be zero in the row

    More than a thousand rows are a classification of products, not a table with subtotals: none is
    looked for.
    """
    if len(among) > _MOST:
        return None
    sums = vectors.sum(axis=1)
    for k in among:
        run = _run(vectors, sums, k, [i for i in among if i != k], step, least)
        if run:
            return k, run
    return None


def _run(
    vectors: Array, sums: Array, k: int, others: list[int], step: float, least: int
) -> list[int]:
    wanted = vectors[k]
    told = wanted[wanted != 0]
    if told.size < least or np.unique(told).size < min(least, _UNLIKE):
        return []
    reached = np.zeros(len(others) + 1)
    reached[1:] = np.cumsum(sums[others])
    # candidates by their grand totals; cells decide
    width = 1e-9 * float(np.abs(sums).sum()) + float(np.sum(_slack(wanted, step, len(others))))
    order = np.argsort(reached, kind="stable")
    ends = reached + float(sums[k])
    low = np.searchsorted(reached[order], ends - width)
    high = np.searchsorted(reached[order], ends + width, "right")
    for start in np.flatnonzero(high > low).tolist():
        for end in sorted(order[low[start] : high[start]].tolist(), reverse=True):
            run = others[start:end]
            if len(run) < 2 or np.count_nonzero(np.any(vectors[run] != 0, axis=1)) < 2:
                continue
            gap = np.abs(vectors[run].sum(axis=0) - wanted)
            if np.all(gap <= _slack(wanted, step, len(run))):
                return run
    return []


def _slack(wanted: Array, step: float, parts: int) -> Array:
    """By how much a sum of rounded figures may be off: half a step for each, at most half a percent."""
    size = np.abs(wanted)
    rounded = np.minimum(0.5 * step * (parts + 1), 0.005 * size)
    return rounded + 1e-9 * float(np.max(size, initial=0.0))


def rounding(cells: Sequence[str]) -> float:
    """The step that printed figures are rounded to: 1 for whole numbers, 0.1 for one decimal."""
    places = max((len(c.strip(" )）").partition(".")[2]) for c in cells if "." in c), default=0)
    return 10.0**-places


def without_totals(at: "Anatomy") -> "Anatomy":
    """The same table without sectors that are sums or parts of others, and a word on each."""
    home = at.rows.get("domestic", at.rows.get("total", next(iter(at.rows.values()))))
    named = _sides(at, home)
    kept = list(range(len(at.columns)))
    cells = [[at.grid[row][column] for column in at.columns] for row in home]
    for k in named:
        kept.remove(k)
        word = at.grid[home[k]][at.label]
        at.notes.append((
            f"“{word}”不是部门（合计、小计或其中项），已略去",
            f"'{word}' is a total or a part of another row and no sector; it is left out",
        ))  # fmt: skip
    flows = np.array([[_amount(cell) for cell in line] for line in cells], dtype=float)
    beyond = [
        column
        for column in range(at.columns[-1] + 1, len(at.grid[0]))
        if all(figure(at.grid[row][column]) is not None for row in home)
    ]
    beside = np.array([[_amount(at.grid[row][c]) for c in beyond] for row in home], dtype=float)
    vectors = np.hstack([flows, flows.T, beside.reshape(len(home), -1)])
    step = rounding([cell for line in cells for cell in line])
    while (
        len(kept) > 2 and np.isfinite(flows).all() and (got := sum_of_others(vectors, kept, step))
    ):
        word, *parts = (at.grid[home[i]][at.label] for i in [got[0], *got[1]])
        shown = "、".join(parts[:4]) + ("等" if len(parts) > 4 else "")
        at.notes.append((
            f"“{word}”的行和列逐格等于{shown}之和，是合计而不是部门，已略去，以免重复计算",
            f"'{word}' is in every cell the sum of {shown}: a total and no sector; it is left out",
        ))  # fmt: skip
        kept.remove(got[0])
    while np.isfinite(flows).all() and (pair := _twins(vectors, flows, beside, kept)):
        one, other = (at.grid[home[k]][at.label] for k in pair)
        at.notes.append((
            f"“{one}”与“{other}”的行和列逐格相同，是同一个部门印了两次，已略去“{one}”",
            f"'{one}' and '{other}' are alike in every cell, one sector printed twice; '{one}' is left out",
        ))  # fmt: skip
        kept.remove(pair[0])
    if len(kept) == len(at.columns):
        return replace(at, aside=_named_sides(at))
    gone = set(range(len(at.columns))) - set(kept)
    rows, columns = _named_sides(at)
    return replace(
        at,
        columns=tuple(at.columns[k] for k in kept),
        rows={origin: [found[k] for k in kept] for origin, found in at.rows.items()},
        aside=(
            rows | {found[k] for found in at.rows.values() for k in gone},
            columns | {at.columns[k] for k in gone},
        ),
    )


def _twins(
    vectors: Array, flows: Array, beside: Array, kept: Sequence[int]
) -> tuple[int, int] | None:
    """Two sectors alike in every cell (第一产业 and its only part), unless a printed sum has both."""
    if not 2 < len(kept) <= _MOST:
        return None
    seen: dict[bytes, int] = {}
    both = flows[:, list(kept)].sum(axis=1)
    close = 1e-9 * float(np.max(np.abs(both), initial=0.0))
    for k in kept:
        if np.unique(vectors[k][vectors[k] != 0]).size < _LEAST:
            continue
        first = seen.setdefault((vectors[k] + 0.0).tobytes(), k)
        if first != k:
            counted = np.abs(beside.reshape(len(both), -1) - both[:, None]) <= close
            return None if np.all(counted, axis=0).any() else (first, k)
    return None


def _amount(cell: str) -> float:
    value = figure(cell)
    return float("nan") if value is None else value


def _sides(at: "Anatomy", rows: Sequence[int]) -> list[int]:
    """Sectors that another of their words, beside the label or over the heading, calls a total."""
    found = [
        k
        for k, (row, column) in enumerate(zip(rows, at.columns, strict=True))
        if any(
            is_total(word) or is_within(word)
            for word in [*at.grid[row][: at.columns[0]], *at.headings(column)[:1]]
            if figure(word) is None
        )
    ]
    # a word that stands before every row tells their kind (来源：合计), not that they are sums
    return found if len(found) < len(rows) else []


def told_of_totals(
    at: "Anatomy", rows: Sequence[int], columns: Sequence[int]
) -> list[tuple[str, str]]:
    """That rows and columns named 合计 are no sectors, and which rows sum nothing printed here.

    rows, columns: those beyond the sectors; the ones between them are known to the table
    """
    every = {row: at.labels(row) for row in [*sorted(at.aside[0]), *rows]}
    heads = {column: at.headings(column) for column in [*sorted(at.aside[1]), *columns]}
    words = list(dict.fromkeys(
        word
        for found in (*every.values(), *heads.values())
        for word in [next((each for each in found if is_total(each) or is_within(each)), "")]
        if word
    ))  # fmt: skip
    if not words:
        return []
    listed = "、".join(words)
    notes = [(
        f"“{listed}”是合计、小计或其中项，不是部门，已略去",
        f"'{listed}': totals or parts of other rows, and no sectors; they are left out",
    )]  # fmt: skip
    for row in every:
        label = at.grid[row][at.label]
        if is_within(label) or not is_total(label):
            continue
        figures = [[_amount(at.grid[r][c]) for c in at.columns] for r in range(len(at.grid))]
        values = np.array(figures[row])
        sectors = [r for found in at.rows.values() for r in found if r < row or row in at.aside[0]]
        below = [r for r in range(at.last_row + 1, row) if r not in rows]
        if not np.isfinite(values).all() or _adds_up(figures, values, sectors, below):
            continue
        gap = np.abs(np.sum([figures[r] for r in sectors], axis=0) - values)
        worst = int(np.argmax(gap))
        name = at.grid[at.head][at.columns[worst]]
        notes.append((
            f"“{label}”一行（第{row + 1}行）与各部门之和不等，{name}一列差{gap[worst]:g}；取各部门的数",
            f"row '{label}' (line {row + 1}) is not the sum of the sectors, by {gap[worst]:g} in column "
            f"{name}; the sectors are taken",
        ))  # fmt: skip
    return notes


def _adds_up(
    figures: Sequence[Sequence[float]],
    values: Array,
    sectors: Sequence[int],
    below: Sequence[int],
) -> bool:
    """Whether a row is the sum of a run of sectors, of rows below them, or of both."""
    known = [r for r in [*sectors, *below] if np.isfinite(figures[r]).all()]
    vectors = np.array([values, *(figures[r] for r in known)])
    if _run(vectors, vectors.sum(axis=1), 0, [*range(1, len(vectors))], 0.0, 1):
        return True
    bought = np.sum([figures[r] for r in sectors], axis=0)
    sums = [np.array(figures[r]) + bought for r in below if np.isfinite(figures[r]).all()]
    close = 1e-6 * float(np.max(np.abs(values), initial=1.0))
    return any(float(np.max(np.abs(each - values))) <= close for each in [bought, *sums])


def _named_sides(at: "Anatomy") -> tuple[frozenset[int], frozenset[int]]:
    """Rows and columns of figures among the sectors that their names call totals."""
    rows = {row for found in at.rows.values() for row in found}
    between = [
        row
        for row in range(at.head + 1, max(rows))
        if row not in rows
        and any(figure(at.grid[row][c]) is not None for c in at.columns)
        and at.is_sum(at.labels(row))
    ]
    across = [
        column
        for column in range(at.label + 1, at.columns[-1])
        if column not in at.columns
        and any(figure(at.grid[row][column]) is not None for row in rows)
        and at.is_sum(at.headings(column))
    ]
    return frozenset(between), frozenset(across)
