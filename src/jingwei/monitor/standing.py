"""Whose word decides where sources contradict each other.

A text that passes on what others counted (news, a speech) never outranks or equals what an office
published: where they differ, the source of higher standing decides and the difference is told
(``docs/semantics.md`` §7.18). Which document has which standing is declared outside this module.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jingwei.core import Evidence
from jingwei.monitor.facts import Fact
from jingwei.monitor.judgement import agree

FIRST = 1  # what an office published; also whatever nothing is declared of


def by_standing(
    facts: Sequence[Fact], standing: Mapping[str, int]
) -> tuple[list[Fact], list[Fact]]:
    """The facts that decide, and those that sources of higher standing contradict.

    ``standing`` gives a document its place, 1 the highest; a document it does not name has the
    highest. A fact stands as low as the lowest of its documents. What agrees with a fact of the
    highest standing at hand remains beside it.
    """
    ranked = [
        replace(each, standing=max((standing.get(d, FIRST) for d in each.documents), default=FIRST))
        for each in facts
    ]
    highest = min((each.standing for each in ranked), default=FIRST)
    best = [each for each in ranked if each.standing == highest]
    lower = [
        each
        for each in ranked
        if each.standing > highest and not any(agree(each, other) for other in best)
    ]
    return [each for each in ranked if each not in lower], lower


def told(lower: Sequence[Fact]) -> tuple[str, str]:
    """What the outranked sources say, in words for a reason; ("", "") where there are none."""
    if not lower:
        return "", ""
    zh = "；".join(dict.fromkeys(each.zh for each in lower))
    en = "; ".join(dict.fromkeys(each.en for each in lower))
    return (
        f"；另有数不同，来源的等级低，不作依据：{zh}",
        f"; a source of lower standing differs and decides nothing: {en}",
    )


def proof(lower: Sequence[Fact]) -> list[Evidence]:
    """Where the outranked sources say so."""
    return [one for each in lower for one in each.evidence]
