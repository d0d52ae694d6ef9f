"""How a target ended: 完成, 基本完成, 未完成, or what could not be told (§20.8)."""

from dataclasses import replace
from typing import Literal

from jingwei.core import Verdict
from jingwei.monitor.facts import Known
from jingwei.monitor.settlement import Settled
from jingwei.monitor.status.cutoffs import Cutoffs
from jingwei.plans.amount import factor, numbers

FinalClass = Literal["完成", "基本完成", "未完成", "取决于读法", "无法评价"]


def ended(target: Known, settled: Settled, cutoffs: Cutoffs) -> tuple[FinalClass, Verdict]:
    """The final class of a settled target; the verdict stays, with the rule named.

    基本完成 is a miss that reached at least the declared share of the goal's own number; a 约束性
    target is never nearly met (§3).
    """
    verdict = replace(settled.verdict, method=f"§20.8 期末评估；{settled.verdict.method}")
    match verdict.answer:
        case "met":
            return "完成", verdict
        case "depends":
            return "取决于读法", verdict
        case "unknown":
            return "无法评价", verdict
        case "not_met":
            share = _reached(target, settled)
            if target.statement.attr == "约束性" or share is None or share < cutoffs.nearly:
                return "未完成", verdict
            told = f"{verdict.reason.rstrip('。')}；达到目标值的{share:.1%}，不低于{cutoffs.nearly:.0%}，按声明称基本完成。"
            told_en = (
                f"{verdict.reason_en.rstrip('.')}; {share:.1%} of the goal, at least "
                f"{cutoffs.nearly:.0%}: nearly met, as declared."
            )
            return "基本完成", replace(verdict, reason=told, reason_en=told_en)


def _reached(target: Known, settled: Settled) -> float | None:
    """Value over goal (goal over value where less is wanted), both as printed."""
    gap, statement = settled.verdict.gap, target.statement
    pair = numbers(statement, target.indicator.dimension)
    if gap is None or pair is None:
        return None
    by = 1.0 if statement.op == "x" else factor(statement, target.indicator.dimension)
    fewer = gap.from_ > gap.to
    goal = (pair[1] if fewer else pair[0]) / by
    value = gap.from_ * (0.01 if gap.unit == "%" and not statement.unit else 1.0)
    if goal <= 0 or value <= 0:
        return None
    return round(goal / value if fewer else value / goal, 9)
