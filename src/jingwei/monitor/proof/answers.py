"""The answer about one number of a draft, and its words."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from jingwei.core import Evidence, Explanation, Finding, Span, Statement

Answer = Literal["agrees", "differs", "other_definition", "no_source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberCheck(Finding):
    """A finding about one number of a draft, with its ``answer``.

    ``of`` is the id of the draft's statement and ``number`` the place of the number itself; the
    statement's evidence is the first of ``sides``, followed by what it was held against. ``kind`` says how the answer came about (``answers.toml``).
    """

    answer: Answer
    of: str
    number: Span

    @property
    def answer_zh(self) -> str:
        """一致, 不一致, 口径不同 or 无来源."""
        return _table()["answer"][self.answer]["zh"]


@cache
def _table() -> dict[str, Any]:
    """The content of ``answers.toml``."""
    text = files("jingwei.monitor.proof").joinpath("answers.toml").read_text("utf-8")
    return tomllib.loads(text)


def number_check(
    draft: Statement,
    number: Span,
    kind: str,
    sources: Sequence[Evidence],
    words: Mapping[str, str],
    explanations: tuple[Explanation, ...] = (),
) -> NumberCheck:
    """The check of a statement; ``words`` fill the message: source, why."""
    entry = _table()["kind"][kind]
    return NumberCheck(
        kind,
        entry["zh"].format(**words),
        entry["en"].format(**words),
        (draft.evidence, *dict.fromkeys(sources)),
        explanations,
        answer=entry["answer"],
        of=draft.id,
        number=number,
    )
