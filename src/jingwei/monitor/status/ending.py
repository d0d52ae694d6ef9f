"""How a target ended: 完成, 基本完成, 未完成, or what could not be told (§20.8)."""

from dataclasses import replace
from typing import Literal

from jingwei.core import Verdict
from jingwei.monitor.settlement import Settled

FinalClass = Literal["完成", "基本完成", "未完成", "取决于读法", "无法评价"]


def ended(settled: Settled) -> tuple[FinalClass, Verdict]:
    """The final class of a settled target; the verdict stays, with the rule named."""
    verdict = replace(settled.verdict, method=f"§20.8 期末评估；{settled.verdict.method}")
    # that later documents are silent is a reason for unknown, and no class of status
    return "无法评价" if settled.class_ == "后续文件未披露" else settled.class_, verdict
