"""The way from a file or a text to a ``Document``."""

import tempfile
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from jingwei.core import UnreadableDocument
from jingwei.documents.decoding import decode
from jingwei.documents.flow import Piece, Scribe
from jingwei.documents.folding import fold
from jingwei.documents.front_matter import read_front_matter
from jingwei.documents.html import looks_like_html, nests_too_deep, read_html
from jingwei.documents.kinds import kind_of, misnamed
from jingwei.documents.limits import Limits
from jingwei.documents.lines import Item
from jingwei.documents.markdown import without_marks
from jingwei.documents.masthead import as_title
from jingwei.documents.model import Document, PartKind
from jingwei.documents.paged import Pages, items_of
from jingwei.documents.structure import blocks_of
from jingwei.documents.text import items_of as text_items
from jingwei.documents.text import line_starts

Media = Literal["txt", "html", "docx", "pdf", "ofd"]

_DATES = ("pubdate", "publishdate", "firstpublishedtime", "article:published_time", "date")
_SHEETS = (".xls", ".et", ".xlsx", ".ods")


def read_document(path: Path, limits: Limits | None = None) -> Document:
    """Read a file as what its content is; a name that promises another kind is refused.

    Raises UnreadableDocument, in one sentence with the next step, for a file that is
    missing, empty, encrypted, damaged, hostile, misnamed, too large or of a kind that is not read.
    """
    limits = limits or Limits()
    _check(path, limits)
    found = misnamed(path, kind_of(path))
    if found is not None:
        zh, en, extension = found
        raise UnreadableDocument(
            f"扩展名是 {path.suffix}，内容却是{zh}。内容无误就把扩展名改成 {extension} 再读；否则请重新下载原件"
            "（可能是下载出错的页面）。",
            f"the extension is {path.suffix}, but the content is {en}. If it is what you want, rename it to "
            f"{extension.replace(' 或 ', ' or ')}; else download it again (it may be an error page).",
            where=path.name,
        )
    return _read(path, path.name, limits)


def read_text(text: str, name: str = "text") -> Document:
    """Read decoded text: HTML if its content says so, plain text otherwise."""
    metadata, start = read_front_matter(text)
    title = as_title(fold(metadata.get("title", "")).text)
    if looks_like_html(text, start):
        if nests_too_deep(text):
            raise UnreadableDocument(
                "网页的标签层层嵌套、从不闭合，疑为恶意构造，已拒绝读取。请核对文件来源。",
                "the tags of the page nest without end; it looks hostile and was not read. "
                "Check where the file comes from.",
                where=name,
            )
        pieces, head = read_html(text[start:])
        return _written(name, "html", pieces, head | metadata, title)
    plain = without_marks(text, start)
    items = text_items(plain.text, start, plain.headings)
    return _document(name, "txt", plain.text, items, "line", line_starts(text), metadata, title)


def _check(path: Path, limits: Limits) -> None:
    if not path.is_file():
        raise UnreadableDocument(
            "找不到这个文件。请核对路径。",
            "there is no such file. Check the path.",
            where=str(path),
        )
    size = path.stat().st_size
    if size == 0:
        raise UnreadableDocument(
            "文件是空的（0 字节）。请重新下载。",
            "the file is empty (0 bytes). Download it again.",
            where=path.name,
        )
    if size > limits.file:
        raise UnreadableDocument(
            f"文件有 {size // 1_000_000} MB，超过 {limits.file // 1_000_000} MB 的上限。请拆分后再读。",
            f"the file has {size // 1_000_000} MB, more than the limit of "
            f"{limits.file // 1_000_000} MB. Split it and try again.",
            where=path.name,
        )


def _read(path: Path, name: str, limits: Limits) -> Document:
    kind = kind_of(path)
    if kind == "pdf":
        from jingwei.documents.pdf import read_pdf

        return _paged(name, "pdf", read_pdf(path, limits))
    if kind == "docx":
        from jingwei.documents.docx import read_docx

        pieces, metadata = read_docx(path, name, limits)
        return _written(name, "docx", pieces, metadata)
    if kind == "ofd":
        from jingwei.documents.ofd import read_ofd

        return _paged(name, "ofd", read_ofd(path, name, limits))
    if kind == "text":
        return _plain(path, name, limits)
    if kind in ("ole", "rtf", "odf", "xlsx"):
        return _old_office(path, name, limits)
    raise _refused(kind, name)


