"""Records of single enterprises in the store: rolled up to the city, and as a table that may leave.

They are read for statistics only (§14); names leave only for who may see them, totals only through
disclosure control (§19.5, §19.6).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jingwei.app.pipeline import statistics
from jingwei.app.pipeline.breakdowns import By
from jingwei.app.pipeline.indicators import cards_named, not_held, of_card, region_named
from jingwei.core import InvalidRequest, Months, Observation, Region, Scope
from jingwei.monitor.bridge import Naming
from jingwei.statistics.cards import Card
from jingwei.store import Workspace

if TYPE_CHECKING:
    from jingwei.statistics.disclosure import Dimension, Protected, Rules
    from jingwei.statistics.rollup import Reason, Rollup

_TOTAL = "合计"
_UNSORTED = "未分类"  # the register does not say the industry
_AT_CITY = "市级直报"  # reports to the city and is in no district (§19.3)
_TITLES: dict[By, str] = {"district": "地区", "sector": "行业"}


def units_of_card(
    workspace: Workspace, written: str, months: Months, as_of: date
) -> tuple[Card, list[Observation], list[Observation]]:
    """Records of single enterprises for a period and before it, and the published aggregates of
    the period. Raises InvalidRequest where no enterprise reported, or nothing of it adds up."""
    cards = cards_named(workspace, written)
    _refuse(cards[0])
    for card in cards:
        rows = of_card(workspace, card, as_of, Scope.everything())
        total = [each for each in rows if not each.series.codes]
        if any(each.months == months and each.series.entity for each in total):
            units = [each for each in total if each.series.entity]
            published = [e for e in total if not e.series.entity and e.months == months]
            return card, units, published
    raise not_held(cards[0], f"{months}的单个企业的")


def _refuse(card: Card) -> None:
    if card.unified:
        raise InvalidRequest(
            f"“{card.name}”统一核算，不由企业、各区汇总（§13.2）；请用公布数",
            f"{card.key} is accounted in one system and never rolled up (§13.2); use the published figure",
            where=card.key,
        )
    if not card.adds_regions:
        raise InvalidRequest(
            f"“{card.name}”不能相加；请汇总它的分子和分母",
            f"{card.key} does not add up; take its numerator and denominator",
            where=card.key,
        )


def rolled_up(
    workspace: Workspace,
    written: str,
    months: Months,
    as_of: date,
    *,
    due: date | None = None,
    reasons: "Sequence[Reason]" = (),
) -> "Rollup":
    """Enterprises to districts to the city, held against the published figures of the store.

    Expected is who reported the indicator earlier in the year, or in the same months a year before
    (§21.5); where it reported it belongs to the district of its newest record.
    """
    from jingwei.statistics.enterprises import register
    from jingwei.statistics.rollup import Measured, Reporter, roll_up

    names = statistics.naming(workspace)
    city = region_named(workspace, "", names)
    card, units, published = units_of_card(workspace, written, months, as_of)
    before = months.shifted(-1)
    near = [
        each
        for each in units
        if each.months in (months, before)
        or (each.months.last_year == months.last_year and each.months.last <= months.last)
    ]
    at = {each.series.entity: each for each in sorted(near, key=lambda one: one.months)}
    listed = {each.id: each.name for each in register(workspace)}
    reporters = [
        Reporter(entity, listed.get(entity, entity), each.series.region)
        for entity, each in sorted(at.items())
    ]
    return roll_up(
        Measured(card.name, card.unit, card.kind, card.adds_regions, card.unified),
        months, city, list(names.regions.values()), reporters, units,
        due=due or as_of, as_of=as_of, reasons=reasons,
        published={each.series.region: each for each in published if each.op == "="},
        before={e.series.entity: e.value for e in units if e.months == before and e.op == "="},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheltered:
    """A table of totals that may leave the house, and what went into it: how many enterprises, how
    many of no known industry, from which datasets."""

    card: Card
    months: Months
    units: int
    unsorted: int
    datasets: tuple[str, ...]
    found: "Protected"

    @property
    def told(self) -> tuple[str, str]:
        """What the table is made of, in both languages."""
        zh = (
            f"{self.card.key} {self.months}：{self.units}家企业，来自{'、'.join(self.datasets)}；"
            "名录没有所属集团，一家企业算一个调查对象"
        )
        en = (
            f"{self.card.key} {self.months}: {self.units} enterprises from {', '.join(self.datasets)}; "
            "the register names no groups, so each enterprise is one respondent"
        )
        if self.unsorted:
            zh += f"；{self.unsorted}家名录中没有行业，列为{_UNSORTED}"
            en += f"; {self.unsorted} have no industry in the register and stand as {_UNSORTED}"
        return zh, en


def sheltered(
    workspace: Workspace,
    written: str,
    months: Months,
    as_of: date,
    rules: "Rules",
    *,
    by: Sequence[By] = ("district", "sector"),
    scheme: str = "",
) -> Sheltered:
    """The records of enterprises as a table of districts and industries, after disclosure control.

    Industries are the top level of the classification (default: the card's), by the codes of the
    register. Public aggregates of the store are known to readers and are taken as published.
    """
    from jingwei.statistics.disclosure import Contribution, protected, tabulate

    names = statistics.naming(workspace)
    city = region_named(workspace, "", names)
    card, every, published = units_of_card(workspace, written, months, as_of)
    units = [each for each in every if each.months == months and each.op == "="]
    sectors = _Sectors(workspace, names, scheme or card.classification) if "sector" in by else None
    records = [
        Contribution(
            tuple(_code(each, unit, city, names, sectors) for each in by),
            unit.series.entity,
            unit.value,
        )
        for unit in units
    ]
    used = [{record.codes[at] for record in records} for at in range(len(by))]
    dimensions = [
        _dimension(each, codes, city, names) for each, codes in zip(by, used, strict=True)
    ]
    table = tabulate(card.name, dimensions, records, card.unit)
    public = {each.series.region for each in published if each.origin == "public"}
    known = [
        tuple(names.region(code) if each == "district" else _TOTAL for each in by)
        for code in sorted(public if "district" in by else public & {city.code})
    ]
    found = protected(table, rules, published=[key for key in known if key in table.keys])
    return Sheltered(
        card, months, len(units),
        sum(_UNSORTED in record.codes for record in records),
        tuple(sorted({each.evidence.dataset for each in units})), found,
    )  # fmt: skip


def _code(
    by: By, unit: Observation, city: Region, names: Naming, sectors: "_Sectors | None"
) -> str:
    if by == "district":
        region = unit.series.region
        return _AT_CITY if region == city.code else names.region(region)
    assert sectors is not None
    return sectors.of(unit.series.entity)


def _dimension(by: By, codes: set[str], city: Region, names: Naming) -> "Dimension":
    from jingwei.statistics.disclosure import Dimension

    if by == "sector":
        return Dimension(_TITLES[by], {_TOTAL: ""} | dict.fromkeys(sorted(codes), _TOTAL))
    inside = [e.name for e in names.regions.values() if e.within == city.code and e.adds_up]
    every = [*inside, *sorted(codes.difference(inside))]
    return Dimension(_TITLES[by], {city.name: ""} | dict.fromkeys(every, city.name))


class _Sectors:
    """The industry of an enterprise: the top level over its code in the register, with its name."""

    def __init__(self, workspace: Workspace, names: Naming, scheme: str) -> None:
        from jingwei.statistics.enterprises import register

        edition = names.classifications.get(scheme)
        if edition is None:
            listed = "、".join(sorted(names.classifications)) or "无"
            raise InvalidRequest(
                f"没有分类“{scheme}”，不能分行业；有：{listed}；用 --classification 指明，或只用 --by district",
                f"there is no classification '{scheme}'; there are: {listed}; name one with "
                "--classification, or take --by district",
            )
        self._categories = edition.categories
        self._industry = {each.id: each.industry for each in register(workspace)}

    def of(self, entity: str) -> str:
        code = self._industry.get(entity, "")
        if code not in self._categories:
            return _UNSORTED
        while above := self._categories[code].above:
            code = above
        return f"{code} {self._categories[code].name}"
