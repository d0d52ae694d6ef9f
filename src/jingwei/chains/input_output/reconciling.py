"""What a table's own sums tell: the role of unknown rows and columns, and where sums do not fit.

A printed table adds up: output is uses less what comes from outside, value added is its parts. A
heading nobody knows is a part if the sum only holds with it, and none if it holds without
(``docs/semantics.md`` §30.7). Where neither holds the table is refused: a guess would be a number.
"""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np

from jingwei.chains.input_output.anatomy import Anatomy
from jingwei.chains.input_output.headings import unit_alone, unit_in
from jingwei.chains.input_output.table import Array, Sector, without_output

Note = tuple[str, str]
CLOSE = 1e-6
"""Of the largest output: printed sums that agree to this agree."""
_UNKNOWN = 4
"""So many unknown headings are told apart; with more the sums could hold by chance."""


def uses_told_apart(
    at: Anatomy,
    columns: Sequence[int],
    values: Mapping[str, Array],
    left: Array,
    deducted: Mapping[str, Array],
    error: Array | None,
    largest: float,
) -> tuple[dict[str, int], list[Note]]:
    """Unknown columns: 1 a final use, -1 taken off the uses, 0 neither. Raises InvalidFile.

    left:     (n,) what rows lack of output without these, without what comes from outside and error
    deducted: what comes from outside, of the sign printed; largest: the largest output
    """
    words = {
        0: ("没有用", "is not used"),
        1: ("算作最终使用", "is a final use"),
        -1: ("从使用中扣除", "is taken off the uses"),
    }
    if len(values) <= _UNKNOWN:
        for printed, signs in product(_signs(deducted, error), product(words, repeat=len(values))):
            gap = _off(left, deducted, error, printed)
            gap = gap - sum(s * v for s, v in zip(signs, values.values(), strict=True))
            if float(np.max(np.abs(gap))) > 10 * CLOSE * largest:
                continue
            told = dict(zip(values, signs, strict=True))
            return told, [
                (
                    f"不认识的列“{name}”{words[sign][0]}：按行平衡核对",
                    f"the unknown column '{name}' {words[sign][1]}, by the balance of rows",
                )
                for name, sign in told.items()
            ]
    names = "、".join(f"“{name}”" for name in values)
    raise at.fault(
        at.head,
        columns[0],
        f"不认识的列{names}，行平衡也看不出它是最终使用、进口还是误差；请改成通用的名称"
        "（FU101、EX、IM、ERR、GO 或其中文名）",
        f"unknown column {names}, and the balance of rows does not tell what it is; use a usual "
        "name for it (FU101, EX, IM, ERR, GO …)",
    )


def _signs(deducted: Mapping[str, Array], error: Array | None) -> list[tuple[int, ...]]:
    """Signs to try for what comes from outside, and the error last; as printed first."""
    many = len(deducted) + (error is not None)
    tried = product((1, -1), repeat=many) if many <= _UNKNOWN else [(1,) * many, (-1,) * many]
    return sorted(tried, key=lambda signs: signs.count(-1))


def _off(
    left: Array, deducted: Mapping[str, Array], error: Array | None, signs: Sequence[int]
) -> Array:
    """What rows lack of output once imports and the error have these signs."""
    gap = left
    for sign, amount in zip(signs, deducted.values(), strict=False):
        gap = gap + sign * amount
    return gap if error is None else gap - signs[-1] * error


def signs_told(
    left: Array, deducted: Mapping[str, Array], error: Array | None, largest: float
) -> tuple[list[str], list[Note]]:
    """Columns of imports and inflows printed as negative uses, and an error of the other sign ("").

    Printed signs stand where rows balance with them, or with no others. A column without a positive
    amount holds imports whose sign is turned, whatever else is wrong with the rows: imports are no
    less than nothing.
    """
    names = [*deducted, *([""] if error is not None else [])]
    tried = _signs(deducted, error)

    def balanced(signs: Sequence[int]) -> bool:
        gap = _off(left, deducted, error, signs)
        return float(np.max(np.abs(gap))) <= 10 * CLOSE * largest

    found = next((signs for signs in tried if balanced(signs)), None)
    by_balance = found is not None
    if found is None:
        below = [
            -1 if float(np.max(v)) <= 0 and float(np.min(v)) < 0 else 1 for v in deducted.values()
        ]
        found = (*below, *([1] if error is not None else []))
    turned = [name for name, sign in zip(names, found, strict=True) if sign < 0]
    why = ("按行平衡核对", "by the balance of rows") if by_balance else (
        "行不平，但全列没有正数", "rows do not balance, but the column has no positive amount",
    )  # fmt: skip
    return turned, [
        (
            f"“{name or '误差'}”一列印的是相反的符号，已变号使用（{why[0]}）",
            f"the column '{name or 'error'}' is printed with the other sign and is turned ({why[1]})",
        )
        for name in turned
    ]


