"""Baselines that are near and yet not the target's own: proposed, never used (§20.3)."""

from jingwei.core import Period
from jingwei.monitor.beside import Beside
from jingwei.monitor.scene import Open, Scene, base_year
from jingwei.monitor.status.series import History
from jingwei.plans.amount import written

_SHOWN = 3


def proposals(found: History, scene: Scene, why: Open) -> tuple[Beside, ...]:
    """Figures of the base year on another 口径, and the newest of any year, at most three."""
    year = base_year(found.target, scene)
    of_base = [pair for pair in found.near if pair[0].statement.period == Period.year(year)]
    later = [pair for pair in found.near if pair[0].statement.period.first > year]
    chosen = of_base if "基期" in why.missing else sorted(later, key=lambda pair: -pair[0].end)
    shown: list[Beside] = []
    for each, comparison in chosen[:_SHOWN]:
        statement = each.statement
        other = comparison.kind == "differs"
        parts = "；".join(str(d) for d in comparison.differences if not d.soft)
        text = f"{statement.subject} {written(statement)}（{statement.period}年，{statement.document}）"
        lead = "可供确认的基期" if chosen is of_base else "最近的相近数"
        lead_en = "a base to confirm" if chosen is of_base else "the nearest value"
        shown.append(
            Beside(
                "另一口径" if other else "另一指标",
                f"{lead}：{text}；{parts}",
                f"{lead_en}: {text}; {parts}",
                (each.evidence,),
            )
        )
    return tuple(shown)
