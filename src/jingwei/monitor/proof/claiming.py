"""“超额完成规划目标”: a claim of success held against the target it speaks of.

The number of the sentence is held against the targets of the same indicator, as a settlement
would (``docs/semantics.md`` §7); the claim holds only if it holds under every declared reading,
and only as far as the number itself is borne out (§10).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from jingwei.core import Answer, Span, Statement
from jingwei.documents.model import Document
from jingwei.monitor.facts import Known
from jingwei.monitor.judgement import decide
from jingwei.monitor.proof.answers import NumberCheck, answers_table, number_check
from jingwei.monitor.proof.holding import of_one_kind, same_time
from jingwei.plans.amount import Interval, Readings, fact, goal, numbers
from jingwei.plans.indicator import wanted

_REACHED: frozenset[Answer] = frozenset({"met"})
_MISSED: frozenset[Answer] = frozenset({"not_met"})
_DIGITS = {"一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5"}
_SENTENCE = re.compile(r"[^。；;!！?？]+[。；;!！?？]?")


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim: its words, whether it says more than reached (超额), ahead of time, of several."""

    span: Span
    sentence: Span
    beyond: bool
    early: bool
    every: bool
    years: int = 0


@dataclass(frozen=True, slots=True)
class _Held:
    """A number against one target: the answers of all readings, and what they were."""

    target: Known
    answers: frozenset[Answer]
    readings: str


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(text) for name, text in answers_table()["claim"].items()}


def stated_claims(draft: Document) -> Iterator[Stated]:
    """The claims of a draft to have reached its targets, in order; what is still to come is none."""
    words = _words()
    for block in draft.blocks:
        if block.kind != "paragraph":
            continue
        for sentence in _SENTENCE.finditer(block.text):
            for match in words["pattern"].finditer(sentence[0]):
                clause = re.split("[,，]", sentence[0][: match.start()])[-1]
                if words["future"].search(clause):
                    continue
                start = sentence.start() + match.start()
                yield Stated(
                    draft.span(block.content, start, start + len(match[0])),
                    draft.span(block.content, sentence.start(), sentence.end()),
                    words["beyond"].search(match[0]) is not None,
                    words["early"].search(match[0]) is not None,
                    words["every"].search(clause[-4:] + match[0]) is not None,
                    years_ahead(match[0]),
                )


def reached_by(year: int, target: Known, results: Sequence[Known], claim: Span) -> bool:
    """Whether a published result of a year reaches a target under every reading."""
    stated = Stated(claim, claim, beyond=False, early=True, every=False)
    seen = [each for each in results if each.statement.period.last == year]
    return bool(seen) and all(_hold(e, target, stated).answers == _REACHED for e in seen)


def years_ahead(text: str) -> int:
    """How many years ahead of time a claim says; 1 where it does not say (提前完成)."""
    words = _words()
    if not words["early"].search(text):
        return 0
    told = words["years"].search(text)
    return int(_DIGITS.get(told[1], told[1])) if told is not None else 1


def quoted_goals(
    draft: Document, statements: Sequence[Statement], places: Sequence[Span]
) -> dict[str, Statement]:
    """The goals that claims quote (完成下降14%的目标), by id, as goals and under their own names."""
    found: dict[str, Statement] = {}
    for claim in stated_claims(draft):
        for each, place in zip(statements, places, strict=True):
            if claim.span.start <= place.start and place.end < claim.span.end:
                subject = _words()["prefix"].sub("", each.subject) or each.subject
                found[each.id] = replace(each, role="target", subject=subject)
    return found


