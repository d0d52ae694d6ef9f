"""Totals that a text itself draws under its parts (三项合计5000亿元), and lists that fill their whole.

A total is the sum of the list before it, of as many figures as it counts (两区合计), or of the
things it names where each is stated elsewhere in the document. A list after 其中 or 三大产业分别为
need not be complete; only where it comes near its whole and yet misses it is the slip worth a look,
and one that ends in 等 says itself that it goes on (``docs/semantics.md`` §9.7). All of it rests on
the order of the numbers in a sentence, not on the names they were read under.
"""

import re
from collections.abc import Iterator, Sequence

from jingwei.core import Evidence, Finding, Formula, Span
from jingwei.monitor.health.agreeing import Agreement
from jingwei.monitor.health.explaining import explain
from jingwei.monitor.health.figures import Figure, cited, in_unit_of, measure_of, shown
from jingwei.monitor.health.printed import as_printed, meet, rules
from jingwei.plans.amount import Interval

KIND = "parts_and_whole"
_NUMBERS = {word: n for n, word in enumerate("两三四五六七八九十", 2)} | {"二": 2}
_ADDED = ("level", "flow", "increase", "share")


def check_sums(figures: Sequence[Figure]) -> tuple[list[Finding], list[Agreement]]:
    """Totals against the parts they are drawn under.

    ``figures`` are all figures of the documents in the order of their places, also those whose
    names are doubtful: a sum needs no names.
    """
    findings: list[Finding] = []
    agreements: list[Agreement] = []

    def held(parts: Sequence[Figure], whole: Figure, name: str, conditions: set[str]) -> None:
        if meet(sum_of(parts), whole.range):
            agreements.append(sum_agreement(parts, whole))
        else:
            findings.append(sum_finding(parts, whole, name, conditions))

    ordered = sorted(figures, key=lambda each: (each.document, each.start, number_at(each)))
    drawn: set[int] = set()
    for position, each in enumerate(ordered):
        marker = _total_marker(each)
        parts = _parts_under(each, marker, ordered[:position], ordered) if marker else []
        if parts:
            drawn.update(id(part) for part in parts)
            said = each.statement.quote[: marker.end()] if marker else ""
            held(parts, each, re.split("[,，;；。]", said)[-1], set())
    for parts, whole in (*_filling(ordered), *_told(ordered)):
        if not any(id(part) in drawn for part in parts):
            drawn.update(id(part) for part in parts)
            held(parts, whole, whole.statement.subject, {"listed"})
    return findings, agreements


def _addable(figure: Figure) -> bool:
    s = figure.statement
    return (
        s.measure in _ADDED and s.op not in ("x", "-", "qual")
        and figure.indicator.name.change not in ("growth", "reduction")
    )  # fmt: skip


def number_at(figure: Figure) -> int:
    """Where the number stands in its quote."""
    s = figure.statement
    value = s.value if s.value is not None else s.low
    return -1 if value is None else s.quote.rfind(as_printed(value, s.quote))


def _total_marker(figure: Figure) -> re.Match[str] | None:
    """The word that draws a total right before the number: its match in the quote."""
    at = number_at(figure)
    if at < 0 or not _addable(figure) or figure.in_table:
        return None
    return re.search(rules()["sum"]["total"], figure.statement.quote[:at])


def _parts_under(
    total: Figure, marker: re.Match[str], before: Sequence[Figure], every: Sequence[Figure]
) -> list[Figure]:
    lead = total.statement.quote[: marker.start()]
    lead = re.split("[,，;；。]", lead)[-1]
    counted = re.search(rules()["sum"]["counted"], lead)
    number = _counted(counted["n"]) if counted else None
    if counted and "、" in lead[: counted.start()]:
        return _named(total, lead, counted, every)
    same = [each for each in before if _goes_with(each, total)]
    if number is not None:
        wanted = same[-number:]
        listed = _last_list(same)
        found = listed if len(listed) == number else wanted
        if len(found) < number or (len(listed) > 1 and len(listed) != number):
            return []
        return [] if _open(found) else found
    if lead:  # 累计共有…: the total of something else than the list
        return []
    listed = _last_list(same)
    return listed if len(listed) > 1 and not _open(listed) else []


