"""Which further cells to hide so that no hidden cell can be computed: secondary suppression.

The cheapest pattern that makes every claim of the attack true is an integer programme with one
yes-or-no for every cell. It is solved as Fischetti and Salazar (2001, Management Science 47,
1008-1027) do: a pattern is proposed by the cuts known so far (HiGHS), attacked, and every attack
that comes too close gives a cut; the first pattern that withstands all attacks is optimal. Where
that search ends at its limits, a pattern is built claim by claim, each by the cheapest move that
makes it true (Hundepool et al. 2012, chapter 4), and freed of cells that it does not need: it
withstands all attacks too, but may hide more than it must. The answer says which of the two it is,
and the bound.

A cell costs its share of everything shown plus one cell's share of their number, so that few and
small cells go. Limits are counts of rounds and nodes, never seconds: the same table gives the same
pattern.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from jingwei.core import InvalidRequest
from jingwei.statistics.disclosure.attack import Array, Attacker, Claim, claims
from jingwei.statistics.disclosure.rules import Rules, Sensitive, sensitive
from jingwei.statistics.disclosure.solver import solver
from jingwei.statistics.disclosure.table import Key, MarginTable

MARK = "×"
"""Printed in the place of every hidden cell, whatever the reason."""
LEGEND = "×：为保护单个统计调查对象的资料而不公布 / withheld to protect single respondents"

_ROUNDS = 200
_NODES = 20_000
_LARGEST = 20_000
"""Cells; larger tables are split by the person who publishes them."""
_LARGEST_EXACT = 3_000
_ATTACKS = 50_000
"""Linear programmes that thinning a pattern may take."""
_FLOW = 1e-7


@dataclass(frozen=True, slots=True)
class Protected:
    """A table that may leave the house.

    ``hidden`` are places of cells; which of them are sensitive is for the office only
    (``sensitive``), the printed mark is the same. ``cost`` and ``bound`` are in shares of the
    table: no pattern is cheaper than ``bound``. ``optimal`` says that this one is not dearer.
    """

    table: MarginTable
    sensitive: dict[int, Sensitive]
    hidden: frozenset[int]
    cost: float
    bound: float
    optimal: bool
    intervals: dict[int, tuple[float, float]]

    def shown(self, key: Key) -> float | str:
        """The value of a cell, or the mark. Never 0 for a cell that is hidden."""
        at = self.table.keys.index(key)
        return MARK if at in self.hidden else self.table.cells[at].value

    def rows(self) -> list[dict[str, float | str]]:
        """One row a cell: its code in every dimension and ``value``."""
        names = [each.name for each in self.table.dimensions]
        return [
            dict(zip(names, key, strict=True))
            | {"value": MARK if at in self.hidden else self.table.cells[at].value}
            for at, key in enumerate(self.table.keys)
        ]


def protected(
    table: MarginTable, rules: Rules | None = None, *, published: Iterable[Key] = ()
) -> Protected:
    """The table with the cells hidden that may not be seen or would betray them.

    ``published`` are cells that readers know already and that cannot be hidden any more. Raises
    InvalidRequest where that leaves a cell without protection, or the table is too large.
    """
    rules = rules or Rules()
    if len(table.cells) > _LARGEST:
        raise InvalidRequest(
            f"表有{len(table.cells)}格，超过{_LARGEST}格的上限；请按地区或行业拆开再处理",
            f"{len(table.cells)} cells are over the limit of {_LARGEST}; split the table",
            where=table.name,
        )
    found = sensitive(table, rules)
    if not found:
        return Protected(table, {}, frozenset(), 0.0, 0.0, True, {})
    place = {key: at for at, key in enumerate(table.keys)}
    fixed = {place[key] for key in published}
    known = sorted(found.keys() & fixed)
    if known:
        raise _unprotected(table, known[0], "已经公布", "is already published")
    attacker = Attacker(table, nonnegative=rules.nonnegative)
    wanted = claims(table, found)
    cost = _costs(table, fixed)
    least, pattern = 0.0, None
    if len(table.cells) <= _LARGEST_EXACT:
        least, pattern = _exact(table, attacker, wanted, cost, found)
    optimal = pattern is not None
    if pattern is None:
        pattern = _built(table, attacker, wanted, cost, found)
        pattern = _thinned(pattern, attacker, wanted, cost, found)
    total = float(sum(cost[list(pattern)]))
    hidden = frozenset(pattern)
    weak = [claim for claim in wanted if not attacker.holds(claim, hidden)]
    if weak:  # our own check of our own answer: nothing leaves the house unproved
        raise _unprotected(table, weak[0].cell, "没有找到保护办法", "could not be protected")
    return Protected(
        table,
        found,
        hidden,
        total,
        min(least, total),
        optimal or least >= total - 1e-9,
        attacker.bounds(hidden),
    )


def _unprotected(table: MarginTable, at: int, zh: str, en: str) -> InvalidRequest:
    key = "、".join(table.keys[at])
    return InvalidRequest(
        f"“{key}”一格须保密，但{zh}；请合并行业或地区，或不发布这张表",
        f"the cell {key} must be withheld but {en}; merge codes or do not publish the table",
        where=table.name,
    )


def _costs(table: MarginTable, fixed: Collection[int]) -> Array:
    """inf for what cannot be hidden: empty cells, which a reader knows, and published ones."""
    sizes = np.array([abs(cell.value) for cell in table.cells])
    cost = sizes / (sizes.sum() or 1.0) + 1 / len(sizes)
    cost[[cell.count == 0 for cell in table.cells]] = np.inf
    cost[list(fixed)] = np.inf
    return cost


def _built(
    table: MarginTable,
    attacker: Attacker,
    wanted: list[Claim],
    cost: Array,
    found: dict[int, Sensitive],
) -> set[int]:
    """A pattern that makes all claims true, claim by claim by the cheapest move."""
    import highspy

    count = len(cost)
    model = solver()
    for _ in range(2 * count):  # moves up, then moves down
        model.addVar(0.0, 0.0)
    for index, sign in zip(attacker.index, attacker.sign, strict=True):
        both = np.concatenate([index, index + count]).astype(np.int32)
        model.addRow(0.0, 0.0, len(both), both, np.concatenate([sign, -sign]))
    every = np.arange(2 * count, dtype=np.int32)
    hidden = set(found)
    for claim in sorted(wanted, key=lambda each: (-each.distance, each.cell, -each.side)):
        if attacker.holds(claim, hidden):
            continue
        low, high = attacker.room(claim)
        low[np.isinf(cost)] = high[np.isinf(cost)] = 0.0
        up, down = high.copy(), low.copy()
        up[claim.cell] = down[claim.cell] = 0.0
        least, most = np.zeros(2 * count), np.concatenate([up, down])
        moved = claim.cell + (0 if claim.side > 0 else count)
        least[moved] = most[moved] = 1.0
        price = np.where(np.isinf(cost), 0.0, cost)
        price[list(hidden)] = 0.0
        model.changeColsCost(2 * count, every, np.concatenate([price, price]))
        model.changeColsBounds(2 * count, every, least, most)
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise _unprotected(
                table, claim.cell, "别的格不足以保护它", "no other cells can cover it"
            )
        moves = np.abs(np.array(model.getSolution().col_value))
        hidden |= {int(at) for at in np.flatnonzero(moves[:count] + moves[count:] > _FLOW)}
    return hidden


def _thinned(
    hidden: set[int],
    attacker: Attacker,
    wanted: list[Claim],
    cost: Array,
    found: dict[int, Sensitive],
) -> set[int]:
    """The pattern without cells that it does not need, the dearest tried first."""
    spare = sorted(hidden - found.keys(), key=lambda each: (-cost[each], each))
    for at in spare[: _ATTACKS // max(len(wanted), 1)]:
        fewer = hidden - {at}
        if all(attacker.holds(claim, fewer) for claim in wanted):
            hidden = fewer
    return hidden


def _exact(
    table: MarginTable,
    attacker: Attacker,
    wanted: list[Claim],
    cost: Array,
    found: dict[int, Sensitive],
) -> tuple[float, set[int] | None]:
    """The cheapest pattern and its cost; None with a lower bound where a limit was reached."""
    import highspy

    count = len(cost)
    every = np.arange(count, dtype=np.int32)
    model = solver()
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("mip_max_nodes", _NODES)
    for at in range(count):
        fixed = 1.0 if at in found else 0.0
        model.addVar(fixed, 0.0 if np.isinf(cost[at]) else 1.0)
    model.changeColsCost(count, every, np.where(np.isinf(cost), 0.0, cost))
    model.changeColsIntegrality(count, every, np.array([highspy.HighsVarType.kInteger] * count))
    for total, parts in table.equations:  # no hidden cell stands alone in an equation
        line = [total, *parts]
        for at in set(line) & found.keys():
            rest = np.array([each for each in line if each != at], dtype=np.int32)
            model.addRow(1.0, np.inf, len(rest), rest, np.ones(len(rest)))
    least = 0.0
    for _ in range(_ROUNDS):
        model.run()
        least = max(least, float(model.getInfo().mip_dual_bound))
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return least, None
        hidden = {int(at) for at in np.flatnonzero(np.array(model.getSolution().col_value) > 0.5)}
        cuts = 0
        for claim in wanted:
            reached, prices = attacker.reach(claim, hidden)
            if reached < 1 - 1e-6:
                size = attacker.cut(claim, prices)
                index = np.flatnonzero(size > 1e-9).astype(np.int32)
                model.addRow(1.0, np.inf, len(index), index, size[index])
                cuts += 1
        if not cuts:
            return least, hidden
    return least, None
