"""Documents as issued, read to blocks whose every character can be found again.

``read_document`` reads a file (PDF, DOCX, HTML, TXT, OFD), ``read_text`` a text in memory.
"""

from typing import TYPE_CHECKING, Any

from jingwei.documents.limits import Limits
from jingwei.documents.model import Block, Cell, Document, Table, Text

if TYPE_CHECKING:
    from jingwei.documents.ocr import is_installed as recognizes_scans
    from jingwei.documents.reading import read_document, read_text

__all__ = [
    "Block",
    "Cell",
    "Document",
    "Limits",
    "Table",
    "Text",
    "read_document",
    "read_text",
    "recognizes_scans",
]


def __getattr__(name: str) -> Any:
    """The readers are loaded when they are first used."""
    if name in ("read_document", "read_text"):
        from jingwei.documents import reading

        return getattr(reading, name)
    if name == "recognizes_scans":
        from jingwei.documents import ocr

        return ocr.is_installed
    raise AttributeError(name)
