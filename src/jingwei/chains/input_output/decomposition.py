"""Structural decomposition: why output changed between two tables, exactly.

Output is x = L B d: technology L, the mix B of each final use over sectors (n, k), and the size d
of each final use (k,). A change is split over the three by the mean of the two polar forms, which
is exact and close to the mean over all forms (Dietzenbacher and Los 1998, Economic Systems
Research 10, equations 7-8). Both tables must have the same sectors and be in constant prices, or
prices are part of what is called technology and size; the caller says so.
"""

from dataclasses import dataclass

import numpy as np

from jingwei.chains.input_output.headings import folded
from jingwei.chains.input_output.solving import leontief_inverse
from jingwei.chains.input_output.table import Array, InputOutputTable, ordered
from jingwei.core import InvalidRequest


@dataclass(frozen=True, slots=True)
class Decomposed:
    """Changes by sector, (n,) each, in the unit of the tables; the three add up to ``change``."""

    change: Array
    technology: Array
    mix: Array
    size: Array

    @property
    def residual(self) -> float:
        """Largest difference of the sum from the change, relative to the largest change."""
        total = self.technology + self.mix + self.size
        scale = float(np.max(np.abs(self.change))) or 1.0
        return float(np.max(np.abs(total - self.change))) / scale


def decompose(before: InputOutputTable, after: InputOutputTable) -> Decomposed:
    """Split the change of output between two tables, sectors in the order of the later one.

    Sectors are the same by name and region, in whatever order (§30.6). Raises InvalidRequest,
    NotProductive.
    """
    before = in_order_of(after, before)
    if before.unit != after.unit:
        raise InvalidRequest(
            f"两张表单位不同：{before.unit}与{after.unit}；请先换算",
            f"the tables differ in unit: {before.unit} and {after.unit}; convert one first",
            where=f"{before.name}, {after.name}",
        )
    headings = sorted({*_uses(before), *_uses(after)})
    (l0, b0, d0), (l1, b1, d1) = (_factors(table, headings) for table in (before, after))
    technology = ((l1 - l0) @ (b0 @ d0 + b1 @ d1)) / 2
    mix = (l1 @ ((b1 - b0) @ d0) + l0 @ ((b1 - b0) @ d1)) / 2
    size = (l1 @ (b1 @ (d1 - d0)) + l0 @ (b0 @ (d1 - d0))) / 2
    return Decomposed(after.output - before.output, technology, mix, size)


def in_order_of(one: InputOutputTable, other: InputOutputTable) -> InputOutputTable:
    """The other table with its sectors in the order of the first one. Raises InvalidRequest."""
    wanted, given = ([(s.region, folded(s.name)) for s in table.sectors] for table in (one, other))
    if wanted == given:
        return other
    where = f"{other.name}, {one.name}"
    if sorted(wanted) != sorted(given):
        told: list[str] = []
        for table, own, others in ((other, given, wanted), (one, wanted, given)):
            extra = [s.name for s, key in zip(table.sectors, own, strict=True) if key not in others]
            shown = "、".join(extra[:5]) + (f"等{len(extra)}个" if len(extra) > 5 else "")
            told += [f"{table.name}: {shown}"] if extra else []
        only = "；".join(told) or f"{len(given)}, {len(wanted)}"
        raise InvalidRequest(
            f"两张表的部门不同（按名称核对），不能分解；只在一张表里的：{only}。请先合并到同一部门分类",
            f"the two tables have different sectors (by name); in one only: {only}. Bring them to one "
            "classification first",
            where=where,
        )
    if len(set(given)) < len(given):
        name = next(key[1] for key in given if given.count(key) > 1)
        raise InvalidRequest(
            f"几个部门同名（{name}），次序又不同，不能按名称对上；请改名或调成同一次序",
            f"several sectors are named {name} and stand in another order; rename them or reorder",
            where=where,
        )
    return ordered(other, [given.index(key) for key in wanted])


def _uses(table: InputOutputTable) -> dict[str, Array]:
    """Final uses with their sign: imports and inflows take off."""
    return table.final | {heading: -amount for heading, amount in table.deducted.items()}


def _factors(table: InputOutputTable, headings: list[str]) -> tuple[Array, Array, Array]:
    """L, B, d of a table. A use that one of two tables does not print has size zero there."""
    nothing = np.zeros_like(table.output)
    uses = [_uses(table).get(heading, nothing) for heading in headings]
    # what the printed uses leave open (the error) is one more use, so that x = L B d holds exactly
    uses.append(table.final_demand - np.sum(uses, axis=0) if uses else table.final_demand)
    demand = np.array(uses).T
    size = np.abs(demand).sum(axis=0)
    mix = np.divide(demand, size, out=np.zeros_like(demand), where=size != 0)
    return leontief_inverse(table.flows, table.made), mix, size
