"""Which cells tell too much about one respondent, and how far a reader may come to them.

- minimum count: fewer respondents than ``least``;
- dominance (n, k): the n largest make more than k % of the total;
- p %: the second largest can compute the largest to within p %: total − x₁ − x₂ < p/100 · x₁.

Hundepool et al. 2012, Statistical Disclosure Control, chapter 4, for the rules and for the distance
that an estimate of the cell must keep (upper protection level): for dominance
100/k · Σ_{i≤n} x_i − X, for p % p/100 · x₁ − (X − x₁ − x₂); for the count, which has none, p % of
the cell (ours). The distance downwards is the same, at most down to zero. Sizes are absolute where
contributions are negative (profits).
"""

from dataclasses import dataclass

from jingwei.core import InvalidRequest, written_out
from jingwei.statistics.disclosure.table import Cell, MarginTable


@dataclass(frozen=True, slots=True)
class Rules:
    """The thresholds of the house; every office sets its own, and does not publish them.

    least: respondents a published cell has; n, k: dominance; p: percent of the p % rule;
    nonnegative: whether readers know that no cell is below zero (output, not profit)
    """

    least: int = 3
    n: int = 2
    k: float = 85.0
    p: float = 10.0
    nonnegative: bool = True

    def __post_init__(self) -> None:
        if self.least < 1 or self.n < 1 or not 0 < self.k <= 100 or not 0 < self.p <= 100:
            raise InvalidRequest(
                f"保密规则的参数不合理：至少{self.least}家，前{self.n}家{written_out(self.k, 6)}%，p={written_out(self.p, 6)}%",
                f"thresholds out of range: least {self.least}, ({self.n}, {written_out(self.k, 6)}), p {written_out(self.p, 6)}",
            )


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A cell that may not be published: by which rules, and the distance estimates must keep."""

    rules: tuple[str, ...]
    up: float
    down: float


def sensitive(table: MarginTable, rules: Rules) -> dict[int, Sensitive]:
    """The cells that break a rule, by their place in the table.

    Raises InvalidRequest for negative cells where the rules say that there are none.
    """
    below = [at for at, cell in enumerate(table.cells) if cell.value < 0]
    if below and rules.nonnegative:
        raise InvalidRequest(
            f"“{'、'.join(table.keys[below[0]])}”是负数；数可以为负的表（如利润）请按可负处理",
            f"the cell {', '.join(table.keys[below[0]])} is negative; say that values may be (profits)",
            where=table.name,
        )
    sizes = [abs(cell.value) for cell in table.cells if cell.value]
    smallest = min(sizes, default=0.0)
    found: dict[int, Sensitive] = {}
    for at, cell in enumerate(table.cells):
        broken, distance = _broken(cell, rules)
        if broken:
            # a few who together have nothing: hidden among amounts like the smallest shown
            distance = max(distance, rules.p / 100 * (abs(cell.value) or smallest))
            down = min(distance, cell.value) if rules.nonnegative else distance
            found[at] = Sensitive(broken, distance, max(down, 0.0))
    return found


def _broken(cell: Cell, rules: Rules) -> tuple[tuple[str, ...], float]:
    if not cell.parts:
        return (), 0.0
    sizes = [abs(part) for part in cell.parts]
    total = sum(sizes)
    broken: list[str] = []
    distance = 0.0
    if cell.count < rules.least:
        broken.append("count")
    top = sum(sizes[: rules.n])
    if total and 100 * top > rules.k * total:
        broken.append("dominance")
        distance = 100 / rules.k * top - total
    largest, second = sizes[0], sizes[1] if len(sizes) > 1 else 0.0
    rest = total - largest - second
    if rest < rules.p / 100 * largest:
        broken.append("p_percent")
        distance = max(distance, rules.p / 100 * largest - rest)
    return tuple(broken), distance
