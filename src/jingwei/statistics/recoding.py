"""Values by one classification, told again by another: every total stays what it was.

A code's value goes to its targets by the shares of a crosswalk; what no share is stated for is a
row ``未分配``. Codes the crosswalk does not know are an error, or are listed with their values; they
are never taken for zero. Only what adds up is recoded: shares, rates and per-unit values are refused
(§17).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from jingwei.core import (
    Classification,
    Formula,
    InvalidRequest,
    Measure,
    Months,
    Observation,
    Op,
    Row,
    SeriesKey,
    unit,
    written_out,
)
from jingwei.statistics.classifications import codes_above
from jingwei.statistics.crosswalks import Crosswalk, Shares, Unstated, divided, merged, not_covered
from jingwei.store.observations import OPENNESS, ConflictingVintages

Missing = Literal["raise", "list"]
ADDING: tuple[Measure, ...] = ("level", "flow", "increase")
_RATIOS = ("%", "％", "‰", "百分点", "个百分点", "倍", "percent")


class DoesNotAdd(InvalidRequest):
    """A share, a rate, an index or a value per unit: parts of it do not add up to a whole."""


@dataclass(frozen=True, slots=True)
class ShareUsed:
    """A share that a result rests on. ``stated``: as the crosswalk says, not assumed or left over."""

    code: str
    to: str
    share: float
    stated: bool


@dataclass(frozen=True, slots=True)
class Recoded:
    """Values by the new classification.

    rows:        observations, with ``未分配`` where shares leave something open
    formulas:    how each row was computed, with the rows it was computed from
    ambiguous:   codes that went to several targets or not wholly to one, with the shares used
    not_covered: observations whose code the crosswalk does not know, as they were
    untouched:   observations that carry no code of the old classification (totals)
    merged:      targets in which several codes were put together: there is no way back from these
    """

    crosswalk: Crosswalk
    rows: tuple[Observation, ...]
    formulas: Mapping[tuple[SeriesKey, Months], Formula]
    ambiguous: tuple[ShareUsed, ...]
    not_covered: tuple[Observation, ...]
    untouched: tuple[Observation, ...]
    merged: Mapping[str, tuple[str, ...]]

    @property
    def reversible(self) -> bool:
        """Whether ``crosswalk.reversed()`` leads back to the same values."""
        return not self.merged


def recode(
    observations: Iterable[Observation],
    crosswalk: Crosswalk,
    *,
    measures: Mapping[str, Measure],
    missing: Missing = "raise",
    unstated: Unstated = "unallocated",
    classification: Classification | None = None,
) -> Recoded:
    """Tell observations again by the classification ``crosswalk.to``.

    observations:   one value of each series and period: a view as of a day
    measures:       of each card what kind of number it is; only levels, flows and increases add
    classification: the old one, if known: then a code beside one above it is refused, since the
                    same value would count twice

    Raises DoesNotAdd, NotCovered (unless ``missing`` is ``list``), ConflictingVintages.
    """
    shares = crosswalk.shares(unstated)
    groups: dict[_Group, list[tuple[str, Observation]]] = {}
    uncovered: list[Observation] = []
    untouched: list[Observation] = []
    for each in observations:
        code = dict(each.series.codes).get(crosswalk.from_)
        if code is None:
            untouched.append(each)
            continue
        check_adds(each.series.card, each.unit, measures)
        if code in shares:
            groups.setdefault(_group(each, crosswalk.from_), []).append((code, each))
        else:
            uncovered.append(each)
    if uncovered and missing == "raise":
        codes = {dict(each.series.codes)[crosswalk.from_] for each in uncovered}
        raise not_covered(sorted(codes), crosswalk)
    rows: list[Observation] = []
    formulas: dict[tuple[SeriesKey, Months], Formula] = {}
    used: set[str] = set()
    for group, members in sorted(groups.items(), key=lambda item: item[0]):
        _each_once(members, classification)
        used.update(code for code, _ in members)
        for to, parts in _by_target(members, shares).items():
            row, formula = _summed(group, to, parts, crosswalk)
            rows.append(row)
            formulas[row.series, row.months] = formula
    return Recoded(
        crosswalk, tuple(rows), formulas, shares_used(crosswalk, shares, used),
        tuple(uncovered), tuple(untouched), merged(shares, used),
    )  # fmt: skip


def check_adds(card: str, unit_: str, measures: Mapping[str, Measure]) -> None:
    """Refuse values that do not add up, by the kind of their card or by their unit."""
    measure = measures.get(card, measures.get(card.partition("@")[0]))
    if measure is None:
        raise DoesNotAdd(
            "没有说明这张口径卡是水平、累计量还是比率，不知道能不能相加；请写明",
            "it is not said whether this card is a level, a flow or a rate, so it is not known "
            "whether it adds; say so",
            where=card,
        )
    ratio = unit_ in _RATIOS or "/" in unit(unit_).dimension
    if measure not in ADDING or ratio:
        told = f"单位 {unit_}" if ratio else f"类型 {measure}"
        raise DoesNotAdd(
            f"{told}：比重、增速、指数和单位量不能按份额分配后相加；请换算分子、分母，再相除",
            f"{told}: shares, growth rates, indices and values per unit cannot be divided and added; "
            "recode numerator and denominator, then divide",
            where=card,
        )


def shares_used(
    crosswalk: Crosswalk, shares: Shares, codes: Iterable[str]
) -> tuple[ShareUsed, ...]:
    """The ``shares`` of the ambiguous ones among ``codes``."""
    used: list[ShareUsed] = []
    for code in sorted(set(codes)):
        if divided(shares[code]):
            stated = {each.to for each in crosswalk.parts[code] if each.share is not None}
            used += [ShareUsed(code, to, float(s), to in stated) for to, s in shares[code]]
    return tuple(used)


@dataclass(frozen=True, slots=True, order=True)
class _Group:
    """What stays the same: everything of the series but the code."""

    card: str
    region: str
    entity: str
    codes: tuple[tuple[str, str], ...]
    months: Months
    unit: str


def _group(each: Observation, from_: str) -> _Group:
    rest = tuple(pair for pair in each.series.codes if pair[0] != from_)
    key = each.series
    return _Group(key.card, key.region, key.entity, rest, each.months, each.unit)


def _each_once(
    members: Sequence[tuple[str, Observation]], classification: Classification | None
) -> None:
    seen: dict[str, Observation] = {}
    for code, each in members:
        if code in seen:
            raise ConflictingVintages(
                f"{each.series} {each.months} 有两个数（{seen[code].vintage} 和 {each.vintage}）；"
                "请先取某一天所知的一版（--as-of），再换分类",
                f"{each.series} has two values for {each.months} (of {seen[code].vintage} and "
                f"{each.vintage}); take what was known on one day (--as-of) first",
            )
        seen[code] = each
    if classification is None:
        return
    for code, each in members:
        if code not in classification.categories:
            continue
        for above in codes_above(classification, code):
            if above in seen:
                raise InvalidRequest(
                    f"{each.months} 同时有 {code} 和它的上级 {above}，会重复计算；请只取一个层级",
                    f"{code} and {above} above it are both there for {each.months} and would count "
                    "twice; take one level only",
                    where=each.series.card,
                )


_Parts = list[tuple[Observation, float, str]]


def _by_target(
    members: Sequence[tuple[str, Observation]],
    shares: Shares,
) -> dict[str, _Parts]:
    targets: dict[str, _Parts] = {}
    for code, each in sorted(members, key=lambda member: member[0]):
        for to, share in shares[code]:
            targets.setdefault(to, []).append((each, float(share), code))
    return dict(sorted(targets.items()))


def _summed(
    group: _Group, to: str, parts: _Parts, crosswalk: Crosswalk
) -> tuple[Observation, Formula]:
    codes = tuple(sorted((*group.codes, (crosswalk.to, to))))
    series = SeriesKey(group.card, group.region, codes, group.entity)
    value = math.fsum(each.value * share for each, share, _ in parts)
    terms = " + ".join(
        f"{code} {written_out(each.value, 15)}" + ("" if share == 1 else f"×{written_out(share)}")
        for each, share, code in parts
    )
    formula = (
        f"{terms} = {written_out(value, 15)} {group.unit}（{crosswalk.id}，{crosswalk.edition}）"
    )
    members = [each for each, _, _ in parts]
    row = Observation(
        series, group.months, value, group.unit,
        max(each.vintage for each in members),
        min((each.origin for each in members), key=lambda origin: OPENNESS[origin]),
        Row(crosswalk.id, crosswalk.edition, terms),
        _joint(members, str(series)),
    )  # fmt: skip
    return row, Formula(formula, tuple(dict.fromkeys(each.evidence for each in members)))


def _joint(members: Sequence[Observation], where: str) -> Op:
    """The hedge of a sum: a sum with a lower bound in it is one itself."""
    ops: set[Op] = {each.op for each in members}
    if ops == {"="}:
        return "="
    if len(ops - {"="}) == 1 and ops & {"~"}:
        return "~"
    if ops <= {"=", ">", ">="}:
        return ">" if ">" in ops else ">="
    if ops <= {"=", "<", "<="}:
        return "<" if "<" in ops else "<="
    raise InvalidRequest(
        f"要相加的数里有上限也有下限或约数（{'、'.join(sorted(ops))}），和说不出是多少；请先取得确数",
        f"bounds of different directions ({', '.join(sorted(ops))}) cannot be added; get the exact "
        "values first",
        where=where,
    )
