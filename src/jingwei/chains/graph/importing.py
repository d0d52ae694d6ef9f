"""Rows become vertices, edges and facts of the next edition, or wait for a person.

Nothing is guessed: a name that fits no node or several waits in the queue and its row is left out,
unless new nodes are wanted. What is odd is told: loops, repeated and nameless rows, broken characters,
suppliers of each other, sources that contradict. What cannot be is refused: values out of bounds, all of
them at once, a thing that is part of itself. A file of a name that was imported before replaces its rows.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from hashlib import blake2b

from jingwei.chains.graph import cells
from jingwei.chains.graph.bounds import Fault, faults, refused
from jingwei.chains.graph.checks import findings_of, no_cycle
from jingwei.chains.graph.edition import Edition
from jingwei.chains.graph.imported import AS_NEW, LEAVE_OUT, Imported, Options, Waiting
from jingwei.chains.graph.lexicon import Lexicon, Match
from jingwei.chains.graph.oddities import Oddities, nameless
from jingwei.chains.graph.records import (
    ENDS,
    Edge,
    EdgeKind,
    Fact,
    Sort,
    Vertex,
    enterprise_id,
    folded,
    node_id,
    place_id,
)
from jingwei.chains.graph.restoring import Record
from jingwei.chains.graph.retracting import Without, of_row, without
from jingwei.chains.graph.rows import Line
from jingwei.chains.graph.template import Template
from jingwei.core import InvalidFile, Row


def import_lines(
    lines: Iterable[Line],
    dataset: str,
    edition: Edition,
    template: Template,
    decided: Mapping[str, str],
    options: Options,
) -> Imported:
    """The content of ``edition`` and of the rows together.

    ``decided`` are names with the id of what they mean, 新 or 无. Raises InvalidFile with every row
    that cannot be, and InvalidRequest where is_part_of would close a circle.
    """
    before = without(edition, lambda row: of_row(row, dataset))
    reader = _Reader(dataset, before, template, decided, options)
    rows = taken = 0
    found: list[Fault] = []
    for line in lines:
        rows += 1
        faults = reader.faults(line)
        if not faults:
            try:
                taken += reader.read(line)
            except InvalidFile as fault:
                faults = [Fault(line.at, "", "", fault.zh, fault.en)]
        found += faults
    if found:
        raise refused(dataset, found, rows)
    no_cycle(reader.edges, reader.vertices)
    told = findings_of(reader.edges, reader.vertices)
    own = [e for e in told if any(isinstance(s, Row) and s.dataset == dataset for s in e.sides)]
    findings = (*reader.odd.findings(), *own)
    return Imported(
        tuple(reader.vertices.values()),
        tuple(dict.fromkeys(reader.edges)),
        tuple(dict.fromkeys(reader.facts)),
        rows,
        taken,
        reader.queue(),
        findings,
        dict(sorted(reader.matched.items())),
        before.rows,
    )


class _Reader:
    def __init__(
        self,
        dataset: str,
        before: Without,
        template: Template,
        decided: Mapping[str, str],
        options: Options,
    ) -> None:
        self.dataset, self.template, self.options = dataset, template, options
        self.vertices: dict[str, Vertex] = {each.id: each for each in before.vertices}
        self.edges: list[Edge] = [*before.edges]
        self.facts: list[Fact] = [*before.facts]
        self.matched: dict[str, int] = {}
        self._decided = {folded(name): means for name, means in decided.items()}
        meant = {n: m for n, m in decided.items() if m not in (LEAVE_OUT, AS_NEW)}
        self._lexicon = Lexicon((v for v in before.vertices if v.sort == "node"), meant)
        self._seen: set[bytes] = set()
        self._queue: dict[str, Waiting] = {}
        self.odd = Oddities()
        self._named: dict[str, set[str]] = {}
        for each in self.vertices.values():
            if each.sort != "node":
                self._named.setdefault(folded(each.name), set()).add(each.id)

    # -- one row ------------------------------------------------------------------------------

    def faults(self, line: Line) -> list[Fault]:
        """What in a row cannot be."""
        row = Row(self.dataset, "", line.at)
        return [*faults(line.fields, row, line.at, self.options.ladder)]

    def read(self, line: Line) -> bool:
        """Take a row; whether it found its place. Raises InvalidFile where it can mean nothing."""
        if line.record is not None:
            return self._restore(line.record)
        fields = line.fields
        if "to" in fields and "from" not in fields and "source" in fields:  # d3 names it so
            fields = {**fields, "from": fields["source"], "source": ""}
        row = self._row(line.at, fields)
        odd = self._odd(fields)
        if odd:
            self.odd.add(odd, row)
            return False
        cells.check_origin(fields, row)
        if fields.get("from") and fields.get("to"):
            return self._edge_row(fields, row)
        if fields.get("node") and fields.get("measure"):
            return self._fact_row(fields, row, self._node)
        if (fields.get("enterprise") or fields.get("code")) and fields.get("measure"):
            return self._fact_row(fields, row, lambda _name, _row: self._enterprise(fields, row))
        if fields.get("enterprise") or fields.get("code"):
            return self._enterprise_row(fields, row)
        if fields.get("node"):
            return self._node_row(fields, row)
        if fields.get("place"):
            return bool(self._place(fields, row))
        raise InvalidFile(
            "这一行既不是关系（起点、终点），也不是环节、企业或指标；请检查列名",
            "this row is no edge (from, to), node, enterprise or fact; check the columns",
            where=f"{self.dataset}:{line.at}",
        )

    def _odd(self, fields: Mapping[str, str]) -> str:
        """Why a row is told and not taken, "" where it is taken."""
        if any("\ufffd" in cell for cell in fields.values()):
            return "broken"
        if nameless(fields):
            return "unnamed"
        said = "\0".join(f"{key}\1{cell}" for key, cell in sorted(fields.items()) if cell)
        key = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if key in self._seen:
            return "duplicate"
        self._seen.add(key)
        return ""

    def _restore(self, record: Record) -> bool:
        """Take a record of one of our own exports as it is."""
        match record:
            case Vertex():
                known = self.vertices.get(record.id)
                both = (*(known.evidence if known else ()), *record.evidence)
                kept = record
                if known is not None:
                    kept = replace(known, stage=known.stage or record.stage,
                                   kind=known.kind or record.kind)  # fmt: skip
                self.vertices[record.id] = replace(kept, evidence=tuple(dict.fromkeys(both)))
                if kept.sort == "node" and known is None:
                    self._lexicon.add(kept)
            case Edge():
                self.edges.append(record)
            case Fact():
                self.facts.append(record)
        return True

    def _edge_row(self, fields: Mapping[str, str], row: Row) -> bool:
        kind, turned = cells.kind_of(fields.get("kind", ""), self.options.kind, row)
        start, end = fields["from"], fields["to"]
        if turned != self.options.flip:
            start, end = end, start
        ends = self._ends(kind, start, end, row)
        if ends is None:
            return False
        return self._add(kind, *ends, fields, row)

    def _ends(self, kind: EdgeKind, start: str, end: str, row: Row) -> tuple[str, str] | None:
        """Ids of both ends, of the first pair of sorts that both names are known in."""
        for sorts in ENDS[kind]:
            known = [
                self._known(name, sort) for name, sort in zip((start, end), sorts, strict=True)
            ]
            if known[0] and known[1]:
                return known[0], known[1]
        first, second = ENDS[kind][0]
        one, other = self._end(start, first, row), self._end(end, second, row)
        return (one, other) if one and other else None

    def _known(self, name: str, sort: Sort) -> str:
        if sort == "node":
            return self._lexicon.same(name).node
        key = enterprise_id(name, name) if sort == "enterprise" else place_id(name, name)
        if key in self.vertices:
            return key
        found = {k for k in self._named.get(folded(name), ()) if self.vertices[k].sort == sort}
        return found.pop() if len(found) == 1 else ""

    def _end(self, name: str, sort: Sort, row: Row) -> str:
        if sort == "node":
            return self._node(name, row)
        known = self._known(name, sort)
        if known:
            return known
        if sort == "place":
            return self._place({"place": name}, row)
        return self._enterprise({"enterprise": name}, row)

    def _fact_row(
        self, fields: Mapping[str, str], row: Row, find: Callable[[str, Row], str]
    ) -> bool:
        about = find(fields.get("node", ""), row)
        if not about:
            return False
        text = fields.get("value", "")
        value = None if not text else cells.amount_of(text, row)
        if value is None and not fields.get("word"):
            return False  # an empty cell is a missing row: nothing is known
        day = cells.day_of(fields.get("day", ""), row) or self.options.day
        self.facts.append(
            Fact(
                about, fields["measure"], row, value, fields.get("word", ""),
                fields.get("unit", ""), fields.get("of", ""), fields.get("rater", ""), day,
            )
        )  # fmt: skip
        return True

    def _enterprise_row(self, fields: Mapping[str, str], row: Row) -> bool:
        enterprise = self._enterprise(fields, row)
        if not enterprise:
            return False
        place = self._place(fields, row) if fields.get("place") else ""
        if place:
            self._add("located_in", enterprise, place, {"day": fields.get("day", "")}, row)
        if not fields.get("node"):
            return True
        node = self._node(fields["node"], row)
        return bool(node) and self._add("makes", enterprise, node, fields, row)

    def _node_row(self, fields: Mapping[str, str], row: Row) -> bool:
        what = fields.get("what") or fields.get("kind", "")
        stage = fields.get("stage") or self.template.stage_of(what)
        node = self._node(fields["node"], row, stage, what, declared=True)
        if node and fields.get("parent"):
            parent = self._node(fields["parent"], row)
            return bool(parent) and self._add("is_part_of", node, parent, fields, row)
        return bool(node)

    def _add(
        self, kind: EdgeKind, start: str, end: str, fields: Mapping[str, str], row: Row
    ) -> bool:
        if start == end:
            self.odd.add("loop", row)
            return False
        day = cells.day_of(fields.get("day", ""), row) or self.options.day
        if day is None:
            self.odd.add("undated", row)
        confidence = self._part(fields.get("confidence", ""), row)
        self.edges.append(
            Edge(
                kind, start, end, row, day,
                self.options.confidence if confidence is None else confidence,
                cells.day_of(fields.get("valid_from", ""), row, first=True),
                cells.day_of(fields.get("valid_to", ""), row),
                self._part(fields.get("share", ""), row),
                cells.holds(fields.get("holds", ""), row),
            )
        )  # fmt: skip
        return True

    # -- names --------------------------------------------------------------------------------

    def _node(
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

    def _enterprise(self, fields: Mapping[str, str], row: Row) -> str:
        code = fields.get("code", "")
        name = fields.get("enterprise") or code
        means = self._decided.get(folded(name), "") if not code else ""
        if means == LEAVE_OUT:
            return ""
        key = means if means in self.vertices else enterprise_id(name, code)
        if key not in self.vertices:
            if not code:
                self.odd.add("unidentified", row)
                twins = sorted(k for k in self._named.get(folded(name), ()) if k.startswith("e:"))
                if twins and means != AS_NEW:
                    self._wait(name, Match(name, "", "", tuple(twins)), row)
            self.vertices[key] = Vertex(key, "enterprise", name, "", "", (row,))
            self._named.setdefault(folded(name), set()).add(key)
        return key

    def _place(self, fields: Mapping[str, str], row: Row) -> str:
        name, code = fields["place"], fields.get("place_code", "")
        key = place_id(name, code)
        if not code:
            known = {k for k in self._named.get(folded(name), ()) if k.startswith("p:")}
            key = known.pop() if len(known) == 1 else key
        if key not in self.vertices:
            self.vertices[key] = Vertex(key, "place", name, "", "", (row,))
            self._named.setdefault(folded(name), set()).add(key)
            if fields.get("within"):
                above = self._place({"place": fields["within"]}, row)
                self._add("located_in", key, above, {"day": fields.get("day", "")}, row)
        return key

    # -- cells --------------------------------------------------------------------------------

    def _row(self, at: str, fields: Mapping[str, str]) -> Row:
        day = fields.get("day") or (self.options.day.isoformat() if self.options.day else "")
        source = fields.get("source", "")
        return Row(self.dataset, day, f"{at} {source}".strip())

    def _part(self, text: str, row: Row) -> float | None:
        return cells.part_of(text, row) if text else None

    def queue(self) -> tuple[Waiting, ...]:
        return tuple(sorted(self._queue.values(), key=lambda each: (-each.seen, each.name)))
