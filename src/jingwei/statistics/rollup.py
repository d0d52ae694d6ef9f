"""From enterprises to districts to the city: what the reports add up to, and what they leave open.

The sum of the reports is the sum of those who reported. Who did not is *not covered*, never a
zero; who came late is listed. Against the published figure there is a gap, and a gap has declared
reasons with their amounts (规下推算, 市级直报, 跨区法人, 区域重叠, 未报); what they do not explain
stays unexplained. A zone is shown beside the districts it lies in and never added to them
(``docs/semantics.md`` §13, §19).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from jingwei.core import (
    Evidence,
    Formula,
    InvalidRequest,
    Months,
    Observation,
    Region,
    Scope,
    written_out,
)
from jingwei.statistics.disclosure import Contribution, Dimension, Rules, protected, tabulate

Cause = Literal[
    "below_threshold", "reported_to_city", "legal_unit_elsewhere", "zone_overlap", "not_reported"
]

CAUSES: Mapping[Cause, tuple[str, str]] = {
    "below_threshold": ("规下推算", "estimate for enterprises below the threshold"),
    "reported_to_city": ("市级直报", "reported to the city directly"),
    "legal_unit_elsewhere": ("跨区法人", "legal unit in another district"),
    "zone_overlap": ("区域重叠", "zone across districts"),
    "not_reported": ("未报", "not reported"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """What is added up: facts of the definition card that decide whether it may be."""

    name: str
    unit: str
    kind: str
    addable: bool
    one_system: bool = False


@dataclass(frozen=True, slots=True)
class Reporter:
    """An enterprise that is expected to report. ``region`` is the district that its value belongs
    to, or the city for one that reports there directly; ``zones`` are those it lies in.
    ``owner`` is the group it belongs to, "" for none."""

    entity: str
    name: str
    region: str
    zones: tuple[str, ...] = ()
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A declared part of a gap. ``amount`` (published less reports) is None where nobody knows it:
    the reason is then named and explains nothing."""

    region: str
    cause: Cause
    amount: float | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """One region.

    value:       sum of the reports counted, None where none came or it is withheld
    expected, reported: reporters; ``missing`` and ``late`` list them by name where they may be seen
    weight:      share of last period's value that is covered again, None where not known
    published, gap, unexplained: None where no figure was published
    adds_up:     False for a zone, which is no part of the sum above it
    """

    region: Region
    value: float | None
    expected: int
    reported: int
    missing: tuple[Reporter, ...]
    late: tuple[Reporter, ...]
    missing_count: int
    late_count: int
    weight: float | None
    published: float | None
    gap: float | None
    reasons: tuple[Reason, ...]
    unexplained: float | None
    adds_up: bool
    evidence: Formula
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Rollup:
    """All regions, the city first, then districts, then zones.

    ``outside`` are records of enterprises that nobody expected; ``inexact`` are records that give
    only a bound. Neither is in any sum.
    """

    measured: Measured
    months: Months
    levels: tuple[Level, ...]
    outside: tuple[Observation, ...]
    inexact: tuple[Observation, ...]
    _parts: tuple[Contribution, ...] = field(default=(), repr=False)

    def seen_by(self, scope: Scope, rules: Rules | None = None) -> "Rollup":
        """What a reader of this scope sees: their regions, names they may see, and sums that give
        no single respondent away where they may not see them (§14, §19)."""
        levels = [
            each
            for each in self.levels
            if scope.regions is None or each.region.code in scope.regions
        ]
        entities = scope.entities
        if entities is not None:
            hidden = self._hidden(rules or Rules())
            levels = [
                _withheld(each)
                if each.region.code in hidden
                # the rows of single enterprises are no business of this reader
                else replace(each, evidence=Formula(each.evidence.formula))
                for each in levels
            ]

        def seen(each: Reporter) -> bool:
            return entities is None or each.entity in entities

        return replace(
            self,
            levels=tuple(
                replace(
                    each,
                    missing=tuple(filter(seen, each.missing)),
                    late=tuple(filter(seen, each.late)),
                )
                for each in levels
            ),
            outside=_visible(self.outside, scope),
            inexact=_visible(self.inexact, scope),
            _parts=(),
        )

    def _hidden(self, rules: Rules) -> set[str]:
        """Regions whose sum would give a respondent away, alone or with the other sums.

        A zone is held against the rest of the city; sums of several zones and districts together
        are not examined, and a table of them needs ``protected`` before it leaves the house.
        """
        city, *others = (each.region.code for each in self.levels)
        districts = [each.region.code for each in self.levels[1:] if each.adds_up]
        found = self._betraying([*districts, _DIRECT], lambda codes: codes[0], rules)
        for zone in set(others) - set(districts):
            sides = [zone, _DIRECT]
            found |= self._betraying(
                sides, lambda codes, zone=zone: zone if zone in codes[1:] else _DIRECT, rules
            ) - {city}
        # beside a published figure the gap is what those owe who did not report
        owed = {
            each.region.code
            for each in self.levels
            if each.published is not None and 0 < each.missing_count < rules.least
        }
        return found | owed | ({city} if owed else set())

    def _betraying(
        self, codes: Sequence[str], side: Callable[[Sequence[str]], str], rules: Rules
    ) -> set[str]:
        city = self.levels[0].region.code
        parts = [Contribution((side(e.codes),), e.owner, e.value) for e in self._parts]
        tree = Dimension("地区", {city: ""} | dict.fromkeys(codes, city))
        answer = protected(tabulate(self.measured.name, [tree], parts), rules)
        return {answer.table.keys[at][0] for at in answer.hidden}


