"""Imported names and the nodes they mean.

A name means a node if it is the same after folding (width, case, spaces, dashes), if it is one of the
names that brackets give it (FPGA of 现场可编程逻辑门阵列芯片(FPGA)), if it differs only by a tail
that says nothing (…关键技术), or if a person said so. A name that fits several nodes fits none: it
waits in the review queue, and so does a name that fits none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jingwei.chains.graph.naming import ending
from jingwei.chains.graph.records import Vertex, folded

_BRACKET = re.compile(r"[(（]([^()（）]+)[)）]")
_DIVIDED = re.compile(r"[、/和及与]")


@dataclass(frozen=True, slots=True)
class Match:
    """What a name was found to mean: ``node`` is an id, "" where the name waits.

    ``how`` is same, bracket, tail or decided; ``candidates`` are the ids between which a person
    has to choose, () where nothing comes near.
    """

    name: str
    node: str
    how: str
    candidates: tuple[str, ...] = ()


class Lexicon:
    """The names of the nodes of a chain; ``decided`` are names with what a person said of them."""

    def __init__(self, nodes: Iterable[Vertex], decided: Mapping[str, str] | None = None) -> None:
        self._decided = {folded(name): node for name, node in (decided or {}).items()}
        self._same: dict[str, set[str]] = {}
        self._bracket: dict[str, set[str]] = {}
        self._tail: dict[str, set[str]] = {}
        self._names: dict[str, str] = {}
        for each in nodes:
            self.add(each)

    def add(self, node: Vertex) -> None:
        """Know one more node."""
        key = folded(node.name)
        self._names[key] = node.id
        self._same.setdefault(key, set()).add(node.id)
        for name in _bracketed(node.name):
            self._bracket.setdefault(name, set()).add(node.id)
        self._tail.setdefault(ending("tail").sub("", key), set()).add(node.id)

    def same(self, name: str) -> Match:
        """What a name means by a decision or by being the same, and nothing less."""
        key = folded(name)
        if key in self._decided:
            return Match(name, self._decided[key], "decided")
        found = self._same.get(key, set())
        node = next(iter(found)) if len(found) == 1 else ""
        return Match(name, node, "same" if node else "", tuple(sorted(found)))

    def match(self, name: str) -> Match:
        """What a name means; see the module."""
        key = folded(name)
        if key in self._decided:
            return Match(name, self._decided[key], "decided")
        candidates: set[str] = set()
        for how, table, forms in (
            ("same", self._same, (key,)),
            ("bracket", self._bracket, (key,)),
            ("bracket", self._same, tuple(_bracketed(name))),
            ("tail", self._tail, (ending("tail").sub("", key),)),
        ):
            found = {node for form in forms for node in table.get(form, ())}
            if len(found) == 1:
                return Match(name, found.pop(), how)
            if found:
                candidates = found
                break
        return Match(name, "", "", tuple(sorted(candidates or self._near(key))))

    def _near(self, key: str) -> Iterator[str]:
        """Nodes that share most of a name, for a person to choose from; never taken unasked."""
        if len(key) < 2:
            return
        for name, node in self._names.items():
            shorter, longer = sorted((key, name), key=len)
            parts = [part for part in _DIVIDED.split(longer) if part]
            if len(shorter) >= 2 and (shorter in longer or shorter in parts):
                yield node


def _bracketed(name: str) -> Iterator[str]:
    inside = _BRACKET.findall(name)
    if inside:
        yield folded(_BRACKET.sub("", name))
        for each in inside:
            if len(folded(each)) >= 2:
                yield folded(each)
