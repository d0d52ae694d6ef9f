"""Parts and wholes that do not add up.

A part named with 其中 cannot exceed its whole; kinds that exclude each other and make up the whole
(制造业部分 and 服务业部分) must add up to it; districts together cannot
exceed the city. Parts that may overlap are never added (``docs/semantics.md`` §9.7).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jingwei.core import Finding
from jingwei.monitor.health.agreeing import Agreement
from jingwei.monitor.health.explaining import explain
from jingwei.monitor.health.figures import (
    Figure,
    Ledger,
    cited,
    clear,
    firm,
    shown,
)
from jingwei.monitor.health.printed import meet, rules
from jingwei.monitor.health.sums import added, sum_agreement, sum_finding, sum_of
from jingwei.plans.indicator import Indicator, compare, identify

KINDS = ("part_exceeds_whole", "parts_and_whole")
_ADDITIVE = ("level", "flow")


def check_parts(ledger: Ledger) -> tuple[list[Finding], list[Agreement]]:
    """Findings for single parts, declared partitions and districts."""
    agreements: list[Agreement] = []
    findings = [_part_finding(*pair) for pair in _among(ledger.figures)]
    findings += [_listed_finding(*each) for each in _listed(ledger.figures)]
    for parts, wholes in _partitions(ledger.figures):
        if _is_share(parts[0]):
            continue  # ``hundred``
        for whole in wholes[:1]:
            total = sum_of(parts)
            if meet(total, whole.range):
                agreements.append(sum_agreement(parts, whole))
            else:
                findings.append(sum_finding(parts, whole, whole.statement.subject, set()))
    findings += [_districts_finding(parts, whole) for parts, whole in _districts(ledger)]
    return findings, agreements


def _plain(figure: Figure) -> bool:
    return (
        figure.statement.op in ("=", "~", ">", ">=", "<", "<=")
        and not figure.indicator.name.change
    )  # fmt: skip


def _is_share(figure: Figure) -> bool:
    return figure.indicator.name.share or figure.indicator.dimension == "share"


def _among(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """(part, whole) where 其中 opens the part and the whole stands just before it."""
    for position, part in enumerate(figures):
        if not _plain(part) or _is_share(part) or part.statement.measure not in _ADDITIVE:
            continue
        if not part.statement.quote.startswith(tuple(rules()["parts"]["opening"])):
            continue
        whole = _whole_of(part, figures[:position])
        if whole is not None and part.range.low > whole.range.high:
            yield part, whole


def _whole_of(part: Figure, before: Sequence[Figure]) -> Figure | None:
    """The number that 其中 divides: the last of its unit before the list of parts."""
    for whole in reversed(before):
        if whole.document != part.document or part.start - whole.start > rules()["rate"]["reach"]:
            return None
        beside = whole.start == part.start  # another part of the same list
        if beside or not _plain(whole) or whole.indicator.dimension != part.indicator.dimension:
            continue
        alike = whole.goal == part.goal and whole.statement.period == part.statement.period
        return whole if alike and whole.statement.measure == part.statement.measure else None
    return None


def _listed(figures: Sequence[Figure]) -> Iterator[tuple[list[Figure], Figure]]:
    """Three and more parts of one list after 其中 that together exceed their whole, or two of kinds
    that exclude each other by their names (东河区, 西山区; 化工产业, 食品产业).

    Kinds that overlap by their nature (国家级, 上市) are not added.
    """
    lists: defaultdict[tuple[str, int], list[Figure]] = defaultdict(list)
    for position, part in enumerate(figures):
        opened = part.statement.quote.startswith(tuple(rules()["parts"]["opening"]))
        if not (opened and _plain(part) and part.statement.measure in _ADDITIVE):
            continue
        if _whole_of(part, figures[:position]) is not None:
            lists[part.document, part.start].append(part)
    overlap = re.compile("|".join(rules()["parts"]["overlapping"]))
    for key in sorted(lists):
        parts = sorted(lists[key], key=_in_quote)
        if any(overlap.search(each.statement.subject) for each in parts):
            continue
        if len(parts) < 2 or (len(parts) == 2 and not _exclusive(parts)):
            continue
        whole = _whole_of(parts[0], figures[: figures.index(lists[key][0])])
        if whole is None or any(_is_share(each) for each in parts):
            continue
        within = all(each.range.low <= whole.range.high for each in parts)
        if within and sum_of(parts).low > whole.range.high:
            yield parts, whole


def _exclusive(parts: Sequence[Figure]) -> bool:
    """Whether names are of one kind and none holds another: 制造业 lies within 工业."""
    kind = re.compile(rules()["parts"]["exclusive"])
    names = [_thing(each) for each in parts]
    kinds = {found[0] for name in names if (found := kind.search(name))}
    apart = all(a not in b for a in names for b in names if a is not b)
    return len(kinds) == 1 and all(kind.search(name) for name in names) and apart


def _thing(part: Figure) -> str:
    """What a part is of, without its statistic: 东河区, 化工产业."""
    measure = (part.indicator.name.numerator.measure or "数量").removeprefix("总")
    return re.sub(f"(?:总?{re.escape(measure)})+$", "", part.statement.subject)


def _in_quote(part: Figure) -> int:
    """Where the number of a part stands in its quote."""
    return part.statement.quote.find(shown(part))


def _listed_finding(parts: Sequence[Figure], whole: Figure) -> Finding:
    total = added(parts)
    return Finding(
        "part_exceeds_whole",
        f"“其中”各项之和大于整体（{whole.statement.period}年）：{total.formula}，"
        f"而“{whole.statement.subject}”为{cited(whole)}。",
        f"the parts listed exceed their whole: {total.formula} against {shown(whole)}"
        f" ({whole.document})",
        (total, whole.statement.evidence),
        explain("part_exceeds_whole", {"listed"}),
    )


def _part_finding(part: Figure, whole: Figure) -> Finding:
    return Finding(
        "part_exceeds_whole",
        f"“其中”的部分大于整体：“{part.statement.subject}”{cited(part)}，"
        f"整体“{whole.statement.subject}”{cited(whole)}。",
        f"a part exceeds its whole: {shown(part)} of {shown(whole)} ({part.document})",
        (part.statement.evidence, whole.statement.evidence),
        explain("part_exceeds_whole", set()),
    )


def _partitions(figures: Sequence[Figure]) -> Iterator[tuple[list[Figure], list[Figure]]]:
    """Complete sets of parts of one document, with the wholes of the same document."""
    for entry in rules()["parts"]["partition"]:
        groups: defaultdict[tuple[object, ...], dict[str, Figure]] = defaultdict(dict)
        for each in figures:
            word = next((w for w in entry["words"] if w in each.statement.subject), None)
            if word is None or not _plain(each) or each.statement.op not in ("=", "~"):
                continue
            rest = each.statement.subject.replace(
                word, entry.get("whole", "") if _bare(each, word) else "", 1
            )
            key = (each.document, rest, each.goal, each.statement.period, each.indicator.dimension)
            groups[key].setdefault(word, each)
        for key in sorted(groups, key=str):
            found = groups[key]
            if set(found) == set(entry["words"]):
                parts = [found[word] for word in entry["words"]]
                yield parts, _wholes(parts, str(key[1]), figures)


def _bare(figure: Figure, word: str) -> bool:
    """Whether nothing but the statistic is left once the kind is cut: 第一产业增加值."""
    return figure.statement.subject.startswith(word)


def _wholes(parts: Sequence[Figure], name: str, figures: Sequence[Figure]) -> list[Figure]:
    first = parts[0]
    wanted = identify(replace(first.statement, subject=name), first.indicator.place)
    return [
        each for each in figures
        if _plain(each) and each.document == first.document and each.goal == first.goal
        and each.statement.period == first.statement.period and clear(each.indicator)
        and firm(wanted, each.indicator, compare(wanted, each.indicator))
    ]  # fmt: skip


def _districts(ledger: Ledger) -> Iterator[tuple[list[tuple[str, Figure]], Figure]]:
    """District figures of one document that together exceed the figure of the whole area."""
    inner = [(*found, each) for each in ledger.figures if (found := _district_of(each))]
    if len(inner) < 2:
        return
    for whole in ledger.figures:
        if not _plain(whole) or _is_share(whole) or whole.indicator.ratio:
            continue
        if (
            _district_of(whole)
            or _is_zone(whole.indicator.place)
            or whole.statement.measure not in _ADDITIVE
        ):
            continue
        parts: dict[str, Figure] = {}
        for place, owner, part in inner:
            alike = part.document == whole.document and part.goal == whole.goal
            alike = alike and part.statement.period == whole.statement.period
            alike = alike and part.statement.measure == whole.statement.measure and _plain(part)
            if alike and firm(owner, whole.indicator, compare(owner, whole.indicator)):
                parts.setdefault(place, part)
        listed = sorted(parts.items())
        if len(listed) > 1 and sum_of([part for _, part in listed]).low > whole.range.high:
            yield listed, whole


def _is_zone(place: str) -> bool:
    return re.search(rules()["parts"]["zone"], place) is not None


def _district_of(figure: Figure) -> tuple[str, Indicator] | None:
    """The district a figure is of, by its scope or its name, and the indicator without it."""
    place, subject = figure.indicator.place, figure.statement.subject
    named = re.match(rules()["parts"]["opens"], subject)
    if named is not None:
        place, subject = named["place"], named["rest"]
    if not re.search(rules()["parts"]["district"], place) or _is_zone(place):
        return None
    return place, identify(replace(figure.statement, subject=subject, scope=""))


def _districts_finding(parts: Sequence[tuple[str, Figure]], whole: Figure) -> Finding:
    total = added([part for _, part in parts])
    names = "、".join(place for place, _ in parts)
    return Finding(
        "part_exceeds_whole",
        f"各区之和大于全域（{whole.statement.period}年，{names}）：{total.formula}，"
        f"而“{whole.statement.subject}”为{cited(whole)}。",
        f"districts together exceed the whole area: {total.formula} against {shown(whole)}",
        (total, whole.statement.evidence),
        explain("part_exceeds_whole", {"districts"}),
    )
