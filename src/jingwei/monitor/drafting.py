"""衔接审查: an unissued plan against the plan above it and its sisters.

What the upper plan asks must stand in the draft, at least as demanding, on the same 口径 and for
the same year. Equal or more is fine and only counted. Sisters must not set another number for the
same thing (``docs/semantics.md`` §9.8).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from jingwei.core import Finding, Period, Statement
from jingwei.monitor.facts import Known, known
from jingwei.monitor.health.explaining import explain
from jingwei.monitor.health.figures import firm
from jingwei.monitor.health.printed import as_printed, printed, rules
from jingwei.monitor.health.values import clashing_units
from jingwei.monitor.proof.holding import likeness
from jingwei.plans.amount import Interval, Readings, goal, worded, written
from jingwei.plans.indicator import Comparison, compare, identify, pairs, stem, wanted
from jingwei.plans.steps import part_exceeds

Relation = Literal["aligned", "weaker", "contradictory", "unclear"]

_ENGLISH = {
    "draft_weaker": "weaker than asked above",
    "draft_contradictory": "contradicts another plan",
    "draft_unclear": "cannot be compared",
}
_WINDOWED = frozenset({"flow", "growth", "reduction", "increase"})  # what depends on how many years


@dataclass(frozen=True, slots=True)
class DraftReview:
    """What the review found of the ``asked`` targets of the upper plan.

    ``aligned`` holds pairs (upper id, draft id) that are equal or stronger; ``carried`` those where
    the upper plan speaks of a wider area, so that the draft has its own number for the same thing, what
    binds first;
    ``left`` the upper targets of a wider area, beside its table of main indicators, that the draft does
    not tell and is not asked for.
    """

    findings: tuple[Finding, ...]
    aligned: tuple[tuple[str, str], ...]
    carried: tuple[tuple[str, str], ...]
    asked: int
    left: tuple[str, ...] = ()


def check_draft(
    draft: Sequence[Statement],
    upper: Sequence[Statement],
    sisters: Sequence[Statement] = (),
    *,
    year: int | None = None,
    home: str = "",
    allotting: Mapping[str, str] = MappingProxyType({}),
) -> list[Finding]:
    """What the draft misses, sets weaker, contradicts or redefines, in the order of the upper plan; what
    it misses comes last, the binding first.

    ``year`` is that of a plan for a single year: of it only the targets of that year are asked.
    ``home`` is the draft's own area; without it, the commonest of its targets. ``allotting`` gives
    the documents of the upper plan that let no part stay below the whole, each with what it says of it
    (``allots``).
    """
    review = review_draft(draft, upper, sisters, year=year, home=home, allotting=allotting)
    return list(review.findings)


def allots(text: str) -> str | None:
    """Of what a plan says that no part of its area may stay below the whole: "" of everything
    (各市不得低于全省水平), else the words for it (各市约束性指标不得低于全省水平); None where it says nothing."""
    said = re.search(rules()["allotted"]["all"], text)
    return said["what"] if said else None


def review_draft(
    draft: Sequence[Statement],
    upper: Sequence[Statement],
    sisters: Sequence[Statement] = (),
    *,
    year: int | None = None,
    home: str = "",
    allotting: Mapping[str, str] = MappingProxyType({}),
) -> DraftReview:
    """The findings of ``check_draft`` and what is aligned.

    Only statistical targets count. A target that the upper plan states twice (table and prose) is
    asked once.
    """
    own, above, beside = (_targets(each) for each in (draft, upper, sisters))
    home = home or _commonest(own)
    above = [_allotted(each, home, allotting) for each in above]
    if year is not None:
        above = [each for each in above if each.statement.period == Period.year(year)]
    findings: list[Finding] = []
    missing: list[tuple[Known, Finding]] = []
    left: list[str] = []
    aligned: list[tuple[str, str]] = []
    carried: list[tuple[Known, tuple[str, str]]] = []
    for target, near in zip(above, _near(above, own), strict=True):
        answer = _against_upper(target, near, home)
        if isinstance(answer, Finding) and answer.kind == "draft_missing":
            missing.append((target, answer))
        elif isinstance(answer, Finding):
            findings.append(answer)
        elif answer is None:
            left.append(target.statement.id)
        else:
            wider = target.indicator.place != answer.indicator.place
            pair = target.statement.id, answer.statement.id
            if wider:
                carried.append((target, pair))
            else:
                aligned.append(pair)
    for target, near in zip(beside, _near(beside, own), strict=True):
        findings += _against_sister(target, near)
    findings += [*_beyond_wholes(above, own), *_beyond_wholes(beside, own, sister=True)]
    missing.sort(key=_standing)
    carried.sort(key=_standing)
    findings += [finding for _, finding in _once_an_indicator(missing)]
    told = tuple(pair for _, pair in carried)
    return DraftReview(tuple(findings), tuple(aligned), told, len(above), tuple(left))


def _standing(each: tuple[Known, object]) -> int:
    """What binds goes first, then what is expected, then what no table gives."""
    return ("约束性", "预期性", None).index(each[0].statement.attr)


def _once_an_indicator(missing: Sequence[tuple[Known, Finding]]) -> list[tuple[Known, Finding]]:
    """Of an indicator that is missing for several years only the last."""
    found: list[tuple[Known, Finding]] = []
    for target, finding in missing:
        same = (n for n, (first, _) in enumerate(found) if _is_other_year(first, target))
        at = next(same, None)
        if at is None:
            found.append((target, finding))
        elif found[at][0].statement.period.last < target.statement.period.last:
            found[at] = target, finding
    return found


def _is_other_year(first: Known, target: Known) -> bool:
    one, other = first.statement, target.statement
    apart = one.period.last != other.period.last and one.document == other.document
    return apart and compare(first.indicator, target.indicator).comparable


def _targets(statements: Sequence[Statement]) -> list[Known]:
    found: list[Known] = []
    for each in known(each for each in statements if each.kind == "stat"):
        if each.statement.role != "target":
            continue
        place = next((n for n, first in enumerate(found) if _again(first, each)), None)
        if place is None:
            found.append(each)
        elif each.statement.attr and found[place].statement.attr is None:
            found[place] = each  # 约束性 stands in the table
    return found


def _again(first: Known, each: Known) -> bool:
    one, other = first.statement, each.statement
    return (
        one.document == other.document and one.period == other.period
        and (one.op, one.value, one.low, one.unit, one.text)
        == (other.op, other.value, other.low, other.unit, other.text)
        and compare(first.indicator, each.indicator).comparable
    )  # fmt: skip


def _is_relative(asked: Known) -> bool:
    """Whether a number can be asked of a part as of the whole: a share, a rate, an amount per something."""
    indicator = asked.indicator
    per = "/" in asked.statement.unit
    return per or indicator.dimension == "share" or indicator.name.change in ("growth", "reduction")


def _allotted(asked: Known, home: str, allotting: Mapping[str, str]) -> Known:
    """What the upper plan asks of each of its parts (各区高新技术企业数量年均增长10%), read for the draft's
    own area. Any other figure of the wider area stays its own: a district is not asked to grow as the
    city does unless the city says so."""
    s = asked.statement
    for name in dict.fromkeys((home, stem(home))):  # the plan of the wider area names the draft's
        rest = s.subject.removeprefix(name)
        if (
            len(name) > 1
            and rest not in ("", s.subject)
            and stem(asked.indicator.place) != stem(home)
        ):
            return Known(s, identify(replace(s, subject=rest, scope=home), home))
    what = allotting.get(s.document)
    if what is not None and home and _is_relative(asked) and _meant(s, what):
        return Known(s, replace(asked.indicator, place=home))
    each = re.match(rules()["allotted"]["each"], s.subject)
    spoken = re.search(rules()["allotted"]["each"], s.quote)
    if not home or stem(asked.indicator.place) == stem(home) or not (each or spoken):
        return asked
    if each is None:
        return Known(s, replace(asked.indicator, place=home))
    named = replace(s, subject=s.subject[each.end() :], scope=home)
    return Known(s, identify(named, home))


_EVERYTHING = re.compile(
    r"(?:的|有关|相关|各项|主要|上述|发展|规划|目标|指标|任务|要求|原则上|应|须)*"
)


def _meant(asked: Statement, what: str) -> bool:
    """Whether the words of an allotment mean a target: all, the binding ones, or those it names."""
    if "约束性" in what:
        return asked.attr == "约束性"
    if _EVERYTHING.fullmatch(what):
        return True
    return any(
        len(name) > 2 and (name in asked.subject or asked.subject in name)
        for name in re.split("[、,，和及与]", what.strip("的"))
    )


def stays_below(upper: Statement, own: Statement) -> bool:
    """Whether a part sets a rate or share for itself that is less than what the plan above sets for the
    whole, for the same years: no fault where nothing is allotted, and worth a question."""
    (whole,), (part,) = known([upper]), known([own])
    same_years = upper.period == own.period and _kind(upper) == _kind(own)
    return same_years and _is_relative(whole) and _relation(whole, part) == "weaker"


def _commonest(own: Sequence[Known]) -> str:
    places = [each.indicator.place for each in own if each.indicator.place]
    return max(sorted(set(places)), key=places.count, default="")


def _near(asked: Sequence[Known], own: Sequence[Known]) -> list[list[tuple[Known, Comparison]]]:
    """For each target the draft's targets that are not simply different, nearest first."""
    found: list[list[tuple[Known, Comparison]]] = [[] for _ in asked]
    for i, j, comparison in pairs([a.indicator for a in asked], [o.indicator for o in own]):
        units = asked[i].statement.unit, own[j].statement.unit
        found[i].append((own[j], comparison.in_units(*units)))
    rank = {"same": 0, "reworded": 1, "differs": 2, "similar": 3}
    for i, near in enumerate(found):
        year = asked[i].statement.period.last
        near.sort(
            key=lambda each: (
                rank[each[1].kind], abs(each[0].statement.period.last - year), each[0].statement.id
            )
        )  # fmt: skip
    return found


