"""DOCX: paragraphs, tables and text boxes in reading order, as Word shows them.

Insertions under revision are read, deletions are not; neither are notes, comments, headers
and feet. Numbers that Word counts itself (一、 （一） 1.) are written out (``docx_numbers``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jingwei.core import UnreadableDocument
from jingwei.documents.docx_numbers import Numbering, Styles, attribute, child, number_of
from jingwei.documents.flow import Passage, Piece, Place, Sheet, SheetCell
from jingwei.documents.limits import Limits
from jingwei.documents.package import Element, Package, local

_MAIN = "word/document.xml"
_SKIPPED = frozenset(
    [
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "footnoteReference",
        "endnoteReference",
        "annotationRef",
        "commentReference",
        "fldChar",
        "pPr",
        "rPr",
        "tblPr",
        "trPr",
        "tcPr",
        "sectPr",
        "sdtPr",
        "sdtEndPr",
        "object",
        "rt",
        "Fallback",
        "proofErr",
        "bookmarkStart",
        "bookmarkEnd",
    ]
)
_TEXTS = {"tab": "\t", "noBreakHyphen": "-", "ptab": "\t"}
_LINE_BREAK = "\x0b"


def read_docx(path: Path, name: str, limits: Limits) -> tuple[list[Piece], dict[str, str]]:
    """The pieces of a document in reading order, and its core properties."""
    with Package(path, name, limits) as package:
        _, pieces = Reader.of(package, main_part(package))
        return pieces, _properties(package)


def main_part(package: Package) -> str:
    """``word/document.xml``, or what the package names as its main part instead."""
    relations = package.xml("_rels/.rels")
    if relations is not None:
        for relation in relations:
            if (relation.get("Type") or "").endswith("/officeDocument"):
                return (relation.get("Target") or _MAIN).lstrip("/")
    return _MAIN


def _properties(package: Package) -> dict[str, str]:
    core = package.xml("docProps/core.xml")
    if core is None:
        return {}
    wanted = ("title", "creator", "created", "modified")
    found = {local(each.tag): (each.text or "").strip() for each in core}
    return {key: found[key] for key in wanted if found.get(key)}


@dataclass(slots=True)
class _OpenCell:
    """A cell that rows below may still be merged into."""

    cell: SheetCell
    place: tuple[int, int]


@dataclass(slots=True)
class _Run:
    """The text of a paragraph while it is collected, and the text boxes that hang on it.

    Each of ``words`` comes from one of ``elements``.
    """

    words: list[str] = field(default_factory=list[str])
    elements: list[Element] = field(default_factory=list[Element])
    boxes: list[Sheet] = field(default_factory=list[Sheet])

    def add(self, word: str, element: Element) -> None:
        self.words.append(word)
        self.elements.append(element)

    def places(self, before: int) -> list[Place]:
        """Where the text comes from; ``before`` characters in front of it were counted by Word."""
        counted = [Place(None, 0, before)] if before else []
        return counted + [
            Place(element, 0, len(word))
            for word, element in zip(self.words, self.elements, strict=True)
        ]


class Reader:
    """Walks through the body of a document."""

    @classmethod
    def of(cls, package: Package, main: str) -> tuple[Element, list[Piece]]:
        """The root of the main part and its pieces in reading order."""
        root = package.xml(main)
        body = None if root is None else child(root, "body")
        if root is None and not any(name.startswith("word/") for name in package.names):
            raise UnreadableDocument(
                "这是一个压缩包，不是 Word 文件。请解压，再读里面的文件。",
                "this is an archive, no Word document. Unpack it and read the files inside.",
                where=package.name,
            )
        if root is None or body is None:
            raise UnreadableDocument(
                "DOCX 中没有正文部件，文件不完整。请用 Word 或 WPS 重新保存。",
                "the DOCX has no main part; it is incomplete. Save it again with Word or WPS.",
                where=package.name,
            )
        folder = main.rpartition("/")[0]
        styles = Styles.read(package.xml(f"{folder}/styles.xml"))
        numbering = Numbering.read(package.xml(f"{folder}/numbering.xml"))
        return root, cls(styles, numbering).flow(body)

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles = styles
        self.numbering = numbering

    def flow(self, parent: Element) -> list[Piece]:
        pieces: list[Piece] = []
        for element in _blocks(parent):
            if local(element.tag) == "p":
                pieces.extend(self._paragraph(element))
            else:
                pieces.append(self._table(element))
        return pieces

    def _paragraph(self, paragraph: Element) -> list[Piece]:
        style = self.styles.of(paragraph)
        if style.is_contents:
            return []
        run = _Run()
        self._collect(paragraph, run)
        text = "".join(run.words)
        number = number_of(paragraph, style, self.numbering) if text.strip() else ""
        passages = _passages(number + text, style.level_of(paragraph), run.places(len(number)))
        return [*passages, *run.boxes]

    def _collect(self, element: Element, run: _Run) -> None:
        """Texts of a paragraph, without recursion into what is not shown."""
        for inner in element:
            name = local(inner.tag)
            if name in _SKIPPED or not name:
                continue
            if name == "r" and _is_hidden(inner):
                continue
            if name == "t":
                run.add(inner.text or "", inner)
            elif name in _TEXTS:
                run.add(_TEXTS[name], inner)
            elif name in ("br", "cr"):
                if attribute(inner, "type") in ("", "textWrapping"):
                    run.add(_LINE_BREAK, inner)
            elif name == "txbxContent":
                run.boxes.append(Sheet(((SheetCell(tuple(self.flow(inner))),),)))
            else:
                self._collect(inner, run)

    def _table(self, table: Element) -> Sheet:
        rows: list[list[SheetCell]] = []
        merging: dict[int, _OpenCell] = {}  # by column
        for row in _rows(table):
            cells: list[SheetCell] = []
            column = _skipped_columns(row)
            if column:
                cells.append(SheetCell((), column))
            for cell in _children(row, "tc"):
                properties = child(cell, "tcPr")
                across = max(1, _number(properties, "gridSpan", 1))
                vertical = None if properties is None else child(properties, "vMerge")
                above = merging.get(column)
                goes_on = vertical is not None and attribute(vertical, "val") != "restart"
                if goes_on and above is not None:
                    y, x = above.place
                    above.cell = replace(above.cell, down=len(rows) - y + 1)
                    rows[y][x] = above.cell
                else:
                    read = SheetCell(tuple(self.flow(cell)), across)
                    cells.append(read)
                    merging.pop(column, None)
                    if vertical is not None:
                        merging[column] = _OpenCell(read, (len(rows), len(cells) - 1))
                column += across
            rows.append(cells)
        return Sheet(tuple(tuple(row) for row in rows))


def _passages(text: str, level: int, places: Sequence[Place]) -> Iterator[Passage]:
    """The lines of a paragraph, without the spaces at their ends."""
    start = 0
    for line in text.split(_LINE_BREAK):
        if line.strip():
            first = start + len(line) - len(line.lstrip(" "))
            bare = line.strip(" ")
            yield Passage(bare, level, tuple(_cut(places, first, first + len(bare))))
        start += len(line) + 1


def _cut(places: Sequence[Place], start: int, end: int) -> Iterator[Place]:
    """The places of the characters ``start`` to ``end`` (exclusive)."""
    position = 0
    for place in places:
        first, last = max(start, position), min(end, position + place.length)
        if first < last:
            yield Place(place.element, place.start + first - position, last - first)
        position += place.length


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables below an element, through wrappers that do not show."""
    for element in parent:
        name = local(element.tag)
        if name in ("p", "tbl"):
            yield element
        elif name == "sdt":
            if not _is_contents_gallery(element):
                yield from _blocks(element)
        elif name in (
            "sdtContent",
            "ins",
            "moveTo",
            "smartTag",
            "customXml",
            "AlternateContent",
            "Choice",
        ):
            yield from _blocks(element)


def _is_contents_gallery(element: Element) -> bool:
    return any(
        local(inner.tag) == "docPartGallery" and "Contents" in attribute(inner, "val")
        for inner in element.iter()
        if local(inner.tag) == "docPartGallery"
    )


def _rows(table: Element) -> Iterator[Element]:
    for row in _children(table, "tr"):
        properties = child(row, "trPr")
        if properties is None or child(properties, "del") is None:
            yield row


def _children(parent: Element, name: str) -> Iterator[Element]:
    """Children of a name, through wrappers (content controls, insertions)."""
    for element in parent:
        found = local(element.tag)
        if found == name:
            yield element
        elif found in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            yield from _children(element, name)


def _skipped_columns(row: Element) -> int:
    return _number(child(row, "trPr"), "gridBefore", 0)


def _number(properties: Element | None, name: str, default: int) -> int:
    element = None if properties is None else child(properties, name)
    written = "" if element is None else attribute(element, "val")
    return min(int(written), 1000) if written.isdigit() else default


def _is_hidden(run: Element) -> bool:
    properties = child(run, "rPr")
    vanish = None if properties is None else child(properties, "vanish")
    return vanish is not None and attribute(vanish, "val") not in ("0", "false")
