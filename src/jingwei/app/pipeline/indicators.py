"""What a person means by an indicator, and what the workspace holds of it.

An indicator is named as its card is (id, ``id@version``, name or alias); a region by name or code.
What is not known is answered with near names, what is not held with the form to fill and who holds it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from jingwei.app.pipeline import statistics
from jingwei.app.pipeline.card_names import cards_among, near, versions_among
from jingwei.app.pipeline.monitoring import home_of
from jingwei.core import InvalidRequest, Observation, Region, Scope, plain
from jingwei.monitor.bridge import Naming, known_on
from jingwei.statistics.cards import Card, cards_of, frames
from jingwei.store import Workspace

_NEAR = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """The values of one card in one region as known on a day: newest vintages, in time's order."""

    card: Card
    region: Region
    as_of: date
    values: tuple[Observation, ...]

    @property
    def frame(self) -> str:
        """Who is counted, in words."""
        known = frames().get(self.card.frame)
        return self.card.coverage or (known.name if known is not None else self.card.frame)

    @property
    def told(self) -> str:
        """Indicator, card, population, prices and region on one line."""
        from jingwei.statistics.cards import PRICE_BASES

        price = "" if self.card.price_base == "none" else f"，{PRICE_BASES[self.card.price_base]}"
        return (
            f"{self.region.name} {self.card.name}（{self.card.unit}），口径卡 card {self.card.key}："
            f"{self.frame}{price}；截至 as of {self.as_of.isoformat()}"
        )

    def record(self) -> dict[str, Any]:
        """As JSON prints it."""
        return {
            "card": self.card.key, "indicator": self.card.name, "unit": self.card.unit,
            "frame": self.frame, "price_base": self.card.price_base, "holder": self.card.holder,
            "region": self.region.code, "as_of": self.as_of.isoformat(),
            "values": [
                {
                    "months": str(each.months), "value": each.value, "op": each.op,
                    "unit": each.unit, "vintage": each.vintage.isoformat(), "origin": each.origin,
                    "reason": each.reason, "evidence": plain(each.evidence),
                }
                for each in self.values
            ],
        }  # fmt: skip


def cards_like(workspace: Workspace, written: str) -> list[Card]:
    """The cards with this key, else id, else name or alias; the newest version first."""
    return cards_among(_cards(workspace), written)


def _cards(workspace: Workspace) -> list[Card]:
    return list(statistics.cards(workspace).values()) or list(cards_of(workspace).cards)


def cards_named(workspace: Workspace, written: str, others: Iterable[str] = ()) -> list[Card]:
    """The versions of the one card that is meant, the newest first (``card_names``)."""
    return versions_among(_cards(workspace), written, others)


def region_named(workspace: Workspace, written: str, names: Naming) -> Region:
    """A region by code or name, the home of the workspace for "". Raises InvalidRequest."""
    known = list(names.regions.values())
    code = written or home_of(names)
    found = [each for each in known if code in (each.code, each.name)]
    if found:
        return found[0]
    likely = near(written, (each.name for each in known)) or [each.name for each in known][:_NEAR]
    raise InvalidRequest(
        f"没有这个地区；有：{'、'.join(likely)}；地区登记在 definitions/regions.csv",
        f"there is no such region; there are: {', '.join(likely)}; see definitions/regions.csv",
        where=written,
    )


def kept(
    workspace: Workspace, written: str, as_of: date, *, region: str = "", years: bool = False
) -> Kept:
    """What is held of an indicator in a region: of its newest version that has values (whole
    years only where asked). Raises InvalidRequest, naming form and holder where nothing is held."""
    names = statistics.naming(workspace)
    cards = cards_named(workspace, written)
    place = region_named(workspace, region, names)
    seen = statistics.observations(workspace, Scope(), as_of)
    for card in cards:
        mine = tuple(
            each
            for each in seen
            if each.series.card == card.key
            and each.series.region == place.code
            and not each.series.codes
            and (each.months.is_year or not years)
        )
        if mine:
            return Kept(card, place, as_of, mine)
    raise not_held(cards[0], f"{place.name}{'的年度数' if years else ''}")


def not_held(card: Card, what: str) -> InvalidRequest:
    """The fault that nothing is held: which form to fill and who holds the values."""
    form = f"《{card.survey.form}》" if card.survey is not None else "工作台账"
    holder = card.holder or "未定"
    return InvalidRequest(
        f"没有{what}“{card.name}”；找：{holder}；填{form}：jingwei data template {card.id} "
        "--period 时期，填好后 jingwei data import",
        f"no values of {card.key} are held; {holder} holds them; the form to fill comes from "
        f"jingwei data template {card.id} --period PERIOD, then jingwei data import",
        where=card.key,
    )


def of_card(
    workspace: Workspace, card: Card, as_of: date, scope: Scope | None = None
) -> list[Observation]:
    """Everything held of a card on a day that the scope sees, newest vintages."""
    if not statistics.has_statistics(workspace):
        return []
    from jingwei.store import Observations

    rows = Observations(workspace).read(scope or Scope(), as_of=as_of, cards=[card.key])
    return known_on(rows, as_of)
