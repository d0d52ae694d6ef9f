"""Names of nodes that need a second look: two nodes in one name, one node in two wordings, no thing.

Nothing is merged here. A name is divided only where both halves are nodes themselves; near twins are
shown to a person; what only says a quality or a use (高性能, 应用场景) is no node.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from jingwei.chains.graph.naming import ending, listed, opening
from jingwei.chains.graph.records import Vertex, folded

_JOINED = re.compile(r"[和与及]")


@dataclass(frozen=True, slots=True)
class Twins:
    """Two nodes that may be one, and why."""

    one: Vertex
    other: Vertex
    why: str
    why_en: str


def halves(name: str, known: Collection[str]) -> tuple[str, str] | None:
    """The two nodes that a joined name stands for (A和B), None where not both are known.

    ``known`` are folded names. A name that is a thing of its own though it holds 和 stays whole.
    """
    for match in _JOINED.finditer(name):
        first, second = name[: match.start()], name[match.end() :]
        if folded(first) in known and folded(second) in known and first != second:
            return first, second
    return None


def is_thing(name: str) -> bool:
    """False for a name that is a quality, a use or a means alone: 高性能, 典型应用场景."""
    key = folded(name)
    if key in {folded(each) for each in listed("no_thing")}:
        return False
    return ending("use").search(key) is None and opening("quality").sub("", key) != ""


def near_twins(nodes: Iterable[Vertex]) -> tuple[Twins, ...]:
    """Pairs of nodes whose names differ by a qualifying word, a tail, or the order of joined halves."""
    forms: dict[str, list[tuple[Vertex, str, str]]] = {}
    for each in sorted(nodes, key=lambda e: e.id):
        key = folded(each.name)
        bare = ending("tail").sub("", key) or key
        plain = opening("quality").sub("", bare) or bare
        parts = "和".join(sorted(_JOINED.split(key)))
        told: dict[str, tuple[str, str]] = {}
        for form, why in (
            (bare, ("只差不说明是什么的词尾", "but for a tail that says nothing")),
            (plain, ("只差修饰词", "but for a word that only qualifies")),
            (parts, ("只差并列的次序或连词", "but for the order of what they join")),
        ):
            told.setdefault(form, why)
        for form, (why, why_en) in told.items():
            forms.setdefault(form, []).append((each, why, why_en))
    found: dict[tuple[str, str], Twins] = {}
    for alike in forms.values():
        for k, (one, *_) in enumerate(alike):
            for other, why, why_en in alike[k + 1 :]:
                if other.id != one.id:
                    found.setdefault((one.id, other.id), Twins(one, other, why, why_en))
    return tuple(found[key] for key in sorted(found))
