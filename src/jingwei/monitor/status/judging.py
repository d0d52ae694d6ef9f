"""From the tracks of a target to one class: every reading of goal, fact and source is asked.

Where all give the same answer it stands, with the least of their classes; where they do not, the
status depends, and each reading is shown (§20.4).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from jingwei.core import (
    Answer,
    Evidence,
    Gap,
    InvalidRequest,
    Measure,
    Missing,
    Months,
    Period,
    Reading,
    written_out,
)
from jingwei.monitor.facts import Known
from jingwei.monitor.scene import Open, Scene
from jingwei.monitor.status import pace as paces
from jingwei.monitor.status.cutoffs import Cutoffs, table
from jingwei.monitor.status.ending import FinalClass
from jingwei.monitor.status.pace import ON_PACE, PACE, RATIO, Measured, PaceClass, RatioClass
from jingwei.monitor.status.required import required
from jingwei.monitor.status.track import Track
from jingwei.monitor.status.worked import worked
from jingwei.plans import amount
from jingwei.plans.amount import exceeding, factor, hedged, is_capped, written
from jingwei.plans.milestones import Path, milestones

Method = Literal["pace", "growth-ratio"]
Question = Literal["pace", "growth-ratio", "final"]
Class = PaceClass | RatioClass | FinalClass
_ORDER: dict[str, int] = {name: n for names in (PACE, RATIO) for n, name in enumerate(names)}


@dataclass(frozen=True, slots=True)
class Asked:
    """One reading of everything: the track, the goal, and the class at each end of the fact."""

    track: Track
    words: str
    goal: amount.Reading
    measured: Measured
    value: float
    answer: Answer
    limited: bool = False  # under a limit that can still be exceeded (§20.6)


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer, its class, the numbers of the reading that decided, and the words."""

    answer: Answer
    class_: Class
    readings: tuple[Reading, ...]
    zh: str
    en: str
    evidence: tuple[Evidence, ...]
    value: str
    at: str
    done: float | None
    due: float | None
    ratio: float | None
    required: Gap | None
    limited: bool = False

    def missing(self, target: Known, scene: Scene) -> tuple[Missing, ...]:
        if self.answer != "unknown":
            return ()
        fact = f"{self.at}年{target.statement.subject}的确切数"
        return (Missing(fact, scene.holder(target)),)


def judged(
    target: Known,
    tracks: Sequence[Track],
    method: Method,
    path: Path | None,
    cutoffs: Cutoffs,
    steady: bool,
) -> Judged | Open:
    """One class from all tracks, or why the method cannot give one."""
    asked: list[Asked] = []
    for track in tracks:
        share: float | None = None
        if path is not None and method == "pace":
            try:
                share = _on_path(target, track, path)
            except InvalidRequest as fault:
                return _no_path(target, track, fault)
        for each in _asked(target, track, method, share, cutoffs, steady):
            if each is None:
                return _no_growth(target, track)
            asked.append(each)
    answers = {each.answer for each in asked}
    answer: Answer = asked[0].answer if len(answers) == 1 else "depends"
    least = max(asked, key=lambda each: _ORDER[each.measured.class_])
    class_: Class = least.measured.class_
    if answer in ("depends", "unknown"):
        class_ = "取决于读法" if answer == "depends" else "无法评价"
    shown = tuple(dict.fromkeys(Reading(_reading(each), each.answer) for each in asked))
    lenient = min(
        (gap for each in asked if (gap := _gap(target, each)) is not None),
        key=lambda gap: abs(gap.to - gap.from_),
        default=None,
    )
    if least.limited:  # of a limit the pace that decides is told
        lenient = _gap(target, least)
    zh, en = _words(target, least, asked, answer, class_, lenient)
    proofs = [e for track in tracks for e in (*track.fact.evidence, *track.proof)]
    told = least.measured
    shown_how = worked(
        target, least.track, least.goal.interval, least.value, told,
        by_time=path is None or method != "pace", limited=least.limited,
    )  # fmt: skip
    if shown_how is not None and answer != "unknown":
        proofs.append(shown_how)
    return Judged(
        answer, class_, shown if answer == "depends" else (), zh, en,
        tuple(dict.fromkeys(proofs)), least.track.fact.zh, _time(least.track),
        told.done, told.due, told.ratio, lenient, least.limited,
    )  # fmt: skip


