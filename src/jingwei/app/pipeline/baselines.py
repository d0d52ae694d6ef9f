"""Baselines for the next plan: of every indicator the latest value that is known, or who holds it.

One row a definition card, because values of two 口径 are two baselines; and one row for every
target of which nothing comparable is known. Part of a year is no baseline: it stands beside the
latest whole year, and alone only where no whole year is known, which the row says.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jingwei.app.pipeline import statistics
from jingwei.app.pipeline.library import Held, Library
from jingwei.core import Missing, Observation, Scope, Statement, written_out
from jingwei.monitor.bridge import facts_of, is_point
from jingwei.monitor.facts import Known, level_of
from jingwei.plans.amount import written
from jingwei.plans.indicator import compare, identify
from jingwei.statistics.cards import PRICE_BASES, Card, cards_of

if TYPE_CHECKING:
    from jingwei.monitor.bridge import Naming
    from jingwei.store.tables import Table

_SIGNS = {"=": "", "~": "约", ">=": "≥", ">": ">", "<=": "≤", "<": "<"}


@dataclass(frozen=True, slots=True)
class Baseline:
    """The latest known value of an indicator on one 口径.

    card:       the definition card ``id@version``, "" where no value is known
    definition: population, denominator and price base in words
    value, op:  in ``unit``; None where no value is known. ``op`` keeps a bound a bound
    whole:      whether ``period`` is whole years or a stock at its end, and so fit for a baseline
    published:  ISO date of publication; ``source`` and ``place`` say where
    beside:     newer values of part of a year, and other values of the same name and time
    targets:    the targets it is comparable with, as "plan：indicator goal"
    missing, holder:  the fact that is not known and who holds it, where ``value`` is None;
                ``holder`` otherwise says who keeps the series
    """

    indicator: str
    card: str
    definition: str
    value: float | None
    op: str
    unit: str
    period: str
    whole: bool
    published: str
    source: str
    place: str
    beside: tuple[str, ...]
    targets: tuple[str, ...]
    missing: str
    holder: str

    @property
    def told(self) -> str:
        """The value in words: ≥60% (2016/2020)."""
        if self.value is None:
            return ""
        return f"{_SIGNS[self.op]}{written_out(self.value)}{self.unit}（{self.period}）"


COLUMNS: Mapping[str, str] = {
    "indicator": "指标 indicator",
    "definition": "口径 definition",
    "op": "符号 op",
    "value": "最近值 latest value",
    "unit": "单位 unit",
    "period": "时期 period",
    "whole": "整年或期末 whole year",
    "published": "公布日 published",
    "source": "出处 source",
    "place": "公布者与地址 publisher and address",
    "beside": "并列的数 beside",
    "targets": "有关目标 targets",
    "missing": "缺什么 missing",
    "holder": "掌握部门 holder",
    "card": "口径卡 card",
}


def baselines(
    library: Library, as_of: date, missing: Mapping[str, Sequence[Missing]]
) -> list[Baseline]:
    """The baselines known on ``as_of`` for the plans of a workspace, cards by id, then what is
    missing in the order of the plans. ``missing``: what the verdicts lack, by target id."""
    seen = statistics.observations(library.workspace, Scope(), as_of)
    names = statistics.naming(library.workspace)
    home = [each for each in seen if names.region(each.series.region) == names.home]
    totals = [each for each in home if not each.series.codes and each.series.card in names.cards]
    targets = [(plan, each) for plan in library.plans for each in plan.statements if _sets(each)]
    defined = cards_of(library.workspace)
    known: set[str] = set()
    rows: list[Baseline] = []
    for key in sorted({each.series.card for each in totals}):
        own = [each for each in totals if each.series.card == key]
        about = _about(facts_of(own, names, partial=True), targets)
        known |= {target.id for _, target in about}
        definition = _definition(defined.get(key))
        rows.append(_latest(definition, own, totals, names, [_said(*each) for each in about]))
    return rows + _unknown([t for t in targets if t[1].id not in known], missing)


def _sets(statement: Statement) -> bool:
    return statement.role == "target" and statement.kind == "stat"


def _said(plan: Held, target: Statement) -> str:
    return f"{plan.title}：{target.subject} {written(target)}"


def _about(
    facts: Sequence[Known], targets: Iterable[tuple[Held, Statement]]
) -> list[tuple[Held, Statement]]:
    """The targets that a series can be the base of: its own, and those of a change of it."""
    measured = list({level_of(fact.indicator): None for fact in facts})
    found: list[tuple[Held, Statement]] = []
    for plan, target in targets:
        wanted = level_of(identify(target, plan.region))
        if any(compare(wanted, each).comparable for each in measured):
            found.append((plan, target))
    return found


def _is_whole(each: Observation, names: "Naming") -> bool:
    months = each.months
    whole = months.first % 12 == 0 and months.last % 12 == 11
    return whole or is_point(names.cards[each.series.card])


def _latest(
    definition: str,
    own: Sequence[Observation],
    totals: Sequence[Observation],
    names: "Naming",
    targets: Sequence[str],
) -> Baseline:
    """Of one card the newest whole period, of two that end together the shorter."""
    key = own[0].series.card
    card = names.cards[key]

    def age(each: Observation) -> tuple[int, int]:
        return each.months.last, each.months.first

    whole = [each for each in own if _is_whole(each, names)]
    latest = max(whole or own, key=age)
    newer = [each for each in own if each.months.last > latest.months.last]
    others = [
        each
        for each in totals
        if each.series.card != key
        and names.cards[each.series.card].name == card.name
        and each.months == latest.months
    ]
    return Baseline(
        indicator=card.name,
        card=key,
        definition=definition,
        value=latest.value,
        op=latest.op,
        unit=latest.unit,
        period=str(latest.months),
        whole=bool(whole),
        published=latest.vintage.isoformat(),
        source=latest.evidence.dataset,
        place=latest.evidence.key,
        beside=tuple(
            map(_beside, sorted([*newer, *others], key=lambda one: (age(one), one.value)))
        ),
        targets=tuple(targets),
        missing="",
        holder=card.holder,
    )


def _beside(each: Observation) -> str:
    value = f"{_SIGNS[each.op]}{written_out(each.value)}{each.unit}"
    return f"{each.months} {value}（{each.evidence.dataset}，{each.vintage}）"


def _definition(card: Card | None) -> str:
    """Population, denominator, prices: what tells two cards of one name apart."""
    if card is None:
        return ""
    parts = (
        card.coverage,
        f"分母：{card.denominator}" if card.denominator else "",
        PRICE_BASES[card.price_base] if card.price_base != "none" else "",
        f"{card.price_year}年价" if card.price_year else "",
        f"普查修订：{card.census}" if card.census else "",
        card.note,
    )
    return "；".join(part for part in parts if part)


def _unknown(
    targets: Iterable[tuple[Held, Statement]], missing: Mapping[str, Sequence[Missing]]
) -> list[Baseline]:
    """A row for each indicator of which no value is known, however many targets it has."""
    groups: dict[tuple[str, str], list[tuple[Held, Statement]]] = {}
    for plan, target in targets:
        groups.setdefault((target.subject, target.unit), []).append((plan, target))
    rows: list[Baseline] = []
    for (subject, unit), about in groups.items():
        lacks = next((m for _, t in reversed(about) for m in missing.get(t.id, ())), None)
        rows.append(
            Baseline(
                indicator=subject, card="", definition="", value=None, op="", unit=unit, period="",
                whole=False, published="", source="", place="", beside=(),
                targets=tuple(_said(*each) for each in about),
                missing=lacks.fact if lacks else subject,
                holder=lacks.holder if lacks else "",
            )
        )  # fmt: skip
    return rows


def baseline_table(rows: Sequence[Baseline]) -> "Table":
    """The rows as a sheet."""
    from jingwei.store.tables import Table

    lists = ("beside", "targets")
    cells = [
        {name: getattr(row, name) for name in COLUMNS}
        | {name: "；".join(getattr(row, name)) for name in lists}
        for row in rows
    ]
    return Table("baselines", COLUMNS, cells)
