"""Records as they stand in a plan file, and back.

The form of a record follows from its dataclass: one key a field, ``at`` for the place of its
quote, then the review. Fields that say nothing are left out. pydantic checks what is read,
strictly; see ``jingwei.store.checked``.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, get_type_hints

from jingwei.core import Period, Span
from jingwei.plans.entry import Entry, Review, State, absent_values, plain_field
from jingwei.plans.records import DOCUMENT, SECTIONS, DocumentFacts, Section, labels
from jingwei.store.checked import STRICT, Fault, Location

FORMAT = 1
FLOW = frozenset({"at"})
"""Keys whose values stand on one line."""


@dataclass(frozen=True, slots=True)
class At:
    """Where a quote stands, as in ``Span``. ``file`` and ``quote`` only where they differ from
    the document and quote of the record; ``segments`` where the quote is in several pieces."""

    __pydantic_config__: ClassVar[Any] = STRICT
    start: int
    end: int
    page: int | None = None
    paragraph: int | None = None
    line: int | None = None
    segments: tuple[tuple[int, int], ...] | None = None
    file: str | None = None
    quote: str | None = None


def to_values(entry: Entry[Any], section: Section) -> dict[str, Any]:
    """An entry as the values of its block in the file, in the order in which they are written."""
    record = entry.record
    absent = absent_values(section.record)
    head = ("file", "sha256") if section is DOCUMENT else ("id",)
    values: dict[str, Any] = {name: getattr(record, name) for name in head}
    for name in section.meaning:
        value = getattr(record, name)
        if name not in absent or value != absent[name]:
            values[name] = plain_field(value)
    if section is not DOCUMENT:
        values["quote"] = record.quote
        values["at"] = _at(record.evidence, record.document, record.quote)
        values |= {
            name: plain_field(said)
            for name in ("section", "rule")
            if (said := getattr(record, name))
        }
    if entry.seal:
        values["seal"] = entry.seal
    for name in ("read", "proposed"):
        if others := getattr(entry, name):
            values[name] = {key: plain_field(value) for key, value in others.items()}
    if entry.gone:
        values["gone"] = True
    review = entry.review
    said = {name: getattr(review, name) for name in ("by", "date", "note", "words")}
    values["review"] = {"state": review.state} | {key: each for key, each in said.items() if each}
    return values


def _at(span: Span, document: str, quote: str) -> dict[str, Any]:
    at: dict[str, Any] = {
        name: number
        for name in ("page", "paragraph", "line")
        if (number := getattr(span, name)) is not None
    }
    at |= {"start": span.start, "end": span.end}
    if span.segments != ((span.start, span.end),):
        at["segments"] = [list(piece) for piece in span.segments]
    if span.file != document:
        at["file"] = span.file
    if span.quote != quote:
        at["quote"] = span.quote
    return at


def to_entry(block: Any, section: Section, document: str) -> Entry[Any]:
    """The entry of a checked block (an instance of what ``file_schema`` gives for it)."""
    values = {name: getattr(block, name) for name in section.meaning}
    if section is DOCUMENT:
        record = DocumentFacts(file=block.file, sha256=block.sha256, **values)
    else:
        at: At = block.at
        span = Span(
            file=document if at.file is None else at.file,
            start=at.start,
            end=at.end,
            quote=block.quote if at.quote is None else at.quote,
            page=at.page,
            paragraph=at.paragraph,
            line=at.line,
            segments=((at.start, at.end),) if at.segments is None else at.segments,
        )
        record = section.record(
            id=block.id,
            document=document,
            quote=block.quote,
            section=block.section,
            rule=block.rule,
            evidence=span,
            **values,
        )
    review = block.review
    return Entry(
        record,
        seal=block.seal,
        review=Review(review.state, review.by, review.date, review.note, review.words),
        read=given(block.read),
        proposed=given(block.proposed),
        gone=block.gone,
    )


def given(changes: Any) -> dict[str, Any]:
    """The fields that were written, in the order of the record; also those written as null."""
    if changes is None:
        return {}
    return {name: value for name, value in changes if name in changes.model_fields_set}


def _model(title: str, /, **fields: Any) -> Any:
    """A strict pydantic model; it is made once for each kind of record."""
    from pydantic import create_model

    make: Any = create_model
    return make(title, __config__=STRICT, **fields)


@cache
def file_schema() -> type[Any]:
    """The pydantic model of a whole plan file, made from ``SECTIONS``."""
    sections: dict[str, Any] = {
        section.name: (tuple[_block_schema(section), ...], ()) for section in SECTIONS
    }
    return _model(
        "PlanFile",
        format=(Literal[1], ...),
        document=(_block_schema(DOCUMENT), ...),
        **sections,
    )


def _block_schema(section: Section) -> Any:
    from pydantic import AfterValidator, Field

    absent = absent_values(section.record)
    types = field_types(section)
    given: dict[str, Any] = {name: (kind, absent.get(name, ...)) for name, kind in types.items()}
    changes = changes_schema(section)
    review = _model(
        "review",
        state=(State, ...),
        by=(str, ""),
        date=(Annotated[str, AfterValidator(_day)], ""),
        note=(str, ""),
        words=(str, ""),
    )
    name = Annotated[str, Field(min_length=1)]
    place: dict[str, Any]
    if section is DOCUMENT:
        place = {"file": (name, ...), "sha256": (str, ...)}
    else:
        place = {
            "id": (name, ...),
            "quote": (str, ...),
            "at": (At, ...),
            "section": (tuple[str, ...], ()),
            "rule": (str, ""),
        }
    return _model(
        section.name,
        **place,
        **given,
        seal=(str, ""),
        read=(changes | None, None),
        proposed=(changes | None, None),
        gone=(bool, False),
        review=(review, review(state="proposed")),
    )


@cache
def changes_schema(section: Section) -> Any:
    """Some of the fields of a section; which were given is kept (see ``given``)."""
    types = field_types(section)
    return _model("changes", **{name: (kind, None) for name, kind in types.items()})


def field_types(section: Section) -> dict[str, Any]:
    """The types of a section's fields as the file writes them: a period as 2025 or 2021-2025."""
    from pydantic import PlainValidator

    period: Any = Annotated[Period, PlainValidator(_period)]
    hints = get_type_hints(section.record)
    forms: dict[Any, Any] = {Period: period, Period | None: period | None}
    return {name: forms.get(hints[name], hints[name]) for name in section.meaning}


def _period(written: object) -> Period:
    try:
        return Period.parse(str(written))
    except ValueError:
        raise Fault(
            f"「{written}」不是时期；请写 2025 或 2021-2025，先早后晚",
            f"'{written}' is not a period; write 2025 or 2021-2025, the earlier year first",
        ) from None


def _day(written: str) -> str:
    try:
        return date.fromisoformat(written).isoformat() if written else ""
    except ValueError:
        raise Fault(
            f"「{written}」不是日期；请写 2026-01-05",
            f"'{written}' is not a date; write 2026-01-05",
        ) from None


def name_of(location: Location) -> tuple[str, str]:
    """A location of a plan file as its reader knows it: ``statements 第 4 条 op（限定）``."""
    zh: list[str] = []
    en: list[str] = []
    for part in location:
        if isinstance(part, int):
            zh.append(f"第 {part + 1} 条")
            en.append(f"no. {part + 1}")
        else:
            zh.append(part)
            en.append(part)
    last = location[-1] if location else ""
    if isinstance(last, str) and last in labels():
        zh[-1] += f"（{labels()[last][0]}）"
    return " ".join(zh), " ".join(en)
