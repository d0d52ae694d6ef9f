"""What a document is: plan, outline, report, press or article.

The kind decides which documents are settled, which ones give later facts, and which are held
against a plan word by word. It is told from title and structure by the rules of ``kinds.toml``;
a person may write another one in the plan file.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import Any, Literal

from jingwei.core import Statement
from jingwei.documents.model import Document

Kind = Literal["plan", "outline", "report", "press", "article"]
PLANS: tuple[Kind, ...] = ("plan", "outline")

_REMARK = re.compile(r"[(（【\[][^()（）【】\[\]]*[)）】\]]$")
_HEAD = 800  # characters before the first section that are looked at
_HEADLINE = 60  # a first line longer than this is no headline


@dataclass(frozen=True, slots=True)
class Told:
    """The kind of a document and why; ``kind`` is None where no rule fits."""

    kind: Kind | None
    why: str
    why_en: str


@dataclass(frozen=True, slots=True)
class _Looks:
    """What the rules look at. ``titles`` are surer than the other ``names``."""

    titles: tuple[str, ...]
    names: tuple[str, ...]
    head: str
    source: str
    targets: int
    facts: int

    def fit(self, rule: dict[str, Any]) -> bool:
        every = self.titles + self.names
        return (
            any(title.endswith(tuple(rule.get("title", ()))) for title in self.titles)
            or any(name.endswith(tuple(rule.get("name", ()))) for name in every)
            or any(word in name for word in rule.get("holds", ()) for name in every)
            or self.source.endswith(tuple(rule.get("source", ())))
            or ("head" in rule and sum(w in self.head for w in rule["head"]) >= rule["least"])
            or ("goals" in rule and self.targets >= rule["goals"] and self.targets > self.facts)
        )


@cache
def _table() -> dict[str, Any]:
    text = files("jingwei.app.pipeline").joinpath("kinds.toml").read_text("utf-8")
    return tomllib.loads(text)


def names_draft(name: str) -> bool:
    """Whether a name or title says that its document is a draft: it is no source of facts."""
    ends = tuple(_table()["drafts_at_end"])
    return any(word in name for word in _table()["drafts"]) or name.rstrip(" )）】]").endswith(ends)


def kind_of(document: Document, statements: Sequence[Statement]) -> Told:
    """The kind of a document, by the first rule that fits."""
    first = next((block.text for block in document.blocks if block.text), "")
    line = first if len(first) <= _HEADLINE else ""
    targets = sum(each.role == "target" for each in statements)
    looks = _Looks(
        titles=_bare(document.title, line),
        names=_bare(
            re.split("[::]", line)[0],
            document.metadata.get("title", ""),
            PurePath(document.name).stem,
        ),
        head=_head(document),
        source=document.metadata.get("author", "") or document.metadata.get("source", ""),
        targets=targets,
        facts=len(statements) - targets,
    )
    for rule in _table()["rule"]:
        if looks.fit(rule):
            return Told(rule["kind"], *rule["why"])
    return Told(None, "没有规则适用", "no rule fits")


def _bare(*names: str) -> tuple[str, ...]:
    """Names without remarks in brackets and words of excerpts at their end; empty ones left out."""
    return tuple(dict.fromkeys(bare for name in names if (bare := _stripped(name))))


def _stripped(name: str) -> str:
    text = "".join(name.split())
    while True:
        shorter = _REMARK.sub("", text)
        for word in _table()["excerpt"]:
            shorter = shorter.removesuffix(word)
        shorter = shorter.rstrip("_-—:： ")
        if shorter == text:
            return text
        text = shorter


def _head(document: Document) -> str:
    """The text before the first section (the title, if it is a heading, included)."""
    head = ""
    for block in document.blocks:
        if block.section or len(head) > _HEAD:
            break
        head += block.text
    return head[:_HEAD]