def _against_upper(
    target: Known, near: Sequence[tuple[Known, Comparison]], home: str
) -> Finding | Known | None:
    """A finding, or the target of the draft that answers for this one; None where nothing is asked."""
    same = [(each, comparison) for each, comparison in near if comparison.comparable]
    if same and home and stem(target.indicator.place) not in ("", stem(home)):
        return _told_again(target, same)
    if same:
        for each, comparison in same:
            if _relation(target, each) == "aligned" and not _recounted(comparison, target, each):
                return each
        each, comparison = same[0]
        relation = _relation(target, each)
        if relation == "aligned":
            return _redefined(target, each, comparison)
        return _finding(f"draft_{relation}", target, each)
    for each, comparison in near:
        if comparison.kind == "differs" and comparison.aspects() == frozenset({"scope"}):
            return each
    other = [(e, c) for e, c in near if c.kind == "differs" and "scope" not in c.aspects()]
    if other:
        return _redefined(target, *other[0])
    similar = [each for each, comparison in near if comparison.kind == "similar"]
    wider = bool(home) and stem(target.indicator.place) not in ("", stem(home))
    if wider and target.statement.attr is None:
        return (
            None  # a sum of the city in its prose (供应工业用地2.5万亩) is none of its districts'
        )
    return _missing(target, similar[:1], wider=wider)