def check_claims(
    draft: Document,
    own: Sequence[Known],
    places: Sequence[Span],
    targets: Sequence[Sequence[Known]],
    results: Sequence[Sequence[Known]],
    checks: Sequence[NumberCheck],
    told: Mapping[str, str],
    untold: frozenset[str] = frozenset(),
    quotes: frozenset[str] = frozenset(),
) -> list[NumberCheck]:
    """One check for each claim and number it speaks of.

    own:     the statements of the draft; ``places`` their numbers, ``checks`` their answers
    targets: for each the known targets of its own indicator
    results: for each the published results of its own indicator and time
    results of every time serve for what is said to have been reached early
    told:    id → the target or result in words, with its document
    untold:  ids of the numbers of which nothing tells the year; quotes: of goals that claims quote
    """
    found: list[NumberCheck] = []
    for claim in stated_claims(draft):
        quoted = [
            own[i] for i, place in enumerate(places)
            if claim.span.start <= place.start < claim.span.end
        ]  # fmt: skip
        for i in _spoken_of(claim, own, places, targets):
            if own[i].statement.id in quotes:
                continue  # answered with the goal it quotes
            free = own[i].statement.id in untold
            fitting = _of_any_year(own[i], targets[i]) if free else []
            years = {each.statement.period.last for each in fitting}
            fitting = fitting if len(years) > 1 else _fitting(own[i], targets[i], claim)
            # 完成纲要确定的15%的目标 speaks of the target of 15 %
            meant = [e for e in fitting if any(_number(e) == _number(q) for q in quoted)]
            held = [_hold(own[i], each, claim) for each in meant or fitting]
            found.append(_answer(claim, own[i], held, checks[i], told, free=len(years) > 1))
            if claim.years:
                found[-1] = _early(claim, own[i], held, found[-1], results[i], told, free=free)
                continue
            now = [e for e in results[i] if same_time(own[i].statement, e.statement)]
            if held and checks[i].answer == "differs" and found[-1].answer != "differs":
                refuted = _refuted(claim, own[i], now, meant or fitting, told)
                found[-1] = refuted or found[-1]
    return found


def _refuted(
    claim: Stated,
    mine: Known,
    results: Sequence[Known],
    targets: Sequence[Known],
    told: Mapping[str, str],
) -> NumberCheck | None:
    """Whether the published result, which the draft's number is not, misses every target."""
    held = [_hold(result, target, claim) for result in results for target in targets]
    if not held or any(each.answers != _MISSED for each in held):
        return None
    words = {
        "claim": claim.span.quote,
        "number": mine.statement.quote,
        "published": "；".join(dict.fromkeys(told[each.statement.id] for each in results)),
        "source": _sources(held, told),
    }
    sources = [mine.statement.evidence, *(e.evidence for e in (*results, *targets))]
    return number_check(
        mine.statement, claim.span, "claim_refuted", sources, words, said=claim.span
    )


def _of_any_year(mine: Known, targets: Sequence[Known]) -> list[Known]:
    return [each for each in targets if of_one_kind(mine.statement, each.statement)]


def _early(
    claim: Stated,
    mine: Known,
    held: Sequence[_Held],
    check: NumberCheck,
    results: Sequence[Known],
    told: Mapping[str, str],
    *,
    free: bool,
) -> NumberCheck:
    """A claim to have reached a goal n years early: it takes a figure of that year or before."""
    if not held or check.kind == "claim_fails":
        return check
    year = min(each.target.statement.period.last for each in held) - claim.years
    mine_counts = not free and mine.statement.period.last <= year
    if check.kind in ("claim_holds", "claim_unproved") and mine_counts:
        return check
    seen = [e for e in results if e.statement.period.last == year]
    tried = [_hold(each, one.target, claim) for each in seen for one in held]
    answers: frozenset[Answer] = frozenset(a for each in tried for a in each.answers)
    words = {"claim": claim.span.quote, "source": _sources(held, told), "year": str(year)}
    words["number"] = "；".join(told[each.statement.id] for each in seen)
    kind = "claim_early_open"
    if answers == _REACHED:
        kind = "claim_holds"
    elif answers == _MISSED:
        kind = "claim_fails"
    sources = [*(e.evidence for e in seen), *(e.target.statement.evidence for e in held)]
    return number_check(mine.statement, claim.span, kind, sources, words, said=claim.span)


def _sources(held: Sequence[_Held], told: Mapping[str, str]) -> str:
    """The targets in words, each number once."""
    shown = {_number(each.target): each.target.statement for each in reversed(held)}
    return "；".join(told[each.id] for each in reversed(shown.values()))


def _spoken_of(
    claim: Stated, own: Sequence[Known], places: Sequence[Span], targets: Sequence[Sequence[Known]]
) -> list[int]:
    """The numbers of its sentence that a claim is about: the nearest before it with a target.

    均, 都 and 全部 speak of all of them; a sentence that opens with its claim of the number after.
    """
    inside = [
        i for i, place in enumerate(places)
        if claim.sentence.start <= place.start < claim.sentence.end
        and own[i].statement.op != "qual"
    ]  # fmt: skip
    before = [i for i in inside if places[i].start < claim.span.start][::-1]
    if before and own[before[0]].statement.role == "target" and not _told_as_done(claim):
        return []  # 「到2025年要达到20%以上，实现规划确定的目标」 is still to come
    near = before or inside
    aimed = [i for i in near if _fitting(own[i], targets[i], claim)]
    if claim.every and aimed:
        return sorted(aimed)
    return (aimed or near)[:1]


