"""From a document to a compiled plan: everything the document says, typed and sourced."""

import hashlib
from collections import Counter

from jingwei.core import Statement
from jingwei.documents.model import Document, Text
from jingwei.plans.context import Context, contexts, outlook
from jingwei.plans.indicator_tables import read_table
from jingwei.plans.reading import Reading
from jingwei.plans.sentence import Memory
from jingwei.plans.statements import read_passage


def read_statements(document: Document) -> list[Statement]:
    """Every quantified statement of a document, in document order."""
    writer = _Writer(document)
    memory = Memory()
    for block, context in contexts(document, outlook(document)):
        if block.table is not None:
            for row in read_table(block.table, context):
                quote = (row.quote, 0, len(row.quote))
                writer.add(row.reading, quote, context, row.attr, row.text)
        if block.text and block.kind == "paragraph":
            for reading in read_passage(block.text, context, memory):
                quote = (block.content, reading.start, reading.end)
                writer.add(reading, quote, context, text=reading.text)
    return writer.statements


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
        key = "|".join(
            str(part)
            for part in (
                self.document.name, evidence.quote, reading.subject, reading.op, reading.value,
                reading.low, reading.high, reading.unit, reading.period, text,
            )
        )  # fmt: skip
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