def _asked(
    target: Known,
    track: Track,
    method: Method,
    share: float | None,
    cutoffs: Cutoffs,
    steady: bool,
) -> Iterator[Asked | None]:
    keep = steady or _is_kept(target)
    capped = is_capped(target.statement)
    for goal in track.goals:
        for seen in track.fact.readings:
            parts = [goal.zh] * (len(track.goals) > 1) + [seen.zh] * (len(track.fact.readings) > 1)
            bounds = tuple(dict.fromkeys((seen.interval.low, seen.interval.high)))
            limited = capped and any(paces.has_headroom(track, goal.interval, b) for b in bounds)
            for pace_of, way in _ways(track, limited):
                words = "；".join(filter(None, (track.label, *parts, pace_of)))
                ends: list[tuple[float, Measured]] = []
                for value in bounds:
                    if method == "pace":
                        found = paces.pace(
                            way, goal.interval, value, cutoffs, share if way is track else None,
                            keeping=keep or _is_limit(goal), capped=capped,
                        )  # fmt: skip
                    else:
                        found = _ratio(way, goal, value, cutoffs, capped)
                    if found is None:
                        yield None
                        return
                    ends.append((value, found))
                value, worst = max(ends, key=lambda end: _ORDER[end[1].class_])
                if math.isinf(value):
                    value = next((v for v, _ in ends if not math.isinf(v)), value)
                answers: list[Answer] = [_answer(found) for _, found in ends]
                answer: Answer = answers[0] if len(set(answers)) == 1 else "unknown"
                yield Asked(way, words, goal, worst, value, answer, limited)


def _ways(track: Track, limited: bool) -> list[tuple[str, Track]]:
    """The paces that are carried on: under a limit that of the last year beside the mean, since
    what lately grows faster than before still exceeds it (§20.6)."""
    recent = track.of_last_year() if limited else None
    if recent is None:
        return [("", track)]
    return [("按起点以来的年均", track), ("按最近一年", recent)]


def _ratio(
    track: Track, goal: amount.Reading, value: float, cutoffs: Cutoffs, capped: bool
) -> Measured | None:
    """An unbounded end of a fact is as far as can be: reached, or as bad as any."""
    if math.isinf(value):
        reached = value > 0 and math.isinf(goal.interval.high)
        reached = reached or (value < 0 and math.isinf(goal.interval.low))
        return Measured("目标已达到" if reached else "倒退")
    return paces.growth_ratio(track, goal.interval, value, cutoffs, capped=capped)


def _is_kept(target: Known) -> bool:
    words = table()["keep"]["words"]
    text = target.statement.hedge + target.statement.quote
    return any(word in text for word in words)


def _is_limit(goal: amount.Reading) -> bool:
    """A ceiling or a band is to be held; only a floor may be reached before its time."""
    return not math.isinf(goal.interval.high)


def _answer(found: Measured) -> Answer:
    return "met" if found.class_ in ON_PACE else "not_met"


def _on_path(target: Known, track: Track, path: Path) -> float | None:
    """The share of the way that a path asks for at the month of the value, between its years in a
    straight line; None where the kind of target has no path (growth, rates)."""
    if track.scale in ("growth", "rate"):
        return None
    measures: dict[str, Measure] = {"sum": "flow", "decline": "reduction"}
    statement = replace(target.statement, measure=measures.get(track.scale, "level"))
    by = 1.0 if track.scale == "multiple" else factor(statement, target.indicator.dimension)
    base = None
    if track.offset is not None:
        size = track.offset / by if track.scale != "multiple" else 1.0
        base = Decimal(repr(size))
    first = (track.began + 1) // 12
    years = Period(first, statement.period.last)
    found = milestones(statement, base=base, span=years, path=path, places=9)
    start = float(base) if base is not None else 0.0
    way = float(found[-1].value) - start
    reached = [start, *(float(each.value) for each in found)]
    whole, months = divmod(track.end - track.began, 12)
    at = reached[whole]
    if months:
        at += (reached[whole + 1] - reached[whole]) * months / 12
    return (at - start) / way if way else None


def _no_path(target: Known, track: Track, fault: InvalidRequest) -> Open:
    """The chosen path does not exist for this target; time alone is another question."""
    return Open(
        f"所选年度路径不适用：{fault.zh}",
        f"the chosen path does not fit: {fault.en}",
        f"{target.statement.subject}可用的年度路径",
        evidence=track.fact.evidence,
    )


def _no_growth(target: Known, track: Track) -> Open:
    return Open(
        "这一目标不能用增速之比（基期或目标为0、变号、与基期相同、双侧区间或总量上限），请用完成进度",
        "the ratio of growth rates has no sense here (a base or goal of zero or another sign, a goal"
        " equal to the base, a band, a cap on a total); use progress against time",
        f"{target.statement.subject}可算增速的基期与目标",
        evidence=track.fact.evidence,
    )


def _gap(target: Known, each: Asked) -> Gap | None:
    return required(target, each.track, each.goal.interval, each.value)


def _reading(each: Asked) -> str:
    ratio = "" if each.measured.ratio is None else f"（比值{written_out(each.measured.ratio, 4)}）"
    return f"{each.words}：{each.measured.class_}{ratio}"