def _told_as_done(claim: Stated) -> bool:
    """Whether the words of a claim say that it has come to pass: 已, 了, 全面, 超额."""
    at = claim.span.start - claim.sentence.start
    words = claim.sentence.quote[max(0, at - 3) : at + len(claim.span.quote)]
    return _words()["done"].search(words) is not None


def _fitting(mine: Known, targets: Sequence[Known], claim: Stated) -> list[Known]:
    """The targets of the number's own year; of a level reached ahead of time the next later ones."""
    year = mine.statement.period.last
    alike = [each for each in targets if of_one_kind(mine.statement, each.statement)]
    now = [each for each in alike if each.statement.period.last == year]
    if now and not claim.early:
        return now
    stock = mine.statement.measure in ("level", "share")
    later = [each for each in alike if each.statement.period.last > year and stock]
    exact = [each for each in later if each.statement.period.last == year + claim.years]
    if exact or (now and claim.years > 1):
        return exact or now
    first = min((each.statement.period.last for each in later), default=0)
    return [each for each in later if each.statement.period.last == first] or now


def _hold(mine: Known, target: Known, claim: Stated) -> _Held:
    dimension = mine.indicator.dimension or target.indicator.dimension
    answers: list[Answer] = []
    words: list[str] = []
    # 超额 is more than the number itself, whatever 左右 would forgive
    read = Readings((0.0,)) if claim.beyond else Readings()
    for asked in goal(
        target.statement, dimension, wanted(target.indicator, target.statement), read
    ):
        interval = _beyond(asked.interval) if claim.beyond else asked.interval
        for seen in fact(mine.statement, dimension):
            answers.append(decide(interval, seen.interval))
            words.append(f"{asked.zh}：{_WORDS[answers[-1]]}")
    mixed = "；".join(dict.fromkeys(words)) if len(set(answers)) > 1 else ""
    return _Held(target, frozenset(answers), mixed)


def _number(target: Known) -> object:
    """What a target asks for: two documents that print it differently ask for one thing."""
    statement = target.statement
    pair = numbers(statement, target.indicator.dimension)
    return statement.period, statement.op, pair


_WORDS: dict[Answer, str] = {"met": "成立", "not_met": "不成立", "unknown": "不能确定"}


def _beyond(goal_: Interval) -> Interval:
    """More than just reached: the end of a goal no longer counts."""
    return replace(goal_, low_open=True, high_open=True)


def _answer(
    claim: Stated,
    mine: Known,
    held: Sequence[_Held],
    check: NumberCheck,
    told: Mapping[str, str],
    *,
    free: bool = False,
) -> NumberCheck:
    every = frozenset(answer for each in held for answer in each.answers)
    if not held:
        kind = "claim_without_target"
    elif every == _REACHED:
        kind = "claim_holds" if check.answer == "agrees" else "claim_unproved"
    elif every == _MISSED:
        kind = "claim_fails"
    else:
        kind = "claim_undated" if free else "claim_depends"
    words = {
        "claim": claim.span.quote,
        "number": mine.statement.quote,
        "source": _sources(held, told),
        "why": _by_year(held)
        if kind == "claim_undated"
        else "；".join(filter(None, (each.readings for each in held))) or "各目标不同",
        "answer": check.answer_zh,
        "answer_en": check.answer_en,
    }
    targets = [each.target.statement.evidence for each in held]
    sources = [mine.statement.evidence, *targets]
    return number_check(mine.statement, claim.span, kind, sources, words, said=claim.span)


def _by_year(held: Sequence[_Held]) -> str:
    """What each year would answer: 对照2020年成立，对照2025年不成立."""
    told: dict[int, set[Answer]] = {}
    for each in held:
        told.setdefault(each.target.statement.period.last, set()).update(each.answers)
    return "，".join(
        f"按{year}年{_WORDS[min(answers)] if len(answers) == 1 else '取决于读法'}"
        for year, answers in sorted(told.items())
    )
