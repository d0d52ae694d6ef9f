"""Claims of success: words that say "all targets met" and prove nothing.

A claim is shown beside a target that stays unknown, so that a reader sees who said it and that
no figure stands behind it (``docs/semantics.md`` §7).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jingwei.core import Span, Statement
from jingwei.documents.model import Document
from jingwei.monitor.facts import words

_SENTENCE = re.compile(r"[^。；;!！?？]+[。；;!！?？]?")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that claims success. ``about`` are ids of the statements it stands with;
    () for a claim about everything."""

    document: str
    quote: str
    evidence: Span
    about: tuple[str, ...] = ()


def find_claims(document: Document, statements: Sequence[Statement] = ()) -> list[Claim]:
    """The claims of a document, in order; ``statements`` are those read from the same document."""
    pattern = re.compile("|".join(words()["claims"]["patterns"]))
    future = re.compile("|".join(words()["claims"]["future"]))
    found: list[Claim] = []
    for block in document.blocks:
        if block.kind != "paragraph" or not pattern.search(block.text):
            continue
        for sentence in _SENTENCE.finditer(block.text):
            match = pattern.search(sentence[0])
            if match is None or future.search(sentence[0], 0, match.start()):
                continue
            whole = document.span(block.content, sentence.start(), sentence.end())
            start = sentence.start() + match.start()
            span = document.span(block.content, start, start + len(match[0]))
            found.append(Claim(document.name, sentence[0], span, tuple(_inside(whole, statements))))
    return found


def _inside(sentence: Span, statements: Iterable[Statement]) -> Iterator[str]:
    for each in statements:
        if sentence.start <= each.evidence.start and each.evidence.end <= sentence.end:
            yield each.id
