"""Shares of one whole that together exceed 100 %.

Only parts whose words say that they exclude each other are added: kinds declared to be the parts of
one thing, a list after 其中 or before 分别 whose names are of one kind, and such names in one
paragraph (甲产业占…，乙产业占…). Parts that may overlap, and shares of a wider area, each of which may
be of another thing (占全国), are never added (``docs/semantics.md`` §9.7).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from jingwei.core import Finding, Formula
from jingwei.monitor.health.explaining import explain
from jingwei.monitor.health.figures import Figure, shown
from jingwei.monitor.health.printed import rules
from jingwei.monitor.health.shares import denominator_of, numerator_of
from jingwei.monitor.health.sums import number_at, sum_of

KIND = "shares_over_100"


def check_hundred(figures: Sequence[Figure]) -> list[Finding]:
    """One finding for each set of parts whose shares exceed their whole.

    ``figures`` are all figures, also those whose names are doubtful: a list that was read under one
    name (三次产业…分别为) is added up all the same.
    """
    groups: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for each in sorted(figures, key=lambda each: (each.document, each.start, number_at(each))):
        if _is_share(each):
            key = (
                each.document, denominator_of(each), each.goal, each.statement.period,
            )  # fmt: skip
            groups[key].append(each)
    findings: list[Finding] = []
    for key in sorted(groups, key=str):
        told: set[int] = set()
        for parts in _apart(groups[key]):
            if not told & {id(each) for each in parts} and sum_of(parts).low > 100:
                told |= {id(each) for each in parts}
                findings.append(_finding(parts))
    return findings


def _is_share(figure: Figure) -> bool:
    return (
        figure.indicator.name.share and "占" in figure.statement.subject
        and not figure.indicator.name.change and figure.statement.op in ("=", "~", ">", ">=")
    )  # fmt: skip


def _apart(shares: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Sets of shares of one whole whose parts exclude each other, the surest first."""
    yield from _declared(shares)
    if re.match(rules()["shares"]["wide"], denominator_of(shares[0])):
        return
    lists: defaultdict[int, list[Figure]] = defaultdict(list)
    for each in shares:
        lists[each.start].append(each)
    for parts in lists.values():
        quote = parts[0].statement.quote
        if (re.search(rules()["shares"]["counted"], quote) and len(parts) > 1) or (
            re.search(rules()["shares"]["list"], quote) and exclude_each_other(_names(parts))
        ):
            yield parts
    passages: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    kind = re.compile(rules()["parts"]["exclusive"])
    for each in shares:
        at = each.statement.evidence
        own = numerator_of(each).removesuffix(each.indicator.name.numerator.measure)
        if kind.search(own) and denominator_of(each) and not each.in_table:
            passages[each.statement.section, at.page, at.paragraph, at.line].append(each)
    for parts in passages.values():
        if exclude_each_other(_names(parts)):
            yield parts


def _declared(shares: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Parts of a declared partition, each once; not all of them need be there."""
    for entry in rules()["parts"]["partition"]:
        groups: defaultdict[tuple[str, str], dict[str, Figure]] = defaultdict(dict)
        for each in shares:
            top = numerator_of(each)
            word = next((w for w in entry["words"] if w in top), None)
            if word is not None:
                groups[each.indicator.place, top.replace(word, "", 1)].setdefault(word, each)
        yield from (list(found.values()) for found in groups.values() if len(found) > 1)


def _names(parts: Sequence[Figure]) -> list[str]:
    """The numerators as the document names them, behind their areas where names are alike."""
    names = [numerator_of(each) for each in parts]
    if len(set(names)) == len(names):
        return names
    return [each.indicator.place + name for each, name in zip(parts, names, strict=True)]


def exclude_each_other(names: Sequence[str]) -> bool:
    """Whether names end alike, and none holds another or is known to overlap with others."""
    words = rules()["parts"]
    if len(names) < 2 or len(set(names)) < len(names):
        return False
    alike = all(_alike(a, b) for a, b in combinations(names, 2))
    overlap = re.compile("|".join(words["overlapping"] + rules()["shares"]["overlapping"]))
    held = any(a in b or b in a or _nested(a, b) for a, b in combinations(names, 2))
    return alike and not held and not any(overlap.search(each) for each in names)


def _alike(a: str, b: str) -> bool:
    if a[-1:] == b[-1:] and a[-1:] in rules()["shares"]["areas"]:
        return True
    return a[-2:] == b[-2:] and len(a) > 2 and len(b) > 2


def _nested(a: str, b: str) -> bool:
    """Whether one is known to lie inside the other (制造业 in 工业)."""
    return any(
        (one.startswith(each["whole"]) and any(word in other for word in each["holds"]))
        for each in rules()["shares"]["nested"]
        for one, other in ((a, b), (b, a))
    )


def _finding(parts: Sequence[Figure]) -> Finding:
    first = parts[0]
    summed = Formula(
        "+".join(shown(each) for each in parts) + f"={sum(each.point for each in parts):.1f}%",
        tuple(dict.fromkeys(each.statement.evidence for each in parts)),
    )
    names = "、".join(dict.fromkeys(numerator_of(each) for each in parts))
    return Finding(
        KIND,
        f"互不重叠的各部分比重之和超过100%（{first.statement.period}年，{first.document}）：{names}，{summed.formula}。",
        f"shares of parts that exclude each other exceed 100%: {summed.formula}",
        (summed,),
        explain(KIND, set()),
    )
