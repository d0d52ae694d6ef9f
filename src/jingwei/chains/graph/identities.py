"""Names and codes of rows as vertices: known ones, new ones, and those that wait for a person.

A node is known by its name, an enterprise by a code of a register, else by its name alone; a code that
bears another name than before is asked and never merged (``docs/semantics.md`` §32.4, §32.5).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from jingwei.chains.graph.imported import AS_NEW, LEAVE_OUT, Options, Waiting
from jingwei.chains.graph.lexicon import Lexicon, Match
from jingwei.chains.graph.oddities import Oddities
from jingwei.chains.graph.records import (
    Sort,
    Vertex,
    enterprise_id,
    folded,
    node_id,
    place_id,
)
from jingwei.chains.graph.registered import code_of, other_register, plain_code
from jingwei.core import Evidence, Finding, Row


class Identities:
    """The vertices of an import as they grow, and the names that wait."""

    def __init__(
        self,
        before: Iterable[Vertex],
        decided: Mapping[str, str],
        options: Options,
        odd: Oddities,
    ) -> None:
        self.vertices: dict[str, Vertex] = {each.id: each for each in before}
        self.options, self.odd = options, odd
        self.matched: dict[str, int] = {}
        self.asked: list[Finding] = []
        self._decided = {folded(name): means for name, means in decided.items()}
        meant = {n: m for n, m in decided.items() if m not in (LEAVE_OUT, AS_NEW)}
        nodes = (each for each in self.vertices.values() if each.sort == "node")
        self._lexicon = Lexicon(nodes, meant)
        self._queue: dict[str, Waiting] = {}
        self._named: dict[str, set[str]] = {}
        for each in self.vertices.values():
            if each.sort != "node":
                self._named.setdefault(folded(each.name), set()).add(each.id)

    def restore(self, record: Vertex) -> None:
        """Take a vertex of one of our own exports; what is known of it already stays."""
        known = self.vertices.get(record.id)
        both = (*(known.evidence if known else ()), *record.evidence)
        kept = record
        if known is not None:
            kept = replace(
                record, stage=known.stage or record.stage, kind=known.kind or record.kind
            )
        self.vertices[record.id] = replace(kept, evidence=tuple(dict.fromkeys(both)))
        if kept.sort == "node" and known is None:
            self._lexicon.add(kept)

    def stand_in(self, key: str, evidence: Evidence) -> None:
        """A vertex that an exported edge or fact names before the file of vertices is read."""
        sorts: dict[str, Sort] = {"n": "node", "e": "enterprise", "p": "place"}
        sort = sorts.get(key[:1])
        if key not in self.vertices and sort is not None and key[1:2] in (":", "~"):
            self.vertices[key] = Vertex(key, sort, key[2:], "", "", (evidence,))

    def known(self, name: str, sort: Sort) -> str:
        if sort == "node":
            return self._lexicon.same(name).node
        key = enterprise_id(name, name) if sort == "enterprise" else place_id(name, name)
        if key in self.vertices:
            return key
        found = {k for k in self._named.get(folded(name), ()) if self.vertices[k].sort == sort}
        return found.pop() if len(found) == 1 else ""

    def node(
        self, name: str, row: Row, stage: str = "", what: str = "", *, declared: bool = False
    ) -> str:
        means = self._decided.get(folded(name), "")
        if means == LEAVE_OUT:
            return ""
        new = declared or self.options.new_nodes or means == AS_NEW
        match = self._lexicon.same(name) if new else self._lexicon.match(name)
        if match.node and match.node in self.vertices:
            self.matched[match.how] = self.matched.get(match.how, 0) + 1
            known = self.vertices[match.node]
            if (stage and not known.stage) or (what and not known.kind):
                self.vertices[match.node] = replace(
                    known, stage=known.stage or stage, kind=known.kind or what
                )
            return match.node
        if not new or match.candidates:
            self._wait(name, match, row)
            return ""
        vertex = Vertex(node_id(name), "node", name, stage, what, (row,))
        self.vertices[vertex.id] = vertex
        self._lexicon.add(vertex)
        self.matched["new"] = self.matched.get("new", 0) + 1
        return vertex.id

    def _wait(self, name: str, match: Match, row: Row) -> None:
        known = self._queue.get(folded(name))
        seen = known.seen + 1 if known else 1
        at = known.at if known else f"{row.dataset}:{row.key}"
        self._queue[folded(name)] = Waiting(name, match.candidates, seen, at)

    def enterprise(self, fields: Mapping[str, str], row: Row) -> str:
        """The id of a row's enterprise, "" where it waits: a code that bears another name is asked."""
        code = code_of(fields)
        name = fields.get("enterprise") or code
        means = self._decided.get(folded(name), "")
        known = self.vertices.get(enterprise_id(name, code))
        renamed = known is not None and code != "" and _differ(known.name, name, code)
        if code and not renamed:
            means = ""  # what a name alone means says nothing of a code
        if means == LEAVE_OUT:
            return ""
        if renamed and known is not None and not means:
            self.asked.append(_two_names(known, name, code, row))
            self._wait(name, Match(name, "", "", (known.id,)), row)
            return ""
        if renamed:
            code = ""
        key = means if means in self.vertices else enterprise_id(name, code)
        if key not in self.vertices:
            if not code:
                self.odd.add("unidentified", row)
                twins = sorted(k for k in self._named.get(folded(name), ()) if k.startswith("e:"))
                if twins and means != AS_NEW:
                    self._wait(name, Match(name, "", "", tuple(twins)), row)
            elif other_register(fields):
                self.odd.add("other_register", row)
            self.vertices[key] = Vertex(key, "enterprise", name, "", "", (row,))
            self._named.setdefault(folded(name), set()).add(key)
        return key

    def place(self, name: str, code: str, row: Row) -> tuple[str, bool]:
        """The id of a place, and whether it is new."""
        key = place_id(name, code)
        if not code:
            known = {k for k in self._named.get(folded(name), ()) if k.startswith("p:")}
            key = known.pop() if len(known) == 1 else key
        new = key not in self.vertices
        if new:
            self.vertices[key] = Vertex(key, "place", name, "", "", (row,))
            self._named.setdefault(folded(name), set()).add(key)
        return key, new

    def queue(self) -> tuple[Waiting, ...]:
        return tuple(sorted(self._queue.values(), key=lambda each: (-each.seen, each.name)))


def _differ(one: str, other: str, code: str) -> bool:
    """Whether two names of one code are two names; a code alone is none."""
    bare = {folded(one), folded(other)} - {folded(code), folded(plain_code(code))}
    return len(bare) > 1


def _two_names(known: Vertex, name: str, code: str, row: Row) -> Finding:
    return Finding(
        "two_names",
        f"代码{code}有两个名称：“{known.name}”和“{name}”；没有合并，后一行没有取。是更名还是填错？用 chain "
        f"review 定“{name}”：写 {known.id} 是同一家，写 新 是另一家，写 无 不取。",
        f"the code {code} has two names, {known.name} and {name}; they are not merged, and the later row "
        f"is not taken. Renamed or mistyped? Decide {name} with chain review: {known.id} for the same "
        "enterprise, 新 for another, 无 to leave it out.",
        (*known.evidence[:1], row),
    )
