"""HTML: what a person sees on the page, block by block.

Scripts, styles, templates, comments, forms, navigation and menus of links are not text of the
document and are never read; nothing is fetched.
"""

import re
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from jingwei.documents.flow import Passage, Piece, Sheet, SheetCell

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "form",
        "button",
        "select",
        "option",
        "textarea",
        "input",
        "nav",
        "footer",
        "aside",
        "dialog",
        "map",
        "title",
    ]
)
_MOST_LINKS = 200
_LONGEST_MENU = 600
_HIGHEST_MENU = 12  # levels above a link that are looked at
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "center",
        "address",
        "hr",
        "body",
        "html",
        "fieldset",
        "details",
        "summary",
        "table",
        "caption",
        "tr",
        "td",
        "th",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_WHITE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_META = re.compile(r"[A-Za-z][\w:.-]{1,40}")
_LINE_BREAK = "\x0b"
_DEEPEST_TABLE = 20
_WIDEST_SPAN = 1000
_FEWEST_TAGS = 4
_DEEPEST = 30_000
_NESTING = re.compile(r"<(?:div|span|section|article|blockquote|table|ul|ol|dl)\b", re.IGNORECASE)

_TAGS = re.compile(
    r"</(?:p|div|td|tr|table|h[1-6]|li|span|strong|section|article|body)\s*>|<br\s*/?>",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|p|table)\b",
    re.IGNORECASE | re.DOTALL,
)


def looks_like_html(text: str, start: int = 0) -> bool:
    """Whether a text is HTML by its content: it opens like a page, or is full of tags."""
    if _OPENING.match(text, start):
        return True
    tags = (
        tag
        for tag in _TAGS.finditer(text, start, start + 200_000)
        if not text[text.rfind("\n", 0, tag.start()) + 1 : tag.start()].lstrip().startswith("|")
    )  # Markdown breaks the lines of a table's cell with <br>
    return sum(1 for _ in islice(tags, _FEWEST_TAGS)) == _FEWEST_TAGS


def nests_too_deep(text: str) -> bool:
    """Whether so many divisions stay open that parsing would take the square of their number."""
    opened = sum(1 for _ in _NESTING.finditer(text))
    return opened > _DEEPEST and opened - text.lower().count("</") > _DEEPEST


@dataclass(slots=True)
class _Run:
    """Text of one block while it is collected."""

    pieces: list[Piece] = field(default_factory=list[Piece])
    words: list[str] = field(default_factory=list[str])

    def flush(self, level: int) -> None:
        written = "".join(self.words)
        self.words.clear()
        if _BARRED.search(written):
            self._flush_barred(written, level)
            return
        for line in written.split(_LINE_BREAK):
            text = _WHITE.sub(" ", line).strip(" ")
            if text.strip():
                self.pieces.append(Passage(text, level))

    def _flush_barred(self, written: str, level: int) -> None:
        """Text with lines of bars: a table that somebody typed (指标 | 单位 | 目标) is a table."""
        lines = [line.strip() for line in re.split(rf"[\r\n{_LINE_BREAK}]+", written)]
        for barred, group in groupby(filter(None, lines), lambda line: len(_bars(line)) > 2):
            rows = [_bars(line) for line in group if not _RULED.fullmatch(line)]
            if barred and len(rows) > 1:
                cells = (tuple(SheetCell((Passage(cell),)) for cell in row) for row in rows)
                self.pieces.append(Sheet(tuple(cells)))
                continue
            for row in rows:
                text = _WHITE.sub(" ", " | ".join(row)).strip(" ")
                self.pieces.append(Passage(text, level))


_BARRED = re.compile(r"[^\r\n|｜]+[|｜][^\r\n|｜]+[|｜][^\r\n]*")
_RULED = re.compile(r"[|｜:\-\s]+")


def _bars(line: str) -> list[str]:
    return [cell.strip() for cell in re.split("[|｜]", line.strip("|｜"))]


def read_html(text: str) -> tuple[list[Piece], dict[str, str]]:
    """The pieces of a page in reading order, and the metadata of its head."""
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(text)
    metadata = _metadata(page)
    body = page.body
    if body is None:
        return [], metadata
    return _Walk(_menus(page)).flow(body, 0), metadata


