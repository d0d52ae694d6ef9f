"""PDF: page by page to lines, grids and frames; then paragraphs as in plain text.

Only what was read of a page is kept, the page itself is closed before the next is opened, so
that memory grows with the text and not with the file.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from jingwei.core import UnreadableDocument
from jingwei.documents import ocr, stand_in_font
from jingwei.documents.limits import Limits
from jingwei.documents.ocr import PageRecognizer
from jingwei.documents.paged import Pages, is_scanned
from jingwei.documents.pdf_page import PageReader

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument


def read_pdf(path: Path, limits: Limits) -> Pages:
    """Read the pages of a PDF. Raises UnreadableDocument if it cannot be opened."""
    document = _opened(path, limits)
    try:
        return _read_pages(document, path.name)
    finally:
        document.close()


def _opened(path: Path, limits: Limits) -> "PdfDocument":
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    stand_in_font.provide()
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as fault:
        if fault.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise _encrypted(path.name) from fault
        raise _damaged(path.name) from fault
    count = len(document)
    if count > limits.pages:
        document.close()
        raise UnreadableDocument(
            f"共 {count} 页，超过 {limits.pages} 页的上限。请拆分后再读。",
            f"{count} pages are more than the limit of {limits.pages}. Split the file and try again.",
            where=path.name,
        )
    return document


def _encrypted(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        "PDF 已加密，需要口令。请向发布单位索取未加密的版本，或用口令另存为无密码的 PDF。",
        "the PDF is encrypted. Ask for a version without password, or save it without one.",
        where=name,
    )


def _damaged(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        "PDF 已损坏或不完整，无法打开。请重新下载，或换一个版本。",
        "the PDF is damaged or truncated and cannot be opened. Download it again or use another copy.",
        where=name,
    )


def _read_pages(document: "PdfDocument", name: str) -> Pages:
    import pypdfium2 as pdfium

    pages = Pages()
    recognizer: PageRecognizer | None = None
    for number in range(len(document)):
        try:
            page = document[number]
        except pdfium.PdfiumError as fault:
            raise _damaged(f"{name} 第{number + 1}页") from fault
        reader = PageReader(page)
        content, glyphs = reader.content(), reader.glyphs
        if is_scanned(content) and ocr.is_installed():
            recognizer = recognizer or ocr.PageRecognizer()
            content, glyphs = recognizer.read(page, content)
            pages.recognized.append(number + 1)
        pages.add(content, glyphs)
        reader.close()
        page.close()
    if 2 * len(pages.pictured) > len(pages.printed):
        raise _scanned(name, len(pages.pictured), len(pages.printed))
    return pages


def _scanned(name: str, pictures: int, count: int) -> UnreadableDocument:
    return UnreadableDocument(
        f"这是扫描件：{count} 页中有 {pictures} 页只有图像、没有文字。请安装文字识别组件后再读："
        "pip install 'jingwei[ocr]'（在源码目录中：uv sync --extra ocr）。",
        f"this is a scan: {pictures} of {count} pages are pictures without text. Install the text "
        "recognition and try again: pip install 'jingwei[ocr]' (in a checkout: uv sync --extra ocr).",
        where=name,
    )
