"""Rows become vertices, edges and facts of the next edition, or wait for a person.

Nothing is guessed: a name that fits no node or several waits in the queue and its row is left out,
unless new nodes are wanted. What is odd is told: loops, repeated and nameless rows, broken characters,
suppliers of each other, sources that contradict. What cannot be is refused: values out of bounds, all of
them at once, a thing that is part of itself. A file of a name that was imported before replaces its rows.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from hashlib import blake2b

from jingwei.chains.graph import cells
from jingwei.chains.graph.bounds import Fault, faults, is_word, refused
from jingwei.chains.graph.checks import findings_of, no_cycle
from jingwei.chains.graph.edition import Edition
from jingwei.chains.graph.identities import Identities
from jingwei.chains.graph.imported import Imported, Options
from jingwei.chains.graph.oddities import Measured, Oddities, is_note, is_total, nameless
from jingwei.chains.graph.records import (
    ENDS,
    Edge,
    EdgeKind,
    Fact,
    Sort,
    Vertex,
)
from jingwei.chains.graph.registered import (
    code_faults,
    code_of,
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
        line = replace(line, fields=cells.without_dashes(line.fields))
        faults = reader.faults(line)
        if not faults:
            try:
                taken += reader.read(line)
            except InvalidFile as fault:
                faults = [Fault(line.at, "", "", fault.zh, fault.en)]
        found += faults
    found += reader.nodeless()
    if found:
        raise refused(dataset, found, rows)
    no_cycle(reader.edges, reader.names.vertices)
    told = findings_of(reader.edges, reader.names.vertices)
    own = [e for e in told if any(isinstance(s, Row) and s.dataset == dataset for s in e.sides)]
    findings = (*reader.odd.findings(), *reader.names.asked, *reader.measures.findings(), *own)
    return Imported(
        tuple(reader.names.vertices.values()),
        tuple(dict.fromkeys(reader.edges)),
        tuple(dict.fromkeys(reader.facts)),
        rows,
        taken,
        reader.names.queue(),
        findings,
        dict(sorted(reader.names.matched.items())),
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
        self.odd = Oddities()
        self.names = Identities(before.vertices, decided, options, self.odd)
        self.edges: list[Edge] = [*before.edges]
        self.facts: list[Fact] = [*before.facts]
        self.measures = Measured(options.measures)
        self._seen: set[bytes] = set()
        self._nodeless: list[Row] = []
        self._hung = False

    # -- one row ------------------------------------------------------------------------------

    def faults(self, line: Line) -> list[Fault]:
        """What in a row cannot be."""
        row = Row(self.dataset, "", line.at)
        if line.record is None and (is_total(line.fields) or is_note(line.fields)):
            return []
        return [
            *faults(line.fields, row, line.at, self.options.ladder),
            *(() if line.record is not None else code_faults(line.fields, line.at)),
        ]

    def nodeless(self) -> list[Fault]:
        """Enterprises without a node in a file that hangs others on nodes; alone they are told."""
        if self._hung:
            return [
                Fault(
                    row.key.split(" ", 1)[0], "node", "",
                    "空着，看不出挂在哪个环节；合并的单元格请取消合并并向下填充，还没有环节的企业另存一份文件",
                    "is empty, so that it hangs on no node; split merged cells and fill them down, and keep "
                    "enterprises without a node in a file of their own",
                )
                for row in self._nodeless
            ]  # fmt: skip
        for row in self._nodeless:
            self.odd.add("nodeless", row)
        return []

    def read(self, line: Line) -> bool:
        """Take a row; whether it found its place. Raises InvalidFile where it can mean nothing."""
        if line.record is not None:
            return self._restore(line.record)
        fields = line.fields
        if "to" in fields and "from" not in fields and "source" in fields:  # d3 names it so
            fields = {**fields, "from": fields["source"], "source": ""}
        row = self._row(line.at, fields)
        if line.filled:
            self.odd.add("filled", row)
        odd = self._odd(fields)
        if odd:
            self.odd.add(odd, row)
            return False
        cells.check_origin(fields, row)
        if fields.get("from") and fields.get("to"):
            if fields.get("node"):
                raise InvalidFile(
                    f"一行里有环节“{fields['node']}”，又有起点“{fields['from']}”和终点“{fields['to']}”，看不出谁供应谁；"
                    "请拆成两行，每行一个起点和一个终点",
                    f"the row names the node '{fields['node']}' beside from '{fields['from']}' and to "
                    f"'{fields['to']}', and who supplies whom cannot be told; make it two rows of one edge each",
                    where=f"{self.dataset}:{line.at}",
                )
            return self._edge_row(fields, row)
        if fields.get("enterprise") and fields.get("to"):
            raise InvalidFile(
                f"一行里有企业“{fields['enterprise']}”和去向“{fields['to']}”，看不出是一条供应关系还是一家企业；"
                "供应关系请写“供方、需方”两列，谁做什么请写“企业、环节”两列，分成两个文件",
                f"the row names the enterprise '{fields['enterprise']}' beside the buyer '{fields['to']}'; "
                "write who supplies whom in columns from and to, and who makes what in columns enterprise "
                "and node, in two files",
                where=f"{self.dataset}:{line.at}",
            )
        if fields.get("node") and fields.get("measure"):
            return self._fact_row(fields, row, self.names.node)
        who = fields.get("enterprise") or code_of(fields)
        if who and fields.get("measure"):
            return self._fact_row(
                fields, row, lambda _name, _row: self.names.enterprise(fields, row)
            )
        if who:
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
        if is_total(fields):
            return "total"
        if is_note(fields):
            return "note"
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
                self.names.restore(record)
            case Edge():
                for end in (record.from_, record.to):
                    self.names.stand_in(end, record.evidence)
                self.edges.append(record)
            case Fact():
                self.names.stand_in(record.about, record.evidence)
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
                self.names.known(name, sort) for name, sort in zip((start, end), sorts, strict=True)
            ]
            if known[0] and known[1]:
                return known[0], known[1]
        first, second = ENDS[kind][0]
        one, other = self._end(start, first, row), self._end(end, second, row)
        return (one, other) if one and other else None

    def _end(self, name: str, sort: Sort, row: Row) -> str:
        if sort == "node":
            return self.names.node(name, row)
        known = self.names.known(name, sort)
        if known:
            return known
        if sort == "place":
            return self._place({"place": name}, row)
        return self.names.enterprise({"enterprise": name}, row)

    def _fact_row(
        self, fields: Mapping[str, str], row: Row, find: Callable[[str, Row], str]
    ) -> bool:
        about = find(fields.get("node", ""), row)
        if not about:
            return False
        measure = self.measures.seen(fields["measure"], row)
        text, word = fields.get("value", ""), fields.get("word", "")
        if text and not word and is_word(measure, text, self.options.ladder):
            text, word = "", text  # a word of a scale, written under 数值
        value = None if not text else cells.amount_of(text, row)
        if value is None and not word:
            return False  # an empty cell is a missing row: nothing is known
        self.facts.append(
            Fact(
                about, measure, row, value, word,
                fields.get("unit", ""), fields.get("of", ""), fields.get("rater", ""),
                self._day(fields, row),
            )
        )  # fmt: skip
        return True

    def _enterprise_row(self, fields: Mapping[str, str], row: Row) -> bool:
        if fields.get("within") and not fields.get("place"):
            fields = {**fields, "place": fields["within"], "within": ""}
        enterprise = self.names.enterprise(fields, row)
        if not enterprise:
            return False
        place = self._place(fields, row) if fields.get("place") else ""
        if place:
            self._add("located_in", enterprise, place, {"day": fields.get("day", "")}, row)
        if not fields.get("node"):
            if "node" in fields:
                self._nodeless.append(row)
            return True
        self._hung = True
        node = self.names.node(fields["node"], row)
        return bool(node) and self._add("makes", enterprise, node, fields, row)

    def _node_row(self, fields: Mapping[str, str], row: Row) -> bool:
        what = fields.get("what") or fields.get("kind", "")
        stage = fields.get("stage") or self.template.stage_of(what)
        node = self.names.node(fields["node"], row, stage, what, declared=True)
        if node and fields.get("parent"):
            parent = self.names.node(fields["parent"], row)
            return bool(parent) and self._add("is_part_of", node, parent, fields, row)
        return bool(node)

    def _add(
        self, kind: EdgeKind, start: str, end: str, fields: Mapping[str, str], row: Row
    ) -> bool:
        if start == end:
            self.odd.add("loop", row)
            return False
        day = self._day(fields, row)
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

    def _place(self, fields: Mapping[str, str], row: Row) -> str:
        key, new = self.names.place(fields["place"], fields.get("place_code", ""), row)
        if new and fields.get("within"):
            above = self._place({"place": fields["within"]}, row)
            self._add("located_in", key, above, {"day": fields.get("day", "")}, row)
        return key

    # -- cells --------------------------------------------------------------------------------

    def _row(self, at: str, fields: Mapping[str, str]) -> Row:
        day = fields.get("day") or (self.options.day.isoformat() if self.options.day else "")
        source = fields.get("source", "")
        return Row(self.dataset, day, f"{at} {source}".strip())

    def _day(self, fields: Mapping[str, str], row: Row) -> date | None:
        """The day of a row or of the file. A year or month that is running is known up to today; a day
        to come is told."""
        text, today = fields.get("day", ""), self.options.today
        day = cells.day_of(text, row) or self.options.day
        if day is None or today is None or day <= today:
            return day
        begun = cells.day_of(text, row, first=True)
        if begun is not None and begun <= today:
            return today
        self.odd.add("ahead", row)
        return day

    def _part(self, text: str, row: Row) -> float | None:
        return cells.part_of(text, row) if text else None
