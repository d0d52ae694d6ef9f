"""Evidence made ready to be shown: the quote with its number marked, its place, its inputs."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from jingwei.app.reports.model import Report
from jingwei.app.reports.quoting import Passage, Piece, passage, printed
from jingwei.core import Evidence, Formula, InvalidRequest, Row, Span, Statement

_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence as a reader sees it.

    ``file``, ``href`` and ``place`` say where it stands; ``statement`` is the anchor of the
    statement read there, "" where none or several were. A formula shows itself as its only
    piece and its inputs in ``of``.
    """

    kind: str
    passage: Passage
    file: str
    href: str
    place: str
    place_en: str
    statement: str
    of: "tuple[Proof, ...]" = ()


def anchor(prefix: str, key: str) -> str:
    """A stable name for a place of the page, fit for a link that is sent by mail."""
    if not _PLAIN.fullmatch(key):
        key = hashlib.sha256(key.encode()).hexdigest()[:10]
    return f"{prefix}-{key}"


class Evidences:
    """The statements and sources of a report, by id and by place."""

    def __init__(self, report: Report) -> None:
        self.texts = {source.name: source.text for source in report.sources}
        self.titles = {source.name: source.title or source.name for source in report.sources}
        self.by_id = {
            each.id: each for statements in report.statements.values() for each in statements
        }
        self.at: defaultdict[tuple[str, int, int], list[Statement]] = defaultdict(list)
        for each in self.by_id.values():
            span = each.evidence
            self.at[span.file, span.start, span.end].append(each)

    def statement(self, key: str, cited_by: str) -> Statement:
        """The statement with this id. Raises InvalidRequest where the report does not hold it."""
        if key in self.by_id:
            return self.by_id[key]
        raise InvalidRequest(
            f"引用了报告中没有的条目“{key}”。请把该条目所在文件一并放入报告，或重新运行 jingwei run。",
            f"the report does not hold the statement {key!r}. "
            "Put its document into the report too, or run jingwei run again.",
            where=cited_by,
        )

    def printed(self, statement: Statement) -> str:
        return printed(statement, self.texts.get(statement.document, ""))

    def read_at(self, span: Span) -> list[Statement]:
        """The statements read from exactly this place."""
        return self.at.get((span.file, span.start, span.end), [])

    def proofs(self, evidence: Iterable[Evidence]) -> tuple[Proof, ...]:
        return tuple(self.proof(each) for each in dict.fromkeys(evidence))

    def proof(self, evidence: Evidence, *meant: Statement) -> Proof:
        """``meant`` are the statements it is cited for; else all that were read at the place."""
        if isinstance(evidence, Formula):
            shown = Passage("", (Piece(evidence.formula),), "")
            return Proof("formula", shown, "", "", "", "", "", self.proofs(evidence.of))
        if isinstance(evidence, Row):
            shown = Passage("", (Piece(evidence.key),), "")
            vintage, vintage_en = f"版本 {evidence.vintage}", f"vintage {evidence.vintage}"
            return Proof("row", shown, evidence.dataset, "", vintage, vintage_en, "")
        read = self.read_at(evidence) or list(meant)
        ids = [each.id for each in meant or read]
        place, place_en = place_of(evidence)
        return Proof(
            "span",
            passage(evidence, ids, read, self.texts.get(evidence.file, "")),
            evidence.file,
            anchor("d", evidence.file) if evidence.file in self.titles else "",
            place,
            place_en,
            anchor("s", ids[0]) if len(ids) == 1 and ids[0] in self.by_id else "",
        )


def place_of(span: Span) -> tuple[str, str]:
    """Page, paragraph and line, as far as the format has them, and the offsets in the text."""
    parts = ((span.page, "page {}"), (span.paragraph, "paragraph {}"), (span.line, "line {}"))
    return span.place, ", ".join(
        form.format(number) for number, form in parts if number is not None
    )