def _plain(path: Path, name: str, limits: Limits) -> Document:
    data = path.read_bytes()
    if len(data) > limits.text:
        raise UnreadableDocument(
            f"文本有 {len(data) // 1_000_000} MB，超过 {limits.text // 1_000_000} MB 的上限。请拆分后再读。",
            f"the text has {len(data) // 1_000_000} MB, more than the limit of "
            f"{limits.text // 1_000_000} MB. Split it and try again.",
            where=name,
        )
    if path.suffix.lower() in (".pdf", ".docx", ".ofd", ".xlsx", ".doc", ".wps", ".xls"):
        raise UnreadableDocument(
            f"扩展名是 {path.suffix}，内容却不是（可能是被截断或损坏的文件）。请重新下载。",
            f"the file is called {path.suffix} but is none (perhaps it is truncated or damaged). "
            "Download it again.",
            where=name,
        )
    return read_text(decode(data, name, html=b"<meta" in data[:4096].lower()), name)


def _old_office(path: Path, name: str, limits: Limits) -> Document:
    from jingwei.documents.office import converted

    to = "html" if path.suffix.lower() in _SHEETS else "docx"
    with tempfile.TemporaryDirectory(prefix="jingwei-") as folder:
        result = converted(path, name, to, Path(folder), limits.conversion_seconds)
        return _read(result, name, limits)


def _refused(kind: str, name: str) -> UnreadableDocument:
    found = {
        "encrypted": (
            "加密的 Office 文件",
            "an encrypted office file",
            "请另存为无密码的版本后再读",
        ),
        "picture": ("一张图片", "a picture", "请提供含文字的 PDF、DOCX 或文本"),
        "pptx": ("演示文稿", "a presentation", "请另存为 PDF 后再读"),
        "zip": ("普通压缩包", "a zip archive", "请解压后指定其中的文件"),
    }
    what, what_en, next_step = found[kind]
    steps = {
        "encrypted": "Save it without a password and try again.",
        "picture": "Give a PDF, DOCX or text file that holds text.",
        "pptx": "Save it as PDF and try again.",
        "zip": "Unpack it and name the file inside.",
    }
    return UnreadableDocument(
        f"这是{what}，不能读取。{next_step}。",
        f"this is {what_en} and cannot be read. {steps[kind]}",
        where=name,
    )


def _written(
    name: str, media: Media, pieces: Sequence[Piece], metadata: dict[str, str], title: str = ""
) -> Document:
    """A document that knows its paragraphs."""
    scribe = Scribe()
    items = scribe.items(pieces)
    transcript = scribe.transcript
    source, parts = transcript.source, transcript.parts
    return _document(name, media, source, items, "paragraph", parts, metadata, title)


def _paged(name: str, media: Media, pages: Pages) -> Document:
    """A document of pages; scanned ones are named in its metadata."""
    scanned = {"pages_without_text": pages.pictured, "pages_recognized": pages.recognized}
    metadata = {key: ", ".join(map(str, found)) for key, found in scanned.items() if found}
    return _document(name, media, pages.source, items_of(pages), "page", pages.parts, metadata)


def _document(
    name: str,
    media: Media,
    source: str,
    items: Sequence[Item],
    part_kind: PartKind,
    parts: "array[int]",
    metadata: dict[str, str],
    title: str = "",
) -> Document:
    """Give items their structure; ``title`` is what the file says of itself.
    Raises UnreadableDocument if there is no text at all."""
    if not items or not source.strip():
        raise UnreadableDocument(
            "文件中没有文字。请确认文件完整，或换一个含文字的版本。",
            "the document holds no text. Check that the file is complete, or use a version with text.",
            where=name,
        )
    published = next((metadata[key] for key in _DATES if key in metadata), "")
    blocks, masthead = blocks_of(source, items, published)
    return Document(
        name=name,
        media=media,
        source=source,
        blocks=blocks,
        part_kind=part_kind,
        parts=parts,
        title=masthead.title or title,
        number=masthead.number,
        issued=masthead.issued,
        metadata=metadata,
    )
