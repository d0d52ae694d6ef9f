"""Prose that restates a row of an indicator table told in words: 「制造业增加值占比保持基本稳定」.

A goal in words is a statement where it stands in a table; in running text only where such a row
is meant (``docs/semantics.md`` §1).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jingwei.core import Period
from jingwei.plans import subjects
from jingwei.plans.context import Context
from jingwei.plans.indicator_tables import Row
from jingwei.plans.reading import Reading

_ALIKE = 0.75  # share of the clause's letters that the name of the row holds
_SHORTEST = 4
_CLAUSE = re.compile(r"[,;:。、(!?]")
_ENDS = re.compile(r"(?:任务)?(?:$|[,;。、)!?])")
_KEEPS = re.compile(r"(?:保持|维持|实现|达到|要)+$")


class Wording(NamedTuple):
    """A row of a table whose goal is words: its name and those words."""

    name: str
    words: str


def worded_rows(rows: Iterable[Row]) -> tuple[Wording, ...]:
    """Those rows of indicator tables that are told in words, each once, in order."""
    worded = (
        Wording(row.reading.subject, row.text)
        for row in rows
        if row.reading.op == "qual" and row.text and len(row.text) >= _SHORTEST
    )
    return tuple(dict.fromkeys(worded))


def restated(text: str, rows: Sequence[Wording], context: Context) -> Iterator[Reading]:
    """The statements of a paragraph that repeat a row told in words."""
    goal = context.goal_period or context.plan
    if goal is None:
        return
    for row in rows:
        for at, end in _places(text, row.words):
            start = max((each.end() for each in _CLAUSE.finditer(text, 0, at)), default=0)
            name = subjects.before_number(_KEEPS.sub("", text[start:at])).name
            if _ENDS.match(text, end) and _is_meant(name, row.name):
                grows = name.endswith(("增长", "增速"))
                yield Reading(
                    start=start, end=end, subject=name, scope=context.region, role="target",
                    op="qual", value=None, low=None, high=None, unit="",
                    period=goal if grows else Period.year(goal.last), technical=False,
                    measure="rank", hedge="", base_year=None, rule="指标复述", text=text[at:end],
                )  # fmt: skip


# 「居民收入增长和经济增长同步」 for a row told as 与地区生产总值增长基本同步
_IN_STEP = re.compile(r"[与和][^,;。、]{2,12}增长(?:保持)?(?:基本)?同步")


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Where the words of a row stand in a paragraph, those of keeping step also in others."""
    if _IN_STEP.fullmatch(words):
        yield from (each.span() for each in _IN_STEP.finditer(text))
        return
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + len(words))


def _is_meant(name: str, row: str) -> bool:
    """Whether the words of a clause are those of a row, perhaps shortened."""
    if len(name) < _SHORTEST:
        return False
    return sum((Counter(name) & Counter(row)).values()) >= _ALIKE * len(name)
