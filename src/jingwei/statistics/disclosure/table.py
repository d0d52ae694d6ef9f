"""A table of totals with its margins: cells, who contributed to them, and what adds up to what.

Every dimension (district, industry) is a tree of codes with one top; the table has a cell for
every combination of codes, totals included. So ``cell(parent, …) = Σ cell(child, …)`` holds in
every dimension: these equations are what a reader can compute with.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from jingwei.core import InvalidRequest

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    """A classification as a tree: ``above`` maps every code to the code that holds it, "" at the top."""

    name: str
    above: Mapping[str, str]

    def __post_init__(self) -> None:
        tops = [code for code, above in self.above.items() if not above]
        if len(tops) != 1:
            raise InvalidRequest(
                f"“{self.name}”要有且只有一个合计，现有{len(tops)}个；请补上合计一级",
                f"'{self.name}' needs one total at its top and has {len(tops)}; add a total",
            )
        for code in self.above:
            seen = {code}
            while above := self.above[code]:
                if above not in self.above or above in seen:
                    raise InvalidRequest(
                        f"“{self.name}”中{code}的上级{above}不存在或循环；请改上级代码",
                        f"in '{self.name}' the code {above} above {code} is missing or circular",
                    )
                seen.add(above)
                code = above

    @property
    def top(self) -> str:
        return next(code for code, above in self.above.items() if not above)

    def path(self, code: str) -> list[str]:
        """The code and all above it."""
        path = [code]
        while above := self.above[path[-1]]:
            path.append(above)
        return path

    def families(self) -> dict[str, list[str]]:
        """Codes that have others below them, with those."""
        below: defaultdict[str, list[str]] = defaultdict(list)
        for code, above in self.above.items():
            if above:
                below[above].append(code)
        return dict(below)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one respondent adds to a total. ``owner`` is who answers for it: the enterprise, or the
    group that several enterprises belong to and that counts as one respondent."""

    codes: Key
    owner: str
    value: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One total. ``parts`` are the contributions by owner, the largest in size first; ``only`` is
    the one respondent of a cell that has no other, else ""."""

    value: float
    parts: tuple[float, ...]
    only: str = ""

    @property
    def count(self) -> int:
        """Respondents; 0 is a combination that nobody is in."""
        return len(self.parts)


@dataclass(frozen=True, slots=True)
class MarginTable:
    """All cells of all combinations of codes, in the order of the dimensions.

    ``equations`` are pairs of a total and its parts, as places in ``keys``.
    """

    name: str
    unit: str
    dimensions: tuple[Dimension, ...]
    keys: tuple[Key, ...]
    cells: tuple[Cell, ...]
    equations: tuple[tuple[int, tuple[int, ...]], ...]

    def at(self, key: Key) -> Cell:
        return self.cells[self.keys.index(key)]


def tabulate(
    name: str, dimensions: Sequence[Dimension], records: Iterable[Contribution], unit: str = ""
) -> MarginTable:
    """Add records up to a table with all margins.

    A record's codes are the finest it has; a code with others below it is refused, because its
    record could not be told from theirs. Raises InvalidRequest.
    """
    families = [each.families() for each in dimensions]
    sums: defaultdict[Key, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for record in records:
        for dimension, family, code in zip(dimensions, families, record.codes, strict=True):
            if code not in dimension.above or code in family:
                raise InvalidRequest(
                    f"记录的“{dimension.name}”是{code}，不是最细一级的代码；请先归到最细一级",
                    f"a record has {code} as '{dimension.name}', which is no code of the finest level",
                    where=record.owner,
                )
        paths = [d.path(code) for d, code in zip(dimensions, record.codes, strict=True)]
        for key in product(*paths):
            sums[key][record.owner] += record.value
    keys = tuple(product(*(tuple(each.above) for each in dimensions)))
    cells = tuple(
        Cell(
            sum(sums[key].values()) if key in sums else 0.0,
            tuple(sorted(sums[key].values(), key=lambda v: (-abs(v), v))) if key in sums else (),
            next(iter(sums[key])) if key in sums and len(sums[key]) == 1 else "",
        )
        for key in keys
    )
    place = {key: k for k, key in enumerate(keys)}
    equations: list[tuple[int, tuple[int, ...]]] = []
    for axis, family in enumerate(families):
        others = [tuple(each.above) if k != axis else ("",) for k, each in enumerate(dimensions)]
        for rest in product(*others):
            for total, parts in family.items():
                whole = place[(*rest[:axis], total, *rest[axis + 1 :])]
                below = tuple(place[(*rest[:axis], part, *rest[axis + 1 :])] for part in parts)
                equations.append((whole, below))
    return MarginTable(name, unit, tuple(dimensions), keys, cells, tuple(equations))