_DIRECT = "(direct)"


def roll_up(
    measured: Measured,
    months: Months,
    city: Region,
    regions: Iterable[Region],
    register: Sequence[Reporter],
    records: Iterable[Observation],
    *,
    due: date,
    as_of: date,
    published: Mapping[str, Observation] | None = None,
    reasons: Sequence[Reason] = (),
    before: Mapping[str, float] | None = None,
) -> Rollup:
    """Add up the reports of single enterprises as known on ``as_of``.

    ``published`` holds the published figure of a region by its code, ``before`` the last period's
    value of an enterprise. Raises InvalidRequest for what is never rolled up: GDP and other figures
    accounted in one system, shares, growth rates and all else that does not add.
    """
    _refuse(measured)
    places = {each.code: each for each in regions if each.within == city.code}
    expected = {each.entity: each for each in register}
    for each in register:
        unknown = [code for code in (each.region, *each.zones) if code not in places]
        if [code for code in unknown if code != city.code]:
            raise InvalidRequest(
                f"名录中{each.name}的地区{unknown[0]}不在{city.name}之内；请改名录或地区表",
                f"the region {unknown[0]} of {each.name} is not within {city.name}",
                where=each.entity,
            )
        if not places.get(each.region, city).adds_up:
            raise InvalidRequest(
                f"名录中{each.name}只写了功能区{each.region}，没有写所在的区；请补上，功能区不能作加数",
                f"{each.name} is registered in the zone {each.region} only; name its district too",
                where=each.entity,
            )
    counted, late, outside, inexact = _counted(measured, months, expected, records, due, as_of)
    members: defaultdict[str, list[Reporter]] = defaultdict(list)
    for each in register:
        for code in {each.region, city.code, *each.zones}:
            members[code].append(each)
    by_region: defaultdict[str, list[Reason]] = defaultdict(list)
    for reason in reasons:
        by_region[reason.region].append(reason)
    by_region[city.code] += _of_districts(city, by_region, places)
    order = [city, *sorted(places.values(), key=lambda each: (not each.adds_up, each.code))]
    levels = tuple(
        _level(
            region, members[region.code], counted, late, (published or {}).get(region.code),
            tuple(by_region[region.code]), before or {}, measured,
        )
        for region in order
    )  # fmt: skip
    parts = tuple(
        Contribution(
            (_DIRECT if each.region == city.code else each.region, *each.zones),
            each.owner or each.entity,
            counted[each.entity].value,
        )
        for each in register
        if each.entity in counted
    )
    return Rollup(measured, months, levels, tuple(outside), tuple(inexact), parts)


def _of_districts(
    city: Region, by_region: Mapping[str, Sequence[Reason]], places: Mapping[str, Region]
) -> list[Reason]:
    """The causes that districts declare, added up for the city where it declares none of that kind."""
    own = {each.cause for each in by_region.get(city.code, ())}
    found: defaultdict[Cause, list[Reason]] = defaultdict(list)
    for code, reasons in sorted(by_region.items()):
        if code in places and places[code].adds_up:
            for each in reasons:
                if each.cause not in own and each.amount is not None:
                    found[each.cause].append(each)
    return [
        Reason(
            city.code, cause, sum(e.amount for e in several if e.amount is not None),
            tuple(proof for e in several for proof in e.evidence),
        )
        for cause, several in found.items()
    ]  # fmt: skip


