"""From a document to a compiled plan: everything the document says, typed and sourced."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jingwei.core import Statement
from jingwei.documents.model import Block, Document, Text
from jingwei.plans.chain_links import read_industries
from jingwei.plans.context import Context, contexts, explains_words, outlook
from jingwei.plans.indicator_tables import TableRead, read_table
from jingwei.plans.passages import passages
from jingwei.plans.places import place_names
from jingwei.plans.programmes import read_programmes
from jingwei.plans.reading import Reading
from jingwei.plans.records import Plan
from jingwei.plans.references import read_references
from jingwei.plans.restating import restated, worded_rows
from jingwei.plans.roles import read_places
from jingwei.plans.sentence import Memory
from jingwei.plans.statements import read_passage
from jingwei.plans.task_tables import work_cells
from jingwei.plans.tasks import read_tasks


@dataclass(frozen=True, slots=True)
class Quantified:
    """Quantified statements in document order; ``rows_left_out`` names the rows of indicator tables of which
    no value was taken, since the text has lost some of their cells."""

    statements: list[Statement]
    rows_left_out: tuple[str, ...]


def compile_document(document: Document, sha256: str = "") -> Plan:
    """Everything a document says: statements, tasks, programmes, industries, places, references.

    ``sha256`` is the digest of the file as issued, where the caller has read one.
    """
    whole = outlook(document)
    placed = list(contexts(document, whole))
    quantities = _quantified(document, placed)
    statements = quantities.statements
    found = passages(placed, whole)
    names = place_names(found)
    nodes, tree = read_industries(document, found)
    return Plan(
        file=document.name,
        sha256=sha256,
        media=document.media,
        title=document.title,
        number=document.number,
        issued=document.issued,
        period=whole.plan,
        region=whole.region,
        statements=tuple(statements),
        tasks=tuple(read_tasks(document, found, names)),
        programmes=tuple(read_programmes(document, found, tree, statements)),
        nodes=tuple(nodes),
        places=tuple(read_places(document, found, names, tree)),
        references=tuple(read_references(document, found)),
        rows_left_out=quantities.rows_left_out,
    )


def read_statements(document: Document) -> list[Statement]:
    """Every quantified statement of a document, in document order."""
    return quantified(document).statements


def quantified(document: Document) -> Quantified:
    """The statements of a document with the rows that could not be read."""
    return _quantified(document, list(contexts(document, outlook(document))))


def _quantified(document: Document, placed: Sequence[tuple[Block, Context]]) -> Quantified:
    writer = _Writer(document)
    memory = Memory()
    tables = _tables(placed)
    worded = worded_rows(row for read in tables.values() for row in read.rows)
    for at, (block, context) in enumerate(placed):
        if block.table is not None:
            rows = tables[at].rows
            for row in rows:
                quote = (row.quote, 0, len(row.quote))
                writer.add(row.reading, quote, context, row.attr, row.text)
            for cell, own in work_cells(block.table, context) if not rows else ():
                for reading in read_passage(cell.text, own, Memory()):
                    quote = (cell.content, reading.start, reading.end)
                    writer.add(reading, quote, context, text=reading.text)
        if block.text and block.kind == "paragraph" and not explains_words(context.section):
            read = read_passage(block.text, context, memory)
            told = {reading.start for reading in read if reading.op == "qual"}
            again = [
                each for each in restated(block.text, worded, context) if each.start not in told
            ]
            for reading in sorted([*read, *again], key=_start) if again else read:
                quote = (block.content, reading.start, reading.end)
                writer.add(reading, quote, context, text=reading.text)
    lacking = tuple(name for read in tables.values() for name in read.without_values)
    return Quantified(writer.statements, lacking)


def _tables(placed: Sequence[tuple[Block, Context]]) -> dict[int, TableRead]:
    """What each table says, by the place of its block."""
    found: dict[int, TableRead] = {}
    above = ""
    for at, (block, context) in enumerate(placed):
        if block.table is not None:
            found[at] = read_table(block.table, context, block.text or above)
        above = block.text
    return found


def _start(reading: Reading) -> int:
    return reading.start


class _Writer:
    """Turns readings into statements with evidence and an id made of their content.

    The id hashes document name, quote and what was read, so that it stays the same when
    other statements come or go; equal statements are told apart by their order.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.seen: Counter[str] = Counter()
        self.statements: list[Statement] = []

    def add(
        self, reading: Reading, quote: tuple[Text, int, int], context: Context,
        attr: str | None = None, text: str | None = None,
    ) -> None:  # fmt: skip
        evidence = self.document.span(*quote)
        key = (
            f"{self.document.name}|{evidence.quote}|{reading.subject}|{reading.op}|{reading.value}"
            f"|{reading.low}|{reading.high}|{reading.unit}|{reading.period}|{text}"
        )
        self.seen[key] += 1
        digest = hashlib.sha256(f"{key}|{self.seen[key]}".encode()).hexdigest()[:10]
        self.statements.append(
            Statement(
                id=digest,
                document=self.document.name,
                quote=evidence.quote,
                subject=reading.subject,
                scope=reading.scope,
                role=reading.role,
                op=reading.op,
                value=reading.value,
                low=reading.low,
                high=reading.high,
                unit=reading.unit,
                period=reading.period,
                attr=attr,
                kind="tech" if reading.technical else "stat",
                text=text,
                measure=reading.measure,
                hedge=reading.hedge,
                base_year=reading.base_year,
                rule=reading.rule,
                section=context.section,
                evidence=evidence,
            )
        )