def _counted(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _goes_with(part: Figure, total: Figure) -> bool:
    """Whether a number can be added up to the total: near before it, of its kind, time and unit."""
    near = 0 <= total.start - part.start <= rules()["rate"]["reach"]
    one_place = (
        part.document == total.document and part.statement.section == total.statement.section
    )
    return (
        near and one_place and _one_line(part, total) and _addable(part) and part.goal == total.goal
        and part.indicator.dimension == total.indicator.dimension
        and part.statement.period.last == total.statement.period.last
        and not _total_marker(part)
    )  # fmt: skip


def _one_line(a: Figure, b: Figure) -> bool:
    one, other = a.statement.evidence, b.statement.evidence
    return (one.page, one.paragraph) == (other.page, other.paragraph) and (
        one.line is None or one.line == other.line
    )


def _last_list(figures: Sequence[Figure]) -> list[Figure]:
    """The numbers of the last clause, where it lists several."""
    if not figures:
        return []
    last = figures[-1]
    return [each for each in figures if each.start == last.start and each.document == last.document]


def _open(parts: Sequence[Figure]) -> bool:
    """Whether the list says that it goes on (等)."""
    return any(
        re.search(rules()["sum"]["open"], each.statement.quote[number_at(each) :]) for each in parts
    )


def _named(
    total: Figure, lead: str, counted: re.Match[str], every: Sequence[Figure]
) -> list[Figure]:
    """The stated value of each thing that the total names (甲、乙、丙三大产业产值合计)."""
    names = re.split("[、和及与]", lead[: counted.start()])
    names[0] = re.sub(r"^.*(?:其中|全市|全省|全县|全区)", "", names[0])
    if len(names) != _counted(counted["n"]) or not all(len(name) > 1 for name in names):
        return []
    parts: list[Figure] = []
    for name in names:
        found = [
            each for each in every
            if each.document == total.document and each is not total and _addable(each)
            and each.statement.subject.startswith(name)
            and each.statement.period == total.statement.period and each.goal == total.goal
            and each.statement.measure == total.statement.measure
            and each.indicator.dimension == total.indicator.dimension
            and measure_of(each.indicator) == measure_of(total.indicator)
            and not each.statement.subject.startswith(lead[: counted.start()])
        ]  # fmt: skip
        if len({each.point for each in found}) != 1:
            return []
        parts.append(found[0])
    return parts


def _filling(figures: Sequence[Figure]) -> Iterator[tuple[list[Figure], Figure]]:
    """Lists of three and more parts that come near the whole before them without reaching it."""
    words = rules()["sum"]
    overlap = re.compile("|".join(rules()["parts"]["overlapping"]))
    done: set[tuple[str, int]] = set()
    for position, each in enumerate(figures):
        key = each.document, each.start
        if key in done or each.in_table or not _opens_list(each):
            continue
        done.add(key)
        parts = [f for f in figures if (f.document, f.start) == key]
        whole = next(
            (
                f
                for f in reversed(figures[:position])
                if f.start < each.start and _goes_with(f, each)
            ),
            None,
        )
        complete = _is_partition(parts)
        if whole is None or not all(_goes_with_list(f, each) for f in parts):
            continue
        if len(parts) < 3 and not complete:
            continue
        if _open(parts) or any(overlap.search(f.statement.subject) for f in parts):
            continue
        if any(f.statement.op not in ("=", "~") for f in (*parts, whole)):
            continue
        total = sum_of(parts)
        if complete and (len(parts) == 2 or total.high < whole.range.low):
            yield parts, whole
            continue
        if total.low > whole.range.high:
            continue  # more than the whole: ``parts``
        short = total.high < whole.range.low
        if short and total.high < words["nearly"] * whole.range.low and not _all_told(whole, parts):
            continue  # plainly a choice of parts
        yield parts, whole


def _all_told(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a whole says how many things it is of (三大产业集群总规模), and as many are listed."""
    counted = re.match(rules()["sum"]["counted"], whole.statement.subject)
    return counted is not None and _counted(counted["n"]) == len(parts)


def _is_partition(parts: Sequence[Figure]) -> bool:
    """Whether a list names all the kinds of a declared partition, one before each number."""
    labels: list[str] = []
    at = 0
    for each in sorted(parts, key=number_at):
        label = each.statement.quote[at : number_at(each)]
        labels.append(re.split("其中[:：]?|[、,，和及与]", label)[-1])
        at = max(at, number_at(each))
    return any(_kinds(labels, entry["words"]) for entry in rules()["parts"]["partition"])


def _kinds(labels: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each label opens with another of the words, and goes on alike (出口总额, 进口总额)."""
    found = [next((w for w in words if each.startswith(w)), "") for each in labels]
    return len(labels) == len(words) and set(found) == set(words)


def _told(figures: Sequence[Figure]) -> Iterator[tuple[list[Figure], Figure]]:
    """All kinds of a declared partition told one after the other, with their whole in the paragraph."""
    amounts = [each for each in figures if _addable(each) and not each.in_table]
    for entry in (each for each in rules()["parts"]["partition"] if "whole" in each):
        size = len(entry["words"])
        for position in range(len(amounts) - size + 1):
            parts = amounts[position : position + size]
            names = [each.statement.subject for each in parts]
            rest = {re.sub("^(?:" + "|".join(entry["words"]) + ")", "", each) for each in names}
            if not _kinds(names, entry["words"]) or len(rest) != 1:
                continue
            if not all(_goes_with(parts[0], each) for each in parts):
                continue
            whole = next(
                (
                    each
                    for each in (*reversed(amounts[:position]), *amounts[position + size :])
                    if (_goes_with(each, parts[0]) or _goes_with(parts[-1], each))
                    and _is_whole(each.statement.subject, entry["whole"], next(iter(rest)))
                ),
                None,
            )
            if whole is not None:
                yield parts, whole


def _is_whole(subject: str, whole: str, rest: str) -> bool:
    """Whether a name is of the whole (进出口总额) and of the statistic of its parts (出口总额, 出口)."""
    owner, found, own = subject.partition(whole)
    words = rules()["sum"]
    bare = words["bare"]
    if re.fullmatch(words["owner"], owner) is None:
        return False  # 跨境电商进出口 is no whole of 出口 and 进口
    return bool(found) and (rest in bare or own.removeprefix("总") == rest.removeprefix("总"))


def _opens_list(figure: Figure) -> bool:
    quote = figure.statement.quote
    return quote.startswith(tuple(rules()["parts"]["opening"])) or bool(
        re.search(rules()["sum"]["each"], quote)
    )


def _goes_with_list(figure: Figure, first: Figure) -> bool:
    return (
        _addable(figure) and figure.statement.measure != "share" and not _total_marker(figure)
        and figure.indicator.dimension == first.indicator.dimension
    )  # fmt: skip


def sum_of(parts: Sequence[Figure]) -> Interval:
    """The range of the sum, in base units."""
    ranges = [each.range for each in parts]
    return Interval(sum(r.low for r in ranges), sum(r.high for r in ranges))


def added(parts: Sequence[Figure]) -> Formula:
    """The sum as a formula, with the places of its parts."""
    total = sum(each.point for each in parts)
    text = "+".join(shown(each) for each in parts) + f"={in_unit_of(parts[0], total)}"
    return Formula(text, tuple(each.statement.evidence for each in parts))


def sum_finding(parts: Sequence[Figure], whole: Figure, name: str, conditions: set[str]) -> Finding:
    """The parts, their sum and the total, which the text calls ``name``."""
    total = added(parts)
    names = "、".join(dict.fromkeys(each.statement.subject for each in parts))
    sides: tuple[Evidence, ...] = (total, *_quotes(parts), whole.statement.evidence)
    return Finding(
        KIND,
        f"分项之和不等于总数（{whole.statement.period}年）：{names}，{total.formula}，"
        f"而“{name}”为{cited(whole)}。",
        f"the parts do not add up: {total.formula} against {shown(whole)} ({whole.document})",
        sides,
        explain(KIND, conditions),
    )


def _quotes(parts: Sequence[Figure]) -> tuple[Span, ...]:
    """The words of a list, once; parts of several sentences are cited by the formula."""
    places = dict.fromkeys(each.statement.evidence for each in parts)
    return tuple(places) if len(places) == 1 else ()


def sum_agreement(parts: Sequence[Figure], whole: Figure) -> Agreement:
    """Parts that make their whole."""
    total = added(parts)
    return Agreement(
        KIND,
        f"分项之和等于总数：{total.formula}，{cited(whole)}",
        f"the parts add up: {total.formula}, {shown(whole)}",
        (total, whole.statement.evidence),
    )