def _told_again(target: Known, same: Sequence[tuple[Known, Comparison]]) -> Finding | Known:
    """A target of the wider area as the draft tells it: it is not the draft's to set, so that another
    number is a contradiction, whether more or less."""
    for each, comparison in same:
        one, other = target.statement, each.statement
        if one.period != other.period or _kind(one) != _kind(other):
            continue
        a, b = _face_value(target), _face_value(each)
        if a is not None and b is not None and a.apart(b):
            return _finding("draft_contradictory", target, each)
        if _recounted(comparison, target, each):
            return _redefined(target, each, comparison)
        return each
    return same[0][0]


def _recounted(comparison: Comparison, target: Known, own: Known) -> bool:
    """Whether the same count comes in another unit (200项 for 200家)."""
    return any(d.aspect == "unit" for d in comparison.differences) and clashing_units(
        target.statement, own.statement
    )


def _against_sister(target: Known, near: Sequence[tuple[Known, Comparison]]) -> Iterator[Finding]:
    """Another number for the same thing and year; which of two sisters asks more is no matter."""
    for each, comparison in near:
        one, other = target.statement, each.statement
        if not firm(target.indicator, each.indicator, comparison) or one.period != other.period:
            continue
        a, b = _face_value(target), _face_value(each)
        if a is not None and b is not None and _kind(one) == _kind(other) and a.apart(b):
            yield _finding("draft_contradictory", target, each, sister=True)
            return


