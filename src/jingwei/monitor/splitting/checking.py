"""The parts of a division held against the whole, by kind (§22.2)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jingwei.core import Evidence, Formula, Gap, Missing, Statement, Verdict, written_out
from jingwei.core import unit as unit_of
from jingwei.monitor.splitting.split import COLUMNS, Column, Part, Split
from jingwei.plans.amount import numbers, written
from jingwei.plans.indicator import compare, identify

_POINTS = 0.05  # rates are printed with one decimal: they agree within half of it
_FLAT = 1e-9


@dataclass(frozen=True, slots=True)
class Checked:
    """A division with its verdicts: one a column that is filled at all, one a part that has both
    下达数 and 完成数, and whether the whole is that of the plan (None where no plan was given).

    ``together`` is what the parts of a column make, None where it cannot be told.
    """

    split: Split
    columns: dict[Column, Verdict]
    together: dict[Column, float | None]
    parts: dict[str, Verdict]
    whole: Verdict | None


def check(split: Split, goals: Sequence[Statement] | None = None) -> Checked:
    """Hold the parts against the whole; ``goals`` are the targets of the plan it divides."""
    filled: list[Column] = [c for c in COLUMNS if any(p.value(c) is not None for p in split.parts)]
    if "assigned" not in filled:
        filled.insert(0, "assigned")  # nothing handed down is an answer too
    columns: dict[Column, Verdict] = {}
    together: dict[Column, float | None] = {}
    for column in filled:
        columns[column], together[column] = _column(split, column)
    return Checked(
        split, columns, together,
        {part.name: _part(split, part) for part in split.parts if part.assigned is not None},
        None if goals is None else _whole(split, goals),
    )  # fmt: skip


def _column(split: Split, column: Column) -> tuple[Verdict, float | None]:
    name = COLUMNS[column][0]
    of, method = f"{split.file}#{column}", f"§22.2 {split.kind}"
    asked = split.parts
    if split.kind == "level":
        asked = tuple(part for part in split.parts if part.name == str(split.year))
        if not asked:
            asked = (Part(str(split.year)),)
    lacking = [part for part in asked if part.value(column) is None]
    weighed = split.kind == "share" or (split.by != "year" and split.kind in ("growth", "decline"))
    unweighed = [part for part in asked if weighed and not part.weight]
    known = [part for part in asked if part not in lacking]
    proofs = tuple(split.row(part, column) for part in known)
    if split.kind == "sum" and lacking and known and split.bound == "at_least":
        # parts are amounts: what is known may be enough already
        total = math.fsum(part.value(column) or 0.0 for part in known)
        enough = total >= split.whole and all((p.value(column) or 0) >= 0 for p in known)
        lacking = [] if enough else lacking
    if lacking or unweighed:
        missing = [Missing(f"{p.name}{name}（{split.target}）", _holder(p)) for p in lacking]
        missing += [Missing(f"{p.name}的权数（{split.target}）", _holder(p)) for p in unweighed]
        names = "、".join(dict.fromkeys(p.name for p in (*lacking, *unweighed)))
        verdict = Verdict(
            "unknown", of, method, split.on,
            f"{name}不全（缺{names}），不能与总目标{written_out(split.whole)}{split.unit}核对。",
            f"{COLUMNS[column][1]} figures are missing ({names}): the whole cannot be checked.",
            proofs, tuple(missing),
        )  # fmt: skip
        return verdict, None
    value, formula = _together(split, column, known)
    return _held(split, column, value, formula, proofs, of, method), value


def _together(split: Split, column: Column, parts: Sequence[Part]) -> tuple[float, str]:
    values = [part.value(column) or 0.0 for part in parts]
    shown = [f"{written_out(value)}" for value in values]
    if split.kind == "sum":
        return math.fsum(values), "+".join(shown)
    if split.kind == "level":
        return values[-1], shown[-1]
    if split.by == "year":
        minus = split.kind == "decline"
        factors = [1 - v / 100 if minus else 1 + v / 100 for v in values]
        terms = "×".join(f"(1{'−' if minus else '+'}{v}%)" for v in shown)
        product = math.prod(factors)
        if minus:
            return 100 * (1 - product), f"1−{terms}"
        years = len(values)
        return 100 * (product ** (1 / years) - 1), f"({terms})^(1/{years})−1"
    weights = [part.weight or 0.0 for part in parts]
    total = math.fsum(weights)
    value = math.fsum(w * v for w, v in zip(weights, values, strict=True)) / total
    terms = "+".join(f"{v}×{written_out(w)}" for v, w in zip(shown, weights, strict=True))
    return value, f"({terms})÷{written_out(total)}"


def _held(
    split: Split,
    column: Column,
    value: float,
    formula: str,
    proofs: tuple[Evidence, ...],
    of: str,
    method: str,
) -> Verdict:
    """The parts together against the whole: enough, too little, or (for a ceiling) too much."""
    unit, whole, name = split.unit, split.whole, COLUMNS[column][0]
    allowed = _FLAT * max(abs(whole), 1.0) if split.kind in ("sum", "level") else _POINTS
    least = split.bound == "at_least"
    over = value - whole
    met = over >= -allowed if least else over <= allowed
    told = f"{name}{'合计' if split.kind == 'sum' else '合成'}{written_out(value, 6)}{unit}，总目标{written_out(whole)}{unit}"
    told_en = f"{COLUMNS[column][1]}: {written_out(value, 6)} {unit} together, the whole is {written_out(whole)}"
    if abs(over) <= allowed:
        zh, en = f"{told}，相等", f"{told_en}: equal"
    elif over > 0:
        more = f"，多{written_out(over, 6)}{unit}" + (
            f"（加码{over / whole:.1%}）" if whole > 0 else ""
        )
        zh, en = told + more, f"{told_en}: {written_out(over, 6)} more"
    else:
        zh, en = (
            f"{told}，差{written_out(-over, 6)}{unit}",
            f"{told_en}: {written_out(-over, 6)} short",
        )
    gap = None if met else Gap(f"{split.target}{name}", round(value, 10), whole, unit)
    proof = (Formula(f"{formula} = {written_out(value)}{unit}", proofs),)
    return Verdict(
        "met" if met else "not_met", of, method, split.on, f"{zh}。", f"{en}.", proof, gap=gap
    )


def _part(split: Split, part: Part) -> Verdict:
    """What a part did against what it was assigned."""
    of, method = f"{split.file}#{part.name}", "§22.3 完成数与下达数"
    assigned, done = part.assigned, part.done
    assert assigned is not None
    proof = tuple(split.row(part, c) for c in COLUMNS if part.value(c) is not None)
    said = "" if part.declared is None else f"，自报{written_out(part.declared)}"
    if done is None:
        return Verdict(
            "unknown", of, method, split.on, f"{part.name}下达{written_out(assigned)}{split.unit}{said}，尚无完成数。",
            f"{part.name}: {written_out(assigned)} assigned, nothing reported as done.", proof,
            (Missing(f"{part.name}{split.target}完成数", _holder(part)),),
        )  # fmt: skip
    met = done >= assigned if split.bound == "at_least" else done <= assigned
    zh = f"{part.name}下达{written_out(assigned)}{split.unit}{said}，完成{written_out(done)}"
    en = f"{part.name}: {written_out(assigned)} assigned, {written_out(done)} done"
    gap = None if met else Gap(f"{part.name}{split.target}", done, assigned, split.unit)
    return Verdict(
        "met" if met else "not_met", of, method, split.on, f"{zh}。", f"{en}.", proof, gap=gap
    )


def _whole(split: Split, goals: Sequence[Statement]) -> Verdict:
    """Whether the whole is the number of the plan's own target."""
    of, method = f"{split.file}#whole", "§22.2 总目标与规划"
    found = [g for g in goals if g.role == "target" and _named(g, split)]
    if not found:
        return Verdict(
            "unknown", of, method, "", f"规划中没有{split.year}年“{split.target}”的目标。",
            f"the plan has no target of this name for {split.year}.", (),
            (Missing(f"{split.target}在规划中的目标（{split.year}年）", split.plan or "规划编制单位"),),
        )  # fmt: skip
    goal = found[0]
    pair = numbers(goal, identify(goal).dimension)
    mine = split.whole * unit_of(split.unit).factor
    agrees = pair is not None and any(math.isclose(mine, v, rel_tol=1e-6) for v in pair)
    text = f"分解的总目标{written_out(split.whole)}{split.unit}，规划为{written(goal)}"
    text_en = f"the whole is {written_out(split.whole)} {split.unit}, the plan says {written(goal)}"
    return Verdict(
        "met" if agrees else "not_met", of, method, "",
        f"{text}，{'一致' if agrees else '不一致'}。",
        f"{text_en}: {'the same' if agrees else 'not the same'}.", (goal.evidence,),
    )  # fmt: skip


def _named(goal: Statement, split: Split) -> bool:
    """Whether a goal is the one divided: by its id, or by name and year."""
    if goal.id == split.target:
        return True
    if goal.period.last != split.year:
        return False
    mine = replace(goal, subject=split.target, unit=split.unit)
    return compare(identify(goal), identify(mine)).comparable


def _holder(part: Part) -> str:
    return part.holder or part.name