def _time(track: Track) -> str:
    if (track.end + 1) % 12 == 0:
        return str(track.end // 12)
    return str(Months(track.end, track.end))


def _words(
    target: Known,
    least: Asked,
    asked: Sequence[Asked],
    answer: Answer,
    class_: Class,
    gap: Gap | None,
) -> tuple[str, str]:
    track, told = least.track, least.measured
    zh, en = track.fact.zh, track.fact.en
    if track.base:
        zh, en = f"{zh}，基期{track.base}", f"{en}, from {track.base}"
    zh, en = f"{zh}，目标{written(target.statement)}", f"{en}; goal {written(target.statement)}"
    if answer == "unknown":
        return (
            f"{zh}；只知上限、下限或范围，不能断定进度。",
            f"{en}: only a bound is known, which does not settle the pace.",
        )
    if least.limited and told.done is not None and told.due is not None:
        zh += f"：在上限之内，上限留的余地已用{told.done:.1%}，时间过去{told.due:.1%}"
        en += f": under the limit, {told.done:.1%} of its room used in {told.due:.1%} of the time"
    elif least.limited:
        zh, en = f"{zh}：在上限之内", f"{en}: under the limit"
    elif told.done is not None and told.due is not None and not math.isinf(told.done):
        zh += f"：完成进度{told.done:.1%}，应达{told.due:.1%}（时间过去{track.elapsed:.1%}）"
        en += f": {told.done:.1%} done, {told.due:.1%} due ({track.elapsed:.1%} of the time)"
    if told.actual is not None and told.required is not None:
        word, word_en = ("上限容许", "allowed") if least.limited else ("所需", "needed")
        zh += f"：年均实际{told.actual:+.2%}，{word}{told.required:+.2%}"
        en += f": {told.actual:+.2%} a year, {told.required:+.2%} {word_en}"
    if told.ratio is not None and not math.isinf(told.ratio):
        zh, en = (
            f"{zh}，比值{written_out(told.ratio, 3)}",
            f"{en}, ratio {written_out(told.ratio, 3)}",
        )
    classes = dict.fromkeys(each.measured.class_ for each in asked)
    if answer == "depends":
        zh += f"；取决于读法（{'、'.join(classes)}）"
        en += "; it depends on the reading"
    else:
        zh, en = f"{zh}，{class_}", f"{en}: {class_}"
        if len(classes) > 1:
            zh += f"（按最严的读法；另有读法为{'、'.join(c for c in classes if c != class_)}）"
            en += " (the strictest reading)"
    if any(each.track.label for each in asked):
        zh, en = f"来源不一致：{zh}", f"sources differ: {en}"
    if gap is not None and least.limited:
        zh += f"；{gap.what}至今{written_out(gap.from_, 4)}{gap.unit}，今后不得高于{written_out(gap.to, 4)}{gap.unit}"
        en += f"; {gap.what}: {written_out(gap.from_, 4)} so far, at most {written_out(gap.to, 4)} {gap.unit} from now on"
    elif gap is not None and answer == "met" and told.ratio is not None and told.ratio >= 1:
        zh += f"；{gap.what}至今{written_out(gap.from_, 4)}{gap.unit}，今后{written_out(gap.to, 4)}{gap.unit}即可"
        en += f"; {gap.what}: {written_out(gap.from_, 4)} {gap.unit} so far, {written_out(gap.to, 4)} {gap.unit} is enough from now on"
    elif gap is not None:
        zh += f"；{gap.what}需由{written_out(gap.from_, 4)}{gap.unit}到{written_out(gap.to, 4)}{gap.unit}"
        en += f"; {gap.what} must go from {written_out(gap.from_, 4)} {gap.unit} to {written_out(gap.to, 4)} {gap.unit}"
    if target.statement.attr == "约束性" and answer == "not_met":
        zh, en = f"{zh}；约束性指标，滞后即须预警", f"{en}; a binding target: this is an alarm"
    return f"{zh}。", f"{en}."


def method_words(method: Method, path: Path | None, target: Known) -> str:
    """The rules that gave the status, by their numbers in ``docs/semantics.md``."""
    statement = target.statement
    parts = ["§20.4 完成进度与时序进度" if method == "pace" else "§20.5 实际增速与所需增速"]
    if path is not None and method == "pace":
        parts.append(f"§8 年度路径 {path.shape}")
    if statement.op == "~" or hedged(statement, "about"):
        parts.append("§2.2 左右")
    if statement.op == ">" or exceeding(statement):
        parts.append("§2.4 超过")
    if statement.attr:
        parts.append(f"§3 {statement.attr}")
    return "；".join(parts)