def _beyond_wholes(
    others: Sequence[Known], own: Sequence[Known], *, sister: bool = False
) -> Iterator[Finding]:
    """A part set higher than the whole it is the core of (以X为核心的Y), one in the draft, one in another plan."""
    for other in others:
        for each in own:
            for whole, part in ((other, each), (each, other)):
                if part_exceeds(whole.statement, whole.indicator, part.statement, part.indicator):
                    yield _beyond(whole, part, other, each, sister=sister)


def _beyond(whole: Known, part: Known, other: Known, own: Known, *, sister: bool) -> Finding:
    where = {id(own): "草案", id(other): "同级规划" if sister else "上位规划"}
    return Finding(
        "draft_contradictory",
        f"部分大于整体：{where[id(part)]}“{part.statement.subject}”{_told(part)}，"
        f"{where[id(whole)]}“{whole.statement.subject}”{_told(whole)}。",
        f"a part exceeds its whole: {part.statement.subject}, {written(part.statement)} against "
        f"{written(whole.statement)} of {whole.statement.subject} ({whole.statement.period})",
        (other.statement.evidence, own.statement.evidence),
        explain("draft_contradictory", {"sister"} if sister else {"upper"}),
    )


def _face_value(target: Known) -> Interval | None:
    """What a target says without the tolerance of its 左右: that is a reading, and shown as one."""
    statement = target.statement
    plain = replace(statement, op="=", hedge="") if statement.op == "~" else statement
    return printed(plain, target.indicator.dimension)


def _kind(statement: Statement) -> str:
    return statement.op if statement.op in ("+", "-", "x", "qual") else "level"


def _relation(target: Known, own: Known) -> Relation:
    """Whether the draft's target is at least what is asked (``docs/semantics.md`` §9.8)."""
    one, other = target.statement, own.statement
    if one.op == "qual" or other.op == "qual":
        return "aligned" if one.op == other.op and one.text == other.text else "unclear"
    if _kind(one) != _kind(other):
        return "unclear"
    if _of_other_years(one, other):
        return "unclear"
    direction = wanted(target.indicator, one)
    asked = goal(one, target.indicator.dimension, direction, Readings((0.0,)))[0].interval
    given = goal(other, own.indicator.dimension, direction, Readings((0.0,)))[0].interval
    if asked.apart(given):
        return "contradictory"
    enough = given.within(asked)
    # one number rounded is the other: 66.67 and 66.7
    enough = enough or bool(likeness(other, one, target.indicator.dimension).how)
    if enough and one.op != "~" and other.op == "~":
        enough = False  # 20左右 promises less than 20
    if one.period.last == other.period.last:
        firmer = one.attr != "约束性" or other.attr in (None, "约束性")
        return "aligned" if enough and firmer else "weaker"
    if other.period.last < one.period.last:
        return "aligned" if enough else "unclear"
    return "unclear" if enough else "weaker"


def _of_other_years(one: Statement, other: Statement) -> bool:
    """Whether one speaks of a single year and the other of several, of what adds up over years."""
    spans = [each.period.last - each.period.first for each in (one, other)]
    summed = _WINDOWED & {one.measure, other.measure}
    return bool(summed) and one.period.last != other.period.last and min(spans) < max(spans)


