"""The answer about one number of a draft, and its words."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from jingwei.core import Evidence, Explanation, Finding, Span, Statement
from jingwei.plans.amount import written

Answer = Literal["agrees", "differs", "other_definition", "no_source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberCheck(Finding):
    """A finding about one number of a draft, with its ``answer``.

    ``of`` is the id of the draft's statement ("" for a claim without a number) and ``number`` the place of the number itself; the
    statement's evidence is the first of ``sides``, followed by what it was held against. ``kind``
    says how the answer came about (``answers.toml``). ``others`` are sources of the same number that
    give another one than those in ``sides``: none of them is among what agrees. ``cell`` says for a
    number of a table which row and column it is of, "" for running text.
    """

    answer: Answer
    of: str
    number: Span
    others: tuple[Evidence, ...] = ()
    cell: str = ""

    @property
    def answer_zh(self) -> str:
        """一致, 不一致, 口径不同 or 无来源."""
        return _table()["answer"][self.answer]["zh"]

    @property
    def answer_en(self) -> str:
        """agrees, differs, other 口径 or no source."""
        return _table()["answer"][self.answer]["en"]


@cache
def _table() -> dict[str, Any]:
    """The content of ``answers.toml``."""
    text = files("jingwei.monitor.proof").joinpath("answers.toml").read_text("utf-8")
    return tomllib.loads(text)


def number_check(
    draft: Statement | None,
    number: Span,
    kind: str,
    sources: Sequence[Evidence],
    words: Mapping[str, str],
    explanations: tuple[Explanation, ...] = (),
    *,
    others: Sequence[Evidence] = (),
    more: Mapping[str, Mapping[str, str]] | None = None,
    said: Span | None = None,
) -> NumberCheck:
    """The check of a statement; ``words`` fill the message: source, why.

    ``more`` adds sentences of the table ``[more]``, each with its own words; ``said`` are the words
    of the draft that are judged, where they are not the statement's.
    """
    entry = _table()["kind"][kind]
    added = [(_table()["more"][name], filling) for name, filling in (more or {}).items()]
    zh = [entry["zh"].format(**words), *(form["zh"].format(**w) for form, w in added)]
    en = [entry["en"].format(**words), *(form["en"].format(**w) for form, w in added)]
    first = said or (draft.evidence if draft is not None else number)
    return NumberCheck(
        kind,
        "".join(zh),
        " ".join(en),
        (first, *dict.fromkeys(sources)),
        explanations,
        answer=entry["answer"],
        of=draft.id if draft is not None else "",
        number=number,
        others=tuple(dict.fromkeys(others)),
        cell=_cell(draft) if draft is not None and said is None else "",
    )


def in_table(statement: Statement) -> bool:
    """Whether a statement is a cell of a table: the column dates it."""
    return statement.rule.startswith(answers_table()["table"]["rule"])


def _cell(statement: Statement) -> str:
    """The row and the column of a cell, and what stands there: 绿色工厂数量｜2020年｜20家."""
    if not in_table(statement):
        return ""
    column = f"{statement.period}年{'目标' if statement.role == 'target' else ''}"
    return f"{statement.subject}｜{column}｜{written(statement)}"


def answers_table() -> dict[str, Any]:
    """The words of ``answers.toml``."""
    return _table()
