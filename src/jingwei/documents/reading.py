"""The way from a file or text to a ``Document``."""

from array import array
from collections.abc import Sequence
from pathlib import Path

from jingwei.core import UnreadableDocument
from jingwei.documents.decoding import decode
from jingwei.documents.flow import Scribe
from jingwei.documents.front_matter import read_front_matter
from jingwei.documents.html import looks_like_html, read_html
from jingwei.documents.limits import Limits
from jingwei.documents.lines import Item
from jingwei.documents.model import Document, PartKind
from jingwei.documents.structure import blocks_of
from jingwei.documents.text import items_of, line_starts

_DATES = ("pubdate", "publishdate", "firstpublishedtime", "article:published_time", "date")


def read_text(text: str, name: str = "text") -> Document:
    """Read decoded text: HTML if its content says so, plain text otherwise."""
    metadata, start = read_front_matter(text)
    if looks_like_html(text, start):
        return _html(text[start:], name, metadata)
    items = items_of(text, start)
    return document(name, "txt", text, items, "line", line_starts(text), metadata)


def _html(text: str, name: str, metadata: dict[str, str]) -> Document:
    pieces, head = read_html(text)
    scribe = Scribe()
    items = scribe.items(pieces)
    transcript = scribe.transcript
    return document(
        name, "html", transcript.source, items, "paragraph", transcript.parts, head | metadata
    )


def document(
    name: str,
    media: str,
    source: str,
    items: Sequence[Item],
    part_kind: PartKind,
    parts: "array[int]",
    metadata: dict[str, str],
) -> Document:
    """Give items their structure. Raises UnreadableDocument if there is no text at all."""
    if not source.strip():
        raise UnreadableDocument(
            "文件中没有文字。请确认文件完整，或换一个含文字的版本。",
            "the document holds no text. Check that the file is complete, or use a version with text.",
            where=name,
        )
    published = next((metadata[key] for key in _DATES if key in metadata), "")
    blocks, masthead = blocks_of(source, items, published)
    return Document(
        name=name,
        media=media,  # pyright: ignore[reportArgumentType]
        source=source,
        blocks=blocks,
        part_kind=part_kind,
        parts=parts,
        title=masthead.title,
        number=masthead.number,
        issued=masthead.issued,
        metadata=metadata,
    )


def read_document(path: Path, limits: Limits = Limits()) -> Document:  # noqa: B008
    """Read a file as what its content is."""
    data = path.read_bytes()
    return read_text(decode(data, path.name), path.name)
