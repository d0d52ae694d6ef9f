"""Contribution (贡献率) and pull (拉动): whose change made the total's.

    pull_i = (x_i^T − x_i^0) / X^0          percentage points; they add up to the growth of X
    contribution_i = (x_i^T − x_i^0) / (X^T − X^0)          they add up to one

Where growth is published on the same frame (同口径, §12.3) the levels of last year are not its
base. The base that fits is x_i^T / (1 + g_i); pulls on it add up to the growth of the parts
together, and what that leaves of the published growth of the total is shown, not spread.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jingwei.core import Evidence, Formula, InvalidRequest, written_out


@dataclass(frozen=True, slots=True)
class Pull:
    """One part. ``pull`` in percentage points, ``contribution`` in percent, None where the total
    did not change (a share of nothing)."""

    name: str
    before: float
    after: float
    pull: float
    contribution: float | None
    evidence: Formula


@dataclass(frozen=True, slots=True)
class Pulls:
    """All parts, the largest pull first; ``growth`` in percent is what the pulls add up to.

    ``published`` is the growth published for the total on the same frame, ``remainder`` what the
    parts leave of it; both None where none was given.
    """

    parts: tuple[Pull, ...]
    before: float
    after: float
    growth: float
    published: float | None = None
    remainder: float | None = None


def pulls(
    before: Mapping[str, float],
    after: Mapping[str, float],
    evidence: Mapping[str, Sequence[Evidence]] | None = None,
) -> Pulls:
    """Pulls from two levels of every part. Raises InvalidRequest where a part has only one of
    them (a part that began or ended is given as 0) or the total was not positive."""
    only = sorted(before.keys() ^ after.keys())
    if only:
        listed = "、".join(only)
        raise InvalidRequest(
            f"这些部分只有一期的数：{listed}；新出现或退出的请写 0，缺数的不能算",
            f"these parts have a value in one period only: {listed}; write 0 for what began or "
            "ended; what is missing cannot be computed",
        )
    start, end = sum(before.values()), sum(after.values())
    if not start > 0:
        raise InvalidRequest(
            f"基期合计是{written_out(start, 6)}，不能算拉动；请给出合计为正的部分",
            f"the total before is {written_out(start, 6)}: pulls need a positive one",
        )
    change = end - start
    parts = [
        Pull(
            name,
            before[name],
            after[name],
            100 * (after[name] - before[name]) / start,
            100 * (after[name] - before[name]) / change if change else None,
            Formula(
                f"({written_out(after[name], 6)} − {written_out(before[name], 6)}) / {written_out(start, 6)} = "
                f"{100 * (after[name] - before[name]) / start:.4f}个百分点",
                tuple((evidence or {}).get(name, ())),
            ),
        )
        for name in before
    ]
    parts.sort(key=lambda part: (-part.pull, part.name))
    return Pulls(tuple(parts), start, end, 100 * change / start)


def pulls_same_frame(
    after: Mapping[str, float],
    growth: Mapping[str, float],
    published: float | None = None,
    evidence: Mapping[str, Sequence[Evidence]] | None = None,
) -> Pulls:
    """Pulls from this period's levels and their growth on the same frame, in percent.

    ``published`` is the published growth of the total. Raises InvalidRequest where a part has a
    level and no growth, or the reverse, or its growth is −100 % or less.
    """
    for name, rate in growth.items():
        if rate <= -100:
            raise InvalidRequest(
                f"增速{written_out(rate, 6)}%没有可比基数；请改用两期水平",
                f"a growth of {written_out(rate, 6)} % has no comparable base; use the two levels instead",
                where=name,
            )
    base = {name: after[name] / (1 + rate / 100) for name, rate in growth.items() if name in after}
    found = pulls(base | dict.fromkeys(growth.keys() - after.keys(), 0.0), after, evidence)
    remainder = None if published is None else published - found.growth
    return Pulls(found.parts, found.before, found.after, found.growth, published, remainder)