def _tolerated(target: Known, own: Known) -> str:
    """Under which tolerance of the 左右 asked for the draft's number would still be enough."""
    face = _face_value(own)
    if target.statement.op != "~" or own.statement.op == "qual" or face is None:
        return ""
    told = [
        f"{reading.zh}：{'相容' if not face.apart(reading.interval) else '不相容'}"
        for reading in goal(
            target.statement,
            target.indicator.dimension,
            wanted(target.indicator, target.statement),
            Readings(),
        )
    ]
    return f"；读法：{'，'.join(told)}"


def _conditions(target: Known, own: Known) -> set[str]:
    one, other = target.statement, own.statement
    found: set[str] = set()
    if one.attr == "约束性" and other.attr == "预期性":
        found.add("softened")
    if one.op != "~" and other.op == "~":
        found.add("hedged")
    if other.period.last > one.period.last:
        found.add("later")
    if other.period.last < one.period.last:
        found.add("earlier")
    if "qual" in (one.op, other.op):
        found.add("words")
    elif _kind(one) != _kind(other):
        found.add("kinds")
    elif _of_other_years(one, other):
        found.add("years")
    return found


def _told(each: Known) -> str:
    s = each.statement
    words = written(s)
    if s.value is not None and not worded(s):
        words = words.replace(f"{s.value:.10g}", as_printed(s.value, s.quote), 1)
    attr = f"，{s.attr}" if s.attr else ""
    return f"{words}（{s.period}年，{s.document}{attr}）"


def _finding(kind: str, target: Known, own: Known, *, sister: bool = False) -> Finding:
    one, other = target.statement, own.statement
    above = "同级规划" if sister else "上位规划"
    zh = {
        "draft_weaker": f"“{one.subject}”低于{above}：要求{_told(target)}，草案{_told(own)}",
        "draft_contradictory": f"“{one.subject}”与{above}矛盾：{_told(target)}，草案{_told(own)}",
        "draft_unclear": f"“{one.subject}”无法与{above}比较：{_told(target)}，草案{_told(own)}",
    }
    conditions = _conditions(target, own) | ({"sister"} if sister else {"upper"})
    return Finding(
        kind,
        f"{zh[kind]}{_tolerated(target, own)}。",
        f"{_ENGLISH[kind]}: {one.subject}, {written(one)} ({one.period}, {one.document}) against "
        f"{written(other)} ({other.period}) in the draft",
        (one.evidence, other.evidence),
        explain(kind, conditions),
    )


def _redefined(target: Known, own: Known, comparison: Comparison) -> Finding:
    hard = [each for each in comparison.differences if not each.soft]
    why = "；".join(str(each) for each in hard)
    if not hard:
        why = f"单位：{target.statement.unit} / {own.statement.unit}"
    return Finding(
        "draft_redefined",
        f"“{target.statement.subject}”口径改变（{why}）：要求{_told(target)}，"
        f"草案“{own.statement.subject}”{_told(own)}。",
        f"another 口径 than asked ({why}): {written(target.statement)} against "
        f"{written(own.statement)} for {own.statement.subject}",
        (target.statement.evidence, own.statement.evidence),
        explain("draft_redefined", set[str]()),
    )


def _missing(target: Known, similar: Sequence[Known], *, wider: bool) -> Finding:
    near = f"；最接近的是“{similar[0].statement.subject}”{_told(similar[0])}" if similar else ""
    sides = (target.statement.evidence, *(each.statement.evidence for each in similar))
    conditions = ({"similar"} if similar else set[str]()) | ({"wider"} if wider else set[str]())
    return Finding(
        "draft_missing",
        f"草案没有“{target.statement.subject}”：上位规划要求{_told(target)}{near}。",
        f"missing in the draft: {target.statement.subject}, {written(target.statement)} "
        f"({target.statement.period})",
        sides,
        explain("draft_missing", conditions),
    )


__all__ = ["DraftReview", "allots", "check_draft", "review_draft", "stays_below"]