def _refuse(measured: Measured) -> None:
    if measured.one_system:
        raise InvalidRequest(
            f"“{measured.name}”统一核算，不由下级汇总；请用公布数",
            f"'{measured.name}' is accounted in one system and never rolled up; use the published figure",
        )
    if not measured.addable:
        raise InvalidRequest(
            f"“{measured.name}”（{measured.kind}）各地不能相加；请汇总它的分子和分母",
            f"'{measured.name}' ({measured.kind}) does not add over regions; add its parts instead",
        )


def _counted(
    measured: Measured,
    months: Months,
    expected: Mapping[str, Reporter],
    records: Iterable[Observation],
    due: date,
    as_of: date,
) -> tuple[dict[str, Observation], set[str], list[Observation], list[Observation]]:
    """The latest exact value of every expected enterprise; who came late; what is left out."""
    latest: dict[str, Observation] = {}
    first: dict[str, date] = {}
    for each in records:
        if each.months != months or not each.series.entity or each.vintage > as_of:
            continue
        if each.unit != measured.unit:
            raise InvalidRequest(
                f"单位是{each.unit}，应是{measured.unit}；请先换算",
                f"the unit is {each.unit} and should be {measured.unit}; convert it first",
                where=str(each.evidence),
            )
        entity = each.series.entity
        first[entity] = min(each.vintage, first.get(entity, each.vintage))
        held = latest.get(entity)
        if held is not None and held.vintage == each.vintage and held.value != each.value:
            raise InvalidRequest(
                f"同一天有两个数：{written_out(held.value, 6)}与{written_out(each.value, 6)}；请撤回其中一个",
                f"two values of one day, {written_out(held.value, 6)} and {written_out(each.value, 6)}; retract one",
                where=f"{held.evidence}, {each.evidence}",
            )
        if held is None or held.vintage < each.vintage:
            latest[entity] = each
    values = sorted(latest.values(), key=lambda each: each.series.entity)
    counted = {e.series.entity: e for e in values if e.series.entity in expected and e.op == "="}
    late = {entity for entity in counted if first[entity] > due}
    outside = [each for each in values if each.series.entity not in expected]
    inexact = [each for each in values if each.series.entity in expected and each.op != "="]
    return counted, late, outside, inexact


def _level(
    region: Region,
    members: Sequence[Reporter],
    counted: Mapping[str, Observation],
    late: set[str],
    published: Observation | None,
    reasons: tuple[Reason, ...],
    before: Mapping[str, float],
    measured: Measured,
) -> Level:
    came = [each for each in members if each.entity in counted]
    missing = tuple(each for each in members if each.entity not in counted)
    tardy = tuple(each for each in came if each.entity in late)
    value = sum(counted[each.entity].value for each in came) if came else None
    known = [each for each in members if each.entity in before]
    base = sum(before[each.entity] for each in known)
    weight = (
        sum(before[each.entity] for each in known if each.entity in counted) / base
        if len(known) == len(members) and base > 0
        else None
    )
    figure = None if published is None else published.value
    gap = None if figure is None or value is None else figure - value
    short = gap is None or gap > 0  # who did not report explains no surplus
    if missing and short and not any(each.cause == "not_reported" for each in reasons):
        reasons = (*reasons, Reason(region.code, "not_reported", None))
    named = sum(each.amount for each in reasons if each.amount is not None)
    formula = f"{len(came)}家之和 = {written_out(value)}{measured.unit}" if came else "没有一家上报"
    if gap is not None:
        formula += f"；公布数{written_out(figure)} − {written_out(value)} = {written_out(gap)}"
    evidence = tuple(counted[each.entity].evidence for each in came)
    return Level(
        region, value, len(members), len(came), missing, tardy, len(missing), len(tardy), weight,
        figure, gap, reasons, None if gap is None else gap - named, region.adds_up,
        Formula(formula, (*evidence, *((published.evidence,) if published else ()))),
    )  # fmt: skip


def _withheld(level: Level) -> Level:
    """The level without its sum and everything from which the sum follows."""
    return replace(
        level, value=None, weight=None, gap=None, unexplained=None, withheld=True,
        # what a cause is worth may be the value of the one enterprise that did not report
        reasons=tuple(replace(each, amount=None) for each in level.reasons),
        evidence=Formula("为保护单个统计调查对象的资料而不公布"),
    )  # fmt: skip


def _visible(records: tuple[Observation, ...], scope: Scope) -> tuple[Observation, ...]:
    return tuple(
        each for each in records
        if scope.sees(each.series.region, each.series.entity, each.origin)
    )  # fmt: skip
