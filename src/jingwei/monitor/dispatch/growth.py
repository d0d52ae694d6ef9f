"""Growth on the year before: the official rate on the same frame, else that of the levels, labelled.

Official 增速 need not equal the ratio of published levels, because enterprises enter and leave the
frame every year (§12.3). The rate from levels says so, and is given on one card only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from jingwei.core import Evidence, Formula, Months, SeriesKey, written_out
from jingwei.monitor.bridge import Card, Naming, identity
from jingwei.monitor.dispatch.values import Values
from jingwei.monitor.facts import level_of
from jingwei.plans.indicator import Indicator, compare

How = Literal["official", "levels", "points"]
HOW: dict[How, tuple[str, str]] = {
    "official": ("同口径增速（公布数）", "published, on the same frame"),
    "levels": ("由公布总量直接计算，未按同口径调整", "from published levels, frame not adjusted"),
    "points": ("比上年同期变动，百分点", "change on the year before, in points"),
}
_SHARES = frozenset({"%", "‰"})


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth in per cent on the same months of the year before, and where it is from; for a share
    the change in points, since a share has no growth (§21.2)."""

    rate: float
    how: How
    evidence: tuple[Evidence, ...]

    @property
    def told(self) -> str:
        return f"{self.rate:+.1f}个百分点" if self.how == "points" else f"{self.rate:.1f}"


def is_share(card: Card) -> bool:
    """Whether its values are parts of a whole in per cent: they change in points, and nothing pulls
    on them."""
    return card.unit in _SHARES and card.kind != "growth"


def moved(rate: float) -> str:
    """A rate in words: 增长8.1%, 下降3.1%."""
    if not round(rate, 1):
        return "持平"
    return f"{'增长' if rate > 0 else '下降'}{abs(rate):.1f}%"


def growth_cards(naming: Naming) -> dict[str, str]:
    """The card of the official growth of each level card, by identity of the indicator behind it."""
    levels = {
        key: identity(card, naming) for key, card in naming.cards.items() if not _is_rate(card)
    }
    found: dict[str, str] = {}
    for key in sorted(naming.cards):
        card = naming.cards[key]
        if not _is_rate(card):
            continue
        behind = _unpriced(level_of(identity(card, naming)))
        for level, indicator in sorted(levels.items()):
            if compare(behind, indicator).comparable:
                found.setdefault(level, key)
    return found


def _unpriced(indicator: Indicator) -> Indicator:
    return replace(indicator, name=replace(indicator.name, price=""))


def _is_rate(card: Card) -> bool:
    return card.kind == "growth"


def growth(
    series: SeriesKey, months: Months, values: Values, official: Mapping[str, str], share: bool
) -> Growth | None:
    """Change of a share in points, else growth of a series over the same months of the year before; None where neither is known."""
    card = official.get(series.card)
    if card is not None and not share:
        rate = values.get(SeriesKey(card, series.region, series.codes, series.entity), months)
        if rate is not None:
            return Growth(rate.value, "official", (rate.evidence,))
    now, before = values.get(series, months), values.get(series, months.shifted(-1))
    if now is None or before is None or (before.value <= 0 and not share):
        return None
    if share:
        change = now.value - before.value
        formula = f"{written_out(now.value)}−{written_out(before.value)} = {change:+.10g}个百分点"
        return Growth(change, "points", (Formula(formula, (now.evidence, before.evidence)),))
    rate_ = 100 * (now.value / before.value - 1)
    formula = f"{written_out(now.value)}÷{written_out(before.value)}−1 = {rate_:.2f}%"
    return Growth(rate_, "levels", (Formula(formula, (now.evidence, before.evidence)),))