def inputs_told_apart(
    at: Anatomy, rows: Sequence[int], values: Mapping[str, Array], left: Array | None
) -> tuple[dict[str, Array], list[Note]]:
    """Unknown rows that are primary inputs. Raises InvalidFile.

    left: (n,) what the known parts lack of value added; None where no sum is printed
    """
    size = max((float(np.max(np.abs(v))) for v in values.values()), default=0.0) or 1.0
    if left is not None and len(values) <= _UNKNOWN:
        size = max(size, float(np.max(np.abs(left))))
        for taken in product((False, True), repeat=len(values)):
            chosen = {n: v for (n, v), take in zip(values.items(), taken, strict=True) if take}
            gap = np.sum([*chosen.values()], axis=0) - left
            if float(np.max(np.abs(gap))) > 10 * CLOSE * size:
                continue
            used, unused = ("算作最初投入", "is a primary input"), ("没有用", "is not used")
            return chosen, [
                (
                    f"不认识的行“{name}”{(used if name in chosen else unused)[0]}：按增加值合计核对",
                    f"the unknown row '{name}' {(used if name in chosen else unused)[1]}, by the sum "
                    "of value added",
                )
                for name in values
            ]
    names = "、".join(values)
    raise at.fault(
        rows[0],
        at.label,
        f"不认识的行“{names}”，也不能用增加值合计或总投入核对它是不是最初投入；部门行应与列同名，"
        "其余用 VA001—VA004、TII、TVA、TI 或其中文名",
        f"unknown row '{names}', and no sum of value added or inputs tells what it is; rows of "
        "sectors carry the labels of columns, others are VA001 to VA004, TII, TVA, TI",
    )


def disagreements(
    sectors: Sequence[Sector],
    flows: Array,
    output: Array,
    inputs: Array | None,
    uses: Array | None,
) -> list[Note]:
    """Where printed sums and what they sum are two numbers, and inputs of a sector without output.

    inputs: (n,) printed total inputs; uses: (n,) printed intermediate uses
    """
    notes: list[Note] = []
    scale = max(1.0, float(np.max(np.abs(output))))
    for printed, own, zh, en in (
        (
            inputs,
            output,
            "总投入与总产出不等，最多差{}（{}）；系数以总产出为分母",
            "total inputs and output differ, by up to {} ({}); coefficients are per output",
        ),
        (
            uses,
            flows.sum(axis=1),
            "中间使用合计与各流量之和不等，最多差{}（{}）；取各流量",
            "intermediate uses differ from the flows they sum, by up to {} ({}); the flows are taken",
        ),
    ):
        if printed is None:
            continue
        gap = np.abs(own - printed)
        worst = int(np.argmax(gap))
        if gap[worst] > CLOSE * scale:
            told = f"{gap[worst]:g}", sectors[worst].name
            notes.append((zh.format(*told), en.format(*told)))
    bought = flows.sum(axis=0)
    for k in np.flatnonzero(without_output(output) & (np.abs(bought) > CLOSE * scale)).tolist():
        notes.append((
            f"{sectors[k].name}没有产出却有中间投入{bought[k]:g}；其系数没有定义，按零计",
            f"{sectors[k].name} has no output but inputs of {bought[k]:g}; its coefficients are not "
            "defined and are taken as zero",
        ))  # fmt: skip
    return notes


def unit_of(at: Anatomy, given: str) -> str:
    """The unit that headings or lines above the table name, or the given one. Raises InvalidFile."""
    over = [
        (row, column, unit)
        for row in range(at.head + 1)
        for column, cell in enumerate(at.grid[row])
        if cell and (unit := unit_in(cell))
    ]
    first = min(min(rows) for rows in at.rows.values())
    over += [
        (row, column, unit)
        for row in range(at.head + 1, first)
        for column, cell in enumerate(at.grid[row])
        if cell and (unit := unit_alone(cell) or unit_in(cell))
    ]
    over += [
        (row, column, unit)
        for row in at.rows.get("domestic", at.rows.get("total", []))
        for column in range(at.columns[0])
        if (unit := unit_alone(at.grid[row][column]))
    ]
    for row, column, unit in over:
        if unit != over[0][2]:
            raise at.fault(
                row,
                column,
                f"表里有两种单位：{over[0][2]}和{unit}；请先换算成一种",
                f"the table names two units, {over[0][2]} and {unit}; convert it to one first",
            )
    if over and given and over[0][2] != given:
        raise at.fault(
            over[0][0],
            over[0][1],
            f"表里写的单位是{over[0][2]}，--unit 给的是{given}；请核对",
            f"the table says {over[0][2]}, but --unit says {given}; one is wrong",
        )
    return given or (over[0][2] if over else "")