def _metadata(page: Any) -> dict[str, str]:
    metadata: dict[str, str] = {}
    title = page.css_first("head > title")
    if title is not None and title.text(strip=True):
        metadata["title"] = _WHITE.sub(" ", title.text(strip=True))
    for meta in page.css("meta"):
        name = meta.attributes.get("name") or meta.attributes.get("property") or ""
        content = meta.attributes.get("content") or ""
        if _META.fullmatch(name) and content.strip():
            metadata.setdefault(name.lower(), content.strip())
    return metadata


class _Walk:
    """Walks through a page; ``menus`` are the divisions that are left out."""

    def __init__(self, menus: frozenset[int]) -> None:
        self.menus = menus

    def flow(self, root: "LexborNode", depth: int) -> list[Piece]:
        """Walk through ``root`` without recursion (a page may nest as deep as it likes)."""
        run = _Run()
        level = 0
        node = root.child
        while node is not None:
            tag = node.tag
            entered = False
            if tag == "-text":
                run.words.append(node.text_content or "")
            elif tag == "br":
                run.words.append(_LINE_BREAK)
            elif tag == "table" and depth < _DEEPEST_TABLE and not _is_hidden(node):
                run.flush(level)
                run.pieces.extend(self._table(node, depth))
            elif not _is_skipped(node, self.menus):
                if tag in _BLOCKS:
                    run.flush(level)
                    level = _HEADINGS.get(tag, 0)
                entered = node.child is not None
            if entered:
                node = node.child
                continue
            node, level = _next(node, root, run, level)
        run.flush(level)
        return run.pieces

    def _table(self, table: "LexborNode", depth: int) -> list[Piece]:
        """A caption, if there is one, and the sheet of the table's own rows."""
        pieces: list[Piece] = []
        rows: list[tuple[SheetCell, ...]] = []
        for part in table.iter():
            if part.tag == "caption":
                pieces.extend(self.flow(part, depth + 1))
            elif part.tag == "tr":
                rows.append(self._cells(part, depth))
            elif part.tag in ("thead", "tbody", "tfoot"):
                rows.extend(self._cells(row, depth) for row in part.iter() if row.tag == "tr")
        pieces.append(Sheet(tuple(rows)))
        return pieces

    def _cells(self, row: "LexborNode", depth: int) -> tuple[SheetCell, ...]:
        return tuple(
            SheetCell(
                tuple(self.flow(cell, depth + 1)),
                _span(cell.attributes.get("colspan")),
                _span(cell.attributes.get("rowspan")),
            )
            for cell in row.iter()
            if cell.tag in ("td", "th") and not _is_hidden(cell)
        )


def _next(
    node: "LexborNode", root: "LexborNode", run: _Run, level: int
) -> tuple["LexborNode | None", int]:
    """The following node in document order; leaving a block ends its paragraph."""
    current = node
    while current.next is None:
        parent = current.parent
        if parent is None or parent.mem_id == root.mem_id:
            return None, level
        if parent.tag in _BLOCKS:
            run.flush(level)
            level = 0
        current = parent
    return current.next, level


def _is_skipped(node: "LexborNode", menus: frozenset[int]) -> bool:
    if not node.is_element_node or node.tag in _SKIPPED or _is_hidden(node):
        return True
    return node.mem_id in menus


def _menus(page: Any) -> frozenset[int]:
    """Lists and divisions that are menus: several links and hardly any words besides.

    Found from the links upwards, so that a page without links costs nothing.
    """
    links: dict[int, list[int]] = {}  # by division: the lengths of the links in it
    divisions: dict[int, Any] = {}
    for link in page.css("a"):
        length = len("".join((link.text() or "").split()))
        node = link.parent
        for _ in range(_HIGHEST_MENU):
            if node is None:
                break
            if node.tag in ("ul", "ol", "div"):
                links.setdefault(node.mem_id, []).append(length)
                divisions[node.mem_id] = node
            node = node.parent
    return frozenset(
        key
        for key, lengths in links.items()
        if 2 <= len(lengths) <= _MOST_LINKS and _is_menu(divisions[key], sum(lengths))
    )


def _is_menu(node: "LexborNode", linked: int) -> bool:
    words = "".join((node.text() or "").split())
    return len(words) <= _LONGEST_MENU and "。" not in words and linked >= 0.5 * len(words)


def _is_hidden(node: "LexborNode") -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _span(written: str | None) -> int:
    digits = re.match(r"\s*(\d{1,6})", written or "")
    return min(max(1, int(digits[1])), _WIDEST_SPAN) if digits else 1
